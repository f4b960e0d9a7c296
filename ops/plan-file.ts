import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Plan } from './plan.ts'

/** Reads a plan from a file. A logo given as a file name, relative to the plan's folder, is replaced by its bytes. Throws where there is none. */
export function readPlan(path: string): Plan {
  if (!existsSync(path))
    throw new Error(`There is no plan ${path}. npm run provision -- --help says what else there is.`)
  return JSON.parse(readFileSync(path, 'utf8'), (field, value) =>
    field === 'logo' && typeof value === 'string' && /\.(?:png|webp)$/i.test(value)
      ? readFileSync(resolve(dirname(path), value)).toString('base64')
      : value,
  ) as Plan
}
