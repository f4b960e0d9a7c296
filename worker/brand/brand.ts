import { fromHex, toHex } from '../../core/bytes.ts'
import type { BrandRow } from '../../db/brand.ts'
import type { Slots } from '../http/page.ts'

const DIGEST_BYTES = 8
const FILE = /^([1-9]\d{0,9})\.([0-9a-f]{16})\.(css|png|webp)$/
const TYPES = { css: 'text/css; charset=utf-8', png: 'image/png', webp: 'image/webp' } as const

/** The name of a brand file: `<workspace>.<digest>.<extension>`. */
export interface BrandFileName {
  workspace: number
  digest: Uint8Array
  extension: keyof typeof TYPES
}

/** Returns the path of a brand file. It holds the digest of the brand, so its content never changes. */
export const brandPath = (
  { workspace, digest }: { workspace: number; digest: Uint8Array },
  extension: keyof typeof TYPES,
): string => `/brand/${workspace}.${toHex(digest)}.${extension}`

/** Reads the last part of a brand path; undefined where `brandPath` could not have written it. */
export function brandFileName(text: string): BrandFileName | undefined {
  const [, workspace, digest = '', extension] = FILE.exec(text) ?? []
  if (workspace === undefined) return undefined
  return {
    workspace: Number(workspace),
    digest: fromHex(digest, DIGEST_BYTES)!,
    extension: extension as keyof typeof TYPES,
  }
}

/** Returns the content type of a brand file. */
export const brandType = (extension: keyof typeof TYPES): string => TYPES[extension]

/** Adds the sender's postal address and brand to the slots of a recipient's page, where they are known. */
export function branded<T extends Slots>(row: BrandRow | undefined, slots: T): T {
  if (!row) return slots
  const { postalAddress, look } = row
  const named = {
    ...slots,
    text: { ...slots.text, postalAddress: postalAddress ?? '' },
    show: { ...slots.show, postalAddress: postalAddress !== null },
  }
  if (!look) return named
  const { hasSheet, logo, website, imprint, privacy } = look
  return {
    ...named,
    value: {
      ...slots.value,
      sheet: brandPath(look, 'css'),
      logo: logo ? brandPath(look, logo.type) : '',
      logoWidth: String(logo?.width),
      logoHeight: String(logo?.height),
      website: website ?? '',
      imprint: imprint ?? '',
      senderPrivacy: privacy ?? '',
    },
    show: {
      ...named.show,
      sheet: hasSheet,
      logo: logo !== null,
      links: Boolean(website ?? imprint ?? privacy),
      website: website !== null,
      imprint: imprint !== null,
      senderPrivacy: privacy !== null,
    },
  }
}
