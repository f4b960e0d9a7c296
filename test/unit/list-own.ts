import { createHash } from 'node:crypto'
import type { Shape } from './list-shapes.ts'

const ONE = 'one@example.com'
const TWO = 'two@example.com'
const digest = (address: string) => createHash('sha256').update(address).digest()
const hex = (address: string) => digest(address).toString('hex')
const id = (address: string) => digest(address).subarray(0, 12).toString('base64url')
const rows = (shapes: [string, string, string, Partial<Shape>?][]): Shape[] =>
  shapes.map(([name, file, read, more]) => ({ name, file, read, ...more }))

const FLOE = 'address,addressId,id,scope,topic,reason,source,since,until,purpose\r\n'
/** A row of Floe's own export as CSV. */
const row = (who: string, what: string) => `${who},sup_1,${what}\r\n`
const WORKSPACE = 'workspace,,bounced,import,2026'

/** What Floe itself exports. */
const OF_FLOE = rows([
  [
    'Floe, as it is now',
    `${FLOE}${row(`${ONE},${id(ONE)}`, `${WORKSPACE},,`)}${row(`,${id(TWO)}`, 'tenant,,imported,import,2026,,')}`,
    'one=bounced@workspace two=imported@tenant',
  ],
  [
    'Floe, as it was, with hashes',
    `address,sha256,id,scope,topic,reason,source,since,until,purpose\r\n${row(`${ONE},`, `${WORKSPACE},,`)}${row(',', 'workspace,,imported,import,2026,,')}`,
    'one=bounced@workspace 3:no_address',
  ],
  [
    'Floe, as JSON',
    `{"addressId":"${id(ONE)}","id":"sup_1","scope":"topic","topic":"offers","reason":"objected","source":"sender","since":"2026","until":"2027-01-01T00:00:00.000Z"}\n`,
    'one=objected@topic/offers..2027-01-01T00:00:00.000Z',
    { format: 'ndjson' },
  ],
  [
    'Floe, of every scope',
    `${FLOE}${row(`${ONE},`, 'topic,news,unsubscribed,recipient,2026,,')}${row(`${TWO},`, 'topic,gone,unsubscribed,recipient,2026,,')}${row(`x@example.com,`, 'platform,,manual,sender,2026,,')}`,
    'one=unsubscribed@topic/news 3:unknown_topic 4:other_scope',
  ],
  [
    'Floe, of a scope that is named',
    `${FLOE}${row(`${ONE},`, `${WORKSPACE},,`)}${row(`${TWO},`, 'tenant,,bounced,import,2026,,')}`,
    'one=bounced@workspace 3:other_scope',
    { scope: 'workspace' },
  ],
  [
    'Floe, of a topic that is named',
    `${FLOE}${row(`${ONE},`, 'topic,news,unsubscribed,recipient,2026,,')}${row(`${TWO},`, 'topic,offers,unsubscribed,recipient,2026,,')}`,
    'one=unsubscribed@topic/news 3:other_scope',
    { scope: 'topic', topic: 'news' },
  ],
  [
    'Floe, until a day',
    `${FLOE}${row(`${ONE},`, `${WORKSPACE},2027-01-01T00:00:00+02:00,`)}${row(`${TWO},`, `${WORKSPACE},2026-05-31T23:59:59Z,`)}${row('x@example.com,', `${WORKSPACE},2027-01-01,`)}${row('x@example.com,', `${WORKSPACE},2027-13-01T00:00:00Z,`)}`,
    'one=bounced@workspace..2026-12-31T22:00:00.000Z 3:until_in_the_past 4:invalid_until 5:invalid_until',
  ],
  [
    'Floe, for marketing alone',
    `${FLOE}${row(`${ONE},`, `${WORKSPACE},,marketing`)}${row(`${TWO},`, 'workspace,,manual,sender,2026,,marketing')}${row(`${TWO},`, `${WORKSPACE},,all`)}`,
    'one=bounced*@workspace 3:unknown_status 4:unknown_status',
  ],
  [
    'Floe, and reasons that not every import writes',
    `${FLOE}${['legal', 'paused', 'restricted', 'toString', ''].map(reason => row(`${ONE},`, `workspace,,${reason},sender,2026,,`)).join('')}`,
    'one=legal@workspace 3:not_lasting 4:not_lasting 5:unknown_status 6:unknown_status',
  ],
  [
    'Floe, saved anew by another program',
    `\ufeff${FLOE.toUpperCase().replaceAll(',', ';')}${row(`${ONE},`, 'tenant,,manual,import,2026,,').replaceAll(',', ';')}`,
    'one=manual@tenant',
  ],
  [
    'Floe, that failed',
    `${FLOE}${row(`${ONE},`, `${WORKSPACE},,`)}export failed: internal,,,,,,,,,\r\n`,
    'one=bounced@workspace 3:invalid_address',
  ],
])

/** Address ids, of which spreadsheets take those for formulas that begin with a hyphen. */
const IDS = rows([
  ['ids alone', `address_id\n${id(ONE)}\n'${id(TWO)}\n`, 'one two'],
  ['an id beside its address', `email,addressId\n${ONE},${id(ONE)}\n,${id(TWO)}\n`, 'one two'],
  ['an id of another address', `email,addressId\n${ONE},${id(TWO)}\n`, '2:wrong_address_id'],
  [
    'an id beside a hash',
    `sha256,addressId\n${hex(ONE)},${id(ONE)}\n${hex(TWO)},${id(ONE)}\n`,
    'one 3:wrong_address_id',
  ],
  ['an id beside what is no address', `email,addressId\nada,${id(ONE)}\n`, '2:invalid_address'],
  ['numbers that others call so', `email,address_id\n${ONE},17\n,17\n`, 'one 3:invalid_address'],
  [
    'ids that are too short or too long',
    `addressId\n${id(ONE).slice(1)}\n${id(ONE)}A\n`,
    '2:invalid_address 3:invalid_address',
  ],
  [
    'ids as JSON',
    `{"addressId":"${id(ONE)}"}\n{"address_id":"${id(TWO)}","email":null}\n{"addressId":17}\n`,
    'one two 3:invalid_address',
    { format: 'ndjson' },
  ],
  [
    'an apostrophe that its id tells from a spreadsheet’s',
    `email,addressId\n'+one@example.com,${id("'+one@example.com")}\n'+one@example.com,${id('+one@example.com')}\n`,
    "'+one +one",
  ],
  ['ids, and a column that is named', `mail,addressId\n,${id(ONE)}\n`, 'one', { addressColumn: 'mail' }],
])

export const OWN: readonly Shape[] = [...OF_FLOE, ...IDS]
