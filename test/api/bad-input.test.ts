import { expect } from 'vitest'
import { test } from '../support/world.ts'

type Row = [
  what: string,
  path: string,
  init: { body?: unknown; raw?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> },
  status: number,
  answer: object,
]

const field = (name: string) => ({
  code: 'request.invalid',
  errors: expect.arrayContaining([{ field: name, message: expect.any(String) }]),
})
const json = { 'content-type': 'application/json' }
const many = Array.from({ length: 10_001 }, (_, i) => `r${i}@example.com`)
const entry = { address: 'ada@example.com', scope: 'workspace', reason: 'manual' }

const rows: Row[] = [
  [
    'no content type',
    '/v1/check',
    { raw: '{}', headers: { 'content-type': '' } },
    415,
    { code: 'request.unsupported_media_type' },
  ],
  [
    'a form',
    '/v1/check',
    { raw: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    415,
    { expected: 'application/json' },
  ],
  ['no body', '/v1/check', { raw: '' }, 400, { code: 'request.malformed' }],
  [
    'half a JSON',
    '/v1/check',
    { raw: '{"addresses":[' },
    400,
    { code: 'request.malformed', detail: 'It is not JSON.' },
  ],
  [
    'bytes that are not UTF-8',
    '/v1/check',
    { raw: new Uint8Array([0x22, 0xff, 0x22]) },
    400,
    { code: 'request.malformed', detail: 'It is not UTF-8.' },
  ],
  [
    'more than 4 MiB',
    '/v1/check',
    { raw: ' '.repeat(4 * 1024 * 1024 + 1) },
    413,
    { code: 'request.too_large', limitBytes: 4_194_304 },
  ],
  ['an array', '/v1/check', { body: [] }, 400, { code: 'request.invalid' }],
  ['null', '/v1/check', { body: null }, 400, { code: 'request.invalid' }],
  ['neither addresses nor hashes', '/v1/check', { body: { topic: 'news' } }, 400, field('addresses')],
  [
    'addresses and hashes',
    '/v1/check',
    { body: { topic: 'news', addresses: [], sha256: [] } },
    400,
    field('addresses'),
  ],
  [
    'an address that is a number',
    '/v1/check',
    { body: { topic: 'news', addresses: ['a@b.de', 7] } },
    400,
    field('addresses[1]'),
  ],
  [
    'one address too many',
    '/v1/check',
    { body: { topic: 'news', addresses: many } },
    400,
    field('addresses'),
  ],
  [
    'an unknown purpose',
    '/v1/check',
    { body: { topic: 'news', addresses: [], purpose: 'spam' } },
    400,
    field('purpose'),
  ],
  [
    'an unknown field',
    '/v1/check',
    { body: { topic: 'news', addresses: [], adresses: [] } },
    400,
    field('adresses'),
  ],
  [
    'a field of Object itself',
    '/v1/check',
    { raw: '{"topic":"news","addresses":[],"constructor":1}' },
    400,
    field('constructor'),
  ],
  [
    'a field of Object itself in the query',
    '/v1/check?toString=1',
    { body: { topic: 'news', addresses: [] } },
    400,
    field('toString'),
  ],
  [
    'no topic, since a one-click is about a topic',
    '/v1/check',
    { body: { addresses: ['ada@example.com'] } },
    400,
    field('topic'),
  ],
  [
    'no topic, the purpose said',
    '/v1/check',
    { body: { sha256: [], purpose: 'marketing', freshness: 'nearby' } },
    400,
    field('topic'),
  ],
  [
    'a marketing topic called transactional',
    '/v1/check',
    { body: { topic: 'news', purpose: 'transactional', addresses: ['ada@example.com'] } },
    400,
    field('purpose'),
  ],
  [
    'a topic that does not exist, called transactional',
    '/v1/check',
    { body: { topic: 'none', purpose: 'transactional', addresses: [] } },
    404,
    { code: 'topic.not_found', topic: 'none' },
  ],
  [
    'a topic that does not exist',
    '/v1/check',
    { body: { topic: 'none', addresses: [] } },
    404,
    { code: 'topic.not_found', topic: 'none' },
  ],
  [
    "another tenant's topic",
    '/v1/check',
    { body: { topic: 'weekly', addresses: [] } },
    404,
    { code: 'topic.not_found' },
  ],
  ['links without a topic', '/v1/links', { body: { recipients: [] } }, 400, field('topic')],
  ['links to nobody', '/v1/links', { body: { topic: 'news' } }, 400, field('recipients')],
  ['links to too many', '/v1/links', { body: { topic: 'news', recipients: many } }, 400, field('recipients')],
  [
    'links of no topic of ours',
    '/v1/links',
    { body: { topic: 'weekly', recipients: [] } },
    404,
    { code: 'topic.not_found' },
  ],
  [
    'a message reference of 9 characters',
    '/v1/links',
    { body: { topic: 'news', recipients: [], messageRef: 'a'.repeat(9) } },
    400,
    field('messageRef'),
  ],
  [
    'a message reference with a line end',
    '/v1/links',
    { body: { topic: 'news', recipients: [], messageRef: 'a\r\nb' } },
    400,
    field('messageRef'),
  ],
  [
    'an entry with neither address nor hash',
    '/v1/suppressions',
    { body: { entries: [{ scope: 'workspace', reason: 'manual' }] } },
    400,
    field('entries[0].address'),
  ],
  [
    'an entry with both',
    '/v1/suppressions',
    { body: { entries: [{ ...entry, sha256: 'a' }] } },
    400,
    field('entries[0].address'),
  ],
  [
    'a topic entry without topic',
    '/v1/suppressions',
    { body: { entries: [entry, { ...entry, scope: 'topic' }] } },
    400,
    field('entries[1].topic'),
  ],
  [
    'a workspace entry with topic',
    '/v1/suppressions',
    { body: { entries: [{ ...entry, topic: 'news' }] } },
    400,
    field('entries[0].topic'),
  ],
  [
    'a scope that is none',
    '/v1/suppressions',
    { body: { entries: [{ ...entry, scope: 'world' }] } },
    400,
    field('entries[0].scope'),
  ],
  [
    'a reason that is none',
    '/v1/suppressions',
    { body: { entries: [{ ...entry, reason: 'paused' }] } },
    400,
    field('entries[0].reason'),
  ],
  [
    'a time without zone',
    '/v1/suppressions',
    { body: { entries: [{ ...entry, until: '2031-01-01T00:00:00' }] } },
    400,
    field('entries[0].until'),
  ],
  [
    'a day that is none',
    '/v1/suppressions',
    { body: { entries: [{ ...entry, until: '2031-02-30T00:00:00Z' }] } },
    400,
    field('entries[0].until'),
  ],
  [
    'an unknown field in an entry',
    '/v1/suppressions',
    { body: { entries: [{ ...entry, force: true }] } },
    400,
    field('entries[0].force'),
  ],
  [
    'one entry too many',
    '/v1/suppressions',
    { body: { entries: many.map(address => ({ ...entry, address })) } },
    400,
    field('entries'),
  ],
]

test.for(rows)('%s to %s', async ([, path, init, status, answer], { sharedWorld: world }) => {
  const response = await world.writesNothing(() =>
    world.fetch(path, {
      method: 'POST',
      headers: { ...json, authorization: `Bearer ${world.apiKey}`, ...init.headers },
      body: init.raw ?? JSON.stringify(init.body),
    }),
  )
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  const body = (await response.json()) as object
  expect({ ...body, status: response.status }).toMatchObject({ status, title: expect.any(String), ...answer })
})
