import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import { CALLS } from '../../site/openapi/calls.ts'
import { examplesOf } from '../../site/openapi/examples.ts'
import { wideTest as test } from '../support/world.ts'

const run = promisify(execFile)
/** How an example in a language is run, with its status as the first word that it prints. */
const RUN: Record<string, (code: string) => [string, string[]]> = {
  curl: code => ['sh', ['-c', `${code.replace('curl ', "curl -s -w '\\n%{http_code}' ")} | tail -n 1`]],
  Node: code => [process.execPath, ['--input-type=module', '-e', code]],
  Python: code => ['python3', ['-c', code]],
}

const hasPython = spawnSync('python3', ['--version']).status === 0

/** Calls whose example needs more than a key: a Floe that mails, and a report that somebody signed. */
const REFUSED: Record<string, RegExp> = { 'POST /v1/forms': /^409$/, 'POST /v1/inbound/message': /^403$/ }

test('the example of a call says the same in every language: each is run, and answered with one status', async ({
  sharedWorld: world,
}) => {
  const refused: Record<string, string[]> = {}
  for (const call of CALLS.filter(({ path }) => path.startsWith('/v1/'))) {
    const statuses = await Promise.all(
      examplesOf(call, world.url)
        .filter(({ language }) => language !== 'Python' || hasPython)
        .map(async ({ language, code }) => {
          const [command, args] = RUN[language]!(code)
          const { stdout } = await run(command, args, { env: { ...process.env, FLOE_API_KEY: world.apiKey } })
          return stdout.trim().split(/\s/)[0]!
        }),
    )
    const name = `${call.method} ${call.path}`
    // A name in braces stands for something that is not there.
    const expected = call.path.includes('{') ? /^404$/ : (REFUSED[name] ?? /^20\d$/)
    if (!statuses.every(status => expected.test(status))) refused[name] = statuses
  }
  expect(refused).toEqual({})
})
