import { describe, expect, test } from 'vitest'
import { parsed } from '../support/source.ts'
import { growthOf, MODULES, patternsIn, worseIn } from './regex.ts'

describe('no pattern takes longer than in proportion to the text:', () => {
  test.for(MODULES.filter(path => patternsIn(parsed(path)).length > 0))('%s', path => {
    expect(worseIn(path)).toEqual([])
  })
})

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
