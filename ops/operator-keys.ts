import { systemClock } from '../core/clock.ts'
import { parseKey } from '../core/keys.ts'
import { dataKeysOf, keepDataKey } from '../db/data-key.ts'
import type { KeyVault } from '../worker/encryption/key-vault.ts'
import { openVault, parseVault, VAULT_FIELDS, type VaultTexts } from '../worker/encryption/setting.ts'
import { StoredKeys } from '../worker/encryption/stored-keys.ts'
import { commitAsOperator, type Operator, readAsOperator } from './operator.ts'

/** Secrets with which an operator opens data keys: those of the Worker. */
export interface KeySecrets {
  vault: KeyVault | undefined
  /** The secret `DATA_KEY`, where there still is one. */
  former: Uint8Array | undefined
}

/**
 * Reads the secrets that open data keys from texts, such as the environment's. Throws with the name of a bad one, never its
 * value.
 */
export function keySecrets(texts: VaultTexts & { DATA_KEY?: string | undefined }): KeySecrets {
  const setting = parseVault(
    Object.fromEntries(VAULT_FIELDS.flatMap(name => (texts[name] ? [[name, texts[name]]] : []))),
  )
  if ('field' in setting) throw new Error(`${setting.field} ${setting.message}`)
  const { DATA_KEY } = texts
  const former = DATA_KEY ? parseKey(DATA_KEY) : undefined
  if (DATA_KEY && !former) throw new Error('DATA_KEY must be 32 bytes in base64url')
  return { vault: openVault(setting), former }
}

/** Opens the data keys of a database for an operator's command. */
export const operatorKeys = (operator: Operator, secrets: KeySecrets): StoredKeys =>
  new StoredKeys({
    ...secrets,
    store: {
      read: async tenant => (await readAsOperator(operator, [dataKeysOf(tenant)]))[0],
      async keep(row) {
        await commitAsOperator(operator, keepDataKey(row, { kind: 'command', as: operator.as }))
      },
    },
    clock: systemClock,
    background: () => undefined,
    log: () => undefined,
  })
