/** Writes schema/manifest-release.json, the config file's schema for editors: `node scripts/schema.mjs`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';

const root = join(import.meta.dirname, '..');
const path = join(root, 'schema/manifest-release.json');

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['src/environments/config/json-schema.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
const { configJsonSchema } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);
const options = await resolveConfig(path);
await writeFile(path, await format(JSON.stringify(configJsonSchema()), { ...options, filepath: path }));
