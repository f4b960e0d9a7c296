import { describe, expect, test } from 'vitest'
import { tokenAddress, unsubscribeHeaders } from '../../core/unsubscribe-headers.ts'
import * as headers from '../../worker/http/headers.ts'

const TOKEN = 'A'.repeat(39)
const URL_ = `https://floe.example.com/u/${TOKEN}`

describe('the header fields of a mail', () => {
  test('are the pair that RFC 8058 asks for', () => {
    expect(unsubscribeHeaders(URL_, undefined)).toEqual({
      'List-Unsubscribe': `<${URL_}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
  })

  test('name a mailbox second where there is one, with the token after a plus sign', () => {
    const { 'List-Unsubscribe': value } = unsubscribeHeaders(URL_, tokenAddress(TOKEN, 'leave@example.com'))
    expect(value).toBe(`<${URL_}>, <mailto:leave+${TOKEN}@example.com>`)
  })

  test('have no line of over 78 characters while there is no mailbox', () => {
    const { 'List-Unsubscribe': value } = unsubscribeHeaders(URL_, undefined)
    expect(` ${value}`.length).toBeLessThanOrEqual(78)
  })
})

describe('every kind of answer', () => {
  const kinds = Object.entries(headers).filter(([, value]) => typeof value === 'object')

  test.for(kinds)('%s asks for https and says its type is its type', ([, fields]) => {
    expect(fields).toMatchObject({
      'strict-transport-security': expect.stringMatching(/max-age=[0-9]{8}/),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
  })

  test.for(kinds)('%s sets no cookie, and names each field in lower case', ([, fields]) => {
    expect(Object.keys(fields)).toEqual(Object.keys(fields).map(name => name.toLowerCase()))
    expect(Object.keys(fields)).not.toContain('set-cookie')
  })

  test.for(kinds.filter(([name]) => !/^(SITE|DOCS|TEXT|IMMUTABLE)_/.test(name)))(
    '%s is kept by nobody',
    ([, fields]) => {
      expect(fields).toMatchObject({ 'cache-control': 'no-store' })
    },
  )

  test('for mail clients alone may be read by programs from elsewhere', () => {
    const open = kinds.filter(([, fields]) => 'access-control-allow-origin' in fields)
    expect(open.map(([name]) => name)).toEqual(['CLICK_HEADERS'])
  })

  test('with a page allows nothing from elsewhere and no scripts', () => {
    const policy = headers.PAGE_HEADERS['content-security-policy']
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src|unsafe|\*|https?:/)
  })
})
