import { expect, test } from 'vitest'
import { FILES, textOf } from '../../local/source.ts'
import manifest from '../../package.json' with { type: 'json' }

const text = textOf('CONTRIBUTING.md')
const quoted = [...text.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`]+)`/g)].map(([, words]) => words!)
const folders = new Set(
  FILES.flatMap(path => path.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))),
)

/** Whether there is such a file or folder; a part in angle brackets may be any. */
function isThere(path: string): boolean {
  const parts = path.split(/<\w+>/).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(`^${parts.join('[\\w-]+')}$`)
  return [...FILES, ...folders].some(each => pattern.test(each))
}

test('whoever begins to work on Floe reads less than 120 lines', () => {
  expect(text.split('\n').length).toBeLessThan(120)
})

test('every file and folder that they are sent to is there', () => {
  const paths = quoted.filter(
    words => /^[\w.<>[\]/-]+$/.test(words) && (/[/.]/.test(words) || folders.has(words)),
  )
  expect(paths.length).toBeGreaterThan(30)
  expect(paths.filter(path => !isThere(path))).toEqual([])
  expect(isThere('worker/<feature>/no-such.ts')).toBe(false)
})

test('every command that they are told to run is one of ours', () => {
  const commands = quoted.flatMap(words => /\bnpm (?:run )?([\w:-]+)/.exec(words)?.[1] ?? [])
  expect(commands.length).toBeGreaterThan(8)
  const known = ['ci', ...Object.keys(manifest.scripts)]
  expect(commands.filter(name => !known.includes(name))).toEqual([])
})
