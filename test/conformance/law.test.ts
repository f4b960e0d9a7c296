import { createHash } from 'node:crypto'
import { describe, expect } from 'vitest'
import { addressHash } from '../../core/address.ts'
import { AddressIndexes, parseKey } from '../../core/keys.ts'
import { mintToken } from '../../core/token.ts'
import { answered, test, type World } from '../support/world.ts'
import { claimOf, expectDone, NOTHING, newRecipient, ONCE, type Recipient, send } from './client.ts'

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString()
const sha256 = (address: string) => createHash('sha256').update(address).digest('hex')

async function leaver(world: World): Promise<Recipient> {
  const recipient = await newRecipient(world)
  expectDone(await send(world, recipient.url))
  return recipient
}

describe('a recipient who left', () => {
  test('is not to be mailed from the next check on, by address, by hash and in a list of many', async ({
    sharedWorld: world,
  }) => {
    const ada = await newRecipient(world)
    const others = Array.from({ length: 20 }, (_, i) => `other-${i}@example.com`)
    const ask = async () => {
      const addresses = [...others, ada.address, ...others]
      const inList = await answered(await world.call('/v1/check', { topic: 'news', addresses }))
      const byHash = await answered(
        await world.call('/v1/check', { topic: 'news', sha256: [sha256(ada.address)] }),
      )
      return [inList.results[20], await world.check(ada.address), byHash.results[0]].map(
        ({ decision }) => decision,
      )
    }
    expect(await ask()).toEqual(['allow', 'allow', 'allow'])
    expectDone(await send(world, ada.url))
    expect(await ask()).toEqual(['deny', 'deny', 'deny'])
  })

  test('left for good: their word has no end, and the ledger says that it was theirs', async ({
    sharedWorld: world,
  }) => {
    const ada = await leaver(world)
    const decision = await world.check(ada.address)
    expect(decision).toMatchObject({ decision: 'deny', reason: 'unsubscribed', scope: 'topic' })
    expect(decision).not.toHaveProperty('until')
    const { suppressions } = await answered(
      await world.call('/v1/suppressions/find', { address: ada.address }),
    )
    expect(suppressions).toMatchObject([{ reason: 'unsubscribed', source: 'recipient', topic: 'news' }])
  })

  test('is left out of marketing alone, and still gets what they bought', async ({ sharedWorld: world }) => {
    const ada = await leaver(world)
    const receipt = { topic: 'receipts', purpose: 'transactional' }
    expect(await world.check(ada.address, receipt)).toMatchObject({ decision: 'allow' })
  })
})

describe('no sender brings back a recipient who left', () => {
  const stillOut = async (world: World, ada: Recipient) => {
    const decision = await world.check(ada.address)
    expect(decision).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    expect(decision).not.toHaveProperty('until')
    expect(await world.sql("SELECT count(*) FROM event WHERE type = 'suppression.lifted'")).toEqual([[0]])
  }

  const entries: [what: string, entry: object][] = [
    [
      'an unsubscribe that ends tomorrow',
      { scope: 'topic', topic: 'news', reason: 'unsubscribed', until: inDays(1) },
    ],
    ['the same unsubscribe as its own', { scope: 'topic', topic: 'news', reason: 'unsubscribed' }],
    ['an import that ends tomorrow', { scope: 'topic', topic: 'news', reason: 'imported', until: inDays(1) }],
    ['an entry of its own for the workspace', { scope: 'workspace', reason: 'manual', until: inDays(1) }],
  ]
  test.for(entries)('by writing %s', async ([, entry], { sharedWorld: world }) => {
    const ada = await leaver(world)
    for (const who of [{ address: ada.address }, { sha256: sha256(ada.address) }])
      await answered(await world.call('/v1/suppressions', { entries: [{ ...who, ...entry }] }))
    const { suppressions } = await answered(
      await world.call('/v1/suppressions/find', { address: ada.address }),
    )
    expect(suppressions).toContainEqual(
      expect.objectContaining({ reason: 'unsubscribed', source: 'recipient', topic: 'news' }),
    )
    for (const { reason, until } of suppressions) if (reason === 'unsubscribed') expect(until).toBeUndefined()
    expect(await world.sql("SELECT count(*) FROM event WHERE type = 'suppression.lifted'")).toEqual([[0]])
  })

  const files: [what: string, csv: (address: string) => string][] = [
    ['in which they are enabled', address => `email,status,name\n${address},enabled,Ada\n`],
    ['in which they are subscribed', address => `Email Address,Status\n${address},subscribed\n`],
    ['in which they unsubscribed', address => `email,status\n${address},unsubscribed\n`],
    ['of addresses alone', address => `${address}\n`],
  ]
  test.for(files)('by importing a list %s', async ([, csv], { sharedWorld: world }) => {
    const ada = await leaver(world)
    const before = await rowsOf(world, ada)
    const answer = await world.fetch('/v1/suppressions/import?scope=topic&topic=news&reason=unsubscribed', {
      method: 'POST',
      body: csv(ada.address),
      headers: { authorization: `Bearer ${world.apiKey}`, 'content-type': 'text/csv' },
    })
    expect(await answer.text()).toContain('"type":"done"')
    expect(await rowsOf(world, ada)).toEqual(expect.arrayContaining(before))
    await stillOut(world, ada)
  })

  test('by lifting the suppression: it is refused, and nothing is written', async ({
    sharedWorld: world,
  }) => {
    const ada = await leaver(world)
    const { suppressions } = await answered(
      await world.call('/v1/suppressions/find', { address: ada.address }),
    )
    const answer = await world.writesNothing(() =>
      world.fetch(`/v1/suppressions/${suppressions[0].id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${world.apiKey}` },
      }),
    )
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'suppression.recipient_made' }])
    await stillOut(world, ada)
  })

  test('by asking for a new link and showing its page again and again', async ({ sharedWorld: world }) => {
    const ada = await leaver(world)
    await world.writesNothing(async () => {
      for (const topic of ['news', 'offers', 'news']) {
        const { unsubscribeUrl, preferencesUrl } = await world.links(ada.address, topic)
        for (const url of [unsubscribeUrl, preferencesUrl]) await send(world, url, { method: 'GET' })
      }
    })
    await stillOut(world, ada)
  })

  const rowsOf = async (world: World, ada: Recipient) =>
    (await answered(await world.call('/v1/suppressions/find', { address: ada.address }))).suppressions
})

describe('no stranger unsubscribes anybody', () => {
  test('who knows the address, the tenant and the topic, but has no link', async ({ sharedWorld: world }) => {
    const ada = await newRecipient(world)
    const id = Buffer.from(claimBytes(world, ada.address)).toString('base64url')
    const body = `List-Unsubscribe=One-Click&email=${encodeURIComponent(ada.address)}`
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const paths = ['/u', '/u/', `/u/${ada.address}`, `/u/${sha256(ada.address)}`, `/u/${id}`, '/unsubscribe']
    for (const path of paths) {
      const answer = await world.writesNothing(() => send(world, path, { headers, body }))
      expect([path, answer.status]).toEqual([path, 404])
    }
    expect(await ada.traces()).toEqual(NOTHING)
  })

  test('who holds a link of their own to another sender’s mail', async ({ sharedWorld: world }) => {
    const ada = await newRecipient(world)
    const senders = [
      { key: world.otherApiKey, topic: 'weekly' },
      { key: world.siblingApiKey, topic: 'news' },
    ]
    for (const { key, topic } of senders) {
      const answer = await world.call('/v1/links', { topic, recipients: [ada.address] }, { key })
      const [{ unsubscribeUrl }] = (await answered(answer)).links
      expectDone(await send(world, unsubscribeUrl))
      expect(await world.check(ada.address), topic).toMatchObject({ decision: 'allow' })
      // The two workspaces of a tenant know somebody by the same id.
      if (key === world.otherApiKey) expect(await ada.traces()).toEqual(NOTHING)
    }
  })

  test('and a recipient who clicks twice is stopped once: no click adds to what there is to undo', async ({
    sharedWorld: world,
  }) => {
    const ada = await leaver(world)
    expectDone(await send(world, ada.url))
    expect(await ada.traces()).toEqual(ONCE)
  })
})

/** What a stranger could compute of a link without any key. */
function claimBytes(world: World, address: string): Uint8Array {
  const id = new AddressIndexes(parseKey(Buffer.alloc(32).toString('base64url'))!).tenant(world.tenant)
  const claim = { topic: world.topics.news, addressId: id.id(addressHash(address)), ref: new Uint8Array() }
  return Buffer.from(mintToken(world.keyring, 'unsubscribe', claim), 'base64url').subarray(0, 17)
}

describe('a link of mail that is owed, as older versions minted them', () => {
  const owedLink = (world: World, address: string) =>
    `/u/${mintToken(world.keyring, 'unsubscribe', claimOf(world, address, world.topics.receipts))}`
  const receipt = { topic: 'receipts', purpose: 'transactional' }

  test('is answered 2xx at one click, records the choice once, and never says that the mail ended', async ({
    world,
  }) => {
    const address = 'buyer@example.com'
    for (const _ of [1, 2]) {
      const { status, text, headers } = await send(world, owedLink(world, address))
      expect([status, text]).toEqual([200, expect.stringContaining('may still come')])
      expect(text).not.toContain('Unsubscribed')
      expect([headers['access-control-allow-origin'], headers['set-cookie']]).toEqual(['*', undefined])
      expect(text.length).toBeLessThan(100)
    }
    expect(await world.check(address, receipt)).toEqual({ address, decision: 'allow' })
    expect(await world.check(address, { topic: 'receipts' })).toMatchObject({ reason: 'unsubscribed' })
    expect(await world.check(address)).toEqual({ address, decision: 'allow' })
    expect(await world.sql("SELECT count(*) FROM event WHERE type = 'suppression.added'")).toEqual([[1]])
    expect(await world.sql('SELECT count(*) FROM suppression')).toEqual([[1]])
  })

  test('is minted no more: there is nothing a click could end', async ({ sharedWorld: world }) => {
    const { links } = await answered(
      await world.call('/v1/links', { topic: 'receipts', recipients: ['ada@example.com', 'nobody'] }),
    )
    expect(links).toEqual([
      { address: 'ada@example.com', preferencesUrl: expect.stringMatching(/\/p\/[\w-]{39}$/) },
      { address: 'nobody', error: 'invalid_address' },
    ])
  })
})
