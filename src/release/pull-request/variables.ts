/** Request and plan -> the variables of a release's templates. Pure, but for the age of a version: it depends on the time. */
import { formatVersion, parseReference, shortVersion } from '../../core/image-reference.ts';
import { counted, memoized, type Change, type Leftover } from '../../core/objects.ts';
import { ageOf } from '../../core/time.ts';
import { bumpOf, isStep, largestBump } from '../../core/version.ts';
import { pullRequestPage } from '../../forge/web-pages.ts';
import type { ImageSource } from '../../inputs/ci.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { versionOf, type Build } from '../build.ts';
import type { CheckedImage } from '../check-images.ts';
import { checkOf, shownFacts, shownSigner, whyUnchecked } from '../checked-images.ts';
import { imageChanges, shownBefore, shownStep } from '../image-changes.ts';
import { ANY_VERSION } from '../release-branches.ts';
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
/** Versions before that are named in a title. */
const MAX_FROM = 3;
/** Places that a text shows without being asked. */
const MAX_UNFOLDED = 5;
/** The variables of a build before it is planned; `name` is that of the release, `base` its base branch. */
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

/** The same with those of a plan; `checked` is what is known of the images of its changes. */
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

/** The variables about the lines that keep another version. */
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
