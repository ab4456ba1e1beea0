/** All options of a run: the inputs, and the settings, which are given more rarely. */
import type { InputDefinition } from './definition.ts';
import { INPUTS } from './inputs-table.ts';
import { SETTINGS } from './settings-table.ts';

const ALL = [...INPUTS, ...SETTINGS] as const;

type Row = (typeof ALL)[number];

/** A name of either table. */
export type InputName = Row['name'];

/** The inputs with a closed set of values, and the value of each. */
export type ChoiceName = Extract<Row, { readonly choices: readonly string[] }>['name'];
export type ChoiceOf<Name extends ChoiceName> = Extract<
  Row,
  { readonly name: Name; readonly choices: readonly string[] }
>['choices'][number];

/** Those that the config file may have. */
export type ConfigurableName = Extract<Row, { readonly perEnvironment: string }>['name'];

type Filled = InputDefinition & { readonly name: InputName; readonly default: string };

/** The tables with their optional columns, each row with its default. */
export const INPUT_TABLE: readonly Filled[] = ALL.map((input) => ({ default: '', ...input }));

/** Names of settings: no input of the Action has one. */
export const SETTING_NAMES: ReadonlySet<string> = new Set(SETTINGS.map(({ name }) => name));
