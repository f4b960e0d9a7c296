import { describe, expect } from 'vitest'
import { mailedRequest, press, request } from '../support/consent.ts'
import { test } from '../support/mail.ts'
import { signUp } from '../support/sign-up.ts'
import type { World } from '../support/world.ts'

const BOB = 'bob@example.com'
const MINUTE = 60 * 1000
const SHOP = 'https://shop.north.example'
const THERE = `${SHOP}/welcome?from=news&copy=1#top`

const allow = (world: World, origins = SHOP) => world.update('workspace', 'return_origins = ?', [origins])
const confirmedBy = (world: World, ms: number) =>
  world.update('subscription_request', 'closed_at = closed_at - ?', [ms])

/** Returns where a page leads back to, as a browser reads it. */
const back = async (answer: Response): Promise<string | undefined> => {
  const html = await answer.text()
  return /<a class="button" rel="noreferrer" href="([^"]*)">/.exec(html)?.[1]?.replaceAll('&amp;', '&')
}

describe('whoever confirms a sign-up', () => {
  test('is shown what they did and offered a way back to the sender, at the address it gave and no other', async ({
    world,
  }) => {
    await allow(world)
    const { confirmation } = await mailedRequest(world, BOB, { returnUrl: THERE })
    expect(await back(await world.fetch(confirmation.confirmUrl))).toBeUndefined()
    const answer = await press(world, confirmation.confirmUrl)
    expect([answer.status, answer.headers.get('location')]).toEqual([200, null])
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    const html = await answer.clone().text()
    expect(html).toContain('You are subscribed')
    expect(html).toContain('Back to <bdi>shop.north.example</bdi>')
    expect(await back(answer)).toBe(THERE)
    expect(await back(await press(world, confirmation.confirmUrl))).toBe(THERE)
  })

  test.for([
    ['without slashes', 'https:shop.north.example/welcome'],
    ['with backslashes', 'https:\\\\shop.north.example\\welcome'],
    ['with a tab and a blank', ' https://shop.north\t.example/welcome'],
    ['in capitals and with its port', 'HTTPS://SHOP.north.example:443/welcome'],
  ])('is led to the site whose name they read, from an address %s', async ([, returnUrl], { world }) => {
    await allow(world)
    const { confirmation } = await mailedRequest(world, BOB, { returnUrl })
    const answer = await press(world, confirmation.confirmUrl)
    expect(new URL((await back(answer))!, confirmation.confirmUrl).href).toBe(`${SHOP}/welcome`)
  })

  test('is led back by nobody half an hour later, when the link may have been passed on', async ({
    world,
  }) => {
    await allow(world)
    const { confirmation } = await mailedRequest(world, BOB, { returnUrl: THERE })
    await press(world, confirmation.confirmUrl)
    await confirmedBy(world, 29 * MINUTE)
    expect(await back(await world.fetch(confirmation.confirmUrl))).toBe(THERE)
    await confirmedBy(world, 2 * MINUTE)
    expect(await (await world.fetch(confirmation.confirmUrl)).text()).not.toContain('shop.north.example')
  })

  test('is led nowhere that the sender may no longer lead to, though it might when it asked', async ({
    world,
  }) => {
    await allow(world)
    const { confirmation } = await mailedRequest(world, BOB, { returnUrl: THERE })
    await allow(world, 'https://www.shop.north.example')
    const html = await (await press(world, confirmation.confirmUrl)).text()
    expect(html).toContain('You are subscribed')
    expect(html).not.toContain('shop.north.example')
  })

  test('is led back by a new link as by the one that had expired', async ({ mailing: { world, mail } }) => {
    await allow(world)
    await world.call('/v1/subscriptions', signUp(BOB, { returnUrl: THERE }))
    const link = (text: string) => /https:\/\/\S+\/c\/[\w-]+/.exec(text)![0]
    const [first] = await mail.received(1)
    await world.update('subscription_request', 'requested_at = requested_at - ?', [8 * 24 * 60 * MINUTE])
    await press(world, `${link(first!.text)}/again`)
    const [, second] = await mail.received(2)
    expect(link(second!.text)).not.toBe(link(first!.text))
    expect(await back(await press(world, link(second!.text)))).toBe(THERE)
  })
})

test('whoever says that a sign-up was not theirs is led nowhere, though mail they had confirmed goes on', async ({
  world,
}) => {
  await allow(world)
  const mine = await mailedRequest(world, BOB)
  await press(world, mine.confirmation.confirmUrl)
  const { confirmation } = await mailedRequest(world, BOB, { returnUrl: THERE })
  const html = await (await press(world, confirmation.cancelUrl)).text()
  expect(html).toContain('You have already confirmed')
  expect(html).not.toContain('shop.north.example')
})

describe('a sign-up may lead back', () => {
  test('to each origin that its own workspace allows', async ({ world }) => {
    await world.update(
      'workspace',
      'return_origins = ?',
      [`https://a.example ${SHOP}:8443`],
      "name = 'north'",
    )
    for (const returnUrl of ['https://a.example/', 'https://A.example:443/x', `${SHOP}:8443/x`])
      expect(await request(world, BOB, { returnUrl })).toMatchObject({ status: 'pending' })
    const south = await world.writesNothing(() =>
      world.call('/v1/subscriptions', signUp(BOB, { returnUrl: 'https://a.example/' }), {
        key: world.siblingApiKey,
      }),
    )
    expect(south.status).toBe(403)
  })

  test.for([
    ['another host', 'https://evil.example/'],
    ['a host below one that is allowed', 'https://evil.shop.north.example/'],
    ['a host that begins like one', `${SHOP}.evil.example/`],
    ['another port', `${SHOP}:8443/`],
    ['a host with a dot at its end', `${SHOP}./`],
    ['a host before a backslash', `https://evil.example\\.shop.north.example/`],
    ['a host that looks like one', 'https://shop.nоrth.example/'],
    ['an allowed one in the path', `https://evil.example/${SHOP}/`],
  ])('not to %s, and nothing is written', async ([, returnUrl], { world }) => {
    await allow(world)
    const answer = await world.writesNothing(() =>
      world.call('/v1/subscriptions', signUp(BOB, { returnUrl })),
    )
    expect([answer.status, await answer.json()]).toMatchObject([
      403,
      { code: 'return_url.not_allowed', field: 'returnUrl', origin: new URL(returnUrl!).origin },
    ])
  })

  test('nowhere, where its workspace allows nothing', async ({ world }) => {
    for (const returnUrl of [THERE, 'https://floe.example.com/']) {
      const answer = await world.writesNothing(() =>
        world.call('/v1/subscriptions', signUp(BOB, { returnUrl })),
      )
      expect(answer.status).toBe(403)
    }
  })

  test.for([
    ['http', 'http://shop.north.example/'],
    ['a script', 'javascript:alert(1)'],
    ['a path alone', '/welcome'],
    ['nothing', ''],
    ['a user and a password', 'https://me:secret@shop.north.example/'],
    ['an address of the recipient', `${SHOP}/?email=bob@example.com`],
    ['an address in percent signs', `${SHOP}/?email=bob%40example.com`],
    ['more than 1,000 characters', `${SHOP}/${'x'.repeat(1000)}`],
  ])('to no address with %s', async ([, returnUrl], { world }) => {
    await allow(world)
    const answer = await world.writesNothing(() =>
      world.call('/v1/subscriptions', signUp(BOB, { returnUrl })),
    )
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: 'request.invalid', errors: [{ field: 'returnUrl' }] },
    ])
  })
})
