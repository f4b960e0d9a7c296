import { suppressionId } from '../../../core/codes/scope.ts'
import { keepBackup, newestBackups } from '../../../db/backup.ts'
import { jobRuns, keepJobRuns } from '../../../db/job-run.ts'
import { PLATFORM } from '../../../db/suppression.ts'
import {
  allHosts,
  allSenders,
  anyAddress,
  anyKey,
  anyTopic,
  nodeClock,
} from '../../../ops/doctor/question.ts'
import { workspaceByName } from '../../../ops/operator.ts'
import { type Ground, replayed } from '../../../ops/replay.ts'
import { countsOf, endOfPage, olderTexts, SEALED, sealAnew } from '../../../ops/sealed.ts'
import { type KeyedTable, pageOf } from '../../../ops/snapshot.ts'
import { type Calls, DIGEST, ENTRY, ID, KEY, NOW, UUID } from './values.ts'

const TEXT = { key: [ID], tenant: 1, sealed: UUID }
/** Statements by which encrypted texts are counted and sealed anew. */
export const sealed: Calls = Object.fromEntries(
  SEALED.flatMap(column => {
    const named = `${column.table}.${column.column}`
    const key = column.key.map(() => ID)
    return Object.entries({
      [`sealed: countsOf, ${named}`]: countsOf(column),
      [`sealed: olderTexts, ${named}`]: olderTexts(column, undefined),
      [`sealed: olderTexts, ${named}, behind a key`]: olderTexts(column, key),
      [`sealed: endOfPage, ${named}`]: endOfPage(column, undefined),
      [`sealed: endOfPage, ${named}, behind a key`]: endOfPage(column, key),
      [`sealed: sealAnew, ${named}`]: sealAnew(column, { ...TEXT, key }, UUID),
    })
  }),
)

const event = {
  ...ENTRY,
  address_id: ID,
  sealed: null,
  leaf: DIGEST,
  actor: 'key_AAAAAAAAAAA',
  data: JSON.stringify({ endsAt: NOW, until: null }),
}
const ground: Ground = { keys: 'api_key', has: () => true }
const early: Ground = { ...ground, has: () => false }
const subjectOf = (scope: number) => suppressionId(ID, scope, 1)
const replays = {
  'an erasure': replayed({ ...event, type: 'rights.erased' }, ground),
  'a revoked key': replayed({ ...event, type: 'api_key.revoked', subject: 'key_AAAAAAAAAAA' }, ground),
  'a limited key': replayed({ ...event, type: 'api_key.limited' }, ground),
  'a key that was kept': replayed({ ...event, type: 'api_key.kept' }, ground),
  'an undone import': replayed({ ...event, type: 'import.undone' }, ground),
  'a suppression': replayed({ ...event, subject: subjectOf(5) }, ground),
  'a confirmed suppression': replayed(
    { ...event, subject: subjectOf(5), data: JSON.stringify({ since: '2026-01-01T00:00:00Z' }) },
    ground,
  ),
  'a lifted suppression': replayed({ ...event, type: 'suppression.lifted', subject: subjectOf(5) }, ground),
  'a suppression of the platform': replayed({ ...event, subject: subjectOf(PLATFORM) }, ground),
  'a renewed choice': replayed({ ...event, type: 'suppression.repeated', subject: subjectOf(5) }, ground),
  'a renewed choice, before it had a time': replayed(
    { ...event, type: 'suppression.repeated', subject: subjectOf(5) },
    early,
  ),
}

/** Statements that commands of operators make by themselves; what others they send is seen while they run. */
export const operators: Calls = {
  'doctor: nodeClock': nodeClock,
  'doctor: anyAddress': anyAddress,
  'doctor: anyTopic': anyTopic,
  'doctor: anyKey': anyKey(NOW),
  'doctor: allHosts': allHosts,
  'doctor: allSenders': allSenders,
  'backup: newestBackups': newestBackups,
  'backup: keepBackup, whole': keepBackup({ kind: 'whole', asOf: NOW }, ENTRY),
  'backup: keepBackup, tail': keepBackup({ kind: 'tail', asOf: NOW }, undefined),
  'job-run: jobRuns': jobRuns,
  'job-run: keepJobRuns': keepJobRuns([{ name: 'expiry', endedAt: NOW }], ['expiry']),
  'operator: workspaceByName': workspaceByName('penguin', 'north'),
  ...Object.fromEntries(Object.entries(replays).map(([what, made]) => [`replay: replayed, ${what}`, made])),
}

/** Returns the pages of every table that a backup reads. */
export const pagesOf = (tables: readonly KeyedTable[]): Calls =>
  Object.fromEntries(
    tables.flatMap(table => [
      [`snapshot: pageOf, ${table.name}`, { sql: pageOf(table, true, 1000), args: [] }],
      [
        `snapshot: pageOf, ${table.name}, behind a key`,
        { sql: pageOf(table, false, 1000), args: table.key.map(() => KEY) },
      ],
    ]),
  )
