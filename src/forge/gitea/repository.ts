/** One repository at the API of a Gitea or Forgejo. */
import * as z from 'zod/mini';
import { ApiRepository } from '../http/api-repository.ts';
import { path, type Query } from '../http/address.ts';
import type { JsonClient, Method } from '../http/client.ts';
import { finalRefusal } from '../http/refused-answer.ts';
import { API_SETTINGS } from './answers.ts';

/** Items of a page, unless the server says that it gives fewer. */
const PAGE = 50;

export class GiteaRepository extends ApiRepository {
  /** Its web page. */
  readonly page: string;
  readonly #root: string;
  #pageSize: Promise<number> | undefined;

  /** `serverUrl` is what the addresses of its repositories begin with. */
  constructor(client: JsonClient, serverUrl: string, owner: string, name: string) {
    super(client, `${owner}/${name}`);
    this.page = `${serverUrl}/${owner}/${name}`;
    this.#root = path`/repos/${owner}/${name}`;
  }

  /** Reads what is at a path below the repository. Throws what the client throws, as the others do. */
  get<Shape extends z.ZodMiniType>(below: string, shape: Shape, query?: Query): Promise<z.output<Shape>> {
    return this.client.get(shape, this.#root + below, query);
  }

  /** Changes something; without a shape nothing of the answer is read. */
  send(method: Exclude<Method, 'GET'>, below: string, body?: unknown): Promise<unknown>;
  send<Shape extends z.ZodMiniType>(
    method: Exclude<Method, 'GET'>,
    below: string,
    body: unknown,
    shape: Shape,
  ): Promise<z.output<Shape>>;
  send(method: Exclude<Method, 'GET'>, below: string, body?: unknown, shape = z.unknown()): Promise<unknown> {
    return this.client.send(shape, method, this.#root + below, body);
  }

  /**
   * The pages of a list, of which `most` are read. They are counted, since the server names the next one by the address that
   * it has in its own settings, which need not be the one that it was asked at.
   */
  async *pages<Item extends z.ZodMiniType>(
    below: string,
    items: z.ZodMiniArray<Item>,
    query: Query,
    most: number,
  ): AsyncGenerator<z.output<Item>[]> {
    const size = await this.#size();
    for (let page = 1; page <= most; page += 1) {
      const read = await this.get(below, items, { ...query, page, limit: size });
      yield read;
      if (read.length < size) return;
    }
  }

  /** What the server gives at most at once. */
  #size(): Promise<number> {
    this.#pageSize ??= this.client.get(API_SETTINGS, '/settings/api').then(
      ({ max_response_items: most }) => Math.min(most, PAGE),
      (error: unknown) => {
        if (finalRefusal(error)) return PAGE;
        throw error;
      },
    );
    return this.#pageSize;
  }
}
