import { FloeError, FloeUnreachable } from './error.ts'
import { wholeExport } from './export.ts'
import { type ListFormat, typeOf } from './import.ts'
import { type ClientOptions, problemOf, query, streamOf, UNREDIRECTED } from './request.ts'

/** How a list to match is written, and how its answer shall be. */
export interface MatchOptions {
  format: ListFormat
  /** `ndjson` when left out. */
  answer?: ListFormat
  /** Which column holds the address: the heading, or the place from 1 on. */
  addressColumn?: string
  /** The charset of the list, where it is neither UTF-8 nor UTF-16. */
  charset?: string
  signal?: AbortSignal
}

/**
 * Sends a list and returns what stands for each of its lines, as a stream of bytes to be read while the list goes out. It is not
 * tried again. Throws `FloeError` where Floe refuses it, also at the end of an answer that is not whole, and `FloeUnreachable`.
 */
export async function matchList(
  { fetch: fetching = fetch, baseUrl, apiKey }: ClientOptions,
  list: ReadableStream<Uint8Array>,
  { format, answer: written = 'ndjson', addressColumn, charset, signal }: MatchOptions,
): Promise<ReadableStream<Uint8Array>> {
  const init = {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': typeOf(format, charset) },
    body: list,
    // The answer is read while the list is still being sent.
    duplex: 'half',
    ...UNREDIRECTED,
    ...(signal && { signal }),
  }
  const fields = query({ format: written, addressColumn })
  const url = `${baseUrl}/v1/suppressions/match?${fields}`
  const answer = await fetching(url, init as RequestInit).catch((cause: unknown) => {
    throw new FloeUnreachable('Floe cannot be reached', { cause })
  })
  if (!answer.ok) throw new FloeError(answer.status, await problemOf(answer))
  return streamOf(answer, typeOf(written)).pipeThrough(wholeExport('match'))
}
