import pLimit from 'p-limit'
import type { Clock } from '../../core/clock.ts'
import type { Endpoint } from '../../db/engine/hrana.ts'
import type { Query } from '../../db/engine/query.ts'
import { APP_SETTINGS } from '../../worker/app-settings.ts'
import { readAsOperator } from '../operator.ts'
import { placeholdersIn } from '../placeholders.ts'
import { lookAtClocks } from './clock.ts'
import { lookAtDataKeys } from './data-key.ts'
import { lookAtDatabase, type SeenDatabase } from './database.ts'
import { type Check, type Finding, findingsOf } from './finding.ts'
import { lookAtHost, type SeenHost } from './host.ts'
import { type Installation, settingOf } from './installation.ts'
import { allHosts, allSenders } from './question.ts'
import { DEADLINE_MS, reasonOf } from './reach.ts'
import { lookAtSender } from './sender.ts'
import { lookAtService } from './service.ts'
import { lookAtSettings } from './settings.ts'
import { lookAtSigningKeys } from './signing-key.ts'

/** What an installation is looked over with. */
export interface Looking {
  clock: Clock
  /** An API key of the installation, if one was given. */
  apiKey: string | undefined
}

/** Most hosts and domains that are looked at at once. */
const AT_ONCE = 20

/**
 * Looks over an installation and changes nothing of it. Returns the findings of its parts in the order in which they are told; each
 * has deadlines of its own, and none waits for another but for what it needs of it.
 */
export function lookOver(installation: Installation, { clock, apiKey }: Looking): Promise<Finding[]>[] {
  const baseUrl = unlessExample(installation, 'BASE_URL', settingOf(installation, APP_SETTINGS.baseUrl))
  const clusters = unlessExample(installation, 'DATABASE_URL', settingOf(installation, APP_SETTINGS.clusters))
  const { METRICS_TOKEN: metricsToken } = installation.given['floe-app']
  const databases = Promise.all((clusters ?? []).map(each => lookAtDatabase(each, clock)))
  const readable = databases.then(seen => seen.flatMap(each => each.readable ?? []))
  const base = baseUrl === undefined ? undefined : lookAtHost(baseUrl, clock)
  const dataKeys = databases.then(seen =>
    Promise.all(
      (seen.length > 0 ? seen : [undefined]).map(each => lookAtDataKeys(installation, each?.readable, clock)),
    ),
  )
  return [
    Promise.resolve(lookAtSettings(installation)),
    databases.then(seen =>
      clusters ? seen.flatMap(({ findings }) => findings) : unseen(['database', 'schema'], DATABASE_URL),
    ),
    Promise.all([databases, base]).then(([seen, host]) => [
      lookAtClocks([...seen.flatMap(({ clocks }) => clocks), ...(host?.clocks ?? [])]),
    ]),
    dataKeys.then(all => all.flat()),
    databases.then(seen =>
      lookAtSigningKeys(installation, { databases: openIn(seen), floe: baseUrl, apiKey, now: clock() }),
    ),
    service(baseUrl, base, metricsToken),
    ...(base ? [base.then(({ findings }) => findings)] : []),
    readable.then(all => linkHosts(all, clock)),
    readable.then(all => senders(installation, all)),
  ]
}

/** Looks at Floe itself, once its host is known to lead to it; and says of the host only where there is none to look at. */
async function service(
  baseUrl: string | undefined,
  base: Promise<SeenHost> | undefined,
  metricsToken: string | undefined,
): Promise<Finding[]> {
  if (baseUrl === undefined || base === undefined)
    return unseen(['floe', 'lane', 'outbox', 'host'], 'BASE_URL is an example or wrong')
  const { findings } = await base
  if (findings.some(({ result }) => result === 'fail'))
    return unseen(['floe', 'lane', 'outbox'], 'its host is not in order')
  return lookAtService(baseUrl, metricsToken)
}

const DATABASE_URL = 'DATABASE_URL, or what goes with it, is an example or wrong'

const unseen = (checks: readonly Check[], why: string): Finding[] =>
  checks.map(check => findingsOf(check).notLookedAt(why))

/** Returns a setting's value, or undefined while its var still is an example, which belongs to others. */
function unlessExample<T>({ given }: Installation, name: string, value: T | undefined): T | undefined {
  return placeholdersIn({ [name]: given['floe-app'][name] }).length > 0 ? undefined : value
}

const openIn = (seen: readonly SeenDatabase[]): Map<number, Endpoint> =>
  new Map(seen.flatMap(({ cluster, readable }) => (readable ? [[cluster, readable] as const] : [])))

/** Returns what every database says, each name once. */
async function namesIn(databases: readonly Endpoint[], query: Query<string[]>): Promise<string[]> {
  const found = await Promise.all(
    databases.map(each => readAsOperator<[string[]]>(each, [query], DEADLINE_MS)),
  )
  return [...new Set(found.flat(2))]
}

async function linkHosts(databases: readonly Endpoint[], clock: Clock): Promise<Finding[]> {
  if (databases.length === 0)
    return unseen(['host'], 'link hosts stand in a database, and none could be read')
  try {
    const seen = await pLimit(AT_ONCE).map(await namesIn(databases, allHosts), host =>
      lookAtHost(`https://${host}`, clock),
    )
    return seen.flatMap(({ findings }) => findings)
  } catch (error) {
    return unseen(['host'], `the database does not name the link hosts: ${reasonOf(error)}`)
  }
}

async function senders(installation: Installation, databases: readonly Endpoint[]): Promise<Finding[]> {
  const { ok } = findingsOf('sender')
  if (settingOf(installation, APP_SETTINGS.sendsMail) === false)
    return [ok('Floe mails nothing: senders mail the links')]
  const mail = settingOf(installation, APP_SETTINGS.mail)
  if (mail?.kind === 'smtp' && mail.security === 'plain')
    return [ok('mail stays on this machine, where no record is asked for')]
  const from = unlessExample(installation, 'MAIL_FROM', settingOf(installation, APP_SETTINGS.mailFrom))
  const resolver = settingOf(installation, APP_SETTINGS.dnsUrl)
  if (from === undefined || resolver === undefined)
    return unseen(['sender'], 'MAIL_FROM or DNS_URL is an example or wrong')
  const others = await namesIn(databases, allSenders).catch(() => [])
  const domains = [...new Set([from.slice(from.indexOf('@') + 1), ...others])]
  return pLimit(AT_ONCE).map(domains, domain => lookAtSender(domain, resolver))
}
