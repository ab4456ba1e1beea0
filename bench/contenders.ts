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
  readonly tool?: Tool;
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
    does: '`git clone`, `yq -i`, `git add .`, `commit`, `push`, one API request',
    line: script('tutorial'),
    tool: 'yq',
  },
  { name: 'careful', does: 'the same with `--depth 1`', line: script('careful'), tool: 'yq' },
  {
    name: 'expert',
    does: 'the same with `--depth 1 --filter=blob:none --sparse`, told the folder',
    line: script('expert'),
    tool: 'yq',
  },
  {
    name: 'kustomize',
    does: 'careful, with `kustomize edit set image`',
    line: script('kustomize'),
    tool: 'kustomize',
  },
  { name: 'floor', does: "git's plumbing alone, from a shell, and one API request", line: script('floor') },
];
