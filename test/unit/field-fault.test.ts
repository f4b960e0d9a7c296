import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import type { Fault } from '../../core/fault.ts'
import { createKey } from '../../worker/access/api.ts'
import type { Schema } from '../../worker/call/operation.ts'
import { recordConsents } from '../../worker/consent/api.ts'
import { parse } from '../../worker/http/field-fault.ts'
import { readEvents } from '../../worker/ledger/api.ts'
import { updatePreferences } from '../../worker/preference/api.ts'
import { addSuppressions } from '../../worker/suppression/api.ts'
import { checkAddresses } from '../../worker/suppression/check-api.ts'
import { listWebhookEndpoints } from '../../worker/webhook/api.ts'

function faultsOf(schema: Schema, given: unknown): Record<string, string> {
  try {
    parse(schema, given)
    return {}
  } catch (error) {
    const { detail } = error as Fault
    if (detail.code !== 'request.invalid') throw error
    return Object.fromEntries(detail.errors.map(({ field, message }) => [field, message]))
  }
}

const entry = { address: 'ada@example.com', scope: 'workspace', reason: 'manual' }

/** What is sent, and what is said of its fields. */
const CASES: [name: string, schema: Schema, given: unknown, said: Record<string, string>][] = [
  ['a body that is no object', checkAddresses.input, [], { '': 'must be an object' }],
  [
    'a field with a letter too few, and another with one too many',
    checkAddresses.input,
    { topics: 'news', adresses: ['ada@example.com'] },
    {
      topics: 'is not a field of this call; did you mean "topic"?',
      adresses: 'is not a field of this call; did you mean "addresses"?',
      addresses: 'give exactly one of addresses and sha256',
      topic: 'is needed: name what the mail is about; GET /v1/topics lists your topics',
    },
  ],
  [
    'a field that is like none',
    addSuppressions.input,
    { entries: [entry], colour: 'red' },
    { colour: 'is not a field of this call' },
  ],
  [
    'a field where none is taken',
    listWebhookEndpoints.input,
    { x: '1' },
    { x: 'is not a field of this call' },
  ],
  [
    'a field of another kind',
    checkAddresses.input,
    { topic: 'news', addresses: 'ada@example.com' },
    { addresses: 'must be a list' },
  ],
  [
    'a word that is none of those there are, and near one',
    addSuppressions.input,
    { entries: [{ ...entry, reason: 'bounce' }] },
    {
      'entries[0].reason':
        'must be "unsubscribed", "objected", "complained", "bounced", "manual", "legal" or "imported"; did you mean "bounced"?',
    },
  ],
  [
    'a number that is none of those there are',
    updatePreferences.input,
    { act: 'pause', days: 31 },
    { days: 'must be 30, 60 or 90' },
  ],
  [
    'a choice that is not made',
    updatePreferences.input,
    {},
    {
      act: 'is missing; it must be "save", "pause", "stop", "ask", "language", "opt_out_of_sale" or "undo"',
    },
  ],
  [
    'a time that is no time',
    addSuppressions.input,
    { entries: [{ ...entry, until: 'tomorrow' }] },
    { 'entries[0].until': 'must be a time such as 2026-11-20T09:30:00Z (RFC 3339)' },
  ],
  [
    'too little and too much',
    createKey.input,
    { name: '', permissions: [] },
    { name: 'must not be empty', permissions: 'must have at least 1 entry' },
  ],
  [
    'a list that is too long',
    checkAddresses.input,
    { topic: 'news', addresses: Array(10_001).fill('ada@example.com') },
    { addresses: 'must have at most 10,000 entries' },
  ],
  [
    'what is none of several shapes',
    z.strictObject({ either: z.union([z.string(), z.number()]) }),
    { either: [] },
    { either: 'is not as it has to be' },
  ],
  [
    'what is missing within a field',
    recordConsents.input,
    {
      entries: [
        { address: 'a@b.example', topic: 'news', basis: 'express', at: '2026-11-20T09:30:00Z', notice: {} },
      ],
    },
    { 'entries[0].notice.name': 'is missing', 'entries[0].notice.version': 'is missing' },
  ],
  [
    'numbers and yes or no in a query',
    readEvents.input,
    { limit: '0', wait: '99', evidence: 'yes' },
    {
      limit: 'must be 1 to 1000',
      wait: 'must be 0 to 25 seconds',
      evidence: 'must be true or false',
    },
  ],
]

describe('a field that is not right is named, in our own words, with what it must be', () => {
  test.for(CASES)('%s', ([, schema, given, said]) => {
    expect(faultsOf(schema, given)).toEqual(said)
  })

  test('of ten thousand faults the first twenty are told', () => {
    const entries = Array(10_000).fill({ ...entry, reason: 'bounce' })
    expect(Object.keys(faultsOf(addSuppressions.input, { entries }))).toHaveLength(20)
  })

  test('a field’s name as long as the body is not sent back whole', () => {
    const [name] = Object.keys(
      faultsOf(checkAddresses.input, { ['x'.repeat(70_000)]: 1, topic: 'news', addresses: [] }),
    )
    expect(name).toHaveLength(101)
  })

  test('a name out of JavaScript’s own is no field either', () => {
    const given = JSON.parse('{"__proto__": 1, "constructor": 1, "topic": "news", "addresses": []}')
    expect(Object.keys(faultsOf(checkAddresses.input, given)).sort()).toEqual(['__proto__', 'constructor'])
  })
})
