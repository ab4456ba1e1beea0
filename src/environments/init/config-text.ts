/** A proposal as the text of a config file. Pure. */
import { oneLine } from '../../core/escape.ts';
import type { Proposal, ProposedApp, ProposedEnvironment } from './propose.ts';

const HEAD = `# Proposed by manifest-release-pr, mode init, from the images in this repository. Change it as you like: it is never overwritten.
# The keys are explained in docs/environments.md of manifest-release-pr.`;

/** Comments name so many of what was left out. */
const MOST_NOTES = 50;

/** The whole file, with comments where a person has to decide. */
export function configText({ apps, notes }: Proposal): string {
  const shown = notes.slice(0, MOST_NOTES).map((note) => comment('', note));
  const more = notes.length - shown.length;
  const left =
    more > 0 ? [...shown, comment('', `${more} more images are in no environment; mode scan lists them`)] : shown;
  return [HEAD, 'apps:', ...apps.flatMap(appLines), ...(left.length > 0 ? ['', ...left] : []), ''].join('\n');
}

function appLines({ name, images, environments, notes }: ProposedApp): string[] {
  return [
    ...notes.map((note) => comment('  ', note)),
    `  ${name === '*' ? '"*"' : scalar(name)}:`,
    `    images: ${list(images)}`,
    '    environments:',
    ...environments.flatMap((environment, index) => environmentLines(environment, environments[index - 1])),
  ];
}

function environmentLines(
  { name, kind, paths }: ProposedEnvironment,
  before: ProposedEnvironment | undefined,
): string[] {
  const delivery = kind === 'development' ? 'push' : 'pull-request';
  const line = `      ${scalar(name)}: { paths: ${list(paths.map(pathspec))}, delivery: ${delivery} }`;
  if (!before || before.kind === kind) return [line];
  return [comment('      ', `To have ${name} wait for ${before.name}, add: after: ${before.name}`), line];
}

/** A path as git takes it literally. */
const pathspec = (path: string): string => (/^:|[*?[\]\\]/.test(path) ? `:(literal)${path}` : path);

const list = (texts: readonly string[]): string => `[${texts.map(scalar).join(', ')}]`;

/** Plain where every reader takes it for that text. */
const scalar = (text: string): string =>
  /^[A-Za-z][\w./-]*$/.test(text) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);

const comment = (indentation: string, text: string): string => `${indentation}# ${oneLine(text, 500)}`;
