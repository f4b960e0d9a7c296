import { expect, test } from 'vitest'
import { CASE_STATES, RIGHTS } from '../../core/codes/rights.ts'
import { OPERATIONS } from '../../site/openapi/operations.ts'
import { requestIdOf } from '../../worker/rights/link.ts'
import { formName, mintFormKey } from '../../worker/signup/form-key.ts'
import { request, SIGN_UP_FORM } from '../support/consent.ts'
import { fixture, MAILGUN } from '../support/inbound.ts'
import { readOpenMetrics } from '../support/open-metrics.ts'
import { openNotifying } from '../support/receiver.ts'
import { signUp } from '../support/sign-up.ts'
import { OPERATOR_TOKEN, type OwnWorld, openWorld } from '../support/world.ts'

const ADA = 'ada@example.com'

/**
 * Every call, with how often it reads the database and how often it writes. One read finds the caller, what the call is
 * about and whether it may; a second one needs a reason. Who is given personal data or a whole list leaves a trace, by a write.
 */
const CALLS: [id: string, reads: number, writes: number, body?: unknown, type?: string][] = [
  ['checkAddresses', 1, 0, { topic: 'news', addresses: [ADA] }],
  ['mintLinks', 1, 0, { topic: 'news', recipients: [ADA] }],
  ['listTopics', 1, 0],
  ['prepareMessage', 1, 0, { topic: 'news', recipients: [{ address: ADA }], text: 'Hello' }],
  ['lintMessage', 1, 0, { raw: 'From: a@north.example\r\n\r\nHello' }],
  ['addSuppressions', 1, 1, { entries: [{ address: ADA, scope: 'workspace', reason: 'manual' }] }],
  ['listSuppressions', 1, 1],
  ['findSuppressions', 1, 1, { address: ADA }],
  ['getSuppression', 1, 0],
  ['liftSuppression', 1, 1],
  // Its name is kept before its first batch, so that it can go on after a break.
  ['importSuppressions', 1, 2, 'email\nbob@example.com\n', 'text/csv'],
  ['getImport', 1, 0],
  ['listImports', 1, 0],
  // What the import wrote is settled once the undo has begun; then page by page.
  ['undoImport', 3, 3, {}],
  // The caller is known before the first page is read.
  ['exportSuppressions', 2, 1],
  // And before any of the list is.
  ['matchSuppressions', 2, 1, 'email\nbob@example.com\n', 'text/csv'],
  ['requestSubscription', 1, 1, signUp(ADA)],
  [
    'recordConsents',
    1,
    1,
    { entries: [{ address: ADA, topic: 'news', basis: 'express', at: '2026-01-02T03:04:05Z' }] },
  ],
  // Where a history lies is known before its page is read.
  ['proveConsent', 2, 1, { address: ADA }],
  ['withdrawConsent', 1, 1, { address: ADA, topics: ['news'] }],
  // Refused here, where nothing is mailed; the next test has them where it is.
  ['createForm', 1, 0, SIGN_UP_FORM],
  ['listForms', 1, 0],
  ['getForm', 1, 0],
  ['endForm', 1, 1],
  ['setInbound', 1, 1, MAILGUN.settings],
  ['listInbound', 1, 0],
  ['receiveSignedReport', 1, 1, MAILGUN.body(fixture('mailgun-complaint.json'))],
  ['endInbound', 1, 1],
  ['listRefusedReports', 1, 0],
  ['receiveReport', 1, 1, {}],
  ['receiveMessage', 1, 1, 'Subject: none\r\n\r\n', 'message/rfc822'],
  ['readEvents', 1, 0],
  ['identifyAddresses', 1, 0, { addresses: [ADA] }],
  ['readStatistics', 1, 0],
  ['listRightsRequests', 1, 0],
  ['getRightsRequest', 1, 0],
  // Two callers may do either at once, so what stands is read afterwards.
  ['extendRightsRequest', 2, 1, {}],
  ['closeRightsRequest', 2, 1, { outcome: 'fulfilled' }],
  // Whether the URL is a host of Floe's own is asked beside the rest.
  ['createWebhookEndpoint', 2, 1, { url: 'http://127.0.0.1:9/hook' }],
  ['listWebhookEndpoints', 1, 0],
  ['getWebhookEndpoint', 1, 0],
  ['updateWebhookEndpoint', 1, 1, { description: 'Shop' }],
  ['rotateWebhookSecret', 1, 1, {}],
  ['replayWebhook', 1, 1, { dead: true }],
  ['testWebhook', 1, 0, {}],
  // The endpoint is found before its deliveries are.
  ['listWebhookDeliveries', 2, 0],
  ['deleteWebhookEndpoint', 1, 1],
  ['listKeys', 1, 0],
  ['createKey', 1, 1, { permissions: ['links:mint'] }],
  ['rotateKey', 1, 1, {}],
  ['revokeKey', 1, 1],
  // Whose a topic is, an isolate reads once.
  ['oneClickUnsubscribe', 1, 1],
  ['showUnsubscribe', 1, 0],
  ['showPreferences', 1, 0],
  // What stands then is answered.
  ['updatePreferences', 2, 1, { act: 'pause', days: 30 }],
  ['showConfirmation', 1, 0],
  // The platform's suppressions are found by the address, which the first read brings: before the act, and for the page after it.
  ['confirmSubscription', 3, 1],
  ['receiveReceipt', 1, 0],
  ['cancelSubscription', 1, 1],
  ['showForm', 1, 0],
  ['submitForm', 1, 0],
]

/** Calls that are refused here, since their body proves nothing or nothing is mailed. */
const REFUSED = ['receiveReport', 'receiveMessage', 'receiveReceipt', 'createForm', 'showForm', 'submitForm']

/** Reads and writes of this Floe so far. */
async function counted(world: OwnWorld): Promise<{ reads: number; writes: number }> {
  const answer = await world.fetch('/metrics', { headers: { authorization: `Bearer ${OPERATOR_TOKEN}` } })
  const sums = { reads: 0, writes: 0 }
  for (const [sample, value] of readOpenMetrics(await answer.text()).get('floe_database_calls')!.samples)
    sums[sample.includes('call="write"') ? 'writes' : 'reads'] += value
  return sums
}

test('the table has every call that asks the database', () => {
  const ids = OPERATIONS.map(({ operation }) => operation.id).filter(id => id !== 'getKeys')
  expect(CALLS.map(([id]) => id).sort()).toEqual(ids.sort())
})

test('every call asks the database as often as is written down, and no more', async () => {
  const world = await openNotifying()
  const ref = new Uint8Array(11).fill(7)
  const at = Date.now()
  await world.raw(
    `INSERT INTO rights_request (ref, tenant, workspace, address_id, right, state, opened_at, due_at, regime, event)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'eu', ?)`,
    [
      ref,
      world.tenant,
      world.workspace,
      new Uint8Array(12),
      RIGHTS.access,
      CASE_STATES.open,
      at,
      at + 30 * 86_400_000,
      new Uint8Array(16),
    ],
  )
  const known: Record<string, string> = { name: 'list', provider: 'mailgun' }
  known['rgt'] = requestIdOf(ref)
  await world.raw(
    'INSERT INTO signup_form (ref, tenant, workspace, settings, created_at) VALUES (?, ?, ?, ?, ?)',
    [
      ref,
      world.tenant,
      world.workspace,
      JSON.stringify({
        ...SIGN_UP_FORM,
        topics: [world.topics.news],
        origins: [],
        returnUrl: null,
        perDay: 9,
      }),
      at,
    ],
  )
  known['form'] = formName(ref)
  known['s'] = mintFormKey(world.keyring, world.tenant, ref)
  const done: typeof CALLS = []
  try {
    // The key's use is noted once an hour, and an isolate keeps a tenant's data keys for a while.
    const { confirmation } = await request(world, 'bob@example.com')
    const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
    for (const url of [unsubscribeUrl, preferencesUrl, confirmation.confirmUrl]) {
      const [, kind, token] = new URL(url).pathname.split('/')
      known[kind!] = token!
    }
    await expect
      .poll(() => world.sql('SELECT count(*) FROM api_key WHERE last_used_at > ?', [at - 1]))
      .toEqual([[1]])
    // Each Worker asks once whose a topic is.
    await world.fetch(unsubscribeUrl)
    const own = (await counted(world)).reads
    const ofScrape = (await counted(world)).reads - own
    for (const [id, , , body, type = 'application/json'] of CALLS) {
      const { method, path } = OPERATIONS.find(({ operation }) => operation.id === id)!.operation
      const at = path
        .replace(/:(\w+)\{(?:(\w+?)_\[)?.*?\}/g, (_, name, prefix) => known[prefix ?? name]!)
        .replace(':token', known[path[1]!]!)
      const before = await counted(world)
      const answer = await world.call(at, null, {
        method,
        body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
        headers: {
          ...(body !== undefined && { 'content-type': type }),
          ...(id === 'updatePreferences' && { accept: 'application/json' }),
          ...(id === 'importSuppressions' && { 'idempotency-key': 'list' }),
        },
      })
      const text = await answer.text()
      const after = await counted(world)
      const said = answer.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : {}
      if (id === 'addSuppressions') known['sup'] = said.results[0].id
      if (id === 'createWebhookEndpoint') known['whk'] = said.id
      if (id === 'createKey' || id === 'rotateKey') known['key'] = said.id
      if (id === 'setInbound') known['in'] = new URL(said.url).pathname.split('/').at(-1)!
      expect(answer.ok || REFUSED.includes(id), `${id}: ${text}`).toBe(true)
      done.push([id, after.reads - before.reads - ofScrape, after.writes - before.writes])
    }
    expect(done).toEqual(CALLS.map(([id, reads, writes]) => [id, reads, writes]))
  } finally {
    await world.close()
  }
})

test('a sign-up form is made in one read and one write, and filled in in two reads and one write', async () => {
  const world = await openWorld({
    bindings: { MAIL_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'a@north.example' },
  })
  try {
    // Nothing is mailed to who complained, so that nothing is asked behind the answer.
    const entries = [{ address: ADA, scope: 'workspace', reason: 'complained' }]
    await world.call('/v1/suppressions', { entries })
    await expect
      .poll(() => world.sql('SELECT count(*) FROM api_key WHERE last_used_at IS NOT NULL'))
      .toEqual([[1]])
    const own = (await counted(world)).reads
    const ofScrape = (await counted(world)).reads - own
    const asked = async (act: () => Promise<Response>) => {
      const before = await counted(world)
      const answer = await act()
      const text = await answer.text()
      expect(answer.ok, text).toBe(true)
      const after = await counted(world)
      return { text, calls: [after.reads - before.reads - ofScrape, after.writes - before.writes] }
    }
    const made = await asked(() => world.call('/v1/forms', SIGN_UP_FORM))
    expect(made.calls).toEqual([1, 1])
    const { pathname } = new URL(JSON.parse(made.text).url)
    expect((await asked(() => world.fetch(pathname))).calls).toEqual([1, 0])
    // The tenant's data key was made for an earlier one. Whose the form is, is known before whom it is about.
    const filledIn = () =>
      world.fetch(pathname, { method: 'POST', body: new URLSearchParams({ address: ADA }) })
    await asked(filledIn)
    expect((await asked(filledIn)).calls).toEqual([2, 1])
  } finally {
    await world.close()
  }
})
