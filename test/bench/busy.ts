import { readFileSync } from 'node:fs'

const TICK_MS = 10

/** Processor time a process has used, in ms; undefined without /proc. */
export function cpuMs(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  } catch {
    return undefined
  }
}

/** Measures the processor time of parts, to name the busiest. */
export class Busy {
  readonly #parts: Map<string, number>
  readonly #spent = new Map<string, number>()
  #elapsed = 0

  constructor(parts: Record<string, number>) {
    this.#parts = new Map([...Object.entries(parts), ['load', process.pid]])
  }

  /** Runs `work` and adds the time the parts used. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const before = [...this.#parts].map(([name, pid]) => [name, cpuMs(pid) ?? 0] as const)
    const start = performance.now()
    const result = await work()
    this.#elapsed += performance.now() - start
    for (const [name, at] of before) {
      const now = cpuMs(this.#parts.get(name)!) ?? 0
      this.#spent.set(name, (this.#spent.get(name) ?? 0) + now - at)
    }
    return result
  }

  /** Processor time that a part has used, in ms. */
  spentMs(part: string): number {
    return this.#spent.get(part) ?? 0
  }

  /** Names the two busiest parts with their share of a processor, such as `Worker 97 %, sqld 30 %`. */
  toString(): string {
    return [...this.#spent]
      .map(([name, ms]) => [name, Math.round((ms / this.#elapsed) * 100)] as const)
      .sort(([, a], [, b]) => b - a)
      .slice(0, 2)
      .map(([name, share]) => `${name} ${share} %`)
      .join(', ')
  }
}
