import type { TokenPurpose } from '../../core/keys.ts'
import { readToken } from '../../core/token.ts'
import type { UnsubscribeDeps } from '../unsubscribe/deps.ts'
import { findTopicOwner } from '../unsubscribe/topic-owner.ts'
import type { LinkReaders } from './deps.ts'

const topicLink = (purpose: TokenPurpose) => (deps: UnsubscribeDeps, token: string) => {
  const claim = readToken(deps.keyring, purpose, token)
  return claim && (async () => (await findTopicOwner(deps, claim.topic))?.workspace)
}

/** Readers of the links that name a topic. */
export const TOPIC_LINKS: LinkReaders<UnsubscribeDeps> = {
  u: topicLink('unsubscribe'),
  p: topicLink('preferences'),
}
