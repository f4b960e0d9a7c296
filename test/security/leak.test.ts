import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { describe, expect } from 'vitest'
import { PERMISSIONS } from '../../core/api-key.ts'
import { createKey } from '../../ops/provision-key.ts'
import { PROVIDERS } from '../../worker/inbound/providers.ts'
import { request } from '../support/consent.ts'
import { connect, MAILGUN } from '../support/inbound.ts'
import { CALLS, exampleOf, send } from '../support/reference.ts'
import { concrete, ROUTES } from '../support/route.ts'
import { type OwnWorld, wideTest as test, type World } from '../support/world.ts'

const ADA = 'ada.of.the.engine@analytical.example'
const IP = '203.0.113.201'
const AGENT = 'Difference-Engine/2 (of brass)'
const WORDING = 'I, the Countess, do consent.'

/** Returns bytes as they could be written: as they are, in hex, and in base64 at whatever place in a longer text. */
function spellings(bytes: Buffer): Buffer[] {
  const base64 = [0, 1, 2].map(shift => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    // The first and last characters also say something of what stands beside it.
    return text.slice(shift === 0 ? 0 : shift + 1, -4)
  })
  return [
    bytes,
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('hex').toUpperCase()),
    ...base64.flatMap(text => [
      Buffer.from(text),
      Buffer.from(text.replaceAll('+', '-').replaceAll('/', '_')),
    ]),
    Buffer.from(bytes.toString('latin1'), 'utf16le'),
  ]
}

/** Returns every byte of the files a database keeps, its log and what it has freed included. */
async function dump(world: OwnWorld): Promise<Buffer> {
  const files = await readdir(world.dir, { recursive: true, withFileTypes: true })
  const parts = files.filter(file => file.isFile()).map(file => readFile(`${file.parentPath}/${file.name}`))
  return Buffer.concat(await Promise.all(parts))
}

/** Has one of everything that is secret or personal written, and returns each by name. */
async function secrets(world: World): Promise<Record<string, Buffer>> {
  const { confirmation } = await request(world, ADA, { ip: IP, userAgent: AGENT, wording: WORDING })
  await world.fetch(confirmation.confirmUrl, { method: 'POST', headers: { 'user-agent': AGENT } })
  const links = await world.links(ADA)
  await world.fetch(links.unsubscribeUrl, { method: 'POST' })
  const made = await answered201(await world.call('/v1/api-keys', { permissions: ['events:read'] }))
  const hook = { url: 'https://hooks.north.example/floe', types: ['suppression.*'] }
  const endpoint = await answered201(await world.call('/v1/webhook-endpoints', hook))
  await connect(world, 'mailgun', MAILGUN.settings)
  const text = (value: string) => Buffer.from(value)
  const bytes = (value: string) => Buffer.from(value, 'base64url')
  const { TOKEN_KEYS, INDEX_KEY, KEY_ENCRYPTION_KEYS, RECEIPT_KEYS } = world.bindings as Record<
    string,
    string
  >
  const hash = createHash('sha256')
  return {
    address: text(ADA),
    'its local part': text(ADA.split('@')[0]!),
    'its domain': text('analytical.example'),
    'its plain hash': hash.update(ADA).digest(),
    'the network address': text(IP),
    'the user agent': text(AGENT),
    'the wording': text(WORDING),
    'the API key': text(world.apiKey),
    'its secret part': bytes(world.apiKey.slice('floe_'.length)).subarray(17, 41),
    'a key that was made': text(made.key),
    'the webhook secret': text(endpoint.secret),
    'its bytes': Buffer.from(endpoint.secret.replace(/^whsec_/, ''), 'base64'),
    'the provider’s signing key': text(MAILGUN.settings.signingKey),
    'the unsubscribe link': text(links.unsubscribeUrl.slice(-39)),
    'the preferences link': text(links.preferencesUrl.slice(-39)),
    'the confirmation link': text(confirmation.confirmUrl.slice(-32)),
    'the signing key': bytes(TOKEN_KEYS!.split(':')[1]!),
    'the index key': bytes(INDEX_KEY!),
    'the key-encryption key': bytes(KEY_ENCRYPTION_KEYS!.split(':')[1]!),
    'the receipt key': bytes(RECEIPT_KEYS!.split(':')[1]!),
  }
}

// biome-ignore lint/suspicious/noExplicitAny: two shapes of answers.
async function answered201(answer: Response): Promise<any> {
  const text = await answer.text()
  expect(answer.status, text).toBe(201)
  return JSON.parse(text)
}

describe('a stolen database', () => {
  test('holds no address, no evidence and no secret, in its freed pages and its log neither', async ({
    ownWorld: world,
  }) => {
    const known = await secrets(world)
    const stolen = await dump(world)
    expect(stolen.length).toBeGreaterThan(100_000)
    for (const [name, bytes] of Object.entries(known)) {
      expect(bytes.length, name).toBeGreaterThan(9)
      const seen = spellings(bytes).filter(spelling => spelling.length > 8 && stolen.includes(spelling))
      expect(seen.map(String), name).toEqual([])
    }
  })

  test('would be seen to hold one, in whatever spelling', async ({ ownWorld: world }) => {
    const bytes = Buffer.from(ADA)
    const written = [
      ADA,
      bytes.toString('hex'),
      bytes.toString('base64'),
      Buffer.from(`x${ADA}`).toString('base64'),
    ]
    for (const value of written) {
      await world.raw("INSERT OR REPLACE INTO tenant VALUES (99, 'x', ?, 0)", [value])
      const stolen = await dump(world)
      expect(
        spellings(bytes).some(spelling => stolen.includes(spelling)),
        value,
      ).toBe(true)
    }
  })

  test('opens nothing: what it holds of a key is no key', async ({ sharedWorld: world }) => {
    const rows = await world.sql('SELECT id, secret_hash FROM api_key')
    const [id, hash] = rows[0] as [Uint8Array, Uint8Array]
    const texts = [
      Buffer.from(hash).toString('base64url'),
      Buffer.from(id).toString('base64url'),
      Buffer.concat([id, hash]).toString('base64url'),
      `floe_${Buffer.concat([id, hash]).toString('base64url')}`,
    ]
    for (const key of texts)
      expect((await world.call('/v1/check', { topic: 'news', addresses: [] }, { key })).status).toBe(401)
  })
})

describe('a link that leaked from a mail', () => {
  test('can do nothing, on any route and as whatever credential, but reduce mail', async ({ world }) => {
    // She left one topic before; whoever finds her links may not bring that back.
    const offers = await world.links(ADA, 'offers')
    await world.fetch(offers.unsubscribeUrl, { method: 'POST' })
    const { confirmation } = await request(world, 'bob@example.com', { topics: ['news'] })
    await world.fetch(confirmation.confirmUrl, { method: 'POST' })
    const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
    const suppressed = () =>
      world.sql('SELECT hex(address_id), scope, reason, source, until FROM suppression')
    const before = await suppressed()
    const others = async () =>
      world.sql('SELECT * FROM subscription UNION ALL SELECT * FROM subscription WHERE topic = -1')
    const theirs = await others()

    for (const token of [unsubscribeUrl.slice(-39), preferencesUrl.slice(-39)])
      for (const { method, path } of ROUTES)
        for (const body of bodiesOf(method, path, token)) {
          const at = path.includes(':token') ? concrete(path, token) : `${concrete(path)}?token=${token}`
          const type = typeof body === 'string' ? { 'content-type': 'application/json' } : {}
          const ask = () =>
            world.fetch(at, {
              method,
              headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...type },
              ...(body !== undefined && { body }),
            })
          const answer = await ask()
          const text = await answer.text()
          expect(text, `${method} ${path}`).not.toContain(ADA)
          expect(text, `${method} ${path}`).not.toContain('bob@example.com')
        }

    const after = (await suppressed()).map(row => JSON.stringify(row))
    // A stop that was there is there: nothing was lifted, shortened or made less.
    for (const row of before) expect(after).toContain(JSON.stringify(row))
    expect(await world.check(ADA, { topic: 'offers' })).toMatchObject({ decision: 'deny' })
    expect(await others()).toEqual(theirs)
    const types = (
      await world.sql("SELECT DISTINCT type FROM event WHERE actor = 'recipient' ORDER BY 1")
    ).flat()
    const reducing = [
      'consent.confirmed',
      'consent.withdrawn',
      'recipient.language_chosen',
      'recipient.sale_opted_out',
      'suppression.added',
      'suppression.repeated',
    ]
    expect(types.filter(type => !reducing.includes(String(type)))).toEqual([])
    expect(await world.sql("SELECT count(*) FROM event WHERE type = 'consent.confirmed'")).toEqual([[1]])
    expect(await world.sql('SELECT count(*) FROM rights_link')).toEqual([[0]])
    expect(await world.sql('SELECT count(*) FROM rights_request')).toEqual([[0]])
  })
})

/** What is sent to a route with a link: to a sender's call, whose door is the key, one of each kind is enough. */
const bodiesOf = (method: string, path: string, token: string) => {
  if (method === 'GET' || method === 'OPTIONS') return [undefined]
  const forms = FORMS(token)
  return path.startsWith('/v1/') ? [forms[0], forms.at(-1)] : forms
}

/** Everything a form of ours or a program could send with a link. */
const FORMS = (token: string) => [
  new URLSearchParams({ act: 'save', shown: 'news', topic: 'news' }),
  new URLSearchParams([
    ['act', 'save'],
    ['topic', 'news'],
    ['topic', 'offers'],
  ]),
  new URLSearchParams({ act: 'undo', undo: token }),
  new URLSearchParams({ act: 'ask', topic: 'offers' }),
  new URLSearchParams({
    session: token,
    address: ADA,
    limit: 'objected',
    as: 'json',
    text: 'x',
    confirm: 'yes',
  }),
  new URLSearchParams({ scope: 'workspace', undo: token }),
  JSON.stringify({ act: 'save', topic: ['news', 'offers', 'receipts'] }),
  JSON.stringify({ act: 'undo', undo: token }),
  JSON.stringify({ address: ADA, token }),
]

describe('an API key that leaked', () => {
  const sender = CALLS.filter(({ security }) => security.length > 0)
  /** What a call needs; each provider's channel is a door of its own. */
  const doors = sender.flatMap(call =>
    call.operationId === 'receiveReport'
      ? Object.keys(PROVIDERS).map(provider => ({
          call,
          name: provider,
          values: { provider },
          needs: `inbound:${provider}`,
        }))
      : [
          {
            call,
            name: call.operationId,
            needs: (call as unknown as Record<string, string>)['x-permission'],
          },
        ],
  )

  test.for(PERMISSIONS)(
    'with %s alone opens the calls that ask for it, and no other',
    async (permission, { sharedWorld: world }) => {
      const { text: key } = await createKey(world.endpoint, world.keyring, world.path, [permission])
      const opened: string[] = []
      for (const { call, name, needs, ...at } of doors) {
        const answer = await send(world, call, { ...exampleOf(call), ...at, key })
        const text = await answer.text()
        // A key that makes keys is refused for what it may not give away: it got past its own door.
        const refused = answer.status === 403 && JSON.parse(text).permission === needs
        if (!refused) opened.push(name)
      }
      expect(opened).toEqual(doors.filter(({ needs }) => needs === permission).map(({ name }) => name))
    },
  )
})
