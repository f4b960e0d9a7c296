import type { APIRoute } from 'astro'

/** Recipients' own pages say noindex; a crawler has to be let in to read that. */
export const GET: APIRoute = ({ site }) =>
  new Response(`User-agent: *\nDisallow: /v1/\n\nSitemap: ${new URL('/sitemap.xml', site)}\n`)
