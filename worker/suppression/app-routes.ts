import type { Context } from 'hono'
import type * as z from 'zod/mini'
import { BATCH_MAX } from '../../core/address.ts'
import { keyName, type Permission } from '../../core/api-key.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { apiKeyCaller } from '../call/api-key.ts'
import { callOf } from '../call/context.ts'
import type { AppDeps } from '../deps.ts'
import { parse } from '../http/field-fault.ts'
import { CSV_HEADERS, NDJSON_HEADERS } from '../http/headers.ts'
import { forTenant } from '../http/in-cluster.ts'
import { drainReader } from '../http/limits.ts'
import { unitsFor } from '../http/rate-limit.ts'
import { streamOf } from '../http/response.ts'
import { type App, addressed, enter, meter, senderCalls, type Variables } from '../http/route.ts'
import { declaredCharset } from './charset.ts'
import { exportCsv, matchCsv } from './csv.ts'
import { dryRun } from './dry-run.ts'
import { exportSuppressions } from './export.ts'
import * as exportApi from './export-api.ts'
import { find, get } from './find.ts'
import { importSuppressions, type Upload } from './import.ts'
import * as importApi from './import-api.ts'
import { importProgress } from './import-progress.ts'
import { liftSuppression } from './lift.ts'
import { list } from './list.ts'
import { listImports } from './list-imports.ts'
import { matchSuppressions } from './match.ts'
import * as matchApi from './match-api.ts'
import { suppressEntries } from './suppress.ts'
import { undoImport } from './undo-import.ts'

/** Routes of suppressions. */
export function suppressionRoutes(app: App, deps: AppDeps): void {
  const call = senderCalls(app, deps)
  call(suppressEntries)
  call(list)
  app.on(importApi.importSuppressions.method, importApi.importSuppressions.path, async c => {
    const said = await reading(c, async reader => {
      const { ctx, input, upload } = await begin(deps, c, importApi.importSuppressions)
      return input.dryRun
        ? dryRun(ctx, input, { ...upload, ...noPlaceOf(c), reader })
        : importSuppressions(ctx, input, { ...upload, ...placeOf(c), reader })
    })
    const body = streamOf(said, jsonLines)
    return new Response(body, { headers: { ...NDJSON_HEADERS, ...c.get('rate') } })
  })
  call(importProgress)
  call(listImports)
  call(undoImport)
  app.on(matchApi.matchSuppressions.method, matchApi.matchSuppressions.path, async c => {
    const { format, lines } = await reading(c, async reader => {
      const { ctx, input, upload } = await begin(deps, c, matchApi.matchSuppressions)
      return { format: input.format, lines: await matchSuppressions(ctx, input, { ...upload, reader }) }
    })
    const text = format === 'csv' ? matchCsv() : jsonLines
    const headers = format === 'csv' ? CSV_HEADERS : NDJSON_HEADERS
    return new Response(streamOf(lines, text), { headers: { ...headers, ...c.get('rate') } })
  })
  app.on(exportApi.exportSuppressions.method, exportApi.exportSuppressions.path, async c => {
    const claim = await enter(deps, c, unitsFor(BATCH_MAX))
    const input = parse(exportApi.exportSuppressions.input, addressed(c))
    const pages = await exportSuppressions(forTenant(deps, claim.tenant), apiKeyCaller(claim), input)
    const text = input.format === 'csv' ? exportCsv() : jsonLines
    const headers = input.format === 'csv' ? CSV_HEADERS : NDJSON_HEADERS
    return new Response(streamOf(pages, text), { headers: { ...headers, ...c.get('rate') } })
  })
  call(find)
  call(get)
  call(liftSuppression)
}

/** Runs a call that reads its body piece by piece. */
async function reading<T>(c: Context<Variables>, run: (reader: Upload['reader']) => Promise<T>): Promise<T> {
  const reader = (c.req.raw.body ?? new Blob([]).stream()).getReader()
  return run(reader).catch(async error => {
    await drainReader(reader)
    throw error
  })
}

/** Returns what a call whose body is a list begins with. Each piece of the list is weighed; the units of entering are paid. */
async function begin<Input extends z.ZodMiniType>(
  deps: AppDeps,
  c: Context<Variables>,
  { permission, input }: { permission: Permission; input: Input },
) {
  const claim = await enter(deps, c, unitsFor(BATCH_MAX))
  const parsed = parse(input, addressed(c))
  const cost = meter(deps, c, keyName(claim.keyId), unitsFor(BATCH_MAX))
  let arrived = 0
  const weigh = (bytes: number) => {
    arrived += bytes
    return cost(unitsFor(0, arrived))
  }
  const ctx = callOf(forTenant(deps, claim.tenant), apiKeyCaller(claim), permission)
  return { ctx, input: parsed, upload: { ...listOf(c), weigh } }
}

const FORMATS: Record<string, Upload['format']> = {
  'text/csv': 'csv',
  // What browsers, mail programs and HTTP libraries call a CSV; Windows calls it by the program that opens it.
  'text/plain': 'csv',
  'text/x-csv': 'csv',
  'text/comma-separated-values': 'csv',
  'text/x-comma-separated-values': 'csv',
  'text/tab-separated-values': 'csv',
  'application/csv': 'csv',
  'application/x-csv': 'csv',
  'application/vnd.ms-excel': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
}

/** Returns how a list is written. */
function listOf(c: Context<Variables>): Pick<Upload, 'format' | 'charset'> {
  const contentType = c.req.header('content-type') ?? ''
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase()
  const format = Object.hasOwn(FORMATS, type) ? FORMATS[type] : undefined
  // A small compressed body may expand to a huge upload.
  if (!format || (c.req.header('content-encoding') ?? 'identity') !== 'identity')
    throw new Fault({
      code: 'request.unsupported_media_type',
      expected: 'text/csv or application/x-ndjson, not compressed',
    })
  return { format, charset: declaredCharset(contentType) }
}

/** Refuses the name of what is written nowhere, and where to go on. */
function noPlaceOf(c: Context<Variables>): Pick<Upload, 'name' | 'offset'> {
  for (const header of ['Idempotency-Key', 'Upload-Offset'])
    if (c.req.header(header) !== undefined)
      throw invalidField(header, 'goes with an import that writes, not with dryRun')
  return { name: undefined, offset: 0 }
}

/** Returns the name of an import, and from where on it is sent. */
function placeOf(c: Context<Variables>): Pick<Upload, 'name' | 'offset'> {
  const name = c.req.header('idempotency-key')
  if (name !== undefined && !/^[\w-]{1,64}$/.test(name))
    throw invalidField('Idempotency-Key', 'must be 1 to 64 of A-Z a-z 0-9 _ -')
  const offset = c.req.header('upload-offset') ?? '0'
  if (!/^\d{1,15}$/.test(offset)) throw invalidField('Upload-Offset', 'must be a number of bytes')
  return { name, offset: Number(offset) }
}

const jsonLines = (lines: object[]): string => lines.map(line => `${JSON.stringify(line)}\n`).join('')
