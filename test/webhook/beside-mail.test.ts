import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { request } from '../support/consent.ts'
import { withReceiver } from '../support/receiver.ts'

/** A mail server that takes every connection and never says a word. */
async function openSilentMail() {
  const server = createServer()
  const taken: Socket[] = []
  server.on('connection', socket => {
    socket.on('error', () => undefined)
    taken.push(socket)
    server.emit('taken')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const letGo = () => {
    server.close()
    for (const socket of taken) socket.destroy()
  }
  onTestFinished(letGo)
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    letGo,
    /** Waits for the connection of that number, and returns it. */
    async connection(number: number): Promise<Socket> {
      while (taken.length < number) await once(server, 'taken')
      return taken[number - 1]!
    },
  }
}

test('a webhook is delivered while the mail server holds a mail of the same run and says nothing', async () => {
  const silent = await openSilentMail()
  await withReceiver(
    async ({ world, receiver, endpoint, suppress }) => {
      await request(world, 'bob@example.com')
      // What the sign-up itself tried; the schedule is to try it again.
      await silent.connection(1)
      await world.update('subscription_request', 'mail_due_at = 1')
      await endpoint({ types: ['suppression.added'] })
      await suppress('ada')
      const arrived = new Promise<void>(resolve => {
        receiver.answers((_, answer) => {
          answer.writeHead(204).end()
          resolve()
        })
      })

      let isOver = false
      const run = world.runCron().then(() => {
        isOver = true
      })
      const held = await silent.connection(2)
      let isHeld = true
      held.on('close', () => {
        isHeld = false
      })
      held.resume()
      await arrived
      expect([isHeld, isOver]).toEqual([true, false])
      expect(receiver.received.map(({ event }) => event.type)).toEqual(['suppression.added'])

      silent.letGo()
      await run
      const [[attempts, dueAt]] = (await world.sql(
        'SELECT mail_attempts, mail_due_at FROM subscription_request',
      )) as [[number, number]]
      // The mail is lost neither: it comes due again.
      expect([attempts, dueAt > 1]).toEqual([1, true])
    },
    { MAIL_URL: silent.url, MAIL_FROM: 'confirm@north.example' },
  )
})
