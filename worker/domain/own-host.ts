import { within } from '../../core/deadline.ts'
import { readToken } from '../../core/token.ts'
import { workspaceOfHost } from '../../db/link-host.ts'
import { linkByRef } from '../../db/rights-link.ts'
import { requestByRef } from '../../db/subscription-request.ts'
import type { Deps } from '../deps.ts'
import { readLink } from '../rights/link.ts'
import { readConfirmToken } from '../subscription/link.ts'
import { findTopicOwner } from '../unsubscribe/topic-owner.ts'

const LINK = /^\/([upcar])\/([^/]+)/
/** How long a host that nobody's links stand on is taken for one: so soon one that was just given away is its workspace's alone. */
const UNKNOWN_MS = 60 * 1000
/** How long a request waits to hear whose its host is: a mail client has 5 s for everything. */
const LOOK_MS = 500
/** Hosts remembered; whoever calls by made-up names gains nothing but a look-up each. */
const HOSTS_MAX = 1000

/**
 * Returns a request as it is to be answered on its host. On a host that belongs to a workspace, the link of another one is
 * turned into no link at all, so that nothing can be told from the answer. The platform's own host serves every link, and so
 * does one that is nobody's: links mailed under an earlier name of the platform's keep working.
 *
 * Which brand stands around a link is no secret, and its signature is looked at in any case. So where the database does not
 * say whose a host is, the link works: an unsubscribe is not lost for a name.
 */
export async function onOwnHost(deps: Deps, request: Request): Promise<Request> {
  if (request.url.startsWith(`${deps.baseUrl}/`)) return request
  const url = new URL(request.url)
  // A workspace's host has a name.
  if (/^[\d.]+$|^\[|^localhost$/.test(url.hostname)) return request
  const [, purpose, token] = LINK.exec(url.pathname) ?? []
  if (!purpose || !token) return request
  // A link that is made up costs the database no question, on whatever host.
  const workspaceOf = readerOf(deps, purpose, token)
  if (!workspaceOf) return request
  const foreign = isForeign(deps, url.hostname, workspaceOf).catch(error => {
    deps.log('link host', error)
    return false
  })
  if (!(await within(LOOK_MS, foreign, () => false))) return request
  url.pathname = url.pathname.replace(token, '-')
  return new Request(url, request)
}

/** Whether a host belongs to a workspace, and the link to another one. */
async function isForeign(deps: Deps, host: string, workspaceOf: WorkspaceOf): Promise<boolean> {
  const owner = await ownerOf(deps, host)
  if (owner === undefined) return false
  const workspace = await workspaceOf()
  return workspace !== undefined && workspace !== owner
}

/** Returns the workspace whose links stand on a host, of whatever cluster it is. Throws `database.unavailable`. */
export async function ownerOf(
  deps: Pick<Deps, 'clock' | 'clusters' | 'hosts'>,
  host: string,
): Promise<number | undefined> {
  const known = deps.hosts.get(host)
  const now = deps.clock()
  // Whose a host is never changes; that it is nobody's may.
  if (known && (known.workspace !== undefined || known.asOf + UNKNOWN_MS > now)) return known.workspace
  const workspace = await askEveryCluster(deps, host)
  if (deps.hosts.size >= HOSTS_MAX) deps.hosts.clear()
  deps.hosts.set(host, { workspace, asOf: now })
  return workspace
}

/** Asks for a host's workspace wherever it may be at home. Throws `database.unavailable` where nobody knows it and somebody was away. */
async function askEveryCluster(
  { clusters }: Pick<Deps, 'clusters'>,
  host: string,
): Promise<number | undefined> {
  const asked = clusters.map(async ({ db }) => (await db.read('may-lag', [workspaceOfHost(host)]))[0])
  // Who knows it need not wait for one that is away.
  const found = asked.map(answer =>
    answer.then(workspace => workspace ?? Promise.reject(new Error('not here'))),
  )
  return Promise.any(found).catch(async () => (await Promise.all(asked))[0])
}

/** Asks whose a link is; undefined where it leads nowhere: that is for its own route to say. */
type WorkspaceOf = () => Promise<number | undefined>

/** Returns what asks whose a link is, or undefined where it is not signed by us. */
function readerOf(deps: Deps, purpose: string, token: string): WorkspaceOf | undefined {
  if (purpose === 'c') {
    const ref = readConfirmToken(deps.keyring, token)
    return ref && (async () => (await deps.db.read('fresh', [requestByRef(ref)]))[0][0]?.workspace)
  }
  if (purpose === 'a' || purpose === 'r') {
    const ref = readLink(deps, purpose === 'a' ? 'access' : 'correction', token)
    return ref && (async () => (await deps.db.read('fresh', [linkByRef(ref)]))[0][0]?.workspace)
  }
  const claim = readToken(deps.keyring, purpose === 'u' ? 'unsubscribe' : 'preferences', token)
  return claim && (async () => (await findTopicOwner(deps, claim.topic))?.workspace)
}
