import { key, keyring } from '../core/key-setting.ts'
import { ORIGIN_MAX } from '../core/origin.ts'
import {
  optional,
  parsed,
  type Read,
  readSettings,
  setting,
  text,
  usually,
  type ValuesOf,
  yesOrNo,
} from '../core/setting.ts'
import { vaultSetting } from './encryption/setting.ts'
import type { RatePolicy } from './http/rate-limit.ts'
import { clusterSetting } from './lane/cluster-setting.ts'
import type { ReadLane } from './lane/read-lane.ts'
import type { WriteLane } from './lane/write-lane.ts'
import { logLevelSetting, versionSetting } from './telemetry/setting.ts'

/** What the platform binds to `floe` and to `floe-app` beside their settings. */
export interface SharedBindings {
  ASSETS: Fetcher
  LANE: DurableObjectNamespace<WriteLane>
  /** Without it each fresh read opens a stream to the primary. */
  READ_LANE?: DurableObjectNamespace<ReadLane>
  SENDER_RATE?: RateLimit
  PUBLIC_RATE?: RateLimit
}

/** What the platform binds to `floe` beside its settings. Without APP it serves what it has, above all the clicks. */
export interface EdgeBindings extends SharedBindings {
  APP?: Fetcher
}

const units = (usual: string): Read<RatePolicy> =>
  usually(
    usual,
    parsed('must be a number of units a minute', number =>
      /^[1-9]\d{0,8}$/.test(number) ? { units: Number(number), periodSeconds: 60 } : undefined,
    ),
  )

/** The settings of `floe`. `floe-app` has them too, with the same values. */
export const EDGE_SETTINGS = {
  baseUrl: setting(
    'BASE_URL',
    text(
      [
        'must be an origin such as https://floe.example.com',
        origin => URL.canParse(origin) && new URL(origin).origin === origin,
      ],
      [
        `must have at most ${ORIGIN_MAX} characters, so that List-Unsubscribe lines stay within 78`,
        origin => origin.length <= ORIGIN_MAX,
      ],
      [
        'must be https (RFC 8058 section 3.1); plain http is for this machine only',
        origin => origin.startsWith('https://') || /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(origin),
      ],
    ),
  ),
  /** Every cluster, the first one first. */
  clusters: clusterSetting,
  tokenKeys: setting('TOKEN_KEYS', keyring),
  indexKey: setting('INDEX_KEY', key),
  /** Key of rows that no stored data key has sealed yet; undefined where there are none. */
  dataKey: setting('DATA_KEY', optional(key)),
  vault: vaultSetting,
  ratePolicy: setting('SENDER_RATE_UNITS', units('60000')),
  publicRatePolicy: setting('PUBLIC_RATE_UNITS', units('1200')),
  /** Whether Floe mails confirmations. */
  sendsMail: setting('SENDS_MAIL', usually('true', yesOrNo)),
  logLevel: logLevelSetting,
  version: versionSetting,
}

/** Reads the settings of `floe`. Throws as `readSettings` does. */
export const edgeSettings = (bindings: object): ValuesOf<typeof EDGE_SETTINGS> =>
  readSettings('floe', EDGE_SETTINGS, bindings)
