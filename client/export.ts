import { FloeError } from './error.ts'

/** More bytes than the last line of an export that failed takes. */
const TAIL_BYTES = 256
const FAILED = /^(?:\{"type":"failed","code":"|(?:export|match) failed: )([\w.]+)/

/** Returns a transform that passes an answer on and throws `FloeError` behind a last line that says that it is not whole. */
export function wholeExport(what: 'export' | 'match'): TransformStream<Uint8Array, Uint8Array> {
  let tail = ''
  const decoder = new TextDecoder('latin1')
  return new TransformStream({
    transform(chunk, controller) {
      tail = (tail + decoder.decode(chunk.subarray(-TAIL_BYTES))).slice(-TAIL_BYTES)
      controller.enqueue(chunk)
    },
    flush() {
      const code = FAILED.exec(tail.split('\n').at(-2) ?? '')?.[1]
      if (code)
        throw new FloeError(code.startsWith('key.') ? 401 : 503, { code, title: `The ${what} is not whole` })
    },
  })
}
