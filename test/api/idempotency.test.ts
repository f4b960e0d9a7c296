import { describe, expect } from 'vitest'
import { keyName, readApiKey } from '../../core/api-key.ts'
import { revokeKey } from '../../ops/provision-key.ts'
import { freeze } from '../support/freeze.ts'
import { CALLS } from '../support/reference.ts'
import { test, type World } from '../support/world.ts'

const entries = (address: string, until?: string) => ({
  entries: [{ address, scope: 'workspace', reason: 'manual', ...(until && { until }) }],
})
const add = (world: World, body: object, key: string, more: object = {}) =>
  world.call('/v1/suppressions', body, { headers: { 'idempotency-key': key }, ...more })

describe('a write under an Idempotency-Key', () => {
  test('is run once, and answered the same when it is sent again', async ({ world }) => {
    const first = await add(world, entries('ada@example.com'), 'one')
    const text = await first.text()
    expect(first.headers.has('idempotency-replayed')).toBe(false)
    expect(JSON.parse(text).results[0].outcome).toBe('added')
    const again = await world.writesNothing(() => add(world, entries('ada@example.com'), 'one'))
    expect([again.status, await again.text()]).toEqual([200, text])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    const other = await add(world, entries('ada@example.com'), 'two')
    expect(((await other.json()) as { results: object[] }).results[0]).toMatchObject({ outcome: 'unchanged' })
  })

  test('with another body or at another address is refused', async ({ world }) => {
    await add(world, entries('ada@example.com'), 'one')
    const body = await world.writesNothing(() => add(world, entries('bob@example.com'), 'one'))
    expect(body.status).toBe(422)
    expect(await body.json()).toMatchObject({ code: 'idempotency.key_reused' })
    const path = await world.writesNothing(() =>
      world.call(
        '/v1/consents/withdraw',
        { address: 'bob@example.com' },
        { headers: { 'idempotency-key': 'one' } },
      ),
    )
    expect(path.status).toBe(422)
  })

  test('sent many times at once is run once: the others wait their turn', async ({ world }) => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => add(world, entries('ada@example.com'), 'one')),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter(status => status !== 200 && status !== 409)).toEqual([])
    for (const answer of answers) {
      const body = (await answer.json()) as { code?: string; results?: { outcome: string }[] }
      if (answer.status === 200) expect(body.results![0]!.outcome).toBe('added')
      else {
        expect(body.code).toBe('idempotency.in_progress')
        expect(answer.headers.get('retry-after')).toBe('1')
      }
    }
    expect(await world.sql("SELECT count(*) FROM event WHERE type = 'suppression.added'")).toEqual([[1]])
  })

  test('is the call of one API key only', async ({ world }) => {
    await add(world, entries('ada@example.com'), 'one')
    for (const key of [world.siblingApiKey, world.otherApiKey]) {
      const theirs = await add(world, entries('ada@example.com'), 'one', { key })
      expect(theirs.headers.has('idempotency-replayed')).toBe(false)
      expect(((await theirs.json()) as { results: object[] }).results[0]).toMatchObject({ outcome: 'added' })
    }
  })

  test('tells its answer to nobody whose key was revoked since', async ({ world }) => {
    await add(world, entries('ada@example.com'), 'one')
    await revokeKey(world.endpoint, keyName(readApiKey(world.keyring, world.apiKey)!.keyId))
    expect((await add(world, entries('ada@example.com'), 'one')).status).toBe(401)
  })

  test('that was refused may be made again, once it is right', async ({ world }) => {
    const wrong = await world.call(
      '/v1/consents/withdraw',
      { address: 'ada@example.com', topics: ['nothing'] },
      { headers: { 'idempotency-key': 'one' } },
    )
    expect(wrong.status).toBe(404)
    const right = await world.call(
      '/v1/consents/withdraw',
      { address: 'ada@example.com', topics: ['news'] },
      { headers: { 'idempotency-key': 'one' } },
    )
    expect(right.status).toBe(200)
  })

  test('that met an absent database may be made again', async ({ ownWorld: world }) => {
    await freeze(world.database.pids[0]!)
    expect((await add(world, entries('ada@example.com'), 'one')).status).toBe(503)
    process.kill(world.database.pids[0]!, 'SIGCONT')
    const again = async () => (await add(world, entries('ada@example.com'), 'one')).status
    await expect.poll(again, { timeout: 20_000 }).toBe(200)
  })

  test('of ten thousand entries is answered whole a second time', async ({ world }) => {
    const body = {
      entries: Array.from(
        { length: 10_000 },
        (_, i) => entries(`${'long'.repeat(12)}${i}@example.com`).entries[0],
      ),
    }
    const first = await (await add(world, body, 'big')).text()
    const again = await add(world, body, 'big')
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await again.text()).toBe(first)
  })

  test('that shows a secret does not show it twice', async ({ world }) => {
    const create = () =>
      world.call(
        '/v1/api-keys',
        { permissions: ['addresses:check'] },
        { headers: { 'idempotency-key': 'one' } },
      )
    expect((await create()).status).toBe(201)
    const again = await create()
    expect(again.status).toBe(409)
    expect(await again.json()).toMatchObject({ code: 'idempotency.spent' })
    expect(
      await world.sql("SELECT count(*) FROM event WHERE type = 'api_key.created' AND actor LIKE 'key_%'"),
    ).toEqual([[1]])
  })
})

const QUOTED = '"8e03978e-40d5-43dd-bc93-6894a57f9324"'

test('a key may be a structured field string, as the draft has it', async ({ world }) => {
  await add(world, entries('ada@example.com'), QUOTED)
  const again = await add(world, entries('ada@example.com'), QUOTED.slice(1, -1))
  expect(again.headers.get('idempotency-replayed')).toBe('true')
})

test.for([
  ['with a space', 'a b'],
  ['with a quotation mark alone', '"a'],
  ['of 256 characters', 'a'.repeat(256)],
  ['that is an empty string', '""'],
] as const)('a key %s is refused, and nothing is written', async ([, key], { sharedWorld: world }) => {
  const answer = await world.writesNothing(() => add(world, entries('zoe@example.com'), key))
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({
    code: 'request.invalid',
    errors: [{ field: 'Idempotency-Key' }],
  })
})

test('every call that writes says in the reference that it takes one, and none that reads does', () => {
  const reading =
    /^(checkAddresses|mintLinks|identifyAddresses|prepareMessage|lintMessage|findSuppressions|matchSuppressions|proveConsent|testWebhook)$/
  // A report acts once by its own id, and a setting is the same however often it is set.
  const once = /^(receive\w+|setInbound)$/
  const wrong = CALLS.filter(({ path }) => path.startsWith('/v1/')).filter(
    ({ method, operationId, parameters }) => {
      const takes = parameters.some(({ name }) => name === 'Idempotency-Key')
      return takes !== (method !== 'GET' && !reading.test(operationId) && !once.test(operationId))
    },
  )
  expect(wrong.map(({ operationId }) => operationId)).toEqual([])
})
