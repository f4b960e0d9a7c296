import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { createTransport } from 'nodemailer'
import { describe, expect } from 'vitest'
import { answered, test as base, type World, type WorldOptions } from '../support/world.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const KEY_NAME = 'spring._domainkey.north.example'
const RECORD = `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`
const SIGNED = 'From:To:Subject:Date:Message-ID:List-Unsubscribe:List-Unsubscribe-Post'
const IMPRINT = { legalName: 'North & Co. Ltd', postalAddress: '1 Quay Street, Dover' }

/** Who answers where DKIM keys are looked up: with a `reply`, or that it broke. */
interface Dns {
  url: string
  asked: string[]
  reply: object | undefined
}

/** A test with a Floe that looks keys up at a server of the file's. */
const test = base
  .extend<{ $file: { dns: Dns } }>({
    dns: [
      async ({}, use) => {
        const server = createServer((request, response) => {
          dns.asked.push(new URL(request.url!, 'http://x').searchParams.get('name')!)
          if (!dns.reply) response.statusCode = 500
          response.end(JSON.stringify(dns.reply ?? {}))
        })
        await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
        const { port } = server.address() as AddressInfo
        const dns: Dns = { url: `http://127.0.0.1:${port}/dns-query`, asked: [], reply: undefined }
        await use(dns)
        server.closeAllConnections()
        await new Promise(resolve => server.close(resolve))
      },
      { scope: 'file' },
    ],
  })
  .extend<{ $file: { options: WorldOptions } }>({
    options: [({ dns }, use) => use({ bindings: { DNS_URL: dns.url } }), { scope: 'file' }],
  })

interface Choice {
  headers?: Record<string, string>
  fields?: string
  from?: string
  html?: string
  text?: string
  subject?: string
}

/** Writes and signs a mail as a sender's library does. */
async function signed(world: World, choice: Choice = {}): Promise<Buffer> {
  const { links } = await answered(
    await world.call('/v1/links', { topic: 'news', recipients: ['ada@example.com'] }),
  )
  const way = `Unsubscribe: ${links[0].unsubscribeUrl}\n${IMPRINT.legalName}, ${IMPRINT.postalAddress}`
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    dkim: {
      domainName: 'north.example',
      keySelector: 'spring',
      privateKey,
      headerFieldNames: choice.fields ?? SIGNED,
    },
  })
  const { message } = await transport.sendMail({
    from: choice.from ?? 'news@north.example',
    to: 'ada@example.com',
    subject: choice.subject ?? 'Grüße ☀️',
    text: choice.text ?? `Schön  \n\n${way}\n`,
    html:
      choice.html ??
      `<p>Schön</p><p><a href="${links[0].unsubscribeUrl}">Unsubscribe</a></p><p>${way.replace('&', '&amp;')}</p>`,
    headers: choice.headers ?? links[0].headers,
  })
  return message as unknown as Buffer
}

const lint = async (world: World, mail: Buffer, more: object = { dkimKeys: { [KEY_NAME]: RECORD } }) =>
  answered(await world.call('/v1/messages/lint', { rawBase64: mail.toString('base64'), ...more }))
const rulesOf = ({ findings }: { findings: { rule: string }[] }) => findings.map(({ rule }) => rule).sort()
const imprint = (world: World) =>
  world.update('workspace', 'legal_name = ?, postal_address = ?', [IMPRINT.legalName, IMPRINT.postalAddress])
const changed = (mail: Buffer, from: string | RegExp, to: string) =>
  Buffer.from(mail.toString('latin1').replace(from, to), 'latin1')

describe('a mail that is as it should be', () => {
  test('is found no fault with, and its signature holds as a receiver’s library says too', async ({
    sharedWorld: world,
  }) => {
    await imprint(world)
    const mail = await signed(world)
    const linted = await world.writesNothing(() => lint(world, mail))
    expect(linted).toMatchObject({
      findings: [],
      counts: { error: 0, warning: 0, note: 0 },
      dkim: [{ domain: 'north.example', selector: 'spring', result: 'pass', bits: 2048 }],
    })
    const { results } = await dkimVerify(mail, { resolver: async () => [[RECORD]] })
    expect(results[0]!.status.result).toBe('pass')
    expect(linted.dkim[0].covers).toEqual(results[0]!.signingHeaders.keys.toLowerCase().split(/\s*:\s*/))
  })

  test('stays so after prepare, signed behind it', async ({ sharedWorld: world }) => {
    await imprint(world)
    const raw =
      'From: news@north.example\nTo: ada@example.com\nSubject: Hi\nDate: Fri, 20 Nov 2026 15:00:00 +0000\nMessage-ID: <1@north.example>\n\nHi\n'
    const { messages } = await answered(
      await world.call('/v1/messages/prepare', {
        topic: 'news',
        raw,
        recipients: [{ address: 'ada@example.com' }],
      }),
    )
    expect(rulesOf(await lint(world, Buffer.from(messages[0].raw)))).toEqual(['dkim.missing'])
  })
})

describe('a finding:', () => {
  const cases: [string, string[], Choice][] = [
    [
      'a signature that leaves a field out',
      ['dkim.coverage'],
      { fields: 'From:To:Subject:List-Unsubscribe' },
    ],
    ['no fields at all', ['list_unsubscribe.missing', 'list_unsubscribe_post.missing'], { headers: {} }],
    [
      'a mailto alone',
      ['list_unsubscribe.https', 'list_unsubscribe_post.missing'],
      { headers: { 'List-Unsubscribe': '<mailto:leave@north.example>' } },
    ],
    [
      'plain http',
      ['list_unsubscribe.https'],
      {
        headers: {
          'List-Unsubscribe': '<http://north.example/u/x>',
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      },
    ],
    [
      'two https addresses',
      ['list_unsubscribe.https'],
      {
        headers: {
          'List-Unsubscribe': '<https://a.example/x>, <https://b.example/y>',
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      },
    ],
    [
      'the mailto first',
      ['list_unsubscribe.order'],
      {
        headers: {
          'List-Unsubscribe': '<mailto:l@a.example>, <https://b.example/y>',
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      },
    ],
    [
      'no brackets',
      ['list_unsubscribe.brackets', 'list_unsubscribe.https'],
      {
        headers: {
          'List-Unsubscribe': 'https://b.example/y',
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      },
    ],
    [
      'other words',
      ['list_unsubscribe_post.value'],
      {
        headers: {
          'List-Unsubscribe': '<https://b.example/y>',
          'List-Unsubscribe-Post': 'List-Unsubscribe=OneClick',
        },
      },
    ],
    [
      'the address in the link',
      ['list_unsubscribe.address'],
      {
        headers: {
          'List-Unsubscribe': '<https://b.example/y?e=ada%40example.com>',
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      },
    ],
    [
      'a link of ours that is none',
      ['list_unsubscribe.foreign'],
      {
        headers: {
          'List-Unsubscribe': `<https://floe.example.com/u/${'A'.repeat(39)}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      },
    ],
    ['a free mail address', ['dkim.alignment', 'from.free_mail'], { from: 'north@gmail.com' }],
    ['a false answer', ['subject.reply'], { subject: 'Re: your order' }],
    [
      'no way out in the body',
      ['footer.way_out.au', 'footer.way_out.ca_casl', 'footer.way_out.eu', 'footer.way_out.us_canspam'],
      { text: `Hi ${IMPRINT.legalName}, ${IMPRINT.postalAddress}`, html: '<p>Hi</p>' },
    ],
    [
      'a pixel',
      ['body.tracking_pixel'],
      {
        html: `<p>North &amp; Co. Ltd, 1 Quay Street, Dover</p><a href="https://x.example/unsubscribe">x</a><img src="https://t.example/p" width="1" height=1>`,
      },
    ],
    ['HTML that Gmail cuts off', ['body.clipped'], { html: `<p>${'x'.repeat(110_000)}</p>` }],
  ]
  test.for(cases)('%s', async ([, rules, choice], { sharedWorld: world }) => {
    await imprint(world)
    const linted = await lint(world, await signed(world, choice))
    expect(rulesOf(linted)).toEqual(rules)
    for (const finding of linted.findings)
      expect(finding).toMatchObject({
        severity: expect.stringMatching(/^(?:error|warning|note)$/),
        message: expect.stringMatching(/\.$/),
        fix: expect.stringMatching(/\S/),
        source: { name: expect.stringMatching(/\S/), url: expect.stringMatching(/^https:/) },
      })
  })

  test('a signature that was broken on the way', async ({ sharedWorld: world }) => {
    await imprint(world)
    const mail = await signed(world)
    for (const [from, to] of [
      [/^Subject: /m, 'Subject: X'],
      [/--_NmP[^\r]*--\r\n$/, 'more\r\n$&'],
      [/List-Unsubscribe=One-Click/, 'List-Unsubscribe=One-Clicks'],
    ] as const) {
      expect(rulesOf(await lint(world, changed(mail, from, to)))).toContain('dkim.broken')
      const { results } = await dkimVerify(changed(mail, from, to), { resolver: async () => [[RECORD]] })
      expect(results[0]!.status.result).not.toBe('pass')
    }
  })

  test('a short key, a missing one and a signature over the beginning alone', async ({
    sharedWorld: world,
  }) => {
    await imprint(world)
    const mail = await signed(world)
    expect(rulesOf(await lint(world, mail, { dkimKeys: { [KEY_NAME]: 'v=DKIM1; p=' } }))).toEqual([
      'dkim.broken',
    ])
    const partial = changed(mail, /(DKIM-Signature: v=1;)/, '$1 l=0;')
    expect(rulesOf(await lint(world, partial))).toContain('dkim.partial')
  })

  test("somebody else's link", async ({ sharedWorld: world }) => {
    await imprint(world)
    const { links } = await answered(
      await world.call('/v1/links', { topic: 'news', recipients: ['bob@example.com'] }),
    )
    expect(rulesOf(await lint(world, await signed(world, { headers: links[0].headers })))).toContain(
      'list_unsubscribe.other_recipient',
    )
  })

  test('a field that stands there twice, or not at all', async ({ sharedWorld: world }) => {
    const mail = await signed(world)
    const twice = changed(mail, /^(List-Unsubscribe-Post: .*\r\n)/m, '$1$1')
    expect(rulesOf(await lint(world, twice))).toContain('list_unsubscribe_post.repeated')
    expect(rulesOf(await lint(world, changed(mail, /^Date: .*\r\n/m, '')))).toContain('field.date')
  })

  test('is only of the regimes that are asked for', async ({ world }) => {
    const mail = await signed(world, { text: 'Hi', html: '<p>Hi</p>' })
    const asked = async (regimes: string[]) =>
      rulesOf(await lint(world, mail, { dkimKeys: { [KEY_NAME]: RECORD }, regimes }))
    expect(await asked(['us_canspam'])).toEqual([
      'footer.postal_address.us_canspam',
      'footer.way_out.us_canspam',
    ])
    expect(await asked([])).toEqual([])
  })
})

describe('however long a message is, it is looked at', () => {
  test('with more line ends than a call has places for', async ({ sharedWorld: world }) => {
    const raw = `From: a@b.example\r\n\r\n${'\r\n'.repeat(200_000)}`
    const folded = `From: a@b.example\r\nList-Unsubscribe: <https://b.example/y>${'\r\n x'.repeat(60_000)}\r\n\r\nHi`
    for (const one of [raw, folded])
      expect(await answered(await world.call('/v1/messages/lint', { raw: one }))).toMatchObject({ dkim: [] })
  })

  test('as far as a hundred thousand lines, which the answer says', async ({ sharedWorld: world }) => {
    const linesOf = async (count: number) =>
      rulesOf(await lint(world, Buffer.from(`From: a@b.example\r\n\r\n${'\r\n'.repeat(count)}`)))
    expect(await linesOf(100_001)).toContain('body.lines')
    expect(await linesOf(90_000)).not.toContain('body.lines')
  })

  test('as far as Gmail shows it, which the answer says', async ({ sharedWorld: world }) => {
    await imprint(world)
    const imprinted = `${IMPRINT.legalName}, ${IMPRINT.postalAddress} https://x.example/unsubscribe`
    const long = 'x '.repeat(60_000)
    const found = async (text: string) => {
      const linted = await lint(world, await signed(world, { text, html: '<p>Hi</p>' }))
      const said = linted.findings.find(({ rule }: { rule: string }) => rule === 'body.text_length')
      return [rulesOf(linted).filter(rule => rule.startsWith('footer.')).length, said?.message]
    }
    const says = expect.stringContaining('these rules look no further')
    expect(await found(`${imprinted} ${long}`)).toEqual([0, says])
    expect(await found(`${long} ${imprinted}`)).toEqual([9, says])
    expect(await found(imprinted)).toEqual([0, undefined])
  })
})

describe('keys', () => {
  test('are asked of DNS over HTTPS, and one that is not answered is not known rather than wrong', async ({
    sharedWorld: world,
    dns,
  }) => {
    dns.reply = {
      Status: 0,
      Answer: [{ type: 16, data: `"${RECORD.slice(0, 200)}" "${RECORD.slice(200)}"` }],
    }
    const mail = await signed(world)
    expect((await lint(world, mail, {})).dkim).toMatchObject([{ result: 'pass' }])
    dns.reply = { Status: 3 }
    expect((await lint(world, mail, {})).dkim).toMatchObject([{ result: 'no_key' }])
    dns.reply = undefined
    const unknown = await lint(world, mail, {})
    expect(unknown.dkim).toMatchObject([{ result: 'unknown' }])
    expect(rulesOf(unknown)).toContain('dkim.unknown')
    expect(dns.asked).toEqual([KEY_NAME, KEY_NAME, KEY_NAME])
    const evil = changed(mail, /d=north\.example/, 'd=north.example/../x?y')
    expect((await lint(world, evil, {})).dkim).toMatchObject([{ result: 'fail' }])
    expect(dns.asked).toHaveLength(3)
  })
})

test('nothing of the mail is fetched or fired', async ({ sharedWorld: world }) => {
  let asked = 0
  const server = createServer((_, response) => {
    asked++
    response.end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/u`
  await lint(
    world,
    await signed(world, {
      headers: { 'List-Unsubscribe': `<${url}>` },
      html: `<img src="${url}"><a href="${url}">unsubscribe</a>`,
    }),
  )
  expect(asked).toBe(0)
  await new Promise(resolve => server.close(resolve))
})

const mistakes: [string, object, string][] = [
  ['nothing', {}, 'raw'],
  ['both', { raw: 'a', rawBase64: 'YQ==' }, 'raw'],
  ['no base64', { rawBase64: '!' }, 'rawBase64'],
  ['no message', { raw: 'Hello' }, 'raw'],
  ['an unknown regime', { raw: 'A: b\n\nc', regimes: ['mars'] }, 'regimes[0]'],
  [
    'parts without end',
    {
      raw: Array.from(
        { length: 40 },
        (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}`,
      ).join('\n'),
    },
    'raw',
  ],
]
test.for(mistakes)('%s is refused', async ([, body, field], { sharedWorld: world }) => {
  const answer = await world.writesNothing(() => world.call('/v1/messages/lint', body))
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ errors: [{ field }] })
})
