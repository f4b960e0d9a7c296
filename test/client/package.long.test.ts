import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { Miniflare } from 'miniflare'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { packClient } from '../../local/package.ts'
import { textOf } from '../../local/source.ts'
import manifest from '../../package.json' with { type: 'json' }
import { test } from '../support/world.ts'

/** An empty project of somebody else's, into which the package is installed as it is published. */
const project = mkdtempSync(`${tmpdir()}/floe-package-`)
const installed = `${project}/node_modules/@penguinmails/floe`

beforeAll(async () => {
  const archive = await packClient()
  writeFileSync(`${project}/package.json`, '{"private":true,"type":"module"}')
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', archive], { cwd: project })
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

const run = (command: string, args: string[], env: Record<string, string>, input = '') =>
  execFileSync(command, args, {
    cwd: project,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
    input,
  })

/** What the compiler says of a module of that project. */
function complaintsAbout(source: string): string[] {
  const file = `${project}/source.ts`
  writeFileSync(file, source)
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
  })
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

describe('the package, installed in an empty project', () => {
  test('needs no other, runs no script, and names the licence of all that is in it', () => {
    const { dependencies, scripts, version } = JSON.parse(readFileSync(`${installed}/package.json`, 'utf8'))
    expect({ dependencies, scripts, version }).toEqual({ version: manifest.version })
    expect(readdirSync(`${project}/node_modules`).filter(name => !name.startsWith('.'))).toEqual([
      '@penguinmails',
    ])
    const { components } = JSON.parse(readFileSync(`${installed}/sbom.json`, 'utf8'))
    expect(components.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['jose', 'papaparse']),
    )
    const notices = readFileSync(`${installed}/NOTICES.md`, 'utf8')
    for (const { name, version } of components) expect(notices).toContain(`# ${name} ${version}\n`)
    expect(notices.match(/permission (?:is hereby granted|to use)/gi)!.length).toBeGreaterThanOrEqual(
      components.length - 1,
    )
  })

  test('has the command line, which asks this Floe', ({ world }) => {
    const env = { FLOE_URL: world.url, FLOE_API_KEY: world.apiKey }
    expect(run(`${project}/node_modules/.bin/floe`, ['--version'], {})).toBe(`${manifest.version}\n`)
    expect(
      run(`${project}/node_modules/.bin/floe`, ['check', '--topic', 'news'], env, 'ada@example.com\n'),
    ).toBe('allow  ada@example.com\n')
  })

  test('runs the first lines of its manual, which also compile', ({ world }) => {
    const [, source] = /```ts\n([\s\S]*?)```/.exec(textOf('client/README.md'))!
    expect(
      complaintsAbout(
        `declare const process: { env: Record<string, string> }\nconst addresses = ['ada@example.com']\n${source}`,
      ),
    ).toEqual([])
    const script = ts
      .transpile(source!, { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext })
      .replace('https://floe.example.com', world.url)
    writeFileSync(
      `${project}/manual.mjs`,
      `const addresses = ['ada@example.com']\n${script}\nconsole.log(mailable)`,
    )
    expect(run('node', ['manual.mjs'], { FLOE_API_KEY: world.apiKey })).toBe(
      "[ { address: 'ada@example.com', decision: 'allow' } ]\n",
    )
  })

  test('knows what each call takes and answers', () => {
    expect(
      complaintsAbout(`import { createClient, type Answer, type Decision, type Given } from '@penguinmails/floe'
import type { components } from '@penguinmails/floe/openapi'
const floe = createClient({ baseUrl: 'https://floe.example.com', apiKey: '' })
export const form: Given<'createForm'>['topics'] = ['news']
export const page = async (): Promise<Answer<'listKeys'>['keys']> => (await floe.call('listKeys', { limit: 10 })).keys
export const decision: Decision = { decision: 'deny', reason: 'unreachable' }
export const problem = (problem: components['schemas']['Problem']): string => problem.code
// @ts-expect-error there is no such call
export const none = () => floe.call('sendMail', {})
// @ts-expect-error a number, not a text
export const text = () => floe.call('listKeys', { limit: '10' })
// @ts-expect-error there is no such field
export const field = () => floe.check({ addresses: [] }, { topics: 'news' })
`),
    ).toEqual([])
  })

  test('runs in a Worker', async ({ world }) => {
    const worker = new Miniflare({
      compatibilityDate: '2026-04-01',
      modules: [
        {
          type: 'ESModule',
          path: 'worker.mjs',
          contents: `import { createClient } from './client.js'
export default {
  async fetch(request, env) {
    const floe = createClient({ baseUrl: env.FLOE_URL, apiKey: env.FLOE_API_KEY })
    return Response.json(await floe.check({ addresses: ['ada@example.com'] }, { topic: 'news' }))
  },
}`,
        },
        {
          type: 'ESModule',
          path: 'client.js',
          contents: readFileSync(`${installed}/dist/client.js`, 'utf8'),
        },
      ],
      bindings: { FLOE_URL: world.url, FLOE_API_KEY: world.apiKey },
    })
    try {
      const answer = await worker.dispatchFetch('http://worker.example')
      expect(await answer.json()).toEqual([{ address: 'ada@example.com', decision: 'allow' }])
    } finally {
      await worker.dispose()
    }
  })
})
