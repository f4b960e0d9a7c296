import { PARSERS } from '../security/growth.ts'
import { type Cost, isClear, isProportional, TIMES } from './growth.ts'

/** Shortest time of a measurement, and rounds of both sides by turns, of which the fastest counts. */
const MEASURED_US = 1500
const ROUNDS = 5
/** Measuring ends where it tells no more: after so long, or where the cost is nowhere near the bound. */
const ENOUGH_US = 2_000_000
const CLEAR_ROUNDS = 2

type Read = (text: string) => unknown

/** Returns the processor time of a number of reads, in microseconds. */
async function timeOf(read: Read, text: string, times: number): Promise<number> {
  const begin = process.cpuUsage()
  for (let i = 0; i < times; i++) await read(text)
  const { user, system } = process.cpuUsage(begin)
  return user + system
}

async function costOf(read: Read, short: string, long: string): Promise<Pick<Cost, 'short' | 'long'>> {
  let times = 1
  // The loop also warms up the code.
  while ((await timeOf(read, short, times)) < MEASURED_US) times *= 2
  const sides = { short: { text: short, runs: times }, long: { text: long, runs: Math.ceil(times / TIMES) } }
  const least = { short: Number.POSITIVE_INFINITY, long: Number.POSITIVE_INFINITY }
  for (let round = 0, spent = 0; round < ROUNDS && spent < ENOUGH_US; round++) {
    for (const side of round % 2 === 0 ? (['short', 'long'] as const) : (['long', 'short'] as const)) {
      const { text, runs } = sides[side]
      const us = await timeOf(read, text, runs)
      spent += us
      least[side] = Math.min(least[side], us / runs)
    }
    if (round + 1 >= CLEAR_ROUNDS && isClear(least)) break
  }
  return least
}

/** Returns a flat copy, since a concatenated text would be flattened at its first read, which is not the parser's work. */
const flat = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le')

const scale = Number(process.argv[2])
for (const [parser, { read, shapes, length = 1000 }] of Object.entries(PARSERS))
  for (const [shape, make] of Object.entries(shapes)) {
    const costAt = (n: number) => costOf(read, flat(make(n)), flat(make(n * TIMES)))
    let cost = await costAt(length * scale)
    // A long text may exceed a cache of the machine, which other processes need too. At another length or time that step lies
    // elsewhere, while quadratic work shows at every length and time.
    for (const part of [2, 1, scale, 2, scale]) {
      if (isProportional(cost)) break
      cost = await costAt(Math.ceil((length * scale) / part))
    }
    console.log(JSON.stringify({ parser, shape, ...cost } satisfies Cost))
  }
