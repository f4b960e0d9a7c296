import { type Denial, unpackDenials } from '../../core/write/denial.ts'
import type { ReplicaGap, ReplicaPosition } from '../../core/write/replica-gap.ts'

/** Denials that the write lane has taken and a copy of the database does not have yet. */
export interface Pending {
  /** Whether there are any. */
  readonly some: boolean
  /** Returns those of one address id. */
  of(addressId: Uint8Array): readonly Denial[]
}

/** No pending denials. */
export const NOTHING_PENDING: Pending = { some: false, of: () => [] }

/** Position of a caller that has no entries, to ask for all of them. */
export const NOTHING_KNOWN: ReplicaPosition = { life: 0, first: 0, last: -1 }

/**
 * An isolate's copy of the lane's journal, so that only new entries are sent. It holds denials alone: a pending lift or
 * confirmation has no effect before the database has it.
 */
export class PendingCache {
  #known: ReplicaPosition = NOTHING_KNOWN
  readonly #entries = new Map<number, Denial[]>()
  readonly #byAddress = new Map<string, { seq: number; denial: Denial }[]>()

  /** Entries that need not be sent again: all from the first to the last. */
  get known(): ReplicaPosition {
    return this.#known
  }

  /**
   * Takes the lane's answer to a request with position `asked`, and returns the denials that the copy lacks. They must be used at
   * once, before another answer is taken. Undefined when part of `asked` was forgotten meanwhile: then everything must be asked
   * for.
   */
  take(
    asked: ReplicaPosition,
    { life, from, last, entries }: Omit<ReplicaGap, 'behindSince'>,
  ): Pending | undefined {
    const empty = asked.last < asked.first
    const stillKnown = life === this.#known.life && Math.max(asked.first, from) >= this.#known.first
    if (!empty && asked.life === life && !stillKnown) return undefined
    if (last === 0) return NOTHING_PENDING
    if (life !== this.#known.life || from > this.#known.last) {
      this.#forget(Number.POSITIVE_INFINITY)
      this.#known = { life, first: from, last }
    }
    for (const [seq, denials] of entries) this.#keep(seq, unpackDenials(denials))
    this.#forget(from)
    this.#known = { life, first: from, last: Math.max(last, this.#known.last) }
    if (this.#byAddress.size === 0) return NOTHING_PENDING
    return {
      some: true,
      of: addressId =>
        (this.#byAddress.get(keyOf(addressId)) ?? [])
          .filter(({ seq }) => seq >= from)
          .map(({ denial }) => denial),
    }
  }

  #keep(seq: number, denials: Denial[]): void {
    if (this.#entries.has(seq)) return
    this.#entries.set(seq, denials)
    for (const denial of denials) {
      const key = keyOf(denial.addressId)
      const list = this.#byAddress.get(key)
      if (list) list.push({ seq, denial })
      else this.#byAddress.set(key, [{ seq, denial }])
    }
  }

  #forget(before: number): void {
    for (const [seq, denials] of this.#entries) {
      if (seq >= before) continue
      this.#entries.delete(seq)
      for (const { addressId } of denials) {
        const key = keyOf(addressId)
        const left = this.#byAddress.get(key)?.filter(entry => entry.seq !== seq) ?? []
        if (left.length > 0) this.#byAddress.set(key, left)
        else this.#byAddress.delete(key)
      }
    }
  }
}

const keyOf = (addressId: Uint8Array): string => String.fromCharCode(...addressId)
