/** Every workflow of ours, and every one that people copy, by GitHub's own parser; and the rules that it has not. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { registerLogger, validate } from './language-service.ts';
import { readWorkflow, stepsOf } from './workflow.ts';

interface Action {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<Record<string, { description: string; required?: boolean; default?: string }>>;
  readonly outputs: Readonly<Record<string, { description: string }>>;
}

const OURS = 'acme/manifest-release-pr';
const action = parse(readFileSync('action.yml', 'utf8')) as Action;

/** Jobs of a called workflow that take the permissions of their caller. */
const INHERITING = ['.github/workflows/release-pr.yml release'];

const files = ['.github/workflows', 'examples', 'examples/manifest-repository'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `${folder}/${name}`),
);

// The language service catches what it throws itself, and would then find nothing wrong.
const told: string[] = [];
const tell = (message: string): void => void told.push(message);
registerLogger({ error: tell, warn: tell, info: tell, log: tell });

async function diagnose(path: string, text = readFileSync(path, 'utf8')): Promise<string[]> {
  // It remembers what it has parsed by the address.
  const document = TextDocument.create(`file:///${randomUUID()}/${path}`, 'yaml', 0, text);
  const diagnostics = await validate(document, {
    actionsMetadataProvider: {
      // Of others we know no inputs.
      fetchActionMetadata: ({ owner, name }) =>
        Promise.resolve(`${owner}/${name}` === OURS ? action : { name, description: '' }),
    },
    fileProvider: {
      getFileContent: (file) => Promise.resolve({ name: file.path, content: readFileSync(file.path, 'utf8') }),
    },
  });
  return [
    ...told.splice(0),
    ...diagnostics.map(({ range, message }) => `${path}:${range.start.line + 1}: ${JSON.stringify(message)}`),
  ];
}

test('there are workflows to look at', () => {
  expect(files.length).toBeGreaterThan(8);
});

describe.each(files)('%s', (path) => {
  const workflow = readWorkflow(path);
  const text = readFileSync(path, 'utf8');
  const steps = stepsOf(workflow);
  const jobs = Object.entries(workflow.jobs);

  test('is a workflow, with inputs that there are', async () => {
    expect(await diagnose(path)).toEqual([]);
  });

  test('pins the actions of others by commit, and says the version', () => {
    const uses = [...steps, ...Object.values(workflow.jobs)].flatMap((user) => user.uses ?? []);
    for (const one of uses.filter((used) => !used.startsWith(`${OURS}@`) && !used.startsWith(`${OURS}/`))) {
      expect(one).toMatch(/^[\w./-]+@[0-9a-f]{40}$/);
      expect(text).toMatch(new RegExp(`${one} # v\\d+\\.\\d+\\.\\d+$`, 'm'));
    }
  });

  test('puts no expression into a script', () => {
    expect(steps.filter(({ run, with: given }) => `${run} ${given?.['script']}`.includes('${{'))).toEqual([]);
  });

  test('says what each job may, and gives nothing by default', () => {
    const open = jobs.filter(([, { permissions }]) => !permissions).map(([name]) => `${path} ${name}`);
    if (path.endsWith('/release-pr.yml')) expect(open).toEqual(INHERITING);
    else expect(workflow.permissions).toEqual({});
  });

  test('reads outputs that our Action has', () => {
    for (const [, { steps: own = [], outputs = {} }] of jobs) {
      const ids = own.filter(({ uses }) => uses?.startsWith(`${OURS}@`)).flatMap(({ id }) => id ?? []);
      const read = JSON.stringify([own, outputs]).matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g);
      const names = [...read].filter(([, id = '']) => ids.includes(id)).map(([, , name]) => name);
      expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(names));
    }
  });
});

test('examples/gitea/release.yml is a workflow to GitHub’s parser too: Gitea and Forgejo take the same form', async () => {
  expect(await diagnose('examples/gitea/release.yml')).toEqual([]);
});

test.each([
  ['an input that is none', 'with: { tags: x }', /Invalid action input 'tags'/],
  ['a context that is none', 'with: { images: "${{ input.tag }}" }', /Unrecognized named-value: 'input'/],
  ['a function that is none', 'with: { images: "${{ lower(github.sha) }}" }', /Unrecognized function: 'lower'/],
  ['a key that is none', 'width: {}', /Unexpected value 'width'/],
])('the parser finds %s', async (_, line, message) => {
  const text = `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: ${OURS}@v1\n        ${line}\n`;
  expect((await diagnose('wrong.yml', text)).join('\n')).toMatch(message);
});

test.each([
  ['an input', 'with: { image: x }', /image/],
  ['a secret', 'secrets: { tokens: x }', /tokens/],
])('the parser finds %s that the reusable workflow has not', async (_, line, message) => {
  const uses = `${OURS}/.github/workflows/release-pr.yml@v1`;
  const text = `on: push\njobs:\n  a:\n    uses: ${uses}\n    ${line}\n`;
  expect((await diagnose('wrong.yml', text)).join('\n')).toMatch(message);
});
