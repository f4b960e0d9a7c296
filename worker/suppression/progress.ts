import type { RawRecord } from './cutter.ts'
import type { Progress } from './import-api.ts'
import type { UploadLine } from './upload.ts'

/** Returns the progress in an import's row. */
export const progressOf = ({ line, offset, added, unchanged, refused }: Progress): Progress => ({
  line,
  offset,
  added,
  unchanged,
  refused,
})

/** The progress of what has not begun. */
export const NO_PROGRESS: Progress = { line: 0, offset: 0, added: 0, unchanged: 0, refused: 0 }

/** Returns the progress after a batch of which `added` suppressions were not there before. */
export function advanced(
  before: Progress,
  { records, lines }: { records: readonly RawRecord[]; lines: readonly UploadLine[] },
  added: number,
): Progress {
  const end = records.at(-1)?.end
  const refused = lines.filter(line => 'fault' in line).length
  return {
    line: end ? end.line - 1 : before.line,
    offset: end?.offset ?? before.offset,
    added: before.added + added,
    unchanged: before.unchanged + lines.length - refused - added,
    refused: before.refused + refused,
  }
}

/** Returns the row of an import that begins. */
export const newImport = (workspace: number, name: string, startedAt: number) => ({
  workspace,
  name,
  ...NO_PROGRESS,
  startedAt,
  doneAt: null,
})
