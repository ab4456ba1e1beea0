/** What a config file must be beyond its form: paths inside, images without a version, placeholders and `after` known. */
import { quote } from '../../core/escape.ts';
import { parseReference, referenceProblem } from '../../core/image-reference.ts';
import { SETTINGS, type ConfigData, type Setting, type Settings } from './schema.ts';
import { findCycle } from './environment-order.ts';
import { didYouMean, type Flaw } from './messages.ts';
import { leadsOutside } from './pathspec.ts';
import { fillPlaceholders, findUnknownPlaceholder } from './placeholder.ts';

type Path = Flaw['path'];
type AppData = ConfigData['apps'][string];

/** One line of a setting, and what it is part of. */
interface Line {
  readonly text: string;
  readonly path: Path;
}

/** All flaws of a file that has the right form. */
export function findFlaws({ defaults = {}, apps }: ConfigData): readonly Flaw[] {
  return [
    ...settingFlaws(['defaults'], defaults),
    ...emptyFlaws(['apps'], Object.keys(apps)),
    ...Object.entries(apps).flatMap(([name, app]) => appFlaws(['apps', name], app, defaults)),
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

function appFlaws(path: Path, app: AppData, defaults: Settings): readonly Flaw[] {
  const images = linesOf(app.images, [...path, 'images']);
  const environments = Object.entries(app.environments);
  const afters = new Map(environments.map(([name, settings]) => [name, settings?.after ?? '']));
  return [
    ...settingFlaws(path, app),
    ...emptyFlaws([...path, 'images'], images),
    ...images.flatMap(imageFlaws),
    ...emptyFlaws([...path, 'environments'], environments),
    ...nameFlaws([...path, 'environments'], { ...defaults, ...app }, app.environments),
    ...environments.flatMap(([name, settings]) => [
      ...settingFlaws([...path, 'environments', name], settings ?? {}),
      ...afterFlaws([...path, 'environments', name, 'after'], name, afters),
    ]),
  ];
}

function settingFlaws(path: Path, settings: Settings): readonly Flaw[] {
  return SETTINGS.flatMap(({ name, perEnvironment }) => {
    const lines = linesOf(settings[name] ?? [], [...path, name]);
    return [
      ...(perEnvironment === 'filled' ? lines.flatMap((line) => placeholderFlaws(line, ['app', 'environment'])) : []),
      ...(name === 'paths' ? lines.flatMap(pathFlaws) : []),
    ];
  });
}

function emptyFlaws(path: Path, entries: readonly unknown[]): readonly Flaw[] {
  return entries.length > 0 ? [] : [flawAt(path, `${quote(String(path.at(-1)))} is empty`)];
}

function placeholderFlaws({ text, path }: Line, names: readonly string[]): readonly Flaw[] {
  const unknown = findUnknownPlaceholder(text, names);
  if (unknown === undefined) return [];
  const reason = `${quote(text)} has ${quote(unknown)} between braces, which is unknown here`;
  return [flawAt(path, reason, didYouMean(unknown, names))];
}

function pathFlaws({ text, path }: Line): readonly Flaw[] {
  if (!leadsOutside(text)) return [];
  const advice = 'Write it from the root of the repository, with "/" between folders: apps/web/overlays/staging.';
  return [flawAt(path, `${quote(text)} leads out of the repository`, advice)];
}

/** Releases of one name write over each other. */
function nameFlaws(path: Path, common: Settings, environments: AppData['environments']): readonly Flaw[] {
  const owners = new Map<string, string>();
  const app = String(path.at(-2));
  return Object.entries(environments).flatMap(([environment, settings]) => {
    const name = fillPlaceholders(String(settings?.name ?? common.name ?? ''), { app, environment });
    const owner = owners.get(name);
    if (name !== '') owners.set(name, environment);
    if (name === '' || owner === undefined) return [];
    const reason = `"name" is ${quote(name)}, as in ${quote(owner)}, and each environment needs a name of its own`;
    return [flawAt([...path, environment, 'name'], reason, 'Write "{{ environment }}" in it, or leave it out.')];
  });
}

function imageFlaws(line: Line): readonly Flaw[] {
  const unknown = placeholderFlaws(line, ['app']);
  if (unknown.length > 0) return unknown;
  const image = fillPlaceholders(line.text, { app: 'app' });
  const reference = parseReference(image);
  if (reference?.name === image) return [];
  const problem = reference ? 'has a version, and here stand images without' : referenceProblem(image);
  return [flawAt(line.path, `${quote(line.text)} ${problem}`, 'Write registry/path alone.')];
}

function afterFlaws(path: Path, name: string, afters: ReadonlyMap<string, string>): readonly Flaw[] {
  const after = afters.get(name) ?? '';
  if (after !== '' && !afters.has(after)) {
    const reason = `"after" is ${quote(after)}, which is no environment of this app`;
    return [flawAt(path, reason, didYouMean(after, [...afters.keys()]))];
  }
  const cycle = findCycle(name, afters);
  return cycle ? [flawAt(path, `"after" goes in a circle: ${cycle.join(' -> ')}`)] : [];
}

function flawAt(path: Path, reason: string, advice = ''): Flaw {
  return { path, part: 'value', reason, advice };
}
