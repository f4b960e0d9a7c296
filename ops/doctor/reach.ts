import { within } from '../../core/deadline.ts'

/** Milliseconds that one question to anything outside this machine may take. */
export const DEADLINE_MS = 5000
const LATE = `no answer within ${DEADLINE_MS / 1000} s`

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'no route to it',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'no name server answers',
  ETIMEDOUT: LATE,
}

/** Returns the result of a question, or throws once its time is up; what cannot be called off goes on unheard. */
export const inTime = <T>(asked: Promise<T>): Promise<T> =>
  within(DEADLINE_MS, asked, () => {
    throw new Error(LATE)
  })

/** Returns why something could not be reached, in a few words, from the innermost cause of an error. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as NodeJS.ErrnoException
  const known = code === undefined ? undefined : REASONS[code]
  if (known) return known
  if (error.name === 'TimeoutError') return LATE
  // An attempt at each address of a host fails for itself.
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message
}

/** Fetches a URL without following redirects, within the time that one question may take. */
export const get = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(DEADLINE_MS), ...init })
