import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import type { Child } from '../../local/child.ts'
import { Supervisor } from '../../local/supervisor.ts'

/** Something that answers, and can be ended. */
async function startAnswering(): Promise<Child & { url: string; stopped: () => boolean }> {
  const server = createServer((_, response) => response.end())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  let stopped = false
  let end: (why: string) => void = () => undefined
  const ended = new Promise<string>(resolve => {
    end = resolve
  })
  return {
    pid: 0,
    ended,
    process: undefined as never,
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    stopped: () => stopped,
    async stop() {
      stopped = true
      server.close()
      end('told to')
    },
  }
}

test('what answers and does not work is started again, and what works is left alone', async () => {
  const said: string[] = []
  const supervisor = new Supervisor(line => said.push(line))
  const [wedged, sound] = await Promise.all([startAnswering(), startAnswering()])
  const again = await startAnswering()
  let starts = 0
  await supervisor.keep(
    'primary',
    wedged.url,
    async () => (starts++ === 0 ? wedged : again),
    async () => starts > 1,
  )
  await supervisor.keep(
    'other',
    sound.url,
    async () => sound,
    async () => true,
  )
  await expect
    .poll(() => said, { timeout: 40_000, interval: 200 })
    .toEqual(['primary is gone (it answers and does not work); starting it again', 'primary is back'])
  expect([wedged.stopped(), sound.stopped(), starts]).toEqual([true, false, 2])
  supervisor.stop()
  await Promise.all([again.stop(), sound.stop()])
})
