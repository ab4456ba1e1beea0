/**
 * Builds a program from its Go module once and keeps it outside of the checkout, for tests on the real server. One that was cut
 * short goes on from Go's build cache.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A Go that builds them all; Go fetches it. */
const TOOLCHAIN = 'go1.27.3';

const run = promisify(execFile);

export class GoProgram {
  #source;

  /** `folder` has a go.mod that requires `module`, with the replacements that its own go.mod has, and a tools.go that imports
   * `package`. `flags` are those of `go build` for a version, and `files` what the program reads of its own sources. */
  constructor({ title, minutes, folder, module, package: imported = module, flags = () => [], files = [] }) {
    this.#source = { title, minutes, folder, module, imported, flags, files };
  }

  /** Where the built program is, and the folder with the files of its sources. */
  async place() {
    const version = await this.#version();
    const name = basename(this.#source.imported);
    const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
    const folder = join(cache, 'manifest-release-pr', `${name}-${version.slice(1)}`);
    return { folder, program: join(folder, name), static: join(folder, 'static') };
  }

  async isBuilt() {
    const { program, static: files } = await this.place();
    return existsSync(program) && (this.#source.files.length === 0 || existsSync(files));
  }

  /** Builds it, unless it is there. Throws where there is no Go, or the build fails; its message has the reason. */
  async build() {
    if (await this.isBuilt()) return;
    const place = await this.place();
    // Of its own, and moved when it is whole: another run on this machine may build the same.
    await mkdir(dirname(place.folder), { recursive: true });
    const work = await mkdtemp(`${place.folder}-`);
    try {
      await this.#buildIn(work, place);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }

  async #buildIn(work, place) {
    const { folder, module, imported, flags, files } = this.#source;
    // Go writes into go.mod and go.sum: in a copy, so that the checkout stays as it is.
    for (const name of ['go.mod', 'tools.go']) await cp(join(folder, name), join(work, name));
    // A program that is ended ends what it started; the next one goes on from Go's cache.
    const ending = new AbortController();
    process.once('SIGTERM', () => ending.abort());
    const go = (...args) =>
      run('nice', ['-n', '10', 'go', ...args], {
        cwd: work,
        env: { ...process.env, GOTOOLCHAIN: TOOLCHAIN, GOFLAGS: '-mod=mod -buildvcs=false' },
        maxBuffer: 100_000_000,
        signal: ending.signal,
      });
    const whole = join(work, 'whole');
    await go('build', ...flags(await this.#version()), '-o', join(whole, basename(place.program)), imported);
    const sources = (await go('list', '-m', '-f', '{{.Dir}}', module)).stdout.trim();
    // The module cache may be emptied, and is read-only.
    for (const name of files)
      await cp(join(sources, name), join(whole, basename(place.static), name), { recursive: true });
    if (await this.isBuilt()) return;
    await rm(place.folder, { recursive: true, force: true });
    await rename(whole, place.folder);
  }

  /** The command `node build.mjs [--if-there]`: with the flag nothing is built, and the exit code says whether it is. */
  async runAsCommand() {
    const { title, minutes } = this.#source;
    if (process.argv.includes('--if-there')) {
      process.exitCode = (await this.isBuilt()) ? 0 : 1;
      return;
    }
    try {
      if (!(await this.isBuilt()))
        console.log(`building ${title} from its Go module: about ${minutes} CPU minutes, once`);
      await this.build();
    } catch (error) {
      console.error(
        error.code === 'ENOENT'
          ? `${title} cannot be built: there is no Go here`
          : `${title} could not be built: ${error.stderr || error.message}`,
      );
      process.exitCode = 1;
    }
  }

  async #version() {
    const { folder, module } = this.#source;
    const [, version] =
      new RegExp(`^require ${module} (v\\S+)$`, 'm').exec(await readFile(join(folder, 'go.mod'), 'utf8')) ?? [];
    if (version === undefined) throw new Error(`${folder}/go.mod does not require ${module}`);
    return version;
  }
}
