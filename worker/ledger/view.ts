import { toBase64Url, toHex } from '../../core/bytes.ts'
import { timestamp } from '../../core/clock.ts'
import { uuidText } from '../../core/id.ts'
import type { EventRow } from '../../db/event-list.ts'

/** An event as senders see it: no address, and nothing that leads to one without their own key. */
export interface EventView {
  id: string
  at: string
  type: string
  /** `recipient`, `operator`, `floe` or the name of an API key. */
  actor: string
  /** Whom it is about, where it is about somebody: what `POST /v1/address-ids` answers for their address. */
  addressId?: string
  /** What it happened to, such as the id of a suppression. */
  subject: string
  data: Record<string, unknown>
  /** The leaf hash of the entry, in hex. */
  leaf: string
}

/** Returns an event as senders see it. */
export const eventView = ({ id, at, type, actor, addressId, subject, data, leaf }: EventRow): EventView => ({
  id: uuidText(id),
  at: timestamp(at),
  type,
  actor,
  ...(addressId && { addressId: toBase64Url(addressId) }),
  subject,
  data: JSON.parse(data) as Record<string, unknown>,
  leaf: toHex(leaf),
})
