import { describe, expect, test } from 'vitest';
import { failure } from '../../src/core/errors.ts';
import { CUT_NOTE } from '../../src/main/outputs.ts';
import { failureSummary, toSummary } from '../../src/main/summary.ts';
import type { Outcome } from '../../src/release/outcome.ts';
import { alone, CHANGE, CREATED, LEFT, NO_PULL_REQUEST, PULL_REQUEST } from './outcome.ts';

const summaryOf = (outcome: Outcome) => toSummary(alone(outcome));

describe('the summary', () => {
  test('tells what changes where', () => {
    expect(summaryOf(CREATED)).toBe(`### Opened pull request #7 (${PULL_REQUEST.url}): 3 places in 2 files.

[Pull request #7](${PULL_REQUEST.url}): \`Release web 1.4.2\`

| Image | From | To | Step | Places |
| --- | --- | --- | --- | --: |
| \`ghcr.io/acme/web\` | \`1.4.1\` | \`1.4.2\` | patch | 3 |

- \`apps/web/deployment.yaml:16\` \`${CHANGE.where}\`: \`ghcr.io/acme/web\` \`1.4.1\` → \`1.4.2\`
- \`apps/web/deployment.yaml:40\` \`${CHANGE.where}\`: \`ghcr.io/acme/web\` \`1.4.1\` → \`1.4.2\`
- \`charts/web/values.yaml:5\` \`${CHANGE.where}\`: \`ghcr.io/acme/web\` \`1.4.1\` → \`1.4.2\`

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
    const change = { ...CHANGE, file: text, where: text, image: text, from: `${text}1`, to: text };
    const summary = summaryOf({
      ...CREATED,
      pullRequest: { ...PULL_REQUEST, title: text },
      changes: [change],
    });
    const row = summary.split('\n').find((line) => line.startsWith('| `'));
    const cells = row?.split(/(?<!\\)\|/).slice(1, -1) ?? [];
    expect(cells).toHaveLength(5);
    for (const cell of cells.slice(0, 3)) expect(cell.trim()).toMatch(/^(`+) ?[^\n]*[^`\n] ?\1$|^(`+) .*` \2$/);
  });

  test('has the lines that were left, made safe', () => {
    const summary = summaryOf({ ...CREATED, left: [{ ...LEFT, file: 'a|`<b>.sh', reason: 'has <img> | x' }] });
    expect(summary).toContain('**Left as it is**');
    expect(summary).toContain('| ``a\\|`<b>.sh:3`` | `ghcr.io/acme/web` | `1.4.1` | it has \\<img\\> \\| x |');
  });

  test('folds many places', () => {
    const changes = Array.from({ length: 6 }, (_, index) => ({ ...CHANGE, line: index + 1 }));
    expect(summaryOf({ ...CREATED, changes })).toContain(
      '| 6 |\n\n<details><summary>6 places</summary>\n\n- `apps/web/deployment.yaml:1`',
    );
  });

  test('has the error of a run that failed, inside its block', () => {
    const error = failure('INPUT_INVALID', { input: 'paths', value: '```\n# x', reason: 'is wrong' });
    const [, fence, text] =
      /^### Failed: INPUT_INVALID\n\n(`{3,})\n([\s\S]*?)\1\n\n\[What INPUT_INVALID means\]\(\S+#input_invalid\)$/.exec(
        failureSummary(error),
      ) ?? [];
    expect(fence).toBe('````');
    expect(text).toContain(error.hint);
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
