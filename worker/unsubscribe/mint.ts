import { Fault, invalidField } from '../../core/fault.ts'
import { messageRefRoom, originOf } from '../../core/origin.ts'
import { packAddresses } from '../../core/pack.ts'
import {
  addressTexts,
  type Claims,
  linkTextLength,
  linkTexts,
  sealTokens,
  type TokenTexts,
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
import { Written } from '../call/written.ts'
import type { Needs } from '../deps.ts'
import { addressFormsOf, addressNotes } from './address-forms.ts'
import * as api from './api.ts'
import { linkJson, type Mark } from './link-json.ts'

/**
 * Mints the links and header fields of up to 10,000 recipients, in their order. Writes nothing, since a link needs no row.
 * Throws `key.invalid`, `key.forbidden`, `topic.not_found`, `request.invalid` where a message reference would make the header
 * line too long, `database.unavailable`.
 */
export const mint = verb(api.mintLinks, async (ctx: Minting, input): Promise<Written<MintedLinks>> => {
  const [[topic]] = await ctx.read([mailedTopic(ctx.workspace, input.topic)])
  return linksFor(ctx, topic, input)
})

/** The answer to a call for links. */
export type MintedLinks = AnswerOf<typeof api.mintLinksDoc>

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
): Written<MintedLinks> {
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
  const linksWith = (mark: Mark) => {
    const mailto =
      unsubscribe?.inAddresses && tokenAddress(mark(unsubscribe.inAddresses), unsubscribeMailbox!)
    const headers = {
      // In a header field the link stands between angle brackets, and its line has no character to spare.
      ...(unsubscribe && unsubscribeHeaders(`${origin}/u/${mark(unsubscribe.inLinks)}`, mailto)),
      ...(feedback && feedbackHeaders(mark(feedback.inLinks), feedbackMailbox!)),
    }
    return {
      ...(unsubscribe && { unsubscribeUrl: `${origin}/u/${mark(unsubscribe.inLinks, true)}` }),
      preferencesUrl: `${origin}/p/${mark(preferences, true)}`,
      ...((unsubscribe || feedback) && { headers }),
      ...(feedback?.inAddresses && {
        returnPath: tokenAddress(mark(feedback.inAddresses), feedbackMailbox!),
      }),
    }
  }
  const notes = addressNotes(found, forms)
  return new Written(linkJson(input.recipients, places, linksWith, notes.length > 0 ? { notes } : {}))
}

type Linked = 'unsubscribe' | 'preferences' | 'feedback'

/** Returns the tokens of all recipients for links and, where a form is given, for mail addresses. */
function tokensOf(
  { hashMany, keyring }: Minting,
  purpose: Linked,
  claims: Claims,
  form: AddressForm | undefined,
): { inLinks: TokenTexts; inAddresses?: TokenTexts } {
  const sealed = sealTokens(hashMany, keyring, purpose, claims)
  const inLinks = linkTexts(sealed)
  if (!form) return { inLinks }
  // An address has no room for the message's reference.
  const bare = claims.ref.length === 0
  if (bare && form === 'case_sensitive') return { inLinks, inAddresses: inLinks }
  const short = bare ? sealed : sealTokens(hashMany, keyring, purpose, { ...claims, ref: new Uint8Array() })
  return { inLinks, inAddresses: form === 'case_proof' ? addressTexts(short) : linkTexts(short) }
}
