import * as z from 'zod/mini'
import { canonicalAddress } from '../core/address.ts'
import { type KeyringEntry, parseKey, parseKeyring } from '../core/keys.ts'
import { LOG_LEVELS, type LogLevel } from '../core/log.ts'
import { ORIGIN_MAX } from '../core/origin.ts'
import { readBy } from '../core/setting.ts'
import { parseVault, VAULT_FIELDS, type VaultSetting, type VaultTexts } from './encryption/setting.ts'
import type { Version } from './health/deps.ts'
import { messageOf } from './http/field-fault.ts'
import type { IdempotencyRecord } from './http/idempotency-record.ts'
import type { RatePolicy } from './http/rate-limit.ts'
import { DEFAULT_REPORTERS, parseReporters } from './inbound/reporter.ts'
import {
  CLUSTER_FIELDS,
  type ClusterBindings,
  type ClusterSetting,
  clustersOf,
} from './lane/cluster-setting.ts'
import type { WriteLane } from './lane/write-lane.ts'
import { type MailSetting, parseMailUrl } from './mail/setting.ts'
import type { TargetPolicy } from './webhook/target.ts'

/** Bindings of the Worker: wrangler.toml's bindings and vars, and the secrets. */
export interface Bindings extends ClusterBindings {
  BASE_URL: string
  TOKEN_KEYS: string
  ACCESS_KEYS: string
  INDEX_KEY: string
  DATA_KEY?: string
  KEY_ENCRYPTION_KEYS?: string
  VAULT_URL?: string
  VAULT_TOKEN?: string
  VAULT_KEY?: string
  VAULT_NAMESPACE?: string
  RECEIPT_KEYS: string
  MAIL_URL: string
  MAIL_FROM?: string
  SECURITY_CONTACT?: string
  DNS_URL?: string
  REPORTERS?: string
  SENDER_RATE_UNITS?: string
  SENDER_RATE?: RateLimit
  PUBLIC_RATE_UNITS?: string
  PUBLIC_RATE?: RateLimit
  LOG_LEVEL?: string
  METRICS_TOKEN?: string
  COMMIT?: string
  VERSION?: WorkerVersionMetadata
  WEBHOOKS_TO_THIS_MACHINE?: string
  ASSETS: Fetcher
  LANE: DurableObjectNamespace<WriteLane>
  IDEMPOTENCY: DurableObjectNamespace<IdempotencyRecord>
}

/** The settings, parsed. */
export interface Settings {
  baseUrl: string
  /** Every cluster, the first one first. */
  clusters: ClusterSetting[]
  tokenKeys: KeyringEntry[]
  accessKeys: KeyringEntry[]
  indexKey: Uint8Array
  /** Key of rows that no stored data key has sealed yet; undefined where there are none. */
  dataKey: Uint8Array | undefined
  vault: VaultSetting
  receiptKeys: KeyringEntry[]
  mail: MailSetting
  mailFrom: string
  securityContact: string | undefined
  dnsUrl: string
  reporters: string[]
  ratePolicy: RatePolicy
  publicRatePolicy: RatePolicy
  logLevel: LogLevel
  metricsToken: string | undefined
  version: Version
  targets: TargetPolicy
}

const origin = z.string().check(
  z.refine(
    text => URL.canParse(text) && new URL(text).origin === text,
    'must be an origin such as https://floe.example.com',
  ),
  z.maxLength(
    ORIGIN_MAX,
    `must have at most ${ORIGIN_MAX} characters, so that List-Unsubscribe lines stay within 78`,
  ),
  z.refine(
    text => text.startsWith('https://') || /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(text),
    'must be https (RFC 8058 section 3.1); plain http is for this machine only',
  ),
)

/** Whether a key was chosen. Zeros are a placeholder that nobody replaced. */
const isChosen = (bytes: Uint8Array): boolean => bytes.some(byte => byte !== 0)

const key = z
  .pipe(z.string(), readBy(parseKey, 'must be 32 bytes in base64url'))
  .check(z.refine(isChosen, 'must not be zeros'))

const keyring = z
  .pipe(
    z.string(),
    readBy(parseKeyring, 'must be "id:key[,id:key…]", ids 0 to 31, keys 32 bytes in base64url'),
  )
  .check(z.refine(entries => entries.every(entry => isChosen(entry.key)), 'must have no key of zeros'))

// There is no default: without mail, senders carry the confirmation links, and nobody should get that by an oversight.
const MAIL_URLS = 'must be none:, smtp(s)://user:password@host, postmark://token or mailgun://key@host/domain'
const mailUrl = z.pipe(z.string(MAIL_URLS), readBy(parseMailUrl, MAIL_URLS))

const schema = z.object({
  BASE_URL: origin,
  ...CLUSTER_FIELDS,
  TOKEN_KEYS: keyring,
  ACCESS_KEYS: keyring,
  INDEX_KEY: key,
  DATA_KEY: z.optional(key),
  KEY_ENCRYPTION_KEYS: z.optional(z.string()),
  VAULT_URL: z.optional(z.string()),
  VAULT_TOKEN: z.optional(z.string()),
  VAULT_KEY: z.optional(z.string()),
  VAULT_NAMESPACE: z.optional(z.string()),
  RECEIPT_KEYS: keyring,
  MAIL_URL: mailUrl,
  MAIL_FROM: z._default(
    z.string().check(z.refine(text => canonicalAddress(text) === text, 'must be an address in lower case')),
    'confirm@floe.invalid',
  ),
  SECURITY_CONTACT: z.optional(
    z
      .string()
      .check(z.regex(/^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'must be a mailto: or https: address')),
  ),
  DNS_URL: z._default(
    z
      .string()
      .check(
        z.refine(
          text => URL.canParse(text) && /^https:|^http:\/\/127\.0\.0\.1[:/]/.test(text) && !/[?#]/.test(text),
          'must be the https address of a resolver that answers in JSON',
        ),
      ),
    'https://cloudflare-dns.com/dns-query',
  ),
  REPORTERS: z.pipe(
    z._default(z.string(), DEFAULT_REPORTERS),
    readBy(parseReporters, 'must be domains, or addresses in lower case, separated by commas'),
  ),
  SENDER_RATE_UNITS: z._default(
    z.string().check(z.regex(/^[1-9]\d{0,8}$/, 'must be a number of units a minute')),
    '60000',
  ),
  PUBLIC_RATE_UNITS: z._default(
    z.string().check(z.regex(/^[1-9]\d{0,8}$/, 'must be a number of units a minute')),
    '1200',
  ),
  LOG_LEVEL: z._default(z.enum(LOG_LEVELS, 'must be error or info'), 'error'),
  METRICS_TOKEN: z.optional(z.string().check(z.minLength(24, 'must have at least 24 characters'))),
  COMMIT: z._default(z.string().check(z.regex(/^[\w.-]{1,64}$/, 'must be a commit')), 'unknown'),
  VERSION: z.optional(z.object({ id: z.string() })),
  WEBHOOKS_TO_THIS_MACHINE: z._default(
    z.string().check(z.regex(/^(true|false)$/, 'must be true or false')),
    'false',
  ),
})

/** Parses the bindings. Throws with the name of each bad one, never with the value of a secret. */
export function parseEnv(bindings: Partial<Record<keyof Bindings, unknown>>): Settings {
  const parsed = z.safeParse(schema, bindings, { error: issue => messageOf(issue, false) })
  const vault = parseVault(vaultTexts(bindings))
  const lines = [
    ...(parsed.error?.issues ?? []).map(issue => `${issue.path.join('.')} ${issue.message}`),
    ...('field' in vault ? [`${vault.field} ${vault.message}`] : []),
    ...(!bindings.DATA_KEY && !('field' in vault) && !vault.keyring && !vault.transit
      ? ['KEY_ENCRYPTION_KEYS or VAULT_URL must be set: nothing is kept without encryption']
      : []),
  ]
  if (!parsed.success || lines.length > 0)
    throw new Error(`The configuration is not usable: ${lines.join('; ')}`)
  const env = parsed.data
  return {
    baseUrl: env.BASE_URL,
    clusters: clustersOf(env),
    tokenKeys: env.TOKEN_KEYS,
    accessKeys: env.ACCESS_KEYS,
    indexKey: env.INDEX_KEY,
    dataKey: env.DATA_KEY,
    vault: vault as VaultSetting,
    receiptKeys: env.RECEIPT_KEYS,
    mail: env.MAIL_URL,
    mailFrom: env.MAIL_FROM,
    securityContact: env.SECURITY_CONTACT,
    dnsUrl: env.DNS_URL,
    reporters: env.REPORTERS,
    ratePolicy: { units: Number(env.SENDER_RATE_UNITS), periodSeconds: 60 },
    publicRatePolicy: { units: Number(env.PUBLIC_RATE_UNITS), periodSeconds: 60 },
    logLevel: env.LOG_LEVEL,
    metricsToken: env.METRICS_TOKEN,
    version: { build: env.VERSION?.id ?? 'local', commit: env.COMMIT },
    targets: {
      ownHost: new URL(env.BASE_URL).hostname,
      thisMachine: env.WEBHOOKS_TO_THIS_MACHINE === 'true',
    },
  }
}

const vaultTexts = (bindings: Partial<Record<keyof Bindings, unknown>>): VaultTexts =>
  Object.fromEntries(
    VAULT_FIELDS.flatMap(field => {
      const { [field]: value } = bindings
      return typeof value === 'string' ? [[field, value]] : []
    }),
  )
