import type { Context } from 'hono'
import Papa from 'papaparse'
import { BATCH_MAX } from '../../core/address.ts'
import { keyName } from '../../core/api-key.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import type { Deps } from '../deps.ts'
import { CSV_HEADERS, NDJSON_HEADERS } from '../http/headers.ts'
import { forTenant } from '../http/in-cluster.ts'
import { BATCH_LIMIT_BYTES, BODY_LIMIT_BYTES, drain } from '../http/limits.ts'
import { unitsFor } from '../http/rate-limit.ts'
import { streamOf } from '../http/response.ts'
import { type App, addressed, enter, meter, parse, senderCall, type Variables } from '../http/route.ts'
import { CheckInput, check } from './check.ts'
import { ExportInput, type ExportRow, exportSuppressions } from './export.ts'
import { FindInput, find, get, IdInput } from './find.ts'
import { ImportInput, importSuppressions, type Upload } from './import.ts'
import { ImportNameInput, importProgress } from './import-progress.ts'
import { liftSuppression } from './lift.ts'
import { ListInput, list } from './list.ts'
import { SuppressInput, suppressEntries } from './suppress.ts'

/** The suppression check, and the list behind it. */
export function suppressionRoutes(app: App, deps: Deps): void {
  const batch = { limitBytes: BATCH_LIMIT_BYTES }
  const body = { limitBytes: BODY_LIMIT_BYTES }
  app.post(
    '/v1/check',
    senderCall(deps, {
      ...batch,
      input: CheckInput,
      addresses: ({ addresses, sha256 }) => (addresses ?? sha256 ?? []).length,
      verb: check,
    }),
  )
  app.post(
    '/v1/suppressions',
    senderCall(deps, {
      ...batch,
      input: SuppressInput,
      addresses: ({ entries }) => entries.length,
      verb: suppressEntries,
      writes: true,
    }),
  )
  app.get('/v1/suppressions', senderCall(deps, { input: ListInput, verb: list }))
  app.post('/v1/suppressions/import', async c => {
    const said = await importing(deps, c).catch(async error => {
      await drain(c.req.raw.body)
      throw error
    })
    const body = streamOf(said, lines => lines.map(line => `${JSON.stringify(line)}\n`).join(''))
    return new Response(body, { headers: { ...NDJSON_HEADERS, ...c.get('rate') } })
  })
  app.get(
    '/v1/suppressions/import/:name{[\\w-]+}',
    senderCall(deps, { input: ImportNameInput, verb: importProgress }),
  )
  app.get('/v1/suppressions/export', async c => {
    const claim = await enter(deps, c, unitsFor(BATCH_MAX))
    const input = parse(ExportInput, addressed(c))
    const pages = await exportSuppressions(forTenant(deps, claim.tenant), claim, input)
    const [text, headers] = input.format === 'csv' ? [csvPages(), CSV_HEADERS] : [ndjsonPage, NDJSON_HEADERS]
    return new Response(streamOf(pages, text), { headers: { ...headers, ...c.get('rate') } })
  })
  app.post('/v1/suppressions/find', senderCall(deps, { ...body, input: FindInput, verb: find }))
  app.get('/v1/suppressions/:id{sup_[\\w-]+}', senderCall(deps, { input: IdInput, verb: get }))
  app.delete(
    '/v1/suppressions/:id{sup_[\\w-]+}',
    senderCall(deps, { input: IdInput, verb: liftSuppression, writes: true }),
  )
}

async function importing(deps: Deps, c: Context<Variables>) {
  const claim = await enter(deps, c, unitsFor(BATCH_MAX))
  const input = parse(ImportInput, addressed(c))
  const cost = meter(deps, c, keyName(claim.keyId), unitsFor(BATCH_MAX))
  let arrived = 0
  const weigh = (bytes: number) => {
    arrived += bytes
    return cost(unitsFor(0, arrived))
  }
  return importSuppressions(forTenant(deps, claim.tenant), claim, input, { ...uploadOf(c), weigh })
}

const FORMATS: Record<string, Upload['format']> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
}

function uploadOf(c: Context<Variables>): Omit<Upload, 'weigh'> {
  const type = (c.req.header('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
  const format = Object.hasOwn(FORMATS, type) ? FORMATS[type] : undefined
  // A small compressed body can be a very large upload.
  if (!format || (c.req.header('content-encoding') ?? 'identity') !== 'identity')
    throw new Fault({
      code: 'request.unsupported_media_type',
      expected: 'text/csv or application/x-ndjson, not compressed',
    })
  const name = c.req.header('idempotency-key')
  if (name !== undefined && !/^[\w-]{1,64}$/.test(name))
    throw invalidField('Idempotency-Key', 'must be 1 to 64 of A-Z a-z 0-9 _ -')
  const offset = c.req.header('upload-offset') ?? '0'
  if (!/^\d{1,15}$/.test(offset)) throw invalidField('Upload-Offset', 'must be a number of bytes')
  return { name, offset: Number(offset), format, body: c.req.raw.body ?? new Blob([]).stream() }
}

const COLUMNS = ['address', 'sha256', 'id', 'scope', 'topic', 'reason', 'source', 'since', 'until', 'purpose']

const ndjsonPage = (rows: ExportRow[]): string => rows.map(row => `${JSON.stringify(row)}\n`).join('')

/** Writes pages as one CSV (RFC 4180); what a spreadsheet would take for a formula is quoted. */
function csvPages(): (rows: ExportRow[]) => string {
  let header = true
  return rows => {
    const text = Papa.unparse(
      { fields: COLUMNS, data: rows },
      { header, escapeFormulae: true, newline: '\r\n' },
    )
    header = false
    return text && `${text}\r\n`
  }
}
