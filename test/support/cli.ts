import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { inject } from 'vitest'
import { ROOT } from '../../local/folder.ts'
import type { Command } from './commands.ts'
import type { World } from './world.ts'

/** How a command ended, and what it said. */
export interface Ended {
  code: number | null
  out: string
  err: string
}

/** Starts a command as `node --import tsx <command>` does, without the step that takes its types out. */
export const startCommand = (
  command: Command,
  args: string[],
  env: Record<string, string | undefined> = {},
  nodeArgs: string[] = [],
): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, [...nodeArgs, inject('commands')[command], ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...env },
  })

/** Runs a command to its end. */
export const runCommand = (
  command: Command,
  args: string[],
  env: Record<string, string | undefined> = {},
): Promise<Ended> => endOf(startCommand(command, args, env))

function endOf(child: ChildProcessWithoutNullStreams, input = ''): Promise<Ended> {
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', chunk => {
    out += chunk
  })
  child.stderr.setEncoding('utf8').on('data', chunk => {
    err += chunk
  })
  return new Promise(resolve => child.on('close', code => resolve({ code, out, err })))
}

/** Starts `floe`. */
function start(args: string[], env: Record<string, string | undefined>, cwd?: string) {
  const script = `import { main } from '${inject('commands')['client/cli/main.ts']}'; process.exitCode = await main(process.argv.slice(2))`
  return spawn(
    process.execPath,
    ['--input-type=module', '--eval', script, '--', 'client/cli/main.ts', ...args],
    {
      env: { PATH: process.env['PATH'], ...env },
      ...(cwd !== undefined && { cwd }),
    },
  )
}

/** Runs `floe` with a world's key or none, and returns its exit code and output. */
export const floe = (
  world: World | undefined,
  args: string[],
  input = '',
  env: Record<string, string> = {},
  cwd?: string,
): Promise<Ended> =>
  endOf(
    start(args, { ...(world && { FLOE_URL: world.url, FLOE_API_KEY: world.apiKey }), ...env }, cwd),
    input,
  )

/** A command that runs until it is ended. */
export interface Running {
  /** Waits for a number of output lines and returns them. */
  lines(count: number): Promise<string[]>
  /** Returns its messages on stderr so far. */
  said(): string
  /** Ends it and returns its exit code; null where it was killed. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Starts `floe` with a world's key, against `url`. */
export function startFloeCommand(world: World, url: string, args: string[]): Running {
  const child = start(args, { FLOE_URL: url, FLOE_API_KEY: world.apiKey })
  let [out, err] = ['', '']
  child.stdout.on('data', chunk => {
    out += chunk
  })
  child.stderr.on('data', chunk => {
    err += chunk
  })
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  return {
    async lines(count) {
      while (out.split('\n').length - 1 < count) await new Promise(resolve => setTimeout(resolve, 50))
      return out.split('\n').slice(0, -1)
    },
    said: () => err,
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}
