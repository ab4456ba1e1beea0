/** How sentences name a pull request. */
import type { Forge } from '../../forge/forge.ts';

/** What of a forge is in its pull requests' names. */
export type Signed = Pick<Forge, 'numberSign'>;

/** `pull request #3`, and with the sign of GitLab `pull request !3`. */
export function pullRequestName(forge: Signed | undefined, number: number | string): string {
  return `pull request ${forge?.numberSign ?? '#'}${number}`;
}
