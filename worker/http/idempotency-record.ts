import { DurableObject } from 'cloudflare:workers'
import { systemClock } from '../core/clock.ts'

/** What a call meets under its key: nothing yet, itself still running, another call, or its own answer. */
export type Found =
  | { state: 'new' | 'running' | 'other' }
  | { state: 'done'; status: number; sealed: Uint8Array | null }

interface Call {
  fingerprint: string
  startedAt: number
  /** There once it was answered. A secret is not kept: then nothing is. */
  answer?: { status: number; parts: number | null }
}

const LIFETIME_MS = 24 * 60 * 60 * 1000
/** Whoever ran it so long ago without an answer has come to grief: the next one may. */
const RUNNING_MS = 60 * 1000
/** The most that storage takes under one name is twice this. */
const PART_BYTES = 1024 * 1024

/**
 * Remembers for a day what became of one call that was made under an `Idempotency-Key`: one object a key and API key. Being
 * one, it can tell the first of two that come at once; being apart from the database, it needs none to do so.
 */
export class IdempotencyRecord extends DurableObject {
  /** Lets a call begin, or says what stands in its way. */
  async begin(fingerprint: string): Promise<Found> {
    const now = systemClock()
    const call = await this.ctx.storage.get<Call>('call')
    if (call && now < call.startedAt + LIFETIME_MS) {
      if (call.fingerprint !== fingerprint) return { state: 'other' }
      if (call.answer)
        return { state: 'done', status: call.answer.status, sealed: await this.#sealed(call.answer.parts) }
      if (now < call.startedAt + RUNNING_MS) return { state: 'running' }
    }
    await this.ctx.storage.put('call', { fingerprint, startedAt: now } satisfies Call)
    await this.ctx.storage.setAlarm(now + LIFETIME_MS)
    return { state: 'new' }
  }

  /** Keeps the answer, sealed; null where it holds what is shown only once. */
  async finish(status: number, sealed: Uint8Array | null): Promise<void> {
    const call = await this.ctx.storage.get<Call>('call')
    if (!call) return
    const parts = sealed && Math.ceil(sealed.length / PART_BYTES)
    for (let i = 0; i < (parts ?? 0); i++)
      await this.ctx.storage.put(`part ${i}`, sealed!.slice(i * PART_BYTES, (i + 1) * PART_BYTES))
    await this.ctx.storage.put('call', { ...call, answer: { status, parts } } satisfies Call)
  }

  /** Forgets a call that changed nothing, so that it may be made again. */
  release(): Promise<void> {
    return this.ctx.storage.deleteAll()
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
