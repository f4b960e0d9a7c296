import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect } from 'vitest'
import { sendRaw } from '../support/raw.ts'
import { openWorld, test } from '../support/world.ts'

describe('a body that comes slowly', () => {
  const head = (path: string, more: string[]) =>
    [`POST ${path} HTTP/1.1`, 'Host: floe.example.com', ...more, '', ''].join('\r\n')

  /** Never an end: a byte now and then. */
  async function* trickle(first: string, piece: string) {
    yield first
    for (let i = 0; i < 60; i++) {
      await sleep(500)
      yield piece
    }
  }

  test('is told so and let go, by whichever door, and writes nothing', async () => {
    let log = ''
    const world = await openWorld({ listen: text => (log += text) })
    try {
      const auth = `Authorization: Bearer ${world.apiKey}`
      const { preferencesUrl, unsubscribeUrl } = await world.links('ada@example.com')
      const doors: [path: string, more: string[], chunked: boolean][] = [
        ['/v1/check', [auth, 'Content-Type: application/json', 'Content-Length: 1000'], false],
        ['/v1/check', [auth, 'Content-Type: application/json', 'Transfer-Encoding: chunked'], true],
        ['/v1/inbound/message', [auth, 'Content-Type: message/rfc822', 'Transfer-Encoding: chunked'], true],
        [
          new URL(preferencesUrl).pathname,
          ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 1000'],
          false,
        ],
        [
          `${new URL(unsubscribeUrl).pathname}/page`,
          ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 1000'],
          false,
        ],
      ]
      const answers = await world.writesNothing(() =>
        Promise.all(
          doors.map(([path, more, chunked]) =>
            sendRaw(world.url, trickle(head(path, more), chunked ? '1\r\n \r\n' : ' ')),
          ),
        ),
      )
      expect(answers.map(({ status }) => status)).toEqual([408, 408, 408, 408, 408])
      expect(answers[0]!.text).toContain('request.too_slow')
      expect(log).not.toContain('"level":"error"')
    } finally {
      await world.close()
    }
  })
})
