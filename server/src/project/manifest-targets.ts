/**
 * The targets of a package: its library, binaries, examples, tests, benches and build script, declared or found by cargo's
 * file rules (`src/lib.rs`, `src/main.rs`, `src/bin/*.rs`, `src/bin/NAME/main.rs`, `examples/`, `tests/`, `benches/`).
 *
 * Invariant: a target is listed whether its root file exists or not (`exists`), so that its absence can be explained.
 * Source: Cargo Book, "Cargo Targets" (auto-discovery; edition 2015 turns it off beside declared targets); cargo 1.95
 * `util/toml/targets.rs`.
 */
import type { TomlTable } from "smol-toml";
import type { FileSystem } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import { joinPath } from "../base/path.ts";
import type { Edition } from "../db/crate-graph.ts";
import type { Manifest } from "./cargo-manifest.ts";
import { editionOf } from "./cargo-manifest.ts";
import { asBoolean, asString, asStrings, asTable, asTables } from "./toml.ts";

export type TargetKind = "lib" | "proc-macro" | "bin" | "example" | "test" | "bench" | "build-script";

export interface Target {
  readonly kind: TargetKind;
  /** Its name as cargo says it: `my-tool`; a library's has `_`. */
  readonly name: string;
  readonly root: FilePath;
  readonly exists: boolean;
  readonly edition: Edition;
  readonly requiredFeatures: readonly string[];
}

interface Family {
  readonly kind: "bin" | "example" | "test" | "bench";
  /** The manifest's table of such targets, and the switch for their discovery. */
  readonly table: "bin" | "example" | "test" | "bench";
  readonly auto: "autobins" | "autoexamples" | "autotests" | "autobenches";
  readonly folder: string;
}

const BINS: Family = { kind: "bin", table: "bin", auto: "autobins", folder: "src/bin" };
const OTHERS: readonly Family[] = [
  { kind: "example", table: "example", auto: "autoexamples", folder: "examples" },
  { kind: "test", table: "test", auto: "autotests", folder: "tests" },
  { kind: "bench", table: "bench", auto: "autobenches", folder: "benches" },
];

/** The library or procedural macro of a package, if it has one. */
export function libraryTarget(manifest: Manifest, fs: FileSystem): Target | undefined {
  const table = asTable(manifest.table["lib"]);
  const usual = joinPath(manifest.dir, "src/lib.rs");
  if (table === undefined && (asBoolean(manifest.package["autolib"]) === false || fs.kindOf(usual) !== "file")) return undefined;
  const name = asString(table?.["name"]) ?? crateName(manifest.name);
  const path = asString(table?.["path"]);
  let root = path === undefined ? usual : joinPath(manifest.dir, path);
  if (path === undefined && fs.kindOf(root) !== "file") {
    const older = joinPath(manifest.dir, `src/${name}.rs`);
    if (fs.kindOf(older) === "file") root = older;
  }
  return target(manifest, fs, { kind: manifest.isProcMacro ? "proc-macro" : "lib", name: crateName(name), root, table });
}

/** The build script of a package, if it has one: `build = "path"`, else `build.rs`; `build = false` says there is none. */
export function buildScriptTarget(manifest: Manifest, fs: FileSystem): Target | undefined {
  const declared = manifest.package["build"];
  if (declared === false) return undefined;
  const root = joinPath(manifest.dir, asString(declared) ?? "build.rs");
  if (typeof declared !== "string" && fs.kindOf(root) !== "file") return undefined;
  return target(manifest, fs, { kind: "build-script", name: "build-script-build", root, table: undefined });
}

/** Binaries, as `cargo build` makes them. */
export function binaryTargets(manifest: Manifest, fs: FileSystem): readonly Target[] {
  const found = discover(fs, manifest.dir, BINS.folder);
  const main = joinPath(manifest.dir, "src/main.rs");
  if (fs.kindOf(main) === "file" && !found.has(manifest.name)) found.set(manifest.name, main);
  return targetsOf(manifest, fs, { family: BINS, found });
}

/** Examples, tests and benches. */
export function otherTargets(manifest: Manifest, fs: FileSystem): readonly Target[] {
  return OTHERS.flatMap((family) => targetsOf(manifest, fs, { family, found: discover(fs, manifest.dir, family.folder) }));
}

/** A crate's name as rustc has it. */
export function crateName(name: string): string {
  return name.replaceAll("-", "_");
}

interface Candidates {
  readonly family: Family;
  /** Discovered roots by target name. */
  readonly found: Map<string, FilePath>;
}

function targetsOf(manifest: Manifest, fs: FileSystem, { family, found }: Candidates): Target[] {
  const declared = asTables(manifest.table[family.table]);
  const targets: Target[] = [];
  const roots = new Set<FilePath>();
  for (const table of declared) {
    const name = asString(table["name"]);
    const path = asString(table["path"]);
    if (name === undefined) continue;
    const root = path === undefined ? undeclaredRoot(manifest, fs, { family, found }, name) : joinPath(manifest.dir, path);
    found.delete(name);
    roots.add(root);
    targets.push(target(manifest, fs, { kind: family.kind, name, root, table }));
  }
  const auto = asBoolean(manifest.package[family.auto]) ?? (manifest.edition !== 2015 || declared.length === 0);
  if (!auto) return targets;
  for (const [name, root] of found) {
    if (!roots.has(root)) targets.push(target(manifest, fs, { kind: family.kind, name, root, table: undefined }));
  }
  return targets;
}

/** Where a declared target without `path` lies; edition 2015 also knows `src/NAME.rs` and `src/main.rs` for binaries. */
function undeclaredRoot(manifest: Manifest, fs: FileSystem, { family, found }: Candidates, name: string): FilePath {
  const known = found.get(name);
  if (known !== undefined) return known;
  const usual = joinPath(manifest.dir, `${family.folder}/${name}.rs`);
  if (family.kind !== "bin") return usual;
  const older = [`src/${name}.rs`, "src/main.rs", "src/bin/main.rs"].map((path) => joinPath(manifest.dir, path));
  return older.find((path) => fs.kindOf(path) === "file") ?? usual;
}

/** `FOLDER/NAME.rs` and `FOLDER/NAME/main.rs`, by name. */
function discover(fs: FileSystem, dir: FilePath, folder: string): Map<string, FilePath> {
  const found = new Map<string, FilePath>();
  const at = joinPath(dir, folder);
  if (fs.kindOf(at) !== "directory") return found;
  for (const { name, kind } of fs.readDirectory(at) ?? []) {
    const path = joinPath(at, name);
    if (kind === "file" && name.endsWith(".rs")) found.set(name.slice(0, -3), path);
    else if (kind === "directory" && fs.kindOf(`${path}/main.rs`) === "file") found.set(name, `${path}/main.rs`);
  }
  return found;
}

interface Declared {
  readonly kind: TargetKind;
  readonly name: string;
  readonly root: FilePath;
  readonly table: TomlTable | undefined;
}

function target(manifest: Manifest, fs: FileSystem, { kind, name, root, table }: Declared): Target {
  const edition = asString(table?.["edition"]);
  return {
    kind,
    name,
    root,
    exists: fs.kindOf(root) === "file",
    edition: edition === undefined ? manifest.edition : editionOf(edition),
    requiredFeatures: asStrings(table?.["required-features"]) ?? [],
  };
}
