/** What the environments of apps hold, and what they held: read and told, nothing is written. */
import { appsOf, chooseEnvironments, environmentsOf, type Config, type EnvironmentConfig } from './config/config.ts';
import type { Ci } from '../inputs/ci.ts';
import { isName } from './config/schema.ts';
import { asReleaseError } from '../core/errors.ts';
import type { PullRequest } from '../forge/forge.ts';
import { readLines, type Access, type RawInputs } from '../inputs/inputs.ts';
import type { Log } from '../core/log.ts';
import { readMemory } from '../release/pull-request/metadata.ts';
import { REPORTS, type Report } from '../main/report.ts';
import { withWorkspace, type Workspace } from '../release/workspace.ts';
import { readPresent, unversioned, type Stage } from './environment.ts';
import { isHeld, nameOf } from './modes.ts';
import { EVERYTHING, fetchConfig, givenOf, prefetch, visitEnvironment } from './visit.ts';

type Row = Report['rows'][number];

/** How many versions of an environment are listed. */
const LISTED = 20;
/** Stands for the name of an app in the paths of those that the file does not name. */
const ANY_APP = 'any-app-of-any-name';

const READERS = { status: readStatus, 'list-versions': readVersions } as const;

/**
 * Reads one row or several for each environment: of the app given, else of all apps. What cannot be read in one is told
 * in its row. Throws what releaseEnvironments throws before it begins.
 */
export async function reportOn(
  mode: keyof typeof REPORTS,
  raw: RawInputs,
  access: Access,
  ci: Ci,
  log: Log,
): Promise<Report> {
  const step = givenOf(raw);
  log.group('Read the environments');
  return withWorkspace({ ...access, paths: EVERYTHING }, ci, log, async (workspace) => {
    const config = await fetchConfig(workspace, step);
    const apps = step.app === undefined ? await allApps(config, workspace) : [step.app];
    const environments = apps.flatMap((app) => chosen(environmentsOf(config, app), readLines(step.environments ?? '')));
    await prefetch(environments, workspace, step);
    const find = finding();
    const rows: Row[] = [];
    for (const environment of environments) {
      const read = visitEnvironment(environment, workspace, step, (stage) => READERS[mode](stage, find));
      const found = await read.catch((error: unknown) => [{ version: asReleaseError(error).message }]);
      const { app, environment: name } = environment;
      rows.push(...found.map((row) => ({ app, environment: name, ...row })));
    }
    return { columns: REPORTS[mode], rows };
  });
}

/** Those named, or all. */
function chosen(known: readonly EnvironmentConfig[], names: readonly string[]): readonly EnvironmentConfig[] {
  return names.length > 0 ? chooseEnvironments(known, names) : known;
}

/** What it holds, since when and by which pull request, and which ones are open. */
async function readStatus(stage: Stage, find: Find): Promise<Row[]> {
  const { holdings, past } = await readPresent(stage);
  const versions = [...new Set(holdings.map(({ version }) => version))].join(', ');
  const [latest] = await past((found) => found.length > 0);
  const since = latest && isHeld(latest, holdings) ? latest : undefined;
  return [
    {
      version: versions,
      since: since?.time ?? '',
      'pull-request': since?.pull ?? '',
      open: (await openPullRequests(stage, find)).join(', '),
    },
  ];
}

/** What it held, the present version first. */
async function readVersions(stage: Stage): Promise<Row[]> {
  const { past } = await readPresent(stage);
  const found = await past((versions) => versions.length >= LISTED);
  return found.slice(0, LISTED).map((one) => ({ version: nameOf(one), since: one.time, 'pull-request': one.pull }));
}

async function openPullRequests(stage: Stage, find: Find): Promise<string[]> {
  const { name, paths } = unversioned(stage);
  const ours = (await find(stage.workspace)).filter(({ body }) => readMemory(body, { name, paths }));
  return ours.map(({ number, title }) => `#${number} ${title}`);
}

/** Open pull requests into the base of a workspace. */
type Find = (workspace: Workspace) => Promise<readonly PullRequest[]>;

/** Asked for once for each base: the list is the same for all environments. */
function finding(): Find {
  const found = new Map<string, Promise<readonly PullRequest[]>>();
  return ({ forge, repository: { base } }) => {
    const open = found.get(base) ?? forge?.find([], base).then((all) => all.open) ?? Promise.resolve([]);
    found.set(base, open);
    return open;
  };
}

/** The apps that the file names, and those of whose paths there are some where it says what all others have. */
async function allApps(config: Config, { repository }: Workspace): Promise<string[]> {
  const { names, hasWildcard } = appsOf(config);
  if (!hasWildcard) return [...names];
  const paths = environmentsOf(config, ANY_APP).flatMap(({ raw }) => readLines(raw.paths ?? ''));
  const patterns = paths
    .filter((path) => path.includes(ANY_APP) && !path.startsWith(':'))
    .map((path) => escaped(path).replace(ANY_APP, '([^/]+)').replaceAll(ANY_APP, '\\1').replaceAll('\\*', '.*'))
    .map((pattern) => new RegExp(`^${pattern}(?:/|$)`));
  const { candidates } = await repository.search({ words: [] }, repository.baseCommit);
  const found = candidates.flatMap(({ path }) => patterns.flatMap((pattern) => pattern.exec(path)?.[1] ?? []));
  return [...new Set([...names, ...found.filter(isName)])];
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
