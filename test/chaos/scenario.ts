import { existsSync, readdirSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '../bench/load.ts'
import { type Click, checkOf, freshClicks } from './clicking.ts'
import type { Part, Plant } from './plant.ts'

/** A fault, and how long it lasts at most. `lasts` scales the outages. */
export interface Scenario {
  name: string
  /** Breaks something and mends it again. */
  fault(plant: Plant, lasts: number, random: () => number): Promise<void>
  /** Returns why it cannot run here. */
  impossible?(plant: Plant): string | undefined
}

const killed =
  (...parts: Part[]) =>
  async (plant: Plant, lasts: number, random: () => number): Promise<void> => {
    for (let round = 0; round < 3; round++) {
      await Promise.all(parts.map(part => plant.kill(part)))
      await sleep(lasts * (200 + random() * 600))
      // Databases start first, since a Worker without any cannot look up the owner of a topic.
      for (const part of parts) await plant.start(part)
      await sleep(300 + random() * 500)
    }
  }

/** The scenarios, from no fault to all parts killed. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'nothing', fault: (_, lasts) => sleep(lasts * 2000) },
  { name: 'kill -9 the primary, three times', fault: killed('primary') },
  { name: 'kill -9 the replica, three times', fault: killed('replica') },
  { name: 'kill -9 the Worker, three times', fault: killed('worker') },
  { name: 'kill -9 all of them at once, three times', fault: killed('primary', 'replica', 'worker') },
  {
    name: 'kill -9 the primary, then the Worker, which has acts only in its journal',
    async fault(plant, lasts) {
      await plant.kill('primary')
      await sleep(lasts * 3000)
      await plant.kill('worker')
      await plant.start('worker')
      await sleep(lasts * 1000)
      await plant.start('primary')
    },
  },
  {
    name: 'wedged primary: reads pass, writes hang',
    async fault(plant, lasts) {
      await plant.toPrimary.turn('lets reads through and writes hang')
      await sleep(lasts * 5000)
      await plant.toPrimary.turn('fair')
    },
  },
  {
    name: 'kill -9 the Worker between its journal’s write and the database’s',
    async fault(plant, lasts) {
      await plant.toPrimary.turn('lets reads through and writes hang')
      await sleep(lasts * 3500)
      await plant.kill('worker')
      await plant.start('worker')
      await sleep(lasts * 1500)
      await plant.kill('worker')
      await plant.toPrimary.turn('fair')
      await plant.start('worker')
    },
  },
  {
    name: 'answers lost on the way back, then kill -9 the Worker',
    async fault(plant, lasts) {
      await plant.toPrimary.turn('loses the answer after the database has acted')
      await sleep(lasts * 3000)
      await plant.kill('worker')
      await plant.toPrimary.turn('fair')
      await plant.start('worker')
    },
  },
  {
    name: 'primary stopped for 30 s',
    async fault(plant, lasts) {
      await plant.kill('primary')
      await sleep(lasts * 30_000)
      await plant.start('primary')
    },
  },
  {
    name: 'network cut between Worker and primary',
    async fault(plant, lasts) {
      await plant.toPrimary.turn('takes requests and stays silent')
      await sleep(lasts * 5000)
      await plant.toPrimary.turn('fair')
    },
  },
  {
    name: 'replica 10 s behind, and the primary killed meanwhile',
    async fault(plant, lasts) {
      await plant.toReplica.turn('takes requests and stays silent')
      await sleep(lasts * 10_000)
      await plant.kill('primary')
      await sleep(lasts * 1500)
      await plant.start('primary')
      // A connection that lost bytes must be replaced.
      await plant.toReplica.turn('refuses connections')
      await plant.toReplica.turn('fair')
    },
  },
  {
    name: 'disk full at the primary',
    async fault(plant, lasts) {
      await plant.kill('primary')
      // The limit leaves room for a few hundred clicks, like a full disk.
      await plant.start('primary', { fileLimitKb: Math.ceil(largestFile(plant.primaryDir) / 1024) + 512 })
      await sleep(lasts * 5000)
      await plant.kill('primary')
      await plant.start('primary')
    },
    impossible: () => (existsSync('/bin/bash') ? undefined : 'no bash to set the limit with'),
  },
  {
    name: 'floe-app throws at every request',
    async fault(plant, lasts) {
      await plant.kill('worker')
      await plant.start('worker', { replaced: 'floe-app' })
      const { status } = await fetch(`${plant.url}/version`)
      if (status !== 503) throw new Error(`floe-app answers with ${status}`)
      const [{ address, wire }] = freshClicks(plant, 'without-app', 1) as [Click]
      await ask(plant.url, wire)
      const { body } = await ask(plant.url, checkOf(plant, [address]))
      if (!body.includes('"deny"')) throw new Error(`the check found ${body}`)
      await sleep(lasts * 4000)
      await plant.kill('worker')
      await plant.start('worker')
    },
  },
  {
    name: 'the read lane answers, hangs, throws or is killed, by chance',
    async fault(plant, lasts) {
      await plant.kill('worker')
      await plant.start('worker', { replaced: 'floe-lane' })
      await sleep(lasts * 5000)
      await plant.kill('worker')
      await plant.start('worker')
    },
  },
  {
    name: 'the read lane cut off from the primary, and nobody else',
    async fault(plant, lasts) {
      await plant.toPrimary.turn('lets all through but reads on kept streams')
      await sleep(lasts * 5000)
      if (plant.toPrimary.held() === 0) throw new Error('the read lane asked for nothing')
      await plant.toPrimary.turn('fair')
    },
  },
  {
    name: 'the Worker’s clock set back an hour, then ahead by two, while the primary comes and goes',
    async fault(plant, lasts) {
      for (const offset of [-3_600_000, 3_600_000, 0]) {
        await plant.toPrimary.turn('takes requests and stays silent')
        await sleep(300)
        plant.setClock!(offset)
        await sleep(lasts * 2500)
        await plant.toPrimary.turn('fair')
        await sleep(lasts * 1000)
      }
    },
    impossible: plant => (plant.setClock ? undefined : 'no C compiler to set a clock with'),
  },
]

function largestFile(dir: string): number {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
  return Math.max(0, ...files.map(file => statSync(`${dir}/${file}`).size))
}
