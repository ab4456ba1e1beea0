/** The file that names the apps of a manifest repository and the environments of each. Pure. */
import { distance } from 'fastest-levenshtein';
import { failure } from '../../core/errors.ts';
import { quote } from '../../core/escape.ts';
import { groupBy, type Place } from '../../core/objects.ts';
import type { RawInputs } from '../../inputs/raw-inputs.ts';
import { CONFIG, isName, SETTINGS, type OnFailure, type SettingName, type Settings } from './schema.ts';
import { ConfigText } from './yaml-source.ts';
import { explain, type ConfigProblem } from './messages.ts';
import { fillPlaceholders, findProblems, linesOf } from './rules.ts';

/** An environment of one app. */
export interface EnvironmentConfig {
  readonly app: string;
  readonly environment: string;
  /** References without a version. */
  readonly images: readonly string[];
  /** The inputs in the file, as raw texts like the step's own; placeholders are filled in, templates are as written. */
  readonly raw: RawInputs;
  /** The environment of the same app whose base must have the version first; empty for none. */
  readonly after: string;
  /** What follows a release that the agents refuse. */
  readonly onFailure: OnFailure;
  /** The base branches of all environments of the app, as far as the file names them. */
  readonly bases: readonly string[];
  readonly place: { readonly file: string; readonly line: number };
  /** Where the file has the value of an input of `raw`. */
  readonly placeOf: (input: string) => Place | undefined;
}

/** The contents of the file; the app `*` is for all that are not named. */
export interface Config {
  readonly file: string;
  readonly defaults: Settings;
  readonly apps: ReadonlyMap<string, AppConfig>;
  /** The position of the value of one of the defaults. */
  readonly placeOfDefault: (input: string) => Place;
}

interface AppConfig {
  readonly images: readonly string[];
  readonly environments: readonly (Pick<
    EnvironmentConfig,
    'environment' | 'after' | 'onFailure' | 'place' | 'placeOf'
  > & {
    readonly settings: Settings;
  })[];
}

/** Reads the text of the file at `path`. Throws CONFIG_INVALID, about the first problem in it. */
export function readConfig(path: string, text: string): Config {
  const source = new ConfigText(path, text);
  const checked = CONFIG.safeParse(source.data, { reportInput: true });
  refuseProblems(source, checked.success ? findProblems(checked.data) : checked.error.issues.map(explain));
  const { defaults = {}, apps = {} } = checked.data ?? {};
  return {
    file: path,
    defaults,
    placeOfDefault: (input) => source.placeOf(['defaults', input], 'value'),
    apps: new Map(
      Object.entries(apps).map(([name, { images, environments, ...settings }]): [string, AppConfig] => {
        const below = ['apps', name, 'environments'];
        const named = source.keysOf(below).map((environment) => {
          const { after = '', 'on-failure': onFailure = 'none', ...own } = environments[environment] ?? {};
          const { line } = source.placeOf([...below, environment], 'key');
          const placeOf = (input: string): Place | undefined => {
            const maps = [[...below, environment], ['apps', name], ['defaults']];
            const map = maps.find((one) => source.keysOf(one).includes(input));
            return map && source.placeOf([...map, input], 'value');
          };
          const place = { file: path, line };
          return { environment, after, onFailure, place, placeOf, settings: { ...defaults, ...settings, ...own } };
        });
        return [name, { images: linesOf(images).map((image) => image.text), environments: named }];
      }),
    ),
  };
}

/**
 * The defaults of the file for a release without an app, but for those in `given`, which override them. Throws CONFIG_INVALID
 * for one that has the name of the app or the environment in it.
 */
export function defaultsWithoutApp({ defaults, placeOfDefault }: Config, given: RawInputs): RawInputs {
  const wanted = SETTINGS.filter(({ name }) => given[name] === undefined);
  for (const { name, perEnvironment } of wanted) {
    const lines = perEnvironment === 'filled' ? linesOf(defaults[name] ?? []) : [];
    const line = lines.find(({ text }) => fillPlaceholders(text, { app: '', environment: '' }) !== text);
    if (!line) continue;
    const reason = `${quote(name)} is ${quote(line.text)}, and this run has no app`;
    const advice = `Give the input "app", or ${quote(name)} itself.`;
    throw failure('CONFIG_INVALID', { place: placeOfDefault(name), reason, advice });
  }
  const names = new Set<string>(wanted.map(({ name }) => name));
  return Object.fromEntries(Object.entries(rawInputs(defaults, {})).filter(([name]) => names.has(name)));
}

/** All environments of an app, in the file's order; its own entry overrides `*`. Throws APP_UNKNOWN. */
export function environmentsOf({ file, apps }: Config, app: string): readonly EnvironmentConfig[] {
  const entry = isName(app) ? (apps.get(app) ?? apps.get('*')) : undefined;
  if (!entry) throw failure('APP_UNKNOWN', { app, file, nearest: nearestNames(app, [...apps.keys()]) });
  const images = entry.images.map((image) => fillPlaceholders(image, { app }));
  const raws = entry.environments.map(({ environment, settings }) => rawInputs(settings, { app, environment }));
  const bases = [...new Set(raws.flatMap(({ base }) => base ?? []))];
  return entry.environments.map(({ environment, after, onFailure, place, placeOf }, index) => {
    return { app, environment, images, raw: raws[index] ?? {}, after, onFailure, bases, place, placeOf };
  });
}

/**
 * Those with one of the names of the input, or without names those without `after`. In the file's order, but deliveries by
 * push first and each after the one that it names. Throws ENVIRONMENT_UNKNOWN.
 */
export function chooseEnvironments(
  environments: readonly EnvironmentConfig[],
  names: readonly string[],
  input: 'environments' | 'from' = 'environments',
): readonly EnvironmentConfig[] {
  const known = environments.map((one) => one.environment);
  const [all, wanted] = [new Set(known), new Set(names)];
  for (const environment of names) {
    if (all.has(environment)) continue;
    const { app = '', place = { file: '' } } = environments[0] ?? {};
    throw failure('ENVIRONMENT_UNKNOWN', {
      input,
      environment,
      app,
      file: place.file,
      nearest: nearestNames(environment, known),
    });
  }
  const byPush = environments.toSorted((a, b) => rank(a) - rank(b));
  return inOrder(byPush).filter(({ environment, after }) =>
    names.length === 0 ? after === '' : wanted.has(environment),
  );
}

/** The environments, each after the one in its `after`, otherwise in the same order. There is no cycle among them. */
function inOrder(environments: readonly EnvironmentConfig[]): readonly EnvironmentConfig[] {
  const indexes = new Map(environments.map(({ environment }, index) => [environment, index]));
  const followers = groupBy([...environments.keys()], (index) => indexes.get(environments[index]?.after ?? ''));
  const ready = [...(followers.get(undefined) ?? [])];
  const ordered: EnvironmentConfig[] = [];
  for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
    ordered.push(...environments.slice(next, next + 1));
    for (const follower of followers.get(next) ?? []) {
      const place = ready.findIndex((index) => index > follower);
      ready.splice(place === -1 ? ready.length : place, 0, follower);
    }
  }
  return ordered;
}

/** Names of the apps in the file, and whether `*` allows others. */
export function appsOf({ apps }: Config): { readonly names: readonly string[]; readonly hasWildcard: boolean } {
  return { names: [...apps.keys()].filter((name) => name !== '*'), hasWildcard: apps.has('*') };
}

/** Throws CONFIG_INVALID, about the first problem in the text. */
export function refuseProblems(source: ConfigText, problems: readonly ConfigProblem[]): void {
  const placed = problems.map(({ path, part, reason, advice }) => ({
    place: source.placeOf(path, part),
    reason,
    advice,
  }));
  const [first] = placed.toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  if (first) throw failure('CONFIG_INVALID', first);
}

function rawInputs(settings: Settings, values: Readonly<Record<string, string>>): RawInputs {
  const written = SETTINGS.flatMap(({ name, list, perEnvironment }): [SettingName, string][] => {
    const setting = settings[name];
    if (setting === undefined) return [];
    const text = list
      ? linesOf(setting)
          .map((line) => line.text)
          .join('\n')
      : String(setting);
    return [[name, perEnvironment === 'filled' ? fillPlaceholders(text, values) : text]];
  });
  return Object.fromEntries(written);
}

const rank = ({ raw }: EnvironmentConfig): number => (raw.delivery === 'push' ? 0 : 1);

const MOST = 5;

function nearestNames(name: string, known: readonly string[]): readonly string[] {
  const named = known.filter((one) => one !== '*');
  return named.toSorted((a, b) => distance(a, name) - distance(b, name)).slice(0, MOST);
}
