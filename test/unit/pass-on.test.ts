import { describe, expect, test, vi } from 'vitest'
import { keyName, mintApiKey } from '../../core/api-key.ts'
import { openKeyring } from '../../core/keys.ts'
import { OPERATIONS } from '../../site/openapi/operations.ts'
import type { Operation } from '../../worker/call/operation.ts'
import type { Deps } from '../../worker/deps.ts'
import { createEdge, type EdgeDeps } from '../../worker/edge-routes.ts'
import { RateLimits } from '../../worker/http/rate-limit.ts'
import { SPENT_BY_KEY, SPENT_BY_NETWORK } from '../../worker/http/spent.ts'
import { passOnBy } from '../../worker/pass-on.ts'

const keyring = openKeyring([{ id: 1, key: new Uint8Array(32).fill(1) }])
const { text: KEY, keyId } = mintApiKey(keyring, 1, 2)
const POLICY = { units: 100, periodSeconds: 60 } as const

/** What stands for `floe-app` here, and what was asked of it. */
function passing(answer: ((request: Request) => Promise<Response>) | undefined) {
  const asked: Request[] = []
  const logged: string[] = []
  const rates = new RateLimits(POLICY, undefined)
  const publicRates = new RateLimits(POLICY, undefined)
  const time = { now: 0 }
  const deps = {
    keyring,
    rates,
    publicRates,
    ratePolicy: POLICY,
    clock: () => time.now,
    log: (event: string, error: Error) => logged.push(`${event}: ${error.message}`),
  } as unknown as Deps
  const fetch = async (request: Request) => {
    asked.push(request)
    return answer!(request)
  }
  return {
    time,
    passOn: passOnBy(deps, answer && ({ fetch } as unknown as Fetcher)),
    asked,
    logged,
    rates,
    publicRates,
  }
}

const call = (headers: Record<string, string> = {}) =>
  new Request('https://floe.example.com/v1/topics', { headers: { accept: 'application/json', ...headers } })
const ours = (remaining: number) =>
  new Response('{}', {
    headers: { 'x-request-id': 'one', ratelimit: `"key";r=${remaining};t=60`, 'x-of': 'floe-app' },
  })

describe('where floe-app', () => {
  const secret = 'SELECT * FROM suppression at worker/app.ts:12'
  test.for([
    ['is not bound', undefined, 'it is not bound'],
    [
      'throws',
      async () => {
        throw new Error(secret)
      },
      secret,
    ],
    [
      'answers a page of the platform',
      async () => new Response(secret, { status: 500 }),
      'an answer of nobody',
    ],
  ] as const)('%s, a caller learns that, and nothing of what is inside', async ([, answer, why]) => {
    const { passOn, logged } = passing(answer)
    const refused = await passOn(call())
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('5')
    const text = await refused.text()
    expect(JSON.parse(text)).toMatchObject({ code: 'service.unavailable' })
    expect(text).not.toContain('SELECT')
    expect(logged).toHaveLength(1)
    expect(logged[0]).toContain(why)
  })

  test('hangs, its caller waits half a minute and no longer', async () => {
    vi.useFakeTimers()
    try {
      const { passOn, logged } = passing(() => new Promise(() => undefined))
      const refused = passOn(call())
      let status: number | undefined
      void refused.then(answer => {
        status = answer.status
      })
      await vi.advanceTimersByTimeAsync(29_999)
      expect(status).toBeUndefined()
      await vi.advanceTimersByTimeAsync(1)
      expect((await refused).status).toBe(503)
      expect(logged).toEqual(['floe-app: no answer within 30 s'])
    } finally {
      vi.useRealTimers()
    }
  })

  test('leads elsewhere, its caller is led there, and nobody follows for them', async () => {
    const { passOn, asked } = passing(async () => ours(99))
    await passOn(new Request('https://floe.example.com/p/x', { method: 'POST', body: '{}' }))
    expect(asked[0]!.redirect).toBe('manual')
  })

  test('answers, its answer is passed on as it is', async () => {
    const { passOn, logged } = passing(async () => ours(99))
    const answer = await passOn(call())
    expect([answer.status, answer.headers.get('x-of'), await answer.text()]).toEqual([200, 'floe-app', '{}'])
    expect(logged).toEqual([])
  })
})

describe('a key has one allowance', () => {
  const authorization = `Bearer ${KEY}`

  test('what it spent on checks counts for its other calls, and theirs for checks', async () => {
    const { passOn, asked, rates } = passing(async () => ours(89))
    await rates.spend(keyName(keyId), 10, 0)
    await passOn(call({ authorization }))
    expect(asked[0]!.headers.get(SPENT_BY_KEY)).toBe('10')
    expect(rates.spent(keyName(keyId), 0)).toBe(11)
  })

  test('an answer to a call of the minute before takes nothing of this one', async () => {
    const { passOn, rates, time } = passing(async () => {
      time.now = 60_000
      return ours(0)
    })
    await passOn(call({ authorization }))
    expect(rates.spent(keyName(keyId), 60_000)).toBe(0)
  })

  test('an answer that knows of less gives nothing back', async () => {
    const { passOn, rates } = passing(async () => ours(99))
    await rates.spend(keyName(keyId), 10, 0)
    await passOn(call({ authorization }))
    expect(rates.spent(keyName(keyId), 0)).toBe(10)
  })

  test.for([
    ['with a key that was made up', { authorization: 'Bearer floe_x' }],
    ['without a key', {}],
    ['with a key', { authorization }],
  ] as const)('nobody else says what was spent: %s', async ([, headers]) => {
    const { passOn, asked } = passing(async () => ours(99))
    await passOn(call({ ...headers, [SPENT_BY_KEY]: '99999' }))
    expect(asked[0]!.headers.get(SPENT_BY_KEY)).toBe(
      'authorization' in headers && headers.authorization === authorization ? '0' : null,
    )
  })

  test('and so has a network, which learns nothing of it', async () => {
    const { passOn, asked, publicRates } = passing(async () => {
      const answer = ours(99)
      answer.headers.set(SPENT_BY_NETWORK, '12')
      return answer
    })
    await publicRates.spend('192.0.2.1', 2, 0)
    const answer = await passOn(call({ 'cf-connecting-ip': '192.0.2.1' }))
    expect(asked[0]!.headers.get(SPENT_BY_NETWORK)).toBe('2')
    expect(publicRates.spent('192.0.2.1', 0)).toBe(12)
    expect(answer.headers.has(SPENT_BY_NETWORK)).toBe(false)
  })
})

test('no call that floe answers itself takes an Idempotency-Key: only floe-app remembers them', () => {
  const own = createEdge({} as EdgeDeps).routes.map(({ method, path }) => `${method} ${path}`)
  const calls = OPERATIONS.map(({ operation }) => operation as Operation)
  const served = calls.filter(({ method, path }) => own.includes(`${method} ${path}`))
  expect(served.map(({ id }) => id).sort()).toEqual([
    'checkAddresses',
    'mintLinks',
    'oneClickUnsubscribe',
    'showPreferences',
    'showUnsubscribe',
    'updatePreferences',
  ])
  expect(served.filter(({ writes }) => writes).map(({ id }) => id)).toEqual([])
})
