/** The demo: the whole main job three times on the sandbox, told as it happens. */
import { detectCi } from '../ci.ts';
import { secretsOf } from '../git/credentials.ts';
import { readInputs } from '../inputs.ts';
import { LineLog } from '../log.ts';
import { sentence } from '../outputs.ts';
import { release } from '../release.ts';
import { demoRepository } from './demo-repository.ts';
import { startSandbox } from './sandbox.ts';

const REPOSITORY = 'acme/manifests';
const RUNS = [
  {
    title: 'A build of ghcr.io/acme/web:1.4.2 has ended',
    images: 'ghcr.io/acme/web:1.4.2',
    commit: '8f14e45fceea167a',
  },
  { title: 'The same build once more', images: 'ghcr.io/acme/web:1.4.2', commit: '8f14e45fceea167a' },
  { title: 'A newer build, before anybody merged', images: 'ghcr.io/acme/web:1.5.0', commit: 'c9f0f895fb98ab91' },
];

/** Runs the demo; each line of its account goes to `write`. Leaves nothing behind. */
export async function runDemo(write: (line: string) => void): Promise<void> {
  const sandbox = await startSandbox();
  try {
    await sandbox.createRepository(REPOSITORY, demoRepository);
    write(`A manifest repository is served at ${sandbox.serverUrl}/${REPOSITORY}: git over HTTP, and GitHub's API.`);
    for (const { title, images, commit } of RUNS) {
      write(`\n=== ${title} ===\n`);
      const seen = sandbox.requests.length;
      const ci = detectCi({
        GITHUB_ACTIONS: 'true',
        GITHUB_SERVER_URL: sandbox.serverUrl,
        GITHUB_API_URL: sandbox.apiUrl,
        GITHUB_REPOSITORY: 'acme/web',
        GITHUB_SHA: commit.padEnd(40, '0'),
        GITHUB_RUN_ID: '1',
        GITHUB_ACTOR: 'ada',
      });
      const inputs = readInputs({ repository: REPOSITORY, images, token: sandbox.token }, ci);
      const outcome = await release(inputs, ci, new LineLog(write, secretsOf(sandbox.token)));
      write(`\n${sentence(outcome)}`);
      const asked = sandbox.requests.slice(seen).map(({ method, path }) => `  ${method} ${path}`);
      write(`outcome=${outcome.outcome}, with these requests:\n${asked.join('\n')}`);
    }
    for (const { number, title, body, head, base } of await sandbox.pullRequests()) {
      write(`\n=== Pull request #${number}, as its reviewer finds it ===\n`);
      write(`${title}\n${head} -> ${base}\n\n${(body ?? '').replace(/<!--.*?-->\n?/g, '')}`);
    }
  } finally {
    await sandbox.close();
  }
}
