/** The real Gitea of the tests: `node e2e/gitea/build.mjs [--if-there]`. It takes about ten CPU minutes and 1.5 GB of memory. */
import { GoProgram } from '../build-go.mjs';

export const gitea = new GoProgram({
  title: 'Gitea',
  minutes: 10,
  folder: import.meta.dirname,
  module: 'code.gitea.io/gitea',
  flags: () => ['-tags', 'sqlite sqlite_unlock_notify', '-ldflags', '-s -w'],
  // No front end is built, so that its pages have no styles.
  files: ['options', 'templates', 'public'],
});

if (process.argv[1] === import.meta.filename) await gitea.runAsCommand();
