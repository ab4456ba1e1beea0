import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Attributes } from '../../src/core/objects.ts';
import { CAPABILITIES, FEATURES, lackingNotes } from '../../src/forge/capabilities.ts';
import { FORGE_KINDS } from '../../src/forge/kind.ts';

const NOTHING: Attributes = {
  labels: [],
  reviewers: [],
  'team-reviewers': [],
  assignees: [],
  milestone: '',
  'auto-merge': '',
  draft: false,
};
const ALL: Attributes = {
  labels: ['release'],
  reviewers: ['ada'],
  'team-reviewers': ['platform'],
  assignees: ['ada'],
  milestone: 'Sprint 12',
  'auto-merge': 'squash',
  draft: true,
};

describe('the notes on what a server lacks', () => {
  test('are none where nothing is asked for, or all of it is had', () => {
    for (const kind of FORGE_KINDS) expect(lackingNotes(kind, NOTHING, 'git')).toEqual([]);
    expect(lackingNotes('github', ALL, 'api')).toEqual([]);
  });

  test('name what a forge lacks', () => {
    expect(lackingNotes('gitlab', ALL, 'api')).toEqual([
      'team reviewers: not given on GitLab, where approval rules name groups',
    ]);
    expect(lackingNotes('azure-devops', ALL, 'api')).toEqual(['assignees, milestone: not there on Azure DevOps']);
  });

  test('name all that is not given without a client', () => {
    const all = 'draft, labels, reviewers, team reviewers, assignees, milestone, auto-merge';
    expect(lackingNotes('codecommit', ALL, 'git')).toEqual([
      `${all}: not given on CodeCommit: the branch is pushed, and the text for a pull request is in the log`,
    ]);
    expect(lackingNotes('github', { ...NOTHING, labels: ['release'] }, 'git')).toEqual([
      'labels: not given, because there is no token for the API of this server',
    ]);
  });
});

test('the notes name what a push cannot ask for', () => {
  expect(lackingNotes('gitlab', ALL, 'push')).toEqual([
    'reviewers, auto-merge: not given, because there is no token for the API of this server',
    'team reviewers: not given on GitLab, where approval rules name groups',
  ]);
});

test('each reason is the end of a sentence, without an end of its own', () => {
  const features = Object.keys(FEATURES) as (keyof typeof FEATURES)[];
  const notes = FORGE_KINDS.flatMap((kind) => features.map((feature) => CAPABILITIES[kind][feature]));
  for (const note of notes) expect(note === 'yes' ? 'yes' : note.note).toMatch(/^[a-z].*[^.]$/);
});

test('docs/forges.md has the table that the code has', () => {
  const script = join(import.meta.dirname, '../../scripts/capability-table.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});
