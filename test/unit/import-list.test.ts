import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { Fault } from '../../core/fault.ts'
import { columnsOf } from '../../worker/suppression/columns.ts'
import { openUpload } from '../../worker/suppression/layout.ts'
import { linesOf } from '../../worker/suppression/upload.ts'
import { seeded } from '../support/seeded.ts'
import { MEANT } from './list-meanings.ts'
import { OWN } from './list-own.ts'
import { FORMS, type Shape } from './list-shapes.ts'

const NAMES = ['one', 'two', 'x', 'jörg', '+one', '-one', '=one', "'+one", '+two']
const ENCODINGS = ['utf8', 'utf16le', 'latin1'] as const
const hash = (address: string) => createHash('sha256').update(address).digest('hex')
const idOf = (given: Uint8Array) => given.subarray(0, 12)
const KNOWN = new Map(NAMES.map(name => [hash(`${name}@example.com`).slice(0, 24), name]))
/** Scopes by number, as a row of Floe's own names them. */
const SCOPES = ['', 'tenant ', 'workspace ', 'topic news', 'topic offers']
const TARGET = { scopes: new Map(SCOPES.map((name, code) => [name, code])), now: Date.UTC(2026, 5, 1) }

async function* inPieces(file: Uint8Array, size: number) {
  for (let at = 0; at < file.length; at += size) yield file.slice(at, at + size)
}

/** Reads a list that comes in pieces of a size: recipients as they come, then the lines that are refused. */
async function read({ file, format = 'csv', charset, scope, topic, ...named }: Shape, size: number) {
  const bytes = new Uint8Array(Buffer.from(file as string))
  const declared = charset === undefined ? undefined : new TextDecoder(charset).encoding
  const lines = []
  let end = 0
  try {
    const { layout, rest } = await openUpload(inPieces(bytes, size), { format, charset: declared, named })
    for await (const records of rest) {
      lines.push(...linesOf(records, format, layout, { idOf, target: { ...TARGET, scope, topic } }))
      end = records.at(-1)?.end.offset ?? end
    }
  } catch (error) {
    if (error instanceof Fault) return { read: error.detail.code, isWhole: true }
    throw error
  }
  const taken = lines.flatMap(line => {
    if ('fault' in line) return []
    const id = Buffer.from(line.addressId ?? idOf(line.hash)).toString('hex')
    const name = KNOWN.get(id) ?? 'somebody else'
    const reach = line.scope && `@${SCOPES[line.scope]!.trim().replace(' ', '/')}`
    const until = line.until && `..${new Date(line.until).toISOString()}`
    const said = [line.reason && `=${line.reason}`, line.ofMarketing && '*', reach, until].filter(Boolean)
    return `${name}${said.join('')}`
  })
  const refused = lines.flatMap(line => ('fault' in line ? `${line.line}:${line.fault}` : []))
  return { read: [...taken, ...refused].join(' '), isWhole: lines.length === 0 || end === bytes.length }
}

const SHAPES = [...FORMS, ...MEANT, ...OWN]

test.for(SHAPES.map((shape): [string, Shape] => [shape.name, shape]))(
  'of a list with %s is read what it says, however it comes',
  async ([, shape]) => {
    for (const size of [1, 7, 100_000_000]) {
      if (size < 100 && shape.file.length > 10_000) continue
      expect(await read(shape, size), `in pieces of ${size}`).toEqual({ read: shape.read, isWhole: true })
    }
  },
)

test('whatever a file holds, it is refused whole or something is said of it, the same however it comes', async () => {
  const next = seeded(20261129)
  const parts = [
    'email',
    'one@example.com',
    ',',
    ';',
    '\t',
    '"',
    "'",
    '\n',
    '\r',
    '\r\n',
    'sep=;\n',
    '#',
    '\0',
    '\x1a',
    ' ',
  ]
  const charsets = [undefined, 'utf-8', 'utf-16', 'windows-1252', 'shift_jis', 'gbk', 'koi8-r']
  for (let i = 0; i < 1000; i++) {
    const text = Array.from({ length: 1 + next(20) }, () => parts[next(parts.length)]).join('')
    const file = Buffer.from(
      `${next(4) ? '' : '\ufeff'}${text}${next(4) ? '' : '\xe9\xff'}`,
      ENCODINGS[next(3)],
    )
    const charset = charsets[next(charsets.length)]
    const shape: Shape = {
      name: '',
      file,
      read: '',
      ...(charset && { charset }),
      format: next(5) ? 'csv' : 'ndjson',
    }
    const whole = await read(shape, 100_000)
    expect(whole.read, JSON.stringify(text)).not.toBe('')
    expect(await read(shape, 1 + next(9)), JSON.stringify(text)).toEqual(whole)
  }
})

test('a line costs what it holds, however many columns its header has', () => {
  const columns = columnsOf(['email', ...Array.from({ length: 10_000 }, () => 'status')])!
  let asked = 0
  const cells = new Proxy(['one@example.com', 'spam'], {
    get(all, place) {
      if (/^\d+$/.test(String(place))) asked++
      return Reflect.get(all, place)
    },
  })
  expect(columns.meaning(cells)).toBe('complained')
  expect(asked).toBeLessThanOrEqual(cells.length)
})
