import type { Locale } from './locale.ts'

/** Returns the origin of a workspace's links: its own host, or the platform's. */
export const originOf = (linkHost: string | null, baseUrl: string): string =>
  linkHost === null ? baseUrl : `https://${linkHost}`

/** Returns the absolute URL of a notice. The platform's notices are stored as paths and resolved at the link's origin. */
export const noticeAddress = (url: string, origin: string): string => new URL(url, origin).href

/** Returns the URL of a notice for a recipient: the platform's in their language, a sender's as given. */
export const noticeIn = (locale: Locale, url: string): string =>
  url.startsWith('/') && locale !== 'en' ? `/${locale.toLowerCase()}${url}` : url

/** Longest origin that leaves a List-Unsubscribe line within 78 characters, beside a space, `<`, `/u/`, a token of 39 and `>`. */
export const ORIGIN_MAX = 78 - (2 + '/u/'.length + 39 + 1)
