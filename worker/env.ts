import * as z from 'zod/mini'
import type { Endpoint } from '../db/hrana.ts'
import type { RatePolicy } from './access/rate-limit.ts'
import { type KeyringEntry, parseKey, parseKeyring } from './core/keys.ts'
import type { WriteLane } from './lane/write-lane.ts'

/** What the runtime hands the Worker: wrangler.toml's bindings and vars, and the secrets. */
export interface Bindings {
  BASE_URL: string
  DATABASE_URL: string
  REPLICA_URLS: string
  DATABASE_AUTH_TOKEN?: string
  TOKEN_KEYS: string
  INDEX_KEY: string
  DATA_KEY: string
  SENDER_RATE_UNITS?: string
  SENDER_RATE?: RateLimit
  ASSETS: Fetcher
  LANE: DurableObjectNamespace<WriteLane>
}

/** The settings, parsed. */
export interface Settings {
  baseUrl: string
  primary: Endpoint
  replicas: Endpoint[]
  tokenKeys: KeyringEntry[]
  indexKey: Uint8Array
  dataKey: Uint8Array
  ratePolicy: RatePolicy
}

/** A List-Unsubscribe line may have 78 characters: a space, `<`, the origin, `/u/`, 39 of token, `>`. */
const BASE_URL_MAX = 78 - (2 + '/u/'.length + 39 + 1)

const origin = z.string().check(
  z.refine(
    text => URL.canParse(text) && new URL(text).origin === text,
    'must be an origin such as https://floe.example.com',
  ),
  z.maxLength(
    BASE_URL_MAX,
    `must have at most ${BASE_URL_MAX} characters, so that List-Unsubscribe lines stay within 78`,
  ),
  z.refine(
    text => text.startsWith('https://') || /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(text),
    'must be https (RFC 8058 section 3.1); plain http is for this machine only',
  ),
)

const database = z
  .string()
  .check(
    z.refine(
      text => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text,
      'must be the http(s) origin of a libSQL server',
    ),
  )

const key = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const bytes = parseKey(text)
    if (!bytes) context.issues.push({ code: 'custom', message: 'must be 32 octets in base64url', input: '' })
    return bytes ?? z.NEVER
  }),
)

const keyring = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const entries = parseKeyring(text)
    if (!entries)
      context.issues.push({
        code: 'custom',
        message: 'must be "id:key[,id:key…]", ids 0 to 31, keys 32 octets in base64url',
        input: '',
      })
    return entries ?? z.NEVER
  }),
)

const schema = z.object({
  BASE_URL: origin,
  DATABASE_URL: database,
  REPLICA_URLS: z.pipe(
    z._default(z.string(), ''),
    z.transform((text: string, context) => {
      const urls = text.split(',').flatMap(url => url.trim() || [])
      if (!urls.every(url => database.safeParse(url).success)) {
        context.issues.push({ code: 'custom', message: 'must be origins, separated by commas', input: '' })
      }
      return urls
    }),
  ),
  DATABASE_AUTH_TOKEN: z.optional(z.string()),
  TOKEN_KEYS: keyring,
  INDEX_KEY: key,
  DATA_KEY: key,
  SENDER_RATE_UNITS: z._default(
    z.string().check(z.regex(/^[1-9]\d{0,8}$/, 'must be a number of units a minute')),
    '60000',
  ),
})

/** Parses the bindings. Throws with the name of each bad one, and never with the value of a secret. */
export function parseEnv(bindings: Partial<Record<keyof Bindings, unknown>>): Settings {
  const parsed = schema.safeParse(bindings)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(issue => `${issue.path.join('.')} ${issue.message}`)
    throw new Error(`The configuration is not usable: ${lines.join('; ')}`)
  }
  const env = parsed.data
  const endpoint = (url: string): Endpoint => ({ url, authToken: env.DATABASE_AUTH_TOKEN })
  return {
    baseUrl: env.BASE_URL,
    primary: endpoint(env.DATABASE_URL),
    replicas: env.REPLICA_URLS.map(endpoint),
    tokenKeys: env.TOKEN_KEYS,
    indexKey: env.INDEX_KEY,
    dataKey: env.DATA_KEY,
    ratePolicy: { units: Number(env.SENDER_RATE_UNITS), periodSeconds: 60 },
  }
}
