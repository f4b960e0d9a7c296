import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { bytes } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { type Field, field, fieldsOf, selection } from './engine/selection.ts'
import { type About, subjectOf } from './engine/subject.ts'
import { workspace } from './tenant.ts'

/** Brands of workspaces. A row never changes; `workspace.brand` names the one that is shown. */
export const brand = sqliteTable(
  'brand',
  {
    workspace: integer()
      .notNull()
      .references(() => workspace.number),
    digest: bytes().notNull(),
    /** Colour as the sender gave it. */
    colour: text(),
    /** Style sheet made from the colour, readable on every background. */
    sheet: text(),
    logo: bytes(),
    logoType: text('logo_type', { enum: ['png', 'webp'] }),
    logoWidth: integer('logo_width'),
    logoHeight: integer('logo_height'),
    /** Unused; earlier versions stored the address here, and now `workspace` has it. */
    postalAddress: text('postal_address'),
    website: text(),
    imprint: text(),
    privacy: text(),
    createdAt: integer('created_at').notNull(),
  },
  table => [primaryKey({ columns: [table.workspace, table.digest] })],
)

/** Brand of a workspace's pages, without the bytes of its logo. */
export interface Look {
  workspace: number
  digest: Uint8Array
  hasSheet: boolean
  logo: { type: 'png' | 'webp'; width: number; height: number } | null
  website: string | null
  imprint: string | null
  privacy: string | null
}

/** Postal address and brand of a workspace; a null look is the platform's own. */
export interface BrandRow {
  postalAddress: string | null
  look: Look | null
}

const own = fieldsOf(workspace, 'w')
const { digest, logoType, logoWidth, logoHeight, website, imprint, privacy } = fieldsOf(brand, 'b')
const orNone = <T>(column: Field<T>): Field<T | null> => column
const SHOW = selection({
  workspace: own.number,
  postalAddress: own.postalAddress,
  digest: orNone(digest),
  hasSheet: field<number>('b.sheet IS NOT NULL'),
  logoType,
  logoWidth,
  logoHeight,
  website,
  imprint,
  privacy,
})

const decode: Query<BrandRow[]>['decode'] = rows =>
  SHOW.rows(rows).map(({ postalAddress, digest, hasSheet, logoType, logoWidth, logoHeight, ...row }) => ({
    postalAddress,
    look:
      digest === null
        ? null
        : {
            ...row,
            digest,
            hasSheet: hasSheet === 1,
            // A logo has its type and both of its measures, or none of them.
            logo: logoType === null ? null : { type: logoType, width: logoWidth!, height: logoHeight! },
          },
  }))

const SHOWN = 'LEFT JOIN brand AS b ON b.workspace = w.number AND b.digest = w.brand'

/** `may-lag` is enough. Asks for the brand that a workspace shows. */
export const brandOf = (workspaceNumber: About<number>): Query<BrandRow[]> => {
  const of = subjectOf(workspaceNumber)
  return {
    sql: `SELECT ${SHOW.list} FROM workspace AS w ${SHOWN} WHERE w.number = ${of.sql}`,
    args: [...of.args],
    decode,
  }
}

/** `may-lag` is enough. Asks for the brand of a topic's workspace. */
export const brandOfTopic = (topicNumber: number): Query<BrandRow[]> => ({
  sql: `SELECT ${SHOW.list} FROM topic AS t JOIN workspace AS w ON w.number = t.workspace ${SHOWN} WHERE t.number = ?`,
  args: [topicNumber],
  decode,
})

/** `may-lag` is enough if a miss is asked again of the primary. Asks for one brand of a workspace, shown or not. */
export const brandByDigest = (workspaceNumber: number, digest: Uint8Array): Query<BrandRow[]> => ({
  sql: `SELECT ${SHOW.list} FROM workspace AS w JOIN brand AS b ON b.workspace = w.number WHERE w.number = ? AND b.digest = ?`,
  args: [workspaceNumber, digest],
  decode,
})

/** Files of a brand. */
export interface BrandFile {
  sheet: string | null
  logo: Uint8Array | null
  logoType: 'png' | 'webp' | null
}

/** `may-lag` is enough if a miss is asked again of the primary, since a brand never changes. Asks for a brand's files. */
export const brandFiles = (workspaceNumber: number, digest: Uint8Array): Query<BrandFile[]> => ({
  sql: 'SELECT sheet, logo, logo_type FROM brand WHERE workspace = ? AND digest = ?',
  args: [workspaceNumber, digest],
  decode: rows =>
    rows.map(([sheet, logo, logoType]) => ({
      sheet: sheet as string | null,
      logo: logo as Uint8Array | null,
      logoType: logoType as BrandFile['logoType'],
    })),
})
