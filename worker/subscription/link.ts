import { toBase64Url } from '../../core/bytes.ts'
import { clusterOf } from '../../core/cluster.ts'
import { publicRef } from '../../core/id.ts'
import type { Keyring } from '../../core/keys.ts'
import { sealRow, unsealRow } from '../../core/token.ts'
import type { UnsubscribeHeaders } from '../../core/unsubscribe-headers.ts'

/** A header line keeps its 78 characters with `/c/`, the token and `/cancel` behind the longest origin there can be. */
const TOKEN_LENGTH = 32

/** Returns the public id of a sign-up. Nothing of its link is in it. */
export const requestId = (ref: Uint8Array): string => `req_${toBase64Url(publicRef(ref))}`

/** Returns the reference that a confirmation link names, or undefined when no key of this ring signed it for that. */
export function readConfirmToken(keyring: Keyring, text: string): Uint8Array | undefined {
  if (text.length !== TOKEN_LENGTH) return undefined
  return unsealRow(keyring, 'confirm', text)
}

/**
 * Whether the link of a sign-up was given to its sender, who mails it: then its press does not prove that the recipient pressed it.
 * `mails`: whether Floe mails now, which is what rows go by that are from before it was kept.
 */
export const isGivenToSender = (
  { givenToSender }: { givenToSender: number | null },
  mails: boolean,
): boolean => (givenToSender === null ? !mails : givenToSender === 1)

/** Where a sign-up is confirmed and refused, and the header pair of its mail, whose one click refuses. */
export interface ConfirmLinks {
  confirmUrl: string
  cancelUrl: string
  headers: UnsubscribeHeaders
}

/** Returns the links of a sign-up of a tenant. */
export function confirmLinks(
  keyring: Keyring,
  baseUrl: string,
  tenant: number,
  ref: Uint8Array,
): ConfirmLinks {
  const confirmUrl = `${baseUrl}/c/${sealRow(keyring, 'confirm', clusterOf(tenant), ref)}`
  const cancelUrl = `${confirmUrl}/cancel`
  return {
    confirmUrl,
    cancelUrl,
    headers: {
      'List-Unsubscribe': `<${cancelUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  }
}
