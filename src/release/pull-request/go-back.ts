/** How to go back from a release: the command that a text shows. */
import { formatReference, parseVersion } from '../../core/image-reference.ts';
import type { Change } from '../../core/objects.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Build } from '../build.ts';
import type { Variables } from './template-variables.ts';

/**
 * The command that releases what was there before: by the mode rollback with an app, else by its version. None for a rollback,
 * for first versions, and without an app for several images or versions.
 */
export function goBackVariables(
  { inputs, build }: { readonly inputs: Pick<Inputs, 'identity' | 'access'>; readonly build: Build },
  changes: readonly Change[],
): Pick<Variables, 'goBack'> {
  const { app, environment, paths } = inputs.identity;
  const before = [...new Set(changes.map(({ image, from }) => referenceOf(image, from)))];
  const [image = ''] = before;
  const isPossible = build.operation.action !== 'Roll back' && !before.includes('') && before.length > 0;
  const options = ['--repository', inputs.access.remote.name];
  const words =
    app === ''
      ? ['release', ...options, '--images', image, ...paths.flatMap((path) => ['--paths', path]), '--force']
      : ['rollback', ...options, '--app', app, '--environments', environment];
  const isOne = isPossible && (app !== '' || before.length === 1);
  return { goBack: { command: isOne ? ['manifest-release-pr', ...words].map(quoted).join(' ') : '' } };
}

/** Empty where there was no version. */
function referenceOf(name: string, from: string): string {
  const version = parseVersion(from);
  return version ? formatReference({ name, ...version }) : '';
}

/** For a POSIX shell, in which a person may run it. */
const quoted = (word: string): string => (/^[\w./:@=+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
