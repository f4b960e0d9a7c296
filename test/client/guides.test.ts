import { spawn, spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { describe, expect } from 'vitest'
import { ROOT } from '../../local/folder.ts'
import { freePorts } from '../../local/port.ts'
import { textOf } from '../../local/source.ts'
import { openTestMail } from '../support/mail.ts'
import { test } from '../support/receiver.ts'
import type { World } from '../support/world.ts'

/** A block of a guide: a file by its name, commands that are run, or what those before it print. `bash` is what runs elsewhere. */
interface Block {
  language: string
  name: string
  text: string
}

const blocksOf = (page: string): Block[] =>
  [...textOf(page).matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language, name = '', text]) => ({
      language: language!,
      name,
      text: text!,
    }),
  )

/** Ends commands that wait for what does not come, before the runner gives the test up and leaves them running. */
const MOST_MS = 120_000

/** What commands printed, and the group of processes that they left running, where they did. */
interface Printed {
  said: string
  left: number | undefined
}

/** Runs commands in a folder, and returns everything that they print. */
function printed(commands: string, cwd: string, env: Record<string, string | undefined>): Promise<Printed> {
  const child = spawn('sh', ['-c', commands], {
    cwd,
    env,
    detached: true,
    timeout: MOST_MS,
  })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', chunk => {
    out += chunk
  })
  child.stderr.setEncoding('utf8').on('data', chunk => {
    err += chunk
  })
  return new Promise(resolve =>
    child.on('close', () =>
      resolve({
        said: out === '' || out.endsWith('\n') ? out + err : `${out}\n${err}`,
        left: signalled(child.pid!, 0) ? child.pid : undefined,
      }),
    ),
  )
}

/** Sends a signal to a group of processes, and returns whether there is one. */
function signalled(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal)
  } catch {
    return false
  }
}

/** Guides whose commands wait for what the schedule delivers. */
const SCHEDULED = ['webhooks']

/** Runs the schedule again and again until something is done, as it goes on beside a reader. */
async function besideTheSchedule<T>(world: World, doing: Promise<T>): Promise<T> {
  let isDone = false
  void doing.finally(() => {
    isDone = true
  })
  while (!isDone) await world.runCron()
  return doing
}

const hasPython = spawnSync('python3', ['--version']).status === 0

/** Returns a text as a pattern, in which `…` stands for what differs from run to run. */
const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .trim()
      .split('…')
      .map(part => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('[^"\\n]*')}$`,
  )

describe('a guide is followed by somebody who has its files and a key:', () => {
  test.for(['first-mail', 'moving', 'outage', 'webhooks', 'python'])('%s', async (guide, { world }) => {
    const folder = await mkdtemp(`${tmpdir()}/floe-guide-`)
    await symlink(`${ROOT}/node_modules`, `${folder}/node_modules`)
    await mkdir(`${folder}/bin`)
    await symlink(`${ROOT}/client/floe.mjs`, `${folder}/bin/floe`)
    const mail = await openTestMail()
    const env = {
      PATH: `${folder}/bin:${process.env['PATH']}`,
      FLOE_URL: world.url,
      FLOE_API_KEY: world.apiKey,
      SMTP_PORT: `${mail.smtp.port}`,
      RECEIVER_PORT: `${(await freePorts(1))[0]}`,
    }
    const groups: number[] = []
    let said = ''
    let skipped = false
    let commands = 0
    try {
      for (const { language, name, text } of blocksOf(`site/content/docs/${guide}.md`)) {
        if (name !== '') await writeFile(`${folder}/${name}`, text)
        else if (language === 'sh' && text.includes('python3') && !hasPython) skipped = true
        else if (language === 'sh') {
          skipped = false
          const doing = printed(text, folder, env)
          const done = await (SCHEDULED.includes(guide) ? besideTheSchedule(world, doing) : doing)
          said = done.said
          if (done.left !== undefined) groups.push(done.left)
          commands++
        } else if (language === 'text' && !skipped) expect(said.trim()).toMatch(patternOf(text))
      }
    } finally {
      for (const group of groups) signalled(group, 'SIGTERM')
      await mail.close()
      await rm(folder, { recursive: true })
    }
    expect(commands).toBeGreaterThan(0)
  })
})
