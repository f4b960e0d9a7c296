import * as z from 'zod/mini'
import { WishInput } from '../../worker/preference/command.ts'
import type { Content, Operation } from './operation.ts'

const html: Content = { type: 'text/html', schema: z.string(), example: '<!doctype html>…' }
const text = (example: string): Content => ({ type: 'text/plain', schema: z.string(), example })
const form = (example: string): Content[] => [
  { type: 'application/x-www-form-urlencoded', schema: z.string(), example },
]
const token = 'The signed text of the link. It says whose and which it is; no look-up, no login.'

/** The preference center, as programs read it. */
const center: Content = {
  schema: z.looseObject({
    sender: z.string(),
    topics: z.array(
      z.looseObject({
        name: z.string(),
        displayName: z.string(),
        description: z.string(),
        frequency: z.optional(z.string()),
        state: z.enum(['on', 'off', 'pending', 'required']),
      }),
    ),
    pausedUntil: z.optional(z.iso.datetime()),
    everythingStopped: z.boolean(),
    saleOptedOut: z.boolean(),
  }),
  example: {
    sender: 'North & Co.',
    topics: [{ name: 'news', displayName: 'News', description: 'What is new.', state: 'off' }],
    everythingStopped: false,
    saleOptedOut: false,
  },
}

const CENTER = {
  sender: 'Who writes.',
  topics: 'Everything they send.',
  'topics[].name': 'The topic.',
  'topics[].displayName': 'What recipients read.',
  'topics[].description': 'What it is.',
  'topics[].state': '`pending`: asked for, and not confirmed. `required`: sent because something is owed.',
  pausedUntil: 'Until when everything is paused.',
  'topics[].frequency': 'How often it comes, in the sender’s words.',
  everythingStopped: 'Whether all mail of the sender is off.',
  saleOptedOut: 'Whether nothing about them may be sold or shared.',
}

/** What stands behind the links of a mail. */
export const RECIPIENTS: Operation[] = [
  {
    id: 'oneClickUnsubscribe',
    method: 'post',
    path: '/u/{token}',
    chapter: 'Recipients',
    summary: 'One-click unsubscribe (RFC 8058)',
    text: 'What a mail client fires. Any content type, any body, none at all. Never a redirect, never a cookie. The same again is answered the same. A link of a transactional topic, as older versions made them, records the choice and says that such mail may still come.',
    answer: [text('Unsubscribed.\n')],
    faults: ['token.invalid'],
    fields: { token },
  },
  {
    id: 'showUnsubscribe',
    method: 'get',
    path: '/u/{token}',
    chapter: 'Recipients',
    summary: 'The page of an unsubscribe link',
    text: 'Shows one button and changes nothing, whoever fetches it.',
    answer: [html],
    faults: ['token.invalid', 'topic.gone'],
    fields: { token },
  },
  {
    id: 'showPreferences',
    method: 'get',
    path: '/p/{token}',
    chapter: 'Recipients',
    summary: 'The preference center',
    text: 'A page for people; the same as JSON for whoever accepts `application/json`. It tells how the recipient stands now. When they chose, why mail comes and what was before stands among their data, which only a fresh mail to their address opens: a link may have been passed on.',
    answer: [html, center],
    faults: ['token.invalid', 'topic.gone'],
    fields: {
      token,
      ...CENTER,
    },
  },
  {
    id: 'updatePreferences',
    method: 'post',
    path: '/p/{token}',
    chapter: 'Recipients',
    summary: 'Choose in the preference center',
    text: 'What the page’s form sends, or the same as JSON. A link in a mail only ever reduces mail: `ask` mails a confirmation unless its recipient has had enough of them or refused one lately, which the answer does not tell, and `undo` takes what only the answer to an act holds. A page is answered with 303; whoever accepts `application/json` gets the center as it stands and, in `done`, what came of the act. Languages and undoing are bounded for each recipient and day (`againAt`); unsubscribing and pausing never are. `ask`, `language` and `undo` are counted for the network they come from (429), whatever stops mail is not.',
    body: [{ schema: WishInput, example: { act: 'pause', days: 30 } }],
    answer: [center],
    // By what is wished: whatever stops mail is never counted.
    faults: ['token.invalid', 'topic.gone', 'undo.expired', 'preferences.limited', 'rate.limited'],
    fields: {
      token,
      ...CENTER,
      act: 'What is wished.',
      shown: 'The topics that were shown as on.',
      topic: 'Those of them that stay; with `ask`, the topic to turn on.',
      days: 'How long everything is paused: to the end of that day, UTC.',
      locale: 'The language to read in.',
      undo: 'The text that the answer to the act held.',
    },
  },
  {
    id: 'showConfirmation',
    method: 'get',
    path: '/c/{token}',
    chapter: 'Recipients',
    summary: 'The page of a confirmation link',
    text: 'Shows what is asked and changes nothing.',
    answer: [html],
    faults: ['token.invalid', 'confirmation.gone'],
    fields: { token },
  },
  {
    id: 'confirmSubscription',
    method: 'post',
    path: '/c/{token}',
    chapter: 'Recipients',
    summary: 'Confirm a subscription',
    text: 'The press of the recipient, once; the link works for 7 days. Where the sender was given the link to mail it, the press takes back nothing that the recipient chose, and the page says what a check says.',
    body: form(''),
    answer: [html],
    faults: ['token.invalid', 'confirmation.gone'],
    fields: { token },
  },
  {
    id: 'receiveReceipt',
    method: 'post',
    path: '/c/{token}/receipt',
    chapter: 'Recipients',
    summary: 'The receipt of a confirmation, for whoever pressed it',
    text: 'The form of the page that answers the press, for half an hour: a JWS (EdDSA) that tells this confirmation and nothing from before. The link alone gives none. Any later receipt is among the recipient’s data.',
    body: form('press='),
    answer: [{ type: 'application/jose', schema: z.string(), example: 'eyJhbGciOiJFZERTQSJ9.e30.c2ln' }],
    faults: ['token.invalid', 'confirmation.gone'],
    fields: { token },
  },
  {
    id: 'cancelSubscription',
    method: 'post',
    path: '/c/{token}/cancel',
    chapter: 'Recipients',
    summary: 'Refuse a sign-up: this was not me',
    text: 'Ends the request and keeps others of the same workspace away for 30 days, whoever asks for them. It is also what one click on the header of the confirmation mail does.',
    answer: [text('Unsubscribed.\n'), html],
    faults: ['token.invalid', 'confirmation.gone'],
    fields: { token },
  },
]
