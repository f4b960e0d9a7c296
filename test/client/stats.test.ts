import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { floe } from '../support/cli.ts'
import { test } from '../support/world.ts'

test('floe stats prints what happened, below its day, and with --json an object a line', async ({
  world,
}) => {
  const entries = ['ada', 'bob'].map(name => ({
    ...{ address: `${name}@example.com`, scope: 'topic', topic: 'news', reason: 'manual' },
  }))
  await world.call('/v1/suppressions', { entries })
  await world.call('/v1/suppressions', {
    entries: [{ address: 'eve@example.com', scope: 'workspace', reason: 'bounced' }],
  })
  await world.runCron()
  const { code, out, err } = await floe(world, ['stats', '--types', 'suppression.*'])
  expect(code).toBe(0)
  expect(out).toMatch(
    /^\d{4}-\d\d-\d\d\n {2}1 {2}suppression\.added {2}- {5}bounced via api\n {2}2 {2}suppression\.added {2}news {2}manual via api\n$/,
  )
  expect(err).toMatch(
    /^\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d: 2 rows, counted up to \d{4}-\d\d-\d\d \d\d:\d\d UTC\n$/,
  )
  const lines = (await floe(world, ['stats', '--json', '--topic', 'news'])).out.trim().split('\n')
  expect(lines.map(line => JSON.parse(line))).toMatchObject([
    { type: 'suppression.added', topic: 'news', reason: 'manual', via: 'api', count: 2 },
  ])
  expect(await floe(world, ['stats', '--from', '2026-01-01', '--to', '2026-01-02'])).toMatchObject({
    ...{ code: 0, out: '' },
    err: expect.stringMatching(/^2026-01-01 to 2026-01-02: 0 rows, /),
  })
})

test('floe stats tells what it does not take', async ({ sharedWorld: world }) => {
  expect(await floe(world, ['stats', 'file.csv'])).toMatchObject({ code: 2, out: '' })
  const refused = await floe(world, ['stats', '--from', 'yesterday'])
  expect([refused.code, refused.out]).toEqual([3, ''])
  expect(refused.err).toContain('\n  from must be a day such as 2026-11-20')
})

test('however long its names are, no line of the table is wider than 80 columns, and pages follow each other', async ({
  world,
}) => {
  const long = {
    day: '2026-11-20',
    type: 'confirmation.undeliverable',
    topic: 't'.repeat(63),
    reason: 'unsubscribed',
    via: 'link_given_to_sender',
    count: 1234567,
  }
  const range = { from: '2026-11-20', to: '2026-11-21', upTo: '2026-11-22T00:00:00.000Z' }
  const pages = [
    { ...range, counts: [long, { day: '2026-11-20', type: 'rights.erased', count: 1 }], next: 'more' },
    { ...range, counts: [{ ...long, day: '2026-11-21', topic: 'news', via: 'page' }] },
  ]
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(pages[request.url?.includes('cursor=more') ? 1 : 0]))
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const FLOE_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { code, out } = await floe(world, ['stats'], '', { FLOE_URL })
  server.close()
  expect(code).toBe(0)
  expect(Math.max(...out.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
  expect(out.split('\n')).toEqual([
    '2026-11-20',
    '  1,234,567  confirmation.undeliverable',
    `${' '.repeat(17)}${'t'.repeat(63)}`,
    `${' '.repeat(41)}unsubscribed via link_given_to_sender`,
    '          1  rights.erased               -',
    '2026-11-21',
    '  1,234,567  confirmation.undeliverable',
    `${' '.repeat(41)}news`,
    `${' '.repeat(41)}unsubscribed via page`,
    '',
  ])
})
