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
  const given = new Map<string, unknown[]>()
  form.forEach((value, name) => {
    const others = given.get(name)
    if (others) others.push(value)
    else given.set(name, [value])
  })
  const [, act, argument] = /^(\w+) (.+)$/.exec(String(given.get('act'))) ?? []
  if (act !== undefined) given.set('act', [act])
  const { shown = [], topic = [], ...others } = Object.fromEntries(given)
  const pressed = others['act']?.[0]
  if (pressed === 'save') return { ...single(others), shown, topic, ...(argument && { argument }) }
  // A page that was opened before its buttons named anything sends the topic it asks for as a box of its own.
  if (pressed === 'ask' && argument === undefined) others['topic'] = topic
  else if (shown.length + topic.length > 0) others['ticks'] = [{ shown, topic }]
  const field = NAMED[act ?? ''] ?? 'act'
  if (argument !== undefined) others[field] = [...(others[field] ?? []), argument]
  return single(others)
}

const single = (fields: Record<string, unknown[]>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, [first, ...more]]) => [
      name,
      more.length > 0
        ? [first, ...more]
        : name === 'days' && /^\d{2}$/.test(String(first))
          ? Number(first)
          : first,
    ]),
  )
