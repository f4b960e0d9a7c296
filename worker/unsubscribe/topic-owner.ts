import { clusterOf, numbersOf } from '../../core/cluster.ts'
import { Fault } from '../../core/fault.ts'
import { anyTopic, type TopicOwner, topicByNumber } from '../../db/topic.ts'
import type { Deps } from '../deps.ts'

/**
 * Finds where a topic belongs, or undefined when there is no such topic. A replica that has not heard of it is not believed.
 *
 * That a topic is gone makes a click a success with nothing done. So only its own cluster is asked, and a database that has no topic at
 * all is somebody else's, or empty by mistake, and not believed either. Throws `database.unavailable`.
 */
export async function findTopicOwner(deps: Deps, topic: number): Promise<TopicOwner | undefined> {
  if (clusterOf(topic) !== deps.cluster) throw new Fault({ code: 'database.unavailable' })
  const known = deps.topicOwners.get(topic)
  if (known) return known
  for (const freshness of ['may-lag', 'fresh'] as const) {
    const [[found]] = await deps.db.read(freshness, [topicByNumber(topic)])
    if (found) {
      const { workspace, tenant, kind } = found
      const place = { topic, workspace, tenant, kind }
      deps.topicOwners.set(topic, place)
      return place
    }
  }
  const [ours] = await deps.db.read('fresh', [anyTopic(numbersOf(deps.cluster))])
  if (ours) return undefined
  deps.log('cluster', new Error(`the database of cluster ${deps.cluster} has no topic of its own`))
  throw new Fault({ code: 'database.unavailable' })
}
