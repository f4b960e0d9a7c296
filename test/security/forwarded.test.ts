import { createHash } from 'node:crypto'
import { describe, expect } from 'vitest'
import { dayIn } from '../../core/locale.ts'
import { press } from '../support/consent.ts'
import { exported, linkIn, type OpenedData, openData, test } from '../support/rights.ts'
import { signUp } from '../support/sign-up.ts'
import { answered, type World } from '../support/world.ts'

const ADA = 'ada@example.com'
const CLINIC = 'clinic.of-something-private.example'
const DAY_MS = 86_400_000
const hash = createHash('sha256').update(ADA).digest()
/** The plain hash of her address, as anybody who guesses it would write it. */
const HASHES = [hash.toString('hex'), hash.toString('base64'), hash.toString('base64url')]
/** Reasons and grounds, as the API names them and as pages say them in words. */
const REASONS =
  /complain|bounce|on record|you confirmed|asked for at|chosen before:|Off since|became a customer/i

interface Mailbox {
  received(count: number): Promise<{ to: string; text: string }[]>
}

/** Has Ada sign up at the clinic's page and say yes to it by the mailed button; returns the link of that mail. */
async function subscribe(world: World, mail: Mailbox, topic: string, count: number): Promise<string> {
  const source = { url: `https://${CLINIC}/join`, form: 'results' }
  expect((await world.call('/v1/subscriptions', signUp(ADA, { topics: [topic], source }))).status).toBe(202)
  return /\/c\/[\w-]{32}/.exec((await mail.received(count)).at(-1)!.text)![0]
}

/** Lets the days pass since everything that is kept outside the ledger, so that no day of it is today. */
async function agedBy(world: World, days: number): Promise<void> {
  const by = days * DAY_MS
  await world.update('suppression', 'at = at - ?', [by])
  await world.update('subscription', 'at = at - ?, given_at = given_at - ?', [by, by])
  await world.update('subscription_request', 'requested_at = requested_at - ?, closed_at = closed_at - ?', [
    by,
    by,
  ])
  await world.update('recipient_choice', 'sale_opt_out_at = sale_opt_out_at - ?', [by])
}

/** Every moment at which somebody chose something, and those that follow from one by a fixed term. */
async function moments(world: World): Promise<number[]> {
  const rows =
    await world.sql(`SELECT at FROM suppression UNION SELECT at FROM subscription UNION SELECT given_at FROM subscription
    UNION SELECT requested_at FROM subscription_request UNION SELECT requested_at + ${7 * DAY_MS} FROM subscription_request
    UNION SELECT closed_at FROM subscription_request UNION SELECT sale_opt_out_at FROM recipient_choice UNION SELECT at FROM event
    UNION SELECT expires_at FROM rights_link`)
  return rows.flatMap(([at]) => (typeof at === 'number' ? at : []))
}

/** Returns what in an answer tells more than how its recipient stands: a pause alone has a day, the one it ends on. */
function told(text: string, times: readonly number[]): string[] {
  const shown = text
    .replace(/"pausedUntil":"[^"]*"/, '')
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
  const days = times.flatMap(at => [dayIn('en', at), new Date(at).toISOString().slice(0, 10), String(at)])
  return [
    ...[CLINIC, ADA, ...HASHES].filter(secret => text.includes(secret)),
    ...[...new Set(days)].filter(day => shown.includes(day)),
    ...(shown.match(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? []),
    ...(shown.match(REASONS) ?? []),
  ]
}

/** One form of a page: where it leads, and what a browser would send with each of its buttons. */
function formsIn(html: string): [action: string, fields: [string, string][]][] {
  return [...html.matchAll(/<form[^>]*?action="([^"]+)"[\s\S]*?<\/form>/g)].flatMap(([form, action]) => {
    const named = (tag: string) =>
      [...form.matchAll(new RegExp(`<${tag}[^>]*>`, 'g'))].flatMap(([one]): [string, string][] => {
        const [name, value] = ['name', 'value'].map(key => new RegExp(`\\b${key}="([^"]*)"`).exec(one)?.[1])
        return name === undefined ? [] : [[name, value ?? '']]
      })
    const inputs = named('input').filter(([name]) => name !== 'address')
    const buttons = named('button')
    return (buttons.length > 0 ? buttons : [undefined]).map((button): [string, [string, string][]] => [
      action!,
      [
        ...inputs,
        ...(button ? [button] : []),
        ...(form.includes('name="days"') ? [['days', '30'] as [string, string]] : []),
      ],
    ])
  })
}

/** Paths that the links of a mail lead to. */
const OURS = /(?:href|action)="(?:https?:\/\/[^/"]+)?(\/[upcr]\/[^"]+)"/g

/** Follows every link from the links of a mail on, as a page and as JSON, then presses every button, and says what was told where. */
async function walk(
  world: World,
  links: string[],
): Promise<{ found: Record<string, string[]>; seen: string[] }> {
  const found: Record<string, string[]> = {}
  const seen = new Set<string>()
  const forms = new Map<string, [string, [string, string][]]>()
  const look = async (name: string, answer: Response) => {
    const text = await answer.text()
    const things = told(text, await moments(world))
    if (things.length > 0) found[name] = things
    for (const form of formsIn(text))
      forms.set(
        `POST ${form[0]} ${form[1].filter(([key]) => key !== 'undo' && key !== 'press').join(' ')}`,
        form,
      )
    return [...text.matchAll(OURS)].map(([, path]) => path!)
  }
  const visit = async (paths: string[]) => {
    for (const queue = [...paths]; queue.length > 0; ) {
      const path = queue.pop()!
      if (seen.has(path)) continue
      seen.add(path)
      for (const accept of ['text/html', 'application/json'])
        queue.push(...(await look(`${accept} ${path}`, await world.fetch(path, { headers: { accept } }))))
    }
  }
  await visit(links)
  for (const pressed = new Set<string>(); ; ) {
    const next = [...forms].find(([name]) => !pressed.has(name))
    if (!next) break
    const [name, [action, fields]] = next
    pressed.add(name)
    seen.add(name)
    // A receipt is for whoever pressed, and tells what they pressed.
    if (action.endsWith('/receipt')) continue
    for (const accept of ['text/html', 'application/json']) {
      const answer = await world.fetch(action, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { accept },
      })
      await visit(await look(`${name}, ${accept}`, answer))
    }
  }
  return { found, seen: [...seen] }
}

const linksOf = async (world: World, confirm: string[]) => {
  const both = [await world.links(ADA), await world.links(ADA, 'offers')]
  return [
    ...both.flatMap(one => [one.unsubscribeUrl, one.preferencesUrl]),
    ...confirm,
    ...confirm.map(one => `${one}/cancel`),
  ].map(link => new URL(link, world.url).pathname)
}

const send = (world: World, url: string, fields: Record<string, string>) =>
  world.fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers: { accept: 'text/html' } })

/** Has Ada sign up, confirm, leave, come back to nothing and opt out; one more sign-up is left to its link. */
async function live({ world, mail }: { world: World; mail: Mailbox }): Promise<string[]> {
  const confirmed = await subscribe(world, mail, 'news', 1)
  expect((await press(world, confirmed)).status).toBe(200)
  const { unsubscribeUrl, preferencesUrl } = await world.links(ADA, 'offers')
  await world.fetch(unsubscribeUrl, { method: 'POST' })
  await send(world, preferencesUrl, { act: 'opt_out_of_sale' })
  return [confirmed]
}

describe('who holds a link of a mail that was passed on', () => {
  test('is told by no page and no JSON behind it when, where or why anything was chosen', async ({
    mailing,
  }) => {
    const { world } = mailing
    const confirm = await live(mailing)
    await agedBy(world, 3)
    const { found, seen } = await walk(world, await linksOf(world, confirm))
    expect(found).toEqual({})
    for (const part of [
      /^\/u\//,
      /^\/p\/[\w-]+$/,
      /\/access$/,
      /^\/c\/[\w-]+$/,
      /\/cancel$/,
      /act,pause/,
      /act,stop/,
      /scope,workspace/,
    ])
      expect(
        seen.some(one => part.test(one)),
        String(part),
      ).toBe(true)
  })

  test.for<[what: string, change: (world: World) => Promise<unknown>]>([
    ['a sign-up that waits', async () => {}],
    [
      'one that ran out',
      world => world.update('subscription_request', 'requested_at = requested_at - ?', [5 * DAY_MS]),
    ],
    [
      'a complaint',
      world =>
        world.call('/v1/suppressions', {
          entries: [{ address: ADA, scope: 'workspace', reason: 'complained' }],
        }),
    ],
    [
      'a bounce',
      world =>
        world.call('/v1/suppressions', {
          entries: [{ address: ADA, scope: 'workspace', reason: 'bounced' }],
        }),
    ],
    [
      'a purchase the sender recorded',
      world =>
        world.call('/v1/consents', {
          entries: [{ address: ADA, topic: 'offers', basis: 'implied_purchase', at: '2026-02-03T00:00:00Z' }],
        }),
    ],
  ])('nor where there is %s', async ([, change], { mailing }) => {
    const { world, mail } = mailing
    const open = await subscribe(world, mail, 'news', 1)
    await change(world)
    await agedBy(world, 3)
    expect((await walk(world, await linksOf(world, [open]))).found).toEqual({})
  })

  test('nor by the link that asks a new address whether it takes the place of an old one', async ({
    mailing,
  }) => {
    const { world, mail } = mailing
    await live(mailing)
    const data = await openData(mailing, ADA)
    expect((await data.send('/address', { address: 'ada@new.example' })).status).toBe(200)
    const asked = (await mail.received(3)).find(({ to }) => to === 'ada@new.example')!
    await agedBy(world, 3)
    const { found, seen } = await walk(world, [linkIn(asked, 'r')])
    expect(found).toEqual({})
    expect(seen.filter(one => one.includes('/r/')).length).toBeGreaterThan(2)
  })

  test('gets no receipt', async ({ mailing }) => {
    const { world } = mailing
    const [confirm] = await live(mailing)
    for (const init of [
      {},
      { method: 'POST' },
      { method: 'POST', body: new URLSearchParams({ press: confirm! }) },
    ]) {
      const answer = await world.fetch(`${confirm}/receipt`, init)
      expect(answer.ok).toBe(false)
    }
  })
})

describe('the data that a fresh mail to their address opens', () => {
  const receiptOf = async (data: OpenedData) => {
    const answer = await data.send('/receipt')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/jose'])
    return Buffer.from((await answer.text()).split('.')[1]!, 'base64url').toString()
  }

  test('say when, where and why everything was chosen, in words, as a file and with a receipt', async ({
    mailing,
  }) => {
    const { world } = mailing
    await live(mailing)
    await agedBy(world, 3)
    const day = dayIn('en', (await world.sql('SELECT given_at FROM subscription'))[0]![0] as number)
    const data = await openData(mailing, ADA)
    const page = data.page.replace(/[\u2068\u2069]/g, '')
    for (const text of [
      `On ${day} you confirmed this mail, which had been asked for at ${CLINIC} with this address.`,
      `since ${day}`,
      'You agreed to mail',
      'You unsubscribed',
      'Sale and sharing opted out of',
      'nothing about you may be sold or shared',
    ])
      expect(page).toContain(text)
    const taken = await exported(data)
    const at = expect.stringMatching(/^\d{4}-.*Z$/)
    expect(taken).toMatchObject({
      topics: [{ topic: 'news', source: CLINIC, givenAt: at }],
      suppressions: [{ about: 'Offers', since: at }],
      saleOptOutAt: at,
    })
    const stopped = taken.history.find(({ type }: { type: string }) => type === 'suppression.added')
    expect(stopped).toMatchObject({ about: ['Offers'], at })
    const receipt = await receiptOf(data)
    expect(JSON.parse(receipt).event.map(({ event_state }: { event_state: string }) => event_state)).toEqual([
      'requested',
      'given',
      'withdrawn',
    ])
  })

  test('say on what ground each sender writes and since when, as the sender recorded it', async ({
    mailing,
  }) => {
    const { world } = mailing
    const grounds: [sender: string, topic: string, basis: string, said: string][] = [
      ['North', 'news', 'express', 'that you agreed to this mail on DAY'],
      ['North', 'offers', 'implied_purchase', 'that you became a customer on DAY'],
      ['North', 'receipts', 'contract', 'that this mail has been part of a contract with you since DAY'],
      ['South', 'news', 'implied_inquiry', 'that you made an inquiry on DAY'],
      ['South', 'offers', 'soft_opt_in', 'that you gave this address with a purchase on DAY'],
      ['South', 'receipts', 'legitimate_interest', 'a legitimate interest in writing to you since DAY'],
    ]
    const keys: Record<string, string> = { North: world.apiKey, South: world.siblingApiKey }
    const given = grounds.map(([sender, topic, basis, said], i) => {
      // Each on a day of its own.
      const at = Date.now() - 10 * (i + 1) * DAY_MS
      const told = `${sender} &amp; Co. has on record ${said.replace('DAY', dayIn('en', at))}.`
      return { sender, topic, basis, told, at: new Date(at).toISOString() }
    })
    for (const { sender, topic, basis, at } of given) {
      const entries = [{ address: ADA, topic, basis, at }]
      const { results } = await answered(
        await world.call('/v1/consents', { entries }, { key: keys[sender]! }),
      )
      expect(results).toMatchObject([{ outcome: 'recorded' }])
    }
    const data = await openData(mailing, ADA)
    const page = data.page.replace(/[\u2068\u2069]/g, '')
    for (const { told } of given) expect(page).toContain(`<span class="fact-line">${told}</span>`)
    expect(page.match(/has on record/g)).toHaveLength(given.length)
    const { topics } = await exported(data)
    for (const { sender, topic, basis, at } of given)
      expect(topics).toContainEqual(
        expect.objectContaining({ sender: `${sender} & Co.`, topic, basis, givenAt: at }),
      )
  })

  test('say honestly where nothing is known of how the sender came by the address', async ({ mailing }) => {
    expect((await openData(mailing, ADA)).page).toContain('Nothing here says where')
  })

  test('give a receipt that names nobody to whoever guesses, and opens nothing', async ({ mailing }) => {
    const { world } = mailing
    await live(mailing)
    const receipt = await receiptOf(await openData(mailing, ADA))
    for (const secret of [ADA, CLINIC, ...HASHES]) expect(receipt).not.toContain(secret)
    expect(receipt).not.toMatch(/\/[upcar]\/[\w-]{30,}/)
    const { results } = await answered(await world.call('/v1/address-ids', { addresses: [ADA] }))
    expect(JSON.parse(receipt).record.pii_principal_id).toBe(results[0].addressId)
  })

  test('give no receipt without their session', async ({ mailing }) => {
    const { world } = mailing
    const { preferencesUrl } = await world.links(ADA)
    for (const session of ['', 'x', preferencesUrl.slice(-39)]) {
      const answer = await world.writesNothing(() => send(world, '/your-data/receipt', { session }))
      expect([answer.ok, answer.headers.get('content-type')]).toEqual([false, 'text/html; charset=utf-8'])
    }
  })
})
