/** The pages of docs/tasks: what they have to paste exists, under the names that they use. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readInlineSettings } from '../src/environments/config/inline-settings.ts';
import { choicesOf } from '../src/inputs/lookup.ts';
import { INPUTS } from '../src/inputs/inputs-table.ts';
import { readMarkdown } from './markdown.ts';
import { FLAGS, ownStepsIn } from './own-steps.ts';

const pages = readdirSync('docs/tasks').map((name) => `docs/tasks/${name}`);
const schema = JSON.parse(readFileSync('schema/manifest-release.json', 'utf8')) as object;
const isConfigFile = new Ajv({ strict: false, validateFormats: false }).compile(schema);

/** The value of each document in the blocks of a language. */
function documentsOf(page: string): unknown[] {
  const { blocks } = readMarkdown(page);
  return blocks
    .filter(({ language }) => language === 'yaml')
    .flatMap(({ text, line }) =>
      [...parseAllDocuments(text)].map((document) => {
        expect([...document.errors, ...document.warnings], `${page}:${line}`).toEqual([]);
        return document.toJS() as unknown;
      }),
    );
}

test('there is a page for each task', () => {
  expect(pages).toHaveLength(11);
});

describe.each(pages)('%s', (page) => {
  const documents = documentsOf(page);
  const steps = documents.flatMap(ownStepsIn);

  test('has steps with inputs and settings that there are', () => {
    const given = steps.flatMap((step) => Object.keys(step.with ?? {}));
    expect(INPUTS.map(({ name }) => name)).toEqual(expect.arrayContaining(given));
    for (const step of steps) {
      const settings = step.with?.['settings'];
      if (settings !== undefined) expect(readInlineSettings(settings)).not.toEqual({});
    }
  });

  test('has commands with modes and flags that there are', () => {
    const texts = readMarkdown(page).blocks.map(({ text }) => text.replace(/cli\.cjs (\S+)\n\s+/g, 'cli.cjs $1 '));
    const commands = texts.flatMap((text) => text.replace(/\n\s+--/g, ' --').match(/cli\.cjs .*/g) ?? []);
    for (const command of commands) {
      expect([...choicesOf('mode')]).toContain(command.split(' ')[1]);
      const used = [...command.matchAll(/ --([a-z-]+)/g)].map(([, flag]) => flag);
      expect(FLAGS).toEqual(expect.arrayContaining(used));
      expect(command, 'secrets are in the environment').not.toMatch(/--\S*(?:token|key|secret)\s/);
    }
    expect(commands.length + steps.length).toBeGreaterThan(0);
  });

  test('has config files that the schema takes', () => {
    const isFile = (value: unknown): boolean =>
      typeof value === 'object' && value !== null && ('apps' in value || 'defaults' in value);
    for (const file of documents.filter(isFile)) {
      expect([isConfigFile(file), isConfigFile.errors]).toEqual([true, null]);
    }
  });

  test('says what one wants, needs, sees, and what goes wrong', () => {
    const text = readFileSync(page, 'utf8');
    for (const part of ['**Goal.**', '**You need**', '## What you see', '## What goes wrong', 'troubleshooting.md#']) {
      expect(text).toContain(part);
    }
  });
});
