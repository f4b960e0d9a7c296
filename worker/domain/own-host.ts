import { within } from '../../core/deadline.ts'
import { workspaceOfHost } from '../../db/link-host.ts'
import type { HostDeps, LinkReaders, WorkspaceOf } from './deps.ts'

const LINK = /^\/([upcars])\/([^/]+)/
/** How long a host is remembered as unowned: a host assigned meanwhile takes effect after so long at most. */
const UNKNOWN_MS = 60 * 1000
/** How long a request waits for the owner of its host, of a mail client's 5 s for everything. */
const LOOK_MS = 500
/** Hosts remembered; made-up names fill the cache, and cost a query each. */
const HOSTS_MAX = 1000

/**
 * Returns the request to route. On the host of a workspace, the token of another workspace's link is replaced by an invalid
 * one, so that the answer tells nothing. The platform's own host serves every link, and so does an unowned host: links mailed
 * under a former name of the platform keep working.
 *
 * The owner of a link is no secret, and its signature is verified in any case. So a link works where the database cannot tell
 * the owner of the host: no unsubscribe is lost to a name.
 */
export async function onOwnHost<D extends HostDeps>(
  deps: D,
  readers: LinkReaders<D>,
  request: Request,
  path: string,
): Promise<Request> {
  const [, purpose, token] = LINK.exec(path) ?? []
  if (!purpose || !token || request.url.startsWith(`${deps.baseUrl}/`)) return request
  const url = new URL(request.url)
  // Addresses and `localhost` are never a workspace's host.
  if (/^[\d.]+$|^\[|^localhost$/.test(url.hostname)) return request
  // A token with a bad signature costs no query, on any host.
  const workspaceOf = readers[purpose]?.(deps, token)
  if (!workspaceOf) return request
  const foreign = isForeign(deps, url.hostname, workspaceOf).catch(error => {
    deps.log('link host', error)
    return false
  })
  if (!(await within(LOOK_MS, foreign, () => false))) return request
  url.pathname = path.replace(token, '-')
  return new Request(url, request)
}

/** Whether the host belongs to one workspace and the link to another. */
async function isForeign(deps: HostDeps, host: string, workspaceOf: WorkspaceOf): Promise<boolean> {
  const owner = await ownerOf(deps, host)
  if (owner === undefined) return false
  const workspace = await workspaceOf()
  return workspace !== undefined && workspace !== owner
}

/** Returns the workspace that owns a host, in any cluster; undefined where none does. Throws `database.unavailable`. */
export async function ownerOf(
  deps: Pick<HostDeps, 'clock' | 'clusters' | 'hosts'>,
  host: string,
): Promise<number | undefined> {
  const known = deps.hosts.get(host)
  const now = deps.clock()
  // The owner of a host never changes; an unowned host may get one.
  if (known && (known.workspace !== undefined || known.asOf + UNKNOWN_MS > now)) return known.workspace
  const workspace = await askEveryCluster(deps, host)
  if (deps.hosts.size >= HOSTS_MAX) deps.hosts.clear()
  deps.hosts.set(host, { workspace, asOf: now })
  return workspace
}

/** Asks every cluster for the owner of a host. Throws `database.unavailable` where none knows it and one did not answer. */
async function askEveryCluster(
  { clusters }: Pick<HostDeps, 'clusters'>,
  host: string,
): Promise<number | undefined> {
  const asked = clusters.map(async ({ db }) => (await db.read('may-lag', [workspaceOfHost(host)]))[0])
  // The first cluster that knows the host decides, without waiting for unreachable ones.
  const found = asked.map(answer =>
    answer.then(workspace => workspace ?? Promise.reject(new Error('not here'))),
  )
  return Promise.any(found).catch(async () => (await Promise.all(asked))[0])
}
