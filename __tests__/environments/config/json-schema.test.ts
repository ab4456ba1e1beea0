import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { SETTINGS } from '../../../src/environments/config/schema.ts';
import { configJsonSchema } from '../../../src/environments/config/json-schema.ts';
import { readConfig } from '../../../src/environments/config/config.ts';
import schema from '../../../schema/manifest-release.json' with { type: 'json' };

test('schema/manifest-release.json is what the code says: node scripts/schema.mjs', () => {
  expect(schema).toEqual(configJsonSchema());
});

test('each key has a description', () => {
  const { defaults, apps } = schema.properties;
  const app = apps.additionalProperties.properties;
  const [environment] = app.environments.additionalProperties.anyOf;
  const described = [{ defaults, apps }, defaults.properties, app, environment?.properties ?? {}].flatMap(
    (properties) => Object.entries(properties).map(([name, { description }]) => [name, description]),
  );
  expect(described.length).toBeGreaterThan(70);
  expect(described.filter(([, description]) => !description)).toEqual([]);
});

test('docs/environments.md lists each input that may stand in the file', () => {
  const [, table] = readFileSync('docs/environments.md', 'utf8').split('| input | value | `{{ app }}` |\n');
  const rows = table?.split('\n\n')[0]?.split('\n').slice(1) ?? [];
  const expected = SETTINGS.map(({ name, list, choices, perEnvironment }) => {
    const value = list ? 'list' : (choices?.map((choice) => `\`${choice}\``).join(', ') ?? 'text');
    const placeholder = perEnvironment === 'rendered' ? 'template' : 'filled in';
    return `| \`${name}\` | ${value} | ${choices ? '' : `${placeholder} `}|`;
  });
  expect(rows).toEqual(expected);
});

test('reader and schema take aliases and merged maps', () => {
  const text = `
defaults: &common { labels: [a] }
apps:
  web: &web
    images: acme/web
    environments: &environments
      dev: &dev { <<: *common, delivery: push }
      qa: { <<: [*dev, { base: qa }], delivery: pull-request }
  api: { <<: *web, images: acme/api }
  job: { images: acme/job, environments: *environments }
`;
  const validate = new Ajv({ strict: false }).compile(schema);
  expect(validate(parse(text, { merge: true })), JSON.stringify(validate.errors)).toBe(true);
  const [, qa] = readConfig('c.yaml', text).apps.get('job')?.environments ?? [];
  expect(qa?.settings).toEqual({ labels: ['a'], base: 'qa', delivery: 'pull-request' });
});
