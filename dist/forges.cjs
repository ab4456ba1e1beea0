var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from2, except, desc) => {
  if (from2 && typeof from2 === "object" || typeof from2 === "function") {
    for (let key of __getOwnPropNames(from2))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from2[key], enumerable: !(desc = __getOwnPropDesc(from2, key)) || desc.enumerable });
  }
  return to;
};
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

// forges-file.mjs
var forges_file_exports = {};
__export(forges_file_exports, {
  modules: () => modules
});
module.exports = __toCommonJS(forges_file_exports);

// elsewhere:src/forge/http/patience.ts
var { PATIENCE, waiting } = require("./workspace.cjs").modules["src/forge/http/patience.ts"];

// elsewhere:src/forge/unread-sources.ts
var { unreadSources } = require("./workspace.cjs").modules["src/forge/unread-sources.ts"];

// elsewhere:node_modules/zod/mini/index.js
var { array, boolean, enum: enum2, extend, int, lazy, literal, nullable, nullish, number, object, optional, record, refine, regex, strictObject, string, union, unknown } = require("./workspace.cjs").modules["node_modules/zod/mini/index.js"];

// elsewhere:src/forge/attributes.ts
var { CHANGING, NO_MILESTONE, givenAfter, milestoneNumber, missingIn, nameOf, tryTo, withoutLacking, wrongLabels } = require("./workspace.cjs").modules["src/forge/attributes.ts"];

// elsewhere:src/forge/http/unreadable.ts
var { UnreadableAnswer, readAnswer, unreadableIn } = require("./workspace.cjs").modules["src/forge/http/unreadable.ts"];

// src/forge/http/address.ts
function path(parts, ...values) {
  return String.raw({ raw: parts }, ...values.map((value) => encodeURIComponent(value)));
}
function withQuery(address, query) {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) {
    url.searchParams.delete(name);
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== void 0) url.searchParams.append(name, String(one));
    }
  }
  return url.href;
}
function nextPage(from2, next) {
  if (next === void 0) return void 0;
  if (typeof next === "object") return withQuery(from2, next);
  const [url, { origin, host }] = [URL.canParse(next, from2) ? new URL(next, from2) : void 0, new URL(from2)];
  if (url?.origin === origin) return url.href;
  throw new UnreadableAnswer(`${host} says that its list goes on at ${url?.host ?? "no address"}, another server`, {
    isFinal: true
  });
}

// src/forge/azure-devops/answers.ts
var text = string();
var commitId = nullish(object({ commitId: text }));
var REVIEWER = object({
  id: text,
  displayName: text,
  uniqueName: nullish(text),
  isContainer: nullish(boolean())
});
var LABEL = object({ id: text, name: text, active: nullish(boolean()) });
var LABELS = object({ value: array(LABEL) });
var PULL_REQUEST = object({
  pullRequestId: int(),
  title: text,
  description: nullish(text),
  status: enum2(["active", "abandoned", "completed"]),
  isDraft: nullish(boolean()),
  sourceRefName: text,
  targetRefName: text,
  /** `queued` while it is tried. */
  mergeStatus: nullish(text),
  mergeFailureMessage: nullish(text),
  labels: nullish(array(LABEL)),
  reviewers: nullish(array(REVIEWER)),
  lastMergeSourceCommit: commitId,
  /** Once it is completed, the commit that the target has. */
  lastMergeCommit: commitId,
  closedDate: nullish(text),
  /** The fork that its branch is in. */
  forkSource: nullish(unknown())
});
var SIGNED_OFF = nullish(object({ name: nullish(text), email: nullish(text), date: nullish(text) }));
var COMMIT = object({
  commitId: text,
  /** Its message; in a list without what is behind its first line. */
  comment: nullish(text),
  commentTruncated: nullish(boolean()),
  parents: nullish(array(text)),
  author: SIGNED_OFF,
  committer: SIGNED_OFF
});
var COMPARISON = object({
  commonCommit: nullish(text),
  baseCommit: text,
  targetCommit: text,
  aheadCount: int()
});
var STATUS = object({
  id: int(),
  state: nullish(text),
  description: nullish(text),
  targetUrl: nullish(text),
  context: object({ name: text }),
  createdBy: nullish(object({ uniqueName: nullish(text), displayName: nullish(text) })),
  creationDate: nullish(text)
});
var STATUS_LIST = object({ value: array(STATUS) });
var property = nullish(object({ $value: optional(text) }));
var IDENTITIES = object({
  value: array(
    object({
      id: text,
      providerDisplayName: nullish(text),
      customDisplayName: nullish(text),
      isActive: nullish(boolean()),
      isContainer: nullish(boolean()),
      properties: nullish(object({ Account: property, Domain: property, Mail: property }))
    })
  )
});
var CONNECTION = object({ authenticatedUser: object({ id: text }) });

// src/forge/azure-devops/auto-merge.ts
var import_promises2 = require("node:timers/promises");

// elsewhere:src/core/secrets.ts
var { forgetSecrets, inBase64, keepSecret, keyLines, proxySecrets, safeText, safeValue } = require("./start.cjs").modules["src/core/secrets.ts"];

// elsewhere:src/forge/http/exchange.ts
var { exchange, isRateLimited } = require("./workspace.cjs").modules["src/forge/http/exchange.ts"];

// src/forge/http/refused-answer.ts
var MAX_REASON = 1e4;
var RefusedAnswer = class extends Error {
  name = "RefusedAnswer";
  status;
  headers;
  /** Its JSON; `undefined` where it has none. */
  data;
  constructor(status, headers, data) {
    super(reasonIn(status, data));
    this.status = status;
    this.headers = headers;
    this.data = data;
  }
  /** Whether another request would be answered later. */
  get isRateLimit() {
    return this.status === 429 || this.status === 403 && isRateLimited(this.headers);
  }
  /** Whether the answer will be the same next time. */
  get isFinal() {
    return this.status < 500 && !this.isRateLimit;
  }
};
function finalRefusal(error) {
  return error instanceof RefusedAnswer && error.isFinal ? error : void 0;
}
async function unlessEnded(write, read6, isOpen4) {
  try {
    return await write();
  } catch (error) {
    const now = finalRefusal(error) && await read6();
    if (now === void 0 || isOpen4(now)) throw error;
    return now;
  }
}
var MAX_DEPTH = 8;
var WORDS = ["message", "error_description", "error", "errors", "detail", "fields"];
function reasonIn(status, data) {
  const reason = safeText(wordsOf(data)).slice(0, MAX_REASON);
  return reason === "" ? `status ${status} without a message` : reason;
}
function wordsOf(data, depth = 0) {
  if (typeof data === "string") return data;
  if (typeof data !== "object" || data === null || depth > MAX_DEPTH) return "";
  const inner = (value) => wordsOf(value, depth + 1);
  if (Array.isArray(data)) return joined(data.map(inner));
  const fields = data;
  const known = WORDS.filter((name) => fields[name] !== void 0 && fields[name] !== null);
  if (known.length > 0) return joined(known.map((name) => inner(fields[name])));
  return joined(Object.entries(fields).map(([name, value]) => withName(name, inner(value))));
}
var withName = (name, words) => words === "" || name === "base" ? words : `${name} ${words}`;
function joined(words) {
  const byLetters = new Map(words.toReversed().map((one) => [one.replace(/[^\p{L}\p{N}]+/gu, " ").trim(), one]));
  return [...byLetters.values()].toReversed().filter(Boolean).join("; ");
}

// elsewhere:src/core/errors.ts
var { PROJECT_URL, ReleaseError, asReleaseError, failure, failureCodes } = require("./start.cjs").modules["src/core/errors.ts"];

// elsewhere:src/forge/http/connection-failure.ts
var { connectionFailure } = require("./workspace.cjs").modules["src/forge/http/connection-failure.ts"];

// elsewhere:src/forge/http/seconds-asked.ts
var { secondsAsked } = require("./workspace.cjs").modules["src/forge/http/seconds-asked.ts"];

// src/forge/http/api-repository.ts
var ApiRepository = class {
  client;
  /** As it is named in sentences: `group/sub/project`. */
  fullName;
  constructor(client, fullName) {
    this.client = client;
    this.fullName = fullName;
  }
  /** The result of some requests. Throws API_DENIED, ANSWER_UNREADABLE and NETWORK. */
  async call(action, work) {
    try {
      return await work();
    } catch (error) {
      throw this.explain(action, error);
    }
  }
  /** A comparison of two revisions; what is refused is unknown. Throws what passes: RATE_LIMITED, SERVER_FAILED, NETWORK. */
  async comparing(work) {
    try {
      return await work();
    } catch (error) {
      const refused = finalRefusal(error);
      if (refused) return { status: "unknown", reason: refused.message };
      throw asFailure(`compare two commits of ${this.fullName}`, error);
    }
  }
  /** Whether it can be read without a login; `undefined` where the server refuses to say. Throws what passes, as `comparing`. */
  isPublic(work) {
    return this.unlessRefused(`read ${this.fullName}`, work);
  }
  /** The result of some requests; `undefined` where one is refused. Throws what passes, as `comparing`. `action` is for a sentence. */
  async unlessRefused(action, work) {
    try {
      return await work();
    } catch (error) {
      if (finalRefusal(error)) return void 0;
      throw asFailure(action, error);
    }
  }
  /** What the client threw, as a failure of ours: API_DENIED, ANSWER_UNREADABLE, RATE_LIMITED, SERVER_FAILED or NETWORK. */
  explain(action, error) {
    const refused = finalRefusal(error);
    if (!refused) return asFailure(`${action} in ${this.fullName}`, error);
    const { name: forge, access } = this.client.server;
    const { fullName: repository } = this;
    return failure("API_DENIED", { forge, access, repository, action, reason: refused.message }, error);
  }
  /** The server's reason for a refusal. Throws NETWORK where the error is no refusal: the next run continues from there. */
  refusalIn(action, error) {
    const refused = finalRefusal(error);
    if (refused) return refused.message;
    throw this.explain(action, error);
  }
};
function asFailure(action, error) {
  const answered = error instanceof RefusedAnswer ? error : void 0;
  return connectionFailure(action, error, {
    reason: reasonOf(error),
    isRateLimit: answered?.isRateLimit ?? false,
    retryAfter: answered && secondsAsked(answered.headers),
    isAnswered: answered !== void 0
  });
}
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== "" && error.message === "fetch failed" ? `${error.message}: ${cause.message}` : error.message;
}

// src/forge/http/client.ts
var import_promises = require("node:timers/promises");
var LIMITS = { request: 3e4, call: 24e4, retry: 500, patience: PATIENCE };
var RETRIES = 3;
var MAX_WAIT = 60;
var MAX_WAITS = 3;
var MAX_PAGES = 200;
var JsonClient = class {
  server;
  #fetch;
  #log;
  #limits;
  #patiently;
  constructor(server, { log = ignore, debug = ignore, limits = {} } = {}) {
    this.server = server;
    this.#limits = { ...LIMITS, ...limits };
    const logged = /* @__PURE__ */ new Set();
    this.#log = (text6) => {
      if (!logged.has(text6)) log(text6);
      logged.add(text6);
    };
    const { name, notYet = [], translate } = server;
    this.#fetch = exchange({
      name,
      limit: this.#limits.request,
      log: this.#log,
      debug,
      mayBeEmpty: true,
      ...translate && { translate }
    });
    this.#patiently = waiting({ name, notYet, delays: this.#limits.patience, log: this.#log });
  }
  /** Reads one thing. */
  async get(shape, path2, query = {}) {
    return this.#read(shape, await this.#call("GET", this.#urlOf(path2, query)));
  }
  /** Changes something; the answer is read as `shape`, `z.unknown()` where nothing of it is needed. */
  async send(shape, method, path2, body, query = {}) {
    return this.#read(shape, await this.#call(method, this.#urlOf(path2, query), body));
  }
  /** Reads a list page by page, as the header Link names the next one; no more than `most` items where that is given. */
  async list(items, path2, query = {}, most = Infinity) {
    return this.#pages(this.#urlOf(path2, query), most, async (answer) => ({
      values: await this.#read(items, answer),
      next: /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(answer.headers.get("link") ?? "")?.[1]
    }));
  }
  /** The same where a page has the items in itself, and says where the next one is: `part` takes both from it. */
  async listIn(page, part, path2, query = {}, most = Infinity) {
    return this.#pages(this.#urlOf(path2, query), most, async (answer) => part(await this.#read(page, answer)));
  }
  async #pages(from2, most, part) {
    const read6 = [];
    const seen = /* @__PURE__ */ new Set();
    for (let url = from2; url !== void 0 && read6.length < most; ) {
      if (seen.has(url) || seen.size >= MAX_PAGES) {
        throw new UnreadableAnswer(`the list has no end after ${seen.size} pages`, { isFinal: true });
      }
      seen.add(url);
      const { values, next } = await part(await this.#call("GET", url));
      for (const value of values) read6.push(value);
      url = nextPage(url, next);
    }
    return read6.slice(0, most);
  }
  #urlOf(path2, query) {
    return withQuery(this.server.apiUrl + path2, query);
  }
  async #read(shape, answer) {
    const data = await dataOf(answer);
    return readAnswer(shape, data);
  }
  async #call(method, url, body) {
    const end = AbortSignal.timeout(this.#limits.call);
    const { pathname } = new URL(url);
    const request2 = `${method} ${pathname}`;
    try {
      return await this.#patiently({
        request: request2,
        key: request2,
        send: () => this.#trying(method, url, body, end),
        refusalIn: (sent) => "error" in sent ? asRefusal(finalRefusal(sent.error)) : void 0
      });
    } catch (error) {
      if (end.aborted) throw new Error(`there was no result within ${this.#limits.call / 1e3} s`, { cause: error });
      throw error;
    }
  }
  /** Until there is an answer that stays, or the tries and the waits are over. */
  async #trying(method, url, body, end) {
    for (let [tries, waits] = [0, 0]; ; ) {
      try {
        return await this.#once(method, url, body, end);
      } catch (error) {
        const asked2 = error instanceof RefusedAnswer ? secondsAsked(error.headers) : void 0;
        if (finalRefusal(error) || unreadableIn(error)?.isFinal === true || end.aborted) throw error;
        const isLimit = error instanceof RefusedAnswer && error.isRateLimit && asked2 !== void 0;
        if (isLimit ? waits >= MAX_WAITS : tries >= RETRIES) throw error;
        if ((asked2 ?? 0) > MAX_WAIT) throw error;
        if (isLimit) {
          waits += 1;
          this.#log(`${this.server.name} asked to wait ${asked2} s (rate limit)`);
        } else tries += 1;
        await (0, import_promises.setTimeout)(Math.max((asked2 ?? 0) * 1e3, this.#limits.retry * Math.max(tries, 1) ** 2), void 0, {
          signal: end
        });
      }
    }
  }
  async #once(method, url, body, end) {
    const json = body === void 0 ? {} : { "content-type": "application/json" };
    const answer = await this.#fetch(url, {
      method,
      headers: { accept: "application/json", "user-agent": "manifest-release-pr", ...json, ...this.server.headers },
      signal: end,
      ...body !== void 0 && { body: JSON.stringify(body) }
    });
    if (answer.status < 300) return answer;
    throw new RefusedAnswer(answer.status, answer.headers, await dataOf(answer).catch(() => void 0));
  }
};
async function dataOf(answer) {
  const text6 = await answer.text();
  return text6 === "" ? void 0 : JSON.parse(text6);
}
var asRefusal = (refused) => refused && { status: refused.status, reason: refused.message };
var ignore = () => void 0;

// elsewhere:src/forge/azure-devops/server.ts
var { apiServer, identitiesOf, pageOf, placeIn, placeOf } = require("./start.cjs").modules["src/forge/azure-devops/server.ts"];

// src/forge/azure-devops/repository.ts
var API_VERSION = "7.0";
var PAGE = 100;
var listOf = (item) => object({ value: array(item) });
var AzureRepository = class extends ApiRepository {
  /** Its web page. */
  page;
  place;
  /** The API of identities, for the same token. */
  identities;
  #root;
  constructor(place, token, options) {
    super(new JsonClient(apiServer(place.collection, token), options), `${place.project}/${place.repository}`);
    this.identities = new JsonClient(apiServer(identitiesOf(place.collection), token), options);
    this.place = place;
    this.page = pageOf(place);
    this.#root = path`/${place.project}/_apis/git/repositories/${place.repository}`;
  }
  /** Reads what is at a path below the repository. Throws what the client throws, as the others do. */
  get(shape, below, query = {}) {
    return this.client.get(shape, this.#root + below, { ...query, "api-version": API_VERSION });
  }
  /** Changes something; the answer is read as `shape`, `z.unknown()` where nothing of it is needed. */
  send(shape, method, below, body) {
    return this.client.send(shape, method, this.#root + below, body, { "api-version": API_VERSION });
  }
  /** The first items of a list. `prefix` is what the names of its paging have before them. */
  list(item, below, query, most, prefix = "") {
    const size = Math.min(PAGE, most);
    let read6 = 0;
    const pageOf5 = ({ value: values }) => {
      read6 += values.length;
      return { values, next: values.length < size ? void 0 : { [`${prefix}$skip`]: read6 } };
    };
    const asked2 = { ...query, [`${prefix}$top`]: size, "api-version": API_VERSION };
    return this.client.listIn(listOf(item), pageOf5, this.#root + below, asked2, most);
  }
};

// src/forge/azure-devops/identities.ts
var NOT_READ = "the token may not look it up: a personal access token needs the scope Identity (Read) for that";
async function findPerson(repository, name) {
  const found = await search(repository.identities, name);
  if (found === void 0) return { reason: NOT_READ };
  const people = found.filter((one) => !one.isContainer && one.isActive !== false);
  const byAccount = people.filter((one) => isCalled(accountsOf(one), name));
  const named = byAccount.length > 0 ? byAccount : people.filter((one) => isCalled(displayNamesOf(one), name));
  return onlyOne(named, "there is no user of that name", "several users have that name: give the e-mail address");
}
async function findTeam(repository, name) {
  const [, owner = repository.place.project, team = name] = /^\[(.+?)\]\\(.+)$/s.exec(name) ?? /^(.+?)\/(.+)$/s.exec(name) ?? [];
  const found = await search(repository.identities, team);
  if (found === void 0) return { reason: NOT_READ };
  const shown = `[${owner}]\\${team}`;
  const named = found.filter((one) => one.isContainer && isCalled(displayNamesOf(one), shown));
  return onlyOne(named, `there is no team ${shown}`, `several teams are ${shown}`);
}
async function ownId({ client }) {
  const query = { "api-version": `${API_VERSION}-preview` };
  return (await client.get(CONNECTION, "/_apis/connectionData", query)).authenticatedUser.id;
}
async function search(client, name) {
  const query = { searchFilter: "General", filterValue: name, queryMembership: "None", "api-version": API_VERSION };
  try {
    return (await client.get(IDENTITIES, "/_apis/identities", query)).value;
  } catch (error) {
    const { status } = finalRefusal(error) ?? {};
    if (status === 401 || status === 403) return void 0;
    throw error;
  }
}
function onlyOne(found, none, several) {
  const [id, ...more] = new Set(found.map((one) => one.id));
  if (id === void 0) return { reason: none };
  return more.length > 0 ? { reason: several } : { id };
}
function accountsOf({ properties }) {
  const account = properties?.Account?.$value ?? "";
  return [account, properties?.Mail?.$value ?? "", `${properties?.Domain?.$value ?? ""}\\${account}`];
}
var displayNamesOf = ({ providerDisplayName, customDisplayName }) => [customDisplayName, providerDisplayName].flatMap((text6) => text6 ?? []);
var isCalled = (names, name) => names.some((one) => one.toLowerCase() === name.toLowerCase());

// src/forge/azure-devops/pull-request.ts
var STATES = { active: "open", abandoned: "closed", completed: "merged" };
var BRANCHES = "refs/heads/";
var refOf = (branch) => BRANCHES + branch;
var branchOf = (ref2) => ref2.startsWith(BRANCHES) ? ref2.slice(BRANCHES.length) : ref2;
function pullRequestOf(facts, page, commits = []) {
  const reviewers = facts.reviewers ?? [];
  return {
    number: facts.pullRequestId,
    url: `${page}/pullrequest/${facts.pullRequestId}`,
    id: String(facts.pullRequestId),
    state: STATES[facts.status],
    title: facts.title,
    body: facts.description ?? "",
    draft: facts.isDraft ?? false,
    labels: facts.labels?.filter(({ active }) => active !== false).map(({ name }) => name) ?? [],
    reviewers: reviewers.filter((one) => !one.isContainer).map(nameOf2),
    "team-reviewers": reviewers.filter((one) => one.isContainer).map(teamNameOf),
    assignees: [],
    branch: branchOf(facts.sourceRefName),
    headId: headOf(facts),
    commits,
    isWhole: false,
    head: void 0,
    // The deletion of its branch leaves it open.
    closedByDeletion: false,
    verified: void 0
  };
}
var headOf = ({ lastMergeSourceCommit: commit }) => commit?.commitId ?? "";
var nameOf2 = ({ uniqueName, displayName }) => uniqueName || displayName;
var teamNameOf = ({ displayName }) => displayName.replace(/^\[(.*)\]\\(?=.)/s, "$1/");
function commitOf({ commitId: commitId2, comment, parents, committer }) {
  return {
    id: commitId2,
    tree: "",
    parents: parents ?? [],
    message: comment ?? "",
    committerEmail: committer?.email ?? "",
    signed: false
  };
}

// src/forge/azure-devops/auto-merge.ts
var STRATEGIES = { merge: "noFastForward", squash: "squash", rebase: "rebase" };
var NOBODY = "00000000-0000-0000-0000-000000000000";
var PASSES = /* @__PURE__ */ new Set(["queued", "notSet"]);
var MOVED = "the source branch was modified meanwhile";
async function autoMerge(repository, pullRequests, { number: number2, head, method }, delays) {
  const completionOptions = { mergeStrategy: STRATEGIES[method] };
  const isSettled = (facts) => headOf(facts) === head && !isPassing(facts);
  const reason = whyNot(await readUntil(isSettled), head);
  if (reason !== void 0) return { reason };
  const refused = await complete();
  if (refused && !isByPolicy(refused)) return { reason: reasonOf2(refused) };
  const failed = refused ? await waitForPolicies() : whyNotCompleted(await readUntil((facts) => !isPassing(facts)));
  if (failed !== void 0) return { reason: failed };
  return refused ? "enabled" : "merged";
  async function readUntil(isRight) {
    for (const left = [...delays]; ; ) {
      const facts = await pullRequests.get(number2);
      const delay = left.shift();
      if (facts.status !== "active" || isRight(facts) || delay === void 0) return facts;
      await (0, import_promises2.setTimeout)(delay);
    }
  }
  async function complete() {
    try {
      await pullRequests.change(number2, {
        status: "completed",
        lastMergeSourceCommit: { commitId: head },
        completionOptions
      });
      return void 0;
    } catch (error) {
      const refusal = finalRefusal(error);
      if (refusal === void 0) throw error;
      return refusal;
    }
  }
  async function waitForPolicies() {
    await pullRequests.change(number2, { autoCompleteSetBy: { id: await ownId(repository) }, completionOptions });
    const after = await pullRequests.get(number2);
    if (headOf(after) === head || after.status !== "active") return void 0;
    await pullRequests.change(number2, { autoCompleteSetBy: { id: NOBODY } });
    return MOVED;
  }
}
var isPassing = ({ status, mergeStatus }) => status === "active" && PASSES.has(mergeStatus ?? "notSet");
function whyNot(facts, head) {
  if (facts.status !== "active") return `the pull request is ${facts.status}`;
  if (headOf(facts) !== head) return MOVED;
  return facts.isDraft === true ? "a draft is not completed" : whyNotMerged(facts);
}
var whyNotCompleted = (facts) => facts.status === "active" && !isPassing(facts) ? whyNotMerged(facts) ?? void 0 : void 0;
function whyNotMerged({ mergeStatus, mergeFailureMessage }) {
  if (mergeStatus === "conflicts") return "the branch has conflicts with its base";
  if (mergeStatus !== "failure" && mergeStatus !== "rejectedByPolicy") return void 0;
  return mergeFailureMessage || "Azure DevOps could not merge it";
}
function isByPolicy({ data, message }) {
  const { typeKey } = data ?? {};
  return typeKey === "GitPullRequestUpdateRejectedByPolicyException" || /polic(?:y|ies)/i.test(message);
}
var reasonOf2 = ({ message }) => /\bTF401192\b/.test(message) ? MOVED : message;

// src/forge/azure-devops/attributes.ts
var FINDERS = { reviewers: findPerson, "team-reviewers": findTeam };
async function giveAttributes(repository, pullRequests, pullRequest, given, asked2, head, delays) {
  const wanted = withoutLacking("azure-devops", asked2, given);
  const { number: number2 } = pullRequest;
  const missing = missingIn(given, wanted);
  const refused = [];
  const attempt = async (what, work) => {
    const reason = await work().catch((error) => repository.refusalIn(CHANGING, error));
    if (reason !== void 0) refused.push({ what, reason });
  };
  if (missing.draft && !pullRequest.draft) await attempt("draft", () => makeDraft(pullRequests, number2));
  for (const list of ["reviewers", "team-reviewers"]) {
    for (const name of missing[list]) await attempt(nameOf(list, name), () => askFor(repository, number2, list, name));
  }
  for (const name of missing.labels) await attempt(nameOf("labels", name), () => addLabel(repository, number2, name));
  await removeLabels(repository, number2, wrongLabels(given, wanted));
  const method = missing["auto-merge"];
  let merging;
  if (method !== "") {
    await attempt("auto-merge", async () => {
      const done = await autoMerge(repository, pullRequests, { number: number2, head, method }, delays);
      if (typeof done === "object") return done.reason;
      merging = done;
      return void 0;
    });
  }
  return { given: givenAfter(given, wanted, refused), refused, ...merging && { merging } };
}
async function makeDraft(pullRequests, number2) {
  const { isDraft } = await pullRequests.change(number2, { isDraft: true });
  return isDraft === true ? void 0 : "Azure DevOps did not take it";
}
async function askFor(repository, number2, list, name) {
  const found = await FINDERS[list](repository, name);
  if ("reason" in found) return found.reason;
  const reviewer = { id: found.id, vote: 0 };
  await repository.send(unknown(), "PUT", path`/pullRequests/${number2}/reviewers/${found.id}`, reviewer);
  return void 0;
}
async function addLabel(repository, number2, name) {
  await repository.send(unknown(), "POST", path`/pullRequests/${number2}/labels`, { name });
}
async function removeLabels(repository, number2, names) {
  if (names.length === 0) return;
  await tryTo(repository, "labels", async () => {
    const { value } = await repository.get(LABELS, path`/pullRequests/${number2}/labels`);
    for (const { id } of value.filter(({ name }) => names.includes(name))) {
      await repository.send(unknown(), "DELETE", path`/pullRequests/${number2}/labels/${id}`);
    }
    return [];
  });
}

// elsewhere:src/core/time.ts
var { ageOf, utcTime } = require("./start.cjs").modules["src/core/time.ts"];

// elsewhere:src/forge/relation.ts
var { commitsOnTop, relationBy, relationOf } = require("./workspace.cjs").modules["src/forge/relation.ts"];

// src/forge/azure-devops/commits.ts
var MOST = 300;
var BRANCHES2 = "refs/heads/";
async function compare(repository, base, head) {
  const [from2, to] = [versionOf(base), versionOf(head)];
  return repository.comparing(async () => {
    const { baseCommit, targetCommit, commonCommit, aheadCount } = await repository.get(COMPARISON, "/diffs/commits", {
      baseVersion: from2.version,
      baseVersionType: from2.type,
      targetVersion: to.version,
      targetVersionType: to.type,
      // The changes of files are not read.
      $top: 1
    });
    const status = relationBy(baseCommit, targetCommit, commonCommit ?? void 0);
    const isAhead = status === "ahead" || status === "diverged";
    const [found, start] = await Promise.all([
      isAhead ? commitsBetween(repository, baseCommit, targetCommit) : [],
      repository.get(COMMIT, path`/commits/${baseCommit}`)
    ]);
    return {
      status,
      commits: found.toReversed().map((facts) => ({
        id: facts.commitId,
        author: facts.author?.name ?? "",
        subject: facts.comment?.split("\n")[0] ?? "",
        url: `${repository.page}/commit/${facts.commitId}`,
        time: timeOf(facts)
      })),
      total: isAhead ? aheadCount : 0,
      url: `${repository.page}/branchCompare?baseVersion=GC${baseCommit}&targetVersion=GC${targetCommit}`,
      // `#1` is a work item there.
      pulls: "",
      baseTime: timeOf(start)
    };
  });
}
function commitsBetween(repository, base, head) {
  const query = {
    "searchCriteria.itemVersion.version": base,
    "searchCriteria.itemVersion.versionType": "commit",
    "searchCriteria.compareVersion.version": head,
    "searchCriteria.compareVersion.versionType": "commit"
  };
  return repository.list(COMMIT, "/commits", query, MOST, "searchCriteria.");
}
function versionOf(revision) {
  if (revision.startsWith(BRANCHES2)) return { version: revision.slice(BRANCHES2.length), type: "branch" };
  return { version: revision, type: /^[\da-f]{40}$/.test(revision) ? "commit" : "tag" };
}
var timeOf = ({ committer }) => utcTime(committer?.date ?? "");

// elsewhere:src/forge/merges.ts
var { buildContext, newestFirst } = require("./workspace.cjs").modules["src/forge/merges.ts"];

// src/forge/azure-devops/merges.ts
var MOST2 = 200;
function mergesOf(repository) {
  return {
    read: (number2) => read(repository, number2),
    since: async (commit, branch) => commitsOnTop(await compare(repository, commit, `refs/heads/${branch}`)),
    statuses: (commit) => statuses(repository, commit),
    hasAuthors: true
  };
}
function read(repository, number2) {
  return repository.call("read the pull request", async () => {
    const facts = await repository.get(PULL_REQUEST, `/pullrequests/${number2}`);
    const [state, base] = [STATES[facts.status], branchOf(facts.targetRefName)];
    if (state !== "merged") return { state, base, commit: "", time: "" };
    return { state, base, commit: facts.lastMergeCommit?.commitId ?? "", time: utcTime(facts.closedDate ?? "") };
  });
}
var VERDICTS = {
  succeeded: "success",
  failed: "failure",
  error: "failure"
};
function statuses(repository, commit) {
  return repository.call("read the statuses", async () => {
    const { value } = await repository.get(STATUS_LIST, path`/commits/${commit}/statuses`, { top: MOST2 });
    return newestFirst(value).map(({ context, state, description, targetUrl, createdBy, creationDate }) => ({
      context: context.name,
      state: VERDICTS[state ?? ""] ?? "pending",
      description: description ?? "",
      url: targetUrl ?? "",
      author: createdBy?.uniqueName || createdBy?.displayName || "",
      time: utcTime(creationDate ?? "")
    }));
  });
}

// elsewhere:src/core/objects.ts
var { UNKNOWN_IMAGE, counted, groupBy, kept, memoized } = require("./start.cjs").modules["src/core/objects.ts"];

// elsewhere:src/forge/forge.ts
var { COMMITS_READ } = require("./workspace.cjs").modules["src/forge/forge.ts"];

// src/forge/found.ts
function newestFirst2(all, numberOf) {
  const byNumber = new Map(all.map((one) => [numberOf(one), one]));
  return [...byNumber.values()].toSorted((one, other) => numberOf(other) - numberOf(one));
}
function byState(all) {
  return { open: all.filter(({ state }) => state === "open"), past: all.filter(({ state }) => state !== "open") };
}

// src/forge/http/in-parallel.ts
async function inParallel(items, atOnce, work) {
  const results = [];
  for (let start = 0; start < items.length; start += atOnce) {
    results.push(...await Promise.all(items.slice(start, start + atOnce).map(work)));
  }
  return results;
}

// src/forge/azure-devops/pull-requests.ts
var LISTED = 20;
var SURELY_WHOLE = 390;
var AT_ONCE = 6;
var EXISTS = /\bTF401179\b|active pull request .* already exists/i;
var PullRequests = class {
  #repository;
  /** What does not change: past ones whole, and commits by pull request and head. */
  #past = /* @__PURE__ */ new Map();
  #commits = /* @__PURE__ */ new Map();
  constructor(repository) {
    this.#repository = repository;
  }
  /**
   * As `Forge.find`: two requests and one for each branch; one for each long text, but for merged ones that matter by its
   * beginning, and two or three for each that matters.
   */
  async find(branches, base, matters) {
    const into = (status, more = {}) => ({
      "searchCriteria.targetRefName": refOf(base),
      "searchCriteria.status": status,
      ...more
    });
    return this.#repository.call("list pull requests", async () => {
      const [active, completed, ...ofBranches] = await Promise.all([
        this.#list(into("active"), Infinity),
        this.#list(into("completed"), LISTED),
        ...branches.map((branch) => this.#list(into("all", { "searchCriteria.sourceRefName": refOf(branch) }), LISTED))
      ]);
      const own = [...active, ...completed, ...ofBranches.flat()].filter(({ forkSource }) => forkSource == null);
      const listed = newestFirst2(own, ({ pullRequestId }) => pullRequestId);
      const found = await inParallel(listed, AT_ONCE, (one) => this.#read(one, matters));
      return byState(found);
    });
  }
  /** As `Forge.open`. */
  async open({ branch, base, title, body, draft }) {
    const wanted = {
      sourceRefName: refOf(branch),
      targetRefName: refOf(base),
      title,
      description: body,
      isDraft: draft
    };
    try {
      return this.#shown(await this.#repository.send(PULL_REQUEST, "POST", "/pullRequests", wanted));
    } catch (error) {
      const refused = finalRefusal(error);
      if (refused?.status === 409 && EXISTS.test(refused.message)) return void 0;
      throw this.#repository.explain("open a pull request", error);
    }
  }
  /** As `Forge.update`. */
  async update(number2, { title, body, state }) {
    const change2 = {
      ...title !== void 0 && { title },
      ...body !== void 0 && { description: body },
      ...state !== void 0 && { status: "abandoned" }
    };
    return this.#repository.call("update the pull request", async () => {
      const write = () => this.change(number2, change2);
      return this.#shown(await unlessEnded(write, () => this.get(number2), isOpen));
    });
  }
  /** One as it is now. Throws what the client throws, as the next one does. */
  get(number2) {
    return this.#repository.get(PULL_REQUEST, path`/pullRequests/${number2}`);
  }
  /** Changes it; returns it as it is then. */
  change(number2, change2) {
    return this.#repository.send(PULL_REQUEST, "PATCH", path`/pullRequests/${number2}`, change2);
  }
  #shown(facts) {
    return pullRequestOf(facts, this.#repository.page);
  }
  #list(query, most) {
    return this.#repository.list(PULL_REQUEST, "/pullRequests", query, most);
  }
  async #read(listed, matters) {
    const isEnough = (listed.description ?? "").length < SURELY_WHOLE || listed.status === "completed" && matters(this.#shown(listed));
    const facts = isEnough ? listed : await this.#whole(listed);
    const read6 = this.#shown(facts);
    return matters(read6) ? pullRequestOf(facts, this.#repository.page, await this.#commitsOf(facts)) : read6;
  }
  #whole({ pullRequestId: number2, status }) {
    if (status === "active") return this.get(number2);
    return kept(this.#past, number2, () => this.get(number2));
  }
  #commitsOf(facts) {
    const { pullRequestId: number2 } = facts;
    return kept(this.#commits, `${number2} ${headOf(facts)}`, async () => {
      const listed = await this.#repository.list(COMMIT, path`/pullRequests/${number2}/commits`, {}, COMMITS_READ);
      const whole = await Promise.all(listed.map(async (one) => isWhole(one) ? one : this.#commit(one.commitId)));
      return whole.map(commitOf);
    });
  }
  #commit(id) {
    return this.#repository.get(COMMIT, path`/commits/${id}`);
  }
};
var isOpen = ({ status }) => status === "active";
var isWhole = ({ commentTruncated, parents }) => commentTruncated !== true && parents != null;

// src/forge/azure-devops/azure-devops.ts
function azureDevOps({ place, token, source, ...options }) {
  const repository = new AzureRepository(place, token, options);
  const pullRequests = new PullRequests(repository);
  const delays = options.limits?.patience ?? PATIENCE;
  return {
    name: "Azure DevOps",
    numberSign: "!",
    hiddenText: "link-definition",
    headsByGit: true,
    staysOpenWithoutBranch: true,
    limits: { title: 400, body: 4e3, label: 400 },
    find: (branches, base, matters = () => true) => pullRequests.find(branches, base, matters),
    open: (pullRequest) => pullRequests.open(pullRequest),
    update: (...change2) => pullRequests.update(...change2),
    giveAttributes: (...asked2) => giveAttributes(repository, pullRequests, ...asked2, delays),
    isPublic: notAsked,
    ...sourcesBy(source, options),
    merges: mergesOf(repository)
  };
}
function sourcesBy(source, options) {
  if (typeof source === "string") return unreadSources(source);
  return {
    compare: async (name, ...revisions) => {
      const place = placeIn(source.collection, name);
      if (!place) return { status: "unknown", reason: `${name} is no repository of Azure DevOps` };
      return compare(new AzureRepository(place, source.token, options), ...revisions);
    },
    isSourcePublic: notAsked
  };
}
var notAsked = () => Promise.resolve(void 0);

// elsewhere:src/core/escape.ts
var { cut, forCommit, forLog, forMarkdown, fromCommit, jsonForLog, markdownBlock, markdownCode, markdownUrl, oneCommitLine, oneLine, quote } = require("./start.cjs").modules["src/core/escape.ts"];

// src/forge/explain-by-rules.ts
var REFUSALS = /* @__PURE__ */ new Set([
  "ACCESS_DENIED",
  "REPOSITORY_NOT_FOUND",
  "PUSH_REFUSED",
  "API_DENIED"
]);
function explainByRules(rules, error, { token, remote }, kind) {
  if (!(error instanceof ReleaseError) || !REFUSALS.has(error.code)) return error;
  const { code, message, place, cause } = error;
  const answer = cause instanceof RefusedAnswer ? cause : void 0;
  const usesKey = !answer && remote.transport === "ssh";
  if (token === "" && !usesKey) return error;
  const evidence = {
    kind: usesKey ? "ssh-key" : kind,
    by: answer ? "api" : "git",
    code,
    repository: remote.name,
    status: answer?.status ?? 0,
    message: answer?.message ?? stderrOf(cause) ?? message
  };
  const hint = rules.find(({ applies }) => applies(evidence))?.hint(evidence);
  return hint === void 0 ? error : new ReleaseError(code, { message, hint }, { place, cause });
}
function isUnknownToken({ status, message }) {
  return status === 401 || /HTTP Basic: Access denied|returned error: 401|Authentication failed|Invalid credentials/i.test(message);
}
function isUnknownRepository({
  status,
  code,
  message
}) {
  return status === 404 || code === "REPOSITORY_NOT_FOUND" || /returned error: 404/.test(message);
}
var isForbidden = ({ status, code }) => status === 403 || code === "ACCESS_DENIED";
function stderrOf(cause) {
  const { name, stderr } = cause ?? {};
  return name === "GitError" && typeof stderr === "string" ? stderr : void 0;
}

// elsewhere:src/forge/azure-devops/token-kind.ts
var { NAMES, RIGHT_TOKEN, isJwt, kindOfToken } = require("./start.cjs").modules["src/forge/azure-devops/token-kind.ts"];

// src/forge/azure-devops/explain-refusal.ts
var SECURITY = "Project settings \u2192 Repositories \u2192 the repository \u2192 Security";
var SCOPE = 'A pipeline sees the repositories of its own project alone while "Limit job authorization scope to current project" is on, and those that its YAML names while "Protect access to repositories in YAML pipelines" is on (Project settings \u2192 Pipelines \u2192 Settings); the build service needs Read there too.';
var PERMISSIONS = {
  GenericRead: "Read",
  GenericContribute: "Contribute",
  CreateBranch: "Create branch",
  ForcePush: "Force push (rewrite history, delete branches and tags)",
  PullRequestContribute: "Contribute to pull requests"
};
var RULES = [
  {
    applies: ({ kind }) => kind === "github",
    hint: () => `${NAMES.github} is not known to Azure DevOps. ${RIGHT_TOKEN}`
  },
  {
    applies: ({ message }) => permissionIn(message) !== void 0,
    hint: ({ kind, message }) => {
      const permission = permissionIn(message) ?? "";
      const owner = kind === "job" ? "the build service of the project" : "the user of the token";
      return `Allow ${quote(PERMISSIONS[permission] ?? permission)} to ${owner} (${SECURITY}).`;
    }
  },
  {
    applies: ({ kind }) => kind === "ssh-key",
    hint: ({ repository }) => `The ssh key is not one of a user who may do this in ${quote(repository)}: add its public half under User settings \u2192 SSH public keys.`
  },
  {
    applies: ({ message }) => /\bVS403463\b|conditional access/i.test(message),
    hint: () => "A Conditional Access policy of the organization refuses this machine: have an administrator allow it, or run it elsewhere."
  },
  {
    applies: (evidence) => isUnknownRepository(evidence) || /\bTF(?:401019|200016)\b/.test(evidence.message),
    hint: ({ kind, repository }) => `There is no repository ${quote(repository)}, or the token does not see it: check the input "repository". ${kind === "job" ? SCOPE : RIGHT_TOKEN}`
  },
  {
    applies: (evidence) => isUnknownToken(evidence) || /\bTF400813\b|returned error: (?:203|302)|sign in/i.test(evidence.message),
    hint: ({ kind }) => kind === "job" ? `${NAMES.job} is known during its own job alone, and in its own organization. ${RIGHT_TOKEN}` : `${NAMES[kind]} is expired, was revoked, lacks a scope, or belongs to another organization. ${RIGHT_TOKEN}`
  },
  {
    applies: isForbidden,
    hint: ({ kind }) => `${NAMES[kind]} lacks a right. ${RIGHT_TOKEN}`
  }
];
var permissionIn = (message) => /\bTF401027\b.*?['"]?(\w+)['"]? permission/s.exec(message)?.[1];
function explainRefusal(error, access) {
  return explainByRules(RULES, error, access, kindOfToken(access.token));
}

// src/forge/bitbucket-cloud/answers.ts
var text2 = string();
var ACCOUNT = object({
  uuid: text2,
  account_id: nullish(text2),
  nickname: nullish(text2),
  display_name: nullish(text2)
});
var link = object({ href: text2 });
var END = object({
  branch: object({ name: text2 }),
  /** Its id is cut to twelve digits; absent where it is gone. */
  commit: nullish(object({ hash: text2 })),
  /** Absent where the fork is gone. */
  repository: nullish(object({ uuid: text2 }))
});
var PULL_REQUEST2 = object({
  id: int(),
  title: text2,
  description: nullish(text2),
  state: enum2(["OPEN", "MERGED", "DECLINED", "SUPERSEDED"]),
  draft: nullish(boolean()),
  /** Of one that was merged; its id is cut to twelve digits. */
  merge_commit: nullish(object({ hash: text2 })),
  author: nullish(ACCOUNT),
  /** In a list only where it is asked for. */
  reviewers: nullish(array(ACCOUNT)),
  source: END,
  destination: END,
  links: object({ html: link })
});
var SIGNATURE = nullish(
  object({ raw: nullish(text2), user: nullish(object({ display_name: nullish(text2) })) })
);
var COMMIT2 = object({
  hash: text2,
  message: text2,
  date: text2,
  parents: array(object({ hash: text2 })),
  author: SIGNATURE,
  committer: SIGNATURE,
  links: object({ html: link })
});
var BUILD_STATUS = object({
  key: text2,
  name: nullish(text2),
  state: text2,
  description: nullish(text2),
  url: nullish(text2),
  updated_on: nullish(text2)
});
var TAG = object({ target: object({ hash: text2, date: text2 }) });
var DEFAULT_REVIEWER = object({ user: ACCOUNT });
var MEMBER = object({ user: ACCOUNT });
var pageOf2 = (item) => object({ values: array(item), next: nullish(text2) });
var partOf = ({ values, next }) => ({
  values,
  next: next ?? void 0
});
var REPOSITORY = object({ is_private: boolean() });

// src/forge/bitbucket-cloud/pull-request.ts
var STATES2 = { OPEN: "open", MERGED: "merged", DECLINED: "closed", SUPERSEDED: "closed" };
function pullRequestOf2(facts, latest = []) {
  const short = facts.source.commit?.hash ?? "";
  return {
    number: facts.id,
    url: facts.links.html.href,
    id: String(facts.id),
    state: STATES2[facts.state],
    title: facts.title,
    body: facts.description ?? "",
    draft: facts.draft ?? false,
    labels: [],
    reviewers: facts.reviewers?.map(nameOf3) ?? [],
    "team-reviewers": [],
    assignees: [],
    branch: facts.source.branch.name,
    headId: latest.find(({ id }) => short !== "" && id.startsWith(short))?.id ?? short,
    commits: latest,
    isWhole: false,
    head: void 0,
    closedByDeletion: false,
    verified: void 0
  };
}
function nameOf3({ nickname, display_name: displayName, uuid }) {
  return nickname || displayName || uuid;
}
function isOwn({ source, destination }) {
  return source.repository?.uuid === destination.repository?.uuid;
}
function commitOf2({ hash, parents, message, author, committer }) {
  const email = /<([^<>]*)>\s*$/.exec((committer ?? author)?.raw ?? "")?.[1] ?? "";
  return { id: hash, tree: "", parents: parents.map((one) => one.hash), message, committerEmail: email, signed: false };
}

// src/forge/bitbucket-cloud/reviewers.ts
var UUID = /^\{[\da-f-]+\}$/i;
var ACCOUNT_ID = /^(?:\d+:[\da-f-]{36}|[\da-f]{24})$/i;
async function findReviewer({ client, workspace }, name) {
  if (UUID.test(name)) return { uuid: name };
  if (ACCOUNT_ID.test(name)) return { account_id: name };
  try {
    const query = { q: `user.nickname = "${name.replace(/["\\]/g, "\\$&")}"`, pagelen: 2 };
    const { values } = await client.get(pageOf2(MEMBER), path`/workspaces/${workspace}/members`, query);
    const [found, ...others] = values;
    if (found && others.length === 0) return { uuid: found.user.uuid };
    return found ? `several members of the workspace ${workspace} have that nickname; give the UUID of the account, {\u2026}` : `no member of the workspace ${workspace} has that nickname`;
  } catch (error) {
    const refused = finalRefusal(error);
    if (!refused) throw error;
    return `a nickname is looked up among the members of the workspace, which this token may not read (${refused.message}); give the UUID of the account, {\u2026}, or its account id`;
  }
}
async function defaultReviewers({ client, at, log }) {
  try {
    const found = await client.listIn(pageOf2(DEFAULT_REVIEWER), partOf, `${at}/effective-default-reviewers`, {
      pagelen: 100
    });
    return found.map(({ user: { uuid } }) => ({ uuid }));
  } catch (error) {
    const refused = finalRefusal(error);
    if (!refused) throw error;
    log(`the default reviewers are not asked, since they could not be read: ${refused.message}`);
    return [];
  }
}
async function reviewersWith(repository, before, added) {
  const present = before.reviewers ?? [];
  const missing = added.filter((one) => !present.some((account) => isOf(account, one)));
  if (missing.length === 0) return { facts: before, refused: [] };
  const reviewers = [...present.map(({ uuid }) => ({ uuid })), ...missing];
  try {
    const address = repository.at + path`/pullrequests/${before.id}`;
    return { facts: await repository.client.send(PULL_REQUEST2, "PUT", address, { reviewers }), refused: [] };
  } catch (error) {
    const refusal = finalRefusal(error);
    if (!refusal) throw error;
    if (missing.length === 1) {
      return { facts: before, refused: missing.map((reviewer) => ({ reviewer, reason: reasonOf3(refusal) })) };
    }
    let facts = before;
    const refused = [];
    for (const one of missing) {
      const given = await reviewersWith(repository, facts, [one]);
      facts = given.facts;
      refused.push(...given.refused);
    }
    return { facts, refused };
  }
}
function isNamed(account, name) {
  const forms = [account.uuid, account.account_id ?? "", nameOf3(account)];
  return forms.some((form) => form.toLowerCase() === name.toLowerCase());
}
var reasonOf3 = ({ message }) => /malformed reviewers list/i.test(message) ? "there is no such account, or it may not see the repository" : message;
function isAboutReviewers(refused) {
  return refused?.status === 400 && /reviewer/i.test(refused.message);
}
var isOf = (account, asked2) => isNamed(account, "uuid" in asked2 ? asked2.uuid : asked2.account_id);

// src/forge/bitbucket-cloud/attributes.ts
async function giveAttributes2(repository, pullRequests, { number: number2, draft }, given, asked2) {
  const wanted = withoutLacking("bitbucket-cloud", asked2, given);
  const missing = missingIn(given, wanted);
  return repository.call(CHANGING, async () => {
    const refused = [];
    if (missing.draft && !draft) refused.push(...await makeDraft2(pullRequests, number2));
    if (missing.reviewers.length > 0) {
      refused.push(...await addReviewers(repository, pullRequests, number2, missing.reviewers));
    }
    return { given: givenAfter(given, wanted, refused), refused };
  });
}
async function makeDraft2(pullRequests, number2) {
  const refusedFor = (reason) => [{ what: "draft", reason }];
  try {
    const { draft } = await pullRequests.change(number2, { draft: true });
    return draft === true ? [] : refusedFor("Bitbucket did not take it");
  } catch (error) {
    const refusal = finalRefusal(error);
    if (!refusal) throw error;
    return refusedFor(refusal.message);
  }
}
async function addReviewers(repository, pullRequests, number2, names) {
  const before = await pullRequests.get(number2);
  const absent = names.filter((name) => !before.reviewers?.some((account) => isNamed(account, name)));
  const found = await Promise.all(absent.map(async (name) => ({ name, asked: await findReviewer(repository, name) })));
  const nameByAccount = /* @__PURE__ */ new Map();
  const refused = [];
  for (const { name, asked: asked2 } of found) {
    if (typeof asked2 === "string") refused.push({ what: nameOf("reviewers", name), reason: asked2 });
    else nameByAccount.set(asked2, name);
  }
  const added = await reviewersWith(repository, before, [...nameByAccount.keys()]);
  return [
    ...refused,
    ...added.refused.map(({ reviewer, reason }) => ({
      what: nameOf("reviewers", nameByAccount.get(reviewer) ?? ""),
      reason
    }))
  ];
}

// src/forge/bitbucket-cloud/commits.ts
var MOST3 = 300;
var PAGE2 = 100;
async function compare2(repository, base, head) {
  return repository.comparing(async () => {
    const [one, other] = await Promise.all([find(repository, base), find(repository, head)]);
    const [ahead, behind] = await Promise.all([
      commitsOf(repository, other.id, one.id, MOST3),
      commitsOf(repository, one.id, other.id, 1)
    ]);
    return {
      status: relationOf(ahead.length, behind.length),
      commits: ahead.toReversed().map(sourceCommitOf),
      total: ahead.length,
      url: `${repository.url}/branches/compare/${encodeURIComponent(`${head}\r${base}`)}`,
      pulls: "",
      baseTime: utcTime(one.date)
    };
  });
}
async function onTop(repository, commit, branch) {
  return repository.unlessRefused(`compare two commits of ${repository.fullName}`, async () => {
    const [missing, later] = await Promise.all([
      commitsOf(repository, commit, branch, 1),
      commitsOf(repository, branch, commit, MOST3)
    ]);
    return missing.length > 0 ? void 0 : later.toReversed().map(({ hash }) => hash);
  });
}
async function isPublic(repository) {
  return repository.isPublic(async () => !(await repository.client.get(REPOSITORY, repository.at)).is_private);
}
async function find({ client, at }, revision) {
  if (/^[0-9a-f]{7,64}$/.test(revision)) {
    const { hash, date: date2 } = await client.get(COMMIT2, `${at}/commit/${revision}`);
    return { id: hash, date: date2 };
  }
  const name = revision.split("/").map(encodeURIComponent).join("/");
  const { target } = await client.get(TAG, `${at}/refs/tags/${name}`);
  return { id: target.hash, date: target.date };
}
async function commitsOf({ client, at }, include, exclude, most) {
  const query = { include, exclude, pagelen: Math.min(most, PAGE2) };
  return client.listIn(pageOf2(COMMIT2), partOf, `${at}/commits`, query, most);
}
function sourceCommitOf({ hash, message, author, date: date2, links }) {
  return {
    id: hash,
    author: author?.user?.display_name ?? (author?.raw ?? "").replace(/(?<!\s)\s*<[^<>]*>\s*$/, ""),
    subject: message.split("\n")[0] ?? "",
    url: links.html.href,
    time: utcTime(date2)
  };
}

// src/forge/bitbucket-cloud/merges.ts
var MOST4 = 300;
var PAGE3 = 100;
function mergesOf2(repository) {
  return {
    read: (number2) => read2(repository, number2),
    since: (commit, branch) => onTop(repository, commit, branch),
    statuses: (commit) => statuses2(repository, commit),
    hasAuthors: false
  };
}
function read2(repository, number2) {
  const { client, at } = repository;
  return repository.call("read the pull request", async () => {
    const facts = await client.get(PULL_REQUEST2, at + path`/pullrequests/${number2}`);
    const [state, base] = [STATES2[facts.state], facts.destination.branch.name];
    const head = facts.source.commit?.hash ?? "";
    const merged = facts.merge_commit?.hash || head;
    if (state !== "merged" || merged === "") return { state, base, commit: "", time: "" };
    const { hash, date: date2 } = await client.get(COMMIT2, at + path`/commit/${merged}`);
    return { state, base, commit: hash, time: merged === head ? "" : utcTime(date2) };
  });
}
var VERDICTS2 = {
  SUCCESSFUL: "success",
  FAILED: "failure",
  STOPPED: "failure"
};
function statuses2(repository, commit) {
  const { client, at } = repository;
  return repository.call("read the statuses", async () => {
    const below = at + path`/commit/${commit}/statuses`;
    const query = { sort: "-updated_on", pagelen: PAGE3 };
    const read6 = await client.listIn(pageOf2(BUILD_STATUS), partOf, below, query, MOST4);
    return read6.map(({ key, name, state, description, url, updated_on: time }) => ({
      context: buildContext(key, name ?? ""),
      state: VERDICTS2[state] ?? "pending",
      description: description ?? "",
      url: url ?? "",
      author: "",
      time: utcTime(time ?? "")
    }));
  });
}

// src/forge/bitbucket-cloud/pull-requests.ts
var PAGE4 = 50;
var LISTED2 = 20;
var AT_ONCE2 = 5;
var WITH_REVIEWERS = "+values.reviewers";
var PAST = '(state = "MERGED" OR state = "DECLINED" OR state = "SUPERSEDED")';
var PullRequestReader = class {
  #repository;
  /** By pull request and head. */
  #commits = /* @__PURE__ */ new Map();
  constructor(repository) {
    this.#repository = repository;
  }
  /** As `Forge.find`: two requests and one for each branch, then one for each pull request that matters. */
  async find(branches, base, matters) {
    return this.#repository.call("list pull requests", async () => {
      const into = `destination.branch.name = ${quoted(base)}`;
      const [opened, merged, ...ofBranches] = await Promise.all([
        this.#list(`state = "OPEN" AND ${into}`, Infinity),
        this.#list(`state = "MERGED" AND ${into}`, LISTED2),
        ...branches.map((branch) => this.#list(`${PAST} AND ${into} AND ${from(branch)}`, LISTED2))
      ]);
      const listed = [...opened, ...merged, ...ofBranches.flat()].filter((one) => isOwn(one) && isInto(one, base));
      const facts = newestFirst2(listed, ({ id }) => id);
      const found = await inParallel(facts, AT_ONCE2, async (one) => {
        const read6 = pullRequestOf2(one);
        return matters(read6) ? pullRequestOf2(one, await this.#commitsOf(one)) : read6;
      });
      return byState(found);
    });
  }
  /**
   * As `Forge.open`, with the default reviewers, which Bitbucket's API does not add by itself. It is asked first whether one is
   * open: instead of a second one Bitbucket would give the first another title.
   */
  async open({ branch, base, title, body, draft }) {
    const { client, at } = this.#repository;
    const wanted = {
      title,
      description: body,
      source: { branch: { name: branch } },
      destination: { branch: { name: base } },
      draft
    };
    const post = (reviewers) => client.send(PULL_REQUEST2, "POST", `${at}/pullrequests`, { ...wanted, reviewers });
    try {
      const query = `state = "OPEN" AND destination.branch.name = ${quoted(base)} AND ${from(branch)}`;
      const [there, reviewers] = await Promise.all([this.#list(query, PAGE4), defaultReviewers(this.#repository)]);
      if (there.some((one) => isOwn(one) && isInto(one, base) && one.source.branch.name === branch)) return void 0;
      try {
        return await this.#answered(await post(reviewers));
      } catch (error) {
        if (reviewers.length === 0 || !isAboutReviewers(finalRefusal(error))) throw error;
        const opened = await post([]);
        const { facts, refused } = await reviewersWith(this.#repository, opened, reviewers);
        for (const { reason } of refused) this.#repository.log(`a default reviewer is not asked: ${reason}`);
        return await this.#answered(facts);
      }
    } catch (error) {
      if (/no changes to be pulled/i.test(finalRefusal(error)?.message ?? "")) {
        const { fullName } = this.#repository;
        throw failure("NO_COMMITS", { forge: client.server.name, repository: fullName, branch, base }, error);
      }
      throw this.#repository.explain("open a pull request", error);
    }
  }
  /** As `Forge.update`. Bitbucket rewrites only what is open, so that it is declined last. */
  async update(number2, { title, body, state }) {
    return this.#repository.call("update the pull request", async () => {
      const change2 = { ...title !== void 0 && { title }, ...body !== void 0 && { description: body } };
      const write = async () => {
        const written = Object.keys(change2).length > 0 ? await this.change(number2, change2) : void 0;
        return state === "closed" ? await this.#decline(number2) : written ?? await this.get(number2);
      };
      return this.#answered(await unlessEnded(write, () => this.get(number2), isOpen2));
    });
  }
  /** One as it is now. Throws what the client throws, as the next one does. */
  get(number2) {
    return this.#repository.client.get(PULL_REQUEST2, this.#at(number2));
  }
  /** Changes these fields, and no other; gives it as it is then. */
  change(number2, change2) {
    return this.#repository.client.send(PULL_REQUEST2, "PUT", this.#at(number2), change2);
  }
  #at(number2) {
    return this.#repository.at + path`/pullrequests/${number2}`;
  }
  #decline(number2) {
    return this.#repository.client.send(PULL_REQUEST2, "POST", `${this.#at(number2)}/decline`);
  }
  /** The latest ones that a query is true for. */
  #list(q, most) {
    const { client, at } = this.#repository;
    const query = { q, sort: "-updated_on", pagelen: Math.min(most, PAGE4), fields: WITH_REVIEWERS };
    return client.listIn(pageOf2(PULL_REQUEST2), partOf, `${at}/pullrequests`, query, most);
  }
  /** What an answer to a change says, with the whole id of its head. */
  async #answered(facts) {
    return { ...pullRequestOf2(facts, await this.#commitsOf(facts)), commits: [] };
  }
  #commitsOf({ id, source }) {
    return kept(this.#commits, `${id} ${source.commit?.hash}`, () => this.#readCommits(id));
  }
  /** None where they are gone with their branch. */
  async #readCommits(number2) {
    try {
      const query = { pagelen: COMMITS_READ };
      const { values } = await this.#repository.client.get(pageOf2(COMMIT2), `${this.#at(number2)}/commits`, query);
      return values.slice(0, COMMITS_READ).map(commitOf2);
    } catch (error) {
      if (finalRefusal(error)?.status === 404) return [];
      throw error;
    }
  }
};
var isInto = ({ destination }, base) => destination.branch.name === base;
var from = (branch) => `source.branch.name = ${quoted(branch)}`;
var quoted = (text6) => `"${text6.replace(/["\\]/g, "\\$&")}"`;
var isOpen2 = ({ state }) => state === "OPEN";

// elsewhere:src/forge/bitbucket-cloud/server.ts
var { apiServer: apiServer2, apiUrlOf, credentialOf, placeOf: placeOf2 } = require("./start.cjs").modules["src/forge/bitbucket-cloud/server.ts"];

// src/forge/bitbucket-cloud/repository.ts
var Repository = class extends ApiRepository {
  workspace;
  /** For default reviewers that are not asked. */
  log;
  /** Web address. */
  url;
  /** What the paths of its API begin with. */
  at;
  constructor(place, credential, options) {
    const { serverUrl, workspace, slug } = place;
    super(new JsonClient(apiServer2(place, credential), options), `${workspace}/${slug}`);
    this.workspace = workspace;
    this.log = options.log ?? (() => void 0);
    this.url = `${serverUrl}/${workspace}/${slug}`;
    this.at = path`/repositories/${workspace}/${slug}`;
  }
};

// src/forge/bitbucket-cloud/bitbucket-cloud.ts
function bitbucketCloud({ place, credential, source, ...options }) {
  const repository = new Repository(place, credential, options);
  const pullRequests = new PullRequestReader(repository);
  return {
    name: "Bitbucket Cloud",
    numberSign: "#",
    hiddenText: "link-definition",
    headsByGit: true,
    staysOpenWithoutBranch: true,
    limits: { title: 255, body: 32768, label: 255 },
    find: (branches, base, matters = () => true) => pullRequests.find(branches, base, matters),
    open: (pullRequest) => pullRequests.open(pullRequest),
    update: (...change2) => pullRequests.update(...change2),
    giveAttributes: (pullRequest, given, wanted) => giveAttributes2(repository, pullRequests, pullRequest, given, wanted),
    isPublic: () => isPublic(repository),
    merges: mergesOf2(repository),
    ...sourcesBy2(source, options)
  };
}
function sourcesBy2(source, options) {
  if (typeof source === "string") return unreadSources(source);
  const { serverUrl, credential } = source;
  const repositoryOf = (fullName) => {
    const [workspace = "", slug = ""] = fullName.split("/");
    return new Repository({ serverUrl, workspace, slug }, credential, options);
  };
  return {
    compare: (fullName, ...revisions) => compare2(repositoryOf(fullName), ...revisions),
    isSourcePublic: (fullName) => isPublic(repositoryOf(fullName))
  };
}

// elsewhere:src/forge/bitbucket-cloud/token-kind.ts
var { ACCOUNT: ACCOUNT2, NAMES: NAMES2, RIGHT_TOKEN: RIGHT_TOKEN2, kindOfToken: kindOfToken2 } = require("./start.cjs").modules["src/forge/bitbucket-cloud/token-kind.ts"];

// src/forge/bitbucket-cloud/explain-refusal.ts
var RULES2 = [
  {
    applies: ({ kind }) => kind === "github" || kind === "gitlab",
    hint: ({ kind }) => `${NAMES2[kind]} is not known to Bitbucket. ${RIGHT_TOKEN2}`
  },
  {
    applies: ({ kind }) => kind === "app-password",
    hint: () => `${NAMES2["app-password"]} is not taken since 2026. ${RIGHT_TOKEN2}`
  },
  {
    applies: ({ kind }) => kind === "ssh-key",
    hint: ({ repository }) => `The ssh key may not write to ${quote(repository)}: an access key of a repository reads alone. Add it to the account of a user for machines (Personal settings \u2192 SSH keys) who may write there.`
  },
  {
    applies: ({ message }) => /required (?:oauth )?scopes?|privilege scopes|insufficient scope/i.test(message),
    hint: ({ kind }) => `${NAMES2[kind]} lacks a scope. ${RIGHT_TOKEN2}`
  },
  {
    applies: (evidence) => evidence.kind === "api" && evidence.by === "api" && isUnknownToken(evidence),
    hint: () => `${NAMES2.api} is expired, was revoked, has no scopes, or is of another account: ${ACCOUNT2} ${RIGHT_TOKEN2}`
  },
  {
    applies: isUnknownToken,
    hint: ({ kind }) => `${NAMES2[kind]} is expired, was revoked, or lacks a scope. ${RIGHT_TOKEN2}`
  },
  {
    applies: isUnknownRepository,
    hint: ({ kind, repository }) => `${NAMES2[kind]} does not see ${quote(repository)}: there is no such repository, or it is not one of the token. Check the input "repository". ${RIGHT_TOKEN2}`
  },
  {
    applies: isForbidden,
    hint: ({ kind, repository }) => `${NAMES2[kind]} lacks a right in ${quote(repository)}, or a branch restriction keeps it out (Repository settings \u2192 Branch restrictions). ${RIGHT_TOKEN2}`
  }
];
function explainRefusal2(error, access) {
  return explainByRules(RULES2, error, access, kindOfToken2(access.token));
}

// src/forge/bitbucket-data-center/answers.ts
var text3 = string();
var USER = object({ name: text3 });
var USERS = array(USER);
var participant = object({ user: USER });
var ref = object({
  /** `refs/heads/main`. */
  id: text3,
  displayId: text3,
  latestCommit: nullish(text3),
  repository: object({ id: int() })
});
var PULL_REQUEST3 = object({
  id: int(),
  version: int(),
  title: text3,
  description: nullish(text3),
  state: enum2(["OPEN", "MERGED", "DECLINED"]),
  /** Since 8.18. */
  draft: nullish(boolean()),
  fromRef: ref,
  toRef: ref,
  reviewers: nullish(array(participant)),
  links: object({ self: array(object({ href: text3 })) }),
  /** Milliseconds since 1970. */
  closedDate: nullish(int()),
  properties: nullish(object({ mergeCommit: nullish(object({ id: text3 })) }))
});
var person = nullish(
  object({ name: nullish(text3), displayName: nullish(text3), emailAddress: nullish(text3) })
);
var COMMIT3 = object({
  id: text3,
  message: text3,
  parents: array(object({ id: text3 })),
  author: person,
  committer: person,
  /** Milliseconds since 1970. */
  committerTimestamp: int()
});
var date = nullish(int());
var BUILD_STATUS2 = object({
  key: text3,
  name: nullish(text3),
  state: text3,
  description: nullish(text3),
  url: nullish(text3),
  updatedDate: date,
  createdDate: date,
  dateAdded: date
});
var open = optional(boolean());
var REPOSITORY2 = object({ id: int(), public: open, project: optional(object({ public: open })) });
var REFUSAL = object({
  errors: array(
    object({
      exceptionName: nullish(text3),
      reviewerErrors: nullish(array(object({ context: nullish(text3), message: nullish(text3) })))
    })
  )
});
var pageOf3 = (item) => object({ values: array(item), isLastPage: boolean(), nextPageStart: nullish(int()) });
var partOf2 = ({ values, isLastPage, nextPageStart }) => ({
  values,
  next: isLastPage || nextPageStart == null ? void 0 : { start: nextPageStart }
});

// src/forge/bitbucket-data-center/auto-merge.ts
var STRATEGIES2 = {
  merge: "no-ff",
  squash: "squash",
  rebase: "rebase-ff-only"
};
async function autoMerge2({ client }, pullRequests, { number: number2, head, method }) {
  try {
    return await pullRequests.inVersion(number2, async ({ version, fromRef }) => {
      if (fromRef.latestCommit !== head) return { reason: "the head branch was modified meanwhile" };
      const wanted = { version, autoMerge: true, strategyId: STRATEGIES2[method] };
      const after = await client.send(PULL_REQUEST3, "POST", `${pullRequests.at(number2)}/merge`, wanted, { version });
      return after.state === "MERGED" ? "merged" : "enabled";
    });
  } catch (error) {
    const refused = finalRefusal(error);
    if (!refused) throw error;
    const hint = refused.status === 403 ? " (Repository settings \u2192 Auto-merge allows it)" : "";
    return { reason: refused.message + hint };
  }
}

// src/forge/bitbucket-data-center/pull-request.ts
var STATES3 = { OPEN: "open", MERGED: "merged", DECLINED: "closed" };
function pullRequestOf3(facts, commits = []) {
  return {
    number: facts.id,
    url: facts.links.self[0]?.href ?? "",
    id: String(facts.id),
    state: STATES3[facts.state],
    title: facts.title,
    body: facts.description ?? "",
    draft: facts.draft ?? false,
    labels: [],
    reviewers: reviewersOf(facts),
    "team-reviewers": [],
    assignees: [],
    branch: facts.fromRef.displayId,
    headId: facts.fromRef.latestCommit ?? "",
    commits,
    isWhole: false,
    head: void 0,
    closedByDeletion: false,
    verified: void 0
  };
}
var reviewersOf = ({ reviewers }) => reviewers?.map(({ user }) => user.name) ?? [];
var isOwn2 = ({ fromRef, toRef }) => fromRef.repository.id === toRef.repository.id;
function commitOf3({ id, parents, message, committer, author }) {
  const { emailAddress } = committer ?? author ?? {};
  return {
    id,
    tree: "",
    parents: parents.map((one) => one.id),
    message,
    committerEmail: emailAddress ?? "",
    signed: false
  };
}

// src/forge/bitbucket-data-center/refusal.ts
function refusedBy(exception, error) {
  const refused = finalRefusal(error);
  return refused && errorsIn(refused).some(({ exceptionName }) => exceptionName?.endsWith(`.${exception}`)) ? refused : void 0;
}
function wrongReviewers(error) {
  const refused = refusedBy("InvalidPullRequestReviewersException", error);
  if (!refused) return [];
  const each = errorsIn(refused).flatMap(({ reviewerErrors }) => reviewerErrors ?? []);
  return each.map(({ context, message }) => ({ name: context ?? "", reason: message ?? refused.message }));
}
function errorsIn({ data }) {
  const read6 = REFUSAL.safeParse(data);
  return read6.success ? read6.data.errors : [];
}

// src/forge/bitbucket-data-center/pull-requests.ts
var PAGE5 = 50;
var LISTED3 = 20;
var AT_ONCE3 = 5;
var TRIES = 5;
var PullRequestReader2 = class {
  #repository;
  /** By pull request and head. */
  #commits = /* @__PURE__ */ new Map();
  constructor(repository) {
    this.#repository = repository;
  }
  /** As `Forge.find`: two requests and one for each branch, then one for each pull request that matters. */
  async find(branches, base, matters) {
    return this.#repository.call("list pull requests", async () => {
      const into = { direction: "INCOMING", at: refOf2(base) };
      const [opened, merged, ...ofBranches] = await Promise.all([
        this.#list({ state: "OPEN", ...into }, Infinity),
        this.#list({ state: "MERGED", ...into }, LISTED3),
        ...branches.map((branch) => this.#list({ state: "ALL", direction: "OUTGOING", at: refOf2(branch) }, LISTED3))
      ]);
      const past = ofBranches.flat().filter(({ state }) => state !== "OPEN");
      const listed = [...opened, ...merged, ...past].filter((one) => isOwn2(one) && one.toRef.id === refOf2(base));
      const facts = newestFirst2(listed, ({ id }) => id);
      const found = await inParallel(facts, AT_ONCE3, async (one) => {
        const read6 = pullRequestOf3(one);
        return matters(read6) ? pullRequestOf3(one, await this.#commitsOf(one)) : read6;
      });
      return byState(found);
    });
  }
  /** As `Forge.open`, with the default reviewers, which Bitbucket's API does not add by itself. */
  async open(wanted) {
    try {
      const reviewers = await this.#defaultReviewers(wanted);
      const { facts, refused } = await withoutWrong(reviewers, (names) => this.#post(wanted, names));
      for (const { name, reason } of refused) this.#repository.log(`default reviewer ${name} is not asked: ${reason}`);
      return pullRequestOf3(facts);
    } catch (error) {
      if (refusedBy("DuplicatePullRequestException", error)) return void 0;
      const { client, fullName } = this.#repository;
      if (refusedBy("EmptyPullRequestException", error)) {
        const { branch, base } = wanted;
        throw failure("NO_COMMITS", { forge: client.server.name, repository: fullName, branch, base }, error);
      }
      throw this.#repository.explain("open a pull request", error);
    }
  }
  /** As `Forge.update`; it is declined last, since of what is declined no text is written. */
  async update(number2, { title, body, state }) {
    return this.#repository.call("update the pull request", async () => {
      const change2 = { ...title !== void 0 && { title }, ...body !== void 0 && { description: body } };
      const write = async () => {
        const written = Object.keys(change2).length > 0 ? (await this.change(number2, change2)).facts : void 0;
        return state === "closed" ? await this.#decline(number2) : written ?? await this.get(number2);
      };
      return pullRequestOf3(await unlessEnded(write, () => this.get(number2), isOpen3));
    });
  }
  /** One as it is now. Throws what the client throws, as the next one does. */
  get(number2) {
    return this.#repository.client.get(PULL_REQUEST3, this.at(number2));
  }
  /**
   * Changes these fields and adds these reviewers. Bitbucket takes the whole pull request: all else is sent as it is, but for
   * reviewers that are not taken any more.
   */
  async change(number2, change2, added = []) {
    return this.inVersion(number2, async (before) => {
      const { version, title, description, draft } = before;
      const present = reviewersOf(before);
      const wanted = [...present, ...added.filter((name) => !present.some((one) => isSameName(one, name)))];
      const whole = { version, title, description: description ?? "", ...draft != null && { draft }, ...change2 };
      return withoutWrong(
        wanted,
        (names) => this.#repository.client.send(PULL_REQUEST3, "PUT", this.at(number2), { ...whole, reviewers: asked(names) })
      );
    });
  }
  /** Some change of a pull request in its present version; read and tried again where it has another one by then. */
  async inVersion(number2, work) {
    for (let tries = 1; ; tries += 1) {
      const before = await this.get(number2);
      try {
        return await work(before);
      } catch (error) {
        if (tries >= TRIES || !refusedBy("PullRequestOutOfDateException", error)) throw error;
      }
    }
  }
  at(number2) {
    return this.#repository.at + path`/pull-requests/${number2}`;
  }
  async #decline(number2) {
    return this.inVersion(number2, async (before) => {
      if (!isOpen3(before)) return before;
      const { version } = before;
      return this.#repository.client.send(PULL_REQUEST3, "POST", `${this.at(number2)}/decline`, { version }, { version });
    });
  }
  #post({ branch, base, title, body, draft }, reviewers) {
    const { client, at, project, slug } = this.#repository;
    const repository = { slug, project: { key: project } };
    return client.send(PULL_REQUEST3, "POST", `${at}/pull-requests`, {
      title,
      description: body,
      fromRef: { id: refOf2(branch), repository },
      toRef: { id: refOf2(base), repository },
      // Servers before 8.18 do not know the field.
      ...draft && { draft },
      reviewers: asked(reviewers)
    });
  }
  /** Those that the repository and its project have for these branches; none where the token may not read them. */
  async #defaultReviewers({ branch, base }) {
    const { client, at, defaultReviewersAt, log } = this.#repository;
    try {
      const { id } = await client.get(REPOSITORY2, at);
      const query = { sourceRepoId: id, targetRepoId: id, sourceRefId: refOf2(branch), targetRefId: refOf2(base) };
      return (await client.get(USERS, defaultReviewersAt, query)).map(({ name }) => name);
    } catch (error) {
      const refused = finalRefusal(error);
      if (!refused) throw error;
      log(`the default reviewers are not asked, since they could not be read: ${refused.message}`);
      return [];
    }
  }
  #list(query, most) {
    const { client, at } = this.#repository;
    const all = { ...query, order: "NEWEST", limit: Math.min(most, PAGE5) };
    return client.listIn(pageOf3(PULL_REQUEST3), partOf2, `${at}/pull-requests`, all, most);
  }
  #commitsOf({ id, fromRef }) {
    return kept(this.#commits, `${id} ${fromRef.latestCommit}`, () => this.#readCommits(id));
  }
  async #readCommits(number2) {
    const query = { limit: COMMITS_READ };
    const { values } = await this.#repository.client.get(pageOf3(COMMIT3), `${this.at(number2)}/commits`, query);
    return values.slice(0, COMMITS_READ).map(commitOf3);
  }
};
async function withoutWrong(names, send) {
  try {
    return { facts: await send(names), refused: [] };
  } catch (error) {
    const wrong = wrongReviewers(error);
    const right = names.filter((name) => !wrong.some((one) => isSameName(one.name, name)));
    if (right.length === names.length) throw error;
    const { facts, refused } = await withoutWrong(right, send);
    return { facts, refused: [...wrong, ...refused] };
  }
}
var isOpen3 = ({ state }) => state === "OPEN";
var asked = (names) => names.map((name) => ({ user: { name } }));
var refOf2 = (branch) => `refs/heads/${branch}`;
var isSameName = (one, other) => one.toLowerCase() === other.toLowerCase();

// src/forge/bitbucket-data-center/attributes.ts
async function giveAttributes3(repository, pullRequests, { number: number2, draft, reviewers: present }, given, asked2, head) {
  const wanted = withoutLacking("bitbucket-data-center", asked2, given);
  const missing = missingIn(given, wanted);
  const isDraft = missing.draft && !draft;
  const names = missing.reviewers.filter((name) => !present.some((one) => isSameName(one, name)));
  return repository.call(CHANGING, async () => {
    const refused = [];
    if (isDraft || names.length > 0) refused.push(...await change(pullRequests, number2, isDraft, names));
    const method = missing["auto-merge"];
    const merging = method === "" ? void 0 : await autoMerge2(repository, pullRequests, { number: number2, head, method });
    if (typeof merging === "object") refused.push({ what: "auto-merge", reason: merging.reason });
    return { given: givenAfter(given, wanted, refused), refused, ...typeof merging === "string" && { merging } };
  });
}
async function change(pullRequests, number2, isDraft, names) {
  try {
    const { facts, refused } = await pullRequests.change(number2, isDraft ? { draft: true } : {}, names);
    const wrong = names.flatMap((name) => {
      const one = refused.find((reviewer) => isSameName(reviewer.name, name));
      return one ? [{ what: nameOf("reviewers", name), reason: one.reason }] : [];
    });
    const isLeft = isDraft && facts.draft !== true;
    return isLeft ? [...wrong, { what: "draft", reason: "this server has no drafts; they came with 8.18" }] : wrong;
  } catch (error) {
    const refusal = finalRefusal(error);
    if (!refusal) throw error;
    const all = [...isDraft ? ["draft"] : [], ...names.map((name) => nameOf("reviewers", name))];
    return all.map((what) => ({ what, reason: refusal.message }));
  }
}

// src/forge/bitbucket-data-center/commits.ts
var MOST5 = 300;
var PAGE6 = 100;
async function compare3(repository, base, head) {
  const { client, at, url } = repository;
  const read6 = (below, query, most) => client.listIn(pageOf3(COMMIT3), partOf2, `${at}/${below}`, { ...query, limit: Math.min(most, PAGE6) }, most);
  return repository.comparing(async () => {
    const [[start], ahead, behind] = await Promise.all([
      read6("commits", { until: base }, 1),
      read6("compare/commits", { from: head, to: base }, MOST5),
      read6("compare/commits", { from: base, to: head }, 1)
    ]);
    const query = new URLSearchParams({ sourceBranch: head, targetBranch: base });
    return {
      status: relationOf(ahead.length, behind.length),
      commits: ahead.toReversed().map((facts) => sourceCommitOf2(url, facts)),
      total: ahead.length,
      url: `${url}/compare/commits?${query.toString()}`,
      pulls: "",
      baseTime: start ? timeOf2(start) : ""
    };
  });
}
async function isPublic2(repository) {
  return repository.isPublic(async () => {
    const facts = await repository.client.get(REPOSITORY2, repository.at);
    return facts.public === true || facts.project?.public === true;
  });
}
function sourceCommitOf2(page, facts) {
  const { id, author, message } = facts;
  return {
    id,
    author: author?.displayName ?? author?.name ?? "",
    subject: message.split("\n")[0] ?? "",
    url: `${page}/commits/${id}`,
    time: timeOf2(facts)
  };
}
var timeOf2 = ({ committerTimestamp: time }) => utcTime(new Date(time).toISOString());

// src/forge/bitbucket-data-center/merges.ts
var MOST6 = 100;
function mergesOf3(repository) {
  return {
    read: (number2) => read3(repository, number2),
    since: async (commit, branch) => commitsOnTop(await compare3(repository, commit, `refs/heads/${branch}`)),
    statuses: (commit) => statuses3(repository, commit),
    hasAuthors: false
  };
}
function read3(repository, number2) {
  return repository.call("read the pull request", async () => {
    const facts = await repository.client.get(PULL_REQUEST3, repository.at + path`/pull-requests/${number2}`);
    const [state, base] = [STATES3[facts.state], facts.toRef.displayId];
    if (state !== "merged") return { state, base, commit: "", time: "" };
    const commit = facts.properties?.mergeCommit?.id || facts.fromRef.latestCommit || "";
    return { state, base, commit, time: timeOf3(facts.closedDate) };
  });
}
var VERDICTS3 = {
  SUCCESSFUL: "success",
  FAILED: "failure",
  CANCELLED: "failure"
};
function statuses3(repository, commit) {
  return repository.call("read the statuses", async () => {
    const below = path`/build-status/latest/commits/${commit}`;
    const query = { orderBy: "NEWEST", limit: MOST6 };
    const read6 = await repository.client.listIn(pageOf3(BUILD_STATUS2), partOf2, below, query, MOST6);
    return read6.map(({ key, name, state, description, url, updatedDate, createdDate, dateAdded }) => ({
      // Flux has the description in the name too: `kustomization/apps [reconciliation succeeded]`.
      context: buildContext(key, (name ?? "").replace(/\s+\[.*\]$/s, "")),
      state: VERDICTS3[state] ?? "pending",
      description: description ?? "",
      url: url ?? "",
      author: "",
      time: timeOf3(updatedDate ?? createdDate ?? dateAdded)
    }));
  });
}
var timeOf3 = (milliseconds) => milliseconds == null ? "" : utcTime(new Date(milliseconds).toISOString());

// elsewhere:src/forge/bitbucket-data-center/server.ts
var { RIGHT_TOKEN: RIGHT_TOKEN3, apiServer: apiServer3, pageOf: pageOf4, placeOf: placeOf3 } = require("./start.cjs").modules["src/forge/bitbucket-data-center/server.ts"];

// src/forge/bitbucket-data-center/repository.ts
var Repository2 = class extends ApiRepository {
  project;
  slug;
  /** For default reviewers that are not asked. */
  log;
  /** Web address. */
  url;
  /** What its paths begin with, in the API and in that of the default reviewers. */
  at;
  defaultReviewersAt;
  constructor(place, token, login, options) {
    const { project, slug } = place;
    super(new JsonClient(apiServer3(place, token, login), options), `${project}/${slug}`);
    this.project = project;
    this.slug = slug;
    this.log = options.log ?? (() => void 0);
    this.url = pageOf4(place);
    const below = path`/projects/${project}/repos/${slug}`;
    this.at = `/api/latest${below}`;
    this.defaultReviewersAt = `/default-reviewers/latest${below}/reviewers`;
  }
};

// src/forge/bitbucket-data-center/bitbucket-data-center.ts
function bitbucketDataCenter({ place, token, login, source, ...options }) {
  const repository = new Repository2(place, token, login, options);
  const pullRequests = new PullRequestReader2(repository);
  return {
    name: "Bitbucket Data Center",
    numberSign: "#",
    hiddenText: "link-definition",
    headsByGit: true,
    staysOpenWithoutBranch: true,
    limits: { title: 255, body: 32768, label: 255 },
    find: (branches, base, matters = () => true) => pullRequests.find(branches, base, matters),
    open: (pullRequest) => pullRequests.open(pullRequest),
    update: (...change2) => pullRequests.update(...change2),
    giveAttributes: (...asked2) => giveAttributes3(repository, pullRequests, ...asked2),
    isPublic: () => isPublic2(repository),
    merges: mergesOf3(repository),
    ...sourcesBy3(source, options)
  };
}
function sourcesBy3(source, options) {
  if (typeof source === "string") return unreadSources(source);
  const { serverUrl, token, login } = source;
  const repositoryOf = (fullName) => {
    const [project = "", slug = ""] = fullName.split("/").slice(-2);
    return new Repository2({ serverUrl, project, slug }, token, login, options);
  };
  return {
    compare: (fullName, ...revisions) => compare3(repositoryOf(fullName), ...revisions),
    isSourcePublic: (fullName) => isPublic2(repositoryOf(fullName))
  };
}

// src/forge/bitbucket-data-center/explain-refusal.ts
var LACKS_RIGHT = /not permitted|insufficient permissions?|do not have permission|not authori[sz]ed to access/i;
var RULES3 = [
  {
    applies: ({ kind }) => kind === "ssh-key",
    hint: ({ repository }) => `The ssh key may not write to ${quote(repository)}: add its public half under Repository settings \u2192 Access keys, with the permission Repository write.`
  },
  {
    applies: ({ message, status }) => status !== 404 && LACKS_RIGHT.test(message),
    hint: ({ repository }) => `The token may not write to ${quote(repository)}, or a branch permission keeps it out (Repository settings \u2192 Branch permissions). ${RIGHT_TOKEN3}`
  },
  {
    applies: isUnknownToken,
    hint: () => `The token is expired, was revoked, or belongs to another server. ${RIGHT_TOKEN3}`
  },
  {
    applies: isUnknownRepository,
    hint: ({ repository }) => `The token does not see ${quote(repository)}: there is no such repository, or it is not one of the token. Check the input "repository". ${RIGHT_TOKEN3}`
  },
  {
    applies: isForbidden,
    hint: ({ repository }) => `The token may not write to ${quote(repository)}, or a branch permission keeps it out (Repository settings \u2192 Branch permissions). ${RIGHT_TOKEN3}`
  }
];
function explainRefusal3(error, access) {
  return explainByRules(RULES3, error, access, "token");
}

// src/forge/gitea/answers.ts
var text4 = string();
var users = nullish(array(object({ login: text4 })));
var BRANCH = object({ label: text4, ref: text4, sha: text4, repo_id: int() });
var PULL_REQUEST4 = object({
  id: int(),
  number: int(),
  html_url: text4,
  title: text4,
  body: text4,
  state: text4,
  merged: boolean(),
  draft: optional(boolean()),
  closed_at: nullish(text4),
  merged_at: nullish(text4),
  /** Set once it is merged, however that was done. */
  merge_commit_sha: nullish(text4),
  labels: nullish(array(object({ name: text4 }))),
  assignees: users,
  requested_reviewers: users,
  requested_reviewers_teams: nullish(array(object({ name: text4 }))),
  base: object({ ref: text4, repo_id: int() }),
  head: BRANCH
});
var PULL_REQUESTS = array(PULL_REQUEST4);
var SIGNED_OFF2 = nullish(object({ name: optional(text4), email: optional(text4), date: optional(text4) }));
var COMMIT4 = object({
  sha: text4,
  html_url: text4,
  parents: nullish(array(object({ sha: text4 }))),
  author: nullish(object({ login: optional(text4) })),
  commit: object({
    message: text4,
    author: SIGNED_OFF2,
    committer: SIGNED_OFF2,
    verification: nullish(object({ verified: boolean(), signature: nullish(text4), payload: nullish(text4) }))
  })
});
var COMMITS = array(COMMIT4);
var TREE = object({
  tree: nullable(array(object({ path: text4, mode: text4, sha: text4 }))),
  truncated: optional(boolean())
});
var COMPARISON2 = object({ total_commits: int(), commits: nullish(COMMITS) });
var STATUSES = array(
  object({
    id: int(),
    status: text4,
    context: text4,
    description: text4,
    target_url: text4,
    creator: nullish(object({ login: text4 })),
    updated_at: text4
  })
);
var TIMELINE = nullable(array(nullable(object({ type: text4, created_at: text4 }))));
var LABELS2 = array(object({ id: int(), name: text4 }));
var MILESTONE = object({ id: int(), title: text4, state: text4 });
var MILESTONES = array(MILESTONE);
var API_SETTINGS = object({ max_response_items: int() });
var USERS2 = array(object({ login: text4 }));
var REPOSITORY3 = object({
  private: boolean(),
  internal: optional(boolean()),
  archived: optional(boolean()),
  permissions: optional(object({ push: optional(boolean()) }))
});

// src/forge/gitea/repository.ts
var PAGE7 = 50;
var GiteaRepository = class extends ApiRepository {
  /** Its web page. */
  page;
  #root;
  #pageSize;
  /** `serverUrl` is what the addresses of its repositories begin with. */
  constructor(client, serverUrl, owner, name) {
    super(client, `${owner}/${name}`);
    this.page = `${serverUrl}/${owner}/${name}`;
    this.#root = path`/repos/${owner}/${name}`;
  }
  /** Reads what is at a path below the repository. Throws what the client throws, as the others do. */
  get(below, shape, query) {
    return this.client.get(shape, this.#root + below, query);
  }
  send(method, below, body, shape = unknown()) {
    return this.client.send(shape, method, this.#root + below, body);
  }
  /**
   * The pages of a list, of which `most` are read. They are counted, since the server names the next one by the address that
   * it has in its own settings, which need not be the one that it was asked at.
   */
  async *pages(below, items, query, most) {
    const size = await this.#size();
    for (let page = 1; page <= most; page += 1) {
      const read6 = await this.get(below, items, { ...query, page, limit: size });
      yield read6;
      if (read6.length < size) return;
    }
  }
  /** What the server gives at most at once. */
  #size() {
    this.#pageSize ??= this.client.get(API_SETTINGS, "/settings/api").then(
      ({ max_response_items: most }) => Math.min(most, PAGE7),
      (error) => {
        if (finalRefusal(error)) return PAGE7;
        throw error;
      }
    );
    return this.#pageSize;
  }
};

// elsewhere:src/forge/gitea/server.ts
var { RIGHT_TOKEN: RIGHT_TOKEN4, addressOf, apiServer: apiServer4 } = require("./start.cjs").modules["src/forge/gitea/server.ts"];

// src/forge/gitea/explain-refusal.ts
var REFUSALS2 = /* @__PURE__ */ new Set(["ACCESS_DENIED", "REPOSITORY_NOT_FOUND", "PUSH_REFUSED"]);
var LIMITS2 = { request: 5e3, call: 5e3, retry: 5e3, patience: [] };
var FINDINGS = [
  [({ status }) => status === 401, ({ reason }) => `The server does not know the token (${reason}).`],
  [
    ({ status, reason }) => status === 403 && /required scope/.test(reason),
    () => "The token lacks the scope for repositories."
  ],
  [({ status }) => status === 403, ({ reason }) => `The server refuses the token (${reason}).`],
  [({ status }) => status === 404, () => "The user of the token does not see a repository of that name."],
  [({ archived }) => archived, () => "The repository is archived."],
  [({ mayPush }) => !mayPush, () => "The user of the token may read the repository, and not write to it."]
];
async function explainRefusal4(error, access, run) {
  const { remote, token } = access;
  const address = addressOf(remote, [run.sourceServerUrl]);
  if (!(error instanceof ReleaseError) || !REFUSALS2.has(error.code)) return error;
  if (!address || token === "" || !remote.transport.startsWith("http")) return error;
  const server = apiServer4("the server", address.serverUrl, token);
  const client = new JsonClient(server, { limits: LIMITS2 });
  const probe = await ask(new GiteaRepository(client, address.serverUrl, address.owner, address.name));
  const found = probe && FINDINGS.find(([fits]) => fits(probe));
  if (!probe || !found) return error;
  const { code, message, place, cause, input } = error;
  return new ReleaseError(code, { message, hint: `${found[1](probe)} ${server.access}` }, { place, cause, input });
}
async function ask(repository) {
  try {
    const { archived = false, permissions } = await repository.get("", REPOSITORY3);
    return { status: 200, reason: "", archived, mayPush: permissions?.push ?? true };
  } catch (error) {
    const refused = finalRefusal(error);
    return refused && { status: refused.status, reason: refused.message, archived: false, mayPush: false };
  }
}

// src/forge/gitea/draft.ts
var PREFIX = /^\s*(?:WIP:|\[WIP\])\s*/i;
var WRITTEN = "WIP: ";
var PREFIX_LENGTH = WRITTEN.length;
function asDraft(title) {
  return WRITTEN + title;
}
function withoutDraft(title, isDraft) {
  return isDraft ? title.replace(PREFIX, "") : title;
}
function likeBefore(title, before) {
  const [prefix = ""] = before.isDraft && PREFIX.exec(before.title) || [];
  return prefix + title;
}

// src/forge/gitea/pull-request.ts
var NOT_ASKED = { commits: [], isWhole: false, closedByDeletion: false };
function isFromHere({ head, base }) {
  return head.repo_id === base.repo_id && head.label !== "";
}
function hasBranch({ head }) {
  return head.ref === head.label;
}
function pullRequestOf4(facts, around = NOT_ASKED) {
  const isDraft = facts.draft ?? false;
  const commits = around.commits.map(commitOf4);
  return {
    number: facts.number,
    url: facts.html_url,
    id: String(facts.id),
    title: withoutDraft(facts.title, isDraft),
    body: facts.body,
    state: facts.merged ? "merged" : facts.state === "open" ? "open" : "closed",
    draft: isDraft,
    labels: facts.labels?.map(({ name }) => name) ?? [],
    reviewers: facts.requested_reviewers?.map(({ login }) => login) ?? [],
    "team-reviewers": facts.requested_reviewers_teams?.map(({ name }) => name) ?? [],
    assignees: facts.assignees?.map(({ login }) => login) ?? [],
    branch: facts.head.label,
    headId: headOf2(facts, commits),
    commits,
    head: hasBranch(facts) ? commits.find(({ id }) => id === facts.head.sha) : void 0,
    isWhole: around.isWhole,
    closedByDeletion: around.closedByDeletion,
    verified: around.commits[0]?.commit.verification?.verified ?? false
  };
}
function headOf2(facts, [latest]) {
  if (facts.state === "open") return facts.head.sha;
  return latest?.id ?? (hasBranch(facts) ? "" : facts.head.sha);
}
function commitOf4({ sha, tree, parents, commit }) {
  return {
    id: sha,
    tree,
    parents: parents?.map((parent) => parent.sha) ?? [],
    committerEmail: commit.committer?.email ?? "",
    message: commit.message,
    signed: (commit.verification?.signature ?? "") !== ""
  };
}

// elsewhere:src/core/tree-objects.ts
var { idOf, isFolder, readTree, writeTree } = require("./workspace.cjs").modules["src/core/tree-objects.ts"];

// src/forge/gitea/tree-id.ts
var MAX_PAGES2 = 20;
async function treeOf(repository, { sha, commit }) {
  const signed = /^tree ([\da-f]+)$/m.exec(commit.verification?.payload ?? "")?.[1];
  if (signed !== void 0) return signed;
  const nodes = /* @__PURE__ */ new Map();
  for (let page = 1; page <= MAX_PAGES2; page += 1) {
    const { tree, truncated = false } = await repository.get(`/git/trees/${sha}`, TREE, { page, per_page: 1e3 });
    for (const { path: path2, mode, sha: id } of tree ?? []) nodes.set(asLatin1(path2), { mode: mode.replace(/^0+/, ""), id });
    if (!truncated) return idOf("tree", writeTree(nodes), sha.length);
  }
  return "";
}
var asLatin1 = (name) => Buffer.from(name).toString("latin1");

// src/forge/gitea/pull-requests.ts
var MAX_OPEN_PAGES = 200;
var MAX_PAST_PAGES = 4;
var LISTED4 = 20;
var LATEST = 2;
var AT_ONCE4 = 6;
var SAME_MOMENT = 1e3;
async function findPullRequests(repository, branches, base, matters = () => true) {
  return repository.call("list pull requests", async () => {
    const [open2, past] = await Promise.all([listOpen(repository, base), listPast(repository, branches, base)]);
    const all = await inParallel([...open2, ...past], AT_ONCE4, async (facts) => {
      const alone = pullRequestOf4(facts);
      return matters(alone) ? pullRequestOf4(facts, await surroundingsOf(repository, facts)) : alone;
    });
    return { open: all.slice(0, open2.length), past: all.slice(open2.length) };
  });
}
var isInto2 = (base) => (facts) => facts.base.ref === base && isFromHere(facts);
var newestFirst3 = (one, other) => other.number - one.number;
async function listOpen(repository, base) {
  const query = { state: "open", base_branch: base };
  const found = /* @__PURE__ */ new Map();
  for await (const page of repository.pages("/pulls", PULL_REQUESTS, query, MAX_OPEN_PAGES)) {
    for (const facts of page.filter(isInto2(base))) found.set(facts.number, facts);
  }
  return [...found.values()].toSorted(newestFirst3);
}
async function listPast(repository, branches, base) {
  const query = { state: "closed", base_branch: base };
  const found = /* @__PURE__ */ new Map();
  let merged = 0;
  const ofBranch = new Map(branches.map((branch) => [branch, 0]));
  for await (const page of repository.pages("/pulls", PULL_REQUESTS, query, MAX_PAST_PAGES)) {
    for (const facts of page.filter(isInto2(base)).toSorted(newestFirst3)) {
      const { label } = facts.head;
      const count = ofBranch.get(label);
      const isListed = facts.merged && merged < LISTED4 || count !== void 0 && count < LISTED4;
      if (facts.merged) merged += 1;
      if (count !== void 0) ofBranch.set(label, count + 1);
      if (isListed) found.set(facts.number, facts);
    }
    if (merged >= LISTED4 && [...ofBranch.values()].every((count) => count > 0)) break;
  }
  return [...found.values()].toSorted(newestFirst3);
}
async function surroundingsOf(repository, facts) {
  const [latest, closedByDeletion] = await Promise.all([
    latestCommits(repository, facts),
    wasClosedByDeletion(repository, facts)
  ]);
  return { ...latest, closedByDeletion };
}
async function latestCommits(repository, facts) {
  const query = { limit: COMMITS_READ, files: false, stat: false };
  const found = await repository.get(`/pulls/${facts.number}/commits`, COMMITS, query);
  const isBehind = facts.state === "open" && hasBranch(facts) && found.length > 0 && found[0]?.sha !== facts.head.sha;
  if (isBehind) found.splice(0, Infinity, await repository.get(`/git/commits/${facts.head.sha}`, COMMIT4, query));
  const isOver = facts.state !== "open" && !hasBranch(facts);
  const withTree = async (commit, index) => {
    return { ...commit, tree: isOver || index >= LATEST ? "" : await treeOf(repository, commit) };
  };
  const commits = found.slice(0, COMMITS_READ).map(withTree);
  return { commits: await Promise.all(commits), isWhole: !isBehind && found.length <= LATEST };
}
async function wasClosedByDeletion(repository, facts) {
  const { number: number2, merged, state, closed_at: closedAt } = facts;
  if (merged || state === "open" || !closedAt || hasBranch(facts)) return false;
  const closed = Date.parse(closedAt);
  const since = new Date(closed - SAME_MOMENT).toISOString();
  try {
    const events = await repository.get(`/issues/${number2}/timeline`, TIMELINE, { since }) ?? [];
    return events.some(
      (event) => event?.type === "delete_branch" && Math.abs(Date.parse(event.created_at) - closed) <= SAME_MOMENT
    );
  } catch (error) {
    if (finalRefusal(error)) return false;
    throw error;
  }
}
async function openPullRequest(repository, { branch, base, title, body, draft }) {
  const wanted = { head: branch, base, title: draft ? asDraft(title) : title, body };
  try {
    const opened = await repository.send("POST", "/pulls", wanted, PULL_REQUEST4);
    const isRefused = draft && opened.draft !== true;
    return pullRequestOf4(isRefused ? await patch(repository, opened.number, { title }) : opened);
  } catch (error) {
    const { status, message = "" } = finalRefusal(error) ?? {};
    if (status === 409) return void 0;
    if (status === 422 && /no changes between/i.test(message)) {
      throw failure(
        "NO_COMMITS",
        { forge: repository.client.server.name, repository: repository.fullName, branch, base },
        error
      );
    }
    throw repository.explain("open a pull request", error);
  }
}
async function updatePullRequest(repository, number2, { title, ...change2 }) {
  return repository.call("update the pull request", async () => {
    const titled = title === void 0 ? {} : { title: await titleOf(repository, number2, title) };
    return pullRequestOf4(await patch(repository, number2, { ...change2, ...titled }));
  });
}
async function titleOf(repository, number2, title) {
  const before = await readPullRequest(repository, number2);
  return likeBefore(title, { title: before.title, isDraft: before.draft ?? false });
}
function readPullRequest(repository, number2) {
  return repository.get(`/pulls/${number2}`, PULL_REQUEST4);
}
function patch(repository, number2, change2) {
  return repository.send("PATCH", `/pulls/${number2}`, change2, PULL_REQUEST4);
}

// src/forge/gitea/auto-merge.ts
var MOVED2 = "the head branch was modified meanwhile";
var REFUSALS3 = [
  [/head out of date/i, MOVED2],
  [
    /try again later/i,
    "it cannot be merged: the branch has conflicts with its base, or the check for conflicts takes long"
  ],
  [/allowed merge style/i, "this way of merging is not allowed in the settings of the repository"],
  [/not allowed to merge/i, "the user of the token may not merge into this branch"],
  [/work in progress/i, "a draft is not merged"]
];
async function autoMerge3(repository, number2, head, method) {
  const merge = { Do: method, head_commit_id: head };
  const refusal = await request(repository, number2, merge);
  if (refusal === void 0) return "merged";
  const [, reason] = REFUSALS3.find(([answer]) => answer.test(refusal.message)) ?? [];
  if (reason !== void 0 || refusal.status !== 405) return { reason: reason ?? refusal.message };
  const whyNot2 = await schedule(repository, number2, head, merge);
  return whyNot2 === void 0 ? "enabled" : { reason: whyNot2 };
}
async function schedule(repository, number2, head, merge) {
  const isAt = async () => (await readPullRequest(repository, number2)).head.sha === head;
  return repository.call(CHANGING, async () => {
    if (!await isAt()) return MOVED2;
    const refusal = await request(repository, number2, { ...merge, merge_when_checks_succeed: true });
    if (refusal !== void 0 && refusal.status !== 409) return refusal.message;
    if (await isAt()) return void 0;
    await repository.send("DELETE", `/pulls/${number2}/merge`);
    return MOVED2;
  });
}
async function request(repository, number2, merge) {
  try {
    await repository.send("POST", `/pulls/${number2}/merge`, merge);
    return void 0;
  } catch (error) {
    const refusal = finalRefusal(error);
    if (refusal === void 0) throw repository.explain(CHANGING, error);
    return refusal;
  }
}

// src/forge/gitea/attributes.ts
var LABEL_LENGTH = 50;
var COLOR = "#ededed";
async function giveAttributes4(repository, pullRequest, given, wanted, head) {
  const { number: number2, labels } = pullRequest;
  const missing = missingIn(given, wanted);
  const refused = [];
  if (missing.draft && !pullRequest.draft) refused.push(...await makeDraft3(repository, number2));
  for (const list of ["reviewers", "team-reviewers"]) {
    refused.push(...await requestReviews(repository, number2, list, missing[list]));
  }
  refused.push(...await addLabels(repository, number2, missing.labels));
  refused.push(...await assign(repository, pullRequest, missing.assignees));
  const wrong = wrongLabels(given, wanted).filter((label) => labels.includes(label));
  await removeLabels2(repository, number2, wrong);
  if (missing.milestone !== "") refused.push(...await setMilestone(repository, number2, missing.milestone));
  const method = missing["auto-merge"];
  const merging = method === "" ? void 0 : await autoMerge3(repository, number2, head, method);
  if (typeof merging === "object") refused.push({ what: "auto-merge", reason: merging.reason });
  return { given: givenAfter(given, wanted, refused), refused, ...typeof merging === "string" && { merging } };
}
async function makeDraft3(repository, number2) {
  return tryTo(repository, "draft", async () => {
    const { title } = await readPullRequest(repository, number2);
    const changed = await patch(repository, number2, { title: asDraft(title) });
    if (changed.draft === true) return [];
    await patch(repository, number2, { title });
    return [{ what: "draft", reason: "titles with \u201CWIP:\u201D are no drafts on this server" }];
  });
}
async function requestReviews(repository, number2, list, names) {
  if (names.length === 0) return [];
  const field = list === "reviewers" ? "reviewers" : "team_reviewers";
  const asked2 = names.map((name) => list === "reviewers" ? name : name.replace(/^.*\//, ""));
  try {
    await repository.send("POST", `/pulls/${number2}/requested_reviewers`, { [field]: asked2 });
    return [];
  } catch (error) {
    const reason = repository.refusalIn(CHANGING, error);
    if (names.length === 1) return [{ what: nameOf(list, names[0] ?? ""), reason }];
    const refused = [];
    for (const name of names) refused.push(...await requestReviews(repository, number2, list, [name]));
    return refused;
  }
}
async function addLabels(repository, number2, labels) {
  const isLong = (name) => name.length > LABEL_LENGTH;
  const refused = labels.filter(isLong).map((name) => ({ what: nameOf("labels", name), reason: `a label has at most ${LABEL_LENGTH} characters` }));
  const names = labels.filter((name) => !isLong(name));
  if (names.length === 0) return refused;
  const left = await give(names);
  if (left === void 0) return refused;
  const made = [];
  for (const name of left) {
    const refusals = await tryTo(repository, nameOf("labels", name), async () => {
      await repository.send("POST", "/labels", { name, color: COLOR });
      return [];
    });
    refused.push(...refusals);
    if (refusals.length === 0) made.push(name);
  }
  if (made.length > 0) await give(made);
  return refused;
  async function give(some) {
    try {
      const there = await repository.send("POST", `/issues/${number2}/labels`, { labels: some }, LABELS2);
      return some.filter((name) => !there.some((label) => label.name === name));
    } catch (error) {
      const reason = repository.refusalIn(CHANGING, error);
      refused.push(...some.map((name) => ({ what: nameOf("labels", name), reason })));
      return void 0;
    }
  }
}
async function removeLabels2(repository, number2, labels) {
  if (labels.length === 0) return;
  await tryTo(repository, "labels", async () => {
    const there = await repository.get(`/issues/${number2}/labels`, LABELS2);
    for (const { id } of there.filter(({ name }) => labels.includes(name))) {
      await repository.send("DELETE", `/issues/${number2}/labels/${id}`);
    }
    return [];
  });
}
async function assign(repository, { number: number2, assignees }, names) {
  if (names.length === 0) return [];
  const whatOf = (list, reason) => (name) => ({ what: nameOf(list, name), reason });
  try {
    const possible = new Set((await repository.get("/assignees", USERS2)).map(({ login }) => login.toLowerCase()));
    const isPossible = (name) => possible.has(name.toLowerCase());
    const added = names.filter(isPossible);
    if (added.length > 0) await patch(repository, number2, { assignees: [.../* @__PURE__ */ new Set([...assignees, ...added])] });
    return names.filter((name) => !isPossible(name)).map(whatOf("assignees", "cannot be assigned in this repository"));
  } catch (error) {
    return names.map(whatOf("assignees", repository.refusalIn(CHANGING, error)));
  }
}
async function setMilestone(repository, number2, wanted) {
  const what = `milestone ${wanted}`;
  return tryTo(repository, what, async () => {
    const named = await repository.get("/milestones", MILESTONES, { state: "open", name: wanted, limit: 50 });
    const asked2 = milestoneNumber(wanted);
    const found = named.find(({ title }) => title === wanted) ?? (asked2 === void 0 ? void 0 : await repository.get(`/milestones/${asked2}`, MILESTONE));
    if (found?.state !== "open") return [{ what, reason: NO_MILESTONE }];
    await patch(repository, number2, { milestone: found.id });
    return [];
  });
}

// src/forge/gitea/commits.ts
async function compare4(source, base, head) {
  const between = async (from2, to) => {
    const path2 = `/compare/${encodeURIComponent(from2)}...${encodeURIComponent(to)}`;
    return source.get(path2, COMPARISON2, { files: false, verification: false, stat: false });
  };
  return source.comparing(async () => {
    const [ahead, behind, start] = await Promise.all([
      between(base, head),
      between(head, base),
      source.get(`/git/commits/${encodeURIComponent(base)}`, COMMIT4, {
        files: false,
        verification: false,
        stat: false
      })
    ]);
    return {
      status: relationOf(ahead.total_commits, behind.total_commits),
      total: ahead.total_commits,
      commits: (ahead.commits ?? []).map(sourceCommitOf3).toReversed(),
      url: `${source.page}/compare/${encodeURIComponent(base)}...${encodeURIComponent(head)}`,
      pulls: `${source.page}/pulls/`,
      baseTime: timeOf4(start)
    };
  });
}
function sourceCommitOf3(facts) {
  const { sha, html_url: url, author, commit } = facts;
  return {
    id: sha,
    url,
    author: author?.login || commit.author?.name || "",
    subject: commit.message.split("\n")[0] ?? "",
    time: timeOf4(facts)
  };
}
var timeOf4 = ({ commit }) => utcTime(commit.committer?.date ?? "");
async function isPublic3(repository) {
  return repository.isPublic(async () => {
    const { private: isPrivate, internal = false } = await repository.get("", REPOSITORY3);
    return !isPrivate && !internal;
  });
}
async function isVerified(repository, commit) {
  return repository.call("read the commit", async () => {
    const query = { files: false, stat: false, verification: true };
    const { verification } = (await repository.get(`/git/commits/${commit}`, COMMIT4, query)).commit;
    return verification?.verified ?? false;
  });
}

// src/forge/gitea/merges.ts
var MOST_PAGES = 2;
function mergesOf4(repository) {
  return {
    read: (number2) => read4(repository, number2),
    since: async (commit, branch) => commitsOnTop(await compare4(repository, commit, branch)),
    statuses: (commit) => statuses4(repository, commit),
    hasAuthors: true
  };
}
function read4(repository, number2) {
  return repository.call("read the pull request", async () => {
    const facts = await repository.get(`/pulls/${number2}`, PULL_REQUEST4);
    const { merged, state, base } = facts;
    if (!merged) return { state: state === "open" ? "open" : "closed", base: base.ref, commit: "", time: "" };
    const [commit, time] = [facts.merge_commit_sha ?? "", utcTime(facts.merged_at ?? "")];
    return { state: "merged", base: base.ref, commit, time };
  });
}
var STATES4 = {
  success: "success",
  failure: "failure",
  error: "failure"
};
function statuses4(repository, commit) {
  return repository.call("read the statuses", async () => {
    const read6 = [];
    const query = { sort: "recentupdate" };
    for await (const page of repository.pages(path`/commits/${commit}/statuses`, STATUSES, query, MOST_PAGES)) {
      read6.push(...page);
    }
    return newestFirst(read6).map(({ context, status, description, target_url: url, creator, updated_at: time }) => ({
      context,
      state: STATES4[status] ?? "pending",
      description,
      url,
      author: creator?.login ?? "",
      time: utcTime(time)
    }));
  });
}

// src/forge/gitea/gitea.ts
var TITLE_LENGTH = 255;
function gitea({ address, token, ...sources }) {
  const { serverUrl, owner, name } = address;
  const client = new JsonClient(apiServer4(sources.name, serverUrl, token), sources);
  const repository = new GiteaRepository(client, serverUrl, owner, name);
  return {
    name: sources.name,
    numberSign: "#",
    hiddenText: "html-comment",
    limits: { title: TITLE_LENGTH - PREFIX_LENGTH, body: 65536, label: LABEL_LENGTH },
    find: (...asked2) => findPullRequests(repository, ...asked2),
    open: (pullRequest) => openPullRequest(repository, pullRequest),
    update: (number2, change2) => updatePullRequest(repository, number2, change2),
    giveAttributes: (...asked2) => giveAttributes4(repository, ...asked2),
    isPublic: () => isPublic3(repository),
    ...sourcesBy4(sources),
    isVerified: (commit) => isVerified(repository, commit),
    merges: mergesOf4(repository)
  };
}
function sourcesBy4({ name, source, ...options }) {
  if (typeof source === "string") return unreadSources(source);
  const client = new JsonClient(apiServer4(name, source.serverUrl, source.token), options);
  const repositoryOf = (fullName) => {
    const [owner = "", repository = ""] = fullName.split("/");
    return new GiteaRepository(client, source.serverUrl, owner, repository);
  };
  return {
    compare: (fullName, ...revisions) => compare4(repositoryOf(fullName), ...revisions),
    isSourcePublic: (fullName) => isPublic3(repositoryOf(fullName))
  };
}

// elsewhere:src/forge/gitlab/token-kind.ts
var { NAMES: NAMES3, RIGHT_TOKEN: RIGHT_TOKEN5, kindOfToken: kindOfToken3, mayUseApi } = require("./start.cjs").modules["src/forge/gitlab/token-kind.ts"];

// src/forge/gitlab/explain-refusal.ts
var ROLE = 'Its user needs the role Developer in the project, and for a protected branch a place in "Allowed to push and merge" (Settings \u2192 Repository \u2192 Protected branches).';
var RULES4 = [
  {
    applies: ({ kind }) => kind === "github",
    hint: () => `${NAMES3.github} is not known to GitLab. ${RIGHT_TOKEN5}`
  },
  {
    applies: ({ kind, by }) => kind === "job" && by === "git",
    hint: () => `CI_JOB_TOKEN may push to the project of its own job alone, and only where "Allow Git push requests to the repository" is ticked there (Settings \u2192 CI/CD \u2192 Job token permissions). ${RIGHT_TOKEN5}`
  },
  {
    applies: ({ kind }) => kind === "ssh-key",
    hint: ({ repository }) => `The ssh key is not one of ${quote(repository)} that may do this: add its public half under Settings \u2192 Repository \u2192 Deploy keys, with "Grant write permissions to this key".`
  },
  {
    applies: ({ kind }) => kind === "runner" || kind === "trigger",
    hint: ({ kind }) => `${NAMES3[kind]} is none that reads or writes repositories. ${RIGHT_TOKEN5}`
  },
  {
    applies: ({ kind }) => kind === "deploy",
    hint: () => `${NAMES3.deploy} needs its own user name in the address of the repository, and cannot push. ${RIGHT_TOKEN5}`
  },
  {
    applies: ({ message }) => /insufficient_scope|higher privileges than provided/i.test(message),
    hint: ({ kind }) => `${NAMES3[kind]} lacks the scope api. ${RIGHT_TOKEN5}`
  },
  {
    applies: isUnknownToken,
    hint: ({ kind }) => `${NAMES3[kind]} is expired, was revoked, lacks a scope, or belongs to another server. ${RIGHT_TOKEN5}`
  },
  {
    applies: isUnknownRepository,
    hint: ({ kind, repository }) => `${NAMES3[kind]} does not see ${quote(repository)}: there is no such project, or its user is no member. Check the input "repository". ${RIGHT_TOKEN5}`
  },
  {
    applies: isForbidden,
    hint: ({ kind, repository }) => `${NAMES3[kind]} lacks a right in ${quote(repository)}. ${ROLE}`
  }
];
function explainRefusal5(error, access, run) {
  return explainByRules(RULES4, error, access, kindOfToken3(access.token, run.jobToken));
}

// src/forge/gitlab/answers.ts
var text5 = string();
var USER2 = object({ id: int(), username: text5 });
var USERS3 = array(USER2);
var MERGE_REQUEST = object({
  id: int(),
  iid: int(),
  web_url: text5,
  title: text5,
  description: nullable(text5),
  // `locked` is one that is being merged.
  state: enum2(["opened", "closed", "merged", "locked"]),
  draft: boolean(),
  /** Whether auto-merge is set, of whatever kind. */
  merge_when_pipeline_succeeds: optional(boolean()),
  labels: array(text5),
  reviewers: nullish(USERS3),
  assignees: nullish(USERS3),
  milestone: nullish(object({ title: text5 })),
  source_branch: text5,
  target_branch: text5,
  /** Null where the fork is gone. */
  source_project_id: nullable(int()),
  target_project_id: int(),
  sha: nullable(text5),
  closed_at: nullish(text5),
  merged_at: nullish(text5),
  /** Null after a fast-forward. */
  merge_commit_sha: nullish(text5),
  squash_commit_sha: nullish(text5),
  /** Why it cannot be merged now, in one word; GitLab has it since 15.6. */
  detailed_merge_status: optional(text5)
});
var MERGE_REQUESTS = array(MERGE_REQUEST);
var COMMIT5 = object({
  id: text5,
  parent_ids: array(text5),
  title: text5,
  message: text5,
  author_name: text5,
  committer_email: nullish(text5),
  committed_date: text5,
  web_url: text5
});
var COMMITS2 = array(COMMIT5);
var STATUSES2 = array(
  object({
    id: int(),
    status: text5,
    name: text5,
    description: nullish(text5),
    target_url: nullish(text5),
    author: nullish(object({ username: text5 })),
    created_at: text5,
    finished_at: nullish(text5)
  })
);
var NOTES = array(object({ system: boolean(), body: text5, created_at: text5 }));
var MILESTONES2 = array(object({ id: int(), iid: int(), title: text5, state: text5 }));
var MERGE_BASE = object({ id: text5 });
var SIGNATURE2 = object({ verification_status: text5 });
var PROJECT = object({ visibility: text5 });

// src/forge/gitlab/auto-merge.ts
var import_promises3 = require("node:timers/promises");
var READY = "mergeable";
var PASSES2 = /* @__PURE__ */ new Set([
  "unchecked",
  "checking",
  "preparing",
  "approvals_syncing",
  "cannot_be_merged_recheck",
  "ci_must_pass",
  "ci_still_running"
]);
var NOT_NOW = /* @__PURE__ */ new Set([405, 406, 422]);
var OTHER_HEAD = 409;
async function autoMerge4(project, mergeRequests, { number: number2, head, method }, delays) {
  const merge = async (when) => {
    const wanted = { sha: head, ...method === "squash" && { squash: true }, ...when };
    try {
      await project.client.send(unknown(), "PUT", `${project.at}/merge_requests/${number2}/merge`, wanted);
      return void 0;
    } catch (error) {
      const refused = finalRefusal(error);
      if (refused) return refused;
      throw error;
    }
  };
  for (const left = [...delays]; ; ) {
    const waiting2 = await merge({ auto_merge: true, merge_when_pipeline_succeeds: true });
    if (!waiting2) return "enabled";
    const status = NOT_NOW.has(waiting2.status) ? await statusOf(mergeRequests, number2) : "";
    const refused = status === READY ? await merge({}) : waiting2;
    if (!refused) return "merged";
    const delay = left.shift();
    const mayPass = refused.status === OTHER_HEAD || status === READY || PASSES2.has(status);
    if (!mayPass || delay === void 0) return { reason: reasonOf4(refused, status) };
    await (0, import_promises3.setTimeout)(delay);
  }
}
async function statusOf(mergeRequests, number2) {
  return (await mergeRequests.get(number2)).detailed_merge_status ?? "";
}
function reasonOf4({ status, message }, word) {
  if (status === 401) return `${message}: the token\u2019s user may not merge into that branch`;
  return word === "" || word === READY ? message : `${message}: ${word.replaceAll("_", " ")}`;
}

// src/forge/gitlab/draft-title.ts
var SIGN = /^(?:\s*(?:\[draft\]|\(draft\)|draft:)\s*)+/i;
var PREFIX2 = "Draft: ";
var PREFIX_LENGTH2 = PREFIX2.length;
function withoutSign(title) {
  return title.replace(SIGN, "");
}
function withSign(title) {
  return PREFIX2 + withoutSign(title);
}

// src/forge/gitlab/merge-request.ts
var STATES5 = { opened: "open", closed: "closed", merged: "merged", locked: "open" };
function pullRequestOf5(facts, more = {}) {
  return {
    number: facts.iid,
    url: facts.web_url,
    id: String(facts.id),
    state: STATES5[facts.state],
    title: facts.draft ? withoutSign(facts.title) : facts.title,
    body: facts.description ?? "",
    draft: facts.draft,
    labels: facts.labels,
    reviewers: namesOf(facts.reviewers),
    "team-reviewers": [],
    assignees: namesOf(facts.assignees),
    branch: facts.source_branch,
    headId: facts.sha ?? "",
    commits: more.commits ?? [],
    isWhole: false,
    head: void 0,
    ...facts.merge_when_pipeline_succeeds === true && { autoMergeEnds: true },
    closedByDeletion: more.closedByDeletion ?? false,
    verified: void 0
  };
}
var namesOf = (users2) => users2?.map(({ username }) => username) ?? [];
var isOwn3 = ({ source_project_id: source, target_project_id: target }) => source === target;
function commitOf5({ id, parent_ids: parents, message, committer_email: email }) {
  return { id, tree: "", parents, message, committerEmail: email ?? "", signed: false };
}

// src/forge/gitlab/attributes.ts
async function giveAttributes5(project, mergeRequests, pullRequest, given, asked2, head, delays) {
  const wanted = withoutLacking("gitlab", asked2, given);
  return project.call(CHANGING, async () => {
    const { number: number2 } = pullRequest;
    const missing = missingIn(given, wanted);
    const wrong = wrongLabels(given, wanted).filter((label) => pullRequest.labels.includes(label));
    const isDraft = missing.draft && !pullRequest.draft;
    const hasPeople = missing.reviewers.length + missing.assignees.length > 0;
    const now = isDraft || hasPeople ? await mergeRequests.get(number2) : void 0;
    const all = [
      labelParts(missing.labels, wrong),
      ...now ? [await peopleParts(project, "reviewers", now.reviewers, missing.reviewers)] : [],
      ...now ? [await peopleParts(project, "assignees", now.assignees, missing.assignees)] : [],
      await milestoneParts(project, missing.milestone),
      ...now && isDraft ? [draftParts(now)] : []
    ];
    const refused = [
      ...all.flatMap((one) => one.refused),
      ...await changeAll(
        mergeRequests,
        number2,
        all.flatMap(({ parts }) => parts)
      )
    ];
    const method = missing["auto-merge"];
    const merging = method === "" ? void 0 : await autoMerge4(project, mergeRequests, { number: number2, head, method }, delays);
    if (typeof merging === "object") refused.push({ what: "auto-merge", reason: merging.reason });
    return { given: givenAfter(given, wanted, refused), refused, ...typeof merging === "string" && { merging } };
  });
}
async function changeAll(mergeRequests, number2, parts) {
  if (parts.length === 0) return [];
  try {
    const changed = await mergeRequests.change(number2, Object.assign({}, ...parts.map(({ change: change2 }) => change2)));
    const left = parts.flatMap(({ items }) => items).filter(({ isThere }) => !isThere(changed));
    return left.map(({ what, otherwise: reason }) => ({ what, reason }));
  } catch (error) {
    const refused = finalRefusal(error);
    if (!refused) throw error;
    if (parts.length === 1) {
      return parts.flatMap(({ items }) => items.map(({ what }) => ({ what, reason: refused.message })));
    }
    const each = [];
    for (const part of parts) each.push(...await changeAll(mergeRequests, number2, [part]));
    return each;
  }
}
function labelParts(labels, wrong) {
  const whole = labels.filter((label) => !label.includes(","));
  const refused = labels.filter((label) => label.includes(",")).map((label) => ({
    what: nameOf("labels", label),
    reason: "has a comma, which GitLab takes for the end of a label"
  }));
  if (whole.length + wrong.length === 0) return { parts: [], refused };
  const items = whole.map((label) => ({
    what: nameOf("labels", label),
    isThere: (changed) => changed.labels.some((one) => isSameName2(one, label.trim())),
    otherwise: "GitLab did not take it: it is longer than 255 characters, or the token may not make labels"
  }));
  const change2 = {
    ...whole.length > 0 && { add_labels: whole.join(",") },
    ...wrong.length > 0 && { remove_labels: wrong.join(",") }
  };
  return { parts: [{ change: change2, items }], refused };
}
async function peopleParts(project, list, present, names) {
  const there = new Set(namesOf(present).map((name) => name.toLowerCase()));
  const missing = names.filter((name) => !there.has(name.toLowerCase()));
  const found = await Promise.all(missing.map(async (name) => ({ name, user: await userOf(project, name) })));
  const known = found.flatMap(({ user }) => user ?? []);
  const refused = found.filter(({ user }) => user === void 0).map(({ name }) => ({ what: nameOf(list, name), reason: "there is no user of that name" }));
  if (known.length === 0) return { parts: [], refused };
  const items = found.filter(({ user }) => user !== void 0).map(({ name }) => ({
    what: nameOf(list, name),
    isThere: (changed) => namesOf(changed[list]).some((one) => isSameName2(one, name)),
    otherwise: `GitLab did not take this user, who may not see the project; and GitLab Free has one ${list === "reviewers" ? "reviewer" : "assignee"} at most`
  }));
  const ids = [...present ?? [], ...known].map(({ id }) => id);
  return { parts: [{ change: { [list === "reviewers" ? "reviewer_ids" : "assignee_ids"]: ids }, items }], refused };
}
async function userOf({ client }, name) {
  const found = await client.get(USERS3, "/users", { username: name });
  return found.find(({ username }) => isSameName2(username, name));
}
async function milestoneParts({ client, at }, wanted) {
  if (wanted === "") return { parts: [], refused: [] };
  const what = `milestone ${wanted}`;
  const active = (query) => client.get(MILESTONES2, `${at}/milestones`, { state: "active", ...query });
  const asked2 = milestoneNumber(wanted);
  const milestone = (await active({ title: wanted, include_ancestors: true })).find(({ title }) => title === wanted) ?? (asked2 === void 0 ? void 0 : (await active({ "iids[]": [String(asked2)] })).find(({ iid }) => iid === asked2));
  if (milestone?.state !== "active") return { parts: [], refused: [{ what, reason: NO_MILESTONE }] };
  const isThere = (changed) => changed.milestone?.title === milestone.title;
  const items = [{ what, isThere, otherwise: "GitLab did not take it" }];
  return { parts: [{ change: { milestone_id: milestone.id }, items }], refused: [] };
}
function draftParts({ title }) {
  const isThere = ({ draft }) => draft;
  const items = [{ what: "draft", isThere, otherwise: "GitLab did not take it" }];
  return { parts: [{ change: { title: withSign(title) }, items }], refused: [] };
}
var isSameName2 = (one, other) => one.toLowerCase() === other.toLowerCase();

// src/forge/gitlab/commits.ts
var MOST7 = 300;
var PAGE8 = 100;
async function compare5(project, base, head) {
  const { client, at } = project;
  const commit = (revision) => client.get(COMMIT5, at + path`/repository/commits/${revision}`);
  return project.comparing(async () => {
    const [one, other] = await Promise.all([commit(base), commit(head)]);
    const shared = await client.get(MERGE_BASE, `${at}/repository/merge_base`, { "refs[]": [one.id, other.id] });
    const isAhead = shared.id !== other.id;
    const range = { ref_name: `${one.id}..${other.id}`, per_page: PAGE8 };
    const found = isAhead ? await client.list(COMMITS2, `${at}/repository/commits`, range, MOST7) : [];
    return {
      status: relationBy(one.id, other.id, shared.id),
      commits: found.toReversed().map((facts) => ({
        id: facts.id,
        author: facts.author_name,
        subject: facts.title,
        url: facts.web_url,
        time: utcTime(facts.committed_date)
      })),
      total: found.length,
      url: `${project.url}/-/compare/${encodeURI(base)}...${encodeURI(head)}`,
      pulls: "",
      baseTime: utcTime(one.committed_date)
    };
  });
}
async function isPublic4(project) {
  return project.isPublic(async () => (await project.client.get(PROJECT, project.at)).visibility === "public");
}
async function isVerified2(project, commit) {
  return project.call("read the commit", async () => {
    try {
      const address = project.at + path`/repository/commits/${commit}/signature`;
      const { verification_status: status } = await project.client.get(SIGNATURE2, address);
      return status === "verified";
    } catch (error) {
      if (finalRefusal(error)?.status === 404) return false;
      throw error;
    }
  });
}

// src/forge/gitlab/merge-requests.ts
var PAGE9 = 50;
var LISTED5 = 20;
var AT_ONCE5 = 5;
var EVENTS = 20;
var SAME_MOMENT2 = 3e3;
var MergeRequests = class {
  #project;
  /** What does not change: the commits by merge request and head, and why one was closed. */
  #commits = /* @__PURE__ */ new Map();
  #deletions = /* @__PURE__ */ new Map();
  constructor(project) {
    this.#project = project;
  }
  /** As `Forge.find`: two requests and one for each branch, then one for each that matters. */
  async find(branches, base, matters) {
    return this.#project.call("list pull requests", async () => {
      const latest = { order_by: "updated_at", per_page: LISTED5 };
      const [opened, merged, ...ofBranches] = await Promise.all([
        this.#list({ state: "opened", target_branch: base, per_page: PAGE9 }, Infinity),
        this.#list({ state: "merged", target_branch: base, order_by: "merged_at", per_page: LISTED5 }, LISTED5),
        ...branches.map((branch) => this.#list({ source_branch: branch, target_branch: base, ...latest }, LISTED5))
      ]);
      const facts = newestFirst2([...opened, ...merged, ...ofBranches.flat()].filter(isOwn3), ({ iid }) => iid);
      const found = await inParallel(facts, AT_ONCE5, (one) => this.#read(one, matters));
      return byState(found);
    });
  }
  /** As `Forge.open`. */
  async open({ branch, base, title, body, draft }) {
    const { client, at } = this.#project;
    const wanted = {
      source_branch: branch,
      target_branch: base,
      title: draft ? withSign(title) : title,
      description: body
    };
    try {
      return pullRequestOf5(await client.send(MERGE_REQUEST, "POST", `${at}/merge_requests`, wanted));
    } catch (error) {
      const refused = finalRefusal(error);
      if (refused?.status === 409 && /already exists/i.test(refused.message)) return void 0;
      throw this.#project.explain("open a pull request", error);
    }
  }
  /** As `Forge.update`: a draft stays one under its new title. */
  async update(number2, { title, body, state }) {
    const { client } = this.#project;
    return this.#project.call("update the pull request", async () => {
      const isDraft = title !== void 0 && (await this.get(number2)).draft;
      const change2 = {
        ...title !== void 0 && { title: isDraft ? withSign(title) : title },
        ...body !== void 0 && { description: body },
        ...state !== void 0 && { state_event: "close" }
      };
      return pullRequestOf5(await client.send(MERGE_REQUEST, "PUT", this.#at(number2), change2));
    });
  }
  /** One as it is now. Throws what the client throws, as the next one does. */
  get(number2) {
    return this.#project.client.get(MERGE_REQUEST, this.#at(number2));
  }
  /** Changes its attributes; gives it as it is then. */
  change(number2, change2) {
    return this.#project.client.send(MERGE_REQUEST, "PUT", this.#at(number2), change2);
  }
  #at(number2) {
    return this.#project.at + path`/merge_requests/${number2}`;
  }
  #list(query, most) {
    const { client, at } = this.#project;
    return client.list(MERGE_REQUESTS, `${at}/merge_requests`, query, most);
  }
  async #read(facts, matters) {
    const read6 = pullRequestOf5(facts);
    if (!matters(read6)) return read6;
    const [commits, closedByDeletion] = await Promise.all([
      this.#commitsOf(facts),
      read6.state === "closed" && this.#wasClosedByDeletion(facts)
    ]);
    return pullRequestOf5(facts, { commits, closedByDeletion });
  }
  #commitsOf({ iid, sha }) {
    return kept(this.#commits, `${iid} ${sha}`, async () => {
      const query = { per_page: COMMITS_READ };
      const found = await this.#project.client.list(COMMITS2, `${this.#at(iid)}/commits`, query, COMMITS_READ);
      return found.map(commitOf5);
    });
  }
  /** By the events that it lists: GitLab notes the deletion of its branch right after it closed it. */
  #wasClosedByDeletion({ iid, closed_at: closedAt, source_branch: branch }) {
    return kept(this.#deletions, `${iid} ${closedAt}`, async () => {
      const query = { order_by: "created_at", sort: "desc", per_page: EVENTS };
      const notes = await this.#project.client.list(NOTES, `${this.#at(iid)}/notes`, query, EVENTS);
      const closed = Date.parse(closedAt ?? "");
      return notes.some(
        ({ system, body, created_at: created }) => system && body === `deleted source branch \`${branch}\`` && Math.abs(Date.parse(created) - closed) <= SAME_MOMENT2
      );
    });
  }
};

// src/forge/gitlab/merges.ts
var MOST8 = 300;
var PAGE10 = 100;
function mergesOf5(project) {
  return {
    read: (number2) => read5(project, number2),
    since: async (commit, branch) => commitsOnTop(await compare5(project, commit, branch)),
    statuses: (commit) => statuses5(project, commit),
    hasAuthors: true
  };
}
function read5(project, number2) {
  return project.call("read the pull request", async () => {
    const facts = await project.client.get(MERGE_REQUEST, project.at + path`/merge_requests/${number2}`);
    const { state, target_branch: base } = facts;
    if (state !== "merged") return { state: state === "closed" ? "closed" : "open", base, commit: "", time: "" };
    const commit = facts.merge_commit_sha || facts.squash_commit_sha || facts.sha || "";
    return { state, base, commit, time: utcTime(facts.merged_at ?? "") };
  });
}
var STATES6 = {
  success: "success",
  failed: "failure",
  canceled: "failure"
};
function statuses5(project, commit) {
  return project.call("read the statuses", async () => {
    const below = project.at + path`/repository/commits/${commit}/statuses`;
    const read6 = await project.client.list(STATUSES2, below, { all: true, per_page: PAGE10 }, MOST8);
    return newestFirst(read6).map(({ name, status, description, target_url: url, author, created_at, finished_at }) => ({
      context: name,
      state: STATES6[status] ?? "pending",
      description: description ?? "",
      url: url ?? "",
      author: author?.username ?? "",
      time: utcTime(finished_at ?? created_at)
    }));
  });
}

// src/forge/gitlab/project.ts
var NOT_YET = [
  [/^POST .*\/merge_requests$/, /^4\d\d .*source[ _]branch.*(?:does not exist|can't be blank|is missing)/i]
];
var Project = class extends ApiRepository {
  /** Web address of the project. */
  url;
  /** What the paths of its API begin with. */
  at;
  /** An empty token is not sent. */
  constructor({ serverUrl, apiUrl, project }, token, options) {
    const headers = token === "" ? {} : { "private-token": token };
    super(new JsonClient({ name: "GitLab", apiUrl, headers, notYet: NOT_YET, access: RIGHT_TOKEN5 }, options), project);
    this.url = `${serverUrl}/${project}`;
    this.at = path`/projects/${project}`;
  }
};

// src/forge/gitlab/gitlab.ts
var BODY_BYTES = 1048576;
function gitLab({
  place,
  token,
  source,
  ...options
}) {
  const project = new Project(place, token, options);
  const mergeRequests = new MergeRequests(project);
  const delays = options.limits?.patience ?? PATIENCE;
  return {
    name: "GitLab",
    numberSign: "!",
    hiddenText: "html-comment",
    headsByGit: true,
    limits: { title: 255 - PREFIX_LENGTH2, body: Math.floor(BODY_BYTES / 3), label: 255 },
    find: (branches, base, matters = () => true) => mergeRequests.find(branches, base, matters),
    open: (pullRequest) => mergeRequests.open(pullRequest),
    update: (...change2) => mergeRequests.update(...change2),
    giveAttributes: (...asked2) => giveAttributes5(project, mergeRequests, ...asked2, delays),
    isPublic: () => isPublic4(project),
    ...sourcesBy5(source, options),
    isVerified: (commit) => isVerified2(project, commit),
    merges: mergesOf5(project)
  };
}
function sourcesBy5(source, options) {
  if (typeof source === "string") return unreadSources(source);
  const projectOf = (project) => new Project({ ...source, project }, source.token, options);
  return {
    compare: (project, ...revisions) => compare5(projectOf(project), ...revisions),
    isSourcePublic: (project) => isPublic4(projectOf(project))
  };
}

// forges-file.mjs
var modules = {
  "src/forge/azure-devops/azure-devops.ts": { azureDevOps, sourcesBy },
  "src/forge/azure-devops/explain-refusal.ts": { explainRefusal },
  "src/forge/bitbucket-cloud/bitbucket-cloud.ts": { bitbucketCloud, sourcesBy: sourcesBy2 },
  "src/forge/bitbucket-cloud/explain-refusal.ts": { explainRefusal: explainRefusal2 },
  "src/forge/bitbucket-data-center/bitbucket-data-center.ts": { bitbucketDataCenter, sourcesBy: sourcesBy3 },
  "src/forge/bitbucket-data-center/explain-refusal.ts": { explainRefusal: explainRefusal3 },
  "src/forge/gitea/explain-refusal.ts": { explainRefusal: explainRefusal4 },
  "src/forge/gitea/gitea.ts": { gitea, sourcesBy: sourcesBy4 },
  "src/forge/gitlab/explain-refusal.ts": { explainRefusal: explainRefusal5 },
  "src/forge/gitlab/gitlab.ts": { gitLab, sourcesBy: sourcesBy5 }
};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  modules
});
