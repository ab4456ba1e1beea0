/** The command line's entry: the same inputs as flags, the same release. The only catch of the command line is here. */
import { Command, CommanderError, Option } from 'commander';
import { detectCi, type Ci } from './ci.ts';
import { asReleaseError, failure } from './errors.ts';
import { secretsOf } from './git/credentials.ts';
import { actingWith, giveBack, issueToken, type IssuedToken } from './identity.ts';
import { INPUT_TABLE, isSwitch } from './input-table.ts';
import { readInputs, type Inputs, type RawInputs } from './inputs.ts';
import { describe, LineLog } from './log.ts';
import { sentence, toOutputs, type Outcome } from './outputs.ts';
import { release } from './release.ts';

const EXIT_FAILURE = 1;
const EXIT_USAGE = 2;

type Flags = Readonly<Record<string, string | string[] | boolean | undefined>>;

async function main(): Promise<void> {
  const secrets: string[] = [];
  const log = new LineLog((line) => process.stderr.write(`${line}\n`), secrets);
  const program = new Command('manifest-release')
    .description('Rewrites image versions in a GitOps manifest repository and opens a pull request.')
    .exitOverride()
    .addCommand(releaseCommand(log, secrets))
    .addCommand(demoCommand());
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
      return;
    }
    log.line(`error: ${describe(asReleaseError(error))}`);
    process.exitCode = EXIT_FAILURE;
  }
}

function releaseCommand(log: LineLog, secrets: string[]): Command {
  const command = new Command('release').description('release images: plan, commit, push, pull request').exitOverride();
  for (const option of flags()) command.addOption(option);
  command
    .option('--token-env <name>', 'environment variable that holds the token (default: MANIFEST_RELEASE_TOKEN)')
    .option('--json', 'print one JSON object with all outputs on stdout, and nothing else there');
  return command.action(async (given: Flags) => {
    const texts = INPUT_TABLE.map(({ name, variable }) => {
      const own = variable === undefined ? asText(given[camelCase(name)]) : (process.env[variable] ?? '');
      const text = name === 'token' ? readToken(given['tokenEnv'], own) : own;
      if (variable !== undefined) secrets.push(...secretsOf(text));
      return [name, text];
    });
    const ci = detectCi();
    const inputs = readInputs(Object.fromEntries(texts) as RawInputs, ci);
    const issued = await issueToken(inputs, ci, (text) => log.step(text));
    if (issued) secrets.push(...secretsOf(issued.token));
    const outcome = await releaseAs(issued, inputs, ci, log);
    const text = given['json'] === true ? JSON.stringify(toOutputs(outcome), null, 2) : sentence(outcome);
    process.stdout.write(`${text}\n`);
  });
}

/** Releases, and gives an App's token back also after a failure. */
async function releaseAs(issued: IssuedToken | undefined, inputs: Inputs, ci: Ci, log: LineLog): Promise<Outcome> {
  try {
    return await release(actingWith(inputs, issued), ci, log);
  } finally {
    const reason = issued && (await giveBack(issued));
    if (reason !== undefined) log.warn(`the token of the GitHub App could not be given back: ${reason}`);
  }
}

/** One flag for each input of the Action. */
function flags(): Option[] {
  return INPUT_TABLE.filter(({ variable }) => variable === undefined).map((input) => {
    const isShown = input.default !== '' && !isSwitch(input) && !input.default.startsWith('$');
    const description = input.description + (isShown ? ` (default: ${input.default})` : '');
    const option = new Option(`--${input.name}${isSwitch(input) ? '' : ' <text>'}`, description);
    if (input.list) option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
    return input.required ? option.makeOptionMandatory() : option;
  });
}

function demoCommand(): Command {
  return new Command('demo')
    .description('try it on a repository and a server made up in this process')
    .action(async () => {
      const { runDemo } = await import('./sandbox/demo.ts');
      await runDemo((line) => process.stdout.write(`${line}\n`));
    });
}

function readToken(variable: Flags[string], ours: string): string {
  if (typeof variable !== 'string') return ours;
  const token = process.env[variable];
  if (token === undefined) {
    throw failure('INPUT_INVALID', { input: 'token-env', value: variable, reason: 'is no variable that is set' });
  }
  return token;
}

function asText(value: Flags[string]): string {
  return Array.isArray(value) ? value.join('\n') : String(value ?? '');
}

const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

void main();
