/**
 * What a build profile says about conditional compilation: `debug-assertions`, `overflow-checks` and `panic`, with the overrides for packages and
 * build scripts, and with cargo's configuration and CARGO_PROFILE_* above the manifest.
 *
 * Invariant: only the workspace root's `[profile]` counts. Unknown or circular `inherits` end in `dev`.
 * Source: Cargo Book, "Profiles"; cargo 1.95 `core/profiles.rs` (`merge_toml_overrides`: build-override, then `"*"` for what is
 * no member, then the package itself; overrides cannot set `panic`).
 */
import type { TomlTable } from "smol-toml";
import type { CargoConfig } from "./cargo-config.ts";
import { configValue } from "./cargo-config.ts";
import type { Environment } from "./environment.ts";
import { settingVariable } from "./environment.ts";
import { asBoolean, asString, asTable, tableEntries, tomlAt } from "./toml.ts";

export interface ProfileSettings {
  readonly debugAssertions: boolean;
  /** For the unstable `cfg(overflow_checks)`. */
  readonly overflowChecks: boolean;
  /** `unwind` leaves the choice to the target. */
  readonly panic: string;
}

export interface ProfileQuestion {
  readonly packageName: string;
  readonly packageVersion: string;
  readonly isMember: boolean;
  /** A build script, a procedural macro that something uses, or what they use. */
  readonly isForBuild: boolean;
}

/** Answers what a profile has for a package. */
export type Profile = (question: ProfileQuestion) => ProfileSettings;

/** The profile of that name (`dev`, `release`, `test`, `bench` or one of the manifest's own). */
export function loadProfile(name: string, rootManifest: TomlTable | undefined, config: CargoConfig, env: Environment): Profile {
  const layers = chain(name, rootManifest, config, env);
  const table = layers.reduceRight((weaker: TomlTable, layer) => mergeTables(weaker, layer.table), {});
  const isDebug = layers.at(-1)?.name !== "release";
  const base = {
    debugAssertions: asBoolean(table["debug-assertions"]) ?? isDebug,
    overflowChecks: asBoolean(table["overflow-checks"]) ?? isDebug,
    panic: asString(table["panic"]) ?? "unwind",
  };
  return (question) => override(base, table, question);
}

interface Layer {
  readonly name: string;
  readonly table: TomlTable;
}

/** The profile and what it inherits from, the profile itself first. */
function chain(name: string, rootManifest: TomlTable | undefined, config: CargoConfig, env: Environment): Layer[] {
  const layers: Layer[] = [];
  const seen = new Set<string>();
  for (let at: string | undefined = name === "debug" ? "dev" : name; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    const table = profileTable(at, rootManifest, config, env);
    layers.push({ name: at, table });
    at = asString(table["inherits"]) ?? BUILT_IN_PARENTS.get(at) ?? (at === "dev" || at === "release" ? undefined : "dev");
  }
  return layers;
}

const BUILT_IN_PARENTS: ReadonlyMap<string, string> = new Map([
  ["test", "dev"],
  ["bench", "release"],
]);

function profileTable(name: string, rootManifest: TomlTable | undefined, config: CargoConfig, env: Environment): TomlTable {
  const merged = mergeTables(asTable(tomlAt(rootManifest, "profile", name)) ?? {}, asTable(configValue(config, `profile.${name}`)) ?? {});
  const panic = settingVariable(env, `profile.${name}.panic`);
  for (const key of ["debug-assertions", "overflow-checks"]) {
    const value = settingVariable(env, `profile.${name}.${key}`);
    if (value === "true" || value === "false") merged[key] = value === "true";
  }
  if (panic !== undefined) merged["panic"] = panic;
  return merged;
}

function mergeTables(weaker: TomlTable, stronger: TomlTable): TomlTable {
  const merged: TomlTable = { ...weaker };
  for (const [key, value] of Object.entries(stronger)) {
    const tables = [asTable(merged[key]), asTable(value)] as const;
    merged[key] = tables[0] !== undefined && tables[1] !== undefined ? mergeTables(tables[0], tables[1]) : value;
  }
  return merged;
}

function override(base: ProfileSettings, table: TomlTable, question: ProfileQuestion): ProfileSettings {
  let { debugAssertions, overflowChecks } = base;
  const forHost = question.isForBuild ? asTable(table["build-override"]) : undefined;
  const packages = tableEntries(table["package"]);
  const forOthers = question.isMember ? undefined : packages.find(([spec]) => spec === "*")?.[1];
  const own = packages.find(([spec]) => matchesSpec(spec, question))?.[1];
  for (const part of [forHost, forOthers, own]) {
    debugAssertions = asBoolean(part?.["debug-assertions"]) ?? debugAssertions;
    overflowChecks = asBoolean(part?.["overflow-checks"]) ?? overflowChecks;
  }
  return { debugAssertions, overflowChecks, panic: base.panic };
}

/** `name`, `name@1.2`, `name:1.2`, or a URL ending in one of them. */
function matchesSpec(spec: string, { packageName, packageVersion }: ProfileQuestion): boolean {
  const last = spec.slice(Math.max(spec.lastIndexOf("#"), spec.lastIndexOf("/")) + 1);
  const [name, version] = last.split(/[@:]/);
  if (name !== packageName) return false;
  return version === undefined || version === packageVersion || packageVersion.startsWith(`${version}.`);
}
