/** The log of a run. Every text is made safe for a CI log here, and secrets are removed. */
import type { ReleaseError } from './errors.ts';
import { forLog, oneLine } from './escape.ts';
import type { Problem } from './objects.ts';
import { safeText, type SafeText } from './secrets.ts';

export interface Log {
  /** One line for one step of the work. */
  step(text: string): void;
  /** A warning about a manifest; the release goes on. */
  problem(problem: Problem): void;
  /** Any other warning. */
  warn(text: string): void;
  /** Begins a part of the work, folded away where the CI can; ends the one before. */
  group(title: string): void;
  /** A longer text. */
  line(text: string): void;
  /** A detail for finding a fault; nothing unless debugging. */
  debug(text: string): void;
  /** How far a long step is, empty at its end; absent where no person waits at a terminal. */
  readonly progress?: (text: string) => void;
}

const ignore = (): void => undefined;

/** For work whose steps are not logged. */
export const SILENT: Log = {
  step: ignore,
  problem: ignore,
  warn: ignore,
  group: ignore,
  line: ignore,
  debug: ignore,
};

/** A log that writes lines; those of `debug` only where `debug` is true. */
export class LineLog implements Log {
  readonly #write: (line: SafeText) => void;
  protected readonly isDebug: boolean;

  constructor(write: (line: SafeText) => void, { debug } = { debug: false }) {
    this.#write = write;
    this.isDebug = debug;
  }

  step(text: string): void {
    this.line(`- ${oneLine(text, 1000)}`);
  }

  problem({ file, line, message }: Problem): void {
    this.line(`- warning: ${oneLine(file)}:${line}: ${oneLine(message, 500)}`);
  }

  warn(text: string): void {
    this.line(`- warning: ${oneLine(text, 500)}`);
  }

  group(title: string): void {
    this.line(`${oneLine(title)}:`);
  }

  line(text: string): void {
    this.#write(shown(text));
  }

  debug(text: string): void {
    if (this.isDebug) this.line(`- debug: ${oneLine(text, 1000)}`);
  }
}

/** A text as a log may show it. */
export function shown(text: string): SafeText {
  return safeText(forLog(safeText(text)));
}

/** A log that is written later, when its turn has come. */
export class DeferredLog implements Log {
  readonly #entries: ((log: Log) => void)[] = [];

  step(text: string): void {
    this.#entries.push((log) => log.step(text));
  }

  problem(problem: Problem): void {
    this.#entries.push((log) => log.problem(problem));
  }

  warn(text: string): void {
    this.#entries.push((log) => log.warn(text));
  }

  group(title: string): void {
    this.#entries.push((log) => log.group(title));
  }

  line(text: string): void {
    this.#entries.push((log) => log.line(text));
  }

  debug(text: string): void {
    this.#entries.push((log) => log.debug(text));
  }

  /** Writes all of it. */
  writeTo(log: Log): void {
    for (const entry of this.#entries.splice(0)) entry(log);
  }
}

/** A failure as text: the message, then the hint and the code. */
export function describe({ message, hint, code }: ReleaseError): string {
  return `${message}\n${hint} [${code}]`;
}
