import { Fault, type FaultDetail } from '../../core/fault.ts'
import type { Code, Documented } from '../../worker/call/operation.ts'
import { createEdge, type EdgeDeps } from '../../worker/edge-routes.ts'
import { CODES, explanationOf, statusOf, titleOf, typeOf } from '../../worker/http/problem.ts'
import { publicUnits } from '../../worker/http/public-rate.ts'
import { ADVICE } from './advice.ts'
import type { Call, Schema } from './schema.ts'

const KEY: Code[] = [
  'key.missing',
  'key.invalid',
  'key.forbidden',
  'key.elsewhere',
  'rate.limited',
  'request.invalid',
]
const BODY: Code[] = [
  'request.malformed',
  'request.too_large',
  'request.too_slow',
  'request.unsupported_media_type',
]
const WRITE: Code[] = ['idempotency.in_progress', 'idempotency.key_reused', 'idempotency.spent']
/** Codes whose answers say when to come back. */
const RETRIABLE: Code[] = [
  'rate.limited',
  'preferences.limited',
  'form.full',
  'database.unavailable',
  'cluster.unavailable',
  'service.unavailable',
  'encryption.unavailable',
  'inbound.key_unavailable',
  'schema.outdated',
  'overloaded',
  'idempotency.in_progress',
]
const ALWAYS: Code[] = [
  'database.unavailable',
  'encryption.unavailable',
  'schema.outdated',
  'overloaded',
  'internal',
]

/** Calls that the public Worker answers itself. */
const OF_EDGE = new Set(createEdge({} as EdgeDeps).routes.map(({ method, path }) => `${method} ${path}`))

/** Every refusal with something in each of its fields: what the examples are made of. */
const EXAMPLES: Partial<Record<Code, object>> = {
  'request.malformed': { detail: 'It is not JSON.' },
  'request.invalid': {
    errors: [{ field: 'topics', message: 'is not a field of this call; did you mean "topic"?' }],
  },
  'request.too_large': { limitBytes: 4_194_304 },
  'request.unsupported_media_type': { expected: 'application/json' },
  'method.not_allowed': { allowed: ['GET', 'POST'] },
  'key.forbidden': { permission: 'addresses:check' },
  'key.wider': { field: 'expiresAt' },
  'key.too_many': { most: 100 },
  'rate.limited': { retryAfterSeconds: 12 },
  'topic.not_found': { topic: 'news' },
  'notice.not_found': { notice: 'privacy', version: '1' },
  'return_url.not_allowed': { field: 'returnUrl', origin: 'https://north.example' },
  'suppression.recipient_made': { liftedBy: 'recipient' },
  'suppression.legal': { liftedBy: 'operator' },
  'preferences.limited': { againAt: '2026-11-21T00:00:00.000Z', retryAfterSeconds: 3600 },
  'rights_request.no_extension': { dueAt: '2026-12-20T09:30:00.000Z' },
  'webhook_endpoint.limit': { limit: 10 },
  'form.limit': { limit: 100 },
  'form.full': { retryAfterSeconds: 3600 },
  'inbound.not_connected': { provider: 'mailgun' },
  'inbound.unproven': { why: 'signature', verdict: 'permanent' },
  'import.offset': { offset: 81_920 },
  'import.followed': { laterImport: 'autumn' },
}

/** Returns the codes a call may be refused with. */
export function codesOf({ operation, documentation }: Documented): Code[] {
  const { method, path, permission, limitBytes, input, writes } = operation
  const { body, faults } = documentation()
  const hasBody = limitBytes !== undefined || body !== undefined
  const network = publicUnits(`${method} ${path.replace(/\{[^{}]*\}/g, '')}`) > 0
  return [
    ...new Set([
      ...(permission ? KEY : []),
      ...(network ? (['rate.limited'] as const) : []),
      ...(hasBody ? BODY : []),
      ...(input && !permission ? (['request.invalid'] as const) : []),
      ...(writes ? WRITE : []),
      ...faults,
      ...ALWAYS,
      ...(OF_EDGE.has(`${method} ${path}`) ? [] : (['service.unavailable'] as const)),
    ]),
  ]
}

/** The schemas of every refusal (RFC 9457). */
export const PROBLEMS: Record<string, Schema> = {
  Code: {
    type: 'string',
    description: 'The stable name of a refusal. There may be more of them in a later version.',
    enum: CODES,
  },
  Problem: {
    type: 'object',
    description: 'A refusal (RFC 9457). Branch on `code`: it is stable.',
    required: ['type', 'title', 'status', 'code'],
    properties: {
      type: {
        type: 'string',
        format: 'uri-reference',
        description: 'Where the code is explained, on the host that was asked.',
      },
      title: { type: 'string', description: 'What the code says, in a few words.' },
      status: { type: 'integer', description: 'The status of the answer.' },
      code: { $ref: '#/components/schemas/Code' },
      detail: { type: 'string', description: 'What can be done about it.' },
      errors: {
        type: 'array',
        description: 'The fields that are not right: the first twenty of them.',
        items: {
          type: 'object',
          required: ['field', 'message'],
          properties: { field: { type: 'string' }, message: { type: 'string' } },
        },
      },
      // Further fields of single codes.
      ...Object.fromEntries(
        Object.values(EXAMPLES)
          .flatMap(example => Object.entries(example))
          .filter(([name]) => name !== 'errors' && name !== 'detail')
          .map(([name, value]) => [name, typeOfExample(value)]),
      ),
    },
  },
}

function typeOfExample(value: unknown): Schema {
  if (Array.isArray(value)) return { type: 'array', items: { type: 'string' } }
  return { type: typeof value === 'number' ? 'integer' : 'string' }
}

/** Returns the answers that refuse a call, by status. */
export function refusals(codes: Code[], closed: boolean): Call['responses'] {
  const statuses = [...new Set(codes.map(codeStatus))].sort()
  return Object.fromEntries(
    statuses
      .map(status => [status, codes.filter(code => codeStatus(code) === status)] as const)
      .map(([status, some]) => [
        status,
        {
          description: some.map(code => `\`${code}\`: ${titleOf(code)}`).join('; '),
          headers: {
            'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' },
            ...(some.some(code => RETRIABLE.includes(code)) && {
              'Retry-After': { $ref: '#/components/headers/Retry-After' },
            }),
          },
          content: {
            'application/problem+json': {
              schema: {
                allOf: [{ $ref: '#/components/schemas/Problem' }],
                properties: { code: { enum: some } },
                ...(closed && { unevaluatedProperties: false }),
              },
              examples: Object.fromEntries(some.map(code => [code, { value: exampleOf(code) }])),
            },
          },
        },
      ]),
  )
}

const codeStatus = (code: Code): number => statusOf({ code } as FaultDetail)

/** Returns the answer of a refusal. */
export function exampleOf(code: Code): object {
  const { detail } = new Fault({ code, ...EXAMPLES[code] } as FaultDetail)
  return {
    type: typeOf(code),
    title: titleOf(code),
    status: statusOf(detail),
    ...explanationOf(detail),
    ...detail,
  }
}

/** One refusal, with what can be done about it. */
export interface RefusalRow {
  code: Code
  status: number
  title: string
  /** What can be done about it; with the values of an example where the answer has some. */
  advice: string
  /** Whether the advice holds such values. */
  isExample: boolean
}

/** Returns every refusal there is, by status and name. */
export const refusalRows = (): RefusalRow[] =>
  CODES.map(code => {
    const { detail } = exampleOf(code) as { detail?: string }
    const advice = detail ?? ADVICE[code] ?? ''
    return {
      code,
      status: codeStatus(code),
      title: titleOf(code),
      advice,
      isExample: code in EXAMPLES && detail !== undefined,
    }
  }).sort((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1))
