import { asc, eq, sql } from 'drizzle-orm'
import { type Children, keyIdOf, keyName, type Permission } from '../core/api-key.ts'
import { type Clock, systemClock } from '../core/clock.ts'
import type { Keyring } from '../core/keys.ts'
import { apiKey, apiKeyById } from '../db/api-key.ts'
import { builder, ordinary } from '../db/engine/builder.ts'
import type { Endpoint } from '../db/engine/hrana.ts'
import { tenant, workspace } from '../db/tenant.ts'
import { createApiKey } from '../worker/access/create-key.ts'
import { revokeKey as revoke } from '../worker/access/revoke-key.ts'
import { callerOf, isFault, placeOf, servicesOf } from './caller.ts'
import { type Operator, readAsOperator } from './operator.ts'

/** Creates a key for `tenant/workspace`. Returns its text, which is not stored, and its public name. */
export async function createKey(
  operator: Operator,
  keyring: Keyring,
  path: string,
  permissions: readonly Permission[],
  clock: Clock = systemClock,
): Promise<{ text: string; name: string }> {
  const caller = callerOf(operator, await placeOf(operator, path))
  const services = { ...servicesOf(operator, clock), keyring }
  const { id, key } = await createApiKey(services, caller, { permissions: [...permissions] })
  return { text: key, name: id }
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
  operator: Operator,
  name: string,
  clock: Clock = systemClock,
  children: Children = 'end',
): Promise<EndedLine> {
  const id = keyIdOf(name)
  const [keys] = id ? await readAsOperator(operator, [apiKeyById(id)]) : [[]]
  const [place] = keys
  if (!place) throw new Error(`there is no key ${name}`)
  return revoke(servicesOf(operator, clock), callerOf(operator, place), { id: name, children }).catch(
    error => {
      // The key is there, so that the verb found nothing left to revoke.
      if (isFault(error, 'key.not_found')) throw new Error(`${name} is revoked already`)
      throw error
    },
  )
}

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
