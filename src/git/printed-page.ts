/** The web page that a server prints when a branch was pushed, where a pull request of it is opened. */
import type { Remote } from '../core/remote.ts';

/** UTF-16 code units of an address that is believed to be one. */
const LONGEST = 2000;

/** The first address in what the server printed that is on the server itself; empty where there is none. */
export function pageIn(stderr: string, { host, transport }: Pick<Remote, 'host' | 'transport'>): string {
  // Each line of the server has this word before it.
  const printed = stderr.split('\n').filter((line) => line.startsWith('remote:'));
  const addresses = printed.flatMap((line) => line.match(/https?:\/\/[!-~]+/g) ?? []);
  return addresses.find((address) => address.length <= LONGEST && isOn(address, { host, transport })) ?? '';
}

/** By ssh the server has another port than its pages. */
function isOn(address: string, { host, transport }: Pick<Remote, 'host' | 'transport'>): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const isHere = transport === 'ssh' ? url.hostname === host && url.protocol === 'https:' : url.host === host;
  return isHere && url.username === '' && url.password === '' && (url.protocol === 'https:' || transport === 'http');
}
