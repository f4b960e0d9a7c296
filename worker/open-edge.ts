import type { EdgeDeps } from './edge-routes.ts'
import { type EdgeBindings, edgeSettings } from './edge-settings.ts'
import { openShared } from './open-shared.ts'
import { passOnBy } from './pass-on.ts'

/** Builds the dependencies of `floe` from its bindings. */
export function openEdge(bindings: EdgeBindings): EdgeDeps {
  const shared = openShared('floe', edgeSettings(bindings), bindings)
  return { ...shared, passOn: passOnBy(shared, bindings.APP) }
}
