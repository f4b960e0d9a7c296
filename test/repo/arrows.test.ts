import { describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { FILES, type Import, importsOf, modulesIn, packageOf, reachableFrom } from '../support/source.ts'

const worker = modulesIn('worker')
const db = modulesIn('db')
const imports = [...worker, ...db].flatMap(importsOf)
const ours = ({ to }: Import) => FILES.includes(to)
const told = ({ from, to }: Import) => `${from} → ${to}`
const isRoutes = (path: string) => path.endsWith('/routes.ts')

/** Folders of worker/ that hold no feature: what features stand on, and nothing of theirs. */
const GROUND = ['core', 'http', 'lane']
/** What builds the whole and therefore knows all of it. */
const ROOTS = ['worker/index.ts', 'worker/app.ts', 'worker/open-deps.ts', 'worker/env.ts']

test('every import of our own leads to a file, so that the rules below see them all', () => {
  expect(imports.length).toBeGreaterThan(200)
  expect(
    imports.filter(({ to }) => /^(?:worker|db|local|site)\/|^\./.test(to) && !FILES.includes(to)).map(told),
  ).toEqual([])
})

test('nothing imports a routes.ts but app.ts', () => {
  expect(imports.filter(({ from, to }) => isRoutes(to) && from !== 'worker/app.ts').map(told)).toEqual([])
})

describe('a package stays where it belongs', () => {
  const users = (name: string) =>
    [...new Set(imports.filter(({ to }) => packageOf(to) === name).map(({ from }) => from))].sort()
  const outside = (name: string, allowed: (path: string) => boolean) => {
    expect(users(name).length, `nobody uses ${name}`).toBeGreaterThan(0)
    expect(users(name).filter(path => !allowed(path))).toEqual([])
  }

  test('hono in routes.ts, app.ts and http/', () => {
    outside('hono', path => isRoutes(path) || path === 'worker/app.ts' || path.startsWith('worker/http/'))
  })

  test('drizzle-orm in db/', () => outside('drizzle-orm', path => path.startsWith('db/')))

  test('@libsql/client in db/', () => outside('@libsql/client', path => path.startsWith('db/')))

  test('the runtime’s own module where things are put together, and in the objects that remember', () => {
    const objects = ['worker/lane/write-lane.ts', 'worker/http/idempotency-record.ts']
    outside('cloudflare:workers', path => path === 'worker/open-deps.ts' || objects.includes(path))
  })

  test('its TCP connections where mail goes out', () => {
    outside('cloudflare:sockets', path => path === 'worker/mail/wire.ts')
  })
})

test('what ships to the edge uses nothing of Node', () => {
  const shipped = reachableFrom('worker/index.ts')
  expect(shipped).toContain('db/engine/hrana.ts')
  expect(shipped.length).toBeGreaterThan(30)
  const strangers = shipped
    .flatMap(importsOf)
    .filter(({ to, typeOnly }) => !typeOnly && to.startsWith('node:'))
  expect(strangers.map(told)).toEqual([])
})

test('what ships to the edge is under worker/ and db/', () => {
  expect(reachableFrom('worker/index.ts').filter(path => !/^(worker|db)\//.test(path))).toEqual([])
})

test('what ships to the edge carries no package but those that the Worker depends on', () => {
  const packages = reachableFrom('worker/index.ts')
    .flatMap(importsOf)
    .filter(({ to, typeOnly }) => !typeOnly && !FILES.includes(to))
    .map(({ to }) => packageOf(to))
  const { dependencies } = manifest
  expect(
    [...new Set(packages)].filter(name => !name.startsWith('cloudflare:') && !(name in dependencies)),
  ).toEqual([])
})

test('everything under worker/ is reached from its entry: nothing lies about unused', () => {
  const seen = new Set(['worker/index.ts'])
  for (const path of seen) for (const { to } of importsOf(path)) if (FILES.includes(to)) seen.add(to)
  expect(worker.filter(path => !seen.has(path))).toEqual([])
})

test('core/ knows of nothing but itself and the shapes of what it is given', () => {
  const strangers = imports.filter(
    each => each.from.startsWith('worker/core/') && (!ours(each) || !each.to.startsWith('worker/core/')),
  )
  expect(strangers.map(told)).toEqual([])
})

test('lane/ and http/ know of no feature', () => {
  const features = worker
    .map(path => path.split('/')[1]!)
    .filter(folder => !GROUND.includes(folder) && !folder.endsWith('.ts'))
  const strangers = imports.filter(
    ({ from, to, typeOnly }) =>
      /^worker\/(http|lane)\//.test(from) &&
      !typeOnly &&
      features.some(feature => to.startsWith(`worker/${feature}/`)),
  )
  // The wrapper of sender calls reads their credential.
  expect(strangers.filter(({ to }) => !to.startsWith('worker/access/')).map(told)).toEqual([])
})

describe('a noun knows and a verb does', () => {
  /** A module that performs something is handed the dependencies; one that only knows is not. */
  const verbs = new Set(
    imports
      .filter(({ to, from }) => to === 'worker/open-deps.ts' && !ROOTS.includes(from))
      .map(({ from }) => from),
  )
  const nouns = worker.filter(path => !verbs.has(path) && !isRoutes(path) && !ROOTS.includes(path))

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

  test('no noun but the statements of an act takes anything that runs from db/', () => {
    const running = imports.filter(
      ({ from, to, typeOnly }) =>
        nouns.includes(from) && to.startsWith('db/') && !typeOnly && from !== 'worker/lane/write-lane.ts',
    )
    // add.ts turns what anybody wishes into the one act of stopping: the statements are what it knows.
    expect(running.filter(({ from }) => from !== 'worker/suppression/add.ts').map(told)).toEqual([])
  })

  test('db/ takes nothing from a verb and nothing from HTTP', () => {
    const backwards = imports.filter(
      ({ from, to }) =>
        from.startsWith('db/') && (verbs.has(to) || to.startsWith('worker/http/') || ROOTS.includes(to)),
    )
    expect(backwards.map(told)).toEqual([])
  })

  test('routes ask verbs and leave db/ to them', () => {
    const past = imports.filter(
      ({ from, to, typeOnly }) => isRoutes(from) && to.startsWith('db/') && !typeOnly,
    )
    // Which tables the code needs is a name, not a question.
    expect(past.filter(({ to }) => to !== 'db/schema.ts').map(told)).toEqual([])
  })
})

test('db/ reaches into local/ only where the local cluster is started', () => {
  const reaching = imports.filter(({ from, to }) => from.startsWith('db/') && to.startsWith('local/'))
  expect(reaching.map(told)).toEqual([
    'local/cluster.ts → local/child.ts',
    'local/cluster.ts → local/port.ts',
  ])
})

test('nothing outside test/ imports a test', () => {
  const tested = [...worker, ...db, ...modulesIn('local')].flatMap(importsOf)
  expect(tested.filter(({ to }) => to.startsWith('test/') || packageOf(to) === 'vitest').map(told)).toEqual(
    [],
  )
})

test('no two modules of ours need each other to start', () => {
  const circles: string[] = []
  const visit = (path: string, trail: string[]): void => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    else if (!done.has(path)) {
      for (const { to, typeOnly } of importsOf(path))
        if (!typeOnly && FILES.includes(to)) visit(to, [...trail, path])
      done.add(path)
    }
  }
  const done = new Set<string>()
  for (const path of [...worker, ...db]) visit(path, [])
  expect(circles).toEqual([])
})
