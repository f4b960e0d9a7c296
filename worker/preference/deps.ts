import type { SubscriptionDeps } from '../subscription/deps.ts'
import type { UnsubscribeDeps } from '../unsubscribe/deps.ts'

/** The dependencies of the preference center. */
export interface PreferenceDeps extends UnsubscribeDeps {
  /** Whether Floe mails confirmations; otherwise senders do, and nobody can ask for one here. */
  sendsMail: boolean
}

/** The dependencies of its pages in `floe`. */
export interface PreferencePageDeps extends PreferenceDeps {
  /** Has `floe-app` answer a request. */
  passOn(request: Request): Promise<Response>
}

/** The dependencies of asking for a topic. */
export interface AskDeps extends PreferenceDeps, SubscriptionDeps {}
