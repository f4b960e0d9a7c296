import * as z from 'zod'
import { canonicalAddress } from '../worker/core/address.ts'
import { REGIME_NAMES } from '../worker/rights/regime.ts'
import { brandSchema, linkHostSchema } from './brand-plan.ts'
import { noticeSchema } from './notice-plan.ts'
import { line, name } from './plan-text.ts'

/** Mail programs write to it with a token behind a plus sign, and header lines with it stay intact. */
const mailbox = z
  .string()
  .refine(
    text => canonicalAddress(text) === text && /^[a-z0-9.@_-]{3,28}$/.test(text),
    'must be an address of at most 28 plain lower-case characters: with a longer one the List-Unsubscribe line would not stay intact',
  )
  .nullable()
  .optional()
const unlikeNames = <T extends { name: string }>(list: T[]) =>
  new Set(list.map(item => item.name)).size === list.length

/** The schema of a plan. */
export const planSchema = z.strictObject({
  tenants: z
    .array(
      z.strictObject({
        name,
        displayName: line(100),
        workspaces: z
          .array(
            z.strictObject({
              name,
              displayName: line(100),
              unsubscribeMailbox: mailbox,
              feedbackMailbox: mailbox,
              legalName: line(200).nullable().optional(),
              postalAddress: line(300).nullable().optional(),
              consent: z.enum(['opt_in', 'opt_out']).optional(),
              mailFrom: z
                .string()
                .refine(text => canonicalAddress(text) === text, 'must be an address in lower case')
                .nullable()
                .optional(),
              confirmationsPerDay: z.int().min(0).max(1_000_000).optional(),
              regimes: z.array(z.enum(REGIME_NAMES)).min(1).optional(),
              brand: brandSchema.nullable().optional(),
              linkHost: linkHostSchema.nullable().optional(),
              notices: z.array(noticeSchema).default([]),
              topics: z
                .array(
                  z.strictObject({
                    name,
                    displayName: line(100),
                    description: line(500),
                    frequency: line(60).nullable().optional(),
                    kind: z.enum(['marketing', 'transactional']),
                    consent: z.enum(['opt_in', 'opt_out']).nullable().optional(),
                  }),
                )
                .refine(unlikeNames, 'two topics have the same name'),
            }),
          )
          .refine(unlikeNames, 'two workspaces have the same name'),
      }),
    )
    .refine(unlikeNames, 'two tenants have the same name'),
})

/** What there is to be: tenants, their workspaces, their topics. What a workspace or topic leaves out of its settings stays as it is; `null` takes it away. */
export type Plan = z.input<typeof planSchema>
