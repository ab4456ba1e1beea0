/** Builds into a temporary folder and compares: dist/ must be exactly what src/ and sandbox/ build. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const dist = join(import.meta.dirname, '../dist');
const fresh = mkdtempSync(join(tmpdir(), 'dist-'));
try {
  execFileSync(process.execPath, [join(import.meta.dirname, 'build.mjs'), fresh], { stdio: 'inherit' });
  const names = new Set([...readdirSync(dist), ...readdirSync(fresh)]);
  const read = (folder, name) =>
    readdirSync(folder).includes(name) ? readFileSync(join(folder, name)) : Buffer.alloc(0);
  const stale = [...names].filter((name) => !read(dist, name).equals(read(fresh, name)));
  for (const name of stale)
    console.error(`dist/${name} is not what the source builds: run npm run build and commit it`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} finally {
  rmSync(fresh, { recursive: true });
}
