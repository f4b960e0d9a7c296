/** Headers of every kind of answer, built once: writing them one by one in middleware costs a third of an answer. */
const COMMON = {
  // An answer that is not a page must not run or load anything if a browser renders it as one.
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

/** Headers of answers to senders. */
export const JSON_HEADERS = {
  ...COMMON,
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
}

/** Headers of streams of lines to senders. */
export const NDJSON_HEADERS = { ...JSON_HEADERS, 'content-type': 'application/x-ndjson; charset=utf-8' }
/** Headers of streams of rows to senders. */
export const CSV_HEADERS = { ...JSON_HEADERS, 'content-type': 'text/csv; charset=utf-8; header=present' }

/** Headers of problem answers (RFC 9457). */
export const PROBLEM_HEADERS = { ...JSON_HEADERS, 'content-type': 'application/problem+json; charset=utf-8' }

/**
 * Headers of answers to mail clients. A browser in CORS mode can read the outcome of a one-click POST only with the allow header.
 */
export const CLICK_HEADERS = {
  ...COMMON,
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'no-store',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
}

/** Content security policy of pages, up to the value of `frame-ancestors`. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors"

/**
 * Headers of static files and public pages: everything from this origin, nothing from elsewhere, no scripts. Tools such as
 * Lighthouse may fetch robots.txt from within a page.
 */
export const SITE_HEADERS = {
  ...COMMON,
  'content-security-policy': `${PAGE_POLICY} 'none'; connect-src 'self'`,
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
}

/** Headers of the documentation, whose search is a script of this origin. No page of a recipient has any. */
export const DOCS_HEADERS = {
  ...SITE_HEADERS,
  'content-security-policy': `${SITE_HEADERS['content-security-policy']}; script-src 'self'`,
}

/** Headers of plain texts that anybody may read and cache for a day. */
export const TEXT_HEADERS = {
  ...SITE_HEADERS,
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'public, max-age=86400',
}

/** Headers of files whose address holds their digest, so that they never change. */
export const IMMUTABLE_HEADERS = { ...SITE_HEADERS, 'cache-control': 'public, max-age=31536000, immutable' }

/** Headers of a recipient's own pages: never cached or indexed, and in the reader's language. */
export const PAGE_HEADERS = {
  ...SITE_HEADERS,
  'content-security-policy': `${PAGE_POLICY} 'none'`,
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  vary: 'Accept-Language',
  'x-robots-tag': 'noindex, nofollow',
}

/**
 * Returns the header that lets a page stand in a frame on `origins`, separated by spaces. It is only for a page whose buttons do
 * no more than the link itself can do: clickjacking then gains nothing.
 */
export const framedBy = (origins: string): Record<string, string> =>
  origins === '' ? {} : { 'content-security-policy': `${PAGE_POLICY} ${origins}` }
