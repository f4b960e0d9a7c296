import { type ConsoleBindings, consoleSettings } from './console-settings.ts'
import { JSON_HEADERS, PAGE_HEADERS, SITE_HEADERS } from './http/headers.ts'

/** Styles and pictures of the pages; no page of the public site is served at the operators' host. */
const PAGE_FILE = /^\/(?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.(?:css|svg|png|ico|woff2)$/

let settings: ReturnType<typeof consoleSettings> | undefined

/** `floe-console`, the operators' Worker: one page, which says that nobody can sign in yet. */
export default {
  async fetch(request, bindings) {
    settings ??= consoleSettings(bindings)
    const { ASSETS } = bindings
    const { pathname } = new URL(request.url)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return new Response(null, { status: 405, headers: { ...SITE_HEADERS, allow: 'GET' } })
    if (pathname === '/healthz') return new Response('{"status":"ok"}', { headers: JSON_HEADERS })
    if (PAGE_FILE.test(pathname)) return answered(await ASSETS.fetch(request), SITE_HEADERS)
    const status = pathname === '/' ? 200 : 404
    return answered(await ASSETS.fetch('http://site/console/'), PAGE_HEADERS, status)
  },
} satisfies ExportedHandler<ConsoleBindings>

function answered(file: Response, more: Record<string, string>, status = file.status): Response {
  const headers = new Headers(file.headers)
  for (const [name, value] of Object.entries(more)) headers.set(name, value)
  return new Response(file.body, { status, headers })
}
