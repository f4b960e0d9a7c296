import { type DataKeys, FORMER_GENERATION, formerKey, importKey, newKey } from '../../core/cipher.ts'
import type { Clock } from '../../core/clock.ts'
import { Fault } from '../../core/fault.ts'
import type { DataKeyRow } from '../../db/data-key.ts'
import { type KeyVault, VaultFailure } from './key-vault.ts'

/** Storage of wrapped data keys. */
export interface KeyStore {
  /** Returns a tenant's keys, oldest first, as fresh as possible. Throws `database.unavailable`. */
  read(tenant: number): Promise<DataKeyRow[]>
  /** Stores a key, unless its tenant has one of that generation. Throws `database.unavailable`. */
  keep(row: DataKeyRow): Promise<void>
}

export interface StoredKeysOptions {
  store: KeyStore
  /** The vault; undefined where only `DATA_KEY` is set. */
  vault: KeyVault | undefined
  /** The secret `DATA_KEY`; undefined once nothing is sealed under it. */
  former: Uint8Array | undefined
  clock: Clock
  background(work: Promise<unknown>): void
  log(event: string, error: unknown): void
}

/**
 * How long, in milliseconds, an isolate seals under the newest key it has seen. A rotation waits as long before it seals
 * stored texts again. From half of that time on the isolate looks for a newer key in the background, so that no request
 * waits.
 */
export const NEWEST_FOR_MS = 60_000
/** Keys that an isolate holds in memory; the least recently used one goes first. */
const OPENED_MAX = 2000

/**
 * Data keys of the database, unwrapped once in an isolate's life: a key used before needs neither database nor vault. A
 * tenant's first key is made on first use. Only keys are shared between requests, never promises, so no request waits for
 * another.
 */
export class StoredKeys implements DataKeys {
  readonly #options: StoredKeysOptions
  readonly #opened = new Map<string, CryptoKey>()
  readonly #newest = new Map<number, { generation: number; asOf: number; looking: boolean }>()

  constructor(options: StoredKeysOptions) {
    this.#options = options
  }

  /** Returns the key that seals a tenant's new texts. Throws `encryption.unavailable`, `database.unavailable`. */
  async newest(tenant: number): Promise<{ generation: number; key: CryptoKey }> {
    const seen = this.#newest.get(tenant)
    const age = seen ? this.#options.clock() - seen.asOf : -1
    // A negative age means that the clock was set back.
    if (!seen || age < 0 || age >= NEWEST_FOR_MS) {
      const generation = await this.#look(tenant)
      return { generation, key: await this.find(tenant, generation) }
    }
    if (age >= NEWEST_FOR_MS / 2 && !seen.looking) {
      seen.looking = true
      this.#options.background(
        this.#look(tenant).catch(() => {
          seen.looking = false
        }),
      )
    }
    return { generation: seen.generation, key: await this.find(tenant, seen.generation) }
  }

  /** Returns the key of one generation. Throws `encryption.unavailable`, `database.unavailable`. */
  async find(tenant: number, generation: number): Promise<CryptoKey> {
    const name = nameOf(tenant, generation)
    const opened = this.#opened.get(name)
    if (opened) {
      kept(this.#opened, name, opened)
      return opened
    }
    if (generation === FORMER_GENERATION) {
      const { former } = this.#options
      if (!former)
        throw this.#unavailable(
          new VaultFailure('unknown_key', 'a text was sealed under DATA_KEY, which is not set'),
        )
      return kept(this.#opened, name, await formerKey(former, tenant))
    }
    const row = (await this.#options.store.read(tenant)).find(each => each.generation === generation)
    if (!row)
      throw this.#unavailable(
        new VaultFailure('unknown_key', `tenant ${tenant} has no data key ${generation}`),
      )
    return this.#open(row)
  }

  /** Reads which key is the newest, and makes the first one where there is neither a key nor `DATA_KEY`. */
  async #look(tenant: number): Promise<number> {
    const { store, former, clock } = this.#options
    const asOf = clock()
    let rows = await store.read(tenant)
    if (rows.length === 0 && !former) {
      await store.keep(await this.#make(tenant))
      // Where two isolates make a first key at once, the stored one counts for both.
      rows = await store.read(tenant)
      if (rows.length === 0)
        throw this.#unavailable(new VaultFailure('unknown_key', `tenant ${tenant} has no data key`))
    }
    const row = rows.at(-1)
    if (row && !this.#opened.has(nameOf(tenant, row.generation))) await this.#open(row)
    const generation = row?.generation ?? FORMER_GENERATION
    kept(this.#newest, tenant, { generation, asOf, looking: false })
    return generation
  }

  async #make(tenant: number): Promise<DataKeyRow> {
    const generation = FORMER_GENERATION + 1
    const wrapped = await this.#asked(vault => vault.wrap({ tenant, generation }, newKey()))
    return { tenant, generation, wrapped, madeAt: this.#options.clock() }
  }

  async #open({ tenant, generation, wrapped }: DataKeyRow): Promise<CryptoKey> {
    const raw = await this.#asked(vault => vault.unwrap({ tenant, generation }, wrapped))
    return kept(this.#opened, nameOf(tenant, generation), await importKey(raw))
  }

  async #asked<T>(ask: (vault: KeyVault) => Promise<T>): Promise<T> {
    const { vault } = this.#options
    try {
      if (!vault)
        throw new VaultFailure(
          'unknown_key',
          'neither KEY_ENCRYPTION_KEYS nor VAULT_URL is set to unwrap a data key',
        )
      return await ask(vault)
    } catch (error) {
      throw this.#unavailable(error)
    }
  }

  /** The cause goes to the log, for operators; callers get a fault without it. */
  #unavailable(cause: unknown): Fault {
    this.#options.log('key vault', cause)
    return new Fault({ code: 'encryption.unavailable' }, { cause })
  }
}

const nameOf = (tenant: number, generation: number): string => `${tenant}.${generation}`

/** Stores a value as the most recently used, and evicts the least recently used one. */
function kept<K, V>(map: Map<K, V>, key: K, value: V): V {
  map.delete(key)
  map.set(key, value)
  if (map.size > OPENED_MAX) map.delete(map.keys().next().value as K)
  return value
}
