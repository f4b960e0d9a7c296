import { asLinkEnd, type TokenTexts } from '../../core/token.ts'
import type { Links } from './api.ts'

/** Returns what stands for each recipient's token in the links that all are written from; `endsLink` where a link ends in it. */
export type Mark = (tokens: TokenTexts, endsLink?: boolean) => string

/** A recipient's links without what differs: the address, which comes first, and the tokens. */
interface Template {
  between: Uint8Array[]
  gaps: { ascii: Uint8Array; pitch: number; length: number; endsLink: boolean }[]
}

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c]
const encoder = new TextEncoder()

/**
 * Returns `{ links, ...more }` in UTF-8, as `JSON.stringify` would write it. `places` are the list indexes of recipients who have
 * tokens, ascending, and `linksWith` says what they have; the others are no addresses.
 *
 * Ten thousand links are four megabytes in which little differs: copying it costs a third of what objects or strings cost.
 */
export function linkJson(
  recipients: readonly string[],
  places: Uint16Array,
  linksWith: (mark: Mark) => Omit<Extract<Links, { preferencesUrl: string }>, 'address'>,
  more: object,
): Uint8Array<ArrayBuffer> {
  const linked = templateOf(linksWith)
  const refused = templateOf(() => ({ error: 'invalid_address' }))
  const [head, tail] = JSON.stringify({ links: [MARK], ...more })
    .split(`"${MARK}"`)
    .map(text => encoder.encode(text)) as [Uint8Array, Uint8Array]
  const addresses = encoder.encode(JSON.stringify(recipients))
  const json = new Uint8Array(
    head.length +
      addresses.length +
      recipients.length * Math.max(sizeOf(linked), sizeOf(refused)) +
      tail.length,
  )
  let at = put(json, 0, head)
  // Where the address before stood: each is in quotes, behind a bracket or a comma.
  let from = -1
  let count = 0
  for (let place = 0; place < recipients.length; place++) {
    const isLinked = places[count] === place
    const { between, gaps } = isLinked ? linked : refused
    if (place > 0) json[at++] = COMMA
    at = put(json, at, between[0]!)
    for (from += 3; addresses[from] !== QUOTE; ) {
      if (addresses[from] === BACKSLASH) json[at++] = addresses[from++]!
      json[at++] = addresses[from++]!
    }
    at = put(json, at, between[1]!)
    for (let k = 0; k < gaps.length; k++) {
      const { ascii, pitch, length, endsLink } = gaps[k]!
      for (let i = 0; i < length; i++) json[at++] = ascii[count * pitch + i]!
      const end = endsLink ? asLinkEnd(String.fromCharCode(json[at - 1]!)) : ''
      if (end.length > 1) json[at++] = end.charCodeAt(1)
      at = put(json, at, between[k + 2]!)
    }
    if (isLinked) count++
  }
  return json.subarray(0, put(json, at, tail))
}

function put(json: Uint8Array, at: number, bytes: Uint8Array): number {
  json.set(bytes, at)
  return at + bytes.length
}

/** First of the marks: private characters, which no host and no mailbox has (`\p{C}`). It stands for the address. */
const MARK = '\ue000'
const markOf = (gap: number) => String.fromCharCode(MARK.charCodeAt(0) + gap)
const MARKS = /([\ue000-\ue0ff])/

function templateOf(linksWith: (mark: Mark) => object): Template {
  const marked: Template['gaps'] = []
  const mark: Mark = ({ text, pitch, length }, endsLink = false) =>
    markOf(marked.push({ ascii: encoder.encode(text), pitch, length, endsLink }))
  const links = JSON.stringify({ address: MARK, ...linksWith(mark) })
  const parts = links.split(MARKS)
  return {
    between: parts.filter((_, i) => i % 2 === 0).map(text => encoder.encode(text)),
    gaps: parts
      .filter((_, i) => i % 2 === 1)
      .slice(1)
      .map(text => marked[text.charCodeAt(0) - MARK.charCodeAt(0) - 1]!),
  }
}

/** Returns how many bytes a recipient's links have at most, beside the address, with what separates them from the next. */
const sizeOf = ({ between, gaps }: Template): number =>
  between.reduce((sum, { length }) => sum + length, 2) + gaps.reduce((sum, { length }) => sum + length + 1, 0)
