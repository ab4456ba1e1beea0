/** One repository of Bitbucket Cloud at its API. */
import { ApiRepository } from '../http/api-repository.ts';
import { path } from '../http/address.ts';
import { JsonClient, type ClientOptions } from '../http/client.ts';
import { apiServer, type Credential, type Place } from './server.ts';

export class Repository extends ApiRepository {
  readonly workspace: string;
  /** For default reviewers that are not asked. */
  readonly log: (text: string) => void;
  /** Web address. */
  readonly url: string;
  /** What the paths of its API begin with. */
  readonly at: string;

  constructor(place: Place, credential: Credential, options: ClientOptions) {
    const { serverUrl, workspace, slug } = place;
    super(new JsonClient(apiServer(place, credential), options), `${workspace}/${slug}`);
    this.workspace = workspace;
    this.log = options.log ?? (() => undefined);
    this.url = `${serverUrl}/${workspace}/${slug}`;
    this.at = path`/repositories/${workspace}/${slug}`;
  }
}
