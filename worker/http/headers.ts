/**
 * The headers of every kind of answer, built once: writing them one by one in middleware costs a third of an answer.
 */
const COMMON = {
  // An answer that is not a page must not run or load anything if a browser renders it as one.
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

/** Answers to senders. */
export const JSON_HEADERS = {
  ...COMMON,
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
}

/** Streams of lines to senders. */
export const NDJSON_HEADERS = { ...JSON_HEADERS, 'content-type': 'application/x-ndjson; charset=utf-8' }
/** Streams of rows to senders. */
export const CSV_HEADERS = { ...JSON_HEADERS, 'content-type': 'text/csv; charset=utf-8; header=present' }

/** Refusals (RFC 9457). */
export const PROBLEM_HEADERS = { ...JSON_HEADERS, 'content-type': 'application/problem+json; charset=utf-8' }

/** Answers to mail clients. Browsers in CORS mode can see whether a one-click POST worked only with the allow header. */
export const CLICK_HEADERS = {
  ...COMMON,
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'no-store',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
}

/** What a page may do, wherever it stands. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors"

/**
 * Static files and public pages: everything from here, nothing from elsewhere, no scripts at all. What reads a page for its owner, as
 * Lighthouse does, may fetch robots.txt from within it.
 */
export const SITE_HEADERS = {
  ...COMMON,
  'content-security-policy': `${PAGE_POLICY} 'none'; connect-src 'self'`,
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
}

/** Plain texts that anybody may read and keep for a day. */
export const TEXT_HEADERS = {
  ...SITE_HEADERS,
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'public, max-age=86400',
}

/** What never changes at its address, which holds its digest. */
export const IMMUTABLE_HEADERS = { ...SITE_HEADERS, 'cache-control': 'public, max-age=31536000, immutable' }

/** A recipient's own pages: as above, kept by nobody, found by no search engine, and in the reader's language. */
export const PAGE_HEADERS = {
  ...SITE_HEADERS,
  'content-security-policy': `${PAGE_POLICY} 'none'`,
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  vary: 'Accept-Language',
  'x-robots-tag': 'noindex, nofollow',
}

/**
 * Returns what lets one page stand in a frame on `origins`, which have a space between two. Only for a page whose buttons do
 * nothing that whoever has its link could not do: then a press that was tricked out of somebody gains its thief nothing.
 */
export const framedBy = (origins: string): Record<string, string> =>
  origins === '' ? {} : { 'content-security-policy': `${PAGE_POLICY} ${origins}` }
