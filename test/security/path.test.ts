import { get, request as open } from 'node:http'
import { describe, expect } from 'vitest'
import { test } from '../support/world.ts'

/** Asks for a path byte for byte as it is written: `fetch` would tidy it first. */
const asWritten = (
  url: string,
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
) =>
  new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const ask = options.method === 'POST' ? open : get
    const call = ask({ host: '127.0.0.1', port: new URL(url).port, path, ...options }, async response => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ status: response.statusCode, text })
    })
    call.on('error', reject)
    call.end()
  })

/** Ways to write a path that some part of a chain takes for another one. */
const TRICKS: [what: string, trick: (path: string) => string][] = [
  ['a slash twice', path => path.replace('/', '//')],
  ['a slash twice in the middle', path => path.replace(/(?!^)\//, '//')],
  ['a dot', path => `/.${path}`],
  ['two dots', path => `/x/..${path}`],
  ['encoded dots', path => `/x/%2e%2e${path}`],
  ['dots encoded twice', path => `/x/%252e%252e${path}`],
  ['half-encoded dots', path => `/x/.%2e${path}`],
  ['overlong dots', path => `/x/%c0%ae%c0%ae${path}`],
  ['a backslash', path => path.replace(/(?!^)\//, '\\')],
  ['an encoded backslash', path => path.replace(/(?!^)\//, '%5c')],
  ['an encoded slash', path => path.replace(/(?!^)\//, '%2f')],
  ['an overlong slash', path => path.replace(/(?!^)\//, '%c0%af')],
  ['a fullwidth slash', path => path.replace(/(?!^)\//, '%ef%bc%8f')],
  ['a NUL at its end', path => `${path}%00`],
  ['a NUL and an extension', path => `${path}%00.json`],
  ['a line end', path => `${path}%0d%0aX-Injected:%201`],
  ['a semicolon', path => `${path};x=y`],
  ['a parameter before it', path => `/;x${path}`],
  ['a percent sign alone', path => `${path}%`],
  ['bytes that are not UTF-8', path => `${path}%ff%fe`],
  ['a space', path => `${path}%20`],
  ['capitals', path => path.toUpperCase()],
  ['a host in it', path => `//evil.example${path}`],
  ['four thousand slashes', path => `${'/'.repeat(4000)}${path}`],
]

describe('a path that is written otherwise', () => {
  test.for(TRICKS)(
    'with %s opens nothing that needs a key or a token',
    async ([, trick], { sharedWorld: world }) => {
      const { unsubscribeUrl } = await world.links('ada@example.com')
      const other = `${unsubscribeUrl.slice(-39, -1)}${unsubscribeUrl.endsWith('A') ? 'B' : 'A'}`
      await world.writesNothing(async () => {
        for (const path of ['/v1/check', '/v1/suppressions', '/v1/api-keys', '/metrics', `/u/${other}`])
          for (const method of ['GET', 'POST']) {
            const { status, text } = await asWritten(world.url, trick(path), { method })
            const at = `${method} ${trick(path).slice(0, 80)}: ${status} ${text.slice(0, 80)}`
            expect([400, 401, 404, 405], at).toContain(status)
            expect(text, at).not.toMatch(/X-Injected|at \w+ \(|node_modules|\.ts:/)
            expect(text.length, at).toBeLessThan(20_000)
          }
      })
      expect(await world.check('ada@example.com')).toMatchObject({ decision: 'allow' })
    },
  )

  test('is not what the answer’s headers or the next page repeat', async ({ sharedWorld: world }) => {
    for (const path of [
      '/u/%0d%0aSet-Cookie:%20a=b',
      '/p/%22%3E%3Cscript%3Ealert(1)%3C/script%3E',
      '/%3Cimg%20src=x%3E',
    ]) {
      const answer = await world.fetch(path, { headers: { accept: 'text/html' } })
      const text = await answer.text()
      expect(answer.status).toBe(404)
      expect(answer.headers.get('set-cookie')).toBeNull()
      expect(text).not.toMatch(/<script|<img src=x|alert\(1\)<\/script/i)
    }
  })
})
