import { type TopicPlace, topicByNumber } from '../../db/topic.ts'
import type { Deps } from '../deps.ts'

/** Where a topic belongs. It never moves, so what was read once stays true for as long as the isolate lives. */
export type Place = Pick<TopicPlace, 'topic' | 'workspace' | 'tenant'>

/** Finds where a topic belongs, or undefined when there is no such topic. A replica that has not heard of it is not believed. */
export async function findPlace(deps: Deps, topic: number): Promise<Place | undefined> {
  const known = deps.places.get(topic)
  if (known) return known
  for (const freshness of ['may-lag', 'fresh'] as const) {
    const [[found]] = await deps.db.read(freshness, [topicByNumber(topic)])
    if (found) {
      const place = { topic: found.topic, workspace: found.workspace, tenant: found.tenant }
      deps.places.set(topic, place)
      return place
    }
  }
  return undefined
}
