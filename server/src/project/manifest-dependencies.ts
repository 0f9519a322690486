/**
 * The dependency tables of a manifest: `[dependencies]`, `[dev-dependencies]`, `[build-dependencies]`, each also under
 * `[target.'cfg(..)'.*]`, and what `workspace = true` takes over from `[workspace.dependencies]`.
 *
 * Invariant: pure; a dependency in several tables is several `ManifestDependency`s, as in cargo.
 * Source: Cargo Book, "Specifying dependencies"; cargo 1.95 `util/toml/mod.rs` (`inner_dependency_inherit_with`).
 */

import type { TomlTable, TomlValue } from "smol-toml";
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import { joinPath } from "../base/path.ts";
import type { CfgExpr } from "../db/cfg-expr.ts";
import { parseCargoCfg } from "../db/cfg-expr.ts";
import { asBoolean, asString, asStrings, asTable, tableEntries, tomlAt } from "./toml.ts";

export type DependencyKind = "normal" | "dev" | "build";

export interface ManifestDependency {
  /** The key it is declared under, which features name: `serde`, `my-serde`. */
  readonly name: string;
  /** The package's own name (`package = ".."`, else the key). */
  readonly packageName: string;
  /** True when `package = ".."` stands there: the extern name is then the key, else the name of the package's library. */
  readonly renamed: boolean;
  readonly kind: DependencyKind;
  /** The key of the target table it stands in. */
  readonly platform: DependencyPlatform | undefined;
  readonly requirement: string | undefined;
  /** Why it does not say which package is meant. */
  readonly problem: Message | undefined;
  /** The folder of a path dependency. */
  readonly path: FilePath | undefined;
  readonly git: string | undefined;
  readonly optional: boolean;
  readonly defaultFeatures: boolean;
  readonly features: readonly string[];
}

/** `x86_64-pc-windows-gnu` (then `cfg` is undefined), or `cfg(unix)`. */
export interface DependencyPlatform {
  readonly text: string;
  readonly cfg: CfgExpr | undefined;
}

/** Reads the key of a target table. */
export function dependencyPlatform(text: string): DependencyPlatform {
  return { text, cfg: parseCargoCfg(text) };
}

/** What `[workspace.dependencies]` declares: the raw value, and the folder its paths are relative to. */
export interface WorkspaceDependencies {
  readonly table: TomlTable;
  readonly dir: FilePath;
}

interface Section {
  readonly kind: DependencyKind;
  readonly platform: DependencyPlatform | undefined;
  readonly table: TomlTable | undefined;
}

/** All dependencies a manifest declares, in the order of its tables. */
export function readDependencies(manifest: TomlTable, dir: FilePath, inherited: WorkspaceDependencies | undefined): ManifestDependency[] {
  const sections = [...sectionsOf(manifest, undefined)];
  for (const [platform, table] of tableEntries(manifest["target"])) sections.push(...sectionsOf(table, dependencyPlatform(platform)));
  return sections.flatMap((section) =>
    Object.entries(section.table ?? {}).map(([name, value]) => dependency(name, value, { section, dir, inherited })),
  );
}

/** The entries of one `[patch.X]`: dependencies without a kind. */
export function readPatchTable(table: TomlTable | undefined, dir: FilePath): ManifestDependency[] {
  const section: Section = { kind: "normal", platform: undefined, table };
  return Object.entries(table ?? {}).map(([name, value]) => dependency(name, value, { section, dir, inherited: undefined }));
}

/** The entries of `[replace]`: their keys are package specifications, such as `itoa:1.0.0`. */
export function readReplaceTable(table: TomlTable | undefined, dir: FilePath): ManifestDependency[] {
  return readPatchTable(table, dir).map((entry) => ({ ...entry, packageName: specName(entry.packageName) }));
}

function specName(spec: string): string {
  return spec.slice(Math.max(spec.lastIndexOf("#"), spec.lastIndexOf("/")) + 1).split(/[:@]/)[0] ?? spec;
}

/** The spelling with `_` is cargo's own older one; it is an error in edition 2024 and still read elsewhere. */
function sectionsOf(table: TomlTable, platform: DependencyPlatform | undefined): Section[] {
  const at = (name: string, older: string): TomlTable | undefined => asTable(table[name]) ?? asTable(table[older]);
  return [
    { kind: "normal", platform, table: asTable(table["dependencies"]) },
    { kind: "dev", platform, table: at("dev-dependencies", "dev_dependencies") },
    { kind: "build", platform, table: at("build-dependencies", "build_dependencies") },
  ];
}

interface Place {
  readonly section: Section;
  readonly dir: FilePath;
  readonly inherited: WorkspaceDependencies | undefined;
}

function dependency(name: string, value: TomlValue, place: Place): ManifestDependency {
  const own = asTable(value);
  if (own?.["workspace"] === true) return inheritedDependency(name, own, place);
  const version = asString(value);
  const problem = own === undefined && version === undefined ? msg("`{name}` has no version in the manifest", { name }) : undefined;
  return { ...finish(name, own ?? { version: version ?? "*" }, place, place.dir), problem };
}

function inheritedDependency(name: string, own: TomlTable, place: Place): ManifestDependency {
  const base = place.inherited?.table[name];
  const problem = base === undefined ? msg("`{name}` is not among the workspace's dependencies", { name }) : undefined;
  const shared: TomlTable = asTable(base) ?? { version: asString(base) ?? "*" };
  const features = [...(asStrings(shared["features"]) ?? []), ...(asStrings(own["features"]) ?? [])];
  const merged: TomlTable = { ...shared, features, optional: asBoolean(own["optional"]) ?? false };
  // A member can turn default features on where the workspace has them off, never off where it has them on.
  if (shared["default-features"] === undefined && shared["default_features"] !== undefined)
    merged["default-features"] = shared["default_features"];
  if (defaultFeatures(own) === true) merged["default-features"] = true;
  return { ...finish(name, merged, place, place.inherited?.dir ?? place.dir), problem };
}

function defaultFeatures(table: TomlTable): boolean | undefined {
  return asBoolean(table["default-features"]) ?? asBoolean(table["default_features"]);
}

function finish(name: string, table: TomlTable, place: Place, dir: FilePath): Omit<ManifestDependency, "problem"> {
  const path = asString(table["path"]);
  return {
    name,
    packageName: asString(table["package"]) ?? name,
    renamed: table["package"] !== undefined,
    kind: place.section.kind,
    platform: place.section.platform,
    requirement: asString(table["version"]),
    path: path === undefined ? undefined : joinPath(dir, path),
    git: asString(tomlAt(table, "git")),
    optional: asBoolean(table["optional"]) ?? false,
    defaultFeatures: defaultFeatures(table) ?? true,
    features: asStrings(table["features"]) ?? [],
  };
}
