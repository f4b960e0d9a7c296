import { expect } from 'vitest'
import { DEMO_ADDRESS as ADA } from '../../local/seed.ts'
import type { Mailing } from '../support/mail.ts'
import { mailedAll, type OpenedData, openData } from '../support/rights.ts'
import { signUp } from '../support/sign-up.ts'
import { answered, type World } from '../support/world.ts'

export const BOB = 'bob@example.com'
export const DAY = 24 * 60 * 60 * 1000

export const confirmLink = ({ text }: { text: string }): string => /\/c\/[\w-]{32}/.exec(text)![0]
export const signedUp = async (world: World, address: string, more: object = {}): Promise<unknown> => {
  const answer = await world.call('/v1/subscriptions', signUp(address, more))
  const { id, ...rest } = (await answer.json()) as { id: string }
  return [answer.status, id.length, rest]
}
/** Asks for a topic by a preference link, as its holder or the sender who mints it can. */
export const askBy = async (world: World, address: string): Promise<unknown> => {
  const { preferencesUrl } = await world.links(address)
  const answer = await world.fetch(preferencesUrl, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ act: 'ask', topic: 'news' }),
  })
  return (await answered(answer)).done
}
/** Waits until nothing is left to be mailed. */
export const allOut = async (world: World) => {
  await mailedAll(world)
  await expect
    .poll(() => world.sql('SELECT count(*) FROM subscription_request WHERE mail_due_at IS NOT NULL'))
    .toEqual([[0]])
}
/** Lets time pass for whatever is counted about whom Floe mails, and not for what its links open. */
export const pass = async (world: World, ms: number) => {
  for (const table of ['subscription_request', 'rights_link'] as const)
    await world.update(table, 'requested_at = requested_at - ?', [ms])
  await world.update('recipient_mail', 'at = at - ?', [ms])
}
export const mailsIn = async ({ mail }: Mailing) => (await mail.received(0)).map(({ to }) => to)

/** Somebody's way to have a recipient mailed. */
export type Ask = (mailing: Mailing) => Promise<unknown>

/** Asks, as the holder of a session, whether it is a recipient's new address. */
export const corrections = async (mailing: Mailing): Promise<Ask> => {
  const sessions: OpenedData[] = [await openData(mailing, ADA), await openData(mailing, 'eve@example.com')]
  return async () => {
    for (const { send } of sessions) await (await send('/address', { address: BOB })).text()
  }
}
