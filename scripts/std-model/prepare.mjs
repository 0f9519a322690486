/**
 * Makes a copy of a compiler's `library` folder (from its rust-src) that cargo can document as one workspace, offline where
 * the dependencies are vendored.
 *
 *   node prepare.mjs --library /usr/src/rustc-1.96.0/library --version 1.96 --work DIR      (DIR must not exist)
 *
 * Changed in the copy: dependencies that only tests, benchmarks and C builds need are gone, std has its usual features by default, and the cfg
 * atom `doc` is renamed, which rustdoc sets and std answers with pages for other systems.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

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
    "cfg-if": "0.1.10",
    compiler_builtins: "0.1.75",
    dlmalloc: "0.2.3",
    getopts: "0.2.21",
    gimli: "0.25.0",
    hashbrown: "0.12.0",
    libc: "0.2.126",
    miniz_oxide: "0.4.0",
    object: "0.26.2",
    "rustc-demangle": "0.1.21",
  },
};

const { work } = values;
mkdirSync(work, { recursive: true });
cpSync(values.library, work, { recursive: true });
for (const name of MANIFESTS) editManifest(join(work, name, "Cargo.toml"));
for (const folder of DOC_SOURCES) renameDocAtoms(join(work, folder));
writeWorkspace();
writeVendorConfig();

function editManifest(path) {
  if (!existsSync(path)) return;
  let text = readFileSync(path, "utf8");
  text = withoutSection(text, "dev-dependencies");
  text = withoutSection(text, "build-dependencies");
  text = text
    .replace('["dep:cc"]', "[]")
    .replaceAll(/^.*profiler_builtins.*\n/gm, "")
    .replace(/^.*"dep:profiler.*\n/m, "");
  if (path.endsWith("/std/Cargo.toml")) text = text.replace(/^\[features\]$/m, '[features]\ndefault = ["panic-unwind", "backtrace"]');
  writeFileSync(path, text);
}

function withoutSection(text, name) {
  return text.replaceAll(new RegExp(`^\\[${name}\\]$[\\s\\S]*?(?=^\\[|(?![\\s\\S]))`, "gm"), "");
}

function renameDocAtoms(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".rs")) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const text = readFileSync(path, "utf8");
    const renamed = text.replaceAll(/^(?!\s*\/\/).*$/gm, (line) => line.replaceAll(/(^|[(, ])doc(?=[),])/g, "$1stowplan_doc"));
    if (renamed !== text) writeFileSync(path, renamed);
  }
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

function writeVendorConfig() {
  if (!existsSync(join(work, "vendor"))) return;
  mkdirSync(join(work, ".cargo"), { recursive: true });
  writeFileSync(
    join(work, ".cargo/config.toml"),
    '[source.crates-io]\nreplace-with = "vendored"\n[source.vendored]\ndirectory = "vendor"\n',
  );
}
