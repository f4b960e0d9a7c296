const LF = 0x0a

/**
 * Returns the first `most` lines of a text. A mail parser stores each line separately, so a few megabytes of line ends would
 * block the isolate for seconds.
 */
export function firstLines(bytes: Uint8Array, most: number): Uint8Array {
  let end = 0
  for (let lines = 0; lines < most; lines++) {
    end = bytes.indexOf(LF, end) + 1
    if (end === 0) return bytes
  }
  return bytes.subarray(0, end)
}
