import { expect } from 'vitest'
import { rightsUrl } from '../../worker/rights/link.ts'
import { confirmLinks } from '../../worker/subscription/link.ts'
import { request } from '../support/consent.ts'
import { test } from '../support/mail.ts'
import { askFor, form, mailedAll, openData } from '../support/rights.ts'
import { answered } from '../support/world.ts'

const ADA = 'ada@example.com'

test('no event has the reference that a mailed link is made of', async ({ mailing }) => {
  const { world } = mailing
  await request(world, ADA)
  const data = await openData(mailing, ADA)
  expect((await data.send('/address', { address: 'ada@example.net' })).status).toBe(200)
  await mailedAll(world)
  const refs = await world.sql('SELECT ref FROM rights_link UNION SELECT ref FROM subscription_request')
  expect(refs).toHaveLength(3)
  const { events } = await answered(await world.call('/v1/events', undefined, { method: 'GET' }))
  expect(events.length).toBeGreaterThan(5)
  const told = Buffer.from(JSON.stringify(events))
  for (const [ref] of refs) {
    const bytes = Buffer.from(ref as Uint8Array)
    for (const spelling of ['base64url', 'base64', 'hex'] as const)
      expect(told.includes(bytes.toString(spelling)), spelling).toBe(false)
  }
})

test('whoever has the signing key and reads the events confirms no sign-up and opens nobody’s data', async ({
  mailing,
}) => {
  const { world } = mailing
  await request(world, ADA)
  await askFor(world, ADA)
  await mailedAll(world)
  const { events } = await answered(await world.call('/v1/events', undefined, { method: 'GET' }))
  const subjects = events.flatMap(
    ({ subject }: { subject: string }) => /^(?:req|rgt)_(.*)$/.exec(subject)?.[1] ?? [],
  )
  expect(new Set(subjects).size).toBe(2)
  for (const subject of new Set<string>(subjects)) {
    const ref = Buffer.from(subject, 'base64url')
    const { confirmUrl } = confirmLinks(world.keyring, '', world.tenant, ref)
    const [stolen, own] = [{ ...world, accessKeyring: world.keyring }, world].map(rings =>
      rightsUrl(rings, '', 'access', { tenant: world.tenant, ref }),
    )
    for (const url of [confirmUrl, stolen!, own!]) {
      const answer = await world.writesNothing(() => world.fetch(url, form({})))
      expect([404, 410], url.slice(0, 3)).toContain(answer.status)
      expect(await answer.text()).not.toContain(ADA)
    }
  }
})

test('whoever has the signing key and the database as well opens nobody’s data', async ({ mailing }) => {
  const { world } = mailing
  await askFor(world, ADA)
  await mailedAll(world)
  const [[ref]] = (await world.sql('SELECT ref FROM rights_link')) as [[Uint8Array]]
  const link = { tenant: world.tenant, ref }
  const stolen = rightsUrl({ ...world, accessKeyring: world.keyring }, '', 'access', link)
  expect((await world.writesNothing(() => world.fetch(stolen, form({})))).status).toBe(404)
  expect((await world.fetch(rightsUrl(world, '', 'access', link), form({}))).status).toBe(200)
})
