import type { BrandRow } from '../../db/brand.ts'
import { fromHex, toHex } from '../core/bytes.ts'

const DIGEST_BYTES = 8
const FILE = /^([1-9]\d{0,9})\.([0-9a-f]{16})\.(css|png|webp)$/
const TYPES = { css: 'text/css; charset=utf-8', png: 'image/png', webp: 'image/webp' } as const

/** A file of a look, as its address names it: `<workspace>.<digest>.<extension>`. */
export interface BrandFileName {
  workspace: number
  digest: Uint8Array
  extension: keyof typeof TYPES
}

/** Returns the address of a file of a look. It holds the digest of the look, so that it never means anything else. */
export const brandPath = (
  { workspace, digest }: { workspace: number; digest: Uint8Array },
  extension: keyof typeof TYPES,
): string => `/brand/${workspace}.${toHex(digest)}.${extension}`

/** Reads the last part of such an address; undefined for any that `brandPath` would not have written. */
export function brandFileName(text: string): BrandFileName | undefined {
  const [, workspace, digest = '', extension] = FILE.exec(text) ?? []
  if (workspace === undefined) return undefined
  return {
    workspace: Number(workspace),
    digest: fromHex(digest, DIGEST_BYTES)!,
    extension: extension as keyof typeof TYPES,
  }
}

/** Returns the content type of a file of a look. */
export const brandType = (extension: keyof typeof TYPES): string => TYPES[extension]

/** What the frame of a recipient's page is filled with: the look of its sender, where it has one. */
export function brandSlots(row: BrandRow | undefined): {
  text: Record<string, string>
  value: Record<string, string>
  show: Record<string, boolean>
} {
  const links = { website: row?.website, imprint: row?.imprint, privacy: row?.privacy }
  const { postalAddress = null, logo = null, hasSheet = false } = row ?? {}
  return {
    text: { postalAddress: postalAddress ?? '' },
    value: {
      sheet: row && hasSheet ? brandPath(row, 'css') : '',
      logo: row && logo ? brandPath(row, logo.type) : '',
      logoWidth: String(logo?.width ?? ''),
      logoHeight: String(logo?.height ?? ''),
      website: links.website ?? '',
      imprint: links.imprint ?? '',
      senderPrivacy: links.privacy ?? '',
    },
    show: {
      sheet: hasSheet,
      logo: logo !== null,
      postalAddress: postalAddress !== null,
      website: Boolean(links.website),
      imprint: Boolean(links.imprint),
      senderPrivacy: Boolean(links.privacy),
    },
  }
}
