import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DatabaseNode, startNode } from '../../local/cluster.ts'
import { ROOT } from '../../local/folder.ts'
import { freePorts, isFree } from '../../local/port.ts'
import { runCommand } from '../support/cli.ts'
import type { Command } from '../support/commands.ts'
import { freeze } from '../support/freeze.ts'
import { openTestMail, type TestMail } from '../support/mail.ts'

const MAILBOX = 'leave@north.example'
const PLAN = {
  tenants: [
    {
      name: 'penguin',
      displayName: 'Penguin',
      workspaces: [
        {
          name: 'north',
          displayName: 'North',
          unsubscribeMailbox: MAILBOX,
          notices: [
            { name: 'privacy', version: '1', url: 'https://north.example/privacy', sha256: 'a'.repeat(64) },
          ],
          topics: [{ name: 'news', displayName: 'News', description: 'What is new', kind: 'marketing' }],
        },
      ],
    },
  ],
}
const PUBLIC_UNITS = 40

let dir: string
let secrets: Record<string, string>
let primary: DatabaseNode
let replica: DatabaseNode
let mail: TestMail
let port: number
let lmtpPort: number
let served: ChildProcess
let ended: Promise<number | null>
let said = ''
let apiKey: string

beforeAll(async () => {
  dir = await mkdtemp(`${tmpdir()}/floe-serve-`)
  const made = await runCommand('ops/keys.ts', ['new', `${dir}/credentials`])
  expect(made.code, made.err).toBe(0)
  secrets = Object.fromEntries(
    made.out
      .trim()
      .split(': ')[1]!
      .split(', ')
      .map(name => [name, readFileSync(`${dir}/credentials/${name}`, 'utf8')]),
  )
  const ports = (await freePorts(5)) as [number, number, number, number, number]
  const [httpPort, grpcPort, replicaPort] = ports
  ;[, , , port, lmtpPort] = ports
  const loginKey = secrets['SQLD_AUTH_JWT_KEY']!
  primary = await startNode({ dir: `${dir}/primary`, httpPort, grpcPort, loginKey })
  replica = await startNode({
    dir: `${dir}/replica`,
    httpPort: replicaPort,
    primaryGrpcPort: grpcPort,
    loginKey,
  })
  mail = await openTestMail()
  await operate('ops/migrate.ts')
  writeFileSync(`${dir}/plan.json`, JSON.stringify(PLAN))
  await operate('ops/provision.ts', `${dir}/plan.json`, '--as', 'test')
  const key = ['key', 'create', 'penguin/north', '--permissions', 'sender', '--as', 'test']
  apiKey = (await operate('ops/provision.ts', ...key)).split('\n')[0]!
  await serve()
})

afterAll(async () => {
  served.kill('SIGKILL')
  await ended
  for (const part of [replica, primary]) await part.stop()
  await mail.close()
  await rm(dir, { recursive: true, force: true })
})

/** Runs a command of an operator, with the database's token and the keys that it asks for. */
async function operate(command: Command, ...args: string[]): Promise<string> {
  const { DATABASE_AUTH_TOKEN, TOKEN_KEYS } = secrets
  const { code, out, err } = await runCommand(command, args, {
    DATABASE_URL: primary.url,
    DATABASE_AUTH_TOKEN,
    TOKEN_KEYS,
  })
  expect(code, err).toBe(0)
  return out
}

/** Starts what `npm run serve` starts, with secrets as systemd hands them over. */
async function serve(): Promise<void> {
  served = spawn(process.execPath, ['--import', 'tsx', 'local/serve.ts'], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      CREDENTIALS_DIRECTORY: `${dir}/credentials`,
      STATE_DIRECTORY: `${dir}/state`,
      PORT: `${port}`,
      LMTP_PORT: `${lmtpPort}`,
      BASE_URL: 'https://floe.north.example',
      DATABASE_URL: primary.url,
      REPLICA_URLS: replica.url,
      MAIL_URL: `smtp://${mail.smtp.host}:${mail.smtp.port}`,
      MAIL_FROM: 'confirm@north.example',
      SECURITY_CONTACT: 'mailto:security@north.example',
      PUBLIC_RATE_UNITS: `${PUBLIC_UNITS}`,
    },
  })
  for (const stream of [served.stdout!, served.stderr!])
    stream.setEncoding('utf8').on('data', chunk => {
      said += chunk
    })
  ended = new Promise(resolve => served.once('close', resolve))
  await untilSaid('Floe answers its proxy')
}

/** Waits until it has said a text. Throws with all that it said where it ends without it. */
function untilSaid(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (said.includes(text)) resolve()
    }
    for (const stream of [served.stdout!, served.stderr!]) stream.on('data', look)
    served.once('close', () => reject(new Error(said)))
    look()
  })
}

/** Asks as the proxy does for a caller at an address. */
const ask = (path: string, address: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    redirect: 'manual',
    ...init,
    headers: { 'floe-proxy': `${secrets['PROXY_SECRET']} ${address}`, ...(init.headers as object) },
  })

/** Calls as a sender at an address, and returns the answer's JSON. */
async function call(
  path: string,
  body: object,
  { address = '192.0.2.1', key = apiKey, more = {} } = {},
): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...more }
  const answer = await ask(path, address, { method: 'POST', headers, body: JSON.stringify(body) })
  return { ...((await answer.json()) as object), status: answer.status }
}

async function decisionOn(address: string): Promise<unknown> {
  const answer = await call('/v1/check', { topic: 'news', addresses: [address] })
  return (answer as { results?: { decision: string }[] }).results?.[0]?.decision ?? answer
}

async function linksOf(address: string): Promise<{ path: string; headers: Record<string, string> }> {
  const { links } = (await call('/v1/links', { topic: 'news', recipients: [address] })) as unknown as {
    links: { unsubscribeUrl: string; headers: Record<string, string> }[]
  }
  const { unsubscribeUrl, headers } = links[0]!
  expect(new URL(unsubscribeUrl).origin).toBe('https://floe.north.example')
  return { path: new URL(unsubscribeUrl).pathname, headers }
}

/** Hands a mail over as a mail server does, by LMTP. */
const post = (to: string) =>
  createTransport({ host: '127.0.0.1', port: lmtpPort, lmtp: true, ignoreTLS: true }).sendMail({
    envelope: { from: 'dora@example.com', to: [to] },
    from: 'dora@example.com',
    to,
    subject: 'unsubscribe',
    text: '',
  })

const click = (path: string, address = '192.0.2.1') =>
  ask(path, address, { method: 'POST', body: 'List-Unsubscribe=One-Click' })

test('on a machine of its own Floe answers checks, takes a click at once, and mails confirmations by SMTP', async () => {
  const { path } = await linksOf('ada@example.com')
  expect(await decisionOn('ada@example.com')).toBe('allow')
  expect((await click(path)).status).toBe(200)
  expect(await decisionOn('ada@example.com')).toBe('deny')

  const signUp = await call('/v1/subscriptions', {
    address: 'bob@example.com',
    topics: ['news'],
    notice: { name: 'privacy', version: '1' },
    source: { url: 'https://north.example/sign-up' },
  })
  expect(signUp).toMatchObject({ status: 202 })
  const [confirmation] = await mail.received(1)
  expect(confirmation).toMatchObject({ to: 'bob@example.com' })
  expect(confirmation!.text).toContain('https://floe.north.example/c/')
  const pages = ['/', '/docs/', '/readyz', '/openapi.json'].map(page => ask(page, '192.0.2.1'))
  expect((await Promise.all(pages)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
})

test('nobody but the proxy names a caller’s address, and what does not come from the proxy changes nothing', async () => {
  const { path } = await linksOf('carol@example.com')
  const secret = secrets['PROXY_SECRET']
  const forged = [
    {},
    { 'cf-connecting-ip': '192.0.2.7' },
    { 'floe-proxy': '192.0.2.7' },
    { 'floe-proxy': `${'x'.repeat(secret!.length)} 192.0.2.7` },
    { 'floe-proxy': `${secret}` },
    { 'floe-proxy': `${secret} ` },
    { 'floe-proxy': `${secret} nobody` },
    { 'floe-proxy': `x 192.0.2.7, ${secret} 198.51.100.1` },
    { 'floe-proxy': `${secret} 198.51.100.1, ${secret} 192.0.2.7` },
  ]
  for (const headers of forged) {
    const body = 'List-Unsubscribe=One-Click'
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { ...headers },
      body,
    })
    expect([headers, answer.status, await answer.text()]).toEqual([headers, 403, 'Forbidden\n'])
  }
  expect(await decisionOn('carol@example.com')).toBe('allow')

  const made = await call('/v1/api-keys', {
    name: 'Office',
    permissions: ['addresses:check'],
    allowedIps: ['192.0.2.0/24'],
  })
  expect(made).toMatchObject({ status: 201, key: expect.any(String) })
  const key = made['key'] as string
  const elsewhere = {
    'cf-connecting-ip': '192.0.2.7',
    'x-forwarded-for': '192.0.2.7',
    'true-client-ip': '192.0.2.7',
    forwarded: 'for=192.0.2.7',
  }
  const asked = { topic: 'news', addresses: ['carol@example.com'] }
  expect(await call('/v1/check', asked, { key, address: '192.0.2.7' })).toMatchObject({ status: 200 })
  expect(await call('/v1/check', asked, { key, address: '198.51.100.1', more: elsewhere })).toMatchObject({
    status: 403,
  })

  const statuses: number[] = []
  while (statuses.at(-1) !== 429 && statuses.length < 3 * PUBLIC_UNITS) {
    const headers = { 'cf-connecting-ip': `192.0.2.${statuses.length}` }
    statuses.push((await ask('/u/none', '203.0.113.1', { headers })).status)
  }
  expect(statuses.at(-1)).toBe(429)
  expect((await ask('/u/none', '203.0.113.2')).status).toBe(404)
})

test('a mail server hands mail over by LMTP: a mail that unsubscribes is taken, an address that nobody has is refused', async () => {
  const { headers } = await linksOf('dora@example.com')
  const [, to] = /<mailto:([^?>]+)/.exec(headers['List-Unsubscribe']!)!
  expect(await decisionOn('dora@example.com')).toBe('allow')
  expect(await post(decodeURIComponent(to!))).toMatchObject({ rejected: [] })
  expect(await decisionOn('dora@example.com')).toBe('deny')
  expect(await post('nobody@north.example')).toMatchObject({
    rejected: ['nobody@north.example'],
    response: '550 There is no such address here.',
  })
})

test('a click that was answered while the database hangs outlives the death of the runtime, which is back by itself', async () => {
  const { path } = await linksOf('eva@example.com')
  expect(await decisionOn('eva@example.com')).toBe('allow')
  await freeze(primary.pid)
  try {
    expect((await click(path)).status).toBe(200)
    const [runtime, ...more] = descendantsOf(served.pid!).filter(({ name }) => name === 'workerd')
    expect(more).toEqual([])
    process.kill(runtime!.pid, 'SIGKILL')
    await untilSaid('runtime is back')
  } finally {
    process.kill(primary.pid, 'SIGCONT')
  }
  await expect.poll(() => decisionOn('eva@example.com')).toBe('deny')
})

test('Floe ends in order when it is told, with all that it started, and begins again with what it had', async () => {
  const started = descendantsOf(served.pid!).map(({ pid }) => pid)
  expect(started.length).toBeGreaterThan(1)
  served.kill('SIGTERM')
  expect(await ended).toBe(0)
  const lines = said.trimEnd().split('\n')
  expect(JSON.parse(lines.at(-1)!)).toEqual({ level: 'info', event: 'serve', message: 'Floe has stopped' })
  expect([await isFree(port), await isFree(lmtpPort)]).toEqual([true, true])
  await expect.poll(() => started.filter(pid => isAlive(pid))).toEqual([])
  said = ''
  await serve()
  expect(await decisionOn('eva@example.com')).toBe('deny')
})

/** Returns the processes that a process has started, and those that they have. */
function descendantsOf(pid: number): { pid: number; name: string }[] {
  const all = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/))
  const below = (parent: number): { pid: number; name: string }[] =>
    all
      .filter(([, of]) => Number(of) === parent)
      .flatMap(([each, , name]) => [{ pid: Number(each), name: name! }, ...below(Number(each))])
  return below(pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
