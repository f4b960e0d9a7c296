import { type HmacSha256, INITIAL, K, sha256 } from './sha256.ts'

/** Longest message in bytes: that of an address. */
const LONGEST = 254
/** Messages per chunk; of that length they fill the memory. */
const CHUNK = 1024
const ROOM = CHUNK * LONGEST
/** Most bytes of a message: four are read to the end of the longest, so as many must lie in the memory behind the others. */
const MOST_BYTES = 16_384
// Offsets in the module's memory; hash-many.wat describes its layout.
const START = 256
const LENGTHS = 2048
const OUT = 6144
const MESSAGES = 38_912

interface Exports {
  memory: { buffer: ArrayBuffer }
  digest(count: number, before: 0 | 64, words: number): void
}

interface Lanes {
  digest: Exports['digest']
  bytes: Uint8Array<ArrayBuffer>
  start: Int32Array
  lengths: Int32Array
}

const encoder = new TextEncoder()

/**
 * SHA-256 and HMAC-SHA-256 of thousands of short messages in one call, without promises. The vector instructions of hash-many.wat
 * take four at a time, in a sixth of the time of sha256.ts. Without that module, as in Node, sha256.ts hashes them one by one,
 * with the same result.
 */
export class HashMany {
  readonly #lanes: Lanes | undefined

  constructor(module?: WebAssembly.Module) {
    this.#lanes = module && openLanes(module)
  }

  /** Returns SHA-256 of each text's UTF-8, end to end. Throws on a text of more than `longest` bytes. */
  sha256(texts: readonly string[], longest = LONGEST): Uint8Array<ArrayBuffer> {
    demand(longest <= MOST_BYTES)
    const hashes = new Uint8Array(texts.length * 32)
    const lanes = this.#lanes
    if (!lanes) {
      for (let i = 0; i < texts.length; i++) {
        const message = encoder.encode(texts[i])
        demand(message.length <= longest)
        hashes.set(sha256(message), i * 32)
      }
      return hashes
    }
    const size = Math.min(CHUNK, Math.floor(ROOM / longest))
    for (let from = 0; from < texts.length; from += size) {
      const chunk = texts.slice(from, from + size)
      lanes.start.set(INITIAL)
      put(lanes, chunk, longest)
      lanes.digest(chunk.length, 0, 8)
      hashes.set(lanes.bytes.subarray(OUT, OUT + chunk.length * 32), from * 32)
    }
    return hashes
  }

  /**
   * Returns the first `keep` bytes of each message's HMAC, end to end in the order of the messages. Each message has `width`
   * bytes, at most 254.
   */
  hmac(key: HmacSha256, messages: Uint8Array, width: number, keep: 12 | 32): Uint8Array<ArrayBuffer> {
    const count = messages.length / width
    demand(Number.isInteger(count) && width <= LONGEST)
    const codes = new Uint8Array(count * keep)
    const lanes = this.#lanes
    if (!lanes) {
      for (let i = 0; i < count; i++) {
        const code = key.digest(messages.subarray(i * width, (i + 1) * width))
        codes.set(code.subarray(0, keep), i * keep)
      }
      return codes
    }
    for (let from = 0; from < count; from += CHUNK) {
      const chunk = messages.subarray(from * width, (from + CHUNK) * width)
      const size = chunk.length / width
      key.writeMidstates(lanes.start)
      lanes.bytes.set(chunk, MESSAGES)
      lanes.lengths.fill(width, 0, size).fill(0, size)
      lanes.digest(size, 64, keep / 4)
      codes.set(lanes.bytes.subarray(OUT, OUT + size * keep), from * keep)
    }
    return codes
  }
}

function openLanes(module: WebAssembly.Module): Lanes {
  const { memory, digest } = new WebAssembly.Instance(module).exports as unknown as Exports
  new Int32Array(memory.buffer).set(K)
  return {
    digest,
    bytes: new Uint8Array(memory.buffer),
    start: new Int32Array(memory.buffer, START, 16),
    lengths: new Int32Array(memory.buffer, LENGTHS, CHUNK),
  }
}

/**
 * Writes the texts end to end, and their lengths. One call writes them all when every character is one byte, as is nearly always
 * so.
 */
function put({ bytes, lengths }: Lanes, texts: readonly string[], longest: number): void {
  // Lanes without a message read no further than an empty one.
  lengths.fill(0, texts.length)
  const whole = texts.join('')
  const ascii = encoder.encodeInto(whole, bytes.subarray(MESSAGES)).written === whole.length
  let at = MESSAGES
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!
    const length = ascii ? text.length : encoder.encodeInto(text, bytes.subarray(at)).written
    demand(length <= longest)
    lengths[i] = length
    at += length
  }
}

/** The WebAssembly code checks no bounds: a longer message would overwrite the next one. */
function demand(within: boolean): void {
  if (!within) throw new RangeError('messages to hash together are too long, or not of one length')
}
