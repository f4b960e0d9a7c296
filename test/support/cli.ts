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
