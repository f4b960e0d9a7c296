import * as z from 'zod/mini'
import { LOCALES } from '../../core/locale.ts'

const names = z.array(z.string().check(z.maxLength(63))).check(z.maxLength(200))

/**
 * What a recipient can ask of the preference center. `save` carries what the page showed as on (`shown`) and what of it stays
 * (`topic`), so that two open pages cannot undo each other. A link in a mail only ever reduces mail: `ask` mails a confirmation, and
 * `undo` takes what only the answer to an act holds.
 */
export const WishInput = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('save'), shown: z._default(names, []), topic: z._default(names, []) }),
  z.strictObject({ act: z.literal('pause'), days: z.literal([30, 60, 90]) }),
  z.strictObject({ act: z.literal('stop') }),
  z.strictObject({ act: z.literal('ask'), topic: z.string().check(z.maxLength(63)) }),
  z.strictObject({ act: z.literal('language'), locale: z.enum(LOCALES) }),
  z.strictObject({ act: z.literal('opt_out_of_sale') }),
  z.strictObject({ act: z.literal('undo'), undo: z.string().check(z.maxLength(1500)) }),
])

/** What wishes that neither stop mail nor opt out take from a network's allowance: as much as a page, or as a mail that is asked for. */
export const WISH_UNITS: Partial<Record<PreferenceCommand['act'], number>> = { ask: 10, language: 1, undo: 1 }

/** A wish, parsed. */
export type PreferenceCommand = z.infer<typeof WishInput>

/** Returns the fields of the page's form as a program would send them. A field that stands there twice where one belongs stays two, and is refused. */
export function wishFields(form: FormData): Record<string, unknown> {
  const given = new Map<string, unknown[]>()
  form.forEach((value, name) => {
    const others = given.get(name)
    if (others) others.push(value)
    else given.set(name, [value])
  })
  const several = form.get('act') === 'save' ? ['shown', 'topic'] : []
  const fieldOf = (name: string, values: unknown[]): unknown => {
    if (several.includes(name) || values.length > 1) return values
    return name === 'days' && /^\d{2}$/.test(String(values[0])) ? Number(values[0]) : values[0]
  }
  return Object.fromEntries([...given].map(([name, values]) => [name, fieldOf(name, values)]))
}
