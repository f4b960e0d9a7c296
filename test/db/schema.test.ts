import { readdirSync } from 'node:fs'
import { createClient } from '@libsql/client/web'
import { is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect } from 'vitest'
import { NEEDED_MIGRATION } from '../../db/schema.ts'
import { readMigrations } from '../../ops/migrate.ts'
import { test } from '../support/database.ts'
import { CALLS } from './statements/all.ts'

const folder = new URL('../../db/', import.meta.url)
const modules = await Promise.all(
  readdirSync(folder)
    .filter(file => file.endsWith('.ts'))
    .map(file => import(new URL(file, folder).href) as Promise<Record<string, unknown>>),
)
const tables = [
  ...new Set(modules.flatMap(module => Object.values(module).filter(value => is(value, SQLiteTable)))),
].map(table => getTableConfig(table as SQLiteTable))

/** Tables that are asked in SQL alone: none of the queries that drizzle builds touches them. */
const WITHOUT_DRIZZLE = ['lane', 'migration', 'number']

test('the tables of the code are the tables of the migrations', async ({ database }) => {
  const rows = await database.sql(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'libsql_%'",
  )
  const migrated = rows.map(([name]) => String(name)).filter(name => !WITHOUT_DRIZZLE.includes(name))
  expect(tables.map(({ name }) => name).sort()).toEqual(migrated.sort())
})

test('each has the same columns, of the same type, as required and as keyed', async ({ database }) => {
  for (const { name, columns, primaryKeys } of tables) {
    const rows = await database.sql(
      'SELECT name, lower(type), "notnull", pk FROM pragma_table_info(?) ORDER BY cid',
      [name],
    )
    const keys = rows.filter(([, , , pk]) => pk !== 0).sort((a, b) => Number(a[3]) - Number(b[3]))
    const keyOfCode = [
      ...columns.filter(column => column.primary),
      ...primaryKeys.flatMap(key => key.columns),
    ].map(column => column.name)
    expect(keyOfCode, name).toEqual(keys.map(([column]) => column))
    const asCode = columns.map(column => ({
      column: column.name,
      type: column.getSQLType(),
      required: column.notNull || keyOfCode.includes(column.name),
    }))
    const asMigrated = rows.map(([column, type, notNull, pk]) => ({
      column,
      type,
      required: notNull === 1 || pk !== 0,
    }))
    expect(asCode, name).toEqual(asMigrated)
  }
})

test('each has the same unique columns and the same parents', async ({ database }) => {
  for (const { name, columns, uniqueConstraints, foreignKeys } of tables) {
    const uniques = await database.sql(
      `SELECT (SELECT group_concat(c.name) FROM pragma_index_info(i.name) AS c)
       FROM pragma_index_list(?) AS i WHERE i."unique" AND i.origin = 'u'`,
      [name],
    )
    const uniquesOfCode = [
      ...columns.filter(column => column.isUnique).map(column => column.name),
      ...uniqueConstraints.map(({ columns }) => columns.map(column => column.name).join(',')),
    ]
    expect(uniquesOfCode.sort(), name).toEqual(uniques.flat().sort())
    const parents = await database.sql('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', [name])
    const parentsOfCode = foreignKeys.map(key => {
      const { columns, foreignTable, foreignColumns } = key.reference()
      return [columns[0]!.name, getTableConfig(foreignTable).name, foreignColumns[0]!.name]
    })
    expect(parentsOfCode.sort(), name).toEqual(parents.sort())
  }
})

test('every table holds what its columns say: a text in a number is refused', async ({ database }) => {
  const loose = await database.sql("SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict")
  expect(loose.flat().filter(name => !/^(sqlite|libsql)_/.test(String(name)))).toEqual([])
})

test('the migration this version needs is there, and makes every table, column and view its code knows', async ({
  emptyDatabase: database,
}) => {
  const needed = readMigrations().filter(({ name }) => name <= NEEDED_MIGRATION)
  expect(needed.at(-1)?.name).toBe(NEEDED_MIGRATION)
  const client = createClient({ url: database.endpoint.url })
  for (const { text } of needed) await client.executeMultiple(text)
  client.close()
  for (const { name, columns } of tables) {
    const there = await database.sql('SELECT name FROM pragma_table_info(?)', [name])
    expect(there.flat(), name).toEqual(expect.arrayContaining(columns.map(column => column.name)))
  }
  const statements = Object.values(CALLS).flatMap(calls => Object.values(calls).flat())
  expect(statements.length).toBeGreaterThan(100)
  for (const { sql, args } of statements) await database.sql(`EXPLAIN ${sql}`, [...args])
})
