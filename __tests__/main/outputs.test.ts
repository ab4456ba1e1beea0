import { describe, expect, test } from 'vitest';
import { failure } from '../../src/core/errors.ts';
import { CUT_NOTE, MAX_DIFF, OUTPUTS, toOutputs } from '../../src/main/outputs.ts';
import { sentence } from '../../src/main/sentences.ts';
import type { Outcome } from '../../src/release/outcome.ts';
import { alone, CHANGE, CREATED, LEFT, NO_PULL_REQUEST, PULL_REQUEST } from './outcome.ts';

const outputsOf = (outcome: Outcome) => toOutputs(alone(outcome));

describe('the outputs', () => {
  test('are all that action.yml promises, in its order', () => {
    expect(Object.keys(outputsOf(CREATED))).toEqual(OUTPUTS.map(({ name }) => name));
    expect(outputsOf(CREATED)).toEqual({
      outcome: 'created',
      'pull-request-number': 7,
      'pull-request-url': PULL_REQUEST.url,
      'new-pull-request-url': '',
      'auto-merge': '',
      branch: 'release/web',
      commit: CREATED.commit,
      verified: true,
      base: 'main',
      'merged-commit': '',
      deployed: '',
      'deployed-by': '',
      'deploy-seconds': '',
      changes: CREATED.changes,
      'changed-files': ['apps/web/deployment.yaml', 'charts/web/values.yaml'],
      left: [],
      diff: CREATED.diff,
      results: [
        {
          app: '',
          environment: '',
          outcome: 'created',
          version: CREATED.version,
          branch: 'release/web',
          commit: CREATED.commit,
          'pull-request-number': 7,
          'pull-request-url': PULL_REQUEST.url,
          'merged-commit': '',
          deployed: '',
          'auto-merge': '',
          'changed-images': [{ image: CHANGE.image, from: ['1.4.1'], to: '1.4.2', step: 'patch', places: 3 }],
          left: [],
          images: [],
          rendered: null,
          reason: '',
          sentence: sentence(CREATED),
        },
      ],
      'results-file': '',
      plan: { include: [{ app: '', environment: '' }] },
    });
  });

  test('of several environments are in the results, also that of one that failed', () => {
    const error = failure('NOT_DEPLOYED', { app: 'web', environment: 'staging' });
    const outputs = toOutputs([
      { app: 'web', environment: 'development', outcome: CREATED },
      { app: 'web', environment: 'staging', error },
    ]);
    expect(outputs).toMatchObject({ outcome: '', 'pull-request-number': '', changes: '' });
    expect(outputs.results).toMatchObject([
      { environment: 'development', outcome: 'created', sentence: `web in development: ${sentence(CREATED)}` },
      {
        environment: 'staging',
        outcome: 'failed',
        reason: 'NOT_DEPLOYED',
        sentence: `web in staging: ${error.message}`,
      },
    ]);
    expect(outputs.plan).toEqual({
      include: [
        { app: 'web', environment: 'development' },
        { app: 'web', environment: 'staging' },
      ],
    });
  });

  test('are empty, not absent, without a pull request', () => {
    expect(outputsOf({ ...NO_PULL_REQUEST, changes: [], diff: '' })).toMatchObject({
      'pull-request-number': '',
      'pull-request-url': '',
      changes: [],
      'changed-files': [],
      diff: '',
    });
  });

  test('have the lines that were left, at most 500 of them', () => {
    const left = Array.from({ length: 600 }, (_, index) => ({ ...LEFT, line: index + 1 }));
    const outputs = toOutputs([{ app: '', environment: '', outcome: { ...CREATED, left } }]);
    expect(outputs.left).toEqual(left.slice(0, 500));
    expect(outputs.results).toMatchObject([{ left: left.slice(0, 500) }]);
  });

  test('have a diff that is cut at the end of a line', () => {
    const line = `+${'x'.repeat(98)}\n`;
    const { diff } = outputsOf({ ...CREATED, diff: line.repeat(1000) });
    expect(String(diff).length).toBeLessThanOrEqual(MAX_DIFF);
    expect(String(diff)).toMatch(new RegExp(`^(?:\\+x{98}\n)+${CUT_NOTE}$`));
    expect(outputsOf({ ...CREATED, diff: 'x'.repeat(MAX_DIFF) }).diff).toBe('x'.repeat(MAX_DIFF));
    expect(String(outputsOf({ ...CREATED, diff: 'x'.repeat(MAX_DIFF + 1) }).diff)).toMatch(
      new RegExp(`x\n${CUT_NOTE}$`),
    );
  });
});
