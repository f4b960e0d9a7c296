import { toHex } from '../../core/bytes.ts'
import { BASES, type Basis } from '../../core/codes/basis.ts'
import { REQUEST_STATES } from '../../core/codes/subscription.ts'
import { FORMS_SHARE } from '../../core/limits.ts'
import { keepAddressOf } from '../../db/address.ts'
import type { NoticeRow } from '../../db/notice.ts'
import type { RecipientKeyRow } from '../../db/recipient-key.ts'
import { type RequestRow, request, type SignUpRoom } from '../../db/subscription-request.ts'
import { type ActorContext, actingAs } from '../call/context.ts'
import { sealer } from '../consent/seal.ts'
import { MAIL_LEASE_MS } from '../mail/outbox.ts'
import type { Suppression } from '../suppression/decision.ts'
import { unmailable } from '../suppression/unmailable.ts'
import type { SubscriptionDeps } from './deps.ts'
import { requestId } from './link.ts'
import { mailConfirmation } from './mail.ts'

/** A sign-up to be made, by a sender's call, by a form or by a recipient who wants a new link. */
export interface Asked {
  ref: Uint8Array
  at: number
  tenant: number
  workspace: { number: number; confirmationsPerDay: number }
  address: string
  addressId: Uint8Array
  topics: { number: number; name: string }[]
  basis: Basis
  notice: Pick<NoticeRow, 'name' | 'version' | 'digest'>
  sourceHost: string
  locale: string
  via: 'api' | 'link' | 'form'
  /** Where its confirmation's page leads back to; null for nowhere. */
  returnUrl: string | null
  /** Reference and name of the form it came by, and its sign-ups of a day; null for none. */
  form: { ref: Uint8Array; id: string; perDay: number } | null
  /** Suppressions that a mail to the recipient could meet. */
  against: Suppression[]
  /** Personal evidence, to be sealed. */
  evidence: object
  key: RecipientKeyRow | undefined
}

/**
 * Stores a sign-up with its evidence and mails its confirmation. Nothing is stored or mailed where the recipient has reached
 * the limit of confirmations or said "this was not me", whatever the channel; the caller must not be able to tell. Returns
 * whether it was stored. Throws `database.unavailable`.
 */
export async function ask(ctx: ActorContext<SubscriptionDeps>, asked: Asked): Promise<boolean> {
  const { ref, at, tenant, workspace, addressId, topics, notice } = asked
  const withheld = unmailable(asked.against, at)
  const mail = withheld ? 'withheld' : ctx.mailer ? 'due' : 'sender'
  const row: RequestRow = {
    ref,
    addressId,
    tenant,
    workspace: workspace.number,
    topics: topics.map(topic => topic.number),
    basis: BASES[asked.basis],
    notice: notice.name,
    noticeVersion: notice.version,
    sourceHost: asked.sourceHost,
    locale: asked.locale,
    state: REQUEST_STATES.open,
    requestedAt: at,
    closedAt: null,
    mailDueAt: mail === 'due' ? at + MAIL_LEASE_MS : null,
    mailAttempts: 0,
    givenToSender: ctx.mailer ? 0 : 1,
    returnUrl: asked.returnUrl,
    form: asked.form?.ref ?? null,
  }
  const { entry, keep } = await sealer(ctx, asked.key ? [asked.key] : [])(
    ctx.event('consent.requested', {
      at,
      tenant,
      workspace: workspace.number,
      addressId,
      subject: requestId(ref),
      data: {
        topics: topics.map(topic => topic.name).join(' '),
        basis: asked.basis,
        notice: notice.name,
        noticeVersion: notice.version,
        noticeDigest: toHex(notice.digest),
        locale: asked.locale,
        via: asked.via,
        ...(asked.form && { form: asked.form.id }),
        mail,
        ...(withheld && { withheldFor: withheld }),
      },
    }),
    asked.evidence,
  )
  const address = await ctx.cipher.encrypt(tenant, addressId, asked.address)
  const results = await ctx.db.commit([
    ...request(row, roomOf(asked), entry),
    ...keep,
    keepAddressOf({ addressId, tenant, sealed: address, createdAt: at }, entry.id),
  ])
  // A journaled sign-up is mailed by the outbox once the database has it.
  if (!results) return true
  if (results[0]!.affected === 0) return false
  if (mail === 'due') ctx.background(mailConfirmation(actingAs(ctx, { kind: 'floe' }), ref))
  return true
}

const roomOf = ({ workspace: { confirmationsPerDay }, form }: Asked): SignUpRoom => ({
  workspace: confirmationsPerDay,
  forms: roomOfForms(confirmationsPerDay),
  form: form?.perDay ?? 0,
})

/** Returns how many sign-ups of a day all forms of a workspace take together. */
export const roomOfForms = (confirmationsPerDay: number): number =>
  Math.ceil(confirmationsPerDay * FORMS_SHARE)
