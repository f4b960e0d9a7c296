import { readFileSync } from 'node:fs'
import { isEntry, runCommand } from '../db/cli.ts'
import { ROOT } from './folder.ts'

/** A package whose code is in the bundle, or may be: what the Worker depends on, and whatever that brings along. */
export interface Shipped {
  name: string
  version: string
  licence: string
}

interface Locked {
  version: string
  license?: string
  dev?: boolean
  optional?: boolean
  devOptional?: boolean
}

/** Returns what ships, by the lock file. */
export function shipped(): Shipped[] {
  const { packages } = JSON.parse(readFileSync(`${ROOT}/package-lock.json`, 'utf8')) as {
    packages: Record<string, Locked>
  }
  return Object.entries(packages)
    .filter(([path, { dev, optional, devOptional }]) => path !== '' && !dev && !optional && !devOptional)
    .map(([path, { version, license = 'none named' }]) => ({
      name: path.replace(/^.*node_modules\//, ''),
      version,
      licence: license,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

if (isEntry(import.meta.url))
  await runCommand(async () => {
    for (const { name, version, licence } of shipped())
      console.log(`${name.padEnd(24)} ${version.padEnd(10)} ${licence}`)
  })
