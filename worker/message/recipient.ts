import { addressParser } from 'postal-mime'
import { invalidField } from '../../core/fault.ts'
import { fieldsByName, fieldsIn, fieldValue, partsOf } from './mime.ts'

/** Characters of the fields that name recipients, of which a message for one has few. */
const FIELD_READ = 2000

/**
 * Returns the one recipient of a message, given byte by byte as characters. Throws `request.invalid` where it names several or none:
 * the links in a message are one person's, and whoever else gets it could press them.
 */
export function recipientIn(raw: string): { address: string } {
  const fields = fieldsByName(fieldsIn(headOf(raw.replace(/\r?\n/g, '\r\n'))))
  const addresses = ['to', 'cc', 'bcc'].flatMap(name =>
    (fields.get(name) ?? []).flatMap(field => addressesIn(fieldValue(field).slice(0, FIELD_READ))),
  )
  const [address, ...others] = addresses
  if (address === undefined || others.length > 0)
    throw invalidField(
      'To',
      'must name one recipient, and Cc and Bcc none; send recipients in JSON otherwise',
    )
  return { address }
}

/** Blank lines before a message are no end of its head; what has no head is refused by the verb, for its own reason. */
function headOf(raw: string): string {
  try {
    return partsOf(raw.replace(/^(?:\r\n)+/, '')).head
  } catch {
    return raw
  }
}

const addressesIn = (value: string): string[] =>
  addressParser(value, { flatten: true }).flatMap(({ address }) => (address ? [address] : []))
