import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { clusterNamed, clusterOf, FIRST_CLUSTER } from '../../core/cluster.ts'
import { REF_BYTES } from '../../core/id.ts'
import type { Keyring } from '../../core/keys.ts'
import { asLinkEnd, sealRow, unsealRow } from '../../core/token.ts'

const PREFIX = 'pk_'

/**
 * Returns the publishable key of a tenant's form, `pk_` and 32 or 33 characters. It stands in public pages and is no secret: it
 * asks for sign-ups of that form and nothing else.
 */
export const mintFormKey = (keyring: Keyring, tenant: number, ref: Uint8Array): string =>
  `${PREFIX}${asLinkEnd(sealRow(keyring, 'form', clusterOf(tenant), ref))}`

/** Returns the reference of the form that a publishable key names, or undefined where it does not verify. */
export const readFormKey = (keyring: Keyring, text: string): Uint8Array | undefined =>
  text.startsWith(PREFIX) ? unsealRow(keyring, 'form', text.slice(PREFIX.length)) : undefined

/** Returns the cluster that a publishable key names. The signature is not checked. */
export const clusterOfFormKey = (text: string): number =>
  text.startsWith(PREFIX) ? clusterNamed('form', text.slice(PREFIX.length)) : FIRST_CLUSTER

/** Returns the name of a form, `form_…`, by which its owner and the ledger call it. */
export const formName = (ref: Uint8Array): string => `form_${toBase64Url(ref)}`

/** Returns the reference behind a form's name, or undefined. */
export function formRefOf(name: string): Uint8Array | undefined {
  const ref = name.startsWith('form_') ? fromBase64Url(name.slice('form_'.length)) : undefined
  return ref?.length === REF_BYTES ? ref : undefined
}
