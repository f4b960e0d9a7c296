import { type ConsoleBindings, consoleSettings } from './console-settings.ts'
import { JSON_HEADERS, PAGE_HEADERS, SITE_HEADERS, TEXT_HEADERS } from './http/headers.ts'

/** Styles and pictures of the pages; no page of the public site is served at the operators' host. */
const PAGE_FILE = /^\/(?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.(?:css|svg|png|ico|woff2)$/

const NOTHING_HEADERS = { ...TEXT_HEADERS, 'cache-control': 'no-store' }

let settings: ReturnType<typeof consoleSettings> | undefined

/** `floe-console`, the operators' Worker: one page, which says that nobody can sign in yet. */
export default {
  async fetch(request, bindings) {
    settings ??= consoleSettings(bindings)
    const { pathname } = new URL(request.url)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return new Response('Use GET.\n', { status: 405, headers: { ...NOTHING_HEADERS, allow: 'GET' } })
    if (pathname === '/healthz')
      return new Response(JSON.stringify({ status: 'ok', ...settings.version }), { headers: JSON_HEADERS })
    if (pathname === '/') return answered(await bindings.ASSETS.fetch('http://site/console/'), PAGE_HEADERS)
    const file = PAGE_FILE.test(pathname) ? await bindings.ASSETS.fetch(request) : undefined
    // A browser that has a file asks whether it changed, and is told 304 where it did not.
    if (file?.ok || file?.status === 304) return answered(file, SITE_HEADERS)
    return new Response('There is nothing at this address.\n', { status: 404, headers: NOTHING_HEADERS })
  },
} satisfies ExportedHandler<ConsoleBindings>

function answered(file: Response, more: Record<string, string>): Response {
  const headers = new Headers(file.headers)
  for (const [name, value] of Object.entries(more)) headers.set(name, value)
  return new Response(file.body, { status: file.status, headers })
}
