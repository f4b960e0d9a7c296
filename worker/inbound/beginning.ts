import { concatBytes } from '../../core/bytes.ts'
import { ARRIVAL_MS, inArrivalTime } from '../http/arrival.ts'
import { drainReader } from '../http/limits.ts'
import { MAIL_BYTES_MAX } from './mail-report.ts'

/**
 * Returns at most the first `limit` bytes of a stream and reads past the rest, so that its sender can read the answer. Throws
 * `request.too_slow`, and `request.malformed` where the stream breaks off.
 */
export async function beginningOf(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const reader = stream.getReader()
  try {
    const beginning = await inArrivalTime(firstOf(reader, limit))
    await drainReader(reader, ARRIVAL_MS, MAIL_BYTES_MAX)
    return beginning
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

async function firstOf(reader: ReadableStreamDefaultReader<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  while (size < limit) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    size += value.length
  }
  return concatBytes(chunks).subarray(0, limit)
}
