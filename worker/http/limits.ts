import { concatBytes } from '../../core/bytes.ts'
import { Fault } from '../../core/fault.ts'
import { ARRIVAL_MS, inArrivalTime } from './arrival.ts'

/** Most bytes of a call with up to ten thousand items. */
export const BATCH_LIMIT_BYTES = 4 * 1024 * 1024
/** Most bytes of any other body. */
export const BODY_LIMIT_BYTES = 64 * 1024

/**
 * Most bytes of an oversized body that are still read: a client cut off while it writes sees a broken connection instead of the
 * answer.
 */
const DRAINED_MAX_BYTES = 16 * 1024 * 1024

/**
 * Returns the body. Throws `request.too_large` when more than `limitBytes` arrive, `request.too_slow`, `request.malformed` when
 * it breaks off, `request.unsupported_media_type` when it is compressed.
 */
export async function readBody(request: Request, limitBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (isCompressed(request))
    throw new Fault({ code: 'request.unsupported_media_type', expected: 'a body that is not compressed' })
  if (declares(request, limitBytes)) {
    const body = await inArrivalTime(request.arrayBuffer())
    // The declared length is checked again after reading.
    if (body.byteLength > limitBytes) throw new Fault({ code: 'request.too_large', limitBytes })
    return new Uint8Array(body)
  }
  const reader = request.body?.getReader()
  if (!reader) return new Uint8Array()
  try {
    return await inArrivalTime(pieces(reader, limitBytes))
  } finally {
    // Cancelling discards the rest of a refused body, and does nothing once all of it was read.
    await reader.cancel().catch(() => undefined)
  }
}

/** Whether a body is compressed. A small one can expand to a very large one, so none is ever unpacked. */
const isCompressed = ({ headers }: Request): boolean =>
  (headers.get('content-encoding') ?? 'identity') !== 'identity'

/** Whether a body says that it is at most so long: reading it at once is several times cheaper than in pieces. */
function declares({ headers }: Request, limitBytes: number): boolean {
  const declared = headers.get('content-length')
  return declared !== null && Number(declared) <= limitBytes && !headers.has('transfer-encoding')
}

async function pieces(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limitBytes: number,
  mostBytes = DRAINED_MAX_BYTES,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  while (size <= mostBytes) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size <= limitBytes) chunks.push(value)
    else chunks.length = 0
  }
  if (size > limitBytes) throw new Fault({ code: 'request.too_large', limitBytes })
  return concatBytes(chunks)
}

/** Reads the rest of a refused upload, up to a limit, so that its sender can read the answer. */
export async function drain(body: ReadableStream<Uint8Array> | null, withinMs = ARRIVAL_MS): Promise<void> {
  if (body && !body.locked) await drainReader(body.getReader(), withinMs)
}

/**
 * Reads the rest of a body that is needed no further, up to a limit. Cancelling it instead would close the connection under a
 * sender that still writes, or under its next request.
 */
export async function drainReader(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  withinMs = ARRIVAL_MS,
  mostBytes = DRAINED_MAX_BYTES,
): Promise<void> {
  await inArrivalTime(pieces(reader, 0, mostBytes), withinMs).catch(() => undefined)
  await reader.cancel().catch(() => undefined)
}

/** Milliseconds an answer waits for a body that is not needed; a mail client has 5 s for everything. */
const UNREAD_MS = 500

/**
 * Reads the body of a request that was answered without it, so that its connection can be reused: the runtime closes a connection
 * whose request was not read, and the client's next request on it fails. A body that is too long or too slow still ends the
 * connection, and a Worker cannot announce it (the runtime removes `Connection` from answers).
 */
export async function readUnread(request: Request): Promise<void> {
  const { body, bodyUsed } = request
  if (body === null || bodyUsed || declares(request, 0)) return
  if (declares(request, BODY_LIMIT_BYTES) && !isCompressed(request))
    await inArrivalTime(request.arrayBuffer(), UNREAD_MS).catch(() => undefined)
  else await drain(body, UNREAD_MS)
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Returns a JSON body; `weigh` gets its length in bytes before it is parsed. Throws `request.unsupported_media_type`,
 * `request.too_large`, `request.too_slow`, `request.malformed`, and what `weigh` throws.
 */
export async function readJson(
  request: Request,
  limitBytes: number,
  weigh: (bytes: number) => Promise<void> = async () => undefined,
): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type)) {
    throw new Fault({ code: 'request.unsupported_media_type', expected: 'application/json' })
  }
  const body = await readBody(request, limitBytes)
  await weigh(body.length)
  try {
    return JSON.parse(utf8.decode(body))
  } catch (error) {
    const detail = error instanceof SyntaxError ? 'It is not JSON.' : 'It is not UTF-8.'
    throw new Fault({ code: 'request.malformed', detail })
  }
}

/** Returns the fields of a form body. A browser sends one of two types; any other reads as an empty form. */
export async function readForm(request: Request): Promise<FormData> {
  const body = await readBody(request, BODY_LIMIT_BYTES)
  try {
    return await new Response(body, {
      headers: { 'content-type': request.headers.get('content-type') ?? '' },
    }).formData()
  } catch {
    return new FormData()
  }
}
