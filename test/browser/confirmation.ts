import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Visit } from '../support/browser.ts'
import type { ReceivedMail } from '../support/mail.ts'
import { signUp } from '../support/sign-up.ts'
import type { World } from '../support/world.ts'
import { at } from './pages.ts'

export const BOB = 'bob@example.com'

/** Asks for the confirmation of a sign-up, by a mail of Floe's. */
export async function ask(world: World, address: string, more: object = {}): Promise<void> {
  const answer = await world.call('/v1/subscriptions', signUp(address, more))
  expect(answer.status).toBe(202)
  expect(await answer.json()).toEqual({ id: expect.stringMatching(/^req_/), status: 'pending' })
}

/** Opens the mail as its reader's program shows it, and follows a link in it. */
export async function follow(
  visit: Visit,
  world: World,
  mail: ReceivedMail,
  which: 'confirm' | 'cancel',
): Promise<Page> {
  const page = await visit('about:blank')
  await page.setContent(mail.html)
  const links = await Promise.all((await page.locator('a').all()).map(link => link.getAttribute('href')))
  const link = links.find(href => href?.includes('/c/') && href.endsWith('/cancel') === (which === 'cancel'))
  await page.goto(at(world, link!))
  return page
}
