/** What CI systems take for marks in a log: groups that they fold, warnings and errors that they count. */

export type IssueKind = 'warning' | 'error';

/** The marks of one CI. All texts are safe for a log; a title is one line. */
export interface LogMarks {
  /** `section` is a name that no other group of the run has. */
  readonly begin: (title: string, section: string) => string;
  readonly end: (section: string) => string;
  /** A text of one or more lines as a warning or an error, on one line; absent where the CI marks neither. */
  readonly issue?: (kind: IssueKind, text: string) => string;
}

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
export const ACTIONS_MARKS: LogMarks = {
  begin: (title) => `::group::${title}`,
  end: () => '::endgroup::',
  issue: (kind, text) => `::${kind}::${onOneLine(text, '%25')}`,
};

/** https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands */
export const AZURE_MARKS: LogMarks = {
  begin: (title) => `##[group]${title}`,
  end: () => '##[endgroup]',
  issue: (kind, text) => azureCommand(`task.logissue type=${kind}`, text),
};

/** A command of Azure; `data` may have several lines. */
export const azureCommand = (command: string, data: string): string => `##vso[${command}]${onOneLine(data, '%AZP25')}`;

const seconds = (): number => Math.floor(Date.now() / 1000);
const CLEAR = '\u001b[0K';

/** https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections */
export const GITLAB_MARKS: LogMarks = {
  begin: (title, section) => `${CLEAR}section_start:${seconds()}:${section}\r${CLEAR}${title}`,
  end: (section) => `${CLEAR}section_end:${seconds()}:${section}\r${CLEAR}`,
};

/** The data of a command, in which a percent sign is written as `percent`. */
const onOneLine = (text: string, percent: string): string =>
  text.replaceAll('%', percent).replaceAll('\r', '%0D').replaceAll('\n', '%0A');
