/** Warnings about what is rendered from the files of a release. */
import type { Log } from '../core/log.ts';
import type { Result } from '../environments/result.ts';
import { renderedSentence } from '../release/pull-request/rendered-section.ts';
import type { Rendering } from '../rendering/rendering.ts';

/** GitHub shows ten warnings of a step. */
const MOST_WARNINGS = 9;
const MOST_LINES = 100;

/** Logs what changes in the cluster; a warning for each edit that has no effect, and for each object that differs by more than images. */
export function logRendered(results: readonly Result[], log: Log): void {
  const all = results.flatMap(({ outcome }) => outcome?.rendering ?? []);
  const renderings = all.filter(({ roots, unrendered }) => roots.length + unrendered.length > 0);
  if (renderings.length === 0) return;
  log.group('What changes in the cluster');
  for (const rendering of renderings) log.step(renderedSentence(rendering));
  const warnings = renderings.flatMap(warningsOf);
  for (const warn of warnings.slice(0, MOST_WARNINGS)) warn(log);
  if (warnings.length > MOST_WARNINGS)
    log.step(`and ${warnings.length - MOST_WARNINGS} more warnings; see the job summary`);
  const unrendered = renderings.flatMap((one) => one.unrendered);
  for (const { file, line, message } of unrendered.slice(0, MOST_LINES)) {
    log.step(`not rendered: ${file}:${line}: ${message}`);
  }
}

function warningsOf({ hidden, roots }: Rendering): ((log: Log) => void)[] {
  const ofPlaces = hidden.map(({ file, line, image, to }) => {
    const message = `${image} is ${to} here, and nothing that is rendered has it: another place overrides this one`;
    return (log: Log): void => log.problem({ file, line, message });
  });
  const ofObjects = roots.flatMap(({ path, changes }) =>
    changes.flatMap(({ kind, namespace, name, what, differences }) => {
      const others = differences.filter(({ cause }) => cause === 'other');
      if (what === 'changed' && others.length === 0) return [];
      const object = `${path}: ${kind} ${namespace === '' ? name : `${namespace}/${name}`}`;
      const [first] = others;
      const more = others.length > 1 ? ` and ${others.length - 1} more values change` : ' changes';
      const message = first ? `${object}: ${first.path}${more} beside the released images` : `${object} is ${what}`;
      return (log: Log): void => log.warn(message);
    }),
  );
  return [...ofPlaces, ...ofObjects];
}
