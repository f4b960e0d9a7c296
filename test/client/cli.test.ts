import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { afterAll, describe, expect } from 'vitest'
import { COMMANDS, type CommandName } from '../../client/cli/command-table.ts'
import { asked, helpWith } from '../../client/cli/usage.ts'
import { textOf } from '../../local/source.ts'
import manifest from '../../package.json' with { type: 'json' }
import { floe } from '../support/cli.ts'
import { test } from '../support/world.ts'

const dir = mkdtempSync(`${tmpdir()}/floe-cli-`)
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('floe check', () => {
  test('ends with 0 when all may be mailed and with 1 when one may not', async ({ sharedWorld: world }) => {
    expect(await floe(world, ['check', '--topic', 'news'], 'ada@example.com\n')).toEqual({
      code: 0,
      out: 'allow  ada@example.com\n',
      err: '1 allowed, 0 denied\n',
    })
    expect(await floe(world, ['check', '--topic', 'news'], 'ada@example.com\n\nnobody\n')).toEqual({
      code: 1,
      out: 'allow  ada@example.com\ndeny   nobody  invalid address\n',
      err: '1 allowed, 1 denied\n',
    })
  })

  test('writes one JSON object a line for programs', async ({ sharedWorld: world }) => {
    const { out } = await floe(
      world,
      ['check', '--topic', 'news', '--json', '-'],
      'ada@example.com\nnobody\n',
    )
    expect(
      out
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toMatchObject([
      { address: 'ada@example.com', decision: 'allow' },
      { address: 'nobody', decision: 'deny', reason: 'invalid_address' },
    ])
  })

  test('ends with 3 and writes no decision when Floe cannot be reached', async () => {
    const env = { FLOE_URL: 'http://127.0.0.1:1', FLOE_API_KEY: 'floe_x' }
    const { code, out, err } = await floe(undefined, ['check', '--topic', 'news'], 'ada@example.com\n', env)
    expect([code, out]).toEqual([3, ''])
    expect(err).toContain('do not send')
  })

  test('ends with 3 and the reason when Floe refuses', async ({ sharedWorld: world }) => {
    const { code, out, err } = await floe(world, ['check', '--topic', 'none'], 'ada@example.com\n')
    expect([code, out]).toEqual([3, ''])
    expect(err).toContain('topic.not_found')
  })
})

test('floe topics lists what a check can name; what is owed may be asked about without', async ({
  sharedWorld: world,
}) => {
  const { code, out, err } = await floe(world, ['topics'])
  expect([code, err]).toEqual([0, '3 topics\n'])
  expect(out.split('\n').map(line => line.split(/ {2,}/).slice(0, 2))).toEqual([
    ['news', 'marketing'],
    ['offers', 'marketing'],
    ['receipts', 'transactional'],
    [''],
  ])
  const lines = (await floe(world, ['topics', '--json'])).out.trim().split('\n')
  expect(JSON.parse(lines[2]!)).toMatchObject({ name: 'receipts', kind: 'transactional' })
  const unnamed = await floe(world, ['check'], 'ada@example.com\n')
  expect(unnamed.err).toContain('floe topics')
  expect(await floe(world, ['check', '--purpose', 'transactional'], 'ada@example.com\n')).toMatchObject({
    code: 0,
    out: 'allow  ada@example.com\n',
  })
})

test('floe links says when a mailbox is too long for addresses that any server leaves alone', async ({
  world,
}) => {
  const mailbox = `${'u'.repeat(24)}@t${world.tenant}.example`
  await world.update('workspace', 'unsubscribe_mailbox = ?', [mailbox], `number = ${world.workspace}`)
  const { code, err } = await floe(world, ['links', '--topic', 'news'], 'ada@example.com\n')
  expect(code).toBe(0)
  expect(err).toMatch(/mailbox.*\n1 link\n$/i)
})

test('floe links gives each recipient a link', async ({ sharedWorld: world }) => {
  const { code, out } = await floe(world, ['links', '--topic', 'news'], 'ada@example.com\n')
  expect(code).toBe(0)
  expect(out).toMatch(/^ada@example\.com {2}https:\/\/floe\.example\.com\/u\/[\w-]{39}\n$/)
})

describe('floe import and export', () => {
  test('takes a file, reports bad lines, and does nothing the second time', async ({ world }) => {
    const file = `${dir}/list.csv`
    writeFileSync(file, 'email\none@example.com\nnobody\ntwo@example.com\n')
    const first = await floe(world, ['import', file, '--reason', 'unsubscribed'])
    expect([first.code, first.out]).toEqual([1, 'line 3: invalid address\n'])
    expect(first.err).toMatch(/^4 lines in [\d.]+ s: 2 added, 0 there already, 1 not taken\n$/)
    await world.writesNothing(() => floe(world, ['import', file, '--reason', 'unsubscribed']))

    const { code, out, err } = await floe(world, ['export', '--format', 'ndjson'])
    expect([code, err]).toEqual([0, '2 suppressions\n'])
    expect(
      out
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toMatchObject([
      { reason: 'unsubscribed', source: 'import' },
      { reason: 'unsubscribed', source: 'import' },
    ])
  })

  test('says which times it did not take, and takes them as it is told', async ({ world }) => {
    const list = 'email,when\none@example.com,06/01/2025\n'
    const told = ['import', '--time-column', 'when']
    const first = await floe(world, told, list)
    expect([first.code, first.out]).toEqual([0, 'line 2: unknown time, taken without it\n'])
    expect(await floe(world, [...told, '--date-order', 'day_first'], list)).toMatchObject({
      code: 0,
      out: '',
    })
  })

  const DRY = ['import', '--dry-run']

  test('says what a list would do, and writes nothing', async ({ world }) => {
    const file = `${dir}/dry.csv`
    const ugly = 'x'.repeat(50)
    writeFileSync(
      file,
      `E-Mail;UNSUB_TIME;unsubscribed_at;Note\x1b[31m\none@example.com;;2025-06-01;\n${ugly};;;\ntwo@example.com;soon;yes;\n`,
    )
    const { code, out, err } = await world.writesNothing(() => floe(world, [...DRY, file]))
    expect(await world.sql('SELECT * FROM import')).toEqual([])
    expect(code).toBe(1)
    expect(out.split('\n')).toEqual([
      'CSV parted by semicolons, in utf-8',
      '   1  E-Mail           address',
      '   2  UNSUB_TIME       time',
      '   3  unsubscribed_at  flag and time',
      '   4  Note�[31m        ignored',
      'Every line of such a file is unsubscribed, unless it says something stronger.',
      '',
      'The first lines',
      '  line 2  one@example.com                           unsubscribed (workspace)  since 2025-06-01T00:00:00.000Z',
      `  line 3  ${'x'.repeat(39)}…  refused: invalid address`,
      '  line 4  two@example.com                           unsubscribed (workspace)',
      '',
      'line 3: invalid address',
      'line 4: unknown time, taken without it',
      '',
      'What would be suppressed',
      '  unsubscribed  2 lines',
      '',
    ])
    expect(err).toMatch(
      /^4 lines in [\d.]+ s: 2 would be added, 0 are there already, 1 would not be taken\nThis was a dry run: nothing was written\.\n$/,
    )
  })

  test('says the same to a program, one JSON object a line, of a pipe too', async ({ world }) => {
    const { code, out } = await floe(world, [...DRY, '--json', '--format', 'ndjson'], '"one@example.com"\n')
    const lines = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(code).toBe(0)
    expect(lines).toMatchObject([
      { type: 'columns', columns: [{ place: 1, heading: 'address', as: 'address' }] },
      { type: 'sample', address: 'one@example.com', reason: 'imported' },
      { type: 'done', added: 1, reasons: { imported: 1 } },
    ])
  })

  test('says it where nobody would be suppressed, and of an empty list', async ({ sharedWorld: world }) => {
    const all = await floe(world, DRY, 'email,status\none@example.com,subscribed\n')
    expect([all.code, all.out.split('\n').slice(-4)]).toEqual([
      1,
      ['line 2: not suppressed', '', 'Nobody would be suppressed.', ''],
    ])
    const none = await floe(world, DRY, '')
    expect([none.code, none.out]).toEqual([
      0,
      'CSV parted by commas, in utf-8\nNobody would be suppressed.\n',
    ])
  })

  test('ends with 3 where a list would be refused as a whole', async ({ sharedWorld: world }) => {
    const list = 'email,subscribed_at\none@example.com,2025-01-01\n'
    const { code, out, err } = await floe(world, DRY, list)
    expect([code, out]).toEqual([3, ''])
    expect(err).toContain('import.subscribers')
  })

  test('does not take an export for whole that Floe could not finish', async ({ world }) => {
    const many = Array.from({ length: 5000 }, (_, i) => `r${i}@example.com\n`).join('')
    await floe(world, ['import'], `email\n${many}`)
    await floe(world, ['import', '--reason', 'bounced'], 'email\nada@example.com\n')
    await world.update('address', 'sealed = zeroblob(40)')
    for (const format of ['csv', 'ndjson']) {
      const { code, err } = await floe(world, ['export', '--format', format])
      expect([code, err]).toEqual([
        3,
        expect.stringContaining('The export is not whole (encryption.unavailable)\n'),
      ])
    }
  })

  test('takes a pipe, and tells a program what happened', async ({ world }) => {
    const { code, out } = await floe(world, ['import', '--json'], 'one@example.com\n')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ type: 'done', added: 1 })
  })
})

describe('floe export --match', () => {
  test('writes what is suppressed of each line of a list, from a file or a pipe, and ends with 0', async ({
    world,
  }) => {
    await floe(world, ['import', '--reason', 'unsubscribed'], 'email\none@example.com\n')
    const file = `${dir}/subscribers.csv`
    writeFileSync(file, 'mail,subscribed_at\none@example.com,2026\nnobody,2026\ntwo@example.com,2026\n')
    const before = await world.holdings()
    const rows = (text: string) =>
      text
        .trim()
        .split('\r\n')
        .map(row => row.split(',').slice(0, 7).join())
    const expected = [
      'line,address,sha256,state,scope,topic,reason',
      '2,one@example.com,,suppressed,workspace,,unsubscribed',
      '3,,,refused,,,',
      '4,two@example.com,,not_suppressed,,,',
    ]
    const shown = await floe(world, ['export', '--match', file])
    expect([shown.code, shown.err, rows(shown.out)]).toEqual([0, '3 rows\n', expected])
    const target = `${dir}/matched.csv`
    expect(await floe(world, ['export', '--match', file, '--output', target])).toMatchObject({
      code: 0,
      out: '',
    })
    expect(rows(readFileSync(target, 'utf8'))).toEqual(expected)

    const args = [
      'export',
      '--match',
      '-',
      '--format',
      'ndjson',
      '--address-column',
      '2',
      '--charset',
      'latin1',
    ]
    const piped = await floe(world, args, 'x,one@example.com\n')
    expect([piped.code, JSON.parse(piped.out)]).toMatchObject([0, { line: 1, state: 'suppressed' }])
    expect(await world.holdings()).toEqual(before)
  })

  test('of tens of thousands of lines as JSON answers each', async ({ world }) => {
    const file = `${dir}/many.ndjson`
    const lines = Array.from({ length: 30_000 }, (_, i) => `{"email":"r${i}@example.com"}\n`)
    writeFileSync(file, lines.join(''))
    const { code, out, err } = await floe(world, ['export', '--format', 'ndjson', '--match', file])
    expect([code, err]).toEqual([0, '30,000 rows\n'])
    expect(JSON.parse(out.trimEnd().split('\n').at(-1)!)).toEqual({
      line: 30_000,
      address: 'r29999@example.com',
      state: 'not_suppressed',
      suppressions: [],
    })
  })

  test('does not take an answer for whole that Floe could not finish, nor writes over the list', async ({
    sharedWorld: world,
  }) => {
    const server = createServer((request, response) => {
      request.resume()
      response.setHeader('content-type', 'text/csv; charset=utf-8')
      response.end('line,address\r\n2,a@example.com\r\nmatch failed: rate.limited,\r\n')
    })
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
    const FLOE_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const cut = await floe(world, ['export', '--match', '-'], 'email\na@example.com\n', { FLOE_URL })
    server.close()
    expect([cut.code, cut.err]).toEqual([3, 'The match is not whole (rate.limited)\n'])
    const file = `${dir}/kept.csv`
    writeFileSync(file, 'email\na@example.com\n')
    expect(await floe(world, ['export', '--match', file, '--output', file])).toMatchObject({ code: 2 })
    expect(readFileSync(file, 'utf8')).toContain('a@example.com')
    const refused = await floe(world, ['export', '--match', '-'], 'a,b\n1,2\n')
    expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('(import.no_address_column)')])
  })
})

test('floe imports lists what was imported, and undo lifts it', async ({ world }) => {
  await floe(world, ['import', '--name', 'spring'], 'email\nada@example.com\nbob@example.com\nnobody\n')
  const line =
    /^spring {2}\d{4}-\d\d-\d\d \d\d:\d\d UTC {2}workspace\n {2}4 lines: 2 added, 0 there already, 1 not taken\n {2}can be undone until \d{4}/
  const { code, out, err } = await floe(world, ['imports'])
  expect([code, err]).toEqual([0, '1 import\n'])
  expect(out).toMatch(line)
  const unasked = await world.writesNothing(() => floe(world, ['undo', 'spring']))
  expect([unasked.code, unasked.err]).toEqual([2, expect.stringContaining('Nobody is there to ask')])
  expect(await floe(world, ['undo', 'spring', '--yes'])).toMatchObject({
    code: 0,
    out: 'spring is undone: 2 lifted\n',
  })
  expect((await floe(world, ['imports'])).out).toMatch(/not taken\n {2}undone \d{4}/)
  const none = await floe(world, ['undo', 'none', '--yes'])
  expect([none.code, none.err]).toEqual([3, expect.stringContaining('import.not_found')])
})

test('floe keys lists the valid keys, with the key each came of', async ({ world }) => {
  const permissions = ['addresses:check']
  const made = async (input: object) => {
    const answer = await world.call('/v1/api-keys', { permissions, ...input })
    return (await answer.json()) as { id: string; madeBy: string }
  }
  const shop = await made({ name: 'Shop', expiresAt: '2999-01-01T00:00:00Z', allowedIps: ['192.0.2.7'] })
  const ended = await made({ name: 'Old shop' })
  await world.call(`/v1/api-keys/${ended.id}`, undefined, { method: 'DELETE' })
  const { code, out, err } = await floe(world, ['keys'])
  expect([code, err]).toEqual([0, '2 valid keys, 1 ended\n'])
  expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
  expect(out).toMatch(
    new RegExp(
      `^${shop.id}  Shop\n  created \\d{4}-\\d\\d-\\d\\d, of ${shop.madeBy}, used never, ends 2999-01-01, from\n  192.0.2.7/32\n  addresses:check\n`,
    ),
  )
  const { out: json } = await floe(world, ['keys', '--json'])
  expect(
    json
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).name),
  ).toEqual(['Old shop', 'Shop', undefined])
})

const mistakes: [string, string[]][] = [
  ['an unknown command', ['destroy']],
  ['an unknown option', ['check', '--force']],
  ['an option of another command', ['check', '--reason', 'manual']],
  ['an option without its value', ['check', '--topic']],
  ['an option in place of a value', ['check', '--topic', '--json']],
  ['a flag with a value', ['check', '--json=yes']],
  ['two files', ['check', 'a', 'b']],
  ['a file that is not there', ['check', '--topic', 'news', 'nowhere.txt']],
  ['links without a topic', ['links']],
  ['a file for keys', ['keys', 'a']],
  ['a file for imports', ['imports', 'a']],
  ['an undo of no import', ['undo', '--yes']],
  ['a check without a topic', ['check']],
  ['topics of a file', ['topics', 'a']],
  ['an unknown format', ['import', '--format', 'xml']],
  ['a list to match that is not there', ['export', '--match', 'nowhere.csv']],
  ['a match of one scope', ['export', '--match', '-', '--scope', 'topic']],
  ['a dry run with a name', ['import', '--dry-run', '--name', 'spring']],
  ['an address of Floe that is none', ['check', '--url', 'nonsense']],
]

test.for(mistakes)('%s ends with 2 and a word of help', async ([, args], { sharedWorld: world }) => {
  const { code, out, err } = await floe(world, args, 'ada@example.com\n')
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain('--help')
})

test.for([
  [['chekc', '--topic', 'news'], 'There is no command chekc. Did you mean check?'],
  [['check', '--topik', 'news'], 'There is no option --topik. Did you mean --topic?'],
  [['check', '--reason', 'manual'], 'check takes no --reason.'],
  [['check', '--topic'], '--topic needs a value: NAME.'],
] as const)('%o is told what it may have meant: %s', async ([args, said], { sharedWorld: world }) => {
  expect((await floe(world, [...args])).err).toContain(said)
})

/** What every command on a list takes, as the manual says once. */
const OF_LISTS = ['--format', '--charset', '--address-column']

test('help is there for all commands and for each, by word and by option, and the version too', async () => {
  const all = await floe(undefined, ['--help'])
  expect(all).toMatchObject({ code: 0, err: '' })
  const names = [...all.out.matchAll(/^ {2}([a-z-]+) {2,}\S/gm)].map(([, name]) => name!)
  expect(names.sort()).toEqual(Object.keys(COMMANDS).sort())
  expect(await floe(undefined, ['help', 'check'])).toEqual({
    code: 0,
    out: `${helpWith('check')}\n`,
    err: '',
  })
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    const help = helpWith(name)
    expect(help).toMatch(new RegExp(`^floe ${name}( |\n)`))
    expect([asked(['help', name]), asked([name, '--help'])]).toMatchObject([
      { command: name, help: true },
      { command: name, help: true },
    ])
    // The manual has each command with its options, and no other.
    const rows = textOf('client/README.md')
      .split('\n')
      .filter(line => new RegExp(`^\\| \`${name}[ \`]`).test(line))
      .map(line => line.split('|')[1]!)
    const isOfLists = rows.some(row => row.includes('[list]'))
    const elsewhere = ['--url', '--profile', '--json', '--help', ...(isOfLists ? OF_LISTS : [])]
    const options = (text: string) =>
      [...new Set(text.match(/--[a-z][a-z-]*/g))].filter(one => !elsewhere.includes(one))
    expect(textOf('client/README.md')).toMatch(new RegExp(`^\\| .*\`${name}[ \`]`, 'm'))
    expect([name, options(rows.join(' ')).sort()]).toEqual([name, options(help).sort()])
  }
  expect(await floe(undefined, ['--version'])).toEqual({ code: 0, out: `${manifest.version}\n`, err: '' })
})

test('without a key it says so; asked for help it gives it', async () => {
  const env = { FLOE_URL: 'http://127.0.0.1:1' }
  expect(await floe(undefined, ['check'], '', env)).toMatchObject({
    code: 2,
    err: expect.stringContaining('FLOE_API_KEY'),
  })
  expect(await floe(undefined, ['--help'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('floe'),
  })
})
