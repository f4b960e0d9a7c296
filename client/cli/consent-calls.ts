import { writeFileSync } from 'node:fs'
import type { Floe, Proof, SignUp } from '../client.ts'
import { recipientsOf } from './input.ts'
import type { Options } from './options.ts'
import { onlyRecipient } from './suppressions.ts'
import { Usage } from './usage-error.ts'
import { count, printed, worded } from './words.ts'

/** Asks each recipient by mail to confirm a subscription. Returns 1 when a line names nobody. */
export async function subscribe(
  client: Floe,
  file: string | undefined,
  { topic, notice, wording, locale, basis, 'source-url': url, json, ...list }: Options,
): Promise<number> {
  if (topic === undefined) throw new Usage('subscribe needs a --topic: floe topics lists yours.')
  if (url === undefined) throw new Usage('subscribe needs the --source-url of the page on which they asked.')
  const [, name, version] = /^(.+)@([^@]+)$/.exec(notice ?? '') ?? []
  if (name === undefined || version === undefined)
    throw new Usage('subscribe needs the --notice that they were shown, as NAME@VERSION.')
  const common = {
    topics: [topic],
    source: { url },
    notice: { name, version },
    ...(wording !== undefined && { wording }),
    ...(locale !== undefined && { locale }),
    ...(basis !== undefined && { basis: basis as NonNullable<SignUp['basis']> }),
  }
  let [asked, unread] = [0, 0]
  for await (const group of recipientsOf(file, list))
    for (const { text, kind } of group)
      if (kind === 'address') {
        asked++
        const answer = await client.subscribe({ address: text, ...common })
        printed(json, { address: text, ...answer }, `${answer.status}  ${text}`)
      } else {
        unread++
        printed(json, { address: text, error: 'invalid_address' }, `refused  ${text}  invalid address`)
      }
  console.error(`${count(asked)} asked to confirm`)
  return unread > 0 ? 1 : 0
}

/** Passes on that recipients leave a topic, or all. Returns 1 when a line names nobody. */
export async function withdraw(
  client: Floe,
  file: string | undefined,
  { topic, json, ...list }: Options,
): Promise<number> {
  let [done, unread] = [0, 0]
  for await (const group of recipientsOf(file, list))
    for (const { text, kind } of group) {
      if (kind === 'unread') {
        unread++
        printed(json, { address: text, error: 'invalid_address' }, `refused    ${text}  invalid address`)
        continue
      }
      const who = kind === 'address' ? { address: text } : { sha256: text }
      const outcome = await client.withdraw(who, topic === undefined ? undefined : [topic])
      done++
      printed(json, { ...who, outcome }, `${outcome.padEnd(9)}  ${text}`)
    }
  console.error(`${count(done)} passed on`)
  return unread > 0 ? 1 : 0
}

/** Prints what stands of a recipient's consent and what led to it; `--output` keeps the signed receipt. */
export async function prove(
  client: Floe,
  file: string | undefined,
  { topic, output, json, ...list }: Options,
): Promise<number> {
  const { text, kind } = await onlyRecipient('prove', file, list as Options)
  if (kind === 'sha256') throw new Usage('prove needs the address: evidence is sealed under it.')
  const proof = await client.prove(text, topic)
  if (output !== undefined) writeFileSync(output, `${proof.receipt}\n`)
  console.log(json ? JSON.stringify(proof) : toldOf(proof))
  if (output !== undefined) console.error(`The receipt is in ${output}; floe verify checks it.`)
  return 0
}

const toldOf = ({ topics, history }: Proof): string =>
  [
    ...topics.map(({ topic, state, ...more }) =>
      [topic, worded(state), 'basis' in more && more.basis ? worded(String(more.basis)) : undefined]
        .filter(part => part !== undefined)
        .join('  '),
    ),
    ...history.map(({ at, type, actor }) => `${at}  ${type}  by ${actor}`),
  ].join('\n')
