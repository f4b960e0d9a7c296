import * as z from 'zod/mini'
import { actorText } from '../../core/actor.ts'
import { type ApiKeyClaims, authorize, type Principal } from '../../core/api-key.ts'
import type { REASONS, Reason } from '../../core/codes/reason.ts'
import { type ScopeCode, TENANT_SCOPE, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { Fault } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { advanceImport, beginImport, type ImportRow, importByName } from '../../db/import.ts'
import { type SuppressionRecord, suppressMany } from '../../db/suppression-batch.ts'
import { topicsOf } from '../../db/topic.ts'
import type { Deps } from '../deps.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import { batches, openUpload } from './batches.ts'
import type { RawRecord } from './cutter.ts'
import { readRecords } from './records.ts'
import { stopRecords } from './statements.ts'
import { type Format, type Layout, type LineFault, linesOf, type UploadLine } from './upload.ts'

/** The query of `POST /v1/suppressions/import`. */
export const ImportInput = z
  .strictObject({
    scope: z._default(z.enum(['tenant', 'workspace', 'topic']), 'workspace'),
    topic: z.optional(z.string()),
    reason: z._default(
      z.enum(['imported', 'unsubscribed', 'objected', 'complained', 'bounced', 'manual']),
      'imported',
    ),
  })
  .check(
    z.refine(input => (input.scope === 'topic') === (input.topic !== undefined), {
      message: 'goes with the scope "topic", and only with it',
      path: ['topic'],
    }),
  )

/** What is uploaded: the bytes from `offset` on of an import that may have a name, by which it can go on. */
export interface Upload {
  name: string | undefined
  offset: number
  format: Format
  body: ReadableStream<Uint8Array>
  /** Is told of each piece before it is read. Throws `rate.limited`, and the import stands where it was. */
  weigh(bytes: number): Promise<void>
}

/** How far an import has come: totals since its beginning, also when it was interrupted. */
export interface Progress {
  line: number
  offset: number
  added: number
  unchanged: number
  refused: number
}

/** What an import says while it runs. The last is `done` or `failed`. */
export type ImportLine =
  | { type: 'refused'; line: number; error: LineFault }
  | ({ type: 'progress' | 'done' } & Progress)
  | ({ type: 'failed'; code: string } & Progress)

/**
 * Imports suppressions from an upload of any length, in constant memory, and returns what it has to say as it goes.
 *
 * Each batch is one transaction of its suppressions, their ledger events and the import's progress. Nothing that is there is
 * weakened or lifted; the same upload again adds nothing. Throws `key.invalid`, `key.forbidden`, `topic.not_found`, `import.offset`,
 * `import.key_reused`, `import.encoding`, `import.no_address_column`, `rate.limited`, `database.unavailable` before anything is written.
 */
export async function importSuppressions(
  deps: Deps,
  claim: ApiKeyClaims,
  input: z.infer<typeof ImportInput>,
  upload: Upload,
): Promise<AsyncGenerator<ImportLine[]>> {
  const [[key], topics, [known]] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    topicsOf(claim.workspace),
    importByName(claim.workspace, upload.name ?? ''),
  ])
  const principal = authorize(claim, key, 'suppressions:write')
  touchLastUsed(deps, principal.keyId, key!.lastUsedAt)
  const scope = scopeCode(input, claim.workspace, topics)
  const fixed = { scope, reason: input.reason, format: upload.format }
  if (known && !sameImport(known, fixed)) throw new Fault({ code: 'import.key_reused' })
  const start = known ?? { offset: 0, line: 0, added: 0, unchanged: 0, refused: 0, parameters: undefined }
  if (known?.doneAt) return alreadyDone(known, upload)
  if (upload.offset !== start.offset) throw new Fault({ code: 'import.offset', offset: start.offset })

  const from = { offset: start.offset, line: start.line + 1 }
  const how = { quotes: upload.format === 'csv', from, clock: deps.clock, weigh: upload.weigh }
  const records = readRecords(upload.body, how)
  const { layout, rest } = start.parameters
    ? { layout: start.parameters, rest: records }
    : await openUpload(records, upload.format)
  if (upload.name !== undefined && !known) {
    const row = {
      ...progressRow(claim.workspace, upload.name, deps.clock()),
      parameters: { ...fixed, ...layout },
    }
    await deps.db.commit([beginImport(row)], 'results')
  }
  return run(deps, principal, { scope, fallback: input.reason }, upload, layout, rest, progressOf(start))
}

async function* alreadyDone(known: ImportRow, upload: Upload): AsyncGenerator<ImportLine[]> {
  await upload.body.cancel().catch(() => undefined)
  yield [{ type: 'done', ...progressOf(known) }]
}

async function* run(
  deps: Deps,
  principal: Principal,
  to: { scope: ScopeCode; fallback: Reason },
  upload: Upload,
  layout: Layout,
  pieces: AsyncGenerator<RawRecord[]>,
  progress: Progress,
): AsyncGenerator<ImportLine[]> {
  try {
    // While the database takes one batch, the next is read and hashed.
    let committing: Promise<Committed> | undefined
    for await (const { records, last } of batches(pieces)) {
      const lines = linesOf(records, upload.format, layout)
      const list = unlike(deps, principal, to, lines)
      if (committing) {
        const committed = await committing
        yield said(committed)
        progress = committed.progress
      }
      committing = commitBatch(deps, principal, upload.name, progress, { records, lines, list, last })
      // Its failure is met where it is awaited; until then nobody may call it unhandled.
      committing.catch(() => undefined)
    }
    yield said(await committing!)
  } catch (error) {
    if (!(error instanceof Fault)) deps.log('import', error)
    yield [{ type: 'failed', code: error instanceof Fault ? error.detail.code : 'internal', ...progress }]
  } finally {
    await pieces.return(undefined)
  }
}

interface Batch {
  records: RawRecord[]
  lines: UploadLine[]
  list: SuppressionRecord[]
  last: boolean
}

interface Committed {
  refused: { line: number; fault: LineFault }[]
  progress: Progress
  last: boolean
}

/** Returns what there is to say of a batch, in one piece: to send thousands of lines each by itself takes longer than to read them. */
const said = ({ refused, progress, last }: Committed): ImportLine[] => [
  ...refused.map(({ line, fault }) => ({ type: 'refused' as const, line, error: fault })),
  { type: last ? 'done' : 'progress', ...progress },
]

/** Returns the records of a batch's good lines, each address and reason once. */
function unlike(
  deps: Deps,
  principal: Principal,
  { scope, fallback }: { scope: ScopeCode; fallback: Reason },
  lines: UploadLine[],
): SuppressionRecord[] {
  const at = deps.clock()
  const index = deps.indexes.tenant(principal.tenant)
  const list = new Map<string, SuppressionRecord>()
  for (const line of lines) {
    if ('fault' in line) continue
    const records = stopRecords({
      id: deps.ids(at),
      at,
      tenant: principal.tenant,
      workspace: principal.workspace,
      actor: actorText({ kind: 'sender', keyId: principal.keyId }),
      addressId: index.id(line.hash),
      scope,
      reason: line.reason ?? fallback,
      source: 'import',
      until: null,
      via: 'import',
    })
    list.set(records.entry.subject, records)
  }
  return [...list.values()]
}

/** How long an absent database is waited for, attempt after attempt, before the sender is told to come back. */
const PAUSES_MS = [500, 1500, 4000]

/** Commits a batch, again where the outcome was not known: what was applied the first time changes nothing the second. */
async function commitBatch(
  deps: Deps,
  principal: Principal,
  name: string | undefined,
  before: Progress,
  batch: Batch,
): Promise<Committed> {
  for (const [tries, pause] of PAUSES_MS.entries()) {
    try {
      return await tryBatch(deps, principal, name, before, batch, tries > 0)
    } catch (error) {
      if (!(error instanceof Fault) || error.detail.code !== 'database.unavailable') throw error
      await new Promise(resolve => setTimeout(resolve, pause))
    }
  }
  return tryBatch(deps, principal, name, before, batch, true)
}

/** Commits a batch with the progress it makes, and returns that progress. Throws `import.conflict`, `database.unavailable`. */
async function tryBatch(
  deps: Deps,
  { workspace }: Principal,
  name: string | undefined,
  before: Progress,
  { records, lines, list, last }: Batch,
  again: boolean,
): Promise<Committed> {
  const end = records.at(-1)?.end
  const offset = end?.offset ?? before.offset
  const line = end ? end.line - 1 : before.line
  const refused = lines.filter(line => 'fault' in line)
  const valid = lines.length - refused.length
  const [events, ...suppressions] = list.length > 0 ? suppressMany(list, 'tenant') : []
  const advance =
    name === undefined
      ? []
      : [
          advanceImport(
            { workspace, name, from: before.offset },
            { offset, line, valid, refused: refused.length, doneAt: last ? deps.clock() : null },
          ),
        ]
  const act = [...(events ? [events] : []), ...advance, ...suppressions]
  const results = act.length > 0 ? await deps.db.commit(act, 'results') : []
  if (advance.length > 0 && results[events ? 1 : 0]!.affected === 0) {
    // Tried before and applied after all: then it is our own step that the import stands at, and its row knows what was added.
    const [[row]] = again ? await deps.db.read('fresh', [importByName(workspace, name!)]) : [[]]
    if (row?.offset !== offset) throw new Fault({ code: 'import.conflict' })
    return { refused, progress: progressOf(row), last }
  }
  const added = events ? results[0]!.affected : 0
  const progress = {
    line,
    offset,
    added: before.added + added,
    unchanged: before.unchanged + valid - added,
    refused: before.refused + refused.length,
  }
  return { refused, progress, last }
}

function scopeCode(
  { scope, topic }: z.infer<typeof ImportInput>,
  workspace: number,
  topics: readonly { number: number; name: string }[],
): ScopeCode {
  if (scope === 'tenant') return TENANT_SCOPE
  if (scope === 'workspace') return workspaceScope(workspace)
  const named = topics.find(({ name }) => name === topic)
  if (!named) throw new Fault({ code: 'topic.not_found', topic: topic! })
  return topicScope(named.number)
}

const sameImport = (
  { parameters }: ImportRow,
  fixed: { scope: number; reason: keyof typeof REASONS; format: Format },
): boolean =>
  parameters.scope === fixed.scope && parameters.reason === fixed.reason && parameters.format === fixed.format

/** Returns how far an import's row says it is. */
export const progressOf = ({ line, offset, added, unchanged, refused }: Progress): Progress => ({
  line,
  offset,
  added,
  unchanged,
  refused,
})

const progressRow = (workspace: number, name: string, startedAt: number) => ({
  workspace,
  name,
  offset: 0,
  line: 0,
  added: 0,
  unchanged: 0,
  refused: 0,
  startedAt,
  doneAt: null,
})
