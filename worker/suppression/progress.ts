import type { Progress } from './import-api.ts'

/** Returns the progress in an import's row. */
export const progressOf = ({ line, offset, added, unchanged, refused }: Progress): Progress => ({
  line,
  offset,
  added,
  unchanged,
  refused,
})

/** Returns the row of an import that begins. */
export const newImport = (workspace: number, name: string, startedAt: number) => ({
  workspace,
  name,
  offset: 0,
  line: 0,
  added: 0,
  unchanged: 0,
  refused: 0,
  startedAt,
  doneAt: null,
})
