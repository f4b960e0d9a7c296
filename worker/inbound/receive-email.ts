import { hashOfAddress } from '../../core/address.ts'
import { equalBytes } from '../../core/bytes.ts'
import { clusterOf, FIRST_CLUSTER } from '../../core/cluster.ts'
import { readToken } from '../../core/token.ts'
import { workspaceByMailbox } from '../../db/inbound.ts'
import { actingAs } from '../call/context.ts'
import { inCluster } from '../http/in-cluster.ts'
import { unsubscribe } from '../unsubscribe/unsubscribe.ts'
import { extensionsIn, verifiedIn, WRITTEN_TO } from './address-tokens.ts'
import { takeReports } from './apply-report.ts'
import { automatic } from './automatic.ts'
import { beginningOf } from './beginning.ts'
import { noChoice } from './choice.ts'
import type { InboundDeps } from './deps.ts'
import {
  MAIL_BYTES_MAX,
  type MailReport,
  RECIPIENTS_MAX,
  REPORT_BYTES,
  readReport,
  SIGNED_BYTES_MAX,
} from './mail-report.ts'
import { isServer } from './mail-server.ts'
import { messageOf, proofOf } from './proof.ts'
import { refuse } from './record-refusal.ts'
import { NOBODY, type Why } from './refusal.ts'

/** A mail as the runtime passes it. */
export type IncomingMail = Pick<
  ForwardableEmailMessage,
  'from' | 'to' | 'headers' | 'raw' | 'rawSize' | 'setReject'
>

/**
 * Takes a mail: to an unsubscribe address it unsubscribes, to a feedback address it is a report. A token in the address is
 * enough to leave, whoever wrote the mail; a report needs the proof of `proof.ts`. Floe never replies, so forged senders get
 * no mail from it.
 *
 * A person's mail to an unknown address is rejected during the SMTP session, so that its author learns of it. Throws
 * `database.unavailable` and `inbound.key_unavailable`: the mail is not taken, and its server tries again.
 */
export async function receiveMail(deps: InboundDeps, mail: IncomingMail): Promise<void> {
  const extensions = extensionsOf(mail)
  const token = verifiedIn(deps.keyring, extensions)
  const header = (name: string) => mail.headers.get(name)
  if (token?.purpose === 'unsubscribe') {
    const why = await noChoice(mail)
    if (why) return ignore(deps, mail, why)
    await leave(deps, token.text, 'mailto')
    return
  }
  const ours = token?.purpose === 'feedback'
  const type = header('content-type') ?? ''
  const formal = /^\s*multipart\/report\b/i.test(type)
  // A person who forwards a bounce sends the same parts. From a mail server to a return path of ours it is one.
  const bounced = ours && isServer(mail.from)
  const refused = async (why: Why) => {
    if (formal) return ignore(deps, mail, why)
    await ignore(
      deps,
      mail,
      why === 'forwarded' || ours ? why : extensions.length > 0 ? 'foreign_token' : 'no_token',
    )
    // Awaited, since `setReject` may be a call to another process.
    if (!ours && !automatic({ from: mail.from, header }))
      await Promise.resolve(mail.setReject('There is no such address here.'))
  }
  if (!formal && !bounced && !/\bmultipart\//i.test(type)) return refused('not_a_report')
  if (mail.rawSize > MAIL_BYTES_MAX) return refused('too_large')
  const bytes = await beginningOf(mail.raw, SIGNED_BYTES_MAX + 1)
  const report = await readReport(bytes.subarray(0, REPORT_BYTES))
  if ('refused' in report) return refused(report.refused)
  if (report.loose && report.about === 'bounce' && !bounced) return refused('forwarded')
  if (report.entries.length === 0) return
  const returnPath = [...extensions, ...report.returnPath]
  const proven = await proofOf(deps, { ...report, returnPath }, bytes)
  if (!proven.claim) {
    if (proven.unsubscribe !== undefined) await leave(deps, proven.unsubscribe, 'report')
    return ignore(deps, mail, proven.why)
  }
  const { claim, place, proof, id } = proven
  const home = inCluster(deps, clusterOf(claim.topic))
  // The token identifies the recipient; anybody can write an address into a mail.
  const entry = entryOf(home, place.tenant, claim.addressId, report)
  if (!entry) return
  const { kind, status } = entry
  await takeReports(actingAs(home, { kind: 'mail_server' }), { ...place, door: 'mail', proof }, [
    { id, kind, about: { addressId: claim.addressId }, status, message: messageOf(claim, report) },
  ])
}

/** Unsubscribes the recipient of a token from its topic, which any holder of the token can do. */
export function leave(deps: InboundDeps, token: string, via: 'mailto' | 'report'): Promise<unknown> {
  const home = inCluster(deps, clusterOf(readToken(deps.keyring, 'unsubscribe', token)!.topic))
  return unsubscribe(actingAs(home, { kind: 'recipient' }), token, 'topic', via)
}

/**
 * Returns the report's entry about a recipient, found by the address; undefined where the report says that theirs did not fail.
 * Where servers rewrote the addresses, it is among the failures: the mildest of them.
 */
export function entryOf(
  { indexes }: Pick<InboundDeps, 'indexes'>,
  tenant: number,
  addressId: Uint8Array,
  { entries, spared }: MailReport,
): MailReport['entries'][number] | undefined {
  const index = indexes.tenant(tenant)
  const isTheirs = (address: string | undefined) => {
    const hash = address === undefined ? undefined : hashOfAddress(address)
    return hash !== undefined && equalBytes(index.id(hash), addressId)
  }
  const theirs = entries.find(({ address }) => isTheirs(address))
  // Whoever is not among as many as are looked at may stand behind them.
  if (theirs || spared.some(isTheirs) || entries.length === RECIPIENTS_MAX) return theirs
  return entries.find(({ kind }) => kind === 'transient') ?? entries[0]
}

/** Returns possible tokens of the addresses a mail was sent to; some servers name the original one in the header only. */
const extensionsOf = ({ to, headers }: IncomingMail): string[] =>
  extensionsIn([to, ...WRITTEN_TO.map(name => headers.get(name) ?? '')])

/** Counts an ignored mail for the workspace of its mailbox, in any cluster, or for none where that is unknown. */
async function ignore(deps: InboundDeps, { to, rawSize }: IncomingMail, why: Why): Promise<void> {
  const mailbox = to.toLowerCase().replace(/^([^+% @]*)(?:[+ ]|%2b)[^@]*@/, '$1@')
  const found = await Promise.all(
    deps.clusters.map(({ db }) =>
      db.read<[number | undefined]>('may-lag', [workspaceByMailbox(mailbox)]).catch(() => [undefined]),
    ),
  )
  const workspace = found.flat().find(number => number !== undefined) ?? NOBODY
  const home = inCluster(deps, workspace === NOBODY ? FIRST_CLUSTER : clusterOf(workspace))
  await refuse(home, { workspace, door: 'mail', why, bytes: rawSize })
}
