import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { PERMISSIONS } from '../../core/api-key.ts'
import { dataText, type LedgerEvent, leafHash } from '../../core/event.ts'
import type { Value } from '../../core/write/statement.ts'
import { DEMO_ADDRESS } from '../../local/seed.ts'
import { createKey } from '../../ops/provision-key.ts'
import { mailedRequest, press } from '../support/consent.ts'
import { answered, type OwnWorld, test, type World } from '../support/world.ts'

/** Names that no chance puts into a hash or a random id. */
const PEOPLE = ['quixote.the.wanderer', 'dulcinea-of-toboso', 'sancho_panza_himself', 'rocinante+hay']
const addressOf = (name: string) => `${name}@mail.lamancha.example`
const [QUIXOTE, DULCINEA, SANCHO, ROCINANTE] = PEOPLE.map(addressOf) as [string, string, string, string]

const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
})

/** Walks through every door by which an address comes in. */
async function everything(world: World): Promise<void> {
  const { text: key } = await createKey(world.endpoint, world.keyring, world.path, PERMISSIONS)
  const recipients = [DEMO_ADDRESS, ...PEOPLE.map(addressOf)]
  const { links } = await answered(
    await world.call('/v1/links', { topic: 'news', recipients, messageRef: 'spring' }),
  )
  const [demo, quixote, dulcinea, sancho] = links.map(
    (link: { unsubscribeUrl: string; preferencesUrl: string }) => link,
  )
  const clicks = [
    await world.fetch(demo.unsubscribeUrl, { method: 'POST' }),
    await world.fetch(quixote.unsubscribeUrl, form({ 'List-Unsubscribe': 'One-Click', who: QUIXOTE })),
    await world.fetch(`${quixote.unsubscribeUrl}?email=${QUIXOTE}`, { headers: { referer: QUIXOTE } }),
    await world.fetch(`${dulcinea.unsubscribeUrl}/page`, form({ scope: 'workspace', email: DULCINEA })),
    await world.fetch(sancho.preferencesUrl, form({ act: 'pause', days: '30', email: SANCHO })),
    await world.fetch(sancho.preferencesUrl, form({ act: 'save', shown: 'news', email: SANCHO })),
    await world.fetch(demo.preferencesUrl, form({ act: 'stop' })),
  ]
  for (const click of clicks) expect(click.status, await click.text()).toBeLessThan(400)
  const hash = createHash('sha256').update(ROCINANTE).digest('hex')
  const entries = [
    { address: QUIXOTE, scope: 'tenant', reason: 'complained' },
    { address: DULCINEA, scope: 'platform', reason: 'legal' },
    { address: SANCHO, scope: 'topic', topic: 'offers', reason: 'bounced', until: '2999-01-01T00:00:00Z' },
    { sha256: hash, scope: 'workspace', reason: 'manual' },
    { address: `not an address ${QUIXOTE}`, scope: 'workspace', reason: 'manual' },
  ]
  await answered(await world.call('/v1/suppressions', { entries }, { key }))
  await answered(await world.call('/v1/check', { topic: 'news', addresses: recipients }))
  for (const address of [DEMO_ADDRESS, QUIXOTE, SANCHO]) {
    const source = { url: `https://north.example/?email=${address}` }
    const { confirmation } = await mailedRequest(world, address, { source, wording: `I, ${address}, agree` })
    for (const url of [confirmation.confirmUrl, `${confirmation.confirmUrl}?email=${address}`])
      expect((await press(world, url, { 'user-agent': address })).status).toBe(200)
  }
  const consent = { address: DULCINEA, topic: 'offers', basis: 'express', at: '2025-01-01T00:00:00Z' }
  await answered(await world.call('/v1/consents', { entries: [{ ...consent, proof: DULCINEA }] }, { key }))
  await answered(await world.call('/v1/consents/withdraw', { address: SANCHO }, { key }))
  await answered(await world.call('/v1/consents/prove', { address: QUIXOTE }, { key }))
  const { suppressions } = await answered(await world.call('/v1/suppressions/find', { sha256: hash }))
  const lifted = { method: 'DELETE', body: null } as const
  await answered(await world.call(`/v1/suppressions/${suppressions[0].id}`, null, lifted))
  const lines = PEOPLE.map(name => `${addressOf(name)},unsubscribed`)
  const imported = await world.call('/v1/suppressions/import', null, {
    body: `email,reason\n${lines.join('\n')}\n"broken ${SANCHO}\n`,
    headers: { 'content-type': 'text/csv', 'idempotency-key': 'of-la-mancha' },
  })
  expect(imported.status, await imported.text()).toBe(200)
}

async function contents(world: OwnWorld): Promise<{ place: string; bytes: Buffer }[]> {
  const tables = await world.raw("SELECT name FROM sqlite_schema WHERE type = 'table'")
  const found: { place: string; bytes: Buffer }[] = []
  for (const [table] of tables) {
    if (table === 'number') continue
    for (const row of await world.raw(`SELECT * FROM "${table}"`))
      for (const value of row) found.push({ place: String(table), bytes: bytesOf(value) })
  }
  return found
}

const bytesOf = (value: Value): Buffer =>
  value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value), 'utf8')

/** An address in the ways it might have slipped in: as it is, in another case, encoded, or hashed without a key. */
function spellings(address: string): Buffer[] {
  const [local = '', domain = ''] = address.split('@')
  const hash = createHash('sha256').update(address).digest()
  const texts = [address, local, address.toUpperCase(), encodeURIComponent(address)].filter(
    text => text.length > 6,
  )
  return [
    ...texts.map(text => Buffer.from(text)),
    ...texts.map(text => Buffer.from(Buffer.from(text).toString('hex'))),
    ...texts.map(text => Buffer.from(Buffer.from(text).toString('base64url').slice(0, -2))),
    ...(domain === 'example.com' ? [] : [Buffer.from(domain)]),
    hash,
    Buffer.from(hash.toString('hex')),
    Buffer.from(hash.toString('base64url')),
  ]
}

test('after everything has happened, no table tells who anybody is', async ({ ownWorld: world }) => {
  await everything(world)
  const values = await contents(world)
  const doors = await world.sql(
    "SELECT DISTINCT data->>'via' FROM event WHERE data->>'via' IS NOT NULL ORDER BY 1",
  )
  expect(doors.flat()).toEqual(['api', 'confirmation', 'import', 'link', 'one-click', 'page', 'preferences'])
  for (const address of [DEMO_ADDRESS, ...PEOPLE.map(addressOf)])
    for (const spelling of spellings(address)) {
      const seen = values.filter(({ bytes }) => bytes.includes(spelling))
      expect(
        seen.map(({ place }) => place),
        `${address} as ${spelling.toString('latin1')}`,
      ).toEqual([])
    }
})

test('the search would find an address that is there', async ({ ownWorld: world }) => {
  await world.raw("INSERT INTO tenant VALUES (999, 'x', ?, 0)", [`for ${QUIXOTE} only`])
  const values = await contents(world)
  expect(spellings(QUIXOTE).some(spelling => values.some(({ bytes }) => bytes.includes(spelling)))).toBe(true)
})

test('every suppression has its entry, and every entry the hash of what it says', async ({
  ownWorld: world,
}) => {
  await everything(world)
  const orphans = await world.raw(
    `SELECT * FROM suppression AS s WHERE NOT EXISTS (
       SELECT 1 FROM event AS e WHERE e.address_id = s.address_id AND e.type = 'suppression.added' AND e.at >= s.at)`,
  )
  expect(orphans).toEqual([])
  const entries = await world.sql(
    'SELECT id, at, tenant, workspace, type, actor, address_id, subject, data, leaf, sealed FROM event',
  )
  expect(entries.length).toBeGreaterThan(15)
  for (const [id, at, tenant, workspace, type, actor, addressId, subject, data, leaf, sealed] of entries) {
    const facts = JSON.parse(String(data))
    const entry = {
      id,
      at,
      tenant,
      workspace,
      type,
      actor,
      addressId,
      subject,
      data: facts,
      ...(sealed && { sealed }),
    }
    expect(leafHash(entry as unknown as LedgerEvent)).toEqual(leaf)
    expect(data).toBe(dataText(facts))
  }
})
