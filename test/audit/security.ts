import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { styleText } from 'node:util'
import { ROOT } from '../../local/folder.ts'
import { attackers, plain } from './attackers.ts'
import { CONTROLS, type Control } from './controls.ts'

/** The runner's result of one test. */
interface Result {
  fullName: string
  status: string
  meta?: { cases?: number; ratio?: number }
}

interface Report {
  testResults: { name: string; assertionResults: Result[]; message?: string }[]
}

const WIDTH = 118
const REFS = 30
const green = (text: string) => styleText('green', text)
const red = (text: string) => styleText('red', text)
const dim = (text: string) => styleText('dim', text)

const chapters: Record<string, Control[]> = {
  ...CONTROLS,
  'What an attacker can do (site/content/docs/attackers.md)': attackers(),
}
const controls = Object.values(chapters).flat()
const only = process.argv[2]
const files = [...new Set(controls.flatMap(({ tests }) => tests.map(([file]) => file)))]
  .filter(file => only === undefined || file.includes(only))
  .sort()

/** Runs test files, long ones separately, and returns the result of each test. Progress is one line that rewrites itself. */
async function run(files: string[], mode: 'test' | 'long'): Promise<Map<string, Result[]>> {
  if (files.length === 0) return new Map()
  const dir = mkdtempSync(`${tmpdir()}/floe-audit-`)
  const report = `${dir}/report.json`
  const started = Date.now()
  const runner = spawn(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...['--config', 'test/vitest.config.ts', '--mode', mode, '--reporter=json', `--outputFile=${report}`],
      ...files.map(file => `test/${file}.test.ts`),
    ],
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const live = process.stderr.isTTY
  const tick = setInterval(() => {
    if (live)
      process.stderr.write(`\r${dim(`${files.length} test files are running, ${seconds(started)} s`)} `)
  }, 1000)
  await new Promise(resolve => runner.once('exit', resolve))
  clearInterval(tick)
  if (live) process.stderr.write('\r\u001b[K')
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
    return new Map(
      testResults.map(({ name, assertionResults }) => [
        name.replace(/^.*\/test\//, '').replace('.test.ts', ''),
        assertionResults,
      ]),
    )
  } finally {
    rmSync(dir, { recursive: true })
  }
}

const seconds = (since: number): number => Math.round((Date.now() - since) / 1000)

/** Returns the tests that prove a control, and the names that match no test. */
function shownBy({ tests }: Control, results: Map<string, Result[]>) {
  const missing: string[] = []
  const found = tests.flatMap(([file, name = '']) => {
    const some = (results.get(file) ?? []).filter(({ fullName }) => plain(fullName).includes(plain(name)))
    if (some.length === 0) missing.push(`${file} ${name}`.trim())
    return some
  })
  return { found: [...new Set(found)], missing }
}

const rule = (title: string) => {
  const line = `── ${title} `
  return dim(line.padEnd(WIDTH, '─'))
}

const wrapped = (text: string, width: number): string[] => {
  const lines = ['']
  for (const word of text.split(' '))
    if (`${lines.at(-1)} ${word}`.trim().length <= width) lines.push(`${lines.pop()} ${word}`.trim())
    else lines.push(word)
  return lines
}

const isLong = (file: string): boolean => file.endsWith('.long')
const results = new Map([
  ...(await run(
    files.filter(file => !isLong(file)),
    'test',
  )),
  ...(await run(files.filter(isLong), 'long')),
])
const all = [...results.values()].flat()
let failed = 0
for (const [chapter, some] of Object.entries(chapters)) {
  console.log(`\n${rule(chapter)}`)
  for (const control of some) {
    if (only !== undefined && !control.tests.every(([file]) => files.includes(file))) continue
    const { found, missing } = shownBy(control, results)
    const bad = found.filter(({ status }) => status !== 'passed')
    const holds = found.length > 0 && bad.length === 0 && missing.length === 0
    if (!holds) failed++
    const names = [...new Set(control.tests.map(([file]) => file))].join(', ')
    const passed = `${found.length - bad.length}/${found.length}`
    const what = wrapped(control.what, WIDTH - REFS - 12)
    what.forEach((line, i) => {
      const head =
        i === 0 ? `${holds ? green('✓') : red('✗')} ${control.refs.padEnd(REFS)}` : ' '.repeat(REFS + 2)
      console.log(
        `${head}${line.padEnd(WIDTH - REFS - 10)}${i === 0 ? dim(passed.padStart(8)) : ''}`.trimEnd(),
      )
    })
    for (const line of wrapped(names, WIDTH - REFS - 2)) console.log(`${' '.repeat(REFS + 2)}${dim(line)}`)
    for (const { fullName } of bad)
      console.log(`${' '.repeat(REFS + 2)}${red(fullName.slice(0, WIDTH - REFS - 2))}`)
    for (const name of missing) console.log(`${' '.repeat(REFS + 2)}${red(`no such test: ${name}`)}`)
  }
}

const cases = all.flatMap(({ meta }) => meta?.cases ?? [])
const ratios = all.flatMap(({ meta }) => meta?.ratio ?? [])
const total =
  only === undefined
    ? controls.length
    : controls.filter(({ tests }) => tests.every(([file]) => files.includes(file))).length
console.log(`\n${rule('In numbers')}`)
console.log(`${total - failed} of ${total} controls hold, by ${all.length} tests in ${files.length} files.`)
const hostile = (results.get('api/reference') ?? []).filter(({ meta }) => meta?.cases !== undefined)
// A failed hostile test may have met a 5xx or an undocumented answer, so the summary is left out.
if (hostile.length > 0 && hostile.every(({ status }) => status === 'passed'))
  console.log(
    `Hostile input: ${cases.length} operations, ${cases.reduce((sum, one) => sum + one, 0)} cases; answers with 5xx: 0, answers the reference does not know: 0.`,
  )
for (const ratio of ratios)
  console.log(
    `An address that is guessed right takes ${ratio.toFixed(2)} times as long as a wrong one (1 tells nothing).`,
  )
const red0 = all.filter(({ status }) => status !== 'passed').length
if (red0 > 0) console.log(red(`${red0} tests did not pass.`))
process.exitCode = failed === 0 && red0 === 0 ? 0 : 1
