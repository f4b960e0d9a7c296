import { and, asc, eq } from 'drizzle-orm'
import { integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { builder, ordinary } from './builder.ts'
import type { Query } from './client.ts'
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
export const topicByNumber = (number: number): Query<TopicPlace[]> =>
  ordinary(
    builder
      .select(place)
      .from(topic)
      .innerJoin(workspace, eq(workspace.number, topic.workspace))
      .where(eq(topic.number, number)),
  )

/** `may-lag` is enough where a miss is asked again of the primary. Asks for a workspace's topic by name. */
export const topicByName = (workspaceNumber: number, name: string): Query<TopicPlace[]> =>
  ordinary(
    builder
      .select(place)
      .from(topic)
      .innerJoin(workspace, eq(workspace.number, topic.workspace))
      .where(and(eq(topic.workspace, workspaceNumber), eq(topic.name, name))),
  )

/** `may-lag` is enough. Asks for a workspace's topics in the order they were made. */
export const topicsOf = (workspaceNumber: number) =>
  ordinary(
    builder
      .select({
        number: topic.number,
        name: topic.name,
        displayName: topic.displayName,
        description: topic.description,
        kind: topic.kind,
      })
      .from(topic)
      .where(eq(topic.workspace, workspaceNumber))
      .orderBy(asc(topic.number)),
  )
