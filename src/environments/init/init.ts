/** Mode init: proposes a config file as a pull request. Running it again changes nothing. */
import { failure } from '../../core/errors.ts';
import { counted } from '../../core/objects.ts';
import type { Log } from '../../core/log.ts';
import type { Commit } from '../../core/objects.ts';
import type { Forge, PullRequest } from '../../forge/forge.ts';
import type { Ci } from '../../inputs/ci.ts';
import type { Access } from '../../inputs/access.ts';
import { readCommitOptions, type CommitOptions } from '../../inputs/inputs.ts';
import type { RawInputs } from '../../inputs/raw-inputs.ts';
import { readChoice, readLines } from '../../inputs/values.ts';
import { pullRequestName } from '../../release/pull-request/name.ts';
import { retryOnMoved, type Moved } from '../../release/retry-on-moved.ts';
import { withWorkspace, type Workspace } from '../../release/workspace.ts';
import { readConfig } from '../config/config.ts';
import { configPaths } from '../config-file.ts';
import { scanBase } from '../scan.ts';
import { configText } from './config-text.ts';
import { propose, type Proposal } from './propose.ts';

/** What came of it. */
export interface Initiation {
  readonly outcome: 'created' | 'unchanged' | 'declined' | 'pushed' | 'dry-run';
  readonly repository: string;
  readonly base: string;
  readonly branch: string;
  /** Path and text of the file. */
  readonly file: string;
  readonly text: string;
  /** Empty where nothing was committed. */
  readonly commit: string;
  readonly pullRequest: PullRequest | undefined;
  /** `pull request #1`; empty without one. */
  readonly name: string;
  /** The web page that the server printed on the push; empty for none. */
  readonly page: string;
}

export const BRANCH = 'manifest-release/init';
const TITLE = 'Add the config file of manifest releases';

/**
 * Proposes the file in the setting `config`. Throws CONFIG_EXISTS, CONFIG_NOT_PROPOSED, INPUT_INVALID, and what withWorkspace, reading
 * and pushing throw.
 */
export async function initialize(raw: RawInputs, access: Access, ci: Ci, log: Log): Promise<Initiation> {
  const commit = readCommitOptions(raw, ci);
  const isDry = readChoice('dry-run', raw['dry-run']?.trim() || 'false') === 'true';
  const files = configPaths({ ...(raw.config?.trim() && { config: raw.config.trim() }) });
  log.group('Read the manifests');
  const paths = readLines(raw.paths ?? '');
  return withWorkspace({ access, paths, withoutClone: '', ci, log }, (workspace) =>
    retryOnMoved(log, async (again) => {
      if (again) await workspace.store.refresh();
      return initializeBase(workspace, { files, paths, commit, isDry });
    }),
  );
}

interface Wanted {
  /** The config file, and where it is by mistake. */
  readonly files: ReturnType<typeof configPaths>;
  readonly paths: readonly string[];
  readonly commit: CommitOptions;
  readonly isDry: boolean;
}

async function initializeBase(
  workspace: Workspace,
  { files, paths, commit, isDry }: Wanted,
): Promise<Initiation | Moved> {
  const { store, forge, log, access } = workspace;
  const { manifests } = await store.read({ words: [], files });
  const [file] = files;
  const [there] = manifests;
  if (there) throw failure('CONFIG_EXISTS', { file: there.path, base: store.base });
  const made = {
    repository: access.remote.name,
    base: store.base,
    branch: BRANCH,
    file,
    text: '',
    commit: '',
    page: '',
  };
  const tip = isDry ? undefined : await store.tip(BRANCH);
  const present = tip && (await findProposal(workspace));
  if (present) return { ...made, ...present, commit: tip.id };
  const { places } = await scanBase(workspace, paths);
  const proposal = propose(places, ownerOf(access));
  const { apps, notes } = proposal;
  if (apps.length === 0) throw failure('CONFIG_NOT_PROPOSED', { notes: notes.slice(0, 5) });
  const text = configText(proposal);
  // Our own check: what it refuses would end the first release.
  readConfig(file, text);
  log.step(`proposed ${counted(apps.length, 'app')}; ${counted(notes.length, 'image')} left to a person`);
  const proposed = { ...made, text, pullRequest: undefined, name: '' };
  if (isDry) return { ...proposed, outcome: 'dry-run' };
  // What another run pushed, and could not open a pull request for.
  const pushed = tip ? { id: tip.id, page: '' } : await push(workspace, { file, text, commit });
  if (!pushed) return { moved: BRANCH };
  log.step(`${tip ? 'found' : 'pushed'} ${pushed.id.slice(0, 7)} on ${BRANCH}`);
  const delivered = { ...proposed, commit: pushed.id, page: pushed.page };
  if (!forge) return { ...delivered, outcome: 'pushed' };
  const body = bodyOf(file, proposal);
  const opened = await forge.open({ branch: BRANCH, base: store.base, title: TITLE, draft: false, body });
  // Another run was faster.
  if (!opened) return { moved: BRANCH };
  return { ...delivered, ...shownIn(forge, opened), outcome: 'created' };
}

/** What an earlier run proposed on the branch; `undefined` where a pull request is missing. */
async function findProposal({
  store,
  forge,
}: Workspace): Promise<Pick<Initiation, 'outcome' | 'pullRequest' | 'name'> | undefined> {
  if (!forge) return { outcome: 'unchanged', pullRequest: undefined, name: '' };
  const { open, past } = await forge.find([BRANCH], store.base);
  const present = open.find(({ branch }) => branch === BRANCH);
  if (present) return { ...shownIn(forge, present), outcome: 'unchanged' };
  const closed = past.find(({ branch, state }) => branch === BRANCH && state === 'closed');
  return closed && { ...shownIn(forge, closed), outcome: 'declined' };
}

const shownIn = (forge: Forge, pullRequest: PullRequest): Pick<Initiation, 'pullRequest' | 'name'> => ({
  pullRequest,
  name: pullRequestName(forge, pullRequest.number),
});

interface PushedFile {
  readonly id: string;
  readonly page: string;
}

/** `undefined` where the branch or the base moved. */
async function push(
  { store, forge }: Workspace,
  {
    file,
    text,
    commit: { author, sign, signingKey },
  }: Pick<Wanted, 'commit'> & { readonly file: string; readonly text: string },
): Promise<PushedFile | undefined> {
  const parent: Commit = await store.readCommit(store.baseCommit);
  const files = [{ path: file, mode: '100644', bytes: Buffer.from(text) }];
  const message = `${TITLE}\n`;
  const time = Math.floor(Date.now() / 1000);
  const signer = sign === 'ssh' || sign === 'gpg' ? { format: sign, key: signingKey } : undefined;
  const written = await store.write({ parent: parent.id, message, author, time, files }, signer);
  if (sign === 'api' && forge?.commit) {
    const place = { branch: BRANCH, expected: '', parent: parent.id, parentTree: parent.tree };
    const made = await forge.commit({ ...place, tree: written.tree, message, files });
    return made && { id: made.id, page: made.page ?? '' };
  }
  const pushed = await store.push(written.id, BRANCH, '');
  return pushed && { id: written.id, page: pushed.page };
}

/** The account that has the repository; empty for a local path. */
const ownerOf = ({ remote: { name, transport } }: Access): string =>
  transport === 'file' ? '' : (name.split('/').at(-2) ?? '');

function bodyOf(file: string, { apps, notes }: Proposal): string {
  const [first] = apps;
  const app = first?.name === '*' ? 'APP' : (first?.name ?? '');
  const left =
    notes.length === 0
      ? []
      : [`${counted(notes.length, 'image')} could not be placed; the comments at the end of the file name them.`, ''];
  return [
    `This adds \`${file}\`, which says where each app is deployed, made from the`,
    'names of folders and files. Development is delivered by push, all else by pull request.',
    '',
    ...left,
    'Read it before you merge it. After the merge a release names the app alone:',
    '',
    '```yaml',
    'with:',
    `  app: ${app}`,
    '  version: 1.4.2',
    '```',
    '',
    'It is proposed once: later runs change neither this branch nor the file.',
  ].join('\n');
}
