import { type Flight, type Live, takeGroup, takeParcels, type Waiting } from './flight.ts'
import { type FilledParcel, type Journal, parcelOf, partsOf, SEQ_STEP } from './parcel.ts'
import { sizeOf, type WaitingRoom } from './waiting-room.ts'

/** Where a group goes. */
interface Place {
  number: number
  epoch: number
}

/** What a lane has in hand: the group on its way, and what is kept and waits its turn. The journal says the same, for the next life. */
export class Load {
  /** Kept and not sent, in order. */
  open: Live[]
  flight: Flight | undefined
  readonly #journal: Journal
  #seq: number

  constructor(journal: Journal) {
    this.#journal = journal
    this.#seq = journal.lastSeq()
    const parcels = journal.open().map(parcel => ({ ...parcel, callers: [], owed: true, alone: false }))
    this.open = parcels.filter(({ number }) => number === null)
    const sent = parcels.filter(({ number }) => number !== null)
    const [first] = sent
    if (first)
      this.flight = {
        number: first.number!,
        epoch: first.epoch!,
        parcels: sent,
        contents: this.#contentsOf(sent),
      }
  }

  /** Everything in hand, in order. */
  get parcels(): Live[] {
    return [...(this.flight?.parcels ?? []), ...this.open]
  }

  /** Whether something in hand was, or may have been, answered from the journal. */
  get owes(): boolean {
    return (this.flight?.parcels.some(({ owed }) => owed) ?? false) || this.open.some(({ owed }) => owed)
  }

  /** Makes the next group of what is kept or, when nothing is, of those who wait. `keep` writes down that it is sent. */
  compose(waiting: WaitingRoom, place: Place): { flight: Flight; keep: () => void } {
    if (this.open.length > 0) {
      const parcels = takeParcels(this.open)
      const seqs = parcels.map(({ seq }) => seq)
      this.flight = { ...place, parcels, contents: this.#contentsOf(parcels) }
      return { flight: this.flight, keep: () => this.#journal.assign(seqs, place.number, place.epoch) }
    }
    const { filled, live } = this.#parcel(waiting.takeGroup())
    this.flight = { ...place, parcels: [{ ...live, ...place }], contents: filled.contents }
    return { flight: this.flight, keep: () => this.#journal.add({ ...filled, ...place }) }
  }

  /** Keeps as many of those who wait as go into one parcel, and returns them. */
  keep(waiting: Waiting[]): Waiting[] {
    const callers = takeGroup(waiting, sizeOf)
    const { filled, live } = this.#parcel(callers)
    this.#journal.add(filled)
    this.open.push({ ...live, callers: [], owed: true })
    return callers
  }

  /** Gives each act of a group that was refused a group of its own. */
  part(flight: Flight): void {
    const parted = flight.parcels.flatMap(live => {
      const parts = partsOf(this.#journal.read(live.seq))
      this.#journal.replace(live.seq, parts)
      return parts.map(({ contents: _, denials: __, ...head }, i): Live => {
        return { ...head, callers: [live.callers[i]], owed: live.owed, alone: true }
      })
    })
    this.open.unshift(...parted)
    this.flight = undefined
  }

  /** The group in hand never was: what is in it waits its turn again. */
  takeBack(flight: Flight): void {
    const seqs = flight.parcels.map(({ seq }) => seq)
    this.#journal.assign(seqs, null, null)
    this.open.unshift(...flight.parcels)
    this.flight = undefined
  }

  /** Everything beyond a group never was: what the journal has of it waits its turn again. */
  takeBackBeyond(number: number): void {
    const inHand = this.parcels
    this.#journal.unassign(number)
    this.flight = undefined
    this.open = this.#journal
      .open()
      .filter(parcel => parcel.number === null)
      .map(parcel => {
        const live = inHand.find(({ seq }) => seq === parcel.seq)
        return live ?? { ...parcel, callers: [], owed: true, alone: false }
      })
  }

  #parcel(callers: Waiting[]): { filled: FilledParcel; live: Live } {
    const postings = callers.map(({ posting }) => posting)
    this.#seq += SEQ_STEP
    const filled = parcelOf(this.#seq, callers[0]!.at, postings)
    const { contents: _, denials: __, ...head } = filled
    return { filled, live: { ...head, callers, owed: false, alone: false } }
  }

  #contentsOf(parcels: readonly Live[]) {
    return parcels.flatMap(({ seq }) => this.#journal.read(seq).contents)
  }
}
