/** Times as they are compared, kept and shown. */
import { counted } from './objects.ts';

/** An ISO 8601 time with a zone, to the second and in UTC, so that two compare as texts; empty for anything else. */
export function utcTime(text: string): string {
  const isComplete = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const time = new Date(isComplete ? text : NaN);
  const utc = Number.isNaN(time.getTime()) ? '' : time.toISOString();
  return /^\d{4}-/.test(utc) ? utc.replace(/\.\d+/, '') : '';
}

/** Each unit in seconds, the largest first. */
const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
] as const;

/** How long a time of `utcTime` is ago: `3 days`, `5 hours`. Empty for less than an hour, so that a text that is written again soon is the same. */
export function ageOf(time: string, now: number = Date.now()): string {
  const seconds = Math.floor((now - Date.parse(time)) / 1000);
  if (!(seconds >= 0)) return '';
  for (const [unit, length] of UNITS) {
    const count = Math.floor(seconds / length);
    if (count > 0) return counted(count, unit);
  }
  return '';
}
