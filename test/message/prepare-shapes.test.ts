import { describe, expect } from 'vitest'
import { answered, test } from '../support/world.ts'
import { PARSERS } from './parsers.ts'
import { type ParserName, SHAPES, type Shape } from './shapes.ts'

const bytes = (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1')
const asked = (message: string) => ({
  topic: 'news',
  recipients: [{ address: 'ada@example.com' }],
  rawBase64: bytes(message).toString('base64'),
})
const all = Object.entries(SHAPES)

describe('a message, byte by byte, leaves with a footer in each of its texts, or not at all:', () => {
  const done = all.filter(([, { refused }]) => refused === undefined)
  test.for(done)('%s', async ([, shape], { sharedWorld: world }) => {
    const { messages, notes } = await answered(await world.call('/v1/messages/prepare', asked(shape.message)))
    const sent = Buffer.from(messages[0].rawBase64, 'base64')
    expect(notesIn(notes)).toEqual(Object.keys(shape.notes ?? {}))
    for (const [code, words] of Object.entries(shape.notes ?? {}))
      expect(notes).toContainEqual({ code, message: expect.stringContaining(words) })
    if (shape.kept) expect(sent.toString('latin1')).toContain(bytes(shape.kept).toString('latin1'))
    for (const name of Object.keys(PARSERS) as ParserName[]) {
      const seen = misses(await PARSERS[name](sent), shape, messages[0].unsubscribeUrl)
      expect([name, seen.length > 0]).toEqual([name, shape.otherwise?.[name] !== undefined])
    }
  })

  const refused = all.filter(([, shape]) => shape.refused !== undefined)
  test.for(refused)('%s is refused', async ([, shape], { sharedWorld: world }) => {
    const ask = () => world.call('/v1/messages/prepare', asked(shape.message))
    const answer = await world.writesNothing(ask)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      errors: [{ field: 'rawBase64', message: expect.stringContaining(shape.refused!) }],
    })
  })
})

const notesIn = (notes: { code: string }[]) =>
  notes.map(({ code }) => code).filter(code => !['no_postal_address', 'no_legal_name'].includes(code))

/** Returns the texts in which a parser does not show both the words and the link behind them. */
const misses = (shown: { text: string; html: string }, shape: Shape, url: string): string[] =>
  (['text', 'html'] as const).filter(kind => {
    const words = shape[kind]
    if (words === undefined) return false
    const at = shown[kind].indexOf(words)
    return at < 0 || shown[kind].indexOf(url, at) < 0
  })
