/** Look-ups in the table of inputs. */
import { failure, type ReleaseError } from '../core/errors.ts';
import { nearName } from '../core/near-name.ts';
import { BOOLEAN, type InputDefinition } from './definition.ts';
import { INPUT_TABLE, SETTING_NAMES, type ChoiceName, type ChoiceOf, type InputName } from './table.ts';

/** Names that other Actions have for these inputs, where the spelling is far from ours. */
const OTHER_NAMES: ReadonlyMap<string, readonly InputName[]> = new Map([
  ['app-id', ['app-client-id']],
  ['client-id', ['app-client-id']],
  ['private-key', ['app-private-key']],
  ['github-token', ['token']],
  ['gh-token', ['token']],
  ['git-token', ['token']],
  ['repo-token', ['token']],
  ['access-token', ['token']],
  ['pat', ['token']],
  ['deploy-key', ['ssh-key']],
  ['ssh-private-key', ['ssh-key']],
  ['url', ['repository']],
  ['manifest-repo', ['repository']],
  ['manifest-repository', ['repository']],
  ['manifests', ['repository', 'paths']],
  ['tags', ['images']],
  ['tag', ['images', 'version']],
  ['digest', ['images', 'version']],
  ['image-tag', ['images', 'version']],
  ['file', ['paths']],
  ['files', ['paths']],
  ['directory', ['paths']],
  ['values-file', ['paths']],
  ['base-branch', ['base']],
  ['target-branch', ['base']],
  ['ref', ['base']],
  ['head', ['branch']],
  ['head-branch', ['branch']],
  ['automerge', ['auto-merge']],
  ['application', ['app']],
  ['service', ['app']],
  ['to', ['environments']],
  ['to-version', ['version']],
  ['order', ['force']],
  ['only-versions', ['allowed-versions']],
  ['team', ['reviewers']],
  ['team-reviewers', ['reviewers']],
  ['committer', ['author']],
  ['sign', ['sign-commits']],
  ['message', ['commit-message']],
  ['description', ['body']],
  ['timeout', ['wait-timeout']],
  ['platform', ['forge']],
  ['provider', ['forge']],
]);

/** The inputs that an unknown name was probably meant to be; none where none is near. */
export function nearestInputs(name: string): readonly InputName[] {
  const folded = name
    .toLowerCase()
    .replace(/[_\s]/g, '-')
    .replace(/^(?:pr|mr|pull-request|merge-request)-/, '');
  const other = OTHER_NAMES.get(folded);
  if (other) return other;
  const near = nearName(folded, NAMES);
  return near === undefined ? [] : [near];
}

/** The failure for a name that is no input of the Action. `shown` is how a known name is shown. */
export function unknownInput(input: string, shown: (name: InputName) => string): ReleaseError {
  const setting = INPUT_TABLE.find(({ name }) => name === input && SETTING_NAMES.has(name));
  if (setting) return failure('INPUT_IS_SETTING', { input, where: whereToGive(setting.name) });
  return failure('INPUT_UNKNOWN', { input, nearest: nearestInputs(input).map(shown) });
}

const NAMES: readonly InputName[] = INPUT_TABLE.map(({ name }) => name);

/** INPUT_MISSING for an input, with the places where it is given. */
export const missingInput = (input: InputName): ReleaseError =>
  failure('INPUT_MISSING', { input, where: whereToGive(input) });

/** Where an input or a setting is given, as a phrase: `under "with:" in the workflow, or as --app on the command line`. */
export function whereToGive(input: InputName): string {
  const { variable, perEnvironment } = rowOf(input) ?? {};
  const isSetting = SETTING_NAMES.has(input);
  if (isSetting && variable !== undefined) return `in the environment variable ${variable}`;
  const file = perEnvironment === undefined ? '' : ', in the config file';
  const step = isSetting ? `under "settings:" of the step${file}` : 'under "with:" in the workflow';
  const flag = variable === undefined ? `as --${input}` : `in the environment variable ${variable}`;
  return `${step}, or ${flag} on the command line`;
}

const rowOf = (input: InputName) => INPUT_TABLE.find(({ name }) => name === input);

/** The environment variable of a secret on the command line; `undefined` for an input that has a flag. */
export function variableOf(input: InputName): string | undefined {
  return rowOf(input)?.variable;
}

/** The value of an input that is not given. */
export function defaultOf(name: InputName): string {
  return rowOf(name)?.default ?? '';
}

/** Whether an input is true or false, so that its flag has no value. */
export function isSwitch({ choices }: InputDefinition): boolean {
  return choices === BOOLEAN;
}

/** The values of an input that has a closed set of them. */
export function choicesOf<Name extends ChoiceName>(name: Name): readonly ChoiceOf<Name>[] {
  return rowOf(name)?.choices as readonly ChoiceOf<Name>[];
}
