import { createHash } from 'node:crypto'
import * as z from 'zod'
import { fromBase64, toHex } from '../core/bytes.ts'
import { ORIGIN_MAX } from '../core/origin.ts'
import { LOGO_MAX_BYTES, type Logo, readLogo } from './brand-logo.ts'
import { brandSheet } from './brand-palette.ts'

/** Address that a page may link to. Other schemes, such as javascript: or data:, would run a sender's code in our page. */
const link = z
  .url({ protocol: /^https$/, hostname: z.regexes.domain, error: 'must be an https address' })
  .max(500, 'must have at most 500 characters')
  .refine(text => !/[\s"'<>\\]|\/\/[^/]*@/.test(text), 'must be an address without name, password and blanks')

const logo = z
  .base64('must be a PNG or WebP in base64; a plan in a file may name one beside it')
  .max(Math.ceil(LOGO_MAX_BYTES / 3) * 4, `must have at most ${LOGO_MAX_BYTES} bytes`)
  .transform((text, context): Logo => {
    try {
      return readLogo(fromBase64(text))
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
      return z.NEVER
    }
  })

/** Brand of a workspace's pages; the platform's own wherever it says nothing. */
export const brandSchema = z.strictObject({
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0b5a85')
    .toLowerCase()
    .optional(),
  logo: logo.optional(),
  website: link.optional(),
  imprint: link.optional(),
  privacy: link.optional(),
})

/** Host of a workspace's links, as mails write it: lower case, punycode, no port. */
export const linkHostSchema = z
  .string()
  .max(
    ORIGIN_MAX - 'https://'.length,
    `must have at most ${ORIGIN_MAX - 'https://'.length} characters, so that List-Unsubscribe lines stay within 78`,
  )
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)$/,
    'must be the name of a host in lower case, in punycode where it is not ASCII, without port',
  )
  .refine(
    host => URL.canParse(`https://${host}`) && new URL(`https://${host}`).host === host,
    'must be the name of a host',
  )

/** Returns the row of a plan's brand. Its digest covers everything in it. */
export function brandRow(wanted: z.output<typeof brandSchema>) {
  const row = {
    colour: wanted.colour ?? null,
    sheet: wanted.colour === undefined ? null : brandSheet(wanted.colour),
    logo: wanted.logo?.bytes ?? null,
    logoType: wanted.logo?.type ?? null,
    logoWidth: wanted.logo?.width ?? null,
    logoHeight: wanted.logo?.height ?? null,
    website: wanted.website ?? null,
    imprint: wanted.imprint ?? null,
    privacy: wanted.privacy ?? null,
  }
  const { logo, ...rest } = row
  const digest = createHash('sha256')
    .update(JSON.stringify(rest))
    .update(logo ?? '')
    .digest()
  return { ...row, digest: new Uint8Array(digest.subarray(0, 8)) }
}

/** Returns a brand row as the ledger records it: without the style sheet and the image. */
export const brandFacts = ({
  digest,
  colour,
  logoType,
  website,
  imprint,
  privacy,
}: ReturnType<typeof brandRow>) => ({
  digest: toHex(digest),
  colour,
  logoType,
  website,
  imprint,
  privacy,
})
