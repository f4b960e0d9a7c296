import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Stops a process until SIGCONT, and resolves once all of it stands still: a busy machine lets its threads go on until one of them has met
 * the signal, and what they do meanwhile is done.
 */
export async function freeze(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP')
  for (let tries = 0; !statesOf(pid).every(state => state === 'T'); tries++) {
    if (tries === 2000) throw new Error(`process ${pid} does not stop`)
    await sleep(5)
  }
}

/** Returns the state of each thread of a process; elsewhere than on Linux that of the process. */
function statesOf(pid: number): string[] {
  if (process.platform !== 'linux')
    return [spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).stdout.trim()[0] ?? '']
  const tasks = `/proc/${pid}/task`
  // The name before the state may hold blanks and brackets.
  return readdirSync(tasks).map(task =>
    readFileSync(`${tasks}/${task}/stat`, 'utf8').split(') ').at(-1)!.charAt(0),
  )
}
