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

// registry-file.mjs
var registry_file_exports = {};
__export(registry_file_exports, {
  modules: () => modules
});
module.exports = __toCommonJS(registry_file_exports);

// src/registry/exchange.ts
var import_promises = require("node:timers/promises");

// elsewhere:src/core/escape.ts
var { cut, forCommit, forLog, forMarkdown, fromCommit, jsonForLog, markdownBlock, markdownCode, markdownUrl, oneCommitLine, oneLine, quote } = require("./start.cjs").modules["src/core/escape.ts"];

// elsewhere:src/core/transport.ts
var { TooLarge, send } = require("./start.cjs").modules["src/core/transport.ts"];

// elsewhere:src/core/image-reference.ts
var { foldersOf, formatReference, formatVersion, isDigest, isPartOf, isSameVersion, isTag, parseReference, parseVersion, referenceProblem, repositoryOf, searchWord, shortVersion, splitName, versionIn, versionProblem } = require("./start.cjs").modules["src/core/image-reference.ts"];

// elsewhere:node_modules/zod/mini/index.js
var { array, boolean, enum: enum2, extend, int, lazy, literal, nullable, nullish, number, object, optional, record, refine, regex, strictObject, string, union, unknown } = require("./workspace.cjs").modules["node_modules/zod/mini/index.js"];

// elsewhere:src/core/answer-body.ts
var { jsonOf, textOf } = require("./workspace.cjs").modules["src/core/answer-body.ts"];

// src/registry/registry-failure.ts
var RegistryFailure = class extends Error {
  name = "RegistryFailure";
};
var ERRORS = object({
  errors: array(object({ code: optional(string()), message: optional(string()) }))
});
function reasonsIn(body) {
  const { success, data } = ERRORS.safeParse(jsonOf(body));
  if (!success) return void 0;
  return oneLine(data.errors.map(({ code = "", message = "" }) => `${code}: ${message}`).join(", "));
}
function refusal(host, { status, body }, how) {
  const reasons = reasonsIn(body) ?? (isPage(body) ? "a web page" : "");
  return new RegistryFailure(`${host} answered ${status}${reasons && ` (${reasons})`} to a request ${how}`);
}
var isPage = (body) => /^\s*<(?:!doctype|html)/i.test(body.toString("utf8", 0, 200));

// src/registry/endpoint.ts
var HOSTS = { "docker.io": "registry-1.docker.io" };
function endpointOf(name) {
  const { registry } = splitName(name);
  const host = HOSTS[registry] ?? registry;
  if (!URL.canParse(`https://${host}`)) throw new RegistryFailure(`${oneLine(host)} is not the address of a registry`);
  const { hostname, origin } = new URL(`https://${host}`);
  return {
    registry,
    origin: isLoopback(hostname) ? `http://${host}` : origin,
    repository: repositoryOf(name).slice(registry.length + 1)
  };
}
function isPrivate(target, origin) {
  return target.protocol === "https:" || isOnLoopback(target) && isOnLoopback(new URL(origin));
}
var isOnLoopback = ({ protocol, hostname }) => protocol === "http:" && isLoopback(hostname);
var isLoopback = (hostname) => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);

// src/registry/exchange.ts
var MAX_ANSWER = 4 * 2 ** 20;
var MAX_REDIRECTS = 5;
var MAX_WAIT = 5;
var LIMITS = { request: 1e4, all: 6e4, retry: 1e3 };
function exchanging({ debug = () => void 0, limits = {}, signal }) {
  const { request: limit, all, retry } = { ...LIMITS, ...limits };
  const end = AbortSignal.any([AbortSignal.timeout(all), ...signal ? [signal] : []]);
  const pause = (milliseconds) => (0, import_promises.setTimeout)(milliseconds, void 0, signal && { signal });
  const once = async (url, request) => {
    const { host, pathname } = new URL(url);
    const started = performance.now();
    const observe = (result) => debug(`${request.method ?? "GET"} ${host}${pathname} ${result} (${Math.round(performance.now() - started)} ms)`);
    const late = AbortSignal.timeout(limit);
    try {
      const answer = await follow(url, request, AbortSignal.any([late, end]));
      observe(String(answer.status));
      return answer;
    } catch (error) {
      observe(`failed: ${reasonOf(error)}`);
      if (!late.aborted && !end.aborted) throw error;
      const seconds = (end.aborted ? all : limit) / 1e3;
      throw new RegistryFailure(`${host} gave no complete answer within ${seconds} s`, { cause: error });
    }
  };
  return async (url, request) => {
    try {
      const answer = await once(url, request);
      const wait = waitAfter(answer, retry);
      if (wait === void 0) return answer;
      await pause(wait);
    } catch (error) {
      if (error instanceof RegistryFailure) throw error;
      if (isUnknownName(error)) throw unreached(url, error);
      await pause(retry);
    }
    try {
      return await once(url, request);
    } catch (error) {
      if (error instanceof RegistryFailure) throw error;
      throw unreached(url, error);
    }
  };
}
var isUnknownName = (error) => error.code === "ENOTFOUND";
var unreached = (url, cause) => new RegistryFailure(`${new URL(url).host} could not be reached: ${reasonOf(cause)}`, { cause });
function waitAfter({ status, headers }, retry) {
  if (status !== 429 && status < 500) return void 0;
  const asked = headers.get("retry-after") ?? "";
  if (!/^\d+$/.test(asked)) return retry;
  return Number(asked) > MAX_WAIT ? void 0 : Number(asked) * 1e3;
}
async function follow(url, request, signal) {
  const { origin, host } = new URL(url);
  let [at, headers] = [url, { "user-agent": "manifest-release-pr", ...request.headers }];
  for (let redirects = 0; ; redirects += 1) {
    const answer = await sendWithin(at, { method: "GET", ...request, headers, signal }, host);
    const location = answer.headers.get("location");
    if (answer.status < 300 || answer.status > 399 || location === void 0) {
      return { ...answer, isRedirected: new URL(at).origin !== origin };
    }
    const target = URL.canParse(location, at) ? new URL(location, at) : void 0;
    if (request.method === "POST" || redirects >= MAX_REDIRECTS || !target || !isPrivate(target, origin)) {
      const to = target ? `${target.protocol}//${target.host}` : location;
      throw new RegistryFailure(`${host} redirects to ${oneLine(to)}, which is not followed`);
    }
    at = target.href;
    if (target.origin !== origin) headers = withoutCredentials(headers);
  }
}
async function sendWithin(url, request, host) {
  try {
    return await send(url, request, MAX_ANSWER);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    throw new RegistryFailure(`${host} answered with more than ${MAX_ANSWER / 2 ** 20} MiB`);
  }
}
var withoutCredentials = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "authorization"));
var reasonOf = (error) => oneLine(error instanceof Error ? error.message : String(error));

// elsewhere:src/core/time.ts
var { ageOf, utcTime } = require("./start.cjs").modules["src/core/time.ts"];

// src/registry/manifest.ts
var import_node_crypto = require("node:crypto");
var text = optional(string());
var TEXTS = nullish(record(string(), string()));
var DESCRIPTOR = object({
  mediaType: text,
  /** Of a referrer: what it is. */
  artifactType: text,
  digest: string().check(refine(isDigest)),
  annotations: TEXTS,
  platform: nullish(object({ os: string(), architecture: string(), variant: text }))
});
var CONTENT = object({
  mediaType: text,
  manifests: optional(array(DESCRIPTOR)),
  config: optional(DESCRIPTOR),
  layers: optional(array(DESCRIPTOR)),
  annotations: TEXTS
});
var CONFIG = object({
  created: nullish(string()),
  os: text,
  architecture: text,
  variant: text,
  config: nullish(object({ Labels: TEXTS }))
});
var MANIFEST_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json"
];
var CONFIG_TYPES = [
  "application/vnd.oci.image.config.v1+json",
  "application/vnd.docker.container.image.v1+json"
];
var MEDIA_TYPE = /^[\w.+-]{1,127}\/[\w.+-]{1,127}/;
function readManifest(host, bytes, contentType) {
  const { data: content } = CONTENT.safeParse(jsonOf(bytes));
  const isImage = content?.config !== void 0 || content?.layers !== void 0;
  if (!content || isImage === (content.manifests !== void 0)) {
    const what = isPage(bytes) ? "a web page" : `${oneLine(contentType) || "a body"} that is no manifest`;
    throw new RegistryFailure(`${host} answered with ${what}`);
  }
  const [mediaType = ""] = MEDIA_TYPE.exec(content.mediaType ?? contentType) ?? [];
  return { mediaType, bytes, content };
}
function readConfig(host, bytes) {
  const { data } = CONFIG.safeParse(jsonOf(bytes));
  if (!data) throw new RegistryFailure(`${host} has a config for this image that is none`);
  return data;
}
var ALGORITHMS = ["sha256", "sha384", "sha512"];
function digestOf(bytes, algorithm = "sha256") {
  return `${algorithm}:${(0, import_node_crypto.createHash)(algorithm).update(bytes).digest("hex")}`;
}
function hasDigest(bytes, digest) {
  const [algorithm = ""] = digest.split(":");
  if (!ALGORITHMS.includes(algorithm)) throw new RegistryFailure(`the digest ${oneLine(digest)} cannot be checked`);
  return digestOf(bytes, algorithm) === digest;
}

// src/registry/image-facts.ts
var KEY = "org.opencontainers.image.";
var FIRST_TIME = "1981";
async function readFacts(repository, digest, manifest) {
  const { content, mediaType } = manifest;
  const platforms = (content.manifests ?? []).filter(isToRun);
  const [first] = platforms;
  const isEnough = first && ["created", "source", "revision", "version"].every((key) => content.annotations?.[KEY + key]);
  const image = first && !isEnough ? await repository.manifest(first.digest) : manifest;
  if (!image) throw new RegistryFailure(`the registry lacks the manifest ${first?.digest} of this index`);
  const { config: descriptor } = image.content;
  const isImage = descriptor && CONFIG_TYPES.includes(descriptor.mediaType ?? "");
  const config = isImage ? await repository.config(descriptor.digest) : {};
  const labels = config.config?.Labels;
  const annotations = [content.annotations, image.content.annotations];
  const say = (key, texts = [...annotations, labels]) => texts.find((some) => some?.[KEY + key])?.[KEY + key] ?? "";
  const later = [time(config.created ?? ""), time(say("created", [labels]))].toSorted().at(-1) ?? "";
  return {
    digest,
    mediaType,
    platforms: [...new Set(first ? platforms.map(({ platform }) => named(platform)) : [named(config)])].filter(Boolean),
    created: time(say("created", annotations)) || later,
    source: address(say("source")),
    revision: word(say("revision")),
    version: word(say("version"))
  };
}
var isToRun = ({ platform }) => platform?.os !== "unknown";
function named(platform) {
  const { os = "", architecture = "", variant = "" } = platform ?? {};
  const parts = [os, architecture, ...variant === "" ? [] : [variant]];
  return parts.every((part) => /^[\w.-]{1,50}$/.test(part)) ? parts.join("/") : "";
}
function time(text3) {
  const utc = utcTime(text3);
  return utc < FIRST_TIME ? "" : utc;
}
function address(text3) {
  if (text3.length > 500 || !URL.canParse(text3)) return "";
  const { protocol, username, password, href } = new URL(text3);
  return /^https?:$/.test(protocol) && username === "" && password === "" ? href : "";
}
var word = (text3) => /^\w[\w.+-]{0,127}$/.test(text3) ? text3 : "";

// src/registry/inspect-images.ts
async function inspectImages(references, open) {
  return Promise.all(
    references.map(async (reference) => {
      try {
        return await inspect(open(reference.name), reference);
      } catch (error) {
        if (error instanceof RegistryFailure) return { kind: "unreadable", reason: error.message };
        throw error;
      }
    })
  );
}
async function inspect(repository, { tag, digest }) {
  const manifest = await repository.manifest(tag ?? digest ?? "latest");
  if (!manifest) return { kind: "absent" };
  const own = digestOf(manifest.bytes);
  if (digest === void 0 || hasDigest(manifest.bytes, digest)) {
    return { kind: "found", facts: await readFacts(repository, digest ?? own, manifest) };
  }
  const isPart = manifest.content.manifests?.some((part2) => part2.digest === digest);
  const part = isPart ? await repository.manifest(digest) : void 0;
  return part ? { kind: "found", facts: await readFacts(repository, digest, part) } : { kind: "mismatch", digest: own };
}

// src/registry/login.ts
var import_promises2 = require("node:fs/promises");
var import_node_os = require("node:os");
var import_node_path = require("node:path");

// elsewhere:src/core/secrets.ts
var { forgetSecrets, inBase64, keepSecret, keyLines, proxySecrets, safeText, safeValue } = require("./start.cjs").modules["src/core/secrets.ts"];

// elsewhere:src/core/programs.ts
var { endTree, finish, run, start, startAlone } = require("./workspace.cjs").modules["src/core/programs.ts"];

// src/registry/credential-helper.ts
var LIMIT = 1e4;
var OF_THE_RUNNER = /^(?:INPUT_|ACTIONS_\w*TOKEN$)/i;
async function askHelper(name, server, environment) {
  const program = `docker-credential-${name}`;
  if (!/^[\w.-]+$/.test(name)) throw new RegistryFailure(`${oneLine(program)} is not the name of a program`);
  const child = start(program, ["get"], withoutSecrets(environment));
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    endTree(child);
  }, LIMIT);
  const missing = () => new Error("there is no such program");
  const { exitCode, stdout, stderr } = await finish(child, server, missing).catch((error) => {
    throw new RegistryFailure(`${program} cannot be started: ${oneLine(error.message)}`, { cause: error });
  }).finally(() => clearTimeout(timer));
  if (isLate) throw new RegistryFailure(`${program} did not end within ${LIMIT / 1e3} s`);
  const text3 = stdout.toString();
  if (exitCode === 0) return read(program, text3);
  if (/^credentials not found/i.test(text3)) return void 0;
  throw new RegistryFailure(`${program} failed: ${oneLine(text3.trim() || stderr.trim())}`);
}
function read(program, text3) {
  try {
    const { Username: username, Secret: secret } = JSON.parse(text3);
    if (typeof username === "string" && typeof secret === "string") return { username, secret };
  } catch {
  }
  throw new RegistryFailure(`${program} printed something else than a login in JSON`);
}
function withoutSecrets(environment) {
  const entries = Object.entries(environment).flatMap(
    ([name, value = ""]) => OF_THE_RUNNER.test(name) || safeText(value) !== value ? [] : [[name, value]]
  );
  return Object.fromEntries(entries);
}

// src/registry/login.ts
var text2 = optional(string());
var ENTRY = object({ auth: text2, username: text2, password: text2, identitytoken: text2 });
var CONFIG2 = object({
  auths: optional(record(string(), ENTRY)),
  credHelpers: optional(record(string(), string())),
  credsStore: text2
});
var HUB = "https://index.docker.io/v1/";
var IDENTITY_TOKEN = "<token>";
async function findLogin(registry, { environment, logins = {} }) {
  const path = (0, import_node_path.join)(environment["DOCKER_CONFIG"] || (0, import_node_path.join)((0, import_node_os.homedir)(), ".docker"), "config.json");
  let problem = "";
  try {
    const found = await fromDocker(registry, path, environment);
    if (found) return kept(found);
  } catch (error) {
    if (!(error instanceof RegistryFailure)) throw error;
    problem = `: ${error.message}`;
  }
  const login = logins[registry];
  return login ? kept({ login, how: `with the token of this run${problem}` }) : { how: `without a login${problem}` };
}
function kept(found) {
  const { username = "", secret = "" } = found.login ?? {};
  keepSecret(secret);
  keepSecret(basic(username, secret));
  return found;
}
var basic = (username, secret) => Buffer.from(`${username}:${secret}`).toString("base64");
async function fromDocker(registry, path, environment) {
  const { auths, credHelpers, credsStore } = await readConfig2(path);
  const helper = entryOf(credHelpers, registry) ?? credsStore;
  if (helper) {
    const answer = await askHelper(helper, registry === "docker.io" ? HUB : registry, environment);
    const { username = "", secret = "" } = answer ?? {};
    const login2 = { username: username === IDENTITY_TOKEN ? "" : username, secret };
    return answer && { login: login2, how: `with the login of docker-credential-${helper}` };
  }
  const login = loginOf(entryOf(auths, registry), path);
  return login && { login, how: `with the login in ${path}` };
}
async function readConfig2(path) {
  let content;
  try {
    content = await (0, import_promises2.readFile)(path, "utf8");
  } catch (error) {
    const { code } = error;
    if (code === "ENOENT" || code === "ENOTDIR") return {};
    throw new RegistryFailure(`${path} cannot be read (${code})`, { cause: error });
  }
  try {
    return CONFIG2.parse(JSON.parse(content));
  } catch {
    throw new RegistryFailure(`${path} is not a config of docker`);
  }
}
function entryOf(entries = {}, registry) {
  const names = Object.keys(entries);
  const name = names.find((one) => one === registry) ?? names.find((one) => registryOf(one) === registry);
  return name === void 0 ? void 0 : entries[name];
}
function registryOf(name) {
  const host = name.replace(/^https?:\/\//, "").replace(/\/.*$/s, "");
  return /[.:]|^localhost$/.test(host) ? splitName(`${host}/`).registry : host;
}
function loginOf(entry, path) {
  if (!entry) return void 0;
  if (entry.identitytoken) return { username: "", secret: entry.identitytoken };
  if (!entry.auth)
    return entry.username && entry.password ? { username: entry.username, secret: entry.password } : void 0;
  const [, username = "", secret = ""] = /^([^:]+):(.+)$/s.exec(Buffer.from(entry.auth, "base64").toString()) ?? [];
  if (secret === "") throw new RegistryFailure(`${path} has an "auth" that is not a user name and a password`);
  return { username, secret };
}

// src/registry/authorization.ts
var TOKEN = object({ token: optional(string()), access_token: optional(string()) });
var HEADER_TEXT = /^[\x21-\x7e]+$/;
async function authorize(exchange, endpoint, refused, found) {
  const challenges = challengesIn(refused.headers.get("www-authenticate") ?? "");
  const bearer = challenges.find(({ scheme }) => scheme === "bearer");
  if (bearer) return `Bearer ${await requestToken(exchange, endpoint, bearer, found)}`;
  const { username = "", secret = "" } = found.login ?? {};
  const isBasic = username !== "" && challenges.some(({ scheme }) => scheme === "basic");
  if (!isBasic) throw refusal(endpoint.registry, refused, found.how);
  return `Basic ${basic(username, secret)}`;
}
async function requestToken(exchange, { registry, origin, repository }, { parameters: { realm = "", service = "" } }, { login, how }) {
  const url = URL.canParse(realm) ? new URL(realm) : void 0;
  if (!url || !isPrivate(url, origin)) {
    throw new RegistryFailure(`${registry} names no address by https for a token: ${oneLine(realm)}`);
  }
  const query = { service, scope: `repository:${repository}:pull` };
  const answer = login?.username === "" ? await exchange(url.href, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: form({
      ...query,
      grant_type: "refresh_token",
      client_id: "manifest-release-pr",
      refresh_token: login.secret
    })
  }) : await exchange(withQuery(url, query), {
    headers: login ? { authorization: `Basic ${basic(login.username, login.secret)}` } : {}
  });
  if (answer.status !== 200) throw refusal(url.host, answer, how);
  const { data } = TOKEN.safeParse(jsonOf(answer.body));
  const token = data?.token || data?.access_token || "";
  if (!HEADER_TEXT.test(token)) throw new RegistryFailure(`${url.host} answered with no token`);
  keepSecret(token);
  return token;
}
var form = (values) => new URLSearchParams(values).toString();
function withQuery(url, values) {
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  return url.href;
}
var PART = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/g;
function challengesIn(header) {
  const challenges = [];
  for (const [, name = "", quoted, plain] of header.matchAll(PART)) {
    const value = quoted?.replace(/\\(.)/g, "$1") ?? plain;
    const last = challenges.at(-1);
    if (value === void 0) challenges.push({ scheme: name.toLowerCase(), parameters: {} });
    else if (last) last.parameters[name.toLowerCase()] = value;
  }
  return challenges;
}

// src/registry/repository.ts
var Repository = class {
  #exchange;
  #endpoint;
  #findLogin;
  #how = "without a login";
  /** The header Authorization; one for all requests, also where several are refused side by side. */
  #authorization;
  /** `findLogin` is asked when the registry wants a login. */
  constructor(exchange, endpoint, findLogin2) {
    this.#exchange = exchange;
    this.#endpoint = endpoint;
    this.#findLogin = findLogin2;
  }
  /**
   * The manifest of a tag or digest (end-2, \u00abPulling manifests\u00bb); `undefined` where the registry says that there is none. Throws
   * RegistryFailure, also for a body without the digest that was asked for or that the registry names.
   */
  async manifest(reference) {
    const answer = await this.#get(`manifests/${reference}`, MANIFEST_TYPES);
    if (!answer) return void 0;
    const { headers, body } = answer;
    const named2 = headers.get("docker-content-digest");
    for (const digest of [named2, isDigest(reference) ? reference : void 0]) {
      if (digest !== void 0) this.#check(body, digest);
    }
    return readManifest(this.#endpoint.registry, body, headers.get("content-type") ?? "");
  }
  /** The config of an image. Throws RegistryFailure, also where there is none or it has another digest. */
  async config(digest) {
    return readConfig(this.#endpoint.registry, await this.blob(digest, CONFIG_TYPES));
  }
  /** A blob (end-2, \u00abPulling blobs\u00bb). Throws RegistryFailure, also where there is none or it has another digest. */
  async blob(digest, types) {
    const answer = await this.#get(`blobs/${digest}`, types);
    if (!answer) throw new RegistryFailure(`${this.#endpoint.registry} lacks the blob ${digest}`);
    this.#check(answer.body, digest);
    return answer.body;
  }
  /**
   * What refers to a manifest, as signatures do (end-12a, \u00abListing Referrers\u00bb), from a registry without that question by the tag
   * for it (\u00abReferrers Tag Schema\u00bb). Throws RegistryFailure.
   */
  async referrers(digest) {
    const { status, headers, body } = await this.#ask(`referrers/${digest}`, MANIFEST_TYPES);
    const index = status === 200 ? readManifest(this.#endpoint.registry, body, headers.get("content-type") ?? "") : await this.manifest(digest.replace(":", "-"));
    return index?.content.manifests ?? [];
  }
  #check(body, digest) {
    if (isDigest(digest) && hasDigest(body, digest)) return;
    throw new RegistryFailure(
      `${this.#endpoint.registry} answered with a body that has not the digest ${oneLine(digest)}`
    );
  }
  /** `undefined` for what is not there, which the registry must say in its own form: a page of a proxy may have 404 too. */
  async #get(path, types) {
    const answer = await this.#ask(path, types);
    if (answer.status === 200) return answer;
    if (reasonsIn(answer.body) !== void 0) return void 0;
    throw refusal(this.#endpoint.registry, answer, this.#how);
  }
  /** The answer of status 200 or 404, after the authorization that the registry asks for. */
  async #ask(path, types) {
    const { registry, origin, repository } = this.#endpoint;
    const url = `${origin}/v2/${repository}/${path}`;
    const send2 = async (authorization) => this.#exchange(url, { headers: { accept: types.join(", "), ...authorization && { authorization } } });
    const before = this.#authorization;
    let answer = await send2(await before);
    if (answer.status === 401 && !answer.isRedirected) {
      if (this.#authorization === before) this.#authorization = this.#authorize(answer);
      answer = await send2(await this.#authorization);
    }
    if (answer.status === 200 || answer.status === 404) return answer;
    throw refusal(registry, answer, this.#how);
  }
  async #authorize(refused) {
    const found = await this.#findLogin();
    this.#how = found.how;
    return authorize(this.#exchange, this.#endpoint, refused, found);
  }
};

// src/registry/open-repository.ts
function openingRepositories(options, exchange = exchanging(options)) {
  const repositories = /* @__PURE__ */ new Map();
  return (name) => {
    const known = repositories.get(repositoryOf(name));
    if (known) return known;
    const endpoint = endpointOf(name);
    const opened = new Repository(exchange, endpoint, () => findLogin(endpoint.registry, options));
    repositories.set(repositoryOf(name), opened);
    return opened;
  };
}

// registry-file.mjs
var modules = {
  "src/registry/exchange.ts": { exchanging },
  "src/registry/inspect-images.ts": { inspectImages },
  "src/registry/open-repository.ts": { openingRepositories },
  "src/registry/registry-failure.ts": { RegistryFailure, isPage, reasonsIn, refusal }
};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  modules
});
