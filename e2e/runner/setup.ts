/** What all runs share: the runner, the Node that GitHub's runners have, and this project as a workflow gets it by its tag. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { runnerNode } from '../../__tests__/end-to-end/runtimes.ts';
import { installTool } from '../../scripts/tools.mjs';

export interface Runner {
  /** Path of the program `act`. */
  readonly act: string;
  /** Path of a Node 24. */
  readonly node: string;
  /** The folder that stands for this project at its tag: what workflows use of it, without its dependencies. */
  readonly project: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    runner: Runner;
  }
}

const USED = ['action.yml', 'dist', '.github/workflows'];

export async function setup({ provide }: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  const act = await installTool('act');
  const [runtime] = runnerNode();
  if (!runtime) throw new Error('there is no Node 24 here: it comes from the npm registry');
  const project = await mkdtemp(join(tmpdir(), 'runner-project-'));
  for (const path of USED) await cp(path, join(project, path), { recursive: true });
  provide('runner', { act, node: runtime.node, project });
  return () => rm(project, { recursive: true, force: true });
}
