import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bounceOf, statusIn } from '../../core/bounce.ts'

/** Replies of mail servers and what a person who knows them takes them for; made before they were read by anything here. */
const [, ...ROWS] = readFileSync(new URL('../fixtures/inbound/bounces.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map(line => line.split('\t') as [id: string, of: string, action: string, status: string, words: string])

/** What Floe takes for a missing mailbox, and is not known to be one. */
const TAKEN = ['softbank-domain-does-not-exist']

const read = ([, , , status, words]: (typeof ROWS)[number]) => bounceOf(statusIn(status), words)

// What is merely late is no failure and never read so; of some replies those who know them would not say the same.
test.for(ROWS.filter(([, of, action]) => action === 'failed' && of !== 'unknown'))('%s (%s)', row => {
  const [id, of] = row
  expect(read(row)).toBe(of === 'mailbox' || TAKEN.includes(id) ? 'permanent' : 'transient')
})

test('the samples hold enough of each kind', () => {
  expect(ROWS.length).toBeGreaterThan(500)
  expect(TAKEN.length / ROWS.filter(([, of]) => of === 'mailbox').length).toBeLessThan(0.03)
})
