import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { expectDone, newRecipient, ONCE } from '../conformance/client.ts'
import { openRelay } from '../conformance/relay.ts'
import { openWorld, type World } from '../support/world.ts'

const click = (world: World, url: string) =>
  world
    .fetch(url, { method: 'POST' })
    .then(async answer => ({ status: answer.status, text: await answer.text() }))

// A lane that was interrupted is woken by its alarm, ten seconds after its last act.
test('a Worker that ends with acts in its journal alone goes on with them when it starts again, unasked', async () => {
  const dir = await mkdtemp(`${tmpdir()}/floe-test-`)
  const relay = await openRelay()
  const world = await openWorld({ bindings: { DATABASE_URL: relay.url }, persist: dir })
  relay.target = world.database.primaryUrl
  try {
    const ada = await newRecipient(world)
    expectDone(await click(world, (await newRecipient(world)).url))
    await relay.turn('takes requests and stays silent')
    expectDone(await click(world, ada.url))
    await world.restartWorker()
    await relay.turn('fair')
    await expect.poll(ada.traces, { timeout: 40_000, interval: 200 }).toEqual(ONCE)
    expect(await world.check(ada.address)).toMatchObject({ decision: 'deny' })
  } finally {
    await world.close()
    await relay.close()
    await rm(dir, { recursive: true, force: true })
  }
})
