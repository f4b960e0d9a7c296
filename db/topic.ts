import { and, asc, eq, sql } from 'drizzle-orm'
import { integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { builder, prepared } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { workspace } from './tenant.ts'

/** What a recipient subscribes to. */
export const topic = sqliteTable(
  'topic',
  {
    number: integer().primaryKey(),
    workspace: integer()
      .notNull()
      .references(() => workspace.number),
    name: text().notNull(),
    displayName: text('display_name').notNull(),
    description: text().notNull(),
    kind: text({ enum: ['marketing', 'transactional'] }).notNull(),
    createdAt: integer('created_at').notNull(),
    /** Whether its mail needs a confirmed consent; null for its workspace's mode. */
    consent: text({ enum: ['opt_in', 'opt_out'] }),
    /** How often its mail comes, in the sender's words. */
    frequency: text(),
  },
  table => [unique().on(table.workspace, table.name)],
)

/** A topic with the workspace and tenant it belongs to. */
export interface TopicPlace {
  topic: number
  workspace: number
  tenant: number
  topicName: string
  topicDisplayName: string
  kind: 'marketing' | 'transactional'
  sender: string
  unsubscribeMailbox: string | null
}

const place = {
  topic: topic.number,
  workspace: workspace.number,
  tenant: workspace.tenant,
  topicName: topic.name,
  topicDisplayName: topic.displayName,
  kind: topic.kind,
  sender: workspace.displayName,
  unsubscribeMailbox: workspace.unsubscribeMailbox,
}

/** `may-lag` is enough: a topic never moves. Asks for the topic a token names. */
export const topicByNumber = (number: number): Query<TopicPlace[]> => byNumber({ number })

const byNumber = prepared(
  builder
    .select(place)
    .from(topic)
    .innerJoin(workspace, eq(workspace.number, topic.workspace))
    .where(eq(topic.number, sql.placeholder('number'))),
)

/** `fresh`. Asks whether there is any topic with a number of a range. */
export const anyTopic = ({ first, last }: { first: number; last: number }): Query<boolean> => ({
  sql: 'SELECT EXISTS (SELECT 1 FROM topic WHERE number BETWEEN ? AND ?)',
  args: [first, last],
  decode: rows => rows[0]![0] === 1,
})

/** `may-lag` is enough where a miss is asked again of the primary. Asks for a workspace's topic by name. */
export const topicByName = (workspaceNumber: number, name: string): Query<TopicPlace[]> =>
  byName({ workspace: workspaceNumber, name })

const byName = prepared(
  builder
    .select(place)
    .from(topic)
    .innerJoin(workspace, eq(workspace.number, topic.workspace))
    .where(and(eq(topic.workspace, sql.placeholder('workspace')), eq(topic.name, sql.placeholder('name')))),
)

/** A topic, as its workspace knows it. */
export interface OwnTopic {
  number: number
  name: string
  displayName: string
  description: string
  kind: 'marketing' | 'transactional'
  /** Whether its mail needs a confirmed consent. */
  consent: 'opt_in' | 'opt_out'
  /** How often it comes, in the sender's words. */
  frequency: string | null
}

/** `may-lag` is enough. Asks for a workspace's topics in the order they were made. */
export const topicsOf = (workspaceNumber: number): Query<OwnTopic[]> =>
  ofWorkspace({ workspace: workspaceNumber })

const own = {
  number: topic.number,
  name: topic.name,
  displayName: topic.displayName,
  description: topic.description,
  kind: topic.kind,
  consent: sql<'opt_in' | 'opt_out'>`coalesce(${topic.consent}, ${workspace.consent})`,
  frequency: topic.frequency,
}

const ofWorkspace = prepared(
  builder
    .select(own)
    .from(topic)
    .innerJoin(workspace, eq(workspace.number, topic.workspace))
    .where(eq(topic.workspace, sql.placeholder('workspace')))
    .orderBy(asc(topic.number)),
)

/** `fresh`. Asks for the topics of a workspace that were made after one, in that order. */
export const topicsAfter = (workspaceNumber: number, after: number, limit: number): Query<OwnTopic[]> =>
  ofWorkspaceAfter({ workspace: workspaceNumber, after, limit })

const ofWorkspaceAfter = prepared(
  builder
    .select(own)
    .from(topic)
    .innerJoin(workspace, eq(workspace.number, topic.workspace))
    // The plus keeps the numbers of all other workspaces out of the search.
    .where(
      and(
        eq(topic.workspace, sql.placeholder('workspace')),
        sql`+${topic.number} > ${sql.placeholder('after')}`,
      ),
    )
    .orderBy(sql`+${topic.number}`)
    .limit(sql.placeholder('limit')),
)

/** A topic of a tenant, and whose it is. */
export interface TenantTopic {
  number: number
  workspace: number
  name: string
  displayName: string
}

/** `may-lag` is enough. Asks for the topics of every workspace of a tenant, in the order they were made. */
export const allTopicsOf = (tenant: number): Query<TenantTopic[]> => ofTenant({ tenant })

const ofTenant = prepared(
  builder
    .select({
      number: topic.number,
      workspace: topic.workspace,
      name: topic.name,
      displayName: topic.displayName,
    })
    .from(topic)
    .innerJoin(workspace, eq(workspace.number, topic.workspace))
    .where(eq(workspace.tenant, sql.placeholder('tenant')))
    .orderBy(asc(topic.number)),
)

/** Where a topic belongs, and of which kind it is. Neither ever changes, so what was read once stays true for as long as the isolate lives. */
export type Place = Pick<TopicPlace, 'topic' | 'workspace' | 'tenant' | 'kind'>
