import { type Denial, unpackDenials } from '../../core/write/denial.ts'
import type { ReplicaGap, ReplicaPosition } from '../../core/write/replica-gap.ts'

/** What a copy of the database lacks: denials that the write lane has taken and the copy does not have yet. */
export interface Pending {
  /** Whether there are any at all. */
  readonly some: boolean
  /** Those of one address id. */
  of(addressId: Uint8Array): readonly Denial[]
}

/** Nothing is lacking. */
export const NOTHING_PENDING: Pending = { some: false, of: () => [] }

/** Asks for everything. */
export const NOTHING_KNOWN: ReplicaPosition = { life: 0, first: 0, last: -1 }

/**
 * What an isolate knows of the lane's journal, so that only what is new has to come over. Only denials are known: a lift or a
 * confirmation that waits has no effect before the database has it.
 */
export class PendingCache {
  #known: ReplicaPosition = NOTHING_KNOWN
  readonly #entries = new Map<number, Denial[]>()
  readonly #byAddress = new Map<string, { seq: number; denial: Denial }[]>()

  /** What need not come again: every entry between the first and the last. */
  get known(): ReplicaPosition {
    return this.#known
  }

  /**
   * Takes what came for somebody who said they knew `asked`, and returns what their copy lacks: to be used at once, before others
   * come. Undefined when part of what they knew was forgotten meanwhile: then everything has to be asked for.
   */
  take(asked: ReplicaPosition, { life, from, last, entries }: ReplicaGap): Pending | undefined {
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
