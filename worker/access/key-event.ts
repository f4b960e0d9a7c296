import { actorText } from '../../core/actor.ts'
import type { ApiKeyClaims } from '../../core/api-key.ts'
import type { LedgerEvent } from '../../core/event.ts'

/** Returns the ledger event of a key's act on another key or on itself. */
export const keyEvent = (
  { keyId, tenant, workspace }: ApiKeyClaims,
  entry: Pick<LedgerEvent, 'id' | 'at' | 'type' | 'subject' | 'data'>,
): LedgerEvent => ({
  ...entry,
  tenant,
  workspace,
  actor: actorText({ kind: 'sender', keyId }),
  addressId: null,
})
