import { prefixOf } from '../../core/network.ts'
import type { Deps } from '../deps.ts'

/**
 * Routes that are never counted: those that stop mail, so that nobody is refused because of others on their network; and those
 * that ask neither database nor lane. Pages with the buttons are counted, since a link can be fetched endlessly.
 */
const FREE = new Set([
  'POST /u/:token',
  'OPTIONS /u/:token',
  'POST /u/:token/page',
  'POST /p/:token',
  'POST /c/:token/cancel',
  'OPTIONS /c/:token/cancel',
  'POST /r/:token/refuse',
  'POST /your-data/restrict',
  'POST /your-data/object',
  'POST /your-data/erased',
  'GET /healthz',
  'GET /version',
  'GET /metrics',
  'POST /metrics',
])
/**
 * Units of routes that cost more than a page: they allow a guess at an address, send a mail, or ask every part of every cluster. A
 * sign-up form costs most, since anybody can have anybody mailed by it.
 */
const DEAR = new Map([
  ['POST /p/:token/access', 10],
  ['POST /c/:token/again', 10],
  ['GET /readyz', 10],
  ['POST /s/:token', 30],
])

/**
 * Returns the units that a request to a public route takes from its network's allowance. Senders' calls count against their key
 * instead.
 */
export function publicUnits(operation: string | undefined): number {
  if (operation === undefined || FREE.has(operation) || / \/(?:v1|\.well-known)\//.test(operation)) return 0
  return DEAR.get(operation) ?? 1
}

/**
 * Takes units from the allowance of a request's network, which the platform's own header names. Without that header nothing is
 * counted. Throws `rate.limited`.
 */
export async function spendPublic(deps: Deps, { headers }: Request, units: number): Promise<void> {
  const network = units === 0 ? undefined : prefixOf(headers.get('cf-connecting-ip'))
  if (network !== undefined) await deps.publicRates.spend(network, units, deps.clock())
}
