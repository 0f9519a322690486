/**
 * Projects in memory: a machine with a rustup toolchain, a registry under CARGO_HOME, and two known targets.
 */

import assert from "node:assert/strict";
import { english } from "../../server/src/base/words.ts";
import type { CrateData } from "../../server/src/db/crate-graph.ts";
import type { Environment } from "../../server/src/project/environment.ts";
import type { Project, ProjectError, ProjectRequest } from "../../server/src/project/project.ts";
import { loadProject } from "../../server/src/project/workspace.ts";
import type { MemoryFile } from "../support/memory-fs.ts";
import { memoryFs } from "../support/memory-fs.ts";

export const LINUX = "x86_64-unknown-linux-gnu";
export const WINDOWS = "x86_64-pc-windows-msvc";

const TARGETS: Readonly<Record<string, readonly string[]>> = {
  [LINUX]: ["debug_assertions", 'panic="unwind"', "unix", 'target_family="unix"', 'target_os="linux"', 'target_arch="x86_64"'],
  [WINDOWS]: ["debug_assertions", 'panic="unwind"', "windows", 'target_family="windows"', 'target_os="windows"', 'target_arch="x86_64"'],
};

/** The folder that registry packages are unpacked in. */
export const REGISTRY = "/home/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f";

export type Files = Readonly<Record<string, MemoryFile>>;

/** An environment with a home in `/home`. */
export function environment(variables: Readonly<Record<string, string>> = {}): Environment {
  return {
    cargoHome: "/home/.cargo",
    rustupHome: "/home/.rustup",
    home: "/home",
    variables: new Map(Object.entries(variables)),
    hostTriple: LINUX,
    targetCfg: (triple) => {
      const atoms = TARGETS[triple];
      return atoms === undefined ? undefined : { atoms, unsure: [] };
    },
  };
}

/** What is asked for unless a test says otherwise. */
export const REQUEST: ProjectRequest = {
  path: "/ws",
  target: { explicit: undefined, rustAnalyzer: undefined },
  toolchain: undefined,
  rustVersion: "1.95.0",
  profile: "dev",
  targetDirs: [],
  features: { features: [], allFeatures: false, noDefaultFeatures: false },
  cfgs: [],
  package: undefined,
  edition: undefined,
  targets: "main",
  cache: undefined,
};

export interface LoadOptions {
  readonly request?: Partial<ProjectRequest>;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Loads the project of `/ws`. */
export function load(files: Files, { request = {}, variables = {} }: LoadOptions = {}): Project {
  const loaded = loadProject({ ...REQUEST, ...request }, memoryFs(files), environment(variables));
  assert.ok(loaded.ok, loaded.ok ? "" : english(loaded.error.message));
  return loaded.value;
}

/** Loads a project that cannot be loaded. */
export function loadError(files: Files, { request = {}, variables = {} }: LoadOptions = {}): ProjectError {
  const loaded = loadProject({ ...REQUEST, ...request }, memoryFs(files), environment(variables));
  assert.ok(!loaded.ok);
  return loaded.error;
}

/** A registry package with an empty library, as files. */
export function registryPackage(name: string, version: string, rest = ""): Files {
  const dir = `${REGISTRY}/${name}-${version}`;
  return {
    [`${dir}/Cargo.toml`]: `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n${rest}`,
    [`${dir}/src/lib.rs`]: "",
  };
}

/** A lock file of registry packages (`name version`, with what each depends on) beside local ones (no version needed twice). */
export function lock(
  entries: Readonly<Record<string, readonly string[]>>,
  local: Readonly<Record<string, readonly string[]>> = {},
): string {
  const entry = ([id, dependencies]: readonly [string, readonly string[]], source: string): string => {
    const [name, version] = id.split(" ");
    const list = dependencies.map((text) => `"${text}"`).join(", ");
    return `[[package]]\nname = "${name}"\nversion = "${version}"\n${source}dependencies = [${list}]\n`;
  };
  const registry = 'source = "registry+https://github.com/rust-lang/crates.io-index"\n';
  const all = [...Object.entries(entries).map((item) => entry(item, registry)), ...Object.entries(local).map((item) => entry(item, ""))];
  return `version = 4\n\n${all.join("\n")}`;
}

/** The crate of a name; there must be exactly one, or one of that kind. */
export function crate(project: Project, name: string, kind?: CrateData["kind"]): CrateData {
  const found = project.graph.crates.filter((krate) => krate.name === name && (kind === undefined || krate.kind === kind));
  const [only] = found;
  assert.ok(only !== undefined && found.length === 1, `${found.length} crates are named ${name}`);
  return only;
}

/** The features a crate is compiled with, sorted. */
export function features(krate: CrateData): readonly string[] {
  return [...(krate.cfg.values.get("feature") ?? [])].sort();
}

/** Every crate as `name kind [features] uses`, in the graph's order. */
export function outline(project: Project): readonly string[] {
  return project.graph.crates.map((krate) => {
    const uses = krate.dependencies.map(({ name }) => name).join(" ");
    return `${krate.name} ${krate.kind} [${features(krate).join(",")}] ${uses}`.trimEnd();
  });
}
