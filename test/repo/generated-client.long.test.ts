import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createClient } from '@hey-api/openapi-ts'
import openapiTypes, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { REFERENCE } from '../support/reference.ts'

/** A folder of the repository, so that what is generated finds its packages. */
let dir: string
beforeAll(async () => {
  dir = await mkdtemp('.local/generated-')
  await writeFile(`${dir}/openapi.json`, JSON.stringify(REFERENCE))
})
afterAll(() => rm(dir, { recursive: true }))

/** Returns what the compiler says of files. */
function complaintsAbout(files: string[]): string[] {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  })
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)
}

describe('clients that others generate from the reference compile, and know what a call takes and answers', () => {
  test('openapi-typescript', async () => {
    await writeFile(`${dir}/types.ts`, astToString(await openapiTypes(JSON.stringify(REFERENCE))))
    await writeFile(
      `${dir}/use-types.ts`,
      `import type { components, paths } from './types'
export const decision: components['schemas']['Decision'] = { decision: 'deny', reason: 'unsubscribed' }
// @ts-expect-error there is no such reason
export const wrong: components['schemas']['Decision'] = { decision: 'deny', reason: 'bored' }
export const query: paths['/v1/events']['get']['parameters']['query'] = { limit: 10, wait: 5 }
// @ts-expect-error a number, not a text
export const text: paths['/v1/events']['get']['parameters']['query'] = { limit: '10' }
export const codeOf = (problem: components['schemas']['Problem']): components['schemas']['Code'] => problem.code
`,
    )
    expect(complaintsAbout([`${dir}/use-types.ts`])).toEqual([])
  })

  test('@hey-api/openapi-ts', async () => {
    await createClient({
      input: `${dir}/openapi.json`,
      output: { path: `${dir}/hey` },
      plugins: ['@hey-api/client-fetch', '@hey-api/sdk', '@hey-api/typescript'],
      logs: { level: 'silent' },
    })
    await writeFile(
      `${dir}/use-hey.ts`,
      `import { checkAddresses, type Decision } from './hey'
export async function mayMail(address: string): Promise<Decision | undefined> {
  const { data } = await checkAddresses({ body: { topic: 'news', addresses: [address] } })
  return data?.results[0]
}
// @ts-expect-error there is no such field
export const wrong = () => checkAddresses({ body: { topics: 'news' } })
`,
    )
    expect(complaintsAbout([`${dir}/use-hey.ts`])).toEqual([])
  })
})
