import { type DataKeys, FORMER_GENERATION, formerKey, importKey, newKey } from '../../core/cipher.ts'
import type { Clock } from '../../core/clock.ts'
import { Fault } from '../../core/fault.ts'
import type { DataKeyRow } from '../../db/data-key.ts'
import { type KeyVault, VaultFailure } from './key-vault.ts'

/** Where wrapped data keys are kept. */
export interface KeyStore {
  /** Returns a tenant's keys, oldest first, as new as can be. Throws `database.unavailable`. */
  read(tenant: number): Promise<DataKeyRow[]>
  /** Keeps a key, unless its tenant has one of that generation. Throws `database.unavailable`. */
  keep(row: DataKeyRow): Promise<void>
}

/** What data keys are opened with. */
export interface StoredKeysOptions {
  store: KeyStore
  /** What wraps them; undefined where there is a `DATA_KEY` only. */
  vault: KeyVault | undefined
  /** The secret `DATA_KEY`; undefined once nothing is sealed under it any more. */
  former: Uint8Array | undefined
  clock: Clock
  background(work: Promise<unknown>): void
  log(event: string, error: unknown): void
}

/**
 * For how long, in milliseconds, an isolate goes on sealing under the newest key it has seen. A rotation waits as long before it
 * seals anew what is there. From half of that time on it looks again meanwhile, so that nobody waits for it.
 */
export const NEWEST_FOR_MS = 60_000
/** Keys an isolate has in memory at most: the one that was used longest ago goes first. */
const OPENED_MAX = 2000

/**
 * The data keys of the database, unwrapped once in an isolate's life: a verb asks neither database nor vault for one that was used
 * before, and goes on without the vault. A tenant's first key is made when it is first needed. Only keys are kept between
 * requests, never promises: no request waits on another's.
 */
export class StoredKeys implements DataKeys {
  readonly #options: StoredKeysOptions
  readonly #opened = new Map<string, CryptoKey>()
  readonly #newest = new Map<number, { generation: number; asOf: number; looking: boolean }>()

  constructor(options: StoredKeysOptions) {
    this.#options = options
  }

  /** Returns the key that a tenant's new texts are sealed under. Throws `encryption.unavailable`, `database.unavailable`. */
  async newest(tenant: number): Promise<{ generation: number; key: CryptoKey }> {
    const seen = this.#newest.get(tenant)
    const age = seen ? this.#options.clock() - seen.asOf : -1
    // A clock that was set back says nothing about age.
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

  /** Reads which key is the newest, and makes the first where there is none and nothing else to seal under. */
  async #look(tenant: number): Promise<number> {
    const { store, former, clock } = this.#options
    const asOf = clock()
    let rows = await store.read(tenant)
    if (rows.length === 0 && !former) {
      await store.keep(await this.#make(tenant))
      // Of two who made one at once, the first that was kept is everybody's.
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

  /** Whoever meets it can do nothing about it; whoever reads the log can. */
  #unavailable(cause: unknown): Fault {
    this.#options.log('key vault', cause)
    return new Fault({ code: 'encryption.unavailable' }, { cause })
  }
}

const nameOf = (tenant: number, generation: number): string => `${tenant}.${generation}`

/** Keeps a value as the one used last, and lets go of the one used longest ago where there are too many. */
function kept<K, V>(map: Map<K, V>, key: K, value: V): V {
  map.delete(key)
  map.set(key, value)
  if (map.size > OPENED_MAX) map.delete(map.keys().next().value as K)
  return value
}
