import { prefixOf } from '../../core/network.ts'
import type { Deps } from '../deps.ts'

/**
 * Routes that are never counted: the acts that stop mail, which nobody shall be refused who shares a network with somebody else; and what
 * asks neither database nor lane. The pages that have the buttons are counted: a link can be fetched without end.
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
])
/** Routes that cost more than a page: a guess of an address, a mail that is asked for, a question to every part of every cluster. */
const DEAR = new Set(['POST /p/:token/access', 'POST /c/:token/again', 'GET /readyz'])
const DEAR_UNITS = 10

/** Returns what a request to a public route takes from the allowance of the network it comes from. Senders' calls have their key's. */
export function publicUnits(operation: string | undefined): number {
  if (operation === undefined || FREE.has(operation) || / \/(?:v1|\.well-known)\//.test(operation)) return 0
  return DEAR.has(operation) ? DEAR_UNITS : 1
}

/**
 * Takes units from the allowance of the network that a request comes from, by the platform's own word for it; without that word nobody
 * can be told apart, and nothing is counted. Throws `rate.limited`.
 */
export async function spendPublic(deps: Deps, { headers }: Request, units: number): Promise<void> {
  const network = units === 0 ? undefined : prefixOf(headers.get('cf-connecting-ip'))
  if (network !== undefined) await deps.publicRates.spend(network, units, deps.clock())
}
