import pLimit from 'p-limit'
import { expect } from 'vitest'
import { claimOf } from '../conformance/client.ts'
import { seeded } from '../support/seeded.ts'
import { answered, type World } from '../support/world.ts'

/**
 * What recipients, whoever else holds their link, and their sender do in any order, and what must be true after each step. The
 * model below knows nothing of rows: it is the promise. What was chosen stands until the very choice is taken back, and only the
 * last choice in its scope can be.
 */

const SCOPES = ['news', 'offers', 'everything'] as const
type Scope = (typeof SCOPES)[number]

/** One acknowledged choice, and the power to take it back where one was given. */
interface Choice {
  /** A pause and a stop stand side by side. */
  kind: 'pause' | 'stop'
  actor: Actor
  scopes: Scope[]
  undo: ((by: Actor) => Promise<void>) | undefined
  undone: Set<Scope>
  /** What a sender only passes on is no choice that was made before us. */
  made: boolean
}

type Actor = 'recipient' | 'other holder' | 'sender'

const HOLDERS: readonly Actor[] = ['recipient', 'other holder']

/** What happened in one order of acts. */
export interface Played {
  steps: string[]
  /** Whether somebody took back what they had chosen after another's choice in the same scope. */
  stolen: boolean
}

/**
 * Plays random orders of eight acts or more, each about a recipient of its own, and returns what happened in each. The promise is demanded
 * after each act where `checked` says so, else after each that takes something back and at the end.
 */
export async function playMany(
  world: World,
  count: number,
  seed: number,
  { checked = true } = {},
): Promise<Played[]> {
  const next = seeded(seed)
  const atOnce = pLimit(6)
  const mailbox = `leave@t${world.tenant}.north.example`
  await world.update('workspace', 'unsubscribe_mailbox = ?', [mailbox], `number = ${world.workspace}`)
  return Promise.all(
    Array.from({ length: count }, (_, i) => {
      const order = seeded(next(2 ** 31))
      return atOnce(() => play(world, `r${i}@example.com`, 8 + order(4), order, checked))
    }),
  )
}

/** Calls that change nothing. */
type Question = '/v1/check' | '/v1/links' | '/v1/consents/prove' | '/v1/suppressions/find'

/**
 * Asks, and asks once more where the database did not answer in time, as a sender does: of a hundred thousand questions one may meet a
 * machine that stands still for two seconds. No act is repeated, since its count is part of the promise.
 */
async function ask({ call }: World, path: Question, body: unknown) {
  const answer = await call(path, body)
  return answered(answer.status === 503 ? await call(path, body) : answer)
}

/** Plays one random order of `length` acts about a recipient of their own, and demands the promise. */
async function play(
  world: World,
  address: string,
  length: number,
  next: (limit: number) => number,
  checked: boolean,
): Promise<Played> {
  const { links } = await ask(world, '/v1/links', { topic: 'news', recipients: [address] })
  const { unsubscribeUrl, preferencesUrl, headers } = links[0]
  const mailto = /<mailto:([^>?]+)/.exec(headers['List-Unsubscribe'])![1]!
  const choices: Choice[] = []
  /** Entries of the sender's own, which no choice of a recipient's lifts. */
  let blocked = false
  const played: Played = { steps: [], stolen: false }
  const pick = <T>(list: readonly T[]): T => list[next(list.length)]!

  const post = async (url: string, fields: Record<string, string>, accept = 'text/html') => {
    const answer = await world.fetch(url, {
      method: 'POST',
      headers: { accept },
      body: new URLSearchParams(fields),
    })
    expect(answer.status, `${url} ${JSON.stringify(fields)}`).toBeLessThan(400)
    return answer
  }
  const chose = (
    actor: Actor,
    scopes: Scope[],
    undo?: Choice['undo'],
    made = true,
    kind: Choice['kind'] = 'stop',
  ) => choices.push({ kind, actor, scopes, undo, undone: new Set(), made })

  const prefer = async (actor: Actor, fields: Record<string, string>, scopes: Scope[]) => {
    const answer = await post(preferencesUrl, fields, 'application/json')
    const { done } = (await answer.json()) as { done: { undo?: string } }
    const undo = done.undo
    const takeBack = async () =>
      void (await (await post(preferencesUrl, { act: 'undo', undo: undo! }, 'application/json')).text())
    chose(
      actor,
      scopes,
      undo === undefined ? undefined : takeBack,
      true,
      fields['act'] === 'pause' ? 'pause' : 'stop',
    )
  }

  const acts: Record<string, (actor: Actor) => Promise<void>> = {
    async 'leaves by the page'() {
      const scope = pick(['topic', 'workspace'])
      const page = await (await post(`${unsubscribeUrl}/page`, { scope })).text()
      const undo = /name="undo" value="([^"]+)"/.exec(page)?.[1]
      const takeBack = async () => void (await (await post(`${unsubscribeUrl}/undo`, { undo: undo! })).text())
      chose(pick(HOLDERS), [scope === 'topic' ? 'news' : 'everything'], undo ? takeBack : undefined)
    },
    async 'clicks once'(actor) {
      const answer = await world.fetch(unsubscribeUrl, { method: 'POST', body: 'List-Unsubscribe=One-Click' })
      expect(await answer.text()).toBe('Unsubscribed.\n')
      chose(actor, ['news'])
    },
    async 'mails that they leave'(actor) {
      const mail = `From: ${address}\r\nTo: ${mailto}\r\nMessage-ID: <1@example.com>\r\n\r\nunsubscribe\r\n`
      expect(await world.mail(mailto, mail, address)).toBeUndefined()
      chose(actor, ['news'])
    },
    'stops everything': actor => prefer(actor, { act: 'stop' }, ['everything']),
    pauses: actor => prefer(actor, { act: 'pause', days: pick(['30', '60', '90']) }, ['everything']),
    async 'unticks topics'(actor) {
      const kept = pick([[], ['news'], ['offers']])
      const form = new URLSearchParams([
        ['act', 'save'],
        ...['news', 'offers'].map(name => ['shown', name]),
        ...kept.map(name => ['topic', name]),
      ] as [string, string][])
      const answer = await world.fetch(preferencesUrl, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: form,
      })
      const { undo } = ((await answered(answer)) as { done: { undo?: string } }).done
      const takeBack = async () =>
        void (await (await post(preferencesUrl, { act: 'undo', undo: undo! }, 'application/json')).text())
      chose(
        actor,
        (['news', 'offers'] as const).filter(name => !kept.includes(name)),
        undo === undefined ? undefined : takeBack,
      )
    },
    async 'is said by the sender to have left'() {
      const topics = pick([['news'], ['offers'], undefined])
      await answered(await world.call('/v1/consents/withdraw', { address, ...(topics && { topics }) }))
      chose('sender', (topics as Scope[] | undefined) ?? ['everything'])
    },
    async 'is blocked by the sender'() {
      const entries = [{ address, scope: 'topic', topic: 'news', reason: 'manual' }]
      await answered(await world.call('/v1/suppressions', { entries }))
      blocked = true
    },
    async 'is on a list of those who left elsewhere'() {
      const to = '/v1/suppressions/import?scope=topic&topic=news&reason=unsubscribed'
      const headers = { 'content-type': 'text/csv', authorization: `Bearer ${world.apiKey}` }
      const answer = await world.fetch(to, { method: 'POST', headers, body: `${address}\n` })
      expect(await answer.text()).toContain('"type":"done"')
      chose('sender', ['news'], undefined, false)
    },
    async 'is released by the sender'() {
      if (!blocked) return
      const { suppressions } = await ask(world, '/v1/suppressions/find', { address })
      const own = suppressions.find(({ reason }: { reason: string }) => reason === 'manual')
      await answered(await world.call(`/v1/suppressions/${own.id}`, undefined, { method: 'DELETE' }))
      blocked = false
    },
    async 'takes back what was chosen'() {
      const choice = pick(choices.filter(({ undo }) => undo))
      if (!choice) return
      await choice.undo!(choice.actor)
      for (const scope of choice.scopes) {
        const standing = choices.filter(one => one.scopes.includes(scope) && !one.undone.has(scope))
        // What stood already when it was chosen, taking it back leaves as it was.
        const same = standing.filter(({ kind }) => kind === choice.kind)
        if (standing.at(-1) === choice && same.length === 1) choice.undone.add(scope)
        else if (standing.slice(standing.indexOf(choice) + 1).some(({ actor }) => actor !== choice.actor))
          played.stolen = true
      }
    },
  }

  const names = Object.keys(acts)
  while (played.steps.length < length) {
    // Every third act takes something back: that is what the promise is about.
    const name = next(3) === 0 ? 'takes back what was chosen' : pick(names)
    const actor = pick(HOLDERS)
    await acts[name]!(actor)
    played.steps.push(`${actor} ${name}`)
    // What only stops mail can be found wrong later as well: nothing but a taking back lets any through.
    if (!checked && name !== 'takes back what was chosen' && played.steps.length < length) continue
    const stopped = (scope: Scope) =>
      choices.some(one => one.scopes.includes(scope) && !one.undone.has(scope))
    for (const topic of ['news', 'offers'] as const) {
      const wanted =
        stopped(topic) || stopped('everything') || (topic === 'news' && blocked) ? 'deny' : 'allow'
      const { results } = await ask(world, '/v1/check', { addresses: [address], topic })
      expect(results[0].decision, `${topic} after: ${played.steps.join(', ')}`).toBe(wanted)
    }
  }
  await expectCounted(world, address, choices, played)
  return played
}

/** Demands that the ledger, with what it is to be told of within the hour, has every choice that was acknowledged. */
async function expectCounted(world: World, address: string, choices: Choice[], { steps }: Played) {
  const { history } = await ask(world, '/v1/consents/prove', { address })
  const events = history.filter(
    ({ type, data }: { type: string; data: Record<string, unknown> }) =>
      /^suppression\.(added|repeated)$/.test(type) && data['reason'] !== 'manual' && data['via'] !== 'import',
  )
  const told = events.reduce(
    (sum: number, { data }: { data: Record<string, number> }) => sum + (data['count'] ?? 1),
    0,
  )
  const acknowledged = choices.filter(({ made }) => made).reduce((sum, { scopes }) => sum + scopes.length, 0)
  const [[untold]] = (await world.sql(
    'SELECT coalesce(sum(untold), 0) FROM suppression WHERE address_id = ?',
    [claimOf(world, address).addressId],
  )) as [[number]]
  expect(told + untold, steps.join(', ')).toBe(acknowledged)
}
