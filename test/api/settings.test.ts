import { expect, test } from 'vitest'
import { newSecrets } from '../../local/secrets.ts'
import { openWorker } from '../support/worker.ts'

test('a Worker with a setting that is wrong answers nothing else than that it fails, and its log names the setting', async () => {
  let log = ''
  const worker = await openWorker(
    { BASE_URL: 'https://floe.example.com', TOKEN_KEYS: '1:correct-horse' },
    {
      listen: text => {
        log += text
      },
    },
  )
  try {
    for (const path of ['/healthz', '/readyz', '/v1/check', '/']) {
      const answer = await fetch(`${worker.url}${path}`)
      expect([path, answer.status, await answer.text()]).toEqual([path, 500, 'Internal Server Error'])
    }
    await expect.poll(() => log).toContain('The configuration is not usable: TOKEN_KEYS must be "id:key')
    expect(log).toContain('INDEX_KEY is missing')
    expect(log).not.toContain('correct-horse')
  } finally {
    await worker.stop()
  }
})

test('a floe-app that does not start takes nothing of floe with it, and its callers learn no more than that it is away', async () => {
  const { tokenKeys, indexKey, keyEncryptionKeys } = newSecrets()
  let log = ''
  const worker = await openWorker(
    {
      BASE_URL: 'https://floe.example.com',
      DATABASE_URL: 'http://127.0.0.1:9',
      TOKEN_KEYS: tokenKeys,
      INDEX_KEY: indexKey,
      KEY_ENCRYPTION_KEYS: keyEncryptionKeys,
      MAIL_URL: 'smtp://correct:horse@mail.example',
    },
    {
      listen: text => {
        log += text
      },
    },
  )
  try {
    for (const path of ['/healthz', '/', '/privacy/'])
      expect([path, (await fetch(`${worker.url}${path}`)).status]).toEqual([path, 200])
    for (const path of [
      '/v1/topics',
      '/version',
      '/readyz',
      '/c/x',
      '/metrics',
      '/.well-known/security.txt',
    ]) {
      const answer = await fetch(`${worker.url}${path}`, { headers: { accept: 'application/json' } })
      expect([path, answer.status]).toEqual([path, 503])
      expect(await answer.json()).toMatchObject({ code: 'service.unavailable' })
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
    const page = await fetch(`${worker.url}/c/x`, { headers: { accept: 'text/html' } })
    expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8'])
    await expect.poll(() => log).toContain('ACCESS_KEYS is missing')
    expect(log).toContain('"event":"floe-app"')
    expect(log).not.toContain('horse')
  } finally {
    await worker.stop()
  }
})
