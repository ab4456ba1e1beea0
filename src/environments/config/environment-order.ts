/** Which environment comes after which. */

/** The way of `after` from an environment back to itself; `undefined` when it does not come back. */
export function findCycle(start: string, afters: ReadonlyMap<string, string>): readonly string[] | undefined {
  const seen = new Set([start]);
  for (let name = afters.get(start); name !== undefined; name = afters.get(name)) {
    if (name === start) return [...seen, start];
    if (seen.has(name)) return undefined;
    seen.add(name);
  }
  return undefined;
}

interface Ordered {
  readonly environment: string;
  /** Empty for none. */
  readonly after: string;
}

/** The same environments, each after the one that it names, otherwise as they come. There is no cycle among them. */
export function inOrder<Environment extends Ordered>(environments: readonly Environment[]): readonly Environment[] {
  const rest = [...environments];
  return environments.flatMap(() => {
    const next = rest.findIndex(({ after }) => !rest.some(({ environment }) => environment === after));
    return rest.splice(next, 1);
  });
}
