import { setTimeout as sleep } from 'node:timers/promises'
import { addressHash } from '../../core/address.ts'
import { toHex } from '../../core/bytes.ts'
import { mintToken } from '../../core/token.ts'
import { Caller, type Wire, wire } from '../bench/load.ts'
import type { Plant } from './plant.ts'

const CLICKERS = 16
const CHECKERS = 2
/** Timeout of a mail client. */
const DEADLINE_MS = 5000
/** Recipients of one check who have left; one who never did is added. */
const LEFT_PER_CHECK = 20

/** A recipient who clicks. */
export interface Click {
  address: string
  /** Address id in hex. */
  id: string
  wire: Wire
  /** Time of its answer with 200; undefined without one. */
  acknowledged: number | undefined
}

/** Observations from outside. */
export interface Seen {
  clicks: Click[]
  refused: number
  checks: number
  /** Checks answered 503 or not at all, which is allowed. */
  unanswered: number
  /** Answers `allow` for recipients whose click was acknowledged before the check was sent. */
  stale: number
  /** Answers `deny` for recipients who never left. */
  wrongDenies: number
  healthyMs: number[]
  brokenMs: number[]
}

/** Returns a random generator with a seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Makes the links of recipients who have never clicked. */
export function freshClicks(plant: Plant, prefix: string, count: number): Click[] {
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  return Array.from({ length: count }, (_, i) => {
    const address = `${prefix}-${i}@example.com`
    const addressId = plant.indexes.tenant(plant.tenant).id(addressHash(address))
    const claim = { topic: plant.topics.news, addressId, ref: new Uint8Array() }
    const path = `/u/${mintToken(plant.keyring, 'unsubscribe', claim)}`
    const click = wire('POST', path, 'List-Unsubscribe=One-Click', type)
    return { address, id: toHex(addressId), wire: click, acknowledged: undefined }
  })
}

/**
 * Clicks once for each recipient, evenly over `forMs`, and meanwhile checks those whose click was acknowledged. `broken`
 * tells whether the fault is active.
 */
export async function clickAndCheck(
  plant: Plant,
  clicks: Click[],
  { forMs, broken, random }: { forMs: number; broken(): boolean; random(): number },
): Promise<Seen> {
  const seen: Seen = {
    clicks,
    refused: 0,
    checks: 0,
    unanswered: 0,
    stale: 0,
    wrongDenies: 0,
    healthyMs: [],
    brokenMs: [],
  }
  const left: Click[] = []
  const begin = performance.now()
  let next = 0
  let clicking = CLICKERS

  async function clicker(): Promise<void> {
    let caller = new Caller(plant.url, DEADLINE_MS)
    while (next < clicks.length) {
      const at = next++
      await sleep(Math.max(0, begin + (forMs * at) / clicks.length - performance.now()))
      const click = clicks[at]!
      const wasBroken = broken()
      const sent = performance.now()
      try {
        const { status } = await caller.send(click.wire)
        if (status === 200) {
          click.acknowledged = performance.now()
          left.push(click)
        } else seen.refused++
      } catch {
        seen.refused++
        caller.close()
        caller = new Caller(plant.url, DEADLINE_MS)
      }
      const list = wasBroken || broken() ? seen.brokenMs : seen.healthyMs
      list.push(performance.now() - sent)
    }
    caller.close()
    clicking--
  }

  async function checker(name: number): Promise<void> {
    let caller = new Caller(plant.url, DEADLINE_MS)
    for (let n = 0; clicking > 0; n++) {
      await sleep(5 + random() * 10)
      if (left.length === 0) continue
      // Newest clicks are most likely missed, older ones may be lost, so both are checked.
      const some = Array.from({ length: LEFT_PER_CHECK }, (_, i) => {
        const back = i < LEFT_PER_CHECK / 2 ? random() * Math.min(left.length, 40) : random() * left.length
        return left[left.length - 1 - Math.floor(back)]!
      })
      seen.checks++
      try {
        const answer = await caller.send(
          checkOf(plant, [...some.map(({ address }) => address), `never-${name}-${n}@example.com`]),
        )
        if (answer.status !== 200) {
          seen.unanswered++
          continue
        }
        const { results } = JSON.parse(answer.body.toString()) as { results: { decision: string }[] }
        const stayed = results.pop()
        seen.stale += results.filter(({ decision }) => decision !== 'deny').length
        if (stayed?.decision !== 'allow') seen.wrongDenies++
      } catch {
        seen.unanswered++
        caller.close()
        caller = new Caller(plant.url, DEADLINE_MS)
      }
    }
    caller.close()
  }

  const checkers = Array.from({ length: CHECKERS }, (_, i) => checker(i))
  await Promise.all(Array.from({ length: CLICKERS }, clicker))
  await Promise.all(checkers)
  return seen
}

/** Returns a sender's check. */
export const checkOf = (plant: Plant, addresses: string[]): Wire =>
  wire('POST', '/v1/check', JSON.stringify({ topic: 'news', addresses }), {
    'content-type': 'application/json',
    authorization: `Bearer ${plant.apiKey}`,
  })
