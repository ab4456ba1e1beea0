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

// rendering-file.mjs
var rendering_file_exports = {};
__export(rendering_file_exports, {
  modules: () => modules
});
module.exports = __toCommonJS(rendering_file_exports);

// elsewhere:src/manifests/search-terms.ts
var { mayContain, searchTerms } = require("./release.cjs").modules["src/manifests/search-terms.ts"];

// elsewhere:src/manifests/values/charts.ts
var { chartFolders, chartTrees, chartsIn, defaultValues, dependenciesOf, foldersAbove, hasValues, isChartFile, isValuesFile, valuesFolderOf } = require("./release.cjs").modules["src/manifests/values/charts.ts"];

// elsewhere:src/manifests/yaml/manifest.ts
var { readManifest, readManifestOnce, rereadPart } = require("./release.cjs").modules["src/manifests/yaml/manifest.ts"];

// elsewhere:src/manifests/values/repository-paths.ts
var { ANY, folderOf, inFolder, pathPattern, repositoryPath } = require("./release.cjs").modules["src/manifests/values/repository-paths.ts"];

// elsewhere:src/manifests/yaml/tree.ts
var { LAST_APPLIED, isCollection, joinPath, mapOf, mergedValues, namedItems, scalarOf, uniqueRoots, valueOf, walk } = require("./release.cjs").modules["src/manifests/yaml/tree.ts"];

// src/rendering/chart-files.ts
var MOST_CHARTS = 100;
var MOST_FILES = 2e3;
var CHART_NAMES = ["Chart.yaml", "Chart.yml"];
function gatherChart(folder, sources) {
  const copies = /* @__PURE__ */ new Map();
  const wanted = { files: /* @__PURE__ */ new Set(), whole: /* @__PURE__ */ new Set() };
  let problem;
  let charts = 0;
  const add = (from, to) => {
    const chart = chartIn(from, sources);
    if ((charts += 1) > MOST_CHARTS || copies.size > MOST_FILES) {
      problem ??= { file: chart?.path ?? from, line: 1, message: "is too large with all that it depends on" };
    }
    if (problem) return;
    if (!sources.isWholeKnown(from)) {
      wanted.whole.add(from);
      return;
    }
    const below = from === "" ? 0 : from.length + 1;
    for (const { path, bytes } of sources.below(from)) {
      if (!isForeignSchema(path, bytes)) copies.set(inFolder(to, path.slice(below)), path);
    }
    if (!chart) problem = { file: inFolder(from, "Chart.yaml"), line: 1, message: "is not in the repository" };
    for (const dependency of chart ? dependenciesIn(chart) : []) addDependency(dependency, from, to);
  };
  const addDependency = (dependency, from, to) => {
    const { name, repository, version, place } = dependency;
    const vendored = inFolder(from, `charts/${name}`);
    if (chartIn(vendored, sources)) return;
    const local = repository.startsWith("file://") ? repositoryPath(from, repository.slice("file://".length)) : void 0;
    const archive = `${vendored}-${version}.tgz`;
    if (local !== void 0) add(local, inFolder(to, `charts/${name}`));
    else if (sources.get(archive)) copies.set(inFolder(to, `charts/${name}-${version}.tgz`), archive);
    else if (!sources.wasAsked(archive)) wanted.files.add(archive);
    else
      problem ??= {
        ...place,
        message: `the chart ${JSON.stringify(name)} that it depends on is not in the repository`
      };
  };
  add(folder, folder);
  return { copies, wanted, problem };
}
function isForeignSchema(path, bytes) {
  if (!path.endsWith("values.schema.json")) return false;
  const text = Buffer.from(bytes).toString();
  return /"\$ref"\s*:\s*"(?!#)/.test(text) || text.includes("\\u");
}
function chartIn(folder, sources) {
  const [file] = CHART_NAMES.flatMap((name) => sources.get(inFolder(folder, name)) ?? []);
  return file && readManifest(file.path, file.bytes);
}
var chartFilesOf = (folder) => CHART_NAMES.map((name) => inFolder(folder, name));
function outermostChart(folder, sources) {
  const [, above] = /^(?:(.*)\/)?charts\/[^/]+$/.exec(folder) ?? [];
  if (!/(?:^|\/)charts\/[^/]+$/.test(folder)) return folder;
  return chartIn(above ?? "", sources) ? outermostChart(above ?? "", sources) : folder;
}
function dependenciesIn({ path, documents, lines }) {
  const root = documents[0]?.root;
  const list = root?.kind === "map" ? valueOf(root, "dependencies") : void 0;
  return (list?.kind === "list" ? list.items : []).flatMap((item) => {
    const name = item.kind === "map" ? scalarOf(item, "name") : void 0;
    if (item.kind !== "map" || !name || !/^[\w.-]+$/.test(name.text) || /^\.+$/.test(name.text)) return [];
    const text = (key) => scalarOf(item, key)?.text ?? "";
    const place = { file: path, line: lines.positionAt(name.start).line };
    return [{ name: name.text, repository: text("repository"), version: text("version"), place }];
  });
}
function isLibrary({ documents }) {
  const root = documents[0]?.root?.kind === "map" ? documents[0].root : void 0;
  return root !== void 0 && scalarOf(root, "type")?.text === "library";
}

// elsewhere:node_modules/yaml/browser/dist/index.js
var { Alias, CST, Composer, Document, Lexer, LineCounter, Pair, Parser, Scalar, Schema, YAMLError, YAMLMap, YAMLParseError, YAMLSeq, YAMLWarning, isAlias, isCollection: isCollection2, isDocument, isMap, isNode, isPair, isScalar, isSeq, parse, parseAllDocuments, parseDocument, stringify, visit, visitAsync } = require("./yaml.cjs").modules["node_modules/yaml/browser/dist/index.js"];

// elsewhere:src/core/objects.ts
var { UNKNOWN_IMAGE, counted, groupBy, kept, memoized } = require("./start.cjs").modules["src/core/objects.ts"];

// elsewhere:src/manifests/values/config-objects.ts
var { configEntries } = require("./release.cjs").modules["src/manifests/values/config-objects.ts"];

// elsewhere:src/manifests/values/tag-owners.ts
var { findTagOwners, treesIn } = require("./release.cjs").modules["src/manifests/values/tag-owners.ts"];

// elsewhere:src/manifests/yaml/templated-values.ts
var { TEMPLATED, TemplatedLines, isContinued, unmasked } = require("./release.cjs").modules["src/manifests/yaml/templated-values.ts"];

// src/rendering/chart-uses.ts
var RELEASE_NAME = /^[a-z0-9](?:[-a-z0-9.]{0,51}[a-z0-9])?$/;
var NAMESPACE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
var NO_OVERLAY = /^(?:values\.ya?ml|Chart\.ya?ml|(?:templates|charts|crds)\/.*)$/;
function describedUses(manifests) {
  const documents = [...manifests.values()].flatMap((manifest) => manifest.documents);
  const entries = groupBy(
    documents.flatMap((document) => [...configEntries(document)]),
    ({ name }) => name
  );
  return documents.flatMap(
    (document) => treesIn(document).flatMap(({ object, layers, release }) => {
      if (!release) return [];
      const [chart] = layers.flatMap(({ source }) => source.kind === "chart" ? source.folder : []);
      const read = readLayers(layers, entries, manifests);
      return [
        {
          chart: chart?.includes(ANY) === true ? void 0 : chart,
          release: RELEASE_NAME.test(release.name) ? release.name : "release",
          namespace: NAMESPACE.test(release.namespace) ? release.namespace : "",
          as: object,
          file: document.path,
          ...read,
          files: /* @__PURE__ */ new Set([document.path, ...read.files])
        }
      ];
    })
  );
}
function plainUse(chart, file) {
  const name = chart.slice(chart.lastIndexOf("/") + 1).toLowerCase();
  const path = file?.path ?? "";
  const inside = chart === "" ? path : path.slice(chart.length + 1);
  const isOverlay = file !== void 0 && !NO_OVERLAY.test(inside) && hasValues(readManifest(path, file.bytes));
  return {
    chart,
    release: RELEASE_NAME.test(name) ? name : "release",
    namespace: "",
    values: isOverlay ? [{ file: path }] : [],
    files: new Set(isOverlay ? [path] : []),
    as: isOverlay ? path : "",
    file: path,
    problem: void 0
  };
}
function readLayers(layers, entries, manifests) {
  const values = [];
  const files = /* @__PURE__ */ new Set();
  let problem;
  const read = (source, at) => {
    switch (source.kind) {
      case "chart":
        return;
      case "file":
        files.add(source.path);
        if (source.path.includes(ANY)) problem ??= `its values file ${source.path} is templated`;
        else if (at.length === 0) values.push({ file: source.path });
        else values.push(valueAt(at, manifests.get(source.path)?.text ?? ""));
        return;
      case "object": {
        const entry = entries.get(source.name)?.find(({ key }) => key === source.key);
        if (entry) read(entry.source, at);
        else problem ??= `its values are in ${source.name}, which is not in the files that are read here`;
        return;
      }
      case "node": {
        files.add(source.document.path);
        const value = valueOf2(source.node);
        const text = typeof value === "string" ? value : JSON.stringify(value);
        if (isTemplated(text, source.document)) problem ??= "its values are templated";
        else values.push(at.length === 0 ? { text } : valueAt(at, text));
      }
    }
  };
  for (const { source, at } of layers) read(source, at);
  return { values, files, problem };
}
var isTemplated = (text, { name }) => text.includes(TEMPLATED) || name.startsWith("ApplicationSet/") && text.includes("{{");
function valueAt(at, text) {
  const path = at.map((key) => key.replace(/[.,=\\]/g, "\\$&")).join(".");
  return { set: `${path}=${text.replace(/[\\,]/g, "\\$&").replace(/^[{]/, "\\{")}` };
}
function valueOf2(node) {
  switch (node.kind) {
    case "alias":
      return valueOf2(node.target);
    case "map":
      return Object.fromEntries([...node.values].map(([key, value]) => [key, valueOf2(value)]));
    case "list":
      return node.items.map(valueOf2);
    case "scalar":
      return node.style === "plain" && !node.text.includes("\n") ? typed(node.text) : node.text;
  }
}
function typed(text) {
  if (!/^(?:[-+.\d][\w.+-]*|true|false|null|~|)$/i.test(text)) return text;
  const value = parse(text, { version: "1.2", logLevel: "silent" });
  return typeof value === "object" && value !== null ? text : value;
}

// src/rendering/render-folder.ts
var import_promises = require("node:fs/promises");
var import_node_path = require("node:path");

// elsewhere:src/git/temporary.ts
var { makeTemporaryFolder, removeAbandonedFolders, removeAllTemporaryFolders, removeTemporaryFolder } = require("./start.cjs").modules["src/git/temporary.ts"];

// src/rendering/render-folder.ts
var SIDES = ["before", "after"];
var SAFE_PATH = /^(?!\/)(?!(?:.*\/)?\.{0,2}(?:\/|$))[^\0\\:]+$/;
var RenderFolder = class {
  #folder = makeTemporaryFolder();
  #written = /* @__PURE__ */ new Set();
  #values = 0;
  /** An empty folder for what a program writes. */
  async makeHome() {
    const home = (0, import_node_path.join)(this.#folder, "home");
    await (0, import_promises.mkdir)(home, { recursive: true });
    return home;
  }
  /** Where a path of the repository is on one side. */
  pathOf(side, path) {
    return (0, import_node_path.join)(this.#folder, side, "files", path);
  }
  /** Writes a file that is readable and no more: no link, no mode. One that was written stays. Throws for a path that leads out. */
  async write(side, path, bytes) {
    if (!SAFE_PATH.test(path)) throw new Error(`a path leads out of the folder: ${JSON.stringify(path)}`);
    await this.#write(this.pathOf(side, path), bytes);
  }
  /** Writes values that are in no file of the repository. */
  async writeValues(side, text) {
    this.#values += 1;
    const file = (0, import_node_path.join)(this.#folder, side, `values-${this.#values}.yaml`);
    await this.#write(file, text);
    return file;
  }
  /** Removes all of it, any number of times. */
  remove() {
    return removeTemporaryFolder(this.#folder);
  }
  async #write(file, content) {
    if (this.#written.has(file)) return;
    this.#written.add(file);
    await (0, import_promises.mkdir)((0, import_node_path.dirname)(file), { recursive: true });
    await (0, import_promises.writeFile)(file, content, { mode: 384, flag: "wx" });
  }
};

// elsewhere:src/core/manifest-names.ts
var { KUSTOMIZATION_NAMES, isManifestName, withoutTemplateEnding } = require("./workspace.cjs").modules["src/core/manifest-names.ts"];

// src/rendering/sources.ts
var MOST_FILES2 = 5e3;
var MOST_BYTES = 50 * 1024 * 1024;
var Sources = class {
  #store;
  #files = /* @__PURE__ */ new Map();
  /** Files that were asked for by their names. */
  #asked = /* @__PURE__ */ new Set();
  /** Folders of which all manifests were read, and of which all files were. */
  #folders = /* @__PURE__ */ new Set();
  #whole = /* @__PURE__ */ new Set();
  #read = 0;
  #bytes = 0;
  /** `known` are files of the base's tip that were read before. */
  constructor(store, known) {
    this.#store = store;
    for (const file of known) this.#files.set(file.path, file);
  }
  /** Whether more was read than a rendering may. */
  get isFull() {
    return this.#read >= MOST_FILES2 || this.#bytes > MOST_BYTES;
  }
  /** A file; `undefined` where it is not there, is a link, or was not asked for. */
  get(path) {
    return this.#files.get(path);
  }
  /** The files in and below a folder that were read. */
  below(folder) {
    return [...this.#files.values()].filter(({ path }) => isBelow(path, folder));
  }
  /** Whether it is known if there is such a file. */
  isKnown(path) {
    if (this.#files.has(path) || this.#asked.has(path) || isIn(path, this.#whole)) return true;
    return isManifestName(path) && isIn(path, this.#folders);
  }
  /** Whether a file was asked for by its name. */
  wasAsked(path) {
    return this.#files.has(path) || this.#asked.has(path);
  }
  /** Whether all manifests in and below a folder were read. */
  isFolderKnown(folder) {
    return isIn(`${folder}/x`, this.#folders) || this.isWholeKnown(folder);
  }
  /** Whether all files in and below a folder were read. */
  isWholeKnown(folder) {
    return isIn(`${folder}/x`, this.#whole);
  }
  /** Reads what is not known yet: one call for names and folders, and one for folders as a whole. Throws what the store throws. */
  async load({ files, folders, whole }) {
    const names = [...files].filter((path) => !this.wasAsked(path));
    const near = [...folders].filter((folder) => !this.isFolderKnown(folder));
    const all = [...whole].filter((folder) => !this.isWholeKnown(folder));
    if (names.length + near.length > 0) await this.#readAll({ words: [], files: names }, near);
    if (all.length > 0) {
      const paths = all.map((folder) => folder === "" ? "." : `${folder}/`);
      await this.#readAll({ words: [], paths, others: true }, []);
    }
    for (const name of names) this.#asked.add(name);
    for (const folder of near) this.#folders.add(folder);
    for (const folder of all) this.#whole.add(folder);
  }
  async #readAll(terms, folders) {
    const below = { folders, matches: () => true };
    const { manifests, others } = await this.#store.read(terms, { below, limit: MOST_FILES2 });
    for (const file of [...manifests, ...others]) {
      if (this.#files.has(file.path)) continue;
      this.#files.set(file.path, file);
      this.#read += 1;
      this.#bytes += file.bytes.length;
    }
  }
};
var isBelow = (path, folder) => folder === "" || path.startsWith(`${folder}/`);
function isIn(path, folders) {
  for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) if (folders.has(folder)) return true;
  return folders.has("") && !path.includes("/");
}

// src/rendering/find-charts.ts
var MOST_STEPS = 10;
var API_GROUPS = ["argoproj.io", "helm.toolkit.fluxcd.io"];
var VALUES_OBJECTS = ["ConfigMap", "Secret", "configMapGenerator", "secretGenerator"];
async function findCharts(changed, read, sources) {
  const none = { files: /* @__PURE__ */ new Set(), folders: /* @__PURE__ */ new Set(), whole: /* @__PURE__ */ new Set() };
  const folders = new Set(changed.flatMap(foldersAbove));
  await sources.load({ ...none, files: new Set([...folders].flatMap(chartFilesOf)) });
  const uses = usesOf(changed, read, sources);
  for (let step = 0; step < MOST_STEPS && !sources.isFull; step += 1) {
    const wanted = uses.map((use) => wantedBy(use.before, sources));
    const files = new Set(wanted.flatMap((one) => [...one.files]));
    const whole = new Set(wanted.flatMap((one) => [...one.whole]));
    if (files.size + whole.size === 0) break;
    await sources.load({ ...none, files, whole });
  }
  const roots = [];
  const problems = [];
  for (const use of uses) {
    const problem = problemOf(use.before, sources);
    if (problem) problems.push(problem);
    else roots.push(rootOf(use, changed, sources));
  }
  return { roots, problems };
}
function usesOf(changed, read, sources) {
  const [before, after] = SIDES.map((side) => describedUses(describing(side, read, sources)));
  const described = before.flatMap((use, index) => {
    const isFed = changed.some((file) => use.files.has(file) || isOfChart(file, use));
    return isFed ? [{ before: use, after: after[index] ?? use }] : [];
  });
  const isDescribed = (file) => described.some((use) => isOfChart(file, use.before) || use.before.files.has(file));
  const plain = /* @__PURE__ */ new Map();
  for (const file of changed.filter((path) => !isDescribed(path))) {
    const nearest = foldersAbove(file).find((folder) => chartIn(folder, sources));
    if (nearest === void 0) continue;
    const use = plainUse(outermostChart(nearest, sources), read("before", file));
    plain.set(JSON.stringify([use.chart, use.as]), { before: use, after: use });
  }
  return [...described, ...plain.values()];
}
var isOfChart = (file, { chart }) => chart !== void 0 && isBelow(file, chart);
function describing(side, read, sources) {
  const all = sources.below("").map((file) => read(side, file.path) ?? file);
  const objects = all.filter(({ bytes }) => mayContain(bytes, API_GROUPS));
  const haveObjects = objects.some(({ bytes }) => mayContain(bytes, ["valuesFrom"]));
  const values = haveObjects ? all.filter(({ bytes }) => mayContain(bytes, VALUES_OBJECTS)) : [];
  const files = new Map([...objects, ...values].map((file) => [file.path, file]));
  return new Map([...files.values()].map(({ path, bytes }) => [path, readManifest(path, bytes)]));
}
var valuesFiles = ({ values }) => values.flatMap((one) => "file" in one ? one.file : []);
function wantedBy(use, sources) {
  const { chart, problem } = use;
  const unasked = (files) => new Set(files.filter((file) => !sources.wasAsked(file)));
  const nothing = /* @__PURE__ */ new Set();
  if (chart === void 0 || problem !== void 0) return { files: nothing, whole: nothing };
  if (!chartIn(chart, sources)) return { files: unasked(chartFilesOf(chart)), whole: nothing };
  const { wanted } = gatherChart(chart, sources);
  return { files: /* @__PURE__ */ new Set([...wanted.files, ...unasked(valuesFiles(use))]), whole: wanted.whole };
}
function problemOf(use, sources) {
  const { chart, file, as, problem } = use;
  const problemOf2 = (message) => ({
    file,
    line: 1,
    message: as === "" ? message : `${as}: ${message}`
  });
  if (chart === void 0) return problemOf2("its chart is not in the repository");
  if (problem !== void 0) return problemOf2(problem);
  const manifest = chartIn(chart, sources);
  if (!manifest) return problemOf2(`its chart ${JSON.stringify(chart)} is not in the repository`);
  if (isLibrary(manifest)) return problemOf2("its chart is a library, which renders nothing");
  const missing = valuesFiles(use).find((path) => !sources.get(path));
  if (missing !== void 0) return problemOf2(`its values file ${JSON.stringify(missing)} is not in the repository`);
  const gathered = gatherChart(chart, sources);
  if (gathered.problem) return gathered.problem;
  const { files, whole } = gathered.wanted;
  return files.size + whole.size > 0 ? problemOf2("too many files belong to its chart") : void 0;
}
function rootOf({ before, after }, changed, sources) {
  const { chart = "", release, namespace, as, file } = before;
  const files = changed.filter((path) => before.files.has(path) || isOfChart(path, before));
  const copies = new Map([
    ...gatherChart(chart, sources).copies,
    ...valuesFiles(before).map((path) => [path, path])
  ]);
  const values = { before: before.values, after: after.values };
  const helm = { release, namespace, values };
  return { path: chart || ".", tool: "helm", as, files, file, copies, helm, hasCharts: false };
}

// src/rendering/go-reader.ts
function ambiguityIn({ path, text, lines }) {
  const found = /[\u0085\u2028\u2029]|^%|!</m.exec(text);
  const isTemplate = text.includes("{{") && parseDocument(text, { logLevel: "silent" }).errors.length > 0;
  if (!found && !isTemplate) return void 0;
  return { file: path, line: lines.positionAt(found?.index ?? 0).line, message: "it may be read in two ways" };
}
var isKey = (key, names) => names.some((name) => new RegExp(`^${name}$`, "iu").test(key));

// src/rendering/kustomization.ts
var isKustomizationFile = (path) => KUSTOMIZATION_NAMES.includes(path.slice(path.lastIndexOf("/") + 1));
var LISTS = {
  resources: "any",
  bases: "any",
  components: "any",
  crds: "file",
  configurations: "file",
  patchesStrategicMerge: "file",
  generators: "plugin",
  transformers: "plugin",
  validators: "plugin"
};
var MAPS = {
  patches: ["path"],
  patchesJson6902: ["path"],
  replacements: ["path"],
  openapi: ["path"],
  configMapGenerator: ["files", "envs", "env"],
  secretGenerator: ["files", "envs", "env"],
  helmCharts: ["valuesFile", "additionalValuesFiles"]
};
var KEYS = new Set(
  "apiVersion kind metadata namePrefix nameSuffix namespace commonLabels labels commonAnnotations images imageTags replicas vars sortOptions generatorOptions buildMetadata helmGlobals helmChartInflationGenerator".split(" ").concat(Object.keys(LISTS), Object.keys(MAPS))
);
var CHART_KEYS = [
  "name",
  "repo",
  "releaseName",
  "nameTemplate",
  "namespace",
  "version",
  "apiVersions",
  "kubeVersion"
];
var NOT_PLAIN = /[:?@\\~\p{Cc}]|^\/|^github\.com(?:\/|$)|\/\/|\.git(?:\/|$)|(?:^|\/)_git(?:\/|$)/iu;
var IS_OUTSIDE = "is outside of the folder of its kustomization, where kustomize reads no file";
function readKustomization(manifest) {
  return new Reader(manifest).read();
}
var Reader = class {
  #manifest;
  #folder;
  #references = [];
  #problem;
  constructor(manifest) {
    this.#manifest = manifest;
    this.#folder = folderOf(manifest.path);
  }
  read() {
    const { defect, documents, parts, path } = this.#manifest;
    const root = documents[0]?.root;
    if (defect) this.#problem = { file: path, line: defect.line, message: `${path} ${defect.reason}` };
    else if (root?.kind === "map") this.#readRoot(root);
    this.#problem ??= ambiguityIn(this.#manifest);
    if (parts[0]?.isOnly === false) this.#problem ??= { file: path, line: 1, message: "it has several documents" };
    return {
      isComponent: root?.kind === "map" && scalarOf(root, "kind")?.text === "Component",
      references: this.#references,
      ...this.#problem && { problem: this.#problem }
    };
  }
  #readRoot(root) {
    for (const [key, value] of root.values) {
      if (!KEYS.has(key)) this.#refuse(value, `${JSON.stringify(key)} is no key of a kustomization`);
    }
    for (const [key, kind] of Object.entries(LISTS)) {
      for (const item of itemsOf(valueOf(root, key))) {
        if (item.kind !== "scalar" || (kind === "plugin" || key === "patchesStrategicMerge") && isInline(item.text)) {
          if (kind === "plugin") this.#refuse(item, `${key} inside of a kustomization are not read`);
        } else this.#add(item.text, kind, item);
      }
    }
    for (const [key, names] of Object.entries(MAPS)) {
      for (const item of itemsOf(valueOf(root, key))) {
        if (item.kind === "map") this.#refuseOtherCase(item, names);
        for (const text of item.kind === "map" ? names.flatMap((name) => itemsOf(valueOf(item, name))) : []) {
          if (text.kind === "scalar") this.#add(text.text.replace(/^[^=]*=/, ""), "file", text);
        }
      }
    }
    this.#readCharts(root);
  }
  #readCharts(root) {
    const old = valueOf(root, "helmChartInflationGenerator");
    if (old) this.#refuse(old, "helmChartInflationGenerator fetches charts");
    const globals = mapOf(root, "helmGlobals");
    if (globals) this.#refuseOtherCase(globals, ["chartHome"]);
    const config = globals && [...globals.values].find(([key]) => isKey(key, ["configHome"]));
    if (config) this.#refuse(config[1], "the configuration of Helm is not read");
    const home = (globals && scalarOf(globals, "chartHome")?.text) ?? "charts";
    for (const chart of itemsOf(valueOf(root, "helmCharts"))) {
      if (chart.kind !== "map") continue;
      this.#refuseOtherCase(chart, CHART_KEYS);
      this.#refuseOptions(chart);
      const repository = scalarOf(chart, "repo");
      const name = scalarOf(chart, "name");
      if (repository && repository.text !== "") this.#refuse(repository, "a chart is fetched from another server");
      else if (name) this.#add(`${home}/${name.text}`, "chart", name);
    }
  }
  /** Keys that kustomize takes for one of these names. */
  #refuseOtherCase(map, names) {
    for (const [key, value] of map.values) {
      if (!names.includes(key) && isKey(key, names))
        this.#refuse(value, `${JSON.stringify(key)} is not spelled as its key`);
    }
  }
  /** Texts that kustomize puts among the arguments of Helm, which takes them for options: `--post-renderer` runs a program. */
  #refuseOptions(chart) {
    for (const [key, value] of chart.values) {
      if (key === "valuesInline") continue;
      for (const { node } of walk(value.kind === "alias" ? value.target : value)) {
        if (node.kind === "scalar" && node.text.trimStart().startsWith("-")) {
          this.#refuse(value, `${JSON.stringify(node.text)} would be an option of Helm`);
        }
      }
    }
  }
  #add(text, kind, node) {
    const place = this.#placeOf(node);
    const path = repositoryPath(this.#folder, text);
    if (NOT_PLAIN.test(text) || path === void 0) {
      this.#refuse(node, `${JSON.stringify(text)} is no plain path in the repository, and nothing is fetched`);
    } else if (kind === "file" && this.#folder !== "" && !path.startsWith(`${this.#folder}/`)) {
      this.#refuse(node, `${JSON.stringify(text)} ${IS_OUTSIDE}`);
    } else this.#references.push({ path, kind, ...place });
  }
  /** The first reason is kept. */
  #refuse(node, message) {
    this.#problem ??= { ...this.#placeOf(node), message };
  }
  #placeOf(node) {
    const scalar = walk(node.kind === "alias" ? node.target : node).find((visit2) => visit2.node.kind === "scalar")?.node;
    const start2 = scalar?.kind === "scalar" ? scalar.start : 0;
    return { file: this.#manifest.path, line: this.#manifest.lines.positionAt(start2).line };
  }
};
var kustomizationFiles = (folder) => KUSTOMIZATION_NAMES.map((name) => inFolder(folder, name));
function itemsOf(node) {
  const value = node?.kind === "alias" ? node.target : node;
  if (!value) return [];
  return value.kind === "list" ? value.items.map((item) => item.kind === "alias" ? item.target : item) : [value];
}
var isInline = (text) => /\n|^\s*[{[]/.test(text);

// src/rendering/plugin-config.ts
var FILE_KEYS = ["path", "paths", "files", "env", "envs", "replacements"];
function problemOfPlugin(manifest) {
  const { path, documents, defect, lines } = manifest;
  const message = "it configures a plugin or reads files, and neither is done here";
  if (defect) return { file: path, line: defect.line, message };
  const foreign = documents.find(({ root }) => {
    if (root?.kind !== "map") return true;
    const isBuiltIn = scalarOf(root, "apiVersion")?.text === "builtin";
    const kind = scalarOf(root, "kind")?.text ?? "";
    const readsFiles = [...root.values.keys()].some((key) => isKey(key, FILE_KEYS));
    return !isBuiltIn || /^HelmChartInflationGenerator$|List$/.test(kind) || readsFiles || hasFunction(root);
  });
  const scalar = walk(foreign?.root).find(({ node }) => node.kind === "scalar")?.node;
  const line = scalar?.kind === "scalar" ? lines.positionAt(scalar.start).line : 1;
  return foreign ? { file: path, line, message } : ambiguityIn(manifest);
}
function hasFunction(root) {
  const annotations = mapOf(mapOf(root, "metadata"), "annotations");
  return [...annotations?.values.keys() ?? []].some((key) => /^config\.(?:kubernetes|k8s)\.io\/function$/.test(key));
}

// src/rendering/gather.ts
var MOST_FILES3 = 2e3;
function gatherKustomization(folder, sources) {
  return new Gathering(sources).from(folder);
}
var Gathering = class {
  #sources;
  #files = /* @__PURE__ */ new Map();
  #wanted = { files: /* @__PURE__ */ new Set(), folders: /* @__PURE__ */ new Set(), whole: /* @__PURE__ */ new Set() };
  #problem;
  #hasCharts = false;
  constructor(sources) {
    this.#sources = sources;
  }
  from(folder) {
    const open = [
      ...this.#addFolder({ path: folder, kind: "any", file: inFolder(folder, "kustomization.yaml"), line: 1 })
    ];
    const seen = /* @__PURE__ */ new Set();
    for (let reference = open.pop(); reference && !this.#problem; reference = open.pop()) {
      const key = `${reference.kind} ${reference.path}`;
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(...this.#follow(reference));
      if (this.#files.size > MOST_FILES3) this.#refuse(reference, `more than ${MOST_FILES3} files belong to it`);
    }
    return { files: this.#files, wanted: this.#wanted, problem: this.#problem, hasCharts: this.#hasCharts };
  }
  /** What is named by what a reference names. */
  #follow(reference) {
    if (reference.kind === "chart") return this.#addChart(reference);
    const isFile = reference.kind !== "any" || /\.(?:ya?ml|json)$/.test(reference.path);
    if (this.#addFile(reference)) return [];
    if (!this.#sources.isKnown(reference.path)) {
      this.#wanted.files.add(reference.path);
      if (isFile) return [];
    }
    if (isFile) {
      this.#refuse(reference, `${JSON.stringify(reference.path)} is no file of the repository that is read here`);
      return [];
    }
    return this.#addFolder(reference);
  }
  #addFile(reference) {
    const file = this.#sources.get(reference.path);
    if (!file) return false;
    this.#files.set(file.path, file.path);
    if (reference.kind === "plugin") this.#problem ??= problemOfPlugin(readManifest(file.path, file.bytes));
    return true;
  }
  #addFolder(reference) {
    const { path } = reference;
    const names = kustomizationFiles(path);
    const [file] = names.flatMap((name) => this.#sources.get(name) ?? []);
    if (file) {
      this.#files.set(file.path, file.path);
      this.#wanted.files.delete(path);
      const { references, problem } = readKustomization(readManifest(file.path, file.bytes));
      this.#problem ??= problem;
      return references;
    }
    if (names.every((name) => this.#sources.isKnown(name))) {
      this.#refuse(
        reference,
        `${JSON.stringify(path)} is no file or kustomization of the repository that is read here`
      );
    } else this.#wanted.folders.add(path);
    return [];
  }
  #addChart(reference) {
    const { path } = reference;
    this.#hasCharts = true;
    const names = chartFilesOf(path);
    if (!chartIn(path, this.#sources)) {
      if (names.every((name) => this.#sources.wasAsked(name)))
        this.#refuse(reference, "its chart is not in the repository");
      else for (const name of names) this.#wanted.files.add(name);
      return [];
    }
    const { copies, wanted, problem } = gatherChart(path, this.#sources);
    this.#problem ??= problem;
    for (const [to, from] of copies) this.#files.set(to, from);
    for (const file of wanted.files) this.#wanted.files.add(file);
    for (const folder of wanted.whole) this.#wanted.whole.add(folder);
    return [];
  }
  #refuse({ file, line }, message) {
    this.#problem ??= { file, line, message };
  }
};

// src/rendering/roots.ts
var WORD = /[\w.-]+/g;
var Kustomizations = class {
  #files;
  /** By each word in its text. */
  #byWord = /* @__PURE__ */ new Map();
  #read = /* @__PURE__ */ new Map();
  constructor(files) {
    this.#files = files;
    for (const file of files) {
      for (const word of new Set(Buffer.from(file.bytes).toString().match(WORD))) {
        const known = this.#byWord.get(word);
        if (known) known.push(file);
        else this.#byWord.set(word, [file]);
      }
    }
  }
  /** The roots that are made of the changed files, in the order of their paths. */
  rootsOf(changed) {
    const roots = /* @__PURE__ */ new Map();
    for (const path of changed) {
      for (const root of this.#rootsAbove(path)) roots.set(root, [...roots.get(root) ?? [], path]);
    }
    return [...roots].map(([{ path }, files]) => ({ folder: folderOf(path), file: path, changed: files })).toSorted((a, b) => a.file < b.file ? -1 : 1);
  }
  #rootsAbove(path) {
    const own = this.#files.find((file) => file.path === path);
    const open = own ? [own] : this.#naming(path);
    const seen = new Set(open);
    const roots = [];
    for (let file = open.pop(); file; file = open.pop()) {
      const above = this.#naming(folderOf(file.path)).filter((one) => one !== file);
      if (above.length === 0 && !this.#contentsOf(file).isComponent) roots.push(file);
      for (const one of above) {
        if (seen.has(one)) continue;
        seen.add(one);
        open.push(one);
      }
    }
    return roots;
  }
  /** The kustomizations that name a file, its chart, or a folder. */
  #naming(path) {
    const [word] = path.slice(path.lastIndexOf("/") + 1).match(WORD) ?? [];
    const named = word === void 0 ? this.#files : this.#byWord.get(word) ?? [];
    const up = this.#files.filter((file) => isBelow(file.path, path));
    const mayName = /* @__PURE__ */ new Set([...named, ...up, ...this.#byWord.get("helmCharts") ?? []]);
    return [...mayName].filter(
      (file) => this.#contentsOf(file).references.some(
        (reference) => reference.path === path || reference.kind === "chart" && isBelow(path, reference.path)
      )
    );
  }
  #contentsOf(file) {
    return kept(this.#read, file, () => readKustomization(readManifest(file.path, file.bytes)));
  }
};

// src/rendering/find-kustomizations.ts
var MOST_KUSTOMIZATIONS = 5e3;
var MOST_STEPS2 = 20;
async function findKustomizations(changed, options, sources) {
  const files = await kustomizationFiles2(options);
  const found = new Kustomizations(files.slice(0, MOST_KUSTOMIZATIONS)).rootsOf(changed);
  const gather = () => found.map(({ folder }) => gatherKustomization(folder, sources));
  let gathered = gather();
  for (let step = 0; step < MOST_STEPS2 && !sources.isFull && gathered.some(isIncomplete); step += 1) {
    const wanted = gathered.filter(({ problem }) => !problem).map((one) => one.wanted);
    const all = (key) => new Set(wanted.flatMap((one) => [...one[key]]));
    await sources.load({ files: all("files"), folders: all("folders"), whole: all("whole") });
    gathered = gather();
  }
  const problems = [];
  const roots = gathered.flatMap((one, index) => {
    const { file = "", folder = "", changed: own = [] } = found[index] ?? {};
    const tooMuch = isIncomplete(one) ? { file, line: 1, message: "too many files belong to it" } : void 0;
    const problem = one.problem ?? tooMuch;
    if (problem) problems.push(problem);
    const { files: copies, hasCharts } = one;
    return problem ? [] : [{ path: folder || ".", tool: "kustomize", as: "", files: own, file, copies, hasCharts }];
  });
  return { roots, problems };
}
var isIncomplete = ({ problem, wanted }) => !problem && wanted.files.size + wanted.folders.size + wanted.whole.size > 0;
async function kustomizationFiles2({ known, isEverywhere, store }) {
  if (!isEverywhere) return known.filter(({ path, isContext }) => isKustomizationFile(path) && !isContext);
  const files = (await store.paths()).filter(isKustomizationFile).slice(0, MOST_KUSTOMIZATIONS);
  return (await store.read({ words: [], files })).manifests;
}

// elsewhere:src/rendering/rendering.ts
var { HIDDEN, countChanges, isOnlyImages } = require("./start.cjs").modules["src/rendering/rendering.ts"];

// src/rendering/hidden-changes.ts
function hiddenChanges(changes, roots) {
  const rootsOf = groupBy(
    roots.flatMap((root) => root.files.map((file) => ({ file, root }))),
    ({ file }) => file
  );
  return changes.filter(({ file, from, to }) => {
    const own = rootsOf.get(file) ?? [];
    const parts = to.split("@");
    const shows = (text) => text !== void 0 && (text === HIDDEN || parts.some((part) => text.includes(part)));
    const isShown = own.some(
      ({ root }) => root.changes.some(({ what, differences }) => what !== "changed" || differences.some((one) => shows(one.to)))
    );
    return own.length > 0 && from !== to && !isShown;
  });
}

// elsewhere:src/core/image-reference.ts
var { foldersOf, formatReference, formatVersion, isDigest, isPartOf, isSameVersion, isTag, parseReference, parseVersion, referenceProblem, repositoryOf, searchWord, shortVersion, splitName, versionIn, versionProblem } = require("./start.cjs").modules["src/core/image-reference.ts"];

// src/rendering/released-images.ts
var TOKEN = /[\w./:@+-]+/g;
var SCHEME = /^[a-z][\w+.-]*:\/\//;
var LONGEST = 1e6;
function imageDifference(images, changes) {
  const isReference = referenceStep(images);
  return (path, from, to) => {
    if (from.length + to.length > LONGEST) return false;
    const own = changes.filter(({ where }) => isAt(path, where));
    return isSameBut(
      from,
      to,
      (old, now) => isReference(old, now) || own.some((change) => isVersionStep(change, old, now))
    );
  };
}
function isSameBut(from, to, isStep) {
  const [olds, news] = [from === "" ? [""] : from.match(TOKEN) ?? [], to.match(TOKEN) ?? []];
  return olds.length === news.length && from.replace(TOKEN, "") === to.replace(TOKEN, "") && olds.every((old, index) => old === news[index] || isStep(old, news[index] ?? ""));
}
function referenceStep(images) {
  const released = images.map(({ reference: { name, ...version }, replaces }) => ({
    repository: repositoryOf(name),
    replaced: repositoryOf(replaces),
    version: formatVersion(version)
  }));
  return (from, to) => {
    const [old, now] = [from, to].map((text) => parseReference(text.replace(SCHEME, "")));
    if (!old || !now) return false;
    const { name, ...version } = now;
    const written = formatVersion(version);
    return released.some((image) => {
      const isSame = old.name === name || repositoryOf(old.name) === image.replaced && repositoryOf(name) === image.repository;
      return isSame && written !== "" && isSameVersion(written, image.version);
    });
  };
}
var isAt = (path, where) => where.split(" ").some((one) => path.startsWith(one) && /^(?:$|[.[])/.test(path.slice(one.length)));
function isVersionStep({ from, to }, old, now) {
  const [olds, news] = [from, to].map((version) => [version, ...version.split("@")]);
  return news.some((version, index) => version !== "" && now.replace(version, olds[index] ?? "") === old);
}

// elsewhere:src/manifests/yaml/budget.ts
var { MAX_DEPTH, ReadingBudget, STEPS_OF_DOCUMENT, TooComplex } = require("./workspace.cjs").modules["src/manifests/yaml/budget.ts"];

// elsewhere:src/manifests/yaml/compose.ts
var { compose } = require("./release.cjs").modules["src/manifests/yaml/compose.ts"];

// elsewhere:src/manifests/yaml/tokens.ts
var { readTokens } = require("./release.cjs").modules["src/manifests/yaml/tokens.ts"];

// src/rendering/objects.ts
var MOST_DIFFERING = 4 * 1024 * 1024;
var HAS_SECRET = /\bkind["']?\s*:\s*["']?Secret\b/;
var Incomparable = class extends Error {
  name = "Incomparable";
};
function compareRenderings(before, after, isImage) {
  const [olds, news] = [documentsOf(before), documentsOf(after)];
  const [old, now] = [without(olds, news), without(news, olds)];
  if ([...old, ...now].reduce((sum, text) => sum + text.length, 0) > MOST_DIFFERING) {
    throw new Incomparable(`differs in more than ${MOST_DIFFERING / 1024 / 1024} MiB`);
  }
  const [unmatched, present] = [keyed(old.flatMap(objectsIn)), keyed(now.flatMap(objectsIn))];
  const byBase = groupBy(
    [...unmatched].filter(([key]) => !present.has(key)),
    ([, object]) => baseName(object)
  );
  byBase.delete("");
  const renamed = /* @__PURE__ */ new Map();
  for (const [key, object] of present) {
    const [id, other] = !unmatched.has(key) && byBase.get(baseName(object))?.shift() || [];
    if (id === void 0 || !other) continue;
    renamed.set(object, other);
    unmatched.delete(id);
  }
  const names = new Map([...renamed].map(([object, other]) => [other.name, object.name]));
  const changes = [];
  for (const [key, object] of present) {
    const other = unmatched.get(key) ?? renamed.get(object);
    unmatched.delete(key);
    const differences = other ? differencesOf(other, object, isImage, names) : [];
    if (!other || differences.length > 0) changes.push(changeOf(object, other ? "changed" : "added", differences));
  }
  for (const object of unmatched.values()) changes.push(changeOf(object, "removed", []));
  return { objects: news.length, changes };
}
var changeOf = ({ apiVersion, kind, namespace, name }, what, differences) => ({ apiVersion, kind, namespace, name, what, differences });
function documentsOf(text) {
  const texts = text.split(/^---(?=\s|$)/m).map((part) => part.trim());
  return texts.filter((part) => part.split("\n").some((line) => !/^\s*(?:#|$)/.test(line)));
}
function without(texts, others) {
  const counts = new Map([...groupBy(others, (text) => text)].map(([text, all]) => [text, all.length]));
  return texts.filter((text) => {
    const left = counts.get(text) ?? 0;
    counts.set(text, left - 1);
    return left <= 0;
  });
}
function objectsIn(text) {
  let read;
  try {
    const place = (offset) => offset;
    const { documents, error } = compose(readTokens(text, { place, budget: new ReadingBudget().forPart() }));
    if (error) throw new Incomparable(`is no YAML (${error.code})`);
    read = documents.map((document) => document.toJS({ maxAliasCount: 100 }));
  } catch (error) {
    if (error instanceof Incomparable) throw error;
    if (error instanceof TooComplex) throw new Incomparable(error.message);
    if (error instanceof ReferenceError) throw new Incomparable("has too many aliases");
    throw error;
  }
  return read.flatMap(flattened).map(objectOf);
}
var isMap2 = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
function flattened(value) {
  if (!isMap2(value)) return [];
  const { kind, items } = value;
  return typeof kind === "string" && kind.endsWith("List") && Array.isArray(items) ? items.flatMap(flattened) : [value];
}
function objectOf(value) {
  const metadata = isMap2(value["metadata"]) ? value["metadata"] : {};
  const text = (one) => typeof one === "string" ? one : "";
  return {
    apiVersion: text(value["apiVersion"]),
    kind: text(value["kind"]),
    namespace: text(metadata["namespace"]),
    name: text(metadata["name"]),
    values: new Map(leavesOf(value, "", false))
  };
}
function* leavesOf(value, path, isInSecret) {
  const isSecret = isInSecret || isMap2(value) && value["kind"] === "Secret";
  const entries = Array.isArray(value) ? value.map((item, index) => [`${path}[${index}]`, item]) : isMap2(value) ? Object.entries(value).map(([key, item]) => [joinPath(path, key), item]) : void 0;
  const leaf = (text) => [path, { text, isSecret: isSecret || HAS_SECRET.test(text) }];
  if (!entries) yield leaf(typeof value === "string" ? value : String(value));
  else if (entries.length === 0) yield leaf(Array.isArray(value) ? "[]" : "{}");
  else for (const [below, item] of entries) yield* leavesOf(item, below, isSecret);
}
function keyed(objects) {
  const groups = groupBy(
    objects,
    ({ apiVersion, kind, namespace, name }) => JSON.stringify([apiVersion, kind, namespace, name])
  );
  return new Map([...groups].flatMap(([key, all]) => all.map((object, index) => [`${key}${index}`, object])));
}
function baseName({ kind, namespace, name }) {
  const [, base] = /^(.+)-[bcdfghkmt2456789]{10}$/.exec(name) ?? [];
  return base === void 0 || !["ConfigMap", "Secret"].includes(kind) ? "" : JSON.stringify([kind, namespace, base]);
}
function differencesOf(before, after, isImage, names) {
  const paths = /* @__PURE__ */ new Set([...before.values.keys(), ...after.values.keys()]);
  return [...paths].flatMap((path) => {
    const [old, now] = [before.values.get(path), after.values.get(path)];
    const [from, to] = [old?.text, now?.text];
    if (from === to) return [];
    const isHidden = (old?.isSecret === true || now?.isSecret === true) && path !== "metadata.name";
    const cause = causeOf(path, from, to, isImage, names);
    const shown = (text) => text === void 0 || !isHidden ? text : HIDDEN;
    return [{ path, from: shown(from), to: shown(to), cause }];
  });
}
function causeOf(path, from, to, isImage, names) {
  if (from === void 0 || to === void 0) return "other";
  if (names.get(from) === to) return "name";
  return isImage(path, from, to) ? "image" : "other";
}

// src/rendering/tools.ts
var import_promises2 = require("node:fs/promises");
var import_node_os = require("node:os");
var import_node_path2 = require("node:path");

// elsewhere:src/core/escape.ts
var { cut, forCommit, forLog, forMarkdown, fromCommit, jsonForLog, markdownBlock, markdownCode, markdownUrl, oneCommitLine, oneLine, quote } = require("./start.cjs").modules["src/core/escape.ts"];

// elsewhere:src/core/programs.ts
var { endTree, finish, run, start, startAlone } = require("./workspace.cjs").modules["src/core/programs.ts"];

// src/rendering/tools.ts
var PROGRAMS = { kustomize: ["kustomize", "kubectl"], helm: ["helm"] };
var LONGEST2 = 2e4;
var MOST_PRINTED = 20 * 1024 * 1024;
var MOST_STDERR = 2e4;
var CLOSED_PROXY = "http://127.0.0.1:1";
async function findTools(path) {
  const folders = path.split(import_node_path2.delimiter).filter((folder) => (0, import_node_path2.isAbsolute)(folder));
  const find = async (programs) => {
    for (const program of programs) {
      for (const folder of folders) {
        const file = (0, import_node_path2.join)(folder, process.platform === "win32" ? `${program}.exe` : program);
        const isHere = await (0, import_promises2.access)(file, import_promises2.constants.X_OK).then(
          () => true,
          () => false
        );
        if (isHere) return { program, path: file };
      }
    }
    return void 0;
  };
  const [kustomize, helm] = await Promise.all([find(PROGRAMS.kustomize), find(PROGRAMS.helm)]);
  return { ...kustomize && { kustomize }, ...helm && { helm } };
}
async function runTool({ path }, args, { home, deadline }) {
  const release = await enter();
  try {
    return await run2(path, args, home, Math.min(LONGEST2, deadline - Date.now()));
  } finally {
    release();
  }
}
async function run2(path, args, home, limit) {
  if (limit <= 0) return { failed: "had no time left: all that is rendered took too long", stderr: "" };
  const child = startAlone(path, args, environmentIn(home), home);
  let failed;
  const end = (reason) => {
    failed ??= reason;
    endTree(child);
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const timer = setTimeout(() => end(`took longer than ${limit / 1e3} s`), limit);
  const printed = [];
  let size = 0;
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    size += chunk.length;
    if (size > MOST_PRINTED) end(`printed more than ${MOST_PRINTED / 1024 / 1024} MiB`);
    else printed.push(chunk);
  });
  child.stderr.on("data", (chunk) => {
    stderr = (stderr + chunk.toString()).slice(-MOST_STDERR);
  });
  child.stdin.on("error", () => void 0);
  child.stdin.end();
  const exitCode = await new Promise((resolve) => {
    child.on("error", (error) => {
      failed ??= `could not be started: ${error.message}`;
      resolve(-1);
    });
    child.on("close", (code) => resolve(code ?? -1));
  }).finally(() => clearTimeout(timer));
  if (failed !== void 0) return { failed, stderr: "" };
  if (exitCode === 0) return { text: Buffer.concat(printed).toString() };
  return { failed: `ended with exit code ${exitCode}`, stderr: oneLine(lastLine(stderr), 300) };
}
function environmentIn(home) {
  const proxies = ["http_proxy", "https_proxy", "all_proxy"].flatMap((name) => [name, name.toUpperCase()]);
  const systemRoot = process.env["SYSTEMROOT"];
  return {
    HOME: home,
    PATH: home,
    TMPDIR: home,
    TEMP: home,
    TMP: home,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
    XDG_DATA_HOME: home,
    HELM_PLUGINS: (0, import_node_path2.join)(home, "plugins"),
    KUBECONFIG: (0, import_node_path2.join)(home, "kubeconfig"),
    LC_ALL: "C",
    ...Object.fromEntries(proxies.map((name) => [name, CLOSED_PROXY])),
    ...systemRoot !== void 0 && { SYSTEMROOT: systemRoot }
  };
}
var lastLine = (text) => text.trim().split("\n").at(-1) ?? "";
var waiting = [];
var free = (0, import_node_os.availableParallelism)();
async function enter() {
  if (free > 0) free -= 1;
  else await new Promise((resolve) => waiting.push(resolve));
  return () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
}

// src/rendering/render-root.ts
var MAY_BE_QUOTED = /\bSecret\b|\bsecretGenerator\b/;
async function renderRoot({ root, tool, args }, context) {
  const { path, as, files, file } = root;
  const problem = (message) => ({ file, line: 1, message });
  const run3 = (side) => runTool(tool, args[side], context.toolRun);
  const [before, after] = await Promise.all([run3("before"), run3("after")]);
  if ("failed" in before) return problem(`${tool.program} ${before.failed}${quoted(root, before.stderr, context)}`);
  if ("failed" in after) {
    return problem(`with this release ${tool.program} ${after.failed}${quoted(root, after.stderr, context)}`);
  }
  try {
    const all = compareRenderings(before.text, after.text, context.isImage);
    const changes = root.helm && all.changes.some(hasOther) ? await withoutRandom(all, before.text, run3) : all.changes;
    return { path, tool: root.tool, as, files, objects: all.objects, changes };
  } catch (error) {
    if (error instanceof Incomparable) return problem(`what ${tool.program} prints ${error.message}`);
    throw error;
  }
}
var hasOther = ({ differences }) => differences.some(({ cause }) => cause === "other");
async function withoutRandom({ changes }, before, run3) {
  const again = await run3("before");
  if ("failed" in again) return changes;
  const keyOf = ({ kind, namespace, name }, path) => JSON.stringify([kind, namespace, name, path]);
  const repeated = compareRenderings(before, again.text, () => false).changes;
  const random = new Set(repeated.flatMap((one) => one.differences.map(({ path }) => keyOf(one, path))));
  return changes.flatMap((change) => {
    const differences = change.differences.filter(({ path }) => !random.has(keyOf(change, path)));
    return change.what === "changed" && differences.length === 0 ? [] : { ...change, differences };
  });
}
function quoted({ copies }, stderr, { read }) {
  if (stderr === "") return "";
  const texts = [...copies.values()].flatMap(
    (path) => SIDES.map((side) => read(side, path)?.bytes ?? new Uint8Array())
  );
  const isPacked = [...copies.values()].some((path) => path.endsWith(".tgz"));
  const mayQuote = isPacked || texts.some((bytes) => MAY_BE_QUOTED.test(Buffer.from(bytes).toString()));
  return mayQuote ? "; its message is not shown, since it may quote a Secret" : `: ${stderr}`;
}

// src/rendering/root.ts
async function writeRoot({ path, copies, hasCharts, helm }, side, { folder, tools, read }) {
  for (const [to, from] of copies) {
    const file = read(side, from);
    if (file) await folder.write(side, to, file.bytes);
  }
  const at = folder.pathOf(side, path === "." ? "" : path);
  if (!helm) {
    const charts = hasCharts && tools.helm ? ["--enable-helm", `--helm-command=${tools.helm.path}`] : [];
    return [tools.kustomize?.program === "kustomize" ? "build" : "kustomize", ...charts, at];
  }
  const options = helm.namespace === "" ? [] : ["--namespace", helm.namespace];
  for (const one of helm.values[side]) {
    if ("set" in one) options.push("--set", one.set);
    else if ("file" in one) options.push("--values", folder.pathOf(side, one.file));
    else options.push("--values", await folder.writeValues(side, one.text));
  }
  return ["template", helm.release, at, ...options];
}

// src/rendering/render.ts
var MOST_ROOTS = 20;
var LONGEST3 = 6e4;
async function prepareRendering(options) {
  const { planned, tools } = options;
  const sources = new Sources(options.store, options.known);
  const after = new Map(planned.map((file) => [file.path, file]));
  const read = (side, path) => (side === "after" ? after.get(path) : void 0) ?? sources.get(path);
  const changed = planned.map(({ path }) => path);
  const kustomizations = await findKustomizations(changed, options, sources);
  const charts = await findCharts(changed, read, sources);
  const all = [...kustomizations.roots, ...charts.roots];
  const [roots, others] = [all.slice(0, MOST_ROOTS), all.slice(MOST_ROOTS)];
  const isRenderable = (root) => tools[root.tool] !== void 0 && (!root.hasCharts || tools.helm !== void 0);
  const unrendered = [
    ...kustomizations.problems,
    ...charts.problems,
    ...others.map(({ file }) => ({ file, line: 1, message: `${MOST_ROOTS} others are rendered, and no more` })),
    ...roots.filter((root) => !isRenderable(root)).map(lackOf)
  ];
  return {
    render: () => renderAll({ ...options, read, roots: roots.filter(isRenderable), unrendered })
  };
  function lackOf({ file, tool }) {
    const lacking = tools[tool] ? "helm" : tool;
    return { file, line: 1, message: `there is no ${lacking} on the PATH` };
  }
}
async function renderAll({ roots, read, tools, images, changes, unrendered }) {
  const folder = new RenderFolder();
  try {
    const toolRun = { home: await folder.makeHome(), deadline: Date.now() + LONGEST3 };
    const written = [];
    for (const root of roots) {
      const tool = tools[root.tool];
      const [before, after] = await Promise.all(SIDES.map((side) => writeRoot(root, side, { folder, tools, read })));
      if (tool && before && after) written.push({ root, tool, args: { before, after } });
    }
    const context = { toolRun, read, isImage: imageDifference(images, changes) };
    const results = await Promise.all(written.map((one) => renderRoot(one, context)));
    const rendered = results.flatMap((result) => "tool" in result ? result : []);
    const failed = results.flatMap((result) => "tool" in result ? [] : result);
    return {
      roots: rendered,
      unrendered: [...unrendered, ...failed],
      hidden: hiddenChanges(changes, rendered)
    };
  } finally {
    await folder.remove();
  }
}

// rendering-file.mjs
var modules = {
  "src/rendering/render.ts": { prepareRendering },
  "src/rendering/tools.ts": { findTools, runTool }
};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  modules
});
