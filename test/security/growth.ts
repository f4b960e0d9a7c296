import * as z from 'zod/mini'
import { canonicalAddress } from '../../core/address.ts'
import { keyTextOf } from '../../core/api-key.ts'
import { statusIn } from '../../core/bounce.ts'
import { systemClock } from '../../core/clock.ts'
import { localeOf } from '../../core/locale.ts'
import { failureLine } from '../../core/log.ts'
import { clusterOfPath } from '../../worker/cluster-of-path.ts'
import { clusterOfRequest } from '../../worker/cluster-of-request.ts'
import { ip, languageTag, source } from '../../worker/consent/evidence.ts'
import { readIdempotencyKey } from '../../worker/http/idempotency.ts'
import { readJson } from '../../worker/http/limits.ts'
import { acceptedLanguages } from '../../worker/http/request.ts'
import { pathOf } from '../../worker/http/route.ts'
import { extensionsIn, linksIn } from '../../worker/inbound/address-tokens.ts'
import { automatic } from '../../worker/inbound/automatic.ts'
import { addressIn, fieldsOf } from '../../worker/inbound/fields.ts'
import { readReport } from '../../worker/inbound/mail-report.ts'
import { mend } from '../../worker/inbound/mend.ts'
import { plainBounces } from '../../worker/inbound/plain-bounce.ts'
import { reporterOf } from '../../worker/inbound/reporter.ts'
import { latin1Bytes, verifyDkim } from '../../worker/message/dkim.ts'
import { textIn } from '../../worker/message/dns.ts'
import { factsOf } from '../../worker/message/facts.ts'
import { findingsIn, LINT_REGIMES } from '../../worker/message/findings.ts'
import { fieldsIn, MimeRefused, partsOf } from '../../worker/message/mime.ts'
import { placeInHtml, placeInText } from '../../worker/message/place.ts'
import { rewriteTexts } from '../../worker/message/rewrite.ts'
import { commandFields } from '../../worker/preference/command.ts'
import { batches } from '../../worker/suppression/batches.ts'
import { recipientIn } from '../../worker/suppression/cell.ts'
import { type Format, layoutAmong } from '../../worker/suppression/layout.ts'
import { arriving, recordsOf } from '../../worker/suppression/records.ts'
import { linesOf } from '../../worker/suppression/upload.ts'

/** Something that reads what strangers send, and what they might send to hold it up. */
export interface Parser {
  read(text: string): unknown
  /** Texts of about so many characters. */
  shapes: Record<string, (length: number) => string>
  /** The characters of the shorter text, where a thousand tell too little. */
  length?: number
}

/** Returns texts of a repeated unit with something before it and behind it. */
const many =
  (unit: string, before = '', after = '') =>
  (length: number): string =>
    before + unit.repeat(Math.max(1, Math.floor(length / unit.length))) + after

/** Returns texts of units that differ by a number. */
const numbered =
  (unit: (i: number) => string, before = '', after = '') =>
  (length: number): string =>
    before + Array.from({ length: Math.ceil(length / unit(0).length) }, (_, i) => unit(i)).join('') + after

const shapesOf = (units: string[], before = '', after = '', name = '') =>
  Object.fromEntries(units.map(unit => [name + JSON.stringify(unit), many(unit, before, after)]))

const stream = (text: string, size: number): ReadableStream<Uint8Array> => {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close()
      else controller.enqueue(bytes.subarray(at, at + size))
      at += size
    },
  })
}

const importing = (format: Format, size: number) => async (text: string) => {
  const how = { clock: systemClock, weigh: async () => undefined }
  const cutting = { quotes: format === 'csv', from: { offset: 0, line: 1 }, charset: 'utf-8' }
  const pieces = recordsOf(arriving(stream(text, size).getReader(), how), cutting)
  let lines = 0
  for await (const { records } of batches(pieces))
    lines += linesOf(
      records,
      format,
      { header: ['email', 'reason'], delimiter: ',' },
      { idOf: hash => hash.subarray(0, 12), target: { scopes: new Map(), now: 0 } },
    ).length
  return lines
}

/** A message that cannot be changed is refused, and that is an answer. */
const refusing = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof MimeRefused)) throw error
    return undefined
  }
}

const CRLF = '\r\n'
const HEAD = `From: a@b.example${CRLF}To: c@d.example${CRLF}`
const HTML = `${HEAD}Content-Type: text/html${CRLF}${CRLF}`
const PLAIN = `${HEAD}Content-Type: text/plain${CRLF}${CRLF}`
const quoted = (type: string) =>
  `${HEAD}Content-Type: ${type}${CRLF}Content-Transfer-Encoding: quoted-printable${CRLF}${CRLF}`
const parted = (boundary: string, type = 'mixed') =>
  `${HEAD}Content-Type: multipart/${type}; boundary="${boundary}"${CRLF}${CRLF}--b${CRLF}`
const END = `${CRLF}${CRLF}x`

const MESSAGE = {
  ...shapesOf(
    [' ', ' \t', '=', '=3', '= \r\n', '=3D', 'é', '\r\n'],
    quoted('text/plain'),
    'x',
    'a quoted body of ',
  ),
  'parts that are not closed': many(`${CRLF}--b`, parted('b')),
  'delimiters with something behind them': many(`${CRLF}--b x`, parted('b')),
  'a delimiter and spaces': many(' ', `${parted('b')}${CRLF}--b`, 'x'),
  'many parts': many(`${CRLF}--b${CRLF}${CRLF}`, parted('b')),
  'many ends': many(`${CRLF}--b--`, parted('b')),
  'lines that nearly delimit': many(`${CRLF}--`, parted('b')),
  'a long boundary and as much of it': length =>
    parted('A'.repeat(length / 2)) + many(`${CRLF}--AAAAAAAAAAAAAAAAAAAAAAAA`)(length / 2),
  'a long boundary and nearly it': length =>
    `${parted('A'.repeat(length / 2))}${CRLF}--${'A'.repeat(length / 2 - 1)}x`,
  'parts within parts': length =>
    Array.from(
      { length: 8 },
      (_, i) => `${CRLF}--b${i || ''}${CRLF}Content-Type: multipart/mixed; boundary=b${i + 1}${CRLF}${CRLF}`,
    )
      .join('')
      .replace(/^/, parted('b')) + ' '.repeat(length),
  ...Object.fromEntries(
    [`${CRLF} `, `${CRLF}a:`, `${CRLF}Content-Type: x`, ' ', '\t', ':', ';'].map(unit => [
      `a head of ${JSON.stringify(unit)}`,
      many(unit, `${HEAD}X: y`, END),
    ]),
  ),
  ...Object.fromEntries(
    [
      ';',
      '; ',
      ';a',
      ';a=',
      ';a="',
      ';a="b',
      ';boundary',
      ';boundary=',
      ';boundary = "',
      ';a*0=b',
      '(',
      '"',
      '=',
      '\\"',
    ].map(unit => [
      `a type of ${JSON.stringify(unit)}`,
      many(unit, `${HEAD}Content-Type: multipart/mixed`, END),
    ]),
  ),
} satisfies Parser['shapes']

const signed = (canonical: string, more = '') =>
  `DKIM-Signature: v=1; a=rsa-sha256; c=${canonical}; d=b.example; s=s; h=from:to;${CRLF} bh=${EMPTY}; b=AAAA${more}${CRLF}`
/** SHA-256 of an empty body, relaxed: a signature with it is read to its end. */
const EMPTY = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
const RELAXED = 'relaxed/relaxed'
const SIMPLE = 'simple/simple'
const KEY = 'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC5N3lnvvrYgPCRSoqn'

/** The head of a complaint, its signature and what it covers first. */
const signing = (fields: string) =>
  `${signed(RELAXED).replace('h=from:to', 'h=from:to:date:content-type')}Date: Thu, 19 Nov 2026 10:00:00 +0000${CRLF}Content-Type: multipart/report${CRLF}${fields}`

const LISTED = `${HEAD}List-Unsubscribe: `

/** A report whose second part says what happened, and whose third is the head of the mail it is about. */
const report = (type: string, before = '', after = '') => ({
  before:
    `${HEAD}Message-ID: <1@b.example>${CRLF}Content-Type: multipart/report; report-type=x; boundary=b${CRLF}${CRLF}` +
    `--b${CRLF}Content-Type: ${type}${CRLF}${CRLF}${before}`,
  after: `${after}${CRLF}--b--${CRLF}`,
})
const BOUNCE = report('message/delivery-status')
const COMPLAINT = report('message/feedback-report', `Feedback-Type: abuse${CRLF}`)
const ORIGINAL = report(
  'message/delivery-status',
  `Final-Recipient: rfc822;a@b.example${CRLF}Action: failed${CRLF}Status: 5.1.1${CRLF}${CRLF}--b${CRLF}Content-Type: text/rfc822-headers${CRLF}${CRLF}`,
)
const inReport = (name: string, { before, after }: typeof BOUNCE, units: string[], field = '') =>
  Object.fromEntries(
    units.map(unit => [
      `${name} of ${field}${JSON.stringify(unit)}`,
      many(unit, before + field, `x${after}`),
    ]),
  )

const CSV = [
  ...['a","\n', '"\n', '"a\n', '"', '"x"', '" "', '"" ', ',', ';', '\n', '\r', '\r\n', ' ', 'x'],
  ...['a@b.example\n', '"a@b.example"\n', '"a\nb@c.example"\n', '"a,"b"\n', 'a"b",\n'],
]

/** A request of which nothing but one text is known. */
const requestOf = (text: string) =>
  ({ url: `https://floe.example.com/${text}`, headers: { get: () => text } }) as unknown as Request

const quietly = (work: () => unknown): unknown => {
  try {
    return work()
  } catch {
    return undefined
  }
}

async function lookOver(raw: string): Promise<unknown> {
  const read = await factsOf(raw, async () => KEY, 0)
  const said = { link: 'foreign', legalName: 'North & Co. Ltd', postalAddress: '1 Quay Street' } as const
  return read && findingsIn({ ...read, ...said }, LINT_REGIMES)
}

/** Everything that reads what strangers send, by name. */
export const PARSERS: Record<string, Parser> = {
  'a text that gets a footer': {
    read: text => placeInText(text, 'footer'),
    shapes: {
      'spaces and a letter': many(' ', '', 'x'),
      'line ends and a letter': many('\r\n \t\u00a0', '', 'x'),
      marks: many('{{floe_footer}}'),
      braces: many('{'),
    },
  },
  'HTML that gets a footer': {
    read: html => placeInHtml(html, 'footer'),
    shapes: shapesOf(
      [
        '<',
        '</',
        '<!--',
        '<!-->',
        '<!---',
        '--!>',
        '<!----!>',
        '<a b="',
        '<a b=c ',
        "<a b='>",
        '<p>',
        '<p></p>',
        '<style>',
      ].concat([
        '<style></style>',
        '</stylex',
        '<title></titl>',
        '</body>',
        '<p>{{floe_footer}}',
        '{{ ',
        '{{floe_footer}}',
        '<![if a]>',
        '<x',
      ]),
      '<title>{{floe_footer}}</title>',
    ),
  },
  'a message that gets a footer': {
    read: raw => refusing(() => rewriteTexts(raw, (_, text) => placeInText(text, 'footer'))),
    shapes: MESSAGE,
  },
  'a body that is looked over': {
    read: lookOver,
    length: 4000,
    shapes: {
      ...shapesOf(
        [
          ...[
            '<',
            '<a ',
            '<a href',
            '<a href=',
            '<a href="',
            "<a href='x",
            '<a href=x>',
            '<a href="https:a"> ',
            '<a>',
            '>',
          ],
          ...[
            '<img ',
            '<img width=1 ',
            '<img width=1 height=',
            '<img width',
            '<!--',
            '<!',
            '</',
            '&',
            '&amp;',
            '&#1',
          ],
          ...[' ', 'opt', 'https://', 'https://a ', 'unsubscrib', 'désabonn', 'x', '<b>', '<script>'],
        ],
        HTML,
      ),
      ...Object.fromEntries(
        [' ', '<', 'https://', 'http://a ', 'x', 'darse de baj'].map(unit => [
          `a text of ${JSON.stringify(unit)}`,
          many(unit, PLAIN),
        ]),
      ),
    },
  },
  'a message that is looked over': {
    read: lookOver,
    shapes: {
      ...shapesOf(['\r\n', '\n'], HTML),
      'a text of line ends': many('\r\n', PLAIN),
      ...Object.fromEntries(
        [
          '<',
          '<https:',
          '<https:a>,',
          '<mailto:a@b>,',
          '<https:a@',
          '<https:%40>',
          ' ',
          ',',
          '=?',
          `${CRLF} x`,
        ].map(unit => [`a List-Unsubscribe of ${JSON.stringify(unit)}`, many(unit, LISTED, END)]),
      ),
      ...Object.fromEntries(
        [
          '(',
          ')',
          '"',
          '<',
          '>',
          ':',
          ';',
          ',',
          '@',
          '\\',
          'a@b.c,',
          'a:b;',
          '<a@b.c> ',
          '=?',
          '=?utf-8?q?a?= ',
          ' ',
        ].map(unit => [`a To of ${JSON.stringify(unit)}`, many(unit, `From: a@b.example${CRLF}To: x`, END)]),
      ),
      'a long link and many recipients': length =>
        numbered(i => `a${i}@b.example,`, `From: a@b.example${CRLF}To: `)(length / 2) +
        many('a', `${CRLF}List-Unsubscribe: <https://x/`, `>${END}`)(length / 2),
      'many links above and many below': length =>
        numbered(i => `<https://a/${i}>,`, LISTED)(length / 2) +
        numbered(i => `<a href=https://b/${i}>`, `${CRLF}Content-Type: text/html${CRLF}${CRLF}`)(length / 2),
      ...Object.fromEntries(
        ['Subject', 'From', 'Date', 'List-Unsubscribe-Post', 'DKIM-Signature'].map(name => [
          `many fields called ${name}`,
          many(`${CRLF}${name}: x`, `${HEAD}X: y`, END),
        ]),
      ),
      'a Subject of spaces': many(' ', `${HEAD}Subject: `, END),
      ...MESSAGE,
    },
  },
  'a signature': {
    read(raw) {
      const { head, body } = partsOf(raw)
      return verifyDkim(fieldsIn(head), body, async () => KEY, 0)
    },
    length: 2000,
    shapes: {
      ...Object.fromEntries(
        [RELAXED, SIMPLE].flatMap(canonical =>
          [' ', ' \t', '\r\n', ' \r\n', '\t\r\n ', 'x \r\n', '\r', '\n', 'x'].map(unit => [
            `a body of ${JSON.stringify(unit)}, ${canonical}`,
            many(unit, `${HEAD}${signed(canonical)}${CRLF}`, 'x'),
          ]),
        ),
      ),
      ...Object.fromEntries(
        [RELAXED, SIMPLE].flatMap(canonical =>
          [`${CRLF}a: b`, `${CRLF}From: b`, `${CRLF} `, ' ', '\t', ':'].map(unit => [
            `a head of ${JSON.stringify(unit)}, ${canonical}`,
            many(unit, `${signed(canonical)}${HEAD}X: y`, CRLF + CRLF),
          ]),
        ),
      ),
      ...Object.fromEntries(
        [';', ' ', ';b ', ';b', ';b=', '; b', '=', ';a=b', 'AAAA', 'A ', `${CRLF} `].map(unit => [
          `a signature of ${JSON.stringify(unit)}`,
          length => `${HEAD}${signed(RELAXED, many(unit)(length))}${CRLF}`,
        ]),
      ),
      'many covered fields': many(
        'from:',
        `${HEAD}${signed(RELAXED).replace('h=', 'h=')}`.replace(/h=from:to/, 'h='),
        CRLF + CRLF,
      ),
      'many signatures': length => HEAD + many(signed(RELAXED))(length) + CRLF,
    },
  },
  'the record of a key': {
    read: textIn,
    shapes: shapesOf(['\\"', '"', '" "', '\\', '"a" ', ' ', 'a'], '"'),
  },
  'a complaint that is signed': {
    read: raw =>
      reporterOf(latin1Bytes(raw), {
        reporters: ['b.example'],
        mailbox: 'c@d.example',
        now: Date.parse('2026-11-20'),
        find: async () => KEY,
      }),
    length: 2000,
    shapes: {
      ...Object.fromEntries(
        [' ', 'a', 'a@', 'a@b', 'a@b.c ', '<', '<a@b>', '+', 'a+', '"', '(', '.', '@', `${CRLF} `].flatMap(
          unit => [
            [`a From of ${JSON.stringify(unit)}`, many(unit, signing('From: '), `${CRLF}${CRLF}x`)],
            [
              `a To of ${JSON.stringify(unit)}`,
              many(unit, signing(`From: a@b.example${CRLF}To: `), `${CRLF}${CRLF}x`),
            ],
          ],
        ),
      ),
      ...Object.fromEntries(
        ['\n', '\r', '\r\n', `${CRLF}a:`, `${CRLF}From: a@b.example`, `${CRLF} `].map(unit => [
          `a head of ${JSON.stringify(unit)}`,
          many(unit, signing(`From: a@b.example${CRLF}To: c+x@d.example`), 'x'),
        ]),
      ),
      ...Object.fromEntries(
        ['\n', '\r', ' ', ' \n', 'x'].map(unit => [
          `a body of ${JSON.stringify(unit)}`,
          many(unit, signing(`From: a@b.example${CRLF}To: c+x@d.example${CRLF}${CRLF}`), 'x'),
        ]),
      ),
    },
  },
  'a report by mail': {
    read: raw => readReport(latin1Bytes(raw)),
    shapes: {
      ...inReport('a bounce', BOUNCE, [
        'a:\r\n',
        ':',
        '\r\n',
        '\n',
        '\r\n ',
        ' ',
        '\t',
        'x',
        'Final-Recipient: a@b\r\n\r\n',
        'Action: failed\r\n',
      ]),
      ...inReport('a bounce', BOUNCE, [' ', ';', '<', '5.', '5.1.1 ', '@'], 'Final-Recipient: rfc822'),
      ...inReport(
        'a bounce',
        BOUNCE,
        [' ', '5.', '5.1', '5.1.1.'],
        'Final-Recipient: rfc822;a@b\r\nAction: failed\r\nStatus: ',
      ),
      ...inReport('a complaint', COMPLAINT, ['Original-Rcpt-To: <a@b>\r\n', 'a:\r\n', '\r\n ', ' ', '<']),
      ...inReport('the mail it is about', ORIGINAL, ['a:\r\n', '\r\n', '\r\n ', 'List-Unsubscribe: <x>\r\n']),
      ...inReport(
        'the mail it is about',
        ORIGINAL,
        ['+', '/u/', 'a', '/u/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa>', ' '],
        'List-Unsubscribe: <',
      ),
      'a head of one field again and again': many(
        'a:\r\n',
        `${HEAD}Content-Type: multipart/report; boundary=b${CRLF}`,
        CRLF,
      ),
      'many parts': many(`${CRLF}--b${CRLF}${CRLF}`, parted('b', 'report')),
      'many parts of their own type': many(
        `${CRLF}--b${CRLF}Content-Type: message/rfc822${CRLF}${CRLF}`,
        parted('b', 'report'),
      ),
      'parts of which none is closed': many(`${CRLF}--b`, parted('b', 'report')),
    },
  },
  'a bounce that is written for people': {
    read: plainBounces,
    length: 4000,
    shapes: {
      ...shapesOf(
        [
          'a@b.example\n',
          'a@',
          '<a@b.example>:\n',
          '"',
          '<',
          '(',
          '.',
          ' ',
          '-',
          '\n',
          '> ',
          '5.',
          '5.1.1 ',
          'message to ',
        ],
        'Hi. This is the qmail-send program at x.\n',
      ),
      ...shapesOf(
        ['-', '- ', 'this is a copy of ', 'the original message\n', 'message that you sent to '],
        '',
        '',
        'alone ',
      ),
    },
  },
  'an address in a report': {
    read: text => addressIn(text, { xtext: true }),
    length: 4000,
    shapes: shapesOf(
      ['(', ')', '<', '>', '"', '\\', '@', 'a@b ', '+2B', '\\x{61}', ';', '=?utf-8?Q?', ':'],
      'utf-8; ',
    ),
  },
  'what is mended in a mail': {
    read: raw => mend(latin1Bytes(raw)),
    length: 4000,
    shapes: shapesOf(
      ['content-type:\n', 'a=\n', '\n', 'From \n', ' ', ';', 'content-', 'final-recipient:\n'],
      'content-type: x\n',
    ),
  },
  'the fields of a report': {
    read: fieldsOf,
    length: 4000,
    shapes: shapesOf(['a:\r\n', 'a:\n', '\r\n', '\n', '\r\n ', '\r', ' ', '\t', ':', 'a:b\r\n\r\n']),
  },
  'a list as CSV': {
    read: importing('csv', 16_384),
    length: 2000,
    shapes: shapesOf(CSV),
  },
  'a list as CSV, byte by byte': {
    read: importing('csv', 1),
    shapes: shapesOf(['x', '"', '"\n', 'a","\n', '\n']),
  },
  'a list as NDJSON': {
    read: importing('ndjson', 16_384),
    length: 2000,
    shapes: {
      ...shapesOf([
        '\n',
        ' ',
        '{',
        '[',
        '"',
        '{"',
        '{"email":"a@b.example"}\n',
        '"a@b.example"\n',
        '{"a":1,"b":2}\n',
        '\\',
      ]),
      'a line of many fields': numbered(i => `"a${i}":1,`, '{"email":"a@b.example",', '"z":1}'),
      'lines of other fields each': numbered(i => `{"email":"a@b.example","a${i}":1}\n`),
    },
  },
  'a cell of a list': {
    read: text => recipientIn(text, text),
    shapes: shapesOf(['<', '>', 'a@', '.', "'", '"', 'mailto:', '%41', '\u200b', ' ', '?', ';']),
  },
  'the first line of a list': {
    read: text => layoutAmong(Array(10).fill(text), {}),
    shapes: shapesOf([',', ';', '"', '","', 'email,', ' ', '\t', '|', '"a"b', '\r']),
  },
  'an address as long as one may be': {
    // Its length has an end; how the time grows up to there says what ten thousand of them cost.
    length: 30,
    read: text => {
      for (let i = 0; i < 50; i++) canonicalAddress(text)
    },
    shapes: {
      ...shapesOf(
        ['a', '.', 'a.', '-', 'a-', '0', 'a.1.', 'é', 'É', 'ß', 'xn--a.', 'xn--', '。'],
        'a@a.',
        '_',
      ),
      ...shapesOf(['a', '.', 'é', '+', 'A', '\u0301'], '', '@b.example', 'a name of '),
      ...Object.fromEntries(
        ['a', 'é', 'a.'].map(unit => [`a domain of ${unit}`, many(unit, 'a@', 'x.example')]),
      ),
      hex: many('0', 'a@b.0x', 'g'),
    },
  },
  'a text that is no address': {
    read: text => canonicalAddress(text),
    shapes: {
      'spaces around one': length => `${' '.repeat(length / 2)}a@b.example${' '.repeat(length / 2)}`,
      ...shapesOf(['a', '@', '.', ' ', 'a@b.', '\u0301', 'é'], '', '@b.example'),
    },
  },
  'fields of a request': {
    async read(text) {
      const request = requestOf(text)
      quietly(() => readIdempotencyKey(text))
      quietly(() => clusterOfRequest(request, pathOf(request), clusterOfPath))
      return [
        acceptedLanguages(request),
        keyTextOf(text),
        localeOf(text),
        readJson(request, 1).catch(() => 0),
      ]
    },
    shapes: {
      ...shapesOf([' ', ',', ';q=', 'a,', '/', '%20', '%', '?', '#', '\\', '"', '+', '.']),
      'a key in quotes': many('\\"', '"', 'x'),
      'a login': many('QTpB', 'Basic '),
      'a bearer of spaces': many(' ', 'Bearer ', 'x y'),
      'a type of plus signs': many('+', 'application/', 'x'),
      'a type of spaces': many(' ', 'application/json', 'x'),
      'an address with percent signs': many('%e2%82', 'u/'),
    },
  },
  'fields of a call': {
    read: text =>
      [ip, languageTag, z.iso.datetime({ offset: true }), source].map(schema =>
        schema.safeParse(schema === source ? { url: text } : text),
      ),
    shapes: {
      ...shapesOf(['1', ':', '1:', '.', '1.', '0', '-', 'a-', ' ', 'x']),
      'fractions of a second': many('0', '2026-01-01T00:00:00.', 'x'),
    },
  },
  'what a mail says of itself': {
    read: text => [
      automatic({ from: text, header: () => text }),
      automatic({ from: text, header: () => null }),
    ],
    shapes: shapesOf([' ', '<', '<>', '>', 'by ', 'a', '-', 'auto-', '\t']),
  },
  'addresses that a mail came to': {
    read: text => [extensionsIn([text]), linksIn(text)],
    shapes: shapesOf(['+', '%2B', ' ', 'a', '+a', `+${'4'.repeat(47)}@`, `/u/${'A'.repeat(39)}>`, '@']),
  },
  'words of a mail server': {
    read: statusIn,
    shapes: shapesOf(['5.', '5.1', '5.1.1.', '1', '.', ' ', '511.']),
  },
  'a form': {
    read(text) {
      const form = new FormData()
      for (const name of text.split('&')) form.append(name, '')
      return commandFields(form)
    },
    shapes: { 'one field again and again': many('a&'), 'many fields': numbered(i => `a${i}&`) },
  },
  'an error that is logged': {
    read: text => failureLine('internal', new Error(text)),
    shapes: shapesOf(['a', '@', 'a@', '%40', '1', '1.', '1:', ':', 'a:', 'aaaa:', ' ', '\n', '/', 'A9_']),
  },
}
