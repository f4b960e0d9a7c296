import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import type { Endpoint } from '../../db/engine/hrana.ts'
import { ROOT } from '../../local/folder.ts'
import { openTestDatabase } from '../support/database.ts'
import {
  concernOf,
  type Explained,
  formatted,
  type Plans,
  parsed,
  plansOf,
  schemaOf,
  statementsOfTrigger,
  triggersIn,
} from '../support/plans.ts'
import { type Sent, sentBy } from '../support/sent-statements.ts'
import { FILES, textOf } from '../support/source.ts'
import { covering } from '../support/sql-coverage.ts'
import { BOUNDED, FIXED, WHOLE } from './statements/bounded.ts'
import type { Calls } from './statements/values.ts'

const FOLDER = `${ROOT}/test/fixtures/plans`
const UPDATES = process.env['UPDATE_PLANS'] === '1'
const HOW = `UPDATE_PLANS=1 npx vitest run --config test/vitest.config.ts test/db/plans.test.ts
writes the plans of today to test/fixtures/plans/. Read what changed, mend what reads more than it needs, and give each line below
which it says "because ?" its reason.`
/** Statements without a plan, and inserts of values, which look for their own keys alone. */
const UNPLANNED =
  /^\s*(?:BEGIN|COMMIT|ROLLBACK|ALTER|CREATE)\b|^INSERT INTO "?\w+"? \([^()]*\) VALUES [^a-z]*$/i

type Table = typeof import('./statements/all.ts')

/** Statements by the file of their plans. */
let statements: ReadonlyMap<string, readonly Explained[]>
/** Their plans, each line with the reason that is written for it, or `?` where it needs one. */
let planned: ReadonlyMap<string, Plans>
let missed: readonly string[]

beforeAll(async () => {
  const [database, empty] = await Promise.all([
    openTestDatabase({ empty: true }),
    openTestDatabase({ empty: true }),
  ])
  try {
    const { endpoint, dir } = database
    const begins: [at: number, command: string][] = []
    const seen = await covering<Table, Sent[]>('test/db/statements/all.ts', ({ runCommands }) =>
      sentBy(sent =>
        runCommands(endpoint, empty.endpoint, dir, command => begins.push([sent.length, command])),
      ),
    )
    const { CALLS, pagesOf, tablesOf } = seen.module
    const commands = seen.result.map(({ sql, args }, i) => {
      const [, command] = begins.findLast(([at]) => at <= i)!
      // A restore fills tables under other names.
      const text = sql.replaceAll('restoring_', '')
      return { name: `${command}: ${text.trim().replace(/\s+/g, ' ').slice(0, 90)}`, sql: text, args }
    })
    statements = distinct({
      ...Object.fromEntries(Object.entries(CALLS).map(([file, calls]) => [file, listOf(calls)])),
      backup: listOf(pagesOf(await tablesOf(endpoint))),
      commands,
      triggers: await triggersOf(endpoint),
    })
    missed = [...seen.missed, ...unlistedIn(seen.modules)]
    planned = await plannedOn(endpoint)
  } finally {
    await Promise.all([database.close(), empty.close()])
  }
})

const listOf = (calls: Calls): Explained[] =>
  Object.entries(calls).flatMap(([name, made]) =>
    ('sql' in made ? [made] : made).map(({ sql, args }) => ({ name, sql, args })),
  )

/** Returns each text once, under the first name that has it; a name that several have is numbered. */
function distinct(all: Readonly<Record<string, readonly Explained[]>>): Map<string, Explained[]> {
  const [texts, names] = [new Set<string>(), new Map<string, number>()]
  return new Map(
    Object.entries(all).map(([file, list]) => [
      file,
      list.flatMap(one => {
        if (UNPLANNED.test(one.sql) || texts.has(one.sql)) return []
        texts.add(one.sql)
        const number = (names.get(one.name) ?? 0) + 1
        names.set(one.name, number)
        return { ...one, name: number === 1 ? one.name : `${one.name} (${number})` }
      }),
    ]),
  )
}

const triggersOf = async (endpoint: Endpoint): Promise<Explained[]> =>
  (await triggersIn(endpoint)).flatMap(({ name, sql }) =>
    statementsOfTrigger(sql).map(text => ({ name, sql: text, args: [] })),
  )

/** Returns the statements that modules export as they are and no call is for. */
function unlistedIn(modules: ReadonlyMap<string, Readonly<Record<string, unknown>>>): string[] {
  const texts = new Set([...statements.values()].flat().map(({ sql }) => sql))
  return [...modules].flatMap(([path, module]) =>
    Object.entries(module).flatMap(([name, value]) => {
      const { sql, args } = (value ?? {}) as { sql?: unknown; args?: unknown }
      return typeof sql === 'string' && Array.isArray(args) && !texts.has(sql) ? `${path}, ${name}` : []
    }),
  )
}

async function plannedOn(endpoint: Endpoint): Promise<Map<string, Plans>> {
  const schema = await schemaOf(endpoint)
  const all = await Promise.all(
    [...statements].map(async ([file, list]): Promise<[string, Plans]> => {
      const written = writtenIn(file)
      const plans = await plansOf(endpoint, list)
      const lined = list.map(({ name, sql }, i) => {
        const reasons = [...(written.get(name) ?? [])]
        return [
          name,
          plans[i]!.map(text => {
            if (file in WHOLE || !concernOf(text, sql, schema, { bounded: BOUNDED, fixed: FIXED }))
              return { text }
            const at = reasons.findIndex(line => line.text === text)
            const [same] = at < 0 ? [] : reasons.splice(at, 1)
            return { text, because: same?.because ?? '?' }
          }),
        ] as const
      })
      // What looks for nothing has no plan to keep.
      return [file, new Map(lined.filter(([, lines]) => lines.length > 0))]
    }),
  )
  return new Map(all)
}

const pathOf = (file: string): string => `${FOLDER}/${file}.txt`
const writtenIn = (file: string): Plans =>
  parsed(existsSync(pathOf(file)) ? readFileSync(pathOf(file), 'utf8') : '')

test('every statement that db/ and ops/ can send is in the table: each part that makes SQL ran', () => {
  expect(missed, 'call it once for each text it can make, in test/db/statements/').toEqual([])
})

test('nothing outside db/ and ops/ makes SQL for the database', () => {
  const OWN = ['worker/lane/sql-journal.ts', 'worker/http/idempotency-record.ts']
  const SQL = /\b(?:SELECT [\s\S]*? FROM|INSERT INTO|DELETE FROM|UPDATE \w+ SET|EXISTS \(SELECT)\b/
  const makers = FILES.filter(path => /^(?:core|worker|client)\/.*\.tsx?$/.test(path) && !OWN.includes(path))
  expect(makers.filter(path => SQL.test(textOf(path)))).toEqual([])
})

test('every statement has the plan that is written beside its name', () => {
  if (UPDATES) {
    rmSync(FOLDER, { recursive: true, force: true })
    mkdirSync(FOLDER, { recursive: true })
    for (const [file, plans] of planned) if (plans.size > 0) writeFileSync(pathOf(file), formatted(plans))
  }
  const wanted = [...planned].filter(([, plans]) => plans.size > 0)
  expect(readdirSync(FOLDER).sort(), HOW).toEqual(wanted.map(([file]) => `${file}.txt`).sort())
  for (const [file, plans] of wanted) expect(readFileSync(pathOf(file), 'utf8'), HOW).toBe(formatted(plans))
})

test('what reads a table, sorts or follows an index to many rows says why it may', () => {
  const without = [...planned.values()].flatMap(plans =>
    [...plans].flatMap(([name, lines]) =>
      lines.flatMap(({ text, because }) => (because === '?' ? `${name}: ${text.trim()}` : [])),
    ),
  )
  expect(without, HOW).toEqual([])
})
