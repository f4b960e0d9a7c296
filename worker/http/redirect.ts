import { PAGE_HEADERS } from './headers.ts'

const { 'content-type': _, ...REDIRECT_HEADERS } = PAGE_HEADERS

/** Answers a form with the page that shows what became of it, so that loading that page again sends nothing again. */
export const seeOther = (path: string): Response =>
  new Response(null, { status: 303, headers: { ...REDIRECT_HEADERS, location: path } })
