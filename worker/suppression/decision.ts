import type { LackName } from '../../core/codes/lack.ts'
import { PASSED_BY_TRANSACTIONAL, REASONS, type Reason } from '../../core/codes/reason.ts'
import type { Scope } from '../../core/codes/scope.ts'
import type { Lack } from '../../core/consent-lack.ts'

/** What a message is for. Transactional mail (a receipt, a password reset) is owed whatever the recipient unsubscribed from. */
export type MailPurpose = 'marketing' | 'transactional'

/** A suppression that touches the recipient in question. Times are milliseconds since 1970 UTC. */
export interface Suppression {
  scope: Scope
  reason: Reason
  at: number
  until: number | null
  /** Whether it keeps marketing away and nothing else, whatever its reason does elsewhere. */
  ofMarketing?: boolean
}

/** Whether a message may go, and if not, why, how far the reason reaches and since when. */
export type Decision =
  | { decision: 'allow' }
  | { decision: 'deny'; reason: 'invalid_address' }
  | { decision: 'deny'; reason: Reason; scope: Scope; since: number; until: number | null }
  | { decision: 'deny'; reason: LackName; scope: 'topic'; since: number | null; until: null }

/** What a check looks at. */
export interface Case {
  /** Undefined when the text given was no address. */
  suppressions: readonly Suppression[] | undefined
  /** What the consent to the topic lacks; undefined when one stands, or none is needed. */
  lack?: Lack | undefined
  purpose: MailPurpose
  now: number
}

type Check = (subject: Case) => Decision | undefined

const invalidAddress: Check = ({ suppressions }) =>
  suppressions === undefined ? { decision: 'deny', reason: 'invalid_address' } : undefined

/** Whose data may not be used at all is told so, whatever else stands (GDPR art. 18). */
const restricted: Check = subject => strongest(subject, ({ reason }) => reason === 'restricted')

const within =
  (scope: Scope): Check =>
  subject =>
    strongest(subject, suppression => suppression.scope === scope && suppression.reason !== 'paused')

/** Asked when nothing else stands any more: whatever is left of a scope is a pause. */
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

/** The order of the law: the first check that denies gives the answer. */
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

/** Decides one case: every check in order, the first that denies wins. */
export function decide(subject: Case): Decision {
  // Nearly every recipient of a batch has nothing against them.
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
