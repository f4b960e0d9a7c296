import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import type { ImportLine } from '../../worker/suppression/import-api.ts'
import { newRecipient } from '../conformance/client.ts'
import { openRelay } from '../conformance/relay.ts'
import { request } from '../support/consent.ts'
import { freeze } from '../support/freeze.ts'
import { endless, type Sending, saidOf, sendList, slowly } from '../support/list.ts'
import { answered, openWorld, test, type World } from '../support/world.ts'

const hash = (address: string) => createHash('sha256').update(address).digest('hex')

const send = (world: World, body: RequestInit['body'], how?: Sending) => sendList(world, 'import', body, how)
const imported = (world: World, body: RequestInit['body'], how?: Sending): Promise<ImportLine[]> =>
  saidOf(world, 'import', body, how)

/** Returns the lines of a list up to the `end`th recipient. */
const linesOf = (end: number, start = 0): string =>
  Array.from({ length: end - start }, (_, i) => `r${start + i}@example.com\n`).join('')

const PATIENT = { timeout: 30_000 }
const last = async (lines: Promise<ImportLine[]>) => (await lines).at(-1)
const reason = async (world: World, address: string) => (await world.check(address)).reason
const fixture = (name: string) => readFileSync(`test/fixtures/imports/${name}`)

describe('an import', () => {
  test('adds every address and hash, says so, and gives each its ledger event', async ({ world }) => {
    const csv = `email\none@example.com\nTWO@example.com\n${hash('three@example.com')}\n`
    const lines = await imported(world, csv)
    expect(lines).toEqual([{ type: 'done', line: 4, offset: csv.length, added: 3, unchanged: 0, refused: 0 }])
    for (const name of ['one', 'two', 'three']) {
      expect(await world.check(`${name}@example.com`)).toMatchObject({
        reason: 'imported',
        scope: 'workspace',
      })
    }
    const events = await world.sql("SELECT actor, data FROM event WHERE type = 'suppression.added'")
    expect(events).toHaveLength(3)
    expect(JSON.parse(events[0]![1] as string)).toMatchObject({ via: 'import', reason: 'imported' })
  })

  test('goes to the scope and topic it names, for the reason it names', async ({ world }) => {
    await imported(world, 'one@example.com\n', { query: '?scope=topic&topic=offers&reason=unsubscribed' })
    expect(await world.check('one@example.com', { topic: 'offers' })).toMatchObject({
      scope: 'topic',
      reason: 'unsubscribed',
    })
    expect(await world.check('one@example.com', { topic: 'news' })).toMatchObject({ decision: 'allow' })
  })

  test('reports each bad line by number and reason, and takes the rest', async ({ world }) => {
    const latin1 = Buffer.from('j\xf6rg@example.com', 'latin1')
    const csv = Buffer.concat([
      Buffer.from('email,name\r\ngood@example.com,"two\r\nlines"\r\nno address,x\r\n,nobody\r\n'),
      latin1,
      Buffer.from(
        `,J\r\n\r\n"open@example.com,x\r\nalso@example.com,y\r\n${'x'.repeat(1_000_000)}\r\nfine@example.com`,
      ),
    ])
    const lines = await imported(world, csv)
    expect(lines).toEqual([
      { type: 'refused', line: 4, error: 'invalid_address' },
      { type: 'refused', line: 5, error: 'no_address' },
      { type: 'refused', line: 6, error: 'not_utf8' },
      { type: 'refused', line: 8, error: 'unclosed_quote' },
      { type: 'refused', line: 10, error: 'too_long' },
      { type: 'done', line: 11, offset: csv.length, added: 3, unchanged: 0, refused: 5 },
    ])
    for (const name of ['good', 'also', 'fine'])
      expect(await reason(world, `${name}@example.com`)).toBe('imported')
  })

  test('suppresses whom a line names whose time it cannot read, and says which line that is', async ({
    world,
  }) => {
    const csv = 'email,unsub_time\none@example.com,06/01/2025\nnobody,\ntwo@example.com,2025-06-01\n'
    expect(await imported(world, csv)).toEqual([
      { type: 'noted', line: 2, note: 'unknown_time' },
      { type: 'refused', line: 3, error: 'invalid_address' },
      { type: 'done', line: 4, offset: csv.length, added: 2, unchanged: 0, refused: 1 },
    ])
    expect(await reason(world, 'one@example.com')).toBe('unsubscribed')
    const told = { query: '?dateOrder=month_first' }
    expect((await imported(world, csv, told)).map(({ type }) => type)).toEqual(['refused', 'done'])
  })

  test('never weakens or lifts what is there', async ({ world }) => {
    await world.fetch((await world.links('left@example.com')).unsubscribeUrl, { method: 'POST' })
    await world.call('/v1/suppressions', {
      entries: [{ address: 'spam@example.com', scope: 'workspace', reason: 'complained' }],
    })
    await imported(world, 'email,status\nleft@example.com,subscribed\nspam@example.com,unsubscribed\n')
    expect(await world.check('left@example.com')).toMatchObject({ reason: 'unsubscribed', scope: 'topic' })
    expect(await reason(world, 'spam@example.com')).toBe('complained')
  })

  test('again adds nothing and records nothing', async ({ world }) => {
    const csv = 'email\none@example.com\none@example.com\ntwo@example.com\n'
    expect(await last(imported(world, csv))).toMatchObject({ added: 2, unchanged: 1 })
    expect(await world.writesNothing(() => last(imported(world, csv)))).toMatchObject({
      added: 0,
      unchanged: 3,
    })
  })

  test('of eight thousand lines says how far it is, batch by batch', async ({ world }) => {
    const lines = await imported(world, linesOf(8000))
    const steps = lines.slice(0, -1)
    expect(steps[0]).toMatchObject({ line: 500 })
    for (const each of steps) expect(each).toMatchObject({ type: 'progress', added: each.line })
    expect(lines.at(-1)).toMatchObject({ type: 'done', added: 8000 })
    expect(await world.sql('SELECT count(*) FROM suppression')).toEqual([[8000]])
  })
})

test('an import beside sixteen people who click shrinks its batches, and every line and click is applied once', async ({
  world,
}) => {
  const people = await Promise.all(Array.from({ length: 16 }, () => newRecipient(world)))
  let isOver = false
  const clicking = people.map(async ({ url }) => {
    do expect((await world.fetch(url, { method: 'POST' })).status).toBe(200)
    while (!isOver)
  })
  const lines = await imported(world, linesOf(8000))
  isOver = true
  await Promise.all(clicking)
  expect(lines.at(-1)).toMatchObject({ type: 'done', added: 8000 })
  const sizes = lines.slice(1, -1).map(({ line }, i) => line! - lines[i]!.line!)
  expect([lines[0]!.line, Math.min(...sizes)]).toEqual([500, 200])
  expect(await world.sql('SELECT source, count(*) FROM suppression GROUP BY source')).toEqual([
    [1, 16],
    [3, 8000],
  ])
  expect(await world.sql("SELECT count(*) FROM event WHERE type = 'suppression.added'")).toEqual([[8016]])
})

test('an import waits for a database that stands still for a while, and takes every line once', async ({
  ownWorld: world,
}) => {
  const [known, late] = [await newRecipient(world), await newRecipient(world)]
  // A Worker that knows where the topic belongs answers a click from its journal, once it has given up on the database.
  await world.fetch(known.url, { method: 'POST' })
  const { body, write, close } = slowly()
  const ended = last(imported(world, body, { name: 'spring' }))
  write(linesOf(750))
  await expect.poll(() => world.sql('SELECT line FROM import'), PATIENT).toEqual([[500]])
  const pid = world.database.pids[0]!
  await freeze(pid)
  try {
    write(linesOf(7500, 750))
    close()
    expect((await world.fetch(late.url, { method: 'POST' })).status).toBe(200)
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  expect(await ended).toMatchObject({ type: 'done', added: 7500, unchanged: 0 })
  expect(await world.sql("SELECT count(*) FROM event WHERE data->>'via' = 'import'")).toEqual([[7500]])
})

test('an import whose batch was applied while its answer was lost takes the step for its own', async () => {
  const relay = await openRelay()
  const world = await openWorld({ bindings: { DATABASE_URL: relay.url } })
  relay.target = world.database.primaryUrl
  try {
    const { body, write, close } = slowly()
    const ended = last(imported(world, body, { name: 'spring' }))
    write('email\none@example.com\n')
    await expect.poll(() => world.sql('SELECT line FROM import'), PATIENT).toEqual([[0]])
    await relay.turn('loses the answer after the database has acted')
    write('two@example.com\n')
    close()
    await expect.poll(() => world.sql('SELECT added FROM import'), PATIENT).toEqual([[2]])
    await relay.turn('fair')
    expect(await ended).toMatchObject({ type: 'done', added: 2, unchanged: 0 })
    expect(await world.sql('SELECT count(*) FROM suppression')).toEqual([[2]])
  } finally {
    await world.close()
    await relay.close()
  }
})

describe('an import with a name', () => {
  const csv = 'email\none@example.com\ntwo@example.com\n'

  test('that broke off goes on where it stands, and ends as if it never had', async ({ world }) => {
    const bytes = Buffer.from(`email\n${linesOf(6000)}`)
    const CUT = 75_000
    const status = async () =>
      answered(
        await world.fetch('/v1/suppressions/import/spring', {
          headers: { authorization: `Bearer ${world.apiKey}` },
        }),
      )
    const { body, write, breakOff } = slowly()
    const broken = send(world, body, { name: 'spring' }).then(answer => answer.text())
    write(bytes.subarray(0, CUT))
    await expect.poll(() => world.sql('SELECT line > 0 FROM import'), PATIENT).toEqual([[1]])
    breakOff()
    await expect(broken).rejects.toThrow()

    const goOn = async (): Promise<ImportLine> => {
      const { offset, done } = await status()
      expect(done).toBe(false)
      expect(offset).toBeLessThan(CUT)
      const answer = await send(world, bytes.subarray(offset), { name: 'spring', offset })
      const end: ImportLine & { code?: string } = JSON.parse((await answer.text()).trim().split('\n').at(-1)!)
      // What was on its way when the line went dead may come in between.
      return /^import\.(offset|conflict)$/.test(end.code ?? '') ? goOn() : end
    }
    expect(await goOn()).toEqual({
      type: 'done',
      line: 6001,
      offset: bytes.length,
      added: 6000,
      unchanged: 0,
      refused: 0,
    })
    expect(await world.sql("SELECT count(*) FROM event WHERE type = 'suppression.added'")).toEqual([[6000]])
  })

  test('that is done answers the same again, whatever is sent', async ({ world }) => {
    const done = await last(imported(world, csv, { name: 'spring' }))
    expect(
      await world.writesNothing(() => last(imported(world, 'other@example.com', { name: 'spring' }))),
    ).toEqual(done)
  })

  test('is refused where it does not stand, with where it does', async ({ world }) => {
    const refused = await world.writesNothing(() => send(world, 'x@example.com\n', { name: 'a', offset: 10 }))
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'import.offset', offset: 0 }])
  })

  test("is the workspace's own, and keeps its parameters", async ({ world }) => {
    await imported(world, 'email\none@example.com\n', { name: 'a' })
    for (const query of ['?reason=bounced', '?timeColumn=email', '?dateOrder=day_first']) {
      const reused = await world.writesNothing(() => send(world, csv, { name: 'a', query }))
      expect([reused.status, await reused.json()]).toMatchObject([422, { code: 'import.key_reused' }])
    }
    for (const key of [world.siblingApiKey, world.otherApiKey]) {
      const theirs = await world.fetch('/v1/suppressions/import/a', {
        headers: { authorization: `Bearer ${key}` },
      })
      expect([theirs.status, await theirs.json()]).toMatchObject([404, { code: 'import.not_found' }])
      const end = last(imported(world, 'two@example.com\n', { name: 'a', key }))
      expect(await end).toMatchObject({ added: 1 })
    }
  })
})

const exports: [string, string, Record<string, string | undefined>][] = [
  ['mailchimp-unsubscribed.csv', '', { one: 'unsubscribed', two: 'unsubscribed' }],
  ['mailchimp-cleaned.csv', '', { one: 'bounced', two: 'bounced' }],
  ['sendgrid-bounces.csv', '', { one: 'bounced', two: 'bounced' }],
  ['sendgrid-spam-reports.csv', '', { one: 'complained', two: 'complained' }],
  ['sendgrid-unsubscribes.csv', '?reason=unsubscribed', { one: 'unsubscribed', two: 'unsubscribed' }],
  ['postmark-suppressions.csv', '', { one: 'bounced', two: 'complained', three: 'manual' }],
  ['mailgun-bounces.csv', '', { one: 'bounced', two: 'bounced' }],
  ['mailgun-unsubscribes.csv', '', { one: 'unsubscribed', two: 'unsubscribed' }],
  ['mailgun-complaints.csv', '?reason=complained', { one: 'complained', two: 'complained' }],
  ['ses-suppressed-destinations.csv', '', { one: 'bounced', two: 'complained' }],
  ['ses-suppressed-destinations.ndjson', '', { one: 'bounced', two: 'complained' }],
  ['listmonk-subscribers.csv', '', { one: 'manual', two: undefined, three: 'manual' }],
]

test.for(exports)('%s is understood as it comes', async ([name, query, expected], { world }) => {
  const type = name.endsWith('.csv') ? 'text/csv' : 'application/x-ndjson'
  await imported(world, fixture(name), { query, type })
  const found = Object.fromEntries(
    await Promise.all(
      Object.keys(expected).map(async who => [who, await reason(world, `${who}@example.com`)]),
    ),
  )
  expect(found).toEqual(expected)
})

const spellings: [string, Uint8Array | string, string][] = [
  ['semicolons', 'Name;Email\nAda;one@example.com\n', 'text/csv'],
  ['tabs', 'Name\tE-Mail\nAda\tone@example.com\n', 'text/csv; charset=utf-8'],
  ['a byte order mark', '\ufeffemail\none@example.com\n', 'text/csv'],
  ['no header', 'one@example.com\n', 'text/csv'],
  ['no line end', 'one@example.com', 'text/csv'],
  ['CRLF and LF mixed', 'email,x\r\n"one@example.com","a"\nx,y', 'text/csv'],
  ['hashes in upper case', `SHA256\n${hash('one@example.com').toUpperCase()}\n`, 'text/csv'],
  ['UTF-16', Buffer.from('\ufeffemail\r\none@example.com\r\n', 'utf16le'), 'text/csv'],
  ['UTF-16 without a mark', Buffer.from('email\none@example.com\n', 'utf16le').swap16(), 'text/csv'],
  [
    'Windows-1252',
    Buffer.from('n,email\nJ\xfcrgen,one@example.com\n', 'latin1'),
    'text/csv; charset="ISO-8859-1"',
  ],
  [
    'Shift_JIS',
    Buffer.from('\x83\x81\x81\x5b\x83\x8b\rone@example.com\r', 'latin1'),
    'text/csv; charset=Shift_JIS',
  ],
  ['the type of plain text', 'email\none@example.com\n', 'text/plain; charset=us-ascii'],
  ['the type that Windows gives a CSV', 'email\none@example.com\n', 'application/vnd.ms-excel'],
  ['the type of tabs', 'a\temail\nx\tone@example.com\n', 'text/tab-separated-values'],
  ['JSON strings', '"one@example.com"\n', 'application/x-ndjson'],
  ['JSON with a hash', `{"sha256":"${hash('one@example.com')}"}\n\n`, 'application/jsonl'],
]

test.for(spellings)('a list with %s is understood', async ([, body, type], { world }) => {
  expect(await last(imported(world, body as string, { type }))).toMatchObject({ added: 1 })
  expect(await reason(world, 'one@example.com')).toBe('imported')
})

test('a list of UTF-16 that broke off in a letter goes on in the bytes that came', async ({ world }) => {
  const text = `\ufeffname;email\r\n${Array.from({ length: 4500 }, (_, i) => `J\u00f6rg 🦉;r${i}@example.com\r\n`).join('')}`
  const bytes = Buffer.from(text, 'utf16le')
  const { body, write, breakOff } = slowly()
  const broken = send(world, body, { name: 'wide' }).then(answer => answer.text())
  write(bytes.subarray(0, 40_001))
  await expect.poll(() => world.sql('SELECT line FROM import'), PATIENT).toEqual([[501]])
  breakOff()
  await expect(broken).rejects.toThrow()
  // What was on its way when the line went dead may be taken meanwhile.
  const goOn = async (): Promise<ImportLine> => {
    const { offset } = await answered(
      await world.fetch('/v1/suppressions/import/wide', {
        headers: { authorization: `Bearer ${world.apiKey}` },
      }),
    )
    const answer = await send(world, bytes.subarray(offset), { name: 'wide', offset })
    const end = JSON.parse((await answer.text()).trim().split('\n').at(-1)!)
    return /^import\.(offset|conflict)$/.test(end.code ?? '') ? goOn() : end
  }
  expect(await goOn()).toEqual({
    type: 'done',
    line: 4501,
    offset: bytes.length,
    added: 4500,
    unchanged: 0,
    refused: 0,
  })
})

test('an import that broke off before its first line was taken begins anew, header and all, with that file alone', async ({
  world,
}) => {
  const { body, write, breakOff } = slowly()
  const broken = send(world, body, { name: 'early' }).then(answer => answer.text())
  write('sep=;\nname;email\nAda;one@example.com\n')
  await expect.poll(() => world.sql('SELECT line FROM import'), PATIENT).toEqual([[0]])
  breakOff()
  await expect(broken).rejects.toThrow()
  const other = await world.writesNothing(() => send(world, 'email\none@example.com\n', { name: 'early' }))
  expect([other.status, await other.json()]).toMatchObject([422, { code: 'import.key_reused' }])
  const whole = 'sep=;\nname;email\nAda;one@example.com\nBob;two@example.com\n'
  expect(await imported(world, whole, { name: 'early' })).toEqual([
    { type: 'done', line: 4, offset: whole.length, added: 2, unchanged: 0, refused: 0 },
  ])
})

test('a list of one endless line is refused in bounded memory, and a line of it in a list is reported', async ({
  sharedWorld: world,
}) => {
  const refused = await world.writesNothing(() => send(world, endless('')))
  expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'import.no_address_column' }])
  expect(await world.writesNothing(() => imported(world, endless('email\n')))).toMatchObject([
    { type: 'refused', line: 2, error: 'too_long' },
    { type: 'done', added: 0, refused: 1 },
  ])
})

test('an empty upload is an import of nothing', async ({ sharedWorld: world }) => {
  expect(await imported(world, '')).toEqual([
    { type: 'done', line: 0, offset: 0, added: 0, unchanged: 0, refused: 0 },
  ])
})

const refused: [string, RequestInit['body'], Sending & { headers?: object }, number, object][] = [
  ['JSON as a whole', '{}', { type: 'application/json' }, 415, { code: 'request.unsupported_media_type' }],
  ['no columns we know', 'a,b\n1,2\n', {}, 400, { code: 'import.no_address_column' }],
  ['a zip', Buffer.from('PK\x03\x04 one@example.com\n'), {}, 415, { code: 'import.encoding' }],
  ['a charset nobody knows', 'x', { type: 'text/csv; charset=klingon' }, 415, { code: 'import.encoding' }],
  ['a header alone', 'email\r\n', {}, 400, { code: 'import.nothing_read' }],
  ['blank lines alone', '\r\r\r', {}, 400, { code: 'import.nothing_read' }],
  ['subscribers', 'email,subscribed_at\na@b.example,2026\n', {}, 400, { code: 'import.subscribers' }],
  [
    'a column that is not there',
    'email\na@b.example\n',
    { query: '?addressColumn=x' },
    400,
    { code: 'import.no_address_column' },
  ],
  [
    'a column without a name',
    'x',
    { query: '?addressColumn=' },
    400,
    { errors: [{ field: 'addressColumn' }] },
  ],
  [
    'a column of times that is not there',
    'email\na@b.example\n',
    { query: '?timeColumn=when' },
    400,
    { code: 'import.no_address_column' },
  ],
  [
    'a column of times without a name',
    'x',
    { query: '?timeColumn=' },
    400,
    { errors: [{ field: 'timeColumn' }] },
  ],
  [
    'another order of dates',
    'x',
    { query: '?dateOrder=year_first' },
    400,
    { errors: [{ field: 'dateOrder' }] },
  ],
  ['a name with spaces', 'x', { name: 'a b' }, 400, { errors: [{ field: 'Idempotency-Key' }] }],
  ['an offset below nothing', 'x', { offset: -1 }, 400, { errors: [{ field: 'Upload-Offset' }] }],
  ['an unknown parameter', 'x', { query: '?scpoe=topic' }, 400, { errors: [{ field: 'scpoe' }] }],
  ['a topic without its scope', 'x', { query: '?topic=news' }, 400, { errors: [{ field: 'topic' }] }],
  ['a legal reason', 'x', { query: '?reason=legal' }, 400, { errors: [{ field: 'reason' }] }],
  ["another tenant's topic", 'x', { query: '?scope=topic&topic=weekly' }, 404, { code: 'topic.not_found' }],
]

test.for(refused)(
  'an upload with %s is refused whole',
  async ([, body, upload, status, answer], { sharedWorld: world }) => {
    const response = await world.writesNothing(() => send(world, body, upload))
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject(answer)
  },
)

describe('an export', () => {
  const read = async (world: World, query: string) => {
    const answer = await world.fetch(`/v1/suppressions/export${query}`, {
      headers: { authorization: `Bearer ${world.apiKey}` },
    })
    expect(answer.status).toBe(200)
    return { type: answer.headers.get('content-type'), text: await answer.text() }
  }

  test('gives every suppression, oldest first, with its address id, the address where it is kept, and no hash', async ({
    world,
  }) => {
    await imported(world, 'email,reason\nada@example.com,bounce\nunknown@example.com,\n', { name: 'a' })
    const { type, text } = await read(world, '')
    expect(type).toContain('application/x-ndjson')
    const rows = text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    const { results } = await answered(
      await world.call('/v1/address-ids', { addresses: ['ada@example.com', 'unknown@example.com'] }),
    )
    const common = { id: expect.any(String), scope: 'workspace', source: 'import', since: expect.any(String) }
    expect(rows).toHaveLength(2)
    expect(rows).toEqual(
      expect.arrayContaining([
        { ...results[0], ...common, reason: 'bounced' },
        { addressId: results[1].addressId, ...common, reason: 'imported' },
      ]),
    )
    for (const { addressId, id } of rows) expect(id.slice(4, 20)).toBe(addressId)
    const csv = await read(world, '?format=csv')
    for (const address of ['ada@example.com', 'unknown@example.com'])
      expect(text + csv.text).not.toContain(hash(address))
  })

  test('as CSV can be imported again', async ({ world }) => {
    await imported(world, 'email,reason\nada@example.com,bounce\n')
    const { type, text } = await read(world, '?format=csv')
    expect(type).toContain('text/csv')
    expect(text.split('\r\n')[0]).toBe('address,addressId,id,scope,topic,reason,source,since,until,purpose')
    expect(await last(imported(world, text))).toMatchObject({ added: 0, unchanged: 1, refused: 0 })
  })

  const SIGNS = ['+', '-', '=', "'+", "'", '+-']
  test('as CSV brings the same recipients, whatever sign they begin with', async ({ world }) => {
    const addresses = SIGNS.map(sign => `${sign}ada@example.com`)
    // The address of a sign-up is kept, and so is in the export.
    for (const address of addresses) await request(world, address)
    const own = addresses.map(address => `${address},${hash(address)},bounce\n`).join('')
    expect(await last(imported(world, `email,sha256,reason\n${own}`))).toMatchObject({ added: SIGNS.length })
    const { text } = await read(world, '?format=csv')
    expect(text).toContain("'+ada@example.com")
    expect(await last(imported(world, text))).toMatchObject({ added: 0, unchanged: SIGNS.length, refused: 0 })
    const elsewhere = await world.writesNothing(() => imported(world, text, { key: world.otherApiKey }))
    const wrong = (line: number) => ({ type: 'refused', line, error: 'wrong_address_id' })
    expect(elsewhere.slice(0, -1)).toEqual(SIGNS.map((_, i) => wrong(i + 2)))
  })

  test('of many goes on page after page', async ({ world }) => {
    await imported(world, Array.from({ length: 10_100 }, (_, i) => `r${i}@example.com\n`).join(''))
    const { text } = await read(world, '?source=import')
    expect(new Set(text.trim().split('\n')).size).toBe(10_100)
    expect((await read(world, '?source=recipient')).text).toBe('')
  })

  test('that fails half-way says so in its last line', async ({ world }) => {
    await imported(world, `email\n${Array.from({ length: 5000 }, (_, i) => `r${i}@example.com\n`).join('')}`)
    await imported(world, 'email,reason\nada@example.com,bounce\n')
    await world.update('address', 'sealed = zeroblob(40)')
    const lines = (await read(world, '')).text.trim().split('\n')
    expect(lines.length).toBeGreaterThan(4000)
    expect(JSON.parse(lines.at(-1)!)).toEqual({ type: 'failed', code: 'encryption.unavailable' })
    expect((await read(world, '?format=csv')).text).toMatch(
      /\r\nexport failed: encryption\.unavailable,{9}\r\n$/,
    )
  })

  test('that cannot begin is refused', async ({ world }) => {
    await imported(world, 'email,reason\nada@example.com,bounce\n')
    await world.update('address', 'sealed = zeroblob(40)')
    const answer = await world.call('/v1/suppressions/export', null, { method: 'GET', body: null })
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ code: 'encryption.unavailable' })
  })
})
