import { systemClock } from '../../core/clock.ts'
import { wrapped } from '../../core/wrap.ts'
import type { Floe } from '../client.ts'
import type { ApiKey } from '../key.ts'
import type { Options } from './options.ts'
import { Usage } from './usage-error.ts'
import { count, plural, printed } from './words.ts'

/** Columns of what stands below a key. */
const WIDTH = 78

/** Prints the keys of the workspace, newest first: the valid ones or, with `--json`, all. */
export async function keyList(client: Floe, file: string | undefined, { json }: Options): Promise<number> {
  if (file !== undefined) throw new Usage('keys reads no file.')
  let [valid, ended] = [0, 0]
  for await (const key of client.keys()) {
    if (!json && hasEnded(key)) ended++
    else {
      valid++
      printed(json, key, ...linesOf(key))
    }
  }
  console.error(json ? plural(valid, 'key') : `${plural(valid, 'valid key')}, ${count(ended)} ended`)
  return 0
}

const hasEnded = ({ revokedAt, expiresAt }: ApiKey): boolean =>
  revokedAt !== undefined || (expiresAt !== undefined && Date.parse(expiresAt) <= systemClock())

function linesOf({
  id,
  name,
  createdAt,
  lastUsedAt,
  expiresAt,
  allowedIps,
  madeBy,
  renewalOf,
  permissions,
}: ApiKey) {
  const origin = renewalOf ?? madeBy
  const facts = [
    `created ${createdAt.slice(0, 10)}`,
    ...(origin ? [`of ${origin}`] : []),
    `used ${lastUsedAt?.slice(0, 10) ?? 'never'}`,
    ...(expiresAt ? [`ends ${expiresAt.slice(0, 10)}`] : []),
    ...(allowedIps ? [`from ${allowedIps.join(' ')}`] : []),
  ]
  const below = [...wrapped(facts.join(', '), WIDTH), ...wrapped(permissions.join(' '), WIDTH)]
  return [name ? `${id}  ${name}` : id, ...below.map(line => `  ${line}`)]
}
