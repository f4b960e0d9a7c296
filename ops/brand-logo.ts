import { imageDimensionsFromData } from 'image-dimensions'

/** Largest logo: one and a half times the weight of a page without it. */
export const LOGO_MAX_BYTES = 32 * 1024
const SIDE_MAX_PIXELS = 2000

/** A sender's logo and its dimensions. */
export interface Logo {
  bytes: Uint8Array
  type: 'png' | 'webp'
  width: number
  height: number
}

/**
 * Reads a logo by its bytes, ignoring its file name: a PNG or a still WebP. Everything else is refused, above all SVG, which can
 * carry script. Throws with the reason.
 */
export function readLogo(bytes: Uint8Array): Logo {
  if (bytes.length > LOGO_MAX_BYTES)
    throw new Error(`has ${bytes.length} bytes; a logo has at most ${LOGO_MAX_BYTES}`)
  const size = imageDimensionsFromData(bytes)
  if (size?.type !== 'png' && size?.type !== 'webp') throw new Error('is no PNG and no WebP image')
  const { type, width, height } = size
  if (width < 1 || height < 1 || width > SIDE_MAX_PIXELS || height > SIDE_MAX_PIXELS)
    throw new Error(`is ${width} by ${height} pixels; a logo has 1 to ${SIDE_MAX_PIXELS} each way`)
  if (!isWhole(bytes, type)) throw new Error('is cut off')
  // An animation would need a button to stop it (WCAG 2.2, 2.2.2).
  if (type === 'png' ? hasChunk(bytes, 'acTL', 8) : hasChunk(bytes, 'ANIM', 12))
    throw new Error('moves; a logo stands still')
  return { bytes, type, width, height }
}

/** Whether the file is complete: a PNG ends with a chunk of its own, a WebP gives its length. */
const isWhole = (bytes: Uint8Array, type: 'png' | 'webp'): boolean =>
  type === 'png'
    ? hasChunk(bytes, 'IEND', 8)
    : new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true) + 8 === bytes.length

/**
 * Whether a file has a chunk of that name. PNG writes length, name, bytes, checksum; WebP name, length, bytes padded to pairs.
 */
function hasChunk(bytes: Uint8Array, name: string, start: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const png = start === 8
  for (let at = start; at + 8 <= bytes.length; ) {
    const found = String.fromCharCode(...bytes.subarray(png ? at + 4 : at, png ? at + 8 : at + 4))
    if (found === name) return true
    const length = png ? view.getUint32(at) : view.getUint32(at + 4, true)
    at += png ? 12 + length : 8 + length + (length % 2)
  }
  return false
}
