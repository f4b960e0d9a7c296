import type { Markup } from '../http/markup.ts'

/** The topics of an address that moves, by the names recipients know. */
export const topicList = (names: readonly string[]): Markup => (
  <>
    {names.map(name => (
      <li class="topic topic-plain">
        <span class="topic-name">
          <bdi>{name}</bdi>
        </span>
      </li>
    ))}
  </>
)
