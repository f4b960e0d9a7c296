import { BUCKETS, type Counts, type Distributions } from './series.ts'

/** Media type of OpenMetrics. */
export const OPEN_METRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

/** Returns families as one exposition (OpenMetrics 1.0). */
export const exposition = (families: string[]): string => `${families.join('')}# EOF\n`

/** What each Worker counted. */
export type ByWorker<T> = readonly (readonly [worker: string, counted: T])[]

/** Returns the family of a counter with two labels; the names of its samples end in `_total`. */
export const counterFamily = (
  name: string,
  help: string,
  [first, second]: readonly [string, string],
  counted: ByWorker<Counts>,
): string =>
  family(
    name,
    'counter',
    help,
    counted.flatMap(([worker, counts]) =>
      counts.map(([one, other, count]) =>
        sample(`${name}_total`, { worker, [first]: one, [second]: String(other) }, count),
      ),
    ),
  )

/** Returns the family of a histogram, in seconds. */
export const secondsFamily = (
  name: string,
  help: string,
  label: string,
  counted: ByWorker<Distributions>,
): string =>
  family(
    name,
    'histogram',
    help,
    counted.flatMap(([worker, distributions]) =>
      distributions.flatMap(([value, { buckets, sum, count }]) => {
        const of = { worker, [label]: value }
        let below = 0
        const ends = BUCKETS.map((end, i) => {
          below += buckets[i]!
          return sample(`${name}_bucket`, { ...of, le: canonical(end) }, below)
        })
        return [
          ...ends,
          sample(`${name}_bucket`, { ...of, le: '+Inf' }, count),
          sample(`${name}_sum`, of, sum),
          sample(`${name}_count`, of, count),
        ]
      }),
    ),
    'seconds',
  )

/** A labelled value; undefined where unknown. */
export type Gauge = [labels: Record<string, string>, value: number | undefined]

/** Returns the family of a gauge. An unknown value has no sample, so that alarms on missing samples fire. */
export const gaugeFamily = (name: string, help: string, gauges: readonly Gauge[]): string =>
  family(
    name,
    'gauge',
    help,
    gauges.flatMap(([labels, value]) => (value === undefined ? [] : [sample(name, labels, value)])),
  )

/** Returns an info family. */
export const infoFamily = (name: string, help: string, infos: readonly Record<string, string>[]): string =>
  family(
    name,
    'info',
    help,
    infos.map(labels => sample(`${name}_info`, labels, 1)),
  )

function family(name: string, type: string, help: string, samples: string[], unit?: string): string {
  const unitLine = unit ? `# UNIT ${name} ${unit}\n` : ''
  return `# TYPE ${name} ${type}\n${unitLine}# HELP ${name} ${help}\n${samples.join('')}`
}

function sample(name: string, labels: Record<string, string>, value: number): string {
  const named = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`)
  return `${name}${named.length > 0 ? `{${named.join(',')}}` : ''} ${value}\n`
}

/** OpenMetrics writes the bounds of buckets with a decimal point. */
const canonical = (end: number): string => (Number.isInteger(end) ? `${end}.0` : String(end))

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
