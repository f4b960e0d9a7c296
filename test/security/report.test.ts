import { describe, expect } from 'vitest'
import { mintToken } from '../../core/token.ts'
import {
  connect,
  deliver,
  expectRefused,
  fixture,
  MAILGUN,
  signedArf,
  sns,
  taken,
  test,
} from '../support/inbound.ts'
import { answered, type World } from '../support/world.ts'

/** Somebody has a mail that was passed on to them, and with it whatever stands in it. */
const VICTIM = 'ada@example.com'
const NOBODY = 'nobody@evil.example'

/** Every mail that a tenant may send. */
const SENT = [{ topic: 'news' }, { topic: 'offers' }, { topic: 'receipts', purpose: 'transactional' }]

async function minted(world: World) {
  const mailbox = `fb@t${world.tenant}.north.example`
  await world.update('workspace', 'feedback_mailbox = ?', [mailbox], `number = ${world.workspace}`)
  const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients: [VICTIM] }))
  const { unsubscribeUrl, returnPath, headers } = links[0]
  return {
    mailbox,
    returnPath: returnPath as string,
    link: `List-Unsubscribe: <http://x/u/${unsubscribeUrl.split('/u/')[1]}>`,
    feedbackId: `CFBL-Feedback-ID: ${headers['CFBL-Feedback-ID']}`,
  }
}

const decisions = (world: World, address = VICTIM) =>
  Promise.all(
    SENT.map(async about => {
      const { decision, reason, scope } = await world.check(address, about)
      return decision === 'allow' ? 'allow' : `${reason} ${scope}`
    }),
  )

const forged = (kind: 'arf' | 'dsn', mailbox: string, fields: string) =>
  fixture(`${kind}.eml`, { FEEDBACK_ADDRESS: mailbox, RETURN_PATH: mailbox, ORIGINAL_FIELDS: fields })

describe('whoever has a mail of somebody else', () => {
  test.for(['arf', 'dsn'] as const)(
    'can do no more by a forged report (%s) than by pressing its unsubscribe link',
    async (kind, { world }) => {
      const { mailbox, link } = await minted(world)
      await world.mail('anything@anywhere.example', forged(kind, mailbox, link), NOBODY)
      expect(await decisions(world)).toEqual(['unsubscribed topic', 'allow', 'allow'])
      const types = await world.sql("SELECT type FROM event WHERE type LIKE '%reported'")
      expect(types).toEqual([])
      // The way back is the one from an unsubscribe.
      const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: VICTIM }))
      expect(suppressions).toMatchObject([{ reason: 'unsubscribed', source: 'recipient', scope: 'topic' }])
    },
  )

  test('cannot complain with all the tokens of the mail', async ({ sharedWorld: world }) => {
    const { mailbox, returnPath, feedbackId } = await minted(world)
    for (const to of [mailbox, returnPath])
      await expectRefused(world, 'mail', 'unknown_reporter', () =>
        world.mail(to, forged('arf', mailbox, feedbackId), NOBODY),
      )
    const own = { from: 'me@evil.example', domain: 'evil.example' }
    const mail = await signedArf({ FEEDBACK_ADDRESS: mailbox, ORIGINAL_FIELDS: feedbackId }, own)
    await expectRefused(world, 'mail', 'unknown_reporter', () => world.mail(mailbox, mail, NOBODY))
    expect(await decisions(world)).toEqual(['allow', 'allow', 'allow'])
  })

  test('cannot keep a receipt away by a return path, however often in a day', async ({ world }) => {
    const { returnPath } = await minted(world)
    for (let i = 0; i < 10; i++) {
      const words = { RETURN_PATH: returnPath, '.DSN@': `.${i}@`, '20261120.1@north': `${i}@north` }
      await world.mail(returnPath, fixture('dsn.eml', { ...words, ORIGINAL_FIELDS: 'X: y' }), NOBODY)
    }
    expect(await decisions(world)).toEqual(['bounced tenant', 'bounced tenant', 'allow'])
    const { preferencesUrl } = await world.links(VICTIM, 'receipts')
    const json = { headers: { accept: 'application/json' } }
    const { topics } = await answered(await world.fetch(preferencesUrl, json))
    expect(topics.map(({ state }: { state: string }) => state)).toEqual(['off', 'off', 'required'])
    const { topics: numbers, addressId } = world
    const claim = { topic: numbers.receipts!, addressId, ref: new Uint8Array() }
    const older = `/u/${mintToken(world.keyring, 'unsubscribe', claim)}`
    const page = await (await world.fetch(older, { headers: { accept: 'text/html' } })).text()
    expect(page).toContain('cannot be turned off here')
  })
})

describe('whoever can write to a mailbox that its sender passes on', () => {
  const pass = (world: World, mail: string) =>
    world.fetch('/v1/inbound/message', {
      method: 'POST',
      body: mail,
      headers: { authorization: `Bearer ${world.apiKey}` },
    })

  test('suppresses nobody by naming them', async ({ sharedWorld: world }) => {
    const named = (kind: 'arf' | 'dsn') =>
      forged(kind, 'fb@north.example', 'X: y').replaceAll('bob@example.com', VICTIM)
    for (const kind of ['arf', 'dsn'] as const)
      await expectRefused(world, 'message', 'no_token', async () => {
        expect((await pass(world, named(kind))).status).toBe(403)
      })
    expect(await decisions(world)).toEqual(['allow', 'allow', 'allow'])
  })

  test('suppresses none of a hundred that one complaint names', async ({ sharedWorld: world }) => {
    const hundred = Array.from({ length: 100 }, (_, i) => `Original-Rcpt-To: <r${i}@example.com>`).join(
      '\r\n',
    )
    const mail = forged('arf', 'fb@north.example', 'X: y').replace(
      'Original-Rcpt-To: <bob@example.com>',
      hundred,
    )
    expect(mail).toContain('r99@example.com')
    await expectRefused(world, 'message', 'no_token', () => pass(world, mail))
    expect(await decisions(world, 'r99@example.com')).toEqual(['allow', 'allow', 'allow'])
  })

  test('suppresses nobody else by a token of a mail that was theirs', async ({ world }) => {
    const { feedbackId } = await minted(world)
    const more = Array.from(
      { length: 50 },
      (_, i) => `Final-Recipient: rfc822; r${i}@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n`,
    )
    const mail = forged('dsn', 'fb@north.example', feedbackId).replace(
      'Final-Recipient',
      `${more.join('')}Final-Recipient`,
    )
    expect(await answered(await pass(world, mail))).toEqual(taken({ taken: 1, suppressed: 1, unproven: 50 }))
    expect(await decisions(world, 'r0@example.com')).toEqual(['allow', 'allow', 'allow'])
  })
})

describe('whoever has a topic of their own at Amazon', () => {
  test.for(['1', '2'])(
    'has nothing taken for ours that Amazon signed for it, wherever its text is cut (version %s)',
    async (version, { sharedWorld: world }) => {
      const path = await connect(world, 'ses', sns.settings)
      const Message = fixture('ses-complaint.json', { 'bob@example.com': VICTIM })
      const ours = {
        Message,
        MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf325',
        Timestamp: new Date().toISOString(),
        TopicArn: sns.settings.topicArn,
        Type: 'Notification',
      }
      const lines = Object.entries(ours).map(([name, value]) => `${name}\n${value}`)
      const TopicArn = sns.settings.topicArn.replace('123456789012', '210987654321')
      const cuts = [
        { Message },
        { Message: lines.join('\n').replace(/^Message\n/, '') },
        { Message: `${lines.join('\n').replace(/^Message\n/, '')}\n` },
        { Message, Subject: lines.slice(1).join('\n') },
      ]
      for (const fields of cuts) {
        const theirs = sns.message({ TopicArn, ...fields }, { version })
        await expectRefused(world, 'ses', 'foreign_topic', () => deliver(world, path, theirs))
        for (const after of [ours, { ...ours, Subject: undefined }, { TopicArn: ours.TopicArn }]) {
          const cut = sns.message({ TopicArn, ...fields }, { version, after })
          await expectRefused(world, 'ses', 'signature', () => deliver(world, path, cut))
        }
      }
      expect(await decisions(world)).toEqual(['allow', 'allow', 'allow'])
    },
  )
})

describe('whoever has a credential of one channel', () => {
  test('uses it for no other, and not before that is set up', async ({ world }) => {
    const made = await world.call('/v1/api-keys', { permissions: ['inbound:postmark'] })
    const { key } = (await made.json()) as { key: string }
    const basic = `Basic ${Buffer.from(`floe:${key}`).toString('base64')}`
    const complain = (path: string, body: string) =>
      world.writesNothing(() => deliver(world, path, body, { authorization: basic }))
    const postmark = fixture('postmark-complaint.json', { 'bob@example.com': VICTIM })
    expect((await complain('/v1/inbound/postmark', postmark)).status).toBe(409)
    expect((await complain('/v1/inbound/message', forged('dsn', 'x@y.example', 'X: y'))).status).toBe(403)
    await connect(world, 'mailgun', MAILGUN.settings)
    expect((await complain('/v1/inbound/mailgun', MAILGUN.body(fixture('mailgun-bounce.json')))).status).toBe(
      403,
    )
    expect(await decisions(world)).toEqual(['allow', 'allow', 'allow'])
  })

  test('puts no report under a signature of Mailgun’s that was seen, whatever it was under', async ({
    world,
  }) => {
    const path = await connect(world, 'mailgun', MAILGUN.settings)
    const seen = MAILGUN.body(fixture('mailgun-bounce.json', { '"failed"': '"delivered"' }))
    await answered(await deliver(world, path, seen))
    const complaint = MAILGUN.body(fixture('mailgun-complaint.json', { 'bob@example.com': VICTIM }))
    await world.writesNothing(() => deliver(world, path, complaint))
    expect(await decisions(world)).toEqual(['allow', 'allow', 'allow'])
  })
})
