/** A metric family, with its samples by name and labels. */
export interface Family {
  type: string
  unit?: string
  samples: Map<string, number>
}

const LABELS = /^\{[a-z_]+="(?:[^"\\\n]|\\[\\n"])*"(?:,[a-z_]+="(?:[^"\\\n]|\\[\\n"])*")*\}$/
const SUFFIXES: Record<string, readonly string[]> = {
  counter: ['_total'],
  gauge: [''],
  info: ['_info'],
  histogram: ['_bucket', '_sum', '_count'],
}

/** Parses OpenMetrics 1.0 text as strictly as specified, for the types used here. Throws at the first fault. */
export function readOpenMetrics(text: string): Map<string, Family> {
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.pop() !== '# EOF') throw new Error('it does not end in # EOF')
  const families = new Map<string, Family>()
  let name = ''
  for (const line of lines) {
    const [, word, about, rest = ''] = /^# (TYPE|UNIT|HELP) ([a-z_]+) (.+)$/.exec(line) ?? []
    if (word === 'TYPE') {
      if (families.has(about!)) throw new Error(`${about} comes twice`)
      if (!(rest in SUFFIXES)) throw new Error(`${rest} is no type of ours`)
      name = about!
      families.set(name, { type: rest, samples: new Map() })
    } else if (word) {
      if (about !== name) throw new Error(`${line} stands outside its family`)
      if (word === 'UNIT' && !name.endsWith(`_${rest}`)) throw new Error(`${name} does not end in its unit`)
    } else addSample(name, families.get(name), line)
  }
  for (const [family, { type, samples }] of families) if (type === 'histogram') coherent(family, samples)
  return families
}

function addSample(name: string, family: Family | undefined, line: string): void {
  const [, sample = '', labels = '', value] =
    /^([a-z_]+)(\{.*\})? (\d+(?:\.\d+)?(?:e-\d+)?)$/.exec(line) ?? []
  if (!family || value === undefined) throw new Error(`${line} is no sample`)
  if (labels && !LABELS.test(labels)) throw new Error(`${labels} are no labels`)
  if (!SUFFIXES[family.type]!.some(suffix => sample === `${name}${suffix}`))
    throw new Error(`${sample} is no sample of the ${family.type} ${name}`)
  if (family.samples.has(sample + labels)) throw new Error(`${sample}${labels} comes twice`)
  family.samples.set(sample + labels, Number(value))
}

/** Checks that buckets only grow, that the last equals the count, and that there is a sum. */
function coherent(name: string, samples: Map<string, number>): void {
  const series = new Map<string, number[]>()
  for (const [key, value] of samples) {
    if (!key.startsWith(`${name}_bucket`)) continue
    const labels = key.slice(`${name}_bucket`.length).replace(/,?le="(\+Inf|\d+\.\d+)"/, '')
    series.set(labels, [...(series.get(labels) ?? []), value])
  }
  for (const [labels, buckets] of series) {
    if (buckets.some((value, i) => i > 0 && value < buckets[i - 1]!))
      throw new Error(`${name}${labels} shrinks`)
    if (buckets.at(-1) !== samples.get(`${name}_count${labels}`))
      throw new Error(`${name}${labels} miscounts`)
    if (!samples.has(`${name}_sum${labels}`)) throw new Error(`${name}${labels} has no sum`)
  }
}
