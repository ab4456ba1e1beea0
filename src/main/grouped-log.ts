/** The log of the command line: parts of the work are folded, warnings and errors are marked, where the CI can. */
import type { ReleaseError } from '../core/errors.ts';
import { oneLine } from '../core/escape.ts';
import { describe, LineLog, shown } from '../core/log.ts';
import type { Problem } from '../core/objects.ts';
import { safeText, type SafeText } from '../core/secrets.ts';
import type { IssueKind, LogMarks } from '../inputs/ci-systems/log-marks.ts';

/** A log with the marks of a CI, and plain lines without them. */
export class GroupedLog extends LineLog {
  readonly #write: (line: SafeText) => void;
  readonly progress?: (text: string) => void;
  readonly #marks: LogMarks | undefined;
  #groups = 0;
  #inGroup = false;

  constructor(
    write: (line: SafeText) => void,
    marks: LogMarks | undefined,
    options: { debug: boolean; progress?: (text: string) => void },
  ) {
    super(write, options);
    if (options.progress) this.progress = options.progress;
    this.#write = write;
    this.#marks = marks;
  }

  override group(title: string): void {
    this.endGroup();
    if (this.#marks === undefined) return super.group(title);
    this.#groups += 1;
    this.#inGroup = true;
    this.#write(safeText(this.#marks.begin(shown(oneLine(title)), this.#section())));
  }

  /** Ends the group that is open, if there is one. */
  endGroup(): void {
    if (this.#inGroup) this.#write(safeText(this.#marks?.end(this.#section()) ?? ''));
    this.#inGroup = false;
  }

  override problem({ file, line, message }: Problem): void {
    this.#issue('warning', `${oneLine(file)}:${line}: ${oneLine(message, 500)}`);
  }

  override warn(text: string): void {
    this.#issue('warning', oneLine(text, 500));
  }

  /** A failure, of one or more lines. */
  error(text: string): void {
    this.#issue('error', text);
  }

  /** A failure, and a line with its page. */
  failure(failed: ReleaseError, where = ''): void {
    this.error(where + describe(failed));
    this.line(`See ${failed.page}`);
  }

  #issue(kind: IssueKind, text: string): void {
    const mark = this.#marks?.issue;
    if (mark) this.#write(safeText(mark(kind, shown(text))));
    else this.line(`${kind === 'warning' ? '- ' : ''}${kind}: ${text}`);
  }

  #section(): string {
    return `manifest_release_${this.#groups}`;
  }
}
