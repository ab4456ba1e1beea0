/** What each mode takes of the inputs. */
import { failure } from '../core/errors.ts';
import { parseVersion, versionProblem } from '../core/image-reference.ts';
import { missingInput, whereToGive } from './lookup.ts';
import { reading, type RawInputs } from './raw-inputs.ts';
import { INPUT_TABLE, type ChoiceOf, type InputName } from './table.ts';

type Mode = ChoiceOf<'mode'>;

interface ModeInputs {
  readonly needs: readonly InputName[];
  /** Who gives one of these means another mode. */
  readonly refuses: readonly InputName[];
  /** All others are ignored; without it, what is not refused is read. */
  readonly reads?: readonly InputName[];
}

const SERVER = ['repository', 'base', 'app-client-id', 'forge', 'ssh-known-hosts'] as const;
const ENVIRONMENTS = ['app', 'environments', 'config', 'paths', 'only-tags', 'targets', 'image-policies'] as const;
/** What a release is made from. */
const VERSIONS = ['images', 'version', 'from'] as const;

const MODES: Readonly<Record<Mode, ModeInputs>> = {
  release: { needs: [], refuses: ['from', 'wait-for'] },
  promote: { needs: ['app', 'from', 'environments'], refuses: ['images', 'version', 'wait-for'] },
  rollback: { needs: ['app', 'environments'], refuses: ['images', 'from', 'wait-for'] },
  status: { needs: [], refuses: VERSIONS, reads: [...SERVER, ...ENVIRONMENTS, 'verdict'] },
  'list-versions': { needs: ['app'], refuses: VERSIONS, reads: [...SERVER, ...ENVIRONMENTS] },
  wait: {
    needs: ['wait-for'],
    refuses: ['app', ...VERSIONS],
    reads: [...SERVER, 'wait-for', 'wait', 'wait-timeout', 'verdict'],
  },
  scan: { needs: [], refuses: ['app', 'environments', ...VERSIONS], reads: [...SERVER, 'paths'] },
  init: {
    needs: [],
    refuses: ['app', 'environments', ...VERSIONS],
    reads: [...SERVER, 'paths', 'config', 'dry-run', 'sign-commits', 'author'],
  },
};

/** Without an app a release would go to the whole repository. */
const OF_AN_APP = ['environments', 'version'] as const;

/** Throws INPUT_MISSING for what a mode needs, and INPUT_INVALID for what is for another mode, whatever the repository has. */
export function checkForMode(raw: RawInputs, mode: Mode): void {
  const given = reading(raw);
  const { needs, refuses } = MODES[mode];
  const refused = refuses.find((input) => given(input) !== '');
  if (refused !== undefined) {
    const modes = Object.keys(MODES).filter((other) => inputsOfMode(other as Mode).has(refused));
    throw invalid(refused, given(refused), `is not for mode ${mode}`, `Leave it out. It is for ${modes.join(', ')}.`);
  }
  const isOfApp = mode === 'release' && OF_AN_APP.some((input) => given(input) !== '');
  const missing = [...needs, ...(isOfApp ? (['app'] as const) : [])].find((input) => given(input) === '');
  if (missing !== undefined) throw missingInput(missing);
  if (mode === 'release' && given('app') !== '') checkOneOf(given('version'), given('images'));
}

/** A release of an app has one of the two. */
function checkOneOf(version: string, images: string): void {
  if (version !== '' && images !== '')
    throw invalid('version', version, 'replaces the input "images", which is given too', 'Give one of the two.');
  if (version !== '' && !parseVersion(version)) {
    const hint = 'It is a tag, tag@sha256:… or a digest, without the name of an image.';
    throw invalid('version', version, versionProblem(version), hint);
  }
  if (version === '' && images === '')
    throw failure('INPUT_MISSING', { input: 'version', where: `or "images", ${whereToGive('version')}` });
}

/** The inputs that have an effect in a mode. */
export function inputsOfMode(mode: Mode): ReadonlySet<InputName> {
  const { refuses, reads } = MODES[mode];
  return new Set(reads ?? INPUT_TABLE.map(({ name }) => name).filter((name) => !refuses.includes(name)));
}

const invalid = (input: InputName, value: string, reason: string, hint: string) =>
  failure('INPUT_INVALID', { input, value, reason, hint });
