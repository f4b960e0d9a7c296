import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '../../local/folder.ts'
import { freePorts } from '../../local/port.ts'
import { FILES } from '../../local/source.ts'

let folder: string
let port: number

beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/floe-start-`)
  for (const path of FILES) cpSync(`${ROOT}/${path}`, `${folder}/${path}`)
  symlinkSync(`${ROOT}/node_modules`, `${folder}/node_modules`)
  ;[port] = (await freePorts(1)) as [number]
})
afterAll(() => rm(folder, { recursive: true }))

const demo = () => JSON.parse(readFileSync(`${folder}/.local/demo.json`, 'utf8'))

/** Starts Floe as `npm start` does, and waits until it says that it runs. */
async function start(): Promise<{ child: ChildProcess; said: () => string; ended: Promise<number | null> }> {
  const child = spawn(process.execPath, ['ops/node.mjs', 'local/start.ts'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: `${port}` },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', chunk => {
      text += chunk
    })
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  const outcome = () => (text.includes('Ctrl-C stops everything') || child.exitCode !== null ? 'there' : text)
  await expect.poll(outcome, { timeout: 300_000, interval: 200 }).toBe('there')
  expect(child.exitCode, text).toBe(null)
  return { child, said: () => text, ended }
}

/** Whether anything answers at an address. */
const answers = (url: string) =>
  fetch(url, { signal: AbortSignal.timeout(5000) }).then(
    () => true,
    () => false,
  )

test('Floe starts, says each step, ends in order when it is told, and starts again at the same addresses without a build', async () => {
  const first = await start()
  expect(first.said()).toContain('pages and Workers, built')
  const { inboxUrl, smtp, database, metricsToken, baseUrl } = demo()
  const metrics = await fetch(`${baseUrl}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } })
  expect([metrics.status, (await fetch(`${baseUrl}/docs/`)).status]).toEqual([200, 200])
  const topics = execFileSync(process.execPath, ['client/floe.mjs', 'topics'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
    encoding: 'utf8',
  })
  expect(topics).toContain('news')
  const built = () => statSync(`${folder}/dist/site/index.html`).mtimeMs
  const before = built()

  first.child.kill('SIGINT')
  expect([await first.ended, first.said().trimEnd().split('\n').at(-1)]).toEqual([
    0,
    '  Floe has stopped. What it holds is kept in .local.',
  ])
  for (const name of ['demo.json', 'run.json'])
    expect([name, existsSync(`${folder}/.local/${name}`)]).toEqual([name, false])
  for (const url of [baseUrl, inboxUrl, database.primaryUrl])
    expect([url, await answers(url)]).toEqual([url, false])

  const second = await start()
  expect(second.said()).toContain('pages and Workers, as built before')
  expect([built(), demo()]).toEqual([
    before,
    expect.objectContaining({
      inboxUrl,
      smtp,
      database: expect.objectContaining({ primaryUrl: database.primaryUrl }),
    }),
  ])
  expect(existsSync(`${folder}/.local/log.before/worker.log`)).toBe(true)
  second.child.kill('SIGTERM')
  expect([await second.ended, second.said()]).toEqual([0, expect.stringContaining('Floe has stopped.')])
})
