import * as z from 'zod/mini'
import { BASIS_NAMES } from '../../core/codes/basis.ts'
import { urlOf } from '../../core/web-address.ts'
import { type Content, documented, operation } from '../call/operation.ts'
import { BASIS_TEXT } from '../consent/api.ts'
import {
  EVIDENCE_FIELDS,
  ip,
  languageTag,
  noticeRef,
  source,
  userAgent,
  wording,
} from '../consent/evidence.ts'
import { htmlPage, LINK_TOKEN, plainText, WHO } from '../http/example.ts'
import { BODY_LIMIT_BYTES } from '../http/limits.ts'

/** The form of a page. */
const form = (example: string): Content[] => [
  { type: 'application/x-www-form-urlencoded', schema: z.string(), example },
]

/** Longest address that a confirmation leads back to. */
const RETURN_URL_MAX = 1000

/** An https address that names nobody: it is kept in the clear. */
export const returnUrl = z.string().check(
  z.maxLength(RETURN_URL_MAX),
  z.refine(
    text => urlOf(text)?.protocol === 'https:' && !/@|%40/.test(text),
    'must be an https address with no name, password or mail address in it',
  ),
)

/** `POST /v1/subscriptions` */
export const requestSubscription = operation({
  id: 'requestSubscription',
  method: 'POST',
  path: '/v1/subscriptions',
  permission: 'subscriptions:write',
  limitBytes: BODY_LIMIT_BYTES,
  input: z.strictObject({
    address: z.string(),
    topics: z.array(z.string()).check(z.minLength(1), z.maxLength(50)),
    source,
    ip: z.optional(ip),
    userAgent: z.optional(userAgent),
    locale: z.optional(languageTag),
    notice: noticeRef,
    wording: z.optional(wording),
    basis: z._default(z.enum(BASIS_NAMES), 'express'),
    returnUrl: z.optional(returnUrl),
  }),
  status: 202,
  writes: true,
})

export const requestSubscriptionDoc = /* @__PURE__ */ documented(requestSubscription, () => ({
  chapter: 'Consent',
  summary: 'Ask a recipient to confirm a subscription (double opt-in)',
  text: 'The recipient gets a mail in their language with one button; only their press confirms. The answer is the same for every address. An address gets at most three of these mails a day and is mailed for no sign-up that makes it more than ten mails of any kind within 30 days; over that, within 30 days of “this was not me”, and where somebody complained, bounced or is protected by law, nothing is sent. Nothing is lifted or un-confirmed by asking.',
  example: {
    address: 'ada@example.com',
    topics: ['news'],
    notice: { name: 'privacy', version: '1' },
    locale: 'de',
    source: { url: 'https://north.example/newsletter' },
    wording: 'Yes, send me the news.',
  },
  answer: {
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
  faults: ['topic.not_found', 'notice.not_found', 'return_url.not_allowed'],
  fields: {
    address: WHO.address,
    topics: 'One or more of your topics.',
    ...EVIDENCE_FIELDS,
    locale: 'The recipient’s language (BCP 47).',
    basis: BASIS_TEXT,
    returnUrl:
      'The page that recipients can go on to once they have confirmed: an https address without anything personal in it, of an origin that your operator allowed. They see its host on a button, and nothing is added to it.',
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
}))

/** `GET /c/{token}` */
export const showConfirmation = operation({
  id: 'showConfirmation',
  method: 'GET',
  path: '/c/:token',
  permission: null,
})

export const showConfirmationDoc = /* @__PURE__ */ documented(showConfirmation, () => ({
  chapter: 'Recipients',
  summary: 'The page of a confirmation link',
  text: 'Shows what is asked and changes nothing.',
  answer: htmlPage(),
  faults: ['token.invalid', 'confirmation.gone'],
  fields: { token: LINK_TOKEN },
}))

/** `POST /c/:token` */
export const confirmSubscription = operation({
  id: 'confirmSubscription',
  method: 'POST',
  path: '/c/:token',
  permission: null,
})

export const confirmSubscriptionDoc = /* @__PURE__ */ documented(confirmSubscription, () => ({
  chapter: 'Recipients',
  summary: 'Confirm a subscription',
  text: 'The press of the recipient, once; the link works for 7 days. Where the sender was given the link to mail it, the press takes back nothing that the recipient chose, and the page says what a check says.',
  body: form(''),
  answer: htmlPage(),
  faults: ['token.invalid', 'confirmation.gone'],
  fields: { token: LINK_TOKEN },
}))

/** `POST /c/:token/receipt` */
export const receiveReceipt = operation({
  id: 'receiveReceipt',
  method: 'POST',
  path: '/c/:token/receipt',
  permission: null,
})

export const receiveReceiptDoc = /* @__PURE__ */ documented(receiveReceipt, () => ({
  chapter: 'Recipients',
  summary: 'The receipt of a confirmation, for whoever pressed it',
  text: 'The form of the page that answers the press, for half an hour: a JWS (EdDSA) that tells this confirmation and nothing from before. The link alone gives none. Any later receipt is among the recipient’s data.',
  body: form('press='),
  answer: { type: 'application/jose', schema: z.string(), example: 'eyJhbGciOiJFZERTQSJ9.e30.c2ln' },
  faults: ['token.invalid', 'confirmation.gone'],
  fields: { token: LINK_TOKEN },
}))

/** `POST /c/:token/cancel` */
export const cancelSubscription = operation({
  id: 'cancelSubscription',
  method: 'POST',
  path: '/c/:token/cancel',
  permission: null,
})

export const cancelSubscriptionDoc = /* @__PURE__ */ documented(cancelSubscription, () => ({
  chapter: 'Recipients',
  summary: 'Refuse a sign-up: this was not me',
  text: 'Ends the request and keeps others of the same workspace away for 30 days, whoever asks for them. No more mail of its topics goes out, except for what the recipient had confirmed before; all other mail stays as it is. One click on the header of the confirmation mail does the same and unsubscribes from all of its topics.',
  answer: plainText('Unsubscribed.\n'),
  otherwise: [htmlPage()],
  faults: ['token.invalid', 'confirmation.gone'],
  fields: { token: LINK_TOKEN },
}))
