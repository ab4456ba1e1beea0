/** Whether the commits of a source repository may be read by all who can read the manifest repository. */
import { kept, memoized } from '../core/objects.ts';
import type { Forge } from '../forge/forge.ts';
import type { Ci } from '../inputs/ci.ts';

type Asked = Pick<Forge, 'isPublic' | 'isSourcePublic'>;

/** Why they are not shown in a pull request, as a clause; empty where they are. Throws NETWORK. */
export type WhyHidden = (repository: string) => Promise<string>;

/**
 * Asks no more than it must, and each thing once: nothing where the CI run is of a public repository, and the server of the
 * sources only where the manifests are public and the CI does not know the source. Where that server does not say, they are hidden.
 */
export function hiding(
  forge: Asked | undefined,
  { source, isSourcePublic }: Pick<Ci, 'source' | 'isSourcePublic'>,
): WhyHidden {
  const known = new Map<string, Promise<string>>();
  const areManifestsPublic = memoized(async () => (await forge?.isPublic()) === true);
  const ask = async (repository: string): Promise<string> => {
    const isOwn = repository.toLowerCase() === source.repository.toLowerCase();
    const byCi = isOwn ? isSourcePublic : undefined;
    if (byCi === true || !(await areManifestsPublic())) return '';
    const isPublic = byCi ?? (await forge?.isSourcePublic(repository));
    if (isPublic === true) return '';
    const isKnown = isPublic === false ? 'is not public' : 'is not known to be public';
    return `${repository} ${isKnown}, and this repository is (setting "source-commits")`;
  };
  return (repository) => kept(known, repository, () => ask(repository));
}
