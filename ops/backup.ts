import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Clock, systemClock, timestamp } from '../core/clock.ts'
import type { Endpoint } from '../db/engine/hrana.ts'
import { newHead, readBackup, type Seal, writeBackup } from './backup-file.ts'
import { endpointFromEnv, isEntry, runCommand } from './cli.ts'
import { type NoteProgress, progressLine } from './progress.ts'
import { withSnapshot, withStill } from './snapshot.ts'

const HELP = `npm run backup -- FILE                 keeps everything, as of one moment
npm run backup -- FILE --after WHOLE   keeps what the ledger has since a whole backup: take one every minute
npm run backup -- --check FILE         checks a backup from end to end

  --still   of a replica whose primary is lost: nobody may write to it meanwhile

DATABASE_URL and DATABASE_AUTH_TOKEN name the database.`

/** Writes everything in a database, as of one moment, to a file; returns the file's last line. */
export const backup = (
  endpoint: Endpoint,
  path: string,
  clock: Clock = systemClock,
  reader = withSnapshot,
  note?: NoteProgress,
): Promise<Seal> =>
  reader(endpoint, async ({ migrations, tables, rows }) => {
    const head = newHead({ kind: 'whole', at: clock(), migrations: await migrations(), tables })
    return writeBackup(path, head, rows(), note)
  })

/** Writes the events after a whole backup's last one, which a restore of it would otherwise lose. */
export async function backupTail(
  endpoint: Endpoint,
  path: string,
  wholePath: string,
  clock: Clock = systemClock,
  reader = withSnapshot,
  note?: NoteProgress,
): Promise<Seal> {
  const whole = await readBackup(wholePath)
  if (whole.head.kind !== 'whole') throw new Error(`${wholePath} is a tail itself`)
  const after = { seq: whole.seal.lastSeq, root: whole.seal.root }
  return reader(endpoint, async ({ migrations, tables, rows }) => {
    const head = newHead({ kind: 'tail', at: clock(), migrations: await migrations(), tables, after })
    return writeBackup(path, head, rows(after.seq), note)
  })
}

/** Returns a number with its noun, formatted for people. */
export const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`

/** Returns a description of a backup. */
export const describeSeal = ({ rows, events, root }: Seal): string =>
  `${counted(rows, 'row')}; ledger of ${counted(events, 'event')}, root ${root}`

if (isEntry(import.meta.url)) {
  await runCommand(async () => {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        after: { type: 'string' },
        check: { type: 'boolean' },
        still: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
    const [path, ...more] = positionals
    if (values.help) return console.log(HELP)
    if (!path || more.length > 0) throw new Error(HELP)
    if (values.check) {
      const { head, seal } = await readBackup(path)
      console.log(
        `${path} is sound: ${head.kind === 'tail' ? 'tail' : 'everything'} as of ${timestamp(head.at)}`,
      )
      return console.log(describeSeal(seal))
    }
    const endpoint = endpointFromEnv()
    const reader = values.still ? withStill : withSnapshot
    const line = progressLine('rows kept')
    const seal = await (values.after
      ? backupTail(endpoint, path, values.after, systemClock, reader, line.show)
      : backup(endpoint, path, systemClock, reader, line.show)
    ).finally(line.end)
    console.log(`${path}: ${describeSeal(seal)}, ${counted(statSync(path).size, 'byte')}`)
  })
}
