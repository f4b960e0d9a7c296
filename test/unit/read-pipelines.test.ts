import { describe, expect, test } from 'vitest'
import type { ReadOutcome } from '../../core/write/read-request.ts'
import type { Wired } from '../../core/write/statement.ts'
import { DatabaseUnreachable, StatementRefused, Stream } from '../../db/engine/hrana.ts'
import { ReadShare } from '../../db/engine/read-share.ts'
import { ReadPipelines } from '../../worker/lane/read-pipelines.ts'

/** A database that answers a pipeline when it is told to: each statement with itself, and `bad` with a refusal. */
function slowDatabase() {
  let now = 0
  const sent: { reads: readonly (readonly Wired[])[]; stream: Stream; settle(error?: Error): void }[] = []
  const pipelines = new ReadPipelines({
    run: (reads, stream) =>
      new Promise((resolve, reject) => {
        const answers = () =>
          reads.map(read => (read.includes('bad') ? new StatementRefused('no such table') : read.join()))
        sent.push({ reads, stream, settle: error => (error ? reject(error) : resolve(answers())) })
      }),
    openStream: () => new Stream(() => now),
    share: new ReadShare(1024, { fresh: 512, 'may-lag': 0 }),
    clock: () => now,
  })
  const read = (tenant: number | undefined, ...statements: Wired[]) =>
    pipelines.read({ primary: '', tenant, statements })
  /** Answers whatever is on its way, and what follows it, until nothing waits. */
  const answerAll = async () => {
    for (let i = 0; i < sent.length; i++) {
      sent[i]!.settle()
      await new Promise(setImmediate)
    }
  }
  return { read, sent, answerAll, pass: (ms: number) => (now += ms) }
}

const count = (outcomes: ReadOutcome[], why: string) =>
  outcomes.filter(outcome => !outcome.ok && outcome.why === why).length

describe('reads', () => {
  test('are sent at once while fewer than two pipelines are on their way, each on a stream of its own', () => {
    const { read, sent } = slowDatabase()
    for (const name of ['a', 'b', 'c', 'd']) void read(1, name)
    expect(sent.map(({ reads }) => reads)).toEqual([[['a']], [['b']]])
    expect(sent[0]!.stream).not.toBe(sent[1]!.stream)
  })

  test('that come meanwhile go together in the next one, and on no third stream', async () => {
    const { read, sent, answerAll } = slowDatabase()
    const all = ['a', 'b', 'c', 'd', 'e'].map(name => read(1, name, `${name}2`))
    await answerAll()
    expect(sent.map(({ reads }) => reads.length)).toEqual([1, 1, 3])
    expect(new Set(sent.map(({ stream }) => stream)).size).toBe(2)
    const rows = ['a,a2', 'b,b2', 'c,c2', 'd,d2', 'e,e2'].map(each => ({ ok: true, rows: each }))
    expect(await Promise.all(all)).toEqual(rows)
  })

  test('of which one is refused fail with it alone', async () => {
    const { read, answerAll } = slowDatabase()
    const all = Array.from({ length: 64 }, (_, i) => read(i % 3, i === 40 ? 'bad' : `${i}`))
    await answerAll()
    const outcomes = await Promise.all(all)
    expect(outcomes[40]).toEqual({ ok: false, why: 'refused', detail: 'no such table' })
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(63)
  })

  test('whose answer is lost have none, and the next ones are sent as before', async () => {
    const { read, sent, answerAll } = slowDatabase()
    const all = ['a', 'b', 'c', 'd'].map(name => read(1, name))
    sent[0]!.settle(new DatabaseUnreachable('the connection was reset'))
    await new Promise(setImmediate)
    await answerAll()
    const [first, ...others] = await Promise.all(all)
    expect(first).toEqual({ ok: false, why: 'unavailable', detail: 'the connection was reset' })
    expect(others.map(({ ok }) => ok)).toEqual([true, true, true])
  })

  test('that have waited as long as their callers do are asked no more', async () => {
    const { read, sent, pass, answerAll } = slowDatabase()
    const all = ['a', 'b', 'c'].map(name => read(1, name))
    pass(2000)
    const late = read(1, 'd')
    await answerAll()
    expect(sent.flatMap(({ reads }) => reads.flat())).toEqual(['a', 'b', 'd'])
    expect(await all[2]).toMatchObject({ ok: false, why: 'unavailable' })
    expect(await late).toMatchObject({ ok: true })
  })

  test('of one tenant fill no more than two thirds of the queue, whoever comes next is served, and then it is full', async () => {
    const { read, answerAll } = slowDatabase()
    const crowd = Array.from({ length: 2000 }, () => read(1, 'a'))
    const next = [read(2, 'b'), read(undefined, 'c')]
    const others = Array.from({ length: 2000 }, () => read(undefined, 'd'))
    await answerAll()
    expect(count(await Promise.all(crowd), 'overloaded')).toBe(2000 - 683)
    expect((await Promise.all(next)).map(({ ok }) => ok)).toEqual([true, true])
    expect(count(await Promise.all(others), 'overloaded')).toBe(2000 - 511)
  })
})
