import { strayNames, type WorkerName } from '../../core/holdings.ts'
import { readEach } from '../../core/setting.ts'
import { placeholdersIn } from '../placeholders.ts'
import { CONFIGS } from '../worker-vars.ts'
import { type Finding, findingsOf } from './finding.ts'
import { type Installation, isKnown, isSecret, SETTINGS, WORKER_NAMES } from './installation.ts'

/** Looks at vars and secrets: what each Worker would refuse, what still is an example, what stands where it must not. */
export const lookAtSettings = (installation: Installation): Finding[] => [
  ...shapes(installation),
  ...placeholders(installation),
  ...secrets(installation),
]

/** A rule that some Workers' settings break, and the name that breaks it. */
interface BrokenRule {
  name: string
  rule: string
  workers: WorkerName[]
}

function brokenRules({ given }: Installation): BrokenRule[] {
  const broken = new Map<string, BrokenRule>()
  for (const worker of WORKER_NAMES)
    for (const { name, rule } of readEach(SETTINGS[worker], given[worker]).faults) {
      const known = broken.get(`${name} ${rule}`) ?? { name, rule, workers: [] }
      broken.set(`${name} ${rule}`, { ...known, workers: [...known.workers, worker] })
    }
  return [...broken.values()]
}

/** Returns names as a sentence has them. */
const listed = (names: readonly string[]): string => names.join(', ').replace(/, ([^,]*)$/, ' and $1')

/** Returns the secret that a rule misses and nobody gave, if that is what it is about: of its shape nothing is known. */
function missingSecret({ given }: Installation, { name }: BrokenRule): string | undefined {
  const [first = ''] = /^[A-Z_]+/.exec(name) ?? []
  return isSecret(first) && given['floe-app'][first] === undefined ? first : undefined
}

function shapes(installation: Installation): Finding[] {
  const { ok, fail, warn } = findingsOf('settings')
  const wrong = brokenRules(installation)
    .filter(each => missingSecret(installation, each) === undefined)
    .map(({ name, rule, workers }) =>
      fail(`${name} ${rule}`, `${listed(workers)} would not start: set it right, then deploy`),
    )
  const { written, environment } = installation
  const unknown = WORKER_NAMES.flatMap(worker => {
    const stray = worker === 'floe' ? [] : strayNames(worker, written[worker])
    const names = Object.keys(written[worker]).filter(name => !isKnown(name) || stray.includes(name))
    return names.filter(name => !isSecret(name)).map(name => ({ name, config: CONFIGS[worker] }))
  }).map(({ name, config }) =>
    fail(`${name} in ${config} reaches no Worker`, 'correct its name, or move it to the file of its Worker'),
  )
  const all: Readonly<Record<string, unknown>> = Object.assign({}, ...WORKER_NAMES.map(name => written[name]))
  const instead = Object.keys(environment).filter(name => !isSecret(name) && all[name] !== environment[name])
  const found = [...wrong, ...unknown]
  if (instead.length > 0)
    found.push(
      warn(
        `${listed(instead)} ${instead.length === 1 ? 'is' : 'are'} taken from the environment; the wrangler files say otherwise`,
        'before a deploy, run this without them: npm run deploy ships what the files say',
      ),
    )
  if (wrong.length === 0) found.unshift(ok('every Worker can read the vars and secrets given'))
  return found
}

function placeholders({ given }: Installation): Finding[] {
  const { ok, fail } = findingsOf('placeholders')
  const left = placeholdersIn(Object.assign({}, ...WORKER_NAMES.map(name => given[name])))
  if (left.length === 0) return [ok('no var names an example host or address')]
  return [
    fail(
      `${listed(left)} still ${left.length === 1 ? 'names' : 'name'} an example`,
      'set your own in the wrangler files',
    ),
  ]
}

function secrets(installation: Installation): Finding[] {
  const { ok, fail, notLookedAt } = findingsOf('secrets')
  const { written, environment } = installation
  const exposed = WORKER_NAMES.flatMap(worker =>
    Object.keys(written[worker])
      .filter(isSecret)
      .map(name =>
        fail(
          `${name} is a secret and stands in ${CONFIGS[worker]}`,
          `take it out, make a new one, and give it with: npm run deploy -- secret ${name}`,
        ),
      ),
  )
  const missing = [
    ...new Set(brokenRules(installation).flatMap(each => missingSecret(installation, each) ?? [])),
  ]
  const count = Object.keys(environment).filter(isSecret).length
  const unseen =
    missing.length > 0
      ? notLookedAt(
          `${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} not in the environment`,
          'export what your vault holds, and run this again',
        )
      : ok(`${count} in the environment, none missing, and none in a file`)
  return [...exposed, ...(exposed.length > 0 && missing.length === 0 ? [] : [unseen])]
}
