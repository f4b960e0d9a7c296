import { readSettings, type ValuesOf } from '../../core/setting.ts'
import { clusterSetting } from './cluster-setting.ts'

/** The settings of `floe-lane`. */
export const LANE_SETTINGS = { clusters: clusterSetting }

/** Reads the settings of `floe-lane`. Throws as `readSettings` does. */
export const laneSettings = (bindings: object): ValuesOf<typeof LANE_SETTINGS> =>
  readSettings('floe-lane', LANE_SETTINGS, bindings)
