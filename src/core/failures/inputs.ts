/** Failures of inputs, and of variables that the CI sets. */
import { oneLine, quote } from '../escape.ts';
import { clause, define } from './define.ts';

/** Its value may be in the config file, where the failure has its place then. */
interface PathsFailure {
  readonly input: 'paths';
}

interface InvalidInput {
  readonly input: string;
  readonly value: string;
  readonly reason: string;
  /** Where the page of all inputs does not help. */
  readonly hint?: string;
}

/** The contexts of expressions of GitHub Actions. */
const OF_ACTIONS = /^(?:github|env|vars|secrets|inputs|steps|needs|matrix|runner|job)\./;

export const inputFailures = {
  /** `where` is where it is given, as a phrase. */
  INPUT_MISSING: define('yours', ({ input, where }: { input: string; where: string }) => ({
    message: `Input ${quote(input)} is empty.`,
    hint: `Give it ${where}.`,
  })),
  INPUT_UNKNOWN: define('yours', ({ input, nearest }: { input: string; nearest: readonly string[] }) => ({
    message: `Input ${quote(input)} is unknown.`,
    hint:
      (nearest.length > 0 ? `Did you mean ${nearest.join(' or ')}? ` : '') +
      'All are in docs/inputs.md of manifest-release-pr.',
  })),
  INPUT_IS_SETTING: define('yours', ({ input, where }: { input: string; where: string }) => ({
    message: `${quote(input)} is a setting, and no input of the step.`,
    hint: `Give it ${where}.`,
  })),
  INPUT_INVALID: define('yours', ({ input, value, reason, hint }: InvalidInput) => ({
    message: `Input ${quote(input)} is ${quote(value)}, which ${clause(reason)}.`,
    hint: hint ?? 'The values that it may have are in docs/inputs.md of manifest-release-pr.',
  })),
  VARIABLE_INVALID: define(
    'yours',
    ({ variable, value, reason }: { variable: string; value: string; reason: string }) => ({
      message: `Environment variable ${oneLine(variable)} is ${quote(value)}, which ${clause(reason)}.`,
      hint: 'The CI system sets this variable. Set it to a valid value, or unset it.',
    }),
  ),
  IMAGE_INVALID: define('yours', ({ value, reason }: { value: string; reason: string }) => ({
    message: `Input "images" has ${quote(value)}, which ${clause(reason)}.`,
    hint: 'Write name:tag, name:tag@sha256:… or name@sha256:…, one per line; old=new:tag moves to another repository.',
  })),
  IMAGES_UNREADABLE: define('yours', ({ value, reason }: { value: string; reason: string }) => ({
    message: `Input "images" has ${quote(value, 60)}, which ${clause(reason)}.`,
    hint:
      'Pass the "json" output of docker/metadata-action or the "metadata" output of docker/bake-action as it is; behind "@" ' +
      'is the path of a JSON file with one of these, or of a folder with such files.',
  })),
  IMAGE_TWO_VERSIONS: define('yours', ({ image, versions }: { image: string; versions: readonly string[] }) => ({
    message: `Input "images" gives ${oneLine(image)} two versions: ${versions.map((version) => quote(version)).join(' and ')}.`,
    hint: 'Give each image one version.',
  })),
  IMAGE_TAG_MOVES: define(
    'yours',
    ({ input, image, tags }: { input: string; image: string; tags: readonly string[] }) => ({
      message:
        `Input ${quote(input)} gives ${oneLine(image)} only ${tags.map((tag) => quote(tag)).join(' and ')}, which ` +
        `${tags.length === 1 ? 'moves' : 'move'}: the next build would look unchanged.`,
      hint:
        'Give a tag that stays with its build: a version, as name:1.4.2; or the commit, as type=sha of docker/metadata-action ' +
        'makes it; or add the digest, name:tag@sha256:…, which docker/build-push-action has as its output "digest".',
    }),
  ),
  VERSION_NOT_ALLOWED: define('yours', ({ image, range }: { image: string; range: string }) => ({
    message: `${quote(image)} is not in the range of the setting "allowed-versions": ${quote(range)}.`,
    hint: 'Release a version within that range, or change the setting "allowed-versions".',
  })),
  TEMPLATE_INVALID: define('yours', ({ input, reason }: { input: string; reason: string }) => ({
    message: `Input ${quote(input)} is not a valid template: ${clause(reason)}.`,
    hint: 'Templates are Mustache: {{ name }}, and {{#changes}} … {{/changes}} for lists.',
  })),
  TEMPLATE_VARIABLE_UNKNOWN: define(
    'yours',
    ({ input, variable, nearest }: { input: string; variable: string; nearest: string | undefined }) => ({
      message: `Input ${quote(input)} uses the unknown template variable ${quote(variable)}.`,
      hint:
        (OF_ACTIONS.test(variable)
          ? 'An expression ${{ … }} of GitHub Actions has a value in a workflow alone. '
          : '') +
        (nearest === undefined ? '' : `Did you mean "${nearest}"? `) +
        'All are in docs/templates.md of manifest-release-pr.',
    }),
  ),
  TEMPLATE_VARIABLE_EMPTY: define('yours', ({ input, variable }: { input: string; variable: string }) => ({
    message: `Input ${quote(input)} uses {{ ${oneLine(variable)} }}, which has no value in this run.`,
    hint: `Use another variable, or write {{#${variable}}} … {{/${variable}}} around the part that needs it.`,
  })),
  BRANCH_INVALID: define('yours', ({ branch }: { branch: string }) => ({
    message: `Input "branch" gives ${quote(branch)}, which is not a valid branch name for Git.`,
    hint: 'No spaces, no "..", none of ~ ^ : ? * [ \\, no "/" or ".lock" at the end.',
  })),
  BRANCH_TAKEN: define(
    'yours',
    ({ branch, release, other, input }: { branch: string; release: string; other: string; input: string }) => ({
      message: `Branch ${quote(branch)} belongs to the release of ${oneLine(other)}, and this is the release of ${oneLine(release)}.`,
      hint: `Give each of the two a branch of its own: set the input ${quote(input)} of one of them.`,
    }),
  ),
  BRANCH_IS_BASE: define('yours', ({ branch }: { branch: string }) => ({
    message: `Inputs "branch" and "base" are the same branch, ${quote(branch)}.`,
    hint: 'The release needs a branch of its own, such as release/{{ name }}.',
  })),
  BRANCH_LONG_LIVED: define('yours', ({ branch }: { branch: string }) => ({
    message: `Input "branch" gives ${quote(branch)}, a branch that many use: a release would overwrite and delete it.`,
    hint: 'Give the release a branch of its own, such as release/{{ name }}.',
  })),
  PATHS_INVALID: define('yours', ({ reason }: PathsFailure & { reason: string }) => ({
    message: `Input "paths" is not a list of pathspecs that Git takes: ${clause(reason)}.`,
    hint:
      'Write one pathspec per line, from the root of the repository and without a "/" before it: apps/web, or ' +
      ':(glob)apps/*/values.yaml.',
  })),
  PATHS_MATCH_NOTHING: define(
    'yours',
    ({
      pathspec,
      where,
      nearest,
    }: PathsFailure & { pathspec: string; where: string; nearest?: string | undefined }) => ({
      message: `Input "paths" has ${quote(pathspec)}, which matches no file on ${quote(where)}.`,
      hint:
        (nearest === undefined ? '' : `Did you mean ${quote(nearest)}? `) +
        'Write one pathspec per line, from the root of the repository and in its case: apps/web; *web* matches at any depth.',
    }),
  ),
  PATHS_NOT_FOLLOWED: define('yours', ({ file, type }: PathsFailure & { file: string; type: string }) => ({
    message: `Input "paths" leads to ${quote(file)}, which is a ${oneLine(type)}; it is never followed.`,
    hint: 'Name the folder or file that it refers to.',
  })),
};
