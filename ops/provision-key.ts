import { and, asc, eq, sql } from 'drizzle-orm'
import { type Children, keyIdOf, keyName, mintApiKey, type Permission } from '../core/api-key.ts'
import { type Clock, systemClock } from '../core/clock.ts'
import type { Keyring } from '../core/keys.ts'
import { apiKey, apiKeyById, keepApiKey } from '../db/api-key.ts'
import { builder, ordinary } from '../db/engine/builder.ts'
import type { Endpoint } from '../db/engine/hrana.ts'
import { append } from '../db/event.ts'
import { lineOf, revokeApiKey } from '../db/key-line.ts'
import { tenant, workspace } from '../db/tenant.ts'
import { commitAsOperator, operatorEvent, readAsOperator } from './operator.ts'

/** Creates a key for `tenant/workspace`. Returns its text, which is not stored, and its public name. */
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

/** Returns every key that exists or existed, without the hash of its secret. */
export async function listKeys(endpoint: Endpoint) {
  const [keys] = await readAsOperator(endpoint, [allKeys])
  return keys.map(({ id, tenant, workspace, cameOf, ...key }) => ({
    name: keyName(id),
    workspace: `${tenant}/${workspace}`,
    ...key,
    cameOf: cameOf && keyName(cameOf),
  }))
}

/** Effect on the line of a key that an operator revoked, by public names. */
export interface EndedLine {
  alsoRevoked: string[]
  kept: string[]
}

/**
 * Revokes a key by its public name, so that its next call is refused. The keys it made are revoked too or, with `keep`, lose
 * their maker. Throws for an unknown name, or a revoked key without a line.
 */
export async function revokeKey(
  endpoint: Endpoint,
  name: string,
  clock: Clock = systemClock,
  children: Children = 'end',
): Promise<EndedLine> {
  const id = keyIdOf(name)
  const [keys] = id ? await readAsOperator(endpoint, [apiKeyById(id)]) : [[]]
  const [key] = keys
  if (!id || !key) throw new Error(`there is no key ${name}`)
  const at = clock()
  const keep = children === 'keep'
  const line = { key: id, workspace: key.workspace, spared: null }
  const [known] = await readAsOperator(endpoint, [lineOf(line, at)])
  const event = (type: 'api_key.revoked' | 'api_key.kept', subject: string, data: Record<string, string>) =>
    operatorEvent({ at, tenant: key.tenant, workspace: key.workspace, type, subject, data })
  const entryOf = (one: Uint8Array) =>
    event(keep ? 'api_key.kept' : 'api_key.revoked', keyName(one), { with: name })
  const because = event('api_key.revoked', name, { children })
  const results = await commitAsOperator(
    endpoint,
    revokeApiKey({ line, known, because, entryOf, by: null }, keep),
  )
  if (results[0]!.affected === 0) throw new Error(`${name} is revoked already`)
  const late = results.at(-1)!.rows.map(([one]) => one as Uint8Array)
  if (late.length > 0)
    await commitAsOperator(
      endpoint,
      late.map(one => append(entryOf(one))),
    )
  const names = [...known.map(one => one.id), ...late].map(keyName)
  return { alsoRevoked: keep ? [] : names, kept: keep ? names : [] }
}

/** Asks for the numbers of a workspace and its tenant. */
export const workspaceByName = (tenantName: string, workspaceName: string) =>
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
      expiresAt: apiKey.expiresAt,
      cameOf: sql<Uint8Array | null>`coalesce(${apiKey.renewalOf}, ${apiKey.madeBy})`.mapWith(apiKey.madeBy),
    })
    .from(apiKey)
    .innerJoin(workspace, eq(workspace.number, apiKey.workspace))
    .innerJoin(tenant, eq(tenant.number, workspace.tenant))
    .orderBy(asc(tenant.number), asc(workspace.number), asc(apiKey.createdAt)),
)
