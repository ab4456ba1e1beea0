/** The server that has the source repository, and the reasons for which a client does not ask it: as clauses. */
import type { Remote } from '../core/remote.ts';
import type { RunFacts } from './access.ts';

export const UNKNOWN_SERVER = 'the server of the source repository is not known';

/** For a server that may be of another kind: a token is shown to no such server. */
export const notKnownAs = (host: string, name: string): string => `${host} is not known as ${name}`;

export const withoutToken = (host: string): string => `no token was given for ${host} (input "source-token")`;

type SourceAddress = Pick<Remote, 'host' | 'name' | 'url'> & { readonly transport: 'http' | 'https' };

/** The source repository as `kindOf` takes it; `undefined` where the CI names no server of it. */
export function sourceAddress({ sourceServerUrl: url, source }: RunFacts): SourceAddress | undefined {
  if (!URL.canParse(url)) return undefined;
  const { host, protocol } = new URL(url);
  return { host, name: source.repository, url, transport: protocol === 'http:' ? 'http' : 'https' };
}
