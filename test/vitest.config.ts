import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    // Each test starts a database and a Worker of its own; on a small machine that takes a moment when several do.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
