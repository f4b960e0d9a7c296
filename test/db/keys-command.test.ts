import { randomBytes } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { describe, expect } from 'vitest'
import { keepSchedule } from '../../db/key-schedule.ts'
import { newSecrets } from '../../local/secrets.ts'
import { seed } from '../../local/seed.ts'
import { keySecrets } from '../../ops/operator-keys.ts'
import { rotateDataKeys } from '../../ops/rotate-keys.ts'
import { runCommand } from '../support/cli.ts'
import { apply, type TestDatabase, test } from '../support/database.ts'

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64url')
const former = randomBytes(32)
const WRAPPING = { KEY_ENCRYPTION_KEYS: `1:${key(1)}` }
const keys = (args: string[], env: Record<string, string> = {}) => runCommand('ops/keys.ts', args, env)
const envOf = (database: TestDatabase) => ({
  ...WRAPPING,
  DATABASE_URL: database.endpoint.url,
  DATA_KEY: former.toString('base64url'),
})

/** Fills a database as the demo does, before there were data keys. */
const seedFormer = (database: TestDatabase) =>
  seed(database.endpoint, { ...newSecrets(), dataKey: former.toString('base64url') })

test('an operator sees which keys are in use, and for how much', async ({ database }) => {
  await seedFormer(database)
  const rings = { TOKEN_KEYS: `2:${key(2)},1:${key(1)}`, RECEIPT_KEYS: `1:${key(1)}` }
  const before = await keys(['status'], { ...envOf(database), ...rings })
  expect([before.code, before.err]).toEqual([0, ''])
  expect(before.out.split('\n')).toEqual([
    'penguin  DATA_KEY  1 text',
    'puffin  no data key yet, and nothing sealed',
    'TOKEN_KEYS  2 in use, 1 known',
    'RECEIPT_KEYS  1 in use',
    'KEY_ENCRYPTION_KEYS  1 in use',
    '',
  ])
  await rotateDataKeys(database.endpoint, keySecrets(envOf(database)), { wait: async () => undefined })
  const { out } = await keys(['status'], { DATABASE_URL: database.endpoint.url })
  expect(out).toMatch(
    /^penguin {2}data key 1 {2}made \d{4}-\d\d-\d\d {2}wrapped by keyring:1 {2}1 text {2}newest\npuffin {2}data key 1 .* 0 texts {2}newest\n$/,
  )
})

test('the secrets of a new Floe are made once: a folder that is there is left as it is', async ({
  database,
}) => {
  const folder = `${database.dir}/credentials`
  expect((await keys(['new', folder])).out).toMatch(/^made in .*: TOKEN_KEYS, .*, SQLD_AUTH_JWT_KEY\n$/)
  const { mode } = await stat(`${folder}/INDEX_KEY`)
  expect(mode & 0o777).toBe(0o600)
  const before = await readFile(`${folder}/INDEX_KEY`, 'utf8')
  expect(await keys(['new', folder])).toMatchObject({
    code: 1,
    err: expect.stringContaining('already exists'),
  })
  expect(await readFile(`${folder}/INDEX_KEY`, 'utf8')).toBe(before)
})

test('data keys are wrapped anew and retired by the command', async ({ database }) => {
  await seedFormer(database)
  const env = envOf(database)
  await rotateDataKeys(database.endpoint, keySecrets(env), { wait: async () => undefined })
  const KEY_ENCRYPTION_KEYS = `2:${key(2)},1:${key(1)}`
  const wrapped = await keys(['rotate', 'wrapping'], { ...env, KEY_ENCRYPTION_KEYS })
  expect([wrapped.code, wrapped.out]).toEqual([0, 'wrapped anew: 2 data keys of 2\n'])
  const young = await keys(['rotate', 'encryption', '--retire', '--as', 'test'], env)
  expect(young).toMatchObject({
    code: 0,
    out: 'destroyed: 0 data keys that a newer one had replaced\nnothing is sealed under DATA_KEY\n',
  })
  const lost = await keys(['rotate', 'wrapping'], env)
  expect([lost.code, lost.err]).toEqual([1, 'KEY_ENCRYPTION_KEYS has no key 2\n'])
})

test('a schedule in which nothing is due tells the Worker nothing, and says by which day copies are unreadable', async ({
  database,
}) => {
  await seed(database.endpoint, { ...newSecrets(), keyEncryptionKeys: WRAPPING.KEY_ENCRYPTION_KEYS })
  const now = Date.now()
  await apply(database, [keepSchedule({ everyDays: 30, begunAt: now, keptAt: 0 })])
  await database.sql('UPDATE data_key SET made_at = ?', [now])
  const path = `${database.dir}/ring`
  await writeFile(path, WRAPPING.KEY_ENCRYPTION_KEYS)
  const env = { DATABASE_URL: database.endpoint.url }
  const before = await keys(['status'], env)
  expect(before.out).toContain('keys are destroyed within 30 days; last run 1970-01-01: not kept')
  const { code, out, err } = await keys(
    ['schedule', '--as', 'test', '--keyring', path, '--', 'no-such-command', '--env'],
    env,
  )
  const by = new Date(now + 30 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
  const line = `keys are destroyed within 30 days; last run ${new Date(now).toISOString().slice(0, 10)}; what is erased now is unreadable in all copies by ${by}\n`
  expect([code, err, out]).toEqual([0, '', line])
  expect((await keys(['status'], env)).out).toContain(line)
})

test('the next keyring is all that is on standard output, so that it can be piped into a secret', async () => {
  const first = await keys(['rotate', 'signing'], { TOKEN_KEYS: `1:${key(1)}` })
  expect([first.code, first.out]).toEqual([
    0,
    expect.stringMatching(new RegExp(`^1:${key(1)},2:[\\w-]{43}\\n$`)),
  ])
  expect(first.err).toContain('key 2 is new and stands behind')
  const second = await keys(['rotate', 'signing', 'RECEIPT_KEYS'], { RECEIPT_KEYS: first.out.trim() })
  expect(second.out).toBe(`${first.out.trim().split(',').reverse().join()}\n`)
  expect(second.err).toContain('key 2 stands in front')
})

describe('a command that cannot be meant is refused, says why, and does nothing', () => {
  test.for<[args: string[], env: Record<string, string>, message: string]>([
    [[], {}, 'npm run -s keys'],
    [['status', 'all'], {}, 'npm run -s keys'],
    [['rotate'], {}, 'npm run -s keys'],
    [['schedule', '--as', 'test'], WRAPPING, '"schedule" needs --keyring FILE and the COMMAND'],
    [
      ['schedule', '--as', 'test', '--keyring', '/nowhere'],
      WRAPPING,
      '"schedule" needs --keyring FILE and the COMMAND',
    ],
    [['schedule', '--as', 'test', '--keyring', '/nowhere', 'true'], {}, 'no such file'],
    [
      ['schedule', '--as', 'test', '--keyring', 'x', 'true'],
      { KEY_ROTATION_DAYS: '3' },
      'KEY_ROTATION_DAYS must be a number of days, 7 to 365',
    ],
    [
      ['schedule', '--as', 'test', '--keyring', 'x', 'true'],
      { CLUSTERS: 'hush-hush' },
      'CLUSTERS must be as the Worker has it',
    ],
    [
      ['schedule', '--as', 'test'],
      { ...WRAPPING, VAULT_URL: 'https://vault.example.com', VAULT_TOKEN: 'x' },
      'Vault wraps the data keys',
    ],
    [['status', '--keyring', 'x'], {}, 'npm run -s keys'],
    [['rotate', 'everything'], {}, 'npm run -s keys'],
    [['rotate', 'wrapping', '--retire'], {}, 'npm run -s keys'],
    [['rotate', 'encryption', 'now'], {}, 'npm run -s keys'],
    [['rotate', 'encryption', '--force'], {}, "Unknown option '--force'"],
    [['rotate', 'index'], {}, 'INDEX_KEY can never be rotated'],
    [['rotate', 'signing'], {}, 'TOKEN_KEYS must be the keyring the Worker has'],
    [['rotate', 'signing', 'INDEX_KEY'], {}, 'npm run -s keys'],
    [['rotate', 'signing'], { TOKEN_KEYS: 'hush-hush' }, 'TOKEN_KEYS must be'],
    [['rotate', 'encryption', '--as', 'test'], {}, 'KEY_ENCRYPTION_KEYS or VAULT_URL must be set'],
    [
      ['rotate', 'encryption', '--as', 'test'],
      { KEY_ENCRYPTION_KEYS: 'hush-hush' },
      'KEY_ENCRYPTION_KEYS must be',
    ],
    [
      ['rotate', 'encryption', '--as', 'test'],
      { ...WRAPPING, DATA_KEY: 'hush-hush' },
      'DATA_KEY must be 32 bytes',
    ],
    // The ledger names who did it, and holds no address.
    [['rotate', 'encryption'], WRAPPING, '--as must name who does this'],
    [['rotate', 'encryption', '--retire'], WRAPPING, '--as must name who does this'],
    [['rotate', 'encryption', '--as', 'ada@example.com'], WRAPPING, 'no address'],
    [['schedule', '--keyring', 'x', 'true'], {}, '--as must name who does this'],
    [['rotate', 'wrapping'], { VAULT_URL: 'https://vault.example.com' }, 'VAULT_TOKEN must be'],
  ])('%j %j', async ([args, env, message], { sharedDatabase: database }) => {
    const before = await database.dump()
    const { code, out, err } = await keys(args, { DATABASE_URL: database.endpoint.url, ...env })
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain(message)
    expect(err).not.toContain('hush-hush')
    expect(err).not.toMatch(/^ {4}at /m)
    expect(await database.dump()).toEqual(before)
  })
})
