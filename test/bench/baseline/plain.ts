import { createClient } from '@libsql/client/web'
import { and, inArray, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { toHex } from '../../../core/bytes.ts'
import { bytes } from '../../../db/engine/builder.ts'

const suppression = sqliteTable('suppression', {
  addressId: bytes('address_id').notNull(),
  scope: integer().notNull(),
  reason: integer().notNull(),
  at: integer().notNull(),
})
const input = z.object({ addresses: z.array(z.string()) })
const PARAMETERS_MAX = 5000

/** The check in its straightforward form: a schema, WebCrypto for each address, and IN lists through a query builder. */
export default {
  async fetch(request: Request, env: { DATABASE_URL: string; INDEX_KEY: string; SCOPES: string }) {
    if (request.method === 'GET') return new Response('ok')
    const { addresses } = input.parse(await request.json())
    const raw = Uint8Array.from(atob(env.INDEX_KEY), character => character.charCodeAt(0))
    const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    const ids = await Promise.all(
      addresses.map(async address => {
        const hash = await crypto.subtle.digest(
          'SHA-256',
          new TextEncoder().encode(address.trim().toLowerCase()),
        )
        return new Uint8Array(await crypto.subtle.sign('HMAC', key, hash)).slice(0, 12)
      }),
    )
    const db = drizzle(createClient({ url: env.DATABASE_URL }))
    const scopes = env.SCOPES.split(',').map(Number)
    const found = new Set<string>()
    for (let from = 0; from < ids.length; from += PARAMETERS_MAX) {
      const some = ids.slice(from, from + PARAMETERS_MAX)
      const rows = await db
        // The driver returns blobs as text where there is no Buffer.
        .select({ id: sql<string>`lower(hex(${suppression.addressId}))` })
        .from(suppression)
        .where(and(inArray(suppression.addressId, some), inArray(suppression.scope, scopes)))
      for (const row of rows) found.add(row.id)
    }
    const results = addresses.map((address, i) => ({
      address,
      decision: found.has(toHex(ids[i]!)) ? 'deny' : 'allow',
    }))
    return Response.json({ asOf: new Date().toISOString(), results })
  },
}
