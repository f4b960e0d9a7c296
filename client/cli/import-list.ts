import { createInterface } from 'node:readline/promises'
import type { Floe } from '../client.ts'
import type { Import } from '../imports.ts'
import type { Options } from './options.ts'
import type { Progress } from './progress.ts'
import { bold } from './style.ts'
import { Usage } from './usage-error.ts'
import { count, plural } from './words.ts'

/** Prints the imports of the workspace, newest first. */
export async function importsList(
  client: Floe,
  file: string | undefined,
  { json }: Options,
): Promise<number> {
  if (file !== undefined) throw new Usage(`imports takes no file: ${file} is too much.`)
  let all = 0
  for await (const one of client.imports()) {
    all++
    console.log(json ? JSON.stringify(one) : told(one))
  }
  if (!json) console.error(plural(all, 'import'))
  return 0
}

function told({ name, startedAt, scope, topic, line, added, unchanged, refused, ...ends }: Import): string {
  const { doneAt, undoneAt, undoableUntil } = ends
  const reach = topic ?? scope
  const state = undoneAt
    ? `undone ${minute(undoneAt)}`
    : [
        ...(doneAt ? [] : ['not at its end']),
        ...(undoableUntil ? [`can be undone until ${minute(undoableUntil)}`] : []),
      ].join(', ')
  return [
    [bold(name), minute(startedAt), ...(reach ? [reach] : [])].join('  '),
    `  ${count(line)} lines: ${count(added)} added, ${count(unchanged)} there already, ${count(refused)} not taken`,
    ...(state ? [`  ${state}`] : []),
  ].join('\n')
}

const minute = (time: string): string => `${time.slice(0, 16).replace('T', ' ')} UTC`

/** Undoes an import, once somebody agreed. Returns 2 where nobody did. */
export async function undoImport(
  client: Floe,
  name: string | undefined,
  { json, yes }: Options,
  progress: Progress,
): Promise<number> {
  if (name === undefined) throw new Usage('undo needs the name of an import: floe imports lists yours.')
  if (!yes && !(await agreed(name))) {
    console.error('Nothing was undone.')
    return 2
  }
  let done = { lifted: 0, kept: 0 }
  for await (done of client.undoImport(name)) progress.show(0, undefined, done.lifted, 'lifted')
  progress.clear()
  if (json) console.log(JSON.stringify({ name, ...done }))
  else
    console.log(
      `${name} is undone: ${count(done.lifted)} lifted${done.kept > 0 ? `, ${count(done.kept)} kept, since something was told of their recipients` : ''}`,
    )
  return 0
}

async function agreed(name: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Usage('Nobody is there to ask. Say --yes to undo without asking.')
  const ask = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await ask.question(
    `Whom ${bold(name)} suppressed may be mailed again, and it takes no further list. Go on? [y/N] `,
  )
  ask.close()
  return /^y(?:es)?$/i.test(answer.trim())
}
