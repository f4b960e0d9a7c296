import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { isEntry, runCommand } from '../ops/cli.ts'
import manifest from '../package.json' with { type: 'json' }
import { billOfMaterials, type Shipped, shipped } from './bill.ts'
import { ROOT } from './folder.ts'
import { writeTypes } from './package-types.ts'

const OUT = `${ROOT}/dist/package`

/** Builds the package for senders, packs it, and returns the path of the archive. Throws where the client does not fit the reference. */
export async function packClient(): Promise<string> {
  rmSync(OUT, { recursive: true, force: true })
  mkdirSync(OUT, { recursive: true })
  await writeTypes(`${OUT}/dist`)
  const packages = await bundleClient()
  writeFileSync(`${OUT}/package.json`, `${JSON.stringify(MANIFEST, undefined, 2)}\n`)
  writeFileSync(`${OUT}/README.md`, withoutOtherPages(readFileSync(`${ROOT}/client/README.md`, 'utf8')))
  writeFileSync(`${OUT}/NOTICES.md`, noticesOf(packages))
  writeFileSync(`${OUT}/sbom.json`, JSON.stringify(billOfMaterials(packages, MANIFEST.name), undefined, 2))
  for (const file of ['LICENSE', 'CHANGELOG.md']) cpSync(`${ROOT}/${file}`, `${OUT}/${file}`)
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', '..'], {
    cwd: OUT,
    encoding: 'utf8',
  })
  return `${ROOT}/dist/${JSON.parse(packed)[0].filename}`
}

const MANIFEST = {
  name: '@penguinmails/floe',
  version: manifest.version,
  description:
    'Client and command line of Floe: suppression checks, unsubscribe links, consent, imports and events.',
  license: manifest.license,
  type: 'module',
  engines: { node: '>=20' },
  sideEffects: false,
  exports: {
    '.': { types: './dist/client.d.ts', default: './dist/client.js' },
    './openapi': { types: './dist/openapi.d.ts' },
    './package.json': './package.json',
  },
  bin: { floe: './dist/floe.mjs' },
}

/** Bundles the client, which needs nothing but `fetch`, and the command line. Returns the packages whose code is in them. */
async function bundleClient(): Promise<Shipped[]> {
  const common = {
    absWorkingDir: ROOT,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    metafile: true,
    logLevel: 'silent',
  } as const
  const bundles = await Promise.all([
    build({ ...common, entryPoints: ['client/client.ts'], outdir: `${OUT}/dist`, platform: 'neutral' }),
    build({
      ...common,
      entryPoints: ['client/cli/main.ts'],
      outdir: `${OUT}/dist/cli`,
      platform: 'node',
      minify: true,
    }),
  ])
  cpSync(`${ROOT}/client/floe.mjs`, `${OUT}/dist/floe.mjs`)
  const inputs = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs))
  return shipped().filter(({ name }) => inputs.some(path => path.startsWith(`node_modules/${name}/`)))
}

/** Returns a page without the links to pages that the package does not hold. */
const withoutOtherPages = (page: string): string => page.replaceAll(/\[([^\]]+)\]\(\.\.?\/[^)]*\)/g, '$1')

/** Returns the licences of packages, word for word. */
const noticesOf = (packages: readonly Shipped[]): string =>
  packages
    .map(({ name, version, licence }) => {
      const folder = `${ROOT}/node_modules/${name}`
      const file = readdirSync(folder).find(one => /^licen[cs]e/i.test(one))
      const text = file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : licence
      return `# ${name} ${version}\n\n${text}\n`
    })
    .join('\n')

if (isEntry(import.meta.url)) await runCommand(async () => console.log(await packClient()))
