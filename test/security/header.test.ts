import { describe, expect } from 'vitest'
import { newRef } from '../../core/id.ts'
import { rightsUrl } from '../../worker/rights/link.ts'
import { request } from '../support/consent.ts'
import { concrete, ROUTES, type Route } from '../support/route.ts'
import { test, type World } from '../support/world.ts'

/** Where a program in a browser, on any site, may read the answer: a mail client's click, and what anybody may verify with. */
const ANY_ORIGIN = [
  'POST /u/:token',
  'OPTIONS /u/:token',
  'POST /c/:token/cancel',
  'OPTIONS /c/:token/cancel',
  'GET /.well-known/jwks.json',
]
/** What anybody may keep. */
const KEPT = /^GET \/(\.well-known\/(jwks\.json|security\.txt)|brand\/)/

/** Returns the token of a link of each kind that a route may ask for. */
async function tokenFor(world: World, kind: string): Promise<string | undefined> {
  const { tenant } = world
  if (kind === 'u') return (await world.links('ada@example.com')).unsubscribeUrl.slice(-39)
  if (kind === 'p') return (await world.links('ada@example.com')).preferencesUrl.slice(-39)
  if (kind === 'c') return (await request(world, 'ada@example.com')).confirmation.confirmUrl.slice(-32)
  if (kind === 'a') return rightsUrl(world, '', 'access', { tenant, ref: newRef() }).slice(-32)
  if (kind === 'r') return rightsUrl(world, '', 'correction', { tenant, ref: newRef() }).slice(-32)
  return undefined
}

/** Asks a route in every way that leads to another kind of answer. */
async function answersOf(world: World, { method, path }: Route): Promise<[how: string, answer: Response][]> {
  const token = path.includes(':token') ? await tokenFor(world, path[1]!) : undefined
  const authorization = `Bearer ${world.apiKey}`
  const body = method === 'GET' || method === 'OPTIONS' ? {} : { body: '{}' }
  const json = { 'content-type': 'application/json' }
  const asked: [string, string, RequestInit][] = [
    ['with nothing', concrete(path), { method }],
    ['as a program', concrete(path), { method, ...body, headers: { ...json, accept: 'application/json' } }],
    [
      'as a browser',
      concrete(path),
      { method, headers: { accept: 'text/html', origin: 'https://evil.example' } },
    ],
    ['with its link', concrete(path, token), { method, headers: { accept: 'text/html' } }],
    ['with a key', concrete(path), { method, ...body, headers: { ...json, authorization } }],
  ]
  if (method === 'GET') asked.push(['as HEAD', concrete(path, token), { method: 'HEAD' }])
  return Promise.all(asked.map(async ([how, at, init]) => [how, await world.fetch(at, init)]))
}

describe('every answer', () => {
  test.for(ROUTES)(
    'of $method $path says how a browser is to treat it, and to whom it belongs',
    async (route, { sharedWorld: world }) => {
      const name = `${route.method} ${route.path.replace(/\{.*?\}/g, '')}`
      for (const [how, answer] of await answersOf(world, route)) {
        const { headers, status } = answer
        const at = `${how}: ${status}`
        await answer.arrayBuffer()
        expect(headers.get('strict-transport-security'), at).toMatch(/^max-age=63072000; includeSubDomains/)
        expect(headers.get('x-content-type-options'), at).toBe('nosniff')
        expect(headers.get('referrer-policy'), at).toBe('no-referrer')
        expect(headers.get('content-security-policy'), at).toMatch(
          /^default-src 'none';.*frame-ancestors 'none'(; connect-src 'self'(; script-src 'self')?)?$/,
        )
        if (!KEPT.test(name) || status >= 400) expect(headers.get('cache-control'), at).toBe('no-store')
        expect(headers.get('set-cookie'), at).toBeNull()
        expect(headers.get('server'), at).toBeNull()
        expect(headers.get('x-powered-by'), at).toBeNull()
        const shared = ANY_ORIGIN.includes(name) && headers.get('access-control-allow-origin') === '*'
        if (shared) expect(headers.get('cross-origin-resource-policy'), at).toMatch(/origin$/)
        else {
          expect(headers.get('access-control-allow-origin'), at).toBeNull()
          expect(headers.get('cross-origin-resource-policy'), at).toBe('same-origin')
        }
        expect(headers.get('access-control-allow-credentials'), at).toBeNull()
        const type = headers.get('content-type') ?? ''
        if (type !== '')
          expect(type, at).toMatch(
            /; (charset=utf-8|header=present)$|^(application\/(jwk-set\+json|jose)|image\/)/,
          )
        if (type.startsWith('text/html')) {
          expect(headers.get('permissions-policy'), at).toContain('camera=()')
          expect(headers.get('cross-origin-opener-policy'), at).toBe('same-origin')
        }
        // A refusal to a program is a problem (RFC 9457), to a person a page, to a mail client a few bytes. The forms of a recipient's data are there for people alone.
        if (status >= 400)
          expect(type, at).toMatch(/^(application\/problem\+json|text\/html|text\/plain); charset=utf-8$/)
        if (status >= 400 && how === 'as a program' && !route.path.startsWith('/your-data'))
          expect(type, at).toMatch(/^(application\/problem\+json|text\/plain)/)
      }
    },
  )

  test.for(ANY_ORIGIN)(
    'of %s may be read by any site, and of no other route',
    async (name, { sharedWorld }) => {
      const route = ROUTES.find(({ method, path }) => `${method} ${path}` === name)!
      const answers = await answersOf(sharedWorld, route)
      expect(answers.map(([, { headers }]) => headers.get('access-control-allow-origin'))).toContain('*')
    },
  )
})

test('a file of the site, a page that is none, and a method that is none are told the same', async ({
  sharedWorld: world,
}) => {
  const asked: [string, RequestInit][] = [
    ['/', {}],
    ['/docs/', {}],
    ['/openapi.json', {}],
    ['/notices.json', {}],
    ['/favicon.svg', {}],
    ['/nowhere', {}],
    ['/nowhere', { headers: { accept: 'text/html' } }],
    ['/v1/check', { method: 'DELETE' }],
    ['/v1/nowhere', { headers: { authorization: `Bearer ${world.apiKey}` } }],
  ]
  for (const [path, init] of asked) {
    const { headers } = await world.fetch(path, init)
    expect(headers.get('strict-transport-security'), path).toContain('max-age=63072000')
    expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    expect(headers.get('referrer-policy'), path).toBe('no-referrer')
    expect(headers.get('content-security-policy'), path).toMatch(
      /^default-src 'none';.*frame-ancestors 'none'(; connect-src 'self'(; script-src 'self')?)?$/,
    )
    expect(headers.get('access-control-allow-origin'), path).toBeNull()
  }
})
