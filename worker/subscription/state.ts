/**
 * How a recipient stands with a topic. `pending`: asked, not confirmed. `confirmed`: a consent stands. `ended`: by their word.
 * `expired`: the request or the consent ran out. The numbers are what the database holds and never change.
 */
export const STATES = { pending: 1, confirmed: 2, ended: 3, expired: 4 } as const

/** The name of a state. */
export type State = keyof typeof STATES

const names = new Map<number, State>(Object.entries(STATES).map(([name, code]) => [code, name as State]))

/** Returns the state a stored number stands for; throws on a number this version does not know, rather than allow. */
export function stateOf(code: number): State {
  const state = names.get(code)
  if (state === undefined) throw new Error(`unknown subscription state ${code}`)
  return state
}

/** Returns how a subscription stands now: what has run out is expired, whether or not that was written down yet. */
export function stateNow({ state, until }: { state: number; until: number | null }, now: number): State {
  const written = stateOf(state)
  const open = written === 'pending' || written === 'confirmed'
  return open && until !== null && until <= now ? 'expired' : written
}

/** What became of a sign-up. The numbers are what the database holds and never change. */
export const REQUEST_STATES = { open: 1, confirmed: 2, refused: 3, expired: 4 } as const

/** How long a confirmation link works, in milliseconds: 7 days. */
export const CONFIRMABLE_MS = 7 * 24 * 60 * 60 * 1000

/** How long a "this was not me" keeps further requests of that workspace away, in milliseconds: 30 days. */
export const REFUSED_MS = 30 * 24 * 60 * 60 * 1000

/** Confirmation mails an address gets in a day, at most. */
export const MAILS_PER_ADDRESS = 3
/** The day they are counted in, in milliseconds. */
export const DAY_MS = 24 * 60 * 60 * 1000

/** How long whoever tries a mail has it alone, in milliseconds. When nothing comes of that, it comes due again. */
export const LEASE_MS = 2 * 60 * 1000
