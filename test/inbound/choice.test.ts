import { describe, expect } from 'vitest'
import { connect, deliver, fixture, MAILGUN, SENDGRID, sns, taken, test } from '../support/inbound.ts'
import { answered, type World } from '../support/world.ts'

const BOB = 'bob@example.com'
const OTHER = { topic: 'offers' }
const RECEIPT = { topic: 'receipts', purpose: 'transactional' }
const left = { decision: 'deny', reason: 'unsubscribed', scope: 'workspace' }

/** Delivers an event as its provider does, and returns the answer. */
type Tell = (world: World, event: object) => Promise<Response>

const tellSes: Tell = async (world, event) =>
  deliver(world, await connect(world, 'ses', sns.settings), sns.message({ Message: JSON.stringify(event) }))
const byPostmark = (world: World, event: object) =>
  deliver(world, '/v1/inbound/postmark', JSON.stringify(event), {
    authorization: `Basic ${Buffer.from(`floe:${world.apiKey}`).toString('base64')}`,
  })
const tellPostmark: Tell = async (world, event) => {
  await connect(world, 'postmark', {})
  return byPostmark(world, event)
}
let calls = 0
const tellMailgun: Tell = async (world, event) => {
  const path = await connect(world, 'mailgun', MAILGUN.settings)
  return deliver(world, path, MAILGUN.body(JSON.stringify(event), { token: `${++calls}`.padStart(50, 't') }))
}
const tellSendgrid: Tell = async (world, event) => {
  const body = JSON.stringify([event])
  return deliver(world, await connect(world, 'sendgrid', SENDGRID.settings), body, SENDGRID.headers(body))
}

const subscription = (now: object) => ({
  eventType: 'Subscription',
  mail: { messageId: 'm1', destination: [BOB] },
  subscription: {
    contactList: 'all',
    timestamp: '2026-11-20T15:00:00Z',
    source: 'UnsubscribeHeader',
    newTopicPreferences: now,
    oldTopicPreferences: {
      unsubscribeAll: false,
      topicSubscriptionStatus: [{ topicName: 'n', subscriptionStatus: 'OptIn' }],
    },
  },
})
const changed = (more: object = {}) => ({
  RecordType: 'SubscriptionChange',
  MessageID: 'm1',
  Recipient: BOB,
  Origin: 'Recipient',
  SuppressSending: true,
  SuppressionReason: 'ManualSuppression',
  ChangedAt: '2026-11-20T15:00:00Z',
  ...more,
})

describe('what people said to the provider becomes their own choice:', () => {
  test.for<[what: string, tell: Tell, event: object]>([
    ['Postmark’s unsubscribe', tellPostmark, changed()],
    [
      'a mail that Postmark took for an unsubscribe',
      tellPostmark,
      { RecordType: 'Bounce', ID: 1, Type: 'Unsubscribe', Email: BOB },
    ],
    ['SendGrid’s unsubscribe', tellSendgrid, { event: 'unsubscribe', sg_event_id: 'a', email: BOB }],
    [
      'SendGrid’s unsubscribe from a group',
      tellSendgrid,
      { event: 'group_unsubscribe', sg_event_id: 'a', email: BOB, asm_group_id: 3 },
    ],
    [
      'a mail that SendGrid kept back since its reader had left',
      tellSendgrid,
      { event: 'dropped', reason: 'Unsubscribed Address', sg_event_id: 'a', email: BOB },
    ],
    ['Mailgun’s unsubscribe', tellMailgun, { event: 'unsubscribed', id: 'a', recipient: BOB }],
    [
      'a mail that Mailgun kept back since its reader had left',
      tellMailgun,
      { event: 'failed', severity: 'permanent', reason: 'suppress-unsubscribe', id: 'a', recipient: BOB },
    ],
    ['leaving everything on the page of SES', tellSes, subscription({ unsubscribeAll: true })],
    [
      'leaving a topic on the page of SES',
      tellSes,
      subscription({ topicSubscriptionStatus: [{ topicName: 'n', subscriptionStatus: 'OptOut' }] }),
    ],
  ])('%s', async ([, tell, event], { world }) => {
    expect(await answered(await tell(world, event))).toEqual(
      taken({ taken: 1, suppressed: 1, reports: [{ verdict: 'unsubscribed', acted: true }] }),
    )
    expect(await world.check(BOB)).toMatchObject(left)
    expect(await world.check(BOB, OTHER)).toMatchObject(left)
    expect(await world.check(BOB, RECEIPT)).toMatchObject({ decision: 'allow' })
    const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: BOB }))
    expect(suppressions).toMatchObject([{ reason: 'unsubscribed', source: 'recipient' }])
    const lift = await world.call(`/v1/suppressions/${suppressions[0].id}`, undefined, { method: 'DELETE' })
    expect(await lift.json()).toMatchObject({ code: 'suppression.recipient_made' })
    const rows = await world.sql(
      "SELECT type FROM event WHERE address_id IS NOT NULL AND type NOT LIKE '%minted' ORDER BY seq",
    )
    expect(rows.flat()).toEqual(['unsubscribe.reported', 'suppression.added'])
  })

  const parts: [what: string, tell: (world: World, topics: object) => Promise<Response>][] = [
    [
      'a group of SendGrid’s',
      async (world, topics) => {
        const body = JSON.stringify([
          { event: 'group_unsubscribe', sg_event_id: 'a', email: BOB, asm_group_id: 3 },
        ])
        const path = await connect(world, 'sendgrid', { ...SENDGRID.settings, topics })
        return deliver(world, path, body, SENDGRID.headers(body))
      },
    ],
    [
      'a topic of SES’s',
      async (world, topics) => {
        const now = subscription({
          topicSubscriptionStatus: [{ topicName: '3', subscriptionStatus: 'OptOut' }],
        })
        const path = await connect(world, 'ses', { ...sns.settings, topics })
        return deliver(world, path, sns.message({ Message: JSON.stringify(now) }))
      },
    ],
    [
      'a stream of Postmark’s',
      async (world, topics) => {
        await connect(world, 'postmark', { topics })
        return byPostmark(world, changed({ MessageStream: '3' }))
      },
    ],
  ]

  test.for(parts)(
    'of %s is one of the topic that the workspace named, with its consent',
    async ([, tell], { world }) => {
      const entries = ['news', 'offers'].map(topic => ({
        address: BOB,
        topic,
        basis: 'express',
        at: '2026-01-02T03:04:05Z',
      }))
      await answered(await world.call('/v1/consents', { entries }))
      await answered(await tell(world, { 3: 'news', 4: 'offers' }))
      expect(await world.check(BOB)).toMatchObject({
        decision: 'deny',
        reason: 'unsubscribed',
        scope: 'topic',
      })
      expect(await world.check(BOB, OTHER)).toMatchObject({ decision: 'allow' })
      expect(
        await world.sql("SELECT data->>'scope', data->>'topic' FROM event WHERE type = 'consent.withdrawn'"),
      ).toEqual([['topic', world.topics.news]])
    },
  )

  test.for(parts)(
    'of %s that the workspace did not name is one of all of it',
    async ([, tell], { world }) => {
      await answered(await tell(world, { 4: 'offers' }))
      expect(await world.check(BOB)).toMatchObject(left)
      expect(await world.check(BOB, OTHER)).toMatchObject(left)
    },
  )

  test('of several topics of SES’s at once leaves each', async ({ world }) => {
    const statuses = ['a', 'b'].map(topicName => ({ topicName, subscriptionStatus: 'OptOut' }))
    const path = await connect(world, 'ses', { ...sns.settings, topics: { a: 'news', b: 'offers' } })
    const now = subscription({ topicSubscriptionStatus: statuses })
    const told = await deliver(world, path, sns.message({ Message: JSON.stringify(now) }))
    expect(await answered(told)).toMatchObject({ taken: 2, suppressed: 2 })
    for (const more of [{ topic: 'news' }, OTHER])
      expect(await world.check(BOB, more)).toMatchObject({ decision: 'deny', scope: 'topic' })
  })

  test.for<[what: string, topics: object, status: number, refusal: object]>([
    ['a topic that there is not', { 3: 'none' }, 404, { code: 'topic.not_found', topic: 'none' }],
    ['what nobody can leave', { 3: 'receipts' }, 400, { errors: [{ field: 'topics' }] }],
    ['a part without a name', { '': 'news' }, 400, { code: 'request.invalid' }],
    ['a list', ['news'], 400, { code: 'request.invalid' }],
  ])('is set up for no part that is %s', async ([, topics, status, refusal], { sharedWorld: world }) => {
    const settings = { ...SENDGRID.settings, topics }
    const answer = await world.writesNothing(() =>
      world.call('/v1/inbound/sendgrid', settings, { method: 'PUT' }),
    )
    expect([answer.status, await answer.json()]).toMatchObject([status, refusal])
  })

  test('told again after the recipient came back, it takes nobody away a second time', async ({ world }) => {
    await answered(await tellPostmark(world, changed()))
    await world.remove('suppression')
    expect(await answered(await world.writesNothing(() => byPostmark(world, changed())))).toEqual(
      taken({ repeated: 1, reports: [{ verdict: 'unsubscribed', acted: false, why: 'repeated' }] }),
    )
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
  })

  test('it ends the subscription too', async ({ world }) => {
    const entry = { address: BOB, topic: 'news', basis: 'express', at: '2026-01-02T03:04:05Z' }
    await answered(await world.call('/v1/consents', { entries: [entry] }))
    await answered(await tellSendgrid(world, { event: 'unsubscribe', sg_event_id: 'a', email: BOB }))
    const rows = await world.sql("SELECT type FROM event WHERE type LIKE 'consent.%' ORDER BY seq")
    expect(rows.flat()).toEqual(['consent.granted', 'consent.withdrawn'])
  })

  test.for<[what: string, event: object]>([
    ['the sender made', changed({ Origin: 'Customer' })],
    ['Postmark’s staff made', changed({ Origin: 'Admin' })],
    ['lets mail go out again', changed({ SuppressSending: false })],
  ])('a change that %s is none', async ([, event], { sharedWorld: world }) => {
    await connect(world, 'postmark', {})
    const answer = await world.writesNothing(() => byPostmark(world, event))
    expect(await answered(answer)).toEqual(taken({}))
  })
})

describe('an event of a type that nobody here knows', () => {
  test.for<[provider: string, tell: Tell, event: object]>([
    ['postmark', tellPostmark, { RecordType: 'Surprise' }],
    ['sendgrid', tellSendgrid, { event: 'surprise', sg_event_id: 'a', email: BOB }],
    ['mailgun', tellMailgun, { event: 'surprise', id: 'a', recipient: BOB }],
    ['ses', tellSes, { eventType: 'Surprise' }],
  ])(
    'of %s is answered 200, and counted where the sender sees it',
    async ([provider, tell, event], { world }) => {
      expect(await answered(await tell(world, event))).toEqual(taken({ unknown: 1 }))
      const { refused } = await answered(
        await world.call('/v1/inbound/refused', undefined, { method: 'GET' }),
      )
      expect(refused).toMatchObject([{ door: provider, why: 'unknown_event', count: 1 }])
    },
  )
})

describe('a transient bounce', () => {
  const bounce = (id: string, more: object = {}) => ({
    notificationType: 'Bounce',
    bounce: {
      bounceType: 'Transient',
      bounceSubType: 'MailboxFull',
      feedbackId: id,
      bouncedRecipients: [
        {
          emailAddress: BOB,
          action: 'failed',
          status: '5.2.2',
          diagnosticCode: 'smtp; 552 5.2.2 over quota',
        },
      ],
      ...more,
    },
  })
  const DELIVERED = { eventType: 'Delivery', delivery: { recipients: [BOB, 'nobody'] } }

  test('counts no more once a mail was delivered', async ({ world }) => {
    for (const id of ['a', 'b']) await answered(await tellSes(world, bounce(id)))
    await answered(await tellSes(world, DELIVERED))
    expect(await answered(await tellSes(world, bounce('a')))).toEqual(
      taken({ repeated: 1, reports: [{ verdict: 'transient', acted: false, why: 'repeated' }] }),
    )
    for (const id of ['c', 'd'])
      expect(await answered(await tellSes(world, bounce(id)))).toEqual(
        taken({ taken: 1, reports: [{ verdict: 'transient', acted: false, why: 'counted' }] }),
      )
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
    expect(await answered(await tellSes(world, bounce('e')))).toEqual(taken({ taken: 1, suppressed: 1 }))
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'bounced' })
    expect(await world.check(BOB, RECEIPT)).toMatchObject({ decision: 'allow' })
  })

  test('is no out-of-office reply, nor what SES cannot tell', async ({ sharedWorld: world }) => {
    await connect(world, 'ses', sns.settings)
    const recipient = { bouncedRecipients: [{ emailAddress: BOB }] }
    for (const more of [
      { bounceSubType: 'General', ...recipient },
      { bounceType: 'Undetermined', bounceSubType: 'Undetermined' },
    ])
      expect(await answered(await tellSes(world, bounce('x', more)))).toEqual(taken({}))
    expect(await world.sql('SELECT count(*) FROM inbound_report')).toEqual([[0]])
  })
})

describe('what a provider calls permanent is read by its words and classes', () => {
  test.for<[what: string, tell: Tell, event: object, verdict: string]>([
    ['SES, to an address that is not there', tellSes, JSON.parse(fixture('ses-bounce.json')), 'permanent'],
    [
      'Mailgun’s espblock',
      tellMailgun,
      {
        event: 'failed',
        severity: 'permanent',
        reason: 'espblock',
        id: 'a',
        recipient: BOB,
        'delivery-status': { code: 554, message: '' },
      },
      'transient',
    ],
    [
      'Mailgun’s 554 for spam',
      tellMailgun,
      {
        event: 'failed',
        severity: 'permanent',
        reason: 'bounce',
        id: 'a',
        recipient: BOB,
        'delivery-status': { code: 554, message: 'Message rejected as spam' },
      },
      'transient',
    ],
    [
      'Mailgun’s 552 over quota',
      tellMailgun,
      {
        event: 'failed',
        severity: 'permanent',
        reason: 'bounce',
        id: 'a',
        recipient: BOB,
        'delivery-status': { code: 552, message: 'Mailbox over quota' },
      },
      'transient',
    ],
    [
      'Mailgun’s own list of bounces',
      tellMailgun,
      { event: 'failed', severity: 'permanent', reason: 'suppress-bounce', id: 'a', recipient: BOB },
      'permanent',
    ],
    [
      'SendGrid’s reputation',
      tellSendgrid,
      {
        event: 'bounce',
        type: 'bounce',
        bounce_classification: 'Reputation',
        status: '5.0.0',
        reason: '550 blocked',
        sg_event_id: 'a',
        email: BOB,
      },
      'transient',
    ],
    [
      'SendGrid’s invalid address',
      tellSendgrid,
      {
        event: 'bounce',
        type: 'bounce',
        bounce_classification: 'Invalid Address',
        status: '5.0.0',
        reason: '550',
        sg_event_id: 'a',
        email: BOB,
      },
      'permanent',
    ],
    [
      'SendGrid’s unclassified, by its words',
      tellSendgrid,
      {
        event: 'bounce',
        type: 'bounce',
        bounce_classification: 'Unclassified',
        reason: '550 no such user',
        sg_event_id: 'a',
        email: BOB,
      },
      'permanent',
    ],
    [
      'Postmark’s hard bounce over DMARC',
      tellPostmark,
      {
        RecordType: 'Bounce',
        ID: 1,
        Type: 'HardBounce',
        Details: 'smtp;550 5.7.26 DMARC check failed',
        Email: BOB,
      },
      'transient',
    ],
    [
      'SES’s permanent over spam',
      tellSes,
      {
        notificationType: 'Bounce',
        bounce: {
          bounceType: 'Permanent',
          bounceSubType: 'General',
          feedbackId: 'a',
          bouncedRecipients: [
            { emailAddress: BOB, action: 'failed', status: '5.0.0', diagnosticCode: 'smtp; 554 spam' },
          ],
        },
      },
      'transient',
    ],
    [
      'SES’s transient for a domain that is not there',
      tellSes,
      {
        notificationType: 'Bounce',
        bounce: {
          bounceType: 'Transient',
          bounceSubType: 'General',
          feedbackId: 'a',
          bouncedRecipients: [
            {
              emailAddress: BOB,
              action: 'failed',
              status: '5.4.4',
              diagnosticCode: 'smtp; 550 5.4.4 Invalid domain',
            },
          ],
        },
      },
      'permanent',
    ],
  ])('%s', async ([, tell, event, verdict], { world }) => {
    const { reports } = await answered(await tell(world, event))
    expect(reports).toMatchObject([{ verdict }])
  })
})
