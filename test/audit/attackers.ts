import { readdirSync, readFileSync } from 'node:fs'
import type { Control } from './controls.ts'

const NAMED = /`test\/([\w/.-]+)`(?:: ((?:\*[^*]+\*(?:, )?)+))?/g

/** Returns the attacks of the page about them as controls, one a line, with the tests it names. */
export function attackers(page = readFileSync('site/content/docs/attackers.md', 'utf8')): Control[] {
  const [, , ...lines] = page.split('\n').filter(line => line.startsWith('|'))
  return lines.map(line => {
    const [who, , , shownBy] = line
      .slice(1, -1)
      .split(' | ')
      .map(cell => cell.trim())
    return {
      refs: '',
      what: who!,
      tests: [...(shownBy ?? '').matchAll(NAMED)].flatMap(([, path, names]) =>
        filesAt(path!).flatMap(file => namesIn(names).map((name): Control['tests'][number] => [file, name])),
      ),
    }
  })
}

const namesIn = (names: string | undefined): string[] =>
  names === undefined ? [''] : [...names.matchAll(/\*([^*]+)\*/g)].map(([, name]) => plain(name!))

/** Returns a name with straight apostrophes, since the page and a test may differ in them. */
export const plain = (name: string): string => name.replaceAll('’', "'")

const filesAt = (path: string): string[] =>
  path.endsWith('/')
    ? readdirSync(`test/${path}`)
        .filter(name => name.endsWith('.test.ts'))
        .map(name => path + name.replace('.test.ts', ''))
    : [path.replace('.test.ts', '')]
