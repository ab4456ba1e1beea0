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

// node_modules/bottleneck/light.js
var require_light = __commonJS({
  "node_modules/bottleneck/light.js"(exports2, module2) {
    (function(global2, factory) {
      typeof exports2 === "object" && typeof module2 !== "undefined" ? module2.exports = factory() : typeof define === "function" && define.amd ? define(factory) : global2.Bottleneck = factory();
    })(exports2, (function() {
      "use strict";
      var commonjsGlobal = typeof globalThis !== "undefined" ? globalThis : typeof window !== "undefined" ? window : typeof global !== "undefined" ? global : typeof self !== "undefined" ? self : {};
      function getCjsExportFromNamespace(n) {
        return n && n["default"] || n;
      }
      var load = function(received, defaults, onto = {}) {
        var k, ref, v;
        for (k in defaults) {
          v = defaults[k];
          onto[k] = (ref = received[k]) != null ? ref : v;
        }
        return onto;
      };
      var overwrite = function(received, defaults, onto = {}) {
        var k, v;
        for (k in received) {
          v = received[k];
          if (defaults[k] !== void 0) {
            onto[k] = v;
          }
        }
        return onto;
      };
      var parser = {
        load,
        overwrite
      };
      var DLList;
      DLList = class DLList {
        constructor(incr, decr) {
          this.incr = incr;
          this.decr = decr;
          this._first = null;
          this._last = null;
          this.length = 0;
        }
        push(value) {
          var node;
          this.length++;
          if (typeof this.incr === "function") {
            this.incr();
          }
          node = {
            value,
            prev: this._last,
            next: null
          };
          if (this._last != null) {
            this._last.next = node;
            this._last = node;
          } else {
            this._first = this._last = node;
          }
          return void 0;
        }
        shift() {
          var value;
          if (this._first == null) {
            return;
          } else {
            this.length--;
            if (typeof this.decr === "function") {
              this.decr();
            }
          }
          value = this._first.value;
          if ((this._first = this._first.next) != null) {
            this._first.prev = null;
          } else {
            this._last = null;
          }
          return value;
        }
        first() {
          if (this._first != null) {
            return this._first.value;
          }
        }
        getArray() {
          var node, ref, results;
          node = this._first;
          results = [];
          while (node != null) {
            results.push((ref = node, node = node.next, ref.value));
          }
          return results;
        }
        forEachShift(cb) {
          var node;
          node = this.shift();
          while (node != null) {
            cb(node), node = this.shift();
          }
          return void 0;
        }
        debug() {
          var node, ref, ref1, ref2, results;
          node = this._first;
          results = [];
          while (node != null) {
            results.push((ref = node, node = node.next, {
              value: ref.value,
              prev: (ref1 = ref.prev) != null ? ref1.value : void 0,
              next: (ref2 = ref.next) != null ? ref2.value : void 0
            }));
          }
          return results;
        }
      };
      var DLList_1 = DLList;
      var Events;
      Events = class Events {
        constructor(instance) {
          this.instance = instance;
          this._events = {};
          if (this.instance.on != null || this.instance.once != null || this.instance.removeAllListeners != null) {
            throw new Error("An Emitter already exists for this object");
          }
          this.instance.on = (name, cb) => {
            return this._addListener(name, "many", cb);
          };
          this.instance.once = (name, cb) => {
            return this._addListener(name, "once", cb);
          };
          this.instance.removeAllListeners = (name = null) => {
            if (name != null) {
              return delete this._events[name];
            } else {
              return this._events = {};
            }
          };
        }
        _addListener(name, status, cb) {
          var base;
          if ((base = this._events)[name] == null) {
            base[name] = [];
          }
          this._events[name].push({ cb, status });
          return this.instance;
        }
        listenerCount(name) {
          if (this._events[name] != null) {
            return this._events[name].length;
          } else {
            return 0;
          }
        }
        async trigger(name, ...args) {
          var e, promises;
          try {
            if (name !== "debug") {
              this.trigger("debug", `Event triggered: ${name}`, args);
            }
            if (this._events[name] == null) {
              return;
            }
            this._events[name] = this._events[name].filter(function(listener) {
              return listener.status !== "none";
            });
            promises = this._events[name].map(async (listener) => {
              var e2, returned;
              if (listener.status === "none") {
                return;
              }
              if (listener.status === "once") {
                listener.status = "none";
              }
              try {
                returned = typeof listener.cb === "function" ? listener.cb(...args) : void 0;
                if (typeof (returned != null ? returned.then : void 0) === "function") {
                  return await returned;
                } else {
                  return returned;
                }
              } catch (error) {
                e2 = error;
                {
                  this.trigger("error", e2);
                }
                return null;
              }
            });
            return (await Promise.all(promises)).find(function(x) {
              return x != null;
            });
          } catch (error) {
            e = error;
            {
              this.trigger("error", e);
            }
            return null;
          }
        }
      };
      var Events_1 = Events;
      var DLList$1, Events$1, Queues;
      DLList$1 = DLList_1;
      Events$1 = Events_1;
      Queues = class Queues {
        constructor(num_priorities) {
          var i;
          this.Events = new Events$1(this);
          this._length = 0;
          this._lists = (function() {
            var j, ref, results;
            results = [];
            for (i = j = 1, ref = num_priorities; 1 <= ref ? j <= ref : j >= ref; i = 1 <= ref ? ++j : --j) {
              results.push(new DLList$1((() => {
                return this.incr();
              }), (() => {
                return this.decr();
              })));
            }
            return results;
          }).call(this);
        }
        incr() {
          if (this._length++ === 0) {
            return this.Events.trigger("leftzero");
          }
        }
        decr() {
          if (--this._length === 0) {
            return this.Events.trigger("zero");
          }
        }
        push(job) {
          return this._lists[job.options.priority].push(job);
        }
        queued(priority) {
          if (priority != null) {
            return this._lists[priority].length;
          } else {
            return this._length;
          }
        }
        shiftAll(fn) {
          return this._lists.forEach(function(list) {
            return list.forEachShift(fn);
          });
        }
        getFirst(arr = this._lists) {
          var j, len, list;
          for (j = 0, len = arr.length; j < len; j++) {
            list = arr[j];
            if (list.length > 0) {
              return list;
            }
          }
          return [];
        }
        shiftLastFrom(priority) {
          return this.getFirst(this._lists.slice(priority).reverse()).shift();
        }
      };
      var Queues_1 = Queues;
      var BottleneckError;
      BottleneckError = class BottleneckError extends Error {
      };
      var BottleneckError_1 = BottleneckError;
      var BottleneckError$1, DEFAULT_PRIORITY, Job, NUM_PRIORITIES, parser$1;
      NUM_PRIORITIES = 10;
      DEFAULT_PRIORITY = 5;
      parser$1 = parser;
      BottleneckError$1 = BottleneckError_1;
      Job = class Job {
        constructor(task, args, options, jobDefaults, rejectOnDrop, Events2, _states, Promise2) {
          this.task = task;
          this.args = args;
          this.rejectOnDrop = rejectOnDrop;
          this.Events = Events2;
          this._states = _states;
          this.Promise = Promise2;
          this.options = parser$1.load(options, jobDefaults);
          this.options.priority = this._sanitizePriority(this.options.priority);
          if (this.options.id === jobDefaults.id) {
            this.options.id = `${this.options.id}-${this._randomIndex()}`;
          }
          this.promise = new this.Promise((_resolve, _reject) => {
            this._resolve = _resolve;
            this._reject = _reject;
          });
          this.retryCount = 0;
        }
        _sanitizePriority(priority) {
          var sProperty;
          sProperty = ~~priority !== priority ? DEFAULT_PRIORITY : priority;
          if (sProperty < 0) {
            return 0;
          } else if (sProperty > NUM_PRIORITIES - 1) {
            return NUM_PRIORITIES - 1;
          } else {
            return sProperty;
          }
        }
        _randomIndex() {
          return Math.random().toString(36).slice(2);
        }
        doDrop({ error, message = "This job has been dropped by Bottleneck" } = {}) {
          if (this._states.remove(this.options.id)) {
            if (this.rejectOnDrop) {
              this._reject(error != null ? error : new BottleneckError$1(message));
            }
            this.Events.trigger("dropped", { args: this.args, options: this.options, task: this.task, promise: this.promise });
            return true;
          } else {
            return false;
          }
        }
        _assertStatus(expected) {
          var status;
          status = this._states.jobStatus(this.options.id);
          if (!(status === expected || expected === "DONE" && status === null)) {
            throw new BottleneckError$1(`Invalid job status ${status}, expected ${expected}. Please open an issue at https://github.com/SGrondin/bottleneck/issues`);
          }
        }
        doReceive() {
          this._states.start(this.options.id);
          return this.Events.trigger("received", { args: this.args, options: this.options });
        }
        doQueue(reachedHWM, blocked) {
          this._assertStatus("RECEIVED");
          this._states.next(this.options.id);
          return this.Events.trigger("queued", { args: this.args, options: this.options, reachedHWM, blocked });
        }
        doRun() {
          if (this.retryCount === 0) {
            this._assertStatus("QUEUED");
            this._states.next(this.options.id);
          } else {
            this._assertStatus("EXECUTING");
          }
          return this.Events.trigger("scheduled", { args: this.args, options: this.options });
        }
        async doExecute(chained, clearGlobalState, run, free) {
          var error, eventInfo, passed;
          if (this.retryCount === 0) {
            this._assertStatus("RUNNING");
            this._states.next(this.options.id);
          } else {
            this._assertStatus("EXECUTING");
          }
          eventInfo = { args: this.args, options: this.options, retryCount: this.retryCount };
          this.Events.trigger("executing", eventInfo);
          try {
            passed = await (chained != null ? chained.schedule(this.options, this.task, ...this.args) : this.task(...this.args));
            if (clearGlobalState()) {
              this.doDone(eventInfo);
              await free(this.options, eventInfo);
              this._assertStatus("DONE");
              return this._resolve(passed);
            }
          } catch (error1) {
            error = error1;
            return this._onFailure(error, eventInfo, clearGlobalState, run, free);
          }
        }
        doExpire(clearGlobalState, run, free) {
          var error, eventInfo;
          if (this._states.jobStatus(this.options.id === "RUNNING")) {
            this._states.next(this.options.id);
          }
          this._assertStatus("EXECUTING");
          eventInfo = { args: this.args, options: this.options, retryCount: this.retryCount };
          error = new BottleneckError$1(`This job timed out after ${this.options.expiration} ms.`);
          return this._onFailure(error, eventInfo, clearGlobalState, run, free);
        }
        async _onFailure(error, eventInfo, clearGlobalState, run, free) {
          var retry2, retryAfter;
          if (clearGlobalState()) {
            retry2 = await this.Events.trigger("failed", error, eventInfo);
            if (retry2 != null) {
              retryAfter = ~~retry2;
              this.Events.trigger("retry", `Retrying ${this.options.id} after ${retryAfter} ms`, eventInfo);
              this.retryCount++;
              return run(retryAfter);
            } else {
              this.doDone(eventInfo);
              await free(this.options, eventInfo);
              this._assertStatus("DONE");
              return this._reject(error);
            }
          }
        }
        doDone(eventInfo) {
          this._assertStatus("EXECUTING");
          this._states.next(this.options.id);
          return this.Events.trigger("done", eventInfo);
        }
      };
      var Job_1 = Job;
      var BottleneckError$2, LocalDatastore, parser$2;
      parser$2 = parser;
      BottleneckError$2 = BottleneckError_1;
      LocalDatastore = class LocalDatastore {
        constructor(instance, storeOptions, storeInstanceOptions) {
          this.instance = instance;
          this.storeOptions = storeOptions;
          this.clientId = this.instance._randomIndex();
          parser$2.load(storeInstanceOptions, storeInstanceOptions, this);
          this._nextRequest = this._lastReservoirRefresh = this._lastReservoirIncrease = Date.now();
          this._running = 0;
          this._done = 0;
          this._unblockTime = 0;
          this.ready = this.Promise.resolve();
          this.clients = {};
          this._startHeartbeat();
        }
        _startHeartbeat() {
          var base;
          if (this.heartbeat == null && (this.storeOptions.reservoirRefreshInterval != null && this.storeOptions.reservoirRefreshAmount != null || this.storeOptions.reservoirIncreaseInterval != null && this.storeOptions.reservoirIncreaseAmount != null)) {
            return typeof (base = this.heartbeat = setInterval(() => {
              var amount, incr, maximum, now, reservoir;
              now = Date.now();
              if (this.storeOptions.reservoirRefreshInterval != null && now >= this._lastReservoirRefresh + this.storeOptions.reservoirRefreshInterval) {
                this._lastReservoirRefresh = now;
                this.storeOptions.reservoir = this.storeOptions.reservoirRefreshAmount;
                this.instance._drainAll(this.computeCapacity());
              }
              if (this.storeOptions.reservoirIncreaseInterval != null && now >= this._lastReservoirIncrease + this.storeOptions.reservoirIncreaseInterval) {
                ({
                  reservoirIncreaseAmount: amount,
                  reservoirIncreaseMaximum: maximum,
                  reservoir
                } = this.storeOptions);
                this._lastReservoirIncrease = now;
                incr = maximum != null ? Math.min(amount, maximum - reservoir) : amount;
                if (incr > 0) {
                  this.storeOptions.reservoir += incr;
                  return this.instance._drainAll(this.computeCapacity());
                }
              }
            }, this.heartbeatInterval)).unref === "function" ? base.unref() : void 0;
          } else {
            return clearInterval(this.heartbeat);
          }
        }
        async __publish__(message) {
          await this.yieldLoop();
          return this.instance.Events.trigger("message", message.toString());
        }
        async __disconnect__(flush) {
          await this.yieldLoop();
          clearInterval(this.heartbeat);
          return this.Promise.resolve();
        }
        yieldLoop(t = 0) {
          return new this.Promise(function(resolve, reject) {
            return setTimeout(resolve, t);
          });
        }
        computePenalty() {
          var ref;
          return (ref = this.storeOptions.penalty) != null ? ref : 15 * this.storeOptions.minTime || 5e3;
        }
        async __updateSettings__(options) {
          await this.yieldLoop();
          parser$2.overwrite(options, options, this.storeOptions);
          this._startHeartbeat();
          this.instance._drainAll(this.computeCapacity());
          return true;
        }
        async __running__() {
          await this.yieldLoop();
          return this._running;
        }
        async __queued__() {
          await this.yieldLoop();
          return this.instance.queued();
        }
        async __done__() {
          await this.yieldLoop();
          return this._done;
        }
        async __groupCheck__(time) {
          await this.yieldLoop();
          return this._nextRequest + this.timeout < time;
        }
        computeCapacity() {
          var maxConcurrent, reservoir;
          ({ maxConcurrent, reservoir } = this.storeOptions);
          if (maxConcurrent != null && reservoir != null) {
            return Math.min(maxConcurrent - this._running, reservoir);
          } else if (maxConcurrent != null) {
            return maxConcurrent - this._running;
          } else if (reservoir != null) {
            return reservoir;
          } else {
            return null;
          }
        }
        conditionsCheck(weight) {
          var capacity;
          capacity = this.computeCapacity();
          return capacity == null || weight <= capacity;
        }
        async __incrementReservoir__(incr) {
          var reservoir;
          await this.yieldLoop();
          reservoir = this.storeOptions.reservoir += incr;
          this.instance._drainAll(this.computeCapacity());
          return reservoir;
        }
        async __currentReservoir__() {
          await this.yieldLoop();
          return this.storeOptions.reservoir;
        }
        isBlocked(now) {
          return this._unblockTime >= now;
        }
        check(weight, now) {
          return this.conditionsCheck(weight) && this._nextRequest - now <= 0;
        }
        async __check__(weight) {
          var now;
          await this.yieldLoop();
          now = Date.now();
          return this.check(weight, now);
        }
        async __register__(index, weight, expiration) {
          var now, wait;
          await this.yieldLoop();
          now = Date.now();
          if (this.conditionsCheck(weight)) {
            this._running += weight;
            if (this.storeOptions.reservoir != null) {
              this.storeOptions.reservoir -= weight;
            }
            wait = Math.max(this._nextRequest - now, 0);
            this._nextRequest = now + wait + this.storeOptions.minTime;
            return {
              success: true,
              wait,
              reservoir: this.storeOptions.reservoir
            };
          } else {
            return {
              success: false
            };
          }
        }
        strategyIsBlock() {
          return this.storeOptions.strategy === 3;
        }
        async __submit__(queueLength, weight) {
          var blocked, now, reachedHWM;
          await this.yieldLoop();
          if (this.storeOptions.maxConcurrent != null && weight > this.storeOptions.maxConcurrent) {
            throw new BottleneckError$2(`Impossible to add a job having a weight of ${weight} to a limiter having a maxConcurrent setting of ${this.storeOptions.maxConcurrent}`);
          }
          now = Date.now();
          reachedHWM = this.storeOptions.highWater != null && queueLength === this.storeOptions.highWater && !this.check(weight, now);
          blocked = this.strategyIsBlock() && (reachedHWM || this.isBlocked(now));
          if (blocked) {
            this._unblockTime = now + this.computePenalty();
            this._nextRequest = this._unblockTime + this.storeOptions.minTime;
            this.instance._dropAllQueued();
          }
          return {
            reachedHWM,
            blocked,
            strategy: this.storeOptions.strategy
          };
        }
        async __free__(index, weight) {
          await this.yieldLoop();
          this._running -= weight;
          this._done += weight;
          this.instance._drainAll(this.computeCapacity());
          return {
            running: this._running
          };
        }
      };
      var LocalDatastore_1 = LocalDatastore;
      var BottleneckError$3, States;
      BottleneckError$3 = BottleneckError_1;
      States = class States {
        constructor(status1) {
          this.status = status1;
          this._jobs = {};
          this.counts = this.status.map(function() {
            return 0;
          });
        }
        next(id) {
          var current, next;
          current = this._jobs[id];
          next = current + 1;
          if (current != null && next < this.status.length) {
            this.counts[current]--;
            this.counts[next]++;
            return this._jobs[id]++;
          } else if (current != null) {
            this.counts[current]--;
            return delete this._jobs[id];
          }
        }
        start(id) {
          var initial;
          initial = 0;
          this._jobs[id] = initial;
          return this.counts[initial]++;
        }
        remove(id) {
          var current;
          current = this._jobs[id];
          if (current != null) {
            this.counts[current]--;
            delete this._jobs[id];
          }
          return current != null;
        }
        jobStatus(id) {
          var ref;
          return (ref = this.status[this._jobs[id]]) != null ? ref : null;
        }
        statusJobs(status) {
          var k, pos, ref, results, v;
          if (status != null) {
            pos = this.status.indexOf(status);
            if (pos < 0) {
              throw new BottleneckError$3(`status must be one of ${this.status.join(", ")}`);
            }
            ref = this._jobs;
            results = [];
            for (k in ref) {
              v = ref[k];
              if (v === pos) {
                results.push(k);
              }
            }
            return results;
          } else {
            return Object.keys(this._jobs);
          }
        }
        statusCounts() {
          return this.counts.reduce(((acc, v, i) => {
            acc[this.status[i]] = v;
            return acc;
          }), {});
        }
      };
      var States_1 = States;
      var DLList$2, Sync;
      DLList$2 = DLList_1;
      Sync = class Sync {
        constructor(name, Promise2) {
          this.schedule = this.schedule.bind(this);
          this.name = name;
          this.Promise = Promise2;
          this._running = 0;
          this._queue = new DLList$2();
        }
        isEmpty() {
          return this._queue.length === 0;
        }
        async _tryToRun() {
          var args, cb, error, reject, resolve, returned, task;
          if (this._running < 1 && this._queue.length > 0) {
            this._running++;
            ({ task, args, resolve, reject } = this._queue.shift());
            cb = await (async function() {
              try {
                returned = await task(...args);
                return function() {
                  return resolve(returned);
                };
              } catch (error1) {
                error = error1;
                return function() {
                  return reject(error);
                };
              }
            })();
            this._running--;
            this._tryToRun();
            return cb();
          }
        }
        schedule(task, ...args) {
          var promise, reject, resolve;
          resolve = reject = null;
          promise = new this.Promise(function(_resolve, _reject) {
            resolve = _resolve;
            return reject = _reject;
          });
          this._queue.push({ task, args, resolve, reject });
          this._tryToRun();
          return promise;
        }
      };
      var Sync_1 = Sync;
      var version = "2.19.5";
      var version$1 = {
        version
      };
      var version$2 = /* @__PURE__ */ Object.freeze({
        version,
        default: version$1
      });
      var require$$2 = () => console.log("You must import the full version of Bottleneck in order to use this feature.");
      var require$$3 = () => console.log("You must import the full version of Bottleneck in order to use this feature.");
      var require$$4 = () => console.log("You must import the full version of Bottleneck in order to use this feature.");
      var Events$2, Group, IORedisConnection$1, RedisConnection$1, Scripts$1, parser$3;
      parser$3 = parser;
      Events$2 = Events_1;
      RedisConnection$1 = require$$2;
      IORedisConnection$1 = require$$3;
      Scripts$1 = require$$4;
      Group = (function() {
        class Group2 {
          constructor(limiterOptions = {}) {
            this.deleteKey = this.deleteKey.bind(this);
            this.limiterOptions = limiterOptions;
            parser$3.load(this.limiterOptions, this.defaults, this);
            this.Events = new Events$2(this);
            this.instances = {};
            this.Bottleneck = Bottleneck_1;
            this._startAutoCleanup();
            this.sharedConnection = this.connection != null;
            if (this.connection == null) {
              if (this.limiterOptions.datastore === "redis") {
                this.connection = new RedisConnection$1(Object.assign({}, this.limiterOptions, { Events: this.Events }));
              } else if (this.limiterOptions.datastore === "ioredis") {
                this.connection = new IORedisConnection$1(Object.assign({}, this.limiterOptions, { Events: this.Events }));
              }
            }
          }
          key(key = "") {
            var ref;
            return (ref = this.instances[key]) != null ? ref : (() => {
              var limiter;
              limiter = this.instances[key] = new this.Bottleneck(Object.assign(this.limiterOptions, {
                id: `${this.id}-${key}`,
                timeout: this.timeout,
                connection: this.connection
              }));
              this.Events.trigger("created", limiter, key);
              return limiter;
            })();
          }
          async deleteKey(key = "") {
            var deleted, instance;
            instance = this.instances[key];
            if (this.connection) {
              deleted = await this.connection.__runCommand__(["del", ...Scripts$1.allKeys(`${this.id}-${key}`)]);
            }
            if (instance != null) {
              delete this.instances[key];
              await instance.disconnect();
            }
            return instance != null || deleted > 0;
          }
          limiters() {
            var k, ref, results, v;
            ref = this.instances;
            results = [];
            for (k in ref) {
              v = ref[k];
              results.push({
                key: k,
                limiter: v
              });
            }
            return results;
          }
          keys() {
            return Object.keys(this.instances);
          }
          async clusterKeys() {
            var cursor, end, found, i, k, keys, len, next, start;
            if (this.connection == null) {
              return this.Promise.resolve(this.keys());
            }
            keys = [];
            cursor = null;
            start = `b_${this.id}-`.length;
            end = "_settings".length;
            while (cursor !== 0) {
              [next, found] = await this.connection.__runCommand__(["scan", cursor != null ? cursor : 0, "match", `b_${this.id}-*_settings`, "count", 1e4]);
              cursor = ~~next;
              for (i = 0, len = found.length; i < len; i++) {
                k = found[i];
                keys.push(k.slice(start, -end));
              }
            }
            return keys;
          }
          _startAutoCleanup() {
            var base;
            clearInterval(this.interval);
            return typeof (base = this.interval = setInterval(async () => {
              var e, k, ref, results, time, v;
              time = Date.now();
              ref = this.instances;
              results = [];
              for (k in ref) {
                v = ref[k];
                try {
                  if (await v._store.__groupCheck__(time)) {
                    results.push(this.deleteKey(k));
                  } else {
                    results.push(void 0);
                  }
                } catch (error) {
                  e = error;
                  results.push(v.Events.trigger("error", e));
                }
              }
              return results;
            }, this.timeout / 2)).unref === "function" ? base.unref() : void 0;
          }
          updateSettings(options = {}) {
            parser$3.overwrite(options, this.defaults, this);
            parser$3.overwrite(options, options, this.limiterOptions);
            if (options.timeout != null) {
              return this._startAutoCleanup();
            }
          }
          disconnect(flush = true) {
            var ref;
            if (!this.sharedConnection) {
              return (ref = this.connection) != null ? ref.disconnect(flush) : void 0;
            }
          }
        }
        Group2.prototype.defaults = {
          timeout: 1e3 * 60 * 5,
          connection: null,
          Promise,
          id: "group-key"
        };
        return Group2;
      }).call(commonjsGlobal);
      var Group_1 = Group;
      var Batcher, Events$3, parser$4;
      parser$4 = parser;
      Events$3 = Events_1;
      Batcher = (function() {
        class Batcher2 {
          constructor(options = {}) {
            this.options = options;
            parser$4.load(this.options, this.defaults, this);
            this.Events = new Events$3(this);
            this._arr = [];
            this._resetPromise();
            this._lastFlush = Date.now();
          }
          _resetPromise() {
            return this._promise = new this.Promise((res, rej) => {
              return this._resolve = res;
            });
          }
          _flush() {
            clearTimeout(this._timeout);
            this._lastFlush = Date.now();
            this._resolve();
            this.Events.trigger("batch", this._arr);
            this._arr = [];
            return this._resetPromise();
          }
          add(data) {
            var ret;
            this._arr.push(data);
            ret = this._promise;
            if (this._arr.length === this.maxSize) {
              this._flush();
            } else if (this.maxTime != null && this._arr.length === 1) {
              this._timeout = setTimeout(() => {
                return this._flush();
              }, this.maxTime);
            }
            return ret;
          }
        }
        Batcher2.prototype.defaults = {
          maxTime: null,
          maxSize: null,
          Promise
        };
        return Batcher2;
      }).call(commonjsGlobal);
      var Batcher_1 = Batcher;
      var require$$4$1 = () => console.log("You must import the full version of Bottleneck in order to use this feature.");
      var require$$8 = getCjsExportFromNamespace(version$2);
      var Bottleneck3, DEFAULT_PRIORITY$1, Events$4, Job$1, LocalDatastore$1, NUM_PRIORITIES$1, Queues$1, RedisDatastore$1, States$1, Sync$1, parser$5, splice = [].splice;
      NUM_PRIORITIES$1 = 10;
      DEFAULT_PRIORITY$1 = 5;
      parser$5 = parser;
      Queues$1 = Queues_1;
      Job$1 = Job_1;
      LocalDatastore$1 = LocalDatastore_1;
      RedisDatastore$1 = require$$4$1;
      Events$4 = Events_1;
      States$1 = States_1;
      Sync$1 = Sync_1;
      Bottleneck3 = (function() {
        class Bottleneck4 {
          constructor(options = {}, ...invalid) {
            var storeInstanceOptions, storeOptions;
            this._addToQueue = this._addToQueue.bind(this);
            this._validateOptions(options, invalid);
            parser$5.load(options, this.instanceDefaults, this);
            this._queues = new Queues$1(NUM_PRIORITIES$1);
            this._scheduled = {};
            this._states = new States$1(["RECEIVED", "QUEUED", "RUNNING", "EXECUTING"].concat(this.trackDoneStatus ? ["DONE"] : []));
            this._limiter = null;
            this.Events = new Events$4(this);
            this._submitLock = new Sync$1("submit", this.Promise);
            this._registerLock = new Sync$1("register", this.Promise);
            storeOptions = parser$5.load(options, this.storeDefaults, {});
            this._store = (function() {
              if (this.datastore === "redis" || this.datastore === "ioredis" || this.connection != null) {
                storeInstanceOptions = parser$5.load(options, this.redisStoreDefaults, {});
                return new RedisDatastore$1(this, storeOptions, storeInstanceOptions);
              } else if (this.datastore === "local") {
                storeInstanceOptions = parser$5.load(options, this.localStoreDefaults, {});
                return new LocalDatastore$1(this, storeOptions, storeInstanceOptions);
              } else {
                throw new Bottleneck4.prototype.BottleneckError(`Invalid datastore type: ${this.datastore}`);
              }
            }).call(this);
            this._queues.on("leftzero", () => {
              var ref;
              return (ref = this._store.heartbeat) != null ? typeof ref.ref === "function" ? ref.ref() : void 0 : void 0;
            });
            this._queues.on("zero", () => {
              var ref;
              return (ref = this._store.heartbeat) != null ? typeof ref.unref === "function" ? ref.unref() : void 0 : void 0;
            });
          }
          _validateOptions(options, invalid) {
            if (!(options != null && typeof options === "object" && invalid.length === 0)) {
              throw new Bottleneck4.prototype.BottleneckError("Bottleneck v2 takes a single object argument. Refer to https://github.com/SGrondin/bottleneck#upgrading-to-v2 if you're upgrading from Bottleneck v1.");
            }
          }
          ready() {
            return this._store.ready;
          }
          clients() {
            return this._store.clients;
          }
          channel() {
            return `b_${this.id}`;
          }
          channel_client() {
            return `b_${this.id}_${this._store.clientId}`;
          }
          publish(message) {
            return this._store.__publish__(message);
          }
          disconnect(flush = true) {
            return this._store.__disconnect__(flush);
          }
          chain(_limiter) {
            this._limiter = _limiter;
            return this;
          }
          queued(priority) {
            return this._queues.queued(priority);
          }
          clusterQueued() {
            return this._store.__queued__();
          }
          empty() {
            return this.queued() === 0 && this._submitLock.isEmpty();
          }
          running() {
            return this._store.__running__();
          }
          done() {
            return this._store.__done__();
          }
          jobStatus(id) {
            return this._states.jobStatus(id);
          }
          jobs(status) {
            return this._states.statusJobs(status);
          }
          counts() {
            return this._states.statusCounts();
          }
          _randomIndex() {
            return Math.random().toString(36).slice(2);
          }
          check(weight = 1) {
            return this._store.__check__(weight);
          }
          _clearGlobalState(index) {
            if (this._scheduled[index] != null) {
              clearTimeout(this._scheduled[index].expiration);
              delete this._scheduled[index];
              return true;
            } else {
              return false;
            }
          }
          async _free(index, job, options, eventInfo) {
            var e, running;
            try {
              ({ running } = await this._store.__free__(index, options.weight));
              this.Events.trigger("debug", `Freed ${options.id}`, eventInfo);
              if (running === 0 && this.empty()) {
                return this.Events.trigger("idle");
              }
            } catch (error1) {
              e = error1;
              return this.Events.trigger("error", e);
            }
          }
          _run(index, job, wait) {
            var clearGlobalState, free, run;
            job.doRun();
            clearGlobalState = this._clearGlobalState.bind(this, index);
            run = this._run.bind(this, index, job);
            free = this._free.bind(this, index, job);
            return this._scheduled[index] = {
              timeout: setTimeout(() => {
                return job.doExecute(this._limiter, clearGlobalState, run, free);
              }, wait),
              expiration: job.options.expiration != null ? setTimeout(function() {
                return job.doExpire(clearGlobalState, run, free);
              }, wait + job.options.expiration) : void 0,
              job
            };
          }
          _drainOne(capacity) {
            return this._registerLock.schedule(() => {
              var args, index, next, options, queue;
              if (this.queued() === 0) {
                return this.Promise.resolve(null);
              }
              queue = this._queues.getFirst();
              ({ options, args } = next = queue.first());
              if (capacity != null && options.weight > capacity) {
                return this.Promise.resolve(null);
              }
              this.Events.trigger("debug", `Draining ${options.id}`, { args, options });
              index = this._randomIndex();
              return this._store.__register__(index, options.weight, options.expiration).then(({ success, wait, reservoir }) => {
                var empty;
                this.Events.trigger("debug", `Drained ${options.id}`, { success, args, options });
                if (success) {
                  queue.shift();
                  empty = this.empty();
                  if (empty) {
                    this.Events.trigger("empty");
                  }
                  if (reservoir === 0) {
                    this.Events.trigger("depleted", empty);
                  }
                  this._run(index, next, wait);
                  return this.Promise.resolve(options.weight);
                } else {
                  return this.Promise.resolve(null);
                }
              });
            });
          }
          _drainAll(capacity, total = 0) {
            return this._drainOne(capacity).then((drained) => {
              var newCapacity;
              if (drained != null) {
                newCapacity = capacity != null ? capacity - drained : capacity;
                return this._drainAll(newCapacity, total + drained);
              } else {
                return this.Promise.resolve(total);
              }
            }).catch((e) => {
              return this.Events.trigger("error", e);
            });
          }
          _dropAllQueued(message) {
            return this._queues.shiftAll(function(job) {
              return job.doDrop({ message });
            });
          }
          stop(options = {}) {
            var done, waitForExecuting;
            options = parser$5.load(options, this.stopDefaults);
            waitForExecuting = (at) => {
              var finished;
              finished = () => {
                var counts;
                counts = this._states.counts;
                return counts[0] + counts[1] + counts[2] + counts[3] === at;
              };
              return new this.Promise((resolve, reject) => {
                if (finished()) {
                  return resolve();
                } else {
                  return this.on("done", () => {
                    if (finished()) {
                      this.removeAllListeners("done");
                      return resolve();
                    }
                  });
                }
              });
            };
            done = options.dropWaitingJobs ? (this._run = function(index, next) {
              return next.doDrop({
                message: options.dropErrorMessage
              });
            }, this._drainOne = () => {
              return this.Promise.resolve(null);
            }, this._registerLock.schedule(() => {
              return this._submitLock.schedule(() => {
                var k, ref, v;
                ref = this._scheduled;
                for (k in ref) {
                  v = ref[k];
                  if (this.jobStatus(v.job.options.id) === "RUNNING") {
                    clearTimeout(v.timeout);
                    clearTimeout(v.expiration);
                    v.job.doDrop({
                      message: options.dropErrorMessage
                    });
                  }
                }
                this._dropAllQueued(options.dropErrorMessage);
                return waitForExecuting(0);
              });
            })) : this.schedule({
              priority: NUM_PRIORITIES$1 - 1,
              weight: 0
            }, () => {
              return waitForExecuting(1);
            });
            this._receive = function(job) {
              return job._reject(new Bottleneck4.prototype.BottleneckError(options.enqueueErrorMessage));
            };
            this.stop = () => {
              return this.Promise.reject(new Bottleneck4.prototype.BottleneckError("stop() has already been called"));
            };
            return done;
          }
          async _addToQueue(job) {
            var args, blocked, error, options, reachedHWM, shifted, strategy;
            ({ args, options } = job);
            try {
              ({ reachedHWM, blocked, strategy } = await this._store.__submit__(this.queued(), options.weight));
            } catch (error1) {
              error = error1;
              this.Events.trigger("debug", `Could not queue ${options.id}`, { args, options, error });
              job.doDrop({ error });
              return false;
            }
            if (blocked) {
              job.doDrop();
              return true;
            } else if (reachedHWM) {
              shifted = strategy === Bottleneck4.prototype.strategy.LEAK ? this._queues.shiftLastFrom(options.priority) : strategy === Bottleneck4.prototype.strategy.OVERFLOW_PRIORITY ? this._queues.shiftLastFrom(options.priority + 1) : strategy === Bottleneck4.prototype.strategy.OVERFLOW ? job : void 0;
              if (shifted != null) {
                shifted.doDrop();
              }
              if (shifted == null || strategy === Bottleneck4.prototype.strategy.OVERFLOW) {
                if (shifted == null) {
                  job.doDrop();
                }
                return reachedHWM;
              }
            }
            job.doQueue(reachedHWM, blocked);
            this._queues.push(job);
            await this._drainAll();
            return reachedHWM;
          }
          _receive(job) {
            if (this._states.jobStatus(job.options.id) != null) {
              job._reject(new Bottleneck4.prototype.BottleneckError(`A job with the same id already exists (id=${job.options.id})`));
              return false;
            } else {
              job.doReceive();
              return this._submitLock.schedule(this._addToQueue, job);
            }
          }
          submit(...args) {
            var cb, fn, job, options, ref, ref1, task;
            if (typeof args[0] === "function") {
              ref = args, [fn, ...args] = ref, [cb] = splice.call(args, -1);
              options = parser$5.load({}, this.jobDefaults);
            } else {
              ref1 = args, [options, fn, ...args] = ref1, [cb] = splice.call(args, -1);
              options = parser$5.load(options, this.jobDefaults);
            }
            task = (...args2) => {
              return new this.Promise(function(resolve, reject) {
                return fn(...args2, function(...args3) {
                  return (args3[0] != null ? reject : resolve)(args3);
                });
              });
            };
            job = new Job$1(task, args, options, this.jobDefaults, this.rejectOnDrop, this.Events, this._states, this.Promise);
            job.promise.then(function(args2) {
              return typeof cb === "function" ? cb(...args2) : void 0;
            }).catch(function(args2) {
              if (Array.isArray(args2)) {
                return typeof cb === "function" ? cb(...args2) : void 0;
              } else {
                return typeof cb === "function" ? cb(args2) : void 0;
              }
            });
            return this._receive(job);
          }
          schedule(...args) {
            var job, options, task;
            if (typeof args[0] === "function") {
              [task, ...args] = args;
              options = {};
            } else {
              [options, task, ...args] = args;
            }
            job = new Job$1(task, args, options, this.jobDefaults, this.rejectOnDrop, this.Events, this._states, this.Promise);
            this._receive(job);
            return job.promise;
          }
          wrap(fn) {
            var schedule, wrapped;
            schedule = this.schedule.bind(this);
            wrapped = function(...args) {
              return schedule(fn.bind(this), ...args);
            };
            wrapped.withOptions = function(options, ...args) {
              return schedule(options, fn, ...args);
            };
            return wrapped;
          }
          async updateSettings(options = {}) {
            await this._store.__updateSettings__(parser$5.overwrite(options, this.storeDefaults));
            parser$5.overwrite(options, this.instanceDefaults, this);
            return this;
          }
          currentReservoir() {
            return this._store.__currentReservoir__();
          }
          incrementReservoir(incr = 0) {
            return this._store.__incrementReservoir__(incr);
          }
        }
        Bottleneck4.default = Bottleneck4;
        Bottleneck4.Events = Events$4;
        Bottleneck4.version = Bottleneck4.prototype.version = require$$8.version;
        Bottleneck4.strategy = Bottleneck4.prototype.strategy = {
          LEAK: 1,
          OVERFLOW: 2,
          OVERFLOW_PRIORITY: 4,
          BLOCK: 3
        };
        Bottleneck4.BottleneckError = Bottleneck4.prototype.BottleneckError = BottleneckError_1;
        Bottleneck4.Group = Bottleneck4.prototype.Group = Group_1;
        Bottleneck4.RedisConnection = Bottleneck4.prototype.RedisConnection = require$$2;
        Bottleneck4.IORedisConnection = Bottleneck4.prototype.IORedisConnection = require$$3;
        Bottleneck4.Batcher = Bottleneck4.prototype.Batcher = Batcher_1;
        Bottleneck4.prototype.jobDefaults = {
          priority: DEFAULT_PRIORITY$1,
          weight: 1,
          expiration: null,
          id: "<no-id>"
        };
        Bottleneck4.prototype.storeDefaults = {
          maxConcurrent: null,
          minTime: 0,
          highWater: null,
          strategy: Bottleneck4.prototype.strategy.LEAK,
          penalty: null,
          reservoir: null,
          reservoirRefreshInterval: null,
          reservoirRefreshAmount: null,
          reservoirIncreaseInterval: null,
          reservoirIncreaseAmount: null,
          reservoirIncreaseMaximum: null
        };
        Bottleneck4.prototype.localStoreDefaults = {
          Promise,
          timeout: null,
          heartbeatInterval: 250
        };
        Bottleneck4.prototype.redisStoreDefaults = {
          Promise,
          timeout: null,
          heartbeatInterval: 5e3,
          clientTimeout: 1e4,
          Redis: null,
          clientOptions: {},
          clusterNodes: null,
          clearDatastore: false,
          connection: null
        };
        Bottleneck4.prototype.instanceDefaults = {
          datastore: "local",
          connection: null,
          id: "<no-id>",
          rejectOnDrop: true,
          trackDoneStatus: false,
          Promise
        };
        Bottleneck4.prototype.stopDefaults = {
          enqueueErrorMessage: "This limiter has been stopped and cannot accept new jobs.",
          dropWaitingJobs: true,
          dropErrorMessage: "This limiter has been stopped."
        };
        return Bottleneck4;
      }).call(commonjsGlobal);
      var Bottleneck_1 = Bottleneck3;
      var lib = Bottleneck_1;
      return lib;
    }));
  }
});

// elsewhere:node_modules/@octokit/rest/dist-src/index.js
var require_dist_src = __commonJS({
  "elsewhere:node_modules/@octokit/rest/dist-src/index.js"(exports2, module2) {
    module2.exports = require("./rest.cjs").modules["node_modules/@octokit/rest/dist-src/index.js"];
  }
});

// github-file.mjs
var github_file_exports = {};
__export(github_file_exports, {
  modules: () => modules
});
module.exports = __toCommonJS(github_file_exports);

// node_modules/@octokit/plugin-retry/dist-bundle/index.js
var import_light = __toESM(require_light());

// elsewhere:node_modules/@octokit/request-error/dist-src/index.js
var { RequestError } = require("./workspace.cjs").modules["node_modules/@octokit/request-error/dist-src/index.js"];

// node_modules/@octokit/plugin-retry/dist-bundle/index.js
var VERSION = "0.0.0-development";
function isRequestError(error) {
  return error.request !== void 0;
}
async function errorRequest(state, octokit, error, options) {
  if (!isRequestError(error) || !error?.request.request) {
    throw error;
  }
  if (error.status >= 400 && !state.doNotRetry.includes(error.status)) {
    const retries = options.request.retries != null ? options.request.retries : state.retries;
    const retryAfter = Math.pow((options.request.retryCount || 0) + 1, 2);
    throw octokit.retry.retryRequest(error, retries, retryAfter);
  }
  throw error;
}
async function wrapRequest(state, octokit, request, options) {
  const limiter = new import_light.default();
  limiter.on("failed", function(error, info) {
    const maxRetries = ~~error.request.request?.retries;
    const after = ~~error.request.request?.retryAfter;
    options.request.retryCount = info.retryCount + 1;
    if (maxRetries > info.retryCount) {
      return after * state.retryAfterBaseValue;
    }
  });
  return limiter.schedule(
    requestWithGraphqlErrorHandling.bind(null, state, octokit, request),
    options
  );
}
async function requestWithGraphqlErrorHandling(state, octokit, request, options) {
  const response = await request(options);
  if (response.data && response.data.errors && response.data.errors.length > 0 && /Something went wrong while executing your query/.test(
    response.data.errors[0].message
  )) {
    const error = new RequestError(response.data.errors[0].message, 500, {
      request: options,
      response
    });
    return errorRequest(state, octokit, error, options);
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
      retryRequest: (error, retries, retryAfter) => {
        error.request.request = Object.assign({}, error.request.request, {
          retries,
          retryAfter
        });
        return error;
      }
    }
  };
  if (state.enabled) {
    octokit.hook.error("request", errorRequest.bind(null, state, retryPlugin));
    octokit.hook.wrap("request", wrapRequest.bind(null, state, retryPlugin));
  }
  return retryPlugin;
}
retry.VERSION = VERSION;

// node_modules/@octokit/plugin-throttling/dist-bundle/index.js
var import_light2 = __toESM(require_light());
var VERSION2 = "0.0.0-development";
var noop = () => Promise.resolve();
function wrapRequest2(state, request, options) {
  return state.retryLimiter.schedule(doRequest, state, request, options);
}
async function doRequest(state, request, options) {
  const { pathname } = new URL(options.url, "http://github.test");
  const isAuth = isAuthRequest(options.method, pathname);
  const isWrite = !isAuth && options.method !== "GET" && options.method !== "HEAD";
  const isSearch = options.method === "GET" && pathname.startsWith("/search/");
  const isGraphQL = pathname.startsWith("/graphql");
  const retryCount = ~~request.retryCount;
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
  const req = (isAuth ? state.auth : state.global).key(state.id).schedule(jobOptions, request, options);
  if (isGraphQL) {
    const res = await req;
    if (res.data.errors != null && res.data.errors.some((error) => error.type === "RATE_LIMITED")) {
      const error = Object.assign(new Error("GraphQL Rate Limit Exceeded"), {
        response: res,
        data: res.data
      });
      throw error;
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
var triggers_notification_paths_default = [
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
function routeMatcher(paths) {
  const regexes = paths.map(
    (path) => path.split("/").map((c) => c.startsWith("{") ? "(?:.+?)" : c).join("/")
  );
  const regex22 = `^(?:${regexes.map((r) => `(?:${r})`).join("|")})[^/]*$`;
  return new RegExp(regex22, "i");
}
var regex = routeMatcher(triggers_notification_paths_default);
var triggersNotification = regex.test.bind(regex);
var groups = {};
var createGroups = function(Bottleneck3, common) {
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
    state.retryLimiter.on("failed", async function(error, info) {
      const [state2, request, options] = info.args;
      const { pathname } = new URL(options.url, "http://github.test");
      const shouldRetryGraphQL = pathname.startsWith("/graphql") && error.status !== 401;
      if (!(shouldRetryGraphQL || error.status === 403 || error.status === 429)) {
        return;
      }
      const retryCount = ~~request.retryCount;
      request.retryCount = retryCount;
      options.request.retryCount = retryCount;
      const { wantRetry, retryAfter = 0 } = await (async function() {
        if (/\bsecondary rate\b/i.test(error.message)) {
          const retryAfter2 = Number(error.response.headers["retry-after"]) || state2.fallbackSecondaryRateRetryAfter;
          const wantRetry2 = await emitter.trigger(
            "secondary-limit",
            retryAfter2,
            options,
            octokit,
            retryCount
          );
          return { wantRetry: wantRetry2, retryAfter: retryAfter2 };
        }
        if (error.response.headers != null && error.response.headers["x-ratelimit-remaining"] === "0" || (error.response.data?.errors ?? []).some(
          (error2) => error2.type === "RATE_LIMITED"
        )) {
          const rateLimitReset = new Date(
            ~~error.response.headers["x-ratelimit-reset"] * 1e3
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
        request.retryCount++;
        return retryAfter * state2.retryAfterBaseValue;
      }
    });
  };
  octokit.hook.wrap("request", (request, options) => {
    initializeBottleneck();
    return wrapRequest2(state, request, options);
  });
  return {};
}
throttling.VERSION = VERSION2;
throttling.triggersNotification = triggersNotification;

// elsewhere:node_modules/@octokit/core/dist-src/index.js
var { Octokit } = require("./workspace.cjs").modules["node_modules/@octokit/core/dist-src/index.js"];

// src/forge/github/client.ts
var import_light3 = __toESM(require_light());

// elsewhere:src/forge/http/exchange.ts
var { exchange, isRateLimited } = require("./workspace.cjs").modules["src/forge/http/exchange.ts"];

// elsewhere:src/forge/http/patience.ts
var { PATIENCE, waiting } = require("./workspace.cjs").modules["src/forge/http/patience.ts"];

// elsewhere:src/forge/http/unreadable.ts
var { UnreadableAnswer, readAnswer, unreadableIn } = require("./workspace.cjs").modules["src/forge/http/unreadable.ts"];

// elsewhere:src/core/secrets.ts
var { forgetSecrets, inBase64, keepSecret, keyLines, proxySecrets, safeText, safeValue } = require("./start.cjs").modules["src/core/secrets.ts"];

// elsewhere:src/forge/http/connection-failure.ts
var { connectionFailure } = require("./workspace.cjs").modules["src/forge/http/connection-failure.ts"];

// elsewhere:src/forge/http/seconds-asked.ts
var { secondsAsked } = require("./workspace.cjs").modules["src/forge/http/seconds-asked.ts"];

// src/forge/github/error-message.ts
var MAX_REASON = 1e4;
function reasonOf(error) {
  return safeText(wholeReason(error)).slice(0, MAX_REASON);
}
function wholeReason(error) {
  const { message, status, response, errors: graphql } = fieldsOf(error);
  if (Array.isArray(graphql)) return graphql.map((one) => textOf(fieldsOf(one)["message"])).join("; ");
  const { data } = fieldsOf(response);
  if (response !== void 0 && typeof data !== "object") {
    return `status ${String(status)} ${data === "" ? "without a message" : "with a text that is not JSON"}`;
  }
  const { message: answered, errors } = fieldsOf(data);
  const details = Array.isArray(errors) ? errors.map(detailOf) : [];
  return [textOf(answered) || textOf(message) || String(error), ...details].join("; ");
}
var fieldsOf = (value) => typeof value === "object" && value !== null ? value : {};
var textOf = (value) => typeof value === "string" ? value : "";
function connectionFailure2(action, error) {
  const { status = 0 } = error;
  const isAnswered = isAnsweredBy(error, status);
  return connectionFailure(action, error, {
    reason: reasonOf(error),
    isRateLimit: isRateLimit(error),
    retryAfter: secondsAsked(new Map(Object.entries(headersOf(error)).map(([name, value]) => [name, String(value)]))),
    isAnswered
  });
}
function isAnsweredBy(error, status) {
  return status >= 500 && error.response !== void 0;
}
function isRateLimit(error) {
  const { status, errors } = fieldsOf(error);
  const headers = headersOf(error);
  const isForbidden = status === 403 && (headers["retry-after"] !== void 0 || headers["x-ratelimit-remaining"] === "0");
  const isTyped = Array.isArray(errors) && errors.some((one) => textOf(fieldsOf(one)["type"]).startsWith("RATE_LIMIT"));
  return status === 429 || isForbidden || isTyped || /\brate limit|\babuse detection\b/i.test(reasonOf(error));
}
var headersOf = (error) => fieldsOf(fieldsOf(fieldsOf(error)["response"])["headers"]);
function detailOf(detail) {
  if (typeof detail === "string") return detail;
  const { message, field, code } = fieldsOf(detail);
  return textOf(message) || [textOf(field), textOf(code)].filter(Boolean).join(" ");
}
var SETTINGS = [
  { reason: /auto.?merge is not allowed/i, setting: "Allow auto-merge" },
  { reason: /squash merg.* not allowed/i, setting: "Allow squash merging" },
  { reason: /rebase merg.* not allowed/i, setting: "Allow rebase merging" },
  { reason: /merge commits? .*not allowed/i, setting: "Allow merge commits" }
];
function settingFor(reason) {
  const found = SETTINGS.find((one) => one.reason.test(reason));
  return found ? `${reason} (Settings \u2192 General \u2192 Pull Requests \u2192 \u201C${found.setting}\u201D)` : reason;
}

// src/forge/github/patience.ts
var NOT_YET = [
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
function waitingForGitHub(delays, log) {
  const patiently = waiting({ name: "GitHub", notYet: NOT_YET, delays, log });
  return (request, asked) => {
    const { method = "GET", url = "", pull_number: pull, issue_number: issue } = asked;
    return patiently({
      request: `${method} ${url}`,
      key: JSON.stringify([method, url, pull ?? issue]),
      // Octokit counts its own retries in what it was given.
      send: () => request({ ...asked, request: { ...asked.request } }),
      refusalIn
    });
  };
}
function refusalIn(sent) {
  const failed = "error" in sent ? sent.error : graphqlErrorsOf(sent.answer);
  if (failed === void 0) return void 0;
  const { status = 200 } = failed;
  return { status, reason: reasonOf(failed) };
}
function graphqlErrorsOf(answer) {
  const { data } = answer;
  return Array.isArray(data?.errors) ? { errors: data.errors } : void 0;
}

// src/forge/github/client.ts
var MAX_WAIT = 60;
var MAX_WAITS = 3;
var RETRIES = 3;
var LIMITS = { request: 3e4, call: 24e4, retry: 500, patience: PATIENCE };
function finalAnswers(octokit) {
  octokit.hook.error("request", (error) => {
    const unreadable = unreadableIn(error);
    throw unreadable?.isFinal ? unreadable : error;
  });
}
var PacedOctokit = Octokit.plugin(finalAnswers, retry, throttling);
function createClient({ apiUrl, token }, options = {}) {
  return connect(apiUrl, token === "" ? {} : { auth: token }, options);
}
function createHastyClient({ apiUrl, token }, milliseconds) {
  const auth = token === "" ? {} : { auth: token };
  const limits = { request: milliseconds };
  return connect(apiUrl, { ...auth, retry: { enabled: false }, throttle: { enabled: false } }, { limits });
}
function isAnswer(error) {
  if (unreadableIn(error)) return false;
  const { status, name } = error;
  const isAnswered = name === "GraphqlResponseError" || status !== void 0 && status < 500;
  return isAnswered && !isRateLimit(error);
}
function connect(apiUrl, options, { log = ignore, debug = ignore, onSent = ignore, limits: given = {} } = {}) {
  const limits = { ...LIMITS, ...given };
  const logged = /* @__PURE__ */ new Set();
  const logOnce = (text3) => {
    if (!logged.has(text3)) log(text3);
    logged.add(text3);
  };
  const onLimit = (kind) => (seconds, _options, _client, waits) => {
    if (seconds > MAX_WAIT || waits >= MAX_WAITS) return false;
    logOnce(`GitHub asked to wait ${seconds} s (${kind} rate limit)`);
    return true;
  };
  const client = new PacedOctokit({
    baseUrl: apiUrl,
    userAgent: "manifest-release-pr",
    request: {
      fetch: exchange({ name: "GitHub", check: graphqlFault, limit: limits.request, log: logOnce, debug, onSent })
    },
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
  client.hook.wrap("request", (request, asked) => patiently(request, asked));
  client.hook.wrap("request", async (request, asked) => {
    const end = AbortSignal.timeout(limits.call);
    const ended = new Promise((_, reject) => {
      end.addEventListener("abort", () => reject(new Error(`there was no result within ${limits.call / 1e3} s`)));
    });
    return Promise.race([request({ ...asked, request: { ...asked.request, signal: end } }), ended]);
  });
  if (ENTERPRISE_API.test(apiUrl)) {
    client.graphql = client.graphql.defaults({ baseUrl: apiUrl.replace(ENTERPRISE_API, "/api") });
  }
  return client;
}
function graphqlFault({ pathname }, answer) {
  if (!pathname.endsWith("/graphql")) return void 0;
  const { data, errors = [] } = answer;
  const areErrors = Array.isArray(errors) && errors.every(isObject);
  const isWhole = areErrors && (errors.length > 0 || isObject(data));
  return isWhole ? void 0 : "it has neither data nor errors, as GraphQL has";
}
var isObject = (value) => typeof value === "object" && value !== null;
var UNSPACED = new import_light3.default.Group({ maxConcurrent: 1 });
var CLIENT_ERRORS = Array.from({ length: 100 }, (_, index) => 400 + index);
var ENTERPRISE_API = /\/api\/v3\/?$/;
var ignore = () => void 0;

// elsewhere:src/core/errors.ts
var { PROJECT_URL, ReleaseError, asReleaseError, failure, failureCodes } = require("./start.cjs").modules["src/core/errors.ts"];

// elsewhere:node_modules/zod/mini/index.js
var { array, boolean, enum: enum2, extend, int, lazy, literal, nullable, nullish, number, object, optional, record, refine, regex: regex2, strictObject, string, union, unknown } = require("./workspace.cjs").modules["node_modules/zod/mini/index.js"];

// src/forge/github/rest-answers.ts
var text = string();
var REST_PULL_REQUEST = object({
  node_id: text,
  number: int(),
  html_url: text,
  title: text,
  body: nullish(text),
  state: text,
  merged_at: nullish(text),
  draft: optional(boolean()),
  labels: array(object({ name: optional(text) })),
  assignees: nullish(array(object({ login: text }))),
  requested_reviewers: nullish(array(object({ login: text }))),
  requested_teams: nullish(array(object({ slug: text }))),
  head: object({ ref: text, sha: text })
});
var MERGE = object({
  state: text,
  merged_at: nullish(text),
  merge_commit_sha: nullish(text),
  base: object({ ref: text })
});
var creator = nullish(object({ login: text }));
var STATUSES = array(
  object({
    context: text,
    state: text,
    description: nullish(text),
    target_url: nullish(text),
    creator,
    created_at: text
  })
);
var DEPLOYMENTS = array(object({ id: int(), environment: text }));
var DEPLOYMENT_STATUSES = array(
  object({
    state: text,
    description: nullish(text),
    log_url: optional(text),
    target_url: nullish(text),
    creator,
    created_at: text
  })
);
var CHECK_RUNS = object({
  check_runs: array(
    object({
      id: int(),
      name: text,
      conclusion: nullish(text),
      details_url: nullish(text),
      html_url: nullish(text),
      started_at: nullish(text),
      completed_at: nullish(text),
      output: object({ title: nullish(text), summary: nullish(text) }),
      app: nullish(object({ slug: optional(text) }))
    })
  )
});
var ISSUE = object({ assignees: nullish(array(object({ login: text }))) });
var TREE = object({ sha: text });
var GIT_COMMIT = object({ sha: text, verification: object({ verified: boolean() }) });
var SIGNED_OFF = nullable(object({ name: optional(text), date: optional(text) }));
var COMPARISON = object({
  status: enum2(["ahead", "behind", "identical", "diverged"]),
  total_commits: int(),
  html_url: text,
  base_commit: object({ commit: object({ committer: SIGNED_OFF }) }),
  commits: array(
    object({
      sha: text,
      html_url: text,
      commit: object({ message: text, author: SIGNED_OFF, committer: SIGNED_OFF }),
      author: nullish(object({ login: optional(text) }))
    })
  )
});
var REPOSITORY = object({
  archived: optional(boolean()),
  permissions: optional(object({ push: optional(boolean()) }))
});
var INSTALLATION = object({ id: int(), permissions: record(text, text) });
var INSTALLATION_TOKEN = object({ token: text });

// elsewhere:src/forge/github/server-token.ts
var { ServerToken } = require("./start.cjs").modules["src/forge/github/server-token.ts"];

// elsewhere:src/core/escape.ts
var { cut, forCommit, forLog, forMarkdown, fromCommit, jsonForLog, markdownBlock, markdownCode, markdownUrl, oneCommitLine, oneLine, quote } = require("./start.cjs").modules["src/core/escape.ts"];

// src/forge/github/refusal-evidence.ts
var NOT_FOUND = /not found|Could not resolve to a Repository|returned error: 404/i;
var UNKNOWN_CREDENTIALS = /Bad credentials|Invalid username or (?:token|password)|Authentication failed|could not read Username|invalid credentials|returned error: 401/i;
var FORBIDDEN = /not accessible by|not granted|denied to|Must have (?:push|admin|write)|required scopes|Permission .*denied|returned error: 403|access denied|marked as read only/i;
var matches = (pattern) => ({ message, probe }) => pattern.test(message) || pattern.test(probe?.message ?? "");
function headerOf({ headers, probe }, name) {
  return headers?.[name] ?? probe?.headers[name];
}
function isForSso(evidence) {
  return isAboutSso(evidence) || headerOf(evidence, "x-github-sso")?.startsWith("required") === true;
}
var isAboutSso = matches(/\bSAML\b|single sign-?on/i);
function isUnknown({ message, status, probe }) {
  return status === 401 || probe?.status === 401 || probe === void 0 && UNKNOWN_CREDENTIALS.test(message);
}
function isNotSeen(evidence) {
  const { message, status, probe } = evidence;
  return probe ? probe.status === 404 && isAccess(evidence) : status === 404 || NOT_FOUND.test(message);
}
var isAbsent = ({ refused, status, probe }) => refused === "api" && status === 404 && probe?.status === 200;
function isAccess({ message, status }) {
  if (/rule violation|protected (?:branch|ref)\b/i.test(message)) return false;
  const isRefused = status === 401 || status === 403 || status === 404;
  return isRefused || FORBIDDEN.test(message) || NOT_FOUND.test(message) || UNKNOWN_CREDENTIALS.test(message);
}

// elsewhere:src/forge/github/token-kind.ts
var { BETTER_TOKEN, KINDS, RIGHT_TOKEN, isPersonal, kindOfToken, permissionName } = require("./start.cjs").modules["src/forge/github/token-kind.ts"];

// src/forge/github/diagnose-token.ts
var GITHUB_TOKEN_NOTE = "Workflows of a pull request that GITHUB_TOKEN opened or updated wait until a user with write access approves them, or do not run at all on older servers; those of a GitHub App\u2019s pull requests run by themselves.";
var RULES = [
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
    applies: isForSso,
    explain: (evidence) => ({
      finding: `${KINDS[evidence.kind].name} is not authorized for the single sign-on of ${organizationOf(evidence)}.`,
      remedy: `Open Settings \u2192 Developer settings \u2192 Personal access tokens, choose "Configure SSO" beside the token and authorize it${ssoPage(evidence)}; or use a GitHub App, which needs none.`
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
      remedy: `Tick "Allow GitHub Actions to create and approve pull requests" under Settings \u2192 Actions \u2192 General (where it is greyed out, the organization decides), or use a GitHub App. ${GITHUB_TOKEN_NOTE}`
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
      remedy: 'Set the input "sign-commits" to true; see docs/signatures.md.'
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
    applies: (evidence) => evidence.kind !== "ssh-key" && isUnknown(evidence),
    explain: ({ kind }) => ({
      finding: `${KINDS[kind].name} is expired, was revoked, or belongs to another server.`,
      remedy: KINDS[kind].renew
    })
  },
  {
    applies: isNotSeen,
    explain: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} does not see ${quote(repository)}: there is no such repository, or it is not among the token\u2019s own.`,
      remedy: `Check the input "repository". ${KINDS[kind].select}`
    })
  },
  {
    applies: (evidence) => isPersonal(evidence.kind) && isAccess(evidence) && evidence.probe?.mayPush === false,
    explain: ({ kind, repository }) => ({
      finding: `${KINDS[kind].name} belongs to a user who may not write to ${quote(repository)}.`,
      remedy: `Give this user the role Write in the repository, or use the token of one who has it${kind === "fine-grained" ? "; the token itself needs Contents: write too" : ""}.`
    })
  },
  {
    applies: isAccess,
    explain: (evidence) => ({
      finding: `${KINDS[evidence.kind].name} lacks ${lackOf(evidence)} on ${quote(evidence.repository)}${isAbsent(evidence) ? ", or what was asked for is not there" : ""}.`,
      remedy: KINDS[evidence.kind].grant
    })
  }
];
function diagnose(evidence) {
  const isBot = evidence.kind === "app" && /\bgithub-actions\[bot\]/.test(evidence.message);
  const known = isBot ? { ...evidence, kind: "GITHUB_TOKEN" } : evidence;
  return RULES.find(({ applies }) => applies(known))?.explain(known);
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
    (set) => [...set.matchAll(/([a-z_]+)=(\w+)/g)].map(([, permission = "", level = ""]) => permissionName(permission, level))
  );
  const named = sets.filter((set) => set.length > 0).map((set) => set.join(" and "));
  const usual = refused === "api" ? permissionName("pull_requests", "write") : permissionName("contents", "write");
  return `the permission ${named.join(", or ") || usual}`;
}
var ownerOf = (repository) => repository.split("/")[0] ?? "";
var organizationOf = ({ repository }) => quote(ownerOf(repository));
function ssoPage(evidence) {
  const address = /\burl=(\S+)/.exec(headerOf(evidence, "x-github-sso") ?? "")?.[1] ?? "";
  if (!URL.canParse(address)) return "";
  const { origin, pathname } = new URL(address);
  return ` (${oneLine(`${origin}${pathname}`)})`;
}
var workflowOf = (message) => quote(/\bworkflow `([^`]+)`/.exec(message)?.[1] ?? ".github/workflows");

// src/forge/github/rest.ts
async function restBy({ request }) {
  const { Octokit: WithOperations } = await Promise.resolve().then(() => __toESM(require_dist_src()));
  const Sending = WithOperations.plugin(() => ({ request }));
  return new Sending().rest;
}

// src/forge/github/explain-refusal.ts
var REFUSALS = /* @__PURE__ */ new Set([
  "ACCESS_DENIED",
  "REPOSITORY_NOT_FOUND",
  "PUSH_REFUSED",
  "API_DENIED"
]);
var PROBE_TIMEOUT = 5e3;
function subjectOf(access, run) {
  const { remote, token, sourceToken, app } = access;
  const isWorkflow = run.name === "GitHub Actions";
  const server = ServerToken.ofManifests(access, run);
  const isSameName = remote.name.toLowerCase() === run.source.repository.toLowerCase();
  return {
    server,
    repository: remote.name,
    isOwnRepository: isWorkflow && isSameName && server?.apiUrl === run.apiUrl,
    token,
    // Both inputs have it as their default; another token is rarely given to both.
    isWorkflowToken: isWorkflow && app === void 0 && token === sourceToken,
    usesSsh: remote.transport === "ssh"
  };
}
function workflowNote(access, run) {
  return subjectOf(access, run).isWorkflowToken && access.token !== "" ? GITHUB_TOKEN_NOTE : "";
}
async function explainRefusal(error, subject) {
  if (!(error instanceof ReleaseError) || !REFUSALS.has(error.code)) return error;
  const evidence = evidenceOf(error, subject);
  if (evidence === void 0) return error;
  const probe = evidence.kind === "ssh-key" ? void 0 : await probeRepository(subject);
  const diagnosis = diagnose({ ...evidence, ...probe && { probe } });
  if (!diagnosis) return error;
  const { code, message, place, cause } = error;
  return new ReleaseError(code, { message, hint: `${diagnosis.finding} ${diagnosis.remedy}` }, { place, cause });
}
var isGitError = (cause) => cause instanceof Error && cause.name === "GitError";
function evidenceOf({ code, message, cause }, subject) {
  const { token, isWorkflowToken, isOwnRepository, repository, usesSsh, server } = subject;
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
var STATUSES2 = { FORBIDDEN: 403, INSUFFICIENT_SCOPES: 403, NOT_FOUND: 404 };
function answerOf(cause) {
  const { status, response, headers, errors } = cause;
  const known = status ?? STATUSES2[errors?.[0]?.type ?? ""];
  return { headers: response?.headers ?? headers ?? {}, ...known !== void 0 && { status: known } };
}
async function probeRepository({ server, repository }) {
  const [owner = "", repo = ""] = repository.split("/");
  if (server === void 0) return void 0;
  try {
    const { repos } = await restBy(createHastyClient(server, PROBE_TIMEOUT));
    const { status, headers, data } = await repos.get({ owner, repo });
    const { archived, permissions } = readAnswer(REPOSITORY, data);
    const mayPush = permissions?.push;
    return {
      status,
      message: "",
      headers,
      ...archived !== void 0 && { archived },
      ...mayPush !== void 0 && { mayPush }
    };
  } catch (error) {
    const { status, response } = error;
    if (status === void 0 || status >= 500 || !response) return void 0;
    return { status, message: reasonOf(error), headers: response.headers ?? {} };
  }
}

// elsewhere:src/forge/unread-sources.ts
var { unreadSources } = require("./workspace.cjs").modules["src/forge/unread-sources.ts"];

// elsewhere:src/forge/attributes.ts
var { CHANGING, NO_MILESTONE, givenAfter, milestoneNumber, missingIn, nameOf, tryTo, withoutLacking, wrongLabels } = require("./workspace.cjs").modules["src/forge/attributes.ts"];

// src/forge/github/graphql-answers.ts
var text2 = string();
var ids = object({ oid: text2 });
var nodes = (node) => object({ nodes: array(node) });
var COMMIT_FACTS = object({
  oid: text2,
  message: text2,
  tree: ids,
  parents: nodes(ids),
  committer: nullable(object({ email: nullable(text2) })),
  signature: nullable(object({ isValid: boolean() }))
});
var PULL_REQUEST_FACTS = object({
  id: text2,
  number: int(),
  url: text2,
  title: text2,
  body: text2,
  state: enum2(["OPEN", "CLOSED", "MERGED"]),
  isDraft: boolean(),
  isCrossRepository: boolean(),
  headRefName: text2,
  headRefOid: text2,
  baseRefName: text2,
  closedAt: nullable(text2),
  labels: nullable(nodes(object({ name: text2 }))),
  assignees: nodes(object({ login: text2 })),
  reviewRequests: nullable(nodes(object({ requestedReviewer: nullable(object({ login: optional(text2) })) }))),
  headRef: nullable(object({ target: nullable(ids) })),
  commits: object({ totalCount: int(), nodes: array(object({ commit: COMMIT_FACTS })) }),
  earlier: nodes(object({ commit: object({ oid: text2, message: text2 }) })),
  timelineItems: nodes(object({ createdAt: optional(text2) }))
});
var LIST = nodes(PULL_REQUEST_FACTS);
var PAGE = extend(LIST, { pageInfo: object({ hasNextPage: boolean(), endCursor: nullable(text2) }) });
var numbered = (name, count, shape) => Object.fromEntries([...Array(count).keys()].map((index) => [`${name}${index}`, shape]));
var pullRequestLists = (branches) => object({ open: PAGE, merged: LIST, ...numbered("past", branches, LIST) });
var NAMED_REF = nullable(object({ name: text2, target: nullable(COMMIT_FACTS) }));
var TIP_REF = nullable(object({ target: nullable(COMMIT_FACTS) }));
var TREE_ENTRY = object({
  name: text2,
  mode: int(),
  oid: text2,
  object: nullish(lazy(() => GIT_OBJECT))
});
var GIT_OBJECT = object({
  oid: text2,
  text: nullish(text2),
  isBinary: nullish(boolean()),
  isTruncated: optional(boolean()),
  byteSize: optional(int()),
  entries: nullish(array(TREE_ENTRY))
});
var FOUND = nullable(GIT_OBJECT);
var REPOSITORY_FACTS = object({ id: text2, isPrivate: boolean() });
var BASE = extend(REPOSITORY_FACTS, { base: NAMED_REF });
var tipFacts = (count) => object(numbered("tip", count, TIP_REF));
var objectFacts = (name, count) => object(numbered(name, count, FOUND));
var MAYBE_COMMIT = nullable(union([COMMIT_FACTS, strictObject({})]));
var COMMIT_OBJECT = object({ commit: MAYBE_COMMIT });
var TIP_FACTS = object({ repository: object({ ref: TIP_REF }) });
var HISTORY = nodes(extend(COMMIT_FACTS, { committedDate: text2 }));
var HISTORY_FACTS = object({ commit: nullable(record(text2, HISTORY)) });
var REPOSITORY_ANSWER = object({ repository: REPOSITORY_FACTS });
var MADE_COMMIT = object({
  createRef: nullish(object({})),
  createCommitOnBranch: nullable(object({ commit: nullable(COMMIT_FACTS) })),
  createPullRequest: nullish(object({ pullRequest: nullable(PULL_REQUEST_FACTS) }))
});
var MILESTONES = object({
  repository: object({
    milestones: nodes(object({ number: int(), title: text2 })),
    milestone: nullish(object({ number: int(), state: text2 }))
  })
});
var MOVED = object({
  updateRefs: nullable(object({})),
  updatePullRequest: nullish(object({ pullRequest: nullable(PULL_REQUEST_FACTS) }))
});

// elsewhere:src/forge/forge.ts
var { COMMITS_READ } = require("./workspace.cjs").modules["src/forge/forge.ts"];

// src/forge/github/graphql-documents.ts
var FACTS = `fragment PullRequestFacts on PullRequest {
  id number url title body state isDraft isCrossRepository headRefName headRefOid baseRefName closedAt
  labels(first: 100) { nodes { name } }
  assignees(first: 20) { nodes { login } }
  reviewRequests(first: 20) { nodes { requestedReviewer { ... on User { login } } } }
  headRef { target { oid } }
  commits(last: 2) { totalCount nodes { commit { ...CommitFacts } } }
  earlier: commits(last: ${COMMITS_READ}) { nodes { commit { oid message } } }
  timelineItems(last: 5, itemTypes: [HEAD_REF_DELETED_EVENT]) { nodes { ... on HeadRefDeletedEvent { createdAt } } }
}`;
var COMMIT = `fragment CommitFacts on Commit {
  oid message tree { oid } parents(first: 2) { nodes { oid } } committer { email } signature { isValid }
}`;
var variables = (name, count, type = "String!") => indexes(count).map((index) => `$${name}${index}: ${type}, `).join("");
var indexes = (count) => [...Array(count).keys()];
function pullRequestLists2(branches, base, after) {
  const past = indexes(branches).map(
    (index) => `
    past${index}: pullRequests(states: [CLOSED, MERGED], headRefName: $branch${index}, ${base}first: 20, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { ...PullRequestFacts }
    }`
  );
  return `open: pullRequests(states: OPEN, ${base}first: 100, ${after}orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { ...PullRequestFacts }
      pageInfo { hasNextPage endCursor }
    }${past.join("")}
    merged: pullRequests(states: MERGED, ${base}first: 20, orderBy: {field: UPDATED_AT, direction: DESC}) {
      nodes { ...PullRequestFacts }
    }`;
}
function pullRequestsQuery(branches) {
  return `query PullRequests($owner: String!, $name: String!, ${variables("branch", branches)}$base: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    id isPrivate
    ${pullRequestLists2(branches, "baseRefName: $base, ", "after: $after, ")}
  }
}
${FACTS}
${COMMIT}`;
}
var DEPTH = 4;
var CONTENTS = "oid ... on Blob { text isBinary isTruncated byteSize }";
var filesTo = (depth) => `entries { name mode oid object { ${CONTENTS}${depth > 1 ? ` ... on Tree { ${filesTo(depth - 1)} }` : ""} } }`;
var OBJECTS = `fragment Listing on GitObject { oid ... on Tree { entries { name mode oid } } }
fragment Files on GitObject { ${CONTENTS} ... on Tree { ${filesTo(DEPTH)} } }`;
var objectLines = (listings, files) => [
  ...indexes(listings).map((index) => `listing${index}: object(expression: $listing${index}) { ...Listing }`),
  ...indexes(files).map((index) => `files${index}: object(expression: $files${index}) { ...Files }`)
];
function baseQuery({ tips, listings, files, branches }, isNamed) {
  const lines = [
    `base: ${isNamed ? "ref(qualifiedName: $ref)" : "defaultBranchRef"} { name target { ...CommitFacts } }`,
    ...indexes(tips).map((index) => `tip${index}: ref(qualifiedName: $tip${index}) { target { ...CommitFacts } }`),
    ...objectLines(listings, files),
    ...branches > 0 ? [pullRequestLists2(branches, isNamed ? "baseRefName: $base, " : "", "")] : []
  ];
  const asked = variables("tip", tips) + variables("listing", listings) + variables("files", files) + variables("branch", branches) + (isNamed ? `$ref: String!, ${branches > 0 ? "$base: String!, " : ""}` : "");
  const fragments = [COMMIT, ...listings + files > 0 ? [OBJECTS] : [], ...branches > 0 ? [FACTS] : []];
  return `query Base($owner: String!, $name: String!, ${asked.replace(/, $/, "")}) {
  movingRefs: __type(name: "UpdateRefsInput") { name }
  repository(owner: $owner, name: $name) {
    id isPrivate
    ${lines.join("\n    ")}
  }
}
${fragments.join("\n")}`;
}
function filesQuery({ listings, files }) {
  const asked = `${variables("listing", listings)}${variables("files", files)}$commit: GitObjectID!`;
  return `query Files($owner: String!, $name: String!, ${asked}) {
  repository(owner: $owner, name: $name) {
    commit: object(oid: $commit) { ...CommitFacts }
    ${objectLines(listings, files).join("\n    ")}
  }
}
${COMMIT}${listings + files > 0 ? `
${OBJECTS}` : ""}`;
}
function objectsQuery(count) {
  const lines = indexes(count).map((index) => `object${index}: object(oid: $object${index}) { ...Shallow }`);
  const asked = variables("object", count, "GitObjectID!").replace(/, $/, "");
  return `query Objects($owner: String!, $name: String!, ${asked}) {
  repository(owner: $owner, name: $name) {
    ${lines.join("\n    ")}
  }
}
fragment Shallow on GitObject { ${CONTENTS} ... on Tree { entries { name mode oid } } }`;
}
var TIP = `query Tip($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) { ref(qualifiedName: $ref) { target { ...CommitFacts } } }
}
${COMMIT}`;
function historyQuery(files) {
  const paths = files === 0 ? ["history(first: 100)"] : indexes(files).map((index) => `history${index}: history(first: 100, path: $path${index})`);
  return `query History($owner: String!, $name: String!, ${variables("path", files)}$id: GitObjectID!) {
  repository(owner: $owner, name: $name) {
    commit: object(oid: $id) { ... on Commit { ${paths.map((path) => `${path} { nodes { committedDate ...CommitFacts } }`).join("\n")} } }
  }
}
${COMMIT}`;
}
var ENABLE_AUTO_MERGE = `mutation EnableAutoMerge($id: ID!, $head: GitObjectID!, $mergeMethod: PullRequestMergeMethod!) {
  enablePullRequestAutoMerge(input: {pullRequestId: $id, expectedHeadOid: $head, mergeMethod: $mergeMethod}) { pullRequest { number } }
}`;
var ENQUEUE = `mutation Enqueue($id: ID!, $head: GitObjectID!) {
  enqueuePullRequest(input: {pullRequestId: $id, expectedHeadOid: $head}) { mergeQueueEntry { id } }
}`;
var CONVERT_TO_DRAFT = `mutation ConvertToDraft($id: ID!) {
  convertPullRequestToDraft(input: {pullRequestId: $id}) { pullRequest { isDraft } }
}`;
var MILESTONE = `query Milestone($owner: String!, $name: String!, $title: String!, $number: Int!, $isNumber: Boolean!) {
  repository(owner: $owner, name: $name) {
    milestones(query: $title, states: OPEN, first: 20) { nodes { number title } }
    milestone(number: $number) @include(if: $isNumber) { number state }
  }
}`;
var REPOSITORY2 = `query Repository($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { id isPrivate }
}`;
var MADE = "createCommitOnBranch(input: $commit) { commit { ...CommitFacts } }";
var OPENED = "createPullRequest(input: $opening) { pullRequest { ...PullRequestFacts } }";
function commitMutation(creates, opens) {
  const asked = [
    ...creates ? ["$creation: CreateRefInput!"] : [],
    "$commit: CreateCommitOnBranchInput!",
    ...opens ? ["$opening: CreatePullRequestInput!"] : []
  ];
  const lines = [
    ...creates ? ["createRef(input: $creation) { ref { name } }"] : [],
    MADE,
    ...opens ? [OPENED] : []
  ];
  return `mutation MakeCommit(${asked.join(", ")}) {
  ${lines.join("\n  ")}
}
${COMMIT}${opens ? `
${FACTS}` : ""}`;
}
function moveMutation(writes) {
  const text3 = writes ? "\n  updatePullRequest(input: $text) { pullRequest { ...PullRequestFacts } }" : "";
  return `mutation UpdateRefs($updates: UpdateRefsInput!${writes ? ", $text: UpdatePullRequestInput!" : ""}) {
  updateRefs(input: $updates) { clientMutationId }${text3}
}${writes ? `
${FACTS}
${COMMIT}` : ""}`;
}

// src/forge/github/auto-merge.ts
async function autoMerge(repository, { id, number: number2 }, head, method) {
  const attempt = async (request) => {
    try {
      await request();
      return void 0;
    } catch (error) {
      return settingFor(repository.refusalIn(CHANGING, error));
    }
  };
  const enqueue = () => attempt(() => repository.graphql(ENQUEUE, { id, head }));
  const enabling = await attempt(
    () => repository.graphql(ENABLE_AUTO_MERGE, { id, head, mergeMethod: method.toUpperCase() })
  );
  if (enabling === void 0) return "enabled";
  const isReady = /\b(?:clean|unstable|has_hooks) status\b/i.test(enabling);
  if (!isReady) return await enqueue() === void 0 ? "queued" : { reason: enabling };
  const merge = { ...repository.parameters, pull_number: number2, sha: head, merge_method: method };
  const merging = await attempt(() => repository.rest(({ pulls }) => pulls.merge(merge)));
  if (merging === void 0) return "merged";
  const reason = /merge queue/i.test(merging) ? await enqueue() : merging;
  return reason === void 0 ? "queued" : { reason };
}

// src/forge/github/attributes.ts
var MAX_LABELS = 100;
var LABELS_FULL = `a pull request has at most ${MAX_LABELS} labels`;
var whatOf = ({ list, name }) => nameOf(list, name);
async function giveAttributes(repository, pullRequest, given, wanted, head) {
  const { number: number2, labels } = pullRequest;
  const missing = missingIn(given, wanted);
  const items = (list) => missing[list].map((name) => ({ list, name }));
  const room = Math.max(MAX_LABELS - labels.length, 0);
  const full = items("labels").filter(({ name }) => !labels.includes(name)).slice(room);
  const withoutRoom = new Set(full.map(({ name }) => name));
  const requests = [
    [[...items("reviewers"), ...items("team-reviewers")], (some) => requestReviews(repository, number2, some)],
    [items("labels").filter(({ name }) => !withoutRoom.has(name)), (some) => addLabels(repository, number2, some)],
    [items("assignees"), (some) => assign(repository, number2, some)]
  ];
  const refused = full.map((item) => ({ what: whatOf(item), reason: LABELS_FULL }));
  if (missing.draft && !pullRequest.draft) refused.push(...await makeDraft(repository, pullRequest));
  for (const [all, request] of requests) refused.push(...await addEach(repository, all, request));
  const wrong = wrongLabels(given, wanted).filter((label) => labels.includes(label)).slice(0, MAX_LABELS);
  for (const label of wrong) await removeLabel(repository, number2, label);
  if (missing.milestone !== "") refused.push(...await setMilestone(repository, number2, missing.milestone));
  const method = missing["auto-merge"];
  const merging = method === "" ? void 0 : await autoMerge(repository, pullRequest, head, method);
  if (typeof merging === "object") refused.push({ what: "auto-merge", reason: merging.reason });
  return { given: givenAfter(given, wanted, refused), refused, ...typeof merging === "string" && { merging } };
}
async function requestReviews(repository, number2, items) {
  const named = (list) => items.filter((item) => item.list === list).map(({ name }) => name);
  await repository.rest(
    ({ pulls }) => pulls.requestReviewers({
      ...repository.parameters,
      pull_number: number2,
      reviewers: named("reviewers"),
      // A team is known here by its slug, without the organization.
      team_reviewers: named("team-reviewers").map((name) => name.replace(/^.*\//, ""))
    })
  );
}
async function addLabels(repository, number2, items) {
  const labels = items.map(({ name }) => name);
  await repository.rest(({ issues }) => issues.addLabels({ ...repository.parameters, issue_number: number2, labels }));
}
async function assign(repository, number2, items) {
  const assignees = items.map(({ name }) => name);
  const { data } = await repository.rest(
    ({ issues }) => issues.addAssignees({
      ...repository.parameters,
      issue_number: number2,
      assignees
    })
  );
  const present = new Set((readAnswer(ISSUE, data).assignees ?? []).map(({ login }) => login.toLowerCase()));
  const left = items.filter(({ name }) => !present.has(name.toLowerCase()));
  return left.map((item) => ({ what: whatOf(item), reason: "cannot be assigned in this repository" }));
}
async function removeLabel(repository, number2, name) {
  await tryTo(repository, nameOf("labels", name), async () => {
    await repository.rest(({ issues }) => issues.removeLabel({ ...repository.parameters, issue_number: number2, name }));
    return [];
  });
}
async function setMilestone(repository, number2, wanted) {
  const what = `milestone ${wanted}`;
  return tryTo(repository, what, async () => {
    const asked = milestoneNumber(wanted);
    const variables2 = { title: wanted, number: asked ?? 0, isNumber: asked !== void 0 };
    const { milestones, milestone } = (await repository.query(MILESTONE, MILESTONES, variables2)).repository;
    const found = milestones.nodes.find(({ title }) => title === wanted) ?? (milestone?.state === "OPEN" ? milestone : void 0);
    if (!found) return [{ what, reason: NO_MILESTONE }];
    const change = { issue_number: number2, milestone: found.number };
    await repository.rest(({ issues }) => issues.update({ ...repository.parameters, ...change }));
    return [];
  });
}
async function makeDraft(repository, { id }) {
  return tryTo(repository, "draft", async () => {
    await repository.graphql(CONVERT_TO_DRAFT, { id });
    return [];
  });
}
async function addEach(repository, items, request) {
  const [only2, ...more] = items;
  if (!only2) return [];
  if (more.length === 0) {
    return tryTo(repository, whatOf(only2), async () => await request(items) ?? []);
  }
  try {
    return await request(items) ?? [];
  } catch (error) {
    repository.refusalIn(CHANGING, error);
    const refused = [];
    for (const item of items) refused.push(...await addEach(repository, [item], request));
    return refused;
  }
}

// src/forge/github/branches.ts
var NO_COMMIT = "0".repeat(40);
async function moveBranch(repository, branch, expected, commit) {
  try {
    const update = { name: refOf(branch), beforeOid: expected || NO_COMMIT, afterOid: commit, force: true };
    await updateRefs(repository, [update]);
    return true;
  } catch (error) {
    const reason = repository.refusalIn("move the branch", error);
    const tip = (await readTip(repository, branch))?.oid ?? "";
    if (tip === commit) return true;
    if (tip !== expected) return false;
    throw failure("PUSH_REFUSED", { branch, reason }, error);
  }
}
async function deleteBranch(repository, branch, expected) {
  try {
    await updateRefs(repository, [{ name: refOf(branch), beforeOid: expected, afterOid: NO_COMMIT }]);
    return "deleted";
  } catch (error) {
    const refused = repository.refusalIn("move the branch", error);
    return (await readTip(repository, branch))?.oid === expected ? { refused } : "moved";
  }
}
async function updateRefs(repository, refUpdates) {
  await repository.graphql(moveMutation(false), {
    updates: { repositoryId: (await repository.facts()).id, refUpdates }
  });
}
async function readTip(repository, branch) {
  const found = await repository.call(
    "read the branch",
    () => repository.query(TIP, TIP_FACTS, { ref: refOf(branch) })
  );
  return found.repository.ref?.target ?? void 0;
}
var refOf = (branch) => `refs/heads/${branch}`;

// src/forge/github/pull-request.ts
var SAME_MOMENT = 1e3;
var UNKNOWN = { tree: "", parents: [], committerEmail: "", signed: false };
function fromGraphql(facts) {
  if (facts.isCrossRepository) return [];
  const { id, number: number2, url, title, body, state, isDraft, headRefName, headRefOid, labels } = facts;
  const reviewers = facts.reviewRequests?.nodes.map(({ requestedReviewer }) => requestedReviewer) ?? [];
  const latest = facts.commits.nodes.map(({ commit }) => commit).toReversed();
  const tip = facts.headRef?.target?.oid;
  const known = latest.map(commitOf);
  const earlier = facts.earlier.nodes.map(({ commit }) => commit).toReversed();
  const commits = [
    ...known,
    ...earlier.slice(known.length).map(({ oid, message }) => ({ ...UNKNOWN, id: oid, message }))
  ];
  return [
    {
      number: number2,
      url,
      id,
      title,
      body,
      state: state === "OPEN" ? "open" : state === "MERGED" ? "merged" : "closed",
      draft: isDraft,
      labels: labels?.nodes.map(({ name }) => name) ?? [],
      reviewers: reviewers.flatMap((one) => one?.login ?? []),
      "team-reviewers": [],
      assignees: facts.assignees.nodes.map(({ login }) => login),
      branch: headRefName,
      headId: headRefOid,
      commits,
      head: commits.find((commit) => commit.id === tip),
      isWhole: facts.commits.totalCount === known.length,
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
    labels: data.labels.flatMap(({ name }) => name ?? []),
    reviewers: data.requested_reviewers?.map(({ login }) => login) ?? [],
    "team-reviewers": data.requested_teams?.map(({ slug }) => slug) ?? [],
    assignees: data.assignees?.map(({ login }) => login) ?? [],
    branch: data.head.ref,
    headId: data.head.sha,
    commits: [],
    head: void 0,
    isWhole: false,
    closedByDeletion: false,
    verified: false
  };
}

// src/forge/github/pull-requests.ts
var MAX_PAGES = 200;
var LISTED = 20;
var PullRequestReader = class {
  #repository;
  /** What came with a base: the past ones by their branches, each used once. */
  #kept;
  constructor(repository) {
    this.#repository = repository;
  }
  /**
   * Takes the lists of an answer that has a base beside them: `asked` is what it was asked for by, empty for the default
   * branch; then the lists have those into other bases too. Throws UnreadableAnswer.
   */
  keep(answer, branches, asked, base) {
    const lists = readAnswer(pullRequestLists(branches.length), answer);
    if (lists.open.pageInfo.hasNextPage || asked === "" && !hasAllOf(base, lists)) return;
    const { open, merged, ...past } = asked === "" ? only(base, lists) : lists;
    const byBranch = branches.map((branch, index) => [branch, listOf(past, `past${index}`)]);
    const before = this.#kept?.base === base ? this.#kept.past : [];
    this.#kept = { base, open: open.nodes, merged: merged.nodes, past: new Map([...before, ...byBranch]) };
  }
  /** What was kept is old. */
  forget() {
    this.#kept = void 0;
  }
  /**
   * The pull requests into `base`: those that were kept, once for each branch, else in one request unless more than a hundred
   * are open. Throws API_DENIED and NETWORK.
   */
  async find(branches, base) {
    const kept = this.#kept;
    const isKept = kept?.base === base && branches.length > 0 && branches.every((branch) => kept.past.has(branch));
    if (!isKept) return this.#ask(branches, base);
    const past = branches.flatMap((branch) => kept.past.get(branch) ?? []);
    for (const branch of branches) kept.past.delete(branch);
    return toPullRequests({ ...kept, past });
  }
  async #ask(branches, base) {
    const repository = this.#repository;
    const [document, shape] = [pullRequestsQuery(branches.length), answerOf2(branches.length)];
    const named = Object.fromEntries(branches.map((branch, index) => [`branch${index}`, branch]));
    const cursors = /* @__PURE__ */ new Set();
    const read2 = (after) => repository.call("list pull requests", async () => {
      const {
        repository: { id, isPrivate, ...page }
      } = await repository.query(document, shape, { ...named, base, after });
      repository.keepFacts({ id, isPrivate });
      cursors.add(after);
      const { hasNextPage, endCursor } = page.open.pageInfo;
      if (hasNextPage && (cursors.has(endCursor) || cursors.size >= MAX_PAGES)) {
        throw new UnreadableAnswer(`the list of open pull requests has no end after ${cursors.size} pages`);
      }
      return page;
    });
    const first = await read2(null);
    const open = [...first.open.nodes];
    for (let { pageInfo } = first.open; pageInfo.hasNextPage; ) {
      const { open: next } = await read2(pageInfo.endCursor);
      open.push(...next.nodes);
      ({ pageInfo } = next);
    }
    const { open: _, merged, ...past } = first;
    return toPullRequests({
      open,
      merged: merged.nodes,
      past: Object.values(past).flatMap(({ nodes: nodes2 }) => nodes2)
    });
  }
};
var answerOf2 = (branches) => object({ repository: extend(pullRequestLists(branches), REPOSITORY_FACTS.shape) });
function toPullRequests({ open, merged, past }) {
  const byNumber = new Map([...past, ...merged].map((facts) => [facts.number, facts]));
  return { open: open.flatMap(fromGraphql), past: [...byNumber.values()].flatMap(fromGraphql).toSorted(newestFirst) };
}
var listOf = (lists, name) => lists[name]?.nodes ?? [];
function hasAllOf(base, lists) {
  return Object.entries(lists).every(
    ([name, { nodes: nodes2 }]) => name === "open" || nodes2.length < LISTED || nodes2.every(({ baseRefName }) => baseRefName === base)
  );
}
function only(base, { open, ...past }) {
  const into = (list) => ({
    ...list,
    nodes: list.nodes.filter(({ baseRefName }) => baseRefName === base)
  });
  const entries = Object.entries(past).map(([name, list]) => [name, into(list)]);
  return { open: into(open), ...Object.fromEntries(entries) };
}
var newestFirst = (one, other) => other.number - one.number;
var openingOf = (repositoryId, { branch, base, title, body, draft }) => ({
  repositoryId,
  baseRefName: base,
  headRefName: branch,
  title,
  body,
  draft
});
async function openPullRequest(repository, { branch, ...wanted }) {
  const { parameters } = repository;
  const request = async (draft) => {
    const { data } = await repository.rest(
      ({ pulls }) => pulls.create({ ...parameters, ...wanted, draft, head: branch })
    );
    return fromRest(readAnswer(REST_PULL_REQUEST, data));
  };
  try {
    return await request(wanted.draft).catch((error) => {
      if (!wanted.draft || !/draft pull requests are not supported/i.test(reasonOf(error))) throw error;
      return request(false);
    });
  } catch (error) {
    const reason = reasonOf(error);
    if (/already exists/.test(reason)) return void 0;
    if (/\bno commits between\b/i.test(reason)) {
      throw failure(
        "NO_COMMITS",
        { forge: "GitHub", repository: repository.fullName, branch, base: wanted.base },
        error
      );
    }
    throw repository.explain("open a pull request", error);
  }
}
async function updatePullRequest(repository, number2, change) {
  return repository.call("update the pull request", async () => {
    const { data } = await repository.rest(
      ({ pulls }) => pulls.update({ ...repository.parameters, pull_number: number2, ...change })
    );
    return fromRest(readAnswer(REST_PULL_REQUEST, data));
  });
}

// src/forge/github/commits.ts
async function makeCommit(repository, wanted) {
  const { branch, expected, parent, files } = wanted;
  if (files.some(({ mode }) => mode !== "100644")) return commitOfTree(repository, wanted);
  if (expected === "" || expected === parent) return commitOnBranch(repository, wanted, branch);
  return commitBeside(repository, wanted);
}
async function commitOnBranch(repository, { expected, parent, tree, message, files, opening }, branch) {
  const creates = expected !== parent;
  const id = creates || opening ? (await repository.facts()).id : "";
  const [headline = "", ...rest] = message.split("\n");
  const { data, refusals } = await repository.mutate(
    "make the commit",
    commitMutation(creates, opening !== void 0),
    MADE_COMMIT,
    {
      ...creates && { creation: { repositoryId: id, name: refOf(branch), oid: parent } },
      commit: {
        branch: { repositoryNameWithOwner: repository.fullName, branchName: branch },
        expectedHeadOid: parent,
        message: { headline, body: rest.join("\n").trim() },
        fileChanges: {
          additions: files.map(({ path, bytes }) => ({ path, contents: Buffer.from(bytes).toString("base64") }))
        }
      },
      ...opening && { opening: openingOf(id, opening) }
    }
  );
  const made = data.createCommitOnBranch?.commit;
  const takeBack = (from) => creates ? deleteBranch(repository, branch, from) : moveBranch(repository, branch, from, parent);
  if (!made) {
    if (!data.createRef && refusals.get("createCommitOnBranch")?.isStale === true) return void 0;
    const refusal = refusals.get("createRef") ?? refusals.get("createCommitOnBranch");
    const tip = await readTip(repository, branch);
    if (creates && data.createRef && tip?.oid === parent) await takeBack(parent);
    else if ((tip?.oid ?? "") !== (creates ? "" : parent)) return void 0;
    if (refusal?.isForbidden === true) throw repository.refused("make the commit", refusal.reason);
    throw failure("PUSH_REFUSED", { branch, reason: refusal?.reason ?? "no reason was given" });
  }
  if (made.tree.oid !== tree) {
    await takeBack(made.oid);
    throw failure("EDIT_NOT_VERIFIED", { file: files[0]?.path ?? "", reason: OTHER_TREE });
  }
  const opened = data.createPullRequest?.pullRequest;
  return {
    id: made.oid,
    verified: made.signature?.isValid ?? false,
    ...opened && { opened: fromGraphql(opened)[0] }
  };
}
var OTHER_TREE = "GitHub made another tree of it";
async function commitBeside(repository, wanted) {
  const { branch, expected, parent, tree } = wanted;
  const beside = `${branch}.${parent.slice(0, 7)}.${tree.slice(0, 7)}`;
  const made = await commitOnBranch(repository, { ...wanted, expected: "", opening: void 0 }, beside) ?? await leftBeside(repository, beside, parent, tree);
  if (!made) return void 0;
  const refUpdates = [
    { name: refOf(branch), beforeOid: expected, afterOid: made.id, force: true },
    { name: refOf(beside), beforeOid: made.id, afterOid: NO_COMMIT }
  ];
  const { id: pullRequestId, before, ...text3 } = wanted.rewriting ?? {};
  const { data, refusals } = await repository.mutate(
    "move the branch",
    moveMutation(pullRequestId !== void 0),
    MOVED,
    {
      updates: { repositoryId: (await repository.facts()).id, refUpdates },
      ...pullRequestId !== void 0 && { text: { pullRequestId, ...text3 } }
    }
  );
  const refusal = refusals.get("updateRefs");
  const written = data.updatePullRequest?.pullRequest;
  if (!refusal) return { ...made, ...written && { rewritten: fromGraphql(written)[0] } };
  const tip = (await readTip(repository, branch))?.oid;
  await deleteBranch(repository, beside, made.id);
  if (tip === made.id) return made;
  const isRace = tip !== expected;
  const isRight = isRace && written?.state === "OPEN";
  if (written && before && !isRight) await updatePullRequest(repository, written.number, before);
  if (isRace) return void 0;
  throw failure("PUSH_REFUSED", { branch, reason: refusal.reason });
}
async function leftBeside(repository, branch, parent, tree) {
  const tip = await readTip(repository, branch);
  const isSame = tip?.tree.oid === tree && tip.parents.nodes.length === 1 && tip.parents.nodes[0]?.oid === parent;
  return isSame ? { id: tip.oid, verified: tip.signature?.isValid ?? false } : void 0;
}
async function commitOfTree(repository, { branch, expected, parent, parentTree, tree, message, files }) {
  const { parameters } = repository;
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const entries = files.map(({ path, mode, bytes }) => ({
    path,
    mode,
    type: "blob",
    content: decoder.decode(bytes)
  }));
  const made = await repository.call("write the files", async () => {
    const { data } = await repository.rest(
      ({ git }) => git.createTree({ ...parameters, base_tree: parentTree, tree: entries })
    );
    return readAnswer(TREE, data);
  });
  if (made.sha !== tree) {
    throw failure("EDIT_NOT_VERIFIED", { file: files[0]?.path ?? "", reason: OTHER_TREE });
  }
  const { sha, verification } = await repository.call("make the commit", async () => {
    const { data } = await repository.rest(
      ({ git }) => git.createCommit({ ...parameters, message, tree, parents: [parent] })
    );
    return readAnswer(GIT_COMMIT, data);
  });
  const moved = await moveBranch(repository, branch, expected, sha);
  return moved ? { id: sha, verified: verification.verified } : void 0;
}
async function isVerified(repository, commit) {
  const { verification } = await repository.call("read the commit", async () => {
    const { data } = await repository.rest(
      ({ git }) => git.getCommit({ ...repository.parameters, commit_sha: commit })
    );
    return readAnswer(GIT_COMMIT, data);
  });
  return verification.verified;
}
async function isPublic(repository) {
  try {
    return !(await repository.facts()).isPrivate;
  } catch (error) {
    if (error instanceof ReleaseError && error.blame === "yours") return void 0;
    throw error;
  }
}
var TOO_LARGE = /diff is taking too long|not_available/i;
var COMPARE = "GET /repos/{owner}/{repo}/compare/{basehead}";
async function compare(source, base, head) {
  try {
    const basehead = `${base}...${head}`;
    const answer = await source.request(COMPARE, { ...source.parameters, basehead });
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
  } catch (error) {
    const reason = reasonOf(error);
    if (isAnswer(error) || TOO_LARGE.test(reason)) return { status: "unknown", reason };
    throw connectionFailure2(`compare two commits of ${source.fullName}`, error);
  }
}

// elsewhere:src/core/time.ts
var { ageOf, utcTime } = require("./start.cjs").modules["src/core/time.ts"];

// elsewhere:src/forge/merges.ts
var { buildContext, newestFirst: newestFirst2 } = require("./workspace.cjs").modules["src/forge/merges.ts"];

// elsewhere:src/forge/relation.ts
var { commitsOnTop, relationBy, relationOf } = require("./workspace.cjs").modules["src/forge/relation.ts"];

// src/forge/github/merges.ts
var STATUSES_READ = 100;
var DEPLOYMENTS_READ = 10;
function mergesOf(repository) {
  return {
    read: (number2) => read(repository, number2),
    since: async (commit, branch) => commitsOnTop(await compare(repository, commit, branch)),
    statuses: (commit) => statuses(repository, commit),
    hasAuthors: true,
    beside: {
      deployment: (commit) => deployments(repository, commit),
      check: (commit) => checkRuns(repository, commit)
    }
  };
}
function read(repository, number2) {
  return repository.call("read the pull request", async () => {
    const { data } = await repository.rest(({ pulls }) => pulls.get({ ...repository.parameters, pull_number: number2 }));
    const { state, base, merged_at: time, merge_commit_sha: commit } = readAnswer(MERGE, data);
    if (!time) return { state: state === "open" ? "open" : "closed", base: base.ref, commit: "", time: "" };
    return { state: "merged", base: base.ref, commit: commit ?? "", time: utcTime(time) };
  });
}
var STATES = {
  success: "success",
  failure: "failure",
  error: "failure"
};
function statuses(repository, ref) {
  return repository.call("read the statuses", async () => {
    const { data } = await repository.rest(
      ({ repos }) => repos.listCommitStatusesForRef({
        ...repository.parameters,
        ref,
        per_page: STATUSES_READ
      })
    );
    return readAnswer(STATUSES, data).map(({ context, state, description, target_url, creator: creator2, created_at }) => ({
      context,
      state: STATES[state] ?? "pending",
      description: description ?? "",
      url: target_url ?? "",
      author: creator2?.login ?? "",
      time: utcTime(created_at)
    }));
  });
}
function deployments(repository, sha) {
  const { parameters } = repository;
  return repository.call("read the deployments", async () => {
    const { data } = await repository.rest(
      ({ repos }) => repos.listDeployments({ ...parameters, sha, per_page: DEPLOYMENTS_READ })
    );
    const read2 = readAnswer(DEPLOYMENTS, data).map(async ({ id, environment }) => {
      const answer = await repository.rest(
        ({ repos }) => repos.listDeploymentStatuses({ ...parameters, deployment_id: id })
      );
      const [latest] = readAnswer(DEPLOYMENT_STATUSES, answer.data).filter(({ state: state2 }) => state2 !== "inactive");
      if (!latest) return [];
      const { state, description, creator: creator2, created_at: time } = latest;
      return {
        context: `deployment/${environment}`,
        state: STATES[state] ?? "pending",
        description: description ?? "",
        url: latest.log_url || latest.target_url || "",
        author: creator2?.login ?? "",
        time: utcTime(time)
      };
    });
    return (await Promise.all(read2)).flat();
  });
}
var CONCLUSIONS = {
  success: "success",
  failure: "failure",
  timed_out: "failure",
  cancelled: "failure",
  action_required: "failure"
};
function checkRuns(repository, ref) {
  return repository.call("read the check runs", async () => {
    const asked = { ...repository.parameters, ref, filter: "all", per_page: STATUSES_READ };
    const { data } = await repository.rest(({ checks }) => checks.listForRef(asked));
    return newestFirst2(readAnswer(CHECK_RUNS, data).check_runs).map(({ name, conclusion, output, app, ...run }) => ({
      context: `check/${name}`,
      state: CONCLUSIONS[conclusion ?? ""] ?? "pending",
      description: output.title || output.summary || "",
      url: run.details_url || run.html_url || "",
      author: app?.slug ? `${app.slug}[bot]` : "",
      time: utcTime(run.completed_at ?? run.started_at ?? "")
    }));
  });
}

// src/forge/github/repository.ts
var GitHubRepository = class {
  /** The parameters that every request of REST has. */
  parameters;
  #client;
  #rest;
  #facts;
  constructor(client, owner, repo) {
    this.#client = client;
    this.parameters = { owner, repo };
  }
  get fullName() {
    return `${this.parameters.owner}/${this.parameters.repo}`;
  }
  /** Keeps what an answer had beside other things. */
  keepFacts({ id, isPrivate }) {
    this.#facts = { id, isPrivate };
  }
  /** GitHub's own id of the repository, and whether it is private or internal. Throws API_DENIED and NETWORK. */
  async facts() {
    this.#facts ??= (await this.call("read the branch", () => this.query(REPOSITORY2, REPOSITORY_ANSWER, {}))).repository;
    return this.#facts;
  }
  /** Sends a document with the variables `owner` and `name`. Throws what Octokit throws. */
  graphqlOf(document, variables2) {
    const { owner, repo: name } = this.parameters;
    return this.graphql(document, { owner, name, ...variables2 });
  }
  /** Sends a document that is about nothing but its variables. Throws what Octokit throws. */
  graphql(document, variables2) {
    return this.#client.graphql(document, variables2);
  }
  /** Sends a request of the REST API by its route. Throws what Octokit throws. */
  get request() {
    return this.#client.request;
  }
  /** The answer to an operation of the REST API. Throws what Octokit throws. */
  async rest(operation) {
    this.#rest ??= restBy(this.#client);
    return operation(await this.#rest);
  }
  /** The answer to a document with the variables `owner` and `name`. Throws UnreadableAnswer, and what Octokit throws. */
  async query(document, shape, variables2) {
    return readAnswer(shape, await this.graphqlOf(document, variables2));
  }
  /** The answer to a request. Throws API_DENIED, ANSWER_UNREADABLE and NETWORK. */
  async call(action, request) {
    try {
      return await request();
    } catch (error) {
      throw this.explain(action, error);
    }
  }
  /** What Octokit threw, as a failure of ours: API_DENIED, ANSWER_UNREADABLE or NETWORK. */
  explain(action, error) {
    if (!isAnswer(error)) return connectionFailure2(`${action} in ${this.fullName}`, error);
    return failure("API_DENIED", { ...this.#denied(action), reason: reasonOf(error) }, error);
  }
  /** GitHub's reason for a refusal. Throws NETWORK where the error is no answer: the next run continues from there. */
  refusalIn(action, error) {
    if (!isAnswer(error)) throw this.explain(action, error);
    return reasonOf(error);
  }
  /** A refusal that an answer has in words. */
  refused(action, reason) {
    return failure("API_DENIED", { ...this.#denied(action), reason });
  }
  #denied(action) {
    return { forge: "GitHub", access: RIGHT_TOKEN, repository: this.fullName, action };
  }
  /**
   * The answer to a mutation, and what of it was refused, by its field: GitHub carries out one field after the other, whatever
   * became of those before it. Throws API_DENIED, ANSWER_UNREADABLE and NETWORK.
   */
  async mutate(action, document, shape, variables2) {
    return this.call(action, async () => {
      try {
        return { data: readAnswer(shape, await this.graphql(document, variables2)), refusals: /* @__PURE__ */ new Map() };
      } catch (error) {
        const { data, errors } = partsOf(error);
        if (!data || errors.length === 0) throw error;
        return { data: readAnswer(shape, data), refusals: new Map(errors.map(refusalOf)) };
      }
    });
  }
};
function partsOf(error) {
  const { data, errors } = error;
  const isPartial = error instanceof Error && typeof data === "object" && data !== null && Array.isArray(errors);
  return isPartial ? { data, errors } : { data: void 0, errors: [] };
}
function refusalOf({ path, type, message }) {
  const reason = reasonOf({ message: typeof message === "string" ? message : "no reason was given" });
  return [String(path?.[0]), { reason, isForbidden: type === "FORBIDDEN", isStale: type === "STALE_DATA" }];
}

// elsewhere:src/core/repository-api.ts
var { CloneNeeded } = require("./workspace.cjs").modules["src/core/repository-api.ts"];

// elsewhere:src/core/tree-objects.ts
var { idOf, isFolder, readTree, writeTree } = require("./workspace.cjs").modules["src/core/tree-objects.ts"];

// src/forge/github/repository-files.ts
var ANSWER = object({ repository: unknown(), movingRefs: optional(unknown()) });
var MOST_OBJECTS = 3e3;
var MOST_AT_ONCE = 50;
var MOST_PARTS = 20;
var RepositoryFiles = class {
  #repository;
  #pullRequests;
  #objects = /* @__PURE__ */ new Map();
  /** `pullRequests` gets those that are read with a base. */
  constructor(repository, pullRequests) {
    this.#repository = repository;
    this.#pullRequests = pullRequests;
  }
  async readBase({ branch, paths, branches }) {
    const parts = Math.max(Math.ceil(Math.max(paths.length, branches.length) / MOST_AT_ONCE), 1);
    if (parts > MOST_PARTS) throw new CloneNeeded(`there are more than ${MOST_PARTS * MOST_AT_ONCE} paths`);
    this.#pullRequests.forget();
    const part = (all, index) => all.slice(index * MOST_AT_ONCE, (index + 1) * MOST_AT_ONCE);
    const read2 = await Promise.all(
      [...Array(parts).keys()].map(
        (index) => this.#readPart({ branch, paths: part(paths, index), branches: part(branches, index) })
      )
    );
    const [first] = read2;
    if (!first) throw new Error("nothing was read");
    return { ...first, tips: new Map(read2.flatMap(({ tips }) => [...tips])) };
  }
  async #readPart({ branch, paths, branches }) {
    const { folders, variables: objects } = objectsAt(branch === "" ? "HEAD" : refOf(branch), paths);
    const counts = { tips: branches.length, listings: folders.length, files: paths.length, branches: branches.length };
    const variables2 = {
      ...objects,
      ...numbered2("tip", branches.map(refOf)),
      ...numbered2("branch", branches),
      ...branch !== "" && { ref: refOf(branch), ...branches.length > 0 && { base: branch } }
    };
    const document = baseQuery(counts, branch !== "");
    const { repository, movingRefs } = await this.#ask(() => this.#repository.graphqlOf(document, variables2));
    if (!movingRefs) throw new CloneNeeded("this Enterprise Server cannot move branches by its API");
    const { base, ...facts } = readAnswer(BASE, repository);
    if (!base?.target) throw new CloneNeeded(`there is no branch ${branch || "that is the default one"}`);
    this.#repository.keepFacts(facts);
    if (branches.length > 0) this.#pullRequests.keep(repository, branches, branch, base.name);
    this.#learnAll(repository, counts);
    const found = readAnswer(tipFacts(counts.tips), repository);
    const tips = branches.map((name, index) => [name, tipOf(found[`tip${index}`])]);
    return { branch: base.name, tip: commitOf(base.target), tips: new Map(tips) };
  }
  async load(commit, paths) {
    let found;
    for (let start = 0; start === 0 || start < paths.length; start += MOST_AT_ONCE) {
      const { folders, variables: variables2 } = objectsAt(commit, paths.slice(start, start + MOST_AT_ONCE));
      const counts = { listings: folders.length, files: Math.min(paths.length - start, MOST_AT_ONCE) };
      const document = filesQuery(counts);
      const { repository } = await this.#ask(() => this.#repository.graphqlOf(document, { ...variables2, commit }));
      this.#learnAll(repository, counts);
      const facts = readAnswer(COMMIT_OBJECT, repository).commit;
      found = facts && "tree" in facts ? commitOf(facts) : void 0;
    }
    return found;
  }
  async objects(ids2) {
    const unread = [...new Set(ids2)].filter((id) => !this.#objects.has(id));
    if (unread.length > MOST_OBJECTS) throw new CloneNeeded(`more than ${MOST_OBJECTS} files and folders are read`);
    for (let start = 0; start < unread.length; start += MOST_AT_ONCE) {
      const some = unread.slice(start, start + MOST_AT_ONCE);
      const document = objectsQuery(some.length);
      const { repository } = await this.#ask(() => this.#repository.graphqlOf(document, numbered2("object", some)));
      const found = readAnswer(objectFacts("object", some.length), repository);
      for (const [index, id] of some.entries()) {
        this.#learn(found[`object${index}`]);
        if (!this.#objects.has(id)) this.#objects.set(id, void 0);
      }
    }
    return ids2.map((id) => this.#objects.get(id));
  }
  keep(object2) {
    this.#objects.set(object2.id, object2);
  }
  /** An answer to a question; one that the API refuses or fails to give is a reason for a clone, which says more of it. */
  async #ask(request) {
    try {
      return await this.#repository.call("read the files", async () => readAnswer(ANSWER, await request()));
    } catch (error) {
      throw error instanceof ReleaseError ? new CloneNeeded(error.message) : error;
    }
  }
  #learnAll(repository, { listings, files }) {
    const named = Object.values(readAnswer(objectFacts("listing", listings), repository));
    const whole = Object.values(readAnswer(objectFacts("files", files), repository));
    for (const facts of [...named, ...whole]) this.#learn(facts);
  }
  async tip(branch) {
    const tip = await readTip(this.#repository, branch);
    return tip && commitOf(tip);
  }
  history(commit) {
    return this.#history(commit, []);
  }
  fileCommits(commit, files) {
    if (files.length > MOST_AT_ONCE) throw new CloneNeeded(`more than ${MOST_AT_ONCE} files change`);
    return this.#history(commit, files);
  }
  deleteBranch(branch, expected) {
    return deleteBranch(this.#repository, branch, expected);
  }
  async #history(commit, files) {
    const document = historyQuery(files.length);
    const variables2 = { id: commit, ...numbered2("path", files) };
    const answer = await this.#ask(() => this.#repository.graphqlOf(document, variables2));
    const repository = readAnswer(HISTORY_FACTS, answer.repository);
    const found = Object.values(repository.commit ?? {}).flatMap(({ nodes: nodes2 }) => nodes2);
    const [only2, ...more] = Object.values(repository.commit ?? {});
    if (only2 && more.length === 0) return only2.nodes.map(commitOf);
    const byId = new Map(found.map((one) => [one.oid, one]));
    const time = ({ committedDate }) => Date.parse(committedDate);
    return [...byId.values()].toSorted((a, b) => time(b) - time(a)).map(commitOf);
  }
  /** Keeps an object and all that is below it. */
  #learn(facts) {
    if (!facts) return;
    const known = asObject(facts);
    if (known && this.#objects.get(known.id)?.content === void 0) this.#objects.set(known.id, known);
    if (this.#objects.size > MOST_OBJECTS) {
      throw new CloneNeeded(`the paths have more than ${MOST_OBJECTS} files and folders`);
    }
    for (const { object: object2 } of facts.entries ?? []) this.#learn(object2);
  }
};
function asObject({ oid, entries, text: text3, byteSize, isBinary, isTruncated }) {
  if (entries) {
    const nodes2 = /* @__PURE__ */ new Map();
    for (const { name, mode, oid: id } of entries) {
      nodes2.set(Buffer.from(name).toString("latin1"), { mode: mode.toString(8), id });
    }
    const content2 = writeTree(nodes2);
    const isProven2 = idOf("tree", content2, oid.length) === oid;
    const object3 = { id: oid, type: "tree", size: content2.length };
    return isProven2 ? { ...object3, content: content2 } : { ...object3, unreadable: "has names that the API does not give as they are" };
  }
  if (byteSize === void 0) return void 0;
  const object2 = { id: oid, type: "blob", size: byteSize };
  if (isTruncated === true) return { ...object2, unreadable: "is cut short by the API" };
  if (isBinary === true) return { ...object2, unreadable: "is no text", isBinary };
  const content = Buffer.from(text3 ?? "");
  const isProven = typeof text3 === "string" && idOf("blob", content, oid.length) === oid;
  return isProven ? { ...object2, content } : { ...object2, unreadable: "is not UTF-8" };
}
function objectsAt(revision, paths) {
  const folders = [...new Set(paths.flatMap(foldersAbove))];
  const named = (all) => all.map((path) => `${revision}:${path}`);
  return { folders, variables: { ...numbered2("listing", named(folders)), ...numbered2("files", named(paths)) } };
}
function foldersAbove(path) {
  const parts = path.split("/");
  return parts.map((_, index) => parts.slice(0, index).join("/"));
}
var tipOf = (ref) => ref?.target ? commitOf(ref.target) : void 0;
var numbered2 = (name, values) => Object.fromEntries(values.map((value, index) => [`${name}${index}`, value]));

// src/forge/github/github.ts
function gitHub({ manifests, owner, repo, source, ...options }) {
  const repository = new GitHubRepository(createClient(manifests, options), owner, repo);
  const pullRequests = new PullRequestReader(repository);
  return {
    name: "GitHub",
    numberSign: "#",
    hiddenText: "html-comment",
    limits: { title: 256, body: 65536, label: 50 },
    files: new RepositoryFiles(repository, pullRequests),
    find: (branches, base) => pullRequests.find(branches, base),
    open: (pullRequest) => openPullRequest(repository, pullRequest),
    update: (...change) => updatePullRequest(repository, ...change),
    giveAttributes: (...asked) => giveAttributes(repository, ...asked),
    isPublic: () => isPublic(repository),
    ...sourcesBy(source, options),
    commit: (commit) => makeCommit(repository, commit),
    isVerified: (commit) => isVerified(repository, commit),
    merges: mergesOf(repository)
  };
}
function sourcesBy(source, options) {
  if (typeof source === "string") return unreadSources(source);
  const client = createClient(source, options);
  const repositoryOf = (fullName) => {
    const [owner = "", name = ""] = fullName.split("/");
    return new GitHubRepository(client, owner, name);
  };
  return {
    compare: (fullName, ...revisions) => compare(repositoryOf(fullName), ...revisions),
    // What is read without a token is public.
    isSourcePublic: (fullName) => source.token === "" ? Promise.resolve(true) : isPublic(repositoryOf(fullName))
  };
}

// github-file.mjs
var modules = {
  "src/forge/github/client.ts": { connect, createClient, createHastyClient, isAnswer },
  "src/forge/github/error-message.ts": { connectionFailure: connectionFailure2, isRateLimit, reasonOf, settingFor },
  "src/forge/github/explain-refusal.ts": { explainRefusal, subjectOf, workflowNote },
  "src/forge/github/github.ts": { gitHub, sourcesBy },
  "src/forge/github/rest-answers.ts": { CHECK_RUNS, COMPARISON, DEPLOYMENTS, DEPLOYMENT_STATUSES, GIT_COMMIT, INSTALLATION, INSTALLATION_TOKEN, ISSUE, MERGE, REPOSITORY, REST_PULL_REQUEST, STATUSES, TREE },
  "src/forge/github/rest.ts": { restBy }
};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  modules
});
