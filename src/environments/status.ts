/** Deployed versions and version history of environments, as a table. Nothing is written. */
import { asReleaseError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { groupBy } from '../core/objects.ts';
import { matchesParts } from '../core/wildcard.ts';
import type { PullRequest } from '../forge/forge.ts';
import type { Ci } from '../inputs/ci.ts';
import type { Access } from '../inputs/access.ts';
import { givenOf, type RawInputs } from '../inputs/raw-inputs.ts';
import { readLines, splitNames } from '../inputs/values.ts';
import { buildIn } from '../release/commit-trailers.ts';
import { hasMetadata } from '../release/pull-request/metadata.ts';
import { withWorkspace, type Workspace } from '../release/workspace.ts';
import { appsOf, chooseEnvironments, environmentsOf, type Config, type EnvironmentConfig } from './config/config.ts';
import { isName } from './config/schema.ts';
import { keyOf, readDeployed, type Deployed, type Environment } from './environment.ts';
import { nameOf } from './modes.ts';
import { EVERYTHING, fetchConfig, openEnvironment, prefetch } from './open-environment.ts';
import type { StatusTable } from './result.ts';
import { hasVerdict, verdictIn } from './verdict.ts';
import { isDeployed } from './version-history.ts';

const DEPLOYED = ['app', 'environment', 'version', 'since', 'pull-request'] as const;
/** The columns of each report. */
const COLUMNS = { status: [...DEPLOYED, 'open'], 'list-versions': DEPLOYED } as const;

type Row = StatusTable['rows'][number];

/** How many versions of an environment are listed. */
const LISTED = 20;
/** A placeholder for the app in the paths of the wildcard entry. */
const ANY_APP = 'any-app-of-any-name';

const READERS = { status: readStatus, 'list-versions': readVersions } as const;
/** How many changes of a file most rows are made from. */
const CHANGES = { status: 1, 'list-versions': LISTED } as const;

/**
 * Reads one row or several for each environment: of the app given, else of all apps. A failure to read one is in its
 * row. Throws what runMode throws before it begins.
 */
export async function reportOn(
  mode: keyof typeof COLUMNS,
  raw: RawInputs,
  access: Access,
  ci: Ci,
  log: Log,
): Promise<StatusTable> {
  const step = givenOf(raw);
  log.group('Read the environments');
  const withoutClone = 'the history of files is read';
  return withWorkspace({ access, paths: EVERYTHING, withoutClone, ci, log }, async (workspace) => {
    const config = await fetchConfig(workspace, step);
    const apps = step.app === undefined ? await allApps(config, workspace) : [step.app];
    const environments = apps.flatMap((app) =>
      chosen(environmentsOf(config, app), splitNames(step.environments ?? '')),
    );
    await prefetch(environments, workspace, step, { others: false, branches: [] });
    const find = findOnce();
    const deployed: (readonly [EnvironmentConfig, PromiseSettledResult<Read>])[] = [];
    for (const config of environments) {
      const reading = openEnvironment(config, workspace, step, ci).then(read);
      const [result] = await Promise.allSettled([reading]);
      deployed.push([config, result]);
    }
    await fetchHistories(
      deployed.flatMap(([, result]) => (result.status === 'fulfilled' ? result.value : [])),
      CHANGES[mode],
    );
    const rows: Row[] = [];
    for (const [{ app, environment }, result] of deployed) {
      const reading = result.status === 'fulfilled' ? READERS[mode](result.value, find) : Promise.reject(result.reason);
      const found = await reading.catch((error: unknown): Row[] => [{ version: asReleaseError(error).message }]);
      rows.push(...found.map((row) => ({ app, environment, ...row })));
    }
    const judged = environments.some((config) => hasVerdict({ config, step }));
    return { columns: [...COLUMNS[mode], ...(mode === 'status' && judged ? ['verdict'] : [])], rows };
  });
}

/** An environment, and what is deployed there. */
interface Read {
  readonly environment: Environment;
  readonly deployed: Deployed;
}

const read = async (environment: Environment): Promise<Read> => ({
  environment,
  deployed: await readDeployed(environment),
});

/** Fetches the histories of all environments at once, those of each base. */
async function fetchHistories(all: readonly Read[], changes: number): Promise<void> {
  for (const [store, own] of groupBy(all, ({ environment }) => environment.workspace.store)) {
    const files = own.flatMap(({ deployed }) => deployed.files);
    if (own.length > 1) await store.fetchFileHistories([...new Set(files)], changes);
  }
}

/** Those named, or all. */
function chosen(known: readonly EnvironmentConfig[], names: readonly string[]): readonly EnvironmentConfig[] {
  return names.length > 0 ? chooseEnvironments(known, names) : known;
}

/** The deployed version, since when and by which pull request, and the open pull requests. */
async function readStatus({ environment, deployed }: Read, find: Find): Promise<Row[]> {
  const { places, history } = deployed;
  const versions = [...new Set(places.map(({ version }) => version))].join(', ');
  const [latest] = await history((found) => found.length > 0);
  const since = latest && isDeployed(latest, places) ? latest : undefined;
  // A token that may not read statuses may read all else.
  const verdict = await verdictIn(environment, deployed).then(
    (found) => found?.kind ?? '',
    (error: unknown) => asReleaseError(error).message,
  );
  return [
    {
      version: versions,
      since: since?.time ?? '',
      'pull-request': since?.pull ?? '',
      open: (await openPullRequests(environment, find)).join(', '),
      ...(verdict !== '' && { verdict }),
    },
  ];
}

/** The version history, the present version first. */
async function readVersions({ deployed: { history } }: Read): Promise<Row[]> {
  const found = await history((versions) => versions.length >= LISTED);
  return found.slice(0, LISTED).map((one) => ({ version: nameOf(one), since: one.time, 'pull-request': one.pull }));
}

async function openPullRequests(environment: Environment, find: Find): Promise<string[]> {
  const key = keyOf(environment);
  const open = await find(environment.workspace);
  const ours = open.filter(({ commits }) => commits.some((commit) => buildIn(commit, key)));
  const sign = environment.workspace.forge?.numberSign ?? '#';
  return ours.map(({ number, title }) => `${sign}${number} ${title}`);
}

/** Open pull requests into the base of a workspace. */
type Find = (workspace: Workspace) => Promise<readonly PullRequest[]>;

/** One request for each base: the list is the same for all environments. */
function findOnce(): Find {
  const found = new Map<string, Promise<readonly PullRequest[]>>();
  return ({ forge, store: { base } }) => {
    const open =
      found.get(base) ??
      forge?.find([], base, ({ state, body }) => state === 'open' && hasMetadata(body)).then((all) => all.open) ??
      Promise.resolve([]);
    found.set(base, open);
    return open;
  };
}

/** The apps that the file names; where it has a wildcard entry, also those whose paths exist. */
async function allApps(config: Config, { store }: Workspace): Promise<string[]> {
  const { names, hasWildcard } = appsOf(config);
  if (!hasWildcard) return [...names];
  const paths = environmentsOf(config, ANY_APP).flatMap(({ raw }) => readLines(raw.paths ?? ''));
  const patterns = paths.filter((path) => path.includes(ANY_APP) && !path.startsWith(':'));
  const found = (await store.paths()).flatMap((path) => patterns.flatMap((pattern) => appIn(path, pattern) ?? []));
  return [...new Set([...names, ...found])];
}

/** The app with which a pattern is a path or a folder above it; in time linear in the path, whatever the pattern. */
function appIn(path: string, pattern: string): string | undefined {
  const [before = '', ...behind] = pattern.split(ANY_APP);
  const wildcard = before.lastIndexOf('*');
  const literal = before.slice(wildcard + 1);
  let at = wildcard < 0 && !path.startsWith(literal) ? -1 : path.lastIndexOf(literal, wildcard < 0 ? 0 : undefined);
  for (let tries = 0; at >= 0 && tries < MOST_TRIES; tries += 1) {
    const start = at + literal.length;
    if (matchesParts(path.slice(0, start), before.split('*'))) {
      const [longest = ''] = path.slice(start, start + LONGEST_APP).split('/', 1);
      for (let { length } = longest; length > 0; length -= 1) {
        const app = longest.slice(0, length);
        const parts = `${app}${behind.join(app)}/`.split('*');
        if (isName(app) && matchesParts(`${path.slice(start)}/`, [...parts, ''])) return app;
      }
    }
    at = at === 0 ? -1 : path.lastIndexOf(literal, at - 1);
  }
  return undefined;
}

/** Where a pattern has a wildcard in front of the app, the app may begin at many places of a path. */
const MOST_TRIES = 100;
const LONGEST_APP = 63;
