import { defineConfig } from 'vitest/config'

/** What takes too long, or depends too much on the machine, to be among the tests. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/audit/*.audit.ts'],
    globalSetup: ['test/support/setup.ts'],
    testTimeout: 600_000,
    hookTimeout: 60_000,
    reporters: ['default'],
    disableConsoleIntercept: true,
  },
})
