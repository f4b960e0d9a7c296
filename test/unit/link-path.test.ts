import { describe, expect, test } from 'vitest'
import { asMinted } from '../../worker/http/link-path.ts'

const TOKEN = 'IQAAAAFKc0tVq2ZkPz7hJd8m1nVx4yRwBt3LqGs'
const ORIGIN = 'https://floe.example.com'

const read = (written = '') => asMinted(new Request(`${ORIGIN}${written}`)).url.slice(ORIGIN.length)

describe('a link is read as it was minted', () => {
  test.for([
    ['.', '.'],
    ['..', '..'],
    [')', ')'],
    [').', ').'],
    ['>', '%3E'],
    [',', ','],
    [';', ';'],
    ['!', '!'],
    ['*', '*'],
    ["'", "'"],
    ['"', '%22'],
    [']', ']'],
    ['a blank', '%20'],
    ['a blank in a form', '+'],
    ['a line end', '%0D%0A'],
    ['a no-break space', '%C2%A0'],
    ['a zero-width blank', '%E2%80%8B'],
    ['an ellipsis', '%E2%80%A6'],
    ['bytes that are no text', '%ff%fe'],
    ['half a percent code', '%'],
    ['the equals sign of a broken line', '='],
    ['a slash', '/'],
    ['a slash and a bracket', '/)'],
    ['two slashes', '//'],
    ['tracking behind an ampersand', '&utm_source=crm&utm_medium=email'],
    ['tracking in XML', '&amp;utm_source=crm'],
    ['tracking behind an encoded question mark', '%3Futm_source%3Dcrm'],
    ['a session id', ';jsessionid=A1'],
  ])('with %s behind it', ([, end]) => {
    expect(read(`/u/${TOKEN}${end}`).replace(/\/$/, '')).toBe(`/u/${TOKEN}`)
  })

  test.for([
    ['a slash twice', `//u/${TOKEN}`],
    ['a slash twice in the middle', `/u//${TOKEN}`],
    ['a capital', `/U/${TOKEN}`],
    ['a bracket before its token', `/u/%3C${TOKEN}%3E`],
    ['an equals sign before its token', `/u/=${TOKEN}`],
    ['its characters encoded', `/u/${TOKEN.replace('IQ', '%49%51')}.`],
  ])('with %s', ([, written]) => {
    expect(read(written)).toBe(`/u/${TOKEN}`)
  })

  test.for(['u', 'p', 'c', 'a', 'r'])('of each kind: /%s/', kind => {
    expect(read(`//${kind.toUpperCase()}/${TOKEN}).`)).toBe(`/${kind}/${TOKEN}`)
  })

  test('with its query, which tells pages what was done', () => {
    expect(read(`/p/${TOKEN}.?done=topics&utm_source=crm`)).toBe(`/p/${TOKEN}?done=topics&utm_source=crm`)
  })

  test('and its body, method and fields are the request’s', async () => {
    const asked = new Request(`${ORIGIN}/u/${TOKEN}.`, {
      method: 'POST',
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    const minted = asMinted(asked)
    expect(minted.method).toBe('POST')
    expect(minted.headers.get('content-type')).toBe('application/x-www-form-urlencoded')
    expect(await minted.text()).toBe('List-Unsubscribe=One-Click')
  })
})

describe('a press on a page stays the act it was, for the link alone would be another', () => {
  test.for([
    [`/u/${TOKEN}./undo`, `/u/${TOKEN}/undo`],
    [`/u/${TOKEN}/undo)`, `/u/${TOKEN}/undo`],
    [`/u/${TOKEN}%2Fundo`, `/u/${TOKEN}/undo`],
    [`/u/${TOKEN}%5Cundo`, `/u/${TOKEN}/undo`],
    [`/u/${TOKEN}/undone`, `/u/${TOKEN}/undone`],
    [`//c/${TOKEN}/cancel.`, `/c/${TOKEN}/cancel`],
    [`/C/${TOKEN}%20/cancel`, `/c/${TOKEN}/cancel`],
    [`/r/${TOKEN}.//refuse`, `/r/${TOKEN}/refuse`],
  ])('%s', ([written, minted]) => {
    expect(read(written)).toBe(minted)
  })
})

describe('what is no link stays as it is', () => {
  test.for([
    '/',
    '/u',
    '/u/',
    '/u//',
    '/u/%20',
    '/users/1',
    '/v1/check.',
    '//v1/check',
    '/privacy/1.',
    '/up/x.',
    `/u/${TOKEN}`,
    `/u/${TOKEN}/`,
    `/u/${TOKEN}/undo`,
    `/u/${TOKEN}/undo/more)`,
    `//evil.example/u/${TOKEN}`,
    `/x/u/${TOKEN}.`,
  ])('%s', written => {
    const asked = new Request(`${ORIGIN}${written}`)
    expect(asMinted(asked)).toBe(asked)
  })
})
