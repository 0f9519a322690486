/**
 * `Cargo.toml` as data: the package, its features, dependencies, declared targets, and the workspace table, with what
 * `workspace = true` takes over from the workspace's root already filled in.
 *
 * Invariant: reading is pure and never fails; `problem` says what could not be read. Which files exist is not asked here
 * (see manifest-targets.ts). Source: Cargo Book, "The manifest format" and "Workspaces"; cargo 1.95 `util/toml/mod.rs`.
 */

import type { TomlTable } from "smol-toml";
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import { joinPath } from "../base/path.ts";
import type { Edition } from "../db/crate-graph.ts";
import type { FeatureValue } from "./feature-value.ts";
import { featureValue } from "./feature-value.ts";
import type { ManifestDependency, WorkspaceDependencies } from "./manifest-dependencies.ts";
import { readDependencies } from "./manifest-dependencies.ts";
import type { TomlDocument } from "./toml.ts";
import { asBoolean, asString, asStrings, asTable, parseToml, tomlAt } from "./toml.ts";

export type FeatureMap = ReadonlyMap<string, readonly FeatureValue[]>;

export interface Manifest {
  readonly dir: FilePath;
  readonly name: string;
  readonly version: string;
  readonly edition: Edition;
  /** `[package]` after inheritance: what `CARGO_PKG_*` and the target rules still need. */
  readonly package: TomlTable;
  /** The whole document. */
  readonly table: TomlTable;
  readonly dependencies: readonly ManifestDependency[];
  /** The declared features and the implicit ones of optional dependencies. */
  readonly features: FeatureMap;
  readonly workspace: WorkspaceTable | undefined;
  readonly isProcMacro: boolean;
  /** Why parts of the manifest are missing here, as what is said of it: `is not valid: line 3: …`. */
  readonly problem: Message | undefined;
}

/** What a package inherits from, and why that may not be all. */
export interface Inheritance {
  readonly root: WorkspaceTable | undefined;
  readonly problem: Message | undefined;
}

export interface WorkspaceTable {
  readonly dir: FilePath;
  readonly members: readonly string[];
  readonly exclude: readonly string[];
  readonly resolver: string | undefined;
  readonly package: TomlTable;
  readonly dependencies: WorkspaceDependencies;
}

/** A manifest's text, parsed; `table` holds `[package]` when `hasPackage` does, `[workspace]` when `workspace` does. */
export interface RawManifest {
  readonly document: TomlDocument;
  readonly dir: FilePath;
  readonly workspace: WorkspaceTable | undefined;
  readonly hasPackage: boolean;
  /** Whether it takes anything over with `workspace = true`. */
  readonly inherits: boolean;
  /** The folder that `package.workspace` names as the root. */
  readonly workspacePath: FilePath | undefined;
}

/** The first step: the text alone. */
export function parseManifest(text: string, dir: FilePath): RawManifest {
  const document = parseToml(text);
  const { table } = document;
  const own = asTable(table["package"]) ?? asTable(table["project"]);
  const workspacePath = asString(own?.["workspace"]);
  return {
    document,
    dir,
    workspace: readWorkspace(asTable(table["workspace"]), dir),
    hasPackage: own !== undefined,
    inherits: /\bworkspace\s*=\s*true\b/.test(text),
    workspacePath: workspacePath === undefined ? undefined : joinPath(dir, workspacePath),
  };
}

/** The second step: the package, with what it inherits from the workspace's root. `fallbackName` is used without a name. */
export function readManifest(raw: RawManifest, { root, problem }: Inheritance, fallbackName: string): Manifest {
  const { table } = raw.document;
  const own = asTable(table["package"]) ?? asTable(table["project"]) ?? {};
  const merged = inheritPackage(own, root?.package);
  const dependencies = readDependencies(table, raw.dir, root?.dependencies);
  const name = asString(merged["name"]);
  return {
    dir: raw.dir,
    name: name ?? fallbackName,
    version: asString(merged["version"]) ?? "0.0.0",
    edition: editionOf(asString(merged["edition"])),
    package: merged,
    table,
    dependencies,
    features: readFeatures(asTable(table["features"]), dependencies),
    workspace: raw.workspace,
    isProcMacro: isProcMacro(asTable(table["lib"])),
    problem: notValid(raw) ?? problem ?? (name === undefined ? msg("is not valid: it has no `[package]` with a `name`") : undefined),
  };
}

/** What is said of a manifest whose text is no TOML. */
export function notValid({ document }: RawManifest): Message | undefined {
  return document.problem === undefined ? undefined : msg("is not valid: {problem}", { problem: document.problem });
}

/** Cargo's `resolver` of a manifest by itself: the key, else what the edition brings (2021: 2, 2024: 3). */
export function resolverOf(manifest: Manifest | undefined, workspace: WorkspaceTable | undefined): "1" | "2" | "3" {
  const declared = workspace?.resolver ?? asString(manifest?.package["resolver"]);
  if (declared === "1" || declared === "2" || declared === "3") return declared;
  const edition = manifest?.edition ?? 2015;
  if (edition === 2024) return "3";
  return edition === 2021 ? "2" : "1";
}

function readWorkspace(table: TomlTable | undefined, dir: FilePath): WorkspaceTable | undefined {
  if (table === undefined) return undefined;
  return {
    dir,
    members: asStrings(table["members"]) ?? [],
    exclude: asStrings(table["exclude"]) ?? [],
    resolver: asString(table["resolver"]),
    package: asTable(table["package"]) ?? {},
    dependencies: { table: asTable(table["dependencies"]) ?? {}, dir },
  };
}

/** `version.workspace = true` and its like; a key the root does not have is left out. */
function inheritPackage(own: TomlTable, shared: TomlTable | undefined): TomlTable {
  const merged: TomlTable = {};
  for (const [key, value] of Object.entries(own)) {
    const inherited = asBoolean(tomlAt(asTable(value), "workspace")) === true ? shared?.[key] : value;
    if (inherited !== undefined) merged[key] = inherited;
  }
  return merged;
}

/** The edition of that name; 2015 when there is none, as in cargo. */
export function editionOf(text: string | undefined): Edition {
  switch (text) {
    case "2018":
      return 2018;
    case "2021":
      return 2021;
    case "2024":
      return 2024;
    default:
      return 2015;
  }
}

function isProcMacro(lib: TomlTable | undefined): boolean {
  if (lib === undefined) return false;
  if (asBoolean(lib["proc-macro"]) === true || asBoolean(lib["proc_macro"]) === true) return true;
  const crateTypes = asStrings(lib["crate-type"]) ?? asStrings(lib["crate_type"]) ?? [];
  return crateTypes.includes("proc-macro");
}

/** The declared features, and one for each optional dependency that no feature names with `dep:`. */
export function readFeatures(table: TomlTable | undefined, dependencies: readonly ManifestDependency[]): FeatureMap {
  const features = new Map<string, readonly FeatureValue[]>();
  const hidden = new Set<string>();
  for (const [name, value] of Object.entries(table ?? {})) {
    const values = (asStrings(value) ?? []).map(featureValue);
    for (const item of values) if (item.kind === "dependency") hidden.add(item.dependency);
    features.set(name, values);
  }
  for (const { name, optional } of dependencies) {
    if (optional && !hidden.has(name) && !features.has(name)) features.set(name, [{ kind: "dependency", dependency: name }]);
  }
  return features;
}
