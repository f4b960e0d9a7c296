import { readFile } from 'node:fs/promises'
import { compactVerify, createLocalJWKSet } from 'jose'
import { expect } from 'vitest'
import { freePorts } from '../../local/port.ts'
import { MAIL_LEASE_MS } from '../../worker/mail/outbox.ts'
import { test } from '../support/browser.ts'
import { happened, ledger } from '../support/consent.ts'
import { openMailing, openTestMail, type ReceivedMail } from '../support/mail.ts'
import { answered } from '../support/world.ts'
import { ask, BOB, follow } from './confirmation.ts'
import { FEW_LOCALES, testConfirmations } from './matrix.ts'
import { at, heading, press } from './pages.ts'

/** Returns a header field of a mail, unfolded. */
const field = ({ source }: ReceivedMail, name: string): string | undefined =>
  new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'mi')
    .exec(source.toString())?.[1]
    ?.replace(/\r\n[ \t]/g, ' ')

test('from the sign-up to the receipt, and out again by the button of the mail program', async ({
  mailing,
  visit,
}) => {
  const { world, mail } = mailing
  await world.update('topic', "consent = 'opt_in'")
  await ask(world, BOB, { topics: ['news', 'offers'] })
  const [confirmation] = await mail.received(1)
  expect(confirmation!.to).toBe(BOB)
  expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'pending_confirmation' })

  const page = await follow(visit, world, confirmation!, 'confirm')
  expect(await heading(page)).toBe('Shall North & Co. write to you?')
  expect(await world.check(BOB)).toMatchObject({ decision: 'deny' })
  await press(page, 'Yes, send me this mail')
  expect(await heading(page)).toBe('You are subscribed')
  for (const topic of ['news', 'offers'])
    expect(await world.check(BOB, { topic })).toMatchObject({ decision: 'allow' })

  const { receipt } = await answered(await world.call('/v1/consents/prove', { address: BOB }))
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the receipt' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('receipt.jws')
  const own = await readFile(await download.path(), 'utf8')
  const jwks = createLocalJWKSet((await (await world.fetch('/.well-known/jwks.json')).json()) as never)
  for (const jws of [receipt, own]) {
    const { payload, protectedHeader } = await compactVerify(jws, jwks)
    expect(protectedHeader.alg).toBe('EdDSA')
    const { pii_processing } = JSON.parse(Buffer.from(payload).toString())
    expect(pii_processing.purposes).toMatchObject([
      { consent_state: 'confirmed' },
      { consent_state: 'confirmed' },
      ...(jws === own ? [] : [{}]),
    ])
  }

  expect(field(confirmation!, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
  const [, oneClick] = /^<(.+)>$/.exec(field(confirmation!, 'List-Unsubscribe')!)!
  const clicked = await fetch(at(world, oneClick!), { method: 'POST', body: 'List-Unsubscribe=One-Click' })
  expect(clicked.status).toBe(200)
  for (const topic of ['news', 'offers'])
    expect(await world.check(BOB, { topic })).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  expect(await happened(world)).toEqual([
    'consent.requested',
    'confirmation.mailed',
    'consent.confirmed',
    ...['suppression.added', 'consent.withdrawn'],
    ...['suppression.added', 'consent.withdrawn'],
  ])
})

test('"this was not me" is one link and one button away, and the door stays shut', async ({
  mailing,
  visit,
}) => {
  const { world, mail } = mailing
  await ask(world, BOB)
  const [confirmation] = await mail.received(1)
  const page = await follow(visit, world, confirmation!, 'cancel')
  expect(await heading(page)).toBe('Was this not you?')
  await press(page, 'This was not me')
  expect(await heading(page)).toBe('You are not subscribed')
  await ask(world, BOB)
  await world.runCron()
  expect(await mail.received(1)).toHaveLength(1)
})

test('whoever comes too late gets a new link with one button', async ({ mailing, visit }) => {
  const { world, mail } = mailing
  await ask(world, BOB)
  const [first] = await mail.received(1)
  await world.update('subscription_request', 'requested_at = requested_at - 7 * 86400000')
  const page = await follow(visit, world, first!, 'confirm')
  expect(await heading(page)).toBe('This link has run out')
  await press(page, 'Send a new confirmation')
  expect(await heading(page)).toBe('Look into your inbox')
  const mails = await mail.received(2)
  const second = mails.find(({ source }) => !source.equals(first!.source))!
  await press(await follow(visit, world, second, 'confirm'), 'Yes, send me this mail')
  expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
})

test('a mail server that is down delays the mail, and it comes once', async ({ visit }) => {
  const [port] = (await freePorts(1)) as [number]
  const world = await openMailing(port)
  await ask(world, BOB)
  const due = async () => (await world.sql('SELECT mail_due_at, mail_attempts FROM subscription_request'))[0]!
  const makeDue = () => world.update('subscription_request', 'mail_due_at = 1')
  const pause = async () =>
    Number((await world.sql('SELECT mail_due_at - requested_at FROM subscription_request'))[0]![0])
  await expect.poll(pause, { timeout: 15_000 }).toBeLessThan(MAIL_LEASE_MS)
  await makeDue()
  await world.runCron()
  expect((await due())[1]).toBe(1)
  expect(Number((await due())[0])).toBeGreaterThan(1)
  expect(await happened(world)).toEqual(['consent.requested'])

  const mail = await openTestMail(port)
  await makeDue()
  await Promise.all([world.runCron(), world.runCron(), world.runCron()])
  const [confirmation] = await mail.received(1)
  await world.runCron()
  expect(await mail.received(1)).toHaveLength(1)
  expect(await happened(world)).toEqual(['consent.requested', 'confirmation.mailed'])
  await press(await follow(visit, world, confirmation!, 'confirm'), 'Yes, send me this mail')
  expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
  await world.close()
  await mail.close()
})

test('sixty sign-ups of one address in a day make three mails', async ({ mailing }) => {
  const { world, mail } = mailing
  for (let i = 0; i < 60; i++) await ask(world, BOB, { source: { url: `https://site-${i}.example/` } })
  await mail.received(3)
  await world.update('subscription_request', 'mail_due_at = 1', [], 'mail_due_at IS NOT NULL')
  await world.runCron()
  expect(await mail.received(3)).toHaveLength(3)
})

test('nobody is mailed who complained, bounced or is protected by the law', async ({ mailing }) => {
  const { world, mail } = mailing
  const reasons = ['complained', 'bounced', 'legal']
  const entries = reasons.map(reason => ({ address: `${reason}@example.com`, scope: 'tenant', reason }))
  await answered(await world.call('/v1/suppressions', { entries }))
  for (const reason of reasons) await ask(world, `${reason}@example.com`)
  await ask(world, BOB)
  await world.runCron()
  expect((await mail.received(1)).map(({ to }) => to)).toEqual([BOB])
  const withheld = (await ledger(world)).filter(([, data]) => data['mail'] === 'withheld')
  expect(withheld.map(([, data]) => data['withheldFor'])).toEqual(reasons)
})

test('nobody is mailed who complained, bounced or came under the law while their mail waited', async () => {
  const [port] = (await freePorts(1)) as [number]
  const world = await openMailing(port)
  await world.update(
    'api_key',
    "permissions = json_insert(permissions, '$[#]', 'platform_suppressions:write')",
  )
  const entries = [
    { scope: 'tenant', reason: 'bounced' },
    { scope: 'workspace', reason: 'legal' },
    { scope: 'topic', topic: 'news', reason: 'complained' },
    { scope: 'platform', reason: 'complained' },
  ].map(entry => ({ address: `${entry.scope}@example.com`, ...entry }))
  for (const { address } of entries) await ask(world, address)
  await ask(world, BOB)
  await answered(await world.call('/v1/suppressions', { entries }))
  const mail = await openTestMail(port)
  await world.update('subscription_request', 'mail_due_at = 1')
  await world.runCron()
  expect((await mail.received(1)).map(({ to }) => to)).toEqual([BOB])
  expect(await world.sql('SELECT count(*) FROM subscription_request WHERE mail_due_at IS NOT NULL')).toEqual([
    [0],
  ])
  const withheld = (await ledger(world)).filter(([type]) => type === 'confirmation.withheld')
  expect(withheld.map(([, data]) => data['withheldFor']).sort()).toEqual(
    entries.map(({ reason }) => reason).sort(),
  )
  await world.close()
  await mail.close()
})

testConfirmations(FEW_LOCALES)
