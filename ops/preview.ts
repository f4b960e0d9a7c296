import * as z from 'zod'
import { toHex } from '../core/bytes.ts'
import { type Clock, systemClock } from '../core/clock.ts'
import type { Keyring } from '../core/keys.ts'
import { originOf } from '../core/origin.ts'
import { brand } from '../db/brand.ts'
import { builder, ordinary, statement } from '../db/engine/builder.ts'
import { appendIfChanged } from '../db/event.ts'
import { workspace } from '../db/tenant.ts'
import { mintPreview, PREVIEW_MS } from '../worker/brand/preview-link.ts'
import { brandFacts, brandRow } from './brand-plan.ts'
import { allTenants, commitAsOperator, type Operator, operatorEvent, readAsOperator } from './operator.ts'
import { type Plan, planSchema } from './plan.ts'

/** A brand that a sender can see before its recipients do. */
export interface Preview {
  path: string
  url: string
}

/**
 * Stores the brands of a plan without showing them, and returns a link to each that works for a week. Recipients' pages change
 * only once the plan is applied.
 */
export async function preview(
  operator: Operator,
  keyring: Keyring,
  baseUrl: string,
  plan: Plan,
  clock: Clock = systemClock,
): Promise<Preview[]> {
  const wanted = planSchema.safeParse(plan)
  if (!wanted.success) throw new Error(z.prettifyError(wanted.error))
  const [tenants, workspaces] = await readAsOperator(operator, [
    allTenants,
    ordinary(builder.select().from(workspace)),
  ])
  const now = clock()
  const previews: Preview[] = []
  const act = wanted.data.tenants.flatMap(t =>
    t.workspaces.flatMap(w => {
      if (!w.brand) return []
      const path = `${t.name}/${w.name}`
      const parent = tenants.find(row => row.name === t.name)
      const place = workspaces.find(row => row.tenant === parent?.number && row.name === w.name)
      if (!place) throw new Error(`${path} is not there yet; make the plan true without its brand first`)
      const row = { ...brandRow(w.brand), workspace: place.number, createdAt: now }
      const { digest, workspace: number } = row
      const token = mintPreview(keyring, { workspace: number, digest, expiresAt: now + PREVIEW_MS })
      previews.push({ path, url: `${originOf(place.linkHost, baseUrl)}/brand/preview/${token}` })
      return [
        statement(builder.insert(brand).values(row).onConflictDoNothing()),
        appendIfChanged(
          operatorEvent(operator, {
            at: now,
            tenant: place.tenant,
            workspace: number,
            type: 'brand.created',
            subject: toHex(digest),
            data: brandFacts(row),
          }),
        ),
      ]
    }),
  )
  if (act.length > 0) await commitAsOperator(operator, act)
  return previews
}
