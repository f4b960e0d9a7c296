import { type IncomingHttpHeaders, request } from 'node:http'
import { expect } from 'vitest'
import { addressHash, canonicalAddress } from '../../core/address.ts'
import { AddressIndexes, parseKey } from '../../core/keys.ts'
import type { Claim } from '../../core/token.ts'
import type { World } from '../support/world.ts'

/** What a mail client puts on the wire. */
export interface Sending {
  method?: string
  headers?: Record<string, string>
  /** Several pieces go out as chunks. */
  body?: string | Buffer | string[]
}

/** What comes back. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** Sends exactly these header fields and this body: `fetch` would add fields of its own. */
export const send = (
  world: World,
  url: string,
  { method = 'POST', headers = {}, body = '' }: Sending = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(world.url)
    const path = url.replace(/^https:\/\/[^/]+/, '')
    const sent = request({ hostname, port, path, method, headers, agent: false }, async response => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ status: response.statusCode!, headers: response.headers, text })
    })
    sent.on('error', reject)
    if (Array.isArray(body)) for (const chunk of body) sent.write(chunk)
    sent.end(Array.isArray(body) ? undefined : body)
  })

/** Demands the answer of a click that counts. */
export function expectDone({ status, text }: Pick<Answer, 'status' | 'text'>): void {
  expect([status, text]).toEqual([200, 'Unsubscribed.\n'])
}

/** Somebody a mail was sent to, and the link in it. */
export interface Recipient {
  address: string
  url: string
  token: string
  /** How many suppressions and how many ledger events there are about them, besides those that say that the same was chosen again. */
  traces(): Promise<{ suppressions: number; events: number }>
}

/** One row and one event: what a click leaves, however often and in whatever way it is sent. */
export const ONCE = { suppressions: 1, events: 1 }
export const NOTHING = { suppressions: 0, events: 0 }

let count = 0

/** Mints the link of somebody Floe has not heard of yet. */
export async function newRecipient(world: World, topic = 'news'): Promise<Recipient> {
  return recipientOf(world, `recipient-${++count}@example.com`, topic)
}

/** Mints the link of an address. */
export async function recipientOf(world: World, address: string, topic = 'news'): Promise<Recipient> {
  const { unsubscribeUrl: url } = await world.links(address, topic)
  const { addressId } = claimOf(world, address)
  return {
    address,
    url,
    token: url.slice(url.lastIndexOf('/') + 1),
    async traces() {
      const [[suppressions, events] = []] = await world.sql(
        "SELECT (SELECT count(*) FROM suppression WHERE address_id = ?1), (SELECT count(*) FROM event WHERE address_id = ?1 AND type <> 'suppression.repeated')",
        [addressId],
      )
      return { suppressions: Number(suppressions), events: Number(events) }
    },
  }
}

/** Returns what the link of an address claims: for links that no sender would be given. */
export function claimOf(world: World, address: string, topic: number = world.topics.news): Claim {
  const index = new AddressIndexes(parseKey(world.indexKey)!).tenant(world.tenant)
  return { topic, addressId: index.id(addressHash(canonicalAddress(address)!)), ref: new Uint8Array() }
}

/** Returns the lines a header field has when it is folded wherever it may be (RFC 5322 §2.2.3). */
export const foldedLines = (name: string, value: string): string[] => `${name}: ${value}`.split(/(?=[ \t])/)
