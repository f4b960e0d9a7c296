import type { LackName } from '../../core/codes/lack.ts'
import { PASSED_BY_TRANSACTIONAL, REASONS, type Reason } from '../../core/codes/reason.ts'
import type { Scope } from '../../core/codes/scope.ts'
import type { Lack } from '../../core/consent-lack.ts'

/** Purpose of a message. Transactional mail (a receipt, a password reset) passes unsubscribes. */
export type MailPurpose = 'marketing' | 'transactional'

/** A suppression that applies to the recipient. Times are milliseconds since 1970 UTC. */
export interface Suppression {
  scope: Scope
  reason: Reason
  at: number
  until: number | null
  /** Whether it denies marketing only, whatever its reason. */
  ofMarketing?: boolean
}

/** The decision of a check; a denial has its reason, scope and times. */
export type Decision =
  | { decision: 'allow' }
  | { decision: 'deny'; reason: 'invalid_address' }
  | { decision: 'deny'; reason: Reason; scope: Scope; since: number; until: number | null }
  | { decision: 'deny'; reason: LackName; scope: 'topic'; since: number | null; until: null }

/** The input of a decision. */
export interface Case {
  /** Undefined where the given text is no address. */
  suppressions: readonly Suppression[] | undefined
  /** What consent to the topic lacks; undefined where it is given, or none is needed. */
  lack?: Lack | undefined
  purpose: MailPurpose
  now: number
}

type Check = (subject: Case) => Decision | undefined

const invalidAddress: Check = ({ suppressions }) =>
  suppressions === undefined ? { decision: 'deny', reason: 'invalid_address' } : undefined

/** Restricted data may not be used at all, so this reason outranks the following (GDPR art. 18). */
const restricted: Check = subject => strongest(subject, ({ reason }) => reason === 'restricted')

const within =
  (scope: Scope): Check =>
  subject =>
    strongest(subject, suppression => suppression.scope === scope && suppression.reason !== 'paused')

/** Checked after all other suppressions, so only pauses can be left in a scope. */
const pausedWithin =
  (scope: Scope): Check =>
  subject =>
    strongest(subject, suppression => suppression.scope === scope)

const lacking =
  (reason: LackName): Check =>
  ({ lack, purpose }) =>
    lack?.reason === reason && purpose === 'marketing'
      ? { decision: 'deny', reason, scope: 'topic', since: lack.since, until: null }
      : undefined

/** The checks in their legal order; the first denial is the decision. */
const CHECKS: readonly Check[] = [
  invalidAddress,
  within('platform'),
  restricted,
  within('tenant'),
  within('workspace'),
  within('topic'),
  pausedWithin('platform'),
  pausedWithin('tenant'),
  pausedWithin('workspace'),
  pausedWithin('topic'),
  lacking('pending_confirmation'),
  lacking('no_consent'),
  lacking('consent_expired'),
]

const ALLOW: Decision = { decision: 'allow' }

/** Decides a case by the first check that denies. */
export function decide(subject: Case): Decision {
  // Fast path: nearly every recipient of a batch has no suppression.
  if (subject.suppressions?.length === 0 && subject.lack === undefined) return ALLOW
  for (const check of CHECKS) {
    const denial = check(subject)
    if (denial) return denial
  }
  return ALLOW
}

const passedByTransactional = ({ reason, ofMarketing = false }: Suppression): boolean =>
  ofMarketing || PASSED_BY_TRANSACTIONAL.has(reason)

function strongest(
  { suppressions, purpose, now }: Case,
  applies: (suppression: Suppression) => boolean,
): Decision | undefined {
  let found: Suppression | undefined
  for (const suppression of suppressions ?? []) {
    if (suppression.until !== null && suppression.until <= now) continue
    if (purpose === 'transactional' && passedByTransactional(suppression)) continue
    if (!applies(suppression)) continue
    if (found === undefined || REASONS[suppression.reason] < REASONS[found.reason]) found = suppression
  }
  return (
    found && {
      decision: 'deny',
      reason: found.reason,
      scope: found.scope,
      since: found.at,
      until: found.until,
    }
  )
}
