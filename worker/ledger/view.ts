import { toBase64Url, toHex } from '../../core/bytes.ts'
import { timestamp } from '../../core/clock.ts'
import { uuidText } from '../../core/id.ts'
import type { EventRow } from '../../db/event-list.ts'
import type { EventView } from './api.ts'

/** Returns the view of an event. */
export const eventView = ({
  id,
  at,
  type,
  actor,
  addressId,
  subject,
  topic,
  data,
  leaf,
}: EventRow): EventView => ({
  id: uuidText(id),
  at: timestamp(at),
  type: type as EventView['type'],
  actor,
  ...(addressId && { addressId: toBase64Url(addressId) }),
  subject,
  ...(topic !== null && { topic }),
  data: JSON.parse(data) as EventView['data'],
  leaf: toHex(leaf),
})
