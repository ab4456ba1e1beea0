/** The lines that keep another version of a released image, in the log and as annotations. */
import type { Log } from '../core/log.ts';
import type { Leftover } from '../core/objects.ts';
import type { Result } from '../environments/result.ts';

/** GitHub shows ten warnings of a step, and the one that sums up is the first. */
const MAX_WARNINGS = 9;
const MAX_LINES = 200;
const NAMED = 3;

/** Logs one warning that sums up, then a warning for each of the first lines, then the others. */
export function logLeft(results: readonly Result[], log: Log): void {
  const all = results.flatMap(({ outcome }) => outcome?.left ?? []);
  const left = [...new Map(all.map((one) => [`${one.file}:${one.line} ${one.image} ${one.version}`, one])).values()];
  if (left.length === 0) return;
  log.group('Left as it is');
  const places = left.map(({ file, line }) => `${file}:${line}`);
  const more = left.length > NAMED ? ` and ${left.length - NAMED} more` : '';
  const subject = left.length === 1 ? '1 line has' : `${left.length} lines have`;
  log.warn(`${subject} another version of a released image: ${places.slice(0, NAMED).join(', ')}${more}`);
  for (const one of left.slice(0, MAX_WARNINGS))
    log.problem({ file: one.file, line: one.line, message: messageOf(one) });
  for (const one of left.slice(MAX_WARNINGS, MAX_LINES)) log.step(`${one.file}:${one.line}: ${messageOf(one)}`);
  if (left.length > MAX_LINES) log.step(`and ${left.length - MAX_LINES} more`);
}

const messageOf = ({ image, version, reason }: Leftover): string => `left ${image} ${version}: it ${reason}`;
