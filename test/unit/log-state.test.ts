import { describe, expect, test } from 'vitest'
import { LogState } from '../../worker/lane/log-state.ts'

/** A lane whose groups from the first on were sent in term 7, and whose database has five of them. */
function course() {
  const one = new LogState([{ term: 7, first: 1 }])
  expect(one.found(mark(5), undefined, undefined)).toBe('nothing')
  return one
}
const mark = (index: number, term = 7) => ({ index, term, at: 0 })

describe('what a lane finds in its database', () => {
  test('is a loss when the database was seen with more', () => {
    expect(course().found(mark(4), undefined, undefined)).toBe('lost')
    expect(new LogState([]).found(mark(4), undefined, 5)).toBe('lost')
    expect(new LogState([]).found(mark(4), { index: 6, term: 7 }, undefined)).toBe('lost')
  })

  test('of a group in doubt is that it landed, is still to come, or never will', () => {
    const of = (index: number, term = 7) => course().found(mark(index, term), { index: 6, term: 7 }, 5)
    expect([of(6), of(5), of(6, 8), of(7)]).toEqual(['landed', 'pending', 'void', 'void'])
    const again = new LogState([{ term: 7, first: 1 }])
    expect(again.found(mark(5), { index: 6, term: 7 }, undefined)).toBe('pending')
  })

  test('is where it goes on, in the term it has drawn as long as that is the database’s', () => {
    const one = course()
    const { index, term, drawn } = one.take()
    expect([index, drawn]).toEqual([6, true])
    const { terms } = one
    expect(one.found(mark(6, term), undefined, undefined)).toBe('nothing')
    expect(one.take()).toEqual({ index: 7, term, drawn: false })
    expect(one.terms).toEqual(terms)
  })

  test.for([
    ['another lane wrote', mark(6, 8)],
    ['groups were lost', mark(4)],
  ] as const)('has it draw another term where %s', ([, found]) => {
    const one = course()
    const { term } = one.take()
    one.found(found, undefined, undefined)
    expect(one.terms.some(term => term.term === found.term)).toBe(true)
    const next = one.take()
    expect(next).toMatchObject({ index: found.index + 1, drawn: true })
    expect(next.term).not.toBe(term)
  })
})
