/** The repository of the manifests, its server, and the credentials for both: what is needed before a release is known. */
import { readRemote, type Remote } from '../core/remote.ts';
import { withLogin } from '../forge/git-login.ts';
import { isServerOf, kindOf, type ForgeKind } from '../forge/kind.ts';
import { addressOf } from '../forge/repository-name.ts';
import type { Ci } from './ci.ts';
import { WORKFLOW_TOKEN } from './definition.ts';
import { GITHUB_HOST_KEYS } from './github-host-keys.ts';
import { defaultOf, missingInput } from './lookup.ts';
import { reading, type RawInputs } from './raw-inputs.ts';
import type { InputName } from './table.ts';
import { readChoice } from './values.ts';

export interface Access {
  readonly remote: Remote;
  /** The kind of its server. */
  readonly kind: ForgeKind;
  /** Empty for the repository's default branch. */
  readonly base: string;
  /** Empty when none was given. */
  readonly token: string;
  /** For the source repositories' API; empty when none was given. */
  readonly sourceToken: string;
  /** The workflow's own token, where github.com made it: its registry takes that too. Else empty. */
  readonly packagesToken: string;
  readonly app?: { readonly clientId: string; readonly privateKey: string };
  readonly ssh?: { readonly key: string; readonly knownHosts: string };
  /** The same with the kind that the server says it is, while that is asked beside all else; never rejects. Absent where it is not asked. */
  readonly asked?: Promise<Access>;
}

/** Throws INPUT_MISSING, INPUT_INVALID. */
export function readAccess(raw: RawInputs, ci: Ci): Access {
  const given = reading(raw);
  const repository = given('repository') || ci.ownRepository;
  if (repository === '') throw missingInput('repository');
  const [home] = ci.servers;
  const remote = readRemote(addressOf(repository, home, given('token')), home.url, given('ssh-key') !== '');
  const forge = readChoice('forge', given('forge') || defaultOf('forge'));
  const kind = forge === 'auto' ? kindOf(remote, ci.servers) : forge;
  const token = tokenFor(remote, given('token'), ci);
  // Else the run would go on with the token of the workflow, and its refusal would not name the App.
  const isKeyOnly = given('app-client-id') === '' && given('app-private-key') !== '' && isDefaultToken(given('token'));
  if (isKeyOnly && remote.transport !== 'file') throw missingInput('app-client-id');
  return {
    remote: withLogin(remote, kind, { token, isOfJob: token === ci.jobToken }),
    kind,
    base: given('base').replace(/^refs\/heads\//, ''),
    token,
    sourceToken: withoutMark(given('source-token')),
    packagesToken: packagesTokenOf([given('token'), given('source-token')], ci),
    ...(given('app-client-id') !== '' && {
      app: { clientId: given('app-client-id'), privateKey: readSecret(raw, 'app-private-key') },
    }),
    ...(given('ssh-key') !== '' && {
      ssh: { key: readSecret(raw, 'ssh-key'), knownHosts: given('ssh-known-hosts') || GITHUB_HOST_KEYS },
    }),
  };
}

const withoutMark = (token: string): string => (isOfWorkflow(token) ? token.slice(WORKFLOW_TOKEN.length) : token);

const isOfWorkflow = (token: string): boolean => token.startsWith(WORKFLOW_TOKEN);

const isDefaultToken = (token: string): boolean => token === '' || isOfWorkflow(token);

function packagesTokenOf(tokens: readonly string[], { servers: [home], jobToken, jobServerUrl }: Ci): string {
  if (jobServerUrl === GITHUB_COM && jobToken !== '') return jobToken;
  return home.url === GITHUB_COM ? withoutMark(tokens.find(isOfWorkflow) ?? '') : '';
}

const GITHUB_COM = 'https://github.com';

/** The token given; else the one of the workflow or of this job, only for the server that made it. */
function tokenFor(remote: Remote, token: string, { servers: [home], jobToken, jobServerUrl }: Ci): string {
  if (isOfWorkflow(token)) return isServerOf(home, remote) ? withoutMark(token) : '';
  if (token !== '' || jobServerUrl === '') return token;
  const isOwn = isServerOf({ url: jobServerUrl }, remote) && isBelow(jobServerUrl, remote);
  return isOwn ? jobToken : '';
}

/** Whether a repository is in the folder of that server: several may share a host. By ssh the folder is in no address. */
function isBelow(server: string, { transport, url }: Remote): boolean {
  const folderOf = (address: string): string => `${new URL(address).pathname.replace(/\/+$/, '')}/`;
  return transport === 'ssh' || folderOf(url).startsWith(folderOf(server));
}

/** A secret that another input makes necessary. */
function readSecret(raw: RawInputs, name: InputName): string {
  const secret = reading(raw)(name);
  if (secret === '') throw missingInput(name);
  return `${secret}\n`;
}
