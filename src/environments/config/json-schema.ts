/** The config file's schema for editors. Only the script and the tests need it. */
import * as z from 'zod/mini';
import { INPUT_TABLE } from '../../inputs/table.ts';
import { CONFIG } from './schema.ts';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(INPUT_TABLE.map(({ name, description }) => [name, description])),
  name: 'Name of the release. Default: the app and the environment, with a hyphen between.',
  defaults: 'Inputs for all environments of all apps.',
  apps: 'What is released, by name; "*" is for every app that has no entry of its own.',
  images: 'Images of the app, without a version; {{ app }} is its name.',
  environments: 'Where the app runs, by name.',
  after: 'The environment of the same app that must have the version on its base first.',
  'on-failure':
    'With wait: deployed, what follows a release that the agents refuse: none, or the pull request of a rollback.',
};

/** A JSON Schema, draft 7, which is what editors know best. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(CONFIG, {
    target: 'draft-07',
    io: 'input',
    override: ({ jsonSchema: { properties = {} } }) => {
      for (const [name, property] of Object.entries(properties)) {
        if (typeof property === 'object') property.description = DESCRIPTIONS[name] ?? '';
      }
    },
  });
  const anyOf = [{ required: ['apps'] }, { required: ['defaults'] }];
  return { $schema, title: 'Apps and environments of manifest-release-pr', ...schema, anyOf };
}
