import type { Floe } from '../client.ts'
import { wholeOf } from './input.ts'
import type { Options } from './options.ts'
import { plural, worded } from './words.ts'

/** Hands on a mail that reports something, and prints what it was taken for. Returns 1 when nothing came of a report. */
export async function report(client: Floe, file: string | undefined, { json }: Options): Promise<number> {
  const taken = await client.report(new Uint8Array(await wholeOf(file, 'a mail')))
  const lines = taken.reports.map(({ verdict, acted, why }) =>
    [worded(verdict), acted ? 'acted on' : 'nothing was changed', ...(why ? [worded(why)] : [])].join('  '),
  )
  if (json) console.log(JSON.stringify(taken))
  else for (const line of lines) console.log(line)
  console.error(plural(taken.suppressed, 'suppression'))
  return taken.reports.every(({ acted }) => acted) ? 0 : 1
}
