import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { ROOT } from '../../local/folder.ts'
import { WORKERS } from '../../local/workers.ts'
import { type Mutant, mutate } from './mutate.ts'

/**
 * Code at the beginning of each Worker: switches mutants, and reports the reached ones in a header of database calls, and to who asks.
 * The lane can only do the one, and what asks no database only the other.
 */
const PRELUDE = `
import { env } from 'cloudflare:workers'
const active = Number(env.MUTANT ?? 0)
let reached = new Set()
let times = 0
globalThis.__m = id => {
  if (active === 0) reached.add(id)
  if (id !== active) return false
  if (++times > 2000000) throw new Error('it does not end')
  return true
}
const taken = () => {
  const ids = [...reached]
  reached = new Set()
  return ids
}
const ask = globalThis.fetch
globalThis.fetch = (to, init) => {
  if (reached.size === 0 || !String(to).endsWith('/v3/pipeline')) return ask(to, init)
  return ask(to, { ...init, headers: { ...init.headers, 'x-reached': taken().join() } })
}
globalThis.__telling = served => ({
  ...served,
  async fetch(request, ...more) {
    if (new URL(request.url).pathname !== '/.reached') return served.fetch(request, ...more)
    const behind = env.APP ? await (await env.APP.fetch(request)).json() : []
    return Response.json([...taken(), ...behind])
  },
})
`

/** Arguments of Node that build the Workers alone, for KEEP_BUILD=1: the site has no mutants. */
const WORKERS_ALONE = ['--input-type=module', '-e', "await (await import('./local/build.ts')).buildWorkers()"]

/** A copy of the repository with all mutants in it. */
export interface Copy {
  dir: string
  mutants: Mutant[]
  remove(): void
}

/** Copies the working folder, puts the mutants of the files into the copy, and builds it. */
export function makeCopy(files: readonly string[]): Copy {
  const dir = mkdtempSync(`${tmpdir()}/floe-mutants-`)
  const remove = () => rmSync(dir, { recursive: true, force: true })
  try {
    for (const file of listed([])) {
      mkdirSync(dirname(`${dir}/${file}`), { recursive: true })
      cpSync(`${ROOT}/${file}`, `${dir}/${file}`)
    }
    // Some tests list the files of the repository by git.
    for (const args of [
      ['init', '-q'],
      ['add', '-A'],
    ])
      execFileSync('git', args, { cwd: dir })
    symlinkSync(`${ROOT}/node_modules`, `${dir}/node_modules`)
    const mutants: Mutant[] = []
    for (const file of files) {
      const { text, mutants: some } = mutate(file, readFileSync(`${dir}/${file}`, 'utf8'), mutants.length + 1)
      writeFileSync(`${dir}/${file}`, text)
      mutants.push(...some)
    }
    const part = '../test/audit/mutant-part.ts'
    change(dir, 'local/cluster.ts', [
      [
        'mkdirSync(dir, { recursive: true })\n',
        `$&const before = await (await import('${part}')).standBefore(httpPort)\n`,
      ],
      ["'--no-welcome']\n", "$&args[args.indexOf('--http-listen-addr') + 1] = '127.0.0.1:' + before.port\n"],
      ['await untilAnswering(', 'void child.ended.then(before.close)\n$&'],
    ])
    change(dir, 'local/serve-worker.ts', [
      ['import { readdirSync', `import { workerBindings } from '${part}'\n$&`],
      ['bindings: shareOf(', 'bindings: { ...workerBindings(), ...shareOf('],
      ['...bindings }),\n', '...bindings }) },\n'],
    ])
    writeFileSync(`${dir}/worker/prelude.js`, PRELUDE)
    for (const { entry } of WORKERS) {
      change(dir, entry, [
        ['', `import '${dir}/worker/prelude.js'\n`],
        ['export default {', 'const served = {'],
      ])
      appendFileSync(`${dir}/${entry}`, 'export default globalThis.__telling(served)\n')
    }
    change(dir, 'test/support/worker.ts', [
      ['import { createServer', `import { askReached, withWorker } from '../audit/mutant-part.ts'\n$&`],
      ["const answer = await fetch(inject('workers')", 'await askReached()\n$&'],
      ['return JSON.parse(text)', 'return withWorker(JSON.parse(text))'],
    ])
    writeFileSync(`${dir}/.mutant`, '{"id":0}')
    appendFileSync(`${dir}/.reached`, '')
    const kept = process.env['KEEP_BUILD'] === '1' && existsSync(`${ROOT}/dist/site`)
    if (kept) cpSync(`${ROOT}/dist/site`, `${dir}/dist/site`, { recursive: true })
    const built = kept ? WORKERS_ALONE : ['local/build.ts']
    execFileSync(process.execPath, ['--import', 'tsx', ...built], {
      cwd: dir,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return { dir, mutants, remove }
  } catch (error) {
    remove()
    throw error
  }
}

/** Returns the files of the repository in some folders, uncommitted ones included; all files where none is named. */
export const listed = (places: readonly string[]): string[] =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z', '--', ...places], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\0')
    .filter(Boolean)

function change(dir: string, file: string, changes: readonly [from: string, to: string][]): void {
  let text = readFileSync(`${dir}/${file}`, 'utf8')
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${file} has no "${from}" any more`)
    text = text.replace(from, () => to.replace('$&', () => from))
  }
  writeFileSync(`${dir}/${file}`, text)
}
