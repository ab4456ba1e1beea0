/** `{{ app }}` and `{{ environment }}` in the texts of the config file. */

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/** The text with a value for each name. */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (written, name: string) => values[name.trim()] ?? written);
}

/** The first name in it that is none of `names`. */
export function findUnknownPlaceholder(text: string, names: readonly string[]): string | undefined {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name.trim()).find((name) => !names.includes(name));
}
