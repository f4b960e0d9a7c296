import { toBase64Url } from '../../core/bytes.ts'
import { LINK_KINDS } from '../../core/codes/rights.ts'
import { ACCESS_MS } from '../../core/limits.ts'
import { pickLocale } from '../../core/locale.ts'
import type { Mail } from '../../core/mailer.ts'
import { type LinkAndPlace, linkByRef, linkMailAgain, linkMailDone, startLink } from '../../db/rights-link.ts'
import type { ActorContext } from '../call/context.ts'
import { dueAgainAt } from '../mail/outbox.ts'
import { rightsMail } from '../mail/rights.ts'
import type { RightsDeps } from './deps.ts'
import { linkContext, linkIdOf, rightsUrl, triedFor } from './link.ts'

/** The address a link is mailed to, and for a correction the former one. */
export interface LinkAddress {
  address: string
  formerAddress?: string
}

/** Returns the address a link was mailed to, or undefined once it is erased. */
export async function addressOf(
  deps: RightsDeps,
  { tenant, ref, sealed }: Pick<LinkAndPlace, 'tenant' | 'ref' | 'sealed'>,
): Promise<LinkAddress | undefined> {
  if (!sealed) return undefined
  return JSON.parse(await deps.cipher.decrypt(tenant, linkContext(ref), sealed)) as LinkAddress
}

/**
 * Mails a link and records the outcome. An access link works from this moment; a failed mail is due again after a growing
 * pause. Never throws, since the outbox tries again after any failure.
 */
export async function mailLink(floe: ActorContext<RightsDeps>, ref: Uint8Array): Promise<void> {
  try {
    const [[row]] = await floe.db.read('fresh', [linkByRef(ref)])
    const to = row && (await addressOf(floe, row))
    if (!row || !to || !floe.mailer) return
    // Started before the mail is sent, since its reader may be faster than the outcome is recorded.
    const [started] = await floe.db.commit([startLink(ref, floe.clock() + ACCESS_MS)], 'results')
    if (started!.affected === 0) return
    const delivery = await floe.mailer.send(compose(floe, row, to.address))
    const now = floe.clock()
    const givenUp = delivery.outcome === 'failed' && now >= row.requestedAt + triedFor(row.kind)
    if (delivery.outcome === 'failed' && !givenUp) {
      await floe.db.commit([linkMailAgain(ref, dueAgainAt(now, row.mailAttempts))], 'results')
      return
    }
    const sent = delivery.outcome === 'sent'
    const told = floe.event(sent ? 'rights.link_mailed' : 'rights.link_undeliverable', {
      at: now,
      tenant: row.tenant,
      workspace: row.workspace,
      addressId: row.addressId,
      subject: linkIdOf(ref),
      data: delivery.outcome === 'sent' ? {} : { code: delivery.code },
    })
    await floe.db.commit(linkMailDone(ref, now + ACCESS_MS, told), 'results')
  } catch (error) {
    floe.log('rights mail', error)
  }
}

function compose(deps: RightsDeps, row: LinkAndPlace, to: string): Mail {
  const kind = row.kind === LINK_KINDS.access ? 'access' : 'correction'
  const address = row.mailFrom ?? deps.mailFrom
  return {
    from: { name: row.sender, address },
    to,
    ...rightsMail({
      kind,
      locale: pickLocale(row.locale),
      sender: row.sender,
      company: row.company,
      url: rightsUrl(deps, deps.baseUrl, kind, row),
      expiresAt: row.expiresAt ?? row.requestedAt + ACCESS_MS,
    }),
    messageId: `${toBase64Url(row.ref)}.${kind}@${address.split('@')[1]}`,
    at: row.requestedAt,
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}
