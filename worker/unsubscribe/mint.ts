import { Fault, invalidField } from '../../core/fault.ts'
import { originOf } from '../../core/origin.ts'
import { packAddresses } from '../../core/pack.ts'
import { mintTokens } from '../../core/token.ts'
import { feedbackHeaders, returnPath, unsubscribeHeaders } from '../../core/unsubscribe-headers.ts'
import { type MailedTopic, mailedTopic } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf, InputOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import type { Links } from './api.ts'
import * as api from './api.ts'

/** The longest header line that every library leaves intact (RFC 5322 §2.1.1). */
const LINE_MAX = 78

/**
 * Mints the links and header fields of up to 10,000 recipients, in their order. Writes nothing, since a link needs no row.
 * Throws `key.invalid`, `key.forbidden`, `topic.not_found`, `request.invalid` where a message reference would make the header
 * line too long, `database.unavailable`.
 */
export const mint = verb(
  api.mintLinks,
  async (ctx: Minting, input): Promise<AnswerOf<typeof api.mintLinksDoc>> => {
    const [[topic]] = await ctx.read([mailedTopic(ctx.workspace, input.topic)])
    return { links: linksFor(ctx, topic, input) }
  },
)

/** What minting needs. */
export type Minting = CallContext<Needs<'baseUrl' | 'hashMany' | 'indexes' | 'keyring'>>

/** Returns the links of a call's recipients for the topic that was found. Throws `topic.not_found`, `request.invalid`. */
export function linksFor(
  ctx: Minting,
  found: MailedTopic | undefined,
  input: InputOf<typeof api.mintLinks>,
): Links[] {
  if (!found) throw new Fault({ code: 'topic.not_found', topic: input.topic })
  const { number: topic, unsubscribeMailbox, feedbackMailbox } = found
  const origin = originOf(found.linkHost, ctx.baseUrl)
  const ref = new TextEncoder().encode(input.messageRef ?? '')
  const line = ` <${origin}/u/>`.length + Math.ceil(((29 + ref.length) * 8) / 6)
  if (line > LINE_MAX) {
    throw invalidField(
      'messageRef',
      `would make the List-Unsubscribe line ${line} characters long; ${LINE_MAX} is the most that stays intact`,
    )
  }
  const { hashes, places } = packAddresses(ctx.hashMany, input.recipients)
  const ids = ctx.indexes.tenant(ctx.tenant).ids(ctx.hashMany, hashes)
  const tokens = (purpose: 'unsubscribe' | 'preferences' | 'feedback') =>
    mintTokens(ctx.hashMany, ctx.keyring, purpose, { topic, ids, ref })
  const unsubscribe = found.kind === 'marketing' ? tokens('unsubscribe') : undefined
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
  return links
}
