import { readdirSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { ROOT } from './folder.ts'
import { type IsTable, type ShippedModule, shippedModules } from './shipped-module.ts'

/** A table or built select as drizzle has it, and the plain data that is shipped in its place. */
export interface Kept {
  value: unknown
  data: unknown
}

const ENGINE = `${ROOT}/db/engine`

/**
 * Returns a plugin that puts plain data in place of drizzle's tables and of the selects that modules of `folder` prepare at their
 * top. It stops the build where anything of drizzle would stay.
 */
export function shippedSql(folder = `${ROOT}/db`): Plugin {
  return {
    name: 'shipped-sql',
    setup(bundle) {
      const modules = modulesOf(folder)
      let made: ReturnType<typeof keptIn> | undefined
      const isTable: IsTable = (path, name) => modules.get(path)?.tables.includes(name) ?? false
      bundle.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const name = nameOf(path)
        // Tables are plain data already.
        if (path === `${ENGINE}/table.ts`) return { contents: 'export const storedTable = table => table' }
        const module = modules.get(name)
        if (!module) return undefined
        made ??= keptIn(modules)
        const data = (await made).get(name) ?? []
        return {
          contents: module.shipped(
            data.map(one => one.data),
            isTable,
          ),
          loader: 'ts',
        }
      })
      bundle.onResolve({ filter: /^drizzle-orm(\/|$)/ }, ({ importer, path }) => ({
        errors: [{ text: `${nameOf(importer)} brings ${path} into a bundle of plain SQL` }],
      }))
    },
  }
}

const nameOf = (path: string): string => relative(ROOT, path)

/** Reads the modules of a folder, by their paths from the root. */
export const modulesOf = (folder: string): Map<string, ShippedModule> =>
  shippedModules(
    new Map(
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter(file => file.endsWith('.ts'))
        .map(file => `${folder}/${file}`)
        .filter(path => !path.startsWith(`${ENGINE}/`))
        .sort()
        .map(path => [nameOf(path), readFileSync(path, 'utf8')]),
    ),
  )

/** Keeps what is made, with its plain data at once, so that what has none is named with its module. */
const KEEP = `import { plainDataOf } from '${ENGINE}/builder.ts'
export const kept = new Map()
export function keep(path, i, value) {
  try {
    if (!kept.has(path)) kept.set(path, [])
    kept.get(path)[i] = { value, data: plainDataOf(value) }
    return value
  } catch (error) {
    throw new Error(path + ': ' + error.message)
  }
}`

/** Runs modules and returns what each makes, in the order of its text. */
export async function keptIn(modules: ReadonlyMap<string, ShippedModule>): Promise<Map<string, Kept[]>> {
  const imports = [...modules.keys()].map(name => `import '${ROOT}/${name}'`)
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    stdin: { contents: `${imports.join('\n')}\nexport { kept } from 'keep'`, resolveDir: ROOT },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
    plugins: [
      {
        name: 'keep',
        setup(bundle) {
          bundle.onResolve({ filter: /^keep$/ }, ({ path }) => ({ path, namespace: 'keep' }))
          bundle.onLoad({ filter: /./, namespace: 'keep' }, () => ({ contents: KEEP, resolveDir: ROOT }))
          bundle.onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const module = modules.get(nameOf(path))
            return (
              module && { contents: `import { keep as __keep } from 'keep'\n${module.kept}`, loader: 'ts' }
            )
          })
        },
      },
    ],
  })
  const text = Buffer.from(outputFiles[0]!.contents).toString('base64')
  const { kept } = (await import(`data:text/javascript;base64,${text}`)) as { kept: Map<string, Kept[]> }
  return kept
}
