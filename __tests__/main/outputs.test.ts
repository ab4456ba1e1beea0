import { describe, expect, test } from 'vitest';
import { failure } from '../../src/core/errors.ts';
import type { Result } from '../../src/environments/result.ts';
import type { Outcome } from '../../src/release/outcome.ts';
import type { PullRequest } from '../../src/forge/forge.ts';
import { MAX_DIFF, OUTPUTS, sentence, toOutputs, toSummary } from '../../src/main/outputs.ts';

const CHANGE = {
  file: 'apps/web/deployment.yaml',
  line: 16,
  where: 'Deployment/web spec.template.spec.containers[0].image',
  image: 'ghcr.io/acme/web',
  from: '1.4.1',
  to: '1.4.2',
};
const PULL_REQUEST: PullRequest = {
  number: 7,
  url: 'https://git.test/acme/manifests/pull/7',
  id: 'PR_7',
  state: 'open',
  title: 'Release web 1.4.2',
  body: '',
  draft: false,
  labels: [],
  reviewers: [],
  'team-reviewers': [],
  assignees: [],
  commits: [],
  isWhole: false,
  closedByDeletion: false,
  branch: 'release/web',
  headId: '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3',
  head: undefined,
  verified: true,
};
const CREATED: Outcome = {
  outcome: 'created',
  page: '',
  pullRequest: PULL_REQUEST,
  numberSign: '#',
  repository: 'acme/manifests',
  version: '1.4.2',
  delivery: 'pull-request',
  branch: 'release/web',
  base: 'main',
  commit: '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3',
  verified: true,
  changes: [CHANGE, { ...CHANGE, line: 40 }, { ...CHANGE, file: 'charts/web/values.yaml', line: 5 }],
  left: [],
  diff: '--- a/x\n+++ b/x\n',
  reason: '',
};
const LEFT = { file: 'run.sh', line: 3, image: 'ghcr.io/acme/web', version: '1.4.1', reason: 'is in a template' };
const NO_PULL_REQUEST = { ...CREATED, pullRequest: undefined };
const CUT_NOTE = '… cut here; the branch has the rest';

describe('the sentence', () => {
  const cases: [what: string, outcome: Outcome, expected: string][] = [
    ['created', CREATED, `Opened pull request #7 (${PULL_REQUEST.url}): 3 places in 2 files.`],
    [
      'updated',
      { ...CREATED, outcome: 'updated' },
      `Updated pull request #7 (${PULL_REQUEST.url}): 3 places in 2 files.`,
    ],
    [
      'of one place',
      { ...CREATED, changes: [CHANGE] },
      `Opened pull request #7 (${PULL_REQUEST.url}): 1 place in 1 file.`,
    ],
    [
      'pushed',
      { ...NO_PULL_REQUEST, outcome: 'pushed' },
      'Pushed branch release/web to acme/manifests: 3 places in 2 files; open its pull request there.',
    ],
    [
      'pushed, where the server names a page',
      { ...NO_PULL_REQUEST, outcome: 'pushed', page: 'https://git.test/acme/manifests/-/merge_requests/1' },
      'Pushed branch release/web to acme/manifests: 3 places in 2 files; for its pull request see ' +
        'https://git.test/acme/manifests/-/merge_requests/1.',
    ],
    [
      'pushed to the base',
      { ...NO_PULL_REQUEST, outcome: 'pushed', delivery: 'push', branch: 'main' },
      'Pushed to main of acme/manifests: 3 places in 2 files.',
    ],
    [
      'closed',
      { ...CREATED, outcome: 'closed', changes: [] },
      `Closed pull request #7 (${PULL_REQUEST.url}): main has these versions already.`,
    ],
    [
      'skipped-older',
      { ...NO_PULL_REQUEST, outcome: 'skipped-older', reason: 'main has 1.5.0, which is newer than 1.4.2' },
      'Skipped 1.4.2: main has 1.5.0, which is newer than 1.4.2. To go back anyway, set order: any.',
    ],
    [
      'declined',
      { ...CREATED, outcome: 'declined', pullRequest: { ...PULL_REQUEST, state: 'closed' } },
      `Skipped 1.4.2: its pull request #7 (${PULL_REQUEST.url}) was closed by hand without merging. Reopen it, or set force: true.`,
    ],
    [
      'dry-run',
      { ...NO_PULL_REQUEST, outcome: 'dry-run' },
      'Dry run: 3 places in 2 files would change; nothing was written.',
    ],
    [
      'unchanged, because the base has it',
      { ...NO_PULL_REQUEST, outcome: 'unchanged', changes: [] },
      'Nothing to do: main has these versions already.',
    ],
    [
      'unchanged, because the pull request has it',
      { ...CREATED, outcome: 'unchanged' },
      `Nothing to do: pull request #7 (${PULL_REQUEST.url}) has these versions already.`,
    ],
    [
      'unchanged, because the branch has it',
      { ...NO_PULL_REQUEST, outcome: 'unchanged' },
      'Nothing to do: branch release/web has these versions already.',
    ],
  ];
  test.each(cases)('%s', (_, outcome, expected) => {
    expect(sentence(outcome)).toBe(expected);
  });

  test('is one visible line whatever it tells of', () => {
    const outcome = { ...NO_PULL_REQUEST, outcome: 'pushed', branch: 'a\nb\u202ec', repository: 'x\r\ny' } as const;
    expect(sentence(outcome)).toMatch(/^Pushed branch a\\u\{a\}b\\u\{202e\}c to x\\u\{d\}\\u\{a\}y: [^\n]+\.$/);
    const outcomes = ['closed', 'skipped-older', 'declined', 'unchanged', 'pushed'] as const;
    for (const name of outcomes) {
      const told = {
        ...outcome,
        outcome: name,
        delivery: 'push',
        version: '1\n2',
        base: 'm\u0007',
        changes: [],
      } as const;
      expect(sentence(told), name).toMatch(/^[^\p{Cc}\p{Cf}]+\.$/u);
    }
  });
});

const alone = (outcome: Outcome): Result[] => [{ app: '', environment: '', outcome }];
const outputsOf = (outcome: Outcome) => toOutputs(alone(outcome));
const summaryOf = (outcome: Outcome) => toSummary(alone(outcome));

describe('the outputs', () => {
  test('are all that action.yml promises, in its order', () => {
    expect(Object.keys(outputsOf(CREATED))).toEqual(OUTPUTS.map(({ name }) => name));
    expect(outputsOf(CREATED)).toEqual({
      outcome: 'created',
      'pull-request-number': 7,
      'pull-request-url': PULL_REQUEST.url,
      'new-pull-request-url': '',
      branch: 'release/web',
      commit: CREATED.commit,
      verified: true,
      base: 'main',
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

describe('the summary', () => {
  test('tells what changes where', () => {
    expect(summaryOf(CREATED)).toBe(`### Opened pull request #7 (${PULL_REQUEST.url}): 3 places in 2 files.

[Pull request #7](${PULL_REQUEST.url}): \`Release web 1.4.2\`

| Image | Old | New | File | Where |
| --- | --- | --- | --- | --- |
| \`ghcr.io/acme/web\` | \`1.4.1\` | \`1.4.2\` | \`apps/web/deployment.yaml:16\` | \`${CHANGE.where}\` |
| \`ghcr.io/acme/web\` | \`1.4.1\` | \`1.4.2\` | \`apps/web/deployment.yaml:40\` | \`${CHANGE.where}\` |
| \`ghcr.io/acme/web\` | \`1.4.1\` | \`1.4.2\` | \`charts/web/values.yaml:5\` | \`${CHANGE.where}\` |

<details><summary>Diff</summary>

\`\`\`diff
--- a/x
+++ b/x
\`\`\`

</details>`);
  });

  test('is one line where there is nothing to tell', () => {
    const outcome = { ...NO_PULL_REQUEST, outcome: 'unchanged', changes: [], diff: '' } as const;
    expect(summaryOf(outcome)).toBe('### Nothing to do: main has these versions already.');
  });

  test.each([
    ['a table’s end', 'a|b\n| c'],
    ['code', 'a`b``c```'],
    ['HTML', '<img src=x onerror=alert(1)>'],
    ['a comment', '<!-- -->'],
    ['a link', '[x](javascript:alert(1))'],
  ])('keeps %s inside its cell', (_, text) => {
    const change = { ...CHANGE, file: text, where: text, image: text, from: text, to: text };
    const summary = summaryOf({
      ...CREATED,
      pullRequest: { ...PULL_REQUEST, title: text },
      changes: [change],
    });
    const row = summary.split('\n').find((line) => line.startsWith('| `'));
    const cells = row?.split(/(?<!\\)\|/).slice(1, -1) ?? [];
    expect(cells).toHaveLength(5);
    for (const cell of cells) expect(cell.trim()).toMatch(/^(`+) ?[^\n]*[^`\n] ?\1$|^(`+) .*` \2$/);
  });

  test('has the lines that were left, made safe', () => {
    const summary = summaryOf({ ...CREATED, left: [{ ...LEFT, file: 'a|`<b>.sh', reason: 'has <img> | x' }] });
    expect(summary).toContain('**Left as it is**');
    expect(summary).toContain('| ``a\\|`<b>.sh:3`` | `ghcr.io/acme/web` | `1.4.1` | it has \\<img\\> \\| x |');
  });

  test('keeps a diff inside its block', () => {
    const diff = '+```\n+</details>\n+````\n+<script>\n';
    const block = /\n(`{3,})diff\n([\s\S]*)\n\1\n\n<\/details>$/.exec(summaryOf({ ...CREATED, diff }));
    expect(block?.[1]).toBe('`````');
    expect(`${block?.[2]}\n`).toBe(diff);
  });

  test('links to nothing but the web', () => {
    const url = 'javascript:alert(1)';
    expect(summaryOf({ ...CREATED, pullRequest: { ...PULL_REQUEST, url } })).toContain('[Pull request #7]():');
    const closing = 'https://git.test/)<b>[x]';
    expect(summaryOf({ ...CREATED, pullRequest: { ...PULL_REQUEST, url: closing } })).toContain(
      '[Pull request #7](https://git.test/%29%3Cb%3E%5Bx%5D):',
    );
  });

  test('shows a branch’s name without markup', () => {
    const summary = summaryOf({ ...NO_PULL_REQUEST, outcome: 'pushed', branch: '<b>*x*_y_[z]`' });
    expect(summary.split('\n')[0]).toContain('\\<b\\>\\*x\\*\\_y\\_\\[z\\]\\`');
  });

  test('stays below what GitHub takes', () => {
    const changes = Array.from({ length: 5000 }, (_, index) => ({
      ...CHANGE,
      file: `apps/${'ä'.repeat(90)}/${index}.yaml`,
    }));
    const summary = summaryOf({ ...CREATED, changes, diff: 'ä'.repeat(200_000) });
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(summary.endsWith(CUT_NOTE)).toBe(true);
  });
});
