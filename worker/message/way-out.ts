import { folded } from './fold.ts'
import type { Link } from './page.ts'
import { placeholdersInLink } from './placeholders.ts'
import { leadsOut } from './target.ts'
import { denies, saysWayOut } from './way-out-words.ts'

/** What a body says of leaving: that it can be done, that it cannot, or nothing. */
export type WayOut = 'shown' | 'denied' | 'none'

/** An address of mail, to which a wish can be written. */
const MAILBOX = /[\w.+-]@[\w-]+\.[a-z]/i

/**
 * Says whether a body shows how to unsubscribe: by the link itself, by one that says so, or by such words beside a link or an
 * address. `ways` are the https addresses of List-Unsubscribe; `seen` is the text, folded.
 */
export function wayOutIn(links: readonly Link[], seen: string, ways: ReadonlySet<string>): WayOut {
  const followed = links.filter(({ url }) => leadsOut(url) && placeholdersInLink(url).length === 0)
  if (followed.some(link => isWayOut(link, ways))) return 'shown'
  const said = clausesOf(seen).filter(saysWayOut)
  if ((followed.length > 0 || MAILBOX.test(seen)) && said.some(clause => !denies(clause))) return 'shown'
  return said.some(denies) ? 'denied' : 'none'
}

/** Whether a link is a way out by where it leads or by its text. */
export const isWayOut = ({ url, label }: Link, ways: ReadonlySet<string>): boolean =>
  ways.has(url) ||
  saysWayOut(folded(url)) ||
  clausesOf(folded(label)).some(one => saysWayOut(one) && !denies(one))

const clausesOf = (text: string): string[] => text.split(/[.!?;:,\n。！？、，；؟،؛]/)
