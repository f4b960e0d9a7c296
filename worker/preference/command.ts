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

/** What a button of the page names behind its act. */
const NAMED: Record<string, string> = { pause: 'days', ask: 'topic', language: 'locale', undo: 'undo' }

/**
 * Returns the fields of the page's form as a JSON client would send them: `act` is what the button says, as in `pause 30`, and the
 * boxes are the `ticks` of any act but saving them. A single-valued field given twice stays a list, which the schema refuses.
 */
export function commandFields(form: FormData): Record<string, unknown> {
  // Without a prototype, since anybody may name a field.
  const given: Record<string, unknown[]> = Object.create(null)
  form.forEach((value, name) => {
    given[name] ??= []
    given[name].push(value)
  })
  const [, act, named] = /^(\w+) (.+)$/.exec(String(given['act'])) ?? []
  if (act) given['act'] = [act]
  const { shown = [], topic = [], ...others } = given
  const [pressed] = others['act'] ?? []
  if (named) {
    const field = NAMED[act!] ?? 'act'
    others[field] ??= []
    others[field].push(named)
  }
  if (pressed === 'save') return { ...single(others), shown, topic }
  // A page that was opened before its buttons named anything sends the topic it asks for as a box of its own.
  if (pressed === 'ask' && !named) return single({ ...others, topic })
  return { ...single(others), ...(shown.length + topic.length > 0 && { ticks: { shown, topic } }) }
}

const single = (fields: Record<string, unknown[]>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, values]) => {
      if (values.length > 1) return [name, values]
      return [name, name === 'days' && /^\d{2}$/.test(String(values)) ? Number(values) : values[0]]
    }),
  )
