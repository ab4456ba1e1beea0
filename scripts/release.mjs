/**
 * The release of this project, run in a checkout of it by `.github/workflows/release.yml`:
 *
 *     node scripts/release.mjs prepare [--tag v1.2.3] <folder>    checks, then writes notes and files into the folder
 *     node scripts/release.mjs publish [--dry-run] <folder>       publishes them on GitHub, and moves the tag of the major version
 *
 * `prepare` without a tag checks everything but the tag. `publish` can be run again after a failure. With `--dry-run` it prints its commands.
 * Nothing but Node, npm, git and gh is needed: in a job that may write no package is installed.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const NOTES = 'notes.md';
const SUMS = 'SHA256SUMS';
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

const run = (program, args, options = {}) =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options }).trim();
const git = (...args) => run('git', args, { env: environment() });
const read = (path) => readFileSync(path, 'utf8');
const refuse = (text) => {
  throw new Error(text);
};

function prepare(folder, tag) {
  const { name, version } = JSON.parse(read('package.json'));
  if (!VERSION.test(version)) refuse(`package.json: ${version} is no version`);
  const notes = notesOf(version);
  const status = git('status', '--porcelain');
  if (status !== '') refuse(`the checkout has changes: ${status.split('\n')[0]}`);
  if (tag !== undefined) checkTag(tag, version);
  mkdirSync(folder, { recursive: true });
  const write = (file, text) => writeFileSync(join(folder, file), text);
  write(NOTES, notes);
  write('sbom.cdx.json', `${JSON.stringify(bundledPackages(name), undefined, 2)}\n`);
  write('licenses.txt', read('dist/licenses.txt'));
  run('npm', ['pack', '--silent', '--ignore-scripts', `--pack-destination=${folder}`]);
  const sums = assetsIn(folder)
    .filter((file) => file !== SUMS)
    .map((file) => `${digestOf(join(folder, file))}  ${file}\n`);
  write(SUMS, sums.join(''));
  console.log(`v${version} is ready: ${assetsIn(folder).join(', ')}`);
}

function checkTag(tag, version) {
  if (tag !== `v${version}`) refuse(`the tag is ${tag}, and package.json has the version ${version}`);
  const [head, tagged] = [git('rev-parse', 'HEAD'), git('rev-parse', `refs/tags/${tag}^{commit}`)];
  if (head !== tagged) refuse(`${tag} is ${tagged}, and ${head} is checked out`);
  const isOnMain = git('branch', '--remotes', '--contains', head, '--list', 'origin/main') !== '';
  if (!isOnMain) refuse(`${tag} is a commit that origin/main does not have`);
}

/** The section of the version in the changelog, without its title. */
function notesOf(version) {
  const sections = read('CHANGELOG.md').split(/^(?=## )/m);
  const section = sections.find((text) => text.startsWith(`## [${version}]`));
  if (section === undefined) return refuse(`CHANGELOG.md has no section ## [${version}]`);
  const [title, ...lines] = section.split('\n');
  if (!/ - \d{4}-\d{2}-\d{2}$/.test(title))
    refuse(`CHANGELOG.md: "${title}" has no date, as in ## [${version}] - 2026-01-31`);
  const text = lines
    .filter((line) => !/^\[[^\]]+\]: /.test(line))
    .join('\n')
    .trim();
  if (text === '') refuse(`CHANGELOG.md: the section of ${version} is empty`);
  return `${text}\n`;
}

/** What npm says of the packages whose licences are in dist: those, and no others, are in the built files. */
function bundledPackages(name) {
  const listed = [...read('dist/licenses.txt').matchAll(/^(\S+) (\d+\.\d+\.\d+\S*) \(.*\)$/gm)].map(
    ([, one, version]) => `${one}@${version}`,
  );
  const sbom = JSON.parse(
    run('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], { maxBuffer: 1e8 }),
  );
  const bundled = new Set(listed);
  const components = sbom.components.filter(({ 'bom-ref': ref }) => bundled.has(ref));
  const missing = listed.filter((ref) => !components.some(({ 'bom-ref': known }) => known === ref));
  if (missing.length > 0) refuse(`package-lock.json does not have ${missing.join(', ')} of dist/licenses.txt`);
  const root = sbom.metadata.component['bom-ref'];
  const edges = sbom.dependencies.filter(({ ref }) => ref === root || bundled.has(ref));
  return {
    ...sbom,
    metadata: { ...sbom.metadata, component: { ...sbom.metadata.component, name } },
    // For npm they are needed to build; in the built files they are needed to run.
    components: components.map((component) => ({ ...component, scope: 'required', properties: [] })),
    dependencies: edges.map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => bundled.has(one)) })),
  };
}

const assetsIn = (folder) =>
  readdirSync(folder)
    .filter((file) => file !== NOTES)
    .toSorted();
const digestOf = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

function publish(folder, isDry) {
  const { version } = JSON.parse(read('package.json'));
  const tag = `v${version}`;
  const commit = git('rev-parse', 'HEAD');
  const act = (program, ...args) =>
    isDry ? console.log(`would run: ${program} ${args.join(' ')}`) : run(program, args, { env: environment() });
  checkSums(folder);
  const tags = remoteTags();
  if (!isDry && tags.get(`${tag}^{}`) !== commit && tags.get(tag) !== commit) {
    refuse(`${tag} of origin is not ${commit}, which is checked out`);
  }
  const released = [...tags.keys()].filter((name) => /^v\d+\.\d+\.\d+$/.test(name));
  const newer = released.filter((name) => name.localeCompare(tag, 'en', { numeric: true }) > 0);

  const state = isDry ? 'none' : stateOfRelease(tag);
  if (state === 'released') console.log(`${tag} is released already`);
  else {
    // Its upload was cut short.
    if (state === 'draft') act('gh', 'release', 'delete', tag, '--yes');
    const kind = isPrerelease(version) ? '--prerelease' : `--latest=${newer.length === 0}`;
    const files = assetsIn(folder).map((file) => join(folder, file));
    const notes = ['--title', tag, '--notes-file', join(folder, NOTES)];
    act('gh', 'release', 'create', tag, '--verify-tag', ...notes, kind, ...files);
  }

  const major = tag.split('.', 1)[0];
  const [newerOfMajor] = newer.filter((name) => name.startsWith(`${major}.`));
  if (isPrerelease(version)) console.log(`${major} stays: ${tag} is a prerelease`);
  else if (newerOfMajor) console.log(`${major} stays: ${newerOfMajor} is newer than ${tag}`);
  else if (tags.get(major) === commit) console.log(`${major} is ${tag} already`);
  else {
    // Where another release moved it in between, it is not overwritten.
    const lease = `--force-with-lease=refs/tags/${major}:${tags.get(major) ?? ''}`;
    act('git', 'push', lease, 'origin', `${commit}:refs/tags/${major}`);
    console.log(`${major} ${isDry ? 'would be' : 'is'} ${tag} (${commit})`);
  }
}

const isPrerelease = (version) => version.includes('-');

/** Objects by the names of tags of origin; with `^{}` behind the name of an annotated tag, its commit. */
function remoteTags() {
  const lines = git('ls-remote', '--tags', 'origin').split('\n');
  return new Map(lines.map((line) => line.split('\trefs/tags/').toReversed()));
}

/** What is published is what was prepared, and nothing that came between. */
function checkSums(folder) {
  const sums = new Map(
    read(join(folder, SUMS))
      .split('\n')
      .map((line) => line.split('  ').toReversed()),
  );
  for (const file of assetsIn(folder).filter((one) => one !== SUMS)) {
    if (sums.get(file) !== digestOf(join(folder, file))) refuse(`${file} is not as it was prepared`);
  }
}

/** Whether there is a release of that tag on GitHub: `none`, `draft` or `released`. */
function stateOfRelease(tag) {
  try {
    const args = ['release', 'view', tag, '--json', 'isDraft', '--jq', '.isDraft'];
    return run('gh', args) === 'true' ? 'draft' : 'released';
  } catch (error) {
    if (/release not found/.test(error.stderr)) return 'none';
    throw error;
  }
}

/** Of programs: git gets the token of the workflow, for its server alone. */
function environment() {
  const { GH_TOKEN, GITHUB_SERVER_URL } = process.env;
  if (!GH_TOKEN || !GITHUB_SERVER_URL) return process.env;
  const login = Buffer.from(`x-access-token:${GH_TOKEN}`).toString('base64');
  return {
    ...process.env,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${GITHUB_SERVER_URL}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${login}`,
  };
}

const { values, positionals } = parseArgs({
  options: { tag: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [command, folder] = positionals;
try {
  if (command === 'prepare' && folder) prepare(folder, values.tag);
  else if (command === 'publish' && folder) publish(folder, values['dry-run']);
  else refuse('usage: release.mjs prepare [--tag v1.2.3] <folder> | publish [--dry-run] <folder>');
} catch (error) {
  console.error(`release: ${error.stderr?.trim() || error.message}`);
  process.exitCode = 1;
}
