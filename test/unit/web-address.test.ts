import { expect, test } from 'vitest'
import { urlOf } from '../../core/web-address.ts'

test('a text with letters of Latin-1 is a web address, however often such texts were read before', () => {
  const hosts = new Set(
    Array.from({ length: 100_000 }, () => urlOf('https://b\u00fccher.example/')?.hostname),
  )
  expect([...hosts]).toEqual(['xn--bcher-kva.example'])
})

test.each(['', 'x', 'https://', 'https://a b/', '//a.example', 'https://[::g]/'])(
  '"%s" is no web address',
  text => {
    expect(urlOf(text)).toBeUndefined()
  },
)
