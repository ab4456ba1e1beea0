import type { Answer } from './exchange.ts';

/**
 * Seconds that a server asks to wait: Retry-After, in seconds or as a date, or the moment at which its limit begins anew, in
 * seconds from now or since 1970. `undefined` where it says neither.
 */
export function secondsAsked(headers: Answer['headers']): number | undefined {
  const after = headers.get('retry-after') ?? '';
  if (after !== '') return /^\d+$/.test(after) ? Number(after) : fromNow(Date.parse(after) / 1000);
  const left = headers.get('ratelimit-remaining') ?? headers.get('x-ratelimit-remaining') ?? '0';
  const reset = Number(headers.get('ratelimit-reset') ?? headers.get('x-ratelimit-reset') ?? 'none');
  if (Number.isNaN(reset) || left !== '0') return undefined;
  return reset < 1e9 ? reset : fromNow(reset);
}

const fromNow = (seconds: number): number | undefined =>
  Number.isNaN(seconds) ? undefined : Math.max(Math.ceil(seconds - Date.now() / 1000), 0);
