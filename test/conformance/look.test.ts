import { describe, expect } from 'vitest'
import { answered, test } from '../support/world.ts'
import { expectDone, NOTHING, newRecipient, ONCE, recipientOf, send } from './client.ts'

const HTML = { accept: 'text/html,application/xhtml+xml' }
const METHODS = ['GET', 'HEAD', 'OPTIONS'] as const
const STATUS = { GET: 200, HEAD: 200, OPTIONS: 204 }

const onlookers: [who: string, headers: Record<string, string>, spell?: (url: string) => string][] = [
  ['a browser', HTML],
  ['a program that says nothing of itself', {}],
  ['a link scanner', { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Safe Links' }],
  ['a prefetch', { ...HTML, 'sec-purpose': 'prefetch;prerender', purpose: 'prefetch', 'x-moz': 'prefetch' }],
  ['a preview of the link', { accept: 'image/avif,image/webp,*/*' }],
  ['a method override', { ...HTML, 'x-http-method-override': 'POST', 'x-method-override': 'POST' }],
  [
    'the one-click words in a query',
    HTML,
    url => `${url}?List-Unsubscribe=One-Click&_method=POST&scope=topic`,
  ],
  ['a slash at its end', HTML, url => `${url}/`],
]

describe('looking at a link', () => {
  const table = onlookers.flatMap(([who, headers, spell = (url: string) => url]) =>
    METHODS.map(method => ({ method, who, headers, spell })),
  )
  test.for(table)(
    '$method by $who writes nothing and is no redirect',
    async ({ method, headers, spell }, { sharedWorld: world }) => {
      const ada = await newRecipient(world)
      const answer = await world.writesNothing(() => send(world, spell(ada.url), { method, headers }))
      expect(answer.status).toBe(STATUS[method])
      expect(answer.headers).not.toHaveProperty('location')
      expect(answer.headers).not.toHaveProperty('set-cookie')
      if (method !== 'GET') expect(answer.text).toBe('')
      expect(await world.check(ada.address)).toMatchObject({ decision: 'allow' })
    },
  )

  test.for(['PUT', 'PATCH', 'DELETE', 'PROPFIND'])(
    '%s is not a way to unsubscribe either: 405, nothing written',
    async (method, { sharedWorld: world }) => {
      const ada = await newRecipient(world)
      const answer = await world.writesNothing(() => send(world, ada.url, { method }))
      expect(answer.status).toBe(405)
      expect(answer.headers.allow).toContain('POST')
    },
  )

  test('a preflight tells a browser in CORS mode that it may POST whatever it likes', async ({
    sharedWorld: world,
  }) => {
    const ada = await newRecipient(world)
    const answer = await send(world, ada.url, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://mail.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type, x-anything',
      },
    })
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': expect.stringContaining('POST'),
      'access-control-allow-headers': '*',
    })
  })

  test('four hundred and ninety-seven links that a scanner opens after a send unsubscribe nobody', async ({
    sharedWorld: world,
  }) => {
    const recipients = Array.from({ length: 497 }, (_, i) => `scanned-${i}@example.com`)
    const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients }))
    const urls = links.map((link: { unsubscribeUrl: string }) => link.unsubscribeUrl)
    await world.writesNothing(async () => {
      for (let i = 0; i < urls.length; i += 25) {
        const opened = urls
          .slice(i, i + 25)
          .map((url: string) => send(world, url, { method: 'GET', headers: HTML }))
        for (const { status } of await Promise.all(opened)) expect(status).toBe(200)
      }
    })
    const { results } = await answered(
      await world.call('/v1/check', { topic: 'news', addresses: recipients }),
    )
    expect(new Set(results.map(({ decision }: { decision: string }) => decision))).toEqual(new Set(['allow']))
  })
})

describe('the page behind a link', () => {
  test('has no script, submits nothing by itself and loads nothing from elsewhere', async ({
    sharedWorld: world,
  }) => {
    const ada = await newRecipient(world)
    const answer = await send(world, ada.url, { method: 'GET', headers: HTML })
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.text).not.toMatch(/<script|\son\w+\s*=|http-equiv|javascript:|<iframe|<object|<embed/i)
    expect(answer.text).not.toMatch(/(?:src|href|action)="?(?:https?:)?\/\//i)
    const policy = answer.headers['content-security-policy']
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('script-src')
  })

  test('asks for one press of a button and for nothing to be typed, known or proven', async ({
    sharedWorld: world,
  }) => {
    const ada = await newRecipient(world)
    const page = await send(world, ada.url, { method: 'GET', headers: HTML })
    expect(page.text).not.toMatch(
      /<input(?![^>]*type="?hidden)|<select|<textarea|captcha|password|log ?in|sign ?in/i,
    )
    const [, action, fields] = /<form[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/.exec(page.text)!
    const [, name, value] = /<button[^>]*name="(\w+)" value="(\w+)"/.exec(fields!)!
    const done = await send(world, action!, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `${name}=${value}`,
    })
    expect(done.status).toBe(200)
    expect(await ada.traces()).toEqual(ONCE)
    expect(await world.check(ada.address)).toMatchObject({ decision: 'deny', scope: 'topic' })
  })

  test('says nothing is done before it is, and that nothing is left to do once it is', async ({
    sharedWorld: world,
  }) => {
    const ada = await newRecipient(world)
    const look = async () => (await send(world, ada.url, { method: 'GET', headers: HTML })).text
    expect(await look()).toMatch(/Nothing changes until you press a button/)
    expectDone(await send(world, ada.url))
    expect(await look()).toMatch(/You are already unsubscribed/)
  })
})

describe('a link that is forwarded to a stranger', () => {
  const ways = ['', '/page', '/undo', '/export', '/erase', '/resubscribe', '/confirm', '/download']

  test('shows the address nowhere, and gives back nothing that was stopped', async ({ world }) => {
    const ada = await recipientOf(world, 'ada@example.com')
    expectDone(await send(world, ada.url))
    for (const way of ways)
      for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
        for (const accept of [HTML.accept, 'application/json', 'text/csv']) {
          const body = method === 'GET' ? '' : 'scope=topic&undo=&topic=news&act=resume&resubscribe=1'
          const answer = await send(world, `${ada.url}${way}`, {
            method,
            headers: { accept, 'content-type': 'application/x-www-form-urlencoded' },
            body,
          })
          expect(`${answer.text} ${JSON.stringify(answer.headers)}`).not.toContain('ada@')
        }
    expect(await ada.traces()).toEqual(ONCE)
    expect(await world.check(ada.address)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  test('leads to a preference center where the same holds', async ({ world }) => {
    const ada = await recipientOf(world, 'ada@example.com')
    const page = await send(world, ada.url, { method: 'GET', headers: HTML })
    const [, preferences] = /href="(\/p\/[\w-]+)"/.exec(page.text)!
    expectDone(await send(world, ada.url))
    const wishes = [
      'act=save&shown=news&topic=news',
      'act=save&topic=news',
      'act=resume',
      'act=on&topic=news',
    ]
    for (const body of ['', ...wishes]) {
      const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }
      const answer = await send(world, preferences!, { headers, body })
      expect(answer.text).not.toContain('ada@')
      expect(await world.check(ada.address)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    }
    expect(await world.sql("SELECT count(*) FROM event WHERE type = 'suppression.lifted'")).toEqual([[0]])
  })

  test('is no credential: no call of a sender takes it', async ({ sharedWorld: world }) => {
    const ada = await newRecipient(world)
    for (const key of [ada.token, `floe_${ada.token}`, ada.url]) {
      const answers = await world.writesNothing(() =>
        Promise.all([
          world.call('/v1/check', { topic: 'news', addresses: [ada.address] }, { key }),
          world.call('/v1/suppressions/find', { address: ada.address }, { key }),
          world.fetch('/v1/suppressions/export', { headers: { authorization: `Bearer ${key}` } }),
        ]),
      )
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
    }
    expect(await ada.traces()).toEqual(NOTHING)
  })
})
