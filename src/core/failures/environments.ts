/** Failures of the config file and of environments. */
import { oneLine, quote } from '../escape.ts';
import type { Place } from '../objects.ts';
import { at, clause, define, listed } from './define.ts';

interface MissingFile {
  readonly file: string;
  readonly base: string;
  /** A file with the other extension of YAML, which has no effect. */
  readonly other?: string | undefined;
}

export const environmentFailures = {
  CONFIG_NOT_FOUND: define('yours', ({ file, base, other }: MissingFile) => ({
    message: `Config file ${quote(file)} does not exist on ${quote(base)}${other === undefined ? '' : `, and ${quote(other)} does`}.`,
    hint:
      other === undefined
        ? 'Add it (the mode init proposes it, docs/environments.md of manifest-release-pr explains it), or correct its path in the ' +
          'setting "config". A release without "app" and "config" needs none.'
        : 'Rename the file that is there, or set its path in the setting "config".',
  })),
  CONFIG_EXISTS: define('yours', ({ file, base }: { file: string; base: string }) => ({
    message: `Config file ${quote(file)} is on ${quote(base)} already, and is never overwritten.`,
    hint: 'Nothing was written. Edit the file by hand (the mode scan lists all places), or propose another one in the setting "config".',
  })),
  CONFIG_NOT_PROPOSED: define('yours', ({ notes }: { notes: readonly string[] }) => ({
    message: `No environment was found: no folder or file with the version of an image has the name of one.${listed(notes)}`,
    hint:
      'Nothing was written. Release without a config file (inputs "images" and "paths"), or write one by hand: see ' +
      'docs/environments.md of manifest-release-pr. The mode scan lists all places.',
  })),
  CONFIG_INVALID: define('yours', ({ place, reason, advice }: { place: Place; reason: string; advice: string }) => ({
    message: `${at(place)}: ${clause(reason)}.`,
    hint:
      oneLine(advice) ||
      'What may be written here is in docs/environments.md (config file) and docs/inputs.md (settings) of manifest-release-pr.',
  })),
  APP_UNKNOWN: define('yours', ({ app, file, nearest }: { app: string; file: string; nearest: readonly string[] }) => ({
    message: `Input "app" is ${quote(app)}, which is not in ${quote(file)}.`,
    hint:
      nearest.length > 0
        ? `Add it there, or check the input. The nearest names there:${listed(nearest)}`
        : 'A name starts with a letter or digit and has at most 63 letters, digits, dots, hyphens and underscores.',
  })),
  ENVIRONMENT_UNKNOWN: define(
    'yours',
    ({
      input,
      environment,
      app,
      file,
      nearest,
    }: {
      input: string;
      environment: string;
      app: string;
      file: string;
      nearest: readonly string[];
    }) => ({
      message: `Input ${quote(input)} has ${quote(environment)}, which ${quote(file)} does not have for the app ${quote(app)}.`,
      hint: `Check the input. The nearest names there:${listed(nearest)}`,
    }),
  ),
  NOT_DEPLOYED: define('yours', ({ app, environment }: { app: string; environment: string }) => ({
    message: `Environment ${quote(environment)} has no version of any image of ${quote(app)}.`,
    hint: 'Check its "paths" and the "images" of the app in the config file.',
  })),
  NO_EARLIER_VERSION: define(
    'yours',
    ({
      app,
      environment,
      wanted,
      known,
    }: {
      app: string;
      environment: string;
      wanted: string;
      known: readonly string[];
    }) => ({
      message: `${quote(app)} in ${quote(environment)} has ${missing(wanted, known.length > 0)}.`,
      hint:
        known.length === 0
          ? 'A rollback goes to an earlier version. Release the version that is wanted; where it is older, with force: true.'
          : `Name one of the earlier versions in the input "version":${listed(known)}`,
    }),
  ),
  EARLIER_REFUSED: define(
    'yours',
    ({ app, environment, versions }: { app: string; environment: string; versions: readonly string[] }) => ({
      message:
        `There is no version to roll ${quote(app)} in ${quote(environment)} back to: its agent refused each earlier one ` +
        `(${oneLine(versions.join('; '), 300)}).`,
      hint: 'Release a version that works, or name the one to go back to in the input "version".',
    }),
  ),
  ROLLBACK_OVERTAKEN: define(
    'yours',
    ({ app, environment, versions }: { app: string; environment: string; versions: readonly string[] }) => ({
      message: `${quote(app)} in ${quote(environment)} has other versions by now than those to roll back: ${oneLine(versions.join(', '), 300)}.`,
      hint: 'Nothing was written. To roll these back too, run the mode rollback now.',
    }),
  ),
  IMAGES_DIFFER: define(
    'yours',
    ({ places }: { places: readonly (Place & { readonly image: string; readonly version: string })[] }) => ({
      message: `There is no single version to take, because an image has several:${listed(
        places.map(({ image, version, ...place }) => `${image} ${version} (${at(place)})`),
      )}`,
      hint: 'Release one version of each image to all of these places first.',
    }),
  ),
};

/** What an environment lacks that is to be rolled back, to the version `wanted` or to any. */
function missing(wanted: string, hasEarlier: boolean): string {
  if (wanted !== '') return `never had the version ${quote(wanted)}`;
  return hasEarlier ? 'no earlier version that was not rolled back' : 'had no other version than the present one';
}
