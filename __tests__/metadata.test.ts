/** The one contract in its four places: action.yml, the code's tables, the command line's flags, and the documentation. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isSwitch } from '../src/inputs/lookup.ts';
import { INPUTS } from '../src/inputs/inputs-table.ts';
import { SETTINGS } from '../src/inputs/settings-table.ts';
import { INPUT_TABLE, SETTING_NAMES } from '../src/inputs/table.ts';
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
    const expected = INPUTS.map((input) => {
      const { name, description, default: byDefault } = { default: '', ...input };
      const isFilledIn = byDefault.startsWith('${{');
      const told = isFilledIn || byDefault === '' ? description : `${description} Default: ${byDefault}`;
      return { name, description: told, default: isFilledIn ? byDefault : '' };
    });
    expect(described).toEqual(expected);
  });

  test('has few inputs: what is needed more rarely is a setting', () => {
    expect(INPUTS.length).toBeLessThanOrEqual(26);
    expect(INPUTS.filter(({ name }) => SETTING_NAMES.has(name))).toEqual([]);
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

test('the command line has a flag for each input and setting that is no secret, and none besides', () => {
  const helpOf = (mode: string): string =>
    execFileSync(process.execPath, [`${ROOT}dist/cli.cjs`, mode, '--help'], { encoding: 'utf8' });
  const flags = ['release', 'promote', 'wait'].flatMap((mode) =>
    [...helpOf(mode).matchAll(/^ {2}(?:-\w, )?--([\w-]+)( <\w+>)?/gm)].map(([, name, text]) => name + (text ?? '')),
  );
  const expected = INPUT_TABLE.filter(
    ({ name, variable }) => !['mode', 'settings'].includes(name) && variable === undefined,
  ).map((input) => input.name + (isSwitch(input) ? '' : ' <text>'));
  expect(new Set(flags)).toEqual(new Set([...expected, 'token-env <name>', 'json', 'help']));
});

/** The cells of the tables that follow a heading of a page. */
function tableOf(page: string, heading: string): string[][] {
  const [, section] = `\n${read(page)}`.split(`\n${heading}\n`);
  if (section === undefined) throw new Error(`${page} has no heading "${heading}"`);
  const tables = section.split(/\n##? /)[0]?.match(/(?:^\|.*\n)+/gm) ?? [];
  if (tables.length === 0) throw new Error(`${page} has no table under "${heading}"`);
  return tables.flatMap((table) => {
    const [, , ...rows] = table.trimEnd().split('\n');
    return rows.map((row) =>
      row
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
  });
}

const TEMPLATES = ['docs/templates.md', '## The variables'] as const;
const namesOf = (table: readonly string[][]): (string | undefined)[] => table.map(([name]) => name);

describe('the documentation', () => {
  test.each([
    ['## Inputs', 'src/inputs/inputs-table.ts', INPUTS],
    ['## Settings', 'src/inputs/settings-table.ts', SETTINGS],
  ] as const)('lists each with its default: %s', (heading, file, table) => {
    const listed = tableOf('docs/inputs.md', heading).map(([name, byDefault]) => `${name} ${byDefault}`.trim());
    const expected = table.map((row) => {
      const byDefault = 'default' in row ? `\`${row.default}\`` : '';
      return `\`${row.name}\` ${byDefault}`.trim();
    });
    expect(listed.toSorted(), `the tables under "${heading}" of docs/inputs.md against ${file}`).toEqual(
      expected.toSorted(),
    );
  });

  test('shows eight inputs in the README', () => {
    const names = namesOf(tableOf('README.md', '## Inputs'));
    expect(names).toHaveLength(8);
    expect(names.filter((name) => !INPUTS.some((input) => `\`${input.name}\`` === name))).toEqual([]);
  });

  test('lists each output', () => {
    const expected = OUTPUTS.map(({ name }) => `\`${name}\``);
    const what = 'the table in docs/outputs.md against OUTPUTS of src/main/outputs.ts';
    expect(namesOf(tableOf('docs/outputs.md', '# Outputs')), what).toEqual(expected);
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
      ...['## Inputs', '## Settings'].flatMap((heading) => tableOf('docs/inputs.md', heading)),
      ...tableOf('docs/outputs.md', '# Outputs'),
      ...tableOf(...TEMPLATES),
    ];
    expect(tables.filter((cells) => !cells.at(-1)).map(([name]) => name)).toEqual([]);
  });
});
