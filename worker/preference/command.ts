import type { InputOf } from '../call/operation.ts'
import type * as api from './api.ts'

/** Rate limit units of commands that neither stop mail nor opt out: those of a page, or of a mail. */
export const COMMAND_UNITS: Partial<Record<PreferenceCommand['act'], number>> = {
  ask: 10,
  language: 1,
  undo: 1,
}

/** A parsed command of the preference center. */
export type PreferenceCommand = InputOf<typeof api.updatePreferences>

/**
 * Returns the fields of the page's form as a JSON client would send them. A single-valued field given twice stays a list,
 * which the schema refuses.
 */
export function commandFields(form: FormData): Record<string, unknown> {
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
