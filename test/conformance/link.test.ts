import { createHash } from 'node:crypto'
import { describe, expect, vi } from 'vitest'
import { openKeyring, parseKeyring } from '../../core/keys.ts'
import { mintToken } from '../../core/token.ts'
import { newSecrets } from '../../local/secrets.ts'
import { openWorker } from '../support/worker.ts'
import { answered, test, type World } from '../support/world.ts'
import {
  type Answer,
  claimOf,
  expectDone,
  NOTHING,
  newRecipient,
  ONCE,
  type Recipient,
  recipientOf,
  send,
} from './client.ts'

describe('the link says by itself who leaves what', () => {
  test('the address alone, without a field or a byte of body, unsubscribes its recipient from its topic', async ({
    sharedWorld: world,
  }) => {
    const ada = await newRecipient(world)
    expectDone(await send(world, ada.url))
    expect(await ada.traces()).toEqual(ONCE)
    expect(await world.check(ada.address)).toMatchObject({ reason: 'unsubscribed', scope: 'topic' })
    expect(await world.check(ada.address, { topic: 'offers' })).toMatchObject({ decision: 'allow' })
  })

  test('each recipient has a link of their own, and one click touches nobody else', async ({
    sharedWorld: world,
  }) => {
    const [ada, bob] = [await newRecipient(world), await newRecipient(world)]
    expect(ada.token).not.toBe(bob.token)
    expectDone(await send(world, ada.url))
    expect(await bob.traces()).toEqual(NOTHING)
    expect(await world.check(bob.address)).toMatchObject({ decision: 'allow' })
  })

  test('it works for somebody who never subscribed, never confirmed and was never heard of', async ({
    sharedWorld: world,
  }) => {
    const stranger = await newRecipient(world)
    expect(await stranger.traces()).toEqual(NOTHING)
    expectDone(await send(world, stranger.url))
    expect(await world.check(stranger.address)).toMatchObject({ decision: 'deny' })
  })

  test('it works whether it is taken from the header or from the body of the mail', async ({
    sharedWorld: world,
  }) => {
    const address = 'both-places@example.com'
    const answer = await world.call('/v1/links', { topic: 'news', recipients: [address] })
    const [{ unsubscribeUrl, headers }] = (await answered(answer)).links
    expect(headers['List-Unsubscribe']).toBe(`<${unsubscribeUrl}>`)
    expectDone(await send(world, unsubscribeUrl))
    expect(await world.check(address)).toMatchObject({ decision: 'deny' })
  })

  test('it holds no address in any form a reader could make out', async ({ sharedWorld: world }) => {
    const address = 'ada@example.com'
    const bytes = Buffer.from((await recipientOf(world, address)).token, 'base64url')
    const hash = createHash('sha256').update(address).digest()
    for (const part of ['ada@', 'example', hash.subarray(0, 6)]) expect(bytes.includes(part)).toBe(false)
  })
})

const forgeries: [how: string, forge: (ada: Recipient, world: World) => string][] = [
  ['changed in its last character', ({ token }) => token.replace(/.$/, last => (last === 'A' ? 'B' : 'A'))],
  ['changed in its first character', ({ token }) => `J${token.slice(1)}`],
  ['with another recipient in it', ({ token }) => `${token.slice(0, 8)}${'A'.repeat(8)}${token.slice(16)}`],
  [
    'with another topic in it',
    // Topics 16 to 31 have these very letters.
    ({ token }) => `${token.slice(0, 4)}${token.slice(4, 6) === 'AB' ? 'AC' : 'AB'}${token.slice(6)}`,
  ],
  ['in other letter case', ({ token }) => token.toUpperCase()],
  ['cut by one character', ({ token }) => token.slice(0, -1)],
  ['cut in the middle', ({ token }) => token.slice(0, 20)],
  ['with one character added', ({ token }) => `${token}A`],
  ['twice in a row', ({ token }) => token + token],
  [
    'signed by a key that is not ours',
    ({ address }, world) =>
      mintToken(openKeyring(parseKeyring(newSecrets().tokenKeys)!), 'unsubscribe', claimOf(world, address)),
  ],
  [
    'signed for the preference center',
    ({ address }, world) => mintToken(world.keyring, 'preferences', claimOf(world, address)),
  ],
  ['signed for an undo', ({ address }, world) => mintToken(world.keyring, 'undo', claimOf(world, address))],
  [
    'signed for an API key',
    ({ address }, world) => mintToken(world.keyring, 'api_key', claimOf(world, address)),
  ],
  ['which is an address', ({ address }) => address],
  ['of one letter repeated', () => 'A'.repeat(39)],
  ['of eight thousand letters', () => 'A'.repeat(8000)],
  ['of percent signs', () => '%00%ff..%2f'],
]

describe('a link that is not ours', () => {
  test.for(forgeries)(
    '%s is answered 404, never says done and writes nothing',
    async ([, forge], { sharedWorld: world }) => {
      const ada = await newRecipient(world)
      const answer = await world.writesNothing(() => send(world, `/u/${forge(ada, world)}`))
      expect(answer.status).toBe(404)
      expect(answer.text).toBe('This is not an unsubscribe link of ours. Nothing was changed.\n')
      expect(await world.check(ada.address)).toMatchObject({ decision: 'allow' })
    },
  )
})

test('a verified link whose topic is gone is answered as done, for nothing is left to leave', async ({
  sharedWorld: world,
}) => {
  const token = mintToken(world.keyring, 'unsubscribe', claimOf(world, 'ada@example.com', 4_000_000))
  expectDone(await world.writesNothing(() => send(world, `/u/${token}`)))
})

/** Clicks at a Floe of the same database whose keyring is another one. */
async function clickedWith(world: World, tokenKeys: string, url: string): Promise<Answer> {
  const worker = await openWorker({ ...world.bindings, TOKEN_KEYS: tokenKeys })
  try {
    return await world.writesNothing(() => send({ ...world, url: worker.url }, url))
  } finally {
    await worker.stop()
  }
}

const newKey = (id: number) => newSecrets().tokenKeys.replace(/^1:/, `${id}:`)

describe('a link to which a program or a person added something', () => {
  const additions: [what: string, add: (token: string) => string][] = [
    ['the full stop of its sentence', token => `/u/${token}.`],
    ['a bracket', token => `/u/${token})`],
    ['the bracket of a header field', token => `/u/${token}%3E`],
    ['a comma', token => `/u/${token},`],
    ['a blank', token => `/u/${token}%20`],
    ['padding', token => `/u/${token}=`],
    ['a slash', token => `/u/${token}/`],
    ['tracking', token => `/u/${token}?utm_source=crm`],
    ['tracking behind an ampersand', token => `/u/${token}&utm_source=crm`],
    ['a second slash', token => `//u/${token}`],
    ['a capital', token => `/U/${token}`],
  ]
  test.for(additions)(
    '%s, still unsubscribes its recipient, once',
    async ([, add], { sharedWorld: world }) => {
      const ada = await newRecipient(world)
      const page = await send(world, add(ada.token), { method: 'GET' })
      expect([page.status, await ada.traces()]).toEqual([200, NOTHING])
      for (const [, path] of page.text.matchAll(/"(\/u\/[^"]*)"/g))
        expect([`/u/${ada.token}`, `/u/${ada.token}/page`, `/u/${ada.token}/undo`]).toContain(path)
      const body = 'List-Unsubscribe=One-Click'
      expectDone(await send(world, add(ada.token), { body }))
      expectDone(await send(world, ada.url))
      expect(await ada.traces()).toEqual(ONCE)
    },
  )
})

describe('a link that was mailed long ago', () => {
  test('names no time: today’s link of a recipient is the one of any other day', async ({
    sharedWorld: world,
  }) => {
    const { address, token } = await recipientOf(world, 'timeless@example.com')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2046, 10, 20) })
    try {
      expect(mintToken(world.keyring, 'unsubscribe', claimOf(world, address))).toBe(token)
    } finally {
      vi.useRealTimers()
    }
  })

  test('works after the signing key was rotated, twice, and is suppressed as the same recipient', async ({
    ownWorld: world,
  }) => {
    const ada = await newRecipient(world)
    await world.redeploy({ TOKEN_KEYS: `3:${newKey(3).slice(2)},${newKey(2)},${world.tokenKeys}` })
    expectDone(await send(world, ada.url))
    expectDone(await send(world, ada.url))
    expect(await ada.traces()).toEqual(ONCE)
    expect(await world.check(ada.address)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  test('ends only when its key is deliberately taken out of the ring: 404, and nothing is claimed', async ({
    sharedWorld: world,
  }) => {
    const ada = await newRecipient(world)
    const answer = await clickedWith(world, newKey(2), ada.url)
    expect([answer.status, answer.text]).toEqual([404, expect.not.stringContaining('Unsubscribed')])
  })

  test('is not taken for a link of another key that has its number', async ({ sharedWorld: world }) => {
    const ada = await newRecipient(world)
    expect((await clickedWith(world, newKey(1), ada.url)).status).toBe(404)
  })
})
