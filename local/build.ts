import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { isEntry, runCommand } from '../ops/cli.ts'
import { bundle } from './bundle.ts'
import { startChild } from './child.ts'
import { LOCAL, ROOT } from './folder.ts'
import { BUNDLES, WORKERS } from './workers.ts'

/** Builds the site, and the bundle of each Worker exactly as it is deployed. Throws with the tool's own output. */
export async function build(): Promise<void> {
  mkdirSync(`${LOCAL}/log`, { recursive: true })
  await Promise.all([buildSite(), buildWorkers()])
}

/** Bundles every Worker. A module left from an earlier build would be served too. */
export async function buildWorkers(): Promise<void> {
  rmSync(BUNDLES, { recursive: true, force: true })
  for (const { name, entry } of WORKERS) await bundle(entry, `${BUNDLES}/${name}`)
}

async function buildSite(): Promise<void> {
  const log = `${LOCAL}/log/build-site.log`
  rmSync(log, { force: true })
  const tool = startChild({
    command: process.execPath,
    args: [`${ROOT}/local/build-site.mjs`],
    cwd: ROOT,
    env: { ASTRO_TELEMETRY_DISABLED: '1', CI: '1', NO_COLOR: '1' },
    log,
  })
  const why = await tool.ended
  if (why !== 'exit code 0')
    throw new Error(
      `The site does not build (${why}).\n${stripVTControlCharacters(readFileSync(log, 'utf8')).trim()}`,
    )
}

if (isEntry(import.meta.url)) await runCommand(build)
