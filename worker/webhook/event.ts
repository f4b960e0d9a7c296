import { actorText } from '../../core/actor.ts'
import type { Principal } from '../../core/api-key.ts'
import type { EventType, LedgerEvent } from '../../core/event.ts'
import { endpointName } from './endpoint.ts'

/** Returns the event of what a sender did to an endpoint. Of its address only the host: the rest may be a secret between them. */
export const senderEvent = (
  { tenant, workspace, keyId }: Principal,
  { id, url }: { id: Uint8Array; url: string },
  event: Pick<LedgerEvent, 'id' | 'at' | 'data'> & { type: EventType },
): LedgerEvent => ({
  ...event,
  tenant,
  workspace,
  actor: actorText({ kind: 'sender', keyId }),
  addressId: null,
  subject: endpointName(id),
  data: { ...event.data, host: new URL(url).host },
})
