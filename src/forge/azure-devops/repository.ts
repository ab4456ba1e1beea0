/** One repository at the REST API of Azure DevOps. */
import * as z from 'zod/mini';
import { ApiRepository } from '../http/api-repository.ts';
import { path, type Query } from '../http/address.ts';
import { JsonClient, type ClientOptions, type Method, type Part } from '../http/client.ts';
import { apiServer, identitiesOf, pageOf as webPageOf, type Place } from './server.ts';

/** The version that Services and Server 2022 both have; Server 2020 has none of 7. */
export const API_VERSION = '7.0';
/** Items of a page. */
const PAGE = 100;

/** Lists are in an object. */
const listOf = <Item extends z.ZodMiniType>(item: Item) => z.object({ value: z.array(item) });

export class AzureRepository extends ApiRepository {
  /** Its web page. */
  readonly page: string;
  readonly place: Place;
  /** The API of identities, for the same token. */
  readonly identities: JsonClient;
  readonly #root: string;

  constructor(place: Place, token: string, options: ClientOptions) {
    super(new JsonClient(apiServer(place.collection, token), options), `${place.project}/${place.repository}`);
    this.identities = new JsonClient(apiServer(identitiesOf(place.collection), token), options);
    this.place = place;
    this.page = webPageOf(place);
    this.#root = path`/${place.project}/_apis/git/repositories/${place.repository}`;
  }

  /** Reads what is at a path below the repository. Throws what the client throws, as the others do. */
  get<Shape extends z.ZodMiniType>(shape: Shape, below: string, query: Query = {}): Promise<z.output<Shape>> {
    return this.client.get(shape, this.#root + below, { ...query, 'api-version': API_VERSION });
  }

  /** Changes something; the answer is read as `shape`, `z.unknown()` where nothing of it is needed. */
  send<Shape extends z.ZodMiniType>(
    shape: Shape,
    method: Exclude<Method, 'GET'>,
    below: string,
    body?: unknown,
  ): Promise<z.output<Shape>> {
    return this.client.send(shape, method, this.#root + below, body, { 'api-version': API_VERSION });
  }

  /** The first items of a list. `prefix` is what the names of its paging have before them. */
  list<Item extends z.ZodMiniType>(
    item: Item,
    below: string,
    query: Query,
    most: number,
    prefix = '',
  ): Promise<z.output<Item>[]> {
    const size = Math.min(PAGE, most);
    let read = 0;
    const pageOf = ({ value: values }: { readonly value: z.output<Item>[] }): Part<z.output<Item>> => {
      read += values.length;
      return { values, next: values.length < size ? undefined : { [`${prefix}$skip`]: read } };
    };
    const asked = { ...query, [`${prefix}$top`]: size, 'api-version': API_VERSION };
    return this.client.listIn(listOf(item), pageOf, this.#root + below, asked, most);
  }
}
