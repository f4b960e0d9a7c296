import { Fault } from '../../core/fault.ts'
import { type BrandRow, brandOf } from '../../db/brand.ts'
import { type FormAndPlace, formByRef, workspaceOfForm } from '../../db/signup-form.ts'
import { type OwnTopic, topicsOf } from '../../db/topic.ts'
import type { SubscriptionDeps } from '../subscription/deps.ts'
import { readFormKey } from './form-key.ts'
import { offered } from './form-view.ts'

/** A form, loaded by its publishable key. */
export interface LoadedForm {
  row: FormAndPlace
  /** The topics it offers. */
  topics: OwnTopic[]
  /** The sender's brand; undefined for the platform's. */
  brand: BrandRow | undefined
}

/**
 * Loads the form of a publishable key, in use or not. Throws `token.invalid` for a key that does not verify, `form.ended` for one
 * of no form, `database.unavailable`.
 */
export async function openForm(deps: SubscriptionDeps, key: string): Promise<LoadedForm> {
  const ref = readFormKey(deps.keyring, key)
  if (!ref) throw new Fault({ code: 'token.invalid' })
  const workspace = workspaceOfForm(ref)
  const [[row], topics, [brand]] = await deps.db.read('fresh', [
    formByRef(ref),
    topicsOf(workspace),
    brandOf(workspace),
  ])
  if (!row) throw new Fault({ code: 'form.ended' })
  return { row, topics: offered(row.settings, topics), brand }
}

/** Throws `form.ended`, and `form.no_mailer` where Floe no longer mails confirmations. */
export function demandInUse({ mailer }: SubscriptionDeps, { row }: LoadedForm): void {
  if (row.endedAt !== null) throw new Fault({ code: 'form.ended' })
  if (!mailer) throw new Fault({ code: 'form.no_mailer' })
}
