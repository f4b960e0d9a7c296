import { integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'

/** A customer of the platform. */
export const tenant = sqliteTable('tenant', {
  number: integer().primaryKey(),
  name: text().notNull().unique(),
  displayName: text('display_name').notNull(),
  createdAt: integer('created_at').notNull(),
})

/** One brand or team of a tenant: what its keys are bound to and what a recipient sees as the sender. */
export const workspace = sqliteTable(
  'workspace',
  {
    number: integer().primaryKey(),
    tenant: integer()
      .notNull()
      .references(() => tenant.number),
    name: text().notNull(),
    displayName: text('display_name').notNull(),
    /** Where mailto unsubscribes go, token added after a plus sign; null when the workspace takes none. */
    unsubscribeMailbox: text('unsubscribe_mailbox'),
    createdAt: integer('created_at').notNull(),
  },
  table => [unique().on(table.tenant, table.name)],
)
