/**
 * What cargo's cached registry index says of a package whose sources are not here: its features and dependencies, which are
 * needed to know the features of others.
 *
 * The file `INDEX/.cache/NA/ME/NAME` is binary only in its first bytes; then, after a NUL each, follow the index's etag and
 * alternately a version and its JSON line. Invariant: anything unexpected is "not known".
 * Source: cargo 1.95 `sources/registry/index/cache.rs` (`SummariesCache`); Cargo Book, "Registry index".
 */
import type { TomlTable } from "smol-toml";
import type { FileSystem } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import type { FeatureMap } from "./cargo-manifest.ts";
import { readFeatures } from "./cargo-manifest.ts";
import type { DependencyKind, ManifestDependency } from "./manifest-dependencies.ts";
import { dependencyPlatform } from "./manifest-dependencies.ts";
import { asBoolean, asString, asStrings, asTable, asTables, parseJsonTable } from "./toml.ts";

export interface IndexSummary {
  readonly dependencies: readonly ManifestDependency[];
  readonly features: FeatureMap;
}

/** Reads the summary of one version from the first index that has it. */
export function indexSummary(indices: readonly FilePath[], name: string, version: string, fs: FileSystem): IndexSummary | undefined {
  for (const index of indices) {
    const path = `${index}/.cache/${shard(name)}`;
    const content = fs.kindOf(path) === "file" ? fs.readFile(path) : undefined;
    const line = content?.kind === "text" ? versionLine(content.text, version) : undefined;
    if (line !== undefined) return readSummary(line);
  }
  return undefined;
}

/** `a` → `1/a`, `ab` → `2/ab`, `abc` → `3/a/abc`, `serde` → `se/rd/serde`. */
function shard(name: string): string {
  const lower = name.toLowerCase();
  if (lower.length <= 2) return `${lower.length}/${lower}`;
  if (lower.length === 3) return `3/${lower.slice(0, 1)}/${lower}`;
  return `${lower.slice(0, 2)}/${lower.slice(2, 4)}/${lower}`;
}

function versionLine(text: string, version: string): string | undefined {
  const at = text.indexOf(`\0${version}\0`);
  if (at < 0) return undefined;
  const start = at + version.length + 2;
  const end = text.indexOf("\0", start);
  return end < 0 ? text.slice(start) : text.slice(start, end);
}

function readSummary(line: string): IndexSummary | undefined {
  const json = parseJsonTable(line);
  if (json === undefined) return undefined;
  const dependencies = asTables(json["deps"]).map(readDependency);
  const features = { ...asTable(json["features"]), ...asTable(json["features2"]) };
  return { dependencies, features: readFeatures(features, dependencies) };
}

function readDependency(json: TomlTable): ManifestDependency {
  const name = asString(json["name"]) ?? "";
  const platform = asString(json["target"]);
  return {
    name,
    packageName: asString(json["package"]) ?? name,
    renamed: typeof json["package"] === "string",
    kind: kindOf(asString(json["kind"])),
    platform: platform === undefined ? undefined : dependencyPlatform(platform),
    requirement: asString(json["req"]),
    problem: undefined,
    path: undefined,
    git: undefined,
    optional: asBoolean(json["optional"]) ?? false,
    defaultFeatures: asBoolean(json["default_features"]) ?? true,
    features: asStrings(json["features"]) ?? [],
  };
}

function kindOf(text: string | undefined): DependencyKind {
  return text === "dev" || text === "build" ? text : "normal";
}
