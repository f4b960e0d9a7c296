import { defineConfig } from 'vitest/config'
import Slowest from './support/slowest.ts'

/** `npm run test:long` (the mode `long`) runs what takes long by nature, `npm test` everything else; CI runs both. */
const LONG = 'test/**/*.long.test.ts'

export default defineConfig(({ mode }) => ({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: [mode === 'long' ? LONG : 'test/**/*.test.ts'],
    exclude: mode === 'long' ? [] : [LONG],
    globalSetup: ['test/support/setup.ts'],
    setupFiles: ['test/support/answers.ts'],
    reporters: ['default', new Slowest(10)],
    // One more than a small machine has cores: a test waits for servers half of its time.
    maxWorkers: 3,
    // A file costs half a second of imports where it has its modules anew, and there are many.
    isolate: false,
    // What is waited for comes as fast as the machine lets it.
    expect: { poll: { timeout: 60_000 } },
    testTimeout: mode === 'long' ? 900_000 : 180_000,
    hookTimeout: 180_000,
  },
}))
