import { expect } from 'vitest'
import { signUp } from './sign-up.ts'
import type { World } from './world.ts'

/** A sign-up form, as its sender makes it. */
export const SIGN_UP_FORM = {
  name: 'Footer',
  topics: ['news'],
  notice: { name: 'privacy', version: '1' },
  wording: 'Yes.',
  pageUrl: 'https://north.example/',
  locale: 'en',
}

/** The answer to a sign-up where senders mail the link themselves. */
export interface Requested {
  id: string
  status: string
  confirmation: { confirmUrl: string; cancelUrl: string; headers: Record<string, string>; expiresAt: string }
}

/** Requests a confirmation and expects the answer of every sign-up. */
export async function request(world: World, address: string, more: object = {}): Promise<Requested> {
  const answer = await world.call('/v1/subscriptions', signUp(address, more))
  const text = await answer.text()
  expect(answer.status, text).toBe(202)
  return JSON.parse(text) as Requested
}

/** Requests a confirmation as from a Floe that mails, so that the link counts as the recipient's alone. */
export async function mailedRequest(world: World, address: string, more: object = {}): Promise<Requested> {
  const requested = await request(world, address, more)
  await world.update('subscription_request', 'given_to_sender = 0')
  return requested
}

/** Presses a button of a confirmation page, as a browser does. */
export const press = (world: World, url: string, headers: Record<string, string> = {}): Promise<Response> =>
  world.fetch(url, {
    method: 'POST',
    headers: { accept: 'text/html', 'user-agent': 'Browser/1', ...headers },
  })

/** Returns types and data of the events about recipients, in order. */
export async function ledger(world: World): Promise<[type: string, data: Record<string, unknown>][]> {
  const rows = await world.sql('SELECT type, data FROM event WHERE address_id IS NOT NULL ORDER BY seq')
  return rows.map(([type, data]) => [String(type), JSON.parse(String(data))])
}

/** Returns the types of the events about recipients, in order. */
export const happened = async (world: World): Promise<string[]> => (await ledger(world)).map(([type]) => type)
