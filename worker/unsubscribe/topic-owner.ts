import { clusterOf, numbersOf } from '../../core/cluster.ts'
import { Fault } from '../../core/fault.ts'
import { anyTopic, type TopicOwner, topicByNumber } from '../../db/topic.ts'
import type { UnsubscribeDeps } from './deps.ts'

/** Owners of topics that an isolate remembers, about 1 MB; the one it learned first makes room for another. */
export const OWNERS_MAX = 10_000

/**
 * Returns the owner of a topic, or undefined where the topic does not exist. A replica that lacks it is not trusted.
 *
 * A click on a deleted topic succeeds without any effect. So only the topic's own cluster is asked, and a database without
 * any topic of that cluster, empty or another's by mistake, is not trusted either. Throws `database.unavailable`.
 */
export async function findTopicOwner(deps: UnsubscribeDeps, topic: number): Promise<TopicOwner | undefined> {
  if (clusterOf(topic) !== deps.cluster) throw new Fault({ code: 'database.unavailable' })
  const { topicOwners } = deps
  const known = topicOwners.get(topic)
  if (known) return known
  for (const freshness of ['may-lag', 'fresh'] as const) {
    const [[found]] = await deps.db.read(freshness, [topicByNumber(topic)])
    if (found) {
      const { workspace, tenant, kind } = found
      const place = { topic, workspace, tenant, kind }
      if (topicOwners.size >= OWNERS_MAX) topicOwners.delete(topicOwners.keys().next().value!)
      topicOwners.set(topic, place)
      return place
    }
  }
  const [ours] = await deps.db.read('fresh', [anyTopic(numbersOf(deps.cluster))])
  if (ours) return undefined
  deps.log('cluster', new Error(`the database of cluster ${deps.cluster} has no topic of its own`))
  throw new Fault({ code: 'database.unavailable' })
}
