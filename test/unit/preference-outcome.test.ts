import { expect, test } from 'vitest'
import { openKeyring } from '../../core/keys.ts'
import { TOPICS_MAX } from '../../core/limits.ts'
import { type PreferenceOutcome, readOutcome, sealOutcome } from '../../worker/preference/outcome.ts'

const keyring = openKeyring([{ id: 1, key: new Uint8Array(32).fill(2) }])
const claim = { topic: 7, addressId: new Uint8Array(12).fill(3), ref: new Uint8Array(8) }
const NOW = 1_767_225_600_000
const numbers = Array.from({ length: TOPICS_MAX }, (_, i) => i + 1)
const outcome: PreferenceOutcome = {
  act: 'stop',
  at: NOW,
  changed: true,
  refused: true,
  ended: [4, 5],
  stale: [6],
}

test('an outcome is read as it was sealed', () => {
  expect(readOutcome(keyring, claim, sealOutcome(keyring, claim, outcome), NOW)).toEqual(outcome)
})

test.for<[what: string, lists: Pick<PreferenceOutcome, 'ended' | 'stale'>, read: object]>([
  ['that ended them all', { ended: numbers, stale: [] }, { ended: numbers.slice(0, 255), stale: [] }],
  ['that left them all', { ended: [], stale: numbers }, { ended: [], stale: numbers.slice(0, 255) }],
  [
    'that ended some and left the rest',
    { ended: numbers.slice(0, 254), stale: numbers.slice(254) },
    { ended: numbers.slice(0, 254), stale: [255] },
  ],
])('of a workspace with as many topics as may be, an outcome %s fits a URL', ([, lists, read]) => {
  const text = sealOutcome(keyring, claim, { ...outcome, ...lists })
  expect(text.length).toBeLessThanOrEqual(1500)
  expect(readOutcome(keyring, claim, text, NOW)).toEqual({ ...outcome, ...read })
})
