/** The inputs of the Action, which are flags of the command line too. action.yml and docs/inputs.md are checked against them. */
import { BOOLEAN, WORKFLOW_TOKEN, type InputDefinition } from './definition.ts';

export const INPUTS = [
  {
    name: 'repository',
    description:
      'Manifest repository: owner/name on the server of this CI (else on github.com), a git URL (https, ssh), or a local path.',
    default: '${{ github.repository }}',
  },
  {
    name: 'images',
    description:
      'Images to release, one per line: name:tag, name:tag@sha256:…, name@sha256:…, or old=new:tag to move to another ' +
      'repository too; or the tags or json output of docker/metadata-action, or the metadata output of docker/bake-action; or @path of JSON files with such outputs.',
    list: 'lines',
  },
  {
    name: 'paths',
    description: 'Git pathspecs, one per line, of the manifests to change. Default: the whole repository.',
    list: 'lines',
    perEnvironment: 'filled',
  },
  {
    name: 'base',
    description: 'Branch that the pull request goes into. Default: the default branch of the repository.',
    perEnvironment: 'filled',
  },
  {
    name: 'branch',
    description: 'Template of the release branch.',
    default: 'release/{{ name }}',
    perEnvironment: 'rendered',
  },
  {
    name: 'title',
    description: 'Template of the pull request’s title.',
    default:
      '{{ action }} {{ name }} {{#from}}{{ from }} → {{/from}}{{ version }}{{#from}}{{#step}} ({{ step }}){{/step}}{{/from}}',
    perEnvironment: 'rendered',
  },
  {
    name: 'commit-message',
    description: 'Template of the commit message. Default: the title’s default and a list of the changes.',
    perEnvironment: 'rendered',
  },
  {
    name: 'labels',
    description: 'Labels, by lines or commas; templates, as bump/{{ bump }}.',
    list: 'names',
    perEnvironment: 'rendered',
  },
  {
    name: 'reviewers',
    description: 'Login names to ask for a review, by lines or commas; organisation/team for a team.',
    list: 'names',
    perEnvironment: 'filled',
  },
  {
    name: 'draft',
    description: 'Open the pull request as a draft: false, true, or always-true (an update makes it a draft again).',
    default: 'false',
    choices: ['false', 'true', 'always-true'],
    perEnvironment: 'filled',
  },
  {
    name: 'delivery',
    description: 'pull-request, or push: the commit goes straight to the base branch.',
    default: 'pull-request',
    choices: ['pull-request', 'push'],
    perEnvironment: 'filled',
  },
  {
    name: 'sign-commits',
    description:
      'Sign the commit: by GitHub, or with the SSH or GPG key of the environment variable MANIFEST_RELEASE_SIGNING_KEY.',
    default: 'false',
    choices: BOOLEAN,
    perEnvironment: 'filled',
  },
  {
    name: 'force',
    description:
      'Release also a version that is older than the present one, whose pull request was closed without merging, or that ' +
      'was rolled back.',
    default: 'false',
    choices: BOOLEAN,
  },
  { name: 'dry-run', description: 'Plan and show all changes, write nothing.', default: 'false', choices: BOOLEAN },
  {
    name: 'wait',
    description:
      'What the run waits for after its release: none, merge (until the pull request is merged or closed), or deployed (until ' +
      'the agents of the setting verdict say whether it is deployed). With mode wait: deployed, unless it is merge.',
    default: 'none',
    choices: ['none', 'merge', 'deployed'],
    perEnvironment: 'filled',
  },
  {
    name: 'mode',
    description:
      'release; wait (for a pull request or commit of an earlier job); for an app of the config file: promote (versions of ' +
      'another environment), rollback (to an earlier version), status (present versions) or list-versions (earlier versions); ' +
      'or, for a repository that is new to this Action: scan (list all places of images) or init (propose a config file).',
    default: 'release',
    choices: ['release', 'promote', 'rollback', 'status', 'list-versions', 'wait', 'scan', 'init'],
  },
  {
    name: 'app',
    description:
      'Name of the app in the config file. Without it a release has only the defaults of the file, and status shows all apps.',
  },
  {
    name: 'environments',
    description:
      'Environments of the app, by lines or commas; with mode promote, those that get the versions. Default: of a release all that are after no other; of status and list-versions all.',
    list: 'names',
  },
  {
    name: 'version',
    description:
      'A tag, tag@sha256:… or digest for all images of the app, in place of images; with mode rollback, the version to go back ' +
      'to (default: the previous one).',
  },
  { name: 'from', description: 'With mode promote: the environment to take the versions from.' },
  { name: 'reason', description: 'Reason for the release, promotion or rollback, shown in its texts.' },
  {
    name: 'token',
    description:
      'Token for git and the API, with Contents: write and Pull requests: write on the manifest repository. The default, the ' +
      'token of the workflow, goes to the server of the workflow alone.',
    // With a mark, which shows that the token is the default and was not given.
    default: `\${{ format('${WORKFLOW_TOKEN}{0}', github.token) }}`,
    variable: 'MANIFEST_RELEASE_TOKEN',
  },
  {
    name: 'source-token',
    description: 'Token that reads the commits of the source repository. Default: the token of the workflow.',
    default: `\${{ format('${WORKFLOW_TOKEN}{0}', github.token) }}`,
    variable: 'MANIFEST_RELEASE_SOURCE_TOKEN',
  },
  {
    name: 'app-client-id',
    description: 'Client ID (or App ID) of a GitHub App whose installation token is used in place of token.',
  },
  {
    name: 'app-private-key',
    description: 'Private key of that App, in PEM.',
    variable: 'MANIFEST_RELEASE_APP_PRIVATE_KEY',
  },
  {
    name: 'settings',
    description:
      'Further settings, as YAML: keys that the config file may have under defaults. They override the file.',
  },
] as const satisfies readonly InputDefinition[];
