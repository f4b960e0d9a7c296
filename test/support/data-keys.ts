import { TenantCipher } from '../../core/cipher.ts'
import type { DataKeyRow } from '../../db/data-key.ts'
import type { KeyVault } from '../../worker/encryption/key-vault.ts'
import { keyringVault } from '../../worker/encryption/keyring-vault.ts'
import { StoredKeys } from '../../worker/encryption/stored-keys.ts'

/** A keyring entry whose key repeats one byte. */
export const entryOf = (id: number, byte: number) => ({ id, key: new Uint8Array(32).fill(byte) })

/** Data keys in memory, with a record of reads. */
export interface MemoryKeys {
  rows: DataKeyRow[]
  reads: number
  now: number
  /** Background work of isolates. */
  background: Promise<unknown>[]
  logged: unknown[]
  /** Opens them as another isolate does. */
  isolate(more?: { vault?: KeyVault | undefined; former?: Uint8Array }): StoredKeys
}

/** Returns a store of data keys, with a keyring to wrap them. */
export function memoryKeys(): MemoryKeys {
  const memory: MemoryKeys = {
    rows: [],
    reads: 0,
    now: 1_000_000,
    background: [],
    logged: [],
    isolate: ({ former, ...more } = {}) =>
      new StoredKeys({
        vault: 'vault' in more ? more.vault : keyringVault([entryOf(1, 1)]),
        former,
        store: {
          async read(tenant) {
            memory.reads++
            await Promise.resolve()
            return memory.rows
              .filter(row => row.tenant === tenant)
              .sort((a, b) => a.generation - b.generation)
              .map(row => ({ ...row }))
          },
          async keep(row) {
            await Promise.resolve()
            const same = memory.rows.some(
              ({ tenant, generation }) => tenant === row.tenant && generation === row.generation,
            )
            if (!same) memory.rows.push(row)
          },
        },
        clock: () => memory.now,
        background: work => memory.background.push(work),
        log: (_, error) => memory.logged.push(error),
      }),
  }
  return memory
}

/** Returns a cipher with data keys of its own. */
export const newCipher = (): TenantCipher => new TenantCipher(memoryKeys().isolate())
