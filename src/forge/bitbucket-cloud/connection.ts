/** Bitbucket Cloud as a kind of forge. What is large is loaded when it is needed. */
import type { ForgeClient, KnownAccess, Listeners, RunFacts } from '../access.ts';
import type { Forge } from '../forge.ts';
import { kindOf } from '../kind.ts';
import { notKnownAs, sourceAddress, UNKNOWN_SERVER, withoutToken } from '../source-server.ts';
import type { Source } from './bitbucket-cloud.ts';
import { credentialOf, placeOf, type Credential } from './server.ts';
import { ACCOUNT, kindOfToken, NAMES, RIGHT_TOKEN } from './token-kind.ts';

export const bitbucketCloud: ForgeClient = {
  connect,
  sources: async (access, run, listeners) => {
    const { sourcesBy } = await import('./bitbucket-cloud.ts');
    return sourcesBy(sourceOf(access, run), listeners);
  },
  explainRefusal: async (error, access) => {
    const { explainRefusal } = await import('./explain-refusal.ts');
    return explainRefusal(error, access);
  },
};

/** Where the token may use the API; that it may not is logged. */
async function connect(access: KnownAccess, run: RunFacts, listeners: Listeners): Promise<Forge | undefined> {
  const place = placeOf(access.remote);
  if (!place) return undefined;
  const credential = credentialOf(access.token, access.remote.login);
  const fault = faultOf(credential);
  if (fault !== undefined) {
    listeners.log(`No pull request is opened: ${fault}`);
    return undefined;
  }
  const { bitbucketCloud: forge } = await import('./bitbucket-cloud.ts');
  return forge({ place, credential, source: sourceOf(access, run), ...listeners });
}

/** Why the API does not take a credential, as far as that is known without asking. */
function faultOf({ token, email }: Credential): string | undefined {
  const kind = kindOfToken(token);
  if (kind === 'app-password') return `${NAMES[kind]} is not taken since 2026. ${RIGHT_TOKEN}`;
  return kind === 'api' && email === '' ? `${NAMES[kind]} is taken with its account alone: ${ACCOUNT}` : undefined;
}

/**
 * The server of the source repository with the input `source-token`, without one the input `token` where both are on one
 * server. Otherwise the reason why that server is not asked.
 */
function sourceOf({ kind, remote, token, sourceToken }: KnownAccess, run: RunFacts): Source | string {
  const address = sourceAddress(run);
  if (!address) return UNKNOWN_SERVER;
  const { host } = address;
  const place = placeOf(address);
  const isSame = kind === 'bitbucket-cloud' && placeOf(remote)?.serverUrl === place?.serverUrl;
  if (!place || (!isSame && kindOf(address, run.servers) !== 'bitbucket-cloud'))
    return notKnownAs(host, 'Bitbucket Cloud');
  const given = sourceToken || (isSame ? token : '');
  if (given === '') return withoutToken(host);
  const credential = credentialOf(given, remote.login);
  return faultOf(credential) ?? { serverUrl: place.serverUrl, credential };
}
