/** Upper ends of a histogram's buckets, in seconds: from an index read to a mail client's patience. */
export const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const

/** A number for each set of labels that only grows. Labels are made of constants: what a caller sends never becomes one. */
export class Counter {
  readonly values = new Map<string, number>()

  /** Adds one. */
  add(labels: string): void {
    this.values.set(labels, (this.values.get(labels) ?? 0) + 1)
  }
}

/** How often values fell into each bucket, for each set of labels. */
export class Histogram {
  readonly values = new Map<string, { buckets: number[]; sum: number; count: number }>()

  /** Counts a value. */
  observe(labels: string, value: number): void {
    let series = this.values.get(labels)
    if (!series) {
      series = { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 }
      this.values.set(labels, series)
    }
    const bucket = BUCKETS.findIndex(end => value <= end)
    if (bucket >= 0) series.buckets[bucket]!++
    series.sum += value
    series.count++
  }
}
