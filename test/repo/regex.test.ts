import ts from 'typescript'
import { expect, test } from 'vitest'
import { patternsIn } from './regex.ts'

test('a pattern that is put together as it runs is found', () => {
  const read = (text: string) =>
    patternsIn(ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true)).map(({ source }) => source)
  expect(read(`const A = 'x'; new RegExp(\`^\${A}+\`, 'u'); /y/`)).toEqual(['^x+', 'y'])
  expect(() => read(`const f = (a: string) => new RegExp(\`^\${a}\`)`)).toThrow('as it runs')
  expect(() => read('const f = (a: string) => RegExp(a)')).toThrow('as it runs')
})
