import type { SubscriptionDeps } from '../subscription/deps.ts'
import type { UnsubscribeDeps } from '../unsubscribe/deps.ts'

/** The dependencies of the preference center. */
export interface PreferenceDeps extends SubscriptionDeps, UnsubscribeDeps {}
