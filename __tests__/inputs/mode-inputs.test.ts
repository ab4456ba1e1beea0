import { expect, test } from 'vitest';
import { choicesOf } from '../../src/inputs/lookup.ts';
import { checkForMode, inputsOfMode } from '../../src/inputs/mode-inputs.ts';
import type { RawInputs } from '../../src/inputs/raw-inputs.ts';
import type { ChoiceOf } from '../../src/inputs/table.ts';

type Mode = ChoiceOf<'mode'>;

const APP: RawInputs = { app: 'web', environments: 'production' };

test.each<[Mode, RawInputs, string]>([
  ['release', { images: 'acme/web:1', from: 'staging' }, 'Input "from" is "staging", which is not for mode release.'],
  ['release', { images: 'acme/web:1', 'wait-for': '7' }, 'Input "wait-for" is "7", which is not for mode release.'],
  ['release', { version: '1' }, 'Input "app" is empty.'],
  ['release', { images: 'acme/web:1', environments: 'staging' }, 'Input "app" is empty.'],
  [
    'release',
    { ...APP, images: 'acme/web:1', version: '1' },
    'Input "version" is "1", which replaces the input "images", which is given too.',
  ],
  ['release', { ...APP, version: 'acme/web:1.4.2' }, 'which has more than a version; write 1.4.2.'],
  ['release', { ...APP, version: 'refs/tags/v1.4.2' }, 'which has a tag with a slash; write v1.4.2.'],
  ['promote', { environments: 'production', from: 'staging' }, 'Input "app" is empty.'],
  ['promote', APP, 'Input "from" is empty.'],
  ['promote', { ...APP, from: 'staging', images: 'acme/web:1' }, 'is not for mode promote.'],
  ['rollback', { app: 'web', environments: ' ' }, 'Input "environments" is empty.'],
  ['rollback', { ...APP, from: 'staging' }, 'is not for mode rollback.'],
  ['status', { version: '1' }, 'Input "version" is "1", which is not for mode status.'],
  ['list-versions', {}, 'Input "app" is empty.'],
  ['wait', {}, 'Input "wait-for" is empty.'],
  ['scan', { app: 'web' }, 'is not for mode scan.'],
  ['init', { images: 'acme/web:1' }, 'is not for mode init.'],
])('mode %s with %j is refused', (mode, raw, message) => {
  expect(() => checkForMode(raw, mode)).toThrow(message);
});

test.each<[Mode, RawInputs]>([
  ['release', { ...APP, version: '1', from: ' ' }],
  ['release', { app: 'web', images: 'acme/web:1' }],
  ['promote', { ...APP, from: 'staging' }],
  ['rollback', { ...APP, version: '1' }],
  ['status', { environments: 'production' }],
  ['wait', { 'wait-for': '7' }],
])('mode %s takes %j', (mode, raw) => {
  expect(() => checkForMode(raw, mode)).not.toThrow();
});

test('what is for another mode is told with the modes that take it', () => {
  const hint = 'Leave it out. It is for promote.';
  expect(() => checkForMode({ images: 'acme/web:1', from: 'staging' }, 'release')).toThrow(
    expect.objectContaining({ hint }),
  );
});

test('no mode refuses what the help of its command shows', () => {
  for (const mode of choicesOf('mode')) {
    for (const input of inputsOfMode(mode)) {
      const given = { [input]: 'x' };
      expect(() => checkForMode(given, mode), `${mode} ${input}`).not.toThrow('is not for mode');
    }
  }
});
