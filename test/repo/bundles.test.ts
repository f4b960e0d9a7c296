import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Metafile } from 'esbuild'
import { describe, expect, test } from 'vitest'
import type { WorkerName } from '../../core/holdings.ts'
import { BUNDLES, WORKERS } from '../../local/workers.ts'

/** Most kilobytes of all modules that a Worker is uploaded with, each packed. */
const KILOBYTES: Record<WorkerName, number> = {
  floe: 60,
  'floe-app': 245,
  'floe-console': 3,
  'floe-lane': 11,
}

const filesOf = (name: WorkerName) =>
  readdirSync(`${BUNDLES}/${name}`).map(file => `${BUNDLES}/${name}/${file}`)

/** What a bundle is made of: modules of ours, and packages. */
function partsOf(name: WorkerName): { modules: string[]; packages: string[] } {
  const { outputs } = JSON.parse(readFileSync(`${BUNDLES}/${name}.meta.json`, 'utf8')) as Metafile
  const inputs = Object.values(outputs).flatMap(output =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : [])),
  )
  const packages = inputs.flatMap(path => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [])
  return {
    modules: inputs.filter(path => !path.startsWith('node_modules/')),
    packages: [...new Set(packages)].sort(),
  }
}

test.for(WORKERS.map(({ name }) => name))('%s is no larger than it may be', name => {
  const bytes = filesOf(name).reduce(
    (sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length,
    0,
  )
  expect(bytes / 1024).toBeLessThanOrEqual(KILOBYTES[name])
})

test('no Worker holds what builds SQL', () => {
  for (const { name } of WORKERS) expect(partsOf(name).packages).not.toContain('drizzle-orm')
})

describe('floe', () => {
  const { modules, packages } = partsOf('floe')

  test('holds no package but these', () => {
    expect(packages).toEqual(['hono', 'ipaddr.js', 'leven'])
  })

  test('holds nothing that mails, seals evidence, reads messages or runs jobs', () => {
    expect(modules).toContain('worker/unsubscribe/unsubscribe.ts')
    const others =
      /^worker\/(?:mail|message|inbound|consent|rights|rights-request|subscription|signup|webhook|access|correction|ledger)\//
    expect(modules.filter(path => others.test(path))).toEqual([])
  })
})

test('floe-lane holds what writes and nothing of a feature', () => {
  const { modules, packages } = partsOf('floe-lane')
  expect(packages).toEqual([])
  expect(modules).toContain('worker/lane/write-lane.ts')
  expect(modules.filter(path => !/^(?:core|db\/engine|worker\/lane)\//.test(path))).toEqual([])
})

test('floe-console holds no database and no key', () => {
  const { modules, packages } = partsOf('floe-console')
  expect(packages).toEqual([])
  expect(modules.filter(path => /^db\/|key/.test(path))).toEqual([])
})
