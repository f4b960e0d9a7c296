import { type Era, isOurs, type Mark, withEra } from '../../core/write/log-position.ts'

/** What became of a group that was sent, as the database's own mark tells. */
export type Finding =
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
export class Course {
  eras: Era[]
  /** The last group that is known to be in the database; undefined before the database was asked. */
  last: number | undefined
  /** The number of the next group; undefined whenever the database has to be asked first. */
  next: number | undefined
  #drawn = false

  constructor(eras: Era[]) {
    this.eras = eras
  }

  /** Takes a place for a new group. Returns its number and epoch, and whether the epoch is new. */
  take(): { number: number; epoch: number; drawn: boolean } {
    const drawn = !this.#drawn
    if (drawn) {
      // 48 bits: no two lives of a lane, and no two lanes, draw the same.
      const [high, low] = crypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number]
      this.eras = withEra(this.eras, { epoch: (high & 0xffff) * 2 ** 32 + low, first: this.next! })
      this.#drawn = true
    }
    return { number: this.next!, epoch: this.eras.at(-1)!.epoch, drawn }
  }

  /** Notes that a group is in the database. */
  landed(number: number): void {
    this.last = number
    this.next = number + 1
  }

  /**
   * Finds out from the database's mark where to go on, and what became of the group in doubt. Before the first finding of a life
   * `before` is the last group that the journal knows to be in the database.
   */
  found(
    mark: Mark,
    flight: { number: number; epoch: number } | undefined,
    before: number | undefined,
  ): Finding {
    const last = this.last ?? (flight ? flight.number - 1 : (before ?? mark.number))
    this.last = mark.number
    this.next = mark.number + 1
    if (flight && mark.number === flight.number && mark.epoch === flight.epoch) return 'landed'
    if (mark.number < last) {
      this.#drawn = false
      return 'lost'
    }
    if (!isOurs(this.eras, mark)) {
      this.eras = withEra(this.eras, { epoch: mark.epoch, first: mark.number })
      this.#drawn = false
    }
    if (!flight) return 'nothing'
    return mark.number < flight.number ? 'pending' : 'void'
  }
}
