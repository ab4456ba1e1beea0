/** How deep collections are in one another. */
import type { CST } from 'yaml';
import { MAX_DEPTH } from './budget.ts';

/** Whether the collections of a text are nested deeper than `MAX_DEPTH`. */
export function isTooDeep(tokens: readonly CST.Token[]): boolean {
  let level = tokens;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((token) => {
      if (token.type === 'document') return token.value ?? [];
      return 'items' in token ? token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat()) : [];
    });
  }
  return false;
}
