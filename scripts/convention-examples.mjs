/**
 * Writes the examples in docs/conventions.md from the golden cases that have an `example`; with `--check` it fails where they
 * are not those of today.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const cases = join(root, '__tests__/fixtures/conventions');
const page = join(root, 'docs/conventions.md');
const BEGIN = '<!-- examples: written by scripts/convention-examples.mjs -->\n';

/** The page with the examples of today. */
function withExamples(text) {
  const [before = ''] = text.split(BEGIN, 1);
  return before + BEGIN + readdirSync(cases).map(examplesOf).join('');
}

function examplesOf(convention) {
  const examples = readdirSync(join(cases, convention)).flatMap((name) => exampleOf(join(cases, convention, name)));
  return examples.length === 0 ? '' : `\n### ${convention}\n\n${examples.join('\n')}`;
}

function exampleOf(folder) {
  const { example, images, targets } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
  if (example === undefined) return [];
  const given = [
    ...images.map((image) => `\`${image}\``),
    ...(targets ?? []).map((target) => `the target \`${target}\``),
  ];
  return [`${example} Released: ${given.join(', ')}.\n\n\`\`\`diff\n${filesIn(folder).join('')}\`\`\`\n`];
}

/** Each file with its lines, those that change twice. */
function filesIn(folder) {
  const files = readdirSync(join(folder, 'before'), { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  const paths = files
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(folder, 'before').length + 1))
    .toSorted();
  return paths.map((path) => {
    const [before, after] = ['before', 'after'].map((side) => linesOf(join(folder, side, path)));
    return `# ${path}\n${changesBetween(before, after).join('\n')}\n`;
  });
}

const linesOf = (path) => readFileSync(path, 'utf8').replace(/\n$/, '').split('\n');

/** Edits keep the order of lines: one that is not the next of the other side was changed or inserted. */
function changesBetween(before, after) {
  const changes = [];
  let next = 0;
  for (const line of before) {
    const found = after.indexOf(line, next);
    const isKept = found >= 0 && found - next <= after.length - before.length + 1;
    if (isKept) changes.push(...after.slice(next, found).map((one) => `+${one}`), ` ${line}`);
    else changes.push(`-${line}`, `+${after[next]}`);
    next = isKept ? found + 1 : next + 1;
  }
  return [...changes, ...after.slice(next).map((one) => `+${one}`)];
}

const text = readFileSync(page, 'utf8');
if (!process.argv.includes('--check')) writeFileSync(page, withExamples(text));
else if (withExamples(text) !== text) {
  console.error('docs/conventions.md has not the examples of today: run node scripts/convention-examples.mjs');
  process.exitCode = 1;
}
