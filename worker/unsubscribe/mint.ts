import { Fault, invalidField } from '../../core/fault.ts'
import { messageRefRoom, originOf } from '../../core/origin.ts'
import { packAddresses } from '../../core/pack.ts'
import {
  addressTexts,
  asLinkEnd,
  type Claims,
  linkTextLength,
  linkTexts,
  sealTokens,
} from '../../core/token.ts'
import {
  type AddressForm,
  feedbackHeaders,
  tokenAddress,
  unsubscribeHeaders,
} from '../../core/unsubscribe-headers.ts'
import { type MailedTopic, mailedTopic } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf, InputOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import { addressFormsOf, addressNotes } from './address-forms.ts'
import type { LinkNote, Links } from './api.ts'
import * as api from './api.ts'

/**
 * Mints the links and header fields of up to 10,000 recipients, in their order. Writes nothing, since a link needs no row.
 * Throws `key.invalid`, `key.forbidden`, `topic.not_found`, `request.invalid` where a message reference would make the header
 * line too long, `database.unavailable`.
 */
export const mint = verb(
  api.mintLinks,
  async (ctx: Minting, input): Promise<AnswerOf<typeof api.mintLinksDoc>> => {
    const [[topic]] = await ctx.read([mailedTopic(ctx.workspace, input.topic)])
    const { links, notes } = linksFor(ctx, topic, input)
    return { links, ...(notes.length > 0 && { notes }) }
  },
)

/** What minting needs. */
export type Minting = CallContext<Needs<'baseUrl' | 'hashMany' | 'indexes' | 'keyring'>>

/**
 * Returns the links of a call's recipients for the topic that was found, and what is to be known about their addresses. Throws
 * `topic.not_found`, `request.invalid`.
 */
export function linksFor(
  ctx: Minting,
  found: MailedTopic | undefined,
  input: InputOf<typeof api.mintLinks>,
): { links: Links[]; notes: LinkNote[] } {
  if (!found) throw new Fault({ code: 'topic.not_found', topic: input.topic })
  const { number: topic, unsubscribeMailbox, feedbackMailbox } = found
  const origin = originOf(found.linkHost, ctx.baseUrl)
  const ref = new TextEncoder().encode(input.messageRef ?? '')
  const room = messageRefRoom(origin)
  if (ref.length > room) {
    throw invalidField(
      'messageRef',
      room === 0
        ? 'must be left out: with it, List-Unsubscribe lines at this host would not stay within 78 characters'
        : `may have ${room} characters at most, so that List-Unsubscribe lines at this host stay within 78`,
    )
  }
  const { hashes, places } = packAddresses(ctx.hashMany, input.recipients)
  const ids = ctx.indexes.tenant(ctx.tenant).ids(ctx.hashMany, hashes)
  const forms = addressFormsOf(found, `${origin}/u/${'A'.repeat(linkTextLength(ref.length))}`)
  const tokens = (purpose: Linked, form?: AddressForm) => tokensOf(ctx, purpose, { topic, ids, ref }, form)
  const unsubscribe = found.kind === 'marketing' ? tokens('unsubscribe', forms.mailto) : undefined
  const preferences = tokens('preferences').inLinks
  const feedback = feedbackMailbox ? tokens('feedback', forms.returnPath) : undefined
  const links = input.recipients.map((address): Links => ({ address, error: 'invalid_address' }))
  places.forEach((place, i) => {
    const complaints = feedback && feedbackHeaders(feedback.inLinks[i]!, feedbackMailbox!)
    const oneClick = unsubscribe && `${origin}/u/${unsubscribe.inLinks[i]}`
    const mailto = unsubscribe?.inAddresses && tokenAddress(unsubscribe.inAddresses[i]!, unsubscribeMailbox!)
    links[place] = {
      address: input.recipients[place]!,
      ...(oneClick !== undefined && { unsubscribeUrl: asLinkEnd(oneClick) }),
      preferencesUrl: asLinkEnd(`${origin}/p/${preferences[i]}`),
      // In a header field the link stands between angle brackets, and its line has no character to spare.
      ...(oneClick !== undefined
        ? { headers: { ...unsubscribeHeaders(oneClick, mailto), ...complaints } }
        : complaints && { headers: complaints }),
      ...(feedback?.inAddresses && { returnPath: tokenAddress(feedback.inAddresses[i]!, feedbackMailbox!) }),
    }
  })
  return { links, notes: addressNotes(found, forms) }
}

type Linked = 'unsubscribe' | 'preferences' | 'feedback'

/** Returns the tokens of all recipients for links and, where a form is given, for mail addresses. */
function tokensOf(
  { hashMany, keyring }: Minting,
  purpose: Linked,
  claims: Claims,
  form: AddressForm | undefined,
): { inLinks: string[]; inAddresses?: string[] } {
  const sealed = sealTokens(hashMany, keyring, purpose, claims)
  const inLinks = linkTexts(sealed)
  if (!form) return { inLinks }
  // An address has no room for the message's reference.
  const bare = claims.ref.length === 0
  if (bare && form === 'case_sensitive') return { inLinks, inAddresses: inLinks }
  const short = bare ? sealed : sealTokens(hashMany, keyring, purpose, { ...claims, ref: new Uint8Array() })
  return { inLinks, inAddresses: form === 'case_proof' ? addressTexts(short) : linkTexts(short) }
}
