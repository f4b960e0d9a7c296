import { createWriteStream, renameSync, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type About, type Answer, type Decision, type Floe, FloeError, type LinkNote } from '../client.ts'
import { dryRunList } from './dry-run.ts'
import { formatOf, type Recipient, recipientsOf, uploadOf } from './input.ts'
import type { Options } from './options.ts'
import type { Progress } from './progress.ts'
import { Usage } from './usage-error.ts'
import { count, plural, remark, shown, worded } from './words.ts'

/** Lists the topics that a check or a link can name. */
export async function topics(client: Floe, file: string | undefined, { json }: Options): Promise<number> {
  if (file !== undefined) throw new Usage(`topics takes no file: ${file} is too much.`)
  const all = await client.topics()
  const width = Math.max(0, ...all.map(({ name }) => name.length))
  for (const topic of all)
    console.log(
      json
        ? JSON.stringify(topic)
        : shown(`${topic.name.padEnd(width)}  ${topic.kind.padEnd(13)}  ${topic.displayName}`),
    )
  console.error(plural(all.length, 'topic'))
  return 0
}

/** Prints a decision for each recipient. Returns 1 when one may not be mailed. */
export async function check(
  client: Floe,
  file: string | undefined,
  { topic, purpose, json, ...list }: Options,
  progress: Progress,
): Promise<number> {
  const about = aboutOf(topic, purpose)
  let allowed = 0
  let denied = 0
  for await (const group of recipientsOf(file, list)) {
    const decisions = await decided(client, group, about)
    progress.clear()
    const lines = decisions.map(decision => {
      if (decision.decision === 'allow') allowed++
      else denied++
      if (json) return JSON.stringify(decision)
      const { address, sha256: hash, reason, scope, until } = decision
      const why =
        reason && [worded(reason), scope && `(${scope})`, until && `until ${until}`].filter(Boolean).join(' ')
      return `${decision.decision.padEnd(5)}  ${shown(address ?? hash ?? '')}${why ? `  ${why}` : ''}`
    })
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`)
    progress.show(0, undefined, allowed + denied, 'recipients')
  }
  progress.clear()
  console.error(`${count(allowed)} allowed, ${count(denied)} denied`)
  return denied > 0 ? 1 : 0
}

/** Returns a decision for each recipient, in their order; nobody is asked about a line that names nobody. */
async function decided(client: Floe, group: readonly Recipient[], about: About): Promise<Decision[]> {
  const texts = (kind: Recipient['kind']) => group.filter(one => one.kind === kind).map(({ text }) => text)
  const [addresses, sha256] = [texts('address'), texts('sha256')]
  const answers = {
    address: (addresses.length > 0 ? await client.check({ addresses }, about) : []).values(),
    sha256: (sha256.length > 0 ? await client.check({ sha256 }, about) : []).values(),
  }
  return group.map(({ text, kind }) =>
    kind === 'unread'
      ? { address: text, decision: 'deny', reason: 'invalid_address' }
      : answers[kind].next().value!,
  )
}

function aboutOf(topic: string | undefined, purpose: string | undefined): About {
  if (purpose !== undefined && purpose !== 'marketing' && purpose !== 'transactional')
    throw new Usage(`--purpose is marketing or transactional, not ${purpose}.`)
  if (topic !== undefined) return { topic, ...(purpose !== undefined && { purpose }) }
  if (purpose === 'transactional') return { purpose }
  throw new Usage('check needs a --topic, unless it is --purpose transactional: floe topics lists yours.')
}

/** Mints links and header fields, one JSON object per line. Returns 1 when a text was no address. */
export async function links(
  client: Floe,
  file: string | undefined,
  { topic, ref, json, ...list }: Options,
  progress: Progress,
): Promise<number> {
  if (topic === undefined) throw new Usage('links needs a --topic: floe topics lists yours.')
  let bad = 0
  let good = 0
  let told: readonly LinkNote[] = []
  const onNotes = (notes: readonly LinkNote[]) => {
    told = notes
  }
  for await (const group of recipientsOf(file, list)) {
    const addresses = group.map(({ text }) => text)
    const minted = await client.links(topic, addresses, {
      onNotes,
      ...(ref !== undefined && { messageRef: ref }),
    })
    const lines = minted.map(link => {
      if ('error' in link) bad++
      else good++
      if (json) return JSON.stringify(link)
      return 'error' in link
        ? `${shown(link.address)}  ${worded(link.error)}`
        : `${shown(link.address)}  ${link.unsubscribeUrl ?? link.preferencesUrl}`
    })
    progress.clear()
    process.stdout.write(`${lines.join('\n')}\n`)
    progress.show(0, undefined, good + bad, 'links')
  }
  progress.clear()
  for (const { message } of told) console.error(message)
  console.error(`${plural(good, 'link')}${bad > 0 ? `, ${count(bad)} not an address` : ''}`)
  return bad > 0 ? 1 : 0
}

/** Imports a list, or says what that would do. Returns 1 when a line was refused. */
export async function importList(
  client: Floe,
  file: string | undefined,
  {
    format,
    scope,
    topic,
    reason,
    name,
    json,
    charset,
    'address-column': addressColumn,
    'reason-column': reasonColumn,
    'time-column': timeColumn,
    'date-order': dateOrder,
    'dry-run': isDry,
  }: Options,
  progress: Progress,
): Promise<number> {
  const written = format ?? formatOf(file)
  if (written !== 'csv' && written !== 'ndjson') throw new Usage(`--format is csv or ndjson, not ${written}.`)
  if (isDry && name !== undefined) throw new Usage('--name goes with an import, not with --dry-run.')
  const upload = uploadOf(file)
  const options = {
    format: written,
    ...(scope !== undefined && { scope: scope as 'workspace' }),
    ...(topic !== undefined && { topic }),
    ...(reason !== undefined && { reason }),
    ...(charset !== undefined && { charset }),
    ...(addressColumn !== undefined && { addressColumn }),
    ...(reasonColumn !== undefined && { reasonColumn }),
    ...(timeColumn !== undefined && { timeColumn }),
    ...(dateOrder !== undefined && { dateOrder: dateOrder as 'day_first' }),
  } as const
  if (isDry) return dryRunList(client, upload, options, { json, progress })
  if (name !== undefined && !/^[\w-]{1,64}$/.test(name))
    throw new Usage('--name is 1 to 64 of A-Z a-z 0-9 _ -.')
  const known = name ?? (await upload.name())
  const before = await importNamed(client, known)
  if (before?.done) {
    if (json) console.log(JSON.stringify({ type: 'done', ...before }))
    console.error(
      `This list was imported before, and nothing is done again: ${count(before.added)} were added then. Another --name imports it anew.`,
    )
    return before.refused > 0 ? 1 : 0
  }
  let refused = 0
  for await (const event of client.import(upload.read, { name: known, ...options })) {
    if (json) console.log(JSON.stringify(event))
    switch (event.type) {
      case 'refused':
      case 'noted':
        progress.clear()
        if (!json) console.log(remark(event))
        break
      case 'progress':
        progress.show(event.offset, upload.bytes, event.line, 'lines')
        break
      case 'done':
        refused = event.refused
        progress.clear()
        console.error(
          `${plural(event.line, 'line')} in ${progress.seconds.toFixed(1)} s: ${count(event.added)} added, ` +
            `${count(event.unchanged)} there already, ${count(event.refused)} not taken`,
        )
    }
  }
  return refused > 0 ? 1 : 0
}

async function importNamed(client: Floe, name: string): Promise<Answer<'getImport'> | undefined> {
  try {
    return await client.call('getImport', { name })
  } catch (error) {
    if (error instanceof FloeError && error.status === 404) return undefined
    throw error
  }
}

/** Writes every suppression, or what is suppressed of each line of a list, to a file or to standard output. */
export async function exportList(
  client: Floe,
  file: string | undefined,
  {
    format = 'csv',
    match,
    output,
    scope,
    topic,
    reason,
    source,
    since,
    charset,
    'address-column': addressColumn,
  }: Options,
  progress: Progress,
): Promise<number> {
  if (format !== 'csv' && format !== 'ndjson') throw new Usage(`--format is csv or ndjson, not ${format}.`)
  const filter = given({ scope, topic, reason, source, since })
  const [narrowed] = Object.keys(filter)
  if (match !== undefined && narrowed) throw new Usage(`--match takes no --${narrowed}.`)
  const target = output ?? file
  if (match !== undefined && match !== '-' && target !== undefined && resolve(target) === resolve(match))
    throw new Usage(`${target} is the list itself: name another file for the answer.`)
  const stream =
    match === undefined
      ? await client.export(format, filter)
      : await client.match(uploadOf(match).read(0), {
          format: formatOf(match),
          answer: format,
          ...given({ addressColumn, charset }),
        })
  const what = match === undefined ? 'suppression' : 'row'
  let lines = format === 'csv' ? -1 : 0
  const counted = Readable.fromWeb(stream as import('node:stream/web').ReadableStream).map(
    (chunk: Uint8Array) => {
      for (const byte of chunk) if (byte === 0x0a) lines++
      progress.show(0, undefined, Math.max(lines, 0), `${what}s`)
      return chunk
    },
  )
  if (target === undefined || target === '-') for await (const chunk of counted) process.stdout.write(chunk)
  else await written(target, counted)
  progress.clear()
  console.error(plural(Math.max(lines, 0), what))
  return 0
}

/** Writes a file, whole or not at all; what is no plain file, such as a device, is written as it is. */
async function written(file: string, stream: Readable): Promise<void> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === false)
    return pipeline(stream, createWriteStream(file))
  const part = `${file}.part`
  try {
    await pipeline(stream, createWriteStream(part))
    renameSync(part, file)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}

const given = (fields: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined))
