import { gzipSync } from 'node:zlib'
import { describe, expect } from 'vitest'
import type { Call } from '../../site/openapi/schema.ts'
import { sendRaw } from '../support/raw.ts'
import { addressOf, CALLS, exampleOf, undocumented } from '../support/reference.ts'
import { openWorld, wideTest as test, type World } from '../support/world.ts'

const JSON_TYPE = 'application/json'
const taking = CALLS.filter(({ requestBody }) => requestBody?.content[JSON_TYPE])
const withKey = taking.filter(({ security }) => security.length > 0)

/** Sends a text as the body of a call, as it stands. */
const sendText = (world: World, call: Call, text: string | Uint8Array<ArrayBuffer>, headers = {}) =>
  world.fetch(addressOf(call, {}), {
    method: call.method,
    body: text,
    headers: { authorization: `Bearer ${world.apiKey}`, 'content-type': JSON_TYPE, ...headers },
  })

const MIB = 1024 * 1024
const deep = (depth: number, open = '[', close = ']') => open.repeat(depth) + close.repeat(depth)
const fields = (count: number, name: (i: number) => string) =>
  `{${Array.from({ length: count }, (_, i) => `"${name(i)}":0`).join(',')}}`

/** JSON that has brought other systems down, small to send, dear to read: of about so many bytes, at most four for each. */
const BOMBS: [what: string, text: (bytes: number) => string][] = [
  ['arrays, one in another', bytes => deep(bytes / 4)],
  ['arrays that are never closed', bytes => '['.repeat(bytes)],
  ['objects, one in another', bytes => deep(bytes / 8, '{"a":', '}').replace(':}', ':1}')],
  ['an item as deep as it is long', bytes => `{"addresses":[${deep(bytes / 4)}]}`],
  ['an entry as deep as it is long', bytes => `{"entries":[${deep(bytes / 4)}]}`],
  ['empty objects', bytes => `{"entries":[${'{},'.repeat(bytes / 4)}{}]}`],
  ['numbers', bytes => `{"addresses":[${'1,'.repeat(bytes / 2)}1]}`],
  ['a number of as many digits', bytes => `{"addresses":${'9'.repeat(bytes / 2)}}`],
  ['a number beyond all numbers', () => '{"addresses":1e999999,"topic":-1e-999999}'],
  ['a text of escapes', bytes => `{"topic":"${'\\u0000'.repeat(bytes / 6)}"}`],
  ['fields', bytes => fields(bytes / 16, i => `field${i}`)],
  ['fields that are numbers', bytes => fields(bytes / 16, i => `${(i * 2_654_435_761) % 4_294_967_296}`)],
  [
    // Each pair "Aa" and "BB" has one hash where texts are hashed as Java does.
    'fields of one hash, where hashes are not salted',
    bytes =>
      fields(bytes / 40, i =>
        [...i.toString(2).padStart(16, '0')].map(bit => (bit === '0' ? 'Aa' : 'BB')).join(''),
      ),
  ],
  ['one field again and again', bytes => `{${'"topic":"news",'.repeat(bytes / 16)}"topic":"news"}`],
  ['a field whose name is as long', bytes => `{"${'a'.repeat(bytes / 2)}":0}`],
  [
    'the fields of every object there is',
    () => '{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}},"toString":1}',
  ],
]

/** Calls that take lists of thousands read up to 4 MiB, the others up to 64 KiB. */
const LISTS = ['/v1/check', '/v1/links', '/v1/suppressions', '/v1/consents', '/v1/address-ids']
const sizeFor = ({ path }: Call) =>
  LISTS.includes(path) || /^\/v1\/(messages|inbound)\//.test(path) ? MIB : 60 * 1024

describe('JSON that is dear to read', () => {
  test.for(BOMBS)('%s: refused in a few words by every call', async ([, text], { sharedWorld: world }) => {
    const texts = new Map([MIB, 60 * 1024].map(bytes => [bytes, text(bytes)]))
    await world.writesNothing(async () => {
      for (const call of taking) {
        const answer = await sendText(world, call, texts.get(sizeFor(call))!)
        const at = `${call.operationId}: ${answer.status}`
        expect([400, 401, 403, 404, 409, 413, 415], at).toContain(answer.status)
        // Nobody is sent back what they sent: an answer is small whatever was asked.
        expect((await answer.text()).length, at).toBeLessThan(8000)
      }
    })
    expect((await world.fetch('/healthz')).status).toBe(200)
  })

  test('of two fields of one name the last counts, in whatever order the rest stands', async ({
    sharedWorld: world,
  }) => {
    const check = withKey.find(({ path }) => path === '/v1/check')!
    const known = '{"topic":"nowhere","addresses":["ada@example.com"],"topic":"news"}'
    expect((await sendText(world, check, known)).status).toBe(200)
    const unknown = '{"topic":"news","addresses":["ada@example.com"],"topic":"nowhere"}'
    expect((await sendText(world, check, unknown)).status).toBe(404)
  })
})

/** Returns a JSON value once for each object in it, with a field more in that one. Written as text: an assignment would not make a field of it. */
function polluted(value: unknown, field: string): string[] {
  const marked: string[] = []
  const visit = (inner: unknown, around: (text: string) => string): void => {
    if (Array.isArray(inner))
      inner.forEach((item, i) => {
        visit(item, text =>
          around(`[${inner.map((other, j) => (i === j ? text : JSON.stringify(other))).join(',')}]`),
        )
      })
    else if (typeof inner === 'object' && inner !== null) {
      const entries = Object.entries(inner)
      const written = (one: [string, unknown][]) =>
        one.map(([name, item]) => `${JSON.stringify(name)}:${JSON.stringify(item)}`)
      marked.push(
        around(`{${[...written(entries), `"${field}":{"polluted":true,"isAdmin":true}`].join(',')}}`),
      )
      entries.forEach(([, item], i) => {
        visit(item, text =>
          around(
            `{${entries.map(([other, kept], j) => `${JSON.stringify(other)}:${i === j ? text : JSON.stringify(kept)}`).join(',')}}`,
          ),
        )
      })
    }
  }
  visit(value, text => text)
  return marked
}

describe('a field that means something to the language', () => {
  test.for(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'])(
    '%s is refused in every object of every call, and changes no object',
    async (field, { sharedWorld: world }) => {
      await world.writesNothing(async () => {
        for (const call of withKey) {
          const { body } = exampleOf(call)
          for (const text of polluted(body, field)) {
            const answer = await sendText(world, call, text)
            const at = `${call.operationId}: ${answer.status} ${text.slice(0, 200)}`
            // Providers' own reports may hold more than is read of them; they prove nothing here. A map of names takes
            // any name: it is read as a Map, and that one falls out.
            const others = call.path.startsWith('/v1/inbound/')
              ? [403, 409]
              : call.operationId === 'lintMessage'
                ? [200]
                : []
            expect([400, 404, ...others], at).toContain(answer.status)
            await answer.text()
          }
        }
      })
      const { preferencesUrl } = await world.links('ada@example.com')
      const form = `{"act":"stop","${field}":{"act":"stop"}}`
      const headers = { 'content-type': JSON_TYPE, accept: JSON_TYPE }
      const refused = await world.writesNothing(() =>
        world.fetch(preferencesUrl, { method: 'POST', body: form, headers }),
      )
      expect(refused.status).toBe(400)
      expect(await world.check('ada@example.com')).toEqual({ address: 'ada@example.com', decision: 'allow' })
    },
  )
})

describe('a compressed body', () => {
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(64 * MIB, 0x20)))

  test.for(['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'GZIP'])(
    'in %s is refused unread by every call, and never unpacked',
    async (encoding, { sharedWorld: world }) => {
      await world.writesNothing(async () => {
        for (const call of CALLS.filter(({ requestBody, security }) => requestBody && security.length > 0)) {
          const [type] = Object.keys(call.requestBody!.content)
          const headers = { 'content-encoding': encoding, 'content-type': type! }
          const answer = await sendText(world, call, bomb, headers)
          const at = `${call.operationId}: ${answer.status}`
          const whole = call.path === '/v1/inbound/message'
          expect(whole ? [200, 400, 403, 413, 415] : [403, 404, 415], at).toContain(answer.status)
          if (answer.status === 415) expect(await undocumented(call, answer), at).toBeUndefined()
          else await answer.text()
        }
      })
    },
  )

  test('does not keep a mail client’s click from counting', async ({ world }) => {
    const { unsubscribeUrl } = await world.links('ada@example.com')
    const answer = await world.fetch(unsubscribeUrl, {
      method: 'POST',
      body: bomb,
      headers: { 'content-encoding': 'gzip' },
    })
    expect(answer.status).toBe(200)
    expect(await world.check('ada@example.com')).toMatchObject({ decision: 'deny' })
  })
})

describe('a body that comes slowly', () => {
  const head = (path: string, more: string[]) =>
    [`POST ${path} HTTP/1.1`, 'Host: floe.example.com', ...more, '', ''].join('\r\n')

  test('and breaks off is nobody’s failure: nothing is written, and nothing is logged as one', async () => {
    let log = ''
    const world = await openWorld({ listen: text => (log += text) })
    try {
      const auth = `Authorization: Bearer ${world.apiKey}`
      await world.writesNothing(async () => {
        for (const length of ['Content-Length: 1000', 'Transfer-Encoding: chunked'])
          for (const [path, type] of [
            ['/v1/check', JSON_TYPE],
            ['/v1/suppressions', JSON_TYPE],
            ['/v1/inbound/message', 'message/rfc822'],
          ])
            await sendRaw(world.url, [head(path!, [auth, `Content-Type: ${type}`, length]), '1\r\n{\r\n'], {
              hangUp: true,
            })
        // Whatever the Worker does about it comes before what it is asked next.
        for (let i = 0; i < 20; i++)
          expect(await world.check('ada@example.com')).toMatchObject({ decision: 'allow' })
      })
      expect(log).toBe('')
    } finally {
      await world.close()
    }
  })
})
