import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/clock.ts'
import { DOWN_AFTER } from '../../core/limits.ts'
import type { Attempt } from './post.ts'

/** Pauses after each failed attempt at one event: ten attempts within three days. */
const PAUSES_MS = [
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  20 * HOUR_MS,
]
const LONGEST_PROBE_PAUSE_MS = HOUR_MS
/** An endpoint that has had nothing but failures for so long is disabled. */
const DISABLED_AFTER_MS = 5 * DAY_MS

/** How an endpoint has fared of late. */
export interface ReceiverHealth {
  /** Attempts in a row that met nobody. */
  failures: number
  /** When the first failed of all attempts since the last success. */
  failingSince: number | null
}

/** What an endpoint's attempts lead to. */
export interface Verdict extends ReceiverHealth {
  /** Nothing is sent before; undefined when it may go on at once. */
  pausedUntil: number | undefined
  /** Why it is disabled from now on, if it is. */
  disabled: 'gone' | 'failing' | undefined
}

/**
 * When the next attempt at an event is due, of which `attempts` have failed, or undefined when it is given up. `random` is
 * from 0 to 1: events that failed together do not all come back at once.
 */
export function nextAttemptAt(attempts: number, now: number, random: number): number | undefined {
  const pause = PAUSES_MS[attempts - 1]
  return pause === undefined ? undefined : now + jittered(pause, random)
}

/**
 * Whether a receiver is down. It is then given one event at a time, to see whether it is back, and these attempts do not count
 * against the event: whoever is away for a weekend loses nothing.
 */
export const isDown = (failures: number): boolean => failures >= DOWN_AFTER

/** Returns where an endpoint stands after some attempts, in the order they ended. */
export function standingAfter(
  before: ReceiverHealth,
  attempts: readonly Attempt[],
  now: number,
  random: number,
): Verdict {
  let { failures, failingSince } = before
  let retryAfterMs = 0
  for (const attempt of attempts) {
    if (attempt.outcome === 'delivered') failingSince = null
    else failingSince ??= now
    failures = attempt.outcome === 'failed' ? failures + 1 : 0
    if (attempt.outcome === 'failed') retryAfterMs = Math.max(retryAfterMs, attempt.retryAfterMs ?? 0)
  }
  const probeMs = isDown(failures)
    ? jittered(Math.min(MINUTE_MS * 2 ** (failures - DOWN_AFTER), LONGEST_PROBE_PAUSE_MS), random)
    : 0
  const pauseMs = Math.max(retryAfterMs, probeMs)
  const gone = attempts.some(({ outcome }) => outcome === 'gone')
  const failing = failingSince !== null && now - failingSince >= DISABLED_AFTER_MS
  return {
    failures,
    failingSince,
    pausedUntil: pauseMs > 0 ? now + pauseMs : undefined,
    disabled: gone ? 'gone' : failing ? 'failing' : undefined,
  }
}

/** Within a tenth of it, either way. */
const jittered = (ms: number, random: number): number => Math.round(ms * (0.9 + random / 5))
