import type { Entry, Floe, Suppression } from '../client.ts'
import { type Recipient, recipientsOf } from './input.ts'
import type { Options } from './options.ts'
import { Usage } from './usage-error.ts'
import { count, plural, printed, worded } from './words.ts'

const SCOPES = ['platform', 'tenant', 'workspace', 'topic'] as const
const REASONS = ['unsubscribed', 'objected', 'complained', 'bounced', 'manual', 'legal', 'imported'] as const

/** Prints every suppression of each recipient. Returns 1 when a line names nobody. */
export async function find(
  client: Floe,
  file: string | undefined,
  { json, ...list }: Options,
): Promise<number> {
  let [found, unread] = [0, 0]
  for await (const group of recipientsOf(file, list))
    for (const { text, kind } of group) {
      if (kind === 'unread') {
        unread++
        printed(json, { address: text, error: 'invalid_address' }, `${text}  invalid address`)
        continue
      }
      const who = kind === 'address' ? { address: text } : { sha256: text }
      const suppressions = await client.find(who)
      found += suppressions.length
      const lines = suppressions.map(one => `${text}  ${told(one)}`)
      printed(json, { ...who, suppressions }, ...(lines.length > 0 ? lines : [`${text}  nothing`]))
    }
  console.error(plural(found, 'suppression'))
  return unread > 0 ? 1 : 0
}

const told = ({ id, scope, topic, reason, source, since, until }: Suppression): string =>
  [
    `${worded(reason)} (${topic ?? scope})`,
    `by ${source}`,
    `since ${since}`,
    ...(until ? [`until ${until}`] : []),
    id,
  ].join('  ')

/** Suppresses recipients, and prints the outcome of each. Returns 1 when one was refused. */
export async function suppress(
  client: Floe,
  file: string | undefined,
  {
    topic,
    scope = topic === undefined ? 'workspace' : 'topic',
    reason = 'manual',
    until,
    json,
    ...list
  }: Options,
): Promise<number> {
  const common = {
    scope: oneOf('scope', SCOPES, scope),
    reason: oneOf('reason', REASONS, reason),
    ...(topic !== undefined && { topic }),
    ...(until !== undefined && { until }),
  }
  const counts = { added: 0, unchanged: 0, accepted: 0, refused: 0 }
  for await (const group of recipientsOf(file, list)) {
    const named = group.filter(({ kind }) => kind !== 'unread')
    const entries = named.map(
      ({ text, kind }): Entry =>
        kind === 'sha256' ? { sha256: text, ...common } : { address: text, ...common },
    )
    const results = (await client.suppress(entries)).values()
    for (const { text, kind } of group) {
      const result =
        kind === 'unread'
          ? ({ address: text, outcome: 'refused', error: 'invalid_address' } as const)
          : results.next().value!
      counts[result.outcome]++
      const why = result.error === undefined ? '' : `  ${worded(result.error)}`
      printed(json, result, `${result.outcome.padEnd(9)}  ${text}${why}`)
    }
  }
  const said = Object.entries(counts).filter(([name, number]) => number > 0 || name === 'added')
  console.error(said.map(([name, number]) => `${count(number)} ${name}`).join(', '))
  return counts.refused > 0 ? 1 : 0
}

function oneOf<Known extends string>(option: string, known: readonly Known[], said: string): Known {
  const found = known.find(one => one === said)
  if (found === undefined) throw new Usage(`--${option} is ${known.join(', ')}; not ${said}.`)
  return found
}

/** Lifts a suppression of the sender's own. */
export async function lift(client: Floe, id: string | undefined, { json }: Options): Promise<number> {
  if (!id) throw new Usage('lift needs the id of a suppression: floe find says it.')
  await client.lift(id)
  printed(json, { id, outcome: 'lifted' }, `${id} is lifted`)
  return 0
}

/** Returns the one recipient that a list names. Throws `Usage` where it names another number. */
export async function onlyRecipient(
  command: string,
  file: string | undefined,
  list: Options,
): Promise<Recipient> {
  const all: Recipient[] = []
  for await (const group of recipientsOf(file, list)) all.push(...group)
  const [one, ...more] = all
  if (!one || more.length > 0) throw new Usage(`${command} is about one recipient, not ${all.length}.`)
  if (one.kind === 'unread') throw new Usage(`${one.text} is no address.`)
  return one
}
