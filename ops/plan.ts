import * as z from 'zod'
import { canonicalAddress } from '../core/address.ts'
import { REGIME_NAMES } from '../worker/rights/regime.ts'
import { brandSchema, linkHostSchema } from './brand-plan.ts'
import { noticeSchema } from './notice-plan.ts'
import { line, name } from './plan-text.ts'

const ORIGIN =
  'must be an https origin such as https://account.acme.example: no path, no star, lower case, in punycode'

/** Mailbox that mail programs write to with a token after a plus sign; header lines with it stay intact. */
const mailbox = z
  .string()
  .refine(
    text => canonicalAddress(text) === text && /^[a-z0-9.@_-]{3,28}$/.test(text),
    'must be an address of at most 28 plain lower-case characters: with a longer one the List-Unsubscribe line would not stay intact',
  )
  .nullable()
  .optional()

/** Most origins that may frame a workspace's preference center, or that its sign-ups may lead back to. */
const ORIGINS_MAX = 10

/** An origin as a browser names it. Characters that a header takes for several origins, such as `*`, `;` and `,`, are refused. */
const origin = z
  .string()
  .max(200, 'must have at most 200 characters')
  .regex(/^https:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[0-9-]*[a-z][a-z0-9-]*(?::\d{1,5})?$/, ORIGIN)
  .refine(text => URL.canParse(text) && new URL(text).origin === text, ORIGIN)
const origins = z.array(origin).max(ORIGINS_MAX, `may name ${ORIGINS_MAX} origins`).optional()
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
              embeddedIn: origins,
              returnOrigins: origins,
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

/** Wanted tenants, workspaces and topics. A setting that is left out stays as it is; `null` removes it. */
export type Plan = z.input<typeof planSchema>
