/** The source repository of the demo, what is in each version of the service, and the images that were built from it. */
import type { ImageRegistry } from './image-registry.ts';
import type { Sandbox } from './sandbox.ts';

const SOURCE = 'acme/web';
/** The subjects of the commits of each version, the oldest first. */
const VERSIONS: readonly (readonly [version: string, subjects: readonly string[]])[] = [
  ['1.4.1', ['Round prices up']],
  ['1.4.2', ['Fix the login of long names (#41)', 'Fix a typo']],
  ['1.5.0', ['feat(cart)!: carts outlive the session (#43)', 'Show the stock of an article (#44)']],
  ['1.6.0', ['Gift cards (#47)', 'Revert "Show the stock of an article (#44)"']],
];

/** How long ago the images were built, in milliseconds. */
const AGE = 2.5 * 60 * 60 * 1000;

/** Makes the repository; gives the commit of each version, which has a tag. */
export async function createDemoSource(sandbox: Sandbox): Promise<ReadonlyMap<string, string>> {
  const repository = await sandbox.createRepository(SOURCE, { 'version.txt': '1.4.0\n' });
  const commits = new Map<string, string>();
  for (const [version, subjects] of VERSIONS) {
    for (const subject of subjects) {
      const commit = await repository.commit(
        'main',
        { 'version.txt': `${version}: ${subject}\n` },
        { message: `${subject}\n` },
      );
      commits.set(version, commit);
    }
    await repository.tag(`v${version}`);
  }
  return commits;
}

/** Adds the image of each version to the registry. */
export function pushDemoImages(
  registry: ImageRegistry,
  { serverUrl }: Pick<Sandbox, 'serverUrl'>,
  commits: ReadonlyMap<string, string>,
): void {
  const created = new Date(Date.now() - AGE);
  for (const [version, revision] of commits) {
    const platforms = ['linux/amd64', 'linux/arm64'];
    registry.push({ name: SOURCE, tag: version, platforms, source: `${serverUrl}/${SOURCE}`, revision, created });
  }
}
