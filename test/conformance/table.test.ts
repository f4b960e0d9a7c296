import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const here = new URL('.', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, here), 'utf8')

/** The names of the tests in a file, as they are written there. */
const testsIn = (name: string): string[] =>
  [...read(name).matchAll(/\btest(?:\.for\([\s\S]*?\)|)\(\s*'((?:[^'\\]|\\.)*)'/g)].map(match => match[1]!)

const rows = read('README.md')
  .split('\n')
  .filter(line => line.startsWith('|') && !/^\|[-|]+\|$/.test(line))
  .map(line => line.split('|').at(-2)!.trim())
  .filter(cell => cell !== 'held by')
const named = rows.map(cell => {
  const [, file = 'one-click.test.ts', name = ''] = /^(?:`([^`]+)`: )?(.*)$/.exec(cell)!
  return { file, name }
})

test('every requirement names a test that is there', () => {
  expect(named.length).toBeGreaterThan(25)
  for (const { file, name } of named) expect(testsIn(file), name).toContain(name)
})

test('every test of this folder answers a requirement', () => {
  const files = readdirSync(here).filter(name => name.endsWith('.test.ts') && name !== 'table.test.ts')
  for (const file of files)
    for (const name of testsIn(file)) expect(named, `${file}: ${name}`).toContainEqual({ file, name })
})
