import { keyName, keyTextOf, readApiKey } from '../../core/api-key.ts'
import { prefixOf } from '../../core/network.ts'
import type { Deps } from '../deps.ts'

/**
 * Header fields by which `floe` and `floe-app` tell each other what a key and a network have spent, so that either has one
 * allowance. `floe` sets or removes them in each request that it passes on: nobody else can say what was spent.
 */
export const SPENT_BY_KEY = 'floe-spent-by-key'
export const SPENT_BY_NETWORK = 'floe-spent-by-network'

/** Whose allowances a request spends: of an authentic key, and of a network that the platform names. */
export interface Spenders {
  key: string | undefined
  network: string | undefined
}

/** Returns whose allowances a request spends. */
export function spendersOf({ keyring }: Deps, { headers }: Request): Spenders {
  const text = keyTextOf(headers.get('authorization') ?? undefined)
  const claim = text === undefined ? undefined : readApiKey(keyring, text)
  return { key: claim && keyName(claim.keyId), network: prefixOf(headers.get('cf-connecting-ip')) }
}

/** Returns a request that tells `floe-app` what its key and its network have spent here. */
export function withSpent(deps: Deps, request: Request, { key, network }: Spenders): Request {
  const now = deps.clock()
  const headers = new Headers(request.headers)
  const tell = (name: string, spent: number | undefined) =>
    spent === undefined ? headers.delete(name) : headers.set(name, String(spent))
  tell(SPENT_BY_KEY, key === undefined ? undefined : deps.rates.spent(key, now))
  tell(SPENT_BY_NETWORK, network === undefined ? undefined : deps.publicRates.spent(network, now))
  // A redirect is the caller's to follow.
  return new Request(request, { headers, redirect: 'manual' })
}

/**
 * Counts what `floe-app` says in its answer that the key and the network have spent, and takes it out of the answer. One to a request
 * that was passed on in an earlier period, at `since`, may tell of that period, and counts for nothing in this one.
 */
export function learnFromAnswer(
  deps: Deps,
  { key, network }: Spenders,
  { headers }: Response,
  since: number,
): void {
  const now = deps.clock()
  const spent = headers.get(SPENT_BY_NETWORK)
  headers.delete(SPENT_BY_NETWORK)
  const periodAt = (time: number) => Math.floor(time / 1000 / deps.ratePolicy.periodSeconds)
  if (periodAt(since) !== periodAt(now)) return
  const [, remaining] = /;r=(\d+);/.exec(headers.get('ratelimit') ?? '') ?? []
  if (key !== undefined && remaining !== undefined)
    deps.rates.learn(key, deps.ratePolicy.units - Number(remaining), now)
  if (network !== undefined && spent !== null) deps.publicRates.learn(network, Number(spent), now)
}

/** Counts what `floe` says in its request that the key and the network have spent. */
export function learnFromRequest(deps: Deps, request: Request): void {
  const now = deps.clock()
  const { key, network } = spendersOf(deps, request)
  const [ofKey, ofNetwork] = [request.headers.get(SPENT_BY_KEY), request.headers.get(SPENT_BY_NETWORK)]
  if (key !== undefined && ofKey !== null) deps.rates.learn(key, Number(ofKey), now)
  if (network !== undefined && ofNetwork !== null) deps.publicRates.learn(network, Number(ofNetwork), now)
}

/** Tells `floe` in an answer what the request's network has spent here. */
export function tellOfNetwork({ publicRates, clock }: Deps, request: Request, { headers }: Response): void {
  const network = prefixOf(request.headers.get('cf-connecting-ip'))
  if (network !== undefined) headers.set(SPENT_BY_NETWORK, String(publicRates.spent(network, clock())))
}
