import type { APIRoute } from 'astro'
import { LOCALES } from '../../core/locale.ts'
import { chaptersOf } from '../docs/documents.ts'
import { refusalRows } from '../openapi/refusals.ts'
import { publicPages, publicPath } from '../public-page.ts'

/**
 * Lists every public page with its alternates in other languages, and the documentation, which is English (sitemaps.org,
 * Google's hreflang annotations).
 */
export const GET: APIRoute = async ({ site }) => {
  const absolute = (path: string) => new URL(path, site).href
  const urls = (await publicPages()).flatMap(page => {
    const others = LOCALES.map(
      locale =>
        `<xhtml:link rel="alternate" hreflang="${locale}" href="${absolute(publicPath(locale, page))}"/>`,
    ).join('')
    return LOCALES.map(locale => `<url><loc>${absolute(publicPath(locale, page))}</loc>${others}</url>`)
  })
  const documents = (await chaptersOf(site!.origin)).flatMap(({ documents }) =>
    documents.map(({ path }) => path),
  )
  const problems = refusalRows().map(({ code }) => `problems/${code}/`)
  const docs = ['', 'api/', 'problems/', ...documents, ...problems].map(
    path => `<url><loc>${absolute(`/docs/${path}`)}</loc></url>`,
  )
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${[...urls, ...docs].join('\n')}
</urlset>
`
  return new Response(text)
}
