import { describe, expect, test } from 'vitest';
import type { CommitStatus } from '../../src/forge/merges.ts';
import { asksFor, isWatched, readWait, type Watched } from '../../src/inputs/wait.ts';

const status = (context: string, author = 'flux-bot'): CommitStatus => ({
  context,
  state: 'success',
  description: '',
  url: '',
  author,
  time: '2026-01-02T03:04:05Z',
});

function watched(text: string): Watched {
  const [one] = readWait({ wait: 'deployed', verdict: text }).watched;
  if (!one) throw new Error('nothing is watched');
  return one;
}

describe('a line of the input verdict', () => {
  test.each<[line: string, context: string, isMeant: boolean]>([
    ['flux', 'kustomization/apps/1a2b3c4d', true],
    ['flux', 'helmrelease/web/1a2b3c4d', true],
    ['flux', 'fluxcd/kustomization/apps', false],
    ['flux', 'kustomizations/apps', false],
    ['flux', 'ci/kustomization/apps', false],
    ['argo-cd', 'continuous-delivery/web', true],
    ['argo-cd', 'kustomization/web', false],
    ['kustomization/web', 'kustomization/web/1a2b3c4d', true],
    ['kustomization/web', 'kustomization/web', true],
    ['kustomization/web', 'kustomization/web-admin/1a2b3c4d', false],
    ['kustomization/web-*', 'kustomization/web-admin/1a2b3c4d', true],
    ['deploy-*', 'deploy-production', true],
    ['Deploy to production', 'Deploy to production', true],
    ['deploy.production', 'deploy-production', false],
    ['deployment/production', 'deployment/production', true],
  ])('%s and the context %s: %s', (line, context, isMeant) => {
    expect(isWatched(watched(line), status(context))).toBe(isMeant);
  });

  test.each([
    ['flux by flux-bot', 'flux-bot', true],
    ['flux by Flux-Bot', 'flux-bot', true],
    ['flux by flux-bot', 'mallory', false],
    ['flux by flux-bot', '', false],
    ['flux by argocd[bot]', 'argocd[bot]', true],
  ])('%s and the author %s: %s', (line, author, isMeant) => {
    expect(isWatched(watched(line), status('kustomization/apps/1', author))).toBe(isMeant);
  });

  test.each([
    ['deployment/production', true],
    ['deployment/* by argocd[bot]', true],
    ['check/deploy', false],
    ['*', false],
    ['flux', false],
    ['deploy-*', false],
  ])('%s asks for deployments: %s', (line, expected) => {
    expect(asksFor(watched(line), 'deployment')).toBe(expected);
  });
});

describe('the inputs of a wait', () => {
  test('are nothing unless given', () => {
    expect(readWait({})).toEqual({ until: 'none', timeout: 1_800_000, timeoutText: '30m', watched: [] });
  });

  test('are each line', () => {
    expect(readWait({ wait: 'deployed', verdict: ' flux by flux-bot \n\n deploy-*\n' }).watched).toEqual([
      { text: 'flux by flux-bot', contexts: ['kustomization', 'helmrelease'], author: 'flux-bot' },
      { text: 'deploy-*', contexts: ['deploy-*'], author: '' },
    ]);
  });

  test.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    ['5 m', 300_000],
  ])('have the time %s', (text, milliseconds) => {
    expect(readWait({ 'wait-timeout': text }).timeout).toBe(milliseconds);
  });

  test.each(['0m', '30', 'm', '-5m', '1d', '1.5h', '123456s', '30m 5s'])('refuse the time %s', (value) => {
    expect(() => readWait({ 'wait-timeout': value })).toThrow(/^Input "wait-timeout" is /);
  });

  test('refuse to wait for a verdict of nobody', () => {
    expect(() => readWait({ wait: 'deployed', verdict: ' \n' })).toThrow('Input "verdict" is empty.');
    expect(readWait({ wait: 'merge' }).watched).toEqual([]);
  });
});
