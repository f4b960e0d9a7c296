import { decodeWords } from 'postal-mime'
import { canonicalAddress } from '../../core/address.ts'
import { trimEndOf } from '../message/scan.ts'

/** Values of header fields, by name in lower case. */
export type Fields = Map<string, string[]>

/** Characters of a field that are looked at for an address, a status or a server's words. */
const LOOKED_AT = 1000

/** A header field: its name in lower case, and its unfolded value. */
export interface Field {
  name: string
  value: string
}

/**
 * Returns groups of header fields, separated by blank lines. A line that is no field continues the one before it, since some
 * servers fold without indentation; before the first field it is an mbox separator, or nothing of use.
 */
export function groupsIn(text: string): Field[][] {
  const groups: { name: string; lines: string[] }[][] = []
  let group: { name: string; lines: string[] }[] | undefined
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') {
      group = undefined
      continue
    }
    const [, name, value] = /^([\x21-\x39\x3b-\x7e]+)[ \t]*:(.*)$/s.exec(line) ?? []
    if (name === undefined) group?.at(-1)?.lines.push(line.trim())
    else {
      if (!group) {
        group = []
        groups.push(group)
      }
      group.push({ name: name.toLowerCase(), lines: [value!.trim()] })
    }
  }
  return groups.map(fields => fields.map(({ name, lines }) => ({ name, value: lines.join(' ').trim() })))
}

/** Returns the values of fields, by name. */
export function named(fields: readonly Field[]): Fields {
  const all: Fields = new Map()
  for (const { name, value } of fields) {
    const others = all.get(name)
    if (others) others.push(value)
    else all.set(name, [value])
  }
  return all
}

/** Returns the values of each group of fields in a text, by name. */
export const fieldsOf = (text: string): Fields[] => groupsIn(text).map(named)

/** Returns the beginning of a field's value, with encoded words decoded (RFC 2047). */
export function plainValue(value: string): string {
  const beginning = value.slice(0, LOOKED_AT)
  return beginning.includes('=?') ? decodeWords(beginning) : beginning
}

/**
 * Returns a server's words without the addresses in them: a mailbox called `spam` or `quota` must not be taken for a reason, and
 * nothing else should be passed on.
 */
export const withoutAddresses = (text: string): string =>
  text
    .split(/([\s<>()"',;]+)/)
    .map(word => (word.includes('@') ? '' : word))
    .join('')
    .trim()

/** Returns a value without comments (RFC 5322 §3.2.2). */
export function withoutComments(value: string): string {
  let kept = ''
  let depth = 0
  let quoted = false
  for (let i = 0; i < value.length; i++) {
    const char = value[i]!
    const escaped = char === '\\' ? value.slice(i, i + 2) : undefined
    if (escaped) i++
    else if (char === '"' && depth === 0) quoted = !quoted
    else if (char === '(' && !quoted) depth++
    if (depth === 0) kept += escaped ?? char
    if (!escaped && char === ')' && depth > 0) depth--
  }
  return kept
}

/**
 * Returns the address in a field such as `rfc822; ada@example.com`, whatever stands around it, or undefined where there is
 * none. `xtext`: the field may repeat the address as it was encoded for SMTP (RFC 3461 §4).
 */
export function addressIn(text: string | undefined, { xtext = false } = {}): string | undefined {
  const value = withoutComments(plainValue(text ?? ''))
  const at = value.indexOf(';')
  const before = value.slice(0, Math.max(at, 0)).trim().toLowerCase()
  const typed = /^[\w-]+$/.test(before)
  if (typed && before === 'unknown') return undefined
  const rest = typed ? value.slice(at + 1) : value
  const open = rest.lastIndexOf('<')
  const close = rest.indexOf('>', open)
  const word =
    open >= 0 && close >= 0
      ? rest.slice(open + 1, close).trim()
      : (rest.split(/\s+/).find(one => one.includes('@')) ?? '')
  const bare = trimEndOf(word, `"';,`)
    .replace(/^["']/, '')
    .replace(/^(?:mailto|smtp):/i, '')
    .replace(/^@[^:]*:/, '')
  const address = unicodeIn(xtext ? xtextIn(bare) : bare)
  return canonicalAddress(address) === undefined ? undefined : address
}

/** Decodes `\x{7528}` in an address (RFC 6533 §3). */
const unicodeIn = (text: string): string =>
  text.replace(/\\x\{([0-9a-f]{1,6})\}/gi, (whole, hex: string) => {
    const point = Number.parseInt(hex, 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })

/**
 * Decodes an address in xtext. Only plus and equals signs need it in an address, and `+20` may be a tag of a mailbox that
 * somebody has: an address with another plus sign is none in xtext.
 */
const xtextIn = (text: string): string =>
  /\+(?!2B|3D)/.test(text) ? text : text.replaceAll('+2B', '+').replaceAll('+3D', '=')
