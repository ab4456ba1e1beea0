/** Plan -> the texts of a release, by its templates. */
import { failure } from '../../core/errors.ts';
import { oneCommitLine } from '../../core/escape.ts';
import { formatVersion, parseReference } from '../../core/image-reference.ts';
import { memoized, type Change, type Leftover } from '../../core/objects.ts';
import { bumpOf, isStep, largestBump } from '../../core/version.ts';
import { matchesParts } from '../../core/wildcard.ts';
import type { ImageSource } from '../../inputs/ci.ts';
import type { Inputs, Templates } from '../../inputs/inputs.ts';
import type { Build } from '../build.ts';
import { ANY_VERSION } from '../release-branches.ts';
import { renderTemplate, type Variables } from './template.ts';

/** What is known before planning. */
export type ReleaseVariables = Pick<
  Variables,
  | 'action'
  | 'app'
  | 'environment'
  | 'reason'
  | 'origin'
  | 'name'
  | 'version'
  | 'images'
  | 'source'
  | 'run'
  | 'actor'
  | 'base'
>;
/** What is known after it. */
export type PlanVariables = ReleaseVariables & Pick<Variables, 'from' | 'bump' | 'changes'>;

/** Versions before that are named in a title. */
const MAX_FROM = 3;

export interface ReleaseTexts {
  readonly title: string;
  readonly body: string;
}

export function releaseVariables(
  {
    inputs,
    build,
    source,
  }: { readonly inputs: Pick<Inputs, 'identity'>; readonly build: Build; readonly source: ImageSource },
  name: string,
  base: string,
): ReleaseVariables {
  const { app, environment } = inputs.identity;
  const { action, reason, origin } = build.operation;
  const references = build.images.flatMap((image) => parseReference(image) ?? []);
  const { repository, commit, url } = source;
  return {
    action,
    app,
    environment,
    reason,
    origin,
    name,
    version: references[0]?.tag ?? references[0]?.digest ?? '',
    images: references.map((reference) => ({
      name: reference.name,
      tag: reference.tag ?? '',
      digest: reference.digest ?? '',
      version: formatVersion(reference),
    })),
    source: { repository, commit, shortCommit: commit.slice(0, 7), url },
    run: { url: build.run.url },
    actor: build.run.actor,
    base,
  };
}

export function planVariables(variables: ReleaseVariables, changes: readonly Change[]): PlanVariables {
  const [first] = changes;
  const steps = changes.filter(isStep);
  const before = [...new Set(steps.filter(({ image }) => image === first?.image).map(({ from }) => from))];
  const bumpBetween = memoized(bumpOf);
  const rows = changes.map((change) => ({
    ...change,
    note: change.note ?? '',
    line: String(change.line),
    bump: bumpBetween(change.from, change.to),
  }));
  const from = before.slice(0, MAX_FROM).join(', ') + (before.length > MAX_FROM ? ', …' : '');
  return {
    ...variables,
    from,
    bump: rows.length === 0 ? '' : largestBump(steps.map((step) => bumpBetween(step.from, step.to))),
    changes: rows,
  };
}

/** How many lines a text names; the log and the outputs have more. */
const MAX_LEFT = 20;

/** What is told of the lines that keep another version. */
export function leftVariables(leftovers: readonly Leftover[]): Pick<Variables, 'left' | 'leftCount'> {
  return {
    left: leftovers.slice(0, MAX_LEFT).map((leftover) => ({ ...leftover, line: String(leftover.line) })),
    leftCount: leftovers.length === 0 ? '' : leftovers.length === 1 ? '1 line' : `${leftovers.length} lines`,
  };
}

/** The variables with `ANY_VERSION` in place of all that another version would change. */
export function ofAnyVersion({ images, source, run, version, ...rest }: ReleaseVariables): ReleaseVariables {
  const any = (text: string): string => (text === '' ? '' : ANY_VERSION);
  return {
    ...rest,
    version: any(version),
    images: images.map((image) => ({
      name: image.name,
      tag: any(image.tag),
      digest: any(image.digest),
      version: any(image.version),
    })),
    source: {
      repository: source.repository,
      commit: any(source.commit),
      shortCommit: any(source.shortCommit),
      url: any(source.url),
    },
    run: { url: any(run.url) },
  };
}

/** Throws the TEMPLATE_… failures, as do those below. */
export function renderCommitMessage(templates: Templates, variables: PlanVariables): string {
  return renderTemplate('commit-message', templates['commit-message'], variables, 'commit');
}

/** The title has less than `limit` characters (UTF-16 code units). Throws INPUT_INVALID where it is empty. */
export function renderTexts(templates: Templates, variables: Variables, limit: number): ReleaseTexts {
  const title = oneCommitLine(renderTemplate('title', templates.title, variables, 'commit').trim(), limit - 1);
  if (title === '') throw failure('INPUT_INVALID', { input: 'title', value: templates.title, reason: 'is empty' });
  return { title, body: renderTemplate('body', templates.body, variables, 'markdown').trim() };
}

/** Whether a label is what one of the templates may give for some version. */
export function isTemplatedLabel({ attributes: { labels } }: Templates, label: string): boolean {
  return labels.some((template) => template === label || matchesParts(label, template.split(/\{{2,3}[^{}]*\}+/), 1));
}

/** Labels of at most `limit` characters, each once. */
export function renderLabels(templates: Templates, variables: PlanVariables, limit: number): string[] {
  const labels = templates.attributes.labels
    .map((label) => renderTemplate('labels', label, variables, 'line').trim().slice(0, limit))
    .filter((label) => label !== '');
  return [...new Set(labels)];
}
