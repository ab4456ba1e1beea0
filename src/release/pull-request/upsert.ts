/** Opens the pull request of a release, or brings its text and attributes up to date. */
import { failure } from '../../core/errors.ts';
import { cut } from '../../core/escape.ts';
import { groupBy, type Attributes } from '../../core/objects.ts';
import type { Forge, Merging, NewPullRequest, NewText, PullRequest, Rewriting } from '../../forge/forge.ts';
import { withCarryOver, type CarryOver } from './carry-over.ts';
import { NO_ATTRIBUTES, readText, writeMetadata, type Metadata } from './metadata.ts';
import type { ReleasePullRequest } from './select.ts';
import { isKept, isWrong, type NamedVersions } from './title.ts';
import type { ReleaseTexts } from './texts.ts';

/** What a pull request is to say about one commit. */
export interface Content {
  /** Its tree. */
  readonly tree: string;
  readonly metadata: Pick<Metadata, 'key' | 'version' | 'skipped'>;
  /** What its title may name. */
  readonly versions: NamedVersions;
  readonly texts: () => Promise<ReleaseTexts>;
}

/** Where a pull request goes, and what it has beside its text. */
export interface Wanted {
  readonly branch: string;
  readonly base: string;
  /** The tip of the branch. */
  readonly head: string;
  /** `draft` is the input: with `always` an update makes it a draft again. */
  readonly attributes: Omit<Attributes, 'draft'> & { readonly draft: 'false' | 'true' | 'always-true' };
  /** Whether our templates may have given a label: no other one is taken away. */
  readonly isTemplated: (label: string) => boolean;
  /** From pull requests that this one supersedes. */
  readonly over: CarryOver;
}

/** What is known of a forge for the texts of its pull requests. */
type TextForge = Pick<Forge, 'limits' | 'hiddenText'>;

const NOTES_CUT = '\n_This text was shortened; the superseded pull requests have all of it._';

/** Refusals of one reason that are named. */
const MOST_REFUSED = 10;

export interface Upserted {
  readonly pullRequest: PullRequest;
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /** Of auto-merge that was asked for now. */
  readonly merging?: Merging | undefined;
}

/** What an upsert is given to work with. */
interface Tools {
  /** Looks again, for when another run opened it first. */
  readonly find: () => Promise<ReleasePullRequest | undefined>;
  /** Gets what the forge refused. */
  readonly warn: (text: string) => void;
  /** One that was opened with the commit. */
  readonly opened?: PullRequest | undefined;
  /** The present one, whose text was written with the commit. */
  readonly rewritten?: PullRequest | undefined;
}

/**
 * Opens the pull request, or rewrites our block of its body when it describes another commit. What people wrote around
 * the block, a title that they changed, and what they added or removed stay: only what was never given is given, and
 * where our text is unreadable, all was. The body is written last, so that a run that was cut short is finished by the
 * next. Throws PULL_REQUEST_NOT_LISTED, and what the forge throws.
 */
export async function upsertPullRequest(
  forge: Forge,
  present: ReleasePullRequest | undefined,
  content: Content,
  wanted: Wanted,
  { find, warn, opened, rewritten }: Tools,
): Promise<Upserted> {
  if (rewritten) return { pullRequest: rewritten, outcome: 'updated' };
  const created = present ? undefined : await open(forge, content, wanted, { warn, opened });
  const current = present ?? created ?? (await find());
  if (!current) throw failure('PULL_REQUEST_NOT_LISTED', { forge: forge.name, branch: wanted.branch });

  const { pullRequest, metadata } = current;
  const isOld = metadata?.tree !== content.tree;
  const { attributes, over } = wanted;
  const own = { ...attributes, ...withCarryOver(attributes, { ...over, added: NO_ATTRIBUTES }), draft: false };
  const before = metadata ? knownGiven(metadata.given, wanted) : own;
  const isDraft = attributes.draft === 'always-true' && !created && isOld;
  const isEnded = isOld && pullRequest.autoMergeEnds;
  const { given, refused, merging } = await forge.giveAttributes(
    pullRequest,
    { ...before, ...(isDraft && { draft: false }), ...(isEnded && { 'auto-merge': '' }) },
    { ...attributes, ...withCarryOver(attributes, over), draft: isDraft },
    wanted.head,
  );
  for (const [reason, all] of groupBy(refused, (one) => one.reason)) {
    for (const { what } of all.slice(0, MOST_REFUSED)) warn(`${what} was refused: ${reason}`);
    if (all.length > MOST_REFUSED) warn(`${all.length - MOST_REFUSED} more were refused: ${reason}`);
  }
  // What people gave is theirs on the new pull request too, and what they took away stays away.
  const ours = { ...given, ...withCarryOver(given, { added: over.removed, removed: over.added }) };
  // Not there at first and yet about this commit: it was opened just now, and only the answer was lost.
  const isCurrent = !isOld && isSame(ours, before) && !isWrong(pullRequest.title, metadata, content.versions);
  if (isCurrent) return { pullRequest, outcome: present ? 'unchanged' : 'created', merging };
  const updated = await writeContent(forge, current, content, ours);
  const outcome = created ? 'created' : updated === pullRequest ? 'unchanged' : 'updated';
  return { pullRequest: updated, outcome, merging };
}

/** The body says what we gave, and others can write it: a label that is none of ours is not taken away for it. */
const knownGiven = (given: Attributes, { isTemplated }: Wanted): Attributes => ({
  ...given,
  labels: given.labels.filter(isTemplated),
});

/** Rewrites our block, and the title unless a person changed it. Attributes are left alone. No request where nothing differs. */
export async function writeContent(
  forge: Forge,
  present: ReleasePullRequest,
  content: Content,
  given: Attributes = present.metadata?.given ?? NO_ATTRIBUTES,
): Promise<PullRequest> {
  const { pullRequest } = present;
  const text = await newText(forge, present, content, given);
  return text ? forge.update(pullRequest.number, text) : pullRequest;
}

/** What differs from the text that a pull request is to have; `undefined` where nothing does. */
async function newText(
  { limits, hiddenText }: TextForge,
  { pullRequest, metadata }: ReleasePullRequest,
  content: Content,
  given: Attributes,
): Promise<NewText | undefined> {
  const texts = await content.texts();
  const ours = asMetadata(content, texts, given);
  const body = writeMetadata(pullRequest.body, ours, texts.body, limits.body, hiddenText);
  const title = isKept(pullRequest.title, metadata, content.versions) ? pullRequest.title : texts.title;
  if (body === pullRequest.body && title === pullRequest.title) return undefined;
  // Written even where it is right already: a slower run may be about to write its own.
  return { body, ...(title === texts.title && { title }) };
}

/**
 * What to write of an open pull request together with its commit; `undefined` where it gets other attributes too, after which
 * its body is written.
 */
export async function rewritingOf(
  forge: TextForge,
  present: ReleasePullRequest,
  content: Content,
  { attributes, over }: Omit<Wanted, 'head'>,
): Promise<Rewriting | undefined> {
  const given = present.metadata?.given;
  if (!given || attributes.draft === 'always-true') return undefined;
  const settled = { ...attributes, ...withCarryOver(attributes, over), draft: given.draft };
  if (!isSame(settled, given)) return undefined;
  const text = await newText(forge, present, content, given);
  const { id, title, body } = present.pullRequest;
  return text && { id, before: { title, body }, ...text };
}

/** Writes above our block why a pull request of ours ended, and closes it, unless its branch is about to be deleted. */
export async function closePullRequest(
  forge: Forge,
  { pullRequest, metadata }: ReleasePullRequest,
  key: string,
  reason: string,
  now: boolean,
): Promise<PullRequest> {
  const { number, body, title } = pullRequest;
  const text = `**${reason}**\n\n${readText(body, key)}`;
  const known = metadata ?? { key, tree: '', title, version: '', skipped: [], given: NO_ATTRIBUTES };
  return forge.update(number, {
    ...(now && { state: 'closed' }),
    body: writeMetadata(body, { ...known, closed: reason }, text, forge.limits.body, forge.hiddenText),
  });
}

async function open(
  forge: Forge,
  content: Content,
  wanted: Wanted,
  { warn, opened }: Pick<Tools, 'warn' | 'opened'>,
): Promise<ReleasePullRequest | undefined> {
  const { opening, metadata } = await openingOf(forge, content, wanted);
  const pullRequest = opened ?? (await forge.open(opening));
  if (pullRequest && opening.draft && !pullRequest.draft) {
    warn('draft was refused: this repository has no draft pull requests');
  }
  return pullRequest && { pullRequest, metadata, build: undefined };
}

/** The pull request to open, and what its body says of it. */
export async function openingOf(
  { limits: { body: limit }, hiddenText }: TextForge,
  content: Content,
  { branch, base, attributes, over: { notes } }: Omit<Wanted, 'head'>,
): Promise<{ readonly opening: NewPullRequest; readonly metadata: Metadata }> {
  const texts = await content.texts();
  const draft = attributes.draft !== 'false';
  const metadata = asMetadata(content, texts, { ...NO_ATTRIBUTES, draft });
  // The larger part of the room is ours.
  const shortened = (note: string): string => cut(note, Math.floor(limit / 5), NOTES_CUT);
  const after = notes.after && `\n\n${shortened(notes.after)}`;
  const before = shortened(notes.before);
  const body = writeMetadata(before, metadata, texts.body, limit - after.length, hiddenText) + after;
  return { opening: { branch, base, title: texts.title, draft, body }, metadata };
}

const asMetadata = ({ tree, metadata }: Content, { title }: ReleaseTexts, given: Attributes): Metadata => ({
  ...metadata,
  tree,
  title,
  given,
  closed: '',
});

const isSame = (one: Attributes, other: Attributes): boolean => JSON.stringify(one) === JSON.stringify(other);
