import { describe, expect } from 'vitest'
import { linkTextOf } from '../../core/token.ts'
import { appSettings } from '../../worker/app-settings.ts'
import { answered, test, testWith, type World } from '../support/world.ts'
import { foldedLines } from './client.ts'

const LONGEST_HOST = `${'a'.repeat(21)}.com`
const RECIPIENTS = ['ada@example.com', 'jörg@bücher.example', `${'x'.repeat(200)}@example.com`]

const fieldsFor = async (world: World, more: object = {}): Promise<Record<string, string>[]> => {
  const input = { topic: 'news', recipients: RECIPIENTS, ...more }
  const { links } = await answered(await world.call('/v1/links', input))
  return links.map((link: { headers: Record<string, string> }) => link.headers)
}

const setMailbox = (world: World, mailbox: string | null) =>
  world.update('workspace', 'unsubscribe_mailbox = ?', [mailbox], `number = ${world.workspace}`)

const testAtLongestOrigin = testWith({ bindings: { BASE_URL: `https://${LONGEST_HOST}` } })

function expectShortPlainLines(fields: Record<string, string>): void {
  for (const [name, value] of Object.entries(fields)) {
    expect(value).toMatch(/^[\x20-\x7e]+$/)
    for (const line of foldedLines(name, value)) expect(line.length, line).toBeLessThanOrEqual(78)
  }
}

describe('the header fields a sender is given', () => {
  test('are one List-Unsubscribe with exactly one https address and one List-Unsubscribe-Post of fixed words', async ({
    sharedWorld: world,
  }) => {
    for (const fields of await fieldsFor(world)) {
      expect(Object.keys(fields)).toEqual(['List-Unsubscribe', 'List-Unsubscribe-Post'])
      expect(fields['List-Unsubscribe']).toMatch(/^<https:\/\/floe\.example\.com\/u\/[\w-]{39}>$/)
      expect(fields['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    }
  })

  test('name the https address first and one mailto second when the workspace takes mail', async ({
    world,
  }) => {
    await setMailbox(world, 'leave@example.com')
    for (const { 'List-Unsubscribe': value } of await fieldsFor(world)) {
      const [, link, token] =
        /^<https:\/\/floe\.example\.com\/u\/([\w-]{39})>, <mailto:leave\+([a-z0-9]{47})@example\.com>$/.exec(
          value!,
        )!
      expect(linkTextOf(token!)).toBe(link)
    }
  })

  testAtLongestOrigin(
    'keep every line within 78 plain ASCII characters at the longest origin there may be',
    async ({ sharedWorld: world }) => {
      for (const fields of await fieldsFor(world)) {
        expect(fields['List-Unsubscribe']).toContain(LONGEST_HOST)
        expectShortPlainLines(fields)
      }
    },
  )

  testAtLongestOrigin.for([
    'leave@example.com',
    'unsubscribe-from-everything@lists.example.com',
    'abmelden@bücher.example',
    'lösch@example.com',
  ])('keep every line within 78 plain ASCII characters with the mailbox %s', async (mailbox, { world }) => {
    await setMailbox(world, mailbox)
    for (const fields of await fieldsFor(world)) expectShortPlainLines(fields)
  })

  test.for([1, 4, 5, 8])(
    'keep every line within 78 plain ASCII characters with a message reference of %s characters, or are refused',
    async (length, { world }) => {
      for (const mailbox of [null, 'leave@example.com', 'unsubscribe@lists.example.com']) {
        await setMailbox(world, mailbox)
        const input = { topic: 'news', recipients: RECIPIENTS, messageRef: 'm'.repeat(length) }
        const answer = await world.call('/v1/links', input)
        if (answer.status === 200) {
          for (const { headers } of (await answered(answer)).links) expectShortPlainLines(headers)
        } else {
          expect(await answer.json()).toMatchObject({ errors: [{ field: 'messageRef' }] })
        }
      }
    },
  )

  test('are never of an origin that is longer, or of plain http', () => {
    const key = Buffer.alloc(32, 1).toString('base64url')
    const settings = (BASE_URL: string) =>
      appSettings({
        BASE_URL,
        DATABASE_URL: 'https://floe-db.example.com',
        TOKEN_KEYS: `1:${key}`,
        ACCESS_KEYS: `1:${key}`,
        INDEX_KEY: key,
        DATA_KEY: key,
        RECEIPT_KEYS: `1:${key}`,
        MAIL_URL: 'none:',
        SENDS_MAIL: 'false',
      })
    expect(settings(`https://${LONGEST_HOST}`).baseUrl).toBe(`https://${LONGEST_HOST}`)
    expect(() => settings(`https://a${LONGEST_HOST}`)).toThrow(/BASE_URL .* at most 33 characters/)
    expect(() => settings('http://floe.example.com')).toThrow(/BASE_URL must be https/)
  })
})
