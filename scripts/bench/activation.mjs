// Loads the extension's Node bundle as VS Code does, with a stand-in for the `vscode` module, and prints the milliseconds that
// loading takes: what activation costs before the first line of `activate` runs. (The end-to-end tests measure the whole.)
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const Module = require("node:module");

/** Answers anything: a class, a function, a namespace. */
function standIn() {
  return new Proxy(class {}, {
    get: (target, name) => {
      if (name === "prototype" || name === Symbol.toPrimitive) return Reflect.get(target, name);
      target[name] ??= name === "version" ? "1.100.0" : standIn();
      return target[name];
    },
  });
}

const load = Module._load;
Module._load = (request, ...rest) => (request === "vscode" ? standIn() : load.call(Module, request, ...rest));
const began = performance.now();
require("../../dist/client.cjs");
process.stdout.write(`${(performance.now() - began).toFixed(1)}\n`);
