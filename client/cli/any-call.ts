import { existsSync, readFileSync } from 'node:fs'
import { CALL_NAMES } from '../call.ts'
import type { CallName, Floe } from '../client.ts'
import type { Options } from './options.ts'
import { Usage } from './usage-error.ts'
import { meant } from './words.ts'

/** Prints the names of the calls of the reference. */
export function listCalls(): number {
  console.log(CALL_NAMES.join('\n'))
  return 0
}

/** Makes any call of the reference, with a JSON object of its fields from a file or a pipe, and prints its answer as JSON. */
export async function anyCall(
  client: Floe,
  name = '',
  _: Options,
  __: unknown,
  file: string | undefined,
): Promise<number> {
  if (!isCall(name)) throw new Usage(`There is no call ${name}.${meant(name, CALL_NAMES)}`)
  console.log(JSON.stringify(await client.call(name, fieldsIn(file) as never), undefined, 2))
  return 0
}

const isCall = (name: string): name is CallName => CALL_NAMES.some(one => one === name)

function fieldsIn(file: string | undefined): Record<string, unknown> {
  const isPipe = file === '-' || (file === undefined && !process.stdin.isTTY)
  if (!isPipe && file === undefined) return {}
  if (!isPipe && !existsSync(file!)) throw new Usage(`There is no file ${file}.`)
  const text = readFileSync(isPipe ? 0 : file!, 'utf8').trim()
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {}
  throw new Usage(`The fields of a call are one JSON object, which ${isPipe ? 'the pipe' : file} is not.`)
}
