/** What a registry wants to see before it answers: the token of its token server, or a login. */
import * as z from 'zod/mini';
import { jsonOf } from '../core/answer-body.ts';
import { oneLine } from '../core/escape.ts';
import { keepSecret } from '../core/secrets.ts';
import { isPrivate, type Endpoint } from './endpoint.ts';
import type { Answer, Exchange } from './exchange.ts';
import { basic, type FoundLogin } from './login.ts';
import { refusal, RegistryFailure } from './registry-failure.ts';

/** One way of authentication that a header WWW-Authenticate has. */
interface Challenge {
  /** In lowercase: `bearer`, `basic`. */
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const TOKEN = z.object({ token: z.optional(z.string()), access_token: z.optional(z.string()) });
/** What a header may have: a token from a server with a line break in it would be another header. */
const HEADER_TEXT = /^[\x21-\x7e]+$/;

/**
 * The header Authorization for reading a repository, as its answer of status 401 asks for it. Throws RegistryFailure where it
 * asks for what we do not have.
 */
export async function authorize(
  exchange: Exchange,
  endpoint: Endpoint,
  refused: Answer,
  found: FoundLogin,
): Promise<string> {
  const challenges = challengesIn(refused.headers.get('www-authenticate') ?? '');
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  if (bearer) return `Bearer ${await requestToken(exchange, endpoint, bearer, found)}`;
  const { username = '', secret = '' } = found.login ?? {};
  const isBasic = username !== '' && challenges.some(({ scheme }) => scheme === 'basic');
  if (!isBasic) throw refusal(endpoint.registry, refused, found.how);
  return `Basic ${basic(username, secret)}`;
}

/**
 * A token that may pull, by the registry's token authentication (https://distribution.github.io/distribution/spec/auth/token/),
 * for an identity token by its OAuth 2 (https://distribution.github.io/distribution/spec/auth/oauth/). The scope is ours, not
 * the one of the challenge. The login goes to the server that the registry names, as docker does it, by https alone.
 */
async function requestToken(
  exchange: Exchange,
  { registry, origin, repository }: Endpoint,
  { parameters: { realm = '', service = '' } }: Challenge,
  { login, how }: FoundLogin,
): Promise<string> {
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  if (!url || !isPrivate(url, origin)) {
    throw new RegistryFailure(`${registry} names no address by https for a token: ${oneLine(realm)}`);
  }
  const query = { service, scope: `repository:${repository}:pull` };
  const answer =
    login?.username === ''
      ? await exchange(url.href, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: form({
            ...query,
            grant_type: 'refresh_token',
            client_id: 'manifest-release-pr',
            refresh_token: login.secret,
          }),
        })
      : await exchange(withQuery(url, query), {
          headers: login ? { authorization: `Basic ${basic(login.username, login.secret)}` } : {},
        });
  if (answer.status !== 200) throw refusal(url.host, answer, how);
  const { data } = TOKEN.safeParse(jsonOf(answer.body));
  const token = data?.token || data?.access_token || '';
  if (!HEADER_TEXT.test(token)) throw new RegistryFailure(`${url.host} answered with no token`);
  keepSecret(token);
  return token;
}

const form = (values: Readonly<Record<string, string>>): string => new URLSearchParams(values).toString();

function withQuery(url: URL, values: Readonly<Record<string, string>>): string {
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  return url.href;
}

/** A scheme, or a parameter of the scheme before it, as a token or in quotes (RFC 9110, 11.2 and 11.6.1). */
const PART = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/g;

/** The challenges of a header, in its order. */
export function challengesIn(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  for (const [, name = '', quoted, plain] of header.matchAll(PART)) {
    const value = quoted?.replace(/\\(.)/g, '$1') ?? plain;
    const last = challenges.at(-1);
    if (value === undefined) challenges.push({ scheme: name.toLowerCase(), parameters: {} });
    else if (last) last.parameters[name.toLowerCase()] = value;
  }
  return challenges;
}
