import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import openapiTypes, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import { CALL_NAMES } from '../client/call.ts'
import { documentOf } from '../site/openapi/document.ts'
import { OPERATIONS } from '../site/openapi/operations.ts'
import { ROOT } from './folder.ts'

/** Takes the place of `client/contract.ts`, whose types are made of schemas that the package does not hold. */
const CONTRACT = `import type { components, operations } from './openapi.ts'

/** The name of a call, as in the reference. */
export type CallName = ${CALL_NAMES.map(name => `'${name}'`).join(' | ')}

type Fields<Part> = [NonNullable<Part>] extends [never] ? unknown : NonNullable<Part>
type Body<Call> = Call extends { requestBody?: { content: infer Content } }
  ? 'application/json' extends keyof Content ? Content['application/json'] : unknown
  : unknown

/** What a call takes: the fields of its path, its query and its body. */
export type Given<Name extends CallName> = Fields<operations[Name]['parameters']['path']> &
  Fields<operations[Name]['parameters']['query']> &
  Body<operations[Name]>

/** What a call answers. */
export type Answer<Name extends CallName | 'receiveMessage'> = {
  [Status in keyof operations[Name]['responses']]: operations[Name]['responses'][Status] extends {
    content: { 'application/json': infer Json }
  } ? Json : never
}[keyof operations[Name]['responses']]

export type Routes = Record<CallName, string>

/** A line of what an import or a dry run answers. */
export type ImportLine = components['schemas']['ImportLine']
`

/**
 * Writes the declarations of the client, its calls typed by the reference instead of by the Worker's schemas, to a folder. Throws with
 * what the compiler says where the client and the reference do not agree.
 */
export async function writeTypes(outDir: string): Promise<void> {
  const sources = `${outDir}.sources`
  rmSync(sources, { recursive: true, force: true })
  mkdirSync(sources, { recursive: true })
  for (const name of readdirSync(`${ROOT}/client`).filter(name => name.endsWith('.ts')))
    writeFileSync(`${sources}/${name}`, readFileSync(`${ROOT}/client/${name}`))
  writeFileSync(`${sources}/contract.ts`, CONTRACT)
  writeFileSync(`${sources}/openapi.ts`, astToString(await openapiTypes(JSON.stringify(answered()))))
  const program = ts.createProgram([`${sources}/client.ts`], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    allowImportingTsExtensions: true,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: sources,
    outDir,
  })
  const complaints = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0
    return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
  if (complaints.length > 0)
    throw new Error(`The client does not fit the reference:\n${complaints.join('\n')}`)
  program.emit(undefined, (path, text) => {
    mkdirSync(outDir, { recursive: true })
    writeFileSync(path, text.replaceAll(/(from '|import\(")(\.\/[\w-]+)\.ts/g, '$1$2.js'))
  })
  rmSync(sources, { recursive: true })
}

/** Returns the reference of this version without refusals, examples and header fields, which are no part of a call's types. */
function answered(): unknown {
  const { paths, ...document } = JSON.parse(JSON.stringify(documentOf(OPERATIONS, '')))
  const calls = Object.values(paths as Record<string, Record<string, Answers>>).flatMap(Object.values)
  for (const { responses } of calls as Answers[])
    for (const status of Object.keys(responses))
      if (/^[45]/.test(status)) delete responses[status]
      else delete responses[status]!.headers
  return JSON.parse(JSON.stringify({ ...document, paths }), (name, value) =>
    name === 'example' || name === 'examples' ? undefined : value,
  )
}

interface Answers {
  responses: Record<string, { headers?: unknown }>
}
