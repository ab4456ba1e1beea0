/** Opens the pull request of a release, or brings its text and attributes up to date. */
import type { Attributes } from '../../core/objects.ts';
import type { Forge, PullRequest } from '../../forge/forge.ts';
import { NO_ATTRIBUTES, readText, writeMetadata, type Metadata } from './metadata.ts';
import type { KnownPullRequest, ReleasePullRequest } from './select.ts';
import type { ReleaseTexts } from './variables.ts';

/** What a pull request is to say about one commit. */
export interface Content {
  readonly commit: string;
  readonly metadata: Omit<Metadata, 'title' | 'given' | 'closed' | 'commit'>;
  readonly texts: () => Promise<ReleaseTexts>;
}

/** Where a pull request goes, and what it has beside its text. */
export interface Wanted {
  readonly branch: string;
  readonly base: string;
  /** `draft` is the input: with `always` an update makes it a draft again. */
  readonly attributes: Omit<Attributes, 'draft'> & { readonly draft: 'false' | 'true' | 'always' };
}

export interface Upserted {
  readonly pullRequest: PullRequest;
  readonly outcome: 'created' | 'updated' | 'unchanged';
}

/**
 * Opens the pull request, or rewrites our block of its body when it describes another commit. What people wrote around
 * the block, a title that they changed, and what they added or removed stay: only what was never given is given. The
 * body is written last, so that a run that was cut short is finished by the next. `find` looks again, for when another
 * run opened it first; `warn` gets what the forge refused.
 */
export async function upsertPullRequest(
  forge: Forge,
  present: ReleasePullRequest | undefined,
  content: Content,
  wanted: Wanted,
  { find, warn }: { find: () => Promise<ReleasePullRequest | undefined>; warn: (text: string) => void },
): Promise<Upserted> {
  const created = present ? undefined : await open(forge, content, wanted, warn);
  const current = present ?? created ?? (await find());
  if (!current) throw new Error(`a pull request from ${wanted.branch} is open and is not listed`);

  const { pullRequest, metadata } = current;
  const isCurrent = metadata?.commit === content.commit;
  const { attributes } = wanted;
  const before = metadata?.given ?? NO_ATTRIBUTES;
  const isDraft = attributes.draft === 'always' && !created && !isCurrent;
  const { given, refused } = await forge.giveAttributes(
    pullRequest,
    isDraft ? { ...before, draft: false } : before,
    { ...attributes, draft: isDraft },
    content.commit,
  );
  for (const { what, reason } of refused) warn(`${what} was refused: ${reason}`);
  // Not there at first and yet about this commit: it was opened just now, and only the answer was lost.
  if (isCurrent && isSame(given, before)) return { pullRequest, outcome: present ? 'unchanged' : 'created' };
  const updated = await writeContent(forge, current, content, given);
  return { pullRequest: updated, outcome: created ? 'created' : 'updated' };
}

/** Rewrites our block, and the title unless a person changed it. Attributes are left alone. */
export async function writeContent(
  forge: Forge,
  { pullRequest, metadata }: ReleasePullRequest,
  content: Content,
  given: Attributes = metadata?.given ?? NO_ATTRIBUTES,
): Promise<PullRequest> {
  const texts = await content.texts();
  // Written even where it is right already: a slower run may be about to write its own.
  const titleIsOurs = metadata?.title === pullRequest.title;
  return forge.update(pullRequest.number, {
    body: writeMetadata(pullRequest.body, asMetadata(content, texts, given), texts.body, forge.limits.body),
    ...(titleIsOurs && { title: texts.title }),
  });
}

/** Writes above our block why a pull request of ours ended, and closes it, unless its branch is about to be deleted. */
export async function closePullRequest(
  forge: Forge,
  { pullRequest, metadata }: KnownPullRequest,
  reason: string,
  now: boolean,
): Promise<PullRequest> {
  const { number, body } = pullRequest;
  const text = `**${reason}**\n\n${readText(body, metadata.key)}`;
  return forge.update(number, {
    ...(now && { state: 'closed' }),
    body: writeMetadata(body, { ...metadata, closed: reason }, text, forge.limits.body),
  });
}

async function open(
  forge: Forge,
  content: Content,
  { branch, base, attributes }: Wanted,
  warn: (text: string) => void,
): Promise<KnownPullRequest | undefined> {
  const texts = await content.texts();
  const draft = attributes.draft !== 'false';
  const metadata = asMetadata(content, texts, { ...NO_ATTRIBUTES, draft });
  const body = writeMetadata('', metadata, texts.body, forge.limits.body);
  const pullRequest = await forge.open({ branch, base, title: texts.title, draft, body });
  if (pullRequest && draft && !pullRequest.draft) {
    warn('draft was refused: this repository has no draft pull requests');
  }
  return pullRequest && { pullRequest, metadata };
}

const asMetadata = ({ commit, metadata }: Content, { title }: ReleaseTexts, given: Attributes): Metadata => ({
  ...metadata,
  commit,
  title,
  given,
  closed: '',
});

const isSame = (one: Attributes, other: Attributes): boolean => JSON.stringify(one) === JSON.stringify(other);
