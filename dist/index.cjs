"use strict";
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

// src/core/secrets.ts
function keepSecret(secret) {
  const known = new Set([...forms, ...formsOf(secret)].filter((form) => form.length >= SHORTEST));
  forms = [...known].toSorted((one, other) => other.length - one.length);
}
function forgetSecrets() {
  forms = [];
}
function safeText(text2) {
  return forms.reduce((shown3, form) => shown3.replaceAll(form, HIDDEN), text2);
}
function safeValue(value) {
  if (typeof value === "string") return safeText(value);
  if (Array.isArray(value)) return value.map((item) => safeValue(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, safeValue(item)]));
}
function formsOf(secret) {
  const trimmed = secret.trim();
  if (trimmed === "") return [];
  const whole = [.../* @__PURE__ */ new Set([secret, trimmed])];
  return [...whole, ...keyLines(trimmed)].flatMap((text2) => {
    const encoded = encodeURIComponent(text2);
    const hex = encoded.replace(/%[\dA-F]{2}/g, (byte) => byte.toLowerCase());
    return [text2, encoded, hex, JSON.stringify(text2).slice(1, -1), ...inBase64(text2)];
  });
}
function keyLines(secret) {
  const lines = secret.split(/\r?\n|\\n/).map((line) => line.trim());
  return lines.length === 1 ? [] : lines.filter((line) => line.length >= 16 && !/^-----(?:BEGIN|END) /.test(line));
}
function inBase64(text2) {
  const bytes = Buffer.from(text2);
  return [0, 1, 2].flatMap((before2) => {
    const encoded = Buffer.concat([Buffer.alloc(before2), bytes]).toString("base64");
    const core = encoded.slice(Math.ceil(before2 * 8 / 6), Math.floor((before2 + bytes.length) * 8 / 6));
    return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
var HIDDEN, SHORTEST, forms;
var init_secrets = __esm({
  "src/core/secrets.ts"() {
    "use strict";
    HIDDEN = "***";
    SHORTEST = 6;
    forms = [];
  }
});

// src/core/escape.ts
function quote(text2, limit = 200) {
  return `"${oneLine(text2, limit)}"`;
}
function oneLine(text2, limit = 200) {
  return shortened(safeText(text2).replace(INVISIBLE, asEscape), limit);
}
function forLog(text2) {
  const visible = text2.replace(
    INVISIBLE,
    (character) => character === "\n" || character === "	" ? character : asEscape(character)
  );
  return broken(visible, LOG_COMMANDS);
}
function forCommit(text2) {
  return broken(oneLine(text2, 1e3), COMMANDS);
}
function oneCommitLine(text2, limit) {
  return shortened(
    safeText(text2).replace(INVISIBLE, (character) => character === BREAK ? BREAK : asEscape(character)),
    limit
  );
}
function fromCommit(text2) {
  return text2.replaceAll(BREAK, "");
}
function forMarkdown(text2) {
  return broken(oneLine(text2, 2e3), [...LINKS, ...COMMANDS]).replace(/[\\`*_{}[\]<>#+!|~&()$]/g, "\\$&").replace(/^(\d*)([-=.)])(?=\s|$)/, "$1\\$2");
}
function markdownCode(text2) {
  const shown3 = oneLine(text2, 2e3).replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...shown3.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const pad = shown3.startsWith("`") || shown3.endsWith("`") ? " " : "";
  return shown3 === "" ? "" : `${fence}${pad}${shown3}${pad}${fence}`;
}
function markdownBlock(text2, language = "") {
  const longest = Math.max(2, ...[...text2.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}
${text2.replace(/\n?$/, "\n")}${fence}`;
}
function markdownUrl(url) {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return "";
  const percent = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return new URL(url).href.replace(/[()<>|\\`*~[\]]/g, percent);
}
function cut(text2, limit, note) {
  const shown3 = safeText(text2);
  if (shown3.length <= limit) return shown3;
  const room = limit - note.length - 1;
  const lineEnd2 = shown3.lastIndexOf("\n", room);
  return `${shown3.slice(0, lineEnd2 > 0 ? lineEnd2 : room)}
${note}`;
}
var INVISIBLE, asEscape, BREAK, LOG_COMMANDS, COMMANDS, shortened, broken, LINKS;
var init_escape = __esm({
  "src/core/escape.ts"() {
    "use strict";
    init_secrets();
    INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
    asEscape = (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`;
    BREAK = "​";
    LOG_COMMANDS = [
      /(?<=^\s*:)(?=:)/gm,
      /(?<=#)(?=#[[\w])/g,
      /(?<=section_(?:start|end)|travis_(?:fold|time))(?=:)/gi
    ];
    COMMANDS = [
      /(?<=(?<!\w)@)(?=\w)/g,
      /(?<=#)(?=\w)/g,
      /(?<=!)(?=\d)/g,
      /(?<=\bGH)(?=-\d)/gi,
      /(?<=\/(?:issues|pull|pulls|merge_requests|work_items)\/)(?=\d)/gi,
      /(?<=\b[cfri])(?!ix:)(?=(?:los(?:e[sd]?|ing)|ix(?:e[sd]|ing)?|esolv(?:e[sd]?|ing)|mplement(?:s|ed|ing)?)\b:?\s+[a-z]\w+-\d)/gi,
      /(?<=\[)(?=[^\]]*(?:skip|no|ci)\b)/gi,
      /(?<=\*)(?=\**no_ci)/gi,
      /(?<=skip-checks)(?=\s*:)/gi,
      /(?<=^\s*[a-z\d]+(?:-[a-z\d]+)+)(?=\s*:(?:\s|$))/gi,
      /(?<=^\s*\/)(?=[a-z])/gi
    ];
    shortened = (text2, limit) => text2.length > limit ? `${text2.slice(0, limit).replace(/[\ud800-\udbff]$/, "")}…` : text2;
    broken = (text2, commands) => commands.reduce((safe, command) => safe.replace(command, BREAK), text2);
    LINKS = [/(?=:\/\/)/g, /(?<=\bwww)(?=\.)/gi, /(?<=@)(?=\w)/g, /(?<=\b(?:mailto|xmpp))(?=:)/gi];
  }
});

// src/core/failures/define.ts
var define, at, clause, listed, ACCESS, REPORT;
var init_define = __esm({
  "src/core/failures/define.ts"() {
    "use strict";
    init_escape();
    define = (blame, text2) => ({
      blame,
      text: text2
    });
    at = ({ file, line, column }) => `${oneLine(file)}:${line}${column === void 0 ? "" : `:${column}`}`;
    clause = (reason) => oneLine(reason, 500).replace(/[.\s]+$/, "");
    listed = (lines) => lines.map((line) => `
  ${oneLine(line, 300)}`).join("");
    ACCESS = "For another repository than the workflow’s own, GITHUB_TOKEN is never enough: use a GitHub App’s or a fine-grained token that has this repository selected, with the permissions Contents: write and Pull requests: write.";
    REPORT = "Please report this at the issue tracker of manifest-release-pr with this message and the log of the run.";
  }
});

// src/core/failures/environments.ts
var environmentFailures;
var init_environments = __esm({
  "src/core/failures/environments.ts"() {
    "use strict";
    init_escape();
    init_define();
    environmentFailures = {
      CONFIG_NOT_FOUND: define("yours", ({ file, base }) => ({
        message: `Config file ${quote(file)} does not exist on ${quote(base)}.`,
        hint: 'Add it (see docs/environments.md of manifest-release-pr), set its path in the input "config", or remove the input "app".'
      })),
      CONFIG_INVALID: define("yours", ({ place, reason, advice }) => ({
        message: `${at(place)}: ${clause(reason)}.`,
        hint: oneLine(advice) || "See docs/environments.md of manifest-release-pr for the contents of this file."
      })),
      APP_UNKNOWN: define("yours", ({ app: app2, file, nearest }) => ({
        message: `Input "app" is ${quote(app2)}, which is not in ${quote(file)}.`,
        hint: nearest.length > 0 ? `Add it there, or check the input. The nearest names there:${listed(nearest)}` : "A name starts with a letter or digit and has at most 63 letters, digits, dots, hyphens and underscores."
      })),
      ENVIRONMENT_UNKNOWN: define(
        "yours",
        ({
          environment: environment2,
          app: app2,
          file,
          nearest
        }) => ({
          message: `Input "environments" has ${quote(environment2)}, which ${quote(file)} does not have for the app ${quote(app2)}.`,
          hint: `Check the input. The nearest names there:${listed(nearest)}`
        })
      ),
      NOT_DEPLOYED: define("yours", ({ app: app2, environment: environment2 }) => ({
        message: `Environment ${quote(environment2)} has no version of any image of ${quote(app2)}.`,
        hint: 'Check its "paths" and the "images" of the app in the config file.'
      })),
      NO_EARLIER_VERSION: define(
        "yours",
        ({
          app: app2,
          environment: environment2,
          wanted,
          known
        }) => ({
          message: wanted === "" ? `${quote(app2)} in ${quote(environment2)} has had no other version than the present one.` : `${quote(app2)} in ${quote(environment2)} has not had ${quote(wanted)} before, or has it now.`,
          hint: `A rollback goes to an earlier version. The earlier versions:${listed(known)}`
        })
      ),
      IMAGES_DIFFER: define(
        "yours",
        ({ places }) => ({
          message: `There is no single version to take, because an image has several:${listed(
            places.map(({ image, version: version3, ...place }) => `${image} ${version3} (${at(place)})`)
          )}`,
          hint: "Release one version of each image to all of these places first."
        })
      )
    };
  }
});

// src/core/failures/forge.ts
var NOT_PUSHED, AFTER_REFUSAL, ABOUT_CONTENT, NOT_ACCESS, forgeFailures;
var init_forge = __esm({
  "src/core/failures/forge.ts"() {
    "use strict";
    init_escape();
    init_define();
    NOT_PUSHED = "Nothing was pushed.";
    AFTER_REFUSAL = {
      "list pull requests": "A release needs that list; this request changed nothing.",
      "open a pull request": "The release branch is as it should be; only the pull request is missing.",
      "update the pull request": "The release branch is as it should be; the pull request is as it was.",
      "change the pull request": "Its branch and its text are as they should be.",
      "write the files": NOT_PUSHED,
      "make the commit": NOT_PUSHED,
      "read the branch": NOT_PUSHED,
      "move the branch": NOT_PUSHED,
      "read the commit": "The commit was pushed; whether its signature is good is not known."
    };
    ABOUT_CONTENT = /validation failed|unprocessable|no commits between|already exists|not supported|is invalid|too (?:long|large)/i;
    NOT_ACCESS = "The token is not the cause: change what these words name.";
    forgeFailures = {
      API_DENIED: define(
        "yours",
        ({ repository, action, reason }) => ({
          message: `GitHub refused to ${oneLine(action)} in ${quote(repository)}: ${clause(reason)}.`,
          hint: `${AFTER_REFUSAL[action]} ${ABOUT_CONTENT.test(reason) ? NOT_ACCESS : ACCESS}`
        })
      ),
      API_NEEDED: define("yours", ({ input, repository }) => ({
        message: `Input ${quote(input)} needs the API of GitHub, and there is none with a token for ${quote(repository)}.`,
        hint: 'Check the inputs "repository" and "token". To sign without an API: sign: ssh or sign: gpg.'
      })),
      ANSWER_UNREADABLE: define("again", ({ action, reason }) => ({
        message: `Could not ${oneLine(action)}: the answer was not one of that server: ${clause(reason)}.`,
        hint: "A proxy or the login page of a network may answer in its place, or the address is wrong (the input repository, GITHUB_API_URL). Try again; if it stays so, open that address from the same machine."
      })),
      NO_COMMITS: define("again", ({ repository, branch, base }) => ({
        message: `GitHub opened no pull request in ${quote(repository)}: to it, ${quote(branch)} has no commit that ${quote(base)} lacks.`,
        hint: "The commit was pushed. Either it came into the base meanwhile, and there is nothing left to do, or GitHub is behind. Run again: the next run reads both branches and finishes what is missing."
      })),
      APP_KEY_INVALID: define("yours", ({ reason }) => ({
        message: `Input "app-private-key" is not the private key of a GitHub App: it ${clause(reason)}.`,
        hint: 'Give the whole .pem file that GitHub made under "Private keys" of the App, from its BEGIN line to its END line.'
      })),
      APP_REFUSED: define("yours", ({ reason }) => ({
        message: `GitHub gave no token for the GitHub App: ${clause(reason)}.`,
        hint: 'The inputs "app-client-id" and "app-private-key" must belong to one App of this server. A key that was deleted there, a suspended installation and a clock that is wrong by minutes are refused too.'
      })),
      APP_NOT_INSTALLED: define("yours", ({ repository }) => ({
        message: `The GitHub App is not installed on ${quote(repository)}.`,
        hint: 'Choose "Install App" in the settings of the App and select this repository, or check the input "repository".'
      })),
      APP_PERMISSION_MISSING: define(
        "yours",
        ({ repository, missing }) => ({
          message: `The GitHub App lacks on ${quote(repository)} the permissions: ${missing.map((one) => oneLine(one)).join(", ")}.`,
          hint: 'Add them in the settings of the App under "Permissions & events"; then an owner of the repository must accept them in the settings of the installation.'
        })
      )
    };
  }
});

// src/core/failures/push-refusals.ts
function hintForPush(reason) {
  const hints = REFUSALS.filter((refusal2) => refusal2.reason.test(reason)).map(({ hint }) => hint);
  return hints.length > 0 ? hints.join(" ") : ANY_RULE;
}
var TAKES_NO_CHANGES, REFUSALS, ANY_RULE;
var init_push_refusals = __esm({
  "src/core/failures/push-refusals.ts"() {
    "use strict";
    TAKES_NO_CHANGES = 'Unarchive or unlock it, or run it again after the maintenance; or write the repository that took its place in the input "repository".';
    REFUSALS = [
      {
        reason: /cannot contain secrets|secrets? (?:was |were )?detected|contains (?:one or more )?secrets|\bGH009\b|PUSH BLOCKED/i,
        hint: 'The scan for secrets stopped it. A release writes versions only: see in the message which line was taken for a secret, and allow it there, or exclude its file with the input "paths".'
      },
      {
        reason: /refusing to allow .* workflow\b/i,
        hint: 'Exclude workflows with the input "paths" (:(exclude).github/workflows), or give a token that may change them.'
      },
      {
        reason: /(?:verified|valid) signatures?|must be signed|(?:is|are) not signed|unsigned commit|not (?:have|has) a valid signature/i,
        hint: 'A rule requires signed commits: set the input "sign" to api, ssh or gpg; see docs/signatures.md.'
      },
      {
        reason: /\bGH007\b|private e-?mail|e-?mail privacy/i,
        hint: 'The address of the commit is a private one: give one that may be public in the input "author", such as Name <id+login@users.noreply.github.com>.'
      },
      {
        reason: /(?:committer|author)['’]?s? e-?mail|e-?mail address (?:of|for) the (?:committer|author)|(?:committer|author) \S+ is not a|you can(?:not| only) push commits|is not a (?:GitLab user|member of (?:the )?team)|unverified (?:user|e-?mail)/i,
        hint: 'A rule is about the author of the commit: set the input "author" to a name and an address that it allows.'
      },
      {
        reason: /commit messages?\b|message of commit|commit title|commit subject|conventional commit/i,
        hint: 'A rule is about the message of the commit: set the input "commit-message", a template, to a text that it allows.'
      },
      {
        reason: /branch names?\b|\bref names?\b|creations being restricted|name of the branch/i,
        hint: 'A rule is about the name of the branch: set the input "branch", a template, to a name that it allows.'
      },
      {
        reason: /no space left|disk (?:is )?full|disk quota|\bquota\b|unable to create temporary object directory|repository (?:has )?exceed\w* its size|size limit\)|over limitation|repository size/i,
        hint: "The server has no room for the commit: have its operator free some or raise the quota, then run it again."
      },
      {
        reason: /\bGH001\b|exceeds .*file size limit|larger than the (?:allowed|maximum)|exceeding the (?:file )?size limit|max(?:imum)? object size/i,
        hint: 'A file of the release is larger than the server allows: exclude it with the input "paths", or raise the limit.'
      },
      {
        reason: /\bGH008\b|unknown Git LFS object|\bLFS lock|locked by\b/i,
        hint: 'A file is in Git LFS or locked by a user: exclude it with the input "paths", or have it unlocked.'
      },
      {
        reason: /file (?:path|extension)s? .*restricted|restricted file|file name .*prohibited|protected file|changing file|path length/i,
        hint: 'A rule protects a file that the release changes: exclude it with the input "paths", or change the rule.'
      },
      {
        reason: /\barchived\b|read-?only|\bmaintenance\b|has been locked|is locked(?! by)|(?:access|repository) (?:is |has been )?(?:disabled|suspended)/i,
        hint: TAKES_NO_CHANGES
      },
      {
        reason: /corrupt|unpacker error|unpack-objects|index-pack|internal (?:server )?error/i,
        hint: "The server failed while it stored the commit: run it again; if that does not help, have its operator see its log."
      },
      {
        reason: /pull request|merge request|protected (?:branch|ref|tag)|protected from|\bGH006\b|TF402455|status checks? .*(?:expected|required)|not allowed to (?:force )?push|update this protected/i,
        hint: 'A rule of the repository protects this branch: allow this user or App in the rule, or change the input "branch"; a base that takes no pushes needs delivery: pull-request.'
      }
    ];
    ANY_RULE = 'The words are those of the server or of a hook on it. Change what they name, or the rule; with a rule for this branch alone, the input "branch".';
  }
});

// src/core/failures/git.ts
var SSH_ACCESS, gitFailures;
var init_git = __esm({
  "src/core/failures/git.ts"() {
    "use strict";
    init_escape();
    init_push_refusals();
    init_define();
    SSH_ACCESS = 'Add the public half of the key to the deploy keys of this repository, with write access, and give the private half in the input "ssh-key".';
    gitFailures = {
      GIT_MISSING: define("yours", () => ({
        message: "The program git was not found.",
        hint: "Install git 2.34 or newer and put it on PATH."
      })),
      GIT_TOO_OLD: define("yours", ({ version: version3 }) => ({
        message: `The program git is version ${oneLine(version3)}, and the least that a release works with is 2.34.`,
        hint: "Install git 2.34 or newer and put it first on PATH."
      })),
      PROGRAM_MISSING: define("yours", ({ program }) => ({
        message: `The program ${oneLine(program)} was not found.`,
        hint: `Install ${program.startsWith("ssh") ? "the client of OpenSSH" : "GnuPG"} and put it on PATH.`
      })),
      REPOSITORY_NOT_FOUND: define(
        "yours",
        ({ repository, credential }) => ({
          message: credential === "none" ? `Repository ${quote(repository)} does not exist, or is private and no token was given.` : `Repository ${quote(repository)} does not exist, or the ${credential} may not see it.`,
          hint: `Check the input "repository". ${credential === "ssh key" ? SSH_ACCESS : ACCESS}`
        })
      ),
      ACCESS_DENIED: define(
        "yours",
        ({
          repository,
          credential,
          action,
          reason
        }) => ({
          message: credential === "none" ? `No token was given, and one is needed to ${oneLine(action)} ${quote(repository)}.` : `The ${credential} was refused when it tried to ${oneLine(action)} ${quote(repository)}: ${clause(reason)}.`,
          hint: {
            token: `It is expired, or lacks the repository or the permission Contents: write. ${ACCESS}`,
            "ssh key": SSH_ACCESS,
            none: `Give it in the input "token". ${ACCESS}`
          }[credential]
        })
      ),
      REPOSITORY_MOVED: define("yours", ({ repository }) => ({
        message: `Repository ${quote(repository)} has moved: the server answers with a redirect.`,
        hint: 'Write its new name in the input "repository"; a token is never sent on to another address.'
      })),
      HOST_KEY_UNKNOWN: define("yours", ({ repository, changed }) => ({
        message: changed ? `The ssh host key of ${quote(repository)} does not match known_hosts: the server has a new key, or another server answers.` : `The ssh host key of ${quote(repository)} is not known.`,
        hint: 'Compare what "ssh-keyscan <host>" prints with what the operator of the server publishes, and give those lines in the input "ssh-known-hosts"; without the input "ssh-key" they belong in known_hosts on this machine.'
      })),
      SSH_KEY_INVALID: define("yours", ({ reason }) => ({
        message: `Input "ssh-key" is not a key that ssh can use: ${clause(reason)}.`,
        hint: 'Give the private half with all its lines, as ssh-keygen -t ed25519 -N "" writes it: without a passphrase.'
      })),
      SIGNING_KEY_INVALID: define("yours", ({ format, reason }) => ({
        message: `Input "signing-key" is not a key that ${oneLine(format)} can sign with: ${clause(reason)}.`,
        hint: format === "gpg" ? "Give what gpg --armor --export-secret-keys prints for a key that may sign, has not expired and has no passphrase." : 'Give the private half with all its lines, as ssh-keygen -t ed25519 -N "" writes it: without a passphrase.'
      })),
      BASE_NOT_FOUND: define("yours", ({ repository, base }) => ({
        message: base === "" ? `Repository ${quote(repository)} has no commit on its default branch.` : `Repository ${quote(repository)} has no branch ${quote(base)}.`,
        hint: 'Check the input "base".'
      })),
      PUSH_REFUSED: define("yours", ({ branch, reason }) => ({
        message: `The server refused the push to ${quote(branch)}: ${clause(reason)}.`,
        hint: hintForPush(reason)
      })),
      BRANCH_BLOCKED: define("yours", ({ branch }) => ({
        message: `Branch ${quote(branch)} cannot be created: its name conflicts with that of another branch.`,
        hint: 'With a branch "release" there can be no "release/web". Change the input "branch", or delete the other one.'
      })),
      FOREIGN_COMMITS: define("yours", ({ branch, commits }) => ({
        message: `Branch ${quote(branch)} has commits that are not of this release, and input "on-foreign-commits" is stop:${listed(commits)}`,
        hint: "Merge or drop them; or let the release go on top of them with on-foreign-commits: append."
      })),
      CA_UNTRUSTED: define(
        "yours",
        ({
          action,
          variable,
          reason
        }) => ({
          message: `The TLS certificate of the server was not accepted when trying to ${oneLine(action)}: ${clause(reason)}.`,
          hint: `Set the environment variable ${variable}${variable === "GIT_SSL_CAINFO" ? " (or SSL_CERT_FILE)" : ""} to a readable PEM file with the certificate authority of this server.`
        })
      ),
      REPOSITORY_DAMAGED: define("yours", ({ repository, reason }) => ({
        message: `The server cannot read its own copy of ${quote(repository)}: ${clause(reason)}.`,
        hint: "Have its operator run git fsck there, see whether memory or disk ran out, and restore what is damaged."
      })),
      REPOSITORY_READ_ONLY: define("yours", ({ repository, reason }) => ({
        message: `Repository ${quote(repository)} takes no changes now: ${clause(reason)}.`,
        hint: TAKES_NO_CHANGES
      })),
      FOLDER_OF_ANOTHER_USER: define("yours", ({ repository }) => ({
        message: `The repository in ${quote(repository)} belongs to another user of this machine, and git uses it for its owner alone.`,
        hint: "Run this as the owner of the folder, or make the folder yours (chown -R). The setting safe.directory is not read."
      })),
      DISK_FULL: define("yours", ({ action, reason }) => ({
        message: `The disk of this machine is full when trying to ${oneLine(action)}: ${clause(reason)}.`,
        hint: 'Free some space in its temporary folder (RUNNER_TEMP, TMPDIR), or read less with the input "paths".'
      })),
      RATE_LIMITED: define("again", ({ action, reason }) => ({
        message: `The rate limit of the server was reached when trying to ${oneLine(action)}: ${clause(reason)}.`,
        hint: "Run it again later, or with a token of its own: many jobs that share one token or address share its limit."
      })),
      SERVER_FAILED: define("again", ({ action, reason }) => ({
        message: `The server failed when trying to ${oneLine(action)}: ${clause(reason)}.`,
        hint: "It is overloaded or in maintenance. Run it again when it answers; it continues with what this run left."
      })),
      NETWORK: define("again", ({ action, reason }) => ({
        message: `The network failed when trying to ${oneLine(action)}: ${clause(reason)}.`,
        hint: "Run it again; it continues with what this run left."
      })),
      TIMED_OUT: define("again", ({ action, reason }) => ({
        message: `Trying to ${oneLine(action)} took too long: ${clause(reason)}.`,
        hint: "Run it again; it continues with what this run left."
      })),
      RACE_LOST: define(
        "again",
        ({ branch, attempts, seconds }) => ({
          message: `Branch ${quote(branch)} changed during each of ${attempts} attempts in ${seconds} seconds.`,
          hint: "Run it again."
        })
      ),
      GIT_FAILED: define("ours", ({ command, reason }) => ({
        message: `git ${oneLine(command)} failed: ${clause(reason)}.`,
        hint: REPORT
      }))
    };
  }
});

// src/core/failures/inputs.ts
var inputFailures;
var init_inputs = __esm({
  "src/core/failures/inputs.ts"() {
    "use strict";
    init_escape();
    init_define();
    inputFailures = {
      INPUT_MISSING: define("yours", ({ input, variable }) => ({
        message: `Input ${quote(input)} is empty.`,
        hint: variable === void 0 ? `Give it under "with:" in the workflow, or as --${input} on the command line.` : `Give it under "with:" in the workflow, or in the environment variable ${variable} on the command line.`
      })),
      INPUT_UNKNOWN: define("yours", ({ input, nearest }) => ({
        message: `Input ${quote(input)} is unknown.`,
        hint: `Did you mean ${nearest.join(" or ")}? The README lists all inputs.`
      })),
      INPUT_INVALID: define("yours", ({ input, value, reason }) => ({
        message: `Input ${quote(input)} is ${quote(value)}, which ${clause(reason)}.`,
        hint: "See the table of inputs in the README."
      })),
      VARIABLE_INVALID: define(
        "yours",
        ({ variable, value, reason }) => ({
          message: `Environment variable ${oneLine(variable)} is ${quote(value)}, which ${clause(reason)}.`,
          hint: "The CI system sets this variable. Set it to a valid value, or unset it."
        })
      ),
      IMAGE_INVALID: define("yours", ({ value, reason }) => ({
        message: `Input "images" has ${quote(value)}, which ${clause(reason)}.`,
        hint: "Write name:tag, name:tag@sha256:… or name@sha256:…, one per line; old=new:tag moves to another repository."
      })),
      IMAGES_UNREADABLE: define("yours", ({ value, reason }) => ({
        message: `Input "images" starts like JSON, ${quote(value, 60)}, but ${clause(reason)}.`,
        hint: 'Pass the "json" output of docker/metadata-action or the "metadata" output of docker/bake-action as it is.'
      })),
      IMAGE_TWO_VERSIONS: define("yours", ({ image, versions }) => ({
        message: `Input "images" gives ${oneLine(image)} two versions: ${versions.map((version3) => quote(version3)).join(" and ")}.`,
        hint: "Give each image one version."
      })),
      IMAGE_TAG_MOVES: define("yours", ({ image, tags }) => ({
        message: `Input "images" gives ${oneLine(image)} only ${tags.map((tag) => quote(tag)).join(" and ")}, which ${tags.length === 1 ? "moves" : "move"}: the next build would look unchanged.`,
        hint: 'Give a tag that stays with its build: a version, as name:1.4.2; or the commit, as type=sha of docker/metadata-action makes it; or add the digest, name:tag@sha256:…, which docker/build-push-action has as its output "digest".'
      })),
      VERSION_NOT_ALLOWED: define("yours", ({ image, range }) => ({
        message: `${quote(image)} is not in the range of the input "only-versions": ${quote(range)}.`,
        hint: 'Release a version within that range, or change the input "only-versions".'
      })),
      TEMPLATE_INVALID: define("yours", ({ input, reason }) => ({
        message: `Input ${quote(input)} is not a valid template: ${clause(reason)}.`,
        hint: "Templates are Mustache: {{ name }}, and {{#changes}} … {{/changes}} for lists."
      })),
      TEMPLATE_VARIABLE_UNKNOWN: define(
        "yours",
        ({ input, variable, nearest }) => ({
          message: `Input ${quote(input)} uses the unknown template variable ${quote(variable)}.`,
          hint: `Did you mean "${nearest}"? The README lists all variables.`
        })
      ),
      TEMPLATE_VARIABLE_EMPTY: define("yours", ({ input, variable }) => ({
        message: `Input ${quote(input)} uses {{ ${oneLine(variable)} }}, which has no value in this run.`,
        hint: `Use another variable, or write {{#${variable}}} … {{/${variable}}} around the part that needs it.`
      })),
      BRANCH_INVALID: define("yours", ({ branch }) => ({
        message: `Input "branch" gives ${quote(branch)}, which is not a valid branch name for Git.`,
        hint: 'No spaces, no "..", none of ~ ^ : ? * [ \\, no "/" or ".lock" at the end.'
      })),
      BRANCH_TAKEN: define(
        "yours",
        ({ branch, release: release2, other, input }) => ({
          message: `Branch ${quote(branch)} belongs to the release of ${oneLine(other)}, and this is the release of ${oneLine(release2)}.`,
          hint: `Give each of the two a branch of its own: set the input ${quote(input)} of one of them.`
        })
      ),
      BRANCH_IS_BASE: define("yours", ({ branch }) => ({
        message: `Inputs "branch" and "base" are the same branch, ${quote(branch)}.`,
        hint: "The release needs a branch of its own, such as release/{{ name }}."
      })),
      BRANCH_LONG_LIVED: define("yours", ({ branch }) => ({
        message: `Input "branch" gives ${quote(branch)}, a branch that many use: a release would overwrite and delete it.`,
        hint: "Give the release a branch of its own, such as release/{{ name }}."
      })),
      PATHS_INVALID: define("yours", ({ reason }) => ({
        message: `Input "paths" is not a list of pathspecs that Git takes: ${clause(reason)}.`,
        hint: "Write one pathspec per line, from the root of the repository: apps/web, or :(glob)apps/*/values.yaml."
      })),
      PATHS_MATCH_NOTHING: define("yours", ({ pathspec, base }) => ({
        message: `Input "paths" has ${quote(pathspec)}, which matches no file on ${quote(base)}.`,
        hint: "Pathspecs start at the root of the repository and are case-sensitive."
      })),
      PATHS_NOT_FOLLOWED: define("yours", ({ file, type }) => ({
        message: `Input "paths" leads to ${quote(file)}, which is a ${oneLine(type)}; it is never followed.`,
        hint: "Name the folder or file that it refers to."
      }))
    };
  }
});

// src/core/failures/manifests.ts
function missingWhere(isSeen, isEmpty2) {
  if (isEmpty2) return "has no version in any place that can be changed";
  return isSeen ? "was not found in any place that can be changed" : "was not found in any manifest";
}
function waysToName(targets, empty) {
  const markers = [...new Set(empty.flatMap(({ marker: marker2 }) => marker2 ?? []))];
  const named = [...targets, ...empty.flatMap(({ target }) => target ?? [])];
  const ways = [
    ...empty.some(({ isInsertable: isInsertable2 }) => isInsertable2) ? ['set the input "insert" to true'] : [],
    ...markers.length > 0 ? [`name the place with a comment:${listed(markers)}`] : [],
    ...named.length > 0 ? [`add to the input "targets":${listed(named)}`] : []
  ];
  return ways.length > 0 ? `To have it changed there, ${ways.join("\nor ")}` : void 0;
}
function hintForMissing(isSeen, nearest) {
  if (isSeen)
    return "Write its version in a YAML or JSON manifest, in a key of its own; docs/left.md says what is read.";
  if (nearest.length > 0) return `Check the name in the input "images". The nearest names found:${listed(nearest)}`;
  return 'Check the inputs "images" and "paths": no image was found there.';
}
var manifestFailures;
var init_manifests = __esm({
  "src/core/failures/manifests.ts"() {
    "use strict";
    init_escape();
    init_define();
    manifestFailures = {
      SITE_NOT_FOUND: define(
        "yours",
        ({
          image,
          notes,
          nearest,
          targets,
          place,
          empty = []
        }) => ({
          message: `Image ${quote(image)} ${missingWhere(place !== void 0, empty.length > 0)}.${listed(notes)}`,
          hint: waysToName(targets, empty) ?? hintForMissing(place !== void 0, nearest)
        })
      ),
      TARGET_NOT_FOUND: define("yours", ({ target, reason }) => ({
        message: `Input "targets" has ${quote(target)}, but ${clause(reason)}.`,
        hint: "Write file#/json/pointer=image or file#dotted.path=image; file#kind/name#path where a file has several documents."
      })),
      PLACE_UNCLEAR: define("yours", ({ place, where, image, value, reason }) => ({
        message: `${at(place)} ${oneLine(where)} is named for ${quote(image)}, but ${value === void 0 ? "it" : `its value ${quote(value)}`} ${clause(reason)}.`,
        hint: 'Nothing was pushed. Write a version there, an empty value (""), or a text with exactly one version; or remove the marker or the target.'
      })),
      DIGEST_REQUIRED: define("yours", ({ place, present }) => ({
        message: `${at(place)} takes a digest (now ${quote(present)}), and no new digest was given.`,
        hint: 'Give name:tag@sha256:…; docker/build-push-action has it as its output "digest".'
      })),
      TAG_REQUIRED: define("yours", ({ place, present }) => ({
        message: `${at(place)} has ${quote(present)} with its tag in a separate key, and no new tag was given.`,
        hint: 'Give name:tag@sha256:… in the input "images".'
      })),
      ANCHOR_SHARED: define("yours", ({ place, other, image }) => ({
        message: `${at(place)} is an anchored value that ${quote(image)} at ${at(other)} uses too; a change would move both.`,
        hint: "Give each image a value of its own there."
      })),
      MANIFEST_UNREADABLE: define(
        "yours",
        ({ place, reason, excerpt }) => ({
          message: `${at(place)} has a released image and cannot be read: ${oneLine(reason, 300)}${listed(excerpt.split("\n"))}`,
          hint: 'Correct the file, or exclude it with the input "paths", e.g. :(exclude)path.'
        })
      ),
      MANIFEST_ENCRYPTED: define("yours", ({ place }) => ({
        message: `${at(place)} has a released image in a file that is encrypted with SOPS.`,
        hint: 'Its checksum (MAC) covers this value too, so an edit would make the file impossible to decrypt. Move the image into a file of its own, or exclude this one with the input "paths", e.g. :(exclude)path.'
      })),
      EDIT_NOT_VERIFIED: define("ours", ({ file, reason }) => ({
        message: `The edit of ${quote(file)} could not be verified: ${clause(reason)}.`,
        hint: `Nothing was pushed. ${REPORT}`
      }))
    };
  }
});

// src/core/errors.ts
function failure(code, ...[details, cause]) {
  const { text: text2 } = failures[code];
  const { place, input } = details ?? {};
  return new ReleaseError(code, text2(details), { place, cause, input });
}
function asReleaseError(error3) {
  if (error3 instanceof ReleaseError) return error3;
  const reason = error3 instanceof Error ? error3.message : String(error3);
  if (NO_SPACE.test(reason)) return failure("DISK_FULL", { action: "work in its temporary folder", reason }, error3);
  return failure("UNEXPECTED", { reason }, error3);
}
var failures, ReleaseError, failureCodes, NO_SPACE;
var init_errors = __esm({
  "src/core/errors.ts"() {
    "use strict";
    init_define();
    init_environments();
    init_forge();
    init_git();
    init_inputs();
    init_manifests();
    failures = {
      ...inputFailures,
      ...environmentFailures,
      ...manifestFailures,
      ...gitFailures,
      ...forgeFailures,
      RESULT_NOT_WRITTEN: define("yours", ({ reason, done }) => ({
        message: `The outputs or the job summary could not be written: ${clause(reason)}.`,
        hint: `The run itself is complete:${listed(done)}`
      })),
      UNEXPECTED: define("ours", ({ reason }) => ({
        message: `Unexpected error: ${clause(reason)}.`,
        hint: REPORT
      }))
    };
    ReleaseError = class _ReleaseError extends Error {
      name = "ReleaseError";
      code;
      blame;
      hint;
      /** The place in a manifest that it is about, for an annotation. */
      place;
      /** The input whose value is to be changed; absent where it is about none. */
      input;
      constructor(code, text2, options) {
        super(text2.message, { cause: options.cause });
        this.code = code;
        this.blame = failures[code].blame;
        this.hint = text2.hint;
        this.place = options.place;
        this.input = options.input;
      }
      /** The same failure of an input that has its value in a file. */
      at(place) {
        const { code, message, hint, cause, input } = this;
        return new _ReleaseError(code, { message: `${at(place)}: ${message}`, hint }, { place, cause, input });
      }
    };
    failureCodes = Object.keys(failures);
    NO_SPACE = /\bENOSPC\b|No space left on device/i;
  }
});

// src/git/programs.ts
async function run(program, args, { environment: environment2, input }) {
  const child = start(program, args, { LC_ALL: "C", ...environment2 });
  return finish(child, input, () => failure("PROGRAM_MISSING", { program }));
}
async function finish(child, input, missing) {
  const stdout = [];
  const stderr = [];
  child.stdout.on("data", (chunk) => stdout.push(chunk));
  child.stderr.on("data", (chunk) => stderr.push(chunk));
  child.stdin.on("error", () => void 0);
  child.stdin.end(input);
  const exitCode = await new Promise((resolve2, reject) => {
    child.on("error", (error3) => {
      reject(error3.code === "ENOENT" ? missing() : error3);
    });
    child.on("close", (code) => resolve2(code ?? -1));
  });
  return { exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}
function endAllChildren() {
  isEnding = true;
  for (const child of children) endTree(child);
}
function start(program, args, environment2) {
  if (isEnding) throw new Error(`${program} is not started: a signal ends this process`);
  const child = (0, import_node_child_process.spawn)(program, args, {
    env: { ...inheritedEnvironment(), ...environment2 },
    stdio: "pipe",
    windowsHide: true,
    detached: !IS_WINDOWS
  });
  children.add(child);
  child.on("close", () => children.delete(child));
  child.on("error", () => children.delete(child));
  return child;
}
function endTree({ pid }) {
  if (pid === void 0) return;
  if (IS_WINDOWS) {
    (0, import_node_child_process.spawn)("taskkill", ["/pid", String(pid), "/t", "/f"], { windowsHide: true }).on("error", () => void 0);
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error3) {
    if (error3.code !== "ESRCH") throw error3;
  }
}
function inheritedEnvironment() {
  const entries = Object.entries(process.env).filter(([name2]) => INHERITED.test(name2));
  return Object.fromEntries(entries.map(([name2, value]) => [name2, value ?? ""]));
}
var import_node_child_process, IS_WINDOWS, INHERITED, children, isEnding;
var init_programs = __esm({
  "src/git/programs.ts"() {
    "use strict";
    import_node_child_process = require("node:child_process");
    init_errors();
    IS_WINDOWS = process.platform === "win32";
    INHERITED = /^(?:PATH|PATHEXT|USER|SYSTEMROOT|TMPDIR|TEMP|TMP|SSH_AUTH_SOCK|SSL_CERT_FILE|SSL_CERT_DIR|GIT_SSL_\w+|GIT_EXEC_PATH|(?:https?|all|no)_proxy)$/i;
    children = /* @__PURE__ */ new Set();
    isEnding = false;
  }
});

// src/git/temporary.ts
function makeTemporaryFolder() {
  const folder = (0, import_node_fs.mkdtempSync)((0, import_node_path.join)((0, import_node_os.tmpdir)(), `manifest-release-${process.pid}-${namespace()}-`));
  folders.add(folder);
  return folder;
}
async function removeTemporaryFolder(folder) {
  await (0, import_promises.rm)(folder, REMOVAL);
  folders.delete(folder);
}
function removeAllTemporaryFolders() {
  for (const folder of folders) (0, import_node_fs.rmSync)(folder, REMOVAL);
  folders.clear();
}
async function removeAbandonedFolders() {
  const parent = (0, import_node_os.tmpdir)();
  for (const name2 of (0, import_node_fs.readdirSync)(parent)) {
    const folder = (0, import_node_path.join)(parent, name2);
    if (isAbandoned(name2, folder)) await (0, import_promises.rm)(folder, REMOVAL).catch(() => void 0);
  }
}
function isAbandoned(name2, folder) {
  const [, pid, space] = NAME.exec(name2) ?? [];
  if (pid === void 0 || folders.has(folder)) return false;
  try {
    const stats = (0, import_node_fs.lstatSync)(folder);
    if (!stats.isDirectory() || stats.uid !== (process.getuid?.() ?? stats.uid)) return false;
    return Date.now() - stats.mtimeMs > LONGEST_RUN || space === namespace() && !isRunning(Number(pid));
  } catch {
    return false;
  }
}
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error3) {
    return error3.code !== "ESRCH";
  }
}
function namespace() {
  try {
    return /\d+/.exec((0, import_node_fs.readlinkSync)("/proc/self/ns/pid"))?.[0] ?? "0";
  } catch {
    return "0";
  }
}
var import_node_fs, import_promises, import_node_os, import_node_path, NAME, LONGEST_RUN, REMOVAL, folders;
var init_temporary = __esm({
  "src/git/temporary.ts"() {
    "use strict";
    import_node_fs = require("node:fs");
    import_promises = require("node:fs/promises");
    import_node_os = require("node:os");
    import_node_path = require("node:path");
    NAME = /^manifest-release-(\d+)-(\d+)-\w{6}$/;
    LONGEST_RUN = 72e5;
    REMOVAL = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 };
    folders = /* @__PURE__ */ new Set();
  }
});

// node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
  const usingSsl = reqUrl.protocol === "https:";
  if (checkBypass(reqUrl)) {
    return void 0;
  }
  const proxyVar = (() => {
    if (usingSsl) {
      return process.env["https_proxy"] || process.env["HTTPS_PROXY"];
    } else {
      return process.env["http_proxy"] || process.env["HTTP_PROXY"];
    }
  })();
  if (proxyVar) {
    try {
      return new DecodedURL(proxyVar);
    } catch (_a3) {
      if (!proxyVar.startsWith("http://") && !proxyVar.startsWith("https://"))
        return new DecodedURL(`http://${proxyVar}`);
    }
  } else {
    return void 0;
  }
}
function checkBypass(reqUrl) {
  if (!reqUrl.hostname) {
    return false;
  }
  const reqHost = reqUrl.hostname;
  if (isLoopbackAddress(reqHost)) {
    return true;
  }
  const noProxy = process.env["no_proxy"] || process.env["NO_PROXY"] || "";
  if (!noProxy) {
    return false;
  }
  let reqPort;
  if (reqUrl.port) {
    reqPort = Number(reqUrl.port);
  } else if (reqUrl.protocol === "http:") {
    reqPort = 80;
  } else if (reqUrl.protocol === "https:") {
    reqPort = 443;
  }
  const upperReqHosts = [reqUrl.hostname.toUpperCase()];
  if (typeof reqPort === "number") {
    upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
  }
  for (const upperNoProxyItem of noProxy.split(",").map((x) => x.trim().toUpperCase()).filter((x) => x)) {
    if (upperNoProxyItem === "*" || upperReqHosts.some((x) => x === upperNoProxyItem || x.endsWith(`.${upperNoProxyItem}`) || upperNoProxyItem.startsWith(".") && x.endsWith(`${upperNoProxyItem}`))) {
      return true;
    }
  }
  return false;
}
function isLoopbackAddress(host) {
  const hostLower = host.toLowerCase();
  return hostLower === "localhost" || hostLower.startsWith("127.") || hostLower.startsWith("[::1]") || hostLower.startsWith("[0:0:0:0:0:0:0:1]");
}
var DecodedURL;
var init_proxy = __esm({
  "node_modules/@actions/http-client/lib/proxy.js"() {
    DecodedURL = class extends URL {
      constructor(url, base) {
        super(url, base);
        this._decodedUsername = decodeURIComponent(super.username);
        this._decodedPassword = decodeURIComponent(super.password);
      }
      get username() {
        return this._decodedUsername;
      }
      get password() {
        return this._decodedPassword;
      }
    };
  }
});

// node_modules/tunnel/lib/tunnel.js
var require_tunnel = __commonJS({
  "node_modules/tunnel/lib/tunnel.js"(exports2) {
    "use strict";
    var net = require("net");
    var tls = require("tls");
    var http2 = require("http");
    var https2 = require("https");
    var events = require("events");
    var assert = require("assert");
    var util = require("util");
    exports2.httpOverHttp = httpOverHttp2;
    exports2.httpsOverHttp = httpsOverHttp2;
    exports2.httpOverHttps = httpOverHttps2;
    exports2.httpsOverHttps = httpsOverHttps2;
    function httpOverHttp2(options) {
      var agent = new TunnelingAgent(options);
      agent.request = http2.request;
      return agent;
    }
    function httpsOverHttp2(options) {
      var agent = new TunnelingAgent(options);
      agent.request = http2.request;
      agent.createSocket = createSecureSocket;
      agent.defaultPort = 443;
      return agent;
    }
    function httpOverHttps2(options) {
      var agent = new TunnelingAgent(options);
      agent.request = https2.request;
      return agent;
    }
    function httpsOverHttps2(options) {
      var agent = new TunnelingAgent(options);
      agent.request = https2.request;
      agent.createSocket = createSecureSocket;
      agent.defaultPort = 443;
      return agent;
    }
    function TunnelingAgent(options) {
      var self = this;
      self.options = options || {};
      self.proxyOptions = self.options.proxy || {};
      self.maxSockets = self.options.maxSockets || http2.Agent.defaultMaxSockets;
      self.requests = [];
      self.sockets = [];
      self.on("free", function onFree(socket, host, port, localAddress) {
        var options2 = toOptions(host, port, localAddress);
        for (var i = 0, len = self.requests.length; i < len; ++i) {
          var pending = self.requests[i];
          if (pending.host === options2.host && pending.port === options2.port) {
            self.requests.splice(i, 1);
            pending.request.onSocket(socket);
            return;
          }
        }
        socket.destroy();
        self.removeSocket(socket);
      });
    }
    util.inherits(TunnelingAgent, events.EventEmitter);
    TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
      var self = this;
      var options = mergeOptions({ request: req }, self.options, toOptions(host, port, localAddress));
      if (self.sockets.length >= this.maxSockets) {
        self.requests.push(options);
        return;
      }
      self.createSocket(options, function(socket) {
        socket.on("free", onFree);
        socket.on("close", onCloseOrRemove);
        socket.on("agentRemove", onCloseOrRemove);
        req.onSocket(socket);
        function onFree() {
          self.emit("free", socket, options);
        }
        function onCloseOrRemove(err) {
          self.removeSocket(socket);
          socket.removeListener("free", onFree);
          socket.removeListener("close", onCloseOrRemove);
          socket.removeListener("agentRemove", onCloseOrRemove);
        }
      });
    };
    TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
      var self = this;
      var placeholder = {};
      self.sockets.push(placeholder);
      var connectOptions = mergeOptions({}, self.proxyOptions, {
        method: "CONNECT",
        path: options.host + ":" + options.port,
        agent: false,
        headers: {
          host: options.host + ":" + options.port
        }
      });
      if (options.localAddress) {
        connectOptions.localAddress = options.localAddress;
      }
      if (connectOptions.proxyAuth) {
        connectOptions.headers = connectOptions.headers || {};
        connectOptions.headers["Proxy-Authorization"] = "Basic " + new Buffer(connectOptions.proxyAuth).toString("base64");
      }
      debug3("making CONNECT request");
      var connectReq = self.request(connectOptions);
      connectReq.useChunkedEncodingByDefault = false;
      connectReq.once("response", onResponse);
      connectReq.once("upgrade", onUpgrade);
      connectReq.once("connect", onConnect);
      connectReq.once("error", onError);
      connectReq.end();
      function onResponse(res) {
        res.upgrade = true;
      }
      function onUpgrade(res, socket, head) {
        process.nextTick(function() {
          onConnect(res, socket, head);
        });
      }
      function onConnect(res, socket, head) {
        connectReq.removeAllListeners();
        socket.removeAllListeners();
        if (res.statusCode !== 200) {
          debug3(
            "tunneling socket could not be established, statusCode=%d",
            res.statusCode
          );
          socket.destroy();
          var error3 = new Error("tunneling socket could not be established, statusCode=" + res.statusCode);
          error3.code = "ECONNRESET";
          options.request.emit("error", error3);
          self.removeSocket(placeholder);
          return;
        }
        if (head.length > 0) {
          debug3("got illegal response body from proxy");
          socket.destroy();
          var error3 = new Error("got illegal response body from proxy");
          error3.code = "ECONNRESET";
          options.request.emit("error", error3);
          self.removeSocket(placeholder);
          return;
        }
        debug3("tunneling connection has established");
        self.sockets[self.sockets.indexOf(placeholder)] = socket;
        return cb(socket);
      }
      function onError(cause) {
        connectReq.removeAllListeners();
        debug3(
          "tunneling socket could not be established, cause=%s\n",
          cause.message,
          cause.stack
        );
        var error3 = new Error("tunneling socket could not be established, cause=" + cause.message);
        error3.code = "ECONNRESET";
        options.request.emit("error", error3);
        self.removeSocket(placeholder);
      }
    };
    TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
      var pos = this.sockets.indexOf(socket);
      if (pos === -1) {
        return;
      }
      this.sockets.splice(pos, 1);
      var pending = this.requests.shift();
      if (pending) {
        this.createSocket(pending, function(socket2) {
          pending.request.onSocket(socket2);
        });
      }
    };
    function createSecureSocket(options, cb) {
      var self = this;
      TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
        var hostHeader = options.request.getHeader("host");
        var tlsOptions = mergeOptions({}, self.options, {
          socket,
          servername: hostHeader ? hostHeader.replace(/:.*$/, "") : options.host
        });
        var secureSocket = tls.connect(0, tlsOptions);
        self.sockets[self.sockets.indexOf(socket)] = secureSocket;
        cb(secureSocket);
      });
    }
    function toOptions(host, port, localAddress) {
      if (typeof host === "string") {
        return {
          host,
          port,
          localAddress
        };
      }
      return host;
    }
    function mergeOptions(target) {
      for (var i = 1, len = arguments.length; i < len; ++i) {
        var overrides = arguments[i];
        if (typeof overrides === "object") {
          var keys = Object.keys(overrides);
          for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
            var k = keys[j];
            if (overrides[k] !== void 0) {
              target[k] = overrides[k];
            }
          }
        }
      }
      return target;
    }
    var debug3;
    if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
      debug3 = function() {
        var args = Array.prototype.slice.call(arguments);
        if (typeof args[0] === "string") {
          args[0] = "TUNNEL: " + args[0];
        } else {
          args.unshift("TUNNEL:");
        }
        console.error.apply(console, args);
      };
    } else {
      debug3 = function() {
      };
    }
    exports2.debug = debug3;
  }
});

// node_modules/tunnel/index.js
var require_tunnel2 = __commonJS({
  "node_modules/tunnel/index.js"(exports2, module2) {
    module2.exports = require_tunnel();
  }
});

// node_modules/@actions/http-client/lib/index.js
var lib_exports = {};
__export(lib_exports, {
  Headers: () => Headers,
  HttpClient: () => HttpClient,
  HttpClientError: () => HttpClientError,
  HttpClientResponse: () => HttpClientResponse,
  HttpCodes: () => HttpCodes,
  MediaTypes: () => MediaTypes,
  getProxyUrl: () => getProxyUrl2,
  isHttps: () => isHttps
});
function getProxyUrl2(serverUrl) {
  const proxyUrl = getProxyUrl(new URL(serverUrl));
  return proxyUrl ? proxyUrl.href : "";
}
function isHttps(requestUrl) {
  const parsedUrl = new URL(requestUrl);
  return parsedUrl.protocol === "https:";
}
var http, https, tunnel, import_undici, __awaiter, HttpCodes, Headers, MediaTypes, HttpRedirectCodes, HttpResponseRetryCodes, RetryableHttpVerbs, ExponentialBackoffCeiling, ExponentialBackoffTimeSlice, HttpClientError, HttpClientResponse, HttpClient, lowercaseKeys;
var init_lib = __esm({
  "node_modules/@actions/http-client/lib/index.js"() {
    http = __toESM(require("http"), 1);
    https = __toESM(require("https"), 1);
    init_proxy();
    tunnel = __toESM(require_tunnel2(), 1);
    import_undici = require("./undici.cjs");
    __awaiter = function(thisArg, _arguments, P, generator) {
      function adopt(value) {
        return value instanceof P ? value : new P(function(resolve2) {
          resolve2(value);
        });
      }
      return new (P || (P = Promise))(function(resolve2, reject) {
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
          result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
        }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
      });
    };
    (function(HttpCodes2) {
      HttpCodes2[HttpCodes2["OK"] = 200] = "OK";
      HttpCodes2[HttpCodes2["MultipleChoices"] = 300] = "MultipleChoices";
      HttpCodes2[HttpCodes2["MovedPermanently"] = 301] = "MovedPermanently";
      HttpCodes2[HttpCodes2["ResourceMoved"] = 302] = "ResourceMoved";
      HttpCodes2[HttpCodes2["SeeOther"] = 303] = "SeeOther";
      HttpCodes2[HttpCodes2["NotModified"] = 304] = "NotModified";
      HttpCodes2[HttpCodes2["UseProxy"] = 305] = "UseProxy";
      HttpCodes2[HttpCodes2["SwitchProxy"] = 306] = "SwitchProxy";
      HttpCodes2[HttpCodes2["TemporaryRedirect"] = 307] = "TemporaryRedirect";
      HttpCodes2[HttpCodes2["PermanentRedirect"] = 308] = "PermanentRedirect";
      HttpCodes2[HttpCodes2["BadRequest"] = 400] = "BadRequest";
      HttpCodes2[HttpCodes2["Unauthorized"] = 401] = "Unauthorized";
      HttpCodes2[HttpCodes2["PaymentRequired"] = 402] = "PaymentRequired";
      HttpCodes2[HttpCodes2["Forbidden"] = 403] = "Forbidden";
      HttpCodes2[HttpCodes2["NotFound"] = 404] = "NotFound";
      HttpCodes2[HttpCodes2["MethodNotAllowed"] = 405] = "MethodNotAllowed";
      HttpCodes2[HttpCodes2["NotAcceptable"] = 406] = "NotAcceptable";
      HttpCodes2[HttpCodes2["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
      HttpCodes2[HttpCodes2["RequestTimeout"] = 408] = "RequestTimeout";
      HttpCodes2[HttpCodes2["Conflict"] = 409] = "Conflict";
      HttpCodes2[HttpCodes2["Gone"] = 410] = "Gone";
      HttpCodes2[HttpCodes2["TooManyRequests"] = 429] = "TooManyRequests";
      HttpCodes2[HttpCodes2["InternalServerError"] = 500] = "InternalServerError";
      HttpCodes2[HttpCodes2["NotImplemented"] = 501] = "NotImplemented";
      HttpCodes2[HttpCodes2["BadGateway"] = 502] = "BadGateway";
      HttpCodes2[HttpCodes2["ServiceUnavailable"] = 503] = "ServiceUnavailable";
      HttpCodes2[HttpCodes2["GatewayTimeout"] = 504] = "GatewayTimeout";
    })(HttpCodes || (HttpCodes = {}));
    (function(Headers2) {
      Headers2["Accept"] = "accept";
      Headers2["ContentType"] = "content-type";
    })(Headers || (Headers = {}));
    (function(MediaTypes2) {
      MediaTypes2["ApplicationJson"] = "application/json";
    })(MediaTypes || (MediaTypes = {}));
    HttpRedirectCodes = [
      HttpCodes.MovedPermanently,
      HttpCodes.ResourceMoved,
      HttpCodes.SeeOther,
      HttpCodes.TemporaryRedirect,
      HttpCodes.PermanentRedirect
    ];
    HttpResponseRetryCodes = [
      HttpCodes.BadGateway,
      HttpCodes.ServiceUnavailable,
      HttpCodes.GatewayTimeout
    ];
    RetryableHttpVerbs = ["OPTIONS", "GET", "DELETE", "HEAD"];
    ExponentialBackoffCeiling = 10;
    ExponentialBackoffTimeSlice = 5;
    HttpClientError = class _HttpClientError extends Error {
      constructor(message, statusCode) {
        super(message);
        this.name = "HttpClientError";
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, _HttpClientError.prototype);
      }
    };
    HttpClientResponse = class {
      constructor(message) {
        this.message = message;
      }
      readBody() {
        return __awaiter(this, void 0, void 0, function* () {
          return new Promise((resolve2) => __awaiter(this, void 0, void 0, function* () {
            let output = Buffer.alloc(0);
            this.message.on("data", (chunk) => {
              output = Buffer.concat([output, chunk]);
            });
            this.message.on("end", () => {
              resolve2(output.toString());
            });
          }));
        });
      }
      readBodyBuffer() {
        return __awaiter(this, void 0, void 0, function* () {
          return new Promise((resolve2) => __awaiter(this, void 0, void 0, function* () {
            const chunks = [];
            this.message.on("data", (chunk) => {
              chunks.push(chunk);
            });
            this.message.on("end", () => {
              resolve2(Buffer.concat(chunks));
            });
          }));
        });
      }
    };
    HttpClient = class {
      constructor(userAgent2, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent2);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
          if (requestOptions.ignoreSslError != null) {
            this._ignoreSslError = requestOptions.ignoreSslError;
          }
          this._socketTimeout = requestOptions.socketTimeout;
          if (requestOptions.allowRedirects != null) {
            this._allowRedirects = requestOptions.allowRedirects;
          }
          if (requestOptions.allowRedirectDowngrade != null) {
            this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
          }
          if (requestOptions.maxRedirects != null) {
            this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
          }
          if (requestOptions.keepAlive != null) {
            this._keepAlive = requestOptions.keepAlive;
          }
          if (requestOptions.allowRetries != null) {
            this._allowRetries = requestOptions.allowRetries;
          }
          if (requestOptions.maxRetries != null) {
            this._maxRetries = requestOptions.maxRetries;
          }
        }
      }
      options(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
          return this.request("OPTIONS", requestUrl, null, additionalHeaders || {});
        });
      }
      get(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
          return this.request("GET", requestUrl, null, additionalHeaders || {});
        });
      }
      del(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
          return this.request("DELETE", requestUrl, null, additionalHeaders || {});
        });
      }
      post(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
          return this.request("POST", requestUrl, data, additionalHeaders || {});
        });
      }
      patch(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
          return this.request("PATCH", requestUrl, data, additionalHeaders || {});
        });
      }
      put(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
          return this.request("PUT", requestUrl, data, additionalHeaders || {});
        });
      }
      head(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
          return this.request("HEAD", requestUrl, null, additionalHeaders || {});
        });
      }
      sendStream(verb, requestUrl, stream, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
          return this.request(verb, requestUrl, stream, additionalHeaders);
        });
      }
      /**
       * Gets a typed object from an endpoint
       * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
       */
      getJson(requestUrl_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
          additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
          const res = yield this.get(requestUrl, additionalHeaders);
          return this._processResponse(res, this.requestOptions);
        });
      }
      postJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
          const data = JSON.stringify(obj, null, 2);
          additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
          additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
          const res = yield this.post(requestUrl, data, additionalHeaders);
          return this._processResponse(res, this.requestOptions);
        });
      }
      putJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
          const data = JSON.stringify(obj, null, 2);
          additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
          additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
          const res = yield this.put(requestUrl, data, additionalHeaders);
          return this._processResponse(res, this.requestOptions);
        });
      }
      patchJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
          const data = JSON.stringify(obj, null, 2);
          additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
          additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
          const res = yield this.patch(requestUrl, data, additionalHeaders);
          return this._processResponse(res, this.requestOptions);
        });
      }
      /**
       * Makes a raw http request.
       * All other methods such as get, post, patch, and request ultimately call this.
       * Prefer get, del, post and patch
       */
      request(verb, requestUrl, data, headers) {
        return __awaiter(this, void 0, void 0, function* () {
          if (this._disposed) {
            throw new Error("Client has already been disposed.");
          }
          const parsedUrl = new URL(requestUrl);
          let info3 = this._prepareRequest(verb, parsedUrl, headers);
          const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb) ? this._maxRetries + 1 : 1;
          let numTries = 0;
          let response;
          do {
            response = yield this.requestRaw(info3, data);
            if (response && response.message && response.message.statusCode === HttpCodes.Unauthorized) {
              let authenticationHandler;
              for (const handler of this.handlers) {
                if (handler.canHandleAuthentication(response)) {
                  authenticationHandler = handler;
                  break;
                }
              }
              if (authenticationHandler) {
                return authenticationHandler.handleAuthentication(this, info3, data);
              } else {
                return response;
              }
            }
            let redirectsRemaining = this._maxRedirects;
            while (response.message.statusCode && HttpRedirectCodes.includes(response.message.statusCode) && this._allowRedirects && redirectsRemaining > 0) {
              const redirectUrl = response.message.headers["location"];
              if (!redirectUrl) {
                break;
              }
              const parsedRedirectUrl = new URL(redirectUrl);
              if (parsedUrl.protocol === "https:" && parsedUrl.protocol !== parsedRedirectUrl.protocol && !this._allowRedirectDowngrade) {
                throw new Error("Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.");
              }
              yield response.readBody();
              if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                for (const header in headers) {
                  if (header.toLowerCase() === "authorization") {
                    delete headers[header];
                  }
                }
              }
              info3 = this._prepareRequest(verb, parsedRedirectUrl, headers);
              response = yield this.requestRaw(info3, data);
              redirectsRemaining--;
            }
            if (!response.message.statusCode || !HttpResponseRetryCodes.includes(response.message.statusCode)) {
              return response;
            }
            numTries += 1;
            if (numTries < maxTries) {
              yield response.readBody();
              yield this._performExponentialBackoff(numTries);
            }
          } while (numTries < maxTries);
          return response;
        });
      }
      /**
       * Needs to be called if keepAlive is set to true in request options.
       */
      dispose() {
        if (this._agent) {
          this._agent.destroy();
        }
        this._disposed = true;
      }
      /**
       * Raw request.
       * @param info
       * @param data
       */
      requestRaw(info3, data) {
        return __awaiter(this, void 0, void 0, function* () {
          return new Promise((resolve2, reject) => {
            function callbackForResult(err, res) {
              if (err) {
                reject(err);
              } else if (!res) {
                reject(new Error("Unknown error"));
              } else {
                resolve2(res);
              }
            }
            this.requestRawWithCallback(info3, data, callbackForResult);
          });
        });
      }
      /**
       * Raw request with callback.
       * @param info
       * @param data
       * @param onResult
       */
      requestRawWithCallback(info3, data, onResult) {
        if (typeof data === "string") {
          if (!info3.options.headers) {
            info3.options.headers = {};
          }
          info3.options.headers["Content-Length"] = Buffer.byteLength(data, "utf8");
        }
        let callbackCalled = false;
        function handleResult(err, res) {
          if (!callbackCalled) {
            callbackCalled = true;
            onResult(err, res);
          }
        }
        const req = info3.httpModule.request(info3.options, (msg) => {
          const res = new HttpClientResponse(msg);
          handleResult(void 0, res);
        });
        let socket;
        req.on("socket", (sock) => {
          socket = sock;
        });
        req.setTimeout(this._socketTimeout || 3 * 6e4, () => {
          if (socket) {
            socket.end();
          }
          handleResult(new Error(`Request timeout: ${info3.options.path}`));
        });
        req.on("error", function(err) {
          handleResult(err);
        });
        if (data && typeof data === "string") {
          req.write(data, "utf8");
        }
        if (data && typeof data !== "string") {
          data.on("close", function() {
            req.end();
          });
          data.pipe(req);
        } else {
          req.end();
        }
      }
      /**
       * Gets an http agent. This function is useful when you need an http agent that handles
       * routing through a proxy server - depending upon the url and proxy environment variables.
       * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
       */
      getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
      }
      getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
          return;
        }
        return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
      }
      _prepareRequest(method, requestUrl, headers) {
        const info3 = {};
        info3.parsedUrl = requestUrl;
        const usingSsl = info3.parsedUrl.protocol === "https:";
        info3.httpModule = usingSsl ? https : http;
        const defaultPort = usingSsl ? 443 : 80;
        info3.options = {};
        info3.options.host = info3.parsedUrl.hostname;
        info3.options.port = info3.parsedUrl.port ? parseInt(info3.parsedUrl.port) : defaultPort;
        info3.options.path = (info3.parsedUrl.pathname || "") + (info3.parsedUrl.search || "");
        info3.options.method = method;
        info3.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
          info3.options.headers["user-agent"] = this.userAgent;
        }
        info3.options.agent = this._getAgent(info3.parsedUrl);
        if (this.handlers) {
          for (const handler of this.handlers) {
            handler.prepareRequest(info3.options);
          }
        }
        return info3;
      }
      _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
          return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
        }
        return lowercaseKeys(headers || {});
      }
      /**
       * Gets an existing header value or returns a default.
       * Handles converting number header values to strings since HTTP headers must be strings.
       * Note: This returns string | string[] since some headers can have multiple values.
       * For headers that must always be a single string (like Content-Type), use the
       * specialized _getExistingOrDefaultContentTypeHeader method instead.
       */
      _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
          const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
          if (headerValue) {
            clientHeader = typeof headerValue === "number" ? headerValue.toString() : headerValue;
          }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== void 0) {
          return typeof additionalValue === "number" ? additionalValue.toString() : additionalValue;
        }
        if (clientHeader !== void 0) {
          return clientHeader;
        }
        return _default;
      }
      /**
       * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
       * Always returns a single string (not an array) since Content-Type should be a single value.
       * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
       * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
       * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
       */
      _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
          const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
          if (headerValue) {
            if (typeof headerValue === "number") {
              clientHeader = String(headerValue);
            } else if (Array.isArray(headerValue)) {
              clientHeader = headerValue.join(", ");
            } else {
              clientHeader = headerValue;
            }
          }
        }
        const additionalValue = additionalHeaders[Headers.ContentType];
        if (additionalValue !== void 0) {
          if (typeof additionalValue === "number") {
            return String(additionalValue);
          } else if (Array.isArray(additionalValue)) {
            return additionalValue.join(", ");
          } else {
            return additionalValue;
          }
        }
        if (clientHeader !== void 0) {
          return clientHeader;
        }
        return _default;
      }
      _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
          agent = this._proxyAgent;
        }
        if (!useProxy) {
          agent = this._agent;
        }
        if (agent) {
          return agent;
        }
        const usingSsl = parsedUrl.protocol === "https:";
        let maxSockets = 100;
        if (this.requestOptions) {
          maxSockets = this.requestOptions.maxSockets || http.globalAgent.maxSockets;
        }
        if (proxyUrl && proxyUrl.hostname) {
          const agentOptions = {
            maxSockets,
            keepAlive: this._keepAlive,
            proxy: Object.assign(Object.assign({}, (proxyUrl.username || proxyUrl.password) && {
              proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
            }), { host: proxyUrl.hostname, port: proxyUrl.port })
          };
          let tunnelAgent;
          const overHttps = proxyUrl.protocol === "https:";
          if (usingSsl) {
            tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
          } else {
            tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
          }
          agent = tunnelAgent(agentOptions);
          this._proxyAgent = agent;
        }
        if (!agent) {
          const options = { keepAlive: this._keepAlive, maxSockets };
          agent = usingSsl ? new https.Agent(options) : new http.Agent(options);
          this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
          agent.options = Object.assign(agent.options || {}, {
            rejectUnauthorized: false
          });
        }
        return agent;
      }
      _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
          proxyAgent = this._proxyAgentDispatcher;
        }
        if (proxyAgent) {
          return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === "https:";
        proxyAgent = new import_undici.ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, (proxyUrl.username || proxyUrl.password) && {
          token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString("base64")}`
        }));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
          proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
            rejectUnauthorized: false
          });
        }
        return proxyAgent;
      }
      _getUserAgentWithOrchestrationId(userAgent2) {
        const baseUserAgent = userAgent2 || "actions/http-client";
        const orchId = process.env["ACTIONS_ORCHESTRATION_ID"];
        if (orchId) {
          const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, "_");
          return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
      }
      _performExponentialBackoff(retryNumber) {
        return __awaiter(this, void 0, void 0, function* () {
          retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
          const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
          return new Promise((resolve2) => setTimeout(() => resolve2(), ms));
        });
      }
      _processResponse(res, options) {
        return __awaiter(this, void 0, void 0, function* () {
          return new Promise((resolve2, reject) => __awaiter(this, void 0, void 0, function* () {
            const statusCode = res.message.statusCode || 0;
            const response = {
              statusCode,
              result: null,
              headers: {}
            };
            if (statusCode === HttpCodes.NotFound) {
              resolve2(response);
            }
            function dateTimeDeserializer(key, value) {
              if (typeof value === "string") {
                const a = new Date(value);
                if (!isNaN(a.valueOf())) {
                  return a;
                }
              }
              return value;
            }
            let obj;
            let contents;
            try {
              contents = yield res.readBody();
              if (contents && contents.length > 0) {
                if (options && options.deserializeDates) {
                  obj = JSON.parse(contents, dateTimeDeserializer);
                } else {
                  obj = JSON.parse(contents);
                }
                response.result = obj;
              }
              response.headers = res.message.headers;
            } catch (err) {
            }
            if (statusCode > 299) {
              let msg;
              if (obj && obj.message) {
                msg = obj.message;
              } else if (contents && contents.length > 0) {
                msg = contents;
              } else {
                msg = `Failed request: (${statusCode})`;
              }
              const err = new HttpClientError(msg, statusCode);
              err.result = response.result;
              reject(err);
            } else {
              resolve2(response);
            }
          }));
        });
      }
    };
    lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => (c[k.toLowerCase()] = obj[k], c), {});
  }
});

// src/forge/github/server.ts
function apiOf(serverUrl) {
  const { hostname, origin } = new URL(serverUrl);
  if (GITHUB.test(hostname)) return "https://api.github.com";
  if (hostname.endsWith(".ghe.com")) return `https://api.${hostname}`;
  return `${origin}/api/v3`;
}
function apiUrlOf({ host, transport }, run2) {
  const server = new URL(run2.serverUrl);
  if (host === (transport === "ssh" ? server.hostname : server.host)) return run2.apiUrl;
  if (GITHUB.test(host)) return GITHUB.test(server.hostname) ? run2.apiUrl : apiOf("https://github.com");
  const tenant = /^(?:ssh\.)?([\w-]+\.ghe\.com)$/i.exec(host)?.[1];
  return tenant === void 0 ? void 0 : apiOf(`https://${tenant}`);
}
var GITHUB;
var init_server = __esm({
  "src/forge/github/server.ts"() {
    "use strict";
    GITHUB = /^(?:(?:www|ssh)\.)?github\.com$/i;
  }
});

// src/forge/github/server-token.ts
var READ_BY_ALL, ServerToken;
var init_server_token = __esm({
  "src/forge/github/server-token.ts"() {
    "use strict";
    init_server();
    READ_BY_ALL = "https://api.github.com";
    ServerToken = class _ServerToken {
      /** The root, e.g. https://api.github.com. */
      apiUrl;
      /** Empty for none: its requests are anonymous. */
      token;
      constructor(apiUrl, token) {
        this.apiUrl = apiUrl;
        this.token = token;
      }
      /** The input `token`, for the server of the manifest repository; `undefined` where that is not GitHub. */
      static ofManifests({ remote, token }, run2) {
        const apiUrl = apiUrlOf(remote, run2);
        return apiUrl === void 0 ? void 0 : new _ServerToken(apiUrl, token);
      }
      /**
       * The input `source-token`, for the server of the source repository; without one the input `token` where both are on
       * one server, and none where everybody may read. Otherwise the reason why that server is not asked.
       */
      static ofSource(access2, run2) {
        const server = URL.canParse(run2.sourceServerUrl) ? new URL(run2.sourceServerUrl) : void 0;
        const apiUrl = server && apiUrlOf({ host: server.host, transport: "https" }, run2);
        if (apiUrl === void 0) return `${server?.host ?? "the server of the source repository"} is not known as GitHub`;
        const manifests2 = _ServerToken.ofManifests(access2, run2);
        const token = access2.sourceToken || (manifests2?.apiUrl === apiUrl ? manifests2.token : "");
        if (token !== "" || apiUrl === READ_BY_ALL) return new _ServerToken(apiUrl, token);
        return `no token was given for ${server?.host} (input "source-token")`;
      }
      /** The token that an earlier step of this job got from that server, and saved. */
      static restored({ apiUrl, token }) {
        return new _ServerToken(apiUrl, token);
      }
      /** A token that this server itself issued. */
      issued(token) {
        return new _ServerToken(this.apiUrl, token);
      }
    };
  }
});

// src/forge/attributes.ts
function nameOf(list2, name2) {
  return `${NOUNS[list2]} ${name2}`;
}
function missingIn(given, wanted) {
  const missing = (list2) => wanted[list2].filter((name2) => !given[list2].includes(name2));
  return {
    labels: missing("labels"),
    reviewers: missing("reviewers"),
    "team-reviewers": missing("team-reviewers"),
    assignees: missing("assignees"),
    milestone: given.milestone === wanted.milestone ? "" : wanted.milestone,
    "auto-merge": given["auto-merge"] === "" ? wanted["auto-merge"] : "",
    draft: wanted.draft && !given.draft
  };
}
function wrongLabels(given, wanted) {
  return given.labels.filter((label) => !wanted.labels.includes(label));
}
function givenAfter(given, wanted, refused) {
  const missing = missingIn(given, wanted);
  const isDone = (what) => !refused.some((one) => one.what === what);
  const added = (list2) => missing[list2].filter((name2) => isDone(nameOf(list2, name2)));
  const wrong = wrongLabels(given, wanted);
  return {
    labels: [...given.labels.filter((label) => !wrong.includes(label)), ...added("labels")],
    reviewers: [...given.reviewers, ...added("reviewers")],
    "team-reviewers": [...given["team-reviewers"], ...added("team-reviewers")],
    assignees: [...given.assignees, ...added("assignees")],
    milestone: isDone(`milestone ${missing.milestone}`) && missing.milestone || given.milestone,
    "auto-merge": isDone("auto-merge") && missing["auto-merge"] || given["auto-merge"],
    draft: given.draft || isDone("draft") && missing.draft
  };
}
var NOUNS;
var init_attributes = __esm({
  "src/forge/attributes.ts"() {
    "use strict";
    NOUNS = {
      labels: "label",
      reviewers: "reviewer",
      "team-reviewers": "team reviewer",
      assignees: "assignee"
    };
  }
});

// node_modules/zod/v4/core/util.js
function getEnumValues(entries) {
  const numericValues = Object.values(entries).filter((v) => typeof v === "number");
  const values = Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
  return values;
}
function jsonStringifyReplacer(_, value) {
  if (typeof value === "bigint")
    return value.toString();
  return value;
}
function cached(getter) {
  return new Cached(getter);
}
function cleanRegex(source) {
  const start2 = source.startsWith("^") ? 1 : 0;
  const end2 = source.endsWith("$") ? source.length - 1 : source.length;
  return source.slice(start2, end2);
}
function assignProp(target, prop, value) {
  Object.defineProperty(target, prop, {
    value,
    writable: true,
    enumerable: true,
    configurable: true
  });
}
function rawShape(def) {
  const desc = Object.getOwnPropertyDescriptor(def, "shape");
  return desc?.get ? desc.get.raw : desc?.value;
}
function sourceShape(schema) {
  return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
function deferProp(target, key, getter) {
  Object.defineProperty(target, key, {
    get() {
      const value = getter();
      assignProp(this, key, value);
      return value;
    },
    enumerable: true,
    configurable: true
  });
}
function putProp(target, key, value) {
  if (key in target)
    assignProp(target, key, value);
  else
    target[key] = value;
}
function mirrorShape(target, source, keys, wrap) {
  const raw = sourceShape(source);
  for (const key of keys) {
    const desc = Object.getOwnPropertyDescriptor(raw, key);
    if (!desc.enumerable)
      continue;
    if (desc.get) {
      deferProp(target, key, () => {
        const value = source._zod.def.shape[key];
        return wrap ? wrap(value, key) : value;
      });
    } else
      putProp(target, key, wrap ? wrap(desc.value, key) : desc.value);
  }
}
function mirrorProps(target, source) {
  for (const key of Reflect.ownKeys(source)) {
    const desc = Object.getOwnPropertyDescriptor(source, key);
    if (!desc.enumerable)
      continue;
    if (desc.get)
      deferProp(target, key, () => source[key]);
    else
      putProp(target, key, desc.value);
  }
}
function mergeDefs(...defs) {
  const mergedDescriptors = {};
  for (const def of defs) {
    const descriptors = Object.getOwnPropertyDescriptors(def);
    Object.assign(mergedDescriptors, descriptors);
  }
  return Object.defineProperties({}, mergedDescriptors);
}
function isObject(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
function isPlainObject(o) {
  if (isObject(o) === false)
    return false;
  const ctor = o.constructor;
  if (ctor === void 0)
    return true;
  if (typeof ctor !== "function")
    return true;
  const prot = ctor.prototype;
  if (isObject(prot) === false)
    return false;
  if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) {
    return false;
  }
  return true;
}
function escapeRegex(str) {
  return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
  const cl = new inst._zod.constr(def ?? inst._zod.def);
  if (!def || params?.parent)
    cl._zod.parent = inst;
  return cl;
}
function normalizeParams(_params) {
  const params = _params;
  if (!params)
    return {};
  if (typeof params === "string")
    return { error: () => params };
  if (params?.message !== void 0) {
    if (params?.error !== void 0)
      throw new Error("Cannot specify both `message` and `error` params");
    params.error = params.message;
  }
  delete params.message;
  if (typeof params.error === "string")
    return { ...params, error: () => params.error };
  return params;
}
function optionalKeys(shape) {
  return Object.keys(shape).filter((k) => {
    return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
  });
}
function extend(schema, shape) {
  if (!isPlainObject(shape)) {
    throw new Error("Invalid input to extend: expected a plain object");
  }
  const checks = schema._zod.def.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    const existingShape = sourceShape(schema);
    for (const key of Reflect.ownKeys(shape)) {
      if (Object.getOwnPropertyDescriptor(existingShape, key) !== void 0) {
        throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
      }
    }
  }
  return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function extended(schema, shape) {
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
  mirrorProps(newShape, shape);
  return newShape;
}
function aborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue !== true) {
      return true;
    }
  }
  return false;
}
function explicitlyAborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue === false) {
      return true;
    }
  }
  return false;
}
function prefixIssues(path, issues) {
  return issues.map((iss) => {
    var _a3;
    (_a3 = iss).path ?? (_a3.path = []);
    iss.path.unshift(path);
    return iss;
  });
}
function unwrapMessage(message) {
  return typeof message === "string" ? message : message?.message;
}
function sizeCaps(defChecks) {
  const caps = [];
  for (const ch of defChecks ?? []) {
    const d = ch._zod.def;
    if (!/_(length|size)$|_equals$/.test(d.check))
      break;
    const max = d.maximum ?? d.length ?? d.size;
    if (max >= 0)
      caps.push([max, ch]);
  }
  return caps;
}
function attachSchema(issues, start2, inst) {
  var _a3;
  for (let i = start2; i < issues.length; i++) {
    (_a3 = issues[i]).schema ?? (_a3.schema = inst);
  }
}
function finalizeIssue(iss, ctx, config2) {
  var _a3;
  const traits = iss.inst?._zod?.traits;
  if (traits?.has("$ZodType")) {
    if (traits.has("$ZodCheck"))
      (_a3 = iss).schema ?? (_a3.schema = iss.inst);
    else
      iss.schema = iss.inst;
  }
  const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
  const message = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config2.customError?.(iss)) ?? unwrapMessage(config2.localeError?.(iss)) ?? "Invalid input";
  const full = {};
  for (const k of Object.keys(iss)) {
    if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__")
      continue;
    full[k] = iss[k];
  }
  full.path ?? (full.path = []);
  full.message = message;
  if (ctx?.reportInput) {
    full.input = iss.input;
  }
  return full;
}
function members(proto, table) {
  for (const key in table) {
    const desc = Object.getOwnPropertyDescriptor(table, key);
    if (desc.get)
      Object.defineProperty(proto, key, { ...desc, enumerable: false });
    else
      defineBound(proto, key, desc.value);
  }
}
function own(inst, key, value, enumerable = true) {
  Object.defineProperty(inst, key, { configurable: true, writable: true, enumerable, value });
  return value;
}
function hide(inst, key, value) {
  return own(inst, key, value, false);
}
function defineBound(proto, key, fn) {
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      return this == null ? fn : own(this, key, fn.bind(this));
    },
    set(value) {
      own(this, key, value);
    }
  });
}
function claim(inst, sentinel) {
  const proto = Object.getPrototypeOf(inst);
  return sentinel in proto ? void 0 : proto;
}
function defineLazyInternal(inst, key, compute) {
  const proto = Object.getPrototypeOf(inst._zod);
  if (key in proto && installing !== inst._zod) {
    installing = void 0;
    return;
  }
  installing = inst._zod;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      Object.defineProperty(this, key, breaker);
      const outer = broke;
      broke = false;
      try {
        const value = compute(this);
        if (broke)
          delete this[key];
        else
          Object.defineProperty(this, key, { configurable: true, writable: true, value });
        broke = broke || outer;
        return value;
      } catch (err) {
        delete this[key];
        broke = broke || outer;
        throw err;
      }
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, value });
    }
  });
}
function installLazyProp(inst, key, make, enumerable) {
  const proto = claim(inst, key);
  if (!proto)
    return;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      const desc = { configurable: true, writable: true, enumerable, value: void 0 };
      Object.defineProperty(this, key, desc);
      desc.value = make(this);
      Object.defineProperty(this, key, desc);
      return desc.value;
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, enumerable, value });
    }
  });
}
var Cached, captureStackTrace, propertyKeyTypes, NUMBER_FORMAT_RANGES, installing, broke, breaker;
var init_util = __esm({
  "node_modules/zod/v4/core/util.js"() {
    Cached = class {
      constructor(getter) {
        this._getter = getter;
        this._value = void 0;
      }
      get value() {
        const getter = this._getter;
        if (getter !== void 0) {
          this._value = getter();
          this._getter = void 0;
        }
        return this._value;
      }
    };
    captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {
    };
    propertyKeyTypes = /* @__PURE__ */ new Set(["string", "number", "symbol"]);
    NUMBER_FORMAT_RANGES = /* @__PURE__ */ (() => ({
      safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
      int32: [-2147483648, 2147483647],
      uint32: [0, 4294967295],
      float32: [-34028234663852886e22, 34028234663852886e22],
      float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
    }))();
    broke = false;
    breaker = {
      configurable: true,
      get() {
        broke = true;
        return void 0;
      }
    };
  }
});

// node_modules/zod/v4/core/core.js
function newError(Definition) {
  const E = _E;
  if (E) {
    const saved = E.stackTraceLimit;
    if (typeof saved === "number") {
      try {
        E.stackTraceLimit = 0;
      } catch {
        _E = null;
        return new Definition();
      }
      try {
        return new Definition();
      } finally {
        E.stackTraceLimit = saved;
      }
    }
  }
  return new Definition();
}
// @__NO_SIDE_EFFECTS__
function $constructor(name2, initializer2, proto, params) {
  const zodProto = {};
  function Internals(def) {
    this.def = def;
    this.constr = _;
    this.traits = /* @__PURE__ */ new Set();
  }
  Internals.prototype = zodProto;
  const protoMembers = proto;
  const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
  function init(inst, def) {
    if (!inst._zod) {
      _zodDesc.value = new Internals(def);
      try {
        Object.defineProperty(inst, "_zod", _zodDesc);
      } finally {
        _zodDesc.value = void 0;
      }
    } else if (inst._zod.traits.has(name2)) {
      return;
    }
    inst._zod.traits.add(name2);
    initializer2(inst, def);
    if (initialized) {
      const own2 = Object.getPrototypeOf(inst);
      const ctorProto = inst._zod.constr.prototype;
      let up = own2;
      while (up && up !== ctorProto)
        up = Object.getPrototypeOf(up);
      const target = up ?? own2;
      if (!initialized.has(target)) {
        initialized.add(target);
        members(target, protoMembers);
      }
    }
    const proto2 = _.prototype;
    for (const k in proto2) {
      if (!Object.prototype.hasOwnProperty.call(proto2, k))
        continue;
      if (!(k in inst)) {
        inst[k] = proto2[k].bind(inst);
      }
    }
  }
  const Parent = params?.Parent ?? Object;
  class Definition extends Parent {
  }
  Object.defineProperty(Definition, "name", { value: name2 });
  function _(def) {
    const inst = params?.Parent ? newError(Definition) : this;
    init(inst, def);
    const deferred = inst._zod.deferred;
    if (deferred) {
      for (const fn of deferred) {
        fn();
      }
      inst._zod.deferred = void 0;
    }
    const pp = globalThis.__zod_globalConfig?.postProcessor;
    if (pp)
      pp(inst);
    return inst;
  }
  Object.defineProperty(_, "init", { value: init });
  Object.defineProperty(_, Symbol.hasInstance, {
    value: (inst) => {
      if (params?.Parent && inst instanceof params.Parent)
        return true;
      return inst?._zod?.traits?.has(name2);
    }
  });
  Object.defineProperty(_, "name", { value: name2 });
  return _;
}
function config(newConfig) {
  if (newConfig)
    Object.assign(globalConfig, newConfig);
  return globalConfig;
}
var _a, _zodDesc, _E, $ZodAsyncError, globalConfig;
var init_core = __esm({
  "node_modules/zod/v4/core/core.js"() {
    init_util();
    _zodDesc = { value: void 0, enumerable: false };
    _E = "captureStackTrace" in Error ? Error : null;
    $ZodAsyncError = class extends Error {
      constructor() {
        super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
      }
    };
    (_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});
    globalConfig = globalThis.__zod_globalConfig;
  }
});

// node_modules/zod/v4/core/errors.js
function _getMessage() {
  const internals = this._zod;
  internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
  return internals.message;
}
function _setMessage(value) {
  this._zod.message = value;
}
var _messageDesc, _issuesDesc, _installedToString, initializer, $ZodError, $ZodRealError;
var init_errors2 = __esm({
  "node_modules/zod/v4/core/errors.js"() {
    init_core();
    init_util();
    _messageDesc = {
      get: _getMessage,
      set: _setMessage,
      enumerable: true,
      configurable: true
    };
    _issuesDesc = { value: void 0, enumerable: false };
    _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
    initializer = (inst, def) => {
      inst.name = "$ZodError";
      _issuesDesc.value = def;
      Object.defineProperty(inst, "issues", _issuesDesc);
      _issuesDesc.value = void 0;
      Object.defineProperty(inst, "message", _messageDesc);
      const proto = Object.getPrototypeOf(inst);
      if (!_installedToString.has(proto)) {
        _installedToString.add(proto);
        Object.defineProperty(proto, "toString", {
          configurable: true,
          enumerable: false,
          get() {
            const value = () => this.message;
            Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
            return value;
          },
          set(value) {
            Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
          }
        });
      }
    };
    $ZodError = $constructor("$ZodError", initializer);
    $ZodRealError = $constructor("$ZodError", initializer, void 0, {
      Parent: Error
    });
  }
});

// node_modules/zod/v4/core/parse.js
function failure2(Err, issues, ctx) {
  let error3;
  return {
    success: false,
    get error() {
      if (!error3) {
        error3 = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
        issues = void 0;
        ctx = void 0;
      }
      return error3;
    },
    set error(e) {
      error3 = e;
      issues = void 0;
      ctx = void 0;
    }
  };
}
var _parse, parse, _parseAsync, parseAsync, _safeParse, safeParse, _safeParseAsync, safeParseAsync;
var init_parse = __esm({
  "node_modules/zod/v4/core/parse.js"() {
    init_core();
    init_errors2();
    init_util();
    _parse = (_Err) => {
      const fn = (schema, value, _ctx, _params) => {
        const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
        const result = schema._zod.run({ value, issues: [] }, ctx);
        if (result instanceof Promise) {
          throw new $ZodAsyncError();
        }
        if (result.issues.length) {
          const e = new (_params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
          captureStackTrace(e, _params?.callee ?? fn);
          throw e;
        }
        return result.value;
      };
      return fn;
    };
    parse = /* @__PURE__ */ _parse($ZodRealError);
    _parseAsync = (_Err) => {
      const fn = async (schema, value, _ctx, params) => {
        const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
        let result = schema._zod.run({ value, issues: [] }, ctx);
        if (result instanceof Promise)
          result = await result;
        if (result.issues.length) {
          const e = new (params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
          captureStackTrace(e, params?.callee ?? fn);
          throw e;
        }
        return result.value;
      };
      return fn;
    };
    parseAsync = /* @__PURE__ */ _parseAsync($ZodRealError);
    _safeParse = (_Err) => (schema, value, _ctx) => {
      const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
      const result = schema._zod.run({ value, issues: [] }, ctx);
      if (result instanceof Promise) {
        throw new $ZodAsyncError();
      }
      return result.issues.length ? failure2(_Err, result.issues, ctx) : { success: true, data: result.value };
    };
    safeParse = /* @__PURE__ */ _safeParse($ZodRealError);
    _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
      const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
      let result = schema._zod.run({ value, issues: [] }, ctx);
      if (result instanceof Promise)
        result = await result;
      return result.issues.length ? failure2(_Err, result.issues, ctx) : { success: true, data: result.value };
    };
    safeParseAsync = /* @__PURE__ */ _safeParseAsync($ZodRealError);
  }
});

// node_modules/zod/v4/core/regexes.js
var anyString, number, boolean;
var init_regexes = __esm({
  "node_modules/zod/v4/core/regexes.js"() {
    anyString = /^[\s\S]{0,}$/;
    number = /^-?\d+(?:\.\d+)?$/;
    boolean = /^(?:true|false)$/i;
  }
});

// node_modules/zod/v4/core/checks.js
var $ZodCheck, $ZodCheckNumberFormat, $ZodCheckStringFormat, $ZodCheckRegex;
var init_checks = __esm({
  "node_modules/zod/v4/core/checks.js"() {
    init_core();
    init_util();
    $ZodCheck = /* @__PURE__ */ $constructor("$ZodCheck", (inst, def) => {
      var _a3;
      inst._zod ?? (inst._zod = {});
      inst._zod.def = def;
      (_a3 = inst._zod).onattach ?? (_a3.onattach = []);
    });
    $ZodCheckNumberFormat = /* @__PURE__ */ $constructor("$ZodCheckNumberFormat", (inst, def) => {
      $ZodCheck.init(inst, def);
      def.format = def.format || "float64";
      const isInt = def.format?.includes("int");
      const origin = isInt ? "int" : "number";
      const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
      inst._zod.check = (payload) => {
        const input = payload.value;
        if (isInt) {
          if (!Number.isInteger(input)) {
            payload.issues.push({
              expected: origin,
              format: def.format,
              code: "invalid_type",
              continue: false,
              input,
              inst
            });
            return;
          }
          if (!Number.isSafeInteger(input)) {
            if (input > 0) {
              payload.issues.push({
                input,
                code: "too_big",
                maximum: Number.MAX_SAFE_INTEGER,
                note: "Integers must be within the safe integer range.",
                inst,
                origin,
                inclusive: true,
                continue: !def.abort
              });
            } else {
              payload.issues.push({
                input,
                code: "too_small",
                minimum: Number.MIN_SAFE_INTEGER,
                note: "Integers must be within the safe integer range.",
                inst,
                origin,
                inclusive: true,
                continue: !def.abort
              });
            }
            return;
          }
        }
        if (input < minimum) {
          payload.issues.push({
            origin: "number",
            input,
            code: "too_small",
            minimum,
            inclusive: true,
            inst,
            continue: !def.abort
          });
        }
        if (input > maximum) {
          payload.issues.push({
            origin: "number",
            input,
            code: "too_big",
            maximum,
            inclusive: true,
            inst,
            continue: !def.abort
          });
        }
      };
    });
    $ZodCheckStringFormat = /* @__PURE__ */ $constructor("$ZodCheckStringFormat", (inst, def) => {
      var _a3, _b;
      $ZodCheck.init(inst, def);
      if (def.pattern)
        (_a3 = inst._zod).check ?? (_a3.check = (payload) => {
          def.pattern.lastIndex = 0;
          if (def.pattern.test(payload.value))
            return;
          payload.issues.push({
            origin: "string",
            code: "invalid_format",
            format: def.format,
            input: payload.value,
            ...def.pattern ? { pattern: def.pattern.toString() } : {},
            inst,
            continue: !def.abort
          });
        });
      else
        (_b = inst._zod).check ?? (_b.check = () => {
        });
    });
    $ZodCheckRegex = /* @__PURE__ */ $constructor("$ZodCheckRegex", (inst, def) => {
      $ZodCheckStringFormat.init(inst, def);
      inst._zod.check = (payload) => {
        def.pattern.lastIndex = 0;
        if (def.pattern.test(payload.value))
          return;
        payload.issues.push({
          origin: "string",
          code: "invalid_format",
          format: "regex",
          input: payload.value,
          pattern: def.pattern.toString(),
          inst,
          continue: !def.abort
        });
      };
    });
  }
});

// node_modules/zod/v4/core/doc.js
var init_doc = __esm({
  "node_modules/zod/v4/core/doc.js"() {
  }
});

// node_modules/zod/v4/core/versions.js
var version;
var init_versions = __esm({
  "node_modules/zod/v4/core/versions.js"() {
    version = {
      major: 4,
      minor: 6,
      patch: 7
    };
  }
});

// node_modules/zod/v4/core/schemas.js
async function validateAsync(inst, value) {
  const ctx = { async: true };
  return toStandardResult(await inst._zod.run({ value, issues: [] }, ctx), ctx);
}
function standardProps(inst) {
  return {
    validate: (value) => {
      const ctx = { async: false };
      try {
        const r = inst._zod.run({ value, issues: [] }, ctx);
        if (!(r instanceof Promise))
          return toStandardResult(r, ctx);
      } catch (_) {
      }
      return validateAsync(inst, value);
    },
    vendor: "zod",
    version: 1
  };
}
function capSize(inst, size) {
  const caps = sizeCaps(inst._zod.def.checks);
  if (!caps.length)
    return;
  const cap = Math.min(...caps.map((c) => c[0]));
  const parse7 = inst._zod.parse;
  inst._zod.parse = (payload, ctx) => {
    const n = size(payload.value);
    if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
      for (const [max, ch] of sizeCaps(inst._zod.def.checks)) {
        if (n > max && ch._zod.def.when(payload)) {
          const start2 = payload.issues.length;
          ch._zod.check(payload);
          payload.issues[start2].continue = false;
          attachSchema(payload.issues, start2, inst);
          return payload;
        }
      }
    }
    return parse7(payload, ctx);
  };
}
function handleArrayResult(result, final, index) {
  if (result.issues.length) {
    final.issues.push(...prefixIssues(index, result.issues));
  }
  final.value[index] = result.value;
}
function handlePropertyResult(result, final, key, input, optin, optout) {
  const isPresent = key in input;
  const isOptionalOut = optout === "optional";
  if (!isPresent && isOptionalOut && optin === "optional") {
    return;
  }
  if (result.issues.length) {
    if (optin !== void 0 && isOptionalOut && !isPresent) {
      return;
    }
    final.issues.push(...prefixIssues(key, result.issues));
  }
  if (!isPresent && optin === void 0) {
    if (!result.issues.length) {
      final.issues.push({
        code: "invalid_type",
        expected: "nonoptional",
        input: void 0,
        path: [key]
      });
    }
    return;
  }
  if (result.value === void 0) {
    if (isPresent || optin === "defaulted" && !isOptionalOut) {
      final.value[key] = void 0;
    }
  } else {
    final.value[key] = result.value;
  }
}
function normalizeDef(def) {
  const keys = Object.keys(def.shape);
  const ownSymbols = Object.getOwnPropertySymbols(def.shape);
  const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
  const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
  for (const k of allKeys) {
    if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) {
      throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
    }
  }
  const okeys = optionalKeys(def.shape);
  return {
    ...def,
    allKeys,
    symbolKeys,
    // string-only: handleCatchall matches it against `for...in`, which never yields a symbol
    keySet: new Set(keys),
    numKeys: keys.length,
    optionalKeys: new Set(okeys)
  };
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
  const unrecognized = [];
  const keySet = def.keySet;
  const _catchall = def.catchall._zod;
  const t = _catchall.def.type;
  const optin = _catchall.optin;
  const optout = _catchall.optout;
  let seen = 0;
  for (const key in input) {
    if (abortEarly && payload.issues.length !== seen) {
      if (aborted(payload, seen))
        break;
      seen = payload.issues.length;
    }
    if (keySet.has(key))
      continue;
    if (key === "__proto__") {
      if (t === "never")
        unrecognized.push(key);
      continue;
    }
    if (t === "never") {
      unrecognized.push(key);
      continue;
    }
    const r = _catchall.run({ value: input[key], issues: [] }, ctx);
    if (r instanceof Promise) {
      proms.push(r.then((r2) => handlePropertyResult(r2, payload, key, input, optin, optout)));
    } else {
      handlePropertyResult(r, payload, key, input, optin, optout);
    }
  }
  if (unrecognized.length) {
    payload.issues.push({
      code: "unrecognized_keys",
      keys: unrecognized,
      input,
      inst,
      // Describes the shape of the input, not the validity of the parsed value, so it never aborts. The parse still fails; the schema's own checks just get to run first, and an enclosing intersection can reconcile the key against a sibling operand.
      continue: true
    });
  }
  if (!proms.length)
    return payload;
  return Promise.all(proms).then(() => {
    return payload;
  });
}
function handleUnionResults(results, final, inst, ctx) {
  for (const result of results) {
    if (result.issues.length === 0) {
      final.value = result.value;
      return final;
    }
  }
  const nonaborted = results.filter((r) => !aborted(r));
  if (nonaborted.length === 1) {
    final.value = nonaborted[0].value;
    return nonaborted[0];
  }
  final.issues.push({
    code: "invalid_union",
    input: final.value,
    inst,
    errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config())))
  });
  return final;
}
function handleOptionalResult(payload, result) {
  payload.value = result.issues.length ? void 0 : result.value;
  return payload;
}
var $ZodType, toStandardResult, $ZodString, $ZodNumber, $ZodNumberFormat, $ZodBoolean, $ZodNever, arraySize, $ZodArray, NO_SYMBOL_KEYS, $ZodObject, $ZodUnion, $ZodRecord, $ZodEnum, $ZodLiteral, $ZodOptional, $ZodNullable;
var init_schemas = __esm({
  "node_modules/zod/v4/core/schemas.js"() {
    init_checks();
    init_core();
    init_regexes();
    init_util();
    init_versions();
    init_util();
    $ZodType = /* @__PURE__ */ $constructor("$ZodType", (inst, def) => {
      var _a3;
      inst ?? (inst = {});
      inst._zod.def = def;
      inst._zod.bag = inst._zod.bag || {};
      inst._zod.version = version;
      const defChecks = inst._zod.def.checks;
      const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
      for (const ch of checks) {
        for (const fn of ch._zod.onattach) {
          fn(inst);
        }
      }
      if (checks.length === 0) {
        (_a3 = inst._zod).deferred ?? (_a3.deferred = []);
        inst._zod.deferred?.push(() => {
          inst._zod.run = inst._zod.parse;
        });
      } else {
        const runChecks = (payload, checks2, ctx) => {
          if (payload.memo)
            return payload;
          let isAborted = aborted(payload);
          let asyncResult;
          for (const ch of checks2) {
            if (ch._zod.def.when) {
              if (explicitlyAborted(payload))
                continue;
              const shouldRun = ch._zod.def.when(payload);
              if (!shouldRun)
                continue;
            } else if (isAborted) {
              continue;
            }
            const currLen = payload.issues.length;
            const _ = ch._zod.check(payload);
            if (_ instanceof Promise && ctx?.async === false) {
              throw new $ZodAsyncError();
            }
            if (asyncResult || _ instanceof Promise) {
              asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
                await _;
                const nextLen = payload.issues.length;
                if (nextLen === currLen)
                  return;
                attachSchema(payload.issues, currLen, inst);
                if (!isAborted)
                  isAborted = aborted(payload, currLen);
              });
            } else {
              const nextLen = payload.issues.length;
              if (nextLen === currLen)
                continue;
              attachSchema(payload.issues, currLen, inst);
              if (!isAborted)
                isAborted = aborted(payload, currLen);
            }
          }
          if (asyncResult) {
            return asyncResult.then(() => {
              return payload;
            });
          }
          return payload;
        };
        const handleCanaryResult = (canary, payload, ctx) => {
          if (aborted(canary)) {
            canary.aborted = true;
            return canary;
          }
          const checkResult = runChecks(payload, checks, ctx);
          if (checkResult instanceof Promise) {
            if (ctx.async === false)
              throw new $ZodAsyncError();
            return checkResult.then((checkResult2) => inst._zod.parse(checkResult2, ctx));
          }
          return inst._zod.parse(checkResult, ctx);
        };
        inst._zod.run = (payload, ctx) => {
          if (ctx.skipChecks) {
            return inst._zod.parse(payload, ctx);
          }
          if (ctx.direction === "backward") {
            const canary = inst._zod.parse({ value: payload.value, issues: [] }, { ...ctx, skipChecks: true });
            if (canary instanceof Promise) {
              return canary.then((canary2) => {
                return handleCanaryResult(canary2, payload, ctx);
              });
            }
            return handleCanaryResult(canary, payload, ctx);
          }
          const result = inst._zod.parse(payload, ctx);
          if (result instanceof Promise) {
            if (ctx.async === false)
              throw new $ZodAsyncError();
            return result.then((result2) => runChecks(result2, checks, ctx));
          }
          return runChecks(result, checks, ctx);
        };
      }
    }, {
      // Wrappers extend this by installing a richer factory over it; reading it eagerly would defeat the laziness.
      get "~standard"() {
        return hide(this, "~standard", standardProps(this));
      },
      set "~standard"(value) {
        own(this, "~standard", value);
      }
    });
    toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
    $ZodString = /* @__PURE__ */ $constructor("$ZodString", (inst, def) => {
      $ZodType.init(inst, def);
      inst._zod.pattern = def.pattern ?? anyString;
      inst._zod.parse = (payload, _) => {
        if (def.coerce)
          try {
            payload.value = String(payload.value);
          } catch (_2) {
          }
        if (typeof payload.value === "string")
          return payload;
        payload.issues.push({
          expected: "string",
          code: "invalid_type",
          input: payload.value,
          inst
        });
        return payload;
      };
    });
    $ZodNumber = /* @__PURE__ */ $constructor("$ZodNumber", (inst, def) => {
      $ZodType.init(inst, def);
      inst._zod.pattern = number;
      inst._zod.parse = (payload, _ctx) => {
        if (def.coerce)
          try {
            payload.value = Number(payload.value);
          } catch (_) {
          }
        const input = payload.value;
        if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) {
          return payload;
        }
        const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
        payload.issues.push({
          expected: "number",
          code: "invalid_type",
          input,
          inst,
          ...received ? { received } : {}
        });
        return payload;
      };
    });
    $ZodNumberFormat = /* @__PURE__ */ $constructor("$ZodNumberFormat", (inst, def) => {
      $ZodCheckNumberFormat.init(inst, def);
      $ZodNumber.init(inst, def);
    });
    $ZodBoolean = /* @__PURE__ */ $constructor("$ZodBoolean", (inst, def) => {
      $ZodType.init(inst, def);
      inst._zod.pattern = boolean;
      inst._zod.parse = (payload, _ctx) => {
        if (def.coerce)
          try {
            payload.value = Boolean(payload.value);
          } catch (_) {
          }
        const input = payload.value;
        if (typeof input === "boolean")
          return payload;
        payload.issues.push({
          expected: "boolean",
          code: "invalid_type",
          input,
          inst
        });
        return payload;
      };
    });
    $ZodNever = /* @__PURE__ */ $constructor("$ZodNever", (inst, def) => {
      $ZodType.init(inst, def);
      inst._zod.parse = (payload, _ctx) => {
        payload.issues.push({
          expected: "never",
          code: "invalid_type",
          input: payload.value,
          inst
        });
        return payload;
      };
    });
    arraySize = (input) => Array.isArray(input) ? input.length : -1;
    $ZodArray = /* @__PURE__ */ $constructor("$ZodArray", (inst, def) => {
      $ZodType.init(inst, def);
      const memo = globalConfig.memoizer;
      memo?.attach(inst);
      inst._zod.parse = (payload, ctx) => {
        const input = payload.value;
        if (!Array.isArray(input)) {
          payload.issues.push({
            expected: "array",
            code: "invalid_type",
            input,
            inst
          });
          return payload;
        }
        payload.value = memo ? memo.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
        const proms = [];
        const abortEarly = ctx?.abortEarly;
        for (let i = 0; i < input.length; i++) {
          const item = input[i];
          const result = def.element._zod.run({
            value: item,
            issues: []
          }, ctx);
          if (result instanceof Promise) {
            proms.push(result.then((result2) => handleArrayResult(result2, payload, i)));
          } else {
            handleArrayResult(result, payload, i);
            if (abortEarly && result.issues.length !== 0 && aborted(result))
              break;
          }
        }
        if (proms.length) {
          return Promise.all(proms).then(() => payload);
        }
        return payload;
      };
      capSize(inst, arraySize);
    });
    NO_SYMBOL_KEYS = [];
    $ZodObject = /* @__PURE__ */ $constructor("$ZodObject", (inst, def) => {
      $ZodType.init(inst, def);
      const desc = Object.getOwnPropertyDescriptor(def, "shape");
      const sh = desc?.get ? desc.get.raw : def.shape ?? {};
      if (sh) {
        const get2 = () => {
          const newSh = { ...sh };
          Object.defineProperty(def, "shape", { value: newSh });
          get2.raw = newSh;
          return newSh;
        };
        get2.raw = sh;
        Object.defineProperty(def, "shape", { get: get2 });
      }
      const _normalized = cached(() => normalizeDef(def));
      defineLazyInternal(inst, "propValues", (zod) => {
        const shape = zod.def.shape;
        const propValues = {};
        for (const key in shape) {
          const field = shape[key]._zod;
          if (field.values) {
            if (!Object.prototype.hasOwnProperty.call(propValues, key)) {
              assignProp(propValues, key, /* @__PURE__ */ new Set());
            }
            for (const v of field.values)
              propValues[key].add(v);
            if (field.optin !== void 0)
              propValues[key].add(void 0);
          }
        }
        return propValues;
      });
      const isObject3 = isObject;
      const catchall = def.catchall;
      let value;
      const memo = globalConfig.memoizer;
      memo?.attach(inst);
      inst._zod.parse = (payload, ctx) => {
        value ?? (value = _normalized.value);
        const input = payload.value;
        if (!isObject3(input)) {
          payload.issues.push({
            expected: "object",
            code: "invalid_type",
            input,
            inst
          });
          return payload;
        }
        payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
        const proms = [];
        const shape = value.shape;
        const abortEarly = ctx?.abortEarly;
        let seen = payload.issues.length;
        for (const key of value.allKeys) {
          if (abortEarly && payload.issues.length !== seen) {
            if (aborted(payload, seen))
              break;
            seen = payload.issues.length;
          }
          if (key === "__proto__")
            continue;
          const el = shape[key];
          const optin = el._zod.optin;
          const optout = el._zod.optout;
          const r = el._zod.run({ value: input[key], issues: [] }, ctx);
          if (r instanceof Promise) {
            proms.push(r.then((r2) => handlePropertyResult(r2, payload, key, input, optin, optout)));
          } else {
            handlePropertyResult(r, payload, key, input, optin, optout);
          }
        }
        if (!catchall) {
          return proms.length ? Promise.all(proms).then(() => payload) : payload;
        }
        return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
      };
    });
    $ZodUnion = /* @__PURE__ */ $constructor("$ZodUnion", (inst, def) => {
      $ZodType.init(inst, def);
      defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
      defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
      defineLazyInternal(inst, "values", (zod) => {
        if (zod.def.options.every((o) => o._zod.values)) {
          return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
        }
        return void 0;
      });
      defineLazyInternal(inst, "pattern", (zod) => {
        if (zod.def.options.every((o) => o._zod.pattern)) {
          const patterns = zod.def.options.map((o) => o._zod.pattern);
          return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
        }
        return void 0;
      });
      const first = def.options.length === 1 ? def.options[0]._zod.run : null;
      inst._zod.parse = (payload, ctx) => {
        if (first) {
          return first(payload, ctx);
        }
        let async = false;
        const results = [];
        for (const option of def.options) {
          const result = option._zod.run({
            value: payload.value,
            issues: []
          }, ctx);
          if (result instanceof Promise) {
            results.push(result);
            async = true;
          } else {
            if (result.issues.length === 0)
              return result;
            results.push(result);
          }
        }
        if (!async)
          return handleUnionResults(results, payload, inst, ctx);
        return Promise.all(results).then((results2) => {
          return handleUnionResults(results2, payload, inst, ctx);
        });
      };
    });
    $ZodRecord = /* @__PURE__ */ $constructor("$ZodRecord", (inst, def) => {
      $ZodType.init(inst, def);
      const memo = globalConfig.memoizer;
      memo?.attach(inst);
      inst._zod.parse = (payload, ctx) => {
        const input = payload.value;
        if (!isPlainObject(input)) {
          payload.issues.push({
            expected: "record",
            code: "invalid_type",
            input,
            inst
          });
          return payload;
        }
        const proms = [];
        const values = def.keyType._zod.values;
        if (values && !def.partial) {
          payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
          const recordKeys = /* @__PURE__ */ new Set();
          for (const key of values) {
            if (typeof key === "string" || typeof key === "number" || typeof key === "symbol") {
              recordKeys.add(typeof key === "number" ? key.toString() : key);
              if (key === "__proto__")
                continue;
              const keyResult = def.keyType._zod.run({ value: key, issues: [] }, ctx);
              if (keyResult instanceof Promise) {
                throw new Error("Async schemas not supported in object keys currently");
              }
              if (keyResult.issues.length) {
                payload.issues.push({
                  code: "invalid_key",
                  origin: "record",
                  issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
                  input: key,
                  path: [key],
                  inst
                });
                continue;
              }
              const outKey = keyResult.value;
              if (outKey === "__proto__")
                continue;
              const result = def.valueType._zod.run({ value: input[key], issues: [] }, ctx);
              if (result instanceof Promise) {
                proms.push(result.then((result2) => {
                  if (result2.issues.length) {
                    payload.issues.push(...prefixIssues(key, result2.issues));
                  }
                  payload.value[outKey] = result2.value;
                }));
              } else {
                if (result.issues.length) {
                  payload.issues.push(...prefixIssues(key, result.issues));
                }
                payload.value[outKey] = result.value;
              }
            }
          }
          let unrecognized;
          for (const key in input) {
            if (!recordKeys.has(key)) {
              if (def.mode === "loose") {
                if (key === "__proto__")
                  continue;
                payload.value[key] = input[key];
              } else {
                unrecognized = unrecognized ?? [];
                unrecognized.push(key);
              }
            }
          }
          if (unrecognized && unrecognized.length > 0) {
            payload.issues.push({
              code: "unrecognized_keys",
              input,
              inst,
              keys: unrecognized,
              continue: true
            });
          }
        } else {
          payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
          let unrecognized;
          for (const key of Reflect.ownKeys(input)) {
            if (key === "__proto__")
              continue;
            if (!Object.prototype.propertyIsEnumerable.call(input, key))
              continue;
            let keyResult = def.keyType._zod.run({ value: key, issues: [] }, ctx);
            if (keyResult instanceof Promise) {
              throw new Error("Async schemas not supported in object keys currently");
            }
            const checkNumericKey = typeof key === "string" && number.test(key) && keyResult.issues.length;
            if (checkNumericKey) {
              const retryResult = def.keyType._zod.run({ value: Number(key), issues: [] }, ctx);
              if (retryResult instanceof Promise) {
                throw new Error("Async schemas not supported in object keys currently");
              }
              if (retryResult.issues.length === 0) {
                keyResult = retryResult;
              }
            }
            if (keyResult.issues.length) {
              if (def.mode === "loose") {
                payload.value[key] = input[key];
              } else if (values) {
                unrecognized = unrecognized ?? [];
                unrecognized.push(key);
              } else {
                payload.issues.push({
                  code: "invalid_key",
                  origin: "record",
                  issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
                  input: key,
                  path: [key],
                  inst
                });
              }
              continue;
            }
            const outKey = keyResult.value;
            if (outKey === "__proto__")
              continue;
            const result = def.valueType._zod.run({ value: input[key], issues: [] }, ctx);
            if (result instanceof Promise) {
              proms.push(result.then((result2) => {
                if (result2.issues.length) {
                  payload.issues.push(...prefixIssues(key, result2.issues));
                }
                payload.value[outKey] = result2.value;
              }));
            } else {
              if (result.issues.length) {
                payload.issues.push(...prefixIssues(key, result.issues));
              }
              payload.value[outKey] = result.value;
            }
          }
          if (unrecognized && unrecognized.length > 0) {
            payload.issues.push({
              code: "unrecognized_keys",
              input,
              inst,
              keys: unrecognized,
              continue: true
            });
          }
        }
        if (proms.length) {
          return Promise.all(proms).then(() => payload);
        }
        return payload;
      };
    });
    $ZodEnum = /* @__PURE__ */ $constructor("$ZodEnum", (inst, def) => {
      $ZodType.init(inst, def);
      const values = getEnumValues(def.entries);
      const valuesSet = new Set(values);
      inst._zod.values = valuesSet;
      defineLazyInternal(inst, "pattern", (zod) => {
        const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
        return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
      });
      inst._zod.parse = (payload, _ctx) => {
        const input = payload.value;
        if (valuesSet.has(input)) {
          return payload;
        }
        payload.issues.push({
          code: "invalid_value",
          values,
          input,
          inst
        });
        return payload;
      };
    });
    $ZodLiteral = /* @__PURE__ */ $constructor("$ZodLiteral", (inst, def) => {
      $ZodType.init(inst, def);
      const values = new Set(def.values);
      inst._zod.values = values;
      defineLazyInternal(inst, "pattern", (zod) => {
        const vals = zod.def.values;
        return new RegExp(vals.length ? `^(${vals.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o)).join("|")})$` : "^[^\\s\\S]$");
      });
      inst._zod.parse = (payload, _ctx) => {
        const input = payload.value;
        if (values.has(input)) {
          return payload;
        }
        payload.issues.push({
          code: "invalid_value",
          values: def.values,
          input,
          inst
        });
        return payload;
      };
    });
    $ZodOptional = /* @__PURE__ */ $constructor("$ZodOptional", (inst, def) => {
      $ZodType.init(inst, def);
      defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
      inst._zod.optout = "optional";
      defineLazyInternal(inst, "values", (zod) => {
        const values = zod.def.innerType._zod.values;
        return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
      });
      defineLazyInternal(inst, "pattern", (zod) => {
        const pattern = zod.def.innerType._zod.pattern;
        return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : void 0;
      });
      inst._zod.parse = (payload, ctx) => {
        if (payload.value === void 0) {
          if (def.innerType._zod.optin !== "defaulted")
            return payload;
          const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
          if (result instanceof Promise)
            return result.then((result2) => handleOptionalResult(payload, result2));
          return handleOptionalResult(payload, result);
        }
        return def.innerType._zod.run(payload, ctx);
      };
    });
    $ZodNullable = /* @__PURE__ */ $constructor("$ZodNullable", (inst, def) => {
      $ZodType.init(inst, def);
      defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
      defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
      defineLazyInternal(inst, "pattern", (zod) => {
        const pattern = zod.def.innerType._zod.pattern;
        return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : void 0;
      });
      defineLazyInternal(inst, "values", (zod) => {
        return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
      });
      inst._zod.parse = (payload, ctx) => {
        if (payload.value === null)
          return payload;
        return def.innerType._zod.run(payload, ctx);
      };
    });
  }
});

// node_modules/zod/v4/core/memoizer.js
var init_memoizer = __esm({
  "node_modules/zod/v4/core/memoizer.js"() {
  }
});

// node_modules/zod/v4/locales/index.js
var init_locales = __esm({
  "node_modules/zod/v4/locales/index.js"() {
  }
});

// node_modules/zod/v4/core/registries.js
function registry() {
  return new $ZodRegistry();
}
var _a2, $ZodRegistry, globalRegistry;
var init_registries = __esm({
  "node_modules/zod/v4/core/registries.js"() {
    $ZodRegistry = class {
      constructor() {
        this._map = /* @__PURE__ */ new WeakMap();
        this._idmap = /* @__PURE__ */ new Map();
      }
      add(schema, ..._meta) {
        const meta2 = _meta[0];
        this._map.set(schema, meta2);
        if (meta2 && typeof meta2 === "object" && "id" in meta2) {
          this._idmap.set(meta2.id, schema);
        }
        return this;
      }
      clear() {
        this._map = /* @__PURE__ */ new WeakMap();
        this._idmap = /* @__PURE__ */ new Map();
        return this;
      }
      remove(schema) {
        const meta2 = this._map.get(schema);
        if (meta2 && typeof meta2 === "object" && "id" in meta2) {
          this._idmap.delete(meta2.id);
        }
        this._map.delete(schema);
        return this;
      }
      get(schema) {
        const p = schema._zod.parent;
        if (p) {
          const pm = { ...this.get(p) ?? {} };
          delete pm.id;
          const f = { ...pm, ...this._map.get(schema) };
          return Object.keys(f).length ? f : void 0;
        }
        return this._map.get(schema);
      }
      has(schema) {
        return this._map.has(schema);
      }
    };
    (_a2 = globalThis).__zod_globalRegistry ?? (_a2.__zod_globalRegistry = registry());
    globalRegistry = globalThis.__zod_globalRegistry;
  }
});

// node_modules/zod/v4/core/compile.js
var init_compile = __esm({
  "node_modules/zod/v4/core/compile.js"() {
  }
});

// node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
  if (def.checks)
    def.checks = [...def.checks];
  return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class, params) {
  return new Class(snapshotChecks({ type: "string", ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _int(Class, params) {
  return new Class({
    type: "number",
    check: "number_format",
    abort: false,
    format: "safeint",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class, params) {
  return new Class({
    type: "boolean",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _never(Class, params) {
  return new Class({
    type: "never",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern, params) {
  return new $ZodCheckRegex({
    check: "string_format",
    format: "regex",
    ...normalizeParams(params),
    pattern
  });
}
var init_api = __esm({
  "node_modules/zod/v4/core/api.js"() {
    init_checks();
    init_util();
  }
});

// node_modules/zod/v4/core/to-json-schema.js
var init_to_json_schema = __esm({
  "node_modules/zod/v4/core/to-json-schema.js"() {
  }
});

// node_modules/zod/v4/core/json-schema.js
var init_json_schema = __esm({
  "node_modules/zod/v4/core/json-schema.js"() {
  }
});

// node_modules/zod/v4/core/index.js
var init_core2 = __esm({
  "node_modules/zod/v4/core/index.js"() {
    init_core();
    init_parse();
    init_errors2();
    init_schemas();
    init_memoizer();
    init_checks();
    init_versions();
    init_util();
    init_regexes();
    init_locales();
    init_registries();
    init_doc();
    init_compile();
    init_api();
    init_to_json_schema();
    init_json_schema();
  }
});

// node_modules/zod/v4/mini/parse.js
var init_parse2 = __esm({
  "node_modules/zod/v4/mini/parse.js"() {
    init_core2();
  }
});

// node_modules/zod/v4/mini/schemas.js
// @__NO_SIDE_EFFECTS__
function string2(params) {
  return _string(ZodMiniString, params);
}
function int(params) {
  return _int(ZodMiniNumberFormat, params);
}
// @__NO_SIDE_EFFECTS__
function boolean2(params) {
  return _boolean(ZodMiniBoolean, params);
}
// @__NO_SIDE_EFFECTS__
function never(params) {
  return _never(ZodMiniNever, params);
}
// @__NO_SIDE_EFFECTS__
function array(element, params) {
  return new ZodMiniArray({
    type: "array",
    element,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function object(shape, params) {
  const def = {
    type: "object",
    shape: shape ?? {},
    ...normalizeParams(params)
  };
  return new ZodMiniObject(def);
}
// @__NO_SIDE_EFFECTS__
function strictObject(shape, params) {
  return new ZodMiniObject({
    type: "object",
    shape,
    catchall: /* @__PURE__ */ never(),
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function extend2(schema, shape) {
  return extend(schema, shape);
}
// @__NO_SIDE_EFFECTS__
function union(options, params) {
  return new ZodMiniUnion({
    type: "union",
    options,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function record(keyType, valueType, params) {
  if (!valueType || !valueType._zod) {
    return new ZodMiniRecord({
      type: "record",
      keyType: /* @__PURE__ */ string2(),
      valueType: keyType,
      ...normalizeParams(valueType)
    });
  }
  return new ZodMiniRecord({
    type: "record",
    keyType,
    valueType,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _enum(values, params) {
  const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
  return new ZodMiniEnum({
    type: "enum",
    entries,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function literal(value, params) {
  return new ZodMiniLiteral({
    type: "literal",
    values: Array.isArray(value) ? value : [value],
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function optional(innerType) {
  return new ZodMiniOptional({
    type: "optional",
    innerType
  });
}
// @__NO_SIDE_EFFECTS__
function nullable(innerType) {
  return new ZodMiniNullable({
    type: "nullable",
    innerType
  });
}
// @__NO_SIDE_EFFECTS__
function nullish2(innerType) {
  return /* @__PURE__ */ optional(/* @__PURE__ */ nullable(innerType));
}
var ZodMiniType, ZodMiniString, ZodMiniNumber, ZodMiniNumberFormat, ZodMiniBoolean, ZodMiniNever, ZodMiniArray, ZodMiniObject, ZodMiniUnion, ZodMiniRecord, ZodMiniEnum, ZodMiniLiteral, ZodMiniOptional, ZodMiniNullable;
var init_schemas2 = __esm({
  "node_modules/zod/v4/mini/schemas.js"() {
    init_core2();
    init_util();
    init_parse2();
    ZodMiniType = /* @__PURE__ */ $constructor("ZodMiniType", (inst, def) => {
      if (!inst._zod)
        throw new Error("Uninitialized schema in ZodMiniType.");
      $ZodType.init(inst, def);
      inst.def = def;
      inst.type = def.type;
    }, {
      // `with` is an alias for `check`: the same function object, not a wrapper.
      get with() {
        return this.check;
      },
      set with(value) {
        own(this, "with", value);
      },
      parse(data, params) {
        return parse(this, data, params, { callee: this.parse });
      },
      parseAsync(data, params) {
        return parseAsync(this, data, params, { callee: this.parseAsync });
      },
      safeParse(data, params) {
        return safeParse(this, data, params);
      },
      safeParseAsync(data, params) {
        return safeParseAsync(this, data, params);
      },
      check(...checks) {
        const def = this.def;
        return this.clone({
          ...def,
          checks: [
            ...def.checks ?? [],
            ...checks.map((ch) => typeof ch === "function" ? { _zod: { check: ch, def: { check: "custom" }, onattach: [] } } : ch)
          ]
        }, { parent: true });
      },
      clone(_def, params) {
        return clone(this, _def, params);
      },
      brand() {
        return this;
      },
      register(reg, meta2) {
        reg.add(this, meta2);
        return this;
      },
      apply(fn, ...args) {
        return args.length === 0 ? fn(this) : fn(this, ...args);
      }
    });
    ZodMiniString = /* @__PURE__ */ $constructor("ZodMiniString", (inst, def) => {
      $ZodString.init(inst, def);
      ZodMiniType.init(inst, def);
    });
    ZodMiniNumber = /* @__PURE__ */ $constructor("ZodMiniNumber", (inst, def) => {
      $ZodNumber.init(inst, def);
      ZodMiniType.init(inst, def);
    });
    ZodMiniNumberFormat = /* @__PURE__ */ $constructor("ZodMiniNumberFormat", (inst, def) => {
      $ZodNumberFormat.init(inst, def);
      ZodMiniNumber.init(inst, def);
    });
    ZodMiniBoolean = /* @__PURE__ */ $constructor("ZodMiniBoolean", (inst, def) => {
      $ZodBoolean.init(inst, def);
      ZodMiniType.init(inst, def);
    });
    ZodMiniNever = /* @__PURE__ */ $constructor("ZodMiniNever", (inst, def) => {
      $ZodNever.init(inst, def);
      ZodMiniType.init(inst, def);
    });
    ZodMiniArray = /* @__PURE__ */ $constructor("ZodMiniArray", (inst, def) => {
      $ZodArray.init(inst, def);
      ZodMiniType.init(inst, def);
    });
    ZodMiniObject = /* @__PURE__ */ $constructor("ZodMiniObject", (inst, def) => {
      $ZodObject.init(inst, def);
      ZodMiniType.init(inst, def);
      installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
    });
    ZodMiniUnion = /* @__PURE__ */ $constructor("ZodMiniUnion", (inst, def) => {
      $ZodUnion.init(inst, def);
      ZodMiniType.init(inst, def);
    });
    ZodMiniRecord = /* @__PURE__ */ $constructor("ZodMiniRecord", (inst, def) => {
      $ZodRecord.init(inst, def);
      ZodMiniType.init(inst, def);
    });
    ZodMiniEnum = /* @__PURE__ */ $constructor("ZodMiniEnum", (inst, def) => {
      $ZodEnum.init(inst, def);
      ZodMiniType.init(inst, def);
      inst.options = [...inst._zod.values];
    });
    ZodMiniLiteral = /* @__PURE__ */ $constructor("ZodMiniLiteral", (inst, def) => {
      $ZodLiteral.init(inst, def);
      ZodMiniType.init(inst, def);
    });
    ZodMiniOptional = /* @__PURE__ */ $constructor("ZodMiniOptional", (inst, def) => {
      $ZodOptional.init(inst, def);
      ZodMiniType.init(inst, def);
    });
    ZodMiniNullable = /* @__PURE__ */ $constructor("ZodMiniNullable", (inst, def) => {
      $ZodNullable.init(inst, def);
      ZodMiniType.init(inst, def);
    });
  }
});

// node_modules/zod/v4/mini/checks.js
var init_checks2 = __esm({
  "node_modules/zod/v4/mini/checks.js"() {
    init_core2();
  }
});

// node_modules/zod/v4/mini/iso.js
var init_iso = __esm({
  "node_modules/zod/v4/mini/iso.js"() {
  }
});

// node_modules/zod/v4/mini/coerce.js
var init_coerce = __esm({
  "node_modules/zod/v4/mini/coerce.js"() {
  }
});

// node_modules/zod/v4/mini/external.js
var init_external = __esm({
  "node_modules/zod/v4/mini/external.js"() {
    init_core2();
    init_parse2();
    init_schemas2();
    init_checks2();
    init_locales();
    init_iso();
    init_coerce();
  }
});

// node_modules/zod/mini/index.js
var init_mini = __esm({
  "node_modules/zod/mini/index.js"() {
    init_external();
  }
});

// src/forge/github/error-message.ts
function reasonOf(error3) {
  return safeText(wholeReason(error3)).slice(0, MAX_REASON);
}
function wholeReason(error3) {
  const { message, status, response, errors: graphql3 } = fieldsOf(error3);
  if (Array.isArray(graphql3)) return graphql3.map((one) => textOf(fieldsOf(one)["message"])).join("; ");
  const { data } = fieldsOf(response);
  if (response !== void 0 && typeof data !== "object") {
    return `status ${String(status)} ${data === "" ? "without a message" : "with a text that is not JSON"}`;
  }
  const { message: answered, errors } = fieldsOf(data);
  const details = Array.isArray(errors) ? errors.map(detailOf) : [];
  return [textOf(answered) || textOf(message) || String(error3), ...details].join("; ");
}
function connectionFailure(action, error3) {
  const unreadable = unreadableIn(error3);
  if (unreadable) return failure("ANSWER_UNREADABLE", { action, reason: unreadable.message }, error3);
  const reason = reasonOf(error3);
  const { status = 0 } = error3;
  if (isUntrusted(error3)) return failure("CA_UNTRUSTED", { action, variable: "NODE_EXTRA_CA_CERTS", reason }, error3);
  if (isRateLimit(error3)) return failure("RATE_LIMITED", { action, reason }, error3);
  return failure(isAnsweredBy(error3, status) ? "SERVER_FAILED" : "NETWORK", { action, reason }, error3);
}
function isAnsweredBy(error3, status) {
  return status >= 500 && error3.response !== void 0;
}
function unreadableIn(error3) {
  if (error3 instanceof UnreadableAnswer) return error3;
  return error3 instanceof Error ? unreadableIn(error3.cause) : void 0;
}
function isRateLimit(error3) {
  const { status, response, errors } = fieldsOf(error3);
  const headers = fieldsOf(fieldsOf(response)["headers"]);
  const isForbidden = status === 403 && (headers["retry-after"] !== void 0 || headers["x-ratelimit-remaining"] === "0");
  const isTyped = Array.isArray(errors) && errors.some((one) => textOf(fieldsOf(one)["type"]).startsWith("RATE_LIMIT"));
  return status === 429 || isForbidden || isTyped || /\brate limit|\babuse detection\b/i.test(reasonOf(error3));
}
function isUntrusted(error3) {
  if (!(error3 instanceof Error)) return false;
  return UNTRUSTED.test(error3.code ?? "") || isUntrusted(error3.cause);
}
function detailOf(detail) {
  if (typeof detail === "string") return detail;
  const { message, field, code } = fieldsOf(detail);
  return textOf(message) || [textOf(field), textOf(code)].filter(Boolean).join(" ");
}
function settingFor(reason) {
  const found = SETTINGS.find((one) => one.reason.test(reason));
  return found ? `${reason} (Settings → General → Pull Requests → “${found.setting}”)` : reason;
}
var UnreadableAnswer, MAX_REASON, fieldsOf, textOf, UNTRUSTED, SETTINGS;
var init_error_message = __esm({
  "src/forge/github/error-message.ts"() {
    "use strict";
    init_errors();
    init_secrets();
    UnreadableAnswer = class extends Error {
      name = "UnreadableAnswer";
      /** Whether the next answer will be the same. */
      isFinal;
      constructor(message, { isFinal = false } = {}) {
        super(message);
        this.isFinal = isFinal;
      }
    };
    MAX_REASON = 1e4;
    fieldsOf = (value) => typeof value === "object" && value !== null ? value : {};
    textOf = (value) => typeof value === "string" ? value : "";
    UNTRUSTED = /^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT)$/;
    SETTINGS = [
      { reason: /auto.?merge is not allowed/i, setting: "Allow auto-merge" },
      { reason: /squash merg.* not allowed/i, setting: "Allow squash merging" },
      { reason: /rebase merg.* not allowed/i, setting: "Allow rebase merging" },
      { reason: /merge commits? .*not allowed/i, setting: "Allow merge commits" }
    ];
  }
});

// src/forge/github/answers.ts
function readAnswer(shape, data) {
  const read2 = shape.safeParse(data, { reportInput: true });
  if (read2.success) return read2.data;
  const { path = [], input } = read2.error.issues[0] ?? {};
  throw new UnreadableAnswer(`${path.length === 0 ? "it" : `its field ${path.join(".")}`} is ${kindOf(input)}`);
}
function kindOf(input) {
  if (input === void 0) return "missing";
  if (input === null) return "null";
  return Array.isArray(input) ? "a list" : `a ${typeof input}`;
}
var text, ids, nodes, COMMIT_FACTS, PULL_REQUEST_FACTS, LIST, PAGE, pullRequests, MILESTONES, BRANCH_FACTS, REST_PULL_REQUEST, ISSUE, TREE, GIT_COMMIT, SIGNED_OFF, COMPARISON, REPOSITORY, INSTALLATION, INSTALLATION_TOKEN;
var init_answers = __esm({
  "src/forge/github/answers.ts"() {
    "use strict";
    init_mini();
    init_error_message();
    text = string2();
    ids = object({ oid: text });
    nodes = (node) => object({ nodes: array(node) });
    COMMIT_FACTS = object({
      oid: text,
      message: text,
      tree: ids,
      parents: nodes(ids),
      committer: nullable(object({ email: nullable(text) })),
      signature: nullable(object({ isValid: boolean2() }))
    });
    PULL_REQUEST_FACTS = object({
      id: text,
      number: int(),
      url: text,
      title: text,
      body: text,
      state: _enum(["OPEN", "CLOSED", "MERGED"]),
      isDraft: boolean2(),
      isCrossRepository: boolean2(),
      headRefName: text,
      headRefOid: text,
      closedAt: nullable(text),
      labels: nullable(nodes(object({ name: text }))),
      assignees: nodes(object({ login: text })),
      reviewRequests: nullable(nodes(object({ requestedReviewer: nullable(object({ login: optional(text) })) }))),
      headRef: nullable(object({ target: nullable(ids) })),
      commits: nodes(object({ commit: COMMIT_FACTS })),
      timelineItems: nodes(object({ createdAt: optional(text) }))
    });
    LIST = nodes(PULL_REQUEST_FACTS);
    PAGE = extend2(LIST, { pageInfo: object({ hasNextPage: boolean2(), endCursor: nullable(text) }) });
    pullRequests = (branches) => {
      const past = Object.fromEntries([...Array(branches).keys()].map((index) => [`past${index}`, LIST]));
      return object({
        repository: object({ open: PAGE, merged: LIST, ...past })
      });
    };
    MILESTONES = object({
      repository: object({ milestones: nodes(object({ number: int(), title: text })) })
    });
    BRANCH_FACTS = object({
      repository: object({ id: text, ref: nullable(object({ target: ids })) })
    });
    REST_PULL_REQUEST = object({
      node_id: text,
      number: int(),
      html_url: text,
      title: text,
      body: nullish2(text),
      state: text,
      merged_at: nullish2(text),
      draft: optional(boolean2()),
      labels: array(object({ name: optional(text) })),
      assignees: nullish2(array(object({ login: text }))),
      requested_reviewers: nullish2(array(object({ login: text }))),
      requested_teams: nullish2(array(object({ slug: text }))),
      head: object({ ref: text, sha: text })
    });
    ISSUE = object({ assignees: nullish2(array(object({ login: text }))) });
    TREE = object({ sha: text });
    GIT_COMMIT = object({ sha: text, verification: object({ verified: boolean2() }) });
    SIGNED_OFF = nullable(object({ name: optional(text), date: optional(text) }));
    COMPARISON = object({
      status: _enum(["ahead", "behind", "identical", "diverged"]),
      total_commits: int(),
      html_url: text,
      base_commit: object({ commit: object({ committer: SIGNED_OFF }) }),
      commits: array(
        object({
          sha: text,
          html_url: text,
          commit: object({ message: text, author: SIGNED_OFF, committer: SIGNED_OFF }),
          author: nullish2(object({ login: optional(text) }))
        })
      )
    });
    REPOSITORY = object({
      archived: optional(boolean2()),
      permissions: optional(object({ push: optional(boolean2()) }))
    });
    INSTALLATION = object({ id: int(), permissions: record(text, text) });
    INSTALLATION_TOKEN = object({ token: text });
  }
});

// src/forge/github/graphql-documents.ts
function pullRequestsQuery(branches) {
  const indexes = [...Array(branches).keys()];
  const variables = indexes.map((index) => ` $branch${index}: String!,`).join("");
  const past = indexes.map(
    (index) => `
    past${index}: pullRequests(states: [CLOSED, MERGED], headRefName: $branch${index}, baseRefName: $base, first: 20, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { ...PullRequestFacts }
    }`
  );
  return `query PullRequests($owner: String!, $name: String!,${variables} $base: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    open: pullRequests(states: OPEN, baseRefName: $base, first: 100, after: $after, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { ...PullRequestFacts }
      pageInfo { hasNextPage endCursor }
    }${past.join("")}
    merged: pullRequests(states: MERGED, baseRefName: $base, first: 20, orderBy: {field: UPDATED_AT, direction: DESC}) {
      nodes { ...PullRequestFacts }
    }
  }
}
${FACTS}`;
}
var FACTS, ENABLE_AUTO_MERGE, ENQUEUE, CONVERT_TO_DRAFT, MILESTONE, BRANCH, MOVE_BRANCH;
var init_graphql_documents = __esm({
  "src/forge/github/graphql-documents.ts"() {
    "use strict";
    FACTS = `fragment PullRequestFacts on PullRequest {
  id number url title body state isDraft isCrossRepository headRefName headRefOid closedAt
  labels(first: 100) { nodes { name } }
  assignees(first: 20) { nodes { login } }
  reviewRequests(first: 20) { nodes { requestedReviewer { ... on User { login } } } }
  headRef { target { oid } }
  commits(last: 2) {
    nodes { commit { oid message tree { oid } parents(first: 2) { nodes { oid } } committer { email } signature { isValid } } }
  }
  timelineItems(last: 5, itemTypes: [HEAD_REF_DELETED_EVENT]) { nodes { ... on HeadRefDeletedEvent { createdAt } } }
}`;
    ENABLE_AUTO_MERGE = `mutation EnableAutoMerge($id: ID!, $head: GitObjectID!, $mergeMethod: PullRequestMergeMethod!) {
  enablePullRequestAutoMerge(input: {pullRequestId: $id, expectedHeadOid: $head, mergeMethod: $mergeMethod}) { pullRequest { number } }
}`;
    ENQUEUE = `mutation Enqueue($id: ID!, $head: GitObjectID!) {
  enqueuePullRequest(input: {pullRequestId: $id, expectedHeadOid: $head}) { mergeQueueEntry { id } }
}`;
    CONVERT_TO_DRAFT = `mutation ConvertToDraft($id: ID!) {
  convertPullRequestToDraft(input: {pullRequestId: $id}) { pullRequest { isDraft } }
}`;
    MILESTONE = `query Milestone($owner: String!, $name: String!, $title: String!) {
  repository(owner: $owner, name: $name) { milestones(query: $title, states: OPEN, first: 20) { nodes { number title } } }
}`;
    BRANCH = `query Branch($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) { id ref(qualifiedName: $ref) { target { oid } } }
}`;
    MOVE_BRANCH = `mutation MoveBranch($repository: ID!, $ref: GitRefname!, $before: GitObjectID!, $after: GitObjectID!) {
  updateRefs(input: {repositoryId: $repository, refUpdates: [{name: $ref, beforeOid: $before, afterOid: $after, force: true}]}) { clientMutationId }
}`;
  }
});

// src/forge/github/auto-merge.ts
async function autoMerge(repository, { id, number: number2 }, head, method) {
  const attempt = async (request2) => {
    try {
      await request2();
      return void 0;
    } catch (error3) {
      return settingFor(repository.refusalIn(ACTION, error3));
    }
  };
  const enqueue = () => attempt(() => repository.graphql(ENQUEUE, { id, head }));
  const enabling = await attempt(
    () => repository.graphql(ENABLE_AUTO_MERGE, { id, head, mergeMethod: method.toUpperCase() })
  );
  if (enabling === void 0) return void 0;
  const isReady = /\b(?:clean|unstable|has_hooks) status\b/i.test(enabling);
  if (!isReady) return await enqueue() === void 0 ? void 0 : enabling;
  const merge3 = { ...repository.parameters, pull_number: number2, sha: head, merge_method: method };
  const merging = await attempt(() => repository.rest.pulls.merge(merge3));
  return merging !== void 0 && /merge queue/i.test(merging) ? enqueue() : merging;
}
var ACTION;
var init_auto_merge = __esm({
  "src/forge/github/auto-merge.ts"() {
    "use strict";
    init_error_message();
    init_graphql_documents();
    ACTION = "change the pull request";
  }
});

// src/forge/github/attributes.ts
async function giveAttributes(repository, pullRequest, given, wanted, head) {
  const { number: number2, labels } = pullRequest;
  const missing = missingIn(given, wanted);
  const items = (list2) => missing[list2].map((name2) => ({ list: list2, name: name2 }));
  const room = Math.max(MAX_LABELS - labels.length, 0);
  const full = items("labels").filter(({ name: name2 }) => !labels.includes(name2)).slice(room);
  const withoutRoom = new Set(full.map(({ name: name2 }) => name2));
  const requests = [
    [[...items("reviewers"), ...items("team-reviewers")], (some) => requestReviews(repository, number2, some)],
    [items("labels").filter(({ name: name2 }) => !withoutRoom.has(name2)), (some) => addLabels(repository, number2, some)],
    [items("assignees"), (some) => assign(repository, number2, some)]
  ];
  const refused = full.map((item) => ({ what: whatOf(item), reason: LABELS_FULL }));
  if (missing.draft && !pullRequest.draft) refused.push(...await makeDraft(repository, pullRequest));
  for (const [all, request2] of requests) refused.push(...await addEach(repository, all, request2));
  const wrong = wrongLabels(given, wanted).filter((label) => labels.includes(label)).slice(0, MAX_LABELS);
  for (const label of wrong) await removeLabel(repository, number2, label);
  if (missing.milestone !== "") refused.push(...await setMilestone(repository, number2, missing.milestone));
  const method = missing["auto-merge"];
  const reason = method === "" ? void 0 : await autoMerge(repository, pullRequest, head, method);
  if (reason !== void 0) refused.push({ what: "auto-merge", reason });
  return { given: givenAfter(given, wanted, refused), refused };
}
async function requestReviews(repository, number2, items) {
  const named = (list2) => items.filter((item) => item.list === list2).map(({ name: name2 }) => name2);
  await repository.rest.pulls.requestReviewers({
    ...repository.parameters,
    pull_number: number2,
    reviewers: named("reviewers"),
    // A team is known here by its slug, without the organization.
    team_reviewers: named("team-reviewers").map((name2) => name2.replace(/^.*\//, ""))
  });
}
async function addLabels(repository, number2, items) {
  const labels = items.map(({ name: name2 }) => name2);
  await repository.rest.issues.addLabels({ ...repository.parameters, issue_number: number2, labels });
}
async function assign(repository, number2, items) {
  const assignees = items.map(({ name: name2 }) => name2);
  const { data } = await repository.rest.issues.addAssignees({
    ...repository.parameters,
    issue_number: number2,
    assignees
  });
  const present = new Set((readAnswer(ISSUE, data).assignees ?? []).map(({ login }) => login.toLowerCase()));
  const left = items.filter(({ name: name2 }) => !present.has(name2.toLowerCase()));
  return left.map((item) => ({ what: whatOf(item), reason: "cannot be assigned in this repository" }));
}
async function removeLabel(repository, number2, name2) {
  try {
    await repository.rest.issues.removeLabel({ ...repository.parameters, issue_number: number2, name: name2 });
  } catch (error3) {
    repository.refusalIn(ACTION2, error3);
  }
}
async function setMilestone(repository, number2, title) {
  const what = `milestone ${title}`;
  return tryTo(repository, what, async () => {
    const { milestones } = (await repository.query(MILESTONE, MILESTONES, { title })).repository;
    const milestone = milestones.nodes.find((one) => one.title === title);
    if (!milestone) return [{ what, reason: "there is no open milestone of that title" }];
    const change = { issue_number: number2, milestone: milestone.number };
    await repository.rest.issues.update({ ...repository.parameters, ...change });
    return [];
  });
}
async function makeDraft(repository, { id }) {
  return tryTo(repository, "draft", async () => {
    await repository.graphql(CONVERT_TO_DRAFT, { id });
    return [];
  });
}
async function addEach(repository, items, request2) {
  const [only, ...more] = items;
  if (!only) return [];
  if (more.length === 0) {
    return tryTo(repository, whatOf(only), async () => await request2(items) ?? []);
  }
  try {
    return await request2(items) ?? [];
  } catch (error3) {
    repository.refusalIn(ACTION2, error3);
    const refused = [];
    for (const item of items) refused.push(...await addEach(repository, [item], request2));
    return refused;
  }
}
async function tryTo(repository, what, work) {
  try {
    return await work();
  } catch (error3) {
    return [{ what, reason: repository.refusalIn(ACTION2, error3) }];
  }
}
var ACTION2, MAX_LABELS, LABELS_FULL, whatOf;
var init_attributes2 = __esm({
  "src/forge/github/attributes.ts"() {
    "use strict";
    init_attributes();
    init_answers();
    init_auto_merge();
    init_graphql_documents();
    ACTION2 = "change the pull request";
    MAX_LABELS = 100;
    LABELS_FULL = `a pull request has at most ${MAX_LABELS} labels`;
    whatOf = ({ list: list2, name: name2 }) => nameOf(list2, name2);
  }
});

// node_modules/@octokit/request-error/dist-src/index.js
var RequestError;
var init_dist_src = __esm({
  "node_modules/@octokit/request-error/dist-src/index.js"() {
    RequestError = class extends Error {
      name;
      /**
       * http status code
       */
      status;
      /**
       * Request options that lead to the error.
       */
      request;
      /**
       * Response object if a response was received
       */
      response;
      constructor(message, statusCode, options) {
        super(message, { cause: options.cause });
        this.name = "HttpError";
        this.status = Number.parseInt(statusCode);
        if (Number.isNaN(this.status)) {
          this.status = 0;
        }
        if ("response" in options) {
          this.response = options.response;
        }
        const requestCopy = Object.assign({}, options.request);
        if (options.request.headers.authorization) {
          requestCopy.headers = Object.assign({}, options.request.headers, {
            authorization: options.request.headers.authorization.replace(
              /(?<! ) .*$/,
              " [REDACTED]"
            )
          });
        }
        requestCopy.url = requestCopy.url.replace(/\bclient_secret=\w+/g, "client_secret=[REDACTED]").replace(/\baccess_token=\w+/g, "access_token=[REDACTED]");
        this.request = requestCopy;
      }
    };
  }
});

// node_modules/@octokit/plugin-retry/dist-bundle/index.js
function isRequestError(error3) {
  return error3.request !== void 0;
}
async function errorRequest(state, octokit, error3, options) {
  if (!isRequestError(error3) || !error3?.request.request) {
    throw error3;
  }
  if (error3.status >= 400 && !state.doNotRetry.includes(error3.status)) {
    const retries = options.request.retries != null ? options.request.retries : state.retries;
    const retryAfter = Math.pow((options.request.retryCount || 0) + 1, 2);
    throw octokit.retry.retryRequest(error3, retries, retryAfter);
  }
  throw error3;
}
async function wrapRequest(state, octokit, request2, options) {
  const limiter = new import_light.default();
  limiter.on("failed", function(error3, info3) {
    const maxRetries = ~~error3.request.request?.retries;
    const after = ~~error3.request.request?.retryAfter;
    options.request.retryCount = info3.retryCount + 1;
    if (maxRetries > info3.retryCount) {
      return after * state.retryAfterBaseValue;
    }
  });
  return limiter.schedule(
    requestWithGraphqlErrorHandling.bind(null, state, octokit, request2),
    options
  );
}
async function requestWithGraphqlErrorHandling(state, octokit, request2, options) {
  const response = await request2(options);
  if (response.data && response.data.errors && response.data.errors.length > 0 && /Something went wrong while executing your query/.test(
    response.data.errors[0].message
  )) {
    const error3 = new RequestError(response.data.errors[0].message, 500, {
      request: options,
      response
    });
    return errorRequest(state, octokit, error3, options);
  }
  return response;
}
function retry(octokit, octokitOptions) {
  const state = Object.assign(
    {
      enabled: true,
      retryAfterBaseValue: 1e3,
      doNotRetry: [400, 401, 403, 404, 410, 422, 451],
      retries: 3
    },
    octokitOptions.retry
  );
  const retryPlugin = {
    retry: {
      retryRequest: (error3, retries, retryAfter) => {
        error3.request.request = Object.assign({}, error3.request.request, {
          retries,
          retryAfter
        });
        return error3;
      }
    }
  };
  if (state.enabled) {
    octokit.hook.error("request", errorRequest.bind(null, state, retryPlugin));
    octokit.hook.wrap("request", wrapRequest.bind(null, state, retryPlugin));
  }
  return retryPlugin;
}
var import_light, VERSION;
var init_dist_bundle = __esm({
  "node_modules/@octokit/plugin-retry/dist-bundle/index.js"() {
    import_light = __toESM(require("./bottleneck.cjs"), 1);
    init_dist_src();
    VERSION = "0.0.0-development";
    retry.VERSION = VERSION;
  }
});

// node_modules/@octokit/plugin-throttling/dist-bundle/index.js
function wrapRequest2(state, request2, options) {
  return state.retryLimiter.schedule(doRequest, state, request2, options);
}
async function doRequest(state, request2, options) {
  const { pathname } = new URL(options.url, "http://github.test");
  const isAuth = isAuthRequest(options.method, pathname);
  const isWrite = !isAuth && options.method !== "GET" && options.method !== "HEAD";
  const isSearch = options.method === "GET" && pathname.startsWith("/search/");
  const isGraphQL = pathname.startsWith("/graphql");
  const retryCount = ~~request2.retryCount;
  const jobOptions = retryCount > 0 ? { priority: 0, weight: 0 } : {};
  if (state.clustering) {
    jobOptions.expiration = 1e3 * 60;
  }
  if (isWrite || isGraphQL) {
    await state.write.key(state.id).schedule(jobOptions, noop);
  }
  if (isWrite && state.triggersNotification(pathname)) {
    await state.notifications.key(state.id).schedule(jobOptions, noop);
  }
  if (isSearch) {
    await state.search.key(state.id).schedule(jobOptions, noop);
  }
  const req = (isAuth ? state.auth : state.global).key(state.id).schedule(jobOptions, request2, options);
  if (isGraphQL) {
    const res = await req;
    if (res.data.errors != null && res.data.errors.some((error3) => error3.type === "RATE_LIMITED")) {
      const error3 = Object.assign(new Error("GraphQL Rate Limit Exceeded"), {
        response: res,
        data: res.data
      });
      throw error3;
    }
  }
  return req;
}
function isAuthRequest(method, pathname) {
  return method === "PATCH" && // https://docs.github.com/en/rest/apps/apps?apiVersion=2022-11-28#create-a-scoped-access-token
  /^\/applications\/[^/]+\/token\/scoped$/.test(pathname) || method === "POST" && // https://docs.github.com/en/rest/apps/oauth-applications?apiVersion=2022-11-28#reset-a-token
  (/^\/applications\/[^/]+\/token$/.test(pathname) || // https://docs.github.com/en/rest/apps/apps?apiVersion=2022-11-28#create-an-installation-access-token-for-an-app
  /^\/app\/installations\/[^/]+\/access_tokens$/.test(pathname) || // https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
  pathname === "/login/oauth/access_token");
}
function routeMatcher(paths) {
  const regexes = paths.map(
    (path) => path.split("/").map((c) => c.startsWith("{") ? "(?:.+?)" : c).join("/")
  );
  const regex2 = `^(?:${regexes.map((r) => `(?:${r})`).join("|")})[^/]*$`;
  return new RegExp(regex2, "i");
}
function throttling(octokit, octokitOptions) {
  const {
    enabled = true,
    Bottleneck: Bottleneck3 = import_light2.default,
    id = "no-id",
    timeout = 1e3 * 60 * 2,
    // Redis TTL: 2 minutes
    connection
  } = octokitOptions.throttle || {};
  if (!enabled) {
    return {};
  }
  const common = { timeout };
  if (typeof connection !== "undefined") {
    common.connection = connection;
  }
  const state = Object.assign(
    {
      clustering: connection != null,
      triggersNotification,
      fallbackSecondaryRateRetryAfter: 60,
      retryAfterBaseValue: 1e3,
      id
    },
    octokitOptions.throttle
  );
  if (typeof state.onSecondaryRateLimit !== "function" || typeof state.onRateLimit !== "function") {
    throw new Error(`octokit/plugin-throttling error:
        You must pass the onSecondaryRateLimit and onRateLimit error handlers.
        See https://octokit.github.io/rest.js/#throttling

        const octokit = new Octokit({
          throttle: {
            onSecondaryRateLimit: (retryAfter, options) => {/* ... */},
            onRateLimit: (retryAfter, options) => {/* ... */}
          }
        })
    `);
  }
  let initialized = false;
  const initializeBottleneck = () => {
    if (initialized) {
      return;
    }
    initialized = true;
    if (groups.global == null) {
      createGroups(Bottleneck3, common);
    }
    state.global = state.global ?? groups.global;
    state.auth = state.auth ?? groups.auth;
    state.search = state.search ?? groups.search;
    state.write = state.write ?? groups.write;
    state.notifications = state.notifications ?? groups.notifications;
    state.retryLimiter = state.retryLimiter ?? new Bottleneck3();
    const events = {};
    const emitter = new Bottleneck3.Events(events);
    events.on("secondary-limit", state.onSecondaryRateLimit);
    events.on("rate-limit", state.onRateLimit);
    events.on(
      "error",
      (e) => octokit.log.warn("Error in throttling-plugin limit handler", e)
    );
    state.retryLimiter.on("failed", async function(error3, info3) {
      const [state2, request2, options] = info3.args;
      const { pathname } = new URL(options.url, "http://github.test");
      const shouldRetryGraphQL = pathname.startsWith("/graphql") && error3.status !== 401;
      if (!(shouldRetryGraphQL || error3.status === 403 || error3.status === 429)) {
        return;
      }
      const retryCount = ~~request2.retryCount;
      request2.retryCount = retryCount;
      options.request.retryCount = retryCount;
      const { wantRetry, retryAfter = 0 } = await (async function() {
        if (/\bsecondary rate\b/i.test(error3.message)) {
          const retryAfter2 = Number(error3.response.headers["retry-after"]) || state2.fallbackSecondaryRateRetryAfter;
          const wantRetry2 = await emitter.trigger(
            "secondary-limit",
            retryAfter2,
            options,
            octokit,
            retryCount
          );
          return { wantRetry: wantRetry2, retryAfter: retryAfter2 };
        }
        if (error3.response.headers != null && error3.response.headers["x-ratelimit-remaining"] === "0" || (error3.response.data?.errors ?? []).some(
          (error22) => error22.type === "RATE_LIMITED"
        )) {
          const rateLimitReset = new Date(
            ~~error3.response.headers["x-ratelimit-reset"] * 1e3
          ).getTime();
          const retryAfter2 = Math.max(
            // Add one second so we retry _after_ the reset time
            // https://docs.github.com/en/rest/overview/resources-in-the-rest-api?apiVersion=2022-11-28#exceeding-the-rate-limit
            Math.ceil((rateLimitReset - Date.now()) / 1e3) + 1,
            0
          );
          const wantRetry2 = await emitter.trigger(
            "rate-limit",
            retryAfter2,
            options,
            octokit,
            retryCount
          );
          return { wantRetry: wantRetry2, retryAfter: retryAfter2 };
        }
        return {};
      })();
      if (wantRetry) {
        request2.retryCount++;
        return retryAfter * state2.retryAfterBaseValue;
      }
    });
  };
  octokit.hook.wrap("request", (request2, options) => {
    initializeBottleneck();
    return wrapRequest2(state, request2, options);
  });
  return {};
}
var import_light2, VERSION2, noop, triggers_notification_paths_default, regex, triggersNotification, groups, createGroups;
var init_dist_bundle2 = __esm({
  "node_modules/@octokit/plugin-throttling/dist-bundle/index.js"() {
    import_light2 = __toESM(require("./bottleneck.cjs"), 1);
    VERSION2 = "0.0.0-development";
    noop = () => Promise.resolve();
    triggers_notification_paths_default = [
      "/orgs/{org}/invitations",
      "/orgs/{org}/invitations/{invitation_id}",
      "/orgs/{org}/teams/{team_slug}/discussions",
      "/orgs/{org}/teams/{team_slug}/discussions/{discussion_number}/comments",
      "/repos/{owner}/{repo}/collaborators/{username}",
      "/repos/{owner}/{repo}/commits/{commit_sha}/comments",
      "/repos/{owner}/{repo}/issues",
      "/repos/{owner}/{repo}/issues/{issue_number}/comments",
      "/repos/{owner}/{repo}/issues/{issue_number}/sub_issue",
      "/repos/{owner}/{repo}/issues/{issue_number}/sub_issues/priority",
      "/repos/{owner}/{repo}/pulls",
      "/repos/{owner}/{repo}/pulls/{pull_number}/comments",
      "/repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies",
      "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
      "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
      "/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
      "/repos/{owner}/{repo}/releases",
      "/teams/{team_id}/discussions",
      "/teams/{team_id}/discussions/{discussion_number}/comments"
    ];
    regex = routeMatcher(triggers_notification_paths_default);
    triggersNotification = regex.test.bind(regex);
    groups = {};
    createGroups = function(Bottleneck3, common) {
      groups.global = new Bottleneck3.Group({
        id: "octokit-global",
        maxConcurrent: 10,
        ...common
      });
      groups.auth = new Bottleneck3.Group({
        id: "octokit-auth",
        maxConcurrent: 1,
        ...common
      });
      groups.search = new Bottleneck3.Group({
        id: "octokit-search",
        maxConcurrent: 1,
        minTime: 2e3,
        ...common
      });
      groups.write = new Bottleneck3.Group({
        id: "octokit-write",
        maxConcurrent: 1,
        minTime: 1e3,
        ...common
      });
      groups.notifications = new Bottleneck3.Group({
        id: "octokit-notifications",
        maxConcurrent: 1,
        minTime: 3e3,
        ...common
      });
    };
    throttling.VERSION = VERSION2;
    throttling.triggersNotification = triggersNotification;
  }
});

// node_modules/universal-user-agent/index.js
function getUserAgent() {
  if (typeof navigator === "object" && "userAgent" in navigator) {
    return navigator.userAgent;
  }
  if (typeof process === "object" && process.version !== void 0) {
    return `Node.js/${process.version.substr(1)} (${process.platform}; ${process.arch})`;
  }
  return "<environment undetectable>";
}
var init_universal_user_agent = __esm({
  "node_modules/universal-user-agent/index.js"() {
  }
});

// node_modules/before-after-hook/lib/register.js
function register(state, name2, method, options) {
  if (typeof method !== "function") {
    throw new Error("method for before hook must be a function");
  }
  if (!options) {
    options = {};
  }
  if (Array.isArray(name2)) {
    return name2.reverse().reduce((callback, name3) => {
      return register.bind(null, state, name3, callback, options);
    }, method)();
  }
  return Promise.resolve().then(() => {
    if (!state.registry[name2]) {
      return method(options);
    }
    return state.registry[name2].reduce((method2, registered) => {
      return registered.hook.bind(null, method2, options);
    }, method)();
  });
}
var init_register = __esm({
  "node_modules/before-after-hook/lib/register.js"() {
  }
});

// node_modules/before-after-hook/lib/add.js
function addHook(state, kind, name2, hook6) {
  const orig = hook6;
  if (!state.registry[name2]) {
    state.registry[name2] = [];
  }
  if (kind === "before") {
    hook6 = (method, options) => {
      return Promise.resolve().then(orig.bind(null, options)).then(method.bind(null, options));
    };
  }
  if (kind === "after") {
    hook6 = (method, options) => {
      let result;
      return Promise.resolve().then(method.bind(null, options)).then((result_) => {
        result = result_;
        return orig(result, options);
      }).then(() => {
        return result;
      });
    };
  }
  if (kind === "error") {
    hook6 = (method, options) => {
      return Promise.resolve().then(method.bind(null, options)).catch((error3) => {
        return orig(error3, options);
      });
    };
  }
  state.registry[name2].push({
    hook: hook6,
    orig
  });
}
var init_add = __esm({
  "node_modules/before-after-hook/lib/add.js"() {
  }
});

// node_modules/before-after-hook/lib/remove.js
function removeHook(state, name2, method) {
  if (!state.registry[name2]) {
    return;
  }
  const index = state.registry[name2].map((registered) => {
    return registered.orig;
  }).indexOf(method);
  if (index === -1) {
    return;
  }
  state.registry[name2].splice(index, 1);
}
var init_remove = __esm({
  "node_modules/before-after-hook/lib/remove.js"() {
  }
});

// node_modules/before-after-hook/index.js
function bindApi(hook6, state, name2) {
  const removeHookRef = bindable(removeHook, null).apply(
    null,
    name2 ? [state, name2] : [state]
  );
  hook6.api = { remove: removeHookRef };
  hook6.remove = removeHookRef;
  ["before", "error", "after", "wrap"].forEach((kind) => {
    const args = name2 ? [state, kind, name2] : [state, kind];
    hook6[kind] = hook6.api[kind] = bindable(addHook, null).apply(null, args);
  });
}
function Singular() {
  const singularHookName = /* @__PURE__ */ Symbol("Singular");
  const singularHookState = {
    registry: {}
  };
  const singularHook = register.bind(null, singularHookState, singularHookName);
  bindApi(singularHook, singularHookState, singularHookName);
  return singularHook;
}
function Collection() {
  const state = {
    registry: {}
  };
  const hook6 = register.bind(null, state);
  bindApi(hook6, state);
  return hook6;
}
var bind, bindable, before_after_hook_default;
var init_before_after_hook = __esm({
  "node_modules/before-after-hook/index.js"() {
    init_register();
    init_add();
    init_remove();
    bind = Function.bind;
    bindable = bind.bind(bind);
    before_after_hook_default = { Singular, Collection };
  }
});

// node_modules/@octokit/endpoint/dist-bundle/index.js
function lowercaseKeys2(object2) {
  if (!object2) {
    return {};
  }
  return Object.keys(object2).reduce((newObj, key) => {
    newObj[key.toLowerCase()] = object2[key];
    return newObj;
  }, {});
}
function isPlainObject2(value) {
  if (typeof value !== "object" || value === null) return false;
  if (Object.prototype.toString.call(value) !== "[object Object]") return false;
  const proto = Object.getPrototypeOf(value);
  if (proto === null) return true;
  const Ctor = Object.prototype.hasOwnProperty.call(proto, "constructor") && proto.constructor;
  return typeof Ctor === "function" && Ctor instanceof Ctor && Function.prototype.call(Ctor) === Function.prototype.call(value);
}
function mergeDeep(defaults3, options) {
  const result = Object.assign({}, defaults3);
  Object.keys(options).forEach((key) => {
    if (isPlainObject2(options[key])) {
      if (!(key in defaults3)) Object.assign(result, { [key]: options[key] });
      else result[key] = mergeDeep(defaults3[key], options[key]);
    } else {
      Object.assign(result, { [key]: options[key] });
    }
  });
  return result;
}
function removeUndefinedProperties(obj) {
  for (const key in obj) {
    if (obj[key] === void 0) {
      delete obj[key];
    }
  }
  return obj;
}
function merge2(defaults3, route, options) {
  if (typeof route === "string") {
    let [method, url] = route.split(" ");
    options = Object.assign(url ? { method, url } : { url: method }, options);
  } else {
    options = Object.assign({}, route);
  }
  options.headers = lowercaseKeys2(options.headers);
  removeUndefinedProperties(options);
  removeUndefinedProperties(options.headers);
  const mergedOptions = mergeDeep(defaults3 || {}, options);
  if (options.url === "/graphql") {
    if (defaults3 && defaults3.mediaType.previews?.length) {
      mergedOptions.mediaType.previews = defaults3.mediaType.previews.filter(
        (preview) => !mergedOptions.mediaType.previews.includes(preview)
      ).concat(mergedOptions.mediaType.previews);
    }
    mergedOptions.mediaType.previews = (mergedOptions.mediaType.previews || []).map((preview) => preview.replace(/-preview/, ""));
  }
  return mergedOptions;
}
function addQueryParameters(url, parameters2) {
  const separator = /\?/.test(url) ? "&" : "?";
  const names = Object.keys(parameters2);
  if (names.length === 0) {
    return url;
  }
  return url + separator + names.map((name2) => {
    if (name2 === "q") {
      return "q=" + parameters2.q.split("+").map(encodeURIComponent).join("+");
    }
    return `${name2}=${encodeURIComponent(parameters2[name2])}`;
  }).join("&");
}
function removeNonChars(variableName) {
  return variableName.replace(/(?:^\W+)|(?:(?<!\W)\W+$)/g, "").split(/,/);
}
function extractUrlVariableNames(url) {
  const matches2 = url.match(urlVariableRegex);
  if (!matches2) {
    return [];
  }
  return matches2.map(removeNonChars).reduce((a, b) => a.concat(b), []);
}
function omit2(object2, keysToOmit) {
  const result = { __proto__: null };
  for (const key of Object.keys(object2)) {
    if (keysToOmit.indexOf(key) === -1) {
      result[key] = object2[key];
    }
  }
  return result;
}
function encodeReserved(str) {
  return str.split(/(%[0-9A-Fa-f]{2})/g).map(function(part) {
    if (!/%[0-9A-Fa-f]/.test(part)) {
      part = encodeURI(part).replace(/%5B/g, "[").replace(/%5D/g, "]");
    }
    return part;
  }).join("");
}
function encodeUnreserved(str) {
  return encodeURIComponent(str).replace(/[!'()*]/g, function(c) {
    return "%" + c.charCodeAt(0).toString(16).toUpperCase();
  });
}
function encodeValue(operator, value, key) {
  value = operator === "+" || operator === "#" ? encodeReserved(value) : encodeUnreserved(value);
  if (key) {
    return encodeUnreserved(key) + "=" + value;
  } else {
    return value;
  }
}
function isDefined(value) {
  return value !== void 0 && value !== null;
}
function isKeyOperator(operator) {
  return operator === ";" || operator === "&" || operator === "?";
}
function getValues(context2, operator, key, modifier) {
  var value = context2[key], result = [];
  if (isDefined(value) && value !== "") {
    if (typeof value === "string" || typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") {
      value = value.toString();
      if (modifier && modifier !== "*") {
        value = value.substring(0, parseInt(modifier, 10));
      }
      result.push(
        encodeValue(operator, value, isKeyOperator(operator) ? key : "")
      );
    } else {
      if (modifier === "*") {
        if (Array.isArray(value)) {
          value.filter(isDefined).forEach(function(value2) {
            result.push(
              encodeValue(operator, value2, isKeyOperator(operator) ? key : "")
            );
          });
        } else {
          Object.keys(value).forEach(function(k) {
            if (isDefined(value[k])) {
              result.push(encodeValue(operator, value[k], k));
            }
          });
        }
      } else {
        const tmp = [];
        if (Array.isArray(value)) {
          value.filter(isDefined).forEach(function(value2) {
            tmp.push(encodeValue(operator, value2));
          });
        } else {
          Object.keys(value).forEach(function(k) {
            if (isDefined(value[k])) {
              tmp.push(encodeUnreserved(k));
              tmp.push(encodeValue(operator, value[k].toString()));
            }
          });
        }
        if (isKeyOperator(operator)) {
          result.push(encodeUnreserved(key) + "=" + tmp.join(","));
        } else if (tmp.length !== 0) {
          result.push(tmp.join(","));
        }
      }
    }
  } else {
    if (operator === ";") {
      if (isDefined(value)) {
        result.push(encodeUnreserved(key));
      }
    } else if (value === "" && (operator === "&" || operator === "?")) {
      result.push(encodeUnreserved(key) + "=");
    } else if (value === "") {
      result.push("");
    }
  }
  return result;
}
function parseUrl(template) {
  return {
    expand: expand.bind(null, template)
  };
}
function expand(template, context2) {
  var operators = ["+", "#", ".", "/", ";", "?", "&"];
  template = template.replace(
    /\{([^\{\}]+)\}|([^\{\}]+)/g,
    function(_, expression, literal2) {
      if (expression) {
        let operator = "";
        const values = [];
        if (operators.indexOf(expression.charAt(0)) !== -1) {
          operator = expression.charAt(0);
          expression = expression.substr(1);
        }
        expression.split(/,/g).forEach(function(variable) {
          var tmp = /([^:\*]*)(?::(\d+)|(\*))?/.exec(variable);
          values.push(getValues(context2, operator, tmp[1], tmp[2] || tmp[3]));
        });
        if (operator && operator !== "+") {
          var separator = ",";
          if (operator === "?") {
            separator = "&";
          } else if (operator !== "#") {
            separator = operator;
          }
          return (values.length !== 0 ? operator : "") + values.join(separator);
        } else {
          return values.join(",");
        }
      } else {
        return encodeReserved(literal2);
      }
    }
  );
  if (template === "/") {
    return template;
  } else {
    return template.replace(/\/$/, "");
  }
}
function parse2(options) {
  let method = options.method.toUpperCase();
  let url = (options.url || "/").replace(/:([a-z]\w+)/g, "{$1}");
  let headers = Object.assign({}, options.headers);
  let body;
  let parameters2 = omit2(options, [
    "method",
    "baseUrl",
    "url",
    "headers",
    "request",
    "mediaType"
  ]);
  const urlVariableNames = extractUrlVariableNames(url);
  url = parseUrl(url).expand(parameters2);
  if (!/^http/.test(url)) {
    url = options.baseUrl + url;
  }
  const omittedParameters = Object.keys(options).filter((option) => urlVariableNames.includes(option)).concat("baseUrl");
  const remainingParameters = omit2(parameters2, omittedParameters);
  const isBinaryRequest = /application\/octet-stream/i.test(headers.accept);
  if (!isBinaryRequest) {
    if (options.mediaType.format) {
      headers.accept = headers.accept.split(/,/).map(
        (format) => format.replace(
          /application\/vnd(\.\w+)(\.v3)?(\.\w+)?(\+json)?$/,
          `application/vnd$1$2.${options.mediaType.format}`
        )
      ).join(",");
    }
    if (url.endsWith("/graphql")) {
      if (options.mediaType.previews?.length) {
        const previewsFromAcceptHeader = headers.accept.match(/(?<![\w-])[\w-]+(?=-preview)/g) || [];
        headers.accept = previewsFromAcceptHeader.concat(options.mediaType.previews).map((preview) => {
          const format = options.mediaType.format ? `.${options.mediaType.format}` : "+json";
          return `application/vnd.github.${preview}-preview${format}`;
        }).join(",");
      }
    }
  }
  if (["GET", "HEAD"].includes(method)) {
    url = addQueryParameters(url, remainingParameters);
  } else {
    if ("data" in remainingParameters) {
      body = remainingParameters.data;
    } else {
      if (Object.keys(remainingParameters).length) {
        body = remainingParameters;
      }
    }
  }
  if (!headers["content-type"] && typeof body !== "undefined") {
    headers["content-type"] = "application/json; charset=utf-8";
  }
  if (["PATCH", "PUT"].includes(method) && typeof body === "undefined") {
    body = "";
  }
  return Object.assign(
    { method, url, headers },
    typeof body !== "undefined" ? { body } : null,
    options.request ? { request: options.request } : null
  );
}
function endpointWithDefaults(defaults3, route, options) {
  return parse2(merge2(defaults3, route, options));
}
function withDefaults(oldDefaults, newDefaults) {
  const DEFAULTS2 = merge2(oldDefaults, newDefaults);
  const endpoint2 = endpointWithDefaults.bind(null, DEFAULTS2);
  return Object.assign(endpoint2, {
    DEFAULTS: DEFAULTS2,
    defaults: withDefaults.bind(null, DEFAULTS2),
    merge: merge2.bind(null, DEFAULTS2),
    parse: parse2
  });
}
var VERSION3, userAgent, DEFAULTS, urlVariableRegex, endpoint;
var init_dist_bundle3 = __esm({
  "node_modules/@octokit/endpoint/dist-bundle/index.js"() {
    init_universal_user_agent();
    VERSION3 = "0.0.0-development";
    userAgent = `octokit-endpoint.js/${VERSION3} ${getUserAgent()}`;
    DEFAULTS = {
      method: "GET",
      baseUrl: "https://api.github.com",
      headers: {
        accept: "application/vnd.github.v3+json",
        "user-agent": userAgent
      },
      mediaType: {
        format: ""
      }
    };
    urlVariableRegex = /\{[^{}}]+\}/g;
    endpoint = withDefaults(null, DEFAULTS);
  }
});

// node_modules/content-type/dist/index.js
function parse3(header, options) {
  const stopFlags = SEMI_FLAG | (options?.comma === true ? COMMA_FLAG : 0);
  const len = header.length;
  let valueStart = options?.start ?? 0;
  while ((CHAR_MAP[header.charCodeAt(valueStart)] & OWS) !== 0) {
    valueStart++;
  }
  let index = valueStart;
  let typeFlags = 0;
  let whitespace = -1;
  let stop = options?.parameters === false ? COMMA_FLAG : 0;
  while (index < len) {
    const code = header.charCodeAt(index);
    const flags = CHAR_MAP[code];
    if ((flags & stopFlags) !== 0) {
      stop |= flags & COMMA_FLAG;
      break;
    }
    if ((flags & OWS) !== 0) {
      if (whitespace === -1)
        whitespace = index;
    } else {
      whitespace = -1;
    }
    typeFlags |= code & NON_ASCII | flags;
    index++;
  }
  const valueEnd = whitespace === -1 ? index : whitespace;
  const value = header.slice(valueStart, valueEnd);
  const type = (typeFlags & CASE_FLAGS) === 0 ? value : value.toLowerCase();
  if (index === len || stop !== 0) {
    return { type, index, parameters: new NullObject() };
  }
  return parseParameters(header, type, index, len, stopFlags);
}
function parseParameters(header, type, index, len, stopFlags) {
  const parameters2 = new NullObject();
  parameter: while (index < len) {
    index++;
    while ((CHAR_MAP[header.charCodeAt(index)] & OWS) !== 0) {
      index++;
    }
    const keyStart = index;
    let keyFlags = 0;
    let keyWhitespace = -1;
    while (index < len) {
      const code = header.charCodeAt(index);
      const flags = CHAR_MAP[code];
      if ((flags & stopFlags) !== 0) {
        if ((flags & COMMA_FLAG) !== 0)
          break parameter;
        continue parameter;
      }
      if (code === EQ) {
        const keyEnd = keyWhitespace === -1 ? index : keyWhitespace;
        const value = header.slice(keyStart, keyEnd);
        const key = (keyFlags & CASE_FLAGS) === 0 ? value : value.toLowerCase();
        index++;
        while ((CHAR_MAP[header.charCodeAt(index)] & OWS) !== 0) {
          index++;
        }
        if (index < len && header.charCodeAt(index) === DQUOTE) {
          const quotedStart = ++index;
          let escaped = false;
          while (index < len) {
            const code2 = header.charCodeAt(index);
            if (code2 === DQUOTE) {
              if (parameters2[key] === void 0) {
                parameters2[key] = escaped ? unescapeQuotedPairs(header, quotedStart, index) : header.slice(quotedStart, index);
              }
              index++;
              let stop2 = 0;
              while (index < len) {
                const code3 = header.charCodeAt(index);
                const flags2 = CHAR_MAP[code3];
                if ((flags2 & stopFlags) !== 0) {
                  stop2 = flags2 & COMMA_FLAG;
                  break;
                }
                index++;
              }
              if (stop2 !== 0)
                break parameter;
              continue parameter;
            }
            if (code2 === BSLASH && index + 1 < len) {
              escaped = true;
              index += 2;
              continue;
            }
            index++;
          }
          continue parameter;
        }
        const valueStart = index;
        let stop = 0;
        let valueWhitespace = -1;
        while (index < len) {
          const code2 = header.charCodeAt(index);
          const flags2 = CHAR_MAP[code2];
          if ((flags2 & stopFlags) !== 0) {
            stop = flags2 & COMMA_FLAG;
            break;
          }
          if ((flags2 & OWS) !== 0) {
            if (valueWhitespace === -1)
              valueWhitespace = index;
          } else {
            valueWhitespace = -1;
          }
          index++;
        }
        if (parameters2[key] === void 0) {
          const valueEnd = valueWhitespace === -1 ? index : valueWhitespace;
          parameters2[key] = header.slice(valueStart, valueEnd);
        }
        if (stop !== 0)
          break parameter;
        continue parameter;
      }
      if ((flags & OWS) !== 0) {
        if (keyWhitespace === -1)
          keyWhitespace = index;
      } else {
        keyWhitespace = -1;
      }
      keyFlags |= code & NON_ASCII | flags;
      index++;
    }
  }
  return { type, index, parameters: parameters2 };
}
function unescapeQuotedPairs(str, start2, end2) {
  let result = "";
  for (let index = start2; index < end2; index++) {
    if (str.charCodeAt(index) === BSLASH) {
      result += str.slice(start2, index);
      start2 = ++index;
    }
  }
  return result + str.slice(start2, end2);
}
var SP, HTAB, SEMI, EQ, DQUOTE, BSLASH, COMMA, LOWER_CASE, OWS, SEMI_FLAG, COMMA_FLAG, TOKEN_FLAG, NON_ASCII, CASE_FLAGS, CHAR_MAP, NullObject;
var init_dist = __esm({
  "node_modules/content-type/dist/index.js"() {
    SP = 32;
    HTAB = 9;
    SEMI = 59;
    EQ = 61;
    DQUOTE = 34;
    BSLASH = 92;
    COMMA = 44;
    LOWER_CASE = 1;
    OWS = 2;
    SEMI_FLAG = 4;
    COMMA_FLAG = 8;
    TOKEN_FLAG = 16;
    NON_ASCII = 65280;
    CASE_FLAGS = LOWER_CASE | NON_ASCII;
    CHAR_MAP = new Uint8Array(256);
    CHAR_MAP[HTAB] |= OWS;
    CHAR_MAP[SP] |= OWS;
    CHAR_MAP[SEMI] |= SEMI_FLAG;
    CHAR_MAP[COMMA] |= COMMA_FLAG;
    for (let code = 128; code <= 255; code++) {
      CHAR_MAP[code] |= LOWER_CASE;
    }
    for (const char of "!#$%&'*+-.^_`|~") {
      CHAR_MAP[char.charCodeAt(0)] |= TOKEN_FLAG;
    }
    for (let code = 48; code <= 57; code++) {
      CHAR_MAP[code] |= TOKEN_FLAG;
    }
    for (let code = 65; code <= 90; code++) {
      CHAR_MAP[code] |= LOWER_CASE | TOKEN_FLAG;
    }
    for (let code = 97; code <= 122; code++) {
      CHAR_MAP[code] |= TOKEN_FLAG;
    }
    NullObject = /* @__PURE__ */ (() => {
      const C = function() {
      };
      C.prototype = /* @__PURE__ */ Object.create(null);
      return C;
    })();
  }
});

// node_modules/json-with-bigint/json-with-bigint.js
var intRegex, noiseValue, originalStringify, originalParse, customFormat, bigIntsStringify, noiseStringify, isUnstringifiable, isRawJSON, stringifyIteratively, JSONStringify, featureCache, isContextSourceSupported, convertMarkedBigIntsReviver, JSONParseV2, MAX_INT, MAX_DIGITS, stringsOrLargeNumbers, noiseValueWithQuotes, applyReviverIteratively, serializeBigInts, JSONParse;
var init_json_with_bigint = __esm({
  "node_modules/json-with-bigint/json-with-bigint.js"() {
    intRegex = /^-?\d+$/;
    noiseValue = /^-?\d+n+$/;
    originalStringify = JSON.stringify;
    originalParse = JSON.parse;
    customFormat = /^-?\d+n$/;
    bigIntsStringify = /([\[:])?"(-?\d+)n"($|\s*[,\}\]])/g;
    noiseStringify = /([\[:])?("-?\d+n+)n("$|"\s*[,\}\]])/g;
    isUnstringifiable = (val) => val === void 0 || typeof val === "function" || typeof val === "symbol";
    isRawJSON = (val) => val !== null && typeof val === "object" && val.constructor && val.constructor.name === "RawJSON";
    stringifyIteratively = (rootValue, replacer, spaceParam) => {
      let space = "";
      if (typeof spaceParam === "number") {
        space = " ".repeat(Math.min(10, Math.max(0, Math.floor(spaceParam))));
      } else if (typeof spaceParam === "string") {
        space = spaceParam.slice(0, 10);
      }
      const isFunctionReplacer = typeof replacer === "function";
      const propertyList = Array.isArray(replacer) ? new Set(replacer.map(String)) : null;
      const prepareVal = (parent, key, val) => {
        const isObject3 = val !== null && typeof val === "object";
        const hasToJSON = isObject3 && typeof val.toJSON === "function";
        if (hasToJSON) {
          val = val.toJSON(key);
        }
        const isNoise = typeof val === "string" && noiseValue.test(val);
        if (isNoise) return val + "n";
        const isBigInt = typeof val === "bigint";
        if (isBigInt) {
          const supportsRawJSON = "rawJSON" in JSON;
          if (supportsRawJSON) return JSON.rawJSON(val.toString());
          return val.toString() + "n";
        }
        if (isFunctionReplacer) {
          val = replacer.call(parent, key, val);
        }
        const isPostReplacerObject = val !== null && typeof val === "object";
        if (isPostReplacerObject) {
          const isPrimitiveWrapper = val instanceof Number || val instanceof String || val instanceof Boolean;
          if (isPrimitiveWrapper) {
            val = val.valueOf();
          }
        }
        return val;
      };
      const rootProcessed = prepareVal({ "": rootValue }, "", rootValue);
      if (isUnstringifiable(rootProcessed)) {
        return void 0;
      }
      const isRootPrimitive = rootProcessed === null || typeof rootProcessed !== "object";
      const isRootNativeRawJSON = isRawJSON(rootProcessed);
      if (isRootPrimitive || isRootNativeRawJSON) {
        return originalStringify(rootProcessed);
      }
      const chunks = [];
      let level = 0;
      const stack = [
        {
          parent: { "": rootProcessed },
          key: "",
          val: rootProcessed,
          isArray: Array.isArray(rootProcessed),
          keys: Array.isArray(rootProcessed) ? null : Object.keys(rootProcessed),
          index: 0,
          first: true
        }
      ];
      const visited = new WeakSet([rootProcessed]);
      while (stack.length > 0) {
        const node = stack[stack.length - 1];
        if (node.index === 0) {
          chunks.push(node.isArray ? "[" : "{");
          level++;
        }
        let isDone = false;
        if (node.isArray) {
          if (node.index < node.val.length) {
            if (!node.first) chunks.push(",");
            if (space) chunks.push("\n" + space.repeat(level));
            const childRaw = node.val[node.index];
            const childVal = prepareVal(node.val, String(node.index), childRaw);
            if (isUnstringifiable(childVal)) {
              chunks.push("null");
              node.first = false;
              node.index++;
            } else {
              const isComplexObject = childVal !== null && typeof childVal === "object";
              const isNativeRaw = isRawJSON(childVal);
              if (isComplexObject && !isNativeRaw) {
                if (visited.has(childVal)) {
                  throw new TypeError("Converting circular structure to JSON");
                }
                visited.add(childVal);
                stack.push({
                  parent: node.val,
                  key: String(node.index),
                  val: childVal,
                  isArray: Array.isArray(childVal),
                  keys: Array.isArray(childVal) ? null : Object.keys(childVal),
                  index: 0,
                  first: true
                });
                node.first = false;
                node.index++;
              } else {
                chunks.push(originalStringify(childVal));
                node.first = false;
                node.index++;
              }
            }
          } else {
            isDone = true;
          }
        } else {
          while (node.index < node.keys.length) {
            const k = node.keys[node.index++];
            const isFilteredOutByArray = propertyList && !propertyList.has(k);
            if (isFilteredOutByArray) continue;
            const childRaw = node.val[k];
            const childVal = prepareVal(node.val, k, childRaw);
            if (isUnstringifiable(childVal)) continue;
            if (!node.first) chunks.push(",");
            if (space) {
              chunks.push("\n" + space.repeat(level) + originalStringify(k) + ": ");
            } else {
              chunks.push(originalStringify(k) + ":");
            }
            const isComplexObject = childVal !== null && typeof childVal === "object";
            const isNativeRaw = isRawJSON(childVal);
            if (isComplexObject && !isNativeRaw) {
              if (visited.has(childVal)) {
                throw new TypeError("Converting circular structure to JSON");
              }
              visited.add(childVal);
              stack.push({
                parent: node.val,
                key: k,
                val: childVal,
                isArray: Array.isArray(childVal),
                keys: Array.isArray(childVal) ? null : Object.keys(childVal),
                index: 0,
                first: true
              });
              node.first = false;
              break;
            } else {
              chunks.push(originalStringify(childVal));
              node.first = false;
            }
          }
          const isNodeFullyProcessed = node.index >= node.keys.length && stack[stack.length - 1] === node;
          if (isNodeFullyProcessed) {
            isDone = true;
          }
        }
        if (isDone) {
          level--;
          if (!node.first && space) chunks.push("\n" + space.repeat(level));
          chunks.push(node.isArray ? "]" : "}");
          visited.delete(node.val);
          stack.pop();
        }
      }
      return chunks.join("");
    };
    JSONStringify = (value, replacer, space) => {
      try {
        const supportsRawJSON = "rawJSON" in JSON;
        if (supportsRawJSON) {
          return originalStringify(
            value,
            (key, val) => {
              if (typeof val === "bigint") return JSON.rawJSON(val.toString());
              const hasFunctionReplacer = typeof replacer === "function";
              if (hasFunctionReplacer) return replacer(key, val);
              const isKeyInArrayReplacer = Array.isArray(replacer) && replacer.includes(key);
              if (isKeyInArrayReplacer) return val;
              return val;
            },
            space
          );
        }
        if (!value) return originalStringify(value, replacer, space);
        const convertedToCustomJSON = originalStringify(
          value,
          (key, val) => {
            const isNoise = typeof val === "string" && noiseValue.test(val);
            if (isNoise) return val.toString() + "n";
            if (typeof val === "bigint") return val.toString() + "n";
            const hasFunctionReplacer = typeof replacer === "function";
            if (hasFunctionReplacer) return replacer(key, val);
            const isKeyInArrayReplacer = Array.isArray(replacer) && replacer.includes(key);
            if (isKeyInArrayReplacer) return val;
            return val;
          },
          space
        );
        const processedJSON = convertedToCustomJSON.replace(
          bigIntsStringify,
          "$1$2$3"
        );
        const denoisedJSON = processedJSON.replace(noiseStringify, "$1$2$3");
        return denoisedJSON;
      } catch (error3) {
        if (error3 instanceof RangeError) {
          const convertedJSON = stringifyIteratively(value, replacer, space);
          if (convertedJSON === void 0) return void 0;
          const supportsRawJSON = "rawJSON" in JSON;
          if (supportsRawJSON) return convertedJSON;
          const processedJSON = convertedJSON.replace(bigIntsStringify, "$1$2$3");
          return processedJSON.replace(noiseStringify, "$1$2$3");
        }
        throw error3;
      }
    };
    featureCache = /* @__PURE__ */ new Map();
    isContextSourceSupported = () => {
      const parseFingerprint = JSON.parse.toString();
      if (featureCache.has(parseFingerprint)) {
        return featureCache.get(parseFingerprint);
      }
      try {
        const result = JSON.parse(
          "1",
          (_, __, context2) => !!context2?.source && context2.source === "1"
        );
        featureCache.set(parseFingerprint, result);
        return result;
      } catch {
        featureCache.set(parseFingerprint, false);
        return false;
      }
    };
    convertMarkedBigIntsReviver = (key, value, context2, userReviver) => {
      const isCustomFormatBigInt = typeof value === "string" && customFormat.test(value);
      if (isCustomFormatBigInt) return BigInt(value.slice(0, -1));
      const isNoiseValue = typeof value === "string" && noiseValue.test(value);
      if (isNoiseValue) return value.slice(0, -1);
      const hasUserReviver = typeof userReviver === "function";
      if (!hasUserReviver) return value;
      return userReviver(key, value, context2);
    };
    JSONParseV2 = (text2, reviver) => {
      return JSON.parse(text2, (key, value, context2) => {
        const isNumber = typeof value === "number";
        const isOutOfBounds = value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER;
        const isBigNumber = isNumber && isOutOfBounds;
        const isInt = context2 && intRegex.test(context2.source);
        const isBigInt = isBigNumber && isInt;
        if (isBigInt) return BigInt(context2.source);
        const hasCustomReviver = typeof reviver === "function";
        if (!hasCustomReviver) return value;
        return reviver(key, value, context2);
      });
    };
    MAX_INT = Number.MAX_SAFE_INTEGER.toString();
    MAX_DIGITS = MAX_INT.length;
    stringsOrLargeNumbers = /"(?:[^"\\]|\\.)*"|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/g;
    noiseValueWithQuotes = /^"-?\d+n+"$/;
    applyReviverIteratively = (parsed2, userReviver) => {
      const rootHolder = { "": parsed2 };
      const stack = [{ parent: rootHolder, key: "", visited: false }];
      while (stack.length > 0) {
        const node = stack[stack.length - 1];
        if (!node.visited) {
          node.visited = true;
          const value = node.parent[node.key];
          const isComplexObject = value !== null && typeof value === "object";
          if (isComplexObject) {
            const keys = Object.keys(value);
            for (let i = keys.length - 1; i >= 0; i--) {
              stack.push({ parent: value, key: keys[i], visited: false });
            }
          }
        } else {
          const { parent, key } = node;
          let value = parent[key];
          if (typeof value === "string") {
            const isCustomFormatBigInt = customFormat.test(value);
            if (isCustomFormatBigInt) {
              value = BigInt(value.slice(0, -1));
            } else {
              const isNoise = noiseValue.test(value);
              if (isNoise) value = value.slice(0, -1);
            }
          }
          const hasUserReviver = typeof userReviver === "function";
          if (hasUserReviver) {
            value = userReviver.call(parent, key, value);
          }
          const isDeleted = value === void 0;
          if (isDeleted) {
            delete parent[key];
          } else {
            parent[key] = value;
          }
          stack.pop();
        }
      }
      return rootHolder[""];
    };
    serializeBigInts = (text2) => {
      return text2.replace(
        stringsOrLargeNumbers,
        (match, digits, fractional, exponential) => {
          const isString = match[0] === '"';
          const isNoise = isString && noiseValueWithQuotes.test(match);
          if (isNoise) return match.substring(0, match.length - 1) + 'n"';
          const hasFractionalOrExponential = fractional || exponential;
          const isLessThanMaxSafeInt = digits && (digits.length < MAX_DIGITS || digits.length === MAX_DIGITS && digits <= MAX_INT);
          const isStandardValue = isString || hasFractionalOrExponential || isLessThanMaxSafeInt;
          if (isStandardValue) return match;
          return '"' + match + 'n"';
        }
      );
    };
    JSONParse = (text2, reviver) => {
      if (!text2) return originalParse(text2, reviver);
      try {
        if (isContextSourceSupported()) return JSONParseV2(text2, reviver);
        const serializedData = serializeBigInts(text2);
        return originalParse(
          serializedData,
          (key, value, context2) => convertMarkedBigIntsReviver(key, value, context2, reviver)
        );
      } catch (error3) {
        if (error3 instanceof RangeError) {
          const serializedData = serializeBigInts(text2);
          const parsed2 = originalParse(serializedData);
          return applyReviverIteratively(parsed2, reviver);
        }
        throw error3;
      }
    };
  }
});

// node_modules/@octokit/request/dist-bundle/index.js
function isPlainObject3(value) {
  if (typeof value !== "object" || value === null) return false;
  if (Object.prototype.toString.call(value) !== "[object Object]") return false;
  const proto = Object.getPrototypeOf(value);
  if (proto === null) return true;
  const Ctor = Object.prototype.hasOwnProperty.call(proto, "constructor") && proto.constructor;
  return typeof Ctor === "function" && Ctor instanceof Ctor && Function.prototype.call(Ctor) === Function.prototype.call(value);
}
async function fetchWrapper(requestOptions) {
  const fetch3 = requestOptions.request?.fetch || globalThis.fetch;
  if (!fetch3) {
    throw new Error(
      "fetch is not set. Please pass a fetch implementation as new Octokit({ request: { fetch }}). Learn more at https://github.com/octokit/octokit.js/#fetch-missing"
    );
  }
  const log = requestOptions.request?.log || console;
  const parseSuccessResponseBody = requestOptions.request?.parseSuccessResponseBody !== false;
  const body = isPlainObject3(requestOptions.body) || Array.isArray(requestOptions.body) ? JSONStringify(requestOptions.body) : requestOptions.body;
  const requestHeaders = Object.fromEntries(
    Object.entries(requestOptions.headers).map(([name2, value]) => [
      name2,
      String(value)
    ])
  );
  let fetchResponse;
  try {
    fetchResponse = await fetch3(requestOptions.url, {
      method: requestOptions.method,
      body,
      redirect: requestOptions.request?.redirect,
      headers: requestHeaders,
      signal: requestOptions.request?.signal,
      // duplex must be set if request.body is ReadableStream or Async Iterables.
      // See https://fetch.spec.whatwg.org/#dom-requestinit-duplex.
      ...requestOptions.body && { duplex: "half" }
    });
  } catch (error3) {
    let message = "Unknown Error";
    if (error3 instanceof Error) {
      if (error3.name === "AbortError") {
        error3.status = 500;
        throw error3;
      }
      message = error3.message;
      if (error3.name === "TypeError" && "cause" in error3) {
        if (error3.cause instanceof Error) {
          message = error3.cause.message;
        } else if (typeof error3.cause === "string") {
          message = error3.cause;
        }
      }
    }
    const requestError = new RequestError(message, 500, {
      request: requestOptions
    });
    requestError.cause = error3;
    throw requestError;
  }
  const status = fetchResponse.status;
  const url = fetchResponse.url;
  const responseHeaders = {};
  for (const [key, value] of fetchResponse.headers) {
    responseHeaders[key] = value;
  }
  const octokitResponse = {
    url,
    status,
    headers: responseHeaders,
    data: ""
  };
  if ("deprecation" in responseHeaders) {
    const matches2 = responseHeaders.link && responseHeaders.link.match(/<([^<>]+)>; rel="deprecation"/);
    const deprecationLink = matches2 && matches2.pop();
    log.warn(
      `[@octokit/request] "${requestOptions.method} ${requestOptions.url}" is deprecated. It is scheduled to be removed on ${responseHeaders.sunset}${deprecationLink ? `. See ${deprecationLink}` : ""}`
    );
  }
  if (status === 204 || status === 205) {
    return octokitResponse;
  }
  if (requestOptions.method === "HEAD") {
    if (status < 400) {
      return octokitResponse;
    }
    throw new RequestError(fetchResponse.statusText, status, {
      response: octokitResponse,
      request: requestOptions
    });
  }
  if (status === 304) {
    octokitResponse.data = await getResponseData(fetchResponse);
    throw new RequestError("Not modified", status, {
      response: octokitResponse,
      request: requestOptions
    });
  }
  if (status >= 400) {
    octokitResponse.data = await getResponseData(fetchResponse);
    throw new RequestError(toErrorMessage(octokitResponse.data), status, {
      response: octokitResponse,
      request: requestOptions
    });
  }
  octokitResponse.data = parseSuccessResponseBody ? await getResponseData(fetchResponse) : fetchResponse.body;
  return octokitResponse;
}
async function getResponseData(response) {
  const contentType = response.headers.get("content-type");
  if (!contentType) {
    return response.text().catch(noop2);
  }
  const mimetype = parse3(contentType);
  if (isJSONResponse(mimetype)) {
    let text2 = "";
    try {
      text2 = await response.text();
      return JSONParse(text2);
    } catch (err) {
      return text2;
    }
  } else if (mimetype.type.startsWith("text/") || // `application/octet-stream` is the canonical "arbitrary binary" type
  // (RFC 2046) and must never be decoded as text, even when the response
  // carries a (misleading) `charset=utf-8` parameter — see #751.
  mimetype.parameters.charset?.toLowerCase() === "utf-8" && mimetype.type !== "application/octet-stream") {
    return response.text().catch(noop2);
  } else {
    return response.arrayBuffer().catch(
      /* v8 ignore next -- @preserve */
      () => new ArrayBuffer(0)
    );
  }
}
function isJSONResponse(mimetype) {
  return mimetype.type === "application/json" || mimetype.type === "application/scim+json";
}
function toErrorMessage(data) {
  if (typeof data === "string") {
    return data;
  }
  if (data instanceof ArrayBuffer) {
    return "Unknown error";
  }
  if (typeof data === "object" && data !== null && "message" in data) {
    const objectData = data;
    const suffix = "documentation_url" in objectData ? ` - ${objectData.documentation_url}` : "";
    return Array.isArray(objectData.errors) ? `${objectData.message}: ${objectData.errors.map((v) => JSON.stringify(v)).join(", ")}${suffix}` : `${objectData.message}${suffix}`;
  }
  return `Unknown error: ${JSON.stringify(data)}`;
}
function withDefaults2(oldEndpoint, newDefaults) {
  const endpoint2 = oldEndpoint.defaults(newDefaults);
  const newApi = function(route, parameters2) {
    const endpointOptions = endpoint2.merge(route, parameters2);
    if (!endpointOptions.request || !endpointOptions.request.hook) {
      return fetchWrapper(endpoint2.parse(endpointOptions));
    }
    const request2 = (route2, parameters22) => {
      return fetchWrapper(
        endpoint2.parse(endpoint2.merge(route2, parameters22))
      );
    };
    Object.assign(request2, {
      endpoint: endpoint2,
      defaults: withDefaults2.bind(null, endpoint2)
    });
    return endpointOptions.request.hook(request2, endpointOptions);
  };
  return Object.assign(newApi, {
    endpoint: endpoint2,
    defaults: withDefaults2.bind(null, endpoint2)
  });
}
var VERSION4, defaults_default, noop2, request;
var init_dist_bundle4 = __esm({
  "node_modules/@octokit/request/dist-bundle/index.js"() {
    init_dist_bundle3();
    init_universal_user_agent();
    init_dist();
    init_json_with_bigint();
    init_dist_src();
    VERSION4 = "10.0.16";
    defaults_default = {
      headers: {
        "user-agent": `octokit-request.js/${VERSION4} ${getUserAgent()}`
      }
    };
    noop2 = () => "";
    request = withDefaults2(endpoint, defaults_default);
  }
});

// node_modules/@octokit/graphql/dist-bundle/index.js
function _buildMessageForResponseErrors(data) {
  return `Request failed due to following response errors:
` + data.errors.map((e) => ` - ${e.message}`).join("\n");
}
function graphql(request2, query, options) {
  if (options) {
    if (typeof query === "string" && "query" in options) {
      return Promise.reject(
        new Error(`[@octokit/graphql] "query" cannot be used as variable name`)
      );
    }
    for (const key in options) {
      if (!FORBIDDEN_VARIABLE_OPTIONS.includes(key)) continue;
      return Promise.reject(
        new Error(
          `[@octokit/graphql] "${key}" cannot be used as variable name`
        )
      );
    }
  }
  const parsedOptions = typeof query === "string" ? Object.assign({ query }, options) : query;
  const requestOptions = Object.keys(
    parsedOptions
  ).reduce((result, key) => {
    if (NON_VARIABLE_OPTIONS.includes(key)) {
      result[key] = parsedOptions[key];
      return result;
    }
    if (!result.variables) {
      result.variables = {};
    }
    result.variables[key] = parsedOptions[key];
    return result;
  }, {});
  const baseUrl2 = parsedOptions.baseUrl || request2.endpoint.DEFAULTS.baseUrl;
  if (GHES_V3_SUFFIX_REGEX.test(baseUrl2)) {
    requestOptions.url = baseUrl2.replace(GHES_V3_SUFFIX_REGEX, "/api/graphql");
  }
  return request2(requestOptions).then((response) => {
    if (response.data.errors) {
      const headers = {};
      for (const key of Object.keys(response.headers)) {
        headers[key] = response.headers[key];
      }
      throw new GraphqlResponseError(
        requestOptions,
        headers,
        response.data
      );
    }
    return response.data.data;
  });
}
function withDefaults3(request2, newDefaults) {
  const newRequest = request2.defaults(newDefaults);
  const newApi = (query, options) => {
    return graphql(newRequest, query, options);
  };
  return Object.assign(newApi, {
    defaults: withDefaults3.bind(null, newRequest),
    endpoint: newRequest.endpoint
  });
}
function withCustomRequest(customRequest) {
  return withDefaults3(customRequest, {
    method: "POST",
    url: "/graphql"
  });
}
var VERSION5, GraphqlResponseError, NON_VARIABLE_OPTIONS, FORBIDDEN_VARIABLE_OPTIONS, GHES_V3_SUFFIX_REGEX, graphql2;
var init_dist_bundle5 = __esm({
  "node_modules/@octokit/graphql/dist-bundle/index.js"() {
    init_dist_bundle4();
    init_universal_user_agent();
    VERSION5 = "0.0.0-development";
    GraphqlResponseError = class extends Error {
      constructor(request2, headers, response) {
        super(_buildMessageForResponseErrors(response));
        this.request = request2;
        this.headers = headers;
        this.response = response;
        this.errors = response.errors;
        this.data = response.data;
        if (Error.captureStackTrace) {
          Error.captureStackTrace(this, this.constructor);
        }
      }
      request;
      headers;
      response;
      name = "GraphqlResponseError";
      errors;
      data;
    };
    NON_VARIABLE_OPTIONS = [
      "method",
      "baseUrl",
      "url",
      "headers",
      "request",
      "query",
      "mediaType",
      "operationName"
    ];
    FORBIDDEN_VARIABLE_OPTIONS = ["query", "method", "url"];
    GHES_V3_SUFFIX_REGEX = /\/api\/v3\/?$/;
    graphql2 = withDefaults3(request, {
      headers: {
        "user-agent": `octokit-graphql.js/${VERSION5} ${getUserAgent()}`
      },
      method: "POST",
      url: "/graphql"
    });
  }
});

// node_modules/@octokit/auth-token/dist-bundle/index.js
async function auth(token) {
  const isApp = isJWT(token);
  const isInstallation = token.startsWith("v1.") || token.startsWith("ghs_");
  const isUserToServer = token.startsWith("ghu_");
  const tokenType = isApp ? "app" : isInstallation ? "installation" : isUserToServer ? "user-to-server" : "oauth";
  return {
    type: "token",
    token,
    tokenType
  };
}
function withAuthorizationPrefix(token) {
  if (token.split(/\./).length === 3) {
    return `bearer ${token}`;
  }
  return `token ${token}`;
}
async function hook(token, request2, route, parameters2) {
  const endpoint2 = request2.endpoint.merge(
    route,
    parameters2
  );
  endpoint2.headers.authorization = withAuthorizationPrefix(token);
  return request2(endpoint2);
}
var b64url, sep, jwtRE, isJWT, createTokenAuth;
var init_dist_bundle6 = __esm({
  "node_modules/@octokit/auth-token/dist-bundle/index.js"() {
    b64url = "(?:[a-zA-Z0-9_-]+)";
    sep = "\\.";
    jwtRE = new RegExp(`^${b64url}${sep}${b64url}${sep}${b64url}$`);
    isJWT = jwtRE.test.bind(jwtRE);
    createTokenAuth = function createTokenAuth2(token) {
      if (!token) {
        throw new Error("[@octokit/auth-token] No token passed to createTokenAuth");
      }
      if (typeof token !== "string") {
        throw new Error(
          "[@octokit/auth-token] Token passed to createTokenAuth is not a string"
        );
      }
      token = token.replace(/^(token|bearer) +/i, "");
      return Object.assign(auth.bind(null, token), {
        hook: hook.bind(null, token)
      });
    };
  }
});

// node_modules/@octokit/core/dist-src/version.js
var VERSION6;
var init_version = __esm({
  "node_modules/@octokit/core/dist-src/version.js"() {
    VERSION6 = "7.0.8";
  }
});

// node_modules/@octokit/core/dist-src/index.js
function createLogger(logger = {}) {
  if (typeof logger.debug !== "function") {
    logger.debug = noop3;
  }
  if (typeof logger.info !== "function") {
    logger.info = noop3;
  }
  if (typeof logger.warn !== "function") {
    logger.warn = consoleWarn;
  }
  if (typeof logger.error !== "function") {
    logger.error = consoleError;
  }
  return logger;
}
var noop3, consoleWarn, consoleError, userAgentTrail, Octokit;
var init_dist_src2 = __esm({
  "node_modules/@octokit/core/dist-src/index.js"() {
    init_universal_user_agent();
    init_before_after_hook();
    init_dist_bundle4();
    init_dist_bundle5();
    init_dist_bundle6();
    init_version();
    noop3 = () => {
    };
    consoleWarn = console.warn.bind(console);
    consoleError = console.error.bind(console);
    userAgentTrail = `octokit-core.js/${VERSION6} ${getUserAgent()}`;
    Octokit = class {
      static VERSION = VERSION6;
      static defaults(defaults3) {
        const OctokitWithDefaults = class extends this {
          constructor(...args) {
            const options = args[0] || {};
            if (typeof defaults3 === "function") {
              super(defaults3(options));
              return;
            }
            super(
              Object.assign(
                {},
                defaults3,
                options,
                options.userAgent && defaults3.userAgent ? {
                  userAgent: `${options.userAgent} ${defaults3.userAgent}`
                } : null
              )
            );
          }
        };
        return OctokitWithDefaults;
      }
      static plugins = [];
      /**
       * Attach a plugin (or many) to your Octokit instance.
       *
       * @example
       * const API = Octokit.plugin(plugin1, plugin2, plugin3, ...)
       */
      static plugin(...newPlugins) {
        const currentPlugins = this.plugins;
        const NewOctokit = class extends this {
          static plugins = currentPlugins.concat(
            newPlugins.filter((plugin) => !currentPlugins.includes(plugin))
          );
        };
        return NewOctokit;
      }
      constructor(options = {}) {
        const hook6 = new before_after_hook_default.Collection();
        const requestDefaults = {
          baseUrl: request.endpoint.DEFAULTS.baseUrl,
          headers: {},
          request: Object.assign({}, options.request, {
            // @ts-ignore internal usage only, no need to type
            hook: hook6.bind(null, "request")
          }),
          mediaType: {
            previews: [],
            format: ""
          }
        };
        requestDefaults.headers["user-agent"] = options.userAgent ? `${options.userAgent} ${userAgentTrail}` : userAgentTrail;
        if (options.baseUrl) {
          requestDefaults.baseUrl = options.baseUrl;
        }
        if (options.previews) {
          requestDefaults.mediaType.previews = options.previews;
        }
        if (options.timeZone) {
          requestDefaults.headers["time-zone"] = options.timeZone;
        }
        this.request = request.defaults(requestDefaults);
        this.graphql = withCustomRequest(this.request).defaults(requestDefaults);
        this.log = createLogger(options.log);
        this.hook = hook6;
        if (!options.authStrategy) {
          if (!options.auth) {
            this.auth = async () => ({
              type: "unauthenticated"
            });
          } else {
            const auth6 = createTokenAuth(options.auth);
            hook6.wrap("request", auth6.hook);
            this.auth = auth6;
          }
        } else {
          const { authStrategy, ...otherOptions } = options;
          const auth6 = authStrategy(
            Object.assign(
              {
                request: this.request,
                log: this.log,
                // we pass the current octokit instance as well as its constructor options
                // to allow for authentication strategies that return a new octokit instance
                // that shares the same internal state as the current one. The original
                // requirement for this was the "event-octokit" authentication strategy
                // of https://github.com/probot/octokit-auth-probot.
                octokit: this,
                octokitOptions: otherOptions
              },
              options.auth
            )
          );
          hook6.wrap("request", auth6.hook);
          this.auth = auth6;
        }
        const classConstructor = this.constructor;
        for (let i = 0; i < classConstructor.plugins.length; ++i) {
          Object.assign(this, classConstructor.plugins[i](this, options));
        }
      }
      // assigned during constructor
      request;
      graphql;
      log;
      hook;
      // TODO: type `octokit.auth` based on passed options.authStrategy
      auth;
    };
  }
});

// node_modules/@octokit/plugin-request-log/dist-src/version.js
var VERSION7;
var init_version2 = __esm({
  "node_modules/@octokit/plugin-request-log/dist-src/version.js"() {
    VERSION7 = "6.0.0";
  }
});

// node_modules/@octokit/plugin-request-log/dist-src/index.js
function requestLog(octokit) {
  octokit.hook.wrap("request", (request2, options) => {
    octokit.log.debug("request", options);
    const start2 = Date.now();
    const requestOptions = octokit.request.endpoint.parse(options);
    const path = requestOptions.url.replace(options.baseUrl, "");
    return request2(options).then((response) => {
      const requestId = response.headers["x-github-request-id"];
      octokit.log.info(
        `${requestOptions.method} ${path} - ${response.status} with id ${requestId} in ${Date.now() - start2}ms`
      );
      return response;
    }).catch((error3) => {
      const requestId = error3.response?.headers["x-github-request-id"] || "UNKNOWN";
      octokit.log.error(
        `${requestOptions.method} ${path} - ${error3.status} with id ${requestId} in ${Date.now() - start2}ms`
      );
      throw error3;
    });
  });
}
var init_dist_src3 = __esm({
  "node_modules/@octokit/plugin-request-log/dist-src/index.js"() {
    init_version2();
    requestLog.VERSION = VERSION7;
  }
});

// node_modules/@octokit/plugin-paginate-rest/dist-bundle/index.js
function normalizePaginatedListResponse(response) {
  if (!response.data) {
    return {
      ...response,
      data: []
    };
  }
  const responseNeedsNormalization = ("total_count" in response.data || "total_commits" in response.data) && !("url" in response.data);
  if (!responseNeedsNormalization) return response;
  const incompleteResults = response.data.incomplete_results;
  const repositorySelection = response.data.repository_selection;
  const totalCount = response.data.total_count;
  const totalCommits = response.data.total_commits;
  delete response.data.incomplete_results;
  delete response.data.repository_selection;
  delete response.data.total_count;
  delete response.data.total_commits;
  const namespaceKey = Object.keys(response.data)[0];
  const data = response.data[namespaceKey];
  response.data = data;
  if (typeof incompleteResults !== "undefined") {
    response.data.incomplete_results = incompleteResults;
  }
  if (typeof repositorySelection !== "undefined") {
    response.data.repository_selection = repositorySelection;
  }
  response.data.total_count = totalCount;
  response.data.total_commits = totalCommits;
  return response;
}
function iterator(octokit, route, parameters2) {
  const options = typeof route === "function" ? route.endpoint(parameters2) : octokit.request.endpoint(route, parameters2);
  const requestMethod = typeof route === "function" ? route : octokit.request;
  const method = options.method;
  const headers = options.headers;
  let url = options.url;
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        if (!url) return { done: true };
        try {
          const response = await requestMethod({ method, url, headers });
          const normalizedResponse = normalizePaginatedListResponse(response);
          url = ((normalizedResponse.headers.link || "").match(
            /<([^<>]+)>;\s*rel="next"/
          ) || [])[1];
          if (!url && "total_commits" in normalizedResponse.data) {
            const parsedUrl = new URL(normalizedResponse.url);
            const params = parsedUrl.searchParams;
            const page = parseInt(params.get("page") || "1", 10);
            const per_page = parseInt(params.get("per_page") || "250", 10);
            if (page * per_page < normalizedResponse.data.total_commits) {
              params.set("page", String(page + 1));
              url = parsedUrl.toString();
            }
          }
          return { value: normalizedResponse };
        } catch (error3) {
          if (error3.status !== 409) throw error3;
          url = "";
          return {
            value: {
              status: 200,
              headers: {},
              data: []
            }
          };
        }
      }
    })
  };
}
function paginate(octokit, route, parameters2, mapFn) {
  if (typeof parameters2 === "function") {
    mapFn = parameters2;
    parameters2 = void 0;
  }
  return gather(
    octokit,
    [],
    iterator(octokit, route, parameters2)[Symbol.asyncIterator](),
    mapFn
  );
}
function gather(octokit, results, iterator2, mapFn) {
  return iterator2.next().then((result) => {
    if (result.done) {
      return results;
    }
    let earlyExit = false;
    function done() {
      earlyExit = true;
    }
    results = results.concat(
      mapFn ? mapFn(result.value, done) : result.value.data
    );
    if (earlyExit) {
      return results;
    }
    return gather(octokit, results, iterator2, mapFn);
  });
}
function paginateRest(octokit) {
  return {
    paginate: Object.assign(paginate.bind(null, octokit), {
      iterator: iterator.bind(null, octokit)
    })
  };
}
var VERSION8, composePaginateRest;
var init_dist_bundle7 = __esm({
  "node_modules/@octokit/plugin-paginate-rest/dist-bundle/index.js"() {
    VERSION8 = "0.0.0-development";
    composePaginateRest = Object.assign(paginate, {
      iterator
    });
    paginateRest.VERSION = VERSION8;
  }
});

// node_modules/@octokit/rest/dist-src/version.js
var VERSION9;
var init_version3 = __esm({
  "node_modules/@octokit/rest/dist-src/version.js"() {
    VERSION9 = "22.0.1";
  }
});

// node_modules/@octokit/rest/dist-src/index.js
var import_plugin_rest_endpoint_methods, Octokit2;
var init_dist_src4 = __esm({
  "node_modules/@octokit/rest/dist-src/index.js"() {
    init_dist_src2();
    init_dist_src3();
    init_dist_bundle7();
    import_plugin_rest_endpoint_methods = require("./rest-endpoints.cjs");
    init_version3();
    Octokit2 = Octokit.plugin(requestLog, import_plugin_rest_endpoint_methods.legacyRestEndpointMethods, paginateRest).defaults(
      {
        userAgent: `octokit-rest.js/${VERSION9}`
      }
    );
  }
});

// node_modules/@actions/github/lib/context.js
var import_fs2, import_os3, Context;
var init_context = __esm({
  "node_modules/@actions/github/lib/context.js"() {
    import_fs2 = require("fs");
    import_os3 = require("os");
    Context = class {
      /**
       * Hydrate the context from the environment
       */
      constructor() {
        var _a3, _b, _c;
        this.payload = {};
        if (process.env.GITHUB_EVENT_PATH) {
          if ((0, import_fs2.existsSync)(process.env.GITHUB_EVENT_PATH)) {
            this.payload = JSON.parse((0, import_fs2.readFileSync)(process.env.GITHUB_EVENT_PATH, { encoding: "utf8" }));
          } else {
            const path = process.env.GITHUB_EVENT_PATH;
            process.stdout.write(`GITHUB_EVENT_PATH ${path} does not exist${import_os3.EOL}`);
          }
        }
        this.eventName = process.env.GITHUB_EVENT_NAME;
        this.sha = process.env.GITHUB_SHA;
        this.ref = process.env.GITHUB_REF;
        this.workflow = process.env.GITHUB_WORKFLOW;
        this.action = process.env.GITHUB_ACTION;
        this.actor = process.env.GITHUB_ACTOR;
        this.job = process.env.GITHUB_JOB;
        this.runAttempt = parseInt(process.env.GITHUB_RUN_ATTEMPT, 10);
        this.runNumber = parseInt(process.env.GITHUB_RUN_NUMBER, 10);
        this.runId = parseInt(process.env.GITHUB_RUN_ID, 10);
        this.apiUrl = (_a3 = process.env.GITHUB_API_URL) !== null && _a3 !== void 0 ? _a3 : `https://api.github.com`;
        this.serverUrl = (_b = process.env.GITHUB_SERVER_URL) !== null && _b !== void 0 ? _b : `https://github.com`;
        this.graphqlUrl = (_c = process.env.GITHUB_GRAPHQL_URL) !== null && _c !== void 0 ? _c : `https://api.github.com/graphql`;
      }
      get issue() {
        const payload = this.payload;
        return Object.assign(Object.assign({}, this.repo), { number: (payload.issue || payload.pull_request || payload).number });
      }
      get repo() {
        if (process.env.GITHUB_REPOSITORY) {
          const [owner, repo] = process.env.GITHUB_REPOSITORY.split("/");
          return { owner, repo };
        }
        if (this.payload.repository) {
          return {
            owner: this.payload.repository.owner.login,
            repo: this.payload.repository.name
          };
        }
        throw new Error("context.repo requires a GITHUB_REPOSITORY environment variable like 'owner/repo'");
      }
    };
  }
});

// node_modules/@actions/github/node_modules/@actions/http-client/lib/proxy.js
var require_proxy = __commonJS({
  "node_modules/@actions/github/node_modules/@actions/http-client/lib/proxy.js"(exports2) {
    "use strict";
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.getProxyUrl = getProxyUrl3;
    exports2.checkBypass = checkBypass2;
    function getProxyUrl3(reqUrl) {
      const usingSsl = reqUrl.protocol === "https:";
      if (checkBypass2(reqUrl)) {
        return void 0;
      }
      const proxyVar = (() => {
        if (usingSsl) {
          return process.env["https_proxy"] || process.env["HTTPS_PROXY"];
        } else {
          return process.env["http_proxy"] || process.env["HTTP_PROXY"];
        }
      })();
      if (proxyVar) {
        try {
          return new DecodedURL2(proxyVar);
        } catch (_a3) {
          if (!proxyVar.startsWith("http://") && !proxyVar.startsWith("https://"))
            return new DecodedURL2(`http://${proxyVar}`);
        }
      } else {
        return void 0;
      }
    }
    function checkBypass2(reqUrl) {
      if (!reqUrl.hostname) {
        return false;
      }
      const reqHost = reqUrl.hostname;
      if (isLoopbackAddress2(reqHost)) {
        return true;
      }
      const noProxy = process.env["no_proxy"] || process.env["NO_PROXY"] || "";
      if (!noProxy) {
        return false;
      }
      let reqPort;
      if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
      } else if (reqUrl.protocol === "http:") {
        reqPort = 80;
      } else if (reqUrl.protocol === "https:") {
        reqPort = 443;
      }
      const upperReqHosts = [reqUrl.hostname.toUpperCase()];
      if (typeof reqPort === "number") {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
      }
      for (const upperNoProxyItem of noProxy.split(",").map((x) => x.trim().toUpperCase()).filter((x) => x)) {
        if (upperNoProxyItem === "*" || upperReqHosts.some((x) => x === upperNoProxyItem || x.endsWith(`.${upperNoProxyItem}`) || upperNoProxyItem.startsWith(".") && x.endsWith(`${upperNoProxyItem}`))) {
          return true;
        }
      }
      return false;
    }
    function isLoopbackAddress2(host) {
      const hostLower = host.toLowerCase();
      return hostLower === "localhost" || hostLower.startsWith("127.") || hostLower.startsWith("[::1]") || hostLower.startsWith("[0:0:0:0:0:0:0:1]");
    }
    var DecodedURL2 = class extends URL {
      constructor(url, base) {
        super(url, base);
        this._decodedUsername = decodeURIComponent(super.username);
        this._decodedPassword = decodeURIComponent(super.password);
      }
      get username() {
        return this._decodedUsername;
      }
      get password() {
        return this._decodedPassword;
      }
    };
  }
});

// node_modules/@actions/github/node_modules/@actions/http-client/lib/index.js
var require_lib = __commonJS({
  "node_modules/@actions/github/node_modules/@actions/http-client/lib/index.js"(exports2) {
    "use strict";
    var __createBinding = exports2 && exports2.__createBinding || (Object.create ? (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      var desc = Object.getOwnPropertyDescriptor(m, k);
      if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
        desc = { enumerable: true, get: function() {
          return m[k];
        } };
      }
      Object.defineProperty(o, k2, desc);
    }) : (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      o[k2] = m[k];
    }));
    var __setModuleDefault = exports2 && exports2.__setModuleDefault || (Object.create ? (function(o, v) {
      Object.defineProperty(o, "default", { enumerable: true, value: v });
    }) : function(o, v) {
      o["default"] = v;
    });
    var __importStar = exports2 && exports2.__importStar || /* @__PURE__ */ (function() {
      var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function(o2) {
          var ar = [];
          for (var k in o2) if (Object.prototype.hasOwnProperty.call(o2, k)) ar[ar.length] = k;
          return ar;
        };
        return ownKeys(o);
      };
      return function(mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) {
          for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        }
        __setModuleDefault(result, mod);
        return result;
      };
    })();
    var __awaiter4 = exports2 && exports2.__awaiter || function(thisArg, _arguments, P, generator) {
      function adopt(value) {
        return value instanceof P ? value : new P(function(resolve2) {
          resolve2(value);
        });
      }
      return new (P || (P = Promise))(function(resolve2, reject) {
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
          result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
        }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
      });
    };
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.HttpClient = exports2.HttpClientResponse = exports2.HttpClientError = exports2.MediaTypes = exports2.Headers = exports2.HttpCodes = void 0;
    exports2.getProxyUrl = getProxyUrl3;
    exports2.isHttps = isHttps2;
    var http2 = __importStar(require("http"));
    var https2 = __importStar(require("https"));
    var pm = __importStar(require_proxy());
    var tunnel2 = __importStar(require_tunnel2());
    var undici_1 = require("./undici.cjs");
    var HttpCodes2;
    (function(HttpCodes3) {
      HttpCodes3[HttpCodes3["OK"] = 200] = "OK";
      HttpCodes3[HttpCodes3["MultipleChoices"] = 300] = "MultipleChoices";
      HttpCodes3[HttpCodes3["MovedPermanently"] = 301] = "MovedPermanently";
      HttpCodes3[HttpCodes3["ResourceMoved"] = 302] = "ResourceMoved";
      HttpCodes3[HttpCodes3["SeeOther"] = 303] = "SeeOther";
      HttpCodes3[HttpCodes3["NotModified"] = 304] = "NotModified";
      HttpCodes3[HttpCodes3["UseProxy"] = 305] = "UseProxy";
      HttpCodes3[HttpCodes3["SwitchProxy"] = 306] = "SwitchProxy";
      HttpCodes3[HttpCodes3["TemporaryRedirect"] = 307] = "TemporaryRedirect";
      HttpCodes3[HttpCodes3["PermanentRedirect"] = 308] = "PermanentRedirect";
      HttpCodes3[HttpCodes3["BadRequest"] = 400] = "BadRequest";
      HttpCodes3[HttpCodes3["Unauthorized"] = 401] = "Unauthorized";
      HttpCodes3[HttpCodes3["PaymentRequired"] = 402] = "PaymentRequired";
      HttpCodes3[HttpCodes3["Forbidden"] = 403] = "Forbidden";
      HttpCodes3[HttpCodes3["NotFound"] = 404] = "NotFound";
      HttpCodes3[HttpCodes3["MethodNotAllowed"] = 405] = "MethodNotAllowed";
      HttpCodes3[HttpCodes3["NotAcceptable"] = 406] = "NotAcceptable";
      HttpCodes3[HttpCodes3["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
      HttpCodes3[HttpCodes3["RequestTimeout"] = 408] = "RequestTimeout";
      HttpCodes3[HttpCodes3["Conflict"] = 409] = "Conflict";
      HttpCodes3[HttpCodes3["Gone"] = 410] = "Gone";
      HttpCodes3[HttpCodes3["TooManyRequests"] = 429] = "TooManyRequests";
      HttpCodes3[HttpCodes3["InternalServerError"] = 500] = "InternalServerError";
      HttpCodes3[HttpCodes3["NotImplemented"] = 501] = "NotImplemented";
      HttpCodes3[HttpCodes3["BadGateway"] = 502] = "BadGateway";
      HttpCodes3[HttpCodes3["ServiceUnavailable"] = 503] = "ServiceUnavailable";
      HttpCodes3[HttpCodes3["GatewayTimeout"] = 504] = "GatewayTimeout";
    })(HttpCodes2 || (exports2.HttpCodes = HttpCodes2 = {}));
    var Headers2;
    (function(Headers3) {
      Headers3["Accept"] = "accept";
      Headers3["ContentType"] = "content-type";
    })(Headers2 || (exports2.Headers = Headers2 = {}));
    var MediaTypes2;
    (function(MediaTypes3) {
      MediaTypes3["ApplicationJson"] = "application/json";
    })(MediaTypes2 || (exports2.MediaTypes = MediaTypes2 = {}));
    function getProxyUrl3(serverUrl) {
      const proxyUrl = pm.getProxyUrl(new URL(serverUrl));
      return proxyUrl ? proxyUrl.href : "";
    }
    var HttpRedirectCodes2 = [
      HttpCodes2.MovedPermanently,
      HttpCodes2.ResourceMoved,
      HttpCodes2.SeeOther,
      HttpCodes2.TemporaryRedirect,
      HttpCodes2.PermanentRedirect
    ];
    var HttpResponseRetryCodes2 = [
      HttpCodes2.BadGateway,
      HttpCodes2.ServiceUnavailable,
      HttpCodes2.GatewayTimeout
    ];
    var RetryableHttpVerbs2 = ["OPTIONS", "GET", "DELETE", "HEAD"];
    var ExponentialBackoffCeiling2 = 10;
    var ExponentialBackoffTimeSlice2 = 5;
    var HttpClientError2 = class _HttpClientError extends Error {
      constructor(message, statusCode) {
        super(message);
        this.name = "HttpClientError";
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, _HttpClientError.prototype);
      }
    };
    exports2.HttpClientError = HttpClientError2;
    var HttpClientResponse2 = class {
      constructor(message) {
        this.message = message;
      }
      readBody() {
        return __awaiter4(this, void 0, void 0, function* () {
          return new Promise((resolve2) => __awaiter4(this, void 0, void 0, function* () {
            let output = Buffer.alloc(0);
            this.message.on("data", (chunk) => {
              output = Buffer.concat([output, chunk]);
            });
            this.message.on("end", () => {
              resolve2(output.toString());
            });
          }));
        });
      }
      readBodyBuffer() {
        return __awaiter4(this, void 0, void 0, function* () {
          return new Promise((resolve2) => __awaiter4(this, void 0, void 0, function* () {
            const chunks = [];
            this.message.on("data", (chunk) => {
              chunks.push(chunk);
            });
            this.message.on("end", () => {
              resolve2(Buffer.concat(chunks));
            });
          }));
        });
      }
    };
    exports2.HttpClientResponse = HttpClientResponse2;
    function isHttps2(requestUrl) {
      const parsedUrl = new URL(requestUrl);
      return parsedUrl.protocol === "https:";
    }
    var HttpClient3 = class {
      constructor(userAgent2, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent2);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
          if (requestOptions.ignoreSslError != null) {
            this._ignoreSslError = requestOptions.ignoreSslError;
          }
          this._socketTimeout = requestOptions.socketTimeout;
          if (requestOptions.allowRedirects != null) {
            this._allowRedirects = requestOptions.allowRedirects;
          }
          if (requestOptions.allowRedirectDowngrade != null) {
            this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
          }
          if (requestOptions.maxRedirects != null) {
            this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
          }
          if (requestOptions.keepAlive != null) {
            this._keepAlive = requestOptions.keepAlive;
          }
          if (requestOptions.allowRetries != null) {
            this._allowRetries = requestOptions.allowRetries;
          }
          if (requestOptions.maxRetries != null) {
            this._maxRetries = requestOptions.maxRetries;
          }
        }
      }
      options(requestUrl, additionalHeaders) {
        return __awaiter4(this, void 0, void 0, function* () {
          return this.request("OPTIONS", requestUrl, null, additionalHeaders || {});
        });
      }
      get(requestUrl, additionalHeaders) {
        return __awaiter4(this, void 0, void 0, function* () {
          return this.request("GET", requestUrl, null, additionalHeaders || {});
        });
      }
      del(requestUrl, additionalHeaders) {
        return __awaiter4(this, void 0, void 0, function* () {
          return this.request("DELETE", requestUrl, null, additionalHeaders || {});
        });
      }
      post(requestUrl, data, additionalHeaders) {
        return __awaiter4(this, void 0, void 0, function* () {
          return this.request("POST", requestUrl, data, additionalHeaders || {});
        });
      }
      patch(requestUrl, data, additionalHeaders) {
        return __awaiter4(this, void 0, void 0, function* () {
          return this.request("PATCH", requestUrl, data, additionalHeaders || {});
        });
      }
      put(requestUrl, data, additionalHeaders) {
        return __awaiter4(this, void 0, void 0, function* () {
          return this.request("PUT", requestUrl, data, additionalHeaders || {});
        });
      }
      head(requestUrl, additionalHeaders) {
        return __awaiter4(this, void 0, void 0, function* () {
          return this.request("HEAD", requestUrl, null, additionalHeaders || {});
        });
      }
      sendStream(verb, requestUrl, stream, additionalHeaders) {
        return __awaiter4(this, void 0, void 0, function* () {
          return this.request(verb, requestUrl, stream, additionalHeaders);
        });
      }
      /**
       * Gets a typed object from an endpoint
       * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
       */
      getJson(requestUrl_1) {
        return __awaiter4(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
          additionalHeaders[Headers2.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers2.Accept, MediaTypes2.ApplicationJson);
          const res = yield this.get(requestUrl, additionalHeaders);
          return this._processResponse(res, this.requestOptions);
        });
      }
      postJson(requestUrl_1, obj_1) {
        return __awaiter4(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
          const data = JSON.stringify(obj, null, 2);
          additionalHeaders[Headers2.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers2.Accept, MediaTypes2.ApplicationJson);
          additionalHeaders[Headers2.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes2.ApplicationJson);
          const res = yield this.post(requestUrl, data, additionalHeaders);
          return this._processResponse(res, this.requestOptions);
        });
      }
      putJson(requestUrl_1, obj_1) {
        return __awaiter4(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
          const data = JSON.stringify(obj, null, 2);
          additionalHeaders[Headers2.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers2.Accept, MediaTypes2.ApplicationJson);
          additionalHeaders[Headers2.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes2.ApplicationJson);
          const res = yield this.put(requestUrl, data, additionalHeaders);
          return this._processResponse(res, this.requestOptions);
        });
      }
      patchJson(requestUrl_1, obj_1) {
        return __awaiter4(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
          const data = JSON.stringify(obj, null, 2);
          additionalHeaders[Headers2.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers2.Accept, MediaTypes2.ApplicationJson);
          additionalHeaders[Headers2.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes2.ApplicationJson);
          const res = yield this.patch(requestUrl, data, additionalHeaders);
          return this._processResponse(res, this.requestOptions);
        });
      }
      /**
       * Makes a raw http request.
       * All other methods such as get, post, patch, and request ultimately call this.
       * Prefer get, del, post and patch
       */
      request(verb, requestUrl, data, headers) {
        return __awaiter4(this, void 0, void 0, function* () {
          if (this._disposed) {
            throw new Error("Client has already been disposed.");
          }
          const parsedUrl = new URL(requestUrl);
          let info3 = this._prepareRequest(verb, parsedUrl, headers);
          const maxTries = this._allowRetries && RetryableHttpVerbs2.includes(verb) ? this._maxRetries + 1 : 1;
          let numTries = 0;
          let response;
          do {
            response = yield this.requestRaw(info3, data);
            if (response && response.message && response.message.statusCode === HttpCodes2.Unauthorized) {
              let authenticationHandler;
              for (const handler of this.handlers) {
                if (handler.canHandleAuthentication(response)) {
                  authenticationHandler = handler;
                  break;
                }
              }
              if (authenticationHandler) {
                return authenticationHandler.handleAuthentication(this, info3, data);
              } else {
                return response;
              }
            }
            let redirectsRemaining = this._maxRedirects;
            while (response.message.statusCode && HttpRedirectCodes2.includes(response.message.statusCode) && this._allowRedirects && redirectsRemaining > 0) {
              const redirectUrl = response.message.headers["location"];
              if (!redirectUrl) {
                break;
              }
              const parsedRedirectUrl = new URL(redirectUrl);
              if (parsedUrl.protocol === "https:" && parsedUrl.protocol !== parsedRedirectUrl.protocol && !this._allowRedirectDowngrade) {
                throw new Error("Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.");
              }
              yield response.readBody();
              if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                for (const header in headers) {
                  if (header.toLowerCase() === "authorization") {
                    delete headers[header];
                  }
                }
              }
              info3 = this._prepareRequest(verb, parsedRedirectUrl, headers);
              response = yield this.requestRaw(info3, data);
              redirectsRemaining--;
            }
            if (!response.message.statusCode || !HttpResponseRetryCodes2.includes(response.message.statusCode)) {
              return response;
            }
            numTries += 1;
            if (numTries < maxTries) {
              yield response.readBody();
              yield this._performExponentialBackoff(numTries);
            }
          } while (numTries < maxTries);
          return response;
        });
      }
      /**
       * Needs to be called if keepAlive is set to true in request options.
       */
      dispose() {
        if (this._agent) {
          this._agent.destroy();
        }
        this._disposed = true;
      }
      /**
       * Raw request.
       * @param info
       * @param data
       */
      requestRaw(info3, data) {
        return __awaiter4(this, void 0, void 0, function* () {
          return new Promise((resolve2, reject) => {
            function callbackForResult(err, res) {
              if (err) {
                reject(err);
              } else if (!res) {
                reject(new Error("Unknown error"));
              } else {
                resolve2(res);
              }
            }
            this.requestRawWithCallback(info3, data, callbackForResult);
          });
        });
      }
      /**
       * Raw request with callback.
       * @param info
       * @param data
       * @param onResult
       */
      requestRawWithCallback(info3, data, onResult) {
        if (typeof data === "string") {
          if (!info3.options.headers) {
            info3.options.headers = {};
          }
          info3.options.headers["Content-Length"] = Buffer.byteLength(data, "utf8");
        }
        let callbackCalled = false;
        function handleResult(err, res) {
          if (!callbackCalled) {
            callbackCalled = true;
            onResult(err, res);
          }
        }
        const req = info3.httpModule.request(info3.options, (msg) => {
          const res = new HttpClientResponse2(msg);
          handleResult(void 0, res);
        });
        let socket;
        req.on("socket", (sock) => {
          socket = sock;
        });
        req.setTimeout(this._socketTimeout || 3 * 6e4, () => {
          if (socket) {
            socket.end();
          }
          handleResult(new Error(`Request timeout: ${info3.options.path}`));
        });
        req.on("error", function(err) {
          handleResult(err);
        });
        if (data && typeof data === "string") {
          req.write(data, "utf8");
        }
        if (data && typeof data !== "string") {
          data.on("close", function() {
            req.end();
          });
          data.pipe(req);
        } else {
          req.end();
        }
      }
      /**
       * Gets an http agent. This function is useful when you need an http agent that handles
       * routing through a proxy server - depending upon the url and proxy environment variables.
       * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
       */
      getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
      }
      getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = pm.getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
          return;
        }
        return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
      }
      _prepareRequest(method, requestUrl, headers) {
        const info3 = {};
        info3.parsedUrl = requestUrl;
        const usingSsl = info3.parsedUrl.protocol === "https:";
        info3.httpModule = usingSsl ? https2 : http2;
        const defaultPort = usingSsl ? 443 : 80;
        info3.options = {};
        info3.options.host = info3.parsedUrl.hostname;
        info3.options.port = info3.parsedUrl.port ? parseInt(info3.parsedUrl.port) : defaultPort;
        info3.options.path = (info3.parsedUrl.pathname || "") + (info3.parsedUrl.search || "");
        info3.options.method = method;
        info3.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
          info3.options.headers["user-agent"] = this.userAgent;
        }
        info3.options.agent = this._getAgent(info3.parsedUrl);
        if (this.handlers) {
          for (const handler of this.handlers) {
            handler.prepareRequest(info3.options);
          }
        }
        return info3;
      }
      _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
          return Object.assign({}, lowercaseKeys3(this.requestOptions.headers), lowercaseKeys3(headers || {}));
        }
        return lowercaseKeys3(headers || {});
      }
      /**
       * Gets an existing header value or returns a default.
       * Handles converting number header values to strings since HTTP headers must be strings.
       * Note: This returns string | string[] since some headers can have multiple values.
       * For headers that must always be a single string (like Content-Type), use the
       * specialized _getExistingOrDefaultContentTypeHeader method instead.
       */
      _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
          const headerValue = lowercaseKeys3(this.requestOptions.headers)[header];
          if (headerValue) {
            clientHeader = typeof headerValue === "number" ? headerValue.toString() : headerValue;
          }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== void 0) {
          return typeof additionalValue === "number" ? additionalValue.toString() : additionalValue;
        }
        if (clientHeader !== void 0) {
          return clientHeader;
        }
        return _default;
      }
      /**
       * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
       * Always returns a single string (not an array) since Content-Type should be a single value.
       * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
       * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
       * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
       */
      _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
          const headerValue = lowercaseKeys3(this.requestOptions.headers)[Headers2.ContentType];
          if (headerValue) {
            if (typeof headerValue === "number") {
              clientHeader = String(headerValue);
            } else if (Array.isArray(headerValue)) {
              clientHeader = headerValue.join(", ");
            } else {
              clientHeader = headerValue;
            }
          }
        }
        const additionalValue = additionalHeaders[Headers2.ContentType];
        if (additionalValue !== void 0) {
          if (typeof additionalValue === "number") {
            return String(additionalValue);
          } else if (Array.isArray(additionalValue)) {
            return additionalValue.join(", ");
          } else {
            return additionalValue;
          }
        }
        if (clientHeader !== void 0) {
          return clientHeader;
        }
        return _default;
      }
      _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = pm.getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
          agent = this._proxyAgent;
        }
        if (!useProxy) {
          agent = this._agent;
        }
        if (agent) {
          return agent;
        }
        const usingSsl = parsedUrl.protocol === "https:";
        let maxSockets = 100;
        if (this.requestOptions) {
          maxSockets = this.requestOptions.maxSockets || http2.globalAgent.maxSockets;
        }
        if (proxyUrl && proxyUrl.hostname) {
          const agentOptions = {
            maxSockets,
            keepAlive: this._keepAlive,
            proxy: Object.assign(Object.assign({}, (proxyUrl.username || proxyUrl.password) && {
              proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
            }), { host: proxyUrl.hostname, port: proxyUrl.port })
          };
          let tunnelAgent;
          const overHttps = proxyUrl.protocol === "https:";
          if (usingSsl) {
            tunnelAgent = overHttps ? tunnel2.httpsOverHttps : tunnel2.httpsOverHttp;
          } else {
            tunnelAgent = overHttps ? tunnel2.httpOverHttps : tunnel2.httpOverHttp;
          }
          agent = tunnelAgent(agentOptions);
          this._proxyAgent = agent;
        }
        if (!agent) {
          const options = { keepAlive: this._keepAlive, maxSockets };
          agent = usingSsl ? new https2.Agent(options) : new http2.Agent(options);
          this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
          agent.options = Object.assign(agent.options || {}, {
            rejectUnauthorized: false
          });
        }
        return agent;
      }
      _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
          proxyAgent = this._proxyAgentDispatcher;
        }
        if (proxyAgent) {
          return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === "https:";
        proxyAgent = new undici_1.ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, (proxyUrl.username || proxyUrl.password) && {
          token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString("base64")}`
        }));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
          proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
            rejectUnauthorized: false
          });
        }
        return proxyAgent;
      }
      _getUserAgentWithOrchestrationId(userAgent2) {
        const baseUserAgent = userAgent2 || "actions/http-client";
        const orchId = process.env["ACTIONS_ORCHESTRATION_ID"];
        if (orchId) {
          const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, "_");
          return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
      }
      _performExponentialBackoff(retryNumber) {
        return __awaiter4(this, void 0, void 0, function* () {
          retryNumber = Math.min(ExponentialBackoffCeiling2, retryNumber);
          const ms = ExponentialBackoffTimeSlice2 * Math.pow(2, retryNumber);
          return new Promise((resolve2) => setTimeout(() => resolve2(), ms));
        });
      }
      _processResponse(res, options) {
        return __awaiter4(this, void 0, void 0, function* () {
          return new Promise((resolve2, reject) => __awaiter4(this, void 0, void 0, function* () {
            const statusCode = res.message.statusCode || 0;
            const response = {
              statusCode,
              result: null,
              headers: {}
            };
            if (statusCode === HttpCodes2.NotFound) {
              resolve2(response);
            }
            function dateTimeDeserializer(key, value) {
              if (typeof value === "string") {
                const a = new Date(value);
                if (!isNaN(a.valueOf())) {
                  return a;
                }
              }
              return value;
            }
            let obj;
            let contents;
            try {
              contents = yield res.readBody();
              if (contents && contents.length > 0) {
                if (options && options.deserializeDates) {
                  obj = JSON.parse(contents, dateTimeDeserializer);
                } else {
                  obj = JSON.parse(contents);
                }
                response.result = obj;
              }
              response.headers = res.message.headers;
            } catch (err) {
            }
            if (statusCode > 299) {
              let msg;
              if (obj && obj.message) {
                msg = obj.message;
              } else if (contents && contents.length > 0) {
                msg = contents;
              } else {
                msg = `Failed request: (${statusCode})`;
              }
              const err = new HttpClientError2(msg, statusCode);
              err.result = response.result;
              reject(err);
            } else {
              resolve2(response);
            }
          }));
        });
      }
    };
    exports2.HttpClient = HttpClient3;
    var lowercaseKeys3 = (obj) => Object.keys(obj).reduce((c, k) => (c[k.toLowerCase()] = obj[k], c), {});
  }
});

// node_modules/@actions/github/lib/internal/utils.js
function getAuthString(token, options) {
  if (!token && !options.auth) {
    throw new Error("Parameter token or opts.auth is required");
  } else if (token && options.auth) {
    throw new Error("Parameters token and opts.auth may not both be specified");
  }
  return typeof options.auth === "string" ? options.auth : `token ${token}`;
}
function getProxyAgent(destinationUrl) {
  const hc = new httpClient.HttpClient();
  return hc.getAgent(destinationUrl);
}
function getProxyAgentDispatcher(destinationUrl) {
  const hc = new httpClient.HttpClient();
  return hc.getAgentDispatcher(destinationUrl);
}
function getProxyFetch(destinationUrl) {
  const httpDispatcher = getProxyAgentDispatcher(destinationUrl);
  const proxyFetch = (url, opts) => __awaiter3(this, void 0, void 0, function* () {
    return (0, import_undici2.fetch)(url, Object.assign(Object.assign({}, opts), { dispatcher: httpDispatcher }));
  });
  return proxyFetch;
}
function getApiBaseUrl() {
  return process.env["GITHUB_API_URL"] || "https://api.github.com";
}
function getUserAgentWithOrchestrationId(baseUserAgent) {
  var _a3;
  const orchId = (_a3 = process.env["ACTIONS_ORCHESTRATION_ID"]) === null || _a3 === void 0 ? void 0 : _a3.trim();
  if (orchId) {
    const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, "_");
    const tag = `actions_orchestration_id/${sanitizedId}`;
    if (baseUserAgent === null || baseUserAgent === void 0 ? void 0 : baseUserAgent.includes(tag))
      return baseUserAgent;
    const ua = baseUserAgent ? `${baseUserAgent} ` : "";
    return `${ua}${tag}`;
  }
  return baseUserAgent;
}
var httpClient, import_undici2, __awaiter3;
var init_utils = __esm({
  "node_modules/@actions/github/lib/internal/utils.js"() {
    httpClient = __toESM(require_lib(), 1);
    import_undici2 = require("./undici.cjs");
    __awaiter3 = function(thisArg, _arguments, P, generator) {
      function adopt(value) {
        return value instanceof P ? value : new P(function(resolve2) {
          resolve2(value);
        });
      }
      return new (P || (P = Promise))(function(resolve2, reject) {
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
          result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
        }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
      });
    };
  }
});

// node_modules/@actions/github/lib/utils.js
var utils_exports = {};
__export(utils_exports, {
  GitHub: () => GitHub,
  context: () => context,
  defaults: () => defaults,
  getOctokitOptions: () => getOctokitOptions,
  getUserAgentWithOrchestrationId: () => getUserAgentWithOrchestrationId
});
function getOctokitOptions(token, options) {
  const opts = Object.assign({}, options || {});
  const auth6 = getAuthString(token, opts);
  if (auth6) {
    opts.auth = auth6;
  }
  const userAgent2 = getUserAgentWithOrchestrationId(opts.userAgent);
  if (userAgent2) {
    opts.userAgent = userAgent2;
  }
  return opts;
}
var import_plugin_rest_endpoint_methods2, context, baseUrl, defaults, GitHub;
var init_utils2 = __esm({
  "node_modules/@actions/github/lib/utils.js"() {
    init_context();
    init_utils();
    init_dist_src2();
    import_plugin_rest_endpoint_methods2 = require("./rest-endpoints.cjs");
    init_dist_bundle7();
    init_utils();
    context = new Context();
    baseUrl = getApiBaseUrl();
    defaults = {
      baseUrl,
      request: {
        agent: getProxyAgent(baseUrl),
        fetch: getProxyFetch(baseUrl)
      }
    };
    GitHub = Octokit.plugin(import_plugin_rest_endpoint_methods2.restEndpointMethods, paginateRest).defaults(defaults);
  }
});

// src/forge/github/exchange.ts
function exchange({ limit, log, debug: debug3 }) {
  Reflect.get(globalThis, "Response");
  return async (url, request2) => {
    request2.signal?.throwIfAborted();
    const started = performance.now();
    const observe2 = (result) => debug3(
      `${request2.method ?? "GET"} ${new URL(url).pathname} ${result} (${Math.round(performance.now() - started)} ms)`
    );
    const late = AbortSignal.timeout(limit);
    try {
      const signal = request2.signal ? AbortSignal.any([request2.signal, late]) : late;
      const answer = await onOneServer(url, { ...request2, signal });
      const { status, statusText, headers } = answer;
      const body = await readAll(answer);
      refuseUnreadable(url, answer, body);
      observe2(String(status));
      if (status >= 500) log(`GitHub answered ${status}; trying again`);
      return new Response(body.length > 0 ? body : null, { status, statusText, headers: [...headers] });
    } catch (error3) {
      const failed = late.aborted ? new Error(`there was no complete answer within ${limit / 1e3} s`) : error3;
      observe2(`failed: ${reasonOf(failed)}`);
      if (request2.signal?.aborted || failed instanceof UnreadableAnswer && failed.isFinal) throw failed;
      log(`GitHub ${late.aborted ? `did not answer within ${limit / 1e3} s` : "could not be reached"}; trying again`);
      throw failed;
    }
  };
}
async function onOneServer(url, request2) {
  let at2 = url;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await send(at2, { ...request2, redirect: "manual" });
    const location = answer.headers.get("location");
    if (answer.status < 300 || answer.status > 399 || location === null) return answer;
    await answer.body?.cancel();
    const { origin, host } = new URL(at2);
    const target = URL.canParse(location, at2) ? new URL(location, at2) : void 0;
    if (target?.origin !== origin) {
      const to = target?.host || "an address that is not valid";
      throw new UnreadableAnswer(`${host} redirects to ${to}, another server, which was not asked`, { isFinal: true });
    }
    const isSame4 = answer.status === 307 || answer.status === 308 || /^(?:GET|HEAD)$/i.test(request2.method ?? "GET");
    if (!isSame4 || redirects >= MAX_REDIRECTS) {
      const reason = isSame4 ? "redirects without end" : `redirects a ${request2.method} with status ${answer.status}`;
      throw new UnreadableAnswer(`${host} ${reason}`, { isFinal: true });
    }
    at2 = target.href;
  }
}
async function readAll({ body }) {
  const chunks = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER) {
      throw new UnreadableAnswer(`it has more than ${MAX_ANSWER / 2 ** 20} MiB`, { isFinal: true });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
function refuseUnreadable(url, { status, headers }, body) {
  if (status >= 500 || status === 429 || status === 204) return;
  const isJson = /\bjson\b/.test(headers.get("content-type") ?? "");
  if (status >= 300) {
    const isRateLimit2 = headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0";
    if (isRateLimit2 || isJson && isObject2(parsed(body))) return;
    throw new UnreadableAnswer(`${kindOf2(body, isJson)}, with status ${status}`, { isFinal: true });
  }
  const data = isJson ? parsed(body) : void 0;
  if (!isObject2(data)) throw new UnreadableAnswer(kindOf2(body, isJson));
  if (!new URL(url).pathname.endsWith("/graphql")) return;
  const { data: answer, errors = [] } = data;
  const areErrors = Array.isArray(errors) && errors.every(isObject2);
  if (!areErrors || errors.length === 0 && !isObject2(answer)) {
    throw new UnreadableAnswer("it has neither data nor errors, as GraphQL has");
  }
}
function kindOf2(body, isJson) {
  if (body.length === 0) return "it is empty";
  if (!isJson)
    return `it is ${/^\s*<(?:!doctype|html)/i.test(body.toString("utf8", 0, 200)) ? "a web page" : "not JSON"}`;
  return parsed(body) === void 0 ? "it is JSON that is cut short or damaged" : "it is not the JSON that was asked for";
}
function parsed(body) {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return void 0;
  }
}
async function send(url, request2) {
  if (!Object.keys(process.env).some((name2) => /^https?_proxy$/i.test(name2))) return fetch(url, request2);
  const { getProxyUrl: getProxyUrl3 } = await Promise.resolve().then(() => (init_lib(), lib_exports));
  return getProxyUrl3(url) === "" ? fetch(url, request2) : (await proxiedFetch(url))(url, request2);
}
async function proxiedFetch(url) {
  const { GITHUB_API_URL: before2 } = process.env;
  process.env["GITHUB_API_URL"] = url;
  const { defaults: defaults3 } = await Promise.resolve().then(() => (init_utils2(), utils_exports));
  if (before2 === void 0) delete process.env["GITHUB_API_URL"];
  else process.env["GITHUB_API_URL"] = before2;
  return defaults3.request?.["fetch"] ?? fetch;
}
var MAX_ANSWER, MAX_REDIRECTS, isObject2;
var init_exchange = __esm({
  "src/forge/github/exchange.ts"() {
    "use strict";
    init_error_message();
    MAX_ANSWER = 64 * 2 ** 20;
    MAX_REDIRECTS = 5;
    isObject2 = (value) => typeof value === "object" && value !== null;
  }
});

// src/forge/github/patience.ts
function waitingForGitHub(delays, log) {
  const believed = /* @__PURE__ */ new Set();
  return async (request2, asked) => {
    const { method, url, pull_number: pull, issue_number: issue3 } = asked;
    const key = JSON.stringify([method, url, pull ?? issue3]);
    const left = believed.has(key) ? [] : [...delays];
    for (; ; ) {
      const sent = await settled(request2({ ...asked, request: { ...asked.request } }));
      const reason = notYet(asked, sent);
      const delay = left.shift();
      if (reason !== void 0 && delay === void 0) believed.add(key);
      if (reason === void 0 || delay === void 0) {
        if ("error" in sent) throw sent.error;
        return sent.answer;
      }
      log(`GitHub is not up to date yet (${reason}); trying again`);
      await (0, import_promises3.setTimeout)(delay);
    }
  };
}
async function settled(answer) {
  try {
    return { answer: await answer };
  } catch (error3) {
    return { error: error3 };
  }
}
function notYet({ method = "GET", url = "" }, sent) {
  const failed = "error" in sent ? sent.error : graphqlErrorsOf(sent.answer);
  if (failed === void 0) return void 0;
  const { status = 200 } = failed;
  const reason = reasonOf(failed);
  const request2 = `${method} ${url}`;
  const isKnown2 = NOT_YET.some(([asked, answer]) => asked.test(request2) && answer.test(`${status} ${reason}`));
  return isKnown2 ? reason : void 0;
}
function graphqlErrorsOf(answer) {
  const { data } = answer;
  return Array.isArray(data?.errors) ? { errors: data.errors } : void 0;
}
var import_promises3, NOT_YET, PATIENCE2;
var init_patience = __esm({
  "src/forge/github/patience.ts"() {
    "use strict";
    import_promises3 = require("node:timers/promises");
    init_error_message();
    NOT_YET = [
      // The branch is not known, or not the commit that was pushed to it.
      [/^POST .*\/pulls$/, /^422 .*\bno commits between\b/i],
      [/^POST .*\/pulls$/, /^422 .*\b(?:head|base)[ _](?:sha|ref|repository)\b.*(?:blank|missing|must be)/i],
      [/^POST .*\/pulls$/, /^422 .*\bhead\b.*\b(?:invalid|exist)/i],
      [/^POST .*\/pulls$/, /^422 .*(?:invalid value for .?head|not all refs are readable)/i],
      // The pull request is not known, or a node that is named by its id.
      [/^(?:POST|PATCH|PUT) .*\/(?:issues|pulls)\/\{/, /^404 Not Found/i],
      [/./, /^(?:422|200) .*could not resolve to a node/i],
      // GitHub has not worked out whether it can be merged, or into what.
      [/^PUT .*\/merge$/, /^40[59] .*(?:branch was modified|not mergeable|mergeab)/i],
      [/^POST \/graphql$/, /^200 .*(?:in unknown status|branch was modified|head sha (?:didn't|did not|does not) match)/i],
      // A commit or a tree that was made a moment ago.
      [/^POST .*\/git\/commits$/, /^422 .*(?:tree|parent|object).*does(?:n't| not) exist/i],
      [/^GET .*\/git\/commits\/\{/, /^404 /]
    ];
    PATIENCE2 = [1e3, 2e3, 4e3, 8e3];
  }
});

// src/forge/github/client.ts
function finalAnswers(octokit) {
  octokit.hook.error("request", (error3) => {
    const unreadable = unreadableIn(error3);
    throw unreadable?.isFinal ? unreadable : error3;
  });
}
function createClient({ apiUrl, token }, options = {}) {
  return connect(apiUrl, token === "" ? {} : { auth: token }, options);
}
function createHastyClient({ apiUrl, token }, milliseconds) {
  const auth6 = token === "" ? {} : { auth: token };
  const limits = { request: milliseconds };
  return connect(apiUrl, { ...auth6, retry: { enabled: false }, throttle: { enabled: false } }, { limits });
}
function isAnswer(error3) {
  if (unreadableIn(error3)) return false;
  const { status, name: name2 } = error3;
  const isAnswered = name2 === "GraphqlResponseError" || status !== void 0 && status < 500;
  return isAnswered && !isRateLimit(error3);
}
function connect(apiUrl, options, { log = ignore, debug: debug3 = ignore, limits: given = {} } = {}) {
  const limits = { ...LIMITS, ...given };
  const logged = /* @__PURE__ */ new Set();
  const logOnce = (text2) => {
    if (!logged.has(text2)) log(text2);
    logged.add(text2);
  };
  const onLimit = (kind) => (seconds, _options, _client, waits) => {
    if (seconds > MAX_WAIT || waits >= MAX_WAITS) return false;
    logOnce(`GitHub asked to wait ${seconds} s (${kind} rate limit)`);
    return true;
  };
  const client = new PacedOctokit({
    baseUrl: apiUrl,
    userAgent: "manifest-release-pr",
    request: { fetch: exchange({ limit: limits.request, log: logOnce, debug: debug3 }) },
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    // A 4xx is final; those that are rate limits belong to the other plugin.
    retry: { retries: RETRIES, retryAfterBaseValue: limits.retry, doNotRetry: CLIENT_ERRORS },
    throttle: {
      onRateLimit: onLimit("primary"),
      onSecondaryRateLimit: onLimit("secondary"),
      write: UNSPACED,
      notifications: UNSPACED
    },
    ...options
  });
  const patiently = waitingForGitHub(limits.patience, logOnce);
  client.hook.wrap("request", (request2, asked) => patiently(request2, asked));
  client.hook.wrap("request", async (request2, asked) => {
    const end2 = AbortSignal.timeout(limits.call);
    const ended = new Promise((_, reject) => {
      end2.addEventListener("abort", () => reject(new Error(`there was no result within ${limits.call / 1e3} s`)));
    });
    return Promise.race([request2({ ...asked, request: { ...asked.request, signal: end2 } }), ended]);
  });
  if (ENTERPRISE_API.test(apiUrl)) {
    client.graphql = client.graphql.defaults({ baseUrl: apiUrl.replace(ENTERPRISE_API, "/api") });
  }
  return client;
}
var import_light3, MAX_WAIT, MAX_WAITS, RETRIES, LIMITS, PacedOctokit, UNSPACED, CLIENT_ERRORS, ENTERPRISE_API, ignore;
var init_client = __esm({
  "src/forge/github/client.ts"() {
    "use strict";
    init_dist_bundle();
    init_dist_bundle2();
    init_dist_src4();
    import_light3 = __toESM(require("./bottleneck.cjs"), 1);
    init_error_message();
    init_exchange();
    init_patience();
    MAX_WAIT = 60;
    MAX_WAITS = 3;
    RETRIES = 3;
    LIMITS = { request: 3e4, call: 24e4, retry: 500, patience: PATIENCE2 };
    PacedOctokit = Octokit2.plugin(finalAnswers, retry, throttling);
    UNSPACED = new import_light3.default.Group({ maxConcurrent: 1 });
    CLIENT_ERRORS = Array.from({ length: 100 }, (_, index) => 400 + index);
    ENTERPRISE_API = /\/api\/v3\/?$/;
    ignore = () => void 0;
  }
});

// src/forge/github/commits.ts
async function makeCommit(repository, { branch, expected, parent, parentTree, tree, message, files }) {
  const { parameters: parameters2, rest } = repository;
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const entries = files.map(({ path, mode, bytes }) => ({
    path,
    mode,
    type: "blob",
    content: decoder.decode(bytes)
  }));
  const made = await repository.call("write the files", async () => {
    const { data } = await rest.git.createTree({ ...parameters2, base_tree: parentTree, tree: entries });
    return readAnswer(TREE, data);
  });
  if (made.sha !== tree) {
    throw failure("EDIT_NOT_VERIFIED", { file: files[0]?.path ?? "", reason: "GitHub made another tree of it" });
  }
  const { sha, verification } = await repository.call("make the commit", async () => {
    const { data } = await rest.git.createCommit({ ...parameters2, message, tree, parents: [parent] });
    return readAnswer(GIT_COMMIT, data);
  });
  const moved = await moveBranch(repository, branch, expected, sha);
  return moved ? { id: sha, verified: verification.verified } : void 0;
}
async function moveBranch(repository, branch, expected, commit) {
  const ref = `refs/heads/${branch}`;
  const look = async () => (await repository.call("read the branch", () => repository.query(BRANCH, BRANCH_FACTS, { ref }))).repository;
  const { id } = await look();
  try {
    await repository.graphql(MOVE_BRANCH, { repository: id, ref, before: expected || NO_COMMIT, after: commit });
    return true;
  } catch (error3) {
    const reason = repository.refusalIn("move the branch", error3);
    const tip = (await look()).ref?.target.oid ?? "";
    if (tip === commit) return true;
    if (tip !== expected) return false;
    throw failure("PUSH_REFUSED", { branch, reason }, error3);
  }
}
async function isVerified(repository, commit) {
  const { verification } = await repository.call("read the commit", async () => {
    const { data } = await repository.rest.git.getCommit({ ...repository.parameters, commit_sha: commit });
    return readAnswer(GIT_COMMIT, data);
  });
  return verification.verified;
}
async function compare(source, base, head) {
  try {
    const basehead = `${base}...${head}`;
    const answer = await source.rest.repos.compareCommitsWithBasehead({ ...source.parameters, basehead });
    const data = readAnswer(COMPARISON, answer.data);
    return {
      status: data.status,
      total: data.total_commits,
      url: data.html_url,
      baseTime: data.base_commit.commit.committer?.date ?? "",
      commits: data.commits.map(({ sha, html_url, commit, author }) => ({
        id: sha,
        url: html_url,
        author: author?.login ?? commit.author?.name ?? "",
        subject: commit.message.split("\n")[0] ?? "",
        time: commit.committer?.date ?? ""
      }))
    };
  } catch (error3) {
    const reason = reasonOf(error3);
    if (isAnswer(error3) || TOO_LARGE.test(reason)) return { status: "unknown", reason };
    throw connectionFailure(`compare two commits of ${source.fullName}`, error3);
  }
}
var NO_COMMIT, TOO_LARGE;
var init_commits = __esm({
  "src/forge/github/commits.ts"() {
    "use strict";
    init_errors();
    init_answers();
    init_client();
    init_error_message();
    init_graphql_documents();
    NO_COMMIT = "0".repeat(40);
    TOO_LARGE = /diff is taking too long|not_available/i;
  }
});

// src/forge/github/pull-request.ts
function fromGraphql(facts) {
  if (facts.isCrossRepository) return [];
  const { id, number: number2, url, title, body, state, isDraft, headRefName, headRefOid, labels } = facts;
  const reviewers = facts.reviewRequests?.nodes.map(({ requestedReviewer }) => requestedReviewer) ?? [];
  const latest = facts.commits.nodes.map(({ commit }) => commit).toReversed();
  const tip = facts.headRef?.target?.oid;
  const commits = latest.map(commitOf);
  return [
    {
      number: number2,
      url,
      id,
      title,
      body,
      state: state === "OPEN" ? "open" : state === "MERGED" ? "merged" : "closed",
      draft: isDraft,
      labels: labels?.nodes.map(({ name: name2 }) => name2) ?? [],
      reviewers: reviewers.flatMap((one) => one?.login ?? []),
      "team-reviewers": [],
      assignees: facts.assignees.nodes.map(({ login }) => login),
      branch: headRefName,
      headId: headRefOid,
      commits,
      head: commits.find((commit) => commit.id === tip),
      closedByDeletion: state === "CLOSED" && wasClosedByDeletion(facts),
      verified: latest[0]?.signature?.isValid ?? false
    }
  ];
}
function commitOf({ oid, tree, parents, committer, message, signature }) {
  return {
    id: oid,
    tree: tree.oid,
    parents: parents.nodes.map((parent) => parent.oid),
    committerEmail: committer?.email ?? "",
    message,
    signed: signature !== null
  };
}
function wasClosedByDeletion({ closedAt, timelineItems }) {
  const closed = Date.parse(closedAt ?? "");
  return timelineItems.nodes.some(({ createdAt = "" }) => Math.abs(closed - Date.parse(createdAt)) <= SAME_MOMENT);
}
function fromRest(data) {
  return {
    number: data.number,
    url: data.html_url,
    id: data.node_id,
    title: data.title,
    body: data.body ?? "",
    state: data.state === "open" ? "open" : data.merged_at ? "merged" : "closed",
    draft: data.draft ?? false,
    labels: data.labels.flatMap(({ name: name2 }) => name2 ?? []),
    reviewers: data.requested_reviewers?.map(({ login }) => login) ?? [],
    "team-reviewers": data.requested_teams?.map(({ slug }) => slug) ?? [],
    assignees: data.assignees?.map(({ login }) => login) ?? [],
    branch: data.head.ref,
    headId: data.head.sha,
    commits: [],
    head: void 0,
    closedByDeletion: false,
    verified: false
  };
}
var SAME_MOMENT;
var init_pull_request = __esm({
  "src/forge/github/pull-request.ts"() {
    "use strict";
    SAME_MOMENT = 1e3;
  }
});

// src/forge/github/pull-requests.ts
async function findPullRequests(repository, branches, base) {
  const [document, shape] = [pullRequestsQuery(branches.length), pullRequests(branches.length)];
  const named = Object.fromEntries(branches.map((branch, index) => [`branch${index}`, branch]));
  const cursors = /* @__PURE__ */ new Set();
  const read2 = (after) => repository.call("list pull requests", async () => {
    const { repository: page } = await repository.query(document, shape, { ...named, base, after });
    cursors.add(after);
    const { hasNextPage, endCursor } = page.open.pageInfo;
    if (hasNextPage && (cursors.has(endCursor) || cursors.size >= MAX_PAGES)) {
      throw new UnreadableAnswer(`the list of open pull requests has no end after ${cursors.size} pages`);
    }
    return page;
  });
  const { open: first, ...past } = await read2(null);
  const open3 = [...first.nodes];
  for (let { pageInfo } = first; pageInfo.hasNextPage; ) {
    const { open: next } = await read2(pageInfo.endCursor);
    open3.push(...next.nodes);
    ({ pageInfo } = next);
  }
  const byNumber = new Map(Object.values(past).flatMap(({ nodes: nodes2 }) => nodes2.map((facts) => [facts.number, facts])));
  return { open: open3.flatMap(fromGraphql), past: [...byNumber.values()].flatMap(fromGraphql).toSorted(newestFirst) };
}
async function openPullRequest(repository, { branch, ...wanted }) {
  const { parameters: parameters2, rest } = repository;
  const request2 = async (draft) => {
    const { data } = await rest.pulls.create({ ...parameters2, ...wanted, draft, head: branch });
    return fromRest(readAnswer(REST_PULL_REQUEST, data));
  };
  try {
    return await request2(wanted.draft).catch((error3) => {
      if (!wanted.draft || !/draft pull requests are not supported/i.test(reasonOf(error3))) throw error3;
      return request2(false);
    });
  } catch (error3) {
    const reason = reasonOf(error3);
    if (/already exists/.test(reason)) return void 0;
    if (/\bno commits between\b/i.test(reason)) {
      throw failure("NO_COMMITS", { repository: repository.fullName, branch, base: wanted.base }, error3);
    }
    throw repository.explain("open a pull request", error3);
  }
}
async function updatePullRequest(repository, number2, change) {
  return repository.call("update the pull request", async () => {
    const { data } = await repository.rest.pulls.update({ ...repository.parameters, pull_number: number2, ...change });
    return fromRest(readAnswer(REST_PULL_REQUEST, data));
  });
}
var MAX_PAGES, newestFirst;
var init_pull_requests = __esm({
  "src/forge/github/pull-requests.ts"() {
    "use strict";
    init_errors();
    init_graphql_documents();
    init_answers();
    init_error_message();
    init_pull_request();
    MAX_PAGES = 200;
    newestFirst = (one, other) => other.number - one.number;
  }
});

// src/forge/github/repository.ts
var GitHubRepository;
var init_repository = __esm({
  "src/forge/github/repository.ts"() {
    "use strict";
    init_errors();
    init_answers();
    init_client();
    init_error_message();
    GitHubRepository = class {
      rest;
      /** The parameters that every request of REST has. */
      parameters;
      #graphql;
      constructor(client, owner, repo) {
        this.rest = client.rest;
        this.#graphql = client.graphql;
        this.parameters = { owner, repo };
      }
      get fullName() {
        return `${this.parameters.owner}/${this.parameters.repo}`;
      }
      /** Sends a document that is about nothing but its variables. Throws what Octokit throws. */
      graphql(document, variables) {
        return this.#graphql(document, variables);
      }
      /** The answer to a document with the variables `owner` and `name`. Throws UnreadableAnswer, and what Octokit throws. */
      async query(document, shape, variables) {
        const { owner, repo: name2 } = this.parameters;
        return readAnswer(shape, await this.graphql(document, { owner, name: name2, ...variables }));
      }
      /** The answer to a request. Throws API_DENIED, ANSWER_UNREADABLE and NETWORK. */
      async call(action, request2) {
        try {
          return await request2();
        } catch (error3) {
          throw this.explain(action, error3);
        }
      }
      /** What Octokit threw, as a failure of ours: API_DENIED, ANSWER_UNREADABLE or NETWORK. */
      explain(action, error3) {
        if (!isAnswer(error3)) return connectionFailure(`${action} in ${this.fullName}`, error3);
        return failure("API_DENIED", { repository: this.fullName, action, reason: reasonOf(error3) }, error3);
      }
      /** GitHub's reason for a refusal. Throws NETWORK where the error is no answer: the next run continues from there. */
      refusalIn(action, error3) {
        if (!isAnswer(error3)) throw this.explain(action, error3);
        return reasonOf(error3);
      }
    };
  }
});

// src/forge/github/github.ts
var github_exports = {};
__export(github_exports, {
  gitHub: () => gitHub
});
function gitHub({ manifests: manifests2, owner, repo, source, ...options }) {
  const repository = new GitHubRepository(createClient(manifests2, options), owner, repo);
  const sourceClient = typeof source === "string" ? source : createClient(source, options);
  return {
    name: "GitHub",
    limits: { title: 256, body: 65536, label: 50 },
    find: (...asked) => findPullRequests(repository, ...asked),
    open: (pullRequest) => openPullRequest(repository, pullRequest),
    update: (...change) => updatePullRequest(repository, ...change),
    giveAttributes: (...asked) => giveAttributes(repository, ...asked),
    compare: async (fullName, ...revisions) => {
      if (typeof sourceClient === "string") return { status: "unknown", reason: sourceClient };
      const [sourceOwner = "", name2 = ""] = fullName.split("/");
      return compare(new GitHubRepository(sourceClient, sourceOwner, name2), ...revisions);
    },
    commit: (commit) => makeCommit(repository, commit),
    isVerified: (commit) => isVerified(repository, commit)
  };
}
var init_github = __esm({
  "src/forge/github/github.ts"() {
    "use strict";
    init_attributes2();
    init_client();
    init_commits();
    init_pull_requests();
    init_repository();
  }
});

// src/forge/github/token-kind.ts
function kindOfToken(token, isWorkflowToken = false) {
  const kind = PREFIXES.find(([pattern]) => pattern.test(token))?.[1] ?? "unknown";
  return kind === "app" && isWorkflowToken ? "GITHUB_TOKEN" : kind;
}
function isPersonal(kind) {
  return kind === "fine-grained" || kind === "classic" || kind === "oauth" || kind === "user";
}
function permissionName(permission, level) {
  const words2 = permission.replaceAll(/[_-]/g, " ");
  return `${words2.charAt(0).toUpperCase()}${words2.slice(1)}: ${level}`;
}
var BETTER_TOKEN, JOB_PERMISSIONS, SCOPE, KINDS, PREFIXES;
var init_token_kind = __esm({
  "src/forge/github/token-kind.ts"() {
    "use strict";
    BETTER_TOKEN = 'Use a GitHub App (inputs "app-client-id" and "app-private-key") or a fine-grained token that has this repository selected, with Contents: write and Pull requests: write.';
    JOB_PERMISSIONS = 'Give the job "permissions:" with "contents: write" and "pull-requests: write"; in runs for a fork or by Dependabot it can only read, whatever the job has there.';
    SCOPE = "Give it the scope repo, and its user the role Write in the repository.";
    KINDS = {
      GITHUB_TOKEN: {
        name: "GITHUB_TOKEN",
        renew: "It is valid only while its job runs: take ${{ github.token }} in the same job.",
        select: JOB_PERMISSIONS,
        grant: JOB_PERMISSIONS
      },
      app: {
        name: "The token of a GitHub App (ghs_…)",
        renew: 'It is valid for an hour: make it in the same job, or let the inputs "app-client-id" and "app-private-key" do that.',
        select: "Select the repository in the settings of the App’s installation, and name it where the token is made.",
        grant: 'Add it in the settings of the App under "Permissions & events", accept it in those of the installation, see that this repository is selected there, and ask for it where the token is made.'
      },
      "fine-grained": {
        name: "The fine-grained personal access token (github_pat_…)",
        renew: "Make a new one under Settings → Developer settings → Fine-grained tokens, and renew the secret.",
        select: 'Select it under "Repository access" of the token, whose resource owner must be the owner of the repository; an organization may have to approve the token first.',
        grant: "Add it under Settings → Developer settings → Fine-grained tokens, and see that this repository is selected there."
      },
      classic: {
        name: "The classic personal access token (ghp_…)",
        renew: "Make a new one, best a fine-grained one, and renew the secret.",
        select: SCOPE,
        grant: SCOPE
      },
      oauth: { name: "The OAuth token (gho_…)", renew: BETTER_TOKEN, select: SCOPE, grant: SCOPE },
      user: {
        name: "The user token of a GitHub App (ghu_…)",
        renew: BETTER_TOKEN,
        select: BETTER_TOKEN,
        grant: BETTER_TOKEN
      },
      gitlab: {
        name: "The token of GitLab (glpat-…)",
        renew: BETTER_TOKEN,
        select: BETTER_TOKEN,
        grant: BETTER_TOKEN
      },
      "ssh-key": {
        name: "The ssh key",
        renew: 'Add its public half to the repository under Settings → Deploy keys, with "Allow write access".',
        select: "A deploy key is valid for the one repository that it was added to.",
        grant: 'Delete the deploy key and add it again with "Allow write access".'
      },
      unknown: {
        name: "The token, whose prefix is unknown,",
        renew: "Check that the secret is a token of this server and nothing else: no quotes, no line break.",
        select: BETTER_TOKEN,
        grant: BETTER_TOKEN
      }
    };
    PREFIXES = [
      [/^(?:ghs_|v1\.)/, "app"],
      [/^github_pat_/, "fine-grained"],
      [/^(?:ghp_|[0-9a-f]{40}$)/, "classic"],
      [/^gho_/, "oauth"],
      [/^ghu_/, "user"],
      [/^gl[a-z]+-/, "gitlab"]
    ];
  }
});

// src/forge/github/diagnose-token.ts
function diagnose(evidence) {
  const isBot = evidence.kind === "app" && /\bgithub-actions\[bot\]/.test(evidence.message);
  const known = isBot ? { ...evidence, kind: "GITHUB_TOKEN" } : evidence;
  return RULES.find(({ applies }) => applies(known))?.explain(known);
}
function isAccess({ message, status }) {
  if (/rule violation|protected (?:branch|ref)\b/i.test(message)) return false;
  const isRefused = status === 401 || status === 403 || status === 404;
  return isRefused || FORBIDDEN.test(message) || NOT_FOUND.test(message) || UNKNOWN_CREDENTIALS.test(message);
}
function lackOf(evidence) {
  const { kind, refused } = evidence;
  if (kind === "ssh-key") return "write access";
  const scopes = headerOf(evidence, "x-oauth-scopes");
  if ((kind === "classic" || kind === "oauth") && scopes !== void 0) {
    const accepted2 = (evidence.headers?.["x-accepted-oauth-scopes"] ?? "").split(",")[0]?.trim() || "repo";
    const present = scopes.split(",").map((scope) => scope.trim());
    if (!present.includes(accepted2)) {
      return `the scope ${oneLine(accepted2, 40)} (it has ${scopes === "" ? "none" : oneLine(scopes, 100)})`;
    }
  }
  const accepted = evidence.headers?.["x-accepted-github-permissions"] ?? "";
  const sets = accepted.split(";").map(
    (set2) => [...set2.matchAll(/([a-z_]+)=(\w+)/g)].map(([, permission = "", level = ""]) => permissionName(permission, level))
  );
  const named = sets.filter((set2) => set2.length > 0).map((set2) => set2.join(" and "));
  const usual = refused === "api" ? permissionName("pull_requests", "write") : permissionName("contents", "write");
  return `the permission ${named.join(", or ") || usual}`;
}
function headerOf({ headers, probe }, name2) {
  return headers?.[name2] ?? probe?.headers[name2];
}
function ssoPage(evidence) {
  const address = /\burl=(\S+)/.exec(headerOf(evidence, "x-github-sso") ?? "")?.[1] ?? "";
  if (!URL.canParse(address)) return "";
  const { origin, pathname } = new URL(address);
  return ` (${oneLine(`${origin}${pathname}`)})`;
}
var GITHUB_TOKEN_NOTE, matches, SAML, NOT_FOUND, UNKNOWN_CREDENTIALS, FORBIDDEN, RULES, ownerOf, organizationOf, workflowOf;
var init_diagnose_token = __esm({
  "src/forge/github/diagnose-token.ts"() {
    "use strict";
    init_escape();
    init_token_kind();
    GITHUB_TOKEN_NOTE = "Workflows of a pull request that GITHUB_TOKEN opened or updated wait until a user with write access approves them, or do not run at all on older servers; those of a GitHub App’s pull requests run by themselves.";
    matches = (pattern) => ({ message, probe }) => pattern.test(message) || pattern.test(probe?.message ?? "");
    SAML = matches(/\bSAML\b|single sign-?on/i);
    NOT_FOUND = /not found|Could not resolve to a Repository|returned error: 404/i;
    UNKNOWN_CREDENTIALS = /Bad credentials|Invalid username or (?:token|password)|Authentication failed|could not read Username|invalid credentials|returned error: 401/i;
    FORBIDDEN = /not accessible by|not granted|denied to|Must have (?:push|admin|write)|required scopes|Permission .*denied|returned error: 403|access denied|marked as read only/i;
    RULES = [
      {
        applies: ({ kind }) => kind === "gitlab",
        explain: ({ kind }) => ({ finding: `${KINDS[kind].name} is not known to GitHub.`, remedy: BETTER_TOKEN })
      },
      {
        applies: (evidence) => matches(/\brate limit\b/i)(evidence) || evidence.status === 429,
        explain: ({ kind }) => ({
          finding: `${KINDS[kind].name} lacks nothing: the rate limit of GitHub is reached.`,
          remedy: "Run it again in some minutes."
        })
      },
      {
        applies: (evidence) => SAML(evidence) || headerOf(evidence, "x-github-sso")?.startsWith("required") === true,
        explain: (evidence) => ({
          finding: `${KINDS[evidence.kind].name} is not authorized for the single sign-on of ${organizationOf(evidence)}.`,
          remedy: `Open Settings → Developer settings → Personal access tokens, choose "Configure SSO" beside the token and authorize it${ssoPage(evidence)}; or use a GitHub App, which needs none.`
        })
      },
      {
        applies: matches(/\bIP allow list\b|IP address is not permitted/i),
        explain: ({ kind, repository }) => ({
          finding: `${KINDS[kind].name} was used from an address that the IP allow list of ${quote(ownerOf(repository))} does not have.`,
          remedy: "Run the job on a runner whose address is on the list, or have an owner add the address of this one."
        })
      },
      {
        applies: matches(/forbids access via|are forbidden from accessing/i),
        explain: ({ kind, repository }) => ({
          finding: `${KINDS[kind].name} is of a kind, or of a lifetime, that the policy of ${quote(ownerOf(repository))} does not allow.`,
          remedy: BETTER_TOKEN
        })
      },
      {
        applies: matches(/not permitted to create or approve pull requests/i),
        explain: ({ kind, repository }) => ({
          finding: `${KINDS[kind].name} may not open pull requests in ${quote(repository)}: a setting forbids it to all workflows.`,
          remedy: `Tick "Allow GitHub Actions to create and approve pull requests" under Settings → Actions → General (where it is greyed out, the organization decides), or use a GitHub App. ${GITHUB_TOKEN_NOTE}`
        })
      },
      {
        applies: matches(/refusing to allow .* workflow\b/i),
        explain: ({ kind, message }) => ({
          finding: `${KINDS[kind].name} lacks ${/`workflow` scope/.test(message) ? "the scope workflow" : "the permission Workflows: write"}, and the push changes ${workflowOf(message)}.`,
          remedy: 'Leave workflows out with the input "paths" (:(exclude).github/workflows), or give a token that has it in the input "token": GITHUB_TOKEN never has it, and with "app-private-key" it is never asked for.'
        })
      },
      {
        applies: matches(/(?:verified|valid) signatures?|must be signed/i),
        explain: ({ kind }) => ({
          finding: `${KINDS[kind].name} was let in, but a rule of the repository wants signed commits.`,
          remedy: 'Set the input "sign" to api, ssh or gpg; see docs/signatures.md.'
        })
      },
      {
        applies: (evidence) => evidence.refused !== "read" && (matches(/\barchived\b.*read-?only|read-?only.*\barchived\b/i)(evidence) || evidence.probe?.archived === true),
        explain: ({ kind, repository }) => ({
          finding: `${KINDS[kind].name} cannot write to ${quote(repository)}: it is archived and read-only.`,
          remedy: 'Unarchive it, or write the repository that took its place in the input "repository".'
        })
      },
      {
        applies: ({ kind, isOwnRepository, ...evidence }) => kind === "GITHUB_TOKEN" && !isOwnRepository && isAccess(evidence),
        explain: ({ repository }) => ({
          finding: `GITHUB_TOKEN is good for the repository of its own workflow alone, and ${quote(repository)} is another one.`,
          remedy: BETTER_TOKEN
        })
      },
      {
        applies: ({ kind, message }) => kind === "ssh-key" && !/marked as read only/i.test(message) && /publickey/i.test(message),
        explain: ({ kind, repository }) => ({
          finding: `${KINDS[kind].name} is unknown to the server of ${quote(repository)}.`,
          remedy: KINDS[kind].renew
        })
      },
      {
        applies: ({ kind, message, status, probe }) => kind !== "ssh-key" && (status === 401 || probe?.status === 401 || probe === void 0 && UNKNOWN_CREDENTIALS.test(message)),
        explain: ({ kind }) => ({
          finding: `${KINDS[kind].name} is expired, was revoked, or belongs to another server.`,
          remedy: KINDS[kind].renew
        })
      },
      {
        applies: (evidence) => {
          const { message, status, probe } = evidence;
          return probe ? probe.status === 404 && isAccess(evidence) : status === 404 || NOT_FOUND.test(message);
        },
        explain: ({ kind, repository }) => ({
          finding: `${KINDS[kind].name} does not see ${quote(repository)}: there is no such repository, or it is not among the token’s own.`,
          remedy: `Check the input "repository". ${KINDS[kind].select}`
        })
      },
      {
        applies: (evidence) => isPersonal(evidence.kind) && isAccess(evidence) && evidence.probe?.mayPush === false,
        explain: ({ kind, repository }) => ({
          finding: `${KINDS[kind].name} belongs to a user who may not write to ${quote(repository)}.`,
          remedy: "Give this user the role Write in the repository, or use the token of one who has it."
        })
      },
      {
        applies: (evidence) => isAccess(evidence),
        explain: (evidence) => ({
          finding: `${KINDS[evidence.kind].name} lacks ${lackOf(evidence)} on ${quote(evidence.repository)}.`,
          remedy: KINDS[evidence.kind].grant
        })
      }
    ];
    ownerOf = (repository) => repository.split("/")[0] ?? "";
    organizationOf = ({ repository }) => quote(ownerOf(repository));
    workflowOf = (message) => quote(/\bworkflow `([^`]+)`/.exec(message)?.[1] ?? ".github/workflows");
  }
});

// src/forge/github/explain-refusal.ts
var explain_refusal_exports = {};
__export(explain_refusal_exports, {
  explainRefusal: () => explainRefusal,
  subjectOf: () => subjectOf,
  workflowNote: () => workflowNote
});
function subjectOf(access2, run2) {
  const { remote, token, sourceToken, app: app2 } = access2;
  const isWorkflow2 = run2.name === "GitHub Actions";
  const server = ServerToken.ofManifests(access2, run2);
  const isSameName = remote.name.toLowerCase() === run2.source.repository.toLowerCase();
  return {
    server,
    repository: remote.name,
    isOwnRepository: isWorkflow2 && isSameName && server?.apiUrl === run2.apiUrl,
    token,
    // Both inputs have it as their default; another token is rarely given to both.
    isWorkflowToken: isWorkflow2 && app2 === void 0 && token === sourceToken,
    usesSsh: remote.transport === "ssh"
  };
}
function workflowNote(access2, run2) {
  return subjectOf(access2, run2).isWorkflowToken && access2.token !== "" ? GITHUB_TOKEN_NOTE : "";
}
async function explainRefusal(error3, subject2) {
  if (!(error3 instanceof ReleaseError) || !REFUSALS2.has(error3.code)) return error3;
  const evidence = evidenceOf(error3, subject2);
  if (evidence === void 0) return error3;
  const probe = evidence.kind === "ssh-key" ? void 0 : await probeRepository(subject2);
  const diagnosis = diagnose({ ...evidence, ...probe && { probe } });
  if (!diagnosis) return error3;
  const { code, message, place, cause } = error3;
  return new ReleaseError(code, { message, hint: `${diagnosis.finding} ${diagnosis.remedy}` }, { place, cause });
}
function evidenceOf({ code, message, cause }, subject2) {
  const { token, isWorkflowToken, isOwnRepository, repository, usesSsh, server } = subject2;
  const isGit = cause === void 0 || isGitError(cause);
  const kind = isGit && usesSsh ? "ssh-key" : kindOfToken(token, isWorkflowToken);
  if (kind !== "ssh-key" && token === "" || server === void 0 && kind !== "GITHUB_TOKEN") return void 0;
  const about = { kind, repository, isOwnRepository };
  if (isGit) {
    const isPush = code === "PUSH_REFUSED" || cause?.command === "push";
    return { ...about, refused: isPush ? "push" : "read", message: cause?.stderr ?? message };
  }
  return { ...about, refused: code === "API_DENIED" ? "api" : "push", message: reasonOf(cause), ...answerOf(cause) };
}
function answerOf(cause) {
  const { status, response, headers, errors } = cause;
  const known = status ?? STATUSES[errors?.[0]?.type ?? ""];
  return { headers: response?.headers ?? headers ?? {}, ...known !== void 0 && { status: known } };
}
async function probeRepository({ server, repository }) {
  const [owner = "", repo = ""] = repository.split("/");
  if (server === void 0) return void 0;
  try {
    const { status, headers, data } = await createHastyClient(server, PROBE_TIMEOUT).rest.repos.get({ owner, repo });
    const { archived, permissions } = readAnswer(REPOSITORY, data);
    const mayPush = permissions?.push;
    return {
      status,
      message: "",
      headers,
      ...archived !== void 0 && { archived },
      ...mayPush !== void 0 && { mayPush }
    };
  } catch (error3) {
    const { status, response } = error3;
    if (status === void 0 || status >= 500 || !response) return void 0;
    return { status, message: reasonOf(error3), headers: response.headers ?? {} };
  }
}
var REFUSALS2, PROBE_TIMEOUT, isGitError, STATUSES;
var init_explain_refusal = __esm({
  "src/forge/github/explain-refusal.ts"() {
    "use strict";
    init_errors();
    init_answers();
    init_client();
    init_error_message();
    init_server_token();
    init_diagnose_token();
    init_token_kind();
    REFUSALS2 = /* @__PURE__ */ new Set([
      "ACCESS_DENIED",
      "REPOSITORY_NOT_FOUND",
      "PUSH_REFUSED",
      "API_DENIED"
    ]);
    PROBE_TIMEOUT = 5e3;
    isGitError = (cause) => cause instanceof Error && cause.name === "GitError";
    STATUSES = { FORBIDDEN: 403, INSUFFICIENT_SCOPES: 403, NOT_FOUND: 404 };
  }
});

// node_modules/@octokit/oauth-methods/dist-bundle/index.js
function requestToOAuthBaseUrl(request2) {
  const endpointDefaults = request2.endpoint.DEFAULTS;
  if (/^https:\/\/(api\.)?github\.com$/.test(endpointDefaults.baseUrl)) {
    return "https://github.com";
  }
  if (/^https:\/\/api\..*\.ghe\.com$/.test(endpointDefaults.baseUrl)) {
    return endpointDefaults.baseUrl.replace("api.", "");
  }
  return endpointDefaults.baseUrl.replace("/api/v3", "");
}
async function oauthRequest(request2, route, parameters2) {
  const withOAuthParameters = {
    baseUrl: requestToOAuthBaseUrl(request2),
    headers: {
      accept: "application/json"
    },
    ...parameters2
  };
  const response = await request2(route, withOAuthParameters);
  if ("error" in response.data) {
    const error3 = new RequestError(
      `${response.data.error_description} (${response.data.error}, ${response.data.error_uri})`,
      400,
      {
        request: request2.endpoint.merge(
          route,
          withOAuthParameters
        )
      }
    );
    error3.response = response;
    throw error3;
  }
  return response;
}
async function exchangeWebFlowCode(options) {
  const request2 = options.request || request;
  const response = await oauthRequest(
    request2,
    "POST /login/oauth/access_token",
    {
      client_id: options.clientId,
      client_secret: options.clientSecret,
      code: options.code,
      redirect_uri: options.redirectUrl
    }
  );
  const authentication = {
    clientType: options.clientType,
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    token: response.data.access_token,
    scopes: response.data.scope.split(/\s+/).filter(Boolean)
  };
  if (options.clientType === "github-app") {
    if ("refresh_token" in response.data) {
      const apiTimeInMs = new Date(response.headers.date).getTime();
      authentication.refreshToken = response.data.refresh_token, authentication.expiresAt = toTimestamp(
        apiTimeInMs,
        response.data.expires_in
      ), authentication.refreshTokenExpiresAt = toTimestamp(
        apiTimeInMs,
        response.data.refresh_token_expires_in
      );
    }
    delete authentication.scopes;
  }
  return { ...response, authentication };
}
function toTimestamp(apiTimeInMs, expirationInSeconds) {
  return new Date(apiTimeInMs + expirationInSeconds * 1e3).toISOString();
}
async function createDeviceCode(options) {
  const request2 = options.request || request;
  const parameters2 = {
    client_id: options.clientId
  };
  if ("scopes" in options && Array.isArray(options.scopes)) {
    parameters2.scope = options.scopes.join(" ");
  }
  return oauthRequest(request2, "POST /login/device/code", parameters2);
}
async function exchangeDeviceCode(options) {
  const request2 = options.request || request;
  const response = await oauthRequest(
    request2,
    "POST /login/oauth/access_token",
    {
      client_id: options.clientId,
      device_code: options.code,
      grant_type: "urn:ietf:params:oauth:grant-type:device_code"
    }
  );
  const authentication = {
    clientType: options.clientType,
    clientId: options.clientId,
    token: response.data.access_token,
    scopes: response.data.scope.split(/\s+/).filter(Boolean)
  };
  if ("clientSecret" in options) {
    authentication.clientSecret = options.clientSecret;
  }
  if (options.clientType === "github-app") {
    if ("refresh_token" in response.data) {
      const apiTimeInMs = new Date(response.headers.date).getTime();
      authentication.refreshToken = response.data.refresh_token, authentication.expiresAt = toTimestamp2(
        apiTimeInMs,
        response.data.expires_in
      ), authentication.refreshTokenExpiresAt = toTimestamp2(
        apiTimeInMs,
        response.data.refresh_token_expires_in
      );
    }
    delete authentication.scopes;
  }
  return { ...response, authentication };
}
function toTimestamp2(apiTimeInMs, expirationInSeconds) {
  return new Date(apiTimeInMs + expirationInSeconds * 1e3).toISOString();
}
async function checkToken(options) {
  const request2 = options.request || request;
  const response = await request2("POST /applications/{client_id}/token", {
    headers: {
      authorization: `basic ${btoa(
        `${options.clientId}:${options.clientSecret}`
      )}`
    },
    client_id: options.clientId,
    access_token: options.token
  });
  const authentication = {
    clientType: options.clientType,
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    token: options.token,
    scopes: response.data.scopes
  };
  if (response.data.expires_at)
    authentication.expiresAt = response.data.expires_at;
  if (options.clientType === "github-app") {
    delete authentication.scopes;
  }
  return { ...response, authentication };
}
async function refreshToken(options) {
  const request2 = options.request || request;
  const response = await oauthRequest(
    request2,
    "POST /login/oauth/access_token",
    {
      client_id: options.clientId,
      client_secret: options.clientSecret,
      grant_type: "refresh_token",
      refresh_token: options.refreshToken
    }
  );
  const apiTimeInMs = new Date(response.headers.date).getTime();
  const authentication = {
    clientType: "github-app",
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    token: response.data.access_token,
    refreshToken: response.data.refresh_token,
    expiresAt: toTimestamp3(apiTimeInMs, response.data.expires_in),
    refreshTokenExpiresAt: toTimestamp3(
      apiTimeInMs,
      response.data.refresh_token_expires_in
    )
  };
  return { ...response, authentication };
}
function toTimestamp3(apiTimeInMs, expirationInSeconds) {
  return new Date(apiTimeInMs + expirationInSeconds * 1e3).toISOString();
}
async function resetToken(options) {
  const request2 = options.request || request;
  const auth6 = btoa(`${options.clientId}:${options.clientSecret}`);
  const response = await request2(
    "PATCH /applications/{client_id}/token",
    {
      headers: {
        authorization: `basic ${auth6}`
      },
      client_id: options.clientId,
      access_token: options.token
    }
  );
  const authentication = {
    clientType: options.clientType,
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    token: response.data.token,
    scopes: response.data.scopes
  };
  if (response.data.expires_at)
    authentication.expiresAt = response.data.expires_at;
  if (options.clientType === "github-app") {
    delete authentication.scopes;
  }
  return { ...response, authentication };
}
async function deleteToken(options) {
  const request2 = options.request || request;
  const auth6 = btoa(`${options.clientId}:${options.clientSecret}`);
  return request2(
    "DELETE /applications/{client_id}/token",
    {
      headers: {
        authorization: `basic ${auth6}`
      },
      client_id: options.clientId,
      access_token: options.token
    }
  );
}
async function deleteAuthorization(options) {
  const request2 = options.request || request;
  const auth6 = btoa(`${options.clientId}:${options.clientSecret}`);
  return request2(
    "DELETE /applications/{client_id}/grant",
    {
      headers: {
        authorization: `basic ${auth6}`
      },
      client_id: options.clientId,
      access_token: options.token
    }
  );
}
var init_dist_bundle8 = __esm({
  "node_modules/@octokit/oauth-methods/dist-bundle/index.js"() {
    init_dist_src();
    init_dist_bundle4();
    init_dist_bundle4();
    init_dist_bundle4();
    init_dist_bundle4();
    init_dist_bundle4();
    init_dist_bundle4();
    init_dist_bundle4();
    init_dist_bundle4();
  }
});

// node_modules/@octokit/auth-oauth-device/dist-bundle/index.js
async function getOAuthAccessToken(state, options) {
  const cachedAuthentication = getCachedAuthentication(state, options.auth);
  if (cachedAuthentication) return cachedAuthentication;
  const { data: verification } = await createDeviceCode({
    clientType: state.clientType,
    clientId: state.clientId,
    request: options.request || state.request,
    // @ts-expect-error the extra code to make TS happy is not worth it
    scopes: options.auth.scopes || state.scopes
  });
  await state.onVerification(verification);
  const authentication = await waitForAccessToken(
    options.request || state.request,
    state.clientId,
    state.clientType,
    verification
  );
  state.authentication = authentication;
  return authentication;
}
function getCachedAuthentication(state, auth22) {
  if (auth22.refresh === true) return false;
  if (!state.authentication) return false;
  if (state.clientType === "github-app") {
    return state.authentication;
  }
  const authentication = state.authentication;
  const newScope = ("scopes" in auth22 && auth22.scopes || state.scopes).join(
    " "
  );
  const currentScope = authentication.scopes.join(" ");
  return newScope === currentScope ? authentication : false;
}
async function wait(seconds) {
  await new Promise((resolve2) => setTimeout(resolve2, seconds * 1e3));
}
async function waitForAccessToken(request2, clientId, clientType, verification) {
  try {
    const options = {
      clientId,
      request: request2,
      code: verification.device_code
    };
    const { authentication } = clientType === "oauth-app" ? await exchangeDeviceCode({
      ...options,
      clientType: "oauth-app"
    }) : await exchangeDeviceCode({
      ...options,
      clientType: "github-app"
    });
    return {
      type: "token",
      tokenType: "oauth",
      ...authentication
    };
  } catch (error3) {
    if (!error3.response) throw error3;
    const errorType = error3.response.data.error;
    if (errorType === "authorization_pending") {
      await wait(verification.interval);
      return waitForAccessToken(request2, clientId, clientType, verification);
    }
    if (errorType === "slow_down") {
      await wait(verification.interval + 7);
      return waitForAccessToken(request2, clientId, clientType, verification);
    }
    throw error3;
  }
}
async function auth2(state, authOptions) {
  return getOAuthAccessToken(state, {
    auth: authOptions
  });
}
async function hook2(state, request2, route, parameters2) {
  let endpoint2 = request2.endpoint.merge(
    route,
    parameters2
  );
  if (/\/login\/(oauth\/access_token|device\/code)$/.test(endpoint2.url)) {
    return request2(endpoint2);
  }
  const { token } = await getOAuthAccessToken(state, {
    request: request2,
    auth: { type: "oauth" }
  });
  endpoint2.headers.authorization = `token ${token}`;
  return request2(endpoint2);
}
function createOAuthDeviceAuth(options) {
  const requestWithDefaults = options.request || request.defaults({
    headers: {
      "user-agent": `octokit-auth-oauth-device.js/${VERSION10} ${getUserAgent()}`
    }
  });
  const { request: request2 = requestWithDefaults, ...otherOptions } = options;
  const state = options.clientType === "github-app" ? {
    ...otherOptions,
    clientType: "github-app",
    request: request2
  } : {
    ...otherOptions,
    clientType: "oauth-app",
    request: request2,
    scopes: options.scopes || []
  };
  if (!options.clientId) {
    throw new Error(
      '[@octokit/auth-oauth-device] "clientId" option must be set (https://github.com/octokit/auth-oauth-device.js#usage)'
    );
  }
  if (!options.onVerification) {
    throw new Error(
      '[@octokit/auth-oauth-device] "onVerification" option must be a function (https://github.com/octokit/auth-oauth-device.js#usage)'
    );
  }
  return Object.assign(auth2.bind(null, state), {
    hook: hook2.bind(null, state)
  });
}
var VERSION10;
var init_dist_bundle9 = __esm({
  "node_modules/@octokit/auth-oauth-device/dist-bundle/index.js"() {
    init_universal_user_agent();
    init_dist_bundle4();
    init_dist_bundle8();
    VERSION10 = "0.0.0-development";
  }
});

// node_modules/@octokit/auth-oauth-user/dist-bundle/index.js
async function getAuthentication(state) {
  if ("code" in state.strategyOptions) {
    const { authentication } = await exchangeWebFlowCode({
      clientId: state.clientId,
      clientSecret: state.clientSecret,
      clientType: state.clientType,
      onTokenCreated: state.onTokenCreated,
      ...state.strategyOptions,
      request: state.request
    });
    return {
      type: "token",
      tokenType: "oauth",
      ...authentication
    };
  }
  if ("onVerification" in state.strategyOptions) {
    const deviceAuth = createOAuthDeviceAuth({
      clientType: state.clientType,
      clientId: state.clientId,
      onTokenCreated: state.onTokenCreated,
      ...state.strategyOptions,
      request: state.request
    });
    const authentication = await deviceAuth({
      type: "oauth"
    });
    return {
      clientSecret: state.clientSecret,
      ...authentication
    };
  }
  if ("token" in state.strategyOptions) {
    return {
      type: "token",
      tokenType: "oauth",
      clientId: state.clientId,
      clientSecret: state.clientSecret,
      clientType: state.clientType,
      onTokenCreated: state.onTokenCreated,
      ...state.strategyOptions
    };
  }
  throw new Error("[@octokit/auth-oauth-user] Invalid strategy options");
}
async function auth3(state, options = {}) {
  if (!state.authentication) {
    state.authentication = state.clientType === "oauth-app" ? await getAuthentication(state) : await getAuthentication(state);
  }
  if (state.authentication.invalid) {
    throw new Error("[@octokit/auth-oauth-user] Token is invalid");
  }
  const currentAuthentication = state.authentication;
  if ("expiresAt" in currentAuthentication) {
    if (options.type === "refresh" || new Date(currentAuthentication.expiresAt) < /* @__PURE__ */ new Date()) {
      const { authentication } = await refreshToken({
        clientType: "github-app",
        clientId: state.clientId,
        clientSecret: state.clientSecret,
        refreshToken: currentAuthentication.refreshToken,
        request: state.request
      });
      state.authentication = {
        tokenType: "oauth",
        type: "token",
        ...authentication
      };
    }
  }
  if (options.type === "refresh") {
    if (state.clientType === "oauth-app") {
      throw new Error(
        "[@octokit/auth-oauth-user] OAuth Apps do not support expiring tokens"
      );
    }
    if (!currentAuthentication.hasOwnProperty("expiresAt")) {
      throw new Error("[@octokit/auth-oauth-user] Refresh token missing");
    }
    await state.onTokenCreated?.(state.authentication, {
      type: options.type
    });
  }
  if (options.type === "check" || options.type === "reset") {
    const method = options.type === "check" ? checkToken : resetToken;
    try {
      const { authentication } = await method({
        // @ts-expect-error making TS happy would require unnecessary code so no
        clientType: state.clientType,
        clientId: state.clientId,
        clientSecret: state.clientSecret,
        token: state.authentication.token,
        request: state.request
      });
      state.authentication = {
        tokenType: "oauth",
        type: "token",
        // @ts-expect-error TBD
        ...authentication
      };
      if (options.type === "reset") {
        await state.onTokenCreated?.(state.authentication, {
          type: options.type
        });
      }
      return state.authentication;
    } catch (error3) {
      if (error3.status === 404) {
        error3.message = "[@octokit/auth-oauth-user] Token is invalid";
        state.authentication.invalid = true;
      }
      throw error3;
    }
  }
  if (options.type === "delete" || options.type === "deleteAuthorization") {
    const method = options.type === "delete" ? deleteToken : deleteAuthorization;
    try {
      await method({
        // @ts-expect-error making TS happy would require unnecessary code so no
        clientType: state.clientType,
        clientId: state.clientId,
        clientSecret: state.clientSecret,
        token: state.authentication.token,
        request: state.request
      });
    } catch (error3) {
      if (error3.status !== 404) throw error3;
    }
    state.authentication.invalid = true;
    return state.authentication;
  }
  return state.authentication;
}
function requiresBasicAuth(url) {
  return url && ROUTES_REQUIRING_BASIC_AUTH.test(url);
}
async function hook3(state, request2, route, parameters2 = {}) {
  const endpoint2 = request2.endpoint.merge(
    route,
    parameters2
  );
  if (/\/login\/(oauth\/access_token|device\/code)$/.test(endpoint2.url)) {
    return request2(endpoint2);
  }
  if (requiresBasicAuth(endpoint2.url)) {
    const credentials = btoa(`${state.clientId}:${state.clientSecret}`);
    endpoint2.headers.authorization = `basic ${credentials}`;
    return request2(endpoint2);
  }
  const { token } = state.clientType === "oauth-app" ? await auth3({ ...state, request: request2 }) : await auth3({ ...state, request: request2 });
  endpoint2.headers.authorization = "token " + token;
  return request2(endpoint2);
}
function createOAuthUserAuth({
  clientId,
  clientSecret,
  clientType = "oauth-app",
  request: request2 = request.defaults({
    headers: {
      "user-agent": `octokit-auth-oauth-app.js/${VERSION11} ${getUserAgent()}`
    }
  }),
  onTokenCreated,
  ...strategyOptions
}) {
  const state = Object.assign({
    clientType,
    clientId,
    clientSecret,
    onTokenCreated,
    strategyOptions,
    request: request2
  });
  return Object.assign(auth3.bind(null, state), {
    // @ts-expect-error not worth the extra code needed to appease TS
    hook: hook3.bind(null, state)
  });
}
var VERSION11, ROUTES_REQUIRING_BASIC_AUTH;
var init_dist_bundle10 = __esm({
  "node_modules/@octokit/auth-oauth-user/dist-bundle/index.js"() {
    init_universal_user_agent();
    init_dist_bundle4();
    init_dist_bundle9();
    init_dist_bundle8();
    init_dist_bundle8();
    VERSION11 = "0.0.0-development";
    ROUTES_REQUIRING_BASIC_AUTH = /\/applications\/[^/]+\/(token|grant)s?/;
    createOAuthUserAuth.VERSION = VERSION11;
  }
});

// node_modules/@octokit/auth-oauth-app/dist-bundle/index.js
async function auth4(state, authOptions) {
  if (authOptions.type === "oauth-app") {
    return {
      type: "oauth-app",
      clientId: state.clientId,
      clientSecret: state.clientSecret,
      clientType: state.clientType,
      headers: {
        authorization: `basic ${btoa(
          `${state.clientId}:${state.clientSecret}`
        )}`
      }
    };
  }
  if ("factory" in authOptions) {
    const { type, ...options } = {
      ...authOptions,
      ...state
    };
    return authOptions.factory(options);
  }
  const common = {
    clientId: state.clientId,
    clientSecret: state.clientSecret,
    request: state.request,
    ...authOptions
  };
  const userAuth = state.clientType === "oauth-app" ? await createOAuthUserAuth({
    ...common,
    clientType: state.clientType
  }) : await createOAuthUserAuth({
    ...common,
    clientType: state.clientType
  });
  return userAuth();
}
async function hook4(state, request2, route, parameters2) {
  let endpoint2 = request2.endpoint.merge(
    route,
    parameters2
  );
  if (/\/login\/(oauth\/access_token|device\/code)$/.test(endpoint2.url)) {
    return request2(endpoint2);
  }
  if (state.clientType === "github-app" && !requiresBasicAuth(endpoint2.url)) {
    throw new Error(
      `[@octokit/auth-oauth-app] GitHub Apps cannot use their client ID/secret for basic authentication for endpoints other than "/applications/{client_id}/**". "${endpoint2.method} ${endpoint2.url}" is not supported.`
    );
  }
  const credentials = btoa(`${state.clientId}:${state.clientSecret}`);
  endpoint2.headers.authorization = `basic ${credentials}`;
  try {
    return await request2(endpoint2);
  } catch (error3) {
    if (error3.status !== 401) throw error3;
    error3.message = `[@octokit/auth-oauth-app] "${endpoint2.method} ${endpoint2.url}" does not support clientId/clientSecret basic authentication.`;
    throw error3;
  }
}
function createOAuthAppAuth(options) {
  const state = Object.assign(
    {
      request: request.defaults({
        headers: {
          "user-agent": `octokit-auth-oauth-app.js/${VERSION12} ${getUserAgent()}`
        }
      }),
      clientType: "oauth-app"
    },
    options
  );
  return Object.assign(auth4.bind(null, state), {
    hook: hook4.bind(null, state)
  });
}
var VERSION12;
var init_dist_bundle11 = __esm({
  "node_modules/@octokit/auth-oauth-app/dist-bundle/index.js"() {
    init_universal_user_agent();
    init_dist_bundle4();
    init_dist_bundle10();
    init_dist_bundle10();
    VERSION12 = "0.0.0-development";
  }
});

// node_modules/universal-github-app-jwt/lib/utils.js
function isPkcs1(privateKey) {
  return privateKey.includes("-----BEGIN RSA PRIVATE KEY-----");
}
function isOpenSsh(privateKey) {
  return privateKey.includes("-----BEGIN OPENSSH PRIVATE KEY-----");
}
function string2ArrayBuffer(str) {
  const buf = new ArrayBuffer(str.length);
  const bufView = new Uint8Array(buf);
  for (let i = 0, strLen = str.length; i < strLen; i++) {
    bufView[i] = str.charCodeAt(i);
  }
  return buf;
}
function getDERfromPEM(pem) {
  const pemB64 = pem.trim().split("\n").slice(1, -1).join("");
  const decoded = atob(pemB64);
  return string2ArrayBuffer(decoded);
}
function getEncodedMessage(header, payload) {
  return `${base64encodeJSON(header)}.${base64encodeJSON(payload)}`;
}
function base64encode(buffer) {
  var binary = "";
  var bytes = new Uint8Array(buffer);
  var len = bytes.byteLength;
  for (var i = 0; i < len; i++) {
    binary += String.fromCharCode(bytes[i]);
  }
  return fromBase64(btoa(binary));
}
function fromBase64(base64) {
  return base64.replace(/=/g, "").replace(/\+/g, "-").replace(/\//g, "_");
}
function base64encodeJSON(obj) {
  return fromBase64(btoa(JSON.stringify(obj)));
}
var init_utils3 = __esm({
  "node_modules/universal-github-app-jwt/lib/utils.js"() {
  }
});

// node_modules/universal-github-app-jwt/lib/crypto-node.js
function convertPrivateKey(privateKey) {
  if (!isPkcs1(privateKey)) return privateKey;
  return (0, import_node_crypto2.createPrivateKey)(privateKey).export({
    type: "pkcs8",
    format: "pem"
  });
}
var import_node_crypto, import_node_crypto2;
var init_crypto_node = __esm({
  "node_modules/universal-github-app-jwt/lib/crypto-node.js"() {
    import_node_crypto = require("node:crypto");
    import_node_crypto2 = require("node:crypto");
    init_utils3();
  }
});

// node_modules/universal-github-app-jwt/lib/get-token.js
async function getToken({ privateKey, payload }) {
  const convertedPrivateKey = convertPrivateKey(privateKey);
  if (isPkcs1(convertedPrivateKey)) {
    throw new Error(
      "[universal-github-app-jwt] Private Key is in PKCS#1 format, but only PKCS#8 is supported. See https://github.com/gr2m/universal-github-app-jwt#private-key-formats"
    );
  }
  if (isOpenSsh(convertedPrivateKey)) {
    throw new Error(
      "[universal-github-app-jwt] Private Key is in OpenSSH format, but only PKCS#8 is supported. See https://github.com/gr2m/universal-github-app-jwt#private-key-formats"
    );
  }
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: { name: "SHA-256" }
  };
  const header = { alg: "RS256", typ: "JWT" };
  const privateKeyDER = getDERfromPEM(convertedPrivateKey);
  const importedKey = await import_node_crypto.subtle.importKey(
    "pkcs8",
    privateKeyDER,
    algorithm,
    false,
    ["sign"]
  );
  const encodedMessage = getEncodedMessage(header, payload);
  const encodedMessageArrBuf = string2ArrayBuffer(encodedMessage);
  const signatureArrBuf = await import_node_crypto.subtle.sign(
    algorithm.name,
    importedKey,
    encodedMessageArrBuf
  );
  const encodedSignature = base64encode(signatureArrBuf);
  return `${encodedMessage}.${encodedSignature}`;
}
var init_get_token = __esm({
  "node_modules/universal-github-app-jwt/lib/get-token.js"() {
    init_utils3();
    init_crypto_node();
  }
});

// node_modules/universal-github-app-jwt/index.js
async function githubAppJwt({
  id,
  privateKey,
  now = Math.floor(Date.now() / 1e3)
}) {
  const privateKeyWithNewlines = privateKey.replace(/\\n/g, "\n");
  const nowWithSafetyMargin = now - 30;
  const expiration = nowWithSafetyMargin + 60 * 10;
  const payload = {
    iat: nowWithSafetyMargin,
    // Issued at time
    exp: expiration,
    iss: id
  };
  const token = await getToken({
    privateKey: privateKeyWithNewlines,
    payload
  });
  return {
    appId: id,
    expiration,
    token
  };
}
var init_universal_github_app_jwt = __esm({
  "node_modules/universal-github-app-jwt/index.js"() {
    init_get_token();
  }
});

// node_modules/toad-cache/dist/toad-cache.mjs
function validateCacheParams(max, ttlInMsecs) {
  if (typeof max !== "number" || !Number.isInteger(max) || max < 0) {
    throw new Error("Invalid max value");
  }
  if (typeof ttlInMsecs !== "number" || !Number.isInteger(ttlInMsecs) || ttlInMsecs < 0) {
    throw new Error("Invalid ttl value");
  }
}
var LruObject;
var init_toad_cache = __esm({
  "node_modules/toad-cache/dist/toad-cache.mjs"() {
    LruObject = class {
      constructor(max = 1e3, ttlInMsecs = 0) {
        validateCacheParams(max, ttlInMsecs);
        this.first = null;
        this.items = /* @__PURE__ */ Object.create(null);
        this.last = null;
        this.size = 0;
        this.max = max;
        this.ttl = ttlInMsecs;
      }
      bumpLru(item) {
        if (this.last === item) {
          return;
        }
        const last2 = this.last;
        const next = item.next;
        const prev = item.prev;
        if (this.first === item) {
          this.first = next;
        }
        item.next = null;
        item.prev = last2;
        last2.next = item;
        if (prev !== null) {
          prev.next = next;
        }
        if (next !== null) {
          next.prev = prev;
        }
        this.last = item;
      }
      clear() {
        this.items = /* @__PURE__ */ Object.create(null);
        this.first = null;
        this.last = null;
        this.size = 0;
      }
      delete(key) {
        const item = this.items[key];
        if (item !== void 0) {
          delete this.items[key];
          this.size--;
          if (item.prev !== null) {
            item.prev.next = item.next;
          }
          if (item.next !== null) {
            item.next.prev = item.prev;
          }
          if (this.first === item) {
            this.first = item.next;
          }
          if (this.last === item) {
            this.last = item.prev;
          }
        }
      }
      deleteMany(keys) {
        for (var i = 0; i < keys.length; i++) {
          this.delete(keys[i]);
        }
      }
      evict() {
        if (this.size > 0) {
          const item = this.first;
          delete this.items[item.key];
          if (--this.size === 0) {
            this.first = null;
            this.last = null;
          } else {
            this.first = item.next;
            this.first.prev = null;
          }
        }
      }
      expiresAt(key) {
        const item = this.items[key];
        if (item !== void 0) {
          return item.expiry;
        }
      }
      get(key) {
        const item = this.items[key];
        if (item !== void 0) {
          if (this.ttl > 0 && item.expiry <= Date.now()) {
            this.delete(key);
            return;
          }
          this.bumpLru(item);
          return item.value;
        }
      }
      getMany(keys) {
        const result = new Array(keys.length);
        for (var i = 0; i < keys.length; i++) {
          result[i] = this.get(keys[i]);
        }
        return result;
      }
      keys() {
        return Object.keys(this.items);
      }
      set(key, value) {
        const existing = this.items[key];
        if (existing !== void 0) {
          existing.value = value;
          existing.expiry = this.ttl > 0 ? Date.now() + this.ttl : this.ttl;
          this.bumpLru(existing);
          return;
        }
        if (this.max > 0 && this.size >= this.max) {
          this.evict();
        }
        const item = {
          expiry: this.ttl > 0 ? Date.now() + this.ttl : this.ttl,
          key,
          prev: this.last,
          next: null,
          value
        };
        this.items[key] = item;
        if (++this.size === 1) {
          this.first = item;
        } else {
          this.last.next = item;
        }
        this.last = item;
      }
    };
  }
});

// node_modules/@octokit/auth-app/dist-node/index.js
async function getAppAuthentication({
  appId,
  privateKey,
  timeDifference,
  createJwt
}) {
  try {
    if (createJwt) {
      const { jwt, expiresAt } = await createJwt(appId, timeDifference);
      return {
        type: "app",
        token: jwt,
        appId,
        expiresAt
      };
    }
    const authOptions = {
      id: appId,
      privateKey
    };
    if (timeDifference) {
      Object.assign(authOptions, {
        now: Math.floor(Date.now() / 1e3) + timeDifference
      });
    }
    const appAuthentication = await githubAppJwt(authOptions);
    return {
      type: "app",
      token: appAuthentication.token,
      appId: appAuthentication.appId,
      expiresAt: new Date(appAuthentication.expiration * 1e3).toISOString()
    };
  } catch (error3) {
    if (privateKey === "-----BEGIN RSA PRIVATE KEY-----") {
      throw new Error(
        "The 'privateKey` option contains only the first line '-----BEGIN RSA PRIVATE KEY-----'. If you are setting it using a `.env` file, make sure it is set on a single line with newlines replaced by '\n'"
      );
    } else {
      throw error3;
    }
  }
}
function getCache() {
  return new LruObject(
    // cache max. 15000 tokens, that will use less than 10mb memory
    15e3,
    // Cache for 1 minute less than GitHub expiry
    1e3 * 60 * 59
  );
}
async function get(cache, options) {
  const cacheKey = optionsToCacheKey(options);
  const result = await cache.get(cacheKey);
  if (!result) {
    return;
  }
  const [
    token,
    createdAt,
    expiresAt,
    repositorySelection,
    permissionsString,
    singleFileName
  ] = result.split("|");
  const permissions = options.permissions || permissionsString.split(/,/).reduce((permissions2, string3) => {
    if (/!$/.test(string3)) {
      permissions2[string3.slice(0, -1)] = "write";
    } else {
      permissions2[string3] = "read";
    }
    return permissions2;
  }, {});
  return {
    token,
    createdAt,
    expiresAt,
    permissions,
    repositoryIds: options.repositoryIds,
    repositoryNames: options.repositoryNames,
    singleFileName,
    repositorySelection
  };
}
async function set(cache, options, data) {
  const key = optionsToCacheKey(options);
  const permissionsString = options.permissions ? "" : Object.keys(data.permissions).map(
    (name2) => `${name2}${data.permissions[name2] === "write" ? "!" : ""}`
  ).join(",");
  const value = [
    data.token,
    data.createdAt,
    data.expiresAt,
    data.repositorySelection,
    permissionsString,
    data.singleFileName
  ].join("|");
  await cache.set(key, value);
}
function optionsToCacheKey({
  installationId,
  permissions = {},
  repositoryIds = [],
  repositoryNames = []
}) {
  const permissionsString = Object.keys(permissions).sort().map((name2) => permissions[name2] === "read" ? name2 : `${name2}!`).join(",");
  const repositoryIdsString = repositoryIds.sort().join(",");
  const repositoryNamesString = repositoryNames.join(",");
  return [
    installationId,
    repositoryIdsString,
    repositoryNamesString,
    permissionsString
  ].filter(Boolean).join("|");
}
function toTokenAuthentication({
  installationId,
  token,
  createdAt,
  expiresAt,
  repositorySelection,
  permissions,
  repositoryIds,
  repositoryNames,
  singleFileName
}) {
  return Object.assign(
    {
      type: "token",
      tokenType: "installation",
      token,
      installationId,
      permissions,
      createdAt,
      expiresAt,
      repositorySelection
    },
    repositoryIds ? { repositoryIds } : null,
    repositoryNames ? { repositoryNames } : null,
    singleFileName ? { singleFileName } : null
  );
}
async function getInstallationAuthentication(state, options, customRequest) {
  const installationId = Number(options.installationId || state.installationId);
  if (!installationId) {
    throw new Error(
      "[@octokit/auth-app] installationId option is required for installation authentication."
    );
  }
  if (options.factory) {
    const { type, factory, oauthApp, ...factoryAuthOptions } = {
      ...state,
      ...options
    };
    return factory(factoryAuthOptions);
  }
  const request2 = customRequest || state.request;
  return getInstallationAuthenticationConcurrently(
    state,
    { ...options, installationId },
    request2
  );
}
function getInstallationAuthenticationConcurrently(state, options, request2) {
  const cacheKey = optionsToCacheKey(options);
  if (pendingPromises.has(cacheKey)) {
    return pendingPromises.get(cacheKey);
  }
  const promise = getInstallationAuthenticationImpl(
    state,
    options,
    request2
  ).finally(() => pendingPromises.delete(cacheKey));
  pendingPromises.set(cacheKey, promise);
  return promise;
}
async function getInstallationAuthenticationImpl(state, options, request2) {
  if (!options.refresh) {
    const result = await get(state.cache, options);
    if (result) {
      const {
        token: token2,
        createdAt: createdAt2,
        expiresAt: expiresAt2,
        permissions: permissions2,
        repositoryIds: repositoryIds2,
        repositoryNames: repositoryNames2,
        singleFileName: singleFileName2,
        repositorySelection: repositorySelection2
      } = result;
      return toTokenAuthentication({
        installationId: options.installationId,
        token: token2,
        createdAt: createdAt2,
        expiresAt: expiresAt2,
        permissions: permissions2,
        repositorySelection: repositorySelection2,
        repositoryIds: repositoryIds2,
        repositoryNames: repositoryNames2,
        singleFileName: singleFileName2
      });
    }
  }
  const appAuthentication = await getAppAuthentication(state);
  const payload = {
    installation_id: options.installationId,
    mediaType: {
      previews: ["machine-man"]
    },
    headers: {
      authorization: `bearer ${appAuthentication.token}`
    }
  };
  if (options.repositoryIds) {
    Object.assign(payload, { repository_ids: options.repositoryIds });
  }
  if (options.repositoryNames) {
    Object.assign(payload, {
      repositories: options.repositoryNames
    });
  }
  if (options.permissions) {
    Object.assign(payload, { permissions: options.permissions });
  }
  const {
    data: {
      token,
      expires_at: expiresAt,
      repositories,
      permissions: permissionsOptional,
      repository_selection: repositorySelectionOptional,
      single_file: singleFileName
    }
  } = await request2(
    "POST /app/installations/{installation_id}/access_tokens",
    payload
  );
  const permissions = permissionsOptional || {};
  const repositorySelection = repositorySelectionOptional || "all";
  const repositoryIds = repositories ? repositories.map((r) => r.id) : void 0;
  const repositoryNames = repositories ? repositories.map((repo) => repo.name) : void 0;
  const createdAt = (/* @__PURE__ */ new Date()).toISOString();
  const cacheOptions = {
    token,
    createdAt,
    expiresAt,
    repositorySelection,
    permissions,
    repositoryIds,
    repositoryNames
  };
  if (singleFileName) {
    Object.assign(payload, { singleFileName });
  }
  await set(state.cache, options, cacheOptions);
  const cacheData = {
    installationId: options.installationId,
    token,
    createdAt,
    expiresAt,
    repositorySelection,
    permissions,
    repositoryIds,
    repositoryNames
  };
  if (singleFileName) {
    Object.assign(cacheData, { singleFileName });
  }
  return toTokenAuthentication(cacheData);
}
async function auth5(state, authOptions) {
  switch (authOptions.type) {
    case "app":
      return getAppAuthentication(state);
    case "oauth-app":
      return state.oauthApp({ type: "oauth-app" });
    case "installation":
      authOptions;
      return getInstallationAuthentication(state, {
        ...authOptions,
        type: "installation"
      });
    case "oauth-user":
      return state.oauthApp(authOptions);
    default:
      throw new Error(`Invalid auth type: ${authOptions.type}`);
  }
}
function routeMatcher2(paths) {
  const regexes = paths.map(
    (p) => p.split("/").map((c) => c.startsWith("{") ? "(?:.+?)" : c).join("/")
  );
  const regex2 = `^(?:${regexes.map((r) => `(?:${r})`).join("|")})$`;
  return new RegExp(regex2, "i");
}
function requiresAppAuth(url) {
  return !!url && REGEX.test(url.split("?")[0]);
}
function isNotTimeSkewError(error3) {
  return !(error3.message.match(
    /'Expiration time' claim \('exp'\) is too far in the future/
  ) || error3.message.match(
    /'Expiration time' claim \('exp'\) must be a numeric value representing the future time at which the assertion expires/
  ) || error3.message.match(
    /'Issued at' claim \('iat'\) must be an Integer representing the time that the assertion was issued/
  ));
}
async function hook5(state, request2, route, parameters2) {
  const endpoint2 = request2.endpoint.merge(route, parameters2);
  const url = endpoint2.url;
  if (/\/login\/oauth\/access_token$/.test(url)) {
    return request2(endpoint2);
  }
  if (requiresAppAuth(url.replace(request2.endpoint.DEFAULTS.baseUrl, ""))) {
    const { token: token2 } = await getAppAuthentication(state);
    endpoint2.headers.authorization = `bearer ${token2}`;
    let response;
    try {
      response = await request2(endpoint2);
    } catch (error3) {
      if (isNotTimeSkewError(error3)) {
        throw error3;
      }
      if (typeof error3.response.headers.date === "undefined") {
        throw error3;
      }
      const diff = Math.floor(
        (Date.parse(error3.response.headers.date) - Date.parse((/* @__PURE__ */ new Date()).toString())) / 1e3
      );
      state.log.warn(error3.message);
      state.log.warn(
        `[@octokit/auth-app] GitHub API time and system time are different by ${diff} seconds. Retrying request with the difference accounted for.`
      );
      const { token: token3 } = await getAppAuthentication({
        ...state,
        timeDifference: diff
      });
      endpoint2.headers.authorization = `bearer ${token3}`;
      return request2(endpoint2);
    }
    return response;
  }
  if (requiresBasicAuth(url)) {
    const authentication = await state.oauthApp({ type: "oauth-app" });
    endpoint2.headers.authorization = authentication.headers.authorization;
    return request2(endpoint2);
  }
  const { token, createdAt } = await getInstallationAuthentication(
    state,
    // @ts-expect-error TBD
    {},
    request2.defaults({ baseUrl: endpoint2.baseUrl })
  );
  endpoint2.headers.authorization = `token ${token}`;
  return sendRequestWithRetries(
    state,
    request2,
    endpoint2,
    createdAt
  );
}
async function sendRequestWithRetries(state, request2, options, createdAt, retries = 0) {
  const timeSinceTokenCreationInMs = +/* @__PURE__ */ new Date() - +new Date(createdAt);
  try {
    return await request2(options);
  } catch (error3) {
    if (error3.status !== 401) {
      throw error3;
    }
    if (timeSinceTokenCreationInMs >= FIVE_SECONDS_IN_MS) {
      if (retries > 0) {
        error3.message = `After ${retries} retries within ${timeSinceTokenCreationInMs / 1e3}s of creating the installation access token, the response remains 401. At this point, the cause may be an authentication problem or a system outage. Please check https://www.githubstatus.com for status information`;
      }
      throw error3;
    }
    ++retries;
    const awaitTime = retries * 1e3;
    state.log.warn(
      `[@octokit/auth-app] Retrying after 401 response to account for token replication delay (retry: ${retries}, wait: ${awaitTime / 1e3}s)`
    );
    await new Promise((resolve2) => setTimeout(resolve2, awaitTime));
    return sendRequestWithRetries(state, request2, options, createdAt, retries);
  }
}
function createAppAuth(options) {
  if (!options.appId) {
    throw new Error("[@octokit/auth-app] appId option is required");
  }
  if (!options.privateKey && !options.createJwt) {
    throw new Error("[@octokit/auth-app] privateKey option is required");
  } else if (options.privateKey && options.createJwt) {
    throw new Error(
      "[@octokit/auth-app] privateKey and createJwt options are mutually exclusive"
    );
  }
  if ("installationId" in options && !options.installationId) {
    throw new Error(
      "[@octokit/auth-app] installationId is set to a falsy value"
    );
  }
  const log = options.log || {};
  if (typeof log.warn !== "function") {
    log.warn = console.warn.bind(console);
  }
  const request2 = options.request || request.defaults({
    headers: {
      "user-agent": `octokit-auth-app.js/${VERSION13} ${getUserAgent()}`
    }
  });
  const state = Object.assign(
    {
      request: request2,
      cache: getCache()
    },
    options,
    options.installationId ? { installationId: Number(options.installationId) } : {},
    {
      log,
      oauthApp: createOAuthAppAuth({
        clientType: "github-app",
        clientId: options.clientId || "",
        clientSecret: options.clientSecret || "",
        request: request2
      })
    }
  );
  return Object.assign(auth5.bind(null, state), {
    hook: hook5.bind(null, state)
  });
}
var pendingPromises, PATHS, REGEX, FIVE_SECONDS_IN_MS, VERSION13;
var init_dist_node = __esm({
  "node_modules/@octokit/auth-app/dist-node/index.js"() {
    init_universal_user_agent();
    init_dist_bundle4();
    init_dist_bundle11();
    init_universal_github_app_jwt();
    init_toad_cache();
    init_dist_bundle10();
    pendingPromises = /* @__PURE__ */ new Map();
    PATHS = [
      "/app",
      "/app/hook/config",
      "/app/hook/deliveries",
      "/app/hook/deliveries/{delivery_id}",
      "/app/hook/deliveries/{delivery_id}/attempts",
      "/app/installations",
      "/app/installations/{installation_id}",
      "/app/installations/{installation_id}/access_tokens",
      "/app/installations/{installation_id}/suspended",
      "/app/installation-requests",
      "/marketplace_listing/accounts/{account_id}",
      "/marketplace_listing/plan",
      "/marketplace_listing/plans",
      "/marketplace_listing/plans/{plan_id}/accounts",
      "/marketplace_listing/stubbed/accounts/{account_id}",
      "/marketplace_listing/stubbed/plan",
      "/marketplace_listing/stubbed/plans",
      "/marketplace_listing/stubbed/plans/{plan_id}/accounts",
      "/orgs/{org}/installation",
      "/repos/{owner}/{repo}/installation",
      "/users/{username}/installation",
      "/enterprises/{enterprise}/installation"
    ];
    REGEX = routeMatcher2(PATHS);
    FIVE_SECONDS_IN_MS = 5 * 1e3;
    VERSION13 = "8.3.1";
  }
});

// src/forge/github/app-token.ts
var app_token_exports = {};
__export(app_token_exports, {
  issueAppToken: () => issueAppToken,
  revokeToken: () => revokeToken
});
async function issueAppToken(request2) {
  const { server, clientId, owner, name: name2, permissions = NEEDED, wishes = {}, log } = request2;
  const repository = `${owner}/${name2}`;
  const auth6 = { appId: clientId, privateKey: readPrivateKey(request2.privateKey) };
  const { rest } = connect(server.apiUrl, { authStrategy: createAppAuth, auth: auth6 }, log ? { log } : {});
  const installation = await ask(repository, async () => {
    const { data } = await rest.apps.getRepoInstallation({ owner, repo: name2 });
    return readAnswer(INSTALLATION, data);
  });
  const lacks = ([permission, level]) => LEVELS.indexOf(installation.permissions[permission] ?? "") < LEVELS.indexOf(level);
  const missing = Object.entries(permissions).filter(lacks);
  if (missing.length > 0) {
    throw failure("APP_PERMISSION_MISSING", { repository, missing: missing.map((one) => permissionName(...one)) });
  }
  const wished = Object.entries(wishes).filter((wish) => !lacks(wish));
  return ask(repository, async () => {
    const { data } = await rest.apps.createInstallationAccessToken({
      installation_id: installation.id,
      repositories: [name2],
      permissions: { ...Object.fromEntries(wished), ...permissions }
    });
    return server.issued(readAnswer(INSTALLATION_TOKEN, data).token);
  });
}
async function revokeToken(issued) {
  try {
    await createHastyClient(issued, REVOKE_TIMEOUT).rest.apps.revokeInstallationAccessToken();
    return void 0;
  } catch (error3) {
    return error3.status === 401 ? void 0 : reasonOf(error3);
  }
}
async function ask(repository, request2) {
  try {
    return await request2();
  } catch (error3) {
    const reason = reasonOf(error3);
    if (!isAnswer(error3)) throw connectionFailure("get a token of the GitHub App", error3);
    const isThere = !/integration/i.test(reason);
    if (isThere && error3.status === 404)
      throw failure("APP_NOT_INSTALLED", { repository }, error3);
    throw failure("APP_REFUSED", { reason }, error3);
  }
}
function readPrivateKey(text2) {
  const [, label = "", body = ""] = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.*?)-----END \1-----/s.exec(text2) ?? [];
  if (label === "") throw failure("APP_KEY_INVALID", { reason: "has no lines BEGIN and END of a private key" });
  if (/ENCRYPTED/.test(label + body)) throw failure("APP_KEY_INVALID", { reason: "is encrypted with a passphrase" });
  const der = Buffer.from(body.replace(/\\[nr]|\s/g, ""), "base64");
  const key = readDer(der, label === "RSA PRIVATE KEY" ? "pkcs1" : "pkcs8");
  if (key?.asymmetricKeyType !== "rsa") {
    throw failure("APP_KEY_INVALID", { reason: "is not a whole RSA key in PKCS#1 or PKCS#8" });
  }
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}
function readDer(key, type) {
  try {
    return (0, import_node_crypto3.createPrivateKey)({ key, type, format: "der" });
  } catch {
    return void 0;
  }
}
var import_node_crypto3, NEEDED, LEVELS, REVOKE_TIMEOUT;
var init_app_token = __esm({
  "src/forge/github/app-token.ts"() {
    "use strict";
    init_dist_node();
    import_node_crypto3 = require("node:crypto");
    init_errors();
    init_answers();
    init_client();
    init_error_message();
    init_token_kind();
    NEEDED = { contents: "write", pull_requests: "write" };
    LEVELS = ["read", "write", "admin"];
    REVOKE_TIMEOUT = 1e4;
  }
});

// src/forge/connect.ts
async function connectForge(access2, run2, listeners) {
  const { remote, token } = access2;
  const [owner, name2, ...rest] = remote.name.split("/");
  if (token === "" || remote.transport === "file" || !owner || !name2 || rest.length > 0) return void 0;
  const manifests2 = ServerToken.ofManifests(access2, run2);
  if (manifests2 === void 0) return void 0;
  const { gitHub: gitHub2 } = await Promise.resolve().then(() => (init_github(), github_exports));
  return gitHub2({ manifests: manifests2, owner, repo: name2, source: ServerToken.ofSource(access2, run2), ...listeners });
}
async function explainRefusal2(error3, access2, run2) {
  const github = await Promise.resolve().then(() => (init_explain_refusal(), explain_refusal_exports));
  return github.explainRefusal(error3, github.subjectOf(access2, run2));
}
async function workflowNote2(access2, run2) {
  const github = await Promise.resolve().then(() => (init_explain_refusal(), explain_refusal_exports));
  return github.workflowNote(access2, run2);
}
async function issueToken({ app: app2, remote }, teams, run2, listeners) {
  if (!app2) return void 0;
  const [owner = "", name2 = ""] = remote.name.split("/");
  const server = ServerToken.ofManifests({ remote, token: "" }, run2);
  if (server === void 0) throw failure("API_NEEDED", { input: "app-client-id", repository: remote.name });
  const { issueAppToken: issueAppToken2 } = await Promise.resolve().then(() => (init_app_token(), app_token_exports));
  const wishes = teams ? { members: "read" } : {};
  return issueAppToken2({ server, ...app2, owner, name: name2, wishes, ...listeners });
}
async function revokeToken2(issued) {
  const appToken = await Promise.resolve().then(() => (init_app_token(), app_token_exports));
  return appToken.revokeToken(ServerToken.restored(issued));
}
var init_connect = __esm({
  "src/forge/connect.ts"() {
    "use strict";
    init_errors();
    init_server_token();
  }
});

// src/inputs/github-host-keys.ts
var KEYS, GITHUB_HOST_KEYS;
var init_github_host_keys = __esm({
  "src/inputs/github-host-keys.ts"() {
    "use strict";
    KEYS = [
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
      "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5YRrYMjNuG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg=",
      "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQCj7ndNxQowgcQnjshcLrqPEiiphnt+VTTvDP6mHBL9j1aNUkY4Ue1gvwnGLVlOhGeYrnZaMgRK6+PKCUXaDbC7qtbW8gIkhL7aGCsOr/C56SJMy/BCZfxd1nWzAOxSDPgVsmerOBYfNqltV9/hWCqBywINIR+5dIg6JTJ72pcEpEjcYgXkE2YEFXV1JHnsKgbLWNlhScqb2UmyRkQyytRLtL+38TGxkxCflmO+5Z8CSSNY7GidjMIZ7Q4zMjA2n1nGrlTDkzwDCsw+wqFPGQA179cnfGWOWRVruj16z6XyvxvjJwbz0wQZ75XK5tKSb7FNyeIEs4TT4jk+S4dhPeAUC5y+bDYirYgM4GC7uEnztnZyaVWQ7B381AK4Qdrwt51ZqExKbQpTUNn+EjqoTwvqNj4kqx5QUCI0ThS/YkOxJCXmPUWZbhjpCg56i+2aB6CmK2JGhn57K5mj0MNdBXA4/WnwH6XoPWJzK5Nyu2zB3nAZp+S5hpQs+p1vN1/wsjk="
    ];
    GITHUB_HOST_KEYS = KEYS.map((key) => `github.com,[ssh.github.com]:443 ${key}
`).join("");
  }
});

// src/core/remote.ts
function readRemote(repository, serverUrl, overSsh = false, platform2 = process.platform) {
  const remote = WINDOWS_PATH.test(repository) ? readWindowsPath(repository, platform2) : readAddress(repository, serverUrl);
  if (!overSsh || !remote.transport.startsWith("http")) return remote;
  const { hostname } = new URL(remote.url);
  return { name: remote.name, url: `ssh://git@${hostname}/${remote.name}.git`, transport: "ssh", host: hostname };
}
function readAddress(repository, serverUrl) {
  if (OWNER_AND_NAME.test(repository) && !repository.startsWith(".")) {
    return readAddress(`${serverUrl.replace(/\/$/, "")}/${repository.replace(/\.git$/, "")}.git`, serverUrl);
  }
  const scp = SCP_LIKE.exec(repository);
  if (scp?.[1] !== void 0 && scp[2] !== void 0) {
    return { name: nameFromPath(scp[2]), url: repository, transport: "ssh", host: scp[1].toLowerCase() };
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(repository)) return readUrl(repository);
  return readPath(repository);
}
function hasCredential(rest, isHttp) {
  const text2 = rest.replace(/%(?:3a|3f|23|40)/gi, (encoded) => decodeURIComponent(encoded));
  const path = text2.replace(/^[^/]*/, "");
  const user = text2.slice(0, text2.length - path.length).split("@").slice(0, -1).join("@");
  return /[?#]/.test(text2) || /[@:]/.test(path) || (isHttp ? user !== "" : /[@:]/.test(user));
}
function readWindowsPath(repository, platform2) {
  if (platform2 !== "win32") throw invalid(repository, "is a path of Windows, and this machine is not Windows");
  return readPath(repository);
}
function readPath(repository) {
  if (repository.startsWith("-") || !(0, import_node_fs2.existsSync)(repository))
    throw invalid(repository, "is no repository: neither owner/name, nor a URL, nor a folder that exists");
  return { name: repository, url: (0, import_node_url.pathToFileURL)((0, import_node_path2.resolve)(repository)).href, transport: "file", host: "" };
}
function readUrl(repository) {
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*):(?:\/\/)?(.*)$/is.exec(repository) ?? [];
  if (scheme.toLowerCase() !== "file" && hasCredential(rest, /^https?$/i.test(scheme))) {
    throw invalid(`${scheme}://…`, 'contains what may be a credential; give it in the input "token"');
  }
  if (!URL.canParse(repository)) throw invalid(`${scheme}://…`, "is not a valid URL");
  const url = new URL(repository);
  const transport = url.protocol.slice(0, -1);
  if (transport === "http" && !LOOPBACK.test(url.hostname)) {
    throw invalid(repository, "would send the token unencrypted; use https");
  }
  if (transport !== "https" && transport !== "http" && transport !== "ssh" && transport !== "file") {
    throw invalid(repository, "uses a transport other than https, ssh and file");
  }
  const name2 = transport === "file" ? url.pathname : nameFromPath(url.pathname);
  return { name: name2, url: url.href, transport, host: transport === "ssh" ? url.hostname : url.host };
}
function nameFromPath(path) {
  return path.replace(/^[/~]+/, "").replace(/(?<!\/)\/+$/, "").replace(/\.git$/, "");
}
function invalid(repository, reason) {
  return failure("INPUT_INVALID", { input: "repository", value: repository.replace(/^.*@/s, "…@"), reason });
}
var import_node_fs2, import_node_path2, import_node_url, OWNER_AND_NAME, SCP_LIKE, WINDOWS_PATH, LOOPBACK;
var init_remote = __esm({
  "src/core/remote.ts"() {
    "use strict";
    import_node_fs2 = require("node:fs");
    import_node_path2 = require("node:path");
    import_node_url = require("node:url");
    init_errors();
    OWNER_AND_NAME = /^[\w.-]+\/[\w.-]+$/;
    SCP_LIKE = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)([\w./~-]+)$/;
    WINDOWS_PATH = /^(?:[a-z]:[\\/]|\\\\|\/\/)/i;
    LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;
  }
});

// src/inputs/default-templates.ts
var DEFAULT_BODY, DEFAULT_COMMIT_MESSAGE;
var init_default_templates = __esm({
  "src/inputs/default-templates.ts"() {
    "use strict";
    DEFAULT_BODY = `{{ action }} **{{ name }}** {{#from}}{{ from }} → {{/from}}{{ version }}{{#skipped}}, skipped {{ skipped }}{{/skipped}}.
{{#origin.since}}
This is what {{#origin.environment}}{{ origin.environment }} holds since{{/origin.environment}}{{^origin.environment}}was here from{{/origin.environment}} {{ origin.since }}{{#origin.pull}} (pull request {{ origin.pull }}){{/origin.pull}}.
{{/origin.since}}
{{#reason}}

**Why:** {{ reason }}
{{/reason}}
{{#leftCount}}

**Left as it is:** {{ leftCount }} with another version.
{{/leftCount}}
{{#left}}
- {{ file }}:{{ line }} has {{ image }} {{ version }}: it {{ reason }}
{{/left}}

| Image | Old | New | Step | Place |
| --- | --- | --- | --- | --- |
{{#changes}}
| {{ image }} | {{#from}}{{ from }}{{/from}}{{^from}}–{{/from}} | {{ to }}{{#note}} ({{ note }}){{/note}} | {{#from}}{{ bump }}{{/from}}{{^from}}–{{/from}} | {{ file }}:{{ line }} {{ where }} |
{{/changes}}
{{#contents.summary}}

**What is in it:** {{ contents.summary }}{{#contents.url}} ([compare]({{ contents.url }})){{/contents.url}}
{{/contents.summary}}
{{#commits}}
- {{ subject }} – {{ author }}, [{{ shortCommit }}]({{ url }}){{#pull}}, [pull request {{ pull }}]({{ pullUrl }}){{/pull}}
{{/commits}}

{{#source.commit}}
Built from {{#source.repository}}{{ source.repository }}@{{/source.repository}}{{#source.url}}[{{ source.shortCommit }}]({{ source.url }}){{/source.url}}{{^source.url}}{{ source.shortCommit }}{{/source.url}}{{^origin.since}}{{#run.url}} by [this run]({{ run.url }}){{/run.url}}{{#actor}}, started by {{ actor }}{{/actor}}{{/origin.since}}.
{{/source.commit}}
{{#origin.since}}
{{#run.url}}
Asked for by [this run]({{ run.url }}){{#actor}}, started by {{ actor }}{{/actor}}.
{{/run.url}}
{{/origin.since}}
`;
    DEFAULT_COMMIT_MESSAGE = `{{ action }} {{ name }} {{ version }}
{{#reason}}

{{ reason }}
{{/reason}}

{{#changes}}
{{ file }}:{{ line }} {{ image }} {{#from}}{{ from }} -> {{/from}}{{ to }}{{#note}} ({{ note }}){{/note}}
{{/changes}}
`;
  }
});

// node_modules/fastest-levenshtein/mod.js
var require_mod = __commonJS({
  "node_modules/fastest-levenshtein/mod.js"(exports2) {
    "use strict";
    exports2.__esModule = true;
    exports2.distance = exports2.closest = void 0;
    var peq = new Uint32Array(65536);
    var myers_32 = function(a, b) {
      var n = a.length;
      var m = b.length;
      var lst = 1 << n - 1;
      var pv = -1;
      var mv = 0;
      var sc = n;
      var i = n;
      while (i--) {
        peq[a.charCodeAt(i)] |= 1 << i;
      }
      for (i = 0; i < m; i++) {
        var eq = peq[b.charCodeAt(i)];
        var xv = eq | mv;
        eq |= (eq & pv) + pv ^ pv;
        mv |= ~(eq | pv);
        pv &= eq;
        if (mv & lst) {
          sc++;
        }
        if (pv & lst) {
          sc--;
        }
        mv = mv << 1 | 1;
        pv = pv << 1 | ~(xv | mv);
        mv &= xv;
      }
      i = n;
      while (i--) {
        peq[a.charCodeAt(i)] = 0;
      }
      return sc;
    };
    var myers_x = function(b, a) {
      var n = a.length;
      var m = b.length;
      var mhc = [];
      var phc = [];
      var hsize = Math.ceil(n / 32);
      var vsize = Math.ceil(m / 32);
      for (var i = 0; i < hsize; i++) {
        phc[i] = -1;
        mhc[i] = 0;
      }
      var j = 0;
      for (; j < vsize - 1; j++) {
        var mv_1 = 0;
        var pv_1 = -1;
        var start_1 = j * 32;
        var vlen_1 = Math.min(32, m) + start_1;
        for (var k = start_1; k < vlen_1; k++) {
          peq[b.charCodeAt(k)] |= 1 << k;
        }
        for (var i = 0; i < n; i++) {
          var eq = peq[a.charCodeAt(i)];
          var pb = phc[i / 32 | 0] >>> i & 1;
          var mb = mhc[i / 32 | 0] >>> i & 1;
          var xv = eq | mv_1;
          var xh = ((eq | mb) & pv_1) + pv_1 ^ pv_1 | eq | mb;
          var ph = mv_1 | ~(xh | pv_1);
          var mh = pv_1 & xh;
          if (ph >>> 31 ^ pb) {
            phc[i / 32 | 0] ^= 1 << i;
          }
          if (mh >>> 31 ^ mb) {
            mhc[i / 32 | 0] ^= 1 << i;
          }
          ph = ph << 1 | pb;
          mh = mh << 1 | mb;
          pv_1 = mh | ~(xv | ph);
          mv_1 = ph & xv;
        }
        for (var k = start_1; k < vlen_1; k++) {
          peq[b.charCodeAt(k)] = 0;
        }
      }
      var mv = 0;
      var pv = -1;
      var start2 = j * 32;
      var vlen = Math.min(32, m - start2) + start2;
      for (var k = start2; k < vlen; k++) {
        peq[b.charCodeAt(k)] |= 1 << k;
      }
      var score = m;
      for (var i = 0; i < n; i++) {
        var eq = peq[a.charCodeAt(i)];
        var pb = phc[i / 32 | 0] >>> i & 1;
        var mb = mhc[i / 32 | 0] >>> i & 1;
        var xv = eq | mv;
        var xh = ((eq | mb) & pv) + pv ^ pv | eq | mb;
        var ph = mv | ~(xh | pv);
        var mh = pv & xh;
        score += ph >>> m - 1 & 1;
        score -= mh >>> m - 1 & 1;
        if (ph >>> 31 ^ pb) {
          phc[i / 32 | 0] ^= 1 << i;
        }
        if (mh >>> 31 ^ mb) {
          mhc[i / 32 | 0] ^= 1 << i;
        }
        ph = ph << 1 | pb;
        mh = mh << 1 | mb;
        pv = mh | ~(xv | ph);
        mv = ph & xv;
      }
      for (var k = start2; k < vlen; k++) {
        peq[b.charCodeAt(k)] = 0;
      }
      return score;
    };
    var distance3 = function(a, b) {
      if (a.length < b.length) {
        var tmp = b;
        b = a;
        a = tmp;
      }
      if (b.length === 0) {
        return a.length;
      }
      if (a.length <= 32) {
        return myers_32(a, b);
      }
      return myers_x(a, b);
    };
    exports2.distance = distance3;
    var closest4 = function(str, arr) {
      var min_distance = Infinity;
      var min_index = 0;
      for (var i = 0; i < arr.length; i++) {
        var dist = distance3(str, arr[i]);
        if (dist < min_distance) {
          min_distance = dist;
          min_index = i;
        }
      }
      return arr[min_index];
    };
    exports2.closest = closest4;
  }
});

// src/inputs/table.ts
var WORKFLOW_TOKEN, BOOLEAN, INPUTS, INPUT_TABLE;
var init_table = __esm({
  "src/inputs/table.ts"() {
    "use strict";
    WORKFLOW_TOKEN = "workflow:";
    BOOLEAN = ["true", "false"];
    INPUTS = [
      {
        name: "repository",
        description: "Manifest repository: owner/name on this GitHub server, a git URL (https, ssh), or a local path.",
        default: "${{ github.repository }}"
      },
      {
        name: "images",
        description: "Images to release, one per line: name:tag, name:tag@sha256:…, name@sha256:…, or old=new:tag to move to another repository too; or the tags or json output of docker/metadata-action, or the metadata output of docker/bake-action.",
        list: true
      },
      {
        name: "paths",
        description: "Git pathspecs, one per line, of the manifests to change. Default: the whole repository.",
        list: true,
        perEnvironment: "filled"
      },
      {
        name: "only-tags",
        description: "A tag, a glob (agent-*, *-alpine) or a range of versions (1.x, >=1.2 <2): only places with such a tag are changed.",
        perEnvironment: "filled"
      },
      {
        name: "targets",
        description: "Further places, one per line, that no convention finds: file#/json/pointer=image or file#dotted.path=image; file#kind/name#path where a file has several documents. One image needs no =image.",
        list: true,
        perEnvironment: "filled"
      },
      {
        name: "insert",
        description: "Write a version also to places that have none yet, where one belongs: an empty tag, an entry of a kustomization without newTag, an image without a tag.",
        default: "false",
        choices: BOOLEAN,
        perEnvironment: "filled"
      },
      {
        name: "image-policies",
        description: "Flux image policies that are not in the repository, one per line: namespace:policy=image.",
        list: true,
        perEnvironment: "filled"
      },
      {
        name: "base",
        description: "Branch that the pull request goes into. Default: the default branch of the repository.",
        perEnvironment: "filled"
      },
      {
        name: "name",
        description: "Name of the release. Default: last component of the first image’s repository; of an environment, app-environment.",
        perEnvironment: "filled"
      },
      {
        name: "branch",
        description: "Template of the release branch.",
        default: "release/{{ name }}",
        perEnvironment: "rendered"
      },
      {
        name: "title",
        description: "Template of the pull request’s title.",
        default: "{{ action }} {{ name }} {{#from}}{{ from }} → {{/from}}{{ version }}{{#from}}{{#bump}} ({{ bump }}){{/bump}}{{/from}}",
        perEnvironment: "rendered"
      },
      {
        name: "body",
        description: "Template of the pull request’s body, in Markdown. Default: a table of the changes with links.",
        perEnvironment: "rendered"
      },
      {
        name: "commit-message",
        description: "Template of the commit message. Default: the title’s default and a list of the changes.",
        perEnvironment: "rendered"
      },
      {
        name: "delivery",
        description: "pull-request, or push: the commit goes straight to the base branch.",
        default: "pull-request",
        choices: ["pull-request", "push"],
        perEnvironment: "filled"
      },
      {
        name: "order",
        description: "newest (a release older than the present version is skipped) or any (for going back).",
        default: "newest",
        choices: ["newest", "any"],
        perEnvironment: "filled"
      },
      {
        name: "only-versions",
        description: "Range of versions (>=1.0.0) that the base allows; a release of any other version is an error.",
        perEnvironment: "filled"
      },
      {
        name: "force",
        description: "Open a pull request also for a version whose pull request was closed without merging, or that was rolled back.",
        default: "false",
        choices: BOOLEAN
      },
      {
        name: "on-foreign-commits",
        description: "When others committed on the release branch: append (our commit goes on top), stop (an error that names them) or reset (their commits are overwritten).",
        default: "append",
        choices: ["append", "stop", "reset"],
        perEnvironment: "filled"
      },
      {
        name: "labels",
        description: "Labels, one per line; templates, as bump/{{ bump }}.",
        list: true,
        perEnvironment: "rendered"
      },
      {
        name: "reviewers",
        description: "Login names to ask for a review, one per line; organisation/team for a team.",
        list: true,
        perEnvironment: "filled"
      },
      {
        name: "team-reviewers",
        description: "Teams to ask for a review, one per line.",
        list: true,
        perEnvironment: "filled"
      },
      { name: "assignees", description: "Login names to assign, one per line.", list: true, perEnvironment: "filled" },
      { name: "milestone", description: "Title of an open milestone.", perEnvironment: "filled" },
      {
        name: "draft",
        description: "Open the pull request as a draft: false, true, or always (an update makes it a draft again).",
        default: "false",
        choices: ["false", "true", "always"],
        perEnvironment: "filled"
      },
      {
        name: "auto-merge",
        description: "Let GitHub merge when all rules are met: none, merge, squash or rebase.",
        default: "none",
        choices: ["none", "merge", "squash", "rebase"],
        perEnvironment: "filled"
      },
      {
        name: "mode",
        description: "release; or, for an app of the config file: promote (versions of another environment), rollback (to an earlier version), status (present versions) or list-versions (earlier versions).",
        default: "release",
        choices: ["release", "promote", "rollback", "status", "list-versions"]
      },
      {
        name: "config",
        description: "Path of the config file in the manifest repository, which lists the environments of each app.",
        default: ".github/manifest-release.yaml"
      },
      { name: "app", description: "Name of the app in the config file. Without it, the config file is not read." },
      {
        name: "environments",
        description: "Environments of the app, one per line. Default: all that are after no other.",
        list: true
      },
      { name: "version", description: "A tag, tag@sha256:… or digest for all images of the app, in place of images." },
      { name: "from", description: "With mode promote: the environment to take the versions from.", default: "" },
      { name: "to", description: "With mode promote: the environment to release them to.", default: "" },
      { name: "to-version", description: "With mode rollback: the version to go back to. Default: the previous one." },
      { name: "reason", description: "Reason for a rollback or a promotion, shown in its texts.", default: "" },
      {
        name: "token",
        description: "Token for git and the API, with Contents: write and Pull requests: write on the manifest repository. The default, the token of the workflow, goes to the server of the workflow alone.",
        // With a mark, so that a token that nobody gave is known.
        default: `\${{ format('${WORKFLOW_TOKEN}{0}', github.token) }}`,
        variable: "MANIFEST_RELEASE_TOKEN"
      },
      {
        name: "source-token",
        description: "Token that reads the commits of the source repository. Default: the token of the workflow.",
        default: "${{ github.token }}",
        variable: "MANIFEST_RELEASE_SOURCE_TOKEN"
      },
      {
        name: "app-client-id",
        description: "Client ID (or App ID) of a GitHub App whose installation token is used in place of token."
      },
      {
        name: "app-private-key",
        description: "Private key of that App, in PEM.",
        variable: "MANIFEST_RELEASE_APP_PRIVATE_KEY"
      },
      {
        name: "ssh-key",
        description: "Private deploy key for git over ssh; the API still needs a token.",
        variable: "MANIFEST_RELEASE_SSH_KEY"
      },
      { name: "ssh-known-hosts", description: "Lines of known_hosts for the server. Default: those of github.com." },
      {
        name: "sign",
        description: "How the commit is signed: none, api (by GitHub, for an App or bot), ssh or gpg.",
        default: "none",
        choices: ["none", "api", "ssh", "gpg"],
        perEnvironment: "filled"
      },
      {
        name: "signing-key",
        description: "Private key for sign: ssh or gpg, without a passphrase.",
        variable: "MANIFEST_RELEASE_SIGNING_KEY"
      },
      {
        name: "author",
        description: "Author and committer of the commit, as Name <email>.",
        default: "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>",
        perEnvironment: "filled"
      },
      { name: "dry-run", description: "Plan and show all changes, write nothing.", default: "false", choices: BOOLEAN }
    ];
    INPUT_TABLE = INPUTS.map((input) => ({ default: "", ...input }));
  }
});

// src/inputs/lookup.ts
function nearestInputs(name2) {
  const folded = name2.toLowerCase().replace(/[_\s]/g, "-");
  return OTHER_NAMES.get(folded) ?? [(0, import_fastest_levenshtein.closest)(folded, NAMES)];
}
function missingInput(input) {
  const variable = variableOf(input);
  return failure("INPUT_MISSING", { input, ...variable !== void 0 && { variable } });
}
function variableOf(input) {
  return INPUT_TABLE.find(({ name: name2 }) => name2 === input)?.variable;
}
function defaultOf(name2) {
  return INPUT_TABLE.find((input) => input.name === name2)?.default ?? "";
}
function choicesOf(name2) {
  return INPUT_TABLE.find((input) => input.name === name2)?.choices;
}
var import_fastest_levenshtein, OTHER_NAMES, NAMES;
var init_lookup = __esm({
  "src/inputs/lookup.ts"() {
    "use strict";
    import_fastest_levenshtein = __toESM(require_mod(), 1);
    init_errors();
    init_table();
    OTHER_NAMES = /* @__PURE__ */ new Map([
      ["app-id", ["app-client-id"]],
      ["client-id", ["app-client-id"]],
      ["private-key", ["app-private-key"]],
      ["github-token", ["token"]],
      ["gh-token", ["token"]],
      ["repo-token", ["token"]],
      ["tag", ["images", "version"]],
      ["digest", ["images", "version"]],
      ["image-tag", ["images", "version"]],
      ["file", ["paths"]],
      ["files", ["paths"]],
      ["directory", ["paths"]],
      ["base-branch", ["base"]],
      ["target-branch", ["base"]],
      ["automerge", ["auto-merge"]],
      ["environment", ["environments"]]
    ]);
    NAMES = INPUT_TABLE.map(({ name: name2 }) => name2);
  }
});

// src/core/image-reference.ts
function isDigest(text2) {
  if (text2.length > MAX_REFERENCE) return false;
  const [algorithm = "", hex = ""] = text2.split(":");
  return DIGEST_PATTERN.test(text2) && (DIGEST_HEX[algorithm] ?? hex.length) === hex.length;
}
function parseReference(text2) {
  if (text2.length > MAX_REFERENCE) return void 0;
  const match = REFERENCE_PATTERN.exec(text2);
  const [, name2 = "", tag, digest] = match ?? [];
  if (!match || name2.length > MAX_NAME || digest !== void 0 && !isDigest(digest)) return void 0;
  if (isDigest(text2)) return void 0;
  return { name: name2, ...version2(tag, digest) };
}
function parseVersion(text2) {
  if (text2.length > MAX_REFERENCE) return void 0;
  const [, tag, tagDigest, onlyDigest] = VERSION_PATTERN.exec(text2) ?? [];
  const digest = tagDigest ?? onlyDigest;
  if (tag === void 0 && digest === void 0) return void 0;
  if (digest !== void 0 && !isDigest(digest)) return void 0;
  return version2(tag, digest);
}
function referenceProblem(text2) {
  const [, name2 = "", tag, digest] = TEXT_AFTER_NAME.exec(text2) ?? [];
  if (name2 === "") return "names no repository";
  if (name2.length > MAX_NAME) return `has a repository of ${name2.length} characters, more than ${MAX_NAME}`;
  const [, named = "", slashed = ""] = SLASH_BEHIND_COLON.exec(text2) ?? [];
  if (slashed.includes("/") && !/^\d+\//.test(slashed) && NAME_PATTERN.test(named)) {
    return `has a tag with a slash; write ${slashed.replace(/[^\w.]+/g, "-")}`;
  }
  if (!NAME_PATTERN.test(name2)) {
    return NAME_PATTERN.test(name2.toLowerCase()) ? "has an uppercase letter in its repository" : "has a repository that is not of the form registry/path in lowercase letters, digits and . _ - /";
  }
  if (tag !== void 0 && tag.length > 128) return `has a tag of ${tag.length} characters, more than 128`;
  if (tag !== void 0 && !isTag(tag)) return "has a tag with a character other than letters, digits and _ . -";
  if (digest !== void 0 && !isDigest(digest)) return "has a digest that is not sha256: and 64 hexadecimal digits";
  return "is not an image reference";
}
function formatReference({ name: name2, ...version3 }) {
  const text2 = formatVersion(version3);
  return text2 === "" ? name2 : `${name2}${version3.tag === void 0 ? "@" : ":"}${text2}`;
}
function formatVersion({ tag, digest }) {
  return [tag, digest].filter((part) => part !== void 0).join("@");
}
function isSameVersion(one, other) {
  return isPartOf(one, other) || isPartOf(other, one);
}
function isPartOf(part, whole) {
  const [some, all] = [parseVersion(part), parseVersion(whole)];
  return (some?.tag === void 0 || some.tag === all?.tag) && (some?.digest === void 0 || some.digest === all?.digest);
}
function version2(tag, digest) {
  return { ...tag !== void 0 && { tag }, ...digest !== void 0 && { digest } };
}
function repositoryOf(name2) {
  const { registry: registry2, path } = splitName(name2);
  return `${registry2}/${registry2 === DOCKER_HUB && !path.includes("/") ? `library/${path}` : path}`;
}
function splitName(name2) {
  const slash = name2.indexOf("/");
  const first = name2.slice(0, Math.max(slash, 0)).toLowerCase();
  const isRegistry = first === "localhost" || /[.:[]/.test(first);
  if (!isRegistry) return { registry: DOCKER_HUB, path: name2 };
  return { registry: DOCKER_HUB_ALIASES.has(first) ? DOCKER_HUB : first, path: name2.slice(slash + 1) };
}
function searchWord(name2) {
  const { registry: registry2, path } = splitName(name2);
  return registry2 === DOCKER_HUB ? path.replace(/^library\//, "") : path;
}
function registriesWithPath(name2) {
  const [registry2 = "", ...path] = repositoryOf(name2).split("/");
  return path.slice(1).map((_, index) => [registry2, ...path.slice(0, index + 1)].join("/"));
}
var DOMAIN_LABEL, DOMAIN, PATH_COMPONENT, NAME2, TAG, DIGEST, NAME_PATTERN, TAG_PATTERN, DIGEST_PATTERN, REFERENCE_PATTERN, VERSION_PATTERN, DIGEST_HEX, MAX_REFERENCE, MAX_NAME, TEXT_AFTER_NAME, SLASH_BEHIND_COLON, isTag, DOCKER_HUB, DOCKER_HUB_ALIASES;
var init_image_reference = __esm({
  "src/core/image-reference.ts"() {
    "use strict";
    DOMAIN_LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    DOMAIN = `(?:${DOMAIN_LABEL}(?:\\.${DOMAIN_LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
    PATH_COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    NAME2 = `(?:${DOMAIN}/)?${PATH_COMPONENT}(?:/${PATH_COMPONENT})*`;
    TAG = "[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}";
    DIGEST = "[a-zA-Z][a-zA-Z0-9]*(?:[-_+.][a-zA-Z][a-zA-Z0-9]*)*:[0-9a-f]{32,}";
    NAME_PATTERN = new RegExp(`^${NAME2}$`);
    TAG_PATTERN = new RegExp(`^${TAG}$`);
    DIGEST_PATTERN = new RegExp(`^${DIGEST}$`);
    REFERENCE_PATTERN = new RegExp(`^(${NAME2})(?::(${TAG}))?(?:@(${DIGEST}))?$`);
    VERSION_PATTERN = new RegExp(`^(?:(${TAG})(?:@(${DIGEST}))?|(${DIGEST}))$`);
    DIGEST_HEX = { sha256: 64, sha384: 96, sha512: 128 };
    MAX_REFERENCE = 2e3;
    MAX_NAME = 255;
    TEXT_AFTER_NAME = /^(.*?)(?::([^:@/]*))?(?:@(.*))?$/s;
    SLASH_BEHIND_COLON = /^([^@]*):([^:@]*)(?:@.*)?$/s;
    isTag = (text2) => TAG_PATTERN.test(text2);
    DOCKER_HUB = "docker.io";
    DOCKER_HUB_ALIASES = /* @__PURE__ */ new Set([DOCKER_HUB, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"]);
  }
});

// src/core/tag-kind.ts
function kindOfTag(tag, branch = "") {
  if (branch !== "" && slugsOf(branch).includes(slugOf(tag))) return "moving";
  const known = PATTERNS.find(([, pattern]) => pattern.test(tag));
  if (known) return known[0];
  const words2 = tag.toLowerCase().split(/[-_.]/);
  return [words2.at(0), words2.at(-1)].some((word2) => MOVING_WORDS.has(word2 ?? "")) ? "moving" : "word";
}
function areParts(one, other) {
  const [shorter = "", longer = ""] = [one, other].toSorted((a, b) => a.length - b.length);
  return shorter !== longer && longer.startsWith(`${shorter}.`);
}
var TAG_KINDS, MOVING_WORDS, PATTERNS, slugsOf, slugOf;
var init_tag_kind = __esm({
  "src/core/tag-kind.ts"() {
    "use strict";
    TAG_KINDS = ["version", "build", "word", "part", "moving"];
    MOVING_WORDS = new Set(
      "latest newest current head tip main master trunk default mainline develop development dev devel integration next edge nightly daily weekly canary snapshot unstable experimental preview alpha beta rc stable lts release releases test testing qa uat stage staging preprod prod production live".split(" ")
    );
    PATTERNS = [
      ["moving", /-snapshot$/i],
      ["moving", /^v?\d+(?:\.\d+)*\.x$/i],
      ["version", /(?<![\d.])\d+\.\d+\.\d+/],
      // A commit, a time, or git describe's `-g8f14`.
      ["build", /(?:^|[^a-z\d])g?[\da-f]{7,64}(?![a-z\d])|(?:^|[-_.])sha[-_.]?[\da-f]{7,64}(?![a-z\d])|-g[\da-f]{4,}/i],
      ["build", /(?<!\d)\d{4}[-_.]\d{1,2}[-_.]\d{1,2}(?!\d)|(?<!\d)\d{8}t\d{4}/i],
      ["moving", /^(?:pr|pull|mr|merge|merge-request)[-_.]?\d+(?:[-_.](?:head|merge))?$|^\d+[-_.](?:head|merge)$/i],
      ["part", /^(?:release[-_.]?)?v?\d{1,6}(?:\.\d+)?(?:[-_.]?[a-z].*)?$/i],
      ["moving", /^latest(?![a-z])/i],
      ["build", /^[a-z][\w.-]*[-_.]\d+$|^(?:b|build|ci|job|pipeline|r|rev|run)\d+$/i]
    ];
    slugsOf = (branch) => [slugOf(branch), slugOf(slugOf(branch).slice(0, 63))];
    slugOf = (name2) => name2.toLowerCase().replace(/[^a-z\d]+/g, "-").replace(/^-+|-+$/g, "");
  }
});

// node_modules/semver/internal/constants.js
var require_constants = __commonJS({
  "node_modules/semver/internal/constants.js"(exports2, module2) {
    "use strict";
    var SEMVER_SPEC_VERSION = "2.0.0";
    var MAX_LENGTH = 256;
    var MAX_SAFE_INTEGER = Number.MAX_SAFE_INTEGER || /* istanbul ignore next */
    9007199254740991;
    var MAX_SAFE_COMPONENT_LENGTH = 16;
    var MAX_SAFE_BUILD_LENGTH = MAX_LENGTH - 6;
    var WHITESPACE_CHARACTERS = [
      "	",
      "\n",
      "\v",
      "\f",
      "\r",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      "\u2028",
      "\u2029",
      " ",
      " ",
      "　",
      "\uFEFF"
    ];
    var RELEASE_TYPES = [
      "major",
      "premajor",
      "minor",
      "preminor",
      "patch",
      "prepatch",
      "prerelease"
    ];
    module2.exports = {
      MAX_LENGTH,
      MAX_SAFE_COMPONENT_LENGTH,
      MAX_SAFE_BUILD_LENGTH,
      MAX_SAFE_INTEGER,
      WHITESPACE_CHARACTERS,
      RELEASE_TYPES,
      SEMVER_SPEC_VERSION,
      FLAG_INCLUDE_PRERELEASE: 1,
      FLAG_LOOSE: 2
    };
  }
});

// node_modules/semver/internal/debug.js
var require_debug = __commonJS({
  "node_modules/semver/internal/debug.js"(exports2, module2) {
    "use strict";
    var debug3 = typeof process === "object" && process.env && process.env.NODE_DEBUG && /\bsemver\b/i.test(process.env.NODE_DEBUG) ? (...args) => console.error("SEMVER", ...args) : () => {
    };
    module2.exports = debug3;
  }
});

// node_modules/semver/internal/re.js
var require_re = __commonJS({
  "node_modules/semver/internal/re.js"(exports2, module2) {
    "use strict";
    var {
      MAX_SAFE_COMPONENT_LENGTH,
      MAX_SAFE_BUILD_LENGTH,
      MAX_LENGTH
    } = require_constants();
    var debug3 = require_debug();
    exports2 = module2.exports = {};
    var re = exports2.re = [];
    var safeRe = exports2.safeRe = [];
    var src = exports2.src = [];
    var safeSrc = exports2.safeSrc = [];
    var t = exports2.t = {};
    var R = 0;
    var LETTERDASHNUMBER = "[a-zA-Z0-9-]";
    var safeRegexReplacements = [
      ["\\s", 1],
      ["\\d", MAX_LENGTH],
      [LETTERDASHNUMBER, MAX_SAFE_BUILD_LENGTH]
    ];
    var makeSafeRegex = (value) => {
      for (const [token, max] of safeRegexReplacements) {
        value = value.split(`${token}*`).join(`${token}{0,${max}}`).split(`${token}+`).join(`${token}{1,${max}}`);
      }
      return value;
    };
    var createToken = (name2, value, isGlobal) => {
      const safe = makeSafeRegex(value);
      const index = R++;
      debug3(name2, index, value);
      t[name2] = index;
      src[index] = value;
      safeSrc[index] = safe;
      re[index] = new RegExp(value, isGlobal ? "g" : void 0);
      safeRe[index] = new RegExp(safe, isGlobal ? "g" : void 0);
    };
    createToken("NUMERICIDENTIFIER", "0|[1-9]\\d*");
    createToken("NUMERICIDENTIFIERLOOSE", "\\d+");
    createToken("NONNUMERICIDENTIFIER", `\\d*[a-zA-Z-]${LETTERDASHNUMBER}*`);
    createToken("MAINVERSION", `(${src[t.NUMERICIDENTIFIER]})\\.(${src[t.NUMERICIDENTIFIER]})\\.(${src[t.NUMERICIDENTIFIER]})`);
    createToken("MAINVERSIONLOOSE", `(${src[t.NUMERICIDENTIFIERLOOSE]})\\.(${src[t.NUMERICIDENTIFIERLOOSE]})\\.(${src[t.NUMERICIDENTIFIERLOOSE]})`);
    createToken("PRERELEASEIDENTIFIER", `(?:${src[t.NONNUMERICIDENTIFIER]}|${src[t.NUMERICIDENTIFIER]})`);
    createToken("PRERELEASEIDENTIFIERLOOSE", `(?:${src[t.NONNUMERICIDENTIFIER]}|${src[t.NUMERICIDENTIFIERLOOSE]})`);
    createToken("PRERELEASE", `(?:-(${src[t.PRERELEASEIDENTIFIER]}(?:\\.${src[t.PRERELEASEIDENTIFIER]})*))`);
    createToken("PRERELEASELOOSE", `(?:-?(${src[t.PRERELEASEIDENTIFIERLOOSE]}(?:\\.${src[t.PRERELEASEIDENTIFIERLOOSE]})*))`);
    createToken("BUILDIDENTIFIER", `${LETTERDASHNUMBER}+`);
    createToken("BUILD", `(?:\\+(${src[t.BUILDIDENTIFIER]}(?:\\.${src[t.BUILDIDENTIFIER]})*))`);
    createToken("FULLPLAIN", `v?${src[t.MAINVERSION]}${src[t.PRERELEASE]}?${src[t.BUILD]}?`);
    createToken("FULL", `^${src[t.FULLPLAIN]}$`);
    createToken("LOOSEPLAIN", `[v=\\s]*${src[t.MAINVERSIONLOOSE]}${src[t.PRERELEASELOOSE]}?${src[t.BUILD]}?`);
    createToken("LOOSE", `^${src[t.LOOSEPLAIN]}$`);
    createToken("GTLT", "((?:<|>)?=?)");
    createToken("XRANGEIDENTIFIERLOOSE", `${src[t.NUMERICIDENTIFIERLOOSE]}|x|X|\\*`);
    createToken("XRANGEIDENTIFIER", `${src[t.NUMERICIDENTIFIER]}|x|X|\\*`);
    createToken("XRANGEPLAIN", `[v=\\s]*(${src[t.XRANGEIDENTIFIER]})(?:\\.(${src[t.XRANGEIDENTIFIER]})(?:\\.(${src[t.XRANGEIDENTIFIER]})(?:${src[t.PRERELEASE]})?${src[t.BUILD]}?)?)?`);
    createToken("XRANGEPLAINLOOSE", `[v=\\s]*(${src[t.XRANGEIDENTIFIERLOOSE]})(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})(?:${src[t.PRERELEASELOOSE]})?${src[t.BUILD]}?)?)?`);
    createToken("XRANGE", `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAIN]}$`);
    createToken("XRANGELOOSE", `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAINLOOSE]}$`);
    createToken("COERCEPLAIN", `${"(^|[^\\d])(\\d{1,"}${MAX_SAFE_COMPONENT_LENGTH}})(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?`);
    createToken("COERCE", `${src[t.COERCEPLAIN]}(?:$|[^\\d])`);
    createToken("COERCEFULL", src[t.COERCEPLAIN] + `(?:${src[t.PRERELEASE]})?(?:${src[t.BUILD]})?(?:$|[^\\d])`);
    createToken("COERCERTL", src[t.COERCE], true);
    createToken("COERCERTLFULL", src[t.COERCEFULL], true);
    createToken("LONETILDE", "(?:~>?)");
    createToken("TILDETRIM", `(\\s*)${src[t.LONETILDE]}\\s+`, true);
    exports2.tildeTrimReplace = "$1~";
    createToken("TILDE", `^${src[t.LONETILDE]}${src[t.XRANGEPLAIN]}$`);
    createToken("TILDELOOSE", `^${src[t.LONETILDE]}${src[t.XRANGEPLAINLOOSE]}$`);
    createToken("LONECARET", "(?:\\^)");
    createToken("CARETTRIM", `(\\s*)${src[t.LONECARET]}\\s+`, true);
    exports2.caretTrimReplace = "$1^";
    createToken("CARET", `^${src[t.LONECARET]}${src[t.XRANGEPLAIN]}$`);
    createToken("CARETLOOSE", `^${src[t.LONECARET]}${src[t.XRANGEPLAINLOOSE]}$`);
    createToken("COMPARATORLOOSE", `^${src[t.GTLT]}\\s*(${src[t.LOOSEPLAIN]})$|^$`);
    createToken("COMPARATOR", `^${src[t.GTLT]}\\s*(${src[t.FULLPLAIN]})$|^$`);
    createToken("COMPARATORTRIM", `(\\s*)${src[t.GTLT]}\\s*(${src[t.LOOSEPLAIN]}|${src[t.XRANGEPLAIN]})`, true);
    exports2.comparatorTrimReplace = "$1$2$3";
    createToken("HYPHENRANGE", `^\\s*(${src[t.XRANGEPLAIN]})\\s+-\\s+(${src[t.XRANGEPLAIN]})\\s*$`);
    createToken("HYPHENRANGELOOSE", `^\\s*(${src[t.XRANGEPLAINLOOSE]})\\s+-\\s+(${src[t.XRANGEPLAINLOOSE]})\\s*$`);
    createToken("STAR", "(<|>)?=?\\s*\\*");
    createToken("GTE0", "^\\s*>=\\s*0\\.0\\.0\\s*$");
    createToken("GTE0PRE", "^\\s*>=\\s*0\\.0\\.0-0\\s*$");
  }
});

// node_modules/semver/internal/parse-options.js
var require_parse_options = __commonJS({
  "node_modules/semver/internal/parse-options.js"(exports2, module2) {
    "use strict";
    var looseOption = Object.freeze({ loose: true });
    var emptyOpts = Object.freeze({});
    var parseOptions = (options) => {
      if (!options) {
        return emptyOpts;
      }
      if (typeof options !== "object") {
        return looseOption;
      }
      return options;
    };
    module2.exports = parseOptions;
  }
});

// node_modules/semver/internal/identifiers.js
var require_identifiers = __commonJS({
  "node_modules/semver/internal/identifiers.js"(exports2, module2) {
    "use strict";
    var numeric = /^[0-9]+$/;
    var compareIdentifiers = (a, b) => {
      if (typeof a === "number" && typeof b === "number") {
        return a === b ? 0 : a < b ? -1 : 1;
      }
      const anum = numeric.test(a);
      const bnum = numeric.test(b);
      if (anum && bnum) {
        a = +a;
        b = +b;
      }
      return a === b ? 0 : anum && !bnum ? -1 : bnum && !anum ? 1 : a < b ? -1 : 1;
    };
    var rcompareIdentifiers = (a, b) => compareIdentifiers(b, a);
    module2.exports = {
      compareIdentifiers,
      rcompareIdentifiers
    };
  }
});

// node_modules/semver/classes/semver.js
var require_semver = __commonJS({
  "node_modules/semver/classes/semver.js"(exports2, module2) {
    "use strict";
    var debug3 = require_debug();
    var { MAX_LENGTH, MAX_SAFE_INTEGER } = require_constants();
    var { safeRe: re, t } = require_re();
    var parseOptions = require_parse_options();
    var { compareIdentifiers } = require_identifiers();
    var isPrereleaseIdentifier = (prerelease, identifier) => {
      const identifiers = identifier.split(".");
      if (identifiers.length > prerelease.length) {
        return false;
      }
      for (let i = 0; i < identifiers.length; i++) {
        if (compareIdentifiers(prerelease[i], identifiers[i]) !== 0) {
          return false;
        }
      }
      return true;
    };
    var SemVer = class _SemVer {
      constructor(version3, options) {
        options = parseOptions(options);
        if (version3 instanceof _SemVer) {
          if (version3.loose === !!options.loose && version3.includePrerelease === !!options.includePrerelease) {
            return version3;
          } else {
            version3 = version3.version;
          }
        } else if (typeof version3 !== "string") {
          throw new TypeError(`Invalid version. Must be a string. Got type "${typeof version3}".`);
        }
        if (version3.length > MAX_LENGTH) {
          throw new TypeError(
            `version is longer than ${MAX_LENGTH} characters`
          );
        }
        debug3("SemVer", version3, options);
        this.options = options;
        this.loose = !!options.loose;
        this.includePrerelease = !!options.includePrerelease;
        const m = version3.trim().match(options.loose ? re[t.LOOSE] : re[t.FULL]);
        if (!m) {
          throw new TypeError(`Invalid Version: ${version3}`);
        }
        this.raw = version3;
        this.major = +m[1];
        this.minor = +m[2];
        this.patch = +m[3];
        if (this.major > MAX_SAFE_INTEGER || this.major < 0) {
          throw new TypeError("Invalid major version");
        }
        if (this.minor > MAX_SAFE_INTEGER || this.minor < 0) {
          throw new TypeError("Invalid minor version");
        }
        if (this.patch > MAX_SAFE_INTEGER || this.patch < 0) {
          throw new TypeError("Invalid patch version");
        }
        if (!m[4]) {
          this.prerelease = [];
        } else {
          this.prerelease = m[4].split(".").map((id) => {
            if (/^[0-9]+$/.test(id)) {
              const num = +id;
              if (num >= 0 && num < MAX_SAFE_INTEGER) {
                return num;
              }
            }
            return id;
          });
        }
        this.build = m[5] ? m[5].split(".") : [];
        this.format();
      }
      format() {
        this.version = `${this.major}.${this.minor}.${this.patch}`;
        if (this.prerelease.length) {
          this.version += `-${this.prerelease.join(".")}`;
        }
        return this.version;
      }
      toString() {
        return this.version;
      }
      compare(other) {
        debug3("SemVer.compare", this.version, this.options, other);
        if (!(other instanceof _SemVer)) {
          if (typeof other === "string" && other === this.version) {
            return 0;
          }
          other = new _SemVer(other, this.options);
        }
        if (other.version === this.version) {
          return 0;
        }
        return this.compareMain(other) || this.comparePre(other);
      }
      compareMain(other) {
        if (!(other instanceof _SemVer)) {
          other = new _SemVer(other, this.options);
        }
        if (this.major < other.major) {
          return -1;
        }
        if (this.major > other.major) {
          return 1;
        }
        if (this.minor < other.minor) {
          return -1;
        }
        if (this.minor > other.minor) {
          return 1;
        }
        if (this.patch < other.patch) {
          return -1;
        }
        if (this.patch > other.patch) {
          return 1;
        }
        return 0;
      }
      comparePre(other) {
        if (!(other instanceof _SemVer)) {
          other = new _SemVer(other, this.options);
        }
        if (this.prerelease.length && !other.prerelease.length) {
          return -1;
        } else if (!this.prerelease.length && other.prerelease.length) {
          return 1;
        } else if (!this.prerelease.length && !other.prerelease.length) {
          return 0;
        }
        let i = 0;
        do {
          const a = this.prerelease[i];
          const b = other.prerelease[i];
          debug3("prerelease compare", i, a, b);
          if (a === void 0 && b === void 0) {
            return 0;
          } else if (b === void 0) {
            return 1;
          } else if (a === void 0) {
            return -1;
          } else if (a === b) {
            continue;
          } else {
            return compareIdentifiers(a, b);
          }
        } while (++i);
      }
      compareBuild(other) {
        if (!(other instanceof _SemVer)) {
          other = new _SemVer(other, this.options);
        }
        let i = 0;
        do {
          const a = this.build[i];
          const b = other.build[i];
          debug3("build compare", i, a, b);
          if (a === void 0 && b === void 0) {
            return 0;
          } else if (b === void 0) {
            return 1;
          } else if (a === void 0) {
            return -1;
          } else if (a === b) {
            continue;
          } else {
            return compareIdentifiers(a, b);
          }
        } while (++i);
      }
      // preminor will bump the version up to the next minor release, and immediately
      // down to pre-release. premajor and prepatch work the same way.
      inc(release2, identifier, identifierBase) {
        if (release2.startsWith("pre")) {
          if (!identifier && identifierBase === false) {
            throw new Error("invalid increment argument: identifier is empty");
          }
          if (identifier) {
            const match = `-${identifier}`.match(this.options.loose ? re[t.PRERELEASELOOSE] : re[t.PRERELEASE]);
            if (!match || match[1] !== identifier) {
              throw new Error(`invalid identifier: ${identifier}`);
            }
          }
        }
        switch (release2) {
          case "premajor":
            this.prerelease.length = 0;
            this.patch = 0;
            this.minor = 0;
            this.major++;
            this.inc("pre", identifier, identifierBase);
            break;
          case "preminor":
            this.prerelease.length = 0;
            this.patch = 0;
            this.minor++;
            this.inc("pre", identifier, identifierBase);
            break;
          case "prepatch":
            this.prerelease.length = 0;
            this.inc("patch", identifier, identifierBase);
            this.inc("pre", identifier, identifierBase);
            break;
          // If the input is a non-prerelease version, this acts the same as
          // prepatch.
          case "prerelease":
            if (this.prerelease.length === 0) {
              this.inc("patch", identifier, identifierBase);
            }
            this.inc("pre", identifier, identifierBase);
            break;
          case "release":
            if (this.prerelease.length === 0) {
              throw new Error(`version ${this.raw} is not a prerelease`);
            }
            this.prerelease.length = 0;
            break;
          case "major":
            if (this.minor !== 0 || this.patch !== 0 || this.prerelease.length === 0) {
              this.major++;
            }
            this.minor = 0;
            this.patch = 0;
            this.prerelease = [];
            break;
          case "minor":
            if (this.patch !== 0 || this.prerelease.length === 0) {
              this.minor++;
            }
            this.patch = 0;
            this.prerelease = [];
            break;
          case "patch":
            if (this.prerelease.length === 0) {
              this.patch++;
            }
            this.prerelease = [];
            break;
          // This probably shouldn't be used publicly.
          // 1.0.0 'pre' would become 1.0.0-0 which is the wrong direction.
          case "pre": {
            const base = Number(identifierBase) ? 1 : 0;
            if (this.prerelease.length === 0) {
              this.prerelease = [base];
            } else {
              let i = this.prerelease.length;
              while (--i >= 0) {
                if (typeof this.prerelease[i] === "number") {
                  this.prerelease[i]++;
                  i = -2;
                }
              }
              if (i === -1) {
                if (identifier === this.prerelease.join(".") && identifierBase === false) {
                  throw new Error("invalid increment argument: identifier already exists");
                }
                this.prerelease.push(base);
              }
            }
            if (identifier) {
              let prerelease = [identifier, base];
              if (identifierBase === false) {
                prerelease = [identifier];
              }
              if (isPrereleaseIdentifier(this.prerelease, identifier)) {
                const prereleaseBase = this.prerelease[identifier.split(".").length];
                if (isNaN(prereleaseBase)) {
                  this.prerelease = prerelease;
                }
              } else {
                this.prerelease = prerelease;
              }
            }
            break;
          }
          default:
            throw new Error(`invalid increment argument: ${release2}`);
        }
        this.raw = this.format();
        if (this.build.length) {
          this.raw += `+${this.build.join(".")}`;
        }
        return this;
      }
    };
    module2.exports = SemVer;
  }
});

// node_modules/semver/functions/parse.js
var require_parse = __commonJS({
  "node_modules/semver/functions/parse.js"(exports2, module2) {
    "use strict";
    var SemVer = require_semver();
    var parse7 = (version3, options, throwErrors = false) => {
      if (version3 instanceof SemVer) {
        return version3;
      }
      try {
        return new SemVer(version3, options);
      } catch (er) {
        if (!throwErrors) {
          return null;
        }
        throw er;
      }
    };
    module2.exports = parse7;
  }
});

// node_modules/semver/functions/valid.js
var require_valid = __commonJS({
  "node_modules/semver/functions/valid.js"(exports2, module2) {
    "use strict";
    var parse7 = require_parse();
    var valid = (version3, options) => {
      const v = parse7(version3, options);
      return v ? v.version : null;
    };
    module2.exports = valid;
  }
});

// node_modules/semver/functions/clean.js
var require_clean = __commonJS({
  "node_modules/semver/functions/clean.js"(exports2, module2) {
    "use strict";
    var parse7 = require_parse();
    var clean = (version3, options) => {
      const s = parse7(version3.trim().replace(/^[=v]+/, ""), options);
      return s ? s.version : null;
    };
    module2.exports = clean;
  }
});

// node_modules/semver/functions/inc.js
var require_inc = __commonJS({
  "node_modules/semver/functions/inc.js"(exports2, module2) {
    "use strict";
    var SemVer = require_semver();
    var inc = (version3, release2, options, identifier, identifierBase) => {
      if (typeof options === "string") {
        identifierBase = identifier;
        identifier = options;
        options = void 0;
      }
      try {
        return new SemVer(
          version3 instanceof SemVer ? version3.version : version3,
          options
        ).inc(release2, identifier, identifierBase).version;
      } catch (er) {
        return null;
      }
    };
    module2.exports = inc;
  }
});

// node_modules/semver/functions/diff.js
var require_diff = __commonJS({
  "node_modules/semver/functions/diff.js"(exports2, module2) {
    "use strict";
    var parse7 = require_parse();
    var diff = (version1, version22) => {
      const v1 = parse7(version1, null, true);
      const v2 = parse7(version22, null, true);
      const comparison = v1.compare(v2);
      if (comparison === 0) {
        return null;
      }
      const v1Higher = comparison > 0;
      const highVersion = v1Higher ? v1 : v2;
      const lowVersion = v1Higher ? v2 : v1;
      const highHasPre = !!highVersion.prerelease.length;
      const lowHasPre = !!lowVersion.prerelease.length;
      if (lowHasPre && !highHasPre) {
        if (!lowVersion.patch && !lowVersion.minor) {
          return "major";
        }
        if (lowVersion.compareMain(highVersion) === 0) {
          if (lowVersion.minor && !lowVersion.patch) {
            return "minor";
          }
          return "patch";
        }
      }
      const prefix = highHasPre ? "pre" : "";
      if (v1.major !== v2.major) {
        return prefix + "major";
      }
      if (v1.minor !== v2.minor) {
        return prefix + "minor";
      }
      if (v1.patch !== v2.patch) {
        return prefix + "patch";
      }
      return "prerelease";
    };
    module2.exports = diff;
  }
});

// node_modules/semver/functions/major.js
var require_major = __commonJS({
  "node_modules/semver/functions/major.js"(exports2, module2) {
    "use strict";
    var SemVer = require_semver();
    var major = (a, loose) => new SemVer(a, loose).major;
    module2.exports = major;
  }
});

// node_modules/semver/functions/minor.js
var require_minor = __commonJS({
  "node_modules/semver/functions/minor.js"(exports2, module2) {
    "use strict";
    var SemVer = require_semver();
    var minor = (a, loose) => new SemVer(a, loose).minor;
    module2.exports = minor;
  }
});

// node_modules/semver/functions/patch.js
var require_patch = __commonJS({
  "node_modules/semver/functions/patch.js"(exports2, module2) {
    "use strict";
    var SemVer = require_semver();
    var patch = (a, loose) => new SemVer(a, loose).patch;
    module2.exports = patch;
  }
});

// node_modules/semver/functions/prerelease.js
var require_prerelease = __commonJS({
  "node_modules/semver/functions/prerelease.js"(exports2, module2) {
    "use strict";
    var parse7 = require_parse();
    var prerelease = (version3, options) => {
      const parsed2 = parse7(version3, options);
      return parsed2 && parsed2.prerelease.length ? parsed2.prerelease : null;
    };
    module2.exports = prerelease;
  }
});

// node_modules/semver/functions/compare.js
var require_compare = __commonJS({
  "node_modules/semver/functions/compare.js"(exports2, module2) {
    "use strict";
    var SemVer = require_semver();
    var compare2 = (a, b, loose) => new SemVer(a, loose).compare(new SemVer(b, loose));
    module2.exports = compare2;
  }
});

// node_modules/semver/functions/rcompare.js
var require_rcompare = __commonJS({
  "node_modules/semver/functions/rcompare.js"(exports2, module2) {
    "use strict";
    var compare2 = require_compare();
    var rcompare = (a, b, loose) => compare2(b, a, loose);
    module2.exports = rcompare;
  }
});

// node_modules/semver/functions/compare-loose.js
var require_compare_loose = __commonJS({
  "node_modules/semver/functions/compare-loose.js"(exports2, module2) {
    "use strict";
    var compare2 = require_compare();
    var compareLoose = (a, b) => compare2(a, b, true);
    module2.exports = compareLoose;
  }
});

// node_modules/semver/functions/compare-build.js
var require_compare_build = __commonJS({
  "node_modules/semver/functions/compare-build.js"(exports2, module2) {
    "use strict";
    var SemVer = require_semver();
    var compareBuild = (a, b, loose) => {
      const versionA = new SemVer(a, loose);
      const versionB = new SemVer(b, loose);
      return versionA.compare(versionB) || versionA.compareBuild(versionB);
    };
    module2.exports = compareBuild;
  }
});

// node_modules/semver/functions/sort.js
var require_sort = __commonJS({
  "node_modules/semver/functions/sort.js"(exports2, module2) {
    "use strict";
    var compareBuild = require_compare_build();
    var sort = (list2, loose) => list2.sort((a, b) => compareBuild(a, b, loose));
    module2.exports = sort;
  }
});

// node_modules/semver/functions/rsort.js
var require_rsort = __commonJS({
  "node_modules/semver/functions/rsort.js"(exports2, module2) {
    "use strict";
    var compareBuild = require_compare_build();
    var rsort = (list2, loose) => list2.sort((a, b) => compareBuild(b, a, loose));
    module2.exports = rsort;
  }
});

// node_modules/semver/functions/gt.js
var require_gt = __commonJS({
  "node_modules/semver/functions/gt.js"(exports2, module2) {
    "use strict";
    var compare2 = require_compare();
    var gt = (a, b, loose) => compare2(a, b, loose) > 0;
    module2.exports = gt;
  }
});

// node_modules/semver/functions/lt.js
var require_lt = __commonJS({
  "node_modules/semver/functions/lt.js"(exports2, module2) {
    "use strict";
    var compare2 = require_compare();
    var lt = (a, b, loose) => compare2(a, b, loose) < 0;
    module2.exports = lt;
  }
});

// node_modules/semver/functions/eq.js
var require_eq = __commonJS({
  "node_modules/semver/functions/eq.js"(exports2, module2) {
    "use strict";
    var compare2 = require_compare();
    var eq = (a, b, loose) => compare2(a, b, loose) === 0;
    module2.exports = eq;
  }
});

// node_modules/semver/functions/neq.js
var require_neq = __commonJS({
  "node_modules/semver/functions/neq.js"(exports2, module2) {
    "use strict";
    var compare2 = require_compare();
    var neq = (a, b, loose) => compare2(a, b, loose) !== 0;
    module2.exports = neq;
  }
});

// node_modules/semver/functions/gte.js
var require_gte = __commonJS({
  "node_modules/semver/functions/gte.js"(exports2, module2) {
    "use strict";
    var compare2 = require_compare();
    var gte = (a, b, loose) => compare2(a, b, loose) >= 0;
    module2.exports = gte;
  }
});

// node_modules/semver/functions/lte.js
var require_lte = __commonJS({
  "node_modules/semver/functions/lte.js"(exports2, module2) {
    "use strict";
    var compare2 = require_compare();
    var lte = (a, b, loose) => compare2(a, b, loose) <= 0;
    module2.exports = lte;
  }
});

// node_modules/semver/functions/cmp.js
var require_cmp = __commonJS({
  "node_modules/semver/functions/cmp.js"(exports2, module2) {
    "use strict";
    var eq = require_eq();
    var neq = require_neq();
    var gt = require_gt();
    var gte = require_gte();
    var lt = require_lt();
    var lte = require_lte();
    var cmp = (a, op, b, loose) => {
      switch (op) {
        case "===":
          if (typeof a === "object") {
            a = a.version;
          }
          if (typeof b === "object") {
            b = b.version;
          }
          return a === b;
        case "!==":
          if (typeof a === "object") {
            a = a.version;
          }
          if (typeof b === "object") {
            b = b.version;
          }
          return a !== b;
        case "":
        case "=":
        case "==":
          return eq(a, b, loose);
        case "!=":
          return neq(a, b, loose);
        case ">":
          return gt(a, b, loose);
        case ">=":
          return gte(a, b, loose);
        case "<":
          return lt(a, b, loose);
        case "<=":
          return lte(a, b, loose);
        default:
          throw new TypeError(`Invalid operator: ${op}`);
      }
    };
    module2.exports = cmp;
  }
});

// node_modules/semver/functions/coerce.js
var require_coerce = __commonJS({
  "node_modules/semver/functions/coerce.js"(exports2, module2) {
    "use strict";
    var SemVer = require_semver();
    var parse7 = require_parse();
    var { safeRe: re, t } = require_re();
    var coerce = (version3, options) => {
      if (version3 instanceof SemVer) {
        return version3;
      }
      if (typeof version3 === "number") {
        version3 = String(version3);
      }
      if (typeof version3 !== "string") {
        return null;
      }
      options = options || {};
      let match = null;
      if (!options.rtl) {
        match = version3.match(options.includePrerelease ? re[t.COERCEFULL] : re[t.COERCE]);
      } else {
        const coerceRtlRegex = options.includePrerelease ? re[t.COERCERTLFULL] : re[t.COERCERTL];
        let next;
        while ((next = coerceRtlRegex.exec(version3)) && (!match || match.index + match[0].length !== version3.length)) {
          if (!match || next.index + next[0].length !== match.index + match[0].length) {
            match = next;
          }
          coerceRtlRegex.lastIndex = next.index + next[1].length + next[2].length;
        }
        coerceRtlRegex.lastIndex = -1;
      }
      if (match === null) {
        return null;
      }
      const major = match[2];
      const minor = match[3] || "0";
      const patch = match[4] || "0";
      const prerelease = options.includePrerelease && match[5] ? `-${match[5]}` : "";
      const build = options.includePrerelease && match[6] ? `+${match[6]}` : "";
      return parse7(`${major}.${minor}.${patch}${prerelease}${build}`, options);
    };
    module2.exports = coerce;
  }
});

// node_modules/semver/functions/truncate.js
var require_truncate = __commonJS({
  "node_modules/semver/functions/truncate.js"(exports2, module2) {
    "use strict";
    var parse7 = require_parse();
    var constants4 = require_constants();
    var SemVer = require_semver();
    var truncate = (version3, truncation, options) => {
      if (!constants4.RELEASE_TYPES.includes(truncation)) {
        return null;
      }
      const clonedVersion = cloneInputVersion(version3, options);
      return clonedVersion && doTruncation(clonedVersion, truncation);
    };
    var cloneInputVersion = (version3, options) => {
      const versionStringToParse = version3 instanceof SemVer ? version3.version : version3;
      return parse7(versionStringToParse, options);
    };
    var doTruncation = (version3, truncation) => {
      if (isPrerelease(truncation)) {
        return version3.version;
      }
      version3.prerelease = [];
      switch (truncation) {
        case "major":
          version3.minor = 0;
          version3.patch = 0;
          break;
        case "minor":
          version3.patch = 0;
          break;
      }
      return version3.format();
    };
    var isPrerelease = (type) => {
      return type.startsWith("pre");
    };
    module2.exports = truncate;
  }
});

// node_modules/semver/internal/lrucache.js
var require_lrucache = __commonJS({
  "node_modules/semver/internal/lrucache.js"(exports2, module2) {
    "use strict";
    var LRUCache = class {
      constructor() {
        this.max = 1e3;
        this.map = /* @__PURE__ */ new Map();
      }
      get(key) {
        const value = this.map.get(key);
        if (value === void 0) {
          return void 0;
        } else {
          this.map.delete(key);
          this.map.set(key, value);
          return value;
        }
      }
      delete(key) {
        return this.map.delete(key);
      }
      set(key, value) {
        const deleted = this.delete(key);
        if (!deleted && value !== void 0) {
          if (this.map.size >= this.max) {
            const firstKey = this.map.keys().next().value;
            this.delete(firstKey);
          }
          this.map.set(key, value);
        }
        return this;
      }
    };
    module2.exports = LRUCache;
  }
});

// node_modules/semver/internal/trim-comparator-whitespace.js
var require_trim_comparator_whitespace = __commonJS({
  "node_modules/semver/internal/trim-comparator-whitespace.js"(exports2, module2) {
    "use strict";
    var {
      MAX_LENGTH,
      MAX_SAFE_BUILD_LENGTH,
      WHITESPACE_CHARACTERS
    } = require_constants();
    var whitespace = new Uint8Array(65536);
    for (const char of WHITESPACE_CHARACTERS) {
      whitespace[char.charCodeAt(0)] = 1;
    }
    var isWhitespace2 = (char) => char !== void 0 && whitespace[char.charCodeAt(0)] === 1;
    var isVersionPrefix = (char) => char === "v" || char === "=" || isWhitespace2(char);
    var isDigit = (char) => char !== void 0 && char >= "0" && char <= "9";
    var isLetter = (char) => char !== void 0 && (char >= "a" && char <= "z" || char >= "A" && char <= "Z");
    var isIdentifierCharacter = (char) => isDigit(char) || isLetter(char) || char === "-";
    var isVersionStart = (char) => isDigit(char) || char === "x" || char === "X" || char === "*";
    var findDigitsEndIndex = (range, start2, limit, digitRuns) => {
      if (!isDigit(range[start2])) {
        return start2;
      }
      if (start2 >= digitRuns.start && start2 < digitRuns.end) {
        return Math.min(start2 + limit, digitRuns.end);
      }
      if (start2 >= digitRuns.previousStart && start2 < digitRuns.previousEnd) {
        return Math.min(start2 + limit, digitRuns.previousEnd);
      }
      let end2 = start2 + 1;
      while (isDigit(range[end2])) {
        end2++;
      }
      digitRuns.previousStart = digitRuns.start;
      digitRuns.previousEnd = digitRuns.end;
      digitRuns.start = start2;
      digitRuns.end = end2;
      return Math.min(start2 + limit, end2);
    };
    var findVersionNumberEndIndex = (range, start2, loose, digitRuns) => {
      if (!loose && range[start2] === "0") {
        return start2 + 1;
      }
      return findDigitsEndIndex(range, start2, loose ? MAX_LENGTH : MAX_LENGTH + 1, digitRuns);
    };
    var findPrereleaseIdentifierEndIndex = (range, start2, loose, digitRuns) => {
      const digitsEnd = findDigitsEndIndex(range, start2, MAX_LENGTH, digitRuns);
      if (isLetter(range[digitsEnd]) || range[digitsEnd] === "-") {
        let end2 = digitsEnd + 1;
        const limit = end2 + MAX_SAFE_BUILD_LENGTH;
        while (end2 < limit && isIdentifierCharacter(range[end2])) {
          end2++;
        }
        return end2;
      }
      return findVersionNumberEndIndex(range, start2, loose, digitRuns);
    };
    var findPrereleaseEndIndex = (range, start2, loose, digitRuns) => {
      const hyphen = range[start2] === "-";
      if (!loose && !hyphen) {
        return start2;
      }
      const identifierStart = start2 + (hyphen ? 1 : 0);
      let end2 = findPrereleaseIdentifierEndIndex(range, identifierStart, loose, digitRuns);
      if (end2 === identifierStart) {
        if (!loose || !hyphen) {
          return start2;
        }
        end2 = findPrereleaseIdentifierEndIndex(range, start2, loose, digitRuns);
      }
      while (range[end2] === ".") {
        const next = findPrereleaseIdentifierEndIndex(range, end2 + 1, loose, digitRuns);
        if (next === end2 + 1) {
          break;
        }
        end2 = next;
      }
      return end2;
    };
    var findBuildIdentifierEndIndex = (range, start2) => {
      let end2 = start2;
      while (end2 - start2 < MAX_SAFE_BUILD_LENGTH && isIdentifierCharacter(range[end2])) {
        end2++;
      }
      return end2;
    };
    var findBuildEndIndex = (range, start2) => {
      if (range[start2] !== "+") {
        return start2;
      }
      let end2 = findBuildIdentifierEndIndex(range, start2 + 1);
      if (end2 === start2 + 1) {
        return start2;
      }
      while (range[end2] === ".") {
        const next = findBuildIdentifierEndIndex(range, end2 + 1);
        if (next === end2 + 1) {
          break;
        }
        end2 = next;
      }
      return end2;
    };
    var findLooseFullVersionEndIndex = (range, start2, digitRuns) => {
      let end2 = start2;
      for (let component = 0; component < 3; component++) {
        const next = findVersionNumberEndIndex(range, end2, true, digitRuns);
        if (next === end2) {
          return start2;
        }
        end2 = next;
        if (component < 2) {
          if (range[end2] !== ".") {
            return start2;
          }
          end2++;
        }
      }
      const prereleaseEnd = findPrereleaseEndIndex(range, end2, true, digitRuns);
      return findBuildEndIndex(range, prereleaseEnd);
    };
    var findPartialVersionComponentEndIndex = (range, start2, digitRuns) => {
      if (isDigit(range[start2])) {
        return findVersionNumberEndIndex(range, start2, false, digitRuns);
      }
      return isVersionStart(range[start2]) ? start2 + 1 : start2;
    };
    var findPartialVersionEndIndex = (range, start2, digitRuns) => {
      let end2 = findPartialVersionComponentEndIndex(range, start2, digitRuns);
      for (let component = 0; component < 2; component++) {
        if (range[end2] !== ".") {
          return end2;
        }
        const next = findPartialVersionComponentEndIndex(range, end2 + 1, digitRuns);
        if (next === end2 + 1) {
          return end2;
        }
        end2 = next;
      }
      const prereleaseEnd = findPrereleaseEndIndex(range, end2, false, digitRuns);
      return findBuildEndIndex(range, prereleaseEnd);
    };
    var findVersionEndIndex = (range, start2, digitRuns) => {
      const fullVersionEnd = findLooseFullVersionEndIndex(range, start2, digitRuns);
      return fullVersionEnd !== start2 ? fullVersionEnd : findPartialVersionEndIndex(range, start2, digitRuns);
    };
    var findRemovableWhitespaceIndex = (range, matchStart) => {
      let position = matchStart;
      if (isWhitespace2(range[position])) {
        position++;
      }
      if (range[position] === "<" || range[position] === ">") {
        position++;
      }
      if (range[position] === "=") {
        position++;
      }
      return isWhitespace2(range[position]) ? position : -1;
    };
    var trimComparatorWhitespace = (range) => {
      let result = "";
      let copyFrom = 0;
      let cursor = 0;
      const digitRuns = { start: -1, end: -1, previousStart: -1, previousEnd: -1 };
      while (cursor < range.length) {
        const matchStart = cursor;
        if (range[cursor] === "<" || range[cursor] === ">") {
          cursor++;
        } else if (!isVersionPrefix(range[cursor]) && !isVersionStart(range[cursor])) {
          cursor++;
          continue;
        }
        while (cursor < range.length && isVersionPrefix(range[cursor])) {
          cursor++;
        }
        if (!isVersionStart(range[cursor])) {
          continue;
        }
        const whitespacePosition = findRemovableWhitespaceIndex(range, matchStart);
        if (whitespacePosition !== -1) {
          result += range.slice(copyFrom, whitespacePosition);
          copyFrom = whitespacePosition + 1;
        }
        cursor = findVersionEndIndex(range, cursor, digitRuns);
      }
      return result + range.slice(copyFrom);
    };
    module2.exports = trimComparatorWhitespace;
  }
});

// node_modules/semver/classes/range.js
var require_range = __commonJS({
  "node_modules/semver/classes/range.js"(exports2, module2) {
    "use strict";
    var SPACE_CHARACTERS = /\s+/g;
    var Range = class _Range {
      constructor(range, options) {
        options = parseOptions(options);
        if (range instanceof _Range) {
          if (range.loose === !!options.loose && range.includePrerelease === !!options.includePrerelease) {
            return range;
          } else {
            return new _Range(range.raw, options);
          }
        }
        if (range instanceof Comparator) {
          this.raw = range.value;
          this.set = [[range]];
          this.formatted = void 0;
          return this;
        }
        this.options = options;
        this.loose = !!options.loose;
        this.includePrerelease = !!options.includePrerelease;
        this.raw = range.trim().replace(SPACE_CHARACTERS, " ");
        this.set = this.raw.split("||").map((r) => this.parseRange(r.trim())).filter((c) => c.length);
        if (!this.set.length) {
          throw new TypeError(`Invalid SemVer Range: ${this.raw}`);
        }
        if (this.set.length > 1) {
          const first = this.set[0];
          this.set = this.set.filter((c) => !isNullSet(c[0]));
          if (this.set.length === 0) {
            this.set = [first];
          } else if (this.set.length > 1) {
            for (const c of this.set) {
              if (c.length === 1 && isAny(c[0])) {
                this.set = [c];
                break;
              }
            }
          }
        }
        this.formatted = void 0;
      }
      get range() {
        if (this.formatted === void 0) {
          this.formatted = "";
          for (let i = 0; i < this.set.length; i++) {
            if (i > 0) {
              this.formatted += "||";
            }
            const comps = this.set[i];
            for (let k = 0; k < comps.length; k++) {
              if (k > 0) {
                this.formatted += " ";
              }
              this.formatted += comps[k].toString().trim();
            }
          }
        }
        return this.formatted;
      }
      format() {
        return this.range;
      }
      toString() {
        return this.range;
      }
      parseRange(range) {
        range = range.replace(BUILDSTRIPRE, "");
        const memoOpts = (this.options.includePrerelease && FLAG_INCLUDE_PRERELEASE) | (this.options.loose && FLAG_LOOSE);
        const memoKey = memoOpts + ":" + range;
        const cached2 = cache.get(memoKey);
        if (cached2) {
          return cached2;
        }
        const loose = this.options.loose;
        const hr = loose ? re[t.HYPHENRANGELOOSE] : re[t.HYPHENRANGE];
        range = range.replace(hr, hyphenReplace(this.options.includePrerelease));
        debug3("hyphen replace", range);
        range = trimComparatorWhitespace(range);
        debug3("comparator trim", range);
        range = range.replace(re[t.TILDETRIM], tildeTrimReplace);
        debug3("tilde trim", range);
        range = range.replace(re[t.CARETTRIM], caretTrimReplace);
        debug3("caret trim", range);
        let rangeList = range.split(" ").map((comp) => parseComparator(comp, this.options)).join(" ").split(/\s+/).map((comp) => replaceGTE0(comp, this.options));
        if (loose) {
          rangeList = rangeList.filter((comp) => {
            debug3("loose invalid filter", comp, this.options);
            return !!comp.match(re[t.COMPARATORLOOSE]);
          });
        }
        debug3("range list", rangeList);
        const rangeMap = /* @__PURE__ */ new Map();
        const comparators = rangeList.map((comp) => new Comparator(comp, this.options));
        for (const comp of comparators) {
          if (isNullSet(comp)) {
            return [comp];
          }
          rangeMap.set(comp.value, comp);
        }
        if (rangeMap.size > 1 && rangeMap.has("")) {
          rangeMap.delete("");
        }
        const result = [...rangeMap.values()];
        cache.set(memoKey, result);
        return result;
      }
      intersects(range, options) {
        if (!(range instanceof _Range)) {
          throw new TypeError("a Range is required");
        }
        return this.set.some((thisComparators) => {
          return isSatisfiable(thisComparators, options) && range.set.some((rangeComparators) => {
            return isSatisfiable(rangeComparators, options) && thisComparators.every((thisComparator) => {
              return rangeComparators.every((rangeComparator) => {
                return thisComparator.intersects(rangeComparator, options);
              });
            });
          });
        });
      }
      // if ANY of the sets match ALL of its comparators, then pass
      test(version3) {
        if (!version3) {
          return false;
        }
        if (typeof version3 === "string") {
          try {
            version3 = new SemVer(version3, this.options);
          } catch (er) {
            return false;
          }
        }
        for (let i = 0; i < this.set.length; i++) {
          if (testSet(this.set[i], version3, this.options)) {
            return true;
          }
        }
        return false;
      }
    };
    module2.exports = Range;
    var LRU = require_lrucache();
    var cache = new LRU();
    var parseOptions = require_parse_options();
    var Comparator = require_comparator();
    var debug3 = require_debug();
    var SemVer = require_semver();
    var trimComparatorWhitespace = require_trim_comparator_whitespace();
    var {
      safeRe: re,
      src,
      t,
      tildeTrimReplace,
      caretTrimReplace
    } = require_re();
    var { FLAG_INCLUDE_PRERELEASE, FLAG_LOOSE } = require_constants();
    var BUILDSTRIPRE = new RegExp(src[t.BUILD], "g");
    var isNullSet = (c) => c.value === "<0.0.0-0";
    var isAny = (c) => c.value === "";
    var isSatisfiable = (comparators, options) => {
      let result = true;
      const remainingComparators = comparators.slice();
      let testComparator = remainingComparators.pop();
      while (result && remainingComparators.length) {
        result = remainingComparators.every((otherComparator) => {
          return testComparator.intersects(otherComparator, options);
        });
        testComparator = remainingComparators.pop();
      }
      return result;
    };
    var parseComparator = (comp, options) => {
      comp = comp.replace(re[t.BUILD], "");
      debug3("comp", comp, options);
      comp = replaceCarets(comp, options);
      debug3("caret", comp);
      comp = replaceTildes(comp, options);
      debug3("tildes", comp);
      comp = replaceXRanges(comp, options);
      debug3("xrange", comp);
      comp = replaceStars(comp, options);
      debug3("stars", comp);
      return comp;
    };
    var isX = (id) => !id || id.toLowerCase() === "x" || id === "*";
    var invalidXRangeOrder = (M, m, p) => isX(M) && !isX(m) || isX(m) && p && !isX(p);
    var replaceTildes = (comp, options) => {
      return comp.trim().split(/\s+/).map((c) => replaceTilde(c, options)).join(" ");
    };
    var replaceTilde = (comp, options) => {
      const r = options.loose ? re[t.TILDELOOSE] : re[t.TILDE];
      const z = options.includePrerelease ? "-0" : "";
      return comp.replace(r, (_, M, m, p, pr) => {
        debug3("tilde", comp, _, M, m, p, pr);
        let ret;
        if (isX(M)) {
          ret = "";
        } else if (isX(m)) {
          ret = `>=${M}.0.0${z} <${+M + 1}.0.0-0`;
        } else if (isX(p)) {
          ret = `>=${M}.${m}.0${z} <${M}.${+m + 1}.0-0`;
        } else if (pr) {
          debug3("replaceTilde pr", pr);
          ret = `>=${M}.${m}.${p}-${pr} <${M}.${+m + 1}.0-0`;
        } else {
          ret = `>=${M}.${m}.${p} <${M}.${+m + 1}.0-0`;
        }
        debug3("tilde return", ret);
        return ret;
      });
    };
    var replaceCarets = (comp, options) => {
      return comp.trim().split(/\s+/).map((c) => replaceCaret(c, options)).join(" ");
    };
    var replaceCaret = (comp, options) => {
      debug3("caret", comp, options);
      const r = options.loose ? re[t.CARETLOOSE] : re[t.CARET];
      const z = options.includePrerelease ? "-0" : "";
      return comp.replace(r, (_, M, m, p, pr) => {
        debug3("caret", comp, _, M, m, p, pr);
        let ret;
        if (isX(M)) {
          ret = "";
        } else if (isX(m)) {
          ret = `>=${M}.0.0${z} <${+M + 1}.0.0-0`;
        } else if (isX(p)) {
          if (M === "0") {
            ret = `>=${M}.${m}.0${z} <${M}.${+m + 1}.0-0`;
          } else {
            ret = `>=${M}.${m}.0${z} <${+M + 1}.0.0-0`;
          }
        } else if (pr) {
          debug3("replaceCaret pr", pr);
          if (M === "0") {
            if (m === "0") {
              ret = `>=${M}.${m}.${p}-${pr} <${M}.${m}.${+p + 1}-0`;
            } else {
              ret = `>=${M}.${m}.${p}-${pr} <${M}.${+m + 1}.0-0`;
            }
          } else {
            ret = `>=${M}.${m}.${p}-${pr} <${+M + 1}.0.0-0`;
          }
        } else {
          debug3("no pr");
          if (M === "0") {
            if (m === "0") {
              ret = `>=${M}.${m}.${p} <${M}.${m}.${+p + 1}-0`;
            } else {
              ret = `>=${M}.${m}.${p} <${M}.${+m + 1}.0-0`;
            }
          } else {
            ret = `>=${M}.${m}.${p} <${+M + 1}.0.0-0`;
          }
        }
        debug3("caret return", ret);
        return ret;
      });
    };
    var replaceXRanges = (comp, options) => {
      debug3("replaceXRanges", comp, options);
      return comp.split(/\s+/).map((c) => replaceXRange(c, options)).join(" ");
    };
    var replaceXRange = (comp, options) => {
      comp = comp.trim();
      const r = options.loose ? re[t.XRANGELOOSE] : re[t.XRANGE];
      return comp.replace(r, (ret, gtlt, M, m, p, pr) => {
        debug3("xRange", comp, ret, gtlt, M, m, p, pr);
        if (invalidXRangeOrder(M, m, p)) {
          return comp;
        }
        const xM = isX(M);
        const xm = xM || isX(m);
        const xp = xm || isX(p);
        const anyX = xp;
        if (gtlt === "=" && anyX) {
          gtlt = "";
        }
        pr = options.includePrerelease ? "-0" : "";
        if (xM) {
          if (gtlt === ">" || gtlt === "<") {
            ret = "<0.0.0-0";
          } else {
            ret = "*";
          }
        } else if (gtlt && anyX) {
          if (xm) {
            m = 0;
          }
          p = 0;
          if (gtlt === ">") {
            gtlt = ">=";
            if (xm) {
              M = +M + 1;
              m = 0;
              p = 0;
            } else {
              m = +m + 1;
              p = 0;
            }
          } else if (gtlt === "<=") {
            gtlt = "<";
            if (xm) {
              M = +M + 1;
            } else {
              m = +m + 1;
            }
          }
          if (gtlt === "<") {
            pr = "-0";
          }
          ret = `${gtlt + M}.${m}.${p}${pr}`;
        } else if (xm) {
          ret = `>=${M}.0.0${pr} <${+M + 1}.0.0-0`;
        } else if (xp) {
          ret = `>=${M}.${m}.0${pr} <${M}.${+m + 1}.0-0`;
        }
        debug3("xRange return", ret);
        return ret;
      });
    };
    var replaceStars = (comp, options) => {
      debug3("replaceStars", comp, options);
      return comp.trim().replace(re[t.STAR], "");
    };
    var replaceGTE0 = (comp, options) => {
      debug3("replaceGTE0", comp, options);
      return comp.trim().replace(re[options.includePrerelease ? t.GTE0PRE : t.GTE0], "");
    };
    var hyphenReplace = (incPr) => ($0, from, fM, fm, fp, fpr, fb, to, tM, tm, tp, tpr) => {
      if (isX(fM)) {
        from = "";
      } else if (isX(fm)) {
        from = `>=${fM}.0.0${incPr ? "-0" : ""}`;
      } else if (isX(fp)) {
        from = `>=${fM}.${fm}.0${incPr ? "-0" : ""}`;
      } else if (fpr) {
        from = `>=${from}`;
      } else {
        from = `>=${from}${incPr ? "-0" : ""}`;
      }
      if (isX(tM)) {
        to = "";
      } else if (isX(tm)) {
        to = `<${+tM + 1}.0.0-0`;
      } else if (isX(tp)) {
        to = `<${tM}.${+tm + 1}.0-0`;
      } else if (tpr) {
        to = `<=${tM}.${tm}.${tp}-${tpr}`;
      } else if (incPr) {
        to = `<${tM}.${tm}.${+tp + 1}-0`;
      } else {
        to = `<=${to}`;
      }
      return `${from} ${to}`.trim();
    };
    var testSet = (set2, version3, options) => {
      for (let i = 0; i < set2.length; i++) {
        if (!set2[i].test(version3)) {
          return false;
        }
      }
      if (version3.prerelease.length && !options.includePrerelease) {
        for (let i = 0; i < set2.length; i++) {
          debug3(set2[i].semver);
          if (set2[i].semver === Comparator.ANY) {
            continue;
          }
          if (set2[i].semver.prerelease.length > 0) {
            const allowed = set2[i].semver;
            if (allowed.major === version3.major && allowed.minor === version3.minor && allowed.patch === version3.patch) {
              return true;
            }
          }
        }
        return false;
      }
      return true;
    };
  }
});

// node_modules/semver/classes/comparator.js
var require_comparator = __commonJS({
  "node_modules/semver/classes/comparator.js"(exports2, module2) {
    "use strict";
    var ANY2 = /* @__PURE__ */ Symbol("SemVer ANY");
    var Comparator = class _Comparator {
      static get ANY() {
        return ANY2;
      }
      constructor(comp, options) {
        options = parseOptions(options);
        if (comp instanceof _Comparator) {
          if (comp.loose === !!options.loose) {
            return comp;
          } else {
            comp = comp.value;
          }
        }
        comp = comp.trim().split(/\s+/).join(" ");
        debug3("comparator", comp, options);
        this.options = options;
        this.loose = !!options.loose;
        this.parse(comp);
        if (this.semver === ANY2) {
          this.value = "";
        } else {
          this.value = this.operator + this.semver.version;
        }
        debug3("comp", this);
      }
      parse(comp) {
        const r = this.options.loose ? re[t.COMPARATORLOOSE] : re[t.COMPARATOR];
        const m = comp.match(r);
        if (!m) {
          throw new TypeError(`Invalid comparator: ${comp}`);
        }
        this.operator = m[1] !== void 0 ? m[1] : "";
        if (this.operator === "=") {
          this.operator = "";
        }
        if (!m[2]) {
          this.semver = ANY2;
        } else {
          this.semver = new SemVer(m[2], this.options.loose);
        }
      }
      toString() {
        return this.value;
      }
      test(version3) {
        debug3("Comparator.test", version3, this.options.loose);
        if (this.semver === ANY2 || version3 === ANY2) {
          return true;
        }
        if (typeof version3 === "string") {
          try {
            version3 = new SemVer(version3, this.options);
          } catch (er) {
            return false;
          }
        }
        return cmp(version3, this.operator, this.semver, this.options);
      }
      intersects(comp, options) {
        if (!(comp instanceof _Comparator)) {
          throw new TypeError("a Comparator is required");
        }
        if (this.operator === "") {
          if (this.value === "") {
            return true;
          }
          return new Range(comp.value, options).test(this.value);
        } else if (comp.operator === "") {
          if (comp.value === "") {
            return true;
          }
          return new Range(this.value, options).test(comp.semver);
        }
        options = parseOptions(options);
        if (options.includePrerelease && (this.value === "<0.0.0-0" || comp.value === "<0.0.0-0")) {
          return false;
        }
        if (!options.includePrerelease && (this.value.startsWith("<0.0.0") || comp.value.startsWith("<0.0.0"))) {
          return false;
        }
        if (this.operator.startsWith(">") && comp.operator.startsWith(">")) {
          return true;
        }
        if (this.operator.startsWith("<") && comp.operator.startsWith("<")) {
          return true;
        }
        if (this.semver.version === comp.semver.version && this.operator.includes("=") && comp.operator.includes("=")) {
          return true;
        }
        if (cmp(this.semver, "<", comp.semver, options) && this.operator.startsWith(">") && comp.operator.startsWith("<")) {
          return true;
        }
        if (cmp(this.semver, ">", comp.semver, options) && this.operator.startsWith("<") && comp.operator.startsWith(">")) {
          return true;
        }
        return false;
      }
    };
    module2.exports = Comparator;
    var parseOptions = require_parse_options();
    var { safeRe: re, t } = require_re();
    var cmp = require_cmp();
    var debug3 = require_debug();
    var SemVer = require_semver();
    var Range = require_range();
  }
});

// node_modules/semver/functions/satisfies.js
var require_satisfies = __commonJS({
  "node_modules/semver/functions/satisfies.js"(exports2, module2) {
    "use strict";
    var Range = require_range();
    var satisfies = (version3, range, options) => {
      try {
        range = new Range(range, options);
      } catch (er) {
        return false;
      }
      return range.test(version3);
    };
    module2.exports = satisfies;
  }
});

// node_modules/semver/ranges/to-comparators.js
var require_to_comparators = __commonJS({
  "node_modules/semver/ranges/to-comparators.js"(exports2, module2) {
    "use strict";
    var Range = require_range();
    var toComparators = (range, options) => new Range(range, options).set.map((comp) => comp.map((c) => c.value).join(" ").trim().split(" "));
    module2.exports = toComparators;
  }
});

// node_modules/semver/ranges/max-satisfying.js
var require_max_satisfying = __commonJS({
  "node_modules/semver/ranges/max-satisfying.js"(exports2, module2) {
    "use strict";
    var SemVer = require_semver();
    var Range = require_range();
    var maxSatisfying = (versions, range, options) => {
      let max = null;
      let maxSV = null;
      let rangeObj = null;
      try {
        rangeObj = new Range(range, options);
      } catch (er) {
        return null;
      }
      versions.forEach((v) => {
        if (rangeObj.test(v)) {
          if (!max || maxSV.compare(v) === -1) {
            max = v;
            maxSV = new SemVer(max, options);
          }
        }
      });
      return max;
    };
    module2.exports = maxSatisfying;
  }
});

// node_modules/semver/ranges/min-satisfying.js
var require_min_satisfying = __commonJS({
  "node_modules/semver/ranges/min-satisfying.js"(exports2, module2) {
    "use strict";
    var SemVer = require_semver();
    var Range = require_range();
    var minSatisfying = (versions, range, options) => {
      let min = null;
      let minSV = null;
      let rangeObj = null;
      try {
        rangeObj = new Range(range, options);
      } catch (er) {
        return null;
      }
      versions.forEach((v) => {
        if (rangeObj.test(v)) {
          if (!min || minSV.compare(v) === 1) {
            min = v;
            minSV = new SemVer(min, options);
          }
        }
      });
      return min;
    };
    module2.exports = minSatisfying;
  }
});

// node_modules/semver/ranges/min-version.js
var require_min_version = __commonJS({
  "node_modules/semver/ranges/min-version.js"(exports2, module2) {
    "use strict";
    var SemVer = require_semver();
    var Range = require_range();
    var gt = require_gt();
    var minVersion = (range, loose) => {
      range = new Range(range, loose);
      let minver = new SemVer("0.0.0");
      if (range.test(minver)) {
        return minver;
      }
      minver = new SemVer("0.0.0-0");
      if (range.test(minver)) {
        return minver;
      }
      minver = null;
      for (let i = 0; i < range.set.length; ++i) {
        const comparators = range.set[i];
        let setMin = null;
        comparators.forEach((comparator) => {
          const compver = new SemVer(comparator.semver.version);
          switch (comparator.operator) {
            case ">":
              if (compver.prerelease.length === 0) {
                compver.patch++;
              } else {
                compver.prerelease.push(0);
              }
              compver.raw = compver.format();
            /* fallthrough */
            case "":
            case ">=":
              if (!setMin || gt(compver, setMin)) {
                setMin = compver;
              }
              break;
            case "<":
            case "<=":
              break;
            /* istanbul ignore next */
            default:
              throw new Error(`Unexpected operation: ${comparator.operator}`);
          }
        });
        if (setMin && (!minver || gt(minver, setMin))) {
          minver = setMin;
        }
      }
      if (minver && range.test(minver)) {
        return minver;
      }
      return null;
    };
    module2.exports = minVersion;
  }
});

// node_modules/semver/ranges/valid.js
var require_valid2 = __commonJS({
  "node_modules/semver/ranges/valid.js"(exports2, module2) {
    "use strict";
    var Range = require_range();
    var validRange = (range, options) => {
      try {
        return new Range(range, options).range || "*";
      } catch (er) {
        return null;
      }
    };
    module2.exports = validRange;
  }
});

// node_modules/semver/ranges/outside.js
var require_outside = __commonJS({
  "node_modules/semver/ranges/outside.js"(exports2, module2) {
    "use strict";
    var SemVer = require_semver();
    var Comparator = require_comparator();
    var { ANY: ANY2 } = Comparator;
    var Range = require_range();
    var satisfies = require_satisfies();
    var gt = require_gt();
    var lt = require_lt();
    var lte = require_lte();
    var gte = require_gte();
    var outside = (version3, range, hilo, options) => {
      version3 = new SemVer(version3, options);
      range = new Range(range, options);
      let gtfn, ltefn, ltfn, comp, ecomp;
      switch (hilo) {
        case ">":
          gtfn = gt;
          ltefn = lte;
          ltfn = lt;
          comp = ">";
          ecomp = ">=";
          break;
        case "<":
          gtfn = lt;
          ltefn = gte;
          ltfn = gt;
          comp = "<";
          ecomp = "<=";
          break;
        default:
          throw new TypeError('Must provide a hilo val of "<" or ">"');
      }
      if (satisfies(version3, range, options)) {
        return false;
      }
      for (let i = 0; i < range.set.length; ++i) {
        const comparators = range.set[i];
        let high = null;
        let low = null;
        comparators.forEach((comparator) => {
          if (comparator.semver === ANY2) {
            comparator = new Comparator(">=0.0.0");
          }
          high = high || comparator;
          low = low || comparator;
          if (gtfn(comparator.semver, high.semver, options)) {
            high = comparator;
          } else if (ltfn(comparator.semver, low.semver, options)) {
            low = comparator;
          }
        });
        if (high.operator === comp || high.operator === ecomp) {
          return false;
        }
        if ((!low.operator || low.operator === comp) && ltefn(version3, low.semver)) {
          return false;
        } else if (low.operator === ecomp && ltfn(version3, low.semver)) {
          return false;
        }
      }
      return true;
    };
    module2.exports = outside;
  }
});

// node_modules/semver/ranges/gtr.js
var require_gtr = __commonJS({
  "node_modules/semver/ranges/gtr.js"(exports2, module2) {
    "use strict";
    var outside = require_outside();
    var gtr = (version3, range, options) => outside(version3, range, ">", options);
    module2.exports = gtr;
  }
});

// node_modules/semver/ranges/ltr.js
var require_ltr = __commonJS({
  "node_modules/semver/ranges/ltr.js"(exports2, module2) {
    "use strict";
    var outside = require_outside();
    var ltr = (version3, range, options) => outside(version3, range, "<", options);
    module2.exports = ltr;
  }
});

// node_modules/semver/ranges/intersects.js
var require_intersects = __commonJS({
  "node_modules/semver/ranges/intersects.js"(exports2, module2) {
    "use strict";
    var Range = require_range();
    var intersects = (r1, r2, options) => {
      r1 = new Range(r1, options);
      r2 = new Range(r2, options);
      return r1.intersects(r2, options);
    };
    module2.exports = intersects;
  }
});

// node_modules/semver/ranges/simplify.js
var require_simplify = __commonJS({
  "node_modules/semver/ranges/simplify.js"(exports2, module2) {
    "use strict";
    var satisfies = require_satisfies();
    var compare2 = require_compare();
    module2.exports = (versions, range, options) => {
      const set2 = [];
      let first = null;
      let prev = null;
      const v = versions.sort((a, b) => compare2(a, b, options));
      for (const version3 of v) {
        const included = satisfies(version3, range, options);
        if (included) {
          prev = version3;
          if (!first) {
            first = version3;
          }
        } else {
          if (prev) {
            set2.push([first, prev]);
          }
          prev = null;
          first = null;
        }
      }
      if (first) {
        set2.push([first, null]);
      }
      const ranges = [];
      for (const [min, max] of set2) {
        if (min === max) {
          ranges.push(min);
        } else if (!max && min === v[0]) {
          ranges.push("*");
        } else if (!max) {
          ranges.push(`>=${min}`);
        } else if (min === v[0]) {
          ranges.push(`<=${max}`);
        } else {
          ranges.push(`${min} - ${max}`);
        }
      }
      const simplified = ranges.join(" || ");
      const original = typeof range.raw === "string" ? range.raw : String(range);
      return simplified.length < original.length ? simplified : range;
    };
  }
});

// node_modules/semver/ranges/subset.js
var require_subset = __commonJS({
  "node_modules/semver/ranges/subset.js"(exports2, module2) {
    "use strict";
    var Range = require_range();
    var Comparator = require_comparator();
    var { ANY: ANY2 } = Comparator;
    var satisfies = require_satisfies();
    var compare2 = require_compare();
    var subset = (sub, dom, options = {}) => {
      if (sub === dom) {
        return true;
      }
      sub = new Range(sub, options);
      dom = new Range(dom, options);
      let sawNonNull = false;
      OUTER: for (const simpleSub of sub.set) {
        for (const simpleDom of dom.set) {
          const isSub = simpleSubset(simpleSub, simpleDom, options);
          sawNonNull = sawNonNull || isSub !== null;
          if (isSub) {
            continue OUTER;
          }
        }
        if (sawNonNull) {
          return false;
        }
      }
      return true;
    };
    var minimumVersionWithPreRelease = [new Comparator(">=0.0.0-0")];
    var minimumVersion = [new Comparator(">=0.0.0")];
    var simpleSubset = (sub, dom, options) => {
      if (sub === dom) {
        return true;
      }
      if (sub.length === 1 && sub[0].semver === ANY2) {
        if (dom.length === 1 && dom[0].semver === ANY2) {
          return true;
        } else if (options.includePrerelease) {
          sub = minimumVersionWithPreRelease;
        } else {
          sub = minimumVersion;
        }
      }
      if (dom.length === 1 && dom[0].semver === ANY2) {
        if (options.includePrerelease) {
          return true;
        } else {
          dom = minimumVersion;
        }
      }
      const eqSet = /* @__PURE__ */ new Set();
      let gt, lt;
      for (const c of sub) {
        if (c.operator === ">" || c.operator === ">=") {
          gt = higherGT(gt, c, options);
        } else if (c.operator === "<" || c.operator === "<=") {
          lt = lowerLT(lt, c, options);
        } else {
          eqSet.add(c.semver);
        }
      }
      if (eqSet.size > 1) {
        return null;
      }
      let gtltComp;
      if (gt && lt) {
        gtltComp = compare2(gt.semver, lt.semver, options);
        if (gtltComp > 0) {
          return null;
        } else if (gtltComp === 0 && (gt.operator !== ">=" || lt.operator !== "<=")) {
          return null;
        }
      }
      for (const eq of eqSet) {
        if (gt && !satisfies(eq, String(gt), options)) {
          return null;
        }
        if (lt && !satisfies(eq, String(lt), options)) {
          return null;
        }
        for (const c of dom) {
          if (!satisfies(eq, String(c), options)) {
            return false;
          }
        }
        return true;
      }
      let higher, lower;
      let hasDomLT, hasDomGT;
      let needDomLTPre = lt && !options.includePrerelease && lt.semver.prerelease.length ? lt.semver : false;
      let needDomGTPre = gt && !options.includePrerelease && gt.semver.prerelease.length ? gt.semver : false;
      if (needDomLTPre && needDomLTPre.prerelease.length === 1 && lt.operator === "<" && needDomLTPre.prerelease[0] === 0) {
        needDomLTPre = false;
      }
      for (const c of dom) {
        hasDomGT = hasDomGT || c.operator === ">" || c.operator === ">=";
        hasDomLT = hasDomLT || c.operator === "<" || c.operator === "<=";
        if (gt) {
          if (needDomGTPre) {
            if (c.semver.prerelease && c.semver.prerelease.length && c.semver.major === needDomGTPre.major && c.semver.minor === needDomGTPre.minor && c.semver.patch === needDomGTPre.patch) {
              needDomGTPre = false;
            }
          }
          if (c.operator === ">" || c.operator === ">=") {
            higher = higherGT(gt, c, options);
            if (higher === c && higher !== gt) {
              return false;
            }
          } else if (gt.operator === ">=" && !c.test(gt.semver)) {
            return false;
          }
        }
        if (lt) {
          if (needDomLTPre) {
            if (c.semver.prerelease && c.semver.prerelease.length && c.semver.major === needDomLTPre.major && c.semver.minor === needDomLTPre.minor && c.semver.patch === needDomLTPre.patch) {
              needDomLTPre = false;
            }
          }
          if (c.operator === "<" || c.operator === "<=") {
            lower = lowerLT(lt, c, options);
            if (lower === c && lower !== lt) {
              return false;
            }
          } else if (lt.operator === "<=" && !c.test(lt.semver)) {
            return false;
          }
        }
        if (!c.operator && (lt || gt) && gtltComp !== 0) {
          return false;
        }
      }
      if (gt && hasDomLT && !lt && gtltComp !== 0) {
        return false;
      }
      if (lt && hasDomGT && !gt && gtltComp !== 0) {
        return false;
      }
      if (needDomGTPre || needDomLTPre) {
        return false;
      }
      return true;
    };
    var higherGT = (a, b, options) => {
      if (!a) {
        return b;
      }
      const comp = compare2(a.semver, b.semver, options);
      return comp > 0 ? a : comp < 0 ? b : b.operator === ">" && a.operator === ">=" ? b : a;
    };
    var lowerLT = (a, b, options) => {
      if (!a) {
        return b;
      }
      const comp = compare2(a.semver, b.semver, options);
      return comp < 0 ? a : comp > 0 ? b : b.operator === "<" && a.operator === "<=" ? b : a;
    };
    module2.exports = subset;
  }
});

// node_modules/semver/index.js
var require_semver2 = __commonJS({
  "node_modules/semver/index.js"(exports2, module2) {
    "use strict";
    var internalRe = require_re();
    var constants4 = require_constants();
    var SemVer = require_semver();
    var identifiers = require_identifiers();
    var parse7 = require_parse();
    var valid = require_valid();
    var clean = require_clean();
    var inc = require_inc();
    var diff = require_diff();
    var major = require_major();
    var minor = require_minor();
    var patch = require_patch();
    var prerelease = require_prerelease();
    var compare2 = require_compare();
    var rcompare = require_rcompare();
    var compareLoose = require_compare_loose();
    var compareBuild = require_compare_build();
    var sort = require_sort();
    var rsort = require_rsort();
    var gt = require_gt();
    var lt = require_lt();
    var eq = require_eq();
    var neq = require_neq();
    var gte = require_gte();
    var lte = require_lte();
    var cmp = require_cmp();
    var coerce = require_coerce();
    var truncate = require_truncate();
    var Comparator = require_comparator();
    var Range = require_range();
    var satisfies = require_satisfies();
    var toComparators = require_to_comparators();
    var maxSatisfying = require_max_satisfying();
    var minSatisfying = require_min_satisfying();
    var minVersion = require_min_version();
    var validRange = require_valid2();
    var outside = require_outside();
    var gtr = require_gtr();
    var ltr = require_ltr();
    var intersects = require_intersects();
    var simplifyRange = require_simplify();
    var subset = require_subset();
    module2.exports = {
      parse: parse7,
      valid,
      clean,
      inc,
      diff,
      major,
      minor,
      patch,
      prerelease,
      compare: compare2,
      rcompare,
      compareLoose,
      compareBuild,
      sort,
      rsort,
      gt,
      lt,
      eq,
      neq,
      gte,
      lte,
      cmp,
      coerce,
      truncate,
      Comparator,
      Range,
      satisfies,
      toComparators,
      maxSatisfying,
      minSatisfying,
      minVersion,
      validRange,
      outside,
      gtr,
      ltr,
      intersects,
      simplifyRange,
      subset,
      SemVer,
      re: internalRe.re,
      src: internalRe.src,
      tokens: internalRe.t,
      SEMVER_SPEC_VERSION: constants4.SEMVER_SPEC_VERSION,
      RELEASE_TYPES: constants4.RELEASE_TYPES,
      compareIdentifiers: identifiers.compareIdentifiers,
      rcompareIdentifiers: identifiers.rcompareIdentifiers
    };
  }
});

// src/core/version.ts
function compareVersions(one, other) {
  const [tag, otherTag] = [withoutDigest(one), withoutDigest(other)];
  if (tag === otherTag) return 0;
  const [a, b] = [readVersion(tag), readVersion(otherTag)];
  if (!a || !b || a.kind !== b.kind) return void 0;
  const main2 = a.order.compareMain(b.order);
  if (main2 !== 0) return main2;
  if (a.numbered !== b.numbered) return void 0;
  const prerelease = a.order.comparePre(b.order);
  return prerelease !== 0 || a.rest === b.rest ? prerelease : void 0;
}
function bumpOf(from, to) {
  const [a, b] = [readVersion(withoutDigest(from)), readVersion(withoutDigest(to))];
  if (!a || !b || (compareVersions(from, to) ?? 0) >= 0) return "unordered";
  const step = import_semver.default.diff(a.order, b.order) ?? "";
  return ["major", "minor", "patch"].find((bump) => step.endsWith(bump)) ?? "patch";
}
function largestBump(bumps) {
  return ["major", "unordered", "minor", "patch"].find((bump) => bumps.includes(bump)) ?? "unordered";
}
function isStep({ from, to }) {
  return from !== "" && from !== to;
}
function readRange(text2) {
  const parts = text2.split(/,|\|\|/);
  if (parts.some((part) => part.trim() === "") || STRAY_WILDCARD.test(text2)) return void 0;
  const normal = text2.replaceAll(",", " ").replace(/(?<![\w-])(v?)0+(?=\d)/gi, "$1");
  const includePrerelease = /\d-[a-z\d]/i.test(normal);
  if (import_semver.default.validRange(normal) === null) return void 0;
  return { text: text2, comparators: new import_semver.default.Range(normal, { includePrerelease }) };
}
function isInRange(tag, { comparators }) {
  const full = withoutDigest(tag).replace(/^v/i, "").replace(/^\d+\.\d+(?![.\d])/, "$&.0");
  const version3 = import_semver.default.parse(full, LOOSE);
  return version3 !== null && comparators.test(version3);
}
function isVersionLike(tag) {
  return VERSION14.test(tag) || /^(?=.*\d)(?:sha-|g)?[\da-f]{7,40}$/.test(tag) && /\D/.test(tag);
}
function areDifferentVersions(one, other) {
  const [a, b] = [import_semver.default.parse(one), import_semver.default.parse(other)];
  return a !== null && b !== null && a.compareMain(b) !== 0;
}
function readVersion(tag) {
  const [, main2, patch = ".0", suffix = ""] = VERSION14.exec(tag) ?? [];
  if (main2 === void 0 || DESCRIBED.test(tag)) return void 0;
  const numbered2 = /^\d{1,6}$/.test(suffix);
  const [, prerelease = "", after = ""] = (numbered2 ? ["", suffix] : PRERELEASE.exec(suffix)) ?? ["", "", suffix];
  const dotted = prerelease.toLowerCase().replace(/-|(?<=[a-z])(?=\d)/g, ".");
  const order = import_semver.default.parse(`${main2}${patch}${dotted && `-${dotted}`}`, LOOSE);
  if (!order) return void 0;
  const rest = after.toLowerCase();
  const scheme = order.major >= 1990 && order.major < 2200 ? "years" : "numbers";
  const kind = `${scheme} ${rest.replace(COMMIT, "#").replace(/\d+/g, "#")}`;
  return { order, kind, numbered: numbered2, rest };
}
var import_semver, LOOSE, VERSION14, PRERELEASE, DESCRIBED, COMMIT, STRAY_WILDCARD, withoutDigest;
var init_version4 = __esm({
  "src/core/version.ts"() {
    "use strict";
    import_semver = __toESM(require_semver2(), 1);
    LOOSE = { loose: true };
    VERSION14 = /^v?(\d+\.\d+)(\.\d+)?(?:(?:-|(?=[a-z]))([a-z\d].*))?$/i;
    PRERELEASE = /^((?:alpha|beta|preview|pre|rc)(?:[.-]?\d{1,6}(?![a-z\d]))*)(?:[.-](.+))?$/i;
    DESCRIBED = /-\d+-g[\da-f]{4,40}(?:-|$)/i;
    COMMIT = /(?<![a-z\d])g?[\da-f]{7,40}(?![a-z\d])/g;
    STRAY_WILDCARD = /[^\s.,|<>=~^v]\*|\*[^\s.,|]/;
    withoutDigest = (version3) => version3.replace(/@.*/s, "");
  }
});

// src/inputs/images.ts
function readReleasedImages(input, options = {}) {
  const entries = input.trim().startsWith("{") ? fromJson(input.trim()) : input.split(/[\s,]+/);
  const given = entries.filter((entry) => entry !== "").map(readEntry);
  if (given.length === 0) throw failure("INPUT_MISSING", { input: "images" });
  const notes = [];
  const repositories = new Set(given.map(({ reference }) => repositoryOf(reference.name)));
  const images = [...repositories].map((repository) => {
    const candidates = given.filter(({ reference }) => repositoryOf(reference.name) === repository);
    const chosen2 = choose(candidates, options);
    const others = candidates.filter(({ reference }) => reference.tag !== chosen2.reference.tag);
    if (others.length > 0) {
      const left = others.map(({ reference }) => formatVersion(reference)).join(", ");
      notes.push(
        `of the tags of ${chosen2.reference.name}, ${chosen2.reference.tag ?? ""} is released; left aside: ${left}`
      );
    }
    return chosen2;
  });
  refuseRivals(images);
  return { released: images, notes };
}
function isCopy(one, other) {
  const [a, b] = [one, other].map(({ reference }) => ({ ...reference, ...splitName(repositoryOf(reference.name)) }));
  const stays = [one, other].every(({ reference, replaces }) => reference.name === replaces);
  if (!a || !b || !stays || a.registry === b.registry) return false;
  return lastComponent(a.path) === lastComponent(b.path) && a.tag === b.tag && a.digest === b.digest;
}
function refuseRivals(images) {
  for (const image of images) {
    const claimed = repositoryOf(image.replaces);
    const rival = images.find(
      (other) => other !== image && [other.replaces, other.reference.name].map(repositoryOf).includes(claimed)
    );
    if (rival) {
      const versions = [image, rival].map(({ reference }) => formatReference(reference));
      throw failure("IMAGE_TWO_VERSIONS", { image: image.replaces, versions });
    }
  }
}
function readEntry(entry) {
  const equals = entry.indexOf("=");
  const text2 = entry.slice(equals + 1);
  const reference = parseReference(text2);
  if (!reference) throw failure("IMAGE_INVALID", { value: entry, reason: referenceProblem(text2) });
  if (reference.tag === void 0 && reference.digest === void 0) {
    throw failure("IMAGE_INVALID", { value: entry, reason: "has neither a tag nor a digest" });
  }
  const replaces = equals < 0 ? reference.name : entry.slice(0, equals);
  const replaced = parseReference(replaces);
  if (!replaced) throw failure("IMAGE_INVALID", { value: entry, reason: referenceProblem(replaces) });
  if (replaced.tag !== void 0 || replaced.digest !== void 0) {
    throw failure("IMAGE_INVALID", { value: entry, reason: 'has a version before the "="' });
  }
  return { reference, replaces };
}
function choose(images, { branch = "", mayMove = false }) {
  const candidates = images.map((image) => ({ image, kind: kindOf3(image, images, branch) }));
  const [chosen2, ...others] = candidates.toSorted((a, b) => TAG_KINDS.indexOf(a.kind) - TAG_KINDS.indexOf(b.kind));
  if (!chosen2) throw failure("INPUT_MISSING", { input: "images" });
  const { reference } = chosen2.image;
  if (chosen2.kind === "moving" && !mayMove) {
    const tags = new Set(images.map((image) => image.reference.tag ?? ""));
    throw failure("IMAGE_TAG_MOVES", { image: reference.name, tags: [...tags] });
  }
  const rival = others.find(({ image, kind }) => kind !== "moving" && contradicts(chosen2.image, image));
  if (rival) {
    const versions = [chosen2, rival].map(({ image }) => formatVersion(image.reference));
    throw failure("IMAGE_TWO_VERSIONS", { image: reference.name, versions });
  }
  return chosen2.image;
}
function kindOf3({ reference }, all, branch) {
  const { tag, digest } = reference;
  if (tag === void 0) return "version";
  const kind = kindOfTag(tag, branch);
  const isPart = kind === "part" && all.some((other) => areParts(tag, other.reference.tag ?? ""));
  if (kind !== "moving" && !isPart) return kind;
  return digest === void 0 ? "moving" : "part";
}
function contradicts(one, other) {
  const [a, b] = [one.reference, other.reference];
  return repositoryOf(one.replaces) !== repositoryOf(other.replaces) || a.digest !== void 0 && b.digest !== void 0 && a.digest !== b.digest || areDifferentVersions(a.tag ?? "", b.tag ?? "");
}
function fromJson(input) {
  let value;
  try {
    value = JSON.parse(input);
  } catch (error3) {
    throw failure("IMAGES_UNREADABLE", { value: input, reason: `is not JSON: ${error3.message}` });
  }
  const references = isRecord(value) ? fromMetadataAction(value) ?? fromBuildMetadata(value) : [];
  if (references.length === 0) {
    throw failure("IMAGES_UNREADABLE", { value: input, reason: 'has neither "tags" nor a target with "image.name"' });
  }
  return references;
}
function fromMetadataAction({ tags }) {
  return Array.isArray(tags) ? tags.map(String) : void 0;
}
function fromBuildMetadata(metadata) {
  return [metadata, ...Object.values(metadata)].filter(isRecord).flatMap((target) => {
    const { "image.name": names, "containerimage.digest": digest } = target;
    if (typeof names !== "string") return [];
    const suffix = typeof digest === "string" ? `@${digest}` : "";
    return names.split(",").map((name2) => name2.trim() + suffix);
  });
}
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
var lastComponent, formatReleasedImage;
var init_images = __esm({
  "src/inputs/images.ts"() {
    "use strict";
    init_errors();
    init_image_reference();
    init_tag_kind();
    init_version4();
    lastComponent = (path) => path.slice(path.lastIndexOf("/") + 1);
    formatReleasedImage = ({ reference, replaces }) => (replaces === reference.name ? "" : `${replaces}=`) + formatReference(reference);
  }
});

// src/inputs/identity.ts
function identityOf({ app: app2, environment: environment2 }, images, paths) {
  if (app2 !== "") return { app: app2, environment: environment2, repositories: [], paths: [] };
  return {
    app: app2,
    environment: environment2,
    repositories: sorted(images.map(({ reference }) => repositoryOf(reference.name))),
    paths: sorted(paths)
  };
}
function identityKey({ app: app2, environment: environment2, repositories, paths }) {
  const text2 = JSON.stringify([app2, environment2, repositories, paths]);
  return (0, import_node_crypto4.createHash)("sha256").update(text2).digest("hex").slice(0, 16);
}
function formatIdentity({ app: app2, environment: environment2, repositories, paths }) {
  if (app2 !== "") return `${app2} in ${environment2}`;
  const [first = "", ...more] = repositories;
  const images = more.length === 0 ? first : `${first} and ${more.length} more`;
  return paths.length === 0 ? images : `${images} in ${paths.join(", ")}`;
}
function defaultNames(identity, first = "") {
  const { app: app2, environment: environment2, repositories, paths } = identity;
  const path = (repositories[0] ?? "").split("/").slice(1);
  const readable = app2 === "" ? [...path, ...paths].join("-") : `${app2}-${environment2}`;
  const slug = readable.replace(/[^\w.]+/g, "-").replace(/^-+|-+$/g, "").slice(0, MAX_SLUG);
  return [app2 === "" ? lastComponent2(first) : readable, `${slug}-${identityKey(identity).slice(0, 6)}`];
}
function namesInOtherOrders({ repositories }) {
  return [...new Set(repositories.slice(0, MAX_ORDERS).map(lastComponent2))];
}
var import_node_crypto4, lastComponent2, MAX_ORDERS, MAX_SLUG, sorted;
var init_identity = __esm({
  "src/inputs/identity.ts"() {
    "use strict";
    import_node_crypto4 = require("node:crypto");
    init_image_reference();
    lastComponent2 = (repository) => repository.split("/").at(-1) ?? "";
    MAX_ORDERS = 5;
    MAX_SLUG = 60;
    sorted = (texts) => [...new Set(texts)].toSorted();
  }
});

// src/inputs/operation.ts
var PLAIN_RELEASE, ROLLBACK_BRANCH;
var init_operation = __esm({
  "src/inputs/operation.ts"() {
    "use strict";
    PLAIN_RELEASE = {
      action: "Release",
      reason: "",
      origin: { environment: "", since: "", pull: "" },
      rollsBack: []
    };
    ROLLBACK_BRANCH = "rollback/{{ name }}";
  }
});

// src/manifests/targets.ts
function readTargets(lines, images) {
  return lines.map((text2) => {
    const { file, document, path = "", image } = LINE.exec(text2)?.groups ?? {};
    const invalid3 = (reason) => failure("INPUT_INVALID", { input: "targets", value: text2, reason });
    if (file === void 0) throw invalid3("is not of the form file#path or file#path=image");
    const [only, ...more] = images;
    const name2 = image?.trim() ?? (more.length === 0 ? only?.reference.name : void 0);
    if (name2 === void 0) throw invalid3("does not say which of the released images it is of; write file#path=image");
    if (!parseReference(name2)) throw invalid3('names no image behind the "="');
    const segments = path.startsWith("/") ? readPointer(path) : readDotted(path);
    if (!segments) throw invalid3("has a path that is neither a JSON pointer nor dotted keys");
    return { text: text2, file, path: segments, image: name2, ...document !== void 0 && { document } };
  });
}
function readPointer(path) {
  return path.slice(1).split("/").map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}
function readQuoted(text2 = "") {
  try {
    return JSON.parse(text2);
  } catch {
    return void 0;
  }
}
function readDotted(path) {
  const segments = [];
  STEP.lastIndex = 0;
  for (let position = 0; position < path.length; position = STEP.lastIndex) {
    const [, key, index, quoted2] = STEP.exec(path) ?? [];
    const segment = key ?? index ?? readQuoted(quoted2);
    if (segment === void 0) return void 0;
    segments.push(segment);
  }
  return segments;
}
var LINE, STEP;
var init_targets = __esm({
  "src/manifests/targets.ts"() {
    "use strict";
    init_errors();
    init_image_reference();
    LINE = /^(?<file>[^#]+)#(?:(?<document>[^#]+)#)?(?<path>[^#]+?)(?:=(?<image>[^="\]]+))?$/;
    STEP = /\.?([^.[\]"]+)|\[(\d+)\]|\.?\[?("(?:[^"\\]|\\.)*")\]?/y;
  }
});

// src/core/tag-selection.ts
function readTagSelection(text2) {
  const isGlob = GLOB.test(text2) && !X_RANGE.test(text2);
  if (isGlob) return { text: text2, range: void 0, glob: asPattern(text2) };
  const range = readRange(text2);
  return range || isTag(text2) ? { text: text2, range, glob: void 0 } : void 0;
}
function isSelected(tag, { text: text2, range, glob }) {
  return tag === text2 || (glob?.test(tag) ?? false) || range !== void 0 && isInRange(tag, range);
}
function asPattern(glob) {
  const source = glob.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".");
  return new RegExp(`^${source}$`);
}
var GLOB, X_RANGE;
var init_tag_selection = __esm({
  "src/core/tag-selection.ts"() {
    "use strict";
    init_image_reference();
    init_version4();
    GLOB = /^[\w.-]*[*?][\w.*?-]*$/;
    X_RANGE = /^v?\d+(?:\.(?:\d+|[xX*]))+$/;
  }
});

// src/inputs/values.ts
function readLines(text2) {
  return text2.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}
function readNames(input, value) {
  const names = readLines(value);
  if (names.length <= MOST_NAMES) return names;
  throw failure("INPUT_INVALID", { input, value, reason: `has ${names.length} lines, more than ${MOST_NAMES}` });
}
function readChoice(input, value) {
  const choices = choicesOf(input);
  const folded = /^(?:True|TRUE|False|FALSE)$/.test(value) ? value.toLowerCase() : value;
  const chosen2 = choices.find((choice2) => choice2 === folded);
  if (chosen2 !== void 0) return chosen2;
  const last2 = choices.at(-1) ?? "";
  const rest = choices.slice(0, -1);
  const reason = rest.length === 1 ? `is neither ${rest[0]} nor ${last2}` : `is none of ${rest.join(", ")} and ${last2}`;
  throw failure("INPUT_INVALID", { input, value, reason });
}
function readName(value) {
  if (!/^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u.test(value)) {
    throw failure("INPUT_INVALID", {
      input: "name",
      value,
      reason: "is not one line of at most 100 visible characters"
    });
  }
  return value;
}
function readAuthor(value) {
  const [, name2, email2] = /^([^<>\n]*[^<>\s])\s*<([^<>\s]+)>$/.exec(value) ?? [];
  if (name2 === void 0 || email2 === void 0) {
    throw failure("INPUT_INVALID", { input: "author", value, reason: "is not of the form Name <email>" });
  }
  return { name: name2, email: email2 };
}
function readOnlyTags(value) {
  const selection = readTagSelection(value);
  if (selection) return selection;
  const reason = "is neither a tag, nor a glob (agent-*, *-alpine), nor a range of versions (1.x, >=1.2 <2)";
  throw failure("INPUT_INVALID", { input: "only-tags", value, reason });
}
function readPolicyLines(lines) {
  return new Map(
    lines.map((value) => {
      const [, policy, image] = /^([^:=\s]+:[^:=\s]+)=(\S+)$/.exec(value) ?? [];
      if (policy === void 0 || image === void 0 || !parseReference(image)) {
        throw failure("INPUT_INVALID", {
          input: "image-policies",
          value,
          reason: "is not of the form namespace:policy=image"
        });
      }
      return [policy, image];
    })
  );
}
function refuseOtherVersions(images, value) {
  if (value === "") return;
  const range = readRange(value);
  if (!range) throw failure("INPUT_INVALID", { input: "only-versions", value, reason: "is no range of versions" });
  const other = images.find(({ reference }) => !isInRange(reference.tag ?? "", range));
  if (other) throw failure("VERSION_NOT_ALLOWED", { image: formatReference(other.reference), range: value });
}
var MOST_NAMES;
var init_values = __esm({
  "src/inputs/values.ts"() {
    "use strict";
    init_errors();
    init_image_reference();
    init_tag_selection();
    init_version4();
    init_lookup();
    MOST_NAMES = 100;
  }
});

// src/inputs/inputs.ts
function readInputs(raw, ci, operation, environment2 = { app: "", environment: "" }) {
  const given = reading(raw);
  const orDefault = (name2) => given(name2) || defaultOf(name2);
  const choice2 = (name2) => readChoice(name2, orDefault(name2));
  const linesOf4 = (name2) => readLines(given(name2));
  const namesOf4 = (name2) => readNames(name2, given(name2));
  const mayMove = operation !== void 0 && operation.action !== "Release";
  const images = readReleasedImages(given("images"), { branch: ci.branch, mayMove });
  refuseOtherVersions(images.released, given("only-versions"));
  const sign = choice2("sign");
  const method = choice2("auto-merge");
  const autoMerge2 = method === "none" ? "" : method;
  return Object.freeze({
    access: readAccess(raw, ci),
    images,
    operation: operation ?? { ...PLAIN_RELEASE, reason: given("reason") },
    identity: identityOf(environment2, images.released, linesOf4("paths")),
    search: readSearch(raw, images.released),
    templates: {
      name: given("name") === "" ? "" : readName(given("name")),
      branch: orDefault("branch"),
      title: orDefault("title"),
      body: given("body") || DEFAULT_BODY,
      "commit-message": given("commit-message") || DEFAULT_COMMIT_MESSAGE,
      attributes: {
        labels: namesOf4("labels"),
        reviewers: namesOf4("reviewers").filter((name2) => !name2.includes("/")),
        // A reviewer of the form organisation/team is a team.
        "team-reviewers": [
          ...namesOf4("team-reviewers"),
          ...namesOf4("reviewers").flatMap((name2) => name2.split("/").slice(1))
        ],
        assignees: namesOf4("assignees"),
        milestone: given("milestone"),
        "auto-merge": autoMerge2,
        draft: choice2("draft")
      }
    },
    policy: {
      delivery: choice2("delivery"),
      order: choice2("order"),
      force: choice2("force") === "true",
      onForeignCommits: choice2("on-foreign-commits"),
      dryRun: choice2("dry-run") === "true",
      bases: environment2.bases ?? []
    },
    commit: {
      author: readAuthor(orDefault("author")),
      sign,
      signingKey: sign === "ssh" || sign === "gpg" ? readSecret(raw, "signing-key") : ""
    }
  });
}
function readSearch(raw, images) {
  const given = reading(raw);
  const linesOf4 = (name2) => readLines(given(name2));
  return {
    paths: linesOf4("paths"),
    plan: {
      targets: readTargets(linesOf4("targets"), images),
      policies: readPolicyLines(linesOf4("image-policies")),
      insert: readChoice("insert", given("insert") || defaultOf("insert")) === "true",
      ...given("only-tags") !== "" && { onlyTags: readOnlyTags(given("only-tags")) }
    }
  };
}
function readMode({ mode }) {
  return readChoice("mode", mode?.trim() || defaultOf("mode"));
}
function readAccess(raw, ci) {
  const given = reading(raw);
  const ownRepository = ci.name === "GitHub Actions" ? ci.source.repository : "";
  const repository = given("repository") || ownRepository;
  if (repository === "") throw missingInput("repository");
  const remote = readRemote(repository, ci.serverUrl, given("ssh-key") !== "");
  return {
    remote,
    base: given("base").replace(/^refs\/heads\//, ""),
    token: tokenFor(remote, given("token"), ci),
    sourceToken: given("source-token"),
    ...given("app-client-id") !== "" && {
      app: { clientId: given("app-client-id"), privateKey: readSecret(raw, "app-private-key") }
    },
    ...given("ssh-key") !== "" && {
      ssh: { key: readSecret(raw, "ssh-key"), knownHosts: given("ssh-known-hosts") || GITHUB_HOST_KEYS }
    }
  };
}
function tokenFor({ host, transport }, token, { serverUrl }) {
  if (!token.startsWith(WORKFLOW_TOKEN)) return token;
  const server = new URL(serverUrl);
  const isOwn = host === (transport === "ssh" ? server.hostname : server.host);
  return isOwn ? token.slice(WORKFLOW_TOKEN.length) : "";
}
function readSecret(raw, name2) {
  const secret = reading(raw)(name2);
  if (secret === "") throw missingInput(name2);
  return `${secret}
`;
}
var reading;
var init_inputs2 = __esm({
  "src/inputs/inputs.ts"() {
    "use strict";
    init_github_host_keys();
    init_remote();
    init_default_templates();
    init_lookup();
    init_table();
    init_images();
    init_identity();
    init_operation();
    init_targets();
    init_values();
    reading = (raw) => (name2) => (raw[name2] ?? "").trim();
  }
});

// src/core/time.ts
function utcTime(text2) {
  const isComplete = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(text2);
  const time2 = new Date(isComplete ? text2 : NaN);
  const utc = Number.isNaN(time2.getTime()) ? "" : time2.toISOString();
  return /^\d{4}-/.test(utc) ? utc.replace(/\.\d+/, "") : "";
}
var init_time = __esm({
  "src/core/time.ts"() {
    "use strict";
  }
});

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
function readNumber(number2) {
  const [, workflow, run2] = /^(.+)#(\d{1,15})$/s.exec(number2) ?? [];
  return workflow === void 0 ? void 0 : { workflow, run: Number(run2) };
}
var isCommit, tagOf;
var init_compare_builds = __esm({
  "src/release/compare-builds.ts"() {
    "use strict";
    init_escape();
    init_time();
    init_version4();
    isCommit = ({ commit }) => /^[\da-f]{7,64}$/i.test(commit);
    tagOf = (version3) => oneLine(withoutDigest(version3));
  }
});

// src/release/decide.ts
function decide(asked, facts) {
  const {
    inputs: { policy },
    build
  } = asked;
  const { pullRequests: pullRequests2, plan, foreign, present, rolledBackBy } = facts;
  const older = policy.order === "newest" ? whyOlderThanAny(present, build) : void 0;
  if (older !== void 0) return { kind: "skip", reason: older };
  if (plan.files.length === 0) return decideObsolete(asked, facts);
  if (!policy.force && rolledBackBy !== void 0) {
    return { kind: "decline", reason: `${rolledBackBy} rolled it back`, pullRequest: void 0 };
  }
  if (!policy.force && pullRequests2.declined && !pullRequests2.present) {
    return { kind: "decline", reason: "", pullRequest: pullRequests2.declined };
  }
  if (policy.onForeignCommits === "stop" && foreign.length > 0) return { kind: "refuse", commits: foreign };
  return { kind: "release" };
}
function decideObsolete({ inputs: { policy } }, { pullRequests: pullRequests2, disposable }) {
  const { present, others } = pullRequests2;
  const open3 = [...present ? [present] : [], ...others];
  if (open3.length === 0) return { kind: "unchanged" };
  const isFree = ({ pullRequest: { head } }) => head !== void 0 && (policy.onForeignCommits === "reset" || disposable.has(head.id));
  return { kind: "close", closed: open3.filter(isFree), kept: open3.filter((one) => !isFree(one)) };
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
var init_decide = __esm({
  "src/release/decide.ts"() {
    "use strict";
    init_compare_builds();
  }
});

// src/release/build.ts
function buildOf(images, operation, { source, run: run2 }) {
  const { repository, commit, time: time2, build } = source;
  return {
    images: images.map(({ reference }) => formatReference(reference)),
    source: { repository, commit, time: time2, build },
    operation,
    run: run2
  };
}
function canonical(text2) {
  const reference = parseReference(text2);
  return reference ? formatReference({ ...reference, name: repositoryOf(reference.name) }) : text2;
}
function hasSameImages(one, other) {
  const [a, b] = [one, other].map(({ images }) => new Set(images.map(canonical)));
  return a !== void 0 && b !== void 0 && a.size === b.size && [...a].every((image) => b.has(image));
}
function versionsOf({
  images
}) {
  return images.flatMap((image) => {
    const reference = parseReference(image);
    return reference ? [[repositoryOf(reference.name), formatVersion(reference)]] : [];
  });
}
function versionPairs(present, next) {
  const there = versionsOf(present);
  return versionsOf(next).flatMap(
    ([repository, version3]) => there.filter(([other]) => other === repository).map(([, presentVersion]) => [presentVersion, version3])
  );
}
function sourceOf(build, { source: own2 }) {
  const { repository = "", commit = "", time: time2 = "", build: number2 = "" } = build?.source ?? {};
  const isShown = commit !== "" && own2.commit !== "" && own2.repository !== "";
  const url = isShown ? own2.url.replace(own2.repository, repository).replace(own2.commit, commit) : "";
  return { repository, commit, url, time: time2, ref: "", build: number2 };
}
function hasVersion(build, image, version3) {
  return versionsOf(build).some(([repository, other]) => repository === repositoryOf(image) && other === version3);
}
var init_build = __esm({
  "src/release/build.ts"() {
    "use strict";
    init_image_reference();
  }
});

// src/inputs/ci.ts
function detectCi(environment2 = process.env) {
  const read2 = (name2) => environment2[name2] ?? "";
  const provider = PROVIDERS.find(({ sign }) => read2(sign) === "true");
  const serverUrl = readAddress2("GITHUB_SERVER_URL", read2) ?? "https://github.com";
  const apiUrl = readAddress2("GITHUB_API_URL", read2) ?? apiOf(serverUrl);
  const facts = provider?.facts(read2) ?? UNKNOWN;
  return { sourceServerUrl: serverUrl, name: provider?.name ?? "plain", ...facts, serverUrl, apiUrl };
}
function readAddress2(variable, read2) {
  const value = read2(variable);
  if (value === "") return void 0;
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
  throw failure("VARIABLE_INVALID", { variable, value, reason: "is not an http(s) URL" });
}
function serverOf(repository) {
  const [, transport = "ssh", host, port = ""] = /^(?:(\w+):\/\/)?(?:[^/@]*@)?([^:/@]+)(:\d+)?/.exec(repository) ?? [];
  if (host === void 0) return void 0;
  return transport.startsWith("http") ? `${transport}://${host}${port}` : `https://${host}`;
}
function numbered(workflow, number2) {
  return workflow !== "" && /^\d+$/.test(number2) ? `${workflow}#${number2}` : "";
}
function timeInEvent(path, commit) {
  try {
    const file = (0, import_node_fs3.statSync)(path);
    if (!file.isFile() || file.size > MAX_EVENT) return "";
    const event = JSON.parse((0, import_node_fs3.readFileSync)(path, "utf8"));
    const { id, timestamp } = event?.head_commit ?? {};
    return id === commit && typeof timestamp === "string" ? utcTime(timestamp) : "";
  } catch {
    return "";
  }
}
var import_node_fs3, UNKNOWN_SOURCE, UNKNOWN, MAX_EVENT, PROVIDERS;
var init_ci = __esm({
  "src/inputs/ci.ts"() {
    "use strict";
    import_node_fs3 = require("node:fs");
    init_errors();
    init_time();
    init_server();
    UNKNOWN_SOURCE = { repository: "", commit: "", url: "", time: "", ref: "", build: "" };
    UNKNOWN = { source: UNKNOWN_SOURCE, run: { url: "", actor: "" }, branch: "" };
    MAX_EVENT = 3e7;
    PROVIDERS = [
      {
        // https://docs.github.com/actions/reference/workflows-and-actions/variables
        name: "GitHub Actions",
        sign: "GITHUB_ACTIONS",
        facts: (read2) => {
          const [repository, commit] = [read2("GITHUB_REPOSITORY"), read2("GITHUB_SHA")];
          const project = `${read2("GITHUB_SERVER_URL")}/${repository}`;
          return {
            source: {
              repository,
              commit,
              url: `${project}/commit/${commit}`,
              time: timeInEvent(read2("GITHUB_EVENT_PATH"), commit),
              ref: read2("GITHUB_REF_TYPE") === "tag" ? read2("GITHUB_REF_NAME") : "",
              // The workflow's file is followed by the ref that it was read from.
              build: numbered(
                read2("GITHUB_WORKFLOW_REF").replace(/@(?:refs\/.*|[\da-f]{40})$/s, ""),
                read2("GITHUB_RUN_NUMBER")
              )
            },
            run: { url: `${project}/actions/runs/${read2("GITHUB_RUN_ID")}`, actor: read2("GITHUB_ACTOR") },
            branch: read2("GITHUB_HEAD_REF") || (read2("GITHUB_REF_TYPE") === "branch" ? read2("GITHUB_REF_NAME") : "")
          };
        }
      },
      {
        // https://circleci.com/docs/reference/variables/
        name: "CircleCI",
        sign: "CIRCLECI",
        facts: (read2) => {
          const [owner, name2] = [read2("CIRCLE_PROJECT_USERNAME"), read2("CIRCLE_PROJECT_REPONAME")];
          const repository = owner && name2 && `${owner}/${name2}`;
          const commit = read2("CIRCLE_SHA1");
          const server = serverOf(read2("CIRCLE_REPOSITORY_URL"));
          const url = server === void 0 ? "" : `${server}/${repository}/commit/${commit}`;
          const job = repository && read2("CIRCLE_JOB") && `${repository}/${read2("CIRCLE_JOB")}`;
          return {
            source: {
              repository,
              commit,
              url,
              time: "",
              ref: read2("CIRCLE_TAG"),
              build: numbered(job, read2("CIRCLE_BUILD_NUM"))
            },
            run: { url: read2("CIRCLE_BUILD_URL"), actor: read2("CIRCLE_USERNAME") },
            branch: read2("CIRCLE_BRANCH"),
            ...server !== void 0 && { sourceServerUrl: server }
          };
        }
      },
      {
        // https://docs.gitlab.com/ci/variables/predefined_variables/
        name: "GitLab CI",
        sign: "GITLAB_CI",
        facts: (read2) => {
          const [repository, commit] = [read2("CI_PROJECT_PATH"), read2("CI_COMMIT_SHA")];
          return {
            source: {
              repository,
              commit,
              url: `${read2("CI_PROJECT_URL")}/-/commit/${commit}`,
              time: utcTime(read2("CI_COMMIT_TIMESTAMP")),
              ref: read2("CI_COMMIT_TAG"),
              build: numbered(repository, read2("CI_PIPELINE_IID"))
            },
            run: { url: read2("CI_PIPELINE_URL"), actor: read2("GITLAB_USER_LOGIN") },
            branch: read2("CI_COMMIT_TAG") === "" ? read2("CI_COMMIT_REF_NAME") : "",
            sourceServerUrl: serverOf(read2("CI_PROJECT_URL")) ?? ""
          };
        }
      }
    ];
  }
});

// src/manifests/claimed-characters.ts
function overlap(one, other) {
  if (one.scalar !== other.scalar) return false;
  return one.start === other.start || one.start < other.end && other.start < one.end;
}
var ClaimedCharacters, partOf;
var init_claimed_characters = __esm({
  "src/manifests/claimed-characters.ts"() {
    "use strict";
    ClaimedCharacters = class {
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
    partOf = (offset) => offset >> 6;
  }
});

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
function walk(root) {
  if (!root) return [];
  if (last?.root !== root) last = { root, visits: visitAll(root) };
  return last.visits;
}
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
  const read2 = /* @__PURE__ */ new Set();
  return roots.filter((root) => {
    const scalars = walk(root).flatMap(({ node }) => node.kind === "scalar" ? node.start : []);
    const key = scalars.join(" ");
    return !read2.has(key) && read2.add(key);
  });
}
var last, LAST_APPLIED;
var init_tree = __esm({
  "src/manifests/yaml/tree.ts"() {
    "use strict";
    LAST_APPLIED = "last-applied-configuration";
  }
});

// src/manifests/conventions/convention.ts
function fieldOf(role, { text: text2, style, start: start2, end: end2 }) {
  return { role, text: text2, style, scalar: start2, start: start2, end: end2, ...start2 === end2 && { before: " " } };
}
function isEmpty({ text: text2 }) {
  return text2 === "" || text2 === "~" || text2 === "null";
}
var documentKey;
var init_convention = __esm({
  "src/manifests/conventions/convention.ts"() {
    "use strict";
    documentKey = (path, id) => `${path}\0${id}`;
  }
});

// src/manifests/conventions/inserted-key.ts
function insertedField({ flow }, { key, role, beside, side }, text2) {
  const { keyStart, value } = beside;
  const from = flow ? Math.max(keyStart - LONGEST_INDENTATION, 0) : 0;
  const lineStart = from + text2.slice(from, keyStart).lastIndexOf("\n") + 1;
  const indentation = text2.slice(lineStart, keyStart);
  const hasOwnLine = !flow || indentation.trim() === "" && lineStart > from;
  const lineBreak = hasOwnLine ? lineBreakAt(text2, lineStart) + (flow ? indentation : blank(indentation)) : "";
  const comma = flow ? "," : "";
  const separator = comma + (hasOwnLine ? lineBreak : " ");
  const quote2 = /["']/.exec(text2.charAt(keyStart))?.[0] ?? "";
  const written2 = `${quote2}${key}${quote2}: `;
  const valueEnd = value.kind === "scalar" ? value.end : keyStart;
  const at2 = side === "before" ? keyStart : flow ? valueEnd : lineEnd(text2, valueEnd);
  return {
    role,
    text: void 0,
    style: quote2 === '"' ? "double" : "plain",
    scalar: at2,
    start: at2,
    end: at2,
    before: side === "before" ? written2 : separator + written2,
    after: side === "before" ? separator : ""
  };
}
function lineBreakAt(text2, lineStart) {
  const at2 = lineStart > 0 ? lineStart - 1 : text2.indexOf("\n");
  return at2 > 0 && text2.charAt(at2 - 1) === "\r" ? "\r\n" : "\n";
}
function lineEnd(text2, offset) {
  const lineBreak = text2.indexOf("\n", offset);
  if (lineBreak < 0) return text2.length;
  return text2.charAt(lineBreak - 1) === "\r" ? lineBreak - 1 : lineBreak;
}
var LONGEST_INDENTATION, blank;
var init_inserted_key = __esm({
  "src/manifests/conventions/inserted-key.ts"() {
    "use strict";
    LONGEST_INDENTATION = 1e3;
    blank = (text2) => " ".repeat(text2.length);
  }
});

// src/manifests/conventions/helm-set.ts
function withHelmSet({ root, text: text2, name: name2 }, sites) {
  if (!sites.some((site) => site.fields.some(isTag2))) return sites;
  const parameters2 = /* @__PURE__ */ new Map();
  for (const { node, path } of walk(root)) {
    if (node.kind !== "list" || !(ARGO_CD.test(path) || HELMFILE.test(path))) continue;
    for (const item of node.items) {
      const value = item.kind === "map" ? scalarOf(item, "value") : void 0;
      if (item.kind !== "map" || !value || parameters2.has(value.start)) continue;
      parameters2.set(value.start, ARGO_CD.test(path) ? switchOf(item, text2) : void 0);
    }
  }
  return sites.map((site) => {
    const tag = site.fields.find((field) => isTag2(field) && parameters2.has(field.start));
    const forceString = tag && parameters2.get(tag.start);
    if (forceString) return { ...site, fields: [...site.fields, forceString] };
    if (tag) return { ...site, helmSet: "helm --set does not take for a string; move it to setString" };
    return isAtTargetPath(name2, site) ? { ...site, helmSet: TARGET_PATH } : site;
  });
}
function isAtTargetPath(name2, { of, named, where, fields }) {
  const isSplit = of !== void 0 && !named && fields.some(isTag2);
  return isSplit && /^(?:ConfigMap|Secret)\//.test(name2) && /^(?:data|stringData)\b/.test(where);
}
function switchOf(parameter, text2) {
  const role = "force-string";
  const present = scalarOf(parameter, "forceString");
  const beside = parameter.entries.find(({ key }) => key === "value");
  if (present) return { ...fieldOf(role, present), style: "verbatim" };
  return beside && {
    ...insertedField(parameter, { key: "forceString", role, beside, side: "after" }, text2),
    style: "verbatim"
  };
}
var ARGO_CD, HELMFILE, TARGET_PATH, isTag2;
var init_helm_set = __esm({
  "src/manifests/conventions/helm-set.ts"() {
    "use strict";
    init_tree();
    init_convention();
    init_inserted_key();
    ARGO_CD = /(?:^|\.)helm\.parameters$/;
    HELMFILE = /^releases\[\d+\]\.set$/;
    TARGET_PATH = "Flux does not take for a string at a targetPath; put it into a key of values";
    isTag2 = ({ role }) => role === "tag" || role === "bare-tag";
  }
});

// src/manifests/conventions/argo-images.ts
function siteOf({ text: text2, start: start2 }, where, source) {
  const equals = text2.indexOf("=");
  const reference = parseReference(text2.slice(equals + 1));
  if (!reference || !source.includes(text2)) return void 0;
  const field = (role, from, to) => {
    const offset = start2 + source.indexOf(text2);
    return {
      role,
      text: text2.slice(from, to),
      style: "verbatim",
      scalar: start2,
      start: offset + from,
      end: offset + to
    };
  };
  const { name: name2, ...version3 } = reference;
  const nameEnd = equals + 1 + name2.length;
  const names = equals < 0 ? [field("match", 0, nameEnd), { ...field("name", nameEnd, nameEnd), text: void 0, before: "=" }] : [field("match", 0, equals), field("name", equals + 1, nameEnd)];
  const versions = nameEnd < text2.length ? [field(version3.tag === void 0 ? "digest" : "tag", nameEnd + 1, text2.length)] : [{ ...field("tag", nameEnd, nameEnd), text: void 0, before: ":" }];
  return { where, name: name2, version: version3, fields: [...names, ...versions] };
}
var argoImages;
var init_argo_images = __esm({
  "src/manifests/conventions/argo-images.ts"() {
    "use strict";
    init_image_reference();
    init_tree();
    argoImages = {
      name: "argo-images",
      *find({ root, text: text2 }) {
        for (const { node, path } of walk(root)) {
          if (node.kind !== "scalar" || !/(?:^|\.)kustomize\.images\[\d+\]$/.test(path)) continue;
          const site = siteOf(node, path, text2.slice(node.start, node.end));
          if (site) yield site;
        }
      }
    };
  }
});

// src/manifests/conventions/image-keys.ts
function readImageKey(key) {
  if (!LAST_WORD.test(key)) return void 0;
  const words2 = Array.from(key.matchAll(WORD), ([word3]) => word3.toLowerCase());
  const word2 = words2.pop() ?? "";
  const part = PARTS.get(word2);
  if (part === void 0) return void 0;
  const isBehindImage = IMAGE.has(words2.at(-1) ?? "");
  if (isBehindImage) words2.pop();
  const isOfImage = isBehindImage || IMAGE.has(word2);
  return !isOfImage && OTHERS.test(key) ? void 0 : { prefix: words2.join("."), part, isOfImage, word: word2 };
}
function readLonePart(key) {
  const read2 = readImageKey(key);
  if (!read2 || !read2.isOfImage && (WEAK.has(read2.word) || read2.word === "version")) return void 0;
  const { prefix, part, word: word2 } = read2;
  if (part === "name") return { prefix, part: "repository" };
  return { prefix, part: part === "digest" && word2 !== "digest" ? "sha" : part };
}
function globalRegistry2(entries) {
  for (const [key, value] of entries) {
    const read2 = key.startsWith("global.") ? readImageKey(key) : void 0;
    if (read2?.prefix === "global" && read2.part === "registry" && read2.isOfImage) return value;
  }
  return void 0;
}
function groupImageParts(entries, path = "") {
  const groups2 = /* @__PURE__ */ new Map();
  let hasVersion3 = false;
  for (const [key, value] of entries) {
    const read2 = readImageKey(key);
    if (!read2 || read2.word.startsWith("sha") && !isDigestText(value.text)) continue;
    hasVersion3 ||= read2.part === "tag" || read2.part === "digest";
    const group = groups2.get(read2.prefix);
    if (group) group.push({ ...read2, key, value });
    else groups2.set(read2.prefix, [{ ...read2, key, value }]);
  }
  return hasVersion3 ? [...groups2.values()].flatMap((group) => imagesIn(group, path)) : [];
}
function imagesIn(group, path) {
  const own2 = likeliest(group.filter(({ isOfImage }) => isOfImage));
  const plain = likeliest(group.filter(({ isOfImage }) => !isOfImage));
  return combine(own2, plain).map((parts) => saysImage(parts, path) ? parts : withoutWeak(parts)).filter(isImage);
}
function combine(own2, others) {
  const plain = own2.repository ?? own2.name ? withoutWeak(others) : others;
  if (isImage(plain)) return isImage(own2) ? [own2, plain] : [{ ...own2, ...plain }];
  return [{ ...plain, ...own2 }];
}
function likeliest(group) {
  const rank2 = ({ part, word: word2 }) => WORDS[part].indexOf(word2);
  const sorted2 = group.toSorted((a, b) => rank2(b) - rank2(a));
  return Object.fromEntries(sorted2.map((one) => [one.part, one]));
}
function isImage({ registry: registry2, repository, name: name2, tag, digest }) {
  return (registry2 ?? repository ?? name2) !== void 0 && (tag ?? digest) !== void 0;
}
function saysImage(parts, path) {
  const { registry: registry2, digest } = parts;
  const isShown = registry2 !== void 0 || digest?.word === "digest" || IMAGE_WORD.test(path);
  return isShown || Object.values(parts).some(({ key }) => IMAGE_WORD.test(key));
}
function withoutWeak(parts) {
  return Object.fromEntries(Object.entries(parts).filter(([, { word: word2 }]) => !WEAK.has(word2)));
}
var WORDS, WEAK, PARTS, IMAGE, OTHERS, LAST_WORD, WORD, isDigestText, IMAGE_WORD;
var init_image_keys = __esm({
  "src/manifests/conventions/image-keys.ts"() {
    "use strict";
    init_image_reference();
    WORDS = {
      registry: ["registry"],
      repository: ["repository", "repo"],
      name: ["image", "img", "name"],
      tag: ["tag", "version"],
      digest: ["digest", "sha256", "sha"]
    };
    WEAK = /* @__PURE__ */ new Set(["repo", "name"]);
    PARTS = new Map(
      Object.entries(WORDS).flatMap(([part, words2]) => words2.map((word2) => [word2, part]))
    );
    IMAGE = /* @__PURE__ */ new Set(["image", "img"]);
    OTHERS = /[^.]version$|(?:chart|git|github|gitlab|helm)[^a-z]*repo(?:sitory)?$/i;
    LAST_WORD = new RegExp(`(?:${[...PARTS.keys()].join("|")})$`, "i");
    WORD = /[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g;
    isDigestText = (text2) => isDigest(text2) || isDigest(`sha256:${text2}`);
    IMAGE_WORD = /image|img/i;
  }
});

// src/manifests/conventions/image-parts.ts
function nameOfParts(parts, over) {
  const named = withRegistry(repositoryOfParts(parts), parts.registry?.value, over);
  const written2 = named.map(({ value }) => value.text).join("/");
  const isApart = written2.endsWith(ALGORITHM);
  const reference = parseReference(isApart ? written2.slice(0, -ALGORITHM.length) : written2);
  if (!reference || reference.tag !== void 0 || reference.digest !== void 0) return void 0;
  return { name: reference.name, parts: named, ...isApart && { algorithm: ALGORITHM } };
}
function repositoryOfParts({ registry: registry2, repository, name: name2 }) {
  const [first, last2] = [repository, name2].map((part) => part && !isEmpty(part.value) ? part.value : void 0);
  const one = (value) => [{ role: "repository", value }];
  if (!first || !last2) {
    const only = first ?? last2;
    return only ? one(only) : [];
  }
  if (name2 && !name2.isOfImage && name2.word === "name") {
    return registry2 && !first.text.includes("/") ? joined(first, last2) : one(first);
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
function withRegistry(rest, own2, over) {
  const wins = over && !isEmpty(over) && (own2 || !hasRegistry(rest[0]?.value.text ?? "")) ? over : own2;
  if (!wins || isEmpty(wins)) return rest;
  if (rest.length > 0) return [{ role: "registry", value: wins }, ...rest];
  return own2?.text.includes("/") ? [{ role: "repository", value: own2 }] : [];
}
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
  const inTag = parseVersion(tag?.text ?? "");
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
var ALGORITHM, hasRegistry;
var init_image_parts = __esm({
  "src/manifests/conventions/image-parts.ts"() {
    "use strict";
    init_image_reference();
    init_convention();
    ALGORITHM = "@sha256";
    hasRegistry = (name2) => splitName(name2).path !== name2;
  }
});

// src/manifests/conventions/parameters.ts
function scalarsOf({ items }) {
  return items.flatMap((item) => {
    const [name2, value] = item.kind === "map" ? [scalarOf(item, "name"), scalarOf(item, "value")] : [];
    return name2 && value ? [[name2.text, value]] : [];
  });
}
var parameters;
var init_parameters = __esm({
  "src/manifests/conventions/parameters.ts"() {
    "use strict";
    init_tree();
    init_image_keys();
    init_image_parts();
    parameters = {
      name: "parameters",
      *find({ root }) {
        for (const { node, path } of walk(root)) {
          if (node.kind !== "list") continue;
          const values = scalarsOf(node);
          const registry2 = globalRegistry2(values);
          for (const parts of groupImageParts(values, path)) {
            const { key = "" } = parts.repository ?? parts.name ?? parts.registry ?? {};
            const site = siteOfParts(`${path}[${key}]`, parts, registry2);
            if (site) yield site;
          }
        }
      }
    };
  }
});

// src/manifests/conventions/surroundings.ts
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
function isComment({ before: before2 }) {
  const line = before2.slice(before2.lastIndexOf("\n") + 1);
  return [...line.matchAll(COMMENT)].some(({ groups: groups2 }) => groups2?.["mark"] !== void 0);
}
var PROGRAMS, PREFIXES2, TOLD, COMMAND_PATH, SIGNS, WORD2, LABEL, NAMES_IMAGE, COMMENT;
var init_surroundings = __esm({
  "src/manifests/conventions/surroundings.ts"() {
    "use strict";
    PROGRAMS = [
      "apptainer|buildah|buildctl|cosign|crane|crictl|ctr|dive|docker|docker-compose|flux|grype|helm|helmfile|k3d|k3s|kind",
      "kubectl|kustomize|microk8s|minikube|nerdctl|oc|oras|podman|regctl|singularity|skopeo|snyk|syft|trivy|udocker",
      "COPY|FROM"
    ].join("|");
    PREFIXES2 = String.raw`(?:(?:(?:sudo|exec|time|env|nohup|eval|xargs|if|then|else|do|while|until|!|-|RUN)(?:\s+-\S+)*|[A-Z_]+=\S*)\s+)*`;
    TOLD = "description|message|summary|title|comments?|notes?|why|reason|remarks?|changes|changelog|readme|help";
    COMMAND_PATH = /(?:^|[.["])(?:\w*(?:command|args?|arguments|cmd|script|entrypoint|image|opts|options|flags)s?|run|exec)(?:\[\d+\])*$|\.(?:ba|z)?sh"\]$/i;
    SIGNS = [
      ["path", new RegExp(String.raw`(?:${TOLD}|\.(?:md|adoc|rst|html?))(?:"\])?(?:\[\d+\])*$`, "i"), false],
      [
        "before",
        new RegExp(String.raw`(?:^|[{,])\s*(?:- +)?\\?["']?(?:\w+[._-])?(?:${TOLD})\\?["']?\s*[:=][^{},]*$`, "i"),
        false
      ],
      // The end of a sentence.
      ["after", /^[.:](?:\s|$)/, false],
      // --image=…, IMAGE = …, web=…
      ["before", /=\s*\\?["']?$/, true],
      // ${IMAGE:-…}
      ["before", /\$\{\w+:?[-=]$/, true],
      // --image …
      ["before", /(?:^|[\s"'])-{1,2}[A-Za-z][\w-]*[\s\\]+\\?["']?$/, true],
      // image: …, "image": …
      ["before", /image\\?["']?\s*:\s*\\?["']?$/i, true],
      // docker://…
      ["before", /[a-z]:\/\/$/, true],
      // a,…  a|…
      ["before", /[^\s][,;|&]$/, true],
      // echo about …, unless another program or a file gets it
      [
        "before",
        /(?:^|[;&|({]|\b(?:then|do|else)\s)\s{0,9}(?:echo|printf)\s(?:(?!\$\()[^;&|\x60])*\w\s(?:(?!\$\()[^;&|\x60])*$/,
        false
      ],
      ["path", COMMAND_PATH, true],
      // docker run …, also behind other commands, in quotes and in $( )
      [
        "before",
        new RegExp(String.raw`(?:^|[;|&(\x60"'=]|:\s)\s*${PREFIXES2}(?:[\w./-]*/)?(?:${PROGRAMS})\s(?:[^;|&]|&>)*$`),
        true
      ],
      ["before", /(?:^|[;&]|\bdo)\s*for\s+\w+\s+in\s[^;]*$/, true]
    ];
    WORD2 = new RegExp(`(?:^|\\s)["'([]*\\p{L}{2,}(?:['’]\\p{L}+)?["')\\]]*[,.;:!?]*(?=\\s|$)`, "u");
    LABEL = /^\s*(?:[-*]\s+)?(?:["']?[\w.-]+["']?:\s)?/;
    NAMES_IMAGE = /(?:(?:[Ii]mage|IMAGE)\\?["']?(?:\s*[:=]\s*|\s+|:?[-+])|\bFROM\s+|\b(?:docker|podman|nerdctl|crictl|ctr) (?:image )?pull\s+)\\?["']?$/;
    COMMENT = /(?<=^|[\s=:,([{])(?:"(?:[^"\\]|\\.)*"|'[^']*')|(?<mark>(?<=^|\s)(?:#|\/\/|\/\*(?!.*\*\/)|<!--(?!.*-->))|^\s*(?:;|--\s|::|rem\s))/gi;
  }
});

// src/manifests/conventions/argument.ts
function isWhole(text2) {
  const { tag, digest } = parseReference(text2) ?? {};
  return tag !== void 0 || digest !== void 0;
}
function* sitesIn({ text: text2, start: start2 }, path, source) {
  const header = /^[|>].*/.exec(source)?.[0].length ?? 0;
  const version3 = IMAGE_WORDS.test(path) || IMAGE_WORDS.test(text2) ? SOME_VERSION : VERSION_OF_PATH;
  const found = referencesIn(" ".repeat(header) + source.slice(header), version3);
  const parsed2 = referencesIn(text2, version3);
  if (found.length !== parsed2.length || found.some((one, index) => one.text !== parsed2[index]?.text)) return;
  const isLines = text2.trimEnd().includes("\n");
  const key = text2.startsWith("#!") ? `${path}.script` : path;
  for (const [number2, { text: written2, index, reference }] of found.entries()) {
    const around = { ...linesAround(text2, parsed2[number2]), path: key };
    if (!isImage2(reference, around) || isLines && isComment(around)) continue;
    const { name: name2, ...present } = reference;
    const from = start2 + index;
    const field = { role: "reference", text: written2, style: "verbatim", scalar: start2, start: from };
    const site = { where: path, name: name2, version: present, fields: [{ ...field, end: from + written2.length }] };
    yield isUsed(around) ? site : { ...site, doubt: "is in a sentence" };
  }
}
function linesAround(text2, candidate) {
  const { index = 0, text: { length } = "" } = candidate ?? {};
  const before2 = text2.slice(Math.max(index - NEAR, 0), index).split(/(?<!\\)\n/);
  const [after = ""] = text2.slice(index + length, index + length + NEAR).split("\n", 1);
  return { before: before2.at(-1) ?? "", after };
}
function referencesIn(text2, some) {
  return [...text2.matchAll(/.+/g)].flatMap(
    ({ 0: line, index: start2 }) => some.test(line) ? [...line.matchAll(CANDIDATE)].flatMap((match) => candidateOf(match, start2)) : []
  );
}
function candidateOf({ groups: groups2, index }, start2) {
  const { scheme = "", reference: text2 = "" } = groups2 ?? {};
  const reference = SOME_VERSION.test(text2) && !NO_IMAGE.test(scheme) ? parseReference(text2) : void 0;
  if (reference?.tag === void 0 && reference?.digest === void 0) return [];
  return [{ text: text2, index: start2 + index + scheme.length, reference }];
}
function isImage2({ name: name2, tag = "", digest }, around) {
  if (name2.includes("/") || digest !== void 0 || namesImage(around)) return true;
  return /image/i.test(around.path) && !/^\d{1,5}$/.test(tag);
}
var argument, SOME_VERSION, VERSION_OF_PATH, IMAGE_WORDS, CANDIDATE, NO_IMAGE, NEAR;
var init_argument = __esm({
  "src/manifests/conventions/argument.ts"() {
    "use strict";
    init_image_reference();
    init_tree();
    init_surroundings();
    argument = {
      name: "argument",
      *find({ root, text: text2 }) {
        for (const { node, path } of walk(root)) {
          if (node.kind !== "scalar" || node.embedded || path.includes(LAST_APPLIED)) continue;
          if (!SOME_VERSION.test(node.text) || isWhole(node.text)) continue;
          yield* sitesIn(node, path, text2.slice(node.start, node.end));
        }
      }
    };
    SOME_VERSION = /\w[:@]\w/;
    VERSION_OF_PATH = /(?<![\w./-])(?=[\w./-]*?\w\/)[\w./-]+[:@]\w|@sha\d/;
    IMAGE_WORDS = /image|\bFROM\b|\bpull\b/i;
    CANDIDATE = /(?<=^|[\s"'`=,;([{|&<]|\$\{\w+:?-)(?<!\$\{)(?<scheme>[a-z][a-z0-9+.-]*:\/\/)?(?<reference>\w(?:[\w./:@+-]{0,500}\w)?)(?=[.:]?(?:[\s"'`\\,;)\]}|&<>]|$))/g;
    NO_IMAGE = /^(?:https?|git|ssh|file|s3|gs|tcp|udp|unix|grpc|rediss?|postgres(?:ql)?|mysql|mongodb|amqp):/;
    NEAR = 500;
  }
});

// src/manifests/conventions/default-tag.ts
function siteOf2(scalar, where, text2) {
  const [, written2 = "", tag = ""] = DEFAULT.exec(scalar.text) ?? [];
  const name2 = parseReference(written2)?.name;
  const start2 = scalar.start + text2.slice(scalar.start, scalar.end).indexOf(scalar.text);
  if (name2 !== written2 || !isTag(tag) || start2 < scalar.start) return void 0;
  const end2 = start2 + scalar.text.length - 1;
  const field = { role: "bare-tag", text: tag, style: "verbatim", scalar: scalar.start };
  return { where, name: name2, version: { tag }, fields: [{ ...field, start: end2 - tag.length, end: end2 }] };
}
var defaultTag, DEFAULT;
var init_default_tag = __esm({
  "src/manifests/conventions/default-tag.ts"() {
    "use strict";
    init_image_reference();
    init_tree();
    defaultTag = {
      name: "default-tag",
      *find({ root, text: text2 }) {
        for (const { node, path } of walk(root)) {
          const site = node.kind === "scalar" ? siteOf2(node, path, text2) : void 0;
          if (site) yield site;
        }
      }
    };
    DEFAULT = /^([\w][\w./:-]*):\$\{\w+:?-([\w.-]+)\}$/;
  }
});

// src/manifests/conventions/named-value.ts
function readNamedValue({ scalar, source, image, part }) {
  const { text: text2 } = scalar;
  if (text2.includes("\n")) return { refused: "has several lines" };
  if (isEmpty(scalar)) return { version: {}, field: fieldOf(EMPTY_ROLES[part], scalar) };
  const whole = readWhole(text2, part);
  if (whole) return { ...whole, field: fieldOf(whole.role, scalar) };
  const found = readInside(text2, image, part);
  if ("refused" in found) return found;
  if (/^[-+.]+$/.test(text2.slice(0, found.start) + text2.slice(found.end))) return { refused: "is no version" };
  const quote2 = source === text2 ? 0 : source.slice(1, -1) === text2 ? 1 : void 0;
  if (quote2 === void 0) return { refused: "is written over several lines or with escapes" };
  const start2 = scalar.start + quote2 + found.start;
  const written2 = text2.slice(found.start, found.end);
  const field = { text: written2, style: "verbatim", scalar: scalar.start, start: start2, end: start2 + written2.length };
  return { ...found.value, field: { ...field, role: found.value.role } };
}
function partOf2({ text: text2 }, path, otherwise) {
  if (isDigest(text2)) return "digest";
  if (/[/:]/.test(text2.replace(/@.*/s, ""))) return "reference";
  if (isVersionLike(text2.replace(/@.*/s, ""))) return "tag";
  return KEYS2.find(([key]) => key.test(path))?.[1] ?? otherwise;
}
function readWhole(text2, part) {
  const version3 = parseVersion(text2);
  if (part === "tag") return version3 && valueOf2(version3);
  if (part === "digest" && isDigest(`sha256:${text2}`)) return { version: { digest: `sha256:${text2}` }, role: "hex" };
  if (part === "digest") return version3 && version3.tag === void 0 ? valueOf2(version3) : void 0;
  const reference = parseReference(text2);
  if (part === "name") {
    const isName2 = reference && reference.tag === void 0 && reference.digest === void 0;
    return isName2 ? { name: reference.name, version: {}, role: "name" } : void 0;
  }
  return reference && referenceValue(reference);
}
function referenceValue({ name: name2, ...version3 }) {
  return { name: name2, version: version3, role: "reference" };
}
function valueOf2(version3) {
  const role = version3.digest === void 0 ? "bare-tag" : version3.tag === void 0 ? "digest" : "tag";
  return { version: version3, role };
}
function readInside(text2, image, part) {
  if (part === "name") return { refused: "is not the name of an image" };
  const [start2, end2] = unwrap(text2);
  const inner = text2.slice(start2, end2);
  if (inner !== text2) {
    if (inner === "") return { start: start2, end: end2, value: { version: {}, role: EMPTY_ROLES[part] } };
    const whole = readWhole(inner, part);
    if (whole && (whole.name === void 0 || isSame(whole.name, image))) return { start: start2, end: end2, value: whole };
  }
  const all = [...versionsIn(text2, image)];
  const versions = all.filter(({ value: { version: version3 } }) => version3.tag !== void 0 || version3.digest !== void 0);
  const [only, ...more] = versions.length > 0 || part !== "reference" ? versions : all;
  if (more.length > 0) return { refused: `has ${more.length + 1} versions` };
  if (!only) return { refused: PLACEHOLDER.test(text2) ? "has a placeholder of another tool" : "has no version" };
  return asPart(only, part);
}
function asPart(inside, part) {
  const { name: name2, version: version3 } = inside.value;
  if (part === "reference") return inside;
  if (version3[part === "digest" ? "digest" : "tag"] === void 0) return { refused: `has no ${part}` };
  return name2 === void 0 ? inside : { ...inside, start: inside.start + name2.length + 1, value: valueOf2(version3) };
}
function unwrap(text2) {
  let [start2, end2] = [0, text2.length];
  for (let depth = 0; depth < MAX_WRAPPERS; depth += 1) {
    const inner = text2.slice(start2, end2);
    const match = WRAPPERS.map((wrapper) => wrapper.exec(inner)).find((one) => one);
    const [from, to] = match?.indices?.groups?.["inner"] ?? [];
    if (from === void 0 || to === void 0) break;
    [start2, end2] = [start2 + from, start2 + to];
  }
  return [start2, end2];
}
function* versionsIn(text2, image) {
  const clear = text2.replace(new RegExp(PLACEHOLDER, "g"), (placeholder) => BLANK.repeat(placeholder.length));
  for (const { 0: run2, index } of clear.matchAll(PIECE)) {
    const piece = run2.replace(/^\W+|(?<!\W)\W+$/g, "");
    const start2 = index + run2.indexOf(piece);
    if (piece === "" || clear[index - 1] === BLANK || clear[index + run2.length] === BLANK) continue;
    const reference = parseReference(piece);
    if (reference && isSame(reference.name, image)) {
      yield { start: start2, end: start2 + piece.length, value: referenceValue(reference) };
    } else {
      yield* segmentsOf(piece, start2, reference);
    }
  }
}
function* segmentsOf(piece, start2, reference) {
  const isOther3 = reference?.tag !== void 0 || reference?.digest !== void 0;
  let at2 = start2;
  for (const segment of piece.split("/")) {
    const version3 = parseVersion(segment);
    const isVersion3 = version3 && (version3.tag === void 0 || isVersionLike(version3.tag));
    if (isVersion3 && (!isOther3 || segment === piece)) {
      yield { start: at2, end: at2 + segment.length, value: valueOf2(version3) };
    }
    at2 += segment.length + 1;
  }
}
var KEYS2, EMPTY_ROLES, WRAPPERS, MAX_WRAPPERS, isSame, PLACEHOLDER, BLANK, PIECE;
var init_named_value = __esm({
  "src/manifests/conventions/named-value.ts"() {
    "use strict";
    init_image_reference();
    init_version4();
    init_convention();
    KEYS2 = [
      [/image$/i, "reference"],
      [/(?:tag|version)$/i, "tag"],
      [/digest$/i, "digest"]
    ];
    EMPTY_ROLES = { reference: "reference", name: "name", tag: "bare-tag", digest: "digest" };
    WRAPPERS = [
      /^(?:export\s+)?[\w.-]+=(?<inner>.*)$/d,
      /^\$\{\w+:?[-=](?<inner>.*)\}$/d,
      /^"(?<inner>[^"]*)"$/d,
      /^'(?<inner>[^']*)'$/d
    ];
    MAX_WRAPPERS = 10;
    isSame = (name2, image) => repositoryOf(name2) === repositoryOf(image);
    PLACEHOLDER = /\$?\{\{.{0,200}?\}\}|\$\{\w+\}|\$\(.{0,200}?\)|\$\w+|\{%.{0,200}?%\}|<%.{0,200}?%>|<\w+>/;
    BLANK = "\0";
    PIECE = /(?:(?!:-|:\/\/)[\w./:@+-])+/g;
  }
});

// src/manifests/conventions/annotated.ts
function* sitesOf(scalars) {
  const groups2 = new VersionGroups();
  for (const one of scalars.filter(({ image }) => parseReference(image))) {
    const value = valueOf3(one);
    if ("refused" in value) {
      yield refusedSite(one, value.refused);
    } else if (isOther(value, one.image)) {
      yield refusedSite(one, "is of another image");
    } else {
      groups2.add({ ...one, value });
    }
  }
  for (const group of groups2.all) yield* siteOf3(group);
}
function valueOf3(one) {
  if (one.refused !== void 0) return { refused: one.refused };
  const value = readNamedValue(one);
  if (one.block === void 0 || "refused" in value) return value;
  return { ...value, field: { ...value.field, scalar: one.block } };
}
function refusedSite({ scalar: { text: text2, start: start2 }, path, image }, refused) {
  const field = { role: "match", text: text2, style: "verbatim", scalar: start2, start: start2, end: start2 };
  return { where: path, name: image, version: {}, of: repositoryOf(image), named: true, fields: [field], refused };
}
function isOther({ name: name2, field }, image) {
  if (name2 === void 0 || field.role === "name") return false;
  return name2.includes("/") && repositoryOf(name2) !== repositoryOf(image);
}
function* siteOf3(group) {
  const [first] = group;
  if (!first || group.every(({ part }) => part === "name")) return;
  const name2 = group.find(({ value }) => value.name !== void 0)?.value.name ?? first.image;
  const version3 = group.reduce((all, { value }) => ({ ...all, ...value.version }), {});
  const fields = group.map(({ value }) => value.field);
  yield {
    where: group.length > 1 ? first.parent : first.path,
    name: name2,
    version: version3,
    of: repositoryOf(first.image),
    named: true,
    fields
  };
}
var VersionGroups;
var init_annotated = __esm({
  "src/manifests/conventions/annotated.ts"() {
    "use strict";
    init_image_reference();
    init_named_value();
    VersionGroups = class {
      all = [];
      /** By image and map. */
      #groups = /* @__PURE__ */ new Map();
      /** By image, map and part: how many of these groups have that part; they are the first. */
      #filled = /* @__PURE__ */ new Map();
      add(one) {
        const key = one.part === "reference" ? void 0 : `${one.image}
${one.parent}`;
        const groups2 = key !== void 0 && this.#groups.get(key) || [];
        const filled = this.#filled.get(`${key}
${one.part}`) ?? 0;
        const group = groups2[filled];
        if (group) {
          group.push(one);
        } else {
          const added = [one];
          groups2.push(added);
          this.all.push(added);
        }
        if (key === void 0) return;
        this.#groups.set(key, groups2);
        this.#filled.set(`${key}
${one.part}`, filled + 1);
      }
    };
  }
});

// src/manifests/conventions/explicit-target.ts
function isSelected2({ name: name2, index }, selector) {
  return selector === void 0 || selector === name2 || selector === String(index);
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
var explicitTarget;
var init_explicit_target = __esm({
  "src/manifests/conventions/explicit-target.ts"() {
    "use strict";
    init_image_reference();
    init_tree();
    init_annotated();
    init_named_value();
    explicitTarget = {
      name: "explicit-target",
      *find(document, { targets }) {
        for (const { text: target, file, document: selector, path, image } of targets) {
          if (file !== document.path || !isSelected2(document, selector)) continue;
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
            const { name: name2 = image, version: version3, field } = value;
            yield { where, name: name2, version: version3, of: repositoryOf(image), named: true, target, fields: [field] };
          }
        }
      }
    };
  }
});

// src/manifests/conventions/trailing-comment.ts
function* findCommented({ root, text: text2, lines }, word2, comment) {
  if (!lines.includes(word2)) return;
  const nodes2 = walk(root);
  const scalars = nodes2.flatMap(({ node, path }) => node.kind === "scalar" ? { node, path } : []);
  const seen = /* @__PURE__ */ new Set();
  for (const [index, { node, path }] of scalars.entries()) {
    if (node.style === "verbatim") {
      if (!node.embedded) yield* commentedLines(node, path, text2, comment);
      continue;
    }
    const gap = matchAt(/[ \t,\]}]*[ \t](?=#)/y, text2, node.end)?.[0] ?? "";
    const match = matchAt(comment, text2, node.end + gap.length);
    if (!match) continue;
    seen.add(match.index);
    const found = (scalar, where, refused) => {
      const source = text2.slice(scalar.start, scalar.end);
      const parent = where.replace(LAST_STEP, "");
      return { scalar, source, path: where, parent, match, ...refused !== void 0 && { refused } };
    };
    const others = [...inSameCollection(text2, scalars, index, closersIn(gap))];
    const [only, ...more] = [...others, { node, path }].filter((one) => others.length === 0 || isVersion(one.node));
    if (only && more.length === 0) yield found(only.node, only.path);
    else yield found(node, path, "is one of several values in front of the comment");
  }
  const hashes = new NextOf(text2, "#");
  const ends = new NextOf(text2, "\n");
  const matches2 = /* @__PURE__ */ new Map();
  for (const { node, path } of nodes2) {
    for (const entry of node.kind === "map" ? node.entries : []) {
      const hash = hashes.from(entry.keyStart);
      const line = hash < ends.from(entry.keyStart) ? restOfLine(text2, entry, hash) : void 0;
      if (!line || seen.has(line.end)) continue;
      if (!matches2.has(line.end)) matches2.set(line.end, matchAt(comment, text2, line.end));
      const match = matches2.get(line.end);
      if (match)
        yield { ...line, path: joinPath(path, entry.key), parent: path, match, refused: "is no value of one line" };
    }
  }
}
function* commentedLines({ start: start2, end: end2 }, path, text2, comment) {
  for (const { 0: line, index } of text2.slice(start2, end2).matchAll(/[^\n]+/g)) {
    if (/^[|>]/.test(line)) continue;
    const from = start2 + index;
    for (const { index: hash } of [...line.matchAll(/(?<=[ \t])#/g)].slice(0, MOST_HASHES)) {
      const match = matchAt(comment, text2, from + hash);
      const source = line.slice(0, hash).trim();
      if (!match || source === "") continue;
      const at2 = from + line.indexOf(source);
      const scalar = { kind: "scalar", text: source, style: "verbatim", start: at2, end: at2 + source.length };
      yield { scalar, source, path, parent: `${path} ${index}`, match, block: start2 };
      break;
    }
  }
}
function matchAt(sticky, text2, offset) {
  sticky.lastIndex = offset;
  return sticky.exec(text2);
}
function* inSameCollection(text2, scalars, last2, closed) {
  let depth = closed;
  for (let index = last2; index > 0 && depth > 0; index -= 1) {
    const [one, next] = [scalars[index - 1], scalars[index]];
    const between = one && next ? text2.slice(one.node.end, next.node.start) : "";
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
function restOfLine(text2, { keyStart }, end2) {
  if (end2 === keyStart || !/[ \t]/.test(text2.charAt(end2 - 1))) return void 0;
  const source = text2.slice(keyStart, end2).trim();
  return { scalar: { kind: "scalar", text: source, style: "verbatim", start: keyStart, end: keyStart }, source, end: end2 };
}
var NextOf, MOST_HASHES, LAST_STEP, closersIn;
var init_trailing_comment = __esm({
  "src/manifests/conventions/trailing-comment.ts"() {
    "use strict";
    init_image_reference();
    init_version4();
    init_tree();
    init_convention();
    NextOf = class {
      #text;
      #character;
      #asked = 0;
      #found = -1;
      constructor(text2, character) {
        this.#text = text2;
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
    MOST_HASHES = 50;
    LAST_STEP = /(?:\.[^.[\]]+|\[[^\]]*\]|^[^.[\]]+)$/;
    closersIn = (text2) => text2.match(/[\]}]/g)?.length ?? 0;
  }
});

// src/manifests/conventions/flux-setters.ts
var COMMENT2, fluxSetters;
var init_flux_setters = __esm({
  "src/manifests/conventions/flux-setters.ts"() {
    "use strict";
    init_annotated();
    init_named_value();
    init_trailing_comment();
    COMMENT2 = /#\s*\{\s*"\$imagepolicy"\s*:\s*"(?<policy>[^":]+:[^":]+)(?::(?<part>name|tag|digest))?"\s*\}/y;
    fluxSetters = {
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
  }
});

// src/manifests/conventions/helm-values.ts
function* sitesIn2(node, path, above, known) {
  if (node.kind === "list") {
    for (const [index, item] of node.items.entries()) yield* sitesIn2(item, `${path}[${index}]`, above, known);
  }
  if (node.kind !== "map") return;
  const registry2 = registryIn(node, known) ?? above;
  for (const parts of node.values.size > 1 ? groupImageParts(scalarsOf2(node), path) : []) {
    const site = siteOfParts(path, parts, registry2);
    if (site) yield site;
  }
  for (const { key, value } of node.entries) yield* sitesIn2(value, joinPath(path, key), registry2, known);
}
function* scalarsOf2(map, prefix = "") {
  for (const [key, value] of map?.values ?? []) if (value.kind === "scalar") yield [prefix + key, value];
}
function registryIn(values, known) {
  const global = mapOf(values, "global");
  if (!global) return void 0;
  if (!known.has(global)) known.set(global, globalRegistry2(globalsOf(global)));
  return known.get(global);
}
function* globalsOf(global) {
  yield* scalarsOf2(global, "global.");
  yield* scalarsOf2(mapOf(global, "image"), "global.image.");
}
var helmValues;
var init_helm_values = __esm({
  "src/manifests/conventions/helm-values.ts"() {
    "use strict";
    init_tree();
    init_image_keys();
    init_image_parts();
    helmValues = {
      name: "helm-values",
      *find({ root }) {
        if (root) yield* sitesIn2(root, "", void 0, /* @__PURE__ */ new Map());
      }
    };
  }
});

// src/core/manifest-names.ts
var MANIFEST, TEMPLATE, isManifestName, withoutTemplateEnding;
var init_manifest_names = __esm({
  "src/core/manifest-names.ts"() {
    "use strict";
    MANIFEST = /\.(?:ya?ml|json)$|(?:^|\/)(?:Kustomization|Kptfile)$/i;
    TEMPLATE = /\.(?:gotmpl|ctmpl|tmpl|tplt|tpl|template|j2|jinja2?|tftpl|erb)$/i;
    isManifestName = (path) => MANIFEST.test(withoutTemplateEnding(path));
    withoutTemplateEnding = (path) => path.replace(TEMPLATE, "");
  }
});

// src/manifests/conventions/kustomize.ts
function* sitesIn3(parent, path, text2) {
  const images = valueOf(parent, "images");
  if (images?.kind !== "list") return;
  for (const [index, entry] of images.items.entries()) {
    const site = entry.kind === "map" ? siteOf4(entry, `${joinPath(path, "images")}[${index}]`, text2) : void 0;
    if (site) yield site;
  }
}
function siteOf4(entry, where, text2) {
  const name2 = scalarOf(entry, "name");
  const newName = scalarOf(entry, "newName");
  const newTag = scalarOf(entry, "newTag");
  const digest = scalarOf(entry, "digest");
  const reference = parseReference((newName ?? name2)?.text ?? "");
  if (!name2 || !reference) return void 0;
  const { name: image, ...inName } = reference;
  if (newName && !newTag && !digest && formatVersion(inName) !== "") {
    return { where, name: image, version: inName, fields: [fieldOf("match", name2), fieldOf("reference", newName)] };
  }
  const inTag = parseVersion(newTag?.text ?? "");
  const inDigest = digest && isDigest(digest.text) ? { digest: digest.text } : void 0;
  const readable = (!newTag || inTag || isEmpty(newTag)) && (!digest || inDigest || isEmpty(digest));
  const fields = [fieldOf("match", name2)];
  if (newName) fields.push(fieldOf("name", newName));
  else fields.push(...absentField(entry, "name", "newName", text2));
  if (newTag) fields.push(fieldOf("tag", newTag));
  else if (!digest) fields.push(...absentField(entry, "tag", "newTag", text2));
  if (digest) fields.push(fieldOf("digest", digest));
  else if (inTag?.digest === void 0) fields.push(...absentField(entry, "digest", "digest", text2));
  return { where, name: image, version: readable ? { ...inTag, ...inDigest } : {}, fields };
}
function absentField(entry, role, key, text2) {
  const version3 = entry.entries.find((candidate) => candidate.key === "newTag" || candidate.key === "digest");
  const name2 = entry.entries.findLast((candidate) => candidate.key === "name" || candidate.key === "newName");
  if (version3) return [insertedField(entry, { key, role, beside: version3, side: "before" }, text2)];
  return name2 ? [insertedField(entry, { key, role, beside: name2, side: "after" }, text2)] : [];
}
var KINDS2, FILE_NAME, kustomize;
var init_kustomize = __esm({
  "src/manifests/conventions/kustomize.ts"() {
    "use strict";
    init_image_reference();
    init_manifest_names();
    init_tree();
    init_inserted_key();
    init_convention();
    KINDS2 = /* @__PURE__ */ new Set(["Kustomization", "Component", "ImageTagTransformer"]);
    FILE_NAME = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;
    kustomize = {
      name: "kustomize",
      *find({ path, text: text2, root }) {
        if (root?.kind !== "map") return;
        const kind = scalarOf(root, "kind")?.text;
        if (kind === void 0 ? !FILE_NAME.test(withoutTemplateEnding(path)) : !KINDS2.has(kind)) return;
        yield* sitesIn3(root, "", text2);
        const spec = mapOf(root, "spec");
        if (spec) yield* sitesIn3(spec, "spec", text2);
        const entry = mapOf(root, "imageTag");
        const site = entry && siteOf4(entry, "imageTag", text2);
        if (site) yield site;
      }
    };
  }
});

// src/manifests/conventions/marker.ts
var COMMENT3, marker;
var init_marker = __esm({
  "src/manifests/conventions/marker.ts"() {
    "use strict";
    init_image_reference();
    init_escape();
    init_annotated();
    init_named_value();
    init_trailing_comment();
    COMMENT3 = /#(?:[^\r\n]*?#)?\s*manifest-release:[ \t]*(?<image>\S+)(?<rest>[^\r\n#]*)/y;
    marker = {
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
  }
});

// src/core/objects.ts
function groupBy(items, keyOf5) {
  const groups2 = /* @__PURE__ */ new Map();
  for (const item of items) {
    const key = keyOf5(item);
    const group = groups2.get(key);
    if (group) group.push(item);
    else groups2.set(key, [item]);
  }
  return groups2;
}
function memoized(compute) {
  const known = /* @__PURE__ */ new Map();
  return (...texts) => {
    const key = texts.join("\0");
    const found = known.get(key) ?? { result: compute(...texts) };
    known.set(key, found);
    return found.result;
  };
}
var init_objects = __esm({
  "src/core/objects.ts"() {
    "use strict";
  }
});

// src/manifests/conventions/object-variables.ts
function* variablesOf({ root, name: name2 }) {
  if (root?.kind !== "map") return;
  const [kind] = name2.split("/");
  if (kind === "Template" || valueOf(root, "objects")) yield* parametersOf(valueOf(root, "parameters"));
  if (kind === "ApplicationSet") {
    for (const { node, path } of walk(root)) if (/\.list\.elements\[\d+\]$/.test(path)) yield* entriesOf(node, path);
  }
  if (kind === "Kustomization") {
    const substitute = mapOf(mapOf(mapOf(root, "spec"), "postBuild"), "substitute");
    if (substitute) yield* entriesOf(substitute, "spec.postBuild.substitute");
  }
}
function* parametersOf(list2) {
  for (const [index, item] of list2?.kind === "list" ? list2.items.entries() : []) {
    const [name2, scalar] = item.kind === "map" ? [scalarOf(item, "name"), scalarOf(item, "value")] : [];
    if (name2 && scalar) yield { name: name2.text, where: `parameters[${index}].value`, scalar };
  }
}
function* entriesOf(node, path) {
  for (const { key, value } of node.kind === "map" ? node.entries : []) {
    if (value.kind === "scalar") yield { name: key, where: `${path}.${key}`, scalar: value };
  }
}
function* usesIn(document, values) {
  const filledIn = (text2) => text2.replace(ALL, (all, shell, template) => {
    const [value, ...more] = values.get(shell ?? template ?? "") ?? [];
    return value && more.length === 0 ? value.scalar.text : all;
  });
  for (const node of nodesOf(document.root)) {
    if (node.kind === "scalar") {
      const [, name2 = "", shell, template] = BEHIND_NAME.exec(written(node, document)) ?? [];
      const image = parseReference(filledIn(name2))?.name;
      if (image !== void 0) yield { variable: shell ?? template ?? "", image };
    }
    if (node.kind !== "map") continue;
    const entries = node.entries.flatMap(({ key, value }) => {
      const text2 = value.kind === "scalar" ? written(value, document) : void 0;
      return text2 === void 0 ? [] : [[key, { text: ONLY.test(text2) ? text2 : filledIn(text2) }]];
    });
    for (const { tag, ...parts } of groupImageParts(entries)) {
      const [, shell, template] = ONLY.exec(tag?.value.text ?? "") ?? [];
      const named = nameOfParts(parts);
      if (named) yield { variable: shell ?? template ?? "", image: named.name };
    }
  }
}
function written({ start: start2, end: end2 }, { text: text2 }) {
  return text2.slice(start2, end2).replace(/^["']|["']$/g, "");
}
function* nodesOf(root) {
  for (const { node } of walk(root)) {
    yield node;
    for (const inner of node.kind === "scalar" ? node.embedded ?? [] : []) yield* nodesOf(inner);
  }
}
var objectVariables, VARIABLE, ALL, ONLY, BEHIND_NAME;
var init_object_variables = __esm({
  "src/manifests/conventions/object-variables.ts"() {
    "use strict";
    init_objects();
    init_image_reference();
    init_tree();
    init_image_keys();
    init_image_parts();
    objectVariables = {
      name: "object-variables",
      *find(document) {
        const variables = [...variablesOf(document)];
        if (variables.length === 0) return;
        const values = groupBy(variables, ({ name: name2 }) => name2);
        const uses = groupBy(usesIn(document, values), ({ variable }) => variable);
        for (const { name: name2, where, scalar } of variables) {
          const images = new Map((uses.get(name2) ?? []).map((use) => [repositoryOf(use.image), use.image]));
          const read2 = versionFields({ tag: scalar });
          if (!read2 || read2.fields.length === 0) continue;
          const candidates = images.size > 1 ? { candidates: [...images.values()] } : {};
          for (const [of, image] of images) yield { where, name: image, of, ...read2, ...candidates };
        }
      }
    };
    VARIABLE = String.raw`\$\{\{?(\w+)\}?\}|\{\{-?\s*\.?(?:values\.)?([\w-]+)\s*-?\}\}`;
    ALL = new RegExp(VARIABLE, "g");
    ONLY = new RegExp(`^(?:${VARIABLE})$`);
    BEHIND_NAME = new RegExp(`^([^\\s]*):(?:${VARIABLE})$`);
  }
});

// src/manifests/conventions/split-values.ts
function groupsOf(tags) {
  const keyOf5 = ({ parent, owners }) => JSON.stringify([parent, ...owners.map(({ image }) => image)]);
  return [...groupBy(tags, keyOf5).values()];
}
function* sitesOf2(tags, scalars) {
  const [first] = tags;
  const parts = new Map(tags.map(({ part, where }) => [part, scalars.get(where)]));
  const read2 = versionFields({ tag: parts.get("tag"), digest: parts.get("digest"), sha: parts.get("sha") });
  if (!first || !read2 || formatVersion(read2.version) === "") return;
  const { owners, parent, isGuess } = first;
  const isCertain = owners.length === 1 && !isGuess;
  const candidates = isCertain ? void 0 : owners.map(({ name: name2, source }) => `${name2} (${source})`);
  for (const owner of owners) yield siteOf5(owner, candidates, { where: parent, ...read2 });
}
function siteOf5({ name: name2, image, source }, candidates, site) {
  if (candidates) return { ...site, name: name2, of: image, candidates };
  return { ...site, note: `(its repository is in ${source})`, name: name2, of: image };
}
var splitValues;
var init_split_values = __esm({
  "src/manifests/conventions/split-values.ts"() {
    "use strict";
    init_image_reference();
    init_objects();
    init_tree();
    init_convention();
    init_image_parts();
    splitValues = {
      name: "split-values",
      *find(document, { tagOwners }) {
        const tags = tagOwners.get(documentKey(document.path, document.id));
        if (!tags) return;
        const scalars = /* @__PURE__ */ new Map();
        for (const { node, path } of walk(document.root)) if (node.kind === "scalar") scalars.set(path, node);
        for (const group of groupsOf(tags)) yield* sitesOf2(group, scalars);
      }
    };
  }
});

// src/manifests/conventions/whole-reference.ts
function bareNames(map) {
  const hasVersion3 = map.entries.some(
    ({ key, value }) => VERSION15.test(key) && value.kind === "scalar" && !isEmpty(value)
  );
  return hasVersion3 ? [] : map.entries.flatMap(({ key, value }) => /image$/i.test(key) ? value : []);
}
function isWord({ name: name2, tag, digest }) {
  return !name2.includes("/") && tag === void 0 && digest === void 0;
}
function isHostAndPort({ name: name2, tag = "", digest }) {
  return !name2.includes("/") && digest === void 0 && /^\d{1,5}$/.test(tag);
}
var wholeReference, VERSION15;
var init_whole_reference = __esm({
  "src/manifests/conventions/whole-reference.ts"() {
    "use strict";
    init_image_reference();
    init_tree();
    init_convention();
    wholeReference = {
      name: "whole-reference",
      *find({ root }) {
        const bare2 = /* @__PURE__ */ new Set();
        for (const { node, path } of walk(root)) {
          if (node.kind === "map") for (const name3 of bareNames(node)) bare2.add(name3);
          if (node.kind !== "scalar") continue;
          const reference = parseReference(node.text);
          if (!reference) continue;
          const { name: name2, ...version3 } = reference;
          const isOfImage = /image/i.test(path);
          if (!isOfImage && isWord(reference)) continue;
          const isPort2 = !isOfImage && isHostAndPort(reference);
          yield {
            where: path,
            name: name2,
            version: version3,
            fields: [fieldOf("reference", node)],
            ...isPort2 && { doubt: "may be a port" },
            ...bare2.has(node) && { takesVersion: true }
          };
        }
      }
    };
    VERSION15 = /(?:tag|digest|sha)$|^version$|imageVersion$/i;
  }
});

// src/manifests/conventions/index.ts
var conventions;
var init_conventions = __esm({
  "src/manifests/conventions/index.ts"() {
    "use strict";
    init_argo_images();
    init_parameters();
    init_argument();
    init_default_tag();
    init_explicit_target();
    init_flux_setters();
    init_helm_values();
    init_kustomize();
    init_marker();
    init_object_variables();
    init_split_values();
    init_whole_reference();
    conventions = [
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
  }
});

// src/manifests/scanned-images.ts
function scannedImages(text2, documents) {
  if (!text2.includes(KIND)) return /* @__PURE__ */ new Map();
  const starts = documents.flatMap(
    ({ root }) => walk(root).flatMap(({ node }) => node.kind === "map" ? [...scannedIn(node)] : [])
  );
  return new Map([...scannedInLines(text2), ...starts]);
}
function withoutScanned(text2, documents = []) {
  const spans = [...scannedImages(text2, documents)].toSorted(([a], [b]) => a - b);
  const parts = [];
  let position = 0;
  for (const [start2, end2] of spans) {
    if (end2 <= position) continue;
    const from = Math.max(start2, position);
    parts.push(text2.slice(position, from), " ".repeat(end2 - from));
    position = end2;
  }
  return [...parts, text2.slice(position)].join("");
}
function* scannedIn(map) {
  if (scalarOf(map, "kind")?.text === KIND) yield* imageOf(mapOf(map, "spec"));
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
function* scannedInLines(text2) {
  const lines = linesOf(text2);
  let end2 = 0;
  for (const [index, line] of lines.entries()) {
    if (index < end2 || !KIND_LINE.test(line.text)) continue;
    const behind = within(lines, index + 1, line.column);
    end2 = index + 1 + behind.length;
    const object2 = [...before(lines, index), line, ...behind];
    const spec = object2.findIndex(({ text: key, column }) => column === line.column && SPEC_LINE.test(key));
    const children2 = spec < 0 ? [] : within(object2, spec + 1, line.column + 1);
    const image = children2.find(({ text: key, column }) => column === children2[0]?.column && IMAGE_LINE.test(key));
    const start2 = (image?.offset ?? 0) + (IMAGE_LINE.exec(image?.text ?? "")?.[0].length ?? 0);
    if (image) yield [start2, image.offset + image.text.length];
  }
}
function linesOf(text2) {
  return [...text2.matchAll(/^([ \t]*(?:-[ \t]+)?)([^\r\n]*)/gm)].flatMap(({ 1: indent = "", 2: rest = "", index }) => {
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
function within(lines, start2, column) {
  let end2 = start2;
  for (; end2 < lines.length; end2 += 1) {
    const line = lines[end2];
    const isNextItem = line?.isItem === true && line.column === column;
    if (!line || line.column < column || isNextItem || isBreak(line)) break;
  }
  return lines.slice(start2, end2);
}
var KIND, KIND_LINE, SPEC_LINE, IMAGE_LINE, isBreak;
var init_scanned_images = __esm({
  "src/manifests/scanned-images.ts"() {
    "use strict";
    init_tree();
    KIND = "ImageRepository";
    KIND_LINE = new RegExp(`^["']?kind["']?[ \\t]*:[ \\t]*["']?${KIND}\\b`);
    SPEC_LINE = /^["']?spec["']?[ \t]*:[ \t]*(?:#.*)?$/;
    IMAGE_LINE = /^["']?image["']?[ \t]*:[ \t]*(?=\S)/;
    isBreak = ({ text: text2 }) => text2.startsWith("---");
  }
});

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
    const own2 = versionScalars(one);
    if (!own2.some((scalar) => shared.has(scalar))) return one;
    const key = own2.join("\n");
    const others = own2.flatMap((scalar) => known.has(key) ? [] : sharing.get(scalar) ?? []);
    const candidates = known.get(key) ?? [...new Set(others.map((other) => describe2(other.one)))];
    known.set(key, candidates);
    return { ...one, site: { ...one.site, candidates } };
  });
}
function keyOf({ convention, site: { name: name2, fields } }) {
  return [convention, name2, ...fields.map(({ role, start: start2 }) => `${role} ${start2}`)].join("\n");
}
function describe2({ site: { name: name2, fields }, document: { path, lines } }) {
  const [field] = fields;
  return `${name2} (${path}:${lines.positionAt(field?.start ?? 0).line})`;
}
var versionScalars, isVersion2;
var init_branch_sites = __esm({
  "src/manifests/branch-sites.ts"() {
    "use strict";
    init_objects();
    versionScalars = ({ convention, site: { fields } }) => fields.filter(isVersion2).map(({ scalar }) => `${convention} ${scalar}`);
    isVersion2 = ({ role, text: text2 }) => text2 !== void 0 && ["tag", "bare-tag", "digest", "hex"].includes(role);
  }
});

// src/manifests/yaml/lines.ts
function lineAround(text2, offset) {
  const from = Math.max(offset - NEAR2, 0);
  const start2 = from + text2.slice(from, offset).lastIndexOf("\n") + 1;
  const [line = ""] = text2.slice(start2, offset + NEAR2).split("\n", 1);
  return { start: start2, line };
}
function dedent(block, text2) {
  const indentation = firstIndentation(block) - firstIndentation(text2);
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
function firstIndentation(text2) {
  return /^(?:\s*\n)?( *)\S/.exec(text2)?.[1]?.length ?? 0;
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
function joinFlowLines(text2, offset) {
  let depth = 0;
  let start2 = offset - 1;
  for (; start2 >= 0; start2 -= 1) {
    const character = text2[start2];
    if (character === "]" || character === "}") depth += 1;
    if ((character === "[" || character === "{") && (depth -= 1) < 0) break;
  }
  const end2 = closingBracket(text2, start2);
  if (start2 < 0 || end2 < 0) return text2;
  return text2.slice(0, start2) + text2.slice(start2, end2).replace(/[\r\n]/g, " ") + text2.slice(end2);
}
function closingBracket(text2, start2) {
  const parts = /(?<![^\s,:[{])(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|[[\]{}]|\s#/gs;
  parts.lastIndex = Math.max(start2, 0);
  let depth = 0;
  for (let match = parts.exec(text2); match; match = parts.exec(text2)) {
    const [part] = match;
    if (part.endsWith("#")) return -1;
    if (part === "[" || part === "{") depth += 1;
    if ((part === "]" || part === "}") && (depth -= 1) === 0) return match.index;
  }
  return -1;
}
var LineTable, NEAR2;
var init_lines = __esm({
  "src/manifests/yaml/lines.ts"() {
    "use strict";
    LineTable = class {
      #text;
      #words = /* @__PURE__ */ new Map();
      #starts;
      constructor(text2) {
        this.#text = text2;
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
    NEAR2 = 2e3;
  }
});

// src/manifests/yaml/template-actions.ts
function* templateActions(text2) {
  const unclosed = /* @__PURE__ */ new Set();
  let position = 0;
  for (const { 0: mark, index: start2 } of text2.matchAll(OPENING)) {
    const syntax = SYNTAXES.get(mark);
    if (!syntax || start2 < position || unclosed.has(mark)) continue;
    const end2 = endOf(text2, start2, syntax);
    if (end2 < 0) {
      unclosed.add(mark);
    } else {
      yield { start: start2, end: end2, role: mark === "{#" ? "other" : roleOf(text2.slice(start2 + 2, end2 - syntax.close.length)) };
      position = end2;
    }
  }
}
function endOf(text2, start2, { close, hasStrings }) {
  GO_COMMENT.lastIndex = start2;
  const comment = GO_COMMENT.test(text2) ? text2.indexOf("*/", GO_COMMENT.lastIndex) : start2;
  if (comment < 0) return -1;
  if (!hasStrings || comment > start2) {
    const end2 = text2.indexOf(close, comment + 2);
    return end2 < 0 ? -1 : end2 + close.length;
  }
  PART.lastIndex = start2 + 2;
  for (let match = PART.exec(text2); match; match = PART.exec(text2)) {
    if (match[0] === close) return PART.lastIndex;
  }
  return -1;
}
function roleOf(body) {
  const words2 = body.replace(/^[-~]?\s*/, "").replace(/[-~]$/, "").trimEnd();
  return ROLES.find(([, pattern]) => pattern.test(words2))?.[0] ?? "other";
}
var SYNTAXES, OPENING, GO_COMMENT, PART, ROLES;
var init_template_actions = __esm({
  "src/manifests/yaml/template-actions.ts"() {
    "use strict";
    SYNTAXES = /* @__PURE__ */ new Map([
      ["{{", { close: "}}", hasStrings: true }],
      ["{%", { close: "%}", hasStrings: true }],
      ["{#", { close: "#}", hasStrings: false }],
      ["<%", { close: "%>", hasStrings: false }],
      ["%{", { close: "}", hasStrings: false }]
    ]);
    OPENING = /\{[{%]|(?<!\$)\{#|<%|%\{(?=~?[ \t]*(?:if|else|endif|for|endfor)\b)/g;
    GO_COMMENT = /\{\{-?\s*\/\*/y;
    PART = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|\\.|[}%]\}|[^"'`\\}%]+|[^]/y;
    ROLES = [
      ["opens", /^(?:[#^]|(?:if|unless|for|range|with|block|define)\b)|\bdo(?:\s*\|[^|]*\|)?$/],
      ["alternates", /^(?:else|elif|elsif)\b/],
      ["closes", /^(?:\/(?!\*)|end(?:if|for|with|block)?\b)/]
    ];
  }
});

// src/manifests/yaml/template-branches.ts
function branchesOf(template) {
  const actions = [...templateActions(template)];
  const root = readBranches(actions, template);
  const masked = maskActions(template, actions);
  const count2 = Math.min(countOf(root), MAX_TEXTS);
  return Array.from(
    { length: count2 },
    (_, index) => replaceSpans(masked, hiddenIn(root, index), blank2).replace(LINES_BEHIND_HEADER, emptyLines)
  );
}
function readBranches(actions, text2) {
  const root = { start: 0, end: text2.length, constructs: [] };
  const open3 = [];
  let current = root;
  const begin = (construct, start2) => {
    current = { start: start2, end: text2.length, constructs: [] };
    construct.branches.push(current);
  };
  for (const { role, start: start2, end: end2 } of actions) {
    const innermost = open3.at(-1);
    if (role === "opens") {
      const construct = { branches: [] };
      open3.push({ around: current, construct, start: start2 });
      if (open3.length <= MAX_DEPTH) current.constructs.push(construct);
      begin(construct, end2);
    } else if (innermost && role === "alternates") {
      current.end = start2;
      begin(innermost.construct, end2);
    } else if (innermost && role === "closes") {
      current.end = start2;
      innermost.construct.branches.push({ start: start2, end: start2, constructs: [] });
      current = innermost.around;
      const isLine = !text2.slice(innermost.start, end2).includes("\n");
      if (isLine && current.constructs.at(-1) === innermost.construct) current.constructs.pop();
      open3.pop();
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
    const total = counts.reduce((sum, count2) => sum + count2, 0);
    let rest = Math.min(index, total - 1);
    let shown3 = 0;
    while (rest >= (counts[shown3] ?? Infinity)) rest -= counts[shown3++] ?? 0;
    return branches.flatMap((branch, at2) => at2 === shown3 ? hiddenIn(branch, rest) : branch);
  });
}
function maskActions(text2, actions) {
  const masked = replaceSpans(text2, actions, (action) => action.replace(/[^\r\n]/g, MASK));
  return masked.replace(WHOLE_VALUE, blank2);
}
function blank2(part) {
  return part.replace(/[^\r\n]/g, " ");
}
function emptyLines(part) {
  return part.replace(/[ \t]/g, "\n");
}
function replaceSpans(text2, spans, replace) {
  let position = 0;
  const parts = spans.flatMap(({ start: start2, end: end2 }) => {
    const kept = text2.slice(position, start2);
    position = end2;
    return [kept, replace(text2.slice(start2, end2))];
  });
  return [...parts, text2.slice(position)].join("");
}
var MASK, MAX_TEXTS, MAX_DEPTH, WHOLE_VALUE, LINES_BEHIND_HEADER;
var init_template_branches = __esm({
  "src/manifests/yaml/template-branches.ts"() {
    "use strict";
    init_template_actions();
    MASK = "";
    MAX_TEXTS = 16;
    MAX_DEPTH = 12;
    WHOLE_VALUE = new RegExp(
      String.raw`(?=${MASK})(?<=^\ufeff?[ \t]*|:[ \t]+|- +)${MASK}[ \t${MASK}]*(?=\r?$|[ \t]#)`,
      "gm"
    );
    LINES_BEHIND_HEADER = /(?<=[|>][-+\d]{0,2}[ \t]*\r?\n)(?:[ \t]*\r?\n)+/g;
  }
});

// src/manifests/yaml/templated-values.ts
function unmasked(text2) {
  return text2.replace(new RegExp(`${MASK}+`, "g"), TEMPLATED);
}
function isContinued(text2, start2, end2) {
  const pattern = start2 === end2 ? VALUE : SUFFIX;
  pattern.lastIndex = end2;
  return pattern.test(text2);
}
var TEMPLATED, TemplatedLines, VALUE, SUFFIX;
var init_templated_values = __esm({
  "src/manifests/yaml/templated-values.ts"() {
    "use strict";
    init_lines();
    init_template_branches();
    TEMPLATED = "{{ … }}";
    TemplatedLines = class {
      #lines;
      #masked;
      constructor(text2) {
        this.#lines = new LineTable(text2);
        const masks = text2.matchAll(new RegExp(`${MASK}+`, "g"));
        this.#masked = new Set(Array.from(masks, ({ index }) => this.#lines.positionAt(index).line));
      }
      /** Whether one of the lines from one offset to another is templated. */
      has(start2, end2) {
        if (this.#masked.size === 0) return false;
        const last2 = this.#lines.positionAt(end2).line;
        for (let { line } = this.#lines.positionAt(start2); line <= last2; line += 1) if (this.#masked.has(line)) return true;
        return false;
      }
    };
    VALUE = /\s*\{[{%]/y;
    SUFFIX = /\s*\{\{-\s*[.$][\w.]*\s*-?\}\}/y;
  }
});

// src/manifests/find-sites.ts
function findSites({ text: text2, documents }, context2 = NO_CONTEXT) {
  const scanned = scannedImages(text2, documents);
  const isScanned = ({ fields, named: named2, target }) => named2 !== true && target === void 0 && fields.some(({ scalar }) => scanned.has(scalar));
  const all = documents.flatMap((document) => sitesIn4(document, context2)).filter(({ site }) => !isScanned(site) && !isTemplated(site));
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
    const isOther3 = (owner) => owner.convention !== convention;
    const other = firstOf(fields, (field) => claimed.findOther(field, isOther3));
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
    if (isSame4 && !hasVersion2(other.site)) named.set(other, site);
    return isSame4 ? [] : { ...one, site: { ...site, name: site.of ?? site.name, version: {}, refused: `is of ${other.site.name}` } };
  });
  const isOpen = ({ site }) => {
    return !(site.candidates || isAmbiguous(site)) || !site.fields.some(({ scalar }) => decided.has(scalar));
  };
  return sites.filter(isOpen).map((one) => asNamed(one.site, named.get(one))).toSorted((a, b) => startOf2(a) - startOf2(b));
}
function isAmbiguous({ fields: [field], version: version3, name: name2, named }) {
  return named !== true && field?.role === "reference" && version3.tag === void 0 && !name2.includes("/");
}
function firstOf(items, find2) {
  for (const item of items) {
    const found = find2(item);
    if (found !== void 0) return found;
  }
  return void 0;
}
function asNamed(site, named) {
  if (!named) return site;
  const { of = "", refused, fields } = named;
  return { ...site, of, named: true, ...refused !== void 0 && { refused, fields } };
}
function sitesIn4(document, context2) {
  let keys;
  const pathOf = (site) => {
    keys ??= keysAtRoot(document);
    return keys.get(versionField(site)?.scalar ?? -1) ?? "(root)";
  };
  return conventions.flatMap(
    ({ name: convention, find: find2 }) => withHelmSet(document, [...find2(document, context2)]).map((site) => {
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
  const hasRoom = site.fields.some(({ role, text: text2 }) => role === "match" || text2 !== void 0 && PARTS2.has(role));
  return hasVersion2(site) || site.named === true || hasRoom;
}
function versionField({ fields }) {
  const written2 = fields.filter(({ text: text2 }) => text2 !== void 0 && text2 !== "");
  const find2 = (among) => {
    return VERSION_ROLES.map((role) => among.find((field) => field.role === role)).find((field) => field);
  };
  return find2(written2) ?? find2(fields) ?? fields.find(({ role }) => role === "match");
}
var NO_CONTEXT, isTemplated, PARTS2, hasVersion2, startOf2, VERSION_ROLES;
var init_find_sites = __esm({
  "src/manifests/find-sites.ts"() {
    "use strict";
    init_claimed_characters();
    init_helm_set();
    init_conventions();
    init_image_reference();
    init_tree();
    init_scanned_images();
    init_branch_sites();
    init_templated_values();
    NO_CONTEXT = { policies: /* @__PURE__ */ new Map(), targets: [], tagOwners: /* @__PURE__ */ new Map() };
    isTemplated = ({ fields, refused }) => refused === void 0 && fields.some(({ text: text2 }) => text2 === TEMPLATED);
    PARTS2 = /* @__PURE__ */ new Set(["tag", "bare-tag", "digest", "hex"]);
    hasVersion2 = ({ version: version3 }) => version3.tag !== void 0 || version3.digest !== void 0;
    startOf2 = ({ fields }) => fields.reduce((least, { start: start2 }) => Math.min(least, start2), Infinity);
    VERSION_ROLES = ["tag", "bare-tag", "reference", "digest", "hex"];
  }
});

// src/manifests/yaml/budget.ts
var STEPS_OF_FILE, STEPS_OF_PART, STEPS_OF_DOCUMENT, MAX_DEPTH2, TooComplex, ReadingBudget;
var init_budget = __esm({
  "src/manifests/yaml/budget.ts"() {
    "use strict";
    STEPS_OF_FILE = 25e5;
    STEPS_OF_PART = 1e6;
    STEPS_OF_DOCUMENT = 30;
    MAX_DEPTH2 = 300;
    TooComplex = class extends Error {
      offset;
      constructor(reason, offset) {
        super(reason);
        this.offset = offset;
      }
    };
    ReadingBudget = class _ReadingBudget {
      #left;
      #file;
      constructor(file) {
        this.#left = file ? STEPS_OF_PART : STEPS_OF_FILE;
        this.#file = file;
      }
      get left() {
        return this.#left;
      }
      /** For a part of the file. */
      forPart() {
        return new _ReadingBudget(this);
      }
      /** Throws TooComplex, at the offset given, when no more steps are left. */
      spend(steps, offset) {
        this.#left -= steps;
        if (this.#left < 0) throw new TooComplex("has too many values, repeated ones included", offset());
        this.#file?.spend(steps, offset);
      }
    };
  }
});

// src/manifests/yaml/compose.ts
function compose(tokens) {
  const composer = new import_yaml.Composer({ schema: "failsafe", uniqueKeys: false });
  const report = composer["onError"];
  composer["onError"] = (...found) => {
    report(...found);
    const [error3] = composer.streamInfo().errors;
    if (error3) throw error3;
  };
  const documents = [];
  try {
    for (const document of composer.compose(tokens)) documents.push(document);
    return { documents };
  } catch (error3) {
    if (error3 instanceof import_yaml.YAMLParseError) return { documents, error: error3 };
    throw error3;
  }
}
var import_yaml;
var init_compose = __esm({
  "src/manifests/yaml/compose.ts"() {
    "use strict";
    import_yaml = require("./yaml.cjs");
  }
});

// src/manifests/yaml/reader.ts
var import_yaml2, CHARACTERS_OF_STEP, LONG_PATH, NodeReader, STYLES;
var init_reader = __esm({
  "src/manifests/yaml/reader.ts"() {
    "use strict";
    import_yaml2 = require("./yaml.cjs");
    init_templated_values();
    init_tree();
    CHARACTERS_OF_STEP = 16;
    LONG_PATH = 500;
    NodeReader = class {
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
      constructor(text2, origin, embedded) {
        this.#text = text2;
        this.#origin = origin;
        this.#embedded = embedded;
        this.#templated = new TemplatedLines(text2);
      }
      /** Reads the contents of a document. Throws TooComplex where aliases repeat more than the budget has. */
      readDocument(contents) {
        this.#anchors = /* @__PURE__ */ new Map();
        return this.#read(contents);
      }
      #read(node) {
        if ((0, import_yaml2.isAlias)(node)) return this.#alias(node);
        const before2 = this.#cost;
        this.#cost += 1;
        if (this.#around > LONG_PATH) this.#spend(Math.floor(this.#around / CHARACTERS_OF_STEP), node);
        const read2 = (0, import_yaml2.isScalar)(node) ? this.#scalar(node) : (0, import_yaml2.isMap)(node) ? this.#map(node) : (0, import_yaml2.isSeq)(node) ? this.#list(node.items) : void 0;
        if (read2 && ((0, import_yaml2.isScalar)(node) || (0, import_yaml2.isMap)(node) || (0, import_yaml2.isSeq)(node)) && node.anchor !== void 0) {
          this.#anchors.set(node.anchor, { node: read2, cost: this.#cost - before2 });
        }
        return read2;
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
        this.#origin.budget.spend(cost, () => this.#origin.place((0, import_yaml2.isNode)(node) && node.range?.[0] || 0));
      }
      #scalar({ value, type, range }) {
        const style = STYLES[type ?? ""] ?? "plain";
        const [start2, end2] = range ?? [0, 0];
        const text2 = String(value);
        this.#cost += Math.floor(text2.length / CHARACTERS_OF_STEP);
        const placed = (from, to) => {
          const [start3, end3] = [this.#origin.place(from), this.#origin.place(to)];
          const isTemplated2 = this.#templated.has(from, to) || isContinued(this.#origin.text, start3, end3);
          return { kind: "scalar", text: isTemplated2 ? TEMPLATED : text2, style, start: start3, end: end3 };
        };
        if (start2 === end2) return placed(this.#behindWord(start2), this.#behindWord(start2));
        if (style !== "verbatim") return placed(start2, end2);
        const first = this.#text.indexOf("\n", start2) + 1;
        const lines = this.#text.slice(first, end2);
        const embedded = this.#embedded({ lines, start: first, text: text2, isLiteral: type === "BLOCK_LITERAL" });
        const line = text2.includes("\n") ? -1 : lines.indexOf(text2);
        const whole = line < 0 ? { ...placed(start2, end2), text: text2 } : placed(first + line, first + line + text2.length);
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
            for (const [name2, added] of mergedValues(valueNode)) if (!merged.has(name2)) merged.set(name2, added);
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
        return node?.kind === "scalar" && (0, import_yaml2.isScalar)(key) ? { ...node, text: unmasked(String(key.value)) } : node;
      }
      #list(items) {
        return { kind: "list", items: items.map((item) => this.#read(item)).filter((item) => item !== void 0) };
      }
    };
    STYLES = {
      PLAIN: "plain",
      QUOTE_SINGLE: "single",
      QUOTE_DOUBLE: "double",
      BLOCK_LITERAL: "verbatim",
      BLOCK_FOLDED: "verbatim"
    };
  }
});

// src/manifests/yaml/repair.ts
function repair(text2, { code, message, pos: [offset] }) {
  if (code === "BAD_INDENT") return joinFlowLines(text2, offset);
  if (message.startsWith("Missing closing ")) return joinQuotedLines(text2, offset);
  return message.startsWith("Comments must be separated") ? withoutCommentAt(text2, offset) : text2;
}
function joinQuotedLines(text2, offset) {
  const from = text2.lastIndexOf("\n", offset - 1) + 1;
  const start2 = text2.slice(from, offset + 1).search(OPENING_QUOTE);
  QUOTED.lastIndex = from + start2;
  const [quoted2] = (start2 < 0 ? void 0 : QUOTED.exec(text2)) ?? [];
  if (quoted2 === void 0 || /^(?:---|\.\.\.)/m.test(quoted2)) return text2;
  return text2.slice(0, from + start2) + quoted2.replace(/[\r\n]/g, " ") + text2.slice(from + start2 + quoted2.length);
}
function withoutCommentAt(text2, offset) {
  if (!/["'\]},]/.test(text2.charAt(offset - 1))) return text2;
  return text2.slice(0, offset) + text2.slice(offset).replace(/^#.*/, (comment) => " ".repeat(comment.length));
}
var OPENING_QUOTE, QUOTED;
var init_repair = __esm({
  "src/manifests/yaml/repair.ts"() {
    "use strict";
    init_lines();
    OPENING_QUOTE = /(?<![^\s,:[{])["'][^"']*$/;
    QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/sy;
  }
});

// src/manifests/yaml/template.ts
function findTemplate(text2, documents) {
  if (!documents) {
    const offset = withoutComments(text2).search(OPENING);
    return offset < 0 ? void 0 : offset;
  }
  if (!text2.includes("{{")) return void 0;
  const offsets = documents.map((document) => findDoubleBrace(text2, document.contents));
  return offsets.find((offset) => offset !== void 0);
}
function findDoubleBrace(text2, node) {
  if ((0, import_yaml3.isMap)(node)) {
    const start2 = node.range?.[0] ?? 0;
    if (node.flow && text2.startsWith("{{", start2)) return start2;
    for (const { key, value } of node.items) {
      const found = findDoubleBrace(text2, key) ?? findDoubleBrace(text2, value);
      if (found !== void 0) return found;
    }
  }
  if ((0, import_yaml3.isSeq)(node)) {
    for (const item of node.items) {
      const found = findDoubleBrace(text2, item);
      if (found !== void 0) return found;
    }
  }
  return void 0;
}
function withoutComments(text2) {
  return text2.replace(/(?<=^|\s)#.*$/gm, (comment) => " ".repeat(comment.length));
}
var import_yaml3;
var init_template = __esm({
  "src/manifests/yaml/template.ts"() {
    "use strict";
    import_yaml3 = require("./yaml.cjs");
    init_template_actions();
  }
});

// src/manifests/yaml/tokens.ts
function readTokens(source, { place, budget }) {
  const parser = new import_yaml4.Parser();
  const tokens = [];
  let offset = 0;
  const here = () => place(offset);
  const add = (some) => {
    for (const token of some) {
      tokens.push(token);
      if (token.type === "document" || token.type === "doc-end") budget.spend(STEPS_OF_DOCUMENT, here);
    }
  };
  for (const lexeme of new import_yaml4.Lexer().lex(source)) {
    budget.spend(1, here);
    add(parser.next(lexeme));
    if (parser.stack.length > MAX_DEPTH2 + 1) throw new TooComplex("is nested too deeply", here());
    if (!SIGNS2.has(lexeme)) offset += lexeme.length;
  }
  add(parser.end());
  return tokens;
}
var import_yaml4, SIGNS2;
var init_tokens = __esm({
  "src/manifests/yaml/tokens.ts"() {
    "use strict";
    import_yaml4 = require("./yaml.cjs");
    init_budget();
    SIGNS2 = /* @__PURE__ */ new Set(["", "", ""]);
  }
});

// src/manifests/yaml/parse.ts
function parseText(text2) {
  const origin = { text: text2, place: (offset) => offset, budget: new ReadingBudget() };
  try {
    const starts = documentStarts(text2);
    const read2 = starts.length > 1 ? parseParts(text2, starts, origin) : void 0;
    if (read2 && !(read2.flaw && text2.search(OPENING) >= 0)) return read2;
    const { roots, ...flaw } = parsePart(text2, { ...origin, budget: origin.budget.forPart() }, MAX_BLOCKS);
    return { parts: [{ start: 0, end: text2.length, roots }], ...flaw };
  } catch (error3) {
    if (!(error3 instanceof TooComplex)) throw error3;
    return { parts: [], flaw: { kind: "syntax", reason: error3.message, offset: error3.offset } };
  }
}
function parseParts(text2, starts, origin) {
  const parts = [];
  for (const [index, start2] of starts.entries()) {
    const end2 = starts[index + 1] ?? text2.length;
    const place = (offset) => start2 + offset;
    const budget = origin.budget.forPart();
    const { roots, flaw } = parseYaml(text2.slice(start2, end2), { text: text2, place, budget }, MAX_BLOCKS);
    if (flaw) return { parts: [], flaw };
    parts.push({ start: start2, end: end2, roots });
  }
  return { parts };
}
function documentStarts(text2) {
  if (/(?:^|\n)%/.test(text2)) return [0];
  const marks = Array.from(text2.matchAll(/(?<=\n)---(?=[ \t\r\n]|$)/g), ({ index }) => index);
  return [0, ...marks];
}
function parsePart(text2, origin, blocks) {
  const parsed2 = parseYaml(text2, origin, blocks);
  if (parsed2.flaw?.kind !== "template") return parsed2;
  const found = [];
  const { budget } = origin;
  let cost = 0;
  for (const branch of branchesOf(text2)) {
    const { left } = budget;
    if (left < 2 * cost) break;
    found.push(...parseYaml(branch, origin, blocks).roots);
    cost = left - budget.left;
  }
  const roots = uniqueRoots(found);
  return roots.some(isCollection) ? { roots } : parsed2;
}
function parseYaml(text2, origin, blocks) {
  const flawed = (kind, reason, offset) => {
    return { roots: [], flaw: { kind, reason, offset: origin.place(offset) } };
  };
  try {
    let first;
    for (let source = text2, repairs = 0; ; repairs += 1) {
      const { left } = origin.budget;
      const { documents, error: error3 } = compose(readTokens(source.replace(/^\ufeff/, "\n"), origin));
      const template = findTemplate(source, error3 ? void 0 : documents);
      if (template !== void 0) return flawed("template", "is a template", template);
      if (!error3) {
        const reader = new NodeReader(source, origin, (block) => readBlock(block, origin, blocks));
        return { roots: documents.map(({ contents }) => reader.readDocument(contents)) };
      }
      const isRepairable = repairs < MAX_REPAIRS && origin.budget.left > 2 * (left - origin.budget.left);
      const repaired = isRepairable ? repair(source, error3) : source;
      first ??= error3;
      if (repaired === source) return flawed("syntax", first.message, first.pos[0]);
      source = repaired;
    }
  } catch (error3) {
    if (error3 instanceof TooComplex) throw error3;
    return flawed("syntax", error3 instanceof Error ? error3.message : String(error3), 0);
  }
}
function readBlock({ lines: block, start: start2, text: text2, isLiteral }, origin, blocks) {
  if (blocks === 0 || text2.startsWith("#!") || !IMAGE_WORD2.test(text2)) return void 0;
  const lines = dedent(block, text2);
  const place = (offset) => origin.place(start2 + lines.place(offset));
  const inner = parsePart(lines.text, { ...origin, place }, blocks - 1);
  const roots = inner.roots.filter((root) => root && !(root.kind === "scalar" && root.text === ""));
  if (roots.length === 0 || !roots.every(isCollection)) return void 0;
  const isSame4 = isLiteral ? sameLines(lines.text, text2) : valuesOf(parsePart(text2, { ...origin, text: text2, place: (offset) => offset }, 0).roots) === valuesOf(inner.roots);
  return isSame4 ? roots : void 0;
}
function sameLines(one, other) {
  return one.replaceAll("\r\n", "\n").trimEnd() === other.trimEnd();
}
function valuesOf(roots) {
  const values = roots.flatMap((root) => walk(root));
  return JSON.stringify(values.map(({ node, path }) => [path, node.kind === "scalar" ? node.text : node.kind]));
}
var MAX_BLOCKS, MAX_REPAIRS, IMAGE_WORD2;
var init_parse3 = __esm({
  "src/manifests/yaml/parse.ts"() {
    "use strict";
    init_budget();
    init_compose();
    init_lines();
    init_reader();
    init_repair();
    init_template_actions();
    init_template();
    init_template_branches();
    init_tokens();
    init_tree();
    MAX_BLOCKS = 8;
    MAX_REPAIRS = 20;
    IMAGE_WORD2 = /image|tag|repository|newName|digest|\w\/[\w.-]+[:@]\w/i;
  }
});

// src/manifests/yaml/manifest.ts
function readManifest(path, bytes) {
  const known = manifests.get(bytes);
  if (known?.path === path) return known;
  const manifest = parseManifest(path, bytes);
  manifests.set(bytes, manifest);
  return manifest;
}
function parseManifest(path, bytes) {
  try {
    return parseManifestText(path, new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error3) {
    if (!(error3 instanceof TypeError)) throw error3;
    const defect = { kind: "encoding", reason: "is not UTF-8", line: 1, column: 1 };
    return { path, text: "", lines: new LineTable(""), documents: [], parts: [], defect };
  }
}
function rereadPart(path, part, text2) {
  return parseManifestText(path, text2, part);
}
function parseManifestText(path, text2, first) {
  const lines = new LineTable(text2);
  const { parts: read2, flaw } = parseText(text2);
  const roots = read2.flatMap((part) => part.roots);
  const isTemplate = flaw?.kind === "syntax" && withoutTemplateEnding(path) !== path;
  const encrypted = roots.some(isEncrypted);
  if (flaw || encrypted) {
    const { kind, reason, offset } = flaw ?? {
      kind: "encrypted",
      reason: "is encrypted with SOPS",
      offset: 0
    };
    const defect = { kind: isTemplate ? "template" : kind, reason, ...lines.positionAt(offset) };
    return { path, text: text2, lines, documents: [], parts: [], defect };
  }
  let { index, isOnly } = first ?? { index: 0, isOnly: roots.length < 2 };
  const parts = read2.map(({ start: start2, end: end2, roots: own2 }) => {
    const part = { start: start2, end: end2, index, isOnly };
    index += own2.length;
    return { ...part, documents: documentsOf(own2, { path, text: text2, lines, label: "", id: "" }, part) };
  });
  return { path, text: text2, lines, documents: parts.flatMap(({ documents }) => documents), parts };
}
function documentsOf(roots, outer, { index: first, isOnly } = { index: 0, isOnly: roots.length < 2 }) {
  return roots.flatMap((root, offset) => {
    const index = first + offset;
    const name2 = nameOf2(root);
    const label = [outer.label, isOnly ? "" : name2].filter((part) => part !== "").join(" ");
    const id = `${outer.id}${index}`;
    const inner = walk(root).flatMap(({ node, path }) => {
      if (node.kind !== "scalar" || !node.embedded || path.includes(LAST_APPLIED)) return [];
      const inside = { label: [label, path].filter((part) => part !== "").join(" "), id: `${id} ${path} ` };
      return documentsOf(node.embedded, { ...outer, ...inside });
    });
    return [{ ...outer, root, name: name2, index, label, id }, ...inner];
  });
}
function isEncrypted(root) {
  const sops = root?.kind === "map" ? valueOf(root, "sops") : void 0;
  return sops?.kind === "map" && valueOf(sops, "mac") !== void 0;
}
function nameOf2(root) {
  if (root?.kind !== "map") return "";
  const metadata = valueOf(root, "metadata");
  const kind = scalarOf(root, "kind")?.text;
  const name2 = metadata?.kind === "map" ? scalarOf(metadata, "name")?.text : void 0;
  return kind !== void 0 && name2 !== void 0 ? `${kind}/${name2}` : "";
}
var manifests;
var init_manifest = __esm({
  "src/manifests/yaml/manifest.ts"() {
    "use strict";
    init_manifest_names();
    init_parse3();
    init_lines();
    init_tree();
    manifests = /* @__PURE__ */ new WeakMap();
  }
});

// src/manifests/search-terms.ts
function searchTerms(images) {
  const names = images.flatMap(({ reference, replaces }) => [reference.name, replaces]);
  return {
    words: [...new Set(names.map(searchWord))],
    registries: [...new Set(names.flatMap(registriesWithPath))]
  };
}
function mayContain(bytes, words2) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return words2.some((word2) => buffer.includes(word2));
}
var init_search_terms = __esm({
  "src/manifests/search-terms.ts"() {
    "use strict";
    init_image_reference();
  }
});

// src/manifests/flux-policies.ts
function mayHoldRepository({ bytes }) {
  return mayContain(bytes, ["ImageRepository"]);
}
function hasUnknownPolicy(files, given) {
  const setters = files.filter(({ bytes }) => mayContain(bytes, ["$imagepolicy"]));
  if (setters.length === 0) return false;
  const holders = files.filter((file) => mayHoldRepository(file) || mayContain(file.bytes, ["ImagePolicy"]));
  const known = readPolicies(holders.map(({ path, bytes }) => readManifest(path, bytes)));
  const used = setters.flatMap(({ bytes }) => [...Buffer.from(bytes).toString().matchAll(POLICY)]);
  return used.some(([, policy = ""]) => !known.has(policy) && !given.has(policy));
}
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
    const namespace2 = textAt(root, "spec", "imageRepositoryRef", "namespace") ?? textAt(root, "metadata", "namespace");
    const image = images.get(`${namespace2 ?? ""}:${textAt(root, "spec", "imageRepositoryRef", "name") ?? ""}`);
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
var FLUX_WORDS, POLICY;
var init_flux_policies = __esm({
  "src/manifests/flux-policies.ts"() {
    "use strict";
    init_tree();
    init_manifest();
    init_search_terms();
    FLUX_WORDS = ["$imagepolicy", "ImagePolicy"];
    POLICY = /"\$imagepolicy"\s*:\s*"([^":]+:[^":]+)/g;
  }
});

// src/manifests/text/comments.ts
function withoutComments2(path, text2) {
  const name2 = withoutTemplateEnding(path).replace(/\.(?:dist|example|sample)$/i, "");
  const [, pattern = /(?!)/g] = PATTERNS2.find(([kind]) => kind.test(name2)) ?? [];
  const parts = [];
  const unclosed = /* @__PURE__ */ new Set();
  let position = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text2); match; match = pattern.exec(text2)) {
    const { 0: mark, index } = match;
    if (match.groups?.["quoted"] !== void 0) continue;
    const closing = CLOSINGS.find(([opening]) => opening.test(mark))?.[1];
    if (closing && !unclosed.has(closing)) {
      closing.lastIndex = pattern.lastIndex;
      if (!closing.test(text2)) unclosed.add(closing);
    }
    if (closing && unclosed.has(closing)) {
      pattern.lastIndex = index + 1;
      continue;
    }
    const end2 = closing?.lastIndex ?? pattern.lastIndex;
    parts.push(text2.slice(position, index), text2.slice(index, end2).replace(/[^\r\n]/g, " "));
    position = pattern.lastIndex = end2;
  }
  return [...parts, text2.slice(position)].join("");
}
var COMMENTS, CLOSINGS, QUOTED2, KINDS3, PATTERNS2;
var init_comments = __esm({
  "src/manifests/text/comments.ts"() {
    "use strict";
    init_manifest_names();
    COMMENTS = {
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
    CLOSINGS = [
      [/^\/\*$/, /\*\//g],
      [/^<!--$/, /-->/g],
      [/^\{\{/, /\*\/[ \t]*-?\}\}/g],
      [/^\{#$/, /#\}/g]
    ];
    QUOTED2 = /(?<=^|[\s=:,([{])(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*')/;
    KINDS3 = [
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
    PATTERNS2 = KINDS3.map(([name2, comments]) => {
      const marks = [...comments, "go", "jinja"].map((comment) => COMMENTS[comment].source);
      return [name2, new RegExp(`(?<quoted>${QUOTED2.source})|${marks.join("|")}`, "gm")];
    });
  }
});

// src/manifests/text/keys-beside.ts
function keysBeside(text2, { offset, length, isBroken }) {
  const { start: start2, line } = lineAround(text2, offset);
  const entries = inBraces(line, start2, offset) ?? onLines(text2, start2, isBroken);
  const own2 = entries.find((entry) => entry.offset <= offset && entry.offset + entry.value.length >= offset + length);
  return own2 && own2.value.length === length ? { key: own2.key, others: entries.filter((entry) => entry !== own2) } : void 0;
}
function stemOf(key) {
  const plain = key.toLowerCase().replace(/[^a-z0-9]/g, "");
  return plain.replace(/(?:new|image|img|repository|repo|registry|name|tag|version|digest|sha(?:256)?)+$/, "");
}
function inBraces(line, start2, offset) {
  const open3 = line.lastIndexOf("{", offset - start2);
  const close = line.indexOf("}", offset - start2);
  if (open3 < 0 || close < 0 || line.slice(open3, offset - start2).includes("}")) return void 0;
  return [...line.slice(open3, close).matchAll(ENTRIES)].map((match) => entryOf(match, start2 + open3));
}
function onLines(text2, start2, isBroken) {
  const own2 = entryAt(text2, start2);
  if (!own2) return [];
  const most = isBroken ? NEAR_LINES : MOST_LINES;
  const entries = [own2];
  const take = (at2) => {
    const entry = entryAt(text2, at2);
    if (entry && (isBroken || entry.column === own2.column)) entries.push(entry);
    const line = startOfLine(text2, at2);
    return line.trim() !== "" && (isBroken || line.search(/[^ \t-]|-(?! )/) >= own2.column);
  };
  const isItem = (at2) => /^[ \t]*- /.test(text2.slice(at2, at2 + own2.column + 2));
  for (let at2 = start2, lines = 0; at2 > 0 && lines < most && !isItem(at2); lines += 1) {
    at2 = text2.lastIndexOf("\n", at2 - 2) + 1;
    if (!take(at2)) break;
  }
  for (let at2 = endOfLine(text2, start2) + 1, lines = 0; at2 < text2.length && lines < most; lines += 1) {
    if (isItem(at2) || !take(at2)) break;
    at2 = endOfLine(text2, at2) + 1;
  }
  return entries;
}
function entryAt(text2, start2) {
  const line = startOfLine(text2, start2);
  const match = line.length > LONGEST_LINE ? null : ENTRY.exec(line.trimEnd());
  return match ? { ...entryOf(match, start2), column: match.groups?.["indentation"]?.length ?? 0 } : void 0;
}
function entryOf(match, start2) {
  const { key = "", value = "" } = match.groups ?? {};
  const offset = start2 + (match.index ?? 0) + match[0].indexOf(value, match[0].indexOf(key) + key.length);
  return { key, value, offset };
}
function startOfLine(text2, start2) {
  const [line = ""] = text2.slice(start2, start2 + LONGEST_LINE + 1).split("\n", 1);
  return line;
}
function endOfLine(text2, from) {
  const end2 = text2.indexOf("\n", from);
  return end2 < 0 ? text2.length : end2;
}
var ENTRY, ENTRIES, MOST_LINES, NEAR_LINES, LONGEST_LINE;
var init_keys_beside = __esm({
  "src/manifests/text/keys-beside.ts"() {
    "use strict";
    init_lines();
    ENTRY = /^(?<indentation>[ \t]*(?:- +)?)(?:(?:export|readonly|set|ARG|ENV) +)?["']?(?<key>[\w.-]{1,100})["']?[ \t]*[:=][ \t]*["']?(?<value>[^\s"',{}#]*)["']?,?$/;
    ENTRIES = /["']?(?<key>[\w.-]{1,100})["']?[ \t]*[:=][ \t]*["']?(?<value>[^\s"',{}]+)/g;
    MOST_LINES = 20;
    NEAR_LINES = 3;
    LONGEST_LINE = 1e3;
  }
});

// src/manifests/text/text-names.ts
function* namesIn(text2, isKnown2) {
  const runs = new RegExp(RUN);
  for (let match = runs.exec(text2); match; match = runs.exec(text2)) {
    const found = nameIn(text2, match[0], match.index, isKnown2);
    if (!found) continue;
    runs.lastIndex = Math.max(runs.lastIndex, found.end);
    yield found.name;
  }
}
function nameIn(text2, run2, at2, isKnown2) {
  const written2 = /\w$/.test(run2) ? run2 : run2.replace(/(?<![.-])[.-]+$/, "");
  if (!isKnown2(written2.slice(written2.lastIndexOf("/") + 1))) return void 0;
  const dashes = /^-*/.exec(written2)?.[0].length ?? 0;
  const host = /^\d+\\?\//.test(written2) ? HOST.exec(text2.slice(Math.max(at2 - LONGEST_HOST, 0), at2))?.[1] ?? "" : "";
  const whole = host + written2.slice(dashes);
  if (whole.startsWith(".")) return void 0;
  const { tag, digest } = written2.length === run2.length && versionAt(text2, at2 + written2.length, whole) || {};
  const offset = at2 + dashes - host.length;
  const name2 = { name: whole.replaceAll("\\", ""), offset, length: whole.length, tag, digest };
  const version3 = (tag === void 0 ? 0 : tag.length + 1) + (digest === void 0 ? 0 : digest.length + 1);
  return { name: name2, end: at2 + written2.length + version3 };
}
function versionAt(text2, offset, name2) {
  for (const pattern of [VERSION16, DEFAULT2, ...name2.includes("/") ? [VALUE2] : []]) {
    pattern.lastIndex = offset;
    const { tag, digest } = pattern.exec(text2)?.groups ?? {};
    if (tag !== void 0 || digest !== void 0) {
      return { ...tag !== void 0 && { tag }, ...digest !== void 0 && { digest } };
    }
  }
  return {};
}
var RUN, VERSION16, DEFAULT2, VALUE2, HOST, LONGEST_HOST;
var init_text_names = __esm({
  "src/manifests/text/text-names.ts"() {
    "use strict";
    RUN = /(?:[\w.-]|\\?\/)+/g;
    VERSION16 = /(?::(?<tag>\w(?:[\w.-]{0,126}\w)?)(?!\w|[\w.-]*\\?\/))?(?:@(?<digest>[a-z][a-z0-9]*:[0-9a-f]{32,}))?(?!\w)/y;
    DEFAULT2 = /:(?:\$\{\w+:?[-=]|\{\{-?[^{}\n]{0,120}\|\s*default\s*["'`]?)(?<tag>\w[\w.-]{0,126})(?=["'`\s}])/y;
    VALUE2 = /["']?:[ \t]+["']?(?<tag>v?\d[\w.-]{0,126})(?=["']?[ \t]*(?:[,}\r\n#]|$))/y;
    HOST = /(?:^|[^\w./-])(\w[\w.-]*:)$/;
    LONGEST_HOST = 255;
  }
});

// src/manifests/text/text-references.ts
function otherReferences(path, text2, search, isBroken = false) {
  return [...search.find(path, text2, isBroken)].filter(
    ({ image, name: name2, version: version3 }) => isOther2(image, name2, formatVersion(version3))
  );
}
function versionIn({ key, value }) {
  if (!SHA_KEY.test(key)) return parseVersion(value);
  return [value, `sha256:${value}`].filter(isDigest).map((digest) => ({ digest }))[0];
}
function isOther2({ reference, replaces }, name2, present) {
  const released = formatVersion(reference);
  const isBefore = repositoryOf(name2) === repositoryOf(replaces) && repositoryOf(reference.name) !== repositoryOf(replaces);
  const isHex = /^[\da-f]{64,}$/.test(present) && reference.digest?.endsWith(`:${present}`) === true;
  return present !== "" && (released === "" || isBefore || !(isHex || isSameVersion(present, released)));
}
function isNoImage(name2, tag, text2, offset) {
  if (tag === void 0 || name2.includes("/")) return false;
  const { start: start2, line } = lineAround(text2, offset);
  const before2 = line.slice(0, offset - start2);
  if (/image|\bfrom\b/i.test(before2)) return false;
  return isPort(tag) || !/\d|^latest$/.test(tag);
}
function isPort(tag) {
  return /^\d{2,5}$/.test(tag) && Number(tag) >= 80;
}
function withoutRecords(text2) {
  const unscanned = withoutScanned(text2);
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
var SCHEME, SCHEMES_OF_IMAGES, TAG_KEY, VERSION_KEY, SHA_KEY, VARIABLE_END, APPLIED_TEXT, TextSearch, blank3;
var init_text_references = __esm({
  "src/manifests/text/text-references.ts"() {
    "use strict";
    init_image_reference();
    init_comments();
    init_keys_beside();
    init_scanned_images();
    init_text_names();
    init_lines();
    init_tree();
    SCHEME = /(?:^|[^a-z0-9+.-])([a-z][a-z0-9+.-]*):$/i;
    SCHEMES_OF_IMAGES = /^(?:docker|oci|containers-storage|docker-daemon|image)$/i;
    TAG_KEY = /(?:tag|digest)$/i;
    VERSION_KEY = /(?:tag|version|digest|sha(?:256)?)$/i;
    SHA_KEY = /sha(?:256)?$/i;
    VARIABLE_END = /[})>%]["']?$/;
    APPLIED_TEXT = new RegExp(String.raw`${LAST_APPLIED}["']?\s*:\s*"(?:[^"\\]|\\.)*"`, "g");
    TextSearch = class {
      #byRepository = /* @__PURE__ */ new Map();
      /** By the path behind the registry; Docker's default path is not needed there. */
      #byPath = /* @__PURE__ */ new Map();
      /** The last components of their names. */
      #components = /* @__PURE__ */ new Set();
      constructor(images) {
        for (const image of images) {
          for (const name2 of [image.replaces, image.reference.name]) {
            const repository = repositoryOf(name2);
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
      *find(path, text2, isBroken = false) {
        const isKnown2 = (component) => this.#components.has(component);
        if (namesIn(text2, isKnown2).next().done === true) return;
        const shown3 = withoutRecords(withoutComments2(path, text2));
        for (const { name: written2, offset, length, tag, digest: hex } of namesIn(shown3, isKnown2)) {
          const digest = hex !== void 0 && isDigest(hex) ? hex : void 0;
          const named = this.#imageOf(written2, shown3.slice(Math.max(offset - 40, 0), offset));
          if (tag === void 0 && digest === void 0) {
            const where = { offset, length, isBroken };
            if (named || this.#byPath.has(written2)) yield* this.#besides(written2, named, shown3, where);
          } else if (named && !isNoImage(named.name, tag, shown3, offset)) {
            const version3 = { ...tag !== void 0 && { tag }, ...digest !== void 0 && { digest } };
            yield { ...named, version: version3, offset, isApart: false };
          }
        }
      }
      /** The name, and the versions in keys beside it; there the registry may have a key of its own. */
      *#besides(written2, known, text2, where) {
        const { key, others } = keysBeside(text2, where) ?? { key: "", others: [] };
        const ofSame = others.filter((other) => stemOf(other.key) === stemOf(key));
        const registry2 = ofSame.find((other) => /registry$/i.test(other.key))?.value;
        const named = registry2 === void 0 ? known : this.#imageOf(`${registry2}/${written2}`, " ") ?? known;
        if (!named) return;
        yield { ...named, version: {}, offset: where.offset, isApart: false };
        const isName2 = /^name$/i.test(key);
        if (isName2 && (!written2.includes("/") || ofSame.some((other) => other.key === "newName"))) return;
        for (const other of ofSame) {
          const version3 = (isName2 ? TAG_KEY : VERSION_KEY).test(other.key) ? versionIn(other) : void 0;
          if (version3 && /\d/.test(other.value)) yield { ...named, version: version3, offset: other.offset, isApart: true };
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
        const image = this.#byRepository.get(repositoryOf(written2));
        return image && { image, name: written2, isVariable: false };
      }
      #behindVariable(path) {
        const image = this.#byPath.get(path) ?? this.#byRepository.get(repositoryOf(path));
        return image && { image, name: path, isVariable: true };
      }
    };
    blank3 = (text2) => text2.replace(/[^\r\n]/g, " ");
  }
});

// src/core/wildcard.ts
function matchesParts(text2, [first = "", ...others], least = 0) {
  const last2 = others.pop();
  if (last2 === void 0) return text2 === first;
  const end2 = text2.length - last2.length;
  if (!text2.startsWith(first) || !text2.endsWith(last2)) return false;
  let position = first.length;
  for (const part of others) {
    const found = text2.indexOf(part, position + least);
    if (found < 0) return false;
    position = found + part.length;
  }
  return position + least <= end2;
}
var init_wildcard = __esm({
  "src/core/wildcard.ts"() {
    "use strict";
  }
});

// src/manifests/values/repository-paths.ts
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
function inFolder(folder, name2) {
  return folder === "" ? name2 : `${folder}/${name2}`;
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
var ANY, TEMPLATED2, MAX_PATH, MAX_TEMPLATED;
var init_repository_paths = __esm({
  "src/manifests/values/repository-paths.ts"() {
    "use strict";
    init_wildcard();
    ANY = "*";
    TEMPLATED2 = /(?:\{\{.*?\}\}|[\ue000-\uf8ff]+|\$\{[^}]*\})+/g;
    MAX_PATH = 1e3;
    MAX_TEMPLATED = 4;
  }
});

// src/manifests/values/values-tree.ts
function treeOf(object2, sources) {
  const layers = sources.flatMap(([source, at2 = []], rank2) => source ? { source, at: at2, rank: rank2 } : []);
  return { object: object2, layers };
}
function splitKeys(path) {
  return path.split(/(?<!\\)\./).map((key) => key.replaceAll("\\.", "."));
}
var init_values_tree = __esm({
  "src/manifests/values/values-tree.ts"() {
    "use strict";
  }
});

// src/manifests/values/charts.ts
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
    const { object: object2, layers } = treeOf("", [[{ kind: "chart", folder }]]);
    const tree = { object: object2, layers: [...layers, ...filesOf(paths.filter((path) => !isDefault(path, folder)))] };
    return charts.has(folder) || paths.some((path) => isDefault(path, folder)) ? [tree] : [];
  });
  const inNoChart = values.filter((path) => !foldersAbove(path).some((folder) => charts.has(folder)));
  const guesses = [...groupBy(inNoChart, folderOf).values()].filter(({ length }) => length > 1);
  return [...trees, ...guesses.map((paths) => ({ object: "", layers: filesOf(paths), isGuess: true }))];
}
function defaultValues(folder, manifests2) {
  return chartsIn(folder, manifests2).flatMap((chart) => {
    const paths = DEFAULT_VALUES.map((name2) => inFolder(chart.folder, name2)).filter((path) => manifests2.has(path));
    return paths.map((path) => [{ kind: "file", path }, chart.at]);
  });
}
function chartsIn(folder, manifests2) {
  let left = MAX_DEPENDENCIES;
  const below = (chart, above) => {
    if (above.includes(chart.folder) || (left -= 1) < 0) return [];
    const dependencies = dependenciesOf(chart.folder, manifests2).flatMap(
      ({ name: name2, folder: inside }) => below({ folder: inside, at: [...chart.at, name2] }, [...above, chart.folder])
    );
    return [chart, ...dependencies];
  };
  return below({ folder, at: [] }, []);
}
function dependenciesOf(folder, manifests2) {
  const chart = manifests2.get(inFolder(folder, "Chart.yaml")) ?? manifests2.get(inFolder(folder, "Chart.yml"));
  const root = chart?.documents[0]?.root;
  const list2 = root?.kind === "map" ? valueOf(root, "dependencies") : void 0;
  return (list2?.kind === "list" ? list2.items.slice(0, MAX_DEPENDENCIES) : []).flatMap((item) => {
    const text2 = (key) => item.kind === "map" ? scalarOf(item, key)?.text : void 0;
    const name2 = text2("name");
    if (name2 === void 0) return [];
    const written2 = text2("repository")?.replace(/^file:\/\//, "") ?? "";
    const isLocal = text2("repository")?.startsWith("file://") === true;
    const below = isLocal ? repositoryPath(folder, written2) : inFolder(folder, `charts/${name2}`);
    return below === void 0 ? [] : { name: text2("alias") ?? name2, folder: below };
  });
}
var CHART_FILE, VALUES_FILE, DEFAULT_VALUES, NO_VALUES, MAX_DEPENDENCIES, isChartFile, isValuesFile, filesOf, isDefault;
var init_charts = __esm({
  "src/manifests/values/charts.ts"() {
    "use strict";
    init_objects();
    init_tree();
    init_repository_paths();
    init_values_tree();
    CHART_FILE = /(?:^|\/)Chart\.ya?ml$/;
    VALUES_FILE = /(?:^|\/)values[^/]*$/;
    DEFAULT_VALUES = ["values.yaml", "values.yml"];
    NO_VALUES = /(?:^|\/)(?:templates|charts|crds)\//;
    MAX_DEPENDENCIES = 200;
    isChartFile = (path) => CHART_FILE.test(path);
    isValuesFile = (path) => VALUES_FILE.test(path);
    filesOf = (paths) => paths.map((path) => ({ source: { kind: "file", path }, at: [], rank: 1 }));
    isDefault = (path, folder) => DEFAULT_VALUES.some((name2) => path === inFolder(folder, name2));
  }
});

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
  const list2 = valueOf(map, key);
  if (list2?.kind !== "list") return [];
  return list2.items.flatMap((item, index) => {
    const [name2, node] = item.kind === "map" ? [scalarOf(item, "name"), scalarOf(item, "value")] : [];
    if (!name2 || !node) return [];
    const place = `${joinPath(where, key)}[${index}].value`;
    return [[{ kind: "node", document, node, where: place }, splitKeys(name2.text)]];
  });
}
var init_value_lists = __esm({
  "src/manifests/values/value-lists.ts"() {
    "use strict";
    init_tree();
    init_repository_paths();
    init_values_tree();
  }
});

// src/manifests/values/config-objects.ts
function* configEntries(document) {
  const { root, name: name2 } = document;
  if (root?.kind !== "map") return;
  const field = DATA[name2.split("/")[0] ?? ""];
  const data = field === void 0 ? void 0 : mapOf(root, field);
  for (const { key, value } of data?.entries ?? []) {
    yield { name: name2, key, source: { kind: "node", document, node: value, where: joinPath(field ?? "", key) } };
  }
  for (const [generator, kind] of Object.entries(GENERATORS)) yield* generated(document, generator, kind);
}
function* generated({ root, path }, generator, kind) {
  const list2 = root?.kind === "map" ? valueOf(root, generator) : void 0;
  for (const item of list2?.kind === "list" ? list2.items : []) {
    const name2 = item.kind === "map" ? scalarOf(item, "name")?.text : void 0;
    if (item.kind !== "map" || name2 === void 0) continue;
    for (const text2 of textsOf(item, "files")) {
      const [, given, written2 = ""] = /^(?:([^=]*)=)?(.*)$/s.exec(text2) ?? [];
      const source = fileAt(folderOf(path), written2);
      const key = given ?? written2.slice(written2.lastIndexOf("/") + 1);
      if (source) yield { name: `${kind}/${name2}`, key, source };
    }
  }
}
var DATA, GENERATORS;
var init_config_objects = __esm({
  "src/manifests/values/config-objects.ts"() {
    "use strict";
    init_tree();
    init_repository_paths();
    init_value_lists();
    DATA = { ConfigMap: "data", Secret: "stringData" };
    GENERATORS = { configMapGenerator: "ConfigMap", secretGenerator: "Secret" };
  }
});

// src/manifests/values/argo-cd.ts
function* argoTrees(document) {
  if (!/^Application(?:Set)?\//.test(document.name)) return;
  for (const { node, path } of walk(document.root)) {
    const helm = node.kind === "map" ? mapOf(node, "helm") : void 0;
    if (node.kind === "map" && helm) yield treeOf(document.name, sourcesOf(document, node, helm, path));
  }
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
var init_argo_cd = __esm({
  "src/manifests/values/argo-cd.ts"() {
    "use strict";
    init_tree();
    init_repository_paths();
    init_value_lists();
    init_values_tree();
  }
});

// src/manifests/values/fleet.ts
function* fleetTrees(document) {
  const { root, path } = document;
  const helm = root?.kind === "map" ? mapOf(root, "helm") : void 0;
  if (root?.kind !== "map" || !helm || !/(?:^|\/)fleet\.ya?ml$/.test(path)) return;
  const below = sourcesOf2(document, helm, "helm");
  yield treeOf("", below);
  const targets = valueOf(root, "targetCustomizations");
  for (const [index, target] of targets?.kind === "list" ? targets.items.entries() : []) {
    const own2 = target.kind === "map" ? mapOf(target, "helm") : void 0;
    if (own2) yield treeOf("", [...below, ...sourcesOf2(document, own2, `targetCustomizations[${index}].helm`)]);
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
var init_fleet = __esm({
  "src/manifests/values/fleet.ts"() {
    "use strict";
    init_tree();
    init_repository_paths();
    init_value_lists();
    init_values_tree();
  }
});

// src/manifests/values/flux.ts
function* fluxTrees(document) {
  const spec = document.root?.kind === "map" ? mapOf(document.root, "spec") : void 0;
  if (!spec || !document.name.startsWith("HelmRelease/")) return;
  const values = valueOf(spec, "values");
  yield treeOf(document.name, [
    ...ofChart(spec),
    ...valuesFrom(spec),
    [values && { kind: "node", document, node: values, where: joinPath("spec", "values") }]
  ]);
}
function ofChart(spec) {
  const chart = mapOf(mapOf(spec, "chart"), "spec");
  const name2 = chart && scalarOf(chart, "chart")?.text;
  const folder = name2 !== void 0 && /[/.]/.test(name2) ? repositoryPath("", name2) : void 0;
  if (!chart || folder === void 0) return [];
  const files = textsOf(chart, "valuesFiles").map((file) => [fileAt("", file)]);
  return [[{ kind: "chart", folder }], ...files];
}
function valuesFrom(spec) {
  const list2 = valueOf(spec, "valuesFrom");
  if (list2?.kind !== "list") return [];
  return list2.items.map((item) => {
    const text2 = (key) => item.kind === "map" ? scalarOf(item, key)?.text : void 0;
    const [kind, name2, target] = [text2("kind"), text2("name"), text2("targetPath")];
    if (kind === void 0 || name2 === void 0) return [void 0];
    const source = { kind: "object", name: `${kind}/${name2}`, key: text2("valuesKey") ?? "values.yaml" };
    return [source, target === void 0 ? [] : splitKeys(target)];
  });
}
var init_flux = __esm({
  "src/manifests/values/flux.ts"() {
    "use strict";
    init_tree();
    init_repository_paths();
    init_value_lists();
    init_values_tree();
  }
});

// src/manifests/values/helmfile.ts
function* helmfileTrees(document) {
  const releases = document.root?.kind === "map" ? valueOf(document.root, "releases") : void 0;
  if (releases?.kind !== "list") return;
  for (const [index, release2] of releases.items.entries()) {
    if (release2.kind !== "map" || !scalarOf(release2, "chart")) continue;
    yield treeOf("", sourcesOf3(document, release2, `releases[${index}]`));
  }
}
function sourcesOf3(document, release2, where) {
  const home = folderOf(document.path);
  const chart = scalarOf(release2, "chart")?.text ?? "";
  const folder = chart.startsWith(".") ? repositoryPath(home, chart) : void 0;
  const values = valueOf(release2, "values");
  const items = values?.kind === "list" ? values.items : [];
  const layers = items.map((node, index) => {
    if (node.kind === "scalar") return [fileAt(home, node.text)];
    return [{ kind: "node", document, node, where: `${joinPath(where, "values")}[${index}]` }];
  });
  return [
    [folder === void 0 ? void 0 : { kind: "chart", folder }],
    ...layers,
    ...pairsOf(document, release2, "set", where),
    ...pairsOf(document, release2, "setString", where)
  ];
}
var init_helmfile = __esm({
  "src/manifests/values/helmfile.ts"() {
    "use strict";
    init_tree();
    init_repository_paths();
    init_value_lists();
    init_values_tree();
  }
});

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
function targetPattern(kind, name2 = ".*") {
  const names = name2.split("|").map((one) => one.split(".*"));
  return {
    test: (object2) => {
      const rest = object2.startsWith(`${kind}/`) ? object2.slice(kind.length + 1) : void 0;
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
var init_json_patches = __esm({
  "src/manifests/values/json-patches.ts"() {
    "use strict";
    init_wildcard();
    init_tree();
    init_targets();
    init_repository_paths();
  }
});

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
  const name2 = scalarOf(chart, "name")?.text;
  const files = [...textsOf(chart, "valuesFile"), ...textsOf(chart, "additionalValuesFiles")];
  const inline = valueOf(chart, "valuesInline");
  return [
    [charts === void 0 || name2 === void 0 ? void 0 : { kind: "chart", folder: inFolder(charts, name2) }],
    ...files.map((file) => [fileAt(home, file)]),
    [inline && { kind: "node", document, node: inline, where: joinPath(where, "valuesInline") }]
  ];
}
var init_kustomize_charts = __esm({
  "src/manifests/values/kustomize-charts.ts"() {
    "use strict";
    init_tree();
    init_repository_paths();
    init_value_lists();
    init_values_tree();
  }
});

// src/manifests/values/parts-tree.ts
function partOf3(leaf) {
  const read2 = readLonePart(leaf.path.at(-1) ?? "");
  return read2 && { ...leaf, part: read2.part, group: JSON.stringify([...leaf.path.slice(0, -1), read2.prefix]) };
}
function strongest(leaves) {
  const rank2 = leaves.reduce((most, leaf) => Math.max(most, leaf.rank), -Infinity);
  return leaves.filter((leaf) => leaf.rank === rank2);
}
function isSame2(one, other) {
  return one.id === other.id && one.document.path === other.document.path;
}
var PartsTree, isVersionPart;
var init_parts_tree = __esm({
  "src/manifests/values/parts-tree.ts"() {
    "use strict";
    init_image_reference();
    init_objects();
    init_convention();
    init_image_keys();
    PartsTree = class {
      object;
      tree;
      #parts;
      #groups;
      #uses = /* @__PURE__ */ new Map();
      /** `uses` are those of the templates of a chart and all below it. */
      constructor(tree, reader, uses) {
        this.object = tree.object;
        this.tree = tree;
        this.#parts = tree.layers.flatMap((layer) => reader.leavesOf(layer)).flatMap((leaf) => partOf3(leaf) ?? []);
        this.#groups = groupBy(this.#parts, ({ group }) => group);
        for (const { source, at: at2 } of tree.layers) {
          for (const { path, owner } of source.kind === "chart" ? uses(source.folder) : []) {
            const key = JSON.stringify([...at2, ...path]);
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
        const repositories = this.#repositoriesIn(tag.group);
        const below = repositories.filter(({ rank: rank2 }) => rank2 < tag.rank);
        const beside = repositories.filter(({ rank: rank2 }) => rank2 === tag.rank);
        const own2 = beside.filter((leaf) => isSame2(leaf, tag));
        const nearest = own2.length > 0 ? own2 : [...strongest(below), ...beside];
        const owners = nearest.length > 0 ? nearest : repositories;
        return owners.length > 0 ? owners.flatMap((leaf) => this.#ownerOf(leaf)) : this.#imagesBelow(tag);
      }
      /** What a layer above all of this tree would find, by group. */
      get owners() {
        const groups2 = [...this.#groups.keys()];
        return new Map(
          groups2.map((group) => [group, strongest(this.#repositoriesIn(group)).flatMap((leaf) => this.#ownerOf(leaf))])
        );
      }
      /** `global.image.tag` is the tag of all images that have none of their own. */
      #imagesBelow({ path }) {
        if (path[0] !== "global") return [];
        const untagged = [...this.#groups].filter(
          ([, parts]) => !parts.some((leaf) => isVersionPart(leaf) && !isEmpty(leaf.scalar))
        );
        return untagged.flatMap(([group]) => this.#repositoriesIn(group)).flatMap((leaf) => this.#ownerOf(leaf));
      }
      #repositoriesIn(group) {
        return (this.#groups.get(group) ?? []).filter(({ part, scalar }) => part === "repository" && !isEmpty(scalar));
      }
      #isBesideRepository(tag) {
        const group = this.#groups.get(tag.group) ?? [];
        return group.some((leaf) => leaf.part === "repository" && isSame2(leaf, tag) && leaf.parent === tag.parent);
      }
      #ownerOf(repository) {
        const registry2 = this.#registryOf(repository);
        const name2 = registry2 === "" ? repository.scalar.text : `${registry2}/${repository.scalar.text}`;
        const reference = parseReference(name2);
        if (!reference || reference.tag !== void 0 || reference.digest !== void 0) return [];
        const { document, scalar } = repository;
        const source = `${document.path}:${document.lines.positionAt(scalar.start).line}`;
        return [{ image: repositoryOf(name2), name: name2, source }];
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
    isVersionPart = (leaf) => leaf.part !== "registry" && leaf.part !== "repository";
  }
});

// src/manifests/values/template-uses.ts
function chartOfTemplate(path) {
  const match = FOLDER.exec(path);
  return match ? match[1] ?? "" : void 0;
}
function* templateUses({ path, text: text2, lines }) {
  for (let at2 = text2.indexOf(":{{"); at2 >= 0; at2 = text2.indexOf(":{{", at2 + 1)) {
    VALUE3.lastIndex = at2 + 1;
    const [, value] = VALUE3.exec(text2) ?? [];
    const [written2 = ""] = NAME3.exec(text2.slice(Math.max(at2 - MAX_NAME2, 0), at2)) ?? [];
    const name2 = parseReference(written2)?.name;
    if (value === void 0 || name2 === void 0 || name2 !== written2) continue;
    const source = `${path}:${lines.positionAt(at2).line}`;
    yield { path: value.split("."), owner: { image: repositoryOf(name2), name: name2, source } };
  }
}
var FOLDER, NAME3, VALUE3, MAX_NAME2;
var init_template_uses = __esm({
  "src/manifests/values/template-uses.ts"() {
    "use strict";
    init_image_reference();
    FOLDER = /^(?:(.*)\/)?templates\//;
    NAME3 = /[\w][\w./:-]*$/;
    VALUE3 = /\{\{-?\s*\$?\.Values\.([\w.]+)\s*(?:\|[^{}\n]{0,200})?-?\}\}/y;
    MAX_NAME2 = 255;
  }
});

// src/manifests/values/value-leaves.ts
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
function nodesOf2(source, at2, files) {
  switch (source.kind) {
    case "node":
      return [{ node: source, at: at2 }];
    case "file":
      return manifestsAt(source.path, files.manifests).flatMap(
        ({ documents: [document] }) => document?.root ? [{ node: { kind: "node", document, node: document.root, where: "" }, at: at2 }] : []
      );
    case "object": {
      const entries = files.objects.get(source.name) ?? [];
      return entries.filter(({ key }) => key === source.key).flatMap((entry) => nodesOf2(entry.source, at2, files));
    }
    case "chart":
      return defaultValues(source.folder, files.manifests).flatMap(
        ([file, below = []]) => file ? nodesOf2(file, [...at2, ...below], files) : []
      );
  }
}
function manifestsAt(path, manifests2) {
  const manifest = manifests2.get(path);
  if (manifest || !path.includes(ANY)) return manifest ? [manifest] : [];
  const pattern = pathPattern(path);
  return [...manifests2.values()].filter((one) => pattern.test(one.path));
}
var LeafReader;
var init_value_leaves = __esm({
  "src/manifests/values/value-leaves.ts"() {
    "use strict";
    init_tree();
    init_charts();
    init_repository_paths();
    LeafReader = class {
      #files;
      #isPart;
      #read = /* @__PURE__ */ new Map();
      constructor(files, isPart) {
        this.#files = files;
        this.#isPart = isPart;
      }
      /** The leaves of a layer, also where it is several files or a chart with its dependencies. */
      leavesOf({ source, at: at2, rank: rank2 }) {
        return nodesOf2(source, at2, this.#files).flatMap(
          ({ node, at: root }) => this.#leavesIn(node).map((leaf) => ({ ...leaf, path: [...root, ...leaf.path], rank: rank2 })).filter(({ path }) => this.#isPart(path.at(-1) ?? ""))
        );
      }
      #leavesIn({ node, document, where }) {
        const known = this.#read.get(node);
        if (known) return known;
        const start2 = { document, id: document.id, where, parent: where, path: [], rank: 0 };
        const leaves = [...walkLeaves(node, start2)].filter(
          ({ path }) => path.length === 0 || this.#isPart(path.at(-1) ?? "")
        );
        this.#read.set(node, leaves);
        return leaves;
      }
    };
  }
});

// src/manifests/values/tag-owners.ts
function findTagOwners(manifests2) {
  const byPath = new Map(manifests2.map((manifest) => [manifest.path, manifest]));
  const documents = manifests2.flatMap((manifest) => manifest.documents);
  const entries = documents.flatMap((document) => [...configEntries(document)]);
  const reader = new LeafReader(
    { manifests: byPath, objects: groupBy(entries, ({ name: name2 }) => name2) },
    (key) => readLonePart(key) !== void 0
  );
  const read2 = [...chartTrees(byPath), ...documents.flatMap(treesIn)];
  const uses = usesOf(byPath);
  const trees = read2.map((tree) => new PartsTree(tree, reader, uses));
  const objects = new Map(
    [...groupBy(trees, ({ object: object2 }) => object2)].map(([name2, group]) => [name2, new ObjectTrees(group)])
  );
  objects.delete("");
  const found = trees.flatMap(
    (tree) => tree.tags.map((tag) => {
      const own2 = tree.ownersOf(tag);
      const owners = own2.length > 0 ? own2 : objects.get(tree.object)?.ownersOf(tag) ?? [];
      return { tag, owners, isGuess: tree.tree.isGuess ?? false };
    })
  );
  for (const patch of documents.flatMap((document) => [...patchedValues(document, byPath)])) {
    for (const [name2, target] of objects) {
      if (!patch.target.test(name2)) continue;
      const tags = tagsOf(patch, target, reader);
      found.push(...tags.map((tag) => ({ tag, owners: target.ownersOf(tag), isGuess: false })));
    }
  }
  return tableOf(found);
}
function usesOf(manifests2) {
  const templates = [...manifests2.values()].filter(({ path }) => chartOfTemplate(path) !== void 0);
  const own2 = groupBy(templates, ({ path }) => chartOfTemplate(path));
  const known = /* @__PURE__ */ new Map();
  return (chart) => {
    const uses = known.get(chart) ?? (own2.size === 0 ? [] : chartsIn(chart, manifests2)).flatMap(
      ({ folder, at: at2 }) => (own2.get(folder) ?? []).flatMap((template) => [...templateUses(template)]).map(({ path, owner }) => ({ path: [...at2, ...path], owner }))
    );
    known.set(chart, uses);
    return uses;
  };
}
function tagsOf({ pointer, value }, target, reader) {
  const at2 = target.pathOf(pointer);
  const leaves = at2 ? reader.leavesOf({ source: value, at: at2, rank: Infinity }) : [];
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
var READERS, treesIn, ObjectTrees, unique;
var init_tag_owners = __esm({
  "src/manifests/values/tag-owners.ts"() {
    "use strict";
    init_objects();
    init_convention();
    init_image_keys();
    init_tree();
    init_argo_cd();
    init_charts();
    init_config_objects();
    init_fleet();
    init_flux();
    init_helmfile();
    init_json_patches();
    init_kustomize_charts();
    init_parts_tree();
    init_template_uses();
    init_value_leaves();
    READERS = [argoTrees, fluxTrees, helmfileTrees, kustomizeTrees, fleetTrees];
    treesIn = (document) => READERS.flatMap((read2) => [...read2(document)]);
    ObjectTrees = class {
      #owners = /* @__PURE__ */ new Map();
      #parameters = /* @__PURE__ */ new Map();
      constructor(trees) {
        for (const { owners, tree } of trees) {
          for (const [group, some] of owners)
            this.#owners.set(group, unique([...this.#owners.get(group) ?? [], ...some]));
          for (const { source, at: at2 } of tree.layers) {
            if (source.kind === "node" && at2.length > 0) this.#parameters.set(source.where, at2);
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
    unique = (owners) => [
      ...new Map(owners.map((owner) => [owner.image, owner])).values()
    ];
  }
});

// src/manifests/values/related.ts
function withRelated(some, files, parse7) {
  const parsed2 = new Map(some.map((file) => [file, parse7(file)]));
  const charts = chartFolders(files.map(({ path }) => path));
  let last2 = [...parsed2.values()];
  while (last2.length > 0) {
    const isRelated = matcherOf(relatedTo(last2, charts), charts);
    const more = files.filter((file) => !parsed2.has(file) && isRelated(file));
    last2 = more.map(parse7);
    for (const [index, file] of more.entries()) parsed2.set(file, last2[index] ?? parse7(file));
  }
  return parsed2;
}
function matcherOf({ files, folders: folders2, siblings, names }, charts) {
  if (files.size + folders2.size + siblings.size + names.size === 0) return () => false;
  const isValue = isValueOf(folders2, charts);
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
function isValueOf(folders2, charts) {
  const wanted = new Set(folders2);
  return (path) => wanted.has(valuesFolderOf(path, charts) ?? "\0");
}
function relatedTo(manifests2, charts) {
  const files = /* @__PURE__ */ new Set();
  const folders2 = /* @__PURE__ */ new Set();
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
      folders2.add(folderOf(path));
      names.add(nameIn2(folderOf(path)));
      for (const { folder } of dependenciesOf(folderOf(path), byPath)) addSource({ kind: "chart", folder });
    }
    const chart = chartOfTemplate(path);
    if (chart !== void 0 && !templateUses(manifest).next().done) {
      folders2.add(chart);
      names.add(nameIn2(chart));
      addSource({ kind: "chart", folder: chart });
    }
    if (hasValues(manifest)) {
      const folder = valuesFolderOf(path, charts);
      if (folder !== void 0) folders2.add(folder);
      const above = foldersAbove(path);
      for (const one of above) files.add(inFolder(one, "Chart.yaml"));
      if (!above.some((one) => charts.has(one)) && hasRepository(manifest)) siblings.add(folderOf(path));
      if (isValuesFile(path)) names.add(nameIn2(path));
    }
    for (const document of documents) {
      for (const { object: object2, layers } of treesIn(document)) {
        if (object2 !== "") names.add(nameIn2(object2));
        for (const { source } of layers) addSource(source);
      }
      for (const { name: name2, source } of configEntries(document)) {
        names.add(nameIn2(name2));
        addSource(source);
      }
      for (const file of patchedFiles(document)) files.add(file);
    }
  }
  return { files, folders: folders2, siblings, names };
}
function hasRepository({ documents: [document] }) {
  return walk(document?.root).some(
    ({ node }) => node.kind === "map" && node.entries.some(({ key, value }) => {
      const isNamed2 = value.kind === "scalar" && readLonePart(key)?.part === "repository";
      return isNamed2 && !/[:@]|^$/.test(value.text);
    })
  );
}
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
    else for (const name2 of KUSTOMIZATIONS) yield inFolder(below, name2);
  }
}
var VALUES_WORDS, KUSTOMIZATIONS, TAG_WORDS, nameIn2;
var init_related = __esm({
  "src/manifests/values/related.ts"() {
    "use strict";
    init_search_terms();
    init_tree();
    init_image_keys();
    init_charts();
    init_config_objects();
    init_repository_paths();
    init_value_lists();
    init_tag_owners();
    init_template_uses();
    VALUES_WORDS = [
      "helm",
      "Helm",
      "onfigMap",
      "Secret",
      "ecretGenerator",
      "releases",
      "Application",
      "dependencies"
    ];
    KUSTOMIZATIONS = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
    TAG_WORDS = ["tag", "Tag", "TAG"];
    nameIn2 = (path) => path.slice(path.lastIndexOf("/") + 1);
  }
});

// src/manifests/word-search.ts
var WordSearch;
var init_word_search = __esm({
  "src/manifests/word-search.ts"() {
    "use strict";
    WordSearch = class {
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
        let last2 = 0;
        for (const word2 of words2) {
          let state = 0;
          for (const byte of word2) {
            const at2 = state * width + (this.#columns[byte] ?? 0);
            if (rows[at2] === 0) rows[at2] = last2 += 1;
            state = rows[at2] ?? 0;
          }
          isEnd[state] = 1;
        }
        const fallback = new Int32Array(last2 + 1);
        const queue = [0];
        for (const state of queue) {
          for (let column = 1; column < width; column += 1) {
            const at2 = state * width + column;
            const next = rows[at2] ?? 0;
            const other = state === 0 ? 0 : rows[(fallback[state] ?? 0) * width + column] ?? 0;
            if (next === 0) {
              rows[at2] = other;
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
  }
});

// src/manifests/inventory.ts
function takeInventory(files, { images, policies, targets = [] } = {}) {
  const parse7 = ({ path, bytes }) => readManifest(path, bytes);
  const parsed2 = images ? withRelated(files.filter(mayName(images, targets)), files, parse7) : new Map(files.map((file) => [file, parse7(file)]));
  const manifests2 = [...parsed2.values()];
  const context2 = {
    policies: new Map([...readPolicies(manifests2), ...policies ?? []]),
    targets,
    tagOwners: findTagOwners(manifests2)
  };
  const inventoried = files.flatMap((file) => {
    const manifest = parsed2.get(file);
    return manifest && !file.isContext ? { file, manifest, places: placesIn(manifest, context2) } : [];
  });
  const read2 = [...parsed2.keys()];
  return { files: inventoried, read: read2, places: inventoried.flatMap(({ places }) => places), context: context2 };
}
function presentImages(images, { files, places }) {
  const certain = places.filter(({ site }) => !site.candidates && site.doubt === void 0);
  const repositories = new Set(certain.map(({ repository }) => repository));
  const search = new TextSearch(images);
  const unread = files.filter(({ manifest }) => manifest.defect);
  const named = new Set(
    unread.flatMap(({ manifest: { path, text: text2 } }) => [...search.find(path, text2, true)].map(({ image }) => image))
  );
  return images.filter((image) => {
    const names = [image.reference.name, image.replaces];
    return names.some((name2) => repositories.has(repositoryOf(name2))) || named.has(image);
  });
}
function mayName(images, targets) {
  const { words: words2, registries } = searchTerms(images);
  const terms = new WordSearch([...words2, ...words2.map((word2) => word2.replaceAll("/", "\\/")), ...FLUX_WORDS]);
  const withPath = new WordSearch(registries);
  const named = new Set(targets.map(({ file }) => file));
  return ({ path, bytes }) => named.has(path) || terms.isIn(bytes) || mayContain(bytes, KEYS_OF_REGISTRIES) && withPath.isIn(bytes);
}
function placesIn(manifest, context2) {
  return findSites(manifest, context2).map((site) => {
    const { where, name: name2, version: version3, of } = site;
    const { line } = manifest.lines.positionAt(versionField(site)?.start ?? 0);
    return { file: manifest.path, line, where, image: name2, repository: of ?? repositoryOf(name2), version: version3, site };
  });
}
var KEYS_OF_REGISTRIES;
var init_inventory = __esm({
  "src/manifests/inventory.ts"() {
    "use strict";
    init_image_reference();
    init_find_sites();
    init_flux_policies();
    init_search_terms();
    init_text_references();
    init_related();
    init_tag_owners();
    init_word_search();
    init_manifest();
    KEYS_OF_REGISTRIES = ["egistry", "epository", "EGISTRY", "EPOSITORY"];
  }
});

// src/core/tag-family.ts
function familyOf(tag) {
  const version3 = VERSIONS.map((pattern) => pattern.exec(tag)).find((match) => match);
  if (version3) {
    if (version3[0] === tag && /^latest$/i.test(tag)) return void 0;
    const after = tag.slice(version3.index + version3[0].length);
    return [lasting(tag.slice(0, version3.index)), "#", lasting(after.replace(REVISION, ""))].filter(Boolean).join("-");
  }
  const words2 = dashed(tag);
  const stays = words2.replace(COMMIT_OR_TIME, "").replace(RUN2, "");
  return stays === words2 ? void 0 : ["@", lasting(stays)].filter(Boolean).join("-");
}
function areOfTwoFamilies(one, other) {
  const [a, b] = [familyOf(one), familyOf(other)];
  return a !== void 0 && b !== void 0 && a !== b && a.includes("#") === b.includes("#");
}
function lasting(part) {
  const words2 = CHANGING.reduce((text2, [pattern, stays]) => text2.replace(pattern, stays), dashed(part));
  return words2.replace(/-{2,}/g, "-").replace(/^-|-$/g, "");
}
var VERSIONS, word, COMMIT_OR_TIME, RUN2, CHANGING, REVISION, dashed;
var init_tag_family = __esm({
  "src/core/tag-family.ts"() {
    "use strict";
    init_tag_kind();
    VERSIONS = [
      /(?<!\d)\d{4}([-_.])\d{2}\1\d{2}(?:[-_.]\d+)*(?![a-z\d])/i,
      /(?<![a-z\d.])v?\d+\.\d+\.\d+(?:\.\d+)*/i,
      /(?<![a-z\d.])v?\d+\.\d+(?!\d)/i,
      /^v?\d{1,6}(?![a-z\d])/i,
      /\d+(?:\.\d+)+/,
      /(?<![a-z\d])latest(?![a-z\d])/i
    ];
    word = (pattern) => new RegExp(`(?<![a-z\\d])(?:${pattern})(?![a-z\\d])`, "g");
    COMMIT_OR_TIME = word(String.raw`(?:\d+-)?g[\da-f]{4,40}|(?:(?:sha|git|commit)-?)?[\da-f]{7,64}|\d{8}t\d{4,6}z?`);
    RUN2 = word(String.raw`(?<!(?:^|-)(?:pr|pull|mr|merge-request)-)\d+`);
    CHANGING = [
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
    REVISION = /^(?:[-_.]\d+)+(?![a-z\d])(?!-g[\da-f]{4})/i;
    dashed = (text2) => text2.toLowerCase().replace(/[_.]/g, "-");
  }
});

// src/manifests/defects.ts
function reportDefect({ path, text: text2, lines }, { kind, reason, line, column }, search) {
  const [other] = kind === "syntax" || kind === "encrypted" ? otherReferences(path, text2, search, kind === "syntax") : [];
  if (other && kind === "syntax") {
    const excerpt = caret(text2.split(/\r?\n/)[line - 1] ?? "", column);
    throw failure("MANIFEST_UNREADABLE", { place: { file: path, line, column }, reason, excerpt });
  }
  if (other) throw failure("MANIFEST_ENCRYPTED", { place: { file: path, line: lines.positionAt(other.offset).line } });
  if (kind === "template" || kind === "encrypted") return [];
  return [{ file: path, line, column, message: `was not searched: ${reason}` }];
}
function caret(line, column) {
  const from = Math.max(0, column - 60);
  const shown3 = line.slice(from, from + 100).replaceAll("	", " ");
  return `${shown3}
${" ".repeat(column - 1 - from)}^`;
}
var DEFECT_REASONS;
var init_defects = __esm({
  "src/manifests/defects.ts"() {
    "use strict";
    init_errors();
    init_text_references();
    DEFECT_REASONS = {
      encoding: "is in a file that is not UTF-8",
      syntax: "is in a file that cannot be read",
      template: "is in a template",
      encrypted: "is in a file that is encrypted with SOPS"
    };
  }
});

// src/manifests/select-places.ts
function selectPlaces(images, inventory, { onlyTags, insert = false } = {}) {
  const search = new TextSearch(images);
  const problems = inventory.files.flatMap(
    ({ manifest }) => manifest.defect ? reportDefect(manifest, manifest.defect, search) : []
  );
  const byRepository = new Map(
    images.flatMap(
      (image) => [image.replaces, image.reference.name].map((name2) => [repositoryOf(name2), image])
    )
  );
  const own2 = inventory.places.flatMap((place) => {
    const image = byRepository.get(place.repository);
    return image ? [{ place, image, left: reasonToLeave(place, image, { onlyTags, insert }) }] : [];
  });
  const divided = /* @__PURE__ */ new Set();
  for (const { place, image, left: other } of own2) {
    if (!divided.has(image) && other === void 0 && isOfFamily(place, image)) divided.add(image);
  }
  const selected = /* @__PURE__ */ new Map();
  const left = [];
  for (const { place, image, left: other } of own2) {
    if (place.site.refused !== void 0) throw refusal(place, place.site.refused);
    const isDivided = !onlyTags && divided.has(image);
    const reason = other ?? (isDivided ? otherFamily(place, image.reference.tag ?? "") : void 0);
    if (reason !== void 0) left.push({ place, reason });
    else selected.set(place, image);
  }
  refuseLostTargets(inventory);
  return { selected, left, problems };
}
function reasonToLeave({ version: version3, site }, { reference }, { onlyTags, insert }) {
  const present = formatVersion(version3);
  if (present === "" && !site.named && !(insert && isInsertable(site, reference))) return NO_VERSION;
  if (site.candidates) return `may be of ${listed2(site.candidates)}`;
  if (present === formatVersion(reference)) return void 0;
  if (site.doubt !== void 0) return site.doubt;
  if (onlyTags && !isSelected(version3.tag ?? "", onlyTags)) return `is not in only-tags: ${onlyTags.text}`;
  return void 0;
}
function listed2(candidates) {
  const more = candidates.length - MOST_NAMED;
  return candidates.slice(0, MOST_NAMED).join(" or ") + (more > 0 ? ` or ${more} more` : "");
}
function isInsertable({ fields, takesVersion }, { tag, digest }) {
  const parts = fields.filter(({ role }) => role === "tag" || role === "bare-tag" || role === "digest");
  const isTaken = (field) => (field.role === "digest" ? digest : tag) !== void 0;
  const isFree = ({ text: text2 }) => text2 === void 0 || isEmpty({ text: text2 });
  return takesVersion === true || parts.some(isTaken) && parts.every(isFree);
}
function refusal(place, reason) {
  const [field] = place.site.fields;
  return failure("PLACE_UNCLEAR", { place, where: place.where, image: place.image, value: field?.text, reason });
}
function isOfFamily({ version: version3 }, { reference }) {
  const family = familyOf(version3.tag ?? "");
  return family !== void 0 && family === familyOf(reference.tag ?? "");
}
function otherFamily({ version: { tag = "" }, site }, released) {
  if (site.target !== void 0 || !areOfTwoFamilies(tag, released)) return void 0;
  return `is of another family of tags than ${released} (only-tags: '*' changes it too)`;
}
function refuseLostTargets({ files, places, context: context2 }) {
  const found = new Set(places.map(({ site }) => site.target));
  const lost = context2.targets.find(({ text: text2 }) => !found.has(text2));
  if (!lost) return;
  const isRead2 = files.some(({ manifest: { path, defect } }) => path === lost.file && !defect);
  const reason = isRead2 ? "its path leads to no value" : `there is no readable manifest ${lost.file}`;
  throw failure("TARGET_NOT_FOUND", { target: lost.text, reason });
}
var MOST_NAMED, NO_VERSION;
var init_select_places = __esm({
  "src/manifests/select-places.ts"() {
    "use strict";
    init_errors();
    init_image_reference();
    init_tag_family();
    init_tag_selection();
    init_convention();
    init_defects();
    init_text_references();
    MOST_NAMED = 10;
    NO_VERSION = "has no version";
  }
});

// src/manifests/deployed-versions.ts
function readDeployedVersions(images, files, options = {}) {
  return deployedVersionsIn(takeInventory(files, { ...options, images: asImages(images) }), images, options.onlyTags);
}
function deployedVersionsIn(inventory, images, onlyTags) {
  const { selected } = selectPlaces(asImages(images), inventory, { onlyTags });
  return [...selected].map(([{ version: version3, file, line, where }, { replaces }]) => {
    return { image: replaces, version: formatVersion(version3), file, line, where };
  }).filter(({ version: version3 }) => version3 !== "");
}
function versionsOf2(deployed) {
  const images = [...new Set(deployed.map(({ image }) => image))];
  const byImage = images.map((image) => deployed.filter((place) => place.image === image));
  const chosen2 = byImage.map((places) => {
    return places.find(({ version: version3 }) => places.every((other) => isPartOf(other.version, version3)));
  });
  const differing = byImage.filter((_, index) => chosen2[index] === void 0);
  if (differing.length > 0) throw failure("IMAGES_DIFFER", { places: differing.flat() });
  return new Map(chosen2.flatMap((place) => place ? [[place.image, place.version]] : []));
}
var asImages;
var init_deployed_versions = __esm({
  "src/manifests/deployed-versions.ts"() {
    "use strict";
    init_errors();
    init_image_reference();
    init_inventory();
    init_select_places();
    asImages = (names) => names.map((name2) => ({ reference: { name: name2 }, replaces: name2 }));
  }
});

// src/manifests/apply-edits.ts
function applyEdits(text2, edits) {
  const parts = [];
  let position = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < position || edit.end < edit.start) throw new RangeError(`edits overlap at offset ${edit.start}`);
    parts.push(text2.slice(position, edit.start), edit.text);
    position = edit.end;
  }
  parts.push(text2.slice(position));
  return parts.join("");
}
var init_apply_edits = __esm({
  "src/manifests/apply-edits.ts"() {
    "use strict";
  }
});

// src/manifests/yaml/scalar.ts
function isPlainString(text2) {
  const withoutUnderscores = text2.replaceAll("_", "");
  return PLAIN_CHARACTERS.test(text2) && !text2.endsWith(":") && !WORDS2.has(text2.toLowerCase()) && !WORDS2.has(withoutUnderscores.toLowerCase()) && !NOT_STRINGS.some((pattern) => pattern.test(withoutUnderscores));
}
function isTypedBySet(text2) {
  if (/^(?:true|false|null|0)$/i.test(text2)) return true;
  return /^[1-9]\d{0,18}$/.test(text2) && BigInt(text2) <= MAX_INTEGER;
}
function writeScalar(text2, style) {
  if (style === "single") return `'${text2.replaceAll("'", "''")}'`;
  if (style === "verbatim" || style === "plain" && isPlainString(text2)) return text2;
  return JSON.stringify(text2);
}
var WORDS2, NOT_STRINGS, PLAIN_CHARACTERS, MAX_INTEGER;
var init_scalar = __esm({
  "src/manifests/yaml/scalar.ts"() {
    "use strict";
    WORDS2 = /* @__PURE__ */ new Set([
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
    NOT_STRINGS = [
      /^[-+]?0[bB][-+]?[01]*$/,
      /^[-+]?0(?:[oO][-+]?)?[0-7]*$/,
      /^[-+]?0[xX][0-9a-fA-F]*$/,
      /^[-+]?\d*(?:\.\d*)?(?:[eE][-+]?\d+)?$/,
      /^[-+]?\d+(?::[0-5]?\d)+(?:\.\d*)?$/,
      /^[-+]?\.inf$/i,
      /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt\s])/
    ];
    PLAIN_CHARACTERS = /^[\w./][\w.\-/:@+]*$/;
    MAX_INTEGER = 2n ** 63n - 1n;
  }
});

// src/manifests/edit-fields.ts
function changeOf(target, text2) {
  const { place, image, reference } = target;
  const written2 = image ? writtenFields(target, text2) : [];
  if (written2.length === 0) return void 0;
  const moved = reference.name !== place.image;
  const shown3 = (value) => moved ? formatReference(value) : formatVersion(value);
  const { file, line, where } = place;
  const [from, to] = [shown3(referenceAt(place)), shown3(reference)];
  const notes = [
    ...from === to && written2.some(({ field, value }) => field.text === value) ? ["quoted"] : [],
    ...written2.some(({ field }) => field.role === "force-string") ? ["forceString: true"] : []
  ];
  return { file, line, where, image: place.image, from, to, ...notes.length > 0 && { note: notes.join(", ") } };
}
function problemOf(target) {
  const { place, image } = target;
  const kept = image && keptDigest(target, image);
  if (kept !== void 0) {
    const { file: file2, line: line2 } = place;
    return { file: file2, line: line2, message: `keeps its digest ${kept}, and no new digest was given` };
  }
  const tag = place.site.fields.find(isTagField);
  const value = image && tag && (textFor(tag, target) ?? tag.text);
  const { helmSet } = place.site;
  if (helmSet === void 0 || value === void 0 || !isTypedBySet(value)) return void 0;
  const { file, line } = place;
  return { file, line, message: `has ${value}, which ${helmSet}` };
}
function keptDigest({ place, reference }, { reference: given }) {
  const isOneValue = !place.site.fields.some(({ role }) => role === "digest" || role === "hex");
  return isOneValue && given.digest === void 0 ? reference.digest : void 0;
}
function targetOf(place, { reference: given }) {
  const present = formatReference(referenceAt(place));
  const { version: version3, site } = place;
  const moves = repositoryOf(given.name) !== repositoryOf(place.image);
  if (!moves && hasAlready(version3, given)) return referenceAt(place);
  const has = (role) => site.fields.some((field) => field.role === role);
  const needsDigest = version3.digest !== void 0 || !(has("reference") || has("tag") || has("bare-tag"));
  const hasRoom = given.digest !== void 0 && (!has("hex") || given.digest.startsWith("sha256:"));
  if (needsDigest && !hasRoom) throw failure("DIGEST_REQUIRED", { place, present });
  const isEmpty2 = formatVersion(version3) === "";
  const isFilled = isEmpty2 && site.fields.some(({ role, text: text2 }) => role === "tag" && text2 !== void 0);
  const needsTag = has("bare-tag") || (version3.tag !== void 0 || isFilled) && !has("reference");
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
function referenceAt({ image, version: version3 }) {
  return { name: image, ...version3 };
}
function editsOf(targets, text2) {
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
    for (const { field, value } of target.image ? writtenFields(target, text2) : []) {
      const { start: start2, end: end2, style, before: before2 = "", after = "" } = field;
      const edit = { start: start2, end: end2, text: before2 + writeScalar(value, style) + after };
      edits.set(`${start2} ${before2}`, edit);
    }
  }
  return [...edits.values()];
}
function writtenFields(target, text2) {
  return target.place.site.fields.flatMap((field) => {
    const value = textFor(field, target);
    const isWritten = value !== void 0 && (value !== field.text || isMisread(field, text2));
    return isWritten ? [{ field, value }] : [];
  });
}
function isMisread({ text: value, style, start: start2, end: end2 }, text2) {
  if (value === void 0 || style === "verbatim" || text2.slice(start2, end2) !== value) return false;
  if (writeScalar(value, style) === value) return false;
  return !/(?:^|\s)!(?:!str)?(?:[ \t]+&\S+)?[ \t]+$/.test(text2.slice(Math.max(start2 - LONGEST_TAG, 0), start2));
}
function textFor({ role, text: text2 }, { place, reference }) {
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
      return moved || text2 === "" ? reference.name : void 0;
    case "registry":
      return moved ? splitName(reference.name).registry : void 0;
    case "repository":
      return moved ? behindRegistry() + (/@sha256$/.exec(text2 ?? "")?.[0] ?? "") : void 0;
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
var isTagField, LONGEST_TAG;
var init_edit_fields = __esm({
  "src/manifests/edit-fields.ts"() {
    "use strict";
    init_errors();
    init_image_reference();
    init_scalar();
    isTagField = ({ role }) => role === "tag" || role === "bare-tag";
    LONGEST_TAG = 200;
  }
});

// src/manifests/leftovers.ts
function findLeftovers(images, texts, left) {
  const search = new TextSearch(images);
  const named = images.flatMap(
    (image) => [image.reference.name, image.replaces].map((name2) => [repositoryOf(name2), image])
  );
  const byRepository = new Map(named.toReversed());
  const all = [
    ...left.flatMap((place) => leftoverOf(place, byRepository)),
    ...texts.flatMap((text2) => leftoversIn(text2, search))
  ];
  const found = /* @__PURE__ */ new Map();
  for (const one of all) {
    const key = `${one.file}:${one.line} ${repositoryOf(one.image)} ${withoutDigest(one.version)}`;
    if (!found.has(key)) found.set(key, one);
  }
  const order = new Map(texts.map(({ path }, index) => [path, index]));
  const rank2 = ({ file }) => (order.get(file) ?? 0) + (DOCUMENTATION.test(file) ? texts.length : 0);
  return [...found.values()].toSorted((a, b) => rank2(a) - rank2(b) || a.line - b.line);
}
function leftoverOf({ place, reason }, images) {
  const { file, line, image: name2, repository, version: version3, site } = place;
  if (site.doubt === "may be a port" && isPort(version3.tag ?? "")) return [];
  const image = images.get(repository);
  const present = formatVersion(version3);
  return image && isOther2(image, name2, present) ? [{ file, line, image: name2, version: present, reason }] : [];
}
function leftoversIn({ path, text: text2, reason }, search) {
  const lines = new LineTable(text2);
  return otherReferences(path, text2, search).map((reference) => {
    const { name: name2, version: version3, offset, isVariable } = reference;
    const why = isVariable ? "has a variable in place of its registry" : reason ?? reasonAt(text2, reference);
    const { line } = lines.positionAt(offset);
    return { file: path, line, image: name2, version: formatVersion(version3), reason: why };
  });
}
function reasonAt(text2, { image, version: version3, offset, isApart }) {
  const { line } = lineAround(text2, offset);
  if (/\{\{|\{%/.test(line)) return "is on a line of a template";
  const isOnlyDigest = isApart && version3.tag === void 0;
  if (isOnlyDigest && image.reference.digest === void 0) return "is a digest, and no new digest was given";
  return isApart ? "is in keys of no known convention" : "is part of a longer text";
}
var DOCUMENTATION;
var init_leftovers = __esm({
  "src/manifests/leftovers.ts"() {
    "use strict";
    init_image_reference();
    init_version4();
    init_text_references();
    init_lines();
    DOCUMENTATION = /\.(?:mdx?|markdown|rst|adoc|txt|html?)$|(?:^|\/)(?:docs?|CHANGELOG)(?:\/|$)/i;
  }
});

// src/manifests/lost-markers.ts
function findLostMarkers(images, texts) {
  const released = new Set(images.flatMap(({ reference, replaces }) => [reference.name, replaces].map(repositoryOf)));
  return texts.filter(({ path, text: text2 }) => text2.includes("manifest-release:") && !DOCUMENTATION.test(path)).flatMap(
    ({ path, text: text2, reason }) => text2.split("\n").flatMap((line, index) => {
      const { before: before2 = "", image = "" } = MARKER.exec(line)?.groups ?? {};
      const name2 = parseReference(image)?.name;
      const isAlone = /^[\s#/-]*$/.test(before2);
      if (name2 === void 0 || !released.has(repositoryOf(name2)) || !(isAlone || reason !== void 0)) return [];
      const why = isAlone ? "is on a line of its own, and is to be behind a value" : reason;
      return [{ file: path, line: index + 1, message: `has a marker of ${name2} that names no place: it ${why}` }];
    })
  );
}
var MARKER;
var init_lost_markers = __esm({
  "src/manifests/lost-markers.ts"() {
    "use strict";
    init_image_reference();
    init_leftovers();
    MARKER = /^(?<before>.*?)#[ \t]*manifest-release:[ \t]*(?<image>\S+)/;
  }
});

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
function markerFor(field, site, text2, image) {
  const { start: from, line } = lineAround(text2, field.start);
  const isWhole2 = line.length < LONGEST_LINE2 && ["", "\n"].includes(text2.charAt(from - 1));
  const entry = isWhole2 ? ENTRY2.exec(line.trimEnd())?.groups?.["entry"] : void 0;
  if (entry === void 0) return void 0;
  const comment = `# manifest-release: ${image}`;
  if (site.takesVersion) return `${entry} ${comment}`;
  if (field.role === "reference") return hasTagBeside(text2, from) ? void 0 : `tag: "" ${comment} tag`;
  if (field.text === void 0) return `newTag: "" ${comment} tag`;
  return `${entry} ${comment} ${field.role === "digest" ? "digest" : "tag"}`;
}
function hasTagBeside(text2, from) {
  const [indentation = ""] = /^[ \t]*/.exec(text2.slice(from, from + 200)) ?? [];
  return new RegExp(`^${indentation}(?:tag|version|imageTag):`, "m").test(
    text2.slice(Math.max(from - 300, 0), from + 300)
  );
}
function targetFor({ scalar, text: text2 }, file, documents, image) {
  if (text2 === void 0) return void 0;
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
var ENTRY2, LONGEST_LINE2;
var init_empty_places = __esm({
  "src/manifests/empty-places.ts"() {
    "use strict";
    init_image_reference();
    init_find_sites();
    init_select_places();
    init_lines();
    init_tree();
    ENTRY2 = /^\s*(?:- +)?(?<entry>[\w.-]+:(?:[ \t]+(?:"[^"]*"|'[^']*'|[^\s#"'{[]\S*))?)[ \t]*(?:#.*)?$/;
    LONGEST_LINE2 = 1e3;
  }
});

// src/manifests/workflow-files.ts
var FOLDERS, WORKFLOW, NAMED2, WORKFLOW_REASON, isWorkflow, namesWorkflows;
var init_workflow_files = __esm({
  "src/manifests/workflow-files.ts"() {
    "use strict";
    FOLDERS = String.raw`\.(?:github|gitea|forgejo)`;
    WORKFLOW = new RegExp(String.raw`^${FOLDERS}/workflows/`);
    NAMED2 = new RegExp(String.raw`^(?::\((?![^)]*exclude)[^)]*\)|:/)?(?:\./|/)?${FOLDERS}(?:/|$)`);
    WORKFLOW_REASON = 'is in a workflow, which most tokens may not change (name it in the input "paths")';
    isWorkflow = (path) => WORKFLOW.test(path);
    namesWorkflows = (paths) => paths.some((path) => NAMED2.test(path));
  }
});

// src/manifests/verify.ts
function verifyEdits({ before: before2, edits, planned, context: context2 }) {
  const starts = before2.parts.map(({ start: start2 }) => start2);
  const partAt = (offset) => countBelow(starts, offset + 1) - 1;
  const editsIn = groupBy(edits, ({ start: start2 }) => partAt(start2));
  const plannedIn = groupBy(planned, ({ site }) => partAt(site.fields[0]?.scalar ?? 0));
  for (const index of /* @__PURE__ */ new Set([...plannedIn.keys(), ...editsIn.keys()])) {
    const part = before2.parts[index];
    const [own2, sites] = [editsIn.get(index) ?? [], plannedIn.get(index) ?? []];
    if (!part || own2.some(({ end: end2 }) => end2 > part.end)) return "an edit is in no document";
    const reason = own2.length > 0 ? verifyPart(part, { before: before2, edits: own2, planned: sites, context: context2 }) : differenceOf(
      sites,
      sites.map(({ site }) => site)
    );
    if (reason !== void 0) return reason;
  }
  return void 0;
}
function verifyPart(part, { before: before2, edits, planned, context: context2 }) {
  const own2 = edits.map((edit) => ({ ...edit, start: edit.start - part.start, end: edit.end - part.start }));
  const after = rereadPart(before2.path, part, applyEdits(before2.text.slice(part.start, part.end), own2));
  if (after.defect) return `the result ${after.defect.reason}`;
  if (after.parts.length !== 1) return "the result has more documents";
  const sites = findSites(after, context2);
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
  const compared = ({ name: name2, ...version3 }) => formatReference({ name: repositoryOf(name2), ...version3 });
  const wanted = planned.map(({ reference }) => compared(reference));
  const found = sites.map(({ name: name2, version: version3 }) => compared({ name: name2, ...version3 }));
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
var init_verify = __esm({
  "src/manifests/verify.ts"() {
    "use strict";
    init_apply_edits();
    init_image_reference();
    init_objects();
    init_find_sites();
    init_lines();
    init_manifest();
    init_tree();
  }
});

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
function planFile({ file, manifest, places }, { selected }, { context: context2 }) {
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
  const reason = verifyEdits({ before: manifest, edits, planned, context: context2 });
  if (reason !== void 0) throw failure("EDIT_NOT_VERIFIED", { file: file.path, reason });
  const bytes = new TextEncoder().encode(applyEdits(manifest.text, edits));
  const after = { ...before2.after, text: applyEdits(before2.after.text, edits) };
  const inserted = edits.filter((edit) => edit.text.includes("\n")).map(({ start: start2 }) => manifest.lines.positionAt(start2).line).toSorted((a, b) => a - b);
  const lineAfter = (line) => line + countBelow(inserted, line);
  return { file: { ...file, bytes }, changes, unchanged, problems, after, lineAfter };
}
function releasedText(file, { text: text2, documents, defect }) {
  if (!defect) return { path: file.path, text: withoutScanned(text2, documents) };
  return {
    ...defect.kind === "encoding" ? textOf2(file) : { path: file.path, text: text2 },
    reason: DEFECT_REASONS[defect.kind]
  };
}
function textOf2({ path, bytes }) {
  const reason = isWorkflow(path) ? WORKFLOW_REASON : "is in a file that is neither YAML nor JSON";
  return { path, text: new TextDecoder().decode(bytes), reason };
}
var init_plan = __esm({
  "src/manifests/plan.ts"() {
    "use strict";
    init_apply_edits();
    init_errors();
    init_edit_fields();
    init_defects();
    init_leftovers();
    init_lost_markers();
    init_empty_places();
    init_inventory();
    init_scanned_images();
    init_select_places();
    init_workflow_files();
    init_verify();
    init_lines();
  }
});

// src/release/commit-trailers.ts
function withTrailers(message, { name: name2, identity, base, build }) {
  const { source, operation, run: run2 } = build;
  const { environment: environment2, since, pull } = operation.origin;
  const trailers = [
    [FIRST, name2],
    ["Release-App", identity.app],
    ["Release-Environment", identity.environment],
    ...identity.paths.map((path) => ["Release-Path", path]),
    ...build.images.map((image) => ["Release-Image", image]),
    ...operation.rollsBack.map((image) => ["Release-Rolls-Back", image]),
    ["Release-Reason", operation.reason],
    ["Release-Origin", since === "" ? "" : [environment2 || "-", since, pull].join(" ").trim()],
    ["Release-Source", source.repository !== "" && source.commit !== "" ? `${source.repository}@${source.commit}` : ""],
    ["Release-Time", source.time],
    ["Release-Build", source.build],
    ["Release-Run", run2.url],
    ["Release-Base", base]
  ];
  const lines = trailers.map(([key, value]) => [key, forCommit(value).trim()]).filter(([, value]) => value !== "").map(([key, value]) => `${key}: ${value}`);
  return `${message.trim() || `Release ${forCommit(name2)}`}

${lines.join("\n")}
`;
}
function readTrailers(message) {
  if (message.includes(PULL_REQUEST_TEXT)) return void 0;
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
  const references = images.flatMap((image) => parseReference(image) ?? []);
  return {
    name: valueOf4(FIRST),
    identity: identityOf(
      { app: valueOf4("Release-App"), environment: valueOf4("Release-Environment") },
      references.map((reference) => ({ reference })),
      valuesOf2("Release-Path")
    ),
    base: valueOf4("Release-Base"),
    build: {
      images,
      source: { repository, commit, time: utcTime(valueOf4("Release-Time")), build: valueOf4("Release-Build") },
      operation: operationOf(valueOf4("Release-Reason"), valueOf4("Release-Origin"), valuesOf2("Release-Rolls-Back")),
      run: { url: valueOf4("Release-Run"), actor: "" }
    }
  };
}
function operationOf(reason, origin, rollsBack) {
  const [, environment2 = "", since = "", pull = ""] = /^(\S+) (\S+)(?: (\d+))?$/.exec(origin) ?? [];
  const isRollback = rollsBack.length > 0;
  return {
    action: isRollback ? "Roll back" : environment2 === "" || environment2 === "-" ? "Release" : "Promote",
    reason,
    origin: { environment: environment2 === "-" ? "" : environment2, since: utcTime(since), pull },
    rollsBack
  };
}
function buildIn({ message }, key) {
  const trailers = readTrailers(message);
  return trailers && identityKey(trailers.identity) === key ? trailers.build : void 0;
}
function isDirect({ message, parents }) {
  const base = readTrailers(message)?.base;
  return base !== void 0 && base === parents[0];
}
function pullOf(message) {
  const [subject2 = ""] = message.split("\n");
  const [, merged, squashed = ""] = /^Merge pull request #(\d+)|\(#(\d+)\)\s*$/.exec(subject2) ?? [];
  return merged ?? squashed;
}
function paragraphsOf(message) {
  const paragraphs = [[]];
  for (const line of message.trim().split("\n")) {
    const text2 = line.trimEnd();
    if (text2 !== "") paragraphs.at(-1)?.push(text2);
    else if (paragraphs.at(-1)?.length !== 0) paragraphs.push([]);
  }
  return paragraphs;
}
var FIRST, PULL_REQUEST_TEXT, asValue, isTrailer, isRule;
var init_commit_trailers = __esm({
  "src/release/commit-trailers.ts"() {
    "use strict";
    init_escape();
    init_image_reference();
    init_time();
    init_identity();
    FIRST = "Release-Name";
    PULL_REQUEST_TEXT = "<!-- manifest-release-pr";
    asValue = (text2) => oneLine(fromCommit(text2), 1e3).trim();
    isTrailer = (line) => /^[a-z\d][a-z\d-]*: .|^\(cherry picked from commit /i.test(line);
    isRule = (line) => /^-{3,}$/.test(line);
  }
});

// src/core/log.ts
function shown(text2) {
  return safeText(forLog(safeText(text2)));
}
function describe3({ message, hint, code }) {
  return `${message}
${hint} [${code}]`;
}
var ignore2, SILENT, LineLog;
var init_log = __esm({
  "src/core/log.ts"() {
    "use strict";
    init_escape();
    init_secrets();
    ignore2 = () => void 0;
    SILENT = {
      step: ignore2,
      problem: ignore2,
      warn: ignore2,
      group: ignore2,
      line: ignore2,
      debug: ignore2
    };
    LineLog = class {
      #write;
      isDebug;
      constructor(write, { debug: debug3 } = { debug: false }) {
        this.#write = write;
        this.isDebug = debug3;
      }
      step(text2) {
        this.line(`- ${oneLine(text2, 1e3)}`);
      }
      problem({ file, line, message }) {
        this.line(`- warning: ${oneLine(file)}:${line}: ${oneLine(message, 500)}`);
      }
      warn(text2) {
        this.line(`- warning: ${oneLine(text2, 500)}`);
      }
      group(title) {
        this.line(`${oneLine(title)}:`);
      }
      line(text2) {
        this.#write(shown(text2));
      }
      debug(text2) {
        if (this.isDebug) this.line(`- debug: ${oneLine(text2, 1e3)}`);
      }
    };
  }
});

// src/release/read-manifests.ts
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
  const read2 = async (more, below) => {
    const related = await store.read(more, { ...below && { below }, ...commit !== void 0 && { commit } });
    return related.manifests.filter((file) => !isLeft(file));
  };
  const context2 = new ContextReader(manifests2, search.paths.length === 0, { read: read2, paths: () => store.paths(commit) });
  await context2.readPolicies(search.plan.policies);
  await context2.readRelated(mayName(images, targets));
  return { manifests: context2.files, others: texts, tip };
}
function mayHaveTag({ path, bytes }) {
  const isValues = isValuesFile(path) || mayContain(bytes, VALUES_WORDS);
  return mayBeValues(bytes) || isValues && mayContain(bytes, TAG_WORDS);
}
var EVERYTHING, ContextReader, parse4;
var init_read_manifests = __esm({
  "src/release/read-manifests.ts"() {
    "use strict";
    init_flux_policies();
    init_inventory();
    init_search_terms();
    init_charts();
    init_related();
    init_repository_paths();
    init_workflow_files();
    init_word_search();
    init_template_uses();
    init_manifest();
    EVERYTHING = ["."];
    ContextReader = class {
      #known;
      /** Whether manifests were searched in the whole repository, and so may all be changed. */
      #isEverywhere;
      #access;
      #asked = /* @__PURE__ */ new Set();
      constructor(found, isEverywhere, access2) {
        this.#known = new Map(found.map((file) => [file.path, file]));
        this.#isEverywhere = isEverywhere;
        this.#access = access2;
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
          this.#add(all.filter((file) => mayHoldRepository(file) || mayContain(file.bytes, FLUX_WORDS)));
        }
      }
      /** The values below and above those of an image: by what they name, and without `paths` by what names them. */
      async readRelated(isNamed2) {
        const seeds = this.files.filter((file) => isNamed2(file) || !this.#isEverywhere && mayHaveTag(file));
        for (let last2 = seeds; last2.length > 0; ) last2 = await this.#readRelatedTo(last2);
        if (this.#isEverywhere || seeds.length === 0 || this.files.some(isNamed2)) return;
        const all = await this.#access.read({ words: [], paths: EVERYTHING });
        this.#add([...withRelated(all.filter(isNamed2), all, parse4).keys()]);
      }
      async #readRelatedTo(last2) {
        const charts = chartFolders(this.#known.keys());
        const related = relatedTo(last2.map(parse4), charts);
        const folders2 = this.#unasked(related.folders, (folder) => charts.has(folder) ? "chart" : "folder");
        const siblings = this.#unasked(related.siblings, () => "siblings");
        const words2 = this.#isEverywhere ? this.#unasked(related.names, () => "name") : [];
        const files = await this.#expand(this.#unasked(related.files, () => "file"));
        const wanted = files.filter((file) => !this.#known.has(file));
        const near = [...folders2, ...siblings];
        if (wanted.length + near.length + words2.length === 0) return [];
        const isIn = isValueOf(folders2, charts);
        const isValue = (path) => isIn(path) || siblings.includes(folderOf(path)) || this.#isTemplateIn(path, folders2);
        const found = await this.#access.read({ words: words2, files: wanted }, { folders: near, matches: isValue });
        const named = new Set(wanted);
        return this.#add(
          found.filter((file) => named.has(file.path) || isValue(file.path) || mayContain(file.bytes, VALUES_WORDS))
        );
      }
      /** Without `paths` the templates that matter are found by the name of the image. */
      #isTemplateIn(path, folders2) {
        const chart = this.#isEverywhere ? void 0 : chartOfTemplate(path);
        return chart !== void 0 && folders2.includes(chart);
      }
      /** Those that are asked for the first time. */
      #unasked(terms, kindOf4) {
        return [...terms].filter((term) => {
          const key = `${kindOf4(term)} ${term}`;
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
    parse4 = ({ path, bytes }) => readManifest(path, bytes);
  }
});

// src/release/own-commits.ts
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
  return build.images.flatMap((text2) => {
    const reference = parseReference(text2);
    if (!reference) return [];
    const known = inputs.images.released.find(
      (one) => repositoryOf(one.reference.name) === repositoryOf(reference.name)
    );
    return { reference, replaces: known?.replaces ?? reference.name };
  });
}
var OwnCommits;
var init_own_commits = __esm({
  "src/release/own-commits.ts"() {
    "use strict";
    init_errors();
    init_image_reference();
    init_log();
    init_identity();
    init_plan();
    init_commit_trailers();
    init_read_manifests();
    OwnCommits = class {
      #workspace;
      #request;
      #base;
      #mergedHeads;
      #known = /* @__PURE__ */ new Map();
      #fetched = /* @__PURE__ */ new Map();
      /** `mergedHeads` are the ids of commits that the forge merged: nothing of them can be lost. */
      constructor(workspace, request2, base, mergedHeads) {
        this.#workspace = workspace;
        this.#request = request2;
        this.#base = base;
        this.#mergedHeads = mergedHeads;
      }
      /** The commits on a branch with this tip. */
      on(tip) {
        const known = this.#known.get(tip.id) ?? this.#read(tip);
        this.#known.set(tip.id, known);
        return known;
      }
      async #read(tip) {
        if (this.#mergedHeads.has(tip.id)) return { commits: [], areOurs: true };
        const isOnBase = tip.parents.join() === this.#base.commit;
        const [commits] = isOnBase ? [[tip]] : await Promise.all([
          this.#workspace.store.commitsAbove(tip.id),
          this.#buildOf(tip) && this.#fetch(tip.parents[0] ?? "")
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
        } catch (error3) {
          if (error3 instanceof ReleaseError && error3.blame === "yours") return void 0;
          throw error3;
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
        const names = build.images.flatMap((image) => parseReference(image)?.name.split("/").at(-1) ?? []);
        const read2 = await this.#workspace.store.read({ words: names, paths: identity.paths, others: true }, { commit });
        const files = [...read2.manifests, ...read2.others].map(({ bytes }) => Buffer.from(bytes));
        return names.length > 0 && names.every((name2) => files.some((file) => file.includes(name2)));
      }
      /** What the release of a build changes on a commit; an image without a place there is left out. Throws what planRelease throws. */
      async plan(commit, build) {
        const images = imagesOf(this.#request, build);
        const { manifests: manifests2, others } = await this.#filesOf(commit, images);
        return planRelease(images, manifests2, { ...this.#request.inputs.search.plan, others });
      }
      async #filesOf(commit, images) {
        const { inputs } = this.#request;
        const read2 = new Set(inputs.images.released.map(({ replaces }) => repositoryOf(replaces)));
        const isRead2 = images.every(({ replaces }) => read2.has(repositoryOf(replaces)));
        if (commit === this.#base.commit && isRead2) return this.#base.files;
        const { store } = this.#workspace;
        return readManifests({ store, log: SILENT }, { images, search: inputs.search }, { commit });
      }
    };
  }
});

// src/release/carried.ts
function carriedBy({ log }, request2, { tip, commits, areOurs, branch, pullRequests: pullRequests2 }, files) {
  if (!tip || pullRequests2.pastHeads.has(tip.id)) return void 0;
  for (const commit of commits) {
    const build = buildIn(commit, request2.key);
    if (!build) continue;
    if (areOurs || hasVersions(request2, build, files)) return { commit: commit.id, build };
    const claimed = build.images.slice(0, MOST_NAMED2).join(", ");
    log.warn(
      `commit ${commit.id.slice(0, 7)} on ${branch} says that it releases ${claimed}, which the files there do not have; its trailers are ignored`
    );
    return void 0;
  }
  return void 0;
}
function hasVersions(request2, build, { manifests: manifests2 }) {
  try {
    const images = imagesOf(request2, build);
    const { files, missing } = planRelease(images, manifests2, request2.inputs.search.plan);
    return files.length === 0 && missing.length < images.length;
  } catch (error3) {
    if (error3 instanceof ReleaseError) return false;
    throw error3;
  }
}
function placesIn2({ inputs }, { manifests: manifests2 }) {
  const names = inputs.images.released.map(({ replaces }) => replaces);
  return readDeployedVersions(names, manifests2, inputs.search.plan);
}
function changesBetween(base, branch) {
  const keyOf5 = ({ file, where, image }) => JSON.stringify([file, where, image]);
  const before2 = new Map(base.map((place) => [keyOf5(place), place]));
  return branch.flatMap((place) => {
    const present = before2.get(keyOf5(place));
    const { file, where, image, version: to } = place;
    const [line, from] = [present?.line ?? place.line, present?.version ?? ""];
    return from === to ? [] : [{ file, line, where, image, from, to }];
  });
}
function buildOfChanges(changes) {
  const images = new Map(changes.map(({ image, to }) => [image, to]));
  return {
    images: [...images].map(([name2, to]) => formatReference({ name: name2, ...parseVersion(to) ?? { tag: to } })),
    source: UNKNOWN_SOURCE,
    operation: PLAIN_RELEASE,
    run: { url: "", actor: "" }
  };
}
var MOST_NAMED2;
var init_carried = __esm({
  "src/release/carried.ts"() {
    "use strict";
    init_errors();
    init_image_reference();
    init_ci();
    init_operation();
    init_deployed_versions();
    init_plan();
    init_commit_trailers();
    init_own_commits();
    MOST_NAMED2 = 3;
  }
});

// src/release/release-branches.ts
function namesOf(identity, given, images) {
  if (given !== "") return { names: [given], otherNames: [] };
  return {
    names: defaultNames(identity, images[0]?.reference.name),
    otherNames: namesInOtherOrders(identity)
  };
}
function branchesOf2({ names, otherNames }, render3) {
  const branchOf = (name2) => ({ name: name2, branch: render3(name2, false) });
  const distinct = (all) => all.filter(({ branch }, index) => all.findIndex((one) => one.branch === branch) === index);
  const own2 = distinct(names.map(branchOf));
  const others = distinct(otherNames.map(branchOf)).filter(
    (other) => !own2.some(({ branch }) => branch === other.branch)
  );
  const patterns = [...names, ...otherNames].map((name2) => render3(name2, true).split(ANY_VERSION));
  return { names: own2, otherNames: others, patterns };
}
function isPerVersion({ patterns }) {
  return patterns.some((pattern) => pattern.length > 1);
}
function isReleaseBranch({ patterns }, branch) {
  return patterns.some((pattern) => matchesParts(branch, pattern, 1));
}
function isLongLived(branch, bases) {
  return LONG_LIVED.has(branch) || bases.includes(branch);
}
var ANY_VERSION, LONG_LIVED;
var init_release_branches = __esm({
  "src/release/release-branches.ts"() {
    "use strict";
    init_wildcard();
    init_identity();
    ANY_VERSION = "AnyOtherVersionOfThisRelease";
    LONG_LIVED = /* @__PURE__ */ new Set(["main", "master", "trunk", "develop", "development", "production"]);
  }
});

// src/release/pull-request/metadata.ts
function readMetadata(body, key) {
  return findBlock(body, key)?.metadata;
}
function isOfAnother(body, key) {
  const keys = [...body.matchAll(BLOCKS)].flatMap(([, json = ""]) => asMetadata(json)?.key ?? []);
  return keys.length > 0 && !keys.includes(key);
}
function readNotes(body, key) {
  const block = findBlock(body, key);
  if (!block) return { before: body.trim(), after: "" };
  return { before: body.slice(0, block.start).trim(), after: body.slice(block.end).trim() };
}
function writeMetadata(body, metadata, text2, limit) {
  const block = findBlock(body, metadata.key);
  const [before2, after] = block ? [body.slice(0, block.start), body.slice(block.end)] : [body.trimEnd(), ""];
  const gap = !block && before2 !== "" ? "\n\n" : "";
  const room = limit - before2.length - gap.length - after.length;
  const written2 = before2 + gap + asBlock(metadata, text2, room) + after;
  return written2.length > limit ? body : written2;
}
function readText(body, key) {
  return findBlock(body, key)?.text ?? "";
}
function findBlock(body, key) {
  for (const match of body.matchAll(BLOCKS)) {
    const metadata = asMetadata(match[1] ?? "");
    if (metadata?.key !== key) continue;
    const text2 = (match[2] ?? "").replaceAll("\r\n", "\n");
    return { metadata, text: text2, start: match.index, end: match.index + match[0].length };
  }
  return void 0;
}
function asBlock(metadata, text2, room) {
  const json = JSON.stringify(metadata).replace(/[<>-]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  const start2 = `<!-- manifest-release-pr: ${json} -->
`;
  const shown3 = text2.replace(/<!--(?= \/?manifest-release-pr)/g, "<!-- ");
  return start2 + cut(shown3, Math.max(room - start2.length - END.length, CUT_NOTE2.length + 1), CUT_NOTE2) + END;
}
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
    commit: textOf3(metadata["commit"]),
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
function oneOf(known, value) {
  return known.find((one) => one === value);
}
function versionsOf3(value) {
  return textsOf2(value).filter((text2) => parseVersion(text2) !== void 0);
}
function textsOf2(value) {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
var NO_ATTRIBUTES, BLOCKS, END, CUT_NOTE2, textOf3;
var init_metadata = __esm({
  "src/release/pull-request/metadata.ts"() {
    "use strict";
    init_escape();
    init_image_reference();
    NO_ATTRIBUTES = {
      labels: [],
      reviewers: [],
      "team-reviewers": [],
      assignees: [],
      milestone: "",
      "auto-merge": "",
      draft: false
    };
    BLOCKS = /<!-- manifest-release-pr: (\{[^<>\n]*\}) -->\r?\n?((?:(?!<!-- \/?manifest-release-pr)[\s\S])*?)\r?\n?<!-- \/manifest-release-pr -->/g;
    END = "\n<!-- /manifest-release-pr -->";
    CUT_NOTE2 = "\n_This text was shortened; the diff has every change._";
    textOf3 = (value) => typeof value === "string" ? value : "";
  }
});

// src/release/pull-request/select.ts
function selectPullRequests({ open: open3, past }, sought) {
  const { key, branch, branches, build } = sought;
  const ofRelease = (pullRequest) => ({
    pullRequest,
    metadata: readMetadata(pullRequest.body, key),
    build: pullRequest.commits.flatMap((commit) => buildIn(commit, key) ?? [])[0]
  });
  const known = (pullRequests2) => pullRequests2.map(ofRelease).filter(isKnown);
  const names = new Set([...branches.names, ...branches.otherNames].map((one) => one.branch));
  const isOurs = (one) => names.has(one.branch) || isReleaseBranch(branches, one.branch);
  const present = open3.find((one) => one.branch === branch);
  const ended = known(past.filter(isOurs)).find((one) => hasSameImages(one.build, build));
  const closed = ended?.pullRequest.state === "closed" && !ended.metadata?.closed ? ended.pullRequest : void 0;
  return {
    present: present && ofRelease(present),
    others: known(open3.filter((one) => one !== present && isOurs(one))),
    strangers: open3.filter((one) => !isOurs(one) && readMetadata(one.body, key) !== void 0),
    declined: closed?.closedByDeletion === false ? closed : void 0,
    deleted: closed?.closedByDeletion === true ? closed : void 0,
    merged: known(past.filter(({ state }) => state === "merged")),
    pastHeads: new Set(past.map(({ headId }) => headId)),
    head: present ? present.head : past.find((one) => one.branch === branch && one.head)?.head
  };
}
function otherReleaseOn(branch, key, { open: open3, past }, commits) {
  const decided = new Set(past.filter((one) => one.branch === branch).map(({ headId }) => headId));
  for (const { id, message } of commits) {
    const trailers = decided.has(id) ? void 0 : readTrailers(message);
    if (!trailers) continue;
    const isOther4 = identityKey(trailers.identity) !== key;
    return isOther4 ? { release: formatIdentity(trailers.identity), commit: { id, trailers } } : void 0;
  }
  const pullRequest = open3.find((one) => one.branch === branch);
  const isOther3 = pullRequest !== void 0 && isOfAnother(pullRequest.body, key);
  return isOther3 ? { release: `pull request #${pullRequest.number}` } : void 0;
}
function mergedBuilds({ past }, key) {
  const merged = past.filter(({ state }) => state === "merged");
  return new Map(
    merged.flatMap(({ number: number2, commits }) => {
      const [build] = commits.flatMap((commit) => buildIn(commit, key) ?? []);
      return build ? [[String(number2), build]] : [];
    })
  );
}
var isKnown;
var init_select = __esm({
  "src/release/pull-request/select.ts"() {
    "use strict";
    init_identity();
    init_build();
    init_commit_trailers();
    init_release_branches();
    init_metadata();
    isKnown = (one) => one.build !== void 0;
  }
});

// src/release/choose-branch.ts
async function chooseBranch(workspace, request2, own2, seen) {
  const { inputs, key } = request2;
  const isPush = inputs.policy.delivery === "push";
  const others = [];
  const candidates = candidatesOf(request2, seen.found);
  for (const { name: name2, branch, pullRequests: pullRequests2 } of candidates) {
    const tip = isPush ? NOTHING : await readTip(workspace, { branch, pullRequests: pullRequests2 }, own2, seen);
    const other = tip.areOurs ? void 0 : otherReleaseOn(branch, key, seen.found, tip.commits);
    if (other === void 0 || !await isReal(workspace, own2, branch, tip, other)) {
      const isKept2 = !tip.areOurs && inputs.policy.onForeignCommits !== "reset";
      return { name: name2, branch, ...tip, foreign: isKept2 ? tip.commits : [], pullRequests: pullRequests2 };
    }
    others.push(other.release);
  }
  throw taken(request2, candidates[0], others[0] ?? "");
}
function candidatesOf({ branches, key, build }, found) {
  const candidate = ({ name: name2, branch }) => ({
    name: name2,
    branch,
    pullRequests: selectPullRequests(found, { key, branch, branches, build })
  });
  const isOpen = ({ pullRequests: { present } }) => present?.build !== void 0;
  const names = branches.names.map(candidate);
  const open3 = [...names, ...branches.otherNames.map(candidate)].filter(isOpen);
  return [...open3, ...names.filter((one) => !open3.includes(one))];
}
async function readTip({ store }, { branch, pullRequests: pullRequests2 }, own2, { read: read2, asksGit }) {
  const isRead2 = read2?.branch === branch;
  const fetch3 = () => store.tip(branch);
  const tip = isRead2 ? read2.tip : asksGit ? await fetch3() : pullRequests2.head;
  if (!tip) return NOTHING;
  const found = { tip, ...await own2.on(tip) };
  if (found.areOurs || isRead2 || asksGit) return found;
  const fetched = await fetch3();
  return fetched ? { tip: fetched, ...await own2.on(fetched) } : NOTHING;
}
async function isReal({ log }, own2, branch, { tip }, { release: release2, commit }) {
  if (!tip || !commit || await own2.areNamed(tip.id, commit.trailers)) return true;
  const id = commit.id.slice(0, 7);
  log.warn(`commit ${id} on ${branch} says that it is of ${release2}, of which no file there has all images; ignored`);
  return false;
}
function taken({ inputs }, first, other) {
  const { identity, templates } = inputs;
  const input = templates.name === "" || !/\{\{[^{}]*\bname\b/.test(templates.branch) ? "branch" : "name";
  return failure("BRANCH_TAKEN", { branch: first?.branch ?? "", release: formatIdentity(identity), other, input });
}
var NOTHING;
var init_choose_branch = __esm({
  "src/release/choose-branch.ts"() {
    "use strict";
    init_errors();
    init_identity();
    init_select();
    NOTHING = { tip: void 0, commits: [], areOurs: true };
  }
});

// node_modules/mustache/mustache.mjs
function isFunction(object2) {
  return typeof object2 === "function";
}
function typeStr(obj) {
  return isArray(obj) ? "array" : typeof obj;
}
function escapeRegExp(string3) {
  return string3.replace(/[\-\[\]{}()*+?.,\\\^$|#\s]/g, "\\$&");
}
function hasProperty(obj, propName) {
  return obj != null && typeof obj === "object" && propName in obj;
}
function primitiveHasOwnProperty(primitive, propName) {
  return primitive != null && typeof primitive !== "object" && primitive.hasOwnProperty && primitive.hasOwnProperty(propName);
}
function testRegExp(re, string3) {
  return regExpTest.call(re, string3);
}
function isWhitespace(string3) {
  return !testRegExp(nonSpaceRe, string3);
}
function escapeHtml(string3) {
  return String(string3).replace(/[&<>"'`=\/]/g, function fromEntityMap(s) {
    return entityMap[s];
  });
}
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
  var start2, type, value, chr, token, openSection;
  while (!scanner.eos()) {
    start2 = scanner.pos;
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
        tokens.push(["text", chr, start2, start2 + 1]);
        start2 += 1;
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
      token = [type, value, start2, scanner.pos, indentation, tagIndex, lineHasNonSpace];
    } else {
      token = [type, value, start2, scanner.pos];
    }
    tagIndex++;
    tokens.push(token);
    if (type === "#" || type === "^") {
      sections.push(token);
    } else if (type === "/") {
      openSection = sections.pop();
      if (!openSection)
        throw new Error('Unopened section "' + value + '" at ' + start2);
      if (openSection[1] !== value)
        throw new Error('Unclosed section "' + openSection[1] + '" at ' + start2);
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
function Scanner(string3) {
  this.string = string3;
  this.tail = string3;
  this.pos = 0;
}
function Context2(view, parentContext) {
  this.view = view;
  this.cache = { ".": this.view };
  this.parent = parentContext;
}
function Writer() {
  this.templateCache = {
    _cache: {},
    set: function set2(key, value) {
      this._cache[key] = value;
    },
    get: function get2(key) {
      return this._cache[key];
    },
    clear: function clear() {
      this._cache = {};
    }
  };
}
var objectToString, isArray, regExpTest, nonSpaceRe, entityMap, whiteRe, spaceRe, equalsRe, curlyRe, tagRe, mustache, defaultWriter, mustache_default;
var init_mustache = __esm({
  "node_modules/mustache/mustache.mjs"() {
    objectToString = Object.prototype.toString;
    isArray = Array.isArray || function isArrayPolyfill(object2) {
      return objectToString.call(object2) === "[object Array]";
    };
    regExpTest = RegExp.prototype.test;
    nonSpaceRe = /\S/;
    entityMap = {
      "&": "&amp;",
      "<": "&lt;",
      ">": "&gt;",
      '"': "&quot;",
      "'": "&#39;",
      "/": "&#x2F;",
      "`": "&#x60;",
      "=": "&#x3D;"
    };
    whiteRe = /\s*/;
    spaceRe = /\s+/;
    equalsRe = /\s*=/;
    curlyRe = /\s*\}/;
    tagRe = /#|\^|\/|>|\{|&|=|!/;
    Scanner.prototype.eos = function eos() {
      return this.tail === "";
    };
    Scanner.prototype.scan = function scan(re) {
      var match = this.tail.match(re);
      if (!match || match.index !== 0)
        return "";
      var string3 = match[0];
      this.tail = this.tail.substring(string3.length);
      this.pos += string3.length;
      return string3;
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
    Context2.prototype.push = function push(view) {
      return new Context2(view, this);
    };
    Context2.prototype.lookup = function lookup(name2) {
      var cache = this.cache;
      var value;
      if (cache.hasOwnProperty(name2)) {
        value = cache[name2];
      } else {
        var context2 = this, intermediateValue, names, index, lookupHit = false;
        while (context2) {
          if (name2.indexOf(".") > 0) {
            intermediateValue = context2.view;
            names = name2.split(".");
            index = 0;
            while (intermediateValue != null && index < names.length) {
              if (index === names.length - 1)
                lookupHit = hasProperty(intermediateValue, names[index]) || primitiveHasOwnProperty(intermediateValue, names[index]);
              intermediateValue = intermediateValue[names[index++]];
            }
          } else {
            intermediateValue = context2.view[name2];
            lookupHit = hasProperty(context2.view, name2);
          }
          if (lookupHit) {
            value = intermediateValue;
            break;
          }
          context2 = context2.parent;
        }
        cache[name2] = value;
      }
      if (isFunction(value))
        value = value.call(this.view);
      return value;
    };
    Writer.prototype.clearCache = function clearCache() {
      if (typeof this.templateCache !== "undefined") {
        this.templateCache.clear();
      }
    };
    Writer.prototype.parse = function parse5(template, tags) {
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
    Writer.prototype.render = function render(template, view, partials, config2) {
      var tags = this.getConfigTags(config2);
      var tokens = this.parse(template, tags);
      var context2 = view instanceof Context2 ? view : new Context2(view, void 0);
      return this.renderTokens(tokens, context2, partials, template, config2);
    };
    Writer.prototype.renderTokens = function renderTokens(tokens, context2, partials, originalTemplate, config2) {
      var buffer = "";
      var token, symbol, value;
      for (var i = 0, numTokens = tokens.length; i < numTokens; ++i) {
        value = void 0;
        token = tokens[i];
        symbol = token[0];
        if (symbol === "#") value = this.renderSection(token, context2, partials, originalTemplate, config2);
        else if (symbol === "^") value = this.renderInverted(token, context2, partials, originalTemplate, config2);
        else if (symbol === ">") value = this.renderPartial(token, context2, partials, config2);
        else if (symbol === "&") value = this.unescapedValue(token, context2);
        else if (symbol === "name") value = this.escapedValue(token, context2, config2);
        else if (symbol === "text") value = this.rawValue(token);
        if (value !== void 0)
          buffer += value;
      }
      return buffer;
    };
    Writer.prototype.renderSection = function renderSection(token, context2, partials, originalTemplate, config2) {
      var self = this;
      var buffer = "";
      var value = context2.lookup(token[1]);
      function subRender(template) {
        return self.render(template, context2, partials, config2);
      }
      if (!value) return;
      if (isArray(value)) {
        for (var j = 0, valueLength = value.length; j < valueLength; ++j) {
          buffer += this.renderTokens(token[4], context2.push(value[j]), partials, originalTemplate, config2);
        }
      } else if (typeof value === "object" || typeof value === "string" || typeof value === "number") {
        buffer += this.renderTokens(token[4], context2.push(value), partials, originalTemplate, config2);
      } else if (isFunction(value)) {
        if (typeof originalTemplate !== "string")
          throw new Error("Cannot use higher-order sections without the original template");
        value = value.call(context2.view, originalTemplate.slice(token[3], token[5]), subRender);
        if (value != null)
          buffer += value;
      } else {
        buffer += this.renderTokens(token[4], context2, partials, originalTemplate, config2);
      }
      return buffer;
    };
    Writer.prototype.renderInverted = function renderInverted(token, context2, partials, originalTemplate, config2) {
      var value = context2.lookup(token[1]);
      if (!value || isArray(value) && value.length === 0)
        return this.renderTokens(token[4], context2, partials, originalTemplate, config2);
    };
    Writer.prototype.indentPartial = function indentPartial(partial2, indentation, lineHasNonSpace) {
      var filteredIndentation = indentation.replace(/[^ \t]/g, "");
      var partialByNl = partial2.split("\n");
      for (var i = 0; i < partialByNl.length; i++) {
        if (partialByNl[i].length && (i > 0 || !lineHasNonSpace)) {
          partialByNl[i] = filteredIndentation + partialByNl[i];
        }
      }
      return partialByNl.join("\n");
    };
    Writer.prototype.renderPartial = function renderPartial(token, context2, partials, config2) {
      if (!partials) return;
      var tags = this.getConfigTags(config2);
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
        return this.renderTokens(tokens, context2, partials, indentedValue, config2);
      }
    };
    Writer.prototype.unescapedValue = function unescapedValue(token, context2) {
      var value = context2.lookup(token[1]);
      if (value != null)
        return value;
    };
    Writer.prototype.escapedValue = function escapedValue(token, context2, config2) {
      var escape = this.getConfigEscape(config2) || mustache.escape;
      var value = context2.lookup(token[1]);
      if (value != null)
        return typeof value === "number" && escape === mustache.escape ? String(value) : escape(value);
    };
    Writer.prototype.rawValue = function rawValue(token) {
      return token[1];
    };
    Writer.prototype.getConfigTags = function getConfigTags(config2) {
      if (isArray(config2)) {
        return config2;
      } else if (config2 && typeof config2 === "object") {
        return config2.tags;
      } else {
        return void 0;
      }
    };
    Writer.prototype.getConfigEscape = function getConfigEscape(config2) {
      if (config2 && typeof config2 === "object" && !isArray(config2)) {
        return config2.escape;
      } else {
        return void 0;
      }
    };
    mustache = {
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
    defaultWriter = new Writer();
    mustache.clearCache = function clearCache2() {
      return defaultWriter.clearCache();
    };
    mustache.parse = function parse6(template, tags) {
      return defaultWriter.parse(template, tags);
    };
    mustache.render = function render2(template, view, partials, config2) {
      if (typeof template !== "string") {
        throw new TypeError('Invalid template! Template should be a "string" but "' + typeStr(template) + '" was given as the first argument for mustache#render(template, view, partials)');
      }
      return defaultWriter.render(template, view, partials, config2);
    };
    mustache.escape = escapeHtml;
    mustache.Scanner = Scanner;
    mustache.Context = Context2;
    mustache.Writer = Writer;
    mustache_default = mustache;
  }
});

// src/release/pull-request/strict-writer.ts
function sizeOf(value) {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((sum, item) => sum + sizeOf(item), 0);
}
var MAX_TEXT, MAX_REPEATED, SafeContext, StrictWriter;
var init_strict_writer = __esm({
  "src/release/pull-request/strict-writer.ts"() {
    "use strict";
    init_mustache();
    init_errors();
    MAX_TEXT = 2e6;
    MAX_REPEATED = 10;
    SafeContext = class _SafeContext extends mustache_default.Context {
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
    StrictWriter = class extends mustache_default.Writer {
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
        const text2 = super.renderTokens(...tokens);
        this.#rendered += text2.length + 1;
        if (this.#rendered > this.#most) {
          const reason = `makes a text of more than ${this.#most} characters`;
          throw failure("TEMPLATE_INVALID", { input: this.#input, reason });
        }
        return text2;
      }
      escapedValue(token, context2) {
        const [, variable = ""] = token;
        const value = context2.lookup(variable);
        if (typeof value !== "string" || value === "") {
          throw failure("TEMPLATE_VARIABLE_EMPTY", { input: this.#input, variable });
        }
        return value;
      }
      /** `{{{ x }}}` and `{{& x }}` are `{{ x }}`: the values are safe already, and nothing undoes that. */
      unescapedValue(token, context2) {
        return this.escapedValue(token, context2);
      }
    };
  }
});

// src/release/pull-request/template.ts
function renderTemplate(input, template, variables, place) {
  const known = Object.fromEntries(Object.entries(VARIABLES).filter(([name2]) => name2 in variables));
  try {
    checkNames(input, mustache_default.parse(template), [known]);
  } catch (error3) {
    if (error3 instanceof Error && error3.name === "Error") {
      throw failure("TEMPLATE_INVALID", { input, reason: error3.message }, error3);
    }
    throw error3;
  }
  const context2 = new SafeContext(variables, memoized(SAFE[place]));
  return safeText(new StrictWriter(input, variables).render(template, context2));
}
function checkNames(input, tokens, scopes, depth = 0) {
  if (depth > MAX_DEPTH3) {
    throw failure("TEMPLATE_INVALID", { input, reason: `has sections in sections, more than ${MAX_DEPTH3} deep` });
  }
  for (const [type, name2, , , children2] of tokens) {
    if (type === "text" || type === "!" || type === "=") continue;
    const found = type === ">" ? void 0 : lookUp(name2, scopes);
    if (found === void 0 || typeof found === "object" && !children2) {
      const nearest = (0, import_fastest_levenshtein2.closest)(name2, scopes.flatMap(namesOf2));
      throw failure("TEMPLATE_VARIABLE_UNKNOWN", { input, variable: name2, nearest });
    }
    if (children2) {
      checkNames(input, children2, typeof found === "object" ? [rowOf(found), ...scopes] : scopes, depth + 1);
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
function namesOf2(scope) {
  return Object.entries(scope).flatMap(
    ([name2, value]) => typeof value === "string" ? name2 : Object.keys(rowOf(value)).map((key) => `${name2}${isList(value) ? "[]" : ""}.${key}`)
  );
}
var import_fastest_levenshtein2, VARIABLES, SAFE, MAX_DEPTH3, isList, rowOf;
var init_template2 = __esm({
  "src/release/pull-request/template.ts"() {
    "use strict";
    import_fastest_levenshtein2 = __toESM(require_mod(), 1);
    init_mustache();
    init_errors();
    init_escape();
    init_objects();
    init_secrets();
    init_strict_writer();
    VARIABLES = {
      action: "Release, Promote or Roll back",
      app: "the app of the config file",
      environment: "its environment",
      name: "the release’s name",
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
      bump: "the largest step among the changes: major, minor, patch, or unordered (also the first version of a place)",
      changes: [
        {
          file: "path of the manifest",
          line: "line in it",
          where: "path in the document",
          image: "the image as the manifest spells it",
          from: "version before; empty for a place that had none",
          to: "version after",
          note: "what changes beside the version: quoted, forceString: true; else empty",
          bump: "the step between the two: major, minor, patch, or unordered"
        }
      ],
      leftCount: 'how many lines keep another version of a released image, as "2 lines"; empty for none',
      left: [
        {
          file: "path of a file that has one",
          line: "line in it",
          image: "the image as it is spelled there",
          version: "the version that is there",
          reason: 'why it was left, e.g. "is in a template"; at most twenty are listed'
        }
      ],
      reason: "why, as the input says",
      origin: {
        environment: "environment that the versions were promoted from",
        since: "when they came there, or in a rollback, when they were there before",
        pull: "number of the pull request that brought them there"
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
          url: "web page of that commit",
          pull: "number of its pull request",
          pullUrl: "web page of that pull request"
        }
      ],
      source: {
        repository: "repository that the image was built from",
        commit: "commit that it was built from",
        shortCommit: "its first seven characters",
        url: "web page of that commit"
      },
      run: { url: "web page of the CI run" },
      actor: "who started the run",
      base: "branch that the pull request goes into"
    };
    SAFE = {
      // No part of the path may begin with a dot, be empty or end in .lock.
      ref: (value) => value.replace(/[^\w./-]+/g, "-").replace(/\.{2,}/g, ".").replace(/(^|\/)[./]+/g, "$1-").replace(/\.lock(?=\/|$)/g, "-lock").replace(/[./]$/, "-"),
      line: (value) => oneLine(value, 1e3),
      commit: forCommit,
      markdown: (value, key) => /url$/i.test(key) ? markdownUrl(value) : forMarkdown(value)
    };
    MAX_DEPTH3 = 20;
    isList = (value) => Array.isArray(value);
    rowOf = (value) => isList(value) ? value[0] : value;
  }
});

// src/release/find-rollback.ts
async function findRollback(workspace, request2, observed) {
  const { build, inputs } = request2;
  const isRollback = build.operation.rollsBack.length > 0;
  const isAsked = inputs.identity.environment !== "" && !isRollback && !inputs.policy.force;
  if (!isAsked || observed.plan.files.length === 0) return void 0;
  const { present } = observed.pullRequests;
  if (present?.build && hasSameImages(present.build, build)) return void 0;
  for await (const [where, before2] of buildsBefore(workspace, request2, observed)) {
    const { rollsBack } = before2.operation;
    if (rollsBack.length > 0 && isRemovedBy(build, rollsBack)) return where;
    if (rollsBack.length === 0 && !isOlder(before2, build)) return void 0;
  }
  return void 0;
}
async function* buildsBefore({ store, forge }, { build, inputs, key }, { name: name2, plan, pullRequests: pullRequests2 }) {
  const merged = forge && inputs.policy.delivery === "pull-request" ? pullRequests2.merged : [];
  for (const known of merged) {
    if (hasSameImages(known.build, build)) break;
    yield [`pull request #${known.pullRequest.number}`, known.build];
  }
  const findRollbacks = async () => {
    const branch = renderTemplate("branch", ROLLBACK_BRANCH, { name: name2 }, "ref");
    return forge ? mergedBuilds(await forge.find([branch], store.base), key) : /* @__PURE__ */ new Map();
  };
  let rollbacks;
  let steps = 0;
  for await (const commits of store.fileCommits(plan.files.map(({ path }) => path))) {
    for (const commit of commits) {
      const pull = pullOf(commit.message);
      let before2 = buildIn(commit, key);
      if (!before2 && pull !== "") before2 = (await (rollbacks ??= findRollbacks())).get(pull);
      if (before2) yield [pull === "" ? `commit ${commit.id.slice(0, 7)}` : `pull request #${pull}`, before2];
    }
    steps += 1;
    if (steps === HISTORY_STEPS) return;
  }
}
function isOlder(one, other) {
  const orders = versionPairs(one, other).map(([before2, next]) => compareVersions(before2, next));
  return orders.every((order) => order !== void 0 && order <= 0) && (orders.length === 0 || orders.some(Boolean));
}
function isSameReference(one, other) {
  const [a, b] = [parseReference(one), parseReference(other)];
  const isOfOne = a && b && repositoryOf(a.name) === repositoryOf(b.name);
  return isOfOne === true && isSameVersion(formatVersion(a), formatVersion(b));
}
var HISTORY_STEPS, isRemovedBy;
var init_find_rollback = __esm({
  "src/release/find-rollback.ts"() {
    "use strict";
    init_image_reference();
    init_version4();
    init_operation();
    init_build();
    init_commit_trailers();
    init_select();
    init_template2();
    HISTORY_STEPS = 3;
    isRemovedBy = ({ images }, rollsBack) => images.every((image) => rollsBack.some((removed) => isSameReference(removed, image)));
  }
});

// src/manifests/near-misses.ts
function findNearMisses(image, files) {
  const wanted = repositoryOf(image);
  const places = takeInventory(files).places.filter(
    ({ where, site }) => site.fields[0]?.role !== "reference" || /image/i.test(where)
  );
  const versioned = places.filter(({ version: version3 }) => formatVersion(version3) !== "");
  const named = new Map(versioned.map((place) => [place.repository, place]));
  const nearest = [...named].toSorted(([a], [b]) => (0, import_fastest_levenshtein3.distance)(a, wanted) - (0, import_fastest_levenshtein3.distance)(b, wanted));
  return nearest.slice(0, MOST).map(([, place]) => `${place.image} (${place.file}:${place.line})`);
}
function findMentions(image, files) {
  const search = new TextSearch([image]);
  const mentions = files.flatMap(({ path, bytes }) => {
    const text2 = new TextDecoder().decode(bytes);
    const lines = new LineTable(text2);
    return [...search.find(path, text2)].filter(({ version: version3 }) => formatVersion(version3) === "").map(({ name: name2, offset }) => `${path}:${lines.positionAt(offset).line} names ${name2} without a version`);
  });
  return mentions.slice(0, MOST);
}
var import_fastest_levenshtein3, IMAGE_WORDS2, MOST;
var init_near_misses = __esm({
  "src/manifests/near-misses.ts"() {
    "use strict";
    import_fastest_levenshtein3 = __toESM(require_mod(), 1);
    init_image_reference();
    init_inventory();
    init_text_references();
    init_lines();
    IMAGE_WORDS2 = ["image", "repository", "newName", "newTag"];
    MOST = 5;
  }
});

// src/manifests/suggest-target.ts
function suggestTarget({ file: path, line }, image, files, options) {
  const file = files.find((one) => one.path === path);
  if (!file) return void 0;
  const changes = (target) => {
    try {
      const targets = [...options.targets ?? [], ...readTargets([target], [image])];
      return planRelease([image], files, { ...options, targets }).changes.some(
        (change) => change.file === path && change.line === line
      );
    } catch (error3) {
      if (error3 instanceof ReleaseError) return false;
      throw error3;
    }
  };
  return valuesAt(readManifest(path, file.bytes), line).map((value) => `${path}#${value}=${image.reference.name}`).find(changes);
}
function valuesAt({ documents, lines }, line) {
  const own2 = documents.filter(({ label, name: name2 }) => label === "" || label === name2);
  return own2.flatMap(({ root, name: name2, index }) => {
    const document = own2.length === 1 ? "" : `${name2 || index}#`;
    return walk(root).flatMap(
      ({ node, path }) => node.kind === "scalar" && lines.positionAt(node.start).line === line ? `${document}${path}` : []
    );
  });
}
var init_suggest_target = __esm({
  "src/manifests/suggest-target.ts"() {
    "use strict";
    init_errors();
    init_plan();
    init_targets();
    init_manifest();
    init_tree();
  }
});

// src/release/plan-manifests.ts
async function planManifests(reading2, wanted, { manifests: manifests2, others }, commit) {
  const { log } = reading2;
  const plan = planRelease(wanted.images, manifests2, { ...wanted.search.plan, others });
  for (const problem of plan.problems) log.problem(problem);
  for (const { place, reason } of plan.left) log.debug(`left ${place.file}:${place.line} ${place.where}: it ${reason}`);
  for (const image of plan.missing) {
    const copy = wanted.images.find((other) => !plan.missing.includes(other) && isCopy(image, other));
    if (!copy) throw await explainMissing(reading2, wanted, image, plan, { manifests: manifests2, others, commit });
    log.step(`${image.replaces} is in no manifest; skipped: ${copy.replaces} is the same build`);
  }
  const { unused = [] } = wanted;
  const more = unused.length > 0 ? planRelease(unused, manifests2, { others }).leftovers : [];
  const places = plan.changes.length === 1 ? "1 place" : `${plan.changes.length} places`;
  log.step(`read ${manifests2.length === 1 ? "1 file" : `${manifests2.length} files`}: ${places} to change`);
  return { ...plan, leftovers: [...plan.leftovers, ...more] };
}
async function explainMissing({ store }, { search }, image, { problems, leftovers, emptyPlaces }, { manifests: files, others, commit }) {
  const { replaces } = image;
  const { manifests: manifests2 } = await store.read(
    { words: IMAGE_WORDS2, paths: search.paths },
    { commit, limit: NEAR_MISS_FILES }
  );
  const nearest = findNearMisses(replaces, manifests2);
  const seen = leftovers.filter((one) => searchWord(one.image) === searchWord(replaces)).slice(0, MOST_SEEN);
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
  return failure("SITE_NOT_FOUND", { image: replaces, notes, nearest, targets, empty, place: seen[0] ?? empty[0] });
}
var NEAR_MISS_FILES, MOST_SEEN, noteOf;
var init_plan_manifests = __esm({
  "src/release/plan-manifests.ts"() {
    "use strict";
    init_errors();
    init_image_reference();
    init_images();
    init_near_misses();
    init_plan();
    init_suggest_target();
    NEAR_MISS_FILES = 300;
    MOST_SEEN = 10;
    noteOf = ({ file, line, image, version: version3, reason }) => `${file}:${line} has ${image} ${version3}, but it ${reason}`;
  }
});

// src/release/observe.ts
async function observe(workspace, request2, again) {
  const { store, forge } = workspace;
  const { inputs } = request2;
  if (again) await store.refresh();
  const wanted = wantedOf(inputs);
  const asksGit = again || !forge;
  const finding = findPullRequests2(workspace, request2);
  const isPush = inputs.policy.delivery === "push";
  const branch = isPush || !asksGit ? void 0 : request2.branches.names[0]?.branch;
  const [found, { tip, ...files }] = await Promise.all([
    finding,
    readManifests(workspace, wanted, { branch, others: true })
  ]);
  const base = { commit: store.baseCommit, files };
  const plan = await planManifests(workspace, wanted, files, base.commit);
  const own2 = new OwnCommits(workspace, request2, base, mergedHeadsOf(found));
  const read2 = branch === void 0 ? void 0 : { branch, tip };
  const chosen2 = await chooseBranch(workspace, request2, own2, { found, read: read2, asksGit });
  const [onTop] = chosen2.foreign;
  const isByOthers = chosen2.tip !== void 0 && !chosen2.areOurs;
  const atTip = isByOthers ? await readManifests(workspace, wanted, { commit: chosen2.tip.id, others: true }) : files;
  const planOnTop = onTop ? await planManifests(workspace, wanted, atTip, onTop.id) : plan;
  const carried = carriedBy(workspace, request2, chosen2, atTip);
  const state = { ...chosen2, plan, planOnTop, files, atTip, carried, own: own2 };
  const present = inputs.policy.order === "newest" ? await observePresent(workspace, request2, state) : [];
  const isOutdated = whyOlderThanAny(present, request2.build) !== void 0;
  return {
    ...state,
    present,
    disposable: plan.files.length === 0 ? await disposableOf(state) : /* @__PURE__ */ new Set(),
    rolledBackBy: isOutdated ? void 0 : await findRollback(workspace, request2, state)
  };
}
function findPullRequests2({ store, forge }, { inputs, branches: { names, otherNames } }) {
  if (!forge || inputs.policy.delivery === "push") return Promise.resolve(NO_ANSWER);
  const branches = [...names, ...otherNames].map(({ branch }) => branch);
  return forge.find([...new Set(branches)], store.base);
}
async function disposableOf({ own: own2, pullRequests: { present, others } }) {
  const disposable = /* @__PURE__ */ new Set();
  for (const { pullRequest } of [...present ? [present] : [], ...others]) {
    const { head } = pullRequest;
    if (head && (await own2.on(head)).areOurs) disposable.add(head.id);
  }
  return disposable;
}
async function observePresent(workspace, request2, state) {
  const { planOnTop, foreign, pullRequests: pullRequests2, branch, carried } = state;
  const { build } = request2;
  const where = pullRequests2.present ? `pull request #${pullRequests2.present.pullRequest.number}` : branch;
  const onBranch = foreign.length > 0 ? planOnTop.changes : [];
  const present = [
    ...await observeBase(workspace, request2, state),
    ...onBranch.filter(isStep).map(({ file, from, to }) => asPresent(`${file} on ${branch}`, from, to)),
    ...carried ? [{ where, versions: versionPairs(carried.build, build), build: carried.build }] : [],
    ...pullRequests2.others.map((other) => presentIn(other, build))
  ];
  return Promise.all(present.map((one) => withComparison(workspace, one, build)));
}
async function observeBase({ store, forge }, { inputs, key }, { plan, pullRequests: pullRequests2 }) {
  const changes = plan.changes.filter(isStep);
  const isUnordered = changes.some(
    ({ from, to }) => compareVersions(withoutDigest(to), withoutDigest(from)) === void 0
  );
  const [merged] = pullRequests2.merged;
  const isInPullRequests = merged !== void 0 || forge !== void 0 && inputs.policy.delivery === "pull-request";
  const deployed = async () => isInPullRequests ? merged?.build : (await store.history()).flatMap((commit) => isDirect(commit) ? buildIn(commit, key) ?? [] : [])[0];
  const build = isUnordered ? await deployed() : void 0;
  return changes.map(({ file, image, from, to }) => ({
    ...asPresent(`${file} on ${store.base}`, from, to),
    build: build && hasVersion(build, image, from) ? build : void 0
  }));
}
function presentIn({ pullRequest, build: other }, build) {
  return { where: `pull request #${pullRequest.number}`, versions: versionPairs(other, build), build: other };
}
async function withComparison({ compare: compare2 }, present, build) {
  const commits = commitsToCompare(present, build);
  if (!commits) return present;
  const { status } = await compare2(build.source.repository, ...commits);
  return status === "unknown" ? present : { ...present, comparison: status };
}
var NO_ANSWER, wantedOf, mergedHeadsOf, asPresent;
var init_observe = __esm({
  "src/release/observe.ts"() {
    "use strict";
    init_version4();
    init_build();
    init_carried();
    init_choose_branch();
    init_commit_trailers();
    init_compare_builds();
    init_decide();
    init_find_rollback();
    init_own_commits();
    init_plan_manifests();
    init_read_manifests();
    NO_ANSWER = { open: [], past: [] };
    wantedOf = ({ images: { released, unused }, search }) => ({
      images: released,
      unused,
      search
    });
    mergedHeadsOf = ({ past }) => new Set(past.filter(({ state }) => state === "merged").map(({ headId }) => headId));
    asPresent = (where, from, to) => ({
      where,
      versions: [[from, to]],
      build: void 0
    });
  }
});

// src/release/pull-request/carry-over.ts
function carryOver(superseded, wanted, isTemplated2, key) {
  const each = superseded.map(({ pullRequest, metadata }) => ({
    pullRequest,
    given: metadata?.given ?? { ...wanted, labels: pullRequest.labels.filter(isTemplated2) }
  }));
  const added = (list2) => {
    const all = each.flatMap(({ pullRequest, given }) => without(list2, pullRequest[list2], given[list2]));
    return [...new Set(all)];
  };
  const removed = (list2) => list2.endsWith("reviewers") ? [] : each.flatMap(({ pullRequest, given }) => without(list2, given[list2], pullRequest[list2]));
  const notes = superseded.map(({ pullRequest }) => readNotes(pullRequest.body, key));
  return {
    added: listsOf(added),
    removed: listsOf(removed),
    notes: { before: joined2(notes.map(({ before: before2 }) => before2)), after: joined2(notes.map(({ after }) => after)) }
  };
}
function withCarryOver(wanted, { added, removed }) {
  return listsOf((list2) => [.../* @__PURE__ */ new Set([...without(list2, wanted[list2], removed[list2]), ...added[list2]])]);
}
function without(list2, names, others) {
  const known = new Set(others.map((name2) => asCompared(list2, name2)));
  return names.filter((name2) => !known.has(asCompared(list2, name2)));
}
var LISTS, listsOf, asCompared, joined2;
var init_carry_over = __esm({
  "src/release/pull-request/carry-over.ts"() {
    "use strict";
    init_metadata();
    LISTS = ["labels", "reviewers", "team-reviewers", "assignees"];
    listsOf = (make) => {
      const [labels = [], reviewers = [], teams = [], assignees = []] = LISTS.map(make);
      return { labels, reviewers, "team-reviewers": teams, assignees };
    };
    asCompared = (list2, name2) => (list2 === "team-reviewers" ? name2.replace(/^.*\//, "") : name2).toLowerCase();
    joined2 = (texts) => [...new Set(texts)].filter(Boolean).join("\n\n");
  }
});

// src/release/pull-request/title.ts
function namedVersions({ images }, changes) {
  const references = images.flatMap((image) => parseReference(image) ?? []);
  return {
    to: /* @__PURE__ */ new Set([...references.flatMap(partsOf), ...changes.flatMap(({ to }) => partsOf(parseVersion(to)))]),
    from: new Set(changes.flatMap(({ from }) => partsOf(parseVersion(from))))
  };
}
function partsOf(version3) {
  const { tag, digest } = version3 ?? {};
  const both = tag !== void 0 && digest !== void 0 ? [`${tag}@${digest}`] : [];
  return [tag, digest, ...both].flatMap((part) => part === void 0 ? [] : bare(part));
}
function isKept(title, metadata, versions) {
  return metadata?.title !== title && !isWrong(title, metadata, versions);
}
function isWrong(title, metadata, { to, from }) {
  const earlier = new Set([metadata?.version ?? "", ...metadata?.skipped ?? []].map(bare));
  const mayBe = (word2) => metadata ? earlier.has(word2) : ["version", "build"].includes(kindOfTag(word2));
  const named = words(title).filter((word2) => VERSION17.test(word2) || to.has(word2) || from.has(word2) || mayBe(word2));
  const isRight = named.some((one) => to.has(one)) && named.every((one) => to.has(one) || from.has(one));
  return named.length > 0 && !isRight;
}
var VERSION17, bare, words;
var init_title = __esm({
  "src/release/pull-request/title.ts"() {
    "use strict";
    init_escape();
    init_image_reference();
    init_tag_kind();
    VERSION17 = /^\d+\.\d+/;
    bare = (version3) => version3.replace(/^v(?=\d)/i, "");
    words = (title) => fromCommit(title).split(/[\s()[\]{}"'“”‘’«»,;→]+/).map((word2) => bare(word2.replace(/(?<![.:!?…])[.:!?…]+$/, ""))).filter((word2) => word2 !== "");
  }
});

// src/release/pull-request/upsert.ts
async function upsertPullRequest(forge, present, content, wanted, { find: find2, warn }) {
  const created = present ? void 0 : await open2(forge, content, wanted, warn);
  const current = present ?? created ?? await find2();
  if (!current) throw new Error(`a pull request from ${wanted.branch} is open and is not listed`);
  const { pullRequest, metadata } = current;
  const isOld = metadata?.commit !== content.commit;
  const { attributes, over } = wanted;
  const own2 = { ...attributes, ...withCarryOver(attributes, { ...over, added: NO_ATTRIBUTES }), draft: false };
  const before2 = metadata ? knownGiven(metadata.given, wanted) : own2;
  const isDraft = attributes.draft === "always" && !created && isOld;
  const { given, refused } = await forge.giveAttributes(
    pullRequest,
    isDraft ? { ...before2, draft: false } : before2,
    { ...attributes, ...withCarryOver(attributes, over), draft: isDraft },
    wanted.head
  );
  for (const [reason, all] of groupBy(refused, (one) => one.reason)) {
    for (const { what } of all.slice(0, MOST_REFUSED)) warn(`${what} was refused: ${reason}`);
    if (all.length > MOST_REFUSED) warn(`${all.length - MOST_REFUSED} more were refused: ${reason}`);
  }
  const ours = { ...given, ...withCarryOver(given, { added: over.removed, removed: over.added }) };
  const isCurrent = !isOld && isSame3(ours, before2) && !isWrong(pullRequest.title, metadata, content.versions);
  if (isCurrent) return { pullRequest, outcome: present ? "unchanged" : "created" };
  const updated = await writeContent(forge, current, content, ours);
  return { pullRequest: updated, outcome: created ? "created" : updated === pullRequest ? "unchanged" : "updated" };
}
async function writeContent(forge, { pullRequest, metadata }, content, given = metadata?.given ?? NO_ATTRIBUTES) {
  const texts = await content.texts();
  const body = writeMetadata(pullRequest.body, asMetadata2(content, texts, given), texts.body, forge.limits.body);
  const title = isKept(pullRequest.title, metadata, content.versions) ? pullRequest.title : texts.title;
  if (body === pullRequest.body && title === pullRequest.title) return pullRequest;
  return forge.update(pullRequest.number, { body, ...title === texts.title && { title } });
}
async function closePullRequest(forge, { pullRequest, metadata }, key, reason, now) {
  const { number: number2, body, title, headId } = pullRequest;
  const text2 = `**${reason}**

${readText(body, key)}`;
  const known = metadata ?? { key, commit: headId, title, version: "", skipped: [], given: NO_ATTRIBUTES };
  return forge.update(number2, {
    ...now && { state: "closed" },
    body: writeMetadata(body, { ...known, closed: reason }, text2, forge.limits.body)
  });
}
async function open2(forge, content, { branch, base, attributes, over: { notes } }, warn) {
  const texts = await content.texts();
  const draft = attributes.draft !== "false";
  const metadata = asMetadata2(content, texts, { ...NO_ATTRIBUTES, draft });
  const limit = forge.limits.body;
  const shortened2 = (note) => cut(note, Math.floor(limit / 5), NOTES_CUT);
  const after = notes.after && `

${shortened2(notes.after)}`;
  const body = writeMetadata(shortened2(notes.before), metadata, texts.body, limit - after.length) + after;
  const pullRequest = await forge.open({ branch, base, title: texts.title, draft, body });
  if (pullRequest && draft && !pullRequest.draft) {
    warn("draft was refused: this repository has no draft pull requests");
  }
  return pullRequest && { pullRequest, metadata, build: void 0 };
}
var NOTES_CUT, MOST_REFUSED, knownGiven, asMetadata2, isSame3;
var init_upsert = __esm({
  "src/release/pull-request/upsert.ts"() {
    "use strict";
    init_escape();
    init_objects();
    init_carry_over();
    init_metadata();
    init_title();
    NOTES_CUT = "\n_This text was shortened; the superseded pull requests have all of it._";
    MOST_REFUSED = 10;
    knownGiven = (given, { isTemplated: isTemplated2 }) => ({
      ...given,
      labels: given.labels.filter(isTemplated2)
    });
    asMetadata2 = ({ commit, metadata }, { title }, given) => ({
      ...metadata,
      commit,
      title,
      given,
      closed: ""
    });
    isSame3 = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  }
});

// src/release/pull-request/close.ts
async function closeObsolete(workspace, request2, state, obsolete, reason) {
  const ended = [];
  for (const one of obsolete) ended.push(await end(workspace, request2, state, one, reason));
  return ended[0];
}
async function supersede(workspace, request2, state, { pullRequest, outcome }) {
  const { branches, build, inputs } = request2;
  const isNew = isPerVersion(branches) && outcome === "created";
  const pullRequests2 = isNew ? selectPullRequests(await findPullRequests2(workspace, request2), { ...request2, branch: state.branch }) : state.pullRequests;
  const others = await Promise.all(
    pullRequests2.others.map(async (known) => {
      const present = presentIn(known, build);
      const isOrdered = inputs.policy.order === "newest";
      return { known, present: isOrdered ? await withComparison(workspace, present, build) : present };
    })
  );
  const decision = decideSuperseded(request2, others);
  if ("superseded" in decision) {
    const reason2 = `Superseded by #${pullRequest.number}.`;
    await closeObsolete(workspace, request2, state, decision.superseded, reason2);
    return void 0;
  }
  const { newer, reason } = decision;
  const ours = pullRequests2.present;
  const link = `Superseded by #${newer.pullRequest.number}.`;
  if (ours) await end(workspace, request2, state, ours, link);
  return { pullRequest: newer.pullRequest, reason };
}
async function end({ forge, log, store }, { key, inputs: { policy } }, { own: own2 }, one, reason) {
  const { number: number2, branch, head, url } = one.pullRequest;
  if (!forge) return one.pullRequest;
  const isFree = head && !isLongLived(branch, [store.base, ...policy.bases]) && await mayGo(head);
  const free = isFree ? [{ branch, expected: head.id }] : [];
  const ended = await closePullRequest(forge, one, key, reason, free.length === 0);
  const { deleted } = await store.deleteBranches(free);
  log.step(`closed pull request #${number2}: ${reason}`);
  if (free.length === 0 || deleted.length > 0) return { ...ended, url };
  return forge.update(number2, { state: "closed" });
  async function mayGo(tip) {
    return policy.onForeignCommits === "reset" || (await own2.on(tip)).areOurs;
  }
}
var init_close = __esm({
  "src/release/pull-request/close.ts"() {
    "use strict";
    init_decide();
    init_observe();
    init_release_branches();
    init_select();
    init_upsert();
  }
});

// src/release/pull-request/changelog.ts
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
async function readContents(revision, next, compare2) {
  const { repository, commit } = next.source;
  if (repository === "" || commit === "" || revision === void 0) return UNKNOWN_CONTENTS;
  const found = await compare2(repository, revision, commit).catch((error3) => unanswered(error3));
  if (found.status !== "unknown") return toContents(found, repository);
  const missing = /not found/i.test(found.reason);
  const reason = missing ? `it has no ${revision} or ${commit.slice(0, 7)}, or the token may not read it` : found.reason;
  const summary2 = `not shown, because the commits of ${repository} could not be read: ${reason}`;
  return { contents: { summary: summary2, url: "" }, commits: [] };
}
function unanswered(error3) {
  const explained = asReleaseError(error3);
  if (explained.blame !== "again") throw explained;
  return { status: "unknown", reason: explained.message };
}
function toContents({ status, total, commits, url }, repository) {
  const [project = ""] = url.split("/compare/", 1);
  const latest = commits.toReversed().slice(0, LISTED);
  const counted = `${total} commit${total === 1 ? "" : "s"} of ${repository}`;
  const shown3 = total > latest.length ? `${counted}, the latest ${latest.length} are` : counted;
  const summaries = {
    ahead: shown3,
    identical: `no other commit of ${repository}`,
    behind: `it goes back to an earlier commit of ${repository}`,
    diverged: `${shown3}, and it lacks some of the deployed version`
  };
  return {
    contents: { summary: summaries[status], url },
    commits: latest.map(({ id, author, subject: subject2, url: commitUrl }) => {
      const number2 = pullOf(subject2);
      return {
        commit: id,
        shortCommit: id.slice(0, 7),
        author,
        subject: subject2.replace(/ \(#\d+\)$/, ""),
        url: commitUrl,
        pull: number2,
        pullUrl: number2 === "" ? "" : `${project}/pull/${number2}`
      };
    })
  };
}
var LISTED, UNKNOWN_CONTENTS, COMMIT_TAG;
var init_changelog = __esm({
  "src/release/pull-request/changelog.ts"() {
    "use strict";
    init_errors();
    init_version4();
    init_commit_trailers();
    LISTED = 30;
    UNKNOWN_CONTENTS = { contents: { summary: "", url: "" }, commits: [] };
    COMMIT_TAG = /^(?:[\w.-]*-)?g?([0-9a-f]{7,40})$/;
  }
});

// src/release/pull-request/variables.ts
function releaseVariables({
  inputs,
  build,
  source
}, name2, base) {
  const { app: app2, environment: environment2 } = inputs.identity;
  const { action, reason, origin } = build.operation;
  const references = build.images.flatMap((image) => parseReference(image) ?? []);
  const { repository, commit, url } = source;
  return {
    action,
    app: app2,
    environment: environment2,
    reason,
    origin,
    name: name2,
    version: references[0]?.tag ?? references[0]?.digest ?? "",
    images: references.map((reference) => ({
      name: reference.name,
      tag: reference.tag ?? "",
      digest: reference.digest ?? "",
      version: formatVersion(reference)
    })),
    source: { repository, commit, shortCommit: commit.slice(0, 7), url },
    run: { url: build.run.url },
    actor: build.run.actor,
    base
  };
}
function planVariables(variables, changes) {
  const [first] = changes;
  const steps = changes.filter(isStep);
  const before2 = [...new Set(steps.filter(({ image }) => image === first?.image).map(({ from: from2 }) => from2))];
  const bumpBetween = memoized(bumpOf);
  const rows = changes.map((change) => ({
    ...change,
    note: change.note ?? "",
    line: String(change.line),
    bump: bumpBetween(change.from, change.to)
  }));
  const from = before2.slice(0, MAX_FROM).join(", ") + (before2.length > MAX_FROM ? ", …" : "");
  return {
    ...variables,
    from,
    bump: rows.length === 0 ? "" : largestBump(steps.map((step) => bumpBetween(step.from, step.to))),
    changes: rows
  };
}
function leftVariables(leftovers) {
  return {
    left: leftovers.slice(0, MAX_LEFT2).map((leftover) => ({ ...leftover, line: String(leftover.line) })),
    leftCount: leftovers.length === 0 ? "" : leftovers.length === 1 ? "1 line" : `${leftovers.length} lines`
  };
}
function ofAnyVersion({ images, source, run: run2, version: version3, ...rest }) {
  const any = (text2) => text2 === "" ? "" : ANY_VERSION;
  return {
    ...rest,
    version: any(version3),
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
function renderTexts(templates, variables, limit) {
  const title = oneCommitLine(renderTemplate("title", templates.title, variables, "commit").trim(), limit - 1);
  if (title === "") throw failure("INPUT_INVALID", { input: "title", value: templates.title, reason: "is empty" });
  return { title, body: renderTemplate("body", templates.body, variables, "markdown").trim() };
}
function isTemplatedLabel({ attributes: { labels } }, label) {
  return labels.some((template) => template === label || matchesParts(label, template.split(/\{{2,3}[^{}]*\}+/), 1));
}
function renderLabels(templates, variables, limit) {
  const labels = templates.attributes.labels.map((label) => renderTemplate("labels", label, variables, "line").trim().slice(0, limit)).filter((label) => label !== "");
  return [...new Set(labels)];
}
var MAX_FROM, MAX_LEFT2;
var init_variables = __esm({
  "src/release/pull-request/variables.ts"() {
    "use strict";
    init_errors();
    init_escape();
    init_image_reference();
    init_objects();
    init_version4();
    init_wildcard();
    init_release_branches();
    init_template2();
    MAX_FROM = 3;
    MAX_LEFT2 = 20;
  }
});

// src/release/pull-request/description.ts
function describeRelease(workspace, request2, described) {
  const { build, key } = request2;
  return {
    metadata: {
      key,
      version: versionOf(workspace, request2, described.name),
      skipped: skippedBefore(workspace, request2, described)
    },
    versions: namedVersions(build, described.plan.changes),
    texts: once(() => makeTexts(workspace, request2, described))
  };
}
async function correctDescription(workspace, request2, state) {
  const { carried, tip, pullRequests: pullRequests2 } = state;
  const { present } = pullRequests2;
  if (!present || !tip) return void 0;
  const described = await changesOf(workspace, request2, state);
  if (!described || described.changes.length === 0) return void 0;
  const build = carried?.build ?? buildOfChanges(described.changes);
  const other = requestOf(request2, build);
  const content = {
    ...describeRelease(workspace, other, { ...state, plan: described, planOnTop: described }),
    commit: carried?.commit ?? tip.id
  };
  const { metadata, pullRequest } = present;
  const isRight = metadata?.commit === content.commit && !isWrong(pullRequest.title, metadata, content.versions);
  return isRight ? void 0 : content;
}
async function changesOf({ store }, request2, { carried, own: own2, files, atTip }) {
  try {
    if (carried) return await own2.plan(store.baseCommit, carried.build);
    return { changes: changesBetween(placesIn2(request2, files), placesIn2(request2, atTip)), leftovers: [] };
  } catch (error3) {
    if (error3 instanceof ReleaseError && error3.blame === "yours") return void 0;
    throw error3;
  }
}
function requestOf(request2, build) {
  const images = { released: imagesOf(request2, build), notes: [] };
  return {
    ...request2,
    inputs: { ...request2.inputs, images, operation: build.operation },
    build,
    source: sourceOf(build, request2)
  };
}
async function makeTexts(workspace, request2, described) {
  const { store, forge } = workspace;
  const { plan, planOnTop } = described;
  const variables = planVariables(releaseVariables(request2, described.name, store.base), plan.changes);
  const skipped = skippedBefore(workspace, request2, described).join(", ");
  const contents = await readContentsOf(workspace, request2, described);
  const limits = forge?.limits ?? NO_LIMITS;
  return renderTexts(
    request2.inputs.templates,
    { ...variables, skipped, ...contents, ...leftVariables(planOnTop.leftovers) },
    limits.title
  );
}
async function readContentsOf({ forge, compare: compare2 }, { build, source, inputs }, { plan, pullRequests: pullRequests2 }) {
  const first = plan.changes.find(isStep);
  if (!first || !forge || inputs.policy.delivery === "push") return UNKNOWN_CONTENTS;
  const merged = pullRequests2.merged[0]?.build;
  const deployed = merged && hasVersion(merged, first.image, first.from) ? merged : void 0;
  return readContents(revisionOf(first, deployed, build, source.ref), build, compare2);
}
function skippedBefore({ store }, request2, { name: name2, pullRequests: pullRequests2 }) {
  const { present, others } = pullRequests2;
  const known = [...others.toReversed(), ...present ? [present] : []].flatMap(({ metadata }) => metadata ?? []);
  const versions = known.flatMap(({ skipped, version: version3 }) => [...skipped, version3]).filter(Boolean);
  const { version: own2 } = releaseVariables(request2, name2, store.base);
  return [...new Set(versions)].filter((version3) => version3 !== own2).slice(-MAX_SKIPPED);
}
function once(make) {
  let made;
  return () => (made ??= { value: make() }).value;
}
var MAX_SKIPPED, NO_LIMITS, versionOf;
var init_description = __esm({
  "src/release/pull-request/description.ts"() {
    "use strict";
    init_errors();
    init_version4();
    init_build();
    init_carried();
    init_own_commits();
    init_changelog();
    init_title();
    init_variables();
    MAX_SKIPPED = 20;
    NO_LIMITS = { title: 256, body: 65536 };
    versionOf = ({ store }, request2, name2) => releaseVariables(request2, name2, store.base).version;
  }
});

// src/release/conclude.ts
async function conclude(workspace, request2, state, decision) {
  const { store, log } = workspace;
  const outcome = outcomeOf(workspace, request2, state);
  const { dryRun } = request2.inputs.policy;
  switch (decision.kind) {
    case "skip": {
      const isRight = dryRun || await correctText(workspace, request2, state);
      return isRight ? { ...outcome, left: [], outcome: "skipped-older", reason: decision.reason } : { moved: state.branch };
    }
    case "close": {
      for (const { pullRequest } of decision.kept) {
        log.step(`pull request #${pullRequest.number} stays open: its branch has commits by others`);
      }
      const reason = `Closed: ${store.base} has these versions already.`;
      const obsolete = dryRun ? [] : decision.closed;
      const closed = await closeObsolete(workspace, request2, state, obsolete, reason);
      return closed ? { ...outcome, outcome: "closed", pullRequest: closed } : { ...outcome, outcome: "unchanged" };
    }
    case "unchanged":
      return { ...outcome, outcome: "unchanged" };
    case "decline":
      return { ...outcome, left: [], outcome: "declined", reason: decision.reason, pullRequest: decision.pullRequest };
    case "refuse":
      throw failure("FOREIGN_COMMITS", { branch: state.branch, commits: decision.commits.map(nameOf3) });
  }
}
function outcomeOf({ store }, request2, { name: name2, branch, plan, planOnTop, pullRequests: pullRequests2 }) {
  const { access: access2, policy } = request2.inputs;
  return {
    pullRequest: pullRequests2.present?.pullRequest,
    repository: access2.remote.name,
    version: releaseVariables(request2, name2, store.base).version,
    delivery: policy.delivery,
    branch,
    base: store.base,
    commit: "",
    verified: false,
    changes: plan.changes,
    left: planOnTop.leftovers,
    diff: "",
    reason: ""
  };
}
async function correctText(workspace, request2, state) {
  const { forge, log } = workspace;
  const { pullRequests: pullRequests2, tip } = state;
  const content = await correctDescription(workspace, request2, state);
  if (!forge || !content || !pullRequests2.present) return true;
  const written2 = await writeContent(forge, pullRequests2.present, content);
  if (written2 === pullRequests2.present.pullRequest) return true;
  const { number: number2, headId } = written2;
  log.step(`corrected the text of pull request #${number2}: it described another version than its branch has`);
  return headId === tip?.id;
}
var nameOf3;
var init_conclude = __esm({
  "src/release/conclude.ts"() {
    "use strict";
    init_errors();
    init_close();
    init_description();
    init_upsert();
    init_variables();
    nameOf3 = ({ id, message, committerEmail }) => `${id.slice(0, 7)} ${message.split("\n")[0] ?? ""} <${committerEmail}>`;
  }
});

// src/release/push-commit.ts
async function writeCommit({ store }, request2, state) {
  const { inputs, build } = request2;
  const { name: name2, plan, planOnTop } = state;
  const [onTop] = state.foreign;
  if (onTop && planOnTop.files.length === 0) return onTop;
  const variables = planVariables(releaseVariables(request2, name2, store.base), plan.changes);
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
async function pushCommit({ store, forge }, { inputs }, { branch, tip, foreign, planOnTop }, commit) {
  const { policy } = inputs;
  const { sign } = inputs.commit;
  const expected = policy.delivery === "push" ? store.baseCommit : tip?.id ?? "";
  const [onTop] = foreign;
  const push2 = async () => {
    if (sign === "api" && forge) {
      const parent = onTop ?? await store.readCommit(store.baseCommit);
      const { tree, message } = commit;
      const place = { branch, expected, parent: parent.id, parentTree: parent.tree };
      return forge.commit({ ...place, tree, message, files: planOnTop.files });
    }
    if (!await store.push(commit.id, branch, expected)) return void 0;
    return { id: commit.id, verified: sign !== "none" && forge ? await forge.isVerified(commit.id) : false };
  };
  return await push2() ?? "moved";
}
var init_push_commit = __esm({
  "src/release/push-commit.ts"() {
    "use strict";
    init_variables();
    init_commit_trailers();
  }
});

// src/release/publish.ts
async function publishRelease(workspace, request2, state, ci) {
  const { store, forge, log } = workspace;
  const { access: access2, policy, commit: options } = request2.inputs;
  const { branch, tip, foreign, pullRequests: pullRequests2 } = state;
  const [onTop] = foreign;
  if (onTop) log.step(`${branch} has commits by others (${nameOf3(onTop)}); this release is committed on top of them`);
  const content = describeRelease(workspace, request2, state);
  if (!tip) content.texts().catch(() => void 0);
  const commit = await writeCommit(workspace, request2, state);
  const isKept2 = tip !== void 0 && isSameCommit(tip, commit, options.sign !== "none");
  const labels = labelsOf(workspace, request2, state);
  if (!isKept2) await content.texts();
  const diffing = store.diff(onTop?.id ?? store.baseCommit, commit.id);
  const kept = isKept2 && { id: tip.id, verified: pullRequests2.present?.pullRequest.verified ?? false };
  const [diff, pushed2] = await Promise.all([
    isKept2 ? diffing : logPlan(workspace, request2, diffing, content),
    policy.dryRun ? void 0 : kept || pushCommit(workspace, request2, state, commit)
  ]);
  const planned = { ...outcomeOf(workspace, request2, state), diff };
  if (!pushed2) return { ...planned, outcome: "dry-run" };
  log.group("Deliver");
  for (const note2 of notesOn(pullRequests2)) log.step(note2);
  if (pushed2 === "moved") return { moved: branch };
  if (!isKept2) log.step(`pushed ${pushed2.id.slice(0, 7)} to ${branch}`);
  const delivered = { ...planned, commit: pushed2.id, verified: pushed2.verified };
  if (!forge || policy.delivery === "push") return { ...delivered, outcome: isKept2 ? "unchanged" : "pushed" };
  const described = { ...content, commit: isKept2 ? state.carried?.commit ?? tip.id : pushed2.id };
  const published = await publishPullRequest(
    { ...workspace, forge },
    request2,
    state,
    { ...described, labels },
    pushed2.id
  );
  const { pullRequest } = published;
  log.step(`pull request #${pullRequest.number} ${published.outcome}`);
  const note = published.outcome === "created" ? await workflowNote2(access2, ci) : "";
  if (note !== "") log.step(note);
  if (pullRequest.headId !== pushed2.id && await isElsewhere(workspace, branch, pushed2.id)) return { moved: branch };
  const newer = await supersede(workspace, request2, state, published);
  if (newer) return { ...delivered, outcome: "skipped-older", ...newer };
  const outcome = published.outcome === "unchanged" && !isKept2 ? "updated" : published.outcome;
  return { ...delivered, pullRequest, outcome };
}
function notesOn({ strangers, deleted }) {
  const alone = strangers.map(
    ({ number: number2, branch }) => `pull request #${number2} has the text of this release, but not a branch of it (${branch}); left alone`
  );
  if (!deleted) return alone;
  return [...alone, `pull request #${deleted.number} was closed by the deletion of its branch, which is no decision`];
}
function labelsOf({ store, forge }, request2, { name: name2, plan }) {
  if (!forge) return [];
  const variables = planVariables(releaseVariables(request2, name2, store.base), plan.changes);
  return renderLabels(request2.inputs.templates, variables, forge.limits.label);
}
async function publishPullRequest({ store, forge, log }, request2, { branch, pullRequests: pullRequests2 }, { labels, ...content }, head) {
  const { key, inputs } = request2;
  const { templates } = inputs;
  const attributes = { ...templates.attributes, labels };
  const isTemplated2 = (label) => isTemplatedLabel(templates, label);
  const over = carryOver(pullRequests2.others, attributes, isTemplated2, key);
  const wanted = { branch, base: store.base, head, attributes, isTemplated: isTemplated2, over };
  const find2 = async () => {
    const found = await findPullRequests2({ store, forge }, request2);
    return selectPullRequests(found, { ...request2, branch }).present;
  };
  return upsertPullRequest(forge, pullRequests2.present, content, wanted, { find: find2, warn: (text2) => log.warn(text2) });
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
var init_publish = __esm({
  "src/release/publish.ts"() {
    "use strict";
    init_connect();
    init_conclude();
    init_observe();
    init_carry_over();
    init_close();
    init_description();
    init_select();
    init_upsert();
    init_variables();
    init_push_commit();
  }
});

// src/git/branch-name.ts
function isBranchName(text2) {
  return !REFUSED.test(text2) && text2 !== "HEAD";
}
var REFUSED;
var init_branch_name = __esm({
  "src/git/branch-name.ts"() {
    "use strict";
    REFUSED = /\.\.|@\{|\/\/|(?:^|\/)\.|\.lock(?:\/|$)|[\0-\x20\x7f~^:?*[\\]|^[-/]|[./]$|^$/;
  }
});

// src/release/request.ts
function readRequest({ store, forge }, inputs, ci) {
  const { access: access2, identity, images, operation, policy, templates } = inputs;
  if (inputs.commit.sign === "api" && !forge) {
    throw failure("API_NEEDED", { input: "sign", repository: access2.remote.name });
  }
  const build = buildOf(images.released, operation, ci);
  const partial2 = { inputs, key: identityKey(identity), build, source: ci.source };
  const named = namesOf(identity, templates.name, images.released);
  if (policy.delivery === "push") {
    const names = [{ name: named.names[0] ?? "", branch: store.base }];
    return { ...partial2, branches: { names, otherNames: [], patterns: [] } };
  }
  const branches = branchesOf2(named, (name2, isAnyVersion) => {
    const variables = releaseVariables(partial2, name2, store.base);
    const known = isAnyVersion ? ofAnyVersion(variables) : variables;
    return renderTemplate("branch", templates.branch, known, "ref").trim();
  });
  for (const { branch } of branches.names) {
    if (!isBranchName(branch)) throw failure("BRANCH_INVALID", { branch });
    if (branch === store.base) throw failure("BRANCH_IS_BASE", { branch });
    if (isLongLived(branch, policy.bases)) throw failure("BRANCH_LONG_LIVED", { branch });
  }
  return { ...partial2, branches };
}
var init_request = __esm({
  "src/release/request.ts"() {
    "use strict";
    init_errors();
    init_branch_name();
    init_identity();
    init_build();
    init_template2();
    init_variables();
    init_release_branches();
  }
});

// src/release/retry-on-moved.ts
async function retryOnMoved(log, attempt) {
  const started = Date.now();
  for (let attempts = 1; ; attempts += 1) {
    const result = await attempt(attempts > 1);
    if (!("moved" in result)) return result;
    const elapsed = Date.now() - started;
    if (attempts >= ATTEMPTS && elapsed >= PATIENCE3) {
      throw failure("RACE_LOST", { branch: result.moved, attempts, seconds: Math.round(elapsed / 1e3) });
    }
    log.step(`${result.moved} or its base changed during the run; retrying on the new tip`);
    await (0, import_promises4.setTimeout)(Math.min(DELAY * 3 ** attempts, MAX_DELAY) * Math.random());
  }
}
var import_promises4, ATTEMPTS, PATIENCE3, DELAY, MAX_DELAY;
var init_retry_on_moved = __esm({
  "src/release/retry-on-moved.ts"() {
    "use strict";
    import_promises4 = require("node:timers/promises");
    init_errors();
    ATTEMPTS = 20;
    PATIENCE3 = 12e4;
    DELAY = 100;
    MAX_DELAY = 8e3;
  }
});

// src/git/credentials.ts
function remoteConfig(remote, token) {
  const transport = { [`protocol.${remote.transport}.allow`]: "always" };
  if (token === "" || !remote.transport.startsWith("http")) return transport;
  return { ...transport, [`http.${new URL(remote.url).origin}/.extraHeader`]: `Authorization: Basic ${basic(token)}` };
}
function maskedForms(secret) {
  const trimmed = secret.trim();
  const lines = keyLines(trimmed);
  if (lines.length > 0) return lines;
  return trimmed === "" ? [] : [trimmed, basic(trimmed)];
}
function basic(token) {
  return Buffer.from(`x-access-token:${token}`).toString("base64");
}
var init_credentials = __esm({
  "src/git/credentials.ts"() {
    "use strict";
    init_secrets();
  }
});

// src/git/large-files.ts
var MAX_MANIFEST, tooLarge;
var init_large_files = __esm({
  "src/git/large-files.ts"() {
    "use strict";
    MAX_MANIFEST = 5 * 1024 * 1024;
    tooLarge = (file) => ({
      file,
      line: 1,
      message: "was not searched: larger than 5 MiB"
    });
  }
});

// src/git/run-git.ts
function endOfStderr(stderr) {
  return safeText(stderr).slice(-MAX_STDERR);
}
async function git(args, options = {}) {
  const { answers = [0], input, limit } = options;
  const child = startGit(args, options);
  let isLate = false;
  const end2 = () => {
    isLate = true;
    endTree(child);
  };
  const timer = limit === void 0 ? void 0 : setTimeout(end2, Math.max(limit, 0));
  const result = await finish(child, input, () => failure("GIT_MISSING")).finally(() => clearTimeout(timer));
  if (isLate) throw new GitTimeout(args[0] ?? "", limit ?? 0);
  const isAnswer2 = typeof answers === "function" ? answers(result) : answers.includes(result.exitCode);
  if (!isAnswer2) throw new GitError(args[0] ?? "", result);
  return result;
}
async function gitVersion() {
  const text2 = (await git(["version"])).stdout.toString().trim();
  return /\d+\.\d+(?:\.\d+)?/.exec(text2)?.[0] ?? text2;
}
function isTooOld(version3) {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version3) ?? [];
  return Number(major) < 2 || Number(major) === 2 && Number(minor) < 34;
}
function startGit(args, options = {}) {
  const { gitDir, config: config2 = {}, environment: environment2 = {} } = options;
  const variables = {
    ...ENVIRONMENT,
    ...configEnvironment({ ...CONFIG, ...config2 }),
    ...gitDir !== void 0 && { GIT_DIR: gitDir },
    ...environment2
  };
  return start("git", args, variables);
}
function configEnvironment(config2) {
  const entries = Object.entries(config2);
  const pairs = entries.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value]
  ]);
  return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(pairs) };
}
var import_node_os3, MAX_STDERR, GitError, GitTimeout, EMPTY_TREE, CONFIG, ENVIRONMENT;
var init_run_git = __esm({
  "src/git/run-git.ts"() {
    "use strict";
    import_node_os3 = require("node:os");
    init_errors();
    init_secrets();
    init_programs();
    MAX_STDERR = 2e4;
    GitError = class extends Error {
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
    GitTimeout = class extends Error {
      name = "GitTimeout";
      /** `limit` in milliseconds. */
      constructor(command, limit) {
        super(`git ${command} took longer than ${limit / 1e3} s`);
      }
    };
    EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    CONFIG = {
      "protocol.allow": "never",
      "http.followRedirects": "false",
      "core.hooksPath": import_node_os3.devNull,
      "core.attributesFile": import_node_os3.devNull,
      "core.excludesFile": import_node_os3.devNull,
      // In a bare repository git reads the attributes of HEAD: this tree has none.
      "attr.tree": EMPTY_TREE,
      "gc.auto": "0",
      "maintenance.auto": "false",
      "advice.detachedHead": "false",
      // The branch of a clone is read from its file HEAD.
      "init.defaultRefFormat": "files"
    };
    ENVIRONMENT = {
      LC_ALL: "C",
      // libcurl reads .netrc there, git its configuration and attributes.
      HOME: import_node_os3.devNull,
      GIT_ATTR_NOSYSTEM: "1",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: import_node_os3.devNull,
      GIT_TERMINAL_PROMPT: "0",
      // A blob that was not fetched is left out; git must not fetch it alone, one request each.
      GIT_NO_LAZY_FETCH: "1"
    };
  }
});

// src/git/object-reader.ts
var ObjectReader;
var init_object_reader = __esm({
  "src/git/object-reader.ts"() {
    "use strict";
    init_programs();
    init_run_git();
    ObjectReader = class {
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
        this.#ended = new Promise((resolve2) => {
          const end2 = (reason) => {
            this.#over = reason;
            this.#fail(reason);
            resolve2();
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
        endTree(this.#child);
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
      #takeContents(data, { object: object2, isTaken, left }) {
        this.#needed = isTaken ? left : 1;
        if (data.length < this.#needed) return void 0;
        const taken2 = Math.min(data.length, left);
        if (taken2 < left) this.#arriving = { object: object2, isTaken, left: left - taken2 };
        else this.#answer(isTaken ? { ...object2, content: data.subarray(0, object2.size) } : object2);
        return taken2;
      }
      #answer(object2) {
        this.#arriving = void 0;
        this.#asked.shift()?.answer(object2);
      }
    };
  }
});

// src/git/explain-stderr.ts
function tookTooLong(command, remote, reason, cause) {
  const phase = PHASES[command] ?? `run git ${command} on`;
  return failure("TIMED_OUT", { action: `${phase} ${remote.name}`, reason }, cause);
}
function explainRefusal3(error3, action) {
  if (!(error3 instanceof GitError)) return error3;
  const text2 = legible(error3.stderr);
  const remoteLine = text2.split("\n").findLast((line) => /^(?:remote|ERROR): .*\w|: Permission denied \(/.test(line));
  const reason = lastLine(remoteLine ?? text2);
  const refusal2 = REFUSALS3.find(({ stderr }) => stderr.test(text2));
  return refusal2?.explain(action, reason, error3) ?? failure("GIT_FAILED", { command: error3.command, reason }, error3);
}
function readPushReport({ stdout, stderr }) {
  const lines = stdout.toString().matchAll(/^([ +*=!-])\t[^\t]*:refs\/heads\/([^\t]+)\t(.*)$/gm);
  const answered = [...lines].filter(([, , , summary2 = ""]) => !summary2.startsWith("[remote failure]"));
  return answered.map(([, flag, branch = "", summary2 = ""]) => {
    const given = /^\[.*?\] \((.*)\)$/.exec(summary2)?.[1] ?? summary2;
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
    return failure("BRANCH_BLOCKED", { branch });
  }
  if (refused.state === "moved") return void 0;
  return failure("PUSH_REFUSED", { branch, reason: remoteMessage(stderr) || refused.reason || lastLine(stderr) });
}
function remoteMessage(stderr) {
  const lines = legible(stderr).matchAll(/^(?:remote: (?:(?:error|fatal): )?|error: (?=remote unpack failed))(.*\S)/gm);
  return [...lines].map(([, line]) => line).join(" ");
}
function legible(text2) {
  return text2.replace(COLOUR, "").replace(/[^\P{Cc}\n\t]/gu, "");
}
function lastLine(stderr) {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const last2 = lines.findLast((line) => /^(?:fatal|error|remote): /.test(line)) ?? lines.at(-1) ?? "no reason given";
  return last2.replace(/^(?:(?:fatal|error|remote):\s*)+/i, "").trim();
}
var REFUSALS3, COLOUR, PHASES, MOVED, BLOCKED;
var init_explain_stderr = __esm({
  "src/git/explain-stderr.ts"() {
    "use strict";
    init_errors();
    init_run_git();
    REFUSALS3 = [
      {
        stderr: /returned error: 429|HTTP 429|rate[- ]limit|too many requests/i,
        explain: ({ remote, action }, reason, cause) => failure("RATE_LIMITED", { action: `${action} ${remote.name}`, reason }, cause)
      },
      {
        stderr: /repository corruption|^(?:remote|ERROR): .*(?:corrupt|object file .* is empty|bad (?:object|tree)|(?:unable to|Could not) read [\da-f]{40})/im,
        explain: ({ remote }, reason, cause) => failure("REPOSITORY_DAMAGED", { repository: remote.name, reason }, cause)
      },
      {
        // Of the server where `remote:` is before it.
        stderr: /^(?!remote: ).*No space left on device/im,
        explain: ({ remote, action }, reason, cause) => failure("DISK_FULL", { action: `${action} ${remote.name}`, reason }, cause)
      },
      {
        stderr: /Remote branch .* not found in upstream|couldn't find remote ref/,
        explain: ({ remote, base }, _, cause) => failure("BASE_NOT_FOUND", { repository: remote.name, base }, cause)
      },
      {
        // A web page in place of git's protocol, as of a login to the network.
        stderr: /could not determine hash algorithm|invalid server response; got|expected flush after ref listing|not valid: is this a git repository|protocol error: bad line length|unable to parse remote unpack status|remote end hung up upon initial contact.*<|<!doctype html|<html/i,
        explain: ({ remote, action }, reason, cause) => failure("ANSWER_UNREADABLE", { action: `${action} ${remote.name}`, reason }, cause)
      },
      {
        stderr: /dubious ownership/,
        explain: ({ remote }, _, cause) => failure("FOLDER_OF_ANOTHER_USER", { repository: remote.name }, cause)
      },
      {
        stderr: /Host key verification failed/,
        explain: ({ remote }, _, cause) => {
          const changed = cause.stderr.includes("HOST IDENTIFICATION HAS CHANGED");
          return failure("HOST_KEY_UNKNOWN", { repository: remote.name, changed }, cause);
        }
      },
      {
        stderr: /^Load key ".*": /m,
        explain: (_, __, cause) => {
          const reason = /^Load key ".*": (.*)$/m.exec(cause.stderr)?.[1] ?? "";
          return failure("SSH_KEY_INVALID", { reason }, cause);
        }
      },
      {
        stderr: /\bssh: (?:command )?not found|cannot run ssh/,
        explain: () => failure("PROGRAM_MISSING", { program: "ssh" })
      },
      {
        // Of OpenSSL and of GnuTLS, which libcurl is built with: the file cannot be read, or does not have the authority.
        stderr: /error (?:setting certificate|reading ca cert|adding trust anchors)|unable to get (?:local )?issuer certificate|self[- ]signed certificate|unable to verify the first certificate|server certificate verification failed/i,
        explain: ({ remote, action }, reason, cause) => failure("CA_UNTRUSTED", { action: `${action} ${remote.name}`, variable: "GIT_SSL_CAINFO", reason }, cause)
      },
      {
        stderr: /\barchived\b|read-?only (?:mode|instance|GitLab)|(?:currently|temporarily) read-?only|under maintenance|has been (?:locked|disabled)/i,
        explain: ({ remote }, reason, cause) => failure("REPOSITORY_READ_ONLY", { repository: remote.name, reason }, cause)
      },
      {
        stderr: /returned error: 30\d/,
        explain: ({ remote }, _, cause) => failure("REPOSITORY_MOVED", { repository: remote.name }, cause)
      },
      {
        stderr: /Authentication failed|could not read Username|invalid credentials|returned error: 40[13]|Permission (?:to .* )?denied|access denied|write access|is read-only|as read only/i,
        explain: ({ remote, credential, action }, reason, cause) => failure("ACCESS_DENIED", { repository: remote.name, credential, action, reason }, cause)
      },
      {
        stderr: /repository (?:'.*' )?not found|returned error: 404|not appear to be a git repository|does not exist/i,
        explain: ({ remote, credential }, _, cause) => failure("REPOSITORY_NOT_FOUND", { repository: remote.name, credential }, cause)
      },
      {
        stderr: /Operation too slow|Timeout, server .* not responding|timed out during banner exchange/,
        explain: ({ remote }, reason, cause) => tookTooLong(cause.command, remote, reason, cause)
      },
      {
        stderr: /returned error: 5\d\d|HTTP 5\d\d|^remote: .*(?:maintenance|internal (?:server )?error|No space left)/im,
        explain: ({ remote, action }, reason, cause) => failure("SERVER_FAILED", { action: `${action} ${remote.name}`, reason }, cause)
      },
      {
        stderr: /Could not resolve|Failed to connect|Couldn't connect|Connection (?:refused|timed out|reset|closed)|timed out|unreachable|No route to host|early EOF|RPC failed|hung up|Empty reply|SSL|TLS|gnutls/i,
        explain: ({ remote, action }, reason, cause) => failure("NETWORK", { action: `${action} ${remote.name}`, reason }, cause)
      }
    ];
    COLOUR = /\u001b\[[\d;]*[A-Za-z]/g;
    PHASES = {
      clone: "clone",
      fetch: "fetch from",
      "ls-remote": "read the branches of",
      push: "push to"
    };
    MOVED = /stale info|atomic (?:push|transaction) failed|fetch first|non-fast-forward|cannot lock ref|failed to update ref|already exists|incorrect old value|reference does not exist/;
    BLOCKED = /exists; cannot create|directory file conflict|refname conflict/i;
  }
});

// src/git/private-key.ts
function normalizeKey(text2) {
  return `${text2.replaceAll("\r\n", "\n").trim()}
`;
}
function whyUnusable(key) {
  const [, type, body = ""] = /^-----BEGIN ((?:[A-Z]+ )*)PRIVATE KEY-----\n(.*)^-----END /ms.exec(key) ?? [];
  if (/^(?:ssh|ecdsa|sk)-\S+ AAAA/.test(key)) return "it is the public half of a key";
  if (type === void 0)
    return "it is not lines between -----BEGIN … PRIVATE KEY----- and -----END … PRIVATE KEY-----";
  const isLocked = type === "ENCRYPTED " || body.includes("ENCRYPTED") || type === "OPENSSH " && cipherOf(body) !== "none";
  return isLocked ? "it has a passphrase" : void 0;
}
function cipherOf(body) {
  const bytes = Buffer.from(body, "base64");
  const start2 = MAGIC.length;
  if (bytes.toString("latin1", 0, start2) !== MAGIC || bytes.length < start2 + 4) return "none";
  return bytes.toString("latin1", start2 + 4, start2 + 4 + bytes.readUInt32BE(start2));
}
var MAGIC;
var init_private_key = __esm({
  "src/git/private-key.ts"() {
    "use strict";
    MAGIC = "openssh-key-v1\0";
  }
});

// src/git/ssh.ts
async function prepareSsh(folder, identity) {
  const key = normalizeKey(identity.key);
  const reason = whyUnusable(key);
  if (reason !== void 0) throw failure("SSH_KEY_INVALID", { reason });
  const [keyFile, hostsFile, configFile] = [(0, import_node_path3.join)(folder, "key"), (0, import_node_path3.join)(folder, "known_hosts"), (0, import_node_path3.join)(folder, "config")];
  await (0, import_promises5.writeFile)(keyFile, key, { mode: 384 });
  await (0, import_promises5.writeFile)(hostsFile, `${identity.knownHosts.replaceAll("\r\n", "\n").trim()}
`);
  await (0, import_promises5.writeFile)(configFile, sshConfig(keyFile, hostsFile));
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
    `IdentityFile ${quoted(keyFile)}`,
    "IdentitiesOnly yes",
    "IdentityAgent none",
    `UserKnownHostsFile ${quoted(hostsFile)}`,
    "GlobalKnownHostsFile /dev/null",
    "StrictHostKeyChecking yes",
    "UpdateHostKeys no",
    "BatchMode yes",
    "PasswordAuthentication no",
    ...SILENCE,
    ""
  ].join("\n");
}
function quoted(path) {
  return `"${path.replaceAll("%", "%%")}"`;
}
var import_promises5, import_node_os4, import_node_path3, SILENCE, MACHINE_SSH;
var init_ssh = __esm({
  "src/git/ssh.ts"() {
    "use strict";
    import_promises5 = require("node:fs/promises");
    import_node_os4 = require("node:os");
    import_node_path3 = require("node:path");
    init_errors();
    init_private_key();
    SILENCE = ["ConnectTimeout 30", "ServerAliveInterval 15", "ServerAliveCountMax 4"];
    MACHINE_SSH = {
      HOME: (0, import_node_os4.homedir)(),
      GIT_SSH_COMMAND: `ssh -o BatchMode=yes ${SILENCE.map((setting) => `-o ${setting.replace(" ", "=")}`).join(" ")}`,
      GIT_SSH_VARIANT: "ssh"
    };
  }
});

// src/git/clone.ts
var import_promises6, import_node_path4, import_promises7, PASSING, READ, NETWORK_RETRIES, LIMITS2, Clone;
var init_clone = __esm({
  "src/git/clone.ts"() {
    "use strict";
    import_promises6 = require("node:fs/promises");
    import_node_path4 = require("node:path");
    import_promises7 = require("node:timers/promises");
    init_errors();
    init_credentials();
    init_large_files();
    init_object_reader();
    init_run_git();
    init_explain_stderr();
    init_ssh();
    init_temporary();
    PASSING = /* @__PURE__ */ new Set(["NETWORK", "SERVER_FAILED", "RATE_LIMITED"]);
    READ = ["cat-file", "--batch"];
    NETWORK_RETRIES = [500, 2e3];
    LIMITS2 = { command: 6e5, run: 18e5, silence: 60 };
    Clone = class _Clone {
      gitDir;
      options;
      #folder;
      #deadline;
      /** Of what earlier runs left. */
      #removing = removeAbandonedFolders();
      /** What was read: an id names the same bytes for ever. */
      #objects = /* @__PURE__ */ new Map();
      /** By the folder of the repository. */
      #readers = /* @__PURE__ */ new Map();
      /** Of commands that use the server. */
      #environment = {};
      constructor(folder, options) {
        this.#folder = folder;
        this.gitDir = (0, import_node_path4.join)(folder, "clone.git");
        this.options = options;
        this.#deadline = Date.now() + (options.limits ?? LIMITS2).run;
      }
      /**
       * Clones with `args` of git clone, which is started before this returns. The caller closes it. Throws what `useServer`
       * throws.
       */
      static async make(options, args) {
        const clone2 = new _Clone(makeTemporaryFolder(), options);
        try {
          if (options.remote.transport === "ssh") {
            clone2.#environment = options.ssh ? await prepareSsh(await clone2.makeFolder("ssh"), options.ssh) : MACHINE_SSH;
          }
          const cloning = clone2.#useServer(["clone", ...args, "--", options.remote.url, clone2.gitDir], {});
          const [version3] = await Promise.all([gitVersion(), cloning.catch(() => void 0)]);
          if (isTooOld(version3)) throw failure("GIT_TOO_OLD", { version: version3 });
          await cloning;
          await clone2.#forgetPromisor();
          return clone2;
        } catch (error3) {
          await clone2.close();
          throw error3;
        }
      }
      /** A new folder beside the clone, readable by this user only; it is removed when the clone is closed. */
      makeFolder(name2) {
        return (0, import_promises6.mkdtemp)((0, import_node_path4.join)(this.#folder, `${name2}-`));
      }
      /** Removes the temporary folder. */
      async close() {
        await Promise.all([...this.#readers.values()].map((reader) => reader.close()));
        await Promise.all([removeTemporaryFolder(this.#folder), this.#removing]);
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
        const head = await (0, import_promises6.readFile)((0, import_node_path4.join)(this.gitDir, "HEAD"), "utf8");
        return /^ref: refs\/heads\/(.+)\n$/.exec(head)?.[1] ?? "";
      }
      /** The id that a ref points to; empty where there is no such ref. */
      async resolve(ref) {
        const [object2] = await this.#ask([ref], this.gitDir);
        return object2?.id ?? "";
      }
      /**
       * Objects by their ids, or as the `<commit>^{tree}` of one, each read once; `undefined` for one that is not here. Throws
       * GitError, TIMED_OUT.
       */
      async objects(names, gitDir = this.gitDir) {
        const unread = [...new Set(names)].filter((name2) => !this.#objects.has(name2));
        const read2 = unread.length > 0 ? await this.#ask(unread, gitDir) : [];
        for (const [index, name2] of unread.entries()) {
          const object2 = read2[index];
          if (object2) this.#objects.set(name2, object2);
        }
        return names.map((name2) => this.#objects.get(name2));
      }
      /** Whether an object was read before. */
      hasRead(id) {
        return this.#objects.has(id);
      }
      async #ask(names, gitDir) {
        try {
          return await this.#readerOf(gitDir).read(names, this.#limit());
        } catch (error3) {
          throw error3 instanceof GitTimeout ? this.#explainTimeout("cat-file", error3) : error3;
        }
      }
      #readerOf(gitDir) {
        const known = this.#readers.get(gitDir);
        if (known) return known;
        const reader = new ObjectReader(startGit(READ, { gitDir }), MAX_MANIFEST);
        this.#readers.set(gitDir, reader);
        this.options.debug?.(`git ${READ.join(" ")}: runs from now on`);
        return reader;
      }
      async #useServer(args, options) {
        const { remote, token, limits = LIMITS2 } = this.options;
        const silence = { "http.lowSpeedLimit": "1", "http.lowSpeedTime": String(limits.silence) };
        const config2 = { ...remoteConfig(remote, token), ...silence, ...options.config };
        const environment2 = { ...options.environment, ...this.#environment };
        for (let attempt = 0; ; attempt += 1) {
          try {
            return await this.#git(args, { ...options, config: config2, environment: environment2 });
          } catch (error3) {
            const explained = asReleaseError(explainRefusal3(error3, this.#actionOf(args)));
            const delay = NETWORK_RETRIES[attempt];
            if (!PASSING.has(explained.code) || delay === void 0) throw explained;
            await (0, import_promises7.setTimeout)(delay);
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
        } catch (error3) {
          log(error3 instanceof GitError ? `exit code ${error3.exitCode}` : String(error3));
          throw error3 instanceof GitTimeout ? this.#explainTimeout(args[0] ?? "", error3) : error3;
        }
      }
      /** Milliseconds that a command may take that begins now. */
      #limit() {
        const { command } = this.options.limits ?? LIMITS2;
        return Math.min(command, this.#deadline - Date.now());
      }
      #explainTimeout(command, error3) {
        const { run: run2 } = this.options.limits ?? LIMITS2;
        const isRun = Date.now() >= this.#deadline;
        const reason = isRun ? `the run took longer than ${run2 / 1e3} s` : error3.message;
        return tookTooLong(command, this.options.remote, reason, error3);
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
        const path = (0, import_node_path4.join)(this.gitDir, "config");
        const lines = (await (0, import_promises6.readFile)(path, "utf8")).split("\n");
        await (0, import_promises6.writeFile)(path, lines.filter((line) => !/promisor|partialclone/i.test(line)).join("\n"));
      }
    };
  }
});

// src/git/git-objects.ts
function readTree(content, idLength, names = "utf8") {
  const nodes2 = /* @__PURE__ */ new Map();
  for (let position = 0; position < content.length; ) {
    const space = content.indexOf(" ", position);
    const end2 = content.indexOf(0, space);
    const next = end2 + 1 + idLength / 2;
    const mode = content.toString("latin1", position, space);
    nodes2.set(content.toString(names, space + 1, end2), { mode, id: content.toString("hex", end2 + 1, next) });
    position = next;
  }
  return nodes2;
}
function writeTree(nodes2) {
  const entries = [...nodes2].map(([name2, node]) => {
    return { key: Buffer.from(isFolder(node) ? `${name2}/` : name2, "latin1"), name: name2, node };
  });
  const sorted2 = entries.toSorted((a, b) => a.key.compare(b.key));
  return Buffer.concat(
    sorted2.flatMap(({ name: name2, node: { mode, id } }) => [
      Buffer.from(`${mode} ${name2}\0`, "latin1"),
      Buffer.from(id, "hex")
    ])
  );
}
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
function readCommit(id, text2) {
  const end2 = text2.indexOf("\n\n");
  const headers = text2.slice(0, end2 < 0 ? text2.length : end2).split("\n");
  const values = (name2) => headers.filter((line) => line.startsWith(`${name2} `)).map((line) => line.slice(name2.length + 1));
  return {
    id,
    tree: values("tree")[0] ?? "",
    parents: values("parent"),
    committerEmail: /<([^<>]*)>/.exec(values("committer")[0] ?? "")?.[1] ?? "",
    message: end2 < 0 ? "" : text2.slice(end2 + 2),
    signed: headers.some((line) => /^gpgsig(?:-sha256)? /.test(line))
  };
}
var TYPES, typeOf, isFolder;
var init_git_objects = __esm({
  "src/git/git-objects.ts"() {
    "use strict";
    TYPES = { "120000": "symbolic link", "160000": "submodule" };
    typeOf = (mode) => TYPES[mode] ?? "file";
    isFolder = ({ mode }) => mode === "40000";
  }
});

// src/git/fast-import.ts
function fastImportStream(ref, { parent, message, author, time: time2, files }) {
  const identity = `${author.name} <${author.email}> ${time2} +0000`;
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
var init_fast_import = __esm({
  "src/git/fast-import.ts"() {
    "use strict";
  }
});

// src/git/fetches.ts
function filterOf({ paths }) {
  return paths.length > 0 ? "--filter=blob:none" : `--filter=blob:limit=${MAX_MANIFEST}`;
}
var Fetches;
var init_fetches = __esm({
  "src/git/fetches.ts"() {
    "use strict";
    init_errors();
    init_large_files();
    Fetches = class {
      #clone;
      /** Blobs that were fetched: they need not be asked for again. */
      #fetched = /* @__PURE__ */ new Set();
      constructor(clone2) {
        this.#clone = clone2;
      }
      /** Whether no contents were cloned. */
      get isPartial() {
        return this.#clone.options.paths.length > 0;
      }
      /**
       * Fetches blobs that are not here yet, and the tip of a branch, in one request; gives the id of that tip, empty where
       * there is no such branch.
       */
      async contents(ids2, branch) {
        const blobs = this.isPartial ? [...new Set(ids2)].filter((id) => !this.#fetched.has(id)) : [];
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
        } catch (error3) {
          if (error3 instanceof ReleaseError && error3.code === "GIT_FAILED") return false;
          throw error3;
        }
      }
      /** Fetches objects and refs; whether the server had all of them. */
      async #fetch(wants) {
        if (wants.length === 0) return true;
        const shape = ["--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no", "--prune"];
        const fetch3 = ["fetch", ...shape, filterOf(this.#clone.options), "--stdin", "origin"];
        const config2 = this.isPartial ? { "fetch.negotiationAlgorithm": "noop" } : {};
        const { exitCode } = await this.#clone.useServer(fetch3, { input: wants.join("\n"), config: config2, answers: [0, 1] });
        return exitCode === 0;
      }
    };
  }
});

// src/git/change-log.ts
var ChangeLog, isFile;
var init_change_log = __esm({
  "src/git/change-log.ts"() {
    "use strict";
    ChangeLog = class {
      #commits = [];
      #byPath = /* @__PURE__ */ new Map();
      constructor(text2) {
        const fields = text2.split("\0");
        for (let index = 0; index < fields.length; index += 1) {
          const field = fields[index] ?? "";
          const [, id, time2 = ""] = /^(\w{40,64}) (\S+)$/.exec(field) ?? [];
          if (id !== void 0) this.#commits.push({ id, time: time2 });
          const [, mode, blob = ""] = /^\n?:(\d{6}) \d{6} (\w+) \w+ [A-Z]$/.exec(field) ?? [];
          if (mode === void 0) continue;
          const path = fields[index += 1] ?? "";
          const change = { commit: this.#commits.length - 1, before: isFile(mode) ? { path, mode, id: blob } : void 0 };
          const known = this.#byPath.get(path);
          if (known) known.push(change);
          else this.#byPath.set(path, [change]);
        }
      }
      /** The commits that changed one of the files, by their exact names, the newest first. */
      of(files) {
        const before2 = /* @__PURE__ */ new Map();
        for (const file of new Set(files)) {
          for (const change of this.#byPath.get(file) ?? []) {
            const known = before2.get(change.commit) ?? /* @__PURE__ */ new Map();
            before2.set(change.commit, known.set(file, change.before));
          }
        }
        const numbers = [...before2.keys()].toSorted((a, b) => a - b);
        return numbers.flatMap((number2) => {
          const commit = this.#commits[number2];
          return commit ? [{ ...commit, before: before2.get(number2) ?? /* @__PURE__ */ new Map() }] : [];
        });
      }
    };
    isFile = (mode) => mode.startsWith("100");
  }
});

// src/git/history.ts
async function latestCommits(clone2, base, depth) {
  const history = await CommitHistory.make(clone2, base);
  await history.fetch([base], depth, "tree:0");
  return history.list([`--max-count=${depth}`, base]);
}
async function commitsBetween(clone2, base, head, depth) {
  const history = await CommitHistory.make(clone2, base);
  const above = [head, `^${base}`];
  await history.fetch([base, head], depth, "tree:0");
  const commits = await history.list(above);
  const ends = await history.ends();
  const isCut = ends.size > 0 && commits.some(({ id, parents }) => ends.has(id) || parents.length === 0);
  if (!isCut) return commits;
  await history.fetch([base, head], ALL2, "tree:0");
  return history.list(above);
}
function pathspecOf(file) {
  return `:(glob)${file.replace(/[\\*?[]/g, "\\$&").replaceAll("\n", "?")}`;
}
var import_promises8, import_node_path5, ALL2, FETCH, FETCH_CONFIG, CommitHistory;
var init_history = __esm({
  "src/git/history.ts"() {
    "use strict";
    import_promises8 = require("node:fs/promises");
    import_node_path5 = require("node:path");
    init_change_log();
    init_git_objects();
    ALL2 = 2147483647;
    FETCH = [
      "fetch",
      "--quiet",
      "--no-tags",
      "--no-write-fetch-head",
      "--recurse-submodules=no"
    ];
    FETCH_CONFIG = { "fetch.negotiationAlgorithm": "noop" };
    CommitHistory = class _CommitHistory {
      /** The commit that it leads to. */
      commit;
      #clone;
      #gitDir;
      /** What was asked since the last fetch. */
      #reach;
      #changes;
      #isOfAllFiles = false;
      constructor(clone2, gitDir, commit) {
        this.#clone = clone2;
        this.#gitDir = gitDir;
        this.commit = commit;
      }
      /** The history of a commit that is in the clone; it is removed when the clone is closed. */
      static async make(clone2, commit) {
        const gitDir = await clone2.makeFolder("history");
        const format = commit.length === 64 ? "sha256" : "sha1";
        await clone2.run(["init", "--quiet", "--bare", "--template=", `--object-format=${format}`], { gitDir });
        await (0, import_promises8.mkdir)((0, import_node_path5.join)(gitDir, "objects/info"), { recursive: true });
        await (0, import_promises8.writeFile)((0, import_node_path5.join)(gitDir, "objects/info/alternates"), `${(0, import_node_path5.join)(clone2.gitDir, "objects")}
`);
        const history = new _CommitHistory(clone2, gitDir, commit);
        const [first] = await history.readCommits([commit]);
        if (first?.parents.length !== 0) await (0, import_promises8.writeFile)((0, import_node_path5.join)(gitDir, "shallow"), `${commit}
`);
        return history;
      }
      /** Fetches the latest `depth` commits up to each one named, and their trees unless filtered. Throws what Clone.useServer throws. */
      async fetch(commits, depth, filter) {
        const config2 = { ...FETCH_CONFIG, "remote.origin.url": this.#clone.options.remote.url };
        const fetch3 = [...FETCH, `--filter=${filter}`, `--depth=${depth}`, "origin", ...commits];
        await this.#clone.useServer(fetch3, { gitDir: this.#gitDir, config: config2 });
        this.#reach = void 0;
        this.#changes = void 0;
      }
      reach() {
        return this.#reach ??= this.#readReach();
      }
      async #readReach() {
        const ids2 = (await this.run(["rev-list", "--first-parent", this.commit])).toString().trimEnd().split("\n");
        const end2 = ids2.at(-1) ?? "";
        const [last2] = await this.readCommits([end2]);
        return { count: ids2.length, end: end2, isComplete: last2?.parents.length === 0 };
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
        const ids2 = (await this.run(["rev-list", "--date-order", ...revisions])).toString().split("\n").filter(Boolean);
        return this.readCommits(ids2);
      }
      /** The commits whose parents were not fetched. */
      async ends() {
        try {
          return new Set((await (0, import_promises8.readFile)((0, import_node_path5.join)(this.#gitDir, "shallow"), "utf8")).split("\n").filter(Boolean));
        } catch {
          return /* @__PURE__ */ new Set();
        }
      }
      /** What a git command in it writes. Throws GitError, TIMED_OUT. */
      async run(args, input = "") {
        return (await this.#clone.run(args, { gitDir: this.#gitDir, input })).stdout;
      }
      async readCommits(ids2) {
        const objects = await this.#clone.objects(ids2, this.#gitDir);
        return ids2.map((id, index) => readCommit(id, objects[index]?.content?.toString() ?? ""));
      }
    };
  }
});

// src/git/file-history.ts
async function* readFileHistory({ clone: clone2, trees, history }, files) {
  if (files.length === 0) yield { changes: [], isComplete: true };
  if (files.length === 0) return;
  const tip = (await trees.named(files, history.commit)).filter(({ mode }) => isFile(mode));
  for await (const reach of stepsBack(history)) {
    const logged = await knownChanges(history, files, reach);
    const [latest, ...more] = logged;
    if (latest && more.length > 0 && [...tip, ...latest.before.values()].every((entry) => isRead(clone2, entry))) {
      yield { changes: await readChanges(clone2, history, tip, [latest]), isComplete: false };
    }
    yield { changes: await readChanges(clone2, history, tip, logged), isComplete: reach.isComplete };
  }
}
async function fetchFileHistories({ clone: clone2, history }, files, most) {
  history.readAllChanges();
  let latest = [];
  for await (const reach of stepsBack(history)) {
    const known = /* @__PURE__ */ new Map();
    latest = (await knownChanges(history, files, reach)).flatMap((change) => {
      const own2 = [...change.before].filter(([file]) => (known.get(file) ?? 0) < most);
      for (const [file] of own2) known.set(file, (known.get(file) ?? 0) + 1);
      return own2.length > 0 ? { ...change, before: new Map(own2) } : [];
    });
    if (files.every((file) => known.get(file) === most)) break;
  }
  await readAll2(
    clone2,
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
    const { count: count2, isComplete } = reach;
    if (count2 === reached) return;
    reached = count2;
    yield reach;
    const depth = DEPTHS.find((step) => step > count2);
    if (isComplete || depth === void 0) return;
    await history.fetch([history.commit], depth, "blob:none");
  }
}
async function readChanges(clone2, history, tip, logged) {
  if (logged.length === 0) return [];
  const states = [new Map(tip.map((entry) => [entry.path, entry]))];
  for (const { before: before2 } of logged) states.push(new Map([...states.at(-1) ?? [], ...before2]));
  const known = new Map(states.flatMap((state) => [...state.values()]).map((entry) => [keyOf3(entry), entry]));
  const entries = [...known.values()].flatMap((entry) => entry ?? []);
  const contents = await readAll2(clone2, entries);
  const manifests2 = states.map((state) => [...state.values()].flatMap((entry) => contents.get(keyOf3(entry)) ?? []));
  const commits = await history.readCommits(logged.map(({ id }) => id));
  const tips = await history.readCommits(commits.flatMap(({ parents }) => parents.slice(1)));
  return commits.map((commit, index) => ({
    commit,
    merged: tips.filter(({ id }) => commit.parents.slice(1).includes(id)),
    time: logged[index]?.time ?? "",
    before: manifests2[index + 1] ?? [],
    after: manifests2[index] ?? []
  }));
}
async function readAll2(clone2, entries) {
  const ids2 = entries.map(({ id }) => id);
  const here = await clone2.objects(ids2);
  const missing = new Set(ids2.filter((_, index) => !here[index]));
  if (missing.size > 0) {
    await clone2.useServer([...FETCH, "--filter=blob:none", "--stdin", "origin"], {
      input: [...missing].join("\n"),
      config: FETCH_CONFIG
    });
  }
  const blobs = missing.size > 0 ? await clone2.objects(ids2) : here;
  const files = /* @__PURE__ */ new Map();
  for (const [index, entry] of entries.entries()) {
    const bytes = blobs[index]?.content;
    if (bytes) files.set(keyOf3(entry), { path: entry.path, mode: entry.mode, bytes });
  }
  return files;
}
var DEPTHS, isRead, keyOf3;
var init_file_history = __esm({
  "src/git/file-history.ts"() {
    "use strict";
    init_change_log();
    init_history();
    DEPTHS = [50, 500, ALL2];
    isRead = (clone2, entry) => !entry || clone2.hasRead(entry.id);
    keyOf3 = (entry) => entry ? `${entry.mode} ${entry.id} ${entry.path}` : "";
  }
});

// src/git/signing.ts
async function signCommit(clone2, commit, signer) {
  const [object2] = await clone2.objects([commit.id]);
  const unsigned = object2?.content ?? Buffer.alloc(0);
  const folder = makeTemporaryFolder();
  try {
    const sign = signer.format === "ssh" ? signWithSsh : signWithGpg;
    const input = withSignature(unsigned, await sign(folder, signer.key, unsigned), commit.id.length);
    const { stdout } = await clone2.run(["hash-object", "-t", "commit", "-w", "--stdin"], { input });
    return { ...commit, id: stdout.toString().trim(), signed: true };
  } finally {
    await removeTemporaryFolder(folder);
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
async function signWithSsh(folder, text2, input) {
  const key = normalizeKey(text2);
  const reason = whyUnusable(key);
  if (reason !== void 0) throw invalid2("ssh", reason);
  const path = (0, import_node_path6.join)(folder, "key");
  await (0, import_promises9.writeFile)(path, key, { mode: 384 });
  const environment2 = { SSH_AUTH_SOCK: "" };
  const { exitCode, stdout, stderr } = await run("ssh-keygen", ["-Y", "sign", "-n", "git", "-f", path], {
    environment: environment2,
    input
  });
  if (exitCode !== 0) throw invalid2("ssh", sshReason(stderr));
  return stdout.toString();
}
async function signWithGpg(folder, key, input) {
  if (!/^-----BEGIN PGP PRIVATE KEY BLOCK-----$/m.test(key.replaceAll("\r", ""))) {
    throw invalid2("gpg", "it has no line -----BEGIN PGP PRIVATE KEY BLOCK-----");
  }
  const environment2 = { GNUPGHOME: folder };
  const gpg = (args, options) => run("gpg", ["--batch", "--no-tty", "--pinentry-mode", "error", ...args], { ...options, environment: environment2 });
  const agent = await startAgent(environment2);
  try {
    const imported = await gpg(["--status-fd", "1", "--import"], { input: key });
    const fingerprint = importedSecret(imported.stdout.toString());
    if (fingerprint === void 0) throw invalid2("gpg", gpgReason(imported.stderr));
    const made = await gpg(["--local-user", fingerprint, "--armor", "--detach-sign"], { input });
    if (made.exitCode !== 0) throw invalid2("gpg", gpgReason(made.stderr));
    return made.stdout.toString();
  } finally {
    agent.stdin.end();
    await run("gpgconf", ["--kill", "all"], { environment: environment2 }).catch(() => void 0);
  }
}
async function startAgent(environment2) {
  const agent = start("gpg-agent", ["--daemon", "cat"], { LC_ALL: "C", ...environment2 });
  agent.stderr.resume();
  agent.stdin.on("error", () => void 0);
  agent.stdin.write("\n");
  const isReady = Promise.race([(0, import_node_events.once)(agent.stdout, "data"), (0, import_node_events.once)(agent, "close")]);
  await isReady.catch(() => {
    throw failure("PROGRAM_MISSING", { program: "gpg-agent" });
  });
  return agent;
}
function importedSecret(status) {
  const SECRET = 16;
  const taken2 = [...status.matchAll(/^\[GNUPG:\] IMPORT_OK (\d+) (\w+)$/gm)];
  return taken2.find(([, flags]) => (Number(flags) & SECRET) !== 0)?.[2];
}
function invalid2(format, reason) {
  return failure("SIGNING_KEY_INVALID", { format, reason });
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
var import_node_events, import_promises9, import_node_path6;
var init_signing = __esm({
  "src/git/signing.ts"() {
    "use strict";
    import_node_events = require("node:events");
    import_promises9 = require("node:fs/promises");
    import_node_path6 = require("node:path");
    init_errors();
    init_programs();
    init_private_key();
    init_temporary();
  }
});

// src/git/push.ts
async function pushCommit2(clone2, commit, target, base) {
  const ref = refOf(target);
  const watched = base === void 0 || base.branch === target.branch ? [] : [base];
  const leases = [target, ...watched].map(leaseOf);
  const atomic = watched.length > 0 ? ["--atomic"] : [];
  const refspecs = [`${commit}:${ref}`, ...watched.map((seen) => `${seen.expected}:${refOf(seen)}`)];
  const result = await clone2.useServer([...PUSH, ...atomic, ...leases, "origin", ...refspecs], {
    answers: (answer) => isPushAnswer(answer) || NOT_ATOMIC.test(answer.stderr) || UNKNOWN_BASE.test(answer.stderr),
    ...base === void 0 && { config: { "push.negotiate": "true" } }
  });
  if (result.exitCode === 0) return "done";
  if (NOT_ATOMIC.test(result.stderr)) return pushCommit2(clone2, commit, target);
  const refusal2 = explainPush(result);
  if (refusal2) throw refusal2;
  if (await remoteTip(clone2, ref) === commit) return "done";
  return watched.some((seen) => hasMoved(result, seen)) ? "base moved" : "moved";
}
async function deleteBranches(clone2, branches) {
  if (branches.length === 0) return { deleted: [], refused: [] };
  const push2 = [...PUSH, ...branches.map(leaseOf), "origin", ...branches.map((seen) => `:${refOf(seen)}`)];
  const report = readPushReport(await clone2.useServer(push2, { answers: isPushAnswer }));
  return {
    deleted: report.filter(({ state }) => state === "done").map(({ branch }) => branch),
    refused: report.filter(({ state }) => state === "refused").map(({ branch, reason }) => ({ branch, reason }))
  };
}
async function remoteTip(clone2, ref) {
  const { stdout } = await clone2.useServer(["ls-remote", "origin", ref]);
  const lines = stdout.toString().split("\n");
  return lines.find((line) => line.endsWith(`	${ref}`))?.split("	")[0];
}
function hasMoved(result, { branch }) {
  return readPushReport(result).some((pushed2) => pushed2.branch === branch && pushed2.state === "moved");
}
var PUSH, NOT_ATOMIC, UNKNOWN_BASE, refOf, leaseOf;
var init_push = __esm({
  "src/git/push.ts"() {
    "use strict";
    init_explain_stderr();
    PUSH = ["push", "--porcelain", "--no-verify", "--no-thin", "--recurse-submodules=no"];
    NOT_ATOMIC = /does not support --atomic/;
    UNKNOWN_BASE = /unable to read [\da-f]{40}/;
    refOf = ({ branch }) => `refs/heads/${branch}`;
    leaseOf = (seen) => `--force-with-lease=${refOf(seen)}:${seen.expected}`;
  }
});

// src/git/binary-files.ts
var ENDINGS, BINARY, isBinaryName;
var init_binary_files = __esm({
  "src/git/binary-files.ts"() {
    "use strict";
    ENDINGS = [
      ["images", "png jpe?g gif ico bmp tiff? webp avif heic psd"],
      ["sounds and films", "mp[34] m4[av] wav ogg flac avi mov mkv webm"],
      ["fonts", "ttf otf eot woff2?"],
      ["documents", "pdf docx? xlsx? pptx? odt ods"],
      ["archives", "zip tgz t?gz bz2 t?xz zst 7z rar jar war ear tar whl deb rpm apk dmg iso img"],
      ["programs and objects", "exe dll so dylib a o class pyc wasm bin"],
      ["data", "sqlite3? db parquet npy pkl onnx safetensors pack idx"]
    ];
    BINARY = new RegExp(`\\.(?:${ENDINGS.map(([, endings]) => endings.replaceAll(" ", "|")).join("|")})$`, "i");
    isBinaryName = (path) => BINARY.test(path);
  }
});

// src/git/search.ts
function literally(text2) {
  return text2.replace(/[\\.+*?()[\]{}^$|]/g, "\\$&").replaceAll("/", "\\\\?/");
}
function isManifest({ path, type }) {
  return type === "file" && isManifestName(path) && isLegible(path);
}
function isLegible(path) {
  return !path.includes("�");
}
function isReadable(path) {
  return isLegible(path) && (isManifestName(path) || !isBinaryName(path));
}
function foundIn(entries, problems) {
  const files = entries.filter(({ type }) => type === "file");
  return {
    candidates: files.filter(({ path }) => isManifestName(path)),
    others: files.filter(({ path }) => !isManifestName(path)),
    problems
  };
}
function illegible(paths) {
  const message = "was left alone: its name is not UTF-8";
  const manifests2 = paths.filter((path) => isManifestName(path) && !isLegible(path));
  return manifests2.map((file) => ({ file, line: 1, message }));
}
var NONE, ManifestSearch, KEY_OF_REGISTRY;
var init_search = __esm({
  "src/git/search.ts"() {
    "use strict";
    init_errors();
    init_manifest_names();
    init_binary_files();
    init_large_files();
    NONE = { candidates: [], others: [], problems: [] };
    ManifestSearch = class {
      #clone;
      #trees;
      #base;
      /** The last search for each set of terms. */
      #grepped = /* @__PURE__ */ new Map();
      /** `base` is named in failures. */
      constructor(clone2, trees, base) {
        this.#clone = clone2;
        this.#trees = trees;
        this.#base = base;
      }
      /**
       * The manifests of a commit that `ManifestStore.read` reads: by pathspecs (those of the clone where the terms have
       * none) or words, then by name, then those below folders.
       * Throws PATHS_INVALID, PATHS_MATCH_NOTHING, PATHS_NOT_FOLLOWED.
       */
      async find(terms, commit, nearby) {
        const { files = [] } = terms;
        const found = await this.#byContents(terms, commit);
        const named = await this.#trees.named(files, commit);
        const listed4 = nearby ? await this.#trees.below(nearby.folders, commit) : [];
        const near = listed4.filter((entry) => isManifest(entry) && nearby?.matches(entry.path));
        const all = [...found.candidates, ...named.filter(({ type }) => type === "file"), ...near];
        const candidates = new Map(all.map((candidate) => [candidate.path, candidate]));
        const others = found.others.filter(({ path }) => terms.others === true && !candidates.has(path));
        return { ...found, candidates: [...candidates.values()], others };
      }
      #byContents(terms, commit) {
        const { words: words2, registries = [], paths = [] } = terms;
        const hasWords = words2.length + registries.length > 0;
        const pathspecs = paths.length === 0 && hasWords ? this.#clone.options.paths : paths;
        if (pathspecs.length > 0) return this.#list(pathspecs, commit);
        return hasWords ? this.#grep(terms, commit) : NONE;
      }
      /**
       * What was found once is looked for again only in what changed since: after a lost race on 100,000 files git finds
       * that in 2 ms, and a search takes some hundred.
       */
      async #grep(terms, commit) {
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
          ...registries.map((registry2) => `${KEY_OF_REGISTRY}["']?:.*${literally(registry2)}["']?[[:space:]]*([#,}]|$)`)
        ];
        const { stdout, stderr } = await this.#clone.run(["grep", "-l", "-z", "-E", "-f", "-", commit], {
          input: expressions.join("|"),
          config: { "grep.threads": "1" },
          answers: [0, 1]
        });
        const names = stdout.toString().split("\0");
        const found = names.map((name2) => name2.slice(commit.length + 1)).filter((name2) => name2 !== "");
        const large = [...stderr.matchAll(/^error: '\w+:(.*)': unable to read/gm)].map(([, file = ""]) => file);
        const larger = [...new Set(large)].filter((file) => isManifestName(file)).map(tooLarge);
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
      /**
       * The manifests below pathspecs, each of which must match something.
       * Throws PATHS_INVALID, PATHS_MATCH_NOTHING, PATHS_NOT_FOLLOWED.
       */
      async #list(paths, commit) {
        const all = await this.#trees.matching(paths, commit);
        const positive = paths.filter((path) => !/^:(?:[!^]|\([^)]*exclude)/.test(path));
        for (const pathspec of positive) {
          const matches2 = positive.length === 1 && all.length > 0 ? all : await this.#trees.matching([pathspec], commit);
          const [first, ...more] = matches2;
          if (!first) throw failure("PATHS_MATCH_NOTHING", { pathspec, base: this.#base });
          if (more.length === 0 && first.type !== "file") {
            throw failure("PATHS_NOT_FOLLOWED", { file: first.path, type: first.type });
          }
        }
        const readable = all.filter(({ path }) => isReadable(path));
        return foundIn(readable, illegible(all.flatMap(({ path, type }) => type === "file" ? path : [])));
      }
    };
    KEY_OF_REGISTRY = "([Rr]egistry|[Rr]epository|REGISTRY|REPOSITORY|value)";
  }
});

// src/git/trees.ts
function inOrder(entries) {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const keyed = [...byPath.values()].map((entry) => ({ entry, key: Buffer.from(entry.path) }));
  return keyed.toSorted((a, b) => a.key.compare(b.key)).map(({ entry }) => entry);
}
function idOf(type, content, idLength) {
  return (0, import_node_crypto5.createHash)(idLength === 64 ? "sha256" : "sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}
var import_node_crypto5, NOTHING2, PLAIN, Trees, entryOf2;
var init_trees = __esm({
  "src/git/trees.ts"() {
    "use strict";
    import_node_crypto5 = require("node:crypto");
    init_errors();
    init_explain_stderr();
    init_git_objects();
    init_run_git();
    NOTHING2 = {
      sha1: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
      sha256: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
    };
    PLAIN = /^(?!:)(?!(?:.*\/)?(?:\.{0,2}\/|\.{1,2}$))[^*?[\\]+$/;
    Trees = class {
      #clone;
      /** By the id of the tree. */
      #folders = /* @__PURE__ */ new Map();
      constructor(clone2) {
        this.#clone = clone2;
      }
      /** All entries of a commit, in git's order. */
      async all(commit) {
        return this.#below([{ path: "", id: await this.#root(commit) }]);
      }
      /** Those of files by their exact names; one that is not there is left out. */
      async named(names, commit) {
        const found = await this.#find(names, commit);
        return inOrder(found.flatMap(([path, node]) => isFolder(node) ? [] : entryOf2(path, node)));
      }
      /** Those in folders and below them; of the top folder (empty) only those in it. */
      async below(folders2, commit) {
        const top = folders2.includes("") ? [...await this.#folder(await this.#root(commit))] : [];
        const found = await this.#find(
          folders2.filter((folder) => folder !== ""),
          commit
        );
        const below = await this.#below(
          found.flatMap(([path, node]) => isFolder(node) ? { path: `${path}/`, id: node.id } : [])
        );
        return inOrder([...top.flatMap(([name2, node]) => isFolder(node) ? [] : entryOf2(name2, node)), ...below]);
      }
      /** Those that pathspecs match. Throws PATHS_INVALID. */
      async matching(pathspecs, commit) {
        if (!pathspecs.every((pathspec) => PLAIN.test(pathspec))) return this.#askGit(pathspecs, commit);
        const folders2 = new Set(pathspecs.filter((path) => path.endsWith("/")).map((path) => path.slice(0, -1)));
        const found = await this.#find(
          pathspecs.map((path) => path.replace(/\/$/, "")),
          commit
        );
        const below = await this.#below(
          found.flatMap(([path, node]) => isFolder(node) ? { path: `${path}/`, id: node.id } : [])
        );
        const files = found.filter(([path, node]) => !isFolder(node) && !folders2.has(path));
        return inOrder([...files.map(([path, node]) => entryOf2(path, node)), ...below]);
      }
      /** The id of the tree that a commit's tree becomes when files are written into it; nothing is written. */
      async idWith(commit, files) {
        const changes = /* @__PURE__ */ new Map();
        for (const file of files) {
          const folders2 = Buffer.from(file.path).toString("latin1").split("/");
          const name2 = folders2.pop() ?? "";
          let inside = changes;
          for (const folder of folders2) {
            const known = inside.get(folder);
            const below = known instanceof Map ? known : /* @__PURE__ */ new Map();
            inside.set(folder, below);
            inside = below;
          }
          inside.set(name2, file);
        }
        return this.#changed(await this.#root(commit), changes, commit.length);
      }
      async #changed(tree, changes, idLength) {
        const [object2] = tree === void 0 ? [] : await this.#clone.objects([tree]);
        const nodes2 = readTree(object2?.content ?? Buffer.alloc(0), idLength, "latin1");
        for (const [name2, change] of changes) {
          const present = nodes2.get(name2);
          const below = present && isFolder(present) ? present.id : void 0;
          nodes2.set(
            name2,
            change instanceof Map ? { mode: "40000", id: await this.#changed(below, change, idLength) } : { mode: change.mode, id: idOf("blob", change.bytes, idLength) }
          );
        }
        return idOf("tree", writeTree(nodes2), idLength);
      }
      /** The difference of a tree to nothing is the tree, and diff-tree, unlike ls-tree, takes every pathspec. */
      async #askGit(pathspecs, commit) {
        const nothing2 = commit.length === 64 ? NOTHING2.sha256 : NOTHING2.sha1;
        try {
          const listing = ["diff-tree", "-r", "-z", "--no-renames", nothing2, commit, "--", ...pathspecs];
          return readListing((await this.#clone.run(listing)).stdout);
        } catch (error3) {
          if (error3 instanceof GitError) throw failure("PATHS_INVALID", { reason: lastLine(error3.stderr) }, error3);
          throw error3;
        }
      }
      async #root(commit) {
        const [tree] = await this.#clone.objects([`${commit}^{tree}`]);
        if (!tree?.content) throw new Error(`the tree of ${commit} is not here`);
        if (!this.#folders.has(tree.id)) this.#folders.set(tree.id, readTree(tree.content, commit.length));
        return tree.id;
      }
      async #folder(id) {
        await this.#load([id]);
        return this.#folders.get(id) ?? /* @__PURE__ */ new Map();
      }
      /** Reads trees that are not known yet, all at once. */
      async #load(ids2) {
        const unread = [...new Set(ids2)].filter((id) => !this.#folders.has(id));
        const read2 = await this.#clone.objects(unread);
        for (const [index, id] of unread.entries()) {
          const content = read2[index]?.content;
          if (content) this.#folders.set(id, readTree(content, id.length));
        }
      }
      /** The nodes at paths, folder by folder for all of them at once; one that is not there is left out. */
      async #find(paths, commit) {
        const root = { mode: "40000", id: await this.#root(commit) };
        let open3 = [...new Set(paths)].map((path) => ({ path, parts: path.split("/"), node: root }));
        const found = /* @__PURE__ */ new Map();
        while (open3.length > 0) {
          await this.#load(open3.map(({ node }) => node.id));
          open3 = open3.flatMap(({ path, parts: [name2 = "", ...parts], node }) => {
            const next = this.#folders.get(node.id)?.get(name2);
            if (next && parts.length === 0) found.set(path, next);
            return next && parts.length > 0 && isFolder(next) ? { path, parts, node: next } : [];
          });
        }
        return [...found];
      }
      /** All files below folders, in git's order; the path of a folder ends in a slash, or is empty. */
      async #below(folders2) {
        let level = folders2.map(({ id }) => id);
        while (level.length > 0) {
          await this.#load(level);
          const nodes2 = level.flatMap((id) => [...this.#folders.get(id)?.values() ?? []]);
          level = nodes2.filter(isFolder).map(({ id }) => id);
        }
        const entries = [];
        const list2 = (id, path) => {
          for (const [name2, node] of this.#folders.get(id) ?? []) {
            if (isFolder(node)) list2(node.id, `${path}${name2}/`);
            else entries.push(entryOf2(path + name2, node));
          }
        };
        for (const { path, id } of folders2) list2(id, path);
        return entries;
      }
    };
    entryOf2 = (path, { mode, id }) => ({ path, mode, id, type: typeOf(mode) });
  }
});

// src/git/clone-store.ts
function listed3(paths) {
  const names = paths.slice(0, LOGGED).join(", ");
  const more = paths.length > LOGGED ? ` and ${paths.length - LOGGED} more` : "";
  return `${paths.length === 1 ? "1 manifest" : `${paths.length} manifests`}${names && `: ${names}`}${more}`;
}
function passOver(error3) {
  if (error3 instanceof ReleaseError && error3.code.startsWith("PATHS_"))
    return { candidates: [], others: [], problems: [] };
  throw error3;
}
var LOGGED, COMMIT_REF, HISTORY_DEPTH, CloneStore;
var init_clone_store = __esm({
  "src/git/clone-store.ts"() {
    "use strict";
    init_errors();
    init_clone();
    init_git_objects();
    init_fast_import();
    init_fetches();
    init_file_history();
    init_history();
    init_large_files();
    init_signing();
    init_push();
    init_search();
    init_trees();
    LOGGED = 20;
    COMMIT_REF = "refs/manifest-release/commit";
    HISTORY_DEPTH = 200;
    CloneStore = class _CloneStore {
      base;
      #baseCommit;
      #clone;
      #fetches;
      #trees;
      #search;
      #histories = /* @__PURE__ */ new Map();
      /** Whether a push found the base elsewhere. */
      #hasMoved = false;
      constructor(clone2, base, baseCommit) {
        this.#clone = clone2;
        this.#fetches = new Fetches(clone2);
        this.#trees = new Trees(clone2);
        this.#search = new ManifestSearch(clone2, this.#trees, base);
        this.base = base;
        this.#baseCommit = baseCommit;
      }
      /**
       * Clones the tip of the base branch. The caller closes it. Throws REPOSITORY_NOT_FOUND, ACCESS_DENIED,
       * BASE_NOT_FOUND, REPOSITORY_MOVED, HOST_KEY_UNKNOWN, SSH_KEY_INVALID, PROGRAM_MISSING, NETWORK.
       */
      static async clone(options) {
        const branch = options.base === "" ? [] : [`--branch=${options.base}`];
        const shape = ["--quiet", "--bare", "--depth=1", "--single-branch", "--no-tags", "--template="];
        const clone2 = await Clone.make(options, [...shape, filterOf(options), ...branch]);
        try {
          const base = await clone2.headBranch();
          const commit = base && await clone2.resolve(`refs/heads/${base}`);
          if (commit) return new _CloneStore(clone2, base, commit);
          throw failure("BASE_NOT_FOUND", { repository: options.remote.name, base: options.base });
        } catch (error3) {
          await clone2.close();
          throw error3;
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
        const manifests2 = files.filter(({ path }) => !otherPaths.has(path));
        const others = files.filter(({ path }) => otherPaths.has(path));
        this.#clone.options.debug?.(`read ${listed3(manifests2.map(({ path }) => path))}`);
        const large = new Set(objects.flatMap((object2) => object2 && !object2.content ? object2.id : []));
        const tooMuch = candidates.filter(({ id }) => large.has(id)).map(({ path }) => tooLarge(path));
        return { manifests: manifests2, others, problems: [...found.problems, ...tooMuch], tip };
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
        const ids2 = candidates.map(({ id }) => id);
        const head = await this.#fetches.contents(ids2, branch);
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
        const [object2] = await this.#clone.objects([id]);
        return readCommit(id, object2?.content?.toString() ?? "");
      }
      treeWith(commit, files) {
        return this.#trees.idWith(commit, files);
      }
      async write(commit, signer) {
        const input = fastImportStream(COMMIT_REF, commit);
        const config2 = { "fastimport.unpackLimit": "1" };
        const { stdout } = await this.#clone.run(["fast-import", "--quiet", "--force"], { input, config: config2 });
        const [, id = "", tree = ""] = /^(\w+)\n\d+ tree (\w+)/.exec(stdout.toString()) ?? [];
        const { parent, author, message } = commit;
        const made = { id, tree, parents: [parent], committerEmail: author.email, message, signed: false };
        return signer ? signCommit(this.#clone, made, signer) : made;
      }
      async diff(from, to) {
        const shape = ["-r", "-p", "--text", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames"];
        const config2 = { "core.quotePath": "false" };
        const { stdout } = await this.#clone.run(["diff-tree", ...shape, from, to], { config: config2 });
        return stdout.toString();
      }
      async push(commit, branch, expected) {
        const base = this.#hasMoved ? void 0 : { branch: this.base, expected: this.#baseCommit };
        const pushed2 = await pushCommit2(this.#clone, commit, { branch, expected }, base);
        if (pushed2 === "base moved") this.#hasMoved = true;
        if (pushed2 === "done" && branch === this.base) this.#baseCommit = commit;
        return pushed2 === "done";
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
  }
});

// src/release/workspace.ts
async function withWorkspace({ access: access2, paths, ci, log }, work) {
  const opened = /* @__PURE__ */ new Map();
  const open3 = async (base) => {
    const { remote, token, ssh } = access2;
    const debug3 = (text2) => log.debug(text2);
    const [cloning, connecting] = await Promise.allSettled([
      CloneStore.clone({ remote, token, ssh, base, paths, debug: debug3 }),
      // Loaded while git waits for the server: 30 ms.
      connectForge(access2, ci, { log: (text2) => log.step(text2), debug: debug3 })
    ]);
    if (cloning.status === "rejected") throw cloning.reason;
    const store = cloning.value;
    if (connecting.status === "rejected") {
      await store.close();
      throw connecting.reason;
    }
    log.step(`cloned ${remote.name}: ${store.base} is at ${store.baseCommit.slice(0, 7)}`);
    return { log, store, forge: connecting.value, compare: comparing(connecting.value), at: at2 };
  };
  const at2 = (base) => {
    const workspace = opened.get(base) ?? open3(base);
    opened.set(base, workspace);
    return workspace;
  };
  try {
    return await work(await at2(access2.base));
  } catch (error3) {
    throw await explainRefusal2(error3, access2, ci);
  } finally {
    const all = await Promise.allSettled(opened.values());
    const stores = all.flatMap((one) => one.status === "fulfilled" ? one.value.store : []);
    await Promise.all(stores.map((store) => store.close()));
  }
}
function comparing(forge) {
  const known = /* @__PURE__ */ new Map();
  return (repository, base, head) => {
    if (!forge) return Promise.resolve({ status: "unknown", reason: "no token was given for an API" });
    const key = JSON.stringify([repository, base, head]);
    const comparison = known.get(key) ?? forge.compare(repository, base, head);
    known.set(key, comparison);
    return comparison;
  };
}
var init_workspace = __esm({
  "src/release/workspace.ts"() {
    "use strict";
    init_connect();
    init_clone_store();
  }
});

// src/release/release.ts
var release_exports = {};
__export(release_exports, {
  release: () => release,
  releaseAt: () => releaseAt
});
async function release(inputs, ci, log) {
  log.group(`Plan the release of ${formatIdentity(inputs.identity)}`);
  const { access: access2, search } = inputs;
  return withWorkspace({ access: access2, paths: search.paths, ci, log }, (workspace) => releaseAt(workspace, inputs, ci));
}
async function releaseAt(workspace, inputs, ci) {
  const { log } = workspace;
  for (const note of inputs.images.notes) log.step(`images: ${note}`);
  const request2 = readRequest(workspace, inputs, ci);
  return retryOnMoved(log, async (again) => {
    const state = await observe(workspace, request2, again);
    const decision = decide(request2, state);
    if (decision.kind !== "release") return conclude(workspace, request2, state, decision);
    return publishRelease(workspace, request2, state, ci);
  });
}
var init_release = __esm({
  "src/release/release.ts"() {
    "use strict";
    init_identity();
    init_conclude();
    init_decide();
    init_observe();
    init_publish();
    init_request();
    init_retry_on_moved();
    init_workspace();
  }
});

// src/environments/config/schema.ts
function isName(text2) {
  return name.safeParse(text2).success;
}
var SETTINGS2, NAME4, name, nameOrWildcard, list, choice, settings, defaults2, environment, app, CONFIG2, KEYS3;
var init_schema = __esm({
  "src/environments/config/schema.ts"() {
    "use strict";
    init_mini();
    init_table();
    SETTINGS2 = INPUT_TABLE.filter((input) => input.perEnvironment !== void 0);
    NAME4 = "[A-Za-z0-9][A-Za-z0-9_.\\-]{0,62}";
    name = string2().check(_regex(new RegExp(`^${NAME4}$`)));
    nameOrWildcard = string2().check(_regex(new RegExp(`^(?:\\*|${NAME4})$`)));
    list = union([string2(), array(string2())]);
    choice = (choices) => literal(choices.map((one) => one === "true" || one === "false" ? one === "true" : one));
    settings = Object.fromEntries(
      SETTINGS2.map((input) => {
        const schema = input.list ? list : input.choices ? choice(input.choices) : string2();
        return [input.name, optional(schema)];
      })
    );
    defaults2 = strictObject(settings);
    environment = strictObject({ ...settings, after: optional(string2()) });
    app = strictObject({ ...settings, images: list, environments: record(name, nullable(environment)) });
    CONFIG2 = strictObject({ defaults: optional(defaults2), apps: record(nameOrWildcard, app) });
    KEYS3 = {
      0: Object.keys(CONFIG2.shape),
      1: Object.keys(defaults2.shape),
      2: Object.keys(app.shape),
      4: Object.keys(environment.shape)
    };
  }
});

// src/manifests/yaml/nesting.ts
function isTooDeep(tokens) {
  let level = tokens;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH4) return true;
    level = level.flatMap((token) => {
      if (token.type === "document") return token.value ?? [];
      return "items" in token ? token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat()) : [];
    });
  }
  return false;
}
var MAX_DEPTH4;
var init_nesting = __esm({
  "src/manifests/yaml/nesting.ts"() {
    "use strict";
    MAX_DEPTH4 = 300;
  }
});

// src/environments/config/yaml-source.ts
var import_yaml5, MAX_DEPTH5, MAX_VALUES, ConfigText, offsetOf, isMerge;
var init_yaml_source = __esm({
  "src/environments/config/yaml-source.ts"() {
    "use strict";
    import_yaml5 = require("./yaml.cjs");
    init_errors();
    init_escape();
    init_nesting();
    MAX_DEPTH5 = 20;
    MAX_VALUES = 2e5;
    ConfigText = class {
      data;
      #file;
      #lines = new import_yaml5.LineCounter();
      #root;
      #aliased = /* @__PURE__ */ new Map();
      #entries = /* @__PURE__ */ new Map();
      #values = 0;
      /** Throws CONFIG_INVALID for a text that is not one YAML document. */
      constructor(file, text2) {
        this.#file = file;
        const document = this.#compose(text2.replace(/^\ufeff/, ""));
        this.#root = document?.contents;
        const anchors = /* @__PURE__ */ new Map();
        (0, import_yaml5.visit)(document ?? null, (_, node) => {
          if ((0, import_yaml5.isAlias)(node)) this.#aliased.set(node, anchors.get(node.source));
          else if ((0, import_yaml5.isNode)(node) && node.anchor !== void 0) anchors.set(node.anchor, node);
        });
        this.data = this.#read(this.#root, 0);
      }
      /** The keys of a map, in the order of the file. */
      keysOf(path) {
        const map = this.#nodeAt(path);
        return (0, import_yaml5.isMap)(map) ? [...this.#entriesOf(map).keys()] : [];
      }
      /** The position of a key or its value; of a missing one the position of its parent's key. */
      placeOf(path, part) {
        const parent = this.#nodeAt(path.slice(0, -1));
        const name2 = path.at(-1);
        const pair = (0, import_yaml5.isMap)(parent) ? this.#entriesOf(parent).get(String(name2)) : void 0;
        const node = (0, import_yaml5.isSeq)(parent) ? parent.items[Number(name2)] : part === "key" ? pair?.key : pair?.value ?? pair?.key;
        if ((0, import_yaml5.isNode)(node)) return this.#placeAt(offsetOf(node));
        return path.length > 1 ? this.placeOf(path.slice(0, -1), "key") : this.#placeAt(0);
      }
      #compose(text2) {
        const tokens = [...new import_yaml5.Parser(this.#lines.addNewLine).parse(text2)];
        if (isTooDeep(tokens)) throw this.#refuse(0, "the file is nested too deeply");
        const [document, second] = [...new import_yaml5.Composer({ stringKeys: true, uniqueKeys: false }).compose(tokens, true)];
        const [error3] = document?.errors ?? [];
        if (error3) {
          const [offset] = error3.pos;
          const reason = error3.code === "NON_STRING_KEY" ? "a key must be a text" : `this is not valid YAML: ${error3.message}`;
          const isTemplate = text2.split("\n")[this.#placeAt(offset).line - 1]?.includes("{{");
          const advice = isTemplate ? 'A text with "{{ app }}" in it must be in quotes.' : "";
          throw this.#refuse(offset, reason, advice);
        }
        if (second) throw this.#refuse(second.range[0], "a second document starts here, and there may be only one");
        return document;
      }
      #nodeAt(path) {
        return path.reduce((node, name2) => {
          if ((0, import_yaml5.isSeq)(node)) return this.#resolve(node.items[Number(name2)]);
          return (0, import_yaml5.isMap)(node) ? this.#resolve(this.#entriesOf(node).get(String(name2))?.value) : void 0;
        }, this.#resolve(this.#root));
      }
      #read(given, depth) {
        this.#count(given, depth);
        const node = this.#resolve(given);
        if ((0, import_yaml5.isSeq)(node)) return node.items.map((item) => this.#read(item, depth + 1));
        if (!(0, import_yaml5.isMap)(node)) return (0, import_yaml5.isScalar)(node) ? node.value : null;
        const read2 = [...this.#entriesOf(node)].map(([name2, { value }]) => [name2, this.#read(value, depth + 1)]);
        return Object.fromEntries(read2);
      }
      /** The entries of a map by name, those that it merges after its own. */
      #entriesOf(map) {
        const known = this.#entries.get(map);
        if (known) return known;
        const entries = /* @__PURE__ */ new Map();
        this.#entries.set(map, entries);
        const [merges, own2] = [map.items.filter(isMerge), map.items.filter((pair) => !isMerge(pair))];
        for (const pair of own2) {
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
        const sources = (0, import_yaml5.isSeq)(source) ? source.items.map((item) => this.#resolve(item)) : [source];
        if (!sources.every(import_yaml5.isMap)) throw this.#refuse(offsetOf(value), '"<<" merges what is not a map');
        return sources;
      }
      #nameOf({ key }) {
        const name2 = (0, import_yaml5.isScalar)(key) ? String(key.value) : "";
        if (name2 === "__proto__") throw this.#refuse(offsetOf(key), '"__proto__" cannot be a key');
        return name2;
      }
      #resolve(node) {
        if (!(0, import_yaml5.isAlias)(node)) return node;
        const target = this.#aliased.get(node);
        if (target === void 0) throw this.#refuse(offsetOf(node), `"*${node.source}" is an alias of nothing`);
        return target;
      }
      #count(node, depth = 0) {
        this.#values += 1;
        if (depth > MAX_DEPTH5) throw this.#refuse(offsetOf(node), "the file is nested too deeply");
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
    offsetOf = (node) => (0, import_yaml5.isNode)(node) ? node.range?.[0] ?? 0 : 0;
    isMerge = ({ key }) => (0, import_yaml5.isScalar)(key) && key.value === "<<" && key.type === "PLAIN";
  }
});

// src/environments/config/messages.ts
function explain(issue3) {
  const explanation = EXPLANATIONS[issue3.code];
  return explanation?.(issue3) ?? { path: issue3.path, part: "value", reason: issue3.message, advice: "" };
}
function didYouMean(name2, known) {
  return known.length === 0 ? "" : `Did you mean ${quote((0, import_fastest_levenshtein4.closest)(name2, known))}?`;
}
function wrongType(path, input, needed) {
  if (input === void 0) return { path, part: "key", reason: `${subject(path)} is missing`, advice: "" };
  const isScalar3 = typeof input === "number" || typeof input === "boolean";
  return {
    path,
    part: "value",
    reason: `${subject(path)} is ${shown2(input)}, and ${needed} is needed`,
    advice: isScalar3 && needed.startsWith("a text") ? "Write it in quotes." : ""
  };
}
function subject(path) {
  const last2 = path.at(-1);
  if (last2 === void 0) return "the file";
  return typeof last2 === "number" ? `item ${last2 + 1} of ${quote(String(path.at(-2)))}` : quote(String(last2));
}
function shown2(input) {
  if (input === null || input === "") return "empty";
  if (typeof input === "string") return quote(input);
  if (typeof input === "number" || typeof input === "boolean") return `the ${typeof input} ${input}`;
  return Array.isArray(input) ? "a list" : "a map";
}
var import_fastest_levenshtein4, EXPLANATIONS, HOMES, NEEDED2;
var init_messages = __esm({
  "src/environments/config/messages.ts"() {
    "use strict";
    import_fastest_levenshtein4 = __toESM(require_mod(), 1);
    init_escape();
    init_table();
    init_schema();
    EXPLANATIONS = {
      unrecognized_keys: ({ path, keys: [key = ""] }) => {
        const home = HOMES.get(key);
        return {
          path: [...path, key],
          part: "key",
          reason: `${quote(key)} ${home === void 0 ? "is unknown" : "is not allowed"} here`,
          advice: home ?? didYouMean(key, KEYS3[path.length] ?? [])
        };
      },
      invalid_type: ({ path, expected, input }) => wrongType(path, input, NEEDED2[expected] ?? expected),
      invalid_union: ({ path, input }) => {
        const index = Array.isArray(input) ? input.findIndex((item) => typeof item !== "string") : -1;
        return index < 0 ? wrongType(path, input, "a text or a list of texts") : wrongType([...path, index], input[index], "a text");
      },
      invalid_value: ({ path, input, values }) => ({
        path,
        part: "value",
        reason: `${subject(path)} is ${shown2(input)}, none of ${values.slice(0, -1).map(String).join(", ")} and ${String(values.at(-1))}`,
        advice: ""
      }),
      invalid_key: ({ path }) => ({
        path,
        part: "key",
        reason: `${quote(String(path.at(-1)))} cannot be a name`,
        advice: "A name starts with a letter or digit and has at most 63 letters, digits, dots, hyphens and underscores."
      })
    };
    HOMES = new Map([
      ...INPUT_TABLE.map(({ name: name2 }) => [name2, "It is an input of the step only."]),
      ["defaults", "It belongs at the top of the file."],
      ["apps", "It belongs at the top of the file."],
      ["images", "It belongs in an app."],
      ["environments", "It belongs in an app."],
      ["after", "It belongs in an environment."]
    ]);
    NEEDED2 = {
      string: "a text",
      object: "a map of keys and values",
      record: "a map of names"
    };
  }
});

// src/environments/config/rules.ts
function findProblems({ defaults: defaults3 = {}, apps }) {
  return [
    ...settingProblems(["defaults"], defaults3),
    ...emptyProblems(["apps"], Object.keys(apps)),
    ...Object.entries(apps).flatMap(([name2, app2]) => appProblems(["apps", name2], app2, defaults3))
  ];
}
function linesOf2(setting, path = []) {
  const texts = Array.isArray(setting) ? setting : [String(setting)];
  return texts.flatMap(
    (text2, index) => text2.split("\n").map((line) => ({ text: line.trim(), path: Array.isArray(setting) ? [...path, index] : path })).filter((line) => line.text !== "")
  );
}
function appProblems(path, app2, defaults3) {
  const images = linesOf2(app2.images, [...path, "images"]);
  const environments = Object.entries(app2.environments);
  const afters = new Map(environments.map(([name2, settings2]) => [name2, settings2?.after ?? ""]));
  return [
    ...settingProblems(path, app2),
    ...emptyProblems([...path, "images"], images),
    ...images.flatMap(imageProblems),
    ...emptyProblems([...path, "environments"], environments),
    ...nameProblems([...path, "environments"], { ...defaults3, ...app2 }, app2.environments),
    ...environments.flatMap(([name2, settings2]) => settingProblems([...path, "environments", name2], settings2 ?? {})),
    ...afterProblems([...path, "environments"], afters)
  ];
}
function settingProblems(path, settings2) {
  return SETTINGS2.flatMap(({ name: name2, perEnvironment }) => {
    const lines = linesOf2(settings2[name2] ?? [], [...path, name2]);
    return [
      ...perEnvironment === "filled" ? lines.flatMap((line) => placeholderProblems(line, ["app", "environment"])) : [],
      ...name2 === "paths" ? lines.flatMap(pathProblems) : []
    ];
  });
}
function emptyProblems(path, entries) {
  return entries.length > 0 ? [] : [problemAt(path, `${quote(String(path.at(-1)))} is empty`)];
}
function placeholderProblems({ text: text2, path }, names) {
  const unknown = findUnknownPlaceholder(text2, names);
  if (unknown === void 0) return [];
  const reason = `${quote(text2)} has ${quote(unknown)} between braces, which is unknown here`;
  return [problemAt(path, reason, didYouMean(unknown, names))];
}
function pathProblems({ text: text2, path }) {
  if (!leadsOutside(text2)) return [];
  const advice = 'Write it from the root of the repository, with "/" between folders: apps/web/overlays/staging.';
  return [problemAt(path, `${quote(text2)} leads out of the repository`, advice)];
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
  const unknown = placeholderProblems(line, ["app"]);
  if (unknown.length > 0) return unknown;
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
function problemAt(path, reason, advice = "") {
  return { path, part: "value", reason, advice };
}
function fillPlaceholders(text2, values) {
  return text2.replace(PLACEHOLDER2, (written2, name2) => values[name2.trim()] ?? written2);
}
function findUnknownPlaceholder(text2, names) {
  return [...text2.matchAll(PLACEHOLDER2)].map(([, name2 = ""]) => name2.trim()).find((name2) => !names.includes(name2));
}
function leadsOutside(pathspec) {
  const path = pathspec.replace(MAGIC2, "");
  if (/^(?:\/|[A-Za-z]:)|\\/.test(path)) return true;
  let depth = 0;
  return path.split("/").some((part) => {
    depth += STEPS.get(part) ?? 1;
    return depth < 0;
  });
}
function findCycle(start2, afters, ending) {
  const seen = /* @__PURE__ */ new Set([start2]);
  for (let name2 = afters.get(start2); name2 !== void 0 && !ending.has(name2); name2 = afters.get(name2)) {
    if (name2 === start2) return [...seen, start2];
    if (seen.has(name2)) return void 0;
    seen.add(name2);
  }
  for (const name2 of seen) ending.add(name2);
  return void 0;
}
var PLACEHOLDER2, MAGIC2, STEPS;
var init_rules = __esm({
  "src/environments/config/rules.ts"() {
    "use strict";
    init_escape();
    init_image_reference();
    init_schema();
    init_messages();
    PLACEHOLDER2 = /\{\{([^{}]*)\}\}/g;
    MAGIC2 = /^:(?:\([^)]*\)|[!^/]*:?)/;
    STEPS = /* @__PURE__ */ new Map([
      ["..", -1],
      [".", 0],
      ["", 0]
    ]);
  }
});

// src/environments/config/config.ts
function readConfig(path, text2) {
  const source = new ConfigText(path, text2);
  const checked = CONFIG2.safeParse(source.data, { reportInput: true });
  refuseProblems(source, checked.success ? findProblems(checked.data) : checked.error.issues.map(explain));
  const { defaults: defaults3, apps } = checked.data ?? { apps: {} };
  return {
    file: path,
    apps: new Map(
      Object.entries(apps).map(([name2, { images, environments, ...settings2 }]) => {
        const below = ["apps", name2, "environments"];
        const named = source.keysOf(below).map((environment2) => {
          const { after = "", ...own2 } = environments[environment2] ?? {};
          const { line } = source.placeOf([...below, environment2], "key");
          const placeOf = (input) => {
            const holders = [[...below, environment2], ["apps", name2], ["defaults"]];
            const holder = holders.find((one) => source.keysOf(one).includes(input));
            return holder && source.placeOf([...holder, input], "value");
          };
          const place = { file: path, line };
          return { environment: environment2, after, place, placeOf, settings: { ...defaults3, ...settings2, ...own2 } };
        });
        return [name2, { images: linesOf2(images).map((image) => image.text), environments: named }];
      })
    )
  };
}
function environmentsOf({ file, apps }, app2) {
  const entry = isName(app2) ? apps.get(app2) ?? apps.get("*") : void 0;
  if (!entry) throw failure("APP_UNKNOWN", { app: app2, file, nearest: nearestNames(app2, [...apps.keys()]) });
  const images = entry.images.map((image) => fillPlaceholders(image, { app: app2 }));
  const raws = entry.environments.map(({ environment: environment2, settings: settings2 }) => rawInputs(settings2, { app: app2, environment: environment2 }));
  const bases = [...new Set(raws.flatMap(({ base }) => base ?? []))];
  return entry.environments.map(({ environment: environment2, after, place, placeOf }, index) => {
    return { app: app2, environment: environment2, images, raw: raws[index] ?? {}, after, bases, place, placeOf };
  });
}
function chooseEnvironments(environments, names) {
  const known = environments.map((one) => one.environment);
  const [all, wanted] = [new Set(known), new Set(names)];
  for (const environment2 of names) {
    if (all.has(environment2)) continue;
    const { app: app2 = "", place = { file: "" } } = environments[0] ?? {};
    throw failure("ENVIRONMENT_UNKNOWN", {
      environment: environment2,
      app: app2,
      file: place.file,
      nearest: nearestNames(environment2, known)
    });
  }
  const byPush = environments.toSorted((a, b) => rank(a) - rank(b));
  return inOrder2(byPush).filter(
    ({ environment: environment2, after }) => names.length === 0 ? after === "" : wanted.has(environment2)
  );
}
function inOrder2(environments) {
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
  const written2 = SETTINGS2.flatMap(({ name: name2, list: list2, perEnvironment }) => {
    const setting = settings2[name2];
    if (setting === void 0) return [];
    const text2 = list2 ? linesOf2(setting).map((line) => line.text).join("\n") : String(setting);
    return [[name2, perEnvironment === "filled" ? fillPlaceholders(text2, values) : text2]];
  });
  return Object.fromEntries(written2);
}
function nearestNames(name2, known) {
  const named = known.filter((one) => one !== "*");
  return named.toSorted((a, b) => (0, import_fastest_levenshtein5.distance)(a, name2) - (0, import_fastest_levenshtein5.distance)(b, name2)).slice(0, MOST2);
}
var import_fastest_levenshtein5, rank, MOST2;
var init_config = __esm({
  "src/environments/config/config.ts"() {
    "use strict";
    import_fastest_levenshtein5 = __toESM(require_mod(), 1);
    init_errors();
    init_objects();
    init_schema();
    init_yaml_source();
    init_messages();
    init_rules();
    rank = ({ raw }) => raw.delivery === "push" ? 0 : 1;
    MOST2 = 5;
  }
});

// src/environments/version-history.ts
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
function readVersions(read2, { images, options, context: context2 }) {
  const files = read2.map((file) => context2?.has(file.path) === true ? { ...file, isContext: true } : file);
  const targets = (options.targets ?? []).filter(({ file }) => files.some(({ path }) => path === file));
  try {
    return versionsOf2(readDeployedVersions(images, files, { ...options, targets }));
  } catch (error3) {
    if (error3 instanceof ReleaseError) return void 0;
    throw error3;
  }
}
function entryOf3({ versions, change }, { key, builds }) {
  if (versions.size === 0) return [];
  const { commit, merged, time: time2 } = change;
  const pull = pullOf(commit.message);
  const [build = builds.get(pull)] = [commit, ...merged].flatMap((one) => buildIn(one, key) ?? []);
  return [{ versions, commit, time: utcTime(time2), pull, build }];
}
function areEqual(one, other) {
  return one.size === other.size && [...one].every(([image, version3]) => other.get(image) === version3);
}
var init_version_history = __esm({
  "src/environments/version-history.ts"() {
    "use strict";
    init_time();
    init_errors();
    init_deployed_versions();
    init_commit_trailers();
  }
});

// src/environments/environment.ts
function inputsOf({ config: config2, step }, { images, operation, defaults: defaults3, ci }) {
  return readInputs({ ...config2.raw, ...defaults3, ...step, images }, ci, operation, config2);
}
function wantedOf2({ config: config2, step }) {
  const images = config2.images.map((name2) => ({ reference: { name: name2 }, replaces: name2 }));
  return { images, search: readSearch({ ...config2.raw, ...step }, images) };
}
async function readDeployed(environment2, builds = /* @__PURE__ */ new Map()) {
  const { store } = environment2.workspace;
  const { images } = environment2.config;
  const wanted = wantedOf2(environment2);
  const { manifests: manifests2 } = await readManifests(environment2.workspace, wanted);
  const { plan } = wanted.search;
  const inventory = takeInventory(manifests2, { ...plan, images: wanted.images });
  const places = deployedVersionsIn(inventory, images, plan.onlyTags);
  const files = inventory.read.map(({ path }) => path);
  const context2 = new Set(inventory.read.filter(({ isContext }) => isContext).map(({ path }) => path));
  const sought = { key: keyOf4(environment2), builds, images, files, context: context2, options: plan };
  return { places, files, history: (enough) => readPast(store, sought, store.baseCommit, enough) };
}
async function fetchBuilds(environment2, template) {
  const { forge, store } = environment2.workspace;
  const { config: config2, step } = environment2;
  const name2 = step.name ?? config2.raw.name;
  const names = name2 === void 0 ? defaultNames(identityOf(config2, [], [])) : [name2];
  const branches = names.map((one) => renderTemplate("branch", template, { name: one }, "ref"));
  return forge ? mergedBuilds(await forge.find(branches, store.base), keyOf4(environment2)) : /* @__PURE__ */ new Map();
}
var keyOf4;
var init_environment = __esm({
  "src/environments/environment.ts"() {
    "use strict";
    init_identity();
    init_inputs2();
    init_inventory();
    init_read_manifests();
    init_select();
    init_template2();
    init_deployed_versions();
    init_version_history();
    keyOf4 = ({ config: config2 }) => identityKey(identityOf(config2, [], []));
  }
});

// src/environments/modes.ts
function releaseTask({ config: config2, step, ci }) {
  const { version: version3 = "", images = "" } = step;
  if (version3 !== "" && images !== "") {
    const reason = 'replaces the input "images", which is given too';
    throw failure("INPUT_INVALID", { input: "version", value: version3, reason });
  }
  const given = version3 === "" ? images : linesOf3(config2.images.map((image) => [image, version3]));
  const { released } = readReleasedImages(given, { branch: ci.branch });
  const names = new Set(config2.images.map(repositoryOf));
  const own2 = released.filter(({ replaces }) => names.has(repositoryOf(replaces)));
  const stranger = released.find((image) => !own2.some((one) => one === image || isCopy(one, image)));
  if (stranger) {
    const reason = `is no image of the app "${config2.app}" in ${config2.place.file}`;
    throw failure("INPUT_INVALID", { input: "images", value: stranger.replaces, reason });
  }
  const task = own2.length === released.length ? given : own2.map(formatReleasedImage).join("\n");
  return { images: task, operation: operationOf2(step), defaults: {}, ci };
}
async function promotionTask(target, from) {
  const { places, history } = await readDeployed(from);
  if (places.length === 0) throw failure("NOT_DEPLOYED", namesOf3(from));
  const images = linesOf3([...versionsOf2(places)]);
  const [present] = await history((found) => found.length > 0);
  const origin = { environment: from.config.environment, since: present?.time ?? "", pull: present?.pull ?? "" };
  const isUnknown = present && !present.build && present.pull !== "";
  const build = isUnknown ? (await fetchBuilds(from, defaultOf("branch"))).get(present.pull) : present?.build;
  const operation = { ...operationOf2(target.step), action: "Promote", origin };
  return { images, operation, defaults: {}, ci: builtBy(target, build) };
}
async function rollbackTask(environment2) {
  const wanted = environment2.step["to-version"] ?? "";
  const { places, history } = await readDeployed(environment2, await fetchBuilds(environment2, ROLLBACK_BRANCH));
  if (places.length === 0) throw failure("NOT_DEPLOYED", namesOf3(environment2));
  if (wanted === "") versionsOf2(places);
  const targetAmong = (found2) => {
    const earlier = found2.filter((one) => !isDeployed(one, places));
    return wanted === "" ? lastGood(found2, places) : earlier.find((one) => isNamed(one, wanted));
  };
  const found = await history((versions) => targetAmong(versions) !== void 0);
  const target = targetAmong(found) ?? found.find((one) => isNamed(one, wanted));
  if (!target) throw failure("NO_EARLIER_VERSION", { ...namesOf3(environment2), wanted, known: found.map(nameOf4) });
  const origin = { environment: "", since: target.time, pull: target.pull };
  const rollsBack = [...new Set(places.map(({ image, version: version3 }) => referenceTo(image, version3)))];
  return {
    // Without the images that are not used here any more.
    images: linesOf3([...target.versions].filter(([image]) => places.some((place) => place.image === image))),
    operation: { ...operationOf2(environment2.step), action: "Roll back", origin, rollsBack },
    defaults: {
      branch: ROLLBACK_BRANCH,
      title: "{{ action }} {{ name }} {{#from}}{{ from }} → {{/from}}{{ version }}",
      // The file's texts are for releases; they may lack the target and the reason of a rollback.
      body: "",
      "commit-message": "",
      delivery: "pull-request",
      order: "any",
      // A rollback is requested by hand; a second request is enough to repeat one that was declined.
      force: "true"
    },
    ci: builtBy(environment2, target.build)
  };
}
function lastGood(past, places) {
  const rolledBack = /* @__PURE__ */ new Set();
  return past.find((one) => {
    const isGood = [...one.versions].some(([image, version3]) => !rolledBack.has(referenceTo(image, version3)));
    for (const reference of one.build?.operation.rollsBack ?? []) rolledBack.add(reference);
    return isGood && !isDeployed(one, places);
  });
}
function isNamed({ versions }, wanted) {
  return [...versions.values()].some((version3) => {
    const { tag, digest } = parseVersion(version3) ?? {};
    return [version3, tag, digest].includes(wanted);
  });
}
function isDeployed({ versions }, places) {
  return places.every(({ image, version: version3 }) => isSameVersion(version3, versions.get(image) ?? version3));
}
var builtBy, nameOf4, operationOf2, namesOf3, linesOf3, referenceTo;
var init_modes = __esm({
  "src/environments/modes.ts"() {
    "use strict";
    init_build();
    init_errors();
    init_image_reference();
    init_deployed_versions();
    init_lookup();
    init_image_reference();
    init_images();
    init_operation();
    init_environment();
    builtBy = ({ ci }, build) => ({ ...ci, source: sourceOf(build, ci) });
    nameOf4 = ({ versions }) => [...new Set(versions.values())].join(", ");
    operationOf2 = ({ reason = "" }) => ({ ...PLAIN_RELEASE, reason });
    namesOf3 = ({ config: { app: app2, environment: environment2 } }) => ({ app: app2, environment: environment2 });
    linesOf3 = (versions) => versions.map(([image, version3]) => referenceTo(image, version3)).join("\n");
    referenceTo = (image, version3) => formatReference({ name: image, ...parseVersion(version3) ?? { tag: version3 } });
  }
});

// src/environments/open-environment.ts
function givenOf(raw) {
  const entries = Object.entries(raw).map(([name2, text2]) => [name2, text2.trim()]);
  return Object.fromEntries(entries.filter(([, text2]) => text2 !== ""));
}
async function openEnvironment(config2, workspace, step, ci) {
  const base = baseOf(config2, step);
  const isHere = base === "" || base === workspace.store.base;
  return { workspace: isHere ? workspace : await workspace.at(base), config: config2, step, ci };
}
async function prefetch(environments, { store }, step, others) {
  const here = environments.filter((one) => [store.base, ""].includes(baseOf(one, step)));
  if (here.length < 2) return;
  const pathsOf = ({ raw }) => readLines(step.paths ?? raw.paths ?? "");
  await store.prefetch(here.map((one) => ({ words: [], paths: pathsOf(one), others })));
}
async function fetchConfig({ store }, step) {
  const path = step.config ?? defaultOf("config");
  const { manifests: manifests2 } = await store.read({ words: [], files: [path] });
  const [file] = manifests2;
  if (!file) throw failure("CONFIG_NOT_FOUND", { file: path, base: store.base });
  return readConfig(path, Buffer.from(file.bytes).toString());
}
var EVERYTHING2, baseOf;
var init_open_environment = __esm({
  "src/environments/open-environment.ts"() {
    "use strict";
    init_errors();
    init_lookup();
    init_values();
    init_config();
    EVERYTHING2 = ["."];
    baseOf = ({ raw }, step) => (step.base ?? raw.base ?? "").replace(/^refs\/heads\//, "");
  }
});

// src/environments/status.ts
var status_exports = {};
__export(status_exports, {
  reportOn: () => reportOn
});
async function reportOn(mode, raw, access2, ci, log) {
  const step = givenOf(raw);
  log.group("Read the environments");
  return withWorkspace({ access: access2, paths: EVERYTHING2, ci, log }, async (workspace) => {
    const config2 = await fetchConfig(workspace, step);
    const apps = step.app === void 0 ? await allApps(config2, workspace) : [step.app];
    const environments = apps.flatMap((app2) => chosen(environmentsOf(config2, app2), readLines(step.environments ?? "")));
    await prefetch(environments, workspace, step, false);
    const find2 = findOnce();
    const deployed = [];
    for (const config3 of environments) {
      const reading2 = openEnvironment(config3, workspace, step, ci).then(read);
      const [result] = await Promise.allSettled([reading2]);
      deployed.push([config3, result]);
    }
    await fetchHistories(
      deployed.flatMap(([, result]) => result.status === "fulfilled" ? result.value : []),
      CHANGES[mode]
    );
    const rows = [];
    for (const [{ app: app2, environment: environment2 }, result] of deployed) {
      const reading2 = result.status === "fulfilled" ? READERS2[mode](result.value, find2) : Promise.reject(result.reason);
      const found = await reading2.catch((error3) => [{ version: asReleaseError(error3).message }]);
      rows.push(...found.map((row) => ({ app: app2, environment: environment2, ...row })));
    }
    return { columns: COLUMNS[mode], rows };
  });
}
async function fetchHistories(all, changes) {
  for (const [store, own2] of groupBy(all, ({ environment: environment2 }) => environment2.workspace.store)) {
    const files = own2.flatMap(({ deployed }) => deployed.files);
    if (own2.length > 1) await store.fetchFileHistories([...new Set(files)], changes);
  }
}
function chosen(known, names) {
  return names.length > 0 ? chooseEnvironments(known, names) : known;
}
async function readStatus({ environment: environment2, deployed: { places, history } }, find2) {
  const versions = [...new Set(places.map(({ version: version3 }) => version3))].join(", ");
  const [latest] = await history((found) => found.length > 0);
  const since = latest && isDeployed(latest, places) ? latest : void 0;
  return [
    {
      version: versions,
      since: since?.time ?? "",
      "pull-request": since?.pull ?? "",
      open: (await openPullRequests(environment2, find2)).join(", ")
    }
  ];
}
async function readVersions2({ deployed: { history } }) {
  const found = await history((versions) => versions.length >= LISTED2);
  return found.slice(0, LISTED2).map((one) => ({ version: nameOf4(one), since: one.time, "pull-request": one.pull }));
}
async function openPullRequests(environment2, find2) {
  const key = keyOf4(environment2);
  const open3 = await find2(environment2.workspace);
  const ours = open3.filter(({ commits }) => commits.some((commit) => buildIn(commit, key)));
  return ours.map(({ number: number2, title }) => `#${number2} ${title}`);
}
function findOnce() {
  const found = /* @__PURE__ */ new Map();
  return ({ forge, store: { base } }) => {
    const open3 = found.get(base) ?? forge?.find([], base).then((all) => all.open) ?? Promise.resolve([]);
    found.set(base, open3);
    return open3;
  };
}
async function allApps(config2, { store }) {
  const { names, hasWildcard } = appsOf(config2);
  if (!hasWildcard) return [...names];
  const paths = environmentsOf(config2, ANY_APP).flatMap(({ raw }) => readLines(raw.paths ?? ""));
  const patterns = paths.filter((path) => path.includes(ANY_APP) && !path.startsWith(":"));
  const found = (await store.paths()).flatMap((path) => patterns.flatMap((pattern) => appIn(path, pattern) ?? []));
  return [.../* @__PURE__ */ new Set([...names, ...found])];
}
function appIn(path, pattern) {
  const [before2 = "", ...behind] = pattern.split(ANY_APP);
  const wildcard = before2.lastIndexOf("*");
  const literal2 = before2.slice(wildcard + 1);
  let at2 = wildcard < 0 && !path.startsWith(literal2) ? -1 : path.lastIndexOf(literal2, wildcard < 0 ? 0 : void 0);
  for (let tries = 0; at2 >= 0 && tries < MOST_TRIES; tries += 1) {
    const start2 = at2 + literal2.length;
    if (matchesParts(path.slice(0, start2), before2.split("*"))) {
      const [longest = ""] = path.slice(start2, start2 + LONGEST_APP).split("/", 1);
      for (let { length } = longest; length > 0; length -= 1) {
        const app2 = longest.slice(0, length);
        const parts = `${app2}${behind.join(app2)}/`.split("*");
        if (isName(app2) && matchesParts(`${path.slice(start2)}/`, [...parts, ""])) return app2;
      }
    }
    at2 = at2 === 0 ? -1 : path.lastIndexOf(literal2, at2 - 1);
  }
  return void 0;
}
var DEPLOYED, COLUMNS, LISTED2, ANY_APP, READERS2, CHANGES, read, MOST_TRIES, LONGEST_APP;
var init_status = __esm({
  "src/environments/status.ts"() {
    "use strict";
    init_errors();
    init_objects();
    init_wildcard();
    init_values();
    init_commit_trailers();
    init_workspace();
    init_config();
    init_schema();
    init_environment();
    init_modes();
    init_open_environment();
    DEPLOYED = ["app", "environment", "version", "since", "pull-request"];
    COLUMNS = { status: [...DEPLOYED, "open"], "list-versions": DEPLOYED };
    LISTED2 = 20;
    ANY_APP = "any-app-of-any-name";
    READERS2 = { status: readStatus, "list-versions": readVersions2 };
    CHANGES = { status: 1, "list-versions": LISTED2 };
    read = async (environment2) => ({
      environment: environment2,
      deployed: await readDeployed(environment2)
    });
    MOST_TRIES = 100;
    LONGEST_APP = 63;
  }
});

// src/environments/readiness.ts
async function inputsForPresent(environment2, inputs) {
  if (inputs.images.released.length < 2) return inputs;
  return withoutAbsent(inputs, await inventoryOf(environment2, inputs), environment2.workspace.log);
}
async function hasReleased(environment2, { images, operation }) {
  const lines = images.released.map(({ reference }) => formatReference(reference)).join("\n");
  const task = { images: lines, operation, defaults: { "only-versions": "" }, ci: environment2.ci };
  const wanted = inputsOf(environment2, task);
  const inventory = await inventoryOf(environment2, wanted);
  const inputs = withoutAbsent(wanted, inventory, environment2.workspace.log);
  const { files, missing } = planOnInventory(inputs.images.released, inventory, inputs.search.plan);
  return files.length === 0 && missing.length === 0;
}
function waitingOutcome({ workspace: { store } }, inputs, reason) {
  const [image] = inputs.images.released;
  return {
    outcome: "waiting",
    pullRequest: void 0,
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
  const { manifests: manifests2 } = await readManifests(workspace, { images: images.released, search });
  return takeInventory(manifests2, { ...search.plan, images: images.released });
}
function withoutAbsent(inputs, inventory, log) {
  const { released, notes } = inputs.images;
  const present = presentImages(released, inventory);
  if (present.length === 0 || present.length === released.length) return inputs;
  const unused = released.filter((image) => !present.includes(image));
  for (const { replaces } of unused) log.step(`${replaces} is not used in this environment; skipped`);
  return { ...inputs, images: { released: present, unused, notes } };
}
var init_readiness = __esm({
  "src/environments/readiness.ts"() {
    "use strict";
    init_image_reference();
    init_inventory();
    init_plan();
    init_read_manifests();
    init_environment();
  }
});

// src/environments/run-mode.ts
var run_mode_exports = {};
__export(run_mode_exports, {
  runMode: () => runMode
});
async function runMode(raw, access2, ci, log) {
  const step = givenOf(raw);
  const mode = readMode(step);
  const { names, needs, others, task } = MODES[mode] ?? MODES.release;
  for (const input of needs) if (step[input] === void 0) throw missingInput(input);
  for (const input of others) {
    const value = step[input];
    if (value !== void 0) throw failure("INPUT_INVALID", { input, value, reason: `is not for mode ${mode}` });
  }
  const { app: app2 = "", name: name2 } = step;
  log.group(`Read the environments of ${app2}`);
  return withWorkspace({ access: access2, paths: EVERYTHING2, ci, log }, async (workspace) => {
    const known = environmentsOf(await fetchConfig(workspace, step), app2);
    const open3 = (environment2) => openEnvironment(find(known, environment2), workspace, step, ci);
    const chosen2 = chooseEnvironments(known, readLines(step[names] ?? ""));
    if (name2 !== void 0 && chosen2.length > 1) {
      const reason = "several environments would have, each of which needs a name of its own";
      throw failure("INPUT_INVALID", { input: "name", value: name2, reason });
    }
    const involved = /* @__PURE__ */ new Set([...chosen2.flatMap(({ environment: environment2, after }) => [environment2, after]), step.from]);
    await prefetch(
      known.filter(({ environment: environment2 }) => involved.has(environment2)),
      workspace,
      step,
      true
    );
    const results = [];
    for (const { environment: environment2, after } of chosen2) {
      log.group(`${app2} in ${environment2}`);
      const outcome = open3(environment2).then((opened) => runIn(opened, after, open3, task));
      results.push({ app: app2, environment: environment2, ...await settle(outcome, (error3) => explainRefusal2(error3, access2, ci)) });
    }
    return results;
  });
}
async function runIn(environment2, after, open3, task) {
  const wanted = await task(environment2, open3);
  try {
    return await runTask(environment2, wanted, after, open3);
  } catch (error3) {
    throw inFile(environment2, wanted, error3);
  }
}
function inFile({ config: config2, step }, { defaults: defaults3 }, error3) {
  const input = error3 instanceof ReleaseError ? error3.input ?? "" : "";
  const isInFile = Object.hasOwn(config2.raw, input) && ![defaults3, step].some((raw) => Object.hasOwn(raw, input));
  const place = isInFile ? config2.placeOf(input) : void 0;
  return place && error3 instanceof ReleaseError ? error3.at(place) : error3;
}
async function runTask(environment2, wanted, after, open3) {
  const inputs = await inputsForPresent(environment2, inputsOf(environment2, wanted));
  const isFirst = after === "" || inputs.operation.action === "Roll back";
  if (isFirst || await hasReleased(await open3(after), inputs)) {
    const released = await releaseAt(environment2.workspace, inputs, wanted.ci);
    await followBase(environment2.workspace, released);
    return released;
  }
  return waitingOutcome(environment2, inputs, `${after} does not have it yet`);
}
async function followBase({ store }, { outcome, delivery, commit }) {
  const isBehind = outcome === "pushed" && delivery === "push" && commit !== store.baseCommit;
  if (isBehind) await store.refresh();
}
async function settle(outcome, explain2) {
  try {
    return { outcome: await outcome };
  } catch (error3) {
    return { error: asReleaseError(await explain2(error3)) };
  }
}
function find(known, name2) {
  const [environment2] = chooseEnvironments(known, [name2]);
  if (!environment2) throw missingInput("environments");
  return environment2;
}
var MODES;
var init_run_mode = __esm({
  "src/environments/run-mode.ts"() {
    "use strict";
    init_errors();
    init_connect();
    init_inputs2();
    init_lookup();
    init_values();
    init_release();
    init_workspace();
    init_config();
    init_environment();
    init_modes();
    init_open_environment();
    init_readiness();
    MODES = {
      release: { names: "environments", needs: [], others: ["from", "to", "to-version"], task: releaseTask },
      promote: {
        names: "to",
        needs: ["from", "to"],
        others: ["images", "version", "environments", "to-version"],
        task: async (target, open3) => promotionTask(target, await open3(target.step.from ?? ""))
      },
      rollback: {
        names: "environments",
        needs: ["environments"],
        others: ["images", "version", "from", "to"],
        task: rollbackTask
      }
    };
  }
});

// src/git/end-on-signals.ts
var import_node_os2 = require("node:os");
var import_promises2 = require("node:timers/promises");
init_programs();
init_temporary();
var PATIENCE = 5e3;
function endOnSignals(last2 = () => Promise.resolve()) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => {
      endAllChildren();
      removeAllTemporaryFolders();
      const end2 = () => process.exit(128 + import_node_os2.constants.signals[signal]);
      Promise.race([last2(), (0, import_promises2.setTimeout)(PATIENCE)]).then(end2, end2);
    });
  }
}

// src/main/action.ts
var import_node_crypto6 = require("node:crypto");
var import_node_fs4 = require("node:fs");
var import_node_path7 = require("node:path");

// node_modules/@actions/core/lib/command.js
var os = __toESM(require("os"), 1);

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
function issue(name2, message = "") {
  issueCommand(name2, {}, message);
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
var crypto = __toESM(require("crypto"), 1);
var fs = __toESM(require("fs"), 1);
var os2 = __toESM(require("os"), 1);
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
var os4 = __toESM(require("os"), 1);

// node_modules/@actions/core/lib/summary.js
var import_os = require("os");
var import_fs = require("fs");
var __awaiter2 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
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
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
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
    return __awaiter2(this, void 0, void 0, function* () {
      if (this._filePath) {
        return this._filePath;
      }
      const pathFromEnv = process.env[SUMMARY_ENV_VAR];
      if (!pathFromEnv) {
        throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
      }
      try {
        yield access(pathFromEnv, import_fs.constants.R_OK | import_fs.constants.W_OK);
      } catch (_a3) {
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
    return __awaiter2(this, void 0, void 0, function* () {
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
    return __awaiter2(this, void 0, void 0, function* () {
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
  addRaw(text2, addEOL = false) {
    this._buffer += text2;
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
  addHeading(text2, level) {
    const tag = `h${level}`;
    const allowedTag = ["h1", "h2", "h3", "h4", "h5", "h6"].includes(tag) ? tag : "h1";
    const element = this.wrap(allowedTag, text2);
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
  addQuote(text2, cite) {
    const attrs = Object.assign({}, cite && { cite });
    const element = this.wrap("blockquote", text2, attrs);
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
  addLink(text2, href) {
    const element = this.wrap("a", text2, { href });
    return this.addRaw(element).addEOL();
  }
};
var _summary = new Summary();
var summary = _summary;

// node_modules/@actions/core/lib/platform.js
var import_os2 = __toESM(require("os"), 1);

// node_modules/@actions/io/lib/io-util.js
var fs2 = __toESM(require("fs"), 1);
var { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm: rm2, rmdir, stat, symlink, unlink } = fs2.promises;
var IS_WINDOWS2 = process.platform === "win32";
var READONLY = fs2.constants.O_RDONLY;

// node_modules/@actions/exec/lib/toolrunner.js
var IS_WINDOWS3 = process.platform === "win32";

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
function getInput(name2, options) {
  const val = process.env[`INPUT_${name2.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options && options.required && !val) {
    throw new Error(`Input required and not supplied: ${name2}`);
  }
  if (options && options.trimWhitespace === false) {
    return val;
  }
  return val.trim();
}
function setOutput(name2, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name2, value));
  }
  process.stdout.write(os4.EOL);
  issueCommand("set-output", { name: name2 }, toCommandValue(value));
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
function startGroup(name2) {
  issue("group", name2);
}
function endGroup() {
  issue("endgroup");
}
function saveState(name2, value) {
  const filePath = process.env["GITHUB_STATE"] || "";
  if (filePath) {
    return issueFileCommand("STATE", prepareKeyValueMessage(name2, value));
  }
  issueCommand("save-state", { name: name2 }, toCommandValue(value));
}
function getState(name2) {
  return process.env[`STATE_${name2}`] || "";
}

// src/main/runner.ts
var info2 = (text2) => info(text2);
var debug2 = (text2) => debug(text2);
var warning2 = (text2, properties) => warning(text2, properties);
var error2 = (text2, properties) => error(text2, properties);
var startGroup2 = (title) => startGroup(title);
var setOutput2 = (name2, text2) => setOutput(name2, text2);
async function writeSummary(text2) {
  await summary.addRaw(text2, true).write();
}
var setSecret2 = (secret) => setSecret(secret);
var saveState2 = (name2, value) => saveState(name2, value);

// src/main/run.ts
init_connect();
init_inputs2();
init_lookup();

// src/main/left.ts
var MAX_WARNINGS = 9;
var MAX_LINES = 200;
var NAMED = 3;
function tellLeft(results, log) {
  const all = results.flatMap(({ outcome }) => outcome?.left ?? []);
  const left = [...new Map(all.map((one) => [`${one.file}:${one.line} ${one.image} ${one.version}`, one])).values()];
  if (left.length === 0) return;
  log.group("Left as it is");
  const places = left.map(({ file, line }) => `${file}:${line}`);
  const more = left.length > NAMED ? ` and ${left.length - NAMED} more` : "";
  const subject2 = left.length === 1 ? "1 line has" : `${left.length} lines have`;
  log.warn(`${subject2} another version of a released image: ${places.slice(0, NAMED).join(", ")}${more}`);
  for (const one of left.slice(0, MAX_WARNINGS))
    log.problem({ file: one.file, line: one.line, message: messageOf(one) });
  for (const one of left.slice(MAX_WARNINGS, MAX_LINES)) log.step(`${one.file}:${one.line}: ${messageOf(one)}`);
  if (left.length > MAX_LINES) log.step(`and ${left.length - MAX_LINES} more`);
}
var messageOf = ({ image, version: version3, reason }) => `left ${image} ${version3}: it ${reason}`;

// src/main/report.ts
init_escape();

// src/main/outputs.ts
init_escape();
var OUTPUTS = [
  {
    name: "outcome",
    description: "created, updated or unchanged (the pull request); closed (the base has these versions); skipped-older (a newer version is there); declined (its pull request was closed without merging, or it was rolled back); waiting (for another environment); pushed (to the base, or a branch on a server without pull requests); or dry-run."
  },
  { name: "pull-request-number", description: "Number of the pull request; empty without one." },
  { name: "pull-request-url", description: "Web page of the pull request; empty without one." },
  { name: "branch", description: "The release branch." },
  { name: "commit", description: "Commit of the release; empty without one." },
  { name: "verified", description: "Whether the server verified the signature of that commit: true or false." },
  { name: "base", description: "Branch that the release goes into." },
  {
    name: "changes",
    description: "JSON array of {file, line, where, image, from, to}; from is empty for a first version; where more than the version changes, note says what."
  },
  { name: "changed-files", description: "JSON array of the changed paths." },
  {
    name: "left",
    description: "JSON array of {file, line, image, version, reason}: the lines that keep another version of a released image, at most 500."
  },
  { name: "diff", description: "Unified diff, cut after 65,536 characters." },
  {
    name: "results",
    description: "JSON array with an object for each environment: {app, environment, outcome (also failed), version, branch, commit, pull-request-number, pull-request-url, left, reason, sentence}. The other outputs are set for a single release only. With mode status and list-versions, the rows of the table: {app, environment, version, since, pull-request, open}."
  },
  {
    name: "results-file",
    description: "Path of a JSON file with the results, in the temporary folder of the job: no environment variable has room for those of hundreds of environments."
  },
  {
    name: "plan",
    description: 'JSON for a matrix: {"include": [{"app", "environment"}]} with one entry for each environment.'
  }
];
var MAX_DIFF = 65536;
var MAX_SUMMARY = 3e5;
var MAX_LEFT = 500;
var CUT_NOTE = "… cut here; the branch has the rest";
var nothing = () => Object.fromEntries(OUTPUTS.map(({ name: name2 }) => [name2, ""]));
function toOutputs(results) {
  const [only, ...more] = results;
  const outcome = more.length === 0 ? only?.outcome : void 0;
  return {
    ...nothing(),
    ...outcome && outputsOf(outcome),
    results: results.map(resultOf),
    plan: { include: results.map(({ app: app2, environment: environment2 }) => ({ app: app2, environment: environment2 })) }
  };
}
function resultOf(result) {
  const { app: app2, environment: environment2, outcome, error: error3 } = result;
  return {
    app: app2,
    environment: environment2,
    outcome: outcome?.outcome ?? "failed",
    version: outcome?.version ?? "",
    branch: outcome?.branch ?? "",
    commit: outcome?.commit ?? "",
    "pull-request-number": outcome?.pullRequest?.number ?? "",
    "pull-request-url": outcome?.pullRequest?.url ?? "",
    left: leftOf(outcome),
    reason: outcome?.reason ?? error3?.code ?? "",
    sentence: sentenceOf(result)
  };
}
function sentenceOf({ app: app2, environment: environment2, outcome, error: error3 }) {
  const text2 = outcome ? sentence(outcome) : oneLine((error3?.message ?? "").replace(/(?<!\s)\s*\n\s*/g, " "), 1e3);
  return environment2 === "" ? text2 : `${oneLine(app2)} in ${oneLine(environment2)}: ${text2}`;
}
function outputsOf({
  outcome,
  pullRequest,
  branch,
  base,
  commit,
  verified,
  changes,
  left,
  diff
}) {
  return {
    outcome,
    "pull-request-number": pullRequest?.number ?? "",
    "pull-request-url": pullRequest?.url ?? "",
    branch,
    commit,
    verified,
    base,
    changes,
    "changed-files": [...new Set(changes.map(({ file }) => file))],
    left: leftOf({ left }),
    diff: cut(diff, MAX_DIFF, CUT_NOTE)
  };
}
var leftOf = (outcome) => outcome?.left.slice(0, MAX_LEFT) ?? [];
function sentence(result) {
  const { outcome, pullRequest, version: version3, branch, base, changes, reason } = result;
  const files = new Set(changes.map(({ file }) => file)).size;
  const what = `${count(changes.length, "place")} in ${count(files, "file")}`;
  const where = pullRequest ? `pull request #${pullRequest.number} (${oneLine(pullRequest.url)})` : `branch ${oneLine(branch)}`;
  switch (outcome) {
    case "created":
      return `Opened ${where}: ${what}.`;
    case "updated":
      return `Updated ${where}: ${what}.`;
    case "pushed":
      return pushed(result, what);
    case "dry-run":
      return `Dry run: ${what} would change; nothing was written.`;
    case "closed":
      return `Closed ${where}: ${oneLine(base)} has these versions already.`;
    case "skipped-older":
      return `Skipped ${oneLine(version3)}: ${reason}. To go back anyway, set order: any.`;
    case "waiting":
      return `Waiting with ${oneLine(version3)}: ${oneLine(reason)}. Run it again when it does.`;
    case "declined":
      return reason === "" ? `Skipped ${oneLine(version3)}: its ${where} was closed by hand without merging. Reopen it, or set force: true.` : `Skipped ${oneLine(version3)}: ${oneLine(reason)}. To release it anyway, set force: true.`;
    case "unchanged":
      return changes.length === 0 ? `Nothing to do: ${oneLine(base)} has these versions already.` : `Nothing to do: ${where} has these versions already.`;
  }
}
function pushed({ delivery, repository, branch }, what) {
  if (delivery === "push") return `Pushed to ${oneLine(branch)} of ${oneLine(repository)}: ${what}.`;
  return `Pushed branch ${oneLine(branch)} to ${oneLine(repository)}: ${what}; open its merge request there.`;
}
function toSummary(results) {
  return cut(results.map(summaryOf).join("\n\n"), MAX_SUMMARY, CUT_NOTE);
}
function summaryOf(result) {
  const { outcome } = result;
  const heading = `### ${sentenceOf(result).replace(/[\\`*_<>[\]]/g, "\\$&")}`;
  if (!outcome) return heading;
  const { pullRequest, changes, left, diff } = outcome;
  const rows = changes.map(
    ({ file, line, where, image, from, to }) => `| ${[image, from, to, `${file}:${line}`, where].map(markdownCode).join(" | ")} |`
  );
  const link = pullRequest && `[Pull request #${pullRequest.number}](${markdownUrl(pullRequest.url)}): ${markdownCode(pullRequest.title)}`;
  const table = ["| Image | Old | New | File | Where |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
  const parts = [
    heading,
    link,
    rows.length > 0 && table,
    left.length > 0 && summaryOfLeft(left),
    diff !== "" && `<details><summary>Diff</summary>

${markdownBlock(cut(diff, MAX_DIFF, CUT_NOTE), "diff")}

</details>`
  ];
  return parts.filter(Boolean).join("\n\n");
}
function summaryOfLeft(left) {
  const rows = left.slice(0, MAX_LEFT).map(({ file, line, image, version: version3, reason }) => {
    return `| ${[`${file}:${line}`, image, version3].map(markdownCode).join(" | ")} | it ${forMarkdown(reason)} |`;
  });
  return ["**Left as it is**", "", "| Place | Image | Version | Why |", "| --- | --- | --- | --- |", ...rows].join(
    "\n"
  );
}
function count(number2, noun) {
  return `${number2} ${noun}${number2 === 1 ? "" : "s"}`;
}

// src/main/report.ts
function reportResults(results) {
  return {
    outputs: toOutputs(results),
    lines: results.filter(({ error: error3 }) => !error3).map(sentenceOf),
    failures: results.filter(({ error: error3 }) => error3),
    summary: toSummary(results)
  };
}
function reportTable({ columns, rows }) {
  const table = rows.map((row) => columns.map((column) => oneLine(row[column] ?? "")));
  const widths = columns.map(
    (_, index) => Math.max(...[columns, ...table].map((cells) => (cells[index] ?? "").length))
  );
  const aligned = [columns, ...table].map(
    (cells) => cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ").trimEnd()
  );
  const asRow = (cells) => `| ${cells.join(" | ")} |`;
  const shown3 = table.map((cells) => asRow(cells.map((cell) => cell === "" ? "" : markdownCode(cell))));
  return {
    outputs: { ...nothing(), results: rows },
    lines: aligned,
    failures: [],
    summary: cut([asRow(columns), asRow(columns.map(() => "---")), ...shown3].join("\n"), MAX_SUMMARY, CUT_NOTE)
  };
}

// src/main/run.ts
var OF_APPS = ["environments", "version", "from", "to", "to-version"];
async function runInputs(raw, ci, log, onToken) {
  const access2 = readAccess(raw, ci);
  const mode = readMode(raw);
  log.debug(
    `${mode} at ${access2.remote.name} over ${access2.remote.transport}; CI: ${ci.name}; Node ${process.version}`
  );
  const usesConfig = isGiven(raw, "app") || mode === "status";
  if (!usesConfig && needsApp(raw, mode)) throw missingInput("app");
  const inputs = usesConfig ? void 0 : readInputs(raw, ci);
  const teams = !inputs || inputs.templates.attributes["team-reviewers"].length > 0;
  const issued = await issueToken(access2, teams, ci, {
    log: (text2) => log.step(text2),
    debug: (text2) => log.debug(text2)
  });
  if (issued) onToken(issued);
  const token = issued && { token: issued.token };
  if (inputs) {
    const { release: release2 } = await Promise.resolve().then(() => (init_release(), release_exports));
    const outcome = await release2({ ...inputs, access: { ...access2, ...token } }, ci, log);
    return reportReleases([{ app: "", environment: "", outcome }], log);
  }
  const all = [{ ...raw, ...token }, { ...access2, ...token }, ci, log];
  if (mode === "status" || mode === "list-versions") {
    const { reportOn: reportOn2 } = await Promise.resolve().then(() => (init_status(), status_exports));
    return reportTable(await reportOn2(mode, ...all));
  }
  const { runMode: runMode2 } = await Promise.resolve().then(() => (init_run_mode(), run_mode_exports));
  return reportReleases(await runMode2(...all), log);
}
function reportReleases(results, log) {
  tellLeft(results, log);
  return reportResults(results);
}
function needsApp(raw, mode) {
  return mode !== "release" || OF_APPS.some((name2) => isGiven(raw, name2));
}
var isGiven = (raw, name2) => (raw[name2] ?? "").trim() !== "";

// src/main/action.ts
init_ci();
init_errors();
init_escape();
init_credentials();
init_connect();
init_lookup();
init_table();
init_log();
init_secrets();
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
      const text2 = shown(`${oneLine(file)}:${startLine}: ${oneLine(message, 500)}`);
      warning2(text2, { file: safeText(file), startLine });
    } else super.problem(problem);
  }
  warn(text2) {
    warning2(shown(oneLine(text2, 500)));
  }
  debug(text2) {
    if (this.isDebug) debug2(shown(oneLine(text2, 1e3)));
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
  for (const { name: name2, variable } of INPUT_TABLE) {
    const given = process.env[`INPUT_${name2.toUpperCase()}`] ?? "";
    if (variable !== void 0) hide2(given.replace(WORKFLOW_TOKEN, ""));
  }
  const repository = getInput("repository");
  const isOwn = repository === "" || repository === process.env["GITHUB_REPOSITORY"];
  const fail = (error3, where = "") => {
    const failed = asReleaseError(error3);
    const place = isOwn && failed.place ? { file: safeText(failed.place.file), startLine: failed.place.line } : {};
    error2(shown(where + describe3(failed)), { title: failed.code, ...place });
    exitCode = 1;
  };
  try {
    refuseUnknownInputs();
    const ci = detectCi();
    const raw = Object.fromEntries(INPUTS.map(({ name: name2 }) => [name2, getInput(name2)]));
    const log = new ActionLog(isOwn);
    const report = await runInputs(raw, ci, log, ({ token, apiUrl }) => {
      hide2(token);
      saveState2(STATE.token, token);
      saveState2(STATE.apiUrl, apiUrl);
    }).finally(() => log.endGroup());
    for (const line of report.lines) log.line(line);
    for (const { app: app2, environment: environment2, error: error3 } of report.failures) fail(error3, `${app2} in ${environment2}: `);
    await publish(report);
  } catch (error3) {
    fail(error3);
  }
  return exitCode;
}
async function publish({ outputs, lines, summary: summary2 }) {
  try {
    const all = { ...outputs, "results-file": writeResults(asText(outputs.results)) };
    for (const [name2, value] of Object.entries(all)) setOutput2(name2, asText(value));
    if (process.env["GITHUB_STEP_SUMMARY"]) await writeSummary(safeText(summary2));
  } catch (error3) {
    throw failure("RESULT_NOT_WRITTEN", { reason: error3.message, done: lines }, error3);
  }
}
function asText(value) {
  const known = safeValue(value);
  return safeText(typeof known === "string" ? known : JSON.stringify(known));
}
function hide2(secret) {
  keepSecret(secret);
  for (const form of maskedForms(secret)) setSecret2(form);
}
function writeResults(results) {
  const folder = process.env["RUNNER_TEMP"] ?? "";
  if (folder === "") return "";
  const file = (0, import_node_path7.join)(folder, `manifest-release-${(0, import_node_crypto6.randomUUID)()}.json`);
  (0, import_node_fs4.writeFileSync)(file, results, { mode: 384, flag: "wx" });
  return file;
}
async function post() {
  const [token, apiUrl] = [getState(STATE.token), getState(STATE.apiUrl)];
  if (token === "") return 0;
  hide2(token);
  const reason = await revokeToken2({ token, apiUrl });
  if (reason === void 0) info2(shown("Gave the token of the GitHub App back."));
  else
    warning2(
      shown(`The token of the GitHub App ends within the hour; it could not be given back: ${oneLine(reason)}`)
    );
  return 0;
}
function refuseUnknownInputs() {
  const known = new Set(INPUTS.map(({ name: name2 }) => `INPUT_${name2.toUpperCase()}`));
  const unknown = Object.keys(process.env).find((variable) => variable.startsWith("INPUT_") && !known.has(variable));
  if (unknown === void 0) return;
  const input = unknown.slice("INPUT_".length).toLowerCase();
  throw failure("INPUT_UNKNOWN", { input, nearest: nearestInputs(input).map((name2) => quote(name2)) });
}

// src/main/index.ts
endOnSignals();
void runAction().then((exitCode) => {
  process.exitCode = exitCode;
});
