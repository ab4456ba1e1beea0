/** Who is measured, and how each of them is started. */
import { resolve } from 'node:path';
import type { Tool } from './tools.ts';

export type ContenderName = 'ours' | 'ours, with `paths`' | 'tutorial' | 'careful' | 'expert' | 'kustomize' | 'floor';

export interface Contender {
  readonly name: ContenderName;
  readonly does: string;
  readonly line: readonly string[];
  /** Whether the Action is told the application's folder. */
  readonly withPaths?: true;
  /** What it needs beside git and a shell. */
  readonly tools?: readonly Tool[];
}

/** The Action as the runner starts it. */
export const ACTION = [process.execPath, resolve('dist/index.cjs')];

function script(name: string): readonly string[] {
  return ['bash', resolve(`bench/contenders/${name}.sh`)];
}

export const CONTENDERS: readonly Contender[] = [
  { name: 'ours', does: 'this Action, told the image and nothing else', line: ACTION },
  { name: 'ours, with `paths`', does: 'the same, told the folder', line: ACTION, withPaths: true },
  {
    name: 'tutorial',
    does: '`git clone`, `yq -i`, `git add .`, `commit`, `push`, `gh pr list`, and `gh pr create` unless one is open',
    line: script('tutorial'),
    tools: ['yq', 'gh'],
  },
  { name: 'careful', does: 'the same with `--depth 1`', line: script('careful'), tools: ['yq', 'gh'] },
  {
    name: 'expert',
    does: 'the same with `--depth 1 --filter=blob:none --sparse`, told the folder',
    line: script('expert'),
    tools: ['yq', 'gh'],
  },
  {
    name: 'kustomize',
    does: 'careful, with `kustomize edit set image`',
    line: script('kustomize'),
    tools: ['kustomize', 'gh'],
  },
  { name: 'floor', does: "git's plumbing alone, from a shell, and one API request by `curl`", line: script('floor') },
];
