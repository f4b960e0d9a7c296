import { maskedAddress } from '../../core/address.ts'
import { dayIn, type Locale } from '../../core/locale.ts'
import type { RuntimeWords } from '../../core/runtime-words.ts'
import { escapeHtml, type Slots } from '../http/page.ts'
import type { LoadedPreferences } from './load.ts'
import { canBeUndone, type PreferenceOutcome } from './outcome.ts'
import type { Preference } from './preference.ts'

type Words = RuntimeWords['preferences']

/** The data of the preference center's page. */
export interface Scene {
  opened: LoadedPreferences
  /** The act that led to this page, and its undo token. */
  done: { outcome: PreferenceOutcome; text: string } | undefined
  globalPrivacyControl: boolean
  path: string
  locale: Locale
  words: Words
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
      topics: topics.map(topic => item(topic, words, asking)).join(''),
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

const bdi = (text: string): string => `<bdi>${escapeHtml(text)}</bdi>`

/** The HTML that site/styles/controls.css styles; every state is also said in words. */
function item(topic: Preference, words: Words, asking: boolean): string {
  const { name, displayName, description, frequency, state, returnable } = topic
  const value = `value="${escapeHtml(name)}"`
  const title = `<span class="topic-name">${bdi(displayName)}</span>`
  const often = frequency === null ? '' : `<span class="topic-often">${bdi(frequency)}</span>`
  const about = (reason = '') =>
    `<span class="topic-about">${bdi(description)}</span>${often}${reason && `<span class="topic-about">${escapeHtml(reason)}</span>`}`
  const button =
    asking && returnable
      ? `<button class="button topic-ask" form="ask" name="topic" ${value} aria-label="${escapeHtml(`${words.ask}: ${displayName}`)}">${escapeHtml(words.ask)}</button>`
      : ''
  const row = (kind: 'off' | 'required', said: string, reason?: string) =>
    `<li class="topic topic-${kind}"><div class="topic-row">${title}<span class="topic-state">${escapeHtml(said)}</span>${about(reason)}${button}</div></li>`
  switch (state) {
    case 'on': {
      // The hidden field lists the topic as shown, so that a topic added since is not taken for one left out.
      const said = `<span class="topic-state" aria-hidden="true"><span class="topic-staying">${escapeHtml(words.on)}</span><span class="topic-leaving">${escapeHtml(words.leaving)}</span></span>`
      return `<li class="topic"><input type="hidden" name="shown" ${value}><label class="topic-row"><input type="checkbox" name="topic" ${value} checked>${title}${said}${about()}</label></li>`
    }
    case 'off':
      return row('off', words.off)
    case 'pending':
      return row('off', words.pending, words.pendingWhy)
    case 'required':
      return row('required', words.required, words.requiredWhy)
  }
}
