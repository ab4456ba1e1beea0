/** One repository at the REST API of Azure DevOps. */
import * as z from 'zod/mini';
import { ApiRepository } from '../http/api-repository.ts';
import { JsonClient, path, type ClientOptions, type Method, type Query } from '../http/client.ts';
import { UnreadableAnswer } from '../http/unreadable.ts';
import { apiServer, identitiesOf, pageOf, type Place } from './server.ts';

/** The version that Services and Server 2022 both have; Server 2020 has none of 7. */
export const API_VERSION = '7.0';
/** Pages of a list: part of it, believed to be all, would be wrong. */
const MAX_PAGES = 200;
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
    this.page = pageOf(place);
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
    return this.client.send(shape, method, `${this.#root}${below}?api-version=${API_VERSION}`, body);
  }

  /** The first items of a list. `prefix` is what the names of its paging have before them. */
  async list<Item extends z.ZodMiniType>(
    item: Item,
    below: string,
    query: Query,
    most: number,
    prefix = '',
  ): Promise<z.output<Item>[]> {
    const read: z.output<Item>[] = [];
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const size = Math.min(PAGE, most - read.length);
      const paging = { [`${prefix}$top`]: size, [`${prefix}$skip`]: read.length === 0 ? undefined : read.length };
      const { value } = await this.get(listOf(item), below, { ...query, ...paging });
      read.push(...value);
      if (value.length < size || read.length >= most) return read.slice(0, most);
    }
    throw new UnreadableAnswer(`the list has no end after ${MAX_PAGES} pages`, { isFinal: true });
  }
}
