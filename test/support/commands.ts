import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { LOCAL, ROOT } from '../../local/folder.ts'

/** What tests run as processes of their own. */
const SOURCES = [
  'client/cli/main.ts',
  'ops/backup.ts',
  'ops/doctor.ts',
  'ops/keys.ts',
  'ops/migrate.ts',
  'ops/provision.ts',
  'ops/restore.ts',
  'test/support/growth-process.ts',
] as const

/** A command, by its file. */
export type Command = (typeof SOURCES)[number]

/** Where the plain JavaScript of each command is. */
export type Commands = Record<Command, string>

/**
 * Makes each command one file of plain JavaScript, packages included: taking types out and reading hundreds of files is most of
 * what one of its hundred runs costs.
 */
export async function bundleCommands(): Promise<Commands> {
  const bundles = SOURCES.map(async source => {
    const outfile = `${LOCAL}/test-commands/${source.replaceAll('/', '-').replace(/ts$/, 'mjs')}`
    await build({
      entryPoints: [`${ROOT}/${source}`],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      plugins: [namedBySource],
      banner: { js: beginning(source) },
      logLevel: 'error',
    })
    return [source, outfile] as const
  })
  return Object.fromEntries(await Promise.all(bundles)) as Commands
}

/** What Node was asked to run is the source; and packages that are CommonJS ask for Node's own modules by `require`. */
const beginning = (source: string) => `import { createRequire } from 'node:module'
process.argv[1] = ${JSON.stringify(`${ROOT}/${source}`)}
const require = createRequire(process.argv[1])`

/** Leaves each module the address of its source: by it a module knows whether it is what Node was asked to run, and finds files. */
export const namedBySource: Plugin = {
  name: 'named by source',
  setup({ onLoad }) {
    onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      return {
        contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
        loader: path.endsWith('x') ? 'tsx' : 'ts',
      }
    })
  },
}
