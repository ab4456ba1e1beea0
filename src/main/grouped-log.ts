/** The log of the command line: parts of the work are folded where the CI can. */
import { oneLine } from '../core/escape.ts';
import { LineLog, shown } from '../core/log.ts';
import { safeText, type SafeText } from '../core/secrets.ts';
import type { Ci } from '../inputs/ci.ts';

/** How a CI is told the beginning and the end of a group; `section` is a name that no other group of the run has. */
interface Marks {
  readonly begin: (title: SafeText, section: string) => string;
  readonly end: (section: string) => string;
}

const ACTIONS: Marks = { begin: (title) => `::group::${title}`, end: () => '::endgroup::' };

const seconds = (): number => Math.floor(Date.now() / 1000);
const CLEAR = '\u001b[0K';

/** Any other CI gets the title as a line. */
const MARKS: Readonly<Partial<Record<Ci['name'], Marks>>> = {
  'GitHub Actions': ACTIONS,
  'Gitea Actions': ACTIONS,
  'Forgejo Actions': ACTIONS,
  // https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
  'GitLab CI': {
    begin: (title, section) => `${CLEAR}section_start:${seconds()}:${section}\r${CLEAR}${title}`,
    end: (section) => `${CLEAR}section_end:${seconds()}:${section}\r${CLEAR}`,
  },
  // https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands#formatting-commands
  'Azure Pipelines': { begin: (title) => `##[group]${title}`, end: () => '##[endgroup]' },
};

/** A log whose groups are folded as `ci` does it. */
export class GroupedLog extends LineLog {
  readonly #write: (line: SafeText) => void;
  readonly #marks: Marks | undefined;
  #groups = 0;
  #inGroup = false;

  constructor(write: (line: SafeText) => void, ci: Ci['name'], options: { debug: boolean }) {
    super(write, options);
    this.#write = write;
    this.#marks = MARKS[ci];
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

  #section(): string {
    return `manifest_release_${this.#groups}`;
  }
}
