import { createHash, randomUUID } from 'node:crypto'
import { closeSync, createReadStream, existsSync, openSync, readSync, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { Usage } from './error.ts'

const fromPipe = (file: string | undefined): file is undefined | '-' => file === undefined || file === '-'

/** Reads recipients, one per line, in groups of up to `size`; empty lines are skipped. */
export async function* recipientsOf(file: string | undefined, size: number): AsyncGenerator<string[]> {
  if (fromPipe(file) && process.stdin.isTTY) throw new Usage('Name a file, or pipe recipients in.')
  const input = fromPipe(file) ? process.stdin : createReadStream(existing(file))
  let group: string[] = []
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    group.push(line.trim())
    if (group.length === size) {
      yield group
      group = []
    }
  }
  if (group.length > 0) yield group
}

/** A list to upload. A file can be read again from any byte, a pipe only once. */
export interface Upload {
  name: string
  bytes: number | undefined
  read(offset: number): ReadableStream<Uint8Array>
}

/** Opens a list to upload. Its name derives from its size and beginning, so that the same command resumes the same import. */
export function uploadOf(file: string | undefined): Upload {
  if (fromPipe(file)) {
    let read = false
    return {
      name: `pipe-${randomUUID()}`,
      bytes: undefined,
      read(offset) {
        if (read || offset > 0)
          throw new Error('What came through a pipe cannot be read again; import a file to be able to go on.')
        read = true
        return Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>
      },
    }
  }
  const { size } = statSync(existing(file))
  const head = Buffer.alloc(Math.min(size, 1024 * 1024))
  const handle = openSync(file, 'r')
  readSync(handle, head, 0, head.length, 0)
  closeSync(handle)
  const name = createHash('sha256').update(`${size} `).update(head).digest('base64url')
  return {
    name,
    bytes: size,
    read: offset => Readable.toWeb(createReadStream(file, { start: offset })) as ReadableStream<Uint8Array>,
  }
}

function existing(file: string): string {
  if (!existsSync(file)) throw new Usage(`There is no file ${file}.`)
  return file
}
