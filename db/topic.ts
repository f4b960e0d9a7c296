import { and, eq, sql } from 'drizzle-orm'
import { integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { builder, prepared } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { field, fieldsOf, selection } from './engine/selection.ts'
import { type About, subjectOf } from './engine/subject.ts'
import { workspace } from './tenant.ts'

/** Topics that recipients subscribe to. */
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
    /** Consent mode of its mail; null for its workspace's. */
    consent: text({ enum: ['opt_in', 'opt_out'] }),
    /** Frequency of its mail, in the sender's words. */
    frequency: text(),
  },
  table => [unique().on(table.workspace, table.name)],
)

/** A topic with its workspace and tenant. */
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

/** `may-lag` is enough, since a topic never moves. Asks for the topic a token names. */
export const topicByNumber = (number: number): Query<TopicPlace[]> => byNumber({ number })

const byNumber = prepared(
  builder
    .select(place)
    .from(topic)
    .innerJoin(workspace, eq(workspace.number, topic.workspace))
    .where(eq(topic.number, sql.placeholder('number'))),
)

/** A topic that mail is about, with how its workspace's mails are headed. */
export interface MailedTopic {
  number: number
  kind: 'marketing' | 'transactional'
  unsubscribeMailbox: string | null
  /** Host of new links; null for the platform's own. */
  linkHost: string | null
  feedbackMailbox: string | null
}

/** `fresh`, or as new as a `nearby` check allows. Asks for a workspace's topic by name, to check or head its mail. */
export const mailedTopic = (workspaceNumber: number, name: string): Query<MailedTopic[]> =>
  mailed({ workspace: workspaceNumber, name })

const mailed = prepared(
  builder
    .select({
      number: topic.number,
      kind: topic.kind,
      unsubscribeMailbox: workspace.unsubscribeMailbox,
      linkHost: workspace.linkHost,
      feedbackMailbox: workspace.feedbackMailbox,
    })
    .from(topic)
    .innerJoin(workspace, eq(workspace.number, topic.workspace))
    .where(and(eq(topic.workspace, sql.placeholder('workspace')), eq(topic.name, sql.placeholder('name')))),
)

/** Always `fresh`. Asks whether any topic has a number in a range. */
export const anyTopic = ({ first, last }: { first: number; last: number }): Query<boolean> => ({
  sql: 'SELECT EXISTS (SELECT 1 FROM topic WHERE number BETWEEN ? AND ?)',
  args: [first, last],
  decode: rows => rows[0]![0] === 1,
})

/** `may-lag` is enough if a miss is asked again of the primary. Asks for a workspace's topic by name. */
export const topicByName = (workspaceNumber: number, name: string): Query<TopicPlace[]> =>
  byName({ workspace: workspaceNumber, name })

const byName = prepared(
  builder
    .select(place)
    .from(topic)
    .innerJoin(workspace, eq(workspace.number, topic.workspace))
    .where(and(eq(topic.workspace, sql.placeholder('workspace')), eq(topic.name, sql.placeholder('name')))),
)

/** A topic as its workspace sees it. */
export interface OwnTopic {
  number: number
  name: string
  displayName: string
  description: string
  kind: 'marketing' | 'transactional'
  /** Consent mode of its mail. */
  consent: 'opt_in' | 'opt_out'
  /** Frequency of its mail, in the sender's words. */
  frequency: string | null
}

const {
  number,
  name,
  displayName,
  description,
  kind,
  frequency,
  workspace: ofWorkspace,
} = fieldsOf(topic, 't')
const OWN = selection<OwnTopic>({
  number,
  name,
  displayName,
  description,
  kind,
  consent: field('coalesce(t.consent, w.consent)'),
  frequency,
})
const FROM = 'FROM topic AS t JOIN workspace AS w ON w.number = t.workspace'

/** `may-lag` is enough. Asks for a workspace's topics in order of creation. */
export const topicsOf = (workspaceNumber: About<number>): Query<OwnTopic[]> => {
  const of = subjectOf(workspaceNumber)
  return {
    sql: `SELECT ${OWN.list} ${FROM} WHERE t.workspace = ${of.sql} ORDER BY t.number`,
    args: [...of.args],
    decode: OWN.rows,
  }
}

/** Always `fresh`. Asks for the topics of a workspace created after one, in that order. */
export const topicsAfter = (workspaceNumber: number, after: number, limit: number): Query<OwnTopic[]> => ({
  // The plus keeps the index of all workspaces' numbers out of the search.
  sql: `SELECT ${OWN.list} ${FROM} WHERE t.workspace = ? AND +t.number > ? ORDER BY +t.number LIMIT ?`,
  args: [workspaceNumber, after, limit],
  decode: OWN.rows,
})

/** A topic of a tenant, with its workspace. */
export interface TenantTopic {
  number: number
  workspace: number
  name: string
  displayName: string
}

const OF_TENANT = selection<TenantTopic>({ number, workspace: ofWorkspace, name, displayName })

/** `may-lag` is enough. Asks for the topics of every workspace of a tenant, in order of creation. */
export const allTopicsOf = (tenant: About<number>): Query<TenantTopic[]> => {
  const of = subjectOf(tenant)
  return {
    sql: `SELECT ${OF_TENANT.list} ${FROM} WHERE w.tenant = ${of.sql} ORDER BY t.number`,
    args: [...of.args],
    decode: OF_TENANT.rows,
  }
}

/** Workspace, tenant and kind of a topic. They never change, so a cached value stays true for the life of the isolate. */
export type TopicOwner = Pick<TopicPlace, 'topic' | 'workspace' | 'tenant' | 'kind'>
