import pLimit from 'p-limit'
import { expect, test } from 'vitest'
import type { Statement } from '../../core/write/statement.ts'
import type { ActorContext } from '../../worker/call/context.ts'
import type { MailDeps } from '../../worker/mail/deps.ts'
import { dueAgainAt, MAIL_LEASE_MS, sendDue } from '../../worker/mail/outbox.ts'

const MINUTE = 60_000

interface Mail {
  ref: Uint8Array
}

const mails = (first: number, count: number): Mail[] =>
  Array.from({ length: count }, (_, i) => ({ ref: Uint8Array.of(first + i) }))

/** An outbox of those mails and a clock; `sent` has what went out, in order. `affected` says whether a lease was had. */
function outboxOf(
  all: Mail[],
  { sent = [] as number[], affected = () => 1 as number | Promise<number>, takesMs = 0 } = {},
) {
  let now = 1000
  const leases: number[] = []
  const deps = {
    mailer: {},
    clock: () => now,
    db: {
      read: async () => [all],
      commit: async ([lease]: Statement[]) => {
        leases.push(lease!.args[0] as number)
        return [{ affected: await affected() }]
      },
    },
  } as unknown as ActorContext<MailDeps>
  const run = (gate = pLimit(2)) =>
    sendDue(deps, gate, {
      due: () => ({ sql: '', args: [], decode: () => all }),
      take: (_, until) => ({ sql: '', args: [until] }),
      async send(_, ref) {
        now += takesMs
        sent.push(ref[0]!)
      },
    })
  return { run, sent, leases }
}

test('a mail is sent by whoever has its lease, which runs from when its turn came', async () => {
  const { run, sent, leases } = outboxOf(mails(0, 3), { takesMs: 1000 })
  await run(pLimit(1))
  expect(sent).toEqual([0, 1, 2])
  expect(leases).toEqual([1000, 2000, 3000].map(at => at + MAIL_LEASE_MS))
})

test('a mail that another run has in hand is not sent again', async () => {
  const { run, sent } = outboxOf(mails(0, 3), { affected: () => 0 })
  await run()
  expect(sent).toEqual([])
})

test('mails of two outboxes take turns, however many one of them has', async () => {
  const sent: number[] = []
  const gate = pLimit(1)
  await Promise.all([
    outboxOf(mails(0, 100), { sent }).run(gate),
    outboxOf(mails(200, 2), { sent }).run(gate),
  ])
  expect(sent).toHaveLength(102)
  expect(sent.indexOf(201)).toBeLessThan(8)
})

test('a run takes no mail in hand any more when its 45 seconds are over', async () => {
  const { run, sent, leases } = outboxOf(mails(0, 9), { takesMs: 15_000 })
  await run(pLimit(1))
  expect([sent.length, leases.length]).toEqual([3, 3])
})

test('a database that is away is not asked for one mail after another', async () => {
  const { run, leases } = outboxOf(mails(0, 100), { affected: () => Promise.reject(new Error('away')) })
  await expect(run()).rejects.toThrow('away')
  expect(leases.length).toBeLessThan(4)
})

test('what could not be sent is due again later each time, and at most in an hour', () => {
  expect([0, 1, 2, 5, 6, 40].map(attempts => dueAgainAt(5, attempts) - 5)).toEqual(
    [1, 2, 4, 32, 60, 60].map(minutes => minutes * MINUTE),
  )
})
