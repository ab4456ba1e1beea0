import { expect, test } from 'vitest';
import { ZEROS } from '../../sandbox/ref-updater.ts';
import { eachWithSandbox } from './each-with-sandbox.ts';

const started = eachWithSandbox({ 'web.yaml': 'image: web:1\n' });

test('a ref that is not what it is said to be moves nothing, for the reason that git gives', async () => {
  const { repository } = started();
  const tip = (await repository.tip('main')) ?? '';
  const moved = repository.updateRefs(
    { ref: 'refs/heads/new', before: ZEROS, after: tip },
    { ref: 'refs/heads/main', before: 'a'.repeat(40), after: tip },
  );
  await expect(moved).rejects.toThrow(
    new RegExp(`moved none of refs/heads/new, refs/heads/main: .*is at ${tip} but expected a{40}`),
  );
  expect(await repository.tip('new')).toBeUndefined();
  await repository.updateRefs({ ref: 'refs/heads/new', before: ZEROS, after: tip });
  expect(await repository.tip('new')).toBe(tip);
});
