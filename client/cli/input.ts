import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { hashOfHex } from '../../core/address.ts'
import { Fault } from '../../core/fault.ts'
import { batches } from '../../worker/suppression/batches.ts'
import { declaredCharset } from '../../worker/suppression/charset.ts'
import { openUpload } from '../../worker/suppression/layout.ts'
import { linesOf, type UploadLine } from '../../worker/suppression/upload.ts'
import type { Options } from './options.ts'
import { Usage } from './usage-error.ts'

const fromPipe = (file: string | undefined): file is undefined | '-' => file === undefined || file === '-'

/** A recipient of a list: an address or the hex SHA-256 of one, or what stood where one should. */
export interface Recipient {
  text: string
  kind: 'address' | 'sha256' | 'unread'
}

/** How a list is written. */
export type ListOptions = Pick<Options, 'format' | 'charset' | 'address-column'>

/** Lines of a list that are asked about in one call. */
const LINES_PER_CALL = 10_000
/** Bytes of a list that are kept in case it names nobody. */
const KEPT_BYTES = 64 * 1024

/** Reads whom a list names, as an import reads it, in groups; empty lines are skipped. Throws `Usage` for what is no such list. */
export async function* recipientsOf(
  file: string | undefined,
  { format = formatOf(file), charset, 'address-column': addressColumn }: ListOptions,
): AsyncGenerator<Recipient[]> {
  if (fromPipe(file) && process.stdin.isTTY) throw new Usage('Name a file, or pipe recipients in.')
  if (format !== 'csv' && format !== 'ndjson') throw new Usage(`--format is csv or ndjson, not ${format}.`)
  const input: AsyncIterable<Uint8Array> = fromPipe(file) ? process.stdin : createReadStream(existing(file))
  const kept: Uint8Array[] = []
  let isWhole = false
  async function* pieces() {
    let bytes = 0
    for await (const piece of input) {
      bytes += piece.length
      if (bytes <= KEPT_BYTES) kept.push(piece)
      yield piece
    }
    isWhole = bytes <= KEPT_BYTES
  }
  try {
    const declared = charset === undefined ? undefined : declaredCharset(`text/csv; charset=${charset}`)
    const opening = { format, charset: declared, named: { addressColumn }, isAnyList: true } as const
    const { layout, rest } = await openUpload(pieces(), opening)
    for await (const { records } of batches(rest, { lines: LINES_PER_CALL }))
      yield linesOf(records, format, layout, { idOf: () => NO_ID }).map(recipientIn)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { code } = error.detail
    if (code === 'import.nothing_read') return
    if (code === 'import.encoding')
      throw new Usage(
        'The list is no text, or its charset is not known: --charset names it, such as windows-1252.',
      )
    if (code !== 'import.no_address_column') throw error
    // A few lines that name nobody are a list of mistakes, unless they have columns.
    const text = Buffer.concat(kept).toString()
    if (!isWhole || addressColumn !== undefined || /[,;\t|]/.test(text))
      throw new Usage('No column holds addresses: --address-column names it, by its heading or its place.')
    yield text
      .split(/\r?\n/)
      .flatMap((line): Recipient[] => (line.trim() === '' ? [] : [{ text: line.trim(), kind: 'unread' }]))
  }
}

/** The client cannot tell whose an address id is. */
const NO_ID = new Uint8Array()

function recipientIn(line: UploadLine): Recipient {
  const text = line.who ?? `line ${line.line}`
  if ('fault' in line && line.fault !== 'wrong_address_id') return { text, kind: 'unread' }
  if ('addressId' in line && line.addressId) return { text, kind: 'unread' }
  const hex = text.replace(/^0x/i, '')
  return hashOfHex(hex) ? { text: hex, kind: 'sha256' } : { text, kind: 'address' }
}

/** Returns how a file is written, by its name. */
export const formatOf = (file: string | undefined): 'csv' | 'ndjson' =>
  /\.(ndjson|jsonl)$/.test(file ?? '') ? 'ndjson' : 'csv'

/** Reads a file or what comes through a pipe, whole. Throws `Usage` where there is neither; `what` names it. */
export async function wholeOf(file: string | undefined, what: string): Promise<Buffer> {
  if (fromPipe(file) && process.stdin.isTTY) throw new Usage(`Name a file, or pipe ${what} in.`)
  return buffer(fromPipe(file) ? process.stdin : createReadStream(existing(file)))
}

/** A list to upload. A file can be read again from any byte, a pipe only once. */
export interface Upload {
  /** Returns the name of all its bytes, so that the same command resumes the same import, and no other. */
  name(): Promise<string>
  bytes: number | undefined
  read(offset: number): ReadableStream<Uint8Array>
}

/** Opens a list to upload. */
export function uploadOf(file: string | undefined): Upload {
  if (fromPipe(file)) {
    let read = false
    return {
      name: async () => `pipe-${randomUUID()}`,
      bytes: undefined,
      read(offset) {
        if (read || offset > 0)
          throw new Error('What came through a pipe cannot be read again; import a file to be able to go on.')
        read = true
        return Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>
      },
    }
  }
  return {
    async name() {
      const hash = createHash('sha256')
      for await (const piece of createReadStream(file)) hash.update(piece)
      return hash.digest('base64url')
    },
    bytes: statSync(existing(file)).size,
    read: offset => Readable.toWeb(createReadStream(file, { start: offset })) as ReadableStream<Uint8Array>,
  }
}

function existing(file: string): string {
  if (!existsSync(file)) throw new Usage(`There is no file ${file}.`)
  return file
}
