import type { Deps } from './deps.ts'
import { expireDue } from './subscription/expire.ts'
import { sendDueMail } from './subscription/mail.ts'

/** What is done once a minute, each by itself: one that fails keeps none of the others from its turn. */
const EVERY_MINUTE: readonly [name: string, job: (deps: Deps) => Promise<void>][] = [
  ['outbox', sendDueMail],
  ['expiry', expireDue],
]

/** Runs what is due. */
export async function runCron(deps: Deps): Promise<void> {
  for (const [name, job] of EVERY_MINUTE) await job(deps).catch(error => deps.log(`cron ${name}`, error))
}
