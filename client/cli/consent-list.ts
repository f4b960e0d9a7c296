import type { Floe } from '../client.ts'
import type { Consent } from '../consent.ts'
import { checked, type Given } from './consent-entry.ts'
import { type ConsentFile, type ConsentLine, openConsents, saidOf } from './consent-file.ts'
import type { Options } from './options.ts'
import type { Progress } from './progress.ts'
import { Usage } from './usage-error.ts'

/** Most consents of one call, and most bytes of their JSON: a call takes 4 MiB. */
const GROUP = 1000
const GROUP_BYTES = 3 * 1024 * 1024
/** Consents that a dry run shows. */
const SAMPLES = 10

const count = (number: number): string => number.toLocaleString('en')

/** Records consents the sender holds, or shows what would be recorded. Returns 1 when a line was refused. */
export async function consentList(
  client: Floe,
  file: string | undefined,
  options: Options,
  progress: Progress,
): Promise<number> {
  const { format, charset, json, 'dry-run': dryRun = false } = options
  const given = givenIn(options)
  const opened = await openConsents(file, { format, charset, given, named: namedIn(options.column ?? []) })
  sayColumns(opened, dryRun, json)
  const tally = { recorded: 0, unchanged: 0, accepted: 0, refused: 0 }
  const refuse = (line: number, why: { error: string; why?: string }) => {
    tally.refused++
    progress.clear()
    console.log(json ? JSON.stringify({ line, outcome: 'refused', ...why }) : `line ${line}: ${saidOf(why)}`)
  }
  const take = dryRun ? showing(tally, json) : recording(client, tally, json, refuse, progress)
  let assumed = false
  try {
    for await (const group of groupsOf(opened.lines, refuse)) {
      if (!assumed && group.some(one => one.assumed)) {
        assumed = true
        console.error('Times without a zone are taken as UTC, and kept as they stand as proof.')
      }
      await take(group)
      const done = Object.values(tally).reduce((sum, each) => sum + each)
      progress.show(0, undefined, done, 'consents')
    }
  } catch (error) {
    progress.clear()
    const kept = tally.recorded + tally.accepted + tally.unchanged
    if (!dryRun && kept > 0)
      console.error(
        `${count(kept)} are recorded, and it stopped there. Send the same file again: nothing is recorded twice.`,
      )
    throw error
  }
  progress.clear()
  console.error(
    dryRun
      ? `${count(tally.recorded)} would be sent, ${count(tally.refused)} not taken; nothing was recorded, and Floe not asked who unsubscribed`
      : `${count(tally.recorded + tally.accepted)} recorded, ${count(tally.unchanged)} there already, ${count(tally.refused)} not taken`,
  )
  return tally.refused > 0 ? 1 : 0
}

type Taken = Extract<ConsentLine, { consent: Consent }>
type Tally = Record<'recorded' | 'unchanged' | 'accepted' | 'refused', number>
type Refuse = (line: number, why: { error: string; why?: string }) => void

/** Yields the consents of lines in groups of one call, and refuses the other lines. */
async function* groupsOf(lines: ConsentFile['lines'], refuse: Refuse): AsyncGenerator<Taken[]> {
  let group: Taken[] = []
  let bytes = 0
  for await (const one of lines) {
    if ('error' in one) {
      refuse(one.line, { error: one.error, ...(one.why !== undefined && { why: one.why }) })
      continue
    }
    const size = Buffer.byteLength(JSON.stringify(one.consent))
    if (group.length === GROUP || bytes + size > GROUP_BYTES) {
      yield group
      group = []
      bytes = 0
    }
    group.push(one)
    bytes += size
  }
  if (group.length > 0) yield group
}

const recording =
  (client: Floe, tally: Tally, json: boolean, refuse: Refuse, progress: Progress) =>
  async (group: Taken[]) => {
    const results = await client.recordConsents(group.map(({ consent }) => consent))
    progress.clear()
    for (const [i, result] of results.entries()) {
      const { line } = group[i]!
      if (result.outcome === 'refused' && !json) refuse(line, { error: result.error ?? 'refused' })
      else {
        tally[result.outcome]++
        if (json) console.log(JSON.stringify({ line, ...result }))
      }
    }
  }

const showing = (tally: Tally, json: boolean) => async (group: Taken[]) => {
  for (const { line, consent } of group)
    if (tally.recorded++ < SAMPLES)
      console.log(
        json
          ? JSON.stringify({ line, outcome: 'would_be_sent', consent })
          : `line ${line}: ${JSON.stringify(consent)}`,
      )
}

/** Says what the columns are taken for; where consents are recorded, only which of them are left out. */
function sayColumns({ columns = [] }: ConsentFile, dryRun: boolean, json: boolean): void {
  const width = Math.max(0, ...columns.map(({ heading }) => heading.length))
  if (dryRun)
    for (const { heading, as } of columns)
      console.log(
        json
          ? JSON.stringify({ column: heading, as: as ?? null })
          : `${heading.padEnd(width)}  ${as ?? 'left out'}`,
      )
  const left = columns.filter(({ as }) => as === undefined).map(({ heading }) => heading)
  if (!dryRun && left.length > 0) console.error(`Columns left out: ${left.join(', ')}`)
}

/** Returns what the options say of every line. Throws `Usage` for what Floe would refuse in each. */
function givenIn({ topic, basis, notice, wording, 'source-url': sourceUrl }: Options): Given {
  const [, name, version] = /^([^@]+)@([^@]+)$/.exec(notice ?? '') ?? []
  if (notice !== undefined && name === undefined)
    throw new Usage('--notice is a name and a version: privacy@3.')
  const given: Given = {
    topic,
    basis,
    sourceUrl,
    wording,
    notice: name === undefined ? undefined : { name, version: version! },
  }
  const tried = checked({
    ...{
      address: 'ada@example.com',
      topic: topic ?? 'news',
      basis: basis ?? 'express',
      at: '2026-01-01T00:00:00Z',
    },
    ...{ notice: given.notice, wording },
    source: sourceUrl === undefined ? undefined : { url: sourceUrl },
  })
  if ('error' in tried) throw new Usage(`An option is of no use: ${saidOf(tried)}.`)
  return given
}

function namedIn(columns: readonly string[]): Map<string, string> {
  return new Map(
    columns.map(text => {
      const at = text.indexOf('=')
      if (at < 1) throw new Usage(`--column is a field and a heading, such as at="Date added", not ${text}.`)
      return [text.slice(0, at), text.slice(at + 1)]
    }),
  )
}
