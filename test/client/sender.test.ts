import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, describe, expect } from 'vitest'
import { floe } from '../support/cli.ts'
import { test } from '../support/world.ts'

const dir = mkdtempSync(`${tmpdir()}/floe-sender-`)
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const ADA = 'ada@example.com'
const objects = (out: string) =>
  out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))

describe('a list is read by every command as an import reads it:', () => {
  test.for([
    ['one a line', 'list.txt', `${ADA}\n`],
    ['with a header that is known', 'list.csv', `Name;E-Mail-Adresse\nAda;${ADA}\n`],
    ['with a comment above it', 'list.csv', `# exported\nemail,name\n${ADA},Ada\n`],
    ['in UTF-16, as spreadsheets save it', 'list.csv', Buffer.from(`\ufeffemail\n${ADA}\n`, 'utf16le')],
    ['as a mail program writes it', 'list.txt', `Ada <${ADA}>\n`],
    ['NDJSON', 'list.ndjson', `{"email":"${ADA}"}\n`],
  ] as const)('%s', async ([, name, text], { world }) => {
    const file = `${dir}/${name}`
    writeFileSync(file, text)
    expect(await floe(world, ['check', '--topic', 'news', file])).toEqual({
      code: 0,
      out: `allow  ${ADA}\n`,
      err: '1 allowed, 0 denied\n',
    })
    const suppressed = await floe(world, ['suppress', file])
    expect(suppressed).toMatchObject({ code: 0, out: `added      ${ADA}\n`, err: '1 added\n' })
    expect((await floe(world, ['check', '--topic', 'news', file])).out).toBe(
      `deny   ${ADA}  manual (workspace)\n`,
    )
  })

  test('addresses and hashes may stand side by side, and are answered in their order', async ({ world }) => {
    const hash = '4cc0b9b1a1ea0c6b4b1ffe4dd6a8b5a6f5ca0ba3d8b5c06c9c39b4ab2db3f8e8'
    const list = `${ADA}\n${hash}\nnobody\nbob@example.com\n`
    expect(await floe(world, ['check', '--topic', 'news'], list)).toMatchObject({
      code: 1,
      out: `allow  ${ADA}\nallow  ${hash}\ndeny   nobody  invalid address\nallow  bob@example.com\n`,
    })
  })

  test('a column that no heading names is asked for, and nobody is asked about', async ({ world }) => {
    const list = `Kontakt,Wert\n${ADA},1\n`
    const refused = await floe(world, ['suppress'], list)
    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--address-column') })
    const named = await floe(world, ['check', '--topic', 'news', '--address-column', 'Kontakt'], list)
    expect(named).toMatchObject({ code: 0, out: `allow  ${ADA}\n` })
  })
})

test('a sender finds why somebody is not mailed, and lifts what is theirs', async ({ world }) => {
  await floe(world, ['suppress', '--topic', 'news'], `${ADA}\n`)
  const { out } = await floe(world, ['find'], `${ADA}\nbob@example.com\n`)
  expect(out).toMatch(
    /^ada@example\.com {2}manual \(news\) {2}by sender {2}since \S+Z {2}sup_\S+\nbob@example\.com {2}nothing\n$/,
  )
  const [found] = objects((await floe(world, ['find', '--json'], `${ADA}\n`)).out)
  const { id } = found.suppressions[0]
  expect(await floe(world, ['lift', id])).toMatchObject({ code: 0, out: `${id} is lifted\n` })
  expect((await floe(world, ['check', '--topic', 'news'], `${ADA}\n`)).code).toBe(0)
})

test('what a recipient said is not lifted by a sender, and the command says whose it is', async ({
  world,
}) => {
  await floe(world, ['withdraw', '--topic', 'news'], `${ADA}\n`)
  const [found] = objects((await floe(world, ['find', '--json'], `${ADA}\n`)).out)
  const refused = await world.writesNothing(() => floe(world, ['lift', found.suppressions[0].id]))
  expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('suppression.recipient_made') })
})

test('a sender records who leaves, shows the consent, and keeps a receipt that verifies', async ({
  world,
}) => {
  const consent = { address: ADA, topic: 'news', basis: 'express', at: '2026-01-02T03:04:05Z' }
  await floe(world, ['consents', '--format', 'ndjson'], `${JSON.stringify(consent)}\n`)
  expect(await floe(world, ['withdraw', '--topic', 'news'], `${ADA}\n`)).toMatchObject({
    code: 0,
    out: `withdrawn  ${ADA}\n`,
    err: '1 passed on\n',
  })
  const receipt = `${dir}/receipt.jws`
  const shown = await floe(world, ['prove', '--output', receipt], `${ADA}\n`)
  expect(shown.code).toBe(0)
  expect(shown.out).toMatch(/^news {2}ended {2}express$/m)
  expect(shown.out).toMatch(/^\S+Z {2}consent\.granted {2}by key_/m)
  const verified = await floe(world, ['verify', receipt])
  expect(verified).toMatchObject({ code: 0, err: expect.stringContaining('genuine') })
  const two = await floe(world, ['prove'], `${ADA}\nbob@example.com\n`)
  expect(two).toMatchObject({ code: 2, err: expect.stringContaining('one recipient, not 2') })
})

test('a sender asks somebody to confirm, and nobody without the page, notice and topic', async ({
  world,
}) => {
  const args = [
    'subscribe',
    '--topic',
    'news',
    '--source-url',
    'https://north.example/join',
    '--notice',
    'privacy@1',
  ]
  for (const left of ['--topic', '--source-url', '--notice']) {
    const place = args.indexOf(left)
    const refused = await world.writesNothing(() => floe(world, args.toSpliced(place, 2), `${ADA}\n`))
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining(left) })
  }
  expect(await floe(world, args, `${ADA}\nnobody\n`)).toMatchObject({
    code: 1,
    out: `pending  ${ADA}\nrefused  nobody  invalid address\n`,
    err: '1 asked to confirm\n',
  })
})

test('a sender lists webhook endpoints and demands, and makes any call of the reference by its name', async ({
  world,
}) => {
  const names = (await floe(undefined, ['call'])).out.trim().split('\n')
  expect(names).toContain('createWebhookEndpoint')
  const endpoint = JSON.stringify({ url: 'https://north.example/hook', types: ['consent.*'] })
  const made = await floe(world, ['call', 'createWebhookEndpoint', '-'], endpoint)
  expect(made.code).toBe(0)
  const { id } = JSON.parse(made.out)
  expect((await floe(world, ['webhooks'])).out).toMatch(
    new RegExp(`^${id} {2}\\w+ {2}https://north\\.example/hook {2}consent\\.\\*\\n$`),
  )
  await floe(world, ['call', 'deleteWebhookEndpoint', '-'], JSON.stringify({ endpoint: id }))
  expect(await floe(world, ['webhooks'])).toMatchObject({ out: '', err: '0 endpoints\n' })
  expect(await floe(world, ['rights'])).toMatchObject({ code: 0, out: '', err: '0 open requests\n' })
  expect(await floe(world, ['call', 'listTopic'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('Did you mean listTopics?'),
  })
  expect(await floe(world, ['call', 'listTopics', '-'], '[1]')).toMatchObject({ code: 2 })
})

test('a sender hands on a bounce as it came, and hears that what proves nothing changes nothing', async ({
  world,
}) => {
  const bounce = [
    'From: MAILER-DAEMON@mx.example',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    `Final-Recipient: rfc822; ${ADA}`,
    'Action: failed',
    'Status: 5.1.1',
    '',
    '--b--',
    '',
  ].join('\r\n')
  const refused = await world.writesNothing(() => floe(world, ['report'], bounce))
  expect(refused).toMatchObject({ code: 3, out: '', err: expect.stringContaining('inbound.unproven') })
  const mailbox = `fb@in${world.tenant}.example`
  await world.update('workspace', 'feedback_mailbox = ?', [mailbox], `number = ${world.workspace}`)
  const [links] = objects((await floe(world, ['links', '--topic', 'news', '--json'], `${ADA}\n`)).out)
  expect(await floe(world, ['report'], bounce.replace('MIME', `To: ${links.returnPath}\r\nMIME`))).toEqual({
    code: 0,
    out: 'permanent  acted on\n',
    err: '1 suppression\n',
  })
  expect((await floe(world, ['check', '--topic', 'news'], `${ADA}\n`)).out).toContain('bounced')
})

describe('a profile', () => {
  test('keeps an address and a key that Floe took, for its owner alone', async ({ world, sharedWorld }) => {
    const env = { XDG_CONFIG_HOME: `${dir}/config` }
    const file = `${dir}/config/floe/profiles/live.json`
    const login = (name: string, key: string) =>
      floe(undefined, ['login', name, '--url', world.url], `${key}\n`, env)
    expect(await login('live', 'floe_no')).toMatchObject({
      code: 3,
      err: expect.stringContaining('key.invalid'),
    })
    expect(existsSync(file)).toBe(false)
    expect(await login('live', world.apiKey)).toMatchObject({ code: 0, out: '' })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await floe(undefined, ['profiles'], '', env)).toEqual({
      code: 0,
      out: `live  ${world.url}\n`,
      err: '1 profile\n',
    })
    // The profile that is named goes before what the environment says.
    await floe(world, ['suppress'], `${ADA}\n`)
    const other = { ...env, FLOE_URL: 'http://127.0.0.1:1', FLOE_API_KEY: sharedWorld.apiKey }
    const asked = ['check', '--topic', 'news', '--profile', 'live']
    expect(await floe(undefined, asked, `${ADA}\n`, other)).toMatchObject({ code: 1 })
    expect(
      await floe(undefined, asked.slice(0, 3), `${ADA}\n`, { ...env, FLOE_PROFILE: 'live' }),
    ).toMatchObject({
      code: 1,
    })
    expect(await floe(undefined, [...asked, '--url', world.url], `${ADA}\n`, env)).toMatchObject({ code: 2 })
    expect(await floe(undefined, ['logout', 'live'], '', env)).toMatchObject({ code: 0 })
    expect(existsSync(file)).toBe(false)
    expect(await floe(undefined, asked, `${ADA}\n`, env)).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no profile live'),
    })
  })

  test('that others can read is not used', async ({ world }) => {
    const env = { XDG_CONFIG_HOME: `${dir}/open` }
    await floe(undefined, ['login', '--url', world.url], `${world.apiKey}\n`, env)
    const file = `${dir}/open/floe/profiles/default.json`
    execFileSync('chmod', ['644', file])
    expect(await floe(undefined, ['topics'], '', env)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(`chmod 600 ${file}`),
    })
  })
})

describe('nothing but what Floe said of them is said of recipients:', () => {
  const list = 'email\n"zzz\nallow  bob@example.com"\nada@example.com\n'

  test('a cell with a line end is no line of its own, and no command to a terminal', async ({ world }) => {
    await floe(world, ['suppress'], 'bob@example.com\n')
    for (const command of [['check', '--topic', 'news'], ['find'], ['links', '--topic', 'news']]) {
      const { out } = await floe(world, command, list)
      expect(out.split('\n').filter(line => line.startsWith('allow  bob'))).toEqual([])
    }
  })

  test('a key goes to no address that a folder names', async ({ world }) => {
    const folder = `${dir}/strange`
    mkdirSync(`${folder}/.local`, { recursive: true })
    writeFileSync(
      `${folder}/.local/demo.json`,
      JSON.stringify({ baseUrl: 'http://192.0.2.1:8787', apiKey: 'floe_x' }),
    )
    const env = { FLOE_API_KEY: world.apiKey }
    const asked = await floe(undefined, ['topics'], '', env, folder)
    expect(asked).toMatchObject({ code: 2, out: '', err: expect.stringContaining('FLOE_URL') })
    expect(await floe(undefined, ['topics'], '', {}, folder)).toMatchObject({ code: 2, out: '' })
  })

  test('a list whose end differs is another import, and one that was imported says so', async ({ world }) => {
    const [one, other] = [`${dir}/one.csv`, `${dir}/other.csv`]
    const head = `email\n${'# \n'.repeat(10)}`
    writeFileSync(one, `${head}ada@example.com\n`)
    writeFileSync(other, `${head}bob@example.com\n`)
    for (const file of [one, other])
      expect((await floe(world, ['import', file])).err).toMatch(/ 1 added, 0 there already/)
    const again = await world.writesNothing(() => floe(world, ['import', one]))
    expect(again).toMatchObject({ code: expect.any(Number), err: expect.stringContaining('imported before') })
  })
})

describe('a shell completes', () => {
  const completed = async (...words: string[]) => {
    const { out } = await floe(undefined, ['completion', 'bash'])
    const script = `${out}\nCOMP_WORDS=(floe ${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _floe; echo "\${COMPREPLY[*]}"`
    return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split(' ')
  }

  test('commands, their options and the names of calls, in bash', async () => {
    expect(await completed('ch')).toEqual(['check'])
    expect(await completed('check', '--to')).toEqual(['--topic'])
    expect(await completed('check', '--no')).toEqual([''])
    expect(await completed('call', 'listT')).toEqual(['listTopics'])
    expect(await completed('help', 'pro')).toEqual(['probe', 'prove', 'profiles'])
  })

  test('and there is a script for zsh and fish, and for no other', async () => {
    expect((await floe(undefined, ['completion', 'zsh'])).out).toMatch(/^#compdef floe\n/)
    expect((await floe(undefined, ['completion', 'fish'])).out).toMatch(/^complete -c floe /)
    expect(await floe(undefined, ['completion', 'cmd'])).toMatchObject({ code: 2, out: '' })
  })
})
