import type { ReadOutcome, ReadRequest } from '../../core/write/read-request.ts'

/** A read that waits for its turn. */
export interface QueuedRead extends Pick<ReadRequest, 'tenant' | 'statements'> {
  /** When it came, milliseconds since 1970 UTC. */
  at: number
  settle(outcome: ReadOutcome): void
}

/** Most statements and characters of a group. A group has at least one read. */
const GROUP_STATEMENTS = 256
const GROUP_CHARACTERS = 2 ** 18

/**
 * Reads in the order in which they are sent: tenants take turns, one read each, and recipients and everybody else have every second
 * place, so that none of them waits behind a crowd of another's.
 */
export class ReadQueue {
  readonly #others: QueuedRead[] = []
  readonly #byTenant = new Map<number, QueuedRead[]>()
  #othersAreNext = false

  /** Adds a read behind those of the same tenant. */
  add(read: QueuedRead): void {
    const { tenant } = read
    const own = tenant === undefined ? this.#others : this.#byTenant.get(tenant)
    if (own) own.push(read)
    else this.#byTenant.set(tenant!, [read])
  }

  /** Takes the reads of the next group; none when nothing waits. */
  takeGroup(): QueuedRead[] {
    const group: QueuedRead[] = []
    let statements = 0
    let characters = 0
    while (statements < GROUP_STATEMENTS && characters < GROUP_CHARACTERS) {
      const read = this.#take()
      if (!read) break
      group.push(read)
      statements += read.statements.length
      for (const { length } of read.statements) characters += length
    }
    return group
  }

  #take(): QueuedRead | undefined {
    this.#othersAreNext = !this.#othersAreNext
    const [first, second] = [() => this.#others.shift(), () => this.#takeOfTenant()]
    return this.#othersAreNext ? (first() ?? second()) : (second() ?? first())
  }

  #takeOfTenant(): QueuedRead | undefined {
    for (const [tenant, reads] of this.#byTenant) {
      // Whoever had a turn goes behind all others.
      this.#byTenant.delete(tenant)
      const read = reads.shift()
      if (reads.length > 0) this.#byTenant.set(tenant, reads)
      return read
    }
    return undefined
  }
}
