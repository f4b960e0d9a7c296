import { createServer as createHttp } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { type AddressInfo, createServer as createTcp, type Socket } from 'node:net'
import { generate } from 'selfsigned'
import { describe, expect, onTestFinished, vi } from 'vitest'
import { post } from '../../worker/webhook/post.ts'
import {
  type Manner,
  test as notifyingTest,
  openNotifying,
  openReceiver,
  probe,
} from '../support/receiver.ts'
import type { World } from '../support/world.ts'

/** A DNS server over HTTPS's JSON, which says what a test wants it to, or hangs up. */
async function openDns() {
  const zone = { answers: {} as Record<string, string[]>, status: 0, away: false }
  const asked: string[] = []
  const server = createHttp((request, answer) => {
    if (zone.away) return void answer.destroy()
    const query = new URL(request.url!, 'http://dns').searchParams
    const type = query.get('type')!
    asked.push(`${query.get('name')} ${type}`)
    const records = (zone.answers[type] ?? []).map(data => ({ type: type === 'A' ? 1 : 28, data }))
    answer.writeHead(200, { 'content-type': 'application/dns-json' })
    // A real answer names the aliases on the way as well.
    const alias = { type: 5, data: 'elsewhere.example.' }
    answer.end(JSON.stringify({ Status: zone.status, Answer: [alias, ...records] }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/dns-query`, zone, asked, close: () => server.close() }
}

/** A test with a Floe as it is run for the internet, and the names of that. */
const test = notifyingTest.extend<{
  $file: { strict: { world: World; dns: Awaited<ReturnType<typeof openDns>> } }
}>({
  strict: [
    async ({}, use) => {
      const dns = await openDns()
      const world = await openNotifying({ WEBHOOKS_TO_THIS_MACHINE: 'false', DNS_URL: dns.url })
      await use({ world, dns })
      await world.close()
      dns.close()
    },
    { scope: 'file' },
  ],
})

const delivered = { outcome: 'delivered' }
const failed = (code: string) => ({ outcome: 'failed', code })
const manners: [what: string, manner: Manner, outcome: object][] = [
  ['takes it', 200, delivered],
  ['takes it for later', 202, delivered],
  [
    'answers without end, a little at a time',
    (_, answer) => {
      answer.writeHead(200)
      const drip = setInterval(() => answer.write('.'), 50)
      answer.once('close', () => clearInterval(drip))
    },
    delivered,
  ],
  [
    'answers with more than anybody could hold',
    (_, answer) => {
      answer.writeHead(200)
      const more = () => {
        while (!answer.destroyed && answer.write(Buffer.alloc(1 << 20)));
      }
      answer.on('drain', more).on('error', () => undefined)
      more()
    },
    delivered,
  ],
  ['will not have this event', 422, { outcome: 'refused', code: 'http.422' }],
  ['wants no more at all', 410, { outcome: 'gone', code: 'http.410' }],
  ['has no such address', 404, failed('http.404')],
  ['knows nobody', 401, failed('http.401')],
  ['has broken', 500, failed('http.500')],
  ['is busy', (_, answer) => void answer.writeHead(429, { 'retry-after': '5' }).end(), failed('http.429')],
  ['hangs up', (_, answer) => void answer.socket?.destroy(), failed('connection')],
]

describe('a receiver that', () => {
  test.for(manners)('%s', async ([, manner, outcome], { notifying: { world, receiver } }) => {
    receiver.answers(manner)
    const probed = await probe(world, receiver.url)
    expect(probed.outcome).toEqual(outcome)
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([probed.eventId])
  })

  test('says nothing and hangs is waited for ten seconds', async () => {
    const receiver = await openReceiver()
    const waiting = new AbortController()
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(waiting.signal)
    onTestFinished(() => timeout.mockRestore())
    receiver.answers(() => waiting.abort(new DOMException('', 'TimeoutError')))
    expect(await post(receiver.url, {}, '{}')).toEqual(failed('timeout'))
    expect(timeout.mock.calls).toEqual([[10_000]])
    await receiver.close()
  })

  test('refuses connections', async ({ notifying: { world, receiver } }) => {
    await receiver.close()
    expect((await probe(world, receiver.url)).outcome).toEqual(failed('connection'))
  })

  test('speaks something else', async ({ notifying: { world } }) => {
    const sockets: Socket[] = []
    const server = createTcp(socket => {
      sockets.push(socket)
      socket.on('error', () => undefined).end('SSH-2.0-OpenSSH_9.6\r\n')
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    expect((await probe(world, `http://127.0.0.1:${port}/`)).outcome).toEqual(failed('connection'))
    for (const socket of sockets) socket.destroy()
    server.close()
  })

  test('shows a certificate that nobody vouches for', async ({ notifying: { world } }) => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
      algorithm: 'sha256',
    })
    const secure = await openReceiver(0, handler => createHttps({ key, cert }, handler))
    const url = secure.url.replace('http://127.0.0.1', 'https://localhost')
    expect((await probe(world, url)).outcome).toEqual(failed('connection'))
    expect(secure.received).toEqual([])
    await secure.close()
  })

  test('sends elsewhere is not followed, wherever that leads', async ({ notifying: { world, receiver } }) => {
    const inner = await openReceiver()
    for (const status of [301, 302, 307, 308]) {
      receiver.answers((_, answer) => answer.writeHead(status, { location: inner.url }).end())
      expect((await probe(world, receiver.url)).outcome).toEqual(failed(`http.${status}`))
    }
    expect(inner.received).toEqual([])
    await inner.close()
  })
})

describe('a name', () => {
  test('is looked up before each delivery, and one that has come to lead inside is not followed', async ({
    strict: { world, dns },
  }) => {
    const url = 'https://hooks.north.example/floe'
    const codeWhen = async (answers: Record<string, string[]>, status = 0) => {
      Object.assign(dns.zone, { answers, status, away: false })
      return (await probe(world, url)).outcome.code
    }
    expect(await codeWhen({ A: ['10.0.0.7'] })).toBe('target.not_public')
    expect(await codeWhen({ A: ['93.184.216.34'], AAAA: ['fd00:ec2::254'] })).toBe('target.not_public')
    expect(await codeWhen({ A: ['93.184.216.34', '127.0.0.1'] })).toBe('target.not_public')
    expect(await codeWhen({ AAAA: ['::ffff:169.254.169.254'] })).toBe('target.not_public')
    expect(await codeWhen({})).toBe('target.no_address')
    expect(await codeWhen({ A: ['93.184.216.34'] }, 2)).toBe('target.dns')
    // Nobody is there in truth; but now it is tried.
    expect(await codeWhen({ A: ['93.184.216.34'] })).not.toMatch(/^target/)
    expect(new Set(dns.asked)).toEqual(new Set(['hooks.north.example A', 'hooks.north.example AAAA']))
  })

  test('is not trusted while nobody answers for it', async ({ strict: { world, dns } }) => {
    dns.zone.away = true
    const { outcome } = await probe(world, 'https://hooks.example.com/')
    expect(outcome).toEqual(failed('target.dns'))
  })
})

test('webhooks go to this machine only where a setting says so', async ({ strict: { world } }) => {
  const receiver = await openReceiver()
  const refused = await world.writesNothing(() => world.call('/v1/webhook-endpoints', { url: receiver.url }))
  expect(await refused.json()).toMatchObject({ errors: [{ field: 'url', message: 'must be https' }] })
  expect(receiver.received).toEqual([])
  await receiver.close()
})
