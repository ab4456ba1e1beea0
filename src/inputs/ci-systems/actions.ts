/** GitHub Actions, and the Actions of Gitea and Forgejo, which set the same variables. */
import { readFileSync, statSync } from 'node:fs';
import { utcTime } from '../../core/time.ts';
import type { ForgeKind } from '../../forge/kind.ts';
import { numbered, readServer, type CiSystem, type Facts, type Variables } from './ci-system.ts';
import { ACTIONS_MARKS } from './log-marks.ts';

/** GitHub sends no event of more than 25 MB. */
const MAX_EVENT = 30_000_000;

/** Their runners take the same commands and files; a server that does not know the file of a summary reads none. */
const RUNNER: Pick<CiSystem, 'marks' | 'summary'> = {
  marks: ACTIONS_MARKS,
  summary: (read) => {
    const path = read('GITHUB_STEP_SUMMARY');
    return path === '' ? undefined : { path };
  },
};

/** https://docs.github.com/actions/reference/workflows-and-actions/variables */
export const gitHubActions: CiSystem = {
  name: 'GitHub Actions',
  ...RUNNER,
  isHere: (read) => read('GITHUB_ACTIONS') === 'true',
  facts: (read) => ({
    ...factsOf('github', read, {
      // The workflow's file is followed by the ref that it was read from.
      build: numbered(
        read('GITHUB_WORKFLOW_REF').replace(/@(?:refs\/.*|[\da-f]{40})$/s, ''),
        read('GITHUB_RUN_NUMBER'),
      ),
      run: read('GITHUB_RUN_ID'),
    }),
    author: { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' },
  }),
};

/** https://docs.gitea.com/usage/actions/actions-variables */
export const giteaActions: CiSystem = {
  name: 'Gitea Actions',
  ...RUNNER,
  isHere: (read) => read('GITEA_ACTIONS') === 'true',
  facts: (read) => numberedByRepository('gitea', read),
};

/** Its runner sets Gitea's sign too. */
export const forgejoActions: CiSystem = {
  name: 'Forgejo Actions',
  ...RUNNER,
  isHere: (read) => read('FORGEJO_ACTIONS') === 'true',
  facts: (read) => numberedByRepository('forgejo', read),
};

/** Runs are counted through the whole repository there, and the page of a run has that number. */
function numberedByRepository(kind: ForgeKind, read: Variables): Facts {
  const number = read('GITHUB_RUN_NUMBER');
  return factsOf(kind, read, { build: numbered(read('GITHUB_REPOSITORY'), number), run: number });
}

function factsOf(kind: ForgeKind, read: Variables, { build, run }: { build: string; run: string }): Facts {
  const [repository, commit] = [read('GITHUB_REPOSITORY'), read('GITHUB_SHA')];
  const url = readServer('GITHUB_SERVER_URL', read) ?? 'https://github.com';
  const project = `${url}/${repository}`;
  const event = readEvent(read('GITHUB_EVENT_PATH'));
  const isSourcePublic = publicIn(event, repository);
  return {
    source: {
      repository,
      commit,
      url: `${project}/commit/${commit}`,
      time: timeIn(event, commit),
      ref: read('GITHUB_REF_TYPE') === 'tag' ? read('GITHUB_REF_NAME') : '',
      build,
    },
    run: { url: `${project}/actions/runs/${run}`, actor: read('GITHUB_ACTOR') },
    branch: read('GITHUB_HEAD_REF') || (read('GITHUB_REF_TYPE') === 'branch' ? read('GITHUB_REF_NAME') : ''),
    ...(isSourcePublic !== undefined && { isSourcePublic }),
    sourceServerUrl: url,
    server: { kind, url },
    // In GitHub Actions it is there where the workflow sets it; the other runners set it in every step.
    ...(read('GITHUB_TOKEN') !== '' && { jobToken: read('GITHUB_TOKEN') }),
    ...(repository !== '' && { ownRepository: `${project}.git` }),
  };
}

/** What is read of the event that started the run. */
interface RunEvent {
  readonly head_commit?: { readonly id?: unknown; readonly timestamp?: unknown } | null;
  readonly repository?: {
    readonly full_name?: unknown;
    readonly private?: unknown;
    readonly internal?: unknown;
  } | null;
}

/** Empty where it cannot be read. Never throws. */
function readEvent(path: string): RunEvent {
  try {
    const file = statSync(path);
    if (!file.isFile() || file.size > MAX_EVENT) return {};
    return (JSON.parse(readFileSync(path, 'utf8')) as RunEvent | null) ?? {};
  } catch {
    return {};
  }
}

/** When the commit was made, as far as the event (a push) speaks of it. */
function timeIn({ head_commit: head }: RunEvent, commit: string): string {
  return head?.id === commit && typeof head.timestamp === 'string' ? utcTime(head.timestamp) : '';
}

/** Whether the repository is public: on GitHub an internal one is private too, on Gitea and Forgejo it is not. */
function publicIn({ repository }: RunEvent, fullName: string): boolean | undefined {
  if (repository?.full_name !== fullName || typeof repository.private !== 'boolean') return undefined;
  return !repository.private && repository.internal !== true;
}
