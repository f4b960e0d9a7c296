import { and, asc, eq } from 'drizzle-orm'
import { keyIdOf, keyName, mintApiKey, type Permission } from '../worker/access/api-key.ts'
import { type Clock, systemClock } from '../worker/core/clock.ts'
import type { Keyring } from '../worker/core/keys.ts'
import { apiKey, apiKeyById, keepApiKey, revokeApiKey } from './api-key.ts'
import { builder, ordinary } from './builder.ts'
import type { Endpoint } from './hrana.ts'
import { commitAsOperator, operatorEvent, readAsOperator } from './operator.ts'
import { tenant, workspace } from './tenant.ts'

/** Creates a key for `tenant/workspace` and returns its text, which is kept nowhere, and its public name. */
export async function createKey(
  endpoint: Endpoint,
  keyring: Keyring,
  path: string,
  permissions: readonly Permission[],
  clock: Clock = systemClock,
): Promise<{ text: string; name: string }> {
  const [tenantName = '', workspaceName = '', ...rest] = path.split('/')
  const [places] = await readAsOperator(endpoint, [workspaceByName(tenantName, workspaceName)])
  const [place] = places
  if (!place || rest.length > 0) throw new Error(`there is no workspace ${path}`)
  const key = mintApiKey(keyring, place.tenant, place.workspace)
  const name = keyName(key.keyId)
  const now = clock()
  const row = {
    id: key.keyId,
    workspace: place.workspace,
    secretHash: key.secretHash,
    permissions: [...permissions],
    createdAt: now,
  }
  const created = operatorEvent({
    at: now,
    ...place,
    type: 'api_key.created',
    subject: name,
    data: { permissions: permissions.join(' ') },
  })
  await commitAsOperator(endpoint, keepApiKey(row, created))
  return { text: key.text, name }
}

/** Returns every key there is or was, without anything that would let one use it. */
export async function listKeys(endpoint: Endpoint) {
  const [keys] = await readAsOperator(endpoint, [allKeys])
  return keys.map(({ id, tenant, workspace, ...key }) => ({
    name: keyName(id),
    workspace: `${tenant}/${workspace}`,
    ...key,
  }))
}

/** Revokes a key by its public name: the next call with it is refused. Refuses a name that is unknown or revoked already. */
export async function revokeKey(endpoint: Endpoint, name: string, clock: Clock = systemClock): Promise<void> {
  const id = keyIdOf(name)
  const [keys] = id ? await readAsOperator(endpoint, [apiKeyById(id)]) : [[]]
  const [key] = keys
  if (!id || !key) throw new Error(`there is no key ${name}`)
  const now = clock()
  const revoked = operatorEvent({
    at: now,
    tenant: key.tenant,
    workspace: key.workspace,
    type: 'api_key.revoked',
    subject: name,
    data: {},
  })
  const [update] = await commitAsOperator(endpoint, revokeApiKey(id, key.workspace, revoked))
  if (update?.affected === 0) throw new Error(`${name} is revoked already`)
}

const workspaceByName = (tenantName: string, workspaceName: string) =>
  ordinary(
    builder
      .select({ tenant: tenant.number, workspace: workspace.number })
      .from(workspace)
      .innerJoin(tenant, eq(tenant.number, workspace.tenant))
      .where(and(eq(tenant.name, tenantName), eq(workspace.name, workspaceName))),
  )

const allKeys = ordinary(
  builder
    .select({
      id: apiKey.id,
      tenant: tenant.name,
      workspace: workspace.name,
      permissions: apiKey.permissions,
      createdAt: apiKey.createdAt,
      lastUsedAt: apiKey.lastUsedAt,
      revokedAt: apiKey.revokedAt,
    })
    .from(apiKey)
    .innerJoin(workspace, eq(workspace.number, apiKey.workspace))
    .innerJoin(tenant, eq(tenant.number, workspace.tenant))
    .orderBy(asc(tenant.number), asc(workspace.number), asc(apiKey.createdAt)),
)
