import { MimeRefused } from './mime.ts'

/** A field such as Content-Type: its value in lower case, and its parameters as they are written and as they are meant. */
export interface Structured {
  value: string
  parameters: { name: string; text: string; written: string }[]
  /** Whether it is written as some programs do not read it: with comments, or with something beside its parameters. */
  isOdd: boolean
}

interface Piece {
  name?: string
  text: string
  written: string
  /** Whether its quotes were closed: what follows them is none of it. */
  isOver?: boolean
}

/** Reads the value of a field with parameters (RFC 2045 §5.1), with its comments, quotes and escapes. */
export function structured(field: string): Structured {
  let piece: Piece = { text: '', written: '' }
  const pieces = [piece]
  let depth = 0
  let isQuoted = false
  let isOdd = false
  for (let at = 0; at < field.length; at++) {
    const char = field[at]!
    if (depth > 0) {
      if (char === '\\') at++
      depth += char === '(' ? 1 : char === ')' ? -1 : 0
    } else if (isQuoted) {
      const isEscape = char === '\\' && at + 1 < field.length
      if (isEscape) at++
      piece.written += isEscape ? char + field[at] : char
      if (isEscape) piece.text += field[at]
      else if (char === '"') [isQuoted, piece.isOver] = [false, true]
      else piece.text += char
    } else if (char === '(') {
      depth = 1
      isOdd = true
    } else if (char === ';') {
      piece = { text: '', written: '' }
      pieces.push(piece)
    } else if (char === '=' && piece.name === undefined && pieces.length > 1)
      Object.assign(piece, { name: piece.text.trim().toLowerCase(), text: '', written: '' })
    else if (piece.isOver) isOdd ||= !/\s/.test(char)
    else {
      isQuoted = char === '"'
      piece.written += char
      if (!isQuoted) piece.text += char
    }
  }
  const [first, ...others] = pieces
  const parameters = others.flatMap(({ name, text, written }) =>
    name ? { name, text: text.trim(), written: written.trim() } : [],
  )
  const value = typeIn(first!.text)
  return { value, parameters, isOdd: isOdd || isLoose(pieces, value) }
}

const isLoose = ([first, ...others]: Piece[], value: string): boolean =>
  first!.text.trim().toLowerCase() !== value || others.some(({ name, text }) => !name && /\S/.test(text))

/** Returns a type without blanks around its slash, and without what stands behind it. */
function typeIn(text: string): string {
  const [type, subtype] = text.toLowerCase().split('/')
  const value = subtype === undefined ? type! : `${type!.trim()}/${subtype.trim()}`
  return /^[^\s,]*/.exec(value.trim())![0]
}

/** The name of a parameter without its number and without the star of an encoded one (RFC 2231). */
const baseName = (name: string): string => name.split('*', 1)[0]!

/** Whether a field has a parameter, in any spelling. */
export const hasParameter = ({ parameters }: Structured, name: string): boolean =>
  parameters.some(one => baseName(one.name) === name)

/** Returns the other parameters as they are written. */
export const parametersBut = ({ parameters }: Structured, but: string): string[] =>
  parameters.flatMap(({ name, written }) => (baseName(name) === but ? [] : `${name}=${written}`))

/** Returns a field whose one parameter is written as every program reads it; undefined where it is so already. */
export function plainly(field: Structured, name: string, text: string): string | undefined {
  const value = `"${text.replace(/["\\]/g, '\\$&')}"`
  const isPlain = (written: string) => written === value || (written === text && !/\s/.test(text))
  if (!field.isOdd && field.parameters.some(one => one.name === name && isPlain(one.written)))
    return undefined
  return [field.value, `${name}=${value}`, ...parametersBut(field, name)].join(';\r\n ').replace('\r\n ', ' ')
}

/**
 * Returns what a parameter says, also in several pieces or encoded (RFC 2231). Throws MimeRefused where it is given twice and
 * differs: mail programs disagree on which counts.
 */
export function parameterOf(field: Structured, name: string): string | undefined {
  const said = new Set(field.parameters.filter(one => one.name === name).map(({ text }) => text))
  const continued = continuedOf(field, name)
  if (continued !== undefined) said.add(continued)
  if (said.size > 1) throw new MimeRefused('ambiguous')
  return [...said][0]
}

function continuedOf({ parameters }: Structured, name: string): string | undefined {
  const pieces = new Map(parameters.map(one => [one.name, one.text]))
  const whole = pieces.get(`${name}*`)
  if (whole !== undefined) return unescaped(afterCharset(whole))
  const texts: string[] = []
  for (let i = 0; ; i++) {
    const [plain, encoded] = [pieces.get(`${name}*${i}`), pieces.get(`${name}*${i}*`)]
    if (plain === undefined && encoded === undefined) return i === 0 ? undefined : texts.join('')
    texts.push(plain ?? unescaped(i === 0 ? afterCharset(encoded!) : encoded!))
  }
}

/** Returns an encoded value without the charset and language before it. */
const afterCharset = (text: string): string => text.split("'").slice(2).join("'") || text

const unescaped = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
