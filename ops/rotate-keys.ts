import { setTimeout as sleep } from 'node:timers/promises'
import { FORMER_GENERATION, LAST_GENERATION, newKey, TenantCipher } from '../core/cipher.ts'
import { type Clock, DAY_MS, systemClock } from '../core/clock.ts'
import { Fault } from '../core/fault.ts'
import type { WriteBatch } from '../core/write/request.ts'
import { allDataKeys, type DataKeyRow, keepDataKey, retireDataKey, rewrapDataKey } from '../db/data-key.ts'
import { builder, ordinary } from '../db/engine/builder.ts'
import type { Endpoint } from '../db/engine/hrana.ts'
import { tenant } from '../db/tenant.ts'
import type { KeyVault } from '../worker/encryption/key-vault.ts'
import { NEWEST_FOR_MS } from '../worker/encryption/stored-keys.ts'
import { counted } from './backup.ts'
import { commitAsOperator, readAsOperator } from './operator.ts'
import { type KeySecrets, operatorKeys } from './operator-keys.ts'
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

/** Told, while a rotation runs, how many texts of how many are done. */
export type NoteProgress = (done: number, total: number) => void

/** What a rotation runs with; what is not said is as in operation. */
export interface RotationOptions {
  clock?: Clock
  /** Lets time pass, in milliseconds. */
  wait?(ms: number): Promise<unknown>
  progress?: NoteProgress
}

/** What a rotation of data keys did. */
export interface Rotated {
  /** Tenants that got a new key; none where an earlier rotation was to be finished first. */
  made: number
  /** Texts sealed anew. */
  sealedAnew: number
  /** Texts that no key opens: they are as they were. */
  unreadable: number
}

/** How long a key was the newest before the ones before it may go, in milliseconds: whatever waited somewhere has come by then. */
export const RETIRED_AFTER_MS = DAY_MS
/** What an act sealed just before may still take on its way. */
const FLIGHT_MS = 10_000
/** With 200 another writer waited up to 1.6 s on a busy machine, and the lane doubts the database after 0.75; with 50, 0.3 s. */
const BATCH = 50
/** Between two batches the write lane's groups come through: the engine bears one writer at a time. */
const ROOM_MS = 10
/** Counting goes through every row. */
const COUNT_DEADLINE_MS = 120_000

/**
 * Gives every tenant a new data key and seals anew whatever lies under an older one, in short transactions, each row only as it was
 * read: what is written meanwhile stands. Everything goes on being read and written. Run again after it was broken off, it finishes
 * what was begun and makes no further keys. Throws when keys cannot be had; what was done until then is done.
 */
export async function rotateDataKeys(
  endpoint: Endpoint,
  secrets: KeySecrets,
  { clock = systemClock, wait = sleep, progress = () => undefined }: RotationOptions = {},
): Promise<Rotated> {
  const { vault } = secrets
  if (!vault) throw new Error('KEY_ENCRYPTION_KEYS or VAULT_URL must be set to wrap new data keys')
  const sealAllAnew = async (made: number): Promise<Rotated> => {
    const { keys } = await keyUse(endpoint)
    const since = Math.max(0, ...keys.map(({ madeAt }) => madeAt))
    const rest = since + NEWEST_FOR_MS + FLIGHT_MS - clock()
    // Until then an isolate may seal under the key it saw last, and would leave something behind for the next run.
    if (rest > 0) await wait(rest)
    return { made, ...(await sealOlderAnew(endpoint, secrets, progress)) }
  }
  const { keys, older } = await keyUse(endpoint)
  if (older > 0) {
    const finished = await sealAllAnew(0)
    // What no key opens must not stand in the way of new keys for the others.
    if (finished.sealedAnew > 0) return finished
  }
  return sealAllAnew(await makeKeys(endpoint, vault, keys, clock()))
}

/** Seals anew, column by column, whatever lies under an older key than its tenant's newest. */
export async function sealOlderAnew(
  endpoint: Endpoint,
  secrets: KeySecrets,
  progress: NoteProgress = () => undefined,
): Promise<Omit<Rotated, 'made'>> {
  const cipher = new TenantCipher(operatorKeys(endpoint, secrets))
  const { older } = await keyUse(endpoint)
  const done = { sealedAnew: 0, unreadable: 0 }
  progress(0, older)
  for (const column of SEALED) {
    for await (const texts of pages(endpoint, column)) {
      for (let i = 0; i < texts.length; i += BATCH) {
        const act = await Promise.all(texts.slice(i, i + BATCH).map(text => anew(cipher, column, text)))
        const known = act.filter(statement => statement !== undefined)
        done.unreadable += act.length - known.length
        done.sealedAnew += await changed(endpoint, known)
        progress(done.sealedAnew, Math.max(older, done.sealedAnew))
        await sleep(ROOM_MS)
      }
    }
  }
  return done
}

/** All tenants at once, so that a run which is broken off has given new keys to all or to none. */
async function makeKeys(
  endpoint: Endpoint,
  vault: KeyVault,
  keys: readonly DataKeyRow[],
  madeAt: number,
): Promise<number> {
  const [tenants] = await readAsOperator(endpoint, [
    ordinary(builder.select({ number: tenant.number }).from(tenant)),
  ])
  const act: WriteBatch = []
  for (const { number } of tenants) {
    const generation = 1 + newestOf(keys, number)
    if (generation > LAST_GENERATION)
      throw new Error(`tenant ${number} has had ${LAST_GENERATION} data keys: there is no number left`)
    const wrapped = await vault.wrap({ tenant: number, generation }, newKey())
    act.push(...keepDataKey({ tenant: number, generation, wrapped, madeAt }, 'operator'))
  }
  await changed(endpoint, act)
  return tenants.length
}

/** Whether a newer key of its tenant has taken a key's place. */
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
    // Without the key nothing can be said of any row; with it, this one is no longer what was written.
    if (error instanceof Fault) throw error
    return undefined
  }
}

/**
 * Wraps every data key anew with what wraps new ones, each once it was opened: one that cannot be stops it, and so does a wrapping
 * key that was changed under its own number. Returns how many were wrapped, and how many there are. Throws `VaultFailure`.
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

/** Opens every data key, so that whoever does not have what wrapped them hears of it before anything is changed. Throws `VaultFailure`. */
export async function openDataKeys(endpoint: Endpoint, { vault }: KeySecrets): Promise<void> {
  if (!vault) throw new Error('KEY_ENCRYPTION_KEYS or VAULT_URL must be set to open data keys')
  for (const row of await dataKeys(endpoint)) await vault.unwrap(row, row.wrapped)
}

/** Returns every data key as it is kept. */
export const dataKeys = async (endpoint: Endpoint): Promise<DataKeyRow[]> =>
  (await readAsOperator(endpoint, [allDataKeys]))[0]

/** Whether what is on its way may need a key that was replaced: the one in its place is younger than a day. */
export const mayBeNeeded = (keys: readonly DataKeyRow[], now: number): boolean =>
  keys.some(
    key =>
      key.madeAt + RETIRED_AFTER_MS > now &&
      keys.some(other => other.tenant === key.tenant && isReplaced(other, keys)),
  )

/**
 * Destroys every data key that a newer one has replaced. Returns how many. Throws, and destroys none, while anything is sealed under
 * one of them or the newest is younger than a day: what an isolate sealed before it knew of the newest may be on its way.
 */
export async function retireDataKeys(endpoint: Endpoint, clock: Clock = systemClock): Promise<number> {
  const { keys, older } = await keyUse(endpoint)
  if (older > 0) throw new Error(`${counted(older, 'text')} under older keys: rotate first`)
  const replaced = keys.filter(key => isReplaced(key, keys))
  const now = clock()
  if (mayBeNeeded(keys, now))
    throw new Error(
      'the newest data keys are younger than a day: what is on its way may need the ones before',
    )
  await changed(
    endpoint,
    replaced.flatMap(key => retireDataKey(key, now)),
  )
  return replaced.length
}

/** Which data keys there are, how many texts lie under which, and how many of those under an older one than their tenant's newest. */
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

/** Commits an act, where there is any, and returns how many rows it changed. */
async function changed(endpoint: Endpoint, act: WriteBatch): Promise<number> {
  if (act.length === 0) return 0
  const results = await commitAsOperator(endpoint, act)
  return results.reduce((sum, { affected }) => sum + affected, 0)
}
