/** Plan -> the texts of a release, by its templates. */
import { failure } from '../../core/errors.ts';
import { oneCommitLine } from '../../core/escape.ts';
import { formatVersion, parseReference, shortVersion } from '../../core/image-reference.ts';
import { counted, memoized, type Change, type Leftover } from '../../core/objects.ts';
import { ageOf } from '../../core/time.ts';
import { bumpOf, isStep, largestBump } from '../../core/version.ts';
import { matchesParts } from '../../core/wildcard.ts';
import { pullRequestPage } from '../../forge/web-pages.ts';
import type { ImageSource } from '../../inputs/ci.ts';
import type { Inputs, Templates } from '../../inputs/inputs.ts';
import { versionOf, type Build } from '../build.ts';
import type { CheckedImage } from '../check-images.ts';
import { checkOf, shownFacts, shownSigner, whyUnchecked } from '../checked-images.ts';
import { imageChanges, shownBefore, shownStep } from '../image-changes.ts';
import { ANY_VERSION } from '../release-branches.ts';
import { renderTemplate } from './template.ts';
import type { Variables } from './template-variables.ts';

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
export type PlanVariables = ReleaseVariables &
  Pick<
    Variables,
    | 'from'
    | 'bump'
    | 'step'
    | 'changes'
    | 'imageChanges'
    | 'checked'
    | 'unchecked'
    | 'places'
    | 'placeCount'
    | 'placesFolded'
  >;
/** What shortens a list. */
type Shortened = 'imagesMore' | 'placesMore' | 'commitsMore' | 'leftMore';

/** Versions before that are named in a title. */
const MAX_FROM = 3;
/** Places that a text shows without being asked. */
const MAX_UNFOLDED = 5;
/** Items of each list of a body, where there is room for them; fewer where there is not. */
const LISTED = [50, 20, 5, 0];

export interface ReleaseTexts {
  readonly title: string;
  readonly body: string;
}

export function releaseVariables(
  {
    inputs,
    build,
    source,
  }: { readonly inputs: Pick<Inputs, 'identity' | 'access'>; readonly build: Build; readonly source: ImageSource },
  name: string,
  base: string,
): ReleaseVariables {
  const { app, environment } = inputs.identity;
  const { kind, remote } = inputs.access;
  const { action, reason, origin } = build.operation;
  const references = build.images.flatMap((image) => parseReference(image) ?? []);
  const { repository, commit, url } = source;
  return {
    action,
    app,
    environment,
    reason,
    origin: { ...origin, age: ageOf(origin.since), pullUrl: pullRequestPage(kind, remote.url, origin.pull) },
    name,
    version: versionOf(build),
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

/** `checked` is what is known of the images of these changes. */
export function planVariables(
  variables: ReleaseVariables,
  changes: readonly Change[],
  checked: readonly CheckedImage[] = [],
): PlanVariables {
  const [first] = changes;
  const steps = changes.filter(isStep);
  const ofFirst = steps.filter(({ image }) => image === first?.image);
  const before = [...new Set(ofFirst.map(({ from, to }) => shownBefore(from, to)))];
  const bumpBetween = memoized(bumpOf);
  const rows = changes.map((change) => ({
    ...change,
    note: change.note ?? '',
    line: String(change.line),
    bump: bumpBetween(change.from, change.to),
  }));
  const from = before.slice(0, MAX_FROM).join(', ') + (before.length > MAX_FROM ? ', …' : '');
  const bump = rows.length === 0 ? '' : largestBump(steps.map((step) => bumpBetween(step.from, step.to)));
  return {
    ...variables,
    version: shortVersion(variables.version),
    from,
    bump,
    step: shownStep(bump),
    imageChanges: imageChanges(changes).map((row) => ({
      image: row.image,
      from: row.from.join(', '),
      to: row.to,
      step: shownStep(row.bump),
      places: String(row.places),
      registry: shownFacts(checkOf(checked, row.image)),
      builtBy: shownSigner(checkOf(checked, row.image)),
    })),
    checked: checked.length > 0 ? 'yes' : '',
    unchecked: whyUnchecked(checked).join('; '),
    placeCount: `${counted(rows.length, 'place')} in ${counted(new Set(rows.map(({ file }) => file)).size, 'file')}`,
    placesFolded: rows.length > MAX_UNFOLDED ? 'yes' : '',
    places: rows.map((row) => ({ ...row, from: shortVersion(row.from), to: shortVersion(row.to) })),
    changes: rows,
  };
}

/** What is told of the lines that keep another version. */
export function leftVariables(leftovers: readonly Leftover[]): Pick<Variables, 'left' | 'leftCount'> {
  return {
    left: leftovers.map((leftover) => ({ ...leftover, line: String(leftover.line) })),
    leftCount: leftovers.length === 0 ? '' : counted(leftovers.length, 'line'),
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

/**
 * The title has less than `limits.title` characters (UTF-16 code units). A body that takes more than three quarters of its limit,
 * of which metadata and notes by others have the rest, gets shorter lists. Throws INPUT_INVALID where the title is empty.
 */
export function renderTexts(
  templates: Templates,
  variables: Omit<Variables, Shortened>,
  limits: { readonly title: number; readonly body: number },
): ReleaseTexts {
  const whole = shortened(variables, Infinity);
  const title = oneCommitLine(renderTemplate('title', templates.title, whole, 'commit').trim(), limits.title - 1);
  if (title === '') throw failure('INPUT_INVALID', { input: 'title', value: templates.title, reason: 'is empty' });
  let body = '';
  for (const most of LISTED) {
    body = renderTemplate('body', templates.body, shortened(variables, most), 'markdown').trim();
    if (body.length <= (limits.body * 3) / 4) break;
  }
  return { title, body };
}

function shortened(variables: Omit<Variables, Shortened>, most: number): Variables {
  const { imageChanges: images, places, commits, left } = variables;
  const more = (list: readonly unknown[]): string => (list.length > most ? String(list.length - most) : '');
  return {
    ...variables,
    imageChanges: images.slice(0, most),
    imagesMore: more(images),
    places: places.slice(0, most),
    placesMore: more(places),
    commits: commits.slice(0, most),
    commitsMore: more(commits),
    left: left.slice(0, most),
    leftMore: more(left),
  };
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
