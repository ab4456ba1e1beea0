/** The command line: the inputs of the Action as flags, and the same run. The only catch of the command line is here. */
import { appendFileSync } from 'node:fs';
import { Argument, Command, CommanderError, type Option } from 'commander';
import { completionScript, SHELLS, type Shell } from './completion.ts';
import { runInputs } from './run.ts';
import { ciSystem, detectCi } from '../inputs/ci.ts';
import { asReleaseError, failure, type ReleaseError } from '../core/errors.ts';
import { jsonForLog, quote } from '../core/escape.ts';
import { revokeToken, type IssuedToken } from '../forge/connect.ts';
import { choicesOf, isSwitch, nearestInputs, variableOf } from '../inputs/lookup.ts';
import { INPUT_TABLE, type ChoiceOf } from '../inputs/table.ts';
import type { RawInputs } from '../inputs/raw-inputs.ts';
import { shown } from '../core/log.ts';
import { nearName } from '../core/near-name.ts';
import { GroupedLog } from './grouped-log.ts';
import { forgetSecrets, keepSecret, proxySecrets, safeText, safeValue } from '../core/secrets.ts';
import { flags, readFlags, SWITCHES, type Flags } from './flags.ts';
import { prefixOf, type RunReport } from './report.ts';
import { coloured, hasColours, isTerminal, ProgressLine } from './terminal.ts';
import { VERSION } from './version.ts';
import { failureSummary } from './summary.ts';

const EXIT_FAILURE = 1;
const EXIT_USAGE = 2;

/**
 * Runs one command. `args` are the arguments behind the program's name. Reads `process.env`, writes results to stdout and
 * log lines to stderr, and returns the exit code: 0, 1 after a failure, 2 for a wrong use. Never throws.
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  forgetSecrets();
  for (const secret of proxySecrets(process.env)) keepSecret(secret);
  const log = logOf(process.stderr);
  const program = new Command('manifest-release-pr')
    .description('Rewrites image versions in a GitOps manifest repository and opens a pull request.')
    .version(VERSION, '--version', 'show the version')
    // Behind a command it is the input of that name.
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({ outputError: () => undefined });
  addDemo(program.command('demo'));
  addCompletion(program);
  for (const mode of choicesOf('mode')) {
    addMode(program.command(mode), mode, log, () => {
      exitCode = EXIT_FAILURE;
    });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      const failed = asReleaseError(error);
      log.failure(failed);
      summarizeFailure(failed, log);
      return EXIT_FAILURE;
    }
    if (error.exitCode === 0) return 0;
    if (!error.code.startsWith('commander.help')) logUsage(error, log);
    return EXIT_USAGE;
  }
  return exitCode;
}

/** On stderr, with colours and progress where that is a terminal. */
function logOf(stderr: NodeJS.WriteStream): GroupedLog {
  const ci = ciSystem();
  const debug = process.env['RUNNER_DEBUG'] === '1';
  if (!isTerminal(stderr, ci !== undefined))
    return new GroupedLog((line) => stderr.write(`${line}\n`), ci?.marks, { debug });
  const line = new ProgressLine(stderr);
  const paint = hasColours(process.env) ? coloured : (text: string) => text;
  const write = (text: string): void => {
    line.clear();
    stderr.write(`${paint(text)}\n`);
  };
  const progress = (text: string): void => (text === '' ? line.clear() : line.show(text));
  return new GroupedLog(write, undefined, { debug, progress });
}

/** Commander's message for a wrong use; for an unknown option the Action's message for an unknown input. */
function logUsage({ code, message }: CommanderError, log: GroupedLog): void {
  const [, option] = (code === 'commander.unknownOption' && /'--([^'=]*)/.exec(message)) || [];
  const [, command] = (code === 'commander.unknownCommand' && /'(.*)'/.exec(message)) || [];
  if (command !== undefined) {
    const near = nearName(command, choicesOf('mode'));
    const meant = near === undefined ? '' : `Did you mean ${near}? `;
    return log.error(`Command ${quote(command)} is unknown. ${meant}--help lists all commands.`);
  }
  if (option === undefined) {
    const advice =
      code === 'commander.excessArguments' ? ' Each value is behind its flag; a switch, as --dry-run, has none.' : '';
    return log.error(`${message.replace(/^error: /, '')}${advice}`);
  }
  if (SWITCHES.has(option)) return log.error(`Flag --${option} has no value: give it alone, or leave it out.`);
  const nearest = nearestInputs(option).map((name) => {
    if (name === 'settings') return 'a flag for each of them (--registry off)';
    if (name === 'mode') return `a command (${choicesOf('mode').join(', ')})`;
    const variable = variableOf(name);
    return variable === undefined ? `--${name}` : `the environment variable ${variable}`;
  });
  log.failure(failure('INPUT_UNKNOWN', { input: `--${option}`, nearest }));
}

const DESCRIPTIONS: Readonly<Record<ChoiceOf<'mode'>, string>> = {
  release: 'release images: plan, commit, push, pull request',
  promote: 'release the versions of one environment of an app to another one',
  rollback: 'take environments of an app back to an earlier version',
  status: 'show the versions of environments, since when, and open pull requests',
  'list-versions': 'show the version history of environments of an app',
  scan: 'list every place of the repository that has the version of an image',
  init: 'propose a config file for the environments of the repository, as a pull request',
  wait: 'wait until a pull request of an earlier job is merged, and deployed',
};

function addMode(command: Command, mode: ChoiceOf<'mode'>, log: GroupedLog, fail: () => void): void {
  command.description(DESCRIPTIONS[mode]);
  for (const option of flags(mode)) command.addOption(option);
  command
    .option('--token-env <name>', 'environment variable that contains the token (default: MANIFEST_RELEASE_TOKEN)')
    .option('--json', 'print one JSON object with all outputs on stdout, and nothing else there');
  command.action(async (given: Flags) => {
    const report = await runAndRevoke({ ...readFlags(given), mode }, log);
    const json = (): string => jsonForLog(safeText(JSON.stringify(safeValue(report.outputs), null, 2)));
    // What is on stdout may be in the log of a CI too.
    process.stdout.write(`${given['json'] === true ? json() : shown(report.lines.join('\n'))}\n`);
    for (const { error, ...result } of report.failures) {
      log.failure(asReleaseError(error), prefixOf(result));
      fail();
    }
    writeSummary(report.summary, report.lines);
  });
}

/** A summary that cannot be written is a warning here: the failure is what the run is about. */
function summarizeFailure(failed: ReleaseError, log: GroupedLog): void {
  try {
    writeSummary(failureSummary(failed), []);
  } catch (error) {
    log.warn(asReleaseError(error).message);
  }
}

/** Writes the summary where the CI has a page for it. Throws RESULT_NOT_WRITTEN. */
function writeSummary(summary: string, lines: readonly string[]): void {
  const file = ciSystem()?.summary?.((name) => process.env[name] ?? '');
  if (file === undefined) return;
  try {
    appendFileSync(file.path, `${safeText(summary)}\n`);
  } catch (error) {
    throw failure('RESULT_NOT_WRITTEN', { reason: (error as Error).message, done: lines }, error);
  }
  if (file.command !== undefined) process.stderr.write(`${safeText(file.command)}\n`);
}

/** Tokens of GitHub Apps that were issued, and are not given back yet. */
const issuedTokens = new Set<IssuedToken>();

/** Gives them back. Returns the reasons why some could not be; these end within the hour. */
export async function revokeIssuedTokens(): Promise<readonly string[]> {
  const tokens = [...issuedTokens];
  issuedTokens.clear();
  const reasons = await Promise.all(tokens.map(revokeToken));
  return reasons.filter((reason) => reason !== undefined);
}

/** Runs, and revokes the App's token also after a failure. */
async function runAndRevoke(raw: RawInputs, log: GroupedLog): Promise<RunReport> {
  try {
    const ci = detectCi();
    keepSecret(ci.jobToken);
    return await runInputs(raw, ci, log, (issued) => {
      keepSecret(issued.token);
      issuedTokens.add(issued);
    });
  } finally {
    log.endGroup();
    for (const reason of await revokeIssuedTokens()) {
      log.warn(`the token of the GitHub App could not be given back: ${reason}`);
    }
  }
}

function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print a script with which a shell completes commands and flags')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .action((shell: Shell) => {
      const choices = ({ long }: Option): readonly string[] => {
        const input = INPUT_TABLE.find(({ name }) => `--${name}` === long);
        return input && !isSwitch(input) ? (input.choices ?? []) : [];
      };
      process.stdout.write(completionScript(shell, program, choices));
    });
}

/** Built from sandbox/, which the program does not import: a file of its own beside this one. */
const DEMO = './demo.cjs';

interface Demo {
  readonly runDemo: (program: string, write: (line: string) => void) => Promise<void>;
}

function addDemo(command: Command): void {
  command.description('try it on a repository and a server made up in this process').action(async () => {
    const { runDemo } = await loadDemo(command);
    await runDemo(process.argv[1] ?? '', (line) => process.stdout.write(`${line}\n`));
  });
}

/** Throws CommanderError where the file is missing. */
async function loadDemo(command: Command): Promise<Demo> {
  try {
    return (await import(DEMO)) as Demo;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    return command.error(`error: the demo is in ${DEMO}, which was not found beside this file`);
  }
}
