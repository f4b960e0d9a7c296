import { expect, test } from 'vitest'
import { Fault } from '../../core/fault.ts'
import type { Gate, Job } from '../../core/job.ts'
import { runJobs } from '../../worker/cron.ts'
import type { Deps } from '../../worker/deps.ts'

/** Runs jobs in the first cluster and in others, and returns what was logged. */
async function logged(
  jobs: Job<Deps>[],
  clusters = [0],
  note: Parameters<typeof runJobs<Deps>>[2] = async () => undefined,
): Promise<string[]> {
  const lines: string[] = []
  await runJobs(
    {
      cluster: 0,
      clusters: clusters.map(cluster => ({ cluster })),
      clock: () => 5000,
      log: (event: string, error: Error) => void lines.push(`${event}: ${error.message}`),
    } as unknown as Deps,
    jobs,
    note,
  )
  return lines
}

const never = () => new Promise<void>(() => undefined)

test('a job that never ends is told of as late, and waited for no longer', async () => {
  expect(await logged([{ name: 'outbox', deadlineMs: 1, run: never }])).toEqual([
    'cron outbox: late: not done within 0.001 s',
  ])
})

test('a job that ends in time is not told of', async () => {
  expect(await logged([{ name: 'expiry', deadlineMs: 60_000, run: async () => undefined }])).toEqual([])
})

test('a job begins while another waits, in every cluster, and one that fails is told of by its name and cluster', async () => {
  let began = () => {}
  const webhooksBegan = new Promise<void>(resolve => {
    began = resolve
  })
  const done: number[] = []
  const lines = await logged(
    [
      // Ends only because what is behind it in the list has begun.
      { name: 'outbox', deadlineMs: 60_000, run: () => webhooksBegan },
      {
        name: 'expiry',
        deadlineMs: 60_000,
        run: () => Promise.reject(new Fault({ code: 'database.unavailable' })),
      },
      {
        name: 'webhooks',
        deadlineMs: 60_000,
        run: async ({ cluster }) => {
          done.push(cluster)
          began()
        },
      },
    ],
    [0, 3],
  )
  expect(done).toEqual([0, 3])
  expect(lines.map(line => line.split(':')[0])).toEqual(['cron expiry', 'cron expiry in cluster 3'])
})

test('of six connections the mails of a cluster have two and its webhooks three, and more clusters share them', async () => {
  /** How many are let in while none of them ends. */
  const room = async (clusters: number[]) => {
    const counts: Record<string, number> = {}
    const fill = (cluster: number, kind: string, gate: Gate) => {
      for (let i = 0; i < 10; i++)
        void gate(() => {
          counts[`${kind} ${cluster}`] = (counts[`${kind} ${cluster}`] ?? 0) + 1
          return never()
        })
    }
    const run: Job<Deps>['run'] = async ({ cluster }, { mail, webhook }) => {
      fill(cluster, 'mail', mail)
      fill(cluster, 'webhook', webhook)
    }
    await logged([{ name: 'outbox', deadlineMs: 60_000, run }], clusters)
    return counts
  }
  expect(await room([0])).toEqual({ 'mail 0': 2, 'webhook 0': 3 })
  expect(await room([0, 3])).toEqual({ 'mail 0': 1, 'mail 3': 1, 'webhook 0': 1, 'webhook 3': 1 })
})

test('of each job it is noted when it ended, in each cluster, unless it failed or was late', async () => {
  const noted: unknown[] = []
  const jobs: Job<Deps>[] = [
    { name: 'expiry', deadlineMs: 60_000, run: async () => undefined },
    { name: 'webhooks', deadlineMs: 1, run: never },
    { name: 'outbox', deadlineMs: 60_000, run: () => Promise.reject(new Error('no')) },
  ]
  await logged(jobs, [0, 3], async ({ cluster }, runs, names) => void noted.push([cluster, runs, names]))
  const names = ['expiry', 'webhooks', 'outbox']
  const runs = [{ name: 'expiry', endedAt: 5000 }]
  expect(noted).toEqual([
    [0, runs, names],
    [3, runs, names],
  ])
})
