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

// demo-file.mjs
var demo_file_exports = {};
__export(demo_file_exports, {
  modules: () => modules,
  runDemo: () => runDemo
});
module.exports = __toCommonJS(demo_file_exports);

// sandbox/demo.ts
var import_node_child_process2 = require("node:child_process");
var import_node_events2 = require("node:events");
var import_consumers5 = require("node:stream/consumers");

// sandbox/demo-repository.ts
var demoRepository = {
  "README.md": `# Manifests of Acme

What runs in our clusters. The pull agent deploys whatever is on \`main\`; nobody edits a tag by hand.

| folder | environment | written as |
| --- | --- | --- |
| \`apps/web\` | development | a plain Deployment |
| \`kustomize/overlays\` | staging, production | a Kustomize base with an overlay for each |
| \`charts/web\` | preview | values of a Helm chart |
`,
  "apps/web/deployment.yaml": `# The web shop. Questions: #team-web
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { app: web, team: shop }
spec:
  replicas: 2
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: web
          image: ghcr.io/acme/web:1.4.1   # released by CI
          ports:
            - containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: "info"

        # Ships the logs. Not ours: goes its own way.
        - name: log-shipper
          image: docker.io/fluent/fluent-bit:3.1.4
          resources:
            limits: { memory: 64Mi }
`,
  "apps/web/service.yaml": `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports:
    - port: 80
      targetPort: 8080
`,
  "kustomize/base/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - deployment.yaml
`,
  "kustomize/base/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: web
          image: web # the overlays say which
`,
  "kustomize/overlays/staging/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: staging
resources:
  - ../../base
images:
  - name: web
    newName: ghcr.io/acme/web
    newTag: 1.4.1
`,
  "kustomize/overlays/production/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: production
resources:
  - ../../base
replicas:
  - name: web
    count: 6
images:
  - name: web
    newName: ghcr.io/acme/web
    newTag: "1.4.1" # only a release pull request changes this
`,
  "charts/web/values.yaml": `# Values of the chart "web".
image:
  registry: ghcr.io
  repository: acme/web
  tag: 1.4.1
  pullPolicy: IfNotPresent

metrics:
  image:
    registry: quay.io
    repository: prometheus/statsd-exporter
    tag: v0.27.1

ingress:
  enabled: true
  host: preview.acme.example
`
};
var demoConfig = {
  ".github/manifest-release.yaml": `apps:
  web:
    images: [ghcr.io/acme/web]
    environments:
      development: { paths: [apps/web], delivery: push }
      staging:     { paths: [kustomize/overlays/staging] }
      production:  { paths: [kustomize/overlays/production], after: staging }
`
};

// sandbox/demo-source.ts
var SOURCE = "acme/web";
var VERSIONS = [
  ["1.4.1", ["Round prices up"]],
  ["1.4.2", ["Fix the login of long names (#41)", "Fix a typo"]],
  ["1.5.0", ["feat(cart)!: carts outlive the session (#43)", "Show the stock of an article (#44)"]],
  ["1.6.0", ["Gift cards (#47)", 'Revert "Show the stock of an article (#44)"']]
];
var AGE = 2.5 * 60 * 60 * 1e3;
async function createDemoSource(sandbox) {
  const repository = await sandbox.createRepository(SOURCE, { "version.txt": "1.4.0\n" });
  const commits6 = /* @__PURE__ */ new Map();
  for (const [version, subjects] of VERSIONS) {
    for (const subject of subjects) {
      const commit4 = await repository.commit(
        "main",
        { "version.txt": `${version}: ${subject}
` },
        { message: `${subject}
` }
      );
      commits6.set(version, commit4);
    }
    await repository.tag(`v${version}`);
  }
  return commits6;
}
function pushDemoImages(registry, { serverUrl }, commits6) {
  const created = new Date(Date.now() - AGE);
  for (const [version, revision] of commits6) {
    const platforms = ["linux/amd64", "linux/arm64"];
    registry.push({ name: SOURCE, tag: version, platforms, source: `${serverUrl}/${SOURCE}`, revision, created });
  }
}

// sandbox/image-registry.ts
var import_node_crypto = require("node:crypto");
var import_node_events = require("node:events");
var import_node_http = require("node:http");
var INDEX = "application/vnd.oci.image.index.v1+json";
var MANIFEST = "application/vnd.oci.image.manifest.v1+json";
var CONFIG = "application/vnd.oci.image.config.v1+json";
async function startImageRegistry() {
  const manifests = /* @__PURE__ */ new Map();
  const server = (0, import_node_http.createServer)(({ method, url = "" }, response) => {
    const found = manifests.get(url);
    if (method !== "GET" || !found) {
      response.writeHead(404, { "content-type": "application/json" });
      response.end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}');
      return;
    }
    response.writeHead(200, { "content-type": found.type, "docker-content-digest": found.digest }).end(found.body);
  });
  const put = (name, type, content, ...tags) => {
    const body = JSON.stringify({ schemaVersion: 2, mediaType: type, ...content });
    const digest = digestOf(body);
    for (const at of [digest, ...tags]) manifests.set(`/v2/${name}/manifests/${at}`, { type, body, digest });
    return { mediaType: type, digest, size: body.length };
  };
  server.listen(0, "127.0.0.1");
  await (0, import_node_events.once)(server, "listening");
  return {
    host: `127.0.0.1:${server.address().port}`,
    push: ({ name, tag: tag2, platforms, source, revision, created }) => {
      const parts = platforms.map((platform) => {
        const [os, architecture] = platform.split("/");
        const config = { mediaType: CONFIG, digest: digestOf(platform), size: platform.length };
        return { ...put(name, MANIFEST, { config, layers: [] }), platform: { os, architecture } };
      });
      const facts = { source, revision, created: created.toISOString(), version: tag2 };
      const annotations = Object.fromEntries(
        Object.entries(facts).map(([key, value]) => [`org.opencontainers.image.${key}`, value])
      );
      return put(name, INDEX, { manifests: parts, annotations }, tag2).digest;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  };
}
var digestOf = (text5) => `sha256:${(0, import_node_crypto.createHash)("sha256").update(text5).digest("hex")}`;

// sandbox/sandbox.ts
var import_promises9 = require("node:fs/promises");
var import_node_os4 = require("node:os");
var import_node_path8 = require("node:path");

// sandbox/access.ts
var import_node_crypto2 = require("node:crypto");
var LOGIN = "github-actions[bot]";
var PERSON = "octocat";
var PREFIXES = {
  installation: "ghs_",
  classic: "ghp_",
  "fine-grained": "github_pat_"
};
var LEVELS = ["none", "read", "write"];
var Access = class {
  #holders = /* @__PURE__ */ new Map();
  /** A new random token with these rights. */
  issue(options = {}) {
    const { kind = "installation", permission = "write", repositories, sso = false } = options;
    const { contents = permission, issues = permission, pullRequests = permission, workflows = permission } = options;
    const login = options.login ?? (kind === "installation" ? LOGIN : PERSON);
    const permissions = { contents, issues, metadata: "read", pull_requests: pullRequests, workflows };
    const token = options.text ?? `${PREFIXES[kind]}${(0, import_node_crypto2.randomBytes)(18).toString("hex")}`;
    if (options.expired !== true) {
      this.#holders.set(token, { token, kind, login, repositories, permissions, sso });
    }
    return token;
  }
  /** From now on nobody knows the token. */
  revoke(token) {
    this.#holders.delete(token);
  }
  knows(token) {
    return this.#holders.has(token);
  }
  /** The visitor of a request from its authorization header: basic with any user name, bearer or token. */
  visitor(authorization) {
    if (authorization === void 0) return "anonymous";
    return this.#holders.get(credentialsOf(authorization)) ?? "unknown";
  }
};
function credentialsOf(authorization) {
  const [scheme = "", credentials = ""] = authorization.split(/ +/, 2);
  if (scheme.toLowerCase() !== "basic") return credentials;
  const decoded2 = Buffer.from(credentials, "base64").toString();
  return decoded2.replace(/^[^:]*:/, "");
}
function holds(visitor, { fullName }) {
  return typeof visitor === "object" && (visitor.repositories?.includes(fullName) ?? true);
}
function mayRead(visitor, repository) {
  return repository.visibility === "public" || holds(visitor, repository);
}
function may(visitor, repository, needs2) {
  const granted = holds(visitor, repository) ? visitor.permissions : void 0;
  const enough = ([subject, needed]) => needed === "read" && repository.visibility === "public" || LEVELS.indexOf(granted?.[subject] ?? "none") >= LEVELS.indexOf(needed);
  return needs2.some((set) => Object.entries(set).every(enough));
}
function mayPush(visitor, repository) {
  return may(visitor, repository, [{ contents: "write" }]);
}

// sandbox/azure-identities.ts
var AzureIdentities = class {
  #known = [];
  idOf(identity) {
    const is = (one) => one.name === identity.name && one.project === identity.project;
    if (!this.#known.some(is)) this.#known.push(identity);
    return uuid(1, this.#known.findIndex(is));
  }
  find(id) {
    return this.#known.find((_, index) => uuid(1, index) === id);
  }
  /** Those of the repositories that a search for a text finds; more than are called so. */
  search(repositories, text5) {
    const all = repositories.flatMap((repository) => [
      ...[...repository.collaborators].map((name) => ({ name })),
      ...[...repository.teams].map((name) => ({ name, project: projectOf(repository) }))
    ]);
    const ids = new Set(all.map((one) => this.idOf(one)));
    const found = [...ids].flatMap((id) => this.find(id) ?? []);
    return found.filter(
      (one) => [displayNameOf(one), mailOf(one)].join("\n").toLowerCase().includes(text5.toLowerCase())
    );
  }
};
var uuid = (kind, index) => `0000000${kind}-0000-4000-8000-${(index + 1).toString(16).padStart(12, "0")}`;
var projectOf = ({ owner }) => owner.split("/").at(-2) ?? "";
var displayNameOf = ({ name, project }) => project === void 0 ? `${name} (Fabrikam)` : `[${project}]\\${name}`;
var mailOf = ({ name }) => `${name}@fabrikam.test`;
function identityObject(identities, identity) {
  const text5 = (value) => ({ $type: "System.String", $value: value });
  const isTeam = identity.project !== void 0;
  return {
    id: identities.idOf(identity),
    providerDisplayName: displayNameOf(identity),
    isActive: true,
    ...isTeam && { isContainer: true },
    properties: {
      Account: text5(identity.name),
      Domain: text5("7a394543-62fd-4274-a7d2-8fac775942b6"),
      Mail: text5(isTeam ? "" : mailOf(identity))
    }
  };
}
function identityRef(identities, identity) {
  const id = identities.idOf(identity);
  const isTeam = identity.project !== void 0;
  const uniqueName = isTeam ? `vstfs:///Classification/TeamProject/${id}\\${identity.name}` : identity.name;
  return { id, displayName: displayNameOf(identity), uniqueName, ...isTeam && { isContainer: true } };
}

// sandbox/azure-objects.ts
var STRATEGIES = {
  merge: "noFastForward",
  squash: "squash",
  rebase: "rebase"
};
var BRANCHES = "refs/heads/";
var SHOWN = 400;
var branchIn = (ref) => typeof ref === "string" && ref.startsWith(BRANCHES) ? ref.slice(BRANCHES.length) : "";
var statusOf = ({ state, mergedAt }) => {
  if (mergedAt !== null) return "completed";
  return state === "open" ? "active" : "abandoned";
};
function pullRequestObject(call, pullRequest) {
  const { identities, repository, queued } = call;
  const { number, title, body, head, headSha, base, baseSha, fork, labels: labels2, author, autoMerge, mergeCommit } = pullRequest;
  const me = identityRef(identities, { name: author });
  const reviewers = [
    ...pullRequest.reviewers.map((name) => ({ name })),
    ...pullRequest.teamReviewers.map((name) => ({ name, project: projectOf(repository) }))
  ];
  return {
    repository: repositoryObject(repository),
    pullRequestId: number,
    codeReviewId: number,
    status: statusOf(pullRequest),
    createdBy: me,
    creationDate: pullRequest.createdAt,
    ...pullRequest.closedAt !== null && { closedDate: pullRequest.closedAt },
    title,
    ...body !== null && { description: body },
    sourceRefName: BRANCHES + head,
    targetRefName: BRANCHES + base,
    mergeStatus: queued.has(number) ? "queued" : "succeeded",
    isDraft: pullRequest.draft,
    lastMergeSourceCommit: { commitId: headSha },
    lastMergeTargetCommit: { commitId: baseSha },
    ...mergeCommit !== null && { lastMergeCommit: { commitId: mergeCommit } },
    ...fork && { forkSource: { name: BRANCHES + head, repository: { id: uuid(9, 0), name: "fork" } } },
    reviewers: reviewers.map((one) => ({ ...identityRef(identities, one), vote: 0, hasDeclined: false })),
    ...labels2.length > 0 && { labels: labels2.map((name) => labelObject(repository, name)) },
    ...autoMerge && { autoCompleteSetBy: me, completionOptions: { mergeStrategy: STRATEGIES[autoMerge.method] } },
    supportsIterations: true
  };
}
function listedObject(call, pullRequest) {
  return pullRequestObject(call, { ...pullRequest, body: pullRequest.body?.slice(0, SHOWN) ?? null });
}
function repositoryObject(repository) {
  const project = { id: uuid(3, 0), name: projectOf(repository), state: "wellFormed" };
  return { id: uuid(2, repository.id), name: repository.name, project };
}
function labelObject(repository, name) {
  const shown5 = repository.label(name);
  return { id: uuid(4, repository.labelNames.indexOf(shown5)), name: shown5, active: true };
}
function commitObject({ serverUrl, repository }, commit4) {
  const { id, tree: tree2, parents, author, committer, message } = commit4;
  return {
    treeId: tree2,
    parents,
    commitId: id,
    author,
    committer,
    comment: message,
    remoteUrl: `${serverUrl}/${repository.fullName}/commit/${id}`
  };
}
function commitRefObject({ serverUrl, repository }, commit4) {
  const { id, author, committer, message } = commit4;
  const [subject = "", ...more] = message.trimEnd().split("\n");
  return {
    commitId: id,
    author,
    committer,
    comment: subject,
    ...more.length > 0 && { commentTruncated: true },
    changeCounts: { Add: 0, Edit: 1, Delete: 0 },
    remoteUrl: `${serverUrl}/${repository.fullName}/commit/${id}`
  };
}

// sandbox/azure-operation.ts
function refusal(status, message, typeKey) {
  const typeName = `Microsoft.TeamFoundation.Git.Server.${typeKey}, Microsoft.TeamFoundation.Git.Server`;
  return { status, body: { $id: "1", innerException: null, message, typeName, typeKey, errorCode: 0, eventId: 3e3 } };
}
var invalid = (parameter) => refusal(400, `Invalid argument value.\r
Parameter name: ${parameter}`, "InvalidArgumentValueException");
var needs = (permission, login) => refusal(
  403,
  `TF401027: You need the Git '${permission}' permission to perform this action. Details: identity '${login}', scope 'repository'.`,
  "GitNeedsPermissionException"
);
function pageOf(url, all, asObject, prefix = "") {
  const read = (name, otherwise) => Number(url.searchParams.get(prefix + name) ?? otherwise);
  const skip = read("$skip", 0);
  const value = all.slice(skip, skip + read("$top", 100)).map(asObject);
  return { status: 200, body: { count: value.length, value } };
}
async function withOne({ repository }, number, work) {
  const found = (await repository.pullRequests.all()).find((one) => one.number === Number(number));
  if (found) return work(found);
  const message = `TF401180: The requested pull request was not found.`;
  return refusal(404, message, "GitPullRequestNotFoundException");
}
var textOf = (value) => typeof value === "string" ? value : "";

// sandbox/azure-attributes.ts
var LABEL_LENGTH = 400;
var attributeOperations = [
  {
    method: "PUT",
    path: /^\/pullrequests\/(\d+)\/reviewers\/([^/]+)$/i,
    answer: (call, number, id = "") => withOne(call, number, (one) => addReviewer(call, one, id))
  },
  {
    method: "GET",
    path: /^\/pullrequests\/(\d+)\/labels$/i,
    answer: (call, number) => withOne(call, number, ({ labels: labels2 }) => pageOf(call.url, labels2, (name) => labelObject(call.repository, name)))
  },
  {
    method: "POST",
    path: /^\/pullrequests\/(\d+)\/labels$/i,
    answer: (call, number) => withOne(call, number, (one) => addLabel(call, one))
  },
  {
    method: "DELETE",
    path: /^\/pullrequests\/(\d+)\/labels\/([^/]+)$/i,
    answer: (call, number, id = "") => withOne(call, number, (one) => removeLabel(call, one, id))
  }
];
async function addReviewer(call, one, id) {
  const { identities, repository } = call;
  const identity = identities.find(id);
  const isTeam = identity?.project === projectOf(repository) && repository.teams.has(identity.name);
  const isPerson = identity?.project === void 0 && repository.collaborators.has(identity?.name ?? "");
  if (!identity || !isTeam && !isPerson) return invalid(`The identity ${id} is not recognized.`);
  const added = (names) => [.../* @__PURE__ */ new Set([...names, identity.name])];
  await repository.pullRequests.update(
    one.number,
    isTeam ? { teamReviewers: added(one.teamReviewers) } : { reviewers: added(one.reviewers) }
  );
  return { status: 200, body: { ...identityRef(identities, identity), vote: 0 } };
}
async function addLabel({ repository, body }, one) {
  const name = repository.label(textOf(body["name"]).trim());
  if (name === "" || name.length > LABEL_LENGTH || /[,;]/.test(name)) {
    return refusal(400, `VS402320: The tag name is not valid.`, "InvalidTagNameException");
  }
  await repository.pullRequests.update(one.number, { labels: [.../* @__PURE__ */ new Set([...one.labels, name])] });
  return { status: 200, body: labelObject(repository, name) };
}
async function removeLabel({ repository }, one, id) {
  const is = (name) => labelObject(repository, name).id === id;
  await repository.pullRequests.update(one.number, { labels: one.labels.filter((name) => !is(name)) });
  return { status: 200 };
}

// sandbox/stored-tree.ts
var import_node_crypto3 = require("node:crypto");
var import_promises = require("node:fs/promises");
var import_node_path = require("node:path");
var import_node_zlib = require("node:zlib");
async function treeWith(repository, commit4, files) {
  return folderWith(repository, `${commit4}^{tree}`, files);
}
async function folderWith(repository, name, files) {
  const [object] = name === void 0 ? [void 0] : await repository.objects([name]);
  const entries = entriesOf(object?.type === "tree" ? object.content : Buffer.alloc(0));
  const below = /* @__PURE__ */ new Map();
  for (const { path, content } of files) {
    const [first = "", ...rest] = path.split("/");
    if (rest.length === 0) entries.set(first, { mode: "100644", id: await write(repository, "blob", content) });
    else below.set(first, [...below.get(first) ?? [], { path: rest.join("/"), content }]);
  }
  for (const [folder, inside] of below) {
    const id = await folderWith(repository, entries.get(folder)?.id, inside);
    entries.set(folder, { mode: "40000", id });
  }
  const keyOf = (entry, { mode }) => Buffer.from(mode === "40000" ? `${entry}/` : entry);
  const sorted = [...entries].toSorted(([a, one], [b, other]) => keyOf(a, one).compare(keyOf(b, other)));
  const parts = sorted.flatMap(([entry, { mode, id }]) => [Buffer.from(`${mode} ${entry}\0`), Buffer.from(id, "hex")]);
  return write(repository, "tree", Buffer.concat(parts));
}
function entriesOf(content) {
  const entries = /* @__PURE__ */ new Map();
  for (let position2 = 0; position2 < content.length; ) {
    const [space, end] = [content.indexOf(" ", position2), content.indexOf(0, position2)];
    const mode = content.toString("latin1", position2, space);
    entries.set(content.toString("utf8", space + 1, end), { mode, id: content.toString("hex", end + 1, end + 21) });
    position2 = end + 21;
  }
  return entries;
}
async function write(repository, type, content) {
  const object = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  const id = (0, import_node_crypto3.createHash)("sha1").update(object).digest("hex");
  const folder = (0, import_node_path.join)(repository.gitDir, "objects", id.slice(0, 2));
  await (0, import_promises.mkdir)(folder, { recursive: true });
  const temporary = (0, import_node_path.join)(folder, `tmp_${(0, import_node_crypto3.randomBytes)(6).toString("hex")}`);
  await (0, import_promises.writeFile)(temporary, (0, import_node_zlib.deflateSync)(object), { mode: 292 });
  await (0, import_promises.rename)(temporary, (0, import_node_path.join)(folder, id.slice(2)));
  return id;
}

// sandbox/stored-commit.ts
var GITHUB = { name: "GitHub", email: "noreply@github.com" };
var SIGNATURE = `-----BEGIN PGP SIGNATURE-----

${Buffer.from("signed by the sandbox").toString("base64")}
-----END PGP SIGNATURE-----`;
function isGood(signature2) {
  return signature2?.trimEnd() === SIGNATURE;
}
async function readCommits(repository, ids) {
  const wanted = [...new Set(ids)];
  const objects = await repository.objects(wanted);
  const commits6 = objects.flatMap((object) => object?.type === "commit" ? [object] : []);
  return new Map(commits6.map(({ id, content }) => [id, parsed(id, content.toString())]));
}
async function writeCommit(repository, commit4) {
  const { tree: tree2, parents, author, committer, message, signed } = commit4;
  const headers = [
    `tree ${tree2}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${written(author)}`,
    `committer ${written(committer)}`,
    ...signed ? [`gpgsig ${SIGNATURE.replaceAll("\n", "\n ")}`] : []
  ];
  return write(repository, "commit", Buffer.from(`${headers.join("\n")}

${message}`));
}
function dated({ name, email }, date = (/* @__PURE__ */ new Date()).toISOString()) {
  return { name, email, date: date.replace(/\.\d+Z$/, "Z") };
}
function written({ name, email, date }) {
  return `${name} <${email}> ${Math.floor(Date.parse(date) / 1e3)} +0000`;
}
function parsed(id, raw) {
  const end = raw.indexOf("\n\n");
  const lines = raw.slice(0, end).split(/\n(?! )/);
  const headers = lines.map((line) => {
    const space = line.indexOf(" ");
    return [line.slice(0, space), line.slice(space + 1).replaceAll("\n ", "\n")];
  });
  const all = (name) => headers.filter(([header]) => header === name).map(([, value]) => value);
  return {
    id,
    tree: all("tree")[0] ?? "",
    parents: all("parent"),
    author: person(all("author")[0]),
    committer: person(all("committer")[0]),
    message: raw.slice(end + 2),
    signature: all("gpgsig")[0],
    payload: `${lines.filter((line) => !line.startsWith("gpgsig")).join("\n")}${raw.slice(end)}`
  };
}
function person(header = "") {
  const [, name = "", email = "", seconds = "0"] = /^(.*?) ?<(.*)> (\d+) \S+$/.exec(header) ?? [];
  return dated({ name, email }, new Date(Number(seconds) * 1e3).toISOString());
}

// sandbox/azure-commits.ts
var commitOperations = [
  {
    method: "GET",
    path: /^\/pullrequests\/(\d+)\/commits$/i,
    answer: (call, number) => withOne(call, number, async (one) => {
      const base = one.mergedAt === null ? one.base : one.baseSha;
      return pageOf(call.url, await listed(call, base, one.headSha), (commit4) => commitRefObject(call, commit4));
    })
  },
  { method: "GET", path: /^\/commits$/i, answer: between },
  { method: "GET", path: /^\/commits\/([^/]+)$/i, answer: show },
  { method: "GET", path: /^\/commits\/([^/]+)\/statuses$/i, answer: statuses },
  { method: "GET", path: /^\/diffs\/commits$/i, answer: compare }
];
async function show(call, id) {
  const found = /^[\da-f]{40}$/.test(id) ? (await readCommits(call.repository, [id])).get(id) : void 0;
  return found ? { status: 200, body: commitObject(call, found) } : unresolved("Commit", id);
}
async function between(call) {
  const asked = (name) => call.url.searchParams.get(`searchCriteria.${name}.version`) ?? "";
  const commits6 = await listed(call, asked("itemVersion"), asked("compareVersion"));
  return pageOf(call.url, commits6, (commit4) => commitRefObject(call, commit4), "searchCriteria.");
}
async function compare(call) {
  const { repository, url } = call;
  const [base, target] = [await resolved(call, "base"), await resolved(call, "target")];
  const missing = [base, target].findIndex((id) => id === void 0);
  if (base === void 0 || target === void 0) {
    return unresolved("Tag", url.searchParams.get(missing === 0 ? "baseVersion" : "targetVersion") ?? "");
  }
  const shared = (await repository.text(["merge-base", base, target], { answers: [0, 1] })).trim();
  return {
    status: 200,
    body: {
      allChangesIncluded: true,
      changeCounts: {},
      changes: [],
      ...shared !== "" && { commonCommit: shared },
      baseCommit: base,
      targetCommit: target,
      aheadCount: await repository.countAbove(base, target),
      behindCount: await repository.countAbove(target, base)
    }
  };
}
function statuses({ repository, identities }, id) {
  const value = repository.statuses.of(id).map((one) => ({
    id: one.id,
    state: one.state === "pending" ? one.state : one.state === "success" ? "succeeded" : "failed",
    description: one.description,
    context: { name: one.context, genre: "fluxcd" },
    creationDate: one.time,
    updatedDate: one.time,
    createdBy: identityRef(identities, { name: one.author }),
    ...one.url !== "" && { targetUrl: one.url }
  }));
  return { status: 200, body: { count: value.length, value } };
}
async function resolved({ repository, url }, which) {
  const [version, type] = [url.searchParams.get(`${which}Version`), url.searchParams.get(`${which}VersionType`)];
  const name = type === "commit" ? `${version}` : `refs/${type === "tag" ? "tags" : "heads"}/${version}`;
  return repository.commitId(name).catch(() => void 0);
}
async function listed({ repository }, base, head) {
  const list7 = await repository.text(["rev-list", "--topo-order", `${base}..${head}`], { answers: [0, 128] });
  const ids = list7.split("\n").filter(Boolean);
  const known = await readCommits(repository, ids);
  return ids.flatMap((id) => known.get(id) ?? []);
}
var unresolved = (kind, version) => refusal(
  404,
  `TF401175: The version descriptor <${kind}: ${version} > could not be resolved to a version in the repository.`,
  "GitUnresolvableToCommitException"
);

// sandbox/azure-completion.ts
var NOBODY = "00000000-0000-0000-0000-000000000000";
async function completionOf(call, one) {
  const { body } = call;
  if (body["status"] === "completed") return complete(call, one);
  return body["autoCompleteSetBy"] === void 0 ? void 0 : autoComplete(call, one);
}
async function complete(call, one) {
  const { repository, body, queued } = call;
  const { number, title, base, headSha } = one;
  const asked = idIn(body["lastMergeSourceCommit"], "commitId");
  if (asked === "") return invalid("You must specify a valid LastMergeSourceCommit to perform this operation.");
  if (asked !== headSha) {
    const message = "TF401192: The source branch has been modified since the last merge attempt.";
    return refusal(409, message, "GitPullRequestStaleException");
  }
  if (one.draft) return invalid("A draft pull request cannot be completed.");
  if (repository.waitsForChecks(base)) {
    const message = "The pull request cannot be completed because required policies are not satisfied.";
    return refusal(403, message, "GitPullRequestUpdateRejectedByPolicyException");
  }
  const text5 = { title: `Merged PR ${number}: ${title}`, text: "" };
  await repository.pullRequests.merge(number, methodIn(body), text5);
  queued.add(number);
  return { status: 200, body: pullRequestObject(call, one) };
}
async function autoComplete(call, one) {
  const { repository, identities, holder, body } = call;
  const id = idIn(body["autoCompleteSetBy"], "id");
  const own = identities.idOf({ name: holder.login });
  if (id !== NOBODY && id !== own) return invalid("autoCompleteSetBy is not the user who asks.");
  if (one.draft) return invalid("A draft pull request cannot be set to auto-complete.");
  const autoMerge = id === NOBODY ? null : { method: methodIn(body) };
  return {
    status: 200,
    body: pullRequestObject(call, await repository.pullRequests.update(one.number, { autoMerge }))
  };
}
function methodIn({ completionOptions }) {
  const wanted = idIn(completionOptions, "mergeStrategy");
  return Object.keys(STRATEGIES).find((method) => STRATEGIES[method] === wanted) ?? "merge";
}
function idIn(value, name) {
  const found = typeof value === "object" && value !== null ? value[name] : void 0;
  return typeof found === "string" ? found : "";
}

// sandbox/azure-pull-requests.ts
var LIMITS = { title: 400, description: 4e3 };
var pullRequestOperations = [
  { method: "GET", path: /^\/pullrequests$/i, answer: list },
  { method: "POST", path: /^\/pullrequests$/i, answer: create },
  {
    method: "GET",
    path: /^\/pullrequests\/(\d+)$/i,
    answer: (call, number) => withOne(call, number, (one) => show2(call, one))
  },
  {
    method: "PATCH",
    path: /^\/pullrequests\/(\d+)$/i,
    answer: (call, number) => withOne(call, number, (one) => update(call, one))
  }
];
async function list(call) {
  const asked = (name) => call.url.searchParams.get(`searchCriteria.${name}`);
  const [status, source, target] = [asked("status") ?? "active", asked("sourceRefName"), asked("targetRefName")];
  const found = (await call.repository.pullRequests.all()).filter((one) => status === "all" || statusOf(one) === status).filter((one) => source === null || one.head === branchIn(source)).filter((one) => target === null || one.base === branchIn(target));
  return pageOf(call.url, found.toReversed(), (one) => listedObject(call, one));
}
function show2(call, one) {
  const body = pullRequestObject(call, one);
  call.queued.delete(one.number);
  return { status: 200, body };
}
async function create(call) {
  const { repository, body, holder } = call;
  const wrong = tooLong(body);
  if (wrong) return wrong;
  const [head, base, title] = [branchIn(body["sourceRefName"]), branchIn(body["targetRefName"]), textOf(body["title"])];
  const [headSha, baseSha] = [await repository.tip(head), await repository.tip(base)];
  if (headSha === void 0 || baseSha === void 0) {
    const message = "TF401398: The pull request cannot be activated because the source and/or the target branch no longer exists, or the requested refs are not branches.";
    return refusal(400, message, "GitPullRequestCannotBeActivated");
  }
  const text5 = body["description"] === void 0 ? null : textOf(body["description"]);
  const ends = { head, headSha, base, baseSha };
  const draft = body["isDraft"] === true;
  const opened = repository.pullRequests.open({ title, body: text5, ...ends, draft, author: holder.login });
  if (!opened) {
    const message = "TF401179: An active pull request for the source and target branch already exists.";
    return refusal(409, message, "GitPullRequestExistsException");
  }
  call.queued.add(opened.number);
  return { status: 201, body: pullRequestObject(call, opened) };
}
async function update(call, before) {
  const { repository, body } = call;
  if (before.state !== "open") {
    const message = "TF401181: The pull request cannot be edited due to its state.";
    return refusal(400, message, "GitPullRequestNotEditableException");
  }
  const wrong = tooLong(body);
  if (wrong) return wrong;
  const completed = await completionOf(call, before);
  if (completed) return completed;
  const changed = await repository.pullRequests.update(before.number, {
    ...body["title"] !== void 0 && { title: textOf(body["title"]) },
    ...body["description"] !== void 0 && { body: textOf(body["description"]) },
    ...body["isDraft"] !== void 0 && { draft: body["isDraft"] === true },
    ...body["status"] === "abandoned" && { state: "closed" }
  });
  return { status: 200, body: pullRequestObject(call, changed) };
}
function tooLong(body) {
  const found = ["title", "description"].find((name) => textOf(body[name]).length > LIMITS[name]);
  return found && invalid(`A ${found} for a pull request must not be longer than ${LIMITS[found]} characters.`);
}

// sandbox/azure-api.ts
var AZURE_API = "/_apis/";
var OPERATIONS = [...pullRequestOperations, ...attributeOperations, ...commitOperations];
var UNAUTHORIZED = { status: 401, headers: { "www-authenticate": 'Basic realm="fabrikam"' } };
var SIGN_IN = {
  status: 203,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<!DOCTYPE html><html><head><title>Sign in to your account</title></head></html>"
};
var AzureApi = class {
  #options;
  #identities = new AzureIdentities();
  #queued = /* @__PURE__ */ new WeakMap();
  constructor(options) {
    this.#options = options;
  }
  /** Answers one request to the API, as Azure DevOps would. */
  async answer({ method, url, authorization, body = {}, message: { headers } }) {
    const { access, find, serverUrl } = this.#options;
    const holder = access.visitor(authorization);
    if (typeof holder !== "object") return headers["x-tfs-fedauthredirect"] === "Suppress" ? UNAUTHORIZED : SIGN_IN;
    const path = url.pathname.split("/").map(decodeURIComponent).join("/");
    const version = url.searchParams.get("api-version") ?? "";
    const isPreview = /\/_apis\/connectionData$/i.test(path);
    if (!(isPreview ? /^7\.0-preview/ : /^7\.0$/).test(version)) {
      return refusal(
        400,
        `The requested version "${version}" of the resource is not available.`,
        "VssVersionOutOfRangeException"
      );
    }
    if (isPreview) return this.#owner(holder);
    if (/\/_apis\/identities$/i.test(path)) return this.#search(holder, url);
    const [, project = "", name = "", below = ""] = /^\/(.+)\/_apis\/git\/repositories\/([^/]+)(.*)$/i.exec(path) ?? [];
    const repository = find(`${project}/_git/${name}`);
    const operation = OPERATIONS.find((one) => one.method === method && one.path.test(below));
    const refused = refusalOf(holder, repository, name, method);
    if (refused || !repository || !operation) return refused ?? notFound(name);
    if (typeof body !== "object" || body === null)
      return refusal(400, "The body is no object.", "VssPropertyValidationException");
    const queued = this.#queued.get(repository) ?? /* @__PURE__ */ new Set();
    this.#queued.set(repository, queued);
    const parts = (operation.path.exec(below) ?? []).slice(1);
    const call = { serverUrl, repository, identities: this.#identities, holder, url, queued };
    return operation.answer({ ...call, body }, ...parts);
  }
  #owner({ login }) {
    return { status: 200, body: { authenticatedUser: identityObject(this.#identities, { name: login }) } };
  }
  /** What the sandbox calls issues stands for the scope Identity (Read). */
  #search({ permissions }, url) {
    if (permissions.issues === "none") return UNAUTHORIZED;
    const found = this.#identities.search(this.#options.repositories(), url.searchParams.get("filterValue") ?? "");
    const value = found.map((one) => identityObject(this.#identities, one));
    return { status: 200, body: { count: value.length, value } };
  }
};
function refusalOf(holder, repository, name, method) {
  if (!repository || !holds(holder, repository)) return notFound(name);
  if (!may(holder, repository, [{ pull_requests: "read" }])) return UNAUTHORIZED;
  if (method === "GET" || may(holder, repository, [{ pull_requests: "write" }])) return void 0;
  return needs("PullRequestContribute", holder.login);
}
var notFound = (name) => refusal(
  404,
  `TF401019: The Git repository with name or identifier ${name} does not exist or you do not have permissions for the operation you are attempting.`,
  "GitRepositoryNotFoundException"
);

// sandbox/bitbucket-cloud-objects.ts
var import_node_crypto4 = require("node:crypto");
function uuidOf(name) {
  const digits = (0, import_node_crypto4.createHash)("sha256").update(name.toLowerCase()).digest("hex");
  return `{${[8, 4, 4, 4, 12].map((length, index) => digits.slice(index * 12, index * 12 + length)).join("-")}}`;
}
var accountIdOf = (name) => `557058:${uuidOf(name).slice(1, -1)}`;
function accountObject(serverUrl, name) {
  const uuid2 = uuidOf(name);
  return {
    type: "user",
    uuid: uuid2,
    account_id: accountIdOf(name),
    nickname: name,
    display_name: name,
    links: { html: { href: `${serverUrl}/${encodeURIComponent(uuid2)}/` } }
  };
}
function pullRequestObject2({ serverUrl, repository }, one, withReviewers) {
  const page2 = `${serverUrl}/${repository.fullName}/pull-requests/${one.number}`;
  const end = (branch, commit4, fork) => ({
    branch: { name: branch },
    commit: { type: "commit", hash: commit4.slice(0, 12), links: {} },
    repository: {
      type: "repository",
      full_name: fork ? `someone/${repository.name}` : repository.fullName,
      name: repository.name,
      uuid: uuidOf(fork ? "fork" : repository.fullName)
    }
  });
  return {
    type: "pullrequest",
    id: one.number,
    title: one.title,
    description: one.body ?? "",
    summary: { type: "rendered", raw: one.body ?? "", markup: "markdown", html: "" },
    state: one.mergedAt !== null ? "MERGED" : one.state === "open" ? "OPEN" : "DECLINED",
    draft: one.draft,
    merge_commit: one.mergeCommit === null ? null : { type: "commit", hash: one.mergeCommit.slice(0, 12) },
    close_source_branch: false,
    closed_by: null,
    author: accountObject(serverUrl, one.author),
    reason: "",
    created_on: one.createdAt,
    updated_on: one.updatedAt,
    source: end(one.head, one.headSha, one.fork),
    destination: end(one.base, one.baseSha, false),
    ...withReviewers && { reviewers: one.reviewers.map((name) => accountObject(serverUrl, name)), participants: [] },
    links: { html: { href: page2 } },
    comment_count: 0,
    task_count: 0
  };
}
function commitObject2({ serverUrl, repository }, commit4) {
  const { id, parents, message, author, committer } = commit4;
  return {
    type: "commit",
    hash: id,
    date: committer.date.replace(/Z$/, "+00:00"),
    message,
    author: personObject(author),
    committer: personObject(committer),
    parents: parents.map((hash) => ({ type: "commit", hash })),
    links: { html: { href: `${serverUrl}/${repository.fullName}/commits/${id}` } }
  };
}
var STATES = { success: "SUCCESSFUL", failure: "FAILED", pending: "INPROGRESS" };
function statusObject({ serverUrl, repository }, one) {
  const commit4 = `${serverUrl}/2.0/repositories/${repository.fullName}/commit/${one.commit}`;
  return {
    type: "build",
    key: one.context,
    name: one.context,
    state: STATES[one.state],
    description: one.description,
    url: one.url === "" ? serverUrl : one.url,
    refname: null,
    created_on: one.time.replace(/Z$/, "+00:00"),
    updated_on: one.time.replace(/Z$/, "+00:00"),
    links: {
      commit: { href: commit4 },
      self: { href: `${commit4}/statuses/build/${encodeURIComponent(one.context)}` }
    }
  };
}
var personObject = ({ name, email }) => ({ type: "author", raw: `${name} <${email}>` });

// sandbox/bitbucket-cloud-operation.ts
function refusal2(status, message, more = {}) {
  return { status, body: { type: "error", error: { message, ...more } } };
}
function wrongField(field, reason) {
  return refusal2(400, `${field}: ${reason}`, { fields: { [field]: [reason] } });
}
function pageOf2(url, all, asObject, { largest = 100, counted = true } = {}) {
  const [page2, pagelen] = [numberIn(url, "page", 1), numberIn(url, "pagelen", 10)];
  if (pagelen > largest) return refusal2(400, "Invalid pagelen");
  const values = all.slice((page2 - 1) * pagelen, page2 * pagelen).map(asObject);
  const next = new URL(url);
  next.searchParams.set("page", String(page2 + 1));
  const isLast = page2 * pagelen >= all.length;
  return {
    status: 200,
    body: { values, pagelen, page: page2, ...counted && { size: all.length }, ...!isLast && { next: next.href } }
  };
}
function numberIn({ searchParams }, name, otherwise) {
  return Number(searchParams.get(name) ?? otherwise);
}
function isTrue(query, valueOf2) {
  const tokens = [...query.matchAll(/\(|\)|\bAND\b|\bOR\b|([\w.]+)\s*=\s*"((?:[^"\\]|\\.)*)"|\S/g)];
  let at = 0;
  const is = (word) => tokens[at]?.[0] === word;
  const one = () => {
    const [whole, field, text5 = ""] = tokens[at] ?? [];
    at += 1;
    if (whole === "(") {
      const inner = any();
      if (!is(")")) return void 0;
      at += 1;
      return inner;
    }
    return field === void 0 ? void 0 : valueOf2(field) === text5.replace(/\\(.)/g, "$1");
  };
  const every = () => {
    let result2 = one();
    while (result2 !== void 0 && is("AND")) {
      at += 1;
      const next = one();
      result2 = next === void 0 ? void 0 : result2 && next;
    }
    return result2;
  };
  const any = () => {
    let result2 = every();
    while (result2 !== void 0 && is("OR")) {
      at += 1;
      const next = every();
      result2 = next === void 0 ? void 0 : result2 || next;
    }
    return result2;
  };
  const result = any();
  return at === tokens.length ? result : void 0;
}

// sandbox/revisions.ts
async function resolved2(repository, name) {
  const isWhole = /^(?:refs\/.+|[0-9a-f]{7,40})$/.test(name);
  const names = [`refs/heads/${name}`, `refs/tags/${name}`, ...isWhole ? [name] : []];
  for (const candidate of names) {
    const id = await repository.commitId(candidate).catch(() => void 0);
    if (id !== void 0) return id;
  }
  return void 0;
}
async function commitsAbove(repository, include, exclude) {
  const range = exclude === void 0 ? [include] : [include, `^${exclude}`];
  const ids = (await repository.text(["rev-list", "--topo-order", ...range])).split("\n").filter(Boolean);
  const known = await readCommits(repository, ids);
  return ids.flatMap((id) => known.get(id) ?? []);
}
async function commitsOf(repository, one) {
  return commitsAbove(repository, one.headSha, one.mergedAt === null ? `refs/heads/${one.base}` : one.baseSha);
}

// sandbox/bitbucket-cloud-pull-requests.ts
var LIMITS2 = { title: 255, description: 32768 };
var LARGEST_PAGE = 50;
var pullRequestOperations2 = [
  { method: "GET", path: /^\/pullrequests$/, answer: list2 },
  { method: "POST", path: /^\/pullrequests$/, answer: create2 },
  {
    method: "GET",
    path: /^\/pullrequests\/(\d+)$/,
    answer: (call, number) => withOne2(call, number, (one) => shown(call, one))
  },
  {
    method: "PUT",
    path: /^\/pullrequests\/(\d+)$/,
    answer: (call, number) => withOne2(call, number, (one) => update2(call, one))
  },
  {
    method: "POST",
    path: /^\/pullrequests\/(\d+)\/decline$/,
    answer: (call, number) => withOne2(call, number, (one) => decline(call, one))
  },
  {
    method: "GET",
    path: /^\/pullrequests\/(\d+)\/commits$/,
    answer: (call, number) => withOne2(call, number, (one) => commits(call, one))
  }
];
async function withOne2({ repository }, number, work) {
  const found = (await repository.pullRequests.all()).find((one) => one.number === Number(number));
  return found ? work(found) : refusal2(404, `Pull request ${number} not found`);
}
var shown = (call, one, status = 200) => ({
  status,
  body: pullRequestObject2(call, one, true)
});
async function list2(call) {
  const { repository, url } = call;
  const query = url.searchParams.get("q") ?? 'state = "OPEN"';
  const found = [];
  for (const one of await repository.pullRequests.all()) {
    const isAsked = isTrue(query, (field) => valueOf(one, field));
    if (isAsked === void 0) return refusal2(400, "Malformed query");
    if (isAsked) found.push(one);
  }
  const isLatest = url.searchParams.get("sort") === "-updated_on";
  const sorted = isLatest ? found.toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt) || other.number - one.number) : found;
  const withReviewers = url.searchParams.get("fields") === "+values.reviewers";
  return pageOf2(url, sorted, (one) => pullRequestObject2(call, one, withReviewers), { largest: LARGEST_PAGE });
}
function valueOf(one, field) {
  const values = {
    state: one.mergedAt !== null ? "MERGED" : one.state === "open" ? "OPEN" : "DECLINED",
    "source.branch.name": one.head,
    "destination.branch.name": one.base
  };
  return values[field];
}
async function create2(call) {
  const { repository, body, visitor } = call;
  const wrong = faults(body);
  if (wrong) return wrong;
  const head = branchIn2(body["source"]);
  const base = branchIn2(body["destination"]) || repository.defaultBranch;
  const title = textOf2(body["title"]);
  const [headSha, baseSha] = [await repository.tip(head), await repository.tip(base)];
  if (headSha === void 0) return wrongField("source", `branch not found: ${head}`);
  if (baseSha === void 0) return wrongField("destination", `branch not found: ${base}`);
  if (await repository.countAbove(baseSha, headSha) === 0) return refusal2(400, "There are no changes to be pulled");
  const reviewers = reviewersIn(call, visitor.login, body["reviewers"] ?? []);
  if (!Array.isArray(reviewers)) return reviewers;
  const opened = repository.pullRequests.open({
    title,
    body: typeof body["description"] === "string" ? body["description"] : null,
    head,
    headSha,
    base,
    baseSha,
    draft: repository.allowDrafts && body["draft"] === true,
    author: visitor.login,
    reviewers
  });
  if (opened) return shown(call, opened, 201);
  const all = await repository.pullRequests.all();
  const there = all.find((one) => one.state === "open" && one.head === head && one.base === base);
  return shown(call, await repository.pullRequests.update(there?.number ?? 0, { title }), 201);
}
async function update2(call, before) {
  const { repository, body } = call;
  if (before.state !== "open") return refusal2(400, "Can only update an open pull request.");
  const wrong = faults({ title: before.title, ...body });
  if (wrong) return wrong;
  const reviewers = body["reviewers"] === void 0 ? void 0 : reviewersIn(call, before.author, body["reviewers"]);
  if (reviewers !== void 0 && !Array.isArray(reviewers)) return reviewers;
  const changed = await repository.pullRequests.update(before.number, {
    ...body["title"] !== void 0 && { title: textOf2(body["title"]) },
    ...body["description"] !== void 0 && { body: textOf2(body["description"]) },
    ...body["draft"] !== void 0 && { draft: repository.allowDrafts && body["draft"] === true },
    ...reviewers && { reviewers }
  });
  return shown(call, changed);
}
async function decline(call, { number, state }) {
  if (state !== "open") return wrongField("newstatus", "This pull request is already closed.");
  return shown(call, await call.repository.pullRequests.close(number));
}
async function commits(call, one) {
  const found = await commitsOf(call.repository, one);
  return pageOf2(call.url, found, (commit4) => commitObject2(call, commit4), { counted: false });
}
function reviewersIn({ repository }, author, asked) {
  const names = [];
  for (const one of Array.isArray(asked) ? asked : [{}]) {
    if (isOf(author, one)) {
      return wrongField("reviewers", `${author} is the author and cannot be included as a reviewer.`);
    }
    const name = [...repository.collaborators].find((known) => isOf(known, one));
    if (name === void 0) return wrongField("reviewers", "Malformed reviewers list");
    names.push(name);
  }
  return [...new Set(names)];
}
var isOf = (name, asked) => asked["uuid"] === uuidOf(name) || asked["account_id"] === accountIdOf(name);
function faults(body) {
  if (typeof body["title"] !== "string" || body["title"] === "")
    return wrongField("title", "required key not provided");
  for (const [field, most] of Object.entries(LIMITS2)) {
    const { length } = textOf2(body[field]);
    if (length > most) return wrongField(field, `Ensure this value has at most ${most} characters (it has ${length}).`);
  }
  return void 0;
}
function branchIn2(end) {
  const { branch } = end ?? {};
  return typeof branch?.name === "string" ? branch.name : "";
}
var textOf2 = (value) => typeof value === "string" ? value : "";

// sandbox/bitbucket-cloud-api.ts
var BITBUCKET_CLOUD_API = "/2.0/";
var OPERATIONS2 = [
  ...pullRequestOperations2,
  {
    method: "GET",
    path: /^$/,
    answer: ({ repository: { fullName, name, visibility } }) => Promise.resolve({
      status: 200,
      body: { type: "repository", full_name: fullName, name, is_private: visibility !== "public" }
    })
  },
  { method: "GET", path: /^\/effective-default-reviewers$/, answer: defaultReviewers },
  { method: "GET", path: /^\/commits$/, answer: commits2 },
  { method: "GET", path: /^\/commit\/([0-9a-f]+)$/, answer: commit },
  { method: "GET", path: /^\/commit\/([0-9a-f]{40})\/statuses$/, answer: statuses2 },
  { method: "GET", path: /^\/refs\/tags\/(.+)$/, answer: tag }
];
var UNAUTHORIZED2 = refusal2(401, "Token is invalid, expired, or not supported for this endpoint.");
var FORBIDDEN = refusal2(403, "Your credentials lack one or more required privilege scopes.", {
  detail: { required: ["pullrequest:write"], granted: [] }
});
var BitbucketCloudApi = class {
  #options;
  constructor(options) {
    this.#options = options;
  }
  /** Answers one request to the API, as Bitbucket Cloud would. */
  async answer({ method, url, authorization, body = {} }) {
    const { access, find, serverUrl } = this.#options;
    const visitor = access.visitor(authorization);
    if (typeof visitor !== "object" || !isShownRightly(authorization ?? "")) return UNAUTHORIZED2;
    const [, workspace] = /^\/2\.0\/workspaces\/([^/]+)\/members$/.exec(url.pathname) ?? [];
    if (workspace !== void 0) return this.#members(visitor, workspace, url);
    const [, owner = "", slug = "", path = ""] = /^\/2\.0\/repositories\/([^/]+)\/([^/]+)(.*)$/.exec(url.pathname) ?? [];
    const repository = find(`${decodeURIComponent(owner)}/${decodeURIComponent(slug)}`);
    const operation = OPERATIONS2.find((one) => one.method === method && one.path.test(path));
    if (!repository || !mayRead(visitor, repository)) return notFound2(path, `${owner}/${slug}`);
    if (!operation) return refusal2(404, "Resource not found");
    if (!mayDo(visitor, repository, method)) return FORBIDDEN;
    const parts = (operation.path.exec(path) ?? []).slice(1).map((part) => decodeURIComponent(part));
    const call = { serverUrl, repository, visitor, url, body };
    return operation.answer(call, ...parts);
  }
  /** The token of a repository may not read them. */
  #members(visitor, workspace, url) {
    if (visitor.repositories !== void 0) return FORBIDDEN;
    const { repositories, serverUrl } = this.#options;
    const own = repositories().filter(({ owner }) => owner === workspace);
    const names = [...new Set(own.flatMap(({ collaborators }) => [...collaborators]))];
    const query = url.searchParams.get("q") ?? "";
    const found = names.filter((name) => isTrue(query, (field) => field === "user.nickname" ? name : void 0));
    return pageOf2(url, found, (name) => ({ type: "workspace_membership", user: accountObject(serverUrl, name) }));
  }
};
function isShownRightly(authorization) {
  const [scheme = "", value = ""] = authorization.split(" ");
  if (!credentialsOf(authorization).startsWith("ATATT")) return scheme === "Bearer";
  return scheme === "Basic" && /^[^:]+@[^:]+:/.test(Buffer.from(value, "base64").toString());
}
function mayDo(visitor, repository, method) {
  return holds(visitor, repository) && may(visitor, repository, [{ pull_requests: method === "GET" ? "read" : "write" }]);
}
function notFound2(path, name) {
  if (path !== "/commits") return refusal2(404, `Repository ${name} not found`);
  const headers = { "content-type": "text/html; charset=utf-8" };
  return { status: 404, headers, body: "<!DOCTYPE html><title>Not found</title>", foreign: true };
}
function defaultReviewers({ serverUrl, repository, url }) {
  return pageOf2(url, repository.defaultReviewers, (name) => ({
    type: "default_reviewer_and_type",
    reviewer_type: "repository",
    user: accountObject(serverUrl, name)
  }));
}
async function commit(call, id) {
  const whole = await resolved2(call.repository, id);
  const found = whole === void 0 ? void 0 : (await readCommits(call.repository, [whole])).get(whole);
  return found ? { status: 200, body: commitObject2(call, found) } : refusal2(404, `Commit not found: ${id}`);
}
async function statuses2(call, id) {
  const { repository, url } = call;
  if (await resolved2(repository, id) === void 0) return refusal2(404, `Commit not found: ${id}`);
  return pageOf2(url, repository.statuses.latestOf(id), (one) => statusObject(call, one));
}
async function tag(call, name) {
  const id = await call.repository.commitId(`refs/tags/${name}`).catch(() => void 0);
  const found = id === void 0 ? void 0 : (await readCommits(call.repository, [id])).get(id);
  return found ? { status: 200, body: { type: "tag", name, target: commitObject2(call, found) } } : refusal2(404, `Tag "${name}" does not exist`);
}
async function commits2(call) {
  const { repository, url } = call;
  const [include, exclude] = [
    url.searchParams.get("include") ?? repository.defaultBranch,
    url.searchParams.get("exclude")
  ];
  const [one, other] = [
    await resolved2(repository, include),
    exclude === null ? void 0 : await resolved2(repository, exclude)
  ];
  if (one === void 0 || exclude !== null && other === void 0) return refusal2(404, "Commit not found");
  const found = await commitsAbove(repository, one, other);
  return pageOf2(url, found, (each) => commitObject2(call, each), { counted: false });
}

// sandbox/bitbucket-data-center-objects.ts
function userObject(name) {
  return {
    name,
    slug: name.toLowerCase(),
    displayName: name,
    emailAddress: `${name}@example.com`,
    active: true,
    type: "NORMAL"
  };
}
var PullRequestObjects = class {
  #serverUrl;
  #seen = /* @__PURE__ */ new Map();
  constructor(serverUrl) {
    this.#serverUrl = serverUrl;
  }
  versionOf({ repository, number, ...one }) {
    const key = `${repository} ${number}`;
    const { title, body, state, draft, reviewers, headSha, mergedAt, autoMerge } = one;
    const now = JSON.stringify([title, body, state, draft, reviewers, headSha, mergedAt, autoMerge]);
    const before = this.#seen.get(key);
    const version = before === void 0 ? 0 : before.state === now ? before.version : before.version + 1;
    this.#seen.set(key, { version, state: now });
    return version;
  }
  objectOf(repository, one) {
    const { number, title, body, head, headSha, base, baseSha, reviewers, author, fork } = one;
    const place = { slug: repository.name, name: repository.name, project: { key: repository.owner, type: "NORMAL" } };
    const ref = (branch, latestCommit, id) => ({
      id: `refs/heads/${branch}`,
      displayId: branch,
      latestCommit,
      type: "BRANCH",
      repository: { id, ...place }
    });
    const participant = (name, role) => ({
      user: userObject(name),
      role,
      approved: false,
      status: "UNAPPROVED"
    });
    const isMerged = one.mergedAt !== null;
    return {
      id: number,
      version: this.versionOf(one),
      title,
      ...body !== null && body !== "" && { description: body },
      state: isMerged ? "MERGED" : one.state === "open" ? "OPEN" : "DECLINED",
      open: one.state === "open",
      closed: one.state !== "open",
      draft: one.draft,
      createdDate: Date.parse(one.createdAt),
      updatedDate: Date.parse(one.updatedAt),
      ...one.closedAt !== null && { closedDate: Date.parse(one.closedAt) },
      fromRef: ref(head, headSha, fork ? 999 : repository.id),
      toRef: ref(base, baseSha, repository.id),
      locked: false,
      author: participant(author, "AUTHOR"),
      reviewers: reviewers.map((name) => participant(name, "REVIEWER")),
      participants: [],
      ...one.mergeCommit !== null && {
        properties: { mergeCommit: { id: one.mergeCommit, displayId: one.mergeCommit.slice(0, 11) } }
      },
      links: {
        self: [
          { href: `${this.#serverUrl}/projects/${repository.owner}/repos/${repository.name}/pull-requests/${number}` }
        ]
      }
    };
  }
};
var STATES2 = { success: "SUCCESSFUL", failure: "FAILED", pending: "INPROGRESS" };
var buildStatusObject = ({ context, state, description, url, time }) => ({
  key: context,
  name: context,
  state: STATES2[state],
  ...description !== "" && { description },
  url,
  createdDate: Date.parse(time),
  updatedDate: Date.parse(time)
});
function commitObject3({ id, parents, message, author, committer }) {
  return {
    id,
    displayId: id.slice(0, 11),
    author: personObject2(author),
    authorTimestamp: Date.parse(author.date),
    committer: personObject2(committer),
    committerTimestamp: Date.parse(committer.date),
    message: message.trimEnd(),
    parents: parents.map((parent) => ({ id: parent, displayId: parent.slice(0, 11) }))
  };
}
var personObject2 = ({ name, email }) => ({ name, emailAddress: email });

// sandbox/bitbucket-data-center-operation.ts
function refusal3(status, exception, message, more = {}) {
  const exceptionName = `com.atlassian.bitbucket.${exception}`;
  return { status, body: { errors: [{ context: null, message, exceptionName, ...more }] } };
}
function pageOf3({ searchParams }, all, asObject) {
  const [start, limit] = [Number(searchParams.get("start") ?? 0), Number(searchParams.get("limit") ?? 25)];
  const values = all.slice(start, start + limit).map(asObject);
  const isLastPage = start + limit >= all.length;
  const nextPageStart = isLastPage ? null : start + limit;
  return { status: 200, body: { size: values.length, limit, isLastPage, values, start, nextPageStart } };
}

// sandbox/bitbucket-data-center-pull-requests.ts
var LIMITS3 = { title: 255, description: 32768 };
var STRATEGIES2 = {
  "no-ff": "merge",
  squash: "squash",
  "rebase-ff-only": "rebase"
};
var ofOne = (method, path, work) => ({ method, path, answer: (call, number = "") => withOne3(call, number, work) });
var pullRequestOperations3 = [
  { method: "GET", path: /^\/pull-requests$/, answer: list3 },
  { method: "POST", path: /^\/pull-requests$/, answer: create3 },
  ofOne("GET", /^\/pull-requests\/(\d+)$/, shown2),
  ofOne("PUT", /^\/pull-requests\/(\d+)$/, update3),
  ofOne("POST", /^\/pull-requests\/(\d+)\/decline$/, decline2),
  ofOne("POST", /^\/pull-requests\/(\d+)\/merge$/, merge),
  ofOne(
    "GET",
    /^\/pull-requests\/(\d+)\/commits$/,
    async ({ repository, url }, one) => pageOf3(url, await commitsOf(repository, one), commitObject3)
  )
];
async function withOne3(call, number, work) {
  const { repository } = call;
  const found = (await repository.pullRequests.all()).find((one) => one.number === Number(number));
  const { owner, name } = repository;
  return found ? work(call, found) : refusal3(
    404,
    "pull.NoSuchPullRequestException",
    `No pull request exists with ID ${number} for repository ${owner}/${name}.`
  );
}
function shown2({ objects, repository }, one) {
  return { status: 200, body: objects.objectOf(repository, one) };
}
async function list3({ repository, objects, url }) {
  const { searchParams } = url;
  const [state, at] = [searchParams.get("state") ?? "OPEN", searchParams.get("at")];
  const isOutgoing = searchParams.get("direction") === "OUTGOING";
  const stateOf3 = (one) => one.mergedAt !== null ? "MERGED" : one.state === "open" ? "OPEN" : "DECLINED";
  const isAsked = (one) => (state === "ALL" || state === stateOf3(one)) && // One from a fork does not go out from here.
  (!isOutgoing || !one.fork) && (at === null || at === `refs/heads/${isOutgoing ? one.head : one.base}`);
  const found = (await repository.pullRequests.all()).filter(isAsked).toReversed();
  return pageOf3(url, found, (one) => objects.objectOf(repository, one));
}
async function create3(call) {
  const { repository, objects, body, visitor } = call;
  const wrong = faults2(body);
  if (wrong) return wrong;
  const [head, base] = [branchIn3(body["fromRef"]), branchIn3(body["toRef"])];
  const [headSha, baseSha] = [await repository.tip(head), await repository.tip(base)];
  const missing = headSha === void 0 ? head : base;
  if (headSha === void 0 || baseSha === void 0) {
    const { owner, name } = repository;
    const message = `Repository "${name}" of project with key "${owner}" has no branch "${missing}"`;
    return refusal3(404, "repository.NoSuchBranchException", message);
  }
  if (await repository.countAbove(baseSha, headSha) === 0) {
    return refusal3(
      409,
      "pull.EmptyPullRequestException",
      `Branch "${base}" is already up-to-date with branch "${head}"`
    );
  }
  const reviewers = reviewersIn2(call);
  if (!Array.isArray(reviewers)) return reviewers;
  const opened = repository.pullRequests.open({
    title: textOf3(body["title"]),
    body: typeof body["description"] === "string" ? body["description"] : null,
    head,
    headSha,
    base,
    baseSha,
    draft: repository.allowDrafts && body["draft"] === true,
    author: visitor.login,
    reviewers
  });
  if (opened) return { status: 201, body: objects.objectOf(repository, opened) };
  const all = await repository.pullRequests.all();
  const there = all.find((one) => one.state === "open" && one.head === head && one.base === base);
  return refusal3(
    409,
    "pull.DuplicatePullRequestException",
    "Only one pull request may be open for a given source and target branch",
    {
      existingPullRequest: there && objects.objectOf(repository, there)
    }
  );
}
async function update3(call, before) {
  const { repository, body } = call;
  const outdated = faults2(body) ?? isOutdated(call, before, body["version"]);
  if (outdated) return outdated;
  if (before.state !== "open") return notOpen();
  const reviewers = reviewersIn2(call);
  if (!Array.isArray(reviewers)) return reviewers;
  const changed = await repository.pullRequests.update(before.number, {
    title: textOf3(body["title"]),
    body: textOf3(body["description"]),
    draft: body["draft"] === void 0 ? before.draft : repository.allowDrafts && body["draft"] === true,
    reviewers
  });
  return shown2(call, changed);
}
async function decline2(call, one) {
  const { repository, url } = call;
  const outdated = isOutdated(call, one, Number(url.searchParams.get("version") ?? -1));
  if (outdated) return outdated;
  return one.state === "open" ? shown2(call, await repository.pullRequests.close(one.number)) : notOpen();
}
async function merge(call, one) {
  const { repository, body, url } = call;
  const { number, title, base, head, draft, state } = one;
  const outdated = isOutdated(call, one, Number(url.searchParams.get("version") ?? -1));
  if (outdated) return outdated;
  if (state !== "open") return notOpen();
  const method = STRATEGIES2[textOf3(body["strategyId"]) || "no-ff"];
  if (method === void 0 || !repository.mergeMethods.has(method)) {
    return vetoed(`The merge strategy '${textOf3(body["strategyId"])}' is not enabled for this repository.`);
  }
  const isAuto = body["autoMerge"] === true;
  if (isAuto && !repository.allowAutoMerge) {
    return refusal3(403, "pull.AutoMergeDisabledException", "Auto-merge is not enabled for this repository.");
  }
  if (draft || repository.waitsForChecks(base)) {
    if (!isAuto) return vetoed("Merging the pull request has been vetoed.");
    return shown2(call, await repository.pullRequests.update(number, { autoMerge: { method } }));
  }
  const { owner, name } = repository;
  const merged2 = await repository.pullRequests.merge(number, method, {
    title: `Pull request #${number}: ${title}`,
    text: `Merge in ${owner}/${name} from ${head} to ${base}`
  }).catch(() => void 0);
  return merged2 ? shown2(call, merged2) : vetoed("The pull request has conflicts and cannot be merged.");
}
var vetoed = (message) => refusal3(409, "pull.PullRequestMergeVetoedException", message);
var notOpen = () => refusal3(409, "pull.IllegalPullRequestStateException", "This pull request is not open.");
function isOutdated({ objects }, one, version) {
  if (typeof version !== "number")
    return refusal3(400, "validation.ArgumentValidationException", "A version is required.");
  const currentVersion = objects.versionOf(one);
  if (version === currentVersion) return void 0;
  const message = "You are attempting to modify a pull request based on out-of-date information.";
  return refusal3(409, "pull.PullRequestOutOfDateException", message, { currentVersion, expectedVersion: version });
}
function reviewersIn2({ repository, body }) {
  const asked = Array.isArray(body["reviewers"]) ? body["reviewers"] : [];
  const names = asked.map(({ user: user2 }) => textOf3(user2?.name));
  const known = new Map([...repository.collaborators].map((name) => [name.toLowerCase(), name]));
  const wrong = names.filter((name) => !known.has(name.toLowerCase()));
  if (wrong.length === 0) return [...new Set(names.map((name) => known.get(name.toLowerCase()) ?? name))];
  const message = "Errors encountered while adding some reviewers to this pull request.";
  return refusal3(409, "pull.InvalidPullRequestReviewersException", message, {
    context: "reviewers",
    reviewerErrors: wrong.map((name) => ({ context: name, message: `${name} is not a user.`, exceptionName: null })),
    validReviewers: []
  });
}
function faults2(body) {
  if (typeof body["title"] !== "string" || body["title"] === "") {
    return refusal3(400, "validation.ArgumentValidationException", "A title is required.", { context: "title" });
  }
  for (const [context, most] of Object.entries(LIMITS3)) {
    if (textOf3(body[context]).length <= most) continue;
    const message = `The ${context} is too long: it may have at most ${most} characters.`;
    return refusal3(400, "validation.ArgumentValidationException", message, { context });
  }
  return void 0;
}
function branchIn3(ref) {
  const { id } = ref ?? {};
  return typeof id === "string" ? id.replace(/^refs\/heads\//, "") : "";
}
var textOf3 = (value) => typeof value === "string" ? value : "";

// sandbox/bitbucket-data-center-api.ts
var BITBUCKET_DATA_CENTER_API = "/rest/";
var OPERATIONS3 = [
  ...pullRequestOperations3,
  { method: "GET", path: /^$/, answer: ({ repository }) => ({ status: 200, body: repositoryObject2(repository) }) },
  { method: "GET", path: /^\/commits$/, answer: commits3 },
  { method: "GET", path: /^\/compare\/commits$/, answer: comparison }
];
var UNAUTHORIZED3 = refusal3(
  401,
  "auth.IncorrectPasswordAuthenticationException",
  "Authentication failed. Please check your credentials and try again."
);
var NOT_PERMITTED = refusal3(401, "AuthorisationException", "You are not permitted to access this resource");
var BitbucketDataCenterApi = class {
  #options;
  #objects;
  constructor(options) {
    this.#options = options;
    this.#objects = new PullRequestObjects(options.serverUrl);
  }
  /** Answers one request to the API, as Bitbucket Data Center would. */
  async answer({ method, url, authorization, body = {} }) {
    const { access, find } = this.#options;
    const visitor = access.visitor(authorization);
    if (typeof visitor !== "object") return UNAUTHORIZED3;
    const [, commit4] = /^\/rest\/build-status\/latest\/commits\/([0-9a-f]{40})$/.exec(url.pathname) ?? [];
    if (commit4 !== void 0) return this.#buildStatuses(url, commit4);
    const [, room = "", key = "", slug = "", path = ""] = /^\/rest\/(api|default-reviewers)\/(?:latest|1\.0)\/projects\/([^/]+)\/repos\/([^/]+)(.*)$/.exec(url.pathname) ?? [];
    const repository = find(`${decodeURIComponent(key)}/${decodeURIComponent(slug)}`);
    if (!repository || !mayRead(visitor, repository)) {
      return refusal3(404, "repository.NoSuchRepositoryException", `Repository ${key}/${slug} does not exist.`);
    }
    const isAllowed = holds(visitor, repository) && may(visitor, repository, [{ pull_requests: method === "GET" ? "read" : "write" }]);
    if (!isAllowed) return NOT_PERMITTED;
    if (room === "default-reviewers") return { status: 200, body: repository.defaultReviewers.map(userObject) };
    const operation = OPERATIONS3.find((one) => one.method === method && one.path.test(path));
    if (!operation) return refusal3(404, "NoSuchEntityException", "There is no such resource.");
    const parts = (operation.path.exec(path) ?? []).slice(1);
    const call = { repository, objects: this.#objects, visitor, url, body };
    return operation.answer(call, ...parts);
  }
  #buildStatuses(url, commit4) {
    const found = this.#options.repositories().flatMap(({ statuses: statuses6 }) => statuses6.latestOf(commit4));
    return pageOf3(url, found, buildStatusObject);
  }
};
var repositoryObject2 = ({ id, name, owner, visibility }) => ({
  id,
  slug: name,
  name,
  project: { key: owner, type: "NORMAL", public: false },
  public: visibility === "public",
  state: "AVAILABLE"
});
async function commits3(call) {
  const { repository, url } = call;
  const until = url.searchParams.get("until") ?? repository.defaultBranch;
  const id = await resolved2(repository, until);
  return id === void 0 ? noCommit(call, until) : pageOf3(url, await commitsAbove(repository, id, void 0), commitObject3);
}
async function comparison(call) {
  const { repository, url } = call;
  const [from, to] = ["from", "to"].map((name) => url.searchParams.get(name) ?? repository.defaultBranch);
  const [one, other] = [await resolved2(repository, from), await resolved2(repository, to)];
  if (one === void 0 || other === void 0) return noCommit(call, one === void 0 ? from : to);
  return pageOf3(url, await commitsAbove(repository, one, other), commitObject3);
}
function noCommit({ repository: { name } }, revision) {
  return refusal3(404, "commit.NoSuchCommitException", `Commit '${revision}' does not exist in repository '${name}'.`);
}

// sandbox/github-repository.ts
var REPOSITORY_URLS = {
  archive: "/{archive_format}{/ref}",
  assignees: "/assignees{/user}",
  blobs: "/git/blobs{/sha}",
  branches: "/branches{/branch}",
  collaborators: "/collaborators{/collaborator}",
  comments: "/comments{/number}",
  commits: "/commits{/sha}",
  compare: "/compare/{base}...{head}",
  contents: "/contents/{+path}",
  contributors: "/contributors",
  deployments: "/deployments",
  downloads: "/downloads",
  events: "/events",
  forks: "/forks",
  git_commits: "/git/commits{/sha}",
  git_refs: "/git/refs{/sha}",
  git_tags: "/git/tags{/sha}",
  hooks: "/hooks",
  issue_comment: "/issues/comments{/number}",
  issue_events: "/issues/events{/number}",
  issues: "/issues{/number}",
  keys: "/keys{/key_id}",
  labels: "/labels{/name}",
  languages: "/languages",
  merges: "/merges",
  milestones: "/milestones{/number}",
  notifications: "/notifications{?since,all,participating}",
  pulls: "/pulls{/number}",
  releases: "/releases{/id}",
  stargazers: "/stargazers",
  statuses: "/statuses/{sha}",
  subscribers: "/subscribers",
  subscription: "/subscription",
  tags: "/tags",
  teams: "/teams",
  trees: "/git/trees{/sha}"
};
var USER_URLS = {
  events: "/events{/privacy}",
  followers: "/followers",
  following: "/following{/other_user}",
  gists: "/gists{/gist_id}",
  organizations: "/orgs",
  received_events: "/received_events",
  repos: "/repos",
  starred: "/starred{/owner}{/repo}",
  subscriptions: "/subscriptions"
};
function fullRepositoryObject(addresses, repository, visitor) {
  const counts = { network_count: 0, subscribers_count: 0 };
  const push = mayPush(visitor, repository);
  const permissions = { admin: false, maintain: false, push, triage: push, pull: true };
  return {
    ...repositoryObject3(addresses, repository),
    has_discussions: false,
    ...counts,
    ...holds(visitor, repository) && { permissions },
    ...push && {
      allow_merge_commit: repository.mergeMethods.has("merge"),
      allow_squash_merge: repository.mergeMethods.has("squash"),
      allow_rebase_merge: repository.mergeMethods.has("rebase"),
      allow_auto_merge: repository.allowAutoMerge
    }
  };
}
function repositoryObject3(addresses, repository) {
  const { id, owner, name, fullName, visibility, defaultBranch, createdAt } = repository;
  const url = repositoryUrl(addresses, repository);
  const html = `${addresses.serverUrl}/${fullName}`;
  const { host } = new URL(addresses.serverUrl);
  return {
    id,
    node_id: nodeId("Repository", id),
    name,
    full_name: fullName,
    owner: userObject2(addresses, owner, "Organization"),
    private: visibility === "private",
    visibility,
    url,
    html_url: html,
    ...suffixed(REPOSITORY_URLS, url),
    clone_url: `${html}.git`,
    git_url: `git://${host}/${fullName}.git`,
    ssh_url: `git@${host}:${fullName}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    description: null,
    default_branch: defaultBranch,
    language: null,
    license: null,
    fork: false,
    archived: false,
    disabled: false,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    size: 0,
    forks: 0,
    forks_count: 0,
    open_issues: 0,
    open_issues_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    created_at: createdAt,
    updated_at: createdAt,
    pushed_at: createdAt
  };
}
function userObject2({ serverUrl, apiUrl }, login, type = login.endsWith("[bot]") ? "Bot" : "User") {
  const url = `${apiUrl}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id: type === "Bot" ? 41898282 : 1,
    node_id: nodeId(type, login),
    avatar_url: `${serverUrl}/avatars/${encodeURIComponent(login)}`,
    gravatar_id: "",
    url,
    html_url: `${serverUrl}/${encodeURIComponent(login)}`,
    ...suffixed(USER_URLS, url),
    type,
    site_admin: false
  };
}
function repositoryUrl({ apiUrl }, { fullName }) {
  return `${apiUrl}/repos/${fullName}`;
}
function suffixed(urls, root = "") {
  return Object.fromEntries(Object.entries(urls).map(([name, url]) => [`${name}_url`, `${root}${url}`]));
}
function nodeId(type, id) {
  return Buffer.from(`${type}:${id}`).toString("base64url");
}

// sandbox/github-commit.ts
function gitCommitObject(addresses, repository, commit4) {
  const { id, author, committer, message } = commit4;
  const database = `${repositoryUrl(addresses, repository)}/git`;
  return {
    sha: id,
    node_id: nodeId("Commit", id),
    url: `${database}/commits/${id}`,
    html_url: htmlUrl(addresses, repository, id),
    author,
    committer,
    message,
    tree: { sha: commit4.tree, url: `${database}/trees/${commit4.tree}` },
    parents: parentObjects(addresses, repository, commit4, `${database}/commits`),
    verification: verificationObject(commit4)
  };
}
function commitObject4(addresses, repository, commit4) {
  const { id, author, committer, message } = commit4;
  const api = repositoryUrl(addresses, repository);
  const url = `${api}/commits/${id}`;
  return {
    sha: id,
    node_id: nodeId("Commit", id),
    url,
    html_url: htmlUrl(addresses, repository, id),
    comments_url: `${url}/comments`,
    commit: {
      url: `${api}/git/commits/${id}`,
      author,
      committer,
      message,
      comment_count: 0,
      tree: { sha: commit4.tree, url: `${api}/git/trees/${commit4.tree}` },
      verification: verificationObject(commit4)
    },
    author: null,
    committer: null,
    parents: parentObjects(addresses, repository, commit4, `${api}/commits`)
  };
}
function parentObjects(addresses, repository, { parents }, url) {
  return parents.map((sha) => ({ sha, url: `${url}/${sha}`, html_url: htmlUrl(addresses, repository, sha) }));
}
function verificationObject({ signature: signature2, payload, committer }) {
  if (signature2 === void 0) {
    return { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };
  }
  const verified = isGood(signature2);
  const reason = verified ? "valid" : "unknown_key";
  return { verified, reason, signature: signature2, payload, verified_at: verified ? committer.date : null };
}
function htmlUrl({ serverUrl }, { fullName }, id) {
  return `${serverUrl}/${fullName}/commit/${id}`;
}

// sandbox/github-operation.ts
var DOCUMENTATION = "https://docs.github.com/rest";
function problem(status, message, headers = {}) {
  return { status, headers, body: { message, documentation_url: DOCUMENTATION, status: String(status) } };
}
function invalid2(errors, page2 = "") {
  const documentation = `${DOCUMENTATION}/${page2}`;
  const body = { message: "Validation Failed", errors, documentation_url: documentation, status: "422" };
  return { status: 422, body };
}
async function pullRequestOf({ repository }, number) {
  return (await repository.pullRequests.all()).find((one) => one.number === Number(number));
}
function loginOf({ visitor }) {
  return typeof visitor === "object" ? visitor.login : "";
}
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function textOrNull(value) {
  return typeof value === "string" ? value : null;
}
function texts(value) {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

// sandbox/github-comparison.ts
var MOST = 250;
var comparisonOperations = [
  { method: "GET", path: /^\/compare\/(.+)$/, needs: [{ contents: "read" }], answer: compare2 }
];
async function compare2({ addresses, repository, url }, basehead) {
  const [, base = "", head = ""] = /^(.+?)\.\.\.(.+)$/.exec(basehead) ?? [];
  const [baseId, headId] = [await resolved3(repository, base), await resolved3(repository, head)];
  if (baseId === void 0 || headId === void 0) return problem(404, "Not Found");
  const mergeBase2 = (await repository.text(["merge-base", baseId, headId], { answers: [0, 1] })).trim();
  if (mergeBase2 === "") return problem(404, `No common ancestor between ${base} and ${head}.`);
  const ahead = await commitsBetween(repository, baseId, headId);
  const behind = (await commitsBetween(repository, headId, baseId)).length;
  const told = page(ahead, url);
  const commits6 = await readCommits(repository, [...told, baseId, mergeBase2]);
  const described2 = (id) => commitObject4(addresses, repository, commits6.get(id));
  const html = `${addresses.serverUrl}/${repository.fullName}/compare/${basehead}`;
  const permalink = `${repository.owner}:${baseId.slice(0, 7)}...${repository.owner}:${headId.slice(0, 7)}`;
  const body = {
    url: `${repositoryUrl(addresses, repository)}/compare/${basehead}`,
    html_url: html,
    permalink_url: `${addresses.serverUrl}/${repository.fullName}/compare/${permalink}`,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: described2(baseId),
    merge_base_commit: described2(mergeBase2),
    status: statusOf2(ahead.length, behind),
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits: told.map(described2),
    files: []
  };
  return { status: 200, body };
}
async function resolved3(repository, name) {
  const names = [`refs/heads/${name}`, `refs/tags/${name}`, .../^[0-9a-f]{4,40}$/.test(name) ? [name] : []];
  const found = await repository.objects(names.map((candidate) => `${candidate}^{commit}`));
  return found.find((object) => object !== void 0)?.id;
}
async function commitsBetween(repository, base, head) {
  const list7 = await repository.text(["rev-list", "--reverse", "--topo-order", `${base}..${head}`]);
  return list7.split("\n").filter(Boolean);
}
function page(commits6, url) {
  const { page: number, per_page: size } = Object.fromEntries(url.searchParams);
  if (number === void 0 && size === void 0) return commits6.slice(-MOST);
  const [first, length] = [Number(number ?? 1) - 1, Math.min(Number(size ?? MOST), 100)];
  return commits6.slice(first * length, (first + 1) * length);
}
function statusOf2(ahead, behind) {
  if (ahead > 0) return behind > 0 ? "diverged" : "ahead";
  return behind > 0 ? "behind" : "identical";
}

// sandbox/gitea-objects.ts
var user = (login) => ({ id: 1, login, full_name: "" });
var DRAFT = /^\s*(?:WIP:|\[WIP\])/i;
var isDraft = (title) => DRAFT.test(title);
async function pullObject({ serverUrl, repository, state }, pullRequest) {
  const { number, title, body, head, headSha, fork, base, baseSha, mergedAt, mergeCommit, milestone: milestone2 } = pullRequest;
  const url = `${serverUrl}/${repository.fullName}/pulls/${number}`;
  const labels2 = pullRequest.labels.toSorted().map(
    (name) => labelObject2(
      state.labels.find((one) => one.name === name),
      name
    )
  );
  const named = repository.milestones.find((one) => one.number === milestone2);
  const tip = fork ? headSha : await repository.tip(head);
  return {
    id: repository.id * 1e3 + number,
    number,
    url,
    html_url: url,
    user: user(pullRequest.author),
    title,
    body: body ?? "",
    state: pullRequest.state,
    draft: isDraft(title),
    merged: mergedAt !== null,
    merged_at: mergedAt,
    merge_commit_sha: mergeCommit,
    closed_at: pullRequest.closedAt,
    labels: labels2,
    milestone: named ? { id: named.number, title: named.title, state: named.state } : null,
    assignees: pullRequest.assignees.map(user),
    requested_reviewers: pullRequest.reviewers.map(user),
    requested_reviewers_teams: pullRequest.teamReviewers.map((name) => ({ id: 1, name })),
    base: { label: base, ref: base, sha: baseSha, repo_id: repository.id },
    head: {
      label: head,
      ref: tip === void 0 ? `refs/pull/${number}/head` : head,
      sha: tip ?? headSha,
      repo_id: fork ? repository.id + 1e3 : repository.id
    }
  };
}
var labelObject2 = (known, name) => ({
  id: known?.id ?? 0,
  name,
  color: "ededed"
});
function commitObject5({ serverUrl, repository }, commit4) {
  const { id, author, committer, message, signature: signature2, payload, parents } = commit4;
  return {
    sha: id,
    html_url: `${serverUrl}/${repository.fullName}/commit/${id}`,
    author: null,
    committer: null,
    parents: parents.map((sha) => ({ sha })),
    commit: {
      message,
      author,
      committer,
      tree: { sha: id },
      verification: {
        verified: isGood(signature2),
        reason: signature2 === void 0 ? "gpg.error.not_signed_commit" : "",
        signature: signature2 ?? "",
        payload: signature2 === void 0 ? "" : payload
      }
    }
  };
}

// sandbox/gitea-operation.ts
function problem2(status, message) {
  return { status, body: { message, url: "https://gitea.com/api/swagger", errors: null } };
}
var done = (status) => ({ status, body: Buffer.alloc(0) });
async function withPullRequest({ repository }, number, answer) {
  const found = (await repository.pullRequests.all()).find((one) => one.number === Number(number));
  return found ? answer(found) : problem2(404, "not found");
}
function pageOf4(items, url) {
  const limit = Math.min(Number(url.searchParams.get("limit") ?? 30), 50);
  const page2 = Number(url.searchParams.get("page") ?? 1);
  return items.slice((page2 - 1) * limit, page2 * limit);
}
var texts2 = (value) => Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];

// sandbox/gitea-commits.ts
var giteaCommitOperations = [
  { method: "GET", path: /^\/pulls\/(\d+)\/commits$/, scope: "repository", answer: ofPullRequest },
  { method: "GET", path: /^\/compare\/(.+?)\.\.\.(.+)$/, scope: "repository", answer: compare3 },
  { method: "GET", path: /^\/git\/commits\/(.+)$/, scope: "repository", answer: commit2 },
  { method: "GET", path: /^\/commits\/([\da-f]+)\/statuses$/, scope: "repository", answer: statuses3 },
  { method: "GET", path: /^\/git\/trees\/([\da-f]+)$/, scope: "repository", answer: tree }
];
function ofPullRequest(call, number) {
  return withPullRequest(call, number, async ({ baseSha, headSha }) => {
    const ids = (await commitsBetween(call.repository, baseSha, headSha)).toReversed();
    return { status: 200, body: await objectsOf(call, pageOf4(ids, call.url)) };
  });
}
async function compare3(call, base, head) {
  const { repository } = call;
  const [from, to] = [await resolved3(repository, base), await resolved3(repository, head)];
  if (from === void 0 || to === void 0) return problem2(404, "not found");
  const ids = (await commitsBetween(repository, from, to)).toReversed();
  return { status: 200, body: { total_commits: ids.length, commits: await objectsOf(call, ids) } };
}
async function commit2(call, revision) {
  const id = await resolved3(call.repository, revision);
  const [found] = id === void 0 ? [] : await objectsOf(call, [id]);
  return found ? { status: 200, body: found } : problem2(404, "not found");
}
function statuses3({ repository, url }, id) {
  const body = pageOf4(repository.statuses.of(id), url).map((one) => ({
    id: one.id,
    status: one.state,
    context: one.context,
    description: one.description,
    target_url: one.url,
    url: "",
    creator: { id: 1, login: one.author },
    created_at: one.time,
    updated_at: one.time
  }));
  return { status: 200, body };
}
async function tree({ repository }, id) {
  const listed2 = await repository.text(["ls-tree", "-z", id]);
  const entries = listed2.split("\0").flatMap((line) => {
    const [, mode, type, sha, path] = /^(\d+) (\w+) ([\da-f]+)\t(.*)$/s.exec(line) ?? [];
    return path === void 0 ? [] : [{ path, mode, type, sha }];
  });
  return { status: 200, body: { sha: id, tree: entries, truncated: false, page: 1, total_count: entries.length } };
}
async function objectsOf(call, ids) {
  const commits6 = await readCommits(call.repository, ids);
  return ids.map((id) => commitObject5(call, commits6.get(id)));
}

// sandbox/gitea-issues.ts
var giteaIssueOperations = [
  { method: "POST", path: /^\/labels$/, scope: "issue", answer: createLabel },
  { method: "GET", path: /^\/issues\/(\d+)\/labels$/, scope: "issue", answer: labels },
  { method: "POST", path: /^\/issues\/(\d+)\/labels$/, scope: "issue", answer: addLabels },
  { method: "DELETE", path: /^\/issues\/(\d+)\/labels\/(\d+)$/, scope: "issue", answer: removeLabel2 },
  { method: "GET", path: /^\/issues\/(\d+)\/timeline$/, scope: "issue", answer: timeline },
  { method: "GET", path: /^\/milestones$/, scope: "issue", answer: milestones },
  { method: "GET", path: /^\/milestones\/(\d+)$/, scope: "issue", answer: milestone },
  { method: "GET", path: /^\/assignees$/, scope: "repository", answer: assignees }
];
function createLabel({ state, body }) {
  const made = { id: state.labels.length + 1, name: String(body["name"]) };
  state.labels = [...state.labels, made];
  return { status: 201, body: labelObject2(made, made.name) };
}
function labels(call, number) {
  return withPullRequest(call, number, ({ labels: names }) => ({ status: 200, body: objectsOf2(call, names) }));
}
function addLabels(call, number) {
  return withPullRequest(call, number, async (before) => {
    const known = new Set(call.state.labels.map(({ name }) => name));
    const added = texts2(call.body["labels"]).filter((name) => known.has(name));
    const names = [.../* @__PURE__ */ new Set([...before.labels, ...added])];
    await call.repository.pullRequests.update(before.number, { labels: names });
    return { status: 200, body: objectsOf2(call, names) };
  });
}
function removeLabel2(call, number, id) {
  return withPullRequest(call, number, async (before) => {
    const label = call.state.labels.find((one) => one.id === Number(id));
    if (!label) return problem2(422, `label does not exist [label_id: ${id}]`);
    const names = before.labels.filter((name) => name !== label.name);
    await call.repository.pullRequests.update(before.number, { labels: names });
    return done(204);
  });
}
var objectsOf2 = ({ state }, names) => names.toSorted().map(
  (name) => labelObject2(
    state.labels.find((one) => one.name === name),
    name
  )
);
function timeline(call, number) {
  return withPullRequest(call, number, ({ closedAt, headDeletedAt }) => {
    const events = [
      { type: "close", at: closedAt },
      { type: "delete_branch", at: headDeletedAt }
    ];
    const told = events.flatMap(({ type, at }) => at === null ? [] : [{ type, created_at: at.replace(/\.\d+/, "") }]);
    return { status: 200, body: told };
  });
}
function milestones({ repository, url }) {
  const [state, name] = [url.searchParams.get("state") ?? "open", url.searchParams.get("name") ?? ""];
  const found = repository.milestones.filter((one) => state === "all" || one.state === state).filter(({ title }) => title.toLowerCase().includes(name.toLowerCase()));
  return { status: 200, body: pageOf4(found, url).map(milestoneObject) };
}
function milestone({ repository }, id) {
  const found = repository.milestones.find(({ number }) => number === Number(id));
  return found ? { status: 200, body: milestoneObject(found) } : problem2(404, "The target couldn't be found.");
}
var milestoneObject = ({ number: id, ...one }) => ({ id, ...one });
function assignees({ repository }) {
  return { status: 200, body: [...repository.collaborators].map((login) => ({ login })) };
}

// sandbox/git.ts
var import_node_child_process = require("node:child_process");
var import_consumers = require("node:stream/consumers");
var import_node_os = require("node:os");
var GitError = class extends Error {
  name = "GitError";
};
var ENVIRONMENT = {
  LC_ALL: "C",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: import_node_os.devNull
};
var CONFIG2 = { "gc.auto": "0" };
async function git(args, options = {}) {
  const { input, answers = [0] } = options;
  const child = startGit(args, options);
  const exit = new Promise((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  child.stdin.on("error", () => void 0).end(input);
  const [code, stdout, stderr] = await Promise.all([exit, (0, import_consumers.buffer)(child.stdout), (0, import_consumers.text)(child.stderr)]);
  if (!answers.includes(code ?? -1)) throw new GitError(`git ${args[0] ?? ""} exited with ${code}: ${stderr.trim()}`);
  return stdout;
}
function startGit(args, { gitDir, config, program = "git", environment } = {}) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^GIT_|_proxy$/i.test(name));
  return (0, import_node_child_process.spawn)(program, args, {
    env: {
      ...Object.fromEntries(inherited),
      ...ENVIRONMENT,
      ...configVariables({ ...CONFIG2, ...config }),
      ...gitDir !== void 0 && { GIT_DIR: gitDir },
      ...environment
    },
    windowsHide: true
  });
}
function configVariables(config) {
  const entries = Object.entries(config);
  const variables = entries.flatMap(([key, value], n) => [
    [`GIT_CONFIG_KEY_${n}`, key],
    [`GIT_CONFIG_VALUE_${n}`, value]
  ]);
  return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(variables) };
}

// sandbox/merge-rules.ts
var HEAD_MODIFIED = "Head branch was modified. Review and try the merge again.";
var NOT_ALLOWED = {
  merge: ["Merge commits are not allowed on this repository.", "merge commits are"],
  squash: ["Squash merges are not allowed on this repository.", "squash merging is"],
  rebase: ["Rebase merges are not allowed on this repository.", "rebase merging is"]
};
function mergeRefusal(repository, { base, headSha, state, draft }, method, expectedHead) {
  const not = (message) => ({ status: 405, message });
  if (state !== "open") return not("Pull Request is not mergeable");
  if (draft) return not("Pull Request is still a draft");
  if (expectedHead !== null && expectedHead !== headSha) return { status: 409, message: HEAD_MODIFIED };
  if (!repository.mergeMethods.has(method)) return not(NOT_ALLOWED[method][0]);
  if (repository.hasMergeQueue(base)) return not("Changes must be made through the merge queue");
  if (repository.waitsForChecks(base)) return not('Required status check "ci" is expected.');
  return void 0;
}
function autoMergeRefusal(repository, { base, headSha, state, draft }, method, expectedHead) {
  if (!repository.allowAutoMerge) return "Pull request Auto merge is not allowed for this repository";
  if (state !== "open") return "Pull request Pull request is closed";
  if (draft) return "Pull request Pull request is in draft state";
  if (expectedHead !== headSha) return HEAD_MODIFIED;
  if (!repository.mergeMethods.has(method)) {
    return `Pull request Merge method ${NOT_ALLOWED[method][1]} not allowed on this repository`;
  }
  const blocked = repository.waitsForChecks(base) || repository.hasMergeQueue(base);
  return blocked ? void 0 : "Pull request Pull request is in clean status";
}
function queueRefusal(repository, { base, headSha, state, draft, queued }, expectedHead) {
  if (!repository.hasMergeQueue(base)) return `Pull request Merge queue is not enabled for the branch ${base}`;
  if (state !== "open") return "Pull request Pull request is closed";
  if (draft) return "Pull request Pull request is in draft state";
  if (expectedHead !== headSha) return HEAD_MODIFIED;
  return queued ? "Pull request is already in the queue" : void 0;
}
function isMergeMethod(value) {
  return value === "merge" || value === "squash" || value === "rebase";
}

// sandbox/gitea-pulls.ts
var giteaPullOperations = [
  { method: "GET", path: /^\/pulls$/, scope: "repository", answer: list4 },
  { method: "POST", path: /^\/pulls$/, scope: "repository", answer: create4 },
  { method: "GET", path: /^\/pulls\/(\d+)$/, scope: "repository", answer: show3 },
  { method: "PATCH", path: /^\/pulls\/(\d+)$/, scope: "repository", answer: update4 },
  { method: "POST", path: /^\/pulls\/(\d+)\/requested_reviewers$/, scope: "repository", answer: requestReviews },
  { method: "POST", path: /^\/pulls\/(\d+)\/merge$/, scope: "repository", answer: merge2 },
  { method: "DELETE", path: /^\/pulls\/(\d+)\/merge$/, scope: "repository", answer: cancel }
];
var TITLE_LENGTH = 255;
var titleOf = (value) => String(value).slice(0, TITLE_LENGTH);
async function list4(call) {
  const { searchParams } = call.url;
  const [state, base] = [searchParams.get("state") ?? "open", searchParams.get("base_branch")];
  const found = (await call.repository.pullRequests.all()).filter((one) => state === "all" || one.state === state).filter((one) => base === null || one.base === base).toReversed();
  return { status: 200, body: await Promise.all(pageOf4(found, call.url).map((one) => pullObject(call, one))) };
}
async function create4(call) {
  const { repository, body } = call;
  const [head, base, title] = [String(body["head"]), String(body["base"]), titleOf(body["title"])];
  const [headSha, baseSha] = [await repository.tip(head), await repository.tip(base)];
  if (headSha === void 0 || baseSha === void 0) return problem2(404, "could not find branch");
  const text5 = typeof body["body"] === "string" ? body["body"] : "";
  const opening = { title, body: text5, head, headSha, base, baseSha, draft: isDraft(title), author: "bot" };
  const opened = repository.pullRequests.open(opening);
  if (opened === void 0) return problem2(409, `pull request already exists for these targets [head: ${head}]`);
  return { status: 201, body: await pullObject(call, opened) };
}
function show3(call, number) {
  return withPullRequest(call, number, async (one) => ({ status: 200, body: await pullObject(call, one) }));
}
function update4(call, number) {
  return withPullRequest(call, number, async (before) => {
    const { repository, body } = call;
    const milestone2 = repository.milestones.find((one) => one.number === body["milestone"]);
    const title = titleOf(body["title"] ?? before.title);
    const change = {
      title,
      draft: isDraft(title),
      ...typeof body["body"] === "string" && { body: body["body"] },
      ...(body["state"] === "open" || body["state"] === "closed") && { state: body["state"] },
      ...milestone2 && { milestone: milestone2.number },
      ...Array.isArray(body["assignees"]) && { assignees: texts2(body["assignees"]) }
    };
    return { status: 201, body: await pullObject(call, await repository.pullRequests.update(before.number, change)) };
  });
}
function requestReviews(call, number) {
  return withPullRequest(call, number, async ({ reviewers, teamReviewers }) => {
    const { repository, body } = call;
    const [people, teams] = [texts2(body["reviewers"]), texts2(body["team_reviewers"])];
    const unknown = people.find((login) => !repository.collaborators.has(login));
    if (unknown !== void 0) return problem2(404, `User '${unknown}' not exist`);
    const missing = teams.find((name) => !repository.teams.has(name));
    if (missing !== void 0) return problem2(404, `Team '${missing}' not exist`);
    await repository.pullRequests.update(Number(number), {
      reviewers: [.../* @__PURE__ */ new Set([...reviewers, ...people])],
      teamReviewers: [.../* @__PURE__ */ new Set([...teamReviewers, ...teams])]
    });
    return { status: 201, body: [] };
  });
}
function merge2(call, number) {
  return withPullRequest(call, number, async (pullRequest) => {
    const { repository, body } = call;
    const method = body["Do"];
    const isScheduled = body["merge_when_checks_succeed"] === true;
    const refused = refusal4(call, pullRequest, isScheduled);
    if (refused !== void 0) return problem2(405, refused);
    if (!isMergeMethod(method) || !repository.mergeMethods.has(method)) {
      return problem2(405, `${String(method)} is not allowed an allowed merge style for this repository`);
    }
    if (isScheduled && repository.waitsForChecks(pullRequest.base)) {
      if (pullRequest.autoMerge) return problem2(409, "pull request is already scheduled to auto merge");
      await repository.pullRequests.update(pullRequest.number, { autoMerge: { method } });
      return done(201);
    }
    if (!isScheduled && body["head_commit_id"] !== pullRequest.headSha) return problem2(409, "head out of date");
    try {
      await repository.pullRequests.merge(pullRequest.number, method);
      return done(200);
    } catch (error) {
      if (error instanceof GitError) return problem2(405, "Please try again later");
      throw error;
    }
  });
}
function refusal4({ repository }, { state, mergedAt, title, base }, isScheduled) {
  if (mergedAt !== null) return "The PR is already merged";
  if (state !== "open") return "not found";
  if (isDraft(title)) return "Work in progress PRs cannot be merged";
  return !isScheduled && repository.waitsForChecks(base) ? "Not all required status checks successful" : void 0;
}
function cancel(call, number) {
  return withPullRequest(call, number, async ({ autoMerge }) => {
    if (!autoMerge) return problem2(404, "not found");
    await call.repository.pullRequests.update(Number(number), { autoMerge: null });
    return done(204);
  });
}

// sandbox/gitea-api.ts
var GITEA_API = "/api/v1/";
var OPERATIONS4 = [
  {
    method: "GET",
    path: /^$/,
    scope: "repository",
    answer: ({ repository, visitor }) => ({
      status: 200,
      body: {
        full_name: repository.fullName,
        archived: false,
        private: repository.visibility !== "public",
        internal: false,
        permissions: { admin: false, push: may(visitor, repository, [{ contents: "write" }]), pull: true }
      }
    })
  },
  ...giteaPullOperations,
  ...giteaIssueOperations,
  ...giteaCommitOperations
];
var SETTINGS = { max_response_items: 50, default_paging_num: 30, default_git_trees_per_page: 1e3 };
var GiteaApi = class {
  #options;
  #states = /* @__PURE__ */ new WeakMap();
  constructor(options) {
    this.#options = options;
  }
  /** Answers one request to the API, as Gitea would. */
  async answer({ method, url, authorization, body }) {
    const { access, find, serverUrl } = this.#options;
    const visitor = access.visitor(authorization);
    if (visitor === "unknown") return problem2(401, "user does not exist [uid: 0, name: ]");
    if (url.pathname === `${GITEA_API}settings/api`) return { status: 200, body: SETTINGS };
    const [, fullName = "", path = ""] = /^\/api\/v1\/repos\/([^/]+\/[^/]+)(.*)$/.exec(url.pathname) ?? [];
    const repository = find(fullName);
    const operation = OPERATIONS4.find((one) => one.method === method && one.path.test(path));
    if (!repository || !operation || !mayRead(visitor, repository)) return problem2(404, "not found");
    const refused = refusal5(visitor, repository, operation);
    if (refused !== void 0) return problem2(403, refused);
    const state = this.#states.get(repository) ?? { labels: [] };
    this.#states.set(repository, state);
    const call = { serverUrl, repository, state, visitor, url, body: body ?? {} };
    const parts = (operation.path.exec(path) ?? []).slice(1).map((part) => decodeURIComponent(part));
    return operation.answer(call, ...parts);
  }
};
function refusal5(visitor, repository, { scope, method }) {
  const level = method === "GET" ? "read" : "write";
  const subject = scope === "issue" ? "issues" : "pull_requests";
  if (!holds(visitor, repository) || may(visitor, repository, [{ [subject]: level }])) return void 0;
  return `token does not have at least one of required scope(s), required=[${level}:${scope}], token scope=read:user`;
}

// sandbox/github-apps.ts
var import_node_crypto6 = require("node:crypto");

// sandbox/app-jwt.ts
var import_node_crypto5 = require("node:crypto");
var JwtProblem = class extends Error {
  status;
  constructor(status, message) {
    super(message);
    this.status = status;
  }
};
var LONGEST = 600;
var SKEW = 60;
function issuerOf(token, keyOf, now) {
  const [header = "", payload = "", signature2 = ""] = token.split(".");
  const [head, claims] = [decoded(header), decoded(payload)];
  if (head?.["alg"] !== "RS256" || claims === void 0) throw undecodable();
  const { iss } = claims;
  const issuer = typeof iss === "number" ? String(iss) : textOrNull(iss);
  if (issuer === null) throw new JwtProblem(401, "Missing 'issuer' claim ('iss') in assertion");
  const key = keyOf(issuer);
  if (key === void 0) throw new JwtProblem(404, "Integration not found");
  const signed = Buffer.from(`${header}.${payload}`);
  if (!(0, import_node_crypto5.verify)("RSA-SHA256", signed, key, Buffer.from(signature2, "base64url"))) throw undecodable();
  checkTimes(claims, Math.floor(now / 1e3));
  return issuer;
}
function checkTimes({ iat, exp }, now) {
  if (typeof iat !== "number" || iat > now + SKEW) {
    const rule = "must be an Integer representing the time that the assertion was issued";
    throw new JwtProblem(401, `'Issued at' claim ('iat') ${rule}`);
  }
  if (typeof exp !== "number" || exp <= now) {
    const rule = "must be a numeric value representing the future time at which the assertion expires";
    throw new JwtProblem(401, `'Expiration time' claim ('exp') ${rule}`);
  }
  if (exp > now + LONGEST + SKEW) {
    throw new JwtProblem(401, "'Expiration time' claim ('exp') is too far in the future");
  }
}
function undecodable() {
  return new JwtProblem(401, "A JSON web token could not be decoded");
}
function decoded(part) {
  try {
    const value = JSON.parse(Buffer.from(part, "base64url").toString());
    return isRecord(value) ? value : void 0;
  } catch {
    return void 0;
  }
}

// sandbox/github-apps.ts
var GRANTED = { contents: "write", metadata: "read", pull_requests: "write", workflows: "write" };
var HOUR = 36e5;
var pairs = [];
function pairAt(index) {
  return pairs[index] ??= (0, import_node_crypto6.generateKeyPairSync)("rsa", { modulusLength: 2048 });
}
var GitHubApps = class {
  #options;
  #apps = [];
  constructor(options) {
    this.#options = options;
  }
  create({ clientId, publicKey, repositories, permissions = GRANTED }) {
    const id = 1e3 + this.#apps.length;
    const pair = publicKey === void 0 ? pairAt(this.#apps.length) : void 0;
    const app = {
      id,
      clientId: clientId ?? `Iv23li${id}`,
      slug: `release-app-${id}`,
      installation: 5e4 + id,
      privateKey: pair?.privateKey.export({ type: "pkcs8", format: "pem" }).toString() ?? "",
      publicKey: pair?.publicKey ?? (0, import_node_crypto6.createPublicKey)(publicKey ?? ""),
      repositories,
      permissions: { metadata: "read", ...permissions },
      tokens: []
    };
    this.#apps.push(app);
    return app;
  }
  /** The answer to a request about Apps; undefined for another one. */
  answer(asked) {
    const route = `${asked.method} ${asked.url.pathname.replace("/api/v3", "")}`;
    if (route === "DELETE /installation/token") return this.#revoke(asked);
    const [, fullName] = /^GET \/repos\/([^/]+\/[^/]+)\/installation$/.exec(route) ?? [];
    const [, installation] = /^POST \/app\/installations\/(\d+)\/access_tokens$/.exec(route) ?? [];
    if (fullName === void 0 && installation === void 0) return void 0;
    try {
      const app = this.#authenticated(asked.authorization);
      if (fullName !== void 0) return this.#installation(app, fullName);
      if (Number(installation) !== app.installation) return problem(404, "Not Found");
      return this.#issue(app, isRecord(asked.body) ? asked.body : {});
    } catch (error) {
      if (error instanceof JwtProblem) return problem(error.status, error.message);
      throw error;
    }
  }
  #authenticated(authorization = "") {
    const issuer = issuerOf(credentialsOf(authorization), (name) => this.#named(name)?.publicKey, Date.now());
    const app = this.#named(issuer);
    if (app === void 0) throw new JwtProblem(404, "Integration not found");
    return app;
  }
  #named(issuer) {
    return this.#apps.find(({ id, clientId }) => clientId === issuer || String(id) === issuer);
  }
  #installation(app, fullName) {
    const repository = this.#options.find(fullName);
    if (!repository || !app.repositories.includes(repository.fullName)) return problem(404, "Not Found");
    const { apiUrl, serverUrl } = this.#options;
    const { owner, createdAt } = repository;
    const url = `${apiUrl}/app/installations/${app.installation}`;
    const body = {
      id: app.installation,
      node_id: nodeId("Installation", app.installation),
      client_id: app.clientId,
      account: userObject2(this.#options, owner, "Organization"),
      repository_selection: "selected",
      access_tokens_url: `${url}/access_tokens`,
      repositories_url: `${apiUrl}/installation/repositories`,
      html_url: `${serverUrl}/organizations/${owner}/settings/installations/${app.installation}`,
      app_id: app.id,
      app_slug: app.slug,
      target_id: 1,
      target_type: "Organization",
      permissions: app.permissions,
      events: [],
      single_file_name: null,
      created_at: createdAt,
      updated_at: createdAt,
      suspended_by: null,
      suspended_at: null
    };
    return { status: 200, body };
  }
  #issue(app, body) {
    const permissions = isRecord(body["permissions"]) ? body["permissions"] : app.permissions;
    const granted = ([name, level]) => app.permissions[name] === "write" || app.permissions[name] === level;
    if (!Object.entries(permissions).every(granted)) {
      return problem(422, "The permissions requested are not granted to this installation.");
    }
    const names = Array.isArray(body["repositories"]) ? texts(body["repositories"]) : void 0;
    const repositories = app.repositories.filter((fullName) => names?.includes(fullName.split("/")[1] ?? "") ?? true);
    if (names !== void 0 && repositories.length < new Set(names).size) {
      const message = "There is at least one repository that does not exist or is not accessible to the parent installation.";
      return problem(422, message);
    }
    const allowed = (name) => permissions[name] ?? "none";
    const token = this.#options.access.issue({
      login: `${app.slug}[bot]`,
      repositories,
      contents: allowed("contents"),
      issues: allowed("issues"),
      pullRequests: allowed("pull_requests"),
      workflows: allowed("workflows")
    });
    const all = { metadata: "read", ...permissions };
    app.tokens.push({ token, repositories, permissions: all, revoked: false });
    const answer = {
      token,
      expires_at: new Date(Date.now() + HOUR).toISOString().replace(/\.\d+Z$/, "Z"),
      permissions: all,
      repository_selection: "selected"
    };
    return { status: 201, body: answer };
  }
  #revoke({ authorization = "" }) {
    const token = credentialsOf(authorization);
    const { access } = this.#options;
    if (!access.knows(token)) return problem(401, "Bad credentials");
    if (!token.startsWith("ghs_")) return problem(403, "Resource not accessible by personal access token");
    access.revoke(token);
    for (const { tokens } of this.#apps) {
      const index = tokens.findIndex((one) => one.token === token);
      const revoked = tokens[index];
      if (revoked) tokens[index] = { ...revoked, revoked: true };
    }
    return { status: 204 };
  }
};

// sandbox/github-git-data.ts
var import_promises2 = require("node:fs/promises");
var import_node_path2 = require("node:path");

// sandbox/refusals.ts
function refusal6(visitor, repository, needs2, serverUrl) {
  if (!repository || !mayRead(visitor, repository)) return problem(404, "Not Found");
  if (holds(visitor, repository) && visitor.sso) {
    return problem(403, ssoMessage(visitor), ssoHeader(serverUrl, repository));
  }
  if (may(visitor, repository, needs2)) return void 0;
  if (visitor === "anonymous") return problem(401, "Requires authentication");
  if (typeof visitor === "object" && visitor.kind === "classic") return problem(404, "Not Found");
  return problem(403, notAccessible(visitor));
}
function tokenHeaders(visitor, needs2) {
  if (typeof visitor !== "object") return {};
  if (visitor.kind !== "classic") return { "x-accepted-github-permissions": accepted(needs2) };
  const { contents, workflows } = visitor.permissions;
  const scopes = [...contents === "write" ? ["repo"] : [], ...workflows === "write" ? ["workflow"] : []];
  return { "x-oauth-scopes": scopes.join(", "), "x-accepted-oauth-scopes": "repo" };
}
function notAccessible(visitor) {
  const person3 = typeof visitor === "object" && visitor.kind !== "installation";
  return `Resource not accessible by ${person3 ? "personal access token" : "integration"}`;
}
function ssoMessage({ kind }) {
  const token = kind === "installation" ? "OAuth token" : "Personal Access token";
  return `Resource protected by organization SAML enforcement. You must grant your ${token} access to this organization.`;
}
function ssoHeader(serverUrl, { owner }) {
  return { "x-github-sso": `required; url=${ssoUrl(serverUrl, owner)}` };
}
function ssoUrl(serverUrl, owner) {
  return `${serverUrl}/orgs/${owner}/sso?authorization_request=AAAA`;
}
function accepted(needs2) {
  const sets = needs2.map((set) => Object.entries(set).map(([subject, level]) => `${subject}=${level}`));
  return sets.map((set) => set.join(",")).join("; ");
}

// sandbox/github-git-data.ts
var WRITE = [{ contents: "write" }];
var gitDataOperations = [
  { method: "POST", path: /^\/git\/trees$/, needs: WRITE, answer: createTree },
  { method: "POST", path: /^\/git\/commits$/, needs: WRITE, answer: createCommit },
  { method: "GET", path: /^\/git\/commits\/([0-9a-f]+)$/, needs: [{ contents: "read" }], answer: getCommit }
];
async function createTree(call) {
  const { repository, visitor, body } = call;
  const entries = (Array.isArray(body["tree"]) ? body["tree"] : []).filter(isRecord);
  const workflow = entries.some(({ path }) => String(path).startsWith(".github/workflows/"));
  if (workflow && !may(visitor, repository, [{ workflows: "write" }])) return problem(403, notAccessible(visitor));
  const base = textOrNull(body["base_tree"]);
  if (base !== null && await typeOf(call, base) !== "tree") {
    return problem(422, "base_tree is not a valid tree oid");
  }
  const lines = await Promise.all(entries.map((entry) => indexLine(call, entry)));
  const id = await writtenTree(call, base, lines.join(""));
  return { status: 201, body: await treeObject(call, id) };
}
async function indexLine({ repository }, { path, mode, sha, content }) {
  if (sha === null) return `0 ${"0".repeat(40)}	${textOrNull(path)}
`;
  const input = textOrNull(content);
  const id = input === null ? textOrNull(sha) : (await repository.text(["hash-object", "-w", "--stdin"], { input })).trim();
  return `${textOrNull(mode)} ${id}	${textOrNull(path)}
`;
}
async function writtenTree({ repository }, base, lines) {
  const index = (0, import_node_path2.join)(repository.gitDir, `index-${Math.random()}`);
  const environment = { GIT_INDEX_FILE: index };
  try {
    await repository.text(["read-tree", ...base === null ? ["--empty"] : [base]], { environment });
    await repository.text(["update-index", "--add", "--replace", "--index-info"], { environment, input: lines });
    return (await repository.text(["write-tree"], { environment })).trim();
  } finally {
    await (0, import_promises2.rm)(index, { force: true });
  }
}
async function treeObject({ addresses, repository }, sha) {
  const database = `${repositoryUrl(addresses, repository)}/git`;
  const listed2 = (await repository.text(["ls-tree", "-z", sha])).split("\0").filter(Boolean);
  const tree2 = listed2.map((line) => {
    const [mode = "", type = "", id = ""] = line.slice(0, line.indexOf("	")).split(" ");
    const path = line.slice(line.indexOf("	") + 1);
    return { path, mode, type, sha: id, url: `${database}/${type}s/${id}` };
  });
  return { sha, url: `${database}/trees/${sha}`, tree: tree2, truncated: false };
}
async function createCommit(call) {
  const { addresses, repository, visitor, body } = call;
  const [message, tree2, parents] = [textOrNull(body["message"]), textOrNull(body["tree"]), texts(body["parents"])];
  if (message === null || tree2 === null) return problem(422, "Invalid request.");
  if (await typeOf(call, tree2) !== "tree") return problem(422, "Tree SHA does not exist");
  const types = await Promise.all(parents.map((parent) => typeOf(call, parent)));
  if (types.some((type) => type !== "commit")) {
    return problem(422, "Parent SHA does not exist or is not a commit object");
  }
  const signed = !body["author"] && !body["committer"] && typeof visitor === "object" && visitor.kind === "installation";
  const author = person2(body["author"]) ?? caller(call);
  const committer = signed ? dated(GITHUB) : person2(body["committer"]) ?? author;
  const id = await writeCommit(repository, { message, tree: tree2, parents, author, committer, signed });
  const made = (await readCommits(repository, [id])).get(id);
  if (made === void 0) throw new Error(`The commit ${id} was not written`);
  return { status: 201, body: gitCommitObject(addresses, repository, made) };
}
async function getCommit({ addresses, repository }, sha) {
  const commit4 = sha.length === 40 ? (await readCommits(repository, [sha])).get(sha) : void 0;
  if (commit4 === void 0) return problem(404, "Not Found");
  return { status: 200, body: gitCommitObject(addresses, repository, commit4) };
}
async function typeOf({ repository }, id) {
  if (!/^[0-9a-f]{40}$/.test(id)) return "missing";
  const [, type = ""] = (await repository.text(["cat-file", "--batch-check"], { input: `${id}
` })).split(/\s/);
  return type;
}
function caller(call) {
  const name = loginOf(call);
  return dated({ name, email: `41898282+${name}@users.noreply.github.com` });
}
function person2(given) {
  if (!isRecord(given)) return void 0;
  const { name, email, date } = given;
  return dated({ name: String(name), email: String(email) }, textOrNull(date) ?? void 0);
}

// sandbox/github-graphql-operation.ts
var GraphQlProblem = class extends Error {
  type;
  constructor(type, message) {
    super(message);
    this.type = type;
  }
};

// sandbox/pull-request-rules.ts
var LIMITS4 = { title: 256, body: 65536, label: 50 };
function writingErrors(writing) {
  const missing = writing.title?.trim() === "" ? [{ resource: "Issue", code: "missing_field", field: "title" }] : [];
  const tooLong2 = ["title", "body"].filter((field) => Array.from(writing[field] ?? "").length > LIMITS4[field]).map((field) => {
    const message = `${field} is too long (maximum is ${LIMITS4[field]} characters)`;
    return { resource: "Issue", code: "custom", field, message };
  });
  return [...missing, ...tooLong2];
}
async function newPullRequestErrors(repository, head, base) {
  const missing = [];
  for (const [field, branch] of Object.entries({ head, base })) {
    if (await repository.tip(branch) === void 0) missing.push(field);
  }
  if (missing.length > 0) return missing.map((field) => ({ resource: "PullRequest", field, code: "invalid" }));
  const [baseSha = "", headSha = ""] = [await repository.tip(base), await repository.tip(head)];
  const commits6 = await repository.countAbove(baseSha, headSha);
  return commits6 === 0 ? [custom(`No commits between ${base} and ${head}`)] : [];
}
async function changeErrors(repository, before, { state, base }) {
  if (base !== void 0 && await repository.tip(base) === void 0) {
    return [{ resource: "PullRequest", field: "base", code: "invalid" }];
  }
  if (state !== "open" || before.state === "open") return [];
  const refused = (reason) => {
    const message = `state cannot be changed. ${reason}`;
    return [{ resource: "PullRequest", code: "invalid", field: "state", message }];
  };
  if (before.mergedAt !== null) return refused("The pull request has been merged.");
  if (!before.fork && await repository.tip(before.head) === void 0)
    return refused(`The ${before.head} branch has been deleted.`);
  return [];
}
function alreadyExists({ owner }, head) {
  return custom(`A pull request already exists for ${owner}:${head}.`);
}
function labelErrors(names) {
  return names.flatMap((name) => {
    if (name.trim() === "") return [{ resource: "Label", code: "missing_field", field: "name" }];
    if (Array.from(name).length <= LIMITS4.label) return [];
    const message = `name is too long (maximum is ${LIMITS4.label} characters)`;
    return [{ resource: "Label", code: "custom", field: "name", message }];
  });
}
function reviewRefusal({ fullName, collaborators, teams }, { author }, people, slugs) {
  const among = (names) => {
    const known = new Set([...names].map((name) => name.toLowerCase()));
    return (name) => known.has(name.toLowerCase());
  };
  if (people.some((login) => login.toLowerCase() === author.toLowerCase())) {
    return "Review cannot be requested from pull request author.";
  }
  if (people.every(among(collaborators)) && slugs.every(among(teams))) return void 0;
  return `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${fullName} repository.`;
}
function custom(message) {
  return { resource: "PullRequest", code: "custom", message };
}

// sandbox/github-graphql-opening.ts
async function openPullRequest(repository, input, author) {
  const [head, base] = [textOrNull(input["headRefName"]) ?? "", textOrNull(input["baseRefName"]) ?? ""];
  const writing = { title: textOrNull(input["title"]) ?? "", body: textOrNull(input["body"]) };
  const [headSha, baseSha] = [await repository.tip(head), await repository.tip(base)];
  if (headSha === void 0 || baseSha === void 0)
    throw unprocessable(missingEnds({ head, headSha, base, baseSha }));
  const errors = [...writingErrors(writing), ...await newPullRequestErrors(repository, head, base)];
  if (errors.length > 0) throw unprocessable(errors.map(({ message }) => message ?? "Title can't be blank"));
  const draft = input["draft"] === true;
  if (draft && !repository.allowDrafts) {
    throw unprocessable(["Draft pull requests are not supported in this repository."]);
  }
  const opening = { ...writing, head, headSha, base, baseSha, draft, author };
  const opened = repository.pullRequests.open(opening);
  if (opened === void 0) throw unprocessable([alreadyExists(repository, head).message]);
  return opened;
}
function missingEnds({ head, headSha, base, baseSha }) {
  return [
    "Head sha can't be blank",
    "Base sha can't be blank",
    `No commits between ${base} and ${head}`,
    ...headSha === void 0 ? ["Head ref must be a branch"] : [],
    ...baseSha === void 0 ? ["Base ref must be a branch"] : []
  ];
}
function unprocessable(reasons) {
  return new GraphQlProblem("UNPROCESSABLE", reasons.join(", "));
}

// sandbox/github-graphql-queries.ts
var ofRepository = {
  field: "repository",
  repository: ({ owner, name }, { find }) => find(`${String(owner)}/${String(name)}`),
  unknown: ({ owner, name }) => `Could not resolve to a Repository with the name '${String(owner)}/${String(name)}'.`
};
var repositoryFacts = ({ id, visibility }) => ({
  id: nodeId("Repository", id),
  isPrivate: visibility !== "public"
});
var queries = {
  PullRequests: {
    ...ofRepository,
    needs: [{ pull_requests: "read", contents: "read" }],
    answer: async ({ repository, variables, serverUrl }) => ({
      ...repositoryFacts(repository),
      ...await pullRequestLists(repository, variables, serverUrl)
    })
  },
  Milestone: {
    ...ofRepository,
    needs: [{ issues: "read" }, { pull_requests: "read" }],
    answer: async ({ repository, variables }) => {
      const text5 = String(variables["title"]).toLowerCase();
      const found = repository.milestones.filter(
        ({ title, state }) => state === "open" && title.toLowerCase().includes(text5)
      );
      const numbered = repository.milestones.find(({ number }) => number === variables["number"]);
      return {
        milestones: { nodes: found.slice(0, 20).map(({ number, title }) => ({ number, title })) },
        ...variables["isNumber"] === true && {
          milestone: numbered ? { number: numbered.number, state: numbered.state.toUpperCase() } : null
        }
      };
    }
  }
};
var MOST_NODES = 5e5;
var NODES_OF_ONE = 1 + 100 + 20 + 20 + 2 * 3 + 5;
async function pullRequestLists(repository, { base, after, ...variables }, serverUrl) {
  const lists = Object.keys(variables).filter((name) => name.startsWith("branch")).length + 1;
  if ((100 + 20 * lists) * NODES_OF_ONE > MOST_NODES) {
    throw new GraphQlProblem("MAX_NODE_LIMIT_EXCEEDED", `This query requests more than ${MOST_NODES} possible nodes.`);
  }
  const all = (await repository.pullRequests.all()).filter((one) => base === void 0 || one.base === base);
  const facts = await pullRequestFacts(repository, all, serverUrl);
  const newest = all.toSorted(byTime("createdAt"));
  const open = newest.filter(({ state }) => state === "open");
  const start = typeof after === "string" ? position(after) : 0;
  const page2 = open.slice(start, start + 100);
  const pageInfo = {
    hasNextPage: open.length > start + page2.length,
    endCursor: page2.length === 0 ? null : cursor(start + page2.length)
  };
  const past = Object.entries(variables).flatMap(([name, branch]) => {
    if (!name.startsWith("branch")) return [];
    const ofBranch = newest.filter(({ state, head }) => state === "closed" && head === branch);
    return [[name.replace("branch", "past"), { nodes: ofBranch.slice(0, 20).map(facts) }]];
  });
  const merged2 = all.filter(({ mergedAt }) => mergedAt !== null).toSorted(byTime("updatedAt"));
  return {
    open: { nodes: page2.map(facts), pageInfo },
    ...Object.fromEntries(past),
    merged: { nodes: merged2.slice(0, 20).map(facts) }
  };
}
function pullRequestId(repository, { number }) {
  return nodeId("PullRequest", repository.id * 1e3 + number);
}
async function oneFactsOf(repository, pullRequest, serverUrl) {
  const facts = await pullRequestFacts(repository, [pullRequest], serverUrl);
  return facts(pullRequest);
}
async function pullRequestFacts(repository, all, serverUrl) {
  const refs = await repository.refs();
  const tipOf = ({ fork, head, headSha }) => fork ? headSha : refs[`refs/heads/${head}`];
  const proposed = /* @__PURE__ */ new Map();
  for (const one of all) proposed.set(one.number, await proposedBy(repository, one));
  const commits6 = await readCommits(
    repository,
    [...proposed.values()].flatMap(({ latest }) => latest)
  );
  return (pullRequest) => {
    const { number, title, body, state, mergedAt, closedAt, draft, fork, head, headSha } = pullRequest;
    const { labels: labels2, assignees: assignees2, reviewers, teamReviewers, headDeletedAt } = pullRequest;
    const tip = tipOf(pullRequest);
    const earlier = (proposed.get(number)?.latest ?? []).flatMap((id) => commits6.get(id) ?? []);
    return {
      id: pullRequestId(repository, pullRequest),
      number,
      url: `${serverUrl}/${repository.fullName}/pull/${number}`,
      title,
      body: body ?? "",
      state: mergedAt === null ? state.toUpperCase() : "MERGED",
      isDraft: draft,
      isCrossRepository: fork,
      headRefName: head,
      headRefOid: headSha,
      baseRefName: pullRequest.base,
      closedAt,
      labels: { nodes: labels2.map((name) => ({ name })) },
      assignees: { nodes: assignees2.map((login) => ({ login })) },
      reviewRequests: {
        // A team has none of the fields that are asked for.
        nodes: [...reviewers.map((login) => ({ login })), ...teamReviewers.map(() => ({}))].map((one) => ({
          requestedReviewer: one
        }))
      },
      headRef: tip === void 0 ? null : { target: { oid: tip } },
      commits: {
        totalCount: proposed.get(number)?.count ?? 0,
        nodes: earlier.slice(-2).map((commit4) => ({ commit: commitFacts(commit4) }))
      },
      earlier: { nodes: earlier.map(({ id, message }) => ({ commit: { oid: id, message } })) },
      timelineItems: { nodes: headDeletedAt === null ? [] : [{ createdAt: headDeletedAt }] }
    };
  };
}
async function proposedBy(repository, { headSha, baseSha }) {
  if ((await repository.parents(headSha)).join() === baseSha) return { count: 1, latest: [headSha] };
  const listed2 = (await repository.text(["rev-list", headSha, `^${baseSha}`])).split("\n").filter(Boolean);
  return { count: listed2.length, latest: listed2.slice(0, 10).toReversed() };
}
function commitFacts({ id, message, tree: tree2, parents, committer, signature: signature2 }) {
  return {
    oid: id,
    message,
    tree: { oid: tree2 },
    parents: { nodes: parents.slice(0, 2).map((oid) => ({ oid })) },
    committer: { email: committer.email },
    signature: signature2 === void 0 ? null : { isValid: isGood(signature2) }
  };
}
function byTime(field) {
  return (one, other) => Date.parse(other[field]) - Date.parse(one[field]) || other.number - one.number;
}
function cursor(index) {
  return Buffer.from(`cursor:v2:${index}`).toString("base64");
}
function position(text5) {
  return Number(Buffer.from(text5, "base64").toString().split(":").at(-1));
}

// sandbox/ref-updater.ts
var import_consumers2 = require("node:stream/consumers");
var ZEROS = "0".repeat(40);
var RefUpdater = class {
  #gitDir;
  #child;
  #last = Promise.resolve();
  constructor(gitDir) {
    this.#gitDir = gitDir;
  }
  /** Moves all of them or none. Throws GitError when one is not what it is said to be before. */
  async update(updates) {
    const updated = this.#last.then(() => this.#transact(updates));
    this.#last = updated.catch(() => void 0);
    await updated;
  }
  close() {
    this.#child?.stdin.end();
    this.#child = void 0;
  }
  async #transact(updates) {
    const child = this.#child ??= startUpdating(this.#gitDir);
    const lines = updates.map(({ ref, before, after }) => `update ${ref} ${after} ${before}`);
    child.stdin.write(["start", ...lines, "prepare", "commit", ""].join("\n"));
    let said = "";
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      said += String(chunk);
      if (said.endsWith("commit: ok\n")) return;
    }
    this.#child = void 0;
    const reason = (await (0, import_consumers2.text)(child.stderr)).trim();
    throw new GitError(`git update-ref moved none of ${updates.map(({ ref }) => ref).join(", ")}: ${reason}`);
  }
};
function startUpdating(gitDir) {
  const child = startGit(["update-ref", "--stdin"], { gitDir });
  child.stdin.on("error", () => void 0);
  child.unref();
  return child;
}

// sandbox/github-graphql-commits.ts
var WRITE2 = [{ contents: "write" }];
var createRef = {
  field: "createRef",
  needs: WRITE2,
  answer: async ({ repository, variables }) => {
    const { name, oid } = recordIn(variables, "creation");
    const ref = String(name);
    refuseProtected(repository, ref);
    if ((await repository.refs())[ref] !== void 0) {
      throw unprocessable2(`A ref named "${ref}" already exists in the repository.`);
    }
    await setRef(repository, ref, ZEROS, String(oid), unprocessable2("Reference cannot be created."));
    return { ref: { name: ref.replace(/^refs\/heads\//, "") } };
  }
};
var createCommitOnBranch = {
  field: "createCommitOnBranch",
  needs: WRITE2,
  answer: async ({ repository, variables, visitor }) => {
    const input = recordIn(variables, "commit");
    const { branchName } = recordIn(input, "branch");
    const expected = String(input["expectedHeadOid"]);
    const ref = `refs/heads/${String(branchName)}`;
    const current = (await repository.refs())[ref];
    if (current === void 0) throw new GraphQlProblem("NOT_FOUND", `No such branch: ${String(branchName)}`);
    if (current !== expected) throw stale(expected);
    refuseProtected(repository, ref);
    const { additions } = recordIn(input, "fileChanges");
    const files = (Array.isArray(additions) ? additions : []).filter(isRecord).map(({ path, contents }) => ({
      path: String(path),
      content: Buffer.from(String(contents), "base64")
    }));
    refuseWorkflows(repository, visitor, files);
    const { headline, body } = recordIn(input, "message");
    const text5 = textOrNull(body) ?? "";
    const login = visitor.login;
    const id = await writeCommit(repository, {
      // All files that it writes are plain ones.
      tree: await treeWith(repository, current, files),
      parents: [current],
      author: dated({ name: login, email: `${login}@users.noreply.github.com` }),
      committer: dated(GITHUB),
      message: text5 === "" ? String(headline) : `${String(headline)}

${text5}`,
      signed: true
    });
    await setRef(repository, ref, current, id, stale(expected));
    const made = (await readCommits(repository, [id])).get(id);
    if (!made) throw new Error(`The commit ${id} was not written`);
    return { commit: commitFacts(made) };
  }
};
var createPullRequest = {
  field: "createPullRequest",
  needs: [{ pull_requests: "write", contents: "read" }],
  answer: async ({ repository, variables, visitor, serverUrl }) => {
    const opened = await openPullRequest(repository, recordIn(variables, "opening"), visitor.login);
    return { pullRequest: await oneFactsOf(repository, opened, serverUrl) };
  }
};
var updateRefs = {
  field: "updateRefs",
  needs: WRITE2,
  answer: async ({ repository, variables }) => {
    const { refUpdates } = recordIn(variables, "updates");
    const updates = (Array.isArray(refUpdates) ? refUpdates : []).filter(isRecord);
    const refs = await repository.refs();
    for (const { name, beforeOid, afterOid } of updates) {
      refuseProtected(repository, String(name));
      const after = String(afterOid);
      const [object] = after === ZEROS ? [void 0] : await repository.objects([after]);
      if (after !== ZEROS && object?.type !== "commit") throw unprocessable2(`Object does not exist: ${after}`);
      if ((refs[String(name)] ?? ZEROS) !== beforeOid) throw stale(String(beforeOid));
    }
    const moved = updates.map(({ name, beforeOid, afterOid }) => ({
      ref: String(name),
      before: String(beforeOid),
      after: String(afterOid)
    }));
    await repository.updateRefs(...moved).catch((error) => {
      throw error instanceof GitError ? stale(moved[0]?.before ?? "") : error;
    });
    return { clientMutationId: null };
  }
};
var updatePullRequest = {
  field: "updatePullRequest",
  needs: [{ pull_requests: "write", contents: "read" }],
  answer: async ({ repository, variables, serverUrl }) => {
    const { pullRequestId: id, title, body } = recordIn(variables, "text");
    const all = await repository.pullRequests.all();
    const found = all.find((one) => pullRequestId(repository, one) === id);
    if (!found)
      throw new GraphQlProblem("NOT_FOUND", `Could not resolve to a node with the global id of '${String(id)}'.`);
    const writing = {
      ...typeof title === "string" && { title },
      ...typeof body === "string" && { body }
    };
    const errors = writingErrors(writing);
    if (errors.length > 0)
      throw unprocessable2(errors.map(({ message }) => message ?? "Title can't be blank").join(", "));
    const changed = await repository.pullRequests.update(found.number, writing);
    return { pullRequest: await oneFactsOf(repository, changed, serverUrl) };
  }
};
var commitMutations = {
  MakeCommit: {
    repository: (variables, { find }) => find(String(branchOf(variables)["repositoryNameWithOwner"])),
    unknown: (variables) => `Could not resolve to a Repository with the name '${String(branchOf(variables)["repositoryNameWithOwner"])}'.`,
    fields: (variables) => [
      ..."creation" in variables ? [createRef] : [],
      createCommitOnBranch,
      ..."opening" in variables ? [createPullRequest] : []
    ]
  },
  UpdateRefs: {
    repository: (variables, { repositories }) => {
      const { repositoryId } = recordIn(variables, "updates");
      return repositories().find(({ id }) => nodeId("Repository", id) === repositoryId);
    },
    unknown: (variables) => `Could not resolve to a node with the global id of '${String(recordIn(variables, "updates")["repositoryId"])}'.`,
    fields: (variables) => [updateRefs, ..."text" in variables ? [updatePullRequest] : []]
  }
};
async function setRef(repository, ref, before, after, problem3) {
  await repository.updateRefs({ ref, before, after }).catch((error) => {
    throw error instanceof GitError ? problem3 : error;
  });
}
function refuseProtected(repository, ref) {
  if (!repository.protectedRefs.has(ref)) return;
  const message = "Branch protection rule violations found\n\nChanges must be made through a pull request.";
  throw new GraphQlProblem("BRANCH_PROTECTION_RULE_VIOLATION", message);
}
function refuseWorkflows(repository, visitor, files) {
  const isWorkflow = files.some(({ path }) => path.startsWith(".github/workflows/"));
  if (!isWorkflow || may(visitor, repository, [{ workflows: "write" }])) return;
  throw new GraphQlProblem("FORBIDDEN", notAccessible(visitor));
}
var stale = (expected) => new GraphQlProblem("STALE_DATA", `Expected branch to point to "${expected}" but it did not. Pull and try again.`);
var unprocessable2 = (message) => new GraphQlProblem("UNPROCESSABLE", message);
var branchOf = (variables) => recordIn(recordIn(variables, "commit"), "branch");
function recordIn(record, name) {
  const value = record[name];
  return isRecord(value) ? value : {};
}

// sandbox/github-pull-request.ts
var import_node_crypto7 = require("node:crypto");

// sandbox/github-issue.ts
function issueObject(addresses, repository, pullRequest) {
  const { number, state, title, body, createdAt, updatedAt, closedAt, mergedAt } = pullRequest;
  const api = repositoryUrl(addresses, repository);
  const self = `${api}/issues/${number}`;
  const html = `${addresses.serverUrl}/${repository.fullName}/pull/${number}`;
  const urls = {
    comments: `${self}/comments`,
    events: `${self}/events`,
    html,
    labels: `${self}/labels{/name}`,
    repository: api,
    timeline: `${self}/timeline`
  };
  const id = repository.id * 1e3 + number;
  return {
    url: self,
    ...suffixed(urls),
    id,
    node_id: nodeId("PullRequest", id),
    number,
    state,
    locked: false,
    title,
    body,
    user: userObject2(addresses, pullRequest.author),
    ...attributesObject(addresses, repository, pullRequest),
    author_association: "CONTRIBUTOR",
    active_lock_reason: null,
    comments: 0,
    draft: pullRequest.draft,
    created_at: createdAt,
    updated_at: updatedAt,
    closed_at: closedAt,
    pull_request: {
      url: `${api}/pulls/${number}`,
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: mergedAt
    }
  };
}
function attributesObject(addresses, repository, { assignees: assignees2, labels: labels2, milestone: milestone2 }) {
  const people = assignees2.map((login) => userObject2(addresses, login));
  const set = repository.milestones.find(({ number }) => number === milestone2);
  return {
    assignee: people[0] ?? null,
    assignees: people,
    labels: labels2.map((name) => labelObject3(addresses, repository, name)),
    milestone: set ? milestoneObject2(addresses, repository, set) : null
  };
}
function labelObject3(addresses, repository, name) {
  const id = Number.parseInt(Buffer.from(name).toString("hex").slice(-10) || "0", 16);
  const url = `${repositoryUrl(addresses, repository)}/labels/${encodeURIComponent(name)}`;
  return { id, node_id: nodeId("Label", id), url, name, description: "", color: "ededed", default: false };
}
function teamObject({ serverUrl, apiUrl }, { owner }, slug) {
  const url = `${apiUrl}/organizations/1/team/${encodeURIComponent(slug)}`;
  const urls = {
    html: `${serverUrl}/orgs/${owner}/teams/${encodeURIComponent(slug)}`,
    members: `${url}/members{/member}`,
    repositories: `${url}/repos`
  };
  const identity = { id: 1, node_id: nodeId("Team", slug), name: slug, slug, description: null };
  return { ...identity, url, ...suffixed(urls), permission: "push", privacy: "closed", parent: null };
}
function milestoneObject2(addresses, repository, { number, title, state }) {
  const url = `${repositoryUrl(addresses, repository)}/milestones/${number}`;
  const html = `${addresses.serverUrl}/${repository.fullName}/milestone/${number}`;
  return {
    url,
    ...suffixed({ html, labels: `${url}/labels` }),
    id: number,
    node_id: nodeId("Milestone", number),
    number,
    title,
    state,
    description: null,
    creator: userObject2(addresses, repository.owner, "Organization"),
    open_issues: 0,
    closed_issues: 0,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    closed_at: null,
    due_on: null
  };
}

// sandbox/github-pull-request.ts
var FORKER = "mallory";
function listedPullRequestObject(addresses, repository, pullRequest) {
  const { number, head, headSha, base, baseSha } = pullRequest;
  const api = repositoryUrl(addresses, repository);
  const self = `${api}/pulls/${number}`;
  const html = `${addresses.serverUrl}/${repository.fullName}/pull/${number}`;
  const urls = {
    comments: `${api}/issues/${number}/comments`,
    commits: `${self}/commits`,
    html,
    issue: `${api}/issues/${number}`,
    review_comment: `${api}/pulls/comments{/number}`,
    review_comments: `${self}/comments`,
    statuses: `${api}/statuses/${headSha}`
  };
  const links = Object.entries({ self, ...urls }).map(([name, href]) => [name, { href }]);
  const id = repository.id * 1e3 + number;
  return {
    _links: Object.fromEntries(links),
    url: self,
    ...suffixed(urls),
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    id,
    node_id: nodeId("PullRequest", id),
    number,
    state: pullRequest.state,
    locked: false,
    title: pullRequest.title,
    body: pullRequest.body,
    user: userObject2(addresses, pullRequest.author),
    author_association: "CONTRIBUTOR",
    ...attributesObject(addresses, repository, pullRequest),
    requested_reviewers: pullRequest.reviewers.map((login) => userObject2(addresses, login)),
    requested_teams: pullRequest.teamReviewers.map((slug) => teamObject(addresses, repository, slug)),
    draft: pullRequest.draft,
    auto_merge: autoMergeObject(addresses, pullRequest),
    created_at: pullRequest.createdAt,
    updated_at: pullRequest.updatedAt,
    closed_at: pullRequest.closedAt,
    merged_at: pullRequest.mergedAt,
    // That of a test merge, before there is a true one.
    merge_commit_sha: pullRequest.mergeCommit ?? testMergeOf(pullRequest),
    head: pullRequest.fork ? forkObject(addresses, repository, head, headSha) : endObject(addresses, repository, head, headSha),
    base: endObject(addresses, repository, base, baseSha)
  };
}
var testMergeOf = ({ headSha, baseSha }) => (0, import_node_crypto7.createHash)("sha1").update(`${headSha} ${baseSha}`).digest("hex");
function pullRequestObject3(addresses, repository, pullRequest, comparison2) {
  return {
    ...listedPullRequestObject(addresses, repository, pullRequest),
    merged: pullRequest.mergedAt !== null,
    merged_by: pullRequest.mergedAt === null ? null : userObject2(addresses, repository.owner, "Organization"),
    mergeable: null,
    rebaseable: null,
    mergeable_state: "unknown",
    maintainer_can_modify: false,
    comments: 0,
    review_comments: 0,
    commits: comparison2.commits,
    additions: comparison2.additions,
    deletions: comparison2.deletions,
    changed_files: comparison2.files
  };
}
function autoMergeObject(addresses, { number, title, author, autoMerge }) {
  if (autoMerge === null) return null;
  const commit4 = { commit_title: `${title} (#${number})`, commit_message: "" };
  return { enabled_by: userObject2(addresses, author), merge_method: autoMerge.method, ...commit4 };
}
function endObject(addresses, repository, ref, sha) {
  const { owner } = repository;
  const user2 = userObject2(addresses, owner, "Organization");
  return { label: `${owner}:${ref}`, ref, sha, user: user2, repo: repositoryObject3(addresses, repository) };
}
function forkObject(addresses, repository, ref, sha) {
  const user2 = userObject2(addresses, FORKER);
  const fullName = `${FORKER}/${repository.name}`;
  const repo = { ...repositoryObject3(addresses, repository), owner: user2, full_name: fullName, fork: true };
  return { label: `${FORKER}:${ref}`, ref, sha, user: user2, repo };
}

// sandbox/github-graphql-gh.ts
var ofRepository2 = {
  field: "repository",
  repository: ({ owner, name, repo }, { find }) => find(`${String(owner)}/${String(name ?? repo)}`),
  unknown: ({ owner, name, repo }) => `Could not resolve to a Repository with the name '${String(owner)}/${String(name ?? repo)}'.`
};
var ghOperations = {
  PullRequestList: {
    ...ofRepository2,
    needs: [{ pull_requests: "read" }],
    answer: async (question) => {
      const { headBranch, baseBranch, state, limit } = question.variables;
      const found = await newestFirst(question.repository, { head: headBranch, base: baseBranch, states: state });
      const shown5 = found.slice(0, Number(limit));
      const pageInfo = { hasNextPage: found.length > shown5.length, endCursor: null };
      const nodes = shown5.map(({ number }) => ({ number }));
      return { pullRequests: { totalCount: found.length, nodes, pageInfo } };
    }
  },
  RepositoryInfo: {
    ...ofRepository2,
    // The default branch is one of the contents.
    needs: [{ contents: "read" }],
    answer: async ({ repository, visitor }) => ({
      id: nodeId("Repository", repository.id),
      name: repository.name,
      owner: { login: repository.owner },
      hasIssuesEnabled: true,
      description: null,
      hasWikiEnabled: true,
      viewerPermission: mayPush(visitor, repository) ? "WRITE" : "READ",
      defaultBranchRef: await defaultBranchRef(repository),
      parent: null,
      mergeCommitAllowed: repository.mergeMethods.has("merge"),
      rebaseMergeAllowed: repository.mergeMethods.has("rebase"),
      squashMergeAllowed: repository.mergeMethods.has("squash")
    })
  },
  PullRequestForBranch: {
    ...ofRepository2,
    needs: [{ pull_requests: "read", contents: "read" }],
    answer: async ({ repository, variables, serverUrl }) => {
      const found = await newestFirst(repository, { head: variables["headRefName"], states: variables["states"] });
      const nodes = found.slice(0, 30).map((one) => ({
        url: urlOf(serverUrl, repository, one),
        id: pullRequestId(repository, one),
        number: one.number,
        state: stateOf(one),
        baseRefName: one.base,
        headRefName: one.head,
        isCrossRepository: one.fork,
        headRepositoryOwner: headOwner(repository, one)
      }));
      return { pullRequests: { nodes }, defaultBranchRef: await defaultBranchRef(repository) };
    }
  },
  PullRequestCreate: {
    field: "createPullRequest",
    needs: [{ pull_requests: "write", contents: "read" }],
    repository: (variables, { repositories }) => {
      const { repositoryId } = inputOf(variables);
      return repositories().find(({ id }) => nodeId("Repository", id) === repositoryId);
    },
    unknown: (variables) => `Could not resolve to a node with the global id of '${String(inputOf(variables)["repositoryId"])}'.`,
    answer: create5
  }
};
async function create5({ repository, variables, visitor, serverUrl }) {
  const opened = await openPullRequest(repository, inputOf(variables), visitor.login);
  return { pullRequest: { id: pullRequestId(repository, opened), url: urlOf(serverUrl, repository, opened) } };
}
async function newestFirst({ pullRequests }, { head, base, states }) {
  const all = (await pullRequests.all()).toReversed();
  return all.filter((one) => typeof head !== "string" || one.head === head).filter((one) => typeof base !== "string" || one.base === base).filter((one) => !Array.isArray(states) || states.includes(stateOf(one)));
}
function stateOf({ state, mergedAt }) {
  return mergedAt === null ? state.toUpperCase() : "MERGED";
}
function headOwner({ owner }, { fork }) {
  if (!fork) return { id: nodeId("Organization", owner), login: owner };
  return { id: nodeId("User", FORKER), login: FORKER, name: null };
}
async function defaultBranchRef(repository) {
  const { defaultBranch: name } = repository;
  return await repository.tip(name) === void 0 ? null : { name };
}
function urlOf(serverUrl, { fullName }, { number }) {
  return `${serverUrl}/${fullName}/pull/${number}`;
}
function inputOf({ input }) {
  return isRecord(input) ? input : {};
}

// sandbox/github-graphql-mutations.ts
var ofPullRequest2 = {
  needs: [{ pull_requests: "write", contents: "write" }],
  repository: ({ id }, { repositories }) => repositories().find((one) => owns(one, id)),
  unknown: ({ id }) => unresolved2(id)
};
var mutations = {
  EnableAutoMerge: {
    ...ofPullRequest2,
    field: "enablePullRequestAutoMerge",
    answer: async (question) => {
      const { repository, variables } = question;
      const pullRequest = await pullRequestOf2(question);
      const method = String(variables["mergeMethod"]).toLowerCase();
      if (!isMergeMethod(method)) throw new Error(`There is no merge method ${method}`);
      refuse(autoMergeRefusal(repository, pullRequest, method, String(variables["head"])));
      const { number } = await repository.pullRequests.update(pullRequest.number, { autoMerge: { method } });
      return { pullRequest: { number } };
    }
  },
  Enqueue: {
    ...ofPullRequest2,
    field: "enqueuePullRequest",
    answer: async (question) => {
      const { repository, variables } = question;
      const pullRequest = await pullRequestOf2(question);
      refuse(queueRefusal(repository, pullRequest, String(variables["head"])));
      const { number } = await repository.pullRequests.update(pullRequest.number, { queued: true });
      return { mergeQueueEntry: { id: nodeId("MergeQueueEntry", number) } };
    }
  },
  ConvertToDraft: {
    ...ofPullRequest2,
    field: "convertPullRequestToDraft",
    answer: async (question) => {
      const { number } = await pullRequestOf2(question);
      const { draft } = await question.repository.pullRequests.update(number, { draft: true, autoMerge: null });
      return { pullRequest: { isDraft: draft } };
    }
  }
};
async function pullRequestOf2({ repository, variables }) {
  const all = await repository.pullRequests.all();
  const found = all.find((one) => pullRequestId(repository, one) === variables["id"]);
  if (found === void 0) throw new GraphQlProblem("NOT_FOUND", unresolved2(variables["id"]));
  return found;
}
function refuse(reason) {
  if (reason !== void 0) throw new GraphQlProblem("UNPROCESSABLE", reason);
}
function owns({ id }, node) {
  const [type, number] = Buffer.from(String(node), "base64url").toString().split(":");
  return type === "PullRequest" && Math.floor(Number(number) / 1e3) === id;
}
function unresolved2(id) {
  return `Could not resolve to a node with the global id of '${String(id)}'.`;
}

// sandbox/github-graphql-objects.ts
var MOST_TEXT = 512e3;
var DEPTH = 4;
var READ = { ...ofRepository, needs: [{ contents: "read" }] };
var objectQueries = {
  Base: {
    ...ofRepository,
    schema: { movingRefs: { name: "UpdateRefsInput" } },
    // Without the lists of pull requests it needs no more than the contents.
    needs: [{ contents: "read" }],
    answer: async ({ repository, variables, serverUrl }) => {
      const { ref, ...rest } = variables;
      const name = textOrNull(ref)?.replace(/^refs\/heads\//, "") ?? repository.defaultBranch;
      const tips = valuesOf(rest, "tip").map(([key, value]) => [key, refFacts(repository, String(value))]);
      const listings = await objectsOf3(repository, valuesOf(rest, "listing"), 0);
      const files = await objectsOf3(repository, valuesOf(rest, "files"), DEPTH);
      const hasLists = Object.keys(rest).some((key) => key.startsWith("branch"));
      const tip = await refFacts(repository, `refs/heads/${name}`);
      return {
        ...repositoryFacts(repository),
        base: tip && { name, ...tip },
        ...Object.fromEntries(await Promise.all(tips.map(async ([key, value]) => [key, await value]))),
        ...listings,
        ...files,
        ...hasLists && await pullRequestLists(repository, { ...variables, after: void 0 }, serverUrl)
      };
    }
  },
  Objects: {
    ...READ,
    answer: ({ repository, variables }) => objectsOf3(repository, valuesOf(variables, "object"), "shallow")
  },
  Files: {
    ...READ,
    answer: async ({ repository, variables }) => ({
      commit: await commitOf(repository, String(variables["commit"])),
      ...await objectsOf3(repository, valuesOf(variables, "listing"), 0),
      ...await objectsOf3(repository, valuesOf(variables, "files"), DEPTH)
    })
  },
  Tip: {
    ...READ,
    answer: async ({ repository, variables }) => ({ ref: await refFacts(repository, String(variables["ref"])) })
  },
  Repository: {
    ...ofRepository,
    needs: [{ metadata: "read" }],
    answer: ({ repository }) => Promise.resolve(repositoryFacts(repository))
  },
  History: {
    ...READ,
    answer: async ({ repository, variables }) => {
      const id = String(variables["id"]);
      if (await commitOf(repository, id) === null) return { commit: null };
      const paths = valuesOf(variables, "path");
      const wanted = paths.length === 0 ? [["history", void 0]] : paths.map(renamed);
      const histories = await Promise.all(
        wanted.map(async ([name, path]) => [name, await historyOf(repository, id, path)])
      );
      return { commit: Object.fromEntries(histories) };
    }
  }
};
var renamed = ([key, value]) => [
  key.replace("path", "history"),
  String(value)
];
function valuesOf(variables, name) {
  return Object.entries(variables).filter(([key]) => new RegExp(`^${name}\\d+$`).test(key));
}
async function refFacts(repository, ref) {
  const [object] = await repository.objects([ref]);
  return object ? { target: await commitOf(repository, object.id) } : null;
}
async function commitOf(repository, id) {
  const commit4 = (await readCommits(repository, [id])).get(id);
  return commit4 ? commitFacts(commit4) : null;
}
async function historyOf(repository, id, path) {
  const log = [
    "log",
    "--max-count=100",
    "--format=%H %cI",
    id,
    ...path === void 0 ? [] : ["--", `:(literal)${path}`]
  ];
  const lines = (await repository.text(log)).split("\n").filter(Boolean);
  const listed2 = lines.map((line) => line.split(" "));
  const commits6 = await readCommits(
    repository,
    listed2.map(([one]) => one)
  );
  return {
    nodes: listed2.flatMap(([one, committedDate]) => {
      const commit4 = commits6.get(one);
      return commit4 ? [{ committedDate, ...commitFacts(commit4) }] : [];
    })
  };
}
async function objectsOf3(repository, wanted, depth) {
  const objects = await repository.objects(wanted.map(([, name]) => String(name)));
  const facts = wanted.map(async ([key], index) => [key, await factsOf(repository, objects[index], depth)]);
  return Object.fromEntries(await Promise.all(facts));
}
async function factsOf(repository, object, depth) {
  if (!object) return null;
  const { id: oid, type, content } = object;
  if (type === "blob") return { oid, ...depth === 0 ? {} : textOf4(content) };
  if (type !== "tree") return { oid };
  const entries = entriesOf2(content);
  if (depth === 0 || depth === "shallow") return { oid, entries };
  const children = await repository.objects(entries.map((entry) => entry.oid));
  const objects = await Promise.all(children.map((child) => childFacts(repository, child, depth)));
  return { oid, entries: entries.map((entry, index) => ({ ...entry, object: objects[index] ?? null })) };
}
function childFacts(repository, child, depth) {
  const isLast = depth === 1 && child?.type === "tree";
  return isLast ? Promise.resolve({ oid: child.id }) : factsOf(repository, child, Math.max(depth - 1, 1));
}
function textOf4(content) {
  const isBinary = content.subarray(0, 8e3).includes(0);
  const isTruncated = !isBinary && content.length > MOST_TEXT;
  const text5 = isBinary ? null : content.subarray(0, MOST_TEXT).toString();
  return { text: text5, isBinary, isTruncated, byteSize: content.length };
}
function entriesOf2(content) {
  const entries = [];
  for (let position2 = 0; position2 < content.length; ) {
    const [space, end] = [content.indexOf(" ", position2), content.indexOf(0, position2)];
    const mode = parseInt(content.toString("latin1", position2, space), 8);
    const oid = content.toString("hex", end + 1, end + 21);
    entries.push({ name: content.toString("utf8", space + 1, end), mode, oid });
    position2 = end + 21;
  }
  return entries;
}

// sandbox/github-graphql.ts
var OPERATIONS5 = {
  ...objectQueries,
  ...commitMutations,
  ...queries,
  ...mutations,
  ...ghOperations
};
var GitHubGraphQl = class {
  #api;
  constructor(api) {
    this.#api = api;
  }
  async answer({ method, authorization, operation: name = "", body }) {
    const visitor = this.#api.access.visitor(authorization);
    if (visitor === "unknown") return problem(401, "Bad credentials");
    if (visitor === "anonymous") return problem(401, "This endpoint requires you to be authenticated.");
    if (method !== "POST") return problem(404, "Not Found");
    if (!isRecord(body) || typeof body["query"] !== "string") return problem(400, "Problems parsing JSON");
    const operation = OPERATIONS5[name];
    if (operation === void 0) throw new Error(`The sandbox knows no GraphQL operation '${name}'`);
    const variables = isRecord(body["variables"]) ? body["variables"] : {};
    return await this.#carryOut(operation, variables, visitor);
  }
  async #carryOut(operation, variables, visitor) {
    const fields = "fields" in operation ? operation.fields(variables) : [operation];
    const repository = operation.repository(variables, this.#api);
    const { serverUrl } = this.#api;
    if (repository && mayRead(visitor, repository) && visitor.sso && holds(visitor, repository)) {
      const all = fields.map(({ field }) => failed(field, new GraphQlProblem("FORBIDDEN", ssoMessage(visitor)), true));
      return { ...answered(all), headers: ssoHeader(serverUrl, repository) };
    }
    const results = [];
    for (const { field, needs: needs2, answer } of fields) {
      const problem3 = !repository || !mayRead(visitor, repository) ? new GraphQlProblem("NOT_FOUND", operation.unknown(variables)) : !may(visitor, repository, needs2) && new GraphQlProblem("FORBIDDEN", notAccessible(visitor));
      if (problem3 || !repository) {
        results.push(failed(field, problem3 || new GraphQlProblem("NOT_FOUND", operation.unknown(variables))));
        continue;
      }
      try {
        results.push({ field, data: await answer({ repository, variables, visitor, serverUrl }) });
      } catch (error) {
        if (!(error instanceof GraphQlProblem)) throw error;
        results.push(failed(field, error));
      }
    }
    return answered(results, "schema" in operation ? operation.schema : {});
  }
};
function failed(field, { type, message }, samlFailure = false) {
  const extensions = type === "FORBIDDEN" ? { extensions: { saml_failure: samlFailure } } : {};
  const error = { type, path: [field], ...extensions, locations: [{ line: 2, column: 3 }], message };
  return { field, data: null, error };
}
function answered(results, schema = {}) {
  const errors = results.flatMap(({ error }) => error ?? []);
  const data2 = { ...schema, ...Object.fromEntries(results.map((one) => [one.field, one.data])) };
  return { status: 200, body: { data: data2, ...errors.length > 0 && { errors } } };
}

// sandbox/github-issues.ts
var WRITE3 = [{ issues: "write" }, { pull_requests: "write" }];
var issueOperations = [
  { method: "PATCH", path: /^\/issues\/(\d+)$/, needs: WRITE3, answer: update5 },
  { method: "POST", path: /^\/issues\/(\d+)\/labels$/, needs: WRITE3, answer: addLabels2 },
  { method: "DELETE", path: /^\/issues\/(\d+)\/labels\/([^/]+)$/, needs: WRITE3, answer: removeLabel3 },
  { method: "POST", path: /^\/issues\/(\d+)\/assignees$/, needs: WRITE3, answer: addAssignees }
];
async function update5(call, number) {
  const { addresses, repository, body } = call;
  const before = await pullRequestOf(call, number);
  if (before === void 0) return problem(404, "Not Found");
  const writing = {
    ...body["title"] !== void 0 && { title: textOrNull(body["title"]) ?? "" },
    ...body["body"] !== void 0 && { body: textOrNull(body["body"]) },
    ...(body["state"] === "open" || body["state"] === "closed") && { state: body["state"] }
  };
  const milestone2 = body["milestone"];
  const known = repository.milestones.find((one) => one.number === Number(milestone2));
  const errors = writingErrors(writing);
  if (milestone2 !== void 0 && milestone2 !== null && !known) {
    errors.push({ resource: "Issue", field: "milestone", code: "invalid", value: JSON.stringify(milestone2) });
  }
  if (errors.length > 0) return invalid2(errors, "issues/issues#update-an-issue");
  const attributes = milestone2 === void 0 ? {} : { milestone: known?.number ?? null };
  const changed = await repository.pullRequests.update(before.number, { ...writing, ...attributes });
  return { status: 200, body: issueObject(addresses, repository, changed) };
}
async function addLabels2(call, number) {
  const { repository, body } = call;
  const before = await pullRequestOf(call, number);
  if (before === void 0) return problem(404, "Not Found");
  const given = Array.isArray(body["labels"]) ? body["labels"] : [];
  const names = given.map((label) => isRecord(label) ? label["name"] : label);
  const errors = labelErrors(texts(names));
  if (errors.length > 0) return invalid2(errors, "issues/labels#add-labels-to-an-issue");
  const labels2 = [.../* @__PURE__ */ new Set([...before.labels, ...texts(names).map((name) => repository.label(name))])];
  return labelsOf(call, await repository.pullRequests.update(before.number, { labels: labels2 }));
}
async function removeLabel3(call, number, name) {
  const before = await pullRequestOf(call, number);
  if (before === void 0) return problem(404, "Not Found");
  const labels2 = before.labels.filter((label) => label.toLowerCase() !== name.toLowerCase());
  if (labels2.length === before.labels.length) return problem(404, "Label does not exist");
  return labelsOf(call, await call.repository.pullRequests.update(before.number, { labels: labels2 }));
}
async function addAssignees(call, number) {
  const { addresses, repository, body } = call;
  const before = await pullRequestOf(call, number);
  if (before === void 0) return problem(404, "Not Found");
  const wanted = texts(body["assignees"]).map((login) => login.toLowerCase());
  const assignable = [...repository.collaborators].filter((login) => wanted.includes(login.toLowerCase()));
  const assignees2 = [.../* @__PURE__ */ new Set([...before.assignees, ...assignable])];
  const changed = await repository.pullRequests.update(before.number, { assignees: assignees2 });
  return { status: 201, body: issueObject(addresses, repository, changed) };
}
function labelsOf({ addresses, repository }, { labels: labels2 }) {
  return { status: 200, body: labels2.map((name) => labelObject3(addresses, repository, name)) };
}

// sandbox/github-pulls.ts
var READ2 = [{ pull_requests: "read" }];
var WRITE4 = [{ pull_requests: "write" }];
var pullRequestOperations4 = [
  { method: "GET", path: /^\/pulls$/, needs: READ2, answer: list5 },
  { method: "POST", path: /^\/pulls$/, needs: WRITE4, answer: create6 },
  { method: "GET", path: /^\/pulls\/(\d+)$/, needs: READ2, answer: show4 },
  { method: "PATCH", path: /^\/pulls\/(\d+)$/, needs: WRITE4, answer: update6 },
  { method: "PUT", path: /^\/pulls\/(\d+)\/merge$/, needs: [{ contents: "write" }], answer: merge3 },
  { method: "POST", path: /^\/pulls\/(\d+)\/requested_reviewers$/, needs: WRITE4, answer: requestReviewers }
];
async function list5({ addresses, repository, url }) {
  const query = Object.fromEntries(url.searchParams);
  const found = (await repository.pullRequests.all()).filter(({ state }) => query["state"] === "all" || state === (query["state"] ?? "open")).filter(
    ({ head, fork }) => !query["head"]?.includes(":") || !fork && query["head"] === `${repository.owner}:${head}`
  ).filter(({ base }) => query["base"] === void 0 || query["base"] === base);
  const sorted = query["direction"] === "asc" ? found : found.toReversed();
  const size = Math.min(Number(query["per_page"] ?? 30), 100);
  const page2 = Math.max(Number(query["page"] ?? 1), 1);
  const shown5 = sorted.slice((page2 - 1) * size, page2 * size);
  const body = shown5.map((pullRequest) => listedPullRequestObject(addresses, repository, pullRequest));
  return { status: 200, headers: pageLinks(url, page2, Math.ceil(sorted.length / size)), body };
}
async function create6(call) {
  const { repository, body } = call;
  const { owner } = repository;
  const head = typeof body["head"] === "string" ? body["head"].replace(`${owner}:`, "") : "";
  const base = textOrNull(body["base"]) ?? "";
  const writing = { title: textOrNull(body["title"]) ?? "", body: textOrNull(body["body"]) };
  const errors = [...writingErrors(writing), ...await newPullRequestErrors(repository, head, base)];
  const [headSha, baseSha] = [await repository.tip(head), await repository.tip(base)];
  if (errors.length > 0 || !headSha || !baseSha) return invalid2(errors, "pulls/pulls#create-a-pull-request");
  const draft = body["draft"] === true;
  if (draft && !repository.allowDrafts) {
    return problem(422, "Draft pull requests are not supported in this repository.");
  }
  const opening = { ...writing, head, headSha, base, baseSha, draft, author: loginOf(call) };
  const opened = repository.pullRequests.open(opening);
  if (opened === void 0) return invalid2([alreadyExists(repository, head)], "pulls/pulls#create-a-pull-request");
  return await shown3(201, call, opened);
}
async function show4(call, number) {
  const found = await pullRequestOf(call, number);
  return found ? shown3(200, call, found) : problem(404, "Not Found");
}
async function update6(call, number) {
  const { repository, body } = call;
  const before = await pullRequestOf(call, number);
  if (before === void 0) return problem(404, "Not Found");
  const writing = {
    ...body["title"] !== void 0 && { title: textOrNull(body["title"]) ?? "" },
    ...body["body"] !== void 0 && { body: textOrNull(body["body"]) },
    ...(body["state"] === "open" || body["state"] === "closed") && { state: body["state"] },
    ...body["base"] !== void 0 && { base: textOrNull(body["base"]) ?? "" }
  };
  const errors = [...writingErrors(writing), ...await changeErrors(repository, before, writing)];
  if (errors.length > 0) return invalid2(errors, "pulls/pulls#update-a-pull-request");
  return await shown3(200, call, await repository.pullRequests.update(before.number, writing));
}
async function merge3(call, number) {
  const { repository, body } = call;
  const pullRequest = await pullRequestOf(call, number);
  if (pullRequest === void 0) return problem(404, "Not Found");
  const method = body["merge_method"] ?? "merge";
  if (!isMergeMethod(method)) return invalid2([], "pulls/pulls#merge-a-pull-request");
  const refused = mergeRefusal(repository, pullRequest, method, textOrNull(body["sha"]));
  if (refused) return problem(refused.status, refused.message);
  const [title, text5] = [textOrNull(body["commit_title"]), textOrNull(body["commit_message"])];
  const message = { ...title !== null && { title }, ...text5 !== null && { text: text5 } };
  const login = loginOf(call);
  const author = { name: login, email: `${login}@users.noreply.github.com` };
  try {
    const { mergeCommit } = await repository.pullRequests.merge(pullRequest.number, method, message, author);
    return { status: 200, body: { sha: mergeCommit, merged: true, message: "Pull Request successfully merged" } };
  } catch (error) {
    if (error instanceof GitError) return problem(405, "Pull Request is not mergeable");
    throw error;
  }
}
async function requestReviewers(call, number) {
  const { addresses, repository, body } = call;
  const pullRequest = await pullRequestOf(call, number);
  if (pullRequest === void 0) return problem(404, "Not Found");
  const [people, teams] = [texts(body["reviewers"]), texts(body["team_reviewers"])];
  const refused = reviewRefusal(repository, pullRequest, people, teams);
  if (refused !== void 0) return problem(422, refused);
  const changed = await repository.pullRequests.update(pullRequest.number, {
    reviewers: [.../* @__PURE__ */ new Set([...pullRequest.reviewers, ...people])],
    teamReviewers: [.../* @__PURE__ */ new Set([...pullRequest.teamReviewers, ...teams])]
  });
  return { status: 201, body: listedPullRequestObject(addresses, repository, changed) };
}
async function shown3(status, { addresses, repository }, pullRequest) {
  const comparison2 = await repository.compare(pullRequest.baseSha, pullRequest.headSha);
  return { status, body: pullRequestObject3(addresses, repository, pullRequest, comparison2) };
}
function pageLinks(url, page2, last) {
  const target = (number) => {
    const linked = new URL(url);
    linked.searchParams.set("page", String(number));
    return linked.href;
  };
  const before = page2 > 1 ? { prev: page2 - 1, first: 1 } : {};
  const after = page2 < last ? { next: page2 + 1, last } : {};
  const links = Object.entries({ ...before, ...after }).map(([rel, number]) => `<${target(number)}>; rel="${rel}"`);
  return links.length > 0 ? { link: links.join(", ") } : {};
}

// sandbox/github-statuses.ts
var READ3 = [{ contents: "read" }];
var statusOperations = [
  { method: "GET", path: /^\/commits\/([^/]+)\/statuses$/, needs: READ3, answer: statuses4 },
  { method: "GET", path: /^\/commits\/([^/]+)\/check-runs$/, needs: READ3, answer: checkRuns },
  { method: "GET", path: /^\/deployments$/, needs: READ3, answer: deployments },
  { method: "GET", path: /^\/deployments\/(\d+)\/statuses$/, needs: READ3, answer: deploymentStatuses }
];
async function statuses4(call, ref) {
  const { repository, addresses } = call;
  const id = await resolved3(repository, ref);
  if (id === void 0) return problem(422, `No commit found for SHA: ${ref}`);
  const body = firstPage(call, repository.statuses.of(id)).map((one) => ({
    ...written2(call, one),
    url: `${repositoryUrl(addresses, repository)}/statuses/${id}`,
    avatar_url: null,
    context: one.context,
    target_url: one.url === "" ? null : one.url
  }));
  return { status: 200, body };
}
async function checkRuns(call, ref) {
  const { repository, addresses, url } = call;
  const id = await resolved3(repository, ref);
  if (id === void 0) return problem(422, `No commit found for SHA: ${ref}`);
  const { checkRuns: all } = repository;
  const found = url.searchParams.get("filter") === "all" ? all.of(id) : all.latestOf(id);
  const api = `${repositoryUrl(addresses, repository)}/check-runs`;
  const body = firstPage(call, found).map((one) => ({
    id: one.id,
    node_id: nodeId("CheckRun", one.id),
    head_sha: id,
    external_id: "",
    name: one.context,
    url: `${api}/${one.id}`,
    html_url: `${addresses.serverUrl}/${repository.fullName}/runs/${one.id}`,
    details_url: one.url === "" ? null : one.url,
    status: one.state === "pending" ? "in_progress" : "completed",
    conclusion: one.state === "pending" ? null : one.state,
    started_at: one.time,
    completed_at: one.state === "pending" ? null : one.time,
    output: {
      title: one.description,
      summary: null,
      text: null,
      annotations_count: 0,
      annotations_url: `${api}/${one.id}/annotations`
    },
    check_suite: { id: 1 },
    app: appObject(call, one.author),
    pull_requests: []
  }));
  return { status: 200, body: { total_count: found.length, check_runs: body } };
}
var appObject = ({ addresses, repository }, slug) => ({
  id: 1,
  slug,
  node_id: nodeId("App", 1),
  owner: userObject2(addresses, repository.owner, "Organization"),
  name: slug,
  description: null,
  external_url: addresses.serverUrl,
  html_url: `${addresses.serverUrl}/apps/${slug}`,
  created_at: "2026-01-02T03:04:05Z",
  updated_at: "2026-01-02T03:04:05Z",
  permissions: { checks: "write" },
  events: []
});
function deployments(call) {
  const { repository, addresses, url } = call;
  const api = repositoryUrl(addresses, repository);
  const found = repository.deployments.of(url.searchParams.get("sha") ?? "");
  const body = firstPage(call, found).map((one) => ({
    ...written2(call, one),
    url: `${api}/deployments/${one.id}`,
    sha: one.commit,
    ref: one.commit,
    task: "deploy",
    payload: {},
    environment: one.context,
    statuses_url: `${api}/deployments/${one.id}/statuses`,
    repository_url: api
  }));
  return { status: 200, body };
}
function deploymentStatuses(call, number) {
  const { repository, addresses } = call;
  const one = repository.deployments.get(Number(number));
  if (one === void 0) return problem(404, "Not Found");
  const api = repositoryUrl(addresses, repository);
  const status = {
    ...written2(call, one),
    url: `${api}/deployments/${one.id}/statuses/1`,
    environment: one.context,
    target_url: one.url === "" ? api : one.url,
    log_url: one.url === "" ? api : one.url,
    deployment_url: `${api}/deployments/${one.id}`,
    repository_url: api
  };
  return { status: 200, body: one.state === "success" ? [{ ...status, state: "inactive" }, status] : [status] };
}
var written2 = ({ addresses }, { id, state, description, author, time }) => ({
  id,
  node_id: nodeId("Status", id),
  state,
  description,
  creator: userObject2(addresses, author),
  created_at: time,
  updated_at: time
});
var firstPage = ({ url }, all) => all.slice(0, Math.min(Number(url.searchParams.get("per_page") ?? 30), 100));

// sandbox/exchange.ts
var GRAPHQL = "/api/graphql";
var GH_GRAPHQL = "http://api.github.localhost/graphql";

// sandbox/github-api.ts
var OPERATIONS6 = [
  {
    method: "GET",
    path: /^$/,
    needs: [{ metadata: "read" }],
    answer: ({ addresses, repository, visitor }) => ({
      status: 200,
      body: fullRepositoryObject(addresses, repository, visitor)
    })
  },
  ...pullRequestOperations4,
  ...issueOperations,
  ...gitDataOperations,
  ...comparisonOperations,
  ...statusOperations
];
var GitHubApi = class {
  apps;
  #options;
  #graphQl;
  constructor(options) {
    this.#options = options;
    this.apps = new GitHubApps(options);
    this.#graphQl = new GitHubGraphQl(options);
  }
  /** Answers one request to the API, as GitHub would. */
  async answer(asked) {
    if (asked.url.pathname === GRAPHQL) return await this.#graphQl.answer(asked);
    return this.apps.answer(asked) ?? await this.#operate(asked);
  }
  async #operate({ method, url, authorization, body = {} }) {
    const { access, find, serverUrl } = this.#options;
    const visitor = access.visitor(authorization);
    if (visitor === "unknown") return problem(401, "Bad credentials");
    const [, fullName = "", path = ""] = /^\/api\/v3\/repos\/([^/]+\/[^/]+)(.*)$/.exec(url.pathname) ?? [];
    const repository = find(fullName);
    const operation = OPERATIONS6.find((one) => one.method === method && one.path.test(path));
    const needs2 = operation?.needs ?? [{ metadata: "read" }];
    const headers = tokenHeaders(visitor, needs2);
    const refused = refusal6(visitor, repository, needs2, serverUrl);
    if (refused || !repository) return withHeaders(refused ?? problem(404, "Not Found"), headers);
    if (!operation) return withHeaders(problem(404, "Not Found"), headers);
    if (!isRecord(body)) return problem(400, "Problems parsing JSON");
    const parts = (operation.path.exec(path) ?? []).slice(1).map((part) => decodeURIComponent(part));
    const call = { addresses: this.#options, repository, visitor, url, body };
    return withHeaders(await operation.answer(call, ...parts), headers);
  }
};
function withHeaders(answer, headers) {
  return { ...answer, headers: { ...headers, ...answer.headers } };
}

// sandbox/gitlab-operation.ts
function refusal7(status, message) {
  return { status, body: { message } };
}
var NOT_FOUND = (what) => refusal7(404, `404 ${what} Not Found`);
function pageOf5(url, all, asObject) {
  const [page2, size] = [numberIn2(url, "page", 1), Math.min(numberIn2(url, "per_page", 20), 100)];
  const items = all.slice((page2 - 1) * size, page2 * size);
  if (page2 * size >= all.length) return { status: 200, body: items.map(asObject) };
  const next = new URL(url);
  next.searchParams.set("page", String(page2 + 1));
  return { status: 200, headers: { link: `<${next.href}>; rel="next"` }, body: items.map(asObject) };
}
function numberIn2({ searchParams }, name, otherwise) {
  return Number(searchParams.get(name) ?? otherwise);
}

// sandbox/gitlab-objects.ts
var FORK = 999;
var GitLabUsers = class {
  #names = [];
  idOf(name) {
    if (!this.#names.includes(name)) this.#names.push(name);
    return this.#names.indexOf(name) + 1;
  }
  nameOf(id) {
    return this.#names[id - 1];
  }
};
function userObject3(serverUrl, users, username) {
  const web = `${serverUrl}/${username}`;
  return { id: users.idOf(username), username, name: username, state: "active", avatar_url: null, web_url: web };
}
var isDraft2 = (title) => /^\s*(?:\[draft\]|\(draft\)|draft:)/i.test(title);
function mergeRequestObject({ serverUrl, users, project }, pullRequest) {
  const { number, title, body, head, headSha, base, fork, labels: labels2, reviewers, assignees: assignees2, autoMerge } = pullRequest;
  const people = (names) => names.map((name) => userObject3(serverUrl, users, name));
  const milestone2 = project.milestones.find((one) => one.number === pullRequest.milestone);
  const isMerged = pullRequest.mergedAt !== null;
  return {
    id: project.id * 1e3 + number,
    iid: number,
    project_id: project.id,
    title,
    description: body,
    state: isMerged ? "merged" : pullRequest.state === "open" ? "opened" : "closed",
    created_at: pullRequest.createdAt,
    updated_at: pullRequest.updatedAt,
    merged_at: pullRequest.mergedAt,
    closed_at: isMerged ? null : pullRequest.closedAt,
    target_branch: base,
    source_branch: head,
    author: userObject3(serverUrl, users, pullRequest.author),
    assignees: people(assignees2),
    assignee: people(assignees2)[0] ?? null,
    reviewers: people(reviewers),
    source_project_id: fork ? FORK : project.id,
    target_project_id: project.id,
    labels: labels2.toSorted(),
    draft: isDraft2(title),
    work_in_progress: isDraft2(title),
    milestone: milestone2 ? milestoneObject3(project, milestone2) : null,
    merge_when_pipeline_succeeds: autoMerge !== null,
    merge_status: "can_be_merged",
    detailed_merge_status: statusOf3(project, pullRequest),
    sha: headSha,
    merge_commit_sha: pullRequest.mergeCommit,
    squash_commit_sha: null,
    squash: autoMerge?.method === "squash",
    references: { short: `!${number}`, relative: `!${number}`, full: `${project.fullName}!${number}` },
    web_url: `${serverUrl}/${project.fullName}/-/merge_requests/${number}`,
    has_conflicts: false,
    blocking_discussions_resolved: true
  };
}
function statusOf3(project, { state, title, base }) {
  if (state !== "open") return "not_open";
  if (isDraft2(title)) return "draft_status";
  return project.waitsForChecks(base) ? "ci_still_running" : "mergeable";
}
function milestoneObject3({ id }, { number, title, state }) {
  const named = { id: id * 100 + number, iid: number, project_id: id, title };
  return { ...named, description: "", state: state === "open" ? "active" : "closed", due_date: null, start_date: null };
}
function commitObject6(serverUrl, { fullName }, commit4) {
  const { id, parents, message, author, committer } = commit4;
  return {
    id,
    short_id: id.slice(0, 8),
    created_at: withMilliseconds(committer.date),
    parent_ids: parents,
    title: message.split("\n")[0] ?? "",
    message,
    author_name: author.name,
    author_email: author.email,
    authored_date: withMilliseconds(author.date),
    committer_name: committer.name,
    committer_email: committer.email,
    committed_date: withMilliseconds(committer.date),
    web_url: `${serverUrl}/${fullName}/-/commit/${id}`
  };
}
var withMilliseconds = (date) => date.replace(/Z$/, ".000+00:00");

// sandbox/gitlab-merge-requests.ts
var LIMITS5 = { title: 255, description: 1048576, label: 255 };
var mergeRequestOperations = [
  { method: "GET", path: /^\/merge_requests$/, answer: list6 },
  { method: "POST", path: /^\/merge_requests$/, answer: create7 },
  {
    method: "GET",
    path: /^\/merge_requests\/(\d+)$/,
    answer: (call, number) => withOne4(call, number, (one) => shown4(call, one))
  },
  {
    method: "PUT",
    path: /^\/merge_requests\/(\d+)$/,
    answer: (call, number) => withOne4(call, number, (one) => update7(call, one))
  },
  {
    method: "GET",
    path: /^\/merge_requests\/(\d+)\/commits$/,
    answer: (call, number) => withOne4(call, number, (one) => commits4(call, one))
  },
  {
    method: "GET",
    path: /^\/merge_requests\/(\d+)\/notes$/,
    answer: (call, number) => withOne4(call, number, (one) => notes(call, one))
  }
];
async function withOne4({ project }, number, work) {
  const found = (await project.pullRequests.all()).find((one) => one.number === Number(number));
  return found ? work(found) : NOT_FOUND("Merge Request");
}
function shown4(call, one, status = 200) {
  return { status, body: mergeRequestObject(call, one) };
}
async function list6(call) {
  const asked = call.url.searchParams;
  const state = asked.get("state") ?? "all";
  const isAsked = (one) => (state === "all" || state === stateOf2(one)) && one.head === (asked.get("source_branch") ?? one.head) && one.base === (asked.get("target_branch") ?? one.base);
  const all = (await call.project.pullRequests.all()).filter(isAsked);
  const newest = asked.has("order_by") ? byTime2(all, asked.get("order_by") ?? "") : all.toReversed();
  return pageOf5(call.url, newest, (one) => mergeRequestObject(call, one));
}
function byTime2(all, name) {
  const time = (one) => name === "merged_at" ? one.mergedAt ?? "" : one.updatedAt;
  return all.toSorted((one, other) => time(other).localeCompare(time(one)) || other.number - one.number);
}
var stateOf2 = ({ state, mergedAt }) => mergedAt !== null ? "merged" : state === "open" ? "opened" : "closed";
async function create7(call) {
  const { project, body, visitor } = call;
  const [head, base, title] = [textOf5(body["source_branch"]), textOf5(body["target_branch"]), textOf5(body["title"])];
  const missing = Object.entries({ source_branch: head, target_branch: base, title }).flatMap(
    ([name, value]) => value === "" ? `${name} is missing` : []
  );
  if (missing.length > 0) return { status: 400, body: { error: missing.join(", ") } };
  const wrong = faults3(body);
  if (wrong) return wrong;
  const [headSha, baseSha] = [await project.tip(head), await project.tip(base)];
  if (headSha === void 0) return refusal7(400, [`Source branch "${head}" does not exist`]);
  if (baseSha === void 0) return refusal7(400, [`Target branch "${base}" does not exist`]);
  const description = body["description"] === void 0 ? null : textOf5(body["description"]);
  const opened = project.pullRequests.open({
    title: title.trim(),
    body: description,
    head,
    headSha,
    base,
    baseSha,
    draft: isDraft2(title),
    ...typeof visitor === "object" && { author: visitor.login }
  });
  if (opened) return shown4(call, opened, 201);
  const other = (await project.pullRequests.all()).find((one) => one.state === "open" && one.head === head);
  return refusal7(409, [`Another open merge request already exists for this source branch: !${other?.number}`]);
}
async function update7(call, before) {
  const { project, body, users } = call;
  const wrong = faults3(body);
  if (wrong) return wrong;
  const people = (field) => {
    const ids = Array.isArray(body[field]) ? body[field].map(Number) : [];
    const names = ids.flatMap((id) => users.nameOf(id) ?? []).filter((name) => project.collaborators.has(name));
    return names.slice(0, project.peopleAtMost);
  };
  const milestone2 = project.milestones.find(({ number }) => project.id * 100 + number === body["milestone_id"]);
  const title = textOf5(body["title"]).trim();
  const added = labelsIn(body["add_labels"]).filter((label) => label.length <= LIMITS5.label);
  const removed = labelsIn(body["remove_labels"]);
  const labels2 = [.../* @__PURE__ */ new Set([...before.labels, ...added])].filter((label) => !removed.includes(label));
  const changed = await project.pullRequests.update(before.number, {
    ...title !== "" && { title, draft: isDraft2(title) },
    ...body["description"] !== void 0 && { body: textOf5(body["description"]) },
    ...body["state_event"] === "close" && before.state === "open" && { state: "closed" },
    ...body["reviewer_ids"] !== void 0 && { reviewers: people("reviewer_ids") },
    ...body["assignee_ids"] !== void 0 && { assignees: people("assignee_ids") },
    ...milestone2 && { milestone: milestone2.number },
    labels: labels2
  });
  return shown4(call, changed);
}
function faults3(body) {
  const title = Array.from(textOf5(body["title"])).length > LIMITS5.title;
  const description = Buffer.byteLength(textOf5(body["description"])) > LIMITS5.description;
  if (!title && !description) return void 0;
  return refusal7(400, {
    ...title && { title: [`is too long (maximum is ${LIMITS5.title} characters)`] },
    ...description && { description: [`is too long (maximum is 1 MiB)`] }
  });
}
async function commits4({ serverUrl, project, url }, one) {
  const base = one.mergedAt === null ? one.base : one.baseSha;
  const ids = (await project.text(["rev-list", "--topo-order", `${base}..${one.headSha}`])).split("\n").filter(Boolean);
  const known = await readCommits(project, ids);
  return pageOf5(
    url,
    ids.flatMap((id) => known.get(id) ?? []),
    (commit4) => commitObject6(serverUrl, project, commit4)
  );
}
function notes(call, { number, head, headDeletedAt }) {
  const body = `deleted source branch \`${head}\``;
  const events = headDeletedAt === null ? [] : [{ id: number, body, created_at: headDeletedAt, system: true }];
  return pageOf5(call.url, events, (event) => event);
}
function labelsIn(value) {
  const all = Array.isArray(value) ? value.map(String) : textOf5(value).split(",");
  return all.map((label) => label.trim()).filter(Boolean);
}
var textOf5 = (value) => typeof value === "string" ? value : "";

// sandbox/gitlab-merging.ts
var mergingOperations = [
  {
    method: "PUT",
    path: /^\/merge_requests\/(\d+)\/merge$/,
    answer: (call, number) => withOne4(call, number, (one) => merge4(call, one))
  }
];
var NOT_ALLOWED2 = refusal7(405, "405 Method Not Allowed");
async function merge4(call, one) {
  const { project, body } = call;
  const { number, head, base, headSha, title, state } = one;
  const waits = project.waitsForChecks(base);
  const isAuto = body["auto_merge"] === true || body["merge_when_pipeline_succeeds"] === true;
  if (state !== "open" || isDraft2(title) || isAuto !== waits) return NOT_ALLOWED2;
  if (body["sha"] !== void 0 && body["sha"] !== headSha) {
    return refusal7(409, `SHA does not match HEAD of source branch: ${headSha}`);
  }
  const method = body["squash"] === true ? "squash" : "merge";
  if (isAuto) return shown4(call, await project.pullRequests.update(number, { autoMerge: { method, head: headSha } }));
  const merged2 = await project.pullRequests.merge(number, method, {
    title: method === "squash" ? title : `Merge branch '${head}' into '${base}'`,
    text: `${method === "squash" ? "" : `${title}

`}See merge request ${project.fullName}!${number}`
  }).catch(() => void 0);
  return merged2 ? shown4(call, merged2) : refusal7(422, "Branch cannot be merged");
}

// sandbox/gitlab-repository.ts
var repositoryOperations = [
  {
    method: "GET",
    path: /^$/,
    answer: ({ project: { id, fullName, visibility } }) => Promise.resolve({ status: 200, body: { id, path_with_namespace: fullName, visibility } })
  },
  { method: "GET", path: /^\/repository\/commits$/, answer: commits5 },
  { method: "GET", path: /^\/repository\/commits\/([^/]+)$/, answer: commit3 },
  { method: "GET", path: /^\/repository\/commits\/([^/]+)\/signature$/, answer: signature },
  { method: "GET", path: /^\/repository\/commits\/([^/]+)\/statuses$/, answer: statuses5 },
  { method: "GET", path: /^\/repository\/merge_base$/, answer: mergeBase },
  { method: "GET", path: /^\/milestones$/, answer: milestones2 }
];
async function commit3(call, revision) {
  const id = await resolved2(call.project, revision);
  return id === void 0 ? NOT_FOUND("Commit") : { status: 200, body: await described(call, id) };
}
async function commits5(call) {
  const { project, url, serverUrl } = call;
  const range = url.searchParams.get("ref_name") ?? project.defaultBranch;
  const list7 = await project.text(["rev-list", "--topo-order", range], { answers: [0, 128] });
  const ids = list7.split("\n").filter(Boolean);
  const known = await readCommits(project, ids);
  return pageOf5(
    url,
    ids.flatMap((id) => known.get(id) ?? []),
    (one) => commitObject6(serverUrl, project, one)
  );
}
async function signature({ project }, revision) {
  const id = await resolved2(project, revision);
  const found = id === void 0 ? void 0 : (await readCommits(project, [id])).get(id);
  if (found?.signature === void 0) return NOT_FOUND("Signature");
  const status = isGood(found.signature) ? "verified" : "unverified";
  return { status: 200, body: { signature_type: "SSH", verification_status: status, commit_source: "gitaly" } };
}
async function statuses5({ serverUrl, users, project, url }, revision) {
  const id = await resolved2(project, revision);
  if (id === void 0) return NOT_FOUND("Commit");
  const { statuses: all } = project;
  const found = url.searchParams.get("all") === "true" ? all.of(id) : all.latestOf(id);
  return pageOf5(url, found, (one) => ({
    id: one.id,
    sha: id,
    ref: project.defaultBranch,
    status: one.state === "failure" ? "failed" : one.state,
    name: one.context,
    description: one.description === "" ? null : one.description,
    target_url: one.url === "" ? null : one.url,
    author: userObject3(serverUrl, users, one.author),
    created_at: one.time,
    started_at: null,
    finished_at: one.state === "pending" ? null : one.time,
    allow_failure: false
  }));
}
async function mergeBase(call) {
  const refs = call.url.searchParams.getAll("refs[]");
  const ids = await Promise.all(refs.map((ref) => resolved2(call.project, ref)));
  const [one, other] = ids;
  if (one === void 0 || other === void 0)
    return refusal7(400, `Could not find ref: ${refs[ids.indexOf(void 0)]}`);
  const shared = (await call.project.text(["merge-base", one, other], { answers: [0, 1] })).trim();
  return shared === "" ? NOT_FOUND("Merge Base") : { status: 200, body: await described(call, shared) };
}
function milestones2({ project, url }) {
  const [title, state] = [url.searchParams.get("title"), url.searchParams.get("state")];
  const numbers = url.searchParams.getAll("iids[]").map(Number);
  const found = project.milestones.filter((one) => (title ?? one.title) === one.title).filter((one) => state === null || state === "active" === (one.state === "open")).filter((one) => numbers.length === 0 || numbers.includes(one.number));
  return pageOf5(url, found, (one) => milestoneObject3(project, one));
}
async function described({ serverUrl, project }, id) {
  const found = (await readCommits(project, [id])).get(id);
  return found && commitObject6(serverUrl, project, found);
}

// sandbox/gitlab-api.ts
var GITLAB_API = "/api/v4/";
var OPERATIONS7 = [
  ...mergeRequestOperations,
  ...mergingOperations,
  ...repositoryOperations
];
var UNAUTHORIZED4 = refusal7(401, "401 Unauthorized");
var GitLabApi = class {
  #options;
  #users = new GitLabUsers();
  constructor(options) {
    this.#options = options;
  }
  /** Answers one request to the API, as GitLab would. */
  async answer({ method, url, authorization, body = {} }) {
    const { access, find, serverUrl } = this.#options;
    const visitor = access.visitor(authorization);
    if (visitor === "unknown" || /\bglcbt-/.test(authorization ?? "")) return UNAUTHORIZED4;
    if (url.pathname === "/api/v4/users") return this.#find(visitor, url);
    const [, id = "", path = ""] = /^\/api\/v4\/projects\/([^/]+)(.*)$/.exec(url.pathname) ?? [];
    const project = find(decodeURIComponent(id));
    const operation = OPERATIONS7.find((one) => one.method === method && one.path.test(path));
    const refused = refusalOf2(visitor, project, method);
    if (refused || !project || !operation) return refused ?? NOT_FOUND("Project");
    if (typeof body !== "object" || body === null) return { status: 400, body: { error: "body is invalid" } };
    const parts = (operation.path.exec(path) ?? []).slice(1).map((part) => decodeURIComponent(part));
    const call = { serverUrl, users: this.#users, project, visitor, url, body };
    return operation.answer(call, ...parts);
  }
  #find(visitor, url) {
    if (typeof visitor !== "object") return UNAUTHORIZED4;
    const { repositories, serverUrl } = this.#options;
    const wanted = (url.searchParams.get("username") ?? "").toLowerCase();
    const all = new Set(repositories().flatMap(({ collaborators }) => [...collaborators]));
    const found = [...all].filter((name) => name.toLowerCase() === wanted);
    return { status: 200, body: found.map((name) => userObject3(serverUrl, this.#users, name)) };
  }
};
function refusalOf2(visitor, project, method) {
  if (!project || !mayRead(visitor, project)) return NOT_FOUND("Project");
  if (method === "GET" && project.visibility === "public") return void 0;
  if (!holds(visitor, project)) return UNAUTHORIZED4;
  if (may(visitor, project, [{ pull_requests: method === "GET" ? "read" : "write" }])) return void 0;
  const description = "The request requires higher privileges than provided by the access token.";
  return { status: 403, body: { error: "insufficient_scope", error_description: description, scope: "api" } };
}

// sandbox/git-server.ts
var import_node_path4 = require("node:path");
var import_consumers3 = require("node:stream/consumers");
var import_promises4 = require("node:stream/promises");

// sandbox/gitlab-push-options.ts
var import_node_stream = require("node:stream");

// sandbox/push-refusal.ts
function protectionRefusal(body, protectedRefs) {
  const [refused] = pushedUpdates(body).updates.filter(({ ref }) => protectedRefs.has(ref));
  const protection = protectedRefs.get(refused?.ref ?? "");
  if (!refused || !protection) return void 0;
  const advice = `error: GH006: Protected branch update failed for ${refused.ref}.
error: Changes must be made through a pull request.
`;
  return refusalReport(body, protection.reason, protection.advice ?? advice);
}
function refusalReport(body, reason, advice = "") {
  const results = pushedUpdates(body).updates.map(({ ref }) => packet(`ng ${ref} ${reason}
`));
  const shown5 = advice === "" ? [] : [packet("", advice)];
  return Buffer.concat([...shown5, packet("", packet("unpack ok\n"), ...results, FLUSH), FLUSH]);
}
var FLUSH = Buffer.from("0000");
function pushedUpdates(body) {
  const asked = packetsOf(body);
  const updates = asked.packets.flatMap((packet2) => {
    const [, after, ref] = /^[0-9a-f]{40,64} ([0-9a-f]{40,64}) ([^\0\n]+)/.exec(packet2) ?? [];
    return ref === void 0 || after === void 0 ? [] : [{ ref, after }];
  });
  const hasOptions = asked.packets.some((packet2) => /\0.*\bpush-options\b/.test(packet2));
  const given = hasOptions ? packetsOf(asked.rest) : { packets: [], rest: asked.rest };
  return { updates, options: given.packets, pack: given.rest };
}
function packetsOf(body) {
  const length = parseInt(body.toString("latin1", 0, 4), 16);
  if (!(length > 4)) return { packets: [], rest: body.subarray(4) };
  const { packets, rest } = packetsOf(body.subarray(length));
  return { packets: [body.toString("utf8", 4, length), ...packets], rest };
}
function shownBefore(text5, answer) {
  return Buffer.concat([packet("", text5), answer]);
}
function isDeletion({ after }) {
  return /^0+$/.test(after);
}
function packet(...parts) {
  const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, "0")), bytes]);
}

// sandbox/gitlab-push-options.ts
async function withMergeRequest(answer, body, project, serverUrl, author) {
  const { updates, options } = pushedUpdates(body);
  if (!options.includes("merge_request.create") || !(answer.body instanceof import_node_stream.Readable)) return answer;
  const carriedOut2 = Buffer.concat(await answer.body.toArray());
  const values = (name) => options.flatMap((option) => {
    const start = `merge_request.${name}=`;
    return option.startsWith(start) ? [option.slice(start.length)] : [];
  });
  const base = values("target")[0] ?? project.defaultBranch;
  const heads = updates.map(({ ref }) => ref.replace("refs/heads/", "")).filter((head) => head !== base);
  const pages = [];
  for (const head of heads) {
    const one = await openOrChange(project, { head, base, author }, values, options.includes("merge_request.draft"));
    const page2 = `${serverUrl}/${project.fullName}/-/merge_requests/${one.number}`;
    pages.push(`
View merge request for ${head}:
  ${page2}

`);
  }
  return { ...answer, body: shownBefore(pages.join(""), carriedOut2) };
}
async function openOrChange(project, { head, base, author }, values, draft) {
  const [headSha = "", baseSha = ""] = [await project.tip(head), await project.tip(base)];
  const asked = values("title")[0] ?? "";
  const title = draft && !isDraft2(asked) ? `Draft: ${asked}` : asked;
  const found = (await project.pullRequests.all()).find((one2) => one2.state === "open" && one2.head === head);
  const opening = { title: title || head, body: null, head, headSha, base, baseSha, draft, author };
  const one = found ?? project.pullRequests.open(opening);
  if (!one) throw new Error(`there is one for ${head} that was not found`);
  const milestone2 = project.milestones.find(({ title: name }) => values("milestone").includes(name));
  return project.pullRequests.update(one.number, {
    ...title !== "" && { title },
    labels: [.../* @__PURE__ */ new Set([...one.labels, ...values("label")])],
    assignees: [.../* @__PURE__ */ new Set([...one.assignees, ...values("assign").filter((name) => project.collaborators.has(name))])],
    ...milestone2 && { milestone: milestone2.number }
  });
}

// sandbox/workflow-refusal.ts
var import_promises3 = require("node:fs/promises");
var import_node_os2 = require("node:os");
var import_node_path3 = require("node:path");
var WORKFLOWS = ".github/workflows/";
async function workflowRefusal(repository, body, kind) {
  const { updates, pack } = pushedUpdates(body);
  if (pack.length === 0) return void 0;
  const objects = await (0, import_promises3.mkdtemp)((0, import_node_path3.join)((0, import_node_os2.tmpdir)(), "sandbox-quarantine-"));
  const environment = {
    GIT_OBJECT_DIRECTORY: objects,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: (0, import_node_path3.join)(repository.gitDir, "objects")
  };
  try {
    await repository.text(["unpack-objects", "-q"], { input: pack, environment });
    for (const update8 of updates) {
      if (isDeletion(update8)) continue;
      const range = [update8.after, "--not", "--all"];
      const changed = await repository.text(["log", "--format=", "--name-only", "-m", ...range, "--", WORKFLOWS], {
        environment
      });
      const [path] = changed.split("\n").filter(Boolean);
      if (path !== void 0) return reasonFor(path, kind);
    }
    return void 0;
  } finally {
    await (0, import_promises3.rm)(objects, { recursive: true, force: true });
  }
}
function reasonFor(path, kind) {
  const [who, right] = kind === "installation" ? ["GitHub App", "`workflows` permission"] : ["Personal Access Token", "`workflow` scope"];
  return `refusing to allow a ${who} to create or update workflow \`${path}\` without ${right}`;
}

// sandbox/git-server.ts
var backend;
function httpBackend() {
  backend ??= git(["--exec-path"]).then((folder) => (0, import_node_path4.join)(folder.toString().trim(), "git-http-backend"));
  return backend;
}
var REALM = { "www-authenticate": 'Basic realm="GitHub"' };
var GitServer = class {
  #options;
  #running = /* @__PURE__ */ new Set();
  #closed = false;
  constructor(options) {
    this.#options = options;
  }
  /** Answers one request of smart HTTP, as GitHub would. */
  async answer(asked) {
    const path = asked.url.pathname.split("/").map(decodeURIComponent).join("/");
    const [, fullName = "", action = ""] = /^\/(?:scm\/)?([^/]+(?:\/[^/]+?)+)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(path) ?? [];
    const repository = this.#options.find(fullName);
    const service = action === "info/refs" ? asked.url.searchParams.get("service") : action;
    const refusal8 = this.#refusal(asked, repository, service === "git-receive-pack");
    if (refusal8) return refusal8;
    if (!repository) return notFound3();
    if (asked.method === "POST" && action === "git-receive-pack") return await this.#receive(asked, repository);
    return await this.#backend(asked, `/${repository.fullName}.git/${action}`);
  }
  /** Ends what is still running, waits for it, and starts nothing more. */
  async close() {
    this.#closed = true;
    const ends = [...this.#running].map(async (child) => {
      const end = new Promise((resolve) => child.once("close", resolve));
      child.kill();
      await end;
    });
    await Promise.all(ends);
  }
  #refusal({ authorization, url }, repository, push) {
    const visitor = this.#options.access.visitor(authorization);
    if (visitor === "unknown") {
      const body = "Invalid username or token. Password authentication is not supported for Git operations.\n";
      return { status: 401, headers: REALM, body };
    }
    const readable = repository !== void 0 && mayRead(visitor, repository);
    if (visitor === "anonymous") {
      if (!readable) return { ...notFound3(), status: 401, headers: REALM };
      return push ? { status: 401, headers: REALM, body: "No anonymous write access.\n" } : void 0;
    }
    if (!readable) return notFound3();
    if (visitor.sso && holds(visitor, repository)) return unsigned(repository, url.origin);
    if (!may(visitor, repository, [{ contents: "read" }])) {
      return { status: 403, body: "Write access to repository not granted.\n" };
    }
    if (!push || mayPush(visitor, repository)) return void 0;
    return { status: 403, body: `Permission to ${repository.fullName}.git denied to ${visitor.login}.
` };
  }
  async #receive(asked, repository) {
    const body = await (0, import_consumers3.buffer)(asked.message);
    const refusal8 = protectionRefusal(body, repository.protectedRefs) ?? await this.#workflowRefusal(asked, repository, body);
    if (refusal8 === void 0) {
      const answer = await this.#backend(asked, `/${repository.fullName}.git/git-receive-pack`, body);
      return await withMergeRequest(answer, body, repository, asked.url.origin, this.#loginOf(asked));
    }
    return { status: 200, headers: { "content-type": "application/x-git-receive-pack-result" }, body: refusal8 };
  }
  #loginOf({ authorization }) {
    const visitor = this.#options.access.visitor(authorization);
    return typeof visitor === "object" ? visitor.login : "";
  }
  async #workflowRefusal({ authorization }, repository, body) {
    const visitor = this.#options.access.visitor(authorization);
    if (typeof visitor !== "object" || may(visitor, repository, [{ workflows: "write" }])) return void 0;
    const reason = await workflowRefusal(repository, body, visitor.kind);
    return reason === void 0 ? void 0 : refusalReport(body, reason);
  }
  /** Runs git's own server as a CGI program. */
  async #backend(asked, path, body) {
    const { root, partialClone } = this.#options;
    const program = await httpBackend();
    if (this.#closed) return { status: 503 };
    const child = startGit([], {
      program,
      config: {
        "http.receivepack": "true",
        "receive.advertisePushOptions": "true",
        "uploadpack.allowFilter": String(partialClone),
        "uploadpack.allowAnySHA1InWant": "true"
      },
      environment: { GIT_PROJECT_ROOT: root, GIT_HTTP_EXPORT_ALL: "1", PATH_INFO: path, ...cgiVariables(asked) }
    });
    this.#running.add(child);
    child.once("close", () => this.#running.delete(child));
    child.stderr.resume();
    if (body) child.stdin.on("error", () => void 0).end(body);
    else (0, import_promises4.pipeline)(asked.message, child.stdin).catch(() => void 0);
    return await cgiAnswer(child);
  }
};
function notFound3() {
  return { status: 404, body: "Repository not found.\n" };
}
function unsigned({ owner }, serverUrl) {
  const body = `The '${owner}' organization has enabled or enforced SAML SSO.
To access this repository, visit ${ssoUrl(serverUrl, owner)} and try your request again.
`;
  return { status: 403, body };
}
function cgiVariables({ method, url, message: { headers } }) {
  return {
    REQUEST_METHOD: method,
    QUERY_STRING: url.search.slice(1),
    REMOTE_ADDR: "127.0.0.1",
    CONTENT_TYPE: headers["content-type"] ?? "",
    ...headers["content-length"] !== void 0 && { CONTENT_LENGTH: headers["content-length"] },
    ...headers["content-encoding"] !== void 0 && { HTTP_CONTENT_ENCODING: headers["content-encoding"] },
    GIT_PROTOCOL: String(headers["git-protocol"] ?? "")
  };
}
async function cgiAnswer({ stdout }) {
  let seen = Buffer.alloc(0);
  for await (const chunk of stdout.iterator({ destroyOnReturn: false })) {
    seen = Buffer.concat([seen, chunk]);
    const end = seen.indexOf("\r\n\r\n");
    if (end === -1) continue;
    stdout.unshift(seen.subarray(end + 4));
    const lines = seen.toString("latin1", 0, end).split("\r\n");
    const { status = "200", ...headers } = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()])
    );
    return { status: parseInt(status, 10), headers, body: stdout };
  }
  return { status: 500, body: "git http-backend ended without an answer.\n" };
}

// sandbox/bare-repository.ts
var import_promises5 = require("node:fs/promises");
var import_node_path6 = require("node:path");

// sandbox/commit-stream.ts
function commitStream({ branch, parent, author, message, files }) {
  const person3 = `${author.name} <${author.email}> ${Math.floor(Date.now() / 1e3)} +0000`;
  return Buffer.concat([
    Buffer.from(`commit refs/heads/${branch}
mark :1
author ${person3}
committer ${person3}
`),
    data(message),
    Buffer.from(parent === void 0 ? "" : `from ${parent}
`),
    ...Object.entries(files).map(([path, content]) => fileChange(path, content)),
    Buffer.from("get-mark :1\n")
  ]);
}
function fileChange(path, file) {
  const quoted = JSON.stringify(path);
  if (file === null) return Buffer.from(`D ${quoted}
`);
  if (typeof file === "string" || file instanceof Uint8Array)
    return fileChange(path, { mode: "100644", content: file });
  const { mode, content } = file;
  if (mode === "160000") return Buffer.from(`M ${mode} ${String(content)} ${quoted}
`);
  return Buffer.concat([Buffer.from(`M ${mode} inline ${quoted}
`), data(content)]);
}
function data(content) {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`data ${bytes.length}
`), bytes, Buffer.from("\n")]);
}

// sandbox/object-reader.ts
var ObjectReader = class {
  #child;
  #waiting = [];
  #received = Buffer.alloc(0);
  constructor(gitDir) {
    this.#child = startGit(["cat-file", "--batch"], { gitDir });
    this.#child.stdout.on("data", (chunk) => this.#take(chunk));
    this.#child.on("close", () => {
      for (const resolve of this.#waiting.splice(0)) resolve(void 0);
    });
    this.#child.stdin.on("error", () => void 0);
    this.#child.unref();
  }
  /** Objects by any name that git has for them, in one line; undefined for one that is not there. */
  async read(names) {
    const answers = names.map(
      (name) => new Promise((resolve) => {
        if (name.includes("\n")) resolve(void 0);
        else this.#waiting.push(resolve);
      })
    );
    this.#child.stdin.write(names.map((name) => name.includes("\n") ? "" : `${name}
`).join(""));
    return Promise.all(answers);
  }
  close() {
    this.#child.stdin.end();
  }
  #take(chunk) {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (; ; ) {
      const end = this.#received.indexOf("\n");
      if (end < 0) return;
      const header = this.#received.toString("utf8", 0, end);
      const [, id = "", type = "", size] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(header) ?? [];
      const length = size === void 0 ? 0 : Number(size) + 1;
      if (this.#received.length < end + 1 + length) return;
      const content = this.#received.subarray(end + 1, end + length);
      this.#received = this.#received.subarray(end + 1 + length);
      this.#waiting.shift()?.(size === void 0 ? void 0 : { id, type, content });
    }
  }
};

// sandbox/refs.ts
var import_node_fs = require("node:fs");
var import_node_path5 = require("node:path");
function readRefs(gitDir) {
  const all = new Map([...readPacked(gitDir), ...readLoose(gitDir, "refs")]);
  return Object.fromEntries([...all].toSorted(([a], [b]) => a < b ? -1 : 1));
}
var readRef = (gitDir, ref) => readLooseRef(gitDir, ref) ?? readPacked(gitDir).find(([name]) => name === ref)?.[1];
function readPacked(gitDir) {
  const text5 = ifThere(() => (0, import_node_fs.readFileSync)((0, import_node_path5.join)(gitDir, "packed-refs"), "utf8")) ?? "";
  return [...text5.matchAll(/^([0-9a-f]{40,64}) (\S+)$/gm)].map(([, id = "", name = ""]) => [name, id]);
}
function readLoose(gitDir, folder) {
  const entries = ifThere(() => (0, import_node_fs.readdirSync)((0, import_node_path5.join)(gitDir, folder), { withFileTypes: true })) ?? [];
  return entries.flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return readLoose(gitDir, name);
    if (name.endsWith(".lock")) return [];
    const id = readLooseRef(gitDir, name);
    return id === void 0 ? [] : [[name, id]];
  });
}
function readLooseRef(gitDir, ref) {
  const id = ifThere(() => (0, import_node_fs.readFileSync)((0, import_node_path5.join)(gitDir, ref), "utf8"))?.trim() ?? "";
  return /^[0-9a-f]{40,64}$/.test(id) ? id : void 0;
}
function ifThere(read) {
  try {
    return read();
  } catch (error) {
    const { code } = error;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return void 0;
    throw error;
  }
}

// sandbox/bare-repository.ts
var SOMEONE = { name: "Ada Lovelace", email: "ada@example.com" };
var EMPTY_FOLDERS = ["objects/info", "objects/pack", "refs/heads", "refs/tags"];
var LOG_FIELDS = ["%H", "%P", "%an", "%ae", "%cn", "%ce", "%s", "%b", "%(trailers:only,unfold)"];
var BareRepository = class {
  gitDir;
  defaultBranch;
  #updater;
  #comparisons = /* @__PURE__ */ new Map();
  #reader;
  /** The repository at `gitDir`, which `initialize` is to make first. */
  constructor(gitDir, defaultBranch) {
    this.gitDir = gitDir;
    this.#updater = new RefUpdater(gitDir);
    this.defaultBranch = defaultBranch;
  }
  /** Makes the repository on disk: empty, or with all that another bare one has. */
  async initialize(copyOf) {
    if (copyOf !== void 0) {
      await git(["clone", "--quiet", "--bare", "--template=", "--local", "--", copyOf, this.gitDir]);
      return;
    }
    await Promise.all(EMPTY_FOLDERS.map((folder) => (0, import_promises5.mkdir)((0, import_node_path6.join)(this.gitDir, folder), { recursive: true })));
    await (0, import_promises5.writeFile)((0, import_node_path6.join)(this.gitDir, "config"), "[core]\n	repositoryformatversion = 0\n	bare = true\n");
    await (0, import_promises5.writeFile)((0, import_node_path6.join)(this.gitDir, "HEAD"), `ref: refs/heads/${this.defaultBranch}
`);
  }
  /** The commit id of a branch, undefined when there is no such branch. */
  async tip(branch) {
    return readRef(this.gitDir, `refs/heads/${branch}`);
  }
  /** All refs with the ids they point to, read from git's files: a process for each question would be slower than GitHub. */
  async refs() {
    return readRefs(this.gitDir);
  }
  /** How many commits a head has that a base lacks. */
  async countAbove(base, head) {
    if (base === head) return 0;
    if ((await this.parents(head)).join() === base) return 1;
    return Number(await this.text(["rev-list", "--count", `${base}..${head}`]));
  }
  /** The parents of a commit, by its id. */
  async parents(commit4) {
    const [object] = await this.objects([commit4]);
    const headers = object?.content.toString().split("\n\n", 1)[0] ?? "";
    return [...headers.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, id = ""]) => id);
  }
  /** The text of a file at a branch or commit. Throws GitError when it is not there. */
  async read(revision, path) {
    return await this.text(["cat-file", "blob", `${revision}:${path}`]);
  }
  /** All paths at a branch or commit with their modes, e.g. `100644`. */
  async files(revision) {
    const entries = (await this.text(["ls-tree", "-r", "-z", revision])).split("\0").filter(Boolean);
    return Object.fromEntries(entries.map((entry) => [entry.slice(entry.indexOf("	") + 1), entry.slice(0, 6)]));
  }
  /** The commits of a branch, newest first. */
  async log(revision) {
    const text5 = await this.text(["log", "-z", `--format=tformat:${LOG_FIELDS.join("%x00")}`, revision]);
    const values = text5.split("\0");
    const count = Math.floor(values.length / LOG_FIELDS.length);
    return Array.from(
      { length: count },
      (_, index) => asLoggedCommit(values.slice(index * LOG_FIELDS.length, (index + 1) * LOG_FIELDS.length))
    );
  }
  /** What `git diff` shows between two revisions, or for `a...b` since they parted. */
  async diff(...revisions) {
    return await this.text(["diff", "--no-color", "--no-ext-diff", ...revisions]);
  }
  /** Commits to a branch as a person would, also over what is there; gives the new commit's id. */
  async commit(branch, files, options = {}) {
    const { author = SOMEONE, message = "Change by hand\n", parent } = options;
    const id = parent === void 0 ? await this.tip(branch) ?? await this.tip(this.defaultBranch) : await this.commitId(parent);
    const input = commitStream({ branch, parent: id, author, message, files });
    return (await this.text(["fast-import", "--quiet", "--force"], { input })).trim();
  }
  async deleteBranch(branch) {
    await this.text(["update-ref", "-d", `refs/heads/${branch}`]);
  }
  /** How a head differs from where it left its base, both by their ids. */
  compare(base, head) {
    const range = `${base}...${head}`;
    const known = this.#comparisons.get(range) ?? this.#compare(base, head);
    this.#comparisons.set(range, known);
    return known;
  }
  async #compare(base, head) {
    const [commits6, numbers] = await Promise.all([
      this.countAbove(base, head),
      this.text(["diff", "--numstat", `${base}...${head}`])
    ]);
    const lines = numbers.split("\n").filter(Boolean);
    const sum = (column) => lines.reduce((total, line) => total + (Number(line.split("	")[column]) || 0), 0);
    return { commits: commits6, additions: sum(0), deletions: sum(1), files: lines.length };
  }
  /** Sets a tag without a message; the default branch's tip unless another revision is given. */
  async tag(name, revision = this.defaultBranch) {
    await this.text(["update-ref", `refs/tags/${name}`, await this.commitId(revision)]);
  }
  /** The id of the commit that a revision names. Throws GitError when there is none. */
  async commitId(revision) {
    return (await this.text(["rev-parse", "--verify", "--end-of-options", `${revision}^{commit}`])).trim();
  }
  /** Objects by any name that git has for them; undefined for one that is not there. */
  objects(names) {
    this.#reader ??= new ObjectReader(this.gitDir);
    return this.#reader.read(names);
  }
  /** Moves refs, all of them or none. Throws GitError when one is not what it is said to be before. */
  updateRefs(...updates) {
    return this.#updater.update(updates);
  }
  /** Ends what reads objects and moves refs. */
  close() {
    this.#updater.close();
    this.#reader?.close();
    this.#reader = void 0;
  }
  /** What a git command writes, as text. */
  async text(args, options = {}) {
    return (await this.bytes(args, options)).toString();
  }
  async bytes(args, options = {}) {
    return git(args, { gitDir: this.gitDir, ...options });
  }
};
function asLoggedCommit(values) {
  const [sha = "", parents = "", name = "", email = "", committer = "", committerEmail = ""] = values;
  const [subject = "", body = "", trailers = ""] = values.slice(6);
  return {
    sha,
    parents: parents.split(" ").filter(Boolean),
    author: { name, email },
    committer: { name: committer, email: committerEmail },
    subject,
    body: body.trimEnd(),
    trailers: trailers.split("\n").filter(Boolean)
  };
}

// sandbox/commit-statuses.ts
var NOTHING = { description: "", url: "", author: "flux-bot" };
var CommitStatuses = class {
  #all = [];
  /** Adds one; each is later than those before. */
  add(commit4, writing) {
    const id = this.#all.length + 1;
    const added = { ...NOTHING, time: new Date(Date.now() + id).toISOString(), ...writing, id, commit: commit4 };
    this.#all = [...this.#all, added];
    return added;
  }
  /** Those of a commit, the newest first. */
  of(commit4) {
    return this.#all.filter((one) => one.commit === commit4).toReversed();
  }
  /** The latest of each context, the newest first. */
  latestOf(commit4) {
    const all = this.of(commit4);
    return all.filter((one) => all.find(({ context }) => context === one.context) === one);
  }
  get(id) {
    return this.#all.find((one) => one.id === id);
  }
};

// sandbox/merging.ts
var import_promises6 = require("node:fs/promises");
var import_node_os3 = require("node:os");
var import_node_path7 = require("node:path");
async function merge5(repository, wanted) {
  const { base, head, method } = wanted;
  const before = await repository.commitId(`refs/heads/${base}`);
  const after = method === "rebase" ? await rebased(repository, before, head) : await merged(repository, before, wanted);
  await repository.updateRefs({ ref: `refs/heads/${base}`, before, after });
  return after;
}
async function merged(repository, before, { head, method, message, author }) {
  const tree2 = await mergedTree(repository, before, head);
  const parents = method === "squash" ? [before] : [before, head];
  const people = { author: dated(author), committer: dated(GITHUB) };
  return await writeCommit(repository, { tree: tree2, parents, ...people, message: `${message.trimEnd()}
`, signed: false });
}
async function rebased(repository, before, head) {
  const list7 = await repository.text(["rev-list", "--reverse", "--no-merges", `${before}..${head}`]);
  const ids = list7.split("\n").filter(Boolean);
  const commits6 = await readCommits(repository, ids);
  let tip = before;
  for (const id of ids) {
    const commit4 = commits6.get(id);
    if (commit4 === void 0) throw new Error(`There is no commit ${id}`);
    const tree2 = await mergedTree(repository, tip, id);
    const { author, message } = commit4;
    tip = await writeCommit(repository, {
      tree: tree2,
      parents: [tip],
      author,
      committer: dated(GITHUB),
      message,
      signed: false
    });
  }
  return tip;
}
async function mergedTree(repository, one, other) {
  const folder = await (0, import_promises6.mkdtemp)((0, import_node_path7.join)((0, import_node_os3.tmpdir)(), "sandbox-merge-"));
  const environment = { GIT_WORK_TREE: folder, GIT_INDEX_FILE: (0, import_node_path7.join)(folder, ".git-index") };
  const run2 = (...args) => repository.text(args, { environment });
  try {
    const bases = (await run2("merge-base", "--all", one, other)).split("\n").filter(Boolean);
    await run2("read-tree", one);
    await run2("merge-recursive", ...bases, "--", one, other);
    return (await run2("write-tree")).trim();
  } finally {
    await (0, import_promises6.rm)(folder, { recursive: true });
  }
}

// sandbox/pull-requests.ts
var NOTHING2 = {
  author: LOGIN,
  fork: false,
  labels: [],
  reviewers: [],
  teamReviewers: [],
  assignees: [],
  milestone: null,
  autoMerge: null,
  queued: false,
  mergeCommit: null,
  headDeletedAt: null
};
var PullRequests = class {
  #fullName;
  #repository;
  #staysOpen;
  #all = [];
  /** With `staysOpen` one stays open when its branch is deleted. */
  constructor(fullName, repository, staysOpen) {
    this.#fullName = fullName;
    this.#repository = repository;
    this.#staysOpen = staysOpen;
  }
  /** All of them as they are now, oldest first. */
  async all() {
    const before = this.#all;
    const refs = await this.#repository.refs();
    this.#all = this.#all.map((one) => before.includes(one) ? followed(one, refs, this.#staysOpen) : one);
    return this.#all;
  }
  /** Throws when there is no pull request of that number. */
  async get(number) {
    const found = (await this.all()).find((pullRequest) => pullRequest.number === number);
    if (found === void 0) throw new Error(`${this.#fullName} has no pull request ${number}`);
    return found;
  }
  /** Opens one; undefined when one of that head and base is open already. */
  open(opening) {
    const { head, base, fork = false } = opening;
    const same = (other) => other.head === head && other.base === base && other.fork === fork;
    if (this.#all.some((other) => other.state === "open" && same(other))) return void 0;
    const now = (/* @__PURE__ */ new Date()).toISOString();
    const times = { createdAt: now, updatedAt: now, closedAt: null, mergedAt: null };
    const number = this.#all.length + 1;
    const opened = {
      ...NOTHING2,
      repository: this.#fullName,
      number,
      state: "open",
      ...times,
      ...opening
    };
    this.#all = [...this.#all, opened];
    return opened;
  }
  /** Writes on a pull request, or on what stands beside it. Throws when there is none of that number. */
  async update(number, writing) {
    const before = await this.get(number);
    const updatedAt = (/* @__PURE__ */ new Date()).toISOString();
    const state = writing.state ?? before.state;
    const closedAt = state === "open" ? null : before.closedAt ?? updatedAt;
    return this.#replace({ ...before, ...writing, updatedAt, closedAt });
  }
  /** Closes it as a person would, without a merge. */
  async close(number) {
    return await this.update(number, { state: "closed" });
  }
  /** Merges it into its base. Throws when it is not open, and GitError when it conflicts. */
  async merge(number, method = "merge", { title, text: text5 } = {}, author = SOMEONE) {
    const pullRequest = await this.get(number);
    const { head, headSha, base, baseSha, state } = pullRequest;
    if (state !== "open") throw new Error(`Pull request ${number} of ${this.#fullName} is not open`);
    const owner = this.#fullName.split("/")[0];
    const squash = method === "squash";
    const subject = title ?? (squash ? `${pullRequest.title} (#${number})` : `Merge pull request #${number} from ${owner}/${head}`);
    const rest = text5 ?? (squash ? "" : pullRequest.title);
    const message = rest === "" ? subject : `${subject}

${rest}`;
    const mergeCommit = await merge5(this.#repository, { base, head: headSha, method, message, author });
    const closed = await this.update(number, { state: "closed", queued: false });
    return this.#replace({ ...closed, baseSha, mergeCommit, mergedAt: closed.closedAt });
  }
  #replace(changed) {
    this.#all = this.#all.map((pullRequest) => pullRequest.number === changed.number ? changed : pullRequest);
    return changed;
  }
};
function followed(pullRequest, refs, staysOpen) {
  const headSha = pullRequest.fork ? pullRequest.headSha : refs[`refs/heads/${pullRequest.head}`];
  const now = (/* @__PURE__ */ new Date()).toISOString();
  if (pullRequest.state === "closed") {
    return headSha === void 0 ? { ...pullRequest, headDeletedAt: pullRequest.headDeletedAt ?? now } : pullRequest;
  }
  const baseSha = refs[`refs/heads/${pullRequest.base}`] ?? pullRequest.baseSha;
  if (headSha === void 0 && staysOpen) return { ...pullRequest, baseSha };
  if (headSha === void 0) return { ...pullRequest, state: "closed", closedAt: now, headDeletedAt: now };
  const { autoMerge } = pullRequest;
  const isEnded = autoMerge?.head !== void 0 && autoMerge.head !== headSha;
  return { ...pullRequest, headSha, baseSha, autoMerge: isEnded ? null : autoMerge };
}

// sandbox/repository.ts
var SandboxRepository = class extends BareRepository {
  id;
  owner;
  name;
  visibility;
  pullRequests;
  statuses = new CommitStatuses();
  /** What GitHub calls deployments: the context of each is its environment. */
  deployments = new CommitStatuses();
  /** What GitHub calls check runs: the context of each is its name, and the author the App. */
  checkRuns = new CommitStatuses();
  createdAt = (/* @__PURE__ */ new Date()).toISOString();
  allowAutoMerge;
  allowDrafts;
  mergeMethods;
  collaborators;
  teams;
  peopleAtMost;
  defaultReviewers;
  #protected = /* @__PURE__ */ new Map();
  #checked = /* @__PURE__ */ new Set();
  #queued = /* @__PURE__ */ new Set();
  #labels = /* @__PURE__ */ new Map();
  #milestones = [];
  /** The repository `owner/name` under the folder `root`; `id` is GitHub's number for it. */
  constructor(root, id, fullName, options = {}) {
    super(`${root}/${fullName}.git`, options.defaultBranch ?? "main");
    const end = fullName.lastIndexOf("/");
    this.id = id;
    this.owner = fullName.slice(0, end);
    this.name = fullName.slice(end + 1);
    this.visibility = options.visibility ?? "private";
    this.pullRequests = new PullRequests(fullName, this, options.staysOpenWithoutBranch ?? fullName.includes("/_git/"));
    this.allowAutoMerge = options.allowAutoMerge ?? false;
    this.allowDrafts = options.allowDrafts ?? true;
    this.mergeMethods = new Set(options.mergeMethods ?? ["merge", "squash", "rebase"]);
    this.collaborators = new Set(options.collaborators);
    this.teams = new Set(options.teams);
    this.peopleAtMost = options.peopleAtMost ?? Infinity;
    this.defaultReviewers = options.defaultReviewers ?? [];
  }
  get fullName() {
    return `${this.owner}/${this.name}`;
  }
  /** From now on pushes to the branch are refused, with the reason that git shows, and with advice for the user. */
  protect(branch, reason = "protected branch hook declined", advice) {
    this.#protected.set(`refs/heads/${branch}`, { reason, advice });
  }
  /** Refs that may not be pushed to. */
  get protectedRefs() {
    return this.#protected;
  }
  /** From now on a pull request into the branch waits for a check. */
  requireChecks(branch) {
    this.#checked.add(branch);
  }
  /** What was waited for is there. */
  passChecks(branch) {
    this.#checked.delete(branch);
  }
  waitsForChecks(branch) {
    return this.#checked.has(branch);
  }
  /** From now on a pull request into the branch is merged by way of a queue only. */
  mergeQueue(branch) {
    this.#queued.add(branch);
  }
  hasMergeQueue(branch) {
    return this.#queued.has(branch);
  }
  /** A label as the repository spells it; a new one when nobody had it yet. */
  label(name) {
    const known = this.#labels.get(name.toLowerCase());
    if (known === void 0) this.#labels.set(name.toLowerCase(), name);
    return known ?? name;
  }
  /** All labels, in the order in which they were made. */
  get labelNames() {
    return [...this.#labels.values()];
  }
  /** Makes a milestone; gives its number. */
  addMilestone(title, state = "open") {
    const number = this.#milestones.length + 1;
    this.#milestones = [...this.#milestones, { number, title, state }];
    return number;
  }
  get milestones() {
    return this.#milestones;
  }
};

// sandbox/server.ts
var import_node_http2 = require("node:http");
var import_node_stream2 = require("node:stream");
var import_promises7 = require("node:stream/promises");
var import_promises8 = require("node:timers/promises");
var import_consumers4 = require("node:stream/consumers");

// sandbox/intervention.ts
var Waiting = class {
  #entries = [];
  add(intervention) {
    this.#entries.push({ intervention, left: intervention.times ?? 1 });
  }
  /** The first one for this request, used up by one; undefined when there is none. */
  take({ method, path, operation }) {
    const text5 = [method, path, operation].filter(Boolean).join(" ");
    const entry = this.#entries.find(({ intervention }) => text5.search(intervention.match) >= 0);
    if (entry === void 0) return void 0;
    entry.left -= 1;
    if (entry.left <= 0) this.#entries = this.#entries.filter((other) => other !== entry);
    return entry.intervention;
  }
};

// sandbox/server.ts
var SandboxServer = class _SandboxServer {
  requests = [];
  faults = new Waiting();
  interruptions = new Waiting();
  #server;
  #latency;
  #exchanges = /* @__PURE__ */ new Set();
  #closing = new AbortController();
  #watches = [];
  #open = /* @__PURE__ */ new Set();
  #past = { received: 0, sent: 0 };
  /** Listens on a free port of 127.0.0.1; every request waits `latency` ms. */
  static async start(latency) {
    const server = (0, import_node_http2.createServer)();
    await new Promise((resolve, reject) => server.on("error", reject).listen(0, "127.0.0.1", resolve));
    return new _SandboxServer(server, latency);
  }
  constructor(server, latency) {
    this.#server = server;
    this.#latency = latency;
    server.on("connection", (socket) => {
      this.#open.add(socket);
      socket.on("close", () => {
        this.#past = plus(this.#past, socket);
        this.#open.delete(socket);
      });
    });
  }
  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }
  /** Of all connections so far, those that are open included. */
  get traffic() {
    return [...this.#open].reduce(plus, this.#past);
  }
  /** Starts to answer. Until then requests wait. */
  serve(handlers) {
    const url = this.url;
    this.#server.on("request", (message, response) => {
      const exchange = this.#exchange(url, handlers, message, response).catch(() => void response.destroy()).finally(() => this.#exchanges.delete(exchange));
      this.#exchanges.add(exchange);
    });
  }
  /** Watches all requests from now on. */
  watch(watch) {
    this.#watches.push({ watch, seen: 0 });
  }
  /** Hangs up on everyone and waits until nothing is under way. */
  async close() {
    const closed = new Promise((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    this.#closing.abort();
    await Promise.all([closed, ...this.#exchanges]);
  }
  async #exchange(serverUrl, handlers, message, response) {
    const asked = await receive(serverUrl, message);
    const watches = this.#watches.map((entry) => ({ ...entry.watch, n: entry.seen += 1 }));
    if (this.#latency > 0) await (0, import_promises8.setTimeout)(this.#latency, void 0, { signal: this.#closing.signal });
    const given = await this.#answer(asked, handlers[asked.kind]);
    const answer = watches.some(({ before }) => before) ? { ...given, body: await carriedOut(given) } : given;
    const { method, path, kind, operation, authorization, body } = asked;
    const responseBody = answer.body instanceof import_node_stream2.Readable || Buffer.isBuffer(answer.body) ? void 0 : answer.body;
    const named = operation === void 0 ? {} : { operation };
    const exchange = { method, path, kind, ...named, authorization, requestBody: body, status: answer.status };
    this.requests.push({ ...exchange, responseBody, ...answer.foreign && { foreign: true } });
    for (const { before, n } of watches) await before?.(n);
    await send(answer, response);
    for (const { after, n } of watches) await after?.(n);
  }
  async #answer(asked, handler) {
    try {
      await this.interruptions.take(asked)?.run();
      const fault = this.faults.take(asked);
      if (fault === void 0) return await handler(asked);
      if (fault.carryOut) await carriedOut(await handler(asked));
      return { body: fault.status === 0 ? void 0 : { message: import_node_http2.STATUS_CODES[fault.status] ?? "" }, ...fault };
    } catch (error) {
      return { status: 500, body: `The sandbox failed: ${error instanceof Error ? error.stack : String(error)}` };
    }
  }
};
function plus({ received, sent }, { bytesRead, bytesWritten }) {
  return { received: received + bytesRead, sent: sent + bytesWritten };
}
async function receive(serverUrl, message) {
  const { method = "GET", url: target = "/", headers } = message;
  const path = target === GH_GRAPHQL ? GRAPHQL : target;
  const url = new URL(path, serverUrl);
  const kind = API_PATHS.test(url.pathname) ? "api" : "git";
  const body = kind === "api" ? parsed2(await (0, import_consumers4.text)(message)) : void 0;
  const operation = url.pathname === GRAPHQL ? operationOf(body) : void 0;
  return { method, path, url, kind, operation, authorization: authorizationIn(headers), body, message };
}
var API_PATHS = /^\/(?:api|2\.0|rest)\/|\/_apis\//;
function authorizationIn(headers) {
  const own = headers["private-token"];
  return headers.authorization ?? (own === void 0 ? void 0 : `PRIVATE-TOKEN ${String(own)}`);
}
function operationOf(body) {
  const { query } = body ?? {};
  return typeof query === "string" ? /\b(?:query|mutation)\s+(\w+)/.exec(query)?.[1] : void 0;
}
function parsed2(json) {
  try {
    return json === "" ? void 0 : JSON.parse(json);
  } catch {
    return json;
  }
}
async function carriedOut({ body }) {
  return body instanceof import_node_stream2.Readable ? Buffer.concat(await body.toArray()) : body;
}
async function send({ status, headers = {}, body }, response) {
  if (response.destroyed) {
    if (body instanceof import_node_stream2.Readable) body.destroy();
    return;
  }
  if (status === 0) {
    response.destroy();
  } else if (status === 304) {
    response.writeHead(status, headers).end();
  } else if (body instanceof import_node_stream2.Readable) {
    response.writeHead(status, headers).flushHeaders();
    await (0, import_promises7.pipeline)(body, response);
  } else if (Buffer.isBuffer(body)) {
    response.writeHead(status, headers).end(body);
  } else if (typeof body === "string") {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...headers }).end(body);
  } else {
    const type = { "content-type": "application/json; charset=utf-8" };
    response.writeHead(status, { ...type, ...headers }).end(JSON.stringify(body));
  }
}

// sandbox/unchanged.ts
var import_node_crypto8 = require("node:crypto");
var withEtags = (handler) => async (asked) => unlessUnchanged(asked, await handler(asked));
function unlessUnchanged({ method, message }, answer) {
  if (method !== "GET" || answer.status !== 200) return answer;
  const etag = `W/"${(0, import_node_crypto8.createHash)("sha256").update(JSON.stringify(answer.body)).digest("hex")}"`;
  const headers = { ...answer.headers, etag };
  return message.headers["if-none-match"] === etag ? { status: 304, headers } : { ...answer, headers };
}

// sandbox/sandbox.ts
async function startSandbox({ partialClone = true, latency = 0 } = {}) {
  const server = await SandboxServer.start(latency);
  const root = await (0, import_promises9.mkdtemp)((0, import_node_path8.join)((0, import_node_os4.tmpdir)(), "manifest-release-sandbox-"));
  const serverUrl = server.url;
  const apiUrl = `${serverUrl}/api/v3`;
  const access = new Access();
  const repositories = /* @__PURE__ */ new Map();
  const find = (fullName) => repositories.get(fullName.toLowerCase());
  const gitServer = new GitServer({ root, access, find, partialClone });
  const all = () => [...repositories.values()];
  const api = new GitHubApi({ serverUrl, apiUrl, access, find, repositories: all });
  const handlerOf = (one) => one.answer.bind(one);
  const github = withEtags(handlerOf(api));
  const others = [
    [GITLAB_API, withEtags(handlerOf(new GitLabApi({ serverUrl, access, find, repositories: all })))],
    [GITEA_API, handlerOf(new GiteaApi({ serverUrl, access, find }))],
    [BITBUCKET_CLOUD_API, handlerOf(new BitbucketCloudApi({ serverUrl, access, find, repositories: all }))],
    [BITBUCKET_DATA_CENTER_API, handlerOf(new BitbucketDataCenterApi({ serverUrl, access, find, repositories: all }))],
    [AZURE_API, handlerOf(new AzureApi({ serverUrl, access, find, repositories: all }))]
  ];
  server.serve({
    git: (asked) => gitServer.answer(asked),
    api: (asked) => (others.find(([root2]) => asked.path.includes(root2))?.[1] ?? github)(asked)
  });
  const stop = async () => {
    await Promise.all([server.close(), gitServer.close()]);
    for (const repository of repositories.values()) repository.close();
    await (0, import_promises9.rm)(root, { recursive: true, force: true, maxRetries: 3 });
  };
  let stopped;
  return {
    serverUrl,
    apiUrl,
    token: access.issue(),
    requests: server.requests,
    get traffic() {
      return server.traffic;
    },
    pullRequests: async () => (await Promise.all([...repositories.values()].map((one) => one.pullRequests.all()))).flat(),
    createRepository: async (fullName, files, options) => {
      const repository = new SandboxRepository(root, repositories.size + 1, fullName, options);
      await repository.initialize(options?.copyOf);
      if (Object.keys(files).length > 0) {
        await repository.commit(repository.defaultBranch, files, { message: "First manifests\n" });
      }
      repositories.set(fullName.toLowerCase(), repository);
      return repository;
    },
    createToken: (options) => access.issue(options),
    createApp: (options) => api.apps.create(options),
    failNext: (fault) => server.faults.add(fault),
    beforeNext: (interruption) => server.interruptions.add(interruption),
    watch: (watch) => server.watch(watch),
    close: () => stopped ??= stop()
  };
}

// sandbox/demo.ts
var REPOSITORY = "acme/manifests";
var RELEASES = [
  { title: "A build of web 1.4.2 has ended", version: "1.4.2" },
  { title: "The same build once more", version: "1.4.2" },
  { title: "A newer build, before anybody merged", version: "1.5.0" }
];
async function runDemo(program, write2) {
  const [sandbox, registry] = await Promise.all([startSandbox(), startImageRegistry()]);
  try {
    const repository = await sandbox.createRepository(REPOSITORY, inRegistry(registry.host, demoRepository));
    write2(`A manifest repository is served at ${sandbox.serverUrl}/${REPOSITORY}: git over HTTP, and GitHub's API.`);
    write2(`Its images are in the registry at ${registry.host}.`);
    const commits6 = await createDemoSource(sandbox);
    pushDemoImages(registry, sandbox, commits6);
    const stage = { program, sandbox, repository, registry: registry.host, commits: commits6, write: write2 };
    await playRelease(stage);
    await playEnvironments(stage);
  } finally {
    await Promise.all([sandbox.close(), registry.close()]);
  }
}
function inRegistry(registry, files) {
  return Object.fromEntries(Object.entries(files).map(([path, text5]) => [path, text5.replaceAll("ghcr.io", registry)]));
}
async function playRelease(stage) {
  const { sandbox, registry, commits: commits6, write: write2 } = stage;
  write2("\n##### First act: a release #####");
  for (const { title, version } of RELEASES) {
    const seen = sandbox.requests.length;
    await run(stage, title, { mode: "release", images: `${registry}/acme/web:${version}` }, commits6.get(version));
    write2(["Requests:", ...sandbox.requests.slice(seen).map(({ method, path }) => `  ${method} ${path}`)].join("\n"));
  }
  await showPullRequest(stage, 1);
}
async function playEnvironments(stage) {
  const { repository, commits: commits6, write: write2 } = stage;
  const app = "web";
  write2("\n##### Second act: environments, promotion and rollback #####");
  await merge6(stage, 1);
  const config = inRegistry(stage.registry, demoConfig);
  await repository.commit("main", config, { message: "Say where web goes\n" });
  for (const [path, text5] of Object.entries(config)) write2(`
Somebody adds ${path}:

${text5.trimEnd()}`);
  await run(stage, "A build of web 1.6.0 has ended", { mode: "release", app, version: "1.6.0" }, commits6.get("1.6.0"));
  await merge6(stage, 2);
  const tested = { from: "staging", environments: "production", reason: "Tested in staging" };
  await run(stage, "Production gets what staging holds", { mode: "promote", app, ...tested });
  await showPullRequest(stage, 3);
  await merge6(stage, 3);
  const broken = { environments: "production", reason: "Errors at the checkout" };
  await run(stage, "Production goes back", { mode: "rollback", app, ...broken });
  await showPullRequest(stage, 4);
  await run(stage, "What is where", { mode: "status" });
}
async function run({ program, sandbox, write: write2 }, title, { mode, ...flags }, commit4) {
  const given = Object.entries({ repository: REPOSITORY, ...flags });
  const shown5 = given.map(([name, value]) => `--${name} ${value.includes(" ") ? `'${value}'` : value}`);
  write2(`
=== ${title} ===

$ manifest-release-pr ${mode} ${shown5.join(" ")}
`);
  const child = (0, import_node_child_process2.spawn)(process.execPath, [program, mode, ...given.flatMap(([name, value]) => [`--${name}`, value])], {
    env: {
      ...ownEnvironment(),
      MANIFEST_RELEASE_TOKEN: sandbox.token,
      GITHUB_SERVER_URL: sandbox.serverUrl,
      GITHUB_API_URL: sandbox.apiUrl,
      ...commit4 !== void 0 && {
        GITHUB_ACTIONS: "true",
        GITHUB_REPOSITORY: "acme/web",
        GITHUB_SHA: commit4,
        GITHUB_RUN_ID: "1",
        GITHUB_ACTOR: "ada"
      }
    },
    stdio: ["ignore", "pipe", "pipe"]
  });
  const [log, result, [exitCode]] = await Promise.all([(0, import_consumers5.text)(child.stderr), (0, import_consumers5.text)(child.stdout), (0, import_node_events2.once)(child, "close")]);
  write2(`${log}
${result.trimEnd()}`);
  if (exitCode !== 0) throw new Error(`"${title}" ended with exit code ${exitCode}`);
}
function ownEnvironment() {
  const entries = Object.entries(process.env);
  return Object.fromEntries(
    entries.filter(([name]) => /^(?:PATH|PATHEXT|HOME|USERPROFILE|SYSTEMROOT|TMPDIR|TEMP|TMP)$/i.test(name))
  );
}
async function showPullRequest({ repository, write: write2 }, wanted) {
  const { number, title, body, head, base } = await repository.pullRequests.get(wanted);
  write2(`
=== Pull request #${number}, as its reviewer finds it ===
`);
  write2(`${title}
${head} -> ${base}

${(body ?? "").replace(/<!--.*?-->\n?/g, "").trimEnd()}`);
}
async function merge6({ repository, write: write2 }, number) {
  await repository.pullRequests.merge(number);
  write2(`
Somebody merges pull request #${number}.`);
}

// demo-file.mjs
var modules = {};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  modules,
  runDemo
});
