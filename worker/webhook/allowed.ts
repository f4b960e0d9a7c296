import { ownerOf } from '../domain/own-host.ts'
import type { WebhookDeps } from './deps.ts'
import { hostOf, whyNoTarget } from './target.ts'

/**
 * Returns why a sender may not have an endpoint at a URL: the fault of `whyNoTarget`, or that the host serves a workspace's
 * links. Throws `database.unavailable`.
 */
export async function whyNoEndpoint(deps: WebhookDeps, url: string): Promise<string | undefined> {
  const fault = whyNoTarget(url, deps.targets)
  if (fault !== undefined) return fault
  return (await ownerOf(deps, hostOf(new URL(url)))) === undefined ? undefined : 'must not be Floe itself'
}
