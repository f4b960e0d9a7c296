import { z } from 'astro/zod'
import { LOCALES } from '../core/locale.ts'

/** What stands at the head of each text of a notice. */
export const noticeSchema = z.strictObject({
  version: z.string().regex(/^[1-9]\d*$/, 'must be a whole number, in quotes'),
  effective: z.date(),
  language: z.enum(LOCALES),
  /** What changed since the version before, in words. */
  summary: z.array(z.string().min(1)).min(1),
})
