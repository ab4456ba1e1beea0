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

// elsewhere:src/core/errors.ts
var require_errors = __commonJS({
  "elsewhere:src/core/errors.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/errors.ts"];
  }
});

// elsewhere:src/core/objects.ts
var require_objects = __commonJS({
  "elsewhere:src/core/objects.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/objects.ts"];
  }
});

// elsewhere:src/inputs/inputs.ts
var require_inputs = __commonJS({
  "elsewhere:src/inputs/inputs.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/inputs/inputs.ts"];
  }
});

// elsewhere:src/inputs/values.ts
var require_values = __commonJS({
  "elsewhere:src/inputs/values.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/inputs/values.ts"];
  }
});

// elsewhere:src/release/pull-request/name.ts
var require_name = __commonJS({
  "elsewhere:src/release/pull-request/name.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/release/pull-request/name.ts"];
  }
});

// elsewhere:src/release/retry-on-moved.ts
var require_retry_on_moved = __commonJS({
  "elsewhere:src/release/retry-on-moved.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/release/retry-on-moved.ts"];
  }
});

// elsewhere:src/release/workspace.ts
var require_workspace = __commonJS({
  "elsewhere:src/release/workspace.ts"(exports2, module2) {
    module2.exports = require("./workspace.cjs")["src/release/workspace.ts"];
  }
});

// elsewhere:src/environments/config/config.ts
var require_config = __commonJS({
  "elsewhere:src/environments/config/config.ts"(exports2, module2) {
    module2.exports = require("./config.cjs")["src/environments/config/config.ts"];
  }
});

// elsewhere:src/environments/config-file.ts
var require_config_file = __commonJS({
  "elsewhere:src/environments/config-file.ts"(exports2, module2) {
    module2.exports = require("./workspace.cjs")["src/environments/config-file.ts"];
  }
});

// elsewhere:src/core/image-reference.ts
var require_image_reference = __commonJS({
  "elsewhere:src/core/image-reference.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/image-reference.ts"];
  }
});

// elsewhere:src/manifests/defects.ts
var require_defects = __commonJS({
  "elsewhere:src/manifests/defects.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/defects.ts"];
  }
});

// elsewhere:src/manifests/empty-places.ts
var require_empty_places = __commonJS({
  "elsewhere:src/manifests/empty-places.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/empty-places.ts"];
  }
});

// elsewhere:src/manifests/find-sites.ts
var require_find_sites = __commonJS({
  "elsewhere:src/manifests/find-sites.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/find-sites.ts"];
  }
});

// elsewhere:src/manifests/flux-policies.ts
var require_flux_policies = __commonJS({
  "elsewhere:src/manifests/flux-policies.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/flux-policies.ts"];
  }
});

// elsewhere:src/manifests/conventions/convention.ts
var require_convention = __commonJS({
  "elsewhere:src/manifests/conventions/convention.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/conventions/convention.ts"];
  }
});

// elsewhere:src/manifests/conventions/image-keys.ts
var require_image_keys = __commonJS({
  "elsewhere:src/manifests/conventions/image-keys.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/conventions/image-keys.ts"];
  }
});

// elsewhere:src/manifests/yaml/tree.ts
var require_tree = __commonJS({
  "elsewhere:src/manifests/yaml/tree.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/yaml/tree.ts"];
  }
});

// elsewhere:src/manifests/search-terms.ts
var require_search_terms = __commonJS({
  "elsewhere:src/manifests/search-terms.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/search-terms.ts"];
  }
});

// elsewhere:src/manifests/values/charts.ts
var require_charts = __commonJS({
  "elsewhere:src/manifests/values/charts.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/values/charts.ts"];
  }
});

// elsewhere:src/manifests/values/related.ts
var require_related = __commonJS({
  "elsewhere:src/manifests/values/related.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/values/related.ts"];
  }
});

// elsewhere:src/manifests/values/tag-owners.ts
var require_tag_owners = __commonJS({
  "elsewhere:src/manifests/values/tag-owners.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/values/tag-owners.ts"];
  }
});

// elsewhere:src/manifests/values/template-uses.ts
var require_template_uses = __commonJS({
  "elsewhere:src/manifests/values/template-uses.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/values/template-uses.ts"];
  }
});

// elsewhere:src/manifests/workflow-files.ts
var require_workflow_files = __commonJS({
  "elsewhere:src/manifests/workflow-files.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/workflow-files.ts"];
  }
});

// elsewhere:src/manifests/yaml/lines.ts
var require_lines = __commonJS({
  "elsewhere:src/manifests/yaml/lines.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/yaml/lines.ts"];
  }
});

// elsewhere:src/manifests/yaml/manifest.ts
var require_manifest = __commonJS({
  "elsewhere:src/manifests/yaml/manifest.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/yaml/manifest.ts"];
  }
});

// elsewhere:src/core/escape.ts
var require_escape = __commonJS({
  "elsewhere:src/core/escape.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/escape.ts"];
  }
});

// elsewhere:src/environments/config/rules.ts
var require_rules = __commonJS({
  "elsewhere:src/environments/config/rules.ts"(exports2, module2) {
    module2.exports = require("./config.cjs")["src/environments/config/rules.ts"];
  }
});

// elsewhere:src/environments/config/schema.ts
var require_schema = __commonJS({
  "elsewhere:src/environments/config/schema.ts"(exports2, module2) {
    module2.exports = require("./config.cjs")["src/environments/config/schema.ts"];
  }
});

// elsewhere:src/core/manifest-names.ts
var require_manifest_names = __commonJS({
  "elsewhere:src/core/manifest-names.ts"(exports2, module2) {
    module2.exports = require("./workspace.cjs")["src/core/manifest-names.ts"];
  }
});

// elsewhere:src/forge/connect.ts
var require_connect = __commonJS({
  "elsewhere:src/forge/connect.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/forge/connect.ts"];
  }
});

// elsewhere:src/inputs/lookup.ts
var require_lookup = __commonJS({
  "elsewhere:src/inputs/lookup.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/inputs/lookup.ts"];
  }
});

// elsewhere:src/inputs/wait.ts
var require_wait = __commonJS({
  "elsewhere:src/inputs/wait.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/inputs/wait.ts"];
  }
});

// elsewhere:src/release/build.ts
var require_build = __commonJS({
  "elsewhere:src/release/build.ts"(exports2, module2) {
    module2.exports = require("./workspace.cjs")["src/release/build.ts"];
  }
});

// elsewhere:src/manifests/deployed-versions.ts
var require_deployed_versions = __commonJS({
  "elsewhere:src/manifests/deployed-versions.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/deployed-versions.ts"];
  }
});

// elsewhere:src/inputs/identity.ts
var require_identity = __commonJS({
  "elsewhere:src/inputs/identity.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/inputs/identity.ts"];
  }
});

// elsewhere:src/manifests/inventory.ts
var require_inventory = __commonJS({
  "elsewhere:src/manifests/inventory.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/inventory.ts"];
  }
});

// elsewhere:src/release/read-manifests.ts
var require_read_manifests = __commonJS({
  "elsewhere:src/release/read-manifests.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/release/read-manifests.ts"];
  }
});

// elsewhere:src/release/pull-request/metadata.ts
var require_metadata = __commonJS({
  "elsewhere:src/release/pull-request/metadata.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/release/pull-request/metadata.ts"];
  }
});

// elsewhere:src/release/pull-request/select.ts
var require_select = __commonJS({
  "elsewhere:src/release/pull-request/select.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/release/pull-request/select.ts"];
  }
});

// elsewhere:src/release/pull-request/template.ts
var require_template = __commonJS({
  "elsewhere:src/release/pull-request/template.ts"(exports2, module2) {
    module2.exports = require("./workspace.cjs")["src/release/pull-request/template.ts"];
  }
});

// elsewhere:src/core/time.ts
var require_time = __commonJS({
  "elsewhere:src/core/time.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/time.ts"];
  }
});

// elsewhere:src/release/commit-trailers.ts
var require_commit_trailers = __commonJS({
  "elsewhere:src/release/commit-trailers.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/release/commit-trailers.ts"];
  }
});

// elsewhere:src/inputs/images.ts
var require_images = __commonJS({
  "elsewhere:src/inputs/images.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/inputs/images.ts"];
  }
});

// elsewhere:src/inputs/operation.ts
var require_operation = __commonJS({
  "elsewhere:src/inputs/operation.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/inputs/operation.ts"];
  }
});

// elsewhere:src/inputs/raw-inputs.ts
var require_raw_inputs = __commonJS({
  "elsewhere:src/inputs/raw-inputs.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/inputs/raw-inputs.ts"];
  }
});

// elsewhere:src/release/release.ts
var require_release = __commonJS({
  "elsewhere:src/release/release.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/release/release.ts"];
  }
});

// elsewhere:src/release/request.ts
var require_request = __commonJS({
  "elsewhere:src/release/request.ts"(exports2, module2) {
    module2.exports = require("./workspace.cjs")["src/release/request.ts"];
  }
});

// elsewhere:src/core/repository-api.ts
var require_repository_api = __commonJS({
  "elsewhere:src/core/repository-api.ts"(exports2, module2) {
    module2.exports = require("./workspace.cjs")["src/core/repository-api.ts"];
  }
});

// elsewhere:src/core/log.ts
var require_log = __commonJS({
  "elsewhere:src/core/log.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/log.ts"];
  }
});

// elsewhere:src/manifests/plan.ts
var require_plan = __commonJS({
  "elsewhere:src/manifests/plan.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/plan.ts"];
  }
});

// elsewhere:src/core/wildcard.ts
var require_wildcard = __commonJS({
  "elsewhere:src/core/wildcard.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/wildcard.ts"];
  }
});

// environments-file.mjs
var environments_file_exports = {};
__export(environments_file_exports, {
  "src/environments/init/init.ts": () => init_exports,
  "src/environments/landings.ts": () => landings_exports,
  "src/environments/rollbacks.ts": () => rollbacks_exports,
  "src/environments/run-mode.ts": () => run_mode_exports,
  "src/environments/scan.ts": () => scan_exports,
  "src/environments/status.ts": () => status_exports
});
module.exports = __toCommonJS(environments_file_exports);

// src/environments/init/init.ts
var init_exports = {};
__export(init_exports, {
  BRANCH: () => BRANCH,
  initialize: () => initialize
});
var import_errors = __toESM(require_errors());
var import_objects4 = __toESM(require_objects());
var import_inputs = __toESM(require_inputs());
var import_values2 = __toESM(require_values());
var import_name = __toESM(require_name());
var import_retry_on_moved = __toESM(require_retry_on_moved());
var import_workspace2 = __toESM(require_workspace());
var import_config = __toESM(require_config());
var import_config_file = __toESM(require_config_file());

// src/environments/scan.ts
var scan_exports = {};
__export(scan_exports, {
  scanBase: () => scanBase,
  scanRepository: () => scanRepository
});
var import_objects2 = __toESM(require_objects());
var import_values = __toESM(require_values());

// src/manifests/scan.ts
var import_image_reference2 = __toESM(require_image_reference());
var import_objects = __toESM(require_objects());
var import_defects = __toESM(require_defects());
var import_empty_places = __toESM(require_empty_places());
var import_find_sites = __toESM(require_find_sites());
var import_flux_policies = __toESM(require_flux_policies());

// src/manifests/lone-tags.ts
var import_image_reference = __toESM(require_image_reference());
var import_convention = __toESM(require_convention());
var import_image_keys = __toESM(require_image_keys());
var import_tree = __toESM(require_tree());
function loneTagsIn({ documents }, isKnown) {
  const found = /* @__PURE__ */ new Map();
  for (const document of documents) {
    for (const { key, scalar: scalar2, path } of keyedScalars(document)) {
      const part = (0, import_image_keys.readLonePart)(key)?.part;
      if (part === void 0 || part === "registry" || part === "repository") continue;
      if ((0, import_convention.isEmpty)(scalar2) || !(0, import_image_reference.parseVersion)(scalar2.text) || isKnown(scalar2.start)) continue;
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
      return (0, import_image_keys.readLonePart)(key)?.part === "repository" && !/[:@]|^$/.test(scalar2.text);
    })
  );
}
function keyedScalars({ root }) {
  return (0, import_tree.walk)(root).flatMap(({ node, path }) => {
    if (node.kind !== "map") return [];
    const own = node.entries.flatMap(
      ({ key, value: value2 }) => value2.kind === "scalar" ? [{ key, scalar: value2, path: (0, import_tree.joinPath)(path, key) }] : []
    );
    const [name, value] = [(0, import_tree.scalarOf)(node, "name"), (0, import_tree.scalarOf)(node, "value")];
    return name && value ? [...own, { key: name.text, scalar: value, path: (0, import_tree.joinPath)(path, "value") }] : own;
  });
}
function isOfValues({ root, label }, path) {
  const isObject = root?.kind === "map" && (0, import_tree.valueOf)(root, "kind") !== void 0;
  return !isObject && label === "" || VALUES.test(`${label} ${path}`);
}
var VALUES = /(?:^|[.\s"])(?:values|valuesObject|parameters)\b/;

// src/manifests/scan.ts
var import_search_terms = __toESM(require_search_terms());
var import_charts = __toESM(require_charts());
var import_related = __toESM(require_related());
var import_tag_owners = __toESM(require_tag_owners());
var import_template_uses = __toESM(require_template_uses());
var import_workflow_files = __toESM(require_workflow_files());
var import_lines = __toESM(require_lines());
var import_manifest = __toESM(require_manifest());
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
var WITH_REGISTRY = /[\w-](?:\.[\w-]+|:\d+)\/[\w./-]+[:@]\w/;
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
    if ((0, import_workflow_files.isWorkflow)(file.path)) return;
    const isContext = mayExplain(file);
    const copy = isContext ? { ...file, bytes: Uint8Array.from(file.bytes) } : file;
    if (isContext) this.#context.push(copy);
    if (!mayHaveImage(file.bytes)) return;
    const manifest = (0, import_manifest.readManifestOnce)(file.path, file.bytes);
    if (manifest.defect) return this.#addDefect(manifest);
    const found = (0, import_find_sites.findConventionSites)(manifest, { ...NO_OWNERS, policies: this.#policies });
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
      places: [...(0, import_objects.groupBy)(places.toSorted(byFileAndLine), ({ repository }) => repository)].toSorted(([a], [b]) => compare(a, b)).flatMap(([, group]) => group),
      open: open.toSorted(byFile),
      problems: this.#problems
    };
  }
  /** The files whose tags belong to repositories of others. */
  #addWithTags() {
    if (this.#withTags.length === 0) return;
    const policies = this.#context.filter(({ bytes }) => (0, import_search_terms.mayContain)(bytes, ["ImageRepository", "ImagePolicy"]));
    const seeds = /* @__PURE__ */ new Set([...this.#withTags, ...this.#withRepositories, ...policies]);
    const parse = ({ path, bytes }) => (0, import_manifest.readManifest)(path, bytes);
    const parsed = (0, import_related.withRelated)([...seeds], this.#context, parse);
    const manifests = [...parsed.values()];
    const context = {
      ...NO_OWNERS,
      policies: new Map([...(0, import_flux_policies.readPolicies)(manifests), ...this.#policies]),
      tagOwners: (0, import_tag_owners.findTagOwners)(manifests)
    };
    for (const file of this.#withTags) {
      const manifest = parsed.get(file) ?? parse(file);
      const found = (0, import_find_sites.findConventionSites)(manifest, context);
      this.#addPlaces(manifest, found, loneTagsIn(manifest, isClaimedBy(found)));
    }
  }
  #addDefect({ path, text, defect }) {
    if (!defect || defect.kind === "template" || !/image/i.test(text)) return;
    const { kind, reason, line, column } = defect;
    const why = kind === "syntax" ? reason : import_defects.DEFECT_REASONS[kind].replace(/^is in a file that/, "");
    this.#problems.push({ file: path, line, column, message: `was not searched: ${why.trim()}` });
  }
  #addPlaces(manifest, found, lone) {
    const told = /* @__PURE__ */ new Set();
    for (const { site, convention } of found) {
      if (site.doubt !== void 0) continue;
      const field = (0, import_find_sites.versionField)(site);
      const { line } = manifest.lines.positionAt(field?.start ?? 0);
      const { name, candidates, of } = site;
      const version = (0, import_image_reference2.formatVersion)(site.version);
      const place = {
        image: this.#own(name),
        repository: this.#own(of ?? (0, import_image_reference2.repositoryOf)(name)),
        version: this.#own(version),
        file: manifest.path,
        line,
        where: copyOf(site.where)
      };
      if (candidates) {
        if (field && !told.has(field.scalar)) {
          const image = candidates.length === 1 ? place.image : "";
          const marker = (0, import_empty_places.markerFor)(field, site, manifest.text, image || import_objects.UNKNOWN_IMAGE) ?? "";
          const reason = `may be of ${candidates.slice(0, MOST_NAMED).join(" or ")}`;
          this.#open.push({ ...place, image, reason: copyOf(reason), marker: copyOf(marker) });
        }
        if (field) told.add(field.scalar);
      } else if (version === "") {
        if (!field || !isNamedImage(site)) continue;
        const marker = copyOf((0, import_empty_places.markerFor)(field, site, manifest.text, name) ?? "");
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
  const versioned = found.filter(({ site }) => (0, import_image_reference2.formatVersion)(site.version) !== "");
  const claimed = new Set(versioned.flatMap(({ site }) => site.fields.map(({ scalar: scalar2 }) => scalar2)));
  return (scalar2) => claimed.has(scalar2);
}
function openTag({ path: file, text, lines }, { scalar: scalar2, part, where }) {
  const entry = (0, import_empty_places.entryAt)(text, scalar2.start);
  const { line } = (0, import_lines.lineAround)(text, scalar2.start);
  const isOfPolicy = line.includes("$imagepolicy");
  return {
    image: "",
    version: copyOf(scalar2.text),
    file,
    line: lines.positionAt(scalar2.start).line,
    where: copyOf(where),
    reason: isOfPolicy ? 'has an image policy that is in no file (name its image in the setting "image-policies")' : "is of an image that no file names",
    marker: entry === void 0 || isOfPolicy ? "" : copyOf(`${entry} # manifest-release: ${import_objects.UNKNOWN_IMAGE} ${part}`)
  };
}
function isImage(convention, where, name) {
  return convention !== "whole-reference" || /image|img/i.test(lastKey(where)) || (0, import_image_reference2.splitName)(name).path !== name;
}
function isNamedImage({ fields: [field], named: named2, where }) {
  return named2 === true || field?.role !== "reference" || /(?:image|img|newName)$/i.test(lastKey(where)) || /(?:image|img).*repository$/i.test(where);
}
var lastKey = (where) => /([\w-]+)(?:\[\d+\])*$/.exec(where)?.[1] ?? "";
function mayHaveImage(bytes) {
  if ((0, import_search_terms.mayContain)(bytes, IMAGE_WORDS)) return true;
  return WITH_REGISTRY.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1"));
}
function mayExplain({ path, bytes }) {
  return (0, import_charts.isChartFile)(path) || (0, import_charts.isValuesFile)(path) || (0, import_template_uses.chartOfTemplate)(path) !== void 0 || (0, import_related.mayBeValues)(bytes) || (0, import_search_terms.mayContain)(bytes, [...import_related.VALUES_WORDS, ...import_flux_policies.FLUX_WORDS, "ImageRepository"]);
}

// src/environments/scan.ts
var import_workspace = __toESM(require_workspace());
async function scanRepository(raw, access, ci, log) {
  const paths = (0, import_values.readLines)(raw.paths ?? "");
  const policies = (0, import_values.readPolicyLines)((0, import_values.readLines)(raw["image-policies"] ?? ""));
  log.group("Read the manifests");
  const withoutClone = "";
  return (0, import_workspace.withWorkspace)({ access, paths, withoutClone, ci, log }, (workspace) => scanBase(workspace, paths, policies));
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
  log.step(`read ${(0, import_objects2.counted)(count, "manifest")}: ${(0, import_objects2.counted)(found.places.length, "place")}`);
  return found;
}

// src/environments/init/config-text.ts
var import_escape = __toESM(require_escape());
var HEAD = `# Proposed by manifest-release-pr, mode init, from the images in this repository. Change it as you like: it is never overwritten.
# The keys are explained in docs/environments.md of manifest-release-pr.`;
var MOST_NOTES = 50;
function configText({ apps, notes }) {
  const shown = notes.slice(0, MOST_NOTES).map((note) => comment("", note));
  const more = notes.length - shown.length;
  const left = more > 0 ? [...shown, comment("", `${more} more images are in no environment; mode scan lists them`)] : shown;
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
var comment = (indentation, text) => `${indentation}# ${(0, import_escape.oneLine)(text, 500)}`;

// src/environments/init/propose.ts
var import_objects3 = __toESM(require_objects());
var import_rules = __toESM(require_rules());
var import_schema = __toESM(require_schema());

// src/environments/init/environment-names.ts
var import_manifest_names = __toESM(require_manifest_names());
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
  const stem = (0, import_manifest_names.withoutTemplateEnding)(folders.pop() ?? "").replace(/\.(?:ya?ml|json)$/i, "");
  const found = folders.flatMap((folder, index) => {
    const isListed = FOLDERS.test((folders[index - 1] ?? "").toLowerCase());
    const named3 = readName(folder.toLowerCase(), isListed);
    return named3 ? { ...named3, path: folders.slice(0, index + 1).join("/") } : [];
  });
  const [, behind, before] = VALUES2.exec(stem.toLowerCase()) ?? [];
  const values = behind ?? before;
  const named2 = readName(values ?? stem.toLowerCase(), values !== void 0);
  return named2 ? [...found, { ...named2, path: file }] : found;
}
function readName(text, isListed) {
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
  const all = [...(0, import_objects3.groupBy)(places, ({ repository }) => repository)].map(
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
  const environments = [...(0, import_objects3.groupBy)(named2, ({ environment }) => environment.name)].flatMap(([name, group]) => {
    const [first] = group;
    if (!first || !(0, import_schema.isName)(name)) return [];
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
  const shapes = (0, import_objects3.groupBy)(candidates, ({ repository, places, environments }) => {
    const folder = repository.slice(0, repository.lastIndexOf("/"));
    const versions = new Set(places.map(({ file, version }) => `${file} ${version}`));
    return JSON.stringify([folder, environments, [...versions].toSorted()]);
  });
  const groups = [...shapes.values()].flatMap((group) => {
    const [shortest, ...others] = group.toSorted((a, b) => a.repository.length - b.repository.length);
    const isOne = shortest && others.every(({ repository }) => repository.startsWith(`${shortest.repository}-`));
    return isOne ? [[shortest, ...others]] : group.map((one) => [one]);
  });
  const names = (0, import_objects3.groupBy)(groups, ([first]) => nameOf(first?.repository ?? "", 1));
  const named2 = groups.map((group) => {
    const [short, long] = [1, 2].map((length) => nameOf(group[0]?.repository ?? "", length));
    return { group, name: (names.get(short ?? "")?.length ?? 0) > 1 ? long ?? "" : short ?? "" };
  });
  const owners = (0, import_objects3.groupBy)(named2, ({ name }) => name);
  const isNameable = ({ name }) => (0, import_schema.isName)(name) && owners.get(name)?.length === 1;
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
  const shapes = (0, import_objects3.groupBy)(apps, (app) => JSON.stringify(shapeOf(app)));
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
  const filled = (texts) => texts.map((text) => (0, import_rules.fillPlaceholders)(text, { app: app.name }));
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
  const commit = (0, import_inputs.readCommitOptions)(raw, ci);
  const isDry = (0, import_values2.readChoice)("dry-run", raw["dry-run"]?.trim() || "false") === "true";
  const file = (0, import_config_file.configPath)({ ...raw.config?.trim() && { config: raw.config.trim() } });
  log.group("Read the manifests");
  const paths = (0, import_values2.readLines)(raw.paths ?? "");
  return (0, import_workspace2.withWorkspace)(
    { access, paths, withoutClone: "", ci, log },
    (workspace) => (0, import_retry_on_moved.retryOnMoved)(log, async (again) => {
      if (again) await workspace.store.refresh();
      return initializeBase(workspace, { file, paths, commit, isDry });
    })
  );
}
async function initializeBase(workspace, { file, paths, commit, isDry }) {
  const { store, forge, log, access } = workspace;
  const { manifests } = await store.read({ words: [], files: [file] });
  if (manifests.length > 0) throw (0, import_errors.failure)("CONFIG_EXISTS", { file, base: store.base });
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
  if (apps.length === 0) throw (0, import_errors.failure)("CONFIG_NOT_PROPOSED", { notes: notes.slice(0, 5) });
  const text = configText(proposal);
  (0, import_config.readConfig)(file, text);
  log.step(`proposed ${(0, import_objects4.counted)(apps.length, "app")}; ${(0, import_objects4.counted)(notes.length, "image")} left to a person`);
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
  name: (0, import_name.pullRequestName)(forge, pullRequest.number)
});
async function push({ store, forge }, { file, text, commit: { author, sign, signingKey } }) {
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
  const left = notes.length === 0 ? [] : [`${(0, import_objects4.counted)(notes.length, "image")} could not be placed; the comments at the end of the file name them.`, ""];
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

// src/environments/landings.ts
var landings_exports = {};
__export(landings_exports, {
  landingOf: () => landingOf,
  readModeWait: () => readModeWait,
  withLandings: () => withLandings
});
var import_errors4 = __toESM(require_errors());
var import_escape3 = __toESM(require_escape());
var import_connect = __toESM(require_connect());
var import_lookup = __toESM(require_lookup());
var import_wait3 = __toESM(require_wait());

// src/release/after-merge/landing.ts
var import_promises = require("node:timers/promises");
var import_errors2 = __toESM(require_errors());
var import_escape2 = __toESM(require_escape());
var import_wait2 = __toESM(require_wait());

// src/release/after-merge/verdict.ts
var import_wait = __toESM(require_wait());
function verdictOf(watched, stated) {
  const found = watched.map((one) => ({ ...one, said: finalStatuses(one, stated) }));
  const all = found.flatMap(({ said }) => said);
  const refused = all.find(({ state }) => state === "failure");
  if (refused) return { kind: "refused", by: refused };
  const missing = found.filter(({ said }) => said.length === 0).map(({ text }) => text);
  if (missing.length > 0 || all.some(({ state }) => state === "pending")) return { kind: "pending", missing };
  return { kind: "deployed", by: all };
}
function finalStatuses(watched, stated) {
  const byContext = /* @__PURE__ */ new Map();
  for (const { commit, statuses } of stated) {
    const own = statuses.filter((status) => (0, import_wait.isWatched)(watched, status));
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
    if (!(error instanceof import_errors2.ReleaseError)) throw error;
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
    if (!merge) throw (0, import_errors2.failure)("NOT_MERGED", { name, timeout: this.#wait.timeoutText });
    if (merge.state === "closed") throw (0, import_errors2.failure)("CLOSED_UNMERGED", { name });
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
      const { stated, isOnBase } = await readStated(this.#merges, watched, { commit, base }, void 0, known);
      if (isFirst && !isOnBase) {
        this.#log.step(
          `${base} is not on top of ${commit.slice(0, 7)}, or cannot be compared: only its own statuses count`
        );
      }
      last = verdictOf(watched, stated);
      if (last.kind === "deployed") return last.by;
      this.#tell(last);
      return void 0;
    });
    if (by) return by;
    if (this.refused) throw (0, import_errors2.failure)("DEPLOYMENT_REFUSED", { ...this.refused, timeout });
    const contexts = [...new Set([...known.values()].flat().map(({ context }) => context))];
    const { missing } = last;
    throw (0, import_errors2.failure)("VERDICT_MISSING", { commit, base, timeout, missing, contexts });
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
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
      const isLast = this.#clock.now() >= this.#end;
      try {
        const found = await look();
        if (found !== void 0) return found;
      } catch (error) {
        if (!(error instanceof import_errors2.ReleaseError) || error.blame !== "again" || isLast) throw error;
        const asked = (error.retryAfter ?? 0) * 1e3;
        if (this.#clock.now() + asked > this.#end) throw error;
        pause = Math.max(LONGEST_PAUSE, asked);
        this.#log.step(`${(0, import_escape2.oneLine)(error.message, 300)} Asking again in ${Math.ceil(this.#within(pause) / 1e3)} s.`);
      }
      if (isLast) return void 0;
      await this.#clock.sleep(this.#within(pause));
    }
  }
};
async function readStated(merges, watched, { commit, base }, next, known = /* @__PURE__ */ new Map()) {
  const onTop = await merges.since(commit, base);
  const later = next === void 0 ? onTop : onTop?.slice(0, Math.max(0, onTop.indexOf(next)));
  const beside = Object.entries(merges.beside ?? {}).filter(([kind]) => watched.some((one) => (0, import_wait2.asksFor)(one, kind)));
  for (const one of [commit, ...(later ?? []).slice(-MOST_LATER)]) {
    const statuses = [await merges.statuses(one)];
    for (const [, read2] of beside) statuses.push(await read2(one));
    known.set(one, statuses.flat());
  }
  const stated = [commit, ...later ?? []].flatMap((one) => {
    const statuses = known.get(one);
    return statuses ? [{ commit: one, statuses }] : [];
  });
  return { stated, isOnBase: later !== void 0 };
}
function secondsOf({ time = "" }, by) {
  const latest = Math.max(...by.map((one) => Date.parse(one.time)));
  const seconds = Math.round((latest - Date.parse(time)) / 1e3);
  return { seconds: Number.isNaN(seconds) ? void 0 : Math.max(0, seconds) };
}

// src/release/after-merge/merges-for.ts
var import_errors3 = __toESM(require_errors());
function mergesFor(forge, watched, repository) {
  if (!forge?.merges) throw (0, import_errors3.failure)("WAIT_NEEDS_API", { repository });
  const byAuthor = watched.find(({ author }) => author !== "");
  if (byAuthor && !forge.merges.tellsAuthors) {
    const reason = `names an author, and ${forge.name} does not tell who wrote a status: leave out "by ${byAuthor.author}"`;
    throw (0, import_errors3.failure)("INPUT_INVALID", { input: "verdict", value: byAuthor.text, reason });
  }
  return forge.merges;
}

// src/environments/landings.ts
var import_name2 = __toESM(require_name());
async function withLandings(results, access, ci, log) {
  const waiting = results.map((result) => {
    const { outcome } = result;
    if (!outcome?.wait || outcome.wait.until === "none" || !isOnItsWay(outcome)) return void 0;
    return { wait: outcome.wait, target: targetOf(outcome) };
  });
  if (waiting.every((one) => !one)) return results;
  log.group("Wait for what follows");
  const connection = connect(access, ci, log);
  return Promise.all(
    results.map(async (result, index) => {
      const asked = waiting[index];
      if (!asked) return result;
      const landing = await land(await connection, asked.target, asked.wait, access, ci, log);
      return { ...result, landing, ...landing.error && { error: landing.error } };
    })
  );
}
async function landingOf(raw, access, ci, log) {
  const given = raw["wait-for"]?.trim() ?? "";
  if (given === "") throw (0, import_lookup.missingInput)("wait-for");
  const wait = readModeWait(raw);
  const read2 = readTarget(given, access.base);
  log.group(`Wait for ${(0, import_escape3.oneLine)(given)}`);
  const forge = await connect(access, ci, log);
  const target = "commit" in read2 ? read2 : { ...read2, name: (0, import_name2.pullRequestName)(forge, read2.number) };
  return land(forge, target, wait, access, ci, log);
}
var readModeWait = (raw) => (0, import_wait3.readWait)({ ...raw, wait: raw.wait?.trim() === "merge" ? "merge" : "deployed" });
function readTarget(value, base) {
  const [, number] = /^[#!]?(\d{1,9})$/.exec(value) ?? [];
  if (number !== void 0) return { number: Number(number) };
  if (!/^(?:[\da-f]{40}|[\da-f]{64})$/.test(value)) {
    const reason = "is neither the number of a pull request nor the whole id of a commit";
    throw (0, import_errors4.failure)("INPUT_INVALID", { input: "wait-for", value, reason });
  }
  if (base === "") throw (0, import_lookup.missingInput)("base");
  return { commit: value, base };
}
function isOnItsWay({ outcome, changes }) {
  return ["created", "updated", "unchanged", "merged", "pushed"].includes(outcome) && changes.length > 0;
}
function targetOf(outcome) {
  const { pullRequest, delivery, commit, base } = outcome;
  if (delivery === "push") return { commit, base };
  return pullRequest && { number: pullRequest.number, name: (0, import_name2.pullRequestName)(outcome, pullRequest.number) };
}
async function connect(access, ci, log) {
  const listeners = { log: (text) => log.step(text), debug: (text) => log.debug(text) };
  return (0, import_connect.connectForge)(await access.asked ?? access, ci, listeners);
}
async function land(forge, target, wait, access, ci, log) {
  const landing = await landingBy(forge, target, wait, access.remote.name, log);
  if (!landing.error) return landing;
  const explained = await (0, import_connect.explainRefusal)(landing.error, await access.asked ?? access, ci);
  return explained instanceof import_errors4.ReleaseError ? { ...landing, error: explained } : landing;
}
async function landingBy(forge, target, wait, repository, log) {
  try {
    if (!target) throw (0, import_errors4.failure)("WAIT_NEEDS_API", { repository });
    return await awaitLanding(mergesFor(forge, wait.watched, repository), target, wait, log);
  } catch (error) {
    if (!(error instanceof import_errors4.ReleaseError)) throw error;
    return { ...NOTHING, error };
  }
}

// src/environments/rollbacks.ts
var rollbacks_exports = {};
__export(rollbacks_exports, {
  withRollbacks: () => withRollbacks
});
var import_errors9 = __toESM(require_errors());
var import_escape5 = __toESM(require_escape());
var import_name3 = __toESM(require_name());

// src/environments/modes.ts
var import_build = __toESM(require_build());
var import_errors6 = __toESM(require_errors());
var import_deployed_versions3 = __toESM(require_deployed_versions());
var import_lookup2 = __toESM(require_lookup());
var import_image_reference4 = __toESM(require_image_reference());

// src/environments/verdict.ts
var import_escape4 = __toESM(require_escape());
var import_wait4 = __toESM(require_wait());

// src/environments/environment.ts
var import_objects5 = __toESM(require_objects());
var import_identity = __toESM(require_identity());
var import_inputs2 = __toESM(require_inputs());
var import_inventory = __toESM(require_inventory());
var import_read_manifests = __toESM(require_read_manifests());
var import_metadata = __toESM(require_metadata());
var import_select = __toESM(require_select());
var import_template = __toESM(require_template());
var import_deployed_versions2 = __toESM(require_deployed_versions());

// src/environments/version-history.ts
var import_time = __toESM(require_time());
var import_errors5 = __toESM(require_errors());
var import_image_reference3 = __toESM(require_image_reference());
var import_deployed_versions = __toESM(require_deployed_versions());
var import_commit_trailers = __toESM(require_commit_trailers());
async function readPast(store, sought, commit, enough) {
  const read2 = /* @__PURE__ */ new Map();
  const after = ({ commit: { id }, after: files }) => {
    if (!read2.has(id)) read2.set(id, readVersions(files, sought));
    return read2.get(id);
  };
  let past = [];
  for await (const { changes, isComplete } of store.fileHistory(sought.files, commit)) {
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
function readVersions(read2, sought) {
  try {
    return (0, import_deployed_versions.versionsOf)(placesIfPresent(read2, sought) ?? readPlaces(read2, sought));
  } catch (error) {
    if (error instanceof import_errors5.ReleaseError) return void 0;
    throw error;
  }
}
function placesIfPresent(read2, { present }) {
  const known = new Map(present?.manifests.map(({ path, bytes }) => [path, bytes]));
  const isPresent = read2.length === known.size && read2.every(({ path, bytes }) => known.get(path) === bytes);
  return isPresent ? present?.places : void 0;
}
function readPlaces(read2, { images, options, context }) {
  const files = read2.map((file) => context?.has(file.path) === true ? { ...file, isContext: true } : file);
  const targets = (options.targets ?? []).filter(({ file }) => files.some(({ path }) => path === file));
  return (0, import_deployed_versions.readDeployedVersions)(images, files, { ...options, targets });
}
function entryOf({ versions, change }, { key, builds }) {
  if (versions.size === 0) return [];
  const { commit, merged, time } = change;
  const pull = (0, import_commit_trailers.pullOf)(commit.message);
  const [build = builds.get(pull)] = [commit, ...merged].flatMap((one) => (0, import_commit_trailers.buildIn)(one, key) ?? []);
  return [{ versions, commit, time: (0, import_time.utcTime)(time), pull, build }];
}
function areEqual(one, other) {
  return one.size === other.size && [...one].every(([image, version]) => other.get(image) === version);
}
function isDeployed({ versions }, places) {
  return places.every(({ image, version }) => (0, import_image_reference3.isSameVersion)(version, versions.get(image) ?? version));
}

// src/environments/environment.ts
function inputsOf({ config, step }, { images, operation, defaults, ci }) {
  return (0, import_inputs2.readInputs)({ ...config.raw, ...defaults, ...step, images }, ci, operation, config);
}
var keyOf = ({ config: { app, environment } }) => keyFor(app, environment);
var keyFor = (0, import_objects5.memoized)((app, environment) => (0, import_identity.identityKey)((0, import_identity.identityOf)({ app, environment }, [], [])));
function wantedOf({ config, step }) {
  const images = config.images.map((name) => ({ reference: { name }, replaces: name }));
  return { images, search: (0, import_inputs2.readSearch)({ ...config.raw, ...step }, images) };
}
async function readDeployed(environment, builds = /* @__PURE__ */ new Map()) {
  const { store } = environment.workspace;
  const { images } = environment.config;
  const wanted = wantedOf(environment);
  const { manifests } = await (0, import_read_manifests.readManifests)(environment.workspace, wanted);
  const { plan } = wanted.search;
  const inventory = (0, import_inventory.takeInventory)(manifests, { ...plan, images: wanted.images });
  const places = (0, import_deployed_versions2.deployedVersionsIn)(inventory, images, plan.onlyTags);
  const files = inventory.read.map(({ path }) => path);
  const context = new Set(inventory.read.filter(({ isContext }) => isContext).map(({ path }) => path));
  const present = { manifests: inventory.read, places };
  const sought = { key: keyOf(environment), builds, images, files, context, options: plan, present };
  return { places, files, history: (enough) => readPast(store, sought, store.baseCommit, enough) };
}
async function fetchBuilds(environment, template) {
  const { forge, store } = environment.workspace;
  const { config, step } = environment;
  const name = step.name ?? config.raw.name;
  const names = name === void 0 ? (0, import_identity.defaultNames)((0, import_identity.identityOf)(config, [], [])) : [name];
  const branches = names.map((one) => (0, import_template.renderTemplate)("branch", template, { name: one }, "ref"));
  return forge ? (0, import_select.mergedBuilds)(await forge.find(branches, store.base, ({ body }) => (0, import_metadata.hasMetadata)(body)), keyOf(environment)) : /* @__PURE__ */ new Map();
}

// src/environments/verdict.ts
var hasVerdict = ({ config, step }) => (0, import_wait4.readVerdict)(step.verdict ?? config.raw.verdict).length > 0;
async function verdictIn(environment, known) {
  if (!hasVerdict(environment)) return void 0;
  const { places, history } = known ?? await readDeployed(environment);
  const [present] = await history((found) => found.length > 0);
  if (!present || !isDeployed(present, places)) return void 0;
  return verdictOn(environment, present);
}
async function verdictOn({ config, step, workspace }, { commit }, next) {
  const { store, forge, access } = workspace;
  const watched = (0, import_wait4.readVerdict)(step.verdict ?? config.raw.verdict);
  const merges = mergesFor(forge, watched, access.remote.name);
  const { stated } = await readStated(merges, watched, { commit: commit.id, base: store.base }, next);
  return verdictOf(watched, stated);
}
async function whyNotDeployed(environment) {
  const verdict = await verdictIn(environment);
  if (!verdict || verdict.kind === "deployed") return void 0;
  const name = environment.config.environment;
  if (verdict.kind === "pending") return `${name} has it, but no agent says yet that it is deployed there`;
  const { context, description } = verdict.by;
  return `${name} has it, but ${(0, import_escape4.oneLine)(context)} reports no success there${description === "" ? "" : ` (${(0, import_escape4.oneLine)(description, 200)})`}`;
}

// src/environments/modes.ts
var import_images = __toESM(require_images());
var import_operation = __toESM(require_operation());
function releaseTask({ config, step, ci }) {
  const { version = "", images = "" } = step;
  if (version !== "" && images !== "") {
    const reason = 'replaces the input "images", which is given too';
    throw (0, import_errors6.failure)("INPUT_INVALID", { input: "version", value: version, reason });
  }
  if (version !== "" && !(0, import_image_reference4.parseReference)(referenceTo("image", version))) {
    throw (0, import_errors6.failure)("INPUT_INVALID", { input: "version", value: version, reason: "is no tag, tag@sha256:\u2026 or digest" });
  }
  const given = version === "" ? images : linesOf(config.images.map((image) => [image, version]));
  const { released } = (0, import_images.readReleasedImages)(given, { branch: ci.branch });
  const names = new Set(config.images.map(import_image_reference4.repositoryOf));
  const own = released.filter(({ replaces }) => names.has((0, import_image_reference4.repositoryOf)(replaces)));
  const stranger = released.find((image) => !own.some((one) => one === image || (0, import_images.isCopy)(one, image)));
  if (stranger) {
    const reason = `is no image of the app "${config.app}" in ${config.place.file}`;
    throw (0, import_errors6.failure)("INPUT_INVALID", { input: "images", value: stranger.replaces, reason });
  }
  const task = own.length === released.length ? given : own.map(import_images.formatReleasedImage).join("\n");
  return { images: task, operation: operationOf(step), defaults: {}, ci };
}
async function promotionTask(target, from) {
  const deployed = await readDeployed(from);
  const { places, history } = deployed;
  if (places.length === 0) throw (0, import_errors6.failure)("NOT_DEPLOYED", namesOf(from));
  const images = linesOf([...(0, import_deployed_versions3.versionsOf)(places)]);
  const verdict = await verdictIn(from, deployed);
  if (verdict?.kind === "refused") throw (0, import_errors6.failure)("PROMOTION_REFUSED", { ...namesOf(from), ...verdict.by });
  const [present] = await history((found) => found.length > 0);
  const origin = { environment: from.config.environment, since: present?.time ?? "", pull: present?.pull ?? "" };
  const isUnknown = present && !present.build && present.pull !== "";
  const build = isUnknown ? (await fetchBuilds(from, (0, import_lookup2.defaultOf)("branch"))).get(present.pull) : present?.build;
  const operation = { ...operationOf(target.step), action: "Promote", origin };
  return { images, operation, defaults: {}, ci: builtBy(target, build) };
}
async function rollbackTask(environment, refused = []) {
  const wanted = environment.step.version ?? "";
  const deployed = await readDeployed(environment, await fetchBuilds(environment, import_operation.ROLLBACK_BRANCH));
  const { places, history } = deployed;
  if (places.length === 0) throw (0, import_errors6.failure)("NOT_DEPLOYED", namesOf(environment));
  const isThere = ({ file, where, to }) => places.some((place) => place.file === file && place.where === where && (0, import_image_reference4.isSameVersion)(place.version, (0, import_image_reference4.versionIn)(to)));
  if (!refused.every(isThere)) {
    const versions = [...new Set(places.map(({ version }) => version))];
    throw (0, import_errors6.failure)("REFUSED_REPLACED", { ...namesOf(environment), versions });
  }
  if (wanted === "") (0, import_deployed_versions3.versionsOf)(places);
  const target = await (wanted === "" ? lastGood(environment, deployed) : named(wanted, deployed));
  if (!target) {
    const past = await history(() => false);
    const known = [...new Set(past.filter((one) => !isDeployed(one, places)).map(nameOf2))];
    throw (0, import_errors6.failure)("NO_EARLIER_VERSION", { ...namesOf(environment), wanted, known });
  }
  const origin = { environment: "", since: target.time, pull: target.pull };
  const rollsBack = [...new Set(places.map(({ image, version }) => referenceTo(image, version)))];
  return {
    // Without the images that are not used here any more.
    images: linesOf([...target.versions].filter(([image]) => places.some((place) => place.image === image))),
    operation: { ...operationOf(environment.step), action: "Roll back", origin, rollsBack },
    defaults: {
      branch: import_operation.ROLLBACK_BRANCH,
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
var builtBy = ({ ci }, build) => ({ ...ci, source: (0, import_build.sourceOf)(build, ci) });
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
  throw (0, import_errors6.failure)("EARLIER_REFUSED", { ...namesOf(environment), versions: refused.map(nameOf2) });
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
var operationOf = ({ reason = "" }) => ({ ...import_operation.PLAIN_RELEASE, reason });
var namesOf = ({ config: { app, environment } }) => ({ app, environment });
var linesOf = (versions) => versions.map(([image, version]) => referenceTo(image, version)).join("\n");
var referenceTo = (image, version) => (0, import_image_reference4.formatReference)({ name: image, ...(0, import_image_reference4.parseVersion)(version) ?? { tag: version } });
function isNamed({ versions }, wanted) {
  return [...versions.values()].some((version) => {
    const { tag, digest } = (0, import_image_reference4.parseVersion)(version) ?? {};
    return [version, tag, digest].includes(wanted);
  });
}

// src/environments/run-mode.ts
var run_mode_exports = {};
__export(run_mode_exports, {
  runMode: () => runMode
});
var import_errors8 = __toESM(require_errors());
var import_connect2 = __toESM(require_connect());
var import_inputs3 = __toESM(require_inputs());
var import_raw_inputs = __toESM(require_raw_inputs());
var import_lookup4 = __toESM(require_lookup());
var import_values4 = __toESM(require_values());
var import_release = __toESM(require_release());
var import_request = __toESM(require_request());
var import_workspace4 = __toESM(require_workspace());
var import_config3 = __toESM(require_config());
var import_config_file3 = __toESM(require_config_file());

// src/environments/open-environment.ts
var import_errors7 = __toESM(require_errors());
var import_lookup3 = __toESM(require_lookup());
var import_values3 = __toESM(require_values());
var import_config_file2 = __toESM(require_config_file());
var import_config2 = __toESM(require_config());
var EVERYTHING = ["."];
async function openEnvironment(config, workspace, step, ci) {
  const base = baseOf(config, step);
  const isHere = base === "" || base === workspace.store.base;
  if (isHere) return { workspace, config, step, ci };
  const there = await workspace.at(base);
  return { workspace: there.beside?.(workspace.log) ?? there, config, step, ci };
}
var deliveryOf = ({ raw }, step) => step.delivery ?? raw.delivery ?? (0, import_lookup3.defaultOf)("delivery");
var baseOf = ({ raw }, step) => (step.base ?? raw.base ?? "").replace(/^refs\/heads\//, "");
async function prefetch(environments, { store }, step, { others, branches }) {
  const here = environments.filter((one) => [store.base, ""].includes(baseOf(one, step)));
  if (here.length < 2 && store.canPush) return;
  const pathsOf2 = ({ raw }) => (0, import_values3.readLines)(step.paths ?? raw.paths ?? "");
  await store.prefetch(
    here.map((one) => ({ words: [], paths: pathsOf2(one), others })),
    branches
  );
}
async function fetchConfig(workspace, step) {
  const file = await (0, import_config_file2.readConfigFile)(workspace, step);
  if (!file) throw (0, import_errors7.failure)("CONFIG_NOT_FOUND", { file: (0, import_config_file2.configPath)(step), base: workspace.store.base });
  return (0, import_config2.readConfig)(file.path, file.text);
}

// src/environments/release-each.ts
var import_repository_api = __toESM(require_repository_api());
var import_log = __toESM(require_log());
var import_workspace3 = __toESM(require_workspace());
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
  return (0, import_workspace3.orInClone)(workspace, release);
}
async function sideBySide(workspace, beside, deliveries) {
  const attempts = [];
  for (const [index, { title, release }] of deliveries.entries()) {
    const attempt = async () => {
      await attempts[index - AT_ONCE];
      const log = new import_log.DeferredLog();
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
    const needsClone = result.status === "rejected" && result.reason instanceof import_repository_api.CloneNeeded;
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

// src/environments/readiness.ts
var import_image_reference5 = __toESM(require_image_reference());
var import_inventory2 = __toESM(require_inventory());
var import_plan = __toESM(require_plan());
var import_read_manifests2 = __toESM(require_read_manifests());
async function inputsForPresent(environment, inputs) {
  if (inputs.images.released.length < 2) return inputs;
  return withoutAbsent(inputs, await inventoryOf(environment, inputs), environment.workspace.log);
}
async function hasReleased(environment, { images, operation }) {
  const lines = images.released.map(({ reference }) => (0, import_image_reference5.formatReference)(reference)).join("\n");
  const task = { images: lines, operation, defaults: { "allowed-versions": "" }, ci: environment.ci };
  const wanted = inputsOf(environment, task);
  const inventory = await inventoryOf(environment, wanted);
  const inputs = withoutAbsent(wanted, inventory, environment.workspace.log);
  const { files, missing } = (0, import_plan.planOnInventory)(inputs.images.released, inventory, inputs.search.plan);
  return files.length === 0 && missing.length === 0;
}
function waitingOutcome({ workspace: { store, forge } }, inputs, reason) {
  const [image] = inputs.images.released;
  return {
    outcome: "waiting",
    pullRequest: void 0,
    numberSign: forge?.numberSign ?? "#",
    merging: "",
    page: "",
    repository: inputs.access.remote.name,
    version: image?.reference.tag ?? image?.reference.digest ?? "",
    delivery: inputs.policy.delivery,
    branch: "",
    base: store.base,
    commit: "",
    verified: false,
    changes: [],
    left: [],
    diff: "",
    reason
  };
}
async function inventoryOf({ workspace }, { images, search }) {
  const { manifests } = await (0, import_read_manifests2.readManifests)(workspace, { images: images.released, search });
  return (0, import_inventory2.takeInventory)(manifests, { ...search.plan, images: images.released });
}
function withoutAbsent(inputs, inventory, log) {
  const { released, notes } = inputs.images;
  const present = (0, import_inventory2.presentImages)(released, inventory);
  if (present.length === 0 || present.length === released.length) return inputs;
  const unused = released.filter((image) => !present.includes(image));
  for (const { replaces } of unused) log.step(`${replaces} is not used in this environment; skipped`);
  return { ...inputs, images: { released: present, unused, notes } };
}

// src/environments/run-mode.ts
var MODES = {
  release: { needs: [], others: ["from"], task: releaseTask },
  promote: {
    needs: ["from", "environments"],
    others: ["images", "version"],
    task: async (target, open) => {
      const { from = "" } = target.step;
      if (from !== target.config.environment) return promotionTask(target, await open(from));
      throw (0, import_errors8.failure)("INPUT_INVALID", {
        input: "from",
        value: from,
        reason: "is the environment that gets the versions"
      });
    }
  },
  rollback: {
    needs: ["environments"],
    others: ["images", "from"],
    task: (environment) => rollbackTask(environment)
  }
};
async function runMode(raw, access, ci, log, ownTask) {
  const step = (0, import_raw_inputs.givenOf)(raw);
  const mode = (0, import_inputs3.readMode)(step);
  const { needs, others, task: usual } = MODES[mode] ?? MODES.release;
  const task = ownTask ?? usual;
  for (const input of needs) if (step[input] === void 0) throw (0, import_lookup4.missingInput)(input);
  for (const input of others) {
    const value = step[input];
    if (value !== void 0) throw (0, import_errors8.failure)("INPUT_INVALID", { input, value, reason: `is not for mode ${mode}` });
  }
  const { app = "", name } = step;
  log.group(`Read the environments of ${app}`);
  const isRelease = task === releaseTask;
  const withoutClone = isRelease ? { first: [(0, import_config_file3.configPath)(step)] } : "the history of files is read";
  return (0, import_workspace4.withWorkspace)({ access, paths: EVERYTHING, withoutClone, ci, log }, async (first) => {
    const opening = (known2, workspace2) => {
      return (environment) => openEnvironment(find(known2, environment), workspace2, step, ci);
    };
    const { workspace, known, chosen: chosen2 } = await (0, import_workspace4.orInClone)(first, async (one) => {
      const all = (0, import_config3.environmentsOf)(await fetchConfig(one, step), app);
      const wanted = (0, import_config3.chooseEnvironments)(all, (0, import_values4.splitNames)(step.environments ?? ""));
      if (name !== void 0 && wanted.length > 1) {
        const reason = "several environments would have, each of which needs a name of its own";
        throw (0, import_errors8.failure)("INPUT_INVALID", { input: "name", value: name, reason });
      }
      const involved = /* @__PURE__ */ new Set([...wanted.flatMap(({ environment, after }) => [environment, after]), step.from]);
      await prefetch(
        all.filter(({ environment }) => involved.has(environment)),
        one,
        step,
        { others: true, branches: isRelease ? wanted.flatMap((config) => branchesOf(config, step, ci, one)) : [] }
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
        ...await settled(outcome, (error) => (0, import_connect2.explainRefusal)(error, first.access, ci))
      }))
    );
  });
}
function branchesOf(config, step, ci, workspace) {
  try {
    const environment = { config, step, ci, workspace };
    return (0, import_request.branchNames)(inputsOf(environment, releaseTask(environment)), ci, workspace.store.base);
  } catch (error) {
    if (error instanceof import_errors8.ReleaseError) return [];
    throw error;
  }
}
async function runIn(environment, after, open, task) {
  const wanted = await task(environment, open);
  try {
    return await runTask(environment, wanted, after, open);
  } catch (error) {
    throw inFile(environment, wanted, error);
  }
}
function inFile({ config, step }, { defaults }, error) {
  const input = error instanceof import_errors8.ReleaseError ? error.input ?? "" : "";
  const isInFile = Object.hasOwn(config.raw, input) && ![defaults, step].some((raw) => Object.hasOwn(raw, input));
  const place = isInFile ? config.placeOf(input) : void 0;
  return place && error instanceof import_errors8.ReleaseError ? error.at(place) : error;
}
async function runTask(environment, wanted, after, open) {
  const inputs = await inputsForPresent(environment, inputsOf(environment, wanted));
  const isFirst = after === "" || inputs.operation.action === "Roll back";
  const reason = isFirst ? void 0 : await whyNotReady(await open(after), inputs);
  if (reason !== void 0) return waitingOutcome(environment, inputs, reason);
  return (0, import_release.releaseAt)(environment.workspace, inputs, wanted.ci);
}
async function whyNotReady(first, inputs) {
  if (await hasReleased(first, inputs)) return whyNotDeployed(first);
  return `${first.config.environment} does not have it yet`;
}
async function settled(outcome, explain) {
  if (outcome.status === "fulfilled") return { outcome: outcome.value };
  return { error: (0, import_errors8.asReleaseError)(await explain(outcome.reason)) };
}
function find(known, name) {
  const [environment] = (0, import_config3.chooseEnvironments)(known, [name], "from");
  if (!environment) throw (0, import_lookup4.missingInput)("environments");
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
      mode: "rollback",
      environments: environment,
      reason: (0, import_escape5.oneLine)(message, 500),
      delivery: "pull-request",
      // A rollback that a person closed is not opened again.
      force: "false"
    };
    try {
      const [done] = await runMode(step, access, ci, log, (opened) => rollbackTask(opened, changes));
      if (!done?.outcome) throw done?.error ?? new Error("A rollback has no result");
      return sentenceOf(done.outcome);
    } catch (error) {
      if (!(error instanceof import_errors9.ReleaseError)) throw error;
      return `No rollback was opened: ${error.message}`;
    }
  }
}
function sentenceOf(outcome) {
  const { pullRequest, version, reason } = outcome;
  if (outcome.outcome === "declined") {
    const why = reason || `${(0, import_name3.pullRequestName)(outcome, pullRequest?.number ?? "")} was closed without merging`;
    return `No rollback was opened: ${why}.`;
  }
  const where = pullRequest ? `${(0, import_name3.pullRequestName)(outcome, pullRequest.number)} (${pullRequest.url})` : `the branch ${outcome.branch}`;
  return `The rollback to ${version} is ${where}.`;
}

// src/environments/status.ts
var status_exports = {};
__export(status_exports, {
  reportOn: () => reportOn
});
var import_errors10 = __toESM(require_errors());
var import_objects6 = __toESM(require_objects());
var import_wildcard = __toESM(require_wildcard());
var import_raw_inputs2 = __toESM(require_raw_inputs());
var import_values5 = __toESM(require_values());
var import_commit_trailers2 = __toESM(require_commit_trailers());
var import_metadata2 = __toESM(require_metadata());
var import_workspace5 = __toESM(require_workspace());
var import_config4 = __toESM(require_config());
var import_schema2 = __toESM(require_schema());
var DEPLOYED = ["app", "environment", "version", "since", "pull-request"];
var COLUMNS = { status: [...DEPLOYED, "open"], "list-versions": DEPLOYED };
var LISTED = 20;
var ANY_APP = "any-app-of-any-name";
var READERS = { status: readStatus, "list-versions": readVersions2 };
var CHANGES = { status: 1, "list-versions": LISTED };
async function reportOn(mode, raw, access, ci, log) {
  const step = (0, import_raw_inputs2.givenOf)(raw);
  log.group("Read the environments");
  const withoutClone = "the history of files is read";
  return (0, import_workspace5.withWorkspace)({ access, paths: EVERYTHING, withoutClone, ci, log }, async (workspace) => {
    const config = await fetchConfig(workspace, step);
    const apps = step.app === void 0 ? await allApps(config, workspace) : [step.app];
    const environments = apps.flatMap(
      (app) => chosen((0, import_config4.environmentsOf)(config, app), (0, import_values5.splitNames)(step.environments ?? ""))
    );
    await prefetch(environments, workspace, step, { others: false, branches: [] });
    const find2 = findOnce();
    const deployed = [];
    for (const config2 of environments) {
      const reading = openEnvironment(config2, workspace, step, ci).then(read);
      const [result] = await Promise.allSettled([reading]);
      deployed.push([config2, result]);
    }
    await fetchHistories(
      deployed.flatMap(([, result]) => result.status === "fulfilled" ? result.value : []),
      CHANGES[mode]
    );
    const rows = [];
    for (const [{ app, environment }, result] of deployed) {
      const reading = result.status === "fulfilled" ? READERS[mode](result.value, find2) : Promise.reject(result.reason);
      const found = await reading.catch((error) => [{ version: (0, import_errors10.asReleaseError)(error).message }]);
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
  for (const [store, own] of (0, import_objects6.groupBy)(all, ({ environment }) => environment.workspace.store)) {
    const files = own.flatMap(({ deployed }) => deployed.files);
    if (own.length > 1) await store.fetchFileHistories([...new Set(files)], changes);
  }
}
function chosen(known, names) {
  return names.length > 0 ? (0, import_config4.chooseEnvironments)(known, names) : known;
}
async function readStatus({ environment, deployed }, find2) {
  const { places, history } = deployed;
  const versions = [...new Set(places.map(({ version }) => version))].join(", ");
  const [latest] = await history((found) => found.length > 0);
  const since = latest && isDeployed(latest, places) ? latest : void 0;
  const verdict = await verdictIn(environment, deployed).then(
    (found) => found?.kind ?? "",
    (error) => (0, import_errors10.asReleaseError)(error).message
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
  const ours = open.filter(({ commits }) => commits.some((commit) => (0, import_commit_trailers2.buildIn)(commit, key)));
  const sign = environment.workspace.forge?.numberSign ?? "#";
  return ours.map(({ number, title }) => `${sign}${number} ${title}`);
}
function findOnce() {
  const found = /* @__PURE__ */ new Map();
  return ({ forge, store: { base } }) => {
    const open = found.get(base) ?? forge?.find([], base, ({ state, body }) => state === "open" && (0, import_metadata2.hasMetadata)(body)).then((all) => all.open) ?? Promise.resolve([]);
    found.set(base, open);
    return open;
  };
}
async function allApps(config, { store }) {
  const { names, hasWildcard } = (0, import_config4.appsOf)(config);
  if (!hasWildcard) return [...names];
  const paths = (0, import_config4.environmentsOf)(config, ANY_APP).flatMap(({ raw }) => (0, import_values5.readLines)(raw.paths ?? ""));
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
    if ((0, import_wildcard.matchesParts)(path.slice(0, start), before.split("*"))) {
      const [longest = ""] = path.slice(start, start + LONGEST_APP).split("/", 1);
      for (let { length } = longest; length > 0; length -= 1) {
        const app = longest.slice(0, length);
        const parts = `${app}${behind.join(app)}/`.split("*");
        if ((0, import_schema2.isName)(app) && (0, import_wildcard.matchesParts)(`${path.slice(start)}/`, [...parts, ""])) return app;
      }
    }
    at = at === 0 ? -1 : path.lastIndexOf(literal, at - 1);
  }
  return void 0;
}
var MOST_TRIES = 100;
var LONGEST_APP = 63;
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  "src/environments/init/init.ts": null,
  "src/environments/landings.ts": null,
  "src/environments/rollbacks.ts": null,
  "src/environments/run-mode.ts": null,
  "src/environments/scan.ts": null,
  "src/environments/status.ts": null
});
