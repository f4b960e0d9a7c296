import type { APIRoute } from 'astro'

/** Recipients' pages are not disallowed, since crawlers must be able to read their `noindex`. */
export const GET: APIRoute = ({ site }) =>
  new Response(`User-agent: *\nDisallow: /v1/\n\nSitemap: ${new URL('/sitemap.xml', site)}\n`)
