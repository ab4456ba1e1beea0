/** How GitHub turns away whoever may not do what is asked, in its REST API. */
import { holds, may, mayRead, type Holder, type Needs, type Visitor } from './access.ts';
import { problem } from './github-operation.ts';
import type { SandboxRepository } from './repository.ts';
import type { Answer } from './exchange.ts';

/** The refusal of a visitor who lacks what an operation needs; undefined when the visitor may pass. */
export function refusal(
  visitor: Visitor,
  repository: SandboxRepository | undefined,
  needs: Needs,
  serverUrl: string,
): Answer | undefined {
  if (!repository || !mayRead(visitor, repository)) return problem(404, 'Not Found');
  if (holds(visitor, repository) && visitor.sso) {
    return problem(403, ssoMessage(visitor), ssoHeader(serverUrl, repository));
  }
  if (may(visitor, repository, needs)) return undefined;
  if (visitor === 'anonymous') return problem(401, 'Requires authentication');
  // A token whose scopes do not reach so far is not told more.
  if (typeof visitor === 'object' && visitor.kind === 'classic') return problem(404, 'Not Found');
  return problem(403, notAccessible(visitor));
}

/** What GitHub tells about a token in the headers of each answer, so that its owner sees what is missing. */
export function tokenHeaders(visitor: Visitor, needs: Needs): Record<string, string> {
  if (typeof visitor !== 'object') return {};
  if (visitor.kind !== 'classic') return { 'x-accepted-github-permissions': accepted(needs) };
  const { contents, workflows } = visitor.permissions;
  const scopes = [...(contents === 'write' ? ['repo'] : []), ...(workflows === 'write' ? ['workflow'] : [])];
  return { 'x-oauth-scopes': scopes.join(', '), 'x-accepted-oauth-scopes': 'repo' };
}

export function notAccessible(visitor: Visitor): string {
  const person = typeof visitor === 'object' && visitor.kind !== 'installation';
  return `Resource not accessible by ${person ? 'personal access token' : 'integration'}`;
}

export function ssoMessage({ kind }: Pick<Holder, 'kind'>): string {
  const token = kind === 'installation' ? 'OAuth token' : 'Personal Access token';
  return `Resource protected by organization SAML enforcement. You must grant your ${token} access to this organization.`;
}

export function ssoHeader(serverUrl: string, { owner }: SandboxRepository): Record<string, string> {
  return { 'x-github-sso': `required; url=${ssoUrl(serverUrl, owner)}` };
}

export function ssoUrl(serverUrl: string, owner: string): string {
  return `${serverUrl}/orgs/${owner}/sso?authorization_request=AAAA`;
}

function accepted(needs: Needs): string {
  const sets = needs.map((set) => Object.entries(set).map(([subject, level]) => `${subject}=${level}`));
  return sets.map((set) => set.join(',')).join('; ');
}
