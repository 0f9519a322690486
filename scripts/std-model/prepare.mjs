/**
 * Makes a copy of a compiler's `library` folder (from its rust-src) that cargo can document as one workspace, offline where
 * the dependencies are vendored.
 *
 *   node prepare.mjs --library /usr/src/rustc-1.96.0/library --version 1.96 --work DIR      (DIR must not exist)
 *
 * Changed in the copy: dependencies that only tests, benchmarks and C builds need are gone, std has its usual features by default, and
 * rustdoc sees what is compiled (edit-sources.mjs).
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeWhatIsCompiled, spellOutProjections, writeVendorConfig } from "./edit-sources.mjs";

const { values } = parseArgs({
  options: Object.fromEntries(["library", "version", "work"].map((name) => [name, { type: "string" }])),
});

/** Crates with a manifest below `library/`, if present. */
const MANIFESTS = [
  ...["core", "alloc", "std", "proc_macro", "test", "sysroot", "unwind", "panic_unwind", "panic_abort", "std_detect"],
  ...["compiler-builtins/compiler-builtins", "stdarch/crates/core_arch", "stdarch/crates/std_detect"],
];

/** Where the sources spell `cfg(doc)`. */
const DOC_SOURCES = [
  "core/src",
  "alloc/src",
  "std/src",
  "proc_macro/src",
  "stdarch/crates/core_arch/src",
  "portable-simd/crates",
  "vendor",
];

/** Releases whose rust-src has no lock file: the versions its own lock named. */
const PINS = {
  1.63: {
    addr2line: "0.16.0",
    adler: "0.2.3",
    "cfg-if": "0.1.10",
    compiler_builtins: "0.1.75",
    dlmalloc: "0.2.3",
    getopts: "0.2.21",
    gimli: "0.25.0",
    hashbrown: "0.12.0",
    "hermit-abi": "0.2.0",
    libc: "0.2.126",
    memchr: "2.4.1",
    miniz_oxide: "0.4.0",
    object: "0.26.2",
    "rustc-demangle": "0.1.21",
    "unicode-width": "0.1.8",
    wasi: "0.11.0+wasi-snapshot-preview1",
  },
};

const { work } = values;
mkdirSync(work, { recursive: true });
cpSync(values.library, work, { recursive: true });
for (const name of MANIFESTS) editManifest(join(work, name, "Cargo.toml"));
for (const folder of DOC_SOURCES) describeWhatIsCompiled(join(work, folder));
if (values.version in PINS) spellOutProjections(work);
removeCBuild(join(work, "unwind/build.rs"));
linkNothing(join(work, "vendor"));
writeWorkspace();
writeVendorConfig(work);

/** A build script that compiles C; nothing here is linked. */
function removeCBuild(path) {
  if (existsSync(path) && readFileSync(path, "utf8").includes("cc::")) rmSync(path);
}

/** Build scripts of WASI's bindings that only copy a prebuilt C library, which source packages do not have. */
function linkNothing(vendor) {
  const crates = existsSync(vendor) ? readdirSync(vendor).filter((name) => name.startsWith("wit-bindgen-")) : [];
  for (const name of crates) writeFileSync(join(vendor, name, "build.rs"), "fn main() {}\n");
}

function editManifest(path) {
  if (!existsSync(path)) return;
  let text = readFileSync(path, "utf8");
  text = withoutSection(text, "dev-dependencies");
  text = withoutSection(text, "build-dependencies");
  text = text.replace('["dep:cc"]', "[]").replaceAll(/^.*profiler.*\n/gm, "");
  if (path.endsWith("/std/Cargo.toml")) text = text.replace(/^\[features\]$/m, '[features]\ndefault = ["panic-unwind", "backtrace"]');
  writeFileSync(path, text);
}

function withoutSection(text, name) {
  return text.replaceAll(new RegExp(`^\\[${name}\\]$[\\s\\S]*?(?=^\\[|(?![\\s\\S]))`, "gm"), "");
}

/** One workspace around the crate that depends on all others, in place of the one in the sources. */
function writeWorkspace() {
  const root = existsSync(join(work, "sysroot")) ? "sysroot" : "test";
  const patches = ["core", "alloc", "std"].map((name) => `rustc-std-workspace-${name} = { path = "rustc-std-workspace-${name}" }`);
  const pins = Object.entries(PINS[values.version] ?? {});
  writeFileSync(
    join(work, "Cargo.toml"),
    `[workspace]\nresolver = "1"\nmembers = ["${root}"]\nexclude = ["stdarch", "windows_link", "windows_targets"]\n\n[patch.crates-io]\n${patches.join("\n")}\n`,
  );
  if (pins.length === 0) return;
  writeFileSync(join(work, "pins.txt"), pins.map(([name, version]) => `${name} ${version}\n`).join(""));
}
