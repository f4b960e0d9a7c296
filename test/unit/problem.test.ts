import { describe, expect, test } from 'vitest'
import { Fault, type FaultDetail, invalidField } from '../../core/fault.ts'
import { asFault, problem, statusOf } from '../../worker/http/problem.ts'
import { textOf } from '../support/source.ts'

/** Every code there is, as the closed union names them. */
const CODES = [...textOf('core/fault.ts').matchAll(/'([a-z_]+(?:\.[a-z_]+)?)'/g)]
  .map(([, code]) => code as FaultDetail['code'])
  .filter(code => code.includes('.') || code === 'internal')

/** Something in every field that any fault has. */
const FACTS = {
  detail: 'It is not JSON.',
  errors: [{ field: 'x', message: 'y' }],
  limitBytes: 64,
  expected: 'application/json',
  allowed: ['GET'],
  permission: 'links:mint',
  topic: 'news',
  liftedBy: 'recipient',
  retryAfterSeconds: 7,
  againAt: '2026-11-29T00:00:00.000Z',
  offset: 9,
}
const faultOf = (code: FaultDetail['code']) => new Fault({ ...FACTS, code } as unknown as FaultDetail)

test('the codes are read from the union', () => {
  expect(CODES.length).toBeGreaterThan(15)
  expect(CODES).toContain('token.invalid')
})

describe('every fault is a problem of RFC 9457', () => {
  test.for(CODES)('%s', async code => {
    const answer = problem(faultOf(code))
    const body = (await answer.json()) as Record<string, unknown>
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(600)
    expect(answer.status).toBe(statusOf(faultOf(code).detail))
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(body).toMatchObject({ type: `/docs/problems/${code}`, code, status: answer.status })
    expect(body['title']).toMatch(/^[A-Z].+[^.]$/)
  })
})

describe('senders branch on codes and statuses, which never change', () => {
  test.for<[FaultDetail['code'], number]>([
    ['request.malformed', 400],
    ['request.invalid', 400],
    ['request.too_large', 413],
    ['request.unsupported_media_type', 415],
    ['method.not_allowed', 405],
    ['route.not_found', 404],
    ['key.missing', 401],
    ['key.invalid', 401],
    ['key.forbidden', 403],
    ['rate.limited', 429],
    ['preferences.limited', 429],
    ['topic.not_found', 404],
    ['topic.gone', 410],
    ['schema.outdated', 503],
    ['suppression.not_found', 404],
    ['suppression.recipient_made', 409],
    ['suppression.legal', 409],
    ['token.invalid', 404],
    ['undo.expired', 410],
    ['database.unavailable', 503],
    ['cluster.unavailable', 503],
    ['overloaded', 503],
    ['internal', 500],
  ])('%s is %i', ([code, status]) => {
    expect(problem(faultOf(code)).status).toBe(status)
  })
})

describe('an answer carries what its status asks for', () => {
  const headerOf = (code: FaultDetail['code'], name: string) => problem(faultOf(code)).headers.get(name)

  test('when to come back, how to authenticate, which methods there are', () => {
    for (const code of [
      'database.unavailable',
      'cluster.unavailable',
      'schema.outdated',
      'overloaded',
    ] as const)
      expect(Number(headerOf(code, 'retry-after')), code).toBeGreaterThan(0)
    expect(headerOf('rate.limited', 'retry-after')).toBe('7')
    expect(headerOf('preferences.limited', 'retry-after')).toBe('7')
    expect(headerOf('key.missing', 'www-authenticate')).toContain('Bearer')
    expect(headerOf('key.invalid', 'www-authenticate')).toContain('Bearer')
    expect(headerOf('method.not_allowed', 'allow')).toBe('GET')
  })

  test('and the others do not', () => {
    expect(headerOf('internal', 'retry-after')).toBeNull()
    expect(headerOf('key.forbidden', 'www-authenticate')).toBeNull()
  })
})

test('a bad field is named with what is wrong with it', async () => {
  expect(await problem(invalidField('cursor', 'is not one')).json()).toMatchObject({
    code: 'request.invalid',
    errors: [{ field: 'cursor', message: 'is not one' }],
  })
})

test.for<[string, unknown]>([
  ['an error', new Error('secret at 127.0.0.1')],
  ['a text', 'secret'],
  ['nothing', undefined],
  ['an object that looks like a fault', { detail: { code: 'token.invalid' }, secret: 'secret' }],
])('%s that was thrown says nothing of itself', async ([, thrown]) => {
  const answer = problem(asFault(thrown))
  expect(answer.status).toBe(500)
  expect(await answer.text()).not.toMatch(/secret|127/)
})

test('a fault stays the fault it is', () => {
  const fault = faultOf('topic.gone')
  expect(asFault(fault)).toBe(fault)
})

test('a database that lacks a table is named, and told to come back; any other refusal of it stays inside', async () => {
  const refused = (message: string) =>
    asFault(Object.assign(new Error(message), { name: 'StatementRefused' }))
  for (const message of ['no such table: lane', 'no such column: a.b', 'table event has no column named x']) {
    const answer = problem(refused(`SQLite error: ${message}`))
    expect([answer.status, answer.headers.get('retry-after')], message).toEqual([503, '5'])
    expect(await answer.text()).not.toContain('SQLite')
  }
  expect(refused('SQLite error: UNIQUE constraint failed: event.id').detail.code).toBe('internal')
  expect(asFault(new Error('no such table: lane')).detail.code).toBe('internal')
})
