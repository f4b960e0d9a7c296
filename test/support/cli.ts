import { spawn } from 'node:child_process'
import type { World } from './world.ts'

/** Runs `npx floe` with the key of a world, or with none, and returns how it ended and what it said. */
export function floe(world: World | undefined, args: string[], input = '', env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['client/cli.mjs', ...args], {
    env: {
      PATH: process.env['PATH'],
      ...(world && { FLOE_URL: world.url, FLOE_API_KEY: world.apiKey }),
      ...env,
    },
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

/** A command that goes on until it is ended. */
export interface Running {
  /** Waits until it has written so many lines, and returns them. */
  lines(count: number): Promise<string[]>
  /** What it has said to people so far. */
  said(): string
  /** Ends it, and returns its exit code; null when it was killed. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Starts `npx floe` with the key of a world, at `url`. */
export function startFloeCommand(world: World, url: string, args: string[]): Running {
  const env = { PATH: process.env['PATH'], FLOE_URL: url, FLOE_API_KEY: world.apiKey }
  const child = spawn(process.execPath, ['client/cli.mjs', ...args], { env })
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
