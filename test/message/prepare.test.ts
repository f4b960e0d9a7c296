import PostalMime from 'postal-mime'
import { describe, expect } from 'vitest'
import { LOCALES } from '../../core/locale.ts'
import { answered, test, type World } from '../support/world.ts'

const ADA = { address: 'ada@example.com' }

const ask = (world: World, body: object) =>
  world.call('/v1/messages/prepare', { topic: 'news', recipients: [ADA], ...body })
const prepare = async (world: World, body: object) => answered(await ask(world, body))
const imprint = (world: World) =>
  world.update('workspace', "legal_name = 'North & Co. Ltd', postal_address = '1 Quay St, Dover <UK>'")

const RAW = [
  'From: North <news@north.example>',
  'To: ada@example.com',
  'Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=',
  'DKIM-Signature: v=1; a=rsa-sha256; d=north.example;\r\n s=spring; b=AAAA',
  'List-Unsubscribe: <https://old.example/u>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="out+er"',
  '',
  'preamble',
  '--out+er',
  'Content-Type: multipart/alternative; boundary=inner',
  '',
  '--inner',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Sch=F6ne Gr=FC=DFe=',
  ', Ada',
  '--inner',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: 8bit',
  '',
  '<html><body><p>Schöne Grüße</p></body></html>',
  '--inner--',
  '--out+er',
  'Content-Type: text/plain; name=a.txt',
  'Content-Disposition: attachment; filename=a.txt',
  '',
  'an attachment, as it is',
  '--out+er--',
  'epilogue',
].join('\r\n')

describe('a whole message', () => {
  test('of mail that is owed gets no way to unsubscribe from it, in no field and in no footer', async ({
    sharedWorld: world,
  }) => {
    const { messages, dkim, notes } = await prepare(world, { topic: 'receipts', raw: RAW })
    const [{ raw, unsubscribeUrl, headers, preferencesUrl }] = messages
    expect([unsubscribeUrl, headers, dkim]).toEqual([undefined, undefined, { sign: 'after', fields: [] }])
    expect(raw).not.toMatch(/^List-Unsubscribe/im)
    const mail = await PostalMime.parse(raw)
    for (const text of [mail.text, mail.html]) {
      expect(text).toContain(preferencesUrl)
      expect(text).toContain('as a customer of')
      expect(text).not.toContain('Unsubscribe')
    }
    expect(notes.map(({ code }: { code: string }) => code)).toContain('fields_removed')
  })

  test('gets both header fields once and the footer in both its texts, and keeps the rest byte by byte', async ({
    sharedWorld: world,
  }) => {
    await imprint(world)
    const { messages, dkim, notes } = await prepare(world, {
      raw: RAW,
      recipients: [{ ...ADA, locale: 'de-AT' }],
    })
    const [{ raw, unsubscribeUrl, preferencesUrl, locale }] = messages
    expect(locale).toBe('de')
    const mail = await PostalMime.parse(raw)
    const fields = (name: string) => mail.headers.filter(({ key }) => key === name).map(({ value }) => value)
    expect(fields('list-unsubscribe')).toEqual([`<${unsubscribeUrl}>`])
    expect(fields('list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click'])
    expect(mail.subject).toBe('Grüße')
    expect(mail.text).toContain('Schöne Grüße, Ada')
    for (const text of [mail.text, mail.html])
      for (const part of [unsubscribeUrl, preferencesUrl, 'Abmelden']) expect(text).toContain(part)
    expect(mail.text).toContain('North & Co. Ltd, 1 Quay St, Dover <UK>')
    expect(mail.html).toContain('1 Quay St, Dover &lt;UK&gt;')
    expect(mail.html).toMatch(/<p>Schöne Grüße<\/p><div lang="de" dir="ltr".*<\/div><\/body><\/html>/s)
    expect(raw).toContain(
      '\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nan attachment, as it is\r\n--out+er--\r\nepilogue',
    )
    expect(raw).toContain('\r\n\r\npreamble\r\n--out+er\r\n')
    expect(dkim).toEqual({ sign: 'after', fields: ['List-Unsubscribe', 'List-Unsubscribe-Post'] })
    expect(fields('dkim-signature')).toEqual([])
    expect(notes.map(({ code }: { code: string }) => code)).toEqual(['dkim_removed', 'fields_replaced'])
  })

  test('of one text is given a footer too, with line ends of either kind', async ({ sharedWorld: world }) => {
    const plain = 'From: a@north.example\nSubject: x\n\nHello\n'
    const html = 'From: a@north.example\nContent-Type: text/html\n\n<p>Hello'
    for (const raw of [plain, html, plain.replaceAll('\n', '\r\n')]) {
      const { messages } = await prepare(world, { raw })
      const mail = await PostalMime.parse(messages[0].raw)
      expect(mail.headers.map(({ key }) => key)).toContain('mime-version')
      expect(mail.html ?? mail.text).toContain('Hello')
      expect(mail.html ?? mail.text).toContain(messages[0].unsubscribeUrl)
    }
  })

  test('writes nothing', async ({ sharedWorld: world }) => {
    await world.writesNothing(() => ask(world, { raw: RAW }))
  })

  const broken: [string, string, string][] = [
    [
      'signed',
      'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=b\n\n--b\n\nx\n--b--',
      'is signed',
    ],
    ['encrypted', 'Content-Type: application/pkcs7-mime\n\nAAAA', 'is encrypted'],
    ['without a head', 'Hello', 'no header fields'],
    [
      'in bytes that are not what it says',
      'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=FF=FE',
      'UTF-8',
    ],
    [
      'in an unknown encoding',
      'Content-Type: text/plain; charset=x-martian\nContent-Transfer-Encoding: base64\n\nAAAA',
      'UTF-8',
    ],
    ['in base64 that is none', 'Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!', 'UTF-8'],
    [
      'with parts within parts without end',
      Array.from({ length: 20 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}`).join(
        '\n',
      ),
      'parts within parts',
    ],
  ]
  test.for(broken)('%s is refused rather than broken', async ([, raw, words], { sharedWorld: world }) => {
    const answer = await world.writesNothing(() => ask(world, { raw }))
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      errors: [{ field: 'raw', message: expect.stringContaining(words) }],
    })
  })
})

describe('what no sender would send', () => {
  test('is answered: twenty thousand parts, with a footer in the first and a note on the others', async ({
    sharedWorld: world,
  }) => {
    const raw = `Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(20_000)}--b--`
    const { messages, notes } = await prepare(world, { raw })
    expect((await PostalMime.parse(messages[0].raw)).text).toContain(messages[0].unsubscribeUrl)
    expect(notes).toContainEqual({
      code: 'text_unchanged',
      message: expect.stringMatching(/^No footer went into 2 text\/plain, .* and 19989 more: another text/),
    })
  })

  const odd: [string, object, string][] = [
    ['half a character', { raw: 'X: \ud83d\n\nx' }, 'raw'],
    ['bytes that are no base64', { rawBase64: '%' }, 'rawBase64'],
    ['text and bytes', { raw: RAW, rawBase64: '' }, 'raw'],
    ['bytes of no message', { rawBase64: '' }, 'rawBase64'],
    ['text in bytes that text cannot carry', { raw: 'Content-Type: text/plain; charset=koi8-r\n\nя' }, 'raw'],
  ]
  test.for(odd)('is refused: %s', async ([, body, field], { sharedWorld: world }) => {
    const answer = await world.writesNothing(() => ask(world, body))
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ errors: [{ field }] })
  })
})

test('a message that is none is refused also where nobody is to have it', async ({ sharedWorld: world }) => {
  const answer = await ask(world, { raw: 'x', recipients: [{ address: 'nobody' }] })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({
    errors: [{ field: 'raw', message: expect.stringContaining('no header fields') }],
  })
})

describe('the footer', () => {
  test('stands where its mark is, and only there', async ({ sharedWorld: world }) => {
    const html = '<body><p>Hi</p>{{floe_footer}}<p>PS: é &amp; {{floe_footer}}</p></body>'
    const { messages } = await prepare(world, { html, text: 'Hi\n{{floe_footer}}\nPS {{floe_footer}}' })
    expect(messages[0].html).toMatch(/^<body><p>Hi<\/p><div lang="en".*<\/div><p>PS: é &amp; <\/p><\/body>$/s)
    expect(messages[0].text).toMatch(/^Hi\n-- \nUnsubscribe: .*\nPS $/s)
    expect(messages[0].html.split('Unsubscribe</a>')).toHaveLength(2)
  })

  const hidden = [
    '<body><!-- {{floe_footer}} --><p>Hi</p></body>',
    '<body title="{{floe_footer}}"><p>Hi</p></body>',
    '<body><p>Hi</p></body>',
    '<p>Hi',
    '<p>Hi</p></body>',
    '<body><p>Hi</p><!-- </body> -->',
    '',
  ]
  test.for(hidden)('is there all the same when the HTML is %s', async (html, { sharedWorld: world }) => {
    const { messages } = await prepare(world, { html })
    expect(messages[0].html).toContain('Unsubscribe</a>')
  })

  test('is there all the same when the elements lie deeper in one another than can be looked through', async ({
    sharedWorld: world,
  }) => {
    const html = `<body>${'<b>'.repeat(50_000)}</body>`
    const { messages } = await prepare(world, { html })
    expect(messages[0].html).toContain('Unsubscribe</a>')
  })

  test.for(LOCALES)('is written in %s, with the way out first', async (locale, { sharedWorld: world }) => {
    const { messages } = await prepare(world, {
      html: '<body></body>',
      text: 'x',
      recipients: [{ ...ADA, locale }],
    })
    const [{ html, text, unsubscribeUrl, preferencesUrl }] = messages
    expect(html).toContain(`lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}"`)
    for (const part of [html, text]) {
      expect(part.indexOf(unsubscribeUrl)).toBeLessThan(part.indexOf(preferencesUrl))
      expect(part).toContain('News')
      expect(part).not.toMatch(/undefined|\bnull\b/)
    }
  })

  test('is in the language a recipient last signed up in, where none is named', async ({ world }) => {
    const source = { url: 'https://north.example/' }
    const notice = { name: 'privacy', version: '1' }
    const signUp = { address: 'bob@example.com', topics: ['news'], source, notice, locale: 'fr' }
    expect((await world.call('/v1/subscriptions', signUp)).status).toBe(202)
    const recipients = [{ address: 'nobody' }, { address: 'bob@example.com' }, ADA]
    const { messages } = await prepare(world, { text: 'x', recipients })
    expect(messages.map(({ locale, error }: { locale: string; error: string }) => locale ?? error)).toEqual([
      'invalid_address',
      'fr',
      'en',
    ])
  })

  test('cannot be made to carry markup by a name', async ({ world }) => {
    await world.update('workspace', "display_name = '<img src=x>', legal_name = '<script>1</script>'")
    const { messages } = await prepare(world, { html: '<p>x</p>' })
    expect(messages[0].html).not.toMatch(/<(?:img|script)/)
  })

  test('leads to pages that really work, for each recipient their own', async ({ world }) => {
    const { messages } = await prepare(world, {
      text: 'x',
      recipients: [ADA, { address: 'bob@example.com' }],
    })
    const [, url] = /Unsubscribe: (\S+)/.exec(messages[1].text)!
    expect((await world.fetch(url!, { method: 'POST' })).status).toBe(200)
    expect(await world.check('bob@example.com')).toMatchObject({ decision: 'deny' })
    expect(await world.check(ADA.address)).toMatchObject({ decision: 'allow' })
  })
})

const mistakes: [string, object, string][] = [
  ['neither a message nor texts', {}, 'raw'],
  ['a message and texts', { raw: RAW, html: '' }, 'raw'],
  ['nobody', { text: 'x', recipients: [] }, 'recipients'],
  ['an address that is no object', { text: 'x', recipients: ['ada@example.com'] }, 'recipients[0]'],
  ['too many', { text: 'x', recipients: Array.from({ length: 1001 }, () => ADA) }, 'recipients'],
  [
    'too much',
    { text: 'x'.repeat(1_000_000), recipients: Array.from({ length: 10 }, () => ADA) },
    'recipients',
  ],
]
test.for(mistakes)('%s is refused', async ([, body, field], { sharedWorld: world }) => {
  const answer = await world.writesNothing(() => ask(world, body))
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({
    errors: expect.arrayContaining([expect.objectContaining({ field })]),
  })
})

test('ten megabytes are refused', async ({ sharedWorld: world }) => {
  expect((await ask(world, { text: 'x'.repeat(10 * 1024 * 1024) })).status).toBe(413)
})
