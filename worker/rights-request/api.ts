import * as z from 'zod/mini'
import {
  CASE_OUTCOMES,
  CASE_STATES,
  type CaseOutcome,
  type CaseState,
  RIGHTS,
  type Right,
} from '../../core/codes/rights.ts'
import { pageLimit } from '../../core/page.ts'
import { documented, named, operation } from '../call/operation.ts'
import { AT } from '../http/example.ts'
import { BODY_LIMIT_BYTES } from '../http/limits.ts'
import { CLOSINGS } from '../rights/case.ts'
import { REGIME_NAMES } from '../rights/regime.ts'

const DUE = '2026-12-20T09:30:00.000Z'

const EXAMPLE = {
  id: 'rgt_4yRwBt3LqGsAKc0',
  right: 'rectification',
  state: 'open',
  openedAt: AT,
  dueAt: DUE,
  regime: 'eu',
}

const CLOSED = { ...EXAMPLE, state: 'closed', closedAt: AT, outcome: 'fulfilled' }

const CASE_FIELDS = {
  id: 'Names the request.',
  right: 'What the recipient demanded (GDPR art. 15 to 21, and what other laws call the same).',
  state: '`open`: you have to answer it.',
  openedAt: 'When it came.',
  dueAt: 'By when it has to be answered; not there where it was done at once.',
  regime: 'The law that sets this day: the strictest of those your workspace keeps.',
  extendedAt: 'When you took the longer time.',
  overdue: 'Its day has passed.',
  closedAt: 'When it ended.',
  outcome: 'How it ended. `moot`: the recipient was erased before.',
}
const RECIPIENT_FIELDS = {
  recipient: 'Whom it is about: there while it is open, and forgotten when it is closed.',
  'recipient.address': 'Their address.',
  'recipient.formerAddress': 'The address it took the place of: correct it in what you keep.',
}

const rightsRequest = /* @__PURE__ */ named(
  'RightsRequest',
  () =>
    z.strictObject({
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
    }),
  () => CASE_FIELDS,
)

const openRequest = /* @__PURE__ */ named(
  'OpenRightsRequest',
  () =>
    z.strictObject({
      ...rightsRequest().shape,
      recipient: z.optional(z.strictObject({ address: z.string(), formerAddress: z.optional(z.string()) })),
    }),
  () => ({ ...CASE_FIELDS, ...RECIPIENT_FIELDS }),
)

const id = { id: 'Names the request.' }

/** `GET /v1/rights-requests` */
export const listRightsRequests = operation({
  id: 'listRightsRequests',
  method: 'GET',
  path: '/v1/rights-requests',
  permission: 'rights:read',
  input: z.strictObject({
    state: z.optional(z.enum(Object.keys(CASE_STATES) as [CaseState])),
    right: z.optional(z.enum(Object.keys(RIGHTS) as [Right])),
    cursor: z.optional(z.string()),
    limit: pageLimit,
  }),
})

export const listRightsRequestsDoc = /* @__PURE__ */ documented(listRightsRequests, () => ({
  chapter: 'Rights',
  summary: 'List what recipients demanded about their data',
  text: 'Newest first. What was done at once is listed too, already closed. Go on while there is a `next`.',
  answer: {
    schema: z.strictObject({
      requests: z.array(openRequest()),
      next: z.optional(z.string()),
    }),
    example: {
      requests: [{ ...EXAMPLE, recipient: { address: 'ada@example.com' } }],
      next: 'AAECAwQFBgc',
    },
  },
  faults: [],
  fields: {
    state: 'Only those that are open, or closed.',
    right: 'Only those of one right.',
    cursor: 'Where to go on: the `next` of the page before.',
    limit: '1 to 1000; 100 when left out.',
    requests: 'A page of them.',
    next: 'Where to go on; not there at the end.',
  },
}))

/** `GET /v1/rights-requests/{id}` */
export const getRightsRequest = operation({
  id: 'getRightsRequest',
  method: 'GET',
  path: '/v1/rights-requests/:id{rgt_[\\w-]+}',
  permission: 'rights:read',
  input: z.strictObject({ id: z.string() }),
})

export const getRightsRequestDoc = /* @__PURE__ */ documented(getRightsRequest, () => ({
  chapter: 'Rights',
  summary: 'Look at one request, with what the recipient wrote',
  answer: {
    schema: z.strictObject({
      ...openRequest().shape,
      message: z.optional(z.nullable(z.string())),
    }),
    example: {
      ...EXAMPLE,
      recipient: { address: 'ada@example.com' },
      message: 'My name is spelt wrong.',
    },
  },
  faults: ['rights_request.not_found'],
  fields: {
    ...CASE_FIELDS,
    ...RECIPIENT_FIELDS,
    message: 'What they wrote; null once they were erased, when nobody can read it any more.',
  },
}))

/** `POST /v1/rights-requests/{id}/close` */
export const closeRightsRequest = operation({
  id: 'closeRightsRequest',
  method: 'POST',
  path: '/v1/rights-requests/:id{rgt_[\\w-]+}/close',
  permission: 'rights:write',
  limitBytes: BODY_LIMIT_BYTES,
  input: z.strictObject({ id: z.string(), outcome: z.enum(CLOSINGS) }),
  writes: true,
})

export const closeRightsRequestDoc = /* @__PURE__ */ documented(closeRightsRequest, () => ({
  chapter: 'Rights',
  summary: 'Close a request you have answered',
  text: 'Answer the recipient first: once it is closed, whom it was about is forgotten here. The same again changes nothing.',
  example: { outcome: 'fulfilled' },
  answer: { schema: rightsRequest(), example: CLOSED },
  faults: ['rights_request.not_found', 'rights_request.closed'],
  fields: { ...id, outcome: 'How you answered it.' },
}))

/** `POST /v1/rights-requests/{id}/extend` */
export const extendRightsRequest = operation({
  id: 'extendRightsRequest',
  method: 'POST',
  path: '/v1/rights-requests/:id{rgt_[\\w-]+}/extend',
  permission: 'rights:write',
  input: z.strictObject({ id: z.string() }),
  writes: true,
})

export const extendRightsRequestDoc = /* @__PURE__ */ documented(extendRightsRequest, () => ({
  chapter: 'Rights',
  summary: 'Take the longer time that the law gives',
  text: 'Once, before the day has passed, and where the strictest law that applies gives any; tell the recipient why. The same again changes nothing.',
  answer: {
    schema: rightsRequest(),
    example: { ...EXAMPLE, dueAt: '2027-02-20T09:30:00.000Z', extendedAt: AT },
  },
  faults: ['rights_request.not_found', 'rights_request.closed', 'rights_request.no_extension'],
  fields: id,
}))
