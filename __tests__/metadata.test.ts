/** The one contract in its four places: action.yml, the code's tables, the command line's flags, and the README. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isSwitch } from '../src/inputs/lookup.ts';
import { INPUT_TABLE } from '../src/inputs/table.ts';
import { OUTPUTS } from '../src/main/outputs.ts';
import { VARIABLES } from '../src/release/pull-request/template-variables.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(ROOT + path, 'utf8');

interface ActionMetadata {
  readonly inputs: Readonly<Record<string, { description: string; default?: string }>>;
  readonly outputs: Readonly<Record<string, { description: string }>>;
  readonly runs: { readonly using: string; readonly main: string; readonly post: string };
}

const action = parse(read('action.yml')) as ActionMetadata;

describe('action.yml', () => {
  test('has the inputs of the code, in their order, with description, default and need', () => {
    const described = Object.entries(action.inputs).map(([name, input]) => ({ name, ...input }));
    // Only what the runner must fill in has its default here: with any other it would look as if the step had said it,
    // and neither the config file nor a mode could say otherwise.
    const expected = INPUT_TABLE.map(({ name, description, default: byDefault }) => {
      const isFilledIn = byDefault.startsWith('${{');
      const told = isFilledIn || byDefault === '' ? description : `${description} Default: ${byDefault}`;
      return { name, description: told, default: isFilledIn ? byDefault : '' };
    });
    expect(described).toEqual(expected);
  });

  test('has the outputs of the code, in their order', () => {
    expect(Object.entries(action.outputs).map(([name, { description }]) => ({ name, description }))).toEqual(OUTPUTS);
  });

  test('runs a file that is here, on a runtime that GitHub has', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.cjs', post: 'dist/index.cjs' });
    expect(existsSync(ROOT + action.runs.main), `${action.runs.main} exists`).toBe(true);
  });

  test('has defaults that are texts, as the runner takes them', () => {
    const defaults = Object.values(action.inputs).flatMap((input) => input.default ?? []);
    expect(defaults.filter((value) => typeof value !== 'string')).toEqual([]);
  });
});

test('the command line has a flag for each input that is no secret, and none besides', () => {
  const help = execFileSync(process.execPath, [`${ROOT}dist/cli.cjs`, 'release', '--help'], { encoding: 'utf8' });
  const flags = [...help.matchAll(/^ {2}(?:-\w, )?--([\w-]+)( <\w+>)?/gm)].map(([, name, text]) => name + (text ?? ''));
  const expected = INPUT_TABLE.filter(({ name, variable }) => name !== 'mode' && variable === undefined).map(
    (input) => input.name + (isSwitch(input) ? '' : ' <text>'),
  );
  expect(flags).toEqual([...expected, 'token-env <name>', 'json', 'help']);
});

/** The cells of the table that follows a heading of the README. */
function tableOf(page: string, heading: string): string[][] {
  const [, section] = read(page).split(`\n${heading}\n`);
  if (section === undefined) throw new Error(`${page} has no heading "${heading}"`);
  const lines = section.split(/\n#/)[0]?.split('\n') ?? [];
  const [head, , ...rows] = lines
    .filter((line) => line.startsWith('|'))
    .map((line) => line.slice(1, -1).split(/(?<!\\)\|/));
  if (head === undefined) throw new Error(`${page} has no table under "${heading}"`);
  return rows.map((cells) => cells.map((cell) => cell.trim()));
}

const TEMPLATES = ['docs/templates.md', '## The variables'] as const;
const namesOf = (table: readonly string[][]): (string | undefined)[] => table.map(([name]) => name);

describe('the documentation', () => {
  test('lists each input with its default', () => {
    const listed = tableOf('README.md', '## Inputs').map(([name, byDefault]) => `${name} ${byDefault}`.trim());
    const expected = INPUT_TABLE.map(({ name, default: byDefault }) => {
      const shown = byDefault && `\`${byDefault}\``;
      return `\`${name}\` ${shown}`.trim();
    });
    expect(listed, 'the table under "## Inputs" of README.md against INPUTS of src/inputs/table.ts').toEqual(expected);
  });

  test('lists each output', () => {
    const expected = OUTPUTS.map(({ name }) => `\`${name}\``);
    const what = 'the table under "## Outputs" of README.md against OUTPUTS of src/main/outputs.ts';
    expect(namesOf(tableOf('README.md', '## Outputs')), what).toEqual(expected);
  });

  test('lists each template variable', () => {
    const expected = Object.entries(VARIABLES).flatMap(([name, meaning]) => {
      if (typeof meaning === 'string') return `\`${name}\``;
      const [row, prefix] = Array.isArray(meaning) ? [meaning[0] as object, `${name}[]`] : [meaning, name];
      return Object.keys(row).map((key) => `\`${prefix}.${key}\``);
    });
    const what =
      'the table under "## The variables" of docs/templates.md against VARIABLES of src/release/pull-request/template-variables.ts';
    expect(namesOf(tableOf(...TEMPLATES)), what).toEqual(expected);
  });

  test('says what each of them is', () => {
    const tables = [
      ...['## Inputs', '## Outputs'].flatMap((heading) => tableOf('README.md', heading)),
      ...tableOf(...TEMPLATES),
    ];
    expect(tables.filter((cells) => !cells.at(-1)).map(([name]) => name)).toEqual([]);
  });
});
