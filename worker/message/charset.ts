import { latin1Bytes, latin1Text } from './dkim.ts'

/** Names of charsets that mail has and the standard of the web (WHATWG Encoding) does not. */
const ALIASES: Record<string, string> = {
  cp932: 'shift_jis',
  'iso-2022-jp-ms': 'iso-2022-jp',
  'iso-2022-jp-1': 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  cp50222: 'iso-2022-jp',
  eucjp: 'euc-jp',
  cp936: 'gbk',
  'euc-cn': 'gbk',
  cp949: 'euc-kr',
  uhc: 'euc-kr',
  cp950: 'big5',
  cp874: 'windows-874',
  cp65001: 'utf-8',
  'latin-1': 'windows-1252',
  'hz-gb-2312': 'hz',
  'unicode-1-1-utf-7': 'utf-7',
}

/** Names that say no more than "text". */
const NAMELESS = new Set(
  'us-ascii ascii us ansi_x3.4-1968 unknown-8bit x-unknown unknown default binary 7bit 8bit'
    .split(' ')
    .concat(''),
)

/** Charsets of seven bits that the runtime does not know, as bytes of one that it knows. */
const SHIFTED: Record<string, (text: string) => { text: string; as: string }> = {
  // RFC 1557: shift out, shift in.
  'iso-2022-kr': text => {
    const [first, ...runs] = text.replaceAll('\x1b$)C', '').split('\x0e')
    const shifted = runs.map(run => {
      const [high, ...low] = run.split('\x0f')
      return raised(high!) + low.join('')
    })
    return { text: first + shifted.join(''), as: 'euc-kr' }
  },
  // RFC 1843: a tilde is written twice, and one at the end of a line joins it to the next.
  hz: text => ({
    text: text.replace(
      /~(?:\{((?:[!-}][!-~])*)(?:~\})?|(~)|\r?\n)/g,
      (_, high = '', tilde = '') => raised(high) + tilde,
    ),
    as: 'gbk',
  }),
  'utf-7': text => ({
    text: text.replace(/\+([A-Za-z0-9+/]*)-?/g, (_, units: string) => unitsOf(units)),
    as: 'utf-8',
  }),
}

const raised = (text: string): string =>
  text.replace(/[!-~]/g, char => String.fromCharCode(char.charCodeAt(0) | 0x80))

/** Returns a run of RFC 2152 in UTF-8, its bytes as characters. */
function unitsOf(base64: string): string {
  if (base64 === '') return '+'
  const bytes = latin1Bytes(atob(base64))
  const text = new TextDecoder('utf-16be', { fatal: true }).decode(bytes.subarray(0, bytes.length & ~1))
  return latin1Text(new TextEncoder().encode(text))
}

/** Returns a charset by the name that the runtime knows; undefined for one that says nothing. */
export function charsetOf(label: string): string | undefined {
  const name = label.toLowerCase().replace(/['"]/g, '').trim().split(/\s/, 1)[0]!
  return NAMELESS.has(name) ? undefined : (ALIASES[name] ?? name)
}

/**
 * Returns a text of bytes, given as characters; undefined where they are not in the charset, or nobody here knows it. Without a
 * charset, a text that is no UTF-8 is guessed as mail programs guess it.
 */
export function textOf(
  bytes: string,
  charset: string | undefined,
): { text: string; isGuess: boolean } | undefined {
  const guesses =
    charset !== undefined
      ? [charset]
      : ['\x1b$B', '\x1b$@'].some(shift => bytes.includes(shift))
        ? ['iso-2022-jp']
        : ['utf-8', 'windows-1252']
  for (const guess of guesses) {
    const text = decoded(bytes, guess)
    if (text !== undefined) return { text, isGuess: charset === undefined && guess !== 'utf-8' }
  }
  return undefined
}

function decoded(bytes: string, charset: string): string | undefined {
  try {
    const { text, as } = SHIFTED[charset]?.(bytes) ?? { text: bytes, as: charset }
    return new TextDecoder(as === 'utf-16' ? utf16Of(bytes) : as, { fatal: true }).decode(latin1Bytes(text))
  } catch {
    return undefined
  }
}

/** Returns which end comes first: a mark says so, else the zeros that Latin letters have. */
function utf16Of(bytes: string): string {
  if (/^\xfe\xff/.test(bytes)) return 'utf-16be'
  if (/^\xff\xfe/.test(bytes)) return 'utf-16le'
  return bytes.charCodeAt(1) === 0 ? 'utf-16le' : 'utf-16be'
}
