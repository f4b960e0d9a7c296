import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect } from 'vitest'
import { keyName, readApiKey } from '../../core/api-key.ts'
import { createKey, revokeKey } from '../../ops/provision-key.ts'
import { endless, linesIn, type Sending, saidOf, sendList, slowly } from '../support/list.ts'
import { answered, test, type World } from '../support/world.ts'

const hash = (address: string) => createHash('sha256').update(address).digest('hex')
const HEADER = 'line,address,sha256,state,scope,topic,reason,purpose,source,since,until,error'
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
const NDJSON = 'application/x-ndjson'

const suppress = async (world: World, entries: object[], key = world.apiKey) =>
  answered(await world.call('/v1/suppressions', { entries }, { key }))
const unsubscribe = async (world: World, address: string) =>
  world.fetch((await world.links(address)).unsubscribeUrl, { method: 'POST' })
const keyOf = async (world: World, permissions: Parameters<typeof createKey>[3]) =>
  (await createKey(world.endpoint, world.keyring, world.path, permissions)).text

/** Matches a list, which writes nothing, and returns what each line is answered. */
const matched = (world: World, body: RequestInit['body'], sending?: Sending) =>
  world.writesNothing(() => saidOf(world, 'match', body, sending))
/** Returns line, state and reasons of each answer. */
const short = (lines: Awaited<ReturnType<typeof matched>>) =>
  lines.map(({ line, state, suppressions, error }) =>
    [line, state, error, ...(suppressions ?? []).map(({ reason }: { reason: string }) => reason)]
      .filter(part => part !== undefined)
      .join(' '),
  )

describe('a match', () => {
  test('says of each line what stands for it, the strongest reason first, and writes nothing', async ({
    world,
  }) => {
    const until = new Date(Date.now() + 86_400_000).toISOString()
    await unsubscribe(world, 'ada@example.com')
    await suppress(world, [
      { address: 'ada@example.com', scope: 'workspace', reason: 'manual', until },
      { address: 'ada@example.com', scope: 'tenant', reason: 'complained' },
      { address: 'eve@example.com', scope: 'workspace', reason: 'bounced' },
    ])
    const list = `Name;E-Mail\nAda;"Ada <ADA@example.com>"\nBob;bob@example.com\n\nEve;${hash('eve@example.com')}\nJoe;joe\nKim;\n`
    const since = TIME
    expect(await matched(world, list)).toEqual([
      {
        line: 2,
        address: 'ADA@example.com',
        state: 'suppressed',
        suppressions: [
          { scope: 'tenant', reason: 'complained', source: 'sender', since },
          { scope: 'topic', topic: 'news', reason: 'unsubscribed', source: 'recipient', since },
          { scope: 'workspace', reason: 'manual', source: 'sender', since, until },
        ],
      },
      { line: 3, address: 'bob@example.com', state: 'not_suppressed', suppressions: [] },
      {
        line: 5,
        sha256: hash('eve@example.com'),
        state: 'suppressed',
        suppressions: [{ scope: 'workspace', reason: 'bounced', source: 'sender', since }],
      },
      { line: 6, state: 'refused', error: 'invalid_address' },
      { line: 7, state: 'refused', error: 'no_address' },
    ])
  })

  test('as CSV has a row for each suppression and one for a line without, and no formula', async ({
    world,
  }) => {
    await unsubscribe(world, '+ada@example.com')
    await suppress(world, [{ address: '+ada@example.com', scope: 'workspace', reason: 'manual' }])
    await saidOf(
      world,
      'import',
      'id,address,scope,topic,reason,source,since,purpose\nx,eve@example.com,workspace,,bounced,x,x,marketing\n',
    )
    const list = `email\n+ada@example.com\n=bob@example.com\neve@example.com\nx\n${hash('eve@example.com')}\n`
    const answer = await world.writesNothing(() => sendList(world, 'match', list, { query: '?format=csv' }))
    expect(answer.headers.get('content-type')).toContain('text/csv')
    const text = (await answer.text()).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    const eve = hash('eve@example.com')
    expect(text.split('\r\n')).toEqual([
      HEADER,
      `2,"'+ada@example.com",,suppressed,topic,news,unsubscribed,,recipient,TIME,,`,
      `2,"'+ada@example.com",,suppressed,workspace,,manual,,sender,TIME,,`,
      `3,"'=bob@example.com",,not_suppressed,,,,,,,,`,
      '4,eve@example.com,,suppressed,workspace,,bounced,marketing,import,TIME,,',
      '5,,,refused,,,,,,,,invalid_address',
      `6,,${eve},suppressed,workspace,,bounced,marketing,import,TIME,,`,
      '',
    ])
  })

  test('takes a list of subscribers, and looks at nothing in it but whom it names', async ({ world }) => {
    await suppress(world, [{ address: 'ada@example.com', scope: 'workspace', reason: 'manual' }])
    const list =
      'email,status,subscribed_at,OPTIN_TIME\nada@example.com,active,2026,x\neve@example.com,whim,,\n'
    expect(short(await matched(world, list))).toEqual(['2 suppressed manual', '3 not_suppressed'])
    const subscribers = 'email,subscribed_at\nada@example.com,2026\n'
    expect(short(await matched(world, subscribers))).toEqual(['2 suppressed manual'])
    const own = 'address,id,scope,reason,source,since\nada@example.com,x,nowhere,whim,x,x\n'
    expect(short(await matched(world, own))).toEqual(['2 suppressed manual'])
  })

  test('shows what the workspace sees: nothing of its sibling or another tenant, nor the platform’s list', async ({
    ownWorld: world,
  }) => {
    const entry = (scope: string, reason: string) => ({ address: 'ada@example.com', scope, reason })
    await suppress(world, [entry('workspace', 'manual')], world.siblingApiKey)
    await suppress(world, [entry('tenant', 'legal'), entry('workspace', 'bounced')], world.otherApiKey)
    const platform = await keyOf(world, ['suppressions:write', 'platform_suppressions:write'])
    await suppress(world, [entry('platform', 'complained')], platform)
    expect(short(await matched(world, 'ada@example.com\n'))).toEqual(['1 not_suppressed'])
    expect(await world.check('ada@example.com')).toMatchObject({ reason: 'complained', scope: 'platform' })
    await suppress(world, [entry('tenant', 'objected')], world.siblingApiKey)
    expect(short(await matched(world, 'ada@example.com\n'))).toEqual(['1 suppressed objected'])
  })

  test('forgets what has ended', async ({ world }) => {
    const until = new Date(Date.now() + 86_400_000).toISOString()
    await suppress(world, [{ address: 'ada@example.com', scope: 'workspace', reason: 'manual', until }])
    await world.update('suppression', 'until = ?', [Date.now() - 1])
    expect(short(await matched(world, 'ada@example.com\n'))).toEqual(['1 not_suppressed'])
  })

  test('knows a recipient by no address id: it says of another tenant’s as little as of one’s own', async ({
    world,
  }) => {
    await suppress(world, [{ address: 'ada@example.com', scope: 'tenant', reason: 'manual' }])
    const addressId = async (key: string) => {
      const call = world.call('/v1/address-ids', { addresses: ['ada@example.com'] }, { key })
      return (await answered(await call)).results[0].addressId
    }
    const ids = [await addressId(world.apiKey), await addressId(world.otherApiKey)]
    const rows = ids.flatMap(id => [`,${id}`, `ada@example.com,${id}`])
    expect(short(await matched(world, ['email,addressId', ...rows].join('\n')))).toEqual([
      '2 refused no_address',
      '3 suppressed manual',
      '4 refused no_address',
      '5 refused wrong_address_id',
    ])
  })
})

const shapes: [string, Uint8Array | string, Sending, string[]][] = [
  [
    'JSON lines',
    '{"email":"ada@example.com"}\n"eve@example.com"\n{}\nx\n',
    { type: NDJSON },
    ['1 suppressed manual', '2 not_suppressed', '3 refused no_address', '4 refused not_json'],
  ],
  [
    'UTF-16 and no header',
    Buffer.from('ada@example.com\r\neve@example.com', 'utf16le'),
    {},
    ['1 suppressed manual', '2 not_suppressed'],
  ],
  [
    'the type that Windows gives a CSV',
    'Mail\tName\nada@example.com\tAda\n',
    { type: 'application/vnd.ms-excel' },
    ['2 suppressed manual'],
  ],
  [
    'a charset of its own',
    Buffer.from('email;n\nada@example.com;J\xf6rg\nj\xf6rg@example.com;\n', 'latin1'),
    { type: 'text/csv; charset=windows-1252' },
    ['2 suppressed manual', '3 not_suppressed'],
  ],
  [
    'letters of no charset',
    Buffer.from('email\nj\xf6rg@example.com\n', 'latin1'),
    {},
    ['2 refused not_utf8'],
  ],
  [
    'UTF-8 under another name',
    'email\njörg@example.com\n',
    { type: 'text/csv; charset=koi8-r' },
    ['2 refused wrong_charset'],
  ],
  [
    'a column that is named',
    'email,alt\nx@example.com,ada@example.com\n',
    { query: '?addressColumn=alt' },
    ['2 suppressed manual'],
  ],
  ['the place of a column', 'Ada,ada@example.com\n', { query: '?addressColumn=2' }, ['1 suppressed manual']],
  [
    'one recipient twice',
    'ada@example.com\nADA@example.com\n',
    {},
    ['1 suppressed manual', '2 suppressed manual'],
  ],
  [
    'quotes that are left open',
    'email\n"ada@example.com\neve@example.com\n',
    {},
    ['2 refused unclosed_quote', '3 not_suppressed'],
  ],
  [
    'a line that is too long',
    `email\n${'x'.repeat(70_000)}\nada@example.com\n`,
    {},
    ['2 refused too_long', '3 suppressed manual'],
  ],
  ['nothing in it', '', {}, []],
]

test.for(shapes)(
  'a match of a list with %s answers each of its lines',
  async ([, body, sending, expected], { world }) => {
    await suppress(world, [{ address: 'ada@example.com', scope: 'workspace', reason: 'manual' }])
    expect(short(await matched(world, body as string, sending))).toEqual(expected)
    const query = `${sending.query ?? '?'}&format=csv`.replace('?&', '?')
    const answer = await sendList(world, 'match', body as string, { ...sending, query })
    expect((await answer.text()).split('\r\n').map(row => row.split(',')[0])).toEqual([
      'line',
      ...expected.map(row => row.split(' ')[0]),
      '',
    ])
  },
)

const refused: [string, RequestInit['body'], Sending & { encoding?: string }, number, object][] = [
  ['JSON as a whole', '{}', { type: 'application/json' }, 415, { code: 'request.unsupported_media_type' }],
  ['gzip', gzipSync('email\nada@example.com\n'), {}, 415, { code: 'import.encoding' }],
  [
    'gzip that says so',
    gzipSync('email\nada@example.com\n'),
    { encoding: 'gzip' },
    415,
    { code: 'request.unsupported_media_type' },
  ],
  ['a zip', Buffer.from('PK\x03\x04 ada@example.com\n'), {}, 415, { code: 'import.encoding' }],
  ['a charset nobody knows', 'x', { type: 'text/csv; charset=klingon' }, 415, { code: 'import.encoding' }],
  ['no columns we know', 'a,b\n1,2\n', {}, 400, { code: 'import.no_address_column' }],
  [
    'a column that is not there',
    'email\na@b.example\n',
    { query: '?addressColumn=x' },
    400,
    { code: 'import.no_address_column' },
  ],
  ['a header alone', 'email\r\n', {}, 400, { code: 'import.nothing_read' }],
  ['blank lines alone', '\r\r\r', {}, 400, { code: 'import.nothing_read' }],
  ['a format nobody knows', 'x', { query: '?format=xml' }, 400, { errors: [{ field: 'format' }] }],
  [
    'a column without a name',
    'x',
    { query: '?addressColumn=' },
    400,
    { errors: [{ field: 'addressColumn' }] },
  ],
  ['a scope', 'x', { query: '?scope=workspace' }, 400, { errors: [{ field: 'scope' }] }],
]

test.for(refused)(
  'a match of %s is refused whole',
  async ([, body, { encoding, ...sending }, status, answer], { sharedWorld: world }) => {
    const sent = encoding
      ? world.call('/v1/suppressions/match', null, {
          body: body as string,
          headers: { 'content-type': 'text/csv', 'content-encoding': encoding },
        })
      : sendList(world, 'match', body, sending)
    const response = await world.writesNothing(() => sent)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject(answer)
  },
)

test('a key that reads suppressions may match, and one that only writes them may not', async ({ world }) => {
  const list = 'ada@example.com\n'
  const reading = await keyOf(world, ['suppressions:read'])
  expect(short(await matched(world, list, { key: reading }))).toEqual(['1 not_suppressed'])
  for (const [key, status, code] of [
    [await keyOf(world, ['suppressions:write']), 403, 'key.forbidden'],
    ['floe_x', 401, 'key.invalid'],
  ] as const) {
    const answer = await world.writesNothing(() => sendList(world, 'match', list, { key }))
    expect([answer.status, await answer.json()]).toMatchObject([status, { code }])
  }
})

/** Reads an answer line by line, as it comes. */
async function* linesOf(answer: Response): AsyncGenerator<string> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split(/\r?\n/)
    rest = lines.pop()!
    yield* lines
  }
}

const many = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `r${from + i}@example.com\n`).join('')

describe('a long list', () => {
  test('is answered while it goes out, each line once and in order', async ({ world }) => {
    const every = Array.from({ length: 80 }, (_, i) => i * 100)
    await suppress(
      world,
      every.map(i => ({ address: `r${i}@example.com`, scope: 'workspace', reason: 'manual' })),
    )
    const { body, write, close } = slowly()
    const sending = sendList(world, 'match', body)
    write(many(0, 5000))
    const lines = linesOf(await sending)
    const said: string[] = []
    const next = async () => said.push((await lines.next()).value!)
    // The first batch is answered once a second one has come, and nothing has ended yet.
    for (let i = 0; i < 2000; i++) await next()
    write(many(5000, 8000))
    close()
    for (let i = 2000; i < 8000; i++) await next()
    expect((await lines.next()).done).toBe(true)
    const answers = said.map(line => JSON.parse(line))
    expect(answers.map(({ line, address }) => `${line} ${address}`)).toEqual(
      Array.from({ length: 8000 }, (_, i) => `${i + 1} r${i}@example.com`),
    )
    expect(answers.flatMap(({ state }, i) => (state === 'suppressed' ? i : []))).toEqual(every)
  })

  test('that cannot be finished says so in its last line', async ({ world }) => {
    for (const format of ['ndjson', 'csv'] as const) {
      const key = await keyOf(world, ['suppressions:read'])
      const { body, write, close } = slowly()
      const sending = sendList(world, 'match', body, { key, query: `?format=${format}` })
      write(many(0, 4100))
      const lines = linesOf(await sending)
      const said: string[] = []
      for (let i = 0; i < 2000; i++) said.push((await lines.next()).value!)
      await revokeKey(world.endpoint, keyName(readApiKey(world.keyring, key)!.keyId))
      write(many(4100, 9000))
      close()
      for await (const line of lines) said.push(line)
      expect(said.length).toBeLessThan(9000)
      if (format === 'ndjson')
        expect(linesIn(said.at(-1)!)).toEqual([{ type: 'failed', code: 'key.invalid' }])
      else expect(said.at(-1)).toBe('match failed: key.invalid,,,,,,,,,,,')
    }
  })

  test('of one endless line is refused in bounded memory, and such a line in a list is answered as too long', async ({
    sharedWorld: world,
  }) => {
    const answer = await world.writesNothing(() => sendList(world, 'match', endless('')))
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'import.no_address_column' }])
    expect(short(await matched(world, endless('email\n')))).toEqual(['2 refused too_long'])
  })
})
