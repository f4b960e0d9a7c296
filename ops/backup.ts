import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Clock, MINUTE_MS, systemClock, timestamp } from '../core/clock.ts'
import { keepBackup, newestBackups } from '../db/backup.ts'
import type { Endpoint } from '../db/engine/hrana.ts'
import { type Head, newHead, readBackup, type Seal, writeBackup } from './backup-file.ts'
import { isEntry, operatorFromEnv, runCommand } from './cli.ts'
import { commitAsOperator, type Operator, operatorEvent, readAsOperator } from './operator.ts'
import { type NoteProgress, progressLine } from './progress.ts'
import { withSnapshot, withStill } from './snapshot.ts'

const HELP = `npm run backup -- FILE                 keeps everything, as of one moment
npm run backup -- FILE --after WHOLE   keeps what the ledger has since a whole backup: take one every minute
npm run backup -- --check FILE         checks a backup from end to end

  --still     of a replica whose primary is lost: nobody may write to it meanwhile
  --as NAME   who does this, in the ledger; without it, backup

A backup is read back from its file, and then the database has when it is of,
for the metrics. DATABASE_URL and DATABASE_AUTH_TOKEN name the database.`

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

/** Age that the record of a tail has before a later one replaces it: one writer more beside the lane stays a rare one. */
const TAIL_NOTED_EVERY_MS = 5 * MINUTE_MS

/**
 * Records in the database that a backup was read back from its file, for `/metrics`; a whole one with an event. Throws where the
 * credential may not write.
 */
export async function noteBackup(
  operator: Operator,
  { kind, at: asOf }: Head,
  { root, rows, events }: Seal,
  clock: Clock = systemClock,
): Promise<void> {
  const facts = { at: clock(), tenant: 0, workspace: null, subject: root, data: { asOf, rows, events } }
  const entry = kind === 'whole' ? operatorEvent(operator, { ...facts, type: 'backup.made' }) : undefined
  if (!entry) {
    const [newest] = await readAsOperator(operator, [newestBackups])
    if (newest.some(one => one.kind === kind && one.asOf > asOf - TAIL_NOTED_EVERY_MS)) return
  }
  await commitAsOperator(operator, keepBackup({ kind, asOf }, entry))
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
        as: { type: 'string', default: 'backup' },
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
    const operator = operatorFromEnv(values.as)
    const reader = values.still ? withStill : withSnapshot
    const line = progressLine('rows kept')
    const seal = await (values.after
      ? backupTail(operator, path, values.after, systemClock, reader, line.show)
      : backup(operator, path, systemClock, reader, line.show)
    ).finally(line.end)
    const { head } = await readBackup(path)
    console.log(`${path}: ${describeSeal(seal)}, ${counted(statSync(path).size, 'byte')}`)
    // The file is what counts: it must not look as if it had failed where its record cannot be written.
    if (!values.still)
      await noteBackup(operator, head, seal).catch(error =>
        console.error(
          `${path} is sound, but the database has no record of it for the metrics: ${error.message}`,
        ),
      )
  })
}
