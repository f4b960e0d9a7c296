import type { InputOf } from '../http/operation.ts'
import type * as api from './api.ts'

/** What wishes that neither stop mail nor opt out take from a network's allowance: as much as a page, or as a mail that is asked for. */
export const WISH_UNITS: Partial<Record<PreferenceCommand['act'], number>> = { ask: 10, language: 1, undo: 1 }

/** A wish, parsed. */
export type PreferenceCommand = InputOf<typeof api.updatePreferences>

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
