/** The input `settings`: what a step sets beside its inputs, as YAML. Pure. */
import { quote } from '../../core/escape.ts';
import type { RawInputs } from '../../inputs/raw-inputs.ts';
import { whereToGive } from '../../inputs/lookup.ts';
import { INPUT_TABLE, SETTING_NAMES } from '../../inputs/table.ts';
import { refuseProblems } from './config.ts';
import { didYouMean, explain, type ConfigProblem } from './messages.ts';
import { linesOf } from './rules.ts';
import { INLINE_SETTINGS, type Setting } from './schema.ts';
import { ConfigText } from './yaml-source.ts';

const ROWS = INPUT_TABLE.filter(({ name, variable }) => SETTING_NAMES.has(name) && variable === undefined);

/** The settings as raw inputs. Throws CONFIG_INVALID, with the line of the text. */
export function readInlineSettings(text: string): RawInputs {
  const source = new ConfigText('settings', text);
  const checked = INLINE_SETTINGS.safeParse(source.data ?? {}, { reportInput: true });
  refuseProblems(source, checked.success ? [] : checked.error.issues.map((issue) => withOwnAdvice(explain(issue))));
  const settings = (checked.data ?? {}) as Readonly<Record<string, Setting | undefined>>;
  return Object.fromEntries(
    ROWS.flatMap(({ name }) => {
      const setting = settings[name];
      if (setting === undefined) return [];
      const lines = Array.isArray(setting) ? linesOf(setting).map((line) => line.text) : [String(setting)];
      return [[name, lines.join('\n')]];
    }),
  );
}

/** With the advice for a key of this text in place of that for a key of the file. */
function withOwnAdvice(problem: ConfigProblem): ConfigProblem {
  const [name] = problem.path;
  if (problem.part !== 'key' || problem.path.length !== 1) return problem;
  const known = INPUT_TABLE.find((row) => row.name === name);
  if (!known)
    return {
      ...problem,
      advice: didYouMean(
        String(name),
        ROWS.map((row) => row.name),
      ),
    };
  return { ...problem, reason: `${quote(known.name)} is not a setting`, advice: `Give it ${whereToGive(known.name)}.` };
}
