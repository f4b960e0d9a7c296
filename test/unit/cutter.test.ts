import { expect, test } from 'vitest'
import { Cutter } from '../../worker/suppression/cutter.ts'
import { seeded } from '../support/seeded.ts'

const START = { offset: 0, line: 1 }
const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Cuts a text that comes in pieces of these sizes, by turns. */
function cut(text: string, sizes: number[], quotes = true): [line: number, text: string][] {
  const cutter = new Cutter(quotes, START)
  const bytes = bytesOf(text)
  const records = []
  for (let at = 0, i = 0; at < bytes.length; at += sizes[i++ % sizes.length]!)
    records.push(...cutter.take(bytes.slice(at, at + sizes[i % sizes.length]!), false))
  records.push(...cutter.take(new Uint8Array(), true))
  return records.map(({ line, bytes, fault }) => [line, fault ?? new TextDecoder().decode(bytes)])
}

/** The rule, read anew from each line: quotes span lines, and one that is never closed spoils its own line alone. */
function model(text: string): [line: number, text: string][] {
  const records: [number, string][] = []
  for (let [rest, line] = [text, 1]; rest !== ''; ) {
    const end = endOf(rest)
    const taken = end === undefined ? /^[^\r\n]*(?:\r\n|\r|\n)?/.exec(rest)![0] : rest.slice(0, end)
    records.push([line, end === undefined ? 'unclosed_quote' : taken.replace(/(?:\r\n|\r|\n)$/, '')])
    line += taken.split(/\r\n|\r|\n/).length - 1
    rest = rest.slice(taken.length)
  }
  return records
}

/** Returns where the record at the beginning of a text ends; undefined where its quotes do not. */
function endOf(text: string): number | undefined {
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\r' && !quoted) return text[i + 1] === '\n' ? i + 2 : i + 1
    if (text[i] === '\n' && !quoted) return i + 1
    if (text[i] !== '"') continue
    if (!quoted) quoted = i === 0 || ',;\t|'.includes(text[i - 1]!)
    else if (text[i + 1] === '"') i++
    else quoted = false
  }
  return quoted ? undefined : text.length
}

test('a record is a line, or several where quotes span them', () => {
  expect(cut('a,b\r\n"c\nd",e\n"f ""g""\nh"\n', [1])).toEqual([
    [1, 'a,b'],
    [2, '"c\nd",e'],
    [4, '"f ""g""\nh"'],
  ])
})

test('a quote that is never closed spoils its own line, and no record behind it', () => {
  expect(cut('"a\nb\n', [1])).toEqual([
    [1, 'unclosed_quote'],
    [2, 'b'],
  ])
  const lines = 'a","\n"b\nc"\nd","\ne\n'
  expect(cut(lines, [1000]).map(([line]) => line)).toEqual(model(lines).map(([line]) => line))
})

test('whatever is in it and however it comes, an upload is cut as the rule says', () => {
  const next = seeded(20261128)
  const parts = ['a', 'b@c.example', ',', '"', '""', '\n', '\r\n', '\r', '"x', 'y"', '","', '"d\ne"']
  for (let i = 0; i < 5000; i++) {
    const text = Array.from({ length: next(30) }, () => parts[next(parts.length)]).join('')
    expect(cut(text, [1 + next(5), 1 + next(50)]), JSON.stringify(text)).toEqual(model(text))
  }
})

test('a line that is too long is reported once and not kept, and the next one counts', () => {
  const long = 'x'.repeat(200_000)
  for (const sizes of [[1000], [70_000, 3], [1_000_000]])
    for (const quotes of [true, false])
      expect(cut(`a\n${long}\n"${long}\nb\n`, sizes, quotes)).toEqual([
        [1, 'a'],
        [2, 'too_long'],
        [3, 'too_long'],
        [4, 'b'],
      ])
})
