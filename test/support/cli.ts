import { spawn } from 'node:child_process'
import { inject } from 'vitest'
import type { World } from './world.ts'

/** Starts `npx floe` from its bundle, without compiling its types away. */
function start(args: string[], env: Record<string, string | undefined>) {
  const script = `import { main } from '${inject('command')}'; process.exitCode = await main(process.argv.slice(1))`
  return spawn(process.execPath, ['--input-type=module', '--eval', script, '--', ...args], {
    env: { PATH: process.env['PATH'], ...env },
  })
}

/** Runs `npx floe` with a world's key or none, and returns its exit code and output. */
export function floe(world: World | undefined, args: string[], input = '', env: Record<string, string> = {}) {
  const child = start(args, {
    ...(world && { FLOE_URL: world.url, FLOE_API_KEY: world.apiKey }),
    ...env,
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  let [out, err] = ['', '']
  child.stdout.on('data', chunk => {
    out += chunk
  })
  child.stderr.on('data', chunk => {
    err += chunk
  })
  return new Promise<{ code: number | null; out: string; err: string }>(resolve =>
    child.on('close', code => resolve({ code, out, err })),
  )
}

/** A command that runs until it is ended. */
export interface Running {
  /** Waits for a number of output lines and returns them. */
  lines(count: number): Promise<string[]>
  /** Returns its messages on stderr so far. */
  said(): string
  /** Ends it and returns its exit code; null where it was killed. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Starts `npx floe` with a world's key, against `url`. */
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
