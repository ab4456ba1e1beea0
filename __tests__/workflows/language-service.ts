/**
 * GitHub's language service for workflows. Its package imports JSON as bundlers take it and Node does not, so it is
 * bundled first.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as LanguageService from '@actions/languageservice';
import { build } from 'esbuild';

const folder = mkdtempSync(join(tmpdir(), 'language-service-'));
const outfile = join(folder, 'bundle.mjs');
await build({
  entryPoints: ['@actions/languageservice'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  outfile,
  logLevel: 'error',
});
const service = (await import(pathToFileURL(outfile).href)) as typeof LanguageService;
rmSync(folder, { recursive: true });

export const { registerLogger, validate } = service;
