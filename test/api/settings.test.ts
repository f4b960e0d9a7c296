import { expect, test } from 'vitest'
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
