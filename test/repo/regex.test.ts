import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { growthOf, patternsIn } from './regex.ts'

describe('such a pattern is found:', () => {
  test.for([
    /\s+$/,
    /[ \t]+(?=\r\n|$)/g,
    /<a\b[^>]*?\bhref\s*=/gi,
    /<img\b(?=[^>]*\bwidth\s*=\s*["']?[01]["'\s>])(?=[^>]*\bheight\s*=\s*["']?[01]["'\s/>])/i,
    /<[^>]*>/g,
    /[ \t]+\r\n/g,
    /(?:\r\n)+$/,
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?!0x[0-9a-f]*$)[a-z0-9-]*[a-z][a-z0-9-]*$/,
    /"((?:[^"\\]|\\.)*)"/g,
    /\+[^@]*@/,
    /(a+)+$/,
    /(a|aa)*b/,
    /\d+\d+x/,
  ])('%s', pattern => {
    expect(growthOf(pattern)).toMatch(/polynomial|exponential/)
  })
})

test('a pattern that is put together as it runs is found', () => {
  const read = (text: string) =>
    patternsIn(ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true)).map(({ source }) => source)
  expect(read(`const A = 'x'; new RegExp(\`^\${A}+\`, 'u'); /y/`)).toEqual(['^x+', 'y'])
  expect(() => read(`const f = (a: string) => new RegExp(\`^\${a}\`)`)).toThrow('as it runs')
  expect(() => read('const f = (a: string) => RegExp(a)')).toThrow('as it runs')
})
