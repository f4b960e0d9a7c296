import { setTimeout as sleep } from 'node:timers/promises'
import { Busy } from './busy.ts'
import type { Extent, Figure } from './figure.ts'
import type { Floe } from './floe.ts'
import { ask, send } from './load.ts'

const CALLERS = [64, 256]
const SETTLE_MS = 5000

/** Clicks from many callers for a minute, each with a fresh link: every acknowledged one must have its row and event. */
export async function soakFigures(floe: Floe, extent: Extent): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const callers of CALLERS) figures.push(await soakFigure(floe, extent, callers))
  return figures
}

async function soakFigure(floe: Floe, extent: Extent, callers: number): Promise<Figure> {
  const before = await counts(floe)
  const busy = new Busy({ Worker: floe.worker.pid, sqld: floe.database.pids[0]! })
  const outcome = await busy.during(() =>
    send({ url: floe.worker.url, callers, request: floe.freshClick, forMs: extent.soakMs }),
  )
  const { acknowledged, failed, failure, latenciesMs, perSecond } = outcome
  // Acts in the lane may reach the database a moment later.
  let after = await counts(floe)
  for (let waited = 0; waited < SETTLE_MS && after.rows - before.rows < acknowledged; waited += 100) {
    await sleep(100)
    after = await counts(floe)
  }
  const rows = after.rows - before.rows
  const events = after.events - before.events
  // A wedged engine still answers reads, so a write is tried.
  const writes = await ask(floe.worker.url, floe.freshClick()).then(
    () => true,
    () => false,
  )
  const wrong = [
    rows !== acknowledged && `${rows} rows for ${acknowledged} acknowledgements`,
    events !== rows && `${events} events for ${rows} rows`,
    failed > 0 && `${failed} failed: ${failure}`,
    !writes && 'no write gets through any more',
  ].filter(fault => fault !== false)
  const at = (share: number) => latenciesMs[Math.floor(latenciesMs.length * share)] ?? 0
  return {
    name: `${extent.soakMs / 1000} s at ${callers} callers: rows over answers`,
    value: wrong.length === 0 ? 1 : Math.min(rows, events) / acknowledged || 0,
    aim: { exactly: 1 },
    limit:
      wrong.length === 0
        ? `${acknowledged.toLocaleString('en')} clicks, no error; ${busy}`
        : wrong.join('; '),
    broken: wrong.length > 0,
    detail: {
      acknowledged,
      rows,
      events,
      failed,
      perSecond,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      maxMs: at(0.99999),
    },
  }
}

async function counts(floe: Floe): Promise<{ rows: number; events: number }> {
  const [row] = await floe.sql('SELECT (SELECT count(*) FROM suppression), (SELECT count(*) FROM event)')
  return { rows: Number(row![0]), events: Number(row![1]) }
}
