import { z } from 'astro/zod'
import { LOCALES } from '../core/locale.ts'

/** The front matter of a notice's text. */
export const noticeSchema = z.strictObject({
  version: z.string().regex(/^[1-9]\d*$/, 'must be a whole number, in quotes'),
  effective: z.date(),
  language: z.enum(LOCALES),
  /** Summary of the changes since the version before. */
  summary: z.array(z.string().min(1)).min(1),
})
