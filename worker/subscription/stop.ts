import type { Act } from '../../db/commit.ts'
import type { RequestRow } from '../../db/subscription-request.ts'
import type { Deps } from '../deps.ts'
import { stopAct } from '../suppression/add.ts'
import { topicScope } from '../suppression/scope.ts'

/** Returns the act by which the recipient of a sign-up unsubscribes from topics of its workspace. */
export const stopTopics = (deps: Deps, row: RequestRow, topics: { number: number }[], at: number): Act =>
  topics.flatMap(topic =>
    stopAct(
      {
        at,
        tenant: row.tenant,
        workspace: row.workspace,
        actor: 'recipient',
        addressId: row.addressId,
        scope: topicScope(topic.number),
        reason: 'unsubscribed',
        source: 'recipient',
        until: null,
        via: 'confirmation',
      },
      deps.ids,
    ),
  )
