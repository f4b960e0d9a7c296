import type { Locale } from './locale.ts'

/** Returns the origin that a workspace's links stand on: its own host, or the platform's. */
export const originOf = (linkHost: string | null, baseUrl: string): string =>
  linkHost === null ? baseUrl : `https://${linkHost}`

/** Returns the whole address of a notice: one of the platform's own is kept as a path, and is read where the link stands. */
export const noticeAddress = (url: string, origin: string): string => new URL(url, origin).href

/** Returns where a recipient reads a notice: the platform's own in their language, a sender's own as the sender gave it. */
export const noticeIn = (locale: Locale, url: string): string =>
  url.startsWith('/') && locale !== 'en' ? `/${locale.toLowerCase()}${url}` : url

/** What follows the origin in a List-Unsubscribe line of 78 characters: a space, `<`, `/u/`, 39 of token, `>`. */
export const ORIGIN_MAX = 78 - (2 + '/u/'.length + 39 + 1)
