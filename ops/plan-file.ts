import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Plan } from './plan.ts'

/** Reads a plan from a file. A logo that is named as a file, from the plan's folder on, is read in its place. */
export function readPlan(path: string): Plan {
  return JSON.parse(readFileSync(path, 'utf8'), (field, value) =>
    field === 'logo' && typeof value === 'string' && /\.(?:png|webp)$/i.test(value)
      ? readFileSync(resolve(dirname(path), value)).toString('base64')
      : value,
  ) as Plan
}
