import { getUint48, setUint48 } from '../../core/bytes.ts'
import { DAY_MS } from '../../core/clock.ts'
import type { Keyring } from '../../core/keys.ts'
import { seal, unseal } from '../../core/token.ts'

/** How long a preview link of an unpublished brand is valid: 7 days in milliseconds. */
export const PREVIEW_MS = 7 * DAY_MS
const BODY_BYTES = 1 + 4 + 8 + 6
const TOKEN_LENGTH = 42

/** The claim of a preview link: one brand of a workspace, until a time. */
export interface PreviewClaim {
  workspace: number
  digest: Uint8Array
  expiresAt: number
}

/**
 * Returns the token of a preview link: version and key id (1 byte), workspace (4), digest (8), end in milliseconds (6), MAC
 * (12).
 */
export function mintPreview(keyring: Keyring, claim: PreviewClaim): string {
  const body = new Uint8Array(BODY_BYTES)
  const view = new DataView(body.buffer)
  view.setUint32(1, claim.workspace)
  body.set(claim.digest, 5)
  setUint48(view, 13, claim.expiresAt)
  return seal(keyring, 'preview', body)
}

/** Returns the claim of a preview token, or undefined where no key of the ring signed it for that purpose. */
export function readPreview(keyring: Keyring, text: string): PreviewClaim | undefined {
  const body = text.length === TOKEN_LENGTH ? unseal(keyring, 'preview', text) : undefined
  if (body?.length !== BODY_BYTES) return undefined
  const view = new DataView(body.buffer, body.byteOffset)
  return {
    workspace: view.getUint32(1),
    digest: body.slice(5, 13),
    expiresAt: getUint48(view, 13),
  }
}
