import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { DAY_MS } from '../core/clock.ts'
import type { LedgerEvent } from '../core/event.ts'
import { FORMS_MAX } from '../core/limits.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { field, fieldsOf, type Selected, selection } from './engine/selection.ts'
import { columnOf } from './engine/subject.ts'
import { appendIfChanged } from './event.ts'
import { notice } from './notice.ts'
import { tenant, workspace } from './tenant.ts'

/** What a sign-up form asks for and shows. It never changes, since its sign-ups are evidence of it. */
export interface FormSettings {
  /** Name that its owner gave it. */
  name: string
  /** Numbers of the topics it offers. */
  topics: number[]
  notice: { name: string; version: string }
  /** Wording that whoever signs up agrees to. */
  wording: string
  /** The page it is on. */
  pageUrl: string
  /** Origins whose scripts may read its answers, and which are believed about where it is. */
  origins: string[]
  /** Its language (BCP 47). */
  locale: string
  returnUrl: string | null
  /** Most sign-ups it takes in a day. */
  perDay: number
}

/** Sign-up forms for pages of senders. */
export const signupForm = sqliteTable('signup_form', {
  ref: bytes().primaryKey(),
  tenant: integer()
    .notNull()
    .references(() => tenant.number),
  workspace: integer()
    .notNull()
    .references(() => workspace.number),
  settings: text({ mode: 'json' }).$type<FormSettings>().notNull(),
  /** The key that made it; null where an operator did. */
  madeBy: bytes('made_by'),
  createdAt: integer('created_at').notNull(),
  endedAt: integer('ended_at'),
})

/** A stored form. */
export type FormRow = typeof signupForm.$inferSelect

const own = fieldsOf(signupForm, 'f')
const who = fieldsOf(workspace, 'w')
const shown = fieldsOf(notice, 'n')
const OWN = selection<FormRow & { linkHost: string | null }>({ ...own, linkHost: who.linkHost })
const FORM = selection({
  ...own,
  sender: who.displayName,
  company: fieldsOf(tenant, 't').displayName,
  linkHost: who.linkHost,
  confirmationsPerDay: who.confirmationsPerDay,
  noticeUrl: shown.url,
  noticeDigest: shown.digest,
})

/** A form with its sender and the notice it shows. */
export type FormAndPlace = Selected<typeof FORM>

/** `fresh`, or `may-lag` for its workspace, which never changes. Asks for the form of a key. */
export const formByRef = (ref: Uint8Array): Query<FormAndPlace[]> => ({
  sql: `SELECT ${FORM.list} FROM signup_form AS f
    JOIN workspace AS w ON w.number = f.workspace JOIN tenant AS t ON t.number = f.tenant
    JOIN notice AS n ON n.workspace = f.workspace AND n.name = json_extract(f.settings, '$.notice.name')
      AND n.version = json_extract(f.settings, '$.notice.version')
    WHERE f.ref = ?`,
  args: [ref],
  decode: FORM.rows,
})

/** Returns the workspace of the form with a reference, for queries of a read that begins with `formByRef`. */
export const workspaceOfForm = (ref: Uint8Array) => columnOf(signupForm, 'workspace', { ref })

/** Always `fresh`. Asks for the forms of a workspace in use, oldest first. */
export const formsOf = (workspaceNumber: number): Query<Selected<typeof OWN>[]> => ({
  sql: `SELECT ${OWN.list} FROM signup_form AS f JOIN workspace AS w ON w.number = f.workspace
    WHERE f.workspace = ? AND f.ended_at IS NULL ORDER BY f.created_at, f.ref`,
  args: [workspaceNumber],
  decode: OWN.rows,
})

/** Always `fresh`. Asks for a form of a workspace in use. */
export const formOf = (workspaceNumber: number, ref: Uint8Array): Query<Selected<typeof OWN>[]> => ({
  sql: `SELECT ${OWN.list} FROM signup_form AS f JOIN workspace AS w ON w.number = f.workspace
    WHERE f.ref = ? AND f.workspace = ? AND f.ended_at IS NULL`,
  args: [ref, workspaceNumber],
  decode: OWN.rows,
})

/** Sign-ups within a day: of a form, of all forms of its workspace, and of the whole workspace. */
export interface SignUps {
  ofForm: number
  ofForms: number
  ofWorkspace: number
}

const SIGN_UPS = selection<SignUps>({
  ofForm: field('(SELECT count(*) FROM subscription_request WHERE form = ?1 AND requested_at > ?2)'),
  ofForms: field('count(form)'),
  ofWorkspace: field('count(*)'),
})

/** Always `fresh`. Asks how many sign-ups a form and its workspace had in the day before `at`. */
export const signUpsOfDay = (ref: Uint8Array, workspaceNumber: number, at: number): Query<SignUps> => ({
  sql: `SELECT ${SIGN_UPS.list} FROM subscription_request WHERE requested_at > ?2 AND workspace = ?3`,
  args: [ref, at - DAY_MS, workspaceNumber],
  decode: rows => SIGN_UPS.rows(rows)[0]!,
})

/** Inserts a form with its event; nothing where the workspace has as many in use as it may. */
export const createForm = (row: Omit<FormRow, 'endedAt'>, entry: LedgerEvent): Statement[] => [
  {
    sql: `INSERT INTO signup_form (ref, tenant, workspace, settings, made_by, created_at) SELECT ?1, ?2, ?3, ?4, ?5, ?6
      WHERE (SELECT count(*) FROM signup_form WHERE workspace = ?3 AND ended_at IS NULL) < ${FORMS_MAX}
      ON CONFLICT DO NOTHING`,
    args: [row.ref, row.tenant, row.workspace, JSON.stringify(row.settings), row.madeBy, row.createdAt],
  },
  appendIfChanged(entry),
]

/** Ends a form of a workspace, once, with its event. */
export const endForm = (ref: Uint8Array, entry: LedgerEvent): Statement[] => [
  {
    sql: 'UPDATE signup_form SET ended_at = ? WHERE ref = ? AND workspace = ? AND ended_at IS NULL',
    args: [entry.at, ref, entry.workspace],
  },
  appendIfChanged(entry),
]
