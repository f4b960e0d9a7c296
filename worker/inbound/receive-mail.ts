import { workspaceByMailbox } from '../../db/inbound.ts'
import { inCluster } from '../cluster/home.ts'
import { clusterOf, FIRST_CLUSTER } from '../core/cluster.ts'
import { type Claim, readToken } from '../core/token.ts'
import type { Deps } from '../deps.ts'
import { findPlace } from '../unsubscribe/place.ts'
import { unsubscribe } from '../unsubscribe/unsubscribe.ts'
import { automatic } from './automatic.ts'
import { beginningOf } from './beginning.ts'
import { MAIL_OCTETS_MAX, type MailReport, mailReport, REPORT_OCTETS } from './mail-report.ts'
import { NOBODY, type Why } from './refusal.ts'
import { refuse } from './refuse.ts'
import { takeReports } from './take.ts'

/** A mail as the runtime hands it over. */
export type IncomingMail = Pick<
  ForwardableEmailMessage,
  'from' | 'to' | 'headers' | 'raw' | 'rawSize' | 'setReject'
>

/**
 * Takes a mail: to an unsubscribe address it unsubscribes, to a feedback address it is a report. The token in the address, or in the mail
 * a report is about, is the proof; who wrote the mail is not asked. Nothing is ever answered, so that no mail of ours meets a stranger.
 *
 * A person's mail to an address that is not ours is refused while its server waits, so that they learn of it. Throws
 * `database.unavailable`: the mail is then not taken, and its server tries again.
 */
export async function receiveMail(deps: Deps, mail: IncomingMail): Promise<void> {
  const extension = extensionOf(mail)
  const leaving = extension && readToken(deps.keyring, 'unsubscribe', extension)
  const header = (name: string) => mail.headers.get(name)
  if (leaving) {
    const why = automatic({ from: mail.from, header })
    if (why) return ignore(deps, mail, why)
    await unsubscribe(inCluster(deps, clusterOf(leaving.topic)), extension, 'topic', 'mailto')
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
  if (mail.rawSize > MAIL_OCTETS_MAX) return ignore(deps, mail, 'too_large')
  const report = await mailReport(await beginningOf(mail.raw, REPORT_OCTETS))
  if ('refused' in report) return ignore(deps, mail, report.refused)
  const claim = (extension && readToken(deps.keyring, 'feedback', extension)) || claimIn(deps, report)
  if (!claim) return ignore(deps, mail, report.tokens.length > 0 || extension ? 'foreign_token' : 'no_token')
  const home = inCluster(deps, clusterOf(claim.topic))
  const place = await findPlace(home, claim.topic)
  if (!place) return ignore(deps, mail, 'foreign_token')
  // The token says who it is; an address in a mail that anybody can write says nothing.
  const [entry] = report.entries
  if (!entry) return
  await takeReports(home, { ...place, door: 'mail', actor: 'mail_server' }, [
    { id: report.id, kind: entry.kind, about: { addressId: claim.addressId }, status: entry.status },
  ])
}

/** Returns what the first token of ours in the mail of a report claims. */
export function claimIn(deps: Deps, { tokens }: MailReport): Claim | undefined {
  for (const text of tokens) {
    const claim = readToken(deps.keyring, 'feedback', text) ?? readToken(deps.keyring, 'unsubscribe', text)
    if (claim) return claim
  }
  return undefined
}

/** Returns what stands behind the plus sign of the address a mail was sent to; some servers tell it in the mail alone. */
function extensionOf({ to, headers }: IncomingMail): string | undefined {
  for (const text of [to, headers.get('to') ?? '', headers.get('delivered-to') ?? '']) {
    const extension = /\+([\w-]{39,50})@/.exec(text)?.[1]
    if (extension !== undefined) return extension
  }
  return undefined
}

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
  await refuse(home, { workspace, door: 'mail', why, octets: rawSize })
}
