import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fillPlaceholders, getTableColumns, getTableName, is, Table } from 'drizzle-orm'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import type { Value } from '../../core/write/statement.ts'
import { type PreparedSelect, preparedFrom } from '../../db/engine/prepared.ts'
import { readerOf } from '../../db/engine/reading.ts'
import type { StoredTable } from '../../db/engine/table.ts'
import { bundle } from '../../local/bundle.ts'
import { LOCAL, ROOT } from '../../local/folder.ts'
import { shippedModules } from '../../local/shipped-module.ts'
import { type Kept, keptIn, modulesOf, shippedSql } from '../../local/shipped-sql.ts'

/** Values as the database answers them: JSON is text, and truth is a number. */
const VALUES: readonly Value[] = [
  null,
  0,
  1,
  2,
  Number.MAX_SAFE_INTEGER,
  '',
  '["a","ü"]',
  '{}',
  new Uint8Array([0, 255]),
]

/** What a function returns, or that it throws. */
function outcome(of: () => unknown): unknown {
  try {
    return { returns: of() }
  } catch {
    return 'throws'
  }
}

const modules = modulesOf(`${ROOT}/db`)
const kept = await keptIn(modules)
const made = [...kept].flatMap(([path, all]) => all.map(one => ({ path, ...one })))

describe('what ships in place of drizzle says what drizzle says:', () => {
  const tables = made.filter(({ value }) => is(value, Table)) as (Kept & {
    value: Table
    data: StoredTable
  })[]
  test('each table has its name, its columns, and reads their values the same', () => {
    expect(tables.length).toBeGreaterThan(20)
    for (const { value, data } of tables) {
      expect(data.name).toBe(getTableName(value))
      const columns = getTableColumns(value)
      expect(Object.keys(data.columns)).toEqual(Object.keys(columns))
      for (const [key, column] of Object.entries(columns)) {
        const [name, reading] = data.columns[key]!
        expect(name).toBe(column.name)
        for (const one of VALUES)
          expect(
            outcome(() => readerOf(reading)(one)),
            `${data.name}.${name}`,
          ).toEqual(outcome(() => (one === null ? null : column.mapFromDriverValue(one))))
      }
    }
  })

  interface Select {
    prepare(): {
      getQuery(): { sql: string; params: unknown[] }
      mapAllResult(rows: readonly (readonly Value[])[]): unknown
    }
  }
  const selects = made.filter(({ value }) => !is(value, Table)) as (Kept & {
    value: Select
    data: PreparedSelect
  })[]
  test('each select has its text, its arguments, and reads rows the same', () => {
    expect(selects.length).toBeGreaterThan(10)
    for (const { value, data } of selects) {
      const statement = value.prepare()
      const { sql, params } = statement.getQuery()
      const names = data.params.flatMap(one => (typeof one === 'object' && one ? one.placeholder : []))
      const values = Object.fromEntries(names.map((name, i) => [name, VALUES[i % VALUES.length]!]))
      const query = preparedFrom(data)(values)
      expect(query.sql).toBe(sql)
      expect(query.args).toEqual(fillPlaceholders(params, values))
      for (const one of VALUES) {
        const row = Object.keys(data.columns).map(() => one)
        expect(
          outcome(() => query.decode([row, row])),
          sql,
        ).toEqual(outcome(() => statement.mapAllResult([row, row])))
      }
    }
  })
})

/** Returns the exports of all modules of db/, bundled with the plugin, and the files that are in the bundle. */
async function shippedExports() {
  const names = [...modules.keys()]
  const contents = names.map((name, i) => `export * as _${i} from './${name}'`).join('\n')
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: ROOT },
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    plugins: [shippedSql()],
  })
  const text = Buffer.from(outputFiles[0]!.contents).toString('base64')
  const all = (await import(`data:text/javascript;base64,${text}`)) as Record<string, Record<string, unknown>>
  return {
    exports: new Map(names.map((name, i) => [name, all[`_${i}`]!])),
    inputs: Object.keys(metafile.inputs),
  }
}

test('every query of db/ is the same with plain SQL in place of drizzle, which is gone', async () => {
  const { exports, inputs } = await shippedExports()
  expect(inputs).toContain('db/engine/prepared.ts')
  expect(inputs.filter(path => /drizzle|engine\/builder/.test(path))).toEqual([])
  const row = (one: Value) => Array.from({ length: 40 }, () => one)
  /** What a query asks for the argument, and what it makes of rows of each value; nothing where it is no query. */
  const asked = (one: unknown, argument: unknown) => {
    const query = (typeof one === 'function' ? one(argument, argument, argument, argument) : one) as {
      sql?: string
      args?: Value[]
      decode?(rows: Value[][]): unknown
    }
    if (!query?.decode) return undefined
    const { sql, args, decode } = query
    return { sql, args, rows: VALUES.map(value => outcome(() => decode([row(value), row(value)]))) }
  }
  const queries = new Set<string>()
  for (const [path, ours] of exports) {
    const theirs = (await import(new URL(`../../${path}`, import.meta.url).href)) as Record<string, unknown>
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort())
    for (const [name, one] of Object.entries(ours))
      for (const argument of [7, new Uint8Array(12), 'a']) {
        const wanted = outcome(() => asked(theirs[name], argument))
        expect(
          outcome(() => asked(one, argument)),
          `${path} ${name}`,
        ).toEqual(wanted)
        if (typeof wanted === 'object' && (wanted as { returns: unknown }).returns) queries.add(name)
      }
  }
  expect(queries.size).toBeGreaterThan(60)
})

describe('the build stops', () => {
  const BEGIN = `import { customType, integer, numeric, sqliteTable, text } from 'drizzle-orm/sqlite-core'
    import { builder, prepared } from '${ROOT}/db/engine/builder.ts'
    import { fieldsOf } from '${ROOT}/db/engine/selection.ts'`

  test.for<[what: string, text: string, message: RegExp]>([
    [
      'at a time that drizzle would read as a Date',
      "export const thing = sqliteTable('thing', { madeAt: integer('made_at', { mode: 'timestamp' }) })",
      /thing\.ts: column thing\.made_at is of a kind without a reading: SQLiteTimestamp/,
    ],
    [
      'at a column type of our own that maps its values',
      `const loud = customType<{ data: string }>({ dataType: () => 'text', fromDriver: value => String(value).toUpperCase() })
      export const thing = sqliteTable('thing', { name: loud() })`,
      /thing\.ts: column thing\.name is of a kind without a reading/,
    ],
    [
      'at a select with objects in its rows',
      `const thing = sqliteTable('thing', { name: text() })
      export const things = prepared(builder.select({ thing: { name: thing.name } }).from(thing))`,
      /thing\.ts: thing\.name has no reading, in: select/,
    ],
    [
      'at a query that is built when it is asked',
      `const thing = sqliteTable('thing', { name: text() })
      export const things = () => prepared(builder.select().from(thing))`,
      /thing\.ts:5 uses prepared of drizzle where the build cannot evaluate it/,
    ],
    [
      'at a table whose column is used where it runs',
      `const thing = sqliteTable('thing', { name: text() })
      export const named = () => thing.name.name`,
      /thing\.ts:5 uses the table thing otherwise than in fieldsOf or columnOf/,
    ],
    [
      'at a table that is no variable, whose uses nobody would see',
      "export const things = [sqliteTable('thing', { name: text() })]",
      /thing\.ts:4 makes a table without a name/,
    ],
    [
      'at drizzle under a name of its own',
      "import * as orm from 'drizzle-orm'\nexport const equal = () => orm.eq",
      /thing\.ts brings drizzle-orm into a bundle of plain SQL/,
    ],
  ])('%s', async ([, text, message]) => {
    const folder = `${LOCAL}/test-shipped-sql`
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${folder}/thing.ts`, `${BEGIN}\n${text}`)
    const entryPoints = [`${folder}/thing.ts`]
    const plugins = [shippedSql(folder)]
    await expect(
      build({ entryPoints, plugins, bundle: true, write: false, logLevel: 'silent' }),
    ).rejects.toThrow(message)
    rmSync(folder, { recursive: true })
  })

  test('at the table of another module whose column is used where it runs', () => {
    const path = 'db/thing.ts'
    const text =
      "import { topic } from './topic.ts'\nexport const named = (topic: string) => topic\nexport const key = () => topic.name"
    const thing = shippedModules(new Map([[path, text]])).get(path)!
    expect(() => thing.shipped([], (from, name) => from === 'db/topic.ts' && name === 'topic')).toThrow(
      'db/thing.ts:3 uses the table topic otherwise',
    )
  })
})

test('a Worker is bundled into one module without drizzle, to the byte the same each time', async () => {
  const outdir = `${LOCAL}/test-bundle`
  const bundled = async () => {
    const metafile = await bundle('worker/lane/write-lane.ts', outdir)
    expect(Object.keys(metafile.inputs).filter(path => path.includes('drizzle'))).toEqual([])
    expect(readdirSync(outdir)).toEqual(['index.js'])
    return readFileSync(`${outdir}/index.js`, 'utf8')
  }
  expect(await bundled()).toBe(await bundled())
  for (const path of [outdir, `${outdir}.js.map`, `${outdir}.meta.json`]) rmSync(path, { recursive: true })
})
