import { waitUntil } from 'cloudflare:workers'
import { type Database, openDatabase } from '../db/client.ts'
import { RateLimits, type RatePolicy } from './access/rate-limit.ts'
import { ReceiptKeys } from './consent/receipt-key.ts'
import { TenantCipher } from './core/cipher.ts'
import { type Clock, systemClock } from './core/clock.ts'
import { HashMany } from './core/hash-many.ts'
import hashManyModule from './core/hash-many.wasm'
import { type Ids, uuid7 } from './core/id.ts'
import { AddressIndexes, type Keyring, openKeyring } from './core/keys.ts'
import { type Bindings, parseEnv } from './env.ts'
import type { IdempotencyRecords } from './http/idempotency.ts'
import { Words } from './http/words.ts'
import { laneCalls } from './lane/call.ts'
import type { Mailer } from './mail/mailer.ts'
import { openMailer } from './mail/open.ts'
import type { Place } from './unsubscribe/place.ts'

/** Everything a verb may need from outside. */
export interface Deps {
  baseUrl: string
  db: Database
  clock: Clock
  ids: Ids
  keyring: Keyring
  indexes: AddressIndexes
  cipher: TenantCipher
  hashMany: HashMany
  receipts: ReceiptKeys
  /** The way out for mail; undefined where senders mail confirmations themselves. */
  mailer: Mailer | undefined
  /** From which address confirmations are mailed where a workspace has none of its own. */
  mailFrom: string
  ratePolicy: RatePolicy
  rates: RateLimits
  site: Fetcher
  /** What is said in the reader's language, beside the pages. */
  words: Words
  /** What became of calls that were made under an `Idempotency-Key`. */
  idempotency: IdempotencyRecords
  /** Where a topic belongs, as read so far. */
  places: Map<number, Place>
  /** Lets a request's afterthought finish when its answer is out. */
  background(work: Promise<unknown>): void
  /** Writes one line about a failure. Never given anything a sender or recipient sent. */
  log(event: string, error: unknown): void
}

/** Builds the dependencies from the bindings: the only place that constructs any. */
export function openDeps(bindings: Bindings): Deps {
  const settings = parseEnv(bindings)
  return {
    baseUrl: settings.baseUrl,
    db: openDatabase({
      primary: settings.primary,
      replicas: settings.replicas,
      lane: laneCalls(bindings.LANE, 'primary'),
      clock: systemClock,
      background: waitUntil,
    }),
    clock: systemClock,
    ids: uuid7,
    keyring: openKeyring(settings.tokenKeys),
    indexes: new AddressIndexes(settings.indexKey),
    cipher: new TenantCipher(settings.dataKey),
    hashMany: new HashMany(hashManyModule),
    receipts: new ReceiptKeys(settings.receiptKeys),
    mailer: openMailer(settings.mail),
    mailFrom: settings.mailFrom,
    ratePolicy: settings.ratePolicy,
    rates: new RateLimits(settings.ratePolicy, bindings.SENDER_RATE),
    site: bindings.ASSETS,
    words: new Words(bindings.ASSETS),
    idempotency: { open: name => bindings.IDEMPOTENCY.get(bindings.IDEMPOTENCY.idFromName(name)) },
    places: new Map(),
    background: waitUntil,
    log: (event, error) =>
      console.error(JSON.stringify({ event, error: error instanceof Error ? error.stack : String(error) })),
  }
}
