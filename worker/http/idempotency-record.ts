import { DurableObject } from 'cloudflare:workers'
import { DAY_MS, MINUTE_MS, systemClock } from '../../core/clock.ts'

/** What a call meets under its key: nothing yet, itself still running, another call, or its own answer. */
export type CallLookup =
  | { state: 'new' | 'running' | 'other' }
  | { state: 'done'; status: number; sealed: Uint8Array | null }

interface RecordedCall {
  fingerprint: string
  startedAt: number
  /** There once it was answered. Without parts the answer is not kept: it is a secret, or newer ones took its room. */
  answer?: { status: number; parts: number | null }
}

const LIFETIME_MS = DAY_MS
/** Whoever ran it so long ago without an answer has come to grief: the next one may. */
const RUNNING_MS = MINUTE_MS
/** The most that storage takes under one name is twice this. */
const PART_BYTES = 1024 * 1024
/** What the answers that count may take for one API key: 11 of ten thousand entries with long addresses. */
const ANSWERS_MAX_BYTES = 16 * 1024 * 1024
/** A call may ask a thousand others. What is left is forgotten with the next. */
const FORGOTTEN_AT_ONCE = 500
/** How many are asked side by side: the caller waits meanwhile. */
const SIDE_BY_SIDE = 50
const ANSWERS =
  'CREATE TABLE IF NOT EXISTS answer (seq INTEGER PRIMARY KEY, name TEXT NOT NULL, bytes INTEGER NOT NULL, at INTEGER NOT NULL)'

/**
 * Remembers for a day what became of one call that was made under an `Idempotency-Key`: one object a key and API key. Being
 * one, it can tell the first of two that come at once; being apart from the database, it needs none to do so.
 */
export class IdempotencyRecord extends DurableObject<{
  IDEMPOTENCY: DurableObjectNamespace<IdempotencyRecord>
}> {
  /** Lets a call begin, or says what stands in its way. */
  async begin(fingerprint: string): Promise<CallLookup> {
    const now = systemClock()
    const call = await this.ctx.storage.get<RecordedCall>('call')
    if (call && now < call.startedAt + LIFETIME_MS) {
      if (call.fingerprint !== fingerprint) return { state: 'other' }
      if (call.answer)
        return { state: 'done', status: call.answer.status, sealed: await this.#sealed(call.answer.parts) }
      if (now < call.startedAt + RUNNING_MS) return { state: 'running' }
    }
    await this.ctx.storage.put('call', { fingerprint, startedAt: now } satisfies RecordedCall)
    await this.ctx.storage.setAlarm(now + LIFETIME_MS)
    return { state: 'new' }
  }

  /** Keeps the answer, sealed; null where it is not to be kept. */
  async finish(status: number, sealed: Uint8Array | null): Promise<void> {
    const call = await this.ctx.storage.get<RecordedCall>('call')
    if (!call) return
    const parts = sealed && Math.ceil(sealed.length / PART_BYTES)
    for (let i = 0; i < (parts ?? 0); i++)
      await this.ctx.storage.put(`part ${i}`, sealed!.slice(i * PART_BYTES, (i + 1) * PART_BYTES))
    await this.ctx.storage.put('call', { ...call, answer: { status, parts } } satisfies RecordedCall)
  }

  /** Forgets a call that changed nothing, so that it may be made again. */
  release(): Promise<void> {
    return this.ctx.storage.deleteAll()
  }

  /** Forgets the answer, not the call: the same again is still known for one that was made, and not run. */
  async forgetAnswer(): Promise<void> {
    const call = await this.ctx.storage.get<RecordedCall>('call')
    const parts = call?.answer?.parts
    if (!call?.answer || !parts) return
    await this.ctx.storage.delete(Array.from({ length: parts }, (_, i) => `part ${i}`))
    await this.ctx.storage.put('call', {
      ...call,
      answer: { ...call.answer, parts: null },
    } satisfies RecordedCall)
  }

  /**
   * Counts an answer that a record is about to keep, and has the oldest of those counted here forgotten until all fit. One object an
   * API key does nothing else.
   */
  async makeRoom(name: string, bytes: number): Promise<void> {
    const { sql } = this.ctx.storage
    const now = systemClock()
    sql.exec(ANSWERS)
    sql.exec('DELETE FROM answer WHERE at <= ?', now - LIFETIME_MS)
    sql.exec('INSERT INTO answer (name, bytes, at) VALUES (?, ?, ?)', name, bytes, now)
    await this.ctx.storage.setAlarm(now + LIFETIME_MS)
    // From the newest on: what lies beyond the bound goes.
    const beyond = sql
      .exec<{ seq: number; name: string }>(
        `SELECT seq, name FROM (SELECT seq, name, sum(bytes) OVER (ORDER BY seq DESC) AS newer FROM answer)
          WHERE newer > ? ORDER BY seq LIMIT ${FORGOTTEN_AT_ONCE}`,
        ANSWERS_MAX_BYTES,
      )
      .toArray()
    const { IDEMPOTENCY } = this.env
    for (let i = 0; i < beyond.length; i += SIDE_BY_SIDE)
      await Promise.all(
        beyond.slice(i, i + SIDE_BY_SIDE).map(async ({ seq, name: oldest }) => {
          await IDEMPOTENCY.get(IDEMPOTENCY.idFromName(oldest)).forgetAnswer()
          sql.exec('DELETE FROM answer WHERE seq = ?', seq)
        }),
      )
  }

  override alarm(): Promise<void> {
    return this.ctx.storage.deleteAll()
  }

  async #sealed(parts: number | null): Promise<Uint8Array | null> {
    if (parts === null) return null
    const names = Array.from({ length: parts }, (_, i) => `part ${i}`)
    const found = await this.ctx.storage.get<Uint8Array>(names)
    return new Uint8Array(
      await new Blob(names.map(name => found.get(name) as Uint8Array<ArrayBuffer>)).arrayBuffer(),
    )
  }
}

/** The records of calls, as a call sees its own. */
export interface IdempotencyRecords {
  open(name: string): {
    begin(fingerprint: string): Promise<CallLookup>
    finish(status: number, sealed: Uint8Array | null): Promise<void>
    release(): Promise<void>
    makeRoom(name: string, bytes: number): Promise<void>
  }
}
