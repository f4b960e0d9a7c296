/** A request of a mail program, a scanner or a browser to a one-click link. */
export interface Shape {
  name: string
  method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST'
  headers?: Record<string, string>
  body?: string
  /** Sent in chunks, without a length. */
  chunked?: true
  /** A slash is appended to the link. */
  slash?: true
  /** The answer must be readable by a browser's script. */
  cors?: true
}

const FORM = 'List-Unsubscribe=One-Click'
const BOUNDARY = '----floe-probe'
const MULTIPART = [
  `--${BOUNDARY}`,
  'Content-Disposition: form-data; name="List-Unsubscribe"',
  '',
  'One-Click',
  `--${BOUNDARY}--`,
  '',
].join('\r\n')
const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** Requests that only look. They come first, because they must not change anything. */
const LOOKS: Shape[] = [
  { name: 'HEAD, as scanners of links send it', method: 'HEAD' },
  { name: 'GET, as a browser opens it', method: 'GET', headers: { accept: 'text/html' } },
  { name: 'OPTIONS', method: 'OPTIONS' },
]

/** Requests that unsubscribe (RFC 8058 §3.2, and others seen in the field). */
const POSTS: Shape[] = [
  { name: 'POST, form', method: 'POST', headers: form, body: FORM },
  {
    name: 'POST, multipart',
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: MULTIPART,
  },
  {
    name: 'POST, form, with a charset',
    method: 'POST',
    headers: { 'content-type': `${form['content-type']}; charset=UTF-8` },
    body: FORM,
  },
  { name: 'POST, text/plain', method: 'POST', headers: { 'content-type': 'text/plain' }, body: FORM },
  { name: 'POST, no content type', method: 'POST', body: FORM },
  { name: 'POST, empty', method: 'POST', headers: { 'content-length': '0' } },
  { name: 'POST, form, empty', method: 'POST', headers: form },
  { name: 'POST, in chunks', method: 'POST', headers: form, body: FORM, chunked: true },
  {
    name: 'POST, of a web mail in a browser',
    method: 'POST',
    headers: { ...form, origin: 'null', accept: '*/*' },
    body: FORM,
    cors: true,
  },
  {
    name: 'POST, of a foreign site',
    method: 'POST',
    headers: { ...form, origin: 'https://mail.example' },
    body: FORM,
    cors: true,
  },
  {
    name: 'POST, of a mail provider',
    method: 'POST',
    headers: { ...form, 'user-agent': 'MailProvider-OneClick/1.0' },
    body: FORM,
  },
  { name: 'POST, no user agent', method: 'POST', headers: { ...form, 'user-agent': '' }, body: FORM },
  { name: 'POST, a slash behind the link', method: 'POST', headers: form, body: FORM, slash: true },
  { name: 'POST, once more', method: 'POST', headers: form, body: FORM },
]

/** All requests, in order. */
export const SHAPES: readonly Shape[] = [...LOOKS, ...POSTS]
