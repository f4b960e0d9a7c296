import { getCollection } from 'astro:content'
import { readFileSync } from 'node:fs'
import type { z } from 'astro/zod'
import { LOCALES, type Locale } from '../core/locale.ts'
import published from './content/notices/published.json' with { type: 'json' }
import type { noticeSchema } from './notice-schema.ts'
import { checkPublished, digestOf } from './published.ts'

interface Entry {
  filePath: string
  data: z.infer<typeof noticeSchema>
}

/** The text of one version of a notice in one language. */
export interface NoticeText extends z.infer<typeof noticeSchema> {
  /** Entry that Astro renders. */
  entry: Entry
  path: string
  /** Exact text, and the digest that consents refer to. */
  text: string
  sha256: string
}

export interface NoticeVersion {
  version: string
  effective: Date
  /** The binding text. */
  binding: NoticeText
  texts: Partial<Record<Locale, NoticeText>>
}

const FOLDER = 'site/content/notices/'

/** Returns the versions of the privacy notice, newest first. Throws where a published text was changed. */
export async function privacyNotice(): Promise<[NoticeVersion, ...NoticeVersion[]]> {
  const entries: Entry[] = await getCollection('notices')
  const files = entries.map((entry): NoticeText => {
    const text = readFileSync(entry.filePath, 'utf8').replaceAll('\r\n', '\n')
    const path = entry.filePath.slice(entry.filePath.indexOf(FOLDER) + FOLDER.length)
    return { ...entry.data, entry, path, text, sha256: digestOf(text) }
  })
  checkPublished(files, published)
  return files
    .filter(({ path }) => /^privacy\/\d+\.md$/.test(path))
    .map(binding => ({
      version: binding.version,
      effective: binding.effective,
      binding,
      texts: Object.fromEntries(
        LOCALES.flatMap(locale => {
          const text = files.find(one => one.version === binding.version && one.language === locale)
          return text ? [[locale, text]] : []
        }),
      ),
    }))
    .sort((a, b) => Number(b.version) - Number(a.version)) as [NoticeVersion, ...NoticeVersion[]]
}
