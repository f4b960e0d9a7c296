import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { isEntry, runCommand } from '../ops/cli.ts'
import { bundle } from './bundle.ts'
import { startChild } from './child.ts'
import { LOCAL, ROOT } from './folder.ts'
import { BUNDLES, GATE_BUNDLE, GATE_ENTRY, WORKERS } from './workers.ts'

/** What a build is made of: files and folders. */
const SOURCES = [
  'astro.config.mjs',
  'CHANGELOG.md',
  'SECURITY.md',
  'client',
  'core',
  'db',
  'local',
  'package.json',
  'package-lock.json',
]
SOURCES.push(
  'site',
  'test/audit/contact-sheet.webp',
  'tsconfig.json',
  'worker',
  ...WORKERS.map(({ config }) => config),
)
/** Holds the digest of what the build in `dist` was made of; it is not there while one is made. */
const BUILT = `${ROOT}/dist/sources`

/** Builds the site, and the bundle of each Worker exactly as it is deployed. Throws with the tool's own output. */
export async function build(): Promise<void> {
  mkdirSync(`${LOCAL}/log`, { recursive: true })
  rmSync(BUILT, { force: true })
  const digest = sourcesDigest()
  await Promise.all([buildSite(), buildWorkers()])
  writeFileSync(BUILT, digest)
}

/** Builds unless what is there was made of the same. Returns whether it built. */
export async function buildChanged(): Promise<boolean> {
  if (isBuilt() && readFileSync(BUILT, 'utf8') === sourcesDigest()) return false
  await build()
  return true
}

/** Whether a whole build is there, of whichever sources. */
export const isBuilt = (): boolean =>
  [BUILT, `${ROOT}/dist/site`, GATE_BUNDLE, ...WORKERS.map(({ name }) => `${BUNDLES}/${name}`)].every(path =>
    existsSync(path),
  )

function sourcesDigest(): string {
  const digest = createHash('sha256').update(process.version)
  for (const source of SOURCES)
    for (const file of filesIn(source))
      digest
        .update(`${file}\0`)
        .update(readFileSync(`${ROOT}/${file}`))
        .update('\0')
  return digest.digest('hex')
}

function filesIn(path: string): string[] {
  // An editor's lock is a link that leads nowhere.
  const found = statSync(`${ROOT}/${path}`, { throwIfNoEntry: false })
  if (found?.isFile()) return [path]
  const names = found?.isDirectory() ? readdirSync(`${ROOT}/${path}`).sort() : []
  return names.flatMap(name => filesIn(`${path}/${name}`))
}

/** Bundles every Worker. A module left from an earlier build would be served too. */
export async function buildWorkers(): Promise<void> {
  rmSync(BUILT, { force: true })
  rmSync(BUNDLES, { recursive: true, force: true })
  for (const { name, entry } of WORKERS) await bundle(entry, `${BUNDLES}/${name}`)
  await bundle(GATE_ENTRY, GATE_BUNDLE)
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
