import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test as plain } from 'vitest'
import { createClient, FloeError, FloeUnreachable } from '../../client/client.ts'
import type { Permission } from '../../core/api-key.ts'
import { answered, test, type World } from '../support/world.ts'

const ADA = { addresses: ['ada@example.com'] }
const NEWS = { topic: 'news' }

/** Runs `act` against a server that answers as told, in turn, the last answer for ever. */
async function against<T>(
  answers: ((request: IncomingMessage, response: ServerResponse) => void)[],
  act: (baseUrl: string, asked: () => number) => Promise<T>,
): Promise<T> {
  let asked = 0
  const server = createServer((request, response) => {
    answers[Math.min(asked++, answers.length - 1)]!(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  try {
    return await act(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, () => asked)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const json =
  (status: number, body: object, headers = {}) =>
  (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }
const allowed = json(200, { asOf: '', results: [{ address: 'ada@example.com', decision: 'allow' }] })
const hangUp = (request: IncomingMessage) => request.socket.destroy()
const silence = () => undefined
const clientOf = (world: World) => createClient({ baseUrl: world.url, apiKey: world.apiKey })

/** What mostly waits, and for nothing that another waits for. */
const base = plain.concurrent

describe('a check by the client', () => {
  base('is asked again after a lost connection and after Floe was away, as soon as it says', async () => {
    const away = json(503, { code: 'database.unavailable' }, { 'retry-after': '1' })
    await against([hangUp, away, allowed], async (baseUrl, asked) => {
      const began = Date.now()
      const [decision] = await createClient({ baseUrl, apiKey: 'k' }).check(ADA, NEWS)
      expect(decision).toMatchObject({ decision: 'allow' })
      expect(asked()).toBe(3)
      expect(Date.now() - began).toBeGreaterThanOrEqual(1000)
    })
  })

  const trouble: [string, ((request: IncomingMessage, response: ServerResponse) => void)[]][] = [
    ['is away', [json(503, { code: 'database.unavailable' })]],
    ['hangs up', [hangUp]],
    ['says nothing', [silence]],
    ['answers for fewer recipients', [json(200, { results: [] })]],
    ['says something that is no JSON', [(_, response) => void response.writeHead(200).end('<html>')]],
    ['says that it broke', [json(500, { code: 'internal' })]],
    ['leads elsewhere', [(_, response) => void response.writeHead(302, { location: '/' }).end()]],
  ]

  base.for(trouble)('is never an allow when Floe %s', async ([, answers]) => {
    await against(answers, async baseUrl => {
      await expect(createClient({ baseUrl, apiKey: 'k', deadlineMs: 700 }).check(ADA, NEWS)).rejects.toThrow()
    })
  })

  base('denies everybody while Floe is away, for a sender who chose that', async () => {
    await against([hangUp], async baseUrl => {
      const client = createClient({ baseUrl, apiKey: 'k', deadlineMs: 500, onUnreachable: 'deny' })
      expect(await client.check({ addresses: ['a@example.com', 'b@example.com'] }, NEWS)).toEqual([
        { address: 'a@example.com', decision: 'deny', reason: 'unreachable' },
        { address: 'b@example.com', decision: 'deny', reason: 'unreachable' },
      ])
    })
  })

  base('waits until the date it is given, by the clock of Floe and not its own', async () => {
    const date = 'Wed, 21 Oct 2015 07:28:00 GMT'
    const away = json(503, {}, { date, 'retry-after': 'Wed, 21 Oct 2015 07:28:01 GMT' })
    await against([away, allowed], async baseUrl => {
      const began = Date.now()
      await createClient({ baseUrl, apiKey: 'k' }).check(ADA, NEWS)
      expect(Date.now() - began).toBeGreaterThanOrEqual(1000)
    })
  })

  base('gives up at its deadline', async () => {
    await against([json(503, {}, { 'retry-after': '60' })], async (baseUrl, asked) => {
      await expect(createClient({ baseUrl, apiKey: 'k' }).check(ADA, NEWS)).rejects.toBeInstanceOf(
        FloeUnreachable,
      )
      expect(asked()).toBe(1)
    })
  })

  test('says which key, topic or field was refused, and is not asked again', async ({
    sharedWorld: world,
  }) => {
    const wrong = createClient({ baseUrl: world.url, apiKey: 'floe_no' }).check(ADA, NEWS)
    await expect(wrong).rejects.toMatchObject({ status: 401, code: 'key.invalid' })
    const refused = clientOf(world).check(ADA, { topic: 'none' })
    await expect(refused).rejects.toBeInstanceOf(FloeError)
    await expect(refused).rejects.toMatchObject({ code: 'topic.not_found' })
  })

  test('of twenty-five thousand is answered in the order asked', async ({ world }) => {
    const addresses = Array.from({ length: 25_000 }, (_, i) => `r${i}@example.com`)
    const client = clientOf(world)
    await client.suppress(
      [3, 12_345, 24_999].map(i => ({ address: addresses[i]!, scope: 'workspace', reason: 'manual' })),
    )
    const decisions = await client.check({ addresses }, NEWS)
    expect(decisions.map(({ address }) => address)).toEqual(addresses)
    expect(decisions.flatMap(({ decision }, i) => (decision === 'deny' ? [i] : []))).toEqual([
      3, 12_345, 24_999,
    ])
  })
})

/** Answers that are none of Floe's, or not whole. */
const page = (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>')
}
const cut = (request: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
  response.write('{"asOf":"","results":[{"address":"ada@')
  setImmediate(() => request.socket.destroy())
}
const slow = (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"asOf":"","results":[')
}

describe('a check is never an allow, and never a refusal of Floe’s, when', () => {
  plain.for([
    ['a page of a proxy answers', page],
    ['the answer is cut', cut],
    ['the answer never ends', slow],
    ['the answer is empty', json(200, {})],
    [
      'the answer is about others',
      json(200, { results: [{ address: 'bob@example.com', decision: 'allow' }] }),
    ],
    ['the answer has no decision', json(200, { results: [{ address: 'ada@example.com' }] })],
    ['the answer is nothing', json(200, { results: [null] })],
    [
      'it is told to come again at once, for ever',
      json(429, { code: 'rate.limited' }, { 'retry-after': '0' }),
    ],
  ] as const)('%s', async ([, answer]) => {
    await against([answer], async (baseUrl, asked) => {
      const options = { baseUrl: `${baseUrl}/`, apiKey: 'floe_x', deadlineMs: 700 }
      const ended = await createClient(options)
        .check(ADA, NEWS)
        .catch(error => error)
      if (ended.status === 429) expect(ended).toBeInstanceOf(FloeError)
      else {
        expect(ended).toBeInstanceOf(FloeUnreachable)
        const denying = createClient({ ...options, onUnreachable: 'deny' })
        expect(await denying.check(ADA, NEWS)).toEqual([
          { address: 'ada@example.com', decision: 'deny', reason: 'unreachable' },
        ])
      }
      expect(asked()).toBeLessThan(20)
    })
  })

  test('whatever text Floe is asked about, it answers under that text', async ({ sharedWorld }) => {
    const floe = clientOf(sharedWorld)
    const addresses = [
      ' ada@example.com ',
      'ADA@Example.COM',
      '',
      'no\u0000body',
      '\ufeffada@example.com',
      'a\ud800@example.com',
      'münze@exämple.de',
      'x'.repeat(5000),
    ]
    const sha256 = ['A'.repeat(64), 'a'.repeat(64), '0x12', 'nobody']
    expect((await floe.check({ addresses }, NEWS)).map(({ address }) => address)).toEqual(addresses)
    expect((await floe.check({ sha256 }, NEWS)).map(one => one.sha256)).toEqual(sha256)
    expect((await floe.links('news', addresses)).map(({ address }) => address)).toEqual(addresses)
  })

  plain('and an outcome is missing of what is to be written', async () => {
    await against([json(200, { results: [{ outcome: 'recorded' }] })], async baseUrl => {
      const floe = createClient({ baseUrl, apiKey: 'floe_x' })
      const consent = { topic: 'news', basis: 'express', at: '2026-01-02T03:04:05Z' } as const
      const two = ['ada@example.com', 'bob@example.com'].map(address => ({ address, ...consent }))
      await expect(floe.recordConsents(two)).rejects.toThrow(FloeUnreachable)
      const entries = two.map(({ address }) => ({ address, scope: 'workspace', reason: 'manual' }) as const)
      await expect(floe.suppress(entries)).rejects.toThrow(FloeUnreachable)
    })
  })

  plain('and what was cut is asked for again', async () => {
    await against([cut, allowed], async baseUrl => {
      const [decision] = await createClient({ baseUrl, apiKey: 'floe_x' }).check(ADA, NEWS)
      expect(decision).toMatchObject({ decision: 'allow' })
    })
  })
})

plain('what no call can be made with is said at once', async () => {
  const baseUrl = 'https://floe.example.com'
  for (const wrong of [
    { baseUrl: 'floe.example.com', apiKey: 'floe_x' },
    { baseUrl, apiKey: 'floe_…' },
    { baseUrl, apiKey: '' },
  ])
    expect(() => createClient(wrong)).toThrow(TypeError)
  const floe = createClient({ baseUrl, apiKey: 'floe_x' })
  for (const id of ['', '.', '..'])
    await expect(floe.call('getSuppression', { id })).rejects.toThrow(TypeError)
})

plain('a redirect is a refusal: whoever it leads to is asked nothing, and gets no key', async () => {
  await against([allowed], (elsewhere, askedElsewhere) =>
    against([json(307, {}, { location: `${elsewhere}/v1/check` })], async baseUrl => {
      const floe = createClient({ baseUrl, apiKey: 'floe_x' })
      const list = () => new Blob(['ada@example.com\n']).stream()
      const imported = async () => {
        for await (const _ of floe.import(list, { name: 'list', format: 'csv' }));
      }
      const tried = [
        floe.check(ADA, NEWS),
        floe.call('listKeys', {}),
        floe.export('csv'),
        floe.match(list(), { format: 'csv' }),
        imported(),
      ]
      for (const one of await Promise.allSettled(tried))
        expect(one).toMatchObject({ status: 'rejected', reason: { status: 307 } })
      expect(askedElsewhere()).toBe(0)
    }),
  )
})

test('the client lists the topics that a check can name, and asks for one in its types', async ({
  sharedWorld: world,
}) => {
  const client = clientOf(world)
  const topics = await client.topics()
  expect(topics.map(({ name, kind }) => [name, kind])).toEqual([
    ['news', 'marketing'],
    ['offers', 'marketing'],
    ['receipts', 'transactional'],
  ])
  // @ts-expect-error: a check of marketing without a topic would allow whoever left one.
  await expect(client.check(ADA, {})).rejects.toMatchObject({ status: 400, code: 'request.invalid' })
  expect(await client.check(ADA, { purpose: 'transactional' })).toMatchObject([{ decision: 'allow' }])
})

test('the client mints, suppresses, lists, finds and lifts', async ({ world }) => {
  const client = clientOf(world)
  const [link] = await client.links('news', ['ada@example.com'])
  expect(link).toHaveProperty('headers.List-Unsubscribe-Post', 'List-Unsubscribe=One-Click')
  const [added] = await client.suppress([
    { address: 'ada@example.com', scope: 'workspace', reason: 'manual' },
  ])
  expect(added).toMatchObject({ outcome: 'added' })
  const all = []
  for await (const suppression of client.list()) all.push(suppression)
  expect(all).toEqual(await client.find({ address: 'ada@example.com' }))
  await client.lift(added!.id!)
  expect(await client.find({ address: 'ada@example.com' })).toEqual([])
})

test('keys are made, listed to the last, replaced and revoked, with what came of them', async ({ world }) => {
  const client = clientOf(world)
  const permissions: Permission[] = ['api_keys:write', 'addresses:check']
  const maker = await client.createKey({ name: 'Manager', permissions })
  const made = await createClient({ baseUrl: world.url, apiKey: maker.key }).createKey({ permissions })
  const next = await client.rotateKey(maker.id, { overlapSeconds: 60, children: 'keep' })
  expect(next).toMatchObject({ replaces: maker.id, kept: [made.id] })
  const listed = []
  for await (const key of client.keys()) listed.push([key.id, key.madeBy])
  const own = listed.at(-1)![0]
  expect(listed).toEqual([
    [next.id, own],
    [made.id, maker.id],
    [maker.id, own],
    [own, undefined],
  ])
  expect(await client.revokeKey(maker.id)).toMatchObject({ alsoRevoked: [made.id] })
})

base('a key whose answer was lost is not made a second time', async () => {
  const sent: unknown[] = []
  const lost = (request: IncomingMessage, response: ServerResponse) => {
    sent.push(request.headers['idempotency-key'])
    if (sent.length === 1) request.socket.destroy()
    else json(409, { code: 'idempotency.spent' })(request, response)
  }
  await against([lost], async baseUrl => {
    const making = createClient({ baseUrl, apiKey: 'k' }).createKey({ permissions: ['links:mint'] })
    await expect(making).rejects.toMatchObject({ code: 'idempotency.spent' })
  })
  expect(sent).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), sent[0]])
})

test('an import goes on by itself after each broken connection, and takes every line once', async ({
  world,
}) => {
  const bytes = new TextEncoder().encode(
    `email\n${Array.from({ length: 9000 }, (_, i) => `r${i}@example.com\n`).join('')}`,
  )
  const takenSoFar = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${world.apiKey}` }
    const progress = await world.fetch('/v1/suppressions/import/spring', { headers })
    return progress.status === 404 ? 0 : (await answered(progress)).offset
  }
  const offsets: number[] = []
  const source = (offset: number) => {
    offsets.push(offset)
    const end = offsets.length < 3 ? offset + 60_000 : bytes.length
    let sent = offset
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (sent >= bytes.length) return controller.close()
        if (sent >= end) {
          while ((await takenSoFar()) <= offset) await sleep(20)
          return controller.error(new Error('the line went dead'))
        }
        controller.enqueue(bytes.slice(sent, sent + 20_000))
        sent += 20_000
      },
    })
  }
  const events = []
  for await (const event of clientOf(world).import(source, { name: 'spring', format: 'csv' }))
    events.push(event)
  expect(events.at(-1)).toMatchObject({ type: 'done', line: 9001, added: 9000, unchanged: 0 })
  expect(offsets).toHaveLength(3)
  expect(await world.sql('SELECT count(*) FROM suppression')).toEqual([[9000]])
})

describe('a dry run by the client', () => {
  const totals = { line: 1, offset: 8, added: 1, unchanged: 0, refused: 0 }
  const streamed =
    (...lines: object[]) =>
    (request: IncomingMessage, response: ServerResponse) => {
      response.setHeader('content-type', 'application/x-ndjson')
      request.resume().on('end', () => response.end(lines.map(line => `${JSON.stringify(line)}\n`).join('')))
    }
  const broken: [string, (request: IncomingMessage, response: ServerResponse) => void, object][] = [
    ['hangs up', hangUp, { name: 'FloeUnreachable' }],
    [
      'stops answering before the end',
      streamed({ type: 'progress', ...totals }),
      { name: 'FloeUnreachable' },
    ],
    [
      'says that it failed',
      streamed({ type: 'failed', code: 'database.unavailable', ...totals }),
      { name: 'FloeError', code: 'database.unavailable' },
    ],
    [
      'refuses',
      json(400, { code: 'import.nothing_read' }),
      { name: 'FloeError', code: 'import.nothing_read' },
    ],
  ]

  base.for(broken)(
    'is never taken for whole when Floe %s, and is not asked again',
    async ([, answer, error]) => {
      await against([answer], async (baseUrl, asked) => {
        const client = createClient({ baseUrl, apiKey: 'k' })
        const source = () => new Blob(['a@b.example\n']).stream()
        const run = async () => {
          for await (const { type } of client.dryRun(source, { format: 'csv' })) expect(type).not.toBe('done')
        }
        await expect(run()).rejects.toMatchObject(error)
        expect(asked()).toBe(1)
      })
    },
  )
})
