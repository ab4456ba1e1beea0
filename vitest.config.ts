import { defineConfig } from 'vitest/config';

/** Tests that start programs or whole runs, and so differ in environment, output and time. */
const PROCESSES = ['__tests__/end-to-end/**/*.test.ts', '__tests__/workflows/**/*.test.ts', '__tests__/bench.test.ts'];

// Long, since a run in process that a timeout leaves behind disturbs the next one.
const shared = { testTimeout: 180_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // Twice as many as processors: most of a scenario is waiting for children. Each worker loads and compiles for some seconds first.
    maxWorkers: 4,
    reporters: ['default', './scripts/closing-line.ts'],
    coverage: { provider: 'v8', include: ['src/**'] },
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['__tests__/**/*.test.ts'],
          exclude: PROCESSES,
          // Modules have no state that a test could leave behind: each is loaded once a worker.
          isolate: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'end-to-end',
          include: PROCESSES,
          globalSetup: ['__tests__/end-to-end/runtimes.ts'],
          isolate: false,
        },
      },
    ],
  },
});
