import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { pathToFileURL } from 'node:url'
import { constants, runInThisContext } from 'node:vm'
import { build } from 'esbuild'
import { LOCAL, ROOT } from '../../local/folder.ts'
import { namedBySource } from './commands.ts'

/** SQL, or what builds it, in plain JavaScript. `COMMIT` is not of it: it has no plan, and a var of the Workers has its name. */
const SQL =
  /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE|FROM|JOIN|EXISTS|UNION|ORDER BY|GROUP BY|LIMIT|AND|OR|NULL|CASE|ON CONFLICT|BEGIN|CREATE TABLE|ALTER TABLE)\b|[=<>] \?|zeroblob|\bbuilder\d*\s*\.\s*(?:select|insert|update|delete)\b/
/** Imports a module as Node does: the test runner would change its text, and with it the places that were seen. */
const natively = runInThisContext('url => import(url)', {
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}) as (url: string) => Promise<Record<string, Record<string, unknown>>>

/** What a module makes at its top and keeps for itself: whoever uses it sends it. What it exports is no secret. */
const MADE_AT_TOP = /^var (\w+) = (?:(prepared)\d*\(|ordinary\d*\(|\{\s*sql:)/gm
const FOLDERS = ['db', 'ops']
/** What may not run and is no SQL: a plain value, as an argument's, an empty batch, or what only throws. */
const VALUE =
  /^(?:[?:|&]{1,2}\s*)?(?:null|void 0|-?\d+|\[\]|\w+(?:\.\w+)+|\{ (?!sql)[\w:, ]+ \})$|^(?:\{\s*)?return \[\];?/
const THROWS = /^[\s{]*(?:if \([^{}]*\)\s*)?throw\b|^[\s{]*if \([\s\S]*throw error;/

/** What ran, what it returned, and the parts of `db/` and `ops/` that make SQL and did not run. */
export interface Covered<T, R> {
  module: T
  /** Every module of `db/` and `ops/` by its path. */
  modules: ReadonlyMap<string, Readonly<Record<string, unknown>>>
  result: R
  /** File, function and text of each part. */
  missed: string[]
}

/**
 * Bundles a module together with all of `db/` and `ops/`, runs `act` upon it, and tells which parts of functions that write SQL did
 * not run.
 */
export async function covering<T, R>(entry: string, act: (module: T) => Promise<R>): Promise<Covered<T, R>> {
  const outfile = `${LOCAL}/test-plans/${process.pid}-${Date.now()}.mjs`
  const paths = FOLDERS.flatMap(folder =>
    readdirSync(`${ROOT}/${folder}`, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => `${folder}/${file}`),
  ).sort()
  // By name, so that the bundle keeps what nothing uses.
  const contents = [
    `export * as entry from './${entry}'`,
    ...paths.map((path, i) => `export * as _${i} from './${path}'`),
  ]
  const { outputFiles } = await build({
    stdin: { contents: contents.join('\n'), resolveDir: ROOT },
    absWorkingDir: ROOT,
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    plugins: [namedBySource],
    logLevel: 'error',
    write: false,
  })
  mkdirSync(`${LOCAL}/test-plans`, { recursive: true })
  const { text } = outputFiles[0]!
  writeFileSync(outfile, text)
  const session = new Session()
  session.connect()
  try {
    await session.post('Profiler.enable')
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
    const { href } = pathToFileURL(outfile)
    const all = await natively(href)
    const module = all['entry'] as T
    const result = await act(module)
    const { result: scripts } = await session.post('Profiler.takePreciseCoverage')
    const { functions } = scripts.find(({ url }) => url === href)!
    const modules = new Map(paths.map((path, i) => [path, all[`_${i}`]!]))
    return { module, modules, result, missed: missedIn(text, functions) }
  } finally {
    session.disconnect()
    rmSync(outfile, { force: true })
  }
}

interface Range {
  startOffset: number
  endOffset: number
  count: number
}

function missedIn(text: string, functions: readonly { functionName: string; ranges: Range[] }[]): string[] {
  const whole = functions.map(({ ranges }) => ranges[0]!)
  /** Text of a function without that of the functions in it. */
  const ownText = (of: Range): string => {
    let [own, at] = ['', of.startOffset]
    const inner = whole
      .filter(one => one !== of && one.startOffset >= of.startOffset && one.endOffset <= of.endOffset)
      .sort((a, b) => a.startOffset - b.startOffset)
    for (const { startOffset, endOffset } of inner) {
      if (startOffset < at) continue
      own += text.slice(at, startOffset)
      at = endOffset
    }
    return own + text.slice(at, of.endOffset)
  }
  const isExported = (name: string) => new RegExp(`^  \\w+: \\(\\) => ${name},?$`, 'm').test(text)
  const top = [...text.matchAll(MADE_AT_TOP)].map(([, name, isFunction]) => ({ name: name!, isFunction }))
  const missed = new Set(
    top
      .filter(({ name, isFunction }) => isFunction && isExported(name))
      .map(
        ({ name }) =>
          `${name} is exported as it is prepared: export a function that calls it, to see whether one does`,
      ),
  )
  const own = top
    .filter(({ name }) => !isExported(name))
    .map(one => `${one.name}\\b${one.isFunction ? '\\(' : ''}`)
  const makes = new RegExp(`${SQL.source}|\\b(?:${own.join('|')})`)
  for (const { functionName, ranges } of functions) {
    const none = ranges.filter(({ count }) => count === 0)
    if (none.length === 0) continue
    const file = fileAt(text, ranges[0]!.startOffset)
    if (!/^(?:db|ops)\//.test(file) || !makes.test(ownText(ranges[0]!))) continue
    for (const { startOffset, endOffset } of none) {
      const part = text.slice(startOffset, endOffset)
      if (THROWS.test(part) || VALUE.test(part.trim()) || !/\w/.test(part)) continue
      missed.add(
        `${file}, ${functionName || 'a function'}: ${part.replace(/\s+/g, ' ').trim().slice(0, 120)}`,
      )
    }
  }
  return [...missed]
}

/** Returns the source of an offset: esbuild writes it above each module. */
const fileAt = (text: string, offset: number): string =>
  /^\/\/ (\S+)$/m.exec(text.slice(text.lastIndexOf('\n// ', offset) + 1, offset))?.[1] ?? ''
