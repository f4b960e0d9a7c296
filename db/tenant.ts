import { eq, sql } from 'drizzle-orm'
import { integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { builder, bytes, prepared } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { fieldsOf, type Selected, selection } from './engine/selection.ts'
import { type About, subjectOf } from './engine/subject.ts'

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
    /** Whether mail needs a confirmed consent, where a topic does not say. */
    consent: text({ enum: ['opt_in', 'opt_out'] })
      .notNull()
      .default('opt_out'),
    /** From which address confirmations are mailed; null for the platform's own. */
    mailFrom: text('mail_from'),
    /** Confirmations it may ask for in a day. */
    confirmationsPerDay: integer('confirmations_per_day').notNull().default(10_000),
    /** The laws whose deadlines it keeps, by name, with a space between two. */
    regimes: text().notNull().default('eu'),
    /** The digest of the look its pages have; null for the platform's own. */
    brand: bytes(),
    /** The host new links are made on; null for the platform's own. */
    linkHost: text('link_host'),
    /** Where bounces and complaints are mailed to, token added after a plus sign; null when the workspace takes none. */
    feedbackMailbox: text('feedback_mailbox'),
    /** Who the footer of a mail says is writing, and from where. */
    legalName: text('legal_name'),
    postalAddress: text('postal_address'),
    /** On which origins its preference center may stand in a frame, with a space between two. */
    embeddedIn: text('embedded_in').notNull().default(''),
  },
  table => [unique().on(table.tenant, table.name)],
)

const { number, name, displayName: sender, regimes } = fieldsOf(workspace, 'w')
const OWN = selection({ number, name, sender, company: fieldsOf(tenant, 't').displayName, regimes })

/** `may-lag` is enough. Asks for the workspaces of a tenant, in the order they were made. */
export const workspacesOf = (tenantNumber: About<number>): Query<Selected<typeof OWN>[]> => {
  const of = subjectOf(tenantNumber)
  return {
    sql: `SELECT ${OWN.list} FROM workspace AS w JOIN tenant AS t ON t.number = w.tenant WHERE w.tenant = ${of.sql} ORDER BY w.number`,
    args: [...of.args],
    decode: OWN.rows,
  }
}

/** `may-lag` is enough. Asks for what a workspace's own settings are, and whose it is. */
export const workspaceByNumber = (number: number) => byNumber({ number })

const byNumber = prepared(
  builder
    .select({
      number: workspace.number,
      name: workspace.name,
      sender: workspace.displayName,
      company: tenant.displayName,
      consent: workspace.consent,
      mailFrom: workspace.mailFrom,
      confirmationsPerDay: workspace.confirmationsPerDay,
      linkHost: workspace.linkHost,
      regimes: workspace.regimes,
    })
    .from(workspace)
    .innerJoin(tenant, eq(tenant.number, workspace.tenant))
    .where(eq(workspace.number, sql.placeholder('number'))),
)

/** `may-lag` is enough. Asks on which origins a workspace's preference center may stand in a frame. */
export const embeddersOf = (number: number) => embedders({ number })

const embedders = prepared(
  builder
    .select({ embeddedIn: workspace.embeddedIn })
    .from(workspace)
    .where(eq(workspace.number, sql.placeholder('number'))),
)
