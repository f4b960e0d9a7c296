import * as z from 'zod/mini'
import { TOPICS_MAX } from '../../core/limits.ts'
import { LOCALES } from '../../core/locale.ts'
import { list, object, oneOf, optional, text, union, withDefault } from '../../core/shape.ts'
import { documented, named, operation } from '../call/operation.ts'
import { htmlPage, LINK_TOKEN } from '../http/example.ts'
import { BODY_LIMIT_BYTES } from '../http/limits.ts'

const name = text({ max: 63 })
const names = withDefault(list(name, TOPICS_MAX), [])
const boxes = { shown: names, topic: names }
const ticks = optional(object(boxes))

const ACTS = ['save', 'pause', 'stop', 'ask', 'language', 'opt_out_of_sale', 'undo'] as const

const EXAMPLE = {
  sender: 'North & Co.',
  topics: [{ name: 'news', displayName: 'News', description: 'What is new.', state: 'off' }],
  everythingStopped: false,
  saleOptedOut: false,
}

const center = /* @__PURE__ */ named(
  'Preferences',
  () =>
    z.strictObject({
      sender: z.string(),
      topics: z.array(
        z.strictObject({
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
      done: z.optional(
        z.strictObject({
          act: z.enum(ACTS),
          changed: z.boolean(),
          ended: z.array(z.string()),
          stale: z.array(z.string()),
          refused: z.optional(z.literal(true)),
          undo: z.optional(z.string()),
        }),
      ),
    }),
  () => ({
    sender: 'Who writes.',
    topics: 'Everything they send.',
    'topics[].name': 'The topic.',
    'topics[].displayName': 'What recipients read.',
    'topics[].description': 'What it is.',
    'topics[].frequency': 'How often it comes, in the sender’s words.',
    'topics[].state': '`pending`: asked for, and not confirmed. `required`: sent because something is owed.',
    pausedUntil: 'Until when everything is paused.',
    everythingStopped: 'Whether all mail of the sender is off.',
    saleOptedOut: 'Whether nothing about them may be sold or shared.',
    done: 'What came of the act; not there where the center is looked at.',
    'done.act': 'The act.',
    'done.changed': 'Whether it changed anything.',
    'done.ended': 'Topics that it turned off.',
    'done.stale': 'Topics that had become something else since they were shown, and were left as they are.',
    'done.refused':
      'There where the act itself was refused, after the topics that `ticks` left out had been turned off.',
    'done.undo': 'What takes it back, where that can be done: `{"act": "undo", "undo": …}`.',
  }),
)

/** The preference center, as programs read it. */
export type Preferences = z.infer<ReturnType<typeof center>>

/** `GET /p/{token}` */
export const showPreferences = operation({
  id: 'showPreferences',
  method: 'GET',
  path: '/p/:token',
  permission: null,
})

export const showPreferencesDoc = /* @__PURE__ */ documented(showPreferences, () => ({
  chapter: 'Recipients',
  summary: 'The preference center',
  text: 'A page for people; the same as JSON for whoever accepts `application/json`. It tells how the recipient stands now. When they chose, why mail comes and what was before stands among their data, which only a fresh mail to their address opens: a link may have been passed on.',
  answer: htmlPage(),
  otherwise: [{ schema: center(), example: EXAMPLE }],
  faults: ['token.invalid', 'topic.gone'],
  fields: {
    token: LINK_TOKEN,
  },
}))

/** `POST /p/{token}` */
export const updatePreferences = operation({
  id: 'updatePreferences',
  method: 'POST',
  path: '/p/:token',
  permission: null,
  limitBytes: BODY_LIMIT_BYTES,
  input: union('act', {
    save: boxes,
    pause: { days: oneOf([30, 60, 90]), ticks },
    stop: { ticks },
    ask: { topic: name, ticks },
    language: { locale: oneOf(LOCALES), ticks },
    opt_out_of_sale: { ticks },
    undo: { undo: text({ max: 1500 }), ticks },
  }),
})

export const updatePreferencesDoc = /* @__PURE__ */ documented(updatePreferences, () => ({
  chapter: 'Recipients',
  summary: 'Choose in the preference center',
  text: 'What the page’s form sends, or the same as JSON. A link in a mail only ever reduces mail: `ask` mails a confirmation unless its recipient has had enough of them or refused one lately, which the answer does not tell, and `undo` takes what only the answer to an act holds. A page is answered with 303; whoever accepts `application/json` gets the center as it stands and, in `done`, what came of the act. Languages and undoing are bounded for each recipient and day (`againAt`); unsubscribing and pausing never are. `ask`, `language` and `undo` are counted for the network they come from (429), whatever stops mail is not.',
  example: { act: 'pause', days: 30 },
  answer: { schema: center(), example: EXAMPLE },
  faults: [
    'token.invalid',
    'topic.gone',
    'undo.expired',
    'preferences.limited',
    'rate.limited',
    'service.unavailable',
  ],
  fields: {
    token: LINK_TOKEN,
    act: 'The act.',
    shown: 'The topics that were shown as on.',
    topic: 'Those of them that stay; with `ask`, the topic to turn on.',
    days: 'How long everything is paused: to the end of that day, UTC.',
    locale: 'The language to read in.',
    undo: 'The text that the answer to the act held.',
    ticks:
      'The boxes of the page, which count whatever button is pressed: `shown` and `topic` as `save` has them. They are saved before the act.',
    'ticks.shown': 'The topics that were shown as on.',
    'ticks.topic': 'Those of them that stay.',
  },
}))
