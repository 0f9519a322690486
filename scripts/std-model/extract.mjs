/**
 * Reads rustdoc's JSON of one compiler version and target and writes the model's lines as JSON, for `merge.mjs`.
 *
 *   node extract.mjs --docs DIR --library DIR --version 1.96 --target x86_64-unknown-linux-gnu --pointer-width 64 --out FILE
 *
 * DIR of --docs holds core.json, alloc.json, …; --library is the folder the spans of these files are relative to.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { parseArgs } from "node:util";
import { readCrate } from "./crate-doc.mjs";
import { buildModel } from "./model.mjs";
import { POLICY } from "./policy.mjs";

/** Crates whose public names a program can use, then those only their fields reach. */
const ROOTS = ["core", "alloc", "std", "proc_macro"];
const REACHED = ["hashbrown", "libc", "rustc_literal_escaper", "wasi", "hermit_abi", "fortanix_sgx_abi", "r_efi"];

const { values } = parseArgs({
  options: Object.fromEntries(["docs", "library", "version", "target", "pointer-width", "out"].map((name) => [name, { type: "string" }])),
});

const sources = new Map();
function readSource(name) {
  const path = isAbsolute(name) ? name : join(values.library, name);
  if (!sources.has(path)) sources.set(path, readFileSync(path, "utf8"));
  return sources.get(path);
}

const crates = new Map();
for (const name of [...ROOTS, ...REACHED]) {
  const path = join(values.docs, `${name}.json`);
  if (existsSync(path)) crates.set(name, readCrate(name, JSON.parse(readFileSync(path, "utf8"))));
}

const { files, problems } = buildModel(crates, {
  roots: ROOTS,
  policy: POLICY,
  pointerWidth: Number(values["pointer-width"]),
  readSource,
});

const lines = Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, set]) => [file, [...set].sort()]));
writeFileSync(values.out, JSON.stringify({ version: values.version, target: values.target, files: lines }));
for (const problem of [...problems].sort()) console.error(`left out: ${problem}`);
