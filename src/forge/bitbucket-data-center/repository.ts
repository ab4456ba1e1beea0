/** One repository of Bitbucket Data Center at its API. */
import type { Login } from '../../core/remote.ts';
import { ApiRepository } from '../http/api-repository.ts';
import { path } from '../http/address.ts';
import { JsonClient, type ClientOptions } from '../http/client.ts';
import { apiServer, pageOf, type Place } from './server.ts';

export class Repository extends ApiRepository {
  readonly project: string;
  readonly slug: string;
  /** For default reviewers that are not asked. */
  readonly log: (text: string) => void;
  /** Web address. */
  readonly url: string;
  /** What its paths begin with, in the API and in that of the default reviewers. */
  readonly at: string;
  readonly defaultReviewersAt: string;

  constructor(place: Place, token: string, login: Login | undefined, options: ClientOptions) {
    const { project, slug } = place;
    super(new JsonClient(apiServer(place, token, login), options), `${project}/${slug}`);
    this.project = project;
    this.slug = slug;
    this.log = options.log ?? (() => undefined);
    this.url = pageOf(place);
    const below = path`/projects/${project}/repos/${slug}`;
    this.at = `/api/latest${below}`;
    this.defaultReviewersAt = `/default-reviewers/latest${below}/reviewers`;
  }
}
