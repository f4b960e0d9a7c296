import { HOLDINGS, type Holding, namesOf, shareOf, type WorkerName } from '../../core/holdings.ts'
import { readEach, type Setting, type Settings } from '../../core/setting.ts'
import { APP_SETTINGS } from '../../worker/app-settings.ts'
import { CONSOLE_SETTINGS } from '../../worker/console-settings.ts'
import { EDGE_SETTINGS } from '../../worker/edge-settings.ts'
import { LANE_SETTINGS } from '../../worker/lane/settings.ts'
import { varsOf, type WrittenVars } from '../worker-vars.ts'

/** The settings of each Worker, as it reads them itself. */
export const SETTINGS: Record<WorkerName, Settings> = {
  floe: EDGE_SETTINGS,
  'floe-app': APP_SETTINGS,
  'floe-console': CONSOLE_SETTINGS,
  'floe-lane': LANE_SETTINGS,
}

/** The Workers by name. */
export const WORKER_NAMES = Object.keys(SETTINGS) as WorkerName[]

/** An installation as its operator describes it. */
export interface Installation {
  /** What the configurations set. */
  written: WrittenVars
  /** Vars and secrets that the environment sets. A var of it counts in place of what is written. */
  environment: Readonly<Record<string, string>>
  /** Vars and secrets of each Worker. */
  given: Record<WorkerName, Readonly<Record<string, string>>>
}

/** Returns an installation from the configurations and the environment, in which an empty text counts as none. */
export function installationOf(
  written: WrittenVars,
  env: Readonly<Record<string, string | undefined>>,
): Installation {
  const environment = Object.fromEntries(
    Object.entries<Holding>(HOLDINGS).flatMap(([name, { kind }]) => {
      // COMMIT is what `npm run deploy` finds out itself.
      const value = kind === 'binding' || name === 'COMMIT' ? undefined : env[name]
      return value ? [[name, value]] : []
    }),
  )
  const given = (worker: WorkerName) => ({
    ...varsOf(worker, 'unknown', written),
    ...shareOf(worker, environment),
  })
  return {
    written,
    environment,
    given: Object.fromEntries(WORKER_NAMES.map(name => [name, given(name)])) as Installation['given'],
  }
}

/** Returns the value of one setting of `floe-app`, which holds all but the operators'; undefined where it is missing or at fault. */
export const settingOf = <Value>({ given }: Installation, setting: Setting<Value>): Value | undefined =>
  readEach({ setting }, given['floe-app']).values?.setting

/** Returns which of the secrets an installation was not given. */
export const lacking = ({ given }: Installation, secrets: readonly string[]): string[] =>
  secrets.filter(secret => !given['floe-app'][secret])

/** Whether a name is a secret's. */
export const isSecret = (name: string): boolean =>
  (HOLDINGS as Record<string, Holding>)[name]?.kind === 'secret'

/** Whether any Worker may be given something under a name. */
export const isKnown = (name: string): boolean => WORKER_NAMES.some(worker => namesOf(worker).includes(name))
