import { PAGE_HEADERS } from './headers.ts'

const { 'content-type': _, ...REDIRECT_HEADERS } = PAGE_HEADERS

/**
 * Answers a form with the page that shows what became of it, so that loading that page again sends nothing again. Browsers hold a
 * redirect to its frame policy too: `headers` are those of the page it leads to, where they differ from every page's.
 */
export const seeOther = (path: string, headers: Record<string, string> = {}): Response =>
  new Response(null, { status: 303, headers: { ...REDIRECT_HEADERS, ...headers, location: path } })
