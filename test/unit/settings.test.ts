import { describe, expect, test } from 'vitest'
import { HOLDINGS, namesOf, shareOf, type WorkerName } from '../../core/holdings.ts'
import type { Settings } from '../../core/setting.ts'
import { APP_SETTINGS, appSettings } from '../../worker/app-settings.ts'
import { CONSOLE_SETTINGS, consoleSettings } from '../../worker/console-settings.ts'
import { EDGE_SETTINGS, edgeSettings } from '../../worker/edge-settings.ts'
import { LANE_SETTINGS, laneSettings } from '../../worker/lane/settings.ts'

const KEY = Buffer.alloc(32, 0x5a).toString('base64url')
const GOOD = {
  BASE_URL: 'https://floe.example.com',
  DATABASE_URL: 'https://floe-db.example.com',
  REPLICA_URLS: '',
  TOKEN_KEYS: `1:${KEY}`,
  ACCESS_KEYS: `1:${KEY}`,
  INDEX_KEY: KEY,
  KEY_ENCRYPTION_KEYS: `1:${KEY}`,
  RECEIPT_KEYS: `1:${KEY}`,
  MAIL_URL: 'none:',
  SENDS_MAIL: 'false',
}
const VAULT = { VAULT_URL: 'https://vault.example.com', VAULT_TOKEN: 'hvs.x' }
const cluster = (more: object) => JSON.stringify([{ number: 1, primary: 'https://us.example.com', ...more }])

const WORKERS: Record<WorkerName, { settings: Settings; read(bindings: object): object }> = {
  floe: { settings: EDGE_SETTINGS, read: edgeSettings },
  'floe-app': { settings: APP_SETTINGS, read: appSettings },
  'floe-console': { settings: CONSOLE_SETTINGS, read: consoleSettings },
  'floe-lane': { settings: LANE_SETTINGS, read: laneSettings },
}
const NAMES = Object.keys(WORKERS) as WorkerName[]
const kindOf = (name: string) => HOLDINGS[name as keyof typeof HOLDINGS].kind
const holdersOf = (name: string) => NAMES.filter(worker => namesOf(worker).includes(name))

const refusal = (bindings: object, worker: WorkerName = 'floe-app'): string => {
  try {
    WORKERS[worker].read({ ...shareOf(worker, GOOD), ...bindings })
    return 'accepted'
  } catch (error) {
    return (error as Error).message
  }
}

test('a Floe that nobody told how confirmations are mailed does not start: senders never come to carry them by an oversight', () => {
  const { MAIL_URL: _, ...without } = GOOD
  for (const MAIL_URL of [undefined, ''])
    expect(() => appSettings({ ...without, MAIL_URL })).toThrow(
      'MAIL_URL must be none:, smtp(s)://user:password@host, postmark://token or mailgun://key@host/domain',
    )
  expect(appSettings(GOOD).mail).toEqual({ kind: 'none' })
})

test('floe, which holds no transport, is told whether there is one, and floe-app refuses what is not so', () => {
  const untrue =
    'The configuration is not usable: SENDS_MAIL must be false where MAIL_URL is none:, and true otherwise'
  expect(refusal({ MAIL_URL: 'none:', SENDS_MAIL: 'true' })).toBe(untrue)
  expect(refusal({ MAIL_URL: 'postmark://token', SENDS_MAIL: 'false' })).toBe(untrue)
  expect(refusal({ MAIL_URL: 'postmark://token', SENDS_MAIL: 'true' })).toBe('accepted')
  expect(refusal({ SENDS_MAIL: 'no' })).toBe(
    'The configuration is not usable: SENDS_MAIL must be true or false',
  )
})

describe('the configuration is read', () => {
  test('into what the Worker needs', () => {
    const replicas = 'http://127.0.0.1:8081, https://replica.example.com'
    expect(appSettings({ ...GOOD, REPLICA_URLS: replicas, DATABASE_AUTH_TOKEN: 'bearer' })).toMatchObject({
      baseUrl: 'https://floe.example.com',
      clusters: [
        {
          number: 0,
          primary: { url: 'https://floe-db.example.com', authToken: 'bearer' },
          replicas: [
            { url: 'http://127.0.0.1:8081', authToken: 'bearer' },
            { url: 'https://replica.example.com', authToken: 'bearer' },
          ],
        },
      ],
      tokenKeys: [{ id: 1, key: new Uint8Array(32).fill(0x5a) }],
      indexKey: new Uint8Array(32).fill(0x5a),
      dataKey: undefined,
      vault: { keyring: [{ id: 1, key: new Uint8Array(32).fill(0x5a) }], transit: undefined },
      receiptKeys: [{ id: 1, key: new Uint8Array(32).fill(0x5a) }],
    })
  })

  test('into which version it is and what it tells of itself', () => {
    expect(appSettings(GOOD)).toMatchObject({
      logLevel: 'error',
      metricsToken: undefined,
      version: { build: 'local', commit: 'unknown' },
    })
    const METRICS_TOKEN = 'x'.repeat(24)
    const deployed = { LOG_LEVEL: 'info', METRICS_TOKEN, COMMIT: 'abc-dirty', VERSION: { id: 'v1', tag: '' } }
    expect(appSettings({ ...GOOD, ...deployed })).toMatchObject({
      logLevel: 'info',
      metricsToken: METRICS_TOKEN,
      version: { build: 'v1', commit: 'abc-dirty' },
    })
  })

  test('into what wraps data keys: a keyring, Vault, both while one takes the place of the other, or DATA_KEY alone', () => {
    const { KEY_ENCRYPTION_KEYS: _, ...without } = GOOD
    const transit = { url: 'https://vault.example.com', token: 'hvs.x', mount: 'transit', key: 'floe' }
    expect(appSettings({ ...without, ...VAULT }).vault).toEqual({
      keyring: undefined,
      transit: { ...transit, namespace: undefined },
    })
    const elsewhere = { VAULT_KEY: 'eu/transit/floe-1', VAULT_NAMESPACE: 'mail' }
    expect(appSettings({ ...GOOD, ...VAULT, ...elsewhere }).vault).toMatchObject({
      keyring: [{ id: 1 }],
      transit: { ...transit, mount: 'eu/transit', key: 'floe-1', namespace: 'mail' },
    })
    const empty = { KEY_ENCRYPTION_KEYS: '', VAULT_KEY: '', VAULT_NAMESPACE: '' }
    expect(appSettings({ ...without, ...VAULT, ...empty }).vault).toEqual(
      appSettings({ ...without, ...VAULT }).vault,
    )
    expect(appSettings({ ...without, DATA_KEY: KEY })).toMatchObject({
      dataKey: new Uint8Array(32).fill(0x5a),
      vault: { keyring: undefined, transit: undefined },
    })
  })

  test('without replicas and without a bearer token', () => {
    const { REPLICA_URLS: _, ...without } = GOOD
    expect(appSettings(without)).toMatchObject({
      clusters: [{ replicas: [], primary: { authToken: undefined } }],
    })
  })

  test('with further clusters, each with its own bearer token and never the first one’s', () => {
    const CLUSTERS = JSON.stringify([
      { number: 7, primary: 'https://us.example.com', replicas: ['https://us-2.example.com'] },
      { number: 1, primary: 'https://eu.example.com', jurisdiction: 'eu' },
    ])
    const tokens = { DATABASE_AUTH_TOKEN: 'of-the-first', CLUSTER_AUTH_TOKENS: '7:of.seven' }
    expect(appSettings({ ...GOOD, CLUSTERS, ...tokens }).clusters).toEqual([
      { number: 0, primary: { url: 'https://floe-db.example.com', authToken: 'of-the-first' }, replicas: [] },
      {
        number: 7,
        primary: { url: 'https://us.example.com', authToken: 'of.seven' },
        replicas: [{ url: 'https://us-2.example.com', authToken: 'of.seven' }],
      },
      {
        number: 1,
        jurisdiction: 'eu',
        primary: { url: 'https://eu.example.com', authToken: undefined },
        replicas: [],
      },
    ])
  })

  test.for([
    'http://127.0.0.1:8787',
    'http://localhost:8787',
    'http://localhost',
    'https://a.b',
    'https://floe.example.com:8443',
    `https://${'a'.repeat(20)}.test`,
  ])('with the origin %s', BASE_URL => {
    expect(refusal({ BASE_URL })).toBe('accepted')
  })
})

describe('the configuration is refused, naming the field', () => {
  test.for<[why: string, bindings: Record<string, unknown>]>([
    ['without an origin', { BASE_URL: undefined }],
    ['an origin with a slash', { BASE_URL: 'https://floe.example.com/' }],
    ['an origin with a path', { BASE_URL: 'https://floe.example.com/u' }],
    ['an origin in capitals', { BASE_URL: 'https://Floe.example.com' }],
    ['an origin with its own port', { BASE_URL: 'https://floe.example.com:443' }],
    ['an origin with a user', { BASE_URL: 'https://floe@example.com' }],
    ['an origin that is no URL', { BASE_URL: 'floe.example.com' }],
    ['an origin in plain http', { BASE_URL: 'http://floe.example.com' }],
    ['an origin that only begins like this machine', { BASE_URL: 'http://localhost.example' }],
    ['an origin too long for a header line', { BASE_URL: `https://${'a'.repeat(21)}.test` }],
    ['an origin of another kind', { BASE_URL: 'ftp://floe.example.com' }],
    ['an origin that is a number', { BASE_URL: 7 }],
    ['without a database', { DATABASE_URL: undefined }],
    ['a database with a path', { DATABASE_URL: 'https://floe-db.example.com/' }],
    ['a database of another protocol', { DATABASE_URL: 'libsql://floe-db.example.com' }],
    ['a database in a file', { DATABASE_URL: 'file:floe.db' }],
    ['an empty database', { DATABASE_URL: '' }],
    ['a database that is no URL', { DATABASE_URL: 'https://floe db' }],
    ['a database with a query', { DATABASE_URL: 'https://floe-db.example.com?x' }],
    [
      'a database with a password, which would stand in errors',
      { DATABASE_URL: 'https://a:b@floe-db.example.com' },
    ],
    ['a bad replica among good ones', { REPLICA_URLS: 'https://a.example,b.example' }],
    ['clusters that are no JSON', { CLUSTERS: 'https://us.example.com' }],
    ['clusters that are no list', { CLUSTERS: '{}' }],
    ['a cluster with the number of the first', { CLUSTERS: cluster({ number: 0 }) }],
    ['a cluster with a number too high', { CLUSTERS: cluster({ number: 256 }) }],
    ['a cluster without a primary', { CLUSTERS: '[{"number":1}]' }],
    ['a cluster with a path in its address', { CLUSTERS: cluster({ primary: 'https://a.example/x' }) }],
    ['a cluster with a bad replica', { CLUSTERS: cluster({ replicas: ['b.example'] }) }],
    ['a cluster in a jurisdiction that there is not', { CLUSTERS: cluster({ jurisdiction: 'moon' }) }],
    ['a cluster with a field we do not know', { CLUSTERS: cluster({ region: 'eu' }) }],
    ['two clusters of one number', { CLUSTERS: `[${[1, 2].map(() => cluster({}).slice(1, -1)).join()}]` }],
    ['a cluster’s token without its number', { CLUSTER_AUTH_TOKENS: 'token' }],
    ['two tokens of one cluster', { CLUSTER_AUTH_TOKENS: '1:a,1:b' }],
    ['without signing keys', { TOKEN_KEYS: undefined }],
    ['without keys of its own for what opens data', { ACCESS_KEYS: undefined }],
    ['empty signing keys', { TOKEN_KEYS: '' }],
    ['a signing key without its id', { TOKEN_KEYS: KEY }],
    ['a signing key too short', { TOKEN_KEYS: '1:c2hvcnQ' }],
    ['two signing keys of one id', { TOKEN_KEYS: `1:${KEY},1:${KEY}` }],
    ['a signing key of zeros among others', { TOKEN_KEYS: `1:${KEY},2:${'A'.repeat(43)}` }],
    ['an index key of zeros', { INDEX_KEY: 'A'.repeat(43) }],
    ['without an index key', { INDEX_KEY: undefined }],
    ['an index key too short', { INDEX_KEY: KEY.slice(1) }],
    ['an index key with its padding', { INDEX_KEY: `${KEY}=` }],
    ['without anything to encrypt under', { KEY_ENCRYPTION_KEYS: undefined }],
    ['wrapping keys without ids', { KEY_ENCRYPTION_KEYS: KEY }],
    ['two wrapping keys of one id', { KEY_ENCRYPTION_KEYS: `1:${KEY},1:${KEY}` }],
    ['a wrapping key of zeros', { KEY_ENCRYPTION_KEYS: `1:${KEY},2:${'A'.repeat(43)}` }],
    ['a Vault over plain http', { VAULT_URL: 'http://vault.example.com', VAULT_TOKEN: 'hvs.x' }],
    ['a Vault with a path', { VAULT_URL: 'https://vault.example.com/v1', VAULT_TOKEN: 'hvs.x' }],
    ['a Vault with a password', { VAULT_URL: 'https://a:b@vault.example.com', VAULT_TOKEN: 'hvs.x' }],
    ['a Vault without a token', { VAULT_TOKEN: undefined, VAULT_URL: 'https://vault.example.com' }],
    ['a token with a line end', { VAULT_TOKEN: 'a\nb', VAULT_URL: 'https://vault.example.com' }],
    ['a Vault key without its engine', { VAULT_KEY: 'floe', ...VAULT }],
    ['a Vault key that climbs', { VAULT_KEY: 'transit/../sys/floe?x', ...VAULT }],
    ['a data key in hex', { DATA_KEY: 'ab'.repeat(32) }],
    [
      'a database whose bearer token would go over plain http',
      { DATABASE_URL: 'http://floe-db.example.com', DATABASE_AUTH_TOKEN: 'bearer' },
    ],
    [
      'a cluster whose bearer token would go over plain http',
      { CLUSTERS: cluster({ primary: 'http://127.0.0.1.example.com' }), CLUSTER_AUTH_TOKENS: '1:bearer' },
    ],
    ['a bearer token that is no text', { DATABASE_AUTH_TOKEN: 7 }],
    ['a rate of nothing', { SENDER_RATE_UNITS: '0' }],
    ['a rate in words', { SENDER_RATE_UNITS: 'many' }],
    ['a rate of nothing for networks', { PUBLIC_RATE_UNITS: '0' }],
    ['a level of logging that there is not', { LOG_LEVEL: 'debug' }],
    ['a token for the metrics that can be guessed', { METRICS_TOKEN: 'secret' }],
    ['an empty token for the metrics', { METRICS_TOKEN: '' }],
    ['a commit that is none', { COMMIT: 'a b' }],
    ['a mail transport of another kind', { MAIL_URL: 'sendmail:' }],
    ['a sender of confirmations in capitals', { MAIL_FROM: 'Confirm@floe.example.com' }],
    ['a contact that is neither mail nor page', { SECURITY_CONTACT: 'security@floe.example.com' }],
    ['a resolver over plain http', { DNS_URL: 'http://dns.example.com/dns-query' }],
    ['a resolver with a query', { DNS_URL: 'https://dns.example.com/?a' }],
    ['a reporter that is no domain', { REPORTERS: 'arf.mail.yahoo.com,yahoo' }],
    ['webhooks to this machine, perhaps', { WEBHOOKS_TO_THIS_MACHINE: 'yes' }],
    ['a version without its id', { VERSION: {} }],
  ])('%s', ([, bindings]) => {
    const [field] = Object.keys(bindings) as [string]
    const holders = holdersOf(field)
    expect(holders).toContain('floe-app')
    for (const worker of holders) {
      const fields = shareOf(worker, bindings)
      expect(refusal(fields, worker), worker).toContain(`${field} `)
      expect(refusal(fields, worker), worker).not.toContain('hold')
    }
  })

  test('and every bad field at once', () => {
    const message = refusal({ BASE_URL: '', TOKEN_KEYS: '', INDEX_KEY: '', DATA_KEY: '' })
    for (const field of ['BASE_URL', 'TOKEN_KEYS', 'INDEX_KEY', 'DATA_KEY']) expect(message).toContain(field)
    expect(message).not.toContain('DATABASE_URL')
  })

  test('and every database whose bearer token would be read on its way, with what else is wrong', () => {
    const CLUSTERS = cluster({ number: 7, primary: 'http://us.example.com' })
    const tokens = { DATABASE_AUTH_TOKEN: 'bearer', CLUSTER_AUTH_TOKENS: '7:bearer' }
    expect(refusal({ DATABASE_URL: 'http://a.example.com', CLUSTERS, ...tokens, INDEX_KEY: '' })).toBe(
      'The configuration is not usable: DATABASE_URL, CLUSTERS number 7 must be https, since its bearer token goes with every request; INDEX_KEY must be 32 bytes in base64url',
    )
  })
})

describe('each Worker holds its own and nothing of another', () => {
  test.for(NAMES)('%s reads all that it may hold, and nothing else', worker => {
    const read = Object.values(WORKERS[worker].settings).flatMap(({ names }) => names)
    // TAKES_OVER is read where strays are found.
    const bound = namesOf(worker).filter(name =>
      kindOf(name) === 'binding' ? name !== 'VERSION' : name === 'TAKES_OVER',
    )
    expect([...new Set([...read, ...bound])].sort()).toEqual(namesOf(worker).sort())
  })

  test.for(NAMES)('%s starts with its share of what all hold', worker => {
    expect(refusal({}, worker)).toBe('accepted')
  })

  test.for(NAMES)('%s refuses each name that only others hold, and says none of its value', worker => {
    const others = Object.keys(HOLDINGS).filter(name => !namesOf(worker).includes(name))
    expect(others).not.toEqual([])
    for (const name of others) {
      for (const value of ['correct-horse', '', {}])
        expect(refusal({ [name]: value }, worker)).toBe(
          `The configuration is not usable: ${worker} must not hold ${name}`,
        )
      expect(refusal({ [name]: undefined }, worker)).toBe('accepted')
    }
  })

  test('what floe must never hold is named with whatever else is wrong', () => {
    const stray = { MAIL_URL: 'none:', RECEIPT_KEYS: `1:${KEY}`, ACCESS_KEYS: `1:${KEY}` }
    expect(refusal({ ...stray, INDEX_KEY: '' }, 'floe')).toBe(
      'The configuration is not usable: floe must not hold ACCESS_KEYS, RECEIPT_KEYS, MAIL_URL; INDEX_KEY must be 32 bytes in base64url',
    )
  })

  test('floe takes over with the secrets of the single Worker still in place, and with nothing else that is not its own', () => {
    const left = { TAKES_OVER: 'floe', MAIL_URL: 'none:', RECEIPT_KEYS: `1:${KEY}`, ACCESS_KEYS: `1:${KEY}` }
    expect(refusal(left, 'floe')).toBe('accepted')
    expect(refusal({ ...left, MAIL_FROM: 'a@b.example' }, 'floe')).toContain('floe must not hold MAIL_FROM')
    expect(refusal({ ...left, TAKES_OVER: undefined }, 'floe')).toContain('floe must not hold ACCESS_KEYS')
    expect(refusal({ TAKES_OVER: 'floe', MAIL_URL: 'none:' }, 'floe-lane')).toContain(
      'must not hold TAKES_OVER, MAIL_URL',
    )
  })

  test('the console and the lane hold no key, and only the app what opens or mails a person’s data', () => {
    const secrets = Object.keys(HOLDINGS).filter(name => kindOf(name) === 'secret')
    const heldBy = (worker: WorkerName) => namesOf(worker).filter(name => secrets.includes(name))
    expect(heldBy('floe-console')).toEqual([])
    expect(heldBy('floe-lane')).toEqual(['DATABASE_AUTH_TOKEN', 'CLUSTER_AUTH_TOKENS'])
    expect(secrets.filter(name => !heldBy('floe').includes(name))).toEqual([
      'METRICS_TOKEN',
      'ACCESS_KEYS',
      'RECEIPT_KEYS',
      'MAIL_URL',
    ])
    expect(heldBy('floe-app')).toEqual(secrets)
  })
})

const SECRETS = Object.keys(HOLDINGS).filter(name => kindOf(name) === 'secret')

test.for(SECRETS)('a bad %s never stands in the message', name => {
  const secret = 'correct-horse-battery-staple'
  for (const value of [secret, `1:${secret}`, { secret }, [secret]]) {
    for (const worker of holdersOf(name)) {
      const message = refusal({ [name]: value, DATABASE_URL: '' }, worker)
      expect(message).toContain('DATABASE_URL')
      expect(message).not.toContain('correct-horse')
    }
  }
})
