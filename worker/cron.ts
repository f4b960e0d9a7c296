import { FIRST_CLUSTER } from '../core/cluster.ts'
import { inCluster } from './http/in-cluster.ts'
import { forgetReports } from './inbound/forget.ts'
import type { AllDeps } from './open-deps.ts'
import { forgetOldChanges } from './preference/forget.ts'
import { forgetOldLinks } from './rights/forget.ts'
import { sendDueLinks } from './rights/mail.ts'
import { noteMissedDeadlines } from './rights-request/overdue.ts'
import { expireDue } from './subscription/expire.ts'
import { sendDueMail } from './subscription/mail.ts'
import { tellRepeats } from './suppression/tell-repeats.ts'
import { deliverDue } from './webhook/deliver.ts'

/** What is done once a minute, each by itself: one that fails keeps none of the others from its turn. */
const EVERY_MINUTE: readonly [name: string, job: (deps: AllDeps) => Promise<void>][] = [
  ['outbox', sendDueMail],
  ['expiry', expireDue],
  ['rights outbox', sendDueLinks],
  ['rights deadlines', noteMissedDeadlines],
  ['rights links', forgetOldLinks],
  ['reports', forgetReports],
  ['repeated choices', tellRepeats],
  ['counted changes', forgetOldChanges],
  ['webhooks', deliverDue],
]

/** Runs what is due, in every cluster at once: one that is away keeps none of the others waiting. */
export async function runCron(deps: AllDeps): Promise<void> {
  await Promise.all(deps.clusters.map(({ cluster }) => runIn(inCluster(deps, cluster))))
}

async function runIn(deps: AllDeps): Promise<void> {
  const where = deps.cluster === FIRST_CLUSTER ? '' : ` in cluster ${deps.cluster}`
  for (const [name, job] of EVERY_MINUTE)
    await job(deps).catch(error => deps.log(`cron ${name}${where}`, error))
}
