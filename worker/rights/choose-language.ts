import { newRef } from '../../core/id.ts'
import type { Locale } from '../../core/locale.ts'
import { chooseLanguage } from '../../db/recipient-choice.ts'
import { linkByRef } from '../../db/rights-link.ts'
import type { ActorContext } from '../call/context.ts'
import type { RightsDeps } from './deps.ts'
import { rightsEvent } from './record.ts'
import { readSession, stillOpen } from './session-guard.ts'

/**
 * Stores the language a recipient chose on their data page; a repetition changes nothing. Throws `rights_session.over`,
 * `database.unavailable`.
 */
export async function chooseOwnLanguage(
  ctx: ActorContext<RightsDeps>,
  session: string,
  locale: Locale,
): Promise<void> {
  const claim = await readSession(ctx, session)
  const [[link]] = await ctx.db.read('fresh', [linkByRef(claim.ref)])
  await stillOpen(ctx, claim, link)
  const { addressId, tenant } = claim
  const entry = rightsEvent(ctx, claim, 'recipient.language_chosen', newRef(), ctx.clock(), { locale })
  await ctx.db.commit(chooseLanguage({ addressId, tenant, locale }, entry), 'results')
}
