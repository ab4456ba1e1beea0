/** The log of a run. Every text is made safe for a CI log here, and secrets are removed. */
import type { ReleaseError } from './errors.ts';
import { forLog, oneLine } from './escape.ts';
import type { Problem } from './objects.ts';

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
}

const ignore = (): void => undefined;

/** For work whose steps are not told. */
export const SILENT: Log = {
  step: ignore,
  problem: ignore,
  warn: ignore,
  group: ignore,
  line: ignore,
  debug: ignore,
};

/** A log that writes lines; those of `debug` only where `debug` is true. `secrets` never appear in them. */
export class LineLog implements Log {
  readonly #write: (line: string) => void;
  readonly #secrets: readonly string[];
  protected readonly isDebug: boolean;

  constructor(write: (line: string) => void, secrets: readonly string[], { debug } = { debug: false }) {
    this.#write = write;
    this.#secrets = secrets;
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
    this.#write(this.safe(text));
  }

  debug(text: string): void {
    if (this.isDebug) this.line(`- debug: ${oneLine(text, 1000)}`);
  }

  /** The text as it may be shown. */
  protected safe(text: string): string {
    return redact(forLog(text), this.#secrets);
  }
}

/** A failure as text: the message, then the hint and the code. */
export function describe({ message, hint, code }: ReleaseError): string {
  return `${message}\n${hint} [${code}]`;
}

/** The text without the secrets. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((safe, secret) => (secret === '' ? safe : safe.replaceAll(secret, '***')), text);
}
