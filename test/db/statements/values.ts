import type { LedgerEvent } from '../../../core/event.ts'
import type { Value } from '../../../core/write/statement.ts'
import { aboutLink } from '../../../db/rights-link.ts'
import { aboutRightsRequest } from '../../../db/rights-request.ts'
import { workspaceOfForm } from '../../../db/signup-form.ts'
import { aboutRequest } from '../../../db/subscription-request.ts'

/** What a function of `db/` makes: one statement, or a batch of them. */
type Made = { sql: string; args: readonly Value[] } | readonly { sql: string; args: readonly Value[] }[]

/** Calls by name, `file: function, case`, one for each text that the function can make. */
export type Calls = Readonly<Record<string, Made>>

export const ID = new Uint8Array(12).fill(1)
export const OTHER_ID = new Uint8Array(12).fill(2)
export const REF = new Uint8Array(11).fill(1)
export const KEY = new Uint8Array(8).fill(1)
export const UUID = new Uint8Array(16).fill(1)
export const DIGEST = new Uint8Array(32).fill(1)
export const NOW = 1_700_000_000_000

export const ENTRY: LedgerEvent & { addressId: Uint8Array } = {
  id: UUID,
  at: NOW,
  tenant: 1,
  workspace: 1,
  type: 'suppression.added',
  actor: 'recipient',
  addressId: ID,
  subject: 'sup_AAAAAAAAAAAAAAAAAAAAAAAA',
  data: {},
}

const link = aboutLink(REF)
const request = aboutRequest(REF)
/** Whom a query can be about: a value, or what a link names. */
export const RECIPIENTS = {
  recipient: ID,
  'recipient of a link': link.addressId,
  'recipient of a sign-up': request.addressId,
  'recipient of a rights request': aboutRightsRequest(1, REF).addressId,
}
export const WORKSPACES = {
  workspace: 1,
  'workspace of a link': link.workspace,
  'workspace of a sign-up': request.workspace,
  'workspace of a form': workspaceOfForm(REF),
}
export const TENANTS = { tenant: 1, 'tenant of a link': link.tenant }

/** Returns a query's calls about each of its subjects. */
export const about = <S>(
  name: string,
  subjects: Readonly<Record<string, S>>,
  call: (subject: S) => Made,
): Calls =>
  Object.fromEntries(Object.entries(subjects).map(([what, subject]) => [`${name}, ${what}`, call(subject)]))
