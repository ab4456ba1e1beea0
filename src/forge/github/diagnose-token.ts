/** What a refusal says about the token: of which kind it is, what it lacks, and what to do about that. Pure. */
import { oneLine, quote } from '../../core/escape.ts';
import { permissionName } from './permissions.ts';
import { BETTER_TOKEN, isPersonal, KINDS, type TokenKind } from './token-kind.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** What the API said of the repository when it was asked afterwards with the same token. */
export interface Probe {
  readonly status: number;
  readonly said: string;
  readonly headers: Headers;
  readonly archived?: boolean;
  /** Whether the user behind the token may write; means nothing for an installation's token. */
  readonly mayPush?: boolean;
}

export interface Evidence {
  readonly kind: TokenKind;
  readonly refused: 'read' | 'push' | 'api';
  /** `owner/name`. */
  readonly repository: string;
  /** Whether it is the repository whose workflow runs. */
  readonly isOwnRepository: boolean;
  /** The API's message, or git's stderr. */
  readonly said: string;
  /** Of the API's answer. */
  readonly status?: number;
  readonly headers?: Headers;
  readonly probe?: Probe;
}

export interface Diagnosis {
  /** One sentence: the kind, and what it lacks. */
  readonly finding: string;
  readonly remedy: string;
}

/** For people who wonder why their checks wait. */
export const GITHUB_TOKEN_NOTE =
  'Workflows of a pull request that GITHUB_TOKEN opened or updated wait until somebody with write access approves them, ' +
  'or do not run at all on older servers; those of a GitHub App’s pull requests run by themselves.';

interface Complaint {
  readonly seen: (evidence: Evidence) => boolean;
  readonly tell: (evidence: Evidence) => Diagnosis;
}

const saying =
  (pattern: RegExp) =>
  ({ said, probe }: Evidence): boolean =>
    pattern.test(said) || pattern.test(probe?.said ?? '');

const SAML = saying(/\bSAML\b|single sign-?on/i);
const NOT_FOUND = /not found|Could not resolve to a Repository|returned error: 404/i;
const UNKNOWN_CREDENTIALS =
  /Bad credentials|Invalid username or (?:token|password)|Authentication failed|could not read Username|invalid credentials|returned error: 401/i;
const FORBIDDEN =
  /not accessible by|not granted|denied to|Must have (?:push|admin|write)|required scopes|Permission .*denied|returned error: 403|access denied|marked as read only/i;

/** The first that is seen is told; what is sure comes before what is likely. */
const COMPLAINTS: readonly Complaint[] = [
  {
    seen: ({ kind }) => kind === 'gitlab',
    tell: ({ kind }) => ({ finding: `${KINDS[kind].name} is not known to GitHub.`, remedy: BETTER_TOKEN }),
  },
  {
    seen: (evidence) => saying(/\brate limit\b/i)(evidence) || evidence.status === 429,
    tell: ({ kind }) => ({
      finding: `${KINDS[kind].name} lacks nothing: GitHub asks to come back later (a rate limit).`,
      remedy: 'Run it again in some minutes.',
    }),
  },
  {
    seen: (evidence) => SAML(evidence) || headerOf(evidence, 'x-github-sso')?.startsWith('required') === true,
    tell: (evidence) => ({
      finding: `${KINDS[evidence.kind].name} is not authorized for the single sign-on of ${organizationOf(evidence)}.`,
      remedy:
        'Open Settings → Developer settings → Personal access tokens, choose "Configure SSO" beside the token and authorize ' +
        `it${ssoPage(evidence)}; or use a GitHub App, which needs none.`,
    }),
  },
  {
    seen: saying(/\bIP allow list\b|IP address is not permitted/i),
    tell: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} was used from an address that the IP allow list of ${quote(ownerOf(repository))} does not have.`,
      remedy: 'Run the job on a runner whose address is on the list, or have an owner add the address of this one.',
    }),
  },
  {
    seen: saying(/forbids access via|are forbidden from accessing/i),
    tell: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} is of a kind, or of a lifetime, that the policy of ${quote(ownerOf(repository))} does not allow.`,
      remedy: BETTER_TOKEN,
    }),
  },
  {
    seen: saying(/not permitted to create or approve pull requests/i),
    tell: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} may not open pull requests in ${quote(repository)}: a setting forbids it to all workflows.`,
      remedy:
        'Tick "Allow GitHub Actions to create and approve pull requests" under Settings → Actions → General (where it is ' +
        `greyed out, the organization decides), or use a GitHub App. ${GITHUB_TOKEN_NOTE}`,
    }),
  },
  {
    seen: saying(/refusing to allow .* workflow\b/i),
    tell: ({ kind, said }) => ({
      finding: `${KINDS[kind].name} lacks ${/`workflow` scope/.test(said) ? 'the scope workflow' : 'the permission Workflows: write'}, and the push changes ${workflowOf(said)}.`,
      remedy:
        'Leave workflows out with the input "paths" (:(exclude).github/workflows), or give a token that has it in the input ' +
        '"token": GITHUB_TOKEN never has it, and with "app-private-key" it is never asked for.',
    }),
  },
  {
    seen: saying(/(?:verified|valid) signatures?|must be signed/i),
    tell: ({ kind }) => ({
      finding: `${KINDS[kind].name} was let in, but a rule of the repository wants signed commits.`,
      remedy: 'Set the input "sign" to api, ssh or gpg; docs/signatures.md tells which.',
    }),
  },
  {
    seen: (evidence) =>
      evidence.refused !== 'read' &&
      (saying(/\barchived\b.*read-?only|read-?only.*\barchived\b/i)(evidence) || evidence.probe?.archived === true),
    tell: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} cannot write to ${quote(repository)}: it is archived, so that nobody can.`,
      remedy: 'Unarchive it, or write the repository that took its place in the input "repository".',
    }),
  },
  {
    seen: ({ kind, isOwnRepository, ...evidence }) => kind === 'GITHUB_TOKEN' && !isOwnRepository && isAccess(evidence),
    tell: ({ repository }) => ({
      finding: `GITHUB_TOKEN is good for the repository of its own workflow alone, and ${quote(repository)} is another one.`,
      remedy: BETTER_TOKEN,
    }),
  },
  {
    seen: ({ kind, said }) => kind === 'ssh-key' && !/marked as read only/i.test(said) && /publickey/i.test(said),
    tell: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} is unknown to the server of ${quote(repository)}.`,
      remedy: KINDS[kind].renew,
    }),
  },
  {
    seen: ({ kind, said, status, probe }) =>
      kind !== 'ssh-key' &&
      (status === 401 || probe?.status === 401 || (probe === undefined && UNKNOWN_CREDENTIALS.test(said))),
    tell: ({ kind }) => ({
      finding: `${KINDS[kind].name} is expired, was revoked, or belongs to another server.`,
      remedy: KINDS[kind].renew,
    }),
  },
  {
    seen: (evidence) => {
      const { said, status, probe } = evidence;
      return probe ? probe.status === 404 && isAccess(evidence) : status === 404 || NOT_FOUND.test(said);
    },
    tell: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} does not see ${quote(repository)}: there is no such repository, or it is not among the token’s own.`,
      remedy: `Check the input "repository". ${KINDS[kind].select}`,
    }),
  },
  {
    seen: (evidence) => isPersonal(evidence.kind) && isAccess(evidence) && evidence.probe?.mayPush === false,
    tell: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} belongs to a user who may not write to ${quote(repository)}.`,
      remedy: 'Give this user the role Write in the repository, or use the token of one who has it.',
    }),
  },
  {
    seen: (evidence) => isAccess(evidence),
    tell: (evidence) => ({
      finding: `${KINDS[evidence.kind].name} lacks ${lackOf(evidence)} on ${quote(evidence.repository)}.`,
      remedy: KINDS[evidence.kind].grant,
    }),
  },
];

/** What the evidence says of the token; `undefined` when it says nothing of it. */
export function diagnose(evidence: Evidence): Diagnosis | undefined {
  const isBot = evidence.kind === 'app' && /\bgithub-actions\[bot\]/.test(evidence.said);
  const known = isBot ? { ...evidence, kind: 'GITHUB_TOKEN' as const } : evidence;
  return COMPLAINTS.find(({ seen }) => seen(known))?.tell(known);
}

/** Whether it was refused for want of a right, and not for what was to be written or where. */
function isAccess({ said, status }: Pick<Evidence, 'said' | 'status'>): boolean {
  if (/rule violation|protected (?:branch|ref)\b/i.test(said)) return false;
  const isRefused = status === 401 || status === 403 || status === 404;
  return isRefused || FORBIDDEN.test(said) || NOT_FOUND.test(said) || UNKNOWN_CREDENTIALS.test(said);
}

/** The permission or the scope that is missing, in GitHub's words where it gives them. */
function lackOf(evidence: Evidence): string {
  const { kind, refused } = evidence;
  if (kind === 'ssh-key') return 'write access';
  const scopes = headerOf(evidence, 'x-oauth-scopes');
  if ((kind === 'classic' || kind === 'oauth') && scopes !== undefined) {
    const accepted = (evidence.headers?.['x-accepted-oauth-scopes'] ?? '').split(',')[0]?.trim() || 'repo';
    const present = scopes.split(',').map((scope) => scope.trim());
    if (!present.includes(accepted)) {
      return `the scope ${oneLine(accepted, 40)} (it has ${scopes === '' ? 'none' : oneLine(scopes, 100)})`;
    }
  }
  const accepted = evidence.headers?.['x-accepted-github-permissions'] ?? '';
  const sets = accepted
    .split(';')
    .map((set) =>
      [...set.matchAll(/([a-z_]+)=(\w+)/g)].map(([, permission = '', level = '']) => permissionName(permission, level)),
    );
  const named = sets.filter((set) => set.length > 0).map((set) => set.join(' and '));
  const usual = refused === 'api' ? permissionName('pull_requests', 'write') : permissionName('contents', 'write');
  return `the permission ${named.join(', or ') || usual}`;
}

function headerOf({ headers, probe }: Evidence, name: string): string | undefined {
  return headers?.[name] ?? probe?.headers[name];
}

const ownerOf = (repository: string): string => repository.split('/')[0] ?? '';

const organizationOf = ({ repository }: Evidence): string => quote(ownerOf(repository));

/** Where to authorize; without the query, which is for the eyes of the token's owner and not for a log. */
function ssoPage(evidence: Evidence): string {
  const address = /\burl=(\S+)/.exec(headerOf(evidence, 'x-github-sso') ?? '')?.[1] ?? '';
  if (!URL.canParse(address)) return '';
  const { origin, pathname } = new URL(address);
  return ` (${oneLine(`${origin}${pathname}`)})`;
}

const workflowOf = (said: string): string => quote(/\bworkflow `([^`]+)`/.exec(said)?.[1] ?? '.github/workflows');
