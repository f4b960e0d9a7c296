import { expect, test } from 'vitest'
import { PICTURE_FILE, picture, withPicture } from '../../local/house.ts'
import { textOf } from '../../local/source.ts'

const drawn = picture()

test('the picture of the house is what the imports say; `npm run house` draws it', () => {
  const text = textOf(PICTURE_FILE)
  expect(withPicture(text, drawn)).toBe(text)
})

test('the picture shows every feature and every floor by its own name', () => {
  for (const name of ['client', 'ops', 'entries', 'features', 'worker/http', 'worker/lane', 'db', 'core'])
    expect(drawn).toMatch(
      new RegExp(`^  subgraph \\w+\\["[^"]+"\\];(?: \\S+ ~~~)* ${name}(?: ~~~ \\S+)*; end$`, 'm'),
    )
  // Arrows of which everybody knows: entries put features together, and sign-ups are mailed.
  expect(drawn).toMatch(/^ {2}entries --> features\b/m)
  expect(drawn).toMatch(/^ {2}subscription --> .*\bmail\b/m)
})
