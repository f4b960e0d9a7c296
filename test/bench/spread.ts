import { seeded } from '../support/seeded.ts'
import { type Figure, median } from './figure.ts'

const TENANTS = 10_000
const CLUSTERS = [3, 10, 30]
const ORDERS = 200
const FINE = 1_000_000

/**
 * How full the fullest of some clusters is, over the mean, where tenants are given to clusters in turn and nobody knows yet how large
 * they will be: the n-th largest of ten thousand has the n-th part of what the largest has (Zipf). Simulated, in many orders of arrival.
 */
export const spreadFigures = (): Figure[] =>
  CLUSTERS.map(clusters => {
    const shares = Array.from({ length: ORDERS }, (_, seed) => fullest(clusters, seeded(seed)))
    const inOrder = shares.sort((a, b) => a - b)
    return {
      name: `${TENANTS.toLocaleString('en')} tenants in ${clusters} clusters: the fullest over the mean`,
      value: median(shares),
      limit: `${inOrder[ORDERS / 20]!.toFixed(2)} to ${inOrder[ORDERS - ORDERS / 20 - 1]!.toFixed(2)} in nine of ten orders; the largest tenant alone has ${(clusters / sumOf(TENANTS)).toFixed(2)}`,
    }
  })

function fullest(clusters: number, next: (limit: number) => number): number {
  const loads = new Float64Array(clusters)
  const order = Array.from({ length: TENANTS }, (_, i) => ({ size: 1 / (i + 1), at: next(FINE) }))
  order.sort((a, b) => a.at - b.at)
  for (const [i, { size }] of order.entries()) loads[i % clusters]! += size
  return (Math.max(...loads) * clusters) / sumOf(TENANTS)
}

const sumOf = (count: number): number =>
  Array.from({ length: count }, (_, i) => 1 / (i + 1)).reduce((sum, share) => sum + share, 0)
