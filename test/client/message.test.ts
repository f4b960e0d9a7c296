import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { afterAll, describe, expect } from 'vitest'
import { floe } from '../support/cli.ts'
import { test } from '../support/world.ts'

const dir = mkdtempSync(`${tmpdir()}/floe-message-`)
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('floe lint', () => {
  test('says what is wrong, how to mend it and where that stands, and ends with 1', async ({
    sharedWorld: world,
  }) => {
    const file = `${dir}/mail.eml`
    writeFileSync(file, 'From: a@north.example\nTo: ada@example.com\nSubject: Hi\n\nHi\n')
    const { code, out, err } = await floe(world, ['lint', file])
    expect(code).toBe(1)
    expect(out).toContain('error    list_unsubscribe.missing\n         There is no List-Unsubscribe field.\n')
    expect(out).toContain('https://www.rfc-editor.org/rfc/rfc8058#section-3.1')
    expect(err).toMatch(/^\d+ errors, \d+ warnings, \d+ notes\n$/)
    const { out: lines } = await floe(world, ['lint', '--json', '-'], 'From: a@north.example\n\nHi\n')
    for (const line of lines.trim().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ rule: expect.any(String), severity: expect.any(String) })
  })

  test('ends with 2 for a file that is not there, and with 3 for what is no mail', async ({
    sharedWorld: world,
  }) => {
    expect((await floe(world, ['lint', `${dir}/nowhere.eml`])).code).toBe(2)
    expect((await floe(world, ['lint', '--dkim-keys', `${dir}/nowhere.json`, '-'], 'A: b\n\nc')).code).toBe(2)
    expect((await floe(world, ['lint', '-'], 'Hello')).code).toBe(3)
  })
})

describe('floe probe', () => {
  test('finds nothing to say about a link of ours, and unsubscribes whom it is for', async ({
    sharedWorld: world,
  }) => {
    const { unsubscribeUrl } = await world.links('probe@example.com')
    const link = `${world.url}${new URL(unsubscribeUrl).pathname}`
    const { code, out, err } = await floe(undefined, ['probe', link, '--test-link', '--yes'])
    expect(out).not.toContain('✗')
    expect([code, err.split('\n')[0]]).toEqual([0, '17 of 17 as they should be'])
    expect(await world.check('probe@example.com')).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  test('finds a redirect, a cookie, a refusal of browsers and of bodies, and a server that does not answer', async () => {
    const seen: string[] = []
    const server = createServer((request, response) => {
      const type = request.headers['content-type'] ?? ''
      seen.push(`${request.method} ${type}`)
      if (request.url!.endsWith('/')) response.writeHead(301, { location: '/u' })
      else if (request.method === 'POST' && !type.startsWith('application/x-www')) response.writeHead(415)
      else if (request.headers.origin === 'null') response.destroy()
      else response.setHeader('set-cookie', 'a=b')
      response.end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const link = `http://127.0.0.1:${(server.address() as AddressInfo).port}/u`
    const { code, out } = await floe(undefined, ['probe', link, '--test-link', '--yes', '--json'])
    const outcomes = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    const of = (name: string) => outcomes.find(({ shape }) => shape === name)
    expect(code).toBe(1)
    expect(of('POST, a slash behind the link').faults.join()).toContain('redirects')
    expect(of('POST, multipart')).toMatchObject({
      status: 415,
      faults: [expect.stringContaining('no success')],
    })
    expect(of('POST, of a web mail in a browser')).toMatchObject({
      faults: [expect.stringMatching(/hang up|reset/)],
    })
    expect(of('POST, of a foreign site').faults.join()).toMatch(/cookie.*browser/)
    expect(seen.slice(0, 3).map(line => line.split(' ')[0])).toEqual(['HEAD', 'GET', 'OPTIONS'])
    await new Promise(resolve => server.close(resolve))
  })

  const refusals: [string, string[]][] = [
    ['a link nobody called a test link', ['probe', 'http://127.0.0.1:1/u', '--yes']],
    ['nobody there to ask', ['probe', 'http://127.0.0.1:1/u', '--test-link']],
    ['no link', ['probe', '--test-link', '--yes']],
    ['a link that is none', ['probe', 'mailto:leave@north.example', '--test-link', '--yes']],
  ]
  test.for(refusals)('fires nothing with %s', async ([, args]) => {
    const { code, out, err } = await floe(undefined, args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('--help')
  })
})
