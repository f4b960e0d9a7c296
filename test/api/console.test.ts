import { expect, test } from 'vitest'
import { openWorker } from '../support/worker.ts'

test('operators have a host of their own, which says that nobody can sign in yet, and serves nothing of the public’s', async () => {
  const worker = await openWorker({}, { console: true })
  const { consoleUrl: url } = worker
  try {
    const page = await fetch(`${url}/`)
    expect(page.status).toBe(200)
    const html = await page.text()
    expect(html).toContain('Nobody can sign in yet')
    expect(page.headers.get('set-cookie')).toBeNull()
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none';.* frame-ancestors 'none'$/,
    )
    expect(page.headers.get('x-robots-tag')).toBe('noindex, nofollow')
    const [, sheet] = /href="(\/_assets\/[^"]+\.css)"/.exec(html)!
    const styles = await fetch(`${url}${sheet}`)
    expect(styles.status).toBe(200)
    const known = { 'if-none-match': styles.headers.get('etag')! }
    expect((await fetch(`${url}${sheet}`, { headers: known })).status).toBe(304)
    expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ status: 'ok' })
    const nothing = [
      '/privacy/',
      '/recipient/en/preferences/',
      '/u/x',
      '/v1/check',
      '/openapi.json',
      '/nothing.css',
    ]
    for (const path of nothing) expect([path, (await fetch(`${url}${path}`)).status]).toEqual([path, 404])
    expect((await fetch(`${url}/`, { method: 'HEAD' })).status).toBe(200)
    const posted = await fetch(`${url}/`, { method: 'POST', body: 'email=a' })
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET'])
  } finally {
    await worker.stop()
  }
})
