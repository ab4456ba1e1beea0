/** The variables of templates: their names, which are documented, and their values. */

/** Name -> what it is. A nested table is an object; one in brackets is a list of them, to be used as a section. */
export const VARIABLES = {
  action: 'Release, Promote or Roll back',
  app: 'the app of the config file',
  environment: 'its environment',
  name: 'the release’s name',
  version: 'version of the first image: its tag, else its digest',
  images: [
    {
      name: 'the image as given, without version',
      tag: 'its tag',
      digest: 'its digest',
      version: 'tag@digest, as far as given',
    },
  ],
  from: 'version before of the first image; several where places differ; empty where there was none, or the same',
  bump: 'the largest step among the changes: major, minor, patch, down, or unordered (also the first version of a place)',
  step: 'the same for a person: empty where there is no order',
  imageChanges: [
    {
      image: 'an image that changes, as the manifests spell it',
      from: 'its versions before; empty for a first version',
      to: 'its version after',
      step: 'the step between the two: major, minor, patch or down; empty where there is no order',
      places: 'how many places have it',
      registry: 'what its registry says: digest, platforms and age; or "not checked"',
      builtBy: 'who was verified to have built it, or "not checked"',
    },
  ],
  checked: 'set where the registries were asked',
  unchecked: 'why images were not checked; empty where all were',
  imagesMore: 'how many images are not in that list; empty for none',
  placeCount: 'how many places change in how many files, as "10 places in 4 files"',
  placesFolded: 'set where the places are more than five',
  places: [
    {
      file: 'path of the manifest',
      line: 'line in it',
      where: 'path in the document',
      image: 'the image as the manifest spells it',
      from: 'version before, its digest cut to twelve characters; empty for a place that had none',
      to: 'version after, cut in the same way',
      note: 'what changes beside the version; else empty',
    },
  ],
  placesMore: 'how many places are not in that list; empty for none',
  changes: [
    {
      file: 'path of the manifest',
      line: 'line in it',
      where: 'path in the document',
      image: 'the image as the manifest spells it',
      from: 'version before; empty for a place that had none',
      to: 'version after',
      note: 'what changes beside the version: quoted, forceString: true; else empty',
      bump: 'the step between the two: major, minor, patch, down, or unordered',
    },
  ],
  leftCount: 'how many lines keep another version of a released image, as "2 lines"; empty for none',
  left: [
    {
      file: 'path of a file that has one',
      line: 'line in it',
      image: 'the image as it is spelled there',
      version: 'the version that is there',
      reason: 'why it was left, e.g. "is in a template"',
    },
  ],
  leftMore: 'how many lines are not in that list; empty for none',
  rendered: 'what changes in the cluster, as Markdown; empty where nothing was rendered',
  reason: 'why, as the input says',
  origin: {
    environment: 'environment that the versions were promoted from',
    since: 'when they came there, or in a rollback, when they were there before',
    pull: 'number of the pull request that brought them there',
    pullUrl: 'web page of that pull request',
    age: 'how long they were there at the time of this run, as "3 days"',
  },
  skipped: 'versions that the pull request carried on the way here, and that were never merged',
  contents: {
    summary: 'how many commits of the source repository are in it, or why that is not known',
    url: 'web page that compares the two versions',
  },
  commits: [
    {
      commit: 'id of a commit that is in it',
      shortCommit: 'its first seven characters',
      author: 'who wrote it',
      subject: 'first line of its message',
      mark: 'Breaking change or Revert, as a conventional commit says; else empty',
      url: 'web page of that commit',
      pull: 'number of its pull request',
      pullUrl: 'web page of that pull request',
    },
  ],
  commitsMore: 'how many commits are not in that list; empty for none',
  source: {
    repository: 'repository that the image was built from',
    commit: 'commit that it was built from',
    shortCommit: 'its first seven characters',
    url: 'web page of that commit',
  },
  run: { url: 'web page of the CI run' },
  actor: 'who started the run',
  goBack: { command: 'command that releases the versions before again; empty where there were none, or several' },
  base: 'branch that the pull request goes into',
  details: 'set where the pages of the server fold the HTML element details',
} as const;

type Values<Names> = { readonly [Key in keyof Names]: string };

/** The values of the variables; a text that is not known is empty. */
export interface Variables {
  readonly action: string;
  readonly app: string;
  readonly environment: string;
  readonly reason: string;
  readonly origin: Values<(typeof VARIABLES)['origin']>;
  readonly name: string;
  readonly version: string;
  readonly images: readonly Values<(typeof VARIABLES)['images'][0]>[];
  readonly from: string;
  readonly bump: string;
  readonly step: string;
  readonly imageChanges: readonly Values<(typeof VARIABLES)['imageChanges'][0]>[];
  readonly checked: string;
  readonly unchecked: string;
  readonly imagesMore: string;
  readonly placeCount: string;
  readonly placesFolded: string;
  readonly places: readonly Values<(typeof VARIABLES)['places'][0]>[];
  readonly placesMore: string;
  readonly changes: readonly Values<(typeof VARIABLES)['changes'][0]>[];
  readonly leftCount: string;
  readonly left: readonly Values<(typeof VARIABLES)['left'][0]>[];
  readonly leftMore: string;
  readonly rendered: string;
  readonly skipped: string;
  readonly contents: Values<(typeof VARIABLES)['contents']>;
  readonly commits: readonly Values<(typeof VARIABLES)['commits'][0]>[];
  readonly commitsMore: string;
  readonly source: Values<(typeof VARIABLES)['source']>;
  readonly run: Values<(typeof VARIABLES)['run']>;
  readonly actor: string;
  readonly goBack: Values<(typeof VARIABLES)['goBack']>;
  readonly base: string;
  readonly details: string;
}
