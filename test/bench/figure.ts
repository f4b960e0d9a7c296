/** A line of the report. */
export interface Figure {
  name: string
  value: number
  unit?: string
  aim?: { atLeast: number } | { atMost: number } | { exactly: number }
  /** What limits it, in a few words. */
  limit: string
  /** Whether a promise was broken, beyond a missed aim. */
  broken?: boolean
  /** The figure of each round. */
  rounds?: number[]
  /** Absolute figures of this machine, for the JSON report. */
  detail?: Record<string, number | string>
}

/** The extent of the measurement. */
export interface Extent {
  rounds: number
  /** How long each side of a round is loaded, in ms. */
  forMs: number
  soakMs: number
  starts: number
  /** Lines of an import. */
  lines: number
  /** Whether a list of 100 million rows is measured too. */
  huge: boolean
  rows: number
}

/** Whether a figure meets its aim; undefined without one. */
export function isMet({ value, aim, broken }: Figure): boolean | undefined {
  if (aim === undefined) return undefined
  if (broken) return false
  if ('atLeast' in aim) return value >= aim.atLeast
  return 'atMost' in aim ? value <= aim.atMost : value === aim.exactly
}

/** Returns the median of a list. */
export function median(list: Iterable<number>): number {
  const sorted = [...list].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** A side of a comparison: runs once and returns its pace. */
export type Side = () => Promise<number>

/** The result of a comparison. */
export interface Comparison {
  /** The median of the rounds. */
  ratio: number
  rounds: number[]
  ours: number
  theirs: number
}

/**
 * Measures two sides by turns, with alternating order, after a warm-up round. Each round has its own ratio, so that a slow
 * phase of the machine affects both sides.
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
