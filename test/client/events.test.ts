import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, describe, expect } from 'vitest'
import { openRelay } from '../conformance/relay.ts'
import { floe, startFloeCommand } from '../support/cli.ts'
import { test, type World } from '../support/world.ts'

const dir = mkdtempSync(`${tmpdir()}/floe-events-`)
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const suppress = (world: World, ...names: string[]) =>
  world.call('/v1/suppressions', {
    entries: names.map(name => ({
      address: `${name}@example.com`,
      scope: 'workspace',
      reason: 'manual',
    })),
  })
const idsOf = (lines: string[]): string[] => lines.map(line => JSON.parse(line).id.replaceAll('-', ''))
const ledger = async (world: World) =>
  (
    await world.sql(
      "SELECT lower(hex(id)) FROM event WHERE workspace = ? AND type = 'suppression.added' ORDER BY seq",
      [world.workspace],
    )
  ).flat()

describe('floe events', () => {
  test('writes what happened, a JSON object a line, and goes on from there', async ({ world }) => {
    const args = ['events', '--types', 'suppression.*', '--state', `${dir}/once`]
    await suppress(world, 'ada', 'bob')
    const first = await floe(world, args)
    expect([first.code, first.err]).toEqual([0, ''])
    await suppress(world, 'eve')
    const { out } = await floe(world, args)
    expect(idsOf([...first.out.trim().split('\n'), ...out.trim().split('\n')])).toEqual(await ledger(world))
    expect((await floe(world, args)).out).toBe('')
  })

  test('ends with 2 for a file, and with 3 for what Floe refuses', async ({ sharedWorld: world }) => {
    expect((await floe(world, ['events', 'place.txt'])).code).toBe(2)
    const refused = await floe(world, ['events', '--types', 'mail.sent'])
    expect([refused.code, refused.out]).toEqual([3, ''])
    expect(refused.err).toContain('types')
    expect((await floe(world, ['events', '--evidence'])).err).toContain('evidence:read')
  })
})

test('floe events --follow gets through a network that breaks and its own end, with no event lost or written twice', async ({
  world,
}) => {
  const relay = await openRelay()
  relay.target = world.url
  const args = ['events', '--follow', '--types', 'suppression.added', '--state', `${dir}/follow`]
  let following = startFloeCommand(world, relay.url, args)
  await suppress(world, 'a', 'b')
  await following.lines(2)
  await suppress(world, 'c')
  await following.lines(3)

  await relay.turn('refuses connections')
  await suppress(world, 'd')
  await relay.turn('answers 500')
  await relay.turn('fair')
  const before = await following.lines(4)
  expect(await following.end('SIGTERM')).toBe(130)

  // What is killed between a line and the note of its place writes that line again.
  const place = () => readFileSync(`${dir}/follow`, 'utf8')
  const noted = async (since: string) => {
    await expect.poll(place).not.toBe(since)
    return place()
  }
  const first = place()
  await suppress(world, 'e', 'f')
  following = startFloeCommand(world, relay.url, args)
  const between = await following.lines(2)
  const second = await noted(first)
  await suppress(world, 'g')
  const after = await following.lines(3)
  expect(after.slice(0, 2)).toEqual(between)
  await noted(second)
  await following.end('SIGKILL')

  await suppress(world, 'h')
  following = startFloeCommand(world, relay.url, args)
  const last = await following.lines(1)
  expect(await following.end('SIGINT')).toBe(130)
  expect(idsOf([...before, ...after, ...last])).toEqual(await ledger(world))
  await relay.close()
})
