import { parseAccept } from 'hono/utils/accept'

/** Longer than any browser's; what is longer is not read. */
const HEADER_MAX = 1000

/** Returns the languages a request asks for, the most wanted first (RFC 9110 §12.5.4). They are looked at and kept nowhere. */
export function acceptedLanguages(request: Request): string[] {
  const header = request.headers.get('accept-language') ?? ''
  if (header.length > HEADER_MAX) return []
  return parseAccept(header)
    .filter(({ q }) => q > 0)
    .map(({ type }) => type)
}

/** What shows that a recipient's own machine pressed a button: personal, and therefore sealed. */
export interface ClientEvidence {
  ip?: string
  userAgent?: string
}

const USER_AGENT_MAX = 1000

/** Returns the network's own word for who calls. What a caller may write themselves, such as X-Forwarded-For, is no evidence. */
export function clientEvidenceOf({ headers }: Request): ClientEvidence {
  const ip = headers.get('cf-connecting-ip')
  const userAgent = headers.get('user-agent')?.slice(0, USER_AGENT_MAX)
  return { ...(ip && { ip }), ...(userAgent && { userAgent }) }
}

/**
 * Whether a browser says that a page of another site sent a form. Who has a link of their own could otherwise have somebody else's
 * browser press its button: their data would open where the other one takes it for their own, or the other one's network address would
 * stand as evidence of a yes. Programs, and browsers that say nothing, are let through.
 */
export const isFromElsewhere = ({ headers }: Request): boolean =>
  /^(?:cross|same)-site$/.test(headers.get('sec-fetch-site') ?? '')
