import { describe, expect, test } from 'vitest'
import { parsed } from '../support/source.ts'
import { MODULES, patternsIn, worseIn } from './regex.ts'

describe('no pattern takes longer than in proportion to the text:', () => {
  test.for(MODULES.filter(path => patternsIn(parsed(path)).length > 0))('%s', path => {
    expect(worseIn(path)).toEqual([])
  })
})
