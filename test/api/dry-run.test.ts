import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { reasonOf } from '../../core/codes/reason.ts'
import type { ImportLine } from '../../worker/suppression/import-api.ts'
import { test, type World } from '../support/world.ts'

const FIXTURES = 'test/fixtures/imports'
const hash = (address: string) => createHash('sha256').update(address).digest('hex')

interface Upload {
  query?: string
  type?: string
  headers?: Record<string, string>
  key?: string
}

const send = (
  world: World,
  body: string | Uint8Array,
  { query = '', type = 'text/csv', headers, key = world.apiKey }: Upload = {},
) =>
  world.fetch(`/v1/suppressions/import?${query}`, {
    method: 'POST',
    body: body as string,
    headers: { authorization: `Bearer ${key}`, 'content-type': type, ...headers },
  })

async function linesOf(answer: Response): Promise<ImportLine[]> {
  const text = await answer.text()
  expect(answer.status, text).toBe(200)
  return text
    .split('\n')
    .filter(line => line)
    .map(line => JSON.parse(line))
}

/** Asks what would become of a file, and expects that nothing of the tenant's was written, no import either. */
async function tried(world: World, body: string | Uint8Array, upload: Upload = {}): Promise<ImportLine[]> {
  const imports = () => world.sql('SELECT * FROM import')
  const before = await imports()
  const query = `dryRun=true&${upload.query ?? ''}`
  const lines = await world.writesNothing(async () => linesOf(await send(world, body, { ...upload, query })))
  expect(await imports()).toEqual(before)
  return lines
}

const ofType = <Type extends ImportLine['type']>(lines: readonly ImportLine[], type: Type) =>
  lines.filter((line): line is Extract<ImportLine, { type: Type }> => line.type === type)
const remarks = (lines: readonly ImportLine[]) =>
  lines.filter(({ type }) => type === 'refused' || type === 'noted')

/** Returns how many suppressions of the tenant there are for each reason. */
async function counted(world: World): Promise<Record<string, number>> {
  const rows = await world.sql('SELECT reason, count(*) FROM suppression GROUP BY reason')
  return Object.fromEntries(rows.map(([reason, count]) => [reasonOf(Number(reason)), Number(count)]))
}

test('a dry run says what each column is taken for, shows what would become of lines, counts, and writes nothing', async ({
  world,
}) => {
  const csv = [
    'E-Mail;Vorname;Status;Abgemeldet am',
    'Ada <ada@example.com>;Ada;unsubscribed;01.06.2025 12:34',
    'bob@example.com;Bob;bounced;',
    'nobody;Eve;bounced;',
    'eve@example.com;Eve;complained;06/01/2025',
    'cy@example.com;Cy;subscribed;',
  ].join('\n')
  expect(await tried(world, csv, { query: 'scope=tenant' })).toEqual([
    {
      type: 'columns',
      line: 1,
      delimiter: ';',
      charset: 'utf-8',
      columns: [
        { place: 1, heading: 'E-Mail', as: 'address' },
        { place: 2, heading: 'Vorname', as: 'ignored' },
        { place: 3, heading: 'Status', as: 'status' },
        { place: 4, heading: 'Abgemeldet am', as: 'time' },
      ],
    },
    {
      type: 'sample',
      line: 2,
      address: 'ada@example.com',
      reason: 'unsubscribed',
      scope: 'tenant',
      since: '2025-06-01T12:34:00.000Z',
    },
    { type: 'sample', line: 3, address: 'bob@example.com', reason: 'bounced', scope: 'tenant' },
    { type: 'sample', line: 4, address: 'nobody', error: 'invalid_address' },
    { type: 'sample', line: 5, address: 'eve@example.com', reason: 'complained', scope: 'tenant' },
    { type: 'sample', line: 6, address: 'cy@example.com', error: 'not_suppressed' },
    { type: 'refused', line: 4, error: 'invalid_address' },
    { type: 'noted', line: 5, note: 'unknown_time' },
    { type: 'refused', line: 6, error: 'not_suppressed' },
    {
      type: 'done',
      line: 6,
      offset: csv.length,
      added: 3,
      unchanged: 0,
      refused: 2,
      reasons: { unsubscribed: 1, bounced: 1, complained: 1 },
    },
  ])
})

type Taken = [what: string, file: string, columns: string, upload?: Upload & { reason?: string }]

const FLOE = 'address,sha256,id,scope,topic,reason,source,since,until,purpose'
const TAKEN: Taken[] = [
  [
    'whose kind says why of every line',
    'Email Address,UNSUB_TIME,UNSUB_REASON\na@b.example,2025-01-01,SPAM\n',
    'address time reason',
    { reason: 'unsubscribed' },
  ],
  [
    'with a column that says both whether and since when',
    'email,unsubscribed_at\na@b.example,2025-01-01\n',
    'address flag+time',
  ],
  [
    'of SendGrid',
    'status,reason,email,created\n5.1.1,550 5.1.1 x,a@b.example,1\n',
    'status reason address time',
  ],
  ['of hashes', `sha256;x\n${hash('a@b.example')};\n`, 'sha256 ignored'],
  ['of addresses and hashes', `email,email_sha256\na@b.example,${hash('a@b.example')}\n`, 'address sha256'],
  [
    'of Floe',
    `${FLOE}\na@b.example,,sup_a,workspace,,bounced,import,2025-01-01T00:00:00.000Z,,\n`,
    'address sha256 ignored reach reach reason ignored time reach reach',
  ],
  [
    'of topics and scopes that are not Floe’s',
    'email,topic,scope\na@b.example,x,y\n',
    'address ignored ignored',
  ],
  ['without a header', 'a@b.example,Ada\n', 'address ignored'],
  [
    'without a header, with places that are named',
    '2025-01-01,bounced,a@b.example\n',
    'time reason address',
    { query: 'addressColumn=3&reasonColumn=2&timeColumn=1' },
  ],
  [
    'with columns that are named',
    'email,Mail 2,status,unsub_time,Wann,Warum\nx,a@b.example,bounced,2024-01-01,2025-01-01,complaint\n',
    'ignored address ignored ignored time reason',
    { query: 'addressColumn=Mail%202&reasonColumn=Warum&timeColumn=Wann' },
  ],
  [
    'with a column of flags that is named',
    'email,opted_out,status\na@b.example,yes,x\n',
    'address flag ignored',
    { query: 'reasonColumn=opted_out' },
  ],
  [
    'of JSON',
    '\n{"EmailAddress":"a@b.example","Reason":"BOUNCE","LastUpdateTime":"2025-01-01","n":1}\n',
    'address reason time ignored',
    { type: 'application/x-ndjson' },
  ],
  [
    'of JSON whose first line is too long',
    `"${'x'.repeat(70_000)}"\n{"email":"a@b.example","n":1}\n`,
    'address ignored',
    { type: 'application/x-ndjson' },
  ],
  ['of JSON without an address', '{"a":1}\n', 'ignored', { type: 'application/x-ndjson' }],
  ['of JSON that is none', '{"a"\n', '', { type: 'application/x-ndjson' }],
  [
    'of JSON of subscribers',
    '{"email":"a@b.example","subscribed_at":"2025-01-01"}\n',
    'address ignored',
    { type: 'application/x-ndjson' },
  ],
  ['of nothing', '', ''],
]

test.for(TAKEN)(
  'of a file %s, a dry run says what its columns are taken for',
  async (given, { sharedWorld }) => {
    const [, file, expected, { reason, ...upload } = {}] = given
    const [first] = await tried(sharedWorld, file, upload)
    if (first?.type !== 'columns') throw new Error('the first line tells of columns')
    const uses: string[] = []
    for (const { place, as } of first.columns)
      uses[place - 1] = uses[place - 1] ? `${uses[place - 1]}+${as}` : as
    expect([uses.join(' '), first.reason]).toEqual([expected, reason])
  },
)

test('a sample without an address names none', async ({ sharedWorld: world }) => {
  const [sample] = ofType(await tried(world, 'email,x\n,Ada\n'), 'sample')
  expect(sample).toEqual({ type: 'sample', line: 2, error: 'no_address' })
})

test('a dry run says behind which line the data begins', async ({ sharedWorld: world }) => {
  const titled = 'sep=;\nOur list\n\nname;email\nAda;a@b.example\n'
  expect(await tried(world, titled)).toMatchObject([{ line: 4 }, { type: 'sample', line: 5 }, { line: 5 }])
  for (const file of ['a@b.example\n', '']) {
    const lines = await tried(world, file)
    expect(lines[0]).toMatchObject({ type: 'columns', line: 0 })
    expect(lines.at(-1)).toMatchObject({ type: 'done', offset: file.length })
  }
})

test('a dry run names delimiter and charset as it reads them', async ({ sharedWorld: world }) => {
  const wide = Buffer.from('\ufeffemail\tx\r\none@example.com\t\r\n', 'utf16le')
  expect((await tried(world, wide))[0]).toMatchObject({ delimiter: '\t', charset: 'utf-16le' })
  const type = 'text/csv; charset=latin1'
  expect((await tried(world, 'email\na@b.example\n', { type }))[0]).toMatchObject({ charset: 'windows-1252' })
})

describe('a dry run decides as the import does, and counts as it will', () => {
  test.for(readdirSync(FIXTURES))('on %s', async (name, { world }) => {
    const file = readFileSync(`${FIXTURES}/${name}`)
    const upload = {
      type: name.endsWith('.csv') ? 'text/csv' : 'application/x-ndjson',
      query: 'reason=objected',
    }
    const dry = await tried(world, file, upload)
    const real = await linesOf(await send(world, file, upload))
    expect(remarks(dry)).toEqual(remarks(real))
    const [done] = ofType(dry, 'done')
    const { reasons, ...totals } = done!
    expect([totals]).toEqual(ofType(real, 'done'))
    expect(await counted(world)).toEqual(reasons)
    // What it wrote is there now.
    expect(ofType(await tried(world, file, upload), 'done')).toMatchObject([
      { added: 0, unchanged: totals.added + totals.unchanged },
    ])
  })

  test('of what is there by other reasons, scopes, people and tenants', async ({ world }) => {
    await linesOf(await send(world, 'one@example.com\ntwo@example.com\n', { query: 'reason=bounced' }))
    await linesOf(await send(world, 'three@example.com\n', { key: world.siblingApiKey }))
    await linesOf(await send(world, 'three@example.com\n', { key: world.otherApiKey }))
    await linesOf(await send(world, 'four@example.com\n', { query: 'scope=tenant' }))
    await world.fetch((await world.links('five@example.com')).unsubscribeUrl, { method: 'POST' })
    const file =
      'email,why\none@example.com,bounced\ntwo@example.com,spam\nthree@example.com,\nfour@example.com,\n'
    const upload = { query: 'reasonColumn=why' }
    const totals = { added: 3, unchanged: 1, refused: 0 }
    expect(ofType(await tried(world, file, upload), 'done')).toMatchObject([totals])
    expect(ofType(await linesOf(await send(world, file, upload)), 'done')).toMatchObject([totals])
  })

  test('of what a recipient said, which the import confirms while an undo could lift it', async ({
    world,
  }) => {
    await world.fetch((await world.links('one@example.com')).unsubscribeUrl, { method: 'POST' })
    const upload = { query: 'scope=topic&topic=news&reason=unsubscribed' }
    const fresh = ofType(await tried(world, 'one@example.com\n', upload), 'done')
    expect(fresh).toMatchObject([{ added: 1, unchanged: 0 }])
    await world.update('suppression', 'at = at - 100000000')
    const old = ofType(await tried(world, 'one@example.com\n', upload), 'done')
    expect(old).toMatchObject([{ added: 0, unchanged: 1 }])
    expect(ofType(await linesOf(await send(world, 'one@example.com\n', upload)), 'done')).toMatchObject([
      { added: 0, unchanged: 1 },
    ])
  })
})

test('a dry run of many lines says how far it is, shows ten lines, and counts who stands there twice, far apart, twice', async ({
  world,
}) => {
  const addresses = Array.from({ length: 5000 }, (_, i) => `r${i}@example.com\n`)
  const csv = `${addresses.join('')}r0@example.com\nr4999@example.com\n`
  const lines = await tried(world, csv)
  expect(lines.slice(0, 11).map(({ type }) => type)).toEqual(['columns', ...Array(10).fill('sample')])
  expect(ofType(lines, 'sample').map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(ofType(lines, 'progress').map(({ line, added }) => [line, added])).toEqual([
    [2000, 2000],
    [4000, 4000],
  ])
  expect(lines.at(-1)).toEqual({
    type: 'done',
    line: 5002,
    offset: csv.length,
    added: 5001,
    unchanged: 1,
    refused: 0,
    reasons: { imported: 5002 },
  })
})

test('a dry run leaves an import that has a name as it stands', async ({ world }) => {
  const named = { headers: { 'idempotency-key': 'spring' } }
  await linesOf(await send(world, 'one@example.com\n', named))
  expect(await tried(world, 'one@example.com\ntwo@example.com\n')).toContainEqual(
    expect.objectContaining({ type: 'done', added: 1, unchanged: 1 }),
  )
})

const refused: [string, string | Uint8Array, Upload, number, object][] = [
  [
    'a name',
    'a@b.example\n',
    { headers: { 'Idempotency-Key': 'a' } },
    400,
    { errors: [{ field: 'Idempotency-Key' }] },
  ],
  [
    'an offset',
    'a@b.example\n',
    { headers: { 'Upload-Offset': '0' } },
    400,
    { errors: [{ field: 'Upload-Offset' }] },
  ],
  ['another yes', 'a@b.example\n', { query: 'dryRun=yes' }, 400, { errors: [{ field: 'dryRun' }] }],
  [
    'two answers',
    'a@b.example\n',
    { query: 'dryRun=true&dryRun=false' },
    400,
    { errors: [{ field: 'dryRun' }] },
  ],
  [
    'a reason nobody may import',
    'x',
    { query: 'dryRun=true&reason=legal' },
    400,
    { errors: [{ field: 'reason' }] },
  ],
  [
    "another tenant's topic",
    'x',
    { query: 'dryRun=true&scope=topic&topic=weekly' },
    404,
    { code: 'topic.not_found' },
  ],
  ['no columns we know', 'a,b\n1,2\n', {}, 400, { code: 'import.no_address_column' }],
  [
    'a column that is not there',
    'email\na@b.example\n',
    { query: 'dryRun=true&timeColumn=x' },
    400,
    { code: 'import.no_address_column' },
  ],
  [
    'people who are subscribed',
    'email,subscribed_at\na@b.example,2026\n',
    {},
    400,
    { code: 'import.subscribers' },
  ],
  ['a header alone', 'email\r\n', {}, 400, { code: 'import.nothing_read' }],
  ['a zip', Buffer.from('PK\x03\x04 one@example.com\n'), {}, 415, { code: 'import.encoding' }],
  ['JSON as a whole', '{}', { type: 'application/json' }, 415, { code: 'request.unsupported_media_type' }],
]

test.for(refused)(
  'a dry run with %s is refused whole',
  async ([, body, { query = 'dryRun=true', ...upload }, status, answer], { sharedWorld: world }) => {
    const response = await world.writesNothing(() => send(world, body, { query, ...upload }))
    expect([response.status, await response.json()]).toMatchObject([status, answer])
  },
)

test('a dry run needs the permission of an import', async ({ world }) => {
  const made = await world.call('/v1/api-keys', { permissions: ['suppressions:read', 'addresses:check'] })
  const { key } = (await made.json()) as { key: string }
  const answer = await send(world, 'a@b.example\n', { query: 'dryRun=true', key })
  expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'key.forbidden' }])
})

test('a dry run ends where its key does, and says how far it came', async ({ world }) => {
  const made = await world.call('/v1/api-keys', { permissions: ['suppressions:write'] })
  const { id, key } = (await made.json()) as { id: string; key: string }
  let sent: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      sent = controller
    },
  })
  const write = (from: number) =>
    sent!.enqueue(Buffer.from(Array.from({ length: 2500 }, (_, i) => `r${from + i}@example.com\n`).join('')))
  const answering = world.fetch('/v1/suppressions/import?dryRun=true', {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
    duplex: 'half',
  } as RequestInit)
  write(0)
  const reader = (await answering).body!.pipeThrough(new TextDecoderStream()).getReader()
  const until = async (type: string) => {
    let text = ''
    while (!text.includes(`"type":"${type}"`) || !text.endsWith('\n')) text += (await reader.read()).value
    return JSON.parse(text.trim().split('\n').at(-1)!)
  }
  expect(await until('progress')).toMatchObject({ line: 2000 })
  expect((await world.call(`/v1/api-keys/${id}`, undefined, { method: 'DELETE' })).status).toBe(200)
  write(2500)
  sent!.close()
  expect(await until('failed')).toMatchObject({ code: 'key.invalid', line: 2000, added: 2000 })
  expect(await world.sql('SELECT count(*) FROM suppression')).toEqual([[0]])
})

test('dryRun=false is an import', async ({ world }) => {
  const done = await linesOf(await send(world, 'one@example.com\n', { query: 'dryRun=false' }))
  expect(done).toEqual([{ type: 'done', line: 1, offset: 16, added: 1, unchanged: 0, refused: 0 }])
  expect((await world.check('one@example.com')).reason).toBe('imported')
})
