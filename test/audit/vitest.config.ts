import { defineConfig } from 'vitest/config'

/** Audits that take too long for the tests, or depend too much on the machine. */
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
