import { writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished } from 'vitest'
import { DAY_MS, systemClock } from '../../core/clock.ts'
import { run } from '../../db/engine/hrana.ts'
import { newSecrets } from '../../local/secrets.ts'
import type { Finding } from '../../ops/doctor/finding.ts'
import { lookAtHost } from '../../ops/doctor/host.ts'
import { installationOf } from '../../ops/doctor/installation.ts'
import { lookOver } from '../../ops/doctor/look-over.ts'
import { lookAtSender } from '../../ops/doctor/sender.ts'
import { writtenVars } from '../../ops/worker-vars.ts'
import { runCommand } from '../support/cli.ts'
import { openTls } from '../support/tls.ts'
import { test as base, type OwnWorld, openWorld, type World } from '../support/world.ts'

/** A test with an installation of the file's own, with little in it, since all of it is compared. No test changes it. */
const test = base.extend<{ $file: { installed: OwnWorld } }>({
  installed: [
    async ({}, use) => {
      const world = await openWorld({ replicas: 1 })
      await use(world)
      await world.close()
    },
    { scope: 'file' },
  ],
})
type Env = Record<string, string | undefined>

const envOf = ({ bindings, url, apiKey }: World): Env => ({
  ...bindings,
  BASE_URL: url,
  SENDS_MAIL: 'false',
  MAIL_FROM: 'confirm@north.co',
  SECURITY_CONTACT: 'mailto:security@north.co',
  FLOE_API_KEY: apiKey,
})

async function doctor(env: Env, args: string[] = ['--json']) {
  const { code, out, err } = await runCommand('ops/doctor.ts', args, env)
  return { code, out, err, findings: args.includes('--json') ? findingsIn(out) : [] }
}

const findingsIn = (out: string): Finding[] =>
  out
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Finding)
/** Returns the findings that are not in order, all of the environment left out. */
const unwell = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ result, says }) => result !== 'ok' && !says.includes('taken from the environment'))
    .map(({ check, result, says }) => `${result} ${check}: ${says}`)

/** Returns every row of a database. */
async function everything({ endpoint }: World) {
  const sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
  const [tables] = await run(endpoint, [{ sql, args: [] }], 5000)
  const all = tables!.rows.map(([name]) => ({ sql: `SELECT * FROM "${name}"`, args: [] }))
  return (await run(endpoint, all, 5000)).map(({ rows }) => rows)
}

/** Runs `act` and expects that no row of the whole database changed. */
async function writesNothingAtAll<T>(world: World, act: () => Promise<T>): Promise<T> {
  const before = await everything(world)
  const result = await act()
  expect(await everything(world)).toEqual(before)
  return result
}

test('a sound installation is in order from end to end, and nothing of it is written', async ({
  installed: world,
}) => {
  const { code, findings, err } = await writesNothingAtAll(world, () => doctor(envOf(world)))
  expect(unwell(findings)).toEqual([])
  expect([code, err]).toEqual([0, ''])
  expect(findings.map(({ check }) => check)).toEqual([
    'settings',
    'settings',
    'placeholders',
    'secrets',
    'database',
    'schema',
    'replica',
    'clock',
    'data keys',
    'index key',
    'signing keys',
    'API keys',
    'floe',
    'lane',
    'outbox',
    'host',
    'sender',
  ])
})

test('the report for people ends with what was found, has no colour in a pipe, and no secret or address', async ({
  installed: world,
}) => {
  const env = envOf(world)
  const { code, out } = await doctor(env, [])
  expect([code, out.trimEnd().split('\n').at(-1)]).toEqual([
    0,
    '16 in order, 1 to watch; everything was looked at',
  ])
  expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
  expect(out).not.toContain('\x1b')
  const {
    TOKEN_KEYS,
    ACCESS_KEYS,
    RECEIPT_KEYS,
    INDEX_KEY,
    KEY_ENCRYPTION_KEYS,
    METRICS_TOKEN,
    FLOE_API_KEY,
  } = env
  for (const secret of [
    TOKEN_KEYS,
    ACCESS_KEYS,
    RECEIPT_KEYS,
    INDEX_KEY,
    KEY_ENCRYPTION_KEYS,
    METRICS_TOKEN,
    FLOE_API_KEY,
  ])
    expect(out).not.toContain(secret)
  expect(out).not.toContain('ada@')
})

const other = newSecrets()

describe('what does not fit this installation is told:', () => {
  test.for<[what: string, env: (world: World) => Env, unwell: RegExp[]]>([
    [
      'an example',
      () => ({ MAIL_FROM: undefined }),
      [/^fail placeholders: MAIL_FROM still names an example$/],
    ],
    [
      'a ring of another installation',
      () => ({ TOKEN_KEYS: other.tokenKeys }),
      [
        /^fail signing keys: Floe does not hold key 1 of TOKEN_KEYS as it is here$/,
        /^fail API keys: FLOE_API_KEY was made under another key 1 than TOKEN_KEYS holds$/,
      ],
    ],
    [
      'a ring without the key that made an API key',
      () => ({ TOKEN_KEYS: other.tokenKeys.replace('1:', '2:') }),
      [
        /^fail signing keys: Floe does not hold key 2 of TOKEN_KEYS as it is here$/,
        /^fail API keys: FLOE_API_KEY was made under key 1, which TOKEN_KEYS does not hold$/,
      ],
    ],
    [
      'a key in the ring that Floe was not given yet',
      ({ tokenKeys }) => ({ TOKEN_KEYS: `${tokenKeys},2:${other.indexKey}` }),
      [/^fail signing keys: Floe does not hold key 2 of TOKEN_KEYS as it is here$/],
    ],
    [
      'wrapping keys of another installation',
      () => ({ KEY_ENCRYPTION_KEYS: other.keyEncryptionKeys }),
      [
        /^fail data keys: 1 data key of 1 does not open: key 1 of KEY_ENCRYPTION_KEYS did not wrap /,
        /^not_looked_at index key: not looked at: no data key opens an address$/,
      ],
    ],
    [
      'an INDEX_KEY of another installation',
      () => ({ INDEX_KEY: other.indexKey }),
      [/^fail index key: address ids of this database derive from another INDEX_KEY$/],
    ],
    [
      'a METRICS_TOKEN that Floe does not hold',
      () => ({ METRICS_TOKEN: other.metricsToken }),
      [
        /^fail floe: METRICS_TOKEN is not the one that Floe holds$/,
        /^not_looked_at lane: not looked at: \/metrics is answered 401$/,
        /^not_looked_at outbox: not looked at: \/metrics is answered 401$/,
      ],
    ],
    [
      'what is no API key',
      () => ({ FLOE_API_KEY: 'hush-hush' }),
      [/^fail API keys: FLOE_API_KEY is no API key of Floe$/],
    ],
  ])('%s', async ([, change, expected], { installed: world }) => {
    const env = { ...envOf(world), ...change(world) }
    const { code, out, findings } = await writesNothingAtAll(world, () => doctor(env))
    expect(code).toBe(1)
    expect(unwell(findings)).toEqual(expected.map(each => expect.stringMatching(each)))
    expect(out).not.toContain('hush')
    expect(findings.filter(({ result }) => result === 'fail').every(({ todo }) => todo)).toBe(true)
  })
})

test('an API key that was revoked is told, and does not count as one that stands', async ({
  ownWorld: world,
}) => {
  await world.raw('UPDATE api_key SET revoked_at = 1')
  const { findings } = await doctor(envOf(world))
  expect(unwell(findings)).toEqual([
    expect.stringMatching(/^fail API keys: key_\S+, FLOE_API_KEY, is revoked or expired$/),
  ])
  const without = await doctor({ ...envOf(world), FLOE_API_KEY: undefined })
  expect(without.findings).toContainEqual({ check: 'API keys', result: 'ok', says: 'none stands yet' })
})

test('what nobody gave is named and not looked at, and the end is not that of a sound installation', async ({
  installed: world,
}) => {
  const secrets = ['TOKEN_KEYS', 'INDEX_KEY', 'KEY_ENCRYPTION_KEYS', 'METRICS_TOKEN', 'FLOE_API_KEY']
  const env = { ...envOf(world), ...Object.fromEntries(secrets.map(name => [name, undefined])) }
  const { code, findings } = await doctor(env)
  expect(code).toBe(3)
  expect(findings.filter(({ result }) => result === 'fail')).toEqual([])
  expect(findings.filter(({ result }) => result === 'not_looked_at').map(({ check }) => check)).toEqual([
    'secrets',
    'data keys',
    'index key',
    'signing keys',
    'API keys',
    'lane',
    'outbox',
  ])
  const bare = await doctor({})
  expect([
    bare.code,
    bare.findings.filter(({ result }) => result === 'ok').map(({ check }) => check),
  ]).toEqual([1, ['settings']])
})

test('that no row says which ring made an API key is told where none is given', async ({
  installed: world,
}) => {
  const { code, findings } = await doctor({ ...envOf(world), FLOE_API_KEY: undefined })
  expect(code).toBe(3)
  expect(unwell(findings)).toEqual([
    'not_looked_at API keys: not looked at: some stand, and no row says which ring made them',
  ])
})

test('a clock of this machine that is off is told with what it differs from', async ({
  installed: world,
}) => {
  const installation = installationOf(writtenVars(), envOf(world))
  const parts = lookOver(installation, { clock: () => systemClock() + 90_000, apiKey: world.apiKey })
  const findings = (await Promise.all(parts)).flat()
  expect(unwell(findings)).toEqual([
    expect.stringMatching(
      /^fail clock: this machine and others disagree: (?:127\.0\.0\.1:\d+ is \d\d s behind(?:, )?){2}$/,
    ),
  ])
})

test.for([['--jsno'], ['--json=yes'], ['everything'], ['--as', 'ada']])(
  'a call with %j makes no sense, and nothing is looked at',
  async args => {
    const { code, out, err } = await doctor({}, args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/\.\nnpm run doctor -- --help says more\.\n$/)
  },
)

test('help is said and nothing is looked at', async () => {
  const { code, out } = await doctor({}, ['--help'])
  expect(code).toBe(0)
  expect(out).toContain('writes nothing')
  expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
})

/** Starts a server of this test's own and returns its address. */
async function open(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test.for<[what: string, records: Record<string, string>, says: string]>([
  [
    'that has both records, the policy at the domain above it, is in order',
    { 'mail.north.co': 'v=spf1 include:provider.example -all', '_dmarc.north.co': 'v=DMARC1; p=reject' },
    'ok mail.north.co has SPF and DMARC records',
  ],
  [
    'that has only records of other kinds is told',
    { 'mail.north.co': 'v=spf10', '_dmarc.mail.north.co': 'v=DMARC2' },
    'warn mail.north.co has no SPF and no DMARC record',
  ],
  [
    'without a policy is told',
    { 'mail.north.co': '"v=spf1 " "-all"' },
    'warn mail.north.co has no DMARC record',
  ],
])('a domain of confirmations %s', async ([, records, expected]) => {
  const resolver = await open(({ url }, answer) => {
    const data = records[new URL(url!, 'http://dns').searchParams.get('name')!]
    const found = data === undefined ? [] : [{ type: 16, data }]
    answer.end(JSON.stringify({ Status: data === undefined ? 3 : 0, Answer: found }))
  })
  const { result, says } = await lookAtSender('mail.north.co', `${resolver}/dns-query`)
  expect(`${result} ${says}`).toBe(expected)
})

test('a domain whose records nobody can tell is not looked at', async () => {
  const resolver = await open((_, answer) => void answer.writeHead(500).end())
  expect((await lookAtSender('mail.north.co', `${resolver}/dns-query`)).result).toBe('not_looked_at')
})

describe('a host of links', () => {
  const told = async (origin: string) =>
    (await lookAtHost(origin, systemClock)).findings.map(({ result, says }) => `${result} ${says}`)
  const asFloe: RequestListener = ({ url }, answer) => {
    answer.writeHead(url === '/healthz' ? 200 : 404).end(url === '/healthz' ? '{"status":"ok"}' : '')
  }

  test('whose certificate ended is told with the day', async () => {
    const host = await openTls(asFloe, systemClock() - 40 * DAY_MS, 39 * DAY_MS)
    onTestFinished(host.close)
    expect(await told(host.origin)).toEqual([
      expect.stringMatching(/^fail the certificate of localhost:\d+ ended on \d{4}-\d\d-\d\d$/),
    ])
  })

  test('whose certificate nobody trusts is told', async () => {
    const host = await openTls(asFloe, systemClock() - DAY_MS, 90 * DAY_MS)
    onTestFinished(host.close)
    expect(await told(host.origin)).toEqual([
      expect.stringMatching(
        /^fail the certificate of localhost:\d+ is not trusted: DEPTH_ZERO_SELF_SIGNED_CERT$/,
      ),
    ])
  })

  test('whose certificate ends within three weeks is told, and everything else of it is looked at', async ({
    installed: world,
  }) => {
    const of = async (days: number) => {
      const host = await openTls(asFloe, systemClock() - DAY_MS, days * DAY_MS)
      onTestFinished(host.close)
      const trusted = `${world.dir}/trusted-${days}.pem`
      await writeFile(trusted, host.cert)
      const env = { ...envOf(world), BASE_URL: host.origin, NODE_EXTRA_CA_CERTS: trusted }
      return (await doctor(env)).findings
        .filter(({ check }) => check === 'host')
        .map(({ result, says }) => `${result} ${says}`)
    }
    expect(await of(15)).toEqual([
      expect.stringMatching(/^warn the certificate of localhost:\d+ ends in 13 days, on \d{4}-\d\d-\d\d$/),
    ])
    expect(await of(60)).toEqual([
      expect.stringMatching(
        /^ok localhost:\d+ answers; certificate for 58 days; List-Unsubscribe has \d\d of 78, and room for a messageRef of \d$/,
      ),
    ])
  })

  test.for<[what: string, answer: RequestListener, told: RegExp]>([
    [
      'that redirects one-click POSTs is told, since mail programs do not follow',
      (request, answer) =>
        request.method === 'POST'
          ? answer.writeHead(301, { location: '/' }).end()
          : asFloe(request, answer as never),
      /^fail 127\.0\.0\.1:\d+ redirects one-click POSTs, and mail programs do not follow$/,
    ],
    [
      'before which something else keeps POSTs out is told',
      (request, answer) =>
        request.method === 'POST' ? answer.writeHead(403).end() : asFloe(request, answer as never),
      /^fail 127\.0\.0\.1:\d+ answers 403 to a one-click POST, and not as Floe does$/,
    ],
    [
      'that leads elsewhere is told',
      (_, answer) => void answer.writeHead(200).end('<title>Parked</title>'),
      /^fail 127\.0\.0\.1:\d+ answers 200 at \/healthz, and not as Floe does$/,
    ],
    [
      'that hangs up is told',
      ({ socket }) => void socket.destroy(),
      /^fail 127\.0\.0\.1:\d+ does not answer: /,
    ],
  ])('%s', async ([, answer, expected]) => {
    expect(await told(await open(answer))).toEqual([expect.stringMatching(expected)])
  })

  test('whose name is too long for a header line is told, whether or not it answers', async () => {
    const [line] = await told('https://a-host-that-is-far-too-long.invalid')
    expect(line).toMatch(
      /^fail List-Unsubscribe lines at a-host-\S+ have 88 characters, more than 78, and are re-encoded$/,
    )
  })

  test('tells its clock by the date of its answer', async () => {
    const origin = await open((request, answer) => {
      answer.setHeader('date', new Date(systemClock() - 120_000).toUTCString())
      asFloe(request, answer as never)
    })
    const { clocks } = await lookAtHost(origin, systemClock)
    expect(Math.round(clocks[0]!.aheadMs / 10_000)).toBe(-12)
  })

  test('of a workspace is looked at beside the platform’s own, and one that is dead holds up nothing', async ({
    ownWorld: world,
  }) => {
    await world.raw("INSERT INTO link_host SELECT 'localhost:1', min(number), 0 FROM workspace")
    const { code, findings } = await doctor(envOf(world))
    expect(code).toBe(1)
    expect(unwell(findings)).toEqual(['fail host: localhost:1 makes no TLS connection: connection refused'])
    expect(findings.filter(({ check, result }) => check === 'host' && result === 'ok')).toHaveLength(1)
  })
})
