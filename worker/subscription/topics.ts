import { Fault } from '../../core/fault.ts'
import type { OwnTopic } from '../../db/topic.ts'

/** Returns the topics of a workspace that a call names, each once. Throws `topic.not_found`. */
export const namedTopics = (topics: readonly OwnTopic[], names: readonly string[]): OwnTopic[] =>
  [...new Set(names)].map(name => {
    const topic = topics.find(known => known.name === name)
    if (!topic) throw new Fault({ code: 'topic.not_found', topic: name })
    return topic
  })
