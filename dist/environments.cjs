var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};
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

// elsewhere:src/core/escape.ts
var require_escape = __commonJS({
  "elsewhere:src/core/escape.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/escape.ts"];
  }
});

// elsewhere:src/inputs/lookup.ts
var require_lookup = __commonJS({
  "elsewhere:src/inputs/lookup.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/inputs/lookup.ts"];
  }
});

// elsewhere:src/inputs/table.ts
var require_table = __commonJS({
  "elsewhere:src/inputs/table.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/inputs/table.ts"];
  }
});

// elsewhere:node_modules/fastest-levenshtein/mod.js
var require_mod = __commonJS({
  "elsewhere:node_modules/fastest-levenshtein/mod.js"(exports2, module2) {
    module2.exports = require("./start.cjs")["node_modules/fastest-levenshtein/mod.js"];
  }
});

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

// elsewhere:node_modules/zod/mini/index.js
var require_mini = __commonJS({
  "elsewhere:node_modules/zod/mini/index.js"(exports2, module2) {
    module2.exports = require("./release.cjs")["node_modules/zod/mini/index.js"];
  }
});

// src/environments/config/schema.ts
function isName(text) {
  return name.safeParse(text).success;
}
var z, import_table, SETTINGS, ON_FAILURE, NAME, name, nameOrWildcard, list, choice, schemaOf, settings, defaults, environment, app, CONFIG, INLINE_SETTINGS, KEYS;
var init_schema = __esm({
  "src/environments/config/schema.ts"() {
    z = __toESM(require_mini());
    import_table = __toESM(require_table());
    SETTINGS = import_table.INPUT_TABLE.filter((input) => input.perEnvironment !== void 0);
    ON_FAILURE = ["none", "rollback"];
    NAME = "[A-Za-z0-9][A-Za-z0-9_.\\-]{0,62}";
    name = z.string().check(z.regex(new RegExp(`^${NAME}$`)));
    nameOrWildcard = z.string().check(z.regex(new RegExp(`^(?:\\*|${NAME})$`)));
    list = z.union([z.string(), z.array(z.string())]);
    choice = (choices) => z.literal(choices.map((one) => one === "true" || one === "false" ? one === "true" : one));
    schemaOf = ({ name: key, list: isList2, choices }) => [
      key,
      z.optional(isList2 ? list : choices ? choice(choices) : z.string())
    ];
    settings = Object.fromEntries(SETTINGS.map(schemaOf));
    defaults = z.strictObject(settings);
    environment = z.strictObject({
      ...settings,
      after: z.optional(z.string()),
      "on-failure": z.optional(z.enum(ON_FAILURE))
    });
    app = z.strictObject({ ...settings, images: list, environments: z.record(name, z.nullable(environment)) });
    CONFIG = z.strictObject({
      defaults: z.optional(defaults),
      apps: z.optional(z.record(nameOrWildcard, app))
    });
    INLINE_SETTINGS = z.strictObject(
      Object.fromEntries(
        import_table.INPUT_TABLE.filter(({ name: key, variable }) => import_table.SETTING_NAMES.has(key) && variable === void 0).map(schemaOf)
      )
    );
    KEYS = {
      0: Object.keys(CONFIG.shape),
      1: Object.keys(defaults.shape),
      2: Object.keys(app.shape),
      4: Object.keys(environment.shape)
    };
  }
});

// elsewhere:node_modules/yaml/dist/index.js
var require_dist = __commonJS({
  "elsewhere:node_modules/yaml/dist/index.js"(exports2, module2) {
    module2.exports = require("./release.cjs")["node_modules/yaml/dist/index.js"];
  }
});

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
var MAX_DEPTH;
var init_nesting = __esm({
  "src/manifests/yaml/nesting.ts"() {
    MAX_DEPTH = 300;
  }
});

// src/environments/config/yaml-source.ts
var import_yaml, import_errors, import_escape, MAX_DEPTH2, MAX_VALUES, ConfigText, offsetOf, isMerge;
var init_yaml_source = __esm({
  "src/environments/config/yaml-source.ts"() {
    import_yaml = __toESM(require_dist());
    import_errors = __toESM(require_errors());
    import_escape = __toESM(require_escape());
    init_nesting();
    MAX_DEPTH2 = 20;
    MAX_VALUES = 2e5;
    ConfigText = class {
      data;
      #file;
      #lines = new import_yaml.LineCounter();
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
        (0, import_yaml.visit)(document ?? null, (_, node) => {
          if ((0, import_yaml.isAlias)(node)) this.#aliased.set(node, anchors.get(node.source));
          else if ((0, import_yaml.isNode)(node) && node.anchor !== void 0) anchors.set(node.anchor, node);
        });
        this.data = this.#read(this.#root, 0);
      }
      /** The keys of a map, in the order of the file. */
      keysOf(path) {
        const map = this.#nodeAt(path);
        return (0, import_yaml.isMap)(map) ? [...this.#entriesOf(map).keys()] : [];
      }
      /** The position of a key or its value; of a missing one the position of its parent's key. */
      placeOf(path, part) {
        const parent = this.#nodeAt(path.slice(0, -1));
        const name2 = path.at(-1);
        const pair = (0, import_yaml.isMap)(parent) ? this.#entriesOf(parent).get(String(name2)) : void 0;
        const node = (0, import_yaml.isSeq)(parent) ? parent.items[Number(name2)] : part === "key" ? pair?.key : pair?.value ?? pair?.key;
        if ((0, import_yaml.isNode)(node)) return this.#placeAt(offsetOf(node));
        return path.length > 1 ? this.placeOf(path.slice(0, -1), "key") : this.#placeAt(0);
      }
      #compose(text) {
        const tokens = [...new import_yaml.Parser(this.#lines.addNewLine).parse(text)];
        if (isTooDeep(tokens)) throw this.#refuse(0, "the file is nested too deeply");
        const [document, second] = [...new import_yaml.Composer({ stringKeys: true, uniqueKeys: false }).compose(tokens, true)];
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
          if ((0, import_yaml.isSeq)(node)) return this.#resolve(node.items[Number(name2)]);
          return (0, import_yaml.isMap)(node) ? this.#resolve(this.#entriesOf(node).get(String(name2))?.value) : void 0;
        }, this.#resolve(this.#root));
      }
      #read(given, depth) {
        this.#count(given, depth);
        const node = this.#resolve(given);
        if ((0, import_yaml.isSeq)(node)) return node.items.map((item) => this.#read(item, depth + 1));
        if (!(0, import_yaml.isMap)(node)) return (0, import_yaml.isScalar)(node) ? node.value : null;
        const read2 = [...this.#entriesOf(node)].map(([name2, { value }]) => [name2, this.#read(value, depth + 1)]);
        return Object.fromEntries(read2);
      }
      /** The entries of a map by name, those that it merges after its own. */
      #entriesOf(map) {
        const known2 = this.#entries.get(map);
        if (known2) return known2;
        const entries = /* @__PURE__ */ new Map();
        this.#entries.set(map, entries);
        const [merges, own] = [map.items.filter(isMerge), map.items.filter((pair) => !isMerge(pair))];
        for (const pair of own) {
          const name2 = this.#nameOf(pair);
          if (entries.has(name2)) throw this.#refuse(offsetOf(pair.key), `${(0, import_escape.quote)(name2)} appears here twice`);
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
        const sources = (0, import_yaml.isSeq)(source) ? source.items.map((item) => this.#resolve(item)) : [source];
        if (!sources.every(import_yaml.isMap)) throw this.#refuse(offsetOf(value), '"<<" merges what is not a map');
        return sources;
      }
      #nameOf({ key }) {
        const name2 = (0, import_yaml.isScalar)(key) ? String(key.value) : "";
        if (name2 === "__proto__") throw this.#refuse(offsetOf(key), '"__proto__" cannot be a key');
        return name2;
      }
      #resolve(node) {
        if (!(0, import_yaml.isAlias)(node)) return node;
        const target = this.#aliased.get(node);
        if (target === void 0) throw this.#refuse(offsetOf(node), `"*${node.source}" is an alias of nothing`);
        return target;
      }
      #count(node, depth = 0) {
        this.#values += 1;
        if (depth > MAX_DEPTH2) throw this.#refuse(offsetOf(node), "the file is nested too deeply");
        if (this.#values > MAX_VALUES) throw this.#refuse(offsetOf(node), "with its aliases the file has too many values");
      }
      #placeAt(offset) {
        const { line, col } = this.#lines.linePos(offset);
        return { file: this.#file, line: Math.max(line, 1), column: Math.max(col, 1) };
      }
      #refuse(offset, reason, advice = "") {
        return (0, import_errors.failure)("CONFIG_INVALID", { place: this.#placeAt(offset), reason, advice });
      }
    };
    offsetOf = (node) => (0, import_yaml.isNode)(node) ? node.range?.[0] ?? 0 : 0;
    isMerge = ({ key }) => (0, import_yaml.isScalar)(key) && key.value === "<<" && key.type === "PLAIN";
  }
});

// src/environments/config/messages.ts
function explain(issue) {
  const explanation = EXPLANATIONS[issue.code];
  return explanation?.(issue) ?? { path: issue.path, part: "value", reason: issue.message, advice: "" };
}
function didYouMean(name2, known2) {
  return known2.length === 0 ? "" : `Did you mean ${(0, import_escape2.quote)((0, import_fastest_levenshtein.closest)(name2, known2))}?`;
}
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
  if (last === void 0) return "the file";
  return typeof last === "number" ? `item ${last + 1} of ${(0, import_escape2.quote)(String(path.at(-2)))}` : (0, import_escape2.quote)(String(last));
}
function shown(input) {
  if (input === null || input === "") return "empty";
  if (typeof input === "string") return (0, import_escape2.quote)(input);
  if (typeof input === "number" || typeof input === "boolean") return `the ${typeof input} ${input}`;
  return Array.isArray(input) ? "a list" : "a map";
}
var import_fastest_levenshtein, import_escape2, import_table2, EXPLANATIONS, HOMES, NEEDED;
var init_messages = __esm({
  "src/environments/config/messages.ts"() {
    import_fastest_levenshtein = __toESM(require_mod());
    import_escape2 = __toESM(require_escape());
    import_table2 = __toESM(require_table());
    init_schema();
    EXPLANATIONS = {
      unrecognized_keys: ({ path, keys: [key = ""] }) => {
        const home = HOMES.get(key);
        return {
          path: [...path, key],
          part: "key",
          reason: `${(0, import_escape2.quote)(key)} ${home === void 0 ? "is unknown" : "is not allowed"} here`,
          advice: home ?? didYouMean(key, KEYS[path.length] ?? [])
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
        advice: ""
      }),
      invalid_key: ({ path }) => ({
        path,
        part: "key",
        reason: `${(0, import_escape2.quote)(String(path.at(-1)))} cannot be a name`,
        advice: "A name starts with a letter or digit and has at most 63 letters, digits, dots, hyphens and underscores."
      })
    };
    HOMES = new Map([
      ...import_table2.INPUT_TABLE.map(({ name: name2 }) => [name2, "It is an input of the step only."]),
      ["defaults", "It belongs at the top of the file."],
      ["apps", "It belongs at the top of the file."],
      ["images", "It belongs in an app."],
      ["environments", "It belongs in an app."],
      ["after", "It belongs in an environment."]
    ]);
    NEEDED = {
      string: "a text",
      object: "a map of keys and values",
      record: "a map of names"
    };
  }
});

// elsewhere:src/core/image-reference.ts
var require_image_reference = __commonJS({
  "elsewhere:src/core/image-reference.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/image-reference.ts"];
  }
});

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
  return entries.length > 0 ? [] : [problemAt(path, `${(0, import_escape3.quote)(String(path.at(-1)))} is empty`)];
}
function placeholderProblems({ text, path }, names) {
  const unknown = findUnknownPlaceholder(text, names);
  if (unknown === void 0) return [];
  const reason = `${(0, import_escape3.quote)(text)} has ${(0, import_escape3.quote)(unknown)} between braces, which is unknown here`;
  return [problemAt(path, reason, didYouMean(unknown, names))];
}
function pathProblems({ text, path }) {
  if (!leadsOutside(text)) return [];
  const advice = 'Write it from the root of the repository, with "/" between folders: apps/web/overlays/staging.';
  return [problemAt(path, `${(0, import_escape3.quote)(text)} leads out of the repository`, advice)];
}
function nameProblems(path, common, environments) {
  const owners = /* @__PURE__ */ new Map();
  const app2 = String(path.at(-2));
  return Object.entries(environments).flatMap(([environment2, settings2]) => {
    const name2 = fillPlaceholders(String(settings2?.name ?? common.name ?? ""), { app: app2, environment: environment2 });
    const owner = owners.get(name2);
    if (name2 !== "") owners.set(name2, environment2);
    if (name2 === "" || owner === void 0) return [];
    const reason = `"name" is ${(0, import_escape3.quote)(name2)}, as in ${(0, import_escape3.quote)(owner)}, and each environment needs a name of its own`;
    return [problemAt([...path, environment2, "name"], reason, 'Write "{{ environment }}" in it, or leave it out.')];
  });
}
function imageProblems(line) {
  const unknown = placeholderProblems(line, ["app"]);
  if (unknown.length > 0) return unknown;
  const image = fillPlaceholders(line.text, { app: "app" });
  const reference = (0, import_image_reference.parseReference)(image);
  if (reference?.name === image) return [];
  const problem = reference ? "has a version, which is not allowed here" : (0, import_image_reference.referenceProblem)(image);
  return [problemAt(line.path, `${(0, import_escape3.quote)(line.text)} ${problem}`, "Write registry/path alone.")];
}
function afterProblems(path, afters) {
  const ending = /* @__PURE__ */ new Set();
  for (const [name2, after] of afters) {
    const place = [...path, name2, "after"];
    if (after !== "" && !afters.has(after)) {
      const reason = `"after" is ${(0, import_escape3.quote)(after)}, which is no environment of this app`;
      return [problemAt(place, reason, didYouMean(after, [...afters.keys()]))];
    }
    const cycle = findCycle(name2, afters, ending);
    if (cycle) return [problemAt(place, `"after" goes in a circle: ${cycle.join(" -> ")}`)];
  }
  return [];
}
function onFailureProblems(path, verdict = [], onFailure = "none") {
  if (onFailure === "none" || linesOf(verdict).length > 0) return [];
  const reason = `"on-failure" is ${(0, import_escape3.quote)(onFailure)}, and no "verdict" says whose failure counts`;
  return [problemAt([...path, "on-failure"], reason, 'Add the key "verdict" with the statuses of the agent.')];
}
function problemAt(path, reason, advice = "") {
  return { path, part: "value", reason, advice };
}
function fillPlaceholders(text, values) {
  return text.replace(PLACEHOLDER, (written2, name2) => values[name2.trim()] ?? written2);
}
function findUnknownPlaceholder(text, names) {
  return [...text.matchAll(PLACEHOLDER)].map(([, name2 = ""]) => name2.trim()).find((name2) => !names.includes(name2));
}
function leadsOutside(pathspec2) {
  const path = pathspec2.replace(MAGIC, "");
  if (/^(?:\/|[A-Za-z]:)|\\/.test(path)) return true;
  let depth = 0;
  return path.split("/").some((part) => {
    depth += STEPS.get(part) ?? 1;
    return depth < 0;
  });
}
function findCycle(start3, afters, ending) {
  const seen = /* @__PURE__ */ new Set([start3]);
  for (let name2 = afters.get(start3); name2 !== void 0 && !ending.has(name2); name2 = afters.get(name2)) {
    if (name2 === start3) return [...seen, start3];
    if (seen.has(name2)) return void 0;
    seen.add(name2);
  }
  for (const name2 of seen) ending.add(name2);
  return void 0;
}
var import_escape3, import_image_reference, PLACEHOLDER, MAGIC, STEPS;
var init_rules = __esm({
  "src/environments/config/rules.ts"() {
    import_escape3 = __toESM(require_escape());
    import_image_reference = __toESM(require_image_reference());
    init_schema();
    init_messages();
    PLACEHOLDER = /\{\{([^{}]*)\}\}/g;
    MAGIC = /^:(?:\([^)]*\)|[!^/]*:?)/;
    STEPS = /* @__PURE__ */ new Map([
      ["..", -1],
      [".", 0],
      ["", 0]
    ]);
  }
});

// src/environments/config/config.ts
var config_exports = {};
__export(config_exports, {
  appsOf: () => appsOf,
  chooseEnvironments: () => chooseEnvironments,
  defaultsWithoutApp: () => defaultsWithoutApp,
  environmentsOf: () => environmentsOf,
  readConfig: () => readConfig,
  refuseProblems: () => refuseProblems
});
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
        const named3 = source.keysOf(below).map((environment2) => {
          const { after = "", "on-failure": onFailure = "none", ...own } = environments[environment2] ?? {};
          const { line } = source.placeOf([...below, environment2], "key");
          const placeOf = (input) => {
            const holders = [[...below, environment2], ["apps", name2], ["defaults"]];
            const holder = holders.find((one) => source.keysOf(one).includes(input));
            return holder && source.placeOf([...holder, input], "value");
          };
          const place = { file: path, line };
          return { environment: environment2, after, onFailure, place, placeOf, settings: { ...defaults2, ...settings2, ...own } };
        });
        return [name2, { images: linesOf(images).map((image) => image.text), environments: named3 }];
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
    const reason = `${(0, import_escape4.quote)(name2)} is ${(0, import_escape4.quote)(line.text)}, and this run has no app`;
    const advice = `Give the input "app", or ${(0, import_escape4.quote)(name2)} itself.`;
    throw (0, import_errors2.failure)("CONFIG_INVALID", { place: placeOfDefault(name2), reason, advice });
  }
  const names = new Set(wanted.map(({ name: name2 }) => name2));
  return Object.fromEntries(Object.entries(rawInputs(defaults2, {})).filter(([name2]) => names.has(name2)));
}
function environmentsOf({ file, apps }, app2) {
  const entry = isName(app2) ? apps.get(app2) ?? apps.get("*") : void 0;
  if (!entry) throw (0, import_errors2.failure)("APP_UNKNOWN", { app: app2, file, nearest: nearestNames(app2, [...apps.keys()]) });
  const images = entry.images.map((image) => fillPlaceholders(image, { app: app2 }));
  const raws = entry.environments.map(({ environment: environment2, settings: settings2 }) => rawInputs(settings2, { app: app2, environment: environment2 }));
  const bases = [...new Set(raws.flatMap(({ base }) => base ?? []))];
  return entry.environments.map(({ environment: environment2, after, onFailure, place, placeOf }, index) => {
    return { app: app2, environment: environment2, images, raw: raws[index] ?? {}, after, onFailure, bases, place, placeOf };
  });
}
function chooseEnvironments(environments, names) {
  const known2 = environments.map((one) => one.environment);
  const [all, wanted] = [new Set(known2), new Set(names)];
  for (const environment2 of names) {
    if (all.has(environment2)) continue;
    const { app: app2 = "", place = { file: "" } } = environments[0] ?? {};
    throw (0, import_errors2.failure)("ENVIRONMENT_UNKNOWN", {
      environment: environment2,
      app: app2,
      file: place.file,
      nearest: nearestNames(environment2, known2)
    });
  }
  const byPush = environments.toSorted((a, b) => rank(a) - rank(b));
  return inOrder(byPush).filter(
    ({ environment: environment2, after }) => names.length === 0 ? after === "" : wanted.has(environment2)
  );
}
function inOrder(environments) {
  const indexes = new Map(environments.map(({ environment: environment2 }, index) => [environment2, index]));
  const followers = (0, import_objects.groupBy)([...environments.keys()], (index) => indexes.get(environments[index]?.after ?? ""));
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
  if (first) throw (0, import_errors2.failure)("CONFIG_INVALID", first);
}
function rawInputs(settings2, values) {
  const written2 = SETTINGS.flatMap(({ name: name2, list: list3, perEnvironment }) => {
    const setting = settings2[name2];
    if (setting === void 0) return [];
    const text = list3 ? linesOf(setting).map((line) => line.text).join("\n") : String(setting);
    return [[name2, perEnvironment === "filled" ? fillPlaceholders(text, values) : text]];
  });
  return Object.fromEntries(written2);
}
function nearestNames(name2, known2) {
  const named3 = known2.filter((one) => one !== "*");
  return named3.toSorted((a, b) => (0, import_fastest_levenshtein2.distance)(a, name2) - (0, import_fastest_levenshtein2.distance)(b, name2)).slice(0, MOST);
}
var import_fastest_levenshtein2, import_errors2, import_escape4, import_objects, rank, MOST;
var init_config = __esm({
  "src/environments/config/config.ts"() {
    import_fastest_levenshtein2 = __toESM(require_mod());
    import_errors2 = __toESM(require_errors());
    import_escape4 = __toESM(require_escape());
    import_objects = __toESM(require_objects());
    init_schema();
    init_yaml_source();
    init_messages();
    init_rules();
    rank = ({ raw }) => raw.delivery === "push" ? 0 : 1;
    MOST = 5;
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

// elsewhere:src/forge/capabilities.ts
var require_capabilities = __commonJS({
  "elsewhere:src/forge/capabilities.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/forge/capabilities.ts"];
  }
});

// elsewhere:src/forge/connect.ts
var require_connect = __commonJS({
  "elsewhere:src/forge/connect.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/forge/connect.ts"];
  }
});

// elsewhere:src/core/repository-api.ts
var require_repository_api = __commonJS({
  "elsewhere:src/core/repository-api.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/core/repository-api.ts"];
  }
});

// elsewhere:src/core/tree-objects.ts
var require_tree_objects = __commonJS({
  "elsewhere:src/core/tree-objects.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/core/tree-objects.ts"];
  }
});

// elsewhere:src/core/secrets.ts
var require_secrets = __commonJS({
  "elsewhere:src/core/secrets.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/secrets.ts"];
  }
});

// elsewhere:src/core/programs.ts
var require_programs = __commonJS({
  "elsewhere:src/core/programs.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/core/programs.ts"];
  }
});

// elsewhere:src/core/manifest-names.ts
var require_manifest_names = __commonJS({
  "elsewhere:src/core/manifest-names.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/core/manifest-names.ts"];
  }
});

// elsewhere:src/git/credentials.ts
var require_credentials = __commonJS({
  "elsewhere:src/git/credentials.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/git/credentials.ts"];
  }
});

// elsewhere:src/git/temporary.ts
var require_temporary = __commonJS({
  "elsewhere:src/git/temporary.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/git/temporary.ts"];
  }
});

// elsewhere:src/registry/exchange.ts
var require_exchange = __commonJS({
  "elsewhere:src/registry/exchange.ts"(exports2, module2) {
    module2.exports = require("./registry.cjs")["src/registry/exchange.ts"];
  }
});

// elsewhere:src/registry/open-repository.ts
var require_open_repository = __commonJS({
  "elsewhere:src/registry/open-repository.ts"(exports2, module2) {
    module2.exports = require("./registry.cjs")["src/registry/open-repository.ts"];
  }
});

// elsewhere:src/registry/inspect-images.ts
var require_inspect_images = __commonJS({
  "elsewhere:src/registry/inspect-images.ts"(exports2, module2) {
    module2.exports = require("./registry.cjs")["src/registry/inspect-images.ts"];
  }
});

// elsewhere:src/provenance/verify-image.ts
var require_verify_image = __commonJS({
  "elsewhere:src/provenance/verify-image.ts"(exports2, module2) {
    module2.exports = require("./provenance.cjs")["src/provenance/verify-image.ts"];
  }
});

// elsewhere:src/forge/http/kept.ts
var require_kept = __commonJS({
  "elsewhere:src/forge/http/kept.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/forge/http/kept.ts"];
  }
});

// elsewhere:src/manifests/yaml/lines.ts
var require_lines = __commonJS({
  "elsewhere:src/manifests/yaml/lines.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/yaml/lines.ts"];
  }
});

// elsewhere:src/manifests/yaml/tree.ts
var require_tree = __commonJS({
  "elsewhere:src/manifests/yaml/tree.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/yaml/tree.ts"];
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

// elsewhere:src/core/version.ts
var require_version = __commonJS({
  "elsewhere:src/core/version.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/version.ts"];
  }
});

// elsewhere:src/manifests/yaml/templated-values.ts
var require_templated_values = __commonJS({
  "elsewhere:src/manifests/yaml/templated-values.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/yaml/templated-values.ts"];
  }
});

// elsewhere:src/core/tag-kind.ts
var require_tag_kind = __commonJS({
  "elsewhere:src/core/tag-kind.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/tag-kind.ts"];
  }
});

// elsewhere:src/core/tag-selection.ts
var require_tag_selection = __commonJS({
  "elsewhere:src/core/tag-selection.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/tag-selection.ts"];
  }
});

// elsewhere:src/manifests/yaml/manifest.ts
var require_manifest = __commonJS({
  "elsewhere:src/manifests/yaml/manifest.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/yaml/manifest.ts"];
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

// elsewhere:src/manifests/values/config-objects.ts
var require_config_objects = __commonJS({
  "elsewhere:src/manifests/values/config-objects.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/values/config-objects.ts"];
  }
});

// elsewhere:src/manifests/values/repository-paths.ts
var require_repository_paths = __commonJS({
  "elsewhere:src/manifests/values/repository-paths.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/values/repository-paths.ts"];
  }
});

// elsewhere:src/manifests/values/value-lists.ts
var require_value_lists = __commonJS({
  "elsewhere:src/manifests/values/value-lists.ts"(exports2, module2) {
    module2.exports = require("./release.cjs")["src/manifests/values/value-lists.ts"];
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

// elsewhere:src/inputs/wait.ts
var require_wait = __commonJS({
  "elsewhere:src/inputs/wait.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/inputs/wait.ts"];
  }
});

// elsewhere:src/inputs/identity.ts
var require_identity = __commonJS({
  "elsewhere:src/inputs/identity.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/inputs/identity.ts"];
  }
});

// elsewhere:src/release/checked-images.ts
var require_checked_images = __commonJS({
  "elsewhere:src/release/checked-images.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/release/checked-images.ts"];
  }
});

// elsewhere:src/core/time.ts
var require_time = __commonJS({
  "elsewhere:src/core/time.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/time.ts"];
  }
});

// elsewhere:src/inputs/ci.ts
var require_ci = __commonJS({
  "elsewhere:src/inputs/ci.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/inputs/ci.ts"];
  }
});

// elsewhere:src/inputs/operation.ts
var require_operation = __commonJS({
  "elsewhere:src/inputs/operation.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/inputs/operation.ts"];
  }
});

// elsewhere:src/core/log.ts
var require_log = __commonJS({
  "elsewhere:src/core/log.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/log.ts"];
  }
});

// elsewhere:src/core/wildcard.ts
var require_wildcard = __commonJS({
  "elsewhere:src/core/wildcard.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/core/wildcard.ts"];
  }
});

// elsewhere:src/inputs/images.ts
var require_images = __commonJS({
  "elsewhere:src/inputs/images.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/inputs/images.ts"];
  }
});

// elsewhere:src/manifests/targets.ts
var require_targets = __commonJS({
  "elsewhere:src/manifests/targets.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/manifests/targets.ts"];
  }
});

// elsewhere:src/forge/web-pages.ts
var require_web_pages = __commonJS({
  "elsewhere:src/forge/web-pages.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/forge/web-pages.ts"];
  }
});

// elsewhere:src/release/image-changes.ts
var require_image_changes = __commonJS({
  "elsewhere:src/release/image-changes.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/release/image-changes.ts"];
  }
});

// elsewhere:src/release/pull-request/rendered-section.ts
var require_rendered_section = __commonJS({
  "elsewhere:src/release/pull-request/rendered-section.ts"(exports2, module2) {
    module2.exports = require("./start.cjs")["src/release/pull-request/rendered-section.ts"];
  }
});

// elsewhere:src/rendering/tools.ts
var require_tools = __commonJS({
  "elsewhere:src/rendering/tools.ts"(exports2, module2) {
    module2.exports = require("./rendering.cjs")["src/rendering/tools.ts"];
  }
});

// elsewhere:src/rendering/render.ts
var require_render = __commonJS({
  "elsewhere:src/rendering/render.ts"(exports2, module2) {
    module2.exports = require("./rendering.cjs")["src/rendering/render.ts"];
  }
});

// environments-file.mjs
var environments_file_exports = {};
__export(environments_file_exports, {
  "src/environments/config/inline-settings.ts": () => inline_settings_exports,
  "src/environments/init/init.ts": () => init_exports,
  "src/environments/landings.ts": () => landings_exports,
  "src/environments/release-once.ts": () => release_once_exports,
  "src/environments/rollbacks.ts": () => rollbacks_exports,
  "src/environments/run-mode.ts": () => run_mode_exports,
  "src/environments/scan.ts": () => scan_exports,
  "src/environments/status.ts": () => status_exports
});
module.exports = __toCommonJS(environments_file_exports);

// src/environments/config/inline-settings.ts
var inline_settings_exports = {};
__export(inline_settings_exports, {
  readInlineSettings: () => readInlineSettings
});
var import_escape5 = __toESM(require_escape());
var import_lookup = __toESM(require_lookup());
var import_table3 = __toESM(require_table());
init_config();
init_messages();
init_rules();
init_schema();
init_yaml_source();
var ROWS = import_table3.INPUT_TABLE.filter(({ name: name2, variable }) => import_table3.SETTING_NAMES.has(name2) && variable === void 0);
function readInlineSettings(text) {
  const source = new ConfigText("settings", text);
  const checked = INLINE_SETTINGS.safeParse(source.data ?? {}, { reportInput: true });
  refuseProblems(source, checked.success ? [] : checked.error.issues.map((issue) => withHome(explain(issue))));
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
function withHome(problem) {
  const [name2] = problem.path;
  if (problem.part !== "key" || problem.path.length !== 1) return problem;
  const known2 = import_table3.INPUT_TABLE.find((row) => row.name === name2);
  if (!known2)
    return {
      ...problem,
      advice: didYouMean(
        String(name2),
        ROWS.map((row) => row.name)
      )
    };
  return { ...problem, reason: `${(0, import_escape5.quote)(known2.name)} is not a setting`, advice: `Give it ${(0, import_lookup.whereToGive)(known2.name)}.` };
}

// src/environments/init/init.ts
var init_exports = {};
__export(init_exports, {
  BRANCH: () => BRANCH,
  initialize: () => initialize
});
var import_errors16 = __toESM(require_errors());
var import_objects11 = __toESM(require_objects());
var import_inputs = __toESM(require_inputs());
var import_values2 = __toESM(require_values());
var import_name = __toESM(require_name());

// src/release/retry-on-moved.ts
var import_promises = require("node:timers/promises");
var import_errors3 = __toESM(require_errors());
var ATTEMPTS = 20;
var PATIENCE = 12e4;
var DELAY = 250;
var MAX_DELAY = 8e3;
async function retryOnMoved(log, attempt) {
  const started = Date.now();
  for (let attempts = 1; ; attempts += 1) {
    const begun = Date.now();
    const result = await attempt(attempts > 1);
    if (!("moved" in result)) return result;
    const [took, elapsed] = [Date.now() - begun, Date.now() - started];
    if (attempts >= ATTEMPTS && elapsed >= PATIENCE) {
      throw (0, import_errors3.failure)("RACE_LOST", { branch: result.moved, attempts, seconds: Math.round(elapsed / 1e3) });
    }
    log.step(`${result.moved} or its base changed during the run; retrying on the new tip`);
    await (0, import_promises.setTimeout)(Math.min(Math.max(took, DELAY) * 3 ** attempts, MAX_DELAY) * Math.random());
  }
}

// src/release/workspace.ts
var import_node_util = require("node:util");
var import_errors13 = __toESM(require_errors());
var import_escape6 = __toESM(require_escape());
var import_capabilities = __toESM(require_capabilities());
var import_connect2 = __toESM(require_connect());
var import_repository_api3 = __toESM(require_repository_api());

// src/git/api-store.ts
var import_repository_api2 = __toESM(require_repository_api());
var import_tree_objects3 = __toESM(require_tree_objects());

// src/git/api-objects.ts
var import_repository_api = __toESM(require_repository_api());

// src/git/large-files.ts
var MAX_MANIFEST = 5 * 1024 * 1024;
var tooLarge = (file) => ({
  file,
  line: 1,
  message: "was not searched: larger than 5 MiB"
});

// src/git/pathspecs.ts
var import_errors6 = __toESM(require_errors());

// src/git/explain-stderr.ts
var import_errors5 = __toESM(require_errors());

// src/git/run-git.ts
var import_node_os = require("node:os");
var import_errors4 = __toESM(require_errors());
var import_secrets = __toESM(require_secrets());

// src/git/progress.ts
var STEP = /(Counting objects|Compressing objects|Receiving objects|Resolving deltas): +(\d+)% \(\d+\/\d+\)(?:, ([\d.]+ [KMGT]?i?B))?/g;
function stepIn(output) {
  const [, step, percent, size] = [...output.matchAll(STEP)].at(-1) ?? [];
  return step && `${step}: ${percent}%${size === void 0 ? "" : `, ${size}`}`;
}
var withoutProgress = (output) => output.replace(/[^\r\n]*\r(?!\n)/g, "");

// src/git/run-git.ts
var import_programs = __toESM(require_programs());
var MAX_STDERR = 2e4;
function endOfStderr(stderr) {
  return (0, import_secrets.safeText)(stderr).slice(-MAX_STDERR);
}
var GitError = class extends Error {
  name = "GitError";
  command;
  exitCode;
  stderr;
  constructor(command, { exitCode, stderr }) {
    const end2 = endOfStderr(stderr);
    super(`git ${command} exited with ${exitCode}: ${end2.trim()}`);
    this.command = command;
    this.exitCode = exitCode;
    this.stderr = end2;
  }
};
var GitTimeout = class extends Error {
  name = "GitTimeout";
  /** `limit` in milliseconds. */
  constructor(command, limit) {
    super(`git ${command} took longer than ${limit / 1e3} s`);
  }
};
var EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
var CONFIG2 = {
  "protocol.allow": "never",
  "http.followRedirects": "false",
  "core.hooksPath": import_node_os.devNull,
  "core.attributesFile": import_node_os.devNull,
  "core.excludesFile": import_node_os.devNull,
  // In a bare repository git reads the attributes of HEAD: this tree has none.
  "attr.tree": EMPTY_TREE,
  "gc.auto": "0",
  "maintenance.auto": "false",
  "advice.detachedHead": "false",
  // The branch of a clone is read from its file HEAD.
  "init.defaultRefFormat": "files"
};
var ENVIRONMENT = {
  LC_ALL: "C",
  // libcurl reads .netrc there, git its configuration and attributes.
  HOME: import_node_os.devNull,
  GIT_ATTR_NOSYSTEM: "1",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: import_node_os.devNull,
  GIT_TERMINAL_PROMPT: "0",
  // A blob that was not fetched is left out; git must not fetch it alone, one request each.
  GIT_NO_LAZY_FETCH: "1"
};
async function git(args, options = {}) {
  const { answers = [0], input, limit, onStderr } = options;
  const child = startGit(args, options);
  if (onStderr) child.stderr.on("data", (chunk) => onStderr(chunk.toString()));
  let isLate = false;
  const end2 = () => {
    isLate = true;
    (0, import_programs.endTree)(child);
  };
  const timer = limit === void 0 ? void 0 : setTimeout(end2, Math.max(limit, 0));
  const ended = await (0, import_programs.finish)(child, input, () => (0, import_errors4.failure)("GIT_MISSING")).finally(() => clearTimeout(timer));
  const result = onStderr ? { ...ended, stderr: withoutProgress(ended.stderr) } : ended;
  if (isLate) throw new GitTimeout(args[0] ?? "", limit ?? 0);
  const isAnswer = typeof answers === "function" ? answers(result) : answers.includes(result.exitCode);
  if (!isAnswer) throw new GitError(args[0] ?? "", result);
  return result;
}
async function gitVersion() {
  const text = (await git(["version"])).stdout.toString().trim();
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0] ?? text;
}
function isTooOld(version) {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) < 2 || Number(major) === 2 && Number(minor) < 34;
}
function startGit(args, options = {}) {
  const { gitDir, config = {}, environment: environment2 = {} } = options;
  const variables = {
    ...ENVIRONMENT,
    ...configEnvironment({ ...CONFIG2, ...config }),
    ...gitDir !== void 0 && { GIT_DIR: gitDir },
    ...environment2
  };
  return (0, import_programs.start)("git", args, variables);
}
function configEnvironment(config) {
  const entries = Object.entries(config);
  const pairs = entries.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value]
  ]);
  return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(pairs) };
}

// src/git/explain-stderr.ts
var REFUSALS = [
  {
    stderr: /returned error: 429|HTTP 429|rate[- ]limit|too many requests/i,
    explain: ({ remote, action }, reason, cause) => (0, import_errors5.failure)("RATE_LIMITED", { action: `${action} ${remote.name}`, reason }, cause)
  },
  {
    stderr: /repository corruption|^(?:remote|ERROR): .*(?:corrupt|object file .* is empty|bad (?:object|tree)|(?:unable to|Could not) read [\da-f]{40})/im,
    explain: ({ remote }, reason, cause) => (0, import_errors5.failure)("REPOSITORY_DAMAGED", { repository: remote.name, reason }, cause)
  },
  {
    // Of the server where `remote:` is before it.
    stderr: /^(?!remote: ).*No space left on device/im,
    explain: ({ remote, action }, reason, cause) => (0, import_errors5.failure)("DISK_FULL", { action: `${action} ${remote.name}`, reason }, cause)
  },
  {
    stderr: /Remote branch .* not found in upstream|couldn't find remote ref/,
    explain: ({ remote, base }, _, cause) => (0, import_errors5.failure)("BASE_NOT_FOUND", { repository: remote.name, base }, cause)
  },
  {
    // A web page in place of git's protocol, as of a login to the network.
    stderr: /could not determine hash algorithm|invalid server response; got|expected flush after ref listing|not valid: is this a git repository|protocol error: bad line length|unable to parse remote unpack status|remote end hung up upon initial contact.*<|<!doctype html|<html/i,
    explain: ({ remote, action }, reason, cause) => (0, import_errors5.failure)("ANSWER_UNREADABLE", { action: `${action} ${remote.name}`, reason }, cause)
  },
  {
    stderr: /dubious ownership/,
    explain: ({ remote }, _, cause) => (0, import_errors5.failure)("FOLDER_OF_ANOTHER_USER", { repository: remote.name }, cause)
  },
  {
    stderr: /Host key verification failed/,
    explain: ({ remote }, _, cause) => {
      const changed = cause.stderr.includes("HOST IDENTIFICATION HAS CHANGED");
      return (0, import_errors5.failure)("HOST_KEY_UNKNOWN", { repository: remote.name, changed }, cause);
    }
  },
  {
    stderr: /^Load key ".*": /m,
    explain: (_, __, cause) => {
      const reason = /^Load key ".*": (.*)$/m.exec(cause.stderr)?.[1] ?? "";
      return (0, import_errors5.failure)("SSH_KEY_INVALID", { reason }, cause);
    }
  },
  {
    stderr: /\bssh: (?:command )?not found|cannot run ssh/,
    explain: () => (0, import_errors5.failure)("PROGRAM_MISSING", { program: "ssh" })
  },
  {
    // Of OpenSSL and of GnuTLS, which libcurl is built with: the file cannot be read, or does not have the authority.
    stderr: /error (?:setting certificate|reading ca cert|adding trust anchors)|unable to get (?:local )?issuer certificate|self[- ]signed certificate|unable to verify the first certificate|server certificate verification failed/i,
    explain: ({ remote, action }, reason, cause) => (0, import_errors5.failure)("CA_UNTRUSTED", { action: `${action} ${remote.name}`, variable: "GIT_SSL_CAINFO", reason }, cause)
  },
  {
    stderr: /\barchived\b|read-?only (?:mode|instance|GitLab)|(?:currently|temporarily) read-?only|under maintenance|has been (?:locked|disabled)/i,
    explain: ({ remote }, reason, cause) => (0, import_errors5.failure)("REPOSITORY_READ_ONLY", { repository: remote.name, reason }, cause)
  },
  {
    stderr: /returned error: 30\d/,
    explain: ({ remote }, _, cause) => (0, import_errors5.failure)("REPOSITORY_MOVED", { repository: remote.name }, cause)
  },
  {
    stderr: /Authentication failed|could not read Username|invalid credentials|returned error: 40[13]|Permission (?:to .* )?denied|access denied|write access|is read-only|as read only/i,
    explain: ({ remote, credential, action }, reason, cause) => (0, import_errors5.failure)("ACCESS_DENIED", { repository: remote.name, credential, action, reason }, cause)
  },
  {
    stderr: /repository (?:'.*' )?not found|returned error: 404|not appear to be a git repository|does not exist/i,
    explain: ({ remote, credential }, _, cause) => (0, import_errors5.failure)("REPOSITORY_NOT_FOUND", { repository: remote.name, credential }, cause)
  },
  {
    stderr: /Operation too slow|Timeout, server .* not responding|timed out during banner exchange/,
    explain: ({ remote }, reason, cause) => tookTooLong(cause.command, remote, reason, cause)
  },
  {
    stderr: /returned error: 5\d\d|HTTP 5\d\d|^remote: .*(?:maintenance|internal (?:server )?error|No space left)/im,
    explain: ({ remote, action }, reason, cause) => (0, import_errors5.failure)("SERVER_FAILED", { action: `${action} ${remote.name}`, reason }, cause)
  },
  {
    stderr: /Could not resolve|Failed to connect|Couldn't connect|Connection (?:refused|timed out|reset|closed)|timed out|unreachable|No route to host|early EOF|RPC failed|hung up|Empty reply|SSL|TLS|gnutls/i,
    explain: ({ remote, action }, reason, cause) => (0, import_errors5.failure)("NETWORK", { action: `${action} ${remote.name}`, reason }, cause)
  }
];
var COLOUR = /\u001b\[[\d;]*[A-Za-z]/g;
var PHASES = {
  clone: "clone",
  fetch: "fetch from",
  "ls-remote": "read the branches of",
  push: "push to"
};
function tookTooLong(command, remote, reason, cause) {
  const phase = PHASES[command] ?? `run git ${command} on`;
  return (0, import_errors5.failure)("TIMED_OUT", { action: `${phase} ${remote.name}`, reason }, cause);
}
function explainRefusal(error, action) {
  if (!(error instanceof GitError)) return error;
  const text = legible(error.stderr);
  const remoteLine = text.split("\n").findLast((line) => /^(?:remote|ERROR): .*\w|: Permission denied \(/.test(line));
  const reason = lastLine(remoteLine ?? text);
  const refusal2 = REFUSALS.find(({ stderr }) => stderr.test(text));
  return refusal2?.explain(action, reason, error) ?? (0, import_errors5.failure)("GIT_FAILED", { command: error.command, reason }, error);
}
var MOVED = /stale info|atomic (?:push|transaction) failed|fetch first|non-fast-forward|cannot lock ref|failed to update ref|already exists|incorrect old value|reference does not exist/;
var BLOCKED = /exists; cannot create|directory file conflict|refname conflict/i;
function readPushReport({ stdout, stderr }) {
  const lines = stdout.toString().matchAll(/^([ +*=!-])\t[^\t]*:refs\/heads\/([^\t]+)\t(.*)$/gm);
  const answered = [...lines].filter(([, , , summary = ""]) => !summary.startsWith("[remote failure]"));
  return answered.map(([, flag, branch = "", summary = ""]) => {
    const given = /^\[.*?\] \((.*)\)$/.exec(summary)?.[1] ?? summary;
    const reason = legible(given === "atomic transaction failed" ? remoteMessage(stderr) || given : given);
    return { branch, state: flag !== "!" ? "done" : MOVED.test(reason) ? "moved" : "refused", reason };
  });
}
function isPushAnswer(result) {
  return result.exitCode === 0 || result.exitCode === 1 && readPushReport(result).some(({ state }) => state !== "done");
}
function explainPush(result) {
  const stderr = endOfStderr(result.stderr);
  const refused = readPushReport({ ...result, stderr }).find(({ state }) => state !== "done");
  if (!refused) return void 0;
  const { branch } = refused;
  if (BLOCKED.test(refused.reason + stderr)) {
    return (0, import_errors5.failure)("BRANCH_BLOCKED", { branch });
  }
  if (refused.state === "moved") return void 0;
  return (0, import_errors5.failure)("PUSH_REFUSED", { branch, reason: remoteMessage(stderr) || refused.reason || lastLine(stderr) });
}
function remoteMessage(stderr) {
  const lines = legible(stderr).matchAll(/^(?:remote: (?:(?:error|fatal): )?|error: (?=remote unpack failed))(.*\S)/gm);
  return [...lines].map(([, line]) => line).join(" ");
}
function legible(text) {
  return text.replace(COLOUR, "").replace(/[^\P{Cc}\n\t]/gu, "");
}
function lastLine(stderr) {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const last = lines.findLast((line) => /^(?:fatal|error|remote): /.test(line)) ?? lines.at(-1) ?? "no reason given";
  return last.replace(/^(?:(?:fatal|error|remote):\s*)+/i, "").trim();
}

// src/git/git-objects.ts
var TYPES = { "120000": "symbolic link", "160000": "submodule" };
var typeOf = (mode) => TYPES[mode] ?? "file";
function readListing(listing) {
  const fields = listing.toString().split("\0");
  const entries = [];
  for (let index = 0; index < fields.length; index += 1) {
    const [, mode, id = ""] = /^:\d+ (\d{6}) \w+ (\w{40,64}) [A-Z]\d*$/.exec(fields[index] ?? "") ?? [];
    if (mode === void 0) continue;
    const path = fields[index += 1] ?? "";
    if (mode !== "000000") entries.push({ path, mode, id, type: typeOf(mode) });
  }
  return entries;
}
function readCommit(id, text) {
  const end2 = text.indexOf("\n\n");
  const headers = text.slice(0, end2 < 0 ? text.length : end2).split("\n");
  const values = (name2) => headers.filter((line) => line.startsWith(`${name2} `)).map((line) => line.slice(name2.length + 1));
  return {
    id,
    tree: values("tree")[0] ?? "",
    parents: values("parent"),
    committerEmail: /<([^<>]*)>/.exec(values("committer")[0] ?? "")?.[1] ?? "",
    message: end2 < 0 ? "" : text.slice(end2 + 2),
    signed: headers.some((line) => /^gpgsig(?:-sha256)? /.test(line))
  };
}

// src/git/pathspecs.ts
var NOTHING = {
  sha1: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  sha256: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
};
var PLAIN = /^(?!:)(?!(?:.*\/)?(?:\.{0,2}\/|\.{1,2}$))[^*?[\\]+$/;
var isPlainPath = (pathspec2) => PLAIN.test(pathspec2);
async function listByGit(clone, pathspecs, commit) {
  const nothing = commit.length === 64 ? NOTHING.sha256 : NOTHING.sha1;
  try {
    const listing = ["diff-tree", "-r", "-z", "--no-renames", nothing, commit, "--", ...pathspecs];
    return readListing((await clone.run(listing)).stdout);
  } catch (error) {
    if (error instanceof GitError) throw (0, import_errors6.failure)("PATHS_INVALID", { reason: lastLine(error.stderr) }, error);
    throw error;
  }
}

// src/git/api-objects.ts
var NOT_GIVEN = "is not given by the API";
var ApiObjects = class {
  #api;
  /** By their ids. */
  #commits = /* @__PURE__ */ new Map();
  /** By the id of a commit, the paths below which all objects are known. */
  #loaded = /* @__PURE__ */ new Map();
  constructor(api) {
    this.#api = api;
  }
  /** Takes a commit that was read, of which all objects at paths and below them are known. */
  know(commit, paths = []) {
    this.#commits.set(commit.id, commit);
    this.#loaded.set(commit.id, /* @__PURE__ */ new Set([...this.#loadedAt(commit.id), ...paths]));
  }
  /** Takes a commit that the forge made on a known one: what was loaded of its parent, with what was written. */
  keep(commit, written2) {
    for (const object of written2) this.#api.keep(object);
    this.know(commit, this.#loadedAt(commit.parents[0] ?? ""));
  }
  /** A commit, with what is at `paths` of it where it was not known; `undefined` where it is not there. */
  async commit(id, paths = []) {
    const known2 = this.#commits.get(id);
    if (known2) return known2;
    const read2 = await this.#api.load(id, paths.map(withoutSlash));
    if (read2) this.know(read2, paths.map(withoutSlash));
    return read2;
  }
  /** Reads in one request what is needed of paths, and of files in folders whose entries are not known. */
  async load(commit, paths, files) {
    const loaded = this.#loadedAt(commit);
    const whole = paths.map(withoutSlash).filter((path) => isPlainPath(path) && !isBelow(path, loaded));
    const named3 = files.filter((file) => isPlainPath(file) && !isListed(folderOf(file), loaded));
    const wanted = [.../* @__PURE__ */ new Set([...whole, ...named3])];
    if (wanted.length === 0) return;
    const read2 = await this.#api.load(commit, wanted);
    if (read2) this.know(read2, wanted);
  }
  /** Trees, since contents are asked for by what lists them. */
  async objects(ids) {
    const objects = await this.#api.objects(ids);
    return objects.map((object, index) => {
      if (!object?.content) throw new import_repository_api.CloneNeeded(`folder ${ids[index]} ${object?.unreadable ?? NOT_GIVEN}`);
      return object;
    });
  }
  async treeOf(commit) {
    const known2 = await this.commit(commit);
    if (!known2) throw new import_repository_api.CloneNeeded(`the API has no commit ${commit.slice(0, 7)}`);
    const [tree] = await this.objects([known2.tree]);
    return tree;
  }
  /** The contents of files. One that the API does not give as it is needs a clone, unless it is no text and no manifest. */
  async contents(entries, areManifests) {
    const objects = await this.#api.objects(entries.map(({ id }) => id));
    const files = [];
    const problems = [];
    for (const [index, { path, mode }] of entries.entries()) {
      const object = objects[index];
      if (object?.content) files.push({ path, mode, bytes: object.content });
      else if (object && object.size >= MAX_MANIFEST) problems.push(tooLarge(path));
      else if (areManifests || object?.isBinary !== true) {
        throw new import_repository_api.CloneNeeded(`${path} ${object?.unreadable ?? NOT_GIVEN}`);
      }
    }
    return { files, problems };
  }
  #loadedAt(commit) {
    return this.#loaded.get(commit) ?? /* @__PURE__ */ new Set();
  }
};
var withoutSlash = (path) => path.replace(/\/$/, "");
function isBelow(path, folders) {
  const parts = path.split("/");
  return parts.some((_, index) => folders.has(parts.slice(0, index + 1).join("/")));
}
function isListed(folder, loaded) {
  const prefix = folder === "" ? "" : `${folder}/`;
  return isBelow(folder, loaded) || [...loaded].some((path) => path.startsWith(prefix));
}
var folderOf = (path) => path.slice(0, Math.max(path.lastIndexOf("/"), 0));

// src/git/search.ts
var import_errors7 = __toESM(require_errors());
var import_manifest_names = __toESM(require_manifest_names());

// src/git/binary-files.ts
var ENDINGS = [
  ["images", "png jpe?g gif ico bmp tiff? webp avif heic psd"],
  ["sounds and films", "mp[34] m4[av] wav ogg flac avi mov mkv webm"],
  ["fonts", "ttf otf eot woff2?"],
  ["documents", "pdf docx? xlsx? pptx? odt ods"],
  ["archives", "zip tgz t?gz bz2 t?xz zst 7z rar jar war ear tar whl deb rpm apk dmg iso img"],
  ["programs and objects", "exe dll so dylib a o class pyc wasm bin"],
  ["data", "sqlite3? db parquet npy pkl onnx safetensors pack idx"]
];
var BINARY = new RegExp(`\\.(?:${ENDINGS.map(([, endings]) => endings.replaceAll(" ", "|")).join("|")})$`, "i");
var isBinaryName = (path) => BINARY.test(path);

// src/git/search.ts
var NONE = { candidates: [], others: [], problems: [] };
var ManifestSearch = class {
  #trees;
  #searched;
  constructor(trees, searched) {
    this.#trees = trees;
    this.#searched = searched;
  }
  /**
   * The manifests of a commit that `ManifestStore.read` reads: by pathspecs or words, then by name, then those below folders.
   * Throws PATHS_INVALID, PATHS_MATCH_NOTHING, PATHS_NOT_FOLLOWED.
   */
  async find(terms, commit, nearby) {
    const { files = [] } = terms;
    const found = await this.#byContents(terms, commit);
    const named3 = await this.#trees.named(files, commit);
    const listed4 = nearby ? await this.#trees.below(nearby.folders, commit) : [];
    const near = listed4.filter((entry) => isManifest(entry) && nearby?.matches(entry.path));
    const all = [...found.candidates, ...named3.filter(({ type }) => type === "file"), ...near];
    const candidates = new Map(all.map((candidate) => [candidate.path, candidate]));
    const others = found.others.filter(({ path }) => terms.others === true && !candidates.has(path));
    return { ...found, candidates: [...candidates.values()], others };
  }
  /** All manifests of a commit, those below pathspecs where there are any. Throws what `find` throws. */
  async all(paths, commit) {
    if (paths.length > 0) return this.#list(paths, commit);
    const entries = await this.#trees.all(commit);
    return foundIn(entries.filter(isManifest), illegible(entries.map(({ path }) => path)));
  }
  #byContents(terms, commit) {
    const { words: words2, registries = [], paths = [] } = terms;
    const hasWords = words2.length + registries.length > 0;
    const pathspecs = paths.length === 0 && hasWords ? this.#searched.paths : paths;
    if (pathspecs.length > 0) return this.#list(pathspecs, commit);
    return hasWords ? this.#searched.byContents(terms, commit) : NONE;
  }
  /**
   * The manifests below pathspecs, each of which must match something.
   * Throws PATHS_INVALID, PATHS_MATCH_NOTHING, PATHS_NOT_FOLLOWED.
   */
  async #list(paths, commit) {
    const all = await this.#trees.matching(paths, commit);
    const positive = paths.filter((path) => !/^:(?:[!^]|\([^)]*exclude)/.test(path));
    for (const pathspec2 of positive) {
      const matches = positive.length === 1 && all.length > 0 ? all : await this.#trees.matching([pathspec2], commit);
      const [first, ...more] = matches;
      if (!first) {
        const nearest = await this.#trees.nearest(pathspec2, commit);
        throw (0, import_errors7.failure)("PATHS_MATCH_NOTHING", { pathspec: pathspec2, base: this.#searched.base, nearest });
      }
      if (more.length === 0 && first.type !== "file") {
        throw (0, import_errors7.failure)("PATHS_NOT_FOLLOWED", { file: first.path, type: first.type });
      }
    }
    const readable = all.filter(({ path }) => isReadable(path));
    return foundIn(readable, illegible(all.flatMap(({ path, type }) => type === "file" ? path : [])));
  }
};
function isManifest({ path, type }) {
  return type === "file" && (0, import_manifest_names.isManifestName)(path) && isLegible(path);
}
function isLegible(path) {
  return !path.includes("\uFFFD");
}
function isReadable(path) {
  return isLegible(path) && ((0, import_manifest_names.isManifestName)(path) || !isBinaryName(path));
}
function foundIn(entries, problems) {
  const files = entries.filter(({ type }) => type === "file");
  return {
    candidates: files.filter(({ path }) => (0, import_manifest_names.isManifestName)(path)),
    others: files.filter(({ path }) => !(0, import_manifest_names.isManifestName)(path)),
    problems
  };
}
function illegible(paths) {
  const message = "was left alone: its name is not UTF-8";
  const manifests = paths.filter((path) => (0, import_manifest_names.isManifestName)(path) && !isLegible(path));
  return manifests.map((file) => ({ file, line: 1, message }));
}

// src/git/trees.ts
var import_fastest_levenshtein3 = __toESM(require_mod());
var import_tree_objects = __toESM(require_tree_objects());
var Trees = class {
  #source;
  #list;
  /** By the id of the tree. */
  #folders = /* @__PURE__ */ new Map();
  /** `list` is asked where a pathspec is no plain path. */
  constructor(source, list3) {
    this.#source = source;
    this.#list = list3;
  }
  /** All entries of a commit, in git's order. */
  async all(commit) {
    return this.#below([{ path: "", id: await this.#root(commit) }]);
  }
  /** Those of files by their exact names; one that is not there is left out. */
  async named(names, commit) {
    const found = await this.#find(names, commit);
    return inOrder2(found.flatMap(([path, node]) => (0, import_tree_objects.isFolder)(node) ? [] : entryOf(path, node)));
  }
  /** Those in folders and below them; of the top folder (empty) only those in it. */
  async below(folders, commit) {
    const top = folders.includes("") ? [...await this.#folder(await this.#root(commit))] : [];
    const found = await this.#find(
      folders.filter((folder) => folder !== ""),
      commit
    );
    const below = await this.#below(
      found.flatMap(([path, node]) => (0, import_tree_objects.isFolder)(node) ? { path: `${path}/`, id: node.id } : [])
    );
    return inOrder2([...top.flatMap(([name2, node]) => (0, import_tree_objects.isFolder)(node) ? [] : entryOf(name2, node)), ...below]);
  }
  /** Those that pathspecs match. Throws PATHS_INVALID. */
  async matching(pathspecs, commit) {
    if (!pathspecs.every(isPlainPath)) return this.#list(pathspecs, commit);
    const folders = new Set(pathspecs.filter((path) => path.endsWith("/")).map((path) => path.slice(0, -1)));
    const found = await this.#find(
      pathspecs.map((path) => path.replace(/\/$/, "")),
      commit
    );
    const below = await this.#below(
      found.flatMap(([path, node]) => (0, import_tree_objects.isFolder)(node) ? { path: `${path}/`, id: node.id } : [])
    );
    const files = found.filter(([path, node]) => !(0, import_tree_objects.isFolder)(node) && !folders.has(path));
    return inOrder2([...files.map(([path, node]) => entryOf(path, node)), ...below]);
  }
  /** The path that a plain one was probably meant to be; `undefined` where none is near. */
  async nearest(path, commit) {
    if (!isPlainPath(path)) return void 0;
    let folder = await this.#root(commit);
    const parts = path.replace(/\/$/, "").split("/");
    for (const [index, part] of parts.entries()) {
      const nodes = await this.#folder(folder);
      const node = nodes.get(part);
      if (!node) {
        const near = nodes.size > 0 ? (0, import_fastest_levenshtein3.closest)(part, [...nodes.keys()]) : part;
        const isNear = near !== part && (0, import_fastest_levenshtein3.distance)(part.toLowerCase(), near.toLowerCase()) <= Math.max(1, part.length / 3);
        if (!isNear) return void 0;
        const meant = parts.with(index, near).join("/");
        const [found] = await this.#find([meant], commit);
        return found ? meant : [...parts.slice(0, index), near].join("/");
      }
      if (!(0, import_tree_objects.isFolder)(node)) return parts.slice(0, index + 1).join("/");
      folder = node.id;
    }
    return void 0;
  }
  /** The tree that a commit's tree becomes when files are written into it; nothing is written. */
  async with(commit, files) {
    const changes = /* @__PURE__ */ new Map();
    for (const file of files) {
      const folders = Buffer.from(file.path).toString("latin1").split("/");
      const name2 = folders.pop() ?? "";
      let inside = changes;
      for (const folder of folders) {
        const known2 = inside.get(folder);
        const below = known2 instanceof Map ? known2 : /* @__PURE__ */ new Map();
        inside.set(folder, below);
        inside = below;
      }
      inside.set(name2, file);
    }
    const objects = [];
    const id = await this.#changed(await this.#root(commit), changes, commit.length, objects);
    return { id, objects };
  }
  async #changed(tree, changes, idLength, objects) {
    const make = (type, content) => {
      const id = (0, import_tree_objects.idOf)(type, content, idLength);
      objects.push({ id, type, size: content.length, content });
      return id;
    };
    const [object] = tree === void 0 ? [] : await this.#source.objects([tree]);
    const nodes = (0, import_tree_objects.readTree)(object?.content ?? Buffer.alloc(0), idLength, "latin1");
    for (const [name2, change] of changes) {
      const present = nodes.get(name2);
      const below = present && (0, import_tree_objects.isFolder)(present) ? present.id : void 0;
      nodes.set(
        name2,
        change instanceof Map ? { mode: "40000", id: await this.#changed(below, change, idLength, objects) } : { mode: change.mode, id: make("blob", Buffer.from(change.bytes)) }
      );
    }
    return make("tree", (0, import_tree_objects.writeTree)(nodes));
  }
  async #root(commit) {
    const tree = await this.#source.treeOf(commit);
    if (!tree?.content) throw new Error(`the tree of ${commit} is not here`);
    if (!this.#folders.has(tree.id)) this.#folders.set(tree.id, (0, import_tree_objects.readTree)(tree.content, commit.length));
    return tree.id;
  }
  async #folder(id) {
    await this.#load([id]);
    return this.#folders.get(id) ?? /* @__PURE__ */ new Map();
  }
  /** Reads trees that are not known yet, all at once. */
  async #load(ids) {
    const unread = [...new Set(ids)].filter((id) => !this.#folders.has(id));
    const read2 = await this.#source.objects(unread);
    for (const [index, id] of unread.entries()) {
      const content = read2[index]?.content;
      if (content) this.#folders.set(id, (0, import_tree_objects.readTree)(content, id.length));
    }
  }
  /** The nodes at paths, folder by folder for all of them at once; one that is not there is left out. */
  async #find(paths, commit) {
    const root = { mode: "40000", id: await this.#root(commit) };
    let open2 = [...new Set(paths)].map((path) => ({ path, parts: path.split("/"), node: root }));
    const found = /* @__PURE__ */ new Map();
    while (open2.length > 0) {
      await this.#load(open2.map(({ node }) => node.id));
      open2 = open2.flatMap(({ path, parts: [name2 = "", ...parts], node }) => {
        const next = this.#folders.get(node.id)?.get(name2);
        if (next && parts.length === 0) found.set(path, next);
        return next && parts.length > 0 && (0, import_tree_objects.isFolder)(next) ? { path, parts, node: next } : [];
      });
    }
    return [...found];
  }
  /** All files below folders, in git's order; the path of a folder ends in a slash, or is empty. */
  async #below(folders) {
    let level = folders.map(({ id }) => id);
    while (level.length > 0) {
      await this.#load(level);
      const nodes = level.flatMap((id) => [...this.#folders.get(id)?.values() ?? []]);
      level = nodes.filter(import_tree_objects.isFolder).map(({ id }) => id);
    }
    const entries = [];
    const list3 = (id, path) => {
      for (const [name2, node] of this.#folders.get(id) ?? []) {
        if ((0, import_tree_objects.isFolder)(node)) list3(node.id, `${path}${name2}/`);
        else entries.push(entryOf(path + name2, node));
      }
    };
    for (const { path, id } of folders) list3(id, path);
    return entries;
  }
};
var entryOf = (path, { mode, id }) => ({ path, mode, id, type: typeOf(mode) });
function inOrder2(entries) {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const keyed = [...byPath.values()].map((entry) => ({ entry, key: Buffer.from(entry.path) }));
  return keyed.toSorted((a, b) => a.key.compare(b.key)).map(({ entry }) => entry);
}

// node_modules/diff/libesm/diff/base.js
var Diff = class {
  diff(oldStr, newStr, options = {}) {
    let callback;
    if (typeof options === "function") {
      callback = options;
      options = {};
    } else if ("callback" in options) {
      callback = options.callback;
    }
    const oldString = this.castInput(oldStr, options);
    const newString = this.castInput(newStr, options);
    const oldTokens = this.removeEmpty(this.tokenize(oldString, options));
    const newTokens = this.removeEmpty(this.tokenize(newString, options));
    return this.diffWithOptionsObj(oldTokens, newTokens, options, callback);
  }
  diffWithOptionsObj(oldTokens, newTokens, options, callback) {
    var _a;
    const done = (value) => {
      value = this.postProcess(value, options);
      if (callback) {
        setTimeout(function() {
          callback(value);
        }, 0);
        return void 0;
      } else {
        return value;
      }
    };
    const newLen = newTokens.length, oldLen = oldTokens.length;
    let editLength = 1;
    let maxEditLength = newLen + oldLen;
    if (options.maxEditLength != null) {
      maxEditLength = Math.min(maxEditLength, options.maxEditLength);
    }
    const maxExecutionTime = (_a = options.timeout) !== null && _a !== void 0 ? _a : Infinity;
    const abortAfterTimestamp = Date.now() + maxExecutionTime;
    const bestPath = [{ oldPos: -1, lastComponent: void 0 }];
    let newPos = this.extractCommon(bestPath[0], newTokens, oldTokens, 0, options);
    if (bestPath[0].oldPos + 1 >= oldLen && newPos + 1 >= newLen) {
      return done(this.buildValues(bestPath[0].lastComponent, newTokens, oldTokens));
    }
    let minDiagonalToConsider = -Infinity, maxDiagonalToConsider = Infinity;
    const execEditLength = () => {
      for (let diagonalPath = Math.max(minDiagonalToConsider, -editLength); diagonalPath <= Math.min(maxDiagonalToConsider, editLength); diagonalPath += 2) {
        let basePath;
        const removePath = bestPath[diagonalPath - 1], addPath = bestPath[diagonalPath + 1];
        if (removePath) {
          bestPath[diagonalPath - 1] = void 0;
        }
        let canAdd = false;
        if (addPath) {
          const addPathNewPos = addPath.oldPos - diagonalPath;
          canAdd = addPath && 0 <= addPathNewPos && addPathNewPos < newLen;
        }
        const canRemove = removePath && removePath.oldPos + 1 < oldLen;
        if (!canAdd && !canRemove) {
          bestPath[diagonalPath] = void 0;
          continue;
        }
        if (!canRemove || canAdd && removePath.oldPos < addPath.oldPos) {
          basePath = this.addToPath(addPath, true, false, 0, options);
        } else {
          basePath = this.addToPath(removePath, false, true, 1, options);
        }
        newPos = this.extractCommon(basePath, newTokens, oldTokens, diagonalPath, options);
        if (basePath.oldPos + 1 >= oldLen && newPos + 1 >= newLen) {
          return done(this.buildValues(basePath.lastComponent, newTokens, oldTokens)) || true;
        } else {
          bestPath[diagonalPath] = basePath;
          if (basePath.oldPos + 1 >= oldLen) {
            maxDiagonalToConsider = Math.min(maxDiagonalToConsider, diagonalPath - 1);
          }
          if (newPos + 1 >= newLen) {
            minDiagonalToConsider = Math.max(minDiagonalToConsider, diagonalPath + 1);
          }
        }
      }
      editLength++;
    };
    if (callback) {
      (function exec() {
        setTimeout(function() {
          if (editLength > maxEditLength || Date.now() > abortAfterTimestamp) {
            return callback(void 0);
          }
          if (!execEditLength()) {
            exec();
          }
        }, 0);
      })();
    } else {
      while (editLength <= maxEditLength && Date.now() <= abortAfterTimestamp) {
        const ret = execEditLength();
        if (ret) {
          return ret;
        }
      }
    }
  }
  addToPath(path, added, removed, oldPosInc, options) {
    const last = path.lastComponent;
    if (last && !options.oneChangePerToken && last.added === added && last.removed === removed) {
      return {
        oldPos: path.oldPos + oldPosInc,
        lastComponent: { count: last.count + 1, added, removed, previousComponent: last.previousComponent }
      };
    } else {
      return {
        oldPos: path.oldPos + oldPosInc,
        lastComponent: { count: 1, added, removed, previousComponent: last }
      };
    }
  }
  extractCommon(basePath, newTokens, oldTokens, diagonalPath, options) {
    const newLen = newTokens.length, oldLen = oldTokens.length;
    let oldPos = basePath.oldPos, newPos = oldPos - diagonalPath, commonCount = 0;
    while (newPos + 1 < newLen && oldPos + 1 < oldLen && this.equals(oldTokens[oldPos + 1], newTokens[newPos + 1], options)) {
      newPos++;
      oldPos++;
      commonCount++;
      if (options.oneChangePerToken) {
        basePath.lastComponent = { count: 1, previousComponent: basePath.lastComponent, added: false, removed: false };
      }
    }
    if (commonCount && !options.oneChangePerToken) {
      basePath.lastComponent = { count: commonCount, previousComponent: basePath.lastComponent, added: false, removed: false };
    }
    basePath.oldPos = oldPos;
    return newPos;
  }
  equals(left, right, options) {
    if (options.comparator) {
      return options.comparator(left, right);
    } else {
      return left === right || !!options.ignoreCase && left.toLowerCase() === right.toLowerCase();
    }
  }
  removeEmpty(array2) {
    const ret = [];
    for (let i = 0; i < array2.length; i++) {
      if (array2[i]) {
        ret.push(array2[i]);
      }
    }
    return ret;
  }
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  castInput(value, options) {
    return value;
  }
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  tokenize(value, options) {
    return Array.from(value);
  }
  join(chars) {
    return chars.join("");
  }
  postProcess(changeObjects, options) {
    return changeObjects;
  }
  get useLongestToken() {
    return false;
  }
  buildValues(lastComponent, newTokens, oldTokens) {
    const components = [];
    let nextComponent;
    while (lastComponent) {
      components.push(lastComponent);
      nextComponent = lastComponent.previousComponent;
      delete lastComponent.previousComponent;
      lastComponent = nextComponent;
    }
    components.reverse();
    const componentLen = components.length;
    let componentPos = 0, newPos = 0, oldPos = 0;
    for (; componentPos < componentLen; componentPos++) {
      const component = components[componentPos];
      if (!component.removed) {
        if (!component.added && this.useLongestToken) {
          let value = newTokens.slice(newPos, newPos + component.count);
          value = value.map(function(value2, i) {
            const oldValue = oldTokens[oldPos + i];
            return oldValue.length > value2.length ? oldValue : value2;
          });
          component.value = this.join(value);
        } else {
          component.value = this.join(newTokens.slice(newPos, newPos + component.count));
        }
        newPos += component.count;
        if (!component.added) {
          oldPos += component.count;
        }
      } else {
        component.value = this.join(oldTokens.slice(oldPos, oldPos + component.count));
        oldPos += component.count;
      }
    }
    return components;
  }
};

// node_modules/diff/libesm/diff/line.js
var LineDiff = class extends Diff {
  constructor() {
    super(...arguments);
    this.tokenize = tokenize;
  }
  equals(left, right, options) {
    if (options.ignoreWhitespace) {
      if (!options.newlineIsToken || !left.includes("\n")) {
        left = left.trim();
      }
      if (!options.newlineIsToken || !right.includes("\n")) {
        right = right.trim();
      }
    } else if (options.ignoreNewlineAtEof && !options.newlineIsToken) {
      if (left.endsWith("\n")) {
        left = left.slice(0, -1);
      }
      if (right.endsWith("\n")) {
        right = right.slice(0, -1);
      }
    }
    return super.equals(left, right, options);
  }
};
var lineDiff = new LineDiff();
function diffLines(oldStr, newStr, options) {
  return lineDiff.diff(oldStr, newStr, options);
}
function tokenize(value, options) {
  if (options.stripTrailingCr) {
    value = value.replace(/\r\n/g, "\n");
  }
  const retLines = [], linesAndNewlines = value.split(/(\n|\r\n)/);
  if (!linesAndNewlines[linesAndNewlines.length - 1]) {
    linesAndNewlines.pop();
  }
  for (let i = 0; i < linesAndNewlines.length; i++) {
    const line = linesAndNewlines[i];
    if (i % 2 && !options.newlineIsToken) {
      retLines[retLines.length - 1] += line;
    } else {
      retLines.push(line);
    }
  }
  return retLines;
}

// node_modules/diff/libesm/patch/create.js
function structuredPatch(oldFileName, newFileName, oldStr, newStr, oldHeader, newHeader, options) {
  let optionsObj;
  if (!options) {
    optionsObj = {};
  } else if (typeof options === "function") {
    optionsObj = { callback: options };
  } else {
    optionsObj = options;
  }
  if (typeof optionsObj.context === "undefined") {
    optionsObj.context = 4;
  }
  const context = optionsObj.context;
  if (optionsObj.newlineIsToken) {
    throw new Error("newlineIsToken may not be used with patch-generation functions, only with diffing functions");
  }
  if (!optionsObj.callback) {
    return diffLinesResultToPatch(diffLines(oldStr, newStr, optionsObj));
  } else {
    const { callback } = optionsObj;
    diffLines(oldStr, newStr, Object.assign(Object.assign({}, optionsObj), { callback: (diff) => {
      const patch = diffLinesResultToPatch(diff);
      callback(patch);
    } }));
  }
  function diffLinesResultToPatch(diff) {
    if (!diff) {
      return;
    }
    diff.push({ value: "", lines: [] });
    function contextLines(lines) {
      return lines.map(function(entry) {
        return " " + entry;
      });
    }
    const hunks = [];
    let oldRangeStart = 0, newRangeStart = 0, curRange = [], oldLine = 1, newLine = 1;
    for (let i = 0; i < diff.length; i++) {
      const current = diff[i], lines = current.lines || splitLines(current.value);
      current.lines = lines;
      if (current.added || current.removed) {
        if (!oldRangeStart) {
          const prev = diff[i - 1];
          oldRangeStart = oldLine;
          newRangeStart = newLine;
          if (prev) {
            curRange = context > 0 ? contextLines(prev.lines.slice(-context)) : [];
            oldRangeStart -= curRange.length;
            newRangeStart -= curRange.length;
          }
        }
        for (const line of lines) {
          curRange.push((current.added ? "+" : "-") + line);
        }
        if (current.added) {
          newLine += lines.length;
        } else {
          oldLine += lines.length;
        }
      } else {
        if (oldRangeStart) {
          if (lines.length <= context * 2 && i < diff.length - 2) {
            for (const line of contextLines(lines)) {
              curRange.push(line);
            }
          } else {
            const contextSize = Math.min(lines.length, context);
            for (const line of contextLines(lines.slice(0, contextSize))) {
              curRange.push(line);
            }
            const hunk = {
              oldStart: oldRangeStart,
              oldLines: oldLine - oldRangeStart + contextSize,
              newStart: newRangeStart,
              newLines: newLine - newRangeStart + contextSize,
              lines: curRange
            };
            hunks.push(hunk);
            oldRangeStart = 0;
            newRangeStart = 0;
            curRange = [];
          }
        }
        oldLine += lines.length;
        newLine += lines.length;
      }
    }
    for (const hunk of hunks) {
      for (let i = 0; i < hunk.lines.length; i++) {
        if (hunk.lines[i].endsWith("\n")) {
          hunk.lines[i] = hunk.lines[i].slice(0, -1);
        } else {
          hunk.lines.splice(i + 1, 0, "\\ No newline at end of file");
          i++;
        }
      }
    }
    return {
      oldFileName,
      newFileName,
      oldHeader,
      newHeader,
      hunks
    };
  }
}
function splitLines(text) {
  const hasTrailingNl = text.endsWith("\n");
  const result = text.split("\n").map((line) => line + "\n");
  if (hasTrailingNl) {
    result.pop();
  } else {
    result.push(result.pop().slice(0, -1));
  }
  return result;
}

// src/git/unified-diff.ts
var import_tree_objects2 = __toESM(require_tree_objects());
var SHORT = 7;
var HEADING = /^[a-z_$]/i;
var LONGEST_HEADING = 80;
function unifiedDiff(before2, after) {
  const known2 = new Map(before2.map((file) => [file.path, file]));
  return after.map((file) => diffOf(known2.get(file.path), file)).join("");
}
function diffOf(before2, { path, mode, bytes }) {
  const [old, now] = [textOf(before2?.bytes), textOf(bytes)];
  if (before2 && old === now) return "";
  const { hunks } = structuredPatch(path, path, old, now, "", "", { context: 3 });
  const [oldId, newId] = [before2?.bytes, bytes].map((content) => shortId(content));
  const header = [
    `diff --git ${quoted("a/", path)} ${quoted("b/", path)}`,
    ...before2 ? [`index ${oldId}..${newId} ${mode}`] : [`new file mode ${mode}`, `index ${oldId}..${newId}`],
    ...hunks.length > 0 ? [`--- ${before2 ? named("a/", path) : "/dev/null"}`, `+++ ${named("b/", path)}`] : []
  ];
  const lines = old.split("\n");
  const shown2 = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: changed }) => {
    const heading = headingBefore(lines, oldStart - 1);
    const ranges = `-${range(oldStart, oldLines)} +${range(newStart, newLines)}`;
    return [`@@ ${ranges} @@${heading && ` ${heading}`}`, ...changed];
  });
  return `${[...header, ...shown2].join("\n")}
`;
}
var textOf = (bytes) => bytes ? Buffer.from(bytes).toString() : "";
var shortId = (content) => content ? (0, import_tree_objects2.idOf)("blob", content, 40).slice(0, SHORT) : "0".repeat(SHORT);
function range(start3, lines) {
  return lines === 1 ? String(start3) : `${lines === 0 && start3 > 0 ? start3 - 1 : start3},${lines}`;
}
function headingBefore(lines, start3) {
  const heading = lines.slice(0, Math.max(start3, 0)).findLast((line) => HEADING.test(line)) ?? "";
  return Buffer.from(heading).subarray(0, LONGEST_HEADING).toString().trimEnd();
}
var named = (prefix, path) => `${quoted(prefix, path)}${path.includes(" ") ? "	" : ""}`;
function quoted(prefix, path) {
  if (!/["\\\p{Cc}]/u.test(path)) return prefix + path;
  const escaped = path.replace(/["\\\p{Cc}]/gu, (character) => {
    const known2 = NAMED[character];
    return `\\${known2 ?? character.charCodeAt(0).toString(8).padStart(3, "0")}`;
  });
  return `"${prefix}${escaped}"`;
}
var NAMED = {
  '"': '"',
  "\\": "\\",
  "\x07": "a",
  "\b": "b",
  "\f": "f",
  "\n": "n",
  "\r": "r",
  "	": "t",
  "\v": "v"
};

// src/git/api-store.ts
var MOST_WRITTEN = 5 * 1024 * 1024;
var ApiStore = class _ApiStore {
  base;
  canPush = false;
  #baseTip;
  /** The tips that came with the base, each told once: later it may be another one. */
  #tips;
  #api;
  #options;
  #objects;
  #trees;
  #search;
  /** What was written here, by ids that the commits of the server will not have. */
  #written = /* @__PURE__ */ new Map();
  constructor(api, options, objects, seen) {
    this.#api = api;
    this.#options = options;
    this.#objects = objects;
    this.base = seen.branch;
    this.#baseTip = seen.tip;
    this.#tips = new Map(seen.tips);
    this.#trees = new Trees(objects, refusePathspecs);
    const byContents = () => Promise.reject(new import_repository_api2.CloneNeeded("no paths were given"));
    this.#search = new ManifestSearch(this.#trees, { base: seen.branch, paths: options.paths, byContents });
  }
  /** One request. Throws CloneNeeded, and what the API refuses or fails to answer. */
  static async open(api, options) {
    const { base, paths, first = paths, branches } = options;
    const objects = new ApiObjects(api);
    return new _ApiStore(api, options, objects, await readBase(api, objects, base, first, branches(base)));
  }
  /** A store of the same base, which moves apart from this one. */
  beside() {
    const seen = { branch: this.base, tip: this.#baseTip, tips: this.#tips };
    return new _ApiStore(this.#api, this.#options, this.#objects, seen);
  }
  get baseCommit() {
    return this.#baseTip.id;
  }
  refresh() {
    const { paths, first = paths, branches } = this.#options;
    return this.#readBase(first, branches(this.base));
  }
  async follow(id, written2) {
    this.#baseTip = { ...written2, id };
    this.#objects.keep(this.#baseTip, this.#written.get(written2.id)?.objects ?? []);
  }
  async read(terms, { commit = this.baseCommit, branch, below, limit = Infinity } = {}) {
    const name2 = await branch;
    const { files = [], paths = this.#options.paths } = terms;
    await this.#objects.load(commit, [...paths, ...below?.folders ?? []], files);
    const found = await this.#search.find(terms, commit, below);
    const manifests = await this.#objects.contents(found.candidates.slice(0, limit), true);
    const others = await this.#objects.contents(found.others, false);
    const problems = [...found.problems, ...manifests.problems];
    const tip = name2 === void 0 ? void 0 : await this.tip(name2);
    return { manifests: manifests.files, others: others.files, problems, tip };
  }
  async prefetch(terms, branches) {
    const paths = [...new Set(terms.flatMap((one) => one.paths ?? []))].filter(isPlainPath);
    if (paths.length > 0) await this.#readBase(paths, branches);
  }
  // Nothing comes before the throw.
  // oxlint-disable-next-line require-yield
  async *readAll() {
    throw new import_repository_api2.CloneNeeded("the whole repository is read");
  }
  paths() {
    return Promise.reject(new import_repository_api2.CloneNeeded("a path of a manifest is a template"));
  }
  async tip(branch) {
    const isKnown2 = this.#tips.has(branch);
    const tip = isKnown2 ? this.#tips.get(branch) : await this.#api.tip(branch);
    this.#tips.delete(branch);
    if (tip) this.#objects.know(tip);
    return tip;
  }
  async fetchCommit(id) {
    return await this.#objects.commit(id, this.#options.paths) !== void 0;
  }
  async readCommit(id) {
    const commit = await this.#objects.commit(id);
    if (!commit) throw new import_repository_api2.CloneNeeded(`the API has no commit ${id.slice(0, 7)}`);
    return commit;
  }
  async commitsAbove(head) {
    if (head === this.baseCommit) return [];
    throw new import_repository_api2.CloneNeeded("a release branch has several commits");
  }
  history() {
    return this.#api.history(this.baseCommit);
  }
  async *fileCommits(files) {
    if (files.length > 0) yield await this.#api.fileCommits(this.baseCommit, files);
  }
  // eslint-disable-next-line require-yield -- It has none.
  async *fileHistory() {
    throw new import_repository_api2.CloneNeeded("the history of files is read");
  }
  fetchFileHistories() {
    return Promise.reject(new import_repository_api2.CloneNeeded("the history of files is read"));
  }
  async treeWith(commit, files) {
    return (await this.#trees.with(commit, files)).id;
  }
  /** The commit as it is going to be, but for its id and its author: the server gives it those. */
  async write(commit) {
    const { parent, message, author, time, files } = commit;
    if (parent !== this.baseCommit) throw new import_repository_api2.CloneNeeded("the release branch has commits by others");
    const executable = files.find(({ mode }) => mode !== "100644");
    if (executable) throw new import_repository_api2.CloneNeeded(`${executable.path} is executable`);
    const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (size > MOST_WRITTEN) throw new import_repository_api2.CloneNeeded("more than 5 MiB change");
    const { id: tree, objects } = await this.#trees.with(parent, files);
    const id = (0, import_tree_objects3.idOf)("commit", Buffer.from(JSON.stringify([tree, parent, message, author, time])), parent.length);
    this.#written.set(id, { files, objects });
    return { id, tree, parents: [parent], committerEmail: author.email, message, signed: true };
  }
  async diff(from, to) {
    const after = this.#written.get(to)?.files ?? [];
    const before2 = await this.#trees.named(
      after.map(({ path }) => path),
      from
    );
    return unifiedDiff((await this.#objects.contents(before2, true)).files, after);
  }
  push() {
    throw new Error("a commit is made by the API, and not pushed");
  }
  async deleteBranches(branches) {
    const deleted = [];
    const refused = [];
    for (const { branch, expected } of branches) {
      const result = await this.#api.deleteBranch(branch, expected);
      if (result === "deleted") deleted.push(branch);
      else if (result !== "moved") refused.push({ branch, reason: result.refused });
    }
    return { deleted, refused };
  }
  close() {
    return Promise.resolve();
  }
  async #readBase(paths, branches) {
    const { tip, tips } = await readBase(this.#api, this.#objects, this.base, paths, branches);
    this.#baseTip = tip;
    this.#tips = new Map(tips);
  }
};
async function readBase(api, objects, branch, paths, branches) {
  const asked = { branch, paths: paths.map(withoutSlash), branches };
  const seen = await api.readBase(asked);
  objects.know(seen.tip, asked.paths);
  return seen;
}
function refusePathspecs([pathspec2]) {
  throw new import_repository_api2.CloneNeeded(`${pathspec2} is a pattern`);
}

// src/git/clone-store.ts
var import_errors12 = __toESM(require_errors());

// src/git/clone.ts
var import_promises3 = require("node:fs/promises");
var import_node_path2 = require("node:path");
var import_promises4 = require("node:timers/promises");
var import_errors9 = __toESM(require_errors());
var import_credentials = __toESM(require_credentials());

// src/git/object-reader.ts
var import_programs2 = __toESM(require_programs());
var ObjectReader = class {
  #child;
  #largest;
  #asked = [];
  #ended;
  /** Why nothing can be asked any more. */
  #over;
  /** What came and was not read yet, in pieces, and how much of it there must be before it can be. */
  #chunks = [];
  #length = 0;
  #needed = 1;
  #arriving;
  /** `child` is the command; blobs of `largest` bytes and more are told without their contents. */
  constructor(child, largest) {
    this.#child = child;
    this.#largest = largest;
    const stderr = [];
    child.stderr.on("data", (chunk) => stderr.push(chunk));
    child.stdout.on("data", (chunk) => this.#take(chunk));
    child.stdin.on("error", () => void 0);
    this.#ended = new Promise((resolve) => {
      const end2 = (reason) => {
        this.#over = reason;
        this.#fail(reason);
        resolve();
      };
      child.on("error", end2);
      child.on("close", (code) => {
        const result = { exitCode: code ?? -1, stdout: Buffer.alloc(0), stderr: Buffer.concat(stderr).toString() };
        end2(new GitError("cat-file", result));
      });
    });
  }
  /**
   * The objects that names stand for (ids, refs, `<commit>^{tree}`); `undefined` for one that is not here. Throws GitError,
   * and GitTimeout where they take more than `limit` ms, which ends the command.
   */
  async read(names, limit) {
    if (this.#over) throw this.#over;
    const timer = setTimeout(() => this.#end(new GitTimeout("cat-file", limit)), Math.max(limit, 0));
    const answers = names.map(
      () => new Promise((answer, fail) => this.#asked.push({ answer, fail }))
    );
    this.#child.stdin.write(names.map((name2) => `${name2}
`).join(""));
    return Promise.all(answers).finally(() => clearTimeout(timer));
  }
  /** Ends the command, and waits for that. */
  async close() {
    this.#child.stdin.end();
    await this.#ended;
  }
  #end(reason) {
    this.#fail(reason);
    (0, import_programs2.endTree)(this.#child);
  }
  #fail(reason) {
    for (const { fail } of this.#asked.splice(0)) fail(reason);
  }
  #take(chunk) {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return;
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    for (let next = this.#next(rest); next !== void 0; next = this.#next(rest)) rest = rest.subarray(next);
    this.#chunks = [rest];
    this.#length = rest.length;
  }
  /** Reads a header, or the contents behind one; gives how many bytes it took, nothing where more have to come. */
  #next(data) {
    return this.#arriving ? this.#takeContents(data, this.#arriving) : this.#takeHeader(data);
  }
  #takeHeader(data) {
    const lineEnd2 = data.indexOf("\n");
    this.#needed = data.length + 1;
    if (lineEnd2 < 0) return void 0;
    const [, id = "", type = "", digits] = /^(\w+) (\w+) (\d+)$/.exec(data.toString("latin1", 0, lineEnd2)) ?? [];
    const size = Number(digits);
    if (digits === void 0) this.#answer(void 0);
    else
      this.#arriving = { object: { id, type, size }, isTaken: type !== "blob" || size < this.#largest, left: size + 1 };
    return lineEnd2 + 1;
  }
  #takeContents(data, { object, isTaken, left }) {
    this.#needed = isTaken ? left : 1;
    if (data.length < this.#needed) return void 0;
    const taken2 = Math.min(data.length, left);
    if (taken2 < left) this.#arriving = { object, isTaken, left: left - taken2 };
    else this.#answer(isTaken ? { ...object, content: data.subarray(0, object.size) } : object);
    return taken2;
  }
  #answer(object) {
    this.#arriving = void 0;
    this.#asked.shift()?.answer(object);
  }
};

// src/git/ssh.ts
var import_promises2 = require("node:fs/promises");
var import_node_os2 = require("node:os");
var import_node_path = require("node:path");
var import_errors8 = __toESM(require_errors());

// src/git/private-key.ts
var MAGIC2 = "openssh-key-v1\0";
function normalizeKey(text) {
  return `${text.replaceAll("\r\n", "\n").trim()}
`;
}
function whyUnusable(key) {
  const [, type, body = ""] = /^-----BEGIN ((?:[A-Z]+ )*)PRIVATE KEY-----\n(.*)^-----END /ms.exec(key) ?? [];
  if (/^(?:ssh|ecdsa|sk)-\S+ AAAA/.test(key)) return "it is the public half of a key";
  if (type === void 0)
    return "it is not lines between -----BEGIN \u2026 PRIVATE KEY----- and -----END \u2026 PRIVATE KEY-----";
  const isLocked = type === "ENCRYPTED " || body.includes("ENCRYPTED") || type === "OPENSSH " && cipherOf(body) !== "none";
  return isLocked ? "it has a passphrase" : void 0;
}
function cipherOf(body) {
  const bytes = Buffer.from(body, "base64");
  const start3 = MAGIC2.length;
  if (bytes.toString("latin1", 0, start3) !== MAGIC2 || bytes.length < start3 + 4) return "none";
  return bytes.toString("latin1", start3 + 4, start3 + 4 + bytes.readUInt32BE(start3));
}

// src/git/ssh.ts
var SILENCE = ["ConnectTimeout 30", "ServerAliveInterval 15", "ServerAliveCountMax 4"];
var MACHINE_SSH = {
  HOME: (0, import_node_os2.homedir)(),
  GIT_SSH_COMMAND: `ssh -o BatchMode=yes ${SILENCE.map((setting) => `-o ${setting.replace(" ", "=")}`).join(" ")}`,
  GIT_SSH_VARIANT: "ssh"
};
async function prepareSsh(folder, identity) {
  const key = normalizeKey(identity.key);
  const reason = whyUnusable(key);
  if (reason !== void 0) throw (0, import_errors8.failure)("SSH_KEY_INVALID", { reason });
  const [keyFile, hostsFile, configFile] = [(0, import_node_path.join)(folder, "key"), (0, import_node_path.join)(folder, "known_hosts"), (0, import_node_path.join)(folder, "config")];
  await (0, import_promises2.writeFile)(keyFile, key, { mode: 384 });
  await (0, import_promises2.writeFile)(hostsFile, `${identity.knownHosts.replaceAll("\r\n", "\n").trim()}
`);
  await (0, import_promises2.writeFile)(configFile, sshConfig(keyFile, hostsFile));
  return {
    // Git hands this to a shell, so the path goes by a variable.
    GIT_SSH_COMMAND: 'ssh -F "$MANIFEST_RELEASE_SSH_CONFIG"',
    GIT_SSH_VARIANT: "ssh",
    MANIFEST_RELEASE_SSH_CONFIG: configFile,
    SSH_AUTH_SOCK: ""
  };
}
function sshConfig(keyFile, hostsFile) {
  return [
    `IdentityFile ${quoted2(keyFile)}`,
    "IdentitiesOnly yes",
    "IdentityAgent none",
    `UserKnownHostsFile ${quoted2(hostsFile)}`,
    "GlobalKnownHostsFile /dev/null",
    "StrictHostKeyChecking yes",
    "UpdateHostKeys no",
    "BatchMode yes",
    "PasswordAuthentication no",
    ...SILENCE,
    ""
  ].join("\n");
}
function quoted2(path) {
  return `"${path.replaceAll("%", "%%")}"`;
}

// src/git/clone.ts
var import_temporary = __toESM(require_temporary());
var PASSING = /* @__PURE__ */ new Set(["NETWORK", "SERVER_FAILED", "RATE_LIMITED"]);
var READ = ["cat-file", "--batch"];
var NETWORK_RETRIES = [500, 2e3];
var LIMITS = { command: 6e5, run: 18e5, silence: 60 };
var Clone = class _Clone {
  gitDir;
  options;
  #folder;
  #deadline;
  /** Of what earlier runs left. */
  #removing = (0, import_temporary.removeAbandonedFolders)();
  /** What was read: an id names the same bytes for ever. */
  #objects = /* @__PURE__ */ new Map();
  /** By the folder of the repository. */
  #readers = /* @__PURE__ */ new Map();
  /** Of commands that use the server. */
  #environment = {};
  constructor(folder, options) {
    this.#folder = folder;
    this.gitDir = (0, import_node_path2.join)(folder, "clone.git");
    this.options = options;
    this.#deadline = Date.now() + (options.limits ?? LIMITS).run;
  }
  /**
   * Clones with `args` of git clone, which is started before this returns. The caller closes it. Throws what `useServer`
   * throws.
   */
  static async make(options, args) {
    const clone = new _Clone((0, import_temporary.makeTemporaryFolder)(), options);
    try {
      if (options.remote.transport === "ssh") {
        clone.#environment = options.ssh ? await prepareSsh(await clone.makeFolder("ssh"), options.ssh) : MACHINE_SSH;
      }
      const { progress } = options;
      const onStderr = progress && ((text) => progress(stepIn(text) ?? ""));
      const shape = [progress ? "--progress" : "--quiet", ...args];
      const cloning = clone.#useServer(["clone", ...shape, "--", options.remote.url, clone.gitDir], { onStderr });
      const [version] = await Promise.all([gitVersion(), cloning.catch(() => void 0)]);
      if (isTooOld(version)) throw (0, import_errors9.failure)("GIT_TOO_OLD", { version });
      await cloning.finally(() => progress?.(""));
      await clone.#forgetPromisor();
      return clone;
    } catch (error) {
      await clone.close();
      throw error;
    }
  }
  /** A new folder beside the clone, readable by this user only; it is removed when the clone is closed. */
  makeFolder(name2) {
    return (0, import_promises3.mkdtemp)((0, import_node_path2.join)(this.#folder, `${name2}-`));
  }
  /** Removes the temporary folder. */
  async close() {
    await Promise.all([...this.#readers.values()].map((reader) => reader.close()));
    await Promise.all([(0, import_temporary.removeTemporaryFolder)(this.#folder), this.#removing]);
  }
  /** Runs a command that needs no server. Throws GitError, TIMED_OUT. */
  run(args, options = {}) {
    return this.#git(args, { gitDir: this.gitDir, ...options });
  }
  /**
   * Runs a command that uses the server; only these have the credentials. A network failure is tried again.
   * Throws REPOSITORY_NOT_FOUND, ACCESS_DENIED, BASE_NOT_FOUND, REPOSITORY_MOVED, HOST_KEY_UNKNOWN, SSH_KEY_INVALID,
   * PROGRAM_MISSING, NETWORK, TIMED_OUT.
   */
  async useServer(args, options = {}) {
    const result = await this.#useServer(args, { gitDir: this.gitDir, ...options });
    if (options.gitDir === void 0) await this.#forgetPromisor();
    return result;
  }
  /** The branch that was cloned; empty where it was none. */
  async headBranch() {
    const head = await (0, import_promises3.readFile)((0, import_node_path2.join)(this.gitDir, "HEAD"), "utf8");
    return /^ref: refs\/heads\/(.+)\n$/.exec(head)?.[1] ?? "";
  }
  /** The id that a ref points to; empty where there is no such ref. */
  async resolve(ref) {
    const [object] = await this.#ask([ref], this.gitDir);
    return object?.id ?? "";
  }
  /**
   * Objects by their ids, or as the `<commit>^{tree}` of one, each read once; `undefined` for one that is not here. Throws
   * GitError, TIMED_OUT.
   */
  async objects(names, gitDir = this.gitDir) {
    const unread = [...new Set(names)].filter((name2) => !this.#objects.has(name2));
    const read2 = unread.length > 0 ? await this.#ask(unread, gitDir) : [];
    for (const [index, name2] of unread.entries()) {
      const object = read2[index];
      if (object) this.#objects.set(name2, object);
    }
    return names.map((name2) => this.#objects.get(name2));
  }
  /** The same for objects that are read once in a run: they are not kept. */
  readOnce(names) {
    return this.#ask(names, this.gitDir);
  }
  /** The tree of a commit; `undefined` where it is not here. */
  async treeOf(commit) {
    const [tree] = await this.objects([`${commit}^{tree}`]);
    return tree;
  }
  /** Whether an object was read before. */
  hasRead(id) {
    return this.#objects.has(id);
  }
  async #ask(names, gitDir) {
    try {
      return await this.#readerOf(gitDir).read(names, this.#limit());
    } catch (error) {
      throw error instanceof GitTimeout ? this.#explainTimeout("cat-file", error) : error;
    }
  }
  #readerOf(gitDir) {
    const known2 = this.#readers.get(gitDir);
    if (known2) return known2;
    const reader = new ObjectReader(startGit(READ, { gitDir }), MAX_MANIFEST);
    this.#readers.set(gitDir, reader);
    this.options.debug?.(`git ${READ.join(" ")}: runs from now on`);
    return reader;
  }
  async #useServer(args, options) {
    const { remote, token, limits = LIMITS } = this.options;
    const silence = { "http.lowSpeedLimit": "1", "http.lowSpeedTime": String(limits.silence) };
    const config = { ...(0, import_credentials.remoteConfig)(remote, token), ...silence, ...options.config };
    const environment2 = { ...options.environment, ...this.#environment };
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#git(args, { ...options, config, environment: environment2 });
      } catch (error) {
        const explained = (0, import_errors9.asReleaseError)(explainRefusal(error, this.#actionOf(args)));
        const delay = NETWORK_RETRIES[attempt];
        if (!PASSING.has(explained.code) || delay === void 0) throw explained;
        await (0, import_promises4.setTimeout)(delay);
      }
    }
  }
  /** Runs a command within the limits. */
  async #git(args, options) {
    const started = Date.now();
    const log = (end2) => this.options.debug?.(`git ${args.join(" ")}: ${Date.now() - started} ms, ${end2}`);
    try {
      const result = await git(args, { ...options, limit: this.#limit() });
      log(`exit code ${result.exitCode}`);
      return result;
    } catch (error) {
      log(error instanceof GitError ? `exit code ${error.exitCode}` : String(error));
      throw error instanceof GitTimeout ? this.#explainTimeout(args[0] ?? "", error) : error;
    }
  }
  /** Milliseconds that a command may take that begins now. */
  #limit() {
    const { command } = this.options.limits ?? LIMITS;
    return Math.min(command, this.#deadline - Date.now());
  }
  #explainTimeout(command, error) {
    const { run: run2 } = this.options.limits ?? LIMITS;
    const isRun = Date.now() >= this.#deadline;
    const reason = isRun ? `the run took longer than ${run2 / 1e3} s` : error.message;
    return tookTooLong(command, this.options.remote, reason, error);
  }
  /** The facts for the message of a refusal. */
  #actionOf([command]) {
    const { remote, token, base } = this.options;
    const credential = remote.transport === "ssh" ? "ssh key" : token === "" ? "none" : "token";
    return { remote, credential, action: command === "push" ? "push to" : "read", base };
  }
  /**
   * Makes git forget that the clone is partial: an object that is not here is then an error at once, where git would
   * fetch it, one request each.
   */
  async #forgetPromisor() {
    const path = (0, import_node_path2.join)(this.gitDir, "config");
    const lines = (await (0, import_promises3.readFile)(path, "utf8")).split("\n");
    await (0, import_promises3.writeFile)(path, lines.filter((line) => !/promisor|partialclone/i.test(line)).join("\n"));
  }
};

// src/git/fast-import.ts
function fastImportStream(ref, { parent, message, author, time, files }) {
  const identity = `${author.name} <${author.email}> ${time} +0000`;
  const commitMark = files.length + 1;
  const parts = ["feature done\n"];
  for (const [index, { bytes }] of files.entries()) {
    parts.push(`blob
mark :${index + 1}
data ${bytes.length}
`, bytes, "\n");
  }
  parts.push(`commit ${ref}
mark :${commitMark}
author ${identity}
committer ${identity}
`);
  parts.push(`data ${Buffer.byteLength(message)}
${message}
from ${parent}
`);
  for (const [index, { mode, path }] of files.entries()) parts.push(`M ${mode} :${index + 1} ${quotePath(path)}
`);
  parts.push(`get-mark :${commitMark}
ls :${commitMark} ""
done
`);
  return Buffer.concat(parts.map((part) => typeof part === "string" ? Buffer.from(part) : part));
}
function quotePath(path) {
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}

// src/git/fetches.ts
var import_errors10 = __toESM(require_errors());
function filterOf({ paths }) {
  return paths.length > 0 ? "--filter=blob:none" : `--filter=blob:limit=${MAX_MANIFEST}`;
}
var Fetches = class {
  #clone;
  /** Blobs that were fetched: they need not be asked for again. */
  #fetched = /* @__PURE__ */ new Set();
  constructor(clone) {
    this.#clone = clone;
  }
  /** Whether no contents were cloned. */
  get isPartial() {
    return this.#clone.options.paths.length > 0;
  }
  /**
   * Fetches blobs that are not here yet, and the tip of a branch, in one request; gives the id of that tip, empty where
   * there is no such branch.
   */
  async contents(ids, branch) {
    const blobs = this.isPartial ? [...new Set(ids)].filter((id) => !this.#fetched.has(id)) : [];
    const refs = branch === void 0 ? [] : [`+refs/heads/${branch}*:refs/remotes/origin/${branch}*`];
    if (await this.#fetch([...blobs, ...refs])) for (const id of blobs) this.#fetched.add(id);
    return branch === void 0 ? "" : this.#clone.resolve(`refs/remotes/origin/${branch}`);
  }
  /** Moves a branch of the clone to where it is on the server; gives its tip. */
  async branch(branch) {
    await this.#fetch([`+refs/heads/${branch}:refs/heads/${branch}`]);
    return this.#clone.resolve(`refs/heads/${branch}`);
  }
  /** Fetches a commit and its trees, and its files where the clone has some; false where the server does not give it. */
  async commit(id) {
    try {
      return await this.#fetch([id]);
    } catch (error) {
      if (error instanceof import_errors10.ReleaseError && error.code === "GIT_FAILED") return false;
      throw error;
    }
  }
  /** Fetches objects and refs; whether the server had all of them. */
  async #fetch(wants) {
    if (wants.length === 0) return true;
    const shape = ["--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no", "--prune"];
    const fetch = ["fetch", ...shape, filterOf(this.#clone.options), "--stdin", "origin"];
    const config = this.isPartial ? { "fetch.negotiationAlgorithm": "noop" } : {};
    const { exitCode } = await this.#clone.useServer(fetch, { input: wants.join("\n"), config, answers: [0, 1] });
    return exitCode === 0;
  }
};

// src/git/change-log.ts
var ChangeLog = class {
  #commits = [];
  #byPath = /* @__PURE__ */ new Map();
  constructor(text) {
    const fields = text.split("\0");
    for (let index = 0; index < fields.length; index += 1) {
      const field = fields[index] ?? "";
      const [, id, time = ""] = /^(\w{40,64}) (\S+)$/.exec(field) ?? [];
      if (id !== void 0) this.#commits.push({ id, time });
      const [, mode, blob = ""] = /^\n?:(\d{6}) \d{6} (\w+) \w+ [A-Z]$/.exec(field) ?? [];
      if (mode === void 0) continue;
      const path = fields[index += 1] ?? "";
      const change = { commit: this.#commits.length - 1, before: isFile(mode) ? { path, mode, id: blob } : void 0 };
      const known2 = this.#byPath.get(path);
      if (known2) known2.push(change);
      else this.#byPath.set(path, [change]);
    }
  }
  /** The commits that changed one of the files, by their exact names, the newest first. */
  of(files) {
    const before2 = /* @__PURE__ */ new Map();
    for (const file of new Set(files)) {
      for (const change of this.#byPath.get(file) ?? []) {
        const known2 = before2.get(change.commit) ?? /* @__PURE__ */ new Map();
        before2.set(change.commit, known2.set(file, change.before));
      }
    }
    const numbers = [...before2.keys()].toSorted((a, b) => a - b);
    return numbers.flatMap((number) => {
      const commit = this.#commits[number];
      return commit ? [{ ...commit, before: before2.get(number) ?? /* @__PURE__ */ new Map() }] : [];
    });
  }
};
var isFile = (mode) => mode.startsWith("100");

// src/git/history.ts
var import_promises5 = require("node:fs/promises");
var import_node_path3 = require("node:path");
var ALL = 2147483647;
var FETCH = [
  "fetch",
  "--quiet",
  "--no-tags",
  "--no-write-fetch-head",
  "--recurse-submodules=no"
];
var FETCH_CONFIG = { "fetch.negotiationAlgorithm": "noop" };
async function latestCommits(clone, base, depth) {
  const history = await CommitHistory.make(clone, base);
  await history.fetch([base], depth, "tree:0");
  return history.list([`--max-count=${depth}`, base]);
}
async function commitsBetween(clone, base, head, depth) {
  const history = await CommitHistory.make(clone, base);
  const above = [head, `^${base}`];
  await history.fetch([base, head], depth, "tree:0");
  const commits = await history.list(above);
  const ends = await history.ends();
  const isCut = ends.size > 0 && commits.some(({ id, parents }) => ends.has(id) || parents.length === 0);
  if (!isCut) return commits;
  await history.fetch([base, head], ALL, "tree:0");
  return history.list(above);
}
var CommitHistory = class _CommitHistory {
  /** The commit that it leads to. */
  commit;
  #clone;
  #gitDir;
  /** What was asked since the last fetch. */
  #reach;
  #changes;
  #isOfAllFiles = false;
  constructor(clone, gitDir, commit) {
    this.#clone = clone;
    this.#gitDir = gitDir;
    this.commit = commit;
  }
  /** The history of a commit that is in the clone; it is removed when the clone is closed. */
  static async make(clone, commit) {
    const gitDir = await clone.makeFolder("history");
    const format = commit.length === 64 ? "sha256" : "sha1";
    await clone.run(["init", "--quiet", "--bare", "--template=", `--object-format=${format}`], { gitDir });
    await (0, import_promises5.mkdir)((0, import_node_path3.join)(gitDir, "objects/info"), { recursive: true });
    await (0, import_promises5.writeFile)((0, import_node_path3.join)(gitDir, "objects/info/alternates"), `${(0, import_node_path3.join)(clone.gitDir, "objects")}
`);
    const history = new _CommitHistory(clone, gitDir, commit);
    const [first] = await history.readCommits([commit]);
    if (first?.parents.length !== 0) await (0, import_promises5.writeFile)((0, import_node_path3.join)(gitDir, "shallow"), `${commit}
`);
    return history;
  }
  /** Fetches the latest `depth` commits up to each one named, and their trees unless filtered. Throws what Clone.useServer throws. */
  async fetch(commits, depth, filter) {
    const config = { ...FETCH_CONFIG, "remote.origin.url": this.#clone.options.remote.url };
    const fetch = [...FETCH, `--filter=${filter}`, `--depth=${depth}`, "origin", ...commits];
    await this.#clone.useServer(fetch, { gitDir: this.#gitDir, config });
    this.#reach = void 0;
    this.#changes = void 0;
  }
  reach() {
    return this.#reach ??= this.#readReach();
  }
  async #readReach() {
    const ids = (await this.run(["rev-list", "--first-parent", this.commit])).toString().trimEnd().split("\n");
    const end2 = ids.at(-1) ?? "";
    const [last] = await this.readCommits([end2]);
    return { count: ids.length, end: end2, isComplete: last?.parents.length === 0 };
  }
  /** From now on changes are read of all files at once: for a caller that asks for many sets of them. */
  readAllChanges() {
    this.#isOfAllFiles = true;
  }
  /** What its commits changed of files along first parents. */
  async changesOf(files) {
    const log = this.#isOfAllFiles ? this.#changes ??= this.#log([]) : this.#log(files);
    return (await log).of(files);
  }
  async #log(files) {
    const shape = ["--first-parent", "-m", "--raw", "-z", "--no-abbrev", "--no-renames", "--format=%H %cI"];
    const input = [this.commit, ...files.length > 0 ? ["--", ...files.map(pathspecOf)] : [], ""].join("\n");
    return new ChangeLog((await this.run(["log", ...shape, "--stdin"], input)).toString());
  }
  /** The commits that git lists for revisions, a child before its parents. */
  async list(revisions) {
    const ids = (await this.run(["rev-list", "--date-order", ...revisions])).toString().split("\n").filter(Boolean);
    return this.readCommits(ids);
  }
  /** The commits whose parents were not fetched. */
  async ends() {
    try {
      return new Set((await (0, import_promises5.readFile)((0, import_node_path3.join)(this.#gitDir, "shallow"), "utf8")).split("\n").filter(Boolean));
    } catch {
      return /* @__PURE__ */ new Set();
    }
  }
  /** What a git command in it writes. Throws GitError, TIMED_OUT. */
  async run(args, input = "") {
    return (await this.#clone.run(args, { gitDir: this.#gitDir, input })).stdout;
  }
  async readCommits(ids) {
    const objects = await this.#clone.objects(ids, this.#gitDir);
    return ids.map((id, index) => readCommit(id, objects[index]?.content?.toString() ?? ""));
  }
};
function pathspecOf(file) {
  return `:(glob)${file.replace(/[\\*?[]/g, "\\$&").replaceAll("\n", "?")}`;
}

// src/git/file-history.ts
var DEPTHS = [50, 500, ALL];
async function* readFileHistory({ clone, trees, history }, files) {
  if (files.length === 0) yield { changes: [], isComplete: true };
  if (files.length === 0) return;
  const tip = (await trees.named(files, history.commit)).filter(({ mode }) => isFile(mode));
  for await (const reach of stepsBack(history)) {
    const logged = await knownChanges(history, files, reach);
    const [latest, ...more] = logged;
    if (latest && more.length > 0 && [...tip, ...latest.before.values()].every((entry) => isRead(clone, entry))) {
      yield { changes: await readChanges(clone, history, tip, [latest]), isComplete: false };
    }
    yield { changes: await readChanges(clone, history, tip, logged), isComplete: reach.isComplete };
  }
}
async function fetchFileHistories({ clone, history }, files, most) {
  history.readAllChanges();
  let latest = [];
  for await (const reach of stepsBack(history)) {
    const known2 = /* @__PURE__ */ new Map();
    latest = (await knownChanges(history, files, reach)).flatMap((change) => {
      const own = [...change.before].filter(([file]) => (known2.get(file) ?? 0) < most);
      for (const [file] of own) known2.set(file, (known2.get(file) ?? 0) + 1);
      return own.length > 0 ? { ...change, before: new Map(own) } : [];
    });
    if (files.every((file) => known2.get(file) === most)) break;
  }
  await readAll(
    clone,
    latest.flatMap(({ before: before2 }) => [...before2.values()].flatMap((entry) => entry ?? []))
  );
  const commits = await history.readCommits(latest.map(({ id }) => id));
  await history.readCommits(commits.flatMap(({ parents }) => parents.slice(1)));
}
async function knownChanges(history, files, { end: end2, isComplete }) {
  return (await history.changesOf(files)).filter(({ id }) => isComplete || id !== end2);
}
async function* readFileCommits(history, files) {
  if (files.length === 0) return;
  const input = [history.commit, "--", ...files.map(pathspecOf), ""].join("\n");
  for await (const _ of stepsBack(history)) {
    const lines = (await history.run(["log", "--date-order", "--format=%H %P", "--stdin"], input)).toString().split("\n");
    const rootless = new Set(lines.filter((line) => /^\w+ $/.test(line)).map((line) => line.trimEnd()));
    const commits = await history.readCommits(lines.flatMap((line) => /^\w+/.exec(line) ?? []));
    yield commits.filter(({ id, parents }) => parents.length === 0 || !rootless.has(id));
  }
}
async function* stepsBack(history) {
  for (let reached = 0; ; ) {
    const reach = await history.reach();
    const { count, isComplete } = reach;
    if (count === reached) return;
    reached = count;
    yield reach;
    const depth = DEPTHS.find((step) => step > count);
    if (isComplete || depth === void 0) return;
    await history.fetch([history.commit], depth, "blob:none");
  }
}
async function readChanges(clone, history, tip, logged) {
  if (logged.length === 0) return [];
  const states = [new Map(tip.map((entry) => [entry.path, entry]))];
  for (const { before: before2 } of logged) states.push(new Map([...states.at(-1) ?? [], ...before2]));
  const known2 = new Map(states.flatMap((state) => [...state.values()]).map((entry) => [keyOf(entry), entry]));
  const entries = [...known2.values()].flatMap((entry) => entry ?? []);
  const contents = await readAll(clone, entries);
  const manifests = states.map((state) => [...state.values()].flatMap((entry) => contents.get(keyOf(entry)) ?? []));
  const commits = await history.readCommits(logged.map(({ id }) => id));
  const tips = await history.readCommits(commits.flatMap(({ parents }) => parents.slice(1)));
  return commits.map((commit, index) => ({
    commit,
    merged: tips.filter(({ id }) => commit.parents.slice(1).includes(id)),
    time: logged[index]?.time ?? "",
    before: manifests[index + 1] ?? [],
    after: manifests[index] ?? []
  }));
}
async function readAll(clone, entries) {
  const ids = entries.map(({ id }) => id);
  const here = await clone.objects(ids);
  const missing = new Set(ids.filter((_, index) => !here[index]));
  if (missing.size > 0) {
    await clone.useServer([...FETCH, "--filter=blob:none", "--stdin", "origin"], {
      input: [...missing].join("\n"),
      config: FETCH_CONFIG
    });
  }
  const blobs = missing.size > 0 ? await clone.objects(ids) : here;
  const files = /* @__PURE__ */ new Map();
  for (const [index, entry] of entries.entries()) {
    const bytes = blobs[index]?.content;
    if (bytes) files.set(keyOf(entry), { path: entry.path, mode: entry.mode, bytes });
  }
  return files;
}
var isRead = (clone, entry) => !entry || clone.hasRead(entry.id);
var keyOf = (entry) => entry ? `${entry.mode} ${entry.id} ${entry.path}` : "";

// src/git/content-search.ts
var import_manifest_names2 = __toESM(require_manifest_names());
var ContentSearch = class {
  #clone;
  #trees;
  /** The last search for each set of terms. */
  #grepped = /* @__PURE__ */ new Map();
  constructor(clone, trees) {
    this.#clone = clone;
    this.#trees = trees;
  }
  /**
   * What was found once is looked for again only in what changed since: after a lost race on 100,000 files git finds
   * that in 2 ms, and a search takes some hundred.
   */
  async find(terms, commit) {
    const key = JSON.stringify([terms.words, terms.registries]);
    const before2 = this.#grepped.get(key);
    const found = before2 ? await this.#grepChanges(before2.found, before2.commit, commit) : await this.#grepAll(terms, commit);
    this.#grepped.set(key, { commit, found });
    return found;
  }
  /**
   * The files with one of the words or registries, and some more: the caller looks again. On
   * 100,000 files one expression of 500 words takes 0.4 s, and 500 expressions, tried one by one, 23 s. A second thread
   * waits for the first at each object: 0.5 s in place of 0.4 s.
   */
  async #grepAll({ words: words2, registries = [] }, commit) {
    const expressions = [
      ...words2.map((word2) => `${literally(word2)}([^[:alnum:]_]|$)`),
      ...registries.map((registry) => `${KEY_OF_REGISTRY}["']?:.*${literally(registry)}["']?[[:space:]]*([#,}]|$)`)
    ];
    const { stdout, stderr } = await this.#clone.run(["grep", "-l", "-z", "-E", "-f", "-", commit], {
      input: expressions.join("|"),
      config: { "grep.threads": "1" },
      answers: [0, 1]
    });
    const names = stdout.toString().split("\0");
    const found = names.map((name2) => name2.slice(commit.length + 1)).filter((name2) => name2 !== "");
    const large = [...stderr.matchAll(/^error: '\w+:(.*)': unable to read/gm)].map(([, file = ""]) => file);
    const larger = [...new Set(large)].filter((file) => (0, import_manifest_names2.isManifestName)(file)).map(tooLarge);
    return foundIn(await this.#trees.named(found.filter(isReadable), commit), [...larger, ...illegible(found)]);
  }
  /** What was found in one commit as it is in another, with every file that changed between the two. */
  async #grepChanges(found, before2, commit) {
    const listing = ["diff-tree", "-r", "-z", "--no-renames", "--name-only", before2, commit];
    const changed = new Set((await this.#clone.run(listing)).stdout.toString().split("\0").filter(Boolean));
    const unchanged = [...found.candidates, ...found.others].filter(({ path }) => !changed.has(path));
    const problems = [...found.problems.filter(({ file }) => !changed.has(file)), ...illegible([...changed])];
    return foundIn([...unchanged, ...await this.#trees.named([...changed].filter(isReadable), commit)], problems);
  }
};
var KEY_OF_REGISTRY = "([Rr]egistry|[Rr]epository|REGISTRY|REPOSITORY|value)";
function literally(text) {
  return text.replace(/[\\.+*?()[\]{}^$|]/g, "\\$&").replaceAll("/", "\\\\?/");
}

// src/git/signing.ts
var import_node_events = require("node:events");
var import_promises6 = require("node:fs/promises");
var import_node_path4 = require("node:path");
var import_errors11 = __toESM(require_errors());
var import_programs3 = __toESM(require_programs());
var import_temporary2 = __toESM(require_temporary());
async function signCommit(clone, commit, signer) {
  const [object] = await clone.objects([commit.id]);
  const unsigned = object?.content ?? Buffer.alloc(0);
  const folder = (0, import_temporary2.makeTemporaryFolder)();
  try {
    const sign = signer.format === "ssh" ? signWithSsh : signWithGpg;
    const input = withSignature(unsigned, await sign(folder, signer.key, unsigned), commit.id.length);
    const { stdout } = await clone.run(["hash-object", "-t", "commit", "-w", "--stdin"], { input });
    return { ...commit, id: stdout.toString().trim(), signed: true };
  } finally {
    await (0, import_temporary2.removeTemporaryFolder)(folder);
  }
}
function withSignature(commit, signature, idLength) {
  const headersEnd = commit.indexOf("\n\n") + 1;
  const name2 = idLength === 64 ? "gpgsig-sha256" : "gpgsig";
  const lines = signature.replaceAll("\r", "").trimEnd().split("\n");
  const header = Buffer.from(`${name2} ${lines.join("\n ")}
`);
  return Buffer.concat([commit.subarray(0, headersEnd), header, commit.subarray(headersEnd)]);
}
async function signWithSsh(folder, text, input) {
  const key = normalizeKey(text);
  const reason = whyUnusable(key);
  if (reason !== void 0) throw invalid("ssh", reason);
  const path = (0, import_node_path4.join)(folder, "key");
  await (0, import_promises6.writeFile)(path, key, { mode: 384 });
  const environment2 = { SSH_AUTH_SOCK: "" };
  const { exitCode, stdout, stderr } = await (0, import_programs3.run)("ssh-keygen", ["-Y", "sign", "-n", "git", "-f", path], {
    environment: environment2,
    input
  });
  if (exitCode !== 0) throw invalid("ssh", sshReason(stderr));
  return stdout.toString();
}
async function signWithGpg(folder, key, input) {
  if (!/^-----BEGIN PGP PRIVATE KEY BLOCK-----$/m.test(key.replaceAll("\r", ""))) {
    throw invalid("gpg", "it has no line -----BEGIN PGP PRIVATE KEY BLOCK-----");
  }
  const environment2 = { GNUPGHOME: folder };
  const gpg = (args, options) => (0, import_programs3.run)("gpg", ["--batch", "--no-tty", "--pinentry-mode", "error", ...args], { ...options, environment: environment2 });
  const agent = await startAgent(environment2);
  try {
    const imported = await gpg(["--status-fd", "1", "--import"], { input: key });
    const fingerprint = importedSecret(imported.stdout.toString());
    if (fingerprint === void 0) throw invalid("gpg", gpgReason(imported.stderr));
    const made = await gpg(["--local-user", fingerprint, "--armor", "--detach-sign"], { input });
    if (made.exitCode !== 0) throw invalid("gpg", gpgReason(made.stderr));
    return made.stdout.toString();
  } finally {
    agent.stdin.end();
    await (0, import_programs3.run)("gpgconf", ["--kill", "all"], { environment: environment2 }).catch(() => void 0);
  }
}
async function startAgent(environment2) {
  const agent = (0, import_programs3.start)("gpg-agent", ["--daemon", "cat"], { LC_ALL: "C", ...environment2 });
  agent.stderr.resume();
  agent.stdin.on("error", () => void 0);
  agent.stdin.write("\n");
  const isReady = Promise.race([(0, import_node_events.once)(agent.stdout, "data"), (0, import_node_events.once)(agent, "close")]);
  await isReady.catch(() => {
    throw (0, import_errors11.failure)("PROGRAM_MISSING", { program: "gpg-agent" });
  });
  return agent;
}
function importedSecret(status) {
  const SECRET = 16;
  const taken2 = [...status.matchAll(/^\[GNUPG:\] IMPORT_OK (\d+) (\w+)$/gm)];
  return taken2.find(([, flags]) => (Number(flags) & SECRET) !== 0)?.[2];
}
function invalid(format, reason) {
  return (0, import_errors11.failure)("SIGNING_KEY_INVALID", { format, reason });
}
function sshReason(stderr) {
  if (/^(?:Couldn't load|Load key|No private key found)/m.test(stderr)) return "ssh-keygen cannot read it";
  const line = stderr.split("\n").find((one) => one !== "" && !one.startsWith("Signing data"));
  return line ?? "ssh-keygen gave no reason";
}
function gpgReason(stderr) {
  if (/pinentry|passphrase/i.test(stderr)) return "it has a passphrase";
  const lines = stderr.split("\n").filter((line) => /^gpg: (?!keybox|.*trustdb|.*created$|Total| +)/.test(line));
  return lines.at(-1)?.replace(/^gpg: /, "") ?? "gpg gave no reason";
}

// src/git/printed-page.ts
var LONGEST = 2e3;
function pageIn(stderr, { host, transport }) {
  const printed = stderr.split("\n").filter((line) => line.startsWith("remote:"));
  const addresses = printed.flatMap((line) => line.match(/https?:\/\/[!-~]+/g) ?? []);
  return addresses.find((address) => address.length <= LONGEST && isOn(address, { host, transport })) ?? "";
}
function isOn(address, { host, transport }) {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const isHere = transport === "ssh" ? url.hostname === host && url.protocol === "https:" : url.host === host;
  return isHere && url.username === "" && url.password === "" && (url.protocol === "https:" || transport === "http");
}

// src/git/push.ts
var PUSH = ["push", "--porcelain", "--no-verify", "--no-thin", "--recurse-submodules=no"];
var NOT_ATOMIC = /does not support --atomic/;
var NO_OPTIONS = /does not support push options/;
var UNKNOWN_BASE = /unable to read [\da-f]{40}/;
var KNOWN_FAILURES = [NOT_ATOMIC, NO_OPTIONS, UNKNOWN_BASE];
async function pushCommit(clone, commit, target, base, options = []) {
  const ref = refOf(target);
  const watched = base === void 0 || base.branch === target.branch ? [] : [base];
  const leases = [target, ...watched].map(leaseOf);
  const atomic = watched.length > 0 ? ["--atomic"] : [];
  const refspecs = [`${commit}:${ref}`, ...watched.map((seen) => `${seen.expected}:${refOf(seen)}`)];
  const asked = options.map((option) => `--push-option=${option}`);
  const result = await clone.useServer([...PUSH, ...asked, ...atomic, ...leases, "origin", ...refspecs], {
    answers: (answer) => isPushAnswer(answer) || KNOWN_FAILURES.some((failure33) => failure33.test(answer.stderr)),
    ...base === void 0 && { config: { "push.negotiate": "true" } }
  });
  if (result.exitCode === 0) return { page: pageIn(result.stderr, clone.options.remote) };
  if (NO_OPTIONS.test(result.stderr)) return pushCommit(clone, commit, target, base);
  if (NOT_ATOMIC.test(result.stderr)) return pushCommit(clone, commit, target, void 0, options);
  const refusal2 = explainPush(result);
  if (refusal2) throw refusal2;
  if (await remoteTip(clone, ref) === commit) return { page: "" };
  return watched.some((seen) => hasMoved(result, seen)) ? "base moved" : "moved";
}
async function deleteBranches(clone, branches) {
  if (branches.length === 0) return { deleted: [], refused: [] };
  const push3 = [...PUSH, ...branches.map(leaseOf), "origin", ...branches.map((seen) => `:${refOf(seen)}`)];
  const report = readPushReport(await clone.useServer(push3, { answers: isPushAnswer }));
  return {
    deleted: report.filter(({ state }) => state === "done").map(({ branch }) => branch),
    refused: report.filter(({ state }) => state === "refused").map(({ branch, reason }) => ({ branch, reason }))
  };
}
async function remoteTip(clone, ref) {
  const { stdout } = await clone.useServer(["ls-remote", "origin", ref]);
  const lines = stdout.toString().split("\n");
  return lines.find((line) => line.endsWith(`	${ref}`))?.split("	")[0];
}
function hasMoved(result, { branch }) {
  return readPushReport(result).some((pushed) => pushed.branch === branch && pushed.state === "moved");
}
var refOf = ({ branch }) => `refs/heads/${branch}`;
var leaseOf = (seen) => `--force-with-lease=${refOf(seen)}:${seen.expected}`;

// src/git/clone-store.ts
var import_objects2 = __toESM(require_objects());
var LOGGED = 20;
var COMMIT_REF = "refs/manifest-release/commit";
var GROUP = 500;
var HISTORY_DEPTH = 200;
var CloneStore = class _CloneStore {
  base;
  canPush = true;
  #baseCommit;
  #clone;
  #fetches;
  #trees;
  #search;
  #histories = /* @__PURE__ */ new Map();
  /** By the ids of the commits that were written here. */
  #written = /* @__PURE__ */ new Map();
  /** Whether a push found the base elsewhere. */
  #hasMoved = false;
  constructor(clone, base, baseCommit) {
    this.#clone = clone;
    this.#fetches = new Fetches(clone);
    this.#trees = new Trees(clone, (pathspecs, commit) => listByGit(clone, pathspecs, commit));
    const contents = new ContentSearch(clone, this.#trees);
    const byContents = (terms, commit) => contents.find(terms, commit);
    this.#search = new ManifestSearch(this.#trees, { base, paths: clone.options.paths, byContents });
    this.base = base;
    this.#baseCommit = baseCommit;
  }
  /**
   * Clones the tip of the base branch. The caller closes it. Throws REPOSITORY_NOT_FOUND, ACCESS_DENIED,
   * BASE_NOT_FOUND, REPOSITORY_MOVED, HOST_KEY_UNKNOWN, SSH_KEY_INVALID, PROGRAM_MISSING, NETWORK.
   */
  static async clone(options) {
    const branch = options.base === "" ? [] : [`--branch=${options.base}`];
    const shape = ["--bare", "--depth=1", "--single-branch", "--no-tags", "--template="];
    const clone = await Clone.make(options, [...shape, filterOf(options), ...branch]);
    try {
      const base = await clone.headBranch();
      const commit = base && await clone.resolve(`refs/heads/${base}`);
      if (commit) return new _CloneStore(clone, base, commit);
      throw (0, import_errors12.failure)("BASE_NOT_FOUND", { repository: options.remote.name, base: options.base });
    } catch (error) {
      await clone.close();
      throw error;
    }
  }
  get baseCommit() {
    return this.#baseCommit;
  }
  close() {
    return this.#clone.close();
  }
  async refresh() {
    this.#baseCommit = await this.#fetches.branch(this.base);
  }
  follow() {
    return this.refresh();
  }
  async read(terms, { commit = this.#baseCommit, branch, below, limit = Infinity } = {}) {
    const [found, name2] = await Promise.all([this.#search.find(terms, commit, below), branch]);
    const candidates = found.candidates.slice(0, limit);
    const wanted = [...candidates, ...found.others];
    const tip = await this.#fetchContents(wanted, name2);
    const objects = await this.#clone.objects(wanted.map(({ id }) => id));
    const files = wanted.flatMap(({ path, mode }, index) => {
      const bytes = objects[index]?.content;
      return bytes ? [{ path, mode, bytes }] : [];
    });
    const otherPaths = new Set(found.others.map(({ path }) => path));
    const manifests = files.filter(({ path }) => !otherPaths.has(path));
    const others = files.filter(({ path }) => otherPaths.has(path));
    this.#clone.options.debug?.(`read ${listed(manifests.map(({ path }) => path))}`);
    const large = new Set(objects.flatMap((object) => object && !object.content ? object.id : []));
    const tooMuch = candidates.filter(({ id }) => large.has(id)).map(({ path }) => tooLarge(path));
    return { manifests, others, problems: [...found.problems, ...tooMuch], tip };
  }
  async prefetch(terms) {
    if (!this.#fetches.isPartial) return;
    const candidates = [];
    for (const one of terms) {
      const found = await this.#search.find(one, this.#baseCommit).catch(passOver);
      candidates.push(...found.candidates, ...found.others);
    }
    await this.#fetchContents(candidates);
    await this.#clone.objects(candidates.map(({ id }) => id));
  }
  async *readAll(paths) {
    const { candidates, problems } = await this.#search.all(paths, this.#baseCommit);
    await this.#fetchContents(candidates);
    yield { manifests: [], problems };
    for (let start3 = 0; start3 < candidates.length; start3 += GROUP) {
      const group = candidates.slice(start3, start3 + GROUP);
      const objects = await this.#clone.readOnce(group.map(({ id }) => id));
      yield {
        manifests: group.flatMap(({ path, mode }, index) => {
          const bytes = objects[index]?.content;
          return bytes ? [{ path, mode, bytes }] : [];
        }),
        problems: group.flatMap(({ path }, index) => objects[index]?.content ? [] : tooLarge(path))
      };
    }
  }
  async paths(commit = this.#baseCommit) {
    return (await this.#trees.all(commit)).filter(isManifest).map(({ path }) => path);
  }
  tip(branch) {
    return this.#fetchContents([], branch);
  }
  fetchCommit(id) {
    return this.#fetches.commit(id);
  }
  /** Fetches the contents of candidates that are not here yet and the tip of a branch, in one request; gives the tip. */
  async #fetchContents(candidates, branch) {
    const ids = candidates.map(({ id }) => id);
    const head = await this.#fetches.contents(ids, branch);
    return head === "" ? void 0 : this.readCommit(head);
  }
  /** The latest `depth` commits. One request; what the commits have is not fetched. */
  history(depth = HISTORY_DEPTH) {
    return latestCommits(this.#clone, this.#baseCommit, depth);
  }
  commitsAbove(head, depth = HISTORY_DEPTH) {
    return commitsBetween(this.#clone, this.#baseCommit, head, depth);
  }
  async *fileHistory(files, commit) {
    yield* readFileHistory(await this.#readable(commit), files);
  }
  async fetchFileHistories(files, most) {
    await fetchFileHistories(await this.#readable(this.#baseCommit), files, most);
  }
  async *fileCommits(files) {
    yield* readFileCommits(await this.#historyOf(this.#baseCommit), files);
  }
  async readCommit(id) {
    const [object] = await this.#clone.objects([id]);
    return readCommit(id, object?.content?.toString() ?? "");
  }
  async treeWith(commit, files) {
    return (await this.#trees.with(commit, files)).id;
  }
  async write(commit, signer) {
    const input = fastImportStream(COMMIT_REF, commit);
    const config = { "fastimport.unpackLimit": "1" };
    const { stdout } = await this.#clone.run(["fast-import", "--quiet", "--force"], { input, config });
    const [, id = "", tree = ""] = /^(\w+)\n\d+ tree (\w+)/.exec(stdout.toString()) ?? [];
    const { parent, author, message } = commit;
    const made = { id, tree, parents: [parent], committerEmail: author.email, message, signed: false };
    const written2 = signer ? await signCommit(this.#clone, made, signer) : made;
    this.#written.set(written2.id, commit.files);
    return written2;
  }
  async diff(from, to) {
    const after = this.#written.get(to) ?? [];
    const before2 = await this.#trees.named(
      after.map(({ path }) => path),
      from
    );
    const objects = await this.#clone.objects(before2.map(({ id }) => id));
    return unifiedDiff(
      before2.map(({ path }, index) => ({ path, bytes: objects[index]?.content })),
      after
    );
  }
  async push(commit, branch, expected, options = []) {
    const base = this.#hasMoved ? void 0 : { branch: this.base, expected: this.#baseCommit };
    const pushed = await pushCommit(this.#clone, commit, { branch, expected }, base, options);
    if (pushed === "base moved") this.#hasMoved = true;
    if (typeof pushed === "string") return void 0;
    if (branch === this.base) this.#baseCommit = commit;
    return pushed;
  }
  deleteBranches(branches) {
    return deleteBranches(this.#clone, branches);
  }
  async #readable(commit) {
    return { clone: this.#clone, trees: this.#trees, history: await this.#historyOf(commit) };
  }
  #historyOf(commit) {
    const history = this.#histories.get(commit) ?? CommitHistory.make(this.#clone, commit);
    this.#histories.set(commit, history);
    return history;
  }
};
function listed(paths) {
  const names = paths.slice(0, LOGGED).join(", ");
  const more = paths.length > LOGGED ? ` and ${paths.length - LOGGED} more` : "";
  return `${(0, import_objects2.counted)(paths.length, "manifest")}${names && `: ${names}`}${more}`;
}
function passOver(error) {
  if (error instanceof import_errors12.ReleaseError && error.code.startsWith("PATHS_"))
    return { candidates: [], others: [], problems: [] };
  throw error;
}

// src/release/check-images.ts
var import_image_reference2 = __toESM(require_image_reference());
var import_objects3 = __toESM(require_objects());
var import_connect = __toESM(require_connect());
var SHORT2 = { request: 5e3, all: 1e4 };
function checkingImages(access, ci, run2) {
  const known2 = /* @__PURE__ */ new Map();
  return ({ images, checks }) => {
    if (checks.registry === "off") return Promise.resolve([]);
    const opened = (0, import_objects3.memoized)(() => openRegistries(access, ci, checks, run2));
    return Promise.all(
      images.released.map(async ({ reference, replaces }) => {
        const key = keyOf2(reference, checks);
        const checked = known2.get(key) ?? opened().then((check) => check(reference));
        known2.set(key, checked);
        return { reference, replaces, ...await checked };
      })
    );
  };
}
function keyOf2(reference, { registry, signer, trustedRoot }) {
  const key = signer?.kind === "key" ? signer.publicKey.export({ format: "pem", type: "spki" }) : signer;
  return JSON.stringify([(0, import_image_reference2.formatReference)(reference), registry, key, trustedRoot]);
}
async function openRegistries(access, ci, { registry, signer, trustedRoot }, run2) {
  const [{ exchanging }, { openingRepositories }, { inspectImages }] = await Promise.all([
    Promise.resolve().then(() => __toESM(require_exchange())),
    Promise.resolve().then(() => __toESM(require_open_repository())),
    Promise.resolve().then(() => __toESM(require_inspect_images()))
  ]);
  const exchange = exchanging({ ...run2, limits: registry === "check" && !signer ? SHORT2 : {} });
  const given = await access();
  const { packagesToken } = given;
  const logins = packagesToken !== "" && { "ghcr.io": { username: ci.run.actor || "token", secret: packagesToken } };
  const open2 = openingRepositories({ environment: process.env, ...logins && { logins } }, exchange);
  const gitHub = (0, import_connect.attestationsApi)(given, ci);
  const verify = signer && (await Promise.resolve().then(() => __toESM(require_verify_image()))).verifying({ exchange, signer, trustedRoot, gitHub });
  return async (reference) => {
    const [inspection = NOT_ASKED] = await inspectImages([reference], open2);
    if (!verify || inspection.kind !== "found") return { inspection };
    return { inspection, verdict: await verify(open2(reference.name), inspection.facts.digest) };
  };
}
var NOT_ASKED = { kind: "unreadable", reason: "it was not asked" };

// src/release/hidden-commits.ts
var import_objects4 = __toESM(require_objects());
var import_kept = __toESM(require_kept());
function hiding(forge, { source, isSourcePublic }) {
  const known2 = /* @__PURE__ */ new Map();
  const areManifestsPublic = (0, import_objects4.memoized)(async () => await forge?.isPublic() === true);
  const ask = async (repository) => {
    const isOwn = repository.toLowerCase() === source.repository.toLowerCase();
    const byCi = isOwn ? isSourcePublic : void 0;
    if (byCi === true || !await areManifestsPublic()) return "";
    const isPublic = byCi ?? await forge?.isSourcePublic(repository);
    if (isPublic === true) return "";
    const isKnown2 = isPublic === false ? "is not public" : "is not known to be public";
    return `${repository} ${isKnown2}, and this repository is (setting "source-commits")`;
  };
  return (repository) => (0, import_kept.kept)(known2, repository, () => ask(repository));
}

// src/release/workspace.ts
async function withWorkspace({ withoutClone, ...options }, work) {
  const { access, ci } = options;
  const opened = /* @__PURE__ */ new Map();
  const told = /* @__PURE__ */ new Set();
  const once3 = (log) => (text) => {
    if (!told.has(text)) log.step(text);
    told.add(text);
  };
  const end2 = new AbortController();
  const check = checkingImages(() => known(access), ci, {
    debug: (text) => options.log.debug(text),
    signal: end2.signal
  });
  const at = (base, way) => {
    const key = `${typeof way === "string" ? "clone" : "api"} ${base}`;
    const workspace = opened.get(key) ?? open2(base, way);
    opened.set(key, workspace);
    return workspace;
  };
  const open2 = async (base, way) => {
    const { store, forge } = await openStore({ ...options, note: once3(options.log) }, base, way);
    const workspace = {
      access: await known(access),
      log: options.log,
      note: once3(options.log),
      store,
      forge,
      compare: comparing(forge),
      whyHidden: hiding(forge, ci),
      check,
      at: (other) => at(other, store.canPush ? "" : way),
      cloned: (reason) => at(store.base, reason),
      beside: store instanceof ApiStore ? (log) => ({ ...workspace, log, note: once3(log), store: store.beside() }) : void 0
    };
    return workspace;
  };
  try {
    return await work(await at(access.base, withoutClone));
  } catch (error) {
    throw await (0, import_connect2.explainRefusal)(error, await known(access), ci);
  } finally {
    end2.abort();
    const all = await Promise.allSettled(opened.values());
    const stores = all.flatMap((one) => one.status === "fulfilled" ? one.value.store : []);
    await Promise.all(stores.map((store) => store.close()));
  }
}
async function orInClone(workspace, work) {
  try {
    return await work(workspace);
  } catch (error) {
    if (!(error instanceof import_repository_api3.CloneNeeded)) throw error;
    return work(await workspace.cloned(error.message));
  }
}
var known = async (access) => await access.asked ?? access;
async function openStore(options, base, way) {
  const { access, paths, branches = () => [], log } = options;
  const { name: name2, transport } = access.remote;
  if (typeof way === "string") return cloneStore(options, base, connect(options), way);
  const connecting = connect(options);
  if (transport === "ssh") return cloneStore(options, base, connecting, "it is reached by ssh");
  if (!(0, import_capabilities.isReadByApi)(access.kind)) return cloneStore(options, base, connecting, "");
  const forge = await connecting;
  if (!forge?.files) return cloneStore(options, base, connecting, "");
  try {
    const store = await ApiStore.open(forge.files, { base, paths, branches, ...way });
    log.step(`read ${name2} through the API of ${forge.name}: ${store.base} is at ${store.baseCommit.slice(0, 7)}`);
    return { store, forge };
  } catch (error) {
    if (!(error instanceof import_repository_api3.CloneNeeded) && !(error instanceof import_errors13.ReleaseError)) throw error;
    return cloneStore({ ...options, branches: () => [] }, base, connecting, error.message);
  }
}
async function cloneStore({ access, paths, branches, log, note }, base, connecting, reason) {
  const debug = (text) => log.debug(text);
  const clone = ({ remote: remote2, token, ssh }) => CloneStore.clone({ remote: remote2, token, ssh, base, paths, debug, progress: log.progress });
  const again = async (error) => {
    const asked = await known(access);
    if ((0, import_node_util.isDeepStrictEqual)(asked.remote.login, access.remote.login)) throw error;
    return clone(asked);
  };
  const asking = connecting.then((forge) => askForPullRequests(forge, base, branches?.(base) ?? []));
  const [cloning, connection] = await Promise.allSettled([clone(access).catch(again), connecting, asking]);
  if (cloning.status === "rejected") throw cloning.reason;
  const store = cloning.value;
  if (connection.status === "rejected") {
    await store.close();
    throw connection.reason;
  }
  const why = reason === "" ? "" : ` (${(0, import_escape6.oneLine)(reason)})`;
  log.step(`cloned ${access.remote.name}${why}: ${store.base} is at ${store.baseCommit.slice(0, 7)}`);
  const { kind, remote } = await known(access);
  if (kind !== access.kind) note(`${remote.host} answers as a server of the kind ${kind} (setting "forge")`);
  return { store, forge: connection.value };
}
async function askForPullRequests(forge, branch, branches) {
  if (branches.length === 0) return;
  await forge?.files?.readBase({ branch, paths: [], branches }).catch(() => void 0);
}
async function connect({ access, ci, log, note }) {
  return (0, import_connect2.connectForge)(await known(access), ci, { log: note, debug: (text) => log.debug(text) });
}
function comparing(forge) {
  const known2 = /* @__PURE__ */ new Map();
  return (repository, base, head) => {
    if (!forge) return Promise.resolve({ status: "unknown", reason: "no token was given for an API" });
    const key = JSON.stringify([repository, base, head]);
    const comparison = known2.get(key) ?? forge.compare(repository, base, head);
    known2.set(key, comparison);
    return comparison;
  };
}

// src/environments/init/init.ts
init_config();

// src/environments/config-file.ts
var import_lookup2 = __toESM(require_lookup());
var configPath = (step) => step.config ?? (0, import_lookup2.defaultOf)("config");
async function readConfigFile({ store }, step) {
  const path = configPath(step);
  const { manifests } = await store.read({ words: [], files: [path] });
  const [file] = manifests;
  return file && { path, text: Buffer.from(file.bytes).toString() };
}

// src/environments/scan.ts
var scan_exports = {};
__export(scan_exports, {
  scanBase: () => scanBase,
  scanRepository: () => scanRepository
});
var import_objects9 = __toESM(require_objects());
var import_values = __toESM(require_values());

// src/manifests/scan.ts
var import_image_reference21 = __toESM(require_image_reference());
var import_objects8 = __toESM(require_objects());

// src/manifests/defects.ts
var import_errors14 = __toESM(require_errors());

// src/manifests/text/text-references.ts
var import_image_reference3 = __toESM(require_image_reference());

// src/manifests/text/comments.ts
var import_manifest_names3 = __toESM(require_manifest_names());
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
var QUOTED = /(?<=^|[\s=:,([{])(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*')/;
var KINDS = [
  [/\.(?:mdx?|markdown|x?html?|xml|svg|vue)$/i, ["markup"]],
  [
    /\.(?:[cm]?[jt]sx?|go|java|kts?|groovy|gradle|c|cc|cpp|h|hpp|cs|rs|swift|scala|dart|proto|cue|(?:json|lib)sonnet|json[c5]?|bicep|s?css)$|(?:^|\/)Jenkinsfile[^/]*$/i,
    ["slashes", "stars"]
  ],
  [/\.(?:tf|tfvars|hcl|nomad|php)$/i, ["hash", "slashes", "stars"]],
  [/\.(?:sql|lua|hs)$/i, ["dashes", "stars"]],
  [/\.(?:ini|cfg|conf|properties)$/i, ["hash", "semicolon"]],
  [/\.(?:bat|cmd)$/i, ["remark"]],
  [/(?:)/, ["hash"]]
];
var PATTERNS = KINDS.map(([name2, comments]) => {
  const marks = [...comments, "go", "jinja"].map((comment2) => COMMENTS[comment2].source);
  return [name2, new RegExp(`(?<quoted>${QUOTED.source})|${marks.join("|")}`, "gm")];
});
function withoutComments(path, text) {
  const name2 = (0, import_manifest_names3.withoutTemplateEnding)(path).replace(/\.(?:dist|example|sample)$/i, "");
  const [, pattern = /(?!)/g] = PATTERNS.find(([kind]) => kind.test(name2)) ?? [];
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
var import_lines = __toESM(require_lines());
var ENTRY = /^(?<indentation>[ \t]*(?:- +)?)(?:(?:export|readonly|set|ARG|ENV) +)?["']?(?<key>[\w.-]{1,100})["']?[ \t]*[:=][ \t]*["']?(?<value>[^\s"',{}#]*)["']?,?$/;
var ENTRIES = /["']?(?<key>[\w.-]{1,100})["']?[ \t]*[:=][ \t]*["']?(?<value>[^\s"',{}]+)/g;
var MOST_LINES = 20;
var NEAR_LINES = 3;
var LONGEST_LINE = 1e3;
function keysBeside(text, { offset, length, isBroken }) {
  const { start: start3, line } = (0, import_lines.lineAround)(text, offset);
  const entries = inBraces(line, start3, offset) ?? onLines(text, start3, isBroken);
  const own = entries.find((entry) => entry.offset <= offset && entry.offset + entry.value.length >= offset + length);
  return own && own.value.length === length ? { key: own.key, others: entries.filter((entry) => entry !== own) } : void 0;
}
function stemOf(key) {
  const plain = key.toLowerCase().replace(/[^a-z0-9]/g, "");
  return plain.replace(/(?:new|image|img|repository|repo|registry|name|tag|version|digest|sha(?:256)?)+$/, "");
}
function inBraces(line, start3, offset) {
  const open2 = line.lastIndexOf("{", offset - start3);
  const close = line.indexOf("}", offset - start3);
  if (open2 < 0 || close < 0 || line.slice(open2, offset - start3).includes("}")) return void 0;
  return [...line.slice(open2, close).matchAll(ENTRIES)].map((match) => entryOf2(match, start3 + open2));
}
function onLines(text, start3, isBroken) {
  const own = entryAt(text, start3);
  if (!own) return [];
  const most = isBroken ? NEAR_LINES : MOST_LINES;
  const entries = [own];
  const take = (at) => {
    const entry = entryAt(text, at);
    if (entry && (isBroken || entry.column === own.column)) entries.push(entry);
    const line = startOfLine(text, at);
    return line.trim() !== "" && (isBroken || line.search(/[^ \t-]|-(?! )/) >= own.column);
  };
  const isItem = (at) => /^[ \t]*- /.test(text.slice(at, at + own.column + 2));
  for (let at = start3, lines = 0; at > 0 && lines < most && !isItem(at); lines += 1) {
    at = text.lastIndexOf("\n", at - 2) + 1;
    if (!take(at)) break;
  }
  for (let at = endOfLine(text, start3) + 1, lines = 0; at < text.length && lines < most; lines += 1) {
    if (isItem(at) || !take(at)) break;
    at = endOfLine(text, at) + 1;
  }
  return entries;
}
function entryAt(text, start3) {
  const line = startOfLine(text, start3);
  const match = line.length > LONGEST_LINE ? null : ENTRY.exec(line.trimEnd());
  return match ? { ...entryOf2(match, start3), column: match.groups?.["indentation"]?.length ?? 0 } : void 0;
}
function entryOf2(match, start3) {
  const { key = "", value = "" } = match.groups ?? {};
  const offset = start3 + (match.index ?? 0) + match[0].indexOf(value, match[0].indexOf(key) + key.length);
  return { key, value, offset };
}
function startOfLine(text, start3) {
  const [line = ""] = text.slice(start3, start3 + LONGEST_LINE + 1).split("\n", 1);
  return line;
}
function endOfLine(text, from) {
  const end2 = text.indexOf("\n", from);
  return end2 < 0 ? text.length : end2;
}

// src/manifests/scanned-images.ts
var import_tree = __toESM(require_tree());
var KIND = "ImageRepository";
function scannedImages(text, documents) {
  if (!text.includes(KIND)) return /* @__PURE__ */ new Map();
  const starts = documents.flatMap(
    ({ root }) => (0, import_tree.walk)(root).flatMap(({ node }) => node.kind === "map" ? [...scannedIn(node)] : [])
  );
  return new Map([...scannedInLines(text), ...starts]);
}
function withoutScanned(text, documents = []) {
  const spans = [...scannedImages(text, documents)].toSorted(([a], [b]) => a - b);
  const parts = [];
  let position = 0;
  for (const [start3, end2] of spans) {
    if (end2 <= position) continue;
    const from = Math.max(start3, position);
    parts.push(text.slice(position, from), " ".repeat(end2 - from));
    position = end2;
  }
  return [...parts, text.slice(position)].join("");
}
function* scannedIn(map) {
  if ((0, import_tree.scalarOf)(map, "kind")?.text === KIND) yield* imageOf((0, import_tree.mapOf)(map, "spec"));
  const target = (0, import_tree.mapOf)(map, "target");
  if (!target || (0, import_tree.scalarOf)(target, "kind")?.text !== KIND) return;
  for (const patch of (0, import_tree.scalarOf)(map, "patch")?.embedded ?? []) {
    for (const operation of patch.kind === "list" ? patch.items : []) {
      if (operation.kind !== "map") continue;
      const path = (0, import_tree.scalarOf)(operation, "path")?.text;
      const value = (0, import_tree.valueOf)(operation, "value");
      if (path === "/spec/image" && value?.kind === "scalar") yield [value.start, value.end];
      if (path === "/spec" && value?.kind === "map") yield* imageOf(value);
    }
  }
}
function* imageOf(spec) {
  const image = spec && (0, import_tree.scalarOf)(spec, "image");
  if (image) yield [image.start, image.end];
}
var KIND_LINE = new RegExp(`^["']?kind["']?[ \\t]*:[ \\t]*["']?${KIND}\\b`);
var SPEC_LINE = /^["']?spec["']?[ \t]*:[ \t]*(?:#.*)?$/;
var IMAGE_LINE = /^["']?image["']?[ \t]*:[ \t]*(?=\S)/;
function* scannedInLines(text) {
  const lines = linesOf2(text);
  let end2 = 0;
  for (const [index, line] of lines.entries()) {
    if (index < end2 || !KIND_LINE.test(line.text)) continue;
    const behind = within(lines, index + 1, line.column);
    end2 = index + 1 + behind.length;
    const object = [...before(lines, index), line, ...behind];
    const spec = object.findIndex(({ text: key, column }) => column === line.column && SPEC_LINE.test(key));
    const children = spec < 0 ? [] : within(object, spec + 1, line.column + 1);
    const image = children.find(({ text: key, column }) => column === children[0]?.column && IMAGE_LINE.test(key));
    const start3 = (image?.offset ?? 0) + (IMAGE_LINE.exec(image?.text ?? "")?.[0].length ?? 0);
    if (image) yield [start3, image.offset + image.text.length];
  }
}
function linesOf2(text) {
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
function within(lines, start3, column) {
  let end2 = start3;
  for (; end2 < lines.length; end2 += 1) {
    const line = lines[end2];
    const isNextItem = line?.isItem === true && line.column === column;
    if (!line || line.column < column || isNextItem || isBreak(line)) break;
  }
  return lines.slice(start3, end2);
}
var isBreak = ({ text }) => text.startsWith("---");

// src/manifests/text/text-names.ts
var RUN = /(?:[\w.-]|\\?\/)+/g;
var VERSION = /(?::(?<tag>\w(?:[\w.-]{0,126}\w)?)(?!\w|[\w.-]*\\?\/))?(?:@(?<digest>[a-z][a-z0-9]*:[0-9a-f]{32,}))?(?!\w)/y;
var DEFAULT = /:(?:\$\{\w+:?[-=]|\{\{-?[^{}\n]{0,120}\|\s*default\s*["'`]?)(?<tag>\w[\w.-]{0,126})(?=["'`\s}])/y;
var VALUE = /["']?:[ \t]+["']?(?<tag>v?\d[\w.-]{0,126})(?=["']?[ \t]*(?:[,}\r\n#]|$))/y;
var HOST = /(?:^|[^\w./-])(\w[\w.-]*:)$/;
var LONGEST_HOST = 255;
function* namesIn(text, isKnown2) {
  const runs = new RegExp(RUN);
  for (let match = runs.exec(text); match; match = runs.exec(text)) {
    const found = nameIn(text, match[0], match.index, isKnown2);
    if (!found) continue;
    runs.lastIndex = Math.max(runs.lastIndex, found.end);
    yield found.name;
  }
}
function nameIn(text, run2, at, isKnown2) {
  const written2 = /\w$/.test(run2) ? run2 : run2.replace(/(?<![.-])[.-]+$/, "");
  if (!isKnown2(written2.slice(written2.lastIndexOf("/") + 1))) return void 0;
  const dashes = /^-*/.exec(written2)?.[0].length ?? 0;
  const host = /^\d+\\?\//.test(written2) ? HOST.exec(text.slice(Math.max(at - LONGEST_HOST, 0), at))?.[1] ?? "" : "";
  const whole = host + written2.slice(dashes);
  if (whole.startsWith(".")) return void 0;
  const { tag, digest } = written2.length === run2.length && versionAt(text, at + written2.length, whole) || {};
  const offset = at + dashes - host.length;
  const name2 = { name: whole.replaceAll("\\", ""), offset, length: whole.length, tag, digest };
  const version = (tag === void 0 ? 0 : tag.length + 1) + (digest === void 0 ? 0 : digest.length + 1);
  return { name: name2, end: at + written2.length + version };
}
function versionAt(text, offset, name2) {
  for (const pattern of [VERSION, DEFAULT, ...name2.includes("/") ? [VALUE] : []]) {
    pattern.lastIndex = offset;
    const { tag, digest } = pattern.exec(text)?.groups ?? {};
    if (tag !== void 0 || digest !== void 0) {
      return { ...tag !== void 0 && { tag }, ...digest !== void 0 && { digest } };
    }
  }
  return {};
}

// src/manifests/text/text-references.ts
var import_lines2 = __toESM(require_lines());
var import_tree2 = __toESM(require_tree());
var SCHEME = /(?:^|[^a-z0-9+.-])([a-z][a-z0-9+.-]*):$/i;
var SCHEMES_OF_IMAGES = /^(?:docker|oci|containers-storage|docker-daemon|image)$/i;
var TAG_KEY = /(?:tag|digest)$/i;
var VERSION_KEY = /(?:tag|version|digest|sha(?:256)?)$/i;
var SHA_KEY = /sha(?:256)?$/i;
var VARIABLE_END = /[})>%]["']?$/;
var APPLIED_TEXT = new RegExp(String.raw`${import_tree2.LAST_APPLIED}["']?\s*:\s*"(?:[^"\\]|\\.)*"`, "g");
var TextSearch = class {
  #byRepository = /* @__PURE__ */ new Map();
  /** By the path behind the registry; Docker's default path is not needed there. */
  #byPath = /* @__PURE__ */ new Map();
  /** The last components of their names. */
  #components = /* @__PURE__ */ new Set();
  constructor(images) {
    for (const image of images) {
      for (const name2 of [image.replaces, image.reference.name]) {
        const repository = (0, import_image_reference3.repositoryOf)(name2);
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
    if (namesIn(text, isKnown2).next().done === true) return;
    const shown2 = withoutRecords(withoutComments(path, text));
    for (const { name: written2, offset, length, tag, digest: hex } of namesIn(shown2, isKnown2)) {
      const digest = hex !== void 0 && (0, import_image_reference3.isDigest)(hex) ? hex : void 0;
      const named3 = this.#imageOf(written2, shown2.slice(Math.max(offset - 40, 0), offset));
      if (tag === void 0 && digest === void 0) {
        const where = { offset, length, isBroken };
        if (named3 || this.#byPath.has(written2)) yield* this.#besides(written2, named3, shown2, where);
      } else if (named3 && !isNoImage(named3.name, tag, shown2, offset)) {
        const version = { ...tag !== void 0 && { tag }, ...digest !== void 0 && { digest } };
        yield { ...named3, version, offset, isApart: false };
      }
    }
  }
  /** The name, and the versions in keys beside it; there the registry may have a key of its own. */
  *#besides(written2, known2, text, where) {
    const { key, others } = keysBeside(text, where) ?? { key: "", others: [] };
    const ofSame = others.filter((other) => stemOf(other.key) === stemOf(key));
    const registry = ofSame.find((other) => /registry$/i.test(other.key))?.value;
    const named3 = registry === void 0 ? known2 : this.#imageOf(`${registry}/${written2}`, " ") ?? known2;
    if (!named3) return;
    yield { ...named3, version: {}, offset: where.offset, isApart: false };
    const isName2 = /^name$/i.test(key);
    if (isName2 && (!written2.includes("/") || ofSame.some((other) => other.key === "newName"))) return;
    for (const other of ofSame) {
      const version = (isName2 ? TAG_KEY : VERSION_KEY).test(other.key) ? versionIn(other) : void 0;
      if (version && /\d/.test(other.value)) yield { ...named3, version, offset: other.offset, isApart: true };
    }
  }
  /** The image that a run of characters names, with the text in front of it; `undefined` for any other. */
  #imageOf(written2, before2) {
    const scheme = written2.startsWith("//") ? SCHEME.exec(before2)?.[1] : void 0;
    if (scheme !== void 0) {
      return SCHEMES_OF_IMAGES.test(scheme) ? this.#imageOf(written2.slice(2), " ") : void 0;
    }
    if (/\w@$/.test(before2)) return void 0;
    if (VARIABLE_END.test(before2)) return this.#behindVariable(written2.replace(/^\//, ""));
    if (before2.endsWith("$")) return this.#behindVariable(written2.replace(/^[^/]*\//, ""));
    const image = this.#byRepository.get((0, import_image_reference3.repositoryOf)(written2));
    return image && { image, name: written2, isVariable: false };
  }
  #behindVariable(path) {
    const image = this.#byPath.get(path) ?? this.#byRepository.get((0, import_image_reference3.repositoryOf)(path));
    return image && { image, name: path, isVariable: true };
  }
};
function otherReferences(path, text, search, isBroken = false) {
  return [...search.find(path, text, isBroken)].filter(
    ({ image, name: name2, version }) => isOther(image, name2, (0, import_image_reference3.formatVersion)(version))
  );
}
function versionIn({ key, value }) {
  if (!SHA_KEY.test(key)) return (0, import_image_reference3.parseVersion)(value);
  return [value, `sha256:${value}`].filter(import_image_reference3.isDigest).map((digest) => ({ digest }))[0];
}
function isOther({ reference, replaces }, name2, present) {
  const released = (0, import_image_reference3.formatVersion)(reference);
  const isBefore = (0, import_image_reference3.repositoryOf)(name2) === (0, import_image_reference3.repositoryOf)(replaces) && (0, import_image_reference3.repositoryOf)(reference.name) !== (0, import_image_reference3.repositoryOf)(replaces);
  const isHex = /^[\da-f]{64,}$/.test(present) && reference.digest?.endsWith(`:${present}`) === true;
  return present !== "" && (released === "" || isBefore || !(isHex || (0, import_image_reference3.isSameVersion)(present, released)));
}
function isNoImage(name2, tag, text, offset) {
  if (tag === void 0 || name2.includes("/")) return false;
  const { start: start3, line } = (0, import_lines2.lineAround)(text, offset);
  const before2 = line.slice(0, offset - start3);
  if (/image|\bfrom\b/i.test(before2)) return false;
  return isPort(tag) || !/\d|^latest$/.test(tag);
}
function isPort(tag) {
  return /^\d{2,5}$/.test(tag) && Number(tag) >= 80;
}
function withoutRecords(text) {
  const unscanned = withoutScanned(text);
  if (!unscanned.includes(import_tree2.LAST_APPLIED)) return unscanned;
  return unscanned.replace(APPLIED_TEXT, blank).split(/^(?=---)/m).map(withoutBlocks).join("");
}
function withoutBlocks(document) {
  let block = -1;
  const lines = document.split("\n").map((line) => {
    const indentation = line.search(/\S/);
    if (block >= 0 && (indentation > block || indentation < 0)) return blank(line);
    block = line.includes(import_tree2.LAST_APPLIED) ? indentation : -1;
    return block >= 0 ? blank(line) : line;
  });
  return lines.join("\n");
}
var blank = (text) => text.replace(/[^\r\n]/g, " ");

// src/manifests/defects.ts
function reportDefect({ path, text, lines }, { kind, reason, line, column }, search) {
  const [other] = kind === "syntax" || kind === "encrypted" ? otherReferences(path, text, search, kind === "syntax") : [];
  if (other && kind === "syntax") {
    const excerpt = caret(text.split(/\r?\n/)[line - 1] ?? "", column);
    throw (0, import_errors14.failure)("MANIFEST_UNREADABLE", { place: { file: path, line, column }, reason, excerpt });
  }
  if (other) throw (0, import_errors14.failure)("MANIFEST_ENCRYPTED", { place: { file: path, line: lines.positionAt(other.offset).line } });
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

// src/manifests/empty-places.ts
var import_image_reference19 = __toESM(require_image_reference());

// src/manifests/claimed-characters.ts
var ClaimedCharacters = class {
  #parts = /* @__PURE__ */ new Map();
  claim(field, owner) {
    for (let part = partOf(field.start); part <= partOf(field.end); part += 1) {
      const claims = this.#parts.get(part);
      if (claims) claims.push({ field, owner });
      else this.#parts.set(part, [{ field, owner }]);
    }
  }
  /** The first owner of a field of the same scalar with the same characters, or some of them, that `isOther` takes. */
  findOther(field, isOther3) {
    for (let part = partOf(field.start); part <= partOf(field.end); part += 1) {
      const found = this.#parts.get(part)?.find((one) => overlap(one.field, field) && isOther3(one.owner));
      if (found) return found.owner;
    }
    return void 0;
  }
};
var partOf = (offset) => offset >> 6;
function overlap(one, other) {
  if (one.scalar !== other.scalar) return false;
  return one.start === other.start || one.start < other.end && other.start < one.end;
}

// src/manifests/conventions/helm-set.ts
var import_tree3 = __toESM(require_tree());
var import_convention = __toESM(require_convention());

// src/manifests/conventions/inserted-key.ts
function insertedField({ flow }, { key, role, beside, side }, text) {
  const { keyStart, value } = beside;
  const from = flow ? Math.max(keyStart - LONGEST_INDENTATION, 0) : 0;
  const lineStart = from + text.slice(from, keyStart).lastIndexOf("\n") + 1;
  const indentation = text.slice(lineStart, keyStart);
  const hasOwnLine = !flow || indentation.trim() === "" && lineStart > from;
  const lineBreak = hasOwnLine ? lineBreakAt(text, lineStart) + (flow ? indentation : blank2(indentation)) : "";
  const comma = flow ? "," : "";
  const separator = comma + (hasOwnLine ? lineBreak : " ");
  const quote7 = /["']/.exec(text.charAt(keyStart))?.[0] ?? "";
  const written2 = `${quote7}${key}${quote7}: `;
  const valueEnd = value.kind === "scalar" ? value.end : keyStart;
  const at = side === "before" ? keyStart : flow ? valueEnd : lineEnd(text, valueEnd);
  return {
    role,
    text: void 0,
    style: quote7 === '"' ? "double" : "plain",
    scalar: at,
    start: at,
    end: at,
    before: side === "before" ? written2 : separator + written2,
    after: side === "before" ? separator : ""
  };
}
var LONGEST_INDENTATION = 1e3;
var blank2 = (text) => " ".repeat(text.length);
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
function withHelmSet({ root, text, name: name2 }, sites) {
  if (!sites.some((site) => site.fields.some(isTag))) return sites;
  const parameters2 = /* @__PURE__ */ new Map();
  for (const { node, path } of (0, import_tree3.walk)(root)) {
    if (node.kind !== "list" || !(ARGO_CD.test(path) || HELMFILE.test(path))) continue;
    for (const item of node.items) {
      const value = item.kind === "map" ? (0, import_tree3.scalarOf)(item, "value") : void 0;
      if (item.kind !== "map" || !value || parameters2.has(value.start)) continue;
      parameters2.set(value.start, ARGO_CD.test(path) ? switchOf(item, text) : void 0);
    }
  }
  return sites.map((site) => {
    const tag = site.fields.find((field) => isTag(field) && parameters2.has(field.start));
    const forceString = tag && parameters2.get(tag.start);
    if (forceString) return { ...site, fields: [...site.fields, forceString] };
    if (tag) return { ...site, helmSet: "helm --set does not take for a string; move it to setString" };
    return isAtTargetPath(name2, site) ? { ...site, helmSet: TARGET_PATH } : site;
  });
}
var TARGET_PATH = "Flux does not take for a string at a targetPath; put it into a key of values";
function isAtTargetPath(name2, { of, named: named3, where, fields }) {
  const isSplit = of !== void 0 && !named3 && fields.some(isTag);
  return isSplit && /^(?:ConfigMap|Secret)\//.test(name2) && /^(?:data|stringData)\b/.test(where);
}
var isTag = ({ role }) => role === "tag" || role === "bare-tag";
function switchOf(parameter, text) {
  const role = "force-string";
  const present = (0, import_tree3.scalarOf)(parameter, "forceString");
  const beside = parameter.entries.find(({ key }) => key === "value");
  if (present) return { ...(0, import_convention.fieldOf)(role, present), style: "verbatim" };
  return beside && {
    ...insertedField(parameter, { key: "forceString", role, beside, side: "after" }, text),
    style: "verbatim"
  };
}

// src/manifests/conventions/argo-images.ts
var import_image_reference4 = __toESM(require_image_reference());
var import_tree4 = __toESM(require_tree());
var argoImages = {
  name: "argo-images",
  *find({ root, text }) {
    for (const { node, path } of (0, import_tree4.walk)(root)) {
      if (node.kind !== "scalar" || !/(?:^|\.)kustomize\.images\[\d+\]$/.test(path)) continue;
      const site = siteOf(node, path, text.slice(node.start, node.end));
      if (site) yield site;
    }
  }
};
function siteOf({ text, start: start3 }, where, source) {
  const equals = text.indexOf("=");
  const reference = (0, import_image_reference4.parseReference)(text.slice(equals + 1));
  if (!reference || !source.includes(text)) return void 0;
  const field = (role, from, to) => {
    const offset = start3 + source.indexOf(text);
    return {
      role,
      text: text.slice(from, to),
      style: "verbatim",
      scalar: start3,
      start: offset + from,
      end: offset + to
    };
  };
  const { name: name2, ...version } = reference;
  const nameEnd = equals + 1 + name2.length;
  const names = equals < 0 ? [field("match", 0, nameEnd), { ...field("name", nameEnd, nameEnd), text: void 0, before: "=" }] : [field("match", 0, equals), field("name", equals + 1, nameEnd)];
  const versions = nameEnd < text.length ? [field(version.tag === void 0 ? "digest" : "tag", nameEnd + 1, text.length)] : [{ ...field("tag", nameEnd, nameEnd), text: void 0, before: ":" }];
  return { where, name: name2, version, fields: [...names, ...versions] };
}

// src/manifests/conventions/parameters.ts
var import_tree5 = __toESM(require_tree());
var import_image_keys = __toESM(require_image_keys());

// src/manifests/conventions/image-parts.ts
var import_image_reference5 = __toESM(require_image_reference());
var import_convention2 = __toESM(require_convention());
var ALGORITHM = "@sha256";
function nameOfParts(parts, over) {
  const named3 = withRegistry(repositoryOfParts(parts), parts.registry?.value, over);
  const written2 = named3.map(({ value }) => value.text).join("/");
  const isApart = written2.endsWith(ALGORITHM);
  const reference = (0, import_image_reference5.parseReference)(isApart ? written2.slice(0, -ALGORITHM.length) : written2);
  if (!reference || reference.tag !== void 0 || reference.digest !== void 0) return void 0;
  return { name: reference.name, parts: named3, ...isApart && { algorithm: ALGORITHM } };
}
function repositoryOfParts({ registry, repository, name: name2 }) {
  const [first, last] = [repository, name2].map((part) => part && !(0, import_convention2.isEmpty)(part.value) ? part.value : void 0);
  const one = (value) => [{ role: "repository", value }];
  if (!first || !last) {
    const only = first ?? last;
    return only ? one(only) : [];
  }
  if (name2 && !name2.isOfImage && name2.word === "name") {
    return registry && !first.text.includes("/") ? joined(first, last) : one(first);
  }
  if (hasRegistry(last.text) || !(0, import_image_reference5.parseReference)(first.text)) return one(last);
  return `/${first.text}`.endsWith(`/${last.text}`) ? one(first) : joined(first, last);
}
function joined(first, last) {
  return [
    { role: "folder", value: first },
    { role: "base", value: last }
  ];
}
function withRegistry(rest, own, over) {
  const wins = over && !(0, import_convention2.isEmpty)(over) && (own || !hasRegistry(rest[0]?.value.text ?? "")) ? over : own;
  if (!wins || (0, import_convention2.isEmpty)(wins)) return rest;
  if (rest.length > 0) return [{ role: "registry", value: wins }, ...rest];
  return own?.text.includes("/") ? [{ role: "repository", value: own }] : [];
}
var hasRegistry = (name2) => (0, import_image_reference5.splitName)(name2).path !== name2;
function siteOfParts(where, parts, over) {
  const named3 = nameOfParts(parts, over);
  const { tag, digest } = parts;
  const isSha = digest !== void 0 && digest.word !== "digest";
  const given = { tag: tag?.value, [isSha ? "sha" : "digest"]: digest?.value };
  const versioned = named3 && versionFields(given, named3.algorithm);
  if (!named3 || !versioned) return void 0;
  const names = named3.parts.map(({ role, value }) => (0, import_convention2.fieldOf)(role, value));
  return { where, name: named3.name, version: versioned.version, fields: [...names, ...versioned.fields] };
}
function versionFields({ tag, sha, digest = sha }, algorithm) {
  if (algorithm !== void 0) return tag && digitsOf(tag);
  const inTag = (0, import_image_reference5.parseVersion)(tag?.text ?? "");
  const inDigest = digest && ((sha && digitsOf(sha)) ?? digestOf(digest));
  if (tag && !inTag && !(0, import_convention2.isEmpty)(tag) || digest && !inDigest && !(0, import_convention2.isEmpty)(digest)) return void 0;
  const isRoom = digest && inTag?.digest === void 0;
  return {
    version: { ...inTag, ...inDigest?.version },
    fields: [
      ...tag ? [(0, import_convention2.fieldOf)("tag", tag)] : [],
      ...inDigest?.fields ?? (isRoom ? [(0, import_convention2.fieldOf)("digest", digest)] : [])
    ]
  };
}
function digestOf(scalar2) {
  return (0, import_image_reference5.isDigest)(scalar2.text) ? { version: { digest: scalar2.text }, fields: [(0, import_convention2.fieldOf)("digest", scalar2)] } : void 0;
}
function digitsOf(scalar2) {
  const digest = `sha256:${scalar2.text}`;
  if (!(0, import_image_reference5.isDigest)(digest)) return void 0;
  const field = (0, import_convention2.fieldOf)("hex", scalar2);
  return { version: { digest }, fields: [field.style === "plain" ? { ...field, style: "verbatim" } : field] };
}

// src/manifests/conventions/parameters.ts
var parameters = {
  name: "parameters",
  *find({ root }) {
    for (const { node, path } of (0, import_tree5.walk)(root)) {
      if (node.kind !== "list") continue;
      const values = scalarsOf(node);
      const registry = (0, import_image_keys.globalRegistry)(values);
      for (const parts of (0, import_image_keys.groupImageParts)(values, path)) {
        const { key = "" } = parts.repository ?? parts.name ?? parts.registry ?? {};
        const site = siteOfParts(`${path}[${key}]`, parts, registry);
        if (site) yield site;
      }
    }
  }
};
function scalarsOf({ items }) {
  return items.flatMap((item) => {
    const [name2, value] = item.kind === "map" ? [(0, import_tree5.scalarOf)(item, "name"), (0, import_tree5.scalarOf)(item, "value")] : [];
    return name2 && value ? [[name2.text, value]] : [];
  });
}

// src/manifests/conventions/argument.ts
var import_image_reference6 = __toESM(require_image_reference());
var import_tree6 = __toESM(require_tree());

// src/manifests/conventions/surroundings.ts
var PROGRAMS = [
  "apptainer|buildah|buildctl|cosign|crane|crictl|ctr|dive|docker|docker-compose|flux|grype|helm|helmfile|k3d|k3s|kind",
  "kubectl|kustomize|microk8s|minikube|nerdctl|oc|oras|podman|regctl|singularity|skopeo|snyk|syft|trivy|udocker",
  "COPY|FROM"
].join("|");
var PREFIXES = String.raw`(?:(?:(?:sudo|exec|time|env|nohup|eval|xargs|if|then|else|do|while|until|!|-|RUN)(?:\s+-\S+)*|[A-Z_]+=\S*)\s+)*`;
var TOLD = "description|message|summary|title|comments?|notes?|why|reason|remarks?|changes|changelog|readme|help";
var COMMAND_PATH = /(?:^|[.["])(?:\w*(?:command|args?|arguments|cmd|script|entrypoint|image|opts|options|flags)s?|run|exec)(?:\[\d+\])*$|\.(?:ba|z)?sh"\]$/i;
var SIGNS = [
  ["path", new RegExp(String.raw`(?:${TOLD}|\.(?:md|adoc|rst|html?))(?:"\])?(?:\[\d+\])*$`, "i"), false],
  [
    "before",
    new RegExp(String.raw`(?:^|[{,])\s*(?:- +)?\\?["']?(?:\w+[._-])?(?:${TOLD})\\?["']?\s*[:=][^{},]*$`, "i"),
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
var WORD = new RegExp(`(?:^|\\s)["'([]*\\p{L}{2,}(?:['\u2019]\\p{L}+)?["')\\]]*[,.;:!?]*(?=\\s|$)`, "u");
var LABEL = /^\s*(?:[-*]\s+)?(?:["']?[\w.-]+["']?:\s)?/;
function isUsed(around) {
  const sign = SIGNS.find(([of, pattern]) => pattern.test(around[of]));
  if (sign) return sign[2];
  const { before: before2, after } = around;
  const [quote7 = ""] = /\\?["']$/.exec(before2) ?? [];
  if (quote7 !== "" && after.startsWith(quote7)) return true;
  const others = `${before2.replace(LABEL, "")} ${after}`;
  return !WORD.test(others) || /^\s*[[{]/.test(before2) && /[\]}]\s*$/.test(after);
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
    for (const { node, path } of (0, import_tree6.walk)(root)) {
      if (node.kind !== "scalar" || node.embedded || path.includes(import_tree6.LAST_APPLIED)) continue;
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
  const { tag, digest } = (0, import_image_reference6.parseReference)(text) ?? {};
  return tag !== void 0 || digest !== void 0;
}
function* sitesIn({ text, start: start3 }, path, source) {
  const header = /^[|>].*/.exec(source)?.[0].length ?? 0;
  const version = IMAGE_WORDS.test(path) || IMAGE_WORDS.test(text) ? SOME_VERSION : VERSION_OF_PATH;
  const found = referencesIn(" ".repeat(header) + source.slice(header), version);
  const parsed = referencesIn(text, version);
  if (found.length !== parsed.length || found.some((one, index) => one.text !== parsed[index]?.text)) return;
  const isLines = text.trimEnd().includes("\n");
  const key = text.startsWith("#!") ? `${path}.script` : path;
  for (const [number, { text: written2, index, reference }] of found.entries()) {
    const around = { ...linesAround(text, parsed[number]), path: key };
    if (!isImage(reference, around) || isLines && isComment(around)) continue;
    const { name: name2, ...present } = reference;
    const from = start3 + index;
    const field = { role: "reference", text: written2, style: "verbatim", scalar: start3, start: from };
    const site = { where: path, name: name2, version: present, fields: [{ ...field, end: from + written2.length }] };
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
    ({ 0: line, index: start3 }) => some.test(line) ? [...line.matchAll(CANDIDATE)].flatMap((match) => candidateOf(match, start3)) : []
  );
}
function candidateOf({ groups, index }, start3) {
  const { scheme = "", reference: text = "" } = groups ?? {};
  const reference = SOME_VERSION.test(text) && !NO_IMAGE.test(scheme) ? (0, import_image_reference6.parseReference)(text) : void 0;
  if (reference?.tag === void 0 && reference?.digest === void 0) return [];
  return [{ text, index: start3 + index + scheme.length, reference }];
}
function isImage({ name: name2, tag = "", digest }, around) {
  if (name2.includes("/") || digest !== void 0 || namesImage(around)) return true;
  return /image/i.test(around.path) && !/^\d{1,5}$/.test(tag);
}

// src/manifests/conventions/default-tag.ts
var import_image_reference7 = __toESM(require_image_reference());
var import_tree7 = __toESM(require_tree());
var defaultTag = {
  name: "default-tag",
  *find({ root, text }) {
    for (const { node, path } of (0, import_tree7.walk)(root)) {
      const site = node.kind === "scalar" ? siteOf2(node, path, text) : void 0;
      if (site) yield site;
    }
  }
};
var DEFAULT2 = /^([\w][\w./:-]*):\$\{\w+:?-([\w.-]+)\}$/;
function siteOf2(scalar2, where, text) {
  const [, written2 = "", tag = ""] = DEFAULT2.exec(scalar2.text) ?? [];
  const name2 = (0, import_image_reference7.parseReference)(written2)?.name;
  const start3 = scalar2.start + text.slice(scalar2.start, scalar2.end).indexOf(scalar2.text);
  if (name2 !== written2 || !(0, import_image_reference7.isTag)(tag) || start3 < scalar2.start) return void 0;
  const end2 = start3 + scalar2.text.length - 1;
  const field = { role: "bare-tag", text: tag, style: "verbatim", scalar: scalar2.start };
  return { where, name: name2, version: { tag }, fields: [{ ...field, start: end2 - tag.length, end: end2 }] };
}

// src/manifests/conventions/explicit-target.ts
var import_image_reference10 = __toESM(require_image_reference());
var import_tree8 = __toESM(require_tree());

// src/manifests/conventions/annotated.ts
var import_image_reference9 = __toESM(require_image_reference());

// src/manifests/conventions/named-value.ts
var import_image_reference8 = __toESM(require_image_reference());
var import_version = __toESM(require_version());
var import_convention3 = __toESM(require_convention());
function readNamedValue({ scalar: scalar2, source, image, part }) {
  const { text } = scalar2;
  if (text.includes("\n")) return { refused: "has several lines" };
  if ((0, import_convention3.isEmpty)(scalar2)) return { version: {}, field: (0, import_convention3.fieldOf)(EMPTY_ROLES[part], scalar2) };
  const whole = readWhole(text, part);
  if (whole) return { ...whole, field: (0, import_convention3.fieldOf)(whole.role, scalar2) };
  const found = readInside(text, image, part);
  if ("refused" in found) return found;
  if (/^[-+.]+$/.test(text.slice(0, found.start) + text.slice(found.end))) return { refused: "is no version" };
  const quote7 = source === text ? 0 : source.slice(1, -1) === text ? 1 : void 0;
  if (quote7 === void 0) return { refused: "is written over several lines or with escapes" };
  const start3 = scalar2.start + quote7 + found.start;
  const written2 = text.slice(found.start, found.end);
  const field = { text: written2, style: "verbatim", scalar: scalar2.start, start: start3, end: start3 + written2.length };
  return { ...found.value, field: { ...field, role: found.value.role } };
}
function partOf2({ text }, path, otherwise) {
  if ((0, import_image_reference8.isDigest)(text)) return "digest";
  if (/[/:]/.test(text.replace(/@.*/s, ""))) return "reference";
  if ((0, import_version.isVersionLike)(text.replace(/@.*/s, ""))) return "tag";
  return KEYS2.find(([key]) => key.test(path))?.[1] ?? otherwise;
}
var KEYS2 = [
  [/image$/i, "reference"],
  [/(?:tag|version)$/i, "tag"],
  [/digest$/i, "digest"]
];
var EMPTY_ROLES = { reference: "reference", name: "name", tag: "bare-tag", digest: "digest" };
function readWhole(text, part) {
  const version = (0, import_image_reference8.parseVersion)(text);
  if (part === "tag") return version && valueOf2(version);
  if (part === "digest" && (0, import_image_reference8.isDigest)(`sha256:${text}`)) return { version: { digest: `sha256:${text}` }, role: "hex" };
  if (part === "digest") return version && version.tag === void 0 ? valueOf2(version) : void 0;
  const reference = (0, import_image_reference8.parseReference)(text);
  if (part === "name") {
    const isName2 = reference && reference.tag === void 0 && reference.digest === void 0;
    return isName2 ? { name: reference.name, version: {}, role: "name" } : void 0;
  }
  return reference && referenceValue(reference);
}
function referenceValue({ name: name2, ...version }) {
  return { name: name2, version, role: "reference" };
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
  const [start3, end2] = unwrap(text);
  const inner = text.slice(start3, end2);
  if (inner !== text) {
    if (inner === "") return { start: start3, end: end2, value: { version: {}, role: EMPTY_ROLES[part] } };
    const whole = readWhole(inner, part);
    if (whole && (whole.name === void 0 || isSame(whole.name, image))) return { start: start3, end: end2, value: whole };
  }
  const all = [...versionsIn(text, image)];
  const versions = all.filter(({ value: { version } }) => version.tag !== void 0 || version.digest !== void 0);
  const [only, ...more] = versions.length > 0 || part !== "reference" ? versions : all;
  if (more.length > 0) return { refused: `has ${more.length + 1} versions` };
  if (!only) return { refused: PLACEHOLDER2.test(text) ? "has a placeholder of another tool" : "has no version" };
  return asPart(only, part);
}
function asPart(inside, part) {
  const { name: name2, version } = inside.value;
  if (part === "reference") return inside;
  if (version[part === "digest" ? "digest" : "tag"] === void 0) return { refused: `has no ${part}` };
  return name2 === void 0 ? inside : { ...inside, start: inside.start + name2.length + 1, value: valueOf2(version) };
}
function unwrap(text) {
  let [start3, end2] = [0, text.length];
  for (let depth = 0; depth < MAX_WRAPPERS; depth += 1) {
    const inner = text.slice(start3, end2);
    const match = WRAPPERS.map((wrapper) => wrapper.exec(inner)).find((one) => one);
    const [from, to] = match?.indices?.groups?.["inner"] ?? [];
    if (from === void 0 || to === void 0) break;
    [start3, end2] = [start3 + from, start3 + to];
  }
  return [start3, end2];
}
var isSame = (name2, image) => (0, import_image_reference8.repositoryOf)(name2) === (0, import_image_reference8.repositoryOf)(image);
var PLACEHOLDER2 = /\$?\{\{.{0,200}?\}\}|\$\{\w+\}|\$\(.{0,200}?\)|\$\w+|\{%.{0,200}?%\}|<%.{0,200}?%>|<\w+>/;
var BLANK = "\0";
var PIECE = /(?:(?!:-|:\/\/)[\w./:@+-])+/g;
function* versionsIn(text, image) {
  const clear = text.replace(new RegExp(PLACEHOLDER2, "g"), (placeholder) => BLANK.repeat(placeholder.length));
  for (const { 0: run2, index } of clear.matchAll(PIECE)) {
    const piece = run2.replace(/^\W+|(?<!\W)\W+$/g, "");
    const start3 = index + run2.indexOf(piece);
    if (piece === "" || clear[index - 1] === BLANK || clear[index + run2.length] === BLANK) continue;
    const reference = (0, import_image_reference8.parseReference)(piece);
    if (reference && isSame(reference.name, image)) {
      yield { start: start3, end: start3 + piece.length, value: referenceValue(reference) };
    } else {
      yield* segmentsOf(piece, start3, reference);
    }
  }
}
function* segmentsOf(piece, start3, reference) {
  const isOther3 = reference?.tag !== void 0 || reference?.digest !== void 0;
  let at = start3;
  for (const segment of piece.split("/")) {
    const version = (0, import_image_reference8.parseVersion)(segment);
    const isVersion3 = version && (version.tag === void 0 || (0, import_version.isVersionLike)(version.tag));
    if (isVersion3 && (!isOther3 || segment === piece)) {
      yield { start: at, end: at + segment.length, value: valueOf2(version) };
    }
    at += segment.length + 1;
  }
}

// src/manifests/conventions/annotated.ts
function* sitesOf(scalars) {
  const groups = new VersionGroups();
  for (const one of scalars.filter(({ image }) => (0, import_image_reference9.parseReference)(image))) {
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
function refusedSite({ scalar: { text, start: start3 }, path, image }, refused) {
  const field = { role: "match", text, style: "verbatim", scalar: start3, start: start3, end: start3 };
  return { where: path, name: image, version: {}, of: (0, import_image_reference9.repositoryOf)(image), named: true, fields: [field], refused };
}
function isOther2({ name: name2, field }, image) {
  if (name2 === void 0 || field.role === "name") return false;
  return name2.includes("/") && (0, import_image_reference9.repositoryOf)(name2) !== (0, import_image_reference9.repositoryOf)(image);
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
  const name2 = group.find(({ value }) => value.name !== void 0)?.value.name ?? first.image;
  const version = group.reduce((all, { value }) => ({ ...all, ...value.version }), {});
  const fields = group.map(({ value }) => value.field);
  yield {
    where: group.length > 1 ? first.parent : first.path,
    name: name2,
    version,
    of: (0, import_image_reference9.repositoryOf)(first.image),
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
        const { name: name2 = image, version, field } = value;
        yield { where, name: name2, version, of: (0, import_image_reference10.repositoryOf)(image), named: true, target, fields: [field] };
      }
    }
  }
};
function isSelected({ name: name2, index }, selector) {
  return selector === void 0 || selector === name2 || selector === String(index);
}
function startOf(node) {
  const collection = node.kind === "alias" ? node.target : node;
  const first = (0, import_tree8.walk)(collection).find(({ node: one }) => one.kind === "scalar")?.node;
  return first?.kind === "scalar" ? first.start : 0;
}
function descend(root, path) {
  return path.reduce((node, segment) => {
    const place = node?.kind === "alias" ? node.target : node;
    if (place?.kind === "map") return (0, import_tree8.valueOf)(place, segment);
    return place?.kind === "list" && /^\d+$/.test(segment) ? place.items[Number(segment)] : void 0;
  }, root);
}

// src/manifests/conventions/trailing-comment.ts
var import_image_reference11 = __toESM(require_image_reference());
var import_version2 = __toESM(require_version());
var import_tree9 = __toESM(require_tree());
var import_convention4 = __toESM(require_convention());
function* findCommented({ root, text, lines }, word2, comment2) {
  if (!lines.includes(word2)) return;
  const nodes = (0, import_tree9.walk)(root);
  const scalars = nodes.flatMap(({ node, path }) => node.kind === "scalar" ? { node, path } : []);
  const seen = /* @__PURE__ */ new Set();
  for (const [index, { node, path }] of scalars.entries()) {
    if (node.style === "verbatim") {
      if (!node.embedded) yield* commentedLines(node, path, text, comment2);
      continue;
    }
    const gap = matchAt(/[ \t,\]}]*[ \t](?=#)/y, text, node.end)?.[0] ?? "";
    const match = matchAt(comment2, text, node.end + gap.length);
    if (!match) continue;
    seen.add(match.index);
    const found = (scalar2, where, refused) => {
      const source = text.slice(scalar2.start, scalar2.end);
      const parent = where.replace(LAST_STEP, "");
      return { scalar: scalar2, source, path: where, parent, match, ...refused !== void 0 && { refused } };
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
      if (!matches.has(line.end)) matches.set(line.end, matchAt(comment2, text, line.end));
      const match = matches.get(line.end);
      if (match)
        yield { ...line, path: (0, import_tree9.joinPath)(path, entry.key), parent: path, match, refused: "is no value of one line" };
    }
  }
}
function* commentedLines({ start: start3, end: end2 }, path, text, comment2) {
  for (const { 0: line, index } of text.slice(start3, end2).matchAll(/[^\n]+/g)) {
    if (/^[|>]/.test(line)) continue;
    const from = start3 + index;
    for (const { index: hash } of [...line.matchAll(/(?<=[ \t])#/g)].slice(0, MOST_HASHES)) {
      const match = matchAt(comment2, text, from + hash);
      const source = line.slice(0, hash).trim();
      if (!match || source === "") continue;
      const at = from + line.indexOf(source);
      const scalar2 = { kind: "scalar", text: source, style: "verbatim", start: at, end: at + source.length };
      yield { scalar: scalar2, source, path, parent: `${path} ${index}`, match, block: start3 };
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
function* inSameCollection(text, scalars, last, closed) {
  let depth = closed;
  for (let index = last; index > 0 && depth > 0; index -= 1) {
    const [one, next] = [scalars[index - 1], scalars[index]];
    const between = one && next ? text.slice(one.node.end, next.node.start) : "";
    for (const character of between.split("").toReversed()) {
      if (depth > 0) depth += Number(/[\]}]/.test(character)) - Number(/[[{]/.test(character));
    }
    if (one && depth > 0) yield one;
  }
}
function isVersion(scalar2) {
  const { tag, digest } = (0, import_image_reference11.parseReference)(scalar2.text) ?? {};
  const isReference = tag !== void 0 || digest !== void 0;
  return (0, import_convention4.isEmpty)(scalar2) || isReference || (0, import_image_reference11.parseVersion)(scalar2.text) !== void 0 && (0, import_version2.isVersionLike)((0, import_version2.withoutDigest)(scalar2.text));
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
var import_tree10 = __toESM(require_tree());
var import_image_keys2 = __toESM(require_image_keys());
var helmValues = {
  name: "helm-values",
  *find({ root }) {
    if (root) yield* sitesIn2(root, "", void 0, /* @__PURE__ */ new Map());
  }
};
function* sitesIn2(node, path, above, known2) {
  if (node.kind === "list") {
    for (const [index, item] of node.items.entries()) yield* sitesIn2(item, `${path}[${index}]`, above, known2);
  }
  if (node.kind !== "map") return;
  const registry = registryIn(node, known2) ?? above;
  for (const parts of node.values.size > 1 ? (0, import_image_keys2.groupImageParts)(scalarsOf2(node), path) : []) {
    const site = siteOfParts(path, parts, registry);
    if (site) yield site;
  }
  for (const { key, value } of node.entries) yield* sitesIn2(value, (0, import_tree10.joinPath)(path, key), registry, known2);
}
function* scalarsOf2(map, prefix = "") {
  for (const [key, value] of map?.values ?? []) if (value.kind === "scalar") yield [prefix + key, value];
}
function registryIn(values, known2) {
  const global = (0, import_tree10.mapOf)(values, "global");
  if (!global) return void 0;
  if (!known2.has(global)) known2.set(global, (0, import_image_keys2.globalRegistry)(globalsOf(global)));
  return known2.get(global);
}
function* globalsOf(global) {
  yield* scalarsOf2(global, "global.");
  yield* scalarsOf2((0, import_tree10.mapOf)(global, "image"), "global.image.");
}

// src/manifests/conventions/kustomize.ts
var import_image_reference12 = __toESM(require_image_reference());
var import_manifest_names4 = __toESM(require_manifest_names());
var import_tree11 = __toESM(require_tree());
var import_convention5 = __toESM(require_convention());
var KINDS2 = /* @__PURE__ */ new Set(["Kustomization", "Component", "ImageTagTransformer"]);
var FILE_NAME = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;
var kustomize = {
  name: "kustomize",
  *find({ path, text, root }) {
    if (root?.kind !== "map") return;
    const kind = (0, import_tree11.scalarOf)(root, "kind")?.text;
    if (kind === void 0 ? !FILE_NAME.test((0, import_manifest_names4.withoutTemplateEnding)(path)) : !KINDS2.has(kind)) return;
    yield* sitesIn3(root, "", text);
    const spec = (0, import_tree11.mapOf)(root, "spec");
    if (spec) yield* sitesIn3(spec, "spec", text);
    const entry = (0, import_tree11.mapOf)(root, "imageTag");
    const site = entry && siteOf4(entry, "imageTag", text);
    if (site) yield site;
  }
};
function* sitesIn3(parent, path, text) {
  const images = (0, import_tree11.valueOf)(parent, "images");
  if (images?.kind !== "list") return;
  for (const [index, entry] of images.items.entries()) {
    const site = entry.kind === "map" ? siteOf4(entry, `${(0, import_tree11.joinPath)(path, "images")}[${index}]`, text) : void 0;
    if (site) yield site;
  }
}
function siteOf4(entry, where, text) {
  const name2 = (0, import_tree11.scalarOf)(entry, "name");
  const newName = (0, import_tree11.scalarOf)(entry, "newName");
  const newTag = (0, import_tree11.scalarOf)(entry, "newTag");
  const digest = (0, import_tree11.scalarOf)(entry, "digest");
  const reference = (0, import_image_reference12.parseReference)((newName ?? name2)?.text ?? "");
  if (!name2 || !reference) return void 0;
  const { name: image, ...inName } = reference;
  if (newName && !newTag && !digest && (0, import_image_reference12.formatVersion)(inName) !== "") {
    return { where, name: image, version: inName, fields: [(0, import_convention5.fieldOf)("match", name2), (0, import_convention5.fieldOf)("reference", newName)] };
  }
  const inTag = (0, import_image_reference12.parseVersion)(newTag?.text ?? "");
  const inDigest = digest && (0, import_image_reference12.isDigest)(digest.text) ? { digest: digest.text } : void 0;
  const readable = (!newTag || inTag || (0, import_convention5.isEmpty)(newTag)) && (!digest || inDigest || (0, import_convention5.isEmpty)(digest));
  const fields = [(0, import_convention5.fieldOf)("match", name2)];
  if (newName) fields.push((0, import_convention5.fieldOf)("name", newName));
  else fields.push(...absentField(entry, "name", "newName", text));
  if (newTag) fields.push((0, import_convention5.fieldOf)("tag", newTag));
  else if (!digest) fields.push(...absentField(entry, "tag", "newTag", text));
  if (digest) fields.push((0, import_convention5.fieldOf)("digest", digest));
  else if (inTag?.digest === void 0) fields.push(...absentField(entry, "digest", "digest", text));
  return { where, name: image, version: readable ? { ...inTag, ...inDigest } : {}, fields };
}
function absentField(entry, role, key, text) {
  const version = entry.entries.find((candidate) => candidate.key === "newTag" || candidate.key === "digest");
  const name2 = entry.entries.findLast((candidate) => candidate.key === "name" || candidate.key === "newName");
  if (version) return [insertedField(entry, { key, role, beside: version, side: "before" }, text)];
  return name2 ? [insertedField(entry, { key, role, beside: name2, side: "after" }, text)] : [];
}

// src/manifests/conventions/marker.ts
var import_image_reference13 = __toESM(require_image_reference());
var import_escape7 = __toESM(require_escape());
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
          image: (0, import_image_reference13.parseReference)(image)?.name ?? image,
          part: part ?? partOf2(commented.scalar, commented.path, "reference"),
          ...isUnknown && { refused: `has a comment that ends in ${(0, import_escape7.quote)(given)} in place of tag or digest` }
        };
      })
    );
  }
};

// src/manifests/conventions/object-variables.ts
var import_objects5 = __toESM(require_objects());
var import_image_reference14 = __toESM(require_image_reference());
var import_tree12 = __toESM(require_tree());
var import_image_keys3 = __toESM(require_image_keys());
var objectVariables = {
  name: "object-variables",
  *find(document) {
    const variables = [...variablesOf(document)];
    if (variables.length === 0) return;
    const values = (0, import_objects5.groupBy)(variables, ({ name: name2 }) => name2);
    const uses = (0, import_objects5.groupBy)(usesIn(document, values), ({ variable }) => variable);
    for (const { name: name2, where, scalar: scalar2 } of variables) {
      const images = new Map((uses.get(name2) ?? []).map((use) => [(0, import_image_reference14.repositoryOf)(use.image), use.image]));
      const read2 = versionFields({ tag: scalar2 });
      if (!read2 || read2.fields.length === 0) continue;
      const candidates = images.size > 1 ? { candidates: [...images.values()] } : {};
      for (const [of, image] of images) yield { where, name: image, of, ...read2, ...candidates };
    }
  }
};
function* variablesOf({ root, name: name2 }) {
  if (root?.kind !== "map") return;
  const [kind] = name2.split("/");
  if (kind === "Template" || (0, import_tree12.valueOf)(root, "objects")) yield* parametersOf((0, import_tree12.valueOf)(root, "parameters"));
  if (kind === "ApplicationSet") {
    for (const { node, path } of (0, import_tree12.walk)(root)) if (/\.list\.elements\[\d+\]$/.test(path)) yield* entriesOf(node, path);
  }
  if (kind === "Kustomization") {
    const substitute = (0, import_tree12.mapOf)((0, import_tree12.mapOf)((0, import_tree12.mapOf)(root, "spec"), "postBuild"), "substitute");
    if (substitute) yield* entriesOf(substitute, "spec.postBuild.substitute");
  }
}
function* parametersOf(list3) {
  for (const [index, item] of list3?.kind === "list" ? list3.items.entries() : []) {
    const [name2, scalar2] = item.kind === "map" ? [(0, import_tree12.scalarOf)(item, "name"), (0, import_tree12.scalarOf)(item, "value")] : [];
    if (name2 && scalar2) yield { name: name2.text, where: `parameters[${index}].value`, scalar: scalar2 };
  }
}
function* entriesOf(node, path) {
  for (const { key, value } of node.kind === "map" ? node.entries : []) {
    if (value.kind === "scalar") yield { name: key, where: `${path}.${key}`, scalar: value };
  }
}
var VARIABLE = String.raw`\$\{\{?(\w+)\}?\}|\{\{-?\s*\.?(?:values\.)?([\w-]+)\s*-?\}\}`;
var ALL2 = new RegExp(VARIABLE, "g");
var ONLY = new RegExp(`^(?:${VARIABLE})$`);
var BEHIND_NAME = new RegExp(`^([^\\s]*):(?:${VARIABLE})$`);
function* usesIn(document, values) {
  const filledIn = (text) => text.replace(ALL2, (all, shell, template) => {
    const [value, ...more] = values.get(shell ?? template ?? "") ?? [];
    return value && more.length === 0 ? value.scalar.text : all;
  });
  for (const node of nodesOf(document.root)) {
    if (node.kind === "scalar") {
      const [, name2 = "", shell, template] = BEHIND_NAME.exec(written(node, document)) ?? [];
      const image = (0, import_image_reference14.parseReference)(filledIn(name2))?.name;
      if (image !== void 0) yield { variable: shell ?? template ?? "", image };
    }
    if (node.kind !== "map") continue;
    const entries = node.entries.flatMap(({ key, value }) => {
      const text = value.kind === "scalar" ? written(value, document) : void 0;
      return text === void 0 ? [] : [[key, { text: ONLY.test(text) ? text : filledIn(text) }]];
    });
    for (const { tag, ...parts } of (0, import_image_keys3.groupImageParts)(entries)) {
      const [, shell, template] = ONLY.exec(tag?.value.text ?? "") ?? [];
      const named3 = nameOfParts(parts);
      if (named3) yield { variable: shell ?? template ?? "", image: named3.name };
    }
  }
}
function written({ start: start3, end: end2 }, { text }) {
  return text.slice(start3, end2).replace(/^["']|["']$/g, "");
}
function* nodesOf(root) {
  for (const { node } of (0, import_tree12.walk)(root)) {
    yield node;
    for (const inner of node.kind === "scalar" ? node.embedded ?? [] : []) yield* nodesOf(inner);
  }
}

// src/manifests/conventions/split-values.ts
var import_image_reference15 = __toESM(require_image_reference());
var import_objects6 = __toESM(require_objects());
var import_tree13 = __toESM(require_tree());
var import_convention6 = __toESM(require_convention());
var splitValues = {
  name: "split-values",
  *find(document, { tagOwners }) {
    const tags = tagOwners.get((0, import_convention6.documentKey)(document.path, document.id));
    if (!tags) return;
    const scalars = /* @__PURE__ */ new Map();
    for (const { node, path } of (0, import_tree13.walk)(document.root)) if (node.kind === "scalar") scalars.set(path, node);
    for (const group of groupsOf(tags)) yield* sitesOf2(group, scalars);
  }
};
function groupsOf(tags) {
  const keyOf6 = ({ parent, owners }) => JSON.stringify([parent, ...owners.map(({ image }) => image)]);
  return [...(0, import_objects6.groupBy)(tags, keyOf6).values()];
}
function* sitesOf2(tags, scalars) {
  const [first] = tags;
  const parts = new Map(tags.map(({ part, where }) => [part, scalars.get(where)]));
  const read2 = versionFields({ tag: parts.get("tag"), digest: parts.get("digest"), sha: parts.get("sha") });
  if (!first || !read2 || (0, import_image_reference15.formatVersion)(read2.version) === "") return;
  const { owners, parent, isGuess } = first;
  const isCertain = owners.length === 1 && !isGuess;
  const candidates = isCertain ? void 0 : owners.map(({ name: name2, source }) => `${name2} (${source})`);
  for (const owner of owners) yield siteOf5(owner, candidates, { where: parent, ...read2 });
}
function siteOf5({ name: name2, image, source }, candidates, site) {
  if (candidates) return { ...site, name: name2, of: image, candidates };
  return { ...site, note: `(its repository is in ${source})`, name: name2, of: image };
}

// src/manifests/conventions/whole-reference.ts
var import_image_reference16 = __toESM(require_image_reference());
var import_tree14 = __toESM(require_tree());
var import_convention7 = __toESM(require_convention());
var wholeReference = {
  name: "whole-reference",
  *find({ root }) {
    const bare2 = /* @__PURE__ */ new Set();
    for (const { node, path } of (0, import_tree14.walk)(root)) {
      if (node.kind === "map") for (const name3 of bareNames(node)) bare2.add(name3);
      if (node.kind !== "scalar") continue;
      const reference = (0, import_image_reference16.parseReference)(node.text);
      if (!reference) continue;
      const { name: name2, ...version } = reference;
      const isOfImage = /image/i.test(path);
      if (!isOfImage && isWord(reference)) continue;
      const isPort2 = !isOfImage && isHostAndPort(reference);
      yield {
        where: path,
        name: name2,
        version,
        fields: [(0, import_convention7.fieldOf)("reference", node)],
        ...isPort2 && { doubt: "may be a port" },
        ...bare2.has(node) && { takesVersion: true }
      };
    }
  }
};
function bareNames(map) {
  const hasVersion3 = map.entries.some(
    ({ key, value }) => VERSION2.test(key) && value.kind === "scalar" && !(0, import_convention7.isEmpty)(value)
  );
  return hasVersion3 ? [] : map.entries.flatMap(({ key, value }) => /image$/i.test(key) ? value : []);
}
var VERSION2 = /(?:tag|digest|sha)$|^version$|imageVersion$/i;
function isWord({ name: name2, tag, digest }) {
  return !name2.includes("/") && tag === void 0 && digest === void 0;
}
function isHostAndPort({ name: name2, tag = "", digest }) {
  return !name2.includes("/") && digest === void 0 && /^\d{1,5}$/.test(tag);
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

// src/manifests/find-sites.ts
var import_image_reference17 = __toESM(require_image_reference());
var import_tree15 = __toESM(require_tree());

// src/manifests/branch-sites.ts
var import_objects7 = __toESM(require_objects());
function mergeBranches(found) {
  const first = /* @__PURE__ */ new Map();
  const distinct = found.filter((one) => {
    const key = keyOf3(one);
    const document = first.get(key) ?? one.document;
    first.set(key, document);
    return document === one.document;
  });
  const scalars = distinct.flatMap((one) => versionScalars(one).map((scalar2) => ({ scalar: scalar2, one })));
  const sharing = (0, import_objects7.groupBy)(scalars, ({ scalar: scalar2 }) => scalar2);
  const shared = new Set(
    [...sharing].flatMap(
      ([scalar2, [first2, ...more]]) => more.some(({ one }) => one.document !== first2?.one.document) ? scalar2 : []
    )
  );
  const known2 = /* @__PURE__ */ new Map();
  return distinct.map((one) => {
    const own = versionScalars(one);
    if (!own.some((scalar2) => shared.has(scalar2))) return one;
    const key = own.join("\n");
    const others = own.flatMap((scalar2) => known2.has(key) ? [] : sharing.get(scalar2) ?? []);
    const candidates = known2.get(key) ?? [...new Set(others.map((other) => describe(other.one)))];
    known2.set(key, candidates);
    return { ...one, site: { ...one.site, candidates } };
  });
}
function keyOf3({ convention, site: { name: name2, fields } }) {
  return [convention, name2, ...fields.map(({ role, start: start3 }) => `${role} ${start3}`)].join("\n");
}
var versionScalars = ({ convention, site: { fields } }) => fields.filter(isVersion2).map(({ scalar: scalar2 }) => `${convention} ${scalar2}`);
var isVersion2 = ({ role, text }) => text !== void 0 && ["tag", "bare-tag", "digest", "hex"].includes(role);
function describe({ site: { name: name2, fields }, document: { path, lines } }) {
  const [field] = fields;
  return `${name2} (${path}:${lines.positionAt(field?.start ?? 0).line})`;
}

// src/manifests/find-sites.ts
var import_templated_values = __toESM(require_templated_values());
var NO_CONTEXT = { policies: /* @__PURE__ */ new Map(), targets: [], tagOwners: /* @__PURE__ */ new Map() };
function findSites(manifest, context = NO_CONTEXT) {
  return findConventionSites(manifest, context).map(({ site }) => site);
}
function findConventionSites({ text, documents }, context) {
  const scanned = scannedImages(text, documents);
  const isScanned = ({ fields, named: named4, target }) => named4 !== true && target === void 0 && fields.some(({ scalar: scalar2 }) => scanned.has(scalar2));
  const all = documents.flatMap((document) => sitesIn4(document, context)).filter(({ site }) => !isScanned(site) && !isTemplated(site));
  const found = documents.length > 1 ? mergeBranches(all) : all;
  const versionedFirst = [
    ...found.filter(({ site }) => isVersioned(site)),
    ...found.filter(({ site }) => !isVersioned(site))
  ];
  const claimed = new ClaimedCharacters();
  const named3 = /* @__PURE__ */ new Map();
  const decided = /* @__PURE__ */ new Set();
  const sites = versionedFirst.flatMap((one) => {
    const { convention, site } = one;
    const fields = site.fields.filter(({ text: written2 }) => written2 !== void 0);
    const isOther3 = (owner) => owner.convention !== convention;
    const other = firstOf(fields, (field) => claimed.findOther(field, isOther3));
    if (!other) {
      for (const field of fields) claimed.claim(field, one);
      return one;
    }
    if (!site.named) return [];
    if (other.site.candidates || isAmbiguous(other.site)) {
      for (const { scalar: scalar2 } of fields) decided.add(scalar2);
      return one;
    }
    const isSame3 = site.of === (other.site.of ?? (0, import_image_reference17.repositoryOf)(other.site.name));
    if (isSame3 && !hasVersion(other.site)) named3.set(other, site);
    return isSame3 ? [] : { ...one, site: { ...site, name: site.of ?? site.name, version: {}, refused: `is of ${other.site.name}` } };
  });
  const isOpen = ({ site }) => {
    return !(site.candidates || isAmbiguous(site)) || !site.fields.some(({ scalar: scalar2 }) => decided.has(scalar2));
  };
  return sites.filter(isOpen).map((one) => ({ ...one, site: asNamed(one.site, named3.get(one)) })).toSorted((a, b) => startOf2(a.site) - startOf2(b.site));
}
function isAmbiguous({ fields: [field], version, name: name2, named: named3 }) {
  return named3 !== true && field?.role === "reference" && version.tag === void 0 && !name2.includes("/");
}
function firstOf(items, find2) {
  for (const item of items) {
    const found = find2(item);
    if (found !== void 0) return found;
  }
  return void 0;
}
function asNamed(site, named3) {
  if (!named3) return site;
  const { of = "", refused, fields } = named3;
  return { ...site, of, named: true, ...refused !== void 0 && { refused, fields } };
}
var isTemplated = ({ fields, refused }) => refused === void 0 && fields.some(({ text }) => text === import_templated_values.TEMPLATED);
function sitesIn4(document, context) {
  let keys;
  const pathOf = (site) => {
    keys ??= keysAtRoot(document);
    return keys.get(versionField(site)?.scalar ?? -1) ?? "(root)";
  };
  return conventions.flatMap(
    ({ name: convention, find: find2 }) => withHelmSet(document, [...find2(document, context)]).map((site) => {
      const where = [document.label, site.where || pathOf(site), site.note].filter(Boolean).join(" ");
      return { convention, site: { ...site, where }, document };
    })
  );
}
function keysAtRoot({ root }) {
  const entries = root?.kind === "map" ? root.entries : [];
  return new Map(
    entries.flatMap(({ key, value }) => value.kind === "scalar" ? [[value.start, (0, import_tree15.joinPath)("", key)]] : [])
  );
}
function isVersioned(site) {
  const hasRoom = site.fields.some(({ role, text }) => role === "match" || text !== void 0 && PARTS.has(role));
  return hasVersion(site) || site.named === true || hasRoom;
}
var PARTS = /* @__PURE__ */ new Set(["tag", "bare-tag", "digest", "hex"]);
var hasVersion = ({ version }) => version.tag !== void 0 || version.digest !== void 0;
var startOf2 = ({ fields }) => fields.reduce((least, { start: start3 }) => Math.min(least, start3), Infinity);
var VERSION_ROLES = ["tag", "bare-tag", "reference", "digest", "hex"];
function versionField({ fields }) {
  const written2 = fields.filter(({ text }) => text !== void 0 && text !== "");
  const find2 = (among) => {
    return VERSION_ROLES.map((role) => among.find((field) => field.role === role)).find((field) => field);
  };
  return find2(written2) ?? find2(fields) ?? fields.find(({ role }) => role === "match");
}

// src/manifests/select-places.ts
var import_errors15 = __toESM(require_errors());
var import_image_reference18 = __toESM(require_image_reference());

// src/core/tag-family.ts
var import_tag_kind = __toESM(require_tag_kind());
var VERSIONS = [
  /(?<!\d)\d{4}([-_.])\d{2}\1\d{2}(?:[-_.]\d+)*(?![a-z\d])/i,
  /(?<![a-z\d.])v?\d+\.\d+\.\d+(?:\.\d+)*/i,
  /(?<![a-z\d.])v?\d+\.\d+(?!\d)/i,
  /^v?\d{1,6}(?![a-z\d])/i,
  /\d+(?:\.\d+)+/,
  /(?<![a-z\d])latest(?![a-z\d])/i
];
var word = (pattern) => new RegExp(`(?<![a-z\\d])(?:${pattern})(?![a-z\\d])`, "g");
var COMMIT_OR_TIME = word(String.raw`(?:\d+-)?g[\da-f]{4,40}|(?:(?:sha|git|commit)-?)?[\da-f]{7,64}|\d{8}t\d{4,6}z?`);
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
  [word(String.raw`(${[...import_tag_kind.MOVING_WORDS].join("|")})(?:-\d+)+`), "$1"]
];
function familyOf(tag) {
  const version = VERSIONS.map((pattern) => pattern.exec(tag)).find((match) => match);
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
  return a !== void 0 && b !== void 0 && a !== b && a.includes("#") === b.includes("#");
}
var REVISION = /^(?:[-_.]\d+)+(?![a-z\d])(?!-g[\da-f]{4})/i;
function lasting(part) {
  const words2 = CHANGING.reduce((text, [pattern, stays]) => text.replace(pattern, stays), dashed(part));
  return words2.replace(/-{2,}/g, "-").replace(/^-|-$/g, "");
}
var dashed = (text) => text.toLowerCase().replace(/[_.]/g, "-");

// src/manifests/select-places.ts
var import_tag_selection = __toESM(require_tag_selection());
var import_convention8 = __toESM(require_convention());
function selectPlaces(images, inventory, { onlyTags, insert = false } = {}) {
  const search = new TextSearch(images);
  const problems = inventory.files.flatMap(
    ({ manifest }) => manifest.defect ? reportDefect(manifest, manifest.defect, search) : []
  );
  const byRepository = new Map(
    images.flatMap(
      (image) => [image.replaces, image.reference.name].map((name2) => [(0, import_image_reference18.repositoryOf)(name2), image])
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
  const present = (0, import_image_reference18.formatVersion)(version);
  if (present === "" && !site.named && !(insert && isInsertable(site, reference))) return NO_VERSION;
  if (site.candidates) return `may be of ${listed2(site.candidates)}`;
  if (present === (0, import_image_reference18.formatVersion)(reference)) return void 0;
  if (site.doubt !== void 0) return site.doubt;
  if (onlyTags && !(0, import_tag_selection.isSelected)(version.tag ?? "", onlyTags)) return `is not in only-tags: ${onlyTags.text}`;
  return void 0;
}
function listed2(candidates) {
  const more = candidates.length - MOST_NAMED;
  return candidates.slice(0, MOST_NAMED).join(" or ") + (more > 0 ? ` or ${more} more` : "");
}
var MOST_NAMED = 10;
var NO_VERSION = "has no version";
function isInsertable({ fields, takesVersion }, { tag, digest }) {
  const parts = fields.filter(({ role }) => role === "tag" || role === "bare-tag" || role === "digest");
  const isTaken = (field) => (field.role === "digest" ? digest : tag) !== void 0;
  const isFree = ({ text, start: start3, end: end2 }) => text === void 0 || (0, import_convention8.isEmpty)({ text, start: start3, end: end2 });
  return takesVersion === true || parts.some(isTaken) && parts.every(isFree);
}
function refusal(place, reason) {
  const [field] = place.site.fields;
  return (0, import_errors15.failure)("PLACE_UNCLEAR", { place, where: place.where, image: place.image, value: field?.text, reason });
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
  const isRead2 = files.some(({ manifest: { path, defect } }) => path === lost.file && !defect);
  const reason = isRead2 ? "its path leads to no value" : `there is no readable manifest ${lost.file}`;
  throw (0, import_errors15.failure)("TARGET_NOT_FOUND", { target: lost.text, reason });
}

// src/manifests/empty-places.ts
var import_lines3 = __toESM(require_lines());
var import_tree16 = __toESM(require_tree());
function emptyPlacesOf({ reference, replaces }, left, files) {
  return left.flatMap(({ place, reason }) => {
    const { site, file, line, where } = place;
    const manifest = files.find((one) => one.file.path === file)?.manifest;
    const field = versionField(site);
    const isOfImage = (0, import_image_reference19.repositoryOf)(replaces) === place.repository && isWorthNaming(place);
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
function entryAt2(text, offset) {
  const { start: start3, line } = (0, import_lines3.lineAround)(text, offset);
  const isWhole2 = line.length < LONGEST_LINE2 && ["", "\n"].includes(text.charAt(start3 - 1));
  return isWhole2 ? ENTRY2.exec(line.trimEnd())?.groups?.["entry"] : void 0;
}
function markerFor(field, site, text, image) {
  const entry = entryAt2(text, field.start);
  if (entry === void 0) return void 0;
  const { start: from } = (0, import_lines3.lineAround)(text, field.start);
  const comment2 = `# manifest-release: ${image}`;
  if (site.takesVersion) return `${entry} ${comment2}`;
  if (field.role === "reference") return hasTagBeside(text, from) ? void 0 : `tag: "" ${comment2} tag`;
  if (field.text === void 0) return `newTag: "" ${comment2} tag`;
  return `${entry} ${comment2} ${field.role === "digest" ? "digest" : "tag"}`;
}
function hasTagBeside(text, from) {
  const [indentation = ""] = /^[ \t]*/.exec(text.slice(from, from + 200)) ?? [];
  return new RegExp(`^${indentation}(?:tag|version|imageTag):`, "m").test(
    text.slice(Math.max(from - 300, 0), from + 300)
  );
}
function targetFor({ scalar: scalar2, text }, file, documents, image) {
  if (text === void 0) return void 0;
  const outer = documents.filter(({ id }) => !id.includes(" "));
  for (const document of outer) {
    for (const { node, path } of (0, import_tree16.walk)(document.root)) {
      if (node.kind !== "scalar" || node.start !== scalar2) continue;
      const selector = outer.length > 1 ? `#${document.name || document.index}` : "";
      return `${file}${selector}#${path}=${image}`;
    }
  }
  return void 0;
}

// src/manifests/flux-policies.ts
var import_tree17 = __toESM(require_tree());
var import_manifest = __toESM(require_manifest());
var import_search_terms = __toESM(require_search_terms());
var FLUX_WORDS = ["$imagepolicy", "ImagePolicy"];
function mayHoldRepository({ bytes }) {
  return (0, import_search_terms.mayContain)(bytes, ["ImageRepository"]);
}
function hasUnknownPolicy(files, given) {
  const setters = files.filter(({ bytes }) => (0, import_search_terms.mayContain)(bytes, ["$imagepolicy"]));
  if (setters.length === 0) return false;
  const holders = files.filter((file) => mayHoldRepository(file) || (0, import_search_terms.mayContain)(file.bytes, ["ImagePolicy"]));
  const known2 = readPolicies(holders.map(({ path, bytes }) => (0, import_manifest.readManifest)(path, bytes)));
  const used = setters.flatMap(({ bytes }) => [...Buffer.from(bytes).toString().matchAll(POLICY)]);
  return used.some(([, policy = ""]) => !known2.has(policy) && !given.has(policy));
}
var POLICY = /"\$imagepolicy"\s*:\s*"([^":]+:[^":]+)/g;
function readPolicies(manifests) {
  const objects = manifests.flatMap(
    ({ documents }) => documents.flatMap(({ root }) => root?.kind === "map" ? { root, kind: (0, import_tree17.scalarOf)(root, "kind")?.text } : [])
  );
  const images = /* @__PURE__ */ new Map();
  for (const { root } of objects.filter(({ kind }) => kind === "ImageRepository")) {
    const image = textAt(root, "spec", "image");
    if (image !== void 0) images.set(keyOf4(root), image);
  }
  const policies = /* @__PURE__ */ new Map();
  for (const { root } of objects.filter(({ kind }) => kind === "ImagePolicy")) {
    const namespace = textAt(root, "spec", "imageRepositoryRef", "namespace") ?? textAt(root, "metadata", "namespace");
    const image = images.get(`${namespace ?? ""}:${textAt(root, "spec", "imageRepositoryRef", "name") ?? ""}`);
    if (image !== void 0) policies.set(keyOf4(root), image);
  }
  return policies;
}
function keyOf4(root) {
  return `${textAt(root, "metadata", "namespace") ?? ""}:${textAt(root, "metadata", "name") ?? ""}`;
}
function textAt(root, ...path) {
  const [key = "", ...rest] = path;
  if (rest.length === 0) return (0, import_tree17.scalarOf)(root, key)?.text;
  const value = (0, import_tree17.valueOf)(root, key);
  return value?.kind === "map" ? textAt(value, ...rest) : void 0;
}

// src/manifests/lone-tags.ts
var import_image_reference20 = __toESM(require_image_reference());
var import_convention9 = __toESM(require_convention());
var import_image_keys4 = __toESM(require_image_keys());
var import_tree18 = __toESM(require_tree());
function loneTagsIn({ documents }, isKnown2) {
  const found = /* @__PURE__ */ new Map();
  for (const document of documents) {
    for (const { key, scalar: scalar2, path } of keyedScalars(document)) {
      const part = (0, import_image_keys4.readLonePart)(key)?.part;
      if (part === void 0 || part === "registry" || part === "repository") continue;
      if ((0, import_convention9.isEmpty)(scalar2) || !(0, import_image_reference20.parseVersion)(scalar2.text) || isKnown2(scalar2.start)) continue;
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
      return (0, import_image_keys4.readLonePart)(key)?.part === "repository" && !/[:@]|^$/.test(scalar2.text);
    })
  );
}
function keyedScalars({ root }) {
  return (0, import_tree18.walk)(root).flatMap(({ node, path }) => {
    if (node.kind !== "map") return [];
    const own = node.entries.flatMap(
      ({ key, value: value2 }) => value2.kind === "scalar" ? [{ key, scalar: value2, path: (0, import_tree18.joinPath)(path, key) }] : []
    );
    const [name2, value] = [(0, import_tree18.scalarOf)(node, "name"), (0, import_tree18.scalarOf)(node, "value")];
    return name2 && value ? [...own, { key: name2.text, scalar: value, path: (0, import_tree18.joinPath)(path, "value") }] : own;
  });
}
function isOfValues({ root, label }, path) {
  const isObject = root?.kind === "map" && (0, import_tree18.valueOf)(root, "kind") !== void 0;
  return !isObject && label === "" || VALUES.test(`${label} ${path}`);
}
var VALUES = /(?:^|[.\s"])(?:values|valuesObject|parameters)\b/;

// src/manifests/scan.ts
var import_search_terms3 = __toESM(require_search_terms());
var import_charts2 = __toESM(require_charts());

// src/manifests/values/related.ts
var import_search_terms2 = __toESM(require_search_terms());
var import_tree19 = __toESM(require_tree());
var import_image_keys5 = __toESM(require_image_keys());
var import_charts = __toESM(require_charts());
var import_config_objects = __toESM(require_config_objects());
var import_repository_paths = __toESM(require_repository_paths());
var import_value_lists = __toESM(require_value_lists());
var import_tag_owners = __toESM(require_tag_owners());
var import_template_uses = __toESM(require_template_uses());
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
var KUSTOMIZATIONS = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
function withRelated(some, files, parse4) {
  const parsed = new Map(some.map((file) => [file, parse4(file)]));
  const charts = (0, import_charts.chartFolders)(files.map(({ path }) => path));
  let last = [...parsed.values()];
  while (last.length > 0) {
    const isRelated = matcherOf(relatedTo(last, charts), charts);
    const more = files.filter((file) => !parsed.has(file) && isRelated(file));
    last = more.map(parse4);
    for (const [index, file] of more.entries()) parsed.set(file, last[index] ?? parse4(file));
  }
  return parsed;
}
function matcherOf({ files, folders, siblings, names }, charts) {
  if (files.size + folders.size + siblings.size + names.size === 0) return () => false;
  const isValue = isValueOf(folders, charts);
  const patterns = [...files].filter((file) => file.includes(import_repository_paths.ANY)).map(import_repository_paths.pathPattern);
  return ({ path, bytes }) => files.has(path) || isValue(path) || siblings.has((0, import_repository_paths.folderOf)(path)) && mayBeValues(bytes) || patterns.some((pattern) => pattern.test(path)) || names.size > 0 && (0, import_search_terms2.mayContain)(bytes, VALUES_WORDS) && hasName(bytes, names);
}
function hasName(bytes, names) {
  const words2 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString().matchAll(/[\w.-]+/g);
  for (const [word2] of words2) if (names.has(word2)) return true;
  return false;
}
function mayBeValues(bytes) {
  return (0, import_search_terms2.mayContain)(bytes, TAG_WORDS) && !(0, import_search_terms2.mayContain)(bytes, ["kind:", '"kind"']);
}
var TAG_WORDS = ["tag", "Tag", "TAG"];
function isValueOf(folders, charts) {
  const wanted = new Set(folders);
  return (path) => wanted.has((0, import_charts.valuesFolderOf)(path, charts) ?? "\0");
}
function relatedTo(manifests, charts) {
  const files = /* @__PURE__ */ new Set();
  const folders = /* @__PURE__ */ new Set();
  const siblings = /* @__PURE__ */ new Set();
  const names = /* @__PURE__ */ new Set();
  const byPath = new Map(manifests.map((manifest) => [manifest.path, manifest]));
  const addSource = (source) => {
    if (source.kind === "file") files.add(source.path);
    if (source.kind === "object") names.add(nameIn2(source.name));
    if (source.kind === "chart")
      for (const file of ["Chart.yaml", "values.yaml"]) files.add((0, import_repository_paths.inFolder)(source.folder, file));
  };
  for (const manifest of manifests) {
    const { path, documents } = manifest;
    if ((0, import_charts.isChartFile)(path)) {
      folders.add((0, import_repository_paths.folderOf)(path));
      names.add(nameIn2((0, import_repository_paths.folderOf)(path)));
      for (const { folder } of (0, import_charts.dependenciesOf)((0, import_repository_paths.folderOf)(path), byPath)) addSource({ kind: "chart", folder });
    }
    const chart = (0, import_template_uses.chartOfTemplate)(path);
    if (chart !== void 0 && !(0, import_template_uses.templateUses)(manifest).next().done) {
      folders.add(chart);
      names.add(nameIn2(chart));
      addSource({ kind: "chart", folder: chart });
    }
    if ((0, import_charts.hasValues)(manifest)) {
      const folder = (0, import_charts.valuesFolderOf)(path, charts);
      if (folder !== void 0) folders.add(folder);
      const above = (0, import_charts.foldersAbove)(path);
      for (const one of above) files.add((0, import_repository_paths.inFolder)(one, "Chart.yaml"));
      if (!above.some((one) => charts.has(one)) && hasRepository(manifest)) siblings.add((0, import_repository_paths.folderOf)(path));
      if ((0, import_charts.isValuesFile)(path)) names.add(nameIn2(path));
    }
    for (const document of documents) {
      for (const { object, layers } of (0, import_tag_owners.treesIn)(document)) {
        if (object !== "") names.add(nameIn2(object));
        for (const { source } of layers) addSource(source);
      }
      for (const { name: name2, source } of (0, import_config_objects.configEntries)(document)) {
        names.add(nameIn2(name2));
        addSource(source);
      }
      for (const file of patchedFiles(document)) files.add(file);
    }
  }
  return { files, folders, siblings, names };
}
function hasRepository({ documents: [document] }) {
  return (0, import_tree19.walk)(document?.root).some(
    ({ node }) => node.kind === "map" && node.entries.some(({ key, value }) => {
      const isNamed2 = value.kind === "scalar" && (0, import_image_keys5.readLonePart)(key)?.part === "repository";
      return isNamed2 && !/[:@]|^$/.test(value.text);
    })
  );
}
var nameIn2 = (path) => path.slice(path.lastIndexOf("/") + 1);
function* patchedFiles({ root, path, lines }) {
  if (root?.kind !== "map" || !(lines.includes("HelmRelease") || lines.includes("Application"))) return;
  const folder = (0, import_repository_paths.folderOf)(path);
  for (const { node } of (0, import_tree19.walk)(root)) {
    const file = node.kind === "map" && (0, import_tree19.mapOf)(node, "target") ? (0, import_tree19.scalarOf)(node, "path")?.text : void 0;
    const patch = file === void 0 ? void 0 : (0, import_value_lists.fileAt)(folder, file);
    if (patch) yield patch.path;
  }
  for (const resource of ["resources", "bases", "components"].flatMap((key) => (0, import_value_lists.textsOf)(root, key))) {
    const below = (0, import_repository_paths.repositoryPath)(folder, resource);
    if (below === void 0 || below.includes(import_repository_paths.ANY)) continue;
    if (/\.ya?ml$|\.json$/.test(below)) yield below;
    else for (const name2 of KUSTOMIZATIONS) yield (0, import_repository_paths.inFolder)(below, name2);
  }
}

// src/manifests/scan.ts
var import_tag_owners2 = __toESM(require_tag_owners());
var import_template_uses2 = __toESM(require_template_uses());

// src/manifests/workflow-files.ts
var FOLDERS = String.raw`\.(?:github|gitea|forgejo)`;
var WORKFLOW = new RegExp(String.raw`^${FOLDERS}/workflows/`);
var NAMED2 = new RegExp(String.raw`^(?::\((?![^)]*exclude)[^)]*\)|:/)?(?:\./|/)?${FOLDERS}(?:/|$)`);
var WORKFLOW_REASON = 'is in a workflow, which most tokens may not change (name it in the input "paths")';
var isWorkflow = (path) => WORKFLOW.test(path);
var namesWorkflows = (paths) => paths.some((path) => NAMED2.test(path));

// src/manifests/scan.ts
var import_lines4 = __toESM(require_lines());
var import_manifest2 = __toESM(require_manifest());
var IMAGE_WORDS2 = [
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
    if (isWorkflow(file.path)) return;
    const isContext = mayExplain(file);
    const copy = isContext ? { ...file, bytes: Uint8Array.from(file.bytes) } : file;
    if (isContext) this.#context.push(copy);
    if (!mayHaveImage(file.bytes)) return;
    const manifest = (0, import_manifest2.readManifestOnce)(file.path, file.bytes);
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
    const known2 = new Set(this.#places.map(({ repository }) => repository));
    const certain = this.#doubtful.filter(({ repository }) => known2.has(repository));
    const places = [...this.#places, ...certain];
    const versioned = new Set(places.map(({ repository }) => repository));
    const open2 = [...this.#open, ...this.#unversioned.filter(({ repository }) => !versioned.has(repository))];
    const byFile = (a, b) => compare(a.file, b.file) || a.line - b.line;
    return {
      places: [...(0, import_objects8.groupBy)(places.toSorted(byFileAndLine), ({ repository }) => repository)].toSorted(([a], [b]) => compare(a, b)).flatMap(([, group]) => group),
      open: open2.toSorted(byFile),
      problems: this.#problems
    };
  }
  /** The files whose tags belong to repositories of others. */
  #addWithTags() {
    if (this.#withTags.length === 0) return;
    const policies = this.#context.filter(({ bytes }) => (0, import_search_terms3.mayContain)(bytes, ["ImageRepository", "ImagePolicy"]));
    const seeds = /* @__PURE__ */ new Set([...this.#withTags, ...this.#withRepositories, ...policies]);
    const parse4 = ({ path, bytes }) => (0, import_manifest2.readManifest)(path, bytes);
    const parsed = withRelated([...seeds], this.#context, parse4);
    const manifests = [...parsed.values()];
    const context = {
      ...NO_OWNERS,
      policies: new Map([...readPolicies(manifests), ...this.#policies]),
      tagOwners: (0, import_tag_owners2.findTagOwners)(manifests)
    };
    for (const file of this.#withTags) {
      const manifest = parsed.get(file) ?? parse4(file);
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
    const told = /* @__PURE__ */ new Set();
    for (const { site, convention } of found) {
      if (site.doubt !== void 0) continue;
      const field = versionField(site);
      const { line } = manifest.lines.positionAt(field?.start ?? 0);
      const { name: name2, candidates, of } = site;
      const version = (0, import_image_reference21.formatVersion)(site.version);
      const place = {
        image: this.#own(name2),
        repository: this.#own(of ?? (0, import_image_reference21.repositoryOf)(name2)),
        version: this.#own(version),
        file: manifest.path,
        line,
        where: copyOf(site.where)
      };
      if (candidates) {
        if (field && !told.has(field.scalar)) {
          const image = candidates.length === 1 ? place.image : "";
          const marker2 = markerFor(field, site, manifest.text, image || import_objects8.UNKNOWN_IMAGE) ?? "";
          const reason = `may be of ${candidates.slice(0, MOST_NAMED2).join(" or ")}`;
          this.#open.push({ ...place, image, reason: copyOf(reason), marker: copyOf(marker2) });
        }
        if (field) told.add(field.scalar);
      } else if (version === "") {
        if (!field || !isNamedImage(site)) continue;
        const marker2 = copyOf(markerFor(field, site, manifest.text, name2) ?? "");
        this.#unversioned.push({ ...place, reason: "has no version", marker: marker2 });
      } else if (isImage2(convention, site.where, name2)) this.#places.push({ ...place, convention });
      else this.#doubtful.push({ ...place, convention });
    }
    for (const tag of lone) if (tag.isValue) this.#open.push(openTag(manifest, tag));
  }
  /** One text for all that are the same, since a part of a text keeps the whole of it. */
  #own(text) {
    const known2 = this.#texts.get(text);
    if (known2 !== void 0) return known2;
    const copy = copyOf(text);
    this.#texts.set(copy, copy);
    return copy;
  }
};
var MOST_NAMED2 = 5;
var copyOf = (text) => Buffer.from(text).toString();
var compare = (one, other) => one < other ? -1 : Number(one > other);
var byFileAndLine = (a, b) => compare(a.file, b.file) || a.line - b.line;
function isClaimedBy(found) {
  const versioned = found.filter(({ site }) => (0, import_image_reference21.formatVersion)(site.version) !== "");
  const claimed = new Set(versioned.flatMap(({ site }) => site.fields.map(({ scalar: scalar2 }) => scalar2)));
  return (scalar2) => claimed.has(scalar2);
}
function openTag({ path: file, text, lines }, { scalar: scalar2, part, where }) {
  const entry = entryAt2(text, scalar2.start);
  const { line } = (0, import_lines4.lineAround)(text, scalar2.start);
  const isOfPolicy = line.includes("$imagepolicy");
  return {
    image: "",
    version: copyOf(scalar2.text),
    file,
    line: lines.positionAt(scalar2.start).line,
    where: copyOf(where),
    reason: isOfPolicy ? 'has an image policy that is in no file (name its image in the setting "image-policies")' : "is of an image that no file names",
    marker: entry === void 0 || isOfPolicy ? "" : copyOf(`${entry} # manifest-release: ${import_objects8.UNKNOWN_IMAGE} ${part}`)
  };
}
function isImage2(convention, where, name2) {
  return convention !== "whole-reference" || /image|img/i.test(lastKey(where)) || (0, import_image_reference21.splitName)(name2).path !== name2;
}
function isNamedImage({ fields: [field], named: named3, where }) {
  return named3 === true || field?.role !== "reference" || /(?:image|img|newName)$/i.test(lastKey(where)) || /(?:image|img).*repository$/i.test(where);
}
var lastKey = (where) => /([\w-]+)(?:\[\d+\])*$/.exec(where)?.[1] ?? "";
function mayHaveImage(bytes) {
  if ((0, import_search_terms3.mayContain)(bytes, IMAGE_WORDS2)) return true;
  return WITH_REGISTRY.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1"));
}
function mayExplain({ path, bytes }) {
  return (0, import_charts2.isChartFile)(path) || (0, import_charts2.isValuesFile)(path) || (0, import_template_uses2.chartOfTemplate)(path) !== void 0 || mayBeValues(bytes) || (0, import_search_terms3.mayContain)(bytes, [...VALUES_WORDS, ...FLUX_WORDS, "ImageRepository"]);
}

// src/environments/scan.ts
async function scanRepository(raw, access, ci, log) {
  const paths = (0, import_values.readLines)(raw.paths ?? "");
  const policies = (0, import_values.readPolicyLines)((0, import_values.readLines)(raw["image-policies"] ?? ""));
  log.group("Read the manifests");
  const withoutClone = "";
  return withWorkspace({ access, paths, withoutClone, ci, log }, (workspace) => scanBase(workspace, paths, policies));
}
async function scanBase({ store, log }, paths, policies = /* @__PURE__ */ new Map()) {
  const scan2 = new ManifestScan(policies);
  let count = 0;
  for await (const { manifests, problems } of store.readAll(paths)) {
    for (const problem of problems) log.problem(problem);
    for (const file of manifests) scan2.add(file);
    count += manifests.length;
  }
  const found = scan2.end();
  for (const problem of found.problems) log.problem(problem);
  log.step(`read ${(0, import_objects9.counted)(count, "manifest")}: ${(0, import_objects9.counted)(found.places.length, "place")}`);
  return found;
}

// src/environments/init/config-text.ts
var import_escape8 = __toESM(require_escape());
var HEAD = `# Proposed by manifest-release-pr, mode init, from the images in this repository. Change it as you like: it is never overwritten.
# The keys are explained in docs/environments.md of manifest-release-pr.`;
var MOST_NOTES = 50;
function configText({ apps, notes }) {
  const shown2 = notes.slice(0, MOST_NOTES).map((note) => comment("", note));
  const more = notes.length - shown2.length;
  const left = more > 0 ? [...shown2, comment("", `${more} more images are in no environment; mode scan lists them`)] : shown2;
  return [HEAD, "apps:", ...apps.flatMap(appLines), ...left.length > 0 ? ["", ...left] : [], ""].join("\n");
}
function appLines({ name: name2, images, environments, notes }) {
  return [
    ...notes.map((note) => comment("  ", note)),
    `  ${name2 === "*" ? '"*"' : scalar(name2)}:`,
    `    images: ${list2(images)}`,
    "    environments:",
    ...environments.flatMap((environment2, index) => environmentLines(environment2, environments[index - 1]))
  ];
}
function environmentLines({ name: name2, kind, paths }, before2) {
  const delivery = kind === "development" ? "push" : "pull-request";
  const line = `      ${scalar(name2)}: { paths: ${list2(paths.map(pathspec))}, delivery: ${delivery} }`;
  if (!before2 || before2.kind === kind) return [line];
  return [comment("      ", `To have ${name2} wait for ${before2.name}, add: after: ${before2.name}`), line];
}
var pathspec = (path) => /^:|[*?[\]\\]/.test(path) ? `:(literal)${path}` : path;
var list2 = (texts) => `[${texts.map(scalar).join(", ")}]`;
var scalar = (text) => /^[A-Za-z][\w./-]*$/.test(text) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text) ? text : JSON.stringify(text);
var comment = (indentation, text) => `${indentation}# ${(0, import_escape8.oneLine)(text, 500)}`;

// src/environments/init/propose.ts
var import_objects10 = __toESM(require_objects());
init_rules();
init_schema();

// src/environments/init/environment-names.ts
var import_manifest_names5 = __toESM(require_manifest_names());
var KINDS3 = [
  ["development", /^dev(?:el(?:op(?:ment)?)?)?$/],
  ["integration", /^int(?:egration)?$/],
  ["test", /^(?:test(?:ing)?|tst|non-?prod(?:uction)?|sandbox|preview|demo)$/],
  ["acceptance", /^(?:qa|uat|acc(?:eptance)?)$/],
  ["staging", /^(?:stag(?:e|ing)|stg|pre-?prod(?:uction)?|canary)$/],
  ["production", /^(?:prod(?:uction)?|prd|live)$/]
];
var WEAK = /^(?:int|integration|test|testing|tst|sandbox|preview|demo|acc|acceptance|canary|live)$/;
var FOLDERS2 = /^(?:overlays?|env(?:ironment)?s?|clusters?|stages?|values|variants)$/;
var REGION = /^(?:[a-z]{2,4}\d*|[a-z]{2}-[a-z]+(?:-?\d+[a-z]?)?|\d+)$/;
var VALUES2 = /^(?:values[-_.](.+)|(.+)[-_.]values)$/;
var rankOf = (kind) => KINDS3.findIndex(([name2]) => name2 === kind);
function environmentOf(file) {
  const [first, ...more] = namesIn2(file);
  if (!first) return void 0;
  if (more.some(({ kind }) => kind !== first.kind)) return "several";
  return more.find(({ name: name2 }) => name2.startsWith(`${first.name}-`)) ?? first;
}
function namesIn2(file) {
  const folders = file.split("/");
  const stem = (0, import_manifest_names5.withoutTemplateEnding)(folders.pop() ?? "").replace(/\.(?:ya?ml|json)$/i, "");
  const found = folders.flatMap((folder, index) => {
    const isListed2 = FOLDERS2.test((folders[index - 1] ?? "").toLowerCase());
    const named4 = readName(folder.toLowerCase(), isListed2);
    return named4 ? { ...named4, path: folders.slice(0, index + 1).join("/") } : [];
  });
  const [, behind, before2] = VALUES2.exec(stem.toLowerCase()) ?? [];
  const values = behind ?? before2;
  const named3 = readName(values ?? stem.toLowerCase(), values !== void 0);
  return named3 ? [...found, { ...named3, path: file }] : found;
}
function readName(text, isListed2) {
  const whole = kindOf(text);
  if (whole) return isListed2 || !WEAK.test(text) ? { name: text, kind: whole } : void 0;
  const [, first = "", region = ""] = /^([a-z]+)[-_.](.+)$/.exec(text) ?? [];
  const before2 = WEAK.test(first) ? void 0 : kindOf(first);
  if (before2 && REGION.test(region)) return { name: text, kind: before2 };
  const [, last = ""] = /[-_.]((?:pre-|non-)?[a-z]+)$/.exec(text) ?? [];
  const behind = WEAK.test(last) ? void 0 : kindOf(last);
  return behind && { name: last, kind: behind };
}
var kindOf = (text) => KINDS3.find(([, words2]) => words2.test(text))?.[0];

// src/environments/init/propose.ts
var MANY = 4;
var MOST_NAMED3 = 3;
function propose(places, owner) {
  const all = [...(0, import_objects10.groupBy)(places, ({ repository }) => repository)].map(
    ([repository, own2]) => candidateOf2(repository, own2)
  );
  const [named3, unnamed] = divide(all, ({ environments }) => environments.length > 0);
  const isOwn = ({ repository }) => repository.split("/").includes(owner.toLowerCase());
  const [own, others] = named3.some(isOwn) ? divide(named3, isOwn) : [named3, []];
  const { apps, unnameable } = asApps(own);
  return {
    apps: inShapes(apps),
    notes: [
      ...unnamed.map((one) => `${one.image} is in no environment by its path: ${listed3(one.places)}`),
      ...others.map((one) => `${one.image} is left out, since it is no image of ${owner}: ${listed3(one.places)}`),
      ...unnameable.map((one) => `${one.image} is left out, since another app has its name: ${listed3(one.places)}`)
    ]
  };
}
function candidateOf2(repository, places) {
  const read2 = places.map((place) => ({ place, environment: environmentOf(place.file) }));
  const named3 = read2.flatMap(
    ({ place, environment: environment2 }) => typeof environment2 === "object" ? [{ place, environment: environment2 }] : []
  );
  const environments = [...(0, import_objects10.groupBy)(named3, ({ environment: environment2 }) => environment2.name)].flatMap(([name2, group]) => {
    const [first] = group;
    if (!first || !isName(name2)) return [];
    const own = new Set(group.map(({ place }) => place.file));
    const foreign = places.filter(({ file }) => !own.has(file));
    return [{ name: name2, kind: first.environment.kind, paths: pathsOf(group, foreign) }];
  });
  const several = read2.filter(({ environment: environment2 }) => environment2 === "several").map(({ place }) => place);
  const without2 = read2.filter(({ environment: environment2 }) => environment2 === void 0).map(({ place }) => place);
  return {
    repository,
    image: places[0]?.image ?? repository,
    places,
    environments: environments.toSorted((a, b) => rankOf(a.kind) - rankOf(b.kind) || (a.name < b.name ? -1 : 1)),
    notes: [
      ...several.length > 0 ? [`in no environment, since the path names several: ${listed3(several)}`] : [],
      ...without2.length > 0 ? [`in no environment by its path: ${listed3(without2)}`] : []
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
  const shapes = (0, import_objects10.groupBy)(candidates, ({ repository, places, environments }) => {
    const folder = repository.slice(0, repository.lastIndexOf("/"));
    const versions = new Set(places.map(({ file, version }) => `${file} ${version}`));
    return JSON.stringify([folder, environments, [...versions].toSorted()]);
  });
  const groups = [...shapes.values()].flatMap((group) => {
    const [shortest, ...others] = group.toSorted((a, b) => a.repository.length - b.repository.length);
    const isOne = shortest && others.every(({ repository }) => repository.startsWith(`${shortest.repository}-`));
    return isOne ? [[shortest, ...others]] : group.map((one) => [one]);
  });
  const names = (0, import_objects10.groupBy)(groups, ([first]) => nameOf(first?.repository ?? "", 1));
  const named3 = groups.map((group) => {
    const [short, long] = [1, 2].map((length) => nameOf(group[0]?.repository ?? "", length));
    return { group, name: (names.get(short ?? "")?.length ?? 0) > 1 ? long ?? "" : short ?? "" };
  });
  const owners = (0, import_objects10.groupBy)(named3, ({ name: name2 }) => name2);
  const isNameable = ({ name: name2 }) => isName(name2) && owners.get(name2)?.length === 1;
  const [good, bad] = divide(named3, isNameable);
  const apps = good.map(({ group, name: name2 }) => ({
    name: name2,
    images: group.map(({ image }) => image),
    environments: group[0]?.environments ?? [],
    notes: group.flatMap(({ image, notes }) => notes.map((note) => `${image} is ${note}`))
  }));
  return { apps: apps.toSorted((a, b) => a.name < b.name ? -1 : 1), unnameable: bad.flatMap(({ group }) => group) };
}
var nameOf = (repository, length) => repository.split("/").slice(-length).join("-");
function inShapes(apps) {
  const shapes = (0, import_objects10.groupBy)(apps, (app2) => JSON.stringify(shapeOf(app2)));
  const [most = []] = [...shapes.values()].toSorted((a, b) => b.length - a.length);
  const [first] = most;
  if (!first || most.length < MANY || !isShape(first)) return [...apps];
  const same = most.filter(isShape);
  const notes = [`For ${shorten(same.map(({ name: name2 }) => name2))}, and for each new app of this shape.`];
  return [...apps.filter((app2) => !same.includes(app2)), { name: "*", ...shapeOf(first), notes }];
}
var PLACEHOLDER3 = "{{ app }}";
function shapeOf({ name: name2, images, environments }) {
  const word2 = new RegExp(`(?<![A-Za-z0-9])${name2.replace(/[.]/g, "\\.")}(?![A-Za-z0-9])`, "g");
  const fill = (text) => text.replace(word2, PLACEHOLDER3);
  return {
    images: images.map(fill),
    environments: environments.map((one) => ({ ...one, paths: one.paths.map(fill) }))
  };
}
function isShape(app2) {
  const { images, environments } = shapeOf(app2);
  const filled = (texts) => texts.map((text) => fillPlaceholders(text, { app: app2.name }));
  const isSame3 = (one, other) => one.join("\n") === other.join("\n");
  return app2.notes.length === 0 && images.every((image) => image.includes(PLACEHOLDER3)) && isSame3(filled(images), app2.images) && environments.every(({ paths }, index) => isSame3(filled(paths), app2.environments[index]?.paths ?? []));
}
function divide(items, isFirst) {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
var listed3 = (places) => shorten(places.map(({ file, line }) => `${file}:${line}`));
function shorten(texts) {
  const more = texts.length - MOST_NAMED3;
  return texts.slice(0, MOST_NAMED3).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

// src/environments/init/init.ts
var BRANCH = "manifest-release/init";
var TITLE = "Add the config file of manifest releases";
async function initialize(raw, access, ci, log) {
  const commit = (0, import_inputs.readCommitOptions)(raw, ci);
  const isDry = (0, import_values2.readChoice)("dry-run", raw["dry-run"]?.trim() || "false") === "true";
  const file = configPath({ ...raw.config?.trim() && { config: raw.config.trim() } });
  log.group("Read the manifests");
  const paths = (0, import_values2.readLines)(raw.paths ?? "");
  return withWorkspace(
    { access, paths, withoutClone: "", ci, log },
    (workspace) => retryOnMoved(log, async (again) => {
      if (again) await workspace.store.refresh();
      return initializeBase(workspace, { file, paths, commit, isDry });
    })
  );
}
async function initializeBase(workspace, { file, paths, commit, isDry }) {
  const { store, forge, log, access } = workspace;
  const { manifests } = await store.read({ words: [], files: [file] });
  if (manifests.length > 0) throw (0, import_errors16.failure)("CONFIG_EXISTS", { file, base: store.base });
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
  if (apps.length === 0) throw (0, import_errors16.failure)("CONFIG_NOT_PROPOSED", { notes: notes.slice(0, 5) });
  const text = configText(proposal);
  readConfig(file, text);
  log.step(`proposed ${(0, import_objects11.counted)(apps.length, "app")}; ${(0, import_objects11.counted)(notes.length, "image")} left to a person`);
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
  const { open: open2, past } = await forge.find([BRANCH], store.base);
  const present = open2.find(({ branch }) => branch === BRANCH);
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
  const written2 = await store.write({ parent: parent.id, message, author, time, files }, signer);
  if (sign === "api" && forge?.commit) {
    const place = { branch: BRANCH, expected: "", parent: parent.id, parentTree: parent.tree };
    const made = await forge.commit({ ...place, tree: written2.tree, message, files });
    return made && { id: made.id, page: made.page ?? "" };
  }
  const pushed = await store.push(written2.id, BRANCH, "");
  return pushed && { id: written2.id, page: pushed.page };
}
var ownerOf = ({ remote: { name: name2, transport } }) => transport === "file" ? "" : name2.split("/").at(-2) ?? "";
function bodyOf(file, { apps, notes }) {
  const [first] = apps;
  const app2 = first?.name === "*" ? "APP" : first?.name ?? "";
  const left = notes.length === 0 ? [] : [`${(0, import_objects11.counted)(notes.length, "image")} could not be placed; the comments at the end of the file name them.`, ""];
  return [
    `This adds \`${file}\`, which says where each app is deployed, made from the`,
    "names of folders and files. Development is delivered by push, all else by pull request.",
    "",
    ...left,
    "Read it before you merge it. After the merge a release names the app alone:",
    "",
    "```yaml",
    "with:",
    `  app: ${app2}`,
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
var import_errors19 = __toESM(require_errors());
var import_escape10 = __toESM(require_escape());
var import_connect3 = __toESM(require_connect());
var import_lookup3 = __toESM(require_lookup());
var import_wait3 = __toESM(require_wait());

// src/release/after-merge/landing.ts
var import_promises7 = require("node:timers/promises");
var import_errors17 = __toESM(require_errors());
var import_escape9 = __toESM(require_escape());
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
var CLOCK = { now: Date.now, sleep: import_promises7.setTimeout };
var FIRST_PAUSE = 2e3;
var LONGEST_PAUSE = 6e4;
var MOST_LATER = 10;
var NOTHING2 = { mergedCommit: "", deployed: void 0, by: [], seconds: void 0 };
async function awaitLanding(merges, target, wait, log, clock = CLOCK) {
  const watch = new Watch(merges, wait, log, clock);
  let landing = NOTHING2;
  try {
    const merge = "commit" in target ? target : await watch.merge(target);
    landing = { ...landing, mergedCommit: merge.commit };
    if (wait.until !== "deployed") return landing;
    const by = await watch.deployment(merge);
    return { ...landing, deployed: true, by: by.map(({ context }) => context), ...secondsOf(merge, by) };
  } catch (error) {
    if (!(error instanceof import_errors17.ReleaseError)) throw error;
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
  async merge({ number, name: name2 }) {
    this.#log.step(`waiting up to ${this.#wait.timeoutText} until ${name2} is merged`);
    const merge = await this.#until(async () => {
      const found = await this.#merges.read(number);
      return found.state === "open" || found.state === "merged" && found.commit === "" ? void 0 : found;
    });
    if (!merge) throw (0, import_errors17.failure)("NOT_MERGED", { name: name2, timeout: this.#wait.timeoutText });
    if (merge.state === "closed") throw (0, import_errors17.failure)("CLOSED_UNMERGED", { name: name2 });
    this.#log.step(`${name2} was merged into ${merge.base} as ${merge.commit.slice(0, 7)}`);
    return merge;
  }
  /** The statuses that say it is deployed. Throws DEPLOYMENT_REFUSED, VERDICT_MISSING and what the forge throws. */
  async deployment({ commit, base }) {
    const { watched, timeoutText: timeout } = this.#wait;
    const texts = watched.map(({ text }) => text);
    this.#log.step(`waiting until ${texts.join(", ")} says whether ${commit.slice(0, 7)} is deployed`);
    const known2 = /* @__PURE__ */ new Map();
    let last = { kind: "pending", missing: texts };
    const by = await this.#until(async () => {
      const isFirst = known2.size === 0;
      const { stated, isOnBase } = await readStated(this.#merges, watched, { commit, base }, void 0, known2);
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
    if (this.refused) throw (0, import_errors17.failure)("DEPLOYMENT_REFUSED", { ...this.refused, timeout });
    const contexts = [...new Set([...known2.values()].flat().map(({ context }) => context))];
    const { missing } = last;
    throw (0, import_errors17.failure)("VERDICT_MISSING", { commit, base, timeout, missing, contexts });
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
        if (!(error instanceof import_errors17.ReleaseError) || error.blame !== "again" || isLast) throw error;
        const asked = (error.retryAfter ?? 0) * 1e3;
        if (this.#clock.now() + asked > this.#end) throw error;
        pause = Math.max(LONGEST_PAUSE, asked);
        this.#log.step(`${(0, import_escape9.oneLine)(error.message, 300)} Asking again in ${Math.ceil(this.#within(pause) / 1e3)} s.`);
      }
      if (isLast) return void 0;
      await this.#clock.sleep(this.#within(pause));
    }
  }
};
async function readStated(merges, watched, { commit, base }, next, known2 = /* @__PURE__ */ new Map()) {
  const onTop = await merges.since(commit, base);
  const later = next === void 0 ? onTop : onTop?.slice(0, Math.max(0, onTop.indexOf(next)));
  const beside = Object.entries(merges.beside ?? {}).filter(([kind]) => watched.some((one) => (0, import_wait2.asksFor)(one, kind)));
  for (const one of [commit, ...(later ?? []).slice(-MOST_LATER)]) {
    const statuses = [await merges.statuses(one)];
    for (const [, read2] of beside) statuses.push(await read2(one));
    known2.set(one, statuses.flat());
  }
  const stated = [commit, ...later ?? []].flatMap((one) => {
    const statuses = known2.get(one);
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
var import_errors18 = __toESM(require_errors());
function mergesFor(forge, watched, repository) {
  if (!forge?.merges) throw (0, import_errors18.failure)("WAIT_NEEDS_API", { repository });
  const byAuthor = watched.find(({ author }) => author !== "");
  if (byAuthor && !forge.merges.tellsAuthors) {
    const reason = `names an author, and ${forge.name} does not tell who wrote a status: leave out "by ${byAuthor.author}"`;
    throw (0, import_errors18.failure)("INPUT_INVALID", { input: "verdict", value: byAuthor.text, reason });
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
  const connection = connect2(access, ci, log);
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
  if (given === "") throw (0, import_lookup3.missingInput)("wait-for");
  const wait = readModeWait(raw);
  const read2 = readTarget(given, access.base);
  log.group(`Wait for ${(0, import_escape10.oneLine)(given)}`);
  const forge = await connect2(access, ci, log);
  const target = "commit" in read2 ? read2 : { ...read2, name: (0, import_name2.pullRequestName)(forge, read2.number) };
  return land(forge, target, wait, access, ci, log);
}
var readModeWait = (raw) => (0, import_wait3.readWait)({ ...raw, wait: raw.wait?.trim() === "merge" ? "merge" : "deployed" });
function readTarget(value, base) {
  const [, number] = /^[#!]?(\d{1,9})$/.exec(value) ?? [];
  if (number !== void 0) return { number: Number(number) };
  if (!/^(?:[\da-f]{40}|[\da-f]{64})$/.test(value)) {
    const reason = "is neither the number of a pull request nor the whole id of a commit";
    throw (0, import_errors19.failure)("INPUT_INVALID", { input: "wait-for", value, reason });
  }
  if (base === "") throw (0, import_lookup3.missingInput)("base");
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
async function connect2(access, ci, log) {
  const listeners = { log: (text) => log.step(text), debug: (text) => log.debug(text) };
  return (0, import_connect3.connectForge)(await access.asked ?? access, ci, listeners);
}
async function land(forge, target, wait, access, ci, log) {
  const landing = await landingBy(forge, target, wait, access.remote.name, log);
  if (!landing.error) return landing;
  const explained = await (0, import_connect3.explainRefusal)(landing.error, await access.asked ?? access, ci);
  return explained instanceof import_errors19.ReleaseError ? { ...landing, error: explained } : landing;
}
async function landingBy(forge, target, wait, repository, log) {
  try {
    if (!target) throw (0, import_errors19.failure)("WAIT_NEEDS_API", { repository });
    return await awaitLanding(mergesFor(forge, wait.watched, repository), target, wait, log);
  } catch (error) {
    if (!(error instanceof import_errors19.ReleaseError)) throw error;
    return { ...NOTHING2, error };
  }
}

// src/environments/release-once.ts
var release_once_exports = {};
__export(release_once_exports, {
  releaseOnce: () => releaseOnce
});
var import_errors38 = __toESM(require_errors());
var import_identity7 = __toESM(require_identity());
var import_inputs2 = __toESM(require_inputs());

// src/release/release.ts
var import_repository_api6 = __toESM(require_repository_api());
var import_checked_images4 = __toESM(require_checked_images());

// src/release/conclude.ts
var import_errors35 = __toESM(require_errors());

// src/release/compare-builds.ts
var import_escape11 = __toESM(require_escape());
var import_time = __toESM(require_time());
var import_version3 = __toESM(require_version());
function whyOlder(present, next) {
  const { versions, build } = present;
  const verdict = byVersions(versions) ?? (build && (byCommits(build, next, present.comparison) ?? byTimes(build, next) ?? byNumbers(build, next)));
  return typeof verdict === "object" ? `${(0, import_escape11.oneLine)(present.where)} ${verdict.older}` : void 0;
}
function commitsToCompare({ versions, build }, next) {
  if (!build || byVersions(versions) !== void 0) return void 0;
  const [one, other] = [build.source, next.source];
  const isSameRepository = one.repository.toLowerCase() === other.repository.toLowerCase();
  const isKnown2 = other.repository !== "" && isSameRepository && [one, other].every(isCommit);
  return isKnown2 && one.commit !== other.commit ? [one.commit, other.commit] : void 0;
}
function byVersions(pairs) {
  const orders = pairs.map(([present2, next2]) => (0, import_version3.compareVersions)(next2, present2));
  if (orders.includes(void 0)) return void 0;
  const [present, next] = pairs[orders.findIndex((order) => order !== void 0 && order < 0)] ?? [];
  if (present !== void 0 && next !== void 0) {
    return { older: `has ${tagOf(present)}, which is newer than ${tagOf(next)}` };
  }
  return orders.some((order) => order !== 0) ? "not older" : void 0;
}
function byCommits({ source: present }, { source: next }, comparison) {
  const isSame3 = next.commit !== "" && isCommit(next) && present.commit === next.commit;
  if (isSame3 && present.repository.toLowerCase() === next.repository.toLowerCase()) return "not older";
  if (comparison === "ahead" || comparison === "identical") return "not older";
  if (comparison !== "behind") return void 0;
  const commit = `${(0, import_escape11.oneLine)(present.repository)}@${present.commit.slice(0, 7)}`;
  return { older: `has the build of ${commit}, and ${next.commit.slice(0, 7)} is behind it` };
}
function byTimes({ source: present }, { source: next }) {
  const [there, ours] = [(0, import_time.utcTime)(present.time), (0, import_time.utcTime)(next.time)];
  if (there === "" || ours === "" || there === ours) return void 0;
  if (there < ours) return "not older";
  return { older: `has a build of ${there}, which is later than ${ours}` };
}
function byNumbers({ source: present }, { source: next }) {
  const [there, ours] = [readNumber(present.build), readNumber(next.build)];
  if (!there || !ours || there.workflow !== ours.workflow || there.run <= ours.run) return void 0;
  return { older: `has run ${there.run} of ${(0, import_escape11.oneLine)(there.workflow)}, which is later than run ${ours.run}` };
}
function readNumber(number) {
  const [, workflow, run2] = /^(.+)#(\d{1,15})$/s.exec(number) ?? [];
  return workflow === void 0 ? void 0 : { workflow, run: Number(run2) };
}
var isCommit = ({ commit }) => /^[\da-f]{7,64}$/i.test(commit);
var tagOf = (version) => (0, import_escape11.oneLine)((0, import_version3.withoutDigest)(version));

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
  if (!policy.force && rolledBackBy !== void 0) {
    return { kind: "decline", reason: `${rolledBackBy} rolled it back`, pullRequest: void 0 };
  }
  if (!policy.force && pullRequests.declined && !pullRequests.present) {
    return { kind: "decline", reason: "", pullRequest: pullRequests.declined };
  }
  if (policy.onForeignCommits === "stop" && foreign.length > 0) return { kind: "refuse", commits: foreign };
  return { kind: "release" };
}
function decideObsolete({ inputs: { policy } }, { pullRequests, disposable }) {
  const { present, others } = pullRequests;
  const open2 = [...present ? [present] : [], ...others];
  if (open2.length === 0) return { kind: "unchanged" };
  const isFree = ({ pullRequest: { head } }) => head !== void 0 && (policy.onForeignCommits === "reset" || disposable.has(head.id));
  return { kind: "close", closed: open2.filter(isFree), kept: open2.filter((one) => !isFree(one)) };
}
function decideSuperseded({ inputs: { policy }, build }, others) {
  for (const { known: known2, present } of policy.order === "newest" ? others : []) {
    const reason = whyOlder(present, build);
    if (reason !== void 0) return { newer: known2, reason };
  }
  return { superseded: others.map(({ known: known2 }) => known2) };
}
function whyOlderThanAny(present, build) {
  for (const one of present) {
    const reason = whyOlder(one, build);
    if (reason !== void 0) return reason;
  }
  return void 0;
}

// src/release/observe.ts
var import_version7 = __toESM(require_version());

// src/release/build.ts
var import_image_reference22 = __toESM(require_image_reference());
function buildOf(images, operation, { source, run: run2 }) {
  const { repository, commit, time, build } = source;
  const digests = images.flatMap(
    ({ reference: { name: name2 }, digest }) => digest === void 0 ? [] : (0, import_image_reference22.formatReference)({ name: name2, digest })
  );
  return {
    images: images.map(({ reference }) => (0, import_image_reference22.formatReference)(reference)),
    ...digests.length > 0 && { digests },
    source: { repository, commit, time, build },
    operation,
    run: run2
  };
}
function canonical(text) {
  const reference = (0, import_image_reference22.parseReference)(text);
  return reference ? (0, import_image_reference22.formatReference)({ ...reference, name: (0, import_image_reference22.repositoryOf)(reference.name) }) : text;
}
function hasSameImages(one, other) {
  const [a, b] = [one, other].map(({ images }) => new Set(images.map(canonical)));
  return a !== void 0 && b !== void 0 && a.size === b.size && [...a].every((image) => b.has(image));
}
function versionsOf({
  images
}) {
  return images.flatMap((image) => {
    const reference = (0, import_image_reference22.parseReference)(image);
    return reference ? [[(0, import_image_reference22.repositoryOf)(reference.name), (0, import_image_reference22.formatVersion)(reference)]] : [];
  });
}
function versionPairs(present, next) {
  const there = versionsOf(present);
  return versionsOf(next).flatMap(
    ([repository, version]) => there.filter(([other]) => other === repository).map(([, presentVersion]) => [presentVersion, version])
  );
}
function sourceOf(build, { source: own }) {
  const { repository = "", commit = "", time = "", build: number = "" } = build?.source ?? {};
  const isShown = commit !== "" && own.commit !== "" && own.repository !== "";
  const url = isShown ? own.url.replace(own.repository, repository).replace(own.commit, commit) : "";
  return { repository, commit, url, time, ref: "", build: number };
}
function hasVersion2(build, image, version) {
  const repository = (0, import_image_reference22.repositoryOf)(image);
  const digests = versionsOf({ images: build.digests ?? [] }).filter(([other]) => other === repository);
  return versionsOf(build).some(
    ([other, tag]) => other === repository && [tag, ...digests.map(([, digest]) => `${tag}@${digest}`)].includes(version)
  );
}

// src/release/carried.ts
var import_errors24 = __toESM(require_errors());
var import_image_reference32 = __toESM(require_image_reference());
var import_ci = __toESM(require_ci());
var import_operation = __toESM(require_operation());

// src/manifests/deployed-versions.ts
var import_errors20 = __toESM(require_errors());
var import_image_reference24 = __toESM(require_image_reference());

// src/manifests/inventory.ts
var import_image_reference23 = __toESM(require_image_reference());
var import_search_terms4 = __toESM(require_search_terms());
var import_tag_owners3 = __toESM(require_tag_owners());

// src/manifests/word-search.ts
var WordSearch = class {
  /** The column of each byte; 0 for those that no word has. */
  #columns = new Uint8Array(256);
  #width;
  /** For each state and column the offset of the next state's row; -1 where a word ends. */
  #transitions;
  constructor(words2) {
    const encoded = [...words2].map((word2) => Buffer.from(word2));
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
    let last = 0;
    for (const word2 of words2) {
      let state = 0;
      for (const byte of word2) {
        const at = state * width + (this.#columns[byte] ?? 0);
        if (rows[at] === 0) rows[at] = last += 1;
        state = rows[at] ?? 0;
      }
      isEnd[state] = 1;
    }
    const fallback = new Int32Array(last + 1);
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
    return rows.subarray(0, (last + 1) * width).map((state) => isEnd[state] === 1 ? -1 : state * width);
  }
};

// src/manifests/inventory.ts
var import_manifest3 = __toESM(require_manifest());
function takeInventory(files, { images, policies, targets = [] } = {}) {
  const parse4 = ({ path, bytes }) => (0, import_manifest3.readManifest)(path, bytes);
  const parsed = images ? withRelated(files.filter(mayName(images, targets)), files, parse4) : new Map(files.map((file) => [file, parse4(file)]));
  const manifests = [...parsed.values()];
  const context = {
    policies: new Map([...readPolicies(manifests), ...policies ?? []]),
    targets,
    tagOwners: (0, import_tag_owners3.findTagOwners)(manifests)
  };
  const inventoried = files.flatMap((file) => {
    const manifest = parsed.get(file);
    return manifest && !file.isContext ? { file, manifest, places: placesIn(manifest, context) } : [];
  });
  const read2 = [...parsed.keys()];
  return { files: inventoried, read: read2, places: inventoried.flatMap(({ places }) => places), context };
}
function presentImages(images, { files, places }) {
  const certain = places.filter(({ site }) => !site.candidates && site.doubt === void 0);
  const repositories = new Set(certain.map(({ repository }) => repository));
  const search = new TextSearch(images);
  const unread = files.filter(({ manifest }) => manifest.defect);
  const named3 = new Set(
    unread.flatMap(({ manifest: { path, text } }) => [...search.find(path, text, true)].map(({ image }) => image))
  );
  return images.filter((image) => {
    const names = [image.reference.name, image.replaces];
    return names.some((name2) => repositories.has((0, import_image_reference23.repositoryOf)(name2))) || named3.has(image);
  });
}
var KEYS_OF_REGISTRIES = ["egistry", "epository", "EGISTRY", "EPOSITORY"];
function mayName(images, targets) {
  const { words: words2, registries } = (0, import_search_terms4.searchTerms)(images);
  const terms = new WordSearch([...words2, ...words2.map((word2) => word2.replaceAll("/", "\\/")), ...FLUX_WORDS]);
  const withPath = new WordSearch(registries);
  const named3 = new Set(targets.map(({ file }) => file));
  return ({ path, bytes }) => named3.has(path) || terms.isIn(bytes) || (0, import_search_terms4.mayContain)(bytes, KEYS_OF_REGISTRIES) && withPath.isIn(bytes);
}
function placesIn(manifest, context) {
  return findSites(manifest, context).map((site) => {
    const { where, name: name2, version, of } = site;
    const { line } = manifest.lines.positionAt(versionField(site)?.start ?? 0);
    return { file: manifest.path, line, where, image: name2, repository: of ?? (0, import_image_reference23.repositoryOf)(name2), version, site };
  });
}

// src/manifests/deployed-versions.ts
function readDeployedVersions(images, files, options = {}) {
  return deployedVersionsIn(takeInventory(files, { ...options, images: asImages(images) }), images, options.onlyTags);
}
var asImages = (names) => names.map((name2) => ({ reference: { name: name2 }, replaces: name2 }));
function deployedVersionsIn(inventory, images, onlyTags) {
  const { selected } = selectPlaces(asImages(images), inventory, { onlyTags });
  return [...selected].map(([{ version, file, line, where }, { replaces }]) => {
    return { image: replaces, version: (0, import_image_reference24.formatVersion)(version), file, line, where };
  }).filter(({ version }) => version !== "");
}
function versionsOf2(deployed) {
  const images = [...new Set(deployed.map(({ image }) => image))];
  const byImage = images.map((image) => deployed.filter((place) => place.image === image));
  const chosen2 = byImage.map((places) => {
    return places.find(({ version }) => places.every((other) => (0, import_image_reference24.isPartOf)(other.version, version)));
  });
  const differing = byImage.filter((_, index) => chosen2[index] === void 0);
  if (differing.length > 0) throw (0, import_errors20.failure)("IMAGES_DIFFER", { places: differing.flat() });
  return new Map(chosen2.flatMap((place) => place ? [[place.image, place.version]] : []));
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

// src/manifests/plan.ts
var import_errors22 = __toESM(require_errors());

// src/manifests/edit-fields.ts
var import_errors21 = __toESM(require_errors());
var import_image_reference25 = __toESM(require_image_reference());

// src/manifests/yaml/scalar.ts
var WORDS = /* @__PURE__ */ new Set([
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
  return PLAIN_CHARACTERS.test(text) && !text.endsWith(":") && !WORDS.has(text.toLowerCase()) && !WORDS.has(withoutUnderscores.toLowerCase()) && !NOT_STRINGS.some((pattern) => pattern.test(withoutUnderscores));
}
function isTypedBySet(text) {
  if (/^(?:true|false|null|0)$/i.test(text)) return true;
  return /^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= MAX_INTEGER;
}
var MAX_INTEGER = 2n ** 63n - 1n;
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
  const shown2 = (value) => moved ? (0, import_image_reference25.formatReference)(value) : (0, import_image_reference25.formatVersion)(value);
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
function targetOf2(place, { reference, digest: known2 }) {
  const present = (0, import_image_reference25.formatReference)(referenceAt(place));
  const { version, site } = place;
  const has = (role) => site.fields.some((field) => field.role === role);
  const needsDigest = version.digest !== void 0 || !(has("reference") || has("tag") || has("bare-tag"));
  const given = needsDigest && known2 !== void 0 ? { digest: known2, ...reference } : reference;
  const moves = (0, import_image_reference25.repositoryOf)(given.name) !== (0, import_image_reference25.repositoryOf)(place.image);
  if (!moves && hasAlready(version, given)) return referenceAt(place);
  const hasRoom = given.digest !== void 0 && (!has("hex") || given.digest.startsWith("sha256:"));
  if (needsDigest && !hasRoom) throw (0, import_errors21.failure)("DIGEST_REQUIRED", { place, present });
  const isEmpty8 = (0, import_image_reference25.formatVersion)(version) === "";
  const isFilled = isEmpty8 && site.fields.some(({ role, text }) => role === "tag" && text !== void 0);
  const needsTag = has("bare-tag") || (version.tag !== void 0 || isFilled) && !has("reference");
  if (needsTag && given.tag === void 0) {
    throw (0, import_errors21.failure)("TAG_REQUIRED", { place, present });
  }
  const hasTag = has("reference") || needsTag || isEmpty8 && has("tag");
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
        throw (0, import_errors21.failure)("ANCHOR_SHARED", { place: changing.place, other: other.place, image: other.place.image });
      }
      wanted.set(key, { value, target });
    }
    for (const { field, value } of target.image ? writtenFields(target, text) : []) {
      const { start: start3, end: end2, style, before: before2 = "", after = "" } = field;
      const edit = { start: start3, end: end2, text: before2 + writeScalar(value, style) + after };
      edits.set(`${start3} ${before2}`, edit);
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
function isMisread({ text: value, style, start: start3, end: end2 }, text) {
  if (value === void 0 || style === "verbatim" || text.slice(start3, end2) !== value) return false;
  if (writeScalar(value, style) === value) return false;
  return !/(?:^|\s)!(?:!str)?(?:[ \t]+&\S+)?[ \t]+$/.test(text.slice(Math.max(start3 - LONGEST_TAG, 0), start3));
}
function textFor({ role, text }, { place, reference }) {
  const apart = (other) => place.site.fields.some((field) => field.role === other);
  const moved = reference.name !== place.image;
  const behindRegistry = () => apart("registry") ? (0, import_image_reference25.splitName)(reference.name).path : reference.name;
  switch (role) {
    case "reference":
      return (0, import_image_reference25.formatReference)(reference);
    case "tag":
      return apart("digest") || apart("hex") ? reference.tag : (0, import_image_reference25.formatVersion)(reference);
    case "bare-tag":
      return reference.tag;
    case "digest":
      return reference.digest;
    case "hex":
      return reference.digest?.replace(/^.*:/, "");
    case "name":
      return moved || text === "" ? reference.name : void 0;
    case "registry":
      return moved ? (0, import_image_reference25.splitName)(reference.name).registry : void 0;
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
var import_image_reference26 = __toESM(require_image_reference());
var import_version4 = __toESM(require_version());
var import_lines5 = __toESM(require_lines());
function findLeftovers(images, texts, left) {
  const search = new TextSearch(images);
  const named3 = images.flatMap(
    (image) => [image.reference.name, image.replaces].map((name2) => [(0, import_image_reference26.repositoryOf)(name2), image])
  );
  const byRepository = new Map(named3.toReversed());
  const all = [
    ...left.flatMap((place) => leftoverOf(place, byRepository)),
    ...texts.flatMap((text) => leftoversIn(text, search))
  ];
  const found = /* @__PURE__ */ new Map();
  for (const one of all) {
    const key = `${one.file}:${one.line} ${(0, import_image_reference26.repositoryOf)(one.image)} ${(0, import_version4.withoutDigest)(one.version)}`;
    if (!found.has(key)) found.set(key, one);
  }
  const order = new Map(texts.map(({ path }, index) => [path, index]));
  const rank2 = ({ file }) => (order.get(file) ?? 0) + (DOCUMENTATION.test(file) ? texts.length : 0);
  return [...found.values()].toSorted((a, b) => rank2(a) - rank2(b) || a.line - b.line);
}
var DOCUMENTATION = /\.(?:mdx?|markdown|rst|adoc|txt|html?)$|(?:^|\/)(?:docs?|CHANGELOG)(?:\/|$)/i;
function leftoverOf({ place, reason }, images) {
  const { file, line, image: name2, repository, version, site } = place;
  if (site.doubt === "may be a port" && isPort(version.tag ?? "")) return [];
  const image = images.get(repository);
  const present = (0, import_image_reference26.formatVersion)(version);
  return image && isOther(image, name2, present) ? [{ file, line, image: name2, version: present, reason }] : [];
}
function leftoversIn({ path, text, reason }, search) {
  const lines = new import_lines5.LineTable(text);
  return otherReferences(path, text, search).map((reference) => {
    const { name: name2, version, offset, isVariable } = reference;
    const why = isVariable ? "has a variable in place of its registry" : reason ?? reasonAt(text, reference);
    const { line } = lines.positionAt(offset);
    return { file: path, line, image: name2, version: (0, import_image_reference26.formatVersion)(version), reason: why };
  });
}
function reasonAt(text, { image, version, offset, isApart }) {
  const { line } = (0, import_lines5.lineAround)(text, offset);
  if (/\{\{|\{%/.test(line)) return "is on a line of a template";
  const isOnlyDigest = isApart && version.tag === void 0;
  if (isOnlyDigest && image.reference.digest === void 0) return "is a digest, and no new digest was given";
  return isApart ? "is in keys of no known convention" : "is part of a longer text";
}

// src/manifests/lost-markers.ts
var import_image_reference27 = __toESM(require_image_reference());
var MARKER = /^(?<before>.*?)#[ \t]*manifest-release:[ \t]*(?<image>\S+)/;
function findLostMarkers(images, texts) {
  const released = new Set(images.flatMap(({ reference, replaces }) => [reference.name, replaces].map(import_image_reference27.repositoryOf)));
  return texts.filter(({ path, text }) => text.includes("manifest-release:") && !DOCUMENTATION.test(path)).flatMap(
    ({ path, text, reason }) => text.split("\n").flatMap((line, index) => {
      const { before: before2 = "", image = "" } = MARKER.exec(line)?.groups ?? {};
      const name2 = (0, import_image_reference27.parseReference)(image)?.name;
      const isAlone = /^[\s#/-]*$/.test(before2);
      if (name2 === void 0 || !released.has((0, import_image_reference27.repositoryOf)(name2)) || !(isAlone || reason !== void 0)) return [];
      const why = isAlone ? "is on a line of its own, and is to be behind a value" : reason;
      return [{ file: path, line: index + 1, message: `has a marker of ${name2} that names no place: it ${why}` }];
    })
  );
}

// src/manifests/verify.ts
var import_image_reference28 = __toESM(require_image_reference());
var import_objects12 = __toESM(require_objects());
var import_lines6 = __toESM(require_lines());
var import_manifest4 = __toESM(require_manifest());
var import_tree20 = __toESM(require_tree());
function verifyEdits({ before: before2, edits, planned, context }) {
  const starts = before2.parts.map(({ start: start3 }) => start3);
  const partAt = (offset) => (0, import_lines6.countBelow)(starts, offset + 1) - 1;
  const editsIn = (0, import_objects12.groupBy)(edits, ({ start: start3 }) => partAt(start3));
  const plannedIn = (0, import_objects12.groupBy)(planned, ({ site }) => partAt(site.fields[0]?.scalar ?? 0));
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
  const after = (0, import_manifest4.rereadPart)(before2.path, part, applyEdits(before2.text.slice(part.start, part.end), own));
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
  const compared = ({ name: name2, ...version }) => (0, import_image_reference28.formatReference)({ name: (0, import_image_reference28.repositoryOf)(name2), ...version });
  const wanted = planned.map(({ reference }) => compared(reference));
  const found = sites.map(({ name: name2, version }) => compared({ name: name2, ...version }));
  const differing = wanted.findIndex((reference, index) => reference !== found[index]);
  if (differing >= 0) return `${sites[differing]?.where ?? "a place"} is ${found[differing]}, not ${wanted[differing]}`;
  if (found.length !== wanted.length) return `it names ${found.length} images instead of ${wanted.length}`;
  const isMoved = sites.some(({ where }, index) => where !== planned[index]?.site.where);
  return isMoved ? "an image is at another place" : void 0;
}
function otherValues({ documents }, sites) {
  const ofSites = new Set(sites.flatMap((site) => site.fields.map(({ scalar: scalar2 }) => scalar2)));
  return documents.flatMap(
    ({ root }) => (0, import_tree20.walk)(root).flatMap(
      ({ node, path }) => node.kind === "scalar" && !node.embedded && !ofSites.has(node.start) ? [`${path}=${node.text}`] : []
    )
  );
}

// src/manifests/plan.ts
var import_lines7 = __toESM(require_lines());
function planRelease(images, files, options = {}) {
  return planOnInventory(images, takeInventory(files, { ...options, images }), options);
}
function planOnInventory(images, inventory, { others = [], ...options } = {}) {
  const selection = selectPlaces(images, inventory, options);
  const { selected, left, problems } = selection;
  const planned = inventory.files.map((file) => planFile(file, selection, inventory));
  const found = new Set(selected.values());
  const missing = images.filter((image) => !found.has(image));
  const texts = [...planned.map(({ after }) => after), ...others.map(textOf2)];
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
    leftovers: findLeftovers(images, texts, leftAfter)
  };
}
function planFile({ file, manifest, places }, { selected }, { context }) {
  const before2 = { after: releasedText(file, manifest), lineAfter: (line) => line, problems: [] };
  if (!places.some((place) => selected.has(place))) return { changes: [], unchanged: [], ...before2 };
  const targets = places.map((place) => {
    const image = selected.get(place);
    return image ? { place, image, reference: targetOf2(place, image) } : { place, reference: { name: place.image, ...place.version } };
  });
  const problems = targets.flatMap((target) => problemOf(target) ?? []);
  const changes = targets.flatMap((target) => changeOf(target, manifest.text) ?? []);
  const unchanged = targets.filter((target) => target.image && !changeOf(target, manifest.text)).map(({ place }) => ({ place, reason: "has the version already" }));
  const edits = editsOf(targets, manifest.text);
  if (edits.length === 0) return { changes: [], unchanged, ...before2, problems };
  const planned = targets.map(({ place, reference }) => ({ site: place.site, reference }));
  const reason = verifyEdits({ before: manifest, edits, planned, context });
  if (reason !== void 0) throw (0, import_errors22.failure)("EDIT_NOT_VERIFIED", { file: file.path, reason });
  const bytes = new TextEncoder().encode(applyEdits(manifest.text, edits));
  const after = { ...before2.after, text: applyEdits(before2.after.text, edits) };
  const inserted = edits.filter((edit) => edit.text.includes("\n")).map(({ start: start3 }) => manifest.lines.positionAt(start3).line).toSorted((a, b) => a - b);
  const lineAfter = (line) => line + (0, import_lines7.countBelow)(inserted, line);
  return { file: { ...file, bytes }, changes, unchanged, problems, after, lineAfter };
}
function releasedText(file, { text, documents, defect }) {
  if (!defect) return { path: file.path, text: withoutScanned(text, documents) };
  return {
    ...defect.kind === "encoding" ? textOf2(file) : { path: file.path, text },
    reason: DEFECT_REASONS[defect.kind]
  };
}
function textOf2({ path, bytes }) {
  const reason = isWorkflow(path) ? WORKFLOW_REASON : "is in a file that is neither YAML nor JSON";
  return { path, text: new TextDecoder().decode(bytes), reason };
}

// src/release/commit-trailers.ts
var import_escape13 = __toESM(require_escape());
var import_image_reference30 = __toESM(require_image_reference());
var import_time2 = __toESM(require_time());
var import_identity = __toESM(require_identity());

// src/release/pull-request/metadata.ts
var import_escape12 = __toESM(require_escape());
var import_image_reference29 = __toESM(require_image_reference());
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
  const gap = before2 === "" || /\n\s*\n$/.test(before2) ? "" : "\n\n";
  const room = limit - before2.length - gap.length - after.length;
  const written2 = before2 + gap + asBlock(metadata, text, room, hiddenText) + after;
  return written2.length > limit ? body : written2;
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
  const start3 = startOf3(metadata, room / 3, hiddenText);
  const shown2 = text.replace(new RegExp(MARK, "g"), (mark) => mark.replace(/^<!--|^\[/, "$& "));
  return start3 + (0, import_escape12.cut)(shown2, Math.max(room - start3.length - end2.length, CUT_NOTE.length + 1), CUT_NOTE) + end2;
}
function startOf3(metadata, most, hiddenText) {
  const { start: start3, unsafe } = MARKS[hiddenText];
  for (let { skipped } = metadata; ; skipped = skipped.slice(1)) {
    const mark = start3(JSON.stringify({ ...metadata, skipped }).replace(unsafe, asEscape));
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
    version: versionsOf3([metadata["version"]])[0] ?? "",
    skipped: versionsOf3(metadata["skipped"]),
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
function oneOf(known2, value) {
  return known2.find((one) => one === value);
}
var textOf3 = (value) => typeof value === "string" ? value : "";
function versionsOf3(value) {
  return textsOf2(value).filter((text) => (0, import_image_reference29.parseVersion)(text) !== void 0);
}
function textsOf2(value) {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

// src/release/commit-trailers.ts
var FIRST = "Release-Name";
function withTrailers(message, { name: name2, identity, base, build }) {
  const { source, operation, run: run2 } = build;
  const { environment: environment2, since, pull } = operation.origin;
  const trailers = [
    [FIRST, name2],
    ["Release-App", identity.app],
    ["Release-Environment", identity.environment],
    ...identity.paths.map((path) => ["Release-Path", path]),
    ...build.images.map((image) => ["Release-Image", image]),
    ...(build.digests ?? []).map((image) => ["Release-Digest", image]),
    ...operation.rollsBack.map((image) => ["Release-Rolls-Back", image]),
    ["Release-Reason", operation.reason],
    ["Release-Origin", since === "" ? "" : [environment2 || "-", since, pull].join(" ").trim()],
    ["Release-Source", source.repository !== "" && source.commit !== "" ? `${source.repository}@${source.commit}` : ""],
    ["Release-Time", source.time],
    ["Release-Build", source.build],
    ["Release-Run", run2.url],
    ["Release-Base", base]
  ];
  const lines = trailers.map(([key, value]) => [key, (0, import_escape13.forCommit)(value).trim()]).filter(([, value]) => value !== "").map(([key, value]) => `${key}: ${value}`);
  return `${message.trim() || `Release ${(0, import_escape13.forCommit)(name2)}`}

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
  const valuesOf = (key) => trailers.filter((line) => line.startsWith(`${key}: `)).map((line) => asValue(line.slice(key.length + 2)));
  const valueOf9 = (key) => valuesOf(key)[0] ?? "";
  const [, repository = "", commit = ""] = /^([\w./-]+)@([0-9a-f]{4,64})$/i.exec(valueOf9("Release-Source")) ?? [];
  const images = valuesOf("Release-Image");
  const digests = valuesOf("Release-Digest");
  const references = images.flatMap((image) => (0, import_image_reference30.parseReference)(image) ?? []);
  return {
    name: valueOf9(FIRST),
    identity: (0, import_identity.identityOf)(
      { app: valueOf9("Release-App"), environment: valueOf9("Release-Environment") },
      references.map((reference) => ({ reference })),
      valuesOf("Release-Path")
    ),
    base: valueOf9("Release-Base"),
    build: {
      images,
      ...digests.length > 0 && { digests },
      source: { repository, commit, time: (0, import_time2.utcTime)(valueOf9("Release-Time")), build: valueOf9("Release-Build") },
      operation: operationOf(valueOf9("Release-Reason"), valueOf9("Release-Origin"), valuesOf("Release-Rolls-Back")),
      run: { url: valueOf9("Release-Run"), actor: "" }
    }
  };
}
function operationOf(reason, origin, rollsBack) {
  const [, environment2 = "", since = "", pull = ""] = /^(\S+) (\S+)(?: (\d+))?$/.exec(origin) ?? [];
  const isRollback = rollsBack.length > 0;
  return {
    action: isRollback ? "Roll back" : environment2 === "" || environment2 === "-" ? "Release" : "Promote",
    reason,
    origin: { environment: environment2 === "-" ? "" : environment2, since: (0, import_time2.utcTime)(since), pull },
    rollsBack
  };
}
function buildIn({ message }, key) {
  const trailers = readTrailers(message);
  return trailers && (0, import_identity.identityKey)(trailers.identity) === key ? trailers.build : void 0;
}
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
var asValue = (text) => (0, import_escape13.oneLine)((0, import_escape13.fromCommit)(text), 1e3).trim();
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

// src/release/own-commits.ts
var import_errors23 = __toESM(require_errors());
var import_image_reference31 = __toESM(require_image_reference());
var import_log = __toESM(require_log());
var import_identity2 = __toESM(require_identity());

// src/release/read-manifests.ts
var import_search_terms5 = __toESM(require_search_terms());
var import_charts3 = __toESM(require_charts());
var import_repository_paths2 = __toESM(require_repository_paths());
var import_template_uses3 = __toESM(require_template_uses());
var import_manifest5 = __toESM(require_manifest());
var EVERYTHING = ["."];
async function readManifests({ store, log }, { images, unused = [], search }, { others = false, ...options } = {}) {
  const { targets = [], policies } = search.plan;
  const { words: words2, registries } = (0, import_search_terms5.searchTerms)([...images, ...unused]);
  const files = [...new Set(targets.map(({ file }) => file))];
  const sought = policies?.size ? [...words2, ...FLUX_WORDS] : words2;
  const terms = { words: sought, registries, files, paths: search.paths, others };
  const { manifests: found, others: unread, problems, tip } = await store.read(terms, options);
  const isLeft = ({ path }) => isWorkflow(path) && !namesWorkflows(search.paths) && !files.includes(path);
  const manifests = found.filter((file) => !isLeft(file));
  const workflows = others ? found.filter(isLeft) : [];
  const named3 = new WordSearch(words2);
  const texts = [...workflows, ...unread].filter(({ bytes }) => named3.isIn(bytes) && !(0, import_search_terms5.mayContain)(bytes, ["\0"]));
  for (const problem of problems) log.problem(problem);
  const { commit } = options;
  const read2 = async (more, below) => {
    const related = await store.read(more, { ...below && { below }, ...commit !== void 0 && { commit } });
    return related.manifests.filter((file) => !isLeft(file));
  };
  const context = new ContextReader(manifests, search.paths.length === 0, { read: read2, paths: () => store.paths(commit) });
  await context.readPolicies(search.plan.policies);
  await context.readRelated(mayName(images, targets));
  return { manifests: context.files, others: texts, tip };
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
      if (this.files.some(mayHoldRepository)) this.#add(await this.#access.read({ words: FLUX_WORDS }));
    } else if (hasUnknownPolicy(this.files, given)) {
      const all = await this.#access.read({ words: [], paths: EVERYTHING });
      this.#add(all.filter((file) => mayHoldRepository(file) || (0, import_search_terms5.mayContain)(file.bytes, FLUX_WORDS)));
    }
  }
  /** The values below and above those of an image: by what they name, and without `paths` by what names them. */
  async readRelated(isNamed2) {
    const seeds = this.files.filter((file) => isNamed2(file) || !this.#isEverywhere && mayHaveTag(file));
    for (let last = seeds; last.length > 0; ) last = await this.#readRelatedTo(last);
    if (this.#isEverywhere || seeds.length === 0 || this.files.some(isNamed2)) return;
    const all = await this.#access.read({ words: [], paths: EVERYTHING });
    this.#add([...withRelated(all.filter(isNamed2), all, parse).keys()]);
  }
  async #readRelatedTo(last) {
    const charts = (0, import_charts3.chartFolders)(this.#known.keys());
    const related = relatedTo(last.map(parse), charts);
    const folders = this.#unasked(related.folders, (folder) => charts.has(folder) ? "chart" : "folder");
    const siblings = this.#unasked(related.siblings, () => "siblings");
    const words2 = this.#isEverywhere ? this.#unasked(related.names, () => "name") : [];
    const files = await this.#expand(this.#unasked(related.files, () => "file"));
    const wanted = files.filter((file) => !this.#known.has(file));
    const near = [...folders, ...siblings];
    if (wanted.length + near.length + words2.length === 0) return [];
    const isIn = isValueOf(folders, charts);
    const isValue = (path) => isIn(path) || siblings.includes((0, import_repository_paths2.folderOf)(path)) || this.#isTemplateIn(path, folders);
    const found = await this.#access.read({ words: words2, files: wanted }, { folders: near, matches: isValue });
    const named3 = new Set(wanted);
    return this.#add(
      found.filter((file) => named3.has(file.path) || isValue(file.path) || (0, import_search_terms5.mayContain)(file.bytes, VALUES_WORDS))
    );
  }
  /** Without `paths` the templates that matter are found by the name of the image. */
  #isTemplateIn(path, folders) {
    const chart = this.#isEverywhere ? void 0 : (0, import_template_uses3.chartOfTemplate)(path);
    return chart !== void 0 && folders.includes(chart);
  }
  /** Those that are asked for the first time. */
  #unasked(terms, kindOf2) {
    return [...terms].filter((term) => {
      const key = `${kindOf2(term)} ${term}`;
      return !this.#asked.has(key) && this.#asked.add(key);
    });
  }
  /** Paths, with those that the templated ones may be. */
  async #expand(files) {
    const patterns = files.filter((file) => file.includes(import_repository_paths2.ANY)).map(import_repository_paths2.pathPattern);
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
var parse = ({ path, bytes }) => (0, import_manifest5.readManifest)(path, bytes);
function mayHaveTag({ path, bytes }) {
  const isValues = (0, import_charts3.isValuesFile)(path) || (0, import_search_terms5.mayContain)(bytes, VALUES_WORDS);
  return mayBeValues(bytes) || isValues && (0, import_search_terms5.mayContain)(bytes, TAG_WORDS);
}

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
    const known2 = this.#known.get(tip.id) ?? this.#read(tip);
    this.#known.set(tip.id, known2);
    return known2;
  }
  async #read(tip) {
    if (this.#mergedHeads.has(tip.id)) return { commits: [], areOurs: true };
    const isOnBase = tip.parents.join() === this.#base.commit;
    const known2 = isOnBase ? [tip] : this.#proposed.get(tip.id);
    const [commits] = await Promise.all([
      known2 ?? this.#workspace.store.commitsAbove(tip.id),
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
    const isOfRelease = trailers !== void 0 && (0, import_identity2.identityKey)(trailers.identity) === this.#request.key;
    return isOfRelease && parents.length === 1 && trailers.base === parents[0] ? trailers.build : void 0;
  }
  /** The tree of the release of a build on a commit; `undefined` where it cannot be planned there. */
  async #plannedTree(parent, build) {
    try {
      if (!await this.#fetch(parent)) return void 0;
      const { files } = await this.plan(parent, build);
      return await this.#workspace.store.treeWith(parent, files);
    } catch (error) {
      if (error instanceof import_errors23.ReleaseError && error.blame === "yours") return void 0;
      throw error;
    }
  }
  #fetch(commit) {
    if (commit === this.#base.commit) return Promise.resolve(true);
    const fetched = this.#fetched.get(commit) ?? this.#workspace.store.fetchCommit(commit);
    this.#fetched.set(commit, fetched);
    return fetched;
  }
  /** Whether each image that the trailers of a commit name is somewhere in the files of that commit. */
  async areNamed(commit, { identity, build }) {
    const names = build.images.flatMap((image) => (0, import_image_reference31.parseReference)(image)?.name.split("/").at(-1) ?? []);
    const read2 = await this.#workspace.store.read({ words: names, paths: identity.paths, others: true }, { commit });
    const files = [...read2.manifests, ...read2.others].map(({ bytes }) => Buffer.from(bytes));
    return names.length > 0 && names.every((name2) => files.some((file) => file.includes(name2)));
  }
  /** What the release of a build changes on a commit; an image without a place there is left out. Throws what planRelease throws. */
  async plan(commit, build) {
    const images = imagesOf(this.#request, build);
    const { manifests, others } = await this.#filesOf(commit, images);
    return planRelease(images, manifests, { ...this.#request.inputs.search.plan, others });
  }
  async #filesOf(commit, images) {
    const { inputs } = this.#request;
    const read2 = new Set(inputs.images.released.map(({ replaces }) => (0, import_image_reference31.repositoryOf)(replaces)));
    const isRead2 = images.every(({ replaces }) => read2.has((0, import_image_reference31.repositoryOf)(replaces)));
    if (commit === this.#base.commit && isRead2) return this.#base.files;
    const { store } = this.#workspace;
    return readManifests({ store, log: import_log.SILENT }, { images, search: inputs.search }, { commit });
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
  const digests = (build.digests ?? []).flatMap((text) => (0, import_image_reference31.parseReference)(text) ?? []);
  return build.images.flatMap((text) => {
    const reference = (0, import_image_reference31.parseReference)(text);
    if (!reference) return [];
    const isOfIt = ({ name: name2 }) => (0, import_image_reference31.repositoryOf)(name2) === (0, import_image_reference31.repositoryOf)(reference.name);
    const known2 = inputs.images.released.find((one) => isOfIt(one.reference));
    const digest = digests.find(isOfIt)?.digest;
    return { reference, replaces: known2?.replaces ?? reference.name, ...digest !== void 0 && { digest } };
  });
}

// src/release/carried.ts
function carriedBy({ log }, request, { tip, commits, areOurs, branch, pullRequests }, files) {
  if (!tip || pullRequests.pastHeads.has(tip.id)) return void 0;
  for (const commit of commits) {
    const build = buildIn(commit, request.key);
    if (!build) continue;
    if (areOurs || hasVersions(request, build, files)) return { tree: commit.tree, build };
    const claimed = build.images.slice(0, MOST_NAMED4).join(", ");
    log.warn(
      `commit ${commit.id.slice(0, 7)} on ${branch} says that it releases ${claimed}, which the files there do not have; its trailers are ignored`
    );
    return void 0;
  }
  return void 0;
}
var MOST_NAMED4 = 3;
function hasVersions(request, build, { manifests }) {
  try {
    const images = imagesOf(request, build);
    const { files, missing } = planRelease(images, manifests, request.inputs.search.plan);
    return files.length === 0 && missing.length < images.length;
  } catch (error) {
    if (error instanceof import_errors24.ReleaseError) return false;
    throw error;
  }
}
function placesIn2({ inputs }, { manifests }) {
  const names = inputs.images.released.map(({ replaces }) => replaces);
  return readDeployedVersions(names, manifests, inputs.search.plan);
}
function changesBetween(base, branch) {
  const keyOf6 = ({ file, where, image }) => JSON.stringify([file, where, image]);
  const before2 = new Map(base.map((place) => [keyOf6(place), place]));
  return branch.flatMap((place) => {
    const present = before2.get(keyOf6(place));
    const { file, where, image, version: to } = place;
    const [line, from] = [present?.line ?? place.line, present?.version ?? ""];
    return from === to ? [] : [{ file, line, where, image, from, to }];
  });
}
function buildOfChanges(changes) {
  const images = new Map(changes.map(({ image, to }) => [image, to]));
  return {
    images: [...images].map(([name2, to]) => (0, import_image_reference32.formatReference)({ name: name2, ...(0, import_image_reference32.parseVersion)(to) ?? { tag: to } })),
    source: import_ci.UNKNOWN_SOURCE,
    operation: import_operation.PLAIN_RELEASE,
    run: { url: "", actor: "" }
  };
}

// src/release/await-checks.ts
var import_errors25 = __toESM(require_errors());
async function awaitChecks(checking, asked, files) {
  const answered = await Promise.race([checking, Promise.resolve(void 0)]);
  if (answered) return answered;
  return files && isDone(asked, files) ? asked.images.released.map(unanswered) : checking;
}
function isDone({ images, checks, search }, { manifests, others }) {
  const { registry, pin, platforms, signer } = checks;
  if (registry !== "check" || pin === "always" || platforms.length > 0 || signer) return false;
  try {
    const { files, left } = planRelease(images.released, manifests, { ...search.plan, others });
    const mayBePinned = pin !== "never" && images.released.some(({ reference }) => reference.digest === void 0);
    return files.length === 0 && !(mayBePinned && left.some(({ place }) => place.version.digest !== void 0));
  } catch (error) {
    if (error instanceof import_errors25.ReleaseError) return false;
    throw error;
  }
}
var unanswered = ({ reference, replaces }) => ({
  reference,
  replaces,
  inspection: { kind: "unreadable", reason: "it had not answered when nothing was left to do" }
});

// src/release/observe.ts
var import_checked_images3 = __toESM(require_checked_images());

// src/release/choose-branch.ts
var import_errors26 = __toESM(require_errors());
var import_identity5 = __toESM(require_identity());

// src/release/pull-request/select.ts
var import_identity4 = __toESM(require_identity());

// src/release/release-branches.ts
var import_wildcard = __toESM(require_wildcard());
var import_identity3 = __toESM(require_identity());
var ANY_VERSION = "AnyOtherVersionOfThisRelease";
function namesOf(identity, given, images) {
  if (given !== "") return { names: [given], otherNames: [] };
  return {
    names: (0, import_identity3.defaultNames)(identity, images[0]?.reference.name),
    otherNames: (0, import_identity3.namesInOtherOrders)(identity)
  };
}
function branchesOf({ names, otherNames }, render3) {
  const branchOf = (name2) => ({ name: name2, branch: render3(name2, false) });
  const distinct = (all) => all.filter(({ branch }, index) => all.findIndex((one) => one.branch === branch) === index);
  const own = distinct(names.map(branchOf));
  const others = distinct(otherNames.map(branchOf)).filter(
    (other) => !own.some(({ branch }) => branch === other.branch)
  );
  const patterns = [...names, ...otherNames].map((name2) => render3(name2, true).split(ANY_VERSION));
  return { names: own, otherNames: others, patterns };
}
function isPerVersion({ patterns }) {
  return patterns.some((pattern) => pattern.length > 1);
}
function isReleaseBranch({ patterns }, branch) {
  return patterns.some((pattern) => (0, import_wildcard.matchesParts)(branch, pattern, 1));
}
var LONG_LIVED = /* @__PURE__ */ new Set(["main", "master", "trunk", "develop", "development", "production"]);
function isLongLived(branch, bases) {
  return LONG_LIVED.has(branch) || bases.includes(branch);
}

// src/release/pull-request/select.ts
var import_name3 = __toESM(require_name());
function selectPullRequests({ open: open2, past }, sought) {
  const { key, branch, branches, build } = sought;
  const ofRelease = (pullRequest) => ({
    pullRequest,
    metadata: readMetadata(pullRequest.body, key),
    build: pullRequest.commits.flatMap((commit) => buildIn(commit, key) ?? [])[0]
  });
  const known2 = (pullRequests) => pullRequests.map(ofRelease).filter(isKnown);
  const names = new Set([...branches.names, ...branches.otherNames].map((one) => one.branch));
  const isOurs = (one) => names.has(one.branch) || isReleaseBranch(branches, one.branch);
  const present = open2.find((one) => one.branch === branch);
  const ended = known2(past.filter(isOurs)).find((one) => hasSameImages(one.build, build));
  const closed = ended?.pullRequest.state === "closed" && !ended.metadata?.closed ? ended.pullRequest : void 0;
  return {
    present: present && ofRelease(present),
    others: known2(open2.filter((one) => one !== present && isOurs(one))),
    strangers: open2.filter((one) => !isOurs(one) && readMetadata(one.body, key) !== void 0),
    declined: closed?.closedByDeletion === false ? closed : void 0,
    deleted: closed?.closedByDeletion === true ? closed : void 0,
    merged: known2(past.filter(({ state }) => state === "merged")),
    pastHeads: new Set(past.map(({ headId }) => headId)),
    head: present ? present.head : past.find((one) => one.branch === branch && one.head)?.head
  };
}
var isKnown = (one) => one.build !== void 0;
function otherReleaseOn(branch, key, { open: open2, past }, commits, forge) {
  const decided = new Set(past.filter((one) => one.branch === branch).map(({ headId }) => headId));
  for (const { id, message } of commits) {
    const trailers = decided.has(id) ? void 0 : readTrailers(message);
    if (!trailers) continue;
    const isOther4 = (0, import_identity4.identityKey)(trailers.identity) !== key;
    return isOther4 ? { release: (0, import_identity4.formatIdentity)(trailers.identity), commit: { id, trailers } } : void 0;
  }
  const pullRequest = open2.find((one) => one.branch === branch);
  const isOther3 = pullRequest !== void 0 && isOfAnother(pullRequest.body, key);
  return isOther3 ? { release: (0, import_name3.pullRequestName)(forge, pullRequest.number) } : void 0;
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

// src/release/choose-branch.ts
var NOTHING3 = { tip: void 0, commits: [], areOurs: true };
async function chooseBranch(workspace, request, own, seen) {
  const { inputs, key } = request;
  const isPush = inputs.policy.delivery === "push";
  const others = [];
  const candidates = candidatesOf(request, seen.found);
  for (const { name: name2, branch, pullRequests } of candidates) {
    const tip = isPush ? NOTHING3 : await readTip(workspace, { branch, pullRequests }, own, seen);
    const other = tip.areOurs ? void 0 : otherReleaseOn(branch, key, seen.found, tip.commits, workspace.forge);
    if (other === void 0 || !await isReal(workspace, own, branch, tip, other)) {
      const isKept2 = !tip.areOurs && inputs.policy.onForeignCommits !== "reset";
      return { name: name2, branch, ...tip, foreign: isKept2 ? tip.commits : [], pullRequests };
    }
    others.push(other.release);
  }
  throw taken(request, candidates[0], others[0] ?? "");
}
function candidatesOf({ branches, key, build }, found) {
  const candidate = ({ name: name2, branch }) => ({
    name: name2,
    branch,
    pullRequests: selectPullRequests(found, { key, branch, branches, build })
  });
  const isOpen = ({ pullRequests: { present } }) => present?.build !== void 0;
  const names = branches.names.map(candidate);
  const open2 = [...names, ...branches.otherNames.map(candidate)].filter(isOpen);
  return [...open2, ...names.filter((one) => !open2.includes(one))];
}
async function readTip({ store }, { branch, pullRequests }, own, { read: read2, asksGit }) {
  const isRead2 = read2?.branch === branch;
  const fetch = () => store.tip(branch);
  const tip = isRead2 ? read2.tip : asksGit ? await fetch() : pullRequests.head;
  if (!tip) return NOTHING3;
  const found = { tip, ...await own.on(tip) };
  if (found.areOurs || isRead2 || asksGit) return found;
  const fetched = await fetch();
  return fetched ? { tip: fetched, ...await own.on(fetched) } : NOTHING3;
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
  return (0, import_errors26.failure)("BRANCH_TAKEN", { branch: first?.branch ?? "", release: (0, import_identity5.formatIdentity)(identity), other, input });
}

// src/release/find-rollback.ts
var import_image_reference33 = __toESM(require_image_reference());
var import_version5 = __toESM(require_version());
var import_operation2 = __toESM(require_operation());
var import_name4 = __toESM(require_name());

// src/release/pull-request/template.ts
var import_fastest_levenshtein4 = __toESM(require_mod());

// node_modules/mustache/mustache.mjs
var objectToString = Object.prototype.toString;
var isArray = Array.isArray || function isArrayPolyfill(object) {
  return objectToString.call(object) === "[object Array]";
};
function isFunction(object) {
  return typeof object === "function";
}
function typeStr(obj) {
  return isArray(obj) ? "array" : typeof obj;
}
function escapeRegExp(string2) {
  return string2.replace(/[\-\[\]{}()*+?.,\\\^$|#\s]/g, "\\$&");
}
function hasProperty(obj, propName) {
  return obj != null && typeof obj === "object" && propName in obj;
}
function primitiveHasOwnProperty(primitive, propName) {
  return primitive != null && typeof primitive !== "object" && primitive.hasOwnProperty && primitive.hasOwnProperty(propName);
}
var regExpTest = RegExp.prototype.test;
function testRegExp(re, string2) {
  return regExpTest.call(re, string2);
}
var nonSpaceRe = /\S/;
function isWhitespace(string2) {
  return !testRegExp(nonSpaceRe, string2);
}
var entityMap = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "/": "&#x2F;",
  "`": "&#x60;",
  "=": "&#x3D;"
};
function escapeHtml(string2) {
  return String(string2).replace(/[&<>"'`=\/]/g, function fromEntityMap(s) {
    return entityMap[s];
  });
}
var whiteRe = /\s*/;
var spaceRe = /\s+/;
var equalsRe = /\s*=/;
var curlyRe = /\s*\}/;
var tagRe = /#|\^|\/|>|\{|&|=|!/;
function parseTemplate(template, tags) {
  if (!template)
    return [];
  var lineHasNonSpace = false;
  var sections = [];
  var tokens = [];
  var spaces = [];
  var hasTag = false;
  var nonSpace = false;
  var indentation = "";
  var tagIndex = 0;
  function stripSpace() {
    if (hasTag && !nonSpace) {
      while (spaces.length)
        delete tokens[spaces.pop()];
    } else {
      spaces = [];
    }
    hasTag = false;
    nonSpace = false;
  }
  var openingTagRe, closingTagRe, closingCurlyRe;
  function compileTags(tagsToCompile) {
    if (typeof tagsToCompile === "string")
      tagsToCompile = tagsToCompile.split(spaceRe, 2);
    if (!isArray(tagsToCompile) || tagsToCompile.length !== 2)
      throw new Error("Invalid tags: " + tagsToCompile);
    openingTagRe = new RegExp(escapeRegExp(tagsToCompile[0]) + "\\s*");
    closingTagRe = new RegExp("\\s*" + escapeRegExp(tagsToCompile[1]));
    closingCurlyRe = new RegExp("\\s*" + escapeRegExp("}" + tagsToCompile[1]));
  }
  compileTags(tags || mustache.tags);
  var scanner = new Scanner(template);
  var start3, type, value, chr, token, openSection;
  while (!scanner.eos()) {
    start3 = scanner.pos;
    value = scanner.scanUntil(openingTagRe);
    if (value) {
      for (var i = 0, valueLength = value.length; i < valueLength; ++i) {
        chr = value.charAt(i);
        if (isWhitespace(chr)) {
          spaces.push(tokens.length);
          indentation += chr;
        } else {
          nonSpace = true;
          lineHasNonSpace = true;
          indentation += " ";
        }
        tokens.push(["text", chr, start3, start3 + 1]);
        start3 += 1;
        if (chr === "\n") {
          stripSpace();
          indentation = "";
          tagIndex = 0;
          lineHasNonSpace = false;
        }
      }
    }
    if (!scanner.scan(openingTagRe))
      break;
    hasTag = true;
    type = scanner.scan(tagRe) || "name";
    scanner.scan(whiteRe);
    if (type === "=") {
      value = scanner.scanUntil(equalsRe);
      scanner.scan(equalsRe);
      scanner.scanUntil(closingTagRe);
    } else if (type === "{") {
      value = scanner.scanUntil(closingCurlyRe);
      scanner.scan(curlyRe);
      scanner.scanUntil(closingTagRe);
      type = "&";
    } else {
      value = scanner.scanUntil(closingTagRe);
    }
    if (!scanner.scan(closingTagRe))
      throw new Error("Unclosed tag at " + scanner.pos);
    if (type == ">") {
      token = [type, value, start3, scanner.pos, indentation, tagIndex, lineHasNonSpace];
    } else {
      token = [type, value, start3, scanner.pos];
    }
    tagIndex++;
    tokens.push(token);
    if (type === "#" || type === "^") {
      sections.push(token);
    } else if (type === "/") {
      openSection = sections.pop();
      if (!openSection)
        throw new Error('Unopened section "' + value + '" at ' + start3);
      if (openSection[1] !== value)
        throw new Error('Unclosed section "' + openSection[1] + '" at ' + start3);
    } else if (type === "name" || type === "{" || type === "&") {
      nonSpace = true;
    } else if (type === "=") {
      compileTags(value);
    }
  }
  stripSpace();
  openSection = sections.pop();
  if (openSection)
    throw new Error('Unclosed section "' + openSection[1] + '" at ' + scanner.pos);
  return nestTokens(squashTokens(tokens));
}
function squashTokens(tokens) {
  var squashedTokens = [];
  var token, lastToken;
  for (var i = 0, numTokens = tokens.length; i < numTokens; ++i) {
    token = tokens[i];
    if (token) {
      if (token[0] === "text" && lastToken && lastToken[0] === "text") {
        lastToken[1] += token[1];
        lastToken[3] = token[3];
      } else {
        squashedTokens.push(token);
        lastToken = token;
      }
    }
  }
  return squashedTokens;
}
function nestTokens(tokens) {
  var nestedTokens = [];
  var collector = nestedTokens;
  var sections = [];
  var token, section;
  for (var i = 0, numTokens = tokens.length; i < numTokens; ++i) {
    token = tokens[i];
    switch (token[0]) {
      case "#":
      case "^":
        collector.push(token);
        sections.push(token);
        collector = token[4] = [];
        break;
      case "/":
        section = sections.pop();
        section[5] = token[2];
        collector = sections.length > 0 ? sections[sections.length - 1][4] : nestedTokens;
        break;
      default:
        collector.push(token);
    }
  }
  return nestedTokens;
}
function Scanner(string2) {
  this.string = string2;
  this.tail = string2;
  this.pos = 0;
}
Scanner.prototype.eos = function eos() {
  return this.tail === "";
};
Scanner.prototype.scan = function scan(re) {
  var match = this.tail.match(re);
  if (!match || match.index !== 0)
    return "";
  var string2 = match[0];
  this.tail = this.tail.substring(string2.length);
  this.pos += string2.length;
  return string2;
};
Scanner.prototype.scanUntil = function scanUntil(re) {
  var index = this.tail.search(re), match;
  switch (index) {
    case -1:
      match = this.tail;
      this.tail = "";
      break;
    case 0:
      match = "";
      break;
    default:
      match = this.tail.substring(0, index);
      this.tail = this.tail.substring(index);
  }
  this.pos += match.length;
  return match;
};
function Context(view, parentContext) {
  this.view = view;
  this.cache = { ".": this.view };
  this.parent = parentContext;
}
Context.prototype.push = function push2(view) {
  return new Context(view, this);
};
Context.prototype.lookup = function lookup(name2) {
  var cache = this.cache;
  var value;
  if (cache.hasOwnProperty(name2)) {
    value = cache[name2];
  } else {
    var context = this, intermediateValue, names, index, lookupHit = false;
    while (context) {
      if (name2.indexOf(".") > 0) {
        intermediateValue = context.view;
        names = name2.split(".");
        index = 0;
        while (intermediateValue != null && index < names.length) {
          if (index === names.length - 1)
            lookupHit = hasProperty(intermediateValue, names[index]) || primitiveHasOwnProperty(intermediateValue, names[index]);
          intermediateValue = intermediateValue[names[index++]];
        }
      } else {
        intermediateValue = context.view[name2];
        lookupHit = hasProperty(context.view, name2);
      }
      if (lookupHit) {
        value = intermediateValue;
        break;
      }
      context = context.parent;
    }
    cache[name2] = value;
  }
  if (isFunction(value))
    value = value.call(this.view);
  return value;
};
function Writer() {
  this.templateCache = {
    _cache: {},
    set: function set(key, value) {
      this._cache[key] = value;
    },
    get: function get(key) {
      return this._cache[key];
    },
    clear: function clear() {
      this._cache = {};
    }
  };
}
Writer.prototype.clearCache = function clearCache() {
  if (typeof this.templateCache !== "undefined") {
    this.templateCache.clear();
  }
};
Writer.prototype.parse = function parse2(template, tags) {
  var cache = this.templateCache;
  var cacheKey = template + ":" + (tags || mustache.tags).join(":");
  var isCacheEnabled = typeof cache !== "undefined";
  var tokens = isCacheEnabled ? cache.get(cacheKey) : void 0;
  if (tokens == void 0) {
    tokens = parseTemplate(template, tags);
    isCacheEnabled && cache.set(cacheKey, tokens);
  }
  return tokens;
};
Writer.prototype.render = function render(template, view, partials, config) {
  var tags = this.getConfigTags(config);
  var tokens = this.parse(template, tags);
  var context = view instanceof Context ? view : new Context(view, void 0);
  return this.renderTokens(tokens, context, partials, template, config);
};
Writer.prototype.renderTokens = function renderTokens(tokens, context, partials, originalTemplate, config) {
  var buffer = "";
  var token, symbol, value;
  for (var i = 0, numTokens = tokens.length; i < numTokens; ++i) {
    value = void 0;
    token = tokens[i];
    symbol = token[0];
    if (symbol === "#") value = this.renderSection(token, context, partials, originalTemplate, config);
    else if (symbol === "^") value = this.renderInverted(token, context, partials, originalTemplate, config);
    else if (symbol === ">") value = this.renderPartial(token, context, partials, config);
    else if (symbol === "&") value = this.unescapedValue(token, context);
    else if (symbol === "name") value = this.escapedValue(token, context, config);
    else if (symbol === "text") value = this.rawValue(token);
    if (value !== void 0)
      buffer += value;
  }
  return buffer;
};
Writer.prototype.renderSection = function renderSection(token, context, partials, originalTemplate, config) {
  var self = this;
  var buffer = "";
  var value = context.lookup(token[1]);
  function subRender(template) {
    return self.render(template, context, partials, config);
  }
  if (!value) return;
  if (isArray(value)) {
    for (var j = 0, valueLength = value.length; j < valueLength; ++j) {
      buffer += this.renderTokens(token[4], context.push(value[j]), partials, originalTemplate, config);
    }
  } else if (typeof value === "object" || typeof value === "string" || typeof value === "number") {
    buffer += this.renderTokens(token[4], context.push(value), partials, originalTemplate, config);
  } else if (isFunction(value)) {
    if (typeof originalTemplate !== "string")
      throw new Error("Cannot use higher-order sections without the original template");
    value = value.call(context.view, originalTemplate.slice(token[3], token[5]), subRender);
    if (value != null)
      buffer += value;
  } else {
    buffer += this.renderTokens(token[4], context, partials, originalTemplate, config);
  }
  return buffer;
};
Writer.prototype.renderInverted = function renderInverted(token, context, partials, originalTemplate, config) {
  var value = context.lookup(token[1]);
  if (!value || isArray(value) && value.length === 0)
    return this.renderTokens(token[4], context, partials, originalTemplate, config);
};
Writer.prototype.indentPartial = function indentPartial(partial, indentation, lineHasNonSpace) {
  var filteredIndentation = indentation.replace(/[^ \t]/g, "");
  var partialByNl = partial.split("\n");
  for (var i = 0; i < partialByNl.length; i++) {
    if (partialByNl[i].length && (i > 0 || !lineHasNonSpace)) {
      partialByNl[i] = filteredIndentation + partialByNl[i];
    }
  }
  return partialByNl.join("\n");
};
Writer.prototype.renderPartial = function renderPartial(token, context, partials, config) {
  if (!partials) return;
  var tags = this.getConfigTags(config);
  var value = isFunction(partials) ? partials(token[1]) : partials[token[1]];
  if (value != null) {
    var lineHasNonSpace = token[6];
    var tagIndex = token[5];
    var indentation = token[4];
    var indentedValue = value;
    if (tagIndex == 0 && indentation) {
      indentedValue = this.indentPartial(value, indentation, lineHasNonSpace);
    }
    var tokens = this.parse(indentedValue, tags);
    return this.renderTokens(tokens, context, partials, indentedValue, config);
  }
};
Writer.prototype.unescapedValue = function unescapedValue(token, context) {
  var value = context.lookup(token[1]);
  if (value != null)
    return value;
};
Writer.prototype.escapedValue = function escapedValue(token, context, config) {
  var escape = this.getConfigEscape(config) || mustache.escape;
  var value = context.lookup(token[1]);
  if (value != null)
    return typeof value === "number" && escape === mustache.escape ? String(value) : escape(value);
};
Writer.prototype.rawValue = function rawValue(token) {
  return token[1];
};
Writer.prototype.getConfigTags = function getConfigTags(config) {
  if (isArray(config)) {
    return config;
  } else if (config && typeof config === "object") {
    return config.tags;
  } else {
    return void 0;
  }
};
Writer.prototype.getConfigEscape = function getConfigEscape(config) {
  if (config && typeof config === "object" && !isArray(config)) {
    return config.escape;
  } else {
    return void 0;
  }
};
var mustache = {
  name: "mustache.js",
  version: "4.2.0",
  tags: ["{{", "}}"],
  clearCache: void 0,
  escape: void 0,
  parse: void 0,
  render: void 0,
  Scanner: void 0,
  Context: void 0,
  Writer: void 0,
  /**
   * Allows a user to override the default caching strategy, by providing an
   * object with set, get and clear methods. This can also be used to disable
   * the cache by setting it to the literal `undefined`.
   */
  set templateCache(cache) {
    defaultWriter.templateCache = cache;
  },
  /**
   * Gets the default or overridden caching object from the default writer.
   */
  get templateCache() {
    return defaultWriter.templateCache;
  }
};
var defaultWriter = new Writer();
mustache.clearCache = function clearCache2() {
  return defaultWriter.clearCache();
};
mustache.parse = function parse3(template, tags) {
  return defaultWriter.parse(template, tags);
};
mustache.render = function render2(template, view, partials, config) {
  if (typeof template !== "string") {
    throw new TypeError('Invalid template! Template should be a "string" but "' + typeStr(template) + '" was given as the first argument for mustache#render(template, view, partials)');
  }
  return defaultWriter.render(template, view, partials, config);
};
mustache.escape = escapeHtml;
mustache.Scanner = Scanner;
mustache.Context = Context;
mustache.Writer = Writer;
var mustache_default = mustache;

// src/release/pull-request/template.ts
var import_errors28 = __toESM(require_errors());
var import_escape14 = __toESM(require_escape());
var import_objects13 = __toESM(require_objects());
var import_secrets2 = __toESM(require_secrets());

// src/release/pull-request/strict-writer.ts
var import_errors27 = __toESM(require_errors());
var MAX_TEXT = 2e6;
var MAX_REPEATED = 10;
var SafeContext = class _SafeContext extends mustache_default.Context {
  #safe;
  constructor(values, safe, parent) {
    super(values, parent);
    this.#safe = safe;
  }
  push(values) {
    return new _SafeContext(values, this.#safe, this);
  }
  lookup(name2) {
    const value = super.lookup(name2);
    return typeof value === "string" && value !== "" ? this.#safe(value, name2.slice(name2.lastIndexOf(".") + 1)) : value;
  }
};
var StrictWriter = class extends mustache_default.Writer {
  #input;
  #most;
  #rendered = 0;
  /** `input` is the one that the template was given in. */
  constructor(input, values) {
    super();
    this.#input = input;
    this.#most = MAX_TEXT + MAX_REPEATED * sizeOf(values);
  }
  /** Lists in lists multiply: what was rendered is counted in each section, and so is each section without a text. */
  renderTokens(...tokens) {
    const text = super.renderTokens(...tokens);
    this.#rendered += text.length + 1;
    if (this.#rendered > this.#most) {
      const reason = `makes a text of more than ${this.#most} characters`;
      throw (0, import_errors27.failure)("TEMPLATE_INVALID", { input: this.#input, reason });
    }
    return text;
  }
  escapedValue(token, context) {
    const [, variable = ""] = token;
    const value = context.lookup(variable);
    if (typeof value !== "string" || value === "") {
      throw (0, import_errors27.failure)("TEMPLATE_VARIABLE_EMPTY", { input: this.#input, variable });
    }
    return value;
  }
  /** `{{{ x }}}` and `{{& x }}` are `{{ x }}`: the values are safe already, and nothing undoes that. */
  unescapedValue(token, context) {
    return this.escapedValue(token, context);
  }
};
function sizeOf(value) {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((sum, item) => sum + sizeOf(item), 0);
}

// src/release/pull-request/template-variables.ts
var VARIABLES = {
  action: "Release, Promote or Roll back",
  app: "the app of the config file",
  environment: "its environment",
  name: "the release\u2019s name",
  version: "version of the first image: its tag, else its digest",
  images: [
    {
      name: "the image as given, without version",
      tag: "its tag",
      digest: "its digest",
      version: "tag@digest, as far as given"
    }
  ],
  from: "version before of the first image; several where places differ; empty where there was none, or the same",
  bump: "the largest step among the changes: major, minor, patch, down, or unordered (also the first version of a place)",
  step: "the same for a person: empty where there is no order",
  imageChanges: [
    {
      image: "an image that changes, as the manifests spell it",
      from: "its versions before; empty for a first version",
      to: "its version after",
      step: "the step between the two: major, minor, patch or down; empty where there is no order",
      places: "how many places have it",
      registry: 'what its registry says: digest, platforms and age; or "not checked"',
      builtBy: 'who was verified to have built it, or "not checked"'
    }
  ],
  checked: "set where the registries were asked",
  unchecked: "why images were not checked; empty where all were",
  imagesMore: "how many images are not in that list; empty for none",
  placeCount: 'how many places change in how many files, as "10 places in 4 files"',
  placesFolded: "set where the places are more than five",
  places: [
    {
      file: "path of the manifest",
      line: "line in it",
      where: "path in the document",
      image: "the image as the manifest spells it",
      from: "version before, its digest cut to twelve characters; empty for a place that had none",
      to: "version after, cut in the same way",
      note: "what changes beside the version; else empty"
    }
  ],
  placesMore: "how many places are not in that list; empty for none",
  changes: [
    {
      file: "path of the manifest",
      line: "line in it",
      where: "path in the document",
      image: "the image as the manifest spells it",
      from: "version before; empty for a place that had none",
      to: "version after",
      note: "what changes beside the version: quoted, forceString: true; else empty",
      bump: "the step between the two: major, minor, patch, down, or unordered"
    }
  ],
  leftCount: 'how many lines keep another version of a released image, as "2 lines"; empty for none',
  left: [
    {
      file: "path of a file that has one",
      line: "line in it",
      image: "the image as it is spelled there",
      version: "the version that is there",
      reason: 'why it was left, e.g. "is in a template"'
    }
  ],
  leftMore: "how many lines are not in that list; empty for none",
  rendered: "what changes in the cluster, as Markdown; empty where nothing was rendered",
  reason: "why, as the input says",
  origin: {
    environment: "environment that the versions were promoted from",
    since: "when they came there, or in a rollback, when they were there before",
    pull: "number of the pull request that brought them there",
    pullUrl: "web page of that pull request",
    age: 'how long they were there at the time of this run, as "3 days"'
  },
  skipped: "versions that the pull request carried on the way here, and that were never merged",
  contents: {
    summary: "how many commits of the source repository are in it, or why that is not known",
    url: "web page that compares the two versions"
  },
  commits: [
    {
      commit: "id of a commit that is in it",
      shortCommit: "its first seven characters",
      author: "who wrote it",
      subject: "first line of its message",
      mark: "Breaking change or Revert, as a conventional commit says; else empty",
      url: "web page of that commit",
      pull: "number of its pull request",
      pullUrl: "web page of that pull request"
    }
  ],
  commitsMore: "how many commits are not in that list; empty for none",
  source: {
    repository: "repository that the image was built from",
    commit: "commit that it was built from",
    shortCommit: "its first seven characters",
    url: "web page of that commit"
  },
  run: { url: "web page of the CI run" },
  actor: "who started the run",
  goBack: { command: "command that releases the versions before again; empty where there were none, or several" },
  base: "branch that the pull request goes into",
  details: "set where the pages of the server fold the HTML element details"
};

// src/release/pull-request/template.ts
var SAFE = {
  // No part of the path may begin with a dot, be empty or end in .lock.
  ref: (value) => value.replace(/[^\w./-]+/g, "-").replace(/\.{2,}/g, ".").replace(/(^|\/)[./]+/g, "$1-").replace(/\.lock(?=\/|$)/g, "-lock").replace(/[./]$/, "-"),
  line: (value) => (0, import_escape14.oneLine)(value, 1e3),
  commit: import_escape14.forCommit,
  markdown: (value, key) => {
    if (key === "rendered") return value;
    if (key === "command") return (0, import_escape14.markdownCode)(value);
    return /url$/i.test(key) ? (0, import_escape14.markdownUrl)(value) : (0, import_escape14.forMarkdown)(value);
  }
};
function renderTemplate(input, template, variables, place) {
  const known2 = Object.fromEntries(Object.entries(VARIABLES).filter(([name2]) => name2 in variables));
  try {
    checkNames(input, mustache_default.parse(template), [known2]);
  } catch (error) {
    if (error instanceof Error && error.name === "Error") {
      throw (0, import_errors28.failure)("TEMPLATE_INVALID", { input, reason: error.message }, error);
    }
    throw error;
  }
  const context = new SafeContext(variables, (0, import_objects13.memoized)(SAFE[place]));
  return (0, import_secrets2.safeText)(new StrictWriter(input, variables).render(template, context));
}
var MAX_DEPTH3 = 20;
function checkNames(input, tokens, scopes, depth = 0) {
  if (depth > MAX_DEPTH3) {
    throw (0, import_errors28.failure)("TEMPLATE_INVALID", { input, reason: `has sections in sections, more than ${MAX_DEPTH3} deep` });
  }
  for (const [type, name2, , , children] of tokens) {
    if (type === "text" || type === "!" || type === "=") continue;
    const found = type === ">" ? void 0 : lookUp(name2, scopes);
    if (found === void 0 || typeof found === "object" && !children) {
      const nearest = (0, import_fastest_levenshtein4.closest)(name2, scopes.flatMap(namesOf2));
      throw (0, import_errors28.failure)("TEMPLATE_VARIABLE_UNKNOWN", { input, variable: name2, nearest });
    }
    if (children) {
      checkNames(input, children, typeof found === "object" ? [rowOf(found), ...scopes] : scopes, depth + 1);
    }
  }
}
function lookUp(name2, scopes) {
  const [first = "", second, ...rest] = name2.split(".");
  const scope = scopes.find((candidate) => Object.hasOwn(candidate, first));
  const value = scope?.[first];
  if (second === void 0) return value;
  if (rest.length > 0 || typeof value !== "object" || isList(value)) return void 0;
  return Object.hasOwn(value, second) ? value[second] : void 0;
}
var isList = (value) => Array.isArray(value);
var rowOf = (value) => isList(value) ? value[0] : value;
function namesOf2(scope) {
  return Object.entries(scope).flatMap(
    ([name2, value]) => typeof value === "string" ? name2 : Object.keys(rowOf(value)).map((key) => `${name2}${isList(value) ? "[]" : ""}.${key}`)
  );
}

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
async function* buildsBefore({ store, forge }, { build, inputs, key }, { name: name2, plan, pullRequests }) {
  const merged = forge && inputs.policy.delivery === "pull-request" ? pullRequests.merged : [];
  for (const known2 of merged) {
    if (hasSameImages(known2.build, build)) break;
    yield [(0, import_name4.pullRequestName)(forge, known2.pullRequest.number), known2.build];
  }
  const findRollbacks = async () => {
    const branch = renderTemplate("branch", import_operation2.ROLLBACK_BRANCH, { name: name2 }, "ref");
    return forge ? mergedBuilds(await forge.find([branch], store.base, ({ body }) => hasMetadata(body)), key) : /* @__PURE__ */ new Map();
  };
  let rollbacks;
  let steps = 0;
  for await (const commits of store.fileCommits(plan.files.map(({ path }) => path))) {
    for (const commit of commits) {
      const pull = pullOf(commit.message);
      let before2 = buildIn(commit, key);
      if (!before2 && pull !== "") before2 = (await (rollbacks ??= findRollbacks())).get(pull);
      if (before2) yield [pull === "" ? `commit ${commit.id.slice(0, 7)}` : (0, import_name4.pullRequestName)(forge, pull), before2];
    }
    steps += 1;
    if (steps === HISTORY_STEPS) return;
  }
}
var isRemovedBy = ({ images }, rollsBack) => images.every((image) => rollsBack.some((removed) => isSameReference(removed, image)));
function isOlder(one, other) {
  const orders = versionPairs(one, other).map(([before2, next]) => (0, import_version5.compareVersions)(before2, next));
  return orders.every((order) => order !== void 0 && order <= 0) && (orders.length === 0 || orders.some(Boolean));
}
function isSameReference(one, other) {
  const [a, b] = [(0, import_image_reference33.parseReference)(one), (0, import_image_reference33.parseReference)(other)];
  const isOfOne = a && b && (0, import_image_reference33.repositoryOf)(a.name) === (0, import_image_reference33.repositoryOf)(b.name);
  return isOfOne === true && (0, import_image_reference33.isSameVersion)((0, import_image_reference33.formatVersion)(a), (0, import_image_reference33.formatVersion)(b));
}

// src/release/plan-manifests.ts
var import_errors30 = __toESM(require_errors());
var import_image_reference35 = __toESM(require_image_reference());
var import_objects14 = __toESM(require_objects());
var import_images = __toESM(require_images());

// src/manifests/near-misses.ts
var import_fastest_levenshtein5 = __toESM(require_mod());
var import_image_reference34 = __toESM(require_image_reference());
var import_lines8 = __toESM(require_lines());
var IMAGE_WORDS3 = ["image", "repository", "newName", "newTag"];
var MOST2 = 5;
function findNearMisses(image, files) {
  const wanted = (0, import_image_reference34.repositoryOf)(image);
  const places = takeInventory(files).places.filter(
    ({ where, site }) => site.fields[0]?.role !== "reference" || /image/i.test(where)
  );
  const versioned = places.filter(({ version }) => (0, import_image_reference34.formatVersion)(version) !== "");
  const named3 = new Map(versioned.map((place) => [place.repository, place]));
  const nearest = [...named3].toSorted(([a], [b]) => (0, import_fastest_levenshtein5.distance)(a, wanted) - (0, import_fastest_levenshtein5.distance)(b, wanted));
  return nearest.slice(0, MOST2).map(([, place]) => `${place.image} (${place.file}:${place.line})`);
}
function findMentions(image, files) {
  const search = new TextSearch([image]);
  const mentions = files.flatMap(({ path, bytes }) => {
    const text = new TextDecoder().decode(bytes);
    const lines = new import_lines8.LineTable(text);
    return [...search.find(path, text)].filter(({ version }) => (0, import_image_reference34.formatVersion)(version) === "").map(({ name: name2, offset }) => `${path}:${lines.positionAt(offset).line} names ${name2} without a version`);
  });
  return mentions.slice(0, MOST2);
}

// src/manifests/suggest-target.ts
var import_errors29 = __toESM(require_errors());
var import_targets = __toESM(require_targets());
var import_manifest6 = __toESM(require_manifest());
var import_tree21 = __toESM(require_tree());
function suggestTarget({ file: path, line }, image, files, options) {
  const file = files.find((one) => one.path === path);
  if (!file) return void 0;
  const changes = (target) => {
    try {
      const targets = [...options.targets ?? [], ...(0, import_targets.readTargets)([target], [image])];
      return planRelease([image], files, { ...options, targets }).changes.some(
        (change) => change.file === path && change.line === line
      );
    } catch (error) {
      if (error instanceof import_errors29.ReleaseError) return false;
      throw error;
    }
  };
  return valuesAt((0, import_manifest6.readManifest)(path, file.bytes), line).map((value) => `${path}#${value}=${image.reference.name}`).find(changes);
}
function valuesAt({ documents, lines }, line) {
  const own = documents.filter(({ label, name: name2 }) => label === "" || label === name2);
  return own.flatMap(({ root, name: name2, index }) => {
    const document = own.length === 1 ? "" : `${name2 || index}#`;
    return (0, import_tree21.walk)(root).flatMap(
      ({ node, path }) => node.kind === "scalar" && lines.positionAt(node.start).line === line ? `${document}${path}` : []
    );
  });
}

// src/release/plan-manifests.ts
var NEAR_MISS_FILES = 300;
var MOST_SEEN = 10;
async function planManifests(reading, wanted, { manifests, others }, commit) {
  const { log } = reading;
  const plan = planRelease(wanted.images, manifests, { ...wanted.search.plan, others });
  for (const problem of plan.problems) log.problem(problem);
  for (const { place, reason } of plan.left) log.debug(`left ${place.file}:${place.line} ${place.where}: it ${reason}`);
  for (const image of plan.missing) {
    const copy = wanted.images.find((other) => !plan.missing.includes(other) && (0, import_images.isCopy)(image, other));
    if (!copy) throw await explainMissing(reading, wanted, image, plan, { manifests, others, commit });
    log.step(`${image.replaces} is in no manifest; skipped: ${copy.replaces} is the same build`);
  }
  const { unused = [] } = wanted;
  const more = unused.length > 0 ? planRelease(unused, manifests, { others }).leftovers : [];
  log.step(`read ${(0, import_objects14.counted)(manifests.length, "file")}: ${(0, import_objects14.counted)(plan.changes.length, "place")} to change`);
  return { ...plan, leftovers: [...plan.leftovers, ...more] };
}
async function explainMissing({ store }, { search }, image, { problems, leftovers, emptyPlaces }, { manifests: files, others, commit }) {
  const { replaces } = image;
  const { manifests } = await store.read(
    { words: IMAGE_WORDS3, paths: search.paths },
    { commit, limit: NEAR_MISS_FILES }
  );
  const nearest = findNearMisses(replaces, manifests);
  const seen = leftovers.filter((one) => (0, import_image_reference35.searchWord)(one.image) === (0, import_image_reference35.searchWord)(replaces)).slice(0, MOST_SEEN);
  const targets = seen.flatMap((one) => suggestTarget(one, image, files, search.plan) ?? []);
  const read2 = problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
  const empty = emptyPlaces.filter((one) => one.image === replaces).slice(0, MOST_SEEN);
  const mentions = seen.length + empty.length > 0 ? [] : findMentions(image, [...files, ...others]);
  const notes = [
    ...seen.map(noteOf),
    ...read2,
    ...empty.map(({ file, line, where }) => `${file}:${line} ${where} has no version of it`),
    ...mentions
  ];
  return (0, import_errors30.failure)("SITE_NOT_FOUND", { image: replaces, notes, nearest, targets, empty, place: seen[0] ?? empty[0] });
}
var noteOf = ({ file, line, image, version, reason }) => `${file}:${line} has ${image} ${version}, but it ${reason}`;

// src/release/observe.ts
var import_name5 = __toESM(require_name());

// src/release/request.ts
var import_errors32 = __toESM(require_errors());
var import_connect4 = __toESM(require_connect());

// src/git/branch-name.ts
var REFUSED = /\.\.|@\{|\/\/|(?:^|\/)\.|\.lock(?:\/|$)|[\0-\x20\x7f~^:?*[\\]|^[-/]|[./]$|^$/;
function isBranchName(text) {
  return !REFUSED.test(text) && text !== "HEAD";
}

// src/release/request.ts
var import_identity6 = __toESM(require_identity());
var import_checked_images2 = __toESM(require_checked_images());

// src/release/pull-request/variables.ts
var import_errors31 = __toESM(require_errors());
var import_escape15 = __toESM(require_escape());
var import_image_reference36 = __toESM(require_image_reference());
var import_objects15 = __toESM(require_objects());
var import_time3 = __toESM(require_time());
var import_version6 = __toESM(require_version());
var import_wildcard2 = __toESM(require_wildcard());
var import_web_pages = __toESM(require_web_pages());
var import_checked_images = __toESM(require_checked_images());
var import_image_changes = __toESM(require_image_changes());
var MAX_FROM = 3;
var MAX_UNFOLDED = 5;
var LISTED = [50, 20, 5, 0];
function releaseVariables({
  inputs,
  build,
  source
}, name2, base) {
  const { app: app2, environment: environment2 } = inputs.identity;
  const { kind, remote } = inputs.access;
  const { action, reason, origin } = build.operation;
  const references = build.images.flatMap((image) => (0, import_image_reference36.parseReference)(image) ?? []);
  const { repository, commit, url } = source;
  return {
    action,
    app: app2,
    environment: environment2,
    reason,
    origin: { ...origin, age: (0, import_time3.ageOf)(origin.since), pullUrl: (0, import_web_pages.pullRequestPage)(kind, remote.url, origin.pull) },
    name: name2,
    version: references[0]?.tag ?? references[0]?.digest ?? "",
    images: references.map((reference) => ({
      name: reference.name,
      tag: reference.tag ?? "",
      digest: reference.digest ?? "",
      version: (0, import_image_reference36.formatVersion)(reference)
    })),
    source: { repository, commit, shortCommit: commit.slice(0, 7), url },
    run: { url: build.run.url },
    actor: build.run.actor,
    base
  };
}
function planVariables(variables, changes, checked = []) {
  const [first] = changes;
  const steps = changes.filter(import_version6.isStep);
  const ofFirst = steps.filter(({ image }) => image === first?.image);
  const before2 = [...new Set(ofFirst.map(({ from: from2, to }) => (0, import_image_changes.shownBefore)(from2, to)))];
  const bumpBetween = (0, import_objects15.memoized)(import_version6.bumpOf);
  const rows = changes.map((change) => ({
    ...change,
    note: change.note ?? "",
    line: String(change.line),
    bump: bumpBetween(change.from, change.to)
  }));
  const from = before2.slice(0, MAX_FROM).join(", ") + (before2.length > MAX_FROM ? ", \u2026" : "");
  const bump = rows.length === 0 ? "" : (0, import_version6.largestBump)(steps.map((step) => bumpBetween(step.from, step.to)));
  return {
    ...variables,
    version: (0, import_image_reference36.shortVersion)(variables.version),
    from,
    bump,
    step: (0, import_image_changes.shownStep)(bump),
    imageChanges: (0, import_image_changes.imageChanges)(changes).map((row) => ({
      image: row.image,
      from: row.from.join(", "),
      to: row.to,
      step: (0, import_image_changes.shownStep)(row.bump),
      places: String(row.places),
      registry: (0, import_checked_images.shownFacts)((0, import_checked_images.checkOf)(checked, row.image)),
      builtBy: (0, import_checked_images.shownSigner)((0, import_checked_images.checkOf)(checked, row.image))
    })),
    checked: checked.length > 0 ? "yes" : "",
    unchecked: (0, import_checked_images.whyUnchecked)(checked).join("; "),
    placeCount: `${(0, import_objects15.counted)(rows.length, "place")} in ${(0, import_objects15.counted)(new Set(rows.map(({ file }) => file)).size, "file")}`,
    placesFolded: rows.length > MAX_UNFOLDED ? "yes" : "",
    places: rows.map((row) => ({ ...row, from: (0, import_image_reference36.shortVersion)(row.from), to: (0, import_image_reference36.shortVersion)(row.to) })),
    changes: rows
  };
}
function leftVariables(leftovers) {
  return {
    left: leftovers.map((leftover) => ({ ...leftover, line: String(leftover.line) })),
    leftCount: leftovers.length === 0 ? "" : (0, import_objects15.counted)(leftovers.length, "line")
  };
}
function ofAnyVersion({ images, source, run: run2, version, ...rest }) {
  const any = (text) => text === "" ? "" : ANY_VERSION;
  return {
    ...rest,
    version: any(version),
    images: images.map((image) => ({
      name: image.name,
      tag: any(image.tag),
      digest: any(image.digest),
      version: any(image.version)
    })),
    source: {
      repository: source.repository,
      commit: any(source.commit),
      shortCommit: any(source.shortCommit),
      url: any(source.url)
    },
    run: { url: any(run2.url) }
  };
}
function renderCommitMessage(templates, variables) {
  return renderTemplate("commit-message", templates["commit-message"], variables, "commit");
}
function renderTexts(templates, variables, limits) {
  const whole = shortened(variables, Infinity);
  const title = (0, import_escape15.oneCommitLine)(renderTemplate("title", templates.title, whole, "commit").trim(), limits.title - 1);
  if (title === "") throw (0, import_errors31.failure)("INPUT_INVALID", { input: "title", value: templates.title, reason: "is empty" });
  let body = "";
  for (const most of LISTED) {
    body = renderTemplate("body", templates.body, shortened(variables, most), "markdown").trim();
    if (body.length <= limits.body * 3 / 4) break;
  }
  return { title, body };
}
function shortened(variables, most) {
  const { imageChanges: images, places, commits, left } = variables;
  const more = (list3) => list3.length > most ? String(list3.length - most) : "";
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
  return labels.some((template) => template === label || (0, import_wildcard2.matchesParts)(label, template.split(/\{{2,3}[^{}]*\}+/), 1));
}
function renderLabels(templates, variables, limit) {
  const labels = templates.attributes.labels.map((label) => renderTemplate("labels", label, variables, "line").trim().slice(0, limit)).filter((label) => label !== "");
  return [...new Set(labels)];
}

// src/release/request.ts
function readRequest({ store, forge }, inputs, ci) {
  const { access, identity, images, operation, policy, templates } = inputs;
  if (inputs.commit.sign === "api" && !forge?.commit) {
    throw (0, import_errors32.failure)("API_NEEDED", { input: "sign-commits", repository: access.remote.name });
  }
  const build = buildOf(images.released, operation, ci);
  const partial = { inputs, key: (0, import_identity6.identityKey)(identity), build, source: ci.source };
  const named3 = namesOf(identity, templates.name, images.released);
  if (policy.delivery === "push") {
    const names = [{ name: named3.names[0] ?? "", branch: store.base }];
    return { ...partial, branches: { names, otherNames: [], patterns: [] } };
  }
  const branches = branchesOf(named3, (name2, isAnyVersion) => {
    const variables = releaseVariables(partial, name2, store.base);
    return renderBranch(templates.branch, isAnyVersion ? ofAnyVersion(variables) : variables);
  });
  for (const { branch } of branches.names) {
    if (!isBranchName(branch)) throw (0, import_errors32.failure)("BRANCH_INVALID", { branch });
    if (branch === store.base) throw (0, import_errors32.failure)("BRANCH_IS_BASE", { branch });
    if (isLongLived(branch, policy.bases)) throw (0, import_errors32.failure)("BRANCH_LONG_LIVED", { branch });
  }
  return { ...partial, branches };
}
function branchNames(inputs, ci, base) {
  const { identity, images, operation, policy, templates } = inputs;
  if (policy.delivery === "push") return [];
  const partial = { inputs, build: buildOf(images.released, operation, ci), source: ci.source };
  const { names, otherNames } = branchesOf(
    namesOf(identity, templates.name, images.released),
    (name2) => renderBranch(templates.branch, releaseVariables(partial, name2, base))
  );
  return [...new Set([...names, ...otherNames].map(({ branch }) => branch))].filter(isBranchName);
}
var renderBranch = (template, variables) => renderTemplate("branch", template, variables, "ref").trim();
function withFacts(request, checked, { sourceServerUrl, source, servers }) {
  const { inputs, build } = request;
  const { access, images, checks, operation } = inputs;
  const released = (0, import_checked_images2.pinned)(images.released, checked, checks.pin);
  const place = { server: sourceServerUrl, kind: (0, import_connect4.kindOfSource)({ sourceServerUrl, source, servers }) };
  const known2 = (0, import_checked_images2.sourceOfImages)(checked, { source: request.source, manifests: access.remote.name, ...place });
  return {
    ...request,
    inputs: { ...inputs, images: { ...images, released } },
    build: buildOf(released, operation, { source: known2, run: build.run }),
    source: known2
  };
}

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
  const isThere = tip !== void 0 || seen.open.some((one) => isOnBranch(one, asked.branches));
  const checked = await awaitChecks(checking, asked.inputs, isThere ? void 0 : files);
  for (const one of checked) note((0, import_checked_images3.lineOf)(one));
  const request = withFacts(asked, checked, ci);
  const { inputs } = request;
  const wanted = wantedOf(inputs);
  const found = await withHeads(workspace, request, seen);
  const base = { commit: store.baseCommit, files };
  const plan = await planManifests(workspace, wanted, files, base.commit);
  const own = new OwnCommits(workspace, request, base, found);
  const read2 = branch === void 0 ? void 0 : { branch, tip };
  const chosen2 = await chooseBranch(workspace, request, own, { found, read: read2, asksGit });
  const [onTop] = chosen2.foreign;
  const isByOthers = chosen2.tip !== void 0 && !chosen2.areOurs;
  const atTip = isByOthers ? await readManifests(workspace, wanted, { commit: chosen2.tip.id, others: true }) : files;
  const planOnTop = onTop ? await planManifests(workspace, wanted, atTip, onTop.id) : plan;
  const carried = carriedBy(workspace, request, chosen2, atTip);
  const state = { ...chosen2, plan, planOnTop, files, atTip, carried, own, request, checked };
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
  const {
    inputs,
    branches: { names, otherNames }
  } = request;
  if (!forge || inputs.policy.delivery === "push") return Promise.resolve(NO_ANSWER);
  const branches = [...names, ...otherNames].map(({ branch }) => branch);
  return forge.find([...new Set(branches)], store.base, (one) => matters(one, request));
}
var matters = (one, { branches }) => isOnBranch(one, branches) || one.state === "merged" && hasMetadata(one.body);
var isOnBranch = ({ branch }, branches) => [...branches.names, ...branches.otherNames].some((one) => one.branch === branch) || isReleaseBranch(branches, branch);
async function withHeads({ store, forge }, { branches }, found) {
  if (forge?.headsByGit !== true) return found;
  const open2 = [];
  for (const one of found.open) {
    open2.push(isOnBranch(one, branches) ? { ...one, head: await store.tip(one.branch) } : one);
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
  const { planOnTop, foreign, pullRequests, branch, carried } = state;
  const { build } = request;
  const { present: own } = pullRequests;
  const where = own ? (0, import_name5.pullRequestName)(workspace.forge, own.pullRequest.number) : branch;
  const onBranch = foreign.length > 0 ? planOnTop.changes : [];
  const present = [
    ...await observeBase(workspace, request, state),
    ...onBranch.filter(import_version7.isStep).map(({ file, from, to }) => asPresent(`${file} on ${branch}`, from, to)),
    ...carried ? [{ where, versions: versionPairs(carried.build, build), build: carried.build }] : [],
    ...pullRequests.others.map((other) => presentIn(workspace, other, build))
  ];
  return Promise.all(present.map((one) => withComparison(workspace, one, build)));
}
async function observeBase({ store, forge }, { inputs, key }, { plan, pullRequests }) {
  const changes = plan.changes.filter(import_version7.isStep);
  const isUnordered = changes.some(
    ({ from, to }) => (0, import_version7.compareVersions)((0, import_version7.withoutDigest)(to), (0, import_version7.withoutDigest)(from)) === void 0
  );
  const [merged] = pullRequests.merged;
  const isInPullRequests = merged !== void 0 || forge !== void 0 && inputs.policy.delivery === "pull-request";
  const deployed = async () => isInPullRequests ? merged?.build : (await store.history()).flatMap((commit) => isDirect(commit) ? buildIn(commit, key) ?? [] : [])[0];
  const build = isUnordered ? await deployed() : void 0;
  return changes.map(({ file, image, from, to }) => ({
    ...asPresent(`${file} on ${store.base}`, from, to),
    build: build && hasVersion2(build, image, from) ? build : void 0
  }));
}
var asPresent = (where, from, to) => ({
  where,
  versions: [[from, to]],
  build: void 0
});
function presentIn({ forge }, { pullRequest, build: other }, build) {
  const where = (0, import_name5.pullRequestName)(forge, pullRequest.number);
  return { where, versions: versionPairs(other, build), build: other };
}
async function withComparison({ compare: compare2 }, present, build) {
  const commits = commitsToCompare(present, build);
  if (!commits) return present;
  const { status } = await compare2(build.source.repository, ...commits);
  return status === "unknown" ? present : { ...present, comparison: status };
}

// src/release/pull-request/close.ts
var import_name6 = __toESM(require_name());

// src/release/pull-request/upsert.ts
var import_escape17 = __toESM(require_escape());
var import_objects16 = __toESM(require_objects());

// src/release/pull-request/carry-over.ts
var LISTS = ["labels", "reviewers", "team-reviewers", "assignees"];
function carryOver(superseded, wanted, isTemplated2, key) {
  const each = superseded.map(({ pullRequest, metadata }) => ({
    pullRequest,
    given: metadata?.given ?? { ...wanted, labels: pullRequest.labels.filter(isTemplated2) }
  }));
  const added = (list3) => {
    const all = each.flatMap(({ pullRequest, given }) => without(list3, pullRequest[list3], given[list3]));
    return [...new Set(all)];
  };
  const removed = (list3) => list3.endsWith("reviewers") ? [] : each.flatMap(({ pullRequest, given }) => without(list3, given[list3], pullRequest[list3]));
  const notes = superseded.map(({ pullRequest }) => readNotes(pullRequest.body, key));
  return {
    added: listsOf(added),
    removed: listsOf(removed),
    notes: { before: joined2(notes.map(({ before: before2 }) => before2)), after: joined2(notes.map(({ after }) => after)) }
  };
}
function withCarryOver(wanted, { added, removed }) {
  return listsOf((list3) => [.../* @__PURE__ */ new Set([...without(list3, wanted[list3], removed[list3]), ...added[list3]])]);
}
var listsOf = (make) => {
  const [labels = [], reviewers = [], teams = [], assignees = []] = LISTS.map(make);
  return { labels, reviewers, "team-reviewers": teams, assignees };
};
function without(list3, names, others) {
  const known2 = new Set(others.map((name2) => asCompared(list3, name2)));
  return names.filter((name2) => !known2.has(asCompared(list3, name2)));
}
var asCompared = (list3, name2) => (list3 === "team-reviewers" ? name2.replace(/^.*\//, "") : name2).toLowerCase();
var joined2 = (texts) => [...new Set(texts)].filter(Boolean).join("\n\n");

// src/release/pull-request/title.ts
var import_escape16 = __toESM(require_escape());
var import_image_reference37 = __toESM(require_image_reference());
var import_tag_kind2 = __toESM(require_tag_kind());
function namedVersions({ images }, changes) {
  const references = images.flatMap((image) => (0, import_image_reference37.parseReference)(image) ?? []);
  return {
    to: /* @__PURE__ */ new Set([...references.flatMap(partsOf), ...changes.flatMap(({ to }) => partsOf((0, import_image_reference37.parseVersion)(to)))]),
    from: new Set(changes.flatMap(({ from }) => partsOf((0, import_image_reference37.parseVersion)(from))))
  };
}
function partsOf(version) {
  const { tag, digest } = version ?? {};
  const both = tag !== void 0 && digest !== void 0 ? [`${tag}@${digest}`] : [];
  return [tag, digest, ...both].flatMap((part) => part === void 0 ? [] : [bare(part), bare((0, import_image_reference37.shortVersion)(part))]);
}
function isKept(title, metadata, versions) {
  return metadata?.title !== title && !isWrong(title, metadata, versions);
}
function isWrong(title, metadata, { to, from }) {
  const earlier = new Set([metadata?.version ?? "", ...metadata?.skipped ?? []].map(bare));
  const mayBe = (word2) => metadata ? earlier.has(word2) : ["version", "build"].includes((0, import_tag_kind2.kindOfTag)(word2));
  const named3 = words(title).filter((word2) => VERSION3.test(word2) || to.has(word2) || from.has(word2) || mayBe(word2));
  const isRight = named3.some((one) => to.has(one)) && named3.every((one) => to.has(one) || from.has(one));
  return named3.length > 0 && !isRight;
}
var VERSION3 = /^\d+\.\d+/;
var bare = (version) => version.replace(/^v(?=\d)/i, "");
var words = (title) => (0, import_escape16.fromCommit)(title).split(/[\s()[\]{}"'\u201c\u201d\u2018\u2019\u00ab\u00bb,;\u2192]+/).map((word2) => bare(word2.replace(/(?<![.:!?\u2026])[.:!?\u2026]+$/, ""))).filter((word2) => word2 !== "");

// src/release/pull-request/upsert.ts
var NOTES_CUT = "\n_This text was shortened; the superseded pull requests have all of it._";
var MOST_REFUSED = 10;
async function upsertPullRequest(forge, present, content, wanted, { find: find2, warn, opened, rewritten }) {
  if (rewritten) return { pullRequest: rewritten, outcome: "updated" };
  const created = present ? void 0 : await open(forge, content, wanted, { warn, opened });
  const current = present ?? created ?? await find2();
  if (!current) throw new Error(`a pull request from ${wanted.branch} is open and is not listed`);
  const { pullRequest, metadata } = current;
  const isOld = metadata?.tree !== content.tree;
  const { attributes, over } = wanted;
  const own = { ...attributes, ...withCarryOver(attributes, { ...over, added: NO_ATTRIBUTES }), draft: false };
  const before2 = metadata ? knownGiven(metadata.given, wanted) : own;
  const isDraft = attributes.draft === "always-true" && !created && isOld;
  const { given, refused, merging } = await forge.giveAttributes(
    pullRequest,
    isDraft ? { ...before2, draft: false } : before2,
    { ...attributes, ...withCarryOver(attributes, over), draft: isDraft },
    wanted.head
  );
  for (const [reason, all] of (0, import_objects16.groupBy)(refused, (one) => one.reason)) {
    for (const { what } of all.slice(0, MOST_REFUSED)) warn(`${what} was refused: ${reason}`);
    if (all.length > MOST_REFUSED) warn(`${all.length - MOST_REFUSED} more were refused: ${reason}`);
  }
  const ours = { ...given, ...withCarryOver(given, { added: over.removed, removed: over.added }) };
  const isCurrent = !isOld && isSame2(ours, before2) && !isWrong(pullRequest.title, metadata, content.versions);
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
  const settled2 = { ...attributes, ...withCarryOver(attributes, over), draft: given.draft };
  if (!isSame2(settled2, given)) return void 0;
  const text = await newText(forge, present, content, given);
  const { id, title, body } = present.pullRequest;
  return text && { id, before: { title, body }, ...text };
}
async function closePullRequest(forge, { pullRequest, metadata }, key, reason, now) {
  const { number, body, title } = pullRequest;
  const text = `**${reason}**

${readText(body, key)}`;
  const known2 = metadata ?? { key, tree: "", title, version: "", skipped: [], given: NO_ATTRIBUTES };
  return forge.update(number, {
    ...now && { state: "closed" },
    body: writeMetadata(body, { ...known2, closed: reason }, text, forge.limits.body, forge.hiddenText)
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
  const shortened2 = (note) => (0, import_escape17.cut)(note, Math.floor(limit / 5), NOTES_CUT);
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
var isSame2 = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// src/release/pull-request/close.ts
async function closeObsolete(workspace, request, state, obsolete, reason) {
  const ended = [];
  for (const one of obsolete) ended.push(await end(workspace, request, state, one, reason));
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
    pullRequests.others.map(async (known2) => {
      const present = presentIn(workspace, known2, build);
      const isOrdered = inputs.policy.order === "newest";
      return { known: known2, present: isOrdered ? await withComparison(workspace, present, build) : present };
    })
  );
  const decision = decideSuperseded(request, others);
  if ("superseded" in decision) {
    const reason2 = `Superseded by ${linkTo(pullRequest)}.`;
    await closeObsolete(workspace, request, state, decision.superseded, reason2);
    return void 0;
  }
  const { newer, reason } = decision;
  const ours = pullRequests.present;
  const link = `Superseded by ${linkTo(newer.pullRequest)}.`;
  if (ours) await end(workspace, request, state, ours, link);
  return { pullRequest: newer.pullRequest, reason };
}
async function end({ forge, log, store }, { key, inputs: { policy } }, { own }, one, reason) {
  const { number, branch, head, url } = one.pullRequest;
  if (!forge) return one.pullRequest;
  const isFree = head && !isLongLived(branch, [store.base, ...policy.bases]) && await mayGo(head);
  const free = isFree ? [{ branch, expected: head.id }] : [];
  const isFirst = free.length === 0 || forge.staysOpenWithoutBranch === true;
  const ended = await closePullRequest(forge, one, key, reason, isFirst);
  const { deleted } = await store.deleteBranches(free);
  log.step(`closed ${(0, import_name6.pullRequestName)(forge, number)}: ${reason}`);
  return isFirst || deleted.length > 0 ? { ...ended, url } : forge.update(number, { state: "closed" });
  async function mayGo(tip) {
    return policy.onForeignCommits === "reset" || (await own.on(tip)).areOurs;
  }
}

// src/release/pull-request/description.ts
var import_errors34 = __toESM(require_errors());
var import_version9 = __toESM(require_version());

// src/release/pull-request/changelog.ts
var import_errors33 = __toESM(require_errors());
var import_objects17 = __toESM(require_objects());
var import_version8 = __toESM(require_version());
var UNKNOWN_CONTENTS = { contents: { summary: "", url: "" }, commits: [] };
var COMMIT_TAG = /^(?:[\w.-]*-)?g?([0-9a-f]{7,40})$/;
function revisionOf({ from, to }, deployed, next, ref) {
  if (deployed && deployed.source.commit !== "" && deployed.source.repository === next.source.repository) {
    return deployed.source.commit;
  }
  const [present, wanted] = [(0, import_version8.withoutDigest)(from), (0, import_version8.withoutDigest)(to)];
  const [, commit] = COMMIT_TAG.exec(present) ?? [];
  if (commit !== void 0 && /[a-f]/.test(commit)) return commit;
  if (!/^v?\d+\.\d+/.test(present)) return void 0;
  if (wanted !== "" && ref.includes(wanted)) return ref.replace(wanted, () => present);
  return `v${present.replace(/^v/, "")}`;
}
async function readContents(revision, next, { compare: compare2, hiddenBy }) {
  const { repository, commit } = next.source;
  if (repository === "" || commit === "" || revision === void 0) return UNKNOWN_CONTENTS;
  const ask = (base, head) => compare2(repository, base, head).catch((error) => unanswered2(error));
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
  const explained = (0, import_errors33.asReleaseError)(error);
  if (explained.blame !== "again") throw explained;
  return { status: "unknown", reason: explained.message };
}
function toContents({ status, total, commits, url, pulls }, repository) {
  const pages = pulls ?? `${url.split("/compare/", 1)[0]}/pull/`;
  const shown2 = `${(0, import_objects17.counted)(total, "commit")} of ${repository}`;
  const summaries = {
    ahead: shown2,
    identical: `no other commit of ${repository}`,
    behind: `it goes back to an earlier commit of ${repository}`,
    diverged: `${shown2}, and it lacks some of the deployed version`
  };
  return {
    contents: { summary: summaries[status], url },
    // The latest first, but for those that a reviewer must see.
    commits: commits.toReversed().map((commit) => shownCommit(commit, pages)).toSorted((one, other) => rankOf2(one) - rankOf2(other))
  };
}
function shownCommit({ id, author, subject: subject2, url }, pages) {
  const number = pages === "" ? "" : pullOf(subject2);
  return {
    commit: id,
    shortCommit: id.slice(0, 7),
    author,
    subject: pages === "" ? subject2 : subject2.replace(/ \(#\d+\)$/, ""),
    mark: MARKS2.find(([, pattern]) => pattern.test(subject2))?.[0] ?? "",
    url,
    pull: number,
    pullUrl: number === "" ? "" : `${pages}${number}`
  };
}
var MARKS2 = [
  ["Breaking change", /^\w+(?:\([^()]*\))?!:|\bBREAKING[ -]CHANGE\b/],
  ["Revert", /^(?:revert|reapply)\b(?=[ :("])/i]
];
var rankOf2 = ({ mark }) => mark === "" ? 1 : 0;

// src/release/pull-request/description.ts
var import_rendered_section = __toESM(require_rendered_section());

// src/release/pull-request/go-back.ts
var import_image_reference38 = __toESM(require_image_reference());
function goBackVariables({ inputs, build }, changes) {
  const { app: app2, environment: environment2, paths } = inputs.identity;
  const before2 = [...new Set(changes.map(({ image: image2, from }) => referenceOf(image2, from)))];
  const [image = ""] = before2;
  const isPossible = build.operation.action !== "Roll back" && !before2.includes("") && before2.length > 0;
  const options = ["--repository", inputs.access.remote.name];
  const words2 = app2 === "" ? ["release", ...options, "--images", image, ...paths.flatMap((path) => ["--paths", path]), "--force"] : ["rollback", ...options, "--app", app2, "--environments", environment2];
  const isOne = isPossible && (app2 !== "" || before2.length === 1);
  return { goBack: { command: isOne ? ["manifest-release-pr", ...words2].map(quoted3).join(" ") : "" } };
}
function referenceOf(name2, from) {
  const version = (0, import_image_reference38.parseVersion)(from);
  return version ? (0, import_image_reference38.formatReference)({ name: name2, ...version }) : "";
}
var quoted3 = (word2) => /^[\w./:@=+-]+$/.test(word2) ? word2 : `'${word2.replaceAll("'", "'\\''")}'`;

// src/release/pull-request/description.ts
var MAX_SKIPPED = 20;
var MOST_RENDERED = 16e3;
var NO_LIMITS = { title: 256, body: 65536 };
function describeRelease(workspace, request, described) {
  const { build, key } = request;
  return {
    metadata: {
      key,
      version: versionOf(workspace, request, described.name),
      skipped: skippedBefore(workspace, request, described)
    },
    versions: namedVersions(build, described.plan.changes),
    texts: once2(() => makeTexts(workspace, request, described))
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
    ...describeRelease(workspace, other, { ...state, plan: described, planOnTop: described, checked: [] }),
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
    if (error instanceof import_errors34.ReleaseError && error.blame === "yours") return void 0;
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
  const { plan, planOnTop } = described;
  const variables = planVariables(
    releaseVariables(request, described.name, store.base),
    plan.changes,
    described.checked
  );
  const skipped = skippedBefore(workspace, request, described).join(", ");
  const limits = forge?.limits ?? NO_LIMITS;
  const [contents, rendering] = await Promise.all([
    readContentsOf(workspace, request, described),
    described.rendering?.()
  ]);
  const folds = forge?.hiddenText !== "link-definition";
  const rendered = (0, import_rendered_section.renderedSection)(rendering, Math.min(MOST_RENDERED, Math.floor(limits.body / 4)), folds);
  return renderTexts(
    request.inputs.templates,
    {
      ...variables,
      skipped,
      ...contents,
      ...leftVariables(planOnTop.leftovers),
      ...goBackVariables(request, plan.changes),
      rendered,
      details: folds ? "yes" : ""
    },
    limits
  );
}
async function readContentsOf({ forge, compare: compare2, whyHidden }, { build, source, inputs }, { plan, pullRequests }) {
  const first = plan.changes.find(import_version9.isStep);
  if (!first || !forge || inputs.policy.delivery === "push") return UNKNOWN_CONTENTS;
  const merged = pullRequests.merged[0]?.build;
  const deployed = merged && hasVersion2(merged, first.image, first.from) ? merged : void 0;
  const hiddenBy = inputs.policy.sourceCommits === "always" ? void 0 : whyHidden;
  return readContents(revisionOf(first, deployed, build, source.ref), build, { compare: compare2, hiddenBy });
}
function skippedBefore({ store }, request, { name: name2, pullRequests }) {
  const { present, others } = pullRequests;
  const known2 = [...others.toReversed(), ...present ? [present] : []].flatMap(({ metadata }) => metadata ?? []);
  const versions = known2.flatMap(({ skipped, version }) => [...skipped, version]).filter(Boolean);
  const { version: own } = releaseVariables(request, name2, store.base);
  return [...new Set(versions)].filter((version) => version !== own).slice(-MAX_SKIPPED);
}
var versionOf = ({ store }, request, name2) => releaseVariables(request, name2, store.base).version;
function once2(make) {
  let made;
  return () => (made ??= { value: make() }).value;
}

// src/release/conclude.ts
var import_name7 = __toESM(require_name());
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
        log.step(`${(0, import_name7.pullRequestName)(forge, pullRequest.number)} stays open: its branch has commits by others`);
      }
      const reason = `Closed: ${store.base} has these versions already.`;
      const obsolete = dryRun ? [] : decision.closed;
      const closed = await closeObsolete(workspace, request, state, obsolete, reason);
      return closed ? { ...outcome, outcome: "closed", pullRequest: closed } : { ...outcome, outcome: "unchanged" };
    }
    case "unchanged":
      return { ...outcome, outcome: "unchanged" };
    case "decline":
      return { ...outcome, left: [], outcome: "declined", reason: decision.reason, pullRequest: decision.pullRequest };
    case "refuse":
      throw (0, import_errors35.failure)("FOREIGN_COMMITS", { branch: state.branch, commits: decision.commits.map(nameOf2) });
  }
}
function outcomeOf({ store, forge }, request, { name: name2, branch, plan, planOnTop, pullRequests, checked }) {
  const { access, policy } = request.inputs;
  return {
    pullRequest: pullRequests.present?.pullRequest,
    numberSign: forge?.numberSign ?? "#",
    merging: "",
    page: "",
    repository: access.remote.name,
    version: releaseVariables(request, name2, store.base).version,
    delivery: policy.delivery,
    branch,
    base: store.base,
    commit: "",
    verified: false,
    changes: plan.changes,
    left: planOnTop.leftovers,
    checked,
    diff: "",
    reason: ""
  };
}
var nameOf2 = ({ id, message, committerEmail }) => `${id.slice(0, 7)} ${message.split("\n")[0] ?? ""} <${committerEmail}>`;
async function correctText(workspace, request, state) {
  const { forge, log } = workspace;
  const { pullRequests, tip } = state;
  const content = await correctDescription(workspace, request, state);
  if (!forge || !content || !pullRequests.present) return true;
  const written2 = await writeContent(forge, pullRequests.present, content);
  if (written2 === pullRequests.present.pullRequest) return true;
  const { number, headId } = written2;
  log.step(`corrected the text of ${(0, import_name7.pullRequestName)(forge, number)}: it described another version than its branch has`);
  return headId === tip?.id;
}

// src/release/publish.ts
var import_connect5 = __toESM(require_connect());
var import_name8 = __toESM(require_name());

// src/release/push-commit.ts
var import_errors36 = __toESM(require_errors());
var import_repository_api4 = __toESM(require_repository_api());
async function writeCommit({ store }, request, state) {
  const { inputs, build } = request;
  const { name: name2, plan, planOnTop, checked } = state;
  const [onTop] = state.foreign;
  if (onTop && planOnTop.files.length === 0) return onTop;
  const variables = planVariables(releaseVariables(request, name2, store.base), plan.changes, checked);
  const message = renderCommitMessage(inputs.templates, variables);
  const { author, sign, signingKey } = inputs.commit;
  return store.write(
    {
      parent: onTop?.id ?? store.baseCommit,
      message: withTrailers(message, {
        name: name2,
        identity: inputs.identity,
        base: onTop ? "" : store.baseCommit,
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
async function pushCommit2({ store, forge }, { inputs }, { branch, tip, foreign, planOnTop }, commit, { options, ...beside }) {
  const { policy } = inputs;
  const { sign } = inputs.commit;
  const expected = policy.delivery === "push" ? store.baseCommit : tip?.id ?? "";
  const [onTop] = foreign;
  const push3 = async () => {
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
  return await push3() ?? "moved";
}
async function isVerified(forge, commit) {
  return await forge?.isVerified?.(commit) ?? false;
}
function tryByPush(error) {
  const isRefused = error instanceof import_errors36.ReleaseError && ["PUSH_REFUSED", "API_DENIED"].includes(error.code);
  throw isRefused ? new import_repository_api4.CloneNeeded(error.message) : error;
}

// src/release/pushed-request.ts
var import_capabilities2 = __toESM(require_capabilities());

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
async function optionsOf(workspace, request, { name: name2, plan, tip }, { texts }) {
  const { policy, templates } = request.inputs;
  if (policy.delivery === "push" || reachOf(workspace) !== "push") return [];
  const { base } = workspace.store;
  const variables = planVariables(releaseVariables(request, name2, base), plan.changes);
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
  return (0, import_capabilities2.lackingNotes)(workspace.access.kind, { ...attributes, draft: draft !== "false" }, reachOf(workspace));
}

// src/release/render-release.ts
var import_errors37 = __toESM(require_errors());
var import_objects18 = __toESM(require_objects());
var import_repository_api5 = __toESM(require_repository_api());
function renderingOf(workspace, request, state) {
  const read2 = (0, import_objects18.memoized)(() => readRendering(workspace, request, state));
  return { read: read2, result: (0, import_objects18.memoized)(async () => renderRelease(workspace, request, await read2())) };
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
    if (policy.render === "require" || !(error instanceof import_repository_api5.CloneNeeded || error instanceof import_errors37.ReleaseError)) throw error;
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
    throw (0, import_errors37.failure)("RENDERING_INCOMPLETE", { place, unrendered: rendering.unrendered });
  }
  return rendering;
}

// src/release/publish.ts
async function publishRelease(workspace, request, state, ci) {
  const { store, forge, access, log, note } = workspace;
  const { policy, commit: options } = request.inputs;
  const { branch, tip, foreign, pullRequests } = state;
  const [onTop] = foreign;
  if (onTop) log.step(`${branch} has commits by others (${nameOf2(onTop)}); this release is committed on top of them`);
  const rendering = renderingOf(workspace, request, state);
  const content = describeRelease(workspace, request, { ...state, rendering: rendering.result });
  if (!tip) {
    content.texts().catch(() => void 0);
    await rendering.read();
  }
  const commit = await writeCommit(workspace, request, state);
  const isKept2 = tip !== void 0 && isSameCommit(tip, commit, options.sign !== "none");
  const labels = labelsOf(workspace, request, state);
  if (!isKept2) await content.texts();
  const tree = isKept2 ? state.carried?.tree ?? tip.tree : commit.tree;
  const wanted = wantedPullRequest(workspace, request, state, labels);
  const beside = isKept2 || policy.dryRun ? {} : await besideCommit(workspace, request, state, { ...content, tree }, wanted);
  const diffing = store.diff(onTop?.id ?? store.baseCommit, commit.id);
  const kept2 = isKept2 && {
    id: tip.id,
    verified: await wasVerified(workspace, request, pullRequests.present, tip.id)
  };
  const [diff, pushed] = await Promise.all([
    isKept2 ? diffing : logPlan(workspace, request, diffing, content),
    policy.dryRun ? void 0 : kept2 || pushCommit2(workspace, request, state, commit, beside)
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
  const published = await upsertPullRequest(
    forge,
    pullRequests.present,
    { ...content, tree },
    { ...wanted, head: pushed.id },
    { find: () => findAgain(workspace, request, branch), warn: (text) => log.warn(text), ...pushed }
  );
  const { pullRequest } = published;
  log.step(`${(0, import_name8.pullRequestName)(forge, pullRequest.number)} ${published.outcome}`);
  const { merging = "" } = published;
  if (merging !== "") log.step(`auto-merge: ${merging}`);
  const onToken = published.outcome === "created" ? await (0, import_connect5.workflowNote)(access, ci) : "";
  if (onToken !== "") log.step(onToken);
  if (pullRequest.headId !== pushed.id && await isElsewhere(workspace, branch, pushed.id)) return { moved: branch };
  const newer = await supersede(workspace, request, state, published);
  if (newer) return { ...delivered, outcome: "skipped-older", ...newer };
  const written2 = published.outcome === "unchanged" && !isKept2 ? "updated" : published.outcome;
  return { ...delivered, pullRequest, merging, outcome: merging === "merged" ? "merged" : written2 };
}
async function wasVerified({ forge }, { inputs }, present, commit) {
  if (!present) return false;
  return present.pullRequest.verified ?? (inputs.commit.sign !== "none" && isVerified(forge, commit));
}
function notesOn(forge, { strangers, deleted }) {
  const alone2 = strangers.map(
    ({ number, branch }) => `${(0, import_name8.pullRequestName)(forge, number)} has the text of this release, but not a branch of it (${branch}); left alone`
  );
  if (!deleted) return alone2;
  const name2 = (0, import_name8.pullRequestName)(forge, deleted.number);
  return [...alone2, `${name2} was closed by the deletion of its branch, which is no decision`];
}
function labelsOf({ store, forge }, request, { name: name2, plan, checked }) {
  if (!forge) return [];
  const variables = planVariables(releaseVariables(request, name2, store.base), plan.changes, checked);
  return renderLabels(request.inputs.templates, variables, forge.limits.label);
}
async function besideCommit(workspace, request, state, content, wanted) {
  const { forge } = workspace;
  const { present } = state.pullRequests;
  if (request.inputs.policy.delivery === "push") return {};
  if (!forge) return { options: await optionsOf(workspace, request, state, content) };
  if (present) return { rewriting: await rewritingOf(forge, present, content, wanted) };
  return { opening: (await openingOf(forge, content, wanted)).opening };
}
function wantedPullRequest({ store }, { key, inputs: { templates } }, { branch, pullRequests }, labels) {
  const attributes = { ...templates.attributes, labels };
  const isTemplated2 = (label) => isTemplatedLabel(templates, label);
  const over = carryOver(pullRequests.others, attributes, isTemplated2, key);
  return { branch, base: store.base, attributes, isTemplated: isTemplated2, over };
}
async function findAgain(workspace, request, branch) {
  const found = await findPullRequests(workspace, request);
  return selectPullRequests(found, { ...request, branch }).present;
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
async function isElsewhere({ store }, branch, commit) {
  const tip = await store.tip(branch);
  return tip !== void 0 && tip.id !== commit;
}

// src/release/why-cloned.ts
function whyCloned({ search, commit }) {
  const pattern = search.paths.find((path) => !isPlainPath(path));
  if (search.paths.length === 0) return "no paths were given";
  if (pattern !== void 0) return `${pattern} is a pattern`;
  if (commit.sign === "ssh" || commit.sign === "gpg") return "the commit is signed with a key";
  return commit.isAuthorGiven ? "author was given" : void 0;
}

// src/release/release.ts
async function releaseAt(workspace, inputs, ci) {
  const { log, store } = workspace;
  const reason = store.canPush ? void 0 : whyCloned(inputs);
  if (reason !== void 0) throw new import_repository_api6.CloneNeeded(reason);
  for (const note of inputs.images.notes) log.step(`images: ${note}`);
  const asked = readRequest(workspace, inputs, ci);
  const checking = workspace.check(inputs);
  checking.catch(() => void 0);
  const outcome = await retryOnMoved(log, async (again) => {
    const state = await observe(workspace, asked, { ci, checking }, again);
    const { request, checked, plan } = state;
    const decision = decide(request, state);
    if (decision.kind !== "release") return conclude(workspace, request, state, decision);
    (0, import_checked_images4.refuseUnproved)(checked, inputs.checks, plan.missing);
    return publishRelease(workspace, request, state, ci);
  });
  return { ...outcome, wait: inputs.wait };
}

// src/environments/release-once.ts
async function releaseOnce(stated, raw, access, ci, log) {
  const step = (0, import_inputs2.givenOf)(raw);
  const known2 = { ...stated, access };
  log.group(`Plan the release of ${(0, import_identity7.formatIdentity)(known2.identity)}`);
  const { paths } = known2.search;
  const withoutClone = whyCloned(known2) ?? { first: [configPath(step), ...paths] };
  const branches = (base) => branchNames(known2, ci, base);
  return withWorkspace(
    { access, paths, withoutClone, branches, ci, log },
    (opened) => orInClone(opened, async (workspace) => {
      const defaults2 = await readDefaults(workspace, step);
      try {
        const inputs = (0, import_inputs2.readInputs)({ ...defaults2?.raw, ...step }, ci);
        const base = inputs.access.base;
        const there = base === "" || base === workspace.store.base ? workspace : await workspace.at(base);
        return await releaseAt(there, { ...inputs, access: { ...access, base } }, ci);
      } catch (error) {
        const input = error instanceof import_errors38.ReleaseError ? error.input ?? "" : "";
        const isInFile = error instanceof import_errors38.ReleaseError && defaults2 && Object.hasOwn(defaults2.raw, input);
        throw isInFile ? error.at(defaults2.placeOf(input)) : error;
      }
    })
  );
}
async function readDefaults(workspace, step) {
  const file = await readConfigFile(workspace, step);
  if (!file && step.config !== void 0) {
    throw (0, import_errors38.failure)("CONFIG_NOT_FOUND", { file: step.config, base: workspace.store.base });
  }
  if (!file) return void 0;
  const { defaultsWithoutApp: defaultsWithoutApp2, readConfig: readConfig2 } = await Promise.resolve().then(() => (init_config(), config_exports));
  const config = readConfig2(file.path, file.text);
  return { raw: defaultsWithoutApp2(config, step), placeOf: config.placeOfDefault };
}

// src/environments/rollbacks.ts
var rollbacks_exports = {};
__export(rollbacks_exports, {
  withRollbacks: () => withRollbacks
});
var import_errors43 = __toESM(require_errors());
var import_escape19 = __toESM(require_escape());
var import_name9 = __toESM(require_name());

// src/environments/modes.ts
var import_errors40 = __toESM(require_errors());
var import_lookup4 = __toESM(require_lookup());
var import_image_reference40 = __toESM(require_image_reference());

// src/environments/verdict.ts
var import_escape18 = __toESM(require_escape());
var import_wait4 = __toESM(require_wait());

// src/environments/environment.ts
var import_identity8 = __toESM(require_identity());
var import_inputs3 = __toESM(require_inputs());

// src/environments/version-history.ts
var import_time4 = __toESM(require_time());
var import_errors39 = __toESM(require_errors());
var import_image_reference39 = __toESM(require_image_reference());
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
      if (later && !areEqual(later.versions, versions)) past.push(...entryOf3(later, sought));
      if (enough(past)) return past;
      later = { versions, change };
    }
    const first = isComplete ? /* @__PURE__ */ new Map() : readVersions(changes.at(-1)?.before ?? [], sought);
    if (later && first && !areEqual(later.versions, first)) past.push(...entryOf3(later, sought));
    if (enough(past)) return past;
  }
  return past;
}
function readVersions(read2, { images, options, context }) {
  const files = read2.map((file) => context?.has(file.path) === true ? { ...file, isContext: true } : file);
  const targets = (options.targets ?? []).filter(({ file }) => files.some(({ path }) => path === file));
  try {
    return versionsOf2(readDeployedVersions(images, files, { ...options, targets }));
  } catch (error) {
    if (error instanceof import_errors39.ReleaseError) return void 0;
    throw error;
  }
}
function entryOf3({ versions, change }, { key, builds }) {
  if (versions.size === 0) return [];
  const { commit, merged, time } = change;
  const pull = pullOf(commit.message);
  const [build = builds.get(pull)] = [commit, ...merged].flatMap((one) => buildIn(one, key) ?? []);
  return [{ versions, commit, time: (0, import_time4.utcTime)(time), pull, build }];
}
function areEqual(one, other) {
  return one.size === other.size && [...one].every(([image, version]) => other.get(image) === version);
}
function isDeployed({ versions }, places) {
  return places.every(({ image, version }) => (0, import_image_reference39.isSameVersion)(version, versions.get(image) ?? version));
}

// src/environments/environment.ts
function inputsOf({ config, step }, { images, operation, defaults: defaults2, ci }) {
  return (0, import_inputs3.readInputs)({ ...config.raw, ...defaults2, ...step, images }, ci, operation, config);
}
var keyOf5 = ({ config }) => (0, import_identity8.identityKey)((0, import_identity8.identityOf)(config, [], []));
function wantedOf2({ config, step }) {
  const images = config.images.map((name2) => ({ reference: { name: name2 }, replaces: name2 }));
  return { images, search: (0, import_inputs3.readSearch)({ ...config.raw, ...step }, images) };
}
async function readDeployed(environment2, builds = /* @__PURE__ */ new Map()) {
  const { store } = environment2.workspace;
  const { images } = environment2.config;
  const wanted = wantedOf2(environment2);
  const { manifests } = await readManifests(environment2.workspace, wanted);
  const { plan } = wanted.search;
  const inventory = takeInventory(manifests, { ...plan, images: wanted.images });
  const places = deployedVersionsIn(inventory, images, plan.onlyTags);
  const files = inventory.read.map(({ path }) => path);
  const context = new Set(inventory.read.filter(({ isContext }) => isContext).map(({ path }) => path));
  const sought = { key: keyOf5(environment2), builds, images, files, context, options: plan };
  return { places, files, history: (enough) => readPast(store, sought, store.baseCommit, enough) };
}
async function fetchBuilds(environment2, template) {
  const { forge, store } = environment2.workspace;
  const { config, step } = environment2;
  const name2 = step.name ?? config.raw.name;
  const names = name2 === void 0 ? (0, import_identity8.defaultNames)((0, import_identity8.identityOf)(config, [], [])) : [name2];
  const branches = names.map((one) => renderTemplate("branch", template, { name: one }, "ref"));
  return forge ? mergedBuilds(await forge.find(branches, store.base, ({ body }) => hasMetadata(body)), keyOf5(environment2)) : /* @__PURE__ */ new Map();
}

// src/environments/verdict.ts
var hasVerdict = ({ config, step }) => (0, import_wait4.readVerdict)(step.verdict ?? config.raw.verdict).length > 0;
async function verdictIn(environment2, known2) {
  if (!hasVerdict(environment2)) return void 0;
  const { places, history } = known2 ?? await readDeployed(environment2);
  const [present] = await history((found) => found.length > 0);
  if (!present || !isDeployed(present, places)) return void 0;
  return verdictOn(environment2, present);
}
async function verdictOn({ config, step, workspace }, { commit }, next) {
  const { store, forge, access } = workspace;
  const watched = (0, import_wait4.readVerdict)(step.verdict ?? config.raw.verdict);
  const merges = mergesFor(forge, watched, access.remote.name);
  const { stated } = await readStated(merges, watched, { commit: commit.id, base: store.base }, next);
  return verdictOf(watched, stated);
}
async function whyNotDeployed(environment2) {
  const verdict = await verdictIn(environment2);
  if (!verdict || verdict.kind === "deployed") return void 0;
  const name2 = environment2.config.environment;
  if (verdict.kind === "pending") return `${name2} has it, but no agent says yet that it is deployed there`;
  const { context, description } = verdict.by;
  return `${name2} has it, but ${(0, import_escape18.oneLine)(context)} reports no success there${description === "" ? "" : ` (${(0, import_escape18.oneLine)(description, 200)})`}`;
}

// src/environments/modes.ts
var import_images2 = __toESM(require_images());
var import_operation3 = __toESM(require_operation());
function releaseTask({ config, step, ci }) {
  const { version = "", images = "" } = step;
  if (version !== "" && images !== "") {
    const reason = 'replaces the input "images", which is given too';
    throw (0, import_errors40.failure)("INPUT_INVALID", { input: "version", value: version, reason });
  }
  if (version !== "" && !(0, import_image_reference40.parseReference)(referenceTo("image", version))) {
    throw (0, import_errors40.failure)("INPUT_INVALID", { input: "version", value: version, reason: "is no tag, tag@sha256:\u2026 or digest" });
  }
  const given = version === "" ? images : linesOf3(config.images.map((image) => [image, version]));
  const { released } = (0, import_images2.readReleasedImages)(given, { branch: ci.branch });
  const names = new Set(config.images.map(import_image_reference40.repositoryOf));
  const own = released.filter(({ replaces }) => names.has((0, import_image_reference40.repositoryOf)(replaces)));
  const stranger = released.find((image) => !own.some((one) => one === image || (0, import_images2.isCopy)(one, image)));
  if (stranger) {
    const reason = `is no image of the app "${config.app}" in ${config.place.file}`;
    throw (0, import_errors40.failure)("INPUT_INVALID", { input: "images", value: stranger.replaces, reason });
  }
  const task = own.length === released.length ? given : own.map(import_images2.formatReleasedImage).join("\n");
  return { images: task, operation: operationOf2(step), defaults: {}, ci };
}
async function promotionTask(target, from) {
  const deployed = await readDeployed(from);
  const { places, history } = deployed;
  if (places.length === 0) throw (0, import_errors40.failure)("NOT_DEPLOYED", namesOf3(from));
  const images = linesOf3([...versionsOf2(places)]);
  const verdict = await verdictIn(from, deployed);
  if (verdict?.kind === "refused") throw (0, import_errors40.failure)("PROMOTION_REFUSED", { ...namesOf3(from), ...verdict.by });
  const [present] = await history((found) => found.length > 0);
  const origin = { environment: from.config.environment, since: present?.time ?? "", pull: present?.pull ?? "" };
  const isUnknown = present && !present.build && present.pull !== "";
  const build = isUnknown ? (await fetchBuilds(from, (0, import_lookup4.defaultOf)("branch"))).get(present.pull) : present?.build;
  const operation = { ...operationOf2(target.step), action: "Promote", origin };
  return { images, operation, defaults: {}, ci: builtBy(target, build) };
}
async function rollbackTask(environment2, refused = []) {
  const wanted = environment2.step.version ?? "";
  const deployed = await readDeployed(environment2, await fetchBuilds(environment2, import_operation3.ROLLBACK_BRANCH));
  const { places, history } = deployed;
  if (places.length === 0) throw (0, import_errors40.failure)("NOT_DEPLOYED", namesOf3(environment2));
  const isThere = ({ file, where, to }) => places.some((place) => place.file === file && place.where === where && (0, import_image_reference40.isSameVersion)(place.version, (0, import_image_reference40.versionIn)(to)));
  if (!refused.every(isThere)) {
    const versions = [...new Set(places.map(({ version }) => version))];
    throw (0, import_errors40.failure)("REFUSED_REPLACED", { ...namesOf3(environment2), versions });
  }
  if (wanted === "") versionsOf2(places);
  const target = await (wanted === "" ? lastGood(environment2, deployed) : named2(wanted, deployed));
  if (!target) {
    const known2 = await history(() => false);
    throw (0, import_errors40.failure)("NO_EARLIER_VERSION", { ...namesOf3(environment2), wanted, known: known2.map(nameOf3) });
  }
  const origin = { environment: "", since: target.time, pull: target.pull };
  const rollsBack = [...new Set(places.map(({ image, version }) => referenceTo(image, version)))];
  return {
    // Without the images that are not used here any more.
    images: linesOf3([...target.versions].filter(([image]) => places.some((place) => place.image === image))),
    operation: { ...operationOf2(environment2.step), action: "Roll back", origin, rollsBack },
    defaults: {
      branch: import_operation3.ROLLBACK_BRANCH,
      title: "{{ action }} {{ name }} {{#from}}{{ from }} \u2192 {{/from}}{{ version }}",
      // The file's texts are for releases; they may lack the target and the reason of a rollback.
      body: "",
      "commit-message": "",
      delivery: "pull-request",
      // A rollback is requested by hand; a second request is enough to repeat one that was declined.
      force: "true"
    },
    ci: builtBy(environment2, target.build)
  };
}
var builtBy = ({ ci }, build) => ({ ...ci, source: sourceOf(build, ci) });
async function named2(wanted, { places, history }) {
  const earlier = (past2) => past2.find((one) => isNamed(one, wanted) && !isDeployed(one, places));
  const past = await history((found) => earlier(found) !== void 0);
  return earlier(past) ?? past.find((one) => isNamed(one, wanted));
}
var MOST_JUDGED = 10;
async function lastGood(environment2, { places, history }) {
  const refused = [];
  let withoutVerdict;
  for (let count = 1; count <= MOST_JUDGED; count += 1) {
    const past = await history((found) => notRolledBack(found, places).length >= count);
    const candidate = notRolledBack(past, places)[count - 1];
    if (!candidate) break;
    if (!hasVerdict(environment2)) return candidate;
    const next = past[past.indexOf(candidate) - 1]?.commit.id ?? "";
    const { kind } = await verdictOn(environment2, candidate, next);
    if (kind === "deployed") return candidate;
    if (kind === "refused") refused.push(candidate);
    else withoutVerdict ??= candidate;
  }
  if (withoutVerdict || refused.length === 0) return withoutVerdict;
  throw (0, import_errors40.failure)("EARLIER_REFUSED", { ...namesOf3(environment2), versions: refused.map(nameOf3) });
}
function notRolledBack(past, places) {
  const rolledBack = /* @__PURE__ */ new Set();
  return past.filter((one) => {
    const isGood = [...one.versions].some(([image, version]) => !rolledBack.has(referenceTo(image, version)));
    for (const reference of one.build?.operation.rollsBack ?? []) rolledBack.add(reference);
    return isGood && !isDeployed(one, places);
  });
}
var nameOf3 = ({ versions }) => [...new Set(versions.values())].join(", ");
var operationOf2 = ({ reason = "" }) => ({ ...import_operation3.PLAIN_RELEASE, reason });
var namesOf3 = ({ config: { app: app2, environment: environment2 } }) => ({ app: app2, environment: environment2 });
var linesOf3 = (versions) => versions.map(([image, version]) => referenceTo(image, version)).join("\n");
var referenceTo = (image, version) => (0, import_image_reference40.formatReference)({ name: image, ...(0, import_image_reference40.parseVersion)(version) ?? { tag: version } });
function isNamed({ versions }, wanted) {
  return [...versions.values()].some((version) => {
    const { tag, digest } = (0, import_image_reference40.parseVersion)(version) ?? {};
    return [version, tag, digest].includes(wanted);
  });
}

// src/environments/run-mode.ts
var run_mode_exports = {};
__export(run_mode_exports, {
  runMode: () => runMode
});
var import_errors42 = __toESM(require_errors());
var import_connect6 = __toESM(require_connect());
var import_inputs4 = __toESM(require_inputs());
var import_lookup6 = __toESM(require_lookup());
var import_values4 = __toESM(require_values());
init_config();

// src/environments/open-environment.ts
var import_errors41 = __toESM(require_errors());
var import_lookup5 = __toESM(require_lookup());
var import_values3 = __toESM(require_values());
init_config();
var EVERYTHING2 = ["."];
async function openEnvironment(config, workspace, step, ci) {
  const base = baseOf(config, step);
  const isHere = base === "" || base === workspace.store.base;
  if (isHere) return { workspace, config, step, ci };
  const there = await workspace.at(base);
  return { workspace: there.beside?.(workspace.log) ?? there, config, step, ci };
}
var deliveryOf = ({ raw }, step) => step.delivery ?? raw.delivery ?? (0, import_lookup5.defaultOf)("delivery");
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
  const file = await readConfigFile(workspace, step);
  if (!file) throw (0, import_errors41.failure)("CONFIG_NOT_FOUND", { file: configPath(step), base: workspace.store.base });
  return readConfig(file.path, file.text);
}

// src/environments/release-each.ts
var import_repository_api7 = __toESM(require_repository_api());
var import_log2 = __toESM(require_log());
var AT_ONCE = 5;
async function releaseEach(workspace, deliveries) {
  const results = [];
  for (const run2 of runsOf(deliveries)) {
    if (run2.length > 1 && workspace.beside) results.push(...await sideBySide(workspace, workspace.beside, run2));
    else for (const one of run2) results.push(await settle(alone(workspace, one)));
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
      const log = new import_log2.DeferredLog();
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
    const needsClone = result.status === "rejected" && result.reason instanceof import_repository_api7.CloneNeeded;
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
var import_image_reference41 = __toESM(require_image_reference());
async function inputsForPresent(environment2, inputs) {
  if (inputs.images.released.length < 2) return inputs;
  return withoutAbsent(inputs, await inventoryOf(environment2, inputs), environment2.workspace.log);
}
async function hasReleased(environment2, { images, operation }) {
  const lines = images.released.map(({ reference }) => (0, import_image_reference41.formatReference)(reference)).join("\n");
  const task = { images: lines, operation, defaults: { "allowed-versions": "" }, ci: environment2.ci };
  const wanted = inputsOf(environment2, task);
  const inventory = await inventoryOf(environment2, wanted);
  const inputs = withoutAbsent(wanted, inventory, environment2.workspace.log);
  const { files, missing } = planOnInventory(inputs.images.released, inventory, inputs.search.plan);
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
var MODES = {
  release: { needs: [], others: ["from"], task: releaseTask },
  promote: {
    needs: ["from", "environments"],
    others: ["images", "version"],
    task: async (target, open2) => {
      const { from = "" } = target.step;
      if (from !== target.config.environment) return promotionTask(target, await open2(from));
      throw (0, import_errors42.failure)("INPUT_INVALID", {
        input: "from",
        value: from,
        reason: "is the environment that gets the versions"
      });
    }
  },
  rollback: {
    needs: ["environments"],
    others: ["images", "from"],
    task: (environment2) => rollbackTask(environment2)
  }
};
async function runMode(raw, access, ci, log, ownTask) {
  const step = (0, import_inputs4.givenOf)(raw);
  const mode = (0, import_inputs4.readMode)(step);
  const { needs, others, task: usual } = MODES[mode] ?? MODES.release;
  const task = ownTask ?? usual;
  for (const input of needs) if (step[input] === void 0) throw (0, import_lookup6.missingInput)(input);
  for (const input of others) {
    const value = step[input];
    if (value !== void 0) throw (0, import_errors42.failure)("INPUT_INVALID", { input, value, reason: `is not for mode ${mode}` });
  }
  const { app: app2 = "", name: name2 } = step;
  log.group(`Read the environments of ${app2}`);
  const isRelease = task === releaseTask;
  const withoutClone = isRelease ? { first: [configPath(step)] } : "the history of files is read";
  return withWorkspace({ access, paths: EVERYTHING2, withoutClone, ci, log }, async (first) => {
    const opening = (known3, workspace2) => {
      return (environment2) => openEnvironment(find(known3, environment2), workspace2, step, ci);
    };
    const { workspace, known: known2, chosen: chosen2 } = await orInClone(first, async (one) => {
      const all = environmentsOf(await fetchConfig(one, step), app2);
      const wanted = chooseEnvironments(all, (0, import_values4.splitNames)(step.environments ?? ""));
      if (name2 !== void 0 && wanted.length > 1) {
        const reason = "several environments would have, each of which needs a name of its own";
        throw (0, import_errors42.failure)("INPUT_INVALID", { input: "name", value: name2, reason });
      }
      const involved = /* @__PURE__ */ new Set([...wanted.flatMap(({ environment: environment2, after }) => [environment2, after]), step.from]);
      await prefetch(
        all.filter(({ environment: environment2 }) => involved.has(environment2)),
        one,
        step,
        { others: true, branches: isRelease ? wanted.flatMap((config) => branchesOf2(config, step, ci, one)) : [] }
      );
      return { workspace: one, known: all, chosen: wanted };
    });
    const outcomes = await releaseEach(
      workspace,
      chosen2.map((config) => ({
        title: `${app2} in ${config.environment}`,
        movesBase: deliveryOf(config, step) === "push",
        release: async (inside) => {
          const open2 = opening(known2, inside);
          return runIn(await open2(config.environment), config.after, open2, task);
        }
      }))
    );
    return Promise.all(
      outcomes.map(async (outcome, index) => ({
        app: app2,
        environment: chosen2[index]?.environment ?? "",
        // What a rollback is refused for, another rollback does not mend.
        ...mode !== "rollback" && { onFailure: chosen2[index]?.onFailure ?? "none" },
        ...await settled(outcome, (error) => (0, import_connect6.explainRefusal)(error, first.access, ci))
      }))
    );
  });
}
function branchesOf2(config, step, ci, workspace) {
  try {
    const environment2 = { config, step, ci, workspace };
    return branchNames(inputsOf(environment2, releaseTask(environment2)), ci, workspace.store.base);
  } catch (error) {
    if (error instanceof import_errors42.ReleaseError) return [];
    throw error;
  }
}
async function runIn(environment2, after, open2, task) {
  const wanted = await task(environment2, open2);
  try {
    return await runTask(environment2, wanted, after, open2);
  } catch (error) {
    throw inFile(environment2, wanted, error);
  }
}
function inFile({ config, step }, { defaults: defaults2 }, error) {
  const input = error instanceof import_errors42.ReleaseError ? error.input ?? "" : "";
  const isInFile = Object.hasOwn(config.raw, input) && ![defaults2, step].some((raw) => Object.hasOwn(raw, input));
  const place = isInFile ? config.placeOf(input) : void 0;
  return place && error instanceof import_errors42.ReleaseError ? error.at(place) : error;
}
async function runTask(environment2, wanted, after, open2) {
  const inputs = await inputsForPresent(environment2, inputsOf(environment2, wanted));
  const isFirst = after === "" || inputs.operation.action === "Roll back";
  const reason = isFirst ? void 0 : await whyNotReady(await open2(after), inputs);
  if (reason !== void 0) return waitingOutcome(environment2, inputs, reason);
  return releaseAt(environment2.workspace, inputs, wanted.ci);
}
async function whyNotReady(first, inputs) {
  if (await hasReleased(first, inputs)) return whyNotDeployed(first);
  return `${first.config.environment} does not have it yet`;
}
async function settled(outcome, explain2) {
  if (outcome.status === "fulfilled") return { outcome: outcome.value };
  return { error: (0, import_errors42.asReleaseError)(await explain2(outcome.reason)) };
}
function find(known2, name2) {
  const [environment2] = chooseEnvironments(known2, [name2]);
  if (!environment2) throw (0, import_lookup6.missingInput)("environments");
  return environment2;
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
  async function rollBack({ environment: environment2 }, { changes }, { message }) {
    const step = {
      ...raw,
      ...OF_THE_RELEASE,
      mode: "rollback",
      environments: environment2,
      reason: (0, import_escape19.oneLine)(message, 500),
      delivery: "pull-request",
      // A rollback that a person closed is not opened again.
      force: "false"
    };
    try {
      const [done] = await runMode(step, access, ci, log, (opened) => rollbackTask(opened, changes));
      if (!done?.outcome) throw done?.error ?? new Error("A rollback has no result");
      return sentenceOf(done.outcome);
    } catch (error) {
      if (!(error instanceof import_errors43.ReleaseError)) throw error;
      return `No rollback was opened: ${error.message}`;
    }
  }
}
function sentenceOf(outcome) {
  const { pullRequest, version, reason } = outcome;
  if (outcome.outcome === "declined") {
    const why = reason || `${(0, import_name9.pullRequestName)(outcome, pullRequest?.number ?? "")} was closed without merging`;
    return `No rollback was opened: ${why}.`;
  }
  const where = pullRequest ? `${(0, import_name9.pullRequestName)(outcome, pullRequest.number)} (${pullRequest.url})` : `the branch ${outcome.branch}`;
  return `The rollback to ${version} is ${where}.`;
}

// src/environments/status.ts
var status_exports = {};
__export(status_exports, {
  reportOn: () => reportOn
});
var import_errors44 = __toESM(require_errors());
var import_objects19 = __toESM(require_objects());
var import_wildcard3 = __toESM(require_wildcard());
var import_inputs5 = __toESM(require_inputs());
var import_values5 = __toESM(require_values());
init_config();
init_schema();
var DEPLOYED = ["app", "environment", "version", "since", "pull-request"];
var COLUMNS = { status: [...DEPLOYED, "open"], "list-versions": DEPLOYED };
var LISTED2 = 20;
var ANY_APP = "any-app-of-any-name";
var READERS = { status: readStatus, "list-versions": readVersions2 };
var CHANGES = { status: 1, "list-versions": LISTED2 };
async function reportOn(mode, raw, access, ci, log) {
  const step = (0, import_inputs5.givenOf)(raw);
  log.group("Read the environments");
  const withoutClone = "the history of files is read";
  return withWorkspace({ access, paths: EVERYTHING2, withoutClone, ci, log }, async (workspace) => {
    const config = await fetchConfig(workspace, step);
    const apps = step.app === void 0 ? await allApps(config, workspace) : [step.app];
    const environments = apps.flatMap(
      (app2) => chosen(environmentsOf(config, app2), (0, import_values5.splitNames)(step.environments ?? ""))
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
    for (const [{ app: app2, environment: environment2 }, result] of deployed) {
      const reading = result.status === "fulfilled" ? READERS[mode](result.value, find2) : Promise.reject(result.reason);
      const found = await reading.catch((error) => [{ version: (0, import_errors44.asReleaseError)(error).message }]);
      rows.push(...found.map((row) => ({ app: app2, environment: environment2, ...row })));
    }
    const judged = environments.some((config2) => hasVerdict({ config: config2, step }));
    return { columns: [...COLUMNS[mode], ...mode === "status" && judged ? ["verdict"] : []], rows };
  });
}
var read = async (environment2) => ({
  environment: environment2,
  deployed: await readDeployed(environment2)
});
async function fetchHistories(all, changes) {
  for (const [store, own] of (0, import_objects19.groupBy)(all, ({ environment: environment2 }) => environment2.workspace.store)) {
    const files = own.flatMap(({ deployed }) => deployed.files);
    if (own.length > 1) await store.fetchFileHistories([...new Set(files)], changes);
  }
}
function chosen(known2, names) {
  return names.length > 0 ? chooseEnvironments(known2, names) : known2;
}
async function readStatus({ environment: environment2, deployed }, find2) {
  const { places, history } = deployed;
  const versions = [...new Set(places.map(({ version }) => version))].join(", ");
  const [latest] = await history((found) => found.length > 0);
  const since = latest && isDeployed(latest, places) ? latest : void 0;
  const verdict = await verdictIn(environment2, deployed).then(
    (found) => found?.kind ?? "",
    (error) => (0, import_errors44.asReleaseError)(error).message
  );
  return [
    {
      version: versions,
      since: since?.time ?? "",
      "pull-request": since?.pull ?? "",
      open: (await openPullRequests(environment2, find2)).join(", "),
      ...verdict !== "" && { verdict }
    }
  ];
}
async function readVersions2({ deployed: { history } }) {
  const found = await history((versions) => versions.length >= LISTED2);
  return found.slice(0, LISTED2).map((one) => ({ version: nameOf3(one), since: one.time, "pull-request": one.pull }));
}
async function openPullRequests(environment2, find2) {
  const key = keyOf5(environment2);
  const open2 = await find2(environment2.workspace);
  const ours = open2.filter(({ commits }) => commits.some((commit) => buildIn(commit, key)));
  const sign = environment2.workspace.forge?.numberSign ?? "#";
  return ours.map(({ number, title }) => `${sign}${number} ${title}`);
}
function findOnce() {
  const found = /* @__PURE__ */ new Map();
  return ({ forge, store: { base } }) => {
    const open2 = found.get(base) ?? forge?.find([], base, ({ state, body }) => state === "open" && hasMetadata(body)).then((all) => all.open) ?? Promise.resolve([]);
    found.set(base, open2);
    return open2;
  };
}
async function allApps(config, { store }) {
  const { names, hasWildcard } = appsOf(config);
  if (!hasWildcard) return [...names];
  const paths = environmentsOf(config, ANY_APP).flatMap(({ raw }) => (0, import_values5.readLines)(raw.paths ?? ""));
  const patterns = paths.filter((path) => path.includes(ANY_APP) && !path.startsWith(":"));
  const found = (await store.paths()).flatMap((path) => patterns.flatMap((pattern) => appIn(path, pattern) ?? []));
  return [.../* @__PURE__ */ new Set([...names, ...found])];
}
function appIn(path, pattern) {
  const [before2 = "", ...behind] = pattern.split(ANY_APP);
  const wildcard = before2.lastIndexOf("*");
  const literal2 = before2.slice(wildcard + 1);
  let at = wildcard < 0 && !path.startsWith(literal2) ? -1 : path.lastIndexOf(literal2, wildcard < 0 ? 0 : void 0);
  for (let tries = 0; at >= 0 && tries < MOST_TRIES; tries += 1) {
    const start3 = at + literal2.length;
    if ((0, import_wildcard3.matchesParts)(path.slice(0, start3), before2.split("*"))) {
      const [longest = ""] = path.slice(start3, start3 + LONGEST_APP).split("/", 1);
      for (let { length } = longest; length > 0; length -= 1) {
        const app2 = longest.slice(0, length);
        const parts = `${app2}${behind.join(app2)}/`.split("*");
        if (isName(app2) && (0, import_wildcard3.matchesParts)(`${path.slice(start3)}/`, [...parts, ""])) return app2;
      }
    }
    at = at === 0 ? -1 : path.lastIndexOf(literal2, at - 1);
  }
  return void 0;
}
var MOST_TRIES = 100;
var LONGEST_APP = 63;
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  "src/environments/config/inline-settings.ts": null,
  "src/environments/init/init.ts": null,
  "src/environments/landings.ts": null,
  "src/environments/release-once.ts": null,
  "src/environments/rollbacks.ts": null,
  "src/environments/run-mode.ts": null,
  "src/environments/scan.ts": null,
  "src/environments/status.ts": null
});
