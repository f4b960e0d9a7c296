import { actorText } from '../../core/actor.ts'
import { type ApiKeyClaims, authorize, type Principal } from '../../core/api-key.ts'
import type { REASONS, Reason } from '../../core/codes/reason.ts'
import { type ScopeCode, TENANT_SCOPE, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { Fault } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { advanceImport, beginImport, type ImportRow, importByName } from '../../db/import.ts'
import { type Records, suppressMany } from '../../db/suppression-batch.ts'
import { topicsOf } from '../../db/topic.ts'
import type { Deps } from '../deps.ts'
import type { InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import { batches, openUpload } from './batches.ts'
import type { RawRecord } from './cutter.ts'
import type { ImportLine, LineFault, Progress } from './import-api.ts'
import * as api from './import-api.ts'
import { readRecords } from './records.ts'
import { stopRecords } from './statements.ts'
import { type Format, type Layout, type Line, linesOf } from './upload.ts'

/** An upload: the bytes of an import from `offset` on. A name allows it to be resumed. */
export interface Upload {
  name: string | undefined
  offset: number
  format: Format
  body: ReadableStream<Uint8Array>
  /** Charges for each piece before it is read. Throws `rate.limited`, which stops the import with its progress kept. */
  weigh(octets: number): Promise<void>
}

/**
 * Imports suppressions from an upload of any length, in constant memory, and yields the lines of its answer meanwhile. Each
 * batch is one transaction with ledger events and progress. Existing suppressions are kept, and a repeated upload adds
 * nothing. Throws `key.invalid`, `key.forbidden`, `topic.not_found`, `import.offset`, `import.key_reused`, `import.encoding`,
 * `import.no_address_column`, `rate.limited`, `database.unavailable` before anything is written.
 */
export async function importSuppressions(
  deps: Deps,
  claim: ApiKeyClaims,
  input: InputOf<typeof api.importSuppressions>,
  upload: Upload,
): Promise<AsyncGenerator<ImportLine[]>> {
  const [[key], topics, [known]] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    topicsOf(claim.workspace),
    importByName(claim.workspace, upload.name ?? ''),
  ])
  const principal = authorize(claim, key, api.importSuppressions.permission)
  touchLastUsed(deps, principal.keyId, key!.lastUsedAt)
  const scope = scopeCode(input, claim.workspace, topics)
  const fixed = { scope, reason: input.reason, format: upload.format }
  if (known && !sameImport(known, fixed)) throw new Fault({ code: 'import.key_reused' })
  const start = known ?? { octets: 0, line: 0, added: 0, unchanged: 0, refused: 0, parameters: undefined }
  if (known?.doneAt) return alreadyDone(known, upload)
  if (upload.offset !== start.octets) throw new Fault({ code: 'import.offset', offset: start.octets })

  const from = { octets: start.octets, line: start.line + 1 }
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
    // The next batch is read and hashed while the database commits one.
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
      // Its failure is handled where it is awaited; until then it must not count as unhandled.
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
  lines: Line[]
  list: Records[]
  last: boolean
}

interface Committed {
  refused: { line: number; fault: LineFault }[]
  progress: Progress
  last: boolean
}

/**
 * Returns the answer lines of a batch together, since sending thousands of lines one by one takes longer than reading them.
 */
const said = ({ refused, progress, last }: Committed): ImportLine[] => [
  ...refused.map(({ line, fault }) => ({ type: 'refused' as const, line, error: fault })),
  { type: last ? 'done' : 'progress', ...progress },
]

/** Returns the records of a batch's valid lines, without duplicates. */
function unlike(
  deps: Deps,
  principal: Principal,
  { scope, fallback }: { scope: ScopeCode; fallback: Reason },
  lines: Line[],
): Records[] {
  const at = deps.clock()
  const index = deps.indexes.tenant(principal.tenant)
  const list = new Map<string, Records>()
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

/** Pauses between attempts while the database is unavailable, before the import fails. */
const PAUSES_MS = [500, 1500, 4000]

/** Commits a batch, and again where the outcome is unknown: records that were applied are not applied twice. */
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

/** Commits a batch with its progress, and returns the progress. Throws `import.conflict`, `database.unavailable`. */
async function tryBatch(
  deps: Deps,
  { workspace }: Principal,
  name: string | undefined,
  before: Progress,
  { records, lines, list, last }: Batch,
  again: boolean,
): Promise<Committed> {
  const end = records.at(-1)?.end
  const offset = end?.octets ?? before.offset
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
            { octets: offset, line, valid, refused: refused.length, doneAt: last ? deps.clock() : null },
          ),
        ]
  const act = [...(events ? [events] : []), ...advance, ...suppressions]
  const results = act.length > 0 ? await deps.db.commit(act, 'results') : []
  if (advance.length > 0 && results[events ? 1 : 0]!.affected === 0) {
    // An earlier attempt was applied after all: the row has its progress, and knows how many were added.
    const [[row]] = again ? await deps.db.read('fresh', [importByName(workspace, name!)]) : [[]]
    if (row?.octets !== offset) throw new Fault({ code: 'import.conflict' })
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
  { scope, topic }: InputOf<typeof api.importSuppressions>,
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

/** Returns the progress in an import's row. */
export const progressOf = ({
  line,
  octets,
  added,
  unchanged,
  refused,
}: Omit<Progress, 'offset'> & { octets: number }) => ({
  line,
  offset: octets,
  added,
  unchanged,
  refused,
})

const progressRow = (workspace: number, name: string, startedAt: number) => ({
  workspace,
  name,
  octets: 0,
  line: 0,
  added: 0,
  unchanged: 0,
  refused: 0,
  startedAt,
  doneAt: null,
})
