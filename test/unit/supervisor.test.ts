import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import type { Child } from '../../local/child.ts'
import { Supervisor } from '../../local/supervisor.ts'

/** Something that answers, on a port of its own choice or on a given one, and can be ended. */
async function startAnswering(port = 0): Promise<Child & { url: string; stopped: () => boolean }> {
  const server = createServer((_, response) => response.end())
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
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
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      end('told to')
    },
  }
}

test('what answers and does not work is started again, and what works is left alone', async () => {
  const said: string[] = []
  const supervisor = new Supervisor(line => said.push(line), 20)
  const [wedged, sound] = await Promise.all([startAnswering(), startAnswering()])
  let again = wedged
  let starts = 0
  await supervisor.keep(
    'primary',
    wedged.url,
    async () => {
      // What is started again answers where the first did.
      if (starts++ > 0) again = await startAnswering(Number(new URL(wedged.url).port))
      return again
    },
    async () => starts > 1,
  )
  await supervisor.keep(
    'other',
    sound.url,
    async () => sound,
    async () => true,
  )
  await expect
    .poll(() => said, { timeout: 40_000 })
    .toEqual(['primary is gone (it answers and does not work); starting it again', 'primary is back'])
  expect([wedged.stopped(), sound.stopped(), starts]).toEqual([true, false, 2])
  supervisor.stop()
  await Promise.all([again.stop(), sound.stop()])
})
