import { describe, expect } from 'vitest'
import { openRelay } from '../conformance/relay.ts'
import { request } from '../support/consent.ts'
import { openFloe, testWith, type World } from '../support/world.ts'

const test = testWith({ bindings: { PUBLIC_RATE_UNITS: '20' } })

describe('one tenant with hundreds of calls at once', () => {
  test('makes no check of another tenant’s fail, and no page and no click of a recipient', async () => {
    const relay = await openRelay()
    const floe = await openFloe({ replicas: 1, bindings: { DATABASE_URL: relay.url } })
    const world = floe.next()
    relay.target = world.database.primaryUrl
    try {
      const { unsubscribeUrl } = await world.links('ada@example.com')
      const clicked = await world.links('eve@example.com', 'offers')
      const check = (key: string, topic: string) =>
        world.call('/v1/check', { topic, addresses: ['ada@example.com'] }, { key })
      expect((await check(world.otherApiKey, 'weekly')).status).toBe(200)
      // What the tenant asks now keeps its place until it is given up; whatever comes later would be answered.
      await relay.turn('takes requests and stays silent')
      const refused: [retryAfter: string | null, code: string][] = []
      const many = Array.from({ length: 220 }, async () => {
        const answer = await check(world.apiKey, 'news')
        const { code = '' } = (await answer.json()) as { code?: string }
        if (answer.status === 503) refused.push([answer.headers.get('retry-after'), code])
      })
      await expect.poll(() => refused.length, { interval: 10 }).toBeGreaterThan(60)
      await relay.turn('fair')
      const others = Array.from({ length: 12 }, () => check(world.otherApiKey, 'weekly'))
      const page = world.fetch(unsubscribeUrl)
      const click = world.fetch(clicked.unsubscribeUrl, { method: 'POST' })
      expect((await Promise.all(others)).map(({ status }) => status)).toEqual(Array(12).fill(200))
      expect((await page).status).toBe(200)
      expect((await click).status).toBe(200)
      expect(refused[0]).toEqual(['1', 'overloaded'])
      await Promise.all(many)
    } finally {
      await floe.close()
      await relay.close()
    }
  })
})

describe('answers that are kept for an Idempotency-Key', () => {
  test('are the newest 16 MiB of an API key; what is older is not run again either', async ({ world }) => {
    // No address, so that nothing is written: nine tenths of a call are what its answer repeats.
    const entries = Array.from({ length: 10_000 }, (_, i) => ({
      address: `${'x'.repeat(300)}${i}`,
      scope: 'workspace',
      reason: 'manual',
    }))
    const add = (name: string, given: object[] = entries) =>
      world.call('/v1/suppressions', { entries: given }, { headers: { 'idempotency-key': name } })
    const ada = [{ address: 'ada@example.com', scope: 'workspace', reason: 'manual' }]
    const small = await (await add('small', ada)).text()
    const [last, ...others] = ['e', 'd', 'c', 'b', 'a']
    for (const name of [...others].reverse()) expect((await add(name)).status).toBe(200)
    const whole = await (await add(last!)).text()
    expect(whole.length).toBeGreaterThan(3.4 * 2 ** 20)
    const replayed = await add(last!)
    expect([replayed.status, replayed.headers.get('idempotency-replayed')]).toEqual([200, 'true'])
    expect(await replayed.text()).toBe(whole)
    const gone = await world.writesNothing(() => add('a'))
    expect(gone.status).toBe(409)
    expect(await gone.json()).toMatchObject({ code: 'idempotency.spent' })
    expect(await (await add('small', ada)).text()).toBe(small)
    expect((await add('a', ada)).status).toBe(422)
  })
})

describe('a network that asks too much of public routes', () => {
  const minute = () => Math.floor(Date.now() / 60_000)
  const from = (ip: string, init: RequestInit = {}): RequestInit => ({
    ...init,
    headers: { 'cf-connecting-ip': ip, ...(init.headers as Record<string, string>) },
  })
  const form = (fields: Record<string, string>): RequestInit => ({
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  /** Spends what a network has in a minute, and asks once more in the same one. */
  async function oneMore(world: World, path: string, ip: string, init?: RequestInit): Promise<Response> {
    for (;;) {
      const began = minute()
      for (let i = 0; i < 20; i++) await (await world.fetch('/u/none', from(ip))).body?.cancel()
      const answer = await world.fetch(path, from(ip, init))
      if (minute() === began) return answer
    }
  }

  test('is shown a page that says so, in the recipient’s language, and when to come back', async ({
    world,
  }) => {
    const { unsubscribeUrl } = await world.links('ada@example.com')
    const headers = { 'accept-language': 'de' }
    const answer = await world.writesNothing(() => oneMore(world, unsubscribeUrl, '192.0.2.1', { headers }))
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    const text = await answer.text()
    expect(text).toContain('lang="de"')
    expect(text).toContain('Bitte warten Sie eine Minute')
    expect(text).not.toContain('192.0.2')
  })

  test('is told in JSON where it reads JSON', async ({ world }) => {
    const { preferencesUrl } = await world.links('ada@example.com')
    const headers = { accept: 'application/json' }
    const answer = await oneMore(world, preferencesUrl, '192.0.2.2', { headers })
    expect(answer.status).toBe(429)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: 'rate.limited', retryAfterSeconds: expect.any(Number) })
  })

  test.for([
    ['a guess of an address', (path: string) => [`${path}/access`, form({ address: 'ada@example.com' })]],
    ['a language', (path: string) => [path, form({ act: 'language', locale: 'de' })]],
    ['a topic to come back', (path: string) => [path, form({ act: 'ask', topic: 'news' })]],
    ['readiness', () => ['/readyz', {}]],
  ] as [string, (path: string) => [string, RequestInit]][])(
    'is refused %s, and nothing is written',
    async ([, asking], { world }) => {
      const { preferencesUrl } = await world.links('ada@example.com')
      const [path, init] = asking(preferencesUrl)
      const answer = await world.writesNothing(() => oneMore(world, path, '192.0.2.3', init))
      expect(answer.status).toBe(429)
    },
  )

  test.for([
    ['guesses two addresses', '192.0.2.4', '/access', { address: 'x@example.com' }],
    ['asks for two mails in the preference center', '192.0.2.8', '', { act: 'ask', topic: 'news' }],
  ] as const)('%s a minute where it may ask for twenty pages', async ([, ip, path, fields], { world }) => {
    const { preferencesUrl } = await world.links('ada@example.com')
    const asked = async () =>
      (await world.fetch(`${preferencesUrl}${path}`, from(ip, { ...form(fields), redirect: 'manual' })))
        .status
    for (;;) {
      const began = minute()
      const statuses = [await asked(), await asked(), await asked()]
      if (minute() !== began) continue
      expect(statuses[0]).toBeLessThan(400)
      expect(statuses).toEqual([statuses[0], statuses[0], 429])
      return
    }
  })

  test('is never refused what stops mail: one click, its page, the preference center, "this was not me"', async ({
    world,
  }) => {
    const stops: [string, RequestInit][] = []
    for (const [name, path, init] of [
      ['a', '', { method: 'POST' }],
      ['b', '/', { method: 'POST', body: 'List-Unsubscribe=One-Click' }],
      ['c', '/page', form({ scope: 'workspace' })],
    ] as const)
      stops.push([`${(await world.links(`${name}@example.com`)).unsubscribeUrl}${path}`, init])
    const { preferencesUrl } = await world.links('d@example.com')
    stops.push([preferencesUrl, form({ act: 'pause', days: '30' })], [preferencesUrl, form({ act: 'stop' })])
    const { confirmation } = await request(world, 'e@example.com')
    stops.push([confirmation.cancelUrl, { method: 'POST' }])
    expect((await oneMore(world, '/u/none', '192.0.2.5')).status).toBe(429)
    for (const [url, init] of stops)
      expect((await world.fetch(url, from('192.0.2.5', init))).status, url).toBeLessThan(400)
    for (const name of ['a', 'b', 'c', 'd'])
      expect(await world.check(`${name}@example.com`)).toMatchObject({ decision: 'deny' })
  })

  test('comes to the acts by which a recipient’s rights and a refused address stop mail, but not to those that bring it back', async ({
    world,
  }) => {
    const press = async (path: string) => (await oneMore(world, path, '192.0.2.7', form({}))).status
    // Nothing is proven here: what is not counted says so itself.
    for (const path of ['restrict', 'object', 'erased'])
      expect(await press(`/your-data/${path}`), path).toBe(403)
    expect(await press('/r/none/refuse')).toBe(404)
    for (const path of ['/your-data/lift', '/your-data', '/r/none']) expect(await press(path), path).toBe(429)
  })

  test('takes nothing from another, and is a whole /64 of IPv6', async ({ world }) => {
    expect((await oneMore(world, '/u/none', '2001:db8:0:1::1')).status).toBe(429)
    expect((await world.fetch('/u/none', from('2001:db8:0:2::1'))).status).toBe(404)
    expect((await oneMore(world, '/u/none', '2001:db8:0:3::1')).status).toBe(429)
    for (;;) {
      const began = minute()
      await oneMore(world, '/u/none', '2001:db8:0:4::1')
      const same = (await world.fetch('/u/none', from('2001:db8:0:4:ffff::2'))).status
      if (minute() !== began) continue
      expect(same).toBe(429)
      return
    }
  })

  test('is not told apart where the platform does not say who calls', async ({ world }) => {
    for (let i = 0; i < 25; i++)
      expect((await world.fetch('/u/none', { headers: { 'x-forwarded-for': '192.0.2.6' } })).status).toBe(404)
  })
})
