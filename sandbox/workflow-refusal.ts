/** How GitHub keeps tokens without the right to from changing workflows: looked for in the pack, before it is taken. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenKind } from './access.ts';
import type { BareRepository } from './bare-repository.ts';
import { isDeletion, pushedUpdates } from './push-refusal.ts';

const WORKFLOWS = '.github/workflows/';

/** The reason to refuse a push with a commit that touches a workflow; undefined when it has none such. */
export async function workflowRefusal(
  repository: BareRepository,
  body: Buffer,
  kind: TokenKind,
): Promise<string | undefined> {
  const { updates, pack } = pushedUpdates(body);
  if (pack.length === 0) return undefined;
  const objects = await mkdtemp(join(tmpdir(), 'sandbox-quarantine-'));
  const environment = {
    GIT_OBJECT_DIRECTORY: objects,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: join(repository.gitDir, 'objects'),
  };
  try {
    await repository.text(['unpack-objects', '-q'], { input: pack, environment });
    for (const update of updates) {
      if (isDeletion(update)) continue;
      const range = [update.after, '--not', '--all'];
      const changed = await repository.text(['log', '--format=', '--name-only', '-m', ...range, '--', WORKFLOWS], {
        environment,
      });
      const [path] = changed.split('\n').filter(Boolean);
      if (path !== undefined) return reasonFor(path, kind);
    }
    return undefined;
  } finally {
    await rm(objects, { recursive: true, force: true });
  }
}

function reasonFor(path: string, kind: TokenKind): string {
  const [who, right] =
    kind === 'installation' ? ['GitHub App', '`workflows` permission'] : ['Personal Access Token', '`workflow` scope'];
  return `refusing to allow a ${who} to create or update workflow \`${path}\` without ${right}`;
}
