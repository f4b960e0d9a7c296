import { concatBytes } from '../../core/bytes.ts'
import { Fault } from '../../core/fault.ts'
import { ARRIVAL_MS, inArrivalTime } from './arrival.ts'

/** Bytes a call with up to ten thousand items may have. */
export const BATCH_LIMIT_BYTES = 4 * 1024 * 1024
/** Bytes any other body may have. */
export const BODY_LIMIT_BYTES = 64 * 1024

/** How much of a body that is too large is still taken off the wire: a client that is cut off while it writes sees a broken connection, not the answer. */
const DRAINED_MAX_BYTES = 16 * 1024 * 1024

/**
 * Returns the body, or throws `request.too_large` when more than `limitBytes` arrive, `request.too_slow`, `request.malformed`
 * where it breaks off, `request.unsupported_media_type` where it is compressed.
 */
export async function readBody(request: Request, limitBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  // A small compressed body can be a very large one: nothing is ever unpacked.
  if ((request.headers.get('content-encoding') ?? 'identity') !== 'identity')
    throw new Fault({ code: 'request.unsupported_media_type', expected: 'a body that is not compressed' })
  // Reading at once is several times cheaper than piece by piece. What is declared is believed only as long as it holds.
  const declared = request.headers.get('content-length')
  if (declared !== null && Number(declared) <= limitBytes && !request.headers.has('transfer-encoding')) {
    const body = await inArrivalTime(request.arrayBuffer())
    if (body.byteLength > limitBytes) throw new Fault({ code: 'request.too_large', limitBytes })
    return new Uint8Array(body)
  }
  const reader = request.body?.getReader()
  if (!reader) return new Uint8Array()
  try {
    return await inArrivalTime(pieces(reader, limitBytes))
  } finally {
    // What is still to come is of no use; where all of it came this does nothing.
    await reader.cancel().catch(() => undefined)
  }
}

async function pieces(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limitBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  while (size <= DRAINED_MAX_BYTES) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size <= limitBytes) chunks.push(value)
    else chunks.length = 0
  }
  if (size > limitBytes) throw new Fault({ code: 'request.too_large', limitBytes })
  return concatBytes(chunks)
}

/** Takes the rest of a refused upload off the wire, as far as that is worth it, so that its sender can read why. */
export async function drain(body: ReadableStream<Uint8Array> | null, withinMs = ARRIVAL_MS): Promise<void> {
  if (!body || body.locked) return
  const reader = body.getReader()
  await inArrivalTime(pieces(reader, 0), withinMs).catch(() => undefined)
  await reader.cancel().catch(() => undefined)
}

/** How long an answer waits for a body that nobody asked for: a mail client has 5 s for everything. */
const UNREAD_MS = 500

/**
 * Reads the body of a request that was answered without it, so that its connection can be used again: the runtime closes one
 * whose request was not read, and a client that is just sending its next request on it sees that one fail. One that is too long
 * or too slow still ends the connection, and a Worker has no way to say so (the runtime takes `Connection` out of its answers).
 */
export async function readUnread({ body, bodyUsed }: Request): Promise<void> {
  if (!bodyUsed) await drain(body, UNREAD_MS)
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Returns a JSON body; `weigh` is told of its bytes before it is parsed. Throws `request.unsupported_media_type`, `request.too_large`,
 * `request.malformed`, and what `weigh` throws.
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

/** Returns a form body's fields. A browser sends one of two types; anything else reads as an empty form. */
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
