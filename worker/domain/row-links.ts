import { linkByRef } from '../../db/rights-link.ts'
import { formByRef } from '../../db/signup-form.ts'
import { requestByRef } from '../../db/subscription-request.ts'
import type { AppDeps } from '../deps.ts'
import { readLink } from '../rights/link.ts'
import { readFormKey } from '../signup/form-key.ts'
import { readConfirmToken } from '../subscription/link.ts'
import type { LinkReaders } from './deps.ts'

const rightsLink = (kind: 'access' | 'correction') => (deps: AppDeps, token: string) => {
  const ref = readLink(deps, kind, token)
  return ref && (async () => (await deps.db.read('fresh', [linkByRef(ref)]))[0][0]?.workspace)
}

/** Readers of the links that name a row: a confirmation, a form, a page of a recipient's data. */
export const ROW_LINKS: LinkReaders<AppDeps> = {
  c(deps, token) {
    const ref = readConfirmToken(deps.keyring, token)
    return ref && (async () => (await deps.db.read('fresh', [requestByRef(ref)]))[0][0]?.workspace)
  },
  s(deps, token) {
    const ref = readFormKey(deps.keyring, token)
    return ref && (async () => (await deps.db.read('may-lag', [formByRef(ref)]))[0][0]?.workspace)
  },
  a: rightsLink('access'),
  r: rightsLink('correction'),
}
