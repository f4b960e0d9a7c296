import { describe, expect, test } from 'vitest'
import type { Reason } from '../../core/codes/reason.ts'
import type { Scope } from '../../core/codes/scope.ts'
import type { Lack } from '../../core/consent-lack.ts'
import { decide, type MailPurpose, type Suppression } from '../../worker/suppression/decision.ts'

const NOW = 1_767_225_600_000
const SCOPES: Scope[] = ['platform', 'tenant', 'workspace', 'topic']
const REASONS: Reason[] = ['legal', 'complained', 'bounced', 'objected', 'unsubscribed', 'imported', 'manual']
const PURPOSES: MailPurpose[] = ['marketing', 'transactional']

/** The order of the law: the widest scope first, in it the hardest reason, and pauses after everything. */
const ORDER: [Scope, Reason][] = [
  ...SCOPES.flatMap(scope => REASONS.map((reason): [Scope, Reason] => [scope, reason])),
  ...SCOPES.map((scope): [Scope, Reason] => [scope, 'paused']),
]

/** What a receipt is owed in spite of, since the recipient spoke of what they did not order. */
const PASSES: Record<MailPurpose, Reason[]> = {
  marketing: [],
  transactional: ['objected', 'unsubscribed', 'paused'],
}

const standing = (scope: Scope, reason: Reason, more: Partial<Suppression> = {}): Suppression => ({
  scope,
  reason,
  at: NOW - 1000,
  until: null,
  ...more,
})

const decided = (suppressions: Suppression[] | undefined, purpose: MailPurpose = 'marketing') =>
  decide({ suppressions, purpose, now: NOW })

test('a recipient against whom nothing stands may be mailed', () => {
  for (const purpose of PURPOSES) expect(decided([], purpose)).toEqual({ decision: 'allow' })
})

test('what is no address may not be mailed, for whatever purpose', () => {
  for (const purpose of PURPOSES)
    expect(decided(undefined, purpose)).toEqual({ decision: 'deny', reason: 'invalid_address' })
})

describe('each reason in each scope', () => {
  test.for(ORDER)('%s, %s', ([scope, reason]) => {
    const denied = { decision: 'deny', reason, scope, since: NOW - 1000, until: null }
    for (const purpose of PURPOSES) {
      const expected = PASSES[purpose].includes(reason) ? { decision: 'allow' } : denied
      expect(decided([standing(scope, reason)], purpose), purpose).toEqual(expected)
    }
  })
})

describe('where two things stand, the first in the order of the law is the answer, in whatever order they are found', () => {
  test.for(PURPOSES)('%s mail', purpose => {
    let pairs = 0
    for (const [i, first] of ORDER.entries()) {
      for (const second of ORDER.slice(i + 1)) {
        const rows = [standing(...first, { at: 1 }), standing(...second, { at: 2 })]
        const winner = rows.find(row => !PASSES[purpose].includes(row.reason))
        const expected = winner
          ? { decision: 'deny', reason: winner.reason, scope: winner.scope, since: winner.at, until: null }
          : { decision: 'allow' }
        expect(decided(rows, purpose), `${first} and ${second}`).toEqual(expected)
        expect(decided(rows.toReversed(), purpose), `${second} and ${first}`).toEqual(expected)
        pairs++
      }
    }
    expect(pairs).toBe(496)
  })
})

describe('an end', () => {
  const until = (end: number, purpose?: MailPurpose) =>
    decided([standing('topic', 'manual', { until: end })], purpose)

  test('still ahead denies, and is told', () => {
    expect(until(NOW + 1)).toMatchObject({ decision: 'deny', until: NOW + 1 })
  })

  test('at this very moment has come', () => {
    expect(until(NOW)).toEqual({ decision: 'allow' })
  })

  test('in the past, or at the beginning of time, has come', () => {
    for (const end of [NOW - 1, 0, -1]) expect(until(end)).toEqual({ decision: 'allow' })
  })

  test.for(ORDER)('that has come frees from %s, %s', ([scope, reason]) => {
    for (const purpose of PURPOSES)
      expect(decided([standing(scope, reason, { until: NOW - 1 })], purpose)).toEqual({ decision: 'allow' })
  })

  test('that has come for the hardest reason lets the next one speak', () => {
    const rows = [standing('platform', 'legal', { until: NOW }), standing('topic', 'unsubscribed')]
    expect(decided(rows)).toMatchObject({ reason: 'unsubscribed', scope: 'topic' })
  })

  test('of one reason does not end another', () => {
    const rows = [standing('topic', 'unsubscribed', { until: NOW - 1 }), standing('topic', 'complained')]
    expect(decided(rows)).toMatchObject({ reason: 'complained' })
  })
})

describe('a pause', () => {
  const pause = standing('workspace', 'paused', { until: NOW + 5 })

  test('denies marketing mail until it ends', () => {
    expect(decided([pause])).toMatchObject({ decision: 'deny', reason: 'paused', until: NOW + 5 })
  })

  test('lets a receipt pass', () => {
    expect(decided([pause], 'transactional')).toEqual({ decision: 'allow' })
  })

  test('does not hide that the recipient has left', () => {
    const rows = [pause, standing('topic', 'unsubscribed')]
    expect(decided(rows)).toMatchObject({ reason: 'unsubscribed', until: null })
  })

  test('does not let a bounced receipt pass', () => {
    const rows = [pause, standing('topic', 'bounced')]
    expect(decided(rows, 'transactional')).toMatchObject({ decision: 'deny', reason: 'bounced' })
  })
})

describe('a consent that is lacking', () => {
  const LACKS: Lack['reason'][] = ['pending_confirmation', 'no_consent', 'consent_expired']
  const lack = (reason: Lack['reason']): Lack => ({ reason, since: 5 })

  test.for(LACKS)('denies marketing, and keeps no receipt away: %s', reason => {
    const subject = { suppressions: [], lack: lack(reason), now: NOW }
    const denied = { decision: 'deny', reason, scope: 'topic', since: 5, until: null }
    expect(decide({ ...subject, purpose: 'marketing' })).toEqual(denied)
    expect(decide({ ...subject, purpose: 'transactional' })).toEqual({ decision: 'allow' })
  })

  test.for(ORDER)('is told after whatever else stands: %s, %s', ([scope, reason]) => {
    const suppressions = [standing(scope, reason)]
    expect(decide({ suppressions, lack: lack('no_consent'), purpose: 'marketing', now: NOW })).toMatchObject({
      reason,
      scope,
    })
  })
})

describe('a restriction of what may be done with data', () => {
  test('is told before all but the platform’s own, for whatever purpose', () => {
    const restriction = standing('tenant', 'restricted')
    for (const purpose of PURPOSES)
      for (const scope of SCOPES)
        expect(decided([standing(scope, 'legal'), restriction], purpose)).toMatchObject(
          scope === 'platform' ? { reason: 'legal' } : { reason: 'restricted', scope: 'tenant' },
        )
  })
})

describe('a bounce of marketing alone', () => {
  const bounce = standing('tenant', 'bounced', { ofMarketing: true })

  test('denies marketing, and lets a receipt pass', () => {
    expect(decided([bounce])).toMatchObject({ decision: 'deny', reason: 'bounced', scope: 'tenant' })
    expect(decided([bounce], 'transactional')).toEqual({ decision: 'allow' })
  })

  test('does not hide one of everything', () => {
    const rows = [bounce, standing('tenant', 'bounced', { until: NOW + 5 })]
    expect(decided(rows, 'transactional')).toMatchObject({ decision: 'deny', until: NOW + 5 })
  })
})
