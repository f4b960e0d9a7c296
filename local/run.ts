import { spawnSync } from 'node:child_process'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

/** The process that runs Floe in a folder. Its start time tells it from a later process with the same pid. */
export interface Run {
  pid: number
  startedAt: string
  port: number
}

const fileIn = (folder: string): string => `${folder}/run.json`

/** Returns the process that runs Floe in a folder now, if any. */
export function currentRun(folder: string): Run | undefined {
  let run: Run
  try {
    run = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as Run
  } catch {
    return undefined
  }
  return startTime(run.pid) === run.startedAt ? run : undefined
}

/** Registers this process as the one that runs Floe in a folder, or returns the one that already does. */
export function claimRun(folder: string, port: number): Run | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = fileIn(folder)
  const mine = `${file}.${process.pid}`
  writeFileSync(mine, JSON.stringify({ pid: process.pid, startedAt: startTime(process.pid), port }))
  try {
    for (;;) {
      const other = currentRun(folder)
      if (other) return other
      rmSync(file, { force: true })
      try {
        // A link appears whole or not at all, and only where no file is, so one of two concurrent starts wins.
        linkSync(mine, file)
        return undefined
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    }
  } finally {
    rmSync(mine, { force: true })
  }
}

/** Removes the registration. */
export const releaseRun = (folder: string): void => rmSync(fileIn(folder), { force: true })

/** Returns when a process started, in its system's format; undefined when there is none or it is a zombie. */
function startTime(pid: number): string | undefined {
  const [state, started] = process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
  return started === undefined || state?.startsWith('Z') ? undefined : started
}

function fromProc(pid: number): (string | undefined)[] {
  try {
    // State and start time are fields 3 and 22. Field 2 is a name in parentheses that may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    return [fields[0], fields[19]]
  } catch {
    return []
  }
}

function fromPs(pid: number): (string | undefined)[] {
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', `${pid}`], { encoding: 'utf8' })
  return /^\s*(\S+)\s+(.+?)\s*$/.exec(stdout)?.slice(1) ?? []
}
