import * as z from 'zod'
import { canonicalAddress } from '../worker/core/address.ts'
import { REGIME_NAMES } from '../worker/rights/regime.ts'

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 of a-z, 0-9 and -, not starting with -')
// It stands in mail headers and on pages: one line, no control characters.
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .regex(/^\P{C}*$/u, 'must be one line of ordinary characters')
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
              unsubscribeMailbox: z
                .string()
                .refine(
                  text => canonicalAddress(text) === text && /^[a-z0-9.@_-]{3,28}$/.test(text),
                  'must be an address of at most 28 plain lower-case characters: with a longer one the List-Unsubscribe line would not stay intact',
                )
                .nullable()
                .optional(),
              consent: z.enum(['opt_in', 'opt_out']).optional(),
              mailFrom: z
                .string()
                .refine(text => canonicalAddress(text) === text, 'must be an address in lower case')
                .nullable()
                .optional(),
              confirmationsPerDay: z.int().min(0).max(1_000_000).optional(),
              regimes: z.array(z.enum(REGIME_NAMES)).min(1).optional(),
              notices: z
                .array(
                  z.strictObject({
                    name,
                    version: z
                      .string()
                      .regex(
                        /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
                        'must be 1 to 63 of letters, digits, . _ and -',
                      ),
                    url: z.url({ protocol: /^https?$/ }).max(2048),
                    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits'),
                  }),
                )
                .default([]),
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
