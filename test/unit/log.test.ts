import { describe, expect, test } from 'vitest'
import { failureLine, requestLine } from '../../core/log.ts'

const thrown = (error: unknown): string => JSON.parse(failureLine('internal', error)).error

describe('what a failure says of people is taken out:', () => {
  test.for<[what: string, message: string, telling: string]>([
    ['an address', '550 no ada@example.com here', 'ada'],
    ['an address in brackets', 'RCPT TO:<ada.lovelace+x@mail.example>', 'lovelace'],
    ['an address with percent signs', 'bad value ada%40example.com', 'ada%40example'],
    ['an IPv4 address', 'from 203.0.113.7 port 25', '203.0.113.7'],
    ['an IPv6 address', 'from 2001:db8::17 port 25', '2001:db8'],
    ['an API key', `floe_IQAAAAEAAAAB${'x'.repeat(59)}`, 'floe_'],
    ['a link', `cannot fetch /u/${'Ab1_'.repeat(10)}`, 'Ab1_Ab1_'],
    ['a hash', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'e3b0c442'],
  ])('%s', ([, message, telling]) => {
    expect(thrown(new Error(message))).not.toContain(telling)
    expect(thrown(new Error('outer', { cause: new Error(message) }))).not.toContain(telling)
    expect(thrown(message)).not.toContain(telling)
  })

  test('the whole message, where a text could not be parsed', () => {
    try {
      JSON.parse('Ada Lovelace')
    } catch (error) {
      expect((error as Error).message).toContain('Ada')
      expect(thrown(error)).toMatch(/^SyntaxError\n\s+at /)
      expect(thrown(error)).not.toContain('Ada')
    }
  })
})

test('what is needed to find a fault stays: message, place, cause', () => {
  const cause = new TypeError("Cannot read properties of undefined (reading 'rows')")
  const text = thrown(new Error('no such table: suppression', { cause }))
  expect(text).toContain('Error: no such table: suppression')
  expect(text).toContain('log.test.ts')
  expect(text).toContain("caused by TypeError: Cannot read properties of undefined (reading 'rows')")
})

test('a chain of causes that never ends, does', () => {
  const error = new Error('again')
  error.cause = error
  expect(thrown(error).match(/again/g)).toHaveLength(4)
})

test('a line is one line of JSON with its level', () => {
  const note = { request: 'r', operation: 'POST /u/:token', ms: 3 }
  expect(JSON.parse(requestLine({ ...note, status: 404 }))).toEqual({
    level: 'info',
    event: 'request',
    ...note,
    status: 404,
  })
  expect(JSON.parse(requestLine({ ...note, status: 503 }))).toMatchObject({ level: 'error' })
  expect(failureLine('import', new Error('two\nlines'), 'r')).not.toContain('\n')
})
