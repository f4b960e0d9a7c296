import type { Deps } from '../deps.ts'
import { IMMUTABLE_HEADERS } from '../http/headers.ts'
import type { App } from '../http/route.ts'
import { brandType } from './brand.ts'
import { serveBrand } from './serve.ts'

/** Serves brand files from our own origin, since the content security policy of pages allows no other. */
export function brandRoutes(app: App, deps: Deps): void {
  app.get('/brand/:file', async c => {
    const { name, body } = await serveBrand(deps, c.req.param('file'))
    return new Response(body as BodyInit, {
      headers: { ...IMMUTABLE_HEADERS, 'content-type': brandType(name.extension) },
    })
  })
}
