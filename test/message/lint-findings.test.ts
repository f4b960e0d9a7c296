import { expect, test } from 'vitest'
import { textOf } from '../../local/source.ts'
import { RULES } from '../../worker/message/findings.ts'
import { findingsOf, page, WAY } from '../support/linted.ts'

test('each finding that there can be is in the manual, with its severity', () => {
  const told = [...textOf('site/content/docs/findings.md').matchAll(/^\| (`.*`) \| (\w+) \|/gm)].flatMap(
    ([, codes, severity]) => codes!.split(', ').map(code => `${code} ${severity}`),
  )
  expect(told.sort()).toEqual(RULES.map(({ rule, severity }) => `\`${rule}\` ${severity}`).sort())
})

test('a finding tells what was left over, three at most, and no more of each than can be read', async () => {
  const text = `{{a}} {{b}} {{b}} {{c}} {{d}} {{${'e'.repeat(100)}}}`
  const [found] = await findingsOf({ text })
  expect(found).toMatchObject({
    rule: 'body.placeholder',
    message: 'The body has what a template leaves where nothing was put in: {{a}} {{b}} {{c}}.',
  })
  const [long] = await findingsOf({ text: `{{${'e'.repeat(100)}}}` })
  expect(long!.message.length).toBeLessThan(120)
})

test('a body that denies it is told so', async () => {
  const html = page('<p>You cannot unsubscribe.</p>').replace(/<a .*?<\/a>/, '')
  const [denied] = await findingsOf({ html: `${html}<a href="https://x.example/">x</a>` })
  expect(denied!.message).toContain('nobody can unsubscribe')
  const [silent] = await findingsOf({ html: html.replace('You cannot unsubscribe.', WAY.slice(0, 5)) })
  expect(silent!.message).toBe('The body shows no way to unsubscribe.')
})
