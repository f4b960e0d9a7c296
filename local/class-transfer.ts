import { mkdirSync, writeFileSync } from 'node:fs'
import { type Unstable_RawConfig as RawConfig, experimental_readRawConfig as readRawConfig } from 'wrangler'
import { LOCAL, ROOT } from './folder.ts'
import type { WorkerSource } from './workers.ts'

/**
 * Returns a configuration whose Durable Object classes are transferred from the script that had them, with all they have stored,
 * where they would have been made new.
 *
 * The tags stay. The platform applies a migration once by its tag, so only the first deployment of a script makes or transfers.
 */
export const transferredFrom = (script: string, config: RawConfig): RawConfig => ({
  ...config,
  migrations: (config.migrations ?? []).map((migration, i) => {
    const { new_sqlite_classes: made = [], ...rest } = migration
    // Classes of later migrations were never part of the single script.
    if (i > 0 || made.length === 0) return migration
    return { ...rest, transferred_classes: made.map(name => ({ from: name, from_script: script, to: name })) }
  }),
})

/**
 * Returns the path of a Worker's configuration: its own, or one written for this deployment, whose classes are transferred from
 * a script.
 */
export function configOf({ name, config }: WorkerSource, script: string | undefined): string {
  const { rawConfig } = readRawConfig({ config: `${ROOT}/${config}` })
  if (script === undefined || !rawConfig.migrations) return config
  const { main, assets } = rawConfig
  const placed: RawConfig = {
    ...transferredFrom(script, rawConfig),
    // Paths were relative to the configuration's own folder.
    main: `${ROOT}/${main}`,
    ...(assets?.directory && { assets: { ...assets, directory: `${ROOT}/${assets.directory}` } }),
  }
  const path = `${LOCAL}/deploy/${name}.json`
  mkdirSync(`${LOCAL}/deploy`, { recursive: true })
  writeFileSync(path, JSON.stringify(placed, null, 2))
  return path
}
