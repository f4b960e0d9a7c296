import { setTimeout as sleep } from 'node:timers/promises'
import { test as base, openFloe, type World } from './world.ts'

/** A tenant of a Floe whose database calls are recorded, and whose mails go to a provider that accepts them all. */
export interface Watched {
  world: World
  /** Waits until the Worker is idle, runs `act`, and returns the statements it sent, as SQL with placeholders. */
  sentBy(act: () => Promise<unknown>): Promise<string[]>
  mail: {
    /** Waits until `count` mails have come since the tenant was handed out, and returns them. */
    received(count: number): Promise<SentMail[]>
  }
}

/** A mail as sent to its provider. */
export interface SentMail {
  to: string
  text: string
}

/** Answers in a row without a database call after which the Worker counts as idle. */
const QUIET_ANSWERS = 12

/** Starts a Floe of recorded tenants. */
async function openWatched(): Promise<{ next(): Watched; close(): Promise<void> }> {
  const statements: string[] = []
  const mails: SentMail[] = []
  let asking = 0
  const floe = await openFloe({
    bindings: { MAIL_URL: 'postmark://a-server-token', MAIL_FROM: 'confirm@north.example' },
    watch: true,
    async outbound(request) {
      asking++
      const text = await request.text()
      if (new URL(request.url).hostname !== '127.0.0.1') {
        const { To, TextBody } = JSON.parse(text)
        mails.push({ to: To, text: TextBody })
        asking--
        return new Response('{"ErrorCode":0}')
      }
      for (const [, sql] of text.matchAll(/"sql":("(?:[^"\\]|\\.)*")/g)) statements.push(JSON.parse(sql!))
      const init = { method: request.method, headers: request.headers, body: text }
      const answer = await fetch(request.url, init).finally(() => asking--)
      return new Response(await answer.arrayBuffer(), { status: answer.status })
    },
  })
  const quiet = async (world: World) => {
    for (let answers = 0, before = -1; answers < QUIET_ANSWERS; answers++) {
      await sleep(5)
      await (await world.fetch('/healthz')).text()
      if (asking > 0 || statements.length !== before) answers = 0
      before = statements.length
    }
  }
  return {
    close: floe.close,
    next() {
      const world = floe.next()
      const earlier = mails.length
      return {
        world,
        async sentBy(act) {
          await quiet(world)
          const from = statements.length
          await act()
          await quiet(world)
          // The write lane reads its own row after an idle time, which concerns no act.
          return statements.slice(from).filter(sql => !/FROM lane$/.test(sql))
        },
        mail: {
          async received(count) {
            while (mails.length < earlier + count) await sleep(20)
            return mails.slice(earlier)
          },
        },
      }
    },
  }
}

/** A test with a recorded tenant, in its file's Floe. */
export const test = base
  .extend<{ $file: { watchedFloe: { next(): Watched } } }>({
    watchedFloe: [
      async ({}, use) => {
        const floe = await openWatched()
        await use(floe)
        await floe.close()
      },
      { scope: 'file' },
    ],
  })
  .extend<{ watched: Watched }>({
    watched: async ({ watchedFloe }, use) => {
      const watched = watchedFloe.next()
      // A late write of the key's last use, after the answer, would count as sent by the next act.
      await watched.world.update('api_key', 'last_used_at = ?', [Date.now()])
      await use(watched)
    },
  })
