/**
 * Whether a browser says that a page of another site sent a form. Who has a link of their own could otherwise have somebody else's
 * browser press its button: their data would open where the other one takes it for their own, or the other one's network address would
 * stand as evidence of a yes. Programs, and browsers that say nothing, are let through.
 */
export const isFromElsewhere = ({ headers }: Request): boolean =>
  /^(?:cross|same)-site$/.test(headers.get('sec-fetch-site') ?? '')
