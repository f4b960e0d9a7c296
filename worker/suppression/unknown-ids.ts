import { concatBytes } from '../../core/bytes.ts'
import { knownIds } from '../../db/suppression-list.ts'
import type { CallContext } from '../call/context.ts'
import type { UploadLine } from './upload.ts'

/**
 * Returns lines of which those that name an address id alone are refused where the tenant's ledger does not know it: whose id it is
 * instead, nobody learns.
 */
export async function refuseUnknownIds(ctx: CallContext, lines: UploadLine[]): Promise<UploadLine[]> {
  const ids = lines.flatMap(line => ('fault' in line || !line.addressId ? [] : [line.addressId]))
  if (ids.length === 0) return lines
  const [known] = await ctx.read([knownIds(ctx.tenant, concatBytes(ids))])
  let place = 0
  return lines.map(line =>
    'fault' in line || !line.addressId || known.has(place++)
      ? line
      : { line: line.line, fault: 'unknown_address_id' },
  )
}
