/** What GitHub answers while a push or an opening has not reached all of its servers: for `failNext`. */
import type { Answer } from './exchange.ts';

const DOCUMENTATION = 'https://docs.github.com/rest/pulls/pulls#create-a-pull-request';

const invalid = (...errors: readonly (object | string)[]): Answer => ({
  status: 422,
  body: { message: 'Validation Failed', errors, documentation_url: DOCUMENTATION, status: '422' },
});
const custom = (message: string): object => ({ resource: 'PullRequest', code: 'custom', message });
const missing = (field: string): object => ({ resource: 'PullRequest', field, code: 'missing_field' });
const graphql = (field: string, type: string, message: string): Answer => ({
  status: 200,
  body: { data: { [field]: null }, errors: [{ type, path: [field], locations: [{ line: 2, column: 3 }], message }] },
});
const refused = (status: number, message: string): Answer => ({
  status,
  body: { message, documentation_url: DOCUMENTATION, status: String(status) },
});

/** Answers to the opening of a pull request right after the push of its branch. */
export const LAG_OF_A_PUSH: Readonly<Record<string, Answer>> = {
  'no commits': invalid(custom('No commits between main and release/web')),
  'a head that is invalid': invalid({ resource: 'PullRequest', field: 'head', code: 'invalid' }),
  'fields that are missing': invalid(
    missing('head_sha'),
    missing('base_sha'),
    custom('No commits between main and web'),
  ),
  'fields that are blank': invalid(custom("Head sha can't be blank"), custom("Base sha can't be blank")),
  'a head that is no branch': invalid(custom('Head ref must be a branch')),
  'a repository that is blank': invalid(custom("Head repository can't be blank")),
  'refs that are not readable': invalid(custom('not all refs are readable')),
  'a head in quotes': refused(422, 'Invalid value for "head"'),
  'a node that is not there': invalid("Could not resolve to a node with the global id of 'PR_kwDOA'."),
};

/** Answers to a change of a pull request right after its opening. */
export const LAG_OF_AN_OPENING: Readonly<Record<string, Answer>> = {
  'not found': refused(404, 'Not Found'),
  'a node that is not there': invalid("Could not resolve to a node with the global id of 'PR_kwDOA'."),
};

/** Answers to a merge right after the opening. */
export const LAG_OF_A_MERGE: Readonly<Record<string, Answer>> = {
  'a base that moved': refused(405, 'Base branch was modified. Review and try the merge again.'),
  'a state that is not known': refused(405, 'Pull Request is not mergeable'),
  'a head that moved': refused(409, 'Head branch was modified. Review and try the merge again.'),
};

/** Answers to auto-merge right after the opening. */
export const LAG_OF_AUTO_MERGE: Readonly<Record<string, Answer>> = {
  'a node that is not there': graphql(
    'enablePullRequestAutoMerge',
    'NOT_FOUND',
    "Could not resolve to a node with the global id of 'PR_kwDOA'.",
  ),
  'a state that is not known': graphql(
    'enablePullRequestAutoMerge',
    'UNPROCESSABLE',
    'Pull request Pull request is in unknown status',
  ),
};
