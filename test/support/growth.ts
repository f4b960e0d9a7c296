import { createInterface } from 'node:readline'
import { startCommand } from './cli.ts'

/**
 * Length of the longer text over the shorter, and the most its cost may be over that of the shorter: three times in
 * proportion.
 */
export const TIMES = 8
const MOST = 24
/** The least cost counted for the shorter text, in microseconds, below what a clock resolves. */
const FLOOR_US = 20

/** Processor time for a text of one shape, and for one `TIMES` as long, in microseconds. */
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

/** Measures every parser in a process of its own, with texts `scale` times as long. */
export async function measure(scale: number): Promise<Cost[]> {
  // Large semi-spaces keep garbage collection out of the measurement.
  const room = ['--min-semi-space-size=32', '--max-semi-space-size=32']
  const child = startCommand('test/support/growth-process.ts', [String(scale)], {}, room)
  child.stderr.pipe(process.stderr)
  const costs: Cost[] = []
  for await (const line of createInterface({ input: child.stdout })) costs.push(JSON.parse(line) as Cost)
  return costs
}
