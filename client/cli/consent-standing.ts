import { STATUS } from '../../worker/suppression/columns.ts'
import {
  bare,
  FLAG_COLUMNS,
  flagOf,
  type Meaning,
  meaningOf,
  words,
} from '../../worker/suppression/meanings.ts'

/** The columns that say whether a person is subscribed. */
export interface Standing {
  places: number[]
  /** Returns why a row is nobody's consent, or undefined where nothing in it says so. */
  error(cells: readonly string[]): 'not_subscribed' | 'unknown_status' | undefined
}

/** What a yes and a no mean. */
interface Flag {
  yes: Meaning
  no: Meaning
}

const SUBSCRIBES: Flag = { yes: 'not_suppressed', no: 'unsubscribed' }
const LEAVES: Flag = { yes: 'unsubscribed', no: 'not_suppressed' }

/** Words of who is subscribed. Others of whom mail may go to have not confirmed, or never subscribed: that is no consent. */
const SUBSCRIBED = new Set(
  words(`subscribed subscriber enabled active confirmed regular premium gifted opted-in opt-in optin angemeldet abonniert abonné
    inscrit suscrito iscritto ingeschreven aangemeld inscrito zapisany`),
)
/** Mailchimp's, in its lists of who left and whose mailbox is gone. */
const LEFT = words('unsub_time clean_time')
const DOUBLE_OPT_IN = words('double_opt-in')
/** Headings of states that are often of something else: their unknown words say nothing. */
const VAGUE = words('type event')

/** Returns the columns of states in a header, by its bare names; `only` is the one that the sender named. */
export function standingIn(names: readonly string[], only: number | undefined): Standing {
  const flags = names.flatMap((name, place): [number, Flag][] => {
    const flag = flagIn(name)
    if (only !== undefined) return place === only ? [[place, flag ?? SUBSCRIBES]] : []
    return flag ? [[place, flag]] : []
  })
  return {
    places: flags.map(([place]) => place),
    error(cells) {
      const errors = flags.map(([place, flag]) => errorOf(cells[place] ?? '', flag, names[place]!))
      return errors.find(error => error === 'not_subscribed') ?? errors.find(error => error !== undefined)
    },
  }
}

/** Whether a column holds a yes or no, which some write the day into. */
export const isYesOrNo = (name = ''): boolean => FLAG_COLUMNS.has(name) || DOUBLE_OPT_IN.includes(name)

function flagIn(name: string): Flag | undefined {
  // HubSpot has a column for each kind of mail that a person opted out of.
  if (LEFT.includes(name) || name.startsWith('optedoutofemail')) return LEAVES
  return (
    FLAG_COLUMNS.get(name) ?? (STATUS.includes(name) || DOUBLE_OPT_IN.includes(name) ? SUBSCRIBES : undefined)
  )
}

function errorOf(cell: string, flag: Flag, name: string) {
  // Brevo numbers yes and no as 1 and 2.
  const said = flagOf(DOUBLE_OPT_IN.includes(name) && cell.trim() === '2' ? 'no' : cell, flag)
  if (said === undefined) return undefined
  if (said === 'unknown_status') return VAGUE.includes(name) ? undefined : said
  if (said !== 'not_suppressed') return 'not_subscribed'
  return meaningOf(cell) === said && !SUBSCRIBED.has(bare(cell)) ? 'not_subscribed' : undefined
}
