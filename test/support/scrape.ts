import { expect } from 'vitest'
import { type Family, readOpenMetrics } from './open-metrics.ts'
import { OPERATOR_TOKEN, type World } from './world.ts'

/** Reads `/metrics` as an operator, and returns its families by name. */
export async function scraped({ fetch }: Pick<World, 'fetch'>): Promise<Map<string, Family>> {
  const answer = await fetch('/metrics', { headers: { authorization: `Bearer ${OPERATOR_TOKEN}` } })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe(
    'application/openmetrics-text; version=1.0.0; charset=utf-8',
  )
  expect(answer.headers.get('cache-control')).toBe('no-store')
  return readOpenMetrics(await answer.text())
}

/** Reads `/metrics` as an operator, and returns a reader of its samples, each by its name and labels; undefined for none. */
export async function scrape(world: Pick<World, 'fetch'>): Promise<(sample: string) => number | undefined> {
  const families = await scraped(world)
  return sample => {
    for (const { samples } of families.values()) if (samples.has(sample)) return samples.get(sample)
    return undefined
  }
}
