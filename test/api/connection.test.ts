import { Agent, request } from 'node:http'
import { expect } from 'vitest'
import { test, type World } from '../support/world.ts'

/** Sends one request over a connection of the agent's, and returns the status. */
const over = (agent: Agent, world: World, path: string, body: string | Buffer, headers = {}) =>
  new Promise<number>((resolve, reject) => {
    const { port } = new URL(world.url)
    const asked = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, answer => {
      answer.resume()
      answer.once('end', () => resolve(answer.statusCode!))
    })
    asked.once('error', reject)
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
