import { mkdirSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { build } from '../../local/build.ts'
import { type Child, startChild } from '../../local/child.ts'
import { LOCAL, ROOT } from '../../local/folder.ts'
import { bundleCommands, type Commands } from './commands.ts'
import { inMemory } from './memory.ts'
import { makeTemplate, type Template } from './template.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    template: Template
    /** URL of the process that runs the Workers of all test files. */
    workers: string
    commands: Commands
  }
}

/**
 * Runs once for all tests: builds the site and the bundle that would be deployed, makes the templates, and starts the process
 * of Workers. KEEP_BUILD=1 keeps an earlier build.
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const memory = inMemory()
  const [template, workers, commands] = await Promise.all([
    makeTemplate(),
    startWorkers(),
    bundleCommands(),
    process.env['KEEP_BUILD'] === '1' || build(),
  ])
  const { remove, ...made } = template
  provide('template', made)
  provide('workers', workers.url)
  provide('commands', commands)
  return async () => {
    await workers.child.stop()
    await remove()
    memory.remove()
  }
}

async function startWorkers(): Promise<{ child: Child; url: string }> {
  mkdirSync(LOCAL, { recursive: true })
  const child = startChild({
    command: process.execPath,
    args: ['--import', 'tsx', `${ROOT}/test/support/workers.ts`],
    cwd: ROOT,
    log: `${LOCAL}/test-workers.log`,
    messages: true,
  })
  const url = new Promise<string>(resolve => child.process.once('message', resolve as () => void))
  const ended = child.ended.then(why => {
    throw new Error(`the process that runs the Workers ended (${why})`)
  })
  return { child, url: await Promise.race([url, ended]) }
}
