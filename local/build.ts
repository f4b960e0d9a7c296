import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { isEntry, runCommand } from '../ops/cli.ts'
import { startChild } from './child.ts'
import { LOCAL, ROOT } from './folder.ts'

/** Bundle that `wrangler deploy` would upload. */
export const BUNDLE = `${ROOT}/dist/worker/index.js`

/** Builds the site, then the Worker's bundle exactly as it would be deployed. Throws with the tool's own output. */
export async function build(): Promise<void> {
  mkdirSync(`${LOCAL}/log`, { recursive: true })
  await runTool('site', 'local/build-site.mjs')
  // A module left from an earlier build would be served too.
  rmSync(`${ROOT}/dist/worker`, { recursive: true, force: true })
  const wrangler = 'node_modules/wrangler/bin/wrangler.js'
  await runTool('bundle', wrangler, 'deploy', '--dry-run', '--outdir', 'dist/worker')
}

async function runTool(name: string, script: string, ...args: string[]): Promise<void> {
  const log = `${LOCAL}/log/build-${name}.log`
  rmSync(log, { force: true })
  const env = { ASTRO_TELEMETRY_DISABLED: '1', WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' }
  const tool = startChild({
    command: process.execPath,
    args: [`${ROOT}/${script}`, ...args],
    cwd: ROOT,
    // The tool's own log files go to the same folder, and CI=1 stops it from asking questions.
    env: { ...env, CI: '1', NO_COLOR: '1', WRANGLER_LOG_PATH: `${LOCAL}/log` },
    log,
  })
  const why = await tool.ended
  if (why !== 'exit code 0')
    throw new Error(
      `The ${name} does not build (${why}).\n${stripVTControlCharacters(readFileSync(log, 'utf8')).trim()}`,
    )
}

if (isEntry(import.meta.url)) await runCommand(build)
