import { request } from 'node:http'
import { describe, expect } from 'vitest'
import { newSecrets } from '../../local/secrets.ts'
import { openKeyring, parseKeyring } from '../../worker/core/keys.ts'
import { mintToken, readToken } from '../../worker/core/token.ts'
import { answered, openWorld, test, type World } from '../support/world.ts'

const ADA = 'ada@example.com'
const click = (world: World, url: string, init: RequestInit = {}) =>
  world.fetch(url, { method: 'POST', ...init })
const link = async (world: World, address = ADA) => (await world.links(address)).unsubscribeUrl

async function expectDone(response: Response): Promise<void> {
  expect([response.status, await response.text()]).toEqual([200, 'Unsubscribed.\n'])
}

async function expectOnce(world: World): Promise<void> {
  const counts = await world.sql(
    "SELECT (SELECT count(*) FROM suppression), (SELECT count(*) FROM event WHERE type = 'suppression.added')",
  )
  expect(counts).toEqual([[1, 1]])
}

/** Sends exactly these header fields and this body, chunked when no length is among them: fetch would add its own. */
const raw = (world: World, url: string, headers: Record<string, string>, body: string | Buffer = '') =>
  new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; text: string }>(
    (resolve, reject) => {
      const { pathname, search } = new URL(url)
      const { hostname, port } = new URL(world.url)
      const sent = request(
        { hostname, port, path: pathname + search, method: 'POST', headers },
        async response => {
          let text = ''
          for await (const chunk of response) text += chunk
          resolve({ status: response.statusCode, headers: response.headers, text })
        },
      )
      sent.on('error', reject)
      sent.end(body)
    },
  )

describe('the header fields (RFC 8058 §3.1)', () => {
  test('are one List-Unsubscribe with one https URI and one List-Unsubscribe-Post of fixed text', async ({
    sharedWorld: world,
  }) => {
    const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients: [ADA] }))
    expect(links[0].headers).toEqual({
      'List-Unsubscribe': `<${links[0].unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
    expect(links[0].unsubscribeUrl).toMatch(/^https:\/\//)
  })

  test('have the https URI first and the mailto second where the workspace takes mail', async ({ world }) => {
    await world.sql("UPDATE workspace SET unsubscribe_mailbox = 'leave@example.com'")
    const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients: [ADA] }))
    const token = links[0].unsubscribeUrl.slice(-39)
    expect(links[0].headers['List-Unsubscribe']).toBe(
      `<https://floe.example.com/u/${token}>, <mailto:leave+${token}@example.com>`,
    )
  })

  test('stay within 78 plain ASCII characters a line with the longest origin there may be', async () => {
    const host = `${'a'.repeat(21)}.com`
    const world = await openWorld({ bindings: { BASE_URL: `https://${host}` } })
    try {
      const recipients = [ADA, 'jörg@bücher.example', `${'x'.repeat(200)}@example.com`]
      const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients }))
      for (const { headers } of links) {
        const line = `${headers['List-Unsubscribe']}`
        expect(` ${line}`.length).toBeLessThanOrEqual(78)
        expect(line).toMatch(/^[\x21-\x7e]+$/)
      }
    } finally {
      await world.close()
    }
  })
})

describe('the link (RFC 8058 §3.1, §6)', () => {
  test('says by itself who leaves what: the POST works with nothing but the URI', async ({ world }) => {
    const url = await link(world)
    expect(await raw(world, url, { host: 'floe.example.com' })).toMatchObject({ status: 200 })
    await expectOnce(world)
  })

  test('works where it stands in the body of the mail as in its header', async ({ world }) => {
    const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients: [ADA] }))
    expect(links[0].headers['List-Unsubscribe']).toContain(links[0].unsubscribeUrl)
    await expectDone(await click(world, links[0].unsubscribeUrl))
  })

  const forgeries: [string, (token: string, world: World) => string][] = [
    ['with one character changed', token => token.replace(/.$/, last => (last === 'A' ? 'B' : 'A'))],
    ['with another recipient in it', token => `${token.slice(0, 8)}${'A'.repeat(8)}${token.slice(16)}`],
    ['cut short', token => token.slice(0, -1)],
    ['with something added', token => `${token}A`],
    [
      'signed by another key',
      () => mintToken(openKeyring(parseKeyring(newSecrets().tokenKeys)!), 'unsubscribe', CLAIM),
    ],
    ['made for the preference center', (_, world) => mintToken(world.keyring, 'preferences', CLAIM)],
    ['made for an undo', (_, world) => mintToken(world.keyring, 'undo', CLAIM)],
    ['of nothing but letters', () => 'A'.repeat(39)],
    ['of thousands of characters', () => 'A'.repeat(8000)],
    ['of strange characters', () => '%00%ff..%2f'],
  ]
  const CLAIM = { topic: 1, addressId: new Uint8Array(12), ref: new Uint8Array() }

  test.for(forgeries)(
    '%s is no link: 404, nothing written, nothing claimed',
    async ([, forge], { sharedWorld: world }) => {
      const token = (await link(world)).slice(-39)
      const answer = await world.writesNothing(() => click(world, `/u/${forge(token, world)}`))
      expect(answer.status).toBe(404)
      expect(await answer.text()).not.toMatch(/^Unsubscribed/)
    },
  )

  test('of a topic that is gone is answered as done: there is nothing left to leave', async ({
    sharedWorld: world,
  }) => {
    const token = mintToken(world.keyring, 'unsubscribe', { ...CLAIM, topic: 4_000_000 })
    await expectDone(await world.writesNothing(() => click(world, `/u/${token}`)))
  })

  test('never expires, and outlives the key that signed it as long as that key verifies', async () => {
    const old = await openWorld()
    const tokenKeys = `2:${newSecrets().tokenKeys.slice(2)},${old.tokenKeys}`
    await old.close()
    const world = await openWorld({ bindings: { TOKEN_KEYS: tokenKeys } })
    try {
      const [[topic]] = (await world.sql("SELECT number FROM topic WHERE name = 'news'")) as [[number]]
      const token = mintToken(old.keyring, 'unsubscribe', { ...CLAIM, topic })
      await expectDone(await click(world, `/u/${token}`))
      await expectOnce(world)
    } finally {
      await world.close()
    }
  })
})

const bodies: [string, Record<string, string>, string | Buffer][] = [
  [
    'a form, as Gmail sends it',
    { 'content-type': 'application/x-www-form-urlencoded' },
    'List-Unsubscribe=One-Click',
  ],
  [
    'multipart, as the RFC prefers it',
    { 'content-type': 'multipart/form-data; boundary=x' },
    '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
  ],
  ['multipart without its boundary', { 'content-type': 'multipart/form-data' }, 'List-Unsubscribe=One-Click'],
  ['plain text', { 'content-type': 'text/plain' }, 'List-Unsubscribe=One-Click'],
  ['no content type', {}, 'List-Unsubscribe=One-Click'],
  ['JSON', { 'content-type': 'application/json' }, '{"List-Unsubscribe":"One-Click"}'],
  [
    'something that says JSON and is not',
    { 'content-type': 'application/json' },
    'List-Unsubscribe=One-Click',
  ],
  ['nothing', { 'content-length': '0' }, ''],
  ['nothing, of a form', { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '0' }, ''],
  [
    'chunks',
    { 'transfer-encoding': 'chunked', 'content-type': 'application/x-www-form-urlencoded' },
    'List-Unsubscribe=One-Click',
  ],
  ['another word', { 'content-type': 'application/x-www-form-urlencoded' }, 'hello=world'],
  ['octets of no sense', { 'content-type': 'image/png' }, Buffer.from([0, 255, 254, 0])],
  ['a megabyte', { 'content-type': 'application/x-www-form-urlencoded' }, 'x'.repeat(1_000_000)],
  ['a content type of no sense', { 'content-type': ';;;' }, 'List-Unsubscribe=One-Click'],
]

describe('the POST (RFC 8058 §3.2 and the field)', () => {
  test.for(bodies)('with %s unsubscribes, once', async ([, headers, body], { world }) => {
    const url = await link(world)
    const { status, text } = await raw(world, url, headers, body)
    expect([status, text]).toEqual([200, 'Unsubscribed.\n'])
    await expectOnce(world)
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  const spellings: [string, (url: string) => string, Record<string, string>][] = [
    ['a slash at its end', url => `${url}/`, {}],
    ['a query somebody added', url => `${url}?utm_source=mail`, {}],
    ['another host', url => url, { host: 'elsewhere.example' }],
    ['a proxy that spoke http', url => url, { 'x-forwarded-proto': 'http' }],
  ]
  test.for(spellings)('by %s is answered without a redirect', async ([, spell, headers], { world }) => {
    const { status, headers: answered } = await raw(world, spell(await link(world)), headers)
    expect([status, answered['location']]).toEqual([200, undefined])
    await expectOnce(world)
  })

  test('needs no cookie and no authentication, ignores both, and sets none', async ({ world }) => {
    const answer = await raw(world, await link(world), {
      cookie: 'session=abc; consent=all',
      authorization: 'Bearer floe_of_somebody_else',
    })
    expect(answer.status).toBe(200)
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.headers['www-authenticate']).toBeUndefined()
    await expectOnce(world)
  })

  test('again is answered the same, octet for octet, and adds nothing', async ({ world }) => {
    const url = await link(world)
    const first = await raw(world, url, {})
    for (let i = 0; i < 5; i++) {
      const again = await world.writesNothing(() => raw(world, url, {}))
      expect([again.status, again.text]).toEqual([first.status, first.text])
    }
  })

  test('is answered with a few octets of text that a browser in CORS mode may read', async ({ world }) => {
    const answer = await click(world, await link(world), { headers: { origin: 'https://mail.example' } })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('content-type')).toContain('text/plain')
    expect((await answer.text()).length).toBeLessThan(100)
  })

  const strangers: [string, Record<string, string>][] = [
    ['an extension', { origin: 'null' }],
    [
      'a foreign site',
      { origin: 'https://evil.example', referer: 'https://evil.example/', 'sec-fetch-site': 'cross-site' },
    ],
    ...[
      '',
      'curl/8.0',
      'Go-http-client/2.0',
      'python-requests/2.32',
      'Googlebot/2.1',
      'YahooMailProxy',
      'okhttp/4',
      'bot spider crawler',
    ].map((agent): [string, Record<string, string>] => [`the agent "${agent}"`, { 'user-agent': agent }]),
  ]
  test.for(strangers)(
    'from %s counts: there is no origin check and no filter of agents',
    async ([, headers], { world }) => {
      expect((await raw(world, await link(world), headers)).status).toBe(200)
      await expectOnce(world)
    },
  )

  test('is not limited: hundreds come from the few addresses of one provider', async ({ world }) => {
    const recipients = Array.from({ length: 300 }, (_, i) => `r${i}@example.com`)
    const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients }))
    const headers = { 'x-forwarded-for': '192.0.2.1', 'cf-connecting-ip': '192.0.2.1' }
    const answers = await Promise.all(
      links.map(({ unsubscribeUrl }: { unsubscribeUrl: string }) =>
        click(world, unsubscribeUrl, { headers }),
      ),
    )
    expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]))
  })
})

describe('looking is not leaving (RFC 8058 §3.2 and the field)', () => {
  test.for(['GET', 'HEAD', 'OPTIONS'])(
    '%s of the link changes nothing, however often',
    async (method, { sharedWorld: world }) => {
      const url = await link(world)
      for (const accept of ['text/html', '*/*', 'image/avif'])
        await world.writesNothing(async () => {
          const answer = await world.fetch(url, {
            method,
            headers: { accept, 'user-agent': 'Microsoft Office Protection' },
          })
          expect(answer.status).toBe(method === 'OPTIONS' ? 204 : 200)
          await answer.arrayBuffer()
        })
      expect(await world.check(ADA)).toMatchObject({ decision: 'allow' })
    },
  )

  test('the page behind it runs no script and sends nothing by itself', async ({ sharedWorld: world }) => {
    const answer = await world.fetch(await link(world), { headers: { accept: 'text/html' } })
    const html = await answer.text()
    expect(html).not.toMatch(/<script|http-equiv="?refresh|onload=|autofocus/i)
    expect(answer.headers.get('content-security-policy')).not.toContain('script-src')
    expect(html).toContain('method="post"')
  })
})

describe('while the database is away', () => {
  test('the POST is answered in time, says that nothing is done yet, and works when it is sent again', async ({
    world,
  }) => {
    const url = await link(world)
    const pid = world.database.pids[0]!
    process.kill(pid, 'SIGSTOP')
    try {
      const answer = await click(world, url, { signal: AbortSignal.timeout(5000) })
      expect(answer.status).toBe(503)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await answer.text()).toMatch(/^Not unsubscribed yet/)
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    await expectDone(await click(world, url))
    await expectOnce(world)
  })

  test('a check is an error and never an allow', async ({ world }) => {
    await world.database.stop()
    const answer = await world.call('/v1/check', { addresses: [ADA] }, { signal: AbortSignal.timeout(5000) })
    expect(answer.status).toBe(503)
    expect(await answer.json()).not.toHaveProperty('results')
  })
})

describe('what the law and the providers ask', () => {
  test('an unsubscribe is effective at once, well within two days, five or ten business days', async ({
    world,
  }) => {
    await expectDone(await click(world, await link(world)))
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny' })
  })

  test('leaving asks for one press on one page and nothing to be typed', async ({ sharedWorld: world }) => {
    const html = await (await world.fetch(await link(world), { headers: { accept: 'text/html' } })).text()
    expect(html).not.toMatch(/<input(?![^>]*type="?hidden)|<select|<textarea|captcha|password/i)
    expect(html).toMatch(/<button[^>]*value="topic"/)
  })

  test('what a sender writes in afterwards never brings a recipient back', async ({ world }) => {
    await expectDone(await click(world, await link(world)))
    const until = new Date(Date.now() + 1000).toISOString()
    for (const reason of ['unsubscribed', 'manual', 'imported']) {
      const entry = { address: ADA, scope: 'topic', topic: 'news', reason, until }
      await answered(await world.call('/v1/suppressions', { entries: [entry] }))
    }
    await new Promise(resolve => setTimeout(resolve, 1100))
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    expect(await world.check(ADA)).not.toHaveProperty('until')
  })

  test('a forwarded link shows nobody the address and opens nothing that raises mail', async ({ world }) => {
    const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
    for (const url of [unsubscribeUrl, preferencesUrl]) {
      const html = await (await world.fetch(url, { headers: { accept: 'text/html' } })).text()
      expect(html).not.toContain(ADA)
      expect(html).not.toMatch(/export|download|erase|resubscribe/i)
    }
    expect(readToken(world.keyring, 'preferences', unsubscribeUrl.slice(-39))).toBeUndefined()
  })
})
