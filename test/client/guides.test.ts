import { spawn, spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { describe, expect } from 'vitest'
import { ROOT } from '../../local/folder.ts'
import { textOf } from '../../local/source.ts'
import { openTestMail } from '../support/mail.ts'
import { test } from '../support/world.ts'

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

/** Runs commands in a folder, and returns everything that they print. */
function printed(commands: string, cwd: string, env: Record<string, string | undefined>): Promise<string> {
  const child = spawn('sh', ['-c', commands], {
    cwd,
    env,
  })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', chunk => {
    out += chunk
  })
  child.stderr.setEncoding('utf8').on('data', chunk => {
    err += chunk
  })
  return new Promise(resolve =>
    child.on('close', () => resolve(out === '' || out.endsWith('\n') ? out + err : `${out}\n${err}`)),
  )
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
  test.for(['first-mail', 'moving', 'outage'])('%s', async (guide, { world }) => {
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
    }
    let said = ''
    let skipped = false
    let commands = 0
    try {
      for (const { language, name, text } of blocksOf(`site/content/docs/${guide}.md`)) {
        if (name !== '') await writeFile(`${folder}/${name}`, text)
        else if (language === 'sh' && text.includes('python3') && !hasPython) skipped = true
        else if (language === 'sh') {
          skipped = false
          said = await printed(text, folder, env)
          commands++
        } else if (language === 'text' && !skipped) expect(said.trim()).toMatch(patternOf(text))
      }
    } finally {
      await mail.close()
      await rm(folder, { recursive: true })
    }
    expect(commands).toBeGreaterThan(0)
  })
})
