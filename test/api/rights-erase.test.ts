import { describe, expect } from 'vitest'
import { run } from '../../db/engine/hrana.ts'
import { DEMO_ADDRESS as ADA } from '../../local/seed.ts'
import { ledger } from '../support/consent.ts'
import type { Mailing } from '../support/mail.ts'
import { accessLink, form, mailedAll, type OpenedData, openData, test } from '../support/rights.ts'
import { signUp } from '../support/sign-up.ts'
import { answered, type World } from '../support/world.ts'

/** Words that only these sign-ups have: every tenant's rows are looked through. */
const WORDING = 'Yes, tell me what is new, until I ask to be forgotten.'
const SECRETS = [ADA, '203.0.113.7', 'Mozilla/5.0 (Demo)', WORDING, 'what she wrote']

/** Lets a recipient leave traces wherever there is a place for any. */
async function lived({ world, mail }: Mailing): Promise<void> {
  expect(
    (await world.call('/v1/subscriptions', signUp(ADA, { locale: 'de', wording: WORDING }))).status,
  ).toBe(202)
  const [confirmation] = await mail.received(1)
  const confirm = /\/c\/[\w-]{32}/.exec(confirmation!.text)![0]
  await world.fetch(confirm, form({}))
  await world.call('/v1/subscriptions', signUp(ADA, { topics: ['offers'], wording: WORDING }))
  await mail.received(2)
  await expect
    .poll(async () => (await ledger(world)).filter(([type]) => type === 'confirmation.mailed').length)
    .toBe(2)
}

/** Everything in every table that could name somebody, in every spelling a table could hold. */
async function everything(world: World): Promise<string> {
  const tables = await world.sql("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'number'")
  const rows = await Promise.all(tables.map(([name]) => world.sql(`SELECT * FROM main."${name}"`)))
  return rows
    .flat(2)
    .map(value => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
    .join('\n')
}

/** Which tables still hold a row of that address id. */
async function traces(world: World, addressId: Uint8Array): Promise<string[]> {
  const tables = await world.sql(
    `SELECT m.name, p.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS p
     WHERE m.type = 'table' AND p.name IN ('address_id', 'former_id', 'successor_id')`,
  )
  const found = []
  for (const [table, column] of tables) {
    const [row] = await world.sql(`SELECT count(*) FROM main."${table}" WHERE ${column} = ?`, [addressId])
    if (row![0] !== 0) found.push(String(table))
  }
  return [...new Set(found)].sort()
}

const erase = (data: OpenedData, fields: Record<string, string> = {}) => data.send('/erased', fields)

test('erasing says before what goes and what stays, and then nothing else stays', async ({ mailing }) => {
  const { world } = mailing
  await lived(mailing)
  const data = await openData(mailing, ADA)
  await data.send('/request', { right: 'rectification', message: 'what she wrote' })
  await data.send('/language', { locale: 'en' })
  await data.send('/address', { address: 'new@example.com' })
  await mailedAll(world)
  const sealed = await world.sql('SELECT count(*) FROM event WHERE sealed IS NOT NULL')
  expect(Number(sealed[0]![0])).toBeGreaterThan(2)

  const before = await world.writesNothing(() => data.send('/erase'))
  const words = await before.text()
  for (const said of ['Erase your data?', 'This goes, for good', 'This stays', 'This cannot be undone.'])
    expect(words).toContain(said)
  const done = await erase(data)
  expect(await done.text()).toContain('Your data is erased')

  const dump = await everything(world)
  for (const secret of SECRETS) expect(dump.includes(secret), secret).toBe(false)
  expect(await traces(world, world.addressId)).toEqual(['event', 'rights_request', 'suppression'])
  expect(await world.check(ADA)).toMatchObject({
    decision: 'deny',
    reason: 'unsubscribed',
    scope: 'workspace',
  })
  const { history } = await answered(await world.call('/v1/consents/prove', { address: ADA }))
  const evident = history.filter((entry: { evidenceDigest?: string }) => entry.evidenceDigest)
  expect(evident.length).toBeGreaterThan(2)
  for (const { evidence } of evident) expect(evidence).toBeNull()
  expect((await ledger(world)).filter(([type]) => type === 'rights.erased')).toEqual([
    ['rights.erased', { elsewhere: false }],
  ])
  const open = await world.sql('SELECT count(*) FROM rights_request WHERE state = 1 OR sealed IS NOT NULL')
  expect(open).toEqual([[0]])
})

test('where no schedule destroys keys, or nobody keeps it, the pages say that no day is set for copies', async ({
  mailing,
}) => {
  const { world } = mailing
  const data = await openData(mailing, ADA)
  const schedule = (keptAt: number) =>
    run(
      world.endpoint,
      [
        { sql: 'DELETE FROM key_schedule', args: [] },
        { sql: 'INSERT INTO key_schedule VALUES (1, 30, ?, ?)', args: [Date.now(), keptAt] },
      ],
      5000,
    )
  const said = async (path: string) => {
    const text = await (await data.send(path)).text()
    return [/unreadable in all copies/.test(text), /No day is set by which they are unreadable/.test(text)]
  }
  expect(await said('/erase')).toEqual([false, true])
  await schedule(Date.now())
  expect(await said('/erase')).toEqual([true, false])
  await schedule(Date.now() - 3 * 24 * 60 * 60 * 1000)
  expect(await said('/erase')).toEqual([false, true])
  expect(await said('/erased')).toEqual([false, true])
  await run(world.endpoint, [{ sql: 'DELETE FROM key_schedule', args: [] }], 5000)
})

test('the search would find what is there: the same secrets are readable before, and the key opens them', async ({
  mailing,
}) => {
  const { world } = mailing
  await lived(mailing)
  expect(await traces(world, world.addressId)).toEqual(
    expect.arrayContaining(['address', 'event', 'recipient_key', 'subscription', 'subscription_request']),
  )
  const { history } = await answered(await world.call('/v1/consents/prove', { address: ADA }))
  for (const secret of ['203.0.113.7', WORDING]) expect(JSON.stringify(history)).toContain(secret)
})

describe('whoever was erased', () => {
  test('comes back by confirming anew, with a key that opens nothing of before', async ({ mailing }) => {
    const { world, mail } = mailing
    await lived(mailing)
    await erase(await openData(mailing, ADA))
    await world.call('/v1/subscriptions', signUp(ADA, { ip: '198.51.100.1' }))
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    const mails = await mail.received(4)
    const links = mails.flatMap(({ text }) => /\/c\/[\w-]{32}/.exec(text)?.[0] ?? [])
    for (const link of links) await world.fetch(link, form({}))
    expect(await world.check(ADA)).toEqual({ address: ADA, decision: 'allow' })
    expect(await world.check(ADA, { topic: 'offers' })).toMatchObject({ decision: 'deny' })
    const { history } = await answered(await world.call('/v1/consents/prove', { address: ADA }))
    const evidence = history
      .map((entry: { evidence?: object }) => JSON.stringify(entry.evidence ?? null))
      .join()
    expect(evidence).toContain('198.51.100.1')
    expect(evidence).not.toContain('203.0.113.7')
  })

  test('is left alone by links that were mailed before', async ({ mailing }) => {
    const { world, mail } = mailing
    await lived(mailing)
    const open = (await mail.received(2)).map(({ text }) => /\/c\/[\w-]{32}/.exec(text)![0])
    await erase(await openData(mailing, ADA))
    for (const link of open) {
      const click = await world.writesNothing(() => world.fetch(`${link}/cancel`, { method: 'POST' }))
      expect([click.status, await click.text()]).toEqual([200, 'Unsubscribed.\n'])
      expect((await world.writesNothing(() => world.fetch(link, form({})))).status).toBe(410)
    }
    const { unsubscribeUrl } = await world.links(ADA)
    expect((await world.fetch(unsubscribeUrl, { method: 'POST' })).status).toBe(200)
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny' })
  })

  test('is erased once, however many press, and every page of theirs closes', async ({ mailing }) => {
    const { world } = mailing
    const second = await accessLink(mailing, ADA)
    const data = await openData(mailing, ADA)
    const answers = await Promise.all(Array.from({ length: 5 }, () => erase(data)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403])
    expect((await ledger(world)).filter(([type]) => type === 'rights.erased')).toHaveLength(1)
    for (const path of ['', '/export', '/restrict', '/erased'])
      expect((await world.writesNothing(() => data.send(path))).status).toBe(403)
    expect((await world.writesNothing(() => world.fetch(second, form({})))).status).toBe(410)
  })
})

test('the last page says that a sign-up brings mail again, but not where a complaint is left', async ({
  mailing,
}) => {
  const { world } = mailing
  const complained = 'bob@example.com'
  const entries = [{ address: complained, scope: 'workspace', reason: 'complained' }]
  await answered(await world.call('/v1/suppressions', { entries }))
  const pages = []
  for (const recipient of [ADA, complained])
    pages.push(await (await erase(await openData(mailing, recipient))).text())
  expect(pages.map(page => page.includes('sign up anew'))).toEqual([true, false])
})

test('asked to, the sender gets the address to erase elsewhere, and it is gone once that is done', async ({
  mailing,
}) => {
  const { world } = mailing
  const data = await openData(mailing, ADA)
  expect(await (await erase(data, { elsewhere: 'yes' })).text()).toContain(
    'was asked to erase what it keeps elsewhere',
  )
  const get = { method: 'GET', body: null } as const
  const { requests } = await answered(await world.call('/v1/rights-requests?right=erasure', null, get))
  expect(requests).toMatchObject([
    { state: 'open', right: 'erasure', regime: 'eu', recipient: { address: ADA } },
  ])
  await answered(await world.call(`/v1/rights-requests/${requests[0].id}/close`, { outcome: 'fulfilled' }))
  const after = await answered(await world.call(`/v1/rights-requests/${requests[0].id}`, null, get))
  expect(after).toMatchObject({ state: 'closed', outcome: 'fulfilled' })
  expect(after).not.toHaveProperty('recipient')
  expect(await traces(world, world.addressId)).toEqual(['event', 'rights_request', 'suppression'])
})
