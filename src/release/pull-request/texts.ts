/** The variables of a release -> its texts, by its templates. */
import { failure } from '../../core/errors.ts';
import { oneCommitLine } from '../../core/escape.ts';
import { matchesParts } from '../../core/wildcard.ts';
import type { Templates } from '../../inputs/inputs.ts';
import { renderTemplate } from './template.ts';
import type { Variables } from './template-variables.ts';
import type { PlanVariables } from './variables.ts';

/** What shortens a list. */
type Shortened = 'imagesMore' | 'placesMore' | 'commitsMore' | 'leftMore';

/** Items of each list of a body, where there is room for them; fewer where there is not. */
const LISTED = [50, 20, 5, 0];

/** Of a pull request, in the markup of its forge. */
export interface ReleaseTexts {
  readonly title: string;
  readonly body: string;
}

/** The whole message without its trailers. Throws the TEMPLATE_… failures, as do those below. */
export function renderCommitMessage(templates: Templates, variables: PlanVariables): string {
  return renderTemplate('commit-message', templates['commit-message'], variables, 'commit');
}

/**
 * The title has less than `limits.title` characters (UTF-16 code units). A body that takes more than three quarters of its limit,
 * of which metadata and notes by others have the rest, gets shorter lists. Throws INPUT_INVALID where the title is empty.
 */
export function renderTexts(
  templates: Templates,
  variables: Omit<Variables, Shortened>,
  limits: { readonly title: number; readonly body: number },
): ReleaseTexts {
  const whole = shortened(variables, Infinity);
  const title = oneCommitLine(renderTemplate('title', templates.title, whole, 'commit').trim(), limits.title - 1);
  if (title === '') throw failure('INPUT_INVALID', { input: 'title', value: templates.title, reason: 'is empty' });
  let body = '';
  for (const most of LISTED) {
    body = renderTemplate('body', templates.body, shortened(variables, most), 'markdown').trim();
    if (body.length <= (limits.body * 3) / 4) break;
  }
  return { title, body };
}

function shortened(variables: Omit<Variables, Shortened>, most: number): Variables {
  const { imageChanges: images, places, commits, left } = variables;
  const more = (list: readonly unknown[]): string => (list.length > most ? String(list.length - most) : '');
  return {
    ...variables,
    imageChanges: images.slice(0, most),
    imagesMore: more(images),
    places: places.slice(0, most),
    placesMore: more(places),
    commits: commits.slice(0, most),
    commitsMore: more(commits),
    left: left.slice(0, most),
    leftMore: more(left),
  };
}

/** Whether a label is what one of the templates may give for some version. */
export function isTemplatedLabel({ attributes: { labels } }: Templates, label: string): boolean {
  return labels.some((template) => template === label || matchesParts(label, template.split(/\{{2,3}[^{}]*\}+/), 1));
}

/** Labels of at most `limit` characters, each once. */
export function renderLabels(templates: Templates, variables: PlanVariables, limit: number): string[] {
  const labels = templates.attributes.labels
    .map((label) => renderTemplate('labels', label, variables, 'line').trim().slice(0, limit))
    .filter((label) => label !== '');
  return [...new Set(labels)];
}
