import * as z from 'zod/mini'
import type { ReportKind } from '../../core/codes/report.ts'
import { documented, named, operation } from '../call/operation.ts'
import { AT } from '../http/example.ts'
import { BATCH_LIMIT_BYTES, BODY_LIMIT_BYTES } from '../http/limits.ts'

/** The providers whose reports are understood. */
const NAMES = ['ses', 'postmark', 'mailgun', 'sendgrid'] as const
const ANY = ':provider{(?:ses|postmark|mailgun|sendgrid)}'
/** Providers that sign their calls and so need only a URL that names the workspace. */
const SIGNING = ':provider{(?:ses|mailgun|sendgrid)}'

const PROVIDER = 'The mail provider.'
const CONNECTION = {
  provider: 'mailgun',
  url: 'https://floe.example.com/v1/inbound/mailgun/in_AAAA',
  updatedAt: AT,
}
const TAKEN = {
  taken: 1,
  suppressed: 1,
  repeated: 0,
  unusable: 0,
  unproven: 0,
  unknown: 0,
  reports: [{ verdict: 'permanent', acted: true }],
}

const connection = /* @__PURE__ */ named(
  'InboundConnection',
  () => z.strictObject({ provider: z.enum(NAMES), url: z.url(), updatedAt: z.iso.datetime() }),
  () => ({ provider: PROVIDER, url: 'The address to give the provider.', updatedAt: 'When it was set up.' }),
)

/** A connection as its workspace sees it; its secrets are never shown again. */
export type ConnectionView = z.infer<ReturnType<typeof connection>>

const VERDICTS = [
  'complaint',
  'possible_complaint',
  'permanent',
  'transient',
  'unsubscribed',
] as const satisfies ReportKind[]

const IDLE = ['repeated', 'unusable', 'counted', 'among_others', 'standing'] as const

const taken = /* @__PURE__ */ named(
  'ReportsTaken',
  () =>
    z.strictObject({
      taken: z.int(),
      suppressed: z.int(),
      repeated: z.int(),
      unusable: z.int(),
      unproven: z.int(),
      unknown: z.int(),
      reports: z.array(
        z.strictObject({
          verdict: z.enum(VERDICTS),
          acted: z.boolean(),
          why: z.optional(z.enum(IDLE)),
        }),
      ),
    }),
  () => ({
    taken: 'Reports that were new.',
    suppressed: 'Suppressions that came of them.',
    repeated: 'Reports that were known: they do nothing a second time.',
    unusable: 'Reports from which nobody can be told.',
    unproven: 'Recipients whom the mail names and nothing proves: nothing is done about them.',
    unknown: 'Events of types that are not known here. GET /v1/inbound/refused counts them.',
    reports: 'Each report, in the order they came.',
    'reports[].verdict': 'How it was read.',
    'reports[].acted': 'Whether it keeps any mail away that was not kept away before.',
    'reports[].why':
      'Why it does not: `repeated` was taken before, `unusable` names nobody, `counted` waits for others like it, `among_others` may be about another recipient, `standing` changes nothing about what already stands.',
  }),
)

/** Why a report keeps nothing away. */
export type Idle = (typeof IDLE)[number]

/** The outcome of reports. */
export type Taken = z.infer<ReturnType<typeof taken>>

/** `GET /v1/inbound` */
export const listInbound = operation({
  id: 'listInbound',
  method: 'GET',
  path: '/v1/inbound',
  permission: 'inbound:manage',
  input: z.strictObject({}),
})

export const listInboundDoc = /* @__PURE__ */ documented(listInbound, () => ({
  chapter: 'Reports',
  summary: 'List the providers that are set up',
  answer: {
    schema: z.strictObject({ connections: z.array(connection()) }),
    example: { connections: [CONNECTION] },
  },
  faults: [],
  fields: { connections: 'One for each provider.' },
}))

/** `GET /v1/inbound/refused` */
export const listRefusedReports = operation({
  id: 'listRefusedReports',
  method: 'GET',
  path: '/v1/inbound/refused',
  permission: 'inbound:manage',
  input: z.strictObject({}),
})

export const listRefusedReportsDoc = /* @__PURE__ */ documented(listRefusedReports, () => ({
  chapter: 'Reports',
  summary: 'See what came in and was not taken',
  text: 'Nothing acts that is not proven. What is refused is counted.',
  answer: {
    schema: z.strictObject({
      refused: z.array(
        z.strictObject({
          day: z.string(),
          door: z.string(),
          why: z.string(),
          count: z.int(),
          lastAt: z.iso.datetime(),
          lastOctets: z.int(),
        }),
      ),
    }),
    example: {
      refused: [
        { day: '2026-11-20', door: 'mailgun', why: 'signature', count: 2, lastAt: AT, lastOctets: 812 },
      ],
    },
  },
  faults: [],
  fields: {
    refused: 'The newest day first.',
    'refused[].day': 'UTC.',
    'refused[].door': 'How it came in.',
    'refused[].why': 'What it lacked.',
    'refused[].count': 'How often.',
    'refused[].lastAt': 'When it was last.',
    'refused[].lastOctets': 'How large the last one was.',
  },
}))

/** `PUT /v1/inbound/{provider}` */
export const setInbound = operation({
  id: 'setInbound',
  method: 'PUT',
  path: `/v1/inbound/${ANY}`,
  permission: 'inbound:manage',
  limitBytes: BODY_LIMIT_BYTES,
  input: z.looseObject({
    topicArn: z.optional(z.string()),
    signingKey: z.optional(z.string()),
    publicKey: z.optional(z.string()),
    topics: z.optional(z.record(z.string(), z.string())),
  }),
})

export const setInboundDoc = /* @__PURE__ */ documented(setInbound, () => ({
  chapter: 'Reports',
  summary: 'Set up a provider',
  text: 'The same again changes nothing. What proves the provider’s calls is kept encrypted and never shown.',
  example: { topicArn: 'arn:aws:sns:eu-west-1:123456789012:floe' },
  answer: { schema: connection(), example: CONNECTION },
  faults: ['topic.not_found'],
  fields: {
    provider: PROVIDER,
    topicArn: 'Amazon SES: the SNS topic of your reports.',
    signingKey: 'Mailgun: the HTTP webhook signing key.',
    publicKey: 'SendGrid: the verification key of the Signed Event Webhook.',
    topics:
      'Which of your topics each part of your mail is, so that leaving one there leaves that topic: by the number of an unsubscribe group (SendGrid), the name of a contact list’s topic (Amazon SES) or of a message stream (Postmark). Leaving any other part leaves your whole workspace.',
  },
}))

/** `DELETE /v1/inbound/{provider}` */
export const endInbound = operation({
  id: 'endInbound',
  method: 'DELETE',
  path: `/v1/inbound/${ANY}`,
  permission: 'inbound:manage',
  input: z.strictObject({ provider: z.enum(NAMES) }),
  writes: true,
})

export const endInboundDoc = /* @__PURE__ */ documented(endInbound, () => ({
  chapter: 'Reports',
  summary: 'End a provider’s connection',
  answer: {
    schema: z.strictObject({ provider: z.enum(NAMES), outcome: z.literal('ended') }),
    example: { provider: 'mailgun', outcome: 'ended' },
  },
  faults: ['inbound.not_connected'],
  fields: { provider: PROVIDER, outcome: 'Its next call is refused.' },
}))

/** `POST /v1/inbound/{provider}` */
export const receiveReport = operation({
  id: 'receiveReport',
  method: 'POST',
  path: `/v1/inbound/${ANY}`,
  permission: 'inbound:postmark',
  limitBytes: BATCH_LIMIT_BYTES,
  input: z.looseObject({}),
})

export const receiveReportDoc = /* @__PURE__ */ documented(receiveReport, () => ({
  chapter: 'Reports',
  summary: 'Take a provider’s report, with a key',
  text: 'For Postmark, which signs nothing: the key may stand as the password of a Basic login. It needs the permission of that provider (`inbound:postmark`), and the provider has to be set up.',
  example: { RecordType: 'HardBounce' },
  answer: { schema: taken(), example: TAKEN },
  further: ['inbound:ses', 'inbound:mailgun', 'inbound:sendgrid'],
  faults: ['inbound.not_connected', 'inbound.unproven', 'inbound.unconfirmed'],
  fields: { provider: PROVIDER },
}))

/** `POST /v1/inbound/{provider}/{hook}` */
export const receiveSignedReport = operation({
  id: 'receiveSignedReport',
  method: 'POST',
  path: `/v1/inbound/${SIGNING}/:hook{in_[\\w-]+}`,
  permission: null,
  limitBytes: BATCH_LIMIT_BYTES,
  input: z.looseObject({}),
})

export const receiveSignedReportDoc = /* @__PURE__ */ documented(receiveSignedReport, () => ({
  chapter: 'Reports',
  summary: 'Take a provider’s report, by its own signature',
  text: 'The address says whose it is and proves nothing: what counts is the provider’s signature over the body.',
  example: { signature: { timestamp: '1', token: 'a', signature: 'b' } },
  answer: { schema: taken(), example: TAKEN },
  faults: [
    'key.missing',
    'key.invalid',
    'rate.limited',
    'route.not_found',
    'inbound.not_connected',
    'inbound.unproven',
    'inbound.unconfirmed',
  ],
  fields: { provider: PROVIDER, hook: 'The last part of the address that setting up gave.' },
}))

/** `POST /v1/inbound/message` */
export const receiveMessage = operation({
  id: 'receiveMessage',
  method: 'POST',
  path: '/v1/inbound/message',
  permission: 'inbound:message',
})

export const receiveMessageDoc = /* @__PURE__ */ documented(receiveMessage, () => ({
  chapter: 'Reports',
  summary: 'Pass on a bounce or complaint as the mail it came in',
  text: 'A bounce as RFC 3464 has it, or as OpenSMTPD, qmail, Exim and others write it; a complaint as RFC 5965 has it, or as Microsoft writes it. Each acts once. A bounce counts by the return path or feedback id that was minted for its recipient, or by the Message-ID of a mail that Floe wrote: it keeps marketing away, and after another mail came back a day later or more, everything. A complaint counts by the feedback id in it and the DKIM signature of a known reporter. Where there is no more than an unsubscribe link, its topic is unsubscribed from and the rest refused. Whom a mail merely names nothing happens to. Of a bounce the first 256 KiB are read, of a complaint 1 MiB.',
  body: [{ type: 'message/rfc822', schema: z.string(), example: 'Content-Type: multipart/report; …' }],
  answer: { schema: taken(), example: TAKEN },
  faults: ['inbound.unproven', 'inbound.key_unavailable'],
  fields: {},
}))
