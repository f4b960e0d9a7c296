import { type Clock, pause } from '../../core/clock.ts'

/** Milliseconds between the moments at which such an answer may leave. */
export const BEAT_MS = 250

/** Returns the milliseconds from the end of the work to the next beat, counted from its start. */
export const untilBeat = (spentMs: number): number => BEAT_MS - (Math.max(spentMs, 0) % BEAT_MS)

/**
 * Runs work whose duration would reveal its finding, and returns or throws on a beat. A clock then cannot tell an address that
 * was guessed right from a wrong one.
 */
export async function onTheBeat<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  const began = clock()
  try {
    return await work()
  } finally {
    await pause(untilBeat(clock() - began))
  }
}
