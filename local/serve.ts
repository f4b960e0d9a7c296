import { isBuilt } from './build.ts'
import { stopChildren } from './child.ts'
import { isFree } from './port.ts'
import { claimRun, releaseRun } from './run.ts'
import { readServeSettings } from './serve-settings.ts'
import { onStop } from './stop.ts'
import { Supervisor } from './supervisor.ts'
import { startWorker } from './worker.ts'

const HELP = `npm run serve   runs the built Workers behind a proxy that ends TLS, until it is told to end

Reads its settings from the environment, and secrets also from files of their
names in CREDENTIALS_DIRECTORY; FLOE_STATE is the folder of its state. Each is
told in site/content/docs/self-hosting.md. npm run build comes before.`

/** The minute of wrangler.app.toml, in milliseconds. */
const CRON_MS = 60_000
let state: string | undefined
let stopping = false

const say = (level: 'info' | 'error', message: string): void =>
  console.log(JSON.stringify({ level, event: 'serve', message }))
const supervisor = new Supervisor(line => say('error', line))

await main().catch(async error => {
  if (stopping) return
  say('error', error instanceof Error ? error.message : String(error))
  await stop(1)
})

/** Runs the built Workers for the public, behind a proxy that ends TLS, until it is told to end. */
async function main(): Promise<void> {
  const [first] = process.argv.slice(2)
  if (first === '--help' || first === '-h') {
    console.log(HELP)
    return
  }
  const { state: folder, port, ...settings } = readServeSettings(process.env)
  if (!isBuilt()) throw new Error('There is no build in dist. Run: npm ci && npm run build')
  const other = claimRun(folder, port)
  if (other) throw new Error(`Process ${other.pid} runs Floe with this state: two would be two writers`)
  state = folder
  onStop(() => void stop(0), release)
  for (const each of [port, settings.consolePort, settings.lmtpPort])
    if (each !== undefined && !(await isFree(each))) throw new Error(`Port ${each} is taken`)
  await supervisor.keep('runtime', `http://127.0.0.1:${port}/healthz`, () =>
    startWorker({ ...settings, port, persist: `${folder}/worker`, cronEveryMs: CRON_MS }),
  )
  say('info', `Floe answers its proxy at 127.0.0.1:${port}`)
}

function release(): void {
  if (state !== undefined) releaseRun(state)
}

async function stop(exitCode: number): Promise<void> {
  if (stopping) return
  stopping = true
  supervisor.stop()
  await stopChildren()
  release()
  if (exitCode === 0) say('info', 'Floe has stopped')
  process.exit(exitCode)
}
