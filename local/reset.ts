import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { isEntry, runCommand } from '../ops/cli.ts'
import { LOCAL } from './folder.ts'
import { currentRun } from './run.ts'

const LOCAL_HOSTS = ['127.0.0.1', 'localhost', '[::1]']

/** Deletes everything the local Floe keeps: data, secrets, mails, logs. It touches nothing but `.local` of this repository. */
function reset(): void {
  const { DATABASE_URL } = process.env
  if (DATABASE_URL && !(URL.canParse(DATABASE_URL) && LOCAL_HOSTS.includes(new URL(DATABASE_URL).hostname)))
    throw new Error(
      'DATABASE_URL is set to a database elsewhere. Reset is for this machine only; unset it first.',
    )
  const run = currentRun(LOCAL)
  if (run) throw new Error(`Floe is running here (process ${run.pid}). Stop it first, with Ctrl-C.`)
  const folder = lstatSync(LOCAL, { throwIfNoEntry: false })
  if (folder && !folder.isDirectory())
    throw new Error('.local is not a folder of this repository; nothing was removed.')
  for (const name of folder ? readdirSync(LOCAL) : [])
    rmSync(`${LOCAL}/${name}`, { recursive: true, force: true })
  console.log('.local is empty; npm start begins anew')
}

if (isEntry(import.meta.url)) await runCommand(async () => reset())
