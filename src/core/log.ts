/** Where a release tells what it does. Every text is made safe for a CI log here, and secrets are taken out of it. */
import type { ReleaseError } from './errors.ts';
import { forLog, oneLine } from './escape.ts';
import type { Problem } from './objects.ts';

export interface Log {
  /** One line for one step of the work. */
  step(text: string): void;
  /** Something in a manifest that a person should look at; the release goes on. */
  problem(problem: Problem): void;
  /** Something else that a person should look at. */
  warn(text: string): void;
  /** Begins a part of the work, folded away where the CI can; ends the one before. */
  group(title: string): void;
  /** A longer text. */
  line(text: string): void;
  /** One line for a search for a mistake; shown only where debugging is on. */
  debug(text: string): void;
}

/** A log that writes lines. `secrets` never appear in them. */
export class LineLog implements Log {
  readonly #write: (line: string) => void;
  readonly #secrets: readonly string[];
  readonly #debug: boolean;

  constructor(write: (line: string) => void, secrets: readonly string[], { debug } = { debug: false }) {
    this.#write = write;
    this.#secrets = secrets;
    this.#debug = debug;
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

  debug(text: string): void {
    if (this.#debug) this.line(`debug: ${oneLine(text, 1000)}`);
  }

  line(text: string): void {
    this.#write(this.safe(text));
  }

  /** The text as it may be shown. */
  protected safe(text: string): string {
    return redact(forLog(text), this.#secrets);
  }
}

/** A failure as people read it: what happened, then what to do. */
export function describe({ message, hint, code }: ReleaseError): string {
  return `${message}\n${hint} [${code}]`;
}

/** The text without the secrets. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((safe, secret) => (secret === '' ? safe : safe.replaceAll(secret, '***')), text);
}
