/** A release without an app: of the inputs, and of the defaults in the config file. */
import type { Log } from '../core/log.ts';
import type { Place } from '../core/objects.ts';
import type { Ci } from '../inputs/ci.ts';
import { formatIdentity } from '../inputs/identity.ts';
import type { Access } from '../inputs/access.ts';
import { readInputs, type Inputs } from '../inputs/inputs.ts';
import { givenOf, type RawInputs } from '../inputs/raw-inputs.ts';
import type { Outcome } from '../release/outcome.ts';
import { branchNames } from '../release/request.ts';
import { whyCloned } from '../release/why-cloned.ts';
import { orInClone, withWorkspace, type Workspace } from '../release/workspace.ts';
import { atInput, configPaths, readConfigFile } from './config-file.ts';

/**
 * Releases, by the inputs of the step and, where they say nothing, by the defaults of the config file: afterwards the release branch
 * and its pull request have the given versions, or the base has them, or the outcome says why not. Running it again does nothing.
 * Throws ReleaseError; then nothing was pushed, or what was pushed is whole and the next run goes on from there.
 */
export async function releaseOnce(stated: Inputs, raw: RawInputs, access: Access, ci: Ci, log: Log): Promise<Outcome> {
  const step = givenOf(raw);
  const known = { ...stated, access };
  log.group(`Plan the release of ${formatIdentity(known.identity)}`);
  const { paths } = known.search;
  const withoutClone = whyCloned(known) ?? { first: [...configPaths(step), ...paths] };
  const branches = (base: string): readonly string[] => branchNames(known, ci, base);
  const loadRelease = () => import('../release/release.ts');
  // Where that fails, so does the release.
  const onAsked = (): void => void loadRelease().catch(() => undefined);
  return withWorkspace({ access, paths, withoutClone, branches, onAsked, ci, log }, (opened) =>
    orInClone(opened, async (workspace) => {
      const defaults = await readDefaults(workspace, step);
      try {
        const inputs = readInputs({ ...defaults?.raw, ...step }, ci);
        const base = inputs.access.base;
        const there = base === '' || base === workspace.store.base ? workspace : await workspace.at(base);
        const { releaseAt } = await loadRelease();
        return await releaseAt(there, { ...inputs, access: { ...access, base } }, ci);
      } catch (error) {
        throw defaults ? atInput(error, defaults.raw, defaults.placeOf) : error;
      }
    }),
  );
}

interface Defaults {
  readonly raw: RawInputs;
  readonly placeOf: (input: string) => Place;
}

/** `undefined` where there is no file. Where the step names one, it must be there. Throws CONFIG_NOT_FOUND, CONFIG_INVALID. */
async function readDefaults(workspace: Workspace, step: RawInputs): Promise<Defaults | undefined> {
  const file = await readConfigFile(workspace, step);
  if (!file) return undefined;
  // Most repositories have none.
  const { defaultsWithoutApp, readConfig } = await import('./config/config.ts');
  const config = readConfig(file.path, file.text);
  return { raw: defaultsWithoutApp(config, step), placeOf: config.placeOfDefault };
}
