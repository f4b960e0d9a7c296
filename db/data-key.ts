import { asc, eq, sql } from 'drizzle-orm'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { type Actor, actorText } from '../core/actor.ts'
import type { LedgerEvent } from '../core/event.ts'
import { uuid7 } from '../core/id.ts'
import type { WriteBatch } from '../core/write/request.ts'
import { builder, ordinary, prepared } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { appendIfChanged } from './event.ts'
import { destroy } from './overwrite.ts'
import { tenant } from './tenant.ts'

/** Data keys of tenants, wrapped. Each generation replaces the one before it. */
export const dataKey = sqliteTable(
  'data_key',
  {
    tenant: integer()
      .notNull()
      .references(() => tenant.number),
    generation: integer().notNull(),
    wrapped: text().notNull(),
    madeAt: integer('made_at').notNull(),
  },
  table => [primaryKey({ columns: [table.tenant, table.generation] })],
)

/** A data key as it is stored. */
export type DataKeyRow = typeof dataKey.$inferSelect

/** Always `fresh`, since new data must be sealed under the newest key. Asks for a tenant's keys, oldest first. */
export const dataKeysOf = (tenantNumber: number): Query<DataKeyRow[]> => ofTenant({ tenant: tenantNumber })

const ofTenant = prepared(
  builder
    .select()
    .from(dataKey)
    .where(eq(dataKey.tenant, sql.placeholder('tenant')))
    .orderBy(asc(dataKey.generation)),
)

/** Asks for every tenant's keys, oldest first. */
export const allDataKeys: Query<DataKeyRow[]> = ordinary(
  builder.select().from(dataKey).orderBy(asc(dataKey.tenant), asc(dataKey.generation)),
)

/** Always `fresh`. Asks since when the oldest key of any tenant exists; null where there is none. */
export const oldestDataKey: Query<number | null> = {
  sql: 'SELECT min(made_at) FROM data_key',
  args: [],
  decode: ([row]) => row![0] as number | null,
}

/** Inserts a key, with its event, unless its tenant has one of that generation. */
export const keepDataKey = ({ tenant, generation, wrapped, madeAt }: DataKeyRow, by: Actor): WriteBatch => [
  {
    sql: 'INSERT INTO data_key (tenant, generation, wrapped, made_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    args: [tenant, generation, wrapped, madeAt],
  },
  appendIfChanged(dataKeyEvent(tenant, generation, madeAt, 'data_key.made', by)),
]

/** Stores a key's new wrapping, if its wrapping is still the one given. */
export const rewrapDataKey = ({ tenant, generation, wrapped }: DataKeyRow, anew: string): WriteBatch => [
  {
    sql: 'UPDATE data_key SET wrapped = ? WHERE tenant = ? AND generation = ? AND wrapped = ?',
    args: [anew, tenant, generation, wrapped],
  },
]

/** Destroys a key that seals nothing any more, with its event. */
export const retireDataKey = ({ tenant, generation }: DataKeyRow, now: number, by: Actor): WriteBatch => [
  ...destroy('data_key', 'tenant = ? AND generation = ?', [tenant, generation]),
  appendIfChanged(dataKeyEvent(tenant, generation, now, 'data_key.retired', by)),
]

const dataKeyEvent = (
  tenant: number,
  generation: number,
  at: number,
  type: 'data_key.made' | 'data_key.retired',
  by: Actor,
): LedgerEvent => ({
  id: uuid7(at),
  at,
  tenant,
  workspace: null,
  type,
  actor: actorText(by),
  addressId: null,
  subject: `data_key_${generation}`,
  data: { generation },
})
