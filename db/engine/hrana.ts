import { fromBase64, toBase64 } from '../../core/bytes.ts'
import type { Clock } from '../../core/clock.ts'
import type { Statement, StatementResult, Value, Wired } from '../../core/write/statement.ts'

/** URL of a database, and its bearer token. */
export interface Endpoint {
  url: string
  authToken?: string | undefined
}

/** The database could not be asked, or its answer was lost: the statements may or may not have taken effect. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable'
}

/** Another writer held the database for too long. Nothing was begun, so the same may be sent again. */
export class DatabaseBusy extends DatabaseUnreachable {}

/** The database refused a statement. Nothing of its batch was applied. */
export class StatementRefused extends Error {
  override readonly name = 'StatementRefused'
}

/** Milliseconds for which an idle stream is reused: half of the 10 s after which the server closes it. */
const STREAM_IDLE_MS = 5000

/**
 * A stream kept open for a caller that sends one batch at a time: opening one costs the server about half of a small write
 * (decision 0002). Any failure drops it.
 */
export class Stream {
  #baton: string | undefined
  #usedAt = 0
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Takes the baton, if one is still valid. Unless the caller puts one back, the stream is dropped. */
  take(): string | undefined {
    const idle = this.#clock() - this.#usedAt
    const baton = idle >= 0 && idle < STREAM_IDLE_MS ? this.#baton : undefined
    this.#baton = undefined
    return baton
  }

  /** Stores the baton of the server's answer. */
  put(baton: string | null): void {
    this.#baton = baton ?? undefined
    this.#usedAt = this.#clock()
  }
}

type HranaValue =
  | { type: 'null' }
  | { type: 'integer'; value: string }
  | { type: 'float'; value: number }
  | { type: 'text'; value: string }
  | { type: 'blob'; base64: string }

interface HranaBatchResult {
  step_results: ({ rows: HranaValue[][]; affected_row_count: number } | null)[]
  step_errors: ({ message: string } | null)[]
}

interface HranaAnswer {
  response?: { result: HranaBatchResult }
  error?: { message: string; code?: string }
}

/** Runs statements one after another in one round trip, each on its own, and returns their results. */
export async function run(
  endpoint: Endpoint,
  statements: readonly Statement[],
  deadlineMs: number,
): Promise<StatementResult[]> {
  return results(await batch(endpoint, stepsOf(statements.map(wired)), deadlineMs))
}

const stepsOf = (statements: readonly Wired[]): string[] =>
  statements.map(statement => `{"stmt":${statement}}`)

/**
 * Runs several reads in one round trip, the statements of each one after another. Returns the encoded rows of each read, or why it
 * alone was refused. Throws `DatabaseUnreachable` where none has an answer.
 */
export async function runTogether(
  endpoint: Endpoint,
  reads: readonly (readonly Wired[])[],
  deadlineMs: number,
  stream: Stream,
): Promise<(string | StatementRefused)[]> {
  const [whole] = await pipeline(endpoint, [batchOf(stepsOf(reads.flat()))], deadlineMs, stream)
  if (!isUnparsed(whole) && !isTooLarge(whole)) {
    const { step_results, step_errors } = resultOf(whole)
    return reads.map(({ length }) =>
      encodedRows({
        step_results: step_results.splice(0, length),
        step_errors: step_errors.splice(0, length),
      }),
    )
  }
  // One batch costs the server less than one a read, but a statement it cannot parse refuses the whole of it, and so do rows of 10 MB.
  const requests = reads.map(statements => batchOf(stepsOf(statements)))
  const answers = await pipeline(endpoint, requests, deadlineMs, stream)
  return requests.map((_, i) => {
    const answer = answers[i]
    if (isUnparsed(answer) || isTooLarge(answer)) return new StatementRefused(answer.error.message)
    return encodedRows(resultOf(answer))
  })
}

function encodedRows({ step_results, step_errors }: HranaBatchResult): string | StatementRefused {
  const error = step_errors.find(stepError => stepError !== null)
  if (error) return new StatementRefused(error.message)
  return JSON.stringify(step_results.map(result => result?.rows ?? []))
}

/** Takes the encoded rows of a read's statements apart. */
export const rowsIn = (text: string): StatementResult[] =>
  (JSON.parse(text) as HranaValue[][][]).map(rows => ({
    rows: rows.map(row => row.map(decodeValue)),
    affected: 0,
  }))

/**
 * Runs statements in one transaction and one round trip, all or none. Throws `DatabaseBusy` when the transaction could not begin.
 */
export async function transact(
  endpoint: Endpoint,
  statements: readonly Wired[],
  deadlineMs: number,
  stream?: Stream,
): Promise<StatementResult[]> {
  const steps = [
    '{"stmt":{"sql":"BEGIN IMMEDIATE"}}',
    ...statements.map((statement, i) => `{"stmt":${statement},"condition":${ok(i)}}`),
    `{"stmt":{"sql":"COMMIT"},"condition":${ok(statements.length)}}`,
    `{"stmt":{"sql":"ROLLBACK"},"condition":{"type":"not","cond":${ok(statements.length + 1)}}}`,
  ]
  const answer = await batch(endpoint, steps, deadlineMs, stream)
  const [begin, ...others] = answer.step_errors
  if (begin) throw new DatabaseBusy(begin.message)
  const error = others.find((stepError, i) => stepError && i <= statements.length)
  if (error) throw new StatementRefused(error.message)
  return answer.step_results.slice(1, -2).map(decoded)
}

const ok = (step: number) => `{"type":"ok","step":${step}}`

function results(answer: HranaBatchResult): StatementResult[] {
  const error = answer.step_errors.find(stepError => stepError !== null)
  if (error) throw new StatementRefused(error.message)
  return answer.step_results.map(decoded)
}

const batchOf = (steps: readonly string[]): string => `{"type":"batch","batch":{"steps":[${steps.join()}]}}`

async function batch(
  endpoint: Endpoint,
  steps: readonly string[],
  deadlineMs: number,
  stream?: Stream,
): Promise<HranaBatchResult> {
  const [answer] = await pipeline(endpoint, [batchOf(steps)], deadlineMs, stream)
  if (isUnparsed(answer)) throw new StatementRefused(answer.error.message)
  return resultOf(answer)
}

type HranaRefusal = HranaAnswer & { error: { message: string } }

/** The server refuses a statement it cannot parse before anything of its batch runs. */
const isUnparsed = (answer: HranaAnswer | undefined): answer is HranaRefusal =>
  Boolean(answer?.error?.code?.startsWith('SQL_'))

const isTooLarge = (answer: HranaAnswer | undefined): answer is HranaRefusal =>
  answer?.error?.code === 'RESPONSE_TOO_LARGE'

function resultOf(answer: HranaAnswer | undefined): HranaBatchResult {
  if (!answer?.response)
    throw new DatabaseUnreachable(answer?.error?.message ?? 'the database gave no result')
  return answer.response.result
}

/** Sends requests in one round trip, on a stream of their own unless one is given, and returns the answer to each. */
async function pipeline(
  endpoint: Endpoint,
  requests: readonly string[],
  deadlineMs: number,
  stream?: Stream,
): Promise<HranaAnswer[]> {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (endpoint.authToken) headers['authorization'] = `Bearer ${endpoint.authToken}`
  const baton = stream?.take()
  const close = stream ? '' : ',{"type":"close"}'
  try {
    const response = await fetch(`${endpoint.url}/v3/pipeline`, {
      method: 'POST',
      headers,
      body: `{"baton":${JSON.stringify(baton ?? null)},"requests":[${requests.join()}${close}]}`,
      signal: AbortSignal.timeout(deadlineMs),
    })
    if (!response.ok) {
      await response.body?.cancel()
      // The server refuses a stream it has forgotten before anything runs, so a new one may be tried.
      if (baton && response.status < 500) return await pipeline(endpoint, requests, deadlineMs, stream)
      throw new DatabaseUnreachable(`the database answered ${response.status}`)
    }
    const answer = (await response.json()) as { baton: string | null; results: HranaAnswer[] }
    if (answer.results.every(each => each.response || isUnparsed(each))) stream?.put(answer.baton)
    return answer.results
  } catch (error) {
    if (error instanceof DatabaseUnreachable) throw error
    throw new DatabaseUnreachable(
      error instanceof Error ? error.message : 'the database could not be asked',
      { cause: error },
    )
  }
}

/**
 * Returns a statement encoded for the wire and for the lane's journal. The server answers 400 to a request in which any value is not
 * one of its own, whoever's it is, and a lane that met one in its journal would ask for ever: so half a character becomes U+FFFD, as
 * in any UTF-8. Throws `StatementRefused` for a number that is no safe integer.
 */
export const wired = ({ sql, args }: Statement): Wired => JSON.stringify({ sql, args: args.map(encodeValue) })

/** Returns a value as the server may have it, by any way: as `wired` says. */
export function sound<V extends Value>(value: V): V {
  if (typeof value === 'string') return value.toWellFormed() as V
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new StatementRefused(`${value} is no safe integer`)
  return value
}

function encodeValue(given: Value): HranaValue {
  const value = sound(given)
  if (value === null) return { type: 'null' }
  if (typeof value === 'string') return { type: 'text', value }
  if (typeof value === 'number') return { type: 'integer', value: String(value) }
  return { type: 'blob', base64: toBase64(value) }
}

function decoded(result: HranaBatchResult['step_results'][number]): StatementResult {
  return {
    rows: result?.rows.map(row => row.map(decodeValue)) ?? [],
    affected: result?.affected_row_count ?? 0,
  }
}

function decodeValue(value: HranaValue): Value {
  switch (value.type) {
    case 'null':
      return null
    case 'integer':
      return Number(value.value)
    case 'float':
    case 'text':
      return value.value
    case 'blob':
      return fromBase64(value.base64)
  }
}
