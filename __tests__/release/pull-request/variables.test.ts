import { describe, expect, test } from 'vitest';
import { detectCi } from '../../../src/inputs/ci.ts';
import { UNKNOWN_CONTENTS, type Contents } from '../../../src/release/pull-request/changelog.ts';
import { ReleaseError } from '../../../src/core/errors.ts';
import { readInputs } from '../../../src/inputs/inputs.ts';
import type { RawInputs } from '../../../src/inputs/raw-inputs.ts';
import { buildOf } from '../../../src/release/build.ts';
import { goBackVariables } from '../../../src/release/pull-request/go-back.ts';
import {
  isTemplatedLabel,
  renderCommitMessage,
  renderLabels,
  renderTexts,
  type ReleaseTexts,
} from '../../../src/release/pull-request/texts.ts';
import {
  leftVariables,
  ofAnyVersion,
  planVariables,
  releaseVariables,
} from '../../../src/release/pull-request/variables.ts';
import { ANY_VERSION } from '../../../src/release/release-branches.ts';

const CI = detectCi({
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://git.test',
  GITHUB_REPOSITORY: 'acme/web',
  GITHUB_SHA: '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3',
  GITHUB_RUN_ID: '42',
  GITHUB_ACTOR: 'ada',
});
const [LIMITS, MAX_LABEL] = [{ title: 256, body: 65_536 }, 50];
const CHANGE = {
  file: 'apps/web.yaml',
  line: 16,
  where: 'Deployment/web',
  image: 'acme/web',
  from: '1.4.1',
  to: '1.4.2',
};

const COMMIT = {
  commit: 'c9f0f895fb98ab91',
  shortCommit: 'c9f0f89',
  author: 'bob',
  subject: 'Mend the cart',
  mark: '',
  url: 'https://git.test/acme/web/commit/c9f0f895fb98ab91',
  pull: '',
  pullUrl: '',
};
const CONTENTS: Contents = {
  contents: { summary: '2 commits of acme/web', url: 'https://git.test/acme/web/compare/1...2' },
  commits: [COMMIT, { ...COMMIT, subject: 'Test it', pull: '12', pullUrl: 'https://git.test/acme/web/pull/12' }],
};

function planned(raw: RawInputs = {}, changes = [CHANGE], ci = CI) {
  const inputs = readInputs({ repository: 'acme/manifests', images: 'acme/web:1.4.2', ...raw }, ci);
  return { inputs, variables: planVariables(variablesOf(raw, ci), changes) };
}

function variablesOf({ name = 'web', ...raw }: RawInputs, ci = CI) {
  const inputs = readInputs({ repository: 'acme/manifests', images: 'acme/web:1.4.2', ...raw }, ci);
  const build = buildOf(inputs.images.released, inputs.operation, ci);
  return releaseVariables({ inputs, build, source: ci.source }, name, 'main');
}

function texts(
  raw: RawInputs = {},
  changes = [CHANGE],
  ci = CI,
  known: Contents & { skipped: string } = { ...UNKNOWN_CONTENTS, skipped: '' },
  limits = LIMITS,
): ReleaseTexts {
  const { inputs, variables } = planned(raw, changes, ci);
  const build = buildOf(inputs.images.released, inputs.operation, ci);
  const all = { ...variables, ...known, ...leftVariables([]), ...goBackVariables({ inputs, build }, changes) };
  return renderTexts(inputs.templates, { ...all, rendered: '', details: 'yes' }, limits);
}

function commitMessage(raw: RawInputs = {}, changes = [CHANGE]): string {
  const { inputs, variables } = planned(raw, changes);
  return renderCommitMessage(inputs.templates, variables);
}

function labels(lines: string, changes = [CHANGE]): string[] {
  const { inputs, variables } = planned({ labels: lines }, changes);
  return renderLabels(inputs.templates, variables, MAX_LABEL);
}

describe('the texts of a release', () => {
  test('by default', () => {
    expect(texts()).toEqual({
      title: 'Release web 1.4.1 → 1.4.2 (patch)',
      body: `Release **web** 1.4.1 → 1.4.2 (patch): 1 place in 1 file.

| Image | From | To | Step | Places |
| --- | --- | --- | --- | --: |
| acme/web | 1.4.1 | **1.4.2** | patch | 1 |

**Where**

- apps/web.yaml:16 Deployment/web: acme/web 1.4.1 → 1.4.2

Built from acme/web@[8f14e45](https://git.test/acme/web/commit/8f14e45fceea167a5a36dedd4bea2543f5a1b2c3) by [this run](https://git.test/acme/web/actions/runs/42), started by ada.
To go back after the merge: \`manifest-release-pr release --repository acme/manifests --images acme/web:1.4.1 --force\`

<details><summary>About this pull request</summary>

- manifest-release-pr opened it after an image build, and keeps it up to date while it is open.
- Merging it changes the manifests; the agent in the cluster deploys them.
- Closing it without merging declines this version: it is not proposed again, a newer one is.
- Commits that you add to its branch stay, and so does text above and below this part.
- A build that is older than what is deployed or proposed is skipped.

</details>`,
    });
    expect(commitMessage()).toBe('Release web 1.4.2\n\napps/web.yaml:16 acme/web 1.4.1 -> 1.4.2\n');
  });

  test('where it is known what is in it, and what was skipped', () => {
    const { body } = texts({}, [CHANGE], CI, { ...CONTENTS, skipped: '1.4.0, 1.4.1-rc.1' });
    expect(body).toContain(': 1 place in 1 file, skipped 1.4.0, 1.4.1-rc.1.\n\n| Image |');
    expect(body).toContain(`| patch | 1 |

**What is in it:** 2 commits of acme/web ([compare](https://git.test/acme/web/compare/1...2))

- Mend the cart – bob, [c9f0f89](${COMMIT.url})
- Test it – bob, [c9f0f89](${COMMIT.url}), [pull request 12](https://git.test/acme/web/pull/12)

**Where**`);
  });

  test('where a version is no version', () => {
    const change = { ...CHANGE, from: 'main-42', to: 'main-43' };
    expect(texts({ images: 'acme/web:main-43' }, [change]).title).toBe('Release web main-42 → main-43');
  });

  test('of a place that had no version', () => {
    const first = { ...CHANGE, from: '' };
    const { title, body } = texts({}, [first]);
    expect(title).toBe('Release web 1.4.2');
    expect(body).toContain('Release **web** 1.4.2: 1 place in 1 file.\n');
    expect(body).toContain('| acme/web | – | **1.4.2** | – | 1 |');
    expect(body).toContain('- apps/web.yaml:16 Deployment/web: acme/web 1.4.2\n');
    expect(body).not.toContain('To go back');
    expect(commitMessage({}, [first])).toBe('Release web 1.4.2\n\napps/web.yaml:16 acme/web 1.4.2\n');
    expect(labels('bump/{{ bump }}', [first])).toEqual(['bump/unordered']);
  });

  test('of several places of which some had a version', () => {
    const first = { ...CHANGE, from: '' };
    expect(texts({}, [first, CHANGE]).title).toBe('Release web 1.4.1 → 1.4.2 (patch)');
    expect(labels('bump/{{ bump }}', [first, CHANGE])).toEqual(['bump/patch']);
    expect(texts({}, [first, { ...CHANGE, image: 'acme/api' }]).title).toBe('Release web 1.4.2');
  });

  test('of a version that is only written in another way', () => {
    const quoted = { ...CHANGE, from: '0362525', to: '0362525', note: 'quoted' };
    const { title, body } = texts({ images: 'acme/web:0362525' }, [quoted]);
    expect(title).toBe('Release web 0362525');
    expect(body).toContain('acme/web 0362525 → 0362525 (quoted)\n');
    expect(commitMessage({ images: 'acme/web:0362525' }, [quoted])).toContain('acme/web 0362525 -> 0362525 (quoted)\n');
  });

  test('where nothing changes', () => {
    expect(texts({}, []).title).toBe('Release web 1.4.2');
  });

  test('where the CI says nothing', () => {
    expect(texts({}, [CHANGE], detectCi({})).body).not.toContain('Built from');
  });

  test('where the CI knows the commit alone', () => {
    const { body } = texts({}, [CHANGE], detectCi({ CIRCLECI: 'true', CIRCLE_SHA1: CI.source.commit }));
    expect(body).toContain('\n\nBuilt from 8f14e45.\n');
  });

  test('of an image that has only a digest', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const { title, body } = texts({ images: `acme/web@${digest}` }, [{ ...CHANGE, to: digest }]);
    expect(title).toBe('Release web 1.4.1 → sha256:aaaaaaaaaaaa');
    expect(body).toContain('| acme/web | 1.4.1 | **sha256:aaaaaaaaaaaa** | – | 1 |');
  });

  test('of hostile values hold no markup', () => {
    const HOSTILE = 'a | b\n| `c` | <img> <!-- /manifest-release-pr --> @ada #1';
    const { body } = texts({ name: '<!-- --> @ada #1' }, [{ ...CHANGE, where: HOSTILE, from: HOSTILE }], CI, {
      contents: { summary: HOSTILE, url: 'javascript:alert(1)' },
      commits: [{ ...COMMIT, subject: HOSTILE, author: HOSTILE, url: 'https://git.test/)<b>[x]' }],
      skipped: HOSTILE,
    });
    const ours = body.replaceAll(/<\/?(?:details|summary)>/g, '');
    expect(ours.replace(/\\./g, '')).not.toMatch(/<|>|@\w|#\d|`/);
    expect(body.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3);
  });

  test.each(['x'.repeat(300), `{{ name }}${'x'.repeat(256)}`])('have a title that GitHub takes', (title) => {
    expect(texts({ title }).title).toHaveLength(LIMITS.title);
  });

  test('have a title of one line', () => {
    expect(texts({ title: 'Release\n{{ name }}' }).title).toBe('Release\\u{a}web');
  });
});

describe('a text for a person', () => {
  const digestOf = (digit: string): string => `sha256:${digit.repeat(64)}`;
  const pinned = (image: string, line: number): typeof CHANGE => ({
    ...CHANGE,
    image,
    line,
    from: `1.4.1@${digestOf('a')}`,
    to: `1.5.0@${digestOf('b')}`,
  });

  test('has one row for an image, its digest cut, and its places folded', () => {
    const changes = [1, 2, 3, 4, 5, 6].map((line) => pinned(line < 4 ? 'acme/web' : 'docker.io/acme/web', line));
    const { title, body } = texts({ images: `acme/web:1.5.0@${digestOf('b')}` }, changes);
    expect(title).toBe('Release web 1.4.1 → 1.5.0 (minor)');
    expect(body).toContain(
      '| acme/web | 1.4.1 | **1.5.0@\u200bsha256:bbbbbbbbbbbb** | minor | 6 |\n\n<details><summary>6 places in 1 file<',
    );
    expect(body).toContain(
      '- apps/web.yaml:1 Deployment/web: acme/web 1.4.1@\u200bsha256:aaaaaaaaaaaa → 1.5.0@\u200bsha256:bbbbbbbbbbbb\n',
    );
  });

  test('has both digests where the tag stays', () => {
    const change = { ...CHANGE, from: `1.4@${digestOf('a')}`, to: `1.4@${digestOf('b')}` };
    expect(texts({ images: `acme/web:1.4@${digestOf('b')}` }, [change]).body).toContain(
      '| acme/web | 1.4@\u200bsha256:aaaaaaaaaaaa | **1.4@\u200bsha256:bbbbbbbbbbbb** | – | 1 |',
    );
  });

  test('says that a version is older', () => {
    const change = { ...CHANGE, from: '1.5.0', to: '1.4.2' };
    expect(texts({}, [change]).title).toBe('Release web 1.5.0 → 1.4.2 (down)');
  });

  test('keeps what is behind the places where there are many, also on a forge with little room', () => {
    const changes = Array.from({ length: 436 }, (_, line) => ({ ...CHANGE, file: `apps/${line}/web.yaml`, line }));
    for (const [limits, listed] of [
      [LIMITS, 50],
      [{ title: 400, body: 4000 }, 20],
    ] as const) {
      const { body } = texts({}, changes, CI, { ...CONTENTS, skipped: '' }, limits);
      expect(body.match(/^- apps/gm)).toHaveLength(listed);
      expect(body).toContain(`- and ${436 - listed} more, which the diff shows\n`);
      expect(body).toContain('Built from acme/web');
      expect(body.length).toBeLessThan((limits.body * 3) / 4);
    }
  });
});

describe('the command to go back', () => {
  const command = (raw: RawInputs, ...changes: (typeof CHANGE)[]): string => {
    const { inputs } = planned(raw);
    const operation = { ...inputs.operation, ...(raw.mode === 'rollback' && { action: 'Roll back' as const }) };
    const build = buildOf(inputs.images.released, operation, CI);
    return goBackVariables({ inputs, build }, changes).goBack.command;
  };

  test.each<[what: string, raw: RawInputs, changes: (typeof CHANGE)[], command: string]>([
    ['one version', { paths: "it's/web" }, [CHANGE], `--images acme/web:1.4.1 --paths 'it'\\''s/web' --force`],
    ['several versions', {}, [CHANGE, { ...CHANGE, from: '1.4.0' }], ''],
    ['a first version', {}, [{ ...CHANGE, from: '' }], ''],
    ['no change', {}, [], ''],
  ])('of %s', (_, raw, changes, expected) => {
    expect(command(raw, ...changes)).toBe(
      expected && `manifest-release-pr release --repository acme/manifests ${expected}`,
    );
  });
});

describe('the version before', () => {
  const from = (...versions: string[]): string =>
    planned(
      {},
      versions.map((version) => ({ ...CHANGE, from: version })),
    ).variables.from;

  test('is told once, and of places that differ as far as there is room', () => {
    expect(from('1.4.1', '1.4.1')).toBe('1.4.1');
    expect(from('1.4.1', '1.4.0', '1.4.1')).toBe('1.4.1, 1.4.0');
    expect(from('1.4.1', '1.4.0', '1.3.0', '1.2.0')).toBe('1.4.1, 1.4.0, 1.3.0, …');
    expect(from()).toBe('');
  });

  test('is of the first image alone, while the step is the largest of all', () => {
    const { variables } = planned({}, [CHANGE, { ...CHANGE, image: 'acme/api', from: '1.9.0', to: '2.0.0' }]);
    expect(variables).toMatchObject({ from: '1.4.1', bump: 'major' });
    expect(variables.changes.map(({ bump, line }) => [bump, line])).toEqual([
      ['patch', '16'],
      ['major', '16'],
    ]);
  });
});

describe('labels', () => {
  test('are templates', () => {
    expect(labels('deploy\nbump/{{ bump }}\n{{ name }}')).toEqual(['deploy', 'bump/patch', 'web']);
  });

  test('are each given once, without the empty ones, and as short as GitHub takes', () => {
    expect(labels('web\n{{ name }}\n{{^bump}}none{{/bump}}')).toEqual(['web']);
    expect(labels('x'.repeat(60))).toEqual(['x'.repeat(50)]);
  });

  test('know nothing of the contents', () => {
    expect(() => labels('{{ contents.summary }}')).toThrow(ReleaseError);
    expect(() => labels('{{ skipped }}')).toThrow('Input "labels" uses the unknown template variable "skipped".');
  });
});

test('an empty title is refused', () => {
  expect(() => texts({ title: '{{^name}}x{{/name}}' })).toThrow(
    'Input "title" is "{{^name}}x{{/name}}", which is empty.',
  );
});

test('any version has a word in place of versions and addresses, and the same name, base and actor', () => {
  const variables = variablesOf({});
  const other = ofAnyVersion(variables);
  const { name, actor, base } = variables;
  expect(other).toMatchObject({ name, actor, base, version: ANY_VERSION, images: [{ name: 'acme/web' }] });
  expect(other.images[0]?.tag).toBe(ANY_VERSION);
  expect(other.images[0]?.digest, 'unknown stays unknown').toBe('');
  expect([other.source.shortCommit, other.run.url]).toEqual([ANY_VERSION, ANY_VERSION]);
});

test.each([
  ['release', true],
  ['bump/minor', true],
  ['bump/', false],
  ['hold', false],
  ['releases', false],
])('the label %s may come from a template: %s', (label, isIt) => {
  const { inputs } = planned({ labels: 'release\nbump/{{ bump }}' });
  expect(isTemplatedLabel(inputs.templates, label)).toBe(isIt);
});
