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
var __export = (target, all2) => {
  for (var name in all2)
    __defProp(target, name, { get: all2[name], enumerable: true });
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

// elsewhere:src/registry/exchange.ts
var require_exchange = __commonJS({
  "elsewhere:src/registry/exchange.ts"(exports2, module2) {
    module2.exports = require("./registry.cjs").modules["src/registry/exchange.ts"];
  }
});

// elsewhere:src/registry/open-repository.ts
var require_open_repository = __commonJS({
  "elsewhere:src/registry/open-repository.ts"(exports2, module2) {
    module2.exports = require("./registry.cjs").modules["src/registry/open-repository.ts"];
  }
});

// elsewhere:src/registry/inspect-images.ts
var require_inspect_images = __commonJS({
  "elsewhere:src/registry/inspect-images.ts"(exports2, module2) {
    module2.exports = require("./registry.cjs").modules["src/registry/inspect-images.ts"];
  }
});

// elsewhere:src/provenance/verify-image.ts
var require_verify_image = __commonJS({
  "elsewhere:src/provenance/verify-image.ts"(exports2, module2) {
    module2.exports = require("./provenance.cjs").modules["src/provenance/verify-image.ts"];
  }
});

// elsewhere:src/release/release.ts
var require_release = __commonJS({
  "elsewhere:src/release/release.ts"(exports2, module2) {
    module2.exports = require("./release.cjs").modules["src/release/release.ts"];
  }
});

// elsewhere:src/environments/config/config.ts
var require_config = __commonJS({
  "elsewhere:src/environments/config/config.ts"(exports2, module2) {
    module2.exports = require("./config.cjs").modules["src/environments/config/config.ts"];
  }
});

// workspace-file.mjs
var workspace_file_exports = {};
__export(workspace_file_exports, {
  modules: () => modules
});
module.exports = __toCommonJS(workspace_file_exports);

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

// node_modules/before-after-hook/lib/register.js
function register(state, name, method, options) {
  if (typeof method !== "function") {
    throw new Error("method for before hook must be a function");
  }
  if (!options) {
    options = {};
  }
  if (Array.isArray(name)) {
    return name.reverse().reduce((callback, name2) => {
      return register.bind(null, state, name2, callback, options);
    }, method)();
  }
  return Promise.resolve().then(() => {
    if (!state.registry[name]) {
      return method(options);
    }
    return state.registry[name].reduce((method2, registered) => {
      return registered.hook.bind(null, method2, options);
    }, method)();
  });
}

// node_modules/before-after-hook/lib/add.js
function addHook(state, kind, name, hook2) {
  const orig = hook2;
  if (!state.registry[name]) {
    state.registry[name] = [];
  }
  if (kind === "before") {
    hook2 = (method, options) => {
      return Promise.resolve().then(orig.bind(null, options)).then(method.bind(null, options));
    };
  }
  if (kind === "after") {
    hook2 = (method, options) => {
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
    hook2 = (method, options) => {
      return Promise.resolve().then(method.bind(null, options)).catch((error) => {
        return orig(error, options);
      });
    };
  }
  state.registry[name].push({
    hook: hook2,
    orig
  });
}

// node_modules/before-after-hook/lib/remove.js
function removeHook(state, name, method) {
  if (!state.registry[name]) {
    return;
  }
  const index = state.registry[name].map((registered) => {
    return registered.orig;
  }).indexOf(method);
  if (index === -1) {
    return;
  }
  state.registry[name].splice(index, 1);
}

// node_modules/before-after-hook/index.js
var bind = Function.bind;
var bindable = bind.bind(bind);
function bindApi(hook2, state, name) {
  const removeHookRef = bindable(removeHook, null).apply(
    null,
    name ? [state, name] : [state]
  );
  hook2.api = { remove: removeHookRef };
  hook2.remove = removeHookRef;
  ["before", "error", "after", "wrap"].forEach((kind) => {
    const args = name ? [state, kind, name] : [state, kind];
    hook2[kind] = hook2.api[kind] = bindable(addHook, null).apply(null, args);
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
  const hook2 = register.bind(null, state);
  bindApi(hook2, state);
  return hook2;
}
var before_after_hook_default = { Singular, Collection };

// node_modules/@octokit/endpoint/dist-bundle/index.js
var VERSION = "0.0.0-development";
var userAgent = `octokit-endpoint.js/${VERSION} ${getUserAgent()}`;
var DEFAULTS = {
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
function lowercaseKeys(object2) {
  if (!object2) {
    return {};
  }
  return Object.keys(object2).reduce((newObj, key) => {
    newObj[key.toLowerCase()] = object2[key];
    return newObj;
  }, {});
}
function isPlainObject(value) {
  if (typeof value !== "object" || value === null) return false;
  if (Object.prototype.toString.call(value) !== "[object Object]") return false;
  const proto = Object.getPrototypeOf(value);
  if (proto === null) return true;
  const Ctor = Object.prototype.hasOwnProperty.call(proto, "constructor") && proto.constructor;
  return typeof Ctor === "function" && Ctor instanceof Ctor && Function.prototype.call(Ctor) === Function.prototype.call(value);
}
function mergeDeep(defaults, options) {
  const result = Object.assign({}, defaults);
  Object.keys(options).forEach((key) => {
    if (isPlainObject(options[key])) {
      if (!(key in defaults)) Object.assign(result, { [key]: options[key] });
      else result[key] = mergeDeep(defaults[key], options[key]);
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
function merge(defaults, route, options) {
  if (typeof route === "string") {
    let [method, url] = route.split(" ");
    options = Object.assign(url ? { method, url } : { url: method }, options);
  } else {
    options = Object.assign({}, route);
  }
  options.headers = lowercaseKeys(options.headers);
  removeUndefinedProperties(options);
  removeUndefinedProperties(options.headers);
  const mergedOptions = mergeDeep(defaults || {}, options);
  if (options.url === "/graphql") {
    if (defaults && defaults.mediaType.previews?.length) {
      mergedOptions.mediaType.previews = defaults.mediaType.previews.filter(
        (preview) => !mergedOptions.mediaType.previews.includes(preview)
      ).concat(mergedOptions.mediaType.previews);
    }
    mergedOptions.mediaType.previews = (mergedOptions.mediaType.previews || []).map((preview) => preview.replace(/-preview/, ""));
  }
  return mergedOptions;
}
function addQueryParameters(url, parameters) {
  const separator = /\?/.test(url) ? "&" : "?";
  const names = Object.keys(parameters);
  if (names.length === 0) {
    return url;
  }
  return url + separator + names.map((name) => {
    if (name === "q") {
      return "q=" + parameters.q.split("+").map(encodeURIComponent).join("+");
    }
    return `${name}=${encodeURIComponent(parameters[name])}`;
  }).join("&");
}
var urlVariableRegex = /\{[^{}}]+\}/g;
function removeNonChars(variableName) {
  return variableName.replace(/(?:^\W+)|(?:(?<!\W)\W+$)/g, "").split(/,/);
}
function extractUrlVariableNames(url) {
  const matches = url.match(urlVariableRegex);
  if (!matches) {
    return [];
  }
  return matches.map(removeNonChars).reduce((a, b) => a.concat(b), []);
}
function omit(object2, keysToOmit) {
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
function getValues(context, operator, key, modifier) {
  var value = context[key], result = [];
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
function expand(template, context) {
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
          values.push(getValues(context, operator, tmp[1], tmp[2] || tmp[3]));
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
function parse(options) {
  let method = options.method.toUpperCase();
  let url = (options.url || "/").replace(/:([a-z]\w+)/g, "{$1}");
  let headers = Object.assign({}, options.headers);
  let body;
  let parameters = omit(options, [
    "method",
    "baseUrl",
    "url",
    "headers",
    "request",
    "mediaType"
  ]);
  const urlVariableNames = extractUrlVariableNames(url);
  url = parseUrl(url).expand(parameters);
  if (!/^http/.test(url)) {
    url = options.baseUrl + url;
  }
  const omittedParameters = Object.keys(options).filter((option) => urlVariableNames.includes(option)).concat("baseUrl");
  const remainingParameters = omit(parameters, omittedParameters);
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
function endpointWithDefaults(defaults, route, options) {
  return parse(merge(defaults, route, options));
}
function withDefaults(oldDefaults, newDefaults) {
  const DEFAULTS2 = merge(oldDefaults, newDefaults);
  const endpoint2 = endpointWithDefaults.bind(null, DEFAULTS2);
  return Object.assign(endpoint2, {
    DEFAULTS: DEFAULTS2,
    defaults: withDefaults.bind(null, DEFAULTS2),
    merge: merge.bind(null, DEFAULTS2),
    parse
  });
}
var endpoint = withDefaults(null, DEFAULTS);

// node_modules/content-type/dist/index.js
var SP = 32;
var HTAB = 9;
var SEMI = 59;
var EQ = 61;
var DQUOTE = 34;
var BSLASH = 92;
var COMMA = 44;
var LOWER_CASE = 1;
var OWS = 2;
var SEMI_FLAG = 4;
var COMMA_FLAG = 8;
var TOKEN_FLAG = 16;
var NON_ASCII = 65280;
var CASE_FLAGS = LOWER_CASE | NON_ASCII;
var CHAR_MAP = new Uint8Array(256);
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
var NullObject = /* @__PURE__ */ (() => {
  const C = function() {
  };
  C.prototype = /* @__PURE__ */ Object.create(null);
  return C;
})();
function parse2(header, options) {
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
  const parameters = new NullObject();
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
              if (parameters[key] === void 0) {
                parameters[key] = escaped ? unescapeQuotedPairs(header, quotedStart, index) : header.slice(quotedStart, index);
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
        if (parameters[key] === void 0) {
          const valueEnd = valueWhitespace === -1 ? index : valueWhitespace;
          parameters[key] = header.slice(valueStart, valueEnd);
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
  return { type, index, parameters };
}
function unescapeQuotedPairs(str, start2, end) {
  let result = "";
  for (let index = start2; index < end; index++) {
    if (str.charCodeAt(index) === BSLASH) {
      result += str.slice(start2, index);
      start2 = ++index;
    }
  }
  return result + str.slice(start2, end);
}

// node_modules/json-with-bigint/json-with-bigint.js
var intRegex = /^-?\d+$/;
var noiseValue = /^-?\d+n+$/;
var originalStringify = JSON.stringify;
var originalParse = JSON.parse;
var customFormat = /^-?\d+n$/;
var bigIntsStringify = /([\[:])?"(-?\d+)n"($|\s*[,\}\]])/g;
var noiseStringify = /([\[:])?("-?\d+n+)n("$|"\s*[,\}\]])/g;
var isUnstringifiable = (val) => val === void 0 || typeof val === "function" || typeof val === "symbol";
var isRawJSON = (val) => val !== null && typeof val === "object" && val.constructor && val.constructor.name === "RawJSON";
var stringifyIteratively = (rootValue, replacer, spaceParam) => {
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
var JSONStringify = (value, replacer, space) => {
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
  } catch (error) {
    if (error instanceof RangeError) {
      const convertedJSON = stringifyIteratively(value, replacer, space);
      if (convertedJSON === void 0) return void 0;
      const supportsRawJSON = "rawJSON" in JSON;
      if (supportsRawJSON) return convertedJSON;
      const processedJSON = convertedJSON.replace(bigIntsStringify, "$1$2$3");
      return processedJSON.replace(noiseStringify, "$1$2$3");
    }
    throw error;
  }
};
var featureCache = /* @__PURE__ */ new Map();
var isContextSourceSupported = () => {
  const parseFingerprint = JSON.parse.toString();
  if (featureCache.has(parseFingerprint)) {
    return featureCache.get(parseFingerprint);
  }
  try {
    const result = JSON.parse(
      "1",
      (_, __, context) => !!context?.source && context.source === "1"
    );
    featureCache.set(parseFingerprint, result);
    return result;
  } catch {
    featureCache.set(parseFingerprint, false);
    return false;
  }
};
var convertMarkedBigIntsReviver = (key, value, context, userReviver) => {
  const isCustomFormatBigInt = typeof value === "string" && customFormat.test(value);
  if (isCustomFormatBigInt) return BigInt(value.slice(0, -1));
  const isNoiseValue = typeof value === "string" && noiseValue.test(value);
  if (isNoiseValue) return value.slice(0, -1);
  const hasUserReviver = typeof userReviver === "function";
  if (!hasUserReviver) return value;
  return userReviver(key, value, context);
};
var JSONParseV2 = (text, reviver) => {
  return JSON.parse(text, (key, value, context) => {
    const isNumber = typeof value === "number";
    const isOutOfBounds = value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER;
    const isBigNumber = isNumber && isOutOfBounds;
    const isInt = context && intRegex.test(context.source);
    const isBigInt = isBigNumber && isInt;
    if (isBigInt) return BigInt(context.source);
    const hasCustomReviver = typeof reviver === "function";
    if (!hasCustomReviver) return value;
    return reviver(key, value, context);
  });
};
var MAX_INT = Number.MAX_SAFE_INTEGER.toString();
var MAX_DIGITS = MAX_INT.length;
var stringsOrLargeNumbers = /"(?:[^"\\]|\\.)*"|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/g;
var noiseValueWithQuotes = /^"-?\d+n+"$/;
var applyReviverIteratively = (parsed, userReviver) => {
  const rootHolder = { "": parsed };
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
var serializeBigInts = (text) => {
  return text.replace(
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
var JSONParse = (text, reviver) => {
  if (!text) return originalParse(text, reviver);
  try {
    if (isContextSourceSupported()) return JSONParseV2(text, reviver);
    const serializedData = serializeBigInts(text);
    return originalParse(
      serializedData,
      (key, value, context) => convertMarkedBigIntsReviver(key, value, context, reviver)
    );
  } catch (error) {
    if (error instanceof RangeError) {
      const serializedData = serializeBigInts(text);
      const parsed = originalParse(serializedData);
      return applyReviverIteratively(parsed, reviver);
    }
    throw error;
  }
};

// node_modules/@octokit/request-error/dist-src/index.js
var RequestError = class extends Error {
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

// node_modules/@octokit/request/dist-bundle/index.js
var VERSION2 = "10.0.16";
var defaults_default = {
  headers: {
    "user-agent": `octokit-request.js/${VERSION2} ${getUserAgent()}`
  }
};
function isPlainObject2(value) {
  if (typeof value !== "object" || value === null) return false;
  if (Object.prototype.toString.call(value) !== "[object Object]") return false;
  const proto = Object.getPrototypeOf(value);
  if (proto === null) return true;
  const Ctor = Object.prototype.hasOwnProperty.call(proto, "constructor") && proto.constructor;
  return typeof Ctor === "function" && Ctor instanceof Ctor && Function.prototype.call(Ctor) === Function.prototype.call(value);
}
var noop = () => "";
async function fetchWrapper(requestOptions) {
  const fetch = requestOptions.request?.fetch || globalThis.fetch;
  if (!fetch) {
    throw new Error(
      "fetch is not set. Please pass a fetch implementation as new Octokit({ request: { fetch }}). Learn more at https://github.com/octokit/octokit.js/#fetch-missing"
    );
  }
  const log = requestOptions.request?.log || console;
  const parseSuccessResponseBody = requestOptions.request?.parseSuccessResponseBody !== false;
  const body = isPlainObject2(requestOptions.body) || Array.isArray(requestOptions.body) ? JSONStringify(requestOptions.body) : requestOptions.body;
  const requestHeaders = Object.fromEntries(
    Object.entries(requestOptions.headers).map(([name, value]) => [
      name,
      String(value)
    ])
  );
  let fetchResponse;
  try {
    fetchResponse = await fetch(requestOptions.url, {
      method: requestOptions.method,
      body,
      redirect: requestOptions.request?.redirect,
      headers: requestHeaders,
      signal: requestOptions.request?.signal,
      // duplex must be set if request.body is ReadableStream or Async Iterables.
      // See https://fetch.spec.whatwg.org/#dom-requestinit-duplex.
      ...requestOptions.body && { duplex: "half" }
    });
  } catch (error) {
    let message = "Unknown Error";
    if (error instanceof Error) {
      if (error.name === "AbortError") {
        error.status = 500;
        throw error;
      }
      message = error.message;
      if (error.name === "TypeError" && "cause" in error) {
        if (error.cause instanceof Error) {
          message = error.cause.message;
        } else if (typeof error.cause === "string") {
          message = error.cause;
        }
      }
    }
    const requestError = new RequestError(message, 500, {
      request: requestOptions
    });
    requestError.cause = error;
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
    const matches = responseHeaders.link && responseHeaders.link.match(/<([^<>]+)>; rel="deprecation"/);
    const deprecationLink = matches && matches.pop();
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
    return response.text().catch(noop);
  }
  const mimetype = parse2(contentType);
  if (isJSONResponse(mimetype)) {
    let text = "";
    try {
      text = await response.text();
      return JSONParse(text);
    } catch (err) {
      return text;
    }
  } else if (mimetype.type.startsWith("text/") || // `application/octet-stream` is the canonical "arbitrary binary" type
  // (RFC 2046) and must never be decoded as text, even when the response
  // carries a (misleading) `charset=utf-8` parameter \u2014 see #751.
  mimetype.parameters.charset?.toLowerCase() === "utf-8" && mimetype.type !== "application/octet-stream") {
    return response.text().catch(noop);
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
  const newApi = function(route, parameters) {
    const endpointOptions = endpoint2.merge(route, parameters);
    if (!endpointOptions.request || !endpointOptions.request.hook) {
      return fetchWrapper(endpoint2.parse(endpointOptions));
    }
    const request2 = (route2, parameters2) => {
      return fetchWrapper(
        endpoint2.parse(endpoint2.merge(route2, parameters2))
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
var request = withDefaults2(endpoint, defaults_default);

// node_modules/@octokit/graphql/dist-bundle/index.js
var VERSION3 = "0.0.0-development";
function _buildMessageForResponseErrors(data) {
  return `Request failed due to following response errors:
` + data.errors.map((e) => ` - ${e.message}`).join("\n");
}
var GraphqlResponseError = class extends Error {
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
var NON_VARIABLE_OPTIONS = [
  "method",
  "baseUrl",
  "url",
  "headers",
  "request",
  "query",
  "mediaType",
  "operationName"
];
var FORBIDDEN_VARIABLE_OPTIONS = ["query", "method", "url"];
var GHES_V3_SUFFIX_REGEX = /\/api\/v3\/?$/;
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
  const baseUrl = parsedOptions.baseUrl || request2.endpoint.DEFAULTS.baseUrl;
  if (GHES_V3_SUFFIX_REGEX.test(baseUrl)) {
    requestOptions.url = baseUrl.replace(GHES_V3_SUFFIX_REGEX, "/api/graphql");
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
var graphql2 = withDefaults3(request, {
  headers: {
    "user-agent": `octokit-graphql.js/${VERSION3} ${getUserAgent()}`
  },
  method: "POST",
  url: "/graphql"
});
function withCustomRequest(customRequest) {
  return withDefaults3(customRequest, {
    method: "POST",
    url: "/graphql"
  });
}

// node_modules/@octokit/auth-token/dist-bundle/index.js
var b64url = "(?:[a-zA-Z0-9_-]+)";
var sep = "\\.";
var jwtRE = new RegExp(`^${b64url}${sep}${b64url}${sep}${b64url}$`);
var isJWT = jwtRE.test.bind(jwtRE);
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
async function hook(token, request2, route, parameters) {
  const endpoint2 = request2.endpoint.merge(
    route,
    parameters
  );
  endpoint2.headers.authorization = withAuthorizationPrefix(token);
  return request2(endpoint2);
}
var createTokenAuth = function createTokenAuth2(token) {
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

// node_modules/@octokit/core/dist-src/version.js
var VERSION4 = "7.0.8";

// node_modules/@octokit/core/dist-src/index.js
var noop2 = () => {
};
var consoleWarn = console.warn.bind(console);
var consoleError = console.error.bind(console);
function createLogger(logger = {}) {
  if (typeof logger.debug !== "function") {
    logger.debug = noop2;
  }
  if (typeof logger.info !== "function") {
    logger.info = noop2;
  }
  if (typeof logger.warn !== "function") {
    logger.warn = consoleWarn;
  }
  if (typeof logger.error !== "function") {
    logger.error = consoleError;
  }
  return logger;
}
var userAgentTrail = `octokit-core.js/${VERSION4} ${getUserAgent()}`;
var Octokit = class {
  static VERSION = VERSION4;
  static defaults(defaults) {
    const OctokitWithDefaults = class extends this {
      constructor(...args) {
        const options = args[0] || {};
        if (typeof defaults === "function") {
          super(defaults(options));
          return;
        }
        super(
          Object.assign(
            {},
            defaults,
            options,
            options.userAgent && defaults.userAgent ? {
              userAgent: `${options.userAgent} ${defaults.userAgent}`
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
    const hook2 = new before_after_hook_default.Collection();
    const requestDefaults = {
      baseUrl: request.endpoint.DEFAULTS.baseUrl,
      headers: {},
      request: Object.assign({}, options.request, {
        // @ts-ignore internal usage only, no need to type
        hook: hook2.bind(null, "request")
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
    this.hook = hook2;
    if (!options.authStrategy) {
      if (!options.auth) {
        this.auth = async () => ({
          type: "unauthenticated"
        });
      } else {
        const auth2 = createTokenAuth(options.auth);
        hook2.wrap("request", auth2.hook);
        this.auth = auth2;
      }
    } else {
      const { authStrategy, ...otherOptions } = options;
      const auth2 = authStrategy(
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
      hook2.wrap("request", auth2.hook);
      this.auth = auth2;
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
var Cached = class {
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
function cached(getter) {
  return new Cached(getter);
}
function cleanRegex(source) {
  const start2 = source.startsWith("^") ? 1 : 0;
  const end = source.endsWith("$") ? source.length - 1 : source.length;
  return source.slice(start2, end);
}
var EVALUATING = /* @__PURE__ */ Symbol("evaluating");
function defineLazy(object2, key, getter) {
  let value = void 0;
  Object.defineProperty(object2, key, {
    get() {
      if (value === EVALUATING) {
        return void 0;
      }
      if (value === void 0) {
        value = EVALUATING;
        value = getter();
      }
      return value;
    },
    set(v) {
      Object.defineProperty(object2, key, {
        value: v
        // configurable: true,
      });
    },
    configurable: true
  });
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
var captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {
};
function isObject(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
function isPlainObject3(o) {
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
var propertyKeyTypes = /* @__PURE__ */ new Set(["string", "number", "symbol"]);
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
var NUMBER_FORMAT_RANGES = /* @__PURE__ */ (() => ({
  safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  float32: [-34028234663852886e22, 34028234663852886e22],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
function extend(schema, shape) {
  if (!isPlainObject3(shape)) {
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
    var _a2;
    (_a2 = iss).path ?? (_a2.path = []);
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
  var _a2;
  for (let i = start2; i < issues.length; i++) {
    (_a2 = issues[i]).schema ?? (_a2.schema = inst);
  }
}
function finalizeIssue(iss, ctx, config2) {
  var _a2;
  const traits = iss.inst?._zod?.traits;
  if (traits?.has("$ZodType")) {
    if (traits.has("$ZodCheck"))
      (_a2 = iss).schema ?? (_a2.schema = iss.inst);
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
function issue(...args) {
  const [iss, input, inst] = args;
  if (typeof iss === "string") {
    return {
      message: iss,
      code: "custom",
      input,
      inst
    };
  }
  return { ...iss };
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
var installing;
var broke = false;
var breaker = {
  configurable: true,
  get() {
    broke = true;
    return void 0;
  }
};
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

// node_modules/zod/v4/core/core.js
var _a;
var _zodDesc = { value: void 0, enumerable: false };
var _E = "captureStackTrace" in Error ? Error : null;
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
function $constructor(name, initializer2, proto, params) {
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
    } else if (inst._zod.traits.has(name)) {
      return;
    }
    inst._zod.traits.add(name);
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
  Object.defineProperty(Definition, "name", { value: name });
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
      return inst?._zod?.traits?.has(name);
    }
  });
  Object.defineProperty(_, "name", { value: name });
  return _;
}
var $ZodAsyncError = class extends Error {
  constructor() {
    super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
  }
};
(_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});
var globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
  if (newConfig)
    Object.assign(globalConfig, newConfig);
  return globalConfig;
}

// node_modules/zod/v4/core/errors.js
function _getMessage() {
  const internals = this._zod;
  internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
  return internals.message;
}
function _setMessage(value) {
  this._zod.message = value;
}
var _messageDesc = {
  get: _getMessage,
  set: _setMessage,
  enumerable: true,
  configurable: true
};
var _issuesDesc = { value: void 0, enumerable: false };
var _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
var initializer = (inst, def) => {
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
var $ZodError = $constructor("$ZodError", initializer);
var $ZodRealError = $constructor("$ZodError", initializer, void 0, {
  Parent: Error
});

// node_modules/zod/v4/core/parse.js
var _parse = (_Err) => {
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
var parse3 = /* @__PURE__ */ _parse($ZodRealError);
var _parseAsync = (_Err) => {
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
var parseAsync = /* @__PURE__ */ _parseAsync($ZodRealError);
var _safeParse = (_Err) => (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
  const result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise) {
    throw new $ZodAsyncError();
  }
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
var safeParse = /* @__PURE__ */ _safeParse($ZodRealError);
function failure(Err, issues, ctx) {
  let error;
  return {
    success: false,
    get error() {
      if (!error) {
        error = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
        issues = void 0;
        ctx = void 0;
      }
      return error;
    },
    set error(e) {
      error = e;
      issues = void 0;
      ctx = void 0;
    }
  };
}
var _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
  let result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise)
    result = await result;
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
var safeParseAsync = /* @__PURE__ */ _safeParseAsync($ZodRealError);

// node_modules/zod/v4/core/regexes.js
var anyString = /^[\s\S]{0,}$/;
var number = /^-?\d+(?:\.\d+)?$/;
var boolean = /^(?:true|false)$/i;

// node_modules/zod/v4/core/checks.js
var $ZodCheck = /* @__PURE__ */ $constructor("$ZodCheck", (inst, def) => {
  var _a2;
  inst._zod ?? (inst._zod = {});
  inst._zod.def = def;
  (_a2 = inst._zod).onattach ?? (_a2.onattach = []);
});
var $ZodCheckNumberFormat = /* @__PURE__ */ $constructor("$ZodCheckNumberFormat", (inst, def) => {
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
var $ZodCheckStringFormat = /* @__PURE__ */ $constructor("$ZodCheckStringFormat", (inst, def) => {
  var _a2, _b;
  $ZodCheck.init(inst, def);
  if (def.pattern)
    (_a2 = inst._zod).check ?? (_a2.check = (payload) => {
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
var $ZodCheckRegex = /* @__PURE__ */ $constructor("$ZodCheckRegex", (inst, def) => {
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

// node_modules/zod/v4/core/versions.js
var version = {
  major: 4,
  minor: 6,
  patch: 7
};

// node_modules/zod/v4/core/schemas.js
var $ZodType = /* @__PURE__ */ $constructor("$ZodType", (inst, def) => {
  var _a2;
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
    (_a2 = inst._zod).deferred ?? (_a2.deferred = []);
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
var toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
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
var $ZodString = /* @__PURE__ */ $constructor("$ZodString", (inst, def) => {
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
var $ZodNumber = /* @__PURE__ */ $constructor("$ZodNumber", (inst, def) => {
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
var $ZodNumberFormat = /* @__PURE__ */ $constructor("$ZodNumberFormat", (inst, def) => {
  $ZodCheckNumberFormat.init(inst, def);
  $ZodNumber.init(inst, def);
});
var $ZodBoolean = /* @__PURE__ */ $constructor("$ZodBoolean", (inst, def) => {
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
var $ZodUnknown = /* @__PURE__ */ $constructor("$ZodUnknown", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.parse = (payload) => payload;
});
var $ZodNever = /* @__PURE__ */ $constructor("$ZodNever", (inst, def) => {
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
function capSize(inst, size) {
  const caps = sizeCaps(inst._zod.def.checks);
  if (!caps.length)
    return;
  const cap = Math.min(...caps.map((c) => c[0]));
  const parse6 = inst._zod.parse;
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
    return parse6(payload, ctx);
  };
}
var arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
  if (result.issues.length) {
    final.issues.push(...prefixIssues(index, result.issues));
  }
  final.value[index] = result.value;
}
var $ZodArray = /* @__PURE__ */ $constructor("$ZodArray", (inst, def) => {
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
var NO_SYMBOL_KEYS = [];
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
var $ZodObject = /* @__PURE__ */ $constructor("$ZodObject", (inst, def) => {
  $ZodType.init(inst, def);
  const desc = Object.getOwnPropertyDescriptor(def, "shape");
  const sh = desc?.get ? desc.get.raw : def.shape ?? {};
  if (sh) {
    const get = () => {
      const newSh = { ...sh };
      Object.defineProperty(def, "shape", { value: newSh });
      get.raw = newSh;
      return newSh;
    };
    get.raw = sh;
    Object.defineProperty(def, "shape", { get });
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
var $ZodUnion = /* @__PURE__ */ $constructor("$ZodUnion", (inst, def) => {
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
var $ZodRecord = /* @__PURE__ */ $constructor("$ZodRecord", (inst, def) => {
  $ZodType.init(inst, def);
  const memo = globalConfig.memoizer;
  memo?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    if (!isPlainObject3(input)) {
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
var $ZodEnum = /* @__PURE__ */ $constructor("$ZodEnum", (inst, def) => {
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
var $ZodLiteral = /* @__PURE__ */ $constructor("$ZodLiteral", (inst, def) => {
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
function handleOptionalResult(payload, result) {
  payload.value = result.issues.length ? void 0 : result.value;
  return payload;
}
var $ZodOptional = /* @__PURE__ */ $constructor("$ZodOptional", (inst, def) => {
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
var $ZodNullable = /* @__PURE__ */ $constructor("$ZodNullable", (inst, def) => {
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
var $ZodLazy = /* @__PURE__ */ $constructor("$ZodLazy", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazy(inst._zod, "innerType", () => {
    const d = def;
    if (!d._cachedInner)
      d._cachedInner = def.getter();
    return d._cachedInner;
  });
  defineLazyInternal(inst, "pattern", (zod) => zod.innerType?._zod?.pattern);
  defineLazyInternal(inst, "propValues", (zod) => zod.innerType?._zod?.propValues);
  defineLazyInternal(inst, "optin", (zod) => zod.innerType?._zod?.optin ?? void 0);
  defineLazyInternal(inst, "optout", (zod) => zod.innerType?._zod?.optout ?? void 0);
  inst._zod.parse = (payload, ctx) => {
    const inner = inst._zod.innerType;
    return inner._zod.run(payload, ctx);
  };
});
var $ZodCustom = /* @__PURE__ */ $constructor("$ZodCustom", (inst, def) => {
  $ZodCheck.init(inst, def);
  $ZodType.init(inst, def);
  inst._zod.parse = (payload, _) => {
    return payload;
  };
  inst._zod.check = (payload) => {
    const input = payload.value;
    const r = def.fn(input);
    if (r instanceof Promise) {
      return r.then((r2) => handleRefineResult(r2, payload, input, inst));
    }
    handleRefineResult(r, payload, input, inst);
    return;
  };
});
function handleRefineResult(result, payload, input, inst) {
  if (!result) {
    const _iss = {
      code: "custom",
      input,
      inst,
      // incorporates params.error into issue reporting
      path: [...inst._zod.def.path ?? []],
      // incorporates params.error into issue reporting
      continue: !inst._zod.def.abort
      // params: inst._zod.def.params,
    };
    if (inst._zod.def.params)
      _iss.params = inst._zod.def.params;
    payload.issues.push(issue(_iss));
  }
}

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
function _number(Class, params) {
  return new Class(snapshotChecks({ type: "number", checks: [], ...normalizeParams(params) }));
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
function _unknown(Class) {
  return new Class({
    type: "unknown"
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
// @__NO_SIDE_EFFECTS__
function _refine(Class, fn, _params) {
  const schema = new Class({
    type: "custom",
    check: "custom",
    fn,
    ...normalizeParams(_params)
  });
  return schema;
}

// node_modules/zod/v4/mini/schemas.js
var ZodMiniType = /* @__PURE__ */ $constructor("ZodMiniType", (inst, def) => {
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
    return parse3(this, data, params, { callee: this.parse });
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
var ZodMiniString = /* @__PURE__ */ $constructor("ZodMiniString", (inst, def) => {
  $ZodString.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function string2(params) {
  return _string(ZodMiniString, params);
}
var ZodMiniNumber = /* @__PURE__ */ $constructor("ZodMiniNumber", (inst, def) => {
  $ZodNumber.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function number2(params) {
  return _number(ZodMiniNumber, params);
}
var ZodMiniNumberFormat = /* @__PURE__ */ $constructor("ZodMiniNumberFormat", (inst, def) => {
  $ZodNumberFormat.init(inst, def);
  ZodMiniNumber.init(inst, def);
});
function int(params) {
  return _int(ZodMiniNumberFormat, params);
}
var ZodMiniBoolean = /* @__PURE__ */ $constructor("ZodMiniBoolean", (inst, def) => {
  $ZodBoolean.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function boolean2(params) {
  return _boolean(ZodMiniBoolean, params);
}
var ZodMiniUnknown = /* @__PURE__ */ $constructor("ZodMiniUnknown", (inst, def) => {
  $ZodUnknown.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function unknown() {
  return _unknown(ZodMiniUnknown);
}
var ZodMiniNever = /* @__PURE__ */ $constructor("ZodMiniNever", (inst, def) => {
  $ZodNever.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function never(params) {
  return _never(ZodMiniNever, params);
}
var ZodMiniArray = /* @__PURE__ */ $constructor("ZodMiniArray", (inst, def) => {
  $ZodArray.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function array(element, params) {
  return new ZodMiniArray({
    type: "array",
    element,
    ...normalizeParams(params)
  });
}
var ZodMiniObject = /* @__PURE__ */ $constructor("ZodMiniObject", (inst, def) => {
  $ZodObject.init(inst, def);
  ZodMiniType.init(inst, def);
  installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
});
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
var ZodMiniUnion = /* @__PURE__ */ $constructor("ZodMiniUnion", (inst, def) => {
  $ZodUnion.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function union(options, params) {
  return new ZodMiniUnion({
    type: "union",
    options,
    ...normalizeParams(params)
  });
}
var ZodMiniRecord = /* @__PURE__ */ $constructor("ZodMiniRecord", (inst, def) => {
  $ZodRecord.init(inst, def);
  ZodMiniType.init(inst, def);
});
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
var ZodMiniEnum = /* @__PURE__ */ $constructor("ZodMiniEnum", (inst, def) => {
  $ZodEnum.init(inst, def);
  ZodMiniType.init(inst, def);
  inst.options = [...inst._zod.values];
});
// @__NO_SIDE_EFFECTS__
function _enum(values, params) {
  const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
  return new ZodMiniEnum({
    type: "enum",
    entries,
    ...normalizeParams(params)
  });
}
var ZodMiniLiteral = /* @__PURE__ */ $constructor("ZodMiniLiteral", (inst, def) => {
  $ZodLiteral.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function literal(value, params) {
  return new ZodMiniLiteral({
    type: "literal",
    values: Array.isArray(value) ? value : [value],
    ...normalizeParams(params)
  });
}
var ZodMiniOptional = /* @__PURE__ */ $constructor("ZodMiniOptional", (inst, def) => {
  $ZodOptional.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function optional(innerType) {
  return new ZodMiniOptional({
    type: "optional",
    innerType
  });
}
var ZodMiniNullable = /* @__PURE__ */ $constructor("ZodMiniNullable", (inst, def) => {
  $ZodNullable.init(inst, def);
  ZodMiniType.init(inst, def);
});
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
var ZodMiniLazy = /* @__PURE__ */ $constructor("ZodMiniLazy", (inst, def) => {
  $ZodLazy.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function _lazy(getter) {
  return new ZodMiniLazy({
    type: "lazy",
    getter
  });
}
var ZodMiniCustom = /* @__PURE__ */ $constructor("ZodMiniCustom", (inst, def) => {
  $ZodCustom.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function refine(fn, _params = {}) {
  return _refine(ZodMiniCustom, fn, _params);
}

// src/core/answer-body.ts
var textOf = (body) => new TextDecoder().decode(body);
function jsonOf(body) {
  try {
    return JSON.parse(textOf(body));
  } catch {
    return void 0;
  }
}

// src/core/manifest-names.ts
var MANIFEST = /\.(?:ya?ml|json)$|(?:^|\/)(?:Kustomization|Kptfile)$/i;
var TEMPLATE = /\.(?:gotmpl|ctmpl|tmpl|tplt|tpl|template|j2|jinja2?|tftpl|erb)$/i;
var isManifestName = (path) => MANIFEST.test(withoutTemplateEnding(path));
var withoutTemplateEnding = (path) => path.replace(TEMPLATE, "");
var KUSTOMIZATION_NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

// src/core/programs.ts
var import_node_child_process = require("node:child_process");

// elsewhere:src/core/children.ts
var { endAllChildren, isProcessEnding, keepChild } = require("./start.cjs").modules["src/core/children.ts"];

// elsewhere:src/core/errors.ts
var { PROJECT_URL, ReleaseError, asReleaseError, failure: failure2, failureCodes } = require("./start.cjs").modules["src/core/errors.ts"];

// src/core/programs.ts
var IS_WINDOWS = process.platform === "win32";
var INHERITED = /^(?:PATH|PATHEXT|USER|SYSTEMROOT|TMPDIR|TEMP|TMP|SSH_AUTH_SOCK|SSL_CERT_FILE|SSL_CERT_DIR|GIT_SSL_\w+|GIT_EXEC_PATH|(?:https?|all|no)_proxy)$/i;
async function run(program, args, { environment, input }) {
  const child = start(program, args, { LC_ALL: "C", ...environment });
  return finish(child, input, () => failure2("PROGRAM_MISSING", { program }));
}
async function finish(child, input, missing) {
  const stdout = [];
  const stderr = [];
  child.stdout.on("data", (chunk) => stdout.push(chunk));
  child.stderr.on("data", (chunk) => stderr.push(chunk));
  child.stdin.on("error", () => void 0);
  child.stdin.end(input);
  const exitCode = await new Promise((resolve, reject) => {
    child.on("error", (error) => {
      reject(error.code === "ENOENT" ? missing() : error);
    });
    child.on("close", (code) => resolve(code ?? -1));
  });
  return { exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}
function start(program, args, environment) {
  return startAlone(program, args, { ...inheritedEnvironment(), ...environment });
}
function startAlone(program, args, environment, folder) {
  if (isProcessEnding()) throw new Error(`${program} is not started: a signal ends this process`);
  const child = (0, import_node_child_process.spawn)(program, args, {
    env: environment,
    cwd: folder,
    stdio: "pipe",
    windowsHide: true,
    // The first of a process group, so that a signal from the terminal does not reach it.
    detached: !IS_WINDOWS
  });
  const ended = keepChild(() => endTree(child));
  child.on("close", ended);
  child.on("error", ended);
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
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
function inheritedEnvironment() {
  const entries = Object.entries(process.env).filter(([name]) => INHERITED.test(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? ""]));
}

// src/core/repository-api.ts
var CloneNeeded = class extends Error {
  name = "CloneNeeded";
  /** `reason` is a clause: `apps/web.yaml is a symbolic link`. */
  constructor(reason) {
    super(reason);
  }
};

// src/core/tree-objects.ts
var import_node_crypto = require("node:crypto");
var isFolder = ({ mode }) => mode === "40000";
function readTree(content, idLength, names = "utf8") {
  const nodes = /* @__PURE__ */ new Map();
  for (let position = 0; position < content.length; ) {
    const space = content.indexOf(" ", position);
    const end = content.indexOf(0, space);
    const next = end + 1 + idLength / 2;
    const mode = content.toString("latin1", position, space);
    nodes.set(content.toString(names, space + 1, end), { mode, id: content.toString("hex", end + 1, next) });
    position = next;
  }
  return nodes;
}
function writeTree(nodes) {
  const entries = [...nodes].map(([name, node]) => {
    return { key: Buffer.from(isFolder(node) ? `${name}/` : name, "latin1"), name, node };
  });
  const sorted = entries.toSorted((a, b) => a.key.compare(b.key));
  return Buffer.concat(
    sorted.flatMap(({ name, node: { mode, id } }) => [
      Buffer.from(`${mode} ${name}\0`, "latin1"),
      Buffer.from(id, "hex")
    ])
  );
}
function idOf(type, content, idLength) {
  return (0, import_node_crypto.createHash)(idLength === 64 ? "sha256" : "sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}

// elsewhere:src/inputs/lookup.ts
var { choicesOf, defaultOf, isSwitch, missingInput, nearestInputs, unknownInput, variableOf, whereToGive } = require("./start.cjs").modules["src/inputs/lookup.ts"];

// src/environments/config-file.ts
var configPath = (step) => step.config?.replace(/^(?:\.?\/)+/, "") ?? defaultOf("config");
function configPaths(step) {
  const path = configPath(step);
  const mistaken = path.replace(/\.ya?ml$/, (extension) => extension === ".yml" ? ".yaml" : ".yml");
  return mistaken === path ? [path] : [path, mistaken];
}
async function readConfigFile({ store }, step) {
  const files = configPaths(step);
  const [path] = files;
  const { manifests } = await store.read({ words: [], files });
  const file = manifests.find((one) => one.path === path);
  if (file) return { path, text: Buffer.from(file.bytes).toString() };
  const [other] = manifests;
  if (!other && step.config === void 0) return void 0;
  throw failure2("CONFIG_NOT_FOUND", { file: path, base: store.base, other: other?.path });
}
function atInput(error, values, placeOf) {
  const input = error instanceof ReleaseError ? error.input ?? "" : "";
  const place = Object.hasOwn(values, input) ? placeOf(input) : void 0;
  return place && error instanceof ReleaseError ? error.at(place) : error;
}

// elsewhere:src/inputs/identity.ts
var { defaultNames, formatIdentity, identityKey, identityOf, namesInOtherOrders } = require("./start.cjs").modules["src/inputs/identity.ts"];

// elsewhere:src/inputs/inputs.ts
var { readCommitOptions, readInputs, readMode, readSearch } = require("./start.cjs").modules["src/inputs/inputs.ts"];

// elsewhere:src/inputs/raw-inputs.ts
var { givenOf, reading } = require("./start.cjs").modules["src/inputs/raw-inputs.ts"];

// elsewhere:src/forge/connect.ts
var { attestationsApi, connectForge, explainRefusal, issueToken, kindOfSource, revokeToken, workflowNote } = require("./start.cjs").modules["src/forge/connect.ts"];

// src/git/branch-name.ts
var REFUSED = /\.\.|@\{|\/\/|(?:^|\/)\.|\.lock(?:\/|$)|[\0-\x20\x7f~^:?*[\\]|^[-/]|[./]$|^$/;
function isBranchName(text) {
  return !REFUSED.test(text) && text !== "HEAD";
}

// elsewhere:src/core/image-reference.ts
var { foldersOf, formatReference, formatVersion, isDigest, isPartOf, isSameVersion, isTag, parseReference, parseVersion, referenceProblem, repositoryOf, searchWord, shortVersion, splitName, versionIn, versionProblem } = require("./start.cjs").modules["src/core/image-reference.ts"];

// src/release/build.ts
function buildOf(images, operation, { source, run: run2 }) {
  const { repository, commit, time: time2, build } = source;
  const digests = images.flatMap(
    ({ reference: { name }, digest }) => digest === void 0 ? [] : formatReference({ name, digest })
  );
  return {
    images: images.map(({ reference }) => formatReference(reference)),
    ...digests.length > 0 && { digests },
    source: { repository, commit, time: time2, build },
    operation,
    run: run2
  };
}
function versionOf({ images }) {
  const [first] = images.flatMap((image) => parseReference(image) ?? []);
  return first?.tag ?? first?.digest ?? "";
}
function canonical(text) {
  const reference = parseReference(text);
  return reference ? formatReference({ ...reference, name: repositoryOf(reference.name) }) : text;
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
    ([repository, version2]) => there.filter(([other]) => other === repository).map(([, presentVersion]) => [presentVersion, version2])
  );
}
function sourceOf(build, { source: own2 }) {
  const { repository = "", commit = "", time: time2 = "", build: number3 = "" } = build?.source ?? {};
  const isShown = commit !== "" && own2.commit !== "" && own2.repository !== "";
  const url = isShown ? own2.url.replace(own2.repository, repository).replace(own2.commit, commit) : "";
  return { repository, commit, url, time: time2, ref: "", build: number3 };
}
function hasVersion(build, image, version2) {
  const repository = repositoryOf(image);
  const digests = versionsOf({ images: build.digests ?? [] }).filter(([other]) => other === repository);
  return versionsOf(build).some(
    ([other, tag]) => other === repository && [tag, ...digests.map(([, digest]) => `${tag}@${digest}`)].includes(version2)
  );
}

// elsewhere:src/release/checked-images.ts
var { NOT_CHECKED, checkOf, digestOf, factsOf, lineOf, pinned, refuseUnproved, shownFacts, shownSigner, sourceOfImages, whyUnchecked } = require("./start.cjs").modules["src/release/checked-images.ts"];

// node_modules/mustache/mustache.mjs
var objectToString = Object.prototype.toString;
var isArray = Array.isArray || function isArrayPolyfill(object2) {
  return objectToString.call(object2) === "[object Array]";
};
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
var regExpTest = RegExp.prototype.test;
function testRegExp(re, string3) {
  return regExpTest.call(re, string3);
}
var nonSpaceRe = /\S/;
function isWhitespace(string3) {
  return !testRegExp(nonSpaceRe, string3);
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
function escapeHtml(string3) {
  return String(string3).replace(/[&<>"'`=\/]/g, function fromEntityMap(s) {
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
function Context(view, parentContext) {
  this.view = view;
  this.cache = { ".": this.view };
  this.parent = parentContext;
}
Context.prototype.push = function push(view) {
  return new Context(view, this);
};
Context.prototype.lookup = function lookup(name) {
  var cache = this.cache;
  var value;
  if (cache.hasOwnProperty(name)) {
    value = cache[name];
  } else {
    var context = this, intermediateValue, names, index, lookupHit = false;
    while (context) {
      if (name.indexOf(".") > 0) {
        intermediateValue = context.view;
        names = name.split(".");
        index = 0;
        while (intermediateValue != null && index < names.length) {
          if (index === names.length - 1)
            lookupHit = hasProperty(intermediateValue, names[index]) || primitiveHasOwnProperty(intermediateValue, names[index]);
          intermediateValue = intermediateValue[names[index++]];
        }
      } else {
        intermediateValue = context.view[name];
        lookupHit = hasProperty(context.view, name);
      }
      if (lookupHit) {
        value = intermediateValue;
        break;
      }
      context = context.parent;
    }
    cache[name] = value;
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
Writer.prototype.parse = function parse4(template, tags) {
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
  var context = view instanceof Context ? view : new Context(view, void 0);
  return this.renderTokens(tokens, context, partials, template, config2);
};
Writer.prototype.renderTokens = function renderTokens(tokens, context, partials, originalTemplate, config2) {
  var buffer = "";
  var token, symbol, value;
  for (var i = 0, numTokens = tokens.length; i < numTokens; ++i) {
    value = void 0;
    token = tokens[i];
    symbol = token[0];
    if (symbol === "#") value = this.renderSection(token, context, partials, originalTemplate, config2);
    else if (symbol === "^") value = this.renderInverted(token, context, partials, originalTemplate, config2);
    else if (symbol === ">") value = this.renderPartial(token, context, partials, config2);
    else if (symbol === "&") value = this.unescapedValue(token, context);
    else if (symbol === "name") value = this.escapedValue(token, context, config2);
    else if (symbol === "text") value = this.rawValue(token);
    if (value !== void 0)
      buffer += value;
  }
  return buffer;
};
Writer.prototype.renderSection = function renderSection(token, context, partials, originalTemplate, config2) {
  var self = this;
  var buffer = "";
  var value = context.lookup(token[1]);
  function subRender(template) {
    return self.render(template, context, partials, config2);
  }
  if (!value) return;
  if (isArray(value)) {
    for (var j = 0, valueLength = value.length; j < valueLength; ++j) {
      buffer += this.renderTokens(token[4], context.push(value[j]), partials, originalTemplate, config2);
    }
  } else if (typeof value === "object" || typeof value === "string" || typeof value === "number") {
    buffer += this.renderTokens(token[4], context.push(value), partials, originalTemplate, config2);
  } else if (isFunction(value)) {
    if (typeof originalTemplate !== "string")
      throw new Error("Cannot use higher-order sections without the original template");
    value = value.call(context.view, originalTemplate.slice(token[3], token[5]), subRender);
    if (value != null)
      buffer += value;
  } else {
    buffer += this.renderTokens(token[4], context, partials, originalTemplate, config2);
  }
  return buffer;
};
Writer.prototype.renderInverted = function renderInverted(token, context, partials, originalTemplate, config2) {
  var value = context.lookup(token[1]);
  if (!value || isArray(value) && value.length === 0)
    return this.renderTokens(token[4], context, partials, originalTemplate, config2);
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
Writer.prototype.renderPartial = function renderPartial(token, context, partials, config2) {
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
    return this.renderTokens(tokens, context, partials, indentedValue, config2);
  }
};
Writer.prototype.unescapedValue = function unescapedValue(token, context) {
  var value = context.lookup(token[1]);
  if (value != null)
    return value;
};
Writer.prototype.escapedValue = function escapedValue(token, context, config2) {
  var escape = this.getConfigEscape(config2) || mustache.escape;
  var value = context.lookup(token[1]);
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
mustache.parse = function parse5(template, tags) {
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
mustache.Context = Context;
mustache.Writer = Writer;
var mustache_default = mustache;

// elsewhere:src/core/escape.ts
var { cut, forCommit, forLog, forMarkdown, fromCommit, jsonForLog, markdownBlock, markdownCode, markdownUrl, oneCommitLine, oneLine, quote } = require("./start.cjs").modules["src/core/escape.ts"];

// elsewhere:src/core/near-name.ts
var { nearName } = require("./start.cjs").modules["src/core/near-name.ts"];

// elsewhere:src/core/objects.ts
var { UNKNOWN_IMAGE, counted, groupBy, kept, memoized } = require("./start.cjs").modules["src/core/objects.ts"];

// elsewhere:src/core/secrets.ts
var { forgetSecrets, inBase64, keepSecret, keyLines, proxySecrets, safeText, safeValue } = require("./start.cjs").modules["src/core/secrets.ts"];

// src/release/pull-request/strict-writer.ts
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
  lookup(name) {
    const value = super.lookup(name);
    return typeof value === "string" && value !== "" ? this.#safe(value, name.slice(name.lastIndexOf(".") + 1)) : value;
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
      throw failure2("TEMPLATE_INVALID", { input: this.#input, reason });
    }
    return text;
  }
  escapedValue(token, context) {
    const [, variable = ""] = token;
    const value = context.lookup(variable);
    if (typeof value !== "string" || value === "") {
      throw failure2("TEMPLATE_VARIABLE_EMPTY", { input: this.#input, variable });
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
  line: (value) => oneLine(value, 1e3),
  commit: forCommit,
  markdown: (value, key) => {
    if (key === "rendered") return value;
    if (key === "command") return markdownCode(value);
    return /url$/i.test(key) ? markdownUrl(value) : forMarkdown(value);
  }
};
function renderTemplate(input, template, variables, place) {
  const known = Object.fromEntries(Object.entries(VARIABLES).filter(([name]) => name in variables));
  try {
    checkNames(input, mustache_default.parse(template), [known]);
  } catch (error) {
    if (error instanceof Error && error.name === "Error") {
      throw failure2("TEMPLATE_INVALID", { input, reason: error.message }, error);
    }
    throw error;
  }
  const context = new SafeContext(variables, memoized(SAFE[place]));
  return safeText(new StrictWriter(input, variables).render(template, context));
}
var MAX_DEPTH = 20;
function checkNames(input, tokens, scopes, depth = 0) {
  if (depth > MAX_DEPTH) {
    throw failure2("TEMPLATE_INVALID", { input, reason: `has sections in sections, more than ${MAX_DEPTH} deep` });
  }
  for (const [type, name, , , children] of tokens) {
    if (type === "text" || type === "!" || type === "=") continue;
    const found = type === ">" ? void 0 : lookUp(name, scopes);
    if (found === void 0 || typeof found === "object" && !children) {
      throw failure2("TEMPLATE_VARIABLE_UNKNOWN", { input, variable: name, nearest: nearestOf(name, scopes) });
    }
    if (children) {
      checkNames(input, children, typeof found === "object" ? [rowOf(found), ...scopes] : scopes, depth + 1);
    }
  }
}
function nearestOf(name, scopes) {
  const names = scopes.flatMap(namesOf);
  return names.find((one) => one.endsWith(`.${name}`) && !one.includes("[]")) ?? nearName(name, names);
}
function lookUp(name, scopes) {
  const [first = "", second, ...rest] = name.split(".");
  const scope = scopes.find((candidate) => Object.hasOwn(candidate, first));
  const value = scope?.[first];
  if (second === void 0) return value;
  if (rest.length > 0 || typeof value !== "object" || isList(value)) return void 0;
  return Object.hasOwn(value, second) ? value[second] : void 0;
}
var isList = (value) => Array.isArray(value);
var rowOf = (value) => isList(value) ? value[0] : value;
function namesOf(scope) {
  return Object.entries(scope).flatMap(
    ([name, value]) => typeof value === "string" ? name : Object.keys(rowOf(value)).map((key) => `${name}${isList(value) ? "[]" : ""}.${key}`)
  );
}

// elsewhere:src/core/time.ts
var { ageOf, utcTime } = require("./start.cjs").modules["src/core/time.ts"];

// elsewhere:src/core/version.ts
var { areDifferentVersions, bumpOf, compareVersions, isInRange, isStep, isVersionLike, largestBump, readRange, withoutDigest } = require("./start.cjs").modules["src/core/version.ts"];

// elsewhere:src/forge/web-pages.ts
var { commitPage, pullRequestPage } = require("./start.cjs").modules["src/forge/web-pages.ts"];

// elsewhere:src/release/image-changes.ts
var { imageChanges, shownBefore, shownStep } = require("./start.cjs").modules["src/release/image-changes.ts"];

// elsewhere:src/core/wildcard.ts
var { matchesParts } = require("./start.cjs").modules["src/core/wildcard.ts"];

// src/release/release-branches.ts
var ANY_VERSION = "AnyOtherVersionOfThisRelease";
function namesOf2(identity, given, base, images) {
  if (given !== "") return { names: [given], otherNames: [] };
  return {
    names: defaultNames(identity, images[0]?.reference.name, base),
    otherNames: namesInOtherOrders(identity)
  };
}
function branchesOf({ names, otherNames }, render3) {
  const branchOf = (name) => ({ name, branch: render3(name, false) });
  const distinct = (all2) => all2.filter(({ branch }, index) => all2.findIndex((one) => one.branch === branch) === index);
  const own2 = distinct(names.map(branchOf));
  const others = distinct(otherNames.map(branchOf)).filter(
    (other) => !own2.some(({ branch }) => branch === other.branch)
  );
  const patterns = [...names, ...otherNames].map((name) => render3(name, true).split(ANY_VERSION));
  return { names: own2, otherNames: others, patterns };
}
function isPerVersion({ patterns }) {
  return patterns.some((pattern) => pattern.length > 1);
}
function branchesOfVersion({ names, otherNames }) {
  return [...new Set([...names, ...otherNames].map(({ branch }) => branch))];
}
function isReleaseBranch(branches, branch) {
  return branchesOfVersion(branches).includes(branch) || branches.patterns.some((pattern) => matchesParts(branch, pattern, 1));
}
var LONG_LIVED = /* @__PURE__ */ new Set(["main", "master", "trunk", "develop", "development", "production"]);
function isLongLived(branch, bases) {
  return LONG_LIVED.has(branch) || bases.includes(branch);
}

// src/release/pull-request/variables.ts
var MAX_FROM = 3;
var MAX_UNFOLDED = 5;
function releaseVariables({
  inputs,
  build,
  source
}, name, base) {
  const { app, environment } = inputs.identity;
  const { kind, remote } = inputs.access;
  const { action, reason, origin } = build.operation;
  const references = build.images.flatMap((image) => parseReference(image) ?? []);
  const { repository, commit, url } = source;
  return {
    action,
    app,
    environment,
    reason,
    origin: { ...origin, age: ageOf(origin.since), pullUrl: pullRequestPage(kind, remote.url, origin.pull) },
    name,
    version: versionOf(build),
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
function planVariables(variables, changes, checked = []) {
  const [first] = changes;
  const steps = changes.filter(isStep);
  const ofFirst = steps.filter(({ image }) => image === first?.image);
  const before = [...new Set(ofFirst.map(({ from: from2, to }) => shownBefore(from2, to)))];
  const bumpBetween = memoized(bumpOf);
  const rows = changes.map((change) => ({
    ...change,
    note: change.note ?? "",
    line: String(change.line),
    bump: bumpBetween(change.from, change.to)
  }));
  const from = before.slice(0, MAX_FROM).join(", ") + (before.length > MAX_FROM ? ", \u2026" : "");
  const bump = rows.length === 0 ? "" : largestBump(steps.map((step) => bumpBetween(step.from, step.to)));
  return {
    ...variables,
    version: shortVersion(variables.version),
    from,
    bump,
    step: shownStep(bump),
    imageChanges: imageChanges(changes).map((row) => ({
      image: row.image,
      from: row.from.join(", "),
      to: row.to,
      step: shownStep(row.bump),
      places: String(row.places),
      registry: shownFacts(checkOf(checked, row.image)),
      builtBy: shownSigner(checkOf(checked, row.image))
    })),
    checked: checked.length > 0 ? "yes" : "",
    unchecked: whyUnchecked(checked).join("; "),
    placeCount: `${counted(rows.length, "place")} in ${counted(new Set(rows.map(({ file }) => file)).size, "file")}`,
    placesFolded: rows.length > MAX_UNFOLDED ? "yes" : "",
    places: rows.map((row) => ({ ...row, from: shortVersion(row.from), to: shortVersion(row.to) })),
    changes: rows
  };
}
function leftVariables(leftovers) {
  return {
    left: leftovers.map((leftover) => ({ ...leftover, line: String(leftover.line) })),
    leftCount: leftovers.length === 0 ? "" : counted(leftovers.length, "line")
  };
}
function ofAnyVersion({ images, source, run: run2, version: version2, ...rest }) {
  const any = (text) => text === "" ? "" : ANY_VERSION;
  return {
    ...rest,
    version: any(version2),
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

// src/release/request.ts
function readRequest({ store, forge }, inputs, ci) {
  const { access, identity, images, operation, policy, templates } = inputs;
  if (inputs.commit.sign === "api" && !forge?.commit) {
    throw failure2("API_NEEDED", { input: "sign-commits", repository: access.remote.name });
  }
  const build = buildOf(images.released, operation, ci);
  const partial2 = { inputs, key: identityKey(identity), build, source: ci.source };
  const named2 = namesOf2(identity, templates.name, access.base, images.released);
  if (policy.delivery === "push") {
    const names = [{ name: named2.names[0] ?? "", branch: store.base }];
    return { ...partial2, branches: { names, otherNames: [], patterns: [] } };
  }
  const branches = branchesOf(named2, (name, isAnyVersion) => {
    const variables = releaseVariables(partial2, name, store.base);
    return renderBranch(templates.branch, isAnyVersion ? ofAnyVersion(variables) : variables);
  });
  for (const { branch } of branches.names) {
    if (!isBranchName(branch)) throw failure2("BRANCH_INVALID", { branch });
    if (branch === store.base) throw failure2("BRANCH_IS_BASE", { branch });
    if (isLongLived(branch, policy.bases)) throw failure2("BRANCH_LONG_LIVED", { branch });
  }
  return { ...partial2, branches };
}
function branchNames(inputs, ci, base) {
  const { access, identity, images, operation, policy, templates } = inputs;
  if (policy.delivery === "push") return [];
  const partial2 = { inputs, build: buildOf(images.released, operation, ci), source: ci.source };
  const branches = branchesOf(
    namesOf2(identity, templates.name, access.base, images.released),
    (name) => renderBranch(templates.branch, releaseVariables(partial2, name, base))
  );
  return branchesOfVersion(branches).filter(isBranchName);
}
var renderBranch = (template, variables) => renderTemplate("branch", template, variables, "ref").trim().replace(/^refs\/heads\//, "");
function withFacts(request2, checked, { sourceServerUrl, source, servers }) {
  const { inputs, build } = request2;
  const { access, images, checks, operation } = inputs;
  const released = pinned(images.released, checked, checks.pin);
  const place = { server: sourceServerUrl, kind: kindOfSource({ sourceServerUrl, source, servers }) };
  const known = sourceOfImages(checked, { source: request2.source, manifests: access.remote.name, ...place });
  return {
    ...request2,
    inputs: { ...inputs, images: { ...images, released } },
    build: buildOf(released, operation, { source: known, run: build.run }),
    source: known
  };
}

// src/git/run-git.ts
var import_node_os = require("node:os");

// src/git/progress.ts
var STEP = /(Counting objects|Compressing objects|Receiving objects|Resolving deltas): +(\d+)% \(\d+\/\d+\)(?:, ([\d.]+ [KMGT]?i?B))?/g;
function stepIn(output) {
  const [, step, percent, size] = [...output.matchAll(STEP)].at(-1) ?? [];
  return step && `${step}: ${percent}%${size === void 0 ? "" : `, ${size}`}`;
}
var withoutProgress = (output) => output.replace(/(?<=^|[\r\n])[^\r\n]*\r(?!\n)/g, "");

// src/git/run-git.ts
var MAX_STDERR = 2e4;
function endOfStderr(stderr) {
  return safeText(stderr).slice(-MAX_STDERR);
}
var GitError = class extends Error {
  name = "GitError";
  command;
  exitCode;
  stderr;
  constructor(command, { exitCode, stderr }) {
    const end = endOfStderr(stderr);
    super(`git ${command} exited with ${exitCode}: ${end.trim()}`);
    this.command = command;
    this.exitCode = exitCode;
    this.stderr = end;
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
var CONFIG = {
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
  const end = () => {
    isLate = true;
    endTree(child);
  };
  const timer = limit === void 0 ? void 0 : setTimeout(end, Math.max(limit, 0));
  const ended = await finish(child, input, () => failure2("GIT_MISSING")).finally(() => clearTimeout(timer));
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
function isTooOld(version2) {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version2) ?? [];
  return Number(major) < 2 || Number(major) === 2 && Number(minor) < 34;
}
function startGit(args, options = {}) {
  const { gitDir, config: config2 = {}, environment = {} } = options;
  const variables = {
    ...ENVIRONMENT,
    ...configEnvironment({ ...CONFIG, ...config2 }),
    ...gitDir !== void 0 && { GIT_DIR: gitDir },
    ...environment
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

// src/git/explain-stderr.ts
var NO_REPOSITORY = "is no git repository; give the top folder of one";
var REFUSALS = [
  {
    stderr: /returned error: 429|HTTP 429|rate[- ]limit|too many requests/i,
    explain: ({ remote, action }, reason, cause) => failure2("RATE_LIMITED", { action: `${action} ${remote.name}`, reason }, cause)
  },
  {
    stderr: /repository corruption|^(?:remote|ERROR): .*(?:corrupt|object file .* is empty|bad (?:object|tree)|(?:unable to|Could not) read [\da-f]{40})/im,
    explain: ({ remote }, reason, cause) => failure2("REPOSITORY_DAMAGED", { repository: remote.name, reason }, cause)
  },
  {
    // Of the server where `remote:` is before it.
    stderr: /^(?!remote: ).*No space left on device/im,
    explain: ({ remote, action }, reason, cause) => failure2("DISK_FULL", { action: `${action} ${remote.name}`, reason }, cause)
  },
  {
    stderr: /Remote branch .* not found in upstream|couldn't find remote ref/,
    explain: ({ remote, base }, _, cause) => failure2("BASE_NOT_FOUND", { repository: remote.name, base }, cause)
  },
  {
    // A web page in place of git's protocol, as of a login to the network.
    stderr: /could not determine hash algorithm|invalid server response; got|expected flush after ref listing|not valid: is this a git repository|protocol error: bad line length|unable to parse remote unpack status|remote end hung up upon initial contact.*<|<!doctype html|<html/i,
    explain: ({ remote, action }, reason, cause) => failure2("ANSWER_UNREADABLE", { action: `${action} ${remote.name}`, reason }, cause)
  },
  {
    stderr: /dubious ownership/,
    explain: ({ remote }, _, cause) => failure2("FOLDER_OF_ANOTHER_USER", { repository: remote.name }, cause)
  },
  {
    stderr: /Host key verification failed/,
    explain: ({ remote }, _, cause) => {
      const changed = cause.stderr.includes("HOST IDENTIFICATION HAS CHANGED");
      return failure2("HOST_KEY_UNKNOWN", { repository: remote.name, changed }, cause);
    }
  },
  {
    stderr: /^Load key ".*": /m,
    explain: (_, __, cause) => {
      const reason = /^Load key ".*": (.*)$/m.exec(cause.stderr)?.[1] ?? "";
      return failure2("SSH_KEY_INVALID", { reason }, cause);
    }
  },
  {
    stderr: /\bssh: (?:command )?not found|cannot run ssh/,
    explain: () => failure2("PROGRAM_MISSING", { program: "ssh" })
  },
  {
    // Of OpenSSL and of GnuTLS, which libcurl is built with: the file cannot be read, or does not have the authority.
    stderr: /error (?:setting certificate|reading ca cert|adding trust anchors)|unable to get (?:local )?issuer certificate|self[- ]signed certificate|unable to verify the first certificate|server certificate verification failed/i,
    explain: ({ remote, action }, reason, cause) => failure2("CA_UNTRUSTED", { action: `${action} ${remote.name}`, variable: "GIT_SSL_CAINFO", reason }, cause)
  },
  {
    stderr: /\barchived\b|read-?only (?:mode|instance|GitLab)|(?:currently|temporarily) read-?only|under maintenance|has been (?:locked|disabled)/i,
    explain: ({ remote }, reason, cause) => failure2("REPOSITORY_READ_ONLY", { repository: remote.name, reason }, cause)
  },
  {
    stderr: /returned error: 30\d/,
    explain: ({ remote }, _, cause) => failure2("REPOSITORY_MOVED", { repository: remote.name }, cause)
  },
  {
    stderr: /Authentication failed|could not read Username|invalid credentials|returned error: 40[13]|Permission (?:to .* )?denied|access denied|write access|is read-only|as read only/i,
    explain: ({ remote, credential, action }, reason, cause) => failure2("ACCESS_DENIED", { repository: remote.name, credential, action, reason }, cause)
  },
  {
    stderr: /repository (?:'.*' )?not found|returned error: 404|not appear to be a git repository|does not exist/i,
    explain: ({ remote, credential }, _, cause) => remote.transport === "file" ? failure2("INPUT_INVALID", { input: "repository", value: remote.name, reason: NO_REPOSITORY }, cause) : failure2("REPOSITORY_NOT_FOUND", { repository: remote.name, credential }, cause)
  },
  {
    stderr: /Operation too slow|Timeout, server .* not responding|timed out during banner exchange/,
    explain: ({ remote }, reason, cause) => tookTooLong(cause.command, remote, reason, cause)
  },
  {
    stderr: /returned error: 5\d\d|HTTP 5\d\d|^remote: .*(?:maintenance|internal (?:server )?error|No space left)/im,
    explain: ({ remote, action }, reason, cause) => failure2("SERVER_FAILED", { action: `${action} ${remote.name}`, reason }, cause)
  },
  {
    stderr: /Could not resolve|Unsupported proxy|Failed to connect|Couldn't connect|Connection (?:refused|timed out|reset|closed)|timed out|unreachable|No route to host|early EOF|RPC failed|hung up|Empty reply|SSL|TLS|gnutls/i,
    explain: ({ remote, action }, reason, cause) => failure2("NETWORK", { action: `${action} ${remote.name}`, reason }, cause)
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
  return failure2("TIMED_OUT", { action: `${phase} ${remote.name}`, reason }, cause);
}
function explainRefusal2(error, action) {
  if (!(error instanceof GitError)) return error;
  const text = legible(error.stderr);
  const remoteLine = text.split("\n").findLast((line) => /^(?:remote|ERROR): .*\w|: Permission denied \(/.test(line));
  const reason = lastLine(remoteLine ?? text);
  const refusal = REFUSALS.find(({ stderr }) => stderr.test(text));
  return refusal?.explain(action, reason, error) ?? failure2("GIT_FAILED", { command: error.command, reason }, error);
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
    return failure2("BRANCH_BLOCKED", { branch });
  }
  if (refused.state === "moved") return void 0;
  return failure2("PUSH_REFUSED", { branch, reason: remoteMessage(stderr) || refused.reason || lastLine(stderr) });
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
  const end = text.indexOf("\n\n");
  const headers = text.slice(0, end < 0 ? text.length : end).split("\n");
  const values = (name) => headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  return {
    id,
    tree: values("tree")[0] ?? "",
    parents: values("parent"),
    committerEmail: /<([^<>]*)>/.exec(values("committer")[0] ?? "")?.[1] ?? "",
    message: end < 0 ? "" : text.slice(end + 2),
    signed: headers.some((line) => /^gpgsig(?:-sha256)? /.test(line))
  };
}

// src/git/pathspecs.ts
var NOTHING = {
  sha1: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  sha256: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
};
var PLAIN = /^(?!:)(?!(?:.*\/)?(?:\.{0,2}\/|\.{1,2}$))[^*?[\\]+$/;
var isPlainPath = (pathspec) => PLAIN.test(pathspec);
async function listByGit(clone2, pathspecs, commit) {
  const nothing = commit.length === 64 ? NOTHING.sha256 : NOTHING.sha1;
  try {
    const listing = ["diff-tree", "-r", "-z", "--no-renames", nothing, commit, "--", ...pathspecs];
    return readListing((await clone2.run(listing)).stdout);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const reason = lastLine(error.stderr).replace(/ at '[^']*'$/, "");
    throw failure2("PATHS_INVALID", { input: "paths", reason }, error);
  }
}

// src/release/why-cloned.ts
function whyCloned({ search, commit }) {
  const pattern = search.paths.find((path) => !isPlainPath(path));
  if (search.paths.length === 0) return "no paths were given";
  if (pattern !== void 0) return `${pattern} is a pattern`;
  if (commit.sign === "ssh" || commit.sign === "gpg") return "the commit is signed with a key";
  return commit.isAuthorGiven ? "author was given" : void 0;
}

// src/git/large-files.ts
var MAX_MANIFEST = 5 * 1024 * 1024;
var tooLarge = (file) => ({
  file,
  line: 1,
  message: "was not searched: larger than 5 MiB"
});

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
  keep(commit, written) {
    for (const object2 of written) this.#api.keep(object2);
    this.know(commit, this.#loadedAt(commit.parents[0] ?? ""));
  }
  /** A commit, with what is at `paths` of it where it was not known; `undefined` where it is not there. */
  async commit(id, paths = []) {
    const known = this.#commits.get(id);
    if (known) return known;
    const read = await this.#api.load(id, paths.map(withoutSlash));
    if (read) this.know(read, paths.map(withoutSlash));
    return read;
  }
  /** Reads in one request what is needed of paths, and of files in folders whose entries are not known. */
  async load(commit, paths, files) {
    const loaded = this.#loadedAt(commit);
    const whole = paths.map(withoutSlash).filter((path) => isPlainPath(path) && !isBelow(path, loaded));
    const named2 = files.filter((file) => isPlainPath(file) && !isListed(folderOf(file), loaded));
    const wanted = [.../* @__PURE__ */ new Set([...whole, ...named2])];
    if (wanted.length === 0) return;
    const read = await this.#api.load(commit, wanted);
    if (read) this.know(read, wanted);
  }
  /** Trees, since contents are asked for by what lists them. */
  async objects(ids) {
    const objects = await this.#api.objects(ids);
    return objects.map((object2, index) => {
      if (!object2?.content) throw new CloneNeeded(`folder ${ids[index]} ${object2?.unreadable ?? NOT_GIVEN}`);
      return object2;
    });
  }
  async treeOf(commit) {
    const known = await this.commit(commit);
    if (!known) throw new CloneNeeded(`the API has no commit ${commit.slice(0, 7)}`);
    const [tree] = await this.objects([known.tree]);
    return tree;
  }
  /** The contents of files. One that the API does not give as it is needs a clone, unless it is no text and no manifest. */
  async contents(entries, areManifests) {
    const objects = await this.#api.objects(entries.map(({ id }) => id));
    const files = [];
    const problems = [];
    for (const [index, { path, mode }] of entries.entries()) {
      const object2 = objects[index];
      if (object2?.content) files.push({ path, mode, bytes: object2.content });
      else if (object2 && object2.size >= MAX_MANIFEST) problems.push(tooLarge(path));
      else if (areManifests || object2?.isBinary !== true) {
        throw new CloneNeeded(`${path} ${object2?.unreadable ?? NOT_GIVEN}`);
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
    const named2 = await this.#trees.named(files, commit);
    const listed2 = nearby ? await this.#trees.below(nearby.folders, commit) : [];
    const near = listed2.filter((entry) => isManifest(entry) && nearby?.matches(entry.path));
    const all2 = [...found.candidates, ...named2.filter(({ type }) => type === "file"), ...near];
    const candidates = new Map(all2.map((candidate) => [candidate.path, candidate]));
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
    const { words, registries = [], paths = [] } = terms;
    const hasWords = words.length + registries.length > 0;
    const pathspecs = paths.length === 0 && hasWords ? this.#searched.paths : paths;
    if (pathspecs.length > 0) return this.#list(pathspecs, commit);
    return hasWords ? this.#searched.byContents(terms, commit) : NONE;
  }
  /**
   * The manifests below pathspecs, each of which must match something.
   * Throws PATHS_INVALID, PATHS_MATCH_NOTHING, PATHS_NOT_FOLLOWED.
   */
  async #list(paths, commit) {
    const all2 = await this.#trees.matching(paths, commit);
    const positive = paths.filter((path) => !/^:(?:[!^]|\([^)]*exclude)/.test(path));
    for (const pathspec of positive) {
      const matches = positive.length === 1 && all2.length > 0 ? all2 : await this.#trees.matching([pathspec], commit);
      const [first, ...more] = matches;
      if (!first) {
        const nearest = await this.#trees.nearest(pathspec, commit);
        const where = this.#searched.nameOf(commit);
        throw failure2("PATHS_MATCH_NOTHING", { input: "paths", pathspec, where, nearest });
      }
      if (more.length === 0 && first.type !== "file") {
        throw failure2("PATHS_NOT_FOLLOWED", { input: "paths", file: first.path, type: first.type });
      }
    }
    const readable = all2.filter(({ path }) => isReadable(path));
    return foundIn(readable, illegible(all2.flatMap(({ path, type }) => type === "file" ? path : [])));
  }
};
function isManifest({ path, type }) {
  return type === "file" && isManifestName(path) && isLegible(path);
}
function isLegible(path) {
  return !path.includes("\uFFFD");
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
  const manifests = paths.filter((path) => isManifestName(path) && !isLegible(path));
  return manifests.map((file) => ({ file, line: 1, message }));
}

// src/git/new-tree.ts
async function makeTree(source, root, files) {
  const objects = [];
  const make = (type, content) => {
    const id = idOf(type, content, root.length);
    objects.push({ id, type, size: content.length, content });
    return id;
  };
  const change = async (tree, changes) => {
    const [object2] = tree === void 0 ? [] : await source.objects([tree]);
    const nodes = readTree(object2?.content ?? Buffer.alloc(0), root.length, "latin1");
    for (const [name, changed] of changes) {
      const present = nodes.get(name);
      const below = present && isFolder(present) ? present.id : void 0;
      nodes.set(
        name,
        changed instanceof Map ? { mode: "40000", id: await change(below, changed) } : { mode: changed.mode, id: make("blob", Buffer.from(changed.bytes)) }
      );
    }
    return make("tree", writeTree(nodes));
  };
  return { id: await change(root, changesOf(files)), objects };
}
function changesOf(files) {
  const changes = /* @__PURE__ */ new Map();
  for (const file of files) {
    const folders = Buffer.from(file.path).toString("latin1").split("/");
    const name = folders.pop() ?? "";
    let inside = changes;
    for (const folder of folders) {
      const known = inside.get(folder);
      const below = known instanceof Map ? known : /* @__PURE__ */ new Map();
      inside.set(folder, below);
      inside = below;
    }
    inside.set(name, file);
  }
  return changes;
}

// src/git/trees.ts
var MOST_FILES = 2e6;
var Trees = class {
  #source;
  #list;
  /** By the id of the tree. */
  #folders = /* @__PURE__ */ new Map();
  /** The trees of commits. */
  #roots = /* @__PURE__ */ new Map();
  /** `list` is asked where a pathspec is no plain path. */
  constructor(source, list) {
    this.#source = source;
    this.#list = list;
  }
  /** All entries of a commit, in git's order. */
  async all(commit) {
    return this.#below([{ path: "", id: await this.#root(commit) }]);
  }
  /** Those of files by their exact names; one that is not there is left out. */
  async named(names, commit) {
    const found = await this.#find(names, commit);
    return inOrder(found.flatMap(([path, node]) => isFolder(node) ? [] : entryOf(path, node)));
  }
  /** Those in folders and below them; of the top folder (empty) only those in it. */
  async below(folders, commit) {
    const top = folders.includes("") ? [...await this.#folder(await this.#root(commit))] : [];
    const found = await this.#find(
      folders.filter((folder) => folder !== ""),
      commit
    );
    const below = await this.#below(
      found.flatMap(([path, node]) => isFolder(node) ? { path: `${path}/`, id: node.id } : [])
    );
    return inOrder([...top.flatMap(([name, node]) => isFolder(node) ? [] : entryOf(name, node)), ...below]);
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
      found.flatMap(([path, node]) => isFolder(node) ? { path: `${path}/`, id: node.id } : [])
    );
    const files = found.filter(([path, node]) => !isFolder(node) && !folders.has(path));
    return inOrder([...files.map(([path, node]) => entryOf(path, node)), ...below]);
  }
  /** The pathspec that one was probably meant to be; `undefined` where none is near. */
  async nearest(path, commit) {
    if (path.startsWith("!")) return `:(exclude)${path.slice(1).trim()}`;
    if (!isPlainPath(path)) return void 0;
    let folder = await this.#root(commit);
    const parts = path.replace(/\/$/, "").split("/");
    for (const [index, part] of parts.entries()) {
      const nodes = await this.#folder(folder);
      const node = nodes.get(part);
      if (!node) {
        const near = nearName(part, [...nodes.keys()]);
        if (near === void 0) return void 0;
        const meant = parts.with(index, near).join("/");
        const [found] = await this.#find([meant], commit);
        return found ? meant : [...parts.slice(0, index), near].join("/");
      }
      if (!isFolder(node)) return parts.slice(0, index + 1).join("/");
      folder = node.id;
    }
    return void 0;
  }
  /** The tree that a commit's tree becomes when files are written into it; nothing is written. */
  async with(commit, files) {
    return makeTree(this.#source, await this.#root(commit), files);
  }
  async #root(commit) {
    const known = this.#roots.get(commit);
    if (known !== void 0) return known;
    const tree = await this.#source.treeOf(commit);
    if (!tree?.content) throw new Error(`the tree of ${commit} is not here`);
    this.#folders.set(tree.id, readTree(tree.content, commit.length));
    this.#roots.set(commit, tree.id);
    return tree.id;
  }
  async #folder(id) {
    await this.#load([id]);
    return this.#folders.get(id) ?? /* @__PURE__ */ new Map();
  }
  /** Reads trees that are not known yet, all at once. */
  async #load(ids) {
    const unread = [...new Set(ids.filter((id) => !this.#folders.has(id)))];
    if (unread.length === 0) return;
    const read = await this.#source.objects(unread);
    for (const [index, id] of unread.entries()) {
      const content = read[index]?.content;
      if (content) this.#folders.set(id, readTree(content, id.length));
    }
  }
  /** The nodes at paths, folder by folder for all of them at once; one that is not there is left out. */
  async #find(paths, commit) {
    if (paths.length === 0) return [];
    const root = { mode: "40000", id: await this.#root(commit) };
    let open = [...new Set(paths)].map((path) => ({ path, parts: path.split("/"), node: root }));
    const found = /* @__PURE__ */ new Map();
    while (open.length > 0) {
      await this.#load(open.map(({ node }) => node.id));
      open = open.flatMap(({ path, parts: [name = "", ...parts], node }) => {
        const next = this.#folders.get(node.id)?.get(name);
        if (next && parts.length === 0) found.set(path, next);
        return next && parts.length > 0 && isFolder(next) ? { path, parts, node: next } : [];
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
      level = [...new Set(nodes.filter(isFolder).map(({ id }) => id))];
    }
    const entries = [];
    let listed2 = 0;
    const list = (id, path) => {
      for (const [name, node] of this.#folders.get(id) ?? []) {
        if (isFolder(node)) list(node.id, `${path}${name}/`);
        else entries.push(entryOf(path + name, node));
        listed2 += 1;
        if (listed2 > MOST_FILES)
          throw failure2("PATHS_INVALID", { input: "paths", reason: `more than ${MOST_FILES} files match` });
      }
    };
    for (const { path, id } of folders) list(id, path);
    return entries;
  }
};
var entryOf = (path, { mode, id }) => ({ path, mode, id, type: typeOf(mode) });
function inOrder(entries) {
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
    var _a2;
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
    const maxExecutionTime = (_a2 = options.timeout) !== null && _a2 !== void 0 ? _a2 : Infinity;
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

// src/git/line-hunks.ts
var NO_LINE_BREAK = "\\ No newline at end of file";
function lineHunks(old, now, context) {
  const marked = markedLines(linesOf(old), linesOf(now));
  const hunks = [];
  let [oldStart, newStart, from] = [1, 1, 0];
  for (const { start: start2, end } of rangesOf(marked, context)) {
    [oldStart, newStart] = [oldStart + start2 - from, newStart + start2 - from];
    const shown = marked.slice(start2, end);
    const [oldLines, newLines] = [shown.filter(({ sign }) => sign !== "+"), shown.filter(({ sign }) => sign !== "-")];
    hunks.push({
      oldStart,
      oldLines: oldLines.length,
      newStart,
      newLines: newLines.length,
      lines: shown.flatMap(
        ({ sign, line }) => line.endsWith("\n") ? sign + line.slice(0, -1) : [sign + line, NO_LINE_BREAK]
      )
    });
    [oldStart, newStart, from] = [oldStart + oldLines.length, newStart + newLines.length, end];
  }
  return hunks;
}
var linesOf = (text) => text === "" ? [] : text.split(/(?<=\n)/);
function markedLines(old, now) {
  const marked = [];
  let removed = [];
  let added = [];
  for (let [before, after] = [0, 0]; before < old.length || after < now.length; ) {
    const [line, next, other, otherNext] = [old[before], old[before + 1], now[after], now[after + 1]];
    if (line !== void 0 && line === other) {
      for (const one of [...removed, ...added, { sign: " ", line }]) marked.push(one);
      [removed, added] = [[], []];
      [before, after] = [before + 1, after + 1];
      continue;
    }
    const isReplaced = next === otherNext;
    const isAdded = line === void 0 || !isReplaced && line === otherNext;
    const isRemoved = other === void 0 || !isReplaced && next === other;
    if (line !== void 0 && !isAdded) {
      removed.push({ sign: "-", line });
      before += 1;
    }
    if (other !== void 0 && (isAdded || !isRemoved)) {
      added.push({ sign: "+", line: other });
      after += 1;
    }
  }
  return [...marked, ...removed, ...added];
}
function rangesOf(marked, context) {
  const ranges = [];
  for (const [index, { sign }] of marked.entries()) {
    if (sign === " ") continue;
    const [start2, end] = [Math.max(index - context, 0), Math.min(index + context + 1, marked.length)];
    const last = ranges.at(-1);
    if (last && start2 <= last.end) last.end = end;
    else ranges.push({ start: start2, end });
  }
  return ranges;
}

// src/git/unified-diff.ts
var CONTEXT = 3;
var MOST_EDITS = 1e3;
var SHORT = 7;
var HEADING = /^[a-z_$]/i;
var LONGEST_HEADING = 80;
function unifiedDiff(before, after) {
  const known = new Map(before.map((file) => [file.path, file]));
  return after.map((file) => diffOf(known.get(file.path), file)).join("");
}
function diffOf(before, { path, mode, bytes }) {
  const [old, now] = [textOf2(before?.bytes), textOf2(bytes)];
  if (before && old === now) return "";
  const shortest = structuredPatch(path, path, old, now, "", "", { context: CONTEXT, maxEditLength: MOST_EDITS });
  const hunks = shortest?.hunks ?? lineHunks(old, now, CONTEXT);
  const [oldId, newId] = [before?.bytes, bytes].map((content) => shortId(content));
  const header = [
    `diff --git ${quoted("a/", path)} ${quoted("b/", path)}`,
    ...before ? [`index ${oldId}..${newId} ${mode}`] : [`new file mode ${mode}`, `index ${oldId}..${newId}`],
    ...hunks.length > 0 ? [`--- ${before ? named("a/", path) : "/dev/null"}`, `+++ ${named("b/", path)}`] : []
  ];
  const lines = old.split("\n");
  const shown = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: changed }) => {
    const heading = headingBefore(lines, oldStart - 1);
    const ranges = `-${range(oldStart, oldLines)} +${range(newStart, newLines)}`;
    return [`@@ ${ranges} @@${heading && ` ${heading}`}`, ...changed];
  });
  return `${[...header, ...shown].join("\n")}
`;
}
var textOf2 = (bytes) => bytes ? Buffer.from(bytes).toString() : "";
var shortId = (content) => content ? idOf("blob", content, 40).slice(0, SHORT) : "0".repeat(SHORT);
function range(start2, lines) {
  return lines === 1 ? String(start2) : `${lines === 0 && start2 > 0 ? start2 - 1 : start2},${lines}`;
}
function headingBefore(lines, start2) {
  const heading = lines.slice(0, Math.max(start2, 0)).findLast((line) => HEADING.test(line)) ?? "";
  return Buffer.from(heading).subarray(0, LONGEST_HEADING).toString().trimEnd();
}
var named = (prefix, path) => `${quoted(prefix, path)}${path.includes(" ") ? "	" : ""}`;
function quoted(prefix, path) {
  if (!/["\\\p{Cc}]/u.test(path)) return prefix + path;
  const escaped = path.replace(/["\\\p{Cc}]/gu, (character) => {
    const known = NAMED[character];
    return `\\${known ?? character.charCodeAt(0).toString(8).padStart(3, "0")}`;
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
  /** The tips that were read with the base, each returned once: later it may be another one. */
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
    const byContents = () => Promise.reject(new CloneNeeded("no paths were given"));
    const nameOf2 = (commit) => commit === this.baseCommit ? seen.branch : commit.slice(0, 7);
    this.#search = new ManifestSearch(this.#trees, { nameOf: nameOf2, paths: options.paths, byContents });
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
  async follow(id, written) {
    this.#baseTip = { ...written, id };
    this.#objects.keep(this.#baseTip, this.#written.get(written.id)?.objects ?? []);
  }
  async read(terms, { commit = this.baseCommit, branch, below, limit = Infinity } = {}) {
    const name = await branch;
    const { files = [], paths = this.#options.paths } = terms;
    await this.#objects.load(commit, [...paths, ...below?.folders ?? []], files);
    const found = await this.#search.find(terms, commit, below);
    const manifests = await this.#objects.contents(found.candidates.slice(0, limit), true);
    const others = await this.#objects.contents(found.others, false);
    const problems = [...found.problems, ...manifests.problems];
    const tip = name === void 0 ? void 0 : await this.tip(name);
    return { manifests: manifests.files, others: others.files, problems, tip };
  }
  async prefetch(terms, branches) {
    const paths = [...new Set(terms.flatMap((one) => one.paths ?? []))].filter(isPlainPath);
    if (paths.length > 0) await this.#readBase(paths, branches);
  }
  // Nothing comes before the throw.
  // oxlint-disable-next-line require-yield
  async *readAll() {
    throw new CloneNeeded("the whole repository is read");
  }
  paths() {
    return Promise.reject(new CloneNeeded("a path of a manifest is a template"));
  }
  async tip(branch) {
    const isKnown = this.#tips.has(branch);
    const tip = isKnown ? this.#tips.get(branch) : await this.#api.tip(branch);
    this.#tips.delete(branch);
    if (tip) this.#objects.know(tip);
    return tip;
  }
  async fetchCommit(id) {
    return await this.#objects.commit(id, this.#options.paths) !== void 0;
  }
  async readCommit(id) {
    const commit = await this.#objects.commit(id);
    if (!commit) throw new CloneNeeded(`the API has no commit ${id.slice(0, 7)}`);
    return commit;
  }
  async commitsAbove(head) {
    if (head === this.baseCommit) return [];
    throw new CloneNeeded("a release branch has several commits");
  }
  history() {
    return this.#api.history(this.baseCommit);
  }
  async *fileCommits(files) {
    if (files.length > 0) yield await this.#api.fileCommits(this.baseCommit, files);
  }
  // eslint-disable-next-line require-yield -- It has none.
  async *fileHistory() {
    throw new CloneNeeded("the history of files is read");
  }
  fetchFileHistories() {
    return Promise.reject(new CloneNeeded("the history of files is read"));
  }
  async treeWith(commit, files) {
    return (await this.#trees.with(commit, files)).id;
  }
  /** The commit as it is going to be, but for its id and its author: the server gives it those. */
  async write(commit) {
    const { parent, message, author, time: time2, files } = commit;
    if (parent !== this.baseCommit) throw new CloneNeeded("the release branch has commits by others");
    const executable = files.find(({ mode }) => mode !== "100644");
    if (executable) throw new CloneNeeded(`${executable.path} is executable`);
    const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (size > MOST_WRITTEN) throw new CloneNeeded("more than 5 MiB change");
    const { id: tree, objects } = await this.#trees.with(parent, files);
    const id = idOf("commit", Buffer.from(JSON.stringify([tree, parent, message, author, time2])), parent.length);
    this.#written.set(id, { files, objects });
    return { id, tree, parents: [parent], committerEmail: author.email, message, signed: true };
  }
  async diff(from, to) {
    const after = this.#written.get(to)?.files ?? [];
    const before = await this.#trees.named(
      after.map(({ path }) => path),
      from
    );
    return unifiedDiff((await this.#objects.contents(before, true)).files, after);
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
function refusePathspecs([pathspec]) {
  throw new CloneNeeded(`${pathspec} is a pattern`);
}

// src/release/check-images.ts
var SHORT2 = { request: 5e3, all: 1e4 };
function checkingImages(access, ci, run2) {
  const known = /* @__PURE__ */ new Map();
  return ({ images, checks }) => {
    if (checks.registry === "off") return Promise.resolve([]);
    const opened = memoized(() => openRegistries(access, ci, checks, run2));
    return Promise.all(
      images.released.map(async ({ reference, replaces }) => {
        const checked = kept(known, keyOf(reference, checks), () => opened().then((check) => check(reference)));
        return { reference, replaces, ...await checked };
      })
    );
  };
}
function keyOf(reference, { registry, signer, trustedRoot }) {
  const key = signer?.kind === "key" ? signer.publicKey.export({ format: "pem", type: "spki" }) : signer;
  return JSON.stringify([formatReference(reference), registry, key, trustedRoot]);
}
async function openRegistries(access, ci, { registry, signer, trustedRoot }, run2) {
  const [{ exchanging }, { openingRepositories }, { inspectImages }] = await Promise.all([
    Promise.resolve().then(() => __toESM(require_exchange())),
    Promise.resolve().then(() => __toESM(require_open_repository())),
    Promise.resolve().then(() => __toESM(require_inspect_images()))
  ]);
  const exchange2 = exchanging({ ...run2, limits: registry === "check" && !signer ? SHORT2 : {} });
  const given = await access();
  const { packagesToken } = given;
  const logins = packagesToken !== "" && { "ghcr.io": { username: ci.run.actor || "token", secret: packagesToken } };
  const open = openingRepositories({ environment: process.env, ...logins && { logins } }, exchange2);
  const gitHub = attestationsApi(given, ci);
  const verify = signer && (await Promise.resolve().then(() => __toESM(require_verify_image()))).verifying({ exchange: exchange2, signer, trustedRoot, gitHub });
  return async (reference) => {
    const [inspection = NOT_ASKED] = await inspectImages([reference], open);
    if (!verify || inspection.kind !== "found") return { inspection };
    return { inspection, verdict: await verify(open(reference.name), inspection.facts.digest) };
  };
}
var NOT_ASKED = { kind: "unreadable", reason: "it was not asked" };

// src/release/hidden-commits.ts
function hiding(forge, { source, isSourcePublic }) {
  const known = /* @__PURE__ */ new Map();
  const areManifestsPublic = memoized(async () => await forge?.isPublic() === true);
  const ask = async (repository) => {
    const isOwn = repository.toLowerCase() === source.repository.toLowerCase();
    const byCi = isOwn ? isSourcePublic : void 0;
    if (byCi === true || !await areManifestsPublic()) return "";
    const isPublic = byCi ?? await forge?.isSourcePublic(repository);
    if (isPublic === true) return "";
    const isKnown = isPublic === false ? "is not public" : "is not known to be public";
    return `${repository} ${isKnown}, and this repository is (setting "source-commits")`;
  };
  return (repository) => kept(known, repository, () => ask(repository));
}

// src/release/open-store.ts
var import_node_util = require("node:util");

// src/forge/capabilities.ts
var FEATURES = {
  "pull request": "pull request, opened and brought up to date",
  draft: "draft",
  labels: "labels",
  reviewers: "reviewers",
  "team reviewers": "team reviewers",
  assignees: "assignees",
  milestone: "milestone",
  "auto-merge": "auto-merge",
  "source changes": "commits of the source in the text",
  "commits by the API": "commits signed by the server (`sign-commits` without a key)",
  "verified signature": "output `verified`",
  "no clone": "release without a clone",
  wait: "wait for the merge and the verdict (`wait`)"
};
var no = (note) => ({ has: "no", note });
var partly = (note) => ({ has: "partly", note });
var all = (value) => Object.fromEntries(Object.keys(FEATURES).map((feature) => [feature, value]));
var pushed = (name) => all(no(`not given on ${name}: the branch is pushed, and the text for a pull request is in the log`));
var ofGitea = (name) => ({
  ...all("yes"),
  draft: partly('the beginning "WIP:" of the title'),
  "commits by the API": no(`not made on ${name}`),
  "no clone": no(`not done on ${name}`)
});
var ofBitbucket = (name) => ({
  ...all("yes"),
  labels: no(`not given on ${name}, whose pull requests have no labels`),
  "team reviewers": no(`not given on ${name}, where reviewers are persons`),
  assignees: no(`not given on ${name}, whose pull requests have no assignees`),
  milestone: no(`not given on ${name}, which has no milestones`),
  "commits by the API": no(`not made on ${name}`),
  "verified signature": no(`not said by the API of ${name}`),
  "no clone": no(`not done on ${name}`),
  wait: partly("but for `by <login>`, since a build status has no author")
});
var CAPABILITIES = {
  github: all("yes"),
  gitlab: {
    ...all("yes"),
    draft: partly('the beginning "Draft:" of the title'),
    reviewers: partly("one alone on GitLab Free"),
    assignees: partly("one alone on GitLab Free"),
    "team reviewers": no("not given on GitLab, where approval rules name groups"),
    "auto-merge": partly("squash, or else as the settings of the project say"),
    "commits by the API": no("not made on GitLab"),
    "no clone": no("not done on GitLab")
  },
  gitea: ofGitea("Gitea"),
  forgejo: ofGitea("Forgejo"),
  "bitbucket-cloud": {
    ...ofBitbucket("Bitbucket Cloud"),
    "auto-merge": no("not enabled on Bitbucket Cloud, whose API cannot do that")
  },
  "bitbucket-data-center": {
    ...ofBitbucket("Bitbucket Data Center"),
    draft: partly("from version 8.18"),
    "auto-merge": partly("from version 8.15")
  },
  "azure-devops": {
    ...all("yes"),
    assignees: no("not there on Azure DevOps"),
    milestone: no("not there on Azure DevOps"),
    "commits by the API": no("not made on Azure DevOps"),
    "verified signature": no("not given by Azure DevOps"),
    "no clone": no("not done on Azure DevOps")
  },
  codecommit: pushed("CodeCommit"),
  git: pushed("a server whose kind is not known")
};
var ASKED = [
  ["draft", ({ draft }) => draft ? "draft" : ""],
  ["labels", ({ labels }) => labels.length > 0 ? "labels" : ""],
  ["reviewers", ({ reviewers }) => reviewers.length > 0 ? "reviewers" : ""],
  ["team reviewers", (wanted) => wanted["team-reviewers"].length > 0 ? "team reviewers" : ""],
  ["assignees", ({ assignees }) => assignees.length > 0 ? "assignees" : ""],
  ["milestone", ({ milestone }) => milestone === "" ? "" : "milestone"],
  ["auto-merge", (wanted) => wanted["auto-merge"] === "" ? "" : "auto-merge"]
];
var REPORTED = /* @__PURE__ */ new Set(["pull request", ...ASKED.map(([feature]) => feature)]);
var GIVEN_BY_PUSH = /* @__PURE__ */ new Set(["draft", "labels", "assignees", "milestone"]);
function lackingNotes(kind, wanted, reach) {
  const reasons = /* @__PURE__ */ new Map();
  for (const [feature, asked] of ASKED) {
    const reason = lackOf(kind, feature, reach);
    const words = asked(wanted);
    if (words !== "" && reason !== void 0) reasons.set(reason, [...reasons.get(reason) ?? [], words]);
  }
  return [...reasons].map(([reason, words]) => `${words.join(", ")}: ${reason}`);
}
function lackOf(kind, feature, reach) {
  const capability = CAPABILITIES[kind][feature];
  if (capability !== "yes" && capability.has === "no") return capability.note;
  if (reach === "api" || reach === "push" && GIVEN_BY_PUSH.has(feature)) return void 0;
  return "not given, because there is no token for the API of this server";
}
function isLacking(kind, feature) {
  const capability = CAPABILITIES[kind][feature];
  return capability !== "yes" && capability.has === "no";
}
var isReadByApi = (kind) => CAPABILITIES[kind]["no clone"] === "yes";

// src/git/clone.ts
var import_promises2 = require("node:fs/promises");
var import_node_path2 = require("node:path");
var import_promises3 = require("node:timers/promises");

// src/git/object-reader.ts
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
  /** `child` is the command; blobs of `largest` bytes and more are returned without their contents. */
  constructor(child, largest) {
    this.#child = child;
    this.#largest = largest;
    const stderr = [];
    child.stderr.on("data", (chunk) => stderr.push(chunk));
    child.stdout.on("data", (chunk) => this.#take(chunk));
    child.stdin.on("error", () => void 0);
    this.#ended = new Promise((resolve) => {
      const end = (reason) => {
        this.#over = reason;
        this.#fail(reason);
        resolve();
      };
      child.on("error", end);
      child.on("close", (code) => {
        const result = { exitCode: code ?? -1, stdout: Buffer.alloc(0), stderr: Buffer.concat(stderr).toString() };
        end(new GitError("cat-file", result));
      });
    });
  }
  /**
   * The objects with these names (ids, refs, `<commit>^{tree}`); `undefined` for one that is not here. Throws GitError,
   * and GitTimeout where they take more than `limit` ms, which ends the command.
   */
  async read(names, limit) {
    if (this.#over) throw this.#over;
    const timer = setTimeout(() => this.#end(new GitTimeout("cat-file", limit)), Math.max(limit, 0));
    const answers = names.map(
      () => new Promise((answer, fail) => this.#asked.push({ answer, fail }))
    );
    this.#child.stdin.write(names.map((name) => `${name}
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
    const lineEnd = data.indexOf("\n");
    this.#needed = data.length + 1;
    if (lineEnd < 0) return void 0;
    const [, id = "", type = "", digits] = /^(\w+) (\w+) (\d+)$/.exec(data.toString("latin1", 0, lineEnd)) ?? [];
    const size = Number(digits);
    if (digits === void 0) this.#answer(void 0);
    else
      this.#arriving = { object: { id, type, size }, isTaken: type !== "blob" || size < this.#largest, left: size + 1 };
    return lineEnd + 1;
  }
  #takeContents(data, { object: object2, isTaken, left }) {
    this.#needed = isTaken ? left : 1;
    if (data.length < this.#needed) return void 0;
    const taken = Math.min(data.length, left);
    if (taken < left) this.#arriving = { object: object2, isTaken, left: left - taken };
    else this.#answer(isTaken ? { ...object2, content: data.subarray(0, object2.size) } : object2);
    return taken;
  }
  #answer(object2) {
    this.#arriving = void 0;
    this.#asked.shift()?.answer(object2);
  }
};

// src/git/clone-reader.ts
var READ = ["cat-file", "--batch"];
var CloneReader = class {
  #gitDir;
  #running;
  /** What was read: the object of an id never changes. */
  #objects = /* @__PURE__ */ new Map();
  /** By the folder of the repository. */
  #readers = /* @__PURE__ */ new Map();
  /** `gitDir` is the folder of the clone. */
  constructor(gitDir, running) {
    this.#gitDir = gitDir;
    this.#running = running;
  }
  /** Ends the commands. */
  async close() {
    await Promise.all([...this.#readers.values()].map((reader) => reader.close()));
  }
  /** The id that a ref points to; empty where there is no such ref. */
  async resolve(ref) {
    const [object2] = await this.#ask([ref], this.#gitDir);
    return object2?.id ?? "";
  }
  /**
   * Objects by their ids, or as the `<commit>^{tree}` of one, each read once; `undefined` for one that is not here. Throws
   * GitError, TIMED_OUT.
   */
  async objects(names, gitDir = this.#gitDir) {
    const unread = [...new Set(names)].filter((name) => !this.#objects.has(name));
    const read = unread.length > 0 ? await this.#ask(unread, gitDir) : [];
    for (const [index, name] of unread.entries()) {
      const object2 = read[index];
      if (object2) this.#objects.set(name, object2);
    }
    return names.map((name) => this.#objects.get(name));
  }
  /** The same for objects that are read once in a run: they are not kept. */
  readOnce(names) {
    return this.#ask(names, this.#gitDir);
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
      return await this.#readerOf(gitDir).read(names, this.#running.limit());
    } catch (error) {
      throw error instanceof GitTimeout ? this.#running.explain(error) : error;
    }
  }
  #readerOf(gitDir) {
    return kept(this.#readers, gitDir, () => {
      const reader = new ObjectReader(startGit(READ, { gitDir }), MAX_MANIFEST);
      this.#running.debug?.(`git ${READ.join(" ")}: runs from now on`);
      return reader;
    });
  }
};

// elsewhere:src/git/credentials.ts
var { maskedForms, remoteConfig } = require("./start.cjs").modules["src/git/credentials.ts"];

// src/git/ssh.ts
var import_promises = require("node:fs/promises");
var import_node_os2 = require("node:os");
var import_node_path = require("node:path");

// src/git/private-key.ts
var MAGIC = "openssh-key-v1\0";
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
  const start2 = MAGIC.length;
  if (bytes.toString("latin1", 0, start2) !== MAGIC || bytes.length < start2 + 4) return "none";
  return bytes.toString("latin1", start2 + 4, start2 + 4 + bytes.readUInt32BE(start2));
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
  if (reason !== void 0) throw failure2("SSH_KEY_INVALID", { reason });
  const [keyFile, hostsFile, configFile] = [(0, import_node_path.join)(folder, "key"), (0, import_node_path.join)(folder, "known_hosts"), (0, import_node_path.join)(folder, "config")];
  await (0, import_promises.writeFile)(keyFile, key, { mode: 384 });
  await (0, import_promises.writeFile)(hostsFile, `${identity.knownHosts.replaceAll("\r\n", "\n").trim()}
`);
  await (0, import_promises.writeFile)(configFile, sshConfig(keyFile, hostsFile));
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

// elsewhere:src/git/temporary.ts
var { makeTemporaryFolder, removeAbandonedFolders, removeAllTemporaryFolders, removeTemporaryFolder } = require("./start.cjs").modules["src/git/temporary.ts"];

// src/git/clone.ts
var PASSING = /* @__PURE__ */ new Set(["NETWORK", "SERVER_FAILED", "RATE_LIMITED"]);
var NETWORK_RETRIES = [500, 2e3];
var LIMITS = { command: 6e5, run: 18e5, silence: 60 };
var Clone = class _Clone {
  gitDir;
  options;
  /** Its objects. */
  reader;
  #folder;
  #deadline;
  /** Of what earlier runs left. */
  #removing = removeAbandonedFolders();
  /** Of commands that use the server. */
  #environment = {};
  constructor(folder, options) {
    this.#folder = folder;
    this.gitDir = (0, import_node_path2.join)(folder, "clone.git");
    this.options = options;
    this.#deadline = Date.now() + (options.limits ?? LIMITS).run;
    this.reader = new CloneReader(this.gitDir, {
      limit: () => this.#limit(),
      explain: (error) => this.#explainTimeout("cat-file", error),
      debug: options.debug
    });
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
      const { progress } = options;
      const onStderr = progress && ((text) => progress(stepIn(text) ?? ""));
      const shape = [progress ? "--progress" : "--quiet", ...args];
      const cloning = clone2.#useServer(["clone", ...shape, "--", options.remote.url, clone2.gitDir], { onStderr });
      const [version2] = await Promise.all([gitVersion(), cloning.catch(() => void 0)]);
      if (isTooOld(version2)) throw failure2("GIT_TOO_OLD", { version: version2 });
      await cloning.finally(() => progress?.(""));
      await clone2.#forgetPromisor();
      return clone2;
    } catch (error) {
      await clone2.close();
      throw error;
    }
  }
  /** A new folder beside the clone, readable by this user only; it is removed when the clone is closed. */
  makeFolder(name) {
    return (0, import_promises2.mkdtemp)((0, import_node_path2.join)(this.#folder, `${name}-`));
  }
  /** Removes the temporary folder. */
  async close() {
    await this.reader.close();
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
    const head = await (0, import_promises2.readFile)((0, import_node_path2.join)(this.gitDir, "HEAD"), "utf8");
    return /^ref: refs\/heads\/(.+)\n$/.exec(head)?.[1] ?? "";
  }
  async #useServer(args, options) {
    const { remote, token, limits = LIMITS } = this.options;
    const silence = { "http.lowSpeedLimit": "1", "http.lowSpeedTime": String(limits.silence) };
    const config2 = { ...remoteConfig(remote, token), ...silence, ...options.config };
    const environment = { ...options.environment, ...this.#environment };
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#git(args, { ...options, config: config2, environment });
      } catch (error) {
        const explained = asReleaseError(explainRefusal2(error, this.#actionOf(args)));
        const delay = NETWORK_RETRIES[attempt];
        if (!PASSING.has(explained.code) || delay === void 0) throw explained;
        await (0, import_promises3.setTimeout)(delay);
      }
    }
  }
  /** Runs a command within the limits. */
  async #git(args, options) {
    const started = Date.now();
    const log = (end) => this.options.debug?.(`git ${args.join(" ")}: ${Date.now() - started} ms, ${end}`);
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
    const lines = (await (0, import_promises2.readFile)(path, "utf8")).split("\n");
    await (0, import_promises2.writeFile)(path, lines.filter((line) => !/promisor|partialclone/i.test(line)).join("\n"));
  }
};

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

// src/git/fetches.ts
function filterOf({ paths }) {
  return paths.length > 0 ? "--filter=blob:none" : `--filter=blob:limit=${MAX_MANIFEST}`;
}
var Fetches = class {
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
  async contents(ids, branch) {
    const blobs = this.isPartial ? [...new Set(ids)].filter((id) => !this.#fetched.has(id)) : [];
    const refs = branch === void 0 ? [] : [`+refs/heads/${branch}*:refs/remotes/origin/${branch}*`];
    if (await this.#fetch([...blobs, ...refs])) for (const id of blobs) this.#fetched.add(id);
    return branch === void 0 ? "" : this.#clone.reader.resolve(`refs/remotes/origin/${branch}`);
  }
  /** Moves a branch of the clone to where it is on the server; gives its tip. */
  async branch(branch) {
    await this.#fetch([`+refs/heads/${branch}:refs/heads/${branch}`]);
    return this.#clone.reader.resolve(`refs/heads/${branch}`);
  }
  /** Fetches a commit and its trees, and its files where the clone has some; false where the server does not give it. */
  async commit(id) {
    try {
      return await this.#fetch([id]);
    } catch (error) {
      if (error instanceof ReleaseError && error.code === "GIT_FAILED") return false;
      throw error;
    }
  }
  /** Fetches objects and refs; whether the server had all of them. */
  async #fetch(wants) {
    if (wants.length === 0) return true;
    const shape = ["--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no", "--prune"];
    const fetch = ["fetch", ...shape, filterOf(this.#clone.options), "--stdin", "origin"];
    const config2 = this.isPartial ? { "fetch.negotiationAlgorithm": "noop" } : {};
    const { exitCode } = await this.#clone.useServer(fetch, { input: wants.join("\n"), config: config2, answers: [0, 1] });
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
    const before = /* @__PURE__ */ new Map();
    for (const file of new Set(files)) {
      for (const change of this.#byPath.get(file) ?? []) {
        const known = before.get(change.commit) ?? /* @__PURE__ */ new Map();
        before.set(change.commit, known.set(file, change.before));
      }
    }
    const numbers = [...before.keys()].toSorted((a, b) => a - b);
    return numbers.flatMap((number3) => {
      const commit = this.#commits[number3];
      return commit ? [{ ...commit, before: before.get(number3) ?? /* @__PURE__ */ new Map() }] : [];
    });
  }
};
var isFile = (mode) => mode.startsWith("100");

// src/git/history.ts
var import_promises4 = require("node:fs/promises");
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
    await (0, import_promises4.mkdir)((0, import_node_path3.join)(gitDir, "objects/info"), { recursive: true });
    const borrowed = (0, import_node_path3.relative)((0, import_node_path3.join)(gitDir, "objects"), (0, import_node_path3.join)(clone2.gitDir, "objects"));
    await (0, import_promises4.writeFile)((0, import_node_path3.join)(gitDir, "objects/info/alternates"), `${borrowed}
`);
    const history = new _CommitHistory(clone2, gitDir, commit);
    const [first] = await history.readCommits([commit]);
    if (first?.parents.length !== 0) await (0, import_promises4.writeFile)((0, import_node_path3.join)(gitDir, "shallow"), `${commit}
`);
    return history;
  }
  /** Fetches the latest `depth` commits up to each one named, and their trees unless filtered. Throws what Clone.useServer throws. */
  async fetch(commits, depth, filter) {
    const config2 = { ...FETCH_CONFIG, "remote.origin.url": this.#clone.options.remote.url };
    const fetch = [...FETCH, `--filter=${filter}`, `--depth=${depth}`, "origin", ...commits];
    await this.#clone.useServer(fetch, { gitDir: this.#gitDir, config: config2 });
    this.#reach = void 0;
    this.#changes = void 0;
  }
  reach() {
    return this.#reach ??= this.#readReach();
  }
  async #readReach() {
    const ids = (await this.run(["rev-list", "--first-parent", this.commit])).toString().trimEnd().split("\n");
    const end = ids.at(-1) ?? "";
    const [last] = await this.readCommits([end]);
    return { count: ids.length, end, isComplete: last?.parents.length === 0 };
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
      return new Set((await (0, import_promises4.readFile)((0, import_node_path3.join)(this.#gitDir, "shallow"), "utf8")).split("\n").filter(Boolean));
    } catch {
      return /* @__PURE__ */ new Set();
    }
  }
  /** What a git command in it writes. Throws GitError, TIMED_OUT. */
  async run(args, input = "") {
    return (await this.#clone.run(args, { gitDir: this.#gitDir, input })).stdout;
  }
  async readCommits(ids) {
    const objects = await this.#clone.reader.objects(ids, this.#gitDir);
    return ids.map((id, index) => readCommit(id, objects[index]?.content?.toString() ?? ""));
  }
};
function pathspecOf(file) {
  return `:(glob)${file.replace(/[\\*?[]/g, "\\$&").replaceAll("\n", "?")}`;
}

// src/git/file-history.ts
var DEPTHS = [50, 500, ALL];
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
  await readAll(
    clone2,
    latest.flatMap(({ before }) => [...before.values()].flatMap((entry) => entry ?? []))
  );
  const commits = await history.readCommits(latest.map(({ id }) => id));
  await history.readCommits(commits.flatMap(({ parents }) => parents.slice(1)));
}
async function knownChanges(history, files, { end, isComplete }) {
  return (await history.changesOf(files)).filter(({ id }) => isComplete || id !== end);
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
async function readChanges(clone2, history, tip, logged) {
  if (logged.length === 0) return [];
  const states = [new Map(tip.map((entry) => [entry.path, entry]))];
  for (const { before } of logged) states.push(new Map([...states.at(-1) ?? [], ...before]));
  const known = new Map(states.flatMap((state) => [...state.values()]).map((entry) => [keyOf2(entry), entry]));
  const entries = [...known.values()].flatMap((entry) => entry ?? []);
  const contents = await readAll(clone2, entries);
  const manifests = states.map((state) => [...state.values()].flatMap((entry) => contents.get(keyOf2(entry)) ?? []));
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
async function readAll(clone2, entries) {
  const ids = entries.map(({ id }) => id);
  const here = await clone2.reader.objects(ids);
  const missing = new Set(ids.filter((_, index) => !here[index]));
  if (missing.size > 0) {
    await clone2.useServer([...FETCH, "--filter=blob:none", "--stdin", "origin"], {
      input: [...missing].join("\n"),
      config: FETCH_CONFIG
    });
  }
  const blobs = missing.size > 0 ? await clone2.reader.objects(ids) : here;
  const files = /* @__PURE__ */ new Map();
  for (const [index, entry] of entries.entries()) {
    const bytes = blobs[index]?.content;
    if (bytes) files.set(keyOf2(entry), { path: entry.path, mode: entry.mode, bytes });
  }
  return files;
}
var isRead = (clone2, entry) => !entry || clone2.reader.hasRead(entry.id);
var keyOf2 = (entry) => entry ? `${entry.mode} ${entry.id} ${entry.path}` : "";

// src/git/content-search.ts
var ContentSearch = class {
  #clone;
  #trees;
  /** The last search for each set of terms. */
  #grepped = /* @__PURE__ */ new Map();
  constructor(clone2, trees) {
    this.#clone = clone2;
    this.#trees = trees;
  }
  /**
   * What was found once is looked for again only in what changed since: after a lost race on 100,000 files git finds
   * that in 2 ms, and a search takes some hundred.
   */
  async find(terms, commit) {
    const key = JSON.stringify([terms.words, terms.registries]);
    const before = this.#grepped.get(key);
    const found = before ? await this.#grepChanges(before.found, before.commit, commit) : await this.#grepAll(terms, commit);
    this.#grepped.set(key, { commit, found });
    return found;
  }
  /**
   * The files with one of the words or registries, and some more: the caller looks again. On
   * 100,000 files one expression of 500 words takes 0.4 s, and 500 expressions, tried one by one, 23 s. A second thread
   * waits for the first at each object: 0.5 s in place of 0.4 s.
   */
  async #grepAll({ words, registries = [] }, commit) {
    const expressions = [
      ...words.map((word) => `${literally(word)}([^[:alnum:]_]|$)`),
      ...registries.map((registry) => `${KEY_OF_REGISTRY}["']?:.*${literally(registry)}["']?[[:space:]]*([#,}]|$)`)
    ];
    const { stdout, stderr } = await this.#clone.run(["grep", "-l", "-z", "-E", "-f", "-", commit], {
      input: expressions.join("|"),
      config: { "grep.threads": "1" },
      answers: [0, 1]
    });
    const names = stdout.toString().split("\0");
    const found = names.map((name) => name.slice(commit.length + 1)).filter((name) => name !== "");
    const large = [...stderr.matchAll(/^error: '\w+:(.*)': unable to read/gm)].map(([, file = ""]) => file);
    const larger = [...new Set(large)].filter((file) => isManifestName(file)).map(tooLarge);
    return foundIn(await this.#trees.named(found.filter(isReadable), commit), [...larger, ...illegible(found)]);
  }
  /** What was found in one commit as it is in another, with every file that changed between the two. */
  async #grepChanges(found, before, commit) {
    const listing = ["diff-tree", "-r", "-z", "--no-renames", "--name-only", before, commit];
    const changed = new Set((await this.#clone.run(listing)).stdout.toString().split("\0").filter(Boolean));
    const unchanged = [...found.candidates, ...found.others].filter(({ path }) => !changed.has(path));
    const problems = [...found.problems.filter(({ file }) => !changed.has(file)), ...illegible([...changed])];
    return foundIn([...unchanged, ...await this.#trees.named([...changed].filter(isReadable), commit)], problems);
  }
};
var KEY_OF_REGISTRY = "([Rr]egistry|[Rr]epository|REGISTRY|REPOSITORY|hub|value)";
function literally(text) {
  return text.replace(/[\\.+*?()[\]{}^$|]/g, "\\$&").replaceAll("/", "\\\\?/");
}

// src/git/manifest-reader.ts
var LOGGED = 20;
var GROUP = 500;
var ManifestReader = class {
  #clone;
  #fetches;
  #search;
  constructor(clone2, fetches, search) {
    this.#clone = clone2;
    this.#fetches = fetches;
    this.#search = search;
  }
  /** What `ManifestStore.read` reads, with the id of the branch's tip, empty for none. */
  async read(terms, commit, { branch, below, limit = Infinity }) {
    const [found, name] = await Promise.all([this.#search.find(terms, commit, below), branch]);
    const candidates = found.candidates.slice(0, limit);
    const wanted = [...candidates, ...found.others];
    const ids = wanted.map(({ id }) => id);
    const head = await this.#fetches.contents(ids, name);
    const objects = await this.#clone.reader.objects(ids);
    const files = filesOf(wanted, objects);
    const otherPaths = new Set(found.others.map(({ path }) => path));
    const manifests = files.filter(({ path }) => !otherPaths.has(path));
    const others = files.filter(({ path }) => otherPaths.has(path));
    this.#clone.options.debug?.(`read ${listed(manifests.map(({ path }) => path))}`);
    const large = new Set(objects.flatMap((object2) => object2 && !object2.content ? object2.id : []));
    const tooMuch = candidates.filter(({ id }) => large.has(id)).map(({ path }) => tooLarge(path));
    return { manifests, others, problems: [...found.problems, ...tooMuch], head };
  }
  /** As `ManifestStore.prefetch`, for a commit. */
  async prefetch(terms, commit) {
    if (!this.#fetches.isPartial) return;
    const candidates = [];
    for (const one of terms) {
      const found = await this.#search.find(one, commit).catch(passOver);
      for (const candidate of [...found.candidates, ...found.others]) candidates.push(candidate);
    }
    const ids = candidates.map(({ id }) => id);
    await this.#fetches.contents(ids);
    await this.#clone.reader.objects(ids);
  }
  /** As `ManifestStore.readAll`, for a commit. */
  async *readAll(paths, commit) {
    const { candidates, problems } = await this.#search.all(paths, commit);
    await this.#fetches.contents(candidates.map(({ id }) => id));
    yield { manifests: [], problems };
    for (let start2 = 0; start2 < candidates.length; start2 += GROUP) {
      const group = candidates.slice(start2, start2 + GROUP);
      const objects = await this.#clone.reader.readOnce(group.map(({ id }) => id));
      yield {
        manifests: filesOf(group, objects),
        problems: group.flatMap(({ path }, index) => objects[index]?.content ? [] : tooLarge(path))
      };
    }
  }
};
function filesOf(candidates, objects) {
  return candidates.flatMap(({ path, mode }, index) => {
    const bytes = objects[index]?.content;
    return bytes ? [{ path, mode, bytes }] : [];
  });
}
function listed(paths) {
  const names = paths.slice(0, LOGGED).join(", ");
  const more = paths.length > LOGGED ? ` and ${paths.length - LOGGED} more` : "";
  return `${counted(paths.length, "manifest")}${names && `: ${names}`}${more}`;
}
function passOver(error) {
  if (error instanceof ReleaseError && error.code.startsWith("PATHS_"))
    return { candidates: [], others: [], problems: [] };
  throw error;
}

// src/git/signing.ts
var import_node_events = require("node:events");
var import_promises5 = require("node:fs/promises");
var import_node_path4 = require("node:path");
async function signCommit(clone2, commit, signer) {
  const [object2] = await clone2.reader.objects([commit.id]);
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
  const name = idLength === 64 ? "gpgsig-sha256" : "gpgsig";
  const lines = signature.replaceAll("\r", "").trimEnd().split("\n");
  const header = Buffer.from(`${name} ${lines.join("\n ")}
`);
  return Buffer.concat([commit.subarray(0, headersEnd), header, commit.subarray(headersEnd)]);
}
async function signWithSsh(folder, text, input) {
  const key = normalizeKey(text);
  const reason = whyUnusable(key);
  if (reason !== void 0) throw invalid("ssh", reason);
  const path = (0, import_node_path4.join)(folder, "key");
  await (0, import_promises5.writeFile)(path, key, { mode: 384 });
  const environment = { SSH_AUTH_SOCK: "" };
  const { exitCode, stdout, stderr } = await run("ssh-keygen", ["-Y", "sign", "-n", "git", "-f", path], {
    environment,
    input
  });
  if (exitCode !== 0) throw invalid("ssh", sshReason(stderr));
  return stdout.toString();
}
async function signWithGpg(folder, key, input) {
  if (!/^-----BEGIN PGP PRIVATE KEY BLOCK-----$/m.test(key.replaceAll("\r", ""))) {
    throw invalid("gpg", "it has no line -----BEGIN PGP PRIVATE KEY BLOCK-----");
  }
  const environment = { GNUPGHOME: folder };
  const gpg = (args, options) => run("gpg", ["--batch", "--no-tty", "--pinentry-mode", "error", ...args], { ...options, environment });
  const agent = await startAgent(environment);
  try {
    const imported = await gpg(["--status-fd", "1", "--import"], { input: key });
    const fingerprint = importedSecret(imported.stdout.toString());
    if (fingerprint === void 0) throw invalid("gpg", gpgReason(imported.stderr));
    const made = await gpg(["--local-user", fingerprint, "--armor", "--detach-sign"], { input });
    if (made.exitCode !== 0) throw invalid("gpg", gpgReason(made.stderr));
    return made.stdout.toString();
  } finally {
    agent.stdin.end();
    await run("gpgconf", ["--kill", "all"], { environment }).catch(() => void 0);
  }
}
async function startAgent(environment) {
  const agent = start("gpg-agent", ["--daemon", "cat"], { LC_ALL: "C", ...environment });
  agent.stderr.resume();
  agent.stdin.on("error", () => void 0);
  agent.stdin.write("\n");
  const isReady = Promise.race([(0, import_node_events.once)(agent.stdout, "data"), (0, import_node_events.once)(agent, "close")]);
  await isReady.catch(() => {
    throw failure2("PROGRAM_MISSING", { program: "gpg-agent" });
  });
  return agent;
}
function importedSecret(status) {
  const SECRET = 16;
  const taken = [...status.matchAll(/^\[GNUPG:\] IMPORT_OK (\d+) (\w+)$/gm)];
  return taken.find(([, flags]) => (Number(flags) & SECRET) !== 0)?.[2];
}
function invalid(format, reason) {
  return failure2("SIGNING_KEY_INVALID", { format, reason });
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
async function pushCommit(clone2, commit, target, base, options = []) {
  const ref = refOf(target);
  const watched = base === void 0 || base.branch === target.branch ? [] : [base];
  const leases = [target, ...watched].map(leaseOf);
  const atomic = watched.length > 0 ? ["--atomic"] : [];
  const refspecs = [`${commit}:${ref}`, ...watched.map((seen) => `${seen.expected}:${refOf(seen)}`)];
  const asked = options.map((option) => `--push-option=${option}`);
  const result = await clone2.useServer([...PUSH, ...asked, ...atomic, ...leases, "origin", ...refspecs], {
    answers: (answer) => isPushAnswer(answer) || KNOWN_FAILURES.some((failure3) => failure3.test(answer.stderr)),
    ...base === void 0 && { config: { "push.negotiate": "true" } }
  });
  if (result.exitCode === 0) return { page: pageIn(result.stderr, clone2.options.remote) };
  if (NO_OPTIONS.test(result.stderr)) return pushCommit(clone2, commit, target, base);
  if (NOT_ATOMIC.test(result.stderr)) return pushCommit(clone2, commit, target, void 0, options);
  const refusal = explainPush(result);
  if (refusal) throw refusal;
  if (await remoteTip(clone2, ref) === commit) return { page: "" };
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
var refOf = ({ branch }) => `refs/heads/${branch}`;
var leaseOf = (seen) => `--force-with-lease=${refOf(seen)}:${seen.expected}`;

// src/git/clone-store.ts
var COMMIT_REF = "refs/manifest-release/commit";
var HISTORY_DEPTH = 200;
var CloneStore = class _CloneStore {
  base;
  canPush = true;
  #baseCommit;
  #clone;
  #fetches;
  #trees;
  #manifests;
  #histories = /* @__PURE__ */ new Map();
  /** By the ids of the commits that were written here. */
  #written = /* @__PURE__ */ new Map();
  /** Whether a push found the base elsewhere. */
  #hasMoved = false;
  constructor(clone2, base, baseCommit) {
    this.#clone = clone2;
    this.#fetches = new Fetches(clone2);
    this.#trees = new Trees(clone2.reader, (pathspecs, commit) => listByGit(clone2, pathspecs, commit));
    const contents = new ContentSearch(clone2, this.#trees);
    const byContents = (terms, commit) => contents.find(terms, commit);
    const nameOf2 = (commit) => commit === this.#baseCommit ? base : commit.slice(0, 7);
    const search = new ManifestSearch(this.#trees, { nameOf: nameOf2, paths: clone2.options.paths, byContents });
    this.#manifests = new ManifestReader(clone2, this.#fetches, search);
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
    const clone2 = await Clone.make(options, [...shape, filterOf(options), ...branch]);
    try {
      const base = await clone2.headBranch();
      const commit = base && await clone2.reader.resolve(`refs/heads/${base}`);
      if (commit) return new _CloneStore(clone2, base, commit);
      throw failure2("BASE_NOT_FOUND", { repository: options.remote.name, base: options.base });
    } catch (error) {
      await clone2.close();
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
  async read(terms, { commit = this.#baseCommit, ...options } = {}) {
    const { head, ...read } = await this.#manifests.read(terms, commit, options);
    return { ...read, tip: await this.#commitAt(head) };
  }
  prefetch(terms) {
    return this.#manifests.prefetch(terms, this.#baseCommit);
  }
  readAll(paths) {
    return this.#manifests.readAll(paths, this.#baseCommit);
  }
  async paths(commit = this.#baseCommit) {
    return (await this.#trees.all(commit)).filter(isManifest).map(({ path }) => path);
  }
  async tip(branch) {
    return this.#commitAt(await this.#fetches.contents([], branch));
  }
  fetchCommit(id) {
    return this.#fetches.commit(id);
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
    const [object2] = await this.#clone.reader.objects([id]);
    return readCommit(id, object2?.content?.toString() ?? "");
  }
  async treeWith(commit, files) {
    return (await this.#trees.with(commit, files)).id;
  }
  async write(commit, signer) {
    const input = fastImportStream(COMMIT_REF, commit);
    const config2 = { "fastimport.unpackLimit": "1" };
    const { stdout } = await this.#clone.run(["fast-import", "--quiet", "--force"], { input, config: config2 });
    const [, id = "", tree = ""] = /^(\w+)\n\d+ tree (\w+)/.exec(stdout.toString()) ?? [];
    const { parent, author, message } = commit;
    const made = { id, tree, parents: [parent], committerEmail: author.email, message, signed: false };
    const written = signer ? await signCommit(this.#clone, made, signer) : made;
    this.#written.set(written.id, commit.files);
    return written;
  }
  async diff(from, to) {
    const after = this.#written.get(to) ?? [];
    const before = await this.#trees.named(
      after.map(({ path }) => path),
      from
    );
    const objects = await this.#clone.reader.objects(before.map(({ id }) => id));
    return unifiedDiff(
      before.map(({ path }, index) => ({ path, bytes: objects[index]?.content })),
      after
    );
  }
  async push(commit, branch, expected, options = []) {
    const base = this.#hasMoved ? void 0 : { branch: this.base, expected: this.#baseCommit };
    const pushed2 = await pushCommit(this.#clone, commit, { branch, expected }, base, options);
    if (pushed2 === "base moved") this.#hasMoved = true;
    if (typeof pushed2 === "string") return void 0;
    if (branch === this.base) this.#baseCommit = commit;
    return pushed2;
  }
  deleteBranches(branches) {
    return deleteBranches(this.#clone, branches);
  }
  async #commitAt(id) {
    return id === "" ? void 0 : this.readCommit(id);
  }
  async #readable(commit) {
    return { clone: this.#clone, trees: this.#trees, history: await this.#historyOf(commit) };
  }
  #historyOf(commit) {
    return kept(this.#histories, commit, () => CommitHistory.make(this.#clone, commit));
  }
};

// src/release/open-store.ts
var knownAccess = async (access) => await access.asked ?? access;
async function openStore(options, base, way) {
  const { access, paths, branches = () => [], log } = options;
  const { name, transport } = access.remote;
  if (typeof way === "string") return cloneStore(options, base, connect(options), way);
  const connecting = connect(options);
  if (transport === "ssh") return cloneStore(options, base, connecting, "it is reached by ssh");
  if (!isReadByApi(access.kind)) return cloneStore(options, base, connecting, "");
  const forge = await connecting;
  if (!forge?.files) return cloneStore(options, base, connecting, "");
  try {
    const store = await ApiStore.open(forge.files, { base, paths, branches, ...way });
    log.step(`read ${name} through the API of ${forge.name}: ${store.base} is at ${store.baseCommit.slice(0, 7)}`);
    return { store, forge };
  } catch (error) {
    if (!(error instanceof CloneNeeded) && !(error instanceof ReleaseError)) throw error;
    return cloneStore({ ...options, branches: () => [] }, base, connecting, error.message);
  }
}
async function cloneStore({ access, paths, branches, onAsked, log, note }, base, connecting, reason) {
  const debug = (text) => log.debug(text);
  const clone2 = ({ remote: remote2, token, ssh }) => CloneStore.clone({ remote: remote2, token, ssh, base, paths, debug, progress: log.progress });
  const again = async (error) => {
    const asked = await knownAccess(access);
    if ((0, import_node_util.isDeepStrictEqual)(asked.remote.login, access.remote.login)) throw error;
    return clone2(asked);
  };
  const asking = connecting.then((forge) => askForPullRequests(forge, base, branches?.(base) ?? []));
  const making = clone2(access).catch(again);
  onAsked?.();
  const [cloning, connection] = await Promise.allSettled([making, connecting, asking]);
  if (cloning.status === "rejected") throw cloning.reason;
  const store = cloning.value;
  if (connection.status === "rejected") {
    await store.close();
    throw connection.reason;
  }
  const why = reason === "" ? "" : ` (${oneLine(reason)})`;
  log.step(`cloned ${access.remote.name}${why}: ${store.base} is at ${store.baseCommit.slice(0, 7)}`);
  const { kind, remote } = await knownAccess(access);
  if (kind !== access.kind) note(`${remote.host} answers as a server of the kind ${kind} (setting "forge")`);
  return { store, forge: connection.value };
}
async function askForPullRequests(forge, branch, branches) {
  if (branches.length === 0) return;
  await forge?.files?.readBase({ branch, paths: [], branches }).catch(() => void 0);
}
async function connect({ access, ci, log, note, onAsked }) {
  return connectForge(await knownAccess(access), ci, { log: note, debug: (text) => log.debug(text), onSent: onAsked });
}

// src/release/workspace.ts
async function withWorkspace({ withoutClone, ...options }, work) {
  const { access, ci } = options;
  const opened = /* @__PURE__ */ new Map();
  const logged = /* @__PURE__ */ new Set();
  const written = /* @__PURE__ */ new Map();
  const once2 = (log) => (text) => {
    if (!logged.has(text)) log.step(text);
    logged.add(text);
  };
  const end = new AbortController();
  const check = checkingImages(() => knownAccess(access), ci, {
    debug: (text) => options.log.debug(text),
    signal: end.signal
  });
  const at = (base, way) => {
    const key = `${typeof way === "string" ? "clone" : "api"} ${base}`;
    return kept(opened, key, () => open(base, way));
  };
  const open = async (base, way) => {
    const { store, forge } = await openStore({ ...options, note: once2(options.log) }, base, way);
    const workspace = {
      access: await knownAccess(access),
      log: options.log,
      note: once2(options.log),
      store,
      forge,
      compare: comparing(forge),
      whyHidden: hiding(forge, ci),
      check,
      written,
      at: (other) => at(other, store.canPush ? "" : way),
      cloned: (reason) => at(store.base, reason),
      beside: store instanceof ApiStore ? (log) => ({ ...workspace, log, note: once2(log), store: store.beside() }) : void 0
    };
    return workspace;
  };
  try {
    return await work(await at(access.base, withoutClone));
  } catch (error) {
    throw await explainRefusal(error, await knownAccess(access), ci);
  } finally {
    end.abort();
    const all2 = await Promise.allSettled(opened.values());
    const stores = all2.flatMap((one) => one.status === "fulfilled" ? one.value.store : []);
    await Promise.all(stores.map((store) => store.close()));
  }
}
async function orInClone(workspace, work) {
  try {
    return await work(workspace);
  } catch (error) {
    if (!(error instanceof CloneNeeded)) throw error;
    return work(await workspace.cloned(error.message));
  }
}
function comparing(forge) {
  const known = /* @__PURE__ */ new Map();
  return (repository, base, head) => {
    if (!forge) return Promise.resolve({ status: "unknown", reason: "no token was given for an API" });
    return kept(known, JSON.stringify([repository, base, head]), () => forge.compare(repository, base, head));
  };
}

// src/environments/release-once.ts
async function releaseOnce(stated, raw, access, ci, log) {
  const step = givenOf(raw);
  const known = { ...stated, access };
  log.group(`Plan the release of ${formatIdentity(known.identity)}`);
  const { paths } = known.search;
  const withoutClone = whyCloned(known) ?? { first: [...configPaths(step), ...paths] };
  const branches = (base) => branchNames(known, ci, base);
  const loadRelease = () => Promise.resolve().then(() => __toESM(require_release()));
  const onAsked = () => void loadRelease().catch(() => void 0);
  return withWorkspace(
    { access, paths, withoutClone, branches, onAsked, ci, log },
    (opened) => orInClone(opened, async (workspace) => {
      const defaults = await readDefaults(workspace, step);
      try {
        const inputs = readInputs({ ...defaults?.raw, ...step }, ci);
        const base = inputs.access.base;
        const there = base === "" || base === workspace.store.base ? workspace : await workspace.at(base);
        const { releaseAt } = await loadRelease();
        return await releaseAt(there, { ...inputs, access: { ...access, base } }, ci);
      } catch (error) {
        throw defaults ? atInput(error, defaults.raw, defaults.placeOf) : error;
      }
    })
  );
}
async function readDefaults(workspace, step) {
  const file = await readConfigFile(workspace, step);
  if (!file) return void 0;
  const { defaultsWithoutApp, readConfig } = await Promise.resolve().then(() => __toESM(require_config()));
  const config2 = readConfig(file.path, file.text);
  return { raw: defaultsWithoutApp(config2, step), placeOf: config2.placeOfDefault };
}

// src/forge/attributes.ts
var NOUNS = {
  labels: "label",
  reviewers: "reviewer",
  "team-reviewers": "team reviewer",
  assignees: "assignee"
};
function nameOf(list, name) {
  return `${NOUNS[list]} ${name}`;
}
function milestoneNumber(text) {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : void 0;
}
var NO_MILESTONE = "there is no open milestone of that title or number";
var CHANGING = "change the pull request";
async function tryTo(repository, what, work) {
  try {
    return await work();
  } catch (error) {
    return [{ what, reason: repository.refusalIn(CHANGING, error) }];
  }
}
function missingIn(given, wanted) {
  const missing = (list) => wanted[list].filter((name) => !given[list].includes(name));
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
  const added = (list) => missing[list].filter((name) => isDone(nameOf(list, name)));
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
var OF_FEATURES = [
  ["labels", "labels"],
  ["reviewers", "reviewers"],
  ["team reviewers", "team-reviewers"],
  ["assignees", "assignees"],
  ["milestone", "milestone"],
  ["auto-merge", "auto-merge"],
  ["draft", "draft"]
];
function withoutLacking(kind, wanted, given) {
  const lacking = OF_FEATURES.filter(([feature]) => isLacking(kind, feature)).map(([, name]) => [name, given[name]]);
  return { ...wanted, ...Object.fromEntries(lacking) };
}

// src/forge/forge.ts
var COMMITS_READ = 10;

// src/forge/http/unreadable.ts
var UnreadableAnswer = class extends Error {
  name = "UnreadableAnswer";
  /** Whether the next answer will be the same. */
  isFinal;
  constructor(message, { isFinal = false } = {}) {
    super(message);
    this.isFinal = isFinal;
  }
};
function unreadableIn(error) {
  if (error instanceof UnreadableAnswer) return error;
  return error instanceof Error ? unreadableIn(error.cause) : void 0;
}
function readAnswer(shape, data) {
  const read = shape.safeParse(data, { reportInput: true });
  if (read.success) return read.data;
  const { path = [], input } = read.error.issues[0] ?? {};
  throw new UnreadableAnswer(`${path.length === 0 ? "it" : `its field ${path.join(".")}`} is ${kindOf(input)}`);
}
function kindOf(input) {
  if (input === void 0) return "missing";
  if (input === null) return "null";
  return Array.isArray(input) ? "a list" : `a ${typeof input}`;
}

// src/forge/http/connection-failure.ts
var UNTRUSTED = /^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT)$/;
function connectionFailure(action, error, { reason, isRateLimit, retryAfter, isAnswered }) {
  const unreadable = unreadableIn(error);
  if (unreadable) return failure2("ANSWER_UNREADABLE", { action, reason: unreadable.message }, error);
  if (isUntrusted(error)) return failure2("CA_UNTRUSTED", { action, variable: "NODE_EXTRA_CA_CERTS", reason }, error);
  if (isRateLimit)
    return failure2("RATE_LIMITED", { action, reason, ...retryAfter !== void 0 && { retryAfter } }, error);
  return failure2(isAnswered ? "SERVER_FAILED" : "NETWORK", { action, reason }, error);
}
function isUntrusted(error) {
  if (!(error instanceof Error)) return false;
  return UNTRUSTED.test(error.code ?? "") || isUntrusted(error.cause);
}

// elsewhere:src/core/transport.ts
var { TooLarge, send } = require("./start.cjs").modules["src/core/transport.ts"];

// src/forge/http/unchanged.ts
var MOST = 16 * 2 ** 20;
var KeptAnswers = class {
  #answers = /* @__PURE__ */ new Map();
  #size = 0;
  /** The request, which asks for the answer only where it is another than the kept one. */
  condition(url, request2) {
    const etag = this.#answers.get(keyOf3(url, request2))?.headers.get("etag");
    return etag === void 0 ? request2 : { ...request2, headers: { ...request2.headers, "if-none-match": etag } };
  }
  /** The whole answer: the kept one where the server says that it is unchanged. */
  whole(url, request2, answer) {
    const key = keyOf3(url, request2);
    const before = this.#answers.get(key);
    if (answer.status === 304 && before) return before;
    if (before) this.#drop(key, before);
    if (request2.method === "GET" && answer.status === 200 && answer.headers.has("etag")) this.#keep(key, answer);
    return answer;
  }
  #keep(key, answer) {
    this.#answers.set(key, answer);
    this.#size += answer.body.length;
    for (const [oldest, one] of this.#answers) {
      if (this.#size <= MOST) return;
      this.#drop(oldest, one);
    }
  }
  #drop(key, { body }) {
    this.#answers.delete(key);
    this.#size -= body.length;
  }
};
var keyOf3 = (url, { method, headers }) => `${method} ${url} ${headers["accept"] ?? ""}`;

// src/forge/http/exchange.ts
var MAX_ANSWER = 64 * 2 ** 20;
var MAX_REDIRECTS = 5;
function exchange(options) {
  const { name, limit, log, debug, onSent, translate = (answer) => answer } = options;
  const kept2 = new KeptAnswers();
  return async (url, request2) => {
    request2.signal?.throwIfAborted();
    const started = performance.now();
    const observe = (result) => debug(`${request2.method} ${new URL(url).pathname} ${result} (${Math.round(performance.now() - started)} ms)`);
    const late = AbortSignal.timeout(limit);
    try {
      const signal = request2.signal ? AbortSignal.any([request2.signal, late]) : late;
      const sent = await onOneServer(url, kept2.condition(url, { ...request2, signal, onSent }), translate);
      const answer = kept2.whole(url, request2, sent);
      const { status, headers, body } = answer;
      refuseUnreadable(options, new URL(url), answer);
      observe(String(sent.status));
      if (status >= 500) log(`${name} answered ${status}; trying again`);
      return { url, status, headers, text: async () => textOf(body) };
    } catch (error) {
      const failed = late.aborted ? new Error(`there was no complete answer within ${limit / 1e3} s`) : error;
      observe(`failed: ${safeText(failed instanceof Error ? failed.message : String(failed))}`);
      if (request2.signal?.aborted || failed instanceof UnreadableAnswer && failed.isFinal) throw failed;
      log(`${name} ${late.aborted ? `did not answer within ${limit / 1e3} s` : "could not be reached"}; trying again`);
      throw failed;
    }
  };
}
async function onOneServer(url, request2, translate) {
  let at = url;
  for (let redirects = 0; ; redirects += 1) {
    const answer = translate(await sendWithin(at, request2));
    const location = answer.headers.get("location");
    if (answer.status < 300 || answer.status > 399 || location === void 0) return answer;
    const { origin, host } = new URL(at);
    const target = URL.canParse(location, at) ? new URL(location, at) : void 0;
    if (target?.origin !== origin) {
      const to = target?.host || "an address that is not valid";
      throw new UnreadableAnswer(`${host} redirects to ${to}, another server, which was not asked`, { isFinal: true });
    }
    const isSame = answer.status === 307 || answer.status === 308 || /^(?:GET|HEAD)$/i.test(request2.method);
    if (!isSame || redirects >= MAX_REDIRECTS) {
      const reason = isSame ? "redirects without end" : `redirects a ${request2.method} with status ${answer.status}`;
      throw new UnreadableAnswer(`${host} ${reason}`, { isFinal: true });
    }
    at = target.href;
  }
}
async function sendWithin(url, request2) {
  try {
    return await send(url, request2, MAX_ANSWER);
  } catch (error) {
    throw error instanceof TooLarge ? new UnreadableAnswer(error.message, { isFinal: true }) : error;
  }
}
function refuseUnreadable({ check = () => void 0, mayBeEmpty = false }, url, { status, headers, body }) {
  if (status >= 500 || status === 429 || status === 204 || mayBeEmpty && body.length === 0) return;
  const isJson = /\bjson\b/.test(headers.get("content-type") ?? "");
  if (status >= 300) {
    if (isRateLimited(headers) || isJson && isObject2(jsonOf(body))) return;
    throw new UnreadableAnswer(`${kindOf2(body, isJson)}, with status ${status}`, { isFinal: true });
  }
  const data = isJson ? jsonOf(body) : void 0;
  if (!isObject2(data)) throw new UnreadableAnswer(kindOf2(body, isJson));
  const wrong = check(url, data);
  if (wrong !== void 0) throw new UnreadableAnswer(wrong);
}
function isRateLimited(headers) {
  return ["x-ratelimit-remaining", "ratelimit-remaining"].some((name) => headers.get(name) === "0") || headers.has("retry-after");
}
function kindOf2(body, isJson) {
  if (body.length === 0) return "it is empty";
  if (!isJson)
    return `it is ${/^\s*<(?:!doctype|html)/i.test(body.toString("utf8", 0, 200)) ? "a web page" : "not JSON"}`;
  return jsonOf(body) === void 0 ? "it is JSON that is cut short or damaged" : "it is not the JSON that was asked for";
}
var isObject2 = (value) => typeof value === "object" && value !== null;

// src/forge/http/patience.ts
var import_promises6 = require("node:timers/promises");
var PATIENCE = [1e3, 2e3, 4e3, 8e3];
function waiting({
  name,
  notYet,
  delays,
  log
}) {
  const believed = /* @__PURE__ */ new Set();
  return async ({ request: request2, key, send: send2, refusalIn }) => {
    const left = believed.has(key) ? [] : [...delays];
    for (; ; ) {
      const sent = await settled(send2());
      const refusal = refusalIn(sent);
      const text = `${refusal?.status} ${refusal?.reason}`;
      const isNotYet = refusal !== void 0 && notYet.some(([asked, answer]) => asked.test(request2) && answer.test(text));
      const delay = left.shift();
      if (isNotYet && delay === void 0) believed.add(key);
      if (!isNotYet || delay === void 0) {
        if ("error" in sent) throw sent.error;
        return sent.answer;
      }
      log(`${name} is not up to date yet (${refusal.reason}); trying again`);
      await (0, import_promises6.setTimeout)(delay);
    }
  };
}
async function settled(answer) {
  try {
    return { answer: await answer };
  } catch (error) {
    return { error };
  }
}

// src/forge/http/seconds-asked.ts
function secondsAsked(headers) {
  const after = headers.get("retry-after") ?? "";
  if (after !== "") return /^\d+$/.test(after) ? Number(after) : fromNow(Date.parse(after) / 1e3);
  const left = headers.get("ratelimit-remaining") ?? headers.get("x-ratelimit-remaining") ?? "0";
  const reset = Number(headers.get("ratelimit-reset") ?? headers.get("x-ratelimit-reset") ?? "none");
  if (Number.isNaN(reset) || left !== "0") return void 0;
  return reset < 1e9 ? reset : fromNow(reset);
}
var fromNow = (seconds) => Number.isNaN(seconds) ? void 0 : Math.max(Math.ceil(seconds - Date.now() / 1e3), 0);

// src/forge/merges.ts
var newestFirst = (statuses) => statuses.toSorted((one, other) => other.id - one.id);
var buildContext = (key, name) => /^[0-9a-f]{40}$/.test(key) && name !== "" ? `${name}/${key}` : key;

// src/forge/relation.ts
function relationOf(ahead, behind) {
  if (ahead > 0) return behind > 0 ? "diverged" : "ahead";
  return behind > 0 ? "behind" : "identical";
}
function relationBy(base, head, shared) {
  if (base === head) return "identical";
  if (shared === base) return "ahead";
  return shared === head ? "behind" : "diverged";
}
function commitsOnTop(comparison) {
  const isOnTop = comparison.status === "ahead" || comparison.status === "identical";
  return isOnTop ? comparison.commits.map(({ id }) => id) : void 0;
}

// src/forge/unread-sources.ts
var unreadSources = (reason) => ({
  compare: () => Promise.resolve({ status: "unknown", reason }),
  isSourcePublic: () => Promise.resolve(void 0)
});

// src/manifests/yaml/budget.ts
var STEPS_OF_FILE = 25e5;
var STEPS_OF_PART = 1e6;
var STEPS_OF_DOCUMENT = 30;
var MAX_DEPTH2 = 300;
var TooComplex = class extends Error {
  offset;
  constructor(reason, offset) {
    super(reason);
    this.offset = offset;
  }
};
var ReadingBudget = class _ReadingBudget {
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

// workspace-file.mjs
var modules = {
  "node_modules/@octokit/core/dist-src/index.js": { Octokit },
  "node_modules/@octokit/request-error/dist-src/index.js": { RequestError },
  "node_modules/@octokit/request/dist-bundle/index.js": { request },
  "node_modules/universal-user-agent/index.js": { getUserAgent },
  "node_modules/zod/mini/index.js": { array, boolean: boolean2, enum: _enum, extend: extend2, int, lazy: _lazy, literal, nullable, nullish: nullish2, number: number2, object, optional, record, refine, regex: _regex, strictObject, string: string2, union, unknown },
  "src/core/answer-body.ts": { jsonOf, textOf },
  "src/core/manifest-names.ts": { KUSTOMIZATION_NAMES, isManifestName, withoutTemplateEnding },
  "src/core/programs.ts": { endTree, finish, run, start, startAlone },
  "src/core/repository-api.ts": { CloneNeeded },
  "src/core/tree-objects.ts": { idOf, isFolder, readTree, writeTree },
  "src/environments/config-file.ts": { atInput, configPath, configPaths, readConfigFile },
  "src/environments/release-once.ts": { releaseOnce },
  "src/forge/attributes.ts": { CHANGING, NO_MILESTONE, givenAfter, milestoneNumber, missingIn, nameOf, tryTo, withoutLacking, wrongLabels },
  "src/forge/capabilities.ts": { CAPABILITIES, FEATURES, REPORTED, isLacking, isReadByApi, lackingNotes },
  "src/forge/forge.ts": { COMMITS_READ },
  "src/forge/http/connection-failure.ts": { connectionFailure },
  "src/forge/http/exchange.ts": { exchange, isRateLimited },
  "src/forge/http/patience.ts": { PATIENCE, waiting },
  "src/forge/http/seconds-asked.ts": { secondsAsked },
  "src/forge/http/unreadable.ts": { UnreadableAnswer, readAnswer, unreadableIn },
  "src/forge/merges.ts": { buildContext, newestFirst },
  "src/forge/relation.ts": { commitsOnTop, relationBy, relationOf },
  "src/forge/unread-sources.ts": { unreadSources },
  "src/manifests/yaml/budget.ts": { MAX_DEPTH: MAX_DEPTH2, ReadingBudget, STEPS_OF_DOCUMENT, TooComplex },
  "src/release/build.ts": { buildOf, canonical, hasSameImages, hasVersion, sourceOf, versionOf, versionPairs, versionsOf },
  "src/release/pull-request/template.ts": { renderTemplate },
  "src/release/pull-request/variables.ts": { leftVariables, ofAnyVersion, planVariables, releaseVariables },
  "src/release/release-branches.ts": { ANY_VERSION, branchesOf, branchesOfVersion, isLongLived, isPerVersion, isReleaseBranch, namesOf: namesOf2 },
  "src/release/request.ts": { branchNames, readRequest, withFacts },
  "src/release/why-cloned.ts": { whyCloned },
  "src/release/workspace.ts": { orInClone, withWorkspace }
};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  modules
});
