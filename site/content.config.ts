import { defineCollection } from 'astro:content'
import { glob } from 'astro/loaders'
import { noticeSchema } from './notice-schema.ts'

/** The texts that recipients are shown, version by version. The text of a version is binding in English. */
const notices = defineCollection({
  loader: glob({ pattern: '*/**/*.md', base: 'site/content/notices' }),
  schema: noticeSchema,
})

export const collections = { notices }
