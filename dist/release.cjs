var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

// elsewhere:node_modules/fastest-levenshtein/mod.js
var require_mod = __commonJS({
  "elsewhere:node_modules/fastest-levenshtein/mod.js"(exports2, module2) {
    module2.exports = require("./start.cjs").modules["node_modules/fastest-levenshtein/mod.js"];
  }
});

// elsewhere:src/rendering/tools.ts
var require_tools = __commonJS({
  "elsewhere:src/rendering/tools.ts"(exports2, module2) {
    module2.exports = require("./rendering.cjs").modules["src/rendering/tools.ts"];
  }
});

// elsewhere:src/rendering/render.ts
var require_render = __commonJS({
  "elsewhere:src/rendering/render.ts"(exports2, module2) {
    module2.exports = require("./rendering.cjs").modules["src/rendering/render.ts"];
  }
});

// release-file.mjs
var release_file_exports = {};
__export(release_file_exports, {
  modules: () => modules
});
module.exports = __toCommonJS(release_file_exports);

// elsewhere:src/core/image-reference.ts
var { foldersOf, formatReference, formatVersion, isDigest, isPartOf, isSameVersion, isTag, parseReference, parseVersion, referenceProblem, repositoryOf, searchWord, shortVersion, splitName, versionIn, versionProblem } = require("./start.cjs").modules["src/core/image-reference.ts"];

// src/manifests/conventions/convention.ts
var documentKey = (path, id) => `${path}\0${id}`;
function fieldOf(role, { text, style, start, end: end2 }) {
  return { role, text, style, scalar: start, start, end: end2, ...start === end2 && { before: " " } };
}
function isEmpty({ text, start = 0, end: end2 = text.length }) {
  return text === "" || NULL.test(text) && end2 - start === text.length;
}
var NULL = /^(?:~|null|Null|NULL)$/;
function versionOf(value) {
  return isEmpty(value) ? void 0 : parseVersion(value.text);
}

// elsewhere:src/core/objects.ts
var { UNKNOWN_IMAGE, counted, groupBy, kept, memoized } = require("./start.cjs").modules["src/core/objects.ts"];

// src/manifests/conventions/image-keys.ts
var WORDS = {
  registry: ["registry", "hub"],
  repository: ["repository", "repo"],
  name: ["image", "img", "name"],
  tag: ["tag", "version"],
  digest: ["digest", "sha256", "sha"]
};
var WEAK = /* @__PURE__ */ new Set(["repo", "name"]);
var PARTS = new Map(
  Object.entries(WORDS).flatMap(([part, words2]) => words2.map((word2) => [word2, part]))
);
var IMAGE = /* @__PURE__ */ new Set(["image", "img"]);
var OTHERS = /[^.]version$|(?:chart|git|github|gitlab|helm)[^a-z]*repo(?:sitory)?$/i;
var LAST_WORD = new RegExp(`(?:${[...PARTS.keys()].join("|")})$`, "i");
var WORD = /[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g;
var readImageKey = memoized((key) => {
  if (!LAST_WORD.test(key)) return void 0;
  const words2 = Array.from(key.matchAll(WORD), ([word3]) => word3.toLowerCase());
  const word2 = words2.pop() ?? "";
  const part = PARTS.get(word2);
  if (part === void 0) return void 0;
  const isBehindImage = IMAGE.has(words2.at(-1) ?? "");
  if (isBehindImage) words2.pop();
  const isOfImage = isBehindImage || IMAGE.has(word2);
  return !isOfImage && OTHERS.test(key) ? void 0 : { prefix: words2.join("."), part, isOfImage, word: word2 };
});
function readLonePart(key) {
  const read = readImageKey(key);
  if (!read || !read.isOfImage && (WEAK.has(read.word) || read.word === "version")) return void 0;
  const { prefix, part, word: word2 } = read;
  if (part === "name") return { prefix, part: "repository" };
  return { prefix, part: part === "digest" && word2 !== "digest" ? "sha" : part };
}
function globalRegistry(entries) {
  for (const [key, value] of entries) {
    const read = key.startsWith("global.") ? readImageKey(key) : void 0;
    if (read?.prefix === "global" && read.part === "registry" && read.isOfImage) return value;
  }
  return void 0;
}
function groupImageParts(entries, path = "") {
  const groups = /* @__PURE__ */ new Map();
  let hasVersion3 = false;
  for (const [key, value] of entries) {
    const read = readImageKey(key);
    if (!read || read.word.startsWith("sha") && !isDigestText(value.text)) continue;
    hasVersion3 ||= read.part === "tag" || read.part === "digest";
    const group = groups.get(read.prefix);
    if (group) group.push({ ...read, key, value });
    else groups.set(read.prefix, [{ ...read, key, value }]);
  }
  return hasVersion3 ? [...groups.values()].flatMap((group) => imagesIn(group, path)) : [];
}
var isDigestText = (text) => isDigest(text) || isDigest(`sha256:${text}`);
function imagesIn(group, path) {
  const own = likeliest(group.filter(({ isOfImage }) => isOfImage));
  const plain = likeliest(group.filter(({ isOfImage }) => !isOfImage));
  return combine(own, plain).map((parts) => saysImage(parts, path) ? parts : withoutWeak(parts)).filter(isImage);
}
function combine(own, others) {
  const plain = own.repository ?? own.name ? withoutWeak(others) : others;
  if (isImage(plain)) return isImage(own) ? [own, plain] : [{ ...own, ...plain }];
  return [{ ...plain, ...own }];
}
function likeliest(group) {
  const rank = ({ part, word: word2 }) => WORDS[part].indexOf(word2);
  const sorted = group.toSorted((a, b) => rank(b) - rank(a));
  return Object.fromEntries(sorted.map((one) => [one.part, one]));
}
function isImage({ registry, repository, name, tag, digest }) {
  const own = registry?.word === "registry" ? registry : void 0;
  return (own ?? repository ?? name) !== void 0 && (tag ?? digest) !== void 0;
}
function saysImage(parts, path) {
  const { registry, digest } = parts;
  const isShown = registry !== void 0 || digest?.word === "digest" || IMAGE_WORD.test(path);
  return isShown || Object.values(parts).some(({ key }) => IMAGE_WORD.test(key));
}
var IMAGE_WORD = /image|img/i;
function withoutWeak(parts) {
  return Object.fromEntries(Object.entries(parts).filter(([, { word: word2 }]) => !WEAK.has(word2)));
}

// elsewhere:src/core/errors.ts
var { PROJECT_URL, ReleaseError, asReleaseError, failure, failureCodes } = require("./start.cjs").modules["src/core/errors.ts"];

// src/manifests/text/other-versions.ts
function otherReferences(path, text, search, isBroken = false) {
  return [...search.find(path, text, isBroken)].filter(isOtherVersion);
}
function isOtherVersion({ image, name, version }) {
  return isOther(image, name, formatVersion(version));
}
function isOther({ reference, replaces }, name, present) {
  const released = formatVersion(reference);
  const isBefore = repositoryOf(name) === repositoryOf(replaces) && repositoryOf(reference.name) !== repositoryOf(replaces);
  const isHex = /^[\da-f]{64,}$/.test(present) && reference.digest?.endsWith(`:${present}`) === true;
  return present !== "" && (released === "" || isBefore || !(isHex || isSameVersion(present, released)));
}

// src/manifests/defects.ts
function reportDefect({ path, text, lines }, { kind, reason, line, column }, search) {
  const [other] = kind === "syntax" || kind === "encrypted" ? otherReferences(path, text, search, kind === "syntax") : [];
  if (other && kind === "syntax") {
    const excerpt = caret(text.split(/\r?\n/)[line - 1] ?? "", column);
    throw failure("MANIFEST_UNREADABLE", { place: { file: path, line, column }, reason, excerpt });
  }
  if (other) throw failure("MANIFEST_ENCRYPTED", { place: { file: path, line: lines.positionAt(other.offset).line } });
  if (kind === "template" || kind === "encrypted") return [];
  return [{ file: path, line, column, message: `was not searched: ${reason}` }];
}
var DEFECT_REASONS = {
  encoding: "is in a file that is not UTF-8",
  syntax: "is in a file that cannot be read",
  template: "is in a template",
  encrypted: "is in a file that is encrypted with SOPS"
};
function caret(line, column) {
  const from = Math.max(0, column - 60);
  const shown2 = line.slice(from, from + 100).replaceAll("	", " ");
  return `${shown2}
${" ".repeat(column - 1 - from)}^`;
}

// src/manifests/claimed-characters.ts
var ClaimedCharacters = class {
  /** Of each convention the first claim of the same characters: aliases may repeat one field as often as a file has lines. */
  #parts = /* @__PURE__ */ new Map();
  claim(field, owner) {
    const key = `${owner.convention} ${field.scalar} ${field.start} ${field.end}`;
    for (let part = partOf(field.start); part <= partOf(field.end); part += 1) {
      const claims = this.#parts.get(part) ?? /* @__PURE__ */ new Map();
      this.#parts.set(part, claims);
      if (!claims.has(key)) claims.set(key, { field, owner });
    }
  }
  /** The first owner of another convention that has a field of the same scalar with the same characters, or some of them. */
  findOther(field, convention) {
    for (let part = partOf(field.start); part <= partOf(field.end); part += 1) {
      for (const { field: claimed, owner } of this.#parts.get(part)?.values() ?? []) {
        if (owner.convention !== convention && overlap(claimed, field)) return owner;
      }
    }
    return void 0;
  }
};
var partOf = (offset) => offset >> 6;
function overlap(one, other) {
  if (one.scalar !== other.scalar) return false;
  return one.start === other.start || one.start < other.end && other.start < one.end;
}

// src/manifests/yaml/tree.ts
function valueOf({ values }, key) {
  return values.get(key);
}
function scalarOf(map, key) {
  const value = valueOf(map, key);
  return value?.kind === "scalar" ? value : void 0;
}
function mapOf(map, key) {
  const value = map && valueOf(map, key);
  const node = value?.kind === "alias" ? value.target : value;
  return node?.kind === "map" ? node : void 0;
}
function namedItems(list, [nameKey, valueKey] = ["name", "value"]) {
  if (list?.kind !== "list") return [];
  return list.items.flatMap((item, index) => {
    const [name, scalar] = item.kind === "map" ? [scalarOf(item, nameKey), scalarOf(item, valueKey)] : [];
    return name && scalar ? [{ index, name: name.text, scalar }] : [];
  });
}
function walk(root) {
  if (!root) return [];
  if (last?.root !== root) last = { root, visits: visitAll(root) };
  return last.visits;
}
var last;
function visitAll(root) {
  const visits = [];
  const visit2 = (node, path) => {
    if (node.kind === "alias") return;
    visits.push({ node, path });
    if (node.kind === "map") {
      for (const { key, value } of node.entries) visit2(value, joinPath(path, key));
    } else if (node.kind === "list") {
      for (const [index, item] of node.items.entries()) visit2(item, `${path}[${index}]`);
    }
  };
  visit2(root, "");
  return visits;
}
var LAST_APPLIED = "last-applied-configuration";
function joinPath(path, key) {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
function isCollection(node) {
  return node?.kind === "map" || node?.kind === "list";
}
function* mergedValues(value) {
  const node = value.kind === "alias" ? value.target : value;
  if (node.kind === "map") yield* node.values;
  else if (node.kind === "list") for (const item of node.items) yield* mergedValues(item);
}
function uniqueRoots(roots) {
  const read = /* @__PURE__ */ new Set();
  return roots.filter((root) => {
    const scalars = walk(root).flatMap(({ node }) => node.kind === "scalar" ? node.start : []);
    const key = scalars.join(" ");
    return !read.has(key) && read.add(key);
  });
}

// src/manifests/conventions/inserted-key.ts
function insertedField({ flow }, { key, role, beside, side }, text) {
  const { keyStart, value } = beside;
  const from = flow ? Math.max(keyStart - LONGEST_INDENTATION, 0) : 0;
  const lineStart = from + text.slice(from, keyStart).lastIndexOf("\n") + 1;
  const indentation = text.slice(lineStart, keyStart);
  const hasOwnLine = !flow || indentation.trim() === "" && lineStart > from;
  const lineBreak = hasOwnLine ? lineBreakAt(text, lineStart) + (flow ? indentation : blank(indentation)) : "";
  const comma = flow ? "," : "";
  const separator = comma + (hasOwnLine ? lineBreak : " ");
  const quote2 = /["']/.exec(text.charAt(keyStart))?.[0] ?? "";
  const written2 = `${quote2}${key}${quote2}: `;
  const valueEnd = value.kind === "scalar" ? value.end : keyStart;
  const at = side === "before" ? keyStart : flow ? valueEnd : lineEnd(text, valueEnd);
  return {
    role,
    text: void 0,
    style: quote2 === '"' ? "double" : "plain",
    scalar: at,
    start: at,
    end: at,
    before: side === "before" ? written2 : separator + written2,
    after: side === "before" ? separator : ""
  };
}
var LONGEST_INDENTATION = 1e3;
var blank = (text) => " ".repeat(text.length);
function lineBreakAt(text, lineStart) {
  const at = lineStart > 0 ? lineStart - 1 : text.indexOf("\n");
  return at > 0 && text.charAt(at - 1) === "\r" ? "\r\n" : "\n";
}
function lineEnd(text, offset) {
  const lineBreak = text.indexOf("\n", offset);
  if (lineBreak < 0) return text.length;
  return text.charAt(lineBreak - 1) === "\r" ? lineBreak - 1 : lineBreak;
}

// src/manifests/conventions/helm-set.ts
var ARGO_CD = /(?:^|\.)helm\.parameters$/;
var HELMFILE = /^releases\[\d+\]\.set$/;
function withHelmSet({ root, text, name }, sites) {
  if (!sites.some((site) => site.fields.some(isTag2))) return sites;
  const parameters2 = /* @__PURE__ */ new Map();
  for (const { node, path } of walk(root)) {
    if (node.kind !== "list" || !(ARGO_CD.test(path) || HELMFILE.test(path))) continue;
    for (const item of node.items) {
      const value = item.kind === "map" ? scalarOf(item, "value") : void 0;
      if (item.kind !== "map" || !value || parameters2.has(value.start)) continue;
      parameters2.set(value.start, ARGO_CD.test(path) ? switchOf(item, text) : void 0);
    }
  }
  return sites.map((site) => {
    const tag = site.fields.find((field) => isTag2(field) && parameters2.has(field.start));
    const forceString = tag && parameters2.get(tag.start);
    if (forceString) return { ...site, fields: [...site.fields, forceString] };
    if (tag) return { ...site, helmSet: "helm --set does not take for a string; move it to setString" };
    return isAtTargetPath(name, site) ? { ...site, helmSet: TARGET_PATH } : site;
  });
}
var TARGET_PATH = "Flux does not take for a string at a targetPath; put it into a key of values";
function isAtTargetPath(name, { of, named, where, fields }) {
  const isSplit = of !== void 0 && !named && fields.some(isTag2);
  return isSplit && /^(?:ConfigMap|Secret)\//.test(name) && /^(?:data|stringData)\b/.test(where);
}
var isTag2 = ({ role }) => role === "tag" || role === "bare-tag";
function switchOf(parameter, text) {
  const role = "force-string";
  const present = scalarOf(parameter, "forceString");
  const beside = parameter.entries.find(({ key }) => key === "value");
  if (present) return { ...fieldOf(role, present), style: "verbatim" };
  return beside && {
    ...insertedField(parameter, { key: "forceString", role, beside, side: "after" }, text),
    style: "verbatim"
  };
}

// src/manifests/conventions/argo-images.ts
var argoImages = {
  name: "argo-images",
  *find({ root, text }) {
    for (const { node, path } of walk(root)) {
      if (node.kind !== "scalar" || !/(?:^|\.)kustomize\.images\[\d+\]$/.test(path)) continue;
      const site = siteOf(node, path, text.slice(node.start, node.end));
      if (site) yield site;
    }
  }
};
function siteOf({ text, start }, where, source) {
  const equals = text.indexOf("=");
  const reference = parseReference(text.slice(equals + 1));
  if (!reference || !source.includes(text)) return void 0;
  const field = (role, from, to) => {
    const offset = start + source.indexOf(text);
    return {
      role,
      text: text.slice(from, to),
      style: "verbatim",
      scalar: start,
      start: offset + from,
      end: offset + to
    };
  };
  const { name, ...version } = reference;
  const nameEnd = equals + 1 + name.length;
  const names = equals < 0 ? [field("match", 0, nameEnd), { ...field("name", nameEnd, nameEnd), text: void 0, before: "=" }] : [field("match", 0, equals), field("name", equals + 1, nameEnd)];
  const versions = nameEnd < text.length ? [field(version.tag === void 0 ? "digest" : "tag", nameEnd + 1, text.length)] : [{ ...field("tag", nameEnd, nameEnd), text: void 0, before: ":" }];
  return { where, name, version, fields: [...names, ...versions] };
}

// src/manifests/conventions/image-parts.ts
var ALGORITHM = "@sha256";
function nameOfParts(parts, over) {
  const named = withRegistry(repositoryOfParts(parts), parts.registry?.value, over);
  const written2 = named.map(({ value }) => value.text).join("/");
  const isApart = written2.endsWith(ALGORITHM);
  const reference = parseReference(isApart ? written2.slice(0, -ALGORITHM.length) : written2);
  if (!reference || reference.tag !== void 0 || reference.digest !== void 0) return void 0;
  return { name: reference.name, parts: named, ...isApart && { algorithm: ALGORITHM } };
}
function repositoryOfParts({ registry, repository, name }) {
  const [first, last2] = [repository, name].map((part) => part && !isEmpty(part.value) ? part.value : void 0);
  const one = (value) => [{ role: "repository", value }];
  if (!first || !last2) {
    const only = first ?? last2;
    return only ? one(only) : [];
  }
  if (name && !name.isOfImage && name.word === "name") {
    return registry && !first.text.includes("/") ? joined(first, last2) : one(first);
  }
  if (hasRegistry(last2.text) || !parseReference(first.text)) return one(last2);
  return `/${first.text}`.endsWith(`/${last2.text}`) ? one(first) : joined(first, last2);
}
function joined(first, last2) {
  return [
    { role: "folder", value: first },
    { role: "base", value: last2 }
  ];
}
function withRegistry(rest, own, over) {
  const wins = over && !isEmpty(over) && (own || !hasRegistry(rest[0]?.value.text ?? "")) ? over : own;
  if (!wins || isEmpty(wins)) return rest;
  if (rest.length > 0) return [{ role: "registry", value: wins }, ...rest];
  return own?.text.includes("/") ? [{ role: "repository", value: own }] : [];
}
var hasRegistry = (name) => splitName(name).path !== name;
function siteOfParts(where, parts, over) {
  const named = nameOfParts(parts, over);
  const { tag, digest } = parts;
  const isSha = digest !== void 0 && digest.word !== "digest";
  const given = { tag: tag?.value, [isSha ? "sha" : "digest"]: digest?.value };
  const versioned = named && versionFields(given, named.algorithm);
  if (!named || !versioned) return void 0;
  const names = named.parts.map(({ role, value }) => fieldOf(role, value));
  return { where, name: named.name, version: versioned.version, fields: [...names, ...versioned.fields] };
}
function versionFields({ tag, sha, digest = sha }, algorithm) {
  if (algorithm !== void 0) return tag && digitsOf(tag);
  const inTag = tag && versionOf(tag);
  const inDigest = digest && ((sha && digitsOf(sha)) ?? digestOf(digest));
  if (tag && !inTag && !isEmpty(tag) || digest && !inDigest && !isEmpty(digest)) return void 0;
  const isRoom = digest && inTag?.digest === void 0;
  return {
    version: { ...inTag, ...inDigest?.version },
    fields: [
      ...tag ? [fieldOf("tag", tag)] : [],
      ...inDigest?.fields ?? (isRoom ? [fieldOf("digest", digest)] : [])
    ]
  };
}
function digestOf(scalar) {
  return isDigest(scalar.text) ? { version: { digest: scalar.text }, fields: [fieldOf("digest", scalar)] } : void 0;
}
function digitsOf(scalar) {
  const digest = `sha256:${scalar.text}`;
  if (!isDigest(digest)) return void 0;
  const field = fieldOf("hex", scalar);
  return { version: { digest }, fields: [field.style === "plain" ? { ...field, style: "verbatim" } : field] };
}

// src/manifests/conventions/parameters.ts
var parameters = {
  name: "parameters",
  *find({ root }) {
    for (const { node, path } of walk(root)) {
      if (node.kind !== "list") continue;
      const items = KEYS.flatMap((keys) => namedItems(node, keys));
      const values = items.map(({ name, scalar }) => [name, scalar]);
      const registry = globalRegistry(values);
      for (const parts of groupImageParts(values, path)) {
        const { key = "" } = parts.repository ?? parts.name ?? parts.registry ?? {};
        const site = siteOfParts(`${path}[${key}]`, parts, registry);
        if (site) yield site;
      }
    }
  }
};
var KEYS = [
  ["name", "value"],
  ["variable", "default"]
];

// src/manifests/conventions/surroundings.ts
var PROGRAMS = [
  "apptainer|buildah|buildctl|cosign|crane|crictl|ctr|dive|docker|docker-compose|flux|grype|helm|helmfile|k3d|k3s|kind",
  "kubectl|kustomize|microk8s|minikube|nerdctl|oc|oras|podman|regctl|singularity|skopeo|snyk|syft|trivy|udocker",
  "COPY|FROM"
].join("|");
var PREFIXES = String.raw`(?:(?:(?:sudo|exec|time|env|nohup|eval|xargs|if|then|else|do|while|until|!|-|RUN)(?:\s+-\S+)*|[A-Z_]+=\S*)\s+)*`;
var PROSE_KEYS = "description|message|summary|title|comments?|notes?|why|reason|remarks?|changes|changelog|readme|help";
var COMMAND_PATH = /(?:^|[.["])(?:\w*(?:command|args?|arguments|cmd|script|entrypoint|image|opts|options|flags)s?|run|exec)(?:\[\d+\])*$|\.(?:ba|z)?sh"\]$/i;
var SIGNS = [
  ["path", new RegExp(String.raw`(?:${PROSE_KEYS}|\.(?:md|adoc|rst|html?))(?:"\])?(?:\[\d+\])*$`, "i"), false],
  [
    "before",
    new RegExp(String.raw`(?:^|[{,])\s*(?:- +)?\\?["']?(?:\w+[._-])?(?:${PROSE_KEYS})\\?["']?\s*[:=][^{},]*$`, "i"),
    false
  ],
  // The end of a sentence.
  ["after", /^[.:](?:\s|$)/, false],
  // --image=\u2026, IMAGE = \u2026, web=\u2026
  ["before", /=\s*\\?["']?$/, true],
  // ${IMAGE:-\u2026}
  ["before", /\$\{\w+:?[-=]$/, true],
  // --image \u2026
  ["before", /(?:^|[\s"'])-{1,2}[A-Za-z][\w-]*[\s\\]+\\?["']?$/, true],
  // image: \u2026, "image": \u2026
  ["before", /image\\?["']?\s*:\s*\\?["']?$/i, true],
  // docker://\u2026
  ["before", /[a-z]:\/\/$/, true],
  // a,\u2026  a|\u2026
  ["before", /[^\s][,;|&]$/, true],
  // echo about \u2026, unless another program or a file gets it
  [
    "before",
    /(?:^|[;&|({]|\b(?:then|do|else)\s)\s{0,9}(?:echo|printf)\s(?:(?!\$\()[^;&|\x60])*\w\s(?:(?!\$\()[^;&|\x60])*$/,
    false
  ],
  ["path", COMMAND_PATH, true],
  // docker run \u2026, also behind other commands, in quotes and in $( )
  [
    "before",
    new RegExp(String.raw`(?:^|[;|&(\x60"'=]|:\s)\s*${PREFIXES}(?:[\w./-]*/)?(?:${PROGRAMS})\s(?:[^;|&]|&>)*$`),
    true
  ],
  ["before", /(?:^|[;&]|\bdo)\s*for\s+\w+\s+in\s[^;]*$/, true]
];
var WORD2 = new RegExp(`(?:^|\\s)["'([]*\\p{L}{2,}(?:['\u2019]\\p{L}+)?["')\\]]*[,.;:!?]*(?=\\s|$)`, "u");
var LABEL = /^\s*(?:[-*]\s+)?(?:["']?[\w.-]+["']?:\s)?/;
function isUsed(around) {
  const sign = SIGNS.find(([of, pattern]) => pattern.test(around[of]));
  if (sign) return sign[2];
  const { before: before2, after } = around;
  const [quote2 = ""] = /\\?["']$/.exec(before2) ?? [];
  if (quote2 !== "" && after.startsWith(quote2)) return true;
  const others = `${before2.replace(LABEL, "")} ${after}`;
  return !WORD2.test(others) || /^\s*[[{]/.test(before2) && /[\]}]\s*$/.test(after);
}
function namesImage({ before: before2, path }) {
  return /image(?:\[\d+\])*$/i.test(path) || NAMES_IMAGE.test(before2);
}
var NAMES_IMAGE = /(?:(?:[Ii]mage|IMAGE)\\?["']?(?:\s*[:=]\s*|\s+|:?[-+])|\bFROM\s+|\b(?:docker|podman|nerdctl|crictl|ctr) (?:image )?pull\s+)\\?["']?$/;
function isComment({ before: before2 }) {
  const line = before2.slice(before2.lastIndexOf("\n") + 1);
  return [...line.matchAll(COMMENT)].some(({ groups }) => groups?.["mark"] !== void 0);
}
var COMMENT = /(?<=^|[\s=:,([{])(?:"(?:[^"\\]|\\.)*"|'[^']*')|(?<mark>(?<=^|\s)(?:#|\/\/|\/\*(?!.*\*\/)|<!--(?!.*-->))|^\s*(?:;|--\s|::|rem\s))/gi;

// src/manifests/conventions/argument.ts
var argument = {
  name: "argument",
  *find({ root, text }) {
    for (const { node, path } of walk(root)) {
      if (node.kind !== "scalar" || node.embedded || path.includes(LAST_APPLIED)) continue;
      if (!SOME_VERSION.test(node.text) || isWhole(node.text)) continue;
      yield* sitesIn(node, path, text.slice(node.start, node.end));
    }
  }
};
var SOME_VERSION = /\w[:@]\w/;
var VERSION_OF_PATH = /(?<![\w./-])(?=[\w./-]*?\w\/)[\w./-]+[:@]\w|@sha\d/;
var IMAGE_WORDS = /image|\bFROM\b|\bpull\b/i;
var CANDIDATE = /(?<=^|[\s"'`=,;([{|&<]|\$\{\w+:?-)(?<!\$\{)(?<scheme>[a-z][a-z0-9+.-]*:\/\/)?(?<reference>\w(?:[\w./:@+-]{0,500}\w)?)(?=[.:]?(?:[\s"'`\\,;)\]}|&<>]|$))/g;
var NO_IMAGE = /^(?:https?|git|ssh|file|s3|gs|tcp|udp|unix|grpc|rediss?|postgres(?:ql)?|mysql|mongodb|amqp):/;
var NEAR = 500;
function isWhole(text) {
  const { tag, digest } = parseReference(text) ?? {};
  return tag !== void 0 || digest !== void 0;
}
function* sitesIn({ text, start }, path, source) {
  const header = /^[|>].*/.exec(source)?.[0].length ?? 0;
  const version = IMAGE_WORDS.test(path) || IMAGE_WORDS.test(text) ? SOME_VERSION : VERSION_OF_PATH;
  const found = referencesIn(" ".repeat(header) + source.slice(header), version);
  const parsed = referencesIn(text, version);
  if (found.length !== parsed.length || found.some((one, index) => one.text !== parsed[index]?.text)) return;
  const isLines = text.trimEnd().includes("\n");
  const key = text.startsWith("#!") ? `${path}.script` : path;
  for (const [number, { text: written2, index, reference }] of found.entries()) {
    const around = { ...linesAround(text, parsed[number]), path: key };
    if (!isImage2(reference, around) || isLines && isComment(around)) continue;
    const { name, ...present } = reference;
    const from = start + index;
    const field = { role: "reference", text: written2, style: "verbatim", scalar: start, start: from };
    const site = { where: path, name, version: present, fields: [{ ...field, end: from + written2.length }] };
    yield isUsed(around) ? site : { ...site, doubt: "is in a sentence" };
  }
}
function linesAround(text, candidate) {
  const { index = 0, text: { length } = "" } = candidate ?? {};
  const before2 = text.slice(Math.max(index - NEAR, 0), index).split(/(?<!\\)\n/);
  const [after = ""] = text.slice(index + length, index + length + NEAR).split("\n", 1);
  return { before: before2.at(-1) ?? "", after };
}
function referencesIn(text, some) {
  return [...text.matchAll(/.+/g)].flatMap(
    ({ 0: line, index: start }) => some.test(line) ? [...line.matchAll(CANDIDATE)].flatMap((match) => candidateOf(match, start)) : []
  );
}
function candidateOf({ groups, index }, start) {
  const { scheme = "", reference: text = "" } = groups ?? {};
  const reference = SOME_VERSION.test(text) && !NO_IMAGE.test(scheme) ? parseReference(text) : void 0;
  if (reference?.tag === void 0 && reference?.digest === void 0) return [];
  return [{ text, index: start + index + scheme.length, reference }];
}
function isImage2({ name, tag = "", digest }, around) {
  if (name.includes("/") || digest !== void 0 || namesImage(around)) return true;
  return /image/i.test(around.path) && !/^\d{1,5}$/.test(tag);
}

// src/manifests/conventions/default-tag.ts
var defaultTag = {
  name: "default-tag",
  *find({ root, text }) {
    for (const { node, path } of walk(root)) {
      const site = node.kind === "scalar" ? siteOf2(node, path, text) : void 0;
      if (site) yield site;
    }
  }
};
var DEFAULT = /^([\w][\w./:-]*):\$\{\w+:?[-=]([\w.-]+)\}$/;
function siteOf2(scalar, where, text) {
  const [, written2 = "", tag = ""] = DEFAULT.exec(scalar.text) ?? [];
  const name = parseReference(written2)?.name;
  const start = scalar.start + text.slice(scalar.start, scalar.end).indexOf(scalar.text);
  if (name !== written2 || !isTag(tag) || start < scalar.start) return void 0;
  const fieldAt = (role, part, offset) => {
    return { role, text: part, style: "verbatim", scalar: scalar.start, start: offset, end: offset + part.length };
  };
  const fields = [
    fieldAt("repository", name, start),
    fieldAt("bare-tag", tag, start + scalar.text.length - 1 - tag.length)
  ];
  return { where, name, version: { tag }, fields };
}

// elsewhere:src/core/version.ts
var { areDifferentVersions, bumpOf, compareVersions, isInRange, isStep, isVersionLike, largestBump, readRange, withoutDigest } = require("./start.cjs").modules["src/core/version.ts"];

// src/manifests/conventions/named-value.ts
function readNamedValue({ scalar, source, image, part }) {
  const { text } = scalar;
  if (text.includes("\n")) return { refused: "has several lines" };
  if (isEmpty(scalar)) return { version: {}, field: fieldOf(EMPTY_ROLES[part], scalar) };
  const whole = readWhole(text, part);
  if (whole) return { ...whole, field: fieldOf(whole.role, scalar) };
  const found = readInside(text, image, part);
  if ("refused" in found) return found;
  if (/^[-+.]+$/.test(text.slice(0, found.start) + text.slice(found.end))) return { refused: "is no version" };
  const quote2 = source === text ? 0 : source.slice(1, -1) === text ? 1 : void 0;
  if (quote2 === void 0) return { refused: "is written over several lines or with escapes" };
  const start = scalar.start + quote2 + found.start;
  const written2 = text.slice(found.start, found.end);
  const field = { text: written2, style: "verbatim", scalar: scalar.start, start, end: start + written2.length };
  return { ...found.value, field: { ...field, role: found.value.role } };
}
function partOf2({ text }, path, otherwise) {
  if (isDigest(text)) return "digest";
  if (/[/:]/.test(text.replace(/@.*/s, ""))) return "reference";
  if (isVersionLike(text.replace(/@.*/s, ""))) return "tag";
  return KEYS2.find(([key]) => key.test(path))?.[1] ?? otherwise;
}
var KEYS2 = [
  [/image$/i, "reference"],
  [/(?:tag|version)$/i, "tag"],
  [/digest$/i, "digest"]
];
var EMPTY_ROLES = { reference: "reference", name: "name", tag: "bare-tag", digest: "digest" };
function readWhole(text, part) {
  const version = parseVersion(text);
  if (part === "tag") return version && valueOf2(version);
  if (part === "digest" && isDigest(`sha256:${text}`)) return { version: { digest: `sha256:${text}` }, role: "hex" };
  if (part === "digest") return version && version.tag === void 0 ? valueOf2(version) : void 0;
  const reference = parseReference(text);
  if (part === "name") {
    const isName = reference && reference.tag === void 0 && reference.digest === void 0;
    return isName ? { name: reference.name, version: {}, role: "name" } : void 0;
  }
  return reference && referenceValue(reference);
}
function referenceValue({ name, ...version }) {
  return { name, version, role: "reference" };
}
function valueOf2(version) {
  const role = version.digest === void 0 ? "bare-tag" : version.tag === void 0 ? "digest" : "tag";
  return { version, role };
}
var WRAPPERS = [
  /^(?:export\s+)?[\w.-]+=(?<inner>.*)$/d,
  /^\$\{\w+:?[-=](?<inner>.*)\}$/d,
  /^"(?<inner>[^"]*)"$/d,
  /^'(?<inner>[^']*)'$/d
];
var MAX_WRAPPERS = 10;
function readInside(text, image, part) {
  if (part === "name") return { refused: "is not the name of an image" };
  const [start, end2] = unwrap(text);
  const inner = text.slice(start, end2);
  if (inner !== text) {
    if (inner === "") return { start, end: end2, value: { version: {}, role: EMPTY_ROLES[part] } };
    const whole = readWhole(inner, part);
    if (whole && (whole.name === void 0 || isSame(whole.name, image))) return { start, end: end2, value: whole };
  }
  const all = [...versionsIn(text, image)];
  const versions = all.filter(({ value: { version } }) => version.tag !== void 0 || version.digest !== void 0);
  const [only, ...more] = versions.length > 0 || part !== "reference" ? versions : all;
  if (more.length > 0) return { refused: `has ${more.length + 1} versions` };
  if (!only) return { refused: PLACEHOLDER.test(text) ? "has a placeholder of another tool" : "has no version" };
  return asPart(only, part);
}
function asPart(inside, part) {
  const { name, version } = inside.value;
  if (part === "reference") return inside;
  if (version[part === "digest" ? "digest" : "tag"] === void 0) return { refused: `has no ${part}` };
  return name === void 0 ? inside : { ...inside, start: inside.start + name.length + 1, value: valueOf2(version) };
}
function unwrap(text) {
  let [start, end2] = [0, text.length];
  for (let depth = 0; depth < MAX_WRAPPERS; depth += 1) {
    const inner = text.slice(start, end2);
    const match = WRAPPERS.map((wrapper) => wrapper.exec(inner)).find((one) => one);
    const [from, to] = match?.indices?.groups?.["inner"] ?? [];
    if (from === void 0 || to === void 0) break;
    [start, end2] = [start + from, start + to];
  }
  return [start, end2];
}
var isSame = (name, image) => repositoryOf(name) === repositoryOf(image);
var PLACEHOLDER = /\$?\{\{.{0,200}?\}\}|\$\{\w+\}|\$\(.{0,200}?\)|\$\w+|\{%.{0,200}?%\}|<%.{0,200}?%>|<\w+>/;
var BLANK = "\0";
var PIECE = /(?:(?!:-|:\/\/)[\w./:@+-])+/g;
function* versionsIn(text, image) {
  const clear = text.replace(new RegExp(PLACEHOLDER, "g"), (placeholder) => BLANK.repeat(placeholder.length));
  for (const { 0: run, index } of clear.matchAll(PIECE)) {
    const piece = run.replace(/^\W+|(?<!\W)\W+$/g, "");
    const start = index + run.indexOf(piece);
    if (piece === "" || clear[index - 1] === BLANK || clear[index + run.length] === BLANK) continue;
    const reference = parseReference(piece);
    if (reference && isSame(reference.name, image)) {
      yield { start, end: start + piece.length, value: referenceValue(reference) };
    } else {
      yield* segmentsOf(piece, start, reference);
    }
  }
}
function* segmentsOf(piece, start, reference) {
  const isOther3 = reference?.tag !== void 0 || reference?.digest !== void 0;
  let at = start;
  for (const segment of piece.split("/")) {
    const version = parseVersion(segment);
    const isVersion3 = version && (version.tag === void 0 || isVersionLike(version.tag));
    if (isVersion3 && (!isOther3 || segment === piece)) {
      yield { start: at, end: at + segment.length, value: valueOf2(version) };
    }
    at += segment.length + 1;
  }
}

// src/manifests/conventions/annotated.ts
function* sitesOf(scalars) {
  const groups = new VersionGroups();
  for (const one of scalars.filter(({ image }) => parseReference(image))) {
    const value = valueOf3(one);
    if ("refused" in value) {
      yield refusedSite(one, value.refused);
    } else if (isOther2(value, one.image)) {
      yield refusedSite(one, "is of another image");
    } else {
      groups.add({ ...one, value });
    }
  }
  for (const group of groups.all) yield* siteOf3(group);
}
function valueOf3(one) {
  if (one.refused !== void 0) return { refused: one.refused };
  const value = readNamedValue(one);
  if (one.block === void 0 || "refused" in value) return value;
  return { ...value, field: { ...value.field, scalar: one.block } };
}
function refusedSite({ scalar: { text, start }, path, image }, refused) {
  const field = { role: "match", text, style: "verbatim", scalar: start, start, end: start };
  return { where: path, name: image, version: {}, of: repositoryOf(image), named: true, fields: [field], refused };
}
function isOther2({ name, field }, image) {
  if (name === void 0 || field.role === "name") return false;
  return name.includes("/") && repositoryOf(name) !== repositoryOf(image);
}
var VersionGroups = class {
  all = [];
  /** By image and map. */
  #groups = /* @__PURE__ */ new Map();
  /** By image, map and part: how many of these groups have that part; they are the first. */
  #filled = /* @__PURE__ */ new Map();
  add(one) {
    const key = one.part === "reference" ? void 0 : `${one.image}
${one.parent}`;
    const groups = key !== void 0 && this.#groups.get(key) || [];
    const filled = this.#filled.get(`${key}
${one.part}`) ?? 0;
    const group = groups[filled];
    if (group) {
      group.push(one);
    } else {
      const added = [one];
      groups.push(added);
      this.all.push(added);
    }
    if (key === void 0) return;
    this.#groups.set(key, groups);
    this.#filled.set(`${key}
${one.part}`, filled + 1);
  }
};
function* siteOf3(group) {
  const [first] = group;
  if (!first || group.every(({ part }) => part === "name")) return;
  const name = group.find(({ value }) => value.name !== void 0)?.value.name ?? first.image;
  const version = group.reduce((all, { value }) => ({ ...all, ...value.version }), {});
  const fields = group.map(({ value }) => value.field);
  yield {
    where: group.length > 1 ? first.parent : first.path,
    name,
    version,
    of: repositoryOf(first.image),
    named: true,
    fields
  };
}

// src/manifests/conventions/explicit-target.ts
var explicitTarget = {
  name: "explicit-target",
  *find(document, { targets }) {
    for (const { text: target, file, document: selector, path, image } of targets) {
      if (file !== document.path || !isSelected(document, selector)) continue;
      const node = descend(document.root, path);
      if (!node) continue;
      const where = path.join(".");
      if (node.kind !== "scalar") {
        yield {
          ...refusedSite({ scalar: { start: startOf(node) }, path: where, image }, "is no single value"),
          target
        };
        continue;
      }
      const source = document.text.slice(node.start, node.end);
      const value = readNamedValue({ scalar: node, source, image, part: partOf2(node, path.at(-1) ?? "", "tag") });
      if ("refused" in value) {
        yield { ...refusedSite({ scalar: node, path: where, image }, value.refused), target };
      } else {
        const { name = image, version, field } = value;
        yield { where, name, version, of: repositoryOf(image), named: true, target, fields: [field] };
      }
    }
  }
};
function isSelected({ name, index }, selector) {
  return selector === void 0 || selector === name || selector === String(index);
}
function startOf(node) {
  const collection = node.kind === "alias" ? node.target : node;
  const first = walk(collection).find(({ node: one }) => one.kind === "scalar")?.node;
  return first?.kind === "scalar" ? first.start : 0;
}
function descend(root, path) {
  return path.reduce((node, segment) => {
    const place = node?.kind === "alias" ? node.target : node;
    if (place?.kind === "map") return valueOf(place, segment);
    return place?.kind === "list" && /^\d+$/.test(segment) ? place.items[Number(segment)] : void 0;
  }, root);
}

// src/manifests/conventions/trailing-comment.ts
function* findCommented({ root, text, lines }, word2, comment) {
  if (!lines.includes(word2)) return;
  const nodes = walk(root);
  const scalars = nodes.flatMap(({ node, path }) => node.kind === "scalar" ? { node, path } : []);
  const seen = /* @__PURE__ */ new Set();
  for (const [index, { node, path }] of scalars.entries()) {
    if (node.style === "verbatim") {
      if (!node.embedded) yield* commentedLines(node, path, text, comment);
      continue;
    }
    const gap = matchAt(/[ \t,\]}]*[ \t](?=#)/y, text, node.end)?.[0] ?? "";
    const match = matchAt(comment, text, node.end + gap.length);
    if (!match) continue;
    seen.add(match.index);
    const found = (scalar, where, refused) => {
      const source = text.slice(scalar.start, scalar.end);
      const parent = where.replace(LAST_STEP, "");
      return { scalar, source, path: where, parent, match, ...refused !== void 0 && { refused } };
    };
    const others = [...inSameCollection(text, scalars, index, closersIn(gap))];
    const [only, ...more] = [...others, { node, path }].filter((one) => others.length === 0 || isVersion(one.node));
    if (only && more.length === 0) yield found(only.node, only.path);
    else yield found(node, path, "is one of several values in front of the comment");
  }
  const hashes = new NextOf(text, "#");
  const ends = new NextOf(text, "\n");
  const matches = /* @__PURE__ */ new Map();
  for (const { node, path } of nodes) {
    for (const entry of node.kind === "map" ? node.entries : []) {
      const hash = hashes.from(entry.keyStart);
      const line = hash < ends.from(entry.keyStart) ? restOfLine(text, entry, hash) : void 0;
      if (!line || seen.has(line.end)) continue;
      if (!matches.has(line.end)) matches.set(line.end, matchAt(comment, text, line.end));
      const match = matches.get(line.end);
      if (match)
        yield { ...line, path: joinPath(path, entry.key), parent: path, match, refused: "is no value of one line" };
    }
  }
}
function* commentedLines({ start, end: end2 }, path, text, comment) {
  for (const { 0: line, index } of text.slice(start, end2).matchAll(/[^\n]+/g)) {
    if (/^[|>]/.test(line)) continue;
    const from = start + index;
    for (const { index: hash } of [...line.matchAll(/(?<=[ \t])#/g)].slice(0, MOST_HASHES)) {
      const match = matchAt(comment, text, from + hash);
      const source = line.slice(0, hash).trim();
      if (!match || source === "") continue;
      const at = from + line.indexOf(source);
      const scalar = { kind: "scalar", text: source, style: "verbatim", start: at, end: at + source.length };
      yield { scalar, source, path, parent: `${path} ${index}`, match, block: start };
      break;
    }
  }
}
var NextOf = class {
  #text;
  #character;
  #asked = 0;
  #found = -1;
  constructor(text, character) {
    this.#text = text;
    this.#character = character;
  }
  /** From an offset on; Infinity where there is no more. */
  from(offset) {
    if (offset < this.#asked || offset > this.#found) {
      const found = this.#text.indexOf(this.#character, offset);
      this.#found = found < 0 ? Infinity : found;
      this.#asked = offset;
    }
    return this.#found;
  }
};
var MOST_HASHES = 50;
var LAST_STEP = /(?:\.[^.[\]]+|\[[^\]]*\]|^[^.[\]]+)$/;
function matchAt(sticky, text, offset) {
  sticky.lastIndex = offset;
  return sticky.exec(text);
}
var closersIn = (text) => text.match(/[\]}]/g)?.length ?? 0;
function* inSameCollection(text, scalars, last2, closed) {
  let depth = closed;
  for (let index = last2; index > 0 && depth > 0; index -= 1) {
    const [one, next] = [scalars[index - 1], scalars[index]];
    const between = one && next ? text.slice(one.node.end, next.node.start) : "";
    for (const character of between.split("").toReversed()) {
      if (depth > 0) depth += Number(/[\]}]/.test(character)) - Number(/[[{]/.test(character));
    }
    if (one && depth > 0) yield one;
  }
}
function isVersion(scalar) {
  const { tag, digest } = parseReference(scalar.text) ?? {};
  const isReference = tag !== void 0 || digest !== void 0;
  return isEmpty(scalar) || isReference || parseVersion(scalar.text) !== void 0 && isVersionLike(withoutDigest(scalar.text));
}
function restOfLine(text, { keyStart }, end2) {
  if (end2 === keyStart || !/[ \t]/.test(text.charAt(end2 - 1))) return void 0;
  const source = text.slice(keyStart, end2).trim();
  return { scalar: { kind: "scalar", text: source, style: "verbatim", start: keyStart, end: keyStart }, source, end: end2 };
}

// src/manifests/conventions/flux-setters.ts
var COMMENT2 = /#\s*\{\s*"\$imagepolicy"\s*:\s*"(?<policy>[^":]+:[^":]+)(?::(?<part>name|tag|digest))?"\s*\}/y;
var fluxSetters = {
  name: "flux-setters",
  *find(document, { policies }) {
    yield* sitesOf(
      [...findCommented(document, "$imagepolicy", COMMENT2)].flatMap((commented) => {
        const { policy = "", part = partOf2(commented.scalar, commented.path, "reference") } = commented.match.groups ?? {};
        const image = policies.get(policy);
        return image === void 0 ? [] : { ...commented, image, part };
      })
    );
  }
};

// src/manifests/conventions/helm-values.ts
var helmValues = {
  name: "helm-values",
  *find({ root }) {
    if (root) yield* sitesIn2(root, "", void 0, /* @__PURE__ */ new Map());
  }
};
function* sitesIn2(node, path, above, known) {
  if (node.kind === "list") {
    for (const [index, item] of node.items.entries()) yield* sitesIn2(item, `${path}[${index}]`, above, known);
  }
  if (node.kind !== "map") return;
  const registry = registryIn(node, known) ?? above;
  for (const parts of node.values.size > 1 ? groupImageParts(scalarsOf(node), path) : []) {
    const site = siteOfParts(path, parts, registry);
    if (site) yield site;
  }
  for (const { key, value } of node.entries) yield* sitesIn2(value, joinPath(path, key), registry, known);
}
function* scalarsOf(map, prefix = "") {
  for (const [key, value] of map?.values ?? []) if (value.kind === "scalar") yield [prefix + key, value];
}
function registryIn(values, known) {
  const global = mapOf(values, "global");
  if (!global) return void 0;
  if (!known.has(global)) known.set(global, globalRegistry(globalsOf(global)));
  return known.get(global);
}
function* globalsOf(global) {
  yield* scalarsOf(global, "global.");
  yield* scalarsOf(mapOf(global, "image"), "global.image.");
}

// elsewhere:src/core/manifest-names.ts
var { KUSTOMIZATION_NAMES, isManifestName, withoutTemplateEnding } = require("./workspace.cjs").modules["src/core/manifest-names.ts"];

// src/manifests/conventions/kustomize.ts
var KINDS = /* @__PURE__ */ new Set(["Kustomization", "Component", "ImageTagTransformer"]);
var FILE_NAME = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;
var kustomize = {
  name: "kustomize",
  *find({ path, text, root }) {
    if (root?.kind !== "map") return;
    const kind = scalarOf(root, "kind")?.text;
    const spec = mapOf(root, "spec");
    if (kind === "HelmRelease" && spec) yield* sitesOfRenderers(spec, text);
    if (kind === void 0 ? !FILE_NAME.test(withoutTemplateEnding(path)) : !KINDS.has(kind)) return;
    for (const key of ["images", "imageTags"]) yield* sitesIn3(valueOf(root, key), key, text);
    if (spec) yield* sitesIn3(valueOf(spec, "images"), "spec.images", text);
    const entry = mapOf(root, "imageTag");
    const site = entry && siteOf4(entry, "imageTag", text);
    if (site) yield site;
  }
};
function* sitesIn3(images, path, text) {
  if (images?.kind !== "list") return;
  for (const [index, entry] of images.items.entries()) {
    const site = entry.kind === "map" ? siteOf4(entry, `${path}[${index}]`, text) : void 0;
    if (site) yield site;
  }
}
function* sitesOfRenderers(spec, text) {
  const renderers = valueOf(spec, "postRenderers");
  if (renderers?.kind !== "list") return;
  for (const [index, renderer] of renderers.items.entries()) {
    const kustomization = renderer.kind === "map" ? mapOf(renderer, "kustomize") : void 0;
    if (kustomization)
      yield* sitesIn3(valueOf(kustomization, "images"), `spec.postRenderers[${index}].kustomize.images`, text);
  }
}
function siteOf4(entry, where, text) {
  const name = scalarOf(entry, "name");
  const newName = scalarOf(entry, "newName");
  const newTag = scalarOf(entry, "newTag");
  const digest = scalarOf(entry, "digest");
  const reference = parseReference((newName ?? name)?.text ?? "");
  if (!name || !reference) return void 0;
  const { name: image, ...inName } = reference;
  if (newName && !newTag && !digest && formatVersion(inName) !== "") {
    return { where, name: image, version: inName, fields: [fieldOf("match", name), fieldOf("reference", newName)] };
  }
  const inTag = newTag && versionOf(newTag);
  const inDigest = digest && isDigest(digest.text) ? { digest: digest.text } : void 0;
  const readable = (!newTag || inTag || isEmpty(newTag)) && (!digest || inDigest || isEmpty(digest));
  const fields = [fieldOf("match", name)];
  if (newName) fields.push(fieldOf("name", newName));
  else fields.push(...absentField(entry, "name", "newName", text));
  if (newTag) fields.push(fieldOf("tag", newTag));
  else if (!digest) fields.push(...absentField(entry, "tag", "newTag", text));
  if (digest) fields.push(fieldOf("digest", digest));
  else if (inTag?.digest === void 0) fields.push(...absentField(entry, "digest", "digest", text));
  return { where, name: image, version: readable ? { ...inTag, ...inDigest } : {}, fields };
}
function absentField(entry, role, key, text) {
  const version = entry.entries.find((candidate) => candidate.key === "newTag" || candidate.key === "digest");
  const name = entry.entries.findLast((candidate) => candidate.key === "name" || candidate.key === "newName");
  if (version) return [insertedField(entry, { key, role, beside: version, side: "before" }, text)];
  return name ? [insertedField(entry, { key, role, beside: name, side: "after" }, text)] : [];
}

// elsewhere:src/core/escape.ts
var { cut, forCommit, forLog, forMarkdown, fromCommit, jsonForLog, markdownBlock, markdownCode, markdownUrl, oneCommitLine, oneLine, quote } = require("./start.cjs").modules["src/core/escape.ts"];

// src/manifests/conventions/marker.ts
var COMMENT3 = /#(?:[^\r\n]*?#)?\s*manifest-release:[ \t]*(?<image>\S+)(?<rest>[^\r\n#]*)/y;
var marker = {
  name: "marker",
  *find(document) {
    yield* sitesOf(
      [...findCommented(document, "manifest-release:", COMMENT3)].map((commented) => {
        const { image = "", rest = "" } = commented.match.groups ?? {};
        const given = rest.trim();
        const part = given === "tag" || given === "digest" ? given : void 0;
        const isUnknown = part === void 0 && given !== "";
        return {
          ...commented,
          image: parseReference(image)?.name ?? image,
          part: part ?? partOf2(commented.scalar, commented.path, "reference"),
          ...isUnknown && { refused: `has a comment that ends in ${quote(given)} in place of tag or digest` }
        };
      })
    );
  }
};

// src/manifests/yaml/lines.ts
var LineTable = class {
  #text;
  #words = /* @__PURE__ */ new Map();
  #starts;
  constructor(text) {
    this.#text = text;
  }
  /** Whether the text has a word; it is searched once for all documents of a file. */
  includes(word2) {
    const known = this.#words.get(word2) ?? this.#text.includes(word2);
    this.#words.set(word2, known);
    return known;
  }
  positionAt(offset) {
    this.#starts ??= [0, ...Array.from(this.#text.matchAll(/\n/g), ({ index }) => index + 1)];
    const line = lastAtMost(this.#starts, offset);
    return { line: line + 1, column: offset - (this.#starts[line] ?? 0) + 1 };
  }
};
var NEAR2 = 2e3;
function lineAround(text, offset) {
  const from = Math.max(offset - NEAR2, 0);
  const start = from + text.slice(from, offset).lastIndexOf("\n") + 1;
  const [line = ""] = text.slice(start, offset + NEAR2).split("\n", 1);
  return { start, line };
}
function dedent(block, text) {
  const indentation = firstIndentation(block) - firstIndentation(text);
  const lines = block.split("\n").map((line) => {
    const removed = Math.min(indentation, line.length - line.trimStart().length);
    return { removed, text: line.slice(removed) };
  });
  const starts = [];
  const shifts = [];
  let position = 0;
  let shift = 0;
  for (const line of lines) {
    starts.push(position);
    shifts.push(shift += line.removed);
    position += line.text.length + 1;
  }
  const place = (offset) => offset + (shifts[lastAtMost(starts, offset)] ?? 0);
  return { text: lines.map((line) => line.text).join("\n"), place };
}
function firstIndentation(text) {
  return /^(?:\s*\n)?( *)\S/.exec(text)?.[1]?.length ?? 0;
}
function lastAtMost(ascending, limit) {
  return Math.max(countBelow(ascending, limit + 1) - 1, 0);
}
function countBelow(ascending, limit) {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = low + high >> 1;
    if ((ascending[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
function joinFlowLines(text, offset) {
  let depth = 0;
  let start = offset - 1;
  for (; start >= 0; start -= 1) {
    const character = text[start];
    if (character === "]" || character === "}") depth += 1;
    if ((character === "[" || character === "{") && (depth -= 1) < 0) break;
  }
  const end2 = closingBracket(text, start);
  if (start < 0 || end2 < 0) return text;
  return text.slice(0, start) + text.slice(start, end2).replace(/[\r\n]/g, " ") + text.slice(end2);
}
function closingBracket(text, start) {
  const parts = /(?<![^\s,:[{])(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|[[\]{}]|\s#/gs;
  parts.lastIndex = Math.max(start, 0);
  let depth = 0;
  for (let match = parts.exec(text); match; match = parts.exec(text)) {
    const [part] = match;
    if (part.endsWith("#")) return -1;
    if (part === "[" || part === "{") depth += 1;
    if ((part === "]" || part === "}") && (depth -= 1) === 0) return match.index;
  }
  return -1;
}

// src/manifests/yaml/template-actions.ts
var SYNTAXES = /* @__PURE__ */ new Map([
  ["{{", { close: "}}", hasStrings: true }],
  ["{%", { close: "%}", hasStrings: true }],
  ["{#", { close: "#}", hasStrings: false }],
  ["<%", { close: "%>", hasStrings: false }],
  ["%{", { close: "}", hasStrings: false }]
]);
var OPENING = /\{[{%]|(?<!\$)\{#|<%|%\{(?=~?[ \t]*(?:if|else|endif|for|endfor)\b)/g;
var GO_COMMENT = /\{\{-?\s*\/\*/y;
var PART = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|\\.|[}%]\}|[^"'`\\}%]+|[^]/y;
var ROLES = [
  ["opens", /^(?:[#^]|(?:if|unless|for|range|with|block|define)\b)|\bdo(?:\s*\|[^|]*\|)?$/],
  ["alternates", /^(?:else|elif|elsif)\b/],
  ["closes", /^(?:\/(?!\*)|end(?:if|for|with|block)?\b)/]
];
function* templateActions(text) {
  const unclosed = /* @__PURE__ */ new Set();
  let position = 0;
  for (const { 0: mark, index: start } of text.matchAll(OPENING)) {
    const syntax = SYNTAXES.get(mark);
    if (!syntax || start < position || unclosed.has(mark)) continue;
    const end2 = endOf(text, start, syntax);
    if (end2 < 0) {
      unclosed.add(mark);
    } else {
      yield { start, end: end2, role: mark === "{#" ? "other" : roleOf(text.slice(start + 2, end2 - syntax.close.length)) };
      position = end2;
    }
  }
}
function endOf(text, start, { close, hasStrings }) {
  GO_COMMENT.lastIndex = start;
  const comment = GO_COMMENT.test(text) ? text.indexOf("*/", GO_COMMENT.lastIndex) : start;
  if (comment < 0) return -1;
  if (!hasStrings || comment > start) {
    const end2 = text.indexOf(close, comment + 2);
    return end2 < 0 ? -1 : end2 + close.length;
  }
  PART.lastIndex = start + 2;
  for (let match = PART.exec(text); match; match = PART.exec(text)) {
    if (match[0] === close) return PART.lastIndex;
  }
  return -1;
}
function roleOf(body) {
  const words2 = body.replace(/^[-~]?\s*/, "").replace(/[-~]$/, "").trimEnd();
  return ROLES.find(([, pattern]) => pattern.test(words2))?.[0] ?? "other";
}

// src/manifests/yaml/template-branches.ts
var MASK = "\uE000";
var MAX_TEXTS = 16;
var MAX_DEPTH = 12;
function branchesOf(template) {
  const actions = [...templateActions(template)];
  const root = readBranches(actions, template);
  const masked = maskActions(template, actions);
  const count = Math.min(countOf(root), MAX_TEXTS);
  return Array.from(
    { length: count },
    (_, index) => replaceSpans(masked, hiddenIn(root, index), blank2).replace(LINES_BEHIND_HEADER, emptyLines)
  );
}
function readBranches(actions, text) {
  const root = { start: 0, end: text.length, constructs: [] };
  const open2 = [];
  let current = root;
  const begin = (construct, start) => {
    current = { start, end: text.length, constructs: [] };
    construct.branches.push(current);
  };
  for (const { role, start, end: end2 } of actions) {
    const innermost = open2.at(-1);
    if (role === "opens") {
      const construct = { branches: [] };
      open2.push({ around: current, construct, start });
      if (open2.length <= MAX_DEPTH) current.constructs.push(construct);
      begin(construct, end2);
    } else if (innermost && role === "alternates") {
      current.end = start;
      begin(innermost.construct, end2);
    } else if (innermost && role === "closes") {
      current.end = start;
      innermost.construct.branches.push({ start, end: start, constructs: [] });
      current = innermost.around;
      const isLine = !text.slice(innermost.start, end2).includes("\n");
      if (isLine && current.constructs.at(-1) === innermost.construct) current.constructs.pop();
      open2.pop();
    }
  }
  return root;
}
function countOf({ constructs }) {
  return Math.max(1, ...constructs.map(({ branches }) => branches.reduce((sum, branch) => sum + countOf(branch), 0)));
}
function hiddenIn({ constructs }, index) {
  return constructs.flatMap(({ branches }) => {
    const counts = branches.map(countOf);
    const total = counts.reduce((sum, count) => sum + count, 0);
    let rest = Math.min(index, total - 1);
    let shown2 = 0;
    while (rest >= (counts[shown2] ?? Infinity)) rest -= counts[shown2++] ?? 0;
    return branches.flatMap((branch, at) => at === shown2 ? hiddenIn(branch, rest) : branch);
  });
}
function maskActions(text, actions) {
  const masked = replaceSpans(text, actions, (action) => action.replace(/[^\r\n]/g, MASK));
  return masked.replace(WHOLE_VALUE, blank2);
}
var WHOLE_VALUE = new RegExp(
  String.raw`(?=${MASK})(?<=^\ufeff?[ \t]*|:[ \t]+|- +)${MASK}[ \t${MASK}]*(?=\r?$|[ \t]#)`,
  "gm"
);
function blank2(part) {
  return part.replace(/[^\r\n]/g, " ");
}
var LINES_BEHIND_HEADER = /(?<=[|>][-+\d]{0,2}[ \t]*\r?\n)(?:[ \t]*\r?\n)+/g;
function emptyLines(part) {
  return part.replace(/[ \t]/g, "\n");
}
function replaceSpans(text, spans, replace) {
  let position = 0;
  const parts = spans.flatMap(({ start, end: end2 }) => {
    const kept2 = text.slice(position, start);
    position = end2;
    return [kept2, replace(text.slice(start, end2))];
  });
  return [...parts, text.slice(position)].join("");
}

// src/manifests/yaml/templated-values.ts
var TEMPLATED = "{{ \u2026 }}";
function unmasked(text) {
  return text.replace(new RegExp(`${MASK}+`, "g"), TEMPLATED);
}
var TemplatedLines = class {
  #lines;
  #masked;
  constructor(text) {
    this.#lines = new LineTable(text);
    const masks = text.matchAll(new RegExp(`${MASK}+`, "g"));
    this.#masked = new Set(Array.from(masks, ({ index }) => this.#lines.positionAt(index).line));
  }
  /** Whether one of the lines from one offset to another is templated. */
  has(start, end2) {
    if (this.#masked.size === 0) return false;
    const last2 = this.#lines.positionAt(end2).line;
    for (let { line } = this.#lines.positionAt(start); line <= last2; line += 1) if (this.#masked.has(line)) return true;
    return false;
  }
};
var VALUE = /\s*\{[{%]/y;
var SUFFIX = /\s*\{\{-\s*[.$][\w.]*\s*-?\}\}/y;
function isContinued(text, start, end2) {
  const pattern = start === end2 ? VALUE : SUFFIX;
  pattern.lastIndex = end2;
  return pattern.test(text);
}

// src/manifests/conventions/object-variables.ts
var objectVariables = {
  name: "object-variables",
  *find(document) {
    const variables = [...variablesOf(document)];
    if (variables.length === 0) return;
    const values = groupBy(variables, ({ name }) => name);
    const imagesOf2 = imagesByVariable(usesIn(document, values));
    for (const { name, where, scalar } of variables) {
      const images = imagesOf2.get(name);
      const read = images && versionFields({ tag: scalar });
      if (!read || read.fields.length === 0) continue;
      const candidates = images.size > 1 ? { candidates: [...images.values()] } : {};
      for (const [of, image] of images) yield { where, name: image, of, ...read, ...candidates };
    }
  }
};
function* variablesOf({ root, name }) {
  if (root?.kind !== "map") return;
  const [kind] = name.split("/");
  if (kind === "Template" || valueOf(root, "objects")) yield* parametersOf(valueOf(root, "parameters"));
  if (kind === "ApplicationSet") {
    for (const { node, path } of walk(root)) {
      const [, inside] = GENERATED.exec(path) ?? [];
      if (inside !== void 0) yield* entriesOf(node, path, inside === "" ? "" : `${inside.slice(1)}.`);
    }
  }
  if (kind === "Kustomization") {
    const substitute = substituteOf(root);
    if (substitute) yield* entriesOf(substitute, "spec.postBuild.substitute");
  }
}
function substituteOf(kustomization) {
  return mapOf(mapOf(mapOf(kustomization, "spec"), "postBuild"), "substitute");
}
var GENERATED = /(?:\.list\.elements\[\d+\]|\.generators\[\d+\]\.\w+(?=\.values))((?:\.[\w-]+)*)$/;
function* parametersOf(list) {
  for (const { index, name, scalar } of namedItems(list)) {
    yield { name, where: `parameters[${index}].value`, scalar };
  }
}
function* entriesOf(node, path, prefix = "") {
  for (const { key, value } of node.kind === "map" ? node.entries : []) {
    if (value.kind === "scalar") yield { name: prefix + key, where: `${path}.${key}`, scalar: value };
  }
}
function imagesByVariable(uses) {
  const all = /* @__PURE__ */ new Map();
  for (const { variable, image } of uses) kept(all, variable, () => /* @__PURE__ */ new Map()).set(repositoryOf(image), image);
  return all;
}
var VARIABLE = String.raw`\$\{\{?(\w+)\}?\}|\{\{-?\s*\.?([\w-]+(?:\.[\w-]+)*)\s*(?:\|\s*quote\s*)?-?\}\}`;
var ALL = new RegExp(VARIABLE, "g");
var ONLY = new RegExp(`^(?:${VARIABLE})$`);
var BEHIND_NAME = new RegExp(`^(?:[^\\s=]*=)?([^\\s]*):(?:${VARIABLE})$`);
function* usesIn(document, values) {
  const filledIn = (text) => text.replace(ALL, (all, shell, template) => {
    const [value, ...more] = values.get(shell ?? template ?? "") ?? [];
    return value && more.length === 0 ? value.scalar.text : all;
  });
  for (const node of nodesOf(document.root)) {
    if (node.kind === "scalar") {
      const [, name = "", shell, template] = BEHIND_NAME.exec(written(node, document)) ?? [];
      const image = parseReference(filledIn(name))?.name;
      if (image !== void 0) yield { variable: shell ?? template ?? "", image };
    }
    const entries = keyedScalars(node).map(([key, scalar]) => {
      const text = written(scalar, document);
      return [key, { text: ONLY.test(text) ? text : filledIn(text) }];
    });
    for (const { tag, ...parts } of groupImageParts(entries)) {
      const [, shell, template] = ONLY.exec(tag?.value.text ?? "") ?? [];
      const named = nameOfParts(parts);
      if (named) yield { variable: shell ?? template ?? "", image: named.name };
    }
  }
}
function keyedScalars(node) {
  if (node.kind === "map") {
    return node.entries.flatMap(({ key, value }) => value.kind === "scalar" ? [[key, value]] : []);
  }
  return namedItems(node).map(({ name, scalar }) => [name, scalar]);
}
var ACTION = /[ \t]*(\{\{[^{}\n]*\}\})(?=[ \t]*(?:[\r\n]|$))/y;
function written({ start, end: end2, text: read }, { text }) {
  if (read === TEMPLATED) {
    ACTION.lastIndex = start;
    return ACTION.exec(text)?.[1] ?? "";
  }
  return text.slice(start, end2).replace(/^["']|["']$/g, "");
}
function* nodesOf(root) {
  for (const { node } of walk(root)) {
    yield node;
    for (const inner of node.kind === "scalar" ? node.embedded ?? [] : []) yield* nodesOf(inner);
  }
}

// src/manifests/conventions/split-values.ts
var splitValues = {
  name: "split-values",
  *find(document, { tagOwners }) {
    const tags = tagOwners.get(documentKey(document.path, document.id));
    if (!tags) return;
    const scalars = /* @__PURE__ */ new Map();
    for (const { node, path } of walk(document.root)) if (node.kind === "scalar") scalars.set(path, node);
    for (const group of groupsOf(tags)) yield* sitesOf2(group, scalars);
  }
};
function groupsOf(tags) {
  const keyOf4 = ({ parent, owners }) => JSON.stringify([parent, ...owners.map(({ image }) => image)]);
  return [...groupBy(tags, keyOf4).values()];
}
function* sitesOf2(tags, scalars) {
  const [first] = tags;
  const parts = new Map(tags.map(({ part, where }) => [part, scalars.get(where)]));
  const read = versionFields({ tag: parts.get("tag"), digest: parts.get("digest"), sha: parts.get("sha") });
  if (!first || !read || formatVersion(read.version) === "") return;
  const { owners, parent, isGuess } = first;
  const isCertain = owners.length === 1 && !isGuess;
  const candidates = isCertain ? void 0 : owners.map(({ name, source }) => `${name} (${source})`);
  for (const owner of owners) yield siteOf5(owner, candidates, { where: parent, ...read });
}
function siteOf5({ name, image, source }, candidates, site) {
  if (candidates) return { ...site, name, of: image, candidates };
  return { ...site, note: `(its repository is in ${source})`, name, of: image };
}

// elsewhere:src/core/tag-kind.ts
var { MOVING_WORDS, TAG_KINDS, areParts, kindOfTag } = require("./start.cjs").modules["src/core/tag-kind.ts"];

// src/manifests/conventions/whole-reference.ts
var wholeReference = {
  name: "whole-reference",
  *find({ root }) {
    const bare2 = /* @__PURE__ */ new Set();
    const streamed = /* @__PURE__ */ new Set();
    const tabled = /* @__PURE__ */ new Set();
    for (const { node, path } of walk(root)) {
      if (node.kind === "map") {
        for (const name2 of bareNames(node)) bare2.add(name2);
        const source = sourceOfVersion(node);
        if (source) streamed.add(source);
      }
      if (node.kind === "list") for (const image of imagesOfVersions(node)) tabled.add(image);
      if (node.kind !== "scalar") continue;
      const reference = parseReference(node.text);
      if (!reference) continue;
      const { name, ...version } = reference;
      const isOfImage = /image/i.test(path);
      if (!isOfImage && isWord(reference)) continue;
      const isPort2 = !isOfImage && isHostAndPort(reference);
      yield {
        where: path,
        name,
        version,
        fields: [fieldOf("reference", node)],
        ...isPort2 && { doubt: "may be a port" },
        ...streamed.has(node) && { doubt: "is a version of an ImageStream, which others may use by its name" },
        ...tabled.has(node) && { doubt: "is in a list of versions, each with its image" },
        ...bare2.has(node) && { takesVersion: true }
      };
    }
  }
};
function bareNames(map) {
  const hasVersion3 = map.entries.some(
    ({ key, value }) => VERSION.test(key) && value.kind === "scalar" && !isEmpty(value)
  );
  return hasVersion3 ? [] : map.entries.flatMap(({ key, value }) => /image$/i.test(key) ? value : []);
}
function sourceOfVersion(map) {
  const from = mapOf(map, "from");
  const source = from && scalarOf(from, "name");
  if (!source || scalarOf(from, "kind")?.text !== "DockerImage") return void 0;
  const { tag } = parseReference(source.text) ?? {};
  const isCalledSo = tag !== void 0 && scalarOf(map, "name")?.text === tag;
  return isCalledSo && kindOfTag(tag) !== "moving" ? source : void 0;
}
function imagesOfVersions({ items }) {
  const images = items.flatMap((item) => {
    const version = item.kind === "map" ? scalarOf(item, "version")?.text : void 0;
    if (item.kind !== "map" || version === void 0) return [];
    return item.entries.flatMap(({ value }) => {
      const reference = value.kind === "scalar" ? parseReference(value.text) : void 0;
      return reference?.tag === version ? [{ value, version, name: reference.name }] : [];
    });
  });
  const isOneOfSeveral = ({ name, version }) => images.some((other) => other.name === name && other.version !== version);
  return images.filter(isOneOfSeveral).map(({ value }) => value);
}
var VERSION = /(?:tag|digest|sha)$|^version$|imageVersion$/i;
function isWord({ name, tag, digest }) {
  return !name.includes("/") && tag === void 0 && digest === void 0;
}
function isHostAndPort({ name, tag = "", digest }) {
  return !name.includes("/") && digest === void 0 && /^\d{1,5}$/.test(tag);
}

// src/manifests/conventions/index.ts
var conventions = [
  explicitTarget,
  kustomize,
  helmValues,
  parameters,
  splitValues,
  objectVariables,
  argoImages,
  wholeReference,
  defaultTag,
  marker,
  fluxSetters,
  argument
];

// src/manifests/scanned-images.ts
var KIND = "ImageRepository";
var UPDATER = "ImageUpdater";
var IMAGE_LIST = "argocd-image-updater.argoproj.io/image-list";
function scannedImages(text, documents) {
  if (![KIND, UPDATER, IMAGE_LIST].some((word2) => text.includes(word2))) return /* @__PURE__ */ new Map();
  const starts = documents.flatMap(
    ({ root }) => walk(root).flatMap(({ node }) => node.kind === "map" ? [...scannedIn(node)] : [])
  );
  return new Map([...scannedInLines(text), ...listsInLines(text), ...starts]);
}
function withoutScanned(text, documents = []) {
  const spans = [...scannedImages(text, documents)].toSorted(([a], [b]) => a - b);
  const parts = [];
  let position = 0;
  for (const [start, end2] of spans) {
    if (end2 <= position) continue;
    const from = Math.max(start, position);
    parts.push(text.slice(position, from), " ".repeat(end2 - from));
    position = end2;
  }
  return [...parts, text.slice(position)].join("");
}
function* scannedIn(map) {
  const kind = scalarOf(map, "kind")?.text;
  if (kind === KIND) yield* imageOf(mapOf(map, "spec"));
  if (kind === UPDATER) {
    for (const { node } of walk(map)) {
      const name = node.kind === "map" ? scalarOf(node, "imageName") : void 0;
      if (name) yield [name.start, name.end];
    }
  }
  const list = scalarOf(map, IMAGE_LIST);
  if (list) yield [list.start, list.end];
  const target = mapOf(map, "target");
  if (!target || scalarOf(target, "kind")?.text !== KIND) return;
  for (const patch of scalarOf(map, "patch")?.embedded ?? []) {
    for (const operation of patch.kind === "list" ? patch.items : []) {
      if (operation.kind !== "map") continue;
      const path = scalarOf(operation, "path")?.text;
      const value = valueOf(operation, "value");
      if (path === "/spec/image" && value?.kind === "scalar") yield [value.start, value.end];
      if (path === "/spec" && value?.kind === "map") yield* imageOf(value);
    }
  }
}
function* imageOf(spec) {
  const image = spec && scalarOf(spec, "image");
  if (image) yield [image.start, image.end];
}
var LIST_LINE = new RegExp(`["']?${IMAGE_LIST}["']?[ \\t]*:[ \\t]*(?=\\S)([^\\r\\n]*)`, "g");
function* listsInLines(text) {
  for (const { index, 0: all, 1: list = "" } of text.matchAll(LIST_LINE)) {
    yield [index + all.length - list.length, index + all.length];
  }
}
var KIND_LINE = new RegExp(`^["']?kind["']?[ \\t]*:[ \\t]*["']?${KIND}\\b`);
var SPEC_LINE = /^["']?spec["']?[ \t]*:[ \t]*(?:#.*)?$/;
var IMAGE_LINE = /^["']?image["']?[ \t]*:[ \t]*(?=\S)/;
function* scannedInLines(text) {
  const lines = linesOf(text);
  let end2 = 0;
  for (const [index, line] of lines.entries()) {
    if (index < end2 || !KIND_LINE.test(line.text)) continue;
    const behind = within(lines, index + 1, line.column);
    end2 = index + 1 + behind.length;
    const object = [...before(lines, index), line, ...behind];
    const spec = object.findIndex(({ text: key, column }) => column === line.column && SPEC_LINE.test(key));
    const children = spec < 0 ? [] : within(object, spec + 1, line.column + 1);
    const image = children.find(({ text: key, column }) => column === children[0]?.column && IMAGE_LINE.test(key));
    const start = (image?.offset ?? 0) + (IMAGE_LINE.exec(image?.text ?? "")?.[0].length ?? 0);
    if (image) yield [start, image.offset + image.text.length];
  }
}
function linesOf(text) {
  return [...text.matchAll(/^([ \t]*(?:-[ \t]+)?)([^\r\n]*)/gm)].flatMap(({ 1: indent = "", 2: rest = "", index }) => {
    if (rest === "" || /^(?:#|\{\{|\{%)/.test(rest)) return [];
    return { offset: index + indent.length, column: indent.length, isItem: indent.includes("-"), text: rest };
  });
}
function before(lines, index) {
  const { column = 0, isItem = false } = lines[index] ?? {};
  if (isItem) return [];
  let first = index;
  for (; first > 0; first -= 1) {
    const line = lines[first - 1];
    if (!line || line.column < column || isBreak(line)) break;
    if (line.isItem && line.column === column) return lines.slice(first - 1, index);
  }
  return lines.slice(first, index);
}
function within(lines, start, column) {
  let end2 = start;
  for (; end2 < lines.length; end2 += 1) {
    const line = lines[end2];
    const isNextItem = line?.isItem === true && line.column === column;
    if (!line || line.column < column || isNextItem || isBreak(line)) break;
  }
  return lines.slice(start, end2);
}
var isBreak = ({ text }) => text.startsWith("---");

// src/manifests/branch-sites.ts
function mergeBranches(found) {
  const first = /* @__PURE__ */ new Map();
  const distinct = found.filter((one) => {
    const key = keyOf(one);
    const document = first.get(key) ?? one.document;
    first.set(key, document);
    return document === one.document;
  });
  const scalars = distinct.flatMap((one) => versionScalars(one).map((scalar) => ({ scalar, one })));
  const sharing = groupBy(scalars, ({ scalar }) => scalar);
  const shared = new Set(
    [...sharing].flatMap(
      ([scalar, [first2, ...more]]) => more.some(({ one }) => one.document !== first2?.one.document) ? scalar : []
    )
  );
  const known = /* @__PURE__ */ new Map();
  return distinct.map((one) => {
    const own = versionScalars(one);
    if (!own.some((scalar) => shared.has(scalar))) return one;
    const key = own.join("\n");
    const others = own.flatMap((scalar) => known.has(key) ? [] : sharing.get(scalar) ?? []);
    const candidates = known.get(key) ?? [...new Set(others.map((other) => describe(other.one)))];
    known.set(key, candidates);
    return { ...one, site: { ...one.site, candidates } };
  });
}
function keyOf({ convention, site: { name, fields } }) {
  return [convention, name, ...fields.map(({ role, start }) => `${role} ${start}`)].join("\n");
}
var versionScalars = ({ convention, site: { fields } }) => fields.filter(isVersion2).map(({ scalar }) => `${convention} ${scalar}`);
var isVersion2 = ({ role, text }) => text !== void 0 && ["tag", "bare-tag", "digest", "hex"].includes(role);
function describe({ site: { name, fields }, document: { path, lines } }) {
  const [field] = fields;
  return `${name} (${path}:${lines.positionAt(field?.start ?? 0).line})`;
}

// src/manifests/find-sites.ts
var NO_CONTEXT = { policies: /* @__PURE__ */ new Map(), targets: [], tagOwners: /* @__PURE__ */ new Map() };
function findSites(manifest, context = NO_CONTEXT) {
  return findConventionSites(manifest, context).map(({ site }) => site);
}
function findConventionSites({ path, text, documents }, context) {
  const scanned = scannedImages(text, documents);
  const isScanned = ({ fields, named: named2, target }) => named2 !== true && target === void 0 && fields.some(({ scalar }) => scanned.has(scalar));
  const all = documents.flatMap((document) => sitesIn4(document, context)).filter(({ site }) => !isScanned(site) && !isTemplated(site));
  const found = documents.length > 1 ? mergeBranches(all) : all;
  const versionedFirst = [
    ...found.filter(({ site }) => isVersioned(site)),
    ...found.filter(({ site }) => !isVersioned(site))
  ];
  const claimed = new ClaimedCharacters();
  const named = /* @__PURE__ */ new Map();
  const decided = /* @__PURE__ */ new Set();
  const sites = versionedFirst.flatMap((one) => {
    const { convention, site } = one;
    const fields = site.fields.filter(({ text: written2 }) => written2 !== void 0);
    const other = firstOf(fields, (field) => claimed.findOther(field, convention));
    if (!other) {
      for (const field of fields) claimed.claim(field, one);
      return one;
    }
    if (!site.named) return [];
    if (other.site.candidates || isAmbiguous(other.site)) {
      for (const { scalar } of fields) decided.add(scalar);
      return one;
    }
    const isSame4 = site.of === (other.site.of ?? repositoryOf(other.site.name));
    if (isSame4 && !hasVersion(other.site)) named.set(other, site);
    return isSame4 ? [] : { ...one, site: { ...site, name: site.of ?? site.name, version: {}, refused: `is of ${other.site.name}` } };
  });
  const isOpen = ({ site }) => {
    return !(site.candidates || isAmbiguous(site)) || !site.fields.some(({ scalar }) => decided.has(scalar));
  };
  return sites.filter(isOpen).map((one) => ({ ...one, site: asFilledIn(asNamed(one.site, named.get(one)), path) })).toSorted((a, b) => startOf2(a.site) - startOf2(b.site));
}
function isAmbiguous({ fields: [field], version, name, named }) {
  return named !== true && field?.role === "reference" && version.tag === void 0 && !name.includes("/");
}
function firstOf(items, find) {
  for (const item of items) {
    const found = find(item);
    if (found !== void 0) return found;
  }
  return void 0;
}
function asNamed(site, named) {
  if (!named) return site;
  const { of = "", refused, fields } = named;
  return { ...site, of, named: true, ...refused !== void 0 && { refused, fields } };
}
var FILLED_IN = /^(?:__\w+__|[A-Z][A-Z_]+)$/;
function asFilledIn(site, path) {
  const isNamed = site.named === true || site.target !== void 0;
  if (isNamed || !FILLED_IN.test(site.version.tag ?? "") || withoutTemplateEnding(path) === path) return site;
  return { ...site, doubt: "is on a line of a template" };
}
var isTemplated = ({ fields, refused }) => refused === void 0 && fields.some(({ text }) => text === TEMPLATED);
function sitesIn4(document, context) {
  let keys;
  const pathOf = (site) => {
    keys ??= keysAtRoot(document);
    return keys.get(versionField(site)?.scalar ?? -1) ?? "(root)";
  };
  return conventions.flatMap(
    ({ name: convention, find }) => withHelmSet(document, [...find(document, context)]).map((site) => {
      const where = [document.label, site.where || pathOf(site), site.note].filter(Boolean).join(" ");
      return { convention, site: { ...site, where }, document };
    })
  );
}
function keysAtRoot({ root }) {
  const entries = root?.kind === "map" ? root.entries : [];
  return new Map(
    entries.flatMap(({ key, value }) => value.kind === "scalar" ? [[value.start, joinPath("", key)]] : [])
  );
}
function isVersioned(site) {
  const hasRoom = site.fields.some(({ role, text }) => role === "match" || text !== void 0 && PARTS2.has(role));
  return hasVersion(site) || site.named === true || hasRoom;
}
var PARTS2 = /* @__PURE__ */ new Set(["tag", "bare-tag", "digest", "hex"]);
var hasVersion = ({ version }) => version.tag !== void 0 || version.digest !== void 0;
var startOf2 = ({ fields }) => fields.reduce((least, { start }) => Math.min(least, start), Infinity);
var VERSION_ROLES = ["tag", "bare-tag", "reference", "digest", "hex"];
function versionField({ fields }) {
  const written2 = fields.filter(({ text }) => text !== void 0 && text !== "");
  const find = (among) => {
    return VERSION_ROLES.map((role) => among.find((field) => field.role === role)).find((field) => field);
  };
  return find(written2) ?? find(fields) ?? fields.find(({ role }) => role === "match");
}

// elsewhere:src/manifests/yaml/budget.ts
var { MAX_DEPTH: MAX_DEPTH2, ReadingBudget, STEPS_OF_DOCUMENT, TooComplex } = require("./workspace.cjs").modules["src/manifests/yaml/budget.ts"];

// elsewhere:node_modules/yaml/browser/dist/index.js
var { Alias, CST, Composer, Document, Lexer, LineCounter, Pair, Parser, Scalar, Schema, YAMLError, YAMLMap, YAMLParseError, YAMLSeq, YAMLWarning, isAlias, isCollection: isCollection2, isDocument, isMap, isNode, isPair, isScalar, isSeq, parse, parseAllDocuments, parseDocument, stringify, visit, visitAsync } = require("./yaml.cjs").modules["node_modules/yaml/browser/dist/index.js"];

// src/manifests/yaml/compose.ts
function compose(tokens) {
  const composer = new Composer({ schema: "failsafe", uniqueKeys: false });
  const report = composer["onError"];
  composer["onError"] = (...found) => {
    report(...found);
    const [error] = composer.streamInfo().errors;
    if (error) throw error;
  };
  const documents = [];
  try {
    for (const document of composer.compose(tokens)) documents.push(document);
    return { documents };
  } catch (error) {
    if (error instanceof YAMLParseError) return { documents, error };
    throw error;
  }
}

// src/manifests/yaml/reader.ts
var CHARACTERS_OF_STEP = 16;
var LONG_PATH = 500;
var NodeReader = class {
  #text;
  #origin;
  #embedded;
  #templated;
  #anchors = /* @__PURE__ */ new Map();
  /** The nodes that were read, each alias as all that is in its target. */
  #cost = 0;
  /** Characters of the keys around a node, which its path repeats. */
  #around = 0;
  /** `embedded` gives the maps or lists in the lines of a block. */
  constructor(text, origin, embedded) {
    this.#text = text;
    this.#origin = origin;
    this.#embedded = embedded;
    this.#templated = new TemplatedLines(text);
  }
  /** Reads the contents of a document. Throws TooComplex where aliases repeat more than the budget has. */
  readDocument(contents) {
    this.#anchors = /* @__PURE__ */ new Map();
    return this.#read(contents);
  }
  #read(node) {
    if (isAlias(node)) return this.#alias(node);
    const before2 = this.#cost;
    this.#cost += 1;
    if (this.#around > LONG_PATH) this.#spend(Math.floor(this.#around / CHARACTERS_OF_STEP), node);
    const read = isScalar(node) ? this.#scalar(node) : isMap(node) ? this.#map(node) : isSeq(node) ? this.#list(node.items) : void 0;
    if (read && (isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== void 0) {
      this.#anchors.set(node.anchor, { node: read, cost: this.#cost - before2 });
    }
    return read;
  }
  /** An alias costs what its target did: whatever is looked up behind it, and whatever is merged. */
  #alias(alias) {
    const anchored = this.#anchors.get(alias.source);
    if (!anchored) return void 0;
    const { node: target, cost } = anchored;
    this.#spend(cost, alias);
    return target.kind === "map" || target.kind === "list" ? { kind: "alias", target } : target;
  }
  #spend(cost, node) {
    this.#cost += cost;
    this.#origin.budget.spend(cost, () => this.#origin.place(isNode(node) && node.range?.[0] || 0));
  }
  #scalar({ value, type, range }) {
    const style = STYLES[type ?? ""] ?? "plain";
    const [start, end2] = range ?? [0, 0];
    const text = String(value);
    this.#cost += Math.floor(text.length / CHARACTERS_OF_STEP);
    const placed = (from, to, read = text) => {
      const [start2, end3] = [this.#origin.place(from), this.#origin.place(to)];
      const isTemplated2 = this.#templated.has(from, to) || isContinued(this.#origin.text, start2, end3);
      return { kind: "scalar", text: isTemplated2 ? TEMPLATED : read, style, start: start2, end: end3 };
    };
    if (start === end2) return placed(this.#behindWord(start), this.#behindWord(start));
    if (style !== "verbatim") return placed(start, end2);
    const first = this.#text.indexOf("\n", start) + 1;
    const lines = this.#text.slice(first, end2);
    const embedded = this.#embedded({ lines, start: first, text, isLiteral: type === "BLOCK_LITERAL" });
    const only = text.replace(/^(.+)\n+$/, "$1");
    const line = only.includes("\n") ? -1 : lines.indexOf(only);
    const whole = line < 0 ? { ...placed(start, end2), text } : placed(first + line, first + line + only.length, only);
    return { ...whole, ...embedded && { embedded } };
  }
  /** Where a value goes that is not written: without the spaces in front of it, which a comment behind it needs. */
  #behindWord(offset) {
    return offset - (/[ \t]*$/.exec(this.#text.slice(Math.max(offset - 80, 0), offset))?.[0].length ?? 0);
  }
  #map({ items, flow }) {
    const entries = [];
    const merged = /* @__PURE__ */ new Map();
    for (const { key, value } of items) {
      const keyNode = this.#key(key);
      const length = keyNode?.kind === "scalar" ? keyNode.text.length : 0;
      this.#around += length;
      const valueNode = this.#read(value);
      this.#around -= length;
      if (keyNode?.kind !== "scalar" || !valueNode) continue;
      if (keyNode.text === "<<" && keyNode.style === "plain") {
        for (const [name, added] of mergedValues(valueNode)) if (!merged.has(name)) merged.set(name, added);
      } else {
        const style = flow === true && keyNode.style === "double" ? "double" : "plain";
        const isPlain = valueNode.kind === "scalar" && valueNode.style === "plain";
        entries.push({
          key: keyNode.text,
          keyStart: keyNode.start,
          value: isPlain ? { ...valueNode, style } : valueNode
        });
      }
    }
    for (const { key, value } of entries) merged.set(key, value);
    return { kind: "map", entries, values: merged, flow: flow === true };
  }
  /** A key is read also on a line of a template. */
  #key(key) {
    const node = this.#read(key);
    return node?.kind === "scalar" && isScalar(key) ? { ...node, text: unmasked(String(key.value)) } : node;
  }
  #list(items) {
    return { kind: "list", items: items.map((item) => this.#read(item)).filter((item) => item !== void 0) };
  }
};
var STYLES = {
  PLAIN: "plain",
  QUOTE_SINGLE: "single",
  QUOTE_DOUBLE: "double",
  BLOCK_LITERAL: "verbatim",
  BLOCK_FOLDED: "verbatim"
};

// src/manifests/yaml/repair.ts
function repair(text, { code, message, pos: [offset] }) {
  const plain = JSON_START.test(text) ? withoutJsonComments(text) : text;
  if (plain !== text) return plain;
  if (code === "BAD_INDENT") return joinFlowLines(text, offset);
  if (message.startsWith("Missing closing ")) return joinQuotedLines(text, offset);
  return message.startsWith("Comments must be separated") ? withoutCommentAt(text, offset) : text;
}
var JSON_START = /^\s*(?:\/[/*]|[[{](?!\{))/;
var STRING_OR_COMMENT = /"(?:[^"\\\n]|\\.)*"?|(?<![:\w])\/\/.*|\/\*[^]*?(?:\*\/|$)/g;
function withoutJsonComments(text) {
  return text.replace(STRING_OR_COMMENT, (part) => part.startsWith('"') ? part : part.replace(/[^\r\n]/g, " "));
}
var OPENING_QUOTE = /(?<![^\s,:[{])["'][^"']*$/;
var QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/sy;
function joinQuotedLines(text, offset) {
  const from = text.lastIndexOf("\n", offset - 1) + 1;
  const start = text.slice(from, offset + 1).search(OPENING_QUOTE);
  QUOTED.lastIndex = from + start;
  const [quoted2] = (start < 0 ? void 0 : QUOTED.exec(text)) ?? [];
  if (quoted2 === void 0 || /^(?:---|\.\.\.)/m.test(quoted2)) return text;
  return text.slice(0, from + start) + quoted2.replace(/[\r\n]/g, " ") + text.slice(from + start + quoted2.length);
}
function withoutCommentAt(text, offset) {
  if (!/["'\]},]/.test(text.charAt(offset - 1))) return text;
  return text.slice(0, offset) + text.slice(offset).replace(/^#.*/, (comment) => " ".repeat(comment.length));
}

// src/manifests/yaml/template.ts
function findTemplate(text, documents) {
  if (!documents) {
    const offset = withoutComments(text).search(OPENING);
    return offset < 0 ? void 0 : offset;
  }
  if (!text.includes("{{")) return void 0;
  const offsets = documents.map((document) => findDoubleBrace(text, document.contents));
  return offsets.find((offset) => offset !== void 0);
}
function findDoubleBrace(text, node) {
  if (isMap(node)) {
    const start = node.range?.[0] ?? 0;
    if (node.flow && text.startsWith("{{", start)) return start;
    for (const { key, value } of node.items) {
      const found = findDoubleBrace(text, key) ?? findDoubleBrace(text, value);
      if (found !== void 0) return found;
    }
  }
  if (isSeq(node)) {
    for (const item of node.items) {
      const found = findDoubleBrace(text, item);
      if (found !== void 0) return found;
    }
  }
  return void 0;
}
function withoutComments(text) {
  return text.replace(/(?<=^|\s)#.*$/gm, (comment) => " ".repeat(comment.length));
}

// src/manifests/yaml/tokens.ts
var SIGNS2 = /* @__PURE__ */ new Set(["", "", ""]);
function readTokens(source, { place, budget }) {
  const parser = new Parser();
  const tokens = [];
  let offset = 0;
  const here = () => place(offset);
  const add = (some) => {
    for (const token of some) {
      tokens.push(token);
      if (token.type === "document" || token.type === "doc-end") budget.spend(STEPS_OF_DOCUMENT, here);
    }
  };
  for (const lexeme of new Lexer().lex(source)) {
    budget.spend(1, here);
    add(parser.next(lexeme));
    if (parser.stack.length > MAX_DEPTH2 + 1) throw new TooComplex("is nested too deeply", here());
    if (!SIGNS2.has(lexeme)) offset += lexeme.length;
  }
  add(parser.end());
  return tokens;
}

// src/manifests/yaml/parse.ts
var MAX_BLOCKS = 8;
function parseText(text) {
  const origin = { text, place: (offset) => offset, budget: new ReadingBudget() };
  try {
    const starts = documentStarts(text);
    const read = starts.length > 1 ? parseParts(text, starts, origin) : void 0;
    if (read && !(read.flaw && text.search(OPENING) >= 0)) return read;
    const { roots, ...flaw } = parsePart(text, { ...origin, budget: origin.budget.forPart() }, MAX_BLOCKS);
    return { parts: [{ start: 0, end: text.length, roots }], ...flaw };
  } catch (error) {
    if (!(error instanceof TooComplex)) throw error;
    return { parts: [], flaw: { kind: "syntax", reason: error.message, offset: error.offset } };
  }
}
function parseParts(text, starts, origin) {
  const parts = [];
  for (const [index, start] of starts.entries()) {
    const end2 = starts[index + 1] ?? text.length;
    const place = (offset) => start + offset;
    const budget = origin.budget.forPart();
    const { roots, flaw } = parseYaml(text.slice(start, end2), { text, place, budget }, MAX_BLOCKS);
    if (flaw) return { parts: [], flaw };
    parts.push({ start, end: end2, roots });
  }
  return { parts };
}
function documentStarts(text) {
  if (/(?:^|\n)%/.test(text)) return [0];
  const marks = Array.from(text.matchAll(/(?<=\n)---(?=[ \t\r\n]|$)/g), ({ index }) => index);
  return [0, ...marks];
}
function parsePart(text, origin, blocks) {
  const parsed = parseYaml(text, origin, blocks);
  if (parsed.flaw?.kind !== "template") return parsed;
  const found = [];
  const { budget } = origin;
  let cost = 0;
  for (const branch of branchesOf(text)) {
    const { left } = budget;
    if (left < 2 * cost) break;
    found.push(...parseYaml(branch, origin, blocks).roots);
    cost = left - budget.left;
  }
  const roots = uniqueRoots(found);
  return roots.some(isCollection) ? { roots } : parsed;
}
function parseYaml(text, origin, blocks) {
  const flawed = (kind, reason, offset) => {
    return { roots: [], flaw: { kind, reason, offset: origin.place(offset) } };
  };
  try {
    let first;
    for (let source = text, repairs = 0; ; repairs += 1) {
      const { left } = origin.budget;
      const { documents, error } = compose(readTokens(source.replace(/^\ufeff/, "\n"), origin));
      const template = findTemplate(source, error ? void 0 : documents);
      if (template !== void 0) return flawed("template", "is a template", template);
      if (!error) {
        const reader = new NodeReader(source, origin, (block) => readBlock(block, origin, blocks));
        return { roots: documents.map(({ contents }) => reader.readDocument(contents)) };
      }
      const isRepairable = repairs < MAX_REPAIRS && origin.budget.left > 2 * (left - origin.budget.left);
      const repaired = isRepairable ? repair(source, error) : source;
      first ??= error;
      if (repaired === source) return flawed("syntax", first.message, first.pos[0]);
      source = repaired;
    }
  } catch (error) {
    if (error instanceof TooComplex) throw error;
    return flawed("syntax", error instanceof Error ? error.message : String(error), 0);
  }
}
var MAX_REPAIRS = 20;
function readBlock({ lines: block, start, text, isLiteral }, origin, blocks) {
  if (blocks === 0 || text.startsWith("#!") || !IMAGE_WORD2.test(text)) return void 0;
  const lines = dedent(block, text);
  const place = (offset) => origin.place(start + lines.place(offset));
  const inner = parsePart(lines.text, { ...origin, place }, blocks - 1);
  const roots = inner.roots.filter((root) => root && !(root.kind === "scalar" && root.text === ""));
  if (roots.length === 0 || !roots.every(isCollection)) return void 0;
  const isSame4 = isLiteral ? sameLines(lines.text, text) : valuesOf(parsePart(text, { ...origin, text, place: (offset) => offset }, 0).roots) === valuesOf(inner.roots);
  return isSame4 ? roots : void 0;
}
var IMAGE_WORD2 = /image|tag|repository|newName|digest|\w\/[\w.-]+[:@]\w/i;
function sameLines(one, other) {
  return one.replaceAll("\r\n", "\n").trimEnd() === other.trimEnd();
}
function valuesOf(roots) {
  const values = roots.flatMap((root) => walk(root));
  return JSON.stringify(values.map(({ node, path }) => [path, node.kind === "scalar" ? node.text : node.kind]));
}

// src/manifests/yaml/manifest.ts
function readManifest(path, bytes) {
  const known = manifests.get(bytes);
  if (known?.path === path) return known;
  const manifest = readManifestOnce(path, bytes);
  manifests.set(bytes, manifest);
  return manifest;
}
var manifests = /* @__PURE__ */ new WeakMap();
function readManifestOnce(path, bytes) {
  try {
    return parseManifestText(path, new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const defect = { kind: "encoding", reason: "is not UTF-8", line: 1, column: 1 };
    return { path, text: "", lines: new LineTable(""), documents: [], parts: [], defect };
  }
}
function rereadPart(path, part, text) {
  return parseManifestText(path, text, part);
}
function parseManifestText(path, text, first) {
  const lines = new LineTable(text);
  const { parts: read, flaw } = parseText(text);
  const roots = read.flatMap((part) => part.roots);
  const isTemplate = flaw?.kind === "syntax" && withoutTemplateEnding(path) !== path;
  const encrypted = roots.some(isEncrypted);
  if (flaw || encrypted) {
    const { kind, reason, offset } = flaw ?? {
      kind: "encrypted",
      reason: "is encrypted with SOPS",
      offset: 0
    };
    const defect = { kind: isTemplate ? "template" : kind, reason, ...lines.positionAt(offset) };
    return { path, text, lines, documents: [], parts: [], defect };
  }
  let { index, isOnly } = first ?? { index: 0, isOnly: roots.length < 2 };
  const parts = read.map(({ start, end: end2, roots: own }) => {
    const part = { start, end: end2, index, isOnly };
    index += own.length;
    return { ...part, documents: documentsOf(own, { path, text, lines, label: "", id: "" }, part) };
  });
  return { path, text, lines, documents: parts.flatMap(({ documents }) => documents), parts };
}
function documentsOf(roots, outer, { index: first, isOnly } = { index: 0, isOnly: roots.length < 2 }) {
  return roots.flatMap((root, offset) => {
    const index = first + offset;
    const name = nameOf(root);
    const label = [outer.label, isOnly ? "" : name].filter((part) => part !== "").join(" ");
    const id = `${outer.id}${index}`;
    const inner = walk(root).flatMap(({ node, path }) => {
      if (node.kind !== "scalar" || !node.embedded || path.includes(LAST_APPLIED)) return [];
      const inside = { label: [label, path].filter((part) => part !== "").join(" "), id: `${id} ${path} ` };
      return documentsOf(node.embedded, { ...outer, ...inside });
    });
    return [{ ...outer, root, name, index, label, id }, ...inner];
  });
}
function isEncrypted(root) {
  const sops = root?.kind === "map" ? valueOf(root, "sops") : void 0;
  return sops?.kind === "map" && valueOf(sops, "mac") !== void 0;
}
function nameOf(root) {
  if (root?.kind !== "map") return "";
  const metadata = valueOf(root, "metadata");
  const kind = scalarOf(root, "kind")?.text;
  const name = metadata?.kind === "map" ? scalarOf(metadata, "name")?.text : void 0;
  return kind !== void 0 && name !== void 0 ? `${kind}/${name}` : "";
}

// src/manifests/search-terms.ts
function searchTerms(images) {
  const names = [...new Set(images.flatMap(({ reference, replaces }) => [reference.name, replaces]))];
  return {
    words: [...new Set(names.map(searchWord))],
    registries: [...new Set(names.flatMap(foldersOf))]
  };
}
function mayContain(bytes, words2) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return words2.some((word2) => buffer.includes(word2));
}

// src/manifests/flux-policies.ts
var FLUX_WORDS = ["$imagepolicy", "ImagePolicy"];
function mayHaveRepository({ bytes }) {
  return mayContain(bytes, ["ImageRepository"]);
}
function hasUnknownPolicy(files, given) {
  const setters = files.filter(({ bytes }) => mayContain(bytes, ["$imagepolicy"]));
  if (setters.length === 0) return false;
  const withObjects = files.filter((file) => mayHaveRepository(file) || mayContain(file.bytes, ["ImagePolicy"]));
  const known = readPolicies(withObjects.map(({ path, bytes }) => readManifest(path, bytes)));
  const used = setters.flatMap(({ bytes }) => [...Buffer.from(bytes).toString().matchAll(POLICY)]);
  return used.some(([, policy = ""]) => !known.has(policy) && !given.has(policy));
}
var POLICY = /"\$imagepolicy"\s*:\s*"([^":]+:[^":]+)/g;
function readPolicies(manifests2) {
  const objects = manifests2.flatMap(
    ({ documents }) => documents.flatMap(({ root }) => root?.kind === "map" ? { root, kind: scalarOf(root, "kind")?.text } : [])
  );
  const images = /* @__PURE__ */ new Map();
  for (const { root } of objects.filter(({ kind }) => kind === "ImageRepository")) {
    const image = textAt(root, "spec", "image");
    if (image !== void 0) images.set(keyOf2(root), image);
  }
  const policies = /* @__PURE__ */ new Map();
  for (const { root } of objects.filter(({ kind }) => kind === "ImagePolicy")) {
    const namespace = textAt(root, "spec", "imageRepositoryRef", "namespace") ?? textAt(root, "metadata", "namespace");
    const image = images.get(`${namespace ?? ""}:${textAt(root, "spec", "imageRepositoryRef", "name") ?? ""}`);
    if (image !== void 0) policies.set(keyOf2(root), image);
  }
  return policies;
}
function keyOf2(root) {
  return `${textAt(root, "metadata", "namespace") ?? ""}:${textAt(root, "metadata", "name") ?? ""}`;
}
function textAt(root, ...path) {
  const [key = "", ...rest] = path;
  if (rest.length === 0) return scalarOf(root, key)?.text;
  const value = valueOf(root, key);
  return value?.kind === "map" ? textAt(value, ...rest) : void 0;
}

// src/manifests/text/comments.ts
var COMMENTS = {
  hash: /(?<=^|\s)#.*$/,
  slashes: /(?<=^|\s)\/\/.*$/,
  stars: /\/\*/,
  dashes: /(?<=^|\s)--(?:\s.*)?$/,
  markup: /<!--/,
  semicolon: /^[ \t]*;.*$/,
  remark: /^[ \t]*(?:rem\b|::).*$/,
  go: /\{\{-?[ \t]*\/\*/,
  jinja: /(?<!\$)\{#/
};
var CLOSINGS = [
  [/^\/\*$/, /\*\//g],
  [/^<!--$/, /-->/g],
  [/^\{\{/, /\*\/[ \t]*-?\}\}/g],
  [/^\{#$/, /#\}/g]
];
var QUOTED2 = /(?<=^|[\s=:,([{])(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*')/;
var KINDS2 = [
  [/\.(?:mdx?|markdown|x?html?|xml|svg|vue)$/i, ["markup"]],
  [
    /\.(?:[cm]?[jt]sx?|go|java|kts?|groovy|gradle|c|cc|cpp|h|hpp|cs|rs|swift|scala|dart|proto|cue|json[c5]?|bicep|s?css)$|(?:^|\/)Jenkinsfile[^/]*$/i,
    ["slashes", "stars"]
  ],
  [/\.(?:tf|tfvars|hcl|nomad|php|jsonnet|libsonnet)$/i, ["hash", "slashes", "stars"]],
  [/\.(?:sql|lua|hs)$/i, ["dashes", "stars"]],
  [/\.(?:ini|cfg|conf|properties)$/i, ["hash", "semicolon"]],
  [/\.(?:bat|cmd)$/i, ["remark"]],
  [/(?:)/, ["hash"]]
];
var PATTERNS = KINDS2.map(([name, comments]) => {
  const marks = [...comments, "go", "jinja"].map((comment) => COMMENTS[comment].source);
  return [name, new RegExp(`(?<quoted>${QUOTED2.source})|${marks.join("|")}`, "gm")];
});
function withoutComments2(path, text) {
  const name = withoutTemplateEnding(path).replace(/\.(?:dist|example|sample)$/i, "");
  const [, pattern = /(?!)/g] = PATTERNS.find(([kind]) => kind.test(name)) ?? [];
  const parts = [];
  const unclosed = /* @__PURE__ */ new Set();
  let position = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const { 0: mark, index } = match;
    if (match.groups?.["quoted"] !== void 0) continue;
    const closing = CLOSINGS.find(([opening]) => opening.test(mark))?.[1];
    if (closing && !unclosed.has(closing)) {
      closing.lastIndex = pattern.lastIndex;
      if (!closing.test(text)) unclosed.add(closing);
    }
    if (closing && unclosed.has(closing)) {
      pattern.lastIndex = index + 1;
      continue;
    }
    const end2 = closing?.lastIndex ?? pattern.lastIndex;
    parts.push(text.slice(position, index), text.slice(index, end2).replace(/[^\r\n]/g, " "));
    position = pattern.lastIndex = end2;
  }
  return [...parts, text.slice(position)].join("");
}

// src/manifests/text/keys-beside.ts
var ENTRY = /^(?<indentation>[ \t]*(?:- +)?)(?:(?:export|readonly|set|const|let|var|local|ARG|ENV) +)?["']?(?<key>[\w.-]{1,100})["']?[ \t]*[:=][ \t]*["']?(?<value>[^\s"',;{}#]*)["']?[,;]?$/;
var ENTRIES = /["']?(?<key>[\w.-]{1,100})["']?[ \t]*[:=][ \t]*["']?(?<value>[^\s"',{}()]+)/g;
var ARGUMENTS = /(?<=[\s,"'])(?<key>[\w.-]{1,100})=["']?(?<value>[^\s"',\\]+)/g;
var LONE_KEY = /^(?:tag|digest)$/i;
var IMAGE_KEY = /^(?:image|repository|repo)(?:name)?$/i;
var VERSION_KEY = /(?:tag|version|digest|sha(?:256)?)$/i;
var MOST_LINES = 20;
var NEAR_LINES = 3;
var MOST_JOINED = 4;
var LONGEST_LINE = 1e3;
var END_OF_COMMAND = /(?<!\\\r?)\n/;
var NEAR3 = 500;
var TextKeys = class {
  #text;
  #isBroken;
  /** By where they begin: the lines around one name are around the next one too. */
  #lines = /* @__PURE__ */ new Map();
  constructor(text, isBroken) {
    this.#text = text;
    this.#isBroken = isBroken;
  }
  /** The key of the value at an offset and the keys beside it; `undefined` where it is no whole value of a key. */
  beside(offset, length) {
    const text = this.#text;
    const { start } = lineAround(text, offset);
    const { entry } = this.#lineAt(start);
    const entries = inBraces(text, start, offset) ?? (entry ? this.#onLines(start, entry) : inArguments(text, offset));
    const own = entries.find((one) => one.offset === offset && one.value.length === length);
    return own && { key: own.key, others: entries.filter((other) => other !== own) };
  }
  #onLines(start, own) {
    const [text, isBroken] = [this.#text, this.#isBroken];
    const most = isBroken ? NEAR_LINES : MOST_LINES;
    const entries = [own];
    const take = (at) => {
      const { entry, column } = this.#lineAt(at);
      if (entry && (isBroken || column === own.column)) entries.push(entry);
      return isBroken || column < 0 || column >= own.column;
    };
    const isItem = (at) => /^[ \t]*- /.test(text.slice(at, at + own.column + 2));
    for (let at = start, lines = 0; at > 0 && lines < most && !isItem(at); lines += 1) {
      at = text.lastIndexOf("\n", at - 2) + 1;
      if (!take(at)) break;
    }
    for (let at = endOfLine(text, start) + 1, lines = 0; at < text.length && lines < most; lines += 1) {
      if (isItem(at) || !take(at)) break;
      at = endOfLine(text, at) + 1;
    }
    return entries;
  }
  #lineAt(start) {
    return kept(this.#lines, start, () => readLine(this.#text, start));
  }
};
function stemOf(key) {
  const plain = key.toLowerCase().replace(/[^a-z0-9]/g, "");
  return plain.replace(/(?:new|image|img|repository|repo|registry|name|tag|version|digest|sha(?:256)?)+$/, "");
}
function partsBeside(key, others) {
  const ofSame = others.filter((other) => stemOf(other.key) === stemOf(key));
  if (ofSame.some((other) => VERSION_KEY.test(other.key)) || others.some((other) => IMAGE_KEY.test(other.key)))
    return ofSame;
  return [...ofSame, ...others.filter((other) => LONE_KEY.test(other.key))];
}
function joinedValues(folders) {
  const values = folders.map(({ value }) => value.replace(/\/$/, ""));
  const some = values.slice(0, MOST_JOINED);
  return [...values, ...some.flatMap((first) => some.map((second) => `${first}/${second}`))];
}
function inBraces(text, start, offset) {
  const from = Math.max(offset - NEAR3, start);
  const [line = ""] = text.slice(from, offset + NEAR3).split("\n", 1);
  const at = offset - from;
  const open2 = Math.max(line.lastIndexOf("{", at), line.lastIndexOf("(", at));
  const close = line[open2] === "(" ? ")" : "}";
  const end2 = line.indexOf(close, at);
  if (open2 < 0 || end2 < 0 || line.slice(open2, at).includes(close)) return void 0;
  return [...line.slice(open2, end2).matchAll(ENTRIES)].map((match) => entryOf(match, from + open2));
}
function inArguments(text, offset) {
  const lines = text.slice(Math.max(offset - NEAR3, 0), offset).split(END_OF_COMMAND);
  const before2 = lines.at(-1) ?? "";
  const [after = ""] = text.slice(offset, offset + NEAR3).split(END_OF_COMMAND, 1);
  return [...(before2 + after).matchAll(ARGUMENTS)].map((match) => entryOf(match, offset - before2.length));
}
function readLine(text, start) {
  const line = startOfLine(text, start);
  const match = line.length > LONGEST_LINE ? null : ENTRY.exec(line.trimEnd());
  const column = match?.groups?.["indentation"]?.length ?? line.search(/[^\s-]|-(?! )/);
  return { column, ...match && { entry: { ...entryOf(match, start), column } } };
}
function entryOf(match, start) {
  const { key = "", value = "" } = match.groups ?? {};
  const offset = start + (match.index ?? 0) + match[0].indexOf(value, match[0].indexOf(key) + key.length);
  return { key, value, offset };
}
function startOfLine(text, start) {
  const [line = ""] = text.slice(start, start + LONGEST_LINE + 1).split("\n", 1);
  return line;
}
function endOfLine(text, from) {
  const end2 = text.indexOf("\n", from);
  return end2 < 0 ? text.length : end2;
}

// src/manifests/text/records.ts
var APPLIED_TEXT = new RegExp(String.raw`${LAST_APPLIED}["']?\s*:\s*"(?:[^"\\]|\\.)*"`, "g");
function withoutRecords(text) {
  const unscanned = withoutScanned(text);
  if (!unscanned.includes(LAST_APPLIED)) return unscanned;
  return unscanned.replace(APPLIED_TEXT, blank3).split(/^(?=---)/m).map(withoutBlocks).join("");
}
function withoutBlocks(document) {
  let block = -1;
  const lines = document.split("\n").map((line) => {
    const indentation = line.search(/\S/);
    if (block >= 0 && (indentation > block || indentation < 0)) return blank3(line);
    block = line.includes(LAST_APPLIED) ? indentation : -1;
    return block >= 0 ? blank3(line) : line;
  });
  return lines.join("\n");
}
var blank3 = (text) => text.replace(/[^\r\n]/g, " ");

// src/manifests/text/text-names.ts
var RUN = /(?:[\w.-]|\\?\/)+/g;
var VERSION2 = /(?::(?<tag>\w(?:[\w.-]{0,126}\w)?)(?!\w|[\w.-]*\\?\/))?(?:@(?<digest>[a-z][a-z0-9]*:[0-9a-f]{32,}))?(?!\w)/y;
var DEFAULT2 = /:(?<before>[\w.-]{0,126})(?:\$\{\w+:?[-=]|\{\{-?(?:[^{}\n]{0,120}\|)?\s*default\s*["'`]?)(?<tag>\w[\w.-]{0,126})(?=["'`\s}])(?:["'`]?\s?\}{1,2}(?<after>[\w.-]{0,125}\w)?)?/y;
var VALUE2 = /(?:["']?:[ \t]+["']?|["']:["'])(?<tag>v?\d[\w.-]{0,126})(?=["']?[ \t]*(?:[,}\r\n#]|$))/y;
var NEXT = /(?::["'`][ \t]*[+.~]?|["'`])[ \t]*["'`](?<tag>v?\d[\w.-]{0,126})["'`]/y;
var NAME_END = /(?:\}|["'`][^{}\n]{0,120}\}\})(?=:)/y;
var PREFIX = /:[A-Za-z_.-]+(?=[$\\{%]|["'`][ \t]?\+)/y;
var HOST = /(?:^|[^\w./-])(\w[\w.-]*:)$/;
var LONGEST_HOST = 255;
function withoutEscapes(text) {
  if (!text.includes("\\")) return text;
  return text.replace(/(?<!\\)\\+[nrt"']/g, (escape) => (escape.endsWith("n") ? "\n" : " ").padStart(escape.length));
}
function* namesIn(text, isKnown2) {
  const runs = new RegExp(RUN);
  for (let match = runs.exec(text); match; match = runs.exec(text)) {
    const found = nameIn(text, match[0], match.index, isKnown2);
    if (!found) continue;
    runs.lastIndex = Math.max(runs.lastIndex, found.next);
    yield found.name;
  }
}
function nameIn(text, run, at, isKnown2) {
  const written2 = /\w$/.test(run) ? run : run.replace(/(?<![.-])[.-]+$/, "");
  if (!isKnown2(written2.slice(written2.lastIndexOf("/") + 1))) return void 0;
  const dashes = /^-*/.exec(written2)?.[0].length ?? 0;
  const host = /^\d+\\?\//.test(written2) ? HOST.exec(text.slice(Math.max(at - LONGEST_HOST, 0), at))?.[1] ?? "" : "";
  const whole = host + written2.slice(dashes);
  if (whole.startsWith(".")) return void 0;
  NAME_END.lastIndex = at + written2.length;
  const end2 = NAME_END.test(text) ? NAME_END.lastIndex : at + written2.length;
  const { tag, digest } = written2.length === run.length && versionAt(text, end2, whole) || {};
  const offset = at + dashes - host.length;
  const name = { name: whole.replaceAll("\\", ""), offset, length: whole.length, end: end2, tag, digest };
  const version = (tag === void 0 ? 0 : tag.length + 1) + (digest === void 0 ? 0 : digest.length + 1);
  return { name, next: end2 + version };
}
function versionAt(text, offset, name) {
  for (const pattern of [DEFAULT2, VERSION2, ...name.includes("/") ? [VALUE2, NEXT] : []]) {
    pattern.lastIndex = PREFIX.lastIndex = offset;
    if (pattern === VERSION2 && PREFIX.test(text)) return {};
    const { before: before2 = "", tag, after = "", digest } = pattern.exec(text)?.groups ?? {};
    if (tag !== void 0 || digest !== void 0) {
      return { ...tag !== void 0 && { tag: before2 + tag + after }, ...digest !== void 0 && { digest } };
    }
  }
  return {};
}
function wholeTag(tag, released, text, end2) {
  return text.startsWith(released, end2 + 1) && released.replace(/[.-]+$/, "") === tag ? released : tag;
}

// src/manifests/text/variable-values.ts
var VARIABLE2 = /[:@](?<before>[A-Za-z_.-]{0,30})(?:\$\{\{|\$[{(]?|\{\{-?|\{|<<|\\\(|["'`][ \t]?\+|%s["'`][ \t]?[%,])[ \t]{0,20}(?:(?:\w{1,30}\.){0,3}?(?:env|local|param(?:eter)?s|var)\.|\$)?(?<name>[A-Za-z_][\w-]*)(?![\w.-])/y;
var VALUE3 = String.raw`[ \t]{0,20}["'\x60]?(?<value>(?:sha256:[0-9a-f]{64}|\w[\w.-]{0,126}(?:@sha256:[0-9a-f]{64})?))(?=["'\x60\s,;}]|$)`;
var ASSIGNED = new RegExp(
  String.raw`(?<![\w.-]|:[A-Za-z_.-]{0,30}\$\{)(?<name>[A-Za-z_][\w-]*)["']?[ \t]{0,20}(?::(?=[ \t])|[:?]{0,2}=)${VALUE3}`,
  "g"
);
var NAMED = new RegExp(
  String.raw`\bname["']?:[ \t]{0,20}["']?(?<name>[A-Za-z_][\w-]*)(?![\w.-])(?:(?!\bname["']?:)[^]){0,200}?\b(?:value|default)["']?:${VALUE3}`,
  "g"
);
var DECLARED = new RegExp(
  String.raw`(?<![\w-])(?<name>[A-Za-z_][\w-]*)["']?(?::[ \t]{0,20}(?:\{|(?=\r?\n))|[ \t]{0,20}\{)(?:(?!:[ \t]{0,20}(?:\{|\r?\n))[^{}]){0,200}?\b(?:value|[Dd]efault)["']?[ \t]{0,20}[:=]${VALUE3}`,
  "g"
);
var VERSIONS = /(?:tags|versions)["']?[ \t]{0,20}\+?[:=]{1,3}[ \t]{0,20}(?:\{[^{}]{0,5000}\}|\r?\n(?<column>[ \t]+)\S.*(?:\n\k<column>.*){0,200})/gi;
function versionsByKey(text) {
  const all = [...text.matchAll(VERSIONS)].flatMap(({ 0: map, index }) => {
    const from = index + map.search(/[{\n]/);
    const values = variableValues(text.slice(from, index + map.length));
    return [...values].map(([key, some]) => [key, some.map((one) => ({ ...one, offset: from + one.offset }))]);
  });
  return new Map(all);
}
function variableBehind(text, end2) {
  VARIABLE2.lastIndex = end2;
  const { name, before: before2 = "" } = VARIABLE2.exec(text)?.groups ?? {};
  return name === void 0 ? void 0 : { name, before: before2 };
}
var ENVIRONMENT = /:\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*(?::?[-?=][^{}\n]*)?\})(?![\w.$-])/y;
function isOfEnvironment(text, end2) {
  ENVIRONMENT.lastIndex = end2;
  return ENVIRONMENT.test(text);
}
function variableValues(text) {
  const values = /* @__PURE__ */ new Map();
  for (const pattern of [ASSIGNED, NAMED, DECLARED]) {
    for (const { 0: all, index, groups } of text.matchAll(pattern)) {
      const { name = "", value = "" } = groups ?? {};
      const one = { value, offset: index + all.lastIndexOf(value) };
      const others = values.get(name);
      if (others) others.push(one);
      else values.set(name, [one]);
    }
  }
  return values;
}

// src/manifests/text/text-references.ts
var SCHEME = /(?:^|[^a-z0-9+.-])([a-z][a-z0-9+.-]*):$/i;
var SCHEMES_OF_IMAGES = /^(?:docker|oci|containers-storage|docker-daemon|image)$/i;
var TAG_KEY = /(?:tag|digest)$/i;
var FOLDER_KEY = /(?:registry|repository|repo|\bhub)\b/i;
var SHA_KEY = /sha(?:256)?$/i;
var VARIABLE_END = /(?:[})>%]|\}#|\]\]|@[\w.-]+@)["']?$/;
var DEFAULT_IN_NAME = /\$\{\w+:?-(?<value>[\w.:/-]*)\}/g;
var WORD_IN_PLACE = /^(?:__\w+__|[A-Z][A-Z\d_]*)\//;
var TextSearch = class {
  #byRepository = /* @__PURE__ */ new Map();
  /** By the path behind the registry; Docker's default path is not needed there. */
  #byPath = /* @__PURE__ */ new Map();
  /** The last components of their names. */
  #components = /* @__PURE__ */ new Set();
  constructor(images) {
    for (const image of images) {
      for (const name of [image.replaces, image.reference.name]) {
        const repository = repositoryOf(name);
        this.#byRepository.set(repository, image);
        const path = repository.slice(repository.indexOf("/") + 1);
        this.#components.add(path.slice(path.lastIndexOf("/") + 1));
        for (const spelled of [path, path.replace(/^library\//, "")]) this.#byPath.set(spelled, image);
      }
    }
  }
  /**
   * All references in a text, outside of comments and of records of what was applied; also those without a version. In a
   * text that is broken, a version near by counts as beside the name.
   */
  *find(path, text, isBroken = false) {
    const isKnown2 = (component) => this.#components.has(component);
    if (namesIn(withoutEscapes(text), isKnown2).next().done === true) return;
    const shown2 = withoutEscapes(withoutRecords(withoutComments2(path, text)));
    const keys = new TextKeys(shown2, isBroken);
    const variables = new TextVariables(shown2);
    const isInParts = FOLDER_KEY.test(shown2);
    for (const { name: written2, offset, length, end: end2, tag, digest: hex } of namesIn(shown2, isKnown2)) {
      const digest = hex !== void 0 && isDigest(hex) ? hex : void 0;
      const named = this.#imageOf(written2, shown2.slice(Math.max(offset - LONGEST_VARIABLE, 0), offset));
      if (tag === void 0 && digest === void 0) {
        const isAsked = named !== void 0 || isInParts || this.#byPath.has(written2);
        if (isAsked) yield* this.#besides(written2, named, offset, variables, keys.beside(offset, length));
      } else if (named && !isNoImage(named.name, tag, shown2, offset)) {
        const whole = tag && wholeTag(tag, named.image.reference.tag ?? "", shown2, end2);
        const version = { ...whole !== void 0 && { tag: whole }, ...digest !== void 0 && { digest } };
        yield { ...named, version, offset, isApart: false };
      }
      if (named) yield* variables.behind(named, offset, end2);
    }
  }
  /** The name, and the versions in keys beside it; there the registry may have a key of its own. */
  *#besides(written2, known, offset, variables, { key, others } = { key: "", others: [] }) {
    const ofSame = partsBeside(key, others);
    const folders = [...ofSame, ...others].filter((other) => FOLDER_KEY.test(other.key));
    const path = written2.replace(/^\//, "");
    const joined3 = joinedValues(folders).flatMap((folder) => this.#imageOf(`${folder}/${path}`, " ") ?? [])[0];
    const named = joined3 ?? known;
    if (!named) return;
    yield { ...named, version: {}, offset, isApart: false };
    if (!ofSame.some((other) => VERSION_KEY.test(other.key))) yield* variables.ofKey(named, key);
    const isName = /^name$/i.test(key);
    if (isName && (!(joined3 || written2.includes("/")) || ofSame.some((other) => other.key === "newName"))) return;
    const versions = isName && splitName(named.name).path === named.name ? TAG_KEY : VERSION_KEY;
    for (const other of ofSame) {
      const version = versions.test(other.key) ? versionIn2(other) : void 0;
      if (version && /\d/.test(other.value)) yield { ...named, version, offset: other.offset, isApart: true };
    }
  }
  /** The image that a run of characters names, with the text in front of it; `undefined` for any other. */
  #imageOf(written2, before2) {
    const scheme = written2.startsWith("//") ? SCHEME.exec(before2)?.[1] : void 0;
    if (scheme !== void 0) {
      return SCHEMES_OF_IMAGES.test(scheme) ? this.#imageOf(written2.slice(2), " ") : void 0;
    }
    if (VARIABLE_END.test(before2)) {
      return this.#behindDefaults(before2, written2) ?? this.#behindVariable(written2.replace(/^\//, ""));
    }
    if (/\w@$/.test(before2)) return void 0;
    if (WORD_IN_PLACE.test(written2)) return this.#behindVariable(written2.replace(WORD_IN_PLACE, ""));
    if (before2.endsWith("$")) return this.#behindVariable(written2.replace(/^[^/]*\//, ""));
    const image = this.#byRepository.get(repositoryOf(written2));
    return image && { image, name: written2, isVariable: false };
  }
  /** The name that the defaults of variables make: `${REGISTRY:-ghcr.io/acme}/web`. */
  #behindDefaults(before2, written2) {
    const [start = ""] = /[\w.:/-]*$/.exec(before2.replace(DEFAULT_IN_NAME, "$<value>")) ?? [];
    const name = start + written2;
    const image = start === "" ? void 0 : this.#byRepository.get(repositoryOf(name));
    return image && { image, name, isVariable: true };
  }
  #behindVariable(path) {
    const image = this.#byPath.get(path) ?? this.#byRepository.get(repositoryOf(path));
    return image && { image, name: path, isVariable: true };
  }
};
var TextVariables = class {
  #text;
  #known = /* @__PURE__ */ new Set();
  #values;
  #versions;
  constructor(text) {
    this.#text = text;
  }
  /** The versions that other maps have for a key whose value is a name, and that has none beside it. */
  *ofKey(named, key) {
    this.#versions ??= versionsByKey(this.#text);
    yield* this.#once(`key ${key}`, named, this.#versions.get(key) ?? []);
  }
  *behind(named, offset, end2) {
    const variable = variableBehind(this.#text, end2);
    if (variable === void 0) return;
    const { name, before: before2 } = variable;
    this.#values ??= variableValues(this.#text);
    const values = this.#values.get(name);
    if (values) yield* this.#once(`variable ${before2} ${name}`, named, values, before2);
    else if (isOfEnvironment(this.#text, end2)) yield { ...named, version: {}, offset, isApart: true, variable: name };
  }
  /** The references that values from one origin make, where an image has not had them yet. */
  *#once(origin, named, values, before2 = "") {
    const key = `${named.name} ${origin}`;
    if (!this.#known.has(key)) yield* referencesBy(named, values, before2);
    this.#known.add(key);
  }
};
function* referencesBy(named, values, before2 = "") {
  for (const { value, offset } of values) {
    const version = /\d/.test(value) ? parseVersion(before2 + value) : void 0;
    if (version) yield { ...named, version, offset, isApart: true };
  }
}
var LONGEST_VARIABLE = 120;
function versionIn2({ key, value }) {
  if (!SHA_KEY.test(key)) return parseVersion(value);
  return [value, `sha256:${value}`].filter(isDigest).map((digest) => ({ digest }))[0];
}
function isNoImage(name, tag, text, offset) {
  if (tag === void 0 || name.includes("/")) return false;
  const { start, line } = lineAround(text, offset);
  const before2 = line.slice(0, offset - start);
  if (/image|\bfrom\b/i.test(before2)) return false;
  return isPort(tag) || !/\d|^latest$/.test(tag);
}
function isPort(tag) {
  return /^\d{2,5}$/.test(tag) && Number(tag) >= 80;
}

// elsewhere:src/core/wildcard.ts
var { matchesParts } = require("./start.cjs").modules["src/core/wildcard.ts"];

// src/manifests/values/repository-paths.ts
var ANY = "*";
var TEMPLATED2 = /(?:\{\{.*?\}\}|[\ue000-\uf8ff]+|\$\{[^}]*\})+/g;
var MAX_PATH = 1e3;
var MAX_TEMPLATED = 4;
function repositoryPath(folder, written2) {
  if (written2.length > MAX_PATH) return void 0;
  const plain = written2.replaceAll(TEMPLATED2, ANY);
  if (plain === "" || plain.includes("://") || /\s/.test(plain.trim())) return void 0;
  const parts = [];
  for (const part of `${folder}/${plain}`.split("/")) {
    if (part === ".." && parts.pop() === void 0) return void 0;
    if (!["", ".", ".."].includes(part)) parts.push(part);
  }
  const path = parts.join("/");
  return path.split(ANY).length > MAX_TEMPLATED + 1 ? void 0 : path;
}
function folderOf(file) {
  return file.slice(0, Math.max(file.lastIndexOf("/"), 0));
}
function inFolder(folder, name) {
  return folder === "" ? name : `${folder}/${name}`;
}
function pathPattern(path) {
  const steps = path.split("/").map((step) => step.split(ANY));
  return {
    test: (file) => {
      const names = file.split("/");
      return names.length === steps.length && steps.every((parts, index) => matchesParts(names[index] ?? "", parts, 1));
    }
  };
}

// src/manifests/values/values-tree.ts
function treeOf(object, sources, release) {
  const layers = sources.flatMap(([source, at = []], rank) => source ? { source, at, rank } : []);
  return { object, layers, ...release && { release } };
}
function splitKeys(path) {
  return path.split(/(?<!\\)\./).map((key) => key.replaceAll("\\.", "."));
}

// src/manifests/values/charts.ts
var CHART_FILE = /(?:^|\/)Chart\.ya?ml$/;
var VALUES_FILE = /(?:^|\/)values[^/]*$/;
var DEFAULT_VALUES = ["values.yaml", "values.yml"];
var NO_VALUES = /(?:^|\/)(?:templates|charts|crds)\//;
var MAX_DEPENDENCIES = 200;
var isChartFile = (path) => CHART_FILE.test(path);
var isValuesFile = (path) => VALUES_FILE.test(path);
function foldersAbove(file) {
  const folder = folderOf(file);
  return folder === "" ? [""] : [folder, ...foldersAbove(folder)];
}
function valuesFolderOf(file, charts) {
  const chart = foldersAbove(file).find((folder) => charts.has(folder));
  if (chart === void 0) return isValuesFile(file) ? folderOf(file) : void 0;
  return NO_VALUES.test(chart === "" ? file : file.slice(chart.length + 1)) || isChartFile(file) ? void 0 : chart;
}
function chartFolders(files) {
  return new Set([...files].filter(isChartFile).map(folderOf));
}
function hasValues({ documents: [document] }) {
  return document?.root?.kind === "map" && !valueOf(document.root, "kind");
}
function chartTrees(manifests2) {
  const charts = chartFolders(manifests2.keys());
  const values = [...manifests2.values()].filter(hasValues).map(({ path }) => path);
  const named = groupBy(values, (path) => valuesFolderOf(path, charts));
  const trees = [...named].flatMap(([folder, paths]) => {
    if (folder === void 0) return [];
    const { object, layers } = treeOf("", [[{ kind: "chart", folder }]]);
    const tree = { object, layers: [...layers, ...filesOf(paths.filter((path) => !isDefault(path, folder)))] };
    return charts.has(folder) || paths.some((path) => isDefault(path, folder)) ? [tree] : [];
  });
  const inNoChart = values.filter((path) => !foldersAbove(path).some((folder) => charts.has(folder)));
  const guesses = [...groupBy(inNoChart, folderOf).values()].filter(({ length }) => length > 1);
  return [...trees, ...guesses.map((paths) => ({ object: "", layers: filesOf(paths), isGuess: true }))];
}
var filesOf = (paths) => paths.map((path) => ({ source: { kind: "file", path }, at: [], rank: 1 }));
var isDefault = (path, folder) => DEFAULT_VALUES.some((name) => path === inFolder(folder, name));
function defaultValues(folder, manifests2) {
  return chartsIn(folder, manifests2).flatMap((chart) => {
    const paths = DEFAULT_VALUES.map((name) => inFolder(chart.folder, name)).filter((path) => manifests2.has(path));
    return paths.map((path) => [{ kind: "file", path }, chart.at]);
  });
}
function chartsIn(folder, manifests2) {
  let left = MAX_DEPENDENCIES;
  const below = (chart, above) => {
    if (above.includes(chart.folder) || (left -= 1) < 0) return [];
    const dependencies = dependenciesOf(chart.folder, manifests2).flatMap(
      ({ name, folder: inside }) => below({ folder: inside, at: [...chart.at, name] }, [...above, chart.folder])
    );
    return [chart, ...dependencies];
  };
  return below({ folder, at: [] }, []);
}
function dependenciesOf(folder, manifests2) {
  const chart = manifests2.get(inFolder(folder, "Chart.yaml")) ?? manifests2.get(inFolder(folder, "Chart.yml"));
  const root = chart?.documents[0]?.root;
  const list = root?.kind === "map" ? valueOf(root, "dependencies") : void 0;
  return (list?.kind === "list" ? list.items.slice(0, MAX_DEPENDENCIES) : []).flatMap((item) => {
    const text = (key) => item.kind === "map" ? scalarOf(item, key)?.text : void 0;
    const name = text("name");
    if (name === void 0) return [];
    const written2 = text("repository")?.replace(/^file:\/\//, "") ?? "";
    const isLocal = text("repository")?.startsWith("file://") === true;
    const below = isLocal ? repositoryPath(folder, written2) : inFolder(folder, `charts/${name}`);
    return below === void 0 ? [] : { name: text("alias") ?? name, folder: below };
  });
}

// src/manifests/values/value-lists.ts
function textsOf(map, key) {
  const value = valueOf(map, key);
  const items = value?.kind === "list" ? value.items : value ? [value] : [];
  return items.flatMap((item) => item.kind === "scalar" ? item.text : []);
}
function fileAt(folder, written2) {
  const path = repositoryPath(folder, written2);
  return path === void 0 ? void 0 : { kind: "file", path };
}
function pairsOf(document, map, key, where) {
  return namedItems(valueOf(map, key)).map(({ index, name, scalar }) => {
    const place = `${joinPath(where, key)}[${index}].value`;
    return [{ kind: "node", document, node: scalar, where: place }, splitKeys(name)];
  });
}

// src/manifests/values/config-objects.ts
var DATA = { ConfigMap: "data", Secret: "stringData" };
var GENERATORS = { configMapGenerator: "ConfigMap", secretGenerator: "Secret" };
function* configEntries(document) {
  const { root, name } = document;
  if (root?.kind !== "map") return;
  const field = DATA[name.split("/")[0] ?? ""];
  const data = field === void 0 ? void 0 : mapOf(root, field);
  for (const { key, value } of data?.entries ?? []) {
    yield { name, key, source: { kind: "node", document, node: value, where: joinPath(field ?? "", key) } };
  }
  for (const [generator, kind] of Object.entries(GENERATORS)) yield* generated(document, generator, kind);
}
function* generated({ root, path }, generator, kind) {
  const list = root?.kind === "map" ? valueOf(root, generator) : void 0;
  for (const item of list?.kind === "list" ? list.items : []) {
    const name = item.kind === "map" ? scalarOf(item, "name")?.text : void 0;
    if (item.kind !== "map" || name === void 0) continue;
    for (const text of textsOf(item, "files")) {
      const [, given, written2 = ""] = /^(?:([^=]*)=)?(.*)$/s.exec(text) ?? [];
      const source = fileAt(folderOf(path), written2);
      const key = given ?? written2.slice(written2.lastIndexOf("/") + 1);
      if (source) yield { name: `${kind}/${name}`, key, source };
    }
  }
}

// src/manifests/values/argo-cd.ts
function* argoTrees(document) {
  if (!/^Application(?:Set)?\//.test(document.name)) return;
  for (const { node, path } of walk(document.root)) {
    const helm = node.kind === "map" ? mapOf(node, "helm") : void 0;
    if (node.kind !== "map" || !helm) continue;
    yield treeOf(document.name, sourcesOf(document, node, helm, path), releaseOf(document, helm));
  }
}
function releaseOf({ root }, helm) {
  const object = root?.kind === "map" ? root : void 0;
  const application = mapOf(mapOf(object, "spec"), "template") ?? object;
  const text = (map, key) => map && scalarOf(map, key)?.text;
  return {
    name: text(helm, "releaseName") ?? text(mapOf(application, "metadata"), "name") ?? "",
    namespace: text(mapOf(mapOf(application, "spec"), "destination"), "namespace") ?? ""
  };
}
function sourcesOf(document, source, helm, path) {
  const folder = repositoryPath("", scalarOf(source, "path")?.text ?? "");
  const where = joinPath(path, "helm");
  const inline = (key) => {
    const node = valueOf(helm, key);
    return node && { kind: "node", document, node, where: joinPath(where, key) };
  };
  const files = textsOf(helm, "valueFiles").map((file) => {
    const [, fromTop] = /^(?:\$[^/]+)?\/(.*)$/.exec(file) ?? [];
    return [fromTop === void 0 ? fileAt(folder ?? "", file) : fileAt("", fromTop)];
  });
  return [
    [folder === void 0 || scalarOf(source, "chart") ? void 0 : { kind: "chart", folder }],
    ...files,
    [inline("values")],
    [inline("valuesObject")],
    ...pairsOf(document, helm, "parameters", where)
  ];
}

// src/manifests/values/fleet.ts
function* fleetTrees(document) {
  const { root, path } = document;
  const helm = root?.kind === "map" ? mapOf(root, "helm") : void 0;
  if (root?.kind !== "map" || !helm || !/(?:^|\/)fleet\.ya?ml$/.test(path)) return;
  const below = sourcesOf2(document, helm, "helm");
  yield treeOf("", below);
  const targets = valueOf(root, "targetCustomizations");
  for (const [index, target] of targets?.kind === "list" ? targets.items.entries() : []) {
    const own = target.kind === "map" ? mapOf(target, "helm") : void 0;
    if (own) yield treeOf("", [...below, ...sourcesOf2(document, own, `targetCustomizations[${index}].helm`)]);
  }
}
function sourcesOf2(document, helm, where) {
  const home = folderOf(document.path);
  const chart = scalarOf(helm, "chart")?.text ?? "";
  const folder = chart.startsWith(".") ? repositoryPath(home, chart) : void 0;
  const values = valueOf(helm, "values");
  return [
    [folder === void 0 ? void 0 : { kind: "chart", folder }],
    ...textsOf(helm, "valuesFiles").map((file) => [fileAt(home, file)]),
    [values && { kind: "node", document, node: values, where: joinPath(where, "values") }]
  ];
}

// src/manifests/values/flux.ts
function* fluxTrees(document) {
  const spec = document.root?.kind === "map" ? mapOf(document.root, "spec") : void 0;
  if (!spec || !document.name.startsWith("HelmRelease/")) return;
  const values = valueOf(spec, "values");
  yield treeOf(
    document.name,
    [
      ...ofChart(spec),
      ...valuesFrom(spec),
      [values && { kind: "node", document, node: values, where: joinPath("spec", "values") }]
    ],
    releaseOf2(document, spec)
  );
}
function releaseOf2({ root }, spec) {
  const metadata = root?.kind === "map" ? mapOf(root, "metadata") : void 0;
  const text = (map, key) => map && scalarOf(map, key)?.text;
  const target = text(spec, "targetNamespace");
  const name = text(metadata, "name") ?? "";
  return {
    name: text(spec, "releaseName") ?? (target === void 0 ? name : `${target}-${name}`),
    namespace: target ?? text(metadata, "namespace") ?? ""
  };
}
function ofChart(spec) {
  const chart = mapOf(mapOf(spec, "chart"), "spec");
  const name = chart && scalarOf(chart, "chart")?.text;
  const folder = name !== void 0 && /[/.]/.test(name) ? repositoryPath("", name) : void 0;
  if (!chart || folder === void 0) return [];
  const files = textsOf(chart, "valuesFiles").map((file) => [fileAt("", file)]);
  return [[{ kind: "chart", folder }], ...files];
}
function valuesFrom(spec) {
  const list = valueOf(spec, "valuesFrom");
  if (list?.kind !== "list") return [];
  return list.items.map((item) => {
    const text = (key) => item.kind === "map" ? scalarOf(item, key)?.text : void 0;
    const [kind, name, target] = [text("kind"), text("name"), text("targetPath")];
    if (kind === void 0 || name === void 0) return [void 0];
    const source = { kind: "object", name: `${kind}/${name}`, key: text("valuesKey") ?? "values.yaml" };
    return [source, target === void 0 ? [] : splitKeys(target)];
  });
}

// src/manifests/values/helmfile.ts
function* helmfileTrees(document) {
  const releases = document.root?.kind === "map" ? valueOf(document.root, "releases") : void 0;
  if (releases?.kind !== "list") return;
  for (const [index, release] of releases.items.entries()) {
    if (release.kind !== "map" || !scalarOf(release, "chart")) continue;
    yield treeOf("", sourcesOf3(document, release, `releases[${index}]`));
  }
}
function sourcesOf3(document, release, where) {
  const home = folderOf(document.path);
  const chart = scalarOf(release, "chart")?.text ?? "";
  const folder = chart.startsWith(".") ? repositoryPath(home, chart) : void 0;
  const values = valueOf(release, "values");
  const items = values?.kind === "list" ? values.items : [];
  const layers = items.map((node, index) => {
    if (node.kind === "scalar") return [fileAt(home, node.text)];
    return [{ kind: "node", document, node, where: `${joinPath(where, "values")}[${index}]` }];
  });
  return [
    [folder === void 0 ? void 0 : { kind: "chart", folder }],
    ...layers,
    ...pairsOf(document, release, "set", where),
    ...pairsOf(document, release, "setString", where)
  ];
}

// elsewhere:src/manifests/targets.ts
var { readPointer, readTargets } = require("./start.cjs").modules["src/manifests/targets.ts"];

// src/manifests/values/json-patches.ts
function* patchedValues(document, manifests2) {
  for (const { node, path } of walk(document.root)) {
    const target = node.kind === "map" ? mapOf(node, "target") : void 0;
    const kind = target && scalarOf(target, "kind")?.text;
    if (node.kind !== "map" || !target || kind === void 0) continue;
    const pattern = targetPattern(kind, scalarOf(target, "name")?.text);
    const patch = scalarOf(node, "patch");
    const where = path === "" ? "patch" : `${path}.patch`;
    for (const [index, inner] of (patch?.embedded ?? []).entries()) {
      yield* operations({ ...document, id: `${document.id} ${where} ${index}` }, inner, pattern);
    }
    const file = repositoryPath(folderOf(document.path), scalarOf(node, "path")?.text ?? "");
    const [patches] = (file === void 0 ? void 0 : manifests2.get(file))?.documents ?? [];
    if (patches?.root) yield* operations(patches, patches.root, pattern);
  }
}
function targetPattern(kind, name = ".*") {
  const names = name.split("|").map((one) => one.split(".*"));
  return {
    test: (object) => {
      const rest = object.startsWith(`${kind}/`) ? object.slice(kind.length + 1) : void 0;
      return rest !== void 0 && names.some((parts) => matchesParts(rest, parts));
    }
  };
}
function* operations(document, root, target) {
  for (const [index, item] of root.kind === "list" ? root.items.entries() : []) {
    const [path, node] = item.kind === "map" ? [scalarOf(item, "path")?.text, valueOf(item, "value")] : [];
    if (path === void 0 || !node || !path.startsWith("/")) continue;
    const pointer = readPointer(path);
    yield { target, pointer, value: { kind: "node", document, node, where: `[${index}].value` } };
  }
}

// src/manifests/values/kustomize-charts.ts
function* kustomizeTrees(document) {
  const { root } = document;
  const charts = root?.kind === "map" ? valueOf(root, "helmCharts") : void 0;
  if (root?.kind !== "map" || charts?.kind !== "list") return;
  const globals = mapOf(root, "helmGlobals");
  const chartHome = (globals && scalarOf(globals, "chartHome")?.text) ?? "charts";
  for (const [index, chart] of charts.items.entries()) {
    if (chart.kind === "map") yield treeOf("", sourcesOf4(document, chart, chartHome, `helmCharts[${index}]`));
  }
}
function sourcesOf4(document, chart, chartHome, where) {
  const home = folderOf(document.path);
  const charts = repositoryPath(home, chartHome);
  const name = scalarOf(chart, "name")?.text;
  const files = [...textsOf(chart, "valuesFile"), ...textsOf(chart, "additionalValuesFiles")];
  const inline = valueOf(chart, "valuesInline");
  return [
    [charts === void 0 || name === void 0 ? void 0 : { kind: "chart", folder: inFolder(charts, name) }],
    ...files.map((file) => [fileAt(home, file)]),
    [inline && { kind: "node", document, node: inline, where: joinPath(where, "valuesInline") }]
  ];
}

// src/manifests/values/owner-candidates.ts
var MOST_OWNERS = 20;
var MOST_WORDS = 8;
var OwnerCandidates = class {
  /** By the names of their files, as far as files of tags are called after them: `web` where there is `web-prod.yaml`. */
  #byName;
  #others;
  #byBeginning;
  /** `tagged` are the paths of the files with tags, where nothing but names tells which image is whose. */
  constructor(owners, tagged) {
    const own = new Set(owners.map(({ path }) => path));
    const beginnings = new Set(tagged.filter((path) => !own.has(path)).flatMap(beginningsOf));
    const hasName2 = ({ path }) => beginnings.has(nameOf2(path));
    this.#byName = groupBy(owners.filter(hasName2), ({ path }) => nameOf2(path));
    this.#others = owners.filter((one) => !hasName2(one));
  }
  /** Those of a tag in a file; of too many the ones whose file has most of the first words of its name, else none. */
  of(path) {
    const beginnings = beginningsOf(path);
    const named = beginnings.flatMap((beginning) => this.#byName.get(beginning) ?? []);
    const owners = [...named, ...this.#others.length <= MOST_OWNERS ? this.#others : this.#nearest(beginnings)];
    return owners.length <= MOST_OWNERS ? owners.map(({ owner }) => owner) : [];
  }
  #nearest(beginnings) {
    this.#byBeginning ??= byBeginning(this.#others);
    const nearest = beginnings.findLast((beginning) => this.#byBeginning?.has(beginning)) ?? "";
    return this.#byBeginning.get(nearest) ?? [];
  }
};
function byBeginning(owners) {
  const found = /* @__PURE__ */ new Map();
  for (const one of owners) {
    for (const beginning of beginningsOf(one.path)) kept(found, beginning, () => []).push(one);
  }
  return found;
}
var nameOf2 = (path) => beginningsOf(path).at(-1) ?? "";
function beginningsOf(path) {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  const words2 = name.split(/[^a-zA-Z\d]+/).slice(0, MOST_WORDS);
  return words2.map((_, index) => words2.slice(0, index + 1).join("-"));
}

// src/manifests/values/parts-tree.ts
function partOf3(leaf) {
  const read = readLonePart(leaf.path.at(-1) ?? "");
  return read && { ...leaf, part: read.part, group: JSON.stringify([...leaf.path.slice(0, -1), read.prefix]) };
}
var PartsTree = class {
  object;
  tree;
  #parts;
  #groups;
  #uses = /* @__PURE__ */ new Map();
  #repositories = /* @__PURE__ */ new Map();
  /** `uses` are those of the templates of a chart and all below it. */
  constructor(tree, reader, uses) {
    this.object = tree.object;
    this.tree = tree;
    this.#parts = tree.layers.flatMap((layer) => reader.leavesOf(layer)).flatMap((leaf) => partOf3(leaf) ?? []);
    this.#groups = groupBy(this.#parts, ({ group }) => group);
    for (const { source, at } of tree.layers) {
      for (const { path, owner } of source.kind === "chart" ? uses(source.folder) : []) {
        const key = JSON.stringify([...at, ...path]);
        const owners = this.#uses.get(key);
        if (owners) owners.push(owner);
        else this.#uses.set(key, [owner]);
      }
    }
  }
  /** Tags and digests without a repository beside them. */
  get tags() {
    return this.#parts.filter(isVersionPart).filter((leaf) => !this.#isBesideRepository(leaf));
  }
  /**
   * The images that a tag may be of: the repository in the same layer or the nearest below, and those of alternatives to
   * its layer, which may be below it too; where there is none, each of those above.
   */
  ownersOf(tag) {
    const used = this.#uses.get(JSON.stringify(tag.path));
    if (used) return used;
    const repositories = this.#repositoriesOf(tag.group);
    if (repositories.all.length === 0) return this.#imagesBelow(tag);
    const inDocument = repositories.byDocument.get(documentKey(tag.document.path, tag.id)) ?? [];
    const own = inDocument.filter(({ rank }) => rank === tag.rank);
    if (own.length > 0) return own.flatMap((leaf) => this.#ownerOf(leaf));
    return kept(repositories.byRank, tag.rank, () => {
      const below = strongest(repositories.all.filter(({ rank }) => rank < tag.rank));
      const nearest = [...below, ...repositories.all.filter(({ rank }) => rank === tag.rank)];
      const owners = (nearest.length > 0 ? nearest : repositories.all).flatMap((leaf) => this.#placed(leaf));
      return new OwnerCandidates(owners, this.tree.isGuess ? this.#pathsWithTags(tag.group) : []);
    }).of(tag.document.path);
  }
  /** What a layer above all of this tree would find, by group. */
  get owners() {
    const groups = [...this.#groups.keys()];
    return new Map(
      groups.map((group) => [group, strongest(this.#repositoriesOf(group).all).flatMap((leaf) => this.#ownerOf(leaf))])
    );
  }
  /** `global.image.tag` is the tag of all images that have none of their own. */
  #imagesBelow({ path }) {
    if (path[0] !== "global") return [];
    const untagged = [...this.#groups].filter(
      ([, parts]) => !parts.some((leaf) => isVersionPart(leaf) && !isEmpty(leaf.scalar))
    );
    return untagged.flatMap(([group]) => this.#repositoriesOf(group).all).flatMap((leaf) => this.#ownerOf(leaf));
  }
  #repositoriesOf(group) {
    return kept(this.#repositories, group, () => {
      const parts = this.#groups.get(group) ?? [];
      const all = parts.filter(({ part, scalar }) => part === "repository" && !isEmpty(scalar));
      return { all, byDocument: groupBy(all, ({ document, id }) => documentKey(document.path, id)), byRank: /* @__PURE__ */ new Map() };
    });
  }
  #isBesideRepository(tag) {
    const group = this.#groups.get(tag.group) ?? [];
    return group.some((leaf) => leaf.part === "repository" && isSame2(leaf, tag) && leaf.parent === tag.parent);
  }
  #pathsWithTags(group) {
    return (this.#groups.get(group) ?? []).filter(isVersionPart).map(({ document }) => document.path);
  }
  #placed(repository) {
    return this.#ownerOf(repository).map((owner) => ({ path: repository.document.path, owner }));
  }
  #ownerOf(repository) {
    const registry = this.#registryOf(repository);
    const name = registry === "" ? repository.scalar.text : `${registry}/${repository.scalar.text}`;
    const reference = parseReference(name);
    if (!reference || reference.tag !== void 0 || reference.digest !== void 0) return [];
    const { document, scalar } = repository;
    const source = `${document.path}:${document.lines.positionAt(scalar.start).line}`;
    return [{ image: repositoryOf(name), name, source }];
  }
  /** `global.imageRegistry` wins over the registry of an image, as in the charts that have it. */
  #registryOf({ group }) {
    const written2 = (of) => (this.#groups.get(of) ?? []).filter(({ part, scalar }) => part === "registry" && !isEmpty(scalar));
    const global = [
      ["global", "image", ""],
      ["global", ""]
    ].flatMap((keys) => written2(JSON.stringify(keys)));
    const registries = [...written2(group), ...global];
    return registries.at(-1)?.scalar.text ?? "";
  }
};
function strongest(leaves) {
  const rank = leaves.reduce((most, leaf) => Math.max(most, leaf.rank), -Infinity);
  return leaves.filter((leaf) => leaf.rank === rank);
}
var isVersionPart = (leaf) => leaf.part !== "registry" && leaf.part !== "repository";
function isSame2(one, other) {
  return one.id === other.id && one.document.path === other.document.path;
}

// src/manifests/values/template-uses.ts
var FOLDER = /^(?:(.*)\/)?templates\//;
var NAME = /[\w][\w./:-]*$/;
var VALUE4 = /\{\{-?\s*\$?\.Values\.([\w.]+)\s*(?:\|[^{}\n]{0,200})?-?\}\}/y;
var MAX_NAME = 255;
function chartOfTemplate(path) {
  const match = FOLDER.exec(path);
  return match ? match[1] ?? "" : void 0;
}
function* templateUses({ path, text, lines }) {
  for (let at = text.indexOf(":{{"); at >= 0; at = text.indexOf(":{{", at + 1)) {
    VALUE4.lastIndex = at + 1;
    const [, value] = VALUE4.exec(text) ?? [];
    const [written2 = ""] = NAME.exec(text.slice(Math.max(at - MAX_NAME, 0), at)) ?? [];
    const name = parseReference(written2)?.name;
    if (value === void 0 || name === void 0 || name !== written2) continue;
    const source = `${path}:${lines.positionAt(at).line}`;
    yield { path: value.split("."), owner: { image: repositoryOf(name), name, source } };
  }
}

// src/manifests/values/value-leaves.ts
var LeafReader = class {
  #files;
  #isPart;
  #read = /* @__PURE__ */ new Map();
  constructor(files, isPart) {
    this.#files = files;
    this.#isPart = isPart;
  }
  /** The leaves of a layer, also where it is several files or a chart with its dependencies. */
  leavesOf({ source, at, rank }) {
    return nodesOf2(source, at, this.#files).flatMap(
      ({ node, at: root }) => this.#leavesIn(node).map((leaf) => ({ ...leaf, path: [...root, ...leaf.path], rank })).filter(({ path }) => this.#isPart(path.at(-1) ?? ""))
    );
  }
  #leavesIn({ node, document, where }) {
    const known = this.#read.get(node);
    if (known) return known;
    const start = { document, id: document.id, where, parent: where, path: [], rank: 0 };
    const leaves = [...walkLeaves(node, start)].filter(
      ({ path }) => path.length === 0 || this.#isPart(path.at(-1) ?? "")
    );
    this.#read.set(node, leaves);
    return leaves;
  }
};
function* walkLeaves(node, position) {
  const { id, where, path } = position;
  if (node.kind === "map") {
    for (const { key, value } of node.entries) {
      yield* walkLeaves(value, { ...position, where: joinPath(where, key), parent: where, path: [...path, key] });
    }
  } else if (node.kind === "scalar" && node.embedded) {
    for (const [index, inner] of node.embedded.entries()) {
      yield* walkLeaves(inner, { ...position, id: `${id} ${where} ${index}`, where: "" });
    }
  } else if (node.kind === "scalar") {
    yield { ...position, scalar: node };
  }
}
function nodesOf2(source, at, files) {
  switch (source.kind) {
    case "node":
      return [{ node: source, at }];
    case "file":
      return manifestsAt(source.path, files.manifests).flatMap(
        ({ documents: [document] }) => document?.root ? [{ node: { kind: "node", document, node: document.root, where: "" }, at }] : []
      );
    case "object": {
      const entries = files.objects.get(source.name) ?? [];
      return entries.filter(({ key }) => key === source.key).flatMap((entry) => nodesOf2(entry.source, at, files));
    }
    case "chart":
      return defaultValues(source.folder, files.manifests).flatMap(
        ([file, below = []]) => file ? nodesOf2(file, [...at, ...below], files) : []
      );
  }
}
function manifestsAt(path, manifests2) {
  const manifest = manifests2.get(path);
  if (manifest || !path.includes(ANY)) return manifest ? [manifest] : [];
  const pattern = pathPattern(path);
  return [...manifests2.values()].filter((one) => pattern.test(one.path));
}

// src/manifests/values/tag-owners.ts
var READERS = [argoTrees, fluxTrees, helmfileTrees, kustomizeTrees, fleetTrees];
var treesIn = (document) => READERS.flatMap((read) => [...read(document)]);
function findTagOwners(manifests2) {
  const byPath = new Map(manifests2.map((manifest) => [manifest.path, manifest]));
  const documents = manifests2.flatMap((manifest) => manifest.documents);
  const entries = documents.flatMap((document) => [...configEntries(document)]);
  const reader = new LeafReader(
    { manifests: byPath, objects: groupBy(entries, ({ name }) => name) },
    (key) => readLonePart(key) !== void 0
  );
  const read = [...chartTrees(byPath), ...documents.flatMap(treesIn)];
  const uses = usesOf(byPath);
  const trees = read.map((tree) => new PartsTree(tree, reader, uses));
  const objects = new Map(
    [...groupBy(trees, ({ object }) => object)].map(([name, group]) => [name, new ObjectTrees(group)])
  );
  objects.delete("");
  const found = trees.flatMap(
    (tree) => tree.tags.map((tag) => {
      const own = tree.ownersOf(tag);
      const owners = own.length > 0 ? own : objects.get(tree.object)?.ownersOf(tag) ?? [];
      return { tag, owners, isGuess: tree.tree.isGuess ?? false };
    })
  );
  for (const patch of documents.flatMap((document) => [...patchedValues(document, byPath)])) {
    for (const [name, target] of objects) {
      if (!patch.target.test(name)) continue;
      const tags = tagsOf(patch, target, reader);
      found.push(...tags.map((tag) => ({ tag, owners: target.ownersOf(tag), isGuess: false })));
    }
  }
  return tableOf(found);
}
function usesOf(manifests2) {
  const templates = [...manifests2.values()].filter(({ path }) => chartOfTemplate(path) !== void 0);
  const own = groupBy(templates, ({ path }) => chartOfTemplate(path));
  const known = /* @__PURE__ */ new Map();
  return (chart) => {
    const uses = known.get(chart) ?? (own.size === 0 ? [] : chartsIn(chart, manifests2)).flatMap(
      ({ folder, at }) => (own.get(folder) ?? []).flatMap((template) => [...templateUses(template)]).map(({ path, owner }) => ({ path: [...at, ...path], owner }))
    );
    known.set(chart, uses);
    return uses;
  };
}
var ObjectTrees = class {
  #owners = /* @__PURE__ */ new Map();
  #parameters = /* @__PURE__ */ new Map();
  constructor(trees) {
    for (const { owners, tree } of trees) {
      for (const [group, some] of owners)
        this.#owners.set(group, unique([...this.#owners.get(group) ?? [], ...some]));
      for (const { source, at } of tree.layers) {
        if (source.kind === "node" && at.length > 0) this.#parameters.set(source.where, at);
      }
    }
  }
  ownersOf({ group }) {
    return this.#owners.get(group) ?? [];
  }
  /** The path in the values that a pointer into such an object leads to. */
  pathOf(pointer) {
    const where = pointer.reduce((path, key) => /^\d+$/.test(key) ? `${path}[${key}]` : joinPath(path, key), "");
    const inline = pointer.indexOf("valuesObject");
    if (inline >= 0) return pointer.slice(inline + 1);
    const isFlux = pointer[0] === "spec" && pointer[1] === "values";
    return isFlux ? pointer.slice(2) : this.#parameters.get(where);
  }
};
function tagsOf({ pointer, value }, target, reader) {
  const at = target.pathOf(pointer);
  const leaves = at ? reader.leavesOf({ source: value, at, rank: Infinity }) : [];
  return leaves.flatMap((leaf) => partOf3(leaf) ?? []).filter(isVersionPart);
}
function tableOf(found) {
  const table = /* @__PURE__ */ new Map();
  for (const { tag, owners, isGuess } of found.toSorted((a, b) => Number(a.isGuess) - Number(b.isGuess))) {
    const { document, id, where, parent, part } = tag;
    const key = documentKey(document.path, id);
    const tags = table.get(key) ?? /* @__PURE__ */ new Map();
    const known = tags.get(where);
    if (owners.length === 0 || isGuess && known && !known.isGuess) continue;
    tags.set(where, { part, where, parent, owners: unique([...known?.owners ?? [], ...owners]), isGuess });
    table.set(key, tags);
  }
  return new Map([...table].map(([key, tags]) => [key, [...tags.values()]]));
}
var unique = (owners) => [
  ...new Map(owners.map((owner) => [owner.image, owner])).values()
];

// src/manifests/values/related.ts
var VALUES_WORDS = [
  "helm",
  "Helm",
  "onfigMap",
  "Secret",
  "ecretGenerator",
  "releases",
  "Application",
  "dependencies"
];
function withRelated(some, files, parse3) {
  const parsed = new Map(some.map((file) => [file, parse3(file)]));
  const charts = chartFolders(files.map(({ path }) => path));
  let last2 = [...parsed.values()];
  while (last2.length > 0) {
    const isRelated = matcherOf(relatedTo(last2, charts), charts);
    const more = files.filter((file) => !parsed.has(file) && isRelated(file));
    last2 = more.map(parse3);
    for (const [index, file] of more.entries()) parsed.set(file, last2[index] ?? parse3(file));
  }
  return parsed;
}
function matcherOf({ files, folders, siblings, names }, charts) {
  if (files.size + folders.size + siblings.size + names.size === 0) return () => false;
  const isValue = isValueOf(folders, charts);
  const patterns = [...files].filter((file) => file.includes(ANY)).map(pathPattern);
  return ({ path, bytes }) => files.has(path) || isValue(path) || siblings.has(folderOf(path)) && mayBeValues(bytes) || patterns.some((pattern) => pattern.test(path)) || names.size > 0 && mayContain(bytes, VALUES_WORDS) && hasName(bytes, names);
}
function hasName(bytes, names) {
  const words2 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString().matchAll(/[\w.-]+/g);
  for (const [word2] of words2) if (names.has(word2)) return true;
  return false;
}
function mayBeValues(bytes) {
  return mayContain(bytes, TAG_WORDS) && !mayContain(bytes, ["kind:", '"kind"']);
}
var TAG_WORDS = ["tag", "Tag", "TAG"];
function isValueOf(folders, charts) {
  const wanted = new Set(folders);
  return (path) => wanted.has(valuesFolderOf(path, charts) ?? "\0");
}
function relatedTo(manifests2, charts) {
  const files = /* @__PURE__ */ new Set();
  const folders = /* @__PURE__ */ new Set();
  const siblings = /* @__PURE__ */ new Set();
  const names = /* @__PURE__ */ new Set();
  const byPath = new Map(manifests2.map((manifest) => [manifest.path, manifest]));
  const addSource = (source) => {
    if (source.kind === "file") files.add(source.path);
    if (source.kind === "object") names.add(nameIn2(source.name));
    if (source.kind === "chart")
      for (const file of ["Chart.yaml", "values.yaml"]) files.add(inFolder(source.folder, file));
  };
  for (const manifest of manifests2) {
    const { path, documents } = manifest;
    if (isChartFile(path)) {
      folders.add(folderOf(path));
      names.add(nameIn2(folderOf(path)));
      for (const { folder } of dependenciesOf(folderOf(path), byPath)) addSource({ kind: "chart", folder });
    }
    const chart = chartOfTemplate(path);
    if (chart !== void 0 && !templateUses(manifest).next().done) {
      folders.add(chart);
      names.add(nameIn2(chart));
      addSource({ kind: "chart", folder: chart });
    }
    if (hasValues(manifest)) {
      const folder = valuesFolderOf(path, charts);
      if (folder !== void 0) folders.add(folder);
      const above = foldersAbove(path);
      for (const one of above) files.add(inFolder(one, "Chart.yaml"));
      if (!above.some((one) => charts.has(one)) && hasRepository(manifest)) siblings.add(folderOf(path));
      if (isValuesFile(path)) names.add(nameIn2(path));
    }
    for (const document of documents) {
      for (const { object, layers } of treesIn(document)) {
        if (object !== "") names.add(nameIn2(object));
        for (const { source } of layers) addSource(source);
      }
      for (const { name, source } of configEntries(document)) {
        names.add(nameIn2(name));
        addSource(source);
      }
      for (const file of patchedFiles(document)) files.add(file);
    }
  }
  return { files, folders, siblings, names };
}
function hasRepository({ documents: [document] }) {
  return walk(document?.root).some(
    ({ node }) => node.kind === "map" && node.entries.some(({ key, value }) => {
      const isNamed = value.kind === "scalar" && readLonePart(key)?.part === "repository";
      return isNamed && !/[:@]|^$/.test(value.text);
    })
  );
}
var nameIn2 = (path) => path.slice(path.lastIndexOf("/") + 1);
function* patchedFiles({ root, path, lines }) {
  if (root?.kind !== "map" || !(lines.includes("HelmRelease") || lines.includes("Application"))) return;
  const folder = folderOf(path);
  for (const { node } of walk(root)) {
    const file = node.kind === "map" && mapOf(node, "target") ? scalarOf(node, "path")?.text : void 0;
    const patch = file === void 0 ? void 0 : fileAt(folder, file);
    if (patch) yield patch.path;
  }
  for (const resource of ["resources", "bases", "components"].flatMap((key) => textsOf(root, key))) {
    const below = repositoryPath(folder, resource);
    if (below === void 0 || below.includes(ANY)) continue;
    if (/\.ya?ml$|\.json$/.test(below)) yield below;
    else for (const name of KUSTOMIZATION_NAMES) yield inFolder(below, name);
  }
}

// src/manifests/word-search.ts
var WORTH_BUILDING = 65536;
var WordSearch = class {
  #words;
  #searched = 0;
  #automaton;
  constructor(words2) {
    this.#words = [...words2];
  }
  isIn(bytes) {
    if (!this.#automaton) {
      this.#searched += bytes.length * this.#words.length;
      if (this.#searched < WORTH_BUILDING) return mayContain(bytes, this.#words);
      this.#automaton = new Automaton(this.#words);
    }
    return this.#automaton.isIn(bytes);
  }
};
var Automaton = class {
  /** The column of each byte; 0 for those that no word has. */
  #columns = new Uint8Array(256);
  #width;
  /** For each state and column the offset of the next state's row; -1 where a word ends. */
  #transitions;
  constructor(words2) {
    const encoded = words2.map((word2) => Buffer.from(word2));
    const bytes = [...new Set(Buffer.concat(encoded))];
    for (const [index, byte] of bytes.entries()) this.#columns[byte] = index + 1;
    this.#width = bytes.length + 1;
    this.#transitions = this.#build(encoded);
  }
  isIn(bytes) {
    const transitions = this.#transitions;
    const columns = this.#columns;
    let row = transitions[0] === -1 ? -1 : 0;
    for (let index = 0; index < bytes.length && row >= 0; index += 1) {
      row = transitions[row + columns[bytes[index]]];
    }
    return row < 0;
  }
  #build(words2) {
    const width = this.#width;
    const size = words2.reduce((sum, word2) => sum + word2.length, 1);
    const rows = new Int32Array(size * width);
    const isEnd = new Uint8Array(size);
    let last2 = 0;
    for (const word2 of words2) {
      let state = 0;
      for (const byte of word2) {
        const at = state * width + (this.#columns[byte] ?? 0);
        if (rows[at] === 0) rows[at] = last2 += 1;
        state = rows[at] ?? 0;
      }
      isEnd[state] = 1;
    }
    const fallback = new Int32Array(last2 + 1);
    const queue = [0];
    for (const state of queue) {
      for (let column = 1; column < width; column += 1) {
        const at = state * width + column;
        const next = rows[at] ?? 0;
        const other = state === 0 ? 0 : rows[(fallback[state] ?? 0) * width + column] ?? 0;
        if (next === 0) {
          rows[at] = other;
          continue;
        }
        fallback[next] = other;
        isEnd[next] ||= isEnd[other] ?? 0;
        queue.push(next);
      }
    }
    return rows.subarray(0, (last2 + 1) * width).map((state) => isEnd[state] === 1 ? -1 : state * width);
  }
};

// src/manifests/inventory.ts
function takeInventory(files, { images, policies, targets = [] } = {}) {
  const parse3 = ({ path, bytes }) => readManifest(path, bytes);
  const parsed = images ? withRelated(files.filter(mayName(images, targets)), files, parse3) : new Map(files.map((file) => [file, parse3(file)]));
  const manifests2 = [...parsed.values()];
  const context = {
    policies: new Map([...readPolicies(manifests2), ...policies ?? []]),
    targets,
    tagOwners: findTagOwners(manifests2)
  };
  const inventoried = files.flatMap((file) => {
    const manifest = parsed.get(file);
    return manifest && !file.isContext ? { file, manifest, places: placesIn(manifest, context) } : [];
  });
  const read = [...parsed.keys()];
  const unread = files.filter((file) => !parsed.has(file) && !file.isContext);
  return { files: inventoried, read, unread, places: inventoried.flatMap(({ places }) => places), context };
}
function presentImages(images, { files, places }) {
  const certain = places.filter(({ site }) => !site.candidates && site.doubt === void 0);
  const repositories = new Set(certain.map(({ repository }) => repository));
  const search = new TextSearch(images);
  const unread = files.filter(({ manifest }) => manifest.defect);
  const named = new Set(
    unread.flatMap(({ manifest: { path, text } }) => [...search.find(path, text, true)].map(({ image }) => image))
  );
  return images.filter((image) => {
    const names = [image.reference.name, image.replaces];
    return names.some((name) => repositories.has(repositoryOf(name))) || named.has(image);
  });
}
var KEYS_OF_REGISTRIES = ["egistry", "epository", "EGISTRY", "EPOSITORY", "hub:", 'hub"'];
function mayName(images, targets) {
  const { words: words2, registries } = searchTerms(images);
  const terms = new WordSearch([...words2, ...words2.map((word2) => word2.replaceAll("/", "\\/")), ...FLUX_WORDS]);
  const beginnings = new WordSearch(registries);
  const values = new RegExp(
    `(?:${registries.map((text) => text.replaceAll(".", "\\.")).join("|") || "(?!)"})(?=["'\\\\,}\\s]|$)`
  );
  const isBeginning = ({ buffer, byteOffset, byteLength }) => values.test(Buffer.from(buffer, byteOffset, byteLength).toString("latin1"));
  const named = new Set(targets.map(({ file }) => file));
  return ({ path, bytes }) => named.has(path) || terms.isIn(bytes) || mayContain(bytes, KEYS_OF_REGISTRIES) && beginnings.isIn(bytes) && isBeginning(bytes);
}
function placesIn(manifest, context) {
  return findSites(manifest, context).map((site) => {
    const { where, name, version, of } = site;
    const { line } = manifest.lines.positionAt(versionField(site)?.start ?? 0);
    return { file: manifest.path, line, where, image: name, repository: of ?? repositoryOf(name), version, site };
  });
}

// src/core/tag-family.ts
var LATEST = /(?<![a-z\d])latest(?![a-z\d])/i;
var VERSIONS2 = [
  /(?:(?<![a-z\d.])v?\d+\.\d+(?:\.\d+)*[-_])?(?<!\d)\d{4}([-_.])\d{2}\1\d{2}(?:(?:[-_.]\d+)*|t\d{2}(?:[-_.]?\d{2}){1,2}z?)(?![a-z\d])/i,
  /(?<![a-z\d.])v?\d+\.\d+\.\d+(?:\.\d+)*/i,
  /(?<![a-z\d.])v?\d+\.\d+(?!\d)/i,
  /^v?\d{1,6}(?![a-z\d])/i,
  /\d+(?:\.\d+)+/,
  LATEST
];
var BUILT = /^(?:v\d{8}-g?[\da-f]{7,40}|latest(?=-\d+\.\d+$))(?![a-z\d])/i;
var word = (pattern) => new RegExp(`(?<![a-z\\d])(?:${pattern})(?![a-z\\d])`, "g");
var COMMIT_OR_TIME = word(
  String.raw`(?:\d+-)?g[\da-f]{4,40}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?:(?:sha|git|commit)-?)?[\da-f]{7,64}|\d{8}t\d{4,6}z?|v\d{8,14}`
);
var RUN2 = word(String.raw`(?<!(?:^|-)(?:pr|pull|mr|merge-request)-)\d+`);
var CHANGING = [
  [COMMIT_OR_TIME, ""],
  [
    word(
      String.raw`(?:alpha|beta|preview|pre|rc|snapshot|milestone|cr|post|patch|hotfix|fix|sp|dirty|final|ga|(?:dev|[bmpr])(?=-?\d))(?:-?\d+)*`
    ),
    ""
  ],
  [word(String.raw`(?:release|rel|version|build|run|ci|rev|ls)(?:-?\d+)*`), ""],
  [word(String.raw`(${[...MOVING_WORDS].join("|")})(?:-\d+)+`), "$1"]
];
function familyOf(tag) {
  const built = BUILT.exec(tag)?.[0];
  if (built !== void 0) return ["@", lasting(tag.slice(built.length))].filter(Boolean).join("-");
  const version = VERSIONS2.map((pattern) => pattern.exec(tag)).find((match) => match);
  if (version) {
    if (version[0] === tag && /^latest$/i.test(tag)) return void 0;
    const after = tag.slice(version.index + version[0].length);
    return [lasting(tag.slice(0, version.index)), "#", lasting(after.replace(REVISION, ""))].filter(Boolean).join("-");
  }
  const words2 = dashed(tag);
  const stays = words2.replace(COMMIT_OR_TIME, "").replace(RUN2, "");
  return stays === words2 ? void 0 : ["@", lasting(stays)].filter(Boolean).join("-");
}
function areOfTwoFamilies(one, other) {
  const [a, b] = [familyOf(one), familyOf(other)];
  if (a === void 0 || b === void 0) return false;
  if (a.includes("#") === b.includes("#")) return a !== b;
  return [one, other].some((tag) => LATEST.test(tag)) && textAround(a) !== textAround(b);
}
var textAround = (family) => family.replace(/-?[#@]-?/, "-").replace(/^-|-$/g, "");
var REVISION = /^(?:[-_.]\d+)+(?![a-z\d])(?!-g[\da-f]{4})/i;
function lasting(part) {
  const words2 = CHANGING.reduce((text, [pattern, stays]) => text.replace(pattern, stays), dashed(part));
  return words2.replace(/-{2,}/g, "-").replace(/^-|-$/g, "");
}
var dashed = (text) => text.toLowerCase().replace(/[_.]/g, "-");

// elsewhere:src/core/tag-selection.ts
var { isSelected: isSelected2, readTagSelection } = require("./start.cjs").modules["src/core/tag-selection.ts"];

// src/manifests/select-places.ts
function selectPlaces(images, inventory, { onlyTags, insert = false } = {}) {
  const search = new TextSearch(images);
  const problems = inventory.files.flatMap(
    ({ manifest }) => manifest.defect ? reportDefect(manifest, manifest.defect, search) : []
  );
  const byRepository = new Map(
    images.flatMap(
      (image) => [image.replaces, image.reference.name].map((name) => [repositoryOf(name), image])
    )
  );
  const own = inventory.places.flatMap((place) => {
    const image = byRepository.get(place.repository);
    return image ? [{ place, image, left: reasonToLeave(place, image, { onlyTags, insert }) }] : [];
  });
  const divided = /* @__PURE__ */ new Set();
  for (const { place, image, left: other } of own) {
    if (!divided.has(image) && other === void 0 && isOfFamily(place, image)) divided.add(image);
  }
  const selected = /* @__PURE__ */ new Map();
  const left = [];
  for (const { place, image, left: other } of own) {
    if (place.site.refused !== void 0) throw refusal(place, place.site.refused);
    const isDivided = !onlyTags && divided.has(image);
    const reason = other ?? (isDivided ? otherFamily(place, image.reference.tag ?? "") : void 0);
    if (reason !== void 0) left.push({ place, reason });
    else selected.set(place, image);
  }
  refuseLostTargets(inventory);
  return { selected, left, problems };
}
function reasonToLeave({ version, site }, { reference }, { onlyTags, insert }) {
  const present = formatVersion(version);
  if (present === "" && !site.named && !(insert && isInsertable(site, reference))) return NO_VERSION;
  if (site.candidates) return `may be of ${listed(site.candidates)}`;
  if (present === formatVersion(reference)) return void 0;
  if (site.doubt !== void 0) return site.doubt;
  if (/[.-]$/.test(formatVersion(reference)) && isInText(site)) return "is part of a longer text";
  if (onlyTags && !isSelected2(version.tag ?? "", onlyTags)) return `is not in only-tags: ${onlyTags.text}`;
  return void 0;
}
var isInText = ({ fields }) => fields.some(({ role, style, scalar, start }) => role === "reference" && style === "verbatim" && start !== scalar);
function listed(candidates) {
  const more = candidates.length - MOST_NAMED;
  return candidates.slice(0, MOST_NAMED).join(" or ") + (more > 0 ? ` or ${more} more` : "");
}
var MOST_NAMED = 10;
var NO_VERSION = "has no version";
function isInsertable({ fields, takesVersion }, { tag, digest }) {
  const parts = fields.filter(({ role }) => role === "tag" || role === "bare-tag" || role === "digest");
  const isTaken = (field) => (field.role === "digest" ? digest : tag) !== void 0;
  const isFree2 = ({ text, start, end: end2 }) => text === void 0 || isEmpty({ text, start, end: end2 });
  return takesVersion === true || parts.some(isTaken) && parts.every(isFree2);
}
function refusal(place, reason) {
  const [field] = place.site.fields;
  return failure("PLACE_UNCLEAR", { place, where: place.where, image: place.image, value: field?.text, reason });
}
function isOfFamily({ version }, { reference }) {
  const family = familyOf(version.tag ?? "");
  return family !== void 0 && family === familyOf(reference.tag ?? "");
}
function otherFamily({ version: { tag = "" }, site }, released) {
  if (site.target !== void 0 || !areOfTwoFamilies(tag, released)) return void 0;
  return `is of another family of tags than ${released} (only-tags: '*' changes it too)`;
}
function refuseLostTargets({ files, places, context }) {
  const found = new Set(places.map(({ site }) => site.target));
  const lost = context.targets.find(({ text }) => !found.has(text));
  if (!lost) return;
  const isRead = files.some(({ manifest: { path, defect } }) => path === lost.file && !defect);
  const reason = isRead ? "its path leads to no value" : `there is no readable manifest ${lost.file}`;
  throw failure("TARGET_NOT_FOUND", { target: lost.text, reason });
}

// src/manifests/deployed-versions.ts
function readDeployedVersions(images, files, options = {}) {
  return deployedVersionsIn(takeInventory(files, { ...options, images: asImages(images) }), images, options.onlyTags);
}
var asImages = (names) => names.map((name) => ({ reference: { name }, replaces: name }));
function deployedVersionsIn(inventory, images, onlyTags) {
  const { selected } = selectPlaces(asImages(images), inventory, { onlyTags });
  return [...selected].map(([{ version, file, line, where }, { replaces }]) => {
    return { image: replaces, version: formatVersion(version), file, line, where };
  }).filter(({ version }) => version !== "");
}
function versionsOf(deployed) {
  const images = [...new Set(deployed.map(({ image }) => image))];
  const byImage = images.map((image) => deployed.filter((place) => place.image === image));
  const chosen = byImage.map((places) => {
    return places.find(({ version }) => places.every((other) => isPartOf(other.version, version)));
  });
  const differing = byImage.filter((_, index) => chosen[index] === void 0);
  if (differing.length > 0) throw failure("IMAGES_DIFFER", { places: differing.flat() });
  return new Map(chosen.flatMap((place) => place ? [[place.image, place.version]] : []));
}

// src/manifests/empty-places.ts
function emptyPlacesOf({ reference, replaces }, left, files) {
  return left.flatMap(({ place, reason }) => {
    const { site, file, line, where } = place;
    const manifest = files.find((one) => one.file.path === file)?.manifest;
    const field = versionField(site);
    const isOfImage = repositoryOf(replaces) === place.repository && isWorthNaming(place);
    if (reason !== NO_VERSION || !manifest || !field || !isOfImage) return [];
    const insertable = isInsertable(site, reference);
    const marker2 = markerFor(field, site, manifest.text, replaces);
    const target = insertable ? targetFor(field, file, manifest.documents, replaces) : void 0;
    return [
      {
        file,
        line,
        where,
        image: replaces,
        isInsertable: insertable,
        ...marker2 !== void 0 && { marker: marker2 },
        ...target !== void 0 && { target }
      }
    ];
  });
}
function isWorthNaming({ site, where }) {
  return site.takesVersion === true || site.fields[0]?.role !== "reference" || /image|repository/i.test(where);
}
var ENTRY2 = /^\s*(?:- +)?(?<entry>[\w.-]+:(?:[ \t]+(?:"[^"]*"|'[^']*'|[^\s#"'{[]\S*))?)[ \t]*(?:#.*)?$/;
var LONGEST_LINE2 = 1e3;
function entryAt(text, offset) {
  const { start, line } = lineAround(text, offset);
  const isWhole2 = line.length < LONGEST_LINE2 && ["", "\n"].includes(text.charAt(start - 1));
  return isWhole2 ? ENTRY2.exec(line.trimEnd())?.groups?.["entry"] : void 0;
}
function markerFor(field, site, text, image) {
  const entry = entryAt(text, field.start);
  if (entry === void 0) return void 0;
  const { start: from } = lineAround(text, field.start);
  const comment = `# manifest-release: ${image}`;
  if (site.takesVersion) return `${entry} ${comment}`;
  if (field.role === "reference") return hasTagBeside(text, from) ? void 0 : `tag: "" ${comment} tag`;
  if (field.text === void 0) return `newTag: "" ${comment} tag`;
  return `${entry} ${comment} ${field.role === "digest" ? "digest" : "tag"}`;
}
function hasTagBeside(text, from) {
  const [indentation = ""] = /^[ \t]*/.exec(text.slice(from, from + 200)) ?? [];
  return new RegExp(`^${indentation}(?:tag|version|imageTag):`, "m").test(
    text.slice(Math.max(from - 300, 0), from + 300)
  );
}
function targetFor({ scalar, text }, file, documents, image) {
  if (text === void 0) return void 0;
  const outer = documents.filter(({ id }) => !id.includes(" "));
  for (const document of outer) {
    for (const { node, path } of walk(document.root)) {
      if (node.kind !== "scalar" || node.start !== scalar) continue;
      const selector = outer.length > 1 ? `#${document.name || document.index}` : "";
      return `${file}${selector}#${path}=${image}`;
    }
  }
  return void 0;
}

// src/manifests/apply-edits.ts
function applyEdits(text, edits) {
  const parts = [];
  let position = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < position || edit.end < edit.start) throw new RangeError(`edits overlap at offset ${edit.start}`);
    parts.push(text.slice(position, edit.start), edit.text);
    position = edit.end;
  }
  parts.push(text.slice(position));
  return parts.join("");
}

// src/manifests/yaml/scalar.ts
var WORDS2 = /* @__PURE__ */ new Set([
  "",
  "~",
  "null",
  "true",
  "false",
  "yes",
  "no",
  "on",
  "off",
  "y",
  "n",
  ".nan",
  ".inf",
  "=",
  "<<"
]);
var NOT_STRINGS = [
  /^[-+]?0[bB][-+]?[01]*$/,
  /^[-+]?0(?:[oO][-+]?)?[0-7]*$/,
  /^[-+]?0[xX][0-9a-fA-F]*$/,
  /^[-+]?\d*(?:\.\d*)?(?:[eE][-+]?\d+)?$/,
  /^[-+]?\d+(?::[0-5]?\d)+(?:\.\d*)?$/,
  /^[-+]?\.inf$/i,
  /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt\s])/
];
var PLAIN_CHARACTERS = /^[\w./][\w.\-/:@+]*$/;
function isPlainString(text) {
  const withoutUnderscores = text.replaceAll("_", "");
  return PLAIN_CHARACTERS.test(text) && !text.endsWith(":") && !WORDS2.has(text.toLowerCase()) && !WORDS2.has(withoutUnderscores.toLowerCase()) && !NOT_STRINGS.some((pattern) => pattern.test(withoutUnderscores));
}
function isTypedBySet(text) {
  if (/^(?:true|false|null|0)$/i.test(text)) return true;
  return /^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= MAX_INTEGER;
}
var MAX_INTEGER = 2n ** 63n - 1n;
var NAME2 = /^[^@]*?(?=:[\w.-]*(?:@|$)|@|$)/;
function rewriteScalar(written2, from, to, style) {
  if (style !== "double" || !written2.includes("\\")) return writeScalar(to, style);
  const [name = ""] = NAME2.exec(from) ?? [];
  const kept2 = written2.slice(0, written2.length - 1 - (from.length - name.length));
  const isWritten = written2 === `${kept2}${from.slice(name.length)}"` && textOf(`${kept2}"`) === name;
  if (!isWritten || !to.startsWith(name)) return writeScalar(to, style);
  return kept2 + writeScalar(to.slice(name.length), style).slice(1);
}
function textOf(quoted2) {
  const { errors, contents } = parseDocument(quoted2);
  return errors.length === 0 && isScalar(contents) ? contents.value : void 0;
}
function writeScalar(text, style) {
  if (style === "single") return `'${text.replaceAll("'", "''")}'`;
  if (style === "verbatim" || style === "plain" && isPlainString(text)) return text;
  return JSON.stringify(text);
}

// src/manifests/edit-fields.ts
function changeOf(target, text) {
  const { place, image, reference } = target;
  const written2 = image ? writtenFields(target, text) : [];
  if (written2.length === 0) return void 0;
  const moved = reference.name !== place.image;
  const shown2 = (value) => moved ? formatReference(value) : formatVersion(value);
  const { file, line, where } = place;
  const [from, to] = [shown2(referenceAt(place)), shown2(reference)];
  const notes = [
    ...from === to && written2.some(({ field, value }) => field.text === value) ? ["quoted"] : [],
    ...written2.some(({ field }) => field.role === "force-string") ? ["forceString: true"] : []
  ];
  return { file, line, where, image: place.image, from, to, ...notes.length > 0 && { note: notes.join(", ") } };
}
function problemOf(target) {
  const { place, image } = target;
  const kept2 = image && keptDigest(target, image);
  if (kept2 !== void 0) {
    const { file: file2, line: line2 } = place;
    return { file: file2, line: line2, message: `keeps its digest ${kept2}, and no new digest was given` };
  }
  const tag = place.site.fields.find(isTagField);
  const value = image && tag && (textFor(tag, target) ?? tag.text);
  const { helmSet } = place.site;
  if (helmSet === void 0 || value === void 0 || !isTypedBySet(value)) return void 0;
  const { file, line } = place;
  return { file, line, message: `has ${value}, which ${helmSet}` };
}
function keptDigest({ place, reference }, { reference: given, digest }) {
  const isOneValue = !place.site.fields.some(({ role }) => role === "digest" || role === "hex");
  return isOneValue && given.digest === void 0 && digest === void 0 ? reference.digest : void 0;
}
var isTagField = ({ role }) => role === "tag" || role === "bare-tag";
var NAMES = /* @__PURE__ */ new Set(["reference", "name", "registry", "repository", "folder", "base"]);
function targetOf(place, { reference, digest: known }) {
  const present = formatReference(referenceAt(place));
  const { version, site } = place;
  const has = (role) => site.fields.some((field) => field.role === role);
  const needsDigest = version.digest !== void 0 || !(has("reference") || has("tag") || has("bare-tag"));
  const given = needsDigest && known !== void 0 ? { digest: known, ...reference } : reference;
  const moves = repositoryOf(given.name) !== repositoryOf(place.image);
  if (moves && !site.fields.some(({ role }) => NAMES.has(role))) {
    throw failure("NAME_ELSEWHERE", { place, present, name: given.name });
  }
  if (!moves && hasAlready(version, given)) return referenceAt(place);
  const hasRoom = given.digest !== void 0 && (!has("hex") || given.digest.startsWith("sha256:"));
  if (needsDigest && !hasRoom) throw failure("DIGEST_REQUIRED", { place, present });
  const isEmpty2 = formatVersion(version) === "";
  const isFilled = isEmpty2 && site.fields.some(({ role, text }) => role === "tag" && text !== void 0);
  const needsTag = has("bare-tag") || (version.tag !== void 0 || isFilled) && !has("reference");
  if (needsTag && given.tag === void 0) {
    throw failure("TAG_REQUIRED", { place, present });
  }
  const hasTag = has("reference") || needsTag || isEmpty2 && has("tag");
  const hasDigest = has("reference") || has("tag") || has("digest") || has("hex");
  const { tag, digest } = given;
  return {
    name: moves ? given.name : place.image,
    ...tag !== void 0 && hasTag && { tag },
    ...digest !== void 0 && hasDigest && { digest }
  };
}
function hasAlready({ tag, digest }, given) {
  return (given.tag ?? tag) === tag && (given.digest ?? digest) === digest;
}
function referenceAt({ image, version }) {
  return { name: image, ...version };
}
function editsOf(targets, text) {
  const wanted = /* @__PURE__ */ new Map();
  const edits = /* @__PURE__ */ new Map();
  for (const target of targets) {
    for (const field of target.place.site.fields) {
      const value = (target.image && textFor(field, target)) ?? field.text;
      if (value === void 0) continue;
      const key = `${field.start} ${field.before ?? ""}`;
      const first = wanted.get(key);
      if (first && first.value !== value) {
        const [changing, other] = target.image ? [target, first.target] : [first.target, target];
        throw failure("ANCHOR_SHARED", { place: changing.place, other: other.place, image: other.place.image });
      }
      wanted.set(key, { value, target });
    }
    for (const { field, value } of target.image ? writtenFields(target, text) : []) {
      const { start, end: end2, style, before: before2 = "", after = "" } = field;
      const scalar = rewriteScalar(text.slice(start, end2), field.text ?? "", value, style);
      const edit = { start, end: end2, text: before2 + scalar + after };
      edits.set(`${start} ${before2}`, edit);
    }
  }
  return [...edits.values()];
}
function writtenFields(target, text) {
  return target.place.site.fields.flatMap((field) => {
    const value = textFor(field, target);
    const isWritten = value !== void 0 && (value !== field.text || isMisread(field, text));
    return isWritten ? [{ field, value }] : [];
  });
}
var LONGEST_TAG = 200;
function isMisread({ text: value, style, start, end: end2 }, text) {
  if (value === void 0 || style === "verbatim" || text.slice(start, end2) !== value) return false;
  if (writeScalar(value, style) === value) return false;
  return !/(?:^|\s)!(?:!str)?(?:[ \t]+&\S+)?[ \t]+$/.test(text.slice(Math.max(start - LONGEST_TAG, 0), start));
}
function textFor({ role, text }, { place, reference }) {
  const apart = (other) => place.site.fields.some((field) => field.role === other);
  const moved = reference.name !== place.image;
  const behindRegistry = () => apart("registry") ? splitName(reference.name).path : reference.name;
  switch (role) {
    case "reference":
      return formatReference(reference);
    case "tag":
      return apart("digest") || apart("hex") ? reference.tag : formatVersion(reference);
    case "bare-tag":
      return reference.tag;
    case "digest":
      return reference.digest;
    case "hex":
      return reference.digest?.replace(/^.*:/, "");
    case "name":
      return moved || text === "" ? reference.name : void 0;
    case "registry":
      return moved ? splitName(reference.name).registry : void 0;
    case "repository":
      return moved ? behindRegistry() + (/@sha256$/.exec(text ?? "")?.[0] ?? "") : void 0;
    case "folder":
      return moved ? behindRegistry().replace(/\/?[^/]*$/, "") : void 0;
    case "base":
      return moved ? behindRegistry().replace(/^.*\//, "") : void 0;
    case "force-string": {
      const tag = place.site.fields.find(isTagField);
      const value = tag && (textFor(tag, { place, reference }) ?? tag.text);
      return value !== void 0 && isTypedBySet(value) ? "true" : void 0;
    }
    case "match":
      return void 0;
  }
}

// src/manifests/leftovers.ts
function findLeftovers(images, texts, left, variables) {
  const named = images.flatMap(
    (image) => [image.reference.name, image.replaces].map((name) => [repositoryOf(name), image])
  );
  const byRepository = new Map(named.toReversed());
  const all = [
    ...left.flatMap((place) => leftoverOf(place, byRepository)),
    ...texts.flatMap((text) => leftoversIn(text, variables))
  ];
  const found = /* @__PURE__ */ new Map();
  for (const one of all) {
    const key = `${one.file}:${one.line} ${repositoryOf(one.image)} ${withoutDigest(one.version)}`;
    if (!found.has(key)) found.set(key, one);
  }
  const order = new Map(texts.map(({ path }, index) => [path, index]));
  const rank = ({ file }) => (order.get(file) ?? 0) + (DOCUMENTATION.test(file) ? texts.length : 0);
  return [...found.values()].toSorted((a, b) => rank(a) - rank(b) || a.line - b.line);
}
var DOCUMENTATION = /\.(?:mdx?|markdown|rst|adoc|txt|html?)$|(?:^|\/)(?:docs?|CHANGELOG)(?:\/|$)/i;
function leftoverOf({ place, reason }, images) {
  const { file, line, image: name, repository, version, site } = place;
  if (site.doubt === "may be a port" && isPort(version.tag ?? "")) return [];
  const image = images.get(repository);
  const present = formatVersion(version);
  return image && isOther(image, name, present) ? [{ file, line, image: name, version: present, reason }] : [];
}
function leftoversIn({ path, text, reason, references }, variables) {
  const lines = new LineTable(text);
  return [...references, ...variables.valuesIn(path, text)].filter(isOtherVersion).map((reference) => {
    const { name, version, offset, isVariable } = reference;
    const why = isVariable ? "has a variable in place of its registry" : reason ?? reasonAt(text, reference);
    const { line } = lines.positionAt(offset);
    return { file: path, line, image: name, version: formatVersion(version), reason: why };
  });
}
function reasonAt(text, { image, version, offset, isApart }) {
  const { line } = lineAround(text, offset);
  if (/\{\{|\{%/.test(line)) return "is on a line of a template";
  const isOnlyDigest = isApart && version.tag === void 0;
  if (isOnlyDigest && image.reference.digest === void 0) return "is a digest, and no new digest was given";
  return isApart ? "is in keys of no known convention" : "is part of a longer text";
}

// src/manifests/lost-markers.ts
var MARKER = /^(?<before>.*?)#[ \t]*manifest-release:[ \t]*(?<image>\S+)/;
function findLostMarkers(images, texts) {
  const released = new Set(images.flatMap(({ reference, replaces }) => [reference.name, replaces].map(repositoryOf)));
  return texts.filter(({ path, text }) => text.includes("manifest-release:") && !DOCUMENTATION.test(path)).flatMap(
    ({ path, text, reason }) => text.split("\n").flatMap((line, index) => {
      const { before: before2 = "", image = "" } = MARKER.exec(line)?.groups ?? {};
      const name = parseReference(image)?.name;
      const isAlone = /^[\s#/-]*$/.test(before2);
      if (name === void 0 || !released.has(repositoryOf(name)) || !(isAlone || reason !== void 0)) return [];
      const why = isAlone ? "is on a line of its own, and is to be behind a value" : reason;
      return [{ file: path, line: index + 1, message: `has a marker of ${name} that names no place: it ${why}` }];
    })
  );
}

// src/manifests/outer-variables.ts
var SUBSTITUTING = "postBuild";
var VARIABLE_MARK = ":$";
var COMPOSE = /^services:/m;
var ENVIRONMENT2 = /(?:^|\/)\.env$/;
var OpenVariables = class {
  /** Files of variables that may give values, whether they are there or not. */
  environments = /* @__PURE__ */ new Set();
  /** Variables to which a Kustomization may give values. */
  substituted = /* @__PURE__ */ new Set();
  /** The images by their names, by a variable and what may give it a value: a file of variables, or the folder of a Kustomization. */
  #named = /* @__PURE__ */ new Map();
  constructor(texts) {
    for (const { path, text, references } of texts) {
      if (!text.includes(VARIABLE_MARK)) continue;
      const environment = COMPOSE.test(text) ? inFolder(folderOf(path), ".env") : void 0;
      const sources = environment === void 0 ? foldersAbove(path) : [environment];
      for (const { variable, ...named } of references) {
        if (variable === void 0) continue;
        if (environment === void 0) this.substituted.add(variable);
        else this.environments.add(environment);
        for (const source of sources) this.#add(keyOf3(source, variable), named);
      }
    }
  }
  /** Whether a file may be a manifest that gives one of them a value. */
  get mayBeIn() {
    const names = new WordSearch(this.substituted);
    return ({ bytes }) => this.substituted.size > 0 && mayContain(bytes, [SUBSTITUTING]) && names.isIn(bytes);
  }
  /** The versions that a text gives them. */
  *valuesIn(path, text) {
    if (this.#named.size === 0) return;
    for (const { source, name, value } of valuesGiven(path, text)) {
      for (const named of this.#named.get(keyOf3(source, name))?.values() ?? []) yield* referencesBy(named, [value]);
    }
  }
  #add(key, named) {
    const others = this.#named.get(key);
    if (others) others.set(named.name, named);
    else this.#named.set(key, /* @__PURE__ */ new Map([[named.name, named]]));
  }
};
var keyOf3 = (source, variable) => `${source}\0${variable}`;
function* valuesGiven(path, text) {
  if (ENVIRONMENT2.test(path)) {
    for (const [name, values] of variableValues(withoutComments2(path, text))) {
      for (const value of values) yield { source: path, name, value };
    }
  } else if (text.includes(SUBSTITUTING)) yield* substitutesIn(path, text);
}
function* substitutesIn(path, text) {
  for (const { root, name: object } of readManifest(path, Buffer.from(text)).documents) {
    if (root?.kind !== "map" || !object.startsWith("Kustomization/")) continue;
    const spec = mapOf(root, "spec");
    const source = repositoryPath("", (spec && scalarOf(spec, "path")?.text) ?? "");
    if (source === void 0 || source === "") continue;
    for (const { key: name, value } of substituteOf(root)?.entries ?? []) {
      if (value.kind === "scalar") yield { source, name, value: { value: value.text, offset: value.start } };
    }
  }
}

// src/manifests/workflow-files.ts
var FOLDERS = String.raw`\.(?:github|gitea|forgejo)`;
var WORKFLOW = new RegExp(String.raw`^${FOLDERS}/workflows/`);
var NAMED2 = new RegExp(String.raw`^(?::\((?![^)]*exclude)[^)]*\)|:/)?(?:\./|/)?${FOLDERS}(?:/|$)`);
var WORKFLOW_REASON = 'is in a workflow, which most tokens may not change (name it in the input "paths")';
var isWorkflow = (path) => WORKFLOW.test(path);
var namesWorkflows = (paths) => paths.some((path) => NAMED2.test(path));

// src/manifests/verify.ts
function verifyEdits({ before: before2, edits, planned, context }) {
  const starts = before2.parts.map(({ start }) => start);
  const partAt = (offset) => countBelow(starts, offset + 1) - 1;
  const editsIn = groupBy(edits, ({ start }) => partAt(start));
  const plannedIn = groupBy(planned, ({ site }) => partAt(site.fields[0]?.scalar ?? 0));
  for (const index of /* @__PURE__ */ new Set([...plannedIn.keys(), ...editsIn.keys()])) {
    const part = before2.parts[index];
    const [own, sites] = [editsIn.get(index) ?? [], plannedIn.get(index) ?? []];
    if (!part || own.some(({ end: end2 }) => end2 > part.end)) return "an edit is in no document";
    const reason = own.length > 0 ? verifyPart(part, { before: before2, edits: own, planned: sites, context }) : differenceOf(
      sites,
      sites.map(({ site }) => site)
    );
    if (reason !== void 0) return reason;
  }
  return void 0;
}
function verifyPart(part, { before: before2, edits, planned, context }) {
  const own = edits.map((edit) => ({ ...edit, start: edit.start - part.start, end: edit.end - part.start }));
  const after = rereadPart(before2.path, part, applyEdits(before2.text.slice(part.start, part.end), own));
  if (after.defect) return `the result ${after.defect.reason}`;
  if (after.parts.length !== 1) return "the result has more documents";
  const sites = findSites(after, context);
  const reason = differenceOf(planned, sites);
  if (reason !== void 0) return reason;
  const others = otherValues(after, sites);
  const othersBefore = otherValues(
    part,
    planned.map(({ site }) => site)
  );
  const same = others.length === othersBefore.length && others.every((value, index) => value === othersBefore[index]);
  return same ? void 0 : "another value changed";
}
function differenceOf(planned, sites) {
  const compared = ({ name, ...version }) => formatReference({ name: repositoryOf(name), ...version });
  const wanted = planned.map(({ reference }) => compared(reference));
  const found = sites.map(({ name, version }) => compared({ name, ...version }));
  const differing = wanted.findIndex((reference, index) => reference !== found[index]);
  if (differing >= 0) return `${sites[differing]?.where ?? "a place"} is ${found[differing]}, not ${wanted[differing]}`;
  if (found.length !== wanted.length) return `it names ${found.length} images instead of ${wanted.length}`;
  const isMoved = sites.some(({ where }, index) => where !== planned[index]?.site.where);
  return isMoved ? "an image is at another place" : void 0;
}
function otherValues({ documents }, sites) {
  const ofSites = new Set(sites.flatMap((site) => site.fields.map(({ scalar }) => scalar)));
  return documents.flatMap(
    ({ root }) => walk(root).flatMap(
      ({ node, path }) => node.kind === "scalar" && !node.embedded && !ofSites.has(node.start) ? [`${path}=${node.text}`] : []
    )
  );
}

// src/manifests/plan.ts
function planRelease(images, files, options = {}) {
  return planOnInventory(images, takeInventory(files, { ...options, images }), options);
}
function planOnInventory(images, inventory, { others = [], ...options } = {}) {
  const selection = selectPlaces(images, inventory, options);
  const { selected, left, problems } = selection;
  const planned = inventory.files.map((file) => planFile(file, selection, inventory));
  const found = new Set(selected.values());
  const missing = images.filter((image) => !found.has(image));
  const search = new TextSearch(images);
  const searched = (text) => ({
    ...text,
    references: [...search.find(text.path, text.text)]
  });
  const texts = [...planned.map(({ after }) => after), ...others.map(textOf2)].map(searched);
  const variables = new OpenVariables(texts);
  const giving = inventory.unread.filter(variables.mayBeIn).map(manifestText).map(searched);
  const shift = new Map(planned.map(({ after, lineAfter }) => [after.path, lineAfter]));
  const leftAfter = left.map(({ place, reason }) => {
    return { place: { ...place, line: shift.get(place.file)?.(place.line) ?? place.line }, reason };
  });
  return {
    files: planned.flatMap(({ file }) => file ?? []),
    changes: planned.flatMap(({ changes }) => changes),
    problems: [...problems, ...planned.flatMap((one) => one.problems), ...findLostMarkers(images, texts)],
    missing,
    emptyPlaces: missing.flatMap((image) => emptyPlacesOf(image, left, inventory.files)),
    left: [...left, ...planned.flatMap(({ unchanged }) => unchanged)],
    leftovers: findLeftovers(images, [...texts, ...giving], leftAfter, variables)
  };
}
function planFile({ file, manifest, places }, { selected }, { context }) {
  const before2 = { after: releasedText(file, manifest), lineAfter: (line) => line, problems: [] };
  if (!places.some((place) => selected.has(place))) return { changes: [], unchanged: [], ...before2 };
  const targets = places.map((place) => {
    const image = selected.get(place);
    return image ? { place, image, reference: targetOf(place, image) } : { place, reference: { name: place.image, ...place.version } };
  });
  const problems = targets.flatMap((target) => problemOf(target) ?? []);
  const changes = targets.flatMap((target) => changeOf(target, manifest.text) ?? []);
  const unchanged = targets.filter((target) => target.image && !changeOf(target, manifest.text)).map(({ place }) => ({ place, reason: "has the version already" }));
  const edits = editsOf(targets, manifest.text);
  if (edits.length === 0) return { changes: [], unchanged, ...before2, problems };
  const planned = targets.map(({ place, reference }) => ({ site: place.site, reference }));
  const reason = verifyEdits({ before: manifest, edits, planned, context });
  if (reason !== void 0) throw failure("EDIT_NOT_VERIFIED", { file: file.path, reason });
  const bytes = new TextEncoder().encode(applyEdits(manifest.text, edits));
  const after = { ...before2.after, text: applyEdits(before2.after.text, edits) };
  const inserted = edits.filter((edit) => edit.text.includes("\n")).map(({ start }) => manifest.lines.positionAt(start).line).toSorted((a, b) => a - b);
  const lineAfter = (line) => line + countBelow(inserted, line);
  return { file: { ...file, bytes }, changes, unchanged, problems, after, lineAfter };
}
function releasedText(file, { text, documents, defect }) {
  if (!defect) return { path: file.path, text: withoutScanned(text, documents) };
  return {
    ...defect.kind === "encoding" ? textOf2(file) : { path: file.path, text },
    reason: DEFECT_REASONS[defect.kind]
  };
}
var manifestText = ({ path, bytes }) => ({ path, text: new TextDecoder().decode(bytes) });
function textOf2({ path, bytes }) {
  const reason = isWorkflow(path) ? WORKFLOW_REASON : "is in a file that is neither YAML nor JSON";
  return { path, text: new TextDecoder().decode(bytes), reason };
}

// elsewhere:src/core/time.ts
var { ageOf, utcTime } = require("./start.cjs").modules["src/core/time.ts"];

// elsewhere:src/inputs/identity.ts
var { defaultNames, formatIdentity, identityKey, identityOf, namesInOtherOrders } = require("./start.cjs").modules["src/inputs/identity.ts"];

// src/release/pull-request/metadata.ts
var NO_ATTRIBUTES = {
  labels: [],
  reviewers: [],
  "team-reviewers": [],
  assignees: [],
  milestone: "",
  "auto-merge": "",
  draft: false
};
var MARKS = {
  "html-comment": {
    start: (json) => `<!-- manifest-release-pr: ${json} -->
`,
    end: "\n<!-- /manifest-release-pr -->",
    unsafe: /[<>-]/g
  },
  // Between empty lines, since it is none inside a paragraph.
  "link-definition": {
    start: (json) => `[manifest-release-pr]: # (${json})

`,
    end: "\n\n[/manifest-release-pr]: # (end)",
    unsafe: /[<>()]/g
  }
};
var MARK = String.raw`(?:<!-- \/?manifest-release-pr|\[\/?manifest-release-pr\]:)`;
var BETWEEN = String.raw`(?:\r?\n){0,2}((?:(?!${MARK})[\s\S])*?)(?:\r?\n){0,2}`;
var BLOCKS = [
  String.raw`<!-- manifest-release-pr: (\{[^<>\n]*\}) -->${BETWEEN}<!-- \/manifest-release-pr -->`,
  String.raw`\[manifest-release-pr\]: # \((\{[^<>()\n]*\})\)${BETWEEN}\[\/manifest-release-pr\]: # \(end\)`
].map((block) => new RegExp(block, "g"));
var CUT_NOTE = "\n_This text was shortened; the diff has every change._";
function readMetadata(body, key) {
  return findBlock(body, key)?.metadata;
}
function hasMetadata(body) {
  return /<!-- manifest-release-pr: \{|\[manifest-release-pr\]: # \(\{/.test(body);
}
function isOfAnother(body, key) {
  const keys = blocksIn(body).flatMap(([, json = ""]) => asMetadata(json)?.key ?? []);
  return keys.length > 0 && !keys.includes(key);
}
function readNotes(body, key) {
  const block = findBlock(body, key);
  if (!block) return { before: body.trim(), after: "" };
  return { before: body.slice(0, block.start).trim(), after: body.slice(block.end).trim() };
}
function writeMetadata(body, metadata, text, limit, hiddenText) {
  const block = findBlock(body, metadata.key);
  const [before2, after] = block ? [body.slice(0, block.start), body.slice(block.end)] : [body.trimEnd(), ""];
  const gap = before2 === "" || endsInEmptyLine(before2) ? "" : "\n\n";
  const room = limit - before2.length - gap.length - after.length;
  const written2 = before2 + gap + asBlock(metadata, text, room, hiddenText) + after;
  return written2.length > limit ? body : written2;
}
function endsInEmptyLine(text) {
  const blanks = text.slice(text.trimEnd().length);
  return blanks.endsWith("\n") && blanks.indexOf("\n") < blanks.length - 1;
}
function readText(body, key) {
  return findBlock(body, key)?.text ?? "";
}
function findBlock(body, key) {
  for (const match of blocksIn(body)) {
    const metadata = asMetadata(match[1] ?? "");
    if (metadata?.key !== key) continue;
    const text = (match[2] ?? "").replaceAll("\r\n", "\n");
    return { metadata, text, start: match.index, end: match.index + match[0].length };
  }
  return void 0;
}
var blocksIn = (body) => BLOCKS.flatMap((block) => [...body.matchAll(block)]);
function asBlock(metadata, text, room, hiddenText) {
  const { end: end2 } = MARKS[hiddenText];
  const start = startOf3(metadata, room / 3, hiddenText);
  const shown2 = text.replace(new RegExp(MARK, "g"), (mark) => mark.replace(/^<!--|^\[/, "$& "));
  return start + cut(shown2, Math.max(room - start.length - end2.length, CUT_NOTE.length + 1), CUT_NOTE) + end2;
}
function startOf3(metadata, most, hiddenText) {
  const { start, unsafe } = MARKS[hiddenText];
  for (let { skipped } = metadata; ; skipped = skipped.slice(1)) {
    const mark = start(JSON.stringify({ ...metadata, skipped }).replace(unsafe, asEscape));
    if (mark.length <= most || skipped.length === 0) return mark;
  }
}
var asEscape = (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`;
function asMetadata(json) {
  let value;
  try {
    value = JSON.parse(json);
  } catch {
    return void 0;
  }
  const metadata = recordOf(value);
  const given = recordOf(metadata["given"]);
  return {
    key: textOf3(metadata["key"]),
    tree: textOf3(metadata["tree"]),
    title: textOf3(metadata["title"]),
    version: versionsOf2([metadata["version"]])[0] ?? "",
    skipped: versionsOf2(metadata["skipped"]),
    given: {
      labels: textsOf2(given["labels"]),
      reviewers: textsOf2(given["reviewers"]),
      "team-reviewers": textsOf2(given["team-reviewers"]),
      assignees: textsOf2(given["assignees"]),
      milestone: textOf3(given["milestone"]),
      "auto-merge": oneOf(["merge", "squash", "rebase"], given["auto-merge"]) ?? "",
      draft: given["draft"] === true
    },
    closed: textOf3(metadata["closed"])
  };
}
function recordOf(value) {
  return typeof value === "object" && value !== null ? value : {};
}
function oneOf(known, value) {
  return known.find((one) => one === value);
}
var textOf3 = (value) => typeof value === "string" ? value : "";
function versionsOf2(value) {
  return textsOf2(value).filter((text) => parseVersion(text) !== void 0);
}
function textsOf2(value) {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

// src/release/commit-trailers.ts
var FIRST = "Release-Name";
function withTrailers(message, { name, identity, base, into = "", build }) {
  const { source, operation, run } = build;
  const { environment, since, pull } = operation.origin;
  const trailers = [
    [FIRST, name],
    ["Release-App", identity.app],
    ["Release-Environment", identity.environment],
    ...identity.paths.map((path) => ["Release-Path", path]),
    ...build.images.map((image) => ["Release-Image", image]),
    ...(build.digests ?? []).map((image) => ["Release-Digest", image]),
    ...operation.rollsBack.map((image) => ["Release-Rolls-Back", image]),
    ["Release-Reason", operation.reason],
    ["Release-Origin", since === "" ? "" : [environment || "-", since, pull].join(" ").trim()],
    ["Release-Source", source.repository !== "" && source.commit !== "" ? `${source.repository}@${source.commit}` : ""],
    ["Release-Time", source.time],
    ["Release-Build", source.build],
    ["Release-Run", run.url],
    ["Release-Into", into],
    ["Release-Base", base]
  ];
  const lines = trailers.map(([key, value]) => [key, forCommit(value).trim()]).filter(([, value]) => value !== "").map(([key, value]) => `${key}: ${value}`);
  return `${message.trim() || `Release ${forCommit(name)}`}

${lines.join("\n")}
`;
}
function readTrailers(message) {
  if (hasMetadata(message)) return void 0;
  const [, ...paragraphs] = paragraphsOf(message);
  const index = paragraphs.findLastIndex((lines) => lines.some((line) => line.startsWith(`${FIRST}: `)));
  const trailers = paragraphs[index];
  if (!trailers?.every(isTrailer)) return void 0;
  const next = paragraphs.slice(index + 1).find((lines) => !lines.every((line) => isTrailer(line) || isRule(line)));
  if (next?.[0]?.startsWith("* ") === false) return void 0;
  const valuesOf2 = (key) => trailers.filter((line) => line.startsWith(`${key}: `)).map((line) => asValue(line.slice(key.length + 2)));
  const valueOf4 = (key) => valuesOf2(key)[0] ?? "";
  const [, repository = "", commit = ""] = /^([\w./-]+)@([0-9a-f]{4,64})$/i.exec(valueOf4("Release-Source")) ?? [];
  const images = valuesOf2("Release-Image");
  const digests = valuesOf2("Release-Digest");
  const into = valueOf4("Release-Into");
  const references = images.flatMap((image) => parseReference(image) ?? []);
  return {
    name: valueOf4(FIRST),
    identity: identityOf(
      { app: valueOf4("Release-App"), environment: valueOf4("Release-Environment") },
      references.map((reference) => ({ reference })),
      valuesOf2("Release-Path")
    ),
    base: valueOf4("Release-Base"),
    ...into !== "" && { into },
    build: {
      images,
      ...digests.length > 0 && { digests },
      source: { repository, commit, time: utcTime(valueOf4("Release-Time")), build: valueOf4("Release-Build") },
      operation: operationOf(valueOf4("Release-Reason"), valueOf4("Release-Origin"), valuesOf2("Release-Rolls-Back")),
      run: { url: valueOf4("Release-Run"), actor: "" }
    }
  };
}
function operationOf(reason, origin, rollsBack) {
  const [, environment = "", since = "", pull = ""] = /^(\S+) (\S+)(?: (\d+))?$/.exec(origin) ?? [];
  const isRollback = rollsBack.length > 0;
  return {
    action: isRollback ? "Roll back" : environment === "" || environment === "-" ? "Release" : "Promote",
    reason,
    origin: { environment: environment === "-" ? "" : environment, since: utcTime(since), pull },
    rollsBack
  };
}
function buildIn({ message }, key) {
  const found = keyAndBuildIn(message);
  return found?.key === key ? found.build : void 0;
}
var keyAndBuildIn = memoized((message) => {
  const trailers = readTrailers(message);
  return trailers && { key: identityKey(trailers.identity), build: trailers.build };
});
function isDirect({ message, parents }) {
  const base = readTrailers(message)?.base;
  return base !== void 0 && base === parents[0];
}
var MERGES = [
  /^Merge pull request #(\d+)/,
  /^Merge pull request '.*' \(#(\d+)\) from /,
  /^[^\n]*\(#(\d+)\)[^\S\n]*(?:\n|$)/,
  /^Merged in [^\n]* \(pull request #(\d+)\)/,
  /^Pull request #(\d+): /,
  /^Merged PR (\d+): /,
  /^See merge request [\w./-]*!(\d+)\s*$/m
];
function pullOf(message) {
  const [found] = MERGES.flatMap((pattern) => pattern.exec(message)?.[1] ?? []);
  return found ?? "";
}
var asValue = (text) => oneLine(fromCommit(text), 1e3).trim();
var isTrailer = (line) => /^[a-z\d][a-z\d-]*: .|^\(cherry picked from commit /i.test(line);
var isRule = (line) => /^-{3,}$/.test(line);
function paragraphsOf(message) {
  const paragraphs = [[]];
  for (const line of message.trim().split("\n")) {
    const text = line.trimEnd();
    if (text !== "") paragraphs.at(-1)?.push(text);
    else if (paragraphs.at(-1)?.length !== 0) paragraphs.push([]);
  }
  return paragraphs;
}

// elsewhere:src/release/build.ts
var { buildOf, canonical, hasSameImages, hasVersion: hasVersion2, sourceOf, versionOf: versionOf2, versionPairs, versionsOf: versionsOf3 } = require("./workspace.cjs").modules["src/release/build.ts"];

// src/release/outcome.ts
function initialOutcome({ store, forge }, { access, policy }, build) {
  return {
    pullRequest: void 0,
    numberSign: forge?.numberSign ?? "#",
    merging: "",
    page: "",
    repository: access.remote.name,
    version: versionOf2(build),
    delivery: policy.delivery,
    branch: "",
    base: store.base,
    commit: "",
    verified: false,
    changes: [],
    left: [],
    diff: "",
    reason: ""
  };
}

// elsewhere:src/release/release-branches.ts
var { ANY_VERSION, branchesOf: branchesOf2, branchesOfVersion, isLongLived, isPerVersion, isReleaseBranch, namesOf } = require("./workspace.cjs").modules["src/release/release-branches.ts"];

// elsewhere:src/release/pull-request/name.ts
var { pullRequestName } = require("./start.cjs").modules["src/release/pull-request/name.ts"];

// src/release/pull-request/select.ts
function selectPullRequests({ open: open2, past }, criteria) {
  const { key, branch, branches, build } = criteria;
  const ofRelease = (pullRequest) => ({
    pullRequest,
    metadata: readMetadata(pullRequest.body, key),
    build: pullRequest.commits.flatMap((commit) => buildIn(commit, key) ?? [])[0]
  });
  const known = (pullRequests) => pullRequests.map(ofRelease).filter(isKnown);
  const isOurs = (one) => isReleaseBranch(branches, one.branch);
  const present = open2.find((one) => one.branch === branch);
  const ended = known(past.filter(isOurs)).find((one) => hasSameImages(one.build, build));
  const closed = ended?.pullRequest.state === "closed" && !ended.metadata?.closed ? ended.pullRequest : void 0;
  return {
    present: present && ofRelease(present),
    others: known(open2.filter((one) => one !== present && isOurs(one))),
    onOtherBranches: open2.filter((one) => !isOurs(one) && readMetadata(one.body, key) !== void 0),
    declined: closed?.closedByDeletion === false ? closed : void 0,
    deleted: closed?.closedByDeletion === true ? closed : void 0,
    merged: known(past.filter(({ state }) => state === "merged")),
    pastHeads: new Set(past.map(({ headId }) => headId)),
    head: present ? present.head : past.find((one) => one.branch === branch && one.head)?.head
  };
}
var isKnown = (one) => one.build !== void 0;
function otherReleaseOn(branch, { key, base }, { open: open2, past }, commits, forge) {
  const pullRequest = open2.find((one) => one.branch === branch);
  const ended = pullRequest ? [] : past.filter((one) => one.branch === branch);
  const decided = new Set(ended.map(({ headId }) => headId));
  for (const { id, message } of commits) {
    const trailers = decided.has(id) ? void 0 : readTrailers(message);
    if (!trailers) continue;
    const { identity, into = "" } = trailers;
    const isElsewhere = !pullRequest && into !== base;
    if (!isElsewhere && identityKey(identity) === key) return void 0;
    const where = isElsewhere ? ` into ${into || "the default branch"}` : "";
    return { release: formatIdentity(identity) + where, commit: { id, trailers } };
  }
  const isOther3 = pullRequest !== void 0 && isOfAnother(pullRequest.body, key);
  return isOther3 ? { release: pullRequestName(forge, pullRequest.number) } : void 0;
}
function mergedBuilds({ past }, key) {
  const merged = past.filter(({ state }) => state === "merged");
  return new Map(
    merged.flatMap(({ number, commits }) => {
      const [build] = commits.flatMap((commit) => buildIn(commit, key) ?? []);
      return build ? [[String(number), build]] : [];
    })
  );
}

// src/release/pull-request/find-merged-builds.ts
async function findMergedBuilds({ forge, store }, branches, key) {
  if (!forge) return /* @__PURE__ */ new Map();
  return mergedBuilds(await forge.find(branches, store.base, ({ body }) => hasMetadata(body)), key);
}

// src/release/read-manifests.ts
var EVERYTHING = ["."];
async function readManifests({ store, log }, { images, unused = [], search }, { others = false, ...options } = {}) {
  const { targets = [], policies } = search.plan;
  const { words: words2, registries } = searchTerms([...images, ...unused]);
  const files = [...new Set(targets.map(({ file }) => file))];
  const sought = policies?.size ? [...words2, ...FLUX_WORDS] : words2;
  const terms = { words: sought, registries, files, paths: search.paths, others };
  const { manifests: found, others: unread, problems, tip } = await store.read(terms, options);
  const isLeft = ({ path }) => isWorkflow(path) && !namesWorkflows(search.paths) && !files.includes(path);
  const manifests2 = found.filter((file) => !isLeft(file));
  const workflows = others ? found.filter(isLeft) : [];
  const named = new WordSearch(words2);
  const texts = [...workflows, ...unread].filter(({ bytes }) => named.isIn(bytes) && !mayContain(bytes, ["\0"]));
  for (const problem of problems) log.problem(problem);
  const { commit } = options;
  const read = async (more, below) => {
    const related = await store.read(more, { ...below && { below }, ...commit !== void 0 && { commit } });
    return related.manifests.filter((file) => !isLeft(file));
  };
  const context = new ContextReader(manifests2, search.paths.length === 0, { read, paths: () => store.paths(commit) });
  await context.readPolicies(search.plan.policies);
  await context.readRelated(mayName(images, targets));
  const known = new Set(texts.map(({ path }) => path));
  const given = others ? await context.readVariables(named, new TextSearch([...images, ...unused])) : [];
  return { manifests: context.files, others: [...texts, ...given.filter(({ path }) => !known.has(path))], tip };
}
var ContextReader = class {
  #known;
  /** Whether manifests were searched in the whole repository, and so may all be changed. */
  #isEverywhere;
  #access;
  #asked = /* @__PURE__ */ new Set();
  constructor(found, isEverywhere, access) {
    this.#known = new Map(found.map((file) => [file.path, file]));
    this.#isEverywhere = isEverywhere;
    this.#access = access;
  }
  /** In the order of their paths, in which they are shown too. */
  get files() {
    return [...this.#known.values()].toSorted((a, b) => a.path < b.path ? -1 : 1);
  }
  /** Flux's policies, where a setter has one that is not known. */
  async readPolicies(given = /* @__PURE__ */ new Map()) {
    if (this.#isEverywhere) {
      if (this.files.some(mayHaveRepository)) this.#add(await this.#access.read({ words: FLUX_WORDS }));
    } else if (hasUnknownPolicy(this.files, given)) {
      const all = await this.#access.read({ words: [], paths: EVERYTHING });
      this.#add(all.filter((file) => mayHaveRepository(file) || mayContain(file.bytes, FLUX_WORDS)));
    }
  }
  /** The values below and above those of an image: by what they name, and without `paths` by what names them. */
  async readRelated(isNamed) {
    const seeds = this.files.filter((file) => isNamed(file) || !this.#isEverywhere && mayHaveTag(file));
    for (let last2 = seeds; last2.length > 0; ) last2 = await this.#readRelatedTo(last2);
    if (this.#isEverywhere || seeds.length === 0 || this.files.some(isNamed)) return;
    const all = await this.#access.read({ words: [], paths: EVERYTHING });
    this.#add([...withRelated(all.filter(isNamed), all, parse2).keys()]);
  }
  /**
   * What gives values to variables behind names of images: Kustomizations below the paths, or anywhere without them; the
   * answer is the files of variables, which are no manifests.
   */
  async readVariables(isNamed, search) {
    const texts = this.files.flatMap(({ path, bytes, isContext }) => {
      const mayHave = !isContext && mayContain(bytes, [VARIABLE_MARK]) && isNamed.isIn(bytes);
      if (!mayHave) return [];
      const text = new TextDecoder().decode(bytes);
      return { path, text, references: search.find(path, text) };
    });
    const variables = new OpenVariables(texts);
    const files = [...variables.environments];
    const words2 = this.#isEverywhere && variables.substituted.size > 0 ? [SUBSTITUTING] : [];
    if (files.length + words2.length === 0) return [];
    const found = await this.#access.read({ words: words2, files });
    this.#add(found.filter(variables.mayBeIn));
    return found.filter(({ path }) => variables.environments.has(path));
  }
  async #readRelatedTo(last2) {
    const charts = chartFolders(this.#known.keys());
    const related = relatedTo(last2.map(parse2), charts);
    const folders = this.#unasked(related.folders, (folder) => charts.has(folder) ? "chart" : "folder");
    const siblings = this.#unasked(related.siblings, () => "siblings");
    const words2 = this.#isEverywhere ? this.#unasked(related.names, () => "name") : [];
    const files = await this.#expand(this.#unasked(related.files, () => "file"));
    const wanted = files.filter((file) => !this.#known.has(file));
    const near = [...folders, ...siblings];
    if (wanted.length + near.length + words2.length === 0) return [];
    const isIn = isValueOf(folders, charts);
    const isValue = (path) => isIn(path) || siblings.includes(folderOf(path)) || this.#isTemplateIn(path, folders);
    const found = await this.#access.read({ words: words2, files: wanted }, { folders: near, matches: isValue });
    const named = new Set(wanted);
    return this.#add(
      found.filter((file) => named.has(file.path) || isValue(file.path) || mayContain(file.bytes, VALUES_WORDS))
    );
  }
  /** Without `paths` the templates that matter are found by the name of the image. */
  #isTemplateIn(path, folders) {
    const chart = this.#isEverywhere ? void 0 : chartOfTemplate(path);
    return chart !== void 0 && folders.includes(chart);
  }
  /** Those that are asked for the first time. */
  #unasked(terms, kindOf) {
    return [...terms].filter((term) => {
      const key = `${kindOf(term)} ${term}`;
      return !this.#asked.has(key) && this.#asked.add(key);
    });
  }
  /** Paths, with those that the templated ones may be. */
  async #expand(files) {
    const patterns = files.filter((file) => file.includes(ANY)).map(pathPattern);
    if (patterns.length === 0) return files;
    const all = await this.#access.paths();
    return [...files, ...all.filter((path) => patterns.some((pattern) => pattern.test(path)))];
  }
  #add(files) {
    const added = files.filter(({ path }) => !this.#known.has(path)).map((file) => this.#isEverywhere ? file : { ...file, isContext: true });
    for (const file of added) this.#known.set(file.path, file);
    return added;
  }
};
var parse2 = ({ path, bytes }) => readManifest(path, bytes);
function mayHaveTag({ path, bytes }) {
  const isValues = isValuesFile(path) || mayContain(bytes, VALUES_WORDS);
  return mayBeValues(bytes) || isValues && mayContain(bytes, TAG_WORDS);
}

// elsewhere:src/core/repository-api.ts
var { CloneNeeded } = require("./workspace.cjs").modules["src/core/repository-api.ts"];

// elsewhere:src/release/checked-images.ts
var { NOT_CHECKED, checkOf, digestOf: digestOf2, factsOf, lineOf, pinned, refuseUnproved, shownFacts, shownSigner, sourceOfImages, whyUnchecked } = require("./start.cjs").modules["src/release/checked-images.ts"];

// elsewhere:src/core/log.ts
var { DeferredLog, LineLog, SILENT, describe: describe2, shown } = require("./start.cjs").modules["src/core/log.ts"];

// src/release/own-commits.ts
var OwnCommits = class {
  #workspace;
  #request;
  #base;
  #mergedHeads;
  /** By the tip, where the forge knows all that a branch adds to the base. */
  #proposed;
  #known = /* @__PURE__ */ new Map();
  #fetched = /* @__PURE__ */ new Map();
  /** Nothing can be lost of the heads that the forge merged. */
  constructor(workspace, request, base, { open: open2, past }) {
    this.#workspace = workspace;
    this.#request = request;
    this.#base = base;
    this.#mergedHeads = new Set(past.filter(({ state }) => state === "merged").map(({ headId }) => headId));
    this.#proposed = new Map(
      open2.flatMap(({ head, isWhole: isWhole2, commits }) => head && isWhole2 ? [[head.id, commits]] : [])
    );
  }
  /** The commits on a branch with this tip. */
  on(tip) {
    return kept(this.#known, tip.id, () => this.#read(tip));
  }
  async #read(tip) {
    if (this.#mergedHeads.has(tip.id)) return { commits: [], areOurs: true };
    const isOnBase = tip.parents.join() === this.#base.commit;
    const known = isOnBase ? [tip] : this.#proposed.get(tip.id);
    const [commits] = await Promise.all([
      known ?? this.#workspace.store.commitsAbove(tip.id),
      !isOnBase && this.#buildOf(tip) && this.#fetch(tip.parents[0] ?? "")
    ]);
    return { commits, areOurs: await this.#areOurs(commits) };
  }
  /** Whether they are our commit on the base, and above it any number of merges of the base that add nothing. */
  async #areOurs(commits) {
    const chain = chainOf(commits);
    const first = chain?.at(-1);
    if (!chain || !first) return commits.length === 0;
    const build = this.#buildOf(first.commit);
    if (!build) return false;
    for (const { commit, base } of chain) {
      if (await this.#plannedTree(base, build) !== commit.tree) return false;
    }
    return true;
  }
  /** What a commit says that it releases, where it says this on its only parent. */
  #buildOf({ message, parents }) {
    const trailers = readTrailers(message);
    const isOfRelease = trailers !== void 0 && identityKey(trailers.identity) === this.#request.key;
    return isOfRelease && parents.length === 1 && trailers.base === parents[0] ? trailers.build : void 0;
  }
  /** The tree of the release of a build on a commit; `undefined` where it cannot be planned there. */
  async #plannedTree(parent, build) {
    try {
      if (!await this.#fetch(parent)) return void 0;
      const { files } = await this.plan(parent, build);
      return await this.#workspace.store.treeWith(parent, files);
    } catch (error) {
      if (error instanceof ReleaseError && error.blame === "yours") return void 0;
      throw error;
    }
  }
  #fetch(commit) {
    if (commit === this.#base.commit) return Promise.resolve(true);
    return kept(this.#fetched, commit, () => this.#workspace.store.fetchCommit(commit));
  }
  /** Whether each image that the trailers of a commit name is somewhere in the files of that commit. */
  async areNamed(commit, { identity, build }) {
    const names = build.images.flatMap((image) => parseReference(image)?.name.split("/").at(-1) ?? []);
    const read = await this.#workspace.store.read({ words: names, paths: identity.paths, others: true }, { commit });
    const files = [...read.manifests, ...read.others].map(({ bytes }) => Buffer.from(bytes));
    return names.length > 0 && names.every((name) => files.some((file) => file.includes(name)));
  }
  /** What the release of a build changes on a commit; an image without a place there is left out. Throws what planRelease throws. */
  async plan(commit, build) {
    const images = imagesOf(this.#request, build);
    const { manifests: manifests2, others } = await this.#filesOf(commit, images);
    return planRelease(images, manifests2, { ...this.#request.inputs.search.plan, others });
  }
  async #filesOf(commit, images) {
    const { inputs } = this.#request;
    const read = new Set(inputs.images.released.map(({ replaces }) => repositoryOf(replaces)));
    const isRead = images.every(({ replaces }) => read.has(repositoryOf(replaces)));
    if (commit === this.#base.commit && isRead) return this.#base.files;
    const { store } = this.#workspace;
    return readManifests({ store, log: SILENT }, { images, search: inputs.search }, { commit });
  }
};
function chainOf(commits) {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const chain = [];
  for (let [commit] = commits; commit; ) {
    const [base, ...others] = commit.parents.filter((parent) => !byId.has(parent));
    const [below, ...more] = commit.parents.flatMap((parent) => byId.get(parent) ?? []);
    if (base === void 0 || others.length > 0 || more.length > 0) return void 0;
    chain.push({ commit, base });
    commit = below;
  }
  return chain;
}
function imagesOf({ inputs }, build) {
  const digests = (build.digests ?? []).flatMap((text) => parseReference(text) ?? []);
  return build.images.flatMap((text) => {
    const reference = parseReference(text);
    if (!reference) return [];
    const isOfIt = ({ name }) => repositoryOf(name) === repositoryOf(reference.name);
    const known = inputs.images.released.find((one) => isOfIt(one.reference));
    const digest = digests.find(isOfIt)?.digest;
    return { reference, replaces: known?.replaces ?? reference.name, ...digest !== void 0 && { digest } };
  });
}
var nameOf3 = ({ id, message, committerEmail }) => `${id.slice(0, 7)} ${message.split("\n")[0] ?? ""} <${committerEmail}>`;

// src/release/compare-builds.ts
function whyOlder(present, next) {
  const { versions, build } = present;
  const verdict = byVersions(versions) ?? (build && (byCommits(build, next, present.comparison) ?? byTimes(build, next) ?? byNumbers(build, next)));
  return typeof verdict === "object" ? `${oneLine(present.where)} ${verdict.older}` : void 0;
}
function commitsToCompare({ versions, build }, next) {
  if (!build || byVersions(versions) !== void 0) return void 0;
  const [one, other] = [build.source, next.source];
  const isSameRepository = one.repository.toLowerCase() === other.repository.toLowerCase();
  const isKnown2 = other.repository !== "" && isSameRepository && [one, other].every(isCommit);
  return isKnown2 && one.commit !== other.commit ? [one.commit, other.commit] : void 0;
}
function byVersions(pairs) {
  const orders = pairs.map(([present2, next2]) => compareVersions(next2, present2));
  if (orders.includes(void 0)) return void 0;
  const [present, next] = pairs[orders.findIndex((order) => order !== void 0 && order < 0)] ?? [];
  if (present !== void 0 && next !== void 0) {
    return { older: `has ${tagOf(present)}, which is newer than ${tagOf(next)}` };
  }
  return orders.some((order) => order !== 0) ? "not older" : void 0;
}
function byCommits({ source: present }, { source: next }, comparison) {
  const isSame4 = next.commit !== "" && isCommit(next) && present.commit === next.commit;
  if (isSame4 && present.repository.toLowerCase() === next.repository.toLowerCase()) return "not older";
  if (comparison === "ahead" || comparison === "identical") return "not older";
  if (comparison !== "behind") return void 0;
  const commit = `${oneLine(present.repository)}@${present.commit.slice(0, 7)}`;
  return { older: `has the build of ${commit}, and ${next.commit.slice(0, 7)} is behind it` };
}
function byTimes({ source: present }, { source: next }) {
  const [there, ours] = [utcTime(present.time), utcTime(next.time)];
  if (there === "" || ours === "" || there === ours) return void 0;
  if (there < ours) return "not older";
  return { older: `has a build of ${there}, which is later than ${ours}` };
}
function byNumbers({ source: present }, { source: next }) {
  const [there, ours] = [readNumber(present.build), readNumber(next.build)];
  if (!there || !ours || there.workflow !== ours.workflow || there.run <= ours.run) return void 0;
  return { older: `has run ${there.run} of ${oneLine(there.workflow)}, which is later than run ${ours.run}` };
}
function readNumber(number) {
  const [, workflow, run] = /^(.+)#(\d{1,15})$/s.exec(number) ?? [];
  return workflow === void 0 ? void 0 : { workflow, run: Number(run) };
}
var isCommit = ({ commit }) => /^[\da-f]{7,64}$/i.test(commit);
var tagOf = (version) => oneLine(withoutDigest(version));

// src/release/decide.ts
function decide(asked, facts) {
  const {
    inputs: { policy },
    build
  } = asked;
  const { pullRequests, plan, foreign, present, rolledBackBy } = facts;
  const older = policy.order === "newest" ? whyOlderThanAny(present, build) : void 0;
  if (older !== void 0) return { kind: "skip", reason: older };
  if (plan.files.length === 0) return decideObsolete(asked, facts);
  const overtaking = overtakingVersions(build, plan);
  if (overtaking.length > 0) return { kind: "overtaken", versions: overtaking };
  if (!policy.force && rolledBackBy !== void 0) {
    return { kind: "decline", reason: `${rolledBackBy} rolled it back`, pullRequest: void 0 };
  }
  if (!policy.force && pullRequests.declined && !pullRequests.present) {
    return { kind: "decline", reason: "", pullRequest: pullRequests.declined };
  }
  if (policy.onForeignCommits === "stop" && foreign.length > 0) return { kind: "refuse", commits: foreign };
  return { kind: "release" };
}
function overtakingVersions({ operation: { rollsBack } }, { changes }) {
  const removed = versionsOf3({ images: rollsBack });
  const isOther3 = ({ image, from }) => {
    const known = removed.filter(([repository]) => repository === repositoryOf(image));
    return from !== "" && known.length > 0 && !known.some(([, version]) => isSameVersion(version, versionIn(from)));
  };
  return [...new Set(changes.filter(isOther3).map(({ from }) => from))];
}
function decideObsolete({ inputs: { policy } }, { pullRequests, disposable }) {
  const { present, others } = pullRequests;
  const open2 = [...present ? [present] : [], ...others];
  if (open2.length === 0) return { kind: "unchanged" };
  const isFree2 = ({ pullRequest: { head } }) => head !== void 0 && (policy.onForeignCommits === "reset" || disposable.has(head.id));
  return { kind: "close", closed: open2.filter(isFree2), kept: open2.filter((one) => !isFree2(one)) };
}
function decideSuperseded({ inputs: { policy }, build }, others) {
  for (const { known, present } of policy.order === "newest" ? others : []) {
    const reason = whyOlder(present, build);
    if (reason !== void 0) return { newer: known, reason };
  }
  return { superseded: others.map(({ known }) => known) };
}
function whyOlderThanAny(present, build) {
  for (const one of present) {
    const reason = whyOlder(one, build);
    if (reason !== void 0) return reason;
  }
  return void 0;
}

// elsewhere:src/inputs/ci.ts
var { UNKNOWN_SOURCE, ciSystem, detectCi } = require("./start.cjs").modules["src/inputs/ci.ts"];

// elsewhere:src/inputs/operation.ts
var { PLAIN_RELEASE, ROLLBACK_BRANCH } = require("./start.cjs").modules["src/inputs/operation.ts"];

// src/release/carried.ts
function carriedBy({ log }, request, { tip, commits, areOurs, branch }, files) {
  if (!tip) return void 0;
  for (const commit of commits) {
    const build = buildIn(commit, request.key);
    if (!build) continue;
    if (areOurs || hasVersions(request, build, files)) return { tree: commit.tree, build };
    const claimed = build.images.slice(0, MOST_NAMED2).join(", ");
    log.warn(
      `commit ${commit.id.slice(0, 7)} on ${branch} says that it releases ${claimed}, which the files there do not have; its trailers are ignored`
    );
    return void 0;
  }
  return void 0;
}
var MOST_NAMED2 = 3;
function hasVersions(request, build, { manifests: manifests2 }) {
  try {
    const images = imagesOf(request, build);
    const { files, missing } = planRelease(images, manifests2, request.inputs.search.plan);
    return files.length === 0 && missing.length < images.length;
  } catch (error) {
    if (error instanceof ReleaseError) return false;
    throw error;
  }
}
function placesIn2({ inputs }, { manifests: manifests2 }) {
  const names = inputs.images.released.map(({ replaces }) => replaces);
  return readDeployedVersions(names, manifests2, inputs.search.plan);
}
function changesBetween(base, branch) {
  const keyOf4 = ({ file, where, image }) => JSON.stringify([file, where, image]);
  const before2 = new Map(base.map((place) => [keyOf4(place), place]));
  return branch.flatMap((place) => {
    const present = before2.get(keyOf4(place));
    const { file, where, image, version: to } = place;
    const [line, from] = [present?.line ?? place.line, present?.version ?? ""];
    return from === to ? [] : [{ file, line, where, image, from, to }];
  });
}
function buildOfChanges(changes) {
  const images = new Map(changes.map(({ image, to }) => [image, to]));
  return {
    images: [...images].map(([name, to]) => formatReference({ name, ...parseVersion(to) ?? { tag: to } })),
    source: UNKNOWN_SOURCE,
    operation: PLAIN_RELEASE,
    run: { url: "", actor: "" }
  };
}

// src/release/await-checks.ts
async function awaitChecks(checking, asked, files) {
  const answered = await Promise.race([checking, Promise.resolve(void 0)]);
  if (answered) return answered;
  return files && isDone(asked, files) ? asked.images.released.map(unanswered) : checking;
}
function isDone({ images, checks, search }, { manifests: manifests2, others }) {
  const { registry, pin, platforms, signer } = checks;
  if (registry !== "check" || pin === "always" || platforms.length > 0 || signer) return false;
  try {
    const { files, left } = planRelease(images.released, manifests2, { ...search.plan, others });
    const mayBePinned = pin !== "never" && images.released.some(({ reference }) => reference.digest === void 0);
    return files.length === 0 && !(mayBePinned && left.some(({ place }) => place.version.digest !== void 0));
  } catch (error) {
    if (error instanceof ReleaseError) return false;
    throw error;
  }
}
var unanswered = ({ reference, replaces }) => ({
  reference,
  replaces,
  inspection: { kind: "unreadable", reason: "it had not answered when nothing was left to do" }
});

// src/release/choose-branch.ts
var NOTHING = { tip: void 0, commits: [], areOurs: true };
async function chooseBranch(workspace, request, own, seen) {
  const { inputs, key } = request;
  const isPush = inputs.policy.delivery === "push";
  const sought = { key, base: inputs.access.base };
  const others = [];
  const candidates = candidatesOf(request, seen.found);
  for (const { name, branch, pullRequests } of candidates) {
    const tip = isPush ? NOTHING : await readTip(workspace, { branch, pullRequests }, own, seen);
    const other = isFree(tip) ? void 0 : otherReleaseOn(branch, sought, seen.found, tip.commits, workspace.forge);
    if (other === void 0 || !await isReal(workspace, own, branch, tip, other)) {
      const isKept2 = !tip.areOurs && inputs.policy.onForeignCommits !== "reset";
      return { name, branch, ...tip, foreign: isKept2 ? tip.commits : [], pullRequests };
    }
    others.push(other.release);
  }
  throw taken(request, candidates[0], others[0] ?? "");
}
var isFree = ({ areOurs, commits }) => areOurs && commits.length === 0;
function candidatesOf({ branches, key, build }, found) {
  const candidate = ({ name, branch }) => ({
    name,
    branch,
    pullRequests: selectPullRequests(found, { key, branch, branches, build })
  });
  const isOpen = ({ pullRequests: { present } }) => present?.build !== void 0;
  const names = branches.names.map(candidate);
  const open2 = [...names, ...branches.otherNames.map(candidate)].filter(isOpen);
  return [...open2, ...names.filter((one) => !open2.includes(one))];
}
async function readTip({ store }, { branch, pullRequests }, own, { read, asksGit }) {
  const isRead = read?.branch === branch;
  const fetch = () => store.tip(branch);
  const tip = isRead ? read.tip : asksGit ? await fetch() : pullRequests.head;
  if (!tip) return NOTHING;
  const found = { tip, ...await own.on(tip) };
  if (found.areOurs || isRead || asksGit) return found;
  const fetched = await fetch();
  return fetched ? { tip: fetched, ...await own.on(fetched) } : NOTHING;
}
async function isReal({ log }, own, branch, { tip }, { release, commit }) {
  if (!tip || !commit || await own.areNamed(tip.id, commit.trailers)) return true;
  const id = commit.id.slice(0, 7);
  log.warn(`commit ${id} on ${branch} says that it is of ${release}, of which no file there has all images; ignored`);
  return false;
}
function taken({ inputs }, first, other) {
  const { identity, templates } = inputs;
  const input = templates.name === "" || !/\{\{[^{}]*\bname\b/.test(templates.branch) ? "branch" : "name";
  return failure("BRANCH_TAKEN", { branch: first?.branch ?? "", release: formatIdentity(identity), other, input });
}

// elsewhere:src/inputs/images.ts
var { formatReleasedImage, fromJson, isCopy, readReleasedImages } = require("./start.cjs").modules["src/inputs/images.ts"];

// src/manifests/near-misses.ts
var import_fastest_levenshtein = __toESM(require_mod());
var IMAGE_WORDS2 = ["image", "repository", "newName", "newTag"];
var MOST = 5;
function findNearMisses(image, files) {
  const wanted = repositoryOf(image);
  const places = takeInventory(files).places.filter(
    ({ where, site }) => site.fields[0]?.role !== "reference" || /image/i.test(where)
  );
  const versioned = places.filter(({ version }) => formatVersion(version) !== "");
  const named = new Map(versioned.map((place) => [place.repository, place]));
  const nearest = [...named].toSorted(([a], [b]) => (0, import_fastest_levenshtein.distance)(a, wanted) - (0, import_fastest_levenshtein.distance)(b, wanted));
  return nearest.slice(0, MOST).map(([, place]) => `${place.image} (${place.file}:${place.line})`);
}
function findMentions(image, files) {
  const search = new TextSearch([image]);
  const mentions = files.flatMap(({ path, bytes }) => {
    const text = new TextDecoder().decode(bytes);
    const lines = new LineTable(text);
    return [...search.find(path, text)].filter(({ version, variable }) => formatVersion(version) === "" && variable === void 0).map(({ name, offset }) => `${path}:${lines.positionAt(offset).line} names ${name} without a version`);
  });
  return mentions.slice(0, MOST);
}

// src/manifests/suggest-target.ts
function suggestTarget({ file: path, line }, image, files, options) {
  const file = files.find((one) => one.path === path);
  if (!file) return void 0;
  const changes = (target) => {
    try {
      const targets = readTargets([target], [image]);
      return planRelease([image], [file], { ...options, targets }).changes.some((change) => change.line === line);
    } catch (error) {
      if (error instanceof ReleaseError) return false;
      throw error;
    }
  };
  return valuesAt(readManifest(path, file.bytes), line).map((value) => `${path}#${value}=${image.reference.name}`).find(changes);
}
function valuesAt({ documents, lines }, line) {
  const own = documents.filter(({ label, name }) => label === "" || label === name);
  return own.flatMap(({ root, name, index }) => {
    const document = own.length === 1 ? "" : `${name || index}#`;
    return walk(root).flatMap(
      ({ node, path }) => node.kind === "scalar" && lines.positionAt(node.start).line === line ? `${document}${path}` : []
    );
  });
}

// src/release/plan-manifests.ts
var NEAR_MISS_FILES = 300;
var MOST_SEEN = 10;
async function planManifests(reading, wanted, { manifests: manifests2, others }, commit) {
  const { log } = reading;
  const plan = planRelease(wanted.images, manifests2, { ...wanted.search.plan, others });
  for (const problem of plan.problems) log.problem(problem);
  for (const { place, reason } of plan.left) log.debug(`left ${place.file}:${place.line} ${place.where}: it ${reason}`);
  for (const image of plan.missing) {
    const copy = wanted.images.find((other) => !plan.missing.includes(other) && isCopy(image, other));
    if (!copy) throw await explainMissing(reading, wanted, image, plan, { manifests: manifests2, others, commit });
    log.step(`${image.replaces} is in no manifest; skipped: ${copy.replaces} is the same build`);
  }
  const { unused = [] } = wanted;
  const more = unused.length > 0 ? planRelease(unused, manifests2, { others }).leftovers : [];
  log.step(`read ${counted(manifests2.length, "file")}: ${counted(plan.changes.length, "place")} to change`);
  return { ...plan, leftovers: [...plan.leftovers, ...more] };
}
async function explainMissing({ store }, { search }, image, { problems, leftovers, emptyPlaces }, { manifests: files, others, commit }) {
  const { replaces } = image;
  const seen = leftovers.filter((one) => searchWord(one.image) === searchWord(replaces)).slice(0, MOST_SEEN);
  const targets = seen.flatMap((one) => suggestTarget(one, image, files, search.plan) ?? []);
  const read = problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
  const empty = emptyPlaces.filter((one) => one.image === replaces).slice(0, MOST_SEEN);
  const mentions = seen.length + empty.length > 0 ? [] : findMentions(image, [...files, ...others]);
  const notes = [
    ...seen.map(noteOf),
    ...read,
    ...empty.map(({ file, line, where }) => `${file}:${line} ${where} has no version of it`),
    ...mentions
  ];
  const place = seen[0] ?? empty[0];
  const nearest = place ? [] : findNearMisses(replaces, await readNearby(store, search.paths, commit));
  const isOtherTag = seen.some(({ reason }) => reason.includes("only-tags"));
  const { paths } = search;
  return failure("SITE_NOT_FOUND", { image: replaces, notes, nearest, targets, empty, place, paths, isOtherTag });
}
async function readNearby(store, paths, commit) {
  const terms = { words: IMAGE_WORDS2, paths };
  return (await store.read(terms, { commit, limit: NEAR_MISS_FILES })).manifests;
}
var noteOf = ({ file, line, image, version, reason }) => `${file}:${line} has ${image} ${version}, but it ${reason}`;

// src/release/branch-files.ts
var NO_FILES = { manifests: [], others: [] };
async function readBranch(workspace, wanted, { branch, tip, areOurs, foreign: [onTop] }, { files, plan }) {
  const onBase = { planOnTop: plan, changes: plan.changes };
  if (!tip || areOurs) return { atTip: files, ...onBase };
  try {
    const atTip = await readManifests(workspace, wanted, { commit: tip.id, others: true });
    if (!onTop) return { atTip, ...onBase };
    const planOnTop = await planManifests(workspace, wanted, atTip, onTop.id);
    const alone = onBaseAlone(plan, planOnTop);
    const { base } = workspace.store;
    const reason = `is on ${base} and not on ${branch}, which has commits by others: merge ${base} into it, and run again`;
    const leftovers = [...planOnTop.leftovers, ...[...alone].flatMap((change) => leftoverOf2(change, reason))];
    const changes = plan.changes.filter((change) => !alone.has(change));
    return { atTip, planOnTop: { ...planOnTop, leftovers }, changes };
  } catch (error) {
    if (!(error instanceof ReleaseError) || error.blame !== "yours") throw error;
    if (!onTop) return { atTip: NO_FILES, ...onBase };
    const cause = `This is on the branch ${branch}, which has commits by others or of other inputs (${nameOf3(onTop)})`;
    throw error.followedBy(`${cause}: delete it, or overwrite it with on-foreign-commits: reset.`);
  }
}
function onBaseAlone(plan, planOnTop) {
  const [base, branch] = [placesOf(plan), placesOf(planOnTop)];
  if (branch.length >= base.length) return /* @__PURE__ */ new Set();
  const [onBase, onBranch] = [base, branch].map((places) => groupBy(places, ({ file }) => file));
  const alone = plan.changes.filter(({ file, where }) => {
    const there = onBranch?.get(file) ?? [];
    return there.length < (onBase?.get(file)?.length ?? 0) && !there.some((place) => place.where === where);
  });
  return new Set(alone);
}
var placesOf = ({ changes, left }) => [
  ...changes,
  ...left.map(({ place }) => place)
];
var leftoverOf2 = ({ file, line, image, from }, reason) => from === "" ? [] : [{ file, line, image, version: from, reason }];

// elsewhere:src/release/pull-request/template.ts
var { renderTemplate } = require("./workspace.cjs").modules["src/release/pull-request/template.ts"];

// src/release/find-rollback.ts
var HISTORY_STEPS = 3;
async function findRollback(workspace, request, observed) {
  const { build, inputs } = request;
  const isRollback = build.operation.rollsBack.length > 0;
  const isAsked = inputs.identity.environment !== "" && !isRollback && !inputs.policy.force;
  if (!isAsked || observed.plan.files.length === 0) return void 0;
  const { present } = observed.pullRequests;
  if (present?.build && hasSameImages(present.build, build)) return void 0;
  for await (const [where, before2] of buildsBefore(workspace, request, observed)) {
    const { rollsBack } = before2.operation;
    if (rollsBack.length > 0 && isRemovedBy(build, rollsBack)) return where;
    if (rollsBack.length === 0 && !isOlder(before2, build)) return void 0;
  }
  return void 0;
}
async function* buildsBefore(workspace, { build, inputs, key }, { name, plan, pullRequests }) {
  const { store, forge } = workspace;
  const merged = forge && inputs.policy.delivery === "pull-request" ? pullRequests.merged : [];
  for (const known of merged) {
    if (hasSameImages(known.build, build)) break;
    yield [pullRequestName(forge, known.pullRequest.number), known.build];
  }
  const rollbacks = memoized(
    () => findMergedBuilds(workspace, [renderTemplate("branch", ROLLBACK_BRANCH, { name }, "ref")], key)
  );
  let steps = 0;
  for await (const commits of store.fileCommits(plan.files.map(({ path }) => path))) {
    for (const commit of commits) {
      const pull = pullOf(commit.message);
      let before2 = buildIn(commit, key);
      if (!before2 && pull !== "") before2 = (await rollbacks()).get(pull);
      if (before2) yield [pull === "" ? `commit ${commit.id.slice(0, 7)}` : pullRequestName(forge, pull), before2];
    }
    steps += 1;
    if (steps === HISTORY_STEPS) return;
  }
}
var isRemovedBy = ({ images }, rollsBack) => images.every((image) => rollsBack.some((removed) => isSameReference(removed, image)));
function isOlder(one, other) {
  const orders = versionPairs(one, other).map(([before2, next]) => compareVersions(before2, next));
  return orders.every((order) => order !== void 0 && order <= 0) && (orders.length === 0 || orders.some(Boolean));
}
function isSameReference(one, other) {
  const [a, b] = [parseReference(one), parseReference(other)];
  const isOfOne = a && b && repositoryOf(a.name) === repositoryOf(b.name);
  return isOfOne === true && isSameVersion(formatVersion(a), formatVersion(b));
}

// elsewhere:src/release/request.ts
var { branchNames, readRequest, withFacts } = require("./workspace.cjs").modules["src/release/request.ts"];

// src/release/observe.ts
var NO_ANSWER = { open: [], past: [] };
async function observe(workspace, asked, { ci, checking }, again) {
  const { store, forge, note } = workspace;
  if (again) await store.refresh();
  const asksGit = again || !forge || !store.canPush || forge.headsByGit === true;
  const finding = findPullRequests(workspace, asked);
  const isPush = asked.inputs.policy.delivery === "push";
  const branch = isPush || !asksGit ? void 0 : asked.branches.names[0]?.branch;
  const [seen, { tip, ...files }] = await Promise.all([
    finding,
    readManifests(workspace, wantedOf(asked.inputs), { branch, others: true })
  ]);
  const isThere = tip !== void 0 || seen.open.some((one) => isReleaseBranch(asked.branches, one.branch));
  const checked = await awaitChecks(checking, asked.inputs, isThere ? void 0 : files);
  for (const one of checked) note(lineOf(one));
  const request = withFacts(asked, checked, ci);
  const { inputs } = request;
  const wanted = wantedOf(inputs);
  const read = branch === void 0 ? void 0 : { branch, tip };
  const found = await withHeads(workspace, request, seen, read);
  const base = { commit: store.baseCommit, files };
  const plan = await planManifests(workspace, wanted, files, base.commit);
  const own = new OwnCommits(workspace, request, base, found);
  const chosen = await chooseBranch(workspace, request, own, { found, read, asksGit });
  const { atTip, planOnTop, changes } = await readBranch(workspace, wanted, chosen, { files, plan });
  const carried = carriedBy(workspace, request, chosen, atTip);
  const state = { ...chosen, plan, planOnTop, changes, files, atTip, carried, own, request, checked };
  const present = inputs.policy.order === "newest" ? await observePresent(workspace, request, state) : [];
  const isOutdated = whyOlderThanAny(present, request.build) !== void 0;
  return {
    ...state,
    present,
    disposable: plan.files.length === 0 ? await disposableOf(state) : /* @__PURE__ */ new Set(),
    rolledBackBy: isOutdated ? void 0 : await findRollback(workspace, request, state)
  };
}
var wantedOf = ({ images: { released, unused }, search }) => ({
  images: released,
  unused,
  search
});
function findPullRequests({ store, forge }, request) {
  if (!forge || request.inputs.policy.delivery === "push") return Promise.resolve(NO_ANSWER);
  return forge.find(branchesOfVersion(request.branches), store.base, (one) => matters(one, request));
}
var matters = (one, { branches }) => isReleaseBranch(branches, one.branch) || one.state === "merged" && hasMetadata(one.body);
async function withHeads({ store, forge }, { branches }, found, read) {
  if (forge?.headsByGit !== true) return found;
  const open2 = [];
  for (const one of found.open) {
    if (!isReleaseBranch(branches, one.branch)) open2.push(one);
    else open2.push({ ...one, head: one.branch === read?.branch ? read.tip : await store.tip(one.branch) });
  }
  return { ...found, open: open2 };
}
async function disposableOf({ own, pullRequests: { present, others } }) {
  const disposable = /* @__PURE__ */ new Set();
  for (const { pullRequest } of [...present ? [present] : [], ...others]) {
    const { head } = pullRequest;
    if (head && (await own.on(head)).areOurs) disposable.add(head.id);
  }
  return disposable;
}
async function observePresent(workspace, request, state) {
  const { planOnTop, foreign, pullRequests, branch, tip, carried } = state;
  const { build } = request;
  const { present: own, pastHeads } = pullRequests;
  const isDecided = !own && tip !== void 0 && pastHeads.has(tip.id);
  const where = own ? pullRequestName(workspace.forge, own.pullRequest.number) : branch;
  const onBranch = foreign.length > 0 ? planOnTop.changes : [];
  const present = [
    ...await observeBase(workspace, request, state),
    ...onBranch.filter(isStep).map(({ file, from, to }) => asPresent(`${file} on ${branch}`, from, to)),
    ...carried && !isDecided ? [{ where, versions: versionPairs(carried.build, build), build: carried.build }] : [],
    ...pullRequests.others.map((other) => presentIn(workspace, other, build))
  ];
  return Promise.all(present.map((one) => withComparison(workspace, one, build)));
}
async function observeBase({ store, forge }, { inputs, key }, { plan, pullRequests }) {
  const changes = plan.changes.filter(isStep);
  const isUnordered = changes.some(
    ({ from, to }) => compareVersions(withoutDigest(to), withoutDigest(from)) === void 0
  );
  const { merged } = pullRequests;
  const isInPullRequests = merged.length > 0 || forge !== void 0 && inputs.policy.delivery === "pull-request";
  const deployed = async () => isInPullRequests ? merged.map(({ build }) => build) : (await store.history()).flatMap((commit) => isDirect(commit) ? buildIn(commit, key) ?? [] : []);
  const builds = isUnordered ? await deployed() : [];
  return changes.map(({ file, image, from, to }) => ({
    ...asPresent(`${file} on ${store.base}`, from, to),
    build: builds.find((build) => hasVersion2(build, image, from))
  }));
}
var asPresent = (where, from, to) => ({
  where,
  versions: [[from, to]],
  build: void 0
});
function presentIn({ forge }, { pullRequest, build: other }, build) {
  const where = pullRequestName(forge, pullRequest.number);
  return { where, versions: versionPairs(other, build), build: other };
}
async function withComparison({ compare }, present, build) {
  const commits = commitsToCompare(present, build);
  if (!commits) return present;
  const { status } = await compare(build.source.repository, ...commits);
  return status === "unknown" ? present : { ...present, comparison: status };
}

// src/release/retry-on-moved.ts
var import_promises = require("node:timers/promises");
async function hasMoved(store, branch, seen) {
  const tip = await store.tip(branch);
  return tip !== void 0 && tip.id !== seen;
}
var ATTEMPTS = 20;
var PATIENCE = 12e4;
var DELAY = 250;
var MAX_DELAY = 16e3;
async function retryOnMoved(log, attempt) {
  const started = Date.now();
  for (let attempts = 1; ; attempts += 1) {
    const begun = Date.now();
    const result = await attempt(attempts > 1);
    if (!("moved" in result)) return result;
    const [took, elapsed] = [Date.now() - begun, Date.now() - started];
    if (attempts >= ATTEMPTS && elapsed >= PATIENCE) {
      throw failure("RACE_LOST", { branch: result.moved, attempts, seconds: Math.round(elapsed / 1e3) });
    }
    log.step(`${result.moved} or its base changed during the run; retrying on the new tip`);
    await (0, import_promises.setTimeout)(Math.min(Math.max(took, DELAY) * 3 ** attempts, MAX_DELAY) * Math.random());
  }
}

// src/release/pull-request/carry-over.ts
var LISTS = ["labels", "reviewers", "team-reviewers", "assignees"];
function carryOver(superseded, wanted, isTemplated2, key) {
  const each = superseded.map(({ pullRequest, metadata }) => ({
    pullRequest,
    given: metadata?.given ?? { ...wanted, labels: pullRequest.labels.filter(isTemplated2) }
  }));
  const added = (list) => {
    const all = each.flatMap(({ pullRequest, given }) => without(list, pullRequest[list], given[list]));
    return [...new Set(all)];
  };
  const removed = (list) => list.endsWith("reviewers") ? [] : each.flatMap(({ pullRequest, given }) => without(list, given[list], pullRequest[list]));
  const notes = superseded.map(({ pullRequest }) => readNotes(pullRequest.body, key));
  return {
    added: listsOf(added),
    removed: listsOf(removed),
    notes: { before: joined2(notes.map(({ before: before2 }) => before2)), after: joined2(notes.map(({ after }) => after)) }
  };
}
function withCarryOver(wanted, { added, removed }) {
  return listsOf((list) => [.../* @__PURE__ */ new Set([...without(list, wanted[list], removed[list]), ...added[list]])]);
}
var listsOf = (make) => {
  const [labels = [], reviewers = [], teams = [], assignees = []] = LISTS.map(make);
  return { labels, reviewers, "team-reviewers": teams, assignees };
};
function without(list, names, others) {
  const known = new Set(others.map((name) => asCompared(list, name)));
  return names.filter((name) => !known.has(asCompared(list, name)));
}
var asCompared = (list, name) => (list === "team-reviewers" ? name.replace(/^.*\//, "") : name).toLowerCase();
var joined2 = (texts) => [...new Set(texts)].filter(Boolean).join("\n\n");

// src/release/pull-request/title.ts
function namedVersions({ images }, changes) {
  const references = images.flatMap((image) => parseReference(image) ?? []);
  return {
    to: /* @__PURE__ */ new Set([...references.flatMap(partsOf), ...changes.flatMap(({ to }) => partsOf(parseVersion(to)))]),
    from: new Set(changes.flatMap(({ from }) => partsOf(parseVersion(from))))
  };
}
function partsOf(version) {
  const { tag, digest } = version ?? {};
  const both = tag !== void 0 && digest !== void 0 ? [`${tag}@${digest}`] : [];
  return [tag, digest, ...both].flatMap((part) => part === void 0 ? [] : [bare(part), bare(shortVersion(part))]);
}
function isKept(title, metadata, versions) {
  return metadata?.title !== title && !isWrong(title, metadata, versions);
}
function isWrong(title, metadata, { to, from }) {
  const earlier = new Set([metadata?.version ?? "", ...metadata?.skipped ?? []].map(bare));
  const mayBe = (word2) => metadata ? earlier.has(word2) : ["version", "build"].includes(kindOfTag(word2));
  const named = words(title).filter((word2) => VERSION3.test(word2) || to.has(word2) || from.has(word2) || mayBe(word2));
  const isRight = named.some((one) => to.has(one)) && named.every((one) => to.has(one) || from.has(one));
  return named.length > 0 && !isRight;
}
var VERSION3 = /^\d+\.\d+/;
var bare = (version) => version.replace(/^v(?=\d)/i, "");
var words = (title) => fromCommit(title).split(/[\s()[\]{}"'\u201c\u201d\u2018\u2019\u00ab\u00bb,;\u2192]+/).map((word2) => bare(word2.replace(/(?<![.:!?\u2026])[.:!?\u2026]+$/, ""))).filter((word2) => word2 !== "");

// src/release/pull-request/upsert.ts
var NOTES_CUT = "\n_This text was shortened; the superseded pull requests have all of it._";
var MOST_REFUSED = 10;
async function upsertPullRequest(forge, present, content, wanted, { find, warn, opened, rewritten }) {
  if (rewritten) return { pullRequest: rewritten, outcome: "updated" };
  const created = present ? void 0 : await open(forge, content, wanted, { warn, opened });
  const current = present ?? created ?? await find();
  if (!current) throw failure("PULL_REQUEST_NOT_LISTED", { forge: forge.name, branch: wanted.branch });
  const { pullRequest, metadata } = current;
  const isOld = metadata?.tree !== content.tree;
  const { attributes, over } = wanted;
  const own = { ...attributes, ...withCarryOver(attributes, { ...over, added: NO_ATTRIBUTES }), draft: false };
  const before2 = metadata ? knownGiven(metadata.given, wanted) : own;
  const isDraft = attributes.draft === "always-true" && !created && isOld;
  const isEnded = isOld && pullRequest.autoMergeEnds;
  const { given, refused, merging } = await forge.giveAttributes(
    pullRequest,
    { ...before2, ...isDraft && { draft: false }, ...isEnded && { "auto-merge": "" } },
    { ...attributes, ...withCarryOver(attributes, over), draft: isDraft },
    wanted.head
  );
  for (const [reason, all] of groupBy(refused, (one) => one.reason)) {
    for (const { what } of all.slice(0, MOST_REFUSED)) warn(`${what} was refused: ${reason}`);
    if (all.length > MOST_REFUSED) warn(`${all.length - MOST_REFUSED} more were refused: ${reason}`);
  }
  const ours = { ...given, ...withCarryOver(given, { added: over.removed, removed: over.added }) };
  const isCurrent = !isOld && isSame3(ours, before2) && !isWrong(pullRequest.title, metadata, content.versions);
  if (isCurrent) return { pullRequest, outcome: present ? "unchanged" : "created", merging };
  const updated = await writeContent(forge, current, content, ours);
  const outcome = created ? "created" : updated === pullRequest ? "unchanged" : "updated";
  return { pullRequest: updated, outcome, merging };
}
var knownGiven = (given, { isTemplated: isTemplated2 }) => ({
  ...given,
  labels: given.labels.filter(isTemplated2)
});
async function writeContent(forge, present, content, given = present.metadata?.given ?? NO_ATTRIBUTES) {
  const { pullRequest } = present;
  const text = await newText(forge, present, content, given);
  return text ? forge.update(pullRequest.number, text) : pullRequest;
}
async function newText({ limits, hiddenText }, { pullRequest, metadata }, content, given) {
  const texts = await content.texts();
  const ours = asMetadata2(content, texts, given);
  const body = writeMetadata(pullRequest.body, ours, texts.body, limits.body, hiddenText);
  const title = isKept(pullRequest.title, metadata, content.versions) ? pullRequest.title : texts.title;
  if (body === pullRequest.body && title === pullRequest.title) return void 0;
  return { body, ...title === texts.title && { title } };
}
async function rewritingOf(forge, present, content, { attributes, over }) {
  const given = present.metadata?.given;
  if (!given || attributes.draft === "always-true") return void 0;
  const settled = { ...attributes, ...withCarryOver(attributes, over), draft: given.draft };
  if (!isSame3(settled, given)) return void 0;
  const text = await newText(forge, present, content, given);
  const { id, title, body } = present.pullRequest;
  return text && { id, before: { title, body }, ...text };
}
async function closePullRequest(forge, { pullRequest, metadata }, key, reason, now) {
  const { number, body, title } = pullRequest;
  const text = `**${reason}**

${readText(body, key)}`;
  const known = metadata ?? { key, tree: "", title, version: "", skipped: [], given: NO_ATTRIBUTES };
  return forge.update(number, {
    ...now && { state: "closed" },
    body: writeMetadata(body, { ...known, closed: reason }, text, forge.limits.body, forge.hiddenText)
  });
}
async function open(forge, content, wanted, { warn, opened }) {
  const { opening, metadata } = await openingOf(forge, content, wanted);
  const pullRequest = opened ?? await forge.open(opening);
  if (pullRequest && opening.draft && !pullRequest.draft) {
    warn("draft was refused: this repository has no draft pull requests");
  }
  return pullRequest && { pullRequest, metadata, build: void 0 };
}
async function openingOf({ limits: { body: limit }, hiddenText }, content, { branch, base, attributes, over: { notes } }) {
  const texts = await content.texts();
  const draft = attributes.draft !== "false";
  const metadata = asMetadata2(content, texts, { ...NO_ATTRIBUTES, draft });
  const shortened2 = (note) => cut(note, Math.floor(limit / 5), NOTES_CUT);
  const after = notes.after && `

${shortened2(notes.after)}`;
  const before2 = shortened2(notes.before);
  const body = writeMetadata(before2, metadata, texts.body, limit - after.length, hiddenText) + after;
  return { opening: { branch, base, title: texts.title, draft, body }, metadata };
}
var asMetadata2 = ({ tree, metadata }, { title }, given) => ({
  ...metadata,
  tree,
  title,
  given,
  closed: ""
});
var isSame3 = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// src/release/pull-request/close.ts
async function closeObsolete(workspace, request, state, obsolete, reason) {
  const ended = [];
  for (const one of obsolete) {
    const now = await end(workspace, request, state, one, reason);
    if ("moved" in now) return now;
    ended.push(now);
  }
  return ended[0];
}
async function supersede(workspace, request, state, { pullRequest, outcome }) {
  const { branches, build, inputs } = request;
  const linkTo = ({ number }) => `${workspace.forge?.numberSign ?? "#"}${number}`;
  const isNew = isPerVersion(branches) && outcome === "created";
  const pullRequests = isNew ? selectPullRequests(await withHeads(workspace, request, await findPullRequests(workspace, request)), {
    ...request,
    branch: state.branch
  }) : state.pullRequests;
  const others = await Promise.all(
    pullRequests.others.map(async (known) => {
      const present = presentIn(workspace, known, build);
      const isOrdered = inputs.policy.order === "newest";
      return { known, present: isOrdered ? await withComparison(workspace, present, build) : present };
    })
  );
  const decision = decideSuperseded(request, others);
  if ("superseded" in decision) {
    const reason2 = `Superseded by ${linkTo(pullRequest)}.`;
    const closed = await closeObsolete(workspace, request, state, decision.superseded, reason2);
    return closed && "moved" in closed ? closed : void 0;
  }
  const { newer, reason } = decision;
  const ours = pullRequests.present;
  const link = `Superseded by ${linkTo(newer.pullRequest)}.`;
  const ended = ours && await end(workspace, request, state, ours, link);
  return ended && "moved" in ended ? ended : { pullRequest: newer.pullRequest, reason };
}
async function end({ forge, log, store }, { key, inputs: { policy } }, { own }, one, reason) {
  const { number, body, branch, head, url } = one.pullRequest;
  if (!forge) return one.pullRequest;
  const isFree2 = head && !isLongLived(branch, [store.base, ...policy.bases]) && await mayGo(head);
  const isFirst = !isFree2 || forge.staysOpenWithoutBranch === true;
  if (isFree2 && isFirst && await hasMoved(store, branch, head.id)) return { moved: branch };
  const ended = await closePullRequest(forge, one, key, reason, isFirst);
  const { deleted, refused } = await store.deleteBranches(isFree2 ? [{ branch, expected: head.id }] : []);
  const isDeleted = deleted.length > 0;
  if (isFree2 && !isFirst && !isDeleted && refused.length === 0 && await hasMoved(store, branch, head.id)) {
    await forge.update(number, { body });
    return { moved: branch };
  }
  log.step(`closed ${pullRequestName(forge, number)}: ${reason}`);
  return isFirst || isDeleted ? { ...ended, url } : forge.update(number, { state: "closed" });
  async function mayGo(tip) {
    return policy.onForeignCommits === "reset" || (await own.on(tip)).areOurs;
  }
}

// src/release/pull-request/changelog.ts
var UNKNOWN_CONTENTS = { contents: { summary: "", url: "" }, commits: [] };
var COMMIT_TAG = /^(?:[\w.-]*-)?g?([0-9a-f]{7,40})$/;
function revisionOf({ from, to }, deployed, next, ref) {
  if (deployed && deployed.source.commit !== "" && deployed.source.repository === next.source.repository) {
    return deployed.source.commit;
  }
  const [present, wanted] = [withoutDigest(from), withoutDigest(to)];
  const [, commit] = COMMIT_TAG.exec(present) ?? [];
  if (commit !== void 0 && /[a-f]/.test(commit)) return commit;
  if (!/^v?\d+\.\d+/.test(present)) return void 0;
  if (wanted !== "" && ref.includes(wanted)) return ref.replace(wanted, () => present);
  return `v${present.replace(/^v/, "")}`;
}
async function readContents(revision, next, { compare, hiddenBy }) {
  const { repository, commit } = next.source;
  if (repository === "" || commit === "" || revision === void 0) return UNKNOWN_CONTENTS;
  const ask = (base, head) => compare(repository, base, head).catch((error) => unanswered2(error));
  const unread = (error) => `who may read ${repository} is not known: ${unanswered2(error).reason}`;
  const [found, hidden = ""] = await Promise.all([ask(revision, commit), hiddenBy?.(repository).catch(unread)]);
  if (hidden !== "") return { contents: { summary: `not shown, because ${hidden}`, url: "" }, commits: [] };
  if (found.status === "behind") return takenBack(found, await ask(commit, revision), repository);
  if (found.status !== "unknown") return toContents(found, repository);
  const missing = /not found/i.test(found.reason);
  const reason = missing ? `it has no ${revision} or ${commit.slice(0, 7)}, or the token may not read it` : found.reason;
  const summary = `not shown, because the commits of ${repository} could not be read: ${reason}`;
  return { contents: { summary, url: "" }, commits: [] };
}
function takenBack(found, back, repository) {
  if (back.status !== "ahead") return toContents(found, repository);
  const { contents, commits } = toContents(back, repository);
  return { contents: { summary: `it takes back ${contents.summary}`, url: found.url }, commits };
}
function unanswered2(error) {
  const explained = asReleaseError(error);
  if (explained.blame !== "again") throw explained;
  return { status: "unknown", reason: explained.message };
}
function toContents({ status, total, commits, url, pulls }, repository) {
  const pages = pulls ?? `${url.split("/compare/", 1)[0]}/pull/`;
  const shown2 = `${counted(total, "commit")} of ${repository}`;
  const summaries = {
    ahead: shown2,
    identical: `no other commit of ${repository}`,
    behind: `it goes back to an earlier commit of ${repository}`,
    diverged: `${shown2}, and it lacks some of the deployed version`
  };
  return {
    contents: { summary: summaries[status], url },
    // The latest first, but for those that a reviewer must see.
    commits: commits.toReversed().map((commit) => shownCommit(commit, pages)).toSorted((one, other) => rankOf(one) - rankOf(other))
  };
}
function shownCommit({ id, author, subject, url }, pages) {
  const number = pages === "" ? "" : pullOf(subject);
  return {
    commit: id,
    shortCommit: id.slice(0, 7),
    author,
    subject: pages === "" ? subject : subject.replace(/ \(#\d+\)$/, ""),
    mark: MARKS2.find(([, pattern]) => pattern.test(subject))?.[0] ?? "",
    url,
    pull: number,
    pullUrl: number === "" ? "" : `${pages}${number}`
  };
}
var MARKS2 = [
  ["Breaking change", /^\w+(?:\([^()]*\))?!:|\bBREAKING[ -]CHANGE\b/],
  ["Revert", /^(?:revert|reapply)\b(?=[ :("])/i]
];
var rankOf = ({ mark }) => mark === "" ? 1 : 0;

// elsewhere:src/release/pull-request/rendered-section.ts
var { renderedSection, renderedSentence } = require("./start.cjs").modules["src/release/pull-request/rendered-section.ts"];

// src/release/pull-request/go-back.ts
function goBackVariables({ inputs, build }, changes) {
  const { app, environment, paths } = inputs.identity;
  const before2 = [...new Set(changes.map(({ image: image2, from }) => referenceOf(image2, from)))];
  const [image = ""] = before2;
  const isPossible = build.operation.action !== "Roll back" && !before2.includes("") && before2.length > 0;
  const options = ["--repository", inputs.access.remote.name];
  const words2 = app === "" ? ["release", ...options, "--images", image, ...paths.flatMap((path) => ["--paths", path]), "--force"] : ["rollback", ...options, "--app", app, "--environments", environment];
  const isOne = isPossible && (app !== "" || before2.length === 1);
  return { goBack: { command: isOne ? ["manifest-release-pr", ...words2].map(quoted).join(" ") : "" } };
}
function referenceOf(name, from) {
  const version = parseVersion(from);
  return version ? formatReference({ name, ...version }) : "";
}
var quoted = (word2) => /^[\w./:@=+-]+$/.test(word2) ? word2 : `'${word2.replaceAll("'", "'\\''")}'`;

// src/release/pull-request/texts.ts
var LISTED = [50, 20, 5, 0];
function renderCommitMessage(templates, variables) {
  return renderTemplate("commit-message", templates["commit-message"], variables, "commit");
}
function renderTexts(templates, variables, limits) {
  const whole = shortened(variables, Infinity);
  const title = oneCommitLine(renderTemplate("title", templates.title, whole, "commit").trim(), limits.title - 1);
  if (title === "") throw failure("INPUT_INVALID", { input: "title", value: templates.title, reason: "is empty" });
  let body = "";
  for (const most of LISTED) {
    body = renderTemplate("body", templates.body, shortened(variables, most), "markdown").trim();
    if (body.length <= limits.body * 3 / 4) break;
  }
  return { title, body };
}
function shortened(variables, most) {
  const { imageChanges: images, places, commits, left } = variables;
  const more = (list) => list.length > most ? String(list.length - most) : "";
  return {
    ...variables,
    imageChanges: images.slice(0, most),
    imagesMore: more(images),
    places: places.slice(0, most),
    placesMore: more(places),
    commits: commits.slice(0, most),
    commitsMore: more(commits),
    left: left.slice(0, most),
    leftMore: more(left)
  };
}
function isTemplatedLabel({ attributes: { labels } }, label) {
  return labels.some((template) => template === label || matchesParts(label, template.split(/\{{2,3}[^{}]*\}+/), 1));
}
function renderLabels(templates, variables, limit) {
  const labels = templates.attributes.labels.map((label) => renderTemplate("labels", label, variables, "line").trim().slice(0, limit)).filter((label) => label !== "");
  return [...new Set(labels)];
}

// elsewhere:src/release/pull-request/variables.ts
var { leftVariables, ofAnyVersion, planVariables, releaseVariables } = require("./workspace.cjs").modules["src/release/pull-request/variables.ts"];

// src/release/pull-request/description.ts
var MAX_SKIPPED = 20;
var MOST_RENDERED = 16e3;
var NO_LIMITS = { title: 256, body: 65536 };
function describeRelease(workspace, request, described) {
  const { build, key } = request;
  return {
    metadata: {
      key,
      version: versionOf2(build),
      skipped: skippedBefore(build, described)
    },
    versions: namedVersions(build, described.changes),
    texts: memoized(() => makeTexts(workspace, request, described))
  };
}
async function correctDescription(workspace, request, state) {
  const { carried, tip, pullRequests } = state;
  const { present } = pullRequests;
  if (!present || !tip) return void 0;
  const described = await changesOf(workspace, request, state);
  if (!described || described.changes.length === 0) return void 0;
  const build = carried?.build ?? buildOfChanges(described.changes);
  const other = requestOf(request, build);
  const content = {
    ...describeRelease(workspace, other, { ...state, changes: described.changes, planOnTop: described, checked: [] }),
    tree: carried?.tree ?? tip.tree
  };
  const { metadata, pullRequest } = present;
  const isRight = metadata?.tree === content.tree && !isWrong(pullRequest.title, metadata, content.versions);
  return isRight ? void 0 : content;
}
async function changesOf({ store }, request, { carried, own, files, atTip }) {
  try {
    if (carried) return await own.plan(store.baseCommit, carried.build);
    return { changes: changesBetween(placesIn2(request, files), placesIn2(request, atTip)), leftovers: [] };
  } catch (error) {
    if (error instanceof ReleaseError && error.blame === "yours") return void 0;
    throw error;
  }
}
function requestOf(request, build) {
  const images = { released: imagesOf(request, build), notes: [] };
  return {
    ...request,
    inputs: { ...request.inputs, images, operation: build.operation },
    build,
    source: sourceOf(build, request)
  };
}
async function makeTexts(workspace, request, described) {
  const { store, forge } = workspace;
  const { changes, planOnTop } = described;
  const variables = planVariables(releaseVariables(request, described.name, store.base), changes, described.checked);
  const skipped = skippedBefore(request.build, described).join(", ");
  const limits = forge?.limits ?? NO_LIMITS;
  const [contents, rendering] = await Promise.all([
    readContentsOf(workspace, request, described),
    described.rendering?.()
  ]);
  const folds = forge?.hiddenText !== "link-definition";
  const rendered = renderedSection(rendering, Math.min(MOST_RENDERED, Math.floor(limits.body / 4)), folds);
  return renderTexts(
    request.inputs.templates,
    {
      ...variables,
      skipped,
      ...contents,
      ...leftVariables(planOnTop.leftovers),
      ...goBackVariables(request, changes),
      rendered,
      details: folds ? "yes" : ""
    },
    limits
  );
}
async function readContentsOf({ forge, compare, whyHidden }, { build, source, inputs }, { changes, pullRequests }) {
  const first = changes.find(isStep);
  if (!first || !forge || inputs.policy.delivery === "push") return UNKNOWN_CONTENTS;
  const merged = pullRequests.merged[0]?.build;
  const deployed = merged && hasVersion2(merged, first.image, first.from) ? merged : void 0;
  const hiddenBy = inputs.policy.sourceCommits === "always" ? void 0 : whyHidden;
  return readContents(revisionOf(first, deployed, build, source.ref), build, { compare, hiddenBy });
}
function skippedBefore(build, { pullRequests }) {
  const { present, others } = pullRequests;
  const known = [...others.toReversed(), ...present ? [present] : []].flatMap(({ metadata }) => metadata ?? []);
  const versions = known.flatMap(({ skipped, version }) => [...skipped, version]).filter(Boolean);
  const own = versionOf2(build);
  return [...new Set(versions)].filter((version) => version !== own).slice(-MAX_SKIPPED);
}

// src/release/conclude.ts
async function conclude(workspace, request, state, decision) {
  const { store, forge, log } = workspace;
  const outcome = outcomeOf(workspace, request, state);
  const { dryRun } = request.inputs.policy;
  switch (decision.kind) {
    case "skip": {
      const isRight = dryRun || await correctText(workspace, request, state);
      return isRight ? { ...outcome, left: [], outcome: "skipped-older", reason: decision.reason } : { moved: state.branch };
    }
    case "close": {
      for (const { pullRequest } of decision.kept) {
        log.step(`${pullRequestName(forge, pullRequest.number)} stays open: its branch has commits by others`);
      }
      const reason = `Closed: ${store.base} has these versions already.`;
      const obsolete = dryRun ? [] : decision.closed;
      const closed = await closeObsolete(workspace, request, state, obsolete, reason);
      if (closed && "moved" in closed) return closed;
      return closed ? { ...outcome, outcome: "closed", pullRequest: closed } : { ...outcome, outcome: "unchanged" };
    }
    case "unchanged":
      return { ...outcome, outcome: "unchanged" };
    case "decline":
      return { ...outcome, left: [], outcome: "declined", reason: decision.reason, pullRequest: decision.pullRequest };
    case "overtaken":
      throw failure("ROLLBACK_OVERTAKEN", { ...request.inputs.identity, versions: decision.versions });
    case "refuse":
      throw failure("FOREIGN_COMMITS", { branch: state.branch, commits: decision.commits.map(nameOf3) });
  }
}
function outcomeOf(workspace, { inputs, build }, { branch, changes, planOnTop, pullRequests, checked }) {
  return {
    ...initialOutcome(workspace, inputs, build),
    pullRequest: pullRequests.present?.pullRequest,
    branch,
    changes,
    left: planOnTop.leftovers,
    checked
  };
}
async function correctText(workspace, request, state) {
  const { forge, log } = workspace;
  const { pullRequests, tip } = state;
  const content = await correctDescription(workspace, request, state);
  if (!forge || !content || !pullRequests.present) return true;
  const written2 = await writeContent(forge, pullRequests.present, content);
  if (written2 === pullRequests.present.pullRequest) return true;
  const { number, headId } = written2;
  log.step(`corrected the text of ${pullRequestName(forge, number)}: it described another version than its branch has`);
  return headId === tip?.id;
}

// elsewhere:src/forge/connect.ts
var { attestationsApi, connectForge, explainRefusal, issueToken, kindOfSource, revokeToken, workflowNote } = require("./start.cjs").modules["src/forge/connect.ts"];

// src/release/publish-pull-request.ts
async function publishPullRequest(workspace, request, state, ci, { forge, pushed, isKept: isKept2, content, wanted }) {
  const { store, access, log } = workspace;
  const { branch, pullRequests } = state;
  const published = await upsertPullRequest(
    forge,
    pullRequests.present,
    content,
    { ...wanted, head: pushed.id },
    { find: () => findAgain(workspace, request, branch), warn: (text) => log.warn(text), ...pushed }
  );
  const { pullRequest, merging = "" } = published;
  const name = pullRequestName(forge, pullRequest.number);
  if (merging !== "merged" && hasEnded(pullRequest, pushed.id)) {
    log.step(`${name} was ${pullRequest.state} during the run`);
    if (pullRequest.headId !== pushed.id) await restoreText(forge, pullRequest, pullRequests.present?.pullRequest);
    return { moved: branch };
  }
  log.step(`${name} ${published.outcome}`);
  const done = published.outcome === "unchanged" && !isKept2 ? "updated" : published.outcome;
  const outcome = inAll(workspace, pullRequest, done);
  if (merging !== "") log.step(`auto-merge: ${merging}`);
  const onToken = published.outcome === "created" ? await workflowNote(access, ci) : "";
  if (onToken !== "") log.step(onToken);
  if (pullRequest.headId !== pushed.id && await hasMoved(store, branch, pushed.id)) return { moved: branch };
  const newer = await supersede(workspace, request, state, published);
  if (newer) return "moved" in newer ? newer : { outcome: "skipped-older", ...newer };
  return { pullRequest, merging, outcome: merging === "merged" ? "merged" : outcome };
}
async function findAgain(workspace, request, branch) {
  const found = await findPullRequests(workspace, request);
  return selectPullRequests(found, { ...request, branch }).present;
}
function inAll({ written: written2 }, { number }, done) {
  const first = written2.get(number) ?? done;
  if (first !== "unchanged") written2.set(number, first);
  return first;
}
var hasEnded = ({ state, headId }, commit) => state === "closed" || state === "merged" && headId !== commit;
async function restoreText(forge, now, before2) {
  if (!before2 || now.title === before2.title && now.body === before2.body) return;
  await forge.update(before2.number, { title: before2.title, body: before2.body });
}

// src/release/push-commit.ts
async function writeCommit({ store }, request, state) {
  const { inputs, build } = request;
  const { name, changes, planOnTop, checked } = state;
  const [onTop] = state.foreign;
  if (onTop && planOnTop.files.length === 0) return onTop;
  const variables = planVariables(releaseVariables(request, name, store.base), changes, checked);
  const message = renderCommitMessage(inputs.templates, variables);
  const { author, sign, signingKey } = inputs.commit;
  return store.write(
    {
      parent: onTop?.id ?? store.baseCommit,
      message: withTrailers(message, {
        name,
        identity: inputs.identity,
        base: onTop ? "" : store.baseCommit,
        into: inputs.access.base,
        build
      }),
      author,
      time: Math.floor(Date.now() / 1e3),
      files: planOnTop.files
    },
    sign === "ssh" || sign === "gpg" ? { format: sign, key: signingKey } : void 0
  );
}
function isSameCommit(tip, wanted, isSigned) {
  if (tip.id === wanted.id) return true;
  const isGood = tip.signed || !isSigned;
  return isGood && tip.tree === wanted.tree && wanted.parents.every((parent) => tip.parents.includes(parent));
}
async function pushCommit({ store, forge }, { inputs }, { branch, tip, foreign, planOnTop }, commit, { options, ...beside }) {
  const { policy } = inputs;
  const { sign } = inputs.commit;
  const expected = policy.delivery === "push" ? store.baseCommit : tip?.id ?? "";
  const [onTop] = foreign;
  const push = async () => {
    if ((sign === "api" || !store.canPush) && forge?.commit) {
      const parent = onTop ?? await store.readCommit(store.baseCommit);
      const { tree, message } = commit;
      const place = { branch, expected, parent: parent.id, parentTree: parent.tree };
      const wanted = { ...place, tree, message, files: planOnTop.files, ...beside };
      const made = await (store.canPush ? forge.commit(wanted) : forge.commit(wanted).catch(tryByPush));
      if (made && branch === store.base) await store.follow(made.id, commit);
      return made;
    }
    const pushed = await store.push(commit.id, branch, expected, options);
    if (!pushed) return void 0;
    return { ...pushed, id: commit.id, verified: sign !== "none" && await isVerified(forge, commit.id) };
  };
  return await push() ?? "moved";
}
async function isVerified(forge, commit) {
  return await forge?.isVerified?.(commit) ?? false;
}
function tryByPush(error) {
  const isRefused = error instanceof ReleaseError && ["PUSH_REFUSED", "API_DENIED"].includes(error.code);
  throw isRefused ? new CloneNeeded(error.message) : error;
}

// elsewhere:src/forge/capabilities.ts
var { CAPABILITIES, FEATURES, REPORTED, isLacking, isReadByApi, lackingNotes } = require("./workspace.cjs").modules["src/forge/capabilities.ts"];

// src/forge/push-options.ts
var OPTIONS = {
  // With one that is open from that branch GitLab changes it, and opens no second.
  gitlab: ({ base, title, isNew, attributes: { labels, assignees, milestone, draft } }) => {
    const created = ["create", `target=${base}`];
    const given = [
      `title=${title}`,
      ...draft ? ["draft"] : [],
      ...labels.map((label) => `label=${label}`),
      ...assignees.map((assignee) => `assign=${assignee}`),
      ...milestone === "" ? [] : [`milestone=${milestone}`]
    ];
    return [...created, ...isNew ? given : []].map((option) => `merge_request.${option}`);
  }
};
function pushOptions(kind, wanted) {
  const options = OPTIONS[kind]?.(wanted) ?? [];
  return options.filter((option) => !/[\r\n\0]/.test(option));
}
var opensByPush = (kind) => OPTIONS[kind] !== void 0;

// src/release/pushed-request.ts
var LABEL_LIMIT = 255;
function reachOf({ forge, access }) {
  if (forge) return "api";
  return opensByPush(access.kind) ? "push" : "git";
}
async function optionsOf(workspace, request, { name, changes, tip }, { texts }) {
  const { policy, templates } = request.inputs;
  if (policy.delivery === "push" || reachOf(workspace) !== "push") return [];
  const { base } = workspace.store;
  const variables = planVariables(releaseVariables(request, name, base), changes);
  const { draft, ...attributes } = templates.attributes;
  return pushOptions(workspace.access.kind, {
    base,
    title: (await texts()).title,
    isNew: tip === void 0,
    attributes: {
      ...attributes,
      labels: renderLabels(templates, variables, LABEL_LIMIT),
      draft: draft !== "false"
    }
  });
}
function lackingOn(workspace, request) {
  const { policy, templates } = request.inputs;
  if (policy.delivery === "push") return [];
  const { draft, ...attributes } = templates.attributes;
  return lackingNotes(workspace.access.kind, { ...attributes, draft: draft !== "false" }, reachOf(workspace));
}

// src/release/render-release.ts
function renderingOf(workspace, request, state) {
  const read = memoized(() => readRendering(workspace, request, state));
  return { read, result: memoized(async () => renderRelease(workspace, request, await read())) };
}
async function readRendering({ store, log }, { inputs: { policy, search, images } }, { plan, files }) {
  if (policy.render === "off") return void 0;
  const { findTools } = await Promise.resolve().then(() => __toESM(require_tools()));
  const tools = await findTools(process.env["PATH"] ?? "");
  if (policy.render === "auto" && Object.keys(tools).length === 0) {
    log.debug("nothing is rendered: there is no kustomize, kubectl or helm on the PATH");
    return void 0;
  }
  try {
    const { prepareRendering } = await Promise.resolve().then(() => __toESM(require_render()));
    return await prepareRendering({
      store,
      tools,
      known: files.manifests,
      isEverywhere: search.paths.length === 0,
      planned: plan.files,
      changes: plan.changes,
      images: images.released
    });
  } catch (error) {
    if (policy.render === "require" || !(error instanceof CloneNeeded || error instanceof ReleaseError)) throw error;
    log.step(`nothing is rendered: ${error.message}`);
    return void 0;
  }
}
async function renderRelease({ log }, { inputs: { policy } }, prepared) {
  const started = Date.now();
  const rendering = await prepared?.render();
  if (!rendering) return void 0;
  log.debug(`rendered ${rendering.roots.map(({ path }) => path).join(", ")} in ${Date.now() - started} ms`);
  const [place] = rendering.unrendered;
  if (policy.render === "require" && place) {
    throw failure("RENDERING_INCOMPLETE", { place, unrendered: rendering.unrendered });
  }
  return rendering;
}

// src/release/wanted-pull-request.ts
function wantedPullRequest({ store, forge }, request, { name, branch, changes, checked, pullRequests }) {
  const { templates } = request.inputs;
  const variables = planVariables(releaseVariables(request, name, store.base), changes, checked);
  const labels = forge ? renderLabels(templates, variables, forge.limits.label) : [];
  const attributes = { ...templates.attributes, labels };
  const isTemplated2 = (label) => isTemplatedLabel(templates, label);
  const over = carryOver(pullRequests.others, attributes, isTemplated2, request.key);
  return { branch, base: store.base, attributes, isTemplated: isTemplated2, over };
}
async function besideCommit(workspace, request, state, content, wanted) {
  const { forge } = workspace;
  const { present } = state.pullRequests;
  if (request.inputs.policy.delivery === "push") return {};
  if (!forge) return { options: await optionsOf(workspace, request, state, content) };
  if (present) return { rewriting: await rewritingOf(forge, present, content, wanted) };
  return { opening: (await openingOf(forge, content, wanted)).opening };
}

// src/release/publish.ts
async function publishRelease(workspace, request, state, ci) {
  const { store, forge, log, note } = workspace;
  const { policy, commit: options } = request.inputs;
  const { branch, tip, foreign, pullRequests } = state;
  const [onTop] = foreign;
  if (onTop) log.step(`${branch} has commits by others (${nameOf3(onTop)}); this release is committed on top of them`);
  const rendering = renderingOf(workspace, request, state);
  const described = describeRelease(workspace, request, { ...state, rendering: rendering.result });
  if (!tip) {
    described.texts().catch(() => void 0);
    await rendering.read();
  }
  const commit = await writeCommit(workspace, request, state);
  const isKept2 = tip !== void 0 && isSameCommit(tip, commit, options.sign !== "none");
  const wanted = wantedPullRequest(workspace, request, state);
  if (!isKept2) await described.texts();
  const content = { ...described, tree: isKept2 ? state.carried?.tree ?? tip.tree : commit.tree };
  const beside = isKept2 || policy.dryRun ? {} : await besideCommit(workspace, request, state, content, wanted);
  const diffing = store.diff(onTop?.id ?? store.baseCommit, commit.id);
  const kept2 = isKept2 && {
    id: tip.id,
    verified: await wasVerified(workspace, request, pullRequests.present, tip.id)
  };
  const [diff, pushed] = await Promise.all([
    isKept2 ? diffing : logPlan(workspace, request, diffing, content),
    policy.dryRun ? void 0 : kept2 || pushCommit(workspace, request, state, commit, beside)
  ]);
  const rendered = isKept2 && !policy.dryRun ? void 0 : await rendering.result();
  const planned = { ...outcomeOf(workspace, request, state), diff, rendering: rendered };
  if (!pushed) return { ...planned, outcome: "dry-run" };
  log.group("Deliver");
  for (const lacking of lackingOn(workspace, request)) note(lacking);
  for (const strange of notesOn(forge, pullRequests)) log.step(strange);
  if (pushed === "moved") return { moved: branch };
  if (!isKept2) log.step(`pushed ${pushed.id.slice(0, 7)} to ${branch}`);
  const delivered = { ...planned, commit: pushed.id, verified: pushed.verified };
  if (!forge || policy.delivery === "push") {
    const page = policy.delivery === "push" ? "" : pushed.page ?? "";
    return { ...delivered, page, outcome: isKept2 ? "unchanged" : "pushed" };
  }
  const delivery = { forge, pushed, isKept: isKept2, content, wanted };
  const published = await publishPullRequest(workspace, request, state, ci, delivery);
  return "moved" in published ? published : { ...delivered, ...published };
}
async function wasVerified({ forge }, { inputs }, present, commit) {
  if (!present) return false;
  return present.pullRequest.verified ?? (inputs.commit.sign !== "none" && isVerified(forge, commit));
}
function notesOn(forge, { onOtherBranches, deleted }) {
  const alone = onOtherBranches.map(
    ({ number, branch }) => `${pullRequestName(forge, number)} has the text of this release, but not a branch of it (${branch}); left alone`
  );
  if (!deleted) return alone;
  const name = pullRequestName(forge, deleted.number);
  return [...alone, `${name} was closed by the deletion of its branch, which is no decision`];
}
async function logPlan({ forge, log }, { inputs: { policy } }, diffing, { texts }) {
  const [diff, { title, body }] = await Promise.all([diffing, texts()]);
  log.group("Diff");
  log.line(diff);
  if (forge && !policy.dryRun || policy.delivery === "push") return diff;
  log.group("Text for a pull request");
  log.line(`${title}

${body}`);
  return diff;
}

// elsewhere:src/release/why-cloned.ts
var { whyCloned } = require("./workspace.cjs").modules["src/release/why-cloned.ts"];

// src/release/release.ts
async function releaseAt(workspace, inputs, ci) {
  const { log, store } = workspace;
  const reason = store.canPush ? void 0 : whyCloned(inputs);
  if (reason !== void 0) throw new CloneNeeded(reason);
  for (const note of inputs.images.notes) log.step(`images: ${note}`);
  const asked = readRequest(workspace, inputs, ci);
  const checking = workspace.check(inputs);
  checking.catch(() => void 0);
  const outcome = await retryOnMoved(log, async (again) => {
    const state = await observe(workspace, asked, { ci, checking }, again);
    const { request, checked, plan } = state;
    const decision = decide(request, state);
    if (decision.kind !== "release") return conclude(workspace, request, state, decision);
    refuseUnproved(checked, inputs.checks, plan.missing);
    return publishRelease(workspace, request, state, ci);
  });
  return { ...outcome, wait: inputs.wait };
}

// release-file.mjs
var modules = {
  "src/manifests/conventions/convention.ts": { documentKey, fieldOf, isEmpty, versionOf },
  "src/manifests/conventions/image-keys.ts": { globalRegistry, groupImageParts, isDigestText, readImageKey, readLonePart },
  "src/manifests/defects.ts": { DEFECT_REASONS, reportDefect },
  "src/manifests/deployed-versions.ts": { deployedVersionsIn, readDeployedVersions, versionsOf },
  "src/manifests/empty-places.ts": { emptyPlacesOf, entryAt, markerFor },
  "src/manifests/find-sites.ts": { findConventionSites, findSites, versionField },
  "src/manifests/flux-policies.ts": { FLUX_WORDS, hasUnknownPolicy, mayHaveRepository, readPolicies },
  "src/manifests/inventory.ts": { mayName, presentImages, takeInventory },
  "src/manifests/plan.ts": { planOnInventory, planRelease },
  "src/manifests/search-terms.ts": { mayContain, searchTerms },
  "src/manifests/values/charts.ts": { chartFolders, chartTrees, chartsIn, defaultValues, dependenciesOf, foldersAbove, hasValues, isChartFile, isValuesFile, valuesFolderOf },
  "src/manifests/values/config-objects.ts": { configEntries },
  "src/manifests/values/related.ts": { TAG_WORDS, VALUES_WORDS, isValueOf, mayBeValues, relatedTo, withRelated },
  "src/manifests/values/repository-paths.ts": { ANY, folderOf, inFolder, pathPattern, repositoryPath },
  "src/manifests/values/tag-owners.ts": { findTagOwners, treesIn },
  "src/manifests/values/template-uses.ts": { chartOfTemplate, templateUses },
  "src/manifests/workflow-files.ts": { WORKFLOW_REASON, isWorkflow, namesWorkflows },
  "src/manifests/yaml/compose.ts": { compose },
  "src/manifests/yaml/lines.ts": { LineTable, countBelow, dedent, joinFlowLines, lineAround },
  "src/manifests/yaml/manifest.ts": { readManifest, readManifestOnce, rereadPart },
  "src/manifests/yaml/templated-values.ts": { TEMPLATED, TemplatedLines, isContinued, unmasked },
  "src/manifests/yaml/tokens.ts": { readTokens },
  "src/manifests/yaml/tree.ts": { LAST_APPLIED, isCollection, joinPath, mapOf, mergedValues, namedItems, scalarOf, uniqueRoots, valueOf, walk },
  "src/release/commit-trailers.ts": { buildIn, isDirect, pullOf, readTrailers, withTrailers },
  "src/release/outcome.ts": { initialOutcome },
  "src/release/pull-request/find-merged-builds.ts": { findMergedBuilds },
  "src/release/pull-request/metadata.ts": { NO_ATTRIBUTES, hasMetadata, isOfAnother, readMetadata, readNotes, readText, writeMetadata },
  "src/release/read-manifests.ts": { readManifests },
  "src/release/release.ts": { releaseAt },
  "src/release/retry-on-moved.ts": { hasMoved, retryOnMoved }
};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  modules
});
