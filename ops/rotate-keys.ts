import { setTimeout as sleep } from 'node:timers/promises'
import { FORMER_GENERATION, LAST_GENERATION, newKey, TenantCipher } from '../core/cipher.ts'
import { type Clock, DAY_MS, systemClock } from '../core/clock.ts'
import { Fault } from '../core/fault.ts'
import type { WriteBatch } from '../core/write/request.ts'
import { allDataKeys, type DataKeyRow, keepDataKey, retireDataKey, rewrapDataKey } from '../db/data-key.ts'
import type { Endpoint } from '../db/engine/hrana.ts'
import type { KeyVault } from '../worker/encryption/key-vault.ts'
import { NEWEST_FOR_MS } from '../worker/encryption/stored-keys.ts'
import { counted } from './backup.ts'
import { allTenants, commitAsOperator, type Operator, readAsOperator } from './operator.ts'
import { type KeySecrets, operatorKeys } from './operator-keys.ts'
import type { NoteProgress } from './progress.ts'
import {
  countsOf,
  endOfPage,
  type OlderText,
  olderTexts,
  SEALED,
  type SealedColumn,
  type SealedCount,
  sealAnew,
} from './sealed.ts'

/** Options of a rotation; the defaults are for production. */
export interface RotationOptions {
  clock?: Clock
  /** Waits, in milliseconds. */
  wait?(ms: number): Promise<unknown>
  progress?: NoteProgress
}

/** Result of a rotation of data keys. */
export interface Rotated {
  /** Tenants with a new key; none where an earlier rotation had to be finished first. */
  made: number
  sealedAnew: number
  /** Texts that no key opens, left unchanged. */
  unreadable: number
}

/**
 * Milliseconds for which a key must be the newest before older ones may be destroyed; by then every delayed write has arrived.
 */
export const RETIRED_AFTER_MS = DAY_MS
/** Milliseconds that a write sealed just before may take to arrive. */
const FLIGHT_MS = 10_000
/**
 * Texts per transaction. With 200, another writer waited up to 1.6 s on a busy machine, and the lane suspects the database after
 * 0.75 s; with 50, 0.3 s.
 */
const BATCH = 50
/** Milliseconds between two batches, for the write lane's groups: the engine supports one writer at a time. */
const ROOM_MS = 10
/** Deadline of the counts, which read every row. */
const COUNT_DEADLINE_MS = 120_000

/**
 * Gives every tenant a new data key and reseals everything under an older one, in short transactions; a row is only replaced if
 * it is still as it was read. Reads and writes go on meanwhile. After an interruption, the next run finishes the work and makes
 * no further keys. Throws when keys are unavailable; the work done until then stays.
 */
export async function rotateDataKeys(
  operator: Operator,
  secrets: KeySecrets,
  { clock = systemClock, wait = sleep, progress = () => undefined }: RotationOptions = {},
): Promise<Rotated> {
  const { vault } = secrets
  if (!vault) throw new Error('KEY_ENCRYPTION_KEYS or VAULT_URL must be set to wrap new data keys')
  const sealAllAnew = async (made: number): Promise<Rotated> => {
    const { keys } = await keyUse(operator)
    const since = Math.max(0, ...keys.map(({ madeAt }) => madeAt))
    const rest = since + NEWEST_FOR_MS + FLIGHT_MS - clock()
    // Until then an isolate may seal under an older cached key, and would leave work for the next run.
    if (rest > 0) await wait(rest)
    return { made, ...(await sealOlderAnew(operator, secrets, progress)) }
  }
  const { keys, older } = await keyUse(operator)
  if (older > 0) {
    const finished = await sealAllAnew(0)
    // Texts that no key opens must not prevent new keys for the other tenants.
    if (finished.sealedAnew > 0) return finished
  }
  return sealAllAnew(await makeKeys(operator, vault, keys, clock()))
}

/** Reseals, column by column, every text under a key older than its tenant's newest. */
export async function sealOlderAnew(
  operator: Operator,
  secrets: KeySecrets,
  progress: NoteProgress = () => undefined,
): Promise<Omit<Rotated, 'made'>> {
  const cipher = new TenantCipher(operatorKeys(operator, secrets))
  const { older } = await keyUse(operator)
  const done = { sealedAnew: 0, unreadable: 0 }
  progress(0, older)
  for (const column of SEALED) {
    for await (const texts of pages(operator, column)) {
      for (let i = 0; i < texts.length; i += BATCH) {
        const act = await Promise.all(texts.slice(i, i + BATCH).map(text => anew(cipher, column, text)))
        const known = act.filter(statement => statement !== undefined)
        done.unreadable += act.length - known.length
        done.sealedAnew += await changed(operator, known)
        progress(done.sealedAnew, Math.max(older, done.sealedAnew))
        await sleep(ROOM_MS)
      }
    }
  }
  return done
}

/** Makes the keys of all tenants in one batch, so that an interrupted run has given new keys to all or none. */
async function makeKeys(
  operator: Operator,
  vault: KeyVault,
  keys: readonly DataKeyRow[],
  madeAt: number,
): Promise<number> {
  const [tenants] = await readAsOperator(operator, [allTenants])
  const act: WriteBatch = []
  for (const { number } of tenants) {
    const generation = 1 + newestOf(keys, number)
    if (generation > LAST_GENERATION)
      throw new Error(`tenant ${number} has had ${LAST_GENERATION} data keys: there is no number left`)
    const wrapped = await vault.wrap({ tenant: number, generation }, newKey())
    act.push(
      ...keepDataKey({ tenant: number, generation, wrapped, madeAt }, { kind: 'command', as: operator.as }),
    )
  }
  await changed(operator, act)
  return tenants.length
}

/** Whether its tenant has a newer key. */
export const isReplaced = (key: DataKeyRow, keys: readonly DataKeyRow[]): boolean =>
  key.generation < newestOf(keys, key.tenant)

const newestOf = (keys: readonly DataKeyRow[], whose: number): number =>
  Math.max(FORMER_GENERATION, ...keys.filter(key => key.tenant === whose).map(({ generation }) => generation))

async function* pages(endpoint: Endpoint, column: SealedColumn): AsyncGenerator<OlderText[]> {
  for (let after: OlderText['key'] | undefined; ; ) {
    const [texts, [end]] = await readAsOperator(endpoint, [
      olderTexts(column, after),
      endOfPage(column, after),
    ])
    yield texts
    if (!end) return
    after = end
  }
}

async function anew(cipher: TenantCipher, column: SealedColumn, text: OlderText) {
  const context = column.context(text.key)
  try {
    const plain = await cipher.decrypt(text.tenant, context, text.sealed)
    return sealAnew(column, text, await cipher.encrypt(text.tenant, context, plain))
  } catch (error) {
    // Without the key nothing is known about any row; with it, this text is damaged.
    if (error instanceof Fault) throw error
    return undefined
  }
}

/**
 * Rewraps every data key with the current wrapping key, after opening it. It stops at a key that cannot be opened, as when a
 * wrapping key was changed under its own number. Returns the number rewrapped and the total. Throws `VaultFailure`.
 */
export async function rewrapDataKeys(
  endpoint: Endpoint,
  { vault }: KeySecrets,
  progress: NoteProgress = () => undefined,
): Promise<{ rewrapped: number; total: number }> {
  if (!vault) throw new Error('KEY_ENCRYPTION_KEYS or VAULT_URL must be set to wrap data keys')
  const [keys] = await readAsOperator(endpoint, [allDataKeys])
  let rewrapped = 0
  for (const [i, row] of keys.entries()) {
    const key = await vault.unwrap(row, row.wrapped)
    if (!vault.isCurrent(row.wrapped))
      rewrapped += await changed(endpoint, rewrapDataKey(row, await vault.wrap(row, key)))
    progress(i + 1, keys.length)
  }
  return { rewrapped, total: keys.length }
}

/** Opens every data key, so that a missing wrapping key shows before anything is changed. Throws `VaultFailure`. */
export async function openDataKeys(endpoint: Endpoint, { vault }: KeySecrets): Promise<void> {
  if (!vault) throw new Error('KEY_ENCRYPTION_KEYS or VAULT_URL must be set to open data keys')
  for (const row of await dataKeys(endpoint)) await vault.unwrap(row, row.wrapped)
}

/** Returns every data key as it is stored. */
export const dataKeys = async (endpoint: Endpoint): Promise<DataKeyRow[]> =>
  (await readAsOperator(endpoint, [allDataKeys]))[0]

/** Whether a delayed write may need a replaced key: its replacement is younger than a day. */
export const mayBeNeeded = (keys: readonly DataKeyRow[], now: number): boolean =>
  keys.some(
    key =>
      key.madeAt + RETIRED_AFTER_MS > now &&
      keys.some(other => other.tenant === key.tenant && isReplaced(other, keys)),
  )

/**
 * Destroys every data key that a newer one has replaced. Returns their number. Throws, and destroys none, while any text is
 * sealed under one of them or the newest is younger than a day, since a write sealed before may still be under way.
 */
export async function retireDataKeys(operator: Operator, clock: Clock = systemClock): Promise<number> {
  const { keys, older } = await keyUse(operator)
  if (older > 0) throw new Error(`${counted(older, 'text')} under older keys: rotate first`)
  const replaced = keys.filter(key => isReplaced(key, keys))
  const now = clock()
  if (mayBeNeeded(keys, now))
    throw new Error(
      'the newest data keys are younger than a day: what is on its way may need the ones before',
    )
  await changed(
    operator,
    replaced.flatMap(key => retireDataKey(key, now, { kind: 'command', as: operator.as })),
  )
  return replaced.length
}

/** Returns the data keys, the number of texts under each, and the number under a key older than its tenant's newest. */
export async function keyUse(
  endpoint: Endpoint,
): Promise<{ keys: DataKeyRow[]; counts: SealedCount[]; older: number }> {
  const queries = [allDataKeys, ...SEALED.map(countsOf)]
  const answers = await readAsOperator<unknown[]>(endpoint, queries, COUNT_DEADLINE_MS)
  const [keys, ...columns] = answers as [DataKeyRow[], ...SealedCount[][]]
  const counts = columns.flat()
  const older = counts
    .filter(({ tenant: whose, generation }) => generation < newestOf(keys, whose))
    .reduce((sum, { count }) => sum + count, 0)
  return { keys, counts, older }
}

/** Commits a batch, unless it is empty, and returns the number of rows it changed. */
async function changed(endpoint: Endpoint, act: WriteBatch): Promise<number> {
  if (act.length === 0) return 0
  const results = await commitAsOperator(endpoint, act)
  return results.reduce((sum, { affected }) => sum + affected, 0)
}
