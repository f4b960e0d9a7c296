import { expect } from 'vitest'
import { exported, saidOf } from '../support/list.ts'
import { seeded } from '../support/seeded.ts'
import { answered, test, type World } from '../support/world.ts'

const EPISODES = 120
const ACTS = 9
const SCOPES = ['workspace', 'tenant', 'topic'] as const
const REASONS = ['imported', 'manual', 'unsubscribed', 'complained'] as const
const SINCE = ['', '2025-06-01T00:00:00.000Z']
const COLUMNS = 'address,id,scope,topic,reason,source,since,until'

interface Brought {
  name: string
  key?: string
}

/** Who said that a recipient is suppressed, by recipient, scope and reason; what a sibling said of its own scopes is left out. */
class Said {
  readonly #by = new Map<string, Set<string>>()

  say(suppression: string, who: string): void {
    this.#by.set(suppression, (this.#by.get(suppression) ?? new Set()).add(who))
  }
  unsay(who: string): void {
    for (const all of this.#by.values()) all.delete(who)
  }
  lift(suppression: string): void {
    this.#by.delete(suppression)
  }
  of(person: string): string[] {
    return [...this.#by].flatMap(([key, all]) => (all.size > 0 && key.startsWith(`${person} `) ? [key] : []))
  }
}

const nameOf = (person: string, scope: string, reason: string) => `${person} ${scope} ${reason}`

async function standing(world: World, person: string) {
  const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: person }))
  return suppressions as { id: string; scope: string; reason: string }[]
}

test('no order of imports, undos, calls, clicks and lists read back makes anybody mailable of whom somebody else said the same', async ({
  world,
}) => {
  const next = seeded(2026)
  const pick = <T>(all: readonly T[]): T => all[next(all.length)]!
  let undone = 0
  for (let episode = 0; episode < EPISODES; episode++) {
    const people = [`a${episode}@example.com`, `b${episode}@example.com`]
    const said = new Said()
    const brought: Brought[] = []
    const log: string[] = []
    const acts: Record<string, (person: string, name: string) => Promise<unknown>> = {
      async import(_, name) {
        const sibling = next(5) === 0
        const lines = Array.from(
          { length: 1 + next(2) },
          () => [pick(people), pick(SCOPES), pick(REASONS)] as const,
        )
        const rows = lines.map(
          ([person, scope, reason]) =>
            `${person},x,${scope},${scope === 'topic' ? 'news' : ''},${reason},x,${pick(SINCE)},`,
        )
        const key = sibling ? { key: world.siblingApiKey } : {}
        await saidOf(world, 'import', [COLUMNS, ...rows].join('\n'), { name, ...key })
        for (const [person, scope, reason] of lines)
          if (!sibling || scope === 'tenant') said.say(nameOf(person, scope, reason), name)
        brought.push({ name, ...key })
        return rows
      },
      async back(_, name) {
        const [head, ...rows] = (await exported(world, '?format=csv')).trim().split('\r\n')
        const { results } = await answered(await world.call('/v1/address-ids', { addresses: people }))
        const ids: string[] = results.map(({ addressId }: { addressId: string }) => addressId)
        const cells = rows.map(row => row.split(','))
        const personOf = (row: string[]) => people[ids.indexOf(row[1]!.replace(/^'/, ''))]
        const own = cells.filter(row => personOf(row) !== undefined)
        if (own.length === 0) return 'nothing'
        await saidOf(world, 'import', [head, ...own.map(row => row.join(','))].join('\n'), { name })
        for (const row of own) said.say(nameOf(personOf(row)!, row[3]!, row[5]!), name)
        brought.push({ name })
        return own
      },
      async call(person) {
        const [scope, reason] = [pick(SCOPES), pick(REASONS)]
        const entry = { address: person, scope, reason, ...(scope === 'topic' && { topic: 'news' }) }
        await answered(await world.call('/v1/suppressions', { entries: [entry] }))
        said.say(nameOf(person, scope, reason), 'call')
        return entry
      },
      async click(person) {
        await world.fetch((await world.links(person)).unsubscribeUrl, { method: 'POST' })
        said.say(nameOf(person, 'topic', 'unsubscribed'), 'click')
      },
      async lift(person) {
        const all = await standing(world, person)
        if (all.length === 0) return 'nothing'
        const { id, scope, reason } = pick(all)
        const { status } = await world.call(`/v1/suppressions/${id}`, null, { method: 'DELETE', body: null })
        if (status === 200) said.lift(nameOf(person, scope, reason))
        return [scope, reason, status]
      },
      async undo() {
        if (brought.length === 0) return 'nothing'
        const { name, key } = pick(brought)
        const { status } = await world.call(`/v1/imports/${name}/undo`, {}, key === undefined ? {} : { key })
        if (status === 200) {
          undone++
          said.unsay(name)
          brought.splice(
            brought.findIndex(one => one.name === name),
            1,
          )
        }
        return [name, status]
      },
    }
    const likely = ['import', 'import', 'import', 'call', 'click', 'lift', 'undo', 'undo', 'back']
    for (let act = 0; act < ACTS; act++) {
      const [what, person] = [pick(likely), pick(people)]
      log.push(`${what} ${person} ${JSON.stringify(await acts[what]!(person, `n${episode}-${act}`))}`)
      for (const one of people) {
        const stands = (await standing(world, one)).map(({ scope, reason }) => nameOf(one, scope, reason))
        const lost = said.of(one).filter(name => !stands.includes(name))
        expect(lost, log.join('\n')).toEqual([])
      }
    }
  }
  expect(undone).toBeGreaterThan(EPISODES / 2)
})
