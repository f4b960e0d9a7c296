import { hashOfAddress } from '../../core/address.ts'
import { equalBytes } from '../../core/bytes.ts'
import { clusterOf, FIRST_CLUSTER } from '../../core/cluster.ts'
import { type Claim, readToken } from '../../core/token.ts'
import { workspaceByMailbox } from '../../db/inbound.ts'
import type { Deps } from '../deps.ts'
import { inCluster } from '../http/in-cluster.ts'
import { unsubscribe } from '../unsubscribe/unsubscribe.ts'
import { takeReports } from './apply-report.ts'
import { automatic } from './automatic.ts'
import { beginningOf } from './beginning.ts'
import {
  extensionsIn,
  MAIL_BYTES_MAX,
  type MailReport,
  mailReport,
  REPORT_BYTES,
  SIGNED_BYTES_MAX,
} from './mail-report.ts'
import { messageOf, proofOf } from './proof.ts'
import { refuse } from './record-refusal.ts'
import { NOBODY, type Why } from './refusal.ts'

/** A mail as the runtime hands it over. */
export type IncomingMail = Pick<
  ForwardableEmailMessage,
  'from' | 'to' | 'headers' | 'raw' | 'rawSize' | 'setReject'
>

/**
 * Takes a mail: to an unsubscribe address it unsubscribes, to a feedback address it is a report. A token in the address proves a wish to
 * leave, whoever wrote the mail; what a report may do, `proof.ts` says. Nothing is ever answered, so that no mail of ours meets a stranger.
 *
 * A person's mail to an address that is not ours is refused while its server waits, so that they learn of it. Throws
 * `database.unavailable` and `inbound.key_unavailable`: the mail is then not taken, and its server tries again.
 */
export async function receiveMail(deps: Deps, mail: IncomingMail): Promise<void> {
  const [extension] = extensionsOf(mail)
  const leaving = extension && readToken(deps.keyring, 'unsubscribe', extension)
  const header = (name: string) => mail.headers.get(name)
  if (leaving) {
    const why = automatic({ from: mail.from, header })
    if (why) return ignore(deps, mail, why)
    await leave(deps, extension, 'mailto')
    return
  }
  if (!/^\s*multipart\/report\b/i.test(header('content-type') ?? '')) {
    const claim = extension && readToken(deps.keyring, 'feedback', extension)
    await ignore(deps, mail, claim ? 'not_a_report' : extension ? 'foreign_token' : 'no_token')
    // Awaited, since where the mail lies with another process this is a call to it.
    if (!claim && !automatic({ from: mail.from, header }))
      await mail.setReject('There is no such address here.')
    return
  }
  if (mail.rawSize > MAIL_BYTES_MAX) return ignore(deps, mail, 'too_large')
  const bytes = await beginningOf(mail.raw, SIGNED_BYTES_MAX + 1)
  const report = await mailReport(bytes.subarray(0, REPORT_BYTES))
  if ('refused' in report) return ignore(deps, mail, report.refused)
  if (report.entries.length === 0) return
  const returnPath = [...extensionsOf(mail), ...report.returnPath]
  const proven = await proofOf(deps, { ...report, returnPath }, bytes)
  if (!proven.claim) {
    if (proven.unsubscribe !== undefined) await leave(deps, proven.unsubscribe, 'report')
    return ignore(deps, mail, proven.why)
  }
  const { claim, place, proof, id } = proven
  const home = inCluster(deps, clusterOf(claim.topic))
  // The token says who it is; an address in a mail that anybody can write says nothing.
  const { kind, status } = entryOf(home, place.tenant, claim, report)
  await takeReports(home, { ...place, door: 'mail', proof, actor: 'mail_server' }, [
    { id, kind, about: { addressId: claim.addressId }, status, message: messageOf(claim, report) },
  ])
}

/** Unsubscribes whom a token names from its topic, and no more: what its holder can do with it anyway. */
export const leave = (deps: Deps, token: string, via: 'mailto' | 'report'): Promise<unknown> =>
  unsubscribe(
    inCluster(deps, clusterOf(readToken(deps.keyring, 'unsubscribe', token)!.topic)),
    token,
    'topic',
    via,
  )

/** Returns which of a report's entries is about whom a token names: theirs by its address, or the first, where addresses were rewritten. */
export const entryOf = (
  { indexes }: Deps,
  tenant: number,
  { addressId }: Claim,
  { entries }: MailReport,
): MailReport['entries'][number] =>
  entries.find(({ address }) => {
    const hash = address === undefined ? undefined : hashOfAddress(address)
    return hash !== undefined && equalBytes(indexes.tenant(tenant).id(hash), addressId)
  }) ?? entries[0]!

/** Returns what stands behind the plus sign of the address a mail was sent to; some servers tell it in the mail alone. */
const extensionsOf = ({ to, headers }: IncomingMail): string[] =>
  extensionsIn([to, headers.get('to') ?? '', headers.get('delivered-to') ?? ''])

/** Counts a mail that does nothing, with the workspace whose mailbox it was sent to where that is known, in whichever cluster. */
async function ignore(deps: Deps, { to, rawSize }: IncomingMail, why: Why): Promise<void> {
  const mailbox = to.toLowerCase().replace(/^([^+@]*)\+[^@]*@/, '$1@')
  const found = await Promise.all(
    deps.clusters.map(({ db }) =>
      db.read<[number | undefined]>('may-lag', [workspaceByMailbox(mailbox)]).catch(() => [undefined]),
    ),
  )
  const workspace = found.flat().find(number => number !== undefined) ?? NOBODY
  const home = inCluster(deps, workspace === NOBODY ? FIRST_CLUSTER : clusterOf(workspace))
  await refuse(home, { workspace, door: 'mail', why, bytes: rawSize })
}
