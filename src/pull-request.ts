/** Plan -> the texts of a release, and the pull request that carries them. */
import type { Ci } from './ci.ts';
import { failure } from './errors.ts';
import { cut, oneLine } from './escape.ts';
import { MAX_BODY, MAX_TITLE, type Forge, type PullRequest } from './forge/forge.ts';
import { formatVersion } from './image.ts';
import type { Inputs } from './inputs.ts';
import type { Change } from './plan.ts';
import { renderTemplate, type Variables } from './template.ts';

export interface ReleaseTexts {
  readonly title: string;
  readonly body: string;
  readonly commitMessage: string;
}

/** All variables but `changes`, which are known only after planning. */
export function releaseVariables({ name, images }: Inputs, ci: Ci, base: string): Omit<Variables, 'changes'> {
  const references = images.map(({ reference }) => reference);
  const { repository, commit, url } = ci.source;
  return {
    name,
    version: references[0]?.tag ?? references[0]?.digest ?? '',
    images: references.map((reference) => ({
      name: reference.name,
      tag: reference.tag ?? '',
      digest: reference.digest ?? '',
      version: formatVersion(reference),
    })),
    source: { repository, commit, shortCommit: commit.slice(0, 7), url },
    run: { url: ci.runUrl },
    actor: ci.actor,
    base,
  };
}

/** Renders the texts of a release. Throws the TEMPLATE_… failures. */
export function renderTexts(
  { templates }: Inputs,
  variables: Omit<Variables, 'changes'>,
  changes: readonly Change[],
): ReleaseTexts {
  const all = { ...variables, changes: changes.map((change) => ({ ...change, line: String(change.line) })) };
  const title = oneLine(renderTemplate('title', templates.title, all, 'line').trim(), MAX_TITLE - 1);
  if (title === '') throw failure('INPUT_INVALID', { input: 'title', value: templates.title, reason: 'says nothing' });
  return {
    title,
    body: renderTemplate('body', templates.body, all, 'markdown').trim(),
    commitMessage: renderTemplate('commit-message', templates['commit-message'], all, 'line'),
  };
}

/** Our memory in the pull request: a hidden line around our block of the body. */
interface Marker {
  readonly name: string;
  /** The head that the block describes. */
  readonly commit: string;
  /** The title that we gave; a different one is a person's. */
  readonly title: string;
}

const BLOCK = /<!-- manifest-release-pr: (\{.*?\}) -->[\s\S]*?<!-- \/manifest-release-pr -->/;
const CUT_NOTE = '\n_This text was cut: GitHub takes 65,536 characters. The diff has every change._';

/**
 * Makes the pull request say what its branch carries: opens it, or rewrites our block of the body when it describes
 * another commit. What people wrote around the block, and a title that they changed, stay.
 */
export async function publish(
  forge: Forge,
  present: PullRequest | undefined,
  release: { name: string; branch: string; base: string; commit: string; texts: ReleaseTexts },
): Promise<{ pullRequest: PullRequest; outcome: 'created' | 'updated' | 'unchanged' }> {
  const { name, branch, base, commit, texts } = release;
  const block = writeBlock({ name, commit, title: texts.title }, texts.body);
  if (!present) {
    const created = await forge.create({ branch, base, title: texts.title, body: block(MAX_BODY) });
    if (created) return { pullRequest: created, outcome: 'created' };
  }
  const open = present ?? (await forge.find(branch, base));
  if (!open) throw new Error(`a pull request from ${branch} is open and is not listed`);
  const marker = readMarker(open.body);
  // Not there at first and yet about this commit: opened just now, and only the answer was lost.
  if (marker?.commit === commit) return { pullRequest: open, outcome: present ? 'unchanged' : 'created' };
  const around = open.body.replace(BLOCK, '');
  const body = marker
    ? open.body.replace(BLOCK, () => block(MAX_BODY - around.length))
    : [open.body.trimEnd(), block(MAX_BODY - open.body.length - 2)].filter((part) => part !== '').join('\n\n');
  const titleIsOurs = marker?.title === open.title && open.title !== texts.title;
  // Where people left no room for us, their text goes before ours.
  const pullRequest = await forge.update(open.number, {
    body: body.length > MAX_BODY ? open.body : body,
    ...(titleIsOurs && { title: texts.title }),
  });
  return { pullRequest, outcome: 'updated' };
}

/** Our block, for a given room in characters. */
function writeBlock(marker: Marker, body: string): (room: number) => string {
  // Inside a comment nothing may end it; as JSON escapes the characters mean the same.
  const memory = JSON.stringify(marker).replace(/[<>-]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  const [start, end] = [`<!-- manifest-release-pr: ${memory} -->\n`, '\n<!-- /manifest-release-pr -->'];
  return (room) => start + cut(body, Math.max(room - start.length - end.length, CUT_NOTE.length + 1), CUT_NOTE) + end;
}

function readMarker(body: string): Marker | undefined {
  try {
    const value: unknown = JSON.parse(BLOCK.exec(body)?.[1] ?? 'null');
    return typeof value === 'object' && value !== null ? (value as Marker) : undefined;
  } catch {
    return undefined;
  }
}
