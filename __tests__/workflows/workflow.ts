/** A workflow file as GitHub's runner takes it: expressions by GitHub's own evaluator, scripts by the shell they name. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { data, Evaluator, Lexer, Parser, wellKnownFunctions } from '@actions/expressions';
import { parse } from 'yaml';

type Scalar = string | number | boolean;
type Values = Readonly<Record<string, Scalar>>;

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly env?: Values;
  readonly with?: Values;
}
export interface Job {
  readonly if?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: Readonly<Record<string, Scalar>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}
interface Input {
  readonly type?: string;
  readonly default?: Scalar;
  readonly options?: readonly string[];
}
interface Trigger {
  readonly inputs?: Readonly<Record<string, Input>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, { readonly value: string }>>;
}
export interface Workflow {
  readonly on: Readonly<Record<string, Trigger>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** What expressions see: `inputs`, `needs`, `steps`, … */
export type Contexts = Readonly<Record<string, unknown>>;

export function readWorkflow(path: string): Workflow {
  return parse(readFileSync(path, 'utf8')) as Workflow;
}

export function stepsOf({ jobs }: Workflow): Step[] {
  return Object.values(jobs).flatMap(({ steps }) => steps ?? []);
}

export function stepNamed(workflow: Workflow, job: string, name: string): Step {
  const step = workflow.jobs[job]?.steps?.find((one) => one.name === name || one.id === name);
  if (!step) throw new Error(`job ${job} has no step ${name}`);
  return step;
}

/** The context `inputs` of a run: what is given, and the defaults of the rest. */
export function inputsOf(trigger: Trigger | undefined, given: Values = {}): Values {
  const defaults = Object.entries(trigger?.inputs ?? {}).map(([name, input]) => [name, input.default ?? '']);
  const unknown = Object.keys(given).filter((name) => trigger?.inputs?.[name] === undefined);
  if (unknown.length > 0) throw new Error(`no such inputs: ${unknown.join(', ')}`);
  return { ...(Object.fromEntries(defaults) as Values), ...given };
}

/** A text with its expressions filled in. */
export function fill(text: Scalar, contexts: Contexts): string {
  return String(text).replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    evaluate(expression, contexts).coerceString(),
  );
}

export function fillAll(values: Values | undefined, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, fill(value, contexts)]));
}

/** Whether a job or step runs, when all before it went well. */
export function runs({ if: condition = 'true' }: { readonly if?: string }, contexts: Contexts): boolean {
  const value = evaluate(condition.replace(/^\$\{\{|\}\}$/g, ''), contexts);
  return !['', 'false', '0', 'null'].includes(value.coerceString());
}

function evaluate(expression: string, contexts: Contexts): data.ExpressionData {
  const always = { name: 'always', minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(true) };
  const functions = [...Object.values(wellKnownFunctions), always];
  const { tokens } = new Lexer(expression.trim()).lex();
  const tree = new Parser(tokens, Object.keys(contexts), functions).parse();
  const values = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(tree, values, new Map([['always', always]])).evaluate();
}

export interface Ran {
  readonly status: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Runs a step's script as the runner does. Nothing of our own environment gets in but PATH. */
export function runScript(step: Step, env: Readonly<Record<string, string>>, folder?: string): Ran {
  const own = mkdtempSync(join(tmpdir(), 'workflow-'));
  const [script, output, summary] = ['script', 'output', 'summary'].map((name) => join(own, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(script, step.run ?? '');
  writeFileSync(output, '');
  writeFileSync(summary, '');
  const files = {
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_REPOSITORY: 'acme/caller',
    RUNNER_TEMP: own,
  };
  const [command, ...args] = commandOf(step.shell, script);
  const ran = spawnSync(command, args, {
    cwd: folder ?? own,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...files, ...env },
  });
  const result = {
    status: ran.status,
    log: ran.stdout + ran.stderr + (ran.error?.message ?? ''),
    outputs: readOutputs(readFileSync(output, 'utf8')),
    summary: readFileSync(summary, 'utf8'),
  };
  rmSync(own, { recursive: true });
  return result;
}

function commandOf(shell: string | undefined, script: string): [string, ...string[]] {
  if (shell === undefined) return ['bash', '-e', script];
  if (shell === 'bash') return ['bash', '--noprofile', '--norc', '-eo', 'pipefail', script];
  if (shell === 'node {0}') return [process.execPath, script];
  throw new Error(`unknown shell ${shell}`);
}

/** `name=value`, or `name<<end`, lines and `end`. */
function readOutputs(text: string): Record<string, string> {
  const blocks = text.matchAll(/^([\w-]+)(?:=(.*)|<<(.+)\n([\s\S]*?)\n?\3)$/gm);
  return Object.fromEntries([...blocks].map(([, name, value, , lines]) => [name, value ?? lines ?? '']));
}
