import { toBase64Url } from '../../core/bytes.ts'
import { clusterOf } from '../../core/cluster.ts'
import { publicRef } from '../../core/id.ts'
import type { Keyring } from '../../core/keys.ts'
import { asLinkEnd, sealRow, unsealRow } from '../../core/token.ts'
import type { UnsubscribeHeaders } from '../../core/unsubscribe-headers.ts'

/** Returns the public id of a sign-up. Its link cannot be derived from it. */
export const requestId = (ref: Uint8Array): string => `req_${toBase64Url(publicRef(ref))}`

/** Returns the reference of a confirmation token, or undefined where it does not verify. */
export const readConfirmToken = (keyring: Keyring, text: string): Uint8Array | undefined =>
  unsealRow(keyring, 'confirm', text)

/**
 * Whether the link of a sign-up was handed to its sender for mailing, so that a press does not prove the recipient's.
 * `mails`: whether Floe mails now, which decides for rows older than the column.
 */
export const isGivenToSender = (
  { givenToSender }: { givenToSender: number | null },
  mails: boolean,
): boolean => (givenToSender === null ? !mails : givenToSender === 1)

/** The links to confirm and refuse a sign-up, and the header pair of its mail, whose one click refuses. */
export interface ConfirmLinks {
  confirmUrl: string
  cancelUrl: string
  headers: UnsubscribeHeaders
}

/** Returns the links of a tenant's sign-up. */
export function confirmLinks(
  keyring: Keyring,
  baseUrl: string,
  tenant: number,
  ref: Uint8Array,
): ConfirmLinks {
  const link = `${baseUrl}/c/${sealRow(keyring, 'confirm', clusterOf(tenant), ref)}`
  const cancelUrl = `${link}/cancel`
  return {
    confirmUrl: asLinkEnd(link),
    cancelUrl,
    headers: {
      'List-Unsubscribe': `<${cancelUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  }
}
