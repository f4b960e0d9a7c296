import { concatBytes, fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { DAY_MS } from '../../core/clock.ts'
import { clusterOf } from '../../core/cluster.ts'
import { LINK_KINDS, type LinkKind } from '../../core/codes/rights.ts'
import { publicRef } from '../../core/id.ts'
import type { Keyring } from '../../core/keys.ts'
import { asLinkEnd, sealRow, unsealRow } from '../../core/token.ts'

/** Validity of a correction link, in milliseconds: 7 days. */
export const CORRECTION_MS = 7 * DAY_MS

/**
 * How long sending a link's mail is retried, in milliseconds: an access link that comes after a day would surprise its
 * reader.
 */
export const triedFor = (kind: number): number => (kind === LINK_KINDS.access ? DAY_MS : CORRECTION_MS)

const REF_BYTES = 11
const PATHS = { access: 'a', correction: 'r' } as const

/** The keyrings of links: access links have one of their own. */
export interface LinkRings {
  keyring: Keyring
  accessKeyring: Keyring
}

const ringOf = ({ keyring, accessKeyring }: LinkRings, kind: LinkKind): Keyring =>
  kind === 'access' ? accessKeyring : keyring

/** Returns the URL of a tenant's link. Each kind has a key of its own, so that no token works as one of another kind. */
export const rightsUrl = (
  rings: LinkRings,
  baseUrl: string,
  kind: LinkKind,
  { tenant, ref }: { tenant: number; ref: Uint8Array },
): string =>
  asLinkEnd(`${baseUrl}/${PATHS[kind]}/${sealRow(ringOf(rings, kind), kind, clusterOf(tenant), ref)}`)

/** Returns the reference of a link's token, or undefined where it does not verify for that kind. */
export const readLink = (rings: LinkRings, kind: LinkKind, text: string): Uint8Array | undefined =>
  unsealRow(ringOf(rings, kind), kind, text)

/** Returns the id of a link in events. The link cannot be derived from it, since others than its recipient read events. */
export const linkIdOf = (ref: Uint8Array): string => requestIdOf(publicRef(ref))

/** Returns the public id of a rights request. */
export const requestIdOf = (ref: Uint8Array): string => `rgt_${toBase64Url(ref)}`

/** Returns the reference behind a public id, or undefined. */
export function requestRefOf(id: string): Uint8Array | undefined {
  const ref = id.startsWith('rgt_') ? fromBase64Url(id.slice(4)) : undefined
  return ref?.length === REF_BYTES ? ref : undefined
}

/** Returns the associated data of a link's or request's encrypted address, so that no row decrypts in another's place. */
export const linkContext = (ref: Uint8Array): Uint8Array => concatBytes([ref, [2]])
