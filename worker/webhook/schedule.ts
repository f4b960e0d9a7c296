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
/** How long an endpoint may fail without a success before it is disabled. */
const DISABLED_AFTER_MS = 5 * DAY_MS

/** The recent health of an endpoint. */
export interface ReceiverHealth {
  /** Consecutive failed attempts. */
  failures: number
  /** Time of the first failure since the last success. */
  failingSince: number | null
}

/** The health of an endpoint after its attempts, with its consequences. */
export interface Verdict extends ReceiverHealth {
  /** No delivery before this time; undefined where it may go on at once. */
  pausedUntil: number | undefined
  /** Why it is to be disabled, if it is. */
  disabled: 'gone' | 'failing' | undefined
}

/**
 * Returns when the next attempt at an event is due after `attempts` failed ones, or undefined where it is given up. `random`,
 * from 0 to 1, spreads the retries of events that failed together.
 */
export function nextAttemptAt(attempts: number, now: number, random: number): number | undefined {
  const pause = PAUSES_MS[attempts - 1]
  return pause === undefined ? undefined : now + jittered(pause, random)
}

/**
 * Whether an endpoint is down. It then gets one event at a time as a probe, and failures do not count against the event, so
 * that an outage over a weekend loses nothing.
 */
export const isDown = (failures: number): boolean => failures >= DOWN_AFTER

/** Returns the health of an endpoint after attempts, in the order they ended. */
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

/** Varies a pause by up to a tenth, either way. */
const jittered = (ms: number, random: number): number => Math.round(ms * (0.9 + random / 5))
