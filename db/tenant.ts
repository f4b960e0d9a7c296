import { eq, sql } from 'drizzle-orm'
import { integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { builder, bytes, prepared } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { fieldsOf, type Selected, selection } from './engine/selection.ts'
import { type About, subjectOf } from './engine/subject.ts'

/** Customers of the platform. */
export const tenant = sqliteTable('tenant', {
  number: integer().primaryKey(),
  name: text().notNull().unique(),
  displayName: text('display_name').notNull(),
  createdAt: integer('created_at').notNull(),
})

/** Brands or teams of a tenant. API keys are bound to a workspace, and recipients see it as the sender. */
export const workspace = sqliteTable(
  'workspace',
  {
    number: integer().primaryKey(),
    tenant: integer()
      .notNull()
      .references(() => tenant.number),
    name: text().notNull(),
    displayName: text('display_name').notNull(),
    /** Mailbox for mailto unsubscribes, token added after a plus sign; null when the workspace takes none. */
    unsubscribeMailbox: text('unsubscribe_mailbox'),
    createdAt: integer('created_at').notNull(),
    /** Default consent mode of its topics. */
    consent: text({ enum: ['opt_in', 'opt_out'] })
      .notNull()
      .default('opt_out'),
    /** Sender address of confirmations; null for the platform's own. */
    mailFrom: text('mail_from'),
    /** Most confirmations it may ask for in a day. */
    confirmationsPerDay: integer('confirmations_per_day').notNull().default(10_000),
    /** Laws whose deadlines it keeps, by name, separated by spaces. */
    regimes: text().notNull().default('eu'),
    /** Digest of the brand on its pages; null for the platform's own. */
    brand: bytes(),
    /** Host of new links; null for the platform's own. */
    linkHost: text('link_host'),
    /** Mailbox for bounces and complaints, token added after a plus sign; null when the workspace takes none. */
    feedbackMailbox: text('feedback_mailbox'),
    /** Legal name in the footer of its mails; the next column is the postal address. */
    legalName: text('legal_name'),
    postalAddress: text('postal_address'),
    /** Origins on which its preference center may stand in a frame, separated by spaces. */
    embeddedIn: text('embedded_in').notNull().default(''),
    /** Origins that a confirmation's page may lead back to, separated by spaces. */
    returnOrigins: text('return_origins').notNull().default(''),
  },
  table => [unique().on(table.tenant, table.name)],
)

const { number, name, displayName: sender, regimes } = fieldsOf(workspace, 'w')
const OWN = selection({ number, name, sender, company: fieldsOf(tenant, 't').displayName, regimes })

/** `may-lag` is enough. Asks for the workspaces of a tenant, in order of creation. */
export const workspacesOf = (tenantNumber: About<number>): Query<Selected<typeof OWN>[]> => {
  const of = subjectOf(tenantNumber)
  return {
    sql: `SELECT ${OWN.list} FROM workspace AS w JOIN tenant AS t ON t.number = w.tenant WHERE w.tenant = ${of.sql} ORDER BY w.number`,
    args: [...of.args],
    decode: OWN.rows,
  }
}

/** `may-lag` is enough. Asks for a workspace's settings and its tenant's name. */
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
      returnOrigins: workspace.returnOrigins,
      regimes: workspace.regimes,
    })
    .from(workspace)
    .innerJoin(tenant, eq(tenant.number, workspace.tenant))
    .where(eq(workspace.number, sql.placeholder('number'))),
)

/** `may-lag` is enough. Asks for the origins that may frame a workspace's preference center. */
export const embeddersOf = (number: number) => embedders({ number })

const embedders = prepared(
  builder
    .select({ embeddedIn: workspace.embeddedIn })
    .from(workspace)
    .where(eq(workspace.number, sql.placeholder('number'))),
)
