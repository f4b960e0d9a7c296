import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { originOf } from '../../core/origin.ts'
import { packAddresses } from '../../core/pack.ts'
import { mintTokens } from '../../core/token.ts'
import { feedbackHeaders, returnPath, unsubscribeHeaders } from '../../core/unsubscribe-headers.ts'
import { apiKeyWithTopic } from '../../db/api-key.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import type { Links } from './api.ts'
import * as api from './api.ts'

/** The longest header line that every library leaves intact (RFC 5322 §2.1.1). */
const LINE_MAX = 78

/**
 * Mints the links and header fields of up to 10,000 recipients, in their order. Writes nothing, since a link needs no row.
 * Throws `key.invalid`, `key.forbidden`, `topic.not_found`, `request.invalid` where a message reference would make the header
 * line too long, `database.unavailable`.
 */
export async function mint(
  deps: Deps,
  claim: ApiKeyClaims,
  input: InputOf<typeof api.mintLinks>,
): Promise<AnswerOf<typeof api.mintLinksDoc>> {
  const [[key]] = await deps.db.read('fresh', [apiKeyWithTopic(claim.keyId, input.topic)])
  const principal = authorize(claim, key, api.mintLinks.permission)
  const { topic, unsubscribeMailbox, feedbackMailbox } = key!
  const origin = originOf(key!.linkHost, deps.baseUrl)
  if (topic === null) throw new Fault({ code: 'topic.not_found', topic: input.topic })
  const ref = new TextEncoder().encode(input.messageRef ?? '')
  const line = ` <${origin}/u/>`.length + Math.ceil(((29 + ref.length) * 8) / 6)
  if (line > LINE_MAX) {
    throw invalidField(
      'messageRef',
      `would make the List-Unsubscribe line ${line} characters long; ${LINE_MAX} is the most that stays intact`,
    )
  }
  touchLastUsed(deps, principal.keyId, key!.lastUsedAt)
  const { hashes, places } = packAddresses(deps.hashMany, input.recipients)
  const ids = deps.indexes.tenant(principal.tenant).ids(deps.hashMany, hashes)
  const tokens = (purpose: 'unsubscribe' | 'preferences' | 'feedback') =>
    mintTokens(deps.hashMany, deps.keyring, purpose, { topic, ids, ref })
  const unsubscribe = key!.kind === 'marketing' ? tokens('unsubscribe') : undefined
  const preferences = tokens('preferences')
  const feedback = feedbackMailbox && tokens('feedback')
  const links = input.recipients.map((address): Links => ({ address, error: 'invalid_address' }))
  places.forEach((place, i) => {
    const complaints = feedback && feedbackHeaders(feedback[i]!, feedbackMailbox)
    const unsubscribeUrl = unsubscribe && `${origin}/u/${unsubscribe[i]}`
    links[place] = {
      address: input.recipients[place]!,
      ...(unsubscribeUrl !== undefined && { unsubscribeUrl }),
      preferencesUrl: `${origin}/p/${preferences[i]}`,
      ...(unsubscribeUrl !== undefined
        ? {
            headers: {
              ...unsubscribeHeaders(unsubscribeUrl, unsubscribe![i]!, unsubscribeMailbox),
              ...complaints,
            },
          }
        : complaints && { headers: complaints }),
      ...(feedback && { returnPath: returnPath(feedback[i]!, feedbackMailbox) }),
    }
  })
  return { links }
}
