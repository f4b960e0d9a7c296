import { maskedAddress } from '../../core/address.ts'
import { dayIn, type Locale } from '../../core/locale.ts'
import type { RuntimeWords } from '../../core/runtime-words.ts'
import type { Markup } from '../http/markup.ts'
import type { Slots } from '../http/page.ts'
import type { LoadedPreferences } from './load.ts'
import { canBeUndone, type PreferenceOutcome } from './outcome.ts'
import type { Preference } from './preference.ts'

type PreferenceWords = RuntimeWords['preferences']

/** The data of the preference center's page. */
export interface Scene {
  opened: LoadedPreferences
  /** The act that led to this page, and its undo token. */
  done: { outcome: PreferenceOutcome; text: string } | undefined
  globalPrivacyControl: boolean
  path: string
  locale: Locale
  words: PreferenceWords
}

/** Returns the slots of the preference center's page. */
export function slotsOf({ opened, done, globalPrivacyControl, path, locale, words }: Scene): Slots {
  const { topics, pausedUntil, saleOptedOut, everythingStopped } = opened
  const outcome = done?.outcome
  const names = (numbers: number[] = []) =>
    listed(
      locale,
      topics.filter(({ number }) => numbers.includes(number)).map(topic => topic.displayName),
    )
  const asking = opened.askable && topics.some(({ returnable }) => returnable)
  const returning = !asking && topics.some(({ returnable }) => returnable)
  const blocked = topics.some(({ state, returnable }) => state === 'off' && !returnable)
  const changed = outcome !== undefined && outcome.act !== 'ask' && outcome.changed
  return {
    text: {
      sender: opened.sender,
      address: opened.address ? maskedAddress(opened.address) : '',
      pausedUntil: pausedUntil === null ? '' : dayIn(locale, pausedUntil),
      ended: names(outcome?.ended),
      stale: names(outcome?.stale),
    },
    html: {
      topics: (
        <>
          {topics.map(topic => (
            <Topic topic={topic} words={words} asking={asking} />
          ))}
        </>
      ),
    },
    value: { preferences: path, data: `${path}/access`, 'undo-text': done?.text ?? '' },
    show: {
      saved: changed && outcome.act !== 'undo',
      undone: changed && outcome.act === 'undo',
      asked: outcome?.act === 'ask',
      nothing: outcome !== undefined && outcome.act !== 'ask' && !changed && outcome.stale.length === 0,
      ended: (outcome?.ended.length ?? 0) > 0,
      stale: (outcome?.stale.length ?? 0) > 0,
      undo: outcome !== undefined && canBeUndone(outcome),
      paused: pausedUntil !== null,
      everything: everythingStopped,
      address: Boolean(opened.address),
      choice: topics.some(topic => topic.state === 'on'),
      asking,
      returning,
      blocked,
      comingBack: returning || blocked,
      gpc: globalPrivacyControl || saleOptedOut,
      gpcRecorded: saleOptedOut,
    },
  }
}

const listed = (locale: Locale, names: string[]): string => new Intl.ListFormat(locale).format(names)

interface Row {
  topic: Preference
  words: PreferenceWords
  /** Whether a topic can be asked for. */
  asking: boolean
}

/** A topic as site/styles/controls.css styles it; every state is also said in words. */
function Topic({ topic, words, asking }: Row): Markup {
  if (topic.state === 'on') return <TopicOn topic={topic} words={words} />
  const { kind, said, why } = standingIn(words)[topic.state]
  return (
    <li class={`topic topic-${kind}`}>
      <div class="topic-row">
        <Title topic={topic} />
        <span class="topic-state">{said}</span>
        <About topic={topic} />
        {why && <span class="topic-about">{why}</span>}
        {asking && topic.returnable && (
          <button
            type="submit"
            class="button topic-ask"
            form="ask"
            name="topic"
            value={topic.name}
            aria-label={`${words.ask}: ${topic.displayName}`}
          >
            {words.ask}
          </button>
        )}
      </div>
    </li>
  )
}

const standingIn = (
  words: PreferenceWords,
): Record<Exclude<Preference['state'], 'on'>, { kind: 'off' | 'required'; said: string; why?: string }> => ({
  off: { kind: 'off', said: words.off },
  pending: { kind: 'off', said: words.pending, why: words.pendingWhy },
  required: { kind: 'required', said: words.required, why: words.requiredWhy },
})

/** A topic that can be turned off. The hidden field lists it as shown, so that a topic added since is not taken for one left out. */
const TopicOn = ({ topic, words }: Omit<Row, 'asking'>): Markup => (
  <li class="topic">
    <input type="hidden" name="shown" value={topic.name} />
    <label class="topic-row">
      <input type="checkbox" name="topic" value={topic.name} checked />
      <Title topic={topic} />
      <span class="topic-state" aria-hidden="true">
        <span class="topic-staying">{words.on}</span>
        <span class="topic-leaving">{words.leaving}</span>
      </span>
      <About topic={topic} />
    </label>
  </li>
)

const Title = ({ topic }: { topic: Preference }): Markup => (
  <span class="topic-name">
    <bdi>{topic.displayName}</bdi>
  </span>
)

const About = ({ topic }: { topic: Preference }): Markup => (
  <>
    <span class="topic-about">
      <bdi>{topic.description}</bdi>
    </span>
    {topic.frequency !== null && (
      <span class="topic-often">
        <bdi>{topic.frequency}</bdi>
      </span>
    )}
  </>
)
