/** What is around a reference in a longer text: whether it is used there, or a sentence is about it. */

/** One line of text, its continued lines included, and where the reference in it is. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
  /** Path of the whole text. */
  readonly path: string;
}

/** Programs whose arguments are images. */
const PROGRAMS = [
  'apptainer|buildah|buildctl|cosign|crane|crictl|ctr|dive|docker|docker-compose|flux|grype|helm|helmfile|k3d|k3s|kind',
  'kubectl|kustomize|microk8s|minikube|nerdctl|oc|oras|podman|regctl|singularity|skopeo|snyk|syft|trivy|udocker',
  'COPY|FROM',
].join('|');
/** What is in front of the program of a command. */
const PREFIXES = String.raw`(?:(?:(?:sudo|exec|time|env|nohup|eval|xargs|if|then|else|do|while|until|!|-|RUN)(?:\s+-\S+)*|[A-Z_]+=\S*)\s+)*`;
/** Keys of sentences. */
const PROSE_KEYS =
  'description|message|summary|title|comments?|notes?|why|reason|remarks?|changes|changelog|readme|help';

/** Paths of texts that are commands or images. */
const COMMAND_PATH =
  /(?:^|[.["])(?:\w*(?:command|args?|arguments|cmd|script|entrypoint|image|opts|options|flags)s?|run|exec)(?:\[\d+\])*$|\.(?:ba|z)?sh"\]$/i;

/** Whether a reference is used, by what is in its path, in front of it and behind it. The first that is there decides. */
const SIGNS: readonly (readonly [of: keyof Surroundings, sign: RegExp, isUsed: boolean])[] = [
  ['path', new RegExp(String.raw`(?:${PROSE_KEYS}|\.(?:md|adoc|rst|html?))(?:"\])?(?:\[\d+\])*$`, 'i'), false],
  [
    'before',
    new RegExp(String.raw`(?:^|[{,])\s*(?:- +)?\\?["']?(?:\w+[._-])?(?:${PROSE_KEYS})\\?["']?\s*[:=][^{},]*$`, 'i'),
    false,
  ],
  // The end of a sentence.
  ['after', /^[.:](?:\s|$)/, false],
  // --image=…, IMAGE = …, web=…
  ['before', /=\s*\\?["']?$/, true],
  // ${IMAGE:-…}
  ['before', /\$\{\w+:?[-=]$/, true],
  // --image …
  ['before', /(?:^|[\s"'])-{1,2}[A-Za-z][\w-]*[\s\\]+\\?["']?$/, true],
  // image: …, "image": …
  ['before', /image\\?["']?\s*:\s*\\?["']?$/i, true],
  // docker://…
  ['before', /[a-z]:\/\/$/, true],
  // a,…  a|…
  ['before', /[^\s][,;|&]$/, true],
  // echo about …, unless another program or a file gets it
  [
    'before',
    /(?:^|[;&|({]|\b(?:then|do|else)\s)\s{0,9}(?:echo|printf)\s(?:(?!\$\()[^;&|\x60])*\w\s(?:(?!\$\()[^;&|\x60])*$/,
    false,
  ],
  ['path', COMMAND_PATH, true],
  // docker run …, also behind other commands, in quotes and in $( )
  [
    'before',
    new RegExp(String.raw`(?:^|[;|&(\x60"'=]|:\s)\s*${PREFIXES}(?:[\w./-]*/)?(?:${PROGRAMS})\s(?:[^;|&]|&>)*$`),
    true,
  ],
  ['before', /(?:^|[;&]|\bdo)\s*for\s+\w+\s+in\s[^;]*$/, true],
];

/** A word of a sentence, not one of a command or a list. */
const WORD = /(?:^|\s)["'([]*\p{L}{2,}(?:['’]\p{L}+)?["')\]]*[,.;:!?]*(?=\s|$)/u;
/** A key or a bullet in front of a list. */
const LABEL = /^\s*(?:[-*]\s+)?(?:["']?[\w.-]+["']?:\s)?/;

/** True where a reference is used, and may be changed; false where a sentence is about it. */
export function isUsed(around: Surroundings): boolean {
  const sign = SIGNS.find(([of, pattern]) => pattern.test(around[of]));
  if (sign) return sign[2];
  const { before, after } = around;
  const [quote = ''] = /\\?["']$/.exec(before) ?? [];
  if (quote !== '' && after.startsWith(quote)) return true;
  const others = `${before.replace(LABEL, '')} ${after}`;
  return !WORD.test(others) || (/^\s*[[{]/.test(before) && /[\]}]\s*$/.test(after));
}

/** True where the word in front of a reference is the name of an image, or a command that takes nothing else. */
export function namesImage({ before, path }: Surroundings): boolean {
  return /image(?:\[\d+\])*$/i.test(path) || NAMES_IMAGE.test(before);
}

const NAMES_IMAGE =
  /(?:(?:[Ii]mage|IMAGE)\\?["']?(?:\s*[:=]\s*|\s+|:?[-+])|\bFROM\s+|\b(?:docker|podman|nerdctl|crictl|ctr) (?:image )?pull\s+)\\?["']?$/;

/** True where a reference in a line of a script is behind the mark of a comment, of whatever language. */
export function isComment({ before }: Surroundings): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return [...line.matchAll(COMMENT)].some(({ groups }) => groups?.['mark'] !== undefined);
}

/** A mark, or a quoted text, in which a mark is none. */
const COMMENT =
  /(?<=^|[\s=:,([{])(?:"(?:[^"\\]|\\.)*"|'[^']*')|(?<mark>(?<=^|\s)(?:#|\/\/|\/\*(?!.*\*\/)|<!--(?!.*-->))|^\s*(?:;|--\s|::|rem\s))/gi;
