import { createApp } from './app.ts'
import { openDeps } from './deps.ts'
import type { Bindings } from './env.ts'

export { WriteLane } from './lane/write-lane.ts'

let app: ReturnType<typeof createApp> | undefined

export default {
  fetch(request, bindings, context) {
    // Bindings do not change while an isolate lives, and building the app takes no promise: nothing to share between requests but code and keys.
    app ??= createApp(openDeps(bindings))
    return app.fetch(request, bindings, context)
  },
} satisfies ExportedHandler<Bindings>
