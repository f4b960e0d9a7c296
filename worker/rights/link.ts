import { concatBytes, fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { DAY_MS } from '../../core/clock.ts'
import { clusterOf } from '../../core/cluster.ts'
import { LINK_KINDS, type LinkKind } from '../../core/codes/rights.ts'
import { publicRef } from '../../core/id.ts'
import type { Keyring } from '../../core/keys.ts'
import { sealRow, unsealRow } from '../../core/token.ts'

/** How long a new address can be confirmed, in milliseconds: 7 days. */
export const CORRECTION_MS = 7 * DAY_MS

/** How long a link's mail is tried, in milliseconds: one that opens somebody's data would come as a surprise after a day. */
export const triedFor = (kind: number): number => (kind === LINK_KINDS.access ? DAY_MS : CORRECTION_MS)

const REF_BYTES = 11
const TOKEN_LENGTH = 32
const PATHS = { access: 'a', correction: 'r' } as const

/** The rings that links are signed by: what opens somebody's data has one of its own. */
export interface LinkRings {
  keyring: Keyring
  accessKeyring: Keyring
}

const ringOf = ({ keyring, accessKeyring }: LinkRings, kind: LinkKind): Keyring =>
  kind === 'access' ? accessKeyring : keyring

/** Returns the address of a link of a tenant: its purpose has a key of its own, so that neither kind works as the other, nor anything else as either. */
export const rightsUrl = (
  rings: LinkRings,
  baseUrl: string,
  kind: LinkKind,
  { tenant, ref }: { tenant: number; ref: Uint8Array },
): string => `${baseUrl}/${PATHS[kind]}/${sealRow(ringOf(rings, kind), kind, clusterOf(tenant), ref)}`

/** Returns the reference that a link names, or undefined when no key of this ring signed it for that kind. */
export function readLink(rings: LinkRings, kind: LinkKind, text: string): Uint8Array | undefined {
  if (text.length !== TOKEN_LENGTH) return undefined
  return unsealRow(ringOf(rings, kind), kind, text)
}

/** Returns what events call a link: nothing that it could be made of again, since they are read by more than its recipient. */
export const linkIdOf = (ref: Uint8Array): string => requestIdOf(publicRef(ref))

/** Returns the public id of a rights request. */
export const requestIdOf = (ref: Uint8Array): string => `rgt_${toBase64Url(ref)}`

/** Returns the reference behind a public id, or undefined. */
export function requestRefOf(id: string): Uint8Array | undefined {
  const ref = id.startsWith('rgt_') ? fromBase64Url(id.slice(4)) : undefined
  return ref?.length === REF_BYTES ? ref : undefined
}

/** Returns what an encrypted address of a link or request is bound to, so that no row's opens in another place. */
export const linkContext = (ref: Uint8Array): Uint8Array => concatBytes([ref, [2]])
