/** Failures of manifests. */
import { oneLine, quote } from '../escape.ts';
import type { Place, Problem } from '../objects.ts';
import { at, clause, define, listed, REPORT } from './define.ts';

/** A place that a marker, a Flux setter or a target names. */
interface NamedPlace {
  readonly place: Place;
  readonly where: string;
  readonly image: string;
  /** Absent where the place is no single value. */
  readonly value: string | undefined;
  readonly reason: string;
}

/** A place without a version, and what a person may write to have it filled. */
interface FillablePlace {
  /** Whether the setting `insert` fills it. */
  readonly isInsertable: boolean;
  /** A line with a marker. */
  readonly marker?: string;
  /** A line of the setting `targets`. */
  readonly target?: string;
}

export const manifestFailures = {
  SITE_NOT_FOUND: define(
    'yours',
    ({
      image,
      notes,
      nearest,
      targets,
      place,
      empty = [],
      paths = [],
      isOtherTag = false,
    }: {
      image: string;
      notes: readonly string[];
      nearest: readonly string[];
      /** Entries of the input that would change what was seen. */
      targets: readonly string[];
      /** The first line that has it. */
      place?: Place | undefined;
      /** Its places without a version. */
      empty?: readonly FillablePlace[];
      /** The pathspecs that limit where it was looked for. */
      paths?: readonly string[];
      /** Whether a place was left because of the setting `only-tags`. */
      isOtherTag?: boolean;
    }) => ({
      message: `Image ${quote(image)} ${missingWhere(place !== undefined, empty.length > 0)}.${listed(notes)}`,
      hint: isOtherTag
        ? 'Correct the setting "only-tags", or leave it out: the tags above are not in it.'
        : (waysToName(targets, empty) ?? hintForMissing(place !== undefined, nearest, paths)),
    }),
  ),
  TARGET_NOT_FOUND: define('yours', ({ target, reason }: { target: string; reason: string }) => ({
    message: `Setting "targets" has ${quote(target)}, but ${clause(reason)}.`,
    hint: 'Write file#/json/pointer=image or file#dotted.path=image; file#kind/name#path where a file has several documents.',
  })),
  PLACE_UNCLEAR: define('yours', ({ place, where, image, value, reason }: NamedPlace) => ({
    message:
      `${at(place)} ${oneLine(where)} is named for ${quote(image)}, but ` +
      `${value === undefined ? 'it' : `its value ${quote(value)}`} ${clause(reason)}.`,
    hint:
      'Nothing was pushed. Write a version there, an empty value (""), or a text with exactly one version; or remove the ' +
      'marker or the target.',
  })),
  DIGEST_REQUIRED: define('yours', ({ place, present }: { place: Place; present: string }) => ({
    message: `${at(place)} takes a digest (now ${quote(present)}), and no new digest was given.`,
    hint:
      'Give name:tag@sha256:… (docker/build-push-action has it as its output "digest"), or have it read from the registry ' +
      '(settings "registry" and "pin").',
  })),
  TAG_REQUIRED: define('yours', ({ place, present }: { place: Place; present: string }) => ({
    message: `${at(place)} has ${quote(present)} with its tag in a separate key, and no new tag was given.`,
    hint: 'Give name:tag@sha256:… in the input "images".',
  })),
  NAME_ELSEWHERE: define('yours', ({ place, present, name }: { place: Place; present: string; name: string }) => ({
    message: `${at(place)} has ${quote(present)} with its name elsewhere, which a move to ${quote(name)} would not change.`,
    hint: 'Change the name in the manifests by hand, with its markers and targets; then release name:tag in place of old=new:tag.',
  })),
  ANCHOR_SHARED: define('yours', ({ place, other, image }: { place: Place; other: Place; image: string }) => ({
    message: `${at(place)} is an anchored value that ${quote(image)} at ${at(other)} uses too; a change would move both.`,
    hint: 'Give each image a value of its own there.',
  })),
  MANIFEST_UNREADABLE: define(
    'yours',
    ({ place, reason, excerpt }: { place: Place; reason: string; excerpt: string }) => ({
      message: `${at(place)} has a released image and cannot be read: ${oneLine(reason, 300)}${listed(excerpt.split('\n'))}`,
      hint: 'Correct the file, or exclude it with the input "paths", e.g. :(exclude)path.',
    }),
  ),
  MANIFEST_ENCRYPTED: define('yours', ({ place }: { place: Place }) => ({
    message: `${at(place)} has a released image in a file that is encrypted with SOPS.`,
    hint:
      'Its checksum (MAC) covers this value too, so an edit would make the file impossible to decrypt. Move the image into a ' +
      'file of its own, or exclude this one with the input "paths", e.g. :(exclude)path.',
  })),
  EDIT_NOT_VERIFIED: define('ours', ({ file, reason }: { file: string; reason: string }) => ({
    message: `The edit of ${quote(file)} could not be verified: ${clause(reason)}.`,
    hint: `Nothing was pushed. ${REPORT}`,
  })),
  RENDERING_INCOMPLETE: define('yours', ({ place, unrendered }: { place: Place; unrendered: readonly Problem[] }) => ({
    message: `${at(place)} is part of what the release changes, and not all of that is rendered:${listed(
      unrendered.map((one) => `${at(one)}: ${one.message}`),
    )}`,
    hint: 'Nothing was pushed. Correct what is named, or set the setting "render" to auto, which goes on without it.',
  })),
};

function missingWhere(isSeen: boolean, isEmpty: boolean): string {
  if (isEmpty) return 'has no version in any place that can be changed';
  return isSeen ? 'was not found in any place that can be changed' : 'was not found in any manifest';
}

/** What a person may do to have the version written where the image was seen; `undefined` where that is nothing. */
function waysToName(targets: readonly string[], empty: readonly FillablePlace[]): string | undefined {
  const markers = [...new Set(empty.flatMap(({ marker }) => marker ?? []))];
  const named = [...targets, ...empty.flatMap(({ target }) => target ?? [])];
  const ways = [
    ...(empty.some(({ isInsertable }) => isInsertable) ? ['set the setting "insert" to true'] : []),
    ...(markers.length > 0 ? [`name the place with a comment:${listed(markers)}`] : []),
    ...(named.length > 0 ? [`add to the setting "targets":${listed(named)}`] : []),
  ];
  return ways.length > 0 ? `To have it changed there, ${ways.join('\nor ')}` : undefined;
}

function hintForMissing(isSeen: boolean, nearest: readonly string[], paths: readonly string[]): string {
  if (isSeen)
    return 'Write its version in a YAML or JSON manifest, in a key of its own; docs/left.md says what is read.';
  if (nearest.length > 0) {
    const limit = paths.length > 0 ? `, and "paths", which limits the search to ${oneLine(paths.join(', '), 300)}` : '';
    return (
      `Check the name in "images"${limit}; for an app that is not deployed yet, add its manifest first ` +
      `(docs/first-deploy.md of manifest-release-pr). The nearest names found:${listed(nearest)}`
    );
  }
  return 'Check "images" and "paths": no image was found there. The mode scan lists all images of a repository.';
}
