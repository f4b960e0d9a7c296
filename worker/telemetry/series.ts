/** Upper bounds of histogram buckets in seconds, from an index read to a mail client's timeout. */
export const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const

/** A count for each pair of labels. */
export type Counts = [first: string, second: string | number, count: number][]

/**
 * A monotonic count for each pair of labels. Labels are constants, never text of a caller. They are kept in nested maps,
 * since joining two texts for every request costs more than counting it.
 */
export class Counter {
  readonly #values = new Map<string, Map<string | number, number>>()

  add(first: string, second: string | number): void {
    let counts = this.#values.get(first)
    if (!counts) {
      counts = new Map()
      this.#values.set(first, counts)
    }
    counts.set(second, (counts.get(second) ?? 0) + 1)
  }

  /** Returns what was counted, as plain data. */
  counts(): Counts {
    return [...this.#values].flatMap(([first, counts]) =>
      [...counts].map(([second, count]): Counts[number] => [first, second, count]),
    )
  }
}

/** Values of a label: how many in each bucket, their sum and their count. */
export interface Distribution {
  buckets: number[]
  sum: number
  count: number
}

/** The values of each label. */
export type Distributions = [label: string, distribution: Distribution][]

/** Counts of values by bucket, for each label. */
export class Histogram {
  readonly #values = new Map<string, Distribution>()

  observe(label: string, value: number): void {
    let series = this.#values.get(label)
    if (!series) {
      series = { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 }
      this.#values.set(label, series)
    }
    let bucket = 0
    while (value > BUCKETS[bucket]!) bucket++
    if (bucket < BUCKETS.length) series.buckets[bucket]!++
    series.sum += value
    series.count++
  }

  /** Returns what was observed, as plain data. */
  distributions(): Distributions {
    return [...this.#values]
  }
}
