import { defineCollection } from 'astro:content'
import { glob } from 'astro/loaders'
import { noticeSchema } from './notice-schema.ts'

/** The notices for recipients, version by version; the English text of a version is binding. */
const notices = defineCollection({
  loader: glob({ pattern: '*/**/*.md', base: 'site/content/notices' }),
  schema: noticeSchema,
})

export const collections = { notices }
