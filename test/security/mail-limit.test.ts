import { describe, expect } from 'vitest'
import { DEMO_ADDRESS as ADA } from '../../local/seed.ts'
import { happened, ledger, press } from '../support/consent.ts'
import type { Mailing } from '../support/mail.ts'
import { askFor, linkIn, mailedAll, openData, test } from '../support/rights.ts'
import { type Ask, allOut, askBy, BOB, confirmLink, DAY, mailsIn, pass, signedUp } from './mail-limit.ts'

describe('after "this was not me"', () => {
  const refused = async ({ world, mail }: Mailing, by: 'page' | 'one-click'): Promise<string> => {
    await signedUp(world, BOB)
    const [mailed] = await mail.received(1)
    await allOut(world)
    const link = confirmLink(mailed!)
    if (by === 'page') await press(world, `${link}/cancel`)
    else await world.fetch(`${link}/cancel`, { method: 'POST', body: 'List-Unsubscribe=One-Click' })
    expect(await happened(world)).toContain('consent.refused')
    return link
  }

  test.for(['page', 'one-click'] as const)(
    'by %s neither the sender nor whoever holds a link has that address mailed, and none is told',
    async (by, { mailing }) => {
      const { world } = mailing
      const link = await refused(mailing, by)
      await world.writesNothing(async () => {
        expect(await signedUp(world, BOB)).toEqual([202, 19, { status: 'pending' }])
        expect(await signedUp(world, BOB, { topics: ['offers'] })).toEqual([202, 19, { status: 'pending' }])
        expect(await askBy(world, BOB)).toEqual({ act: 'ask', changed: false, ended: [], stale: [] })
        for (const look of [press(world, `${link}/again`), press(world, link), world.fetch(link)]) {
          const html = await (await look).text()
          expect(html).toContain('You are not subscribed')
          expect(html).not.toContain('Send a new confirmation')
        }
        await world.runCron()
      })
      expect(await mailsIn(mailing)).toEqual([BOB])
    },
  )

  test('a link of another sign-up, that ran out, asks for no new one either, and its page says the same as ever', async ({
    mailing,
  }) => {
    const { world, mail } = mailing
    await signedUp(world, BOB)
    const other = confirmLink((await mail.received(1))[0]!)
    await pass(world, 8 * DAY)
    await signedUp(world, BOB)
    const mails = await mail.received(2)
    await allOut(world)
    await press(world, `${mails.map(confirmLink).find(one => one !== other)}/cancel`)
    const page = await world.writesNothing(() => press(world, `${other}/again`))
    expect(await page.text()).toContain('If a confirmation can be mailed')
    expect(await mailsIn(mailing)).toEqual([BOB, BOB])
  })

  test('a mail that was asked for before and is still to be tried does not go, and the ledger says why', async ({
    mailing,
  }) => {
    const { world } = mailing
    await signedUp(world, BOB)
    await signedUp(world, BOB)
    await mailing.mail.received(2)
    await allOut(world)
    const links = (await mailing.mail.received(2)).map(confirmLink)
    const ref = Buffer.from(links[0]!.slice(3), 'base64url').subarray(1, 12)
    await world.update('subscription_request', 'mail_due_at = 1', [ref], 'ref <> ?')
    await press(world, `${links[0]}/cancel`)
    await world.runCron()
    await expect
      .poll(() => ledger(world))
      .toContainEqual(['confirmation.withheld', { withheldFor: 'refused' }])
    expect(await mailsIn(mailing)).toHaveLength(2)
  })

  test('their own data still opens to them by a mail of its own', async ({ mailing }) => {
    await refused(mailing, 'page')
    expect((await openData(mailing, BOB)).page).toContain('You said that it was not you')
  })

  test('only they take it back, from the page of their own data, once and with its entry', async ({
    mailing,
  }) => {
    const { world, mail } = mailing
    await refused(mailing, 'page')
    const other = await openData(mailing, ADA)
    expect(other.page).not.toContain('Let <bdi>North &amp; Co.</bdi> ask me again')
    await world.writesNothing(() => other.send('/lift', { limit: 'refused' }))
    const data = await openData(mailing, BOB)
    expect(data.page).toContain('Let <bdi>North &amp; Co.</bdi> ask me again')
    const after = await (await data.send('/lift', { limit: 'refused' })).text()
    expect(after).toContain('That is taken back.')
    expect(after).not.toContain('ask me again')
    await world.writesNothing(() => data.send('/lift', { limit: 'refused' }))
    expect((await happened(world)).filter(type => type === 'consent.refusal_lifted')).toHaveLength(1)
    await signedUp(world, BOB)
    const toBob = async () => (await mail.received(4)).filter(({ to }) => to === BOB)
    expect(await toBob()).toHaveLength(3)
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny' })
  })

  test('30 days later a sender may ask once more', async ({ mailing }) => {
    const { world } = mailing
    await refused(mailing, 'page')
    await world.update('subscription_request', 'closed_at = closed_at - ?', [31 * DAY])
    await pass(world, 31 * DAY)
    await signedUp(world, BOB)
    expect(await mailing.mail.received(2)).toHaveLength(2)
  })

  test('said of a new address, nobody has that address asked again', async ({ mailing }) => {
    const { world, mail } = mailing
    const data = await openData(mailing, ADA)
    const before = await (await data.send('/address', { address: BOB })).text()
    const asking = (await mail.received(2)).find(({ to }) => to === BOB)!
    await mailedAll(world)
    await press(world, `${linkIn(asking, 'r')}/refuse`)
    const after = await world.writesNothing(async () =>
      (await data.send('/address', { address: BOB })).text(),
    )
    expect(after).toContain('If the new address can be asked, a mail is on its way to it.')
    expect(before).toContain('If the new address can be asked, a mail is on its way to it.')
    expect(await mailsIn(mailing)).toEqual(expect.arrayContaining([ADA, BOB]))
    expect(await mailsIn(mailing)).toHaveLength(2)
  })
})

/** A way to have a recipient mailed, what it needs first, and how many mails they get by it within 30 days. */
describe('within 30 days a recipient gets no more', () => {
  test('than that for all reasons together, whoever asks by whichever way', async ({ mailing }) => {
    const { world } = mailing
    const data = await openData(mailing, ADA)
    const ways: Ask[] = [
      () => signedUp(world, BOB),
      () => askBy(world, BOB),
      () => data.send('/address', { address: BOB }),
    ]
    for (let day = 0; day < 8; day++) {
      for (const way of ways) await way(mailing)
      await allOut(world)
      await pass(world, DAY)
    }
    const toBob = async () => (await mailsIn(mailing)).filter(to => to === BOB).length
    expect(await toBob()).toBe(10)
    await world.writesNothing(async () => {
      for (const way of ways) await way(mailing)
    })
    // Nobody closes their data to them by signing them up.
    expect((await askFor(world, BOB)).status).toBe(200)
    await mailing.mail.received(12)
    expect(await toBob()).toBe(11)
  })

  test('and another recipient as many', async ({ mailing }) => {
    const { world } = mailing
    for (let day = 0; day < 4; day++) {
      for (let i = 0; i < 3; i++) await signedUp(world, BOB)
      await pass(world, DAY)
    }
    await signedUp(world, 'cleo@example.com')
    await mailing.mail.received(11)
    expect(new Set(await mailsIn(mailing))).toEqual(new Set([BOB, 'cleo@example.com']))
  })
})
