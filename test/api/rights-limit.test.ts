import { expect } from 'vitest'
import { DEMO_ADDRESS as ADA } from '../../local/seed.ts'
import { happened } from '../support/consent.ts'
import { exported, openData, test } from '../support/rights.ts'
import { answered, type World } from '../support/world.ts'

const purposes = async (world: World) => ({
  marketing: await world.check(ADA),
  transactional: await world.check(ADA, { topic: 'receipts', purpose: 'transactional' }),
})
const suppressionId = async (world: World, reason: string): Promise<string> => {
  const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: ADA }))
  return suppressions.find((one: { reason: string }) => one.reason === reason).id
}

test('restricted data is used for nothing, at once and whatever else stands, until its owner lifts that', async ({
  mailing,
}) => {
  const { world } = mailing
  const { unsubscribeUrl } = await world.links(ADA)
  await world.fetch(unsubscribeUrl, { method: 'POST' })
  const data = await openData(mailing, ADA)
  const page = await (await data.send('/restrict')).text()
  expect(page).toContain('Nobody of')
  const denied = { decision: 'deny', reason: 'restricted', scope: 'tenant' }
  expect(await purposes(world)).toMatchObject({ marketing: denied, transactional: denied })
  expect(await happened(world)).toEqual(expect.arrayContaining(['suppression.added', 'rights.restricted']))
  await data.send('/restrict')
  expect((await happened(world)).filter(type => type === 'rights.restricted')).toHaveLength(1)

  const id = await suppressionId(world, 'restricted')
  const lifting = { method: 'DELETE', body: null } as const
  const refused = await world.writesNothing(() => world.call(`/v1/suppressions/${id}`, null, lifting))
  expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'suppression.recipient_made' }])

  const after = await (await data.send('/lift', { limit: 'restricted' })).text()
  expect(after).toContain('That is taken back.')
  expect(await purposes(world)).toMatchObject({
    marketing: { decision: 'deny', reason: 'unsubscribed' },
    transactional: { decision: 'allow' },
  })
  expect((await happened(world)).slice(-2)).toEqual(['suppression.lifted', 'rights.restriction_lifted'])
  const { requests } = await exported(data)
  expect(requests).toMatchObject([
    { right: 'access' },
    { right: 'restriction', state: 'closed', outcome: 'fulfilled' },
    {},
  ])
})

test('no sender restricts, and none mails a question to whoever did', async ({ mailing }) => {
  const { world, mail } = mailing
  const entries = [{ address: ADA, scope: 'tenant', reason: 'restricted' }]
  const refused = await world.writesNothing(() => world.call('/v1/suppressions', { entries }))
  expect(refused.status).toBe(400)
  await (await openData(mailing, ADA)).send('/restrict')
  const signUp = {
    address: ADA,
    topics: ['news'],
    source: { url: 'https://north.example/' },
    notice: { name: 'privacy', version: '1' },
  }
  expect((await world.call('/v1/subscriptions', signUp)).status).toBe(202)
  await world.runCron()
  expect(await mail.received(1)).toHaveLength(1)
})

test.for([
  ['workspace', 'workspace'],
  ['tenant', 'tenant'],
  ['something else', 'workspace'],
] as const)(
  'an objection to %s stops marketing at the %s, lets through what is owed, and is the owner’s to take back',
  async ([reach, scope], { mailing }) => {
    const { world } = mailing
    const data = await openData(mailing, ADA)
    await data.send('/object', { reach })
    expect(await purposes(world)).toMatchObject({
      marketing: { decision: 'deny', reason: 'objected', scope },
      transactional: { decision: 'allow' },
    })
    const id = await suppressionId(world, 'objected')
    const lifting = { method: 'DELETE', body: null } as const
    expect((await world.call(`/v1/suppressions/${id}`, null, lifting)).status).toBe(409)
    await data.send('/lift', { limit: 'objected' })
    expect(await purposes(world)).toMatchObject({ marketing: { decision: 'allow' } })
    expect((await happened(world)).slice(-4)).toEqual([
      'suppression.added',
      'rights.objected',
      'suppression.lifted',
      'rights.objection_lifted',
    ])
  },
)

test('a complaint is its owner’s to take back on the page of their data, for the sender whose mail led there alone', async ({
  mailing,
}) => {
  const { world } = mailing
  const complaint = [{ address: ADA, scope: 'workspace', reason: 'complained' }]
  await answered(await world.call('/v1/suppressions', { entries: complaint }))
  await answered(await world.call('/v1/suppressions', { entries: complaint }, { key: world.siblingApiKey }))
  const denied = { decision: 'deny', reason: 'complained', scope: 'workspace' }
  expect(await purposes(world)).toMatchObject({ marketing: denied, transactional: denied })
  const id = await suppressionId(world, 'complained')
  const refused = await world.writesNothing(() =>
    world.call(`/v1/suppressions/${id}`, null, { method: 'DELETE', body: null }),
  )
  expect([refused.status, await refused.json()]).toMatchObject([
    409,
    { code: 'suppression.recipient_made', detail: expect.stringContaining('on the page of their data') },
  ])

  const data = await openData(mailing, ADA)
  expect(data.page).toContain('Take the complaint back')
  const after = await (await data.send('/lift', { limit: 'complained' })).text()
  expect(after).toContain('That is taken back.')
  expect(after).not.toContain('Take the complaint back')
  expect(await purposes(world)).toMatchObject({
    marketing: { decision: 'allow' },
    transactional: { decision: 'allow' },
  })
  const sibling = { addresses: [ADA], topic: 'news' }
  const { results } = await answered(await world.call('/v1/check', sibling, { key: world.siblingApiKey }))
  expect(results).toMatchObject([denied])
  expect((await happened(world)).slice(-2)).toEqual(['suppression.lifted', 'complaint.withdrawn'])
  expect(
    await world.sql(
      "SELECT actor, type, json_extract(data, '$.scope') FROM event WHERE type IN ('suppression.lifted', 'complaint.withdrawn')",
    ),
  ).toEqual([
    ['recipient', 'suppression.lifted', 'workspace'],
    ['recipient', 'complaint.withdrawn', 'workspace'],
  ])
  const again = await world.writesNothing(() => data.send('/lift', { limit: 'complained' }))
  expect(await again.text()).not.toContain('That is taken back.')
})

test('a complaint about a topic is taken back under that topic', async ({ mailing }) => {
  const { world } = mailing
  const complaint = [{ address: ADA, scope: 'topic', topic: 'news', reason: 'complained' }]
  await answered(await world.call('/v1/suppressions', { entries: complaint }))
  await (await openData(mailing, ADA)).send('/lift', { limit: 'complained' })
  expect(
    await world.sql(
      "SELECT type, data->>'topic' FROM event WHERE type IN ('suppression.lifted', 'complaint.withdrawn') ORDER BY seq",
    ),
  ).toEqual([
    ['suppression.lifted', world.topics.news],
    ['complaint.withdrawn', world.topics.news],
  ])
})

test('what cannot be lifted there stays: a lift names what its owner forbade, and nothing else', async ({
  mailing,
}) => {
  const { world } = mailing
  const entries = [{ address: ADA, scope: 'workspace', reason: 'manual' }]
  await answered(await world.call('/v1/suppressions', { entries }))
  const data = await openData(mailing, ADA)
  for (const limit of ['', 'manual', 'complained', 'legal', 'restricted', 'objected'])
    await world.writesNothing(() => data.send('/lift', { limit }))
})
