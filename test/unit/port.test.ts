import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect, test, vi } from 'vitest'

test('a port goes to one process alone, though another looks in the same place before anything listens on it', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  try {
    const given: number[] = []
    for (let process = 0; process < 3; process++) {
      vi.resetModules()
      const { freePorts } = await import('../../local/port.ts')
      given.push(...(await freePorts(40)))
    }
    expect(new Set(given).size).toBe(120)
  } finally {
    vi.restoreAllMocks()
  }
})

test('a port that was had before is had again, unless another process has its block', async () => {
  const folder = await mkdtemp(`${tmpdir()}/floe-ports-`)
  const file = `${folder}/ports.json`
  const fresh = async () => {
    vi.resetModules()
    return import('../../local/port.ts')
  }
  const { keptPorts, freePorts } = await fresh()
  const before = await keptPorts(file, ['inbox', 'smtp'], 0)
  expect(await keptPorts(file, ['inbox', 'smtp'], 0)).toEqual(before)
  expect((await keptPorts(file, ['inbox', 'smtp'], before.inbox)).inbox).not.toBe(before.inbox)
  // Another process, while this one has its blocks.
  writeFileSync(file, JSON.stringify({ inbox: (await freePorts(1))[0], smtp: null }))
  const others = await (await fresh()).keptPorts(file, ['inbox', 'smtp'], 0)
  expect(Object.values(before)).not.toContain(others.inbox)
  await rm(folder, { recursive: true })
})
