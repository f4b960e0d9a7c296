import ts from 'typescript'
import { expect, test } from 'vitest'
import { modulesIn, parsed, textOf } from '../support/source.ts'

const HERE = 'test/conformance'
const ITSELF = 'table.test.ts'

/** Returns the names of a file's tests as they are written there, each after the names of what it stands in. */
function testsIn(path: string): string[] {
  const names: string[] = []
  const visit = (node: ts.Node, outer: string[]): void => {
    const [kind, name] = ts.isCallExpression(node) ? called(node) : []
    if (kind?.startsWith('test') && name !== undefined) names.push([...outer, name].join(' › '))
    const inside = kind === 'describe' && name !== undefined ? [...outer, name] : outer
    ts.forEachChild(node, child => visit(child, inside))
  }
  visit(parsed(path), [])
  return names
}

/** Returns what a call calls, `test.for(…)(…)` included, and its first argument when that is a text. */
function called({ expression, arguments: [first] }: ts.CallExpression): [kind?: string, name?: string] {
  if (!first || !ts.isStringLiteralLike(first)) return []
  return [/^\w+/.exec(expression.getText())?.[0] ?? '', first.text]
}

const tests = modulesIn(HERE)
  .filter(path => path.endsWith('.test.ts') && !path.endsWith(`/${ITSELF}`))
  .flatMap(path => testsIn(path).map(name => `${path.slice(HERE.length + 1)}: ${name}`))

const rows = textOf(`${HERE}/README.md`)
  .split('\n')
  .filter(line => line.startsWith('| ') && !/^\| requirement|^\| what happened/.test(line))
  .map(line => line.split('|').map(cell => cell.trim()))
const named = rows.map(cells =>
  cells
    .at(-2)!
    .split('<br>')
    .map(entry => entry.trim().replace(/^`([\w.-]+)`: /, '$1: ')),
)

test('every requirement names its source and a test that is there', () => {
  expect(rows.length).toBeGreaterThan(30)
  for (const [, requirement, source] of rows) expect([requirement, source]).not.toContain('')
  expect(named.flat().filter(name => !tests.includes(name))).toEqual([])
})

test('every test of this folder answers a requirement', () => {
  expect(tests.length).toBeGreaterThan(30)
  expect(tests.filter(name => !named.flat().includes(name))).toEqual([])
})

test('no two tests have the same name', () => {
  expect(tests.filter((name, i) => tests.indexOf(name) !== i)).toEqual([])
})
