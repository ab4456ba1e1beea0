/** Diagnosis of a refused token: its kind, what it lacks, and what to do about that. Pure. */
import { oneLine, quote } from '../../core/escape.ts';
import {
  headerOf,
  isAbsent,
  isAccess,
  isForSso,
  isNotSeen,
  isUnknown,
  matches,
  type Evidence,
} from './refusal-evidence.ts';
import { BETTER_TOKEN, isPersonal, KINDS, permissionName } from './token-kind.ts';

/** What a refused token lacks, and what to do about that. */
export interface Diagnosis {
  /** One sentence: the kind, and what it lacks. */
  readonly finding: string;
  readonly remedy: string;
}

/** Why the checks of such a pull request wait. */
export const GITHUB_TOKEN_NOTE =
  'Workflows of a pull request that GITHUB_TOKEN opened or updated wait until a user with write access approves them, ' +
  'or do not run at all on older servers; those of a GitHub App’s pull requests run by themselves.';

interface Rule {
  readonly applies: (evidence: Evidence) => boolean;
  readonly explain: (evidence: Evidence) => Diagnosis;
}

/** The first rule that applies is the diagnosis; certain ones come before likely ones. */
const RULES: readonly Rule[] = [
  {
    applies: ({ kind }) => kind === 'gitlab',
    explain: ({ kind }) => ({ finding: `${KINDS[kind].name} is not known to GitHub.`, remedy: BETTER_TOKEN }),
  },
  {
    applies: (evidence) => matches(/\brate limit\b/i)(evidence) || evidence.status === 429,
    explain: ({ kind }) => ({
      finding: `${KINDS[kind].name} lacks nothing: the rate limit of GitHub is reached.`,
      remedy: 'Run it again in some minutes.',
    }),
  },
  {
    applies: isForSso,
    explain: (evidence) => ({
      finding: `${KINDS[evidence.kind].name} is not authorized for the single sign-on of ${organizationOf(evidence)}.`,
      remedy:
        'Open Settings → Developer settings → Personal access tokens, choose "Configure SSO" beside the token and authorize ' +
        `it${ssoPage(evidence)}; or use a GitHub App, which needs none.`,
    }),
  },
  {
    applies: matches(/\bIP allow list\b|IP address is not permitted/i),
    explain: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} was used from an address that the IP allow list of ${quote(ownerOf(repository))} does not have.`,
      remedy: 'Run the job on a runner whose address is on the list, or have an owner add the address of this one.',
    }),
  },
  {
    applies: matches(/forbids access via|are forbidden from accessing/i),
    explain: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} is of a kind, or of a lifetime, that the policy of ${quote(ownerOf(repository))} does not allow.`,
      remedy: BETTER_TOKEN,
    }),
  },
  {
    applies: matches(/not permitted to create or approve pull requests/i),
    explain: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} may not open pull requests in ${quote(repository)}: a setting forbids it to all workflows.`,
      remedy:
        'Tick "Allow GitHub Actions to create and approve pull requests" under Settings → Actions → General (where it is ' +
        `greyed out, the organization decides), or use a GitHub App. ${GITHUB_TOKEN_NOTE}`,
    }),
  },
  {
    applies: matches(/refusing to allow .* workflow\b/i),
    explain: ({ kind, message }) => ({
      finding: `${KINDS[kind].name} lacks ${/`workflow` scope/.test(message) ? 'the scope workflow' : 'the permission Workflows: write'}, and the push changes ${workflowOf(message)}.`,
      remedy:
        'Leave workflows out with the input "paths" (:(exclude).github/workflows), or give a token that has it in the input ' +
        '"token": GITHUB_TOKEN never has it, and with "app-private-key" it is never asked for.',
    }),
  },
  {
    applies: matches(/(?:verified|valid) signatures?|must be signed/i),
    explain: ({ kind }) => ({
      finding: `${KINDS[kind].name} was let in, but a rule of the repository wants signed commits.`,
      remedy: 'Set the input "sign-commits" to true; see docs/signatures.md.',
    }),
  },
  {
    applies: (evidence) =>
      evidence.refused !== 'read' &&
      (matches(/\barchived\b.*read-?only|read-?only.*\barchived\b/i)(evidence) || evidence.probe?.archived === true),
    explain: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} cannot write to ${quote(repository)}: it is archived and read-only.`,
      remedy: 'Unarchive it, or write the repository that took its place in the input "repository".',
    }),
  },
  {
    applies: ({ kind, isOwnRepository, ...evidence }) =>
      kind === 'GITHUB_TOKEN' && !isOwnRepository && isAccess(evidence),
    explain: ({ repository }) => ({
      finding: `GITHUB_TOKEN is good for the repository of its own workflow alone, and ${quote(repository)} is another one.`,
      remedy: BETTER_TOKEN,
    }),
  },
  {
    applies: ({ kind, message }) =>
      kind === 'ssh-key' && !/marked as read only/i.test(message) && /publickey/i.test(message),
    explain: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} is unknown to the server of ${quote(repository)}.`,
      remedy: KINDS[kind].renew,
    }),
  },
  {
    applies: (evidence) => evidence.kind !== 'ssh-key' && isUnknown(evidence),
    explain: ({ kind }) => ({
      finding: `${KINDS[kind].name} is expired, was revoked, or belongs to another server.`,
      remedy: KINDS[kind].renew,
    }),
  },
  {
    applies: isNotSeen,
    explain: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} does not see ${quote(repository)}: there is no such repository, or it is not among the token’s own.`,
      remedy: `Check the input "repository". ${KINDS[kind].select}`,
    }),
  },
  {
    applies: (evidence) => isPersonal(evidence.kind) && isAccess(evidence) && evidence.probe?.mayPush === false,
    explain: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} belongs to a user who may not write to ${quote(repository)}.`,
      remedy:
        'Give this user the role Write in the repository, or use the token of one who has it' +
        `${kind === 'fine-grained' ? '; the token itself needs Contents: write too' : ''}.`,
    }),
  },
  {
    applies: isAccess,
    explain: (evidence) => ({
      finding:
        `${KINDS[evidence.kind].name} lacks ${lackOf(evidence)} on ${quote(evidence.repository)}` +
        `${isAbsent(evidence) ? ', or what was asked for is not there' : ''}.`,
      remedy: KINDS[evidence.kind].grant,
    }),
  },
];

/** The diagnosis of a refusal; `undefined` where the evidence is not about the token. */
export function diagnose(evidence: Evidence): Diagnosis | undefined {
  const isBot = evidence.kind === 'app' && /\bgithub-actions\[bot\]/.test(evidence.message);
  const known = isBot ? { ...evidence, kind: 'GITHUB_TOKEN' as const } : evidence;
  return RULES.find(({ applies }) => applies(known))?.explain(known);
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

const ownerOf = (repository: string): string => repository.split('/')[0] ?? '';

const organizationOf = ({ repository }: Evidence): string => quote(ownerOf(repository));

/** Where to authorize; without the query, which is for the token's owner and must not be in a log. */
function ssoPage(evidence: Evidence): string {
  const address = /\burl=(\S+)/.exec(headerOf(evidence, 'x-github-sso') ?? '')?.[1] ?? '';
  if (!URL.canParse(address)) return '';
  const { origin, pathname } = new URL(address);
  return ` (${oneLine(`${origin}${pathname}`)})`;
}

const workflowOf = (message: string): string => quote(/\bworkflow `([^`]+)`/.exec(message)?.[1] ?? '.github/workflows');
