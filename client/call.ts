import type { Answer, CallName, Given, Routes } from './contract.ts'
import { FloeUnreachable } from './error.ts'
import { ask, type ClientOptions, query } from './request.ts'

/**
 * Method and path of each call, by its name in the reference; `json` where it has a body, `once` where a repeat would have a second
 * effect and so carries an `Idempotency-Key`. The compiler holds it equal to the contracts.
 */
const ROUTES: { [Name in CallName]: Routes[Name] | `${Routes[Name]} once` } = {
  checkAddresses: 'POST /v1/check json',
  mintLinks: 'POST /v1/links json',
  listTopics: 'GET /v1/topics',
  prepareMessage: 'POST /v1/messages/prepare json',
  lintMessage: 'POST /v1/messages/lint json',
  addSuppressions: 'POST /v1/suppressions json',
  listSuppressions: 'GET /v1/suppressions',
  findSuppressions: 'POST /v1/suppressions/find json',
  getSuppression: 'GET /v1/suppressions/:id',
  liftSuppression: 'DELETE /v1/suppressions/:id',
  getImport: 'GET /v1/suppressions/import/:name',
  listImports: 'GET /v1/imports',
  undoImport: 'POST /v1/imports/:name/undo json',
  requestSubscription: 'POST /v1/subscriptions json once',
  recordConsents: 'POST /v1/consents json',
  withdrawConsent: 'POST /v1/consents/withdraw json',
  proveConsent: 'POST /v1/consents/prove json',
  createForm: 'POST /v1/forms json once',
  listForms: 'GET /v1/forms',
  getForm: 'GET /v1/forms/:id',
  endForm: 'DELETE /v1/forms/:id',
  listInbound: 'GET /v1/inbound',
  listRefusedReports: 'GET /v1/inbound/refused',
  setInbound: 'PUT /v1/inbound/:provider json',
  endInbound: 'DELETE /v1/inbound/:provider',
  readEvents: 'GET /v1/events',
  identifyAddresses: 'POST /v1/address-ids json',
  readStatistics: 'GET /v1/stats',
  listRightsRequests: 'GET /v1/rights-requests',
  getRightsRequest: 'GET /v1/rights-requests/:id',
  closeRightsRequest: 'POST /v1/rights-requests/:id/close json',
  extendRightsRequest: 'POST /v1/rights-requests/:id/extend once',
  listWebhookEndpoints: 'GET /v1/webhook-endpoints',
  createWebhookEndpoint: 'POST /v1/webhook-endpoints json once',
  getWebhookEndpoint: 'GET /v1/webhook-endpoints/:endpoint',
  updateWebhookEndpoint: 'PATCH /v1/webhook-endpoints/:endpoint json',
  deleteWebhookEndpoint: 'DELETE /v1/webhook-endpoints/:endpoint',
  rotateWebhookSecret: 'POST /v1/webhook-endpoints/:endpoint/rotate-secret json once',
  replayWebhook: 'POST /v1/webhook-endpoints/:endpoint/replay json once',
  testWebhook: 'POST /v1/webhook-endpoints/:endpoint/test',
  listWebhookDeliveries: 'GET /v1/webhook-endpoints/:endpoint/deliveries',
  listKeys: 'GET /v1/api-keys',
  createKey: 'POST /v1/api-keys json once',
  rotateKey: 'POST /v1/api-keys/:id/rotate json once',
  revokeKey: 'DELETE /v1/api-keys/:id once',
}

/** Every call, in the order of the reference. */
export const CALL_NAMES = Object.keys(ROUTES) as readonly CallName[]

/** Makes a call with what it takes. */
export type Caller = <Name extends CallName>(
  name: Name,
  given: Given<Name>,
  more?: { signal?: AbortSignal | undefined; deadlineMs?: number },
) => Promise<Answer<Name>>

/** Returns a function that makes any call of a key, with its fields in the path, the query and the body as its contract has them. */
export function callerFor(options: ClientOptions): Caller {
  return async (name, given, { signal, deadlineMs } = {}) => {
    const [method, path, ...how] = ROUTES[name].split(' ') as ['GET', string, ...string[]]
    const left: Record<string, unknown> = { ...(given as object) }
    const filled = path.replace(/:(\w+)/g, (_, field: string) => {
      const value = left[field]
      delete left[field]
      // A dot would lead to another path.
      if (typeof value !== 'string' || /^\.{0,2}$/.test(value))
        throw new TypeError(`${name} needs ${field}, a name or id`)
      return encodeURIComponent(value)
    })
    const hasBody = how.includes('json')
    const fields = hasBody ? '' : query(left).toString()
    const answer = await ask(
      { ...options, ...(deadlineMs !== undefined && { deadlineMs }) },
      {
        method,
        path: fields === '' ? filled : `${filled}?${fields}`,
        ...(how.includes('once') && { headers: { 'idempotency-key': crypto.randomUUID() } }),
        ...(hasBody && { body: left }),
        signal,
      },
    )
    return answer as never
  }
}

/** Yields the items of a list that comes page by page; `read` gets what its call takes besides. */
export async function* each<Page extends { next?: string | undefined }, Item>(
  read: (place: { limit: number; cursor?: string }) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[],
): AsyncGenerator<Item> {
  for (let cursor: string | undefined; ; ) {
    const page = await read({ limit: 1000, ...(cursor !== undefined && { cursor }) })
    yield* itemsOf(page)
    if (page.next === undefined) return
    cursor = page.next
  }
}

/** Throws `FloeUnreachable` unless there is an answer for each of what was asked, in its order. */
export function answersFor<Asked, Result>(
  asked: readonly Asked[],
  results: readonly Result[],
  isOf: (result: Result, one: Asked) => boolean = () => true,
): void {
  const isWhole =
    Array.isArray(results) &&
    results.length === asked.length &&
    results.every((result, i) => typeof result === 'object' && result !== null && isOf(result, asked[i]!))
  if (!isWhole) throw new FloeUnreachable('Floe answered for other recipients')
}
