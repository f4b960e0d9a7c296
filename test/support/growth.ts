import { createInterface } from 'node:readline'
import { startCommand } from './cli.ts'

/** How much longer the longer text is, and how much more it may cost: three times what it would in proportion. */
export const TIMES = 8
const MOST = 24
/** What the shorter text is taken to cost at least, in microseconds: less is told from nothing by no clock. */
const FLOOR_US = 20

/** What a text of one shape cost, in microseconds of processor time, and one that is `TIMES` as long. */
export interface Cost {
  parser: string
  shape: string
  short: number
  long: number
}

/** Whether a cost grows no faster than the text. */
export const isProportional = ({ short, long }: Pick<Cost, 'short' | 'long'>): boolean =>
  long <= MOST * Math.max(short, FLOOR_US)

/** Whether a cost is so far below the bound that measuring it more often would not change the verdict. */
export const isClear = ({ short, long }: Pick<Cost, 'short' | 'long'>): boolean =>
  isProportional({ short, long: 2 * long })

/** Measures every parser, its texts `scale` times as long as they are, in a process that does nothing else. */
export async function measure(scale: number): Promise<Cost[]> {
  // With room for what a reading makes, so that collecting it is not measured with whichever text happens to fill the room.
  const room = ['--min-semi-space-size=32', '--max-semi-space-size=32']
  const child = startCommand('test/support/growth-process.ts', [String(scale)], {}, room)
  child.stderr.pipe(process.stderr)
  const costs: Cost[] = []
  for await (const line of createInterface({ input: child.stdout })) costs.push(JSON.parse(line) as Cost)
  return costs
}
