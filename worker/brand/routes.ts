import type { Deps } from '../deps.ts'
import { IMMUTABLE_HEADERS } from '../http/headers.ts'
import type { App } from '../http/route.ts'
import { brandType } from './brand.ts'
import { serveBrand } from './serve.ts'

/** The files that a sender's pages are dressed with, as files of our own: the pages' policy takes no others. */
export function brandRoutes(app: App, deps: Deps): void {
  app.get('/brand/:file', async c => {
    const { name, body } = await serveBrand(deps, c.req.param('file'))
    return new Response(body as BodyInit, {
      headers: { ...IMMUTABLE_HEADERS, 'content-type': brandType(name.extension) },
    })
  })
}
