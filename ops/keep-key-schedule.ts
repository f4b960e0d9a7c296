import { setTimeout as sleep } from 'node:timers/promises'
import { FORMER_GENERATION } from '../core/cipher.ts'
import { type Clock, systemClock } from '../core/clock.ts'
import type { DataKeyRow } from '../db/data-key.ts'
import { append } from '../db/event.ts'
import { currentSchedule, type KeySchedule, keepSchedule } from '../db/key-schedule.ts'
import { isDue } from '../worker/encryption/schedule.ts'
import { commitAsOperator, type Operator, operatorEvent, readAsOperator } from './operator.ts'
import type { KeySecrets } from './operator-keys.ts'
import {
  dataKeys,
  isReplaced,
  keyUse,
  mayBeNeeded,
  openDataKeys,
  RETIRED_AFTER_MS,
  retireDataKeys,
  rewrapDataKeys,
  rotateDataKeys,
  sealOlderAnew,
} from './rotate-keys.ts'
import type { WrappingKeys } from './wrapping-keys.ts'

/** Options of a schedule; the defaults are for production. */
export interface ScheduleOptions {
  /** Primaries of all clusters, which share their wrapping keys. */
  endpoints: readonly Operator[]
  wrapping: WrappingKeys
  /** Returns the secrets that open data keys, with that keyring. */
  secrets(keyring: string | undefined): KeySecrets
  everyDays: number
  clock?: Clock
  /** Waits, in milliseconds. */
  wait?(ms: number): Promise<unknown>
}

/** Result of a run. */
export interface ScheduleRun {
  schedule: KeySchedule
  /** Whether new keys came into use. */
  begun: boolean
  /** Texts resealed under them. */
  sealedAnew: number
  /** Data keys and wrapping keys that were destroyed. */
  destroyed: { dataKeys: number; wrappingKeys: string[] }
  /** Whether older keys still exist. The next run destroys them, once the new ones are a day old. */
  waits: boolean
}

/**
 * Does what is due: makes new wrapping and data keys, reseals everything, and a day later destroys the older keys. Run each day,
 * it has by day `everyDays` destroyed every key that was in use on the first. The next run continues an interrupted one. Throws
 * when a step fails, and destroys no key that is still needed.
 */
export async function keepKeySchedule({
  endpoints,
  wrapping,
  secrets,
  everyDays,
  clock = systemClock,
  wait = sleep,
}: ScheduleOptions): Promise<ScheduleRun> {
  const current = async () => secrets(await wrapping.keyring())
  const read = async () => {
    const rows = await Promise.all(endpoints.map(endpoint => readAsOperator(endpoint, [currentSchedule])))
    const schedules = rows.map(([row]) => row)
    // The cluster furthest behind counts, such as a restored one; the result is undefined where a cluster has no schedule.
    return schedules.every(row => row !== undefined)
      ? schedules.reduce((oldest, row) => (row.begunAt < oldest.begunAt ? row : oldest))
      : undefined
  }
  const write = async (schedule: KeySchedule) => {
    for (const endpoint of endpoints) await commitAsOperator(endpoint, [keepSchedule(schedule)])
  }

  const begin = async (before: KeySchedule | undefined): Promise<KeySchedule> => {
    for (const endpoint of endpoints) {
      const { counts } = await keyUse(endpoint)
      if (counts.some(({ generation }) => generation === FORMER_GENERATION))
        throw new Error(
          'there are texts under DATA_KEY, which no schedule destroys: "rotate encryption" first',
        )
      // A keyring that is not the Worker's would be published here, and data that only the Worker's opens would be lost.
      await openDataKeys(endpoint, await current())
    }
    // Until the new keys have a date, recipients are told no date, not even that of the older keys.
    if (before) await write({ ...before, keptAt: 0 })
    await wrapping.replace()
    const now = clock()
    const schedule = { everyDays, begunAt: now, keptAt: now }
    await write(schedule)
    return schedule
  }

  const sealAnew = async ({ begunAt }: KeySchedule): Promise<number> => {
    const isBehind = (keys: DataKeyRow[]) => keys.some(key => !isReplaced(key, keys) && key.madeAt < begunAt)
    let sealed = 0
    for (const endpoint of endpoints)
      while (isBehind(await dataKeys(endpoint)))
        sealed += (await rotateDataKeys(endpoint, await current(), { clock, wait })).sealedAnew
    return sealed
  }

  /** Returns every cluster's data keys. There is something to destroy when a replaced key is among them. */
  const keysByCluster = () => Promise.all(endpoints.map(dataKeys))
  const isLeft = async () =>
    (await wrapping.hasOthers()) ||
    (await keysByCluster()).some(keys => keys.some(key => isReplaced(key, keys)))
  const mayDestroy = async ({ begunAt }: KeySchedule) =>
    begunAt + RETIRED_AFTER_MS <= clock() && !(await keysByCluster()).some(keys => mayBeNeeded(keys, clock()))

  const before = await read()
  let begun = isDue(before, everyDays, clock())
  let schedule = !before || begun ? await begin(before) : before
  let sealedAnew = await sealAnew(schedule)
  const destroyed: ScheduleRun['destroyed'] = { dataKeys: 0, wrappingKeys: [] }
  if (!begun && (await mayDestroy(schedule)) && (await isLeft())) {
    const { begunAt } = schedule
    const prefix = await wrapping.inUse()
    const outlives = (key: DataKeyRow, keys: DataKeyRow[]) =>
      isReplaced(key, keys) && key.madeAt < begunAt && key.wrapped.startsWith(prefix)
    const anyOutlives = (await keysByCluster()).some(keys => keys.some(key => outlives(key, keys)))
    for (const endpoint of endpoints) {
      sealedAnew += (await sealOlderAnew(endpoint, await current())).sealedAnew
      destroyed.dataKeys += await retireDataKeys(endpoint, clock)
      // A key that a tenant got while the wrapping key changed is wrapped by the older one.
      await rewrapDataKeys(endpoint, await current())
    }
    if (anyOutlives) {
      // Older keys were wrapped with the wrapping key in use, so their copies open for as long as it exists.
      schedule = await begin(schedule)
      begun = true
      sealedAnew += await sealAnew(schedule)
    } else {
      for (const keys of await keysByCluster()) demandWrappedBy(prefix, keys)
      destroyed.wrappingKeys = await wrapping.destroyOthers()
      for (const endpoint of endpoints) {
        const events = destroyed.wrappingKeys.map(name => append(destroyedEvent(endpoint, name, clock())))
        if (events.length > 0) await commitAsOperator(endpoint, events)
      }
    }
  }
  schedule = { ...schedule, everyDays: Math.min(schedule.everyDays, everyDays), keptAt: clock() }
  await write(schedule)
  return { schedule, begun, sealedAnew, destroyed, waits: await isLeft() }
}

function demandWrappedBy(prefix: string, keys: readonly DataKeyRow[]): void {
  const other = keys.find(({ wrapped }) => !wrapped.startsWith(prefix))
  if (other)
    throw new Error(
      `data key ${other.generation} of tenant ${other.tenant} is not wrapped by the key in use: no wrapping key was destroyed`,
    )
}

const destroyedEvent = (operator: Operator, name: string, at: number) =>
  operatorEvent(operator, {
    at,
    tenant: 0,
    workspace: null,
    type: 'wrapping_key.destroyed',
    subject: `wrapping_key_${name.replace(':', '_')}`,
    data: {},
  })
