import { type Caller, each } from './call.ts'
import type { Answer } from './contract.ts'

/** An import of the workspace. Times are RFC 3339 UTC. */
export type Import = Answer<'listImports'>['imports'][number]

/** What an undo did: suppressions that it lifted, and those it left, since something was told of their recipients. */
export type Undone = Pick<Answer<'undoImport'>, 'lifted' | 'kept'>

/** Calls about imports. */
export interface Imports {
  /** Lists the imports of the workspace, newest first. */
  imports(): AsyncGenerator<Import>
  /**
   * Undoes an import, part by part, and yields the totals after each. Throws `FloeError`: `import.undo_expired` after 72 hours,
   * `import.followed` where a later import is to be undone first.
   */
  undoImport(name: string): AsyncGenerator<Undone>
}

/** Returns these calls, made by `call`. */
export const imports = (call: Caller): Imports => ({
  imports: () =>
    each(
      place => call('listImports', place),
      page => page.imports,
    ),

  async *undoImport(name) {
    const total = { lifted: 0, kept: 0 }
    for (let cursor: string | undefined; ; ) {
      const part = await call('undoImport', { name, ...(cursor !== undefined && { cursor }) })
      total.lifted += part.lifted
      total.kept += part.kept
      yield { ...total }
      if (part.next === undefined) return
      cursor = part.next
    }
  },
})
