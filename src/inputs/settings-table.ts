/** What is set more rarely: keys of the config file and of the input `settings`, and flags of the command line. */
import { FORGE_KINDS } from '../forge/kind.ts';
import { BOOLEAN, type InputDefinition } from './definition.ts';

export const SETTINGS = [
  {
    name: 'forge',
    description:
      'Kind of the server of that repository, where its address, the CI and a question to it do not say: auto, github, gitlab, gitea, forgejo, ' +
      'bitbucket-cloud, bitbucket-data-center, azure-devops, codecommit, or git for any other.',
    default: 'auto',
    choices: ['auto', ...FORGE_KINDS],
  },
  {
    name: 'only-tags',
    description:
      'A tag, a glob (agent-*, *-alpine) or a range of versions (1.x, >=1.2 <2): only places with such a tag are changed.',
    perEnvironment: 'filled',
  },
  {
    name: 'targets',
    description:
      'Further places, one per line, that no convention finds: file#/json/pointer=image or file#dotted.path=image; ' +
      'file#kind/name#path where a file has several documents. One image needs no =image.',
    list: 'lines',
    perEnvironment: 'filled',
  },
  {
    name: 'insert',
    description:
      'Write a version also to places that have none yet, where one belongs: an empty tag, an entry of a kustomization ' +
      'without newTag, an image without a tag.',
    default: 'false',
    choices: BOOLEAN,
    perEnvironment: 'filled',
  },
  {
    name: 'image-policies',
    description: 'Flux image policies that are not in the repository, one per line: namespace:policy=image.',
    list: 'lines',
    perEnvironment: 'filled',
  },
  {
    name: 'name',
    description:
      'Name of the release. Default: last component of the first image’s repository; of an environment, app-environment.',
    perEnvironment: 'filled',
  },
  {
    name: 'body',
    description:
      'Template of the pull request’s body, in Markdown. Default: what a reviewer needs, see docs/pull-request.md.',
    perEnvironment: 'rendered',
  },
  {
    name: 'source-commits',
    description:
      'Whether the pull request lists the commits of the source repository: auto (not those of a repository that is not public, ' +
      'where the manifest repository is), or always.',
    default: 'auto',
    choices: ['auto', 'always'],
    perEnvironment: 'filled',
  },
  {
    name: 'render',
    description:
      'What kustomize and Helm render from the changed files, before and after: auto (as far as the tools are on the PATH and ' +
      'nothing has to be fetched), off, or require (an error where something is not rendered).',
    default: 'auto',
    choices: ['auto', 'off', 'require'],
    perEnvironment: 'filled',
  },
  {
    name: 'registry',
    description:
      'Before anything is written the registry of each released image is asked about it: check (an absent tag, or a digest that ' +
      'is not the one of the tag, is an error; a registry that cannot be read is noted), require (that is an error too), or off.',
    default: 'check',
    choices: ['check', 'require', 'off'],
    perEnvironment: 'filled',
  },
  {
    name: 'pin',
    description:
      'What the digest from the registry is written to: keep (places that have a digest), always (all places, as tag@digest), or ' +
      'never.',
    default: 'keep',
    choices: ['keep', 'always', 'never'],
    perEnvironment: 'filled',
  },
  {
    name: 'platforms',
    description: 'Platforms, by lines or commas, that each released image must be for: linux/amd64.',
    list: 'names',
    perEnvironment: 'filled',
  },
  {
    name: 'verify',
    description:
      'Who built the image is proved before anything is written: none, attestation (a build provenance of GitHub), or cosign (a ' +
      'signature).',
    default: 'none',
    choices: ['none', 'attestation', 'cosign'],
    perEnvironment: 'filled',
  },
  {
    name: 'signer',
    description:
      'Who must have signed. For attestation: owner/repo, owner/repo/.github/workflows/file.yml, or both for a reusable workflow ' +
      'of another repository. For cosign: an identity and its issuer, or a public key in PEM.',
    perEnvironment: 'filled',
  },
  {
    name: 'trusted-root',
    description:
      'Trusted root of Sigstore, as gh attestation trusted-root or cosign trusted-root create print it: private repositories need ' +
      'that. Default: the one of the public Sigstore.',
    perEnvironment: 'filled',
  },
  {
    name: 'allowed-versions',
    description: 'Range of versions (>=1.0.0) that the base allows; a release of any other version is an error.',
    perEnvironment: 'filled',
  },
  {
    name: 'on-foreign-commits',
    description:
      'When others committed on the release branch: append (our commit goes on top), stop (an error that names them) ' +
      'or reset (their commits are overwritten).',
    default: 'append',
    choices: ['append', 'stop', 'reset'],
    perEnvironment: 'filled',
  },
  {
    name: 'assignees',
    description: 'Login names to assign, by lines or commas.',
    list: 'names',
    perEnvironment: 'filled',
  },
  { name: 'milestone', description: 'Title or number of an open milestone.', perEnvironment: 'filled' },
  {
    name: 'auto-merge',
    description: 'Let the server merge when all rules are met: none, merge, squash or rebase.',
    default: 'none',
    choices: ['none', 'merge', 'squash', 'rebase'],
    perEnvironment: 'filled',
  },
  {
    name: 'wait-timeout',
    description: 'How long it waits at most, for the merge and the verdict together: 90s, 30m or 2h.',
    default: '30m',
    perEnvironment: 'filled',
  },
  {
    name: 'verdict',
    description:
      'Commit statuses that say whether a commit is deployed, one per line, all of which must be there: flux, argo-cd, a context ' +
      '(kustomization/web, deploy-*), or deployment/environment or check/name on GitHub; with “by login” only those of that author.',
    list: 'lines',
    perEnvironment: 'filled',
  },
  {
    name: 'wait-for',
    description:
      'With mode wait: the number of a pull request, or the whole id of a commit of the branch in the input base.',
  },
  {
    name: 'config',
    description: 'Path of the config file in the manifest repository, which lists the environments of each app.',
    default: '.github/manifest-release.yaml',
  },
  {
    name: 'ssh-key',
    description: 'Private deploy key for git over ssh; the API still needs a token.',
    variable: 'MANIFEST_RELEASE_SSH_KEY',
  },
  { name: 'ssh-known-hosts', description: 'Lines of known_hosts for the server. Default: those of github.com.' },
  {
    name: 'signing-key',
    description: 'Private SSH or GPG key that signs commits, without a passphrase.',
    variable: 'MANIFEST_RELEASE_SIGNING_KEY',
  },
  {
    name: 'author',
    description:
      'Author and committer of the commit, as Name <email>. Default: in GitHub Actions github-actions[bot], elsewhere ' +
      'manifest-release-pr <manifest-release-pr@noreply.invalid>.',
    perEnvironment: 'filled',
  },
] as const satisfies readonly InputDefinition[];
