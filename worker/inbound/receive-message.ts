import { apiKeyById } from '../../db/api-key.ts'
import { admit, type KeyClaim } from '../access/api-key.ts'
import { noteUse } from '../access/note-use.ts'
import { actorText } from '../core/actor.ts'
import { Fault } from '../core/fault.ts'
import type { Deps } from '../deps.ts'
import { findPlace } from '../unsubscribe/place.ts'
import { mailReport } from './mail-report.ts'
import { claimIn } from './receive-mail.ts'
import { refuse } from './refuse.ts'
import type { Report } from './report.ts'
import { type Taken, takeReports } from './take.ts'

/**
 * Takes a report as the mail it came in, from its first octets. The key is the proof: its sender vouches for the mail, so addresses in it
 * count, as far as no token of ours says better who it is about.
 * Throws `key.invalid`, `key.forbidden`, `inbound.unproven` with the reason, `database.unavailable`.
 */
export async function receiveMessage(deps: Deps, claim: KeyClaim, octets: Uint8Array): Promise<Taken> {
  const { tenant, workspace } = claim
  const [[key]] = await deps.db.read('fresh', [apiKeyById(claim.keyId)])
  const { keyId } = admit(claim, key, 'inbound:write')
  noteUse(deps, keyId, key!.lastUsedAt)
  const report = await mailReport(octets)
  if ('refused' in report) {
    await refuse(deps, { workspace, door: 'message', why: report.refused, octets: octets.length })
    throw new Fault({ code: 'inbound.unproven', why: report.refused })
  }
  const token = claimIn(deps, report)
  const place = token && (await findPlace(deps, token.topic))
  // A mail of another workspace's came into the wrong hands: nothing of it is this key's to say.
  if (token && place?.workspace !== workspace) {
    await refuse(deps, { workspace, door: 'message', why: 'foreign_token', octets: octets.length })
    throw new Fault({ code: 'inbound.unproven', why: 'foreign_token' })
  }
  const reports = report.entries.map(({ address, kind, status }): Report => {
    const named = token && (address === undefined || report.entries.length === 1)
    const about = named ? { addressId: token.addressId } : { address: address ?? '' }
    return { id: report.id, kind, about, status }
  })
  const actor = actorText({ kind: 'sender', keyId })
  return takeReports(deps, { tenant, workspace, door: 'message', actor }, reports)
}
