import { describe, expect, test } from 'vitest'
import { changesBetween, paragraphsOf } from '../../site/changes.ts'

const words = (text: string, changed = false) => ({ text, changed })

describe('what changed between two texts', () => {
  test('is told by paragraphs: headings and points for themselves, what stands above the text not at all', () => {
    expect(paragraphsOf('---\nversion: "1"\n---\n\n## Who\n\nWe do.\n\n- One\n- Two\n')).toEqual([
      'Who',
      'We do.',
      'One',
      'Two',
    ])
  })

  test('is nothing where they are the same', () => {
    expect(changesBetween('One.\n\nTwo.\n', 'One.\n\nTwo.\n')).toEqual([{ kind: 'same', count: 2 }])
  })

  test('shows what came and what went', () => {
    expect(changesBetween('A first one.\n\nGone it is.\n', 'A first one.\n')).toEqual([
      { kind: 'same', count: 1 },
      { kind: 'removed', words: [words('Gone it is.')] },
    ])
    expect(changesBetween('A first one.\n', 'A first one.\n\nNew it is.\n')).toEqual([
      { kind: 'same', count: 1 },
      { kind: 'added', words: [words('New it is.')] },
    ])
  })

  test('puts a reworded paragraph beside the one it was, and marks the words', () => {
    expect(changesBetween('It is kept for a year.\n', 'It is kept for a month.\n')).toEqual([
      { kind: 'removed', words: [words('It is kept for a '), words('year', true), words('.')] },
      { kind: 'added', words: [words('It is kept for a '), words('month', true), words('.')] },
    ])
  })

  test('marks no words where a paragraph has become another one', () => {
    expect(changesBetween('Nothing is sold.\n', 'We list the companies we work with.\n')).toEqual([
      { kind: 'removed', words: [words('Nothing is sold.')] },
      { kind: 'added', words: [words('We list the companies we work with.')] },
    ])
  })

  test('leaves out nothing: whoever reads the two sides reads the two texts', () => {
    const before = 'A.\n\nB is here.\n\nC.\n\nD and more of it.\n\nE.\n'
    const after = 'A.\n\nB was here.\n\nX.\n\nD and less of it.\n\nE.\n\nF.\n'
    const side = (kind: 'removed' | 'added', text: string) => {
      let at = 0
      const paragraphs = paragraphsOf(text)
      return changesBetween(before, after).flatMap(change => {
        if (change.kind === 'same') {
          at += change.count
          return paragraphs.slice(at - change.count, at)
        }
        if (change.kind !== kind) return []
        at += 1
        return [change.words.map(word => word.text).join('')]
      })
    }
    expect(side('removed', before)).toEqual(paragraphsOf(before))
    expect(side('added', after)).toEqual(paragraphsOf(after))
  })
})
