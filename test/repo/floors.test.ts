import { describe, expect, test } from 'vitest'
import { WORKERS } from '../../local/workers.ts'
import manifest from '../../package.json' with { type: 'json' }
import {
  FILES,
  type Import,
  importsOf,
  modulesIn,
  packageOf,
  reachableFrom,
  textOf,
} from '../support/source.ts'

/** What the product is made of, from the ground up. A folder stands on those before it, and knows nothing of those behind it. */
const FLOORS: readonly [name: string, is: (path: string) => boolean][] = [
  ['core', under('core/')],
  ['db/engine', under('db/engine/')],
  ['db', under('db/')],
  ['worker/lane', under('worker/lane/')],
  ['worker/call', under('worker/call/')],
  ['worker/http', path => under('worker/http/')(path) || path === 'worker/deps.ts'],
  ['a feature', path => /^worker\/[^/]+\//.test(path)],
  ['an entry', under('worker/')],
  ['client, ops and site', path => /^(?:client|ops|site)\//.test(path)],
  ['local', under('local/')],
]

function under(folder: string): (path: string) => boolean {
  return path => path.startsWith(folder)
}

const floorOf = (path: string): number => FLOORS.findIndex(([, is]) => is(path))
const ours = FILES.filter(path => /\.(?:ts|mjs|astro)$/.test(path) && floorOf(path) >= 0)
const imports = ours.flatMap(importsOf)
const worker = modulesIn('worker')
const told = ({ from, to }: Pick<Import, 'from' | 'to'>) => `${from} → ${to}`
const isRoutes = (path: string) => /\/(?:edge-|app-)?routes\.ts$/.test(path)
const JOINS = ['worker/edge-routes.ts', 'worker/app-routes.ts']
/** What each Worker begins with. */
const SHIPPED = WORKERS.map(({ entry }) => entry)

/** What builds the whole and therefore knows all of it. */
const ENTRIES = worker.filter(path => FLOORS[floorOf(path)]![0] === 'an entry')

test('every import of our own leads to a file, so that the rules below see them all', () => {
  expect(imports.length).toBeGreaterThan(200)
  expect(imports.filter(({ to }) => floorOf(to) >= 0 && !FILES.includes(to)).map(told)).toEqual([])
})

test('nothing imports a feature’s routes but what joins them to a Worker’s', () => {
  expect(
    imports.filter(({ from, to }) => isRoutes(to) && !JOINS.includes(to) && !JOINS.includes(from)).map(told),
  ).toEqual([])
})

describe('a package stays where it belongs', () => {
  const users = (name: string) =>
    [...new Set(imports.filter(({ to }) => packageOf(to) === name).map(({ from }) => from))].sort()
  const outside = (name: string, allowed: (path: string) => boolean) => {
    expect(users(name).length, `nobody uses ${name}`).toBeGreaterThan(0)
    expect(users(name).filter(path => !allowed(path))).toEqual([])
  }

  test('hono in routes, view.tsx and http/', () => {
    outside('hono', path => isRoutes(path) || path.endsWith('/view.tsx') || path.startsWith('worker/http/'))
  })

  test('drizzle-orm in db/ and ops/', () => outside('drizzle-orm', path => /^(?:db|ops)\//.test(path)))

  test('@libsql/client in ops/', () => outside('@libsql/client', path => path.startsWith('ops/')))

  test('the runtime’s own module where things are put together, and in the objects that remember', () => {
    const objects = [
      'worker/lane/write-lane.ts',
      'worker/lane/read-lane.ts',
      'worker/http/idempotency-record.ts',
    ]
    outside('cloudflare:workers', path => path === 'worker/open-shared.ts' || objects.includes(path))
  })

  test('its TCP connections where mail goes out', () => {
    outside('cloudflare:sockets', path => path === 'worker/mail/wire.ts')
  })
})

test('what ships imports no table from db/, where a bundle of plain SQL has other data in its place', () => {
  const tables = modulesIn('db').flatMap(path =>
    [...textOf(path).matchAll(/^export const (\w+) = sqliteTable\(/gm)].map(([, name]) => `${path} ${name}`),
  )
  expect(tables.length).toBeGreaterThan(20)
  const taken = imports.filter(
    ({ from, to, names }) =>
      /^(core|worker)\//.test(from) && names.some(name => tables.includes(`${to} ${name}`)),
  )
  expect(taken.map(told)).toEqual([])
})

test('what ships to the edge uses nothing of Node', () => {
  const shipped = reachableFrom(...SHIPPED)
  expect(shipped).toContain('db/engine/hrana.ts')
  expect(shipped.length).toBeGreaterThan(30)
  const strangers = shipped
    .flatMap(importsOf)
    .filter(({ to, typeOnly }) => !typeOnly && to.startsWith('node:'))
  expect(strangers.map(told)).toEqual([])
})

test('what ships to the edge is under worker/, db/ and core/', () => {
  expect(reachableFrom(...SHIPPED).filter(path => !/^(worker|db|core)\//.test(path))).toEqual([])
})

test('what ships to the edge carries no package but those that the Worker depends on', () => {
  const packages = reachableFrom(...SHIPPED)
    .flatMap(importsOf)
    .filter(({ to, typeOnly }) => !typeOnly && !FILES.includes(to))
    .map(({ to }) => packageOf(to))
  const { dependencies } = manifest
  expect(
    [...new Set(packages)].filter(name => !name.startsWith('cloudflare:') && !(name in dependencies)),
  ).toEqual([])
})

test('what a Worker reads at its start parses by hand, and brings nothing along that only floe-app does', () => {
  const settings = ['edge-settings', 'console-settings', 'lane/settings'].map(name => `worker/${name}.ts`)
  for (const path of settings) {
    const reached = reachableFrom(path)
    expect(reached).toContain('core/setting.ts')
    const packages = reached.flatMap(importsOf).filter(({ to, typeOnly }) => !typeOnly && !FILES.includes(to))
    expect(packages.map(told)).toEqual([])
    expect(
      reached.filter(each => !/^(?:core|worker\/(?:encryption|http|lane|telemetry))\/|-settings/.test(each)),
    ).toEqual([])
  }
  expect(
    reachableFrom('worker/lane/settings.ts').filter(each => !/^(?:core|worker\/lane)\//.test(each)),
  ).toEqual([])
})

test('everything under worker/ is reached from an entry: nothing lies about unused', () => {
  const seen = new Set(SHIPPED)
  for (const path of seen) for (const { to } of importsOf(path)) if (FILES.includes(to)) seen.add(to)
  expect(worker.filter(path => !seen.has(path))).toEqual([])
})

test('no folder imports from a higher floor, not even a type', () => {
  const up = imports.filter(({ from, to }) => floorOf(to) > floorOf(from))
  expect(up.map(told)).toEqual([])
})

test('no file is in a circle of imports, not even of types', () => {
  expect(circlesOf(ours)).toEqual([])
})

test('the ground knows no package that does anything: no I/O, no clock of its own', () => {
  const packages = new Set(
    imports
      .filter(({ from, to }) => from.startsWith('core/') && !FILES.includes(to))
      .map(({ to }) => packageOf(to)),
  )
  expect([...packages].sort()).toEqual(['@date-fns/utc', 'date-fns', 'ipaddr.js', 'zod'])
})

/**
 * Whom a feature knows beside the floors below. Each line is a sentence of the product: who reads on the left needs to know of the
 * right. A feature that is missing here stands by itself.
 */
const KNOWS: Record<string, Record<string, string>> = {
  consent: {
    ledger: 'a proof shows events as the feed does',
    suppression: 'what stands against mail decides beside consent, and a withdrawal stops mail',
  },
  correction: {
    rights: 'a correction is asked for and answered by links of the same kind',
    brand: 'its page is in the sender’s look',
    consent: 'what was agreed to moves along',
    suppression: 'what stands against mail moves along, and decides whether anything is mailed',
  },
  domain: {
    rights: 'whose a link is',
    signup: 'whose a form is',
    subscription: 'whose a link is',
    unsubscribe: 'whose a link is',
  },
  inbound: {
    message: 'a report is a mail',
    unsubscribe: 'a mail to a link’s address is a click',
    suppression: 'a report suppresses',
  },
  message: {
    mail: 'the footer of senders’ mails speaks as Floe’s own mails do',
    unsubscribe: 'a message is given its links',
  },
  preference: {
    brand: 'its page is in the sender’s look',
    consent: 'what was agreed to is shown and renewed',
    encryption: 'the address is shown masked',
    subscription: 'turning a topic on asks for a confirmation',
    suppression: 'turning a topic off suppresses',
    unsubscribe: 'a link names its topic',
  },
  rights: {
    brand: 'its pages are in the sender’s look',
    consent: 'a copy of the data holds what was agreed to, with its proof',
    encryption: 'an erasure says by when no copy can be read',
    mail: 'links are mailed',
    suppression: 'a restriction, an objection and an erasure suppress',
  },
  'rights-request': {
    rights: 'a request was made on the recipient’s own pages',
    consent: 'it is shown with the history',
  },
  signup: {
    brand: 'its page is in the sender’s look',
    consent: 'what was shown and agreed to is evidence',
    subscription: 'whoever fills a form in is asked for a confirmation',
    suppression: 'who wants no mail is asked nothing',
  },
  subscription: {
    brand: 'its pages and mails are in the sender’s look',
    consent: 'a confirmation is a consent, with its receipt',
    encryption: 'the address is read to be mailed',
    mail: 'confirmations are mailed',
    suppression: 'who wants no mail is asked nothing, and a confirmation lifts what it may',
  },
  telemetry: {
    health: 'what is measured is how the clusters stand',
    domain: 'a request is counted on its own host',
  },
  unsubscribe: {
    brand: 'its page is in the sender’s look',
    encryption: 'the address is shown masked',
    suppression: 'a click suppresses',
  },
  webhook: {
    domain: 'no webhook goes to a host of our own',
    ledger: 'what is delivered are the feed’s events',
  },
}

test('features know of each other what is listed here, and nothing else', () => {
  const known = new Map<string, Set<string>>()
  for (const { from, to } of imports) {
    const [one, other] = [featureOf(from), featureOf(to)]
    if (one && other && one !== other) known.set(one, (known.get(one) ?? new Set()).add(other))
  }
  const found = Object.fromEntries([...known].sort().map(([one, others]) => [one, [...others].sort()]))
  const listed = Object.entries(KNOWS).map(([one, others]) => [one, Object.keys(others).sort()])
  expect(found).toEqual(Object.fromEntries(listed.sort()))
})

function featureOf(path: string): string | undefined {
  return floorOf(path) >= 0 && FLOORS[floorOf(path)]![0] === 'a feature' ? path.split('/')[1] : undefined
}

describe('a noun knows and a verb does', () => {
  /** A module that performs something is handed the dependencies, or the context of a call; one that only knows is not. */
  const verbs = new Set(
    imports
      .filter(
        ({ to, from }) =>
          /^worker\/(?:(?:\w+\/)?deps|call\/(?:context|services|verb))\.ts$/.test(to) &&
          !ENTRIES.includes(from),
      )
      .map(({ from }) => from),
  )
  const nouns = worker.filter(path => !verbs.has(path) && !isRoutes(path) && !ENTRIES.includes(path))

  test('there are both', () => {
    expect(verbs.size).toBeGreaterThan(8)
    expect(nouns.length).toBeGreaterThan(15)
  })

  test('no noun runs a verb', () => {
    const backwards = imports.filter(
      ({ from, to, typeOnly }) => nouns.includes(from) && verbs.has(to) && !isRoutes(to) && !typeOnly,
    )
    expect(backwards.map(told)).toEqual([])
  })

  test('no noun takes anything that runs from db/', () => {
    const running = imports.filter(
      ({ from, to, typeOnly }) =>
        nouns.includes(from) &&
        to.startsWith('db/') &&
        !typeOnly &&
        !/^worker\/lane\/(?:write|read)-lane\.ts$/.test(from),
    )
    expect(running.map(told)).toEqual([])
  })

  test('routes ask verbs and leave db/ to them', () => {
    const past = imports.filter(
      ({ from, to, typeOnly }) => isRoutes(from) && to.startsWith('db/') && !typeOnly,
    )
    // Which tables the code needs is a name, not a question.
    expect(past.filter(({ to }) => to !== 'db/schema.ts').map(told)).toEqual([])
  })
})

test('an event is given its actor where its caller is known, and nowhere else', () => {
  const naming = ours.filter(
    path => /\bactorText\(|\bactor: ['"`]/.test(textOf(path)) && path !== 'core/actor.ts',
  )
  // Verbs and jobs by their context, commands by --as, and data keys, which belong to a tenant and no workspace.
  const callers = ['db/data-key.ts', 'ops/operator.ts', 'worker/call/context.ts']
  expect(naming.filter(path => !/^worker\/.*api\.ts$/.test(path)).sort()).toEqual(callers)
})

test('nothing outside test/ imports a test', () => {
  const tested = imports.filter(({ to }) => to.startsWith('test/') || packageOf(to) === 'vitest')
  expect(tested.map(told)).toEqual([])
})

/** Returns the circles of files that import each other, each named by its files (Tarjan). */
function circlesOf(paths: readonly string[]): string[] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const circles: string[] = []
  const visit = (path: string): void => {
    index.set(path, index.size)
    low.set(path, index.get(path)!)
    open.push(path)
    for (const { to } of importsOf(path)) {
      if (!paths.includes(to)) continue
      if (!index.has(to)) visit(to)
      if (open.includes(to)) low.set(path, Math.min(low.get(path)!, low.get(to)!))
    }
    if (low.get(path) !== index.get(path)) return
    const circle = open.splice(open.indexOf(path))
    if (circle.length > 1) circles.push(circle.sort().join(' ↔ '))
  }
  for (const path of paths) if (!index.has(path)) visit(path)
  return circles
}
