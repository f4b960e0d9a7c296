import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { toHex } from '../../core/bytes.ts'
import { dataText, type LedgerEvent, leafHash } from '../../core/event.ts'

const event: LedgerEvent = {
  id: new Uint8Array(Buffer.from('017f22e279b07cc398c4dc0c0c07398f', 'hex')),
  at: 1_767_225_600_000,
  tenant: 1,
  workspace: 2,
  type: 'suppression.added',
  actor: 'recipient',
  addressId: new Uint8Array(12).fill(0xab),
  subject: 'sup_q6urq6urq6urq6urAAAAAA8F',
  data: { via: 'one-click', scope: 'topic', topic: 3, until: null, first: true, messageRef: 'ä"\\' },
}

/** The layout as documented, written out by hand: a ledger checked by somebody else has to come to this. */
const ENTRY = String.raw`["floe.event.v1","017f22e2-79b0-7cc3-98c4-dc0c0c07398f",1767225600000,1,2,"suppression.added","recipient","q6urq6urq6urq6ur","sup_q6urq6urq6urq6urAAAAAA8F","{\"first\":true,\"messageRef\":\"ä\\\"\\\\\",\"scope\":\"topic\",\"topic\":3,\"until\":null,\"via\":\"one-click\"}",null]`

const leafOf = (entry: string) => createHash('sha256').update('\0').update(entry).digest('hex')

describe('the leaf hash of an event', () => {
  test('is SHA-256 over a zero byte and the canonical entry', () => {
    expect(toHex(leafHash(event))).toBe(leafOf(ENTRY))
  })

  test('never changes from release to release', () => {
    expect(toHex(leafHash(event))).toBe('9f2f2a29523db16804553dbbceeba347278660eef7fd54f6537a4637aa47bfec')
  })

  test('covers the encrypted evidence by its digest', () => {
    const sealed = new Uint8Array(40).fill(0xff)
    const digest = createHash('sha256').update(sealed).digest('base64url')
    const entry = ENTRY.replace(/null\]$/, `"${digest}"]`)
    expect(toHex(leafHash({ ...event, sealed }))).toBe(leafOf(entry))
  })

  test('says "nothing" for what an event does not have', () => {
    const entry = ENTRY.replace('1767225600000,1,2,', '1767225600000,1,null,').replace(
      '"q6urq6urq6urq6ur"',
      'null',
    )
    expect(toHex(leafHash({ ...event, workspace: null, addressId: null }))).toBe(leafOf(entry))
  })

  test('does not depend on the order in which the facts were put down', () => {
    const data = Object.fromEntries(Object.entries(event.data).reverse())
    expect(Object.keys(data)).not.toEqual(Object.keys(event.data))
    expect(leafHash({ ...event, data })).toEqual(leafHash(event))
  })

  test.for<[field: string, changed: Partial<LedgerEvent>]>([
    ['its id', { id: new Uint8Array(16) }],
    ['its time, by a millisecond', { at: event.at + 1 }],
    ['its tenant', { tenant: 2 }],
    ['its workspace', { workspace: 1 }],
    ['having a workspace', { workspace: null }],
    ['its type', { type: 'suppression.lifted' }],
    ['its actor', { actor: 'operator' }],
    ['its address id', { addressId: new Uint8Array(12).fill(0xac) }],
    ['having an address id', { addressId: null }],
    ['its subject', { subject: `${event.subject}A` }],
    ['a fact', { data: { ...event.data, topic: 4 } }],
    ['the kind of a fact', { data: { ...event.data, topic: '3' } }],
    ['the name of a fact', { data: { ...event.data, Topic: 3 } }],
    ['one fact more', { data: { ...event.data, x: null } }],
    ['no facts', { data: {} }],
    ['text that moves from one field to the next', { actor: 'recipient","', subject: '' }],
  ])('is another with another: %s', ([, changed]) => {
    expect(toHex(leafHash({ ...event, ...changed }))).not.toBe(toHex(leafHash(event)))
  })
})

test('the facts of an event are written with their names in code point order and without spaces', () => {
  expect(dataText({ b: 1, a: 'x', B: null, ä: true, aa: false, '10': 1, '9': 2 })).toBe(
    '{"10":1,"9":2,"B":null,"a":"x","aa":false,"b":1,"ä":true}',
  )
  expect(dataText({})).toBe('{}')
})
