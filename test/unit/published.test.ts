import { describe, expect, test } from 'vitest'
import published from '../../site/content/notices/published.json' with { type: 'json' }
import { checkPublished, digestOf, type NoticeFile } from '../../site/published.ts'
import { FILES, textOf } from '../support/source.ts'

const FOLDER = 'site/content/notices/'
const file = (path: string, more: Partial<NoticeFile> = {}): NoticeFile => ({
  path,
  text: `The text of ${path}.\n`,
  version: path.match(/\d+/)?.[0] ?? '',
  effective: new Date(`2026-0${path.match(/\d/)?.[0] ?? 1}-01`),
  language: path.match(/\/([a-z-]+)\.md$/)?.[1] ?? 'en',
  ...more,
})
const lockOf = (files: NoticeFile[]) =>
  Object.fromEntries(files.map(({ path, text }) => [path, digestOf(text)]))
const FILES_PUBLISHED = [file('privacy/1.md'), file('privacy/2.md'), file('privacy/2/de.md')]
const LOCK = lockOf(FILES_PUBLISHED)

describe('what was published', () => {
  test('may be built as long as every text is as it was', () => {
    expect(() => checkPublished(FILES_PUBLISHED, LOCK)).not.toThrow()
  })

  test('is the same text on a machine that ends lines in its own way', () => {
    const [first, ...rest] = FILES_PUBLISHED
    const windows = { ...first!, text: first!.text.replaceAll('\n', '\r\n') }
    expect(() => checkPublished([windows, ...rest], LOCK)).not.toThrow()
  })

  const [one, two, de] = FILES_PUBLISHED as [NoticeFile, NoticeFile, NoticeFile]
  test.for<[what: string, files: NoticeFile[], message: string]>([
    [
      'one that was changed, which a new version is for',
      [{ ...one, text: `${one.text} ` }, two, de],
      'privacy/1.md has changed since it was published. Take the change back and publish a new version',
    ],
    ['a translation that was changed', [one, two, { ...de, text: 'Neu\n' }], 'privacy/2/de.md has changed'],
    ['one that is gone', [two, de], 'privacy/1.md was published and is gone'],
    [
      'one that nobody published, and says how to',
      [...FILES_PUBLISHED, file('privacy/3.md')],
      `To publish it, add "privacy/3.md": "${digestOf('The text of privacy/3.md.\n')}"`,
    ],
  ])('refuses %s', ([, files, message]) => {
    expect(() => checkPublished(files, LOCK)).toThrow(message)
  })

  test.for<[what: string, files: NoticeFile[], message: string]>([
    ['a version other than its name', [file('privacy/1.md', { version: '2' })], 'says that it is version 2'],
    [
      'the same version twice',
      [file('privacy/1.md'), file('privacy/01.md', { version: '1' })],
      'privacy/01.md',
    ],
    ['another language than its name', [file('privacy/2/de.md', { language: 'fr' })], 'its language is fr'],
    ['no date', [file('privacy/1.md', { effective: new Date('soon') })], 'no date'],
    [
      'a date before that of the version before',
      [one, file('privacy/2.md', { effective: new Date('2025-12-31') })],
      'privacy/2.md is not later than version 1',
    ],
    ['a name that is no version', [file('privacy/new.md', { version: '3' })], 'says that it is version 3'],
  ])('refuses a text with %s, published or not', ([, files, message]) => {
    expect(() => checkPublished(files, lockOf(files))).toThrow(message)
  })
})

test('every text that is there is published with its own digest', () => {
  const texts = FILES.filter(path => path.startsWith(FOLDER) && path.endsWith('.md'))
  expect(Object.fromEntries(texts.map(path => [path.slice(FOLDER.length), digestOf(textOf(path))]))).toEqual(
    published,
  )
})
