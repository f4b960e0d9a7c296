import { systemClock } from '../../core/clock.ts'
import type { Floe } from '../client.ts'
import type { ApiKey } from '../key.ts'
import type { Options } from './options.ts'
import { Usage } from './usage-error.ts'

/** Prints the keys of the workspace, newest first: the valid ones or, with `--json`, all. */
export async function keyList(client: Floe, file: string | undefined, { json }: Options): Promise<number> {
  if (file !== undefined) throw new Usage('keys reads no file.')
  let ended = 0
  for await (const key of client.keys()) {
    if (json) console.log(JSON.stringify(key))
    else if (hasEnded(key)) ended++
    else console.log(told(key))
  }
  if (!json) console.error(`${ended} more ${ended === 1 ? 'has' : 'have'} ended`)
  return 0
}

const hasEnded = ({ revokedAt, expiresAt }: ApiKey): boolean =>
  revokedAt !== undefined || (expiresAt !== undefined && Date.parse(expiresAt) <= systemClock())

function told({
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
  return [
    id,
    `created ${createdAt.slice(0, 10)}`,
    ...(origin ? [`of ${origin}`] : []),
    `used ${lastUsedAt?.slice(0, 10) ?? 'never'}`,
    ...(expiresAt ? [`ends ${expiresAt.slice(0, 10)}`] : []),
    ...(allowedIps ? [`from ${allowedIps.join(',')}`] : []),
    permissions.join(','),
    ...(name ? [name] : []),
  ].join('  ')
}
