/** Tests on a real Kubernetes API server and a real Gitea: `npm run test:cluster`. They are no part of `npm test`, since the
 * servers take minutes to build. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    name: 'cluster',
    include: ['e2e/cluster/**/*.test.ts'],
    globalSetup: ['e2e/cluster/setup.ts'],
    reporters: ['default', './scripts/closing-line.ts'],
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
