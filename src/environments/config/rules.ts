/** Rules of a config file beyond its schema: paths inside, images without a version, placeholders and `after` known. */
import { quote } from '../../core/escape.ts';
import { parseReference, referenceProblem } from '../../core/image-reference.ts';
import { SETTINGS, type ConfigData, type Setting, type Settings } from './schema.ts';
import { didYouMean, type ConfigProblem } from './messages.ts';

type Path = ConfigProblem['path'];
type AppData = NonNullable<ConfigData['apps']>[string];

/** One line of a setting, and what it is part of. */
interface Line {
  readonly text: string;
  readonly path: Path;
}

/** All problems of a file that has passed the schema. */
export function findProblems({ defaults, apps }: ConfigData): readonly ConfigProblem[] {
  if (!defaults && !apps) return [problemAt([], 'the file has neither "apps" nor "defaults"')];
  return [
    ...settingProblems(['defaults'], defaults ?? {}),
    ...(apps ? emptyProblems(['apps'], Object.keys(apps)) : []),
    ...Object.entries(apps ?? {}).flatMap(([name, app]) => appProblems(['apps', name], app, defaults ?? {})),
  ];
}

/** The lines of a setting, as an input of the step has them. */
export function linesOf(setting: Setting, path: Path = []): readonly Line[] {
  const texts = Array.isArray(setting) ? setting : [String(setting)];
  return texts.flatMap((text: string, index) =>
    text
      .split('\n')
      .map((line) => ({ text: line.trim(), path: Array.isArray(setting) ? [...path, index] : path }))
      .filter((line) => line.text !== ''),
  );
}

function appProblems(path: Path, app: AppData, defaults: Settings): readonly ConfigProblem[] {
  const images = linesOf(app.images, [...path, 'images']);
  const environments = Object.entries(app.environments);
  const afters = new Map(environments.map(([name, settings]) => [name, settings?.after ?? '']));
  return [
    ...settingProblems(path, app),
    ...emptyProblems([...path, 'images'], images),
    ...images.flatMap(imageProblems),
    ...emptyProblems([...path, 'environments'], environments),
    ...nameProblems([...path, 'environments'], { ...defaults, ...app }, app.environments),
    ...environments.flatMap(([name, settings]) => settingProblems([...path, 'environments', name], settings ?? {})),
    ...afterProblems([...path, 'environments'], afters),
    ...environments.flatMap(([name, settings]) => {
      const given = { ...defaults, ...app, ...settings };
      return onFailureProblems([...path, 'environments', name], given.verdict, settings?.['on-failure']);
    }),
  ];
}

function settingProblems(path: Path, settings: Settings): readonly ConfigProblem[] {
  return SETTINGS.flatMap(({ name, perEnvironment }) => {
    const lines = linesOf(settings[name] ?? [], [...path, name]);
    return [
      ...(perEnvironment === 'filled'
        ? lines.flatMap((line) => placeholderProblems(line, ['app', 'environment']))
        : []),
      ...(name === 'paths' ? lines.flatMap(pathProblems) : []),
    ];
  });
}

function emptyProblems(path: Path, entries: readonly unknown[]): readonly ConfigProblem[] {
  return entries.length > 0 ? [] : [problemAt(path, `${quote(String(path.at(-1)))} is empty`)];
}

function placeholderProblems({ text, path }: Line, names: readonly string[]): readonly ConfigProblem[] {
  const unknown = findUnknownPlaceholder(text, names);
  if (unknown === undefined) return [];
  const reason = `${quote(text)} has ${quote(unknown)} between braces, which is unknown here`;
  return [problemAt(path, reason, didYouMean(unknown, names))];
}

function pathProblems({ text, path }: Line): readonly ConfigProblem[] {
  if (!leadsOutside(text)) return [];
  const advice = 'Write it from the root of the repository, with "/" between folders: apps/web/overlays/staging.';
  return [problemAt(path, `${quote(text)} leads out of the repository`, advice)];
}

/** Releases with the same name would overwrite each other. */
function nameProblems(path: Path, common: Settings, environments: AppData['environments']): readonly ConfigProblem[] {
  const owners = new Map<string, string>();
  const app = String(path.at(-2));
  return Object.entries(environments).flatMap(([environment, settings]) => {
    const name = fillPlaceholders(String(settings?.name ?? common.name ?? ''), { app, environment });
    const owner = owners.get(name);
    if (name !== '') owners.set(name, environment);
    if (name === '' || owner === undefined) return [];
    const reason = `"name" is ${quote(name)}, as in ${quote(owner)}, and each environment needs a name of its own`;
    return [problemAt([...path, environment, 'name'], reason, 'Write "{{ environment }}" in it, or leave it out.')];
  });
}

function imageProblems(line: Line): readonly ConfigProblem[] {
  const unknown = placeholderProblems(line, ['app']);
  if (unknown.length > 0) return unknown;
  const image = fillPlaceholders(line.text, { app: 'app' });
  const reference = parseReference(image);
  if (reference?.name === image) return [];
  const problem = reference ? 'has a version, which is not allowed here' : referenceProblem(image);
  return [problemAt(line.path, `${quote(line.text)} ${problem}`, 'Write registry/path alone.')];
}

/** The first one, which is the one that is shown. */
function afterProblems(path: Path, afters: ReadonlyMap<string, string>): readonly ConfigProblem[] {
  /** Those whose way along `after` ends. */
  const ending = new Set<string>();
  for (const [name, after] of afters) {
    const place = [...path, name, 'after'];
    if (after !== '' && !afters.has(after)) {
      const reason = `"after" is ${quote(after)}, which is no environment of this app`;
      return [problemAt(place, reason, didYouMean(after, [...afters.keys()]))];
    }
    const cycle = findCycle(name, afters, ending);
    if (cycle) return [problemAt(place, `"after" goes in a circle: ${cycle.join(' -> ')}`)];
  }
  return [];
}

function onFailureProblems(path: Path, verdict: Setting = [], onFailure = 'none'): readonly ConfigProblem[] {
  if (onFailure === 'none' || linesOf(verdict).length > 0) return [];
  const reason = `"on-failure" is ${quote(onFailure)}, and no "verdict" says whose failure counts`;
  return [problemAt([...path, 'on-failure'], reason, 'Add the key "verdict" with the statuses of the agent.')];
}

function problemAt(path: Path, reason: string, advice = ''): ConfigProblem {
  return { path, part: 'value', reason, advice };
}

/** `{{ app }}`, `{{ environment }}`. */
const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/** The text with a value in place of each `{{ name }}`; unknown names stay. */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (written, name: string) => values[name.trim()] ?? written);
}

/** The first name between braces that is none of `names`. */
function findUnknownPlaceholder(text: string, names: readonly string[]): string | undefined {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name.trim()).find((name) => !names.includes(name));
}

/** `:(exclude,glob)`, `:!`, `:^`, `:/`: the magic of a pathspec before its path. */
const MAGIC = /^:(?:\([^)]*\)|[!^/]*:?)/;

/** Whether a pathspec of git could match a file outside the repository. */
function leadsOutside(pathspec: string): boolean {
  const path = pathspec.replace(MAGIC, '');
  if (/^(?:\/|[A-Za-z]:)|\\/.test(path)) return true;
  let depth = 0;
  return path.split('/').some((part) => {
    depth += STEPS.get(part) ?? 1;
    return depth < 0;
  });
}

const STEPS = new Map([
  ['..', -1],
  ['.', 0],
  ['', 0],
]);

/** The path along `after` from an environment back to itself; `undefined` where there is none. Adds to `ending`. */
function findCycle(
  start: string,
  afters: ReadonlyMap<string, string>,
  ending: Set<string>,
): readonly string[] | undefined {
  const seen = new Set([start]);
  for (let name = afters.get(start); name !== undefined && !ending.has(name); name = afters.get(name)) {
    if (name === start) return [...seen, start];
    // A circle that does not have the start is found from one of its own.
    if (seen.has(name)) return undefined;
    seen.add(name);
  }
  for (const name of seen) ending.add(name);
  return undefined;
}
