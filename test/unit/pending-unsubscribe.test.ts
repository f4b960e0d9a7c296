import { describe, expect, test } from 'vitest'
import { REASONS } from '../../core/codes/reason.ts'
import { TENANT_SCOPE, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { SOURCES } from '../../core/codes/source.ts'
import { SUBSCRIPTION_STATES } from '../../core/codes/subscription.ts'
import type { Denial } from '../../core/write/denial.ts'
import type { Pending } from '../../db/engine/pending.ts'
import { subscriptionsOf } from '../../db/subscription.ts'
import { aboutRequest } from '../../db/subscription-request.ts'
import { suppressionsOf } from '../../db/suppression.ts'

const id = (byte: number) => new Uint8Array(12).fill(byte)
const ref = (byte: number) => new Uint8Array(24).fill(byte)
const [NEWS, NORTH] = [7, 3]
const unsubscribed = (more: Partial<Denial> = {}): Denial => ({
  addressId: id(1),
  scope: topicScope(NEWS),
  reason: REASONS.unsubscribed,
  source: SOURCES.recipient,
  at: 2000,
  until: null,
  ...more,
})
const pendingOf = (...denials: Denial[]): Pending => ({
  some: denials.length > 0,
  of: addressId => denials.filter(one => one.addressId.join() === addressId.join()),
})

describe('an unsubscribe that the database does not have yet', () => {
  const query = subscriptionsOf(NORTH, id(1))
  const row = { state: SUBSCRIPTION_STATES.confirmed as number, at: 1000 }
  const laid = (was: { state: number; at: number }, denial: Denial) => {
    const { state, at } = was
    const answer = query.decode([[NEWS, id(1), state, at, null, null, null, null, null, NORTH]])
    const [left] = query.overlayPending!(answer, pendingOf(denial), [])
    return [left!.state, left!.at, left!.stateBefore]
  }

  test.each([
    ['of the topic', {}],
    ['of everything that the sender mails', { scope: workspaceScope(NORTH) }],
    ['in the very millisecond of the consent', { at: 1000 }],
  ])('ends the subscription: %s', (_, more) => {
    const denial = unsubscribed(more)
    expect(laid(row, denial)).toEqual([SUBSCRIPTION_STATES.ended, denial.at, SUBSCRIPTION_STATES.confirmed])
    expect(laid({ ...row, state: SUBSCRIPTION_STATES.pending }, denial)).toEqual([
      SUBSCRIPTION_STATES.ended,
      denial.at,
      SUBSCRIPTION_STATES.pending,
    ])
  })

  test.each([
    ['of another topic', { scope: topicScope(NEWS + 1) }],
    ['of another workspace', { scope: workspaceScope(NORTH + 1) }],
    ['of a workspace whose number is the topic’s', { scope: workspaceScope(NEWS) }],
    ['that a whole tenant is restricted by', { scope: TENANT_SCOPE }],
    ['of another recipient', { addressId: id(2) }],
    ['from before they said yes', { at: 999 }],
    ['that is a pause', { reason: REASONS.paused }],
    ['that a sender wrote', { source: SOURCES.sender }],
  ])('leaves the subscription as it is: one %s', (_, more) => {
    expect(laid(row, unsubscribed(more))).toEqual([SUBSCRIPTION_STATES.confirmed, 1000, null])
  })

  test.each([SUBSCRIPTION_STATES.ended, SUBSCRIPTION_STATES.expired])(
    'leaves what is over, state %i, as it came to be',
    state => {
      expect(laid({ ...row, state }, unsubscribed())).toEqual([state, 1000, null])
    },
  )
})

describe('what is asked about whom a link leads to', () => {
  const query = suppressionsOf(aboutRequest(ref(9)).addressId)
  const lay = (...answers: unknown[]) => query.overlayPending!([], pendingOf(unsubscribed()), answers)

  test('has over it what is denied to the recipient that the same read found', () => {
    expect(lay([{ ref: ref(9), addressId: id(1) }], [])).toMatchObject([{ scope: topicScope(NEWS) }])
    expect(lay([{ ref: ref(9), addressId: id(2) }], [])).toEqual([])
  })

  test('has nothing over it where the link leads to nobody', () => {
    expect(lay([], [])).toEqual([])
  })

  test('is never laid over by another’s: a read that begins with another row is refused', () => {
    expect(() => lay([{ ref: ref(8), addressId: id(1) }])).toThrow('does not begin with it')
    expect(() => lay([{ number: 1 }], [{ ref: ref(9), addressId: id(1) }])).toThrow()
  })

  test('stands in the query with its own argument, wherever the query compares', () => {
    const { addressId, workspace } = aboutRequest(ref(9))
    const { sql, args } = subscriptionsOf(workspace, addressId)
    expect(args).toEqual([ref(9), ref(9)])
    expect(sql.indexOf('(SELECT workspace FROM subscription_request WHERE ref = ?)')).toBeGreaterThan(0)
    expect(sql.indexOf('(SELECT address_id FROM subscription_request WHERE ref = ?)')).toBeGreaterThan(
      sql.indexOf('(SELECT workspace FROM subscription_request'),
    )
  })
})
