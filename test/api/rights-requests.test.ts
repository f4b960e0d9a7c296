import { expect } from 'vitest'
import { DEMO_ADDRESS as ADA, DEMO } from '../../local/seed.ts'
import { provision } from '../../ops/provision.ts'
import { ledger } from '../support/consent.ts'
import type { Mailing } from '../support/mail.ts'
import { openData, test } from '../support/rights.ts'
import { answered, type World } from '../support/world.ts'

const GET = { method: 'GET', body: null } as const
const list = async (world: World, query = '') =>
  answered(await world.call(`/v1/rights-requests${query}`, null, GET))
const day = (at: string) => at.slice(0, 10)

/** Has a recipient ask their sender for something, and returns the request's id. */
async function asked(
  mailing: Mailing,
  message = 'My name is spelt wrong.',
  right = 'rectification',
): Promise<string> {
  const data = await openData(mailing, ADA)
  const answer = await data.send('/request', { right, message })
  expect(await answer.text()).toContain('to be answered by')
  const { requests } = await list(mailing.world, '?state=open')
  return requests[0].id
}

test('a request that a person has to answer comes to the sender with its day, who it is and what they wrote', async ({
  mailing,
}) => {
  const { world } = mailing
  const id = await asked(mailing)
  const { requests } = await list(world)
  expect(requests).toMatchObject([
    { id, right: 'rectification', state: 'open', regime: 'eu', recipient: { address: ADA } },
    { right: 'access', state: 'closed', outcome: 'fulfilled' },
  ])
  expect(requests[1]).not.toHaveProperty('recipient')
  const { openedAt, dueAt } = requests[0]
  const month = new Date(openedAt)
  month.setUTCMonth(month.getUTCMonth() + 1)
  expect(day(dueAt)).toBe(day(month.toISOString()))
  const one = await answered(await world.call(`/v1/rights-requests/${id}`, null, GET))
  expect(one).toMatchObject({ id, message: 'My name is spelt wrong.', recipient: { address: ADA } })
  const dump = JSON.stringify(await world.holdings())
  expect(dump).not.toContain('spelt wrong')
})

test('it is closed once, with an outcome that stays, and whom it was about is forgotten', async ({
  mailing,
}) => {
  const { world } = mailing
  const id = await asked(mailing)
  const close = (outcome: string) => world.call(`/v1/rights-requests/${id}/close`, { outcome })
  expect(await answered(await close('refused'))).toMatchObject({ id, state: 'closed', outcome: 'refused' })
  expect(await answered(await world.writesNothing(() => close('refused')))).toMatchObject({
    outcome: 'refused',
  })
  const other = await world.writesNothing(() => close('fulfilled'))
  expect([other.status, await other.json()]).toMatchObject([409, { code: 'rights_request.closed' }])
  const extended = await world.writesNothing(() => world.call(`/v1/rights-requests/${id}/extend`, {}))
  expect(extended.status).toBe(409)
  expect(await world.sql('SELECT count(*) FROM rights_request WHERE sealed IS NOT NULL')).toEqual([[0]])
  expect((await ledger(world)).at(-1)).toEqual(['rights.closed', { outcome: 'refused' }])
})

test('what was done at once is closed already and stays as it is', async ({ mailing }) => {
  const { world } = mailing
  await openData(mailing, ADA)
  const { requests } = await list(world, '?right=access')
  for (const act of ['close', 'extend']) {
    const path = `/v1/rights-requests/${requests[0].id}/${act}`
    const answer = await world.writesNothing(() =>
      world.call(path, act === 'close' ? { outcome: 'fulfilled' } : {}),
    )
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'rights_request.closed' }])
  }
})

test.for<[laws: string[], regime: string, days: number, extension: number | undefined]>([
  [['us_ca'], 'us_ca', 45, 45],
  [['br', 'us_ca'], 'br', 15, undefined],
  [['ca_pipeda'], 'ca_pipeda', 30, 30],
])(
  'under %s the strictest law sets the day, and whether there is a later one',
  async ([laws, regime, days, extension], { mailing }) => {
    const { world } = mailing
    const [penguin] = DEMO.tenants
    const workspaces = [{ ...penguin!.workspaces[0]!, regimes: laws as ['br'] }]
    const tenant = { ...penguin!, name: world.path.split('/')[0]!, workspaces }
    await provision(world.endpoint, { tenants: [tenant] })
    const id = await asked(mailing)
    const before = await answered(await world.call(`/v1/rights-requests/${id}`, null, GET))
    const span = (one: { openedAt: string; dueAt: string }) =>
      (Date.parse(one.dueAt) - Date.parse(one.openedAt)) / 86_400_000
    expect([before.regime, span(before)]).toEqual([regime, days])
    const extend = () => world.call(`/v1/rights-requests/${id}/extend`, {})
    if (extension === undefined) {
      const answer = await world.writesNothing(extend)
      expect([answer.status, await answer.json()]).toMatchObject([
        409,
        { code: 'rights_request.no_extension', dueAt: before.dueAt },
      ])
      return
    }
    const later = await answered(await extend())
    expect(span(later)).toBe(days + extension)
    expect(await answered(await world.writesNothing(extend))).toEqual(later)
  },
)

test('one that passes its day is written down once, and can be extended no more', async ({ mailing }) => {
  const { world } = mailing
  const id = await asked(mailing)
  await world.update('rights_request', 'due_at = 1000', [], 'due_at IS NOT NULL')
  await world.runCron()
  await world.writesNothing(() => world.runCron())
  expect((await ledger(world)).filter(([type]) => type === 'rights.deadline_missed')).toEqual([
    ['rights.deadline_missed', { dueAt: '1970-01-01T00:00:01.000Z' }],
  ])
  expect((await list(world, '?state=open')).requests).toMatchObject([{ id, overdue: true }])
  expect((await world.call(`/v1/rights-requests/${id}/extend`, {})).status).toBe(409)
  expect((await world.call(`/v1/rights-requests/${id}/close`, { outcome: 'fulfilled' })).status).toBe(200)
})

test('a list goes on from where it stood, and no other workspace sees or closes what is in it', async ({
  mailing,
}) => {
  const { world } = mailing
  const id = await asked(mailing)
  const first = await list(world, '?limit=1')
  const second = await list(world, `?limit=1&cursor=${first.next}`)
  expect([...first.requests, ...second.requests]).toHaveLength(2)
  expect((await list(world, `?limit=1&cursor=${second.next}`)).requests).toEqual([])
  for (const key of [world.siblingApiKey, world.otherApiKey]) {
    expect(await answered(await world.call('/v1/rights-requests', null, { ...GET, key }))).toEqual({
      requests: [],
    })
    for (const [path, body] of [
      [`/v1/rights-requests/${id}`, null],
      [`/v1/rights-requests/${id}/close`, { outcome: 'fulfilled' }],
      [`/v1/rights-requests/${id}/extend`, {}],
    ] as const) {
      const init = body === null ? { ...GET, key } : { key }
      const answer = await world.writesNothing(() => world.call(path, body, init))
      expect([answer.status, await answer.json()], path).toMatchObject([
        404,
        { code: 'rights_request.not_found' },
      ])
    }
  }
  const onwards = (key: string) =>
    world.call(`/v1/rights-requests?cursor=${first.next}`, null, { ...GET, key })
  expect(await answered(await onwards(world.siblingApiKey))).toEqual({ requests: [] })
  expect((await onwards(world.otherApiKey)).status).toBe(400)
})

test.for<[what: string, fields: Record<string, string>]>([
  ['nothing written', { right: 'rectification', message: '  ' }],
  ['too much written', { right: 'access', message: 'x'.repeat(2001) }],
])('a request with %s is not taken, and says why', async ([, fields], { mailing }) => {
  const data = await openData(mailing, ADA)
  const answer = await mailing.world.writesNothing(() => data.send('/request', fields))
  expect([answer.status, (await answer.text()).includes('Please say what it is about')]).toEqual([400, true])
  for (const right of ['', 'portability', 'constructor'])
    await mailing.world.writesNothing(() => data.send('/request', { right, message: 'x' }))
})

test('ten requests of a recipient wait at a time, and markup in one is shown as text', async ({
  mailing,
}) => {
  const { world } = mailing
  const data = await openData(mailing, ADA)
  const message = '<script>alert(1)</script></bdi>'
  await data.send('/request', { right: 'access', message })
  const page = await (await data.send('', { history: 'newest' })).text()
  expect(page).not.toContain('<script')
  expect(page).toContain('&lt;script&gt;')
  for (let i = 1; i < 10; i++) await data.send('/request', { right: 'access', message: `${i}` })
  const eleventh = await world.writesNothing(() => data.send('/request', { right: 'access', message: 'x' }))
  expect(eleventh.status).toBe(400)
})
