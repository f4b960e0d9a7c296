/** One line of the report. */
export interface Figure {
  name: string
  value: number
  unit?: string
  aim?: { atLeast: number } | { atMost: number } | { exactly: number }
  /** What keeps it from being better, in a few words. */
  limit: string
  /** Whether a promise was broken, not only an aim missed. */
  broken?: boolean
  /** The same figure in each round. */
  rounds?: number[]
  /** Absolute figures of this machine, for the JSON report. */
  detail?: Record<string, number | string>
}

/** How much is measured. */
export interface Extent {
  rounds: number
  /** How long each side of a round is loaded. */
  forMs: number
  soakMs: number
  starts: number
  /** Lines of an import. */
  lines: number
  /** Whether a list of 100 million is measured too. */
  huge: boolean
  rows: number
}

/** Whether a figure reaches its aim; undefined when it has none. */
export function isMet({ value, aim, broken }: Figure): boolean | undefined {
  if (aim === undefined) return undefined
  if (broken) return false
  if ('atLeast' in aim) return value >= aim.atLeast
  return 'atMost' in aim ? value <= aim.atMost : value === aim.exactly
}

/** Returns the middle of a list. */
export function median(list: Iterable<number>): number {
  const sorted = [...list].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** One side of a comparison: does its work once and returns its pace. */
export type Side = () => Promise<number>

/** What two sides came to. */
export interface Comparison {
  /** The median of the rounds. */
  ratio: number
  rounds: number[]
  ours: number
  theirs: number
}

/**
 * Measures two sides in turn, the first to go alternating, after one round that does not count. Each round gives its own
 * ratio, so that what slows the machine for a while slows both sides of it.
 */
export async function compare(rounds: number, ours: Side, theirs: Side): Promise<Comparison> {
  const ratios: number[] = []
  const paces = { ours: [] as number[], theirs: [] as number[] }
  for (let round = 0; round <= rounds; round++) {
    let pace = { ours: 0, theirs: 0 }
    if (round % 2 === 0) {
      const first = await ours()
      pace = { ours: first, theirs: await theirs() }
    } else {
      const first = await theirs()
      pace = { theirs: first, ours: await ours() }
    }
    if (round === 0) continue
    ratios.push(pace.ours / pace.theirs)
    paces.ours.push(pace.ours)
    paces.theirs.push(pace.theirs)
  }
  return { ratio: median(ratios), rounds: ratios, ours: median(paces.ours), theirs: median(paces.theirs) }
}
