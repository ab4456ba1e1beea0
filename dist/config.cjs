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
  for (var name2 in all)
    __defProp(target, name2, { get: all[name2], enumerable: true });
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

// config-file.mjs
var config_file_exports = {};
__export(config_file_exports, {
  modules: () => modules
});
module.exports = __toCommonJS(config_file_exports);

// src/environments/config/config.ts
var import_fastest_levenshtein = __toESM(require_mod());

// elsewhere:src/core/errors.ts
var { PROJECT_URL, ReleaseError, asReleaseError, failure, failureCodes } = require("./start.cjs").modules["src/core/errors.ts"];

// elsewhere:src/core/escape.ts
var { cut, forCommit, forLog, forMarkdown, fromCommit, jsonForLog, markdownBlock, markdownCode, markdownUrl, oneCommitLine, oneLine, quote } = require("./start.cjs").modules["src/core/escape.ts"];

// elsewhere:src/core/objects.ts
var { UNKNOWN_IMAGE, counted, groupBy, kept, memoized } = require("./start.cjs").modules["src/core/objects.ts"];

// elsewhere:node_modules/zod/mini/index.js
var { array, boolean, enum: enum2, extend, int, lazy, literal, nullable, nullish, number, object, optional, record, refine, regex, strictObject, string, union, unknown } = require("./workspace.cjs").modules["node_modules/zod/mini/index.js"];

// elsewhere:src/inputs/table.ts
var { INPUT_TABLE, SETTING_NAMES } = require("./start.cjs").modules["src/inputs/table.ts"];

// src/environments/config/schema.ts
var SETTINGS = INPUT_TABLE.filter((input) => input.perEnvironment !== void 0);
var ON_FAILURE = ["none", "rollback"];
var NAME = "[A-Za-z0-9][A-Za-z0-9_.\\-]{0,62}";
var name = string().check(regex(new RegExp(`^${NAME}$`)));
var nameOrWildcard = string().check(regex(new RegExp(`^(?:\\*|${NAME})$`)));
var list = union([string(), array(string())]);
var choice = (choices) => literal(choices.map((one) => one === "true" || one === "false" ? one === "true" : one));
var schemaOf = ({ name: key, list: isList, choices }) => [
  key,
  optional(isList ? list : choices ? choice(choices) : string())
];
var settings = Object.fromEntries(SETTINGS.map(schemaOf));
var defaults = strictObject(settings);
var environment = strictObject({
  ...settings,
  after: optional(string()),
  "on-failure": optional(enum2(ON_FAILURE))
});
var app = strictObject({ ...settings, images: list, environments: record(name, nullable(environment)) });
var CONFIG = strictObject({
  defaults: optional(defaults),
  apps: optional(record(nameOrWildcard, app))
});
var INLINE_SETTINGS = strictObject(
  Object.fromEntries(
    INPUT_TABLE.filter(({ name: key, variable }) => SETTING_NAMES.has(key) && variable === void 0).map(schemaOf)
  )
);
var KEYS = {
  0: Object.keys(CONFIG.shape),
  1: Object.keys(defaults.shape),
  2: Object.keys(app.shape),
  4: Object.keys(environment.shape)
};
function isName(text) {
  return name.safeParse(text).success;
}

// elsewhere:node_modules/yaml/browser/dist/index.js
var { Alias, CST, Composer, Document, Lexer, LineCounter, Pair, Parser, Scalar, Schema, YAMLError, YAMLMap, YAMLParseError, YAMLSeq, YAMLWarning, isAlias, isCollection, isDocument, isMap, isNode, isPair, isScalar, isSeq, parse, parseAllDocuments, parseDocument, stringify, visit, visitAsync } = require("./yaml.cjs").modules["node_modules/yaml/browser/dist/index.js"];

// elsewhere:src/manifests/yaml/budget.ts
var { MAX_DEPTH, ReadingBudget, STEPS_OF_DOCUMENT, TooComplex } = require("./workspace.cjs").modules["src/manifests/yaml/budget.ts"];

// src/manifests/yaml/nesting.ts
function isTooDeep(tokens) {
  let level = tokens;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((token) => {
      if (token.type === "document") return token.value ?? [];
      return "items" in token ? token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat()) : [];
    });
  }
  return false;
}

// src/environments/config/yaml-source.ts
var MAX_DEPTH2 = 20;
var MAX_VALUES = 2e5;
var ConfigText = class {
  data;
  #file;
  #lines = new LineCounter();
  #root;
  #aliased = /* @__PURE__ */ new Map();
  #entries = /* @__PURE__ */ new Map();
  #values = 0;
  /** Throws CONFIG_INVALID for a text that is not one YAML document. */
  constructor(file, text) {
    this.#file = file;
    const document = this.#compose(text.replace(/^\ufeff/, ""));
    this.#root = document?.contents;
    const anchors = /* @__PURE__ */ new Map();
    visit(document ?? null, (_, node) => {
      if (isAlias(node)) this.#aliased.set(node, anchors.get(node.source));
      else if (isNode(node) && node.anchor !== void 0) anchors.set(node.anchor, node);
    });
    this.data = this.#read(this.#root, 0);
  }
  /** The keys of a map, in the order of the file. */
  keysOf(path) {
    const map = this.#nodeAt(path);
    return isMap(map) ? [...this.#entriesOf(map).keys()] : [];
  }
  /** The position of a key or its value; of a missing one the position of its parent's key. */
  placeOf(path, part) {
    const parent = this.#nodeAt(path.slice(0, -1));
    const name2 = path.at(-1);
    const pair = isMap(parent) ? this.#entriesOf(parent).get(String(name2)) : void 0;
    const node = isSeq(parent) ? parent.items[Number(name2)] : part === "key" ? pair?.key : pair?.value ?? pair?.key;
    if (isNode(node)) return this.#placeAt(offsetOf(node));
    return path.length > 1 ? this.placeOf(path.slice(0, -1), "key") : this.#placeAt(0);
  }
  #compose(text) {
    const tokens = [...new Parser(this.#lines.addNewLine).parse(text)];
    if (isTooDeep(tokens)) throw this.#refuse(0, "this is nested too deeply");
    const [document, second] = [...new Composer({ stringKeys: true, uniqueKeys: false }).compose(tokens, true)];
    const [error] = document?.errors ?? [];
    if (error) {
      const [offset] = error.pos;
      const reason = error.code === "NON_STRING_KEY" ? "a key must be a text" : `this is not valid YAML: ${error.message}`;
      const isTemplate = text.split("\n")[this.#placeAt(offset).line - 1]?.includes("{{");
      const advice = isTemplate ? 'A text with "{{ app }}" in it must be in quotes.' : "";
      throw this.#refuse(offset, reason, advice);
    }
    if (second) throw this.#refuse(second.range[0], "a second document starts here, and there may be only one");
    return document;
  }
  #nodeAt(path) {
    return path.reduce((node, name2) => {
      if (isSeq(node)) return this.#resolve(node.items[Number(name2)]);
      return isMap(node) ? this.#resolve(this.#entriesOf(node).get(String(name2))?.value) : void 0;
    }, this.#resolve(this.#root));
  }
  #read(given, depth) {
    this.#count(given, depth);
    const node = this.#resolve(given);
    if (isSeq(node)) return node.items.map((item) => this.#read(item, depth + 1));
    if (!isMap(node)) return isScalar(node) ? node.value : null;
    const read = [...this.#entriesOf(node)].map(([name2, { value }]) => [name2, this.#read(value, depth + 1)]);
    return Object.fromEntries(read);
  }
  /** The entries of a map by name, those that it merges after its own. */
  #entriesOf(map) {
    const known = this.#entries.get(map);
    if (known) return known;
    const entries = /* @__PURE__ */ new Map();
    this.#entries.set(map, entries);
    const [merges, own] = [map.items.filter(isMerge), map.items.filter((pair) => !isMerge(pair))];
    for (const pair of own) {
      const name2 = this.#nameOf(pair);
      if (entries.has(name2)) throw this.#refuse(offsetOf(pair.key), `${quote(name2)} appears here twice`);
      entries.set(name2, pair);
    }
    for (const source of merges.flatMap(({ value }) => this.#mergedMaps(value))) {
      for (const [name2, pair] of this.#entriesOf(source)) {
        this.#count(pair.key);
        if (!entries.has(name2)) entries.set(name2, pair);
      }
    }
    return entries;
  }
  #mergedMaps(value) {
    const source = this.#resolve(value);
    const sources = isSeq(source) ? source.items.map((item) => this.#resolve(item)) : [source];
    if (!sources.every(isMap)) throw this.#refuse(offsetOf(value), '"<<" merges what is not a map');
    return sources;
  }
  #nameOf({ key }) {
    const name2 = isScalar(key) ? String(key.value) : "";
    if (name2 === "__proto__") throw this.#refuse(offsetOf(key), '"__proto__" cannot be a key');
    return name2;
  }
  #resolve(node) {
    if (!isAlias(node)) return node;
    const target = this.#aliased.get(node);
    if (target === void 0) throw this.#refuse(offsetOf(node), `"*${node.source}" is an alias of nothing`);
    return target;
  }
  #count(node, depth = 0) {
    this.#values += 1;
    if (depth > MAX_DEPTH2) throw this.#refuse(offsetOf(node), "this is nested too deeply");
    if (this.#values > MAX_VALUES) throw this.#refuse(offsetOf(node), "with its aliases the file has too many values");
  }
  #placeAt(offset) {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.#file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }
  #refuse(offset, reason, advice = "") {
    return failure("CONFIG_INVALID", { place: this.#placeAt(offset), reason, advice });
  }
};
var offsetOf = (node) => isNode(node) ? node.range?.[0] ?? 0 : 0;
var isMerge = ({ key }) => isScalar(key) && key.value === "<<" && key.type === "PLAIN";

// elsewhere:src/core/near-name.ts
var { nearName } = require("./start.cjs").modules["src/core/near-name.ts"];

// src/environments/config/messages.ts
var EXPLANATIONS = {
  unrecognized_keys: ({ path, keys: [key = ""] }) => {
    const place = ADVICE_FOR_KEYS.get(key);
    return {
      path: [...path, key],
      part: "key",
      reason: `${quote(key)} ${place === void 0 ? "is unknown" : "is not allowed"} here`,
      advice: place ?? didYouMean(key, KEYS[path.length] ?? [])
    };
  },
  invalid_type: ({ path, expected, input }) => wrongType(path, input, NEEDED[expected] ?? expected),
  invalid_union: ({ path, input }) => {
    const index = Array.isArray(input) ? input.findIndex((item) => typeof item !== "string") : -1;
    return index < 0 ? wrongType(path, input, "a text or a list of texts") : wrongType([...path, index], input[index], "a text");
  },
  invalid_value: ({ path, input, values }) => ({
    path,
    part: "value",
    reason: `${subject(path)} is ${shown(input)}, none of ${values.slice(0, -1).map(String).join(", ")} and ${String(values.at(-1))}`,
    advice: values.some((value) => typeof value !== "string" && String(value) === input) ? "Write it without quotes." : ""
  }),
  invalid_key: ({ path }) => ({
    path,
    part: "key",
    reason: `${quote(String(path.at(-1)))} cannot be a name`,
    advice: "A name starts with a letter or digit and has at most 63 letters, digits, dots, hyphens and underscores."
  })
};
function explain(issue) {
  const explanation = EXPLANATIONS[issue.code];
  return explanation?.(issue) ?? { path: issue.path, part: "value", reason: issue.message, advice: "" };
}
function didYouMean(name2, known) {
  const near = nearName(name2, known);
  if (near !== void 0) return `Did you mean ${quote(near)}?`;
  const more = known.length - MOST_KNOWN;
  const named = known.slice(0, MOST_KNOWN).join(", ") + (more > 0 ? ` and ${more} more` : "");
  return named === "" ? "" : `Known here: ${named}.`;
}
var MOST_KNOWN = 12;
var ADVICE_FOR_KEYS = new Map([
  ...INPUT_TABLE.map(({ name: name2 }) => [name2, "It is an input of the step only."]),
  ["defaults", "It belongs at the top of the file."],
  ["apps", "It belongs at the top of the file."],
  ["images", "It belongs in an app."],
  ["environments", "It belongs in an app."],
  ["after", "It belongs in an environment."]
]);
var NEEDED = {
  string: "a text",
  object: "a map of keys and values",
  record: "a map of names"
};
function wrongType(path, input, needed) {
  if (input === void 0) return { path, part: "key", reason: `${subject(path)} is missing`, advice: "" };
  const isScalar2 = typeof input === "number" || typeof input === "boolean";
  return {
    path,
    part: "value",
    reason: `${subject(path)} is ${shown(input)}, and ${needed} is needed`,
    advice: isScalar2 && needed.startsWith("a text") ? "Write it in quotes." : ""
  };
}
function subject(path) {
  const last = path.at(-1);
  if (last === void 0) return "this";
  return typeof last === "number" ? `item ${last + 1} of ${quote(String(path.at(-2)))}` : quote(String(last));
}
function shown(input) {
  if (input === null || input === "") return "empty";
  if (typeof input === "string") return quote(input);
  if (typeof input === "number" || typeof input === "boolean") return `the ${typeof input} ${input}`;
  return Array.isArray(input) ? "a list" : "a map";
}

// elsewhere:src/core/image-reference.ts
var { foldersOf, formatReference, formatVersion, isDigest, isPartOf, isSameVersion, isTag, parseReference, parseVersion, referenceProblem, repositoryOf, searchWord, shortVersion, splitName, versionIn, versionProblem } = require("./start.cjs").modules["src/core/image-reference.ts"];

// src/environments/config/rules.ts
function findProblems({ defaults: defaults2, apps }) {
  if (!defaults2 && !apps) return [problemAt([], 'the file has neither "apps" nor "defaults"')];
  return [
    ...settingProblems(["defaults"], defaults2 ?? {}),
    ...apps ? emptyProblems(["apps"], Object.keys(apps)) : [],
    ...Object.entries(apps ?? {}).flatMap(([name2, app2]) => appProblems(["apps", name2], app2, defaults2 ?? {}))
  ];
}
function linesOf(setting, path = []) {
  const texts = Array.isArray(setting) ? setting : [String(setting)];
  return texts.flatMap(
    (text, index) => text.split("\n").map((line) => ({ text: line.trim(), path: Array.isArray(setting) ? [...path, index] : path })).filter((line) => line.text !== "")
  );
}
function appProblems(path, app2, defaults2) {
  const images = linesOf(app2.images, [...path, "images"]);
  const environments = Object.entries(app2.environments);
  const afters = new Map(environments.map(([name2, settings2]) => [name2, settings2?.after ?? ""]));
  return [
    ...settingProblems(path, app2),
    ...emptyProblems([...path, "images"], images),
    ...images.flatMap(imageProblems),
    ...emptyProblems([...path, "environments"], environments),
    ...nameProblems([...path, "environments"], { ...defaults2, ...app2 }, app2.environments),
    ...environments.flatMap(([name2, settings2]) => settingProblems([...path, "environments", name2], settings2 ?? {})),
    ...afterProblems([...path, "environments"], afters),
    ...environments.flatMap(([name2, settings2]) => {
      const given = { ...defaults2, ...app2, ...settings2 };
      return onFailureProblems([...path, "environments", name2], given.verdict, settings2?.["on-failure"]);
    })
  ];
}
function settingProblems(path, settings2) {
  return SETTINGS.flatMap(({ name: name2, perEnvironment }) => {
    const lines = linesOf(settings2[name2] ?? [], [...path, name2]);
    return [
      ...perEnvironment === "filled" ? lines.flatMap((line) => placeholderProblems(line, ["app", "environment"])) : [],
      ...name2 === "paths" ? lines.flatMap(pathProblems) : []
    ];
  });
}
function emptyProblems(path, entries) {
  return entries.length > 0 ? [] : [problemAt(path, `${quote(String(path.at(-1)))} is empty`)];
}
function placeholderProblems({ text, path }, names) {
  const unknown2 = findUnknownPlaceholder(text, names);
  if (unknown2 === void 0) return [];
  const reason = `${quote(text)} has ${quote(unknown2)} between braces, which is unknown here`;
  return [problemAt(path, reason, didYouMean(unknown2, names))];
}
function pathProblems({ text, path }) {
  if (!leadsOutside(text)) return [];
  const advice = 'Write it from the root of the repository, with "/" between folders: apps/web/overlays/staging.';
  return [problemAt(path, `${quote(text)} leads out of the repository`, advice)];
}
function nameProblems(path, common, environments) {
  const owners = /* @__PURE__ */ new Map();
  const app2 = String(path.at(-2));
  return Object.entries(environments).flatMap(([environment2, settings2]) => {
    const name2 = fillPlaceholders(String(settings2?.name ?? common.name ?? ""), { app: app2, environment: environment2 });
    const owner = owners.get(name2);
    if (name2 !== "") owners.set(name2, environment2);
    if (name2 === "" || owner === void 0) return [];
    const reason = `"name" is ${quote(name2)}, as in ${quote(owner)}, and each environment needs a name of its own`;
    return [problemAt([...path, environment2, "name"], reason, 'Write "{{ environment }}" in it, or leave it out.')];
  });
}
function imageProblems(line) {
  const unknown2 = placeholderProblems(line, ["app"]);
  if (unknown2.length > 0) return unknown2;
  const image = fillPlaceholders(line.text, { app: "app" });
  const reference = parseReference(image);
  if (reference?.name === image) return [];
  const problem = reference ? "has a version, which is not allowed here" : referenceProblem(image);
  return [problemAt(line.path, `${quote(line.text)} ${problem}`, "Write registry/path alone.")];
}
function afterProblems(path, afters) {
  const ending = /* @__PURE__ */ new Set();
  for (const [name2, after] of afters) {
    const place = [...path, name2, "after"];
    if (after !== "" && !afters.has(after)) {
      const reason = `"after" is ${quote(after)}, which is no environment of this app`;
      return [problemAt(place, reason, didYouMean(after, [...afters.keys()]))];
    }
    const cycle = findCycle(name2, afters, ending);
    if (cycle) return [problemAt(place, `"after" goes in a circle: ${cycle.join(" -> ")}`)];
  }
  return [];
}
function onFailureProblems(path, verdict = [], onFailure = "none") {
  if (onFailure === "none" || linesOf(verdict).length > 0) return [];
  const reason = `"on-failure" is ${quote(onFailure)}, and no "verdict" says whose failure counts`;
  return [problemAt([...path, "on-failure"], reason, 'Add the key "verdict" with the statuses of the agent.')];
}
function problemAt(path, reason, advice = "") {
  return { path, part: "value", reason, advice };
}
var PLACEHOLDER = /\{\{([^{}]*)\}\}/g;
function fillPlaceholders(text, values) {
  return text.replace(PLACEHOLDER, (written, name2) => values[name2.trim()] ?? written);
}
function findUnknownPlaceholder(text, names) {
  return [...text.matchAll(PLACEHOLDER)].map(([, name2 = ""]) => name2.trim()).find((name2) => !names.includes(name2));
}
var MAGIC = /^:(?:\([^)]*\)|[!^/]*:?)/;
function leadsOutside(pathspec) {
  const path = pathspec.replace(MAGIC, "");
  if (/^(?:\/|[A-Za-z]:)|\\/.test(path)) return true;
  let depth = 0;
  return path.split("/").some((part) => {
    depth += STEPS.get(part) ?? 1;
    return depth < 0;
  });
}
var STEPS = /* @__PURE__ */ new Map([
  ["..", -1],
  [".", 0],
  ["", 0]
]);
function findCycle(start, afters, ending) {
  const seen = /* @__PURE__ */ new Set([start]);
  for (let name2 = afters.get(start); name2 !== void 0 && !ending.has(name2); name2 = afters.get(name2)) {
    if (name2 === start) return [...seen, start];
    if (seen.has(name2)) return void 0;
    seen.add(name2);
  }
  for (const name2 of seen) ending.add(name2);
  return void 0;
}

// src/environments/config/config.ts
function readConfig(path, text) {
  const source = new ConfigText(path, text);
  const checked = CONFIG.safeParse(source.data, { reportInput: true });
  refuseProblems(source, checked.success ? findProblems(checked.data) : checked.error.issues.map(explain));
  const { defaults: defaults2 = {}, apps = {} } = checked.data ?? {};
  return {
    file: path,
    defaults: defaults2,
    placeOfDefault: (input) => source.placeOf(["defaults", input], "value"),
    apps: new Map(
      Object.entries(apps).map(([name2, { images, environments, ...settings2 }]) => {
        const below = ["apps", name2, "environments"];
        const named = source.keysOf(below).map((environment2) => {
          const { after = "", "on-failure": onFailure = "none", ...own } = environments[environment2] ?? {};
          const { line } = source.placeOf([...below, environment2], "key");
          const placeOf = (input) => {
            const maps = [[...below, environment2], ["apps", name2], ["defaults"]];
            const map = maps.find((one) => source.keysOf(one).includes(input));
            return map && source.placeOf([...map, input], "value");
          };
          const place = { file: path, line };
          return { environment: environment2, after, onFailure, place, placeOf, settings: { ...defaults2, ...settings2, ...own } };
        });
        return [name2, { images: linesOf(images).map((image) => image.text), environments: named }];
      })
    )
  };
}
function defaultsWithoutApp({ defaults: defaults2, placeOfDefault }, given) {
  const wanted = SETTINGS.filter(({ name: name2 }) => given[name2] === void 0);
  for (const { name: name2, perEnvironment } of wanted) {
    const lines = perEnvironment === "filled" ? linesOf(defaults2[name2] ?? []) : [];
    const line = lines.find(({ text }) => fillPlaceholders(text, { app: "", environment: "" }) !== text);
    if (!line) continue;
    const reason = `${quote(name2)} is ${quote(line.text)}, and this run has no app`;
    const advice = `Give the input "app", or ${quote(name2)} itself.`;
    throw failure("CONFIG_INVALID", { place: placeOfDefault(name2), reason, advice });
  }
  const names = new Set(wanted.map(({ name: name2 }) => name2));
  return Object.fromEntries(Object.entries(rawInputs(defaults2, {})).filter(([name2]) => names.has(name2)));
}
function environmentsOf({ file, apps }, app2) {
  const entry = isName(app2) ? apps.get(app2) ?? apps.get("*") : void 0;
  if (!entry) throw failure("APP_UNKNOWN", { app: app2, file, nearest: nearestNames(app2, [...apps.keys()]) });
  const images = entry.images.map((image) => fillPlaceholders(image, { app: app2 }));
  const raws = entry.environments.map(({ environment: environment2, settings: settings2 }) => rawInputs(settings2, { app: app2, environment: environment2 }));
  const bases = [...new Set(raws.flatMap(({ base }) => base ?? []))];
  return entry.environments.map(({ environment: environment2, after, onFailure, place, placeOf }, index) => {
    return { app: app2, environment: environment2, images, raw: raws[index] ?? {}, after, onFailure, bases, place, placeOf };
  });
}
function chooseEnvironments(environments, names, input = "environments") {
  const known = environments.map((one) => one.environment);
  const [all, wanted] = [new Set(known), new Set(names)];
  for (const environment2 of names) {
    if (all.has(environment2)) continue;
    const { app: app2 = "", place = { file: "" } } = environments[0] ?? {};
    throw failure("ENVIRONMENT_UNKNOWN", {
      input,
      environment: environment2,
      app: app2,
      file: place.file,
      nearest: nearestNames(environment2, known)
    });
  }
  const byPush = environments.toSorted((a, b) => rank(a) - rank(b));
  return inOrder(byPush).filter(
    ({ environment: environment2, after }) => names.length === 0 ? after === "" : wanted.has(environment2)
  );
}
function inOrder(environments) {
  const indexes = new Map(environments.map(({ environment: environment2 }, index) => [environment2, index]));
  const followers = groupBy([...environments.keys()], (index) => indexes.get(environments[index]?.after ?? ""));
  const ready = [...followers.get(void 0) ?? []];
  const ordered = [];
  for (let next = ready.shift(); next !== void 0; next = ready.shift()) {
    ordered.push(...environments.slice(next, next + 1));
    for (const follower of followers.get(next) ?? []) {
      const place = ready.findIndex((index) => index > follower);
      ready.splice(place === -1 ? ready.length : place, 0, follower);
    }
  }
  return ordered;
}
function appsOf({ apps }) {
  return { names: [...apps.keys()].filter((name2) => name2 !== "*"), hasWildcard: apps.has("*") };
}
function refuseProblems(source, problems) {
  const placed = problems.map(({ path, part, reason, advice }) => ({
    place: source.placeOf(path, part),
    reason,
    advice
  }));
  const [first] = placed.toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  if (first) throw failure("CONFIG_INVALID", first);
}
function rawInputs(settings2, values) {
  const written = SETTINGS.flatMap(({ name: name2, list: list2, perEnvironment }) => {
    const setting = settings2[name2];
    if (setting === void 0) return [];
    const text = list2 ? linesOf(setting).map((line) => line.text).join("\n") : String(setting);
    return [[name2, perEnvironment === "filled" ? fillPlaceholders(text, values) : text]];
  });
  return Object.fromEntries(written);
}
var rank = ({ raw }) => raw.delivery === "push" ? 0 : 1;
var MOST = 5;
function nearestNames(name2, known) {
  const named = known.filter((one) => one !== "*");
  return named.toSorted((a, b) => (0, import_fastest_levenshtein.distance)(a, name2) - (0, import_fastest_levenshtein.distance)(b, name2)).slice(0, MOST);
}

// elsewhere:src/inputs/lookup.ts
var { choicesOf, defaultOf, isSwitch, missingInput, nearestInputs, unknownInput, variableOf, whereToGive } = require("./start.cjs").modules["src/inputs/lookup.ts"];

// src/environments/config/inline-settings.ts
var ROWS = INPUT_TABLE.filter(({ name: name2, variable }) => SETTING_NAMES.has(name2) && variable === void 0);
function readInlineSettings(text) {
  const source = new ConfigText("settings", text);
  const checked = INLINE_SETTINGS.safeParse(source.data ?? {}, { reportInput: true });
  refuseProblems(source, checked.success ? [] : checked.error.issues.map((issue) => withOwnAdvice(explain(issue))));
  const settings2 = checked.data ?? {};
  return Object.fromEntries(
    ROWS.flatMap(({ name: name2 }) => {
      const setting = settings2[name2];
      if (setting === void 0) return [];
      const lines = Array.isArray(setting) ? linesOf(setting).map((line) => line.text) : [String(setting)];
      return [[name2, lines.join("\n")]];
    })
  );
}
function withOwnAdvice(problem) {
  const [name2] = problem.path;
  if (problem.part !== "key" || problem.path.length !== 1) return problem;
  const known = INPUT_TABLE.find((row) => row.name === name2);
  if (!known)
    return {
      ...problem,
      advice: didYouMean(
        String(name2),
        ROWS.map((row) => row.name)
      )
    };
  return { ...problem, reason: `${quote(known.name)} is not a setting`, advice: `Give it ${whereToGive(known.name)}.` };
}

// config-file.mjs
var modules = {
  "src/environments/config/config.ts": { appsOf, chooseEnvironments, defaultsWithoutApp, environmentsOf, readConfig, refuseProblems },
  "src/environments/config/inline-settings.ts": { readInlineSettings },
  "src/environments/config/rules.ts": { fillPlaceholders, findProblems, linesOf },
  "src/environments/config/schema.ts": { CONFIG, INLINE_SETTINGS, KEYS, SETTINGS, isName }
};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  modules
});
