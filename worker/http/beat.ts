import { type Clock, pause } from '../../core/clock.ts'

/** How far apart the moments are at which such an answer leaves, in milliseconds. */
export const BEAT_MS = 250

/** Returns the milliseconds from when work ended to the next beat, counted from when it began. */
export const untilBeat = (spentMs: number): number => BEAT_MS - (Math.max(spentMs, 0) % BEAT_MS)

/**
 * Does work whose length would tell what it found, and is over on a beat, also when it fails: by a clock, an address that was guessed
 * right looks like one that was guessed wrong.
 */
export async function onTheBeat<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  const began = clock()
  try {
    return await work()
  } finally {
    await pause(untilBeat(clock() - began))
  }
}
