import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { run } from '../db/engine/hrana.ts'
import { newLogin } from '../ops/login.ts'
import { migrate } from '../ops/migrate.ts'
import { takesWrites } from '../ops/operator.ts'
import { buildChanged } from './build.ts'
import { stopChildren } from './child.ts'
import { startNode } from './cluster.ts'
import { describeDemo, removeDemo, writeDemo } from './demo.ts'
import { LOCAL } from './folder.ts'
import { startMailServer } from './mail.ts'
import { isFree, keptPorts } from './port.ts'
import { claimRun, releaseRun } from './run.ts'
import { keepSecrets, type LocalSecrets, readSecrets } from './secrets.ts'
import { type Seeded, seed } from './seed.ts'
import { onStop } from './stop.ts'
import { say, summary } from './summary.ts'
import { Supervisor } from './supervisor.ts'
import { startWorker } from './worker.ts'
import { MAIL_PATH } from './workers.ts'

/** Interval of the scheduled jobs in milliseconds; production's minute would be too slow for a demo. */
const CRON_MS = 10_000
/** What has a port beside the service's own. */
const PORTS = ['http', 'grpc', 'replica', 'smtp', 'inbox', 'mail', 'console'] as const
const supervisor = new Supervisor(say)
let stopping = false

await main().catch(async error => {
  if (stopping) return
  console.error(error instanceof Error ? error.message : error)
  await stop(1)
})

async function main(): Promise<void> {
  const { PORT = '8787' } = process.env
  const port = Number(PORT)
  if (!/^\d{1,5}$/.test(PORT) || port < 1 || port > 65_535) refuse(`PORT is ${PORT}, which is no port.`)
  const other = claimRun(LOCAL, port)
  if (other)
    refuse(`Floe already runs in this folder: http://127.0.0.1:${other.port} (process ${other.pid}).`)
  if (!(await isFree(port))) {
    releaseRun(LOCAL)
    refuse(`Port ${port} is taken. Try another one: PORT=${port === 65_535 ? 8787 : port + 1} npm start`)
  }
  onStop(
    () => void stop(0),
    () => releaseRun(LOCAL),
  )
  removeDemo()

  console.log('\n  Floe is starting: database, mail server, pages, Workers …\n')
  const log = `${LOCAL}/log`
  keepLog(log)
  const secrets = readSecrets()
  const ports = await keptPorts(`${LOCAL}/ports.json`, PORTS, port)
  const { smtp: smtpPort, inbox: webPort, mail: mailPort, console: consolePort } = ports
  const [database, mail] = await Promise.all([
    startDatabase(ports, secrets).then(told('database, migrated, and its replica')),
    supervisor
      .keep('mail server', `http://127.0.0.1:${webPort}/healthz`, () =>
        startMailServer({ smtpPort, webPort, dir: `${LOCAL}/mail` }),
      )
      .then(told('mail server')),
    buildChanged().then(built =>
      told(built ? 'pages and Workers, built' : 'pages and Workers, as built before')(built),
    ),
  ])

  const baseUrl = `http://127.0.0.1:${port}`
  const bindings = {
    BASE_URL: baseUrl,
    DATABASE_URL: database.primaryUrl,
    REPLICA_URLS: database.replicaUrls.join(','),
    DATABASE_AUTH_TOKEN: database.authToken,
    TOKEN_KEYS: secrets.tokenKeys,
    ACCESS_KEYS: secrets.accessKeys,
    INDEX_KEY: secrets.indexKey,
    KEY_ENCRYPTION_KEYS: secrets.keyEncryptionKeys,
    ...(secrets.dataKey !== undefined && { DATA_KEY: secrets.dataKey }),
    RECEIPT_KEYS: secrets.receiptKeys,
    METRICS_TOKEN: secrets.metricsToken,
    MAIL_URL: `smtp://${mail.smtp.host}:${mail.smtp.port}`,
    MAIL_FROM: 'confirm@north.example',
    SENDS_MAIL: 'true',
    WEBHOOKS_TO_THIS_MACHINE: 'true',
  }
  await supervisor.keep('workers', `${baseUrl}/healthz`, () =>
    startWorker(
      { port, consolePort, mailPort, bindings, persist: `${LOCAL}/worker`, cronEveryMs: CRON_MS },
      `${log}/worker.log`,
    ),
  )

  const { primaryUrl, replicaUrls, authToken } = database
  const demo = describeDemo(database.seeded, secrets, {
    baseUrl,
    inboxUrl: mail.inboxUrl,
    mailUrl: `http://127.0.0.1:${mailPort}${MAIL_PATH}`,
    smtp: mail.smtp,
    database: { primaryUrl, replicaUrls, authToken },
  })
  writeDemo(demo)
  console.log(summary(demo, `http://localhost:${consolePort}`, performance.now() / 1000))
}

async function startDatabase(
  ports: Record<'http' | 'grpc' | 'replica', number>,
  secrets: LocalSecrets,
): Promise<{ primaryUrl: string; replicaUrls: string[]; authToken: string; seeded: Seeded }> {
  // Without a login, the server would answer pages of any origin in the developer's browser.
  const { publicKey: loginKey, token: authToken } = await newLogin()
  const dir = `${LOCAL}/database`
  const primaryUrl = `http://127.0.0.1:${ports.http}`
  const replicaUrl = `http://127.0.0.1:${ports.replica}`
  await supervisor.keep(
    'database primary',
    `${primaryUrl}/health`,
    () => startNode({ dir: `${dir}/primary`, httpPort: ports.http, grpcPort: ports.grpc, loginKey }),
    // A wedged primary answers reads and health checks, but never a write again.
    () => takesWrites({ url: primaryUrl, authToken }),
  )
  await migrate(primaryUrl, authToken)
  const seeded = await seed({ url: primaryUrl, authToken }, secrets)
  keepSecrets({ ...secrets, apiKey: seeded.apiKey, otherApiKey: seeded.otherApiKey })
  await supervisor.keep('database replica', `${replicaUrl}/health`, () =>
    startNode({ dir: `${dir}/replica`, httpPort: ports.replica, primaryGrpcPort: ports.grpc, loginKey }),
  )
  // A replica fetches nothing before it is first asked.
  await run({ url: replicaUrl, authToken }, [{ sql: 'SELECT 1', args: [] }], 5000).catch(() => undefined)
  return { primaryUrl, replicaUrls: [replicaUrl], authToken, seeded }
}

/** Returns a function that says that a part is there, and passes on what it is given. */
function told(part: string): <T>(result: T) => T {
  return result => {
    say(`${part} (${(performance.now() / 1000).toFixed(1)} s)`)
    return result
  }
}

/** Begins new logs, and keeps those of the start before: whoever starts again after a crash wants to know why. */
function keepLog(log: string): void {
  rmSync(`${log}.before`, { recursive: true, force: true })
  if (existsSync(log)) renameSync(log, `${log}.before`)
  mkdirSync(log, { recursive: true })
}

function refuse(why: string): never {
  console.error(why)
  process.exit(1)
}

async function stop(exitCode: number): Promise<void> {
  if (stopping) return
  stopping = true
  supervisor.stop()
  removeDemo()
  await stopChildren()
  releaseRun(LOCAL)
  if (exitCode === 0) console.log('\n  Floe has stopped. What it holds is kept in .local.')
  process.exit(exitCode)
}
