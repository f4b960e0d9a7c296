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
  const off = (numbers: number[] = []) =>
    new Intl.ListFormat(locale).format(
      topics.flatMap(one => (numbers.includes(one.number) && one.state !== 'on' ? one.displayName : [])),
    )
  const [ended, stale] = [off(outcome?.ended), off(outcome?.stale)]
  const asking = opened.askable && topics.some(({ returnable }) => returnable)
  const returning = !asking && topics.some(({ returnable }) => returnable)
  const blocked = topics.some(({ state, returnable }) => state === 'off' && !returnable)
  const did = (act: PreferenceOutcome['act']) => outcome?.act === act && !outcome.refused
  // The page may be opened again later: what an act did is told only while it is so.
  const stopped = did('stop') && everythingStopped
  const pausing = did('pause') && pausedUntil !== null
  const optedOut = did('opt_out_of_sale') && saleOptedOut
  const spoken = did('language') && outcome!.changed
  const saved = ended !== '' || stopped || pausing || optedOut || spoken
  const undone = did('undo') && outcome!.changed
  const asked = did('ask')
  return {
    text: {
      sender: opened.sender,
      address: opened.address ? maskedAddress(opened.address) : '',
      pausedUntil: pausedUntil === null ? '' : dayIn(locale, pausedUntil),
      ended,
      stale,
    },
    html: {
      topics: (
        <>
          {sorted(topics).map(topic => (
            <Topic topic={topic} words={words} asking={asking} />
          ))}
        </>
      ),
    },
    value: { preferences: path, data: `${path}/access`, undo: `undo ${done?.text}` },
    show: {
      saved,
      onlySaved: saved && !undone && !asked,
      ended: ended !== '',
      stopped,
      pausing,
      optedOut,
      spoken,
      undone,
      asked,
      stale: stale !== '',
      refused: outcome?.refused ?? false,
      nothing: outcome?.changed === false && outcome.ended.length === 0 && !asked && !saved && stale === '',
      undo: outcome !== undefined && canBeUndone(outcome) && (ended !== '' || stopped || pausing),
      told: saved || undone || asked,
      paused: pausedUntil !== null,
      everything: everythingStopped,
      owed: topics.some(({ state }) => state === 'required'),
      address: Boolean(opened.address),
      choice: topics.some(({ state }) => state === 'on'),
      asking,
      returning,
      blocked,
      gpc: globalPrivacyControl || saleOptedOut,
      gpcSent: globalPrivacyControl,
      gpcRecorded: saleOptedOut,
    },
  }
}

/** What nobody can turn off stands last. */
const sorted = (topics: readonly Preference[]): Preference[] => [
  ...topics.filter(({ state }) => state !== 'required'),
  ...topics.filter(({ state }) => state === 'required'),
]

interface Row {
  topic: Preference
  words: PreferenceWords
  /** Whether a topic can be asked for. */
  asking: boolean
}

/** A topic as site/styles/controls.css styles it; every state is also said in words. */
function Topic({ topic, words, asking }: Row): Markup {
  if (topic.state === 'on') return <TopicOn topic={topic} words={words} />
  const why = { off: '', pending: words.pendingWhy, required: words.requiredWhy }[topic.state]
  return (
    <li class={`topic topic-${topic.state}`}>
      <div class="topic-row">
        <Title topic={topic} />
        <span class="topic-state">{words[topic.state]}</span>
        <About topic={topic} />
        {why && <span class="topic-about">{why}</span>}
        {asking && topic.returnable && (
          <button
            type="submit"
            class="button topic-ask"
            name="act"
            value={`ask ${topic.name}`}
            aria-label={`${words.ask}: ${topic.displayName}`}
          >
            {words.ask}
          </button>
        )}
      </div>
    </li>
  )
}

/** A topic that can be turned off. The hidden field lists it as shown, so that a topic added since is not taken for one left out. */
const TopicOn = ({ topic, words }: Omit<Row, 'asking'>): Markup => (
  <li class="topic">
    <input type="hidden" name="shown" value={topic.name} />
    <label class="topic-row">
      <input type="checkbox" name="topic" value={topic.name} checked />
      <Title topic={topic} />
      <span class="topic-state topic-leaving" aria-hidden="true">
        {words.leaving}
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

const About = ({ topic: { description, frequency } }: { topic: Preference }): Markup => (
  <span class="topic-about">
    <bdi>{description}</bdi>
    {frequency !== null && (
      <>
        {'\u00a0· '}
        <bdi>{frequency}</bdi>
      </>
    )}
  </span>
)
