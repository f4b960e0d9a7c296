import { createHash } from 'node:crypto'
import { SMTPServer } from 'smtp-server'
import { expect } from 'vitest'
import { freePorts } from '../../local/port.ts'
import { request } from '../support/consent.ts'
import { concrete, ROUTES } from '../support/route.ts'
import { signUp } from '../support/sign-up.ts'
import { openWorld, test, type World } from '../support/world.ts'

/** A person whom no chance writes into a log, and everything by which they could be found there. */
const ADDRESS = 'quixote.the.wanderer@mail.lamancha.example'
const IP = '203.0.113.77'
const AGENT = 'Rocinante/4.2 (of La Mancha)'
const HASH = createHash('sha256').update(ADDRESS)

const headers = {
  'user-agent': AGENT,
  referer: `https://north.example/?email=${ADDRESS}`,
  'cf-connecting-ip': IP,
  'x-forwarded-for': IP,
  'x-real-ip': IP,
  'x-request-id': ADDRESS,
  'idempotency-key': 'quixote-the-wanderer',
  'accept-language': 'es',
}
/** Fits some calls and is refused by others, and is no JSON at all the second time. */
const bodies = [
  JSON.stringify({
    ...signUp(ADDRESS, { ip: IP, userAgent: AGENT }),
    addresses: [ADDRESS],
    recipients: [ADDRESS],
    topic: 'news',
    entries: [{ address: ADDRESS, scope: 'workspace', reason: 'manual' }],
  }),
  `{"address": ${ADDRESS}`,
]

/** Asks every route there is, a new one included, with the person in whatever could carry them. */
async function walk(world: World, links: Record<string, string>): Promise<void> {
  for (const { method, path } of ROUTES) {
    const token = links[path[1]!]
    const at = concrete(path.replace(/:name\{.*?\}/, 'quixote-the-wanderer'), token)
    const queries = ['', `?email=${encodeURIComponent(ADDRESS)}&address=${ADDRESS}`]
    const calls = (method === 'GET' ? [null] : bodies).flatMap(body =>
      queries.map(query => world.call(at + query, null, { method, headers, body })),
    )
    for (const answer of await Promise.all(calls)) await answer.text()
  }
}

/** The calls whose bodies fit, so that every verb runs. */
async function properly(world: World): Promise<void> {
  const { unsubscribeUrl, preferencesUrl } = await world.links(ADDRESS)
  const calls = [
    world.call('/v1/check', { topic: 'news', addresses: [ADDRESS] }, { headers }),
    world.call('/v1/check', { topic: 'news', sha256: [HASH.copy().digest('hex')] }, { headers }),
    world.call('/v1/suppressions', { entries: [{ address: ADDRESS, scope: 'workspace', reason: 'manual' }] }),
    world.call('/v1/suppressions/find', { address: ADDRESS }),
    world.call('/v1/subscriptions', signUp(ADDRESS, { ip: IP, userAgent: AGENT }), { headers }),
    world.call('/v1/consents/prove', { address: ADDRESS }, { headers }),
    ...['import', 'match'].map(call =>
      world.call(`/v1/suppressions/${call}`, null, {
        body: `email\n${ADDRESS}\n"broken ${ADDRESS}\n`,
        headers: { ...headers, 'content-type': 'text/csv' },
      }),
    ),
    world.fetch(unsubscribeUrl, { method: 'POST', headers, body: `List-Unsubscribe=One-Click&e=${ADDRESS}` }),
    world.fetch(preferencesUrl, { headers }),
  ]
  for (const call of calls) await (await call).text()
}

/** Waits until the log has come as far as the line of an answer. */
const logged = (log: () => string, answer: Response) =>
  expect.poll(log).toContain(`"${answer.headers.get('x-request-id')}"`)

test('the log names every route, and nobody', async () => {
  let log = ''
  const [port] = (await freePorts(1)) as [number]
  // A mail server that says whom it will not take mail for.
  const mail = new SMTPServer({
    authOptional: true,
    onRcptTo: ({ address }, _, done) =>
      done(Object.assign(new Error(`no ${address} here`), { responseCode: 451 })),
  })
  await new Promise<void>(done => mail.listen(port, '127.0.0.1', done))
  const world = await openWorld({
    bindings: {
      LOG_LEVEL: 'info',
      MAIL_URL: `smtp://127.0.0.1:${port}`,
      METRICS_TOKEN: 'the-token-of-whoever-watches',
    },
    listen: text => {
      log += text
    },
  })
  try {
    const { unsubscribeUrl, preferencesUrl } = await world.links(ADDRESS)
    const quiet = await world.call('/v1/subscriptions', signUp(ADDRESS))
    expect(quiet.status).toBe(202)
    const links = { u: unsubscribeUrl.slice(-39), p: preferencesUrl.slice(-39), c: 'A'.repeat(32) }
    await walk(world, links)
    await properly(world)
    await world.runCron()
    // What no test foresees: statements fail where they are needed, and then nothing answers at all.
    await world.raw('ALTER TABLE suppression RENAME TO elsewhere')
    await walk(world, links)
    await world.database.stop()
    await walk(world, links)
    await properly(world).catch(() => undefined)
    await world.runCron()
    await logged(() => log, await world.fetch('/nowhere'))

    const lines = log.split('\n').filter(line => line.startsWith('{'))
    const named = new Set(lines.map(line => JSON.parse(line).operation))
    for (const { method, path } of ROUTES)
      expect(named, `${method} ${path}`).toContain(`${method} ${path.replace(/\{.*?\}/g, '')}`)
    expect(log).toContain('"event":"schema.outdated"')
    expect(log).toContain('no such table')
    expect(log).toContain('"status":503')
    const telling = [
      ADDRESS,
      'quixote',
      'lamancha',
      encodeURIComponent(ADDRESS),
      ...['hex', 'base64', 'base64url'].map(as => HASH.copy().digest(as as 'hex')),
      Buffer.from(ADDRESS).toString('base64').slice(0, 24),
      IP,
      'Rocinante',
      links.u,
      links.p,
      world.apiKey,
      world.apiKey.slice(-20),
      'the-token-of-whoever-watches',
      ...Object.values(world.bindings).filter(value => value.length > 40),
    ]
    for (const text of telling) expect(log.toLowerCase()).not.toContain(text.toLowerCase())
  } finally {
    await world.close()
    await new Promise<void>(done => mail.close(done))
  }
})

test('at the level of failures a request that went well leaves no line, and one that failed does', async () => {
  let log = ''
  const world = await openWorld({
    listen: text => {
      log += text
    },
  })
  try {
    await world.check('ada@example.com')
    expect((await world.fetch('/nowhere')).status).toBe(404)
    await request(world, 'ada@example.com')
    await world.database.stop()
    const answer = await world.call('/v1/check', { topic: 'news', addresses: ['ada@example.com'] })
    expect(answer.status).toBe(503)
    await logged(() => log, answer)
    const lines = log.split('\n').filter(line => line !== '')
    expect(lines.map(line => JSON.parse(line))).toEqual([
      {
        level: 'error',
        event: 'request',
        request: answer.headers.get('x-request-id'),
        operation: 'POST /v1/check',
        status: 503,
        ms: expect.any(Number),
        database: expect.any(Number),
        lane: 0,
      },
    ])
  } finally {
    await world.close()
  }
})
