import { callerFor } from './call.ts'
import type { ImportLine } from './contract.ts'
import { FloeError, FloeUnreachable } from './error.ts'
import { type ClientOptions, problemOf, streamOf, UNREDIRECTED } from './request.ts'

/** Returns the bytes of the list from an offset on. It is called again when an import resumes after a broken connection. */
export type ImportSource = (offset: number) => ReadableStream<Uint8Array>

/** Target of an import, and the name under which it can resume. */
export interface ImportOptions {
  /** 1 to 64 of A-Z a-z 0-9 _ -; the same list again under the same name adds nothing. */
  name: string
  format: ListFormat
  scope?: 'tenant' | 'workspace' | 'topic'
  topic?: string
  reason?: string
  /** Which columns hold the address, the reason and the time: the heading, or the place from 1 on. */
  addressColumn?: string
  reasonColumn?: string
  timeColumn?: string
  /** Which number of a date such as 06/01/2025 comes first. */
  dateOrder?: 'day_first' | 'month_first'
  /** The charset of the list, where it is neither UTF-8 nor UTF-16. */
  charset?: string
  signal?: AbortSignal
}

/** Progress of an import: totals since its beginning. */
export interface ImportTotals {
  line: number
  offset: number
  added: number
  unchanged: number
  refused: number
}

/** Events of an import. */
export type ImportEvent =
  | { type: 'refused'; line: number; error: string }
  | { type: 'noted'; line: number; note: string }
  | ({ type: 'progress' | 'done' } & ImportTotals)

/** Events of a dry run. */
export type DryRunEvent =
  | Exclude<ImportLine, { type: 'done' | 'failed' }>
  | ({ type: 'done'; reasons: Record<string, number> } & ImportTotals)

type Failed = { type: 'failed'; code: string } & ImportTotals

type WireEvent = ImportEvent | Failed

const TYPES = { csv: 'text/csv', ndjson: 'application/x-ndjson' }

/** How a list is written. */
export type ListFormat = keyof typeof TYPES

/** Returns the media type of a list. */
export const typeOf = (format: ListFormat, charset?: string): string =>
  charset === undefined ? TYPES[format] : `${TYPES[format]}; charset=${charset}`

const ATTEMPTS_WITHOUT_PROGRESS = 5
/** Failures that a retry cannot mend. */
const FINAL = new Set(['import.conflict', 'import.undone', 'internal'])

/**
 * Imports a list and yields Floe's events, ending with `done`. After a broken connection or while the database is unavailable it
 * waits and resumes. Throws `FloeError` for a list that is refused as a whole, `FloeUnreachable` when several attempts in a row
 * make no progress.
 */
export async function* importLines(
  client: ClientOptions,
  source: ImportSource,
  options: ImportOptions,
): AsyncGenerator<ImportEvent> {
  let offset = await standing(client, options)
  for (let failures = 0; ; ) {
    const before = offset
    let why: unknown
    try {
      const { name, ...parameters } = options
      const headers = { 'idempotency-key': name, 'upload-offset': String(offset) }
      for await (const event of upload<WireEvent>(client, source(offset), headers, parameters)) {
        if (event.type === 'failed') {
          if (FINAL.has(event.code))
            throw new FloeError(409, { code: event.code, title: 'The import stopped' })
          why = event.code
          break
        }
        yield event
        if (event.type === 'done') return
        if (event.type === 'progress') offset = event.offset
      }
    } catch (error) {
      if (
        error instanceof FloeError &&
        error.status !== 429 &&
        error.status !== 503 &&
        error.code !== 'import.offset'
      )
        throw error
      options.signal?.throwIfAborted()
      why = error
    }
    failures = offset > before ? 1 : failures + 1
    if (failures > ATTEMPTS_WITHOUT_PROGRESS)
      throw new FloeUnreachable('the import does not get on', { cause: why })
    await new Promise(resolve => setTimeout(resolve, 200 * 2 ** failures))
    // The commit may be ahead of the last acknowledgement, so the offset is read from the database.
    offset = await standing(client, options).catch(() => offset)
  }
}

/**
 * Reads a list as an import does, writes nothing, and yields what would become of it, ending with `done`. Throws `FloeError` for a
 * list that is refused as a whole or could not be read to its end, `FloeUnreachable` after a broken connection: it does not resume.
 */
export async function* dryRunLines(
  client: ClientOptions,
  source: ImportSource,
  options: Omit<ImportOptions, 'name'>,
): AsyncGenerator<DryRunEvent> {
  try {
    const events = upload<DryRunEvent | Failed>(client, source(0), {}, { ...options, dryRun: 'true' })
    for await (const event of events) {
      if (event.type === 'failed')
        throw new FloeError(503, { code: event.code, title: 'The list was not read to its end' })
      yield event
      if (event.type === 'done') return
    }
  } catch (cause) {
    options.signal?.throwIfAborted()
    if (cause instanceof FloeError) throw cause
    throw new FloeUnreachable('Floe cannot be reached', { cause })
  }
  throw new FloeUnreachable('Floe did not answer to the end')
}

/** Asks for the offset of an import; 0 for one that has not begun. */
async function standing(client: ClientOptions, { name, signal }: ImportOptions): Promise<number> {
  try {
    return (await callerFor(client)('getImport', { name }, { signal })).offset
  } catch (error) {
    if (error instanceof FloeError && error.status === 404) return 0
    throw error
  }
}

async function* upload<Event>(
  { fetch: fetching = fetch, baseUrl, apiKey }: ClientOptions,
  body: ReadableStream<Uint8Array>,
  headers: Record<string, string>,
  { format, charset, signal, ...parameters }: Omit<ImportOptions, 'name'> & { dryRun?: 'true' },
): AsyncGenerator<Event> {
  const query = new URLSearchParams(
    Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
  const init = {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': typeOf(format, charset),
      ...headers,
    },
    body,
    // The answer is read while the list is still being sent.
    duplex: 'half',
    ...UNREDIRECTED,
    ...(signal && { signal }),
  }
  const answer = await fetching(`${baseUrl}/v1/suppressions/import?${query}`, init as RequestInit)
  if (!answer.ok) throw new FloeError(answer.status, await problemOf(answer))
  const stream = streamOf(answer, TYPES.ndjson)
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as Event
  }
}
