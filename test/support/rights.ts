import { expect } from 'vitest'
import type { World } from './world.ts'

export { test } from './mail.ts'

/** A Floe with the inbox of its recipients. */
interface Reached {
  world: World
  mail: { received(count: number): Promise<{ to: string; text: string }[]> }
}

/** Returns a form as a browser sends it. */
export const form = (fields: Record<string, string> | [string, string][]): RequestInit => ({
  method: 'POST',
  headers: { accept: 'text/html', 'user-agent': 'Browser/1' },
  body: new URLSearchParams(fields),
})

/** Enters an address on the page behind a recipient's preference link. */
export async function askFor(world: World, recipient: string, typed = recipient): Promise<Response> {
  const { preferencesUrl } = await world.links(recipient)
  return world.fetch(`${preferencesUrl}/access`, form({ address: typed }))
}

/** Returns the path of the link in a mail that opens data (`a`) or confirms an address (`r`). */
export const linkIn = ({ text }: { text: string }, kind: 'a' | 'r' = 'a'): string =>
  new RegExp(`/${kind}/[\\w-]{32}`).exec(text)![0]

/** Requests an access link and returns its path, once the mail has come and is recorded as sent. */
export async function accessLink({ world, mail }: Reached, recipient: string): Promise<string> {
  const before = await mail.received(0)
  const earlier = new Set(linksTo(recipient, before))
  expect((await askFor(world, recipient)).status).toBe(200)
  for (let count = before.length + 1; ; ) {
    const mails = await mail.received(count)
    const path = linksTo(recipient, mails).find(one => !earlier.has(one))
    if (path) {
      await mailedAll(world)
      return path
    }
    count = mails.length + 1
  }
}

const linksTo = (recipient: string, mails: { to: string; text: string }[]): string[] =>
  mails.filter(({ to, text }) => to === recipient && /\/a\//.test(text)).map(one => linkIn(one))

/** Waits until every mail of a link is recorded as sent. */
export const mailedAll = (world: World) =>
  expect
    .poll(() => world.sql('SELECT count(*) FROM rights_link WHERE mail_due_at IS NOT NULL'))
    .toEqual([[0]])

/** Returns the session in a data page. */
export const sessionIn = (page: string): string => /name="session" value="([^"]+)"/.exec(page)![1]!

/** A recipient's data, opened through a real mail. */
export interface OpenedData {
  session: string
  page: string
  /** Sends a form of the page and returns the answer. */
  send(path: string, fields?: Record<string, string>): Promise<Response>
}

/** Opens a recipient's data: enters the address, waits for the mail, presses the button of its link. */
export async function openData(mailing: Reached, recipient: string): Promise<OpenedData> {
  const { world } = mailing
  const answer = await world.fetch(await accessLink(mailing, recipient), form({}))
  const page = await answer.text()
  expect(answer.status, page).toBe(200)
  const session = sessionIn(page)
  return {
    session,
    page,
    send: (path, fields = {}) => world.fetch(`/your-data${path}`, form({ session, ...fields })),
  }
}

/** Returns a recipient's JSON export. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into all of it.
export async function exported({ send }: OpenedData): Promise<any> {
  const answer = await send('/export', { as: 'json' })
  expect(answer.status).toBe(200)
  return answer.json()
}
