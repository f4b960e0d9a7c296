import { describe, expect } from 'vitest'
import { DEMO } from '../../local/seed.ts'
import type { Plan } from '../../ops/plan.ts'
import { provision } from '../../ops/provision.ts'
import { request } from '../support/consent.ts'
import { askHost } from '../support/host.ts'
import { answered, test, type World } from '../support/world.ts'

const BASE = 'floe.example.com'

/** Gives the world's workspace, its tenant's other one and the other tenant's a host each, and returns these. */
async function withHosts(world: World, north = `mail-${world.tenant}.north.example`) {
  const [south, puffin] = [`mail-${world.tenant}.south.example`, `mail-${world.tenant}.puffin.example`]
  const [ours, theirs] = DEMO.tenants as [Tenant, Tenant]
  const name = world.path.split('/')[0]!
  const within = (tenant: Tenant, hosts: Record<string, string>) =>
    Object.entries(hosts).map(([name, linkHost]) => ({ ...tenant.workspaces[0]!, name, linkHost }))
  await provision(world.endpoint, {
    tenants: [
      { ...ours, name, workspaces: within(ours, { north, south }) },
      {
        ...theirs,
        name: name.replace('penguin', 'puffin'),
        workspaces: within(theirs, { harbour: puffin }),
      },
    ],
  })
  return { north, south, puffin }
}

type Tenant = Plan['tenants'][number]

const pathOf = (link: string) => new URL(link).pathname

describe('links of a workspace with a host of its own', () => {
  test('are made on it: in headers of 78 characters, confirmations and receipts', async ({ world }) => {
    const { north } = await withHosts(world)
    const { links } = await answered(
      await world.call('/v1/links', { topic: 'news', recipients: ['ada@example.com'] }),
    )
    expect(links[0].unsubscribeUrl).toMatch(new RegExp(`^https://${north}/u/[\\w-]{39}$`))
    expect(links[0].preferencesUrl).toMatch(new RegExp(`^https://${north}/p/[\\w-]{39}$`))
    expect(links[0].headers['List-Unsubscribe']).toBe(`<${links[0].unsubscribeUrl}>`)
    const { confirmation } = await request(world, 'bob@example.com')
    expect(confirmation.confirmUrl).toContain(`https://${north}/c/`)
    const proof = await answered(await world.call('/v1/consents/prove', { address: 'bob@example.com' }))
    const receipt = JSON.parse(Buffer.from(proof.receipt.split('.')[1], 'base64url').toString())
    expect(receipt.iss).toBe('https://floe.example.com')
    expect(receipt.pii_processing.privacy_notice).toBe(`https://${north}/privacy/1/`)
    expect(JSON.stringify(receipt)).not.toMatch(/\/[upc]\/[\w-]{32}/)
  })

  test('are no place for a webhook, of whichever workspace the host is', async ({ world }) => {
    const { north, puffin } = await withHosts(world)
    for (const host of [north, puffin, `${north}.`]) {
      const asked = { url: `https://${host}/u/x` }
      const refused = await world.writesNothing(() => world.call('/v1/webhook-endpoints', asked))
      expect([host, refused.status]).toEqual([host, 400])
      expect(await refused.json()).toMatchObject({
        errors: [{ field: 'url', message: 'must not be Floe itself' }],
      })
    }
  })

  test('work there, and those mailed before it had one go on working', async ({ world }) => {
    const { unsubscribeUrl: before } = await world.links('old@example.com')
    const { north } = await withHosts(world)
    const { unsubscribeUrl, preferencesUrl } = await world.links('ada@example.com')
    expect((await askHost(world.url, north, pathOf(preferencesUrl))).status).toBe(200)
    expect(await askHost(world.url, north, pathOf(unsubscribeUrl), { method: 'POST' })).toEqual({
      status: 200,
      text: 'Unsubscribed.\n',
    })
    expect((await world.check('ada@example.com')).decision).toBe('deny')
    expect((await askHost(world.url, BASE, pathOf(before), { method: 'POST' })).status).toBe(200)
    expect((await world.check('old@example.com')).decision).toBe('deny')
  })

  test('work on the host they were mailed with, whatever host new ones are made on', async ({ world }) => {
    const { north } = await withHosts(world)
    const { unsubscribeUrl } = await world.links('ada@example.com')
    const next = `new-${world.tenant}.north.example`
    await withHosts(world, next)
    expect((await world.links('ada@example.com')).unsubscribeUrl).toContain(`https://${next}/`)
    expect((await askHost(world.url, north, pathOf(unsubscribeUrl), { method: 'POST' })).status).toBe(200)
  })

  test('work on a host that is nobody’s, such as an earlier one of the platform’s', async ({ world }) => {
    await withHosts(world)
    const { unsubscribeUrl } = await world.links('ada@example.com')
    expect(
      (await askHost(world.url, 'old.example.com', pathOf(unsubscribeUrl), { method: 'POST' })).status,
    ).toBe(200)
  })

  test('on the host of somebody else are answered as links that never were, and nothing is written', async ({
    world,
  }) => {
    const { south, puffin } = await withHosts(world)
    const { unsubscribeUrl, preferencesUrl } = await world.links('ada@example.com')
    const { confirmation } = await request(world, 'bob@example.com')
    const made = [
      [pathOf(unsubscribeUrl), '/u/', 39],
      [pathOf(preferencesUrl), '/p/', 39],
      [pathOf(confirmation.confirmUrl), '/c/', 32],
      [pathOf(confirmation.cancelUrl), '/c/', 32],
    ] as const
    // A page says again which address it was asked for; a program's answer is the same to the last byte.
    const unnamed = (text: string) => text.replace(/\/[upc]\/[\w-]+/g, '')
    for (const host of [south, puffin])
      for (const [path, kind, length] of made)
        for (const method of ['GET', 'POST'])
          for (const accept of ['*/*', 'text/html']) {
            const ask = (path: string) => askHost(world.url, host, path, { method, accept })
            const foreign = await world.writesNothing(() => ask(path))
            const never = await ask(`${kind}${'A'.repeat(length)}${path.slice(kind.length + length)}`)
            expect([host, method, path, foreign.status]).toEqual([host, method, path, 404])
            expect(unnamed(foreign.text)).toBe(unnamed(never.text))
          }
  })

  test('whatever the spelling of the host: its name is what counts, not the port', async ({ world }) => {
    const { north, puffin } = await withHosts(world)
    const { preferencesUrl } = await world.links('ada@example.com')
    expect((await askHost(world.url, `${puffin}:8443`, pathOf(preferencesUrl))).status).toBe(404)
    expect((await askHost(world.url, puffin.toUpperCase(), pathOf(preferencesUrl))).status).toBe(404)
    expect((await askHost(world.url, `${north}:8443`, pathOf(preferencesUrl))).status).toBe(200)
  })
})

describe('security.txt', () => {
  test('says where weaknesses are reported, and is never out of date', async ({ sharedWorld: world }) => {
    const answer = await world.fetch('/.well-known/security.txt')
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const fields = Object.fromEntries(
      (await answer.text())
        .trim()
        .split('\n')
        .map(line => line.split(/: (.*)/)),
    )
    expect(fields).toMatchObject({
      Contact: 'mailto:security@floe.example.com',
      Canonical: 'https://floe.example.com/.well-known/security.txt',
    })
    expect(Date.parse(fields['Expires']!)).toBeGreaterThan(Date.now())
  })
})
