/**
 * SHA-256 and HMAC-SHA-256 without promises (FIPS 180-4, RFC 2104).
 *
 * WebCrypto returns a promise per call: 10,000 HMACs cost about four times what they cost here (decision 0003). Tests
 * compare every byte with WebCrypto; `hash-many.ts` hashes long lists faster.
 */

/** The round constants. */
export const K = new Int32Array(64)
/** Initial hash state. */
export const INITIAL = new Int32Array(8)

// The constants are the fractional bits of the cube and square roots of the first primes (FIPS 180-4 §4.2.2, §5.3.3).
for (let candidate = 2, found = 0; found < 64; candidate++) {
  let prime = true
  for (let divisor = 2; divisor * divisor <= candidate; divisor++)
    if (candidate % divisor === 0) prime = false
  if (!prime) continue
  const fraction = (root: number) => ((root - Math.floor(root)) * 2 ** 32) | 0
  if (found < 8) INITIAL[found] = fraction(Math.sqrt(candidate))
  K[found++] = fraction(Math.cbrt(candidate))
}

const W = new Int32Array(64)

/** The compression function: `state` absorbs the sixteen words in `W[0..15]`. */
function compress(state: Int32Array): void {
  for (let i = 16; i < 64; i++) {
    const w15 = W[i - 15]!
    const w2 = W[i - 2]!
    const s0 = ((w15 >>> 7) | (w15 << 25)) ^ ((w15 >>> 18) | (w15 << 14)) ^ (w15 >>> 3)
    const s1 = ((w2 >>> 17) | (w2 << 15)) ^ ((w2 >>> 19) | (w2 << 13)) ^ (w2 >>> 10)
    W[i] = (W[i - 16]! + s0 + W[i - 7]! + s1) | 0
  }
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  for (let i = 0; i < 64; i++) {
    const S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + S1 + ((e & f) ^ (~e & g)) + K[i]! + W[i]!) | 0
    const S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0] = (state[0]! + a) | 0
  state[1] = (state[1]! + b) | 0
  state[2] = (state[2]! + c) | 0
  state[3] = (state[3]! + d) | 0
  state[4] = (state[4]! + e) | 0
  state[5] = (state[5]! + f) | 0
  state[6] = (state[6]! + g) | 0
  state[7] = (state[7]! + h) | 0
}

/** Absorbs `message` and its padding into `state`, which has absorbed `before` bytes already (a multiple of 64). */
function absorb(state: Int32Array, message: Uint8Array, before: number): void {
  const length = message.length
  let offset = 0
  for (; offset + 64 <= length; offset += 64) {
    for (let i = 0, p = offset; i < 16; i++, p += 4) {
      W[i] = (message[p]! << 24) | (message[p + 1]! << 16) | (message[p + 2]! << 8) | message[p + 3]!
    }
    compress(state)
  }
  const rest = length - offset
  for (let i = 0, p = offset; i < 16; i++, p += 4) {
    // Past the end `undefined << n` is 0; the bit after the last byte is the terminator.
    W[i] = (message[p]! << 24) | (message[p + 1]! << 16) | (message[p + 2]! << 8) | message[p + 3]!
  }
  W[rest >> 2]! |= 0x80 << (24 - (rest & 3) * 8)
  if (rest >= 56) {
    compress(state)
    W.fill(0, 0, 16)
  }
  const bits = (before + length) * 8
  W[14] = Math.floor(bits / 2 ** 32)
  W[15] = bits | 0
  compress(state)
}

function bytesOf(state: Int32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(32)
  for (let i = 0; i < 8; i++) {
    const word = state[i]!
    bytes[i * 4] = word >>> 24
    bytes[i * 4 + 1] = word >>> 16
    bytes[i * 4 + 2] = word >>> 8
    bytes[i * 4 + 3] = word
  }
  return bytes
}

const scratch = new Int32Array(8)

/** Returns the 32 bytes of SHA-256 over `message`. */
export function sha256(message: Uint8Array): Uint8Array<ArrayBuffer> {
  scratch.set(INITIAL)
  absorb(scratch, message, 0)
  return bytesOf(scratch)
}

/** HMAC-SHA-256 under one key. The constructor absorbs the two pad blocks once (RFC 2104 §4). */
export class HmacSha256 {
  readonly #inner = new Int32Array(8)
  readonly #outer = new Int32Array(8)

  constructor(key: Uint8Array) {
    const block = new Uint8Array(64)
    block.set(key.length > 64 ? sha256(key) : key)
    for (const [state, pad] of [
      [this.#inner, 0x36],
      [this.#outer, 0x5c],
    ] as const) {
      state.set(INITIAL)
      for (let i = 0, p = 0; i < 16; i++, p += 4) {
        W[i] =
          ((block[p]! ^ pad) << 24) |
          ((block[p + 1]! ^ pad) << 16) |
          ((block[p + 2]! ^ pad) << 8) |
          (block[p + 3]! ^ pad)
      }
      compress(state)
    }
  }

  /** Writes the inner and outer state after the pad blocks, for a caller that absorbs the rest itself. */
  writeMidstates(words: Int32Array): void {
    words.set(this.#inner)
    words.set(this.#outer, 8)
  }

  /** Returns the 32-byte HMAC of `message`. */
  digest(message: Uint8Array): Uint8Array<ArrayBuffer> {
    scratch.set(this.#inner)
    absorb(scratch, message, 64)
    // The outer block is the inner digest, the terminator and the length of 96 bytes.
    for (let i = 0; i < 8; i++) W[i] = scratch[i]!
    W[8] = 0x80000000 | 0
    W.fill(0, 9, 15)
    W[15] = 96 * 8
    scratch.set(this.#outer)
    compress(scratch)
    return bytesOf(scratch)
  }
}
