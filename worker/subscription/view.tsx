import type { OwnTopic } from '../../db/topic.ts'
import type { Markup } from '../http/markup.ts'

/** The topics of a sign-up. */
export const topicList = (topics: readonly OwnTopic[]): Markup => (
  <>
    {topics.map(({ displayName, description }) => (
      <li class="topic topic-plain">
        <span class="topic-name">
          <bdi>{displayName}</bdi>
        </span>
        <span class="topic-about">
          <bdi>{description}</bdi>
        </span>
      </li>
    ))}
  </>
)
