import * as z from 'zod/mini'
import {
  CASE_OUTCOMES,
  CASE_STATES,
  type CaseOutcome,
  type CaseState,
  RIGHTS,
  type Right,
} from '../../core/codes/rights.ts'
import { REGIME_NAMES } from '../../worker/rights/regime.ts'
import { CloseInput } from '../../worker/rights-request/close.ts'
import { IdInput } from '../../worker/rights-request/get.ts'
import { ListInput } from '../../worker/rights-request/list.ts'
import { AT, type Operation } from './operation.ts'

const DUE = '2026-12-20T09:30:00.000Z'
const CASE = {
  id: z.string(),
  right: z.enum(Object.keys(RIGHTS) as [Right]),
  state: z.enum(Object.keys(CASE_STATES) as [CaseState]),
  openedAt: z.iso.datetime(),
  dueAt: z.optional(z.iso.datetime()),
  regime: z.optional(z.enum(REGIME_NAMES)),
  extendedAt: z.optional(z.iso.datetime()),
  overdue: z.optional(z.literal(true)),
  closedAt: z.optional(z.iso.datetime()),
  outcome: z.optional(z.enum(Object.keys(CASE_OUTCOMES) as [CaseOutcome])),
}
const RECIPIENT = z.optional(z.strictObject({ address: z.string(), formerAddress: z.optional(z.string()) }))
const EXAMPLE = {
  id: 'rgt_4yRwBt3LqGsAKc0',
  right: 'rectification',
  state: 'open',
  openedAt: AT,
  dueAt: DUE,
  regime: 'eu',
}
const CLOSED = { ...EXAMPLE, state: 'closed', closedAt: AT, outcome: 'fulfilled' }
const fields = (path = '') => ({
  [`${path}id`]: 'Names the request.',
  [`${path}right`]: 'What the recipient demanded (GDPR art. 15 to 21, and what other laws call the same).',
  [`${path}state`]: '`open`: you have to answer it.',
  [`${path}openedAt`]: 'When it came.',
  [`${path}dueAt`]: 'By when it has to be answered; not there where it was done at once.',
  [`${path}regime`]: 'The law that sets this day: the strictest of those your workspace keeps.',
  [`${path}extendedAt`]: 'When you took the longer time.',
  [`${path}overdue`]: 'Its day has passed.',
  [`${path}closedAt`]: 'When it ended.',
  [`${path}outcome`]: 'How it ended. `moot`: the recipient was erased before.',
})
const recipient = (path = '') => ({
  [`${path}recipient`]: 'Whom it is about: there while it is open, and forgotten when it is closed.',
  [`${path}recipient.address`]: 'Their address.',
  [`${path}recipient.formerAddress`]: 'The address it took the place of: correct it in what you keep.',
})

/** What recipients demanded about their data. */
export const RIGHTS_REQUESTS: Operation[] = [
  {
    id: 'listRightsRequests',
    method: 'get',
    path: '/v1/rights-requests',
    chapter: 'Rights',
    summary: 'List what recipients demanded about their data',
    text: 'Newest first. What was done at once is listed too, already closed. Go on while there is a `next`.',
    permission: 'rights:read',
    query: ListInput,
    answer: [
      {
        schema: z.strictObject({
          requests: z.array(z.strictObject({ ...CASE, recipient: RECIPIENT })),
          next: z.optional(z.string()),
        }),
        example: {
          requests: [{ ...EXAMPLE, recipient: { address: 'ada@example.com' } }],
          next: 'AAECAwQFBgc',
        },
      },
    ],
    fields: {
      state: 'Only those that are open, or closed.',
      right: 'Only those of one right.',
      cursor: 'Where to go on: the `next` of the page before.',
      limit: '1 to 1000; 100 when left out.',
      requests: 'A page of them.',
      next: 'Where to go on; not there at the end.',
      ...fields('requests[].'),
      ...recipient('requests[].'),
    },
  },
  {
    id: 'getRightsRequest',
    method: 'get',
    path: '/v1/rights-requests/{id}',
    chapter: 'Rights',
    summary: 'Look at one request, with what the recipient wrote',
    permission: 'rights:read',
    query: IdInput,
    answer: [
      {
        schema: z.strictObject({
          ...CASE,
          recipient: RECIPIENT,
          message: z.optional(z.nullable(z.string())),
        }),
        example: {
          ...EXAMPLE,
          recipient: { address: 'ada@example.com' },
          message: 'My name is spelt wrong.',
        },
      },
    ],
    faults: ['rights_request.not_found'],
    fields: {
      ...fields(),
      ...recipient(),
      message: 'What they wrote; null once they were erased, when nobody can read it any more.',
    },
  },
  {
    id: 'closeRightsRequest',
    method: 'post',
    path: '/v1/rights-requests/{id}/close',
    chapter: 'Rights',
    summary: 'Close a request you have answered',
    text: 'Answer the recipient first: once it is closed, whom it was about is forgotten here. The same again changes nothing.',
    permission: 'rights:write',
    writes: true,
    body: [{ schema: CloseInput, example: { outcome: 'fulfilled' } }],
    answer: [{ schema: z.strictObject(CASE), example: CLOSED }],
    faults: ['rights_request.not_found', 'rights_request.closed'],
    fields: fields(),
  },
  {
    id: 'extendRightsRequest',
    method: 'post',
    path: '/v1/rights-requests/{id}/extend',
    chapter: 'Rights',
    summary: 'Take the longer time that the law gives',
    text: 'Once, before the day has passed, and where the strictest law that applies gives any; tell the recipient why. The same again changes nothing.',
    permission: 'rights:write',
    writes: true,
    query: IdInput,
    answer: [
      {
        schema: z.strictObject(CASE),
        example: { ...EXAMPLE, dueAt: '2027-02-20T09:30:00.000Z', extendedAt: AT },
      },
    ],
    faults: ['rights_request.not_found', 'rights_request.closed', 'rights_request.no_extension'],
    fields: fields(),
  },
]
