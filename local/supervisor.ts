import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, probe } from './child.ts'

const PROBE_EVERY_MS = 1000
const PROBE_DEADLINE_MS = 5000
const PROBES_MISSED_MAX = 3
/** Answers between two trials, since a service that answers may still not work. */
const PROBES_PER_TRIAL = 10
const TRIALS_MISSED_MAX = 2
const FIRST_DELAY_MS = 100
/** A service that ran this long is restarted with the shortest delay. */
const STEADY_MS = 30_000
const LONGEST_DELAY_MS = 10_000

interface Kept {
  name: string
  url: string
  start: () => Promise<Child>
  works: (() => Promise<boolean>) | undefined
}

/** Keeps services running: it restarts one that ends or stops answering, with a longer delay after each failure. */
export class Supervisor {
  readonly #say: (line: string) => void
  readonly #probeEveryMs: number
  #stopping = false

  constructor(say: (line: string) => void, probeEveryMs = PROBE_EVERY_MS) {
    this.#say = say
    this.#probeEveryMs = probeEveryMs
  }

  /** Starts a service that answers at `url`, and watches it: that it answers and, with `works`, that it works. */
  async keep<T extends Child>(
    name: string,
    url: string,
    start: () => Promise<T>,
    works?: () => Promise<boolean>,
  ): Promise<T> {
    const service = await start()
    void this.#watch({ name, url, start, works }, service)
    return service
  }

  /** Stops restarting services. */
  stop(): void {
    this.#stopping = true
  }

  async #watch({ name, url, start, works }: Kept, first: Child): Promise<void> {
    let delay = FIRST_DELAY_MS
    for (let service = first; ; ) {
      const since = performance.now()
      const why = await Promise.race([service.ended, this.#silence(url, service, works)])
      if (this.#stopping) return
      this.#say(`${name} is gone (${why}); starting it again`)
      await service.stop()
      if (performance.now() - since > STEADY_MS) delay = FIRST_DELAY_MS
      for (let again: Child | undefined; !again; delay = Math.min(delay * 2, LONGEST_DELAY_MS)) {
        await sleep(delay)
        if (this.#stopping) return
        again = await start().catch(error => {
          if (!this.#stopping) this.#say(error instanceof Error ? error.message : String(error))
          return undefined
        })
        if (again) service = again
      }
      if (this.#stopping) return
      this.#say(`${name} is back`)
    }
  }

  /** Resolves when a running service stops answering or working, or ends. */
  async #silence(url: string, service: Child, works?: () => Promise<boolean>): Promise<string> {
    let running = true
    void service.ended.then(() => {
      running = false
    })
    for (let probes = 1, missed = 0, failed = 0; running && !this.#stopping; probes++) {
      await sleep(this.#probeEveryMs)
      const answer = await probe(url, PROBE_DEADLINE_MS)
      if (answer === 'refuses') return 'nobody listens'
      missed = answer === 'answers' ? 0 : missed + 1
      if (missed === PROBES_MISSED_MAX) return 'no answer'
      if (!works || probes % PROBES_PER_TRIAL !== 0) continue
      failed = (await works()) ? 0 : failed + 1
      if (failed === TRIALS_MISSED_MAX) return 'it answers and does not work'
    }
    return service.ended
  }
}
