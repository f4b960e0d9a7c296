import { setTimeout as sleep } from 'node:timers/promises'
import { Response } from 'miniflare'
import { openWorld, type World, type WorldOptions } from './world.ts'

/** A Floe whose every question to the database is seen, and whose mails go to a provider that takes them all. */
export interface Watched {
  world: World
  /** Waits until nothing is under way, runs `act`, and returns the statements it sent, as SQL with places for its values. */
  sentBy(act: () => Promise<unknown>): Promise<string[]>
  mail: {
    /** Waits until `count` mails have come and returns them. */
    received(count: number): Promise<SentMail[]>
  }
}

/** A mail as its provider was given it. */
export interface SentMail {
  to: string
  text: string
}

const QUIET_MS = 150

/** Starts one. */
export async function openWatched(options: WorldOptions = {}): Promise<Watched> {
  const statements: string[] = []
  const mails: SentMail[] = []
  const world = await openWorld({
    ...options,
    bindings: {
      MAIL_URL: 'postmark://a-server-token',
      MAIL_FROM: 'confirm@north.example',
      ...options.bindings,
    },
    async outbound(request) {
      const text = await request.text()
      if (new URL(request.url).hostname !== '127.0.0.1') {
        const { To, TextBody } = JSON.parse(text)
        mails.push({ to: To, text: TextBody })
        return new Response('{"ErrorCode":0}')
      }
      for (const [, sql] of text.matchAll(/"sql":("(?:[^"\\]|\\.)*")/g)) statements.push(JSON.parse(sql!))
      const headers = [...request.headers] as [string, string][]
      const answer = await fetch(request.url, { method: request.method, headers, body: text })
      return new Response(await answer.arrayBuffer(), { status: answer.status })
    },
  })
  const quiet = async () => {
    for (let before = -1; before !== statements.length; ) {
      before = statements.length
      await sleep(QUIET_MS)
    }
  }
  return {
    world,
    async sentBy(act) {
      await quiet()
      const from = statements.length
      await act()
      // The write lane looks its own row up when it has been still for a while: that has to do with nobody.
      return statements.slice(from).filter(sql => !/FROM lane$/.test(sql))
    },
    mail: {
      async received(count) {
        while (mails.length < count) await sleep(20)
        return [...mails]
      },
    },
  }
}
