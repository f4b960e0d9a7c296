import { describe, expect, test } from 'vitest'
import { parseKeyring } from '../../core/keys.ts'
import { nextKeyring } from '../../ops/next-keyring.ts'

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64url')
const ring = (...ids: number[]) => ids.map(id => `${id}:${key(id)}`).join()
const next = (text: string) => nextKeyring(text, () => key(99))

describe('the next keyring', () => {
  test.for<[before: number[], step: string, after: string]>([
    [[1], 'added', `${ring(1)},2:${key(99)}`],
    [[0], 'added', `${ring(0)},1:${key(99)}`],
    [[1, 2], 'promoted', ring(2, 1)],
    [[2, 1], 'added', `${ring(2, 1)},3:${key(99)}`],
    [[2, 1, 3], 'promoted', ring(3, 2, 1)],
    [[5, 1], 'added', `${ring(5, 1)},6:${key(99)}`],
    [[1, 5, 2], 'added', `${ring(1, 5, 2)},6:${key(99)}`],
  ])('of %j: a key is %s', ([before, step, after]) => {
    expect(next(ring(...before))).toMatchObject({ step, text: after })
  })

  test('keeps every key there was, and uses none that was not known for a whole step', () => {
    let text = ring(1)
    for (let i = 0; i < 40 && Math.max(...parseKeyring(text)!.map(({ id }) => id)) < 31; i++) {
      const after = nextKeyring(text).text
      const [known, now] = [parseKeyring(text)!, parseKeyring(after)!]
      for (const entry of known) expect(now).toContainEqual(entry)
      expect(known).toContainEqual(now[0])
      text = after
    }
  })

  test.for([
    ['nothing', ''],
    ['a bare key', key(1)],
    ['a cut key', `1:${key(1).slice(1)}`],
    ['two keys of one number', `${ring(1)},${ring(1)}`],
    ['a ring whose numbers are used up', ring(31, 1)],
  ])('is refused of %s', ([, text]) => {
    expect(() => next(text!)).toThrow(/^it (is not|has had)/)
  })
})
