import { DurableObject } from 'cloudflare:workers'
import { DAY_MS, MINUTE_MS, systemClock } from '../../core/clock.ts'

/** State of a key when a call begins: new, the same call still running, another call, or the same call's answer. */
export type CallLookup =
  | { state: 'new' | 'running' | 'other' }
  | { state: 'done'; status: number; sealed: Uint8Array | null }

interface RecordedCall {
  fingerprint: string
  startedAt: number
  /** Set once it was answered. Without parts, the answer is not kept: it holds a secret, or newer answers took its room. */
  answer?: { status: number; parts: number | null }
}

const LIFETIME_MS = DAY_MS
/** Milliseconds after which a call without an answer counts as failed, so that the next one may run. */
const RUNNING_MS = MINUTE_MS
/** Bytes of one stored part; storage takes at most twice this under one name. */
const PART_BYTES = 1024 * 1024
/** Most bytes of counted answers for one API key: 11 answers of ten thousand entries with long addresses. */
const ANSWERS_MAX_BYTES = 16 * 1024 * 1024
/** Records asked to forget in one call, which may make a thousand subrequests. The next call forgets the rest. */
const FORGOTTEN_AT_ONCE = 500
/** Records asked at a time, since the caller waits. */
const SIDE_BY_SIDE = 50
const ANSWERS =
  'CREATE TABLE IF NOT EXISTS answer (seq INTEGER PRIMARY KEY, name TEXT NOT NULL, bytes INTEGER NOT NULL, at INTEGER NOT NULL)'

/**
 * Remembers for a day the outcome of a call made under an `Idempotency-Key`: one object per key and API key. A single object can
 * tell the first of two simultaneous calls, and it needs no database.
 */
export class IdempotencyRecord extends DurableObject<{
  IDEMPOTENCY: DurableObjectNamespace<IdempotencyRecord>
}> {
  /** Lets a call begin, or says why it may not. */
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

  /** Keeps the answer, sealed; null where it must not be kept. */
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

  /** Forgets the answer, but not the call: a repetition is recognised and not run. */
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
   * Counts an answer that a record is about to keep, and lets the oldest counted ones be forgotten until all fit. One object per
   * API key does only this.
   */
  async makeRoom(name: string, bytes: number): Promise<void> {
    const { sql } = this.ctx.storage
    const now = systemClock()
    sql.exec(ANSWERS)
    sql.exec('DELETE FROM answer WHERE at <= ?', now - LIFETIME_MS)
    sql.exec('INSERT INTO answer (name, bytes, at) VALUES (?, ?, ?)', name, bytes, now)
    await this.ctx.storage.setAlarm(now + LIFETIME_MS)
    // The sum runs from the newest answer; answers beyond the bound go.
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

/** Records of calls, by name. */
export interface IdempotencyRecords {
  open(name: string): {
    begin(fingerprint: string): Promise<CallLookup>
    finish(status: number, sealed: Uint8Array | null): Promise<void>
    release(): Promise<void>
    makeRoom(name: string, bytes: number): Promise<void>
  }
}
