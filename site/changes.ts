import { diffArrays, diffWordsWithSpace } from 'diff'

/** Words of a paragraph, and whether they changed in it. */
export interface WordRun {
  text: string
  changed: boolean
}

/** Changes in reading order: removed or added paragraphs, or the number of unchanged ones. */
export type TextChange = { kind: 'same'; count: number } | { kind: 'removed' | 'added'; words: WordRun[] }

/** Returns the paragraphs of a text; headings and list items count as paragraphs. */
export const paragraphsOf = (text: string): string[] =>
  text
    .replace(/^---\n.*?\n---\n/s, '')
    .split(/\n+/)
    .map(line => line.replace(/^(?:#+|-) /, '').trim())
    .filter(line => line !== '')

/** Returns the changes between two texts, by paragraph, and by word within reworded paragraphs. */
export function changesBetween(before: string, after: string): TextChange[] {
  const parts = diffArrays(paragraphsOf(before), paragraphsOf(after))
  return parts.flatMap(({ value, added, removed }, i): TextChange[] => {
    if (!added && !removed) return [{ kind: 'same', count: value.length }]
    // A replacement is listed with the paragraph it replaces.
    if (added && parts[i - 1]?.removed) return []
    const next = parts[i + 1]
    return removed ? replaced(value, next?.added ? next.value : []) : replaced([], value)
  })
}

function replaced(before: string[], after: string[]): TextChange[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, i) => i).flatMap(
    (i): TextChange[] => {
      const [old, now] = [before[i], after[i]]
      const [gone, came] = reworded(old, now)
      return [
        ...(old === undefined ? [] : [{ kind: 'removed' as const, words: gone }]),
        ...(now === undefined ? [] : [{ kind: 'added' as const, words: came }]),
      ]
    },
  )
}

/** Share of common words below which a paragraph counts as new rather than reworded. */
const ALIKE = 0.4

function reworded(old = '', now = ''): [WordRun[], WordRun[]] {
  const words = diffWordsWithSpace(old, now)
  const same = words.reduce((sum, word) => sum + (word.added || word.removed ? 0 : word.value.length), 0)
  if (same < Math.max(old.length, now.length) * ALIKE)
    return [[{ text: old, changed: false }], [{ text: now, changed: false }]]
  return [
    words.filter(word => !word.added).map(word => ({ text: word.value, changed: word.removed })),
    words.filter(word => !word.removed).map(word => ({ text: word.value, changed: word.added })),
  ]
}
