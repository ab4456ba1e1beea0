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

// unneeded:./oidc-utils.js
var require_oidc_utils = __commonJS({
  "unneeded:./oidc-utils.js"(exports2, module2) {
    module2.exports = {};
  }
});

// index-file.mjs
var index_file_exports = {};
__export(index_file_exports, {
  modules: () => modules
});
module.exports = __toCommonJS(index_file_exports);

// elsewhere:src/git/end-on-signals.ts
var { endOnSignals } = require("./start.cjs").modules["src/git/end-on-signals.ts"];

// src/main/action.ts
var import_node_crypto = require("node:crypto");
var import_node_fs = require("node:fs");
var import_node_path = require("node:path");

// node_modules/@actions/core/lib/command.js
var os = __toESM(require("os"));

// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
  if (input === null || input === void 0) {
    return "";
  } else if (typeof input === "string" || input instanceof String) {
    return input;
  }
  return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
  if (!Object.keys(annotationProperties).length) {
    return {};
  }
  return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
  };
}

// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + os.EOL);
}
function issue(name, message = "") {
  issueCommand(name, {}, message);
}
var CMD_STRING = "::";
var Command = class {
  constructor(command, properties, message) {
    if (!command) {
      command = "missing.command";
    }
    this.command = command;
    this.properties = properties;
    this.message = message;
  }
  toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
      cmdStr += " ";
      let first = true;
      for (const key in this.properties) {
        if (this.properties.hasOwnProperty(key)) {
          const val = this.properties[key];
          if (val) {
            if (first) {
              first = false;
            } else {
              cmdStr += ",";
            }
            cmdStr += `${key}=${escapeProperty(val)}`;
          }
        }
      }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
  }
};
function escapeData(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}

// node_modules/@actions/core/lib/file-command.js
var crypto = __toESM(require("crypto"));
var fs = __toESM(require("fs"));
var os2 = __toESM(require("os"));
function issueFileCommand(command, message) {
  const filePath = process.env[`GITHUB_${command}`];
  if (!filePath) {
    throw new Error(`Unable to find environment variable for file command ${command}`);
  }
  if (!fs.existsSync(filePath)) {
    throw new Error(`Missing file at path: ${filePath}`);
  }
  fs.appendFileSync(filePath, `${toCommandValue(message)}${os2.EOL}`, {
    encoding: "utf8"
  });
}
function prepareKeyValueMessage(key, value) {
  const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
  const convertedValue = toCommandValue(value);
  if (key.includes(delimiter)) {
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
  }
  if (convertedValue.includes(delimiter)) {
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
  }
  return `${key}<<${delimiter}${os2.EOL}${convertedValue}${os2.EOL}${delimiter}`;
}

// node_modules/@actions/core/lib/core.js
var os4 = __toESM(require("os"));
var import_oidc_utils = __toESM(require_oidc_utils());

// node_modules/@actions/core/lib/summary.js
var import_os = require("os");
var import_fs = require("fs");
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
      resolve(value);
    });
  }
  return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { access, appendFile, writeFile } = import_fs.promises;
var SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
  constructor() {
    this._buffer = "";
  }
  /**
   * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
   * Also checks r/w permissions.
   *
   * @returns step summary file path
   */
  filePath() {
    return __awaiter(this, void 0, void 0, function* () {
      if (this._filePath) {
        return this._filePath;
      }
      const pathFromEnv = process.env[SUMMARY_ENV_VAR];
      if (!pathFromEnv) {
        throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
      }
      try {
        yield access(pathFromEnv, import_fs.constants.R_OK | import_fs.constants.W_OK);
      } catch (_a) {
        throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
      }
      this._filePath = pathFromEnv;
      return this._filePath;
    });
  }
  /**
   * Wraps content in an HTML tag, adding any HTML attributes
   *
   * @param {string} tag HTML tag to wrap
   * @param {string | null} content content within the tag
   * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
   *
   * @returns {string} content wrapped in HTML element
   */
  wrap(tag, content, attrs = {}) {
    const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
    if (!content) {
      return `<${tag}${htmlAttrs}>`;
    }
    return `<${tag}${htmlAttrs}>${content}</${tag}>`;
  }
  /**
   * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
   *
   * @param {SummaryWriteOptions} [options] (optional) options for write operation
   *
   * @returns {Promise<Summary>} summary instance
   */
  write(options) {
    return __awaiter(this, void 0, void 0, function* () {
      const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
      const filePath = yield this.filePath();
      const writeFunc = overwrite ? writeFile : appendFile;
      yield writeFunc(filePath, this._buffer, { encoding: "utf8" });
      return this.emptyBuffer();
    });
  }
  /**
   * Clears the summary buffer and wipes the summary file
   *
   * @returns {Summary} summary instance
   */
  clear() {
    return __awaiter(this, void 0, void 0, function* () {
      return this.emptyBuffer().write({ overwrite: true });
    });
  }
  /**
   * Returns the current summary buffer as a string
   *
   * @returns {string} string of summary buffer
   */
  stringify() {
    return this._buffer;
  }
  /**
   * If the summary buffer is empty
   *
   * @returns {boolen} true if the buffer is empty
   */
  isEmptyBuffer() {
    return this._buffer.length === 0;
  }
  /**
   * Resets the summary buffer without writing to summary file
   *
   * @returns {Summary} summary instance
   */
  emptyBuffer() {
    this._buffer = "";
    return this;
  }
  /**
   * Adds raw text to the summary buffer
   *
   * @param {string} text content to add
   * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
   *
   * @returns {Summary} summary instance
   */
  addRaw(text, addEOL = false) {
    this._buffer += text;
    return addEOL ? this.addEOL() : this;
  }
  /**
   * Adds the operating system-specific end-of-line marker to the buffer
   *
   * @returns {Summary} summary instance
   */
  addEOL() {
    return this.addRaw(import_os.EOL);
  }
  /**
   * Adds an HTML codeblock to the summary buffer
   *
   * @param {string} code content to render within fenced code block
   * @param {string} lang (optional) language to syntax highlight code
   *
   * @returns {Summary} summary instance
   */
  addCodeBlock(code, lang) {
    const attrs = Object.assign({}, lang && { lang });
    const element = this.wrap("pre", this.wrap("code", code), attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML list to the summary buffer
   *
   * @param {string[]} items list of items to render
   * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
   *
   * @returns {Summary} summary instance
   */
  addList(items, ordered = false) {
    const tag = ordered ? "ol" : "ul";
    const listItems = items.map((item) => this.wrap("li", item)).join("");
    const element = this.wrap(tag, listItems);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML table to the summary buffer
   *
   * @param {SummaryTableCell[]} rows table rows
   *
   * @returns {Summary} summary instance
   */
  addTable(rows) {
    const tableBody = rows.map((row) => {
      const cells = row.map((cell) => {
        if (typeof cell === "string") {
          return this.wrap("td", cell);
        }
        const { header, data, colspan, rowspan } = cell;
        const tag = header ? "th" : "td";
        const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
        return this.wrap(tag, data, attrs);
      }).join("");
      return this.wrap("tr", cells);
    }).join("");
    const element = this.wrap("table", tableBody);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds a collapsable HTML details element to the summary buffer
   *
   * @param {string} label text for the closed state
   * @param {string} content collapsable content
   *
   * @returns {Summary} summary instance
   */
  addDetails(label, content) {
    const element = this.wrap("details", this.wrap("summary", label) + content);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML image tag to the summary buffer
   *
   * @param {string} src path to the image you to embed
   * @param {string} alt text description of the image
   * @param {SummaryImageOptions} options (optional) addition image attributes
   *
   * @returns {Summary} summary instance
   */
  addImage(src, alt, options) {
    const { width, height } = options || {};
    const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
    const element = this.wrap("img", null, Object.assign({ src, alt }, attrs));
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML section heading element
   *
   * @param {string} text heading text
   * @param {number | string} [level=1] (optional) the heading level, default: 1
   *
   * @returns {Summary} summary instance
   */
  addHeading(text, level) {
    const tag = `h${level}`;
    const allowedTag = ["h1", "h2", "h3", "h4", "h5", "h6"].includes(tag) ? tag : "h1";
    const element = this.wrap(allowedTag, text);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML thematic break (<hr>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addSeparator() {
    const element = this.wrap("hr", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML line break (<br>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addBreak() {
    const element = this.wrap("br", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML blockquote to the summary buffer
   *
   * @param {string} text quote text
   * @param {string} cite (optional) citation url
   *
   * @returns {Summary} summary instance
   */
  addQuote(text, cite) {
    const attrs = Object.assign({}, cite && { cite });
    const element = this.wrap("blockquote", text, attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML anchor tag to the summary buffer
   *
   * @param {string} text link text/content
   * @param {string} href hyperlink
   *
   * @returns {Summary} summary instance
   */
  addLink(text, href) {
    const element = this.wrap("a", text, { href });
    return this.addRaw(element).addEOL();
  }
};
var _summary = new Summary();
var summary = _summary;

// node_modules/@actions/core/lib/platform.js
var import_os2 = __toESM(require("os"));

// node_modules/@actions/io/lib/io-util.js
var fs2 = __toESM(require("fs"));
var { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs2.promises;
var IS_WINDOWS = process.platform === "win32";
var READONLY = fs2.constants.O_RDONLY;

// node_modules/@actions/exec/lib/toolrunner.js
var IS_WINDOWS2 = process.platform === "win32";

// node_modules/@actions/core/lib/platform.js
var platform = import_os2.default.platform();
var arch = import_os2.default.arch();

// node_modules/@actions/core/lib/core.js
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2["Success"] = 0] = "Success";
  ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function setSecret(secret) {
  issueCommand("add-mask", {}, secret);
}
function getInput(name, options) {
  const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options && options.required && !val) {
    throw new Error(`Input required and not supplied: ${name}`);
  }
  if (options && options.trimWhitespace === false) {
    return val;
  }
  return val.trim();
}
function setOutput(name, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
  }
  process.stdout.write(os4.EOL);
  issueCommand("set-output", { name }, toCommandValue(value));
}
function isDebug() {
  return process.env["RUNNER_DEBUG"] === "1";
}
function debug(message) {
  issueCommand("debug", {}, message);
}
function error(message, properties = {}) {
  issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
  issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
  process.stdout.write(message + os4.EOL);
}
function startGroup(name) {
  issue("group", name);
}
function endGroup() {
  issue("endgroup");
}
function saveState(name, value) {
  const filePath = process.env["GITHUB_STATE"] || "";
  if (filePath) {
    return issueFileCommand("STATE", prepareKeyValueMessage(name, value));
  }
  issueCommand("save-state", { name }, toCommandValue(value));
}
function getState(name) {
  return process.env[`STATE_${name}`] || "";
}

// src/main/runner.ts
var info2 = (text) => info(text);
var debug2 = (text) => debug(text);
var warning2 = (text, properties) => warning(text, properties);
var error2 = (text, properties) => error(text, properties);
var startGroup2 = (title) => startGroup(title);
var setOutput2 = (name, text) => setOutput(name, text);
async function writeSummary(text) {
  await summary.addRaw(text, true).write();
}
var setSecret2 = (secret) => setSecret(secret);
var saveState2 = (name, value) => saveState(name, value);

// elsewhere:src/main/run.ts
var { runInputs } = require("./start.cjs").modules["src/main/run.ts"];

// elsewhere:src/inputs/ci.ts
var { UNKNOWN_SOURCE, ciSystem, detectCi } = require("./start.cjs").modules["src/inputs/ci.ts"];

// elsewhere:src/core/errors.ts
var { PROJECT_URL, ReleaseError, asReleaseError, failure, failureCodes } = require("./start.cjs").modules["src/core/errors.ts"];

// elsewhere:src/core/escape.ts
var { cut, forCommit, forLog, forMarkdown, fromCommit, jsonForLog, markdownBlock, markdownCode, markdownUrl, oneCommitLine, oneLine, quote } = require("./start.cjs").modules["src/core/escape.ts"];

// elsewhere:src/git/credentials.ts
var { maskedForms, remoteConfig } = require("./start.cjs").modules["src/git/credentials.ts"];

// elsewhere:src/forge/connect.ts
var { attestationsApi, connectForge, explainRefusal, issueToken, kindOfSource, revokeToken, workflowNote } = require("./start.cjs").modules["src/forge/connect.ts"];

// elsewhere:src/inputs/lookup.ts
var { choicesOf, defaultOf, isSwitch, missingInput, nearestInputs, unknownInput, variableOf, whereToGive } = require("./start.cjs").modules["src/inputs/lookup.ts"];

// elsewhere:src/inputs/definition.ts
var { BOOLEAN, WORKFLOW_TOKEN } = require("./start.cjs").modules["src/inputs/definition.ts"];

// elsewhere:src/inputs/inputs-table.ts
var { INPUTS } = require("./start.cjs").modules["src/inputs/inputs-table.ts"];

// elsewhere:src/inputs/settings-table.ts
var { SETTINGS } = require("./start.cjs").modules["src/inputs/settings-table.ts"];

// elsewhere:src/inputs/table.ts
var { INPUT_TABLE, SETTING_NAMES } = require("./start.cjs").modules["src/inputs/table.ts"];

// elsewhere:src/main/outputs.ts
var { CUT_NOTE, MAX_DIFF, MAX_LEFT, OUTPUTS, nothing, shortResults, toOutputs } = require("./start.cjs").modules["src/main/outputs.ts"];

// elsewhere:src/main/report.ts
var { prefixOf, reportLanding, reportResults, reportTable } = require("./start.cjs").modules["src/main/report.ts"];

// elsewhere:src/main/summary.ts
var { MAX_SUMMARY, failureSummary, inHeading, toSummary } = require("./start.cjs").modules["src/main/summary.ts"];

// elsewhere:src/core/log.ts
var { DeferredLog, LineLog, SILENT, describe, shown } = require("./start.cjs").modules["src/core/log.ts"];

// elsewhere:src/core/secrets.ts
var { forgetSecrets, inBase64, keepSecret, keyLines, proxySecrets, safeText, safeValue } = require("./start.cjs").modules["src/core/secrets.ts"];

// src/main/action.ts
var STATE = { hasRun: "has-run", token: "app-token", apiUrl: "app-api-url" };
var ActionLog = class extends LineLog {
  #annotate;
  #inGroup = false;
  constructor(annotate) {
    super((line) => info2(line), { debug: isDebug() });
    this.#annotate = annotate;
  }
  group(title) {
    this.endGroup();
    startGroup2(shown(oneLine(title)));
    this.#inGroup = true;
  }
  endGroup() {
    if (this.#inGroup) endGroup();
    this.#inGroup = false;
  }
  problem(problem) {
    const { file, line: startLine, message } = problem;
    if (this.#annotate) {
      const text = shown(`${oneLine(file)}:${startLine}: ${oneLine(message, 500)}`);
      warning2(text, { file: safeText(file), startLine });
    } else super.problem(problem);
  }
  warn(text) {
    warning2(shown(oneLine(text, 500)));
  }
  debug(text) {
    if (this.isDebug) debug2(shown(oneLine(text, 1e3)));
  }
};
async function runAction() {
  const isPost = getState(STATE.hasRun) === "true";
  if (!isPost) saveState2(STATE.hasRun, "true");
  return isPost ? post() : main();
}
async function main() {
  let exitCode = 0;
  forgetSecrets();
  for (const secret of proxySecrets(process.env)) hide(secret);
  for (const { name, variable } of INPUT_TABLE) {
    if (variable === void 0) continue;
    const given = process.env[`INPUT_${name.toUpperCase()}`] ?? process.env[variable] ?? "";
    hide(given.replace(WORKFLOW_TOKEN, ""));
  }
  const repository = getInput("repository");
  const isOwn = repository === "" || repository === process.env["GITHUB_REPOSITORY"];
  const fail = (error3, where = "") => {
    const failed = asReleaseError(error3);
    const place = isOwn && failed.place ? { file: safeText(failed.place.file), startLine: failed.place.line } : {};
    error2(shown(where + describe(failed)), { title: failed.code, ...place });
    info2(shown(`See ${failed.page}`));
    exitCode = 1;
  };
  try {
    refuseUnknownInputs();
    const ci = detectCi();
    hide(ci.jobToken);
    const raw = readRaw();
    const log = new ActionLog(isOwn);
    const report = await runInputs(raw, ci, log, ({ token, apiUrl }) => {
      hide(token);
      saveState2(STATE.token, token);
      saveState2(STATE.apiUrl, apiUrl);
    }).finally(() => log.endGroup());
    for (const line of report.lines) log.line(line);
    for (const { error: error3, ...result } of report.failures) fail(error3, prefixOf(result));
    await publish(report);
  } catch (error3) {
    fail(error3);
    await writeSummary2(failureSummary(asReleaseError(error3))).catch((failed) => {
      warning2(shown(`the job summary could not be written: ${oneLine(String(failed))}`));
    });
  }
  return exitCode;
}
function readRaw() {
  const secrets = SETTINGS.flatMap((row) => "variable" in row ? [[row.name, process.env[row.variable] ?? ""]] : []);
  return Object.fromEntries([...INPUTS.map(({ name }) => [name, getInput(name)]), ...secrets]);
}
async function publish({ outputs, lines, summary: summary2 }) {
  try {
    const results = asText(outputs.results);
    const all = {
      ...outputs,
      results: results.length > MOST_RESULTS ? shortResults(outputs.results) : results,
      "results-file": writeResults(results)
    };
    for (const [name, value] of Object.entries(all)) setOutput2(name, asText(value));
    await writeSummary2(summary2);
  } catch (error3) {
    throw failure("RESULT_NOT_WRITTEN", { reason: error3.message, done: lines }, error3);
  }
}
var MOST_RESULTS = 4e5;
async function writeSummary2(summary2) {
  if (process.env["GITHUB_STEP_SUMMARY"]) await writeSummary(safeText(summary2));
}
function asText(value) {
  const known = safeValue(value);
  return safeText(typeof known === "string" ? known : JSON.stringify(known));
}
function hide(secret) {
  keepSecret(secret);
  for (const form of maskedForms(secret)) setSecret2(form);
}
function writeResults(results) {
  const folder = process.env["RUNNER_TEMP"] ?? "";
  if (folder === "") return "";
  const file = (0, import_node_path.join)(folder, `manifest-release-${(0, import_node_crypto.randomUUID)()}.json`);
  (0, import_node_fs.writeFileSync)(file, results, { mode: 384, flag: "wx" });
  return file;
}
async function post() {
  const [token, apiUrl] = [getState(STATE.token), getState(STATE.apiUrl)];
  if (token === "") return 0;
  for (const secret of [token, ...proxySecrets(process.env)]) hide(secret);
  const reason = await revokeToken({ token, apiUrl });
  if (reason === void 0) info2(shown("Gave the token of the GitHub App back."));
  else
    warning2(
      shown(`The token of the GitHub App ends within the hour; it could not be given back: ${oneLine(reason)}`)
    );
  return 0;
}
function refuseUnknownInputs() {
  const known = new Set(INPUTS.map(({ name }) => `INPUT_${name.toUpperCase()}`));
  const unknown = Object.keys(process.env).find((variable) => variable.startsWith("INPUT_") && !known.has(variable));
  if (unknown === void 0) return;
  throw unknownInput(
    unknown.slice("INPUT_".length).toLowerCase(),
    (name) => quote(name) + (SETTING_NAMES.has(name) ? ' under "settings:"' : "")
  );
}

// src/main/index.ts
endOnSignals();
void runAction().then((exitCode) => {
  process.exitCode = exitCode;
});

// index-file.mjs
var modules = {};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  modules
});
