import type { Context } from 'hono'
import type { HonoBase } from 'hono/hono-base'
import { getPathNoStrict } from 'hono/utils/url'
import { type ApiKeyClaims, keyName, keyTextOf, readApiKey } from '../../core/api-key.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { object } from '../../core/shape.ts'
import type { Trace } from '../../core/trace.ts'
import { timed } from '../../db/engine/timed.ts'
import { apiKeyCaller } from '../call/api-key.ts'
import type { InputOf, Operation, Schema } from '../call/operation.ts'
import type { Verb } from '../call/verb.ts'
import { Written } from '../call/written.ts'
import type { Deps } from '../deps.ts'
import { parse } from './field-fault.ts'
import { JSON_HEADERS } from './headers.ts'
import { type KeptAnswer, readIdempotencyKey } from './idempotency.ts'
import { readBody, readJson } from './limits.ts'
import { rateHeaders, unitsFor } from './rate-limit.ts'

/** The Worker's routes. `rate` holds the rate limit's header fields for any answer to a sender call. */
export type App = HonoBase<Variables>
/** Context of a request on its way through the routes. */
export type Variables = { Variables: { rate?: Record<string, string> }; Bindings: Trace }

/** Returns a request's path as routes are matched with it: decoded, and without a slash at its end. */
export const pathOf: (request: Request) => string = getPathNoStrict

/** Returns the name of a request's route, such as `POST /u/:token`; undefined when none matches. */
export function routeOf(app: App, request: Request, path: string): string | undefined {
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const route = app.router.match(method, path)[0][0]?.[0][1]
  if (!route) return undefined
  let name = names.get(route)
  if (name === undefined) {
    name = `${method} ${route.path.replace(/\{[^{}]*\}/g, '')}`
    names.set(route, name)
  }
  return name
}

const names = new WeakMap<object, string>()

/** Registers sender calls by their verbs. */
export const senderCalls =
  <D extends Deps>(app: App, deps: D) =>
  <Input extends Schema>(verb: Verb<Operation<Input> & { input: Input }, D>): void =>
    void app.on(verb.operation.method, verb.operation.path, senderCall(deps, verb))

/**
 * Returns the handler of a sender call: credential, allowance, input, schema, verb, JSON. `router.ts` turns everything thrown into
 * a problem.
 */
const senderCall =
  <D extends Deps, Input extends Schema>(
    deps: D,
    verb: Verb<Operation<Input> & { input: Input }, D>,
    {
      input,
      limitBytes,
      fromMessage,
      addresses = () => 1,
      bytes = () => 0,
      status = 200,
      writes,
    } = verb.operation,
  ) =>
  async (c: Context<Variables>): Promise<Response> => {
    const claim = await enter(deps, c)
    const header = writes && c.req.header('idempotency-key')
    const key = header === undefined ? undefined : readIdempotencyKey(header)
    const cost = meter(deps, c, keyName(claim.keyId), 1)
    // A body's units are taken before it is parsed.
    const parsed = parse(
      input,
      limitBytes === undefined
        ? addressed(c)
        : await sent(c, limitBytes, length => cost(unitsFor(0, length)), fromMessage),
    )
    await cost(unitsFor(addresses(parsed), bytes(parsed)))
    const own = traced(deps, c.env, claim.tenant)
    const run = async <Text>(textOf: (answer: object) => Text) => ({
      status,
      text: textOf(
        await verb(own, apiKeyCaller(claim), parsed as InputOf<Operation<Input> & { input: Input }>, key),
      ),
    })
    const call = { name: `${c.req.method} ${c.req.path}`, input: parsed, secret: writes === 'secret' }
    const answer: Omit<KeptAnswer, 'text'> & { text: string | Uint8Array<ArrayBuffer> } =
      key === undefined
        ? await run(jsonOf)
        : await own.once!({ db: own.db, claim }, key, call, () => run(answer => JSON.stringify(answer)))
    return new Response(answer.text, {
      status: answer.status,
      headers: {
        ...JSON_HEADERS,
        ...c.get('rate'),
        ...(answer.replayed && { 'idempotency-replayed': 'true' }),
      },
    })
  }

const jsonOf = (answer: object): string | Uint8Array<ArrayBuffer> =>
  answer instanceof Written ? answer.json : JSON.stringify(answer)

/** Returns the dependencies of a tenant's call, which reads within the tenant's share and adds its times to the trace. */
const traced = <D extends Deps>(deps: D, trace: Trace, tenant: number): D => ({
  ...deps,
  db: timed(deps.db.forTenant(tenant), deps.clock, (call, _, ms) => {
    trace[call === 'write' ? 'lane' : 'database'] += ms
  }),
})

/**
 * Admits a sender: returns its key's claims and takes `units` from the key's allowance. Throws `key.missing`, `key.invalid`,
 * `rate.limited`.
 */
export async function enter(deps: Deps, c: Context<Variables>, units = 1): Promise<ApiKeyClaims> {
  c.set('rate', rateHeaders(deps.ratePolicy))
  const claim = credential(deps, c.req.header('authorization'))
  await spend(deps, c, keyName(claim.keyId), units)
  // The network writes this header itself; one that callers can write, such as X-Forwarded-For, must not satisfy a key's network
  // limit.
  const ip = c.req.header('cf-connecting-ip')
  return { ...claim, at: deps.clock(), ...(ip !== undefined && { ip }) }
}

/** Takes `units` from the allowance of a caller. Throws `rate.limited`. */
export async function spend(deps: Deps, c: Context<Variables>, caller: string, units: number): Promise<void> {
  const allowance = await deps.rates.spend(caller, units, deps.clock())
  c.set('rate', rateHeaders(deps.ratePolicy, allowance))
}

/** Returns a function that takes a call's total units as they become known, less those that the caller has `paid`. */
export function meter(deps: Deps, c: Context<Variables>, caller: string, paid: number) {
  return async (units: number): Promise<void> => {
    const due = units - paid
    if (due <= 0) return
    paid = units
    await spend(deps, c, caller, due)
  }
}

/** Returns the fields of path and query. Throws `request.invalid` for a query field given twice. */
export const addressed = (c: Context): Record<string, string> => ({ ...queryOf(c), ...c.req.param() })

function queryOf(c: Context): Record<string, string> {
  const query = Object.entries(c.req.queries()).map(([field, values]): [string, string] => {
    if (values.length > 1) throw invalidField(field, 'stands there more than once')
    return [field, values[0]!]
  })
  return Object.fromEntries(query)
}

const NO_FIELDS = object({})
const MESSAGE = /^message\/(?:rfc822|global)\s*(?:;|$)/i

/** Returns the fields of path and body. Throws `request.invalid` for a query, and for a path field that the body also names. */
async function sent(
  c: Context,
  limitBytes: number,
  weigh: (bytes: number) => Promise<void>,
  fromMessage: Operation['fromMessage'],
): Promise<unknown> {
  if (fromMessage && MESSAGE.test(c.req.header('content-type') ?? '')) {
    const message = await readBody(c.req.raw, limitBytes)
    await weigh(message.length)
    return merged(addressed(c), fromMessage(message))
  }
  parse(NO_FIELDS, queryOf(c))
  const path = c.req.param()
  const body = await readJson(c.req.raw, limitBytes, weigh)
  if (Object.keys(path).length === 0 || typeof body !== 'object' || body === null || Array.isArray(body))
    return body
  return merged(path, body)
}

/** Returns the fields of a body and of an address. Throws `request.invalid` for one that both name. */
function merged(address: Record<string, string>, body: object): object {
  for (const name of Object.keys(address))
    if (Object.hasOwn(body, name)) throw invalidField(name, 'is not a field of this call')
  return { ...body, ...address }
}

function credential(deps: Deps, header: string | undefined): ApiKeyClaims {
  const text = keyTextOf(header)
  if (text === undefined) throw new Fault({ code: 'key.missing' })
  const claim = readApiKey(deps.keyring, text)
  if (!claim) throw new Fault({ code: 'key.invalid' })
  return claim
}
