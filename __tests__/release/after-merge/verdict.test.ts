import { describe, expect, test } from 'vitest';
import type { CommitStatus } from '../../../src/forge/merges.ts';
import { readWait } from '../../../src/inputs/wait.ts';
import { verdictOf } from '../../../src/release/after-merge/verdict.ts';

const APPS = 'kustomization/apps/1a2b';
const INFRA = 'kustomization/infra/1a2b';

/** `apps success`, `infra failure by mallory`, or another context. */
function status(text: string): CommitStatus {
  const [, name = '', state = '', author = 'flux-bot'] = /^(\S+) (\w+)(?: by (\S+))?$/.exec(text) ?? [];
  const context = { apps: APPS, infra: INFRA }[name] ?? name;
  const time = '2026-01-02T03:04:05Z';
  return { context, state: state as CommitStatus['state'], description: '', url: '', author, time };
}

/** The statuses of our commit `c0`, then those of the commits on top of it; the newest of each first. */
function verdict(verdicts: string, commits: readonly (readonly string[])[]): string {
  const { watched } = readWait({ wait: 'deployed', verdict: verdicts });
  const stated = commits.map((statuses, index) => ({ commit: `c${index}`, statuses: statuses.map(status) }));
  const found = verdictOf(watched, stated);
  if (found.kind === 'deployed') return `deployed: ${found.by.map((one) => `${one.context} on ${one.commit}`).join()}`;
  if (found.kind === 'refused') return `refused: ${found.by.context} on ${found.by.commit}`;
  return `pending${found.missing.length > 0 ? `, without ${found.missing.join()}` : ''}`;
}

describe('the verdict', () => {
  test.each<[what: string, verdicts: string, commits: readonly (readonly string[])[], expected: string]>([
    ['is pending without a status', 'flux', [[]], 'pending, without flux'],
    ['is a success', 'flux', [['apps success']], `deployed: ${APPS} on c0`],
    ['is a success on a later commit', 'flux', [[], [], ['apps success']], `deployed: ${APPS} on c2`],
    ['is the first success', 'flux', [[], ['apps success'], ['apps success']], `deployed: ${APPS} on c1`],
    ['is pending while a status is', 'flux', [['apps pending']], 'pending'],
    ['is a failure', 'flux', [['apps failure']], `refused: ${APPS} on c0`],
    ['is the latest of one commit: success', 'flux', [['apps success', 'apps failure']], `deployed: ${APPS} on c0`],
    ['is the latest of one commit: failure', 'flux', [['apps failure', 'apps success']], `refused: ${APPS} on c0`],
    ['is a success after a failure', 'flux', [['apps failure'], ['apps success']], `deployed: ${APPS} on c1`],
    [
      'stays a success whatever a later commit breaks',
      'flux',
      [['apps success'], ['apps failure']],
      `deployed: ${APPS} on c0`,
    ],
    [
      'is pending where a later commit is tried after a failure',
      'flux',
      [['apps failure'], ['apps pending']],
      'pending',
    ],
    ['is a failure on each commit', 'flux', [['apps failure'], ['apps failure']], `refused: ${APPS} on c1`],
    ['is none of another app', 'kustomization/apps', [['infra success']], 'pending, without kustomization/apps'],
    ['is none of a check', 'flux', [['ci/build success', 'ci/test failure']], 'pending, without flux'],
    [
      'is none of another author',
      'flux by flux-bot',
      [['apps success by mallory']],
      'pending, without flux by flux-bot',
    ],
    [
      'is not replaced by another author',
      'flux by flux-bot',
      [['apps success by mallory', 'apps failure']],
      `refused: ${APPS} on c0`,
    ],
    ['needs all contexts of an agent', 'flux', [['apps success', 'infra pending']], 'pending'],
    ['needs all agents', 'flux\nargo-cd', [['apps success']], 'pending, without argo-cd'],
    [
      'has all agents',
      'flux\nargo-cd',
      [['continuous-delivery/web success'], ['apps success']],
      `deployed: ${APPS} on c1,continuous-delivery/web on c0`,
    ],
    ['is a failure of any context', 'flux', [['infra success', 'apps failure']], `refused: ${APPS} on c0`],
    ['is a failure whoever is missing', 'flux\nargo-cd', [['apps failure']], `refused: ${APPS} on c0`],
  ])('%s', (_, verdicts, commits, expected) => {
    expect(verdict(verdicts, commits)).toBe(expected);
  });
});
