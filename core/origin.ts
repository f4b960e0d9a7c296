import type { Locale } from './locale.ts'
import { linkTextLength, MESSAGE_REF_MAX_BYTES } from './token.ts'

/** Returns the origin of a workspace's links: its own host, or the platform's. */
export const originOf = (linkHost: string | null, baseUrl: string): string =>
  linkHost === null ? baseUrl : `https://${linkHost}`

/** Returns the absolute URL of a notice. The platform's notices are stored as paths and resolved at the link's origin. */
export const noticeAddress = (url: string, origin: string): string => new URL(url, origin).href

/** Returns the URL of a notice for a recipient: the platform's in their language, a sender's as given. */
export const noticeIn = (locale: Locale, url: string): string =>
  url.startsWith('/') && locale !== 'en' ? `/${locale.toLowerCase()}${url}` : url

/** Whether a URL's origin is one of a list, separated by spaces. */
export const isOfOrigins = (origins: string, url: string): boolean =>
  origins.split(' ').includes(new URL(url).origin)

/** The longest header line that every library leaves intact (RFC 5322 §2.1.1). */
export const LINE_MAX = 78
/** Characters of a List-Unsubscribe line beside the origin and the token: a space, `<`, `/u/` and `>`. */
const AROUND = ' </u/>'.length

/** Longest origin whose links, without a message reference, fit a List-Unsubscribe line. */
export const ORIGIN_MAX = LINE_MAX - AROUND - linkTextLength(0)

/** Returns how many characters the List-Unsubscribe line of links at an origin has, with a message reference of `refBytes`. */
export const lineLength = (origin: string, refBytes: number): number =>
  origin.length + AROUND + linkTextLength(refBytes)

/** Returns how many characters a message reference may have for links at an origin to fit a List-Unsubscribe line. */
export function messageRefRoom(origin: string): number {
  let room = MESSAGE_REF_MAX_BYTES
  while (room > 0 && lineLength(origin, room) > LINE_MAX) room--
  return room
}
