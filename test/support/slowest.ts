import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** Prints the slowest tests at the end of a run. */
export default class Slowest implements Reporter {
  readonly #count: number

  constructor(count: number) {
    this.#count = count
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap(module => [...module.children.allTests()])
    const slowest = tests.sort((a, b) => msOf(b) - msOf(a)).slice(0, this.#count)
    if (tests.length <= this.#count) return
    console.log(`\n The ${slowest.length} slowest of ${tests.length} tests`)
    for (const test of slowest)
      console.log(`${seconds(msOf(test))}  ${test.module.relativeModuleId} > ${test.fullName}`)
  }
}

const msOf = (test: TestCase): number => test.diagnostic()?.duration ?? 0
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`.padStart(9)
