/** An agent that does what Flux does of a release: it applies each new tip of main, and writes a commit status about it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GitRepository } from '../gitea/git.ts';
import { ask, type Answer } from '../gitea/people.ts';
import type { User } from '../gitea/server.ts';
import type { Scenario } from '../gitea/scenario.ts';
import { kubectl, type ClusterAddress } from './server.ts';

/** `kind/name/part of the provider's uid`. */
export const CONTEXT = 'kustomization/web/1a2b3c4d';

export interface Agent {
  /** Ends it, and throws what went wrong in it. */
  readonly stop: () => Promise<void>;
}

/** Starts it with one application, all manifests below `path`. It looks at main five times a second, as if a webhook told it. */
export async function startAgent(
  cluster: ClusterAddress,
  { gitea, name, git }: Scenario,
  { user, path }: { readonly user: User; readonly path: string },
): Promise<Agent> {
  const folder = await mkdtemp(join(tmpdir(), 'agent-'));
  const clone = await GitRepository.at(join(folder, 'agent.git'), git.url, user);
  let isStopped = false;

  async function reconcile(commit: string): Promise<void> {
    const tree = join(folder, commit);
    await clone.export(commit, tree);
    const flags = '--server-side --force-conflicts --field-manager=agent --validate=strict --recursive'.split(' ');
    const error = await kubectl(cluster, 'apply', ...flags, '--filename', join(tree, path)).then(
      () => undefined,
      (failed: Answer) => String(failed.stderr),
    );
    await ask(gitea, user, 'POST', `/repos/${name}/statuses/${commit}`, {
      context: CONTEXT,
      state: error === undefined ? 'success' : 'failure',
      description: error === undefined ? 'reconciliation succeeded' : `reconciliation failed: ${error.trim()}`,
    });
  }

  async function watch(): Promise<void> {
    for (let last: string | undefined; !isStopped; await sleep(200)) {
      const tip = await clone.tip('main');
      if (tip === undefined || tip === last) continue;
      await reconcile(tip);
      last = tip;
    }
  }

  const watching = watch();
  // Told by stop.
  watching.catch(() => undefined);
  return {
    stop: async () => {
      isStopped = true;
      try {
        await watching;
      } finally {
        await rm(folder, { recursive: true, force: true, maxRetries: 10 });
      }
    },
  };
}
