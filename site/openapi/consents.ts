import * as z from 'zod/mini'
import { BASIS_NAMES } from '../../core/codes/basis.ts'
import { ProveInput } from '../../worker/consent/prove.ts'
import { RecordInput } from '../../worker/consent/record.ts'
import { WithdrawInput } from '../../worker/consent/withdraw.ts'
import { RequestInput } from '../../worker/subscription/request.ts'
import { EventSchema, eventFields } from './ledger.ts'
import { AT, type Operation, WHO } from './operation.ts'

const NOTICE = {
  notice: 'Which text was shown.',
  'notice.name': 'The name of the notice.',
  'notice.version': 'Its version. A version never changes.',
}
const BASIS =
  'What the law rests it on. `implied_purchase` ends 24 months after `at`, `implied_inquiry` 6 (CASL section 10).'
const EVIDENCE = {
  source: 'Where it was given.',
  'source.url': 'The page.',
  'source.form': 'Which form on it.',
  ip: 'The address of the recipient’s machine, as you saw it. Kept sealed, as evidence.',
  userAgent: 'The recipient’s program, as it named itself to you. Kept sealed, as evidence.',
  wording: 'The very words they agreed to.',
}
const under = (path: string, fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).map(([name, text]) => [`${path}${name}`, text]))

const SIGN_UP = {
  address: 'ada@example.com',
  topics: ['news'],
  notice: { name: 'privacy', version: '1' },
  locale: 'de',
  source: { url: 'https://north.example/newsletter' },
  wording: 'Yes, send me the news.',
}

/** Consent: asked for, recorded, withdrawn, proved. */
export const CONSENTS: Operation[] = [
  {
    id: 'requestSubscription',
    writes: true,
    method: 'post',
    path: '/v1/subscriptions',
    chapter: 'Consent',
    summary: 'Ask a recipient to confirm a subscription (double opt-in)',
    text: 'The recipient gets a mail in their language with one button; only their press confirms. The answer is the same for every address. An address gets at most three of these mails a day and is mailed for no sign-up that makes it more than ten mails of any kind within 30 days; over that, within 30 days of “this was not me”, and where somebody complained, bounced or is protected by law, nothing is sent. Nothing is lifted or un-confirmed by asking.',
    permission: 'subscriptions:write',
    body: [{ schema: RequestInput, example: SIGN_UP }],
    status: 202,
    answer: [
      {
        schema: z.strictObject({
          id: z.string(),
          status: z.literal('pending'),
          confirmation: z.optional(
            z.strictObject({
              confirmUrl: z.url(),
              cancelUrl: z.url(),
              headers: z.strictObject({
                'List-Unsubscribe': z.string(),
                'List-Unsubscribe-Post': z.literal('List-Unsubscribe=One-Click'),
              }),
              expiresAt: z.iso.datetime(),
            }),
          ),
        }),
        example: { id: 'req_8mlV4yRwBt3LqGs', status: 'pending' },
      },
    ],
    faults: ['topic.not_found', 'notice.not_found'],
    fields: {
      address: WHO.address,
      topics: 'One or more of your topics.',
      ...EVIDENCE,
      ...NOTICE,
      locale: 'The recipient’s language (BCP 47).',
      basis: BASIS,
      id: 'Names the sign-up.',
      status: 'Always `pending`, whatever is known of the address.',
      confirmation:
        'Where Floe is set to mail nothing: what you mail yourself. Such a link takes back nothing that the recipient chose, and the event of its press says `link_given_to_sender`.',
      'confirmation.confirmUrl': 'The link behind the button.',
      'confirmation.cancelUrl': 'The link for “this was not me”.',
      'confirmation.headers': 'The header fields of the mail. One click on them refuses.',
      'confirmation.headers.List-Unsubscribe': 'The link that refuses.',
      'confirmation.headers.List-Unsubscribe-Post': 'What makes it a one-click link.',
      'confirmation.expiresAt': 'Until when the link confirms.',
    },
  },
  {
    id: 'recordConsents',
    writes: true,
    method: 'post',
    path: '/v1/consents',
    chapter: 'Consent',
    summary: 'Record consents you hold',
    text: 'Up to 1,000, with their original time and evidence, in one transaction. A longer consent is never shortened, and whoever unsubscribed stays so.',
    permission: 'consents:write',
    body: [
      {
        schema: RecordInput,
        example: {
          entries: [{ address: 'bob@example.com', topic: 'offers', basis: 'implied_purchase', at: AT }],
        },
      },
    ],
    answer: [
      {
        schema: z.strictObject({
          results: z.array(
            z.strictObject({
              address: z.optional(z.string()),
              sha256: z.optional(z.string()),
              topic: z.string(),
              outcome: z.enum(['recorded', 'unchanged', 'accepted', 'refused']),
              expiresAt: z.optional(z.iso.datetime()),
              error: z.optional(z.string()),
            }),
          ),
        }),
        example: {
          results: [
            {
              address: 'bob@example.com',
              topic: 'offers',
              outcome: 'recorded',
              expiresAt: '2028-11-20T09:30:00.000Z',
            },
          ],
        },
      },
    ],
    fields: {
      entries: 'Up to 1,000 of them.',
      'entries[].address': `${WHO.address} Give it or \`sha256\`.`,
      'entries[].sha256': WHO.sha256,
      'entries[].topic': 'One of your topics.',
      'entries[].basis': BASIS,
      'entries[].at': 'When it was given, or when what implies it happened.',
      'entries[].expiresAt': 'When it ends. Never later than the law has it.',
      'entries[].proof': 'What else shows it, such as the number of an order. Kept sealed.',
      ...under('entries[].', { ...EVIDENCE, ...NOTICE }),
      results: 'One for each entry, in the order given.',
      'results[].address': 'As you sent it.',
      'results[].sha256': 'As you sent it.',
      'results[].topic': 'As you sent it.',
      'results[].outcome':
        '`unchanged`: one that counts at least as long was there. `accepted`: kept, and in effect once the database is back.',
      'results[].expiresAt': 'When the consent ends by itself.',
      'results[].error': 'Why an entry was refused.',
    },
  },
  {
    id: 'withdrawConsent',
    writes: true,
    method: 'post',
    path: '/v1/consents/withdraw',
    chapter: 'Consent',
    summary: 'Pass on a recipient’s word that they want no more',
    text: 'Said to you by telephone, by letter or in an answer: as effective and as much theirs as their own click.',
    permission: 'consents:write',
    body: [{ schema: WithdrawInput, example: { address: 'bob@example.com', topics: ['offers'] } }],
    answer: [
      {
        schema: z.strictObject({ outcome: z.enum(['withdrawn', 'unchanged', 'accepted']) }),
        example: { outcome: 'withdrawn' },
      },
    ],
    faults: ['topic.not_found'],
    fields: {
      address: `${WHO.address} Give it or \`sha256\`.`,
      sha256: WHO.sha256,
      topics: 'Which. Without it, everything of your workspace.',
      outcome:
        '`unchanged`: all of it had ended before. `accepted`: in effect, and not known yet which of the two it is.',
    },
  },
  {
    id: 'proveConsent',
    method: 'post',
    path: '/v1/consents/prove',
    chapter: 'Consent',
    summary: 'Prove how a recipient stands',
    text: 'The current state, the history with its evidence, and a receipt: a JWS (EdDSA) with the fields of ISO/IEC TS 27560, without address, link or evidence, that anybody verifies with `/.well-known/jwks.json`. Its `pii_principal_id` is the recipient’s `addressId` (see `POST /v1/address-ids`): nobody without your key can try an address against it. The history comes oldest first, in pages: go on with `next` as `cursor`. How they stand and the receipt are on the first page, and the receipt tells the newest 100 consents given and the newest 100 other events of consent.',
    permission: 'consents:read',
    body: [{ schema: ProveInput, example: { address: 'ada@example.com', topic: 'news' } }],
    answer: [
      {
        schema: z.strictObject({
          address: z.string(),
          asOf: z.iso.datetime(),
          topics: z.optional(
            z.array(
              z.strictObject({
                topic: z.string(),
                mode: z.enum(['opt_in', 'opt_out']),
                state: z.enum(['pending', 'confirmed', 'ended', 'expired', 'none']),
                basis: z.optional(z.enum(BASIS_NAMES)),
                givenAt: z.optional(z.iso.datetime()),
                since: z.optional(z.iso.datetime()),
                expiresAt: z.optional(z.iso.datetime()),
                decision: z.enum(['allow', 'deny']),
                reason: z.optional(z.string()),
              }),
            ),
          ),
          history: z.array(
            z.strictObject({
              ...EventSchema,
              evidence: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
              evidenceDigest: z.optional(z.string()),
            }),
          ),
          receipt: z.optional(z.string()),
          next: z.optional(z.string()),
        }),
        example: {
          address: 'ada@example.com',
          asOf: AT,
          topics: [
            {
              topic: 'news',
              mode: 'opt_in',
              state: 'confirmed',
              basis: 'express',
              givenAt: AT,
              since: AT,
              decision: 'allow',
            },
          ],
          history: [],
          receipt: 'eyJhbGciOiJFZERTQSJ9.e30.c2ln',
        },
      },
    ],
    faults: ['topic.not_found'],
    fields: {
      address: 'As you sent it.',
      topic: 'Only this topic. Without it, all of yours.',
      cursor: 'The `next` of the page before.',
      limit:
        'Events looked at for one page: 1 to 200. Those that have nothing to do with `topic` are left out.',
      asOf: 'The moment the answer is true for.',
      next: 'Where the next page begins. Not there on the last.',
      topics: 'How they stand with each topic. On the first page.',
      'topics[].topic': 'The topic.',
      'topics[].mode': 'Whether its mail needs a consent.',
      'topics[].state': '`none`: they never had to do with it.',
      'topics[].basis': 'What the consent rests on.',
      'topics[].givenAt': 'When it was given.',
      'topics[].since': 'Since when the state stands.',
      'topics[].expiresAt': 'When it ends by itself.',
      'topics[].decision': 'What a check would answer now.',
      'topics[].reason': 'Why it would deny.',
      history: 'Everything that happened, oldest first.',
      ...eventFields('history[].'),
      'history[].evidence': 'What shows how it came about. `null` once the person was erased.',
      'history[].evidenceDigest': 'SHA-256 of the evidence as it is kept, in hex.',
      receipt: 'A compact JWS.',
    },
  },
]
