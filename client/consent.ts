import { answersFor, type Caller } from './call.ts'
import type { Answer, Given } from './contract.ts'

/** Most consents one call takes. */
const RECORD_MAX = 1000

/** Legal basis of a consent. */
export type Basis = Consent['basis']

/** A sign-up that its recipient must confirm. */
export type SignUp = Given<'requestSubscription'>

/** Answer to a sign-up, the same for every address. `confirmation` is set where the sender mails the link itself. */
export type Requested = Answer<'requestSubscription'>

/** A consent the sender already holds. Times are RFC 3339. */
export type Consent = ({ address: string } | { sha256: string }) &
  Omit<Given<'recordConsents'>['entries'][number], 'address' | 'sha256'>

/** Outcome of a consent. `accepted`: stored, and in effect once the database has it. */
export type ConsentResult = Answer<'recordConsents'>['results'][number]

/** State of a recipient's consent, its history, and a signed receipt. */
export type Proof = Omit<Page, 'next' | 'topics' | 'receipt'> & {
  [Field in 'topics' | 'receipt']: NonNullable<Page[Field]>
}
type Page = Answer<'proveConsent'>

/** Calls of a sender about consent. */
export interface Consents {
  /** Asks a recipient to confirm a subscription. Retries use one `Idempotency-Key`, so that one mail goes out. */
  subscribe(signUp: SignUp): Promise<Requested>
  /** Records any number of consents the sender holds, and returns the outcome of each. */
  recordConsents(consents: readonly Consent[]): Promise<ConsentResult[]>
  /** Passes on a recipient's choice to leave topics; all topics when none are given. */
  withdraw(
    recipient: { address: string } | { sha256: string },
    topics?: readonly string[],
  ): Promise<'withdrawn' | 'unchanged' | 'accepted'>
  /** Returns the state, history and signed receipt of a recipient's consent. A long history is read page by page. */
  prove(address: string, topic?: string): Promise<Proof>
}

/** Returns the calls about consent, made by `call`. */
export const consents = (call: Caller): Consents => ({
  subscribe: signUp => call('requestSubscription', signUp),

  async recordConsents(all) {
    const results: ConsentResult[] = []
    for (let from = 0; from < all.length; from += RECORD_MAX) {
      const entries = all.slice(from, from + RECORD_MAX) as Given<'recordConsents'>['entries']
      const answer = await call('recordConsents', { entries })
      answersFor(entries, answer.results)
      results.push(...answer.results)
    }
    return results
  },

  async withdraw(recipient, topics) {
    return (await call('withdrawConsent', { ...recipient, ...(topics && { topics: [...topics] }) })).outcome
  },

  async prove(address, topic) {
    const page = (cursor?: string) =>
      call('proveConsent', {
        address,
        ...(topic !== undefined && { topic }),
        ...(cursor !== undefined && { cursor }),
      })
    const { next: second, ...proof } = (await page()) as Proof & Page
    for (let next = second; next !== undefined; ) {
      const { history, next: after } = await page(next)
      proof.history.push(...history)
      next = after
    }
    return proof
  },
})
