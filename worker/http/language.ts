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
