import * as z from 'zod/mini'
import { BASIS_NAMES } from '../../core/codes/basis.ts'
import { LACKS, type LackName } from '../../core/codes/lack.ts'
import { REASONS, type Reason } from '../../core/codes/reason.ts'
import { exactlyOne } from '../../core/shape.ts'
import { documented, operation } from '../call/operation.ts'
import { refined } from '../call/zod-of.ts'
import { AT, under, WHO } from '../http/example.ts'
import { BATCH_LIMIT_BYTES, BODY_LIMIT_BYTES } from '../http/limits.ts'
import { EVENT_FIELDS, event } from '../ledger/api.ts'
import { EVIDENCE_FIELDS, ip, noticeRef, source, userAgent, wording } from './evidence.ts'

/** Consents one call takes. */
export const RECORD_MAX = 1000
/** Events of one page: the longest evidence of so many fits into one answer of the database. */
export const PROOF_PAGE_MAX = 200

/** Meaning of the basis of a consent. */
export const BASIS_TEXT =
  'What the law rests it on. `implied_purchase` ends 24 months after `at`, `implied_inquiry` 6 (CASL section 10).'

const entry = z
  .strictObject({
    address: z.optional(z.string()),
    sha256: z.optional(z.string()),
    topic: z.string(),
    basis: z.enum(BASIS_NAMES),
    at: z.iso.datetime({ offset: true }),
    expiresAt: z.optional(z.iso.datetime({ offset: true })),
    source: z.optional(source),
    ip: z.optional(ip),
    userAgent: z.optional(userAgent),
    notice: z.optional(noticeRef),
    wording: z.optional(wording),
    /** Other proof, such as the number of an order or the place of a signed form. */
    proof: z.optional(z.string().check(z.maxLength(2000))),
  })
  .check(refined(exactlyOne('address', 'sha256')))

/** A consent to record. */
export type ConsentEntry = z.infer<typeof entry>

const FAULTS = [
  'invalid_address',
  'unknown_topic',
  'unknown_notice',
  'at_in_the_future',
  'already_expired',
  'longer_than_the_law',
  'ended_by_recipient',
] as const

/** Why a consent was refused. */
export type RecordFault = (typeof FAULTS)[number]

/** `POST /v1/consents` */
export const recordConsents = operation({
  id: 'recordConsents',
  method: 'POST',
  path: '/v1/consents',
  permission: 'consents:write',
  limitBytes: BATCH_LIMIT_BYTES,
  input: z.strictObject({ entries: z.array(entry).check(z.maxLength(RECORD_MAX)) }),
  addresses: ({ entries }) => entries.length,
  writes: true,
})

export const recordConsentsDoc = /* @__PURE__ */ documented(recordConsents, () => ({
  chapter: 'Consent',
  summary: 'Record consents you hold',
  text: 'Up to 1,000, with their original time and evidence, in one transaction. A longer consent is never shortened, and whoever unsubscribed stays so.',
  example: {
    entries: [{ address: 'bob@example.com', topic: 'offers', basis: 'implied_purchase', at: AT }],
  },
  answer: {
    schema: z.strictObject({
      results: z.array(
        z.strictObject({
          address: z.optional(z.string()),
          sha256: z.optional(z.string()),
          topic: z.string(),
          outcome: z.enum(['recorded', 'unchanged', 'accepted', 'refused']),
          expiresAt: z.optional(z.iso.datetime()),
          error: z.optional(z.enum(FAULTS)),
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
  faults: [],
  fields: {
    entries: 'Up to 1,000 of them.',
    'entries[].address': `${WHO.address} Give it or \`sha256\`.`,
    'entries[].sha256': WHO.sha256,
    'entries[].topic': 'One of your topics.',
    'entries[].basis': BASIS_TEXT,
    'entries[].at': 'When it was given, or when what implies it happened.',
    'entries[].expiresAt': 'When it ends. Never later than the law has it.',
    'entries[].proof': 'What else shows it, such as the number of an order. Kept sealed.',
    ...under('entries[].', EVIDENCE_FIELDS),
    results: 'One for each entry, in the order given.',
    'results[].address': 'As you sent it.',
    'results[].sha256': 'As you sent it.',
    'results[].topic': 'As you sent it.',
    'results[].outcome':
      '`unchanged`: one that counts at least as long was there. `accepted`: kept, and in effect once the database is back.',
    'results[].expiresAt': 'When the consent ends by itself.',
    'results[].error': 'Why an entry was refused.',
  },
}))

/** `POST /v1/consents/withdraw` */
export const withdrawConsent = operation({
  id: 'withdrawConsent',
  method: 'POST',
  path: '/v1/consents/withdraw',
  permission: 'consents:write',
  limitBytes: BODY_LIMIT_BYTES,
  input: z
    .strictObject({
      address: z.optional(z.string()),
      sha256: z.optional(z.string()),
      topics: z.optional(z.array(z.string()).check(z.minLength(1), z.maxLength(50))),
    })
    .check(refined(exactlyOne('address', 'sha256'))),
  writes: true,
})

export const withdrawConsentDoc = /* @__PURE__ */ documented(withdrawConsent, () => ({
  chapter: 'Consent',
  summary: 'Pass on a recipient’s word that they want no more',
  text: 'Said to you by telephone, by letter or in an answer: as effective and as much theirs as their own click.',
  example: { address: 'bob@example.com', topics: ['offers'] },
  answer: {
    schema: z.strictObject({ outcome: z.enum(['withdrawn', 'unchanged', 'accepted']) }),
    example: { outcome: 'withdrawn' },
  },
  faults: ['topic.not_found'],
  fields: {
    address: `${WHO.address} Give it or \`sha256\`.`,
    sha256: WHO.sha256,
    topics: 'Which. Without it, everything of your workspace.',
    outcome:
      '`unchanged`: all of it had ended before. `accepted`: in effect, and not known yet which of the two it is.',
  },
}))

/** `POST /v1/consents/prove` */
export const proveConsent = operation({
  id: 'proveConsent',
  method: 'POST',
  path: '/v1/consents/prove',
  permission: 'consents:read',
  limitBytes: BODY_LIMIT_BYTES,
  input: z.strictObject({
    address: z.string(),
    topic: z.optional(z.string()),
    cursor: z.optional(z.string()),
    limit: z._default(z.int().check(z.minimum(1), z.maximum(PROOF_PAGE_MAX)), PROOF_PAGE_MAX),
  }),
})

export const proveConsentDoc = /* @__PURE__ */ documented(proveConsent, () => ({
  chapter: 'Consent',
  summary: 'Prove how a recipient stands',
  text: 'The current state, the history with its evidence, and a receipt: a JWS (EdDSA) with the fields of ISO/IEC TS 27560, without address, link or evidence, that anybody verifies with `/.well-known/jwks.json`. Its `pii_principal_id` is the recipient’s `addressId` (see `POST /v1/address-ids`): nobody without your key can try an address against it. The history comes oldest first, in pages: go on with `next` as `cursor`. How they stand and the receipt are on the first page, and the receipt tells the newest 100 consents given and the newest 100 other events of consent.',
  example: { address: 'ada@example.com', topic: 'news' },
  answer: {
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
            reason: z.optional(
              z.enum([...(Object.keys(REASONS) as Reason[]), ...(Object.keys(LACKS) as LackName[])]),
            ),
          }),
        ),
      ),
      history: z.array(
        z.strictObject({
          ...event().shape,
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
    ...under('history[].', EVENT_FIELDS),
    'history[].evidence': 'What shows how it came about. `null` once the person was erased.',
    'history[].evidenceDigest': 'SHA-256 of the evidence as it is kept, in hex.',
    receipt: 'A compact JWS.',
  },
}))

/** `GET /.well-known/jwks.json` */
export const getKeys = operation({
  id: 'getKeys',
  method: 'GET',
  path: '/.well-known/jwks.json',
  permission: null,
})

export const getKeysDoc = /* @__PURE__ */ documented(getKeys, () => ({
  chapter: 'Service',
  summary: 'The public keys of receipts',
  answer: {
    type: 'application/jwk-set+json',
    schema: z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())) }),
    example: {
      keys: [
        {
          kty: 'OKP',
          crv: 'Ed25519',
          kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
          alg: 'EdDSA',
          use: 'sig',
          x: '…',
        },
      ],
    },
  },
  faults: [],
  fields: { keys: 'Each key that signs, or has signed and still verifies.' },
}))
