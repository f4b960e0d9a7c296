import { newRef } from '../../core/id.ts'
import type { Locale } from '../../core/locale.ts'
import { chooseLanguage } from '../../db/recipient-choice.ts'
import { linkByRef } from '../../db/rights-link.ts'
import type { RightsDeps } from './deps.ts'
import { rightsEvent } from './record.ts'
import { readSession, stillOpen } from './session-guard.ts'

/**
 * Stores the language a recipient chose on their data page; a repetition changes nothing. Throws `rights_session.over`,
 * `database.unavailable`.
 */
export async function chooseOwnLanguage(deps: RightsDeps, session: string, locale: Locale): Promise<void> {
  const claim = await readSession(deps, session)
  const [[link]] = await deps.db.read('fresh', [linkByRef(claim.ref)])
  await stillOpen(deps, claim, link)
  const { addressId, tenant } = claim
  const entry = rightsEvent(deps.ids, claim, 'recipient.language_chosen', newRef(), deps.clock(), { locale })
  await deps.db.commit(chooseLanguage({ addressId, tenant, locale }, entry), 'results')
}
