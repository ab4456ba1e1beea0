/** The inputs as texts, before they are checked. */
import type { InputName } from './table.ts';

/** Texts as given; an absent one is empty. */
export type RawInputs = Readonly<Partial<Record<InputName, string>>>;

/** The inputs that are not empty, trimmed. */
export function givenOf(raw: RawInputs): RawInputs {
  const entries = Object.entries(raw).map(([name, text]) => [name, text.trim()] as const);
  return Object.fromEntries(entries.filter(([, text]) => text !== ''));
}

/** Reads an input by its name: trimmed, and empty where it was not given. */
export const reading =
  (raw: RawInputs) =>
  (name: InputName): string =>
    (raw[name] ?? '').trim();
