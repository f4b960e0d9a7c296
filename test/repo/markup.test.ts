import ts from 'typescript'
import { expect, test } from 'vitest'
import { FILES, importsOf, modulesIn, parsed } from '../support/source.ts'

/** The files that hand on markup as it stands, because JSX cannot write it, and what that is. */
const RAW: Record<string, string> = {
  'worker/mail/view.tsx': 'the doctype of a mail',
}

const worker = modulesIn('worker')
const sources = worker.map(parsed)
const MARKUP = /<(?:\/?[a-z][\w-]*(?:[\s/>]|$)|!(?:doctype|--))/i
const ENTITY = /&(?:lt|gt|quot|#39|#x27|apos);/i

/** Returns where the strings and templates of a module hold what a pattern says, each by its line. */
function linesOf(source: ts.SourceFile, pattern: RegExp): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const text = textOf(node)
    if (text !== undefined && pattern.test(text)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
      found.push(`${source.fileName}:${line + 1}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** The text of a string, or of a template with a sign for each part that is filled in. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isTemplateExpression(node)) return undefined
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')
}

const sourceOf = (text: string) => ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true)

test.for([
  ['const a = "<b>"', ['a.ts:1']],
  [`\nconst a = \`<li class="x">\${b}</li>\``, ['a.ts:2']],
  [`const a = (b: string) =>\n  \`\${b}</bdi>\``, ['a.ts:2']],
  ["const a = '<!doctype html>'", ['a.ts:1']],
  [`const a = \`<!--\${b}-->\``, ['a.ts:1']],
  ["const a = '<br'", ['a.ts:1']],
  [`const a = \`Message-ID: <\${b}@example.com>\``, []],
  ["const a = '<https://example.com/>, 1 < 2'", []],
  ['const a = /<li>/.test(b) // <li>', []],
] as const)('of %s the rule finds what is markup', ([text, lines]) => {
  expect(linesOf(sourceOf(text), MARKUP)).toEqual(lines)
})

test('markup stands in view.tsx: no string or template of a Worker holds any', () => {
  const bound = sources.filter(({ fileName }) => !(fileName in RAW))
  expect(bound.flatMap(source => linesOf(source, MARKUP))).toEqual([])
})

test('nothing is escaped by hand', () => {
  expect(sources.flatMap(source => linesOf(source, ENTITY))).toEqual([])
  expect(linesOf(sourceOf("text.replaceAll('<', '&lt;')"), ENTITY)).toEqual(['a.ts:1'])
})

test('and nothing is handed on as it stands but what JSX cannot write', () => {
  const imports = worker.flatMap(importsOf)
  const raw = imports.filter(({ to, names }) => to === 'hono/html' || names.includes('raw'))
  expect([...new Set(raw.map(({ from }) => from))]).toEqual(Object.keys(RAW))
  for (const path of Object.keys(RAW)) {
    expect(linesOf(parsed(path), MARKUP)).toHaveLength(1)
    expect(importsOf(path).find(({ to }) => to === 'hono/html')?.names).toEqual(['raw'])
  }
  const inserted = sources.filter(({ text }) => text.includes('dangerouslySetInnerHTML'))
  expect(inserted.map(({ fileName }) => fileName)).toEqual([])
})

test('a feature has one view, and no other file of JSX', () => {
  const views = FILES.filter(path => path.endsWith('.tsx'))
  expect(views.length).toBeGreaterThan(4)
  expect(views.filter(path => !/^worker\/[a-z-]+\/view\.tsx$/.test(path))).toEqual([])
})
