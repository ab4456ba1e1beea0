/** Workflows on a real runner: `npm run test:runner`. They are no part of `npm test`, since the runner comes from another registry. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    name: 'runner',
    include: ['e2e/runner/**/*.test.ts'],
    globalSetup: ['e2e/runner/setup.ts'],
    reporters: ['default', './scripts/closing-line.ts'],
    maxWorkers: 2,
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
