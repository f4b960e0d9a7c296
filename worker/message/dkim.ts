import { fromBase64, toBase64 } from '../../core/bytes.ts'
import { fieldName, fieldsByName } from './mime.ts'
import { trimEndOf } from './scan.ts'

/** The result of verifying a signature. `no_key`: its domain publishes none; `unknown`: DNS did not answer. */
export interface Signature {
  domain: string
  selector: string
  result: 'pass' | 'fail' | 'no_key' | 'unknown' | 'unsupported'
  why?: string
  /** Signed fields, in lower case. */
  covers: string[]
  /** Digest of the signed body, in base64. */
  bodyHash: string
  /** Bits of the RSA key. */
  bits?: number
  /** Whether only the beginning of the body is signed (l=). */
  partial: boolean
}

/**
 * Looks up the key record of a name such as `spring._domainkey.north.example`: its text, null where there is none, undefined
 * where DNS did not answer.
 */
export type KeyFinder = (name: string) => Promise<string | null | undefined>

/** Signatures verified; further ones are ignored. */
const SIGNATURES_MAX = 5
const LABELS = /^[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))*$/

/**
 * Verifies the DKIM signatures of a message (RFC 6376, RFC 8463), given byte by byte as characters 0 to 255, at the time
 * `now`.
 *
 * Own code, since the libraries need Node's DNS, streams and crypto. A test compares it with mailauth.
 */
export async function verifyDkim(
  fields: string[],
  body: string,
  find: KeyFinder,
  now: number,
): Promise<Signature[]> {
  const signed = fields.filter(field => fieldName(field) === 'dkim-signature').slice(0, SIGNATURES_MAX)
  return Promise.all(signed.map(field => verifyOne(field, fields, body, find, now)))
}

async function verifyOne(
  field: string,
  fields: string[],
  body: string,
  find: KeyFinder,
  now: number,
): Promise<Signature> {
  const tags = tagsOf(field.slice(field.indexOf(':') + 1))
  const tag = (name: string) => (tags.get(name) ?? '').replace(/\s/g, '')
  const covers = tag('h').toLowerCase().split(':').filter(Boolean)
  const [domain, selector] = [tag('d').toLowerCase(), tag('s').toLowerCase()]
  const found = { domain, selector, covers, bodyHash: tag('bh'), partial: tags.has('l') }
  const name = `${selector}._domainkey.${domain}`
  if (!LABELS.test(name) || name.length > 253 || !tag('b') || !tag('bh') || (tag('v') || '1') !== '1')
    return { ...found, result: 'fail', why: 'the signature field is malformed' }
  const [algorithm = '', hash] = tag('a').toLowerCase().split('-')
  if (!['rsa', 'ed25519'].includes(algorithm) || hash !== 'sha256')
    return { ...found, result: 'unsupported', why: `${tag('a')} is no signature that receivers believe` }
  const [ofHead = 'simple', ofBody = 'simple'] = (tag('c') || 'simple/simple').toLowerCase().split('/')
  const text = ofBody === 'relaxed' ? relaxedBody(body) : simpleBody(body)
  const covered = tags.has('l') ? text.slice(0, Number(tag('l'))) : text
  const digest = toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', latin1Bytes(covered))))
  if (digest !== tag('bh'))
    return { ...found, result: 'fail', why: 'the body was changed after it was signed' }
  if (tags.has('x') && Number(tag('x')) < Number(tag('t') || 0))
    return { ...found, result: 'fail', why: 'it ends before it begins' }
  if (tags.has('x') && !(Number(tag('x')) * 1000 > now))
    return { ...found, result: 'fail', why: 'it has expired' }
  const record = await find(name)
  if (record === undefined) return { ...found, result: 'unknown', why: `${name} could not be looked up` }
  const key = record === null ? undefined : tagsOf(record)
  const published = (key?.get('p') ?? '').replace(/\s/g, '')
  if (!published) return { ...found, result: 'no_key', why: `there is no key at ${name}` }
  const misused = misuseOf(key!, algorithm, domain, tag('i').toLowerCase())
  if (misused) return { ...found, result: 'fail', why: misused }
  const bytes = latin1Bytes(signedText(field, fields, covers, ofHead === 'relaxed'))
  return { ...found, ...(await verdict(algorithm, published, tag('b'), bytes)) }
}

/** Returns why a key may not verify this signature (RFC 6376 §3.6.1), or undefined. */
function misuseOf(
  key: Map<string, string>,
  algorithm: string,
  domain: string,
  identity: string,
): string | undefined {
  const list = (name: string) => (key.get(name) ?? '').toLowerCase().replace(/\s/g, '').split(':')
  const forOthers = (name: string, ours: string[]) =>
    key.has(name) && !list(name).some(one => ours.includes(one))
  if (key.has('v') && key.get('v') !== 'DKIM1') return 'its key is of another version'
  if (forOthers('k', [algorithm])) return `its key is not for ${algorithm}`
  if (forOthers('h', ['sha256'])) return 'its key is not for sha256'
  if (forOthers('s', ['*', 'email'])) return 'its key is not for mail'
  if (list('t').includes('y')) return 'its key is for trials, and whoever publishes it vouches for nothing'
  const at = identity.lastIndexOf('@')
  const signer = at < 0 ? domain : identity.slice(at + 1)
  const strict = list('t').includes('s')
  return signer === domain || (!strict && signer.endsWith(`.${domain}`))
    ? undefined
    : 'it is in the name of another domain than it is signed by'
}

async function verdict(
  algorithm: string,
  published: string,
  signature: string,
  text: Uint8Array<ArrayBuffer>,
): Promise<Pick<Signature, 'result' | 'why' | 'bits'>> {
  try {
    const rsa = algorithm === 'rsa'
    const params = rsa ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'Ed25519' }
    const key = await crypto.subtle.importKey(rsa ? 'spki' : 'raw', fromBase64(published), params, true, [
      'verify',
    ])
    const bits = rsa ? (key.algorithm as unknown as { modulusLength: number }).modulusLength : undefined
    // WebCrypto hashes for RSA; Ed25519 signs the hash itself (RFC 8463 §3).
    const signed = rsa ? text : await crypto.subtle.digest('SHA-256', text)
    const holds = await crypto.subtle.verify(params.name, key, fromBase64(signature), signed)
    return {
      ...(bits !== undefined && { bits }),
      ...(holds
        ? { result: 'pass' }
        : { result: 'fail', why: 'a field was changed after it was signed, or the key is another' }),
    }
  } catch {
    return { result: 'fail', why: 'its key or signature cannot be read' }
  }
}

/**
 * Returns the signed header text: the signed fields, the last of a name first (RFC 6376 §5.4.2), and the signature field with
 * `b` empty.
 */
function signedText(own: string, fields: string[], covers: string[], relaxed: boolean): string {
  const left = fieldsByName(fields)
  const form = (field: string) => (relaxed ? relaxedField(field) : field)
  const signed = covers.flatMap(name => left.get(name)?.pop() ?? []).map(field => `${form(field)}\r\n`)
  const empty = own.replace(/([;:]\s*)b(\s*)=[^;]*/, '$1b$2=')
  return signed.join('') + form(empty)
}

/** RFC 6376 §3.4.2. */
function relaxedField(field: string): string {
  const at = field.indexOf(':')
  const value = field
    .slice(at + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()
  return `${field.slice(0, at).toLowerCase().trimEnd()}:${value}`
}

/** RFC 6376 §3.4.4. */
function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map(line => trimEndOf(line, ' \t').replace(/[ \t]+/g, ' '))
  const text = withoutEmptyLines(lines.join('\r\n'))
  return text === '' ? '' : `${text}\r\n`
}

/** RFC 6376 §3.4.3. */
const simpleBody = (body: string): string => `${withoutEmptyLines(body)}\r\n`

/** Returns a body without line ends at its end. */
function withoutEmptyLines(body: string): string {
  let end = body.length
  while (body.endsWith('\r\n', end)) end -= 2
  return body.slice(0, end)
}

/** Parses a tag list (RFC 6376 §3.2). */
function tagsOf(text: string): Map<string, string> {
  const tags = new Map<string, string>()
  for (const part of text.split(';')) {
    const at = part.indexOf('=')
    if (at > 0) tags.set(part.slice(0, at).trim(), part.slice(at + 1).trim())
  }
  return tags
}

/** Returns characters 0 to 255 as bytes. */
export function latin1Bytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

/** Returns bytes as characters 0 to 255. */
export function latin1Text(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return text
}
