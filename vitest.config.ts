import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    globalSetup: ['__tests__/end-to-end/runtimes.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most of a scenario is waiting: for children, and for the pauses that the API's limits ask for.
    maxWorkers: 6,
    reporters: ['default', './scripts/closing-line.ts'],
    coverage: { provider: 'v8', include: ['src/**'] },
  },
});
