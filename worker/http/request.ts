import { parseAccept } from 'hono/utils/accept'

/** Longest header that is read; every browser's is shorter. */
const HEADER_MAX = 1000

/** Returns the languages a request asks for, most wanted first (RFC 9110 §12.5.4). They are never stored. */
export function acceptedLanguages(request: Request): string[] {
  const header = request.headers.get('accept-language') ?? ''
  if (header.length > HEADER_MAX) return []
  return parseAccept(header)
    .filter(({ q }) => q > 0)
    .map(({ type }) => type)
}

/** Evidence of the machine that pressed a button: personal data, and therefore sealed. */
export interface ClientEvidence {
  ip?: string
  userAgent?: string
}

const USER_AGENT_MAX = 1000

/**
 * Returns the evidence in a request's headers. The network writes the address itself; a header that callers can write, such as
 * X-Forwarded-For, is no evidence.
 */
export function clientEvidenceOf({ headers }: Request): ClientEvidence {
  const ip = headers.get('cf-connecting-ip')
  const userAgent = headers.get('user-agent')?.slice(0, USER_AGENT_MAX)
  return { ...(ip && { ip }), ...(userAgent && { userAgent }) }
}

/**
 * Whether a browser says that a page of another site sent the form. Otherwise an attacker could make another person's browser
 * press a button of the attacker's own link: the victim's data would open where the attacker sees it, or the victim's address
 * would stand as evidence of a yes. Programs, and browsers that send no such header, pass.
 */
export const isFromElsewhere = ({ headers }: Request): boolean =>
  /^(?:cross|same)-site$/.test(headers.get('sec-fetch-site') ?? '')
