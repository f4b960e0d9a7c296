import { positionQuery } from '../../../db/engine/commit.ts'
import { append, appendIf, appendIfChanged, appendIfOccurred } from '../../../db/event.ts'
import {
  arrivalsOf,
  eventOfRightsRequest,
  eventsAt,
  historyPart,
  ledgerAfter,
  spansOf,
} from '../../../db/event-list.ts'
import { advanceImport, beginImport, importByName, importsOf } from '../../../db/import.ts'
import { beginUndo, endUndo, extentOf, importedIn, importsAfter } from '../../../db/import-undo.ts'
import { addTally, firstUncounted, statisticsOf, tallyNext } from '../../../db/statistic.ts'
import { about, type Calls, ENTRY, ID, NOW, RECIPIENTS, REF, UUID } from './values.ts'

const span = { id: ID, after: 0, last: 9 }
const part = { workspace: 1, after: 0, limit: 100, reach: 2000 }
const slice = { workspace: 1, name: 'spring', seq: 0, last: 9, events: 2000 }
const undone = { tenant: 1, workspace: 1, name: 'spring', scope: 1, isMixed: false, firstSeq: 0 }
const progress = {
  workspace: 1,
  name: 'spring',
  parameters: { scope: 1, reason: 'imported', format: 'csv', header: null, delimiter: ',' },
  offset: 0,
  line: 0,
  added: 0,
  unchanged: 0,
  refused: 0,
  startedAt: NOW,
  doneAt: null,
}

const days = { workspace: 1, from: 20_000, to: 20_029, limit: 100 }

/** Statements about the ledger and what imports wrote to it. */
export const ledger: Calls = {
  'commit: positionQuery': positionQuery,
  'event: append': append(ENTRY),
  'event: appendIf': appendIf(ENTRY, { sql: 'TRUE', args: [] }),
  'event: appendIfChanged': appendIfChanged(ENTRY),
  'event: appendIfOccurred': appendIfOccurred(ENTRY, UUID),
  'event-list: spansOf': spansOf(ID),
  ...about('event-list: arrivalsOf', RECIPIENTS, arrivalsOf),
  'event-list: historyPart, oldest first': historyPart([span], { from: 'oldest', limit: 50 }),
  'event-list: historyPart, newest first': historyPart([span], { from: 'newest', limit: 50 }),
  'event-list: historyPart, of two addresses': historyPart([span, span], { from: 'newest', limit: 50 }),
  'event-list: historyPart, own mail of some types at a workspace': historyPart([span, span], {
    from: 'newest',
    limit: 50,
    workspace: 1,
    types: ['consent.requested'],
    ownMail: true,
  }),
  'event-list: eventOfRightsRequest': eventOfRightsRequest(1, REF),
  'event-list: ledgerAfter': ledgerAfter({ ...part, types: ['consent.requested'], evidence: true }),
  'event-list: eventsAt': eventsAt(1, [1, 2]),
  'import: importByName': importByName(1, 'spring'),
  'import: importsOf': importsOf(1, NOW, 100),
  'import: beginImport': beginImport(progress),
  'import: advanceImport': advanceImport(
    { workspace: 1, name: 'spring', from: 0 },
    { offset: 1, line: 1, valid: 1, refused: 0, doneAt: null },
  ),
  'import-undo: importsAfter': importsAfter(undone, 1),
  'import-undo: beginUndo': beginUndo(undone, ENTRY, false),
  'import-undo: beginUndo, of the last import': beginUndo(undone, ENTRY, true),
  'import-undo: endUndo': endUndo(undone, NOW),
  'import-undo: importedIn': importedIn(slice, () => ''),
  'import-undo: extentOf': extentOf(slice),
  'statistic: tallyNext': tallyNext(5000),
  'statistic: addTally': addTally({ after: 0, last: 1, events: 1, sums: '[]' }),
  'statistic: statisticsOf': statisticsOf(days),
  'statistic: statisticsOf, the next page': statisticsOf({ ...days, after: 1 }),
  'statistic: firstUncounted': firstUncounted(1),
}
