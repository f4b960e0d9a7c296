import { addressHash, canonicalAddress } from '../../core/address.ts'
import { equalBytes } from '../../core/bytes.ts'
import { LINK_KINDS, LINK_STATES } from '../../core/codes/rights.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { newRef } from '../../core/id.ts'
import { readToken } from '../../core/token.ts'
import { type BrandRow, brandOfTopic } from '../../db/brand.ts'
import { keepLink } from '../../db/rights-link.ts'
import { topicByNumber } from '../../db/topic.ts'
import { type ActorContext, actingAs } from '../call/context.ts'
import { MAIL_LEASE_MS } from '../mail/outbox.ts'
import type { RightsDeps } from './deps.ts'
import { linkContext, linkIdOf } from './link.ts'
import { mailLink } from './mail.ts'

/** The data of the page whose form requests an access link. */
export interface AskPage {
  sender: string
  /** Whether mails can be sent. */
  canMail: boolean
  brand: BrandRow | undefined
}

/**
 * Loads the page behind a preference link on which a recipient enters their address. Throws `token.invalid`, `topic.gone`,
 * `database.unavailable`.
 */
export async function openAsk(deps: RightsDeps, token: string): Promise<AskPage> {
  const claim = readToken(deps.keyring, 'preferences', token)
  if (!claim) throw new Fault({ code: 'token.invalid' })
  const [[place], [brand]] = await deps.db.read('may-lag', [
    topicByNumber(claim.topic),
    brandOfTopic(claim.topic),
  ])
  if (!place) throw new Fault({ code: 'topic.gone' })
  return { sender: place.sender, canMail: deps.mailer !== undefined, brand }
}

/**
 * Mails a link that opens the recipient's data, if the entered address belongs to the preference link. Neither the answer nor
 * its work tells whether it does, or whether the limit of mails is reached. Throws `token.invalid`, `topic.gone`,
 * `request.invalid` for an invalid address, `database.unavailable`.
 */
export async function askForAccess(
  ctx: ActorContext<RightsDeps>,
  token: string,
  typed: string,
  locale: string,
): Promise<AskPage> {
  const claim = readToken(ctx.keyring, 'preferences', token)
  if (!claim) throw new Fault({ code: 'token.invalid' })
  const [[place], [brand]] = await ctx.db.read('may-lag', [
    topicByNumber(claim.topic),
    brandOfTopic(claim.topic),
  ])
  if (!place) throw new Fault({ code: 'topic.gone' })
  const page = { sender: place.sender, canMail: ctx.mailer !== undefined, brand }
  if (!ctx.mailer) return page
  const address = canonicalAddress(typed)
  if (address === undefined) throw invalidField('address', 'is not an address')
  const theirs = equalBytes(ctx.indexes.tenant(place.tenant).id(addressHash(address)), claim.addressId)
  const ref = newRef()
  const at = ctx.clock()
  const [kept] = await ctx.db.commit(
    keepLink(
      {
        ref,
        kind: LINK_KINDS.access,
        tenant: place.tenant,
        workspace: place.workspace,
        topic: place.topic,
        addressId: claim.addressId,
        successorId: null,
        sealed: await ctx.cipher.encrypt(place.tenant, linkContext(ref), JSON.stringify({ address })),
        locale,
        state: LINK_STATES.open,
        requestedAt: at,
        expiresAt: null,
        closedAt: null,
        mailDueAt: at + MAIL_LEASE_MS,
        mailAttempts: 0,
      },
      theirs,
      ctx.event('rights.link_requested', {
        at,
        tenant: place.tenant,
        workspace: place.workspace,
        addressId: claim.addressId,
        subject: linkIdOf(ref),
        data: { locale },
      }),
    ),
    'results',
  )
  if (kept!.affected > 0) ctx.background(mailLink(actingAs(ctx, { kind: 'floe' }), ref))
  return page
}
