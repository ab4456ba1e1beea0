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
const PREFIXES = String.raw`(?:(?:sudo|exec|time|env|nohup|eval|if|then|else|do|while|until|!|-|RUN|[A-Z_]+=\S*)\s+)*`;

/** What is directly in front of a reference that is used. */
const USES: readonly RegExp[] = [
  // --image=…, IMAGE = …, web=…
  /=\s*\\?["']?$/,
  // ${IMAGE:-…}
  /\$\{\w+:?[-=]$/,
  // --image …
  /(?:^|[\s"'])-{1,2}[A-Za-z][\w-]*[\s\\]+\\?["']?$/,
  // image: …, "image": …
  /image\\?["']?\s*:\s*\\?["']?$/i,
  // docker://…
  /[a-z]:\/\/$/,
  // a,…  a|…
  /[^\s][,;|&]$/,
  // docker run …, also behind other commands, in quotes and in $( )
  new RegExp(String.raw`(?:^|[;|&(\x60"'=]|:\s)\s*${PREFIXES}(?:[\w./-]*/)?(?:${PROGRAMS})\s(?:[^;|&]|&>)*$`),
];

/** Paths of texts that are commands or images. */
const COMMAND_PATH =
  /(?:^|[.["])(?:\w*(?:command|args?|arguments|cmd|script|entrypoint|image)s?|run|exec)(?:\[\d+\])*$|\.(?:ba|z)?sh"\]$/i;
/** A word of a sentence, not one of a command or a list. */
const WORD = /(?:^|\s)["'([]*\p{L}{2,}(?:['’]\p{L}+)?["')\]]*[,.;:!?]*(?=\s|$)/u;
/** A key or a bullet in front of a list. */
const LABEL = /^\s*(?:[-*]\s+)?(?:["']?[\w.-]+["']?:\s)?/;

/** True where a reference is used, and may be changed; false where a sentence is about it. */
export function isUsed({ before, after, path }: Surroundings): boolean {
  if (COMMAND_PATH.test(path) || USES.some((use) => use.test(before))) return true;
  const [quote = ''] = /\\?["']$/.exec(before) ?? [];
  if (quote !== '' && after.startsWith(quote)) return true;
  const others = `${before.replace(LABEL, '')} ${after}`;
  return !WORD.test(others) || (/^\s*[[{]/.test(before) && /[\]}]\s*$/.test(after));
}
