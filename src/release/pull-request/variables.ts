/** Plan -> the texts of a release, by its templates. */
import type { Ci } from '../../inputs/ci.ts';
import { failure } from '../../core/errors.ts';
import { oneLine } from '../../core/escape.ts';
import { MAX_TITLE } from '../../forge/forge.ts';
import { formatVersion } from '../../core/image-reference.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { renderTemplate, type Variables } from './template.ts';
import { bumpOf, largestBump } from '../../core/version.ts';
import type { Change } from '../../core/objects.ts';

/** What is known before planning. */
export type RunVariables = Pick<
  Variables,
  | 'action'
  | 'app'
  | 'environment'
  | 'reason'
  | 'origin'
  | 'name'
  | 'version'
  | 'images'
  | 'source'
  | 'run'
  | 'actor'
  | 'base'
>;
/** What is known after it. */
export type PlanVariables = RunVariables & Pick<Variables, 'from' | 'bump' | 'changes'>;

/** GitHub's limit for the name of a label. */
const MAX_LABEL = 50;
/** Versions before that are named in a title. */
const MAX_FROM = 3;

export interface ReleaseTexts {
  readonly title: string;
  readonly body: string;
}

export function releaseVariables({ name, images, story }: Inputs, ci: Ci, base: string): RunVariables {
  const references = images.map(({ reference }) => reference);
  const { repository, commit, url } = ci.source;
  const { action, app, environment, reason, origin } = story;
  return {
    action,
    app,
    environment,
    reason,
    origin,
    name,
    version: references[0]?.tag ?? references[0]?.digest ?? '',
    images: references.map((reference) => ({
      name: reference.name,
      tag: reference.tag ?? '',
      digest: reference.digest ?? '',
      version: formatVersion(reference),
    })),
    source: { repository, commit, shortCommit: commit.slice(0, 7), url },
    run: { url: ci.runUrl },
    actor: ci.actor,
    base,
  };
}

export function planVariables(variables: RunVariables, changes: readonly Change[]): PlanVariables {
  const [first] = changes;
  const before = [...new Set(changes.filter(({ image }) => image === first?.image).map(({ from }) => from))];
  const rows = changes.map((change) => ({
    ...change,
    line: String(change.line),
    bump: bumpOf(change.from, change.to),
  }));
  const from = before.slice(0, MAX_FROM).join(', ') + (before.length > MAX_FROM ? ', …' : '');
  return {
    ...variables,
    from,
    bump: rows.length === 0 ? '' : largestBump(rows.map(({ bump }) => bump)),
    changes: rows,
  };
}

/** The variables as another build of the same application would have them. */
export function asAnotherBuild({ images, source, run, version, ...rest }: RunVariables): RunVariables {
  const other = (text: string): string => (text === '' ? '' : `${text}x`);
  return {
    ...rest,
    version: other(version),
    images: images.map((image) => ({
      name: image.name,
      tag: other(image.tag),
      digest: other(image.digest),
      version: other(image.version),
    })),
    source: {
      repository: source.repository,
      commit: other(source.commit),
      shortCommit: other(source.shortCommit),
      url: other(source.url),
    },
    run: { url: other(run.url) },
  };
}

/** Throws the TEMPLATE_… failures, as do those below. */
export function renderCommitMessage({ templates }: Inputs, variables: PlanVariables): string {
  return renderTemplate('commit-message', templates['commit-message'], variables, 'line');
}

export function renderTexts({ templates }: Inputs, variables: Variables): ReleaseTexts {
  const title = oneLine(renderTemplate('title', templates.title, variables, 'line').trim(), MAX_TITLE - 1);
  if (title === '') throw failure('INPUT_INVALID', { input: 'title', value: templates.title, reason: 'says nothing' });
  return { title, body: renderTemplate('body', templates.body, variables, 'markdown').trim() };
}

export function renderLabels({ attributes }: Inputs, variables: PlanVariables): string[] {
  const labels = attributes.labels
    .map((label) => renderTemplate('labels', label, variables, 'line').trim().slice(0, MAX_LABEL))
    .filter((label) => label !== '');
  return [...new Set(labels)];
}
