import { describe, expect, test } from 'vitest'
import { FILES, textOf } from '../../local/source.ts'

const FOLDER = 'site/content/docs/alarms/'
const NAMES = FILES.filter(path => path.startsWith(FOLDER)).map(path =>
  path.slice(FOLDER.length, -'.md'.length),
)
const PARTS = ['Who is affected', 'Is it really that', 'What to do', 'When it is over', 'What to tell']

const pageOf = (name: string) => textOf(`${FOLDER}${name}.md`)
const inOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
/** Returns what a page says that its alarm rises at; undefined where no metric shows it. */
const expressionOf = (name: string): string | undefined => {
  const [, expression] = /^```promql\n([\s\S]*?)^```$/m.exec(pageOf(name)) ?? []
  return expression && inOneLine(expression)
}

/** The rules for Prometheus, read as they are written: a line for each of their fields. */
const RULES = textOf('ops/alerts.yml')
  .split(/^ {6}- /m)
  .slice(1)
  .map(rule => {
    const field = (name: string) => new RegExp(`^ *${name}: '?(.*?)'?$`, 'm').exec(rule)?.[1]
    return {
      alert: field('alert'),
      expression: field('expr'),
      summary: field('summary'),
      runbook: field('runbook_url'),
      hasSeverity: /^ *labels: \{ severity: (?:page|ticket) \}$/m.test(rule),
    }
  })

test('each alarm of the table has its page under its title, and each page its line in the table', () => {
  const table = [...textOf('site/content/docs/watch.md').matchAll(/^\| \[(.+?)\]\(alarms\/(.+?)\.md\) \|/gm)]
  expect(table.map(([, , name]) => name).sort()).toEqual([...NAMES].sort())
  for (const [, title, name] of table) expect(pageOf(name!).split('\n')[0]).toBe(`# ${title}`)
})

describe('the page of an alarm says everything that whoever is on call needs:', () => {
  test.for(NAMES)('%s', name => {
    const [, ...parts] = pageOf(name).split(/^## /m)
    const byTitle = parts
      .map(part => part.split('\n'))
      .map(([title, ...rest]) => [title, rest.join('\n').trim()])
    expect(byTitle.map(([title]) => title)).toEqual(PARTS)
    for (const [title, text] of byTitle) expect(text, title).not.toBe('')
    expect(byTitle[1]![1], 'a command').toMatch(/^```sh\n/m)
    expect(byTitle[2]![1], 'steps').toMatch(/^1\. /)
  })
})

test('each rule leads to the page that has its expression, and each expression of a page has its rule', () => {
  const shown = NAMES.filter(name => expressionOf(name) !== undefined)
  expect(shown.length).toBeGreaterThan(20)
  const wanted = shown.map(name => ({
    alert: `Floe${name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    expression: expressionOf(name),
    summary: pageOf(name).split('\n')[0]!.slice(2),
    runbook: `https://floe.example.com/docs/alarms/${name}/`,
    hasSeverity: true,
  }))
  const sorted = <T extends { runbook: string | undefined }>(rules: T[]) =>
    rules.toSorted((a, b) => (a.runbook! < b.runbook! ? -1 : 1))
  expect(sorted(RULES)).toEqual(sorted(wanted))
})
