var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __hasOwnProp = Object.prototype.hasOwnProperty;
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
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

// environments-file.mjs
var environments_file_exports = {};
__export(environments_file_exports, {
  modules: () => modules
});
module.exports = __toCommonJS(environments_file_exports);

// elsewhere:src/core/errors.ts
var { PROJECT_URL, ReleaseError, asReleaseError, failure, failureCodes } = require("./start.cjs").modules["src/core/errors.ts"];

// elsewhere:src/core/objects.ts
var { UNKNOWN_IMAGE, counted, groupBy, kept, memoized } = require("./start.cjs").modules["src/core/objects.ts"];

// elsewhere:src/inputs/inputs.ts
var { readCommitOptions, readInputs, readMode, readSearch } = require("./start.cjs").modules["src/inputs/inputs.ts"];

// elsewhere:src/inputs/values.ts
var { readAuthor, readChoice, readLines, readName, readNames, readOnlyTags, readPolicyLines, refuseOtherVersions, splitNames } = require("./start.cjs").modules["src/inputs/values.ts"];

// elsewhere:src/release/pull-request/name.ts
var { pullRequestName } = require("./start.cjs").modules["src/release/pull-request/name.ts"];

// elsewhere:src/release/retry-on-moved.ts
var { hasMoved, retryOnMoved } = require("./release.cjs").modules["src/release/retry-on-moved.ts"];

// elsewhere:src/release/workspace.ts
var { orInClone, withWorkspace } = require("./workspace.cjs").modules["src/release/workspace.ts"];

// elsewhere:src/environments/config/config.ts
var { appsOf, chooseEnvironments, defaultsWithoutApp, environmentsOf, readConfig, refuseProblems } = require("./config.cjs").modules["src/environments/config/config.ts"];

// elsewhere:src/environments/config-file.ts
var { atInput, configPath, configPaths, readConfigFile } = require("./workspace.cjs").modules["src/environments/config-file.ts"];

// elsewhere:src/core/image-reference.ts
var { foldersOf, formatReference, formatVersion, isDigest, isPartOf, isSameVersion, isTag, parseReference, parseVersion, referenceProblem, repositoryOf, searchWord, shortVersion, splitName, versionIn, versionProblem } = require("./start.cjs").modules["src/core/image-reference.ts"];

// elsewhere:src/manifests/defects.ts
var { DEFECT_REASONS, reportDefect } = require("./release.cjs").modules["src/manifests/defects.ts"];

// elsewhere:src/manifests/empty-places.ts
var { emptyPlacesOf, entryAt, markerFor } = require("./release.cjs").modules["src/manifests/empty-places.ts"];

// elsewhere:src/manifests/find-sites.ts
var { findConventionSites, findSites, versionField } = require("./release.cjs").modules["src/manifests/find-sites.ts"];

// elsewhere:src/manifests/flux-policies.ts
var { FLUX_WORDS, hasUnknownPolicy, mayHaveRepository, readPolicies } = require("./release.cjs").modules["src/manifests/flux-policies.ts"];

// elsewhere:src/manifests/search-terms.ts
var { mayContain, searchTerms } = require("./release.cjs").modules["src/manifests/search-terms.ts"];

// elsewhere:src/manifests/values/charts.ts
var { chartFolders, chartTrees, chartsIn, defaultValues, dependenciesOf, foldersAbove, hasValues, isChartFile, isValuesFile, valuesFolderOf } = require("./release.cjs").modules["src/manifests/values/charts.ts"];

// elsewhere:src/manifests/values/related.ts
var { TAG_WORDS, VALUES_WORDS, isValueOf, mayBeValues, relatedTo, withRelated } = require("./release.cjs").modules["src/manifests/values/related.ts"];

// elsewhere:src/manifests/values/template-uses.ts
var { chartOfTemplate, templateUses } = require("./release.cjs").modules["src/manifests/values/template-uses.ts"];

// src/manifests/image-signs.ts
var IMAGE_WORDS = [
  "mage",
  "MAGE",
  "img",
  "tag",
  "Tag",
  "TAG",
  "epository",
  "igest",
  "docker",
  "manifest-release",
  "newName"
];
var WITH_REGISTRY = /(?<![\w./-])(?=[\w./-]*?[\w-]\.[\w-]+\/[\w./-])[\w./-]+[:@]\w|[\w-]:\d+\/[\w./-]+[:@]\w/;
function mayHaveImage(bytes) {
  if (mayContain(bytes, IMAGE_WORDS)) return true;
  return WITH_REGISTRY.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1"));
}
function mayExplain({ path, bytes }) {
  return isChartFile(path) || isValuesFile(path) || chartOfTemplate(path) !== void 0 || mayBeValues(bytes) || mayContain(bytes, [...VALUES_WORDS, ...FLUX_WORDS, "ImageRepository"]);
}
function isImage(convention, where, name) {
  return convention !== "whole-reference" || /image|img/i.test(lastKey(where)) || splitName(name).path !== name;
}
function isNamedImage({ fields: [field], named: named2, where }) {
  return named2 === true || field?.role !== "reference" || /(?:image|img|newName)$/i.test(lastKey(where)) || /repository$/i.test(where) && /image|img/i.test(where);
}
var lastKey = (where) => /(?<![\w-])([\w-]+)(?:\[\d+\])*$/.exec(where)?.[1] ?? "";

// elsewhere:src/manifests/conventions/convention.ts
var { documentKey, fieldOf, isEmpty, versionOf } = require("./release.cjs").modules["src/manifests/conventions/convention.ts"];

// elsewhere:src/manifests/conventions/image-keys.ts
var { globalRegistry, groupImageParts, isDigestText, readImageKey, readLonePart } = require("./release.cjs").modules["src/manifests/conventions/image-keys.ts"];

// elsewhere:src/manifests/yaml/tree.ts
var { LAST_APPLIED, isCollection, joinPath, mapOf, mergedValues, namedItems, scalarOf, uniqueRoots, valueOf, walk } = require("./release.cjs").modules["src/manifests/yaml/tree.ts"];

// src/manifests/lone-tags.ts
function loneTagsIn({ documents }, isKnown) {
  const found = /* @__PURE__ */ new Map();
  for (const document of documents) {
    for (const { key, scalar: scalar2, path } of keyedScalars(document)) {
      const part = readLonePart(key)?.part;
      if (part === void 0 || part === "registry" || part === "repository") continue;
      if (!versionOf(scalar2) || isKnown(scalar2.start)) continue;
      const where = [document.label, path].filter(Boolean).join(" ");
      const isValue = isOfValues(document, path);
      found.set(scalar2.start, { scalar: scalar2, part: part === "tag" ? "tag" : "digest", where, isValue });
    }
  }
  return [...found.values()];
}
function hasLoneRepository({ documents }) {
  return documents.some(
    (document) => keyedScalars(document).some(({ key, scalar: scalar2 }) => {
      return readLonePart(key)?.part === "repository" && !/[:@]|^$/.test(scalar2.text);
    })
  );
}
function keyedScalars({ root }) {
  return walk(root).flatMap(({ node, path }) => {
    if (node.kind !== "map") return [];
    const own = node.entries.flatMap(
      ({ key, value: value2 }) => value2.kind === "scalar" ? [{ key, scalar: value2, path: joinPath(path, key) }] : []
    );
    const [name, value] = [scalarOf(node, "name"), scalarOf(node, "value")];
    return name && value ? [...own, { key: name.text, scalar: value, path: joinPath(path, "value") }] : own;
  });
}
function isOfValues({ root, label }, path) {
  const isObject = root?.kind === "map" && valueOf(root, "kind") !== void 0;
  return !isObject && label === "" || VALUES.test(`${label} ${path}`);
}
var VALUES = /(?:^|[.\s"])(?:values|valuesObject|parameters)\b/;

// elsewhere:src/manifests/values/tag-owners.ts
var { findTagOwners, treesIn } = require("./release.cjs").modules["src/manifests/values/tag-owners.ts"];

// elsewhere:src/manifests/workflow-files.ts
var { WORKFLOW_REASON, isWorkflow, namesWorkflows } = require("./release.cjs").modules["src/manifests/workflow-files.ts"];

// elsewhere:src/manifests/yaml/lines.ts
var { LineTable, countBelow, dedent, joinFlowLines, lineAround } = require("./release.cjs").modules["src/manifests/yaml/lines.ts"];

// elsewhere:src/manifests/yaml/manifest.ts
var { readManifest, readManifestOnce, rereadPart } = require("./release.cjs").modules["src/manifests/yaml/manifest.ts"];

// src/manifests/scan.ts
var NO_OWNERS = { targets: [], tagOwners: /* @__PURE__ */ new Map() };
var ManifestScan = class {
  #policies;
  #places = [];
  /** Places whose only sign of an image is that their text could be a reference. */
  #doubtful = [];
  #unversioned = [];
  #open = [];
  #problems = [];
  /** Files that may say whose tag a tag is, and those with such a tag or such a repository. */
  #context = [];
  #withTags = [];
  #withRepositories = [];
  #texts = /* @__PURE__ */ new Map();
  /** `policies` are Flux's that are in no file: `namespace:policy` -> image. */
  constructor(policies = /* @__PURE__ */ new Map()) {
    this.#policies = policies;
  }
  /** Reads one file; nothing of it is kept that is not needed. */
  add(file) {
    if (isWorkflow(file.path)) return;
    const isContext = mayExplain(file);
    const copy = isContext ? { ...file, bytes: Uint8Array.from(file.bytes) } : file;
    if (isContext) this.#context.push(copy);
    if (!mayHaveImage(file.bytes)) return;
    const manifest = readManifestOnce(file.path, file.bytes);
    if (manifest.defect) return this.#addDefect(manifest);
    const found = findConventionSites(manifest, { ...NO_OWNERS, policies: this.#policies });
    const lone = loneTagsIn(manifest, isClaimedBy(found));
    if (isContext && hasLoneRepository(manifest)) this.#withRepositories.push(copy);
    if (isContext && lone.length > 0) this.#withTags.push(copy);
    else this.#addPlaces(manifest, found, lone);
  }
  /** What all files have. */
  end() {
    this.#addWithTags();
    const known = new Set(this.#places.map(({ repository }) => repository));
    const certain = this.#doubtful.filter(({ repository }) => known.has(repository));
    const places = [...this.#places, ...certain];
    const versioned = new Set(places.map(({ repository }) => repository));
    const open = [...this.#open, ...this.#unversioned.filter(({ repository }) => !versioned.has(repository))];
    const byFile = (a, b) => compare(a.file, b.file) || a.line - b.line;
    return {
      places: [...groupBy(places.toSorted(byFileAndLine), ({ repository }) => repository)].toSorted(([a], [b]) => compare(a, b)).flatMap(([, group]) => group),
      open: open.toSorted(byFile),
      problems: this.#problems
    };
  }
  /** The files whose tags belong to repositories of others. */
  #addWithTags() {
    if (this.#withTags.length === 0) return;
    const policies = this.#context.filter(({ bytes }) => mayContain(bytes, ["ImageRepository", "ImagePolicy"]));
    const seeds = /* @__PURE__ */ new Set([...this.#withTags, ...this.#withRepositories, ...policies]);
    const parse = ({ path, bytes }) => readManifest(path, bytes);
    const parsed = withRelated([...seeds], this.#context, parse);
    const manifests = [...parsed.values()];
    const context = {
      ...NO_OWNERS,
      policies: new Map([...readPolicies(manifests), ...this.#policies]),
      tagOwners: findTagOwners(manifests)
    };
    for (const file of this.#withTags) {
      const manifest = parsed.get(file) ?? parse(file);
      const found = findConventionSites(manifest, context);
      this.#addPlaces(manifest, found, loneTagsIn(manifest, isClaimedBy(found)));
    }
  }
  #addDefect({ path, text, defect }) {
    if (!defect || defect.kind === "template" || !/image/i.test(text)) return;
    const { kind, reason, line, column } = defect;
    const why = kind === "syntax" ? reason : DEFECT_REASONS[kind].replace(/^is in a file that/, "");
    this.#problems.push({ file: path, line, column, message: `was not searched: ${why.trim()}` });
  }
  #addPlaces(manifest, found, lone) {
    const listed2 = /* @__PURE__ */ new Set();
    for (const { site, convention } of found) {
      if (site.doubt !== void 0) continue;
      const field = versionField(site);
      const { line } = manifest.lines.positionAt(field?.start ?? 0);
      const { name, candidates, of } = site;
      const version = formatVersion(site.version);
      const place = {
        image: this.#own(name),
        repository: this.#own(of ?? repositoryOf(name)),
        version: this.#own(version),
        file: manifest.path,
        line,
        where: copyOf(site.where)
      };
      if (candidates) {
        if (field && !listed2.has(field.scalar)) {
          const image = candidates.length === 1 ? place.image : "";
          const marker = markerFor(field, site, manifest.text, image || UNKNOWN_IMAGE) ?? "";
          const reason = `may be of ${candidates.slice(0, MOST_NAMED).join(" or ")}`;
          this.#open.push({ ...place, image, reason: copyOf(reason), marker: copyOf(marker) });
        }
        if (field) listed2.add(field.scalar);
      } else if (version === "") {
        if (!field || !isNamedImage(site)) continue;
        const marker = copyOf(markerFor(field, site, manifest.text, name) ?? "");
        this.#unversioned.push({ ...place, reason: "has no version", marker });
      } else if (isImage(convention, site.where, name)) this.#places.push({ ...place, convention });
      else this.#doubtful.push({ ...place, convention });
    }
    for (const tag of lone) if (tag.isValue) this.#open.push(openTag(manifest, tag));
  }
  /** One text for all that are the same, since a part of a text keeps the whole of it. */
  #own(text) {
    const known = this.#texts.get(text);
    if (known !== void 0) return known;
    const copy = copyOf(text);
    this.#texts.set(copy, copy);
    return copy;
  }
};
var MOST_NAMED = 5;
var copyOf = (text) => Buffer.from(text).toString();
var compare = (one, other) => one < other ? -1 : Number(one > other);
var byFileAndLine = (a, b) => compare(a.file, b.file) || a.line - b.line;
function isClaimedBy(found) {
  const versioned = found.filter(({ site }) => formatVersion(site.version) !== "");
  const claimed = new Set(versioned.flatMap(({ site }) => site.fields.map(({ scalar: scalar2 }) => scalar2)));
  return (scalar2) => claimed.has(scalar2);
}
function openTag({ path: file, text, lines }, { scalar: scalar2, part, where }) {
  const entry = entryAt(text, scalar2.start);
  const { line } = lineAround(text, scalar2.start);
  const isOfPolicy = line.includes("$imagepolicy");
  return {
    image: "",
    version: copyOf(scalar2.text),
    file,
    line: lines.positionAt(scalar2.start).line,
    where: copyOf(where),
    reason: isOfPolicy ? 'has an image policy that is in no file (name its image in the setting "image-policies")' : "is of an image that no file names",
    marker: entry === void 0 || isOfPolicy ? "" : copyOf(`${entry} # manifest-release: ${UNKNOWN_IMAGE} ${part}`)
  };
}

// src/environments/scan.ts
async function scanRepository(raw, access, ci, log) {
  const paths = readLines(raw.paths ?? "");
  const policies = readPolicyLines(readLines(raw["image-policies"] ?? ""));
  log.group("Read the manifests");
  const withoutClone = "";
  return withWorkspace({ access, paths, withoutClone, ci, log }, (workspace) => scanBase(workspace, paths, policies));
}
async function scanBase({ store, log }, paths, policies = /* @__PURE__ */ new Map()) {
  const scan = new ManifestScan(policies);
  let count = 0;
  for await (const { manifests, problems } of store.readAll(paths)) {
    for (const problem of problems) log.problem(problem);
    for (const file of manifests) scan.add(file);
    count += manifests.length;
  }
  const found = scan.end();
  for (const problem of found.problems) log.problem(problem);
  log.step(`read ${counted(count, "manifest")}: ${counted(found.places.length, "place")}`);
  return found;
}

// elsewhere:src/core/escape.ts
var { cut, forCommit, forLog, forMarkdown, fromCommit, jsonForLog, markdownBlock, markdownCode, markdownUrl, oneCommitLine, oneLine, quote } = require("./start.cjs").modules["src/core/escape.ts"];

// src/environments/init/config-text.ts
var HEAD = `# Proposed by manifest-release-pr, mode init, from the images in this repository. Change it as you like: it is never overwritten.
# The keys are explained in docs/environments.md of manifest-release-pr.`;
var MOST_NOTES = 50;
function configText({ apps, notes }) {
  const shown2 = notes.slice(0, MOST_NOTES).map((note) => comment("", note));
  const more = notes.length - shown2.length;
  const left = more > 0 ? [...shown2, comment("", `${more} more images are in no environment; mode scan lists them`)] : shown2;
  return [HEAD, "apps:", ...apps.flatMap(appLines), ...left.length > 0 ? ["", ...left] : [], ""].join("\n");
}
function appLines({ name, images, environments, notes }) {
  return [
    ...notes.map((note) => comment("  ", note)),
    `  ${name === "*" ? '"*"' : scalar(name)}:`,
    `    images: ${list(images)}`,
    "    environments:",
    ...environments.flatMap((environment, index) => environmentLines(environment, environments[index - 1]))
  ];
}
function environmentLines({ name, kind, paths }, before) {
  const delivery = kind === "development" ? "push" : "pull-request";
  const line = `      ${scalar(name)}: { paths: ${list(paths.map(pathspec))}, delivery: ${delivery} }`;
  if (!before || before.kind === kind) return [line];
  return [comment("      ", `To have ${name} wait for ${before.name}, add: after: ${before.name}`), line];
}
var pathspec = (path) => /^:|[*?[\]\\]/.test(path) ? `:(literal)${path}` : path;
var list = (texts) => `[${texts.map(scalar).join(", ")}]`;
var scalar = (text) => /^[A-Za-z][\w./-]*$/.test(text) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text) ? text : JSON.stringify(text);
var comment = (indentation, text) => `${indentation}# ${oneLine(text, 500)}`;

// elsewhere:src/environments/config/rules.ts
var { fillPlaceholders, findProblems, linesOf } = require("./config.cjs").modules["src/environments/config/rules.ts"];

// elsewhere:src/environments/config/schema.ts
var { CONFIG, INLINE_SETTINGS, KEYS, SETTINGS, isName } = require("./config.cjs").modules["src/environments/config/schema.ts"];

// elsewhere:src/core/manifest-names.ts
var { KUSTOMIZATION_NAMES, isManifestName, withoutTemplateEnding } = require("./workspace.cjs").modules["src/core/manifest-names.ts"];

// src/environments/init/environment-names.ts
var KINDS = [
  ["development", /^dev(?:el(?:op(?:ment)?)?)?$/],
  ["integration", /^int(?:egration)?$/],
  ["test", /^(?:test(?:ing)?|tst|non-?prod(?:uction)?|sandbox|preview|demo)$/],
  ["acceptance", /^(?:qa|uat|acc(?:eptance)?)$/],
  ["staging", /^(?:stag(?:e|ing)|stg|pre-?prod(?:uction)?|canary)$/],
  ["production", /^(?:prod(?:uction)?|prd|live)$/]
];
var WEAK = /^(?:int|integration|test|testing|tst|sandbox|preview|demo|acc|acceptance|canary|live)$/;
var FOLDERS = /^(?:overlays?|env(?:ironment)?s?|clusters?|stages?|values|variants)$/;
var REGION = /^(?:[a-z]{2,4}\d*|[a-z]{2}-[a-z]+(?:-?\d+[a-z]?)?|\d+)$/;
var VALUES2 = /^(?:values[-_.](.+)|(.+)[-_.]values)$/;
var rankOf = (kind) => KINDS.findIndex(([name]) => name === kind);
function environmentOf(file) {
  const [first, ...more] = namesIn(file);
  if (!first) return void 0;
  if (more.some(({ kind }) => kind !== first.kind)) return "several";
  return more.find(({ name }) => name.startsWith(`${first.name}-`)) ?? first;
}
function namesIn(file) {
  const folders = file.split("/");
  const stem = withoutTemplateEnding(folders.pop() ?? "").replace(/\.(?:ya?ml|json)$/i, "");
  const found = folders.flatMap((folder, index) => {
    const isListed = FOLDERS.test((folders[index - 1] ?? "").toLowerCase());
    const named3 = readName2(folder.toLowerCase(), isListed);
    return named3 ? { ...named3, path: folders.slice(0, index + 1).join("/") } : [];
  });
  const [, behind, before] = VALUES2.exec(stem.toLowerCase()) ?? [];
  const values = behind ?? before;
  const named2 = readName2(values ?? stem.toLowerCase(), values !== void 0);
  return named2 ? [...found, { ...named2, path: file }] : found;
}
function readName2(text, isListed) {
  const whole = kindOf(text);
  if (whole) return isListed || !WEAK.test(text) ? { name: text, kind: whole } : void 0;
  const [, first = "", region = ""] = /^([a-z]+)[-_.](.+)$/.exec(text) ?? [];
  const before = WEAK.test(first) ? void 0 : kindOf(first);
  if (before && REGION.test(region)) return { name: text, kind: before };
  const [, last = ""] = /[-_.]((?:pre-|non-)?[a-z]+)$/.exec(text) ?? [];
  const behind = WEAK.test(last) ? void 0 : kindOf(last);
  return behind && { name: last, kind: behind };
}
var kindOf = (text) => KINDS.find(([, words]) => words.test(text))?.[0];

// src/environments/init/propose.ts
var MANY = 4;
var MOST_NAMED2 = 3;
function propose(places, owner) {
  const all = [...groupBy(places, ({ repository }) => repository)].map(
    ([repository, own2]) => candidateOf(repository, own2)
  );
  const [named2, unnamed] = divide(all, ({ environments }) => environments.length > 0);
  const isOwn = ({ repository }) => repository.split("/").includes(owner.toLowerCase());
  const [own, others] = named2.some(isOwn) ? divide(named2, isOwn) : [named2, []];
  const { apps, unnameable } = asApps(own);
  return {
    apps: inShapes(apps),
    notes: [
      ...unnamed.map((one) => `${one.image} is in no environment by its path: ${listed(one.places)}`),
      ...others.map((one) => `${one.image} is left out, since it is no image of ${owner}: ${listed(one.places)}`),
      ...unnameable.map((one) => `${one.image} is left out, since another app has its name: ${listed(one.places)}`)
    ]
  };
}
function candidateOf(repository, places) {
  const read2 = places.map((place) => ({ place, environment: environmentOf(place.file) }));
  const named2 = read2.flatMap(
    ({ place, environment }) => typeof environment === "object" ? [{ place, environment }] : []
  );
  const environments = [...groupBy(named2, ({ environment }) => environment.name)].flatMap(([name, group]) => {
    const [first] = group;
    if (!first || !isName(name)) return [];
    const own = new Set(group.map(({ place }) => place.file));
    const foreign = places.filter(({ file }) => !own.has(file));
    return [{ name, kind: first.environment.kind, paths: pathsOf(group, foreign) }];
  });
  const several = read2.filter(({ environment }) => environment === "several").map(({ place }) => place);
  const without = read2.filter(({ environment }) => environment === void 0).map(({ place }) => place);
  return {
    repository,
    image: places[0]?.image ?? repository,
    places,
    environments: environments.toSorted((a, b) => rankOf(a.kind) - rankOf(b.kind) || (a.name < b.name ? -1 : 1)),
    notes: [
      ...several.length > 0 ? [`in no environment, since the path names several: ${listed(several)}`] : [],
      ...without.length > 0 ? [`in no environment by its path: ${listed(without)}`] : []
    ]
  };
}
function pathsOf(group, foreign) {
  const paths = group.map(({ place, environment: { path } }) => {
    const isShared = foreign.some(({ file }) => file.startsWith(`${path}/`));
    return isShared ? place.file : path;
  });
  const distinct = [...new Set(paths)].toSorted();
  return distinct.filter((path) => !distinct.some((other) => path.startsWith(`${other}/`)));
}
function asApps(candidates) {
  const shapes = groupBy(candidates, ({ repository, places, environments }) => {
    const folder = repository.slice(0, repository.lastIndexOf("/"));
    const versions = new Set(places.map(({ file, version }) => `${file} ${version}`));
    return JSON.stringify([folder, environments, [...versions].toSorted()]);
  });
  const groups = [...shapes.values()].flatMap((group) => {
    const [shortest, ...others] = group.toSorted((a, b) => a.repository.length - b.repository.length);
    const isOne = shortest && others.every(({ repository }) => repository.startsWith(`${shortest.repository}-`));
    return isOne ? [[shortest, ...others]] : group.map((one) => [one]);
  });
  const names = groupBy(groups, ([first]) => nameOf(first?.repository ?? "", 1));
  const named2 = groups.map((group) => {
    const [short, long] = [1, 2].map((length) => nameOf(group[0]?.repository ?? "", length));
    return { group, name: (names.get(short ?? "")?.length ?? 0) > 1 ? long ?? "" : short ?? "" };
  });
  const owners = groupBy(named2, ({ name }) => name);
  const isNameable = ({ name }) => isName(name) && owners.get(name)?.length === 1;
  const [good, bad] = divide(named2, isNameable);
  const apps = good.map(({ group, name }) => ({
    name,
    images: group.map(({ image }) => image),
    environments: group[0]?.environments ?? [],
    notes: group.flatMap(({ image, notes }) => notes.map((note) => `${image} is ${note}`))
  }));
  return { apps: apps.toSorted((a, b) => a.name < b.name ? -1 : 1), unnameable: bad.flatMap(({ group }) => group) };
}
var nameOf = (repository, length) => repository.split("/").slice(-length).join("-");
function inShapes(apps) {
  const shapes = groupBy(apps, (app) => JSON.stringify(shapeOf(app)));
  const [most = []] = [...shapes.values()].toSorted((a, b) => b.length - a.length);
  const [first] = most;
  if (!first || most.length < MANY || !isShape(first)) return [...apps];
  const same = most.filter(isShape);
  const notes = [`For ${shorten(same.map(({ name }) => name))}, and for each new app of this shape.`];
  return [...apps.filter((app) => !same.includes(app)), { name: "*", ...shapeOf(first), notes }];
}
var PLACEHOLDER = "{{ app }}";
function shapeOf({ name, images, environments }) {
  const word = new RegExp(`(?<![A-Za-z0-9])${name.replace(/[.]/g, "\\.")}(?![A-Za-z0-9])`, "g");
  const fill = (text) => text.replace(word, PLACEHOLDER);
  return {
    images: images.map(fill),
    environments: environments.map((one) => ({ ...one, paths: one.paths.map(fill) }))
  };
}
function isShape(app) {
  const { images, environments } = shapeOf(app);
  const filled = (texts) => texts.map((text) => fillPlaceholders(text, { app: app.name }));
  const isSame = (one, other) => one.join("\n") === other.join("\n");
  return app.notes.length === 0 && images.every((image) => image.includes(PLACEHOLDER)) && isSame(filled(images), app.images) && environments.every(({ paths }, index) => isSame(filled(paths), app.environments[index]?.paths ?? []));
}
function divide(items, isFirst) {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
var listed = (places) => shorten(places.map(({ file, line }) => `${file}:${line}`));
function shorten(texts) {
  const more = texts.length - MOST_NAMED2;
  return texts.slice(0, MOST_NAMED2).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

// src/environments/init/init.ts
var BRANCH = "manifest-release/init";
var TITLE = "Add the config file of manifest releases";
async function initialize(raw, access, ci, log) {
  const commit = readCommitOptions(raw, ci);
  const isDry = readChoice("dry-run", raw["dry-run"]?.trim() || "false") === "true";
  const files = configPaths({ ...raw.config?.trim() && { config: raw.config.trim() } });
  log.group("Read the manifests");
  const paths = readLines(raw.paths ?? "");
  return withWorkspace(
    { access, paths, withoutClone: "", ci, log },
    (workspace) => retryOnMoved(log, async (again) => {
      if (again) await workspace.store.refresh();
      return initializeBase(workspace, { files, paths, commit, isDry });
    })
  );
}
async function initializeBase(workspace, { files, paths, commit, isDry }) {
  const { store, forge, log, access } = workspace;
  const { manifests } = await store.read({ words: [], files });
  const [file] = files;
  const [there] = manifests;
  if (there) throw failure("CONFIG_EXISTS", { file: there.path, base: store.base });
  const made = {
    repository: access.remote.name,
    base: store.base,
    branch: BRANCH,
    file,
    text: "",
    commit: "",
    page: ""
  };
  const tip = isDry ? void 0 : await store.tip(BRANCH);
  const present = tip && await findProposal(workspace);
  if (present) return { ...made, ...present, commit: tip.id };
  const { places } = await scanBase(workspace, paths);
  const proposal = propose(places, ownerOf(access));
  const { apps, notes } = proposal;
  if (apps.length === 0) throw failure("CONFIG_NOT_PROPOSED", { notes: notes.slice(0, 5) });
  const text = configText(proposal);
  readConfig(file, text);
  log.step(`proposed ${counted(apps.length, "app")}; ${counted(notes.length, "image")} left to a person`);
  const proposed = { ...made, text, pullRequest: void 0, name: "" };
  if (isDry) return { ...proposed, outcome: "dry-run" };
  const pushed = tip ? { id: tip.id, page: "" } : await push(workspace, { file, text, commit });
  if (!pushed) return { moved: BRANCH };
  log.step(`${tip ? "found" : "pushed"} ${pushed.id.slice(0, 7)} on ${BRANCH}`);
  const delivered = { ...proposed, commit: pushed.id, page: pushed.page };
  if (!forge) return { ...delivered, outcome: "pushed" };
  const body = bodyOf(file, proposal);
  const opened = await forge.open({ branch: BRANCH, base: store.base, title: TITLE, draft: false, body });
  if (!opened) return { moved: BRANCH };
  return { ...delivered, ...shownIn(forge, opened), outcome: "created" };
}
async function findProposal({
  store,
  forge
}) {
  if (!forge) return { outcome: "unchanged", pullRequest: void 0, name: "" };
  const { open, past } = await forge.find([BRANCH], store.base);
  const present = open.find(({ branch }) => branch === BRANCH);
  if (present) return { ...shownIn(forge, present), outcome: "unchanged" };
  const closed = past.find(({ branch, state }) => branch === BRANCH && state === "closed");
  return closed && { ...shownIn(forge, closed), outcome: "declined" };
}
var shownIn = (forge, pullRequest) => ({
  pullRequest,
  name: pullRequestName(forge, pullRequest.number)
});
async function push({ store, forge }, {
  file,
  text,
  commit: { author, sign, signingKey }
}) {
  const parent = await store.readCommit(store.baseCommit);
  const files = [{ path: file, mode: "100644", bytes: Buffer.from(text) }];
  const message = `${TITLE}
`;
  const time = Math.floor(Date.now() / 1e3);
  const signer = sign === "ssh" || sign === "gpg" ? { format: sign, key: signingKey } : void 0;
  const written = await store.write({ parent: parent.id, message, author, time, files }, signer);
  if (sign === "api" && forge?.commit) {
    const place = { branch: BRANCH, expected: "", parent: parent.id, parentTree: parent.tree };
    const made = await forge.commit({ ...place, tree: written.tree, message, files });
    return made && { id: made.id, page: made.page ?? "" };
  }
  const pushed = await store.push(written.id, BRANCH, "");
  return pushed && { id: written.id, page: pushed.page };
}
var ownerOf = ({ remote: { name, transport } }) => transport === "file" ? "" : name.split("/").at(-2) ?? "";
function bodyOf(file, { apps, notes }) {
  const [first] = apps;
  const app = first?.name === "*" ? "APP" : first?.name ?? "";
  const left = notes.length === 0 ? [] : [`${counted(notes.length, "image")} could not be placed; the comments at the end of the file name them.`, ""];
  return [
    `This adds \`${file}\`, which says where each app is deployed, made from the`,
    "names of folders and files. Development is delivered by push, all else by pull request.",
    "",
    ...left,
    "Read it before you merge it. After the merge a release names the app alone:",
    "",
    "```yaml",
    "with:",
    `  app: ${app}`,
    "  version: 1.4.2",
    "```",
    "",
    "It is proposed once: later runs change neither this branch nor the file."
  ].join("\n");
}

// elsewhere:src/forge/connect.ts
var { attestationsApi, connectForge, explainRefusal, issueToken, kindOfSource, revokeToken, workflowNote } = require("./start.cjs").modules["src/forge/connect.ts"];

// elsewhere:src/inputs/lookup.ts
var { choicesOf, defaultOf, isSwitch, missingInput, nearestInputs, unknownInput, variableOf, whereToGive } = require("./start.cjs").modules["src/inputs/lookup.ts"];

// elsewhere:src/inputs/wait.ts
var { asksFor, isWatched, readVerdict, readWait } = require("./start.cjs").modules["src/inputs/wait.ts"];

// src/release/after-merge/landing.ts
var import_promises = require("node:timers/promises");

// src/release/after-merge/verdict.ts
function verdictOf(watched, onCommits) {
  const found = watched.map((one) => ({ ...one, final: finalStatuses(one, onCommits) }));
  const all = found.flatMap(({ final }) => final);
  const refused = all.find(({ state }) => state === "failure");
  if (refused) return { kind: "refused", by: refused };
  const missing = found.filter(({ final }) => final.length === 0).map(({ text }) => text);
  if (missing.length > 0 || all.some(({ state }) => state === "pending")) return { kind: "pending", missing };
  return { kind: "deployed", by: all };
}
function finalStatuses(watched, onCommits) {
  const byContext = /* @__PURE__ */ new Map();
  for (const { commit, statuses } of onCommits) {
    const own = statuses.filter((status) => isWatched(watched, status));
    const latest = own.filter((one) => own.find(({ context }) => context === one.context) === one);
    for (const status of latest) {
      if (byContext.get(status.context)?.state === "success") continue;
      byContext.set(status.context, { ...status, commit });
    }
  }
  return [...byContext.values()];
}

// src/release/after-merge/landing.ts
var CLOCK = { now: Date.now, sleep: import_promises.setTimeout };
var FIRST_PAUSE = 2e3;
var LONGEST_PAUSE = 6e4;
var MOST_LATER = 10;
var NOTHING = { mergedCommit: "", deployed: void 0, by: [], seconds: void 0 };
async function awaitLanding(merges, target, wait, log, clock = CLOCK) {
  const watch = new Watch(merges, wait, log, clock);
  let landing = NOTHING;
  try {
    const merge = "commit" in target ? target : await watch.merge(target);
    landing = { ...landing, mergedCommit: merge.commit };
    if (wait.until !== "deployed") return landing;
    const by = await watch.deployment(merge);
    return { ...landing, deployed: true, by: by.map(({ context }) => context), ...secondsOf(merge, by) };
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    const refused = watch.refused;
    if (error.code !== "DEPLOYMENT_REFUSED" || !refused) return { ...landing, error };
    return { ...landing, deployed: false, by: [refused.context], error };
  }
}
var Watch = class {
  /** The latest refusal that no success followed. */
  refused;
  #merges;
  #wait;
  #log;
  #clock;
  #end;
  constructor(merges, wait, log, clock) {
    this.#merges = merges;
    this.#wait = wait;
    this.#log = log;
    this.#clock = clock;
    this.#end = clock.now() + wait.timeout;
  }
  /** Throws CLOSED_UNMERGED, NOT_MERGED and what the forge throws. */
  async merge({ number, name }) {
    this.#log.step(`waiting up to ${this.#wait.timeoutText} until ${name} is merged`);
    const merge = await this.#until(async () => {
      const found = await this.#merges.read(number);
      return found.state === "open" || found.state === "merged" && found.commit === "" ? void 0 : found;
    });
    if (!merge) throw failure("NOT_MERGED", { name, timeout: this.#wait.timeoutText });
    if (merge.state === "closed") throw failure("CLOSED_UNMERGED", { name });
    this.#log.step(`${name} was merged into ${merge.base} as ${merge.commit.slice(0, 7)}`);
    return merge;
  }
  /** The statuses that say it is deployed. Throws DEPLOYMENT_REFUSED, VERDICT_MISSING and what the forge throws. */
  async deployment({ commit, base }) {
    const { watched, timeoutText: timeout } = this.#wait;
    const texts = watched.map(({ text }) => text);
    this.#log.step(`waiting until ${texts.join(", ")} says whether ${commit.slice(0, 7)} is deployed`);
    const known = /* @__PURE__ */ new Map();
    let last = { kind: "pending", missing: texts };
    const by = await this.#until(async () => {
      const isFirst = known.size === 0;
      const { onCommits, isOnBase } = await readStatuses(this.#merges, watched, { commit, base }, void 0, known);
      if (isFirst && !isOnBase) {
        this.#log.step(
          `${base} is not on top of ${commit.slice(0, 7)}, or cannot be compared: only its own statuses count`
        );
      }
      last = verdictOf(watched, onCommits);
      if (last.kind === "deployed") return last.by;
      this.#tell(last);
      return void 0;
    });
    if (by) return by;
    if (this.refused) throw failure("DEPLOYMENT_REFUSED", { ...this.refused, timeout });
    const contexts = [...new Set([...known.values()].flat().map(({ context }) => context))];
    const { missing } = last;
    throw failure("VERDICT_MISSING", { commit, base, timeout, missing, contexts });
  }
  #tell(verdict) {
    const refused = verdict.kind === "refused" ? verdict.by : void 0;
    const isNew = refused && (refused.commit !== this.refused?.commit || refused.time !== this.refused.time);
    if (isNew) {
      const { context, description, commit } = refused;
      this.#log.warn(
        `${context} reports a failure on ${commit.slice(0, 7)}: ${description}; it counts if no success follows`
      );
    }
    this.refused = refused;
  }
  /** A pause that is over when the time is. */
  #within(pause) {
    return Math.max(0, Math.min(pause, this.#end - this.#clock.now()));
  }
  /**
   * Looks again and again; `undefined` when the time is over. What fails for the moment is asked again after the longest pause, or
   * a longer one that the server asks for. Throws it where that ends after the time.
   */
  async #until(look) {
    let isLast = this.#clock.now() >= this.#end;
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
      try {
        const found = await look();
        if (found !== void 0) return found;
      } catch (error) {
        if (!(error instanceof ReleaseError) || error.blame !== "again" || isLast) throw error;
        const asked = (error.retryAfter ?? 0) * 1e3;
        if (this.#clock.now() + asked > this.#end) throw error;
        pause = Math.max(LONGEST_PAUSE, asked);
        this.#log.step(`${oneLine(error.message, 300)} Asking again in ${Math.ceil(this.#within(pause) / 1e3)} s.`);
      }
      if (isLast) return void 0;
      const left = this.#within(pause);
      await this.#clock.sleep(left);
      isLast = left < pause;
    }
  }
};
async function readStatuses(merges, watched, { commit, base }, next, known = /* @__PURE__ */ new Map()) {
  const onTop = await merges.since(commit, base);
  const later = next === void 0 ? onTop : onTop?.slice(0, Math.max(0, onTop.indexOf(next)));
  const beside = Object.entries(merges.beside ?? {}).filter(([kind]) => watched.some((one) => asksFor(one, kind)));
  for (const one of [commit, ...(later ?? []).slice(-MOST_LATER)]) {
    const statuses = [await merges.statuses(one)];
    for (const [, read2] of beside) statuses.push(await read2(one));
    known.set(one, statuses.flat());
  }
  const onCommits = [commit, ...later ?? []].flatMap((one) => {
    const statuses = known.get(one);
    return statuses ? [{ commit: one, statuses }] : [];
  });
  return { onCommits, isOnBase: later !== void 0 };
}
function secondsOf({ time = "" }, by) {
  const latest = Math.max(...by.map((one) => Date.parse(one.time)));
  const seconds = Math.round((latest - Date.parse(time)) / 1e3);
  return { seconds: Number.isNaN(seconds) ? void 0 : Math.max(0, seconds) };
}

// src/release/after-merge/merges-for.ts
function mergesFor(forge, watched, repository) {
  if (!forge?.merges) throw failure("WAIT_NEEDS_API", { repository });
  const byAuthor = watched.find(({ author }) => author !== "");
  if (byAuthor && !forge.merges.hasAuthors) {
    const reason = `names an author, and ${forge.name} does not tell who wrote a status: leave out "by ${byAuthor.author}"`;
    throw failure("INPUT_INVALID", { input: "verdict", value: byAuthor.text, reason });
  }
  return forge.merges;
}

// src/environments/landings.ts
async function withLandings(results, access, ci, log) {
  const waiting = results.map((result) => {
    const { outcome } = result;
    if (!outcome?.wait || outcome.wait.until === "none" || !isOnItsWay(outcome)) return void 0;
    return { wait: outcome.wait, target: targetOf(outcome) };
  });
  if (waiting.every((one) => !one)) return results;
  log.group("Wait for what follows");
  const asking = askingMerges(access, ci, log);
  return Promise.all(
    results.map(async (result, index) => {
      const asked = waiting[index];
      if (!asked) return result;
      const landing = await land(await asking, asked.target, asked.wait);
      return { ...result, landing, ...landing.error && { error: landing.error } };
    })
  );
}
async function landingOf(raw, access, ci, log) {
  const given = raw["wait-for"]?.trim() ?? "";
  const wait = readModeWait(raw);
  const read2 = readTarget(given, access.base);
  log.group(`Wait for ${oneLine(given)}`);
  const asking = await askingMerges(access, ci, log);
  const target = "commit" in read2 ? read2 : { ...read2, name: pullRequestName(asking.forge, read2.number) };
  return land(asking, target, wait);
}
function readModeWait(raw) {
  const isMerge = readChoice("wait", raw.wait?.trim() || defaultOf("wait")) === "merge";
  if (!isMerge && (raw.verdict ?? "").trim() === "") {
    const where = 'under "settings:" of the step, or as --verdict on the command line; or set "wait" to merge, which needs none';
    throw failure("INPUT_MISSING", { input: "verdict", where });
  }
  return readWait({ ...raw, wait: isMerge ? "merge" : "deployed" });
}
function readTarget(value, base) {
  const [, number] = /^[#!]?(\d{1,9})$/.exec(value) ?? [];
  if (number !== void 0) return { number: Number(number) };
  if (!/^(?:[\da-f]{40}|[\da-f]{64})$/.test(value)) {
    const reason = "is neither the number of a pull request nor the whole id of a commit";
    throw failure("INPUT_INVALID", { input: "wait-for", value, reason });
  }
  if (base === "") throw missingInput("base");
  return { commit: value, base };
}
function isOnItsWay({ outcome, changes }) {
  return ["created", "updated", "unchanged", "merged", "pushed"].includes(outcome) && changes.length > 0;
}
function targetOf(outcome) {
  const { pullRequest, delivery, commit, base } = outcome;
  if (delivery === "push") return { commit, base };
  return pullRequest && { number: pullRequest.number, name: pullRequestName(outcome, pullRequest.number) };
}
async function askingMerges(access, ci, log) {
  const known = await access.asked ?? access;
  const listeners = { log: (text) => log.step(text), debug: (text) => log.debug(text) };
  return { forge: await connectForge(known, ci, listeners), access: known, ci, log };
}
async function land(asking, target, wait) {
  const landing = await landingBy(asking, target, wait);
  if (!landing.error) return landing;
  const explained = await explainRefusal(landing.error, asking.access, asking.ci);
  return explained instanceof ReleaseError ? { ...landing, error: explained } : landing;
}
async function landingBy({ forge, access, log }, target, wait) {
  const repository = access.remote.name;
  try {
    if (!target) throw failure("WAIT_NEEDS_API", { repository });
    return await awaitLanding(mergesFor(forge, wait.watched, repository), target, wait, log);
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    return { ...NOTHING, error };
  }
}

// elsewhere:src/release/build.ts
var { buildOf, canonical, hasSameImages, hasVersion, sourceOf, versionOf: versionOf2, versionPairs, versionsOf } = require("./workspace.cjs").modules["src/release/build.ts"];

// elsewhere:src/manifests/deployed-versions.ts
var { deployedVersionsIn, readDeployedVersions, versionsOf: versionsOf2 } = require("./release.cjs").modules["src/manifests/deployed-versions.ts"];

// elsewhere:src/inputs/identity.ts
var { defaultNames, formatIdentity, identityKey, identityOf, namesInOtherOrders } = require("./start.cjs").modules["src/inputs/identity.ts"];

// elsewhere:src/manifests/inventory.ts
var { mayName, presentImages, takeInventory } = require("./release.cjs").modules["src/manifests/inventory.ts"];

// elsewhere:src/release/release-branches.ts
var { ANY_VERSION, branchesOf, branchesOfVersion, isLongLived, isPerVersion, isReleaseBranch, namesOf } = require("./workspace.cjs").modules["src/release/release-branches.ts"];

// elsewhere:src/release/read-manifests.ts
var { readManifests } = require("./release.cjs").modules["src/release/read-manifests.ts"];

// elsewhere:src/release/pull-request/find-merged-builds.ts
var { findMergedBuilds } = require("./release.cjs").modules["src/release/pull-request/find-merged-builds.ts"];

// elsewhere:src/release/pull-request/template.ts
var { renderTemplate } = require("./workspace.cjs").modules["src/release/pull-request/template.ts"];

// elsewhere:src/core/time.ts
var { ageOf, utcTime } = require("./start.cjs").modules["src/core/time.ts"];

// elsewhere:src/release/commit-trailers.ts
var { buildIn, isDirect, pullOf, readTrailers, withTrailers } = require("./release.cjs").modules["src/release/commit-trailers.ts"];

// src/environments/version-history.ts
async function readPast(store, sought, commit, enough) {
  const read2 = /* @__PURE__ */ new Map();
  const after = ({ commit: { id }, after: then }) => {
    if (!read2.has(id)) read2.set(id, readVersions(then, sought));
    return read2.get(id);
  };
  let past = [];
  const files = sought.read.map(({ path }) => path);
  for await (const { changes, isComplete } of store.fileHistory(files, commit)) {
    past = [];
    let later;
    for (const change of changes) {
      const versions = after(change);
      if (!versions) continue;
      if (later && !areEqual(later.versions, versions)) past.push(...entryOf(later, sought));
      if (enough(past)) return past;
      later = { versions, change };
    }
    const first = isComplete ? /* @__PURE__ */ new Map() : readVersions(changes.at(-1)?.before ?? [], sought);
    if (later && first && !areEqual(later.versions, first)) past.push(...entryOf(later, sought));
    if (enough(past)) return past;
  }
  return past;
}
function readVersions(files, sought) {
  try {
    return versionsOf2(readPlaces(files, sought));
  } catch (error) {
    if (error instanceof ReleaseError) return void 0;
    throw error;
  }
}
function readPlaces(files, { images, options, read: read2, places }) {
  const known = new Map(read2.map((file) => [file.path, file]));
  const isBase = files.length === read2.length && files.every(({ path, bytes }) => known.get(path)?.bytes === bytes);
  if (isBase) return places;
  const targets = (options.targets ?? []).filter(({ file }) => files.some(({ path }) => path === file));
  const then = files.map((file) => known.get(file.path)?.isContext ? { ...file, isContext: true } : file);
  return readDeployedVersions(images, then, { ...options, targets });
}
function entryOf({ versions, change }, { key, builds }) {
  if (versions.size === 0) return [];
  const { commit, merged, time } = change;
  const pull = pullOf(commit.message);
  const [build = builds.get(pull)] = [commit, ...merged].flatMap((one) => buildIn(one, key) ?? []);
  return [{ versions, commit, time: utcTime(time), pull, build }];
}
function areEqual(one, other) {
  return one.size === other.size && [...one].every(([image, version]) => other.get(image) === version);
}
function isDeployed({ versions }, places) {
  return places.every(({ image, version }) => isSameVersion(version, versions.get(image) ?? version));
}

// src/environments/environment.ts
var baseOf = ({ raw }, step) => (step.base ?? raw.base ?? "").replace(/^refs\/heads\//, "");
function inputsOf({ config, step }, { images, operation, defaults, ci }) {
  return readInputs({ ...config.raw, ...defaults, ...step, images }, ci, operation, config);
}
var keyOf = ({ config: { app, environment } }) => keyFor(app, environment);
var keyFor = memoized((app, environment) => identityKey(identityOf({ app, environment }, [], [])));
function wantedOf({ config, step }) {
  const images = config.images.map((name) => ({ reference: { name }, replaces: name }));
  return { images, search: readSearch({ ...config.raw, ...step }, images) };
}
async function readDeployed(environment, builds = /* @__PURE__ */ new Map()) {
  const { store } = environment.workspace;
  const { images } = environment.config;
  const wanted = wantedOf(environment);
  const { manifests } = await readManifests(environment.workspace, wanted);
  const { plan } = wanted.search;
  const inventory = takeInventory(manifests, { ...plan, images: wanted.images });
  const places = deployedVersionsIn(inventory, images, plan.onlyTags);
  const { read: read2 } = inventory;
  const sought = { key: keyOf(environment), builds, images, read: read2, places, options: plan };
  const files = read2.map(({ path }) => path);
  return { places, files, history: (enough) => readPast(store, sought, store.baseCommit, enough) };
}
async function fetchBuilds(environment, template) {
  const { workspace, config, step } = environment;
  const name = step.name ?? config.raw.name ?? "";
  const { names } = namesOf(identityOf(config, [], []), name, baseOf(config, step), []);
  const branches = names.map((one) => renderTemplate("branch", template, { name: one }, "ref"));
  return findMergedBuilds(workspace, branches, keyOf(environment));
}

// src/environments/verdict.ts
var hasVerdict = ({ config, step }) => readVerdict(step.verdict ?? config.raw.verdict).length > 0;
async function verdictIn(environment, known) {
  if (!hasVerdict(environment)) return void 0;
  const { places, history } = known ?? await readDeployed(environment);
  const [present] = await history((found) => found.length > 0);
  if (!present || !isDeployed(present, places)) return void 0;
  return verdictOn(environment, present);
}
async function verdictOn({ config, step, workspace }, { commit }, next) {
  const { store, forge, access } = workspace;
  const watched = readVerdict(step.verdict ?? config.raw.verdict);
  const merges = mergesFor(forge, watched, access.remote.name);
  const { onCommits } = await readStatuses(merges, watched, { commit: commit.id, base: store.base }, next);
  return verdictOf(watched, onCommits);
}
async function whyNotDeployed(environment) {
  const verdict = await verdictIn(environment);
  if (!verdict || verdict.kind === "deployed") return void 0;
  const name = environment.config.environment;
  if (verdict.kind === "pending") return `${name} has it, but no agent says yet that it is deployed there`;
  const { context, description } = verdict.by;
  return `${name} has it, but ${oneLine(context)} reports no success there${description === "" ? "" : ` (${oneLine(description, 200)})`}`;
}

// elsewhere:src/inputs/images.ts
var { formatReleasedImage, fromJson, isCopy, readReleasedImages } = require("./start.cjs").modules["src/inputs/images.ts"];

// elsewhere:src/inputs/operation.ts
var { PLAIN_RELEASE, ROLLBACK_BRANCH } = require("./start.cjs").modules["src/inputs/operation.ts"];

// src/environments/modes.ts
function releaseTask({ config, step, ci }) {
  const { version = "", images = "" } = step;
  const given = version === "" ? images : linesOf2(config.images.map((image) => [image, version]));
  const input = version === "" ? "images" : "version";
  const { released } = readReleasedImages(given, { branch: ci.branch, input });
  const names = new Set(config.images.map(repositoryOf));
  const own = released.filter(({ replaces }) => names.has(repositoryOf(replaces)));
  const stranger = released.find((image) => !own.some((one) => one === image || isCopy(one, image)));
  if (stranger) {
    const reason = `is no image of the app "${config.app}" in ${config.place.file}`;
    const hint = `Add it to "images" of that app, or leave it out. The app has ${config.images.join(", ")}.`;
    throw failure("INPUT_INVALID", { input: "images", value: stranger.replaces, reason, hint });
  }
  const task = own.length === released.length ? given : own.map(formatReleasedImage).join("\n");
  return { images: task, operation: operationOf(step), defaults: {}, ci };
}
async function promotionTask(target, from) {
  const deployed = await readDeployed(from);
  const { places, history } = deployed;
  if (places.length === 0) throw failure("NOT_DEPLOYED", namesOf2(from));
  const images = linesOf2([...versionsOf2(places)]);
  const verdict = await verdictIn(from, deployed);
  if (verdict?.kind === "refused") throw failure("PROMOTION_REFUSED", { ...namesOf2(from), ...verdict.by });
  const [present] = await history((found) => found.length > 0);
  const origin = { environment: from.config.environment, since: present?.time ?? "", pull: present?.pull ?? "" };
  const isUnknown = present && !present.build && present.pull !== "";
  const build = isUnknown ? (await fetchBuilds(from, defaultOf("branch"))).get(present.pull) : present?.build;
  const operation = { ...operationOf(target.step), action: "Promote", origin };
  return { images, operation, defaults: {}, ci: builtBy(target, build) };
}
async function rollbackTask(environment, refused = []) {
  const wanted = environment.step.version ?? "";
  const deployed = await readDeployed(environment, await fetchBuilds(environment, ROLLBACK_BRANCH));
  const { places, history } = deployed;
  if (places.length === 0) throw failure("NOT_DEPLOYED", namesOf2(environment));
  if (refused.length > 0 && !await isLatest(refused, deployed)) {
    const versions = [...new Set(places.map(({ version }) => version))];
    throw failure("ROLLBACK_OVERTAKEN", { ...namesOf2(environment), versions });
  }
  if (wanted === "") versionsOf2(places);
  const target = await (wanted === "" ? lastGood(environment, deployed) : named(wanted, deployed));
  if (!target) {
    const past = await history(() => false);
    const known = [...new Set(past.filter((one) => !isDeployed(one, places)).map(nameOf2))];
    throw failure("NO_EARLIER_VERSION", { ...namesOf2(environment), wanted, known });
  }
  const origin = { environment: "", since: target.time, pull: target.pull };
  const rollsBack = [...new Set(places.map(({ image, version }) => referenceTo(image, version)))];
  return {
    // Without the images that are not used here any more.
    images: linesOf2([...target.versions].filter(([image]) => places.some((place) => place.image === image))),
    operation: { ...operationOf(environment.step), action: "Roll back", origin, rollsBack },
    defaults: {
      branch: ROLLBACK_BRANCH,
      title: "{{ action }} {{ name }} {{#from}}{{ from }} \u2192 {{/from}}{{ version }}",
      // The file's texts are for releases; they may lack the target and the reason of a rollback.
      body: "",
      "commit-message": "",
      delivery: "pull-request",
      // A rollback is requested by hand; a second request is enough to repeat one that was declined.
      force: "true"
    },
    ci: builtBy(environment, target.build)
  };
}
async function isLatest(changes, { places, history }) {
  const written = changes.map(({ image, to }) => {
    const moved = parseVersion(to) ? void 0 : parseReference(to);
    return [repositoryOf(moved?.name ?? image), versionIn(to)];
  });
  const isThere = written.every(
    ([repository, version]) => places.some((place) => repositoryOf(place.image) === repository && isSameVersion(place.version, version))
  );
  if (!isThere) return false;
  const [present, before] = await history((found) => found.length > 1);
  const last = [...present?.versions ?? []].filter(([image, version]) => before?.versions.get(image) !== version);
  return !before || last.some(([image]) => written.some(([repository]) => repository === repositoryOf(image)));
}
var builtBy = ({ ci }, build) => ({ ...ci, source: sourceOf(build, ci) });
async function named(wanted, { places, history }) {
  const earlier = (past2) => past2.find((one) => isNamed(one, wanted) && !isDeployed(one, places));
  const past = await history((found) => earlier(found) !== void 0);
  return earlier(past) ?? past.find((one) => isNamed(one, wanted));
}
var MOST_JUDGED = 10;
async function lastGood(environment, { places, history }) {
  const refused = [];
  let withoutVerdict;
  for (let count = 1; count <= MOST_JUDGED; count += 1) {
    const past = await history((found) => notRolledBack(found, places).length >= count);
    const candidate = notRolledBack(past, places)[count - 1];
    if (!candidate) break;
    if (!hasVerdict(environment)) return candidate;
    const next = past[past.indexOf(candidate) - 1]?.commit.id ?? "";
    const { kind } = await verdictOn(environment, candidate, next);
    if (kind === "deployed") return candidate;
    if (kind === "refused") refused.push(candidate);
    else withoutVerdict ??= candidate;
  }
  if (withoutVerdict || refused.length === 0) return withoutVerdict;
  throw failure("EARLIER_REFUSED", { ...namesOf2(environment), versions: refused.map(nameOf2) });
}
function notRolledBack(past, places) {
  const rolledBack = /* @__PURE__ */ new Set();
  return past.filter((one) => {
    const isGood = [...one.versions].some(([image, version]) => !rolledBack.has(referenceTo(image, version)));
    for (const reference of one.build?.operation.rollsBack ?? []) rolledBack.add(reference);
    return isGood && !isDeployed(one, places);
  });
}
var nameOf2 = ({ versions }) => [...new Set(versions.values())].join(", ");
var operationOf = ({ reason = "" }) => ({ ...PLAIN_RELEASE, reason });
var namesOf2 = ({ config: { app, environment } }) => ({ app, environment });
var linesOf2 = (versions) => versions.map(([image, version]) => referenceTo(image, version)).join("\n");
var referenceTo = (image, version) => formatReference({ name: image, ...parseVersion(version) ?? { tag: version } });
function isNamed({ versions }, wanted) {
  return [...versions.values()].some((version) => {
    const { tag, digest } = parseVersion(version) ?? {};
    return [version, tag, digest].includes(wanted);
  });
}

// elsewhere:src/inputs/raw-inputs.ts
var { givenOf, reading } = require("./start.cjs").modules["src/inputs/raw-inputs.ts"];

// elsewhere:src/release/release.ts
var { releaseAt } = require("./release.cjs").modules["src/release/release.ts"];

// elsewhere:src/release/request.ts
var { branchNames, readRequest, withFacts } = require("./workspace.cjs").modules["src/release/request.ts"];

// src/environments/open-environment.ts
var EVERYTHING = ["."];
async function openEnvironment(config, workspace, step, ci) {
  const base = baseOf(config, step);
  const isHere = base === "" || base === workspace.store.base;
  if (isHere) return { workspace, config, step, ci };
  const there = await workspace.at(base);
  return { workspace: there.beside?.(workspace.log) ?? there, config, step, ci };
}
var deliveryOf = ({ raw }, step) => step.delivery ?? raw.delivery ?? defaultOf("delivery");
async function prefetch(environments, { store }, step, { others, branches }) {
  const here = environments.filter((one) => [store.base, ""].includes(baseOf(one, step)));
  if (here.length < 2 && store.canPush) return;
  const pathsOf2 = ({ raw }) => readLines(step.paths ?? raw.paths ?? "");
  await store.prefetch(
    here.map((one) => ({ words: [], paths: pathsOf2(one), others })),
    branches
  );
}
async function fetchConfig(workspace, step) {
  const file = await readConfigFile(workspace, step);
  if (!file) throw failure("CONFIG_NOT_FOUND", { file: configPath(step), base: workspace.store.base });
  return readConfig(file.path, file.text);
}

// elsewhere:src/core/repository-api.ts
var { CloneNeeded } = require("./workspace.cjs").modules["src/core/repository-api.ts"];

// elsewhere:src/core/log.ts
var { DeferredLog, LineLog, SILENT, describe, shown } = require("./start.cjs").modules["src/core/log.ts"];

// src/environments/release-each.ts
var AT_ONCE = 5;
async function releaseEach(workspace, deliveries) {
  const results = [];
  let current = {
    ...workspace,
    cloned: async (reason) => current = await workspace.cloned(reason)
  };
  for (const run of runsOf(deliveries)) {
    if (run.length > 1 && current.beside) results.push(...await sideBySide(current, current.beside, run));
    else for (const one of run) results.push(await settle(alone(current, one)));
  }
  return results;
}
function runsOf(deliveries) {
  const runs = [];
  for (const one of deliveries) {
    const last = runs.at(-1);
    if (last && !one.movesBase && last[0]?.movesBase === false) last.push(one);
    else runs.push([one]);
  }
  return runs;
}
function alone(workspace, { title, release }) {
  workspace.log.group(title);
  return orInClone(workspace, release);
}
async function sideBySide(workspace, beside, deliveries) {
  const attempts = [];
  for (const [index, { title, release }] of deliveries.entries()) {
    const attempt = async () => {
      await attempts[index - AT_ONCE];
      const log = new DeferredLog();
      log.group(title);
      return { log, result: await settle(release(beside(log))) };
    };
    attempts.push(attempt());
  }
  const results = [];
  for (const [index, attempt] of attempts.entries()) {
    const { log, result } = await attempt;
    log.writeTo(workspace.log);
    const delivery = deliveries[index];
    const needsClone = result.status === "rejected" && result.reason instanceof CloneNeeded;
    results.push(needsClone && delivery ? await settle(inClone(workspace, delivery, result.reason)) : result);
  }
  return results;
}
async function inClone(workspace, { release }, { message }) {
  return release(await workspace.cloned(message));
}
async function settle(outcome) {
  const [settled2] = await Promise.allSettled([outcome]);
  return settled2;
}

// elsewhere:src/manifests/plan.ts
var { planOnInventory, planRelease } = require("./release.cjs").modules["src/manifests/plan.ts"];

// elsewhere:src/release/outcome.ts
var { initialOutcome } = require("./release.cjs").modules["src/release/outcome.ts"];

// src/environments/readiness.ts
async function inputsForPresent(environment, inputs) {
  if (inputs.images.released.length < 2) return inputs;
  return withoutAbsent(inputs, await inventoryOf(environment, inputs), environment.workspace.log);
}
async function hasReleased(environment, { images, operation }) {
  const lines = images.released.map(({ reference }) => formatReference(reference)).join("\n");
  const task = { images: lines, operation, defaults: { "allowed-versions": "" }, ci: environment.ci };
  const wanted = inputsOf(environment, task);
  const inventory = await inventoryOf(environment, wanted);
  const inputs = withoutAbsent(wanted, inventory, environment.workspace.log);
  const { files, missing } = planOnInventory(inputs.images.released, inventory, inputs.search.plan);
  return files.length === 0 && missing.length === 0;
}
function waitingOutcome({ workspace, ci }, inputs, reason) {
  const build = buildOf(inputs.images.released, inputs.operation, ci);
  return { ...initialOutcome(workspace, inputs, build), outcome: "waiting", reason };
}
async function inventoryOf({ workspace }, { images, search }) {
  const { manifests } = await readManifests(workspace, { images: images.released, search });
  return takeInventory(manifests, { ...search.plan, images: images.released });
}
function withoutAbsent(inputs, inventory, log) {
  const { released, notes } = inputs.images;
  const present = presentImages(released, inventory);
  if (present.length === 0 || present.length === released.length) return inputs;
  const unused = released.filter((image) => !present.includes(image));
  for (const { replaces } of unused) log.step(`${replaces} is not used in this environment; skipped`);
  return { ...inputs, images: { released: present, unused, notes } };
}

// src/environments/run-mode.ts
var TASKS = {
  release: releaseTask,
  promote: async (target, open) => {
    const { from = "" } = target.step;
    if (from !== target.config.environment) return promotionTask(target, await open(from));
    const reason = "is the environment that gets the versions";
    const hint = 'Name the environment whose versions are taken in "from", and those that get them in "environments".';
    throw failure("INPUT_INVALID", { input: "from", value: from, reason, hint });
  },
  rollback: (environment) => rollbackTask(environment)
};
async function runMode(mode, raw, access, ci, log, task = TASKS[mode]) {
  const step = givenOf(raw);
  const { app = "", name } = step;
  log.group(`Read the environments of ${app}`);
  const isRelease = task === releaseTask;
  const withoutClone = isRelease ? { first: configPaths(step) } : "the history of files is read";
  return withWorkspace({ access, paths: EVERYTHING, withoutClone, ci, log }, async (first) => {
    const opening = (known2, workspace2) => {
      return (environment) => openEnvironment(find(known2, environment), workspace2, step, ci);
    };
    const { workspace, known, chosen: chosen2 } = await orInClone(first, async (one) => {
      const all = environmentsOf(await fetchConfig(one, step), app);
      const wanted = chooseEnvironments(all, splitNames(step.environments ?? ""));
      if (name !== void 0 && wanted.length > 1) {
        const reason = "several environments would have, each of which needs a name of its own";
        const hint = 'Leave it out, or name one environment in "environments".';
        throw failure("INPUT_INVALID", { input: "name", value: name, reason, hint });
      }
      const involved = /* @__PURE__ */ new Set([...wanted.flatMap(({ environment, after }) => [environment, after]), step.from]);
      await prefetch(
        all.filter(({ environment }) => involved.has(environment)),
        one,
        step,
        { others: true, branches: isRelease ? wanted.flatMap((config) => branchesOf2(config, step, ci, one)) : [] }
      );
      return { workspace: one, known: all, chosen: wanted };
    });
    const outcomes = await releaseEach(
      workspace,
      chosen2.map((config) => ({
        title: `${app} in ${config.environment}`,
        movesBase: deliveryOf(config, step) === "push",
        release: async (inside) => {
          const open = opening(known, inside);
          return runIn(await open(config.environment), config.after, open, task);
        }
      }))
    );
    return Promise.all(
      outcomes.map(async (outcome, index) => ({
        app,
        environment: chosen2[index]?.environment ?? "",
        // What a rollback is refused for, another rollback does not mend.
        ...mode !== "rollback" && { onFailure: chosen2[index]?.onFailure ?? "none" },
        ...await settled(outcome, (error) => explainRefusal(error, first.access, ci))
      }))
    );
  });
}
function branchesOf2(config, step, ci, workspace) {
  try {
    const environment = { config, step, ci, workspace };
    return branchNames(inputsOf(environment, releaseTask(environment)), ci, workspace.store.base);
  } catch (error) {
    if (error instanceof ReleaseError) return [];
    throw error;
  }
}
async function runIn(environment, after, open, task) {
  const wanted = await task(environment, open);
  try {
    return await runTask(environment, wanted, after, open);
  } catch (error) {
    const { config, step } = environment;
    const isElsewhere = (input) => [wanted.defaults, step].some((values) => Object.hasOwn(values, input));
    throw atInput(error, config.raw, (input) => isElsewhere(input) ? void 0 : config.placeOf(input));
  }
}
async function runTask(environment, wanted, after, open) {
  const inputs = await inputsForPresent(environment, inputsOf(environment, wanted));
  const isFirst = after === "" || inputs.operation.action === "Roll back";
  const reason = isFirst ? void 0 : await whyNotReady(await open(after), inputs);
  if (reason !== void 0) return waitingOutcome(environment, inputs, reason);
  return releaseAt(environment.workspace, inputs, wanted.ci);
}
async function whyNotReady(first, inputs) {
  if (await hasReleased(first, inputs)) return whyNotDeployed(first);
  return `${first.config.environment} does not have it yet`;
}
async function settled(outcome, explain) {
  if (outcome.status === "fulfilled") return { outcome: outcome.value };
  return { error: asReleaseError(await explain(outcome.reason)) };
}
function find(known, name) {
  const [environment] = chooseEnvironments(known, [name], "from");
  if (!environment) throw missingInput("environments");
  return environment;
}

// src/environments/rollbacks.ts
var OF_THE_RELEASE = {
  images: "",
  version: "",
  from: "",
  branch: "",
  title: "",
  body: "",
  "commit-message": ""
};
async function withRollbacks(results, raw, access, ci, log) {
  const all = [];
  for (const result of results) {
    const { onFailure, landing, outcome, error } = result;
    const isRefused = onFailure === "rollback" && landing?.deployed === false;
    if (!isRefused || !outcome || !error) all.push(result);
    else all.push({ ...result, error: error.followedBy(await rollBack(result, outcome, error)) });
  }
  return all;
  async function rollBack({ environment }, { changes }, { message }) {
    const step = {
      ...raw,
      ...OF_THE_RELEASE,
      environments: environment,
      reason: oneLine(message, 500),
      delivery: "pull-request",
      // A rollback that a person closed is not opened again.
      force: "false"
    };
    try {
      const [done] = await runMode("rollback", step, access, ci, log, (opened) => rollbackTask(opened, changes));
      if (!done?.outcome) throw done?.error ?? new Error("A rollback has no result");
      return sentenceOf(done.outcome);
    } catch (error) {
      if (!(error instanceof ReleaseError)) throw error;
      return `No rollback was opened: ${error.message}`;
    }
  }
}
function sentenceOf(outcome) {
  const { pullRequest, version, reason } = outcome;
  if (outcome.outcome === "declined") {
    const why = reason || `${pullRequestName(outcome, pullRequest?.number ?? "")} was closed without merging`;
    return `No rollback was opened: ${why}.`;
  }
  const where = pullRequest ? `${pullRequestName(outcome, pullRequest.number)} (${pullRequest.url})` : `the branch ${outcome.branch}`;
  return `The rollback to ${version} is ${where}.`;
}

// elsewhere:src/core/wildcard.ts
var { matchesParts } = require("./start.cjs").modules["src/core/wildcard.ts"];

// elsewhere:src/release/pull-request/metadata.ts
var { NO_ATTRIBUTES, hasMetadata, isOfAnother, readMetadata, readNotes, readText, writeMetadata } = require("./release.cjs").modules["src/release/pull-request/metadata.ts"];

// src/environments/status.ts
var DEPLOYED = ["app", "environment", "version", "since", "pull-request"];
var COLUMNS = { status: [...DEPLOYED, "open"], "list-versions": DEPLOYED };
var LISTED = 20;
var ANY_APP = "any-app-of-any-name";
var READERS = { status: readStatus, "list-versions": readVersions2 };
var CHANGES = { status: 1, "list-versions": LISTED };
async function reportOn(mode, raw, access, ci, log) {
  const step = givenOf(raw);
  log.group("Read the environments");
  const withoutClone = "the history of files is read";
  return withWorkspace({ access, paths: EVERYTHING, withoutClone, ci, log }, async (workspace) => {
    const config = await fetchConfig(workspace, step);
    const apps = step.app === void 0 ? await allApps(config, workspace) : [step.app];
    const environments = apps.flatMap(
      (app) => chosen(environmentsOf(config, app), splitNames(step.environments ?? ""))
    );
    await prefetch(environments, workspace, step, { others: false, branches: [] });
    const find2 = findOnce();
    const deployed = [];
    for (const config2 of environments) {
      const reading2 = openEnvironment(config2, workspace, step, ci).then(read);
      const [result] = await Promise.allSettled([reading2]);
      deployed.push([config2, result]);
    }
    await fetchHistories(
      deployed.flatMap(([, result]) => result.status === "fulfilled" ? result.value : []),
      CHANGES[mode]
    );
    const rows = [];
    for (const [{ app, environment }, result] of deployed) {
      const reading2 = result.status === "fulfilled" ? READERS[mode](result.value, find2) : Promise.reject(result.reason);
      const found = await reading2.catch((error) => [{ version: asReleaseError(error).message }]);
      rows.push(...found.map((row) => ({ app, environment, ...row })));
    }
    const judged = environments.some((config2) => hasVerdict({ config: config2, step }));
    return { columns: [...COLUMNS[mode], ...mode === "status" && judged ? ["verdict"] : []], rows };
  });
}
var read = async (environment) => ({
  environment,
  deployed: await readDeployed(environment)
});
async function fetchHistories(all, changes) {
  for (const [store, own] of groupBy(all, ({ environment }) => environment.workspace.store)) {
    const files = own.flatMap(({ deployed }) => deployed.files);
    if (own.length > 1) await store.fetchFileHistories([...new Set(files)], changes);
  }
}
function chosen(known, names) {
  return names.length > 0 ? chooseEnvironments(known, names) : known;
}
async function readStatus({ environment, deployed }, find2) {
  const { places, history } = deployed;
  const versions = [...new Set(places.map(({ version }) => version))].join(", ");
  const [latest] = await history((found) => found.length > 0);
  const since = latest && isDeployed(latest, places) ? latest : void 0;
  const verdict = await verdictIn(environment, deployed).then(
    (found) => found?.kind ?? "",
    (error) => asReleaseError(error).message
  );
  return [
    {
      version: versions,
      since: since?.time ?? "",
      "pull-request": since?.pull ?? "",
      open: (await openPullRequests(environment, find2)).join(", "),
      ...verdict !== "" && { verdict }
    }
  ];
}
async function readVersions2({ deployed: { history } }) {
  const found = await history((versions) => versions.length >= LISTED);
  return found.slice(0, LISTED).map((one) => ({ version: nameOf2(one), since: one.time, "pull-request": one.pull }));
}
async function openPullRequests(environment, find2) {
  const key = keyOf(environment);
  const open = await find2(environment.workspace);
  const ours = open.filter(({ commits }) => commits.some((commit) => buildIn(commit, key)));
  const sign = environment.workspace.forge?.numberSign ?? "#";
  return ours.map(({ number, title }) => `${sign}${number} ${title}`);
}
function findOnce() {
  const found = /* @__PURE__ */ new Map();
  return ({ forge, store: { base } }) => {
    const open = found.get(base) ?? forge?.find([], base, ({ state, body }) => state === "open" && hasMetadata(body)).then((all) => all.open) ?? Promise.resolve([]);
    found.set(base, open);
    return open;
  };
}
async function allApps(config, { store }) {
  const { names, hasWildcard } = appsOf(config);
  if (!hasWildcard) return [...names];
  const paths = environmentsOf(config, ANY_APP).flatMap(({ raw }) => readLines(raw.paths ?? ""));
  const patterns = paths.filter((path) => path.includes(ANY_APP) && !path.startsWith(":"));
  const found = (await store.paths()).flatMap((path) => patterns.flatMap((pattern) => appIn(path, pattern) ?? []));
  return [.../* @__PURE__ */ new Set([...names, ...found])];
}
function appIn(path, pattern) {
  const [before = "", ...behind] = pattern.split(ANY_APP);
  const wildcard = before.lastIndexOf("*");
  const literal = before.slice(wildcard + 1);
  let at = wildcard < 0 && !path.startsWith(literal) ? -1 : path.lastIndexOf(literal, wildcard < 0 ? 0 : void 0);
  for (let tries = 0; at >= 0 && tries < MOST_TRIES; tries += 1) {
    const start = at + literal.length;
    if (matchesParts(path.slice(0, start), before.split("*"))) {
      const [longest = ""] = path.slice(start, start + LONGEST_APP).split("/", 1);
      for (let { length } = longest; length > 0; length -= 1) {
        const app = longest.slice(0, length);
        const parts = `${app}${behind.join(app)}/`.split("*");
        if (isName(app) && matchesParts(`${path.slice(start)}/`, [...parts, ""])) return app;
      }
    }
    at = at === 0 ? -1 : path.lastIndexOf(literal, at - 1);
  }
  return void 0;
}
var MOST_TRIES = 100;
var LONGEST_APP = 63;

// environments-file.mjs
var modules = {
  "src/environments/init/init.ts": { BRANCH, initialize },
  "src/environments/landings.ts": { landingOf, withLandings },
  "src/environments/rollbacks.ts": { withRollbacks },
  "src/environments/run-mode.ts": { runMode },
  "src/environments/scan.ts": { scanBase, scanRepository },
  "src/environments/status.ts": { reportOn }
};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  modules
});
