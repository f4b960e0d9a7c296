import { generateKeyPairSync } from 'node:crypto'
import { describe, expect } from 'vitest'
import {
  asked,
  connect,
  deliver,
  expectRefused,
  fixture,
  MAILGUN,
  SENDGRID,
  sns,
  taken,
  test,
} from '../support/inbound.ts'
import { answered, type World } from '../support/world.ts'

const BOB = 'bob@example.com'
const DAY_MS = 24 * 60 * 60 * 1000

const bounced = { decision: 'deny', reason: 'bounced', scope: 'tenant' }
const complained = { decision: 'deny', reason: 'complained', scope: 'workspace' }
const login = (world: World, user = 'floe') => ({
  authorization: `Basic ${Buffer.from(`${user}:${world.apiKey}`).toString('base64')}`,
})

describe('Amazon SES', () => {
  for (const version of ['1', '2']) {
    test(`is believed with a signature of version ${version}, and told twice it acts once`, async ({
      world,
    }) => {
      const path = await connect(world, 'ses', sns.settings)
      const body = sns.message({ Message: fixture('ses-bounce.json') }, { version })
      const first = await deliver(world, path, body, { 'content-type': 'text/plain; charset=UTF-8' })
      expect(await answered(first)).toEqual(taken({ taken: 1, suppressed: 1 }))
      expect(await world.check(BOB)).toMatchObject(bounced)
      const again = await world.writesNothing(() => deliver(world, path, body))
      expect(await answered(again)).toEqual(taken({ repeated: 1 }))
    })
  }

  test('passes a complaint on, which stands for the workspace and only the recipient lifts', async ({
    world,
  }) => {
    const path = await connect(world, 'ses', sns.settings)
    await answered(await deliver(world, path, sns.message({ Message: fixture('ses-complaint.json') })))
    expect(await world.check(BOB)).toMatchObject(complained)
    const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: BOB }))
    expect(suppressions).toMatchObject([{ reason: 'complained', source: 'report' }])
    const lift = await world.call(`/v1/suppressions/${suppressions[0].id}`, undefined, { method: 'DELETE' })
    expect(lift.status).toBe(409)
  })

  test('that lists several of whom one may have complained suppresses none of them', async ({ world }) => {
    const path = await connect(world, 'ses', sns.settings)
    const one = '{ "emailAddress": "bob@example.com" }'
    const both = `${one}, { "emailAddress": "carol@example.com" }`
    const Message = fixture('ses-complaint.json', { [one]: both })
    const answer = await deliver(world, path, sns.message({ Message }))
    expect(await answered(answer)).toEqual(taken({ taken: 2 }))
    for (const address of [BOB, 'carol@example.com'])
      expect(await world.check(address)).toMatchObject({ decision: 'allow' })
    const rows = await world.sql("SELECT data FROM event WHERE type = 'complaint.reported'")
    expect(rows.map(([data]) => JSON.parse(String(data)))).toMatchObject([
      { kind: 'possible_complaint', among: 2 },
      { kind: 'possible_complaint', among: 2 },
    ])
  })

  test('is answered when it asks whether we want its messages, at its own address alone', async ({
    world,
  }) => {
    const path = await connect(world, 'ses', sns.settings)
    const ask = (host: string, token: string) =>
      sns.message({
        Type: 'SubscriptionConfirmation',
        Token: token,
        Message: 'You have chosen to subscribe',
        SubscribeURL: `${host}/?Action=ConfirmSubscription&TopicArn=${sns.settings.topicArn}&Token=${token}`,
      })
    asked.length = 0
    expect((await deliver(world, path, ask(sns.host, 'good'))).status).toBe(200)
    expect(asked.at(-1)).toContain('Action=ConfirmSubscription')
    expect((await deliver(world, path, ask(sns.host, 'bad'))).status).toBe(502)
    const before = asked.length
    for (const host of [
      'https://sns.eu-west-1.amazonaws.com.evil.example',
      'https://169.254.169.254',
      'https://sns.us-east-1.amazonaws.com',
    ])
      await expectRefused(world, 'ses', 'malformed', () => deliver(world, path, ask(host, 'good')))
    expect(asked.length).toBe(before)
  })

  test('three transient bounces within ten weeks keep marketing away for 14 days and no receipt, two do not', async ({
    world,
  }) => {
    const path = await connect(world, 'ses', sns.settings)
    const bounce = async (id: string) =>
      answered(
        await deliver(
          world,
          path,
          sns.message({ Message: fixture('ses-transient.json', { FEEDBACK_ID: id }) }),
        ),
      )
    expect(await bounce('one')).toEqual(taken({ taken: 1 }))
    expect(await bounce('one')).toEqual(taken({ repeated: 1 }))
    await bounce('two')
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
    // Both were longer ago.
    await world.update('inbound_report', 'at = at - ?', [71 * DAY_MS])
    await bounce('three')
    await bounce('four')
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
    expect(await bounce('five')).toEqual(taken({ taken: 1, suppressed: 1 }))
    const denied = await world.check(BOB)
    expect(denied).toMatchObject(bounced)
    const length = Date.parse(String(denied['until'])) - Date.parse(String(denied['since']))
    expect(length).toBe(14 * DAY_MS)
    expect(await world.check(BOB, { topic: 'receipts', purpose: 'transactional' })).toMatchObject({
      decision: 'allow',
    })
  })

  const forgeries: [string, string, object][] = [
    [
      'a certificate of another host',
      'signature',
      { SigningCertURL: 'https://evil.example/SimpleNotificationService-0123.pem' },
    ],
    [
      'a certificate of a host that only begins like Amazon',
      'signature',
      {
        SigningCertURL: 'https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-0123.pem',
      },
    ],
    [
      'a certificate from another region',
      'signature',
      { SigningCertURL: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123.pem' },
    ],
    [
      'a file of Amazon that is no certificate',
      'signature',
      { SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/latest/meta-data' },
    ],
    [
      'a certificate over plain http',
      'signature',
      { SigningCertURL: sns.certificateUrl.replace('https', 'http') },
    ],
    ['a signature of no known version', 'signature', { SignatureVersion: '3' }],
    ['a signature that is none', 'signature', { Signature: '!!!' }],
    ['another message under the signature', 'signature', { Message: fixture('ses-complaint.json') }],
    ['another time under the signature', 'signature', { Timestamp: '2026-01-01T00:00:00.000Z' }],
    [
      "a topic of somebody else's",
      'foreign_topic',
      { TopicArn: 'arn:aws:sns:eu-west-1:999999999999:bounces' },
    ],
    ['a type there is not', 'malformed', { Type: 'Surprise' }],
  ]
  test('does nothing for what is not proven, fetches nothing for it, and counts it', async ({ world }) => {
    const path = await connect(world, 'ses', sns.settings)
    asked.length = 0
    for (const [what, why, after] of forgeries) {
      const body = sns.message({ Message: fixture('ses-bounce.json') }, { after })
      await expectRefused(world, 'ses', why, async () => {
        const answer = await deliver(world, path, body)
        expect(answer.status, what).toBe(403)
        expect(await answer.json()).toMatchObject({ code: 'inbound.unproven', why })
      })
    }
    expect(asked.filter(url => url !== sns.certificateUrl)).toEqual([])
    const old = sns.message({ Message: '{}', Timestamp: new Date(Date.now() - 81 * DAY_MS).toISOString() })
    await expectRefused(world, 'ses', 'stale', () => deliver(world, path, old))
  })
})

describe('Postmark', () => {
  test('is believed with the key in its address, and told twice it acts once', async ({
    sharedWorld: world,
  }) => {
    await connect(world, 'postmark', {})
    for (const [name, answer] of [
      ['postmark-bounce.json', bounced],
      ['postmark-complaint.json', { decision: 'deny' }],
    ] as const) {
      const call = () => deliver(world, '/v1/inbound/postmark', fixture(name), login(world))
      expect(await answered(await call())).toEqual(taken({ taken: 1, suppressed: 1 }))
      expect(await world.check(BOB)).toMatchObject(answer)
      expect(await answered(await world.writesNothing(call))).toEqual(taken({ repeated: 1 }))
    }
    const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: BOB }))
    expect(suppressions.map(({ reason }: { reason: string }) => reason).sort()).toEqual([
      'bounced',
      'complained',
    ])
  })

  test('takes nothing from automatic replies, deliveries and the like', async ({ sharedWorld: world }) => {
    await connect(world, 'postmark', {})
    for (const words of [
      { HardBounce: 'AutoResponder' },
      { HardBounce: 'ManuallyDeactivated' },
      { '"Bounce"': '"Delivery"' },
    ]) {
      const body = fixture('postmark-bounce.json', words as Record<string, string>)
      const answer = await world.writesNothing(() =>
        deliver(world, '/v1/inbound/postmark', body, login(world)),
      )
      expect(await answered(answer)).toEqual(taken({}))
    }
  })

  test('is not believed by its address alone, nor with a key that may not, and that is counted', async ({
    world,
  }) => {
    const body = fixture('postmark-bounce.json')
    const url = await connect(world, 'postmark', {})
    const missing = await world.writesNothing(() => deliver(world, url, body))
    expect(missing.status).toBe(401)
    const hook = (await connect(world, 'ses', sns.settings)).split('/').at(-1)
    expect(
      (await world.writesNothing(() => deliver(world, `/v1/inbound/postmark/${hook}`, body))).status,
    ).toBe(404)
    await world.update('api_key', "permissions = replace(permissions, ',\"inbound:postmark\"', '')")
    const [[permissions]] = (await world.sql('SELECT permissions FROM api_key LIMIT 1')) as [[string]]
    expect(permissions).not.toContain('inbound:postmark')
    expect(permissions).toContain('inbound:message')
    await expectRefused(world, 'postmark', 'key', async () => {
      expect((await deliver(world, '/v1/inbound/postmark', body, login(world))).status).toBe(403)
    })
  })

  test('is refused where it was not set up, with whatever key', async ({ world }) => {
    await expectRefused(world, 'postmark', 'not_connected', async () => {
      const answer = await deliver(
        world,
        '/v1/inbound/postmark',
        fixture('postmark-complaint.json'),
        login(world),
      )
      expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'inbound.not_connected' }])
    })
  })

  test('has a key that opens no other channel', async ({ world }) => {
    const made = await world.call('/v1/api-keys', { permissions: ['inbound:postmark'] })
    const { key } = (await made.json()) as { key: string }
    const post = (path: string) => world.writesNothing(() => world.call(path, {}, { key }))
    for (const path of ['message', 'ses', 'mailgun', 'sendgrid'])
      expect((await post(`/v1/inbound/${path}`)).status, path).toBe(403)
    expect((await post('/v1/inbound/postmark')).status).toBe(409)
  })
})

describe('Mailgun', () => {
  test('is believed by its signature, and told twice it acts once, also when it is signed anew', async ({
    world,
  }) => {
    const path = await connect(world, 'mailgun', MAILGUN.settings)
    const body = MAILGUN.body(fixture('mailgun-bounce.json'))
    expect(await answered(await deliver(world, path, body))).toEqual(taken({ taken: 1, suppressed: 1 }))
    expect(await world.check(BOB)).toMatchObject(bounced)
    for (const repeat of [body, MAILGUN.body(fixture('mailgun-bounce.json'), { token: 'b'.repeat(50) })])
      expect(await answered(await world.writesNothing(() => deliver(world, path, repeat)))).toEqual(
        taken({ repeated: 1 }),
      )
  })

  test('cannot have a signature that was seen put under another report', async ({ world }) => {
    const path = await connect(world, 'mailgun', MAILGUN.settings)
    await answered(await deliver(world, path, MAILGUN.body(fixture('mailgun-bounce.json'))))
    const other = MAILGUN.body(fixture('mailgun-complaint.json', { 'bob@example.com': 'carol@example.com' }))
    expect(await answered(await world.writesNothing(() => deliver(world, path, other)))).toEqual(
      taken({ repeated: 1 }),
    )
    expect(await world.check('carol@example.com')).toMatchObject({ decision: 'allow' })
  })

  test('cannot have a signature put under a report that was seen under nothing, or nothing usable', async ({
    world,
  }) => {
    const path = await connect(world, 'mailgun', MAILGUN.settings)
    const delivered = fixture('mailgun-bounce.json', { '"failed"': '"delivered"' })
    const unusable = fixture('mailgun-bounce.json', { 'bob@example.com': 'bob' })
    const complaint = fixture('mailgun-complaint.json')
    for (const [token, first] of [
      ['c'.repeat(50), delivered],
      ['d'.repeat(50), unusable],
    ] as const) {
      await answered(await deliver(world, path, MAILGUN.body(first, { token })))
      const forged = () => deliver(world, path, MAILGUN.body(complaint, { token }))
      expect(await answered(await world.writesNothing(forged))).toEqual(taken({ repeated: 1 }))
    }
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
  })

  test('counts each attempt at one message once', async ({ world }) => {
    const path = await connect(world, 'mailgun', MAILGUN.settings)
    const attempt = (id: string) =>
      MAILGUN.body(
        fixture('mailgun-bounce.json', { G9Bn5sl1TC6nu79C8C0bwg: id, '"permanent"': '"temporary"' }),
        {
          token: id.repeat(50),
        },
      )
    for (const id of ['a', 'b', 'c', 'd']) await answered(await deliver(world, path, attempt(id)))
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
    expect(await world.sql('SELECT count(*) FROM inbound_report')).toEqual([[1]])
  })

  test('does nothing for what is not proven, and counts it', async ({ sharedWorld: world }) => {
    const path = await connect(world, 'mailgun', MAILGUN.settings)
    const event = fixture('mailgun-complaint.json', { 'bob@example.com': 'dave@example.com' })
    const forgeries: [string, string][] = [
      ['signature', MAILGUN.body(event, { key: 'key-ffffffffffffffffffffffffffffffff' })],
      ['stale', MAILGUN.body(event, { at: Date.now() - 4 * DAY_MS })],
      ['stale', MAILGUN.body(event, { at: Date.now() + DAY_MS })],
      ['malformed', '{}'],
      ['malformed', 'no JSON'],
      ['malformed', '[[[[['],
    ]
    for (const [why, body] of forgeries)
      await expectRefused(world, 'mailgun', why, async () => {
        expect((await deliver(world, path, body)).status).toBe(403)
      })
  })
})

describe('SendGrid', () => {
  test('is believed by its signature: bounces at once, blocks when they repeat, complaints for the workspace', async ({
    world,
  }) => {
    const path = await connect(world, 'sendgrid', SENDGRID.settings)
    const body = fixture('sendgrid-events.json')
    const call = () => deliver(world, path, body, SENDGRID.headers(body))
    expect(await answered(await call())).toEqual(taken({ taken: 3, suppressed: 2 }))
    expect(await world.check('carol@example.com')).toMatchObject(bounced)
    expect(await world.check('dave@example.com')).toMatchObject({ decision: 'allow' })
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny' })
    expect(await answered(await world.writesNothing(call))).toEqual(taken({ repeated: 3 }))
  })

  test('signs with numbers of every length, and each is read', async ({ sharedWorld: world }) => {
    const path = await connect(world, 'sendgrid', SENDGRID.settings)
    const signed = new Map<number, [body: string, headers: Record<string, string>]>()
    // Each of the two numbers is of 33 bytes, of 32, or now and then of fewer.
    for (let i = 0; signed.size < 4; i++) {
      const body = `[${' '.repeat(i)}]`
      const headers = SENDGRID.headers(body)
      const { length } = Buffer.from(headers['X-Twilio-Email-Event-Webhook-Signature'], 'base64')
      if (length > 68) signed.set(length, [body, headers])
    }
    for (const [length, [body, headers]] of signed)
      expect((await deliver(world, path, body, headers)).status, String(length)).toBe(200)
  })

  test('does nothing for what is not proven, and counts it', async ({ sharedWorld: world }) => {
    const path = await connect(world, 'sendgrid', SENDGRID.settings)
    const body = fixture('sendgrid-events.json', { 'bob@example.com': 'erin@example.com' })
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const good = SENDGRID.headers(body)
    const forgeries: [string, string, Record<string, string>][] = [
      ['signature', body, {}],
      ['signature', body, SENDGRID.headers(body, { key: privateKey })],
      ['signature', `${body} `, good],
      ['signature', body, { ...good, 'X-Twilio-Email-Event-Webhook-Timestamp': '1' }],
      ['signature', body, { ...good, 'X-Twilio-Email-Event-Webhook-Signature': `MEUC${'A'.repeat(92)}` }],
      ['stale', body, SENDGRID.headers(body, { at: Date.now() - 4 * DAY_MS })],
      ['malformed', '{}', SENDGRID.headers('{}')],
    ]
    for (const [why, text, headers] of forgeries)
      await expectRefused(world, 'sendgrid', why, async () => {
        expect((await deliver(world, path, text, headers)).status).toBe(403)
      })
  })
})

describe('a connection', () => {
  test('is kept encrypted, shown without its secret, replaced and ended, each with its event', async ({
    world,
  }) => {
    const path = await connect(world, 'mailgun', MAILGUN.settings)
    const [[sealed]] = (await world.sql('SELECT sealed FROM inbound_connection')) as [[Uint8Array]]
    expect(Buffer.from(sealed).toString('latin1')).not.toContain(MAILGUN.settings.signingKey)
    const list = async () =>
      (await answered(await world.call('/v1/inbound', undefined, { method: 'GET' }))).connections
    expect(await list()).toMatchObject([{ provider: 'mailgun', url: `https://floe.example.com${path}` }])
    expect(JSON.stringify(await list())).not.toContain('key-')
    const ended = await world.call('/v1/inbound/mailgun', undefined, { method: 'DELETE' })
    expect(await answered(ended)).toEqual({ provider: 'mailgun', outcome: 'ended' })
    await expectRefused(world, 'mailgun', 'not_connected', async () => {
      const answer = await deliver(world, path, MAILGUN.body(fixture('mailgun-bounce.json')))
      expect(await answer.json()).toMatchObject({ status: 409, code: 'inbound.not_connected' })
    })
    expect((await world.call('/v1/inbound/mailgun', undefined, { method: 'DELETE' })).status).toBe(409)
    expect(await world.sql("SELECT type FROM event WHERE type LIKE 'inbound.%' ORDER BY seq")).toEqual([
      ['inbound.connected'],
      ['inbound.disconnected'],
    ])
  })

  const mistakes: [string, string, object, string][] = [
    [
      'an ARN of something else',
      'ses',
      { topicArn: 'arn:aws:sqs:eu-west-1:123456789012:bounces' },
      'topicArn',
    ],
    ['no ARN', 'ses', {}, 'topicArn'],
    ['a signing key with a line end', 'mailgun', { signingKey: 'key-0123456789\nabcdef' }, 'signingKey'],
    ['a key of another curve', 'sendgrid', { publicKey: 'MIIBIjANBg' }, 'publicKey'],
    ['a field Postmark has not', 'postmark', { signingKey: 'x' }, 'signingKey'],
  ]
  test.for(mistakes)('is refused with %s', async ([, provider, settings, field], { sharedWorld: world }) => {
    const answer = await world.writesNothing(() =>
      world.call(`/v1/inbound/${provider}`, settings, { method: 'PUT' }),
    )
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'request.invalid', errors: [{ field }] })
  })

  test('of a provider nobody knows is not there', async ({ sharedWorld: world }) => {
    for (const provider of ['sparkpost', 'SES', 'constructor', 'sesx'])
      expect((await world.writesNothing(() => world.call(`/v1/inbound/${provider}`, {}))).status).toBe(404)
  })

  test("reaches its own workspace alone: another's address and signature are of no use", async ({
    world,
  }) => {
    const path = await connect(world, 'mailgun', MAILGUN.settings)
    const own = path.split('/').at(-1)!
    const forged = `${own.slice(0, -1)}${own.endsWith('A') ? 'B' : 'A'}`
    const body = MAILGUN.body(fixture('mailgun-bounce.json'))
    expect(
      (await world.writesNothing(() => deliver(world, `/v1/inbound/mailgun/${forged}`, body))).status,
    ).toBe(401)
    for (const key of [world.siblingApiKey, world.otherApiKey]) {
      const theirs = await world.call(
        '/v1/inbound/mailgun',
        { signingKey: 'key-ffffffffffffffffffffffffffffffff' },
        { method: 'PUT', key },
      )
      const { pathname } = new URL((await answered(theirs)).url)
      expect((await world.writesNothing(() => deliver(world, pathname, body))).status).toBe(403)
      const list = await world.call('/v1/inbound', undefined, { method: 'GET', key })
      expect((await answered(list)).connections).toMatchObject([{ url: expect.stringMatching(pathname) }])
    }
    const list = await world.call('/v1/inbound', undefined, { method: 'GET' })
    expect((await answered(list)).connections).toMatchObject([{ url: expect.stringMatching(path) }])
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
  })
})

test('a report without a usable address is told to be unusable, and stops none of the others', async ({
  world,
}) => {
  const path = await connect(world, 'sendgrid', SENDGRID.settings)
  const body = fixture('sendgrid-events.json', { 'carol@example.com': 'nobody' })
  expect(await answered(await deliver(world, path, body, SENDGRID.headers(body)))).toEqual(
    taken({ taken: 2, suppressed: 1, unusable: 1 }),
  )
})

test('the ledger says what was reported, with its status and no word of a server', async ({ world }) => {
  await connect(world, 'postmark', {})
  await answered(await deliver(world, '/v1/inbound/postmark', fixture('postmark-bounce.json'), login(world)))
  const rows = await world.sql(
    "SELECT type, data FROM event WHERE type LIKE '%reported' OR type = 'suppression.added' ORDER BY seq",
  )
  expect(rows.map(([type, data]) => [type, JSON.parse(String(data))])).toEqual([
    ['bounce.reported', { kind: 'permanent', proof: 'signed', status: '5.1.1', via: 'postmark' }],
    ['suppression.added', { reason: 'bounced', scope: 'tenant', until: null, via: 'postmark' }],
  ])
})

test('reports are forgotten when they are too old to be told again, and what followed from them stays', async ({
  world,
}) => {
  await connect(world, 'postmark', {})
  await answered(await deliver(world, '/v1/inbound/postmark', fixture('postmark-bounce.json'), login(world)))
  const path = await connect(world, 'mailgun', MAILGUN.settings)
  const delivered = fixture('mailgun-bounce.json', { '"failed"': '"delivered"' })
  await answered(await deliver(world, path, MAILGUN.body(delivered)))
  const kept = () =>
    world.sql('SELECT (SELECT count(*) FROM inbound_report), (SELECT count(*) FROM inbound_signature)')
  await world.runCron()
  expect(await kept()).toEqual([[1, 1]])
  for (const table of ['inbound_report', 'inbound_signature'] as const)
    await world.update(table, 'at = at - ?', [81 * DAY_MS])
  await world.runCron()
  expect(await kept()).toEqual([[0, 0]])
  expect(await world.check(BOB)).toMatchObject(bounced)
})

test('ten megabytes are refused before they are read as anything', async ({ sharedWorld: world }) => {
  const answer = await world.writesNothing(() =>
    deliver(world, '/v1/inbound/postmark', ' '.repeat(10 * 1024 * 1024), login(world)),
  )
  expect(answer.status).toBe(413)
})
