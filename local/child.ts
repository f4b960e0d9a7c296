import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process started here, with all its descendants. */
export interface Child {
  readonly pid: number
  /** Resolves when it has ended, with the reason in a few words. */
  readonly ended: Promise<string>
  /** The process itself, for its messages. */
  readonly process: ChildProcess
  /** Ends it and its descendants; resolves when they are gone. */
  stop(): Promise<void>
}

/** Process to start, and where its output goes. */
export interface ChildOptions {
  command: string
  args: string[]
  cwd?: string
  env?: Record<string, string | undefined>
  /** File that its output is appended to; without one it goes where the output of this process goes. */
  log?: string | undefined
  /** Whether messages can be sent to it (`child.process.send`). */
  messages?: boolean
}

const GRACE_MS = 4000
const START_DEADLINE_MS = 30_000
const living = new Set<Child>()

/**
 * Starts a process as the leader of its own group. Ctrl-C in the terminal then reaches only this process, which ends the others
 * in order, and a process can be ended with its descendants.
 */
export function startChild({ command, args, cwd, env, log, messages = false }: ChildOptions): Child {
  const output = log === undefined ? 'inherit' : openSync(log, 'a')
  const process_ = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', output, output, ...(messages ? (['ipc'] as const) : [])],
  })
  if (output !== 'inherit') closeSync(output)
  const pid = process_.pid ?? 0
  const ended = new Promise<string>(resolve => {
    process_.once('error', error => resolve(error.message))
    process_.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  }).then(why => {
    killGroup(pid)
    living.delete(child)
    leash()
    return why
  })
  const child: Child = {
    pid,
    ended,
    process: process_,
    async stop() {
      process_.kill('SIGTERM')
      const timer = setTimeout(() => killGroup(pid), GRACE_MS)
      await ended
      clearTimeout(timer)
    },
  }
  living.add(child)
  leash()
  return child
}

/** Waits until `url` answers. Ends the process and throws when it ends or stays silent. */
export async function untilAnswering(child: Child, url: string, name: string, log?: string): Promise<void> {
  let ended: string | undefined
  void child.ended.then(why => {
    ended = why
  })
  const deadline = performance.now() + START_DEADLINE_MS
  while (ended === undefined && performance.now() < deadline) {
    if ((await probe(url, 1000)) === 'answers') return
    await sleep(10)
  }
  await child.stop()
  throw new Error(`${name} does not start (${ended ?? 'no answer'}); ${log ?? 'its output'} says why`)
}

/** Returns how `url` reacts: with any answer, with none in time, or with a refused connection. */
export async function probe(url: string, deadlineMs: number): Promise<'answers' | 'silent' | 'refuses'> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(deadlineMs) })
    await response.arrayBuffer()
    return 'answers'
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException
    return code === 'ECONNREFUSED' ? 'refuses' : 'silent'
  }
}

/** Returns the environment's variables of a prefix, unset, so that a tool's options come from its command line alone. */
export const withoutVariables = (prefix: string): Record<string, undefined> =>
  Object.fromEntries(
    Object.keys(process.env).flatMap(name => (name.startsWith(prefix) ? [[name, undefined]] : [])),
  )

/** Ends every process started here, youngest first. */
export async function stopChildren(): Promise<void> {
  for (const child of [...living].reverse()) await child.stop()
}

/** Kills every process started here at once. */
export function killChildren(): void {
  for (const child of living) killGroup(child.pid)
}

function killGroup(pid: number): void {
  if (pid === 0) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The whole group is gone already.
  }
}

let holder: ChildProcess | undefined

/**
 * Tells the leash which groups are alive. The leash is a shell that reads its input until this process dies in any way, `kill -9`
 * included, and then kills the groups, so that none of them keeps a port or a database file.
 */
function leash(): void {
  if (!holder) {
    const script = 'while read -r line; do groups=$line; done; [ -z "$groups" ] || kill -s KILL -- $groups'
    holder = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
    holder.unref()
    holder.on('error', () => undefined)
    holder.stdin!.on('error', () => undefined)
    ;(holder.stdin as unknown as { unref(): void }).unref()
  }
  holder.stdin!.write(`${[...living].map(child => `-${child.pid}`).join(' ')}\n`)
}
