import { describe, expect, test } from 'vitest'
import type { AddressIndex } from '../../core/address.ts'
import { RecipientCipher } from '../../core/cipher.ts'
import { BASIS_NAMES, type Basis, basisOf } from '../../core/codes/basis.ts'
import { lackOf } from '../../core/codes/lack.ts'
import { SUBSCRIPTION_STATES, stateNow, stateOf } from '../../core/codes/subscription.ts'
import { lackOfConsent } from '../../core/consent-lack.ts'
import { expiryOf } from '../../core/consent-term.ts'
import { newRef, refOfCall, uuid7 } from '../../core/id.ts'
import { AddressIndexes, openKeyring } from '../../core/keys.ts'
import { confirmLinks, readConfirmToken, requestId } from '../../worker/subscription/link.ts'
import { newCipher } from '../support/data-keys.ts'

const keyring = openKeyring([{ id: 1, key: new Uint8Array(32).fill(1) }])

describe('implied consent ends', () => {
  test.for<[basis: Basis, from: string, until: string]>([
    ['implied_purchase', '2024-03-15T12:00:00Z', '2026-03-15T12:00:00Z'],
    ['implied_inquiry', '2026-01-10T23:59:59Z', '2026-07-10T23:59:59Z'],
    ['implied_inquiry', '2025-08-31T08:00:00Z', '2026-02-28T08:00:00Z'],
    ['implied_purchase', '2024-02-29T00:00:00Z', '2026-02-28T00:00:00Z'],
    ['implied_inquiry', '2026-10-31T23:30:00Z', '2027-04-30T23:30:00Z'],
  ])('%s of %s on %s', ([basis, from, until]) => {
    expect(new Date(expiryOf(basis, Date.parse(from))!).toISOString()).toBe(until.replace('Z', '.000Z'))
  })

  test('by law; no other basis has a term', () => {
    const endless = BASIS_NAMES.filter(basis => expiryOf(basis, 0) === null)
    expect(endless).toEqual(['express', 'soft_opt_in', 'contract', 'legitimate_interest'])
  })
})

describe('a number of another version', () => {
  test.for([
    ['basis', basisOf],
    ['state', stateOf],
    ['lack of consent', lackOf],
  ] as const)('of a %s is an error, never a guess', ([, read]) => {
    expect(() => read(99)).toThrow(/unknown/)
    expect(() => read(0)).toThrow(/unknown/)
  })
})

describe('what a consent lacks', () => {
  const NOW = 1000
  const row = (
    state: number,
    until: number | null,
    givenAt: number | null,
    endedAt: number | null = null,
  ) => ({
    state,
    at: 500,
    until,
    givenAt,
    endedAt,
  })
  test.for<[what: string, lacks: string | undefined, given: ReturnType<typeof row> | undefined]>([
    ['a confirmed one nothing', undefined, row(SUBSCRIPTION_STATES.confirmed, null, 500)],
    ['one with time left nothing', undefined, row(SUBSCRIPTION_STATES.confirmed, NOW + 1, 500)],
    ['one at its very end everything', 'consent_expired', row(SUBSCRIPTION_STATES.confirmed, NOW, 500)],
    ['one at its very end, whoever gave it', 'no_consent', row(SUBSCRIPTION_STATES.confirmed, NOW, null)],
    [
      'one that was written down as ended by time',
      'consent_expired',
      row(SUBSCRIPTION_STATES.expired, 500, 400),
    ],
    [
      'one that waited too long after one that ran out',
      'consent_expired',
      row(SUBSCRIPTION_STATES.pending, NOW, 400),
    ],
    [
      'one that waited too long after the recipient left',
      'no_consent',
      row(SUBSCRIPTION_STATES.pending, NOW, null, 400),
    ],
    [
      'one that was written down as unconfirmed after that',
      'no_consent',
      row(SUBSCRIPTION_STATES.expired, 500, null, 400),
    ],
    ['one that was withdrawn', 'no_consent', row(SUBSCRIPTION_STATES.ended, null, 400)],
  ])('%s', ([, lacks, given]) => {
    for (const mode of ['opt_in', 'opt_out'] as const)
      expect(lackOfConsent(mode, given, NOW)?.reason).toBe(lacks)
  })

  test.for<[what: string, since: number | null, given: ReturnType<typeof row> | undefined]>([
    ['that nobody ever gave', null, undefined],
    [
      'that somebody was asked for and did not confirm in time',
      500,
      row(SUBSCRIPTION_STATES.pending, NOW, null),
    ],
    ['of which that was written down', 500, row(SUBSCRIPTION_STATES.expired, 500, null)],
  ])('%s depends on the mode', ([, since, given]) => {
    expect(lackOfConsent('opt_in', given, NOW)).toEqual({ reason: 'no_consent', since })
    expect(lackOfConsent('opt_out', given, NOW)).toBeUndefined()
  })

  test.for<[what: string, before: string | undefined, given: ReturnType<typeof row>]>([
    ['of somebody nothing is known of', undefined, row(SUBSCRIPTION_STATES.pending, NOW + 1, null)],
    ['of whoever had left', 'no_consent', row(SUBSCRIPTION_STATES.pending, NOW + 1, null, 400)],
    ['of one whose consent had run out', 'consent_expired', row(SUBSCRIPTION_STATES.pending, NOW + 1, 400)],
  ])('a sign-up that waits, %s, leaves all as it was where no consent is needed', ([, before, given]) => {
    expect(lackOfConsent('opt_in', given, NOW)).toEqual({ reason: 'pending_confirmation', since: 500 })
    expect(lackOfConsent('opt_out', given, NOW)?.reason).toBe(before)
  })

  test('goes by the time, whether or not that was written down', () => {
    expect(stateNow({ state: SUBSCRIPTION_STATES.confirmed, until: NOW }, NOW)).toBe('expired')
    expect(stateNow({ state: SUBSCRIPTION_STATES.ended, until: 1 }, NOW)).toBe('ended')
  })
})

describe('a confirmation link', () => {
  const BASE = `https://${'x'.repeat(25)}`

  test('keeps its header line within 78 characters at the longest origin there may be', () => {
    expect(BASE).toHaveLength(33)
    const { headers, cancelUrl } = confirmLinks(keyring, BASE, 1, newRef())
    expect(`${' '}${headers['List-Unsubscribe']}`).toHaveLength(78)
    expect(headers['List-Unsubscribe']).toBe(`<${cancelUrl}>`)
  })

  test('leads back to its sign-up, and to nothing when a letter of it has changed', () => {
    const ref = newRef()
    const token = confirmLinks(keyring, BASE, 1, ref).confirmUrl.slice(-32)
    expect(readConfirmToken(keyring, token)).toEqual(ref)
    for (let i = 0; i < token.length; i++) {
      const other = `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`
      expect(readConfirmToken(keyring, other), other).toBeUndefined()
    }
    for (const text of ['', token.slice(1), `${token}A`, 'x'.repeat(100_000)])
      expect(readConfirmToken(keyring, text)).toBeUndefined()
  })

  test('is not in the public id of its sign-up, which is the same each time', () => {
    const ref = newRef()
    expect(readConfirmToken(keyring, requestId(ref))).toBeUndefined()
    expect(requestId(ref)).toBe(requestId(ref))
    expect(requestId(ref)).not.toContain(Buffer.from(ref).toString('base64url'))
  })

  test('of the same call is the same, of another call another one', () => {
    const [one, other] = [1, 2].map(tenant => new AddressIndexes(new Uint8Array(32)).tenant(tenant)) as [
      AddressIndex,
      AddressIndex,
    ]
    expect(refOfCall(one, '1 key {}')).toEqual(refOfCall(one, '1 key {}'))
    expect(refOfCall(one, '1 key {}')).not.toEqual(refOfCall(one, '2 key {}'))
    expect(refOfCall(one, '1 key {}')).not.toEqual(refOfCall(other, '1 key {}'))
  })
})

describe('sealed evidence', () => {
  const tenants = newCipher()
  const ada = new Uint8Array(12).fill(1)
  const id = uuid7(1000)

  test('opens with its recipient’s key, kept under the tenant’s', async () => {
    const key = RecipientCipher.make()
    const sealed = await key.seal(id, { ip: '203.0.113.1' })
    const kept = await key.wrap(tenants, 1, ada)
    const again = await RecipientCipher.open(tenants, 1, ada, kept)
    expect(await again.unseal(id, sealed)).toEqual({ ip: '203.0.113.1' })
    expect(Buffer.from(sealed).includes('203')).toBe(false)
  })

  test('does not open for another event, recipient, tenant or key', async () => {
    const key = RecipientCipher.make()
    const sealed = await key.seal(id, { ip: '203.0.113.1' })
    const kept = await key.wrap(tenants, 1, ada)
    await expect(key.unseal(uuid7(1000), sealed)).rejects.toThrow()
    await expect(RecipientCipher.make().unseal(id, sealed)).rejects.toThrow()
    await expect(RecipientCipher.open(tenants, 2, ada, kept)).rejects.toThrow()
    await expect(RecipientCipher.open(tenants, 1, new Uint8Array(12), kept)).rejects.toThrow()
  })

  test('is no address, should a key be moved to where addresses are', async () => {
    const kept = await RecipientCipher.make().wrap(tenants, 1, ada)
    await expect(tenants.decrypt(1, ada, kept)).rejects.toThrow()
  })
})
