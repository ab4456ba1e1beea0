/** Which token is for which server. A client is made of a ServerToken, and only this file makes one. */
import type { ForgeAccess, RunFacts } from '../access.ts';
import { notKnownAs, sourceAddress, UNKNOWN_SERVER, withoutToken } from '../source-server.ts';
import { apiUrlOf } from './server.ts';

/** Public repositories of github.com are read without a token; other servers refuse that, or have none. */
const READ_BY_ALL = 'https://api.github.com';

/** The REST API of one server, and the token that was given for that server. */
export class ServerToken {
  /** The root, e.g. https://api.github.com. */
  readonly apiUrl: string;
  /** Empty for none: its requests are anonymous. */
  readonly token: string;

  private constructor(apiUrl: string, token: string) {
    this.apiUrl = apiUrl;
    this.token = token;
  }

  /** The input `token`, for the server of the manifest repository; `undefined` where that is not GitHub. */
  static ofManifests({ remote, token }: Pick<ForgeAccess, 'remote' | 'token'>, run: RunFacts): ServerToken | undefined {
    const apiUrl = apiUrlOf(remote, run);
    return apiUrl === undefined ? undefined : new ServerToken(apiUrl, token);
  }

  /**
   * The input `source-token`, for the server of the source repository; without one the input `token` where both are on
   * one server, and none where all may read. Otherwise the reason why that server is not asked.
   */
  static ofSource(access: ForgeAccess, run: RunFacts): ServerToken | string {
    const { host } = sourceAddress(run) ?? {};
    if (host === undefined) return UNKNOWN_SERVER;
    const apiUrl = apiUrlOf({ host, transport: 'https' }, run);
    if (apiUrl === undefined) return notKnownAs(host, 'GitHub');
    const manifests = ServerToken.ofManifests(access, run);
    const token = access.sourceToken || (manifests?.apiUrl === apiUrl ? manifests.token : '');
    if (token !== '' || apiUrl === READ_BY_ALL) return new ServerToken(apiUrl, token);
    return withoutToken(host);
  }

  /** The token that an earlier step of this job got from that server, and saved. */
  static restored({ apiUrl, token }: { readonly apiUrl: string; readonly token: string }): ServerToken {
    return new ServerToken(apiUrl, token);
  }

  /** A token that this server itself issued. */
  issued(token: string): ServerToken {
    return new ServerToken(this.apiUrl, token);
  }
}
