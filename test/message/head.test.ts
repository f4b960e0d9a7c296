import { expect, test } from 'vitest'
import { rewriteTexts } from '../../worker/message/rewrite.ts'

test('a header with half a line end in it is refused, also where the body is said to be binary', () => {
  for (const end of ['\r', '\n']) {
    const head = `From: a@b.example${end}List-Unsubscribe: <https://b.example>\r\nContent-Transfer-Encoding: binary`
    expect(() => rewriteTexts(`${head}\r\n\r\nHi`, (_, text) => text)).toThrow('bare_cr')
  }
})
