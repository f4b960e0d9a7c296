import { spawnSync } from 'node:child_process'
import { openSync, writeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PlantOptions } from './plant.ts'

/** Makes an adjustable clock for one process; undefined without Linux and a C compiler. */
export function openClock(dir: string): PlantOptions['clock'] {
  if (process.platform !== 'linux') return undefined
  const library = `${dir}/clock.so`
  const source = fileURLToPath(new URL('clock.c', import.meta.url))
  const { status } = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'])
  if (status !== 0) return undefined
  const file = openSync(`${dir}/clock`, 'w+')
  const set = (offsetMs: number) => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(BigInt(offsetMs))
    writeSync(file, bytes, 0, 8, 0)
  }
  set(0)
  return { env: { LD_PRELOAD: library, FLOE_CLOCK: `${dir}/clock` }, set }
}
