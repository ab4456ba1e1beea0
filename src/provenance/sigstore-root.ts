/** The trusted root of the public Sigstore, from where it is kept and kept current. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { oneLine } from '../core/escape.ts';
import type { Exchange } from '../registry/exchange.ts';
import { RegistryFailure } from '../registry/registry-failure.ts';
import { readTrustedRoots, type TrustMaterial } from './trusted-root.ts';
import { DownloadHTTPError, seeds, Updater, type Fetcher } from './tuf.ts';

/** A repository of The Update Framework. */
export interface TufRepository {
  readonly url: string;
  /** Its metadata `root.json` of any time, from which all later ones are proved. */
  readonly root: Buffer;
}

const MIRROR = 'https://tuf-repo-cdn.sigstore.dev';
/** The root that Sigstore's own package brings along. */
const SIGSTORE: TufRepository = { url: MIRROR, root: Buffer.from(seeds[MIRROR]['root.json'], 'base64') };
const TARGET = 'trusted_root.json';

/**
 * The trusted root that a repository has now, by the client workflow of The Update Framework
 * (https://theupdateframework.github.io/specification/latest/#detailed-client-workflow). Nothing is kept for the next run. Throws
 * RegistryFailure.
 */
export async function fetchTrustedRoots(
  exchange: Exchange,
  { url, root } = SIGSTORE,
): Promise<readonly TrustMaterial[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sigstore-'));
  try {
    await writeFile(join(folder, 'root.json'), root);
    const places = { metadataDir: folder, metadataBaseUrl: url, targetDir: folder, targetBaseUrl: `${url}/targets` };
    const updater = new Updater({ ...places, fetcher: new ExchangeFetcher(exchange, folder) });
    const target = await updater.getTargetInfo(TARGET);
    const roots = target && readTrustedRoots(await readFile(await updater.downloadTarget(target), 'utf8'));
    if (!roots) throw new Error(`it has no ${TARGET} that can be read`);
    return roots;
  } catch (error) {
    const reason = oneLine(error instanceof Error ? error.message : String(error));
    throw new RegistryFailure(`the trusted root of ${url} could not be read: ${reason}`, { cause: error });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The client's own fetcher would bring a second HTTP client. */
class ExchangeFetcher implements Fetcher {
  readonly #exchange: Exchange;
  readonly #folder: string;

  constructor(exchange: Exchange, folder: string) {
    this.#exchange = exchange;
    this.#folder = folder;
  }

  async downloadBytes(url: string, limit: number): Promise<Buffer> {
    const { status, body } = await this.#exchange(url, { headers: {} });
    if (status !== 200) throw new DownloadHTTPError(`${url} answered ${status}`, status);
    if (body.length > limit) throw new Error(`${url} has more than ${limit} bytes`);
    return body;
  }

  async downloadFile<Result>(url: string, limit: number, read: (path: string) => Promise<Result>): Promise<Result> {
    const path = join(this.#folder, 'download');
    await writeFile(path, await this.downloadBytes(url, limit));
    return read(path);
  }
}
