import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Fault } from '../../core/fault.ts'
import type { NamedColumns } from '../../worker/suppression/columns.ts'
import { openUpload } from '../../worker/suppression/layout.ts'
import { linesOf, remarksOf } from '../../worker/suppression/upload.ts'

const NOW = Date.UTC(2026, 10, 29)
const SCOPES = new Map([['workspace ', 6]])
const idOf = (hash: Uint8Array) => hash.subarray(0, 12)
const ONE = 'one@example.com'
const TWO = 'two@example.com'
const FIXTURES = 'test/fixtures/imports'

/** Reads a list: for each line its reason and time, or what is wrong with it. */
async function read(file: string, named: NamedColumns = {}, format: 'csv' | 'ndjson' = 'csv') {
  async function* pieces() {
    yield new Uint8Array(Buffer.from(file))
  }
  const lines = []
  try {
    const { layout, rest } = await openUpload(pieces(), { format, charset: undefined, named })
    for await (const records of rest)
      lines.push(...linesOf(records, format, layout, { idOf, target: { scopes: SCOPES, now: NOW } }))
  } catch (error) {
    if (error instanceof Fault) return error.detail.code
    throw error
  }
  return lines
    .map(line => {
      if ('fault' in line) return line.fault
      const { reason = '', since, note = '' } = line
      return `${reason}@${since === undefined ? note : new Date(since).toISOString().replace('.000Z', '')}`
    })
    .join(' ')
}

const AT = '2025-01-02T03:04:05'

/** What is read of each export that is kept as providers write it. */
const PROVIDERS: Record<string, string> = {
  'listmonk-subscribers.csv': 'manual@ not_suppressed manual@',
  'mailchimp-cleaned.csv': `bounced@${AT} bounced@${AT}`,
  'mailchimp-unsubscribed.csv': `unsubscribed@${AT} unsubscribed@${AT}`,
  'mailgun-bounces.csv': `bounced@${AT} bounced@${AT}`,
  'mailgun-complaints.csv': '@ @',
  'mailgun-unsubscribes.csv': `unsubscribed@${AT} unsubscribed@${AT}`,
  'postmark-suppressions.csv':
    'bounced@2025-01-02T08:04:05 complained@2025-01-02T08:04:05 manual@2025-01-02T08:04:05',
  'sendgrid-bounces.csv': 'bounced@2025-01-02T04:04:05 bounced@2025-01-02T04:04:06',
  'sendgrid-spam-reports.csv': 'complained@2025-01-02T04:04:05 complained@2025-01-02T04:04:06',
  'sendgrid-unsubscribes.csv': '@ @',
  'ses-suppressed-destinations.csv': 'bounced@2025-01-02T03:04:05.678Z complained@2025-01-02T03:04:05.678Z',
  'ses-suppressed-destinations.ndjson':
    'bounced@2025-01-02T03:04:05.678Z complained@2025-01-02T03:04:05.678Z',
}

describe('the time of each line of a provider’s export is read:', () => {
  test.for(readdirSync(FIXTURES))('%s', async name => {
    const format = name.endsWith('.csv') ? 'csv' : 'ndjson'
    expect(await read(readFileSync(`${FIXTURES}/${name}`, 'utf8'), {}, format)).toBe(PROVIDERS[name])
  })

  test('in exports that do not say whose they are, where the sender names the column', async () => {
    const named = (name: string, timeColumn: string) =>
      read(readFileSync(`${FIXTURES}/${name}`, 'utf8'), { timeColumn })
    expect(await named('mailgun-complaints.csv', 'created_at')).toBe(`@${AT} @${AT}`)
    expect(await named('sendgrid-unsubscribes.csv', 'created')).toBe(
      '@2025-01-02T04:04:05 @2025-01-02T04:04:06',
    )
  })
})

const HEADINGS =
  `unsub_time unsubscribed_at Unsubscribe-Date date_unsubscribed opt_out_date OPTOUT_TIME Abgemeldet_am
  Désinscrit_le Fecha_de_baja Data_disiscrizione Data_de_descadastro Afgemeld_op Data_wypisania 配信停止日時 تاريخ_إلغاء_الاشتراك
  bounced_at CLEAN_TIME complained_at suppressed_at blocklisted_at`.split(/\s+/)

describe('the heading leaves no doubt that a column is the time of a suppression:', () => {
  test.for(HEADINGS)('%s', async heading => {
    expect(await read(`email,${heading.replaceAll('_', ' ')}\n${ONE},${AT}\n`)).toMatch(`@${AT}`)
    expect(await read(`email,${heading}\n${ONE},x y z\n`)).toMatch(/@unknown_time$|unknown_status/)
  })
})

const OTHER =
  'created created_at CreatedAt date timestamp time updated_at since last_seen birthday LastUpdateTime OPTIN_TIME'

describe('no time is taken from a column that may be another’s, such as the sign-up’s:', () => {
  test.for(OTHER.split(' '))('%s', async heading => {
    expect(await read(`email,status,${heading}\n${ONE},unsubscribed,${AT}\n`)).toBe('unsubscribed@')
  })
})

const ALIKE = [
  'email,address,tags,created_at',
  'address,tags,created_at,name',
  'address,code,error,created_at,name',
  'ip,email,created,name',
  'email,status,reason,created,name',
]

describe('no time is taken from a list that has a provider’s columns and others, since its people may have signed up then:', () => {
  test.for(ALIKE)('%s', async header => {
    const cells: Record<string, string> = {
      email: ONE,
      address: header.startsWith('email') ? '1 High St' : ONE,
      status: '5.1.1',
      reason: '550 5.1.1 user unknown',
      created: AT,
      created_at: AT,
    }
    const row = header.split(',').map(heading => cells[heading] ?? 'x')
    expect(await read(`${header}\n${row.join(',')}\n`)).toMatch(/^[a-z]*@$/)
  })
})

const FLOE = 'address,sha256,id,scope,topic,reason,source,since,until,purpose'

const FILES: [what: string, file: string, read: string, named?: NamedColumns][] = [
  [
    'of two times, that of the reason is taken',
    `email,status,unsubscribed_at,bounced_at\n${ONE},bounced,2024-01-01,${AT}\n${TWO},unsubscribed,${AT},\n`,
    `bounced@${AT} unsubscribed@${AT}`,
  ],
  [
    'a time of another reason is none of this one, where the file has a column for it',
    `email,status,unsubscribed_at,bounced_at\n${ONE},bounced,2024-01-01,\n`,
    'bounced@',
  ],
  [
    'a complaint at leaving has the time of leaving',
    `Email Address,UNSUB_TIME,UNSUB_REASON\n${ONE},${AT},SPAM\n`,
    `complained@${AT}`,
  ],
  [
    'of two headings of one kind, the surest that is not empty is taken',
    `email,opt_out_date,unsub_time\n${ONE},2024-01-01,${AT}\n${TWO},${AT},\n`,
    `unsubscribed@${AT} unsubscribed@${AT}`,
  ],
  [
    'the time of any suppression is taken where the reason has none',
    `email,status,suppressed_at,unsubscribed_at\n${ONE},complained,${AT},2024-01-01\n`,
    `complained@${AT}`,
  ],
  [
    'an empty cell is noted by nobody',
    `email,unsub_time\n${ONE},\n${TWO},-\n`,
    'unsubscribed@ unsubscribed@',
  ],
  [
    'words for nothing are none',
    `email,status,suppressed_at\n${ONE},bounced,NULL\n${TWO},bounced,\\N\n`,
    'bounced@ bounced@',
  ],
  [
    'no time is noted, and suppressed all the same',
    `email,unsub_time\n${ONE},last week\n${TWO},06/01/2025\n`,
    'unsubscribed@unknown_time unsubscribed@unknown_time',
  ],
  ['a time ahead is noted', `email,unsub_time\n${ONE},2027-01-01\n`, 'unsubscribed@unknown_time'],
  [
    'no date of a database is noted',
    `email,unsub_time\n${ONE},0000-00-00 00:00:00\n`,
    'unsubscribed@unknown_time',
  ],
  [
    'whose dates may be read twice are read as the sender says',
    `email,unsub_time\n${ONE},06/01/2025 3:04 PM\n`,
    'unsubscribed@2025-06-01T15:04:00',
    { dateOrder: 'month_first' },
  ],
  [
    'whose dates are not as the sender says are noted',
    `email,unsub_time\n${ONE},13/06/2025\n`,
    'unsubscribed@unknown_time',
    { dateOrder: 'month_first' },
  ],
  [
    'the column that the sender names is the only one',
    `email,unsub_time,Wann\n${ONE},2024-01-01,${AT}\n${TWO},2024-01-01,\n`,
    `unsubscribed@${AT} unsubscribed@`,
    { timeColumn: 'wann' },
  ],
  ['it is named by its place', `email,x\n${ONE},${AT}\n`, `@${AT}`, { timeColumn: '2' }],
  [
    'the column that is named may be the first',
    `Wann,email\n${AT},${ONE}\n`,
    `@${AT}`,
    { timeColumn: 'Wann' },
  ],
  [
    'the column for why may be the first',
    `Warum,email\nspam,${ONE}\n`,
    'complained@',
    { reasonColumn: 'Warum' },
  ],
  [
    'a named column of flags says yes or no',
    `email,opted_out\n${ONE},yes\n${TWO},no\n`,
    'unsubscribed@ not_suppressed',
    { reasonColumn: 'opted_out' },
  ],
  [
    'a column for why that is not there is none',
    `email,why\n${ONE},x\n`,
    'import.no_address_column',
    { reasonColumn: 'Warum' },
  ],
  ['it is named by its place in a file without a header', `${ONE},${AT}\n`, `@${AT}`, { timeColumn: '2' }],
  ['a file without a header names no time by itself', `${ONE},${AT}\n`, '@'],
  [
    'a column that is not there is none',
    `email,unsub_time\n${ONE},${AT}\n`,
    'import.no_address_column',
    { timeColumn: 'when' },
  ],
  [
    'a place that the header does not have is none',
    `email,unsub_time\n${ONE},${AT}\n`,
    'import.no_address_column',
    { timeColumn: '3' },
  ],
  [
    'a place for why that the header does not have is none',
    `email,status\n${ONE},spam\n`,
    'import.no_address_column',
    { reasonColumn: '3' },
  ],
  [
    'a heading is in no file without a header',
    `${ONE},${AT}\n`,
    'import.no_address_column',
    { timeColumn: 'x' },
  ],
  [
    'an export of Floe keeps its times',
    `${FLOE}\r\n${ONE},,sup_a,workspace,,bounced,import,2025-01-02T03:04:05.000Z,,\r\n`,
    `bounced@${AT}`,
  ],
  ['the time may stand first', `unsub_time,email\n${AT},${ONE}\n`, `unsubscribed@${AT}`],
  ['a row that is too short says nothing', `email,unsub_time\n${ONE}\n`, 'unsubscribed@'],
  ['a refused line has no note', `email,unsub_time\nnobody,soon\n`, 'invalid_address'],
]

describe('of a list,', () => {
  test.for(FILES)('%s', async ([, file, expected, named]) => {
    expect(await read(file, named)).toBe(expected)
  })

  test('as JSON, the same is read', async () => {
    const lines = [
      { email: ONE, unsubscribed_at: AT },
      { email: TWO, status: 'unsubscribed', suppressed_at: 1735787045 },
      { email: TWO, status: 'unsubscribed', suppressed_at: null },
      { email: TWO, status: 'unsubscribed', created: AT },
      { email: ONE, status: '5.1.1', reason: '550 5.1.1 user unknown', created: 1735787045 },
    ]
    expect(await read(lines.map(line => JSON.stringify(line)).join('\n'), {}, 'ndjson')).toBe(
      `unsubscribed@${AT} unsubscribed@${AT} unsubscribed@ unsubscribed@ bounced@${AT}`,
    )
  })
})

test('a line of JSON without the time that the sender names is taken, and noted', async () => {
  const lines = [
    { email: ONE, gone: AT },
    { email: TWO, unsubscribed_at: AT },
  ]
  expect(
    await read(lines.map(line => JSON.stringify(line)).join('\n'), { timeColumn: 'gone' }, 'ndjson'),
  ).toBe(`@${AT} unsubscribed@unknown_time`)
})

test('an import says of lines what it refuses and what it leaves out, in their order', () => {
  const who = { hash: new Uint8Array(32), address: ONE }
  expect(
    remarksOf([
      { line: 2, ...who, reason: 'bounced', note: 'unknown_time' },
      { line: 3, fault: 'invalid_address' },
      { line: 4, ...who, reason: 'bounced', since: 0 },
      { line: 5, ...who, reason: undefined, note: 'unknown_time' },
    ]),
  ).toEqual([
    { type: 'noted', line: 2, note: 'unknown_time' },
    { type: 'refused', line: 3, error: 'invalid_address' },
    { type: 'noted', line: 5, note: 'unknown_time' },
  ])
})
