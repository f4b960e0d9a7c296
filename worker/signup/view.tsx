import { directionOf, type Locale } from '../../core/locale.ts'
import type { RuntimeWords } from '../../core/runtime-words.ts'
import type { OwnTopic } from '../../db/topic.ts'
import type { Markup } from '../http/markup.ts'
import { fill } from '../http/page.ts'

/** Content of a form that a sender pastes into a page. */
export interface Snippet {
  url: string
  locale: Locale
  topics: readonly OwnTopic[]
  wording: string
  notice: { name: string; version: string; url: string }
  words: RuntimeWords['signup']
}

const LINE = '\n'

/** A form for a sender's own page: without style or script, so that it looks as the page does. No topic is ticked before. */
export const snippet = ({ url, locale, topics, wording, notice, words }: Snippet): Markup => (
  <form method="post" action={url} accept-charset="utf-8" lang={locale} dir={directionOf(locale)}>
    {LINE}
    <p>
      <label>
        {words.address} <input type="email" name="address" autocomplete="email" maxlength={254} required />
      </label>
    </p>
    {LINE}
    {topics.length > 1 && (
      <fieldset>
        <legend>{words.choose}</legend>
        {LINE}
        {topics.map(({ name, displayName }) => (
          <>
            <label>
              <input type="checkbox" name="topics" value={name} /> {displayName}
            </label>
            {LINE}
          </>
        ))}
      </fieldset>
    )}
    {topics.length > 1 && LINE}
    <p hidden>
      <label>
        {words.empty} <input type="text" name="website" tabindex={-1} autocomplete="off" />
      </label>
    </p>
    {LINE}
    <p>
      {wording}{' '}
      <a href={notice.url}>{fill(words.notice, { notice: notice.name, version: notice.version })}</a>
    </p>
    {LINE}
    <p>
      <button type="submit">{words.send}</button>
    </p>
    {LINE}
  </form>
)

/** The topics of a form's page, to be chosen from; those in `chosen` are ticked. */
export const topicChoice = (topics: readonly OwnTopic[], chosen: readonly string[]): Markup => (
  <>
    {topics.map(({ name, displayName, description, frequency }) => (
      <li class="topic">
        <label class="topic-row">
          <input type="checkbox" name="topics" value={name} checked={chosen.includes(name)} />
          <span class="topic-name">
            <bdi>{displayName}</bdi>
          </span>
          <span class="topic-about">
            <bdi>{description}</bdi>
          </span>
          {frequency !== null && (
            <span class="topic-often">
              <bdi>{frequency}</bdi>
            </span>
          )}
        </label>
      </li>
    ))}
  </>
)
