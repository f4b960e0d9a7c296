import { describe, expect } from 'vitest'
import { request } from '../support/consent.ts'
import { accessLink, form, linkIn, mailedAll, openData, sessionIn, test } from '../support/rights.ts'
import type { World } from '../support/world.ts'

const ADA = 'ada@example.com'

/** Sends a form as a browser does that a page of another site made to: of any other, or of a neighbour under the same domain. */
const sent = (world: World, path: string, from: string, fields: Record<string, string> = {}) => {
  const { headers, ...rest } = form(fields)
  return world.fetch(path, {
    ...rest,
    headers: { ...headers, 'sec-fetch-site': from, 'sec-fetch-mode': 'navigate' },
    redirect: 'manual',
  })
}

describe.for(['cross-site', 'same-site'])('a form that a %s page makes a browser send', from => {
  const elsewhere = (world: World, path: string, fields = {}) =>
    world.writesNothing(() => sent(world, path, from, fields))

  test('opens nobody’s data: its reader sees whose link it is, and presses the button or does not', async ({
    mailing: { world, mail },
  }) => {
    const path = await accessLink({ world, mail }, ADA)
    const refused = await elsewhere(world, path)
    expect([refused.status, refused.headers.get('location')]).toEqual([303, path])
    expect(await (await sent(world, path, 'same-origin')).text()).toContain('name="session"')
  })

  test.for(['', '/export', '/language', '/restrict', '/object', '/lift', '/address', '/erase', '/erased'])(
    'does nothing to data that are open: /your-data%s',
    async (act, { mailing: { world, mail } }) => {
      const { session } = await openData({ world, mail }, ADA)
      const refused = await elsewhere(world, `/your-data${act}`, { session, address: 'eve@example.com' })
      expect(refused.status).toBe(403)
      expect(sessionIn(await (await sent(world, '/your-data', 'same-origin', { session })).text())).toBe(
        session,
      )
    },
  )

  test('confirms no address', async ({ mailing: { world, mail } }) => {
    const data = await openData({ world, mail }, ADA)
    await data.send('/address', { address: 'new@example.com' })
    const mails = await mail.received(2)
    const path = linkIn(mails.find(({ to }) => to === 'new@example.com')!, 'r')
    await mailedAll(world)
    const refused = await elsewhere(world, path)
    expect([refused.status, refused.headers.get('location')]).toEqual([303, path])
  })

  test('mails nothing: no link to data, and no question whether mail shall come again', async ({
    mailing: { world },
  }) => {
    const { preferencesUrl } = await world.links(ADA)
    const path = new URL(preferencesUrl).pathname
    for (const [to, fields] of [
      [`${path}/access`, { address: ADA }],
      [path, { act: 'ask', topic: 'news' }],
    ] as const) {
      const refused = await elsewhere(world, to, fields)
      expect([refused.status, refused.headers.get('location')]).toEqual([303, to])
    }
  })

  test.for(['', '/again'])(
    'confirms no sign-up and asks for none: /c/…%s',
    async (act, { sharedWorld: world }) => {
      const { confirmation } = await request(world, `${from}${act.slice(1)}@example.com`)
      const path = new URL(confirmation.confirmUrl).pathname
      const refused = await elsewhere(world, `${path}${act}`)
      expect([refused.status, refused.headers.get('location')]).toEqual([303, path])
    },
  )
})
