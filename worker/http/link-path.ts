/** A recipient's link or a page under it, written as it was minted. */
const MINTED = /^\/[upcars]\/[\w-]+(?:\/[a-z]+)?\/?(?:\?|$)/
const LIKE_A_LINK = /^\/+[upcars]\/./i

/**
 * Returns a request whose path is a recipient's link as it was minted, whatever a program or a person made of it: punctuation,
 * brackets, blanks and tracking parameters that stuck to the token, doubled slashes, a capital. The token is signed, so that nothing
 * else comes of it than of the link itself. A page's name under the link is kept, since a press there is another act.
 */
export function asMinted(request: Request): Request {
  const { url } = request
  const at = url.indexOf('/', 'https://'.length)
  const written = url.slice(at)
  if (MINTED.test(written) || !LIKE_A_LINK.test(written)) return request
  const path = written.replace(/[?#].*$/s, '')
  const [kind, link = '', page = '', more] = decodedPath(path)
    .split(/[/\\]/)
    .filter(part => part !== '')
  const token = wordIn(link)
  if (!token || more !== undefined) return request
  const name = wordIn(page)
  const minted = `/${kind!.toLowerCase()}/${token}${name && `/${name}`}`
  return new Request(`${url.slice(0, at)}${minted}${written.slice(path.length)}`, request)
}

/** Returns the first run of a token's characters in a part of a path. */
const wordIn = (part: string): string => /[\w-]+/.exec(part)?.[0] ?? ''

/** Returns a path decoded as the router decodes it: a link that a program percent-encoded is the same link. */
const decodedPath = (path: string): string =>
  path.replace(/(?:%[0-9a-f]{2})+/gi, part => {
    try {
      return decodeURIComponent(part)
    } catch {
      return part
    }
  })
