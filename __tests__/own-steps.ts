/** What workflows and pages use of this program: steps with the Action, flags of the command line. */
import { INPUT_TABLE } from '../src/inputs/table.ts';

export interface OwnStep {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

/** Flags without their dashes. Secrets have none. */
export const FLAGS: readonly string[] = [
  ...INPUT_TABLE.filter(({ variable }) => variable === undefined).map(({ name }) => name),
  'token-env',
  'json',
];

/** The steps with the Action, wherever they are in a workflow or a part of one. */
export function ownStepsIn(value: unknown): OwnStep[] {
  if (typeof value !== 'object' || value === null) return [];
  const isOwn = 'uses' in value && String(value.uses).startsWith('acme/manifest-release-pr@');
  return isOwn ? [value as OwnStep] : Object.values(value).flatMap(ownStepsIn);
}
