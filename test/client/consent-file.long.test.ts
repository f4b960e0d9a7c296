import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { afterAll, describe, expect } from 'vitest'
import { createClient } from '../../client/client.ts'
import { floe } from '../support/cli.ts'
import { test, type World } from '../support/world.ts'

const dir = mkdtempSync(`${tmpdir()}/floe-consents-`)
afterAll(() => rmSync(dir, { recursive: true, force: true }))

let files = 0
const fileOf = (content: string | Uint8Array, ending = 'csv'): string => {
  const file = `${dir}/${++files}.${ending}`
  writeFileSync(file, content)
  return file
}
const FOR_ALL = ['--topic', 'news', '--basis', 'express']

/** What is kept of a recipient's consents. */
async function keptOf(world: World, address: string) {
  const { history } = await createClient({ baseUrl: world.url, apiKey: world.apiKey }).prove(address)
  return history.map(({ data, evidence }) => ({
    givenAt: data['givenAt'],
    basis: data['basis'],
    ...evidence,
  }))
}

interface Export {
  /** The file's own columns. */
  file: string
  options?: string[]
  /** What is kept of ada@example.com. */
  kept: object
  /** Lines of the others, none of whom is subscribed. */
  out?: string
}

const MAILCHIMP =
  'Email Address,First Name,Last Name,Address,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LEID,EUID,NOTES,TAGS'
const exports: [provider: string, Export][] = [
  [
    'Mailchimp, confirmed',
    {
      file: `${MAILCHIMP}\nada@example.com,Ada,"King, Jr.",,2,"2024-03-01 10:11:12",192.0.2.1,"2024-03-01 10:15:00",2001:db8::1,,1,a,,"""VIP"""\n`,
      kept: {
        givenAt: '2024-03-01T10:15:00.000Z',
        ip: '2001:db8::1',
        proof: 'CONFIRM_TIME: 2024-03-01 10:15:00; OPTIN_TIME: 2024-03-01 10:11:12; OPTIN_IP: 192.0.2.1',
      },
    },
  ],
  [
    'Mailchimp, never confirmed',
    {
      file: `${MAILCHIMP}\nada@example.com,Ada,,,2,2024-03-01 10:11:12,192.0.2.1,,,,1,a,,\n`,
      kept: {
        givenAt: '2024-03-01T10:11:12.000Z',
        ip: '192.0.2.1',
        proof: 'OPTIN_TIME: 2024-03-01 10:11:12',
      },
    },
  ],
  [
    'Mailchimp, of who left',
    {
      file: 'Email Address,OPTIN_TIME,CONFIRM_TIME,UNSUB_TIME,UNSUB_REASON\nada@example.com,,2024-03-01 10:11:12,,\nbob@example.com,,2024-03-01 10:11:12,2025-01-02 03:04:05,NORMAL\n',
      kept: { givenAt: '2024-03-01T10:11:12.000Z', proof: 'CONFIRM_TIME: 2024-03-01 10:11:12' },
      out: 'line 3: not subscribed\n',
    },
  ],
  [
    'SendGrid contacts, with the column named',
    {
      file: 'EMAIL,FIRST_NAME,ADDRESS_LINE_1,CREATED_AT,UPDATED_AT,CONTACT_ID\nada@example.com,Ada,,2024-03-01T10:11:12Z,2025-03-01T10:11:12Z,1\n',
      options: ['--column', 'at=CREATED_AT'],
      kept: { givenAt: '2024-03-01T10:11:12.000Z' },
    },
  ],
  [
    'Klaviyo',
    {
      file: `Email,Klaviyo ID,First Name,Email Marketing Consent,Email Marketing Consent Timestamp,SMS Marketing Consent
ada@example.com,01A,Ada,SUBSCRIBED,2024-03-01 10:11:12+02:00,NEVER_SUBSCRIBED
bob@example.com,01B,Bob,NEVER_SUBSCRIBED,,
cy@example.com,01C,Cy,UNSUBSCRIBED,2024-03-01 10:11:12+02:00,
`,
      kept: { givenAt: '2024-03-01T08:11:12.000Z' },
      out: 'line 3: not subscribed\nline 4: not subscribed\n',
    },
  ],
  [
    'HubSpot',
    {
      file: `Record ID,Email,Opted in at,Unsubscribed from all email,Opted out of email: One to One,Legal basis for processing contact's data
1,ada@example.com,2024-03-01 10:11,false,,Freely given consent from contact
2,bob@example.com,2024-03-01 10:11,true,,
3,cy@example.com,2024-03-01 10:11,false,true,
`,
      options: ['--topic', 'news', '--basis', 'legitimate_interest'],
      kept: { givenAt: '2024-03-01T10:11:00.000Z', basis: 'express', proof: 'Opted in at: 2024-03-01 10:11' },
      out: 'line 3: not subscribed\nline 4: not subscribed\n',
    },
  ],
  [
    'ActiveCampaign',
    {
      file: '"Contact ID","Email","First Name","Date Subscribed","IP","Status"\n1,ada@example.com,Ada,"2024-03-01 10:11:12",192.0.2.1,Active\n2,bob@example.com,Bob,"2024-03-01 10:11:12",192.0.2.1,Unconfirmed\n3,cy@example.com,Cy,"2024-03-01 10:11:12",192.0.2.1,Bounced\n',
      kept: {
        givenAt: '2024-03-01T10:11:12.000Z',
        ip: '192.0.2.1',
        proof: 'Date Subscribed: 2024-03-01 10:11:12',
      },
      out: 'line 3: not subscribed\nline 4: not subscribed\n',
    },
  ],
  [
    'MailerLite',
    {
      file: 'Subscriber,Status,Sent,Opens,Clicks,Subscribed,Location,Opt-in date,Opt-in IP\nada@example.com,active,3,1,0,2024-03-01 10:11:12,,2024-03-01 10:15:00,192.0.2.1\n',
      kept: {
        givenAt: '2024-03-01T10:15:00.000Z',
        ip: '192.0.2.1',
        proof: 'Opt-in date: 2024-03-01 10:15:00',
      },
    },
  ],
  [
    'MailerLite, with a day of subscribing alone',
    {
      file: 'Email;Subscribed;Opt-in IP\nada@example.com;2024-03-01 10:11:12;192.0.2.1\n',
      kept: {
        givenAt: '2024-03-01T10:11:12.000Z',
        ip: '192.0.2.1',
        proof: 'Subscribed: 2024-03-01 10:11:12',
      },
    },
  ],
  [
    'listmonk, with the column named',
    {
      file: 'uuid,email,name,attributes,status,created_at,updated_at\n5e91,ada@example.com,Ada,"{""city"": ""Oslo""}",enabled,2024-03-01 10:11:12.345678+00,2025-01-01\n5e92,bob@example.com,Bob,{},blocklisted,2024-03-01 10:11:12,\n',
      options: ['--column', 'at=created_at'],
      kept: { givenAt: '2024-03-01T10:11:12.345Z' },
      out: 'line 3: not subscribed\n',
    },
  ],
  [
    'Brevo, with the column named',
    {
      file: 'CONTACT ID;EMAIL;FIRSTNAME;DOUBLE_OPT-IN;ADDED_TIME\n1;ada@example.com;Ada;1;1709287872\n2;bob@example.com;Bob;2;1709287872\n',
      options: ['--column', 'at=ADDED_TIME'],
      kept: { givenAt: '2024-03-01T10:11:12.000Z', proof: 'DOUBLE_OPT-IN: 1' },
      out: 'line 3: not subscribed\n',
    },
  ],
  [
    'a spreadsheet, with a title and columns that nobody knows',
    {
      file: 'sep=;\nSign-ups 2024\nWer;Wann;Kunde\nAda <ada@example.com>;2024-03-01T10:11:12Z;x\n',
      options: ['--column', 'address=Wer', '--column', 'at=Wann'],
      kept: { givenAt: '2024-03-01T10:11:12.000Z' },
    },
  ],
]

describe('floe consents records what a provider’s export says of consent', () => {
  test.for(exports)('%s', async ([, { file, options = [], kept, out = '' }], { world }) => {
    const named = options.includes('--topic') ? options : [...FOR_ALL, ...options]
    const said = await floe(world, ['consents', fileOf(file), ...named])
    expect([said.code, said.out]).toEqual([out === '' ? 0 : 1, out])
    expect(await keptOf(world, 'ada@example.com')).toEqual([{ basis: 'express', ...kept }])
    expect(await world.sql(`SELECT type FROM event WHERE type LIKE 'consent.%'`)).toHaveLength(1)
  })

  test('and says which columns it leaves out, and that times without a zone are UTC', async ({ world }) => {
    const { err } = await floe(world, [
      'consents',
      fileOf(`${MAILCHIMP}\nada@example.com,Ada,,,2,2024-03-01 10:11:12,192.0.2.1,,,,1,a,,\n`),
      ...FOR_ALL,
    ])
    expect(err).toBe(
      `Columns left out: First Name, Last Name, Address, MEMBER_RATING, LATITUDE, LEID, EUID, NOTES, TAGS
Times without a zone are taken as UTC, and kept as they stand as proof.
1 recorded, 0 there already, 0 not taken
`,
    )
  })
})

test('what the sender says of all lines stands where a line says nothing itself', async ({ world }) => {
  const file = fileOf(`address,topic,at,wording,notice,noticeVersion
ada@example.com,,2024-03-01T10:11:12Z,"Yes,
please",privacy,1
bob@example.com,offers,2024-03-01T10:11:12Z,,,
`)
  const options = ['--source-url', 'https://north.example/join', '--wording', 'Ja', '--notice', 'privacy@1']
  expect(await floe(world, ['consents', file, ...FOR_ALL, ...options])).toMatchObject({ code: 0, out: '' })
  const source = { url: 'https://north.example/join' }
  expect(await keptOf(world, 'ada@example.com')).toMatchObject([{ source, wording: 'Yes,\nplease' }])
  expect(await keptOf(world, 'bob@example.com')).toMatchObject([{ source, wording: 'Ja' }])
  expect(
    await world.sql(
      `SELECT json_extract(data, '$.notice') AS notice, subject FROM event WHERE type = 'consent.granted' ORDER BY seq`,
    ),
  ).toEqual([
    ['privacy', 'news'],
    ['privacy', 'offers'],
  ])
})

const WORDED = `address;at;wording\nada@example.com;2024-03-01T10:11:12Z;Ja, Jörgen – gern\n`
const windows = (text: string) => Buffer.from(text.replaceAll('–', '\x96'), 'latin1')
const wide = (text: string, mark: string) => Buffer.from(mark + text, 'utf16le')

describe('evidence is read in the charset of its file', () => {
  test.for<[what: string, content: Uint8Array, options: string[]]>([
    ['UTF-8', Buffer.from(WORDED), []],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${WORDED}`), []],
    ['Windows-1252, named', windows(WORDED), ['--charset', 'windows-1252']],
    ['UTF-16 with a byte order mark', wide(WORDED, '\ufeff'), []],
    ['UTF-16 without one', wide(WORDED, ''), []],
    ['UTF-16, big-endian', wide(WORDED, '\ufeff').swap16(), []],
    [
      'UTF-8 with a byte order mark, named otherwise',
      Buffer.from(`\ufeff${WORDED}`),
      ['--charset', 'latin1'],
    ],
  ])('%s', async ([, content, options], { world }) => {
    expect(await floe(world, ['consents', fileOf(content), ...FOR_ALL, ...options])).toMatchObject({
      code: 0,
    })
    expect(await keptOf(world, 'ada@example.com')).toMatchObject([{ wording: 'Ja, Jörgen – gern' }])
  })
})

const ROW = 'ada@example.com,2024-03-01T10:11:12Z'
const refusedLines: [what: string, content: string | Uint8Array, said: string, options?: string[]][] = [
  [
    'of Windows-1252 that nobody named',
    windows(WORDED),
    'line 2: not utf8: --charset names the charset of the file, such as windows-1252',
  ],
  [
    'of UTF-8 that was named otherwise',
    WORDED,
    'line 2: wrong charset: the file is not in the charset that it is read in',
    ['--charset', 'windows-1252'],
  ],
  [
    'with bytes that are no letter of its charset',
    Buffer.concat([
      Buffer.from(`at,address,wording\n2024-03-01T10:11:12Z,ada@example.com,`),
      Buffer.of(0x81, 0x20),
    ]),
    'line 2: wrong charset: the file is not in the charset that it is read in',
    ['--charset', 'shift_jis'],
  ],
  [
    'with half a letter of UTF-16',
    wide(`address,at,wording\n${ROW},J\ud800`, '\ufeff'),
    'line 2: wrong charset: the file is not in the charset that it is read in',
  ],
  [
    'with a letter that was lost before',
    `address,at,wording\n${ROW},J\ufffdrgen\n`,
    'line 2: lost letters: U+FFFD stands for a letter',
  ],
  [
    'whose day and month nobody knows',
    'address,at\nada@example.com,06/01/2025\n',
    'line 2: ambiguous time: 06/01/2025 begins with the day to some and with the month to others; write 2025-06-01',
  ],
  [
    'whose day and month nobody knows, with dots',
    'address,at\nada@example.com,1.6.2025 12:00\n',
    'line 2: ambiguous time: 1.6.2025 12:00 begins with the day to some and with the month to others; write 2025-06-01',
  ],
  [
    'whose time is in words',
    'address,at\nada@example.com,June 1st\n',
    'line 2: unreadable time: June 1st is no time such as 2025-06-01 12:34:56',
  ],
  [
    'of the 30th of February',
    'address,at\nada@example.com,2025-02-30 10:00:00\n',
    'line 2: invalid field: at must be a time such as 2026-11-20T09:30:00Z (RFC 3339)',
  ],
  [
    'with an end that nobody can read',
    `address,at,expiresAt\n${ROW},soon\n`,
    'line 2: unreadable time: soon is no time such as 2025-06-01 12:34:56',
  ],
  ['without a time', 'address,at\nada@example.com,\n', 'line 2: no time'],
  [
    'with the time of a database that has none',
    'address,at\nada@example.com,0000-00-00 00:00:00\n',
    'line 2: no time',
  ],
  ['in the future', 'address,at\nada@example.com,2999-01-01T00:00:00Z\n', 'line 2: at in the future'],
  ['without an address', `at,address\n2024-03-01T10:11:12Z,\n`, 'line 2: no address'],
  [
    'with two addresses in one cell',
    'at,address\n2024-03-01T10:11:12Z,bob@example.com <ada@example.com>\n',
    'line 2: invalid address',
  ],
  [
    'with an IP address that is none',
    `address,at,ip\n${ROW},unknown\n`,
    'line 2: invalid field: ip must be an IPv4 or IPv6 address',
  ],
  [
    'with a basis that is none',
    `address,at,basis\n${ROW},because\n`,
    'line 2: invalid field: basis must be "express", "implied_purchase", "implied_inquiry", "soft_opt_in", "contract" or "legitimate_interest"',
  ],
  [
    'with a notice without a version',
    `address,at,notice\n${ROW},privacy\n`,
    'line 2: invalid field: notice.version must not be empty',
  ],
  [
    'with a form of no page',
    `address,at,sourceForm\n${ROW},footer\n`,
    'line 2: invalid field: source.url is missing',
  ],
  ['of a topic that there is not', `address,at,topic\n${ROW},none\n`, 'line 2: unknown topic'],
  [
    'whose wording was cut by its own comma',
    `address,at,wording\n${ROW},Yes, please\n`,
    'line 2: other columns: 4 cells stand under 3 headings',
  ],
  [
    'that is shorter than the header',
    `address,at,wording\n${ROW}\n`,
    'line 2: other columns: 2 cells stand under 3 headings',
  ],
  ['whose quote never ends', `address,at,wording\n${ROW},"Yes\n`, 'line 2: unclosed quote'],
  [
    'with a quote inside another',
    `address,at,wording\n${ROW},"Yes, "please""\n`,
    'line 2: unreadable quotes',
  ],
  ['longer than any line is', `address,at,wording\n${ROW},${'x'.repeat(70_000)}\n`, 'line 2: too long'],
  ['whose state nobody knows', `address,at,status\n${ROW},archived-2\n`, 'line 2: unknown status'],
  [
    'of who says no in a column of yes and no',
    `address,at,subscribed\n${ROW},no\n`,
    'line 2: not subscribed',
  ],
  [
    'above the header',
    `Ada,ada@example.com\naddress,at\nada@example.com,\n`,
    'line 1: above the header\nline 3: no time',
  ],
]

test.for(refusedLines)(
  'a line %s is refused by its number, and nothing is recorded',
  async ([, content, said, options = []], { sharedWorld: world }) => {
    const file = fileOf(content)
    const { code, out } = await world.writesNothing(() =>
      floe(world, ['consents', file, ...FOR_ALL, ...options]),
    )
    expect([code, out]).toEqual([1, `${said}\n`])
  },
)

const refusedLists: [what: string, content: string | Uint8Array, args: string[], said: string][] = [
  ['without a basis', `address,at\n${ROW}\n`, ['--topic', 'news'], '--basis'],
  ['without a topic', `address,at\n${ROW}\n`, ['--basis', 'express'], '--topic'],
  [
    'without a time',
    'email,created_at\nada@example.com,2024-03-01\n',
    FOR_ALL,
    '"created_at" says when a person was added',
  ],
  ['without an address', 'name,at\nAda,2024-03-01\n', FOR_ALL, '--column address='],
  ['without a header', `${ROW}\n`, FOR_ALL, '--column address='],
  [
    'with a column that is not there',
    `address,at\n${ROW}\n`,
    [...FOR_ALL, '--column', 'ip=Where'],
    'No column is called Where',
  ],
  [
    'with a column for what is no field',
    `address,at\n${ROW}\n`,
    [...FOR_ALL, '--column', 'optIn=at'],
    'is none of',
  ],
  [
    'with a column for nothing',
    `address,at\n${ROW}\n`,
    [...FOR_ALL, '--column', 'at'],
    'a field and a heading',
  ],
  [
    'with a basis that is none',
    `address,at\n${ROW}\n`,
    ['--topic', 'news', '--basis', 'because'],
    'basis must be',
  ],
  ['with a notice without version', `address,at\n${ROW}\n`, [...FOR_ALL, '--notice', 'privacy'], 'privacy@3'],
  [
    'with a source that is no page',
    `address,at\n${ROW}\n`,
    [...FOR_ALL, '--source-url', 'our shop'],
    'source.url',
  ],
  ['with lost letters for all', `address,at\n${ROW}\n`, [...FOR_ALL, '--wording', 'J\ufffd'], 'lost letters'],
  [
    'with two columns for the address',
    `email,Email,at\nada@example.com,bob@example.com,2024-03-01T10:11:12Z\n`,
    FOR_ALL,
    'Two columns are called email',
  ],
  [
    'with two times of one name',
    'email,Subscribed at,subscribed_at\nada@example.com,2024-03-01,2025-03-01\n',
    FOR_ALL,
    'Two columns are called Subscribed at',
  ],
  ['that is a workbook', Buffer.of(0x50, 0x4b, 3, 4, 0, 0), FOR_ALL, 'is no text'],
  [
    'in a charset that is not known',
    `address,at\n${ROW}\n`,
    [...FOR_ALL, '--charset', 'ebcdic'],
    'is no text',
  ],
  [
    'whose header is in another charset',
    windows(`address,at,Größe\n${ROW},1\n`),
    FOR_ALL,
    'Line 1, which names the columns, is not utf8',
  ],
]

test.for(refusedLists)(
  'a list %s ends with 2 and says why',
  async ([, content, args, said], { sharedWorld: world }) => {
    const file = fileOf(content)
    const { code, out, err } = await world.writesNothing(() => floe(world, ['consents', file, ...args]))
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(said)
  },
)

test('a dry run says what each column is taken for, shows samples and counts, and records nothing', async ({
  sharedWorld: world,
}) => {
  const rows = Array.from({ length: 11 }, (_, i) => `person-${i}@example.com,2024-03-01T10:11:12Z,a`).join(
    '\n',
  )
  const file = fileOf(`address,opted_in_at,LEID\n${rows}\nnobody,,\n`)
  const { code, out, err } = await world.writesNothing(() =>
    floe(world, ['consents', file, '--dry-run', ...FOR_ALL]),
  )
  expect(code).toBe(1)
  const lines = out.trim().split('\n')
  expect(lines.slice(0, 3)).toEqual([
    'address      address',
    'opted_in_at  at, or proof beside a confirmation',
    'LEID         left out',
  ])
  expect(lines.filter(line => line.includes('person-'))).toHaveLength(10)
  expect(out).toContain(
    'line 2: {"address":"person-0@example.com","topic":"news","basis":"express","at":"2024-03-01T10:11:12Z"}\n',
  )
  expect(out).toContain('line 13: invalid address\n')
  expect(err).toBe(
    '11 would be sent, 1 not taken; nothing was recorded, and Floe not asked who unsubscribed\n',
  )
  const json = await floe(world, ['consents', file, '--dry-run', '--json', ...FOR_ALL])
  expect(JSON.parse(json.out.split('\n')[0]!)).toEqual({ column: 'address', as: 'address' })
})

test('a list of long wordings is sent in calls that Floe takes', async ({ world }) => {
  const wording = 'ä'.repeat(4000)
  const rows = Array.from(
    { length: 600 },
    (_, i) => `person-${i}@example.com,2024-03-01T10:11:12Z,${wording}`,
  )
  const file = fileOf(`address,at,wording\n${rows.join('\n')}\n`)
  const { code, err } = await floe(world, ['consents', file, ...FOR_ALL])
  expect([code, err]).toEqual([0, expect.stringContaining('600 recorded, 0 there already, 0 not taken\n')])
})

test('NDJSON is filled in with what the sender says of all, and refused line by line', async ({ world }) => {
  const at = '2024-03-01T10:11:12Z'
  const lines = [
    JSON.stringify({ address: 'ada@example.com', at }),
    JSON.stringify({ address: 'bob@example.com', at, basis: 'contract', topic: 'offers' }),
    JSON.stringify({ address: 'cy@example.com', at, LEID: 1 }),
    '{"address":"dan@example.com","at":"2024-03-01T10:11:12Z","wording":"J\\ufffdrgen"}',
    '{"broken',
    '[]',
  ]
  const { code, out, err } = await floe(world, ['consents', fileOf(lines.join('\n'), 'ndjson'), ...FOR_ALL])
  expect(code).toBe(1)
  expect(out.trim().split('\n')).toEqual([
    'line 3: invalid field: LEID is not a field of this call',
    'line 4: lost letters: U+FFFD stands for a letter',
    'line 5: not json',
    'line 6: not json',
  ])
  expect(err).toBe('2 recorded, 0 there already, 4 not taken\n')
  expect(await keptOf(world, 'ada@example.com')).toMatchObject([{ basis: 'express' }])
  expect(await keptOf(world, 'bob@example.com')).toMatchObject([{ basis: 'contract' }])
})

test('a list that breaks off says how much of it is recorded, and is none of it twice', async ({ world }) => {
  const rows = Array.from({ length: 1001 }, (_, i) => `person-${i}@example.com,2024-03-01T10:11:12Z`)
  const file = fileOf(`address,at\n${rows.join('\n')}\n`)
  const gate = await openGate(world)
  const broken = await floe(world, ['consents', file, ...FOR_ALL], '', { FLOE_URL: gate.url })
  gate.close()
  expect(broken).toMatchObject({ code: 3, out: '' })
  expect(broken.err).toContain('1,000 are recorded, and it stopped there.')
  expect(broken.err).toContain('key.invalid')
  const whole = await floe(world, ['consents', file, ...FOR_ALL])
  expect(whole).toMatchObject({ code: 0, err: '1 recorded, 1,000 there already, 0 not taken\n' })
})

/** Opens a way to a world that passes one call on and refuses the others, as after a key was revoked. */
async function openGate(world: World): Promise<{ url: string; close(): void }> {
  let calls = 0
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray())
    const key = calls++ === 0 ? request.headers.authorization : 'Bearer floe_revoked'
    const headers = { 'content-type': 'application/json', authorization: key! }
    const answer = await fetch(`${world.url}${request.url}`, { method: 'POST', body, headers })
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type')! })
    response.end(await answer.text())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}
