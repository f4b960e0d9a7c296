import { Agent, request } from 'node:http'
import { expect } from 'vitest'
import { test, type World } from '../support/world.ts'

/** Sends one request over a connection of the agent's, and returns the status. */
const over = (agent: Agent, world: World, path: string, body: string | Buffer, headers = {}) =>
  new Promise<number>((resolve, reject) => {
    const { port } = new URL(world.url)
    const asked = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, answer => {
      answer.resume()
      const read = new Promise(done => answer.once('end', done))
      // A sender that is cut off while it writes has not been answered, whatever came before.
      Promise.all([read, written]).then(() => resolve(answer.statusCode!))
    })
    const written = new Promise(done => asked.once('finish', done))
    asked.on('error', reject)
    asked.end(body)
  })

/** Posts `count` times, four at a time over connections that are kept, and returns how often each status came. */
async function posted(world: World, count: number, path: string, body: string | Buffer, headers = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  const statuses: Record<string, number> = {}
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let i = 0; i < count / 4; i++) {
        const status = await over(agent, world, path, body, headers)
        statuses[status] = (statuses[status] ?? 0) + 1
      }
    }),
  )
  agent.destroy()
  return statuses
}

const CLICK = 'List-Unsubscribe=One-Click'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

test('a client that keeps its connections has every click answered, and none refused', async ({ world }) => {
  const { unsubscribeUrl } = await world.links('ada@example.com')
  const path = new URL(unsubscribeUrl).pathname
  expect(await posted(world, 600, path, CLICK, FORM)).toEqual({ 200: 600 })
})

test.for<[what: string, path: string, body: string, headers: object, status: number]>([
  ['a link that is none', `/u/${'A'.repeat(39)}`, CLICK, FORM, 404],
  ['a path that leads nowhere', '/nowhere', 'x'.repeat(1000), {}, 404],
  ['a call without a key', '/v1/check', '{"topic":"news","addresses":["ada@example.com"]}', {}, 401],
  ['a call that takes no POST', '/healthz', CLICK, FORM, 405],
  ['a compressed body', '/v1/check', 'x'.repeat(1000), { 'content-encoding': 'gzip' }, 401],
])('%s is refused on a connection that goes on', async ([, path, body, headers, status], { sharedWorld }) => {
  expect(await posted(sharedWorld, 200, path, body, headers)).toEqual({ [status]: 200 })
})

test('a click with a body of megabytes leaves its connection to the next', async ({ world }) => {
  const { unsubscribeUrl } = await world.links('ada@example.com')
  const path = new URL(unsubscribeUrl).pathname
  expect(await posted(world, 40, path, Buffer.alloc(2_000_000, 'x'), FORM)).toEqual({ 200: 40 })
})

test.for<[what: string, path: string, head: string, type: string, status: number]>([
  [
    'a mail that is read from its beginning',
    '/v1/inbound/message',
    'Subject: none\r\n\r\n',
    'message/rfc822',
    403,
  ],
  ['a list without a column of addresses', '/v1/suppressions/import', 'name,age\n', 'text/csv', 400],
  ['a list to match without such a column', '/v1/suppressions/match', 'name,age\n', 'text/csv', 400],
  ['a list that is not UTF-8', '/v1/suppressions/import', 'email\0\n', 'text/csv', 415],
])(
  '%s, ten megabytes long, leaves its connection to the next',
  async ([, path, head, type, status], { world }) => {
    const body = Buffer.concat([Buffer.from(head), Buffer.alloc(10_000_000, 'x')])
    const headers = { authorization: `Bearer ${world.apiKey}`, 'content-type': type }
    expect(await posted(world, 12, path, body, headers)).toEqual({ [status]: 12 })
  },
)
