import { expect, test } from 'vitest'
import type { Value } from '../../core/write/statement.ts'
import { FOLDABLE, fold, unfold } from '../../db/engine/fold.ts'
import { wired } from '../../db/engine/hrana.ts'

const NOTE = `INSERT INTO note SELECT key, value ${FOLDABLE} RETURNING place, word`
const TALE = `INSERT INTO tale SELECT key, value ${FOLDABLE} RETURNING place`
const statement = (sql: string, ...args: Value[]) => wired({ sql, args })
const note = (...words: string[]) => statement(NOTE, JSON.stringify(words))
const together = (...rows: string[]) =>
  statement(
    "INSERT INTO note SELECT key, value FROM json_each('[' || ?1 || ']') RETURNING place, word",
    rows.join(),
  )

test.for<[what: string, given: string[], statements: string[], counts: number[]]>([
  ['nothing', [], [], []],
  ['one alone', [note('a')], [note('a')], [1]],
  ['those of one text', [note('a'), note('b'), note('c')], [together('["a"]', '["b"]', '["c"]')], [3]],
  [
    'no others, whatever stands around them',
    [note('a'), statement('SELECT 1'), statement('SELECT 1'), note('b'), note('c')],
    [note('a'), statement('SELECT 1'), statement('SELECT 1'), together('["b"]', '["c"]')],
    [1, 1, 1, 2],
  ],
  [
    'no two texts',
    [note('a'), statement(TALE, '["b"]'), note('c')],
    [note('a'), statement(TALE, '["b"]'), note('c')],
    [1, 1, 1],
  ],
  [
    'what stands in a text as it is there',
    [
      note('"', '\\', '"}]}', '","args":[{"type":"text","value":"', '\u0000', '\ud83d'),
      note('ž', '😀', FOLDABLE),
    ],
    [
      together(
        JSON.stringify(['"', '\\', '"}]}', '","args":[{"type":"text","value":"', '\u0000', '\ud83d']),
        JSON.stringify(['ž', '😀', FOLDABLE]),
      ),
    ],
    [2],
  ],
  [
    'nothing because of what stands in an argument',
    [statement('SELECT ?', FOLDABLE), statement('SELECT ?', FOLDABLE)],
    [statement('SELECT ?', FOLDABLE), statement('SELECT ?', FOLDABLE)],
    [1, 1],
  ],
])('%s is folded', ([, given, statements, counts]) => {
  expect(fold(given)).toEqual({ statements, counts })
})

test('each gets the row of its place, in whatever order they come, and one without a row none', () => {
  const result = (...rows: Value[][]) => ({ rows, affected: 7 })
  const folded = fold([note('a'), note('b'), note('c'), statement('SELECT 1')])
  expect(unfold([result([2, 'c'], [0, 'a']), result([1])], folded)).toEqual([
    { rows: [[0, 'a']], affected: 0 },
    { rows: [], affected: 0 },
    { rows: [[2, 'c']], affected: 0 },
    result([1]),
  ])
})
