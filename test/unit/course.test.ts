import { describe, expect, test } from 'vitest'
import { Course } from '../../worker/lane/course.ts'

/** A lane whose groups from the first on were sent in epoch 7, and whose database has five of them. */
function course() {
  const one = new Course([{ epoch: 7, first: 1 }])
  expect(one.found(mark(5), undefined, undefined)).toBe('nothing')
  return one
}
const mark = (number: number, epoch = 7) => ({ number, epoch, at: 0 })

describe('what a lane finds in its database', () => {
  test('is a loss when the database was seen with more', () => {
    expect(course().found(mark(4), undefined, undefined)).toBe('lost')
    expect(new Course([]).found(mark(4), undefined, 5)).toBe('lost')
    expect(new Course([]).found(mark(4), { number: 6, epoch: 7 }, undefined)).toBe('lost')
  })

  test('of a group in doubt is that it landed, is still to come, or never will', () => {
    const of = (number: number, epoch = 7) => course().found(mark(number, epoch), { number: 6, epoch: 7 }, 5)
    expect([of(6), of(5), of(6, 8), of(7)]).toEqual(['landed', 'pending', 'void', 'void'])
    const again = new Course([{ epoch: 7, first: 1 }])
    expect(again.found(mark(5), { number: 6, epoch: 7 }, undefined)).toBe('pending')
  })

  test('is where it goes on, in the era it has drawn as long as that is the database’s', () => {
    const one = course()
    const { number, epoch, drawn } = one.take()
    expect([number, drawn]).toEqual([6, true])
    const { eras } = one
    expect(one.found(mark(6, epoch), undefined, undefined)).toBe('nothing')
    expect(one.take()).toEqual({ number: 7, epoch, drawn: false })
    expect(one.eras).toEqual(eras)
  })

  test.for([
    ['another lane wrote', mark(6, 8)],
    ['groups were lost', mark(4)],
  ] as const)('has it draw another era where %s', ([, found]) => {
    const one = course()
    const { epoch } = one.take()
    one.found(found, undefined, undefined)
    expect(one.eras.some(era => era.epoch === found.epoch)).toBe(true)
    const next = one.take()
    expect(next).toMatchObject({ number: found.number + 1, drawn: true })
    expect(next.epoch).not.toBe(epoch)
  })
})
