import { describe, expect, test } from 'vitest'
import { ReadShare } from '../../db/engine/read-share.ts'

/** An isolate's reads, none of which ends before it is told to. */
function slowDatabase() {
  const share = new ReadShare()
  const ends: (() => void)[] = []
  const onTheirWay = new Map<string, number>()
  /** Begins a read, and tells whether it was let through. */
  const begin = async (tenant?: number, freshness: 'fresh' | 'may-lag' = 'fresh'): Promise<boolean> => {
    const whose = String(tenant)
    const read = share.within(tenant, freshness, () => {
      onTheirWay.set(whose, (onTheirWay.get(whose) ?? 0) + 1)
      return new Promise<void>(end => ends.push(end))
    })
    return Promise.race([
      read.then(
        () => true,
        ({ detail }) => detail.code !== 'overloaded',
      ),
      new Promise<true>(through => setImmediate(() => through(true))),
    ])
  }
  const count = async (times: number, tenant?: number, freshness?: 'fresh' | 'may-lag') => {
    const begun = await Promise.all(Array.from({ length: times }, () => begin(tenant, freshness)))
    return begun.filter(through => through).length
  }
  return { count, onTheirWay, endAll: () => ends.splice(0).map(end => end()) }
}

describe('reads on their way', () => {
  test('of a tenant that is alone are 128, and leave room for others', async () => {
    const { count } = slowDatabase()
    expect([await count(400, 1), await count(12, 2), await count(12, 3)]).toEqual([128, 12, 12])
  })

  test('are shared evenly by tenants who all want more', async () => {
    const { count, onTheirWay } = slowDatabase()
    const tenants = Array.from({ length: 20 }, (_, i) => i + 1)
    for (let round = 0; round < 50; round++) for (const tenant of tenants) await count(1, tenant)
    const shares = tenants.map(tenant => onTheirWay.get(String(tenant))!)
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(9)
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
  })

  test('of a tenant that came first give way to others as they end', async () => {
    const { count, endAll } = slowDatabase()
    expect([await count(400, 1), await count(400, 2)]).toEqual([128, 43])
    endAll()
    await new Promise(setImmediate)
    expect(await count(400, 2)).toBe(128)
  })

  test('of senders, however many, take nothing from recipients, nor those from senders', async () => {
    const { count } = slowDatabase()
    for (let tenant = 1; tenant <= 100; tenant++) await count(200, tenant)
    expect(await count(400, undefined, 'fresh')).toBe(128)
    expect(await count(400, undefined, 'may-lag')).toBe(128)
    const other = slowDatabase()
    await other.count(400, undefined, 'may-lag')
    expect(await other.count(400, 1)).toBe(128)
  })

  test('that fail give their place back', async () => {
    const share = new ReadShare()
    const failing = () => Promise.reject(new Error('away'))
    for (const tenant of [1, undefined])
      for (let i = 0; i < 1000; i++)
        await expect(share.within(tenant, 'fresh', failing)).rejects.toThrow('away')
    expect(await share.within(1, 'fresh', async () => 'read')).toBe('read')
  })
})
