import { FloeError, FloeUnreachable } from './error.ts'
import type { EventOptions, EventPage, LedgerEvent } from './event.ts'
import { ask, type ClientOptions, query } from './request.ts'

/** Seconds that one call waits for events; the next constant is the extra time for its answer. */
const WAIT_SECONDS = 25
const PATIENCE_MS = 15_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000

/** One answer of `GET /v1/events`. */
export interface Page {
  events: LedgerEvent[]
  next: string
  more: boolean
}

/** Reads one page of the ledger, waiting up to `waitSeconds` for an event. */
export async function readPage(
  options: ClientOptions,
  { after, types, evidence, signal }: EventOptions,
  waitSeconds: number,
): Promise<Page> {
  const fields = {
    after,
    limit: '1000',
    ...(types && types.length > 0 && { types: types.join(',') }),
    ...(evidence && { evidence: 'true' }),
    ...(waitSeconds > 0 && { wait: String(waitSeconds) }),
  }
  const call = { method: 'GET', path: `/v1/events?${query(fields)}`, signal } as const
  const patient = waitSeconds > 0 ? { deadlineMs: waitSeconds * 1000 + PATIENCE_MS } : {}
  return (await ask({ ...options, ...patient }, call)) as Page
}

/** Follows the ledger for ever; see `Floe.follow`. Throws permanent refusals, and the reason that `signal` is aborted with. */
export async function* followLedger(
  options: ClientOptions,
  which: EventOptions = {},
  onTrouble: (error: Error) => void = () => undefined,
): AsyncGenerator<EventPage> {
  let cursor = which.after
  for (let pause = FIRST_PAUSE_MS; ; ) {
    try {
      const page = await readPage(options, { ...which, after: cursor }, WAIT_SECONDS)
      cursor = page.next
      pause = FIRST_PAUSE_MS
      yield { events: page.events, cursor }
    } catch (error) {
      which.signal?.throwIfAborted()
      if (!isPassing(error)) throw error
      onTrouble(error)
      await new Promise(resolve => setTimeout(resolve, pause))
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
  }
}

/** Whether an error may soon pass: a broken network, a restart of Floe, a proxy's failure, a spent allowance. */
const isPassing = (error: unknown): error is Error =>
  error instanceof FloeUnreachable ||
  (error instanceof FloeError && (error.status >= 500 || error.status === 429))
