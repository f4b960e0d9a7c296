import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { Miniflare } from 'miniflare'
import { expect, test } from 'vitest'
import { readApiKey } from '../../core/api-key.ts'
import { RingCipher } from '../../core/cipher.ts'
import { parseKeyring } from '../../core/keys.ts'
import type { WriteRequest } from '../../core/write/request.ts'
import { onceBy } from '../../worker/http/idempotency.ts'
import type { IdempotencyRecords } from '../../worker/http/idempotency-record.ts'
import { expectDone, newRecipient, ONCE } from '../conformance/client.ts'
import { openRelay } from '../conformance/relay.ts'
import { faultyLane, laneFixture } from '../support/faulty-lane.ts'
import { openWorker } from '../support/worker.ts'
import { askingAs, openWorld, type World } from '../support/world.ts'

const SOON = { timeout: 40_000, interval: 100 }
/** A call that the single Worker answered. */
const CALL = {
  name: 'DELETE /v1/suppressions/sup_AAAAAAAAAAAAAAAAAAAAAAAA',
  input: { id: 'sup_AAAAAAAAAAAAAAAAAAAAAAAA' },
  secret: false,
  key: 'monday',
  answer: '{"id":"sup_AAAAAAAAAAAAAAAAAAAAAAAA","outcome":"lifted"}',
}

/** The script `floe` when it was the only one: its Durable Objects, under the names that Miniflare gave them. */
const openFormer = (bindings: Record<string, string>, durableObjectsPersist: string) =>
  new Miniflare({
    name: 'floe',
    modules: [{ type: 'ESModule', path: laneFixture('version-0') }],
    compatibilityDate: '2026-04-20',
    bindings,
    durableObjects: {
      LANE: { className: 'WriteLane', useSQLite: true },
      IDEMPOTENCY: { className: 'IdempotencyRecord', useSQLite: true },
    },
    durableObjectsPersist,
  })

/** Returns an object of that script, to be called. */
async function objectOf<Of>(former: Miniflare, binding: string, name: string): Promise<Of> {
  const objects = await former.getDurableObjectNamespace(binding)
  return objects.get(objects.idFromName(name)) as unknown as Of
}

test('what the single Worker left in its folder is taken over: a click that only its journal has is denied at once and written once, and a call that it answered is answered the same', async () => {
  const [dir, scripts, relay] = await Promise.all([
    mkdtemp(`${tmpdir()}/floe-test-`),
    mkdtemp(`${tmpdir()}/floe-test-`),
    openRelay(),
  ])
  let log = ''
  const world = await openWorld({
    replicas: 1,
    bindings: { DATABASE_URL: relay.url },
    lane: await faultyLane(scripts, 'tells'),
    listen: text => (log += text),
  })
  relay.target = world.database.primaryUrl
  const [ada, bob, eve] = [await newRecipient(world), await newRecipient(world), await newRecipient(world)]

  /** Returns what a click has written, as it is sent to the lane. */
  async function written(url: string): Promise<WriteRequest> {
    log = ''
    const answer = await world.fetch(url, { method: 'POST' })
    expectDone({ status: answer.status, text: await answer.text() })
    await expect.poll(() => log).toMatch(/"event":"denial".*\n/)
    const { request } = JSON.parse(/^.*"event":"denial".*$/m.exec(log)![0])
    return { ...request, denials: Uint8Array.from(request.denials) }
  }
  const clicks = [await written(eve.url), await written(ada.url)] as const

  const former = openFormer(world.bindings, dir)
  const lane = await objectOf<{ commit(request: WriteRequest): Promise<object> }>(former, 'LANE', 'primary')
  expect(await lane.commit(clicks[0])).toMatchObject({ ok: true, results: expect.anything() })
  await relay.turn('refuses connections')
  expect(await lane.commit(clicks[1])).toEqual({ ok: true, results: undefined })
  const records: IdempotencyRecords = {
    open(name) {
      const record = objectOf<ReturnType<IdempotencyRecords['open']>>(former, 'IDEMPOTENCY', name)
      return {
        begin: async fingerprint => (await record).begin(fingerprint),
        finish: async (status, sealed) => (await record).finish(status, sealed),
        release: async () => (await record).release(),
        makeRoom: async (of, bytes) => (await record).makeRoom(of, bytes),
      }
    },
  }
  const ring = new RingCipher(parseKeyring(world.tokenKeys)!, undefined)
  const once = onceBy({ records, ring, log: (_, error) => expect.unreachable(String(error)) })
  const caller = { db: { read: async () => [] as never }, claim: readApiKey(world.keyring, world.apiKey)! }
  await once(caller, CALL.key, CALL, async () => ({ status: 200, text: CALL.answer }))
  await former.dispose()

  const worker = await openWorker({ ...world.bindings, SENDS_MAIL: 'false' }, { persist: dir })
  const reach: World['fetch'] = (path, init) => fetch(`${worker.url}${path}`, init)
  const now = askingAs(reach, world, world.endpoint)
  try {
    await expect.poll(() => now.check(bob.address), SOON).toMatchObject({ decision: 'allow' })
    for (const { address } of [ada, eve])
      expect(await now.check(address)).toMatchObject({
        decision: 'deny',
        reason: 'unsubscribed',
      })
    const [method, path] = CALL.name.split(' ') as [string, string]
    const again = await now.call(path, undefined, { method, headers: { 'idempotency-key': CALL.key } })
    expect([again.status, again.headers.get('idempotency-replayed'), await again.text()]).toEqual([
      200,
      'true',
      CALL.answer,
    ])
    await relay.turn('fair')
    await expect.poll(ada.traces, SOON).toEqual(ONCE)
    expect(await eve.traces()).toEqual(ONCE)
    expect(await now.check(ada.address)).toMatchObject({ decision: 'deny' })
  } finally {
    await worker.stop()
    await world.close()
    await relay.close()
    await Promise.all([dir, scripts].map(each => rm(each, { recursive: true, force: true })))
  }
})
