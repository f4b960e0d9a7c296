import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Floe } from '../client.ts'
import type { LedgerEvent } from '../event.ts'
import type { Options } from './options.ts'
import { Usage } from './usage-error.ts'

/**
 * Prints the ledger, one JSON object per line; with `--follow` also new events, for ever. With `--state` it continues where it
 * stopped.
 */
export async function events(client: Floe, file: string | undefined, options: Options): Promise<number> {
  if (file !== undefined) throw new Usage(`events reads no file. To keep its place: --state ${file}`)
  const { follow, state, types, evidence } = options
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // A page that was begun is finished and its cursor saved, so that nothing comes twice.
    process.removeAllListeners(signal)
    process.once(signal, () => stop.abort())
  }
  const which = {
    after: options.after ?? (state === undefined ? undefined : placeIn(state)),
    types: types?.split(','),
    evidence,
    signal: stop.signal,
  }
  let quiet = true
  const trouble = (error: Error) => {
    if (quiet) console.error(`${error.message}. Trying on.`)
    quiet = false
  }
  try {
    for await (const { events, cursor } of follow ? client.follow(which, trouble) : client.pages(which)) {
      if (!quiet) console.error('Floe answers again.')
      quiet = true
      await write(events)
      if (state !== undefined) keepPlace(state, cursor)
      if (stop.signal.aborted) return 130
    }
    return 0
  } catch (error) {
    if (stop.signal.aborted) return 130
    throw error
  }
}

/** Writes lines, and resolves when they are out: the cursor is saved only after that. */
function write(events: readonly LedgerEvent[]): Promise<void> {
  const lines = events.map(event => `${JSON.stringify(event)}\n`).join('')
  return new Promise(resolve => {
    process.stdout.write(lines, () => resolve())
  })
}

function placeIn(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Usage(`${file} cannot be read: ${(error as Error).message}`)
  }
}

/** Saves the cursor, whole or not at all. */
function keepPlace(file: string, cursor: string): void {
  writeFileSync(`${file}.new`, `${cursor}\n`)
  renameSync(`${file}.new`, file)
}
