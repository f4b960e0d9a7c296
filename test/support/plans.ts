import type { Value } from '../../core/write/statement.ts'
import { type Endpoint, run } from '../../db/engine/hrana.ts'

/** A line of a plan, indented by its depth, and the reason it may be as it is where it needs one. */
export interface PlanLine {
  text: string
  because?: string
}

/** Plans by the names of their statements. */
export type Plans = Map<string, PlanLine[]>

/** A statement to explain. */
export interface Explained {
  name: string
  sql: string
  args: readonly Value[]
}

/** Returns the plan of each statement, as the server makes it. A statement that looks for nothing has no lines. */
export async function plansOf(endpoint: Endpoint, statements: readonly Explained[]): Promise<string[][]> {
  const results = await run(
    endpoint,
    statements.map(({ sql, args }) => ({ sql: `EXPLAIN QUERY PLAN ${sql}`, args: [...args] })),
    60_000,
  )
  return results.map(({ rows }) => {
    const depth = new Map<Value, number>()
    return rows.map(([id, parent, , text]) => {
      const own = (depth.get(parent!) ?? 0) + 1
      depth.set(id!, own)
      return '  '.repeat(own) + text
    })
  })
}

const BECAUSE = 'because '

/** Reads plans as `formatted` writes them. */
export function parsed(text: string): Plans {
  const plans: Plans = new Map()
  let lines: PlanLine[] = []
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    if (!line.startsWith(' ')) {
      lines = []
      plans.set(line, lines)
    } else if (line.trimStart().startsWith(BECAUSE)) lines.at(-1)!.because = line.trim().slice(BECAUSE.length)
    else lines.push({ text: line })
  }
  return plans
}

/** Writes plans: the name of a statement, below it the lines of its plan, below a line the reason for it. */
export const formatted = (plans: Plans): string =>
  [...plans]
    .map(([name, lines]) =>
      [
        name,
        ...lines.flatMap(({ text, because }) =>
          because === undefined ? text : [text, `${/^ */.exec(text)![0]}  ${BECAUSE}${because}`],
        ),
      ].join('\n'),
    )
    .join('\n\n')
    .concat('\n')

/** What the schema says about tables, to tell which lines of a plan need a reason. */
export interface Schema {
  tables: ReadonlySet<string>
  /** Columns of each unique index, and of each primary key under the name of its table. */
  unique: ReadonlyMap<string, readonly string[]>
}

/** Reads the schema of a database. */
export async function schemaOf(endpoint: Endpoint): Promise<Schema> {
  const [tables, indexes, keys] = await run(
    endpoint,
    [
      { sql: "SELECT name FROM sqlite_schema WHERE type = 'table'", args: [] },
      {
        sql: `SELECT l.name, (SELECT group_concat(name) FROM pragma_index_info(l.name))
          FROM sqlite_schema AS t, pragma_index_list(t.name) AS l WHERE t.type = 'table' AND l."unique" AND NOT l.partial`,
        args: [],
      },
      {
        sql: `SELECT t.name, group_concat(c.name) FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
          WHERE t.type = 'table' AND c.pk > 0 GROUP BY t.name`,
        args: [],
      },
    ],
    60_000,
  )
  const columns = ({ rows }: { rows: Value[][] }) =>
    rows.map(([name, list]) => [String(name), String(list).split(',')] as const)
  return {
    tables: new Set(tables!.rows.map(([name]) => String(name))),
    unique: new Map([...columns(indexes!), ...columns(keys!)]),
  }
}

const SEARCH =
  /^SEARCH (\w+) USING (?:COVERING )?(?:INDEX (\w+)|(PRIMARY KEY)|(INTEGER PRIMARY KEY)) \((.*)\)/
/** Columns that name one recipient. */
const RECIPIENT = ['address_id', 'former_id', 'successor_id']

/**
 * Why a line of a plan needs a written reason, or undefined where it needs none: it reads a table, sorts, builds an index, or
 * follows one to more than one row, or one recipient's rows.
 */
export function concernOf(
  line: string,
  sql: string,
  { tables, unique }: Schema,
  { bounded, fixed }: { bounded: Readonly<Record<string, string>>; fixed: readonly string[] },
): string | undefined {
  const text = line.trim()
  if (text.startsWith('USE TEMP B-TREE')) return 'sorts'
  if (text.includes('AUTOMATIC')) return 'builds an index'
  const [, verb, alias] = /^(SCAN|SEARCH) (\w+)/.exec(text) ?? []
  if (!verb || !alias || text.includes('VIRTUAL TABLE') || text === 'SCAN CONSTANT ROW') return undefined
  const table = tableOf(alias, sql, tables)
  if (!table || fixed.includes(table)) return undefined
  if (verb === 'SCAN') return 'reads the whole table'
  const [, , index, primary, rowid, sought = ''] = SEARCH.exec(text) ?? []
  // Without an index it is the first or the last row.
  if (!index && !primary && !rowid) return undefined
  const equal = sought.split(' AND ').flatMap(term => (term.endsWith('=?') ? term.slice(0, -2) : []))
  const key = rowid ? ['rowid'] : unique.get(index ?? table)
  const isOne = key?.every(column => equal.includes(column)) || equal.includes('rowid')
  if (isOne || equal.some(column => RECIPIENT.includes(column)) || `${table} (${sought})` in bounded)
    return undefined
  return 'follows an index to many rows'
}

/** Returns the table behind an alias; undefined for a part of the statement itself. */
function tableOf(alias: string, sql: string, tables: ReadonlySet<string>): string | undefined {
  const named = [...sql.matchAll(new RegExp(`\\b(\\w+)"? AS "?${alias}\\b`, 'g'))].map(([, name]) => name!)
  return named.find(name => tables.has(name)) ?? (tables.has(alias) ? alias : undefined)
}

/** Reads the triggers of a database. */
export async function triggersIn(endpoint: Endpoint): Promise<{ name: string; sql: string }[]> {
  const sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name"
  const [triggers] = await run(endpoint, [{ sql, args: [] }], 60_000)
  return triggers!.rows.map(([name, text]) => ({ name: String(name), sql: String(text) }))
}

/** Returns the statements of a trigger, with parameters in place of the row it is about, which no statement's plan shows. */
export function statementsOfTrigger(sql: string): string[] {
  const [, when, body] = /^CREATE TRIGGER[\s\S]*?(?:\bWHEN\b([\s\S]*?))?\bBEGIN\b([\s\S]*)\bEND\s*$/.exec(
    sql.trim(),
  )!
  return [...(when ? [`SELECT ${when.trim()}`] : []), ...body!.split(';')]
    .map(text => text.replace(/\b(?:NEW|OLD)\.\w+/g, '?').trim())
    .filter(text => text !== '' && !text.includes('RAISE('))
}
