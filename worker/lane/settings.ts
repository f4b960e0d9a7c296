import type { WorkerName } from '../../core/holdings.ts'
import { readSettings, type ValuesOf } from '../../core/setting.ts'
import { clusterSetting } from './cluster-setting.ts'

/** The settings of `floe-lane`. */
export const LANE_SETTINGS = { clusters: clusterSetting }

/** Reads the settings of the write lane, which runs in the Worker of that name. Throws as `readSettings` does. */
export const laneSettings = (
  bindings: object,
  worker: WorkerName = 'floe-lane',
): ValuesOf<typeof LANE_SETTINGS> => readSettings(worker, LANE_SETTINGS, bindings)
