import { REQUEST_STATES } from '../../core/codes/subscription.ts'
import { Fault } from '../../core/fault.ts'
import { UNDO_MS } from '../../core/limits.ts'
import { isOfOrigins } from '../../core/origin.ts'

/** Throws `return_url.not_allowed` where a workspace leads nobody back to the address in `field`. */
export function demandReturn({ returnOrigins }: { returnOrigins: string }, url: string, field: string): void {
  if (!isOfOrigins(returnOrigins, url))
    throw new Fault({ code: 'return_url.not_allowed', field, origin: new URL(url).origin })
}

/** The part of a sign-up that says where it leads back to. */
interface Returning {
  state: number
  closedAt: number | null
  returnUrl: string | null
  returnOrigins: string
}

/**
 * Returns where the page of a sign-up leads back to: to whoever confirms it `now` and for half an hour, since a link that was passed
 * on tells nobody where its recipient signed up. An origin that was taken away since is not offered.
 */
export function returnOf(
  { state, closedAt, returnUrl, returnOrigins }: Returning,
  now: boolean,
  at: number,
): { url: string; host: string } | undefined {
  const lately = now || (state === REQUEST_STATES.confirmed && at <= closedAt! + UNDO_MS)
  if (!lately || returnUrl === null || !isOfOrigins(returnOrigins, returnUrl)) return undefined
  // Written out: on a page of Floe a browser reads "https:shop.example" as a path below that page.
  const { href, host } = new URL(returnUrl)
  return { url: href, host }
}
