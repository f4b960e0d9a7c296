import type { TopicOwner } from '../../db/topic.ts'
import type { Deps } from '../deps.ts'

/** The dependencies of links that name a topic. */
export interface UnsubscribeDeps extends Deps {
  /** Owners of topics, cached: at most `OWNERS_MAX`. */
  topicOwners: Map<number, TopicOwner>
}
