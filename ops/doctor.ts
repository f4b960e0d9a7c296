import { parseArgs, styleText } from 'node:util'
import { systemClock } from '../core/clock.ts'
import { isEntry } from './cli.ts'
import type { Finding, Result } from './doctor/finding.ts'
import { installationOf } from './doctor/installation.ts'
import { lookOver } from './doctor/look-over.ts'
import { exitCodeOf, lines, summary } from './doctor/report.ts'
import { writtenVars } from './worker-vars.ts'

const HELP = `npm run doctor                looks over a whole installation, writes nothing
npm run doctor -s -- --json   a JSON object a finding: check, result, says, todo

Vars are those of the wrangler files; one in the environment counts instead.
Secrets come from the environment, each as the Workers have it:
DATABASE_AUTH_TOKEN, CLUSTER_AUTH_TOKENS, TOKEN_KEYS, ACCESS_KEYS, RECEIPT_KEYS,
INDEX_KEY, KEY_ENCRYPTION_KEYS or VAULT_TOKEN, DATA_KEY, MAIL_URL, METRICS_TOKEN
and FLOE_API_KEY, any API key that stands. None is ever shown. A check that
lacks what it needs names it, and is not done.

Ends with 0 where all is well, 1 where something must be mended, 2 where the
call makes no sense, 3 where nothing is wrong and something was not looked at.`

const COLOURS = { ok: 'green', warn: 'yellow', fail: 'red', not_looked_at: 'dim' } as const

/** Runs the command and returns its exit code. */
async function main(args: string[]): Promise<number> {
  let json: boolean
  try {
    const { values } = parseArgs({
      args,
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help) {
      console.log(HELP)
      return 0
    }
    json = values.json
  } catch (error) {
    const [why] = (error as Error).message.split('. ')
    console.error(`${why}.\nnpm run doctor -- --help says more.`)
    return 2
  }
  const { FLOE_API_KEY: apiKey } = process.env
  const installation = installationOf(writtenVars(), process.env)
  const findings: Finding[] = []
  for (const part of lookOver(installation, { clock: systemClock, apiKey }))
    for (const finding of await part) {
      findings.push(finding)
      console.log(json ? JSON.stringify(finding) : lines(finding, columns(), marked))
    }
  if (!json) console.log(`\n${summary(findings, columns())}`)
  return exitCodeOf(findings)
}

/** Returns the width of the terminal, or of one as most are. */
const columns = (): number => process.stdout.columns ?? 80

const marked = (text: string, result: Result): string => styleText(COLOURS[result], text)

if (isEntry(import.meta.url)) {
  // Whoever reads a pipe may have read enough.
  process.stdout.on('error', () => process.exit(3))
  const code = await main(process.argv.slice(2)).catch(error => {
    console.error(error instanceof Error ? error.message : error)
    return 3
  })
  // A look-up of a name cannot be called off, and nobody waits for it any more.
  process.exit(code)
}
