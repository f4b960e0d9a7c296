import { NEEDED_MIGRATION } from '../../db/schema.ts'
import type { Version } from '../../worker/health/deps.ts'
import type { Readiness } from '../../worker/health/ready.ts'
import { type Finding, findingsOf } from './finding.ts'
import { get, reasonOf } from './reach.ts'

/** Seconds that an act may wait in the lane, and a mail in the outbox, before it is told. */
const LANE_SECONDS = 5
const OUTBOX_SECONDS = 900
/** What an operator does about each obstacle. */
const ADVICE: Record<Readiness['obstacles'][number], string> = {
  primary_unreachable: 'start the primary again, or see the way from Floe to it',
  schema_outdated: 'npm run migrate, or npx wrangler rollback --name floe-app',
  cluster_mistaken: 'set DATABASE_URL and CLUSTERS right, and deploy, the lane too',
  lane_unreachable: 'npx wrangler tail floe-lane, then npm run deploy -- lane',
}

/** Looks at a Floe that answers: whether it is ready, and what waits in its lane and outbox. */
export async function lookAtService(origin: string, metricsToken: string | undefined): Promise<Finding[]> {
  const [ready, measured] = await Promise.all([
    readyFinding(origin, metricsToken).catch(error =>
      findingsOf('floe').fail(
        `${origin}/readyz does not answer: ${reasonOf(error)}`,
        'npx wrangler tail floe-app',
      ),
    ),
    measuredFindings(origin, metricsToken).catch(error => unmeasured(reasonOf(error))),
  ])
  return [ready, ...measured]
}

const unmeasured = (why: string): Finding[] => [
  findingsOf('lane').notLookedAt(why),
  findingsOf('outbox').notLookedAt(why),
]

const asHolder = (token: string | undefined): RequestInit =>
  token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }

async function readyFinding(origin: string, token: string | undefined): Promise<Finding> {
  const { ok, fail } = findingsOf('floe')
  const [answer, about] = await Promise.all([
    get(`${origin}/readyz`, asHolder(token)),
    get(`${origin}/version`),
  ])
  if (answer.status === 401)
    return fail(
      'METRICS_TOKEN is not the one that Floe holds',
      'give it with: npm run deploy -- secret METRICS_TOKEN',
    )
  if (answer.status !== 200 && answer.status !== 503)
    return fail(`/readyz is answered ${answer.status}`, 'npx wrangler tail floe-app')
  const { status, obstacles = [] } = (await answer.json()) as Pick<Readiness, 'status'> & Partial<Readiness>
  if (status !== 'ready')
    return fail(
      obstacles.length > 0
        ? `not ready: ${obstacles.join(', ')}`
        : 'not ready; METRICS_TOKEN, which is not given, would say why',
      obstacles.map(each => ADVICE[each]).join('; ') || 'export METRICS_TOKEN, and run this again',
    )
  const { commit, schema } = (await about.json()) as Version & { schema: string }
  const build = commit === 'unknown' ? '' : `; floe-app is commit ${commit}`
  const runs = `ready: checks are answered and acts written${build}`
  return ok(schema === NEEDED_MIGRATION ? runs : `${runs}; it needs migration ${schema.slice(0, 4)}`)
}

async function measuredFindings(origin: string, token: string | undefined): Promise<Finding[]> {
  if (token === undefined) return unmeasured('METRICS_TOKEN is not given')
  const answer = await get(`${origin}/metrics`, asHolder(token))
  const text = await answer.text()
  if (answer.status !== 200) return unmeasured(`/metrics is answered ${answer.status}`)
  const most = (name: string) => mostOf(text, name)
  return [...laneFindings(most), outboxFinding(most)]
}

/** Returns the highest sample of a gauge over all clusters; undefined where there is none, since it is not known. */
function mostOf(text: string, name: string): number | undefined {
  const samples = text
    .split('\n')
    .filter(line => line.startsWith(`${name}{`))
    .map(line => Number(line.slice(line.lastIndexOf(' ') + 1)))
  return samples.length > 0 ? Math.max(...samples) : undefined
}

function laneFindings(most: (name: string) => number | undefined): Finding[] {
  const { ok, fail, notLookedAt } = findingsOf('lane')
  const depth = most('floe_lane_depth')
  const oldest = most('floe_lane_oldest_seconds') ?? 0
  const aside = most('floe_lane_set_aside') ?? 0
  if (depth === undefined) return [notLookedAt('Floe cannot ask it')]
  const found: Finding[] = []
  if (aside > 0)
    found.push(
      fail(
        `${aside} acts were acknowledged and then refused by the database; they stay in the journal`,
        'npx wrangler tail floe-lane says why: mend that, and do them again',
      ),
    )
  if (oldest > LANE_SECONDS)
    found.push(
      fail(
        `${depth} acknowledged acts wait for the database, the oldest for ${Math.round(oldest)} s`,
        'restart the primary if it takes no writes; nothing is lost meanwhile',
      ),
    )
  return found.length > 0
    ? found
    : [ok(`${depth === 0 ? 'no act waits' : `${depth} acts wait`} in the journal, and none was set aside`)]
}

function outboxFinding(most: (name: string) => number | undefined): Finding {
  const { ok, fail, notLookedAt } = findingsOf('outbox')
  const due = most('floe_mail_due')
  const oldest = most('floe_mail_oldest_seconds') ?? 0
  if (due === undefined) return notLookedAt('Floe cannot ask for it')
  if (oldest > OUTBOX_SECONDS)
    return fail(
      `${due} confirmations are due, the oldest for ${Math.round(oldest / 60)} minutes`,
      'npx wrangler tail floe-app for cron outbox, and try MAIL_URL by hand',
    )
  return ok(due === 0 ? 'no confirmation is due' : `${due} confirmations are due, none for long`)
}
