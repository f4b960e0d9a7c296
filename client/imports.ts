import type { AnswerOf } from '../worker/call/operation.ts'
import type * as api from '../worker/suppression/imports-api.ts'
import { type Call, query } from './request.ts'

/** An import of the workspace. Times are RFC 3339 UTC. */
export type Import = AnswerOf<typeof api.listImportsDoc>['imports'][number]

/** What an undo did: suppressions that it lifted, and those it left, since something was told of their recipients. */
export type Undone = Pick<AnswerOf<typeof api.undoImportDoc>, 'lifted' | 'kept'>

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

/** Returns these calls, made with `ask`. */
export const imports = (ask: <T>(call: Call) => Promise<T>): Imports => ({
  async *imports() {
    for (let cursor: string | undefined; ; ) {
      const path = `/v1/imports?${query({ limit: '1000', cursor })}`
      const page = await ask<AnswerOf<typeof api.listImportsDoc>>({ method: 'GET', path })
      yield* page.imports
      if (page.next === undefined) return
      cursor = page.next
    }
  },

  async *undoImport(name) {
    const path = `/v1/imports/${encodeURIComponent(name)}/undo`
    const total = { lifted: 0, kept: 0 }
    for (let cursor: string | undefined; ; ) {
      const body = cursor === undefined ? {} : { cursor }
      const part = await ask<AnswerOf<typeof api.undoImportDoc>>({ method: 'POST', path, body })
      total.lifted += part.lifted
      total.kept += part.kept
      yield { ...total }
      if (part.next === undefined) return
      cursor = part.next
    }
  },
})
