import { readSettings, type ValuesOf } from '../core/setting.ts'
import { versionSetting } from './telemetry/setting.ts'

/** What the platform binds to `floe-console` beside its settings. */
export interface ConsoleBindings {
  ASSETS: Fetcher
}

/** The settings of `floe-console`. */
export const CONSOLE_SETTINGS = { version: versionSetting }

/** Reads the settings of `floe-console`. Throws as `readSettings` does. */
export const consoleSettings = (bindings: object): ValuesOf<typeof CONSOLE_SETTINGS> =>
  readSettings('floe-console', CONSOLE_SETTINGS, bindings)
