import { connect } from 'node:net'
import { describe, expect } from 'vitest'
import { mintToken } from '../../core/token.ts'
import { answered, test, testWith, type World } from '../support/world.ts'
import { claimOf, expectDone, newRecipient, ONCE, recipientOf, type Sending, send } from './client.ts'

const FORM = 'application/x-www-form-urlencoded'
const WORDS = 'List-Unsubscribe=One-Click'
const PARTS = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'

const bodies: [what: string, sending: Sending][] = [
  ['multipart/form-data', { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: PARTS }],
  [
    'multipart/form-data without a boundary',
    { headers: { 'content-type': 'multipart/form-data' }, body: WORDS },
  ],
  [
    'multipart/form-data that breaks off',
    { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: PARTS.slice(0, 30) },
  ],
  ['a form', { headers: { 'content-type': FORM }, body: WORDS }],
  ['a form and its charset', { headers: { 'content-type': `${FORM}; charset=UTF-8` }, body: WORDS }],
  [
    'a form of other fields',
    { headers: { 'content-type': FORM }, body: 'email=ada%40example.com&confirm=no' },
  ],
  ['a form that says the opposite', { headers: { 'content-type': FORM }, body: 'List-Unsubscribe=No' }],
  ['a form of nothing', { headers: { 'content-type': FORM, 'content-length': '0' } }],
  ['no content type', { body: WORDS }],
  ['no content type and an empty body', { headers: { 'content-length': '0' } }],
  ['an empty content type', { headers: { 'content-type': '' }, body: WORDS }],
  ['a content type that is none', { headers: { 'content-type': ';;=' }, body: WORDS }],
  ['text/plain', { headers: { 'content-type': 'text/plain' }, body: WORDS }],
  ['text/html', { headers: { 'content-type': 'text/html' }, body: '<p>stop</p>' }],
  ['JSON', { headers: { 'content-type': 'application/json' }, body: '{"List-Unsubscribe":"One-Click"}' }],
  ['a form that says it is JSON', { headers: { 'content-type': 'application/json' }, body: WORDS }],
  ['JSON that breaks off', { headers: { 'content-type': 'application/json' }, body: '{"List-' }],
  [
    'a chunked form',
    {
      headers: { 'content-type': FORM, 'transfer-encoding': 'chunked' },
      body: ['List-Unsubscribe', '=One-Click'],
    },
  ],
  [
    'chunks of no content type',
    { headers: { 'transfer-encoding': 'chunked' }, body: ['List-Unsubscribe=One-Click'] },
  ],
  ['no chunk at all', { headers: { 'transfer-encoding': 'chunked' }, body: [] }],
  [
    'bytes that are no text',
    { headers: { 'content-type': FORM }, body: Buffer.from([0, 255, 254, 195, 40]) },
  ],
  ['gzip that is none', { headers: { 'content-type': FORM, 'content-encoding': 'gzip' }, body: WORDS }],
  ['a MiB of junk', { headers: { 'content-type': FORM }, body: 'x'.repeat(1024 * 1024) }],
  [
    'a MiB of junk in chunks',
    { headers: { 'transfer-encoding': 'chunked' }, body: Array(16).fill('x'.repeat(65_536)) },
  ],
]

describe('the body', () => {
  test.for(bodies)('a POST with %s unsubscribes once', async ([, sending], { sharedWorld: world }) => {
    const ada = await newRecipient(world)
    expectDone(await send(world, ada.url, sending))
    expect(await ada.traces()).toEqual(ONCE)
    expect(await world.check(ada.address)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  test('a POST whose body is announced and never comes is answered all the same', async ({
    sharedWorld: world,
  }) => {
    const ada = await newRecipient(world)
    const head = [
      `POST ${new URL(ada.url).pathname} HTTP/1.1`,
      'Host: floe.example.com',
      'Content-Length: 26',
    ]
    expect(await firstLine(world, `${head.join('\r\n')}\r\n\r\n`)).toBe('HTTP/1.1 200 OK')
    expect(await ada.traces()).toEqual(ONCE)
  })

  test('a POST of a client that speaks HTTP/1.0 or asks before it sends is answered', async ({
    sharedWorld: world,
  }) => {
    const [old, careful] = [await newRecipient(world), await newRecipient(world)]
    expect(
      await firstLine(world, `POST ${new URL(old.url).pathname} HTTP/1.0\r\nHost: floe.example.com\r\n\r\n`),
    ).toMatch(/^HTTP\/1\.[01] 200 /)
    expectDone(
      await send(world, careful.url, {
        headers: { 'content-type': FORM, expect: '100-continue' },
        body: WORDS,
      }),
    )
    for (const recipient of [old, careful]) expect(await recipient.traces()).toEqual(ONCE)
  })
})

/** Returns the first line of what comes back for these bytes. */
const firstLine = (world: World, bytes: string) =>
  new Promise<string>((resolve, reject) => {
    const { hostname, port } = new URL(world.url)
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let text = ''
    socket.setEncoding('utf8').on('error', reject)
    socket.on('data', chunk => {
      text += chunk
      if (!text.includes('\r\n')) return
      resolve(text.slice(0, text.indexOf('\r\n')))
      socket.destroy()
    })
  })

const spellings: [how: string, spell: (url: string) => string, headers: Record<string, string>][] = [
  ['by the link as it stands', url => url, {}],
  ['with a slash at its end', url => `${url}/`, {}],
  ['with a query that somebody added', url => `${url}?utm_source=mail&utm_medium=email`, {}],
  ['with a slash and a query', url => `${url}/?x`, {}],
  ['with the one-click words as a query', url => `${url}?${WORDS}`, {}],
  ['with an empty query', url => `${url}?`, {}],
  [
    'with its characters percent-encoded',
    url => url.replace(/.$/, last => `%${last.charCodeAt(0).toString(16)}`),
    {},
  ],
  ['at another host', url => url, { host: 'elsewhere.example' }],
  ['at the host in capitals', url => url, { host: 'FLOE.EXAMPLE.COM' }],
  ['at the host with its port', url => url, { host: 'floe.example.com:443' }],
  [
    'through a proxy that was asked by http',
    url => url,
    { 'x-forwarded-proto': 'http', 'cf-visitor': '{"scheme":"http"}' },
  ],
  [
    'through a proxy that names another host',
    url => url,
    { 'x-forwarded-host': 'elsewhere.example', forwarded: 'proto=http' },
  ],
]

describe('the answer is no redirect', () => {
  test.for(spellings)('to a POST %s', async ([, spell, headers], { sharedWorld: world }) => {
    const ada = await newRecipient(world)
    const answer = await send(world, spell(ada.url), { headers })
    expectDone(answer)
    expect(answer.headers).not.toHaveProperty('location')
    expect(answer.headers).not.toHaveProperty('refresh')
    expect(await ada.traces()).toEqual(ONCE)
  })
})

describe('the POST needs no context', () => {
  const contexts: [what: string, fields: (world: World) => Record<string, string>][] = [
    ['cookies of another life', () => ({ cookie: 'session=abc; __Host-csrf=def; consent=all' })],
    ['a name and password', () => ({ authorization: 'Basic YWRhOnNlY3JldA==' })],
    ['an API key that is none', () => ({ authorization: 'Bearer floe_nobody' })],
    ["a sender's own API key", world => ({ authorization: `Bearer ${world.apiKey}` })],
    ["another tenant's API key", world => ({ authorization: `Bearer ${world.otherApiKey}` })],
    ['a wrong CSRF token', () => ({ 'x-csrf-token': 'wrong', 'x-xsrf-token': 'wrong' })],
  ]

  test.for(contexts)('%s is ignored, and no cookie is set', async ([, fields], { sharedWorld: world }) => {
    const [plain, laden] = [await newRecipient(world), await newRecipient(world)]
    const expected = comparable(await send(world, plain.url))
    const answer = await send(world, laden.url, { headers: fields(world) })
    expect(comparable(answer)).toEqual(expected)
    expect(answer.headers).not.toHaveProperty('set-cookie')
    expect(answer.headers).not.toHaveProperty('www-authenticate')
    expect(await laden.traces()).toEqual(ONCE)
    const [[actor] = []] = await world.sql('SELECT actor FROM event WHERE address_id = ?', [
      claimOf(world, laden.address).addressId,
    ])
    expect(actor).toBe('recipient')
  })
})

const comparable = ({
  status,
  // Each request has a time and an id of its own.
  headers: { date: _, 'x-request-id': __, ...headers },
  text,
}: Awaited<ReturnType<typeof send>>) => ({
  status,
  headers,
  text,
})

test('a repeat is the same answer, byte for byte, and the ledger tells of all repeats in one event', async ({
  sharedWorld: world,
}) => {
  const ada = await newRecipient(world)
  const first = comparable(await send(world, ada.url))
  for (const [what, sending] of bodies)
    expect(comparable(await send(world, ada.url, sending)), what).toEqual(first)
  expect(await ada.traces()).toEqual(ONCE)
  const { addressId } = claimOf(world, ada.address)
  expect(
    await world.sql(
      "SELECT json_extract(data, '$.count') FROM event WHERE type = 'suppression.repeated' AND address_id = ?",
      [addressId],
    ),
  ).toEqual([[1]])
})

test('twenty clicks of one recipient at the same moment are all answered and leave one trace', async ({
  sharedWorld: world,
}) => {
  const ada = await newRecipient(world)
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(world, ada.url)))
  for (const answer of answers) expectDone(answer)
  expect(await ada.traces()).toEqual(ONCE)
})

const testOfSlowSenders = testWith({ bindings: { SENDER_RATE_UNITS: '1' } })

describe('nobody is turned away', () => {
  const origins: [who: string, headers: Record<string, string>][] = [
    ['an extension without an origin', { origin: 'null' }],
    ['a foreign origin', { origin: 'https://elsewhere.example', referer: 'https://elsewhere.example/inbox' }],
    [
      'a webmail in CORS mode',
      { origin: 'https://mail.example', 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'cross-site' },
    ],
    [
      'a form on a foreign page',
      {
        origin: 'https://elsewhere.example',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-site': 'cross-site',
        'sec-fetch-dest': 'document',
      },
    ],
    ['a client in no-cors mode', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-site': 'cross-site' }],
  ]
  test.for(origins)('%s: there is no origin or CSRF check', async ([, headers], { sharedWorld: world }) => {
    const ada = await newRecipient(world)
    const answer = await send(world, ada.url, { headers: { ...headers, 'content-type': FORM }, body: WORDS })
    expectDone(answer)
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    expect(await ada.traces()).toEqual(ONCE)
  })

  const agents = [
    '',
    'curl/8.14.1',
    'Wget/1.25.0',
    'Go-http-client/2.0',
    'python-requests/2.32.5',
    'okhttp/4.12.0',
    'Java/21',
    'node',
    'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
    'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'bot crawler spider scanner',
    'sqlmap/1.9',
    "'; DROP TABLE suppression; --",
  ]
  test.for(agents)('the user agent "%s" is not filtered', async (agent, { sharedWorld: world }) => {
    const ada = await newRecipient(world)
    expectDone(await send(world, ada.url, { headers: { 'user-agent': agent } }))
    expect(await ada.traces()).toEqual(ONCE)
  })

  testOfSlowSenders(
    'two hundred clicks from one source address are all answered, though its senders may hardly call at all',
    async ({ sharedWorld: world }) => {
      const headers = {
        'cf-connecting-ip': '192.0.2.1',
        'x-forwarded-for': '192.0.2.1',
        'x-real-ip': '192.0.2.1',
      }
      const urls = Array.from({ length: 200 }, (_, i) => {
        const claim = claimOf(world, `many-${i}@example.com`)
        return `/u/${mintToken(world.keyring, 'unsubscribe', claim)}`
      })
      for (let i = 0; i < urls.length; i += 20)
        for (const answer of await Promise.all(
          urls.slice(i, i + 20).map(url => send(world, url, { headers })),
        ))
          expectDone(answer)
      expect(await world.sql('SELECT count(*) FROM suppression')).toEqual([[200]])
      const calls = await Promise.all(
        [1, 2, 3].map(() => world.call('/v1/check', { topic: 'news', addresses: [] })),
      )
      expect(calls.map(({ status }) => status)).toContain(429)
    },
  )

  test('two hundred clicks on one link are all answered', async ({ sharedWorld: world }) => {
    const ada = await newRecipient(world)
    for (let i = 0; i < 200; i += 20)
      for (const answer of await Promise.all(Array.from({ length: 20 }, () => send(world, ada.url))))
        expectDone(answer)
    expect(await ada.traces()).toEqual(ONCE)
  })

  test('a click on one tenant’s link leaves the same address at another tenant alone', async ({
    sharedWorld: world,
  }) => {
    const ada = await recipientOf(world, 'shared@example.com')
    expectDone(await send(world, ada.url))
    for (const [topic, key] of [
      ['weekly', world.otherApiKey],
      ['news', world.siblingApiKey],
    ] as const) {
      const elsewhere = await world.call('/v1/check', { topic, addresses: [ada.address] }, { key })
      expect((await answered(elsewhere)).results).toMatchObject([{ decision: 'allow' }])
    }
  })
})
