import { append } from '../../db/event.ts'
import { countRead } from '../../db/personal-data-read.ts'
import type { CallContext } from './context.ts'

/**
 * Reads that give a caller personal data or a whole list. A check, a link or an address id is about a recipient whom the sender
 * named, for mail that is about to go out, and is none; nor is the ledger without its evidence, which names nobody.
 */
export type PersonalData = 'evidence' | 'export' | 'find' | 'list' | 'match' | 'proof' | 'rights_request'

/**
 * Writes into the ledger that the caller reads personal data: the first read of a kind by an API key in an hour at once, the others
 * together; each of anybody else. A verb waits for it after its last refusal and before it answers. While the database is away the
 * lane keeps it durably, and the read is answered. Throws `database.unavailable` where that fails, since no read is without a trace.
 */
export async function leaveTrace(ctx: CallContext, what: PersonalData): Promise<void> {
  const { tenant, workspace, keyId, ticket } = ctx
  const data = { count: 1, ...(ticket !== undefined && { ticket }) }
  const entry = ctx.event('personal_data.read', { subject: what, data })
  await ctx.commit(keyId ? countRead({ key: keyId, tenant, workspace, what }, entry) : [append(entry)])
}
