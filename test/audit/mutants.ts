import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { styleText } from 'node:util'
import { createVitest, type Vitest } from 'vitest/node'
import { ROOT } from '../../local/folder.ts'
import { EQUIVALENT } from './equivalent.ts'
import { type Copy, listed, makeCopy } from './mutant-copy.ts'
import type { Moment } from './mutant-part.ts'
import type { Mutant } from './mutate.ts'

/** The default files: pure files with decisions, and every SQL statement. */
const DEFAULT = ['core', 'worker/suppression', 'worker/consent', 'worker/lane', 'worker/access', 'db']
/** The folders of tests; those of browsers and of whole builds take too long for each mutant. */
const TESTS = ['unit', 'db', 'api', 'client', 'webhook', 'inbound', 'security', 'message', 'mail'].map(
  name => `test/${name}`,
)
/** Code that processes whole lists byte by byte: known answers test it, and a switch in it would slow everything. */
const UNSWITCHED = /\/(?:sha256|hash-many|bytes)\.ts$|\.d\.ts$/
/** Test files that try a mutant before it counts as survived. */
const FILES_MAX = 6
const DEADLINE_MS = 90_000

/** Tests that reach a mutant, by test file; '' for code outside tests. */
type Reach = Map<string, Set<string>>

const { places, by } = argumentsOf(process.argv.slice(2))
const files = listed(places.length > 0 ? places : DEFAULT).filter(
  file => /\.tsx?$/.test(file) && !UNSWITCHED.test(file),
)
const testFiles = listed(TESTS).filter(
  file =>
    file.endsWith('.test.ts') &&
    !file.endsWith('.long.test.ts') &&
    (by.length === 0 || by.some(some => file.includes(some))),
)
const started = Date.now()
const copy = makeCopy(files)
process.once('SIGINT', () => {
  copy.remove()
  process.exit(130)
})
try {
  process.exitCode = await audit(copy)
} finally {
  copy.remove()
}
// Exits even where a mutant keeps handles open.
process.exit()

async function audit({ dir, mutants }: Copy): Promise<number> {
  process.env['KEEP_BUILD'] = '1'
  const vitest = await createVitest('test', {
    root: dir,
    config: `${dir}/test/vitest.config.ts`,
    watch: false,
    isolate: true,
    // Threads start sooner than processes.
    pool: 'threads',
    reporters: [{}],
    setupFiles: [`${dir}/test/audit/mutant-setup.ts`],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    cache: false,
  })
  try {
    await vitest.standalone()
    say(
      `${mutants.length} faults in ${files.length} files; ${testFiles.length} test files tell what they reach`,
    )
    const { reach, cost } = await record(vitest, dir)
    say(`recorded after ${seconds()} s`)
    return await tryAll(vitest, dir, mutants, reach, cost)
  } finally {
    await vitest.close()
  }
}

/**
 * Runs all tests without a mutant, and returns what each reaches and the time of each file. Tests that fail without a mutant
 * find none.
 */
async function record(vitest: Vitest, dir: string) {
  const specifications = testFiles.map(file => vitest.getRootProject().createSpecification(`${dir}/${file}`))
  const { testModules } = await vitest.runTestSpecifications(specifications)
  const failing = new Map<string, Set<string>>()
  const cost = new Map<string, number>()
  for (const module of testModules) {
    cost.set(module.moduleId, module.diagnostic().duration)
    const failed = [...module.children.allTests('failed')].map(({ fullName }) =>
      fullName.replaceAll(' > ', ' '),
    )
    if (failed.length > 0 || !module.ok()) {
      failing.set(module.moduleId, new Set(failed))
      say(
        `${module.relativeModuleId} does not pass without a fault: ${failed.join('; ') || module.errors()[0]?.message}`,
      )
    }
  }
  const reach = new Map<number, Reach>()
  for (const line of readFileSync(`${dir}/.reached`, 'utf8').split('\n')) {
    if (line === '') continue
    const [id, file, test] = JSON.parse(line) as [number, string, string]
    const bad = failing.get(file)
    // A test that fails anyway finds nothing.
    if (bad && (test === '' || bad.size === 0 || bad.has(test))) continue
    const of = reach.get(id) ?? new Map()
    reach.set(id, of.set(file, (of.get(file) ?? new Set()).add(test)))
  }
  return { reach, cost }
}

async function tryAll(
  vitest: Vitest,
  dir: string,
  mutants: readonly Mutant[],
  reach: ReadonlyMap<number, Reach>,
  cost: ReadonlyMap<string, number>,
): Promise<number> {
  const survivors = new Map<string, Mutant[]>()
  const tried = new Map<string, number>()
  const unreached = new Map<string, number>()
  /** How often a test file found a mutant of a file, which decides the order for the next. */
  const found = new Map<string, number>()
  for (const mutant of mutants) {
    if (isEquivalent(mutant)) continue
    if (by.length > 0 && !reach.has(mutant.id)) {
      // With named test files, mutants that only others reach are not counted.
      unreached.set(mutant.file, (unreached.get(mutant.file) ?? 0) + 1)
      continue
    }
    tried.set(mutant.file, (tried.get(mutant.file) ?? 0) + 1)
    const worth = (file: string) =>
      (found.get(`${mutant.file} ${file}`) ?? 0) * 10 +
      (akin(mutant.file, file) ? 50 : 0) -
      (cost.get(file) ?? 0) / 1000
    const order = [...(reach.get(mutant.id) ?? [])]
      .sort(([a], [b]) => worth(b) - worth(a))
      .slice(0, FILES_MAX)
    const moment: Moment = { id: mutant.id, ...(mutant.become && { become: mutant.become }) }
    writeFileSync(`${dir}/.mutant`, JSON.stringify(moment))
    let finder: string | undefined
    for (const [file, tests] of order) {
      if (!(await finds(vitest, file, tests))) continue
      finder = file
      break
    }
    if (finder !== undefined)
      found.set(`${mutant.file} ${finder}`, (found.get(`${mutant.file} ${finder}`) ?? 0) + 1)
    else {
      survivors.set(mutant.file, [...(survivors.get(mutant.file) ?? []), mutant])
      const why =
        order.length === 0
          ? 'no test reaches it'
          : `not found by ${order.map(([file]) => basename(file)).join(', ')}`
      say(`${mutant.file}:${mutant.line} ${mutant.what} — ${why}`)
    }
  }
  return report(tried, survivors, unreached)
}

/** Whether the tests of a file that reach a mutant find it. */
async function finds(vitest: Vitest, file: string, tests: ReadonlySet<string>): Promise<boolean> {
  const named =
    tests.has('') || tests.size > 30 ? undefined : new RegExp(`^(?:${[...tests].map(quoted).join('|')})$`)
  const specification = vitest.getRootProject().createSpecification(file, named && { testNamePattern: named })
  const overdue = setTimeout(() => void vitest.cancelCurrentRun('keyboard-input'), DEADLINE_MS)
  const before = Date.now()
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification])
  clearTimeout(overdue)
  return (
    unhandledErrors.length > 0 ||
    // Results of earlier runs are still in the list.
    testModules.some(module => module.moduleId === file && !module.ok()) ||
    Date.now() - before >= DEADLINE_MS
  )
}

function report(
  tried: ReadonlyMap<string, number>,
  survivors: ReadonlyMap<string, Mutant[]>,
  unreached: ReadonlyMap<string, number>,
): number {
  let [all, left] = [0, 0]
  for (const [file, count] of tried) {
    const some = survivors.get(file) ?? []
    all += count
    left += some.length
    const score = `${count - some.length}/${count}`
    console.log(styleText(some.length === 0 ? 'green' : 'red', `${file.padEnd(44)}${score.padStart(9)}`))
    for (const { line, what } of some) console.log(`  ${String(line).padStart(4)}  ${what}`)
  }
  for (const [file, count] of unreached)
    console.log(
      styleText('dim', `${file.padEnd(44)}${String(count).padStart(9)} reached by none of these test files`),
    )
  console.log(`\n${all - left} of ${all} faults were found in ${seconds()} s.`)
  return left === 0 ? 0 : 1
}

function isEquivalent({ file, what }: Mutant): boolean {
  return EQUIVALENT.some(one => one.file === file && one.what === what)
}

/** Whether a test file is named after a file. */
function akin(file: string, test: string): boolean {
  const words = (path: string) =>
    basename(path)
      .replace(/(?:\.test)?\.tsx?$/, '')
      .split('-')
  return words(test).some(word => words(file).some(other => word.startsWith(other) || other.startsWith(word)))
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

function seconds(): number {
  return Math.round((Date.now() - started) / 1000)
}
function say(text: string): void {
  process.stderr.write(`${styleText('dim', `${String(seconds()).padStart(5)} s  ${text}`)}\n`)
}

/** Returns the files and folders to mutate, and the test files after `--by`. */
function argumentsOf(given: readonly string[]): { places: string[]; by: string[] } {
  const at = given.indexOf('--by')
  const places = at < 0 ? [...given] : given.slice(0, at)
  for (const place of places) statSync(`${ROOT}/${place}`)
  return { places, by: at < 0 ? [] : given.slice(at + 1) }
}
