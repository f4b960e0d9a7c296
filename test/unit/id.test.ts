import { expect, test } from 'vitest'
import { actorText } from '../../core/actor.ts'
import { toHex } from '../../core/bytes.ts'
import { systemClock, timestamp } from '../../core/clock.ts'
import { uuid7, uuidText } from '../../core/id.ts'

test('an event id begins with its time, to the millisecond', () => {
  // The example of RFC 9562, appendix A.6.
  expect(toHex(uuid7(0x017f22e279b0).subarray(0, 6))).toBe('017f22e279b0')
  for (const at of [0, 1, 255, 256, 2 ** 32 - 1, 2 ** 32, Date.UTC(2026, 0, 1), 2 ** 48 - 1])
    expect(Number.parseInt(toHex(uuid7(at).subarray(0, 6)), 16)).toBe(at)
})

test('an event id says version 7 and variant 10, whatever the chance', () => {
  for (let i = 0; i < 1000; i++) expect(uuidText(uuid7(i))).toMatch(/^.{8}-.{4}-7.{3}-[89ab].{3}-.{12}$/)
})

test('event ids sort by time', () => {
  const times = [0, 1, 255, 256, 65_535, 65_536, 2 ** 32, 2 ** 40, 2 ** 48 - 1]
  const ids = times.map(at => uuidText(uuid7(at)))
  expect([...ids].sort()).toEqual(ids)
})

test('event ids of the same moment differ', () => {
  expect(new Set(Array.from({ length: 1000 }, () => uuidText(uuid7(5)))).size).toBe(1000)
})

test('an id is written as everybody writes a UUID', () => {
  const id = Buffer.from('017f22e279b07cc398c4dc0c0c07398f', 'hex')
  expect(uuidText(id)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
})

test('a time is written as RFC 3339 in UTC', () => {
  expect(timestamp(0)).toBe('1970-01-01T00:00:00.000Z')
  expect(timestamp(Date.UTC(2026, 1, 3, 4, 5, 6, 7))).toBe('2026-02-03T04:05:06.007Z')
  expect(Number.isInteger(systemClock())).toBe(true)
})

test('the ledger names who did it', () => {
  expect(actorText({ kind: 'recipient' })).toBe('recipient')
  expect(actorText({ kind: 'command', as: 'ada' })).toBe('operator:cli:ada')
  expect(actorText({ kind: 'operator', accountId: new Uint8Array(12) })).toBe('op_AAAAAAAAAAAAAAAA')
  expect(actorText({ kind: 'sender', keyId: new Uint8Array(8) })).toBe('key_AAAAAAAAAAA')
})
