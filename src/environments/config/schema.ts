/** Schema of the config file, made from the table of inputs. */
import * as z from 'zod/mini';
import type { InputDefinition } from '../../inputs/definition.ts';
import { INPUT_TABLE, SETTING_NAMES, type ConfigurableName } from '../../inputs/table.ts';

export type SettingName = ConfigurableName;
type SettingDefinition = (typeof INPUT_TABLE)[number] & { readonly name: SettingName };

/** The inputs that are allowed in the file: for all apps, for one and for an environment. */
export const SETTINGS = INPUT_TABLE.filter((input): input is SettingDefinition => input.perEnvironment !== undefined);

/** A value of one of them as the file has it. */
export type Setting = string | boolean | readonly string[];
export type Settings = { readonly [Name in SettingName]?: Setting | undefined };

const ON_FAILURE = ['none', 'rollback'] as const;

/** What follows a release that the agents refuse. */
export type OnFailure = (typeof ON_FAILURE)[number];

const NAME = '[A-Za-z0-9][A-Za-z0-9_.\\-]{0,62}';
const name = z.string().check(z.regex(new RegExp(`^${NAME}$`)));
const nameOrWildcard = z.string().check(z.regex(new RegExp(`^(?:\\*|${NAME})$`)));

const list = z.union([z.string(), z.array(z.string())]);

/** YAML has a `true` and `false` of its own. */
const choice = (choices: readonly string[]): z.ZodMiniType<Setting> =>
  z.literal(choices.map((one) => (one === 'true' || one === 'false' ? one === 'true' : one)));

type Optional = z.ZodMiniOptional<z.ZodMiniType<Setting>>;

const schemaOf = ({ name: key, list: isList, choices }: InputDefinition): readonly [string, Optional] => [
  key,
  z.optional(isList ? list : choices ? choice(choices) : z.string()),
];

const settings = Object.fromEntries(SETTINGS.map(schemaOf)) as Record<SettingName, Optional>;

const defaults = z.strictObject(settings);
const environment = z.strictObject({
  ...settings,
  after: z.optional(z.string()),
  'on-failure': z.optional(z.enum(ON_FAILURE)),
});
const app = z.strictObject({ ...settings, images: list, environments: z.record(name, z.nullable(environment)) });

/** The whole file. */
export const CONFIG = z.strictObject({
  defaults: z.optional(defaults),
  apps: z.optional(z.record(nameOrWildcard, app)),
});

/** The input `settings`; secrets come in environment variables. */
export const INLINE_SETTINGS = z.strictObject(
  Object.fromEntries(
    INPUT_TABLE.filter(({ name: key, variable }) => SETTING_NAMES.has(key) && variable === undefined).map(schemaOf),
  ),
);

export type ConfigData = z.output<typeof CONFIG>;

/** The keys that a map may have, by how deep it is in the file. */
export const KEYS: Readonly<Record<number, readonly string[]>> = {
  0: Object.keys(CONFIG.shape),
  1: Object.keys(defaults.shape),
  2: Object.keys(app.shape),
  4: Object.keys(environment.shape),
};

/** Whether it may be the name of an app or an environment. */
export function isName(text: string): boolean {
  return name.safeParse(text).success;
}
