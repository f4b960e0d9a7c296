import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { Fault } from '../../core/fault.ts'
import { newRef } from '../../core/id.ts'
import { openKeyring } from '../../core/keys.ts'
import { mintToken } from '../../core/token.ts'
import type { AllDeps } from '../../worker/app-routes.ts'
import { onOwnHost } from '../../worker/domain/own-host.ts'
import { ROW_LINKS } from '../../worker/domain/row-links.ts'
import { TOPIC_LINKS } from '../../worker/domain/topic-links.ts'
import { pathOf } from '../../worker/http/route.ts'
import { rightsUrl } from '../../worker/rights/link.ts'
import { mintFormKey } from '../../worker/signup/form-key.ts'
import { confirmLinks } from '../../worker/subscription/link.ts'
import { Metrics } from '../../worker/telemetry/metrics.ts'
import { observe } from '../../worker/telemetry/observe.ts'

const ring = (byte: number) => openKeyring([{ id: 1, key: new Uint8Array(32).fill(byte) }])
const keyring = ring(1)
const accessKeyring = ring(2)
const LINKS = { ...TOPIC_LINKS, ...ROW_LINKS }
const claim = { topic: 1, addressId: new Uint8Array(12), ref: new Uint8Array() }
const row = { tenant: 1, ref: newRef() }

const links: [what: string, path: string][] = [
  ['to unsubscribe', `/u/${mintToken(keyring, 'unsubscribe', claim)}`],
  ['to preferences', `/p/${mintToken(keyring, 'preferences', claim)}`],
  ['to confirm', new URL(confirmLinks(keyring, 'https://a.example', 1, row.ref).confirmUrl).pathname],
  ['to somebody’s data', rightsUrl({ keyring, accessKeyring }, '', 'access', row)],
  ['to a sign-up form', `/s/${mintFormKey(keyring, 1, row.ref)}`],
  ['to correct an address', rightsUrl({ keyring, accessKeyring }, '', 'correction', row)],
]

/** Returns how many databases are asked by what looks whose a host is. */
async function askedBy(look: (deps: AllDeps) => Promise<unknown>): Promise<number> {
  let reads = 0
  const db = { read: async () => [void reads++] }
  const deps = {
    baseUrl: 'https://floe.example.com',
    keyring,
    accessKeyring,
    hosts: new Map(),
    clusters: [{ db }],
    clock: () => 0,
    log: () => undefined,
  } as unknown as AllDeps
  await look(deps)
  return reads
}

/** Returns how many databases are asked whose the host of a link is. */
function asked(path: string): Promise<number> {
  const request = new Request(`https://made-up.example${path}`)
  return askedBy(deps => onOwnHost(deps, LINKS, request, pathOf(request)))
}

test.for(links)(
  'a link %s on a host we do not know asks whose that is, however it is spelled',
  async ([, path]) => {
    expect(await asked(path)).toBe(1)
    expect(await asked(path.replace(/\w/, letter => `%${letter.charCodeAt(0).toString(16)}`))).toBe(1)
  },
)

test.for(links)('a made-up link %s costs the database no question, on whatever host', async ([, path]) => {
  for (const made of [
    `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`,
    path.slice(0, 3) + 'x'.repeat(39),
  ])
    expect(await asked(made), made).toBe(0)
})

test.for([
  ['has spent what it may ask costs the database no question', true, 429, 0],
  ['has not asks whose that is', false, 200, 1],
] as const)('a link on a host we do not know, from a network that %s', async ([, spent, status, reads]) => {
  const app = new Hono().get('/u/:token', c => c.text('page'))
  const [, path] = links[0]!
  const request = new Request(`https://made-up.example${path}`, {
    headers: { accept: 'application/json', 'cf-connecting-ip': '192.0.2.1' },
  })
  const spend = async () => {
    if (spent) throw new Fault({ code: 'rate.limited', retryAfterSeconds: 1 })
  }
  const look = async (deps: AllDeps) => {
    const metrics = new Metrics({ worker: 'floe', isolate: 'one', build: 'local', commit: 'unknown' })
    const counting = { ...deps, publicRates: { spend }, metrics } as unknown as AllDeps
    const asked = { deps: counting, app: app as never, request, path, route: 'GET /u/:token', links: LINKS }
    const answer = await observe(asked, {} as ExecutionContext)
    expect(answer.status).toBe(status)
  }
  expect(await askedBy(look)).toBe(reads)
})
