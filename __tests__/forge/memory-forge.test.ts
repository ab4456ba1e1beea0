import type { Comparison } from '../../src/forge/forge.ts';
import { describeForge } from './contract.ts';
import { CommitsInMemory, MemoryForge } from './memory-forge.ts';

const SOURCE = 'https://forge.test/acme/web';
const TIME = '2026-01-02T03:04:05Z';

function comparison(status: 'ahead' | 'behind' | 'identical', subjects: readonly string[] = []): Comparison {
  const commits = subjects.map((subject, index) => {
    const id = String(index).repeat(40);
    return { id, author: 'Ada Lovelace', subject, url: `${SOURCE}/commit/${id}`, time: TIME };
  });
  return { status, commits, total: commits.length, url: `${SOURCE}/compare/x`, baseTime: TIME };
}

describeForge(
  'a forge in memory',
  () => {
    const commits = new CommitsInMemory();
    const file = (text: string) => [{ path: 'web.yaml', mode: '100644', bytes: Buffer.from(text) }];
    for (const branch of ['main', 'staging', 'release/web', 'release/web-admin']) commits.push(branch, file(branch));
    const forge = new MemoryForge(commits);
    forge.comparisons.set('acme/web v1.4.1...v1.4.2', comparison('ahead', ['Fix a typo', 'Add a cart']));
    forge.comparisons.set('acme/web v1.4.2...v1.4.1', comparison('behind'));
    forge.comparisons.set('acme/web v1.4.2...v1.4.2', comparison('identical'));
    forge.visibilities.set('acme/web', false);
    const refuse = (reason: string, ...names: string[]): void =>
      names.forEach((name) => forge.refusals.set(name, reason));
    refuse('unknown here', 'reviewer nobody', 'assignee nobody', 'team reviewer acme/strangers');
    refuse('too long', `label ${'x'.repeat(51)}`);
    refuse('there is no open milestone of that title', 'milestone Sprint', 'milestone Sprint 11', 'milestone No such');
    refuse('not allowed (“Allow auto-merge”)', 'auto-merge');
    forge.merging = 'merged';

    /** The forge makes no commit of a merge: it is made here, when it is seen. */
    const settle = (number: number) => {
      const { state, autoMerge, branch, title, milestone, ...rest } = forge.get(number);
      const [main, head] = [commits.tip('main'), commits.tip(branch)];
      const isMerge = state === 'merged' && main && head && !commits.commits.get(main.id)?.parents.includes(head.id);
      if (isMerge) commits.push('main', file(branch), title, [main.id, head.id]);
      const shown = { ...rest, title, state, head: branch, milestone: milestone === '' ? undefined : milestone };
      return { ...shown, autoMerge: autoMerge === '' ? undefined : autoMerge };
    };
    return Promise.resolve({
      forge,
      open: (branch, base, title, body) => Promise.resolve(forge.add({ branch, base, title, body: body ?? '' }).number),
      openFromFork: (branch, base) => Promise.resolve(forge.add({ branch, base, fork: true }).number),
      close: (number) => Promise.resolve(forge.change(number, { state: 'closed' })),
      merge: (number) => Promise.resolve(forge.change(number, { state: 'merged' })),
      see: (number) => Promise.resolve(settle(number)),
      set: (setting) => {
        if (setting === 'public') forge.isOpen = true;
        if (setting !== 'checks') forge.refusals.delete('auto-merge');
        if (setting === 'checks') forge.merging = 'enabled';
        if (setting === 'merge queue') forge.merging = 'queued';
      },
      push: (branch, files) => Promise.resolve(commits.push(branch, files).id),
      tip: (branch) => Promise.resolve(commits.tip(branch)?.id),
      look: (id) => {
        const commit = commits.commits.get(id);
        if (!commit) throw new Error(`there is no commit ${id}`);
        const { tree, parents, message } = commit;
        return Promise.resolve({ tree, parents, message });
      },
      stop: () => Promise.resolve(),
    });
  },
  { lacks: ['merges'] },
);
