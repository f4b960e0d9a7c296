import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { attackers, plain } from '../audit/attackers.ts'

const lines = attackers()

test('the page about attackers says of each what shows it', () => {
  expect(lines.length).toBeGreaterThan(15)
  expect(lines.filter(({ tests }) => tests.length === 0)).toEqual([])
})

describe('the tests that show what this one cannot do are there:', () => {
  test.for(lines)('$what', ({ tests }) => {
    const missing = tests.filter(([file, name = '']) => {
      const path = `test/${file}.test.ts`
      return !existsSync(path) || !plain(readFileSync(path, 'utf8')).includes(name)
    })
    expect(missing).toEqual([])
  })
})
