import { PARSERS } from '../security/growth.ts'
import { type Cost, isClear, isProportional, TIMES } from './growth.ts'

/** Each side is measured for at least so long, so many times, by turns; the least of them counts. */
const MEASURED_US = 1500
const ROUNDS = 5
/** Measuring ends where it tells no more: after so long, or where the cost is nowhere near the bound. */
const ENOUGH_US = 2_000_000
const CLEAR_ROUNDS = 2

type Read = (text: string) => unknown

/** Returns the processor time of so many readings, in microseconds. */
async function timeOf(read: Read, text: string, times: number): Promise<number> {
  const begin = process.cpuUsage()
  for (let i = 0; i < times; i++) await read(text)
  const { user, system } = process.cpuUsage(begin)
  return user + system
}

async function costOf(read: Read, short: string, long: string): Promise<Pick<Cost, 'short' | 'long'>> {
  let times = 1
  // Warms the code up as well.
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

/** A text that was put together becomes one piece only when it is first read, and that is no work of the reader's. */
const flat = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le')

const scale = Number(process.argv[2])
for (const [parser, { read, shapes, length = 1000 }] of Object.entries(PARSERS))
  for (const [shape, make] of Object.entries(shapes)) {
    const costAt = (n: number) => costOf(read, flat(make(n)), flat(make(n * TIMES)))
    let cost = await costAt(length * scale)
    // What a long text makes may outgrow a cache of the machine, and others on it may need theirs: at another length the step lies
    // elsewhere, and at another time others rest. Work that grows with the square does so at every length and at all times.
    for (const part of [2, 1, scale, 2, scale]) {
      if (isProportional(cost)) break
      cost = await costAt(Math.ceil((length * scale) / part))
    }
    console.log(JSON.stringify({ parser, shape, ...cost } satisfies Cost))
  }
