/** Tests on a real Gitea: `npm run test:gitea`. They are no part of `npm test`, since the server takes minutes to build. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    name: 'gitea',
    include: ['e2e/gitea/**/*.test.ts'],
    globalSetup: ['e2e/gitea/setup.ts'],
    reporters: ['default', './scripts/closing-line.ts'],
    // One server for all, with sqlite: more would wait for each other.
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
