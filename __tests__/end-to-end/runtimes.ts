/** Before all tests: a real Node 24, the runner's, beside the Node that runs the tests. Installed once per clone. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

const VERSION = '24.21.0';

export interface Runtime {
  readonly name: string;
  readonly node: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The Node of the tests first. */
    runtimes: [Runtime, ...Runtime[]];
  }
}

export default function setup(project: TestProject): void {
  const present: Runtime = { name: `Node ${process.versions.node}`, node: process.execPath };
  project.provide('runtimes', [present, ...runnerNode()]);
}

/** The Node 24 of GitHub’s runners; none where it cannot be installed. */
export function runnerNode(): Runtime[] {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(import.meta.dirname, '../../node_modules/.cache/runner-node');
  const node = join(folder, 'node_modules', name, 'bin/node');
  try {
    const options = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
    if (!existsSync(node)) execFileSync('npm', ['install', `--prefix=${folder}`, ...options, `${name}@${VERSION}`]);
    return [{ name: `Node ${VERSION}`, node }];
  } catch (error) {
    console.warn(`end to end: not run under Node ${VERSION}, which cannot be installed here: ${String(error)}`);
    return [];
  }
}
