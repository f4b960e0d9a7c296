import { actorText } from '../../core/actor.ts'
import { basisOf } from '../../core/codes/basis.ts'
import { Fault } from '../../core/fault.ts'
import { newRef } from '../../core/id.ts'
import { workspaceByNumber } from '../../db/tenant.ts'
import { whileKeysAreMade } from '../consent/seal.ts'
import type { Deps } from '../deps.ts'
import { readable } from '../encryption/read-address.ts'
import type { ClientEvidence } from '../http/request.ts'
import { suppressionsWithin } from '../suppression/standing.ts'
import { ask } from './ask.ts'
import { isRefused, openRequest, platformsWord } from './load.ts'

/**
 * Mails a new confirmation where the old link has expired, for the same topics and address. It has the limits of a sender's
 * call, and does nothing after "this was not me"; its answer tells the holder of the old link nothing. Throws
 * `token.invalid`, `confirmation.gone` where the address is erased or no mails are sent, `database.unavailable`,
 * `encryption.unavailable`.
 */
export const askAgain = (deps: Deps, token: string, press: ClientEvidence): Promise<void> =>
  whileKeysAreMade(() => attempt(deps, token, press))

async function attempt(deps: Deps, token: string, press: ClientEvidence): Promise<void> {
  const opened = await openRequest(deps, token)
  const { row, standing, topics, suppressions, key } = opened
  if (standing === 'open' || standing === 'confirmed' || isRefused(opened, deps.clock())) return
  const address = readable(opened.address)
  if (address === undefined || !deps.mailer) throw new Fault({ code: 'confirmation.gone' })
  const [[workspace]] = await deps.db.read('fresh', [workspaceByNumber(row.workspace)])
  await ask(deps, {
    ref: newRef(),
    at: deps.clock(),
    tenant: row.tenant,
    workspace: workspace!,
    address,
    addressId: row.addressId,
    topics,
    basis: basisOf(row.basis),
    notice: { name: row.notice, version: row.noticeVersion, digest: row.noticeDigest },
    sourceHost: row.sourceHost,
    locale: row.locale,
    actor: actorText({ kind: 'recipient' }),
    via: 'link',
    against: [
      ...suppressionsWithin(suppressions, {
        workspace: row.workspace,
        topics: topics.map(topic => topic.number),
      }),
      ...(await platformsWord(deps, opened)),
    ],
    evidence: press,
    key,
  })
}
