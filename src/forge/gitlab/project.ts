/** One project of GitLab at its API. */
import type { NotYet } from '../http/patience.ts';
import { ApiRepository } from '../http/api-repository.ts';
import { path } from '../http/address.ts';
import { JsonClient, type ClientOptions } from '../http/client.ts';
import type { Place } from './server.ts';
import { RIGHT_TOKEN } from './token-kind.ts';

/** Refusals right after a push: a replica of the repository may not have the branch yet. */
const NOT_YET: readonly NotYet[] = [
  [/^POST .*\/merge_requests$/, /^4\d\d .*source[ _]branch.*(?:does not exist|can't be blank|is missing)/i],
];

export class Project extends ApiRepository {
  /** Web address of the project. */
  readonly url: string;
  /** What the paths of its API begin with. */
  readonly at: string;

  /** An empty token is not sent. */
  constructor({ serverUrl, apiUrl, project }: Place, token: string, options: ClientOptions) {
    const headers: Record<string, string> = token === '' ? {} : { 'private-token': token };
    super(new JsonClient({ name: 'GitLab', apiUrl, headers, notYet: NOT_YET, access: RIGHT_TOKEN }, options), project);
    this.url = `${serverUrl}/${project}`;
    this.at = path`/projects/${project}`;
  }
}
