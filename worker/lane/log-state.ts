import { isOurs, type LogPosition, type Term, withTerm } from '../../core/write/log-position.ts'

/** What became of a group that was sent, as the database's own mark tells. */
export type GroupFate =
  /** It is in the database. */
  | 'landed'
  /** It is not, and the very same may be sent again. */
  | 'pending'
  /** It is not and never will be: another took its number. */
  | 'void'
  /** Nothing was on its way, and nothing is missing. */
  | 'nothing'
  /** The database has lost groups it had acknowledged. */
  | 'lost'

/** Where the lane stands in the history of its groups. */
export class LogState {
  terms: Term[]
  /** The last group that is known to be in the database; undefined before the database was asked. */
  last: number | undefined
  /** The number of the next group; undefined whenever the database has to be asked first. */
  next: number | undefined
  #drawn = false

  constructor(terms: Term[]) {
    this.terms = terms
  }

  /** Takes a place for a new group. Returns its number and term, and whether the term is new. */
  take(): { index: number; term: number; drawn: boolean } {
    const drawn = !this.#drawn
    if (drawn) {
      // 48 bits: no two lives of a lane, and no two lanes, draw the same.
      const [high, low] = crypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number]
      this.terms = withTerm(this.terms, { term: (high & 0xffff) * 2 ** 32 + low, first: this.next! })
      this.#drawn = true
    }
    return { index: this.next!, term: this.terms.at(-1)!.term, drawn }
  }

  /** Notes that a group is in the database. */
  landed(index: number): void {
    this.last = index
    this.next = index + 1
  }

  /**
   * Finds out from the database's mark where to go on, and what became of the group in doubt. Before the first finding of a life
   * `before` is the last group that the journal knows to be in the database.
   */
  found(
    mark: LogPosition,
    batch: { index: number; term: number } | undefined,
    before: number | undefined,
  ): GroupFate {
    const last = this.last ?? (batch ? batch.index - 1 : (before ?? mark.index))
    this.last = mark.index
    this.next = mark.index + 1
    if (batch && mark.index === batch.index && mark.term === batch.term) return 'landed'
    if (mark.index < last) {
      this.#drawn = false
      return 'lost'
    }
    if (!isOurs(this.terms, mark)) {
      this.terms = withTerm(this.terms, { term: mark.term, first: mark.index })
      this.#drawn = false
    }
    if (!batch) return 'nothing'
    return mark.index < batch.index ? 'pending' : 'void'
  }
}
