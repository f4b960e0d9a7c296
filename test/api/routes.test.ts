import { get } from 'node:http'
import { describe, expect } from 'vitest'
import { newRef } from '../../core/id.ts'
import { rightsUrl } from '../../worker/rights/link.ts'
import { request } from '../support/consent.ts'
import { concrete, ROUTES, type Route } from '../support/route.ts'
import { test, type World } from '../support/world.ts'

const senderRoutes = ROUTES.filter(({ path }) => path.startsWith('/v1/'))
const recipientRoutes = ROUTES.filter(({ path }) => /^\/[upcars]\//.test(path))

const callRoute = (world: World, { method, path }: Route, query: string, key?: string | null) =>
  world.call(`${concrete(path)}${query}`, method === 'POST' || method === 'PATCH' ? {} : undefined, {
    method,
    ...(key !== undefined && { key }),
  })

const STATUS_OF_TOKENLESS: Record<string, number> = { OPTIONS: 204 }

describe('every sender route', () => {
  test.for(senderRoutes)(
    '$method $path refuses a call without a key',
    async (route, { sharedWorld: world }) => {
      const answer = await world.writesNothing(() => callRoute(world, route, '', null))
      expect(answer.status).toBe(401)
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
      expect(answer.headers.get('www-authenticate')).toContain('Bearer')
      expect(await answer.json()).toMatchObject({
        code: 'key.missing',
        status: 401,
        title: expect.any(String),
      })
    },
  )

  test.for(senderRoutes)(
    '$method $path refuses a key of another Floe',
    async (route, { sharedWorld: world }) => {
      const foreign = `floe_IQAAAAEAAAAB${'x'.repeat(59)}`
      expect(foreign).toHaveLength(world.apiKey.length)
      const answer = await world.writesNothing(() => callRoute(world, route, '', foreign))
      expect(answer.status).toBe(401)
    },
  )

  test.for(senderRoutes)(
    '$method $path refuses a field it does not know',
    async (route, { sharedWorld: world }) => {
      const answer = await world.writesNothing(() => callRoute(world, route, '?surprise=x'))
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({
        code: 'request.invalid',
        errors: expect.arrayContaining([{ field: 'surprise', message: 'is not a field of this call' }]),
      })
    },
  )
})

describe('every recipient route', () => {
  test.for(recipientRoutes)(
    '$method $path refuses a token that is none, and says nothing was done',
    async ({ method, path }, { sharedWorld: world }) => {
      const answer = await world.writesNothing(() => world.fetch(concrete(path), { method }))
      expect(answer.status).toBe(STATUS_OF_TOKENLESS[method] ?? 404)
    },
  )

  test.for(recipientRoutes)(
    '$method $path sets no cookie, keeps nothing and loads nothing from elsewhere',
    async ({ method, path }, { sharedWorld: world }) => {
      const { unsubscribeUrl, preferencesUrl } = await world.links('nobody@example.com')
      const { confirmation } = await request(world, `${path.length}-${method}@example.com`.toLowerCase())
      const links: Record<string, string> = {
        u: unsubscribeUrl.slice(-39),
        p: preferencesUrl.slice(-39),
        c: confirmation.confirmUrl.slice(-32),
        a: rightsUrl(world, '', 'access', { tenant: world.tenant, ref: newRef() }).slice(-32),
        r: rightsUrl(world, '', 'correction', { tenant: world.tenant, ref: newRef() }).slice(-32),
      }
      const { headers } = await world.fetch(concrete(path, links[path[1]!]), { method })
      expect(headers.has('set-cookie')).toBe(false)
      if (headers.get('location')) return
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      if (headers.get('content-type')?.startsWith('text/html')) {
        const policy = headers.get('content-security-policy')
        expect(policy).toContain("default-src 'none'")
        expect(policy).not.toMatch(/unsafe|https?:|\*|script-src/)
        expect(headers.get('x-robots-tag')).toContain('noindex')
      }
    },
  )
})

describe('every form of a recipient’s data', () => {
  const forms = ROUTES.filter(({ path }) => path.startsWith('/your-data'))

  test('is there', () => expect(forms.length).toBeGreaterThan(8))

  test.for(forms)(
    '$method $path does nothing without its session',
    async ({ method, path }, { sharedWorld: world }) => {
      const answer = await world.writesNothing(() => world.fetch(path, { method }))
      expect(answer.status).toBe(403)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.has('set-cookie')).toBe(false)
    },
  )
})

describe('every route', () => {
  const paths = [...new Set(ROUTES.map(({ path }) => path))]

  test.for(paths)(
    '%s names the methods it takes when it is asked with another',
    async (path, { sharedWorld: world }) => {
      const taken = ROUTES.filter(route => route.path === path).map(({ method }) => method)
      await world.writesNothing(async () => {
        for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
          if (taken.includes(method)) continue
          const answer = await world.fetch(concrete(path), { method })
          expect(answer.status, `${method} ${path}`).toBe(405)
          expect(answer.headers.get('allow')?.split(', ')).toEqual(
            expect.arrayContaining(taken.filter(name => name !== 'OPTIONS')),
          )
        }
      })
    },
  )

  test.for(paths)('%s answers the same with a slash at its end', async (path, { sharedWorld: world }) => {
    const { method } = ROUTES.find(route => route.path === path)!
    const plain = await world.fetch(concrete(path), { method })
    const slash = await world.fetch(`${concrete(path)}/`, { method })
    expect([slash.status, slash.headers.get('location')]).toEqual([plain.status, null])
  })
})

describe('every answer', () => {
  test.for(ROUTES)('of $method $path names its request', async ({ method, path }, { sharedWorld: world }) => {
    const given = '018f6f2a-7c3e-7000-8000-0123456789ab'
    const ask = (id: string) => world.fetch(concrete(path), { method, headers: { 'x-request-id': id } })
    const answer = await ask(given)
    expect(answer.headers.get('x-request-id')).toBe(given)
    expect((await ask('ada@example.com')).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    const timing = answer.headers.get('server-timing')
    if (path.startsWith('/v1/')) expect(timing).toMatch(/^db;dur=\d+, lane;dur=\d+, total;dur=\d+$/)
    else expect(timing).toBeNull()
  })
})

describe('what is no route', () => {
  const templates = [
    'unsubscribe',
    'unsubscribed',
    'undone',
    'preferences',
    'confirm',
    'confirmed',
    'request',
    'problem',
    'data',
    'data-erase',
    'data-copy',
  ].flatMap(name => [`en/${name}`, `ar/${name}`])
  const disguises = [
    '/recipient/*',
    '/recipient/*/',
    '/recipient/*/index.html',
    '//recipient/*/',
    '/RECIPIENT/*/',
    '/%72ecipient/*/',
    '/%2frecipient/*/',
    '/./recipient/*/',
    '/x/../recipient/*/',
    '/x/%2e%2e/recipient/*/',
    '/recipient%2f*/',
    '/recipient\\*',
  ]

  test.for(templates.flatMap(name => disguises.map(path => path.replace('*', name))))(
    '%s never serves a template unfilled',
    async (path, { sharedWorld: world }) => {
      const { status, text } = await getAsWritten(world.url, path)
      expect(status).toBe(404)
      expect(text).not.toMatch(/data-(?:text|if|href|action|value|html)/)
    },
  )

  test.for(['/console', '/console/', '/console/index.html', '/Console/'])(
    '%s never serves the operators’ page: it has a host of its own',
    async (path, { sharedWorld: world }) => expect((await world.fetch(path)).status).toBe(404),
  )

  test('is refused however long and strange its path', async ({ sharedWorld: world }) => {
    for (const path of [`/${'a'.repeat(5000)}!`, `/${'a/'.repeat(2500)}!`, `/${'a.'.repeat(2500)}!`])
      expect((await world.fetch(path)).status).toBe(404)
  })

  test('is a problem to a program and a page to a person', async ({ sharedWorld: world }) => {
    const program = await world.fetch('/nowhere')
    expect(program.status).toBe(404)
    expect(await program.json()).toMatchObject({ code: 'route.not_found' })
    const person = await world.fetch('/nowhere', { headers: { accept: 'text/html' } })
    expect(person.status).toBe(404)
    expect(await person.text()).toContain('There is no such page')
  })
})

test('the site is served with the same strict headers', async ({ sharedWorld: world }) => {
  for (const path of ['/', '/robots.txt', '/favicon.svg']) {
    const { status, headers } = await world.fetch(path)
    expect(status).toBe(200)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('strict-transport-security')).toContain('max-age=')
  }
})

test('every file that a public page names is there', async ({ sharedWorld: world }) => {
  const sitemap = await (await world.fetch('/sitemap.xml')).text()
  const pages = [...sitemap.matchAll(/<loc>https?:\/\/[^/]+([^<]*)<\/loc>/g)].map(([, path]) => path!)
  expect(pages).toContain('/docs/')
  const files = new Set<string>()
  for (const page of pages)
    for (const [, path] of (await (await world.fetch(page)).text()).matchAll(
      /<(?:link|img)[^>]* (?:href|src)="(\/[^"]*)"/g,
    ))
      files.add(path!)
  const types: Record<string, string | null> = {}
  for (const path of files) {
    const { status, headers } = await world.fetch(path)
    types[path] = status === 200 ? headers.get('content-type') : `${status}`
  }
  const sheets = Object.entries(types).filter(([path]) => path.endsWith('.css'))
  expect(sheets.length).toBeGreaterThan(2)
  expect(new Set(sheets.map(([, type]) => type))).toEqual(new Set(['text/css; charset=utf-8']))
  expect(Object.entries(types).filter(([, type]) => /^\d+$/.test(type ?? '404'))).toEqual([])
})

/** Fetches a path exactly as written: `fetch` would tidy it first. */
const getAsWritten = (url: string, path: string) =>
  new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port: new URL(url).port, path }, async response => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ status: response.statusCode, text })
    })
    request.on('error', reject)
  })
