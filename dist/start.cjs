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
      var start = j * 32;
      var vlen = Math.min(32, m - start) + start;
      for (var k = start; k < vlen; k++) {
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
      for (var k = start; k < vlen; k++) {
        peq[b.charCodeAt(k)] = 0;
      }
      return score;
    };
    var distance2 = function(a, b) {
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
    exports2.distance = distance2;
    var closest2 = function(str, arr) {
      var min_distance = Infinity;
      var min_index = 0;
      for (var i = 0; i < arr.length; i++) {
        var dist = distance2(str, arr[i]);
        if (dist < min_distance) {
          min_distance = dist;
          min_index = i;
        }
      }
      return arr[min_index];
    };
    exports2.closest = closest2;
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
      "\xA0",
      "\u1680",
      "\u2000",
      "\u2001",
      "\u2002",
      "\u2003",
      "\u2004",
      "\u2005",
      "\u2006",
      "\u2007",
      "\u2008",
      "\u2009",
      "\u200A",
      "\u2028",
      "\u2029",
      "\u202F",
      "\u205F",
      "\u3000",
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
    var debug = typeof process === "object" && process.env && process.env.NODE_DEBUG && /\bsemver\b/i.test(process.env.NODE_DEBUG) ? (...args) => console.error("SEMVER", ...args) : () => {
    };
    module2.exports = debug;
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
    var debug = require_debug();
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
    var createToken = (name, value, isGlobal) => {
      const safe = makeSafeRegex(value);
      const index = R++;
      debug(name, index, value);
      t[name] = index;
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
    var debug = require_debug();
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
      constructor(version2, options) {
        options = parseOptions(options);
        if (version2 instanceof _SemVer) {
          if (version2.loose === !!options.loose && version2.includePrerelease === !!options.includePrerelease) {
            return version2;
          } else {
            version2 = version2.version;
          }
        } else if (typeof version2 !== "string") {
          throw new TypeError(`Invalid version. Must be a string. Got type "${typeof version2}".`);
        }
        if (version2.length > MAX_LENGTH) {
          throw new TypeError(
            `version is longer than ${MAX_LENGTH} characters`
          );
        }
        debug("SemVer", version2, options);
        this.options = options;
        this.loose = !!options.loose;
        this.includePrerelease = !!options.includePrerelease;
        const m = version2.trim().match(options.loose ? re[t.LOOSE] : re[t.FULL]);
        if (!m) {
          throw new TypeError(`Invalid Version: ${version2}`);
        }
        this.raw = version2;
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
        debug("SemVer.compare", this.version, this.options, other);
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
          debug("prerelease compare", i, a, b);
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
          debug("build compare", i, a, b);
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
      inc(release, identifier, identifierBase) {
        if (release.startsWith("pre")) {
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
        switch (release) {
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
            throw new Error(`invalid increment argument: ${release}`);
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

// node_modules/semver/functions/compare.js
var require_compare = __commonJS({
  "node_modules/semver/functions/compare.js"(exports2, module2) {
    "use strict";
    var SemVer = require_semver();
    var compare = (a, b, loose) => new SemVer(a, loose).compare(new SemVer(b, loose));
    module2.exports = compare;
  }
});

// node_modules/semver/functions/eq.js
var require_eq = __commonJS({
  "node_modules/semver/functions/eq.js"(exports2, module2) {
    "use strict";
    var compare = require_compare();
    var eq = (a, b, loose) => compare(a, b, loose) === 0;
    module2.exports = eq;
  }
});

// node_modules/semver/functions/neq.js
var require_neq = __commonJS({
  "node_modules/semver/functions/neq.js"(exports2, module2) {
    "use strict";
    var compare = require_compare();
    var neq = (a, b, loose) => compare(a, b, loose) !== 0;
    module2.exports = neq;
  }
});

// node_modules/semver/functions/gt.js
var require_gt = __commonJS({
  "node_modules/semver/functions/gt.js"(exports2, module2) {
    "use strict";
    var compare = require_compare();
    var gt = (a, b, loose) => compare(a, b, loose) > 0;
    module2.exports = gt;
  }
});

// node_modules/semver/functions/gte.js
var require_gte = __commonJS({
  "node_modules/semver/functions/gte.js"(exports2, module2) {
    "use strict";
    var compare = require_compare();
    var gte = (a, b, loose) => compare(a, b, loose) >= 0;
    module2.exports = gte;
  }
});

// node_modules/semver/functions/lt.js
var require_lt = __commonJS({
  "node_modules/semver/functions/lt.js"(exports2, module2) {
    "use strict";
    var compare = require_compare();
    var lt = (a, b, loose) => compare(a, b, loose) < 0;
    module2.exports = lt;
  }
});

// node_modules/semver/functions/lte.js
var require_lte = __commonJS({
  "node_modules/semver/functions/lte.js"(exports2, module2) {
    "use strict";
    var compare = require_compare();
    var lte = (a, b, loose) => compare(a, b, loose) <= 0;
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
        debug("comparator", comp, options);
        this.options = options;
        this.loose = !!options.loose;
        this.parse(comp);
        if (this.semver === ANY2) {
          this.value = "";
        } else {
          this.value = this.operator + this.semver.version;
        }
        debug("comp", this);
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
      test(version2) {
        debug("Comparator.test", version2, this.options.loose);
        if (this.semver === ANY2 || version2 === ANY2) {
          return true;
        }
        if (typeof version2 === "string") {
          try {
            version2 = new SemVer(version2, this.options);
          } catch (er) {
            return false;
          }
        }
        return cmp(version2, this.operator, this.semver, this.options);
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
    var debug = require_debug();
    var SemVer = require_semver();
    var Range = require_range();
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
    var isWhitespace = (char) => char !== void 0 && whitespace[char.charCodeAt(0)] === 1;
    var isVersionPrefix = (char) => char === "v" || char === "=" || isWhitespace(char);
    var isDigit = (char) => char !== void 0 && char >= "0" && char <= "9";
    var isLetter = (char) => char !== void 0 && (char >= "a" && char <= "z" || char >= "A" && char <= "Z");
    var isIdentifierCharacter = (char) => isDigit(char) || isLetter(char) || char === "-";
    var isVersionStart = (char) => isDigit(char) || char === "x" || char === "X" || char === "*";
    var findDigitsEndIndex = (range, start, limit, digitRuns) => {
      if (!isDigit(range[start])) {
        return start;
      }
      if (start >= digitRuns.start && start < digitRuns.end) {
        return Math.min(start + limit, digitRuns.end);
      }
      if (start >= digitRuns.previousStart && start < digitRuns.previousEnd) {
        return Math.min(start + limit, digitRuns.previousEnd);
      }
      let end = start + 1;
      while (isDigit(range[end])) {
        end++;
      }
      digitRuns.previousStart = digitRuns.start;
      digitRuns.previousEnd = digitRuns.end;
      digitRuns.start = start;
      digitRuns.end = end;
      return Math.min(start + limit, end);
    };
    var findVersionNumberEndIndex = (range, start, loose, digitRuns) => {
      if (!loose && range[start] === "0") {
        return start + 1;
      }
      return findDigitsEndIndex(range, start, loose ? MAX_LENGTH : MAX_LENGTH + 1, digitRuns);
    };
    var findPrereleaseIdentifierEndIndex = (range, start, loose, digitRuns) => {
      const digitsEnd = findDigitsEndIndex(range, start, MAX_LENGTH, digitRuns);
      if (isLetter(range[digitsEnd]) || range[digitsEnd] === "-") {
        let end = digitsEnd + 1;
        const limit = end + MAX_SAFE_BUILD_LENGTH;
        while (end < limit && isIdentifierCharacter(range[end])) {
          end++;
        }
        return end;
      }
      return findVersionNumberEndIndex(range, start, loose, digitRuns);
    };
    var findPrereleaseEndIndex = (range, start, loose, digitRuns) => {
      const hyphen = range[start] === "-";
      if (!loose && !hyphen) {
        return start;
      }
      const identifierStart = start + (hyphen ? 1 : 0);
      let end = findPrereleaseIdentifierEndIndex(range, identifierStart, loose, digitRuns);
      if (end === identifierStart) {
        if (!loose || !hyphen) {
          return start;
        }
        end = findPrereleaseIdentifierEndIndex(range, start, loose, digitRuns);
      }
      while (range[end] === ".") {
        const next = findPrereleaseIdentifierEndIndex(range, end + 1, loose, digitRuns);
        if (next === end + 1) {
          break;
        }
        end = next;
      }
      return end;
    };
    var findBuildIdentifierEndIndex = (range, start) => {
      let end = start;
      while (end - start < MAX_SAFE_BUILD_LENGTH && isIdentifierCharacter(range[end])) {
        end++;
      }
      return end;
    };
    var findBuildEndIndex = (range, start) => {
      if (range[start] !== "+") {
        return start;
      }
      let end = findBuildIdentifierEndIndex(range, start + 1);
      if (end === start + 1) {
        return start;
      }
      while (range[end] === ".") {
        const next = findBuildIdentifierEndIndex(range, end + 1);
        if (next === end + 1) {
          break;
        }
        end = next;
      }
      return end;
    };
    var findLooseFullVersionEndIndex = (range, start, digitRuns) => {
      let end = start;
      for (let component = 0; component < 3; component++) {
        const next = findVersionNumberEndIndex(range, end, true, digitRuns);
        if (next === end) {
          return start;
        }
        end = next;
        if (component < 2) {
          if (range[end] !== ".") {
            return start;
          }
          end++;
        }
      }
      const prereleaseEnd = findPrereleaseEndIndex(range, end, true, digitRuns);
      return findBuildEndIndex(range, prereleaseEnd);
    };
    var findPartialVersionComponentEndIndex = (range, start, digitRuns) => {
      if (isDigit(range[start])) {
        return findVersionNumberEndIndex(range, start, false, digitRuns);
      }
      return isVersionStart(range[start]) ? start + 1 : start;
    };
    var findPartialVersionEndIndex = (range, start, digitRuns) => {
      let end = findPartialVersionComponentEndIndex(range, start, digitRuns);
      for (let component = 0; component < 2; component++) {
        if (range[end] !== ".") {
          return end;
        }
        const next = findPartialVersionComponentEndIndex(range, end + 1, digitRuns);
        if (next === end + 1) {
          return end;
        }
        end = next;
      }
      const prereleaseEnd = findPrereleaseEndIndex(range, end, false, digitRuns);
      return findBuildEndIndex(range, prereleaseEnd);
    };
    var findVersionEndIndex = (range, start, digitRuns) => {
      const fullVersionEnd = findLooseFullVersionEndIndex(range, start, digitRuns);
      return fullVersionEnd !== start ? fullVersionEnd : findPartialVersionEndIndex(range, start, digitRuns);
    };
    var findRemovableWhitespaceIndex = (range, matchStart) => {
      let position = matchStart;
      if (isWhitespace(range[position])) {
        position++;
      }
      if (range[position] === "<" || range[position] === ">") {
        position++;
      }
      if (range[position] === "=") {
        position++;
      }
      return isWhitespace(range[position]) ? position : -1;
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
        const cached = cache.get(memoKey);
        if (cached) {
          return cached;
        }
        const loose = this.options.loose;
        const hr = loose ? re[t.HYPHENRANGELOOSE] : re[t.HYPHENRANGE];
        range = range.replace(hr, hyphenReplace(this.options.includePrerelease));
        debug("hyphen replace", range);
        range = trimComparatorWhitespace(range);
        debug("comparator trim", range);
        range = range.replace(re[t.TILDETRIM], tildeTrimReplace);
        debug("tilde trim", range);
        range = range.replace(re[t.CARETTRIM], caretTrimReplace);
        debug("caret trim", range);
        let rangeList = range.split(" ").map((comp) => parseComparator(comp, this.options)).join(" ").split(/\s+/).map((comp) => replaceGTE0(comp, this.options));
        if (loose) {
          rangeList = rangeList.filter((comp) => {
            debug("loose invalid filter", comp, this.options);
            return !!comp.match(re[t.COMPARATORLOOSE]);
          });
        }
        debug("range list", rangeList);
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
      test(version2) {
        if (!version2) {
          return false;
        }
        if (typeof version2 === "string") {
          try {
            version2 = new SemVer(version2, this.options);
          } catch (er) {
            return false;
          }
        }
        for (let i = 0; i < this.set.length; i++) {
          if (testSet(this.set[i], version2, this.options)) {
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
    var debug = require_debug();
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
      debug("comp", comp, options);
      comp = replaceCarets(comp, options);
      debug("caret", comp);
      comp = replaceTildes(comp, options);
      debug("tildes", comp);
      comp = replaceXRanges(comp, options);
      debug("xrange", comp);
      comp = replaceStars(comp, options);
      debug("stars", comp);
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
        debug("tilde", comp, _, M, m, p, pr);
        let ret;
        if (isX(M)) {
          ret = "";
        } else if (isX(m)) {
          ret = `>=${M}.0.0${z} <${+M + 1}.0.0-0`;
        } else if (isX(p)) {
          ret = `>=${M}.${m}.0${z} <${M}.${+m + 1}.0-0`;
        } else if (pr) {
          debug("replaceTilde pr", pr);
          ret = `>=${M}.${m}.${p}-${pr} <${M}.${+m + 1}.0-0`;
        } else {
          ret = `>=${M}.${m}.${p} <${M}.${+m + 1}.0-0`;
        }
        debug("tilde return", ret);
        return ret;
      });
    };
    var replaceCarets = (comp, options) => {
      return comp.trim().split(/\s+/).map((c) => replaceCaret(c, options)).join(" ");
    };
    var replaceCaret = (comp, options) => {
      debug("caret", comp, options);
      const r = options.loose ? re[t.CARETLOOSE] : re[t.CARET];
      const z = options.includePrerelease ? "-0" : "";
      return comp.replace(r, (_, M, m, p, pr) => {
        debug("caret", comp, _, M, m, p, pr);
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
          debug("replaceCaret pr", pr);
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
          debug("no pr");
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
        debug("caret return", ret);
        return ret;
      });
    };
    var replaceXRanges = (comp, options) => {
      debug("replaceXRanges", comp, options);
      return comp.split(/\s+/).map((c) => replaceXRange(c, options)).join(" ");
    };
    var replaceXRange = (comp, options) => {
      comp = comp.trim();
      const r = options.loose ? re[t.XRANGELOOSE] : re[t.XRANGE];
      return comp.replace(r, (ret, gtlt, M, m, p, pr) => {
        debug("xRange", comp, ret, gtlt, M, m, p, pr);
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
        debug("xRange return", ret);
        return ret;
      });
    };
    var replaceStars = (comp, options) => {
      debug("replaceStars", comp, options);
      return comp.trim().replace(re[t.STAR], "");
    };
    var replaceGTE0 = (comp, options) => {
      debug("replaceGTE0", comp, options);
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
    var testSet = (set, version2, options) => {
      for (let i = 0; i < set.length; i++) {
        if (!set[i].test(version2)) {
          return false;
        }
      }
      if (version2.prerelease.length && !options.includePrerelease) {
        for (let i = 0; i < set.length; i++) {
          debug(set[i].semver);
          if (set[i].semver === Comparator.ANY) {
            continue;
          }
          if (set[i].semver.prerelease.length > 0) {
            const allowed = set[i].semver;
            if (allowed.major === version2.major && allowed.minor === version2.minor && allowed.patch === version2.patch) {
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

// node_modules/semver/functions/parse.js
var require_parse = __commonJS({
  "node_modules/semver/functions/parse.js"(exports2, module2) {
    "use strict";
    var SemVer = require_semver();
    var parse2 = (version2, options, throwErrors = false) => {
      if (version2 instanceof SemVer) {
        return version2;
      }
      try {
        return new SemVer(version2, options);
      } catch (er) {
        if (!throwErrors) {
          return null;
        }
        throw er;
      }
    };
    module2.exports = parse2;
  }
});

// node_modules/semver/functions/diff.js
var require_diff = __commonJS({
  "node_modules/semver/functions/diff.js"(exports2, module2) {
    "use strict";
    var parse2 = require_parse();
    var diff2 = (version1, version2) => {
      const v1 = parse2(version1, null, true);
      const v2 = parse2(version2, null, true);
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
    module2.exports = diff2;
  }
});

// node_modules/semver/ranges/valid.js
var require_valid = __commonJS({
  "node_modules/semver/ranges/valid.js"(exports2, module2) {
    "use strict";
    var Range = require_range();
    var validRange2 = (range, options) => {
      try {
        return new Range(range, options).range || "*";
      } catch (er) {
        return null;
      }
    };
    module2.exports = validRange2;
  }
});

// elsewhere:node_modules/@actions/github/lib/utils.js
var require_utils = __commonJS({
  "elsewhere:node_modules/@actions/github/lib/utils.js"(exports2, module2) {
    module2.exports = require("./proxy.cjs").modules["node_modules/@actions/github/lib/utils.js"];
  }
});

// elsewhere:src/forge/azure-devops/azure-devops.ts
var require_azure_devops = __commonJS({
  "elsewhere:src/forge/azure-devops/azure-devops.ts"(exports2, module2) {
    module2.exports = require("./forges.cjs").modules["src/forge/azure-devops/azure-devops.ts"];
  }
});

// elsewhere:src/forge/azure-devops/explain-refusal.ts
var require_explain_refusal = __commonJS({
  "elsewhere:src/forge/azure-devops/explain-refusal.ts"(exports2, module2) {
    module2.exports = require("./forges.cjs").modules["src/forge/azure-devops/explain-refusal.ts"];
  }
});

// elsewhere:src/forge/bitbucket-cloud/bitbucket-cloud.ts
var require_bitbucket_cloud = __commonJS({
  "elsewhere:src/forge/bitbucket-cloud/bitbucket-cloud.ts"(exports2, module2) {
    module2.exports = require("./forges.cjs").modules["src/forge/bitbucket-cloud/bitbucket-cloud.ts"];
  }
});

// elsewhere:src/forge/bitbucket-cloud/explain-refusal.ts
var require_explain_refusal2 = __commonJS({
  "elsewhere:src/forge/bitbucket-cloud/explain-refusal.ts"(exports2, module2) {
    module2.exports = require("./forges.cjs").modules["src/forge/bitbucket-cloud/explain-refusal.ts"];
  }
});

// elsewhere:src/forge/bitbucket-data-center/bitbucket-data-center.ts
var require_bitbucket_data_center = __commonJS({
  "elsewhere:src/forge/bitbucket-data-center/bitbucket-data-center.ts"(exports2, module2) {
    module2.exports = require("./forges.cjs").modules["src/forge/bitbucket-data-center/bitbucket-data-center.ts"];
  }
});

// elsewhere:src/forge/bitbucket-data-center/explain-refusal.ts
var require_explain_refusal3 = __commonJS({
  "elsewhere:src/forge/bitbucket-data-center/explain-refusal.ts"(exports2, module2) {
    module2.exports = require("./forges.cjs").modules["src/forge/bitbucket-data-center/explain-refusal.ts"];
  }
});

// elsewhere:src/forge/gitea/gitea.ts
var require_gitea = __commonJS({
  "elsewhere:src/forge/gitea/gitea.ts"(exports2, module2) {
    module2.exports = require("./forges.cjs").modules["src/forge/gitea/gitea.ts"];
  }
});

// elsewhere:src/forge/gitea/explain-refusal.ts
var require_explain_refusal4 = __commonJS({
  "elsewhere:src/forge/gitea/explain-refusal.ts"(exports2, module2) {
    module2.exports = require("./forges.cjs").modules["src/forge/gitea/explain-refusal.ts"];
  }
});

// elsewhere:src/forge/github/github.ts
var require_github = __commonJS({
  "elsewhere:src/forge/github/github.ts"(exports2, module2) {
    module2.exports = require("./github.cjs").modules["src/forge/github/github.ts"];
  }
});

// elsewhere:src/forge/github/explain-refusal.ts
var require_explain_refusal5 = __commonJS({
  "elsewhere:src/forge/github/explain-refusal.ts"(exports2, module2) {
    module2.exports = require("./github.cjs").modules["src/forge/github/explain-refusal.ts"];
  }
});

// elsewhere:src/forge/gitlab/gitlab.ts
var require_gitlab = __commonJS({
  "elsewhere:src/forge/gitlab/gitlab.ts"(exports2, module2) {
    module2.exports = require("./forges.cjs").modules["src/forge/gitlab/gitlab.ts"];
  }
});

// elsewhere:src/forge/gitlab/explain-refusal.ts
var require_explain_refusal6 = __commonJS({
  "elsewhere:src/forge/gitlab/explain-refusal.ts"(exports2, module2) {
    module2.exports = require("./forges.cjs").modules["src/forge/gitlab/explain-refusal.ts"];
  }
});

// elsewhere:src/forge/github/app-token.ts
var require_app_token = __commonJS({
  "elsewhere:src/forge/github/app-token.ts"(exports2, module2) {
    module2.exports = require("./app.cjs").modules["src/forge/github/app-token.ts"];
  }
});

// elsewhere:src/environments/landings.ts
var require_landings = __commonJS({
  "elsewhere:src/environments/landings.ts"(exports2, module2) {
    module2.exports = require("./environments.cjs").modules["src/environments/landings.ts"];
  }
});

// elsewhere:src/environments/scan.ts
var require_scan = __commonJS({
  "elsewhere:src/environments/scan.ts"(exports2, module2) {
    module2.exports = require("./environments.cjs").modules["src/environments/scan.ts"];
  }
});

// elsewhere:src/environments/init/init.ts
var require_init = __commonJS({
  "elsewhere:src/environments/init/init.ts"(exports2, module2) {
    module2.exports = require("./environments.cjs").modules["src/environments/init/init.ts"];
  }
});

// elsewhere:src/environments/status.ts
var require_status = __commonJS({
  "elsewhere:src/environments/status.ts"(exports2, module2) {
    module2.exports = require("./environments.cjs").modules["src/environments/status.ts"];
  }
});

// elsewhere:src/environments/release-once.ts
var require_release_once = __commonJS({
  "elsewhere:src/environments/release-once.ts"(exports2, module2) {
    module2.exports = require("./workspace.cjs").modules["src/environments/release-once.ts"];
  }
});

// elsewhere:src/environments/run-mode.ts
var require_run_mode = __commonJS({
  "elsewhere:src/environments/run-mode.ts"(exports2, module2) {
    module2.exports = require("./environments.cjs").modules["src/environments/run-mode.ts"];
  }
});

// elsewhere:src/environments/config/inline-settings.ts
var require_inline_settings = __commonJS({
  "elsewhere:src/environments/config/inline-settings.ts"(exports2, module2) {
    module2.exports = require("./config.cjs").modules["src/environments/config/inline-settings.ts"];
  }
});

// elsewhere:src/environments/rollbacks.ts
var require_rollbacks = __commonJS({
  "elsewhere:src/environments/rollbacks.ts"(exports2, module2) {
    module2.exports = require("./environments.cjs").modules["src/environments/rollbacks.ts"];
  }
});

// start-file.mjs
var start_file_exports = {};
__export(start_file_exports, {
  modules: () => modules
});
module.exports = __toCommonJS(start_file_exports);
var import_mod = __toESM(require_mod(), 1);

// src/core/children.ts
var ends = /* @__PURE__ */ new Set();
var isEnding = false;
function keepChild(end) {
  ends.add(end);
  return () => {
    ends.delete(end);
  };
}
function endAllChildren() {
  isEnding = true;
  for (const end of ends) end();
}
function isProcessEnding() {
  return isEnding;
}

// src/core/secrets.ts
var HIDDEN = "***";
var SHORTEST = 6;
var forms = [];
function keepSecret(secret) {
  const known = new Set([...forms, ...formsOf(secret)].filter((form) => form.length >= SHORTEST));
  forms = [...known].toSorted((one, other) => other.length - one.length);
}
function forgetSecrets() {
  forms = [];
}
function proxySecrets(environment) {
  const proxies = Object.entries(environment).filter(([name]) => /^(?:https?|all)_proxy$/i.test(name));
  return proxies.flatMap(([, proxy = ""]) => {
    const [, user = "", password = ""] = /^([^:@]*):(.+)@/s.exec(proxy.replace(/^[a-z\d]+:\/\//i, "")) ?? [];
    const [beforeMark = ""] = password.split(/[/?#]/);
    return [password, decoded(password), ...beforeMark === "" ? [] : [beforeMark, `${user}:${beforeMark}`]];
  });
}
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
function safeText(text) {
  return forms.reduce((shown2, form) => shown2.replaceAll(form, HIDDEN), text);
}
function safeValue(value) {
  if (typeof value === "string") return safeText(value);
  if (Array.isArray(value)) return value.map((item) => safeValue(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, safeValue(item)]));
}
function formsOf(secret) {
  const trimmed2 = secret.trim();
  if (trimmed2 === "") return [];
  const whole = [.../* @__PURE__ */ new Set([secret, trimmed2])];
  return [...whole, ...keyLines(trimmed2)].flatMap((text) => {
    const encoded = encodeURIComponent(text);
    const hex = encoded.replace(/%[\dA-F]{2}/g, (byte) => byte.toLowerCase());
    const inForm = new URLSearchParams([["", text]]).toString().slice(1);
    return [text, encoded, hex, inForm, JSON.stringify(text).slice(1, -1), ...inBase64(text)];
  });
}
function keyLines(secret) {
  const lines = secret.split(/\r?\n|\\n/).map((line) => line.trim());
  return lines.length === 1 ? [] : lines.filter((line) => line.length >= 16 && !/^-----(?:BEGIN|END) /.test(line));
}
function inBase64(text) {
  const bytes = Buffer.from(text);
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const core = encoded.slice(Math.ceil(before * 8 / 6), Math.floor((before + bytes.length) * 8 / 6));
    return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

// src/core/escape.ts
var INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
var asEscape = (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`;
function quote(text, limit = 200) {
  return `"${oneLine(text, limit)}"`;
}
function oneLine(text, limit = 200) {
  return shortened(safeText(text).replace(INVISIBLE, asEscape), limit);
}
var BREAK = "\u200B";
var LOG_COMMANDS = [
  /(?<=^\s*:)(?=:)/gm,
  /(?<=#)(?=#[[\w])/g,
  /(?<=section_(?:start|end)|travis_(?:fold|time))(?=:)/gi
];
function forLog(text) {
  const visible = text.replace(
    INVISIBLE,
    (character) => character === "\n" || character === "	" ? character : asEscape(character)
  );
  return broken(visible, LOG_COMMANDS);
}
function jsonForLog(json) {
  const asUnicode = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return LOG_COMMANDS.reduce(
    (safe, { source, flags }) => safe.replace(new RegExp(`${source}.`, flags), asUnicode),
    json
  );
}
var COMMANDS = [
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
function forCommit(text) {
  return broken(oneLine(text, 1e3), COMMANDS);
}
function oneCommitLine(text, limit) {
  return shortened(
    safeText(text).replace(INVISIBLE, (character) => character === BREAK ? BREAK : asEscape(character)),
    limit
  );
}
function fromCommit(text) {
  return text.replaceAll(BREAK, "");
}
var shortened = (text, limit) => text.length > limit ? `${text.slice(0, limit).replace(/[\ud800-\udbff]$/, "")}\u2026` : text;
var broken = (text, commands) => commands.reduce((safe, command) => safe.replace(command, BREAK), text);
var LINKS = [/(?=:\/\/)/g, /(?<=\bwww)(?=\.)/gi, /(?<=@)(?=\w)/g, /(?<=\b(?:mailto|xmpp))(?=:)/gi];
function forMarkdown(text) {
  return broken(oneLine(text, 2e3), [...LINKS, ...COMMANDS]).replace(/[\\`*_{}[\]<>#+!|~&()$]/g, "\\$&").replace(/^(\d*)([-=.)])(?=\s|$)/, "$1\\$2");
}
function markdownCode(text) {
  const shown2 = oneLine(text, 2e3).replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...shown2.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const pad = shown2.startsWith("`") || shown2.endsWith("`") ? " " : "";
  return shown2 === "" ? "" : `${fence}${pad}${shown2}${pad}${fence}`;
}
function markdownBlock(text, language = "") {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}
${text.replace(/\n?$/, "\n")}${fence}`;
}
function markdownUrl(url) {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return "";
  const percent = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return new URL(url).href.replace(/[()<>|\\`*~[\]]/g, percent);
}
function cut(text, limit, note) {
  const shown2 = safeText(text);
  if (shown2.length <= limit) return shown2;
  const room = limit - note.length - 1;
  const lineEnd = shown2.lastIndexOf("\n", room);
  return `${shown2.slice(0, lineEnd > 0 ? lineEnd : room)}
${note}`;
}

// src/core/failures/define.ts
var define = (blame, text) => ({
  blame,
  text
});
var at = ({ file, line, column }) => `${oneLine(file)}:${line}${column === void 0 ? "" : `:${column}`}`;
function clause(reason) {
  const lines = reason.split("\n").flatMap((line) => line.trim() || []);
  return oneLine(lines.join("; "), 500).replace(/[.\s]+$/, "");
}
var listed = (lines) => lines.map((line) => `
  ${oneLine(line, 300)}`).join("");
var REPORT = "Please report this at the issue tracker of manifest-release-pr with this message and the log of the run.";

// src/core/failures/environments.ts
var environmentFailures = {
  CONFIG_NOT_FOUND: define("yours", ({ file, base, other }) => ({
    message: `Config file ${quote(file)} does not exist on ${quote(base)}${other === void 0 ? "" : `, and ${quote(other)} does`}.`,
    hint: other === void 0 ? 'Add it (the mode init proposes it, docs/environments.md of manifest-release-pr explains it), or correct its path in the setting "config". A release without "app" and "config" needs none.' : 'Rename the file that is there, or set its path in the setting "config".'
  })),
  CONFIG_EXISTS: define("yours", ({ file, base }) => ({
    message: `Config file ${quote(file)} is on ${quote(base)} already, and is never overwritten.`,
    hint: 'Nothing was written. Edit the file by hand (the mode scan lists all places), or propose another one in the setting "config".'
  })),
  CONFIG_NOT_PROPOSED: define("yours", ({ notes: notes2 }) => ({
    message: `No environment was found: no folder or file with the version of an image has the name of one.${listed(notes2)}`,
    hint: 'Nothing was written. Release without a config file (inputs "images" and "paths"), or write one by hand: see docs/environments.md of manifest-release-pr. The mode scan lists all places.'
  })),
  CONFIG_INVALID: define("yours", ({ place, reason, advice }) => ({
    message: `${at(place)}: ${clause(reason)}.`,
    hint: oneLine(advice) || "What may be written here is in docs/environments.md (config file) and docs/inputs.md (settings) of manifest-release-pr."
  })),
  APP_UNKNOWN: define("yours", ({ app, file, nearest }) => ({
    message: `Input "app" is ${quote(app)}, which is not in ${quote(file)}.`,
    hint: nearest.length > 0 ? `Add it there, or check the input. The nearest names there:${listed(nearest)}` : "A name starts with a letter or digit and has at most 63 letters, digits, dots, hyphens and underscores."
  })),
  ENVIRONMENT_UNKNOWN: define(
    "yours",
    ({
      input,
      environment,
      app,
      file,
      nearest
    }) => ({
      message: `Input ${quote(input)} has ${quote(environment)}, which ${quote(file)} does not have for the app ${quote(app)}.`,
      hint: `Check the input. The nearest names there:${listed(nearest)}`
    })
  ),
  NOT_DEPLOYED: define("yours", ({ app, environment }) => ({
    message: `Environment ${quote(environment)} has no version of any image of ${quote(app)}.`,
    hint: 'Check its "paths" and the "images" of the app in the config file.'
  })),
  NO_EARLIER_VERSION: define(
    "yours",
    ({
      app,
      environment,
      wanted,
      known
    }) => ({
      message: `${quote(app)} in ${quote(environment)} has ${missing(wanted, known.length > 0)}.`,
      hint: known.length === 0 ? "A rollback goes to an earlier version. Release the version that is wanted; where it is older, with force: true." : `Name one of the earlier versions in the input "version":${listed(known)}`
    })
  ),
  EARLIER_REFUSED: define(
    "yours",
    ({ app, environment, versions }) => ({
      message: `There is no version to roll ${quote(app)} in ${quote(environment)} back to: its agent refused each earlier one (${oneLine(versions.join("; "), 300)}).`,
      hint: 'Release a version that works, or name the one to go back to in the input "version".'
    })
  ),
  ROLLBACK_OVERTAKEN: define(
    "yours",
    ({ app, environment, versions }) => ({
      message: `${quote(app)} in ${quote(environment)} has other versions by now than those to roll back: ${oneLine(versions.join(", "), 300)}.`,
      hint: "Nothing was written. To roll these back too, run the mode rollback now."
    })
  ),
  IMAGES_DIFFER: define(
    "yours",
    ({ places }) => ({
      message: `There is no single version to take, because an image has several:${listed(
        places.map(({ image, version: version2, ...place }) => `${image} ${version2} (${at(place)})`)
      )}`,
      hint: "Release one version of each image to all of these places first."
    })
  )
};
function missing(wanted, hasEarlier) {
  if (wanted !== "") return `never had the version ${quote(wanted)}`;
  return hasEarlier ? "no earlier version that was not rolled back" : "had no other version than the present one";
}

// src/core/failures/forge.ts
var NOT_PUSHED = "Nothing was pushed.";
var AFTER_REFUSAL = {
  "list pull requests": "A release needs that list; this request changed nothing.",
  "open a pull request": "The release branch is as it should be; only the pull request is missing.",
  "update the pull request": "The release branch is as it should be; the pull request is as it was.",
  "change the pull request": "Its branch and its text are as they should be.",
  "read the files": NOT_PUSHED,
  "write the files": NOT_PUSHED,
  "make the commit": NOT_PUSHED,
  "read the branch": NOT_PUSHED,
  "move the branch": NOT_PUSHED,
  "read the commit": "The commit was pushed; whether its signature is good is not known.",
  "read the pull request": "Whether it was merged is not known; this request changed nothing.",
  "read the statuses": "Whether the commit was deployed is not known. The token must be allowed to read commit statuses.",
  "read the deployments": "Whether the commit was deployed is not known. The token must be allowed to read deployments.",
  "read the check runs": "Whether the commit was deployed is not known. The token must be allowed to read checks."
};
var ABOUT_CONTENT = /validation failed|unprocessable|no commits between|already exists|not supported|is invalid|invalid argument|too (?:long|large)/i;
var ABOUT_TOKEN = /\btoken\b/i;
var NOT_ACCESS = "The token is not the cause: change what these words name.";
var forgeFailures = {
  API_DENIED: define("yours", ({ forge, access, repository, action, reason }) => ({
    message: `${oneLine(forge)} refused to ${oneLine(action)} in ${quote(repository)}: ${clause(reason)}.`,
    hint: `${AFTER_REFUSAL[action]} ${ABOUT_CONTENT.test(reason) && !ABOUT_TOKEN.test(reason) ? NOT_ACCESS : oneLine(access, 600)}`
  })),
  API_NEEDED: define("yours", ({ input, repository }) => ({
    message: `Input ${quote(input)} needs the API of GitHub, and there is none with a token for ${quote(repository)}.`,
    hint: 'Check the inputs "repository" and "token". To sign without an API, give a signing key in MANIFEST_RELEASE_SIGNING_KEY.'
  })),
  ANSWER_UNREADABLE: define("again", ({ action, reason }) => ({
    message: `Could not ${oneLine(action)}: the answer was not one of that server: ${clause(reason)}.`,
    hint: "A proxy or the login page of a network may answer in its place, or the address is wrong (the input repository, or what the CI says of its server, as GITHUB_API_URL or CI_SERVER_URL). Try again; if it stays so, open that address from the same machine."
  })),
  NO_COMMITS: define("again", ({ forge, repository, branch, base }) => ({
    message: `${oneLine(forge)} opened no pull request in ${quote(repository)}: to it, ${quote(branch)} has no commit that ${quote(base)} lacks.`,
    hint: `The commit was pushed. Either it came into the base meanwhile, and there is nothing left to do, or ${oneLine(forge)} is behind. Run again: the next run reads both branches and finishes what is missing.`
  })),
  PULL_REQUEST_NOT_LISTED: define("again", ({ forge, branch }) => ({
    message: `${oneLine(forge)} says that a pull request from ${quote(branch)} is open, and does not list it.`,
    hint: `The commit was pushed. ${oneLine(forge)} may be behind. Run again: the next run brings its text to this release.`
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
    ({ repository, missing: missing2 }) => ({
      message: `The GitHub App lacks on ${quote(repository)} the permissions: ${missing2.map((one) => oneLine(one)).join(", ")}.`,
      hint: 'Add them in the settings of the App under "Permissions & events"; then an owner of the repository must accept them in the settings of the installation.'
    })
  )
};

// src/core/failures/push-refusals.ts
var TAKES_NO_CHANGES = 'Unarchive or unlock it, or run it again after the maintenance; or write the repository that took its place in the input "repository".';
var REFUSALS = [
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
    hint: 'A rule requires signed commits: set the input "sign-commits" to true, and outside of GitHub give a signing key; see docs/signatures.md.'
  },
  {
    reason: /\bGH007\b|private e-?mail|e-?mail privacy/i,
    hint: 'The address of the commit is a private one: give one that may be public in the setting "author", such as Name <id+login@users.noreply.github.com>.'
  },
  {
    reason: /(?:committer|author)['\u2019]?s? e-?mail|e-?mail address (?:of|for) the (?:committer|author)|(?:committer|author) \S+ is not a|you can(?:not| only) push commits|is not a (?:GitLab user|member of (?:the )?team)|unverified (?:user|e-?mail)/i,
    hint: 'A rule is about the author of the commit: set the setting "author" to a name and an address that it allows.'
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
    reason: /queued for merging/i,
    hint: "Its pull request is in the merge queue: run it again when it is merged, or take it out of the queue first."
  },
  {
    reason: /^(?!.*queued for merging).*(?:pull request|merge request|protected (?:branch|ref|tag)|protected from|\bGH006\b|TF402455|status checks? .*(?:expected|required)|not allowed to (?:force )?push|update this protected)/is,
    hint: 'A rule of the repository protects this branch: allow this user or App in the rule, or change the input "branch"; a base that takes no pushes needs delivery: pull-request.'
  }
];
var ANY_RULE = 'The words are those of the server or of a hook on it. Change what they name, or the rule; with a rule for this branch alone, the input "branch".';
function hintForPush(reason) {
  const hints = REFUSALS.filter((refusal) => refusal.reason.test(reason)).map(({ hint }) => hint);
  return hints.length > 0 ? hints.join(" ") : ANY_RULE;
}

// src/core/failures/git.ts
var TOKEN_ACCESS = 'Give a token in the input "token" (on the command line MANIFEST_RELEASE_TOKEN) that may read this repository and write to it.';
var SSH_ACCESS = "Add the public half of the key to the deploy keys of this repository, with write access, and give the private half in the environment variable MANIFEST_RELEASE_SSH_KEY.";
var gitFailures = {
  GIT_MISSING: define("yours", () => ({
    message: "The program git was not found.",
    hint: "Install git 2.34 or newer and put it on PATH."
  })),
  GIT_TOO_OLD: define("yours", ({ version: version2 }) => ({
    message: `The program git is version ${oneLine(version2)}, and the least that a release works with is 2.34.`,
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
      hint: `Check the input "repository". ${credential === "ssh key" ? SSH_ACCESS : TOKEN_ACCESS}`
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
        token: "It is expired, or may not see this repository or write to it.",
        "ssh key": SSH_ACCESS,
        none: TOKEN_ACCESS
      }[credential]
    })
  ),
  REPOSITORY_MOVED: define("yours", ({ repository }) => ({
    message: `Repository ${quote(repository)} has moved: the server answers with a redirect.`,
    hint: 'Write its new name in the input "repository"; a token is never sent on to another address.'
  })),
  HOST_KEY_UNKNOWN: define("yours", ({ repository, changed }) => ({
    message: changed ? `The ssh host key of ${quote(repository)} does not match known_hosts: the server has a new key, or another server answers.` : `The ssh host key of ${quote(repository)} is not known.`,
    hint: 'Compare what "ssh-keyscan <host>" prints with what the operator of the server publishes, and give those lines in the setting "ssh-known-hosts"; without MANIFEST_RELEASE_SSH_KEY they belong in known_hosts on this machine.'
  })),
  SSH_KEY_INVALID: define("yours", ({ reason }) => ({
    message: `MANIFEST_RELEASE_SSH_KEY is not a key that ssh can use: ${clause(reason)}.`,
    hint: 'Give the private half with all its lines, as ssh-keygen -t ed25519 -N "" writes it: without a passphrase.'
  })),
  SIGNING_KEY_INVALID: define("yours", ({ format, reason }) => ({
    message: `The signing key is not a key that ${oneLine(format)} can sign with: ${clause(reason)}.`,
    hint: format === "gpg" ? "Give what gpg --armor --export-secret-keys prints for a key that may sign, has not expired and has no passphrase." : 'Give the private half with all its lines, as ssh-keygen -t ed25519 -N "" writes it: without a passphrase.'
  })),
  BASE_NOT_FOUND: define("yours", ({ repository, base }) => ({
    message: base === "" ? `Repository ${quote(repository)} has no commit on its default branch.` : `Repository ${quote(repository)} has no branch ${quote(base)}.`,
    hint: base === "" ? 'Push a first commit with the manifests, or name the branch that has them in the input "base".' : 'Check the input "base"; without it the default branch of the repository is used.'
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
    message: `Branch ${quote(branch)} has commits that are not of this release, and setting "on-foreign-commits" is stop:${listed(commits)}`,
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
    ({ branch, attempts, seconds: seconds2 }) => ({
      message: `Branch ${quote(branch)} changed during each of ${attempts} attempts in ${seconds2} seconds.`,
      hint: "Run it again."
    })
  ),
  GIT_FAILED: define("ours", ({ command, reason }) => ({
    message: `git ${oneLine(command)} failed: ${clause(reason)}.`,
    hint: REPORT
  }))
};

// src/core/failures/images.ts
var NOTHING = "Nothing was written.";
var imageFailures = {
  IMAGE_ABSENT: define("yours", ({ image }) => ({
    message: `Image ${quote(image)} is not in its registry.`,
    hint: `${NOTHING} Push it before it is released, or correct its name or version.`
  })),
  DIGEST_MISMATCH: define("yours", ({ image, digest }) => ({
    message: `Image ${quote(image)} has another digest than its tag, which has ${oneLine(digest)} in the registry.`,
    hint: `${NOTHING} Give the digest of that very build; when the tag was moved since, release its digest without the tag.`
  })),
  PLATFORM_ABSENT: define(
    "yours",
    ({ image, platform, platforms }) => ({
      message: `Image ${quote(image)} is not for ${quote(platform)}, but for ${oneLine(platforms.join(", ")) || "no platform"}.`,
      hint: `${NOTHING} Build it for all platforms of the setting "platforms".`
    })
  ),
  REGISTRY_UNREADABLE: define(
    "yours",
    ({ image, input, reason }) => ({
      message: `Image ${quote(image)} could not be read, which the setting ${quote(input)} needs: ${clause(reason)}.`,
      hint: `${NOTHING} Run it again when the registry answers. A private registry is read with the login of docker: log in before this step.`
    })
  ),
  IMAGE_UNSIGNED: define("yours", ({ image, digest }) => ({
    message: `Image ${quote(image)} (${oneLine(digest)}) has no attestation and no signature.`,
    hint: `${NOTHING} Let its build attest or sign this digest before it is released.`
  })),
  SIGNER_WRONG: define(
    "yours",
    ({ image, digest, reasons }) => ({
      message: `Image ${quote(image)} (${oneLine(digest)}) is not proved to be of the wanted signer: ${clause(reasons.join("; "))}.`,
      hint: `${NOTHING} Correct the settings "verify" and "signer", or do not release it.`
    })
  )
};

// src/core/failures/inputs.ts
var OF_ACTIONS = /^(?:github|env|vars|secrets|inputs|steps|needs|matrix|runner|job)\./;
var inputFailures = {
  /** `where` is where it is given, as a phrase. */
  INPUT_MISSING: define("yours", ({ input, where }) => ({
    message: `Input ${quote(input)} is empty.`,
    hint: `Give it ${where}.`
  })),
  INPUT_UNKNOWN: define("yours", ({ input, nearest }) => ({
    message: `Input ${quote(input)} is unknown.`,
    hint: (nearest.length > 0 ? `Did you mean ${nearest.join(" or ")}? ` : "") + "All are in docs/inputs.md of manifest-release-pr."
  })),
  INPUT_IS_SETTING: define("yours", ({ input, where }) => ({
    message: `${quote(input)} is a setting, and no input of the step.`,
    hint: `Give it ${where}.`
  })),
  INPUT_INVALID: define("yours", ({ input, value, reason, hint }) => ({
    message: `Input ${quote(input)} is ${quote(value)}, which ${clause(reason)}.`,
    hint: hint ?? "The values that it may have are in docs/inputs.md of manifest-release-pr."
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
    hint: "Write name:tag, name:tag@sha256:\u2026 or name@sha256:\u2026, one per line; old=new:tag moves to another repository."
  })),
  IMAGES_UNREADABLE: define("yours", ({ value, reason }) => ({
    message: `Input "images" has ${quote(value, 60)}, which ${clause(reason)}.`,
    hint: 'Pass the "json" output of docker/metadata-action or the "metadata" output of docker/bake-action as it is; behind "@" is the path of a JSON file with one of these, or of a folder with such files.'
  })),
  IMAGE_TWO_VERSIONS: define("yours", ({ image, versions }) => ({
    message: `Input "images" gives ${oneLine(image)} two versions: ${versions.map((version2) => quote(version2)).join(" and ")}.`,
    hint: "Give each image one version."
  })),
  IMAGE_TAG_MOVES: define(
    "yours",
    ({ input, image, tags }) => ({
      message: `Input ${quote(input)} gives ${oneLine(image)} only ${tags.map((tag) => quote(tag)).join(" and ")}, which ${tags.length === 1 ? "moves" : "move"}: the next build would look unchanged.`,
      hint: 'Give a tag that stays with its build: a version, as name:1.4.2; or the commit, as type=sha of docker/metadata-action makes it; or add the digest, name:tag@sha256:\u2026, which docker/build-push-action has as its output "digest".'
    })
  ),
  VERSION_NOT_ALLOWED: define("yours", ({ image, range }) => ({
    message: `${quote(image)} is not in the range of the setting "allowed-versions": ${quote(range)}.`,
    hint: 'Release a version within that range, or change the setting "allowed-versions".'
  })),
  TEMPLATE_INVALID: define("yours", ({ input, reason }) => ({
    message: `Input ${quote(input)} is not a valid template: ${clause(reason)}.`,
    hint: "Templates are Mustache: {{ name }}, and {{#changes}} \u2026 {{/changes}} for lists."
  })),
  TEMPLATE_VARIABLE_UNKNOWN: define(
    "yours",
    ({ input, variable, nearest }) => ({
      message: `Input ${quote(input)} uses the unknown template variable ${quote(variable)}.`,
      hint: (OF_ACTIONS.test(variable) ? "An expression ${{ \u2026 }} of GitHub Actions has a value in a workflow alone. " : "") + (nearest === void 0 ? "" : `Did you mean "${nearest}"? `) + "All are in docs/templates.md of manifest-release-pr."
    })
  ),
  TEMPLATE_VARIABLE_EMPTY: define("yours", ({ input, variable }) => ({
    message: `Input ${quote(input)} uses {{ ${oneLine(variable)} }}, which has no value in this run.`,
    hint: `Use another variable, or write {{#${variable}}} \u2026 {{/${variable}}} around the part that needs it.`
  })),
  BRANCH_INVALID: define("yours", ({ branch }) => ({
    message: `Input "branch" gives ${quote(branch)}, which is not a valid branch name for Git.`,
    hint: 'No spaces, no "..", none of ~ ^ : ? * [ \\, no "/" or ".lock" at the end.'
  })),
  BRANCH_TAKEN: define(
    "yours",
    ({ branch, release, other, input }) => ({
      message: `Branch ${quote(branch)} belongs to the release of ${oneLine(other)}, and this is the release of ${oneLine(release)}.`,
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
    hint: 'Write one pathspec per line, from the root of the repository and without a "/" before it: apps/web, or :(glob)apps/*/values.yaml.'
  })),
  PATHS_MATCH_NOTHING: define(
    "yours",
    ({
      pathspec,
      where,
      nearest
    }) => ({
      message: `Input "paths" has ${quote(pathspec)}, which matches no file on ${quote(where)}.`,
      hint: (nearest === void 0 ? "" : `Did you mean ${quote(nearest)}? `) + "Write one pathspec per line, from the root of the repository and in its case: apps/web; *web* matches at any depth."
    })
  ),
  PATHS_NOT_FOLLOWED: define("yours", ({ file, type }) => ({
    message: `Input "paths" leads to ${quote(file)}, which is a ${oneLine(type)}; it is never followed.`,
    hint: "Name the folder or file that it refers to."
  }))
};

// src/core/failures/manifests.ts
var manifestFailures = {
  SITE_NOT_FOUND: define(
    "yours",
    ({
      image,
      notes: notes2,
      nearest,
      targets,
      place,
      empty = [],
      paths = [],
      isOtherTag = false
    }) => ({
      message: `Image ${quote(image)} ${missingWhere(place !== void 0, empty.length > 0)}.${listed(notes2)}`,
      hint: isOtherTag ? 'Correct the setting "only-tags", or leave it out: the tags above are not in it.' : waysToName(targets, empty) ?? hintForMissing(place !== void 0, nearest, paths)
    })
  ),
  TARGET_NOT_FOUND: define("yours", ({ target, reason }) => ({
    message: `Setting "targets" has ${quote(target)}, but ${clause(reason)}.`,
    hint: "Write file#/json/pointer=image or file#dotted.path=image; file#kind/name#path where a file has several documents."
  })),
  PLACE_UNCLEAR: define("yours", ({ place, where, image, value, reason }) => ({
    message: `${at(place)} ${oneLine(where)} is named for ${quote(image)}, but ${value === void 0 ? "it" : `its value ${quote(value)}`} ${clause(reason)}.`,
    hint: 'Nothing was pushed. Write a version there, an empty value (""), or a text with exactly one version; or remove the marker or the target.'
  })),
  DIGEST_REQUIRED: define("yours", ({ place, present }) => ({
    message: `${at(place)} takes a digest (now ${quote(present)}), and no new digest was given.`,
    hint: 'Give name:tag@sha256:\u2026 (docker/build-push-action has it as its output "digest"), or have it read from the registry (settings "registry" and "pin").'
  })),
  TAG_REQUIRED: define("yours", ({ place, present }) => ({
    message: `${at(place)} has ${quote(present)} with its tag in a separate key, and no new tag was given.`,
    hint: 'Give name:tag@sha256:\u2026 in the input "images".'
  })),
  NAME_ELSEWHERE: define("yours", ({ place, present, name }) => ({
    message: `${at(place)} has ${quote(present)} with its name elsewhere, which a move to ${quote(name)} would not change.`,
    hint: "Change the name in the manifests by hand, with its markers and targets; then release name:tag in place of old=new:tag."
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
  })),
  RENDERING_INCOMPLETE: define("yours", ({ place, unrendered }) => ({
    message: `${at(place)} is part of what the release changes, and not all of that is rendered:${listed(
      unrendered.map((one) => `${at(one)}: ${one.message}`)
    )}`,
    hint: 'Nothing was pushed. Correct what is named, or set the setting "render" to auto, which goes on without it.'
  }))
};
function missingWhere(isSeen, isEmpty) {
  if (isEmpty) return "has no version in any place that can be changed";
  return isSeen ? "was not found in any place that can be changed" : "was not found in any manifest";
}
function waysToName(targets, empty) {
  const markers = [...new Set(empty.flatMap(({ marker }) => marker ?? []))];
  const named = [...targets, ...empty.flatMap(({ target }) => target ?? [])];
  const ways = [
    ...empty.some(({ isInsertable }) => isInsertable) ? ['set the setting "insert" to true'] : [],
    ...markers.length > 0 ? [`name the place with a comment:${listed(markers)}`] : [],
    ...named.length > 0 ? [`add to the setting "targets":${listed(named)}`] : []
  ];
  return ways.length > 0 ? `To have it changed there, ${ways.join("\nor ")}` : void 0;
}
function hintForMissing(isSeen, nearest, paths) {
  if (isSeen)
    return "Write its version in a YAML or JSON manifest, in a key of its own; docs/left.md says what is read.";
  if (nearest.length > 0) {
    const limit = paths.length > 0 ? `, and "paths", which limits the search to ${oneLine(paths.join(", "), 300)}` : "";
    return `Check the name in "images"${limit}; for an app that is not deployed yet, add its manifest first (docs/first-deploy.md of manifest-release-pr). The nearest names found:${listed(nearest)}`;
  }
  return 'Check "images" and "paths": no image was found there. The mode scan lists all images of a repository.';
}

// src/core/failures/waiting.ts
var GO_BACK = "Correct the cause and release again, or roll back (mode rollback).";
var short = (commit) => oneLine(commit).slice(0, 7);
var waitingFailures = {
  DEPLOYMENT_REFUSED: define("yours", ({ context, author, commit, description, url, timeout }) => ({
    message: `${quote(context)}${author === "" ? "" : ` (by ${oneLine(author)})`} reports a failure on ${short(commit)}: ${description === "" ? "no reason was given" : clause(description)}.`,
    hint: `No success followed within ${oneLine(timeout)}.${url === "" ? "" : ` See ${oneLine(url, 500)}`} ${GO_BACK}`
  })),
  VERDICT_MISSING: define("again", ({ commit, base, timeout, missing: missing2, contexts }) => ({
    message: `No agent said within ${oneLine(timeout)} whether ${short(commit)} is deployed${missing2.length === 0 ? "; a status is pending" : `; there is no status of ${missing2.map((one) => quote(one)).join(", ")}`}.`,
    hint: `Check the notifications of the agent (see docs/after-the-merge.md of manifest-release-pr) and the setting "verdict", or set a longer "wait-timeout". ${contexts.length === 0 ? `There is no status on this commit or a later one of ${quote(base)}.` : `The statuses there:${listed(contexts.slice(0, 20))}`}`
  })),
  CLOSED_UNMERGED: define("yours", ({ name }) => ({
    message: `The ${oneLine(name)} was closed without merging.`,
    hint: 'Nothing was deployed. Reopen it and merge it, or release again with "force: true".'
  })),
  NOT_MERGED: define("again", ({ name, timeout }) => ({
    message: `The ${oneLine(name)} was not merged within ${oneLine(timeout)}.`,
    hint: 'It is open as before. Merge it, wait for it in a later job with the mode wait, or set a longer "wait-timeout".'
  })),
  PROMOTION_REFUSED: define("yours", ({ app, environment, context, description, url }) => ({
    message: `${quote(context)} reports a failure of the versions of ${quote(app)} in ${quote(environment)}${description === "" ? "" : `: ${clause(description)}`}.`,
    hint: `Nothing was promoted.${url === "" ? "" : ` See ${oneLine(url, 500)}`} Release a version that its agent deploys; to go on with this one all the same, release it by the input "version".`
  })),
  WAIT_NEEDS_API: define("yours", ({ repository }) => ({
    message: `Nothing can be waited for in ${quote(repository)}: there is no API with a token that tells merges and statuses.`,
    hint: 'Check the inputs "repository" and "token", or set "wait: none". The servers that have it are in docs/forges.md.'
  }))
};

// src/core/errors.ts
var PROJECT_URL = "https://github.com/acme/manifest-release-pr";
var TROUBLESHOOTING = `${PROJECT_URL}/blob/v1/docs/troubleshooting.md`;
var failures = {
  ...inputFailures,
  ...environmentFailures,
  ...manifestFailures,
  ...imageFailures,
  ...gitFailures,
  ...forgeFailures,
  ...waitingFailures,
  RESULT_NOT_WRITTEN: define("yours", ({ reason, done }) => ({
    message: `The outputs or the job summary could not be written: ${clause(reason)}.`,
    hint: `The run itself is complete:${listed(done)}`
  })),
  UNEXPECTED: define("ours", ({ reason }) => ({
    message: `Unexpected error: ${clause(reason)}.`,
    hint: REPORT
  }))
};
var ReleaseError = class _ReleaseError extends Error {
  name = "ReleaseError";
  code;
  blame;
  hint;
  /** The place in a manifest that it is about, for an annotation. */
  place;
  /** The input whose value is to be changed; absent where it is about none. */
  input;
  /** Seconds that a server asked to wait before it is asked again; `undefined` where it did not. */
  retryAfter;
  constructor(code, text, options) {
    super(text.message, { cause: options.cause });
    this.code = code;
    this.blame = failures[code].blame;
    this.hint = text.hint;
    this.place = options.place;
    this.input = options.input;
    this.retryAfter = options.retryAfter;
  }
  /** The page that says more about it. */
  get page() {
    return `${TROUBLESHOOTING}#${this.code.toLowerCase()}`;
  }
  /** The same failure of an input that has its value in a file. */
  at(place) {
    const { code, message, hint, cause, input } = this;
    return new _ReleaseError(code, { message: `${at(place)}: ${message}`, hint }, { place, cause, input });
  }
  /** The same failure, with a sentence on what was done about it. */
  followedBy(sentence2) {
    const { code, message, hint, place, cause, input } = this;
    return new _ReleaseError(code, { message: `${message} ${oneLine(sentence2, 1e3)}`, hint }, { place, cause, input });
  }
};
var failureCodes = Object.keys(failures);
function failure(code, ...[details2, cause]) {
  const { text } = failures[code];
  const { place, input, retryAfter } = details2 ?? {};
  return new ReleaseError(code, text(details2), { place, cause, input, retryAfter });
}
var NO_SPACE = /\bENOSPC\b|No space left on device/i;
function asReleaseError(error) {
  if (error instanceof ReleaseError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (NO_SPACE.test(reason)) return failure("DISK_FULL", { action: "work in its temporary folder", reason }, error);
  return failure("UNEXPECTED", { reason }, error);
}

// src/core/image-reference.ts
var DOMAIN_LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
var DOMAIN = `(?:${DOMAIN_LABEL}(?:\\.${DOMAIN_LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
var PATH_COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
var NAME = `(?:${DOMAIN}/)?${PATH_COMPONENT}(?:/${PATH_COMPONENT})*`;
var TAG = "[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}";
var DIGEST = "(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})";
var NAME_PATTERN = new RegExp(`^${NAME}$`);
var TAG_PATTERN = new RegExp(`^${TAG}$`);
var DIGEST_PATTERN = new RegExp(`^${DIGEST}$`);
var REFERENCE_PATTERN = new RegExp(`^(${NAME})(?::(${TAG}))?(?:@(${DIGEST}))?$`);
var VERSION_PATTERN = new RegExp(`^(?:(${TAG})(?:@(${DIGEST}))?|(${DIGEST}))$`);
var MAX_REFERENCE = 2e3;
var MAX_NAME = 255;
var TEXT_AFTER_NAME = /^(.*?)(?::([^:@/]*))?(?:@(.*))?$/s;
var SLASH_BEHIND_COLON = /^([^@]*):([^:@]*)(?:@.*)?$/s;
var REF_FOLDER = /^refs\/(?:heads|tags)\//;
var isTag = (text) => TAG_PATTERN.test(text);
function isDigest(text) {
  return DIGEST_PATTERN.test(text);
}
function parseReference(text) {
  if (text.length > MAX_REFERENCE) return void 0;
  const match = REFERENCE_PATTERN.exec(text);
  const [, name = "", tag, digest] = match ?? [];
  if (!match || name.length > MAX_NAME) return void 0;
  if (isDigest(text)) return void 0;
  return { name, ...version(tag, digest) };
}
function parseVersion(text) {
  if (text.length > MAX_REFERENCE) return void 0;
  const [, tag, tagDigest, onlyDigest] = VERSION_PATTERN.exec(text) ?? [];
  const digest = tagDigest ?? onlyDigest;
  return tag === void 0 && digest === void 0 ? void 0 : version(tag, digest);
}
var MISTAKES = [
  [/^(?:Array|Object)$/, "is what an expression gives for a list or an object; give its text, by join() or toJSON()"],
  [/\$[\w({]|\{\{|%\w+%/, "has a variable that was not replaced"],
  [/^[a-z][a-z+.-]*:\/\//i, "has a scheme before its name; leave that out"],
  [/^["'`#[\](){}<>*-]/, "begins with a character that no reference begins with"],
  [/^[:@/]|\/\/|\/[:@]/, "has an empty part in its name, as where a variable or an output is empty"],
  [/^[^@]*:(?:@|$)/, 'has no tag after the ":", as where a variable or an output is empty'],
  [/@(?:\w+:)?$/, 'has no digest after the "@", as where a variable or an output is empty']
];
function referenceProblem(text) {
  const mistake = MISTAKES.find(([pattern]) => pattern.test(text));
  if (mistake) return mistake[1];
  const [, name = "", tag, digest] = TEXT_AFTER_NAME.exec(text) ?? [];
  if (name === "") return "names no repository";
  if (name.length > MAX_NAME) return `has a repository of ${name.length} characters, more than ${MAX_NAME}`;
  const [, named = "", slashed = ""] = SLASH_BEHIND_COLON.exec(text) ?? [];
  if (slashed.includes("/") && !/^\d+\//.test(slashed) && NAME_PATTERN.test(named)) {
    return `has a tag with a slash; write ${slashed.replace(REF_FOLDER, "").replace(/[^\w.]+/g, "-")}`;
  }
  if (!NAME_PATTERN.test(name)) {
    return NAME_PATTERN.test(name.toLowerCase()) ? `has an uppercase letter in its repository; write ${name.toLowerCase()}` : "has a repository that is not of the form registry/path in lowercase letters, digits and . _ - /";
  }
  if (tag !== void 0 && tag.length > 128) return `has a tag of ${tag.length} characters, more than 128`;
  if (tag !== void 0 && /^[.-]/.test(tag)) return "has a tag that begins with . or -";
  if (tag !== void 0 && !isTag(tag)) return "has a tag with a character other than letters, digits and _ . -";
  if (digest !== void 0 && !isDigest(digest)) return "has a digest that is not sha256: and 64 hexadecimal digits";
  return "is not an image reference";
}
function versionProblem(text) {
  const bare = parseVersion(text.replace(/^[:@]/, "")) ?? parseReference(text);
  const version2 = bare ? formatVersion(bare) : "";
  return version2 === "" ? referenceProblem(`image:${text}`) : `has more than a version; write ${version2}`;
}
function formatReference({ name, ...version2 }) {
  const text = formatVersion(version2);
  return text === "" ? name : `${name}${version2.tag === void 0 ? "@" : ":"}${text}`;
}
function formatVersion({ tag, digest }) {
  return [tag, digest].filter((part) => part !== void 0).join("@");
}
function versionIn(text) {
  return parseVersion(text) ? text : formatVersion(parseReference(text) ?? {});
}
function shortVersion(version2) {
  return version2.replace(/(?<=^|@)([a-z\d+._-]+:[\da-f]{12})[\da-f]+$/i, "$1");
}
function isSameVersion(one, other) {
  return isPartOf(one, other) || isPartOf(other, one);
}
function isPartOf(part, whole) {
  const [some, all] = [parseVersion(part), parseVersion(whole)];
  return (some?.tag === void 0 || some.tag === all?.tag) && (some?.digest === void 0 || some.digest === all?.digest);
}
function version(tag, digest) {
  return { ...tag !== void 0 && { tag }, ...digest !== void 0 && { digest } };
}
function repositoryOf(name) {
  const { registry, path } = splitName(name);
  return `${registry}/${registry === DOCKER_HUB && !path.includes("/") ? `library/${path}` : path}`;
}
var DOCKER_HUB = "docker.io";
var DOCKER_HUB_ALIASES = /* @__PURE__ */ new Set([DOCKER_HUB, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"]);
function splitName(name) {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0)).toLowerCase();
  const isRegistry = first === "localhost" || /[.:[]/.test(first);
  if (!isRegistry) return { registry: DOCKER_HUB, path: name };
  return { registry: DOCKER_HUB_ALIASES.has(first) ? DOCKER_HUB : first, path: name.slice(slash + 1) };
}
function searchWord(name) {
  const { registry, path } = splitName(name);
  return registry === DOCKER_HUB ? path.replace(/^library\//, "") : path;
}
function foldersOf(name) {
  const [, ...path] = repositoryOf(name).split("/");
  return path.slice(1).map((_, index) => path.slice(0, index + 1).join("/"));
}

// src/core/log.ts
var ignore = () => void 0;
var SILENT = {
  step: ignore,
  problem: ignore,
  warn: ignore,
  group: ignore,
  line: ignore,
  debug: ignore
};
var LineLog = class {
  #write;
  isDebug;
  constructor(write, { debug } = { debug: false }) {
    this.#write = write;
    this.isDebug = debug;
  }
  step(text) {
    this.line(`- ${oneLine(text, 1e3)}`);
  }
  problem({ file, line, message }) {
    this.line(`- warning: ${oneLine(file)}:${line}: ${oneLine(message, 500)}`);
  }
  warn(text) {
    this.line(`- warning: ${oneLine(text, 500)}`);
  }
  group(title) {
    this.line(`${oneLine(title)}:`);
  }
  line(text) {
    this.#write(shown(text));
  }
  debug(text) {
    if (this.isDebug) this.line(`- debug: ${oneLine(text, 1e3)}`);
  }
};
function shown(text) {
  return safeText(forLog(safeText(text)));
}
var DeferredLog = class {
  #entries = [];
  step(text) {
    this.#entries.push((log) => log.step(text));
  }
  problem(problem) {
    this.#entries.push((log) => log.problem(problem));
  }
  warn(text) {
    this.#entries.push((log) => log.warn(text));
  }
  group(title) {
    this.#entries.push((log) => log.group(title));
  }
  line(text) {
    this.#entries.push((log) => log.line(text));
  }
  debug(text) {
    this.#entries.push((log) => log.debug(text));
  }
  /** Writes all of it. */
  writeTo(log) {
    for (const entry of this.#entries.splice(0)) entry(log);
  }
};
function describe({ message, hint, code }) {
  return `${message}
${hint} [${code}]`;
}

// src/core/near-name.ts
var import_fastest_levenshtein = __toESM(require_mod());
function nearName(written, names) {
  if (written === "" || names.length === 0) return void 0;
  const [wanted, ...folded] = [written, ...names].map((name) => name.toLowerCase());
  const near = (0, import_fastest_levenshtein.closest)(wanted, folded);
  const isNear = (0, import_fastest_levenshtein.distance)(wanted, near) <= wanted.length / 2;
  return names[folded.findIndex((name) => isNear ? name === near : name.startsWith(wanted))];
}

// src/core/objects.ts
var UNKNOWN_IMAGE = "IMAGE";
function groupBy(items, keyOf) {
  const groups = /* @__PURE__ */ new Map();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
function kept(known, key, make) {
  const present = known.get(key);
  if (present) return present;
  const made = make();
  known.set(key, made);
  return made;
}
function memoized(compute) {
  const known = /* @__PURE__ */ new Map();
  return (...texts) => kept(known, texts.join("\0"), () => ({ result: compute(...texts) })).result;
}
var counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

// src/core/tag-kind.ts
var TAG_KINDS = ["version", "build", "word", "part", "moving"];
var MOVING_WORDS = new Set(
  "latest newest current head tip main master trunk default mainline develop development dev devel integration next edge nightly daily weekly canary snapshot unstable experimental preview alpha beta rc stable lts release releases test testing qa uat stage staging preprod prod production live".split(" ")
);
var PATTERNS = [
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
function kindOfTag(tag, branch = "") {
  if (branch !== "" && slugsOf(branch).includes(slugOf(tag))) return "moving";
  const known = PATTERNS.find(([, pattern]) => pattern.test(tag));
  if (known) return known[0];
  const words = tag.toLowerCase().split(/[-_.]/);
  return [words.at(0), words.at(-1)].some((word) => MOVING_WORDS.has(word ?? "")) ? "moving" : "word";
}
function areParts(one, other) {
  const [shorter = "", longer = ""] = [one, other].toSorted((a, b) => a.length - b.length);
  return shorter !== longer && longer.startsWith(`${shorter}.`);
}
var slugsOf = (branch) => [slugOf(branch), slugOf(slugOf(branch).slice(0, 63))];
var slugOf = (name) => name.toLowerCase().replace(/[^a-z\d]+/g, "-").replace(/^-+|-+$/g, "");

// src/core/version.ts
var import_range = __toESM(require_range());
var import_diff = __toESM(require_diff());
var import_parse = __toESM(require_parse());
var import_valid = __toESM(require_valid());
var LOOSE = { loose: true };
var VERSION = /^v?(\d+\.\d+)(\.\d+)?(?:(?:-|(?=[a-z]))([a-z\d].*))?$/i;
var PRERELEASE = /^((?:alpha|beta|preview|pre|rc)(?:[.-]?\d{1,6}(?![a-z\d]))*)(?:[.-](.+))?$/i;
var DESCRIBED = /-\d+-g[\da-f]{4,40}(?:-|$)/i;
var COMMIT = /(?<![a-z\d])g?[\da-f]{7,40}(?![a-z\d])/g;
function compareVersions(one, other) {
  const [tag, otherTag] = [tagOf(one), tagOf(other)];
  if (tag === otherTag) return 0;
  const [a, b] = [readVersion(tag), readVersion(otherTag)];
  if (!a || !b || a.kind !== b.kind) return void 0;
  const main = a.order.compareMain(b.order);
  if (main !== 0) return main;
  if (a.numbered !== b.numbered) return void 0;
  const prerelease = a.order.comparePre(b.order);
  return prerelease !== 0 || a.rest === b.rest ? prerelease : void 0;
}
function bumpOf(from, to) {
  const [a, b] = [readVersion(tagOf(from)), readVersion(tagOf(to))];
  const order = compareVersions(from, to) ?? 0;
  if (order > 0) return "down";
  if (!a || !b || order === 0) return "unordered";
  const step = (0, import_diff.default)(a.order, b.order) ?? "";
  return ["major", "minor", "patch"].find((bump) => step.endsWith(bump)) ?? "patch";
}
var tagOf = (text) => withoutDigest(text).replace(/^.*[/:]/, "");
function largestBump(bumps) {
  return ["major", "unordered", "down", "minor", "patch"].find((bump) => bumps.includes(bump)) ?? "unordered";
}
function isStep({ from, to }) {
  return from !== "" && from !== to;
}
var STRAY_WILDCARD = /[^\s.,|<>=~^v]\*|\*[^\s.,|]/;
function readRange(text) {
  const parts = text.split(/,|\|\|/);
  if (parts.some((part) => part.trim() === "") || STRAY_WILDCARD.test(text)) return void 0;
  const normal = text.replaceAll(",", " ").replace(/(?<![\w-])(v?)0+(?=\d)/gi, "$1");
  const includePrerelease = /\d-[a-z\d]/i.test(normal);
  if ((0, import_valid.default)(normal) === null) return void 0;
  return { text, comparators: new import_range.default(normal, { includePrerelease }) };
}
function isInRange(tag, { comparators }) {
  const full = withoutDigest(tag).replace(/^v/i, "").replace(/^\d+\.\d+(?![.\d])/, "$&.0");
  const version2 = (0, import_parse.default)(full, LOOSE);
  return version2 !== null && comparators.test(version2);
}
function isVersionLike(tag) {
  return VERSION.test(tag) || /^(?=.*\d)(?:sha-|g)?[\da-f]{7,40}$/.test(tag) && /\D/.test(tag);
}
function areDifferentVersions(one, other) {
  const [a, b] = [(0, import_parse.default)(one), (0, import_parse.default)(other)];
  return a !== null && b !== null && a.compareMain(b) !== 0;
}
function readVersion(tag) {
  const [, main, patch = ".0", suffix = ""] = VERSION.exec(tag) ?? [];
  if (main === void 0 || DESCRIBED.test(tag)) return void 0;
  const numbered2 = /^\d{1,6}$/.test(suffix);
  const [, prerelease = "", after = ""] = (numbered2 ? ["", suffix] : PRERELEASE.exec(suffix)) ?? ["", "", suffix];
  const dotted = prerelease.toLowerCase().replace(/-|(?<=[a-z])(?=\d)/g, ".");
  const order = (0, import_parse.default)(`${main}${patch}${dotted && `-${dotted}`}`, LOOSE);
  if (!order) return void 0;
  const rest = after.toLowerCase();
  const scheme = order.major >= 1990 && order.major < 2200 ? "years" : "numbers";
  const kind = `${scheme} ${rest.replace(COMMIT, "#").replace(/\d+/g, "#")}`;
  return { order, kind, numbered: numbered2, rest };
}
var withoutDigest = (version2) => version2.replace(/@.*/s, "");

// src/core/tag-selection.ts
function readTagSelection(text) {
  const isGlob = GLOB.test(text) && !X_RANGE.test(text);
  if (isGlob) return { text, range: void 0, glob: asPattern(text) };
  const range = readRange(text);
  return range || isTag(text) ? { text, range, glob: void 0 } : void 0;
}
function isSelected(tag, { text, range, glob }) {
  return tag === text || (glob?.test(tag) ?? false) || range !== void 0 && isInRange(tag, range);
}
var GLOB = /^[\w.-]*[*?][\w.*?-]*$/;
var X_RANGE = /^v?\d+(?:\.(?:\d+|[xX*]))+$/;
function asPattern(glob) {
  const source = glob.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".");
  return new RegExp(`^${source}$`);
}

// src/core/time.ts
function utcTime(text) {
  const isComplete = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const time = new Date(isComplete ? text : NaN);
  const utc = Number.isNaN(time.getTime()) ? "" : time.toISOString();
  return /^\d{4}-/.test(utc) ? utc.replace(/\.\d+/, "") : "";
}
var UNITS = [
  ["day", 86400],
  ["hour", 3600]
];
function ageOf(time, now = Date.now()) {
  const seconds2 = Math.floor((now - Date.parse(time)) / 1e3);
  if (!(seconds2 >= 0)) return "";
  for (const [unit, length] of UNITS) {
    const count = Math.floor(seconds2 / length);
    if (count > 0) return counted(count, unit);
  }
  return "";
}

// src/core/transport.ts
var import_node_stream = require("node:stream");

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
    } catch (_a) {
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
var DecodedURL = class extends URL {
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

// src/core/transport.ts
var TooLarge = class extends Error {
  name = "TooLarge";
  constructor(limit) {
    super(`it has more than ${limit / 2 ** 20} MiB`);
  }
};
async function send(url, request, limit) {
  return getProxyUrl(new URL(url)) ? sendThroughProxy(url, request, limit) : sendDirectly(url, request, limit);
}
async function sendDirectly(url, { method, headers, body, signal, onSent }, limit) {
  const { request: open } = url.startsWith("https:") ? await Promise.resolve().then(() => __toESM(require("node:https"))) : await Promise.resolve().then(() => __toESM(require("node:http")));
  const answer = await new Promise((resolve2, reject) => {
    const sent = { "accept-encoding": "gzip, deflate, br", ...headers };
    open(url, { method, headers: sent, ...signal && { signal } }, resolve2).on("error", (error) => reject(readable(error))).on("finish", () => onSent?.()).end(body);
  });
  return {
    status: answer.statusCode ?? 0,
    headers: new Map(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
    body: await readAll(await decompressed(answer), limit)
  };
}
function readable(error) {
  const [first] = error instanceof AggregateError ? error.errors : [];
  return first ?? error;
}
async function decompressed(answer) {
  const encoding = answer.headers["content-encoding"];
  if (encoding === void 0 || encoding === "identity") return answer;
  const { createBrotliDecompress, createUnzip } = await Promise.resolve().then(() => __toESM(require("node:zlib")));
  return (0, import_node_stream.pipeline)(answer, encoding === "br" ? createBrotliDecompress() : createUnzip(), () => void 0);
}
async function readAll(body, limit) {
  const chunks = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) throw new TooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
async function sendThroughProxy(url, { method, headers, body, signal }, limit) {
  const { GITHUB_API_URL: before } = process.env;
  process.env["GITHUB_API_URL"] = url;
  const { defaults } = await Promise.resolve().then(() => __toESM(require_utils()));
  if (before === void 0) delete process.env["GITHUB_API_URL"];
  else process.env["GITHUB_API_URL"] = before;
  const proxied = defaults.request?.["fetch"] ?? fetch;
  const answer = await proxied(url, {
    method,
    headers,
    body: body ?? null,
    signal: signal ?? null,
    redirect: "manual"
  });
  return {
    status: answer.status,
    headers: new Map(answer.headers),
    body: await readAll(answer.body ?? emptyBody(), limit)
  };
}
async function* emptyBody() {
}

// src/core/wildcard.ts
function matchesParts(text, [first = "", ...others], least = 0) {
  const last = others.pop();
  if (last === void 0) return text === first;
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let position = first.length;
  for (const part of others) {
    const found = text.indexOf(part, position + least);
    if (found < 0) return false;
    position = found + part.length;
  }
  return position + least <= end;
}

// src/forge/kind.ts
var FORGE_KINDS = [
  "github",
  "gitlab",
  "gitea",
  "forgejo",
  "bitbucket-cloud",
  "bitbucket-data-center",
  "azure-devops",
  "codecommit",
  "git"
];
var HOSTS = [
  [/^(?:(?:www|ssh)\.)?github\.com$/, "github"],
  [/^(?:ssh\.)?[\w-]+\.ghe\.com$/, "github"],
  [/^(?:(?:www|altssh)\.)?gitlab\.com$/, "gitlab"],
  [/^gitea\.com$/, "gitea"],
  [/^codeberg\.org$/, "forgejo"],
  [/^(?:(?:www|altssh)\.)?bitbucket\.org$/, "bitbucket-cloud"],
  [/^(?:ssh\.)?dev\.azure\.com$/, "azure-devops"],
  [/^[\w-]+\.visualstudio\.com$/, "azure-devops"],
  [/^git-codecommit(?:-fips)?\.[a-z\d-]+\.amazonaws\.com(?:\.cn)?$/, "codecommit"]
];
var PATHS = [
  [/(?:^|\/)_(?:git|ssh)\/[^/]+$/, "azure-devops"],
  [/(?:^|\/)scm\/[^/]+\/[^/]+$/, "bitbucket-data-center"]
];
var NAMES = [
  [/^gitlab\./, "gitlab"],
  [/^gitea\./, "gitea"],
  [/^forgejo\./, "forgejo"],
  [/^bitbucket\./, "bitbucket-data-center"]
];
function isServerOf({ url }, { host, transport }) {
  const server = new URL(url);
  return host.toLowerCase() === (transport === "ssh" ? server.hostname : server.host);
}
function kindOf(remote, servers) {
  if (remote.transport === "file") return "git";
  const host = remote.host.toLowerCase();
  const own = servers.find((server) => isServerOf(server, remote));
  return own?.kind ?? lookUp(HOSTS, host) ?? lookUp(PATHS, remote.name) ?? lookUp(NAMES, host) ?? "git";
}
function lookUp(table2, text) {
  return table2.find(([pattern]) => pattern.test(text))?.[1];
}

// src/forge/azure-devops/token-kind.ts
var isJwt = (token) => /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(token);
function kindOfToken(token) {
  if (/^(?:gh[a-z]_|github_pat_)/.test(token)) return "github";
  if (!isJwt(token)) return "personal";
  return issuerOf(token).includes("vstoken") ? "job" : "entra";
}
function issuerOf(token) {
  try {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return String(claims.iss);
  } catch {
    return "";
  }
}
var NAMES2 = {
  job: "The token of the pipeline (System.AccessToken)",
  entra: "The Microsoft Entra token",
  personal: "The personal access token",
  github: "The token of GitHub"
};
var RIGHT_TOKEN = 'Make a personal access token of this organization (User settings \u2192 Personal access tokens) with the scope Code (Read & write), for reviewers Identity (Read) too, and give it in the input "token"; or give the token of the pipeline, $(System.AccessToken). Its user, or the build service, needs Contribute, Create branch and Contribute to pull requests (Project settings \u2192 Repositories \u2192 Security).';

// src/forge/azure-devops/server.ts
var SSH_HOSTS = /^(?:ssh\.dev\.azure\.com|vs-ssh\.visualstudio\.com)$/i;
var BEFORE_NAME = /^_(?:git|ssh)$/i;
function placeOf(remote, servers) {
  const path = decoded2(remote.name);
  if (remote.transport === "file" || !path) return void 0;
  if (SSH_HOSTS.test(remote.host)) {
    const [version2, organization, project2, repository2, ...more2] = path;
    if (version2 !== "v3" || !organization || !project2 || !repository2 || more2.length > 0) return void 0;
    return { collection: `https://dev.azure.com/${encodeURIComponent(organization)}`, project: project2, repository: repository2 };
  }
  const own = servers.filter((server) => server.kind === "azure-devops" && isServerOf(server, remote));
  const at2 = path.findIndex((part) => BEFORE_NAME.test(part));
  const [before, [, repository, ...more]] = [path.slice(0, at2), path.slice(at2)];
  if (at2 === -1 || !repository || more.length > 0) return void 0;
  const depth = own.flatMap((server) => depthIn(server, before) ?? [])[0] ?? depthOn(remote.host, before);
  const [project = repository, ...beyond] = before.slice(depth);
  if (before.length < depth || beyond.length > 0) return void 0;
  const origin = remote.transport === "ssh" ? originOf(own[0], remote.host) : new URL(remote.url).origin;
  return { collection: [origin, ...before.slice(0, depth).map(encodeURIComponent)].join("/"), project, repository };
}
function placeIn(collection, name) {
  const names = decoded2(name)?.filter((part) => !BEFORE_NAME.test(part)) ?? [];
  const [project, repository = project] = names;
  return project && repository && names.length <= 2 ? { collection, project, repository } : void 0;
}
function pageOf({ collection, project, repository }) {
  return `${collection}/${encodeURIComponent(project)}/_git/${encodeURIComponent(repository)}`;
}
function decoded2(path) {
  try {
    return path.split("/").map(decodeURIComponent);
  } catch {
    return void 0;
  }
}
function depthIn({ url }, path) {
  const folders2 = decoded2(new URL(url).pathname)?.filter(Boolean) ?? [];
  return folders2.every((folder, index) => folder === path[index]) ? folders2.length : void 0;
}
function depthOn(host, [first = ""]) {
  if (/\.visualstudio\.com$/i.test(host)) return /^DefaultCollection$/i.test(first) ? 1 : 0;
  return /^tfs$/i.test(first) ? 2 : 1;
}
var originOf = (server, host) => server ? new URL(server.url).origin : `https://${host}`;
function identitiesOf(collection) {
  const { hostname, pathname } = new URL(collection);
  const [, ofHost] = /^([\w-]+)\.visualstudio\.com$/i.exec(hostname) ?? [];
  const organization = hostname === "dev.azure.com" ? pathname.split("/")[1] : ofHost;
  return organization === void 0 ? collection : `https://vssps.dev.azure.com/${organization}`;
}
var NOT_YET = [[/^POST \S+\/pullRequests$/, /^4\d\d .*TF401398/]];
function apiServer(apiUrl, token) {
  return {
    name: "Azure DevOps",
    apiUrl,
    // Without the second header a refused token is sent to a page to sign in.
    headers: { ...token !== "" && { authorization: authorizationOf(token) }, "x-tfs-fedauthredirect": "Suppress" },
    notYet: NOT_YET,
    access: RIGHT_TOKEN,
    translate: signInAsRefusal
  };
}
function authorizationOf(token) {
  return isJwt(token) ? `Bearer ${token}` : `Basic ${Buffer.from(`:${token}`).toString("base64")}`;
}
function signInAsRefusal(answer) {
  const { status, headers } = answer;
  const said = headers.get("x-tfs-serviceerror") ?? "";
  const isPage = !/\bjson\b/.test(headers.get("content-type") ?? "");
  const isSignIn = status === 203 || /\/_signin\b|^https:\/\/login\.microsoftonline\.com\//.test(locationIn(headers));
  if (!isSignIn && !(isPage && said !== "" && (status === 401 || status === 403))) return answer;
  const message = said === "" ? `it answered with its page to sign in (status ${status})` : fromHeader(said);
  return {
    status: isSignIn ? 401 : status,
    headers: /* @__PURE__ */ new Map([["content-type", "application/json"]]),
    body: Buffer.from(JSON.stringify({ message }))
  };
}
var locationIn = (headers) => headers.get("location") ?? "";
function fromHeader(text) {
  return decoded2(text.replaceAll("+", " "))?.join("/") ?? text;
}

// src/forge/bitbucket-cloud/token-kind.ts
var PREFIXES = [
  [/^ATCTT/, "access"],
  [/^ATATT/, "api"],
  [/^ATBB/, "app-password"],
  [/^(?:gh[a-z]_|github_pat_)/, "github"],
  [/^glpat-/, "gitlab"]
];
function kindOfToken2(token) {
  return PREFIXES.find(([pattern]) => pattern.test(token))?.[1] ?? "unknown";
}
var NAMES3 = {
  access: "The access token (ATCTT\u2026)",
  api: "The API token (ATATT\u2026)",
  "app-password": "The app password (ATBB\u2026)",
  github: "The token of GitHub",
  gitlab: "The token of GitLab",
  unknown: "The token, whose prefix is unknown,"
};
var ACCOUNT = 'write the e-mail address of its Atlassian account before the host of the input "repository", with %40 for its @: https://ada%40example.com@bitbucket.org/\u2026';
var RIGHT_TOKEN2 = 'Make an access token of the manifest repository (Repository settings \u2192 Security \u2192 Access tokens) with the scopes Repositories: Write and Pull requests: Write, save it as a secured variable, and give it in the input "token"; one of its project or workspace does as well. An API token needs read and write of repository:bitbucket and pullrequest:bitbucket, and the e-mail address of its account before the host in "repository".';

// src/forge/bitbucket-cloud/server.ts
var BITBUCKET_ORG = /^(?:(?:www|altssh)\.)?bitbucket\.org$/i;
function placeOf2({
  host,
  transport,
  url,
  name
}) {
  const [workspace, slug, ...more] = name.split("/");
  if (transport === "file" || !workspace || !slug || more.length > 0) return void 0;
  const origin = transport === "ssh" ? `https://${host}` : new URL(url).origin;
  return { serverUrl: BITBUCKET_ORG.test(host) ? "https://bitbucket.org" : origin, workspace, slug };
}
function apiUrlOf({ serverUrl }) {
  return serverUrl === "https://bitbucket.org" ? "https://api.bitbucket.org/2.0" : `${serverUrl}/2.0`;
}
function credentialOf(token, login) {
  return { token, email: typeof login === "object" && login.email || "" };
}
var NOT_YET2 = [[/^POST .*\/pullrequests$/, /^400 .*branch not found/i]];
function apiServer2(place, { token, email }) {
  const authorization = kindOfToken2(token) === "api" ? `Basic ${Buffer.from(`${email}:${token}`).toString("base64")}` : `Bearer ${token}`;
  return {
    name: "Bitbucket Cloud",
    apiUrl: apiUrlOf(place),
    headers: token === "" ? {} : { authorization },
    notYet: NOT_YET2,
    access: RIGHT_TOKEN2
  };
}

// src/forge/bitbucket-data-center/server.ts
var OVER_HTTP = /^(.*?)\/scm\/([^/]+)\/([^/]+?)(?:\.git)?\/*$/;
var OVER_SSH = /(?:^|[:/])([^:/]+)\/([^/]+?)(?:\.git)?\/*$/;
function placeOf3(remote, servers) {
  const { host, transport, url } = remote;
  if (transport === "file") return void 0;
  if (transport === "ssh") {
    const known = servers.find((server) => server.kind === "bitbucket-data-center" && isServerOf(server, remote));
    const [, project2, slug2] = OVER_SSH.exec(url) ?? [];
    const serverUrl = known?.url.replace(/\/+$/, "") ?? `https://${host}`;
    return project2 && slug2 ? { serverUrl, project: decodeURIComponent(project2), slug: slug2 } : void 0;
  }
  const { origin, pathname } = new URL(url);
  const [, folder, project, slug] = OVER_HTTP.exec(pathname) ?? [];
  return project && slug ? { serverUrl: `${origin}${folder}`, project: decodeURIComponent(project), slug } : void 0;
}
function pageOf2({ serverUrl, project, slug }) {
  const owner = project.startsWith("~") ? `users/${project.slice(1)}` : `projects/${project}`;
  return `${serverUrl}/${owner}/repos/${slug}`;
}
var RIGHT_TOKEN3 = 'Make an HTTP access token of the manifest repository (Repository settings \u2192 HTTP access tokens) with the permission Repository write, save it as a secret of the CI, and give it in the input "token". A token of its project, or of a user for machines with write access, does as well.';
var NOT_YET3 = [[/^POST .*\/pull-requests$/, /^404 .*(?:no|not have) .*branch/i]];
function apiServer3({ serverUrl }, token, login) {
  const isPassword = typeof login === "object";
  const authorization = isPassword ? `Basic ${Buffer.from(`${login.user}:${token}`).toString("base64")}` : `Bearer ${token}`;
  return {
    name: "Bitbucket Data Center",
    apiUrl: `${serverUrl}/rest`,
    headers: token === "" ? {} : { authorization },
    notYet: NOT_YET3,
    access: RIGHT_TOKEN3
  };
}

// src/forge/source-server.ts
var UNKNOWN_SERVER = "the server of the source repository is not known";
var notKnownAs = (host, name) => `${host} is not known as ${name}`;
var withoutToken = (host) => `no token was given for ${host} (input "source-token")`;
function sourceAddress({ sourceServerUrl: url, source }) {
  if (!URL.canParse(url)) return void 0;
  const { host, protocol } = new URL(url);
  return { host, name: source.repository, url, transport: protocol === "http:" ? "http" : "https" };
}

// src/forge/azure-devops/connection.ts
var azureDevOps = {
  connect: async (access, run, listeners) => {
    const place = placeOf(access.remote, run.servers);
    if (!place) return void 0;
    const { azureDevOps: forgeOf } = await Promise.resolve().then(() => __toESM(require_azure_devops()));
    return forgeOf({ place, token: access.token, source: sourceOf(access, run), ...listeners });
  },
  sources: async (access, run, listeners) => {
    const { sourcesBy } = await Promise.resolve().then(() => __toESM(require_azure_devops()));
    return sourcesBy(sourceOf(access, run), listeners);
  },
  explainRefusal: async (error, access) => {
    const { explainRefusal: explainRefusal2 } = await Promise.resolve().then(() => __toESM(require_explain_refusal()));
    return explainRefusal2(error, access);
  }
};
function sourceOf({ kind, remote, token, sourceToken }, run) {
  const { servers } = run;
  const address = sourceAddress(run);
  if (!address) return UNKNOWN_SERVER;
  const { host, url } = address;
  const collection = url.replace(/\/+$/, "");
  const isOwn = kind === "azure-devops" && placeOf(remote, servers)?.collection === collection;
  if (!isOwn && kindOf(address, servers) !== "azure-devops") return notKnownAs(host, "Azure DevOps");
  const given = sourceToken || (isOwn ? token : "");
  return given === "" ? withoutToken(host) : { collection, token: given };
}

// src/forge/bitbucket-cloud/connection.ts
var bitbucketCloud = {
  connect,
  sources: async (access, run, listeners) => {
    const { sourcesBy } = await Promise.resolve().then(() => __toESM(require_bitbucket_cloud()));
    return sourcesBy(sourceOf2(access, run), listeners);
  },
  explainRefusal: async (error, access) => {
    const { explainRefusal: explainRefusal2 } = await Promise.resolve().then(() => __toESM(require_explain_refusal2()));
    return explainRefusal2(error, access);
  }
};
async function connect(access, run, listeners) {
  const place = placeOf2(access.remote);
  if (!place) return void 0;
  const credential = credentialOf(access.token, access.remote.login);
  const fault = faultOf(credential);
  if (fault !== void 0) {
    listeners.log(`No pull request is opened: ${fault}`);
    return void 0;
  }
  const { bitbucketCloud: forge } = await Promise.resolve().then(() => __toESM(require_bitbucket_cloud()));
  return forge({ place, credential, source: sourceOf2(access, run), ...listeners });
}
function faultOf({ token, email }) {
  const kind = kindOfToken2(token);
  if (kind === "app-password") return `${NAMES3[kind]} is not taken since 2026. ${RIGHT_TOKEN2}`;
  return kind === "api" && email === "" ? `${NAMES3[kind]} is taken with its account alone: ${ACCOUNT}` : void 0;
}
function sourceOf2({ kind, remote, token, sourceToken }, run) {
  const address = sourceAddress(run);
  if (!address) return UNKNOWN_SERVER;
  const { host } = address;
  const place = placeOf2(address);
  const isSame2 = kind === "bitbucket-cloud" && placeOf2(remote)?.serverUrl === place?.serverUrl;
  if (!place || !isSame2 && kindOf(address, run.servers) !== "bitbucket-cloud")
    return notKnownAs(host, "Bitbucket Cloud");
  const given = sourceToken || (isSame2 ? token : "");
  if (given === "") return withoutToken(host);
  const credential = credentialOf(given, remote.login);
  return faultOf(credential) ?? { serverUrl: place.serverUrl, credential };
}

// src/forge/bitbucket-data-center/connection.ts
var ADDRESS = 'repositories of Bitbucket Data Center have the address https://<server>/scm/<project>/<name>.git, and the input "repository" has another one';
var bitbucketDataCenter = {
  connect: async (access, run, listeners) => {
    const place = placeOf3(access.remote, run.servers);
    if (!place) {
      listeners.log(`No pull request is opened: ${ADDRESS}`);
      return void 0;
    }
    const { bitbucketDataCenter: forge } = await Promise.resolve().then(() => __toESM(require_bitbucket_data_center()));
    const { token, remote } = access;
    return forge({ place, token, login: remote.login, source: sourceOf3(access, run), ...listeners });
  },
  sources: async (access, run, listeners) => {
    const { sourcesBy } = await Promise.resolve().then(() => __toESM(require_bitbucket_data_center()));
    return sourcesBy(sourceOf3(access, run), listeners);
  },
  explainRefusal: async (error, access) => {
    const { explainRefusal: explainRefusal2 } = await Promise.resolve().then(() => __toESM(require_explain_refusal3()));
    return explainRefusal2(error, access);
  }
};
function sourceOf3({ kind, remote, token, sourceToken }, run) {
  const { servers } = run;
  const address = sourceAddress(run);
  if (!address) return UNKNOWN_SERVER;
  const { host, url, name } = address;
  const own = kind === "bitbucket-data-center" ? placeOf3(remote, servers) : void 0;
  const isSame2 = own !== void 0 && new URL(own.serverUrl).host === host;
  if (!isSame2 && kindOf(address, servers) !== "bitbucket-data-center") {
    return notKnownAs(host, "Bitbucket Data Center");
  }
  const serverUrl = isSame2 ? own.serverUrl : serverOf(url, name);
  if (sourceToken !== "") return { serverUrl, token: sourceToken, login: "bearer" };
  return isSame2 ? { serverUrl, token, login: remote.login } : withoutToken(host);
}
function serverOf(sourceServerUrl, repository) {
  const [, folder = ""] = /^(.+)\/scm\//.exec(repository) ?? [];
  return [sourceServerUrl.replace(/\/+$/, ""), folder].filter(Boolean).join("/");
}

// src/forge/gitea/server.ts
function addressOf({ name: path, url, transport, host }, servers) {
  const names = path.split("/");
  const [owner, name] = names.slice(-2);
  if (transport === "file" || !owner || !name) return void 0;
  if (transport === "ssh") {
    const known = servers.find((server) => URL.canParse(server) && new URL(server).hostname === host);
    return { serverUrl: trimmed(known ?? `https://${host.replace(/^ssh\./, "")}`), owner, name };
  }
  return { serverUrl: [new URL(url).origin, ...names.slice(0, -2)].join("/"), owner, name };
}
var trimmed = (url) => url.replace(/\/+$/, "");
var RIGHT_TOKEN4 = "The token needs the scopes write:repository (branches and pull requests) and write:issue (labels, milestones), and its user the right to write code, pull requests and issues of this repository. In a repository of an organisation its team must have these units.";
var NOT_YET4 = [
  [/^POST \S+\/pulls\/\d+\/merge$/, /^405 .*try again later/i],
  [/^POST \S+\/pulls$/, /^404 /]
];
function apiServer4(name, serverUrl, token) {
  return {
    name,
    apiUrl: `${trimmed(serverUrl)}/api/v1`,
    headers: token === "" ? {} : { authorization: `token ${token}` },
    notYet: NOT_YET4,
    access: RIGHT_TOKEN4
  };
}

// src/forge/gitea/connection.ts
function clientOf(name) {
  return {
    connect: async (access, run, listeners) => {
      const address = addressOf(access.remote, [run.sourceServerUrl]);
      if (!address) return void 0;
      const { gitea: gitea2 } = await Promise.resolve().then(() => __toESM(require_gitea()));
      const source = sourceOf4(access, run, address.serverUrl);
      return gitea2({ name, address, token: access.token, source, ...listeners });
    },
    sources: async (access, run, listeners) => {
      const { sourcesBy } = await Promise.resolve().then(() => __toESM(require_gitea()));
      return sourcesBy({ name, source: sourceOf4(access, run, ""), ...listeners });
    },
    explainRefusal: async (error, access, run) => {
      const { explainRefusal: explainRefusal2 } = await Promise.resolve().then(() => __toESM(require_explain_refusal4()));
      return explainRefusal2(error, access, run);
    }
  };
}
var gitea = clientOf("Gitea");
var forgejo = clientOf("Forgejo");
var KINDS = ["gitea", "forgejo"];
function sourceOf4({ token, sourceToken }, run, manifestServer) {
  const address = sourceAddress(run);
  if (!address) return UNKNOWN_SERVER;
  const { host, url } = address;
  if (URL.canParse(manifestServer) && new URL(manifestServer).host === host) {
    return { serverUrl: manifestServer, token: sourceToken || token };
  }
  if (!KINDS.includes(kindOf(address, run.servers))) return notKnownAs(host, "Gitea or Forgejo");
  return { serverUrl: url.replace(/\/+$/, ""), token: sourceToken };
}

// src/forge/github/server.ts
var GITHUB = /^(?:(?:www|ssh)\.)?github\.com$/i;
function apiOf(serverUrl) {
  const { hostname, origin } = new URL(serverUrl);
  if (GITHUB.test(hostname)) return "https://api.github.com";
  if (hostname.endsWith(".ghe.com")) return `https://api.${hostname}`;
  return `${origin}/api/v3`;
}
function apiUrlOf2({ host, transport }, run) {
  const server = new URL(run.serverUrl);
  if (host === (transport === "ssh" ? server.hostname : server.host)) return run.apiUrl;
  if (GITHUB.test(host)) return GITHUB.test(server.hostname) ? run.apiUrl : apiOf("https://github.com");
  const tenant = /^(?:ssh\.)?([\w-]+\.ghe\.com)$/i.exec(host)?.[1];
  return tenant === void 0 ? void 0 : apiOf(`https://${tenant}`);
}

// src/forge/github/server-token.ts
var READ_BY_ALL = "https://api.github.com";
var ServerToken = class _ServerToken {
  /** The root, e.g. https://api.github.com. */
  apiUrl;
  /** Empty for none: its requests are anonymous. */
  token;
  constructor(apiUrl, token) {
    this.apiUrl = apiUrl;
    this.token = token;
  }
  /** The input `token`, for the server of the manifest repository; `undefined` where that is not GitHub. */
  static ofManifests({ remote, token }, run) {
    const apiUrl = apiUrlOf2(remote, run);
    return apiUrl === void 0 ? void 0 : new _ServerToken(apiUrl, token);
  }
  /**
   * The input `source-token`, for the server of the source repository; without one the input `token` where both are on
   * one server, and none where all may read. Otherwise the reason why that server is not asked.
   */
  static ofSource(access, run) {
    const { host } = sourceAddress(run) ?? {};
    if (host === void 0) return UNKNOWN_SERVER;
    const apiUrl = apiUrlOf2({ host, transport: "https" }, run);
    if (apiUrl === void 0) return notKnownAs(host, "GitHub");
    const manifests = _ServerToken.ofManifests(access, run);
    const token = access.sourceToken || (manifests?.apiUrl === apiUrl ? manifests.token : "");
    if (token !== "" || apiUrl === READ_BY_ALL) return new _ServerToken(apiUrl, token);
    return withoutToken(host);
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

// src/forge/github/connection.ts
var github = {
  connect: connect2,
  sources: async (access, run, listeners) => {
    const source = ServerToken.ofSource(access, run);
    const { sourcesBy } = await Promise.resolve().then(() => __toESM(require_github()));
    return sourcesBy(source, listeners);
  },
  explainRefusal: async (error, access, run) => {
    const { explainRefusal: explainRefusal2, subjectOf } = await Promise.resolve().then(() => __toESM(require_explain_refusal5()));
    return explainRefusal2(error, subjectOf(access, withGitHub(access, run)));
  },
  workflowNote: async (access, run) => {
    const { workflowNote: workflowNote2 } = await Promise.resolve().then(() => __toESM(require_explain_refusal5()));
    return workflowNote2(access, run);
  }
};
async function connect2(access, run, listeners) {
  const [owner, name, ...rest] = access.remote.name.split("/");
  if (!owner || !name || rest.length > 0) return void 0;
  const known = withGitHub(access, run);
  const manifests = ServerToken.ofManifests(access, known);
  if (manifests === void 0) return void 0;
  const source = ServerToken.ofSource(access, known);
  const { gitHub } = await Promise.resolve().then(() => __toESM(require_github()));
  return gitHub({
    manifests,
    owner,
    repo: name,
    source: typeof source === "string" ? ServerToken.ofSource(access, run) : source,
    ...listeners
  });
}
function withGitHub({ kind, remote }, run) {
  if (kind !== "github" || remote.transport === "file" || apiUrlOf2(remote, run) !== void 0) return run;
  const serverUrl = remote.transport === "ssh" ? `https://${remote.host}` : new URL(remote.url).origin;
  return { ...run, serverUrl, apiUrl: apiOf(serverUrl) };
}

// src/forge/gitlab/server.ts
var SSH_OF_GITLAB_COM = /^(?:www|altssh)\.gitlab\.com$/i;
function placeOf4(remote, servers) {
  if (remote.transport === "file") return void 0;
  const known = servers.find((server) => server.kind === "gitlab" && isServerOf(server, remote));
  const serverUrl = (known?.url ?? originOf2(remote)).replace(/\/+$/, "");
  const folder = `${new URL(serverUrl).pathname.replace(/^\/+|\/+$/g, "")}/`;
  const project = folder !== "/" && remote.name.startsWith(folder) ? remote.name.slice(folder.length) : remote.name;
  return project.includes("/") ? { serverUrl, apiUrl: `${serverUrl}/api/v4`, project } : void 0;
}
function originOf2({ transport, host, url }) {
  if (transport !== "ssh") return new URL(url).origin;
  return `https://${SSH_OF_GITLAB_COM.test(host) ? "gitlab.com" : host}`;
}

// src/forge/gitlab/token-kind.ts
var PREFIXES2 = [
  [/^(?:[\w-]*-)?glcbt-/, "job"],
  [/^(?:[\w-]*-)?gldt-/, "deploy"],
  [/^(?:[\w-]*-)?glr(?:t|tr)-/, "runner"],
  [/^(?:[\w-]*-)?glptt-/, "trigger"],
  [/^(?:[\w-]*-)?glpat-/, "access"],
  [/^(?:gh[a-z]_|github_pat_)/, "github"]
];
function kindOfToken3(token, jobToken) {
  if (token !== "" && token === jobToken) return "job";
  return PREFIXES2.find(([pattern]) => pattern.test(token))?.[1] ?? "unknown";
}
function mayUseApi(kind) {
  return kind === "access" || kind === "unknown";
}
var NAMES4 = {
  job: "CI_JOB_TOKEN",
  access: "The access token (glpat-\u2026)",
  deploy: "The deploy token (gldt-\u2026)",
  runner: "The runner token (glrt-\u2026)",
  trigger: "The pipeline trigger token (glptt-\u2026)",
  github: "The token of GitHub",
  unknown: "The token, whose prefix is unknown,"
};
var RIGHT_TOKEN5 = 'Make a project access token of the manifest project (Settings \u2192 Access tokens) with the role Developer and the scopes api and write_repository, save it as a masked CI/CD variable, and give it in the input "token". Where the project has no such tokens, use a group access token, or the personal access token of a user for machines.';

// src/forge/gitlab/connection.ts
var gitlab = {
  connect: connect3,
  sources: async (access, run, listeners) => {
    const { sourcesBy } = await Promise.resolve().then(() => __toESM(require_gitlab()));
    return sourcesBy(sourceOf5(access, run), listeners);
  },
  explainRefusal: async (error, access, run) => {
    const { explainRefusal: explainRefusal2 } = await Promise.resolve().then(() => __toESM(require_explain_refusal6()));
    return explainRefusal2(error, access, run);
  }
};
async function connect3(access, run, listeners) {
  const place = placeOf4(access.remote, run.servers);
  if (!place) return void 0;
  const kind = kindOfToken3(access.token, run.jobToken);
  if (!mayUseApi(kind)) {
    listeners.log(`${NAMES4[kind]} may not open merge requests. ${RIGHT_TOKEN5}`);
    return void 0;
  }
  const { gitLab } = await Promise.resolve().then(() => __toESM(require_gitlab()));
  return gitLab({ place, token: access.token, source: sourceOf5(access, run), ...listeners });
}
function sourceOf5({ kind, remote, token, sourceToken }, run) {
  const { servers } = run;
  const address = sourceAddress(run);
  if (!address) return UNKNOWN_SERVER;
  const { host } = address;
  const place = placeOf4(address, servers);
  const isSame2 = kind === "gitlab" && place !== void 0 && placeOf4(remote, servers)?.apiUrl === place.apiUrl;
  if (!place || !isSame2 && kindOf(address, servers) !== "gitlab") return notKnownAs(host, "GitLab");
  const own = isSame2 && mayUseApi(kindOfToken3(token, run.jobToken)) ? token : "";
  const given = sourceToken || own;
  if (given === "") return withoutToken(host);
  return { serverUrl: place.serverUrl, apiUrl: place.apiUrl, token: given };
}

// src/forge/github/token-kind.ts
var BETTER_TOKEN = 'Use a GitHub App (inputs "app-client-id" and "app-private-key") or a fine-grained token that has this repository selected, with Contents: write and Pull requests: write.';
var RIGHT_TOKEN6 = "For another repository than the workflow\u2019s own, GITHUB_TOKEN is never enough: use a GitHub App\u2019s or a fine-grained token that has this repository selected, with the permissions Contents: write and Pull requests: write.";
var JOB_PERMISSIONS = 'Give the job "permissions:" with "contents: write" and "pull-requests: write"; in runs for a fork or by Dependabot it can only read, whatever the job has there.';
var SCOPE = "Give it the scope repo, and its user the role Write in the repository.";
var KINDS2 = {
  GITHUB_TOKEN: {
    name: "GITHUB_TOKEN",
    renew: "It is valid only while its job runs: take ${{ github.token }} in the same job.",
    select: JOB_PERMISSIONS,
    grant: JOB_PERMISSIONS
  },
  app: {
    name: "The token of a GitHub App (ghs_\u2026)",
    renew: 'It is valid for an hour: make it in the same job, or let the inputs "app-client-id" and "app-private-key" do that.',
    select: "Select the repository in the settings of the App\u2019s installation, and name it where the token is made.",
    grant: 'Add it in the settings of the App under "Permissions & events", accept it in those of the installation, see that this repository is selected there, and ask for it where the token is made.'
  },
  "fine-grained": {
    name: "The fine-grained personal access token (github_pat_\u2026)",
    renew: "Make a new one under Settings \u2192 Developer settings \u2192 Fine-grained tokens, and renew the secret.",
    select: 'Select it under "Repository access" of the token, whose resource owner must be the owner of the repository; an organization may have to approve the token first.',
    grant: "Add it under Settings \u2192 Developer settings \u2192 Fine-grained tokens, and see that this repository is selected there."
  },
  classic: {
    name: "The classic personal access token (ghp_\u2026)",
    renew: "Make a new one, best a fine-grained one, and renew the secret.",
    select: SCOPE,
    grant: SCOPE
  },
  oauth: { name: "The OAuth token (gho_\u2026)", renew: BETTER_TOKEN, select: SCOPE, grant: SCOPE },
  user: {
    name: "The user token of a GitHub App (ghu_\u2026)",
    renew: BETTER_TOKEN,
    select: BETTER_TOKEN,
    grant: BETTER_TOKEN
  },
  gitlab: {
    name: "The token of GitLab (glpat-\u2026)",
    renew: BETTER_TOKEN,
    select: BETTER_TOKEN,
    grant: BETTER_TOKEN
  },
  "ssh-key": {
    name: "The ssh key",
    renew: 'Add its public half to the repository under Settings \u2192 Deploy keys, with "Allow write access".',
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
var PREFIXES3 = [
  [/^(?:ghs_|v1\.)/, "app"],
  [/^github_pat_/, "fine-grained"],
  [/^(?:ghp_|[0-9a-f]{40}$)/, "classic"],
  [/^gho_/, "oauth"],
  [/^ghu_/, "user"],
  [/^gl[a-z]+-/, "gitlab"]
];
function kindOfToken4(token, isWorkflowToken = false) {
  const kind = PREFIXES3.find(([pattern]) => pattern.test(token))?.[1] ?? "unknown";
  return kind === "app" && isWorkflowToken ? "GITHUB_TOKEN" : kind;
}
function isPersonal(kind) {
  return kind === "fine-grained" || kind === "classic" || kind === "oauth" || kind === "user";
}
function permissionName(permission, level) {
  const words = permission.replaceAll(/[_-]/g, " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${level}`;
}

// src/forge/right-token.ts
var RIGHT_TOKENS = {
  github: RIGHT_TOKEN6,
  gitlab: RIGHT_TOKEN5,
  gitea: RIGHT_TOKEN4,
  forgejo: RIGHT_TOKEN4,
  "bitbucket-cloud": "Make a repository access token (Repository settings \u2192 Security \u2192 Access tokens) with the permission Repositories: Write.",
  "bitbucket-data-center": "Make an HTTP access token of the repository (Repository settings \u2192 HTTP access tokens) with the permission Repository write.",
  "azure-devops": "Make a personal access token (User settings \u2192 Personal access tokens) with the scope Code: Read & write.",
  codecommit: "Make HTTPS Git credentials for CodeCommit of an IAM user who has codecommit:GitPull and codecommit:GitPush there, and write that user\u2019s name for Git into the address.",
  git: ""
};
var REFUSALS2 = /* @__PURE__ */ new Set(["ACCESS_DENIED", "REPOSITORY_NOT_FOUND"]);
function withRightToken(error, { kind, remote }) {
  const rightToken = RIGHT_TOKENS[kind];
  const isAboutToken = error instanceof ReleaseError && REFUSALS2.has(error.code) && remote.transport.startsWith("http");
  if (!isAboutToken || rightToken === "") return error;
  const { code, message, hint, place, cause, input } = error;
  return new ReleaseError(code, { message, hint: `${hint} ${rightToken}` }, { place, cause, input });
}

// src/forge/connect.ts
var CLIENTS = {
  github,
  gitlab,
  gitea,
  forgejo,
  "bitbucket-cloud": bitbucketCloud,
  "bitbucket-data-center": bitbucketDataCenter,
  "azure-devops": azureDevOps
};
async function connectForge(access, run, listeners) {
  if (access.token === "" || access.remote.transport === "file") return void 0;
  const forge = await CLIENTS[access.kind]?.connect(access, run, listeners);
  const source = CLIENTS[kindOfSource(run)];
  if (!forge || !source || source === CLIENTS[access.kind]) return forge;
  const sources = memoized(() => source.sources(access, run, listeners));
  return {
    ...forge,
    compare: async (...asked) => (await sources()).compare(...asked),
    isSourcePublic: async (repository) => (await sources()).isSourcePublic(repository)
  };
}
function attestationsApi(access, run) {
  const source = ServerToken.ofSource(access, run);
  return typeof source !== "string" && source.apiUrl === "https://api.github.com" ? source : void 0;
}
function kindOfSource({
  sourceServerUrl,
  source,
  servers
}) {
  if (!URL.canParse(sourceServerUrl)) return "git";
  const { host } = new URL(sourceServerUrl);
  return kindOf({ host, transport: "https", name: source.repository }, servers);
}
async function explainRefusal(error, access, run) {
  const explained = await (CLIENTS[access.kind] ?? github).explainRefusal(error, access, run);
  return explained === error ? withRightToken(error, access) : explained;
}
async function workflowNote(access, run) {
  return await CLIENTS[access.kind]?.workflowNote?.(access, run) ?? "";
}
async function issueToken(access, wishes, run, listeners) {
  const { app, remote } = access;
  if (!app) return void 0;
  const [owner = "", name = ""] = remote.name.split("/");
  const server = ServerToken.ofManifests({ remote, token: "" }, withGitHub(access, run));
  if (server === void 0) throw failure("API_NEEDED", { input: "app-client-id", repository: remote.name });
  const { issueAppToken } = await Promise.resolve().then(() => __toESM(require_app_token()));
  const permissions = Object.fromEntries(wishes.map((wish) => [wish, "read"]));
  return issueAppToken({ server, ...app, owner, name, wishes: permissions, ...listeners });
}
async function revokeToken(issued) {
  const appToken = await Promise.resolve().then(() => __toESM(require_app_token()));
  return appToken.revokeToken(ServerToken.restored(issued));
}

// src/forge/web-pages.ts
var COMMITS = {
  github: "/commit/",
  gitlab: "/-/commit/",
  gitea: "/commit/",
  forgejo: "/commit/",
  "bitbucket-cloud": "/commits/",
  "bitbucket-data-center": "/commits/",
  "azure-devops": "/commit/",
  codecommit: "",
  git: ""
};
var PULL_REQUESTS = {
  github: "/pull/",
  gitlab: "/-/merge_requests/",
  gitea: "/pulls/",
  forgejo: "/pulls/",
  "bitbucket-cloud": "/pull-requests/",
  "bitbucket-data-center": "/pull-requests/",
  "azure-devops": "/pullrequest/",
  codecommit: "",
  git: ""
};
function commitPage(kind, repository, commit) {
  return pageBelow(kind, repository, COMMITS[kind], commit);
}
function pullRequestPage(kind, repository, number) {
  return pageBelow(kind, repository, PULL_REQUESTS[kind], number);
}
function pageBelow(kind, repository, between, id) {
  const isKnown = between !== "" && id !== "" && /^https?:/.test(repository) && URL.canParse(repository);
  const page = isKnown ? repositoryPage(kind, repository) : "";
  return page === "" ? "" : `${page}${between}${id}`;
}
function repositoryPage(kind, address) {
  if (kind !== "bitbucket-data-center") return address.replace(/\.git$/, "");
  const place = placeOf3({ host: "", transport: "https", url: address }, []);
  return place ? pageOf2(place) : "";
}

// src/git/credentials.ts
var ANY_USER = "x-access-token";
var SHORTEST_FORM = 6;
function remoteConfig(remote, token) {
  const transport = { [`protocol.${remote.transport}.allow`]: "always" };
  if (token === "" || !remote.transport.startsWith("http")) return transport;
  const header = `http.${new URL(remote.url).origin}/.extraHeader`;
  return { ...transport, [header]: `Authorization: ${credentials(token, remote.login)}` };
}
function credentials(token, login = { user: ANY_USER }) {
  return login === "bearer" ? `Bearer ${token}` : `Basic ${basic(login.user, token)}`;
}
function maskedForms(secret) {
  const trimmed2 = secret.trim();
  const lines = keyLines(trimmed2);
  if (lines.length > 0) return lines;
  if (trimmed2 === "") return [];
  const encoded = inBase64(trimmed2).filter((form) => form.length >= SHORTEST_FORM);
  return [.../* @__PURE__ */ new Set([trimmed2, basic(ANY_USER, trimmed2), ...encoded])];
}
function basic(user, token) {
  return Buffer.from(`${user}:${token}`).toString("base64");
}

// src/git/end-on-signals.ts
var import_node_os2 = require("node:os");
var import_promises2 = require("node:timers/promises");

// src/git/temporary.ts
var import_node_fs = require("node:fs");
var import_promises = require("node:fs/promises");
var import_node_os = require("node:os");
var import_node_path = require("node:path");
var NAME2 = /^manifest-release-(\d+)-(\d+)-\w{6}$/;
var LONGEST_RUN = 72e5;
var NO_FOLDER = /* @__PURE__ */ new Set(["ENOENT", "ENOTDIR", "EACCES", "EPERM", "EROFS", "ENAMETOOLONG"]);
var REMOVAL = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 };
var folders = /* @__PURE__ */ new Set();
function makeTemporaryFolder() {
  const parent = (0, import_node_os.tmpdir)();
  try {
    const folder = (0, import_node_fs.mkdtempSync)((0, import_node_path.join)(parent, `manifest-release-${process.pid}-${namespace()}-`));
    folders.add(folder);
    return folder;
  } catch (error) {
    const { code = "" } = error;
    if (!NO_FOLDER.has(code)) throw error;
    const reason = `is no folder that this user can write to (${code})`;
    throw failure("VARIABLE_INVALID", { variable: "TMPDIR", value: parent, reason }, error);
  }
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
  for (const name of namesIn(parent)) {
    const folder = (0, import_node_path.join)(parent, name);
    if (isAbandoned(name, folder)) await (0, import_promises.rm)(folder, REMOVAL).catch(() => void 0);
  }
}
function namesIn(folder) {
  try {
    return (0, import_node_fs.readdirSync)(folder);
  } catch {
    return [];
  }
}
function isAbandoned(name, folder) {
  const [, pid, space] = NAME2.exec(name) ?? [];
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
  } catch (error) {
    return error.code !== "ESRCH";
  }
}
function namespace() {
  try {
    return /\d+/.exec((0, import_node_fs.readlinkSync)("/proc/self/ns/pid"))?.[0] ?? "0";
  } catch {
    return "0";
  }
}

// src/git/end-on-signals.ts
var PATIENCE = 5e3;
function endOnSignals(last = () => Promise.resolve()) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => {
      endAllChildren();
      removeAllTemporaryFolders();
      const end = () => process.exit(128 + import_node_os2.constants.signals[signal]);
      Promise.race([last(), (0, import_promises2.setTimeout)(PATIENCE)]).then(end, end);
    });
  }
}

// src/inputs/ci-systems/ci-system.ts
function readServer(variable, read) {
  const value = read(variable);
  if (value === "") return void 0;
  const url = URL.canParse(value) ? new URL(value) : void 0;
  const isPlain = url && /^https?:$/.test(url.protocol) && !/[@?#]/.test(value);
  if (isPlain) return value.replace(/\/+$/, "");
  throw failure("VARIABLE_INVALID", {
    variable,
    value: value.replace(/^.*@/s, "\u2026@"),
    reason: "is not an http(s) URL"
  });
}
function webServerOf(repository) {
  const [, transport = "ssh", host, port = ""] = /^(?:(\w+):\/\/)?(?:[^/@]*@)?([^:/@]+)(:\d+)?/.exec(repository) ?? [];
  if (host === void 0) return void 0;
  return transport.startsWith("http") ? `${transport}://${host}${port}` : `https://${host}`;
}
function numbered(workflow, number) {
  return workflow !== "" && /^\d+$/.test(number) ? `${workflow}#${number}` : "";
}

// src/inputs/ci-systems/actions.ts
var import_node_fs2 = require("node:fs");

// src/inputs/ci-systems/log-marks.ts
var ACTIONS_MARKS = {
  begin: (title) => `::group::${title}`,
  end: () => "::endgroup::",
  issue: (kind, text) => `::${kind}::${onOneLine(text, "%25")}`
};
var AZURE_MARKS = {
  begin: (title) => `##[group]${title}`,
  end: () => "##[endgroup]",
  issue: (kind, text) => azureCommand(`task.logissue type=${kind}`, text)
};
var azureCommand = (command, data) => `##vso[${command}]${onOneLine(data, "%AZP25")}`;
var seconds = () => Math.floor(Date.now() / 1e3);
var CLEAR = "\x1B[0K";
var GITLAB_MARKS = {
  begin: (title, section) => `${CLEAR}section_start:${seconds()}:${section}\r${CLEAR}${title}`,
  end: (section) => `${CLEAR}section_end:${seconds()}:${section}\r${CLEAR}`
};
var onOneLine = (text, percent) => text.replaceAll("%", percent).replaceAll("\r", "%0D").replaceAll("\n", "%0A");

// src/inputs/ci-systems/actions.ts
var MAX_EVENT = 3e7;
var RUNNER = {
  marks: ACTIONS_MARKS,
  summary: (read) => {
    const path = read("GITHUB_STEP_SUMMARY");
    return path === "" ? void 0 : { path };
  }
};
var gitHubActions = {
  name: "GitHub Actions",
  ...RUNNER,
  isHere: (read) => read("GITHUB_ACTIONS") === "true",
  facts: (read) => ({
    ...factsOf("github", read, {
      // The workflow's file is followed by the ref that it was read from.
      build: numbered(
        read("GITHUB_WORKFLOW_REF").replace(/@(?:refs\/.*|[\da-f]{40})$/s, ""),
        read("GITHUB_RUN_NUMBER")
      ),
      run: read("GITHUB_RUN_ID")
    }),
    author: { name: "github-actions[bot]", email: "41898282+github-actions[bot]@users.noreply.github.com" }
  })
};
var giteaActions = {
  name: "Gitea Actions",
  ...RUNNER,
  isHere: (read) => read("GITEA_ACTIONS") === "true",
  facts: (read) => numberedByRepository("gitea", read)
};
var forgejoActions = {
  name: "Forgejo Actions",
  ...RUNNER,
  isHere: (read) => read("FORGEJO_ACTIONS") === "true",
  facts: (read) => numberedByRepository("forgejo", read)
};
function numberedByRepository(kind, read) {
  const number = read("GITHUB_RUN_NUMBER");
  return factsOf(kind, read, { build: numbered(read("GITHUB_REPOSITORY"), number), run: number });
}
function factsOf(kind, read, { build, run }) {
  const [repository, commit] = [read("GITHUB_REPOSITORY"), read("GITHUB_SHA")];
  const url = readServer("GITHUB_SERVER_URL", read) ?? "https://github.com";
  const project = `${url}/${repository}`;
  const event = readEvent(read("GITHUB_EVENT_PATH"));
  const isSourcePublic = publicIn(event, repository);
  return {
    source: {
      repository,
      commit,
      url: `${project}/commit/${commit}`,
      time: timeIn(event, commit),
      ref: read("GITHUB_REF_TYPE") === "tag" ? read("GITHUB_REF_NAME") : "",
      build
    },
    run: { url: `${project}/actions/runs/${run}`, actor: read("GITHUB_ACTOR") },
    branch: read("GITHUB_HEAD_REF") || (read("GITHUB_REF_TYPE") === "branch" ? read("GITHUB_REF_NAME") : ""),
    ...isSourcePublic !== void 0 && { isSourcePublic },
    sourceServerUrl: url,
    server: { kind, url },
    // In GitHub Actions it is there where the workflow sets it; the other runners set it in every step.
    ...read("GITHUB_TOKEN") !== "" && { jobToken: read("GITHUB_TOKEN") },
    ...repository !== "" && { ownRepository: `${project}.git` }
  };
}
function readEvent(path) {
  try {
    const file = (0, import_node_fs2.statSync)(path);
    if (!file.isFile() || file.size > MAX_EVENT) return {};
    return JSON.parse((0, import_node_fs2.readFileSync)(path, "utf8")) ?? {};
  } catch {
    return {};
  }
}
function timeIn({ head_commit: head }, commit) {
  return head?.id === commit && typeof head.timestamp === "string" ? utcTime(head.timestamp) : "";
}
function publicIn({ repository }, fullName) {
  if (repository?.full_name !== fullName || typeof repository.private !== "boolean") return void 0;
  return !repository.private && repository.internal !== true;
}

// src/inputs/ci-systems/azure-pipelines.ts
var import_node_crypto = require("node:crypto");
var import_node_path2 = require("node:path");
var PROVIDERS = {
  TfsGit: "azure-devops",
  GitHub: "github",
  GitHubEnterprise: "github",
  Bitbucket: "bitbucket-cloud"
};
var azurePipelines = {
  name: "Azure Pipelines",
  marks: AZURE_MARKS,
  summary: (read) => {
    const folder = read("AGENT_TEMPDIRECTORY");
    if (folder === "") return void 0;
    const path = (0, import_node_path2.join)(folder, `manifest-release-${(0, import_node_crypto.randomUUID)()}.md`);
    return { path, command: azureCommand("task.uploadsummary", path) };
  },
  isHere: (read) => /^true$/i.test(read("TF_BUILD")),
  facts: (read) => {
    const collection = readServer("SYSTEM_COLLECTIONURI", read);
    const kind = PROVIDERS[read("BUILD_REPOSITORY_PROVIDER")] ?? "git";
    const address = withoutUser(read("BUILD_REPOSITORY_URI"));
    const commit = read("BUILD_SOURCEVERSION");
    const url = kind === PROVIDERS["TfsGit"] ? collection : webServerOf(address);
    const server = url === void 0 || kind === "git" ? void 0 : { kind, url };
    const ref = read("BUILD_SOURCEBRANCH");
    const project = `${collection ?? ""}/${encodeURIComponent(read("SYSTEM_TEAMPROJECT"))}`;
    return {
      source: {
        repository: pathOf(address, url),
        commit,
        url: commitPage(kind, address, commit),
        time: "",
        ref: /^refs\/tags\/(.+)$/s.exec(ref)?.[1] ?? "",
        build: numbered(
          read("SYSTEM_DEFINITIONID") && `${read("SYSTEM_TEAMPROJECT")}/${read("SYSTEM_DEFINITIONID")}`,
          read("BUILD_BUILDID")
        )
      },
      run: {
        url: collection === void 0 ? "" : `${project}/_build/results?buildId=${read("BUILD_BUILDID")}`,
        actor: read("BUILD_REQUESTEDFOR")
      },
      branch: branchOf(read("SYSTEM_PULLREQUEST_SOURCEBRANCH")) || branchOf(ref),
      sourceServerUrl: url ?? "",
      ...server && { server, ownRepository: address },
      // It is there where the step maps it, and is of Azure also where the pipeline's repository is not.
      ...read("SYSTEM_ACCESSTOKEN") !== "" && { jobToken: read("SYSTEM_ACCESSTOKEN") },
      ...collection !== void 0 && { jobServerUrl: collection }
    };
  }
};
function branchOf(ref) {
  return ref.startsWith("refs/") ? /^refs\/heads\/(.+)$/s.exec(ref)?.[1] ?? "" : ref;
}
function withoutUser(address) {
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) return "";
  const url = new URL(address);
  return `${url.origin}${url.pathname}`;
}
function pathOf(address, server = "") {
  const path = address.startsWith(`${server}/`) ? address.slice(server.length) : address.replace(/^https?:\/\/[^/]*/, "");
  return path.replace(/^\/+/, "").replace(/\.git$/, "");
}

// src/inputs/ci-systems/bitbucket-pipelines.ts
var SERVER = { kind: "bitbucket-cloud", url: "https://bitbucket.org" };
var bitbucketPipelines = {
  name: "Bitbucket Pipelines",
  // There is no variable with the name of the system.
  isHere: (read) => read("BITBUCKET_BUILD_NUMBER") !== "" && read("BITBUCKET_REPO_FULL_NAME") !== "",
  facts: (read) => {
    const [repository, commit] = [read("BITBUCKET_REPO_FULL_NAME"), read("BITBUCKET_COMMIT")];
    const [project, number] = [`${SERVER.url}/${repository}`, read("BITBUCKET_BUILD_NUMBER")];
    return {
      source: {
        repository,
        commit,
        url: commitPage(SERVER.kind, project, commit),
        time: "",
        ref: read("BITBUCKET_TAG"),
        build: numbered(repository, number)
      },
      // Of the user there is an id, and no name.
      run: { url: `${project}/pipelines/results/${number}`, actor: "" },
      branch: read("BITBUCKET_BRANCH"),
      sourceServerUrl: SERVER.url,
      server: SERVER,
      ownRepository: `${project}.git`
    };
  }
};

// src/inputs/ci-systems/circleci.ts
var circleCi = {
  name: "CircleCI",
  isHere: (read) => read("CIRCLECI") === "true",
  facts: (read) => {
    const [owner, name] = [read("CIRCLE_PROJECT_USERNAME"), read("CIRCLE_PROJECT_REPONAME")];
    const repository = owner && name && `${owner}/${name}`;
    const commit = read("CIRCLE_SHA1");
    const server = webServerOf(read("CIRCLE_REPOSITORY_URL"));
    const url = server === void 0 ? "" : `${server}/${repository}/commit/${commit}`;
    const job = repository && read("CIRCLE_JOB") && `${repository}/${read("CIRCLE_JOB")}`;
    return {
      source: {
        repository,
        commit,
        url,
        time: "",
        ref: read("CIRCLE_TAG"),
        build: numbered(job, read("CIRCLE_BUILD_NUM"))
      },
      run: { url: read("CIRCLE_BUILD_URL"), actor: read("CIRCLE_USERNAME") },
      branch: read("CIRCLE_BRANCH"),
      ...server !== void 0 && { sourceServerUrl: server }
    };
  }
};

// src/inputs/ci-systems/gitlab-ci.ts
var gitlabCi = {
  name: "GitLab CI",
  marks: GITLAB_MARKS,
  isHere: (read) => read("GITLAB_CI") === "true",
  facts: (read) => {
    const [repository, commit] = [read("CI_PROJECT_PATH"), read("CI_COMMIT_SHA")];
    const url = readServer("CI_SERVER_URL", read) ?? webServerOf(read("CI_PROJECT_URL"));
    return {
      source: {
        repository,
        commit,
        url: `${read("CI_PROJECT_URL")}/-/commit/${commit}`,
        time: utcTime(read("CI_COMMIT_TIMESTAMP")),
        ref: read("CI_COMMIT_TAG"),
        build: numbered(repository, read("CI_PIPELINE_IID"))
      },
      run: { url: read("CI_PIPELINE_URL"), actor: read("GITLAB_USER_LOGIN") },
      // That of a merge request's pipeline is its source branch.
      branch: read("CI_COMMIT_TAG") === "" ? read("CI_COMMIT_REF_NAME") : "",
      ...read("CI_PROJECT_VISIBILITY") !== "" && { isSourcePublic: read("CI_PROJECT_VISIBILITY") === "public" },
      sourceServerUrl: webServerOf(read("CI_PROJECT_URL")) ?? "",
      ...url !== void 0 && { server: { kind: "gitlab", url } },
      ...url !== void 0 && repository !== "" && { ownRepository: `${url}/${repository}.git` },
      ...read("CI_JOB_TOKEN") !== "" && { jobToken: read("CI_JOB_TOKEN") }
    };
  }
};

// src/inputs/ci-systems/jenkins.ts
var jenkins = {
  name: "Jenkins",
  // The address is a setting, which may be empty.
  isHere: (read) => read("JENKINS_URL") !== "" || read("BUILD_TAG").startsWith("jenkins-"),
  facts: (read) => {
    const [address, commit, tag] = [read("GIT_URL"), read("GIT_COMMIT"), read("TAG_NAME")];
    const server = /^(?:https?|ssh):|^[^/:]+:(?!\/)/.test(address) ? webServerOf(address) : void 0;
    const repository = server === void 0 ? "" : pathOf2(address);
    const kind = kindOf({ host: server ? new URL(server).host : "", transport: "https", name: repository }, []);
    return {
      source: {
        repository,
        commit,
        url: commitPage(kind, `${server}/${repository}`, commit),
        time: "",
        ref: tag,
        build: numbered(read("JOB_NAME"), read("BUILD_NUMBER"))
      },
      // The user is known with the plugin build-user-vars.
      run: { url: read("BUILD_URL"), actor: read("BUILD_USER_ID") || read("CHANGE_AUTHOR") },
      branch: tag === "" ? read("CHANGE_BRANCH") || read("BRANCH_NAME") || localName(read("GIT_BRANCH")) : "",
      sourceServerUrl: server ?? ""
    };
  }
};
function pathOf2(address) {
  return address.replace(/^\w+:\/\/[^/]*\/|^[^/:]*:/, "").replace(/^\/+/, "").replace(/\/+$/, "").replace(/\.git$/, "");
}
function localName(branch) {
  return branch === "detached" ? "" : branch.replace(/^(?:refs\/remotes\/)?origin\/|^refs\/heads\//, "");
}

// src/inputs/ci-systems/index.ts
var CI_SYSTEMS = [
  // Forgejo sets Gitea's variables too, and both set GitHub's.
  forgejoActions,
  giteaActions,
  gitHubActions,
  circleCi,
  gitlabCi,
  azurePipelines,
  bitbucketPipelines,
  // The agent of another system may run on a machine of Jenkins.
  jenkins
];

// src/inputs/ci.ts
var UNKNOWN_SOURCE = { repository: "", commit: "", url: "", time: "", ref: "", build: "" };
var UNKNOWN = { source: UNKNOWN_SOURCE, run: { url: "", actor: "" }, branch: "" };
var GITHUB2 = { kind: "github", url: "https://github.com" };
var AUTHOR = { name: "manifest-release-pr", email: "manifest-release-pr@noreply.invalid" };
function detectCi(environment = process.env) {
  const read = (name) => environment[name] ?? "";
  const system = ciSystem(environment);
  const facts = system?.facts(read) ?? UNKNOWN;
  const servers = serversOf(facts.server, read);
  const gitHub = servers.find(({ kind }) => kind === GITHUB2.kind) ?? GITHUB2;
  const named = readServer("GITHUB_SERVER_URL", read) ?? gitHub.url;
  return {
    name: system?.name ?? "plain",
    source: facts.source,
    isSourcePublic: facts.isSourcePublic,
    run: facts.run,
    branch: facts.branch,
    servers,
    ownRepository: facts.ownRepository ?? "",
    serverUrl: gitHub.url,
    // A server of another kind that sets one of the two sets both.
    apiUrl: named === gitHub.url && readServer("GITHUB_API_URL", read) || apiOf(gitHub.url),
    sourceServerUrl: facts.sourceServerUrl ?? gitHub.url,
    jobToken: facts.jobToken ?? "",
    jobServerUrl: (facts.jobToken && (facts.jobServerUrl ?? facts.server?.url)) ?? "",
    author: facts.author ?? AUTHOR
  };
}
function ciSystem(environment = process.env) {
  return CI_SYSTEMS.find(({ isHere }) => isHere((name) => environment[name] ?? ""));
}
function serversOf(own, read) {
  const named = readServer("GITHUB_SERVER_URL", read);
  if (named === void 0 || named === own?.url) return [own ?? GITHUB2];
  return own ? [{ ...GITHUB2, url: named }, own] : [{ ...GITHUB2, url: named }];
}

// src/inputs/definition.ts
var WORKFLOW_TOKEN = "workflow:";
var BOOLEAN = ["true", "false"];

// src/inputs/identity.ts
var import_node_crypto2 = require("node:crypto");
function identityOf({ app, environment }, images, paths) {
  if (app !== "") return { app, environment, repositories: [], paths: [] };
  return {
    app,
    environment,
    repositories: sorted(images.map(({ reference }) => repositoryOf(reference.name))),
    paths: sorted(paths)
  };
}
function identityKey({ app, environment, repositories, paths }) {
  return hashOf([app, environment, repositories, paths]).slice(0, 16);
}
var hashOf = (values) => (0, import_node_crypto2.createHash)("sha256").update(JSON.stringify(values)).digest("hex");
function formatIdentity({ app, environment, repositories, paths }) {
  if (app !== "") return `${app} in ${environment}`;
  const [first = "", ...more] = repositories;
  const images = more.length === 0 ? first : `${first} and ${more.length} more`;
  return paths.length === 0 ? images : `${images} in ${paths.join(", ")}`;
}
function defaultNames(identity, first = "", base = "") {
  const { app, environment, repositories, paths } = identity;
  const path = (repositories[0] ?? "").split("/").slice(1);
  const readable2 = app === "" ? [...path, ...paths].join("-") : `${app}-${environment}`;
  const slug = `${readable2}-${base}`.replace(/[^\w.]+/g, "-").replace(/^-+|-+$/g, "").slice(0, MAX_SLUG);
  const key = identityKey(identity);
  const unique = base === "" ? key : hashOf([key, base]);
  return [app === "" ? lastComponent(first) : readable2, `${slug}-${unique.slice(0, 6)}`];
}
function namesInOtherOrders({ repositories }) {
  return [...new Set(repositories.slice(0, MAX_ORDERS).map(lastComponent))];
}
var lastComponent = (repository) => repository.split("/").at(-1) ?? "";
var MAX_ORDERS = 5;
var MAX_SLUG = 60;
var sorted = (texts) => [...new Set(texts)].toSorted();

// src/inputs/inputs-table.ts
var INPUTS = [
  {
    name: "repository",
    description: "Manifest repository: owner/name on the server of this CI (else on github.com), a git URL (https, ssh), or a local path.",
    default: "${{ github.repository }}"
  },
  {
    name: "images",
    description: "Images to release, one per line: name:tag, name:tag@sha256:\u2026, name@sha256:\u2026, or old=new:tag to move to another repository too; or the tags or json output of docker/metadata-action, or the metadata output of docker/bake-action; or @path of JSON files with such outputs.",
    list: "lines"
  },
  {
    name: "paths",
    description: "Git pathspecs, one per line, of the manifests to change. Default: the whole repository.",
    list: "lines",
    perEnvironment: "filled"
  },
  {
    name: "base",
    description: "Branch that the pull request goes into. Default: the default branch of the repository.",
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
    description: "Template of the pull request\u2019s title.",
    default: "{{ action }} {{ name }} {{#from}}{{ from }} \u2192 {{/from}}{{ version }}{{#from}}{{#step}} ({{ step }}){{/step}}{{/from}}",
    perEnvironment: "rendered"
  },
  {
    name: "commit-message",
    description: "Template of the commit message. Default: the title\u2019s default and a list of the changes.",
    perEnvironment: "rendered"
  },
  {
    name: "labels",
    description: "Labels, by lines or commas; templates, as bump/{{ bump }}.",
    list: "names",
    perEnvironment: "rendered"
  },
  {
    name: "reviewers",
    description: "Login names to ask for a review, by lines or commas; organisation/team for a team.",
    list: "names",
    perEnvironment: "filled"
  },
  {
    name: "draft",
    description: "Open the pull request as a draft: false, true, or always-true (an update makes it a draft again).",
    default: "false",
    choices: ["false", "true", "always-true"],
    perEnvironment: "filled"
  },
  {
    name: "delivery",
    description: "pull-request, or push: the commit goes straight to the base branch.",
    default: "pull-request",
    choices: ["pull-request", "push"],
    perEnvironment: "filled"
  },
  {
    name: "sign-commits",
    description: "Sign the commit: by GitHub, or with the SSH or GPG key of the environment variable MANIFEST_RELEASE_SIGNING_KEY.",
    default: "false",
    choices: BOOLEAN,
    perEnvironment: "filled"
  },
  {
    name: "force",
    description: "Release also a version that is older than the present one, whose pull request was closed without merging, or that was rolled back.",
    default: "false",
    choices: BOOLEAN
  },
  { name: "dry-run", description: "Plan and show all changes, write nothing.", default: "false", choices: BOOLEAN },
  {
    name: "wait",
    description: "What the run waits for after its release: none, merge (until the pull request is merged or closed), or deployed (until the agents of the setting verdict say whether it is deployed). With mode wait: deployed, unless it is merge.",
    default: "none",
    choices: ["none", "merge", "deployed"],
    perEnvironment: "filled"
  },
  {
    name: "mode",
    description: "release; wait (for a pull request or commit of an earlier job); for an app of the config file: promote (versions of another environment), rollback (to an earlier version), status (present versions) or list-versions (earlier versions); or, for a repository that is new to this Action: scan (list all places of images) or init (propose a config file).",
    default: "release",
    choices: ["release", "promote", "rollback", "status", "list-versions", "wait", "scan", "init"]
  },
  {
    name: "app",
    description: "Name of the app in the config file. Without it a release has only the defaults of the file, and status shows all apps."
  },
  {
    name: "environments",
    description: "Environments of the app, by lines or commas; with mode promote, those that get the versions. Default: of a release all that are after no other; of status and list-versions all.",
    list: "names"
  },
  {
    name: "version",
    description: "A tag, tag@sha256:\u2026 or digest for all images of the app, in place of images; with mode rollback, the version to go back to (default: the previous one)."
  },
  { name: "from", description: "With mode promote: the environment to take the versions from." },
  { name: "reason", description: "Reason for the release, promotion or rollback, shown in its texts." },
  {
    name: "token",
    description: "Token for git and the API, with Contents: write and Pull requests: write on the manifest repository. The default, the token of the workflow, goes to the server of the workflow alone.",
    // With a mark, which shows that the token is the default and was not given.
    default: `\${{ format('${WORKFLOW_TOKEN}{0}', github.token) }}`,
    variable: "MANIFEST_RELEASE_TOKEN"
  },
  {
    name: "source-token",
    description: "Token that reads the commits of the source repository. Default: the token of the workflow.",
    default: `\${{ format('${WORKFLOW_TOKEN}{0}', github.token) }}`,
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
    name: "settings",
    description: "Further settings, as YAML: keys that the config file may have under defaults. They override the file."
  }
];

// src/inputs/settings-table.ts
var SETTINGS = [
  {
    name: "forge",
    description: "Kind of the server of that repository, where its address, the CI and a question to it do not say: auto, github, gitlab, gitea, forgejo, bitbucket-cloud, bitbucket-data-center, azure-devops, codecommit, or git for any other.",
    default: "auto",
    choices: ["auto", ...FORGE_KINDS]
  },
  {
    name: "only-tags",
    description: "A tag, a glob (agent-*, *-alpine) or a range of versions (1.x, >=1.2 <2): only places with such a tag are changed.",
    perEnvironment: "filled"
  },
  {
    name: "targets",
    description: "Further places, one per line, that no convention finds: file#/json/pointer=image or file#dotted.path=image; file#kind/name#path where a file has several documents. One image needs no =image.",
    list: "lines",
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
    list: "lines",
    perEnvironment: "filled"
  },
  {
    name: "name",
    description: "Name of the release. Default: last component of the first image\u2019s repository; of an environment, app-environment.",
    perEnvironment: "filled"
  },
  {
    name: "body",
    description: "Template of the pull request\u2019s body, in Markdown. Default: what a reviewer needs, see docs/pull-request.md.",
    perEnvironment: "rendered"
  },
  {
    name: "source-commits",
    description: "Whether the pull request lists the commits of the source repository: auto (not those of a repository that is not public, where the manifest repository is), or always.",
    default: "auto",
    choices: ["auto", "always"],
    perEnvironment: "filled"
  },
  {
    name: "render",
    description: "What kustomize and Helm render from the changed files, before and after: auto (as far as the tools are on the PATH and nothing has to be fetched), off, or require (an error where something is not rendered).",
    default: "auto",
    choices: ["auto", "off", "require"],
    perEnvironment: "filled"
  },
  {
    name: "registry",
    description: "Before anything is written the registry of each released image is asked about it: check (an absent tag, or a digest that is not the one of the tag, is an error; a registry that cannot be read is noted), require (that is an error too), or off.",
    default: "check",
    choices: ["check", "require", "off"],
    perEnvironment: "filled"
  },
  {
    name: "pin",
    description: "What the digest from the registry is written to: keep (places that have a digest), always (all places, as tag@digest), or never.",
    default: "keep",
    choices: ["keep", "always", "never"],
    perEnvironment: "filled"
  },
  {
    name: "platforms",
    description: "Platforms, by lines or commas, that each released image must be for: linux/amd64.",
    list: "names",
    perEnvironment: "filled"
  },
  {
    name: "verify",
    description: "Who built the image is proved before anything is written: none, attestation (a build provenance of GitHub), or cosign (a signature).",
    default: "none",
    choices: ["none", "attestation", "cosign"],
    perEnvironment: "filled"
  },
  {
    name: "signer",
    description: "Who must have signed. For attestation: owner/repo, owner/repo/.github/workflows/file.yml, or both for a reusable workflow of another repository. For cosign: an identity and its issuer, or a public key in PEM.",
    perEnvironment: "filled"
  },
  {
    name: "trusted-root",
    description: "Trusted root of Sigstore, as gh attestation trusted-root or cosign trusted-root create print it: private repositories need that. Default: the one of the public Sigstore.",
    perEnvironment: "filled"
  },
  {
    name: "allowed-versions",
    description: "Range of versions (>=1.0.0) that the base allows; a release of any other version is an error.",
    perEnvironment: "filled"
  },
  {
    name: "on-foreign-commits",
    description: "When others committed on the release branch: append (our commit goes on top), stop (an error that names them) or reset (their commits are overwritten).",
    default: "append",
    choices: ["append", "stop", "reset"],
    perEnvironment: "filled"
  },
  {
    name: "assignees",
    description: "Login names to assign, by lines or commas.",
    list: "names",
    perEnvironment: "filled"
  },
  { name: "milestone", description: "Title or number of an open milestone.", perEnvironment: "filled" },
  {
    name: "auto-merge",
    description: "Let the server merge when all rules are met: none, merge, squash or rebase.",
    default: "none",
    choices: ["none", "merge", "squash", "rebase"],
    perEnvironment: "filled"
  },
  {
    name: "wait-timeout",
    description: "How long it waits at most, for the merge and the verdict together: 90s, 30m or 2h.",
    default: "30m",
    perEnvironment: "filled"
  },
  {
    name: "verdict",
    description: "Commit statuses that say whether a commit is deployed, one per line, all of which must be there: flux, argo-cd, a context (kustomization/web, deploy-*), or deployment/environment or check/name on GitHub; with \u201Cby login\u201D only those of that author.",
    list: "lines",
    perEnvironment: "filled"
  },
  {
    name: "wait-for",
    description: "With mode wait: the number of a pull request, or the whole id of a commit of the branch in the input base."
  },
  {
    name: "config",
    description: "Path of the config file in the manifest repository, which lists the environments of each app.",
    default: ".github/manifest-release.yaml"
  },
  {
    name: "ssh-key",
    description: "Private deploy key for git over ssh; the API still needs a token.",
    variable: "MANIFEST_RELEASE_SSH_KEY"
  },
  { name: "ssh-known-hosts", description: "Lines of known_hosts for the server. Default: those of github.com." },
  {
    name: "signing-key",
    description: "Private SSH or GPG key that signs commits, without a passphrase.",
    variable: "MANIFEST_RELEASE_SIGNING_KEY"
  },
  {
    name: "author",
    description: "Author and committer of the commit, as Name <email>. Default: in GitHub Actions github-actions[bot], elsewhere manifest-release-pr <manifest-release-pr@noreply.invalid>.",
    perEnvironment: "filled"
  }
];

// src/inputs/table.ts
var ALL = [...INPUTS, ...SETTINGS];
var INPUT_TABLE = ALL.map((input) => ({ default: "", ...input }));
var SETTING_NAMES = new Set(SETTINGS.map(({ name }) => name));

// src/inputs/lookup.ts
var OTHER_NAMES = /* @__PURE__ */ new Map([
  ["app-id", ["app-client-id"]],
  ["client-id", ["app-client-id"]],
  ["private-key", ["app-private-key"]],
  ["github-token", ["token"]],
  ["gh-token", ["token"]],
  ["git-token", ["token"]],
  ["repo-token", ["token"]],
  ["access-token", ["token"]],
  ["pat", ["token"]],
  ["deploy-key", ["ssh-key"]],
  ["ssh-private-key", ["ssh-key"]],
  ["url", ["repository"]],
  ["manifest-repo", ["repository"]],
  ["manifest-repository", ["repository"]],
  ["manifests", ["repository", "paths"]],
  ["tags", ["images"]],
  ["tag", ["images", "version"]],
  ["digest", ["images", "version"]],
  ["image-tag", ["images", "version"]],
  ["file", ["paths"]],
  ["files", ["paths"]],
  ["directory", ["paths"]],
  ["values-file", ["paths"]],
  ["base-branch", ["base"]],
  ["target-branch", ["base"]],
  ["ref", ["base"]],
  ["head", ["branch"]],
  ["head-branch", ["branch"]],
  ["automerge", ["auto-merge"]],
  ["application", ["app"]],
  ["service", ["app"]],
  ["to", ["environments"]],
  ["to-version", ["version"]],
  ["order", ["force"]],
  ["only-versions", ["allowed-versions"]],
  ["team", ["reviewers"]],
  ["team-reviewers", ["reviewers"]],
  ["committer", ["author"]],
  ["sign", ["sign-commits"]],
  ["message", ["commit-message"]],
  ["description", ["body"]],
  ["timeout", ["wait-timeout"]],
  ["platform", ["forge"]],
  ["provider", ["forge"]]
]);
function nearestInputs(name) {
  const folded = name.toLowerCase().replace(/[_\s]/g, "-").replace(/^(?:pr|mr|pull-request|merge-request)-/, "");
  const other = OTHER_NAMES.get(folded);
  if (other) return other;
  const near = nearName(folded, NAMES5);
  return near === void 0 ? [] : [near];
}
function unknownInput(input, shown2) {
  const setting = INPUT_TABLE.find(({ name }) => name === input && SETTING_NAMES.has(name));
  if (setting) return failure("INPUT_IS_SETTING", { input, where: whereToGive(setting.name) });
  return failure("INPUT_UNKNOWN", { input, nearest: nearestInputs(input).map(shown2) });
}
var NAMES5 = INPUT_TABLE.map(({ name }) => name);
var missingInput = (input) => failure("INPUT_MISSING", { input, where: whereToGive(input) });
function whereToGive(input) {
  const { variable, perEnvironment } = rowOf(input) ?? {};
  const isSetting = SETTING_NAMES.has(input);
  if (isSetting && variable !== void 0) return `in the environment variable ${variable}`;
  const file = perEnvironment === void 0 ? "" : ", in the config file";
  const step = isSetting ? `under "settings:" of the step${file}` : 'under "with:" in the workflow';
  const flag = variable === void 0 ? `as --${input}` : `in the environment variable ${variable}`;
  return `${step}, or ${flag} on the command line`;
}
var rowOf = (input) => INPUT_TABLE.find(({ name }) => name === input);
function variableOf(input) {
  return rowOf(input)?.variable;
}
function defaultOf(name) {
  return rowOf(name)?.default ?? "";
}
function isSwitch({ choices }) {
  return choices === BOOLEAN;
}
function choicesOf(name) {
  return rowOf(name)?.choices;
}

// src/inputs/images.ts
function readReleasedImages(input, options = {}) {
  const entries = input.trim().startsWith("{") ? fromJson(input.trim(), input) : input.split(/[\s,]+/);
  const given = entries.filter((entry) => entry !== "").map(readEntry);
  if (given.length === 0) throw missingInput("images");
  const notes2 = [];
  const repositories = new Set(given.map(({ reference }) => repositoryOf(reference.name)));
  const images = [...repositories].map((repository) => {
    const candidates = given.filter(({ reference }) => repositoryOf(reference.name) === repository);
    const chosen = choose(candidates, options);
    const others = candidates.filter(({ reference }) => reference.tag !== chosen.reference.tag);
    if (others.length > 0) {
      const left = others.map(({ reference }) => formatVersion(reference)).join(", ");
      notes2.push(
        `of the tags of ${chosen.reference.name}, ${chosen.reference.tag ?? ""} is released; left aside: ${left}`
      );
    }
    return chosen;
  });
  refuseRivals(images);
  return { released: images, notes: notes2 };
}
function isCopy(one, other) {
  const [a, b] = [one, other].map(({ reference }) => ({ ...reference, ...splitName(repositoryOf(reference.name)) }));
  const stays = [one, other].every(({ reference, replaces }) => reference.name === replaces);
  if (!a || !b || !stays || a.registry === b.registry) return false;
  return lastComponent2(a.path) === lastComponent2(b.path) && a.tag === b.tag && a.digest === b.digest;
}
var lastComponent2 = (path) => path.slice(path.lastIndexOf("/") + 1);
var formatReleasedImage = ({ reference, replaces }) => (replaces === reference.name ? "" : `${replaces}=`) + formatReference(reference);
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
  const text = entry.slice(equals + 1);
  const reference = parseReference(text);
  if (!reference) throw failure("IMAGE_INVALID", { value: entry, reason: referenceProblem(text) });
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
function choose(images, options) {
  const { branch = "", mayMove = false, input = "images" } = options;
  const candidates = images.map((image) => ({ image, kind: kindOf2(image, images, branch) }));
  const [chosen, ...others] = candidates.toSorted((a, b) => TAG_KINDS.indexOf(a.kind) - TAG_KINDS.indexOf(b.kind));
  if (!chosen) throw missingInput("images");
  const { reference } = chosen.image;
  if (chosen.kind === "moving" && !mayMove) {
    const tags = new Set(images.map((image) => image.reference.tag ?? ""));
    throw failure("IMAGE_TAG_MOVES", { input, image: reference.name, tags: [...tags] });
  }
  const rival = others.find(({ image, kind }) => kind !== "moving" && contradicts(chosen.image, image));
  if (rival) {
    const versions = [chosen, rival].map(({ image }) => formatVersion(image.reference));
    throw failure("IMAGE_TWO_VERSIONS", { image: reference.name, versions });
  }
  return chosen.image;
}
function kindOf2({ reference }, all, branch) {
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
function fromJson(text, shown2) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = text === shown2 ? `is not JSON: ${error.message}` : "is not JSON";
    throw failure("IMAGES_UNREADABLE", { value: shown2, reason });
  }
  const tagged = isRecord(value) ? fromMetadataAction(value) : [];
  const references = tagged ?? (isRecord(value) ? fromBuildMetadata(value) : []);
  if (references.length === 0) {
    const reason = tagged ? 'has no "tags"' : 'has neither "tags" nor a target with "image.name"';
    throw failure("IMAGES_UNREADABLE", { value: shown2, reason });
  }
  return references;
}
function fromMetadataAction({ tags, digest }) {
  const suffix = typeof digest === "string" ? `@${digest}` : "";
  return Array.isArray(tags) ? tags.map((tag) => `${String(tag)}${suffix}`) : void 0;
}
function fromBuildMetadata(metadata) {
  return [metadata, ...Object.values(metadata)].filter(isRecord).flatMap((target) => {
    const { "image.name": names, "containerimage.digest": digest } = target;
    if (typeof names !== "string") return [];
    const suffix = typeof digest === "string" ? `@${digest}` : "";
    return names.split(",").map((name) => name.trim() + suffix);
  });
}
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// src/core/remote.ts
var import_node_fs3 = require("node:fs");
var import_node_path3 = require("node:path");
var import_node_url = require("node:url");

// src/core/user-name.ts
var FORM = /^\w[\w.+-]*(?:@[\w-]+(?:\.[\w-]+)+)?$/;
var ACCOUNT2 = /-at-\d{12}$/;
var LONGEST = 64;
var TOKEN = /(?:^|[^A-Za-z\d])(?:gh[a-z]_|github_pat_|gl(?:pat|oas|dt|rt|rtr|cbt|ptt|ft|imt|agent|wt|soat|ffct)-|AT(?:ATT|CTT|STT|BB)\w|BBDC-|eyJ\w{5})/;
var KEY_ID = /^APKA[A-Z\d]{12,}$/;
var CONSONANTS = /[b-df-hj-np-tv-xz]{6}/i;
function isUserName(text) {
  const name = text.replace(ACCOUNT2, "");
  if (!FORM.test(text) || name.length > LONGEST) return false;
  return KEY_ID.test(name) || !(TOKEN.test(name) || isHexadecimal(name) || isRandom(name));
}
function isHexadecimal(name) {
  return /^(?=.*\d)[\da-f]{16,}$/i.test(withoutSeparators(name));
}
function isRandom(name) {
  const words = name.split(/[^A-Za-z\d]+/);
  const changes = words.map(changesIn);
  const isLongMix = words.some(
    (word, index) => word.length > 40 || word.length >= 16 && ((changes[index] ?? 0) >= 3 || CONSONANTS.test(word))
  );
  const total = changes.reduce((sum, one) => sum + one, 0);
  const { length } = withoutSeparators(name);
  return isLongMix || length >= 10 && total >= 4 && total * 5 >= length;
}
function changesIn(word) {
  const kinds = word.replace(/[A-Z](?=[a-z])|[a-z]/g, "a").replace(/[A-Z]/g, "A").replace(/\d/g, "0");
  return kinds.match(/(?<=a)[A0]|(?<=A)[a0]|(?<=0)[aA]/g)?.length ?? 0;
}
var withoutSeparators = (name) => name.replace(/[^A-Za-z\d]+/g, "");

// src/core/remote.ts
var OWNER_AND_NAME = /^[\w.-]+\/[\w.-]+$/;
var SCP_LIKE = /^(?:([\w.+-]+)@)?([\w.-]+):(?!\/\/)((?:[\w./~-]|%[\da-f]{2})+)$/i;
var WINDOWS_PATH = /^(?:[a-z]:[\\/]|\\\\|\/\/)/i;
var LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;
var HTTP_PATH = /(?:^|\/)(?:scm|_git)\/|^v1\/repos\//;
var MAY_BE_CREDENTIAL = 'contains what may be a credential; give it in the input "token"';
var PAGE = /^(?!.*\.git\/?$)\/([^/]+(?:\/[^/]+)+?)\/(?:-|tree|blob|commits|src\/branch)\/./;
var MISTAKES2 = [
  [/\$[\w({]|\{\{/, () => "has a variable that was not replaced"],
  [/^[\w-]+(?:\.[\w-]+)+(?:\/[\w.~-]+){2,}\/?$/, (text) => `has no scheme; write https://${text}`],
  [/^[\w.-]+(?:\/[\w.-]+)+\/$/, (text) => `ends with a slash; write ${text.slice(0, -1)}`]
];
function readRemote(repository, serverUrl, overSsh = false, platform = process.platform) {
  const remote = WINDOWS_PATH.test(repository) ? readWindowsPath(repository, platform) : readAddress(repository, serverUrl);
  if (!overSsh || !remote.transport.startsWith("http")) return remote;
  if (HTTP_PATH.test(remote.name)) throw invalid(remote.url, "has another form over ssh; give its ssh address");
  const { hostname } = new URL(remote.url);
  return { name: remote.name, url: `ssh://git@${hostname}/${remote.name}.git`, transport: "ssh", host: hostname };
}
function readAddress(repository, serverUrl) {
  if (OWNER_AND_NAME.test(repository) && !repository.startsWith(".")) {
    return readAddress(`${serverUrl.replace(/\/$/, "")}/${repository.replace(/\.git$/, "")}.git`, serverUrl);
  }
  const [, user = "git", host, path] = SCP_LIKE.exec(repository) ?? [];
  if (host !== void 0 && path !== void 0) {
    if (!isUserName(user) || mayHaveCredential(path)) throw invalid(`\u2026@${host}:\u2026`, MAY_BE_CREDENTIAL);
    return { name: nameFromPath(path), url: repository, transport: "ssh", host: host.toLowerCase() };
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(repository)) return readUrl(repository);
  return readPath(repository);
}
function readWindowsPath(repository, platform) {
  if (platform !== "win32") throw invalid(repository, "is a path of Windows, and this machine is not Windows");
  return readPath(repository);
}
function readPath(repository) {
  if (repository.startsWith("-") || !(0, import_node_fs3.existsSync)(repository)) {
    const [, problem] = MISTAKES2.find(([pattern]) => pattern.test(repository)) ?? [];
    const unknown = "is no repository: neither owner/name, nor a URL (https://\u2026, ssh://\u2026), nor a folder that exists";
    throw invalid(repository, problem?.(repository) ?? unknown);
  }
  return { name: repository, url: (0, import_node_url.pathToFileURL)((0, import_node_path3.resolve)(repository)).href, transport: "file", host: "" };
}
function readUrl(repository) {
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*):(?:\/\/)?(.*)$/is.exec(repository) ?? [];
  const user = scheme.toLowerCase() === "file" ? "" : readUser(rest);
  if (user === void 0) throw invalid(`${scheme}://\u2026`, MAY_BE_CREDENTIAL);
  if (!URL.canParse(repository)) throw invalid(`${scheme}://\u2026`, "is not a valid URL");
  const url = new URL(repository);
  const transport = url.protocol.slice(0, -1);
  if (transport === "http" && !LOOPBACK.test(url.hostname)) {
    throw invalid(repository, "would send the token unencrypted; use https");
  }
  if (transport !== "https" && transport !== "http" && transport !== "ssh" && transport !== "file") {
    throw invalid(repository, "uses a transport other than https, ssh and file");
  }
  const name = transport === "file" ? url.pathname : nameFromPath(url.pathname);
  if (!transport.startsWith("http")) return { name, url: url.href, transport, host: url.hostname };
  const [, ofPage] = PAGE.exec(url.pathname) ?? [];
  if (ofPage !== void 0) throw invalid(repository, `is the address of a page; write ${url.origin}/${ofPage}`);
  url.username = "";
  url.password = "";
  return { name, url: url.href, transport, host: url.host, ...user !== "" && { login: { user } } };
}
function readUser(rest) {
  const [, before, path = ""] = /^(?:([^/]*)@)?(.*)$/s.exec(rest) ?? [];
  const [server = "", ...others] = path.split("/");
  if (mayHaveCredential(others.join("/")) || /[@?#]|%40|%3a|%3f|%23/i.test(server)) return void 0;
  if (before === void 0 || before === "") return "";
  const user = decode(before);
  return user !== void 0 && !before.includes("@") && isUserName(user) ? user : void 0;
}
var mayHaveCredential = (path) => /[@:?#]|%(?:3a|3f|23|40)/i.test(path);
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return void 0;
  }
}
function nameFromPath(path) {
  return path.replace(/^[/~]+/, "").replace(/(?<!\/)\/+$/, "").replace(/\.git$/, "");
}
function invalid(repository, reason) {
  return failure("INPUT_INVALID", { input: "repository", value: repository.replace(/^.*@/s, "\u2026@"), reason });
}

// src/forge/git-login.ts
var ANY = { user: "x-access-token" };
var LOGINS = {
  github: () => ANY,
  // The token of a job has one user name, every other token any that is not empty.
  gitlab: ({ token, isOfJob }) => ({ user: isOfJob || /(?:^|-)glcbt-/.test(token) ? "gitlab-ci-token" : "oauth2" }),
  gitea: () => ANY,
  forgejo: () => ANY,
  // Of a person (API token), or of a repository, project or workspace (access token).
  "bitbucket-cloud": ({ token }) => ({
    user: token.startsWith("ATATT") ? "x-bitbucket-api-token-auth" : "x-token-auth"
  }),
  // The token of a person has that person's name, the token of a project or repository none: alone both are taken.
  "bitbucket-data-center": () => "bearer",
  // A personal token is the password of no user; those of a pipeline and of Microsoft Entra ID are sent alone.
  "azure-devops": ({ token }) => isJwt(token) ? "bearer" : { user: "" },
  // The password of one user: only the address can name it.
  codecommit: () => void 0,
  git: () => ANY
};
function withLogin(remote, kind, given) {
  if (given.token === "" || !remote.transport.startsWith("http")) return remote;
  if (remote.login !== void 0) return kind === "bitbucket-cloud" ? withAccount(remote, given) : remote;
  const login = LOGINS[kind](given);
  if (login !== void 0) return { ...remote, login };
  throw failure("INPUT_INVALID", {
    input: "repository",
    value: remote.url,
    reason: `names no user, and a password is no good without one; write it before the host: https://<user>@${remote.host}/\u2026`
  });
}
function withAccount(remote, given) {
  const login = LOGINS["bitbucket-cloud"](given);
  const named = typeof remote.login === "object" ? remote.login.user : "";
  if (typeof login !== "object") return remote;
  if (given.token.startsWith("ATCTT")) return { ...remote, login };
  return named.includes("@") ? { ...remote, login: { ...login, email: named } } : remote;
}

// src/forge/repository-name.ts
var ownerAndName = (server, name) => /^[\w.-]+\/[\w.-]+$/.test(name) ? `${server}/${name.replace(/\.git$/, "")}.git` : void 0;
var ADDRESSES = {
  // Groups have groups.
  gitlab: (server, name) => /^[\w.-]+(?:\/[\w.-]+)+$/.test(name) ? `${server}/${name.replace(/\.git$/, "")}.git` : void 0,
  "azure-devops": (server, name) => {
    const [, project, repository] = /^([\w.-][\w. -]*)\/([\w.-][\w. -]*)$/.exec(name) ?? [];
    if (project === void 0 || repository === void 0) return void 0;
    return `${server}/${encodeURIComponent(project)}/_git/${encodeURIComponent(repository)}`;
  }
};
var hostOf = (url) => URL.canParse(url) ? new URL(url).host : "";
var OF_GITHUB = /^(?:gh[a-z]_|github_pat_)/;
function addressOf2(repository, { kind, url }, token) {
  if (repository.startsWith(".") || repository.startsWith(`${hostOf(url)}/`)) return repository;
  const address = (ADDRESSES[kind] ?? ownerAndName)(url.replace(/\/+$/, ""), repository);
  if (address === void 0 || kind === "github" || !OF_GITHUB.test(token)) return address ?? repository;
  throw failure("INPUT_INVALID", {
    input: "repository",
    value: repository,
    reason: `is on ${url} for this CI, and the token is one of GitHub; write the whole address, as https://github.com/${repository}`
  });
}

// src/inputs/github-host-keys.ts
var KEYS = [
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
  "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5YRrYMjNuG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg=",
  "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQCj7ndNxQowgcQnjshcLrqPEiiphnt+VTTvDP6mHBL9j1aNUkY4Ue1gvwnGLVlOhGeYrnZaMgRK6+PKCUXaDbC7qtbW8gIkhL7aGCsOr/C56SJMy/BCZfxd1nWzAOxSDPgVsmerOBYfNqltV9/hWCqBywINIR+5dIg6JTJ72pcEpEjcYgXkE2YEFXV1JHnsKgbLWNlhScqb2UmyRkQyytRLtL+38TGxkxCflmO+5Z8CSSNY7GidjMIZ7Q4zMjA2n1nGrlTDkzwDCsw+wqFPGQA179cnfGWOWRVruj16z6XyvxvjJwbz0wQZ75XK5tKSb7FNyeIEs4TT4jk+S4dhPeAUC5y+bDYirYgM4GC7uEnztnZyaVWQ7B381AK4Qdrwt51ZqExKbQpTUNn+EjqoTwvqNj4kqx5QUCI0ThS/YkOxJCXmPUWZbhjpCg56i+2aB6CmK2JGhn57K5mj0MNdBXA4/WnwH6XoPWJzK5Nyu2zB3nAZp+S5hpQs+p1vN1/wsjk="
];
var GITHUB_HOST_KEYS = KEYS.map((key) => `github.com,[ssh.github.com]:443 ${key}
`).join("");

// src/inputs/raw-inputs.ts
function givenOf(raw) {
  const entries = Object.entries(raw).map(([name, text]) => [name, text.trim()]);
  return Object.fromEntries(entries.filter(([, text]) => text !== ""));
}
var reading = (raw) => (name) => (raw[name] ?? "").trim();

// src/inputs/values.ts
function readLines(text) {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}
var MOST_NAMES = 100;
var splitNames = (text) => readLines(text.replaceAll(",", "\n"));
function readNames(input, value) {
  const names = splitNames(value);
  if (names.length <= MOST_NAMES) return names;
  throw failure("INPUT_INVALID", { input, value, reason: `has ${names.length} names, more than ${MOST_NAMES}` });
}
function readChoice(input, value) {
  const choices = choicesOf(input);
  const folded = /^(?:True|TRUE|False|FALSE)$/.test(value) ? value.toLowerCase() : value;
  const chosen = choices.find((choice) => choice === folded);
  if (chosen !== void 0) return chosen;
  const last = choices.at(-1) ?? "";
  const rest = choices.slice(0, -1);
  const reason = rest.length === 1 ? `is neither ${rest[0]} nor ${last}` : `is none of ${rest.join(", ")} and ${last}`;
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
  const [, name, email] = /^([^<>\n]*[^<>\s])\s*<([^<>\s]+)>$/.exec(value) ?? [];
  if (name === void 0 || email === void 0) {
    throw failure("INPUT_INVALID", { input: "author", value, reason: "is not of the form Name <email>" });
  }
  return { name, email };
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
  if (!range) throw failure("INPUT_INVALID", { input: "allowed-versions", value, reason: "is no range of versions" });
  const other = images.find(({ reference }) => !isInRange(reference.tag ?? "", range));
  if (other) throw failure("VERSION_NOT_ALLOWED", { image: formatReference(other.reference), range: value });
}

// src/inputs/access.ts
function readAccess(raw, ci) {
  const given = reading(raw);
  const repository = given("repository") || ci.ownRepository;
  if (repository === "") throw missingInput("repository");
  const [home] = ci.servers;
  const remote = readRemote(addressOf2(repository, home, given("token")), home.url, given("ssh-key") !== "");
  const forge = readChoice("forge", given("forge") || defaultOf("forge"));
  const kind = forge === "auto" ? kindOf(remote, ci.servers) : forge;
  const token = tokenFor(remote, given("token"), ci);
  const isKeyOnly = given("app-client-id") === "" && given("app-private-key") !== "" && isDefaultToken(given("token"));
  if (isKeyOnly && remote.transport !== "file") throw missingInput("app-client-id");
  return {
    remote: withLogin(remote, kind, { token, isOfJob: token === ci.jobToken }),
    kind,
    base: given("base").replace(/^refs\/heads\//, ""),
    token,
    sourceToken: withoutMark(given("source-token")),
    packagesToken: packagesTokenOf([given("token"), given("source-token")], ci),
    ...given("app-client-id") !== "" && {
      app: { clientId: given("app-client-id"), privateKey: readSecret(raw, "app-private-key") }
    },
    ...given("ssh-key") !== "" && {
      ssh: { key: readSecret(raw, "ssh-key"), knownHosts: given("ssh-known-hosts") || GITHUB_HOST_KEYS }
    }
  };
}
var withoutMark = (token) => isOfWorkflow(token) ? token.slice(WORKFLOW_TOKEN.length) : token;
var isOfWorkflow = (token) => token.startsWith(WORKFLOW_TOKEN);
var isDefaultToken = (token) => token === "" || isOfWorkflow(token);
function packagesTokenOf(tokens, { servers: [home], jobToken, jobServerUrl }) {
  if (jobServerUrl === GITHUB_COM && jobToken !== "") return jobToken;
  return home.url === GITHUB_COM ? withoutMark(tokens.find(isOfWorkflow) ?? "") : "";
}
var GITHUB_COM = "https://github.com";
function tokenFor(remote, token, { servers: [home], jobToken, jobServerUrl }) {
  if (isOfWorkflow(token)) return isServerOf(home, remote) ? withoutMark(token) : "";
  if (token !== "" || jobServerUrl === "") return token;
  const isOwn = isServerOf({ url: jobServerUrl }, remote) && isBelow(jobServerUrl, remote);
  return isOwn ? jobToken : "";
}
function isBelow(server, { transport, url }) {
  const folderOf = (address) => `${new URL(address).pathname.replace(/\/+$/, "")}/`;
  return transport === "ssh" || folderOf(url).startsWith(folderOf(server));
}
function readSecret(raw, name) {
  const secret = reading(raw)(name);
  if (secret === "") throw missingInput(name);
  return `${secret}
`;
}

// src/inputs/checks.ts
var import_node_crypto3 = require("node:crypto");
function refuseWithoutRegistry({ registry, pin, platforms, signer }) {
  if (registry !== "off") return;
  const [input] = [
    ...pin === "always" ? ["pin"] : [],
    ...platforms.length > 0 ? ["platforms"] : [],
    ...signer ? ["verify"] : []
  ];
  if (input === void 0) return;
  const reason = `leaves nothing to read for the input "${input}"`;
  throw failure("INPUT_INVALID", { input: "registry", value: registry, reason });
}
function readPlatforms(lines) {
  const value = lines.find((line) => !/^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)?$/.test(line));
  if (value === void 0) return lines;
  throw failure("INPUT_INVALID", { input: "platforms", value, reason: "is not of the form linux/amd64" });
}
var REPOSITORY = /^[\w.-]+\/[\w.-]+$/;
var WORKFLOW = /^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml$/;
function readSigner(verify, value) {
  if (verify === "none") return void 0;
  if (value === "") throw missingInput("signer");
  const signer = (verify === "attestation" ? readWorkflow : readCosign)(value);
  if (signer) return signer;
  const forms2 = {
    attestation: "is not owner/repo, owner/repo/.github/workflows/file.yml, or these two",
    cosign: "is neither an identity and its issuer nor a public key in PEM"
  };
  throw failure("INPUT_INVALID", { input: "signer", value, reason: forms2[verify] });
}
function readWorkflow(value) {
  const words = value.split(/\s+/);
  const workflow = words.find((word) => WORKFLOW.test(word));
  const repository = words.find((word) => REPOSITORY.test(word)) ?? workflow?.split("/").slice(0, 2).join("/");
  const isRead = words.every((word) => word === workflow || word === repository);
  if (repository === void 0 || !isRead) return void 0;
  return { kind: "workflow", repository, ...workflow !== void 0 && { workflow } };
}
function readCosign(value) {
  const [identity, issuer, ...rest] = value.split(/\s+/);
  if (value.startsWith("-----BEGIN PUBLIC KEY-----")) return readKey(value);
  if (identity === void 0 || issuer === void 0 || rest.length > 0) return void 0;
  return { kind: "identity", identity, issuer };
}
function readKey(pem) {
  try {
    return { kind: "key", publicKey: (0, import_node_crypto3.createPublicKey)(pem) };
  } catch {
    return void 0;
  }
}

// src/inputs/default-templates.ts
var DECISION = `{{ action }} **{{ name }}** {{#from}}{{ from }} \u2192 {{/from}}{{ version }}{{#from}}{{#step}} ({{ step }}){{/step}}{{/from}}{{#environment}} in {{ environment }}{{/environment}}: {{ placeCount }}{{#skipped}}, skipped {{ skipped }}{{/skipped}}.
{{#origin.since}}
{{#origin.environment}}In {{ origin.environment }} since {{ origin.since }}{{#origin.age}}, for {{ origin.age }}{{/origin.age}}{{/origin.environment}}{{^origin.environment}}Deployed before from {{ origin.since }}{{/origin.environment}}{{#origin.pull}} ({{#origin.pullUrl}}[pull request {{ origin.pull }}]({{ origin.pullUrl }}){{/origin.pullUrl}}{{^origin.pullUrl}}pull request {{ origin.pull }}{{/origin.pullUrl}}){{/origin.pull}}.
{{/origin.since}}
{{#reason}}

**Why:** {{ reason }}
{{/reason}}
`;
var IMAGES = `
| Image | From | To | Step | Places |{{#checked}} Registry | Built by |{{/checked}}
| --- | --- | --- | --- | --: |{{#checked}} --- | --- |{{/checked}}
{{#imageChanges}}
| {{ image }} | {{#from}}{{ from }}{{/from}}{{^from}}\u2013{{/from}} | **{{ to }}** | {{#step}}{{ step }}{{/step}}{{^step}}\u2013{{/step}} | {{ places }} |{{#checked}} {{ registry }} | {{ builtBy }} |{{/checked}}
{{/imageChanges}}
{{#imagesMore}}

and {{ imagesMore }} more images
{{/imagesMore}}
{{#unchecked}}

Not checked in the registry: {{ unchecked }}
{{/unchecked}}
`;
var CONTENTS = `{{#contents.summary}}

**What is in it:** {{ contents.summary }}{{#contents.url}} ([compare]({{ contents.url }})){{/contents.url}}

{{/contents.summary}}
{{#commits}}
- {{#mark}}**{{ mark }}:** {{/mark}}{{ subject }} \u2013 {{ author }}, [{{ shortCommit }}]({{ url }}){{#pull}}, [pull request {{ pull }}]({{ pullUrl }}){{/pull}}
{{/commits}}
{{#commitsMore}}
- and {{ commitsMore }} more
{{/commitsMore}}
`;
var PLACES = `
{{#placesFolded}}
{{#details}}
<details><summary>{{ placeCount }}</summary>

{{/details}}
{{/placesFolded}}
{{^placesFolded}}
**Where**

{{/placesFolded}}
{{#places}}
- {{ file }}:{{ line }} {{ where }}: {{ image }} {{#from}}{{ from }} \u2192 {{/from}}{{ to }}{{#note}} ({{ note }}){{/note}}
{{/places}}
{{#placesMore}}
- and {{ placesMore }} more, which the diff shows
{{/placesMore}}
{{#placesFolded}}
{{#details}}

</details>
{{/details}}
{{/placesFolded}}
{{#leftCount}}

**Left as it is:** {{ leftCount }} with another version.

{{/leftCount}}
{{#left}}
- {{ file }}:{{ line }} has {{ image }} {{ version }}: it {{ reason }}
{{/left}}
{{#leftMore}}
- and {{ leftMore }} more, which the log of the run shows
{{/leftMore}}
`;
var ORIGIN = `
{{#source.commit}}
Built from {{#source.repository}}{{ source.repository }}@{{/source.repository}}{{#source.url}}[{{ source.shortCommit }}]({{ source.url }}){{/source.url}}{{^source.url}}{{ source.shortCommit }}{{/source.url}}{{^origin.since}}{{#run.url}} by [this run]({{ run.url }}){{/run.url}}{{#actor}}, started by {{ actor }}{{/actor}}{{/origin.since}}.
{{/source.commit}}
{{#origin.since}}
{{#run.url}}
Asked for by [this run]({{ run.url }}){{#actor}}, started by {{ actor }}{{/actor}}.
{{/run.url}}
{{/origin.since}}
{{#goBack.command}}
To go back after the merge: {{ goBack.command }}
{{/goBack.command}}
`;
var HELP = `
{{#details}}
<details><summary>About this pull request</summary>

{{/details}}
- manifest-release-pr opened it after an image build, and keeps it up to date while it is open.
- Merging it changes the manifests; the agent in the cluster deploys them.
- Closing it without merging declines this version: it is not proposed again, a newer one is.
- Commits that you add to its branch stay, and so does text above and below this part.
- A build that is older than what is deployed or proposed is skipped.
{{#details}}

</details>
{{/details}}
`;
var CLUSTER = `{{#rendered}}

{{ rendered }}
{{/rendered}}
`;
var DEFAULT_BODY = DECISION + IMAGES + CONTENTS + CLUSTER + PLACES + ORIGIN + HELP;
var DEFAULT_COMMIT_MESSAGE = `{{ action }} {{ name }} {{ version }}
{{#reason}}

{{ reason }}
{{/reason}}

{{#changes}}
{{ file }}:{{ line }} {{ image }} {{#from}}{{ from }} -> {{/from}}{{ to }}{{#note}} ({{ note }}){{/note}}
{{/changes}}
`;

// src/inputs/operation.ts
var PLAIN_RELEASE = {
  action: "Release",
  reason: "",
  origin: { environment: "", since: "", pull: "" },
  rollsBack: []
};
var ROLLBACK_BRANCH = "rollback/{{ name }}";

// src/inputs/wait.ts
var AGENTS = /* @__PURE__ */ new Map([
  ["flux", ["kustomization", "helmrelease"]],
  ["argo-cd", ["continuous-delivery"]]
]);
var UNITS2 = { s: 1e3, m: 6e4, h: 36e5 };
function readWait(raw) {
  const until = readChoice("wait", raw.wait?.trim() || defaultOf("wait"));
  const timeoutText = raw["wait-timeout"]?.trim() || defaultOf("wait-timeout");
  const watched = until === "deployed" ? readVerdict(raw.verdict) : [];
  if (until === "deployed" && watched.length === 0) throw missingInput("verdict");
  return { until, timeout: readTimeout(timeoutText), timeoutText, watched };
}
var readVerdict = (text = "") => readLines(text).map(readWatched);
function readTimeout(value) {
  const [, count = "", unit = ""] = /^(\d{1,5})\s*([smh])$/.exec(value) ?? [];
  const milliseconds = Number(count) * (UNITS2[unit] ?? 0);
  if (milliseconds > 0) return milliseconds;
  throw failure("INPUT_INVALID", { input: "wait-timeout", value, reason: "is no time such as 90s, 30m or 2h" });
}
function readWatched(text) {
  const [, context = "", author = ""] = /^(\S.*?)(?:\s+by\s+(\S+))?$/.exec(text) ?? [];
  return { text, contexts: AGENTS.get(context) ?? [context], author };
}
function isWatched({ contexts, author }, status) {
  const isAuthor = author === "" || status.author.toLowerCase() === author.toLowerCase();
  return isAuthor && contexts.some((context) => [context, `${context}/*`].some((one) => matches(one, status.context)));
}
var asksFor = ({ contexts }, kind) => contexts.some((one) => one.startsWith(`${kind}/`));
var matches = (pattern, context) => matchesParts(context, pattern.split("*"));

// src/manifests/targets.ts
var LINE = /^(?<file>[^#]+)#(?:(?<document>[^#]+)#)?(?<path>[^#]+?)(?:=(?<image>[^="\]]+))?$/;
var STEP = /\.?([^.[\]"]+)|\[(\d+)\]|\.?\[?("(?:[^"\\]|\\.)*")\]?/y;
function readTargets(lines, images) {
  return lines.map((text) => {
    const { file, document, path = "", image } = LINE.exec(text)?.groups ?? {};
    const invalid3 = (reason) => failure("INPUT_INVALID", { input: "targets", value: text, reason });
    if (file === void 0) throw invalid3("is not of the form file#path or file#path=image");
    const [only, ...more] = images;
    const name = image?.trim() ?? (more.length === 0 ? only?.reference.name : void 0);
    if (name === void 0) throw invalid3("does not say which of the released images it is of; write file#path=image");
    if (!parseReference(name)) throw invalid3('names no image behind the "="');
    const segments = path.startsWith("/") ? readPointer(path) : readDotted(path);
    if (!segments) throw invalid3("has a path that is neither a JSON pointer nor dotted keys");
    return { text, file, path: segments, image: name, ...document !== void 0 && { document } };
  });
}
function readPointer(path) {
  return path.slice(1).split("/").map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}
function readQuoted(text = "") {
  try {
    return JSON.parse(text);
  } catch {
    return void 0;
  }
}
function readDotted(path) {
  const segments = [];
  STEP.lastIndex = 0;
  for (let position = 0; position < path.length; position = STEP.lastIndex) {
    const [, key, index, quoted] = STEP.exec(path) ?? [];
    const segment = key ?? index ?? readQuoted(quoted);
    if (segment === void 0) return void 0;
    segments.push(segment);
  }
  return segments;
}

// src/inputs/inputs.ts
function readInputs(raw, ci, operation, environment = { app: "", environment: "" }) {
  const given = reading(raw);
  const orDefault = (name) => given(name) || defaultOf(name);
  const choice = (name) => readChoice(name, orDefault(name));
  const linesOf3 = (name) => readLines(given(name));
  const namesOf = (name) => readNames(name, given(name));
  const loginsOf = (name) => namesOf(name).map((login) => login.replace(/^@/, ""));
  const mayMove = operation !== void 0 && operation.action !== "Release";
  const images = readReleasedImages(given("images"), { branch: ci.branch, mayMove });
  refuseOtherVersions(images.released, given("allowed-versions"));
  const signer = readSigner(choice("verify"), given("signer"));
  const checks = {
    registry: choice("registry"),
    pin: choice("pin"),
    platforms: readPlatforms(splitNames(given("platforms"))),
    ...signer && { signer },
    trustedRoot: given("trusted-root")
  };
  refuseWithoutRegistry(checks);
  const force = choice("force") === "true";
  const order = force || operation?.action === "Roll back" ? "any" : "newest";
  const method = choice("auto-merge");
  const autoMerge = method === "none" ? "" : method;
  return Object.freeze({
    access: readAccess(raw, ci),
    images,
    operation: operation ?? { ...PLAIN_RELEASE, reason: given("reason") },
    identity: identityOf(environment, images.released, linesOf3("paths")),
    search: readSearch(raw, images.released),
    templates: {
      name: given("name") === "" ? "" : readName(given("name")),
      branch: orDefault("branch"),
      title: orDefault("title"),
      body: given("body") || DEFAULT_BODY,
      "commit-message": given("commit-message") || DEFAULT_COMMIT_MESSAGE,
      attributes: {
        labels: namesOf("labels"),
        reviewers: loginsOf("reviewers").filter((name) => !name.includes("/")),
        // A reviewer of the form organisation/team is a team.
        "team-reviewers": loginsOf("reviewers").flatMap((name) => name.split("/").slice(1)),
        assignees: loginsOf("assignees"),
        milestone: given("milestone"),
        "auto-merge": autoMerge,
        draft: choice("draft")
      }
    },
    policy: {
      delivery: choice("delivery"),
      order,
      force,
      onForeignCommits: choice("on-foreign-commits"),
      dryRun: choice("dry-run") === "true",
      render: choice("render"),
      sourceCommits: choice("source-commits"),
      bases: environment.bases ?? []
    },
    checks,
    commit: readCommitOptions(raw, ci),
    wait: readWait(raw)
  });
}
function readCommitOptions(raw, ci) {
  const given = reading(raw);
  const sign = readChoice("sign-commits", given("sign-commits") || defaultOf("sign-commits"));
  return {
    author: given("author") === "" ? ci.author : readAuthor(given("author")),
    isAuthorGiven: given("author") !== "",
    ...readSigning(sign === "true", given("signing-key"))
  };
}
function readSigning(isWanted, key) {
  if (!isWanted) return { sign: "none", signingKey: "" };
  if (key === "") return { sign: "api", signingKey: "" };
  return { sign: key.includes("BEGIN PGP") ? "gpg" : "ssh", signingKey: `${key}
` };
}
function readSearch(raw, images) {
  const given = reading(raw);
  const linesOf3 = (name) => readLines(given(name));
  return {
    paths: linesOf3("paths"),
    plan: {
      targets: readTargets(linesOf3("targets"), images),
      policies: readPolicyLines(linesOf3("image-policies")),
      insert: readChoice("insert", given("insert") || defaultOf("insert")) === "true",
      ...given("only-tags") !== "" && { onlyTags: readOnlyTags(given("only-tags")) }
    }
  };
}
function readMode({ mode }) {
  return readChoice("mode", mode?.trim() || defaultOf("mode"));
}

// src/inputs/mode-inputs.ts
var SERVER2 = ["repository", "base", "app-client-id", "forge", "ssh-known-hosts"];
var ENVIRONMENTS = ["app", "environments", "config", "paths", "only-tags", "targets", "image-policies"];
var VERSIONS = ["images", "version", "from"];
var MODES = {
  release: { needs: [], refuses: ["from", "wait-for"] },
  promote: { needs: ["app", "from", "environments"], refuses: ["images", "version", "wait-for"] },
  rollback: { needs: ["app", "environments"], refuses: ["images", "from", "wait-for"] },
  status: { needs: [], refuses: VERSIONS, reads: [...SERVER2, ...ENVIRONMENTS, "verdict"] },
  "list-versions": { needs: ["app"], refuses: VERSIONS, reads: [...SERVER2, ...ENVIRONMENTS] },
  wait: {
    needs: ["wait-for"],
    refuses: ["app", ...VERSIONS],
    reads: [...SERVER2, "wait-for", "wait", "wait-timeout", "verdict"]
  },
  scan: { needs: [], refuses: ["app", "environments", ...VERSIONS], reads: [...SERVER2, "paths"] },
  init: {
    needs: [],
    refuses: ["app", "environments", ...VERSIONS],
    reads: [...SERVER2, "paths", "config", "dry-run", "sign-commits", "author"]
  }
};
var OF_AN_APP = ["environments", "version"];
function checkForMode(raw, mode) {
  const given = reading(raw);
  const { needs, refuses } = MODES[mode];
  const refused = refuses.find((input) => given(input) !== "");
  if (refused !== void 0) {
    const modes = Object.keys(MODES).filter((other) => inputsOfMode(other).has(refused));
    throw invalid2(refused, given(refused), `is not for mode ${mode}`, `Leave it out. It is for ${modes.join(", ")}.`);
  }
  const isOfApp = mode === "release" && OF_AN_APP.some((input) => given(input) !== "");
  const missing2 = [...needs, ...isOfApp ? ["app"] : []].find((input) => given(input) === "");
  if (missing2 !== void 0) throw missingInput(missing2);
  if (mode === "release" && given("app") !== "") checkOneOf(given("version"), given("images"));
}
function checkOneOf(version2, images) {
  if (version2 !== "" && images !== "")
    throw invalid2("version", version2, 'replaces the input "images", which is given too', "Give one of the two.");
  if (version2 !== "" && !parseVersion(version2)) {
    const hint = "It is a tag, tag@sha256:\u2026 or a digest, without the name of an image.";
    throw invalid2("version", version2, versionProblem(version2), hint);
  }
  if (version2 === "" && images === "")
    throw failure("INPUT_MISSING", { input: "version", where: `or "images", ${whereToGive("version")}` });
}
function inputsOfMode(mode) {
  const { refuses, reads } = MODES[mode];
  return new Set(reads ?? INPUT_TABLE.map(({ name }) => name).filter((name) => !refuses.includes(name)));
}
var invalid2 = (input, value, reason, hint) => failure("INPUT_INVALID", { input, value, reason, hint });

// src/release/image-changes.ts
function imageChanges(changes) {
  const bumpBetween = memoized(bumpOf);
  const groups = groupBy(changes, ({ image, to }) => `${repositoryOf(image)} ${withoutDigest(to) || to}`);
  return [...groups.values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    const steps = all.filter(isStep);
    const to = all.map((change) => change.to).reduce((one, other) => other.length > one.length ? other : one);
    return {
      image: first.image,
      from: [...new Set(steps.map((step) => shownBefore(step.from, to)))],
      to: shortVersion(to),
      bump: steps.length === 0 ? "" : largestBump(steps.map((step) => bumpBetween(step.from, step.to))),
      places: all.length
    };
  });
}
function shownBefore(from, to) {
  const { tag } = parseVersion(from) ?? {};
  return tag === void 0 || tag === parseVersion(to)?.tag ? shortVersion(from) : tag;
}
var shownStep = (bump) => bump === "unordered" ? "" : bump;

// src/rendering/rendering.ts
var HIDDEN2 = "(hidden)";
function countChanges({ roots }) {
  const changes = roots.flatMap((root) => root.changes);
  return { objects: changes.length, onlyImages: changes.filter(isOnlyImages).length };
}
function isOnlyImages({ what, differences }) {
  return what === "changed" && differences.every(({ cause }) => cause !== "other");
}

// src/release/checked-images.ts
function pinned(images, checked, pin) {
  if (pin === "never") return images;
  return images.map((image) => {
    const facts = factsOf2(checkOf(checked, image.reference.name));
    if (!facts || image.reference.digest !== void 0) return image;
    const { digest } = facts;
    return pin === "always" ? { ...image, reference: { ...image.reference, digest } } : { ...image, digest };
  });
}
function refuseUnproved(checked, { registry, pin, platforms, signer }, unused) {
  const names = new Set(unused.map(({ reference }) => repositoryOf(reference.name)));
  for (const { reference, inspection, verdict } of checked) {
    if (names.has(repositoryOf(reference.name))) continue;
    const image = formatReference(reference);
    if (inspection.kind === "absent") throw failure("IMAGE_ABSENT", { image });
    if (inspection.kind === "mismatch") throw failure("DIGEST_MISMATCH", { image, digest: inspection.digest });
    if (inspection.kind === "unreadable") {
      const needs = [
        registry === "require" && "registry",
        platforms.length > 0 && "platforms",
        signer && "verify",
        pin === "always" && reference.digest === void 0 && "pin"
      ];
      const input = needs.find((one) => typeof one === "string");
      if (input === void 0) continue;
      throw failure("REGISTRY_UNREADABLE", { image, input, reason: inspection.reason });
    }
    const { digest, platforms: present } = inspection.facts;
    const platform = platforms.find((wanted) => !present.some((one) => `${one}/`.startsWith(`${wanted}/`)));
    if (platform !== void 0) throw failure("PLATFORM_ABSENT", { image, platform, platforms: present });
    if (verdict?.kind === "unsigned") throw failure("IMAGE_UNSIGNED", { image, digest });
    if (verdict?.kind === "refused") throw failure("SIGNER_WRONG", { image, digest, reasons: verdict.reasons });
  }
}
function sourceOfImages([first], own) {
  const { source, server, kind, manifests } = own;
  const facts = factsOf2(first);
  const repository = first && facts ? repositoryIn(facts.source, server) : "";
  if (!first || !facts || repository === "" || !/^[\da-f]{7,64}$/.test(facts.revision)) return source;
  const isSameRepository = isSame(repository, source.repository);
  const isOwn = isSameRepository && source.commit.startsWith(facts.revision);
  const isElsewhere = source.repository === "" || isSameRepository || isSame(source.repository, manifests);
  const owners = [splitName(repositoryOf(first.reference.name)).path, manifests, source.repository].map(ownerOf);
  if (isOwn || !isElsewhere || !owners.includes(ownerOf(repository))) return source;
  const url = commitPage(kind, `${server.replace(/\/+$/, "")}/${repository}`, facts.revision);
  return { repository, commit: facts.revision, url, time: "", ref: "", build: "" };
}
var isSame = (one, other) => one.toLowerCase() === other.toLowerCase();
var ownerOf = (path) => path.replace(/\/.*$/s, "").toLowerCase();
function repositoryIn(page, server) {
  if (!URL.canParse(page) || !URL.canParse(server)) return "";
  const [{ host, pathname }, at2] = [new URL(page), new URL(server)];
  const folder = at2.pathname.replace(/\/*$/, "/");
  if (host !== at2.host || !pathname.startsWith(folder)) return "";
  const path = pathname.slice(folder.length).replace(/\/$|\.git\/?$/, "");
  return /^[\w.-]+(?:\/[\w.-]+)+$/.test(path) ? path : "";
}
var factsOf2 = (checked) => checked?.inspection.kind === "found" ? checked.inspection.facts : void 0;
var digestOf = (checked) => factsOf2(checked)?.digest ?? checked.reference.digest ?? "";
var checkOf = (checked, name) => checked.find(
  ({ reference, replaces }) => [reference.name, replaces].some((one) => repositoryOf(one) === repositoryOf(name))
);
var NOT_CHECKED = "not checked";
function shownFacts(checked) {
  const { digest, platforms = [], created = "" } = factsOf2(checked) ?? {};
  if (digest === void 0) return NOT_CHECKED;
  const age = ageOf(created);
  const several = platforms.slice(0, MOST_PLATFORMS).join(" ") + (platforms.length > MOST_PLATFORMS ? " \u2026" : "");
  return [shortVersion(digest), several, age && `${age} old`].filter(Boolean).join(", ");
}
var MOST_PLATFORMS = 6;
var shownSigner = (checked) => checked?.verdict?.kind === "verified" ? checked.verdict.by : NOT_CHECKED;
var whyUnchecked = (checked) => [
  ...new Set(checked.flatMap(({ inspection }) => inspection.kind === "unreadable" ? [inspection.reason] : []))
];
function lineOf(checked) {
  const image = formatReference(checked.reference);
  const { inspection, verdict } = checked;
  const by = verdict?.kind === "verified" ? `; built by ${verdict.by}` : "";
  switch (inspection.kind) {
    case "found":
      return `${image} is in its registry: ${shownFacts(checked)}${by}`;
    case "absent":
      return `${image} is not in its registry`;
    case "mismatch":
      return `${image} has another digest in its registry: ${inspection.digest}`;
    case "unreadable":
      return `images are not checked in the registry: ${inspection.reason}`;
  }
}

// src/main/checked.ts
function imagesOf(checked = []) {
  return checked.map((one) => {
    const { platforms = [], created = "", source = "", revision = "" } = factsOf2(one) ?? {};
    const { reference, inspection, verdict } = one;
    return {
      image: formatReference(reference),
      registry: inspection.kind,
      digest: digestOf(one),
      platforms,
      created,
      source,
      revision,
      "built-by": verdict?.kind === "verified" ? verdict.by : "",
      reason: inspection.kind === "unreadable" ? inspection.reason : ""
    };
  });
}
function summaryOfImages(checked = []) {
  if (checked.length === 0) return "";
  const rows = checked.map((one) => {
    const known = [shownFacts(one), shownSigner(one)].map(forMarkdown);
    return `| ${[markdownCode(formatReference(one.reference)), ...known].join(" | ")} |`;
  });
  const reasons = whyUnchecked(checked).map(forMarkdown).join("; ");
  const table2 = ["| Image | Registry | Built by |", "| --- | --- | --- |", ...rows].join("\n");
  return reasons === "" ? table2 : `${table2}

Not checked in the registry: ${reasons}`;
}

// src/main/landing.ts
var landingOutputs = ({ mergedCommit, deployed, by, seconds: seconds2 }) => ({
  "merged-commit": mergedCommit,
  deployed: deployed === void 0 ? "" : deployed,
  "deployed-by": by.join(", "),
  "deploy-seconds": seconds2 === void 0 ? "" : seconds2
});
function landingSentence({ mergedCommit, deployed, by, seconds: seconds2 }) {
  const merged = `Merged as ${oneLine(mergedCommit).slice(0, 7)}`;
  if (deployed === void 0) return `${merged}.`;
  const contexts = oneLine(by.join(", "), 300);
  if (!deployed) return `${merged}; ${contexts} reports a failure.`;
  return `${merged}; deployed by ${contexts}${seconds2 === void 0 ? "" : `, ${seconds2} s after the merge`}.`;
}

// src/release/pull-request/name.ts
function pullRequestName(forge, number) {
  return `pull request ${forge?.numberSign ?? "#"}${number}`;
}

// src/main/sentences.ts
function sentenceOf({ app, environment, outcome, landing, error }) {
  const landed = landing && landing.mergedCommit !== "" ? ` ${landingSentence(landing)}` : "";
  const text = outcome ? sentence(outcome) + landed : oneLine((error?.message ?? "").replace(/(?<!\s)\s*\n\s*/g, " "), 1e3);
  return environment === "" ? text : `${oneLine(app)} in ${oneLine(environment)}: ${text}`;
}
var MERGING = {
  "": "",
  merged: "",
  queued: ", which is in the merge queue",
  enabled: ", which is merged when nothing is left to wait for"
};
function sentence(result) {
  const { outcome, pullRequest, version: version2, branch, base, changes, left, merging, reason } = result;
  const files = new Set(changes.map(({ file }) => file)).size;
  const places = `${counted(changes.length, "place")} in ${counted(files, "file")}`;
  const what = places + leftIn(left);
  const where = pullRequest ? `${pullRequestName(result, pullRequest.number)} (${oneLine(pullRequest.url)})` : `branch ${oneLine(branch)}`;
  switch (outcome) {
    case "created":
      return `Opened ${where}${MERGING[merging]}: ${what}.`;
    case "updated":
      return `Updated ${where}${MERGING[merging]}: ${what}.`;
    case "merged":
      return `Merged ${where} at once, because nothing was left to wait for: ${what}.`;
    case "pushed":
      return pushed(result, what);
    case "dry-run":
      return `Dry run: ${places} would change${leftIn(left)}; nothing was written.`;
    case "closed":
      return `Closed ${where}: ${oneLine(base)} has these versions already.`;
    case "skipped-older":
      return `Skipped ${oneLine(version2)}: ${reason}. To go back anyway, set force: true.`;
    case "waiting":
      return `Waiting with ${oneLine(version2)}: ${oneLine(reason)}. Run it again when it does.`;
    case "declined":
      return reason === "" ? `Skipped ${oneLine(version2)}: its ${where} was closed by hand without merging. Reopen it, or set force: true.` : `Skipped ${oneLine(version2)}: ${oneLine(reason)}. To release it anyway, set force: true.`;
    case "unchanged":
      return changes.length === 0 ? `Nothing to do: ${oneLine(base)} has these versions already.` : `Nothing to do: ${where} has these versions already.`;
  }
}
function pushed({ delivery, repository, branch, page }, what) {
  if (delivery === "push") return `Pushed to ${oneLine(branch)} of ${oneLine(repository)}: ${what}.`;
  return pushedBranch({ repository, branch, page }, what);
}
function pushedBranch({ repository, branch, page }, what) {
  const next = page === "" ? "open its pull request there" : `for its pull request see ${oneLine(page, 2e3)}`;
  return `Pushed branch ${oneLine(branch)} to ${oneLine(repository)}: ${what}; ${next}.`;
}
var leftIn = (left) => left.length === 0 ? "" : `; ${left.length === 1 ? "1 line keeps" : `${left.length} lines keep`} another version`;

// src/main/outputs.ts
var OUTPUTS = [
  {
    name: "outcome",
    description: "created, updated or unchanged (the pull request); merged (at once, by auto-merge); closed (the base has these versions); skipped-older (a newer version is there); declined (its pull request was closed without merging, or it was rolled back); waiting (for another environment); pushed (to the base, or a branch on a server without pull requests); or dry-run."
  },
  { name: "pull-request-number", description: "Number of the pull request; empty without one." },
  { name: "pull-request-url", description: "Web page of the pull request; empty without one." },
  {
    name: "new-pull-request-url",
    description: "Web page that the server printed on the push of the branch: where its pull request is opened, or is; else empty."
  },
  {
    name: "auto-merge",
    description: "What the setting auto-merge came to in this run: enabled, queued (in the merge queue) or merged; empty where it was not asked for now, or refused."
  },
  { name: "branch", description: "The release branch." },
  { name: "commit", description: "Commit of the release; empty without one." },
  { name: "verified", description: "Whether the server verified the signature of that commit: true or false." },
  { name: "base", description: "Branch that the release goes into." },
  {
    name: "merged-commit",
    description: "With wait: the commit that the base has since the merge, also of a squash or a rebase; empty until then."
  },
  {
    name: "deployed",
    description: "With wait: deployed: true or false, as the agents of the setting verdict say; empty without a verdict."
  },
  { name: "deployed-by", description: "Contexts of the statuses that decided." },
  {
    name: "deploy-seconds",
    description: "Seconds from the merge to the last of these statuses; empty where that is not known."
  },
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
    description: "JSON array with an object for each environment: {app, environment, outcome (also failed), version, branch, commit, pull-request-number, pull-request-url, merged-commit, deployed, auto-merge, changed-images, images, left, rendered, reason, sentence}; changed-images has {image, from, to, step, places}; images has {image, registry (found, absent, mismatch, unreadable), digest, platforms, created, source, revision, built-by, reason}; rendered is {roots, objects, only-images, hidden, not-rendered}, each a number, or null. The other outputs are set for a single release only. With mode status and list-versions, the rows of the table: {app, environment, version, since, pull-request, open, verdict}; with scan, the places: {image, version, file, line, where, convention, reason, marker}; with init, {outcome, file, text}."
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
var MAX_LEFT = 500;
var CUT_NOTE = "\u2026 cut here; the branch has the rest";
var nothing = () => Object.fromEntries(OUTPUTS.map(({ name }) => [name, ""]));
function toOutputs(results) {
  const [only, ...more] = results;
  const outcome = more.length === 0 ? only?.outcome : void 0;
  return {
    ...nothing(),
    ...outcome && outputsOf(outcome),
    ...outcome && only?.landing && landingOutputs(only.landing),
    results: results.map(resultOf),
    plan: { include: results.map(({ app, environment }) => ({ app, environment })) }
  };
}
var SHORT = /* @__PURE__ */ new Set(["app", "environment", "outcome", "version", "pull-request-url"]);
var shortResults = (results) => Array.isArray(results) ? results.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => SHORT.has(name)))) : results;
function resultOf(result) {
  const { app, environment, outcome, landing, error } = result;
  const landed = landing && landingOutputs(landing);
  return {
    app,
    environment,
    outcome: outcome?.outcome ?? "failed",
    version: outcome?.version ?? "",
    branch: outcome?.branch ?? "",
    commit: outcome?.commit ?? "",
    "pull-request-number": outcome?.pullRequest?.number ?? "",
    "pull-request-url": outcome?.pullRequest?.url ?? "",
    "merged-commit": landed?.["merged-commit"] ?? "",
    deployed: landed?.deployed ?? "",
    "auto-merge": outcome?.merging ?? "",
    "changed-images": imageChanges(outcome?.changes ?? []).map(({ bump, ...row }) => ({
      ...row,
      step: shownStep(bump)
    })),
    left: leftOf(outcome),
    images: imagesOf(outcome?.checked),
    rendered: factsOf3(outcome?.rendering),
    reason: outcome?.reason || (error?.code ?? ""),
    sentence: sentenceOf(result)
  };
}
function factsOf3(rendering) {
  if (!rendering) return null;
  const { objects, onlyImages } = countChanges(rendering);
  const { roots, hidden, unrendered } = rendering;
  return {
    roots: roots.length,
    objects,
    "only-images": onlyImages,
    hidden: hidden.length,
    "not-rendered": unrendered.length
  };
}
function outputsOf({
  outcome,
  pullRequest,
  page,
  merging,
  branch,
  base,
  commit,
  verified,
  changes,
  left,
  diff: diff2
}) {
  return {
    outcome,
    "pull-request-number": pullRequest?.number ?? "",
    "pull-request-url": pullRequest?.url ?? "",
    "new-pull-request-url": page,
    "auto-merge": merging,
    branch,
    commit,
    verified,
    base,
    changes,
    "changed-files": [...new Set(changes.map(({ file }) => file))],
    left: leftOf({ left }),
    diff: cut(diff2, MAX_DIFF, CUT_NOTE)
  };
}
var leftOf = (outcome) => outcome?.left.slice(0, MAX_LEFT) ?? [];

// src/release/pull-request/rendered-section.ts
var MOST_ROWS = 50;
var MOST_LINES = 20;
var MOST_PATHS = 3;
var MOST_VALUE_LINES = 20;
var CUT_NOTE2 = "\u2026 cut here";
function renderedSection(rendering, limit, folds = true) {
  if (!rendering || rendering.roots.length + rendering.unrendered.length === 0) return "";
  const parts = [summaryLine(rendering), table(rendering), notes(rendering)].filter((part) => part !== "");
  const head = parts.join("\n\n");
  if (head.length > limit) return cut(head, limit, CUT_NOTE2);
  const differences = rendering.roots.flatMap(({ path, changes }) => changes.flatMap((one) => linesOf(path, one)));
  const room = limit - head.length - DETAILS_LENGTH;
  if (!folds || differences.length === 0 || room <= CUT_NOTE2.length) return head;
  const whole = `${head}

${details(markdownBlock(cut(differences.join("\n"), room, CUT_NOTE2), "diff"))}`;
  return whole.length > limit ? head : whole;
}
var details = (text) => `<details><summary>Differences</summary>

${text}

</details>`;
var DETAILS_LENGTH = details(markdownBlock("", "diff")).length + "\n\n".length;
function renderedSentence(rendering) {
  const { objects, onlyImages } = countChanges(rendering);
  if (rendering.roots.length === 0) return "not known";
  if (objects === 0) return "nothing";
  const all = counted(objects, "object");
  return onlyImages === objects ? `${all}, only images` : `${all}, ${objects - onlyImages} in more than the image`;
}
var summaryLine = (rendering) => `**What changes in the cluster:** ${renderedSentence(rendering)}`;
function table({ roots }) {
  const changes = roots.flatMap(
    ({ path, as, changes: own }) => own.map((change) => ({ root: as === "" ? path : `${path} (${as})`, change }))
  );
  if (changes.every(({ change }) => isOnlyImages(change))) return "";
  const first = changes.toSorted((a, b) => Number(isOnlyImages(a.change)) - Number(isOnlyImages(b.change)));
  const rows = first.slice(0, MOST_ROWS).map(({ root, change }) => {
    const { kind, name, namespace: namespace2 } = change;
    const cells = [`${kind}/${name}`, namespace2, root].map((text) => text === "" ? "\u2013" : markdownCode(text));
    return `| ${[...cells, whatChanges(change)].join(" | ")} |`;
  });
  const more = changes.length > MOST_ROWS ? [`
and ${changes.length - MOST_ROWS} more`] : [];
  return ["| Object | Namespace | Rendered from | What changes |", "| --- | --- | --- | --- |", ...rows, ...more].join(
    "\n"
  );
}
function whatChanges(change) {
  if (change.what !== "changed") return `**${change.what}**`;
  if (isOnlyImages(change)) return "images";
  const others = change.differences.filter(({ cause }) => cause === "other").map(({ path }) => markdownCode(path));
  const more = others.length > MOST_PATHS ? ` and ${others.length - MOST_PATHS} more` : "";
  return others.slice(0, MOST_PATHS).join(", ") + more;
}
function notes({ hidden, unrendered }) {
  const lines = [
    ...hidden.map(
      ({ file, line, to }) => `${markdownCode(`${file}:${line}`)} changes, and nothing that is rendered has ${markdownCode(to)}`
    ),
    ...unrendered.map(
      ({ file, line, message }) => `not rendered: ${markdownCode(`${file}:${line}`)}: ${forMarkdown(message)}`
    )
  ];
  const more = lines.length > MOST_LINES ? [`and ${lines.length - MOST_LINES} more`] : [];
  return [...lines.slice(0, MOST_LINES), ...more].map((line) => `- ${line}`).join("\n");
}
function linesOf(root, { kind, namespace: namespace2, name, what, differences }) {
  const object = `${oneLine(root)}: ${oneLine(kind)} ${oneLine(namespace2 === "" ? name : `${namespace2}/${name}`)}`;
  if (what !== "changed") return [`${what === "added" ? "+" : "-"} ${object}`];
  return [`  ${object}`, ...differences.flatMap(diffOf)];
}
function diffOf({ path, from, to }) {
  const [olds, news] = [linesIn(from), linesIn(to)];
  const isSame2 = (index) => olds[index] === news[index];
  const isSameFromEnd = (index) => olds.at(-1 - index) === news.at(-1 - index);
  const shorter = Math.min(olds.length, news.length);
  let start = 0;
  while (start < shorter - 1 && isSame2(start)) start += 1;
  let end = 0;
  while (end < shorter - 1 - start && isSameFromEnd(end)) end += 1;
  const shown2 = (sign, lines) => {
    const differing = lines.slice(start, lines.length - end);
    const all = differing.slice(0, MOST_VALUE_LINES).map((line) => `${sign} ${oneLine(path)}: ${oneLine(line, 300)}`);
    return differing.length > MOST_VALUE_LINES ? [...all, `${sign} ${oneLine(path)}: \u2026`] : all;
  };
  return [...shown2("-", olds), ...shown2("+", news)];
}
var linesIn = (text) => text === void 0 ? [] : text.replace(/\n$/, "").split("\n");

// src/main/summary.ts
var MAX_SUMMARY = 3e5;
var MAX_RENDERED = 65536;
var MAX_UNFOLDED = 5;
function toSummary(results) {
  return cut(results.map(summaryOf).join("\n\n"), MAX_SUMMARY, CUT_NOTE);
}
function summaryOf(result) {
  const { outcome, error } = result;
  const heading = `### ${inHeading(sentenceOf(result))}`;
  if (!outcome) return heading;
  const { pullRequest, changes, left, diff: diff2, rendering, checked } = outcome;
  const link = pullRequest && `[${pullRequestName(outcome, pullRequest.number).replace(/^p/, "P")}](${markdownUrl(pullRequest.url)}): ${markdownCode(pullRequest.title)}`;
  const parts = [
    heading,
    error && failureBlock(error),
    link,
    changes.length > 0 && tableOf(changes),
    changes.length > 0 && placesIn(changes),
    summaryOfImages(checked),
    left.length > 0 && summaryOfLeft(left),
    renderedSection(rendering, MAX_RENDERED),
    diff2 !== "" && `<details><summary>Diff</summary>

${markdownBlock(cut(diff2, MAX_DIFF, CUT_NOTE), "diff")}

</details>`
  ];
  return parts.filter(Boolean).join("\n\n");
}
function summaryOfLeft(left) {
  const rows = left.slice(0, MAX_LEFT).map(({ file, line, image, version: version2, reason }) => {
    return `| ${[`${file}:${line}`, image, version2].map(markdownCode).join(" | ")} | it ${forMarkdown(reason)} |`;
  });
  return ["**Left as it is**", "", "| Place | Image | Version | Why |", "| --- | --- | --- | --- |", ...rows].join(
    "\n"
  );
}
var inHeading = (text) => text.replace(/[\\`*_<>[\]]/g, "\\$&");
function failureSummary(error) {
  return cut(`### Failed: ${error.code}

${failureBlock(error)}`, MAX_SUMMARY, CUT_NOTE);
}
var failureBlock = (error) => `${markdownBlock(describe(error))}

[What ${error.code} means](${error.page})`;
function tableOf(changes) {
  const rows = imageChanges(changes).map(({ image, from, to, bump, places }) => {
    const versions = [from.join(", "), to].map((text) => text === "" ? "\u2013" : markdownCode(text));
    return `| ${[markdownCode(image), ...versions, shownStep(bump) || "\u2013", String(places)].join(" | ")} |`;
  });
  return ["| Image | From | To | Step | Places |", "| --- | --- | --- | --- | --: |", ...rows].join("\n");
}
function placesIn(changes) {
  const lines = changes.map(
    ({ file, line, where, image, from, to }) => `- ${markdownCode(`${file}:${line}`)} ${markdownCode(where)}: ${markdownCode(image)} ${[from, to].filter(Boolean).map(markdownCode).join(" \u2192 ")}`
  );
  const list = lines.join("\n");
  if (lines.length <= MAX_UNFOLDED) return list;
  return `<details><summary>${lines.length} places</summary>

${list}

</details>`;
}

// src/main/report.ts
function reportResults(results) {
  return {
    outputs: toOutputs(results),
    lines: results.filter(({ outcome }) => outcome).map(sentenceOf),
    failures: results.filter(({ error }) => error),
    summary: toSummary(results)
  };
}
function reportLanding(landing) {
  const lines = landing.error ? [] : [landingSentence(landing)];
  return {
    outputs: { ...nothing(), ...landingOutputs(landing) },
    lines,
    failures: landing.error ? [{ app: "", environment: "", error: landing.error }] : [],
    summary: landing.error ? failureSummary(landing.error) : `### ${inHeading(landingSentence(landing))}`
  };
}
var prefixOf = ({ app, environment }) => environment === "" ? "" : `${app} in ${environment}: `;
function reportTable({ columns, rows }) {
  const table2 = rows.map((row) => columns.map((column) => oneLine(row[column] ?? "")));
  const widths = columns.map(
    (column, index) => table2.reduce((width, cells) => Math.max(width, cells[index]?.length ?? 0), column.length)
  );
  const aligned = [columns, ...table2].map(
    (cells) => cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ").trimEnd()
  );
  const asRow = (cells) => `| ${cells.join(" | ")} |`;
  const shown2 = table2.map((cells) => asRow(cells.map((cell) => cell === "" ? "" : markdownCode(cell))));
  return {
    outputs: { ...nothing(), results: rows },
    lines: aligned,
    failures: [],
    summary: cut([asRow(columns), asRow(columns.map(() => "---")), ...shown2].join("\n"), MAX_SUMMARY, CUT_NOTE)
  };
}

// src/forge/ask-kind.ts
var LIMIT = 3e3;
var MAX_ANSWER = 2 ** 20;
var QUESTION = "/api/v1/version";
var has = (header) => ({ headers }) => headers.has(header);
var SIGNS = [
  ["gitlab", has("x-gitlab-meta")],
  ["github", has("x-github-request-id")],
  ["bitbucket-data-center", has("x-arequestid")],
  // Forgejo names the Gitea that its API is that of: `11.0.1+gitea-1.22.0`.
  ["forgejo", ({ version: version2 }) => /^\d+\.\d+(?!\d).*\+gitea-/.test(version2)],
  // A server that was built without a number says `development`.
  ["gitea", ({ version: version2 }) => /^(?:\d+\.\d+|development$)/.test(version2)],
  // With REQUIRE_SIGNIN_VIEW the version is no public one.
  ["gitea", ({ message }) => message === "Only signed in user is allowed to call APIs."]
];
async function askKind({
  transport,
  host,
  url
}) {
  const server = transport === "ssh" ? `https://${host}` : new URL(url).origin;
  try {
    const answer = await ask(`${server}${QUESTION}`);
    return SIGNS.find(([, isSeen]) => isSeen(answer))?.[0] ?? "git";
  } catch {
    return "git";
  }
}
async function ask(url) {
  const asked = { accept: "application/json", "user-agent": "manifest-release-pr" };
  const request = { method: "GET", headers: asked, signal: AbortSignal.timeout(LIMIT) };
  const { headers, body } = await send(url, request, MAX_ANSWER);
  const isJson = /\bjson\b/.test(headers.get("content-type") ?? "");
  const { version: version2, message } = isJson && JSON.parse(body.toString()) || {};
  return { headers, version: textOf(version2), message: textOf(message) };
}
var textOf = (value) => typeof value === "string" ? value : "";

// src/inputs/image-files.ts
var import_node_fs4 = require("node:fs");
var import_node_path4 = require("node:path");
var MOST_BYTES = 1 << 20;
function withImageFiles(images) {
  const lines = readLines(images);
  const isPath = (line) => line.startsWith("@");
  if (!lines.some(isPath)) return images;
  const inFiles = lines.filter(isPath).flatMap((line) => filesAt(line.slice(1)).flatMap(imagesIn));
  const others = lines.filter((line) => !isPath(line)).join("\n");
  return [...others.startsWith("{") ? fromJson(others, others) : [others], ...inFiles].join("\n").trim();
}
function filesAt(path) {
  try {
    if (!(0, import_node_fs4.statSync)(path).isDirectory()) return [path];
    const files = (0, import_node_fs4.readdirSync)(path, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));
    if (files.length > 0) return files.toSorted().map((file) => (0, import_node_path4.join)(path, file));
  } catch (error) {
    throw failure("IMAGES_UNREADABLE", { value: `@${path}`, reason: `cannot be read: ${error.message}` });
  }
  throw failure("IMAGES_UNREADABLE", { value: `@${path}`, reason: "has no JSON file" });
}
function imagesIn(file) {
  const value = `@${file}`;
  if ((0, import_node_fs4.statSync)(file).size > MOST_BYTES) throw failure("IMAGES_UNREADABLE", { value, reason: "is larger than 1 MiB" });
  return fromJson((0, import_node_fs4.readFileSync)(file, "utf8"), value);
}

// src/main/initiated.ts
function reportInitiation(made) {
  const { outcome, branch, base, commit, page, pullRequest, text } = made;
  const sentence2 = sentenceOf2(made);
  return {
    outputs: {
      ...nothing(),
      outcome,
      "pull-request-number": pullRequest?.number ?? "",
      "pull-request-url": pullRequest?.url ?? "",
      "new-pull-request-url": page,
      branch: outcome === "dry-run" ? "" : branch,
      base,
      commit,
      results: [{ outcome, file: made.file, text }]
    },
    // So that it can be written to a file.
    lines: [outcome === "dry-run" ? text.trimEnd() : sentence2],
    failures: [],
    summary: `### ${inHeading(sentence2)}

${markdownBlock(text, "yaml")}`
  };
}
function sentenceOf2({ outcome, repository, base, branch, file, pullRequest, name, page }) {
  const where = pullRequest ? `${name} (${oneLine(pullRequest.url)})` : `branch ${oneLine(branch)}`;
  switch (outcome) {
    case "created":
      return `Opened ${where}: it adds ${oneLine(file)}. Read it, and merge it.`;
    case "pushed":
      return pushedBranch({ repository, branch, page }, `it adds ${oneLine(file)}`);
    case "unchanged":
      return `Nothing to do: ${where} has a config file already. Merge it; or close it and delete its branch for a new one.`;
    case "declined":
      return `Nothing to do: ${where} was closed without merging. Delete the branch ${oneLine(branch)} for a new proposal.`;
    case "dry-run":
      return `Dry run: ${oneLine(file)} would be proposed for ${oneLine(base)}; nothing was written.`;
  }
}

// src/main/left.ts
var MAX_WARNINGS = 9;
var MAX_LINES = 200;
var NAMED = 3;
function logLeft(results, log) {
  const all = results.flatMap(({ outcome }) => outcome?.left ?? []);
  const left = [...new Map(all.map((one) => [`${one.file}:${one.line} ${one.image} ${one.version}`, one])).values()];
  if (left.length === 0) return;
  log.group("Left as it is");
  const places = left.map(({ file, line }) => `${file}:${line}`);
  const more = left.length > NAMED ? ` and ${left.length - NAMED} more` : "";
  const subject = left.length === 1 ? "1 line has" : `${left.length} lines have`;
  log.warn(`${subject} another version of a released image: ${places.slice(0, NAMED).join(", ")}${more}`);
  for (const one of left.slice(0, MAX_WARNINGS))
    log.problem({ file: one.file, line: one.line, message: messageOf(one) });
  for (const one of left.slice(MAX_WARNINGS, MAX_LINES)) log.step(`${one.file}:${one.line}: ${messageOf(one)}`);
  if (left.length > MAX_LINES) log.step(`and ${left.length - MAX_LINES} more`);
}
var messageOf = ({ image, version: version2, reason }) => `left ${image} ${version2}: it ${reason}`;

// src/main/rendered.ts
var MOST_WARNINGS = 9;
var MOST_LINES2 = 100;
function logRendered(results, log) {
  const all = results.flatMap(({ outcome }) => outcome?.rendering ?? []);
  const renderings = all.filter(({ roots, unrendered: unrendered2 }) => roots.length + unrendered2.length > 0);
  if (renderings.length === 0) return;
  log.group("What changes in the cluster");
  for (const rendering of renderings) log.step(renderedSentence(rendering));
  const warnings = renderings.flatMap(warningsOf);
  for (const warn of warnings.slice(0, MOST_WARNINGS)) warn(log);
  if (warnings.length > MOST_WARNINGS)
    log.step(`and ${warnings.length - MOST_WARNINGS} more warnings; see the job summary`);
  const unrendered = renderings.flatMap((one) => one.unrendered);
  for (const { file, line, message } of unrendered.slice(0, MOST_LINES2)) {
    log.step(`not rendered: ${file}:${line}: ${message}`);
  }
}
function warningsOf({ hidden, roots }) {
  const ofPlaces = hidden.map(({ file, line, image, to }) => {
    const message = `${image} is ${to} here, and nothing that is rendered has it: another place overrides this one`;
    return (log) => log.problem({ file, line, message });
  });
  const ofObjects = roots.flatMap(
    ({ path, changes }) => changes.flatMap(({ kind, namespace: namespace2, name, what, differences }) => {
      const others = differences.filter(({ cause }) => cause === "other");
      if (what === "changed" && others.length === 0) return [];
      const object = `${path}: ${kind} ${namespace2 === "" ? name : `${namespace2}/${name}`}`;
      const [first] = others;
      const more = others.length > 1 ? ` and ${others.length - 1} more values change` : " changes";
      const message = first ? `${object}: ${first.path}${more} beside the released images` : `${object} is ${what}`;
      return (log) => log.warn(message);
    })
  );
  return [...ofPlaces, ...ofObjects];
}

// src/main/scanned.ts
var MOST_ROWS2 = 1e3;
function reportScan(scan) {
  const { places, open } = scan;
  return {
    outputs: { ...nothing(), results: [...places.map(placeRow), ...open.map(openRow)] },
    lines: linesOf2(scan),
    failures: [],
    summary: summaryOf2(scan, sentenceOf3(places, open))
  };
}
var placeRow = ({ image, version: version2, file, line, where, convention }) => ({
  image,
  version: version2,
  file,
  line,
  where,
  convention
});
var openRow = ({ image, version: version2, file, line, where, reason, marker }) => ({
  image,
  version: version2,
  file,
  line,
  where,
  convention: "",
  reason: `it ${reason}`,
  marker
});
function sentenceOf3(places, open) {
  const images = new Set(places.map(({ repository }) => repository)).size;
  const files = new Set(places.map(({ file }) => file)).size;
  if (places.length + open.length === 0) return "No image was found in any manifest.";
  const found = `${counted(images, "image")} in ${counted(places.length, "place")} of ${counted(files, "file")}`;
  return open.length === 0 ? `${found}.` : `${found}; ${counted(open.length, "place")} that no release would write.`;
}
function linesOf2({ places, open }) {
  const lines = [];
  const groups = [...groupBy(places, ({ repository }) => repository).values()];
  const widths = widthsOf(places);
  for (const group of groups) {
    lines.push(oneLine(group[0]?.image ?? ""));
    for (const { version: version2, file, line, convention } of group) {
      const cells = [shortened2(version2).padEnd(widths.version), convention.padEnd(widths.convention)];
      lines.push(`  ${cells.join("  ")}  ${oneLine(file)}:${line}`);
    }
  }
  if (open.length > 0) lines.push("", "Seen, and written by no release:");
  for (const place of open) {
    const { image, version: version2, file, line, where, reason, marker } = place;
    const what = [oneLine(where), oneLine(image), oneLine(version2)].filter(Boolean).join(" ");
    lines.push(`  ${oneLine(file)}:${line} ${what}: it ${oneLine(reason, 500)}`);
    if (marker !== "") lines.push(`    ${oneLine(marker)}`);
  }
  if (open.some(({ marker }) => marker !== "")) lines.push("", ADVICE);
  return [...lines, ...lines.length > 0 ? [""] : [], sentenceOf3(places, open)];
}
var ADVICE = `Paste the indented line in place of the one in the file to have it written; for ${UNKNOWN_IMAGE} write the image's name.`;
var MOST_VERSION = 40;
var shortened2 = (version2) => oneLine(version2, MOST_VERSION);
function widthsOf(places) {
  let [version2, convention] = [0, 0];
  for (const place of places) {
    version2 = Math.max(version2, shortened2(place.version).length);
    convention = Math.max(convention, place.convention.length);
  }
  return { version: version2, convention };
}
function summaryOf2({ places, open }, sentence2) {
  const rows = places.slice(0, MOST_ROWS2).map(({ image, version: version2, convention, file, line }) => {
    return `| ${[image, version2, convention, `${file}:${line}`].map(markdownCode).join(" | ")} |`;
  });
  const unjoined = open.slice(0, MOST_ROWS2).map(({ file, line, image, version: version2, reason, marker }) => {
    const cells = [`${file}:${line}`, image, version2].map((text2) => text2 === "" ? "" : markdownCode(text2));
    return `| ${[...cells, `it ${forMarkdown(reason)}`, marker === "" ? "" : markdownCode(marker)].join(" | ")} |`;
  });
  const table2 = (head, some) => some.length === 0 ? [] : ["", head, `|${" --- |".repeat(head.split("|").length - 2)}`, ...some];
  const text = [
    `### ${inHeading(sentence2)}`,
    ...table2("| Image | Version | Convention | Place |", rows),
    ...table2("| Place | Image | Version | Why no release writes it | Line with a marker |", unjoined)
  ].join("\n");
  return cut(text, MAX_SUMMARY, CUT_NOTE);
}

// src/main/run.ts
async function runInputs(given, ci, log, onToken) {
  const raw = await complete(given);
  const stated = readAccess(raw, ci);
  const mode = readMode(raw);
  log.debug(
    `${mode} at ${stated.remote.name} (${stated.kind}) over ${stated.remote.transport}; CI: ${ci.name}; Node ${process.version}`
  );
  checkForMode(raw, mode);
  const asked = askForKind(raw, stated, ci);
  const access = stated.app ? await asked ?? stated : { ...stated, ...asked && { asked } };
  if (access.token !== "" && !access.app && !isGiven(raw, "token")) {
    log.step(`no token was given: ${access.remote.host} gets the one that ${ci.name} made for this job`);
  }
  const issued = await issueToken(access, ["members", "statuses", "deployments", "checks"], ci, {
    log: (text) => log.step(text),
    debug: (text) => log.debug(text)
  });
  if (issued) onToken(issued);
  const token = issued && { token: issued.token };
  const all = [{ ...raw, ...token }, { ...access, ...token }, ci, log];
  if (mode === "wait") {
    const { landingOf } = await Promise.resolve().then(() => __toESM(require_landings()));
    return reportLanding(await landingOf(...all));
  }
  if (mode === "scan") {
    const { scanRepository } = await Promise.resolve().then(() => __toESM(require_scan()));
    return reportScan(await scanRepository(...all));
  }
  if (mode === "init") {
    const { initialize } = await Promise.resolve().then(() => __toESM(require_init()));
    return reportInitiation(await initialize(...all));
  }
  if (mode === "status" || mode === "list-versions") {
    const { reportOn } = await Promise.resolve().then(() => __toESM(require_status()));
    return reportTable(await reportOn(mode, ...all));
  }
  if (!isGiven(raw, "app")) {
    const inputs = readInputs({ ...givenOf(raw), wait: "", verify: "" }, ci);
    const { releaseOnce } = await Promise.resolve().then(() => __toESM(require_release_once()));
    return reportReleases([{ app: "", environment: "", outcome: await releaseOnce(inputs, ...all) }], ...all);
  }
  const { runMode } = await Promise.resolve().then(() => __toESM(require_run_mode()));
  return reportReleases(await runMode(mode, ...all), ...all);
}
async function complete({ settings = "", ...given }) {
  const raw = { ...given, images: withImageFiles(given.images ?? "") };
  if (settings.trim() === "") return raw;
  const { readInlineSettings } = await Promise.resolve().then(() => __toESM(require_inline_settings()));
  return { ...raw, ...readInlineSettings(settings) };
}
function askForKind(raw, { kind, remote, token, app }, ci) {
  const isSettled = kind !== "git" || raw.forge?.trim() === "git";
  if (isSettled || remote.transport === "file" || token === "" && !app) return void 0;
  return askKind(remote).then((forge) => readAccess({ ...raw, forge }, ci));
}
async function reportReleases(results, raw, access, ci, log) {
  logLeft(results, log);
  logRendered(results, log);
  const isWaiting = results.some(({ outcome }) => (outcome?.wait?.until ?? "none") !== "none");
  if (!isWaiting) return reportResults(results);
  const { withLandings } = await Promise.resolve().then(() => __toESM(require_landings()));
  const landed = await withLandings(results, access, ci, log);
  const { withRollbacks } = await Promise.resolve().then(() => __toESM(require_rollbacks()));
  return reportResults(await withRollbacks(landed, raw, access, ci, log));
}
var isGiven = (raw, name) => (raw[name] ?? "").trim() !== "";

// start-file.mjs
var modules = {
  "node_modules/fastest-levenshtein/mod.js": import_mod.default,
  "src/core/children.ts": { endAllChildren, isProcessEnding, keepChild },
  "src/core/errors.ts": { PROJECT_URL, ReleaseError, asReleaseError, failure, failureCodes },
  "src/core/escape.ts": { cut, forCommit, forLog, forMarkdown, fromCommit, jsonForLog, markdownBlock, markdownCode, markdownUrl, oneCommitLine, oneLine, quote },
  "src/core/image-reference.ts": { foldersOf, formatReference, formatVersion, isDigest, isPartOf, isSameVersion, isTag, parseReference, parseVersion, referenceProblem, repositoryOf, searchWord, shortVersion, splitName, versionIn, versionProblem },
  "src/core/log.ts": { DeferredLog, LineLog, SILENT, describe, shown },
  "src/core/near-name.ts": { nearName },
  "src/core/objects.ts": { UNKNOWN_IMAGE, counted, groupBy, kept, memoized },
  "src/core/secrets.ts": { forgetSecrets, inBase64, keepSecret, keyLines, proxySecrets, safeText, safeValue },
  "src/core/tag-kind.ts": { MOVING_WORDS, TAG_KINDS, areParts, kindOfTag },
  "src/core/tag-selection.ts": { isSelected, readTagSelection },
  "src/core/time.ts": { ageOf, utcTime },
  "src/core/transport.ts": { TooLarge, send },
  "src/core/version.ts": { areDifferentVersions, bumpOf, compareVersions, isInRange, isStep, isVersionLike, largestBump, readRange, withoutDigest },
  "src/core/wildcard.ts": { matchesParts },
  "src/forge/azure-devops/server.ts": { apiServer, identitiesOf, pageOf, placeIn, placeOf },
  "src/forge/azure-devops/token-kind.ts": { NAMES: NAMES2, RIGHT_TOKEN, isJwt, kindOfToken },
  "src/forge/bitbucket-cloud/server.ts": { apiServer: apiServer2, apiUrlOf, credentialOf, placeOf: placeOf2 },
  "src/forge/bitbucket-cloud/token-kind.ts": { ACCOUNT, NAMES: NAMES3, RIGHT_TOKEN: RIGHT_TOKEN2, kindOfToken: kindOfToken2 },
  "src/forge/bitbucket-data-center/server.ts": { RIGHT_TOKEN: RIGHT_TOKEN3, apiServer: apiServer3, pageOf: pageOf2, placeOf: placeOf3 },
  "src/forge/connect.ts": { attestationsApi, connectForge, explainRefusal, issueToken, kindOfSource, revokeToken, workflowNote },
  "src/forge/gitea/server.ts": { RIGHT_TOKEN: RIGHT_TOKEN4, addressOf, apiServer: apiServer4 },
  "src/forge/github/server-token.ts": { ServerToken },
  "src/forge/github/token-kind.ts": { BETTER_TOKEN, KINDS: KINDS2, RIGHT_TOKEN: RIGHT_TOKEN6, isPersonal, kindOfToken: kindOfToken4, permissionName },
  "src/forge/gitlab/token-kind.ts": { NAMES: NAMES4, RIGHT_TOKEN: RIGHT_TOKEN5, kindOfToken: kindOfToken3, mayUseApi },
  "src/forge/web-pages.ts": { commitPage, pullRequestPage },
  "src/git/credentials.ts": { maskedForms, remoteConfig },
  "src/git/end-on-signals.ts": { endOnSignals },
  "src/git/temporary.ts": { makeTemporaryFolder, removeAbandonedFolders, removeAllTemporaryFolders, removeTemporaryFolder },
  "src/inputs/ci.ts": { UNKNOWN_SOURCE, ciSystem, detectCi },
  "src/inputs/definition.ts": { BOOLEAN, WORKFLOW_TOKEN },
  "src/inputs/identity.ts": { defaultNames, formatIdentity, identityKey, identityOf, namesInOtherOrders },
  "src/inputs/images.ts": { formatReleasedImage, fromJson, isCopy, readReleasedImages },
  "src/inputs/inputs-table.ts": { INPUTS },
  "src/inputs/inputs.ts": { readCommitOptions, readInputs, readMode, readSearch },
  "src/inputs/lookup.ts": { choicesOf, defaultOf, isSwitch, missingInput, nearestInputs, unknownInput, variableOf, whereToGive },
  "src/inputs/mode-inputs.ts": { checkForMode, inputsOfMode },
  "src/inputs/operation.ts": { PLAIN_RELEASE, ROLLBACK_BRANCH },
  "src/inputs/raw-inputs.ts": { givenOf, reading },
  "src/inputs/settings-table.ts": { SETTINGS },
  "src/inputs/table.ts": { INPUT_TABLE, SETTING_NAMES },
  "src/inputs/values.ts": { readAuthor, readChoice, readLines, readName, readNames, readOnlyTags, readPolicyLines, refuseOtherVersions, splitNames },
  "src/inputs/wait.ts": { asksFor, isWatched, readVerdict, readWait },
  "src/main/outputs.ts": { CUT_NOTE, MAX_DIFF, MAX_LEFT, OUTPUTS, nothing, shortResults, toOutputs },
  "src/main/report.ts": { prefixOf, reportLanding, reportResults, reportTable },
  "src/main/run.ts": { runInputs },
  "src/main/summary.ts": { MAX_SUMMARY, failureSummary, inHeading, toSummary },
  "src/manifests/targets.ts": { readPointer, readTargets },
  "src/release/checked-images.ts": { NOT_CHECKED, checkOf, digestOf, factsOf: factsOf2, lineOf, pinned, refuseUnproved, shownFacts, shownSigner, sourceOfImages, whyUnchecked },
  "src/release/image-changes.ts": { imageChanges, shownBefore, shownStep },
  "src/release/pull-request/name.ts": { pullRequestName },
  "src/release/pull-request/rendered-section.ts": { renderedSection, renderedSentence },
  "src/rendering/rendering.ts": { HIDDEN: HIDDEN2, countChanges, isOnlyImages }
};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  modules
});
