import { CALL_NAMES } from '../call.ts'
import type { CallName, Floe } from '../client.ts'
import { wholeOf } from './input.ts'
import type { Options } from './options.ts'
import { Usage } from './usage-error.ts'
import { meant } from './words.ts'

/** Prints the names of the calls of the reference. */
export function listCalls(): number {
  console.log(CALL_NAMES.join('\n'))
  return 0
}

/** Makes any call of the reference, with a JSON object of its fields from a file or, as `-`, a pipe, and prints its answer as JSON. */
export async function anyCall(
  client: Floe,
  name = '',
  _: Options,
  __: unknown,
  file: string | undefined,
): Promise<number> {
  if (!isCall(name)) throw new Usage(`There is no call ${name}.${meant(name, CALL_NAMES)}`)
  const fields = file === undefined ? {} : await fieldsIn(file)
  console.log(JSON.stringify(await client.call(name, fields as never), undefined, 2))
  return 0
}

const isCall = (name: string): name is CallName => CALL_NAMES.some(one => one === name)

async function fieldsIn(file: string): Promise<object> {
  const text = (await wholeOf(file, 'the fields')).toString()
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {}
  throw new Usage('The fields of a call are one JSON object, and this is none.')
}
