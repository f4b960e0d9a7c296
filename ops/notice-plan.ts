import * as z from 'zod'
import published from '../site/content/notices/published.json' with { type: 'json' }
import { name } from './plan-text.ts'

/**
 * One version of a notice in a plan: with URL and digest of its text or, for the platform's own, by name and version alone. The
 * site's build compares published texts with their digests.
 */
export const noticeSchema = z
  .strictObject({
    name,
    version: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, 'must be 1 to 63 of letters, digits, . _ and -'),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .optional(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits')
      .optional(),
  })
  .transform(({ name, version, url, sha256 }, context) => {
    if (url !== undefined && sha256 !== undefined) return { name, version, url, sha256 }
    const digest = (published as Record<string, string>)[`${name}/${version}.md`]
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }
    if (url !== undefined || sha256 !== undefined) return refuse('needs both url and sha256, or neither')
    if (digest === undefined)
      return refuse('is no notice of the platform; one of your own needs url and sha256')
    return { name, version, url: `/${name}/${version}/`, sha256: digest }
  })
