/** https://learn.microsoft.com/azure/devops/pipelines/build/variables */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { commitPage } from '../../forge/web-pages.ts';
import type { Server } from '../../forge/kind.ts';
import { numbered, readServer, webServerOf, type CiSystem } from './ci-system.ts';
import { AZURE_MARKS, azureCommand } from './log-marks.ts';

/** The server of a pipeline's repository, by the provider's name; any other repository is of no server that is known. */
const PROVIDERS: Readonly<Record<string, Server['kind']>> = {
  TfsGit: 'azure-devops',
  GitHub: 'github',
  GitHubEnterprise: 'github',
  Bitbucket: 'bitbucket-cloud',
};

export const azurePipelines: CiSystem = {
  name: 'Azure Pipelines',
  marks: AZURE_MARKS,
  summary: (read) => {
    // The agent reads the file after the process has ended, and empties this folder after the job.
    const folder = read('AGENT_TEMPDIRECTORY');
    if (folder === '') return undefined;
    const path = join(folder, `manifest-release-${randomUUID()}.md`);
    return { path, command: azureCommand('task.uploadsummary', path) };
  },
  isHere: (read) => /^true$/i.test(read('TF_BUILD')),
  facts: (read) => {
    const collection = readServer('SYSTEM_COLLECTIONURI', read);
    const kind = PROVIDERS[read('BUILD_REPOSITORY_PROVIDER')] ?? 'git';
    const address = withoutUser(read('BUILD_REPOSITORY_URI'));
    const commit = read('BUILD_SOURCEVERSION');
    const url = kind === PROVIDERS['TfsGit'] ? collection : webServerOf(address);
    const server = url === undefined || kind === 'git' ? undefined : { kind, url };
    const ref = read('BUILD_SOURCEBRANCH');
    const project = `${collection ?? ''}/${encodeURIComponent(read('SYSTEM_TEAMPROJECT'))}`;
    return {
      source: {
        repository: pathOf(address, url),
        commit,
        url: commitPage(kind, address, commit),
        time: '',
        ref: /^refs\/tags\/(.+)$/s.exec(ref)?.[1] ?? '',
        build: numbered(
          read('SYSTEM_DEFINITIONID') && `${read('SYSTEM_TEAMPROJECT')}/${read('SYSTEM_DEFINITIONID')}`,
          read('BUILD_BUILDID'),
        ),
      },
      run: {
        url: collection === undefined ? '' : `${project}/_build/results?buildId=${read('BUILD_BUILDID')}`,
        actor: read('BUILD_REQUESTEDFOR'),
      },
      branch: branchOf(read('SYSTEM_PULLREQUEST_SOURCEBRANCH')) || branchOf(ref),
      sourceServerUrl: url ?? '',
      ...(server && { server, ownRepository: address }),
      // It is there where the step maps it, and is of Azure also where the pipeline's repository is not.
      ...(read('SYSTEM_ACCESSTOKEN') !== '' && { jobToken: read('SYSTEM_ACCESSTOKEN') }),
      ...(collection !== undefined && { jobServerUrl: collection }),
    };
  },
};

/** A branch by its ref, or by its name; empty for another ref. */
function branchOf(ref: string): string {
  return ref.startsWith('refs/') ? (/^refs\/heads\/(.+)$/s.exec(ref)?.[1] ?? '') : ref;
}

/** An http address without the organization, which Azure shows as its user; any other text is empty. */
function withoutUser(address: string): string {
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) return '';
  const url = new URL(address);
  return `${url.origin}${url.pathname}`;
}

/** The path of a repository behind the address of its server. */
function pathOf(address: string, server = ''): string {
  const path = address.startsWith(`${server}/`)
    ? address.slice(server.length)
    : address.replace(/^https?:\/\/[^/]*/, '');
  return path.replace(/^\/+/, '').replace(/\.git$/, '');
}
