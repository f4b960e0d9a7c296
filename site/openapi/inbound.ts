import * as z from 'zod/mini'
import { NothingInput, ProviderInput } from '../../worker/inbound/connect.ts'
import { AT, type Operation } from './operation.ts'

const PROVIDER = z.enum(['ses', 'postmark', 'mailgun', 'sendgrid'])
const provider = 'The mail provider.'
const connection = z.strictObject({ provider: PROVIDER, url: z.url(), updatedAt: z.iso.datetime() })
const CONNECTION = {
  provider: 'mailgun',
  url: 'https://floe.example.com/v1/inbound/mailgun/in_AAAA',
  updatedAt: AT,
}
const connectionFields = (path = '') => ({
  [`${path}provider`]: provider,
  [`${path}url`]: 'The address to give the provider.',
  [`${path}updatedAt`]: 'When it was set up.',
})
const taken = z.looseObject({
  taken: z.optional(z.int()),
  suppressed: z.optional(z.int()),
  repeated: z.optional(z.int()),
  unusable: z.optional(z.int()),
  unproven: z.optional(z.int()),
})
const TAKEN = { taken: 1, suppressed: 1, repeated: 0, unusable: 0, unproven: 0 }
const takenFields = {
  taken: 'Reports that were new.',
  suppressed: 'Suppressions that came of them.',
  repeated: 'Reports that were known: they do nothing a second time.',
  unusable: 'Reports from which nobody can be told.',
  unproven: 'Recipients whom the mail names and nothing proves: nothing is done about them.',
}

/** What mail servers and providers report. */
export const INBOUND: Operation[] = [
  {
    id: 'listInbound',
    method: 'get',
    path: '/v1/inbound',
    chapter: 'Reports',
    summary: 'List the providers that are set up',
    permission: 'inbound:manage',
    query: NothingInput,
    answer: [
      {
        schema: z.strictObject({ connections: z.array(connection) }),
        example: { connections: [CONNECTION] },
      },
    ],
    fields: { connections: 'One for each provider.', ...connectionFields('connections[].') },
  },
  {
    id: 'listRefusedReports',
    method: 'get',
    path: '/v1/inbound/refused',
    chapter: 'Reports',
    summary: 'See what came in and was not taken',
    text: 'Nothing acts that is not proven. What is refused is counted.',
    permission: 'inbound:manage',
    query: NothingInput,
    answer: [
      {
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
    ],
    fields: {
      refused: 'The newest day first.',
      'refused[].day': 'UTC.',
      'refused[].door': 'How it came in.',
      'refused[].why': 'What it lacked.',
      'refused[].count': 'How often.',
      'refused[].lastAt': 'When it was last.',
      'refused[].lastOctets': 'How large the last one was.',
    },
  },
  {
    id: 'setInbound',
    method: 'put',
    path: '/v1/inbound/{provider}',
    chapter: 'Reports',
    summary: 'Set up a provider',
    text: 'The same again changes nothing. What proves the provider’s calls is kept encrypted and never shown.',
    permission: 'inbound:manage',
    body: [
      {
        schema: z.looseObject({
          topicArn: z.optional(z.string()),
          signingKey: z.optional(z.string()),
          publicKey: z.optional(z.string()),
        }),
        example: { topicArn: 'arn:aws:sns:eu-west-1:123456789012:floe' },
      },
    ],
    answer: [{ schema: connection, example: CONNECTION }],
    fields: {
      ...connectionFields(),
      topicArn: 'Amazon SES: the SNS topic of your reports.',
      signingKey: 'Mailgun: the HTTP webhook signing key.',
      publicKey: 'SendGrid: the verification key of the Signed Event Webhook.',
    },
  },
  {
    id: 'endInbound',
    method: 'delete',
    path: '/v1/inbound/{provider}',
    chapter: 'Reports',
    summary: 'End a provider’s connection',
    permission: 'inbound:manage',
    writes: true,
    query: ProviderInput,
    answer: [
      {
        schema: z.strictObject({ provider: PROVIDER, outcome: z.literal('ended') }),
        example: { provider: 'mailgun', outcome: 'ended' },
      },
    ],
    faults: ['inbound.not_connected'],
    fields: { provider, outcome: 'Its next call is refused.' },
  },
  {
    id: 'receiveReport',
    method: 'post',
    path: '/v1/inbound/{provider}',
    chapter: 'Reports',
    summary: 'Take a provider’s report, with a key',
    text: 'For Postmark, which signs nothing: the key may stand as the password of a Basic login. It needs the permission of that provider (`inbound:postmark`), and the provider has to be set up.',
    permission: 'inbound:postmark',
    body: [{ schema: z.looseObject({}), example: { RecordType: 'HardBounce' } }],
    answer: [{ schema: taken, example: TAKEN }],
    faults: ['inbound.not_connected', 'inbound.unproven', 'inbound.unconfirmed'],
    fields: { provider, ...takenFields },
  },
  {
    id: 'receiveSignedReport',
    method: 'post',
    path: '/v1/inbound/{provider}/{hook}',
    chapter: 'Reports',
    summary: 'Take a provider’s report, by its own signature',
    text: 'The address says whose it is and proves nothing: what counts is the provider’s signature over the body.',
    body: [
      { schema: z.looseObject({}), example: { signature: { timestamp: '1', token: 'a', signature: 'b' } } },
    ],
    answer: [{ schema: taken, example: TAKEN }],
    faults: [
      'key.missing',
      'key.invalid',
      'rate.limited',
      'route.not_found',
      'inbound.not_connected',
      'inbound.unproven',
      'inbound.unconfirmed',
    ],
    fields: { provider, hook: 'The last part of the address that setting up gave.', ...takenFields },
  },
  {
    id: 'receiveMessage',
    method: 'post',
    path: '/v1/inbound/message',
    chapter: 'Reports',
    summary: 'Pass on a bounce or complaint as the mail it came in',
    text: 'A bounce as RFC 3464 has it, a complaint as RFC 5965 has it. Each acts once. A bounce counts by the return path or feedback id that was minted for its recipient, or by the Message-ID of a mail that Floe wrote: it keeps marketing away, and after another mail came back a day later or more, everything. A complaint counts by the feedback id in it and the DKIM signature of a known reporter. Where there is no more than an unsubscribe link, its topic is unsubscribed from and the rest refused. Whom a mail merely names nothing happens to. Of a bounce the first 256 KiB are read, of a complaint 1 MiB.',
    permission: 'inbound:message',
    body: [{ type: 'message/rfc822', schema: z.string(), example: 'Content-Type: multipart/report; …' }],
    answer: [{ schema: taken, example: TAKEN }],
    faults: ['inbound.unproven', 'inbound.key_unavailable'],
    fields: takenFields,
  },
]
