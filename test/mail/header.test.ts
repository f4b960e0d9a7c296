import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { mailboxField, mailDate, textField } from '../../worker/mail/header.ts'

const FAMILY = '👩‍👩‍👧'

const subjects: [string, string][] = [
  ['ASCII', 'Please confirm'],
  ['nothing', ''],
  ['umlauts', 'Möchten Sie Post?'],
  ['emoji at every place a word could end', FAMILY.repeat(12)],
  ['one letter and emoji, which shifts each split by one byte', `x${FAMILY.repeat(12)}`],
  ['Arabic', 'هل تريد أن تكتب إليك شركة الشمال؟ '.repeat(3).trim()],
  ['Japanese', '登録の確認をお願いいたします。'.repeat(4)],
  ['long ASCII', 'Shall we write to you? '.repeat(20).trim()],
  ['a long word without a space', 'a'.repeat(300)],
  ['what looks like an encoded word', '=?UTF-8?B?ZXZpbA==?='],
  ['quotes and backslashes', 'He said "no" \\ twice'],
  ['spaces at both ends', '  a  é  '],
]

describe('a subject comes out of the field as it went in', () => {
  test.each(subjects)('%s', async (_, subject) => {
    const read = await PostalMime.parse(`${textField('Subject', subject)}\r\n\r\n`)
    expect(read.subject ?? '').toBe(subject)
  })
})

describe('a field is of short lines of ASCII, in words of at most 75 characters', () => {
  test.each(subjects)('%s', (_, subject) => {
    for (const field of [
      textField('Subject', subject),
      mailboxField('From', { name: subject, address: `confirm@${'x'.repeat(50)}.example` }),
    ]) {
      expect(field).toMatch(/^[\x20-\x7e\r\n]*$/)
      expect(field.split('\r\n').filter(line => line.length > 78 || /[\r\n]/.test(line))).toEqual([])
      for (const [word] of field.matchAll(/=\?\S*\?=/g)) expect(word.length).toBeLessThanOrEqual(75)
    }
  })
})

test('no encoded word ends within a character, since some readers decode each by itself', () => {
  const field = textField('Subject', `x${FAMILY.repeat(12)}`)
  const words = [...field.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)]
  expect(words.length).toBeGreaterThan(3)
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  expect(words.map(([, base64]) => decoder.decode(Buffer.from(base64!, 'base64'))).join('')).toBe(
    `x${FAMILY.repeat(12)}`,
  )
})

test.each([
  ['North & Co.', '"North & Co." <a@b.example>'],
  ['Bob "The Mailer" O\\', '"Bob \\"The Mailer\\" O\\\\" <a@b.example>'],
  ['Smith, J. <evil@attacker.example>', '"Smith, J. <evil@attacker.example>" <a@b.example>'],
  ['Café', '=?UTF-8?B?Q2Fmw6k=?=\r\n <a@b.example>'],
  ['=?UTF-8?Q?x?=', '=?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?=\r\n <a@b.example>'],
])('the name %s names nobody else', (name, value) => {
  expect(mailboxField('From', { name, address: 'a@b.example' })).toBe(`From: ${value}`)
})

test('a date is as RFC 5322 writes it', () => {
  expect(mailDate(Date.UTC(2026, 10, 1, 9, 5, 7))).toBe('Sun, 01 Nov 2026 09:05:07 +0000')
})
