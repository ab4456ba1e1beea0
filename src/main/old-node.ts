/** Loaded before all else: what else is loaded may not run on an old Node. */

const LEAST = 20;

if (Number(process.versions.node.split('.')[0]) < LEAST) {
  process.stderr.write(
    `error: Node ${process.version} is too old: manifest-release-pr needs Node ${LEAST} or newer.\n` +
      `Install Node ${LEAST} or newer and put it first on PATH; node --version tells which one that is.\n`,
  );
  process.exit(1);
}
