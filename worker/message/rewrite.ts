import { charsetOf, textOf } from './charset.ts'
import { mendedHead } from './head.ts'
import { fieldName, fieldValue, MimeRefused, partsOf, type TextFlaw } from './mime.ts'
import {
  hasParameter,
  parameterOf,
  parametersBut,
  plainly,
  type Structured,
  structured,
} from './parameters.ts'
import { piecesOf } from './pieces.ts'
import { base64Lines, bytesOf } from './transfer.ts'

/** Nested parts. */
const DEPTH_MAX = 8
/** Fields that say how a body is written down. */
const OF_BODY = ['content-transfer-encoding', 'content-md5', 'content-length']

/** A message with its texts changed, and what else is to be said. Parts are named as in `1.2 text/html`. */
export interface Rewritten {
  raw: string
  /** Texts that are as they were. */
  unchanged: { part: string; why: TextFlaw }[]
  /** Texts whose charset was guessed. */
  guessed: string[]
  /** Parts whose header was mended. */
  mended: string[]
}

type Change = (type: 'html' | 'plain', text: string) => string

/**
 * Changes the first plain text and the first HTML of a message, given byte by byte as characters, and leaves every other byte as
 * it is. `isText` says that it came as text, so that bytes of other charsets than UTF-8 were lost on the way.
 *
 * Own code, since libraries that parse messages in this runtime do not write them, and those that write them need Node.
 * Throws MimeRefused where no text could be changed, and for a message whose parts are signed or encrypted and would be broken.
 */
export function rewriteTexts(raw: string, change: Change, isText = false): Rewritten {
  const done = new Set<string>()
  const said: Omit<Rewritten, 'raw'> = { unchanged: [], guessed: [], mended: [] }

  function rewrite(part: string, place: number[], around: string): string {
    const depth = place.length
    if (depth > DEPTH_MAX) throw new MimeRefused('nested')
    const { fields, body, isMended } = depth === 0 ? headOfMessage(part) : headOfPart(part)
    const one = (name: string) => onlyOf(fields, name)
    const field = one('content-type')
    const type = structured(field || (around === 'multipart/digest' ? 'message/rfc822' : 'text/plain'))
    const disposition = structured(one('content-disposition'))
    const name = `${place.join('.') || '1'} ${type.value}`
    const isFile =
      disposition.value === 'attachment' ||
      hasParameter(disposition, 'filename') ||
      hasParameter(type, 'name')
    if (depth === 0) refuseSealed(type)
    if (type.value === 'multipart/signed') throw new MimeRefused('signed')
    if (type.value === 'multipart/encrypted') throw new MimeRefused('encrypted')
    const noted = (why: TextFlaw) => said.unchanged.push({ part: name, why })
    const isMultipart = type.value.startsWith('multipart/')
    if (isMultipart && !(isFile && depth > 0)) {
      const boundary = parameterOf(type, 'boundary')
      const pieces = boundary ? piecesOf(`\r\n${body}`, boundary) : []
      if (!pieces.some(({ isPart, text }) => isPart && /\S/.test(text))) noted('boundary')
      else {
        const { text, isPart } = pieces.at(-1)!
        if (!isPart && piecesOf(`\r\n${text}`, boundary!).some(one => one.isPart)) noted('after_end')
        let i = 0
        const inner = pieces.flatMap(({ delimiter, text, isPart }) => [
          delimiter,
          isPart ? rewrite(text, [...place, ++i], type.value) : text,
        ])
        const plain = plainly(type, 'boundary', boundary!)
        if (isMended || plain) said.mended.push(name)
        const head = fields.map(one => (plain && isType(one) ? `Content-Type: ${plain}` : one))
        return `${head.join('\r\n')}\r\n\r\n${inner.join('').slice(2)}`
      }
    }
    const text = TEXTS.get(type.value)
    if (!isFile && OTHER_TEXTS.has(type.value)) noted('type')
    if (text && isFile && SHOWN_IN.has(around) && disposition.value !== 'attachment') noted('named')
    if (!text || isFile || part === '') return part
    const read = done.has(text) ? 'another' : textIn(body, one('content-transfer-encoding'), type, isText)
    if (typeof read === 'string') {
      noted(read)
      return part
    }
    done.add(text)
    if (isMended) said.mended.push(name)
    if (read.isGuess) said.guessed.push(name)
    const head = textHead(fields, text, type).join('\r\n')
    return `${head}\r\n\r\n${base64Lines(change(text, read.text))}${depth === 0 ? '\r\n' : ''}`
  }

  const rewritten = rewrite(raw, [], '')
  const [first] = said.unchanged
  if (done.size === 0) throw first ? new MimeRefused(first.why, first.part) : new MimeRefused('no_text')
  return { raw: rewritten, ...said }
}

const isType = (field: string): boolean => fieldName(field) === 'content-type'

/** Returns the fields of a text that was changed, with the parameters it had. */
function textHead(fields: string[], text: string, type: Structured): string[] {
  const kept = fields.filter(field => !isType(field) && !OF_BODY.includes(fieldName(field)))
  const own = [`text/${text}; charset=utf-8`, ...parametersBut(type, 'charset')].join(';\r\n ')
  return [...kept, `Content-Type: ${own}`, 'Content-Transfer-Encoding: base64']
}

const TEXTS = new Map<string, 'html' | 'plain'>([
  ['text/plain', 'plain'],
  // RFC 1049, before there were subtypes.
  ['text', 'plain'],
  ['text/html', 'html'],
])

/** Texts that some mail programs show instead of the others, as Gmail shows AMP. */
const OTHER_TEXTS = new Set(['text/x-amp-html', 'text/watch-html', 'text/enriched', 'text/richtext'])

/** What shows a text whatever its name. */
const SHOWN_IN = new Set(['multipart/alternative', 'multipart/related'])

/** Returns the head of a message, without what stands before its first line: a mark of UTF-8, blank lines. */
function headOfMessage(raw: string) {
  const start = /^(?:\xef\xbb\xbf)?(?:[ \t]*\r\n)*/.exec(raw)![0].length
  const { head, body } = partsOf(raw.slice(start))
  // Some programs end a line there and read another field, as if it was smuggled in.
  if (/\r(?!\n)|(?<!\r)\n/.test(head)) throw new MimeRefused('bare_cr')
  const mended = mendedHead(head, body)
  if (mended.fields.length === 0) throw new MimeRefused('no_head')
  return { ...mended, isMended: mended.isMended || start > 0 }
}

/** Returns the head of a part, which may have no fields, or nothing but fields. */
function headOfPart(part: string) {
  const isHead = !part.startsWith('\r\n') && !part.includes('\r\n\r\n')
  const { head, body } = isHead ? { head: part, body: '' } : partsOf(part)
  return mendedHead(head, body)
}

/** Returns the value of a field that there may be once. Mail programs disagree on which of two counts. */
function onlyOf(fields: string[], name: string): string {
  const values = new Set(fields.filter(one => fieldName(one) === name).map(fieldValue))
  if (values.size > 1) throw new MimeRefused('ambiguous')
  return [...values][0] ?? ''
}

/** Refuses a message that is one sealed file. As a part among others, such a file is an attachment. */
function refuseSealed(type: Structured): void {
  if (/^application\/(?:x-)?pkcs7-mime$/.test(type.value))
    throw new MimeRefused(parameterOf(type, 'smime-type') === 'signed-data' ? 'signed' : 'encrypted')
}

/** Returns the text of a body, or why it cannot be read. */
function textIn(
  body: string,
  encoding: string,
  type: Structured,
  isText: boolean,
): { text: string; isGuess: boolean } | TextFlaw {
  const bytes = bytesOf(body, structured(encoding).value.replaceAll('"', ''))
  if (bytes === undefined) return 'encoding'
  const charset = charsetOf(parameterOf(type, 'charset') ?? '')
  const isLost = isText && charset !== undefined && !/^utf-?8$/.test(charset) && /[^\0-\x7f]/.test(body)
  return (isLost ? undefined : textOf(bytes, charset)) ?? 'charset'
}
