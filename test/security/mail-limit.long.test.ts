import { describe, expect } from 'vitest'
import { press } from '../support/consent.ts'
import type { Mailing } from '../support/mail.ts'
import { form, test } from '../support/rights.ts'
import {
  type Ask,
  allOut,
  askBy,
  BOB,
  confirmLink,
  corrections,
  DAY,
  mailsIn,
  pass,
  signedUp,
} from './mail-limit.ts'

interface Way {
  prepare?: (mailing: Mailing) => Promise<Ask>
  ask?: Ask
  limit: number
}

const WAYS: Record<string, Way> = {
  'sign-ups by the sender': { ask: ({ world }) => signedUp(world, BOB), limit: 10 },
  'asks by whoever holds a preference link': {
    prepare: async ({ world }) => {
      await signedUp(world, BOB)
      const { unsubscribeUrl } = await world.links(BOB)
      await world.fetch(unsubscribeUrl, { method: 'POST' })
      return () => askBy(world, BOB)
    },
    limit: 10,
  },
  'new confirmations by whoever holds an old one': {
    prepare: async ({ world, mail }) => {
      await signedUp(world, BOB)
      const link = confirmLink((await mail.received(1))[0]!)
      await allOut(world)
      await pass(world, 8 * DAY)
      return async () => {
        const { status } = await press(world, `${link}/again`)
        return status
      }
    },
    limit: 10,
  },
  'questions whether it is somebody’s new address': { prepare: corrections, limit: 10 },
  'links to their own data, by two links of their mails': {
    ask: async ({ world }) => {
      for (const topic of ['news', 'offers']) {
        const { preferencesUrl } = await world.links(BOB, topic)
        await (await world.fetch(`${preferencesUrl}/access`, form({ address: BOB }))).text()
      }
    },
    limit: 20,
  },
}

describe('within 30 days a recipient gets no more', () => {
  test.for(Object.entries(WAYS))('%s', async ([, { prepare, ask: plain, limit }], { mailing }) => {
    const { world } = mailing
    const ask = prepare ? await prepare(mailing) : plain!
    const toBob = async () => (await mailsIn(mailing)).filter(to => to === BOB).length
    const said = new Set<string>()
    for (let day = 0; day < 8; day++) {
      for (let i = 0; i < 4; i++) said.add(JSON.stringify(await ask(mailing)) ?? '')
      await allOut(world)
      await pass(world, DAY)
    }
    await world.writesNothing(() => ask(mailing))
    expect(said.size, [...said].join('\n')).toBe(1)
    expect(await toBob()).toBe(limit)
    // What they got is forgotten once it is no longer counted.
    await pass(world, 31 * DAY)
    await world.runCron()
    expect(await world.sql('SELECT count(*) FROM recipient_mail')).toEqual([[0]])
  })
})
