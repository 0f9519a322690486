/**
 * The environment `env!` and `option_env!` see in a crate: what cargo sets for its package (`CARGO_PKG_*`,
 * `CARGO_MANIFEST_DIR`, ..), what the build script added (`rustc-env`, `OUT_DIR`), and `[env]` of cargo's configuration.
 *
 * Invariant: pure. Source: Cargo Book, "Environment variables Cargo sets for crates"; "Configuration" (`[env]`).
 */
import type { TomlValue } from "smol-toml";
import { joinPath } from "../base/path.ts";
import type { BuildOutput } from "./build-output.ts";
import type { CargoConfig } from "./cargo-config.ts";
import { configValue } from "./cargo-config.ts";
import type { Manifest } from "./cargo-manifest.ts";
import type { Environment } from "./environment.ts";
import { manifestPath } from "./manifest-loader.ts";
import type { Target } from "./manifest-targets.ts";
import { crateName } from "./manifest-targets.ts";
import { parseVersion } from "./semver.ts";
import { asBoolean, asString, asStrings, asTable } from "./toml.ts";

/** The variables of one target of a package. */
export function crateEnv(
  manifest: Manifest,
  target: Target,
  output: BuildOutput,
  configured: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const env = new Map<string, string>(configured);
  for (const [name, value] of packageEnv(manifest)) env.set(name, value);
  env.set("CARGO_CRATE_NAME", crateName(target.name));
  if (target.kind === "bin") env.set("CARGO_BIN_NAME", target.name);
  if (output.kind === "output") {
    if (output.outDir !== undefined) env.set("OUT_DIR", output.outDir);
    for (const [name, value] of output.env) env.set(name, value);
  }
  return env;
}

function packageEnv(manifest: Manifest): (readonly [string, string])[] {
  const { package: table, version, name, dir } = manifest;
  const text = (key: string): string => asString(table[key]) ?? "";
  const parsed = parseVersion(version);
  return [
    ["CARGO_MANIFEST_DIR", dir],
    ["CARGO_MANIFEST_PATH", manifestPath(dir)],
    ["CARGO_PKG_NAME", name],
    ["CARGO_PKG_VERSION", version],
    ["CARGO_PKG_VERSION_MAJOR", `${parsed?.major ?? ""}`],
    ["CARGO_PKG_VERSION_MINOR", `${parsed?.minor ?? ""}`],
    ["CARGO_PKG_VERSION_PATCH", `${parsed?.patch ?? ""}`],
    ["CARGO_PKG_VERSION_PRE", parsed?.pre.join(".") ?? ""],
    ["CARGO_PKG_AUTHORS", (asStrings(table["authors"]) ?? []).join(":")],
    ["CARGO_PKG_DESCRIPTION", text("description")],
    ["CARGO_PKG_HOMEPAGE", text("homepage")],
    ["CARGO_PKG_REPOSITORY", text("repository")],
    ["CARGO_PKG_LICENSE", text("license")],
    ["CARGO_PKG_LICENSE_FILE", text("license-file")],
    ["CARGO_PKG_RUST_VERSION", text("rust-version")],
    ...readmeEnv(table["readme"]),
  ];
}

/** Without the key cargo looks which readme there is; that is left unset here. */
function readmeEnv(readme: TomlValue | undefined): (readonly [string, string])[] {
  const name = readme === true ? "README.md" : readme === false ? "" : asString(readme);
  return name === undefined ? [] : [["CARGO_PKG_README", name]];
}

/** `[env]`: a text, or a table with `value`, `force` and `relative`. A variable that is already set stays, unless forced. */
export function configuredEnv(config: CargoConfig, env: Environment): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, entry] of Object.entries(asTable(configValue(config, "env")) ?? {})) {
    const value = configuredValue(config, name, entry);
    if (value === undefined) continue;
    const isForced = asBoolean(asTable(entry)?.["force"]) === true;
    values.set(name, isForced ? value : (env.variables.get(name) ?? value));
  }
  return values;
}

function configuredValue(config: CargoConfig, name: string, entry: TomlValue): string | undefined {
  const plain = asString(entry);
  if (plain !== undefined) return plain;
  const table = asTable(entry);
  const value = asString(table?.["value"]);
  if (value === undefined || asBoolean(table?.["relative"]) !== true) return value;
  return joinPath(config.baseOf(`env.${name}`) ?? "/", value);
}
