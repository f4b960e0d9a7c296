import * as z from 'zod/mini'
import { WishInput } from '../../worker/preference/wish.ts'
import { AT, type Content, type Operation } from './operation.ts'

const html: Content = { type: 'text/html', schema: z.string(), example: '<!doctype html>…' }
const text = (example: string): Content => ({ type: 'text/plain', schema: z.string(), example })
const form = (example: string): Content[] => [
  { type: 'application/x-www-form-urlencoded', schema: z.string(), example },
]
const token = 'The signed text of the link. It says whose and which it is; no look-up, no login.'

/** What stands behind the links of a mail. */
export const RECIPIENTS: Operation[] = [
  {
    id: 'oneClickUnsubscribe',
    method: 'post',
    path: '/u/{token}',
    chapter: 'Recipients',
    summary: 'One-click unsubscribe (RFC 8058)',
    text: 'What a mail client fires. Any content type, any body, none at all. Never a redirect, never a cookie. The same again is answered the same.',
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
    text: 'A page for people; the same as JSON for whoever accepts `application/json`.',
    answer: [
      html,
      {
        schema: z.looseObject({
          sender: z.string(),
          topics: z.array(
            z.looseObject({
              name: z.string(),
              displayName: z.string(),
              description: z.string(),
              frequency: z.optional(z.string()),
              state: z.enum(['on', 'off', 'pending', 'required']),
              since: z.optional(z.iso.datetime()),
            }),
          ),
          pausedUntil: z.optional(z.iso.datetime()),
          everythingStopped: z.boolean(),
          why: z.looseObject({ ground: z.string() }),
          saleOptOutAt: z.optional(z.iso.datetime()),
          history: z.array(z.looseObject({ at: z.iso.datetime(), what: z.string() })),
        }),
        example: {
          sender: 'North & Co.',
          topics: [
            { name: 'news', displayName: 'News', description: 'What is new.', state: 'off', since: AT },
          ],
          everythingStopped: false,
          why: { ground: 'confirmed', source: 'north.example', at: AT },
          history: [{ at: AT, what: 'off', topics: ['News'] }],
        },
      },
    ],
    faults: ['token.invalid', 'topic.gone'],
    fields: {
      token,
      sender: 'Who writes.',
      topics: 'Everything they send.',
      'topics[].name': 'The topic.',
      'topics[].displayName': 'What recipients read.',
      'topics[].description': 'What it is.',
      'topics[].state':
        '`pending`: asked for, and not confirmed. `required`: sent because something is owed.',
      'topics[].since': 'Since when it is so.',
      pausedUntil: 'Until when everything is paused.',
      'topics[].frequency': 'How often it comes, in the sender’s words.',
      everythingStopped: 'Whether all mail of the sender is off.',
      why: 'Why mail comes.',
      'why.ground': '`confirmed`, the basis that the sender recorded, or `unknown`.',
      saleOptOutAt: 'Since when nothing about them may be sold or shared.',
      history: 'What was chosen here, newest first.',
      'history[].at': 'When.',
      'history[].what': 'What it was.',
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
    text: 'The press of the recipient, once; the link works for 7 days.',
    body: form(''),
    answer: [html],
    faults: ['token.invalid', 'confirmation.gone'],
    fields: { token },
  },
  {
    id: 'cancelSubscription',
    method: 'post',
    path: '/c/{token}/cancel',
    chapter: 'Recipients',
    summary: 'Refuse a sign-up: this was not me',
    text: 'Ends the request and keeps others of the same workspace away for 30 days. It is also what one click on the header of the confirmation mail does.',
    answer: [text('Unsubscribed.\n'), html],
    faults: ['token.invalid', 'confirmation.gone'],
    fields: { token },
  },
]
