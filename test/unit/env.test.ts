import { describe, expect, test } from 'vitest'
import { parseEnv } from '../../worker/env.ts'

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
}
const VAULT = { VAULT_URL: 'https://vault.example.com', VAULT_TOKEN: 'hvs.x' }
const cluster = (more: object) => JSON.stringify([{ number: 1, primary: 'https://us.example.com', ...more }])
const refusal = (bindings: object): string => {
  try {
    parseEnv({ ...GOOD, ...bindings })
    return 'accepted'
  } catch (error) {
    return (error as Error).message
  }
}

test('a Floe that nobody told how confirmations are mailed does not start: senders never come to carry them by an oversight', () => {
  const { MAIL_URL: _, ...without } = GOOD
  for (const MAIL_URL of [undefined, ''])
    expect(() => parseEnv({ ...without, MAIL_URL })).toThrow(
      'MAIL_URL must be none:, smtp(s)://user:password@host, postmark://token or mailgun://key@host/domain',
    )
  expect(parseEnv(GOOD).mail).toEqual({ kind: 'none' })
})

describe('the configuration is read', () => {
  test('into what the Worker needs', () => {
    const replicas = 'http://127.0.0.1:8081, https://replica.example.com'
    expect(parseEnv({ ...GOOD, REPLICA_URLS: replicas, DATABASE_AUTH_TOKEN: 'bearer' })).toMatchObject({
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
    expect(parseEnv(GOOD)).toMatchObject({
      logLevel: 'error',
      metricsToken: undefined,
      version: { build: 'local', commit: 'unknown' },
    })
    const METRICS_TOKEN = 'x'.repeat(24)
    const deployed = { LOG_LEVEL: 'info', METRICS_TOKEN, COMMIT: 'abc-dirty', VERSION: { id: 'v1', tag: '' } }
    expect(parseEnv({ ...GOOD, ...deployed })).toMatchObject({
      logLevel: 'info',
      metricsToken: METRICS_TOKEN,
      version: { build: 'v1', commit: 'abc-dirty' },
    })
  })

  test('into what wraps data keys: a keyring, Vault, both while one takes the place of the other, or DATA_KEY alone', () => {
    const { KEY_ENCRYPTION_KEYS: _, ...without } = GOOD
    const transit = { url: 'https://vault.example.com', token: 'hvs.x', mount: 'transit', key: 'floe' }
    expect(parseEnv({ ...without, ...VAULT }).vault).toEqual({
      keyring: undefined,
      transit: { ...transit, namespace: undefined },
    })
    const elsewhere = { VAULT_KEY: 'eu/transit/floe-1', VAULT_NAMESPACE: 'mail' }
    expect(parseEnv({ ...GOOD, ...VAULT, ...elsewhere }).vault).toMatchObject({
      keyring: [{ id: 1 }],
      transit: { ...transit, mount: 'eu/transit', key: 'floe-1', namespace: 'mail' },
    })
    expect(parseEnv({ ...without, DATA_KEY: KEY })).toMatchObject({
      dataKey: new Uint8Array(32).fill(0x5a),
      vault: { keyring: undefined, transit: undefined },
    })
  })

  test('without replicas and without a bearer token', () => {
    const { REPLICA_URLS: _, ...without } = GOOD
    expect(parseEnv(without)).toMatchObject({
      clusters: [{ replicas: [], primary: { authToken: undefined } }],
    })
  })

  test('with further clusters, each with its own bearer token and never the first one’s', () => {
    const CLUSTERS = JSON.stringify([
      { number: 7, primary: 'https://us.example.com', replicas: ['https://us-2.example.com'] },
      { number: 1, primary: 'https://eu.example.com', jurisdiction: 'eu' },
    ])
    const tokens = { DATABASE_AUTH_TOKEN: 'of-the-first', CLUSTER_AUTH_TOKENS: '7:of.seven' }
    expect(parseEnv({ ...GOOD, CLUSTERS, ...tokens }).clusters).toEqual([
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
  ])('%s', ([, bindings]) => {
    const [field] = Object.keys(bindings)
    expect(refusal(bindings)).toContain(`${field} `)
  })

  test('and every bad field at once', () => {
    const message = refusal({ BASE_URL: '', TOKEN_KEYS: '', INDEX_KEY: '', DATA_KEY: '' })
    for (const field of ['BASE_URL', 'TOKEN_KEYS', 'INDEX_KEY', 'DATA_KEY']) expect(message).toContain(field)
    expect(message).not.toContain('DATABASE_URL')
  })
})

test.for([
  'TOKEN_KEYS',
  'ACCESS_KEYS',
  'INDEX_KEY',
  'DATA_KEY',
  'KEY_ENCRYPTION_KEYS',
  'DATABASE_AUTH_TOKEN',
  'CLUSTER_AUTH_TOKENS',
  'METRICS_TOKEN',
])('a bad %s never stands in the message', name => {
  const secret = 'correct-horse-battery-staple'
  for (const value of [secret, `1:${secret}`, { secret }, [secret]]) {
    const message = refusal({ [name]: value, BASE_URL: '' })
    expect(message).toContain('BASE_URL')
    expect(message).not.toContain('correct-horse')
  }
})
